"""Exact fractions of integers."""

import math
import numbers
import operator
import sys

__all__ = ['Fraction']

_P = sys.hash_info.modulus
_INF = sys.hash_info.inf


def _digits(text):
    """Whether text is decimal digits, perhaps with single underscores between them."""
    return text != '' and all(part.isdecimal() for part in text.split('_'))


def _parse(text):
    """The numerator and denominator (not reduced) that a string stands for, or None."""
    body = text.strip()
    sign = 1
    if body[:1] in ('+', '-'):
        sign = -1 if body[0] == '-' else 1
        body = body[1:]
    if not body or not (body[0].isdecimal() or body[0] == '.'):
        return None
    top, slash, below = body.partition('/')
    if slash:
        if not _digits(top) or not _digits(below):
            return None
        return sign * int(top), int(below)
    for letter in 'eE':
        if letter in body:
            body, _, power = body.partition(letter)
            digits = power[1:] if power[:1] in ('+', '-') else power
            if not _digits(digits):
                return None
            exponent = int(power)
            break
    else:
        exponent = 0
    whole, point, part = body.partition('.')
    if whole and not _digits(whole) or part and not _digits(part) or not (whole or part):
        return None
    part = part.replace('_', '')
    number = int(whole or '0') * 10 ** len(part) + int(part or '0')
    exponent -= len(part)
    if exponent >= 0:
        return sign * number * 10 ** exponent, 1
    return sign * number, 10 ** -exponent


def _operator_methods(exact, fallback):
    """The forward and the reversed method of a binary operator.

    exact(a, b) works on two rational numbers, fallback on floats and complex numbers.
    """
    def forward(a, b):
        if isinstance(b, Fraction):
            return exact(a, b)
        if isinstance(b, int):
            return exact(a, Fraction(b))
        if isinstance(b, float):
            return fallback(float(a), b)
        if isinstance(b, complex):
            return fallback(complex(a), b)
        return NotImplemented
    forward.__name__ = '__' + fallback.__name__ + '__'
    forward.__doc__ = exact.__doc__

    def backward(b, a):
        if isinstance(a, numbers.Rational):
            return exact(Fraction(a), b)
        if isinstance(a, numbers.Real):
            return fallback(float(a), float(b))
        if isinstance(a, numbers.Complex):
            return fallback(complex(a), complex(b))
        return NotImplemented
    backward.__name__ = '__r' + fallback.__name__ + '__'
    backward.__doc__ = exact.__doc__
    return forward, backward


