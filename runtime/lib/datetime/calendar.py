"""The proleptic Gregorian calendar: days are counted from 1 January of year 1, which is day 1."""

from operator import index

MINYEAR = 1
MAXYEAR = 9999
MAX_ORDINAL = 3652059

_MONTH_LENGTHS = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_DAYS_BEFORE = (0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)

WEEKDAY_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTH_NAMES = (None, "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov",
               "Dec")


def is_leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_in_month(year, month):
    return 29 if month == 2 and is_leap(year) else _MONTH_LENGTHS[month]


def days_before_year(year):
    past = year - 1
    return past * 365 + past // 4 - past // 100 + past // 400


def days_before_month(year, month):
    return _DAYS_BEFORE[month] + (month > 2 and is_leap(year))


def to_ordinal(year, month, day):
    return days_before_year(year) + days_before_month(year, month) + day


def from_ordinal(ordinal):
    """(year, month, day) of a day number."""
    periods, rest = divmod(ordinal - 1, 146097)    # of 400 years
    centuries = min(rest // 36524, 3)
    rest -= centuries * 36524
    fours, rest = divmod(rest, 1461)
    years = min(rest // 365, 3)
    rest -= years * 365
    year = periods * 400 + centuries * 100 + fours * 4 + years + 1
    month = (rest + 50) >> 5
    before = days_before_month(year, month)
    if before > rest:
        month -= 1
        before = days_before_month(year, month)
    return year, month, rest - before + 1


def iso_week_one(year):
    """Day number of the Monday that begins week 1: the week of the year's first Thursday."""
    first = to_ordinal(year, 1, 1)
    weekday = (first + 6) % 7
    monday = first - weekday
    return monday + 7 if weekday > 3 else monday


def from_iso_week(year, week, day):
    """(year, month, day) of a day of an ISO week."""
    if not MINYEAR <= year <= MAXYEAR:
        raise ValueError(f"Year is out of range: {year}")
    if not 0 < week < 53:
        first = to_ordinal(year, 1, 1) % 7
        if not (week == 53 and (first == 4 or first == 3 and is_leap(year))):
            raise ValueError(f"Invalid week: {week}")
    if not 0 < day < 8:
        raise ValueError(f"Invalid weekday: {day} (range is [1, 7])")
    return from_ordinal(iso_week_one(year) + (week - 1) * 7 + day - 1)


def check_date(year, month, day):
    year, month, day = index(year), index(month), index(day)
    if not MINYEAR <= year <= MAXYEAR:
        raise ValueError(f"year {year} is out of range")
    if not 1 <= month <= 12:
        raise ValueError("month must be in 1..12")
    if not 1 <= day <= days_in_month(year, month):
        raise ValueError("day is out of range for month")
    return year, month, day


def check_time(hour, minute, second, microsecond, fold):
    hour, minute, second = index(hour), index(minute), index(second)
    microsecond = index(microsecond)
    if not 0 <= hour <= 23:
        raise ValueError("hour must be in 0..23")
    if not 0 <= minute <= 59:
        raise ValueError("minute must be in 0..59")
    if not 0 <= second <= 59:
        raise ValueError("second must be in 0..59")
    if not 0 <= microsecond <= 999999:
        raise ValueError("microsecond must be in 0..999999")
    if fold not in (0, 1):
        raise ValueError("fold must be either 0 or 1")
    return hour, minute, second, microsecond, index(fold)


def round_half_even(numerator, denominator):
    """Nearest integer to numerator / denominator, a tie going to the even one."""
    quotient, rest = divmod(numerator, denominator)
    twice = rest * 2
    if denominator < 0:
        twice, denominator = -twice, -denominator
    if twice > denominator or (twice == denominator and quotient % 2):
        quotient += 1
    return quotient


def type_name(cls):
    """How a type shows itself in text: those of this module with its name."""
    return f"datetime.{cls.__name__}" if cls.__module__ == "datetime" else cls.__name__
