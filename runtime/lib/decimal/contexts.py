"""Contexts: precision, rounding, limits of exponents, and which signals are raised."""

import contextvars as _contextvars
from decimal.rounding import (MODES, ROUND_05UP, ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR,
                              ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP)

HAVE_THREADS = True
HAVE_CONTEXTVAR = True
MAX_PREC = 999999999999999999
MAX_EMAX = 999999999999999999
MIN_EMIN = -999999999999999999
MIN_ETINY = MIN_EMIN - (MAX_PREC - 1)

# ---- signals


class DecimalException(ArithmeticError):
    """Base of all signals."""


class Clamped(DecimalException):
    """An exponent was changed to fit."""


class InvalidOperation(DecimalException):
    """An operation without a result."""


class ConversionSyntax(InvalidOperation):
    """Text that is no number."""


class DivisionByZero(DecimalException, ZeroDivisionError):
    """A number other than 0 divided by 0."""


class DivisionImpossible(InvalidOperation):
    """An integer quotient with too many digits."""


class DivisionUndefined(InvalidOperation, ZeroDivisionError):
    """0 divided by 0."""


class Inexact(DecimalException):
    """Digits other than 0 were lost."""


class InvalidContext(InvalidOperation):
    """A context that makes no sense for the operation."""


class Rounded(DecimalException):
    """Digits were lost, perhaps zeros alone."""


class Subnormal(DecimalException):
    """The exponent of a result lies below Emin."""


class Overflow(Inexact, Rounded):
    """The exponent of a result lies above Emax."""


class Underflow(Inexact, Rounded, Subnormal):
    """A result was rounded towards 0 for lack of exponents."""


class FloatOperation(DecimalException, TypeError):
    """A float was mixed with decimals."""


for _class in (DecimalException, Clamped, InvalidOperation, ConversionSyntax, DivisionByZero,
               DivisionImpossible, DivisionUndefined, Inexact, InvalidContext, Rounded, Subnormal,
               Overflow, Underflow, FloatOperation):
    _class.__module__ = "decimal"
del _class

_signals = [InvalidOperation, FloatOperation, DivisionByZero, Overflow, Underflow, Subnormal,
            Inexact, Rounded, Clamped]
# The order in which contexts show them.
_listed = [Clamped, InvalidOperation, DivisionByZero, Inexact, FloatOperation, Overflow, Rounded,
           Subnormal, Underflow]
# What contexts list under InvalidOperation.
_invalid = {ConversionSyntax, DivisionImpossible, DivisionUndefined, InvalidContext}


def _make_number():
    from decimal.numbers import Decimal
    return Decimal

# ---- contexts

_VALID_SIGNALS = ("valid values for signals are:\n  [InvalidOperation, FloatOperation, "
                  "DivisionByZero,\n   Overflow, Underflow, Subnormal, Inexact, Rounded,\n   "
                  "Clamped]")


class _SignalDict(dict):
    """Which signals are set; a fixed set of keys."""

    __slots__ = ()

    def __setitem__(self, key, value):
        if key not in _signals:
            raise KeyError(_VALID_SIGNALS)
        dict.__setitem__(self, key, bool(value))

    def __delitem__(self, key):
        raise ValueError("signal keys cannot be deleted")

    def __repr__(self):
        return "{" + ", ".join(f"<class 'decimal.{s.__name__}'>:{self[s]}" for s in _signals) + "}"


def _signal_dict(value):
    """A _SignalDict of a mapping or a list of signals."""
    if isinstance(value, _SignalDict):
        return value
    result = _SignalDict()
    if isinstance(value, dict):
        if set(value) != set(_signals):
            raise KeyError("invalid signal dict")
        for signal in _signals:
            dict.__setitem__(result, signal, bool(value[signal]))
        return result
    if not isinstance(value, (list, tuple)):
        raise TypeError("argument must be a signal dict")
    for signal in value:
        if signal not in _signals:
            raise TypeError(_VALID_SIGNALS)
    for signal in _signals:
        dict.__setitem__(result, signal, signal in value)
    return result


def _check_range(name, value, low, high, text):
    if not isinstance(value, int):
        raise TypeError("an integer is required")
    if not low <= value <= high:
        raise ValueError(f"valid range for {name} is {text}")
    return value


