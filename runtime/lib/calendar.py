"""Calendars: weeks of months, and months and years as text or HTML."""

import datetime
from itertools import repeat
import locale as _locale
import sys

__all__ = ["IllegalMonthError", "IllegalWeekdayError", "setfirstweekday", "firstweekday", "isleap",
           "leapdays", "weekday", "monthrange", "monthcalendar", "prmonth", "month", "prcal",
           "calendar", "timegm", "month_name", "month_abbr", "day_name", "day_abbr", "Calendar",
           "TextCalendar", "HTMLCalendar", "LocaleTextCalendar", "LocaleHTMLCalendar",
           "weekheader", "MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY",
           "SUNDAY"]

error = ValueError

January = 1
February = 2
mdays = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)
EPOCH = 1970
_EPOCH_ORDINAL = datetime.date(EPOCH, 1, 1).toordinal()


class IllegalMonthError(ValueError):
    def __init__(self, month):
        self.month = month

    def __str__(self):
        return "bad month number %r; must be 1-12" % self.month


class IllegalWeekdayError(ValueError):
    def __init__(self, weekday):
        self.weekday = weekday

    def __str__(self):
        return "bad weekday number %r; must be 0 (Monday) to 6 (Sunday)" % self.weekday


class _LocalNames:
    """Names of days or months in the current locale, looked up when they are asked for."""

    def __init__(self, format, dates):
        self.format = format
        self._dates = dates

    def __getitem__(self, i):
        if isinstance(i, slice):
            return [self[k] for k in range(*i.indices(len(self)))]
        day = self._dates[i]
        return day.strftime(self.format) if day else ""

    def __len__(self):
        return len(self._dates)


_days = [datetime.date(2001, 1, day) for day in range(1, 8)]       # 1 January 2001 was a Monday
_months = [None] + [datetime.date(2001, month, 1) for month in range(1, 13)]
day_name = _LocalNames("%A", _days)
day_abbr = _LocalNames("%a", _days)
month_name = _LocalNames("%B", _months)
month_abbr = _LocalNames("%b", _months)


