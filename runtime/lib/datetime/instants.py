"""datetime: a date and a time of day, perhaps in a time zone."""

import time as _clock

from datetime import calendar as cal
from datetime.calendar import round_half_even, type_name
from datetime.dates import date
from datetime.delta import timedelta
from datetime.text import date_length, parse_date, parse_time, strftime, time_text
from datetime.times import time
from datetime.zones import call_offset, call_tzname, check_tzinfo, offset_text, timezone
from datetime.zones import tzinfo as zone_type

_EPOCH_ORDINAL = 719163     # of 1 January 1970
_LONGEST_FOLD = 24 * 3600   # seconds that clocks may go back at once


class datetime(date):
    """Date and time of day."""

    __slots__ = ("_hour", "_minute", "_second", "_microsecond", "_tzinfo", "_fold")
    __module__ = "datetime"

    def __new__(cls, year, month=None, day=None, hour=0, minute=0, second=0, microsecond=0,
                tzinfo=None, *, fold=0):
        if isinstance(year, (bytes, str)) and len(year) == 10:
            state = year.encode("latin1") if isinstance(year, str) else year
            if 1 <= state[2] & 0x7F <= 12:
                return cls._from_state(state, month)
        if month is None or day is None:
            name, position = ("month", 2) if month is None else ("day", 3)
            raise TypeError(f"function missing required argument '{name}' (pos {position})")
        parts = cal.check_date(year, month, day)
        values = cal.check_time(hour, minute, second, microsecond, fold)
        check_tzinfo(tzinfo)
        return cls._build(*parts, *values[:4], tzinfo, values[4])

    @classmethod
    def _build(cls, year, month, day, hour, minute, second, microsecond, tz, fold):
        self = object.__new__(cls)
        self._year = year
        self._month = month
        self._day = day
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
        if tz is not None and not isinstance(tz, zone_type):
            raise TypeError("bad tzinfo state arg")
        microsecond = (state[7] * 256 + state[8]) * 256 + state[9]
        return cls._build(state[0] * 256 + state[1], state[2] & 0x7F, state[3], state[4], state[5],
                          state[6], microsecond, tz, state[2] >> 7)

    # ---- makers

    @classmethod
    def _from_timestamp(cls, timestamp, utc, tz):
        """The instant of seconds since 1970, ties of half a microsecond going to even."""
        if isinstance(timestamp, float):
            if timestamp != timestamp:
                raise ValueError("cannot convert float NaN to integer")
            if timestamp in (float("inf"), float("-inf")):
                raise OverflowError("cannot convert float infinity to integer")
            numerator, denominator = timestamp.as_integer_ratio()
            total = round_half_even(numerator * 10**6, denominator)
        elif isinstance(timestamp, int):
            total = int(timestamp) * 10**6
        else:
            raise TypeError(f"'{type(timestamp).__name__}' object cannot be interpreted as an "
                            f"integer")
        seconds, microsecond = divmod(total, 10**6)
        convert = _clock.gmtime if utc else _clock.localtime
        fields = convert(seconds)
        result = cls(*fields[:5], min(fields[5], 59), microsecond, tz)
        if tz is None and not utc:
            # Was it this late before the clocks were put back?
            earlier = convert(max(seconds - _LONGEST_FOLD, -62135596800 + 86400))
            before = cls(*earlier[:5], min(earlier[5], 59), microsecond)
            gap = result - before - timedelta(seconds=_LONGEST_FOLD)
            if gap._days < 0:
                again = convert(seconds + gap._days * 86400 + gap._seconds)
                if cls(*again[:5], min(again[5], 59), microsecond) == result:
                    result._fold = 1
        elif tz is not None:
            result = tz.fromutc(result)
        return result

    @classmethod
    def fromtimestamp(cls, timestamp, tz=None):
        """The local time (or that in tz) of a POSIX timestamp."""
        check_tzinfo(tz)
        return cls._from_timestamp(timestamp, tz is not None, tz)

    @classmethod
    def utcfromtimestamp(cls, timestamp, /):
        """The time in UTC, without a zone, of a POSIX timestamp."""
        return cls._from_timestamp(timestamp, True, None)

    @classmethod
    def now(cls, tz=None):
        """The local time now, or that in tz."""
        return cls.fromtimestamp(_clock.time(), tz)

    @classmethod
    def utcnow(cls):
        """The time in UTC now, without a zone."""
        return cls.utcfromtimestamp(_clock.time())

    @classmethod
    def combine(cls, date, time, tzinfo=True):
        """The instant of a date and a time of day."""
        if not isinstance(date, _date_type):
            raise TypeError(f"combine() argument 1 must be datetime.date, not "
                            f"{type_name(type(date))}")
        if not isinstance(time, _time_type):
            raise TypeError(f"combine() argument 2 must be datetime.time, not "
                            f"{type_name(type(time))}")
        return cls(date.year, date.month, date.day, time.hour, time.minute, time.second,
                   time.microsecond, time.tzinfo if tzinfo is True else tzinfo, fold=time.fold)

    @classmethod
    def fromisoformat(cls, date_string, /):
        """The instant of ISO 8601 text; any character may stand between date and time."""
        if not isinstance(date_string, str):
            raise TypeError("fromisoformat: argument must be str")
        try:
            if len(date_string) < 7:
                raise ValueError("too short")
            length = date_length(date_string)
            parts = parse_date(date_string[:length])
            clock = date_string[length + 1:]
            if not clock:
                if len(date_string) > length:
                    raise ValueError("no time")
                return cls(*parts)
            return cls(*parts, *parse_time(clock))
        except ValueError as problem:
            if str(problem).startswith(("year", "month", "day is", "hour", "minute", "second",
                                        "micro", "offset")):
                raise
            raise ValueError(f"Invalid isoformat string: {date_string!r}") from None

    @classmethod
    def strptime(cls, date_string, format, /):
        """The instant that text tells by a format."""
        import _strptime
        return _strptime._strptime_datetime(cls, date_string, format)

    # ---- parts

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

    def date(self):
        """The day alone."""
        return _date_type(self._year, self._month, self._day)

    def time(self):
        """The time of day, without a zone."""
        return _time_type(self._hour, self._minute, self._second, self._microsecond,
                          fold=self._fold)

    def timetz(self):
        """The time of day, with the zone."""
        return _time_type(self._hour, self._minute, self._second, self._microsecond, self._tzinfo,
                          fold=self._fold)

    def replace(self, year=None, month=None, day=None, hour=None, minute=None, second=None,
                microsecond=None, tzinfo=True, *, fold=None):
        """The instant with some parts changed."""
        return type(self)(self._year if year is None else year,
                          self._month if month is None else month,
                          self._day if day is None else day,
                          self._hour if hour is None else hour,
                          self._minute if minute is None else minute,
                          self._second if second is None else second,
                          self._microsecond if microsecond is None else microsecond,
                          self._tzinfo if tzinfo is True else tzinfo,
                          fold=self._fold if fold is None else fold)

    # ---- zones and timestamps

    def utcoffset(self):
        """Distance from UTC, or None."""
        return call_offset(self._tzinfo, "utcoffset", self)

    def tzname(self):
        """Name of the zone, or None."""
        return call_tzname(self._tzinfo, self)

    def dst(self):
        """Daylight saving time, or None."""
        return call_offset(self._tzinfo, "dst", self)

    def _local_seconds(self):
        """Seconds from the start of year 1 as the clock shows them."""
        return (((self.toordinal() * 24 + self._hour) * 60) + self._minute) * 60 + self._second

    def _local_timestamp(self):
        """Seconds since 1970 of a time without a zone, taken as local."""
        wanted = self._local_seconds() - _EPOCH_ORDINAL * 86400

        def shown(seconds):
            fields = _clock.localtime(seconds)
            days = cal.to_ordinal(*fields[:3]) - _EPOCH_ORDINAL
            return ((days * 24 + fields[3]) * 60 + fields[4]) * 60 + fields[5]

        first = wanted - (shown(wanted) - wanted)
        if shown(first) == wanted:
            # Perhaps one of two: look on the other side of a change of the clocks.
            probe = first + (-_LONGEST_FOLD if not self._fold else _LONGEST_FOLD)
            other = wanted - (shown(probe) - probe)
            if other == first or shown(other) != wanted:
                return first
            return max(first, other) if self._fold else min(first, other)
        # In a gap: with fold the offset from before it counts, else the one after it.
        second = wanted - (shown(first) - first)
        return min(first, second) if self._fold else max(first, second)

    def timestamp(self):
        """Seconds since 1970 in UTC."""
        if self._tzinfo is None:
            return self._local_timestamp() + self._microsecond / 10**6
        return (self - _EPOCH).total_seconds()

    def _local_zone(self):
        seconds = (self._local_timestamp() if self._tzinfo is None
                   else (self - _EPOCH) // timedelta(seconds=1))
        fields = _clock.localtime(seconds)
        return timezone(timedelta(seconds=fields.tm_gmtoff), fields.tm_zone)

    def astimezone(self, tz=None):
        """The same instant in another zone; the local one without an argument."""
        if tz is None:
            tz = self._local_zone()
        elif not isinstance(tz, zone_type):
            raise TypeError(f"tzinfo argument must be None or of a tzinfo subclass, not type "
                            f"'{type(tz).__name__}'")
        mine = self._tzinfo
        offset = None
        if mine is not None:
            if tz is mine:
                return self
            offset = self.utcoffset()
        if offset is None:
            offset = self.replace(tzinfo=None)._local_zone().utcoffset(None)
        return tz.fromutc((self - offset).replace(tzinfo=tz))

    def timetuple(self):
        """struct_time as the clock shows it."""
        saving = self.dst()
        return self._struct_time(self._hour, self._minute, self._second,
                                 -1 if saving is None else int(bool(saving)))

    def utctimetuple(self):
        """struct_time in UTC."""
        offset = self.utcoffset()
        moved = self - offset if offset else self
        return moved._struct_time(moved._hour, moved._minute, moved._second, 0)

    # ---- text

    def isoformat(self, sep="T", timespec="auto"):
        """YYYY-MM-DDTHH:MM:SS.ffffff+HH:MM, as exact as timespec asks."""
        if not isinstance(sep, str) or len(sep) != 1:
            raise TypeError("isoformat() argument 1 must be a unicode character, not "
                            f"{type(sep).__name__}")
        return (f"{self._year:04}-{self._month:02}-{self._day:02}{sep}"
                + time_text(self._hour, self._minute, self._second, self._microsecond, timespec)
                + offset_text(self.utcoffset()))

    def __repr__(self):
        parts = [self._year, self._month, self._day, self._hour, self._minute]
        if self._second or self._microsecond:
            parts.append(self._second)
        if self._microsecond:
            parts.append(self._microsecond)
        text = ", ".join(map(str, parts))
        if self._tzinfo is not None:
            text += f", tzinfo={self._tzinfo!r}"
        if self._fold:
            text += ", fold=1"
        return f"{type_name(type(self))}({text})"

    def __str__(self):
        return self.isoformat(sep=" ")

    def ctime(self):
        """Text like 'Wed Dec  4 20:30:40 2002'."""
        return (f"{cal.WEEKDAY_NAMES[self.weekday()]} {cal.MONTH_NAMES[self._month]} "
                f"{self._day:2} {self._hour:02}:{self._minute:02}:{self._second:02} "
                f"{self._year:04}")

    # ---- comparison and arithmetic

    def _microseconds(self):
        return self._local_seconds() * 10**6 + self._microsecond

    def _compare(self, other, equality):
        """Sign of self - other; None for == when the two cannot be compared."""
        mine = theirs = None
        if self._tzinfo is not other._tzinfo:
            mine, theirs = self.utcoffset(), other.utcoffset()
            if equality and (mine != self.replace(fold=1 - self._fold).utcoffset()
                             or theirs != other.replace(fold=1 - other._fold).utcoffset()):
                return None     # in a fold or gap nothing of another zone is equal
        left, right = self._microseconds(), other._microseconds()
        if mine != theirs:
            if mine is None or theirs is None:
                if equality:
                    return None
                raise TypeError("can't compare offset-naive and offset-aware datetimes")
            left -= mine._total()
            right -= theirs._total()
        return (left > right) - (left < right)

    def _refuse(self, other):
        """NotImplemented, or TypeError for a date without a time."""
        if isinstance(other, date):
            raise TypeError(f"can't compare {type_name(type(self))} to {type_name(type(other))}")
        return NotImplemented

    def __eq__(self, other):
        if isinstance(other, datetime):
            return self._compare(other, True) == 0
        return False if isinstance(other, date) else NotImplemented

    def __lt__(self, other):
        if isinstance(other, datetime):
            return self._compare(other, False) < 0
        return self._refuse(other)

    def __le__(self, other):
        if isinstance(other, datetime):
            return self._compare(other, False) <= 0
        return self._refuse(other)

    def __gt__(self, other):
        if isinstance(other, datetime):
            return self._compare(other, False) > 0
        return self._refuse(other)

    def __ge__(self, other):
        if isinstance(other, datetime):
            return self._compare(other, False) >= 0
        return self._refuse(other)

    def __hash__(self):
        if self._hash == -1:
            plain = self.replace(fold=0) if self._fold else self
            offset = plain.utcoffset()
            value = self._microseconds()
            self._hash = hash(("datetime", value if offset is None else value - offset._total()))
        return self._hash

    def _moved(self, microseconds):
        """This time so much later, in the same zone."""
        seconds, microsecond = divmod(self._microseconds() + microseconds, 10**6)
        ordinal, seconds = divmod(seconds, 86400)
        if not 0 < ordinal <= cal.MAX_ORDINAL:
            raise OverflowError("date value out of range")
        minutes, second = divmod(seconds, 60)
        hour, minute = divmod(minutes, 60)
        return type(self)(*cal.from_ordinal(ordinal), hour, minute, second, microsecond,
                          self._tzinfo)

    def __add__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        return self._moved(other._total())

    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, timedelta):
            return self._moved(-other._total())
        if not isinstance(other, datetime):
            return NotImplemented
        difference = self._microseconds() - other._microseconds()
        if self._tzinfo is not other._tzinfo:
            mine, theirs = self.utcoffset(), other.utcoffset()
            if mine != theirs:
                if mine is None or theirs is None:
                    raise TypeError("can't subtract offset-naive and offset-aware datetimes")
                difference += theirs._total() - mine._total()
        return timedelta._from_microseconds(difference)

    # ---- pickling

    def _pickle_state(self, protocol):
        high, low = divmod(self._year, 256)
        rest, last = divmod(self._microsecond, 256)
        first, middle = divmod(rest, 256)
        month = self._month + 128 if self._fold and protocol > 3 else self._month
        state = bytes((high, low, month, self._day, self._hour, self._minute, self._second, first,
                       middle, last))
        return (state,) if self._tzinfo is None else (state, self._tzinfo)

    def __reduce_ex__(self, protocol):
        return self.__class__, self._pickle_state(protocol)

    def __reduce__(self):
        return self.__reduce_ex__(2)


_date_type = date
_time_type = time
_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
datetime.min = datetime(1, 1, 1)
datetime.max = datetime(9999, 12, 31, 23, 59, 59, 999999)
datetime.resolution = timedelta(microseconds=1)
