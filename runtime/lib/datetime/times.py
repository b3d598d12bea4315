"""time: a time of day, perhaps in a time zone."""

from datetime import calendar as cal
from datetime.calendar import type_name
from datetime.delta import timedelta
from datetime.text import parse_time, strftime, time_text
from datetime.zones import call_offset, call_tzname, check_tzinfo, offset_text
import time as _clock


class time:
    """Time of day, without a date."""

    __slots__ = ("_hour", "_minute", "_second", "_microsecond", "_tzinfo", "_hash", "_fold")
    __module__ = "datetime"

    def __new__(cls, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0):
        if isinstance(hour, (bytes, str)) and len(hour) == 6:
            state = hour.encode("latin1") if isinstance(hour, str) else hour
            if state[0] & 0x7F < 24:
                return cls._from_state(state, minute or None)
        values = cal.check_time(hour, minute, second, microsecond, fold)
        check_tzinfo(tzinfo)
        return cls._make(*values[:4], tzinfo, values[4])

    @classmethod
    def _make(cls, hour, minute, second, microsecond, tz, fold):
        self = object.__new__(cls)
        self._hour = hour
        self._minute = minute
        self._second = second
        self._microsecond = microsecond
        self._tzinfo = tz
        self._fold = fold
        self._hash = -1
        return self

    @classmethod
    def _from_state(cls, state, tz):
        if tz is not None:
            try:
                check_tzinfo(tz)
            except TypeError:
                raise TypeError("bad tzinfo state arg") from None
        microsecond = (state[3] * 256 + state[4]) * 256 + state[5]
        return cls._make(state[0] & 0x7F, state[1], state[2], microsecond, tz, state[0] >> 7)

    @classmethod
    def fromisoformat(cls, time_string, /):
        """The time of ISO 8601 text."""
        if not isinstance(time_string, str):
            raise TypeError("fromisoformat: argument must be str")
        text = time_string[1:] if time_string[:1] == "T" else time_string
        try:
            return cls(*parse_time(text))
        except ValueError as problem:
            if str(problem).startswith(("hour", "minute", "second", "micro", "offset")):
                raise
            raise ValueError(f"Invalid isoformat string: {time_string!r}") from None

    @property
    def hour(self):
        """0..23"""
        return self._hour

    @property
    def minute(self):
        """0..59"""
        return self._minute

    @property
    def second(self):
        """0..59"""
        return self._second

    @property
    def microsecond(self):
        """0..999999"""
        return self._microsecond

    @property
    def tzinfo(self):
        """The time zone, or None."""
        return self._tzinfo

    @property
    def fold(self):
        """1 for the second of two equal times when clocks go back."""
        return self._fold

    def utcoffset(self):
        """Distance from UTC, or None."""
        return call_offset(self._tzinfo, "utcoffset", None)

    def tzname(self):
        """Name of the zone, or None."""
        return call_tzname(self._tzinfo, None)

    def dst(self):
        """Daylight saving time, or None."""
        return call_offset(self._tzinfo, "dst", None)

    def __repr__(self):
        parts = [str(self._hour), str(self._minute)]
        if self._second or self._microsecond:
            parts.append(str(self._second))
        if self._microsecond:
            parts.append(str(self._microsecond))
        if self._tzinfo is not None:
            parts.append(f"tzinfo={self._tzinfo!r}")
        if self._fold:
            parts.append("fold=1")
        return f"{type_name(type(self))}({', '.join(parts)})"

    def isoformat(self, timespec="auto"):
        """HH:MM:SS.ffffff+HH:MM, as exact as timespec asks."""
        return time_text(self._hour, self._minute, self._second, self._microsecond,
                         timespec) + offset_text(self.utcoffset())

    def __str__(self):
        return self.isoformat()

    def strftime(self, format):
        """Text by a format of time.strftime; the date is 1 January 1900."""
        fields = _clock.struct_time((1900, 1, 1, self._hour, self._minute, self._second, 0, 1, -1))
        return strftime(self, format, fields)

    def __format__(self, format_spec):
        if not isinstance(format_spec, str):
            raise TypeError(f"__format__() argument 1 must be str, not {type(format_spec).__name__}")
        return self.strftime(format_spec) if format_spec else str(self)

    def replace(self, hour=None, minute=None, second=None, microsecond=None, tzinfo=True, *,
                fold=None):
        """The time with some parts changed."""
        return type(self)(self._hour if hour is None else hour,
                          self._minute if minute is None else minute,
                          self._second if second is None else second,
                          self._microsecond if microsecond is None else microsecond,
                          self._tzinfo if tzinfo is True else tzinfo,
                          fold=self._fold if fold is None else fold)

    def _local_microseconds(self):
        return ((self._hour * 60 + self._minute) * 60 + self._second) * 10**6 + self._microsecond

    def _compare(self, other, equality):
        """Sign of self - other; None when one has a zone and the other none, for ==."""
        if self._tzinfo is other._tzinfo:
            mine = theirs = None
        else:
            mine, theirs = self.utcoffset(), other.utcoffset()
        left, right = self._local_microseconds(), other._local_microseconds()
        if mine != theirs:
            if mine is None or theirs is None:
                if equality:
                    return None
                raise TypeError("can't compare offset-naive and offset-aware times")
            left -= mine._total()
            right -= theirs._total()
        return (left > right) - (left < right)

    def __eq__(self, other):
        if not isinstance(other, time):
            return NotImplemented
        return self._compare(other, True) == 0

    def __lt__(self, other):
        if not isinstance(other, time):
            return NotImplemented
        return self._compare(other, False) < 0

    def __le__(self, other):
        if not isinstance(other, time):
            return NotImplemented
        return self._compare(other, False) <= 0

    def __gt__(self, other):
        if not isinstance(other, time):
            return NotImplemented
        return self._compare(other, False) > 0

    def __ge__(self, other):
        if not isinstance(other, time):
            return NotImplemented
        return self._compare(other, False) >= 0

    def __hash__(self):
        if self._hash == -1:
            # Equal times in different zones hash alike, whatever fold says.
            plain = self.replace(fold=0) if self._fold else self
            offset = plain.utcoffset()
            value = self._local_microseconds()
            self._hash = hash(("time", value if offset is None else value - offset._total()))
        return self._hash

    def _state(self, protocol):
        rest, low = divmod(self._microsecond, 256)
        high, middle = divmod(rest, 256)
        hour = self._hour + 128 if self._fold and protocol > 3 else self._hour
        state = bytes((hour, self._minute, self._second, high, middle, low))
        return (state,) if self._tzinfo is None else (state, self._tzinfo)

    def __reduce_ex__(self, protocol):
        return self.__class__, self._state(protocol)

    def __reduce__(self):
        return self.__reduce_ex__(2)


time.min = time(0, 0, 0)
time.max = time(23, 59, 59, 999999)
time.resolution = timedelta(microseconds=1)
