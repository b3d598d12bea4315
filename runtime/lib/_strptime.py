"""Reading times from text: behind time.strptime().

The format is read directive by directive, as it stands in the text; there is
one locale, C.
"""

import time

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september",
           "october", "november", "december")
_DAYS_BEFORE = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)

# Least and greatest value and most digits of directives that are numbers.
_NUMBERS = {
    "d": (1, 31, 2), "H": (0, 23, 2), "I": (1, 12, 2), "j": (1, 366, 3), "m": (1, 12, 2),
    "M": (0, 59, 2), "S": (0, 61, 2), "U": (0, 53, 2), "W": (0, 53, 2), "w": (0, 6, 1),
    "u": (1, 7, 1), "y": (0, 99, 2), "V": (1, 53, 2),
}
_SHORTHANDS = {
    "c": "%a %b %d %H:%M:%S %Y", "x": "%m/%d/%y", "X": "%H:%M:%S", "D": "%m/%d/%y", "T": "%H:%M:%S",
    "R": "%H:%M", "F": "%Y-%m-%d", "r": "%I:%M:%S %p",
}
# What CPython knows; others are an error of the format.
_KNOWN = set("aAbBcdfGHIjmMpSuUVwWxXyYzZ%")


def _is_leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _ordinal(year, month, day):
    """Days since the first of January of year 1, which is 1."""
    before = year - 1
    days = before * 365 + before // 4 - before // 100 + before // 400
    return days + _DAYS_BEFORE[month - 1] + (month > 2 and _is_leap(year)) + day


class _Mismatch(Exception):
    pass


class _Reader:
    """A position in the text and the fields read so far."""

    def __init__(self, text):
        self.text = text
        self.at = 0
        self.fields = {}

    def number(self, low, high, digits):
        """The longest number in range; leading zeros are allowed."""
        text, start = self.text, self.at
        most = start
        while most < len(text) and most - start < digits and text[most] in "0123456789":
            most += 1
        for end in range(most, start, -1):
            value = int(text[start:end])
            if low <= value <= high:
                self.at = end
                return value
        raise _Mismatch

    def word(self, words):
        """The index of the longest of several words that comes next."""
        rest = self.text[self.at:].lower()
        best = None
        for i, word in enumerate(words):
            if word and rest.startswith(word) and (best is None or len(word) > len(words[best])):
                best = i
        if best is None:
            raise _Mismatch
        self.at += len(words[best])
        return best

    def zone_offset(self):
        """+hh:mm[:ss[.fraction]], with or without colons, or Z: (seconds, microseconds)."""
        rest = self.text[self.at:]
        if rest[:1] in ("Z", "z"):
            self.at += 1
            return 0, 0
        if rest[:1] not in ("+", "-"):
            raise _Mismatch
        sign = -1 if rest[0] == "-" else 1
        self.at += 1
        hours = self.two_digits()
        colon = self.text[self.at:self.at + 1] == ":"
        self.at += colon
        seconds = hours * 3600 + self.two_digits() * 60
        fraction = 0
        more = self.text[self.at:self.at + 1]
        if colon == (more == ":") and (more == ":" or more.isdigit()):
            self.at += colon
            seconds += self.two_digits()
            if self.text[self.at:self.at + 1] == ".":
                self.at += 1
                fraction = self.fraction()
        return sign * seconds, sign * fraction

    def two_digits(self):
        digits = self.text[self.at:self.at + 2]
        if len(digits) < 2 or not digits.isdigit():
            raise _Mismatch
        self.at += 2
        return int(digits)

    def fraction(self):
        """Up to six digits as microseconds."""
        start = self.at
        while self.at - start < 6 and self.text[self.at:self.at + 1].isdigit():
            self.at += 1
        if self.at == start:
            raise _Mismatch
        return int(self.text[start:self.at].ljust(6, "0"))

    def directive(self, c):
        fields = self.fields
        if c in _SHORTHANDS:
            self.match(_SHORTHANDS[c])
        elif c in _NUMBERS:
            fields[c] = self.number(*_NUMBERS[c])
        elif c in "YG":
            digits = self.text[self.at:self.at + 4]
            if len(digits) < 4 or not digits.isdigit():
                raise _Mismatch
            self.at += 4
            fields[c] = int(digits)
        elif c == "a":
            fields["weekday"] = self.word([day[:3] for day in _DAYS])
        elif c == "A":
            fields["weekday"] = self.word(_DAYS)
        elif c == "b":
            fields["m"] = self.word([month[:3] for month in _MONTHS]) + 1
        elif c == "B":
            fields["m"] = self.word(_MONTHS) + 1
        elif c == "p":
            fields["p"] = self.word(("am", "pm"))
        elif c == "f":
            fields["f"] = self.fraction()
        elif c == "z":
            fields["z"] = self.zone_offset()
        elif c == "Z":
            names = ["utc", "gmt"] + [name.lower() for name in time.tzname]
            fields["Z"] = names[self.word(names)]
        elif c == "%":
            if self.text[self.at:self.at + 1] != "%":
                raise _Mismatch
            self.at += 1

    def match(self, pattern):
        i = 0
        while i < len(pattern):
            c = pattern[i]
            i += 1
            if c == "%":
                self.directive(pattern[i])
                i += 1
            elif c.isspace():
                while i < len(pattern) and pattern[i].isspace():
                    i += 1
                start = self.at
                while self.text[self.at:self.at + 1].isspace():
                    self.at += 1
                if self.at == start:
                    raise _Mismatch
            elif self.text[self.at:self.at + 1].lower() == c.lower():
                self.at += 1
            else:
                raise _Mismatch


