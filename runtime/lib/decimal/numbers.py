"""Decimal: sign, coefficient and exponent; or infinity, or a NaN with a payload.

The arithmetic is that of the General Decimal Arithmetic Specification by Mike Cowlishaw.  Results
are computed exactly where that is cheap, else to more digits than asked for, and _fix rounds them to
the context.  exp, ln and the like repeat with more digits until their rounding is certain.

The file is long since a class is one room; how numbers look (text), what contexts do (contexts), how
digits are dropped (rounding) and the series for logarithms (series) are elsewhere.
"""

from collections import namedtuple
from math import isqrt
import numbers as _numbers
import sys

from decimal import series
from decimal.contexts import (Clamped, Context, ConversionSyntax, DivisionByZero,
                              DivisionImpossible, DivisionUndefined, FloatOperation, Inexact,
                              InvalidContext, InvalidOperation, Overflow, Rounded, Subnormal,
                              Underflow, getcontext)
from decimal.rounding import (ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_EVEN, ROUND_UP,
                              MODES, count_digits, digits_of, drop_digits, number_of)
from decimal.text import format_number, match_number, show

DecimalTuple = namedtuple("DecimalTuple", "sign digits exponent", module="decimal")

_FINITE = ""
_INFINITE = "F"
_QUIET = "n"
_SIGNALLING = "N"
_HASH_MODULUS = sys.hash_info.modulus
_HASH_TENTH = pow(10, -1, _HASH_MODULUS)


def _operand(value):
    """A Decimal for an int or a Decimal, else NotImplemented."""
    if isinstance(value, Decimal):
        return value
    if isinstance(value, int):
        return Decimal(value)
    return NotImplemented


def _reflected(name):
    """A binary operator with its operands the other way round."""
    def operator(self, other):
        other = _operand(other)
        return NotImplemented if other is NotImplemented else getattr(other, name)(self)
    return operator


def _required(value):
    """A Decimal for an argument of a method."""
    result = _operand(value)
    if result is NotImplemented:
        raise TypeError(f"conversion from {type(value).__name__} to Decimal is not supported")
    return result


