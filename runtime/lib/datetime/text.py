"""ISO 8601 text and strftime formats of dates and times."""

import time as _clock

from datetime.calendar import from_iso_week
from datetime.delta import timedelta
from datetime.zones import offset_text, timezone

_DIGITS = "0123456789"


def number(text):
    """The value of ASCII digits; ValueError otherwise."""
    if not text or text.strip(_DIGITS):
        raise ValueError("not a number")
    return int(text)


def time_text(hour, minute, second, microsecond, timespec):
    """HH:MM:SS.ffffff, as exact as timespec asks."""
    if timespec == "auto":
        timespec = "microseconds" if microsecond else "seconds"
    if timespec == "hours":
        return f"{hour:02}"
    if timespec == "minutes":
        return f"{hour:02}:{minute:02}"
    if timespec == "seconds":
        return f"{hour:02}:{minute:02}:{second:02}"
    if timespec == "milliseconds":
        return f"{hour:02}:{minute:02}:{second:02}.{microsecond // 1000:03}"
    if timespec == "microseconds":
        return f"{hour:02}:{minute:02}:{second:02}.{microsecond:06}"
    raise ValueError("Unknown timespec value")


def parse_date(text):
    """(year, month, day) of YYYY-MM-DD, YYYYMMDD, YYYY-Www[-D] or YYYYWww[D]."""
    if len(text) not in (7, 8, 10):
        raise ValueError("not a date")
    year = number(text[:4])
    dashed = text[4] == "-"
    rest = text[5:] if dashed else text[4:]
    if rest[:1] == "W":
        week = number(rest[1:3])
        day = 1
        if len(rest) > 3:
            if dashed != (rest[3] == "-"):
                raise ValueError("mixed separators")
            day_text = rest[4:] if dashed else rest[3:]
            if len(day_text) != 1:
                raise ValueError("not a weekday")
            day = number(day_text)
        return from_iso_week(year, week, day)
    if dashed:
        if len(rest) != 5 or rest[2] != "-":
            raise ValueError("not a date")
        return year, number(rest[:2]), number(rest[3:])
    if len(rest) != 4:
        raise ValueError("not a date")
    return year, number(rest[:2]), number(rest[2:])


def date_length(text):
    """How many characters of ISO date an ISO date and time begins with."""
    if text[4:5] == "-":
        if text[5:6] != "W":
            return 10
        if text[8:9] == "-":
            if len(text) == 9:
                raise ValueError("not a date")
            # YYYY-Www-D, or YYYY-Www and a time after a dash as separator
            if len(text) > 10 and text[10] in _DIGITS:
                return 8
            return 10
        return 8
    if text[4:5] != "W":
        return 8
    # YYYYWww[D]: the digits of the time are two by two, so an odd count tells of a weekday.
    position = 7
    while position < len(text) and text[position] in _DIGITS:
        position += 1
    if position < 9:
        return position
    return 7 if position % 2 == 0 else 8


def _parse_clock(text):
    """[hour, minute, second, microsecond] of HH[:MM[:SS[.ffffff]]] with or without colons."""
    values = [0, 0, 0, 0]
    if len(text) < 2:
        raise ValueError("too short")
    colons = text[2:3] == ":"
    position = 0
    for part in range(3):
        values[part] = number(text[position:position + 2])
        if len(text[position:position + 2]) != 2:
            raise ValueError("two digits wanted")
        position += 2
        following = text[position:position + 1]
        if not following or part == 2:
            break
        if following in ".,":
            raise ValueError("a fraction belongs to seconds")
        if colons:
            if following != ":":
                raise ValueError("colon wanted")
            position += 1
    if position < len(text):
        if text[position] not in ".,":
            raise ValueError("unexpected text")
        fraction = text[position + 1:]
        number(fraction)
        values[3] = int(fraction[:6].ljust(6, "0"))
    return values


def parse_time(text):
    """[hour, minute, second, microsecond, zone or None]."""
    marker = next((i for i, c in enumerate(text) if c in "+-Z"), -1)
    if marker < 0:
        return _parse_clock(text) + [None]
    values = _parse_clock(text[:marker])
    zone_text = text[marker + 1:]
    if text[marker] == "Z":
        if zone_text:
            raise ValueError("text after Z")
        return values + [timezone.utc]
    if len(zone_text) in (0, 1, 3):
        raise ValueError("not an offset")
    hours, minutes, seconds, microseconds = _parse_clock(zone_text)
    offset = timedelta(hours=hours, minutes=minutes, seconds=seconds, microseconds=microseconds)
    if not offset:
        return values + [timezone.utc]
    return values + [timezone(-offset if text[marker] == "-" else offset)]


def strftime(when, format, fields):
    """format with %f, %z and %Z replaced by what `when` knows, the others by the C library."""
    if not isinstance(format, str):
        raise TypeError(f"strftime() argument 1 must be str, not {type(format).__name__}")
    parts = []
    position = 0
    while True:
        percent = format.find("%", position)
        if percent < 0 or percent + 1 >= len(format):
            parts.append(format[position:])
            break
        parts.append(format[position:percent])
        directive = format[percent + 1]
        position = percent + 2
        if directive == "f":
            parts.append(f"{getattr(when, 'microsecond', 0):06}")
        elif directive == "z":
            offset = when.utcoffset() if hasattr(when, "utcoffset") else None
            parts.append(offset_text(offset, ""))
        elif directive == "Z":
            name = when.tzname() if hasattr(when, "tzname") else None
            parts.append((name or "").replace("%", "%%"))
        else:
            parts.append("%" + directive)
    return _clock.strftime("".join(parts), fields)
