"""timedelta: a duration, exact to the microsecond."""

from datetime.calendar import round_half_even, type_name

# Microseconds of each unit.
_UNITS = {"microseconds": 1, "milliseconds": 1000, "seconds": 10**6, "minutes": 60 * 10**6,
          "hours": 3600 * 10**6, "days": 86400 * 10**6, "weeks": 7 * 86400 * 10**6}
_DAY = 86400 * 10**6


def _round_away(value):
    """Nearest integer to a float, a tie going away from zero."""
    return int(value + 0.5) if value >= 0 else -int(0.5 - value)


class timedelta:
    """Duration: days, seconds in 0..86399 and microseconds in 0..999999; only days may be
    negative."""

    __slots__ = ("_days", "_seconds", "_microseconds", "_hash")
    __module__ = "datetime"

    def __new__(cls, days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0,
                weeks=0):
        total = 0
        rest = 0.0      # fractions of microseconds
        given = (("microseconds", microseconds), ("milliseconds", milliseconds),
                 ("seconds", seconds), ("minutes", minutes), ("hours", hours), ("days", days),
                 ("weeks", weeks))
        for name, amount in given:
            unit = _UNITS[name]
            if isinstance(amount, int):
                total += int(amount) * unit
            elif isinstance(amount, float):
                whole = int(amount)
                part = (amount - whole) * unit
                total += whole * unit + int(part)
                rest += part - int(part)
            else:
                raise TypeError(f"unsupported type for timedelta {name} component: "
                                f"{type(amount).__name__}")
        if rest:
            nearest = _round_away(rest)
            if abs(nearest - rest) == 0.5:
                # A tie goes to the even number of microseconds of the whole sum.
                odd = total % 2
                nearest = 2 * _round_away((rest + odd) * 0.5) - odd
            total += nearest
        return cls._from_microseconds(total)

    @classmethod
    def _from_microseconds(cls, total):
        days, rest = divmod(total, _DAY)
        if not -999999999 <= days <= 999999999:
            if abs(days) > 2**31 - 1:
                raise OverflowError("Python int too large to convert to C int")
            raise OverflowError(f"days={days}; must have magnitude <= 999999999")
        self = object.__new__(cls)
        self._days = days
        self._seconds, self._microseconds = divmod(rest, 10**6)
        self._hash = -1
        return self

    def _total(self):
        """Microseconds in all."""
        return (self._days * 86400 + self._seconds) * 10**6 + self._microseconds

    @property
    def days(self):
        """Days, negative for a negative duration."""
        return self._days

    @property
    def seconds(self):
        """Seconds within the day."""
        return self._seconds

    @property
    def microseconds(self):
        """Microseconds within the second."""
        return self._microseconds

    def total_seconds(self):
        """The whole duration in seconds."""
        return self._total() / 10**6

    def __repr__(self):
        parts = [f"{name}={value}" for name, value in
                 (("days", self._days), ("seconds", self._seconds),
                  ("microseconds", self._microseconds)) if value]
        return f"{type_name(type(self))}({', '.join(parts) or '0'})"

    def __str__(self):
        minutes, seconds = divmod(self._seconds, 60)
        hours, minutes = divmod(minutes, 60)
        text = f"{hours}:{minutes:02}:{seconds:02}"
        if self._microseconds:
            text += f".{self._microseconds:06}"
        if self._days:
            text = f"{self._days} day{'' if abs(self._days) == 1 else 's'}, {text}"
        return text

    # Arithmetic always gives a plain timedelta, from a subclass too.

    def __add__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        return timedelta._from_microseconds(self._total() + other._total())

    __radd__ = __add__

    def __sub__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        return timedelta._from_microseconds(self._total() - other._total())

    def __rsub__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        return timedelta._from_microseconds(other._total() - self._total())

    def __neg__(self):
        return timedelta._from_microseconds(-self._total())

    def __pos__(self):
        return timedelta._from_microseconds(self._total())

    def __abs__(self):
        return timedelta._from_microseconds(abs(self._total()))

    def __mul__(self, other):
        if isinstance(other, int):
            return timedelta._from_microseconds(self._total() * int(other))
        if isinstance(other, float):
            numerator, denominator = other.as_integer_ratio()
            return timedelta._from_microseconds(
                round_half_even(self._total() * numerator, denominator))
        return NotImplemented

    __rmul__ = __mul__

    def __floordiv__(self, other):
        if isinstance(other, timedelta):
            return self._total() // other._total()
        if isinstance(other, int):
            return timedelta._from_microseconds(self._total() // int(other))
        return NotImplemented

    def __truediv__(self, other):
        if isinstance(other, timedelta):
            return self._total() / other._total()
        if isinstance(other, int):
            if other == 0:
                raise ZeroDivisionError("integer division or modulo by zero")
            return timedelta._from_microseconds(round_half_even(self._total(), int(other)))
        if isinstance(other, float):
            numerator, denominator = other.as_integer_ratio()
            if numerator == 0:
                raise ZeroDivisionError("integer division or modulo by zero")
            return timedelta._from_microseconds(
                round_half_even(self._total() * denominator, numerator))
        return NotImplemented

    def __mod__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        return timedelta._from_microseconds(self._total() % other._total())

    def __divmod__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        quotient, rest = divmod(self._total(), other._total())
        return quotient, timedelta._from_microseconds(rest)

    def __eq__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        return self._total() == other._total()

    def __lt__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        return self._total() < other._total()

    def __le__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        return self._total() <= other._total()

    def __gt__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        return self._total() > other._total()

    def __ge__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        return self._total() >= other._total()

    def __hash__(self):
        if self._hash == -1:
            self._hash = hash((self._days, self._seconds, self._microseconds))
        return self._hash

    def __bool__(self):
        return bool(self._days or self._seconds or self._microseconds)

    def __reduce__(self):
        return self.__class__, (self._days, self._seconds, self._microseconds)


timedelta.min = timedelta(-999999999)
timedelta.max = timedelta(days=999999999, hours=23, minutes=59, seconds=59, microseconds=999999)
timedelta.resolution = timedelta(microseconds=1)