class Context:
    """How operations are done: prec digits, a rounding mode, exponents from Emin to Emax, traps for
    the signals that become exceptions and flags for those that came up."""

    __module__ = "decimal"
    __slots__ = ("_prec", "_rounding", "_Emin", "_Emax", "_capitals", "_clamp", "_flags", "_traps")

    def __init__(self, prec=None, rounding=None, Emin=None, Emax=None, capitals=None, clamp=None,
                 flags=None, traps=None):
        default = globals().get("DefaultContext")

        def choose(value, name, first):
            if value is not None:
                return value
            return first if default is None else getattr(default, name)

        self.prec = choose(prec, "prec", 28)
        self.rounding = choose(rounding, "rounding", ROUND_HALF_EVEN)
        self.Emin = choose(Emin, "Emin", -999999)
        self.Emax = choose(Emax, "Emax", 999999)
        self.capitals = choose(capitals, "capitals", 1)
        self.clamp = choose(clamp, "clamp", 0)
        object.__setattr__(self, "_flags", _signal_dict([] if flags is None else flags))
        if traps is None:
            traps = dict(default.traps) if default is not None else [
                DivisionByZero, Overflow, InvalidOperation]
        object.__setattr__(self, "_traps", _signal_dict(traps))

    # ---- settings

    def __setattr__(self, name, value):
        if name == "prec":
            _check_range("prec", value, 1, MAX_PREC, "[1, MAX_PREC]")
        elif name == "Emin":
            _check_range("Emin", value, MIN_EMIN, 0, "[MIN_EMIN, 0]")
        elif name == "Emax":
            _check_range("Emax", value, 0, MAX_EMAX, "[0, MAX_EMAX]")
        elif name == "capitals":
            if not isinstance(value, int) or value not in (0, 1):
                raise ValueError("valid values for capitals are 0 or 1")
        elif name == "clamp":
            if not isinstance(value, int) or value not in (0, 1):
                raise ValueError("valid values for clamp are 0 or 1")
        elif name == "rounding":
            if not isinstance(value, str) or value not in MODES:
                raise TypeError("valid values for rounding are:\n  [ROUND_CEILING, ROUND_FLOOR, "
                                "ROUND_UP, ROUND_DOWN,\n   ROUND_HALF_UP, ROUND_HALF_DOWN, "
                                "ROUND_HALF_EVEN,\n   ROUND_05UP]")
        elif name in ("flags", "traps"):
            value = _signal_dict(value)
        else:
            raise AttributeError(f"'decimal.Context' object has no attribute '{name}'")
        object.__setattr__(self, "_" + name, value)

    def __delattr__(self, name):
        raise AttributeError(f"context attribute '{name}' cannot be deleted")

    prec = property(lambda self: self._prec)
    rounding = property(lambda self: self._rounding)
    Emin = property(lambda self: self._Emin)
    Emax = property(lambda self: self._Emax)
    capitals = property(lambda self: self._capitals)
    clamp = property(lambda self: self._clamp)
    flags = property(lambda self: self._flags)
    traps = property(lambda self: self._traps)

    def __repr__(self):
        def listed(signals):
            return ", ".join(s.__name__ for s in _listed if signals[s])
        return (f"Context(prec={self._prec}, rounding={self._rounding}, Emin={self._Emin}, "
                f"Emax={self._Emax}, capitals={self._capitals}, clamp={self._clamp}, "
                f"flags=[{listed(self._flags)}], traps=[{listed(self._traps)}])")

    def Etiny(self):
        """The smallest exponent of a subnormal number."""
        return self._Emin - self._prec + 1

    def Etop(self):
        """The largest exponent of a number with prec digits."""
        return self._Emax - self._prec + 1

    def clear_flags(self):
        """No signal came up."""
        for signal in _signals:
            dict.__setitem__(self._flags, signal, False)

    def clear_traps(self):
        """No signal becomes an exception."""
        for signal in _signals:
            dict.__setitem__(self._traps, signal, False)

    def copy(self):
        """Another context with the same settings."""
        return Context(self._prec, self._rounding, self._Emin, self._Emax, self._capitals,
                       self._clamp, dict(self._flags), dict(self._traps))

    __copy__ = copy

    def __reduce__(self):
        flags = [s for s in _signals if self._flags[s]]
        traps = [s for s in _signals if self._traps[s]]
        return self.__class__, (self._prec, self._rounding, self._Emin, self._Emax, self._capitals,
                                self._clamp, flags, traps)

    def _variant(self, **settings):
        """A copy for the steps of one operation, without traps."""
        other = self.copy()
        other.clear_flags()
        other.clear_traps()
        for name, value in settings.items():
            setattr(other, name, value)
        return other

    def _raise(self, signal, result):
        """Notes a signal: raises it where trapped, else gives the result."""
        listed = InvalidOperation if signal in _invalid else signal
        dict.__setitem__(self._flags, listed, True)
        if not self._traps[listed]:
            return result
        raise listed([signal])

    # ---- operations

    def create_decimal(self, num="0", /):
        """The number, rounded to this context."""
        number = _make_number()
        if isinstance(num, str) and (num != num.strip() or "_" in num):
            return self._raise(ConversionSyntax, number._nan())
        result = number._new(num, self)
        if result._is_nan() and number_payload_too_long(result, self):
            return self._raise(ConversionSyntax, number._nan())
        return result._fix(self)

    def create_decimal_from_float(self, f, /):
        """The exact value of a float, rounded to this context."""
        return _make_number().from_float(f)._fix(self)

    def is_normal(self, a, /):
        return self._number(a).is_normal(context=self)

    def is_subnormal(self, a, /):
        return self._number(a).is_subnormal(context=self)

    def radix(self):
        """10"""
        return _make_number()(10)

    def power(self, a, b, modulo=None):
        """a ** b, or modulo that number of integers."""
        result = self._number(a).__pow__(b, modulo, context=self)
        if result is NotImplemented:
            raise TypeError(f"conversion from {type(b).__name__} to Decimal is not supported")
        return result

    def _number(self, value):
        number = _make_number()
        if isinstance(value, number):
            return value
        if isinstance(value, int):
            return number(value)
        raise TypeError(f"conversion from {type(value).__name__} to Decimal is not supported")

    def to_sci_string(self, a, /):
        """Text with an exponent where it helps."""
        return self._number(a).__str__(context=self)

    def to_eng_string(self, a, /):
        """Text with an exponent that is a multiple of 3."""
        return self._number(a).to_eng_string(context=self)