def isleap(year):
    """Whether a year has 366 days."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def leapdays(y1, y2):
    """How many leap years there are from y1 up to y2."""
    def before(year):
        return (year - 1) // 4 - (year - 1) // 100 + (year - 1) // 400
    return before(y2) - before(y1)


def weekday(year, month, day):
    """Weekday of a date, 0 for Monday."""
    if not datetime.MINYEAR <= year <= datetime.MAXYEAR:
        year = 2000 + year % 400        # the calendar repeats
    return datetime.date(year, month, day).weekday()


def monthrange(year, month):
    """(weekday of the first day, number of days)"""
    if not 1 <= month <= 12:
        raise IllegalMonthError(month)
    return weekday(year, month, 1), mdays[month] + (month == February and isleap(year))


def _monthlen(year, month):
    return mdays[month] + (month == February and isleap(year))


def _prevmonth(year, month):
    return (year - 1, 12) if month == 1 else (year, month - 1)


def _nextmonth(year, month):
    return (year + 1, 1) if month == 12 else (year, month + 1)


class Calendar:
    """Days of months and years in weeks that begin with a given weekday."""

    def __init__(self, firstweekday=0):
        self.firstweekday = firstweekday

    def getfirstweekday(self):
        return self._firstweekday % 7

    def setfirstweekday(self, firstweekday):
        self._firstweekday = firstweekday

    firstweekday = property(getfirstweekday, setfirstweekday)

    def iterweekdays(self):
        """The weekdays, from the first one on."""
        return (day % 7 for day in range(self.firstweekday, self.firstweekday + 7))

    def itermonthdays3(self, year, month):
        """(year, month, day) for all days of the weeks that touch a month."""
        first, count = monthrange(year, month)
        before = (first - self.firstweekday) % 7
        after = (self.firstweekday - first - count) % 7
        y, m = _prevmonth(year, month)
        length = _monthlen(y, m)
        for day in range(length - before + 1, length + 1):
            yield y, m, day
        for day in range(1, count + 1):
            yield year, month, day
        y, m = _nextmonth(year, month)
        for day in range(1, after + 1):
            yield y, m, day

    def itermonthdates(self, year, month):
        """The same as dates."""
        for parts in self.itermonthdays3(year, month):
            yield datetime.date(*parts)

    def itermonthdays(self, year, month):
        """The same as days, 0 for those of other months."""
        first, count = monthrange(year, month)
        yield from repeat(0, (first - self.firstweekday) % 7)
        yield from range(1, count + 1)
        yield from repeat(0, (self.firstweekday - first - count) % 7)

    def itermonthdays2(self, year, month):
        """(day, weekday), with day 0 for those of other months."""
        for i, day in enumerate(self.itermonthdays(year, month), self.firstweekday):
            yield day, i % 7

    def itermonthdays4(self, year, month):
        """(year, month, day, weekday)"""
        for i, parts in enumerate(self.itermonthdays3(year, month)):
            yield *parts, (self.firstweekday + i) % 7

    @staticmethod
    def _weeks(days):
        days = list(days)
        return [days[i:i + 7] for i in range(0, len(days), 7)]

    def monthdatescalendar(self, year, month):
        """Weeks of dates."""
        return self._weeks(self.itermonthdates(year, month))

    def monthdays2calendar(self, year, month):
        """Weeks of (day, weekday)."""
        return self._weeks(self.itermonthdays2(year, month))

    def monthdayscalendar(self, year, month):
        """Weeks of days."""
        return self._weeks(self.itermonthdays(year, month))

    def _year(self, weeks_of, year, width):
        months = [weeks_of(year, month) for month in range(January, January + 12)]
        return [months[i:i + width] for i in range(0, 12, width)]

    def yeardatescalendar(self, year, width=3):
        """Rows of months of weeks of dates."""
        return self._year(self.monthdatescalendar, year, width)

    def yeardays2calendar(self, year, width=3):
        """Rows of months of weeks of (day, weekday)."""
        return self._year(self.monthdays2calendar, year, width)

    def yeardayscalendar(self, year, width=3):
        """Rows of months of weeks of days."""
        return self._year(self.monthdayscalendar, year, width)


class TextCalendar(Calendar):
    """Months and years as plain text."""

    def prweek(self, theweek, width):
        """Prints a week."""
        print(self.formatweek(theweek, width), end="")

    def formatday(self, day, weekday, width):
        return (f"{day:2}" if day else "").center(width)

    def formatweek(self, theweek, width):
        return " ".join(self.formatday(day, wd, width) for day, wd in theweek)

    def formatweekday(self, day, width):
        names = day_name if width >= 9 else day_abbr
        return names[day][:width].center(width)

    def formatweekheader(self, width):
        return " ".join(self.formatweekday(i, width) for i in self.iterweekdays())

    def formatmonthname(self, theyear, themonth, width, withyear=True):
        name = month_name[themonth]
        return (f"{name} {theyear!r}" if withyear else name).center(width)

    def prmonth(self, theyear, themonth, w=0, l=0):
        """Prints a month."""
        print(self.formatmonth(theyear, themonth, w, l), end="")

    def formatmonth(self, theyear, themonth, w=0, l=0):
        """A month, with days w wide and l lines a week."""
        w, l = max(2, w), max(1, l)
        lines = [self.formatmonthname(theyear, themonth, 7 * (w + 1) - 1).rstrip(),
                 self.formatweekheader(w).rstrip()]
        lines += [self.formatweek(week, w).rstrip()
                  for week in self.monthdays2calendar(theyear, themonth)]
        return "".join(line + "\n" * l for line in lines)

    def formatyear(self, theyear, w=2, l=1, c=6, m=3):
        """A year, with m months in a row and c blanks between them."""
        w, l, c = max(2, w), max(1, l), max(2, c)
        width = (w + 1) * 7 - 1
        parts = [repr(theyear).center(width * m + c * (m - 1)).rstrip(), "\n" * l]
        header = self.formatweekheader(w)
        for i, row in enumerate(self.yeardays2calendar(theyear, m)):
            months = range(m * i + 1, min(m * (i + 1) + 1, 13))
            parts.append("\n" * l)
            names = (self.formatmonthname(theyear, k, width, False) for k in months)
            parts += [formatstring(names, width, c).rstrip(), "\n" * l]
            parts += [formatstring((header for _ in months), width, c).rstrip(), "\n" * l]
            for k in range(max(len(weeks) for weeks in row)):
                weeks = ("" if k >= len(weeks) else self.formatweek(weeks[k], w) for weeks in row)
                parts += [formatstring(weeks, width, c).rstrip(), "\n" * l]
        return "".join(parts)

    def pryear(self, theyear, w=0, l=0, c=6, m=3):
        """Prints a year."""
        print(self.formatyear(theyear, w, l, c, m), end="")


class HTMLCalendar(Calendar):
    """Months and years as HTML tables."""

    cssclasses = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    cssclasses_weekday_head = cssclasses
    cssclass_noday = "noday"
    cssclass_month_head = "month"
    cssclass_month = "month"
    cssclass_year_head = "year"
    cssclass_year = "year"

    def formatday(self, day, weekday):
        if day == 0:
            return f'<td class="{self.cssclass_noday}">&nbsp;</td>'
        return f'<td class="{self.cssclasses[weekday]}">{day}</td>'

    def formatweek(self, theweek):
        return f"<tr>{''.join(self.formatday(d, wd) for d, wd in theweek)}</tr>"

    def formatweekday(self, day):
        return f'<th class="{self.cssclasses_weekday_head[day]}">{day_abbr[day]}</th>'

    def formatweekheader(self):
        return f"<tr>{''.join(self.formatweekday(i) for i in self.iterweekdays())}</tr>"

    def formatmonthname(self, theyear, themonth, withyear=True):
        name = month_name[themonth]
        title = f"{name} {theyear}" if withyear else name
        return f'<tr><th colspan="7" class="{self.cssclass_month_head}">{title}</th></tr>'

    def formatmonth(self, theyear, themonth, withyear=True):
        """A month as a table."""
        rows = [f'<table border="0" cellpadding="0" cellspacing="0" class="{self.cssclass_month}">',
                self.formatmonthname(theyear, themonth, withyear), self.formatweekheader()]
        rows += [self.formatweek(week) for week in self.monthdays2calendar(theyear, themonth)]
        rows.append("</table>")
        return "".join(row + "\n" for row in rows)

    def formatyear(self, theyear, width=3):
        """A year as a table of tables."""
        width = max(width, 1)
        parts = [f'<table border="0" cellpadding="0" cellspacing="0" class="{self.cssclass_year}">',
                 "\n", f'<tr><th colspan="{width}" class="{self.cssclass_year_head}">{theyear}</th>'
                 "</tr>"]
        for first in range(January, January + 12, width):
            parts.append("<tr>")
            parts += [f"<td>{self.formatmonth(theyear, month, withyear=False)}</td>"
                      for month in range(first, min(first + width, 13))]
            parts.append("</tr>")
        parts.append("</table>")
        return "".join(parts)

    def formatyearpage(self, theyear, width=3, css="calendar.css", encoding=None):
        """A year as a page, encoded."""
        encoding = encoding or sys.getdefaultencoding()
        style = f'<link rel="stylesheet" type="text/css" href="{css}" />\n' if css else ""
        page = (f'<?xml version="1.0" encoding="{encoding}"?>\n'
                '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" '
                '"http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">\n<html>\n<head>\n'
                f'<meta http-equiv="Content-Type" content="text/html; charset={encoding}" />\n'
                f"{style}<title>Calendar for {theyear}</title>\n</head>\n<body>\n"
                f"{self.formatyear(theyear, width)}</body>\n</html>\n")
        return page.encode(encoding, "xmlcharrefreplace")


class different_locale:
    """For the with statement: another locale for times."""

    def __init__(self, locale):
        self.locale = locale
        self.oldlocale = None

    def __enter__(self):
        self.oldlocale = _locale.setlocale(_locale.LC_TIME, None)
        _locale.setlocale(_locale.LC_TIME, self.locale)

    def __exit__(self, *exception):
        if self.oldlocale is not None:
            _locale.setlocale(_locale.LC_TIME, self.oldlocale)


class _InLocale:
    """Names in a given locale."""

    def __init__(self, firstweekday=0, locale=None):
        super().__init__(firstweekday)
        self.locale = _locale.getlocale(_locale.LC_TIME) if locale is None else locale

    def formatweekday(self, *args):
        with different_locale(self.locale):
            return super().formatweekday(*args)

    def formatmonthname(self, *args, **kwargs):
        with different_locale(self.locale):
            return super().formatmonthname(*args, **kwargs)


class LocaleTextCalendar(_InLocale, TextCalendar):
    """TextCalendar with names in a given locale."""


class LocaleHTMLCalendar(_InLocale, HTMLCalendar):
    """HTMLCalendar with names in a given locale."""


c = TextCalendar()
firstweekday = c.getfirstweekday


def setfirstweekday(firstweekday):
    """Sets the weekday that weeks begin with, for the functions of this module."""
    if not MONDAY <= firstweekday <= SUNDAY:
        raise IllegalWeekdayError(firstweekday)
    c.firstweekday = firstweekday


monthcalendar = c.monthdayscalendar
prweek = c.prweek
week = c.formatweek
weekheader = c.formatweekheader
prmonth = c.prmonth
month = c.formatmonth
calendar = c.formatyear
prcal = c.pryear

_colwidth = 20
_spacing = 6


def format(cols, colwidth=_colwidth, spacing=_spacing):
    """Prints texts in columns."""
    print(formatstring(cols, colwidth, spacing))


def formatstring(cols, colwidth=_colwidth, spacing=_spacing):
    """Texts, each in the middle of a column."""
    return (" " * spacing).join(text.center(colwidth) for text in cols)


def timegm(tuple):
    """Seconds since 1970 of a struct_time in UTC; the other way of time.gmtime."""
    year, month, day, hour, minute, second = tuple[:6]
    days = datetime.date(year, month, 1).toordinal() - _EPOCH_ORDINAL + day - 1
    return ((days * 24 + hour) * 60 + minute) * 60 + second


def main(args):
    """Prints a year or a month."""
    import argparse
    parser = argparse.ArgumentParser()
    text = parser.add_argument_group("text only arguments")
    html = parser.add_argument_group("html only arguments")
    text.add_argument("-w", "--width", type=int, default=2, help="width of date column (default 2)")
    text.add_argument("-l", "--lines", type=int, default=1,
                      help="number of lines for each week (default 1)")
    text.add_argument("-s", "--spacing", type=int, default=6,
                      help="spacing between months (default 6)")
    text.add_argument("-m", "--months", type=int, default=3, help="months per row (default 3)")
    html.add_argument("-c", "--css", default="calendar.css", help="CSS to use for page")
    parser.add_argument("-L", "--locale", default=None, help="locale to be used")
    parser.add_argument("-e", "--encoding", default=None, help="encoding to use for output")
    parser.add_argument("-t", "--type", default="text", choices=("text", "html"),
                        help="output type (text or html)")
    parser.add_argument("year", nargs="?", type=int, help="year number (1-9999)")
    parser.add_argument("month", nargs="?", type=int, help="month number (1-12, text only)")
    options = parser.parse_args(args[1:])
    if options.locale and not options.encoding:
        parser.error("if --locale is specified --encoding is required")
    locale = (options.locale, options.encoding)
    if options.type == "html":
        cal = LocaleHTMLCalendar(locale=locale) if options.locale else HTMLCalendar()
        if options.month is not None:
            parser.error("incorrect number of arguments")
        year = datetime.date.today().year if options.year is None else options.year
        encoding = options.encoding or sys.getdefaultencoding()
        sys.stdout.buffer.write(cal.formatyearpage(year, css=options.css, encoding=encoding))
        return
    cal = LocaleTextCalendar(locale=locale) if options.locale else TextCalendar()
    shape = {"w": options.width, "l": options.lines}
    if options.month is None:
        shape["c"] = options.spacing
        shape["m"] = options.months
    if options.year is None:
        result = cal.formatyear(datetime.date.today().year, **shape)
    elif options.month is None:
        result = cal.formatyear(options.year, **shape)
    else:
        result = cal.formatmonth(options.year, options.month, **shape)
    if options.encoding:
        sys.stdout.buffer.write(result.encode(options.encoding))
    else:
        sys.stdout.write(result)


if __name__ == "__main__":
    main(sys.argv)