class Fraction(numbers.Rational):
    """A rational number, in lowest terms with a positive denominator.

    Made from one or two rational numbers, a float or Decimal, or text such as '3/4' and '-1.5e3'.
    """

    __slots__ = ('_numerator', '_denominator')

    def __new__(cls, numerator=0, denominator=None, *, _normalize=True):
        self = super().__new__(cls)
        if denominator is None:
            if type(numerator) is int:
                self._numerator, self._denominator = numerator, 1
                return self
            if isinstance(numerator, numbers.Rational):
                self._numerator = numerator.numerator
                self._denominator = numerator.denominator
                return self
            if isinstance(numerator, float) or hasattr(numerator, 'as_integer_ratio'):
                self._numerator, self._denominator = numerator.as_integer_ratio()
                return self
            if not isinstance(numerator, str):
                raise TypeError("argument should be a string or a Rational instance")
            pair = _parse(numerator)
            if pair is None:
                raise ValueError('Invalid literal for Fraction: %r' % numerator)
            numerator, denominator = pair
        elif type(numerator) is int is type(denominator):
            pass
        elif (isinstance(numerator, numbers.Rational)
              and isinstance(denominator, numbers.Rational)):
            numerator, denominator = (numerator.numerator * denominator.denominator,
                                      denominator.numerator * numerator.denominator)
        else:
            raise TypeError("both arguments should be Rational instances")
        if denominator == 0:
            raise ZeroDivisionError('Fraction(%s, 0)' % numerator)
        if _normalize:
            common = math.gcd(numerator, denominator)
            if denominator < 0:
                common = -common
            numerator //= common
            denominator //= common
        self._numerator = numerator
        self._denominator = denominator
        return self

    @classmethod
    def _of(cls, numerator, denominator):
        """From integers that are in lowest terms already."""
        self = object.__new__(Fraction)
        self._numerator = numerator
        self._denominator = denominator
        return self

    @classmethod
    def from_float(cls, f):
        """The fraction that a float is exactly."""
        if isinstance(f, numbers.Integral):
            return cls(f)
        if not isinstance(f, float):
            raise TypeError("%s.from_float() only takes floats, not %r (%s)"
                            % (cls.__name__, f, type(f).__name__))
        return cls(*f.as_integer_ratio())

    @classmethod
    def from_decimal(cls, dec):
        """The fraction that a Decimal is exactly."""
        from decimal import Decimal
        if isinstance(dec, numbers.Integral):
            dec = Decimal(int(dec))
        elif not isinstance(dec, Decimal):
            raise TypeError("%s.from_decimal() only takes Decimals, not %r (%s)"
                            % (cls.__name__, dec, type(dec).__name__))
        return cls(*dec.as_integer_ratio())

    @property
    def numerator(self):
        """The integer above."""
        return self._numerator

    @property
    def denominator(self):
        """The integer below."""
        return self._denominator

    def as_integer_ratio(self):
        """(numerator, denominator)"""
        return self._numerator, self._denominator

    def limit_denominator(self, max_denominator=1000000):
        """The nearest fraction whose denominator is not above max_denominator.

        The convergents of the continued fraction are walked until the next one is too large; the
        answer is the last of them or the last semiconvergent, whichever is nearer.
        """
        if max_denominator < 1:
            raise ValueError("max_denominator should be at least 1")
        if self._denominator <= max_denominator:
            return Fraction(self)
        n, d = self._numerator, self._denominator
        before, last = (0, 1), (1, 0)
        while True:
            quotient = n // d
            below = before[1] + quotient * last[1]
            if below > max_denominator:
                break
            before, last = last, (before[0] + quotient * last[0], below)
            n, d = d, n - quotient * d
        steps = (max_denominator - before[1]) // last[1]
        between = before[0] + steps * last[0], before[1] + steps * last[1]
        # d / (last[1] * denominator) is how far the last convergent is away.
        if 2 * d * between[1] <= self._denominator:
            return Fraction._of(*last)
        return Fraction._of(*between)

    def __repr__(self):
        return '%s(%s, %s)' % (self.__class__.__name__, self._numerator, self._denominator)

    def __str__(self):
        if self._denominator == 1:
            return str(self._numerator)
        return '%s/%s' % (self._numerator, self._denominator)

    # -- arithmetic: greatest common divisors are taken of the smaller numbers (Knuth, volume 2, 4.5.1)

    def _add(a, b):
        """a + b"""
        na, da = a._numerator, a._denominator
        nb, db = b._numerator, b._denominator
        g = math.gcd(da, db)
        if g == 1:
            return Fraction._of(na * db + da * nb, da * db)
        s = da // g
        t = na * (db // g) + nb * s
        common = math.gcd(t, g)
        return Fraction._of(t // common, s * (db // common))

    __add__, __radd__ = _operator_methods(_add, operator.add)

    def _sub(a, b):
        """a - b"""
        return a._add(Fraction._of(-b._numerator, b._denominator))

    __sub__, __rsub__ = _operator_methods(_sub, operator.sub)

    def _mul(a, b):
        """a * b"""
        na, da = a._numerator, a._denominator
        nb, db = b._numerator, b._denominator
        g = math.gcd(na, db)
        h = math.gcd(nb, da)
        return Fraction._of((na // g) * (nb // h), (da // h) * (db // g))

    __mul__, __rmul__ = _operator_methods(_mul, operator.mul)

    def _div(a, b):
        """a / b"""
        n, d = b._numerator, b._denominator
        if n == 0:
            top = a._numerator
            raise ZeroDivisionError('Fraction(%s, 0)' % ((top > 0) - (top < 0),))
        if n < 0:
            n, d = -n, -d
        return a._mul(Fraction._of(d, n))

    __truediv__, __rtruediv__ = _operator_methods(_div, operator.truediv)

    def _floordiv(a, b):
        """a // b"""
        return (a._numerator * b._denominator) // (a._denominator * b._numerator)

    __floordiv__, __rfloordiv__ = _operator_methods(_floordiv, operator.floordiv)

    def _divmod(a, b):
        """divmod(a, b)"""
        da, db = a._denominator, b._denominator
        quotient, rest = divmod(a._numerator * db, da * b._numerator)
        return quotient, Fraction(rest, da * db)

    __divmod__, __rdivmod__ = _operator_methods(_divmod, divmod)

    def _mod(a, b):
        """a % b"""
        da, db = a._denominator, b._denominator
        return Fraction((a._numerator * db) % (b._numerator * da), da * db)

    __mod__, __rmod__ = _operator_methods(_mod, operator.mod)

    def __pow__(a, b):
        """a ** b: exact for integer exponents."""
        if not isinstance(b, numbers.Rational):
            return float(a) ** b
        if b.denominator != 1:
            return float(a) ** float(b)
        power = b.numerator
        n, d = a._numerator, a._denominator
        if power >= 0:
            return Fraction._of(n ** power, d ** power)
        if n == 0:
            raise ZeroDivisionError('Fraction(%s, 0)' % (d ** -power,))
        if n < 0:
            n, d = -n, -d
        return Fraction._of(d ** -power, n ** -power)

    def __rpow__(b, a):
        """a ** b"""
        if b._denominator == 1 and b._numerator >= 0:
            return a ** b._numerator
        if isinstance(a, numbers.Rational):
            return Fraction(a.numerator, a.denominator) ** b
        if b._denominator == 1:
            return a ** b._numerator
        return a ** float(b)

    def __pos__(a):
        return Fraction._of(a._numerator, a._denominator)

    def __neg__(a):
        return Fraction._of(-a._numerator, a._denominator)

    def __abs__(a):
        return Fraction._of(abs(a._numerator), a._denominator)

    # -- rounding

    def __int__(a, _index=operator.index):
        if a._numerator < 0:
            return _index(-(-a._numerator // a._denominator))
        return _index(a._numerator // a._denominator)

    def __trunc__(a):
        if a._numerator < 0:
            return -(-a._numerator // a._denominator)
        return a._numerator // a._denominator

    def __floor__(a):
        return a._numerator // a._denominator

    def __ceil__(a):
        return -(-a._numerator // a._denominator)

    def __round__(self, ndigits=None):
        if ndigits is None:
            d = self._denominator
            floor, rest = divmod(self._numerator, d)
            if rest * 2 > d or rest * 2 == d and floor % 2:
                return floor + 1
            return floor
        shift = 10 ** abs(ndigits)
        if ndigits > 0:
            return Fraction(round(self * shift), shift)
        return Fraction(round(self / shift) * shift)

    # -- comparison

    def __hash__(self):
        # As for all numbers: numerator / denominator modulo the prime of sys.hash_info.
        try:
            inverse = pow(self._denominator, -1, _P)
        except ValueError:
            result = _INF
        else:
            result = hash(hash(abs(self._numerator)) * inverse)
        result = result if self._numerator >= 0 else -result
        return -2 if result == -1 else result

    def __eq__(a, b):
        if type(b) is int:
            return a._numerator == b and a._denominator == 1
        if isinstance(b, numbers.Rational):
            return a._numerator == b.numerator and a._denominator == b.denominator
        if isinstance(b, numbers.Complex) and b.imag == 0:
            b = b.real
        if isinstance(b, float):
            if math.isnan(b) or math.isinf(b):
                return 0.0 == b
            return a == a.from_float(b)
        return NotImplemented

    def _order(self, other, compare):
        if isinstance(other, numbers.Rational):
            return compare(self._numerator * other.denominator,
                           self._denominator * other.numerator)
        if isinstance(other, float):
            if math.isnan(other) or math.isinf(other):
                return compare(0.0, other)
            return compare(self, self.from_float(other))
        return NotImplemented

    def __lt__(a, b):
        return a._order(b, operator.lt)

    def __gt__(a, b):
        return a._order(b, operator.gt)

    def __le__(a, b):
        return a._order(b, operator.le)

    def __ge__(a, b):
        return a._order(b, operator.ge)

    def __bool__(a):
        return bool(a._numerator)

    # -- copies and pickles

    def __reduce__(self):
        return self.__class__, (self._numerator, self._denominator)

    def __copy__(self):
        if type(self) is Fraction:
            return self
        return self.__class__(self._numerator, self._denominator)

    def __deepcopy__(self, memo):
        return self.__copy__()