class Decimal:
    """A decimal number: Decimal("3.14"), Decimal(5), Decimal((0, (3, 1, 4), -2)), Decimal(0.5)."""

    __module__ = "decimal"
    __slots__ = ("_sign", "_coefficient", "_exponent", "_kind")

    # ---- makers

    def __new__(cls, value="0", context=None):
        if isinstance(value, str):
            value = value.strip().replace("_", "")
        return cls._new(value, getcontext() if context is None else context)

    @classmethod
    def _new(cls, value, context):
        if isinstance(value, int):
            return cls._make(int(value < 0), abs(int(value)), 0)
        if isinstance(value, str):
            return cls._from_text(value, context)
        if isinstance(value, Decimal):
            return cls._make(value._sign, value._coefficient, value._exponent, value._kind)
        if isinstance(value, float):
            context._raise(FloatOperation, None)
            return cls._from_float(value)
        if isinstance(value, (list, tuple)):
            return cls._from_tuple(value)
        raise TypeError(f"conversion from {type(value).__name__} to Decimal is not supported")

    @classmethod
    def _make(cls, sign, coefficient, exponent, kind=_FINITE):
        self = object.__new__(cls)
        self._sign = sign
        self._coefficient = coefficient
        self._exponent = exponent
        self._kind = kind
        return self

    @classmethod
    def _nan(cls):
        return Decimal._make(0, 0, 0, _QUIET)

    @classmethod
    def _infinity(cls, sign=0):
        return Decimal._make(sign, 0, 0, _INFINITE)

    @classmethod
    def _from_text(cls, text, context):
        match = match_number(text)
        if match is None:
            return context._raise(ConversionSyntax, cls._make(0, 0, 0, _QUIET))
        sign = int(match["sign"] == "-")
        if match["int"] is None:
            if match["diag"] is None:
                return cls._make(sign, 0, 0, _INFINITE)
            return cls._make(sign, number_of(match["diag"]), 0,
                             _SIGNALLING if match["signal"] else _QUIET)
        fraction = match["frac"] or ""
        return cls._make(sign, number_of(match["int"] + fraction),
                         int(match["exp"] or "0") - len(fraction))

    @classmethod
    def _from_tuple(cls, value):
        if len(value) != 3:
            raise ValueError("argument must be a sequence of length 3")
        sign, digits, exponent = value
        if not isinstance(sign, int) or sign not in (0, 1):
            raise ValueError("sign must be an integer with the value 0 or 1")
        if exponent == "F":
            return cls._make(sign, 0, 0, _INFINITE)
        if not isinstance(digits, (list, tuple)):
            raise ValueError("coefficient must be a tuple of digits")
        for digit in digits:
            if not isinstance(digit, int) or not 0 <= digit <= 9:
                raise ValueError("coefficient must be a tuple of digits")
        coefficient = number_of("".join(map(str, digits)))
        if exponent in ("n", "N"):
            return cls._make(sign, coefficient, 0, exponent)
        if isinstance(exponent, str):
            raise ValueError("string argument in the third position must be 'F', 'n' or 'N'")
        if not isinstance(exponent, int):
            raise ValueError("exponent must be an integer")
        return cls._make(sign, coefficient, exponent)

    @classmethod
    def _from_float(cls, value):
        if value != value:
            return cls._make(int(str(value)[0] == "-"), 0, 0, _QUIET)
        if value in (float("inf"), float("-inf")):
            return cls._make(int(value < 0), 0, 0, _INFINITE)
        from math import copysign
        sign = int(copysign(1.0, value) < 0)
        numerator, denominator = abs(value).as_integer_ratio()
        power = denominator.bit_length() - 1
        return cls._make(sign, numerator * 5**power, -power)

    @classmethod
    def from_float(cls, f, /):
        """The exact value of a float or int."""
        if isinstance(f, int):
            return cls(f)
        if not isinstance(f, float):
            raise TypeError("argument must be int or float")
        result = cls._from_float(f)
        return result if cls is Decimal else cls(result)

    # ---- kinds

    def _is_nan(self):
        return self._kind in (_QUIET, _SIGNALLING)

    def is_nan(self):
        """Whether this is a NaN of either kind."""
        return self._is_nan()

    def is_qnan(self):
        """Whether this is a quiet NaN."""
        return self._kind == _QUIET

    def is_snan(self):
        """Whether this is a signalling NaN."""
        return self._kind == _SIGNALLING

    def is_infinite(self):
        """Whether this is an infinity."""
        return self._kind == _INFINITE

    def is_finite(self):
        """Whether this is a number, not an infinity or NaN."""
        return not self._kind

    def is_zero(self):
        """Whether this is 0 or -0."""
        return not self._kind and not self._coefficient

    def is_signed(self):
        """Whether the sign is -."""
        return self._sign == 1

    def is_canonical(self):
        """True"""
        return True

    def canonical(self):
        """The number itself."""
        return self

    def conjugate(self):
        """The number itself."""
        return self

    def radix(self):
        """10"""
        return Decimal(10)

    real = property(lambda self: self)
    imag = property(lambda self: Decimal(0))

    def is_normal(self, context=None):
        """Whether a finite number other than 0 has an exponent of at least Emin."""
        if self._kind or not self._coefficient:
            return False
        return (context or getcontext()).Emin <= self.adjusted()

    def is_subnormal(self, context=None):
        """Whether a finite number other than 0 has an exponent below Emin."""
        if self._kind or not self._coefficient:
            return False
        return self.adjusted() < (context or getcontext()).Emin

    def number_class(self, context=None):
        """What kind of number this is, as text."""
        if self._kind == _SIGNALLING:
            return "sNaN"
        if self._kind == _QUIET:
            return "NaN"
        sign = "-" if self._sign else "+"
        if self._kind:
            return sign + "Infinity"
        if not self._coefficient:
            return sign + "Zero"
        return sign + ("Subnormal" if self.is_subnormal(context) else "Normal")

    def adjusted(self):
        """The exponent of the first digit."""
        if self._kind:
            return 0
        return self._exponent + count_digits(self._coefficient) - 1

    def as_tuple(self):
        """(sign, digits, exponent)"""
        if self._kind == _INFINITE:
            return DecimalTuple(self._sign, (0,), "F")
        if self._kind:
            digits = tuple(map(int, digits_of(self._coefficient))) if self._coefficient else ()
            return DecimalTuple(self._sign, digits, self._kind)
        return DecimalTuple(self._sign, tuple(map(int, digits_of(self._coefficient))),
                            self._exponent)

    def as_integer_ratio(self):
        """(numerator, denominator) in lowest terms."""
        if self._kind:
            if self._is_nan():
                raise ValueError("cannot convert NaN to integer ratio")
            raise OverflowError("cannot convert Infinity to integer ratio")
        from math import gcd
        numerator, denominator = self._coefficient, 1
        if self._exponent >= 0:
            numerator *= 10**self._exponent
        else:
            denominator = 10**-self._exponent
        common = gcd(numerator, denominator)
        numerator //= common
        return (-numerator if self._sign else numerator), denominator // common

    # ---- text

    def __repr__(self):
        return f"Decimal('{self}')"

    def __str__(self, eng=False, context=None):
        return show(self, eng, (context or getcontext()).capitals)

    def to_eng_string(self, context=None):
        """Text with an exponent that is a multiple of 3."""
        return show(self, True, (context or getcontext()).capitals)

    def __format__(self, specifier, context=None, _localeconv=None):
        return format_number(self, specifier, (context or getcontext()).rounding, _localeconv)

    # ---- rounding to a context

    def _fix(self, context):
        """This number as the context can hold it; signals what was lost."""
        if self._kind:
            return self._fix_nan(context) if self._is_nan() else self
        coefficient, exponent = self._coefficient, self._exponent
        tiny, top = context.Etiny(), context.Etop()
        if not coefficient:
            highest = top if context.clamp else context.Emax
            fitting = min(max(exponent, tiny), highest)
            if fitting == exponent:
                return self
            context._raise(Clamped, None)
            return Decimal._make(self._sign, 0, fitting)
        size = count_digits(coefficient)
        lowest = exponent + size - context.prec     # exponent of a result with prec digits
        if lowest > top:
            return self._overflow(context)
        subnormal = lowest < tiny
        if subnormal:
            lowest = tiny
        if exponent < lowest:
            kept, inexact = drop_digits(self._sign, coefficient, lowest - exponent,
                                        context.rounding)
            if count_digits(kept) > context.prec:
                kept //= 10
                lowest += 1
            if lowest > top:
                return self._overflow(context)
            result = Decimal._make(self._sign, kept, lowest)
            if inexact and subnormal:
                context._raise(Underflow, None)
            if subnormal:
                context._raise(Subnormal, None)
            if inexact:
                context._raise(Inexact, None)
            context._raise(Rounded, None)
            if not kept:
                context._raise(Clamped, None)
            return result
        if subnormal:
            context._raise(Subnormal, None)
        if context.clamp and exponent > top:
            context._raise(Clamped, None)
            return Decimal._make(self._sign, coefficient * 10**(exponent - top), top)
        return self if type(self) is Decimal else Decimal(self)

    def _overflow(self, context):
        """The result of a number that is too large: an infinity or the largest number."""
        mode = context.rounding
        towards_zero = (mode in (ROUND_DOWN, "ROUND_05UP")
                        or mode == (ROUND_CEILING if self._sign else ROUND_FLOOR))
        if towards_zero:
            result = Decimal._make(self._sign, 10**context.prec - 1, context.Etop())
        else:
            result = Decimal._infinity(self._sign)
        context._raise(Overflow, None)
        context._raise(Inexact, None)
        context._raise(Rounded, None)
        return result

    def _fix_nan(self, context):
        limit = context.prec - context.clamp
        if self._coefficient and count_digits(self._coefficient) > limit:
            return Decimal._make(self._sign, self._coefficient % 10**limit, 0, self._kind)
        return self

    def _nan_result(self, other, context):
        """The NaN that an operation on a NaN gives, or None when there is none."""
        numbers = (self,) if other is None else (self, other)
        for number in numbers:
            if number._kind == _SIGNALLING:
                quiet = Decimal._make(number._sign, number._coefficient, 0, _QUIET)
                return context._raise(InvalidOperation, quiet._fix_nan(context))
        for number in numbers:
            if number._kind == _QUIET:
                return number._fix_nan(context)
        return None

    def _invalid(self, context):
        return context._raise(InvalidOperation, Decimal._nan())

    # ---- comparison

    def _compare(self, other):
        """-1, 0 or 1 for numbers that are no NaN."""
        if self._kind or other._kind:
            mine = (1 - 2 * self._sign) * (self._kind == _INFINITE)
            theirs = (1 - 2 * other._sign) * (other._kind == _INFINITE)
            if mine != theirs:
                return -1 if mine < theirs else 1
            return 0
        if not self._coefficient or not other._coefficient:
            mine = (1 - 2 * self._sign) * bool(self._coefficient)
            theirs = (1 - 2 * other._sign) * bool(other._coefficient)
            return (mine > theirs) - (mine < theirs)
        if self._sign != other._sign:
            return -1 if self._sign else 1
        order = 1 - 2 * self._sign
        a, b = self.adjusted(), other.adjusted()
        if a != b:
            return order if a > b else -order
        shift = self._exponent - other._exponent
        mine = self._coefficient * 10**max(shift, 0)
        theirs = other._coefficient * 10**max(-shift, 0)
        return order * ((mine > theirs) - (mine < theirs))

    def _comparand(self, other, equality):
        """(self, other) as Decimals of the same meaning, or NotImplemented."""
        if isinstance(other, Decimal):
            return self, other
        if isinstance(other, _numbers.Rational):
            if isinstance(other, int):
                return self, Decimal(other)
            if self._kind:
                return self, Decimal(other.numerator)
            return (Decimal._make(self._sign, self._coefficient * other.denominator,
                                  self._exponent), Decimal(other.numerator))
        if equality and isinstance(other, complex) and other.imag == 0:
            other = other.real
        if isinstance(other, float):
            context = getcontext()
            if equality:
                context.flags[FloatOperation] = True
            else:
                context._raise(FloatOperation, None)
            return self, Decimal._from_float(other)
        return NotImplemented

    def __eq__(self, other):
        pair = self._comparand(other, True)
        if pair is NotImplemented:
            return NotImplemented
        a, b = pair
        if a._is_nan() or b._is_nan():
            if _SIGNALLING in (a._kind, b._kind):
                getcontext()._raise(InvalidOperation, None)
            return False
        return a._compare(b) == 0

    def _ordered(self, other):
        """The sign of self - other for an order; None with a NaN; NotImplemented."""
        pair = self._comparand(other, False)
        if pair is NotImplemented:
            return NotImplemented
        a, b = pair
        if a._is_nan() or b._is_nan():
            getcontext()._raise(InvalidOperation, None)
            return None
        return a._compare(b)

    def __lt__(self, other):
        order = self._ordered(other)
        return order if order is NotImplemented else order is not None and order < 0

    def __le__(self, other):
        order = self._ordered(other)
        return order if order is NotImplemented else order is not None and order <= 0

    def __gt__(self, other):
        order = self._ordered(other)
        return order if order is NotImplemented else order is not None and order > 0

    def __ge__(self, other):
        order = self._ordered(other)
        return order if order is NotImplemented else order is not None and order >= 0

    def __hash__(self):
        if self._kind:
            if self._kind == _SIGNALLING:
                raise TypeError("Cannot hash a signaling NaN value")
            if self._kind == _QUIET:
                return object.__hash__(self)
            return -sys.hash_info.inf if self._sign else sys.hash_info.inf
        if self._exponent >= 0:
            power = pow(10, self._exponent, _HASH_MODULUS)
        else:
            power = pow(_HASH_TENTH, -self._exponent, _HASH_MODULUS)
        value = self._coefficient * power % _HASH_MODULUS
        value = -value if self._sign else value
        return -2 if value == -1 else value

    def __bool__(self):
        return bool(self._kind or self._coefficient)

    def compare(self, other, context=None):
        """-1, 0 or 1 as a Decimal, or a NaN."""
        context = context or getcontext()
        other = _required(other)
        nan = self._nan_result(other, context)
        return Decimal(self._compare(other)) if nan is None else nan

    def compare_signal(self, other, context=None):
        """As compare; any NaN signals."""
        context = context or getcontext()
        other = _required(other)
        if _QUIET in (self._kind, other._kind) and _SIGNALLING not in (self._kind, other._kind):
            nan = self if self._kind else other
            return context._raise(InvalidOperation, nan._fix_nan(context))
        return self.compare(other, context)

    def compare_total(self, other, context=None):
        """-1, 0 or 1 in an order of all numbers, by representation and NaNs too."""
        other = _required(other)
        if self._sign != other._sign:
            return Decimal(-1 if self._sign else 1)
        order = -1 if self._sign else 1
        rank = {_FINITE: 0, _INFINITE: 0, _SIGNALLING: 1, _QUIET: 2}
        mine, theirs = rank[self._kind], rank[other._kind]
        if mine == theirs:
            if mine:
                mine, theirs = self._coefficient, other._coefficient
            else:
                result = self._compare(other)
                if result:
                    return Decimal(result)
                mine, theirs = self._exponent, other._exponent
        return Decimal(order * ((mine > theirs) - (mine < theirs)))

    def compare_total_mag(self, other, context=None):
        """compare_total without the signs."""
        return self.copy_abs().compare_total(_required(other).copy_abs())

    def _extreme(self, other, context, magnitude, sign):
        context = context or getcontext()
        other = _required(other)
        if self._kind in (_QUIET, _SIGNALLING) or other._kind in (_QUIET, _SIGNALLING):
            if self._kind == _QUIET and not other._is_nan():
                return other._fix(context)
            if other._kind == _QUIET and not self._is_nan():
                return self._fix(context)
            return self._nan_result(other, context)
        if magnitude:
            order = self.copy_abs()._compare(other.copy_abs()) or self._compare(other)
        else:
            order = self._compare(other)
        order = order or int(self.compare_total(other))
        return (other if order * sign < 0 else self)._fix(context)

    def max(self, other, context=None):
        """The larger one; a number counts more than a quiet NaN."""
        return self._extreme(other, context, False, 1)

    def min(self, other, context=None):
        """The smaller one; a number counts more than a quiet NaN."""
        return self._extreme(other, context, False, -1)

    def max_mag(self, other, context=None):
        """The one with the larger magnitude."""
        return self._extreme(other, context, True, 1)

    def min_mag(self, other, context=None):
        """The one with the smaller magnitude."""
        return self._extreme(other, context, True, -1)

    # ---- signs

    def copy_abs(self):
        """The magnitude, as it is."""
        return Decimal._make(0, self._coefficient, self._exponent, self._kind)

    def copy_negate(self):
        """The number with the other sign, as it is."""
        return Decimal._make(1 - self._sign, self._coefficient, self._exponent, self._kind)

    def copy_sign(self, other, context=None):
        """The number with the sign of the other."""
        return Decimal._make(_required(other)._sign, self._coefficient, self._exponent, self._kind)

    def _signed(self, sign, context):
        context = context or getcontext()
        nan = self._nan_result(None, context)
        if nan is not None:
            return nan
        if not self._kind and not self._coefficient and context.rounding != ROUND_FLOOR:
            sign = 0
        return Decimal._make(sign, self._coefficient, self._exponent, self._kind)._fix(context)

    def __neg__(self, context=None):
        return self._signed(1 - self._sign, context)

    def __pos__(self, context=None):
        return self._signed(self._sign, context)

    def __abs__(self, round=True, context=None):
        if not round:
            return self.copy_abs()
        return self._signed(0, context) if self._sign else self._signed(self._sign, context)

    # ---- addition and multiplication

    def _add(self, other, context=None):
        context = context or getcontext()
        nan = self._nan_result(other, context)
        if nan is not None:
            return nan
        if self._kind or other._kind:
            if self._kind and other._kind and self._sign != other._sign:
                return self._invalid(context)
            return Decimal._infinity(self._sign if self._kind else other._sign)
        exponent = min(self._exponent, other._exponent)
        if not self._coefficient or not other._coefficient:
            # The other one, with more digits as far as the precision allows.
            if not self._coefficient and not other._coefficient:
                sign = self._sign & other._sign
                if self._sign != other._sign and context.rounding == ROUND_FLOOR:
                    sign = 1
                return Decimal._make(sign, 0, exponent)._fix(context)
            number = self if self._coefficient else other
            lowest = max(exponent, number._exponent - context.prec - 1)
            return number._rescaled_up(lowest)._fix(context)
        a, b = self._near(other, context)
        shift = a._exponent - b._exponent
        low = min(a._exponent, b._exponent)
        total = ((-a._coefficient if a._sign else a._coefficient) * 10**max(shift, 0)
                 + (-b._coefficient if b._sign else b._coefficient) * 10**max(-shift, 0))
        if not total:
            return Decimal._make(int(context.rounding == ROUND_FLOOR), 0, exponent)._fix(context)
        return Decimal._make(int(total < 0), abs(total), low)._fix(context)

    def _rescaled_up(self, exponent):
        """The same value with an exponent that is not larger."""
        return Decimal._make(self._sign, self._coefficient * 10**(self._exponent - exponent),
                             exponent)

    def _near(self, other, context):
        """Two numbers to be added; one that is far too small to count becomes a mere trace."""
        large, small = (self, other) if self._exponent >= other._exponent else (other, self)
        trace = large._exponent + min(-1, count_digits(large._coefficient) - context.prec - 2)
        if small.adjusted() < trace:
            small = Decimal._make(small._sign, 1, trace)
        return large, small

    def _subtract(self, other, context=None):
        if other._is_nan():
            return self._add(other, context)
        return self._add(other.copy_negate(), context)

    def _multiply(self, other, context=None):
        context = context or getcontext()
        nan = self._nan_result(other, context)
        if nan is not None:
            return nan
        sign = self._sign ^ other._sign
        if self._kind or other._kind:
            if not self or not other:
                return self._invalid(context)
            return Decimal._infinity(sign)
        return Decimal._make(sign, self._coefficient * other._coefficient,
                             self._exponent + other._exponent)._fix(context)

    def fma(self, other, third, context=None):
        """self * other + third, rounded once."""
        context = context or getcontext()
        other, third = _required(other), _required(third)
        if self._is_nan() or other._is_nan() or third._is_nan():
            for number in (self, other, third):
                if number._kind == _SIGNALLING:
                    return number._nan_result(None, context)
            for number in (self, other):
                if number._kind:
                    if number._is_nan():
                        return number._fix_nan(context)
            if (self._kind and not other) or (other._kind and not self):
                return self._invalid(context)
            return third._fix_nan(context)
        sign = self._sign ^ other._sign
        if self._kind or other._kind:
            if not self or not other:
                return self._invalid(context)
            product = Decimal._infinity(sign)
        else:
            product = Decimal._make(sign, self._coefficient * other._coefficient,
                                    self._exponent + other._exponent)
        return product._add(third, context)

    # ---- division

    def _divide(self, other, context=None):
        context = context or getcontext()
        nan = self._nan_result(other, context)
        if nan is not None:
            return nan
        sign = self._sign ^ other._sign
        if self._kind:
            return self._invalid(context) if other._kind else Decimal._infinity(sign)
        if other._kind:
            context._raise(Clamped, None)
            return Decimal._make(sign, 0, context.Etiny())
        if not other._coefficient:
            if not self._coefficient:
                return context._raise(DivisionUndefined, Decimal._nan())
            return context._raise(DivisionByZero, Decimal._infinity(sign))
        ideal = self._exponent - other._exponent
        if not self._coefficient:
            return Decimal._make(sign, 0, ideal)._fix(context)
        # One digit more than is wanted; a rest makes the last digit tell that it is not exact.
        shift = (count_digits(other._coefficient) - count_digits(self._coefficient)
                 + context.prec + 1)
        exponent = ideal - shift
        quotient, rest = divmod(self._coefficient * 10**max(shift, 0),
                                other._coefficient * 10**max(-shift, 0))
        if rest:
            if quotient % 5 == 0:
                quotient += 1
        else:
            while exponent < ideal and quotient % 10 == 0:
                quotient //= 10
                exponent += 1
        return Decimal._make(sign, quotient, exponent)._fix(context)

    def _quotient_and_rest(self, other, context):
        """Integer quotient towards zero, and what is left with the sign of self; both finite and
        other not 0.  DivisionImpossible becomes a pair of NaNs."""
        sign = self._sign ^ other._sign
        ideal = self._exponent if other._kind else min(self._exponent, other._exponent)
        gap = self.adjusted() - other.adjusted() if not other._kind else -2
        if not self._coefficient or other._kind or gap <= -2:
            rest = self._rescaled_to(ideal, context)
            return Decimal._make(sign, 0, 0), rest
        if gap <= context.prec:
            shift = self._exponent - other._exponent
            quotient, rest = divmod(self._coefficient * 10**max(shift, 0),
                                    other._coefficient * 10**max(-shift, 0))
            if quotient < 10**context.prec:
                return Decimal._make(sign, quotient, 0), Decimal._make(self._sign, rest, ideal)
        nan = context._raise(DivisionImpossible, Decimal._nan())
        return nan, nan

    def _rescaled_to(self, exponent, context):
        if exponent <= self._exponent and self._coefficient:
            lowest = max(exponent, self._exponent - context.prec - 1)
            return self._rescaled_up(lowest)
        return Decimal._make(self._sign, self._coefficient, min(exponent, self._exponent))

    def _divide_int(self, other, context=None):
        context = context or getcontext()
        nan = self._nan_result(other, context)
        if nan is not None:
            return nan
        if self._kind:
            if other._kind:
                return self._invalid(context)
            return Decimal._infinity(self._sign ^ other._sign)
        if not other:
            if self._coefficient:
                return context._raise(DivisionByZero, Decimal._infinity(self._sign ^ other._sign))
            return context._raise(DivisionUndefined, Decimal._nan())
        return self._quotient_and_rest(other, context)[0]._fix(context)

    def _remainder(self, other, context=None):
        context = context or getcontext()
        nan = self._nan_result(other, context)
        if nan is not None:
            return nan
        if self._kind:
            return self._invalid(context)
        if not other:
            if self._coefficient:
                return self._invalid(context)
            return context._raise(DivisionUndefined, Decimal._nan())
        return self._quotient_and_rest(other, context)[1]._fix(context)

    def _divmod(self, other, context=None):
        context = context or getcontext()
        nan = self._nan_result(other, context)
        if nan is not None:
            return nan, nan
        sign = self._sign ^ other._sign
        if self._kind:
            if other._kind:
                nan = self._invalid(context)
                return nan, nan
            return Decimal._infinity(sign), self._invalid(context)
        if not other:
            if not self._coefficient:
                nan = context._raise(DivisionUndefined, Decimal._nan())
                return nan, nan
            return (context._raise(DivisionByZero, Decimal._infinity(sign)),
                    self._invalid(context))
        quotient, rest = self._quotient_and_rest(other, context)
        return quotient._fix(context), rest._fix(context)

    def remainder_near(self, other, context=None):
        """What is left after the nearest integer quotient, a tie going to the even one."""
        context = context or getcontext()
        other = _required(other)
        nan = self._nan_result(other, context)
        if nan is not None:
            return nan
        if self._kind:
            return self._invalid(context)
        if not other:
            if self._coefficient:
                return self._invalid(context)
            return context._raise(DivisionUndefined, Decimal._nan())
        if other._kind:
            return self._fix(context)
        ideal = min(self._exponent, other._exponent)
        if not self._coefficient:
            return Decimal._make(self._sign, 0, ideal)._fix(context)
        gap = self.adjusted() - other.adjusted()
        if gap >= context.prec + 1:
            return context._raise(DivisionImpossible, Decimal._nan())
        if gap <= -2:
            return self._rescaled_to(ideal, context)._fix(context)
        shift = self._exponent - other._exponent
        divisor = other._coefficient * 10**max(-shift, 0)
        quotient, rest = divmod(self._coefficient * 10**max(shift, 0), divisor)
        sign = self._sign
        if 2 * rest + (quotient & 1) > divisor:
            rest -= divisor
            quotient += 1
        if quotient >= 10**context.prec:
            return context._raise(DivisionImpossible, Decimal._nan())
        if rest < 0:
            sign, rest = 1 - sign, -rest
        return Decimal._make(sign, rest, ideal)._fix(context)

    # ---- operators

    def __add__(self, other):
        other = _operand(other)
        return other if other is NotImplemented else self._add(other)

    __radd__ = __add__

    def __sub__(self, other):
        other = _operand(other)
        return other if other is NotImplemented else self._subtract(other)

    def __mul__(self, other):
        other = _operand(other)
        return other if other is NotImplemented else self._multiply(other)

    __rmul__ = __mul__

    def __truediv__(self, other):
        other = _operand(other)
        return other if other is NotImplemented else self._divide(other)

    def __floordiv__(self, other):
        other = _operand(other)
        return other if other is NotImplemented else self._divide_int(other)

    def __mod__(self, other):
        other = _operand(other)
        return other if other is NotImplemented else self._remainder(other)

    def __divmod__(self, other):
        other = _operand(other)
        return other if other is NotImplemented else self._divmod(other)

    __rsub__ = _reflected("_subtract")
    __rtruediv__ = _reflected("_divide")
    __rfloordiv__ = _reflected("_divide_int")
    __rmod__ = _reflected("_remainder")
    __rdivmod__ = _reflected("_divmod")

    # ---- conversion

    def __int__(self):
        if self._kind:
            if self._is_nan():
                raise ValueError("cannot convert NaN to integer")
            raise OverflowError("cannot convert Infinity to integer")
        if self._exponent >= 0:
            value = self._coefficient * 10**self._exponent
        elif -self._exponent > count_digits(self._coefficient):
            value = 0
        else:
            value = self._coefficient // 10**-self._exponent
        return -value if self._sign else value

    __trunc__ = __int__

    def __float__(self):
        if self._kind == _SIGNALLING:
            raise ValueError("cannot convert signaling NaN to float")
        if self._kind == _QUIET:
            return float("-nan" if self._sign else "nan")
        return float(show(self, False, 1))

    def __complex__(self):
        return complex(float(self))

    def _integer(self, mode):
        """The nearest int by a rounding mode."""
        if self._kind:
            if self._is_nan():
                raise ValueError("cannot convert NaN to integer")
            raise OverflowError("cannot convert Infinity to integer")
        value, _ = drop_digits(self._sign, self._coefficient, -self._exponent, mode)
        return -value if self._sign else value

    def __floor__(self):
        return self._integer(ROUND_FLOOR)

    def __ceil__(self):
        return self._integer(ROUND_CEILING)

    def __round__(self, n=None):
        if n is None:
            return self._integer(ROUND_HALF_EVEN)
        if not isinstance(n, int):
            raise TypeError("optional arg must be an integer")
        return self.quantize(Decimal._make(0, 1, -n))

    def __reduce__(self):
        return self.__class__, (show(self, False, 1),)

    def __copy__(self):
        return self if type(self) is Decimal else self.__class__(self)

    def __deepcopy__(self, memo):
        return self.__copy__()

    # ---- exponents and digits

    def quantize(self, exp, rounding=None, context=None):
        """The number rounded to have the exponent of exp."""
        context = context or getcontext()
        exp = _required(exp)
        if rounding is None:
            rounding = context.rounding
        elif rounding not in MODES:
            raise TypeError("valid values for rounding are:\n  [ROUND_CEILING, ROUND_FLOOR, "
                            "ROUND_UP, ROUND_DOWN,\n   ROUND_HALF_UP, ROUND_HALF_DOWN, "
                            "ROUND_HALF_EVEN,\n   ROUND_05UP]")
        nan = self._nan_result(exp, context)
        if nan is not None:
            return nan
        if self._kind or exp._kind:
            if self._kind and exp._kind:
                return Decimal(self)
            return self._invalid(context)
        target = exp._exponent
        if not context.Etiny() <= target <= context.Emax:
            return self._invalid(context)
        if not self._coefficient:
            return Decimal._make(self._sign, 0, target)._fix(context)
        if self.adjusted() > context.Emax or self.adjusted() - target + 1 > context.prec:
            return self._invalid(context)
        coefficient, inexact = drop_digits(self._sign, self._coefficient, target - self._exponent,
                                           rounding)
        result = Decimal._make(self._sign, coefficient, target)
        if result.adjusted() > context.Emax or count_digits(coefficient) > context.prec:
            return self._invalid(context)
        if coefficient and result.adjusted() < context.Emin:
            context._raise(Subnormal, None)
        if target > self._exponent:
            if inexact:
                context._raise(Inexact, None)
            context._raise(Rounded, None)
        return result._fix(context)

    def same_quantum(self, other, context=None):
        """Whether the exponents are equal, or both are infinite or both NaN."""
        other = _required(other)
        if self._kind or other._kind:
            return (self._is_nan() and other._is_nan()
                    or self._kind == _INFINITE == other._kind)
        return self._exponent == other._exponent

    def _to_integral(self, rounding, context, exact):
        context = context or getcontext()
        rounding = rounding or context.rounding
        if self._kind:
            nan = self._nan_result(None, context)
            return Decimal(self) if nan is None else nan
        if self._exponent >= 0:
            return Decimal(self)
        if not self._coefficient:
            return Decimal._make(self._sign, 0, 0)
        value, inexact = drop_digits(self._sign, self._coefficient, -self._exponent, rounding)
        if exact:
            if inexact:
                context._raise(Inexact, None)
            context._raise(Rounded, None)
        return Decimal._make(self._sign, value, 0)

    def to_integral_value(self, rounding=None, context=None):
        """The nearest integer, without signals."""
        return self._to_integral(rounding, context, False)

    to_integral = to_integral_value

    def to_integral_exact(self, rounding=None, context=None):
        """The nearest integer; signals Inexact and Rounded."""
        return self._to_integral(rounding, context, True)

    def normalize(self, context=None):
        """The number without zeros at the end."""
        context = context or getcontext()
        nan = self._nan_result(None, context)
        if nan is not None:
            return nan
        fixed = self._fix(context)
        if fixed._kind:
            return fixed
        if not fixed._coefficient:
            return Decimal._make(fixed._sign, 0, 0)
        highest = context.Etop() if context.clamp else context.Emax
        coefficient, exponent = fixed._coefficient, fixed._exponent
        while coefficient % 10 == 0 and exponent < highest:
            coefficient //= 10
            exponent += 1
        return Decimal._make(fixed._sign, coefficient, exponent)

    def logb(self, context=None):
        """The exponent of the first digit, as a Decimal."""
        context = context or getcontext()
        nan = self._nan_result(None, context)
        if nan is not None:
            return nan
        if self._kind:
            return Decimal._infinity()
        if not self._coefficient:
            return context._raise(DivisionByZero, Decimal._infinity(1))
        return Decimal(self.adjusted())._fix(context)

    def scaleb(self, other, context=None):
        """The number with other added to its exponent."""
        context = context or getcontext()
        other = _required(other)
        nan = self._nan_result(other, context)
        if nan is not None:
            return nan
        limit = 2 * (context.Emax + context.prec)
        if other._kind or other._exponent != 0 or not -limit <= int(other) <= limit:
            return self._invalid(context)
        if self._kind:
            return Decimal(self)
        return Decimal._make(self._sign, self._coefficient,
                             self._exponent + int(other))._fix(context)

    def _shift_count(self, other, context):
        """Digits to move, for shift and rotate; None when other makes no sense."""
        if other._kind or other._exponent != 0 or not -context.prec <= int(other) <= context.prec:
            return None
        return int(other)

    def shift(self, other, context=None):
        """The digits moved to the left; to the right for a negative count."""
        context = context or getcontext()
        other = _required(other)
        nan = self._nan_result(other, context)
        if nan is not None:
            return nan
        count = self._shift_count(other, context)
        if count is None:
            return self._invalid(context)
        if self._kind:
            return Decimal(self)
        value = self._coefficient % 10**context.prec
        value = value * 10**count % 10**context.prec if count >= 0 else value // 10**-count
        return Decimal._make(self._sign, value, self._exponent)

    def rotate(self, other, context=None):
        """The digits, filled to the precision, turned to the left."""
        context = context or getcontext()
        other = _required(other)
        nan = self._nan_result(other, context)
        if nan is not None:
            return nan
        count = self._shift_count(other, context)
        if count is None:
            return self._invalid(context)
        if self._kind:
            return Decimal(self)
        high, low = divmod(self._coefficient % 10**context.prec, 10**((-count) % context.prec))
        value = low * 10**(count % context.prec) + high
        return Decimal._make(self._sign, value, self._exponent)

    # ---- neighbours

    def _neighbour(self, up, context):
        nan = self._nan_result(None, context)
        if nan is not None:
            return nan
        if self._kind:
            if self._sign == int(up):
                return Decimal._make(self._sign, 10**context.prec - 1, context.Etop())
            return Decimal(self)
        inner = context._variant(rounding=ROUND_CEILING if up else ROUND_FLOOR)
        fixed = self._fix(inner)
        if fixed._compare(self) != 0:
            return fixed
        step = Decimal._make(int(not up), 1, context.Etiny() - 1)
        return self._add(step, inner)

    def next_minus(self, context=None):
        """The largest number of the context below this one."""
        return self._neighbour(False, context or getcontext())

    def next_plus(self, context=None):
        """The smallest number of the context above this one."""
        return self._neighbour(True, context or getcontext())

    def next_toward(self, other, context=None):
        """The neighbour in the direction of other."""
        context = context or getcontext()
        other = _required(other)
        nan = self._nan_result(other, context)
        if nan is not None:
            return nan
        order = self._compare(other)
        if order == 0:
            return self.copy_sign(other)
        result = self._neighbour(order < 0, context)
        if result._kind:
            context._raise(Overflow, None)
            context._raise(Inexact, None)
            context._raise(Rounded, None)
        elif result.adjusted() < context.Emin:
            for signal in (Underflow, Subnormal, Inexact, Rounded):
                context._raise(signal, None)
            if not result._coefficient:
                context._raise(Clamped, None)
        return result

    # ---- digits as bits

    def _bits(self):
        """The digits when all are 0 or 1 and the number is a plain one, else None."""
        if self._kind or self._sign or self._exponent:
            return None
        digits = digits_of(self._coefficient)
        return digits if not digits.strip("01") else None

    def _logical(self, other, context, combine):
        context = context or getcontext()
        mine, theirs = self._bits(), _required(other)._bits()
        if mine is None or theirs is None:
            return self._invalid(context)
        value = combine(int(mine, 2), int(theirs, 2))
        return Decimal._make(0, int(f"{value:b}"[-context.prec:]), 0)

    def logical_and(self, other, context=None):
        """Digit by digit, and."""
        return self._logical(other, context, lambda a, b: a & b)

    def logical_or(self, other, context=None):
        """Digit by digit, or."""
        return self._logical(other, context, lambda a, b: a | b)

    def logical_xor(self, other, context=None):
        """Digit by digit, exclusive or."""
        return self._logical(other, context, lambda a, b: a ^ b)

    def logical_invert(self, context=None):
        """Every digit inverted, as many as the precision has."""
        context = context or getcontext()
        return self.logical_xor(Decimal._make(0, int("1" * context.prec), 0), context)

    # ---- powers and logarithms

    def _rounded_series(self, context, compute, rounding=ROUND_HALF_EVEN):
        """The result of compute(digits), which gives (sign, coefficient, exponent) with an error below
        one unit, with as many digits as the rounding needs."""
        digits = context.prec + 3
        for _ in range(12):
            sign, coefficient, exponent = compute(digits)
            surplus = count_digits(coefficient) - context.prec
            if surplus > 1:
                unit = 10**surplus
                rest = coefficient % unit
                if min(abs(rest - unit // 2), rest, unit - rest) > 2:
                    break
            digits += 3 + digits // 2
        else:
            # So near to a number of the context, or to the middle of two, it is that.
            unit = 10**(surplus - 1)
            coefficient = (coefficient + unit // 2) // unit
            exponent += surplus - 1
        result = Decimal._make(sign, coefficient, exponent)._fix_as(context, rounding)
        self._note_inexact(context)
        return result

    def _fix_as(self, context, rounding):
        """_fix with another rounding mode."""
        if rounding == context.rounding:
            return self._fix(context)
        inner = context._variant(rounding=rounding)
        result = self._fix(inner)
        for signal, came in inner.flags.items():
            if came:
                context._raise(signal, None)
        return result

    def exp(self, context=None):
        """e ** self"""
        context = context or getcontext()
        nan = self._nan_result(None, context)
        if nan is not None:
            return nan
        if self._kind:
            return Decimal(0) if self._sign else Decimal._infinity()
        if not self._coefficient:
            return Decimal(1)
        size = self.adjusted()
        if size > len(str((max(context.Emax, -context.Emin) + context.prec) * 3)):
            extreme = Decimal._make(0, 1, context.Etiny() - 1 if self._sign else context.Emax + 1)
            return extreme._fix_as(context, ROUND_HALF_EVEN)
        if size < -context.prec - 1:
            # 1 plus or minus a trace
            one = 10**(context.prec + 1)
            near = Decimal._make(0, one - 1 if self._sign else one + 1, -context.prec - 1)
            self._note_inexact(context)
            return near._fix_as(context, ROUND_HALF_EVEN)
        numerator = -self._coefficient if self._sign else self._coefficient
        numerator *= 10**max(self._exponent, 0)
        scale = max(-self._exponent, 0)

        def compute(digits):
            value, power = series.exp(numerator, scale, digits)
            return 0, value, power - digits
        return self._rounded_series(context, compute)

    def _note_inexact(self, context):
        context._raise(Inexact, None)
        context._raise(Rounded, None)

    def _logarithm(self, context, compute):
        """Common to ln and log10; compute(digits) is the logarithm times 10**digits."""
        nan = self._nan_result(None, context)
        if nan is not None:
            return nan
        if not self:
            return Decimal._infinity(1)
        if self._kind:
            return self._invalid(context) if self._sign else Decimal._infinity()
        if self._sign:
            return self._invalid(context)
        if self._compare(Decimal(1)) == 0:
            return Decimal(0)

        def scaled(digits):
            # Near 1 the logarithm is small: as many digits more.
            extra = 0
            while True:
                value = compute(digits + extra)
                if count_digits(abs(value)) >= digits:
                    return int(value < 0), abs(value), -digits - extra
                extra += digits - count_digits(abs(value)) + 1
        return self._rounded_series(context, scaled)

    def ln(self, context=None):
        """The natural logarithm."""
        return self._logarithm(context or getcontext(), lambda digits: series.ln(
            self._coefficient, self._exponent, digits))

    def log10(self, context=None):
        """The logarithm to base 10."""
        context = context or getcontext()
        if not self._kind and not self._sign and self._coefficient:
            if digits_of(self._coefficient).rstrip("0") == "1":
                return Decimal(self.adjusted())._fix(context)

        def compute(digits):
            value = series.ln(self._coefficient, self._exponent, digits + 3)
            return value * 10**digits // series.ln10(digits + 3)
        return self._logarithm(context, compute)

    def sqrt(self, context=None):
        """The square root."""
        context = context or getcontext()
        nan = self._nan_result(None, context)
        if nan is not None:
            return nan
        if self._kind and not self._sign:
            return Decimal(self)
        if not self._kind and not self._coefficient:
            return Decimal._make(self._sign, 0, self._exponent >> 1)._fix(context)
        if self._sign:
            return self._invalid(context)
        ideal = self._exponent >> 1
        coefficient = self._coefficient * 10**(self._exponent & 1)
        # prec + 1 digits of the root, a rest being noted in the last digit.
        shift = context.prec + 1 - (count_digits(coefficient) + 1 >> 1)
        if shift >= 0:
            scaled, lost = coefficient * 100**shift, False
        else:
            scaled, rest = divmod(coefficient, 100**-shift)
            lost = rest != 0
        root = isqrt(scaled)
        exponent = ideal - shift
        if lost or root * root != scaled:
            if root % 5 == 0:
                root += 1
        else:
            while exponent < ideal and root % 10 == 0:
                root //= 10
                exponent += 1
            if shift < 0 and exponent > ideal:
                root *= 10**(exponent - ideal)
                exponent = ideal
        return Decimal._make(0, root, exponent)._fix_as(context, ROUND_HALF_EVEN)

    def __pow__(self, other, modulo=None, context=None):
        other = _operand(other)
        if other is NotImplemented:
            return other
        context = context or getcontext()
        if modulo is not None:
            modulo = _operand(modulo)
            return modulo if modulo is NotImplemented else self._power_modulo(other, modulo, context)
        nan = self._nan_result(other, context)
        if nan is not None:
            return nan
        if not other:
            return self._invalid(context) if not self else Decimal(1)
        integral = not other._kind and (other._exponent >= 0
                                        or other._coefficient % 10**min(-other._exponent, 10**6)
                                        == 0)
        odd = integral and int(other) & 1
        sign = int(self._sign and odd)
        if self._sign and self and not integral:
            return self._invalid(context)
        if not self:
            if self._sign and not integral and not other._kind:
                sign = 0
            return Decimal._infinity(sign) if other._sign else Decimal._make(sign, 0, 0)
        if self._kind:
            return Decimal._make(sign, 0, 0) if other._sign else Decimal._infinity(sign)
        size = self.copy_abs()._compare(Decimal(1))
        if size == 0:
            return self._power_of_one(other, sign, integral, context)
        if other._kind:
            return Decimal(0) if (size > 0) == bool(other._sign) else Decimal._infinity()
        return self._power(other, sign, integral, context)

    def _power_of_one(self, other, sign, integral, context):
        """1 to a power: 1, with zeros for what could not be exact."""
        if integral:
            exponent = self._exponent * min(abs(int(other)), context.prec)
            if other._sign:
                exponent = 0
            if exponent > 0:
                exponent = 0
            if exponent < 1 - context.prec:
                exponent = 1 - context.prec
                context._raise(Rounded, None)
        else:
            self._note_inexact(context)
            exponent = 1 - context.prec
        return Decimal._make(sign, 10**-exponent, exponent)

    def _power(self, other, sign, integral, context):
        base = self.copy_abs()
        # The exponent of the result tells of overflow before anything large is computed.
        estimate = base.adjusted() if base.adjusted() >= 1 else base.adjusted() + 1
        if abs(estimate) * abs(int(other) if abs(other.adjusted()) < 40 else 10**40) > (
                4 * (max(context.Emax, -context.Emin) + context.prec)) and abs(base.adjusted()) > 1:
            tiny = (estimate > 0) == bool(other._sign)
            return Decimal._make(sign, 1, context.Etiny() - 1 if tiny
                                 else context.Emax + 1)._fix(context)
        if integral:
            n = abs(int(other))
            coefficient, exponent = base._coefficient, base._exponent
            if n < 10**9 and n * count_digits(coefficient) <= 4 * context.prec + 200:
                power = coefficient**n
                exact = Decimal._make(sign, power, exponent * n)
                if not other._sign:
                    return exact._fix(context)
                return Decimal(1)._divide(exact, context)
            stripped = digits_of(coefficient).rstrip("0")
            if stripped == "1":
                zeros = count_digits(coefficient) - 1
                power = (exponent + zeros) * int(other)
                if not other._sign:
                    return Decimal._make(sign, 10**context.prec, power - context.prec)._fix(context)
                return Decimal._make(sign, 1, power)._fix(context)

        def compute(digits):
            work = digits + max(other.adjusted(), 0) + len(str(abs(base.adjusted()))) + 8
            log = series.ln(base._coefficient, base._exponent, work)
            numerator = log * other._coefficient * 10**max(other._exponent, 0)
            scale = work + max(-other._exponent, 0)
            value, power = series.exp(-numerator if other._sign else numerator, scale, digits)
            return sign, value, power - digits
        exact = None if integral else self._exact_root(base, other, context)
        if exact is not None:
            return exact
        return self._rounded_series(context, compute, context.rounding)

    @staticmethod
    def _exact_root(base, other, context):
        """base ** 0.5 and the like where it is exact: filled with zeros to the precision."""
        numerator, denominator = other.as_integer_ratio()
        if denominator & (denominator - 1) or denominator > 1024 or abs(numerator) > 1000:
            return None
        root_coefficient, exponent = base._coefficient, base._exponent
        while denominator > 1:
            if exponent & 1:
                root_coefficient *= 10
                exponent -= 1
            root = isqrt(root_coefficient)
            if root * root != root_coefficient:
                return None
            root_coefficient, exponent, denominator = root, exponent // 2, denominator // 2
        if numerator < 0:
            inner = context._variant(prec=context.prec + 10)
            power = Decimal._make(0, root_coefficient**-numerator, exponent * -numerator)
            value = Decimal(1)._divide(power, inner)
            if inner.flags[Inexact]:
                return None
        else:
            value = Decimal._make(0, root_coefficient**numerator, exponent * numerator)
        size = count_digits(value._coefficient)
        if size > context.prec:
            return None
        context._raise(Inexact, None)
        context._raise(Rounded, None)
        padding = context.prec - size
        return Decimal._make(0, value._coefficient * 10**padding, value._exponent - padding)

    def _power_modulo(self, other, modulo, context):
        for number in (self, other, modulo):
            if number._kind == _SIGNALLING:
                return number._nan_result(None, context)
        for number in (self, other, modulo):
            if number._kind == _QUIET:
                return number._fix_nan(context)
        numbers = (self, other, modulo)
        if (any(n._kind or n != n.to_integral_value() for n in numbers) or other._sign
                or not modulo or modulo.adjusted() >= context.prec or (not self and not other)):
            return self._invalid(context)
        sign = self._sign if int(other) & 1 else 0
        value = pow(abs(int(self)), int(other), abs(int(modulo)))
        return Decimal._make(sign, value, 0)

    __rpow__ = _reflected("__pow__")


_numbers.Number.register(Decimal)
