"""decimal: construction, arithmetic, rounding, contexts and signals, text."""
import copy
import math
import pickle
from decimal import *
from fractions import Fraction


def shown(function, *args, **kwargs):
    try:
        return function(*args, **kwargs)
    except Exception as e:
        return f"{type(e).__name__}: {e}"


print(repr(Decimal("3.14")), Decimal(), Decimal(-5), Decimal((1, (1, 4, 7), -2)), Decimal(0.1), Decimal("  1_0.5e3 "),
      Decimal("-sNaN12"), Decimal("inf"), Decimal(".5"), Decimal("5."), Decimal.from_float(0.5))
for bad in ("x", "1e", "--1", None, b"1", (1, 2), (0, (1, 10), 0)):
    print(shown(Decimal, bad), end="; ")
print()
a, b = Decimal("12.345"), Decimal("-7")
print(a + b, a - b, a * b, a / b, a // b, a % b, divmod(a, b), a ** 3, -a, +a, abs(b), b ** -2, 2 + a, 1 / a, 7 % a)
print(Decimal(1) / 3, Decimal(2).sqrt(), Decimal(1).exp(), Decimal(10).ln(), Decimal(1000).log10(), Decimal(2) ** Decimal("0.5"),
      Decimal(4) ** Decimal("0.5"), Decimal("1.1") ** 100, Decimal("0.1").fma(3, Decimal("1e-30")))
print(shown(lambda: a / 0), shown(lambda: Decimal(0) / 0), shown(lambda: Decimal("-1").sqrt()),
      shown(lambda: Decimal("sNaN") + 1), Decimal("NaN") + 1, shown(lambda: Decimal("inf") - Decimal("inf")))
print(a > 12, a == Decimal("12.3450"), a < 12.5, Decimal("0.5") == 0.5, Decimal("0.5") == Fraction(1, 2), a != "x",
      Decimal("NaN") == Decimal("NaN"), shown(lambda: Decimal("NaN") < 1), max(a, b), sorted([a, b, 1]))
print(hash(Decimal("0.5")) == hash(0.5), hash(Decimal(10)) == hash(10), hash(Decimal("1.10")) == hash(Fraction(11, 10)))
print(a.quantize(Decimal("0.01")), a.quantize(Decimal("0.1"), rounding=ROUND_UP), a.to_integral_value(), round(a, 1), round(a),
      math.floor(b), math.ceil(a), int(a), float(a), a.as_tuple(), a.as_integer_ratio(), a.adjusted(), Decimal("1.200").normalize())
for mode in (ROUND_UP, ROUND_DOWN, ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_05UP):
    print(mode, [str(Decimal(x).quantize(Decimal(1), mode)) for x in ("1.5", "-1.5", "2.5", "2.1", "-5.01", "0.5")])
for text in ("0", "123.4567", "-1E+7", "0.000001", "1E-7", "12E3", "1234567.891", "Infinity", "-0.00"):
    d = Decimal(text)
    print(d, d.to_eng_string(), *(format(d, f) for f in (".2f", "e", ".3e", "g", ",", "+.1f", "%", ">15", "=+15.2f", "010", "n")))
print(shown(format, a, "y"), f"{a:.1f}|{a!s:>8}|{a:^12}")

context = Context(prec=5, rounding=ROUND_HALF_UP, Emin=-3, Emax=4, traps=[])
print(context.divide(1, 3), context.multiply(Decimal("99999"), 10), context.create_decimal("123456.7"), context.add(1, 2))
print(context.divide(Decimal("0.001"), 7), context.flags[Underflow], context.sqrt(2), context.power(2, 3, 5))
print(context)
context.clear_flags()
context.traps[Inexact] = True
print(shown(context.divide, 1, 3), shown(setattr, context, "prec", 0), shown(setattr, context, "rounding", "x"),
      shown(context.flags.__setitem__, int, 1))
with localcontext() as local:
    local.prec = 6
    print(Decimal(1) / 7, getcontext().prec, end=" ")
    with localcontext(prec=3):
        print(Decimal(1) / 7, end=" ")
print(Decimal(1) / 7, getcontext())
print(ExtendedContext.copy().divide(5, 0), Context(Emax=9, clamp=1, prec=4).create_decimal("1E9"), BasicContext.prec)
for method in ("next_plus", "next_minus", "number_class", "logb", "is_signed", "copy_negate", "is_zero", "canonical"):
    print(method, *(shown(getattr(Decimal(x), method)) for x in ("1", "-0", "1E-30", "-Infinity", "NaN")))
print(Decimal("1101").logical_and(Decimal("1011")), Decimal(123).rotate(1), Decimal(123).shift(-1), Decimal(1).next_toward(2),
      Decimal("7.5").remainder_near(2), Decimal("1.0").compare_total(Decimal("1")), Decimal(1).scaleb(3), Decimal(3).max(4),
      Decimal("1E2").same_quantum(Decimal("3E2")), Decimal(-3).max_mag(2), Decimal(1).compare(Decimal("NaN")))
for value in (a, Decimal("-0E-5"), Decimal("NaN123"), getcontext()):
    again = pickle.loads(pickle.dumps(value))
    print(repr(again) == repr(value), repr(copy.deepcopy(value)) == repr(value), end=" ")
print(Decimal("1e1000") * Decimal("1e1000"), Decimal(2) ** 1000)
getcontext().prec = 60
print(Decimal(2).sqrt(), Decimal(3).ln(), Decimal("-2.5").exp(), Decimal(2) ** Decimal("0.3"), sum([Decimal("0.1")] * 10))
print(issubclass(DivisionByZero, ZeroDivisionError), MAX_PREC, HAVE_THREADS, Decimal.__module__, DecimalTuple(0, (1,), 2))