def number_payload_too_long(number, context):
    return number._coefficient >= 10**(context.prec - context.clamp)


def _add_operations():
    """The operations of Decimal as methods of contexts."""
    def plain(method):
        def operation(self, a, /):
            return getattr(self._number(a), method)()
        return operation

    def unary(method):
        def operation(self, a, /):
            return getattr(self._number(a), method)(context=self)
        return operation

    def binary(method):
        def operation(self, a, b, /):
            return getattr(self._number(a), method)(self._number(b), context=self)
        return operation

    def ternary(self, a, b, c, /):
        return self._number(a).fma(self._number(b), self._number(c), context=self)

    kinds = (
        (plain, {n: n for n in "canonical copy_abs copy_negate is_canonical is_finite is_infinite "
                 "is_nan is_qnan is_signed is_snan is_zero".split()}),
        (unary, {"abs": "__abs__", "minus": "__neg__", "plus": "__pos__",
                 **{n: n for n in "exp ln log10 logb logical_invert next_minus next_plus normalize "
                    "number_class sqrt to_integral_exact to_integral_value".split()},
                 "to_integral": "to_integral_value"}),
        (binary, {"add": "_add", "subtract": "_subtract", "multiply": "_multiply",
                  "divide": "_divide", "divide_int": "_divide_int", "remainder": "_remainder",
                  "divmod": "_divmod",
                  **{n: n for n in "compare compare_signal compare_total compare_total_mag "
                     "logical_and logical_or logical_xor max max_mag min min_mag next_toward "
                     "quantize remainder_near rotate same_quantum scaleb shift".split()}}))
    for make, names in kinds:
        for name, method in names.items():
            function = make(method)
            function.__name__ = name
            function.__qualname__ = "Context." + name
            setattr(Context, name, function)
    Context.fma = ternary
    Context.copy_sign = lambda self, a, b, /: self._number(a).copy_sign(self._number(b))
    Context.copy_decimal = lambda self, a, /: _make_number()(a)


_add_operations()

DefaultContext = Context(prec=28, rounding=ROUND_HALF_EVEN, Emin=-999999, Emax=999999, capitals=1,
                         clamp=0, flags=[], traps=[DivisionByZero, Overflow, InvalidOperation])
BasicContext = Context(prec=9, rounding=ROUND_HALF_UP, Emin=-999999, Emax=999999, capitals=1,
                       clamp=0, flags=[],
                       traps=[DivisionByZero, Overflow, InvalidOperation, Clamped, Underflow])
ExtendedContext = Context(prec=9, rounding=ROUND_HALF_EVEN, Emin=-999999, Emax=999999, capitals=1,
                          clamp=0, flags=[], traps=[])

_current = _contextvars.ContextVar("decimal_context")


def getcontext():
    """The current context."""
    context = _current.get(None)
    if context is None:
        context = Context()
        _current.set(context)
    return context


def setcontext(context, /):
    """Makes a context the current one; of the three that come with the module a copy."""
    if not isinstance(context, Context):
        raise TypeError("argument must be a context")
    if context in (DefaultContext, BasicContext, ExtendedContext):
        context = context.copy()
        context.clear_flags()
    _current.set(context)


class _ContextManager:
    """For the with statement: a copy of a context is the current one."""

    def __init__(self, context):
        self._new = context.copy()

    def __enter__(self):
        self._saved = getcontext()
        setcontext(self._new)
        return self._new

    def __exit__(self, *exception):
        setcontext(self._saved)


def localcontext(ctx=None, **kwargs):
    """A copy of ctx (else of the current context), with settings changed, for the with statement."""
    manager = _ContextManager(getcontext() if ctx is None else ctx)
    for name, value in kwargs.items():
        if name not in ("prec", "rounding", "Emin", "Emax", "capitals", "clamp", "flags", "traps"):
            raise TypeError(f"'{name}' is an invalid keyword argument for this function")
        setattr(manager._new, name, value)
    return manager
