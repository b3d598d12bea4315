"""date: a day of the Gregorian calendar."""

import time as _clock
from operator import index

from datetime import calendar as cal
from datetime.calendar import type_name
from datetime.delta import timedelta
from datetime.text import parse_date, strftime


class IsoCalendarDate(tuple):
    """Year, week and weekday of the ISO calendar."""

    __slots__ = ()
    __module__ = "datetime"

    def __new__(cls, year, week, weekday, /):
        return super().__new__(cls, (year, week, weekday))

    @property
    def year(self):
        """The ISO year."""
        return self[0]

    @property
    def week(self):
        """The week, from 1."""
        return self[1]

    @property
    def weekday(self):
        """The day, from 1, which is Monday."""
        return self[2]

    def __reduce__(self):
        return tuple, (tuple(self),)

    def __repr__(self):
        return (f"{self.__class__.__module__}.{self.__class__.__name__}(year={self[0]}, "
                f"week={self[1]}, weekday={self[2]})")


class date:
    """Day of the Gregorian calendar, extended to all years from 1 to 9999."""

    __slots__ = ("_year", "_month", "_day", "_hash")
    __module__ = "datetime"

    def __new__(cls, year, month=None, day=None):
        if month is None and isinstance(year, (bytes, str)) and len(year) == 4:
            state = year.encode("latin1") if isinstance(year, str) else year
            if 1 <= state[2] <= 12:
                return cls._from_state(state)
        if month is None or day is None:
            name, position = ("month", 2) if month is None else ("day", 3)
            raise TypeError(f"function missing required argument '{name}' (pos {position})")
        return cls._make(*cal.check_date(year, month, day))

    @classmethod
    def _make(cls, year, month, day):
        self = object.__new__(cls)
        self._year = year
        self._month = month
        self._day = day
        self._hash = -1
        return self

    @classmethod
    def _from_state(cls, state):
        return cls._make(state[0] * 256 + state[1], state[2], state[3])

    @classmethod
    def fromtimestamp(cls, timestamp, /):
        """The local date of a POSIX timestamp."""
        if timestamp is None:
            raise TypeError("'NoneType' object cannot be interpreted as an integer")
        return cls(*_clock.localtime(timestamp)[:3])

    @classmethod
    def today(cls):
        """The local date now."""
        return cls.fromtimestamp(_clock.time())

    @classmethod
    def fromordinal(cls, n, /):
        """The date of a day number; 1 January of year 1 is day 1."""
        n = index(n)
        if n < 1:
            raise ValueError("ordinal must be >= 1")
        return cls(*cal.from_ordinal(n))

    @classmethod
    def fromisoformat(cls, date_string, /):
        """The date of ISO 8601 text."""
        if not isinstance(date_string, str):
            raise TypeError("fromisoformat: argument must be str")
        try:
            return cls(*parse_date(date_string))
        except ValueError as problem:
            if str(problem).startswith(("year", "month", "day is")):
                raise
            raise ValueError(f"Invalid isoformat string: {date_string!r}") from None

    @classmethod
    def fromisocalendar(cls, year, week, day):
        """The date of an ISO year, week and weekday."""
        return cls(*cal.from_iso_week(index(year), index(week), index(day)))

    @property
    def year(self):
        """1..9999"""
        return self._year

    @property
    def month(self):
        """1..12"""
        return self._month

    @property
    def day(self):
        """1..31"""
        return self._day

    def __repr__(self):
        return f"{type_name(type(self))}({self._year}, {self._month}, {self._day})"

    def isoformat(self):
        """YYYY-MM-DD"""
        return f"{self._year:04}-{self._month:02}-{self._day:02}"

    __str__ = isoformat

    def ctime(self):
        """Text like 'Wed Dec  4 00:00:00 2002'."""
        return (f"{cal.WEEKDAY_NAMES[self.weekday()]} {cal.MONTH_NAMES[self._month]} "
                f"{self._day:2} 00:00:00 {self._year:04}")

    def strftime(self, format):
        """Text by a format of time.strftime."""
        return strftime(self, format, self.timetuple())

    def __format__(self, format_spec):
        if not isinstance(format_spec, str):
            raise TypeError(f"__format__() argument 1 must be str, not {type(format_spec).__name__}")
        return self.strftime(format_spec) if format_spec else str(self)

    def timetuple(self):
        """struct_time of midnight."""
        return self._struct_time(0, 0, 0, -1)

    def _struct_time(self, hour, minute, second, saving):
        day_of_year = cal.days_before_month(self._year, self._month) + self._day
        return _clock.struct_time((self._year, self._month, self._day, hour, minute, second,
                                   self.weekday(), day_of_year, saving))

    def toordinal(self):
        """Day number; 1 January of year 1 is day 1."""
        return cal.to_ordinal(self._year, self._month, self._day)

    def weekday(self):
        """0 is Monday."""
        return (cal.to_ordinal(self._year, self._month, self._day) + 6) % 7

    def isoweekday(self):
        """1 is Monday, 7 is Sunday."""
        return self.weekday() + 1

    def isocalendar(self):
        """(ISO year, week, weekday)"""
        year = self._year
        today = self.toordinal()
        week, day = divmod(today - cal.iso_week_one(year), 7)
        if week < 0:
            year -= 1
            week, day = divmod(today - cal.iso_week_one(year), 7)
        elif week >= 52 and today >= cal.iso_week_one(year + 1):
            year += 1
            week = 0
        return IsoCalendarDate(year, week + 1, day + 1)

    def replace(self, year=None, month=None, day=None):
        """The date with some parts changed."""
        return type(self)(self._year if year is None else year,
                          self._month if month is None else month,
                          self._day if day is None else day)

    def _key(self):
        return self._year, self._month, self._day

    def __eq__(self, other):
        if not isinstance(other, date):
            return NotImplemented
        return self._key() == other._key()

    def __lt__(self, other):
        if not isinstance(other, date):
            return NotImplemented
        return self._key() < other._key()

    def __le__(self, other):
        if not isinstance(other, date):
            return NotImplemented
        return self._key() <= other._key()

    def __gt__(self, other):
        if not isinstance(other, date):
            return NotImplemented
        return self._key() > other._key()

    def __ge__(self, other):
        if not isinstance(other, date):
            return NotImplemented
        return self._key() >= other._key()

    def __hash__(self):
        if self._hash == -1:
            self._hash = hash(self._state())
        return self._hash

    def __add__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        return self._shifted(other._days)

    __radd__ = __add__

    def _shifted(self, days):
        ordinal = self.toordinal() + days
        if not 0 < ordinal <= cal.MAX_ORDINAL:
            raise OverflowError("date value out of range")
        return type(self).fromordinal(ordinal)

    def __sub__(self, other):
        if isinstance(other, timedelta):
            return self._shifted(-other._days)
        if isinstance(other, date):
            return timedelta(self.toordinal() - other.toordinal())
        return NotImplemented

    def _state(self):
        high, low = divmod(self._year, 256)
        return bytes((high, low, self._month, self._day))

    def __reduce__(self):
        return self.__class__, (self._state(),)


date.min = date(1, 1, 1)
date.max = date(9999, 12, 31)
date.resolution = timedelta(days=1)