def _check_format(pattern):
    """ValueError for directives that do not exist."""
    i = 0
    while i < len(pattern):
        if pattern[i] == "%":
            i += 1
            if i == len(pattern):
                raise ValueError("stray %% in format '%s'" % pattern) from None
            if pattern[i] not in _KNOWN:
                bad = "%" if pattern[i] == "\\" else pattern[i]
                raise ValueError("'%s' is a bad directive in format '%s'" % (bad, pattern)) from None
        i += 1


def _date_of_week(year, week, weekday, first_sunday):
    """Day of the year of a weekday (Monday is 0) of a week counted from the first Monday or Sunday."""
    first = (_ordinal(year, 1, 1) + 6) % 7
    if first_sunday:
        first = (first + 1) % 7
        weekday = (weekday + 1) % 7
    length = (7 - first) % 7
    if week == 0:
        return 1 + weekday - first
    return 1 + length + 7 * (week - 1) + weekday


def _parse(data_string, pattern):
    """The fields of a time: a list for struct_time, the microseconds, and the offset or None."""
    for name, value in (("data_string", data_string), ("format", pattern)):
        if not isinstance(value, str):
            index = 0 if name == "data_string" else 1
            raise TypeError("strptime() argument %d must be str, not %s" % (index, type(value)))
    _check_format(pattern)
    reader = _Reader(data_string)
    try:
        reader.match(pattern)
    except _Mismatch:
        raise ValueError("time data %r does not match format %r" % (data_string, pattern)) from None
    if reader.at != len(data_string):
        raise ValueError("unconverted data remains: %s" % data_string[reader.at:])

    f = reader.fields
    year = f.get("Y")
    if year is None and "y" in f:
        year = f["y"] + (1900 if f["y"] >= 69 else 2000)
    hour = f.get("H", 0)
    if "I" in f:
        hour = f["I"] % 12 + (12 if f.get("p") == 1 else 0)
    weekday = f.get("weekday")
    if "w" in f:
        weekday = (f["w"] + 6) % 7
    if "u" in f:
        weekday = f["u"] - 1
    julian = f.get("j")
    month, day = f.get("m", 1), f.get("d", 1)

    if "G" in f:
        if julian is not None:
            raise ValueError("Day of the year directive '%j' is not compatible with ISO year "
                             "directive '%G'. Use '%Y' instead.")
        if "V" not in f or weekday is None:
            raise ValueError("ISO year directive '%G' must be used with the ISO week directive "
                             "'%V' and a weekday directive ('%A', '%a', '%w', or '%u').")
    elif "V" in f:
        if year is None or weekday is None:
            raise ValueError("ISO week directive '%V' must be used with the ISO year directive "
                             "'%G' and a weekday directive ('%A', '%a', '%w', or '%u').")
        raise ValueError("ISO week directive '%V' is incompatible with the year directive '%Y'. "
                         "Use the ISO year '%G' instead.")

    leap_day = year is None and month == 2 and day == 29
    if leap_day:
        year = 1904
    elif year is None:
        year = 1900
    if julian is None and weekday is not None:
        if "U" in f or "W" in f:
            julian = _date_of_week(year, f.get("U", f.get("W")), weekday, "U" in f)
        elif "G" in f:
            year = f["G"]
            first = (_ordinal(year, 1, 4) + 6) % 7
            julian = f["V"] * 7 + weekday + 1 - (first + 4)
        if julian is not None and julian <= 0:
            year -= 1
            julian += 366 if _is_leap(year) else 365
        elif julian is not None and julian > (366 if _is_leap(year) else 365):
            julian -= 366 if _is_leap(year) else 365
            year += 1
    if julian is None:
        last = (31, 29 if _is_leap(year) else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]
        if day > last:
            raise ValueError("day is out of range for month")
        julian = _ordinal(year, month, day) - _ordinal(year, 1, 1) + 1
    else:
        month = 12
        while month > 1 and julian <= _ordinal(year, month, 1) - _ordinal(year, 1, 1):
            month -= 1
        day = julian - (_ordinal(year, month, 1) - _ordinal(year, 1, 1))
    if weekday is None:
        weekday = (_ordinal(year, month, day) + 6) % 7
    if leap_day:
        year = 1900

    zone = -1
    zone_name = f.get("Z")
    if zone_name is not None:
        if zone_name in ("utc", "gmt"):
            zone = 0
        elif not (time.tzname[0] == time.tzname[1] and time.daylight):
            zone = 1 if zone_name == time.tzname[1].lower() != time.tzname[0].lower() else 0
    offset, offset_fraction = f.get("z", (None, 0))
    fields = (year, month, day, hour, f.get("M", 0), f.get("S", 0), weekday, julian, zone,
              None if zone_name is None else zone_name.upper(), offset)
    return fields, f.get("f", 0), offset_fraction


def _strptime_time(data_string, format="%a %b %d %H:%M:%S %Y"):
    """The struct_time that a text stands for."""
    return time.struct_time(_parse(data_string, format)[0])


def _strptime_datetime(cls, date_string, format="%a %b %d %H:%M:%S %Y"):
    """The datetime, of class cls, that a text stands for."""
    from datetime import timedelta, timezone
    fields, microsecond, offset_fraction = _parse(date_string, format)
    zone_name, offset = fields[-2:]
    if offset is None:
        return cls(*fields[:6], microsecond)
    distance = timedelta(seconds=offset, microseconds=offset_fraction)
    zone = timezone(distance, zone_name) if zone_name else timezone(distance)
    return cls(*fields[:6], microsecond, zone)
