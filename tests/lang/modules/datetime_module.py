"""datetime: dates, times, durations and zones; text in and out."""
import copy
import pickle
from datetime import MAXYEAR, UTC, date, datetime, time, timedelta, timezone, tzinfo


def shown(function, *args, **kwargs):
    try:
        return function(*args, **kwargs)
    except Exception as e:
        return f"{type(e).__name__}: {e}"


# Durations
for t in (timedelta(), timedelta(1, 2, 3), timedelta(hours=-5), timedelta(weeks=1.5, minutes=0.1),
          timedelta(microseconds=0.5), timedelta(microseconds=1.5), timedelta(milliseconds=2.5),
          timedelta(days=-1, microseconds=1)):
    print(repr(t), t, t.total_seconds(), bool(t), -t, abs(t), t * 3, t / 7, t // 7, t * 0.3)
a, b = timedelta(hours=7), timedelta(minutes=50)
print(a / b, a // b, a % b, divmod(a, -b), a > b, a == b, a + b, a - b, hash(a) == hash(timedelta(0, 25200)))
print(shown(timedelta, 10**10), shown(timedelta, "1"), shown(lambda: a / 0))
print(timedelta.min, timedelta.max, timedelta.resolution, shown(lambda: timedelta.max + a))

# Dates
d = date(2024, 2, 29)
print(repr(d), d, d.weekday(), d.isoweekday(), d.isocalendar(), d.toordinal(), d.timetuple())
print(d.ctime(), d.strftime("%d/%m/%y %A %j"), f"{d:%Y%m%d}", f"{d}", d.replace(year=2020))
print(d + timedelta(366), d - timedelta(days=60), d - date(2000, 1, 1), shown(d.replace, 2023))
for y in (1998, 2004, 2009, 2010, 2015, 2016, 2020, 2021):
    for day in (date(y, 1, 1), date(y, 12, 31)):
        print(tuple(day.isocalendar()), date.fromisocalendar(*day.isocalendar()) == day, end=" ")
print()
print(date.fromordinal(1), date.fromordinal(date.max.toordinal()), shown(date.fromordinal, 0))
for text in ("2020-01-02", "20200102", "2020-W01-4", "2020W014", "2020-W53-7", "2020-W54", "2020-13-01",
             "x", "2020-1-1", "2021W53"):
    print(text, shown(date.fromisoformat, text), end="; ")
print()
print(shown(date, 2024), shown(date, 0, 1, 1), shown(date, 1, 13, 1), shown(date, 2023, 2, 29),
      shown(date, 1.0, 1, 1), shown(lambda: date.max + timedelta(1)))

# Times of day
t = time(1, 2, 3, 45)
print(repr(t), t, time(12), repr(time(12, tzinfo=UTC, fold=1)), t.isoformat("milliseconds"))
print(time(10, tzinfo=timezone(timedelta(hours=2))) == time(8, tzinfo=UTC), t < time(2),
      shown(lambda: t < time(2, tzinfo=UTC)), t == time(1, 2, 3, 45, tzinfo=UTC))
for text in ("04:23:01", "T042301", "04:23:01.000384", "04:23:01,12", "04:23:01+04:00", "042301Z",
             "04:23-01:30:15", "4:23", "25:00", "04:2", "04:23:01.", "04:23:01+"):
    print(text, repr(shown(time.fromisoformat, text)), end="; ")
print()

# Instants
m = datetime(2011, 11, 4, 0, 5, 23, 283000)
print(repr(m), m, m.isoformat(" ", "minutes"), m.date(), m.time(), m.ctime())
for text in ("2011-11-04", "20111104T000523", "2011-11-04T00:05:23.283+00:00", "2011-W01-2T00:05:23.283",
             "2011-11-04 00:05:23.2831234-04:30", "2011W0121200", "2011-11-04T", "2011-11-04T24:00"):
    print(text, repr(shown(datetime.fromisoformat, text)), end="; ")
print()
print(datetime.strptime("21/11/06 16:30 +0530", "%d/%m/%y %H:%M %z"))
print(datetime.strptime("2024 Jan Monday 3.25", "%Y %b %A %S.%f"), shown(datetime.strptime, "x", "%Y"))
print(m.strftime("%Y-%m-%dT%H:%M:%S.%f%z|%Z|%%"), m.replace(tzinfo=UTC).strftime("%z %Z"))
aware = m.replace(tzinfo=timezone(timedelta(hours=-3, minutes=-30), "X"))
print(aware, aware.astimezone(UTC), aware.utcoffset(), aware.tzname(), aware.dst(), aware.timestamp())
print(aware == aware.astimezone(UTC), aware == m, shown(lambda: aware < m), shown(lambda: aware - m),
      aware - aware.astimezone(UTC), shown(lambda: m < d), m == d, m != d)
print(m + timedelta(days=1, seconds=1), m - timedelta(microseconds=283001), m - datetime(2011, 1, 1),
      datetime.fromtimestamp(1e9 + 0.5, UTC), datetime.utcfromtimestamp(-0.5),
      datetime.fromtimestamp(1.0000005, UTC), aware.utctimetuple()[:6])
print(datetime.combine(d, t), shown(datetime.combine, t, d), datetime.min, datetime.max,
      shown(lambda: datetime.max + timedelta.resolution))


class Zone(tzinfo):
    """An hour of daylight saving in summer."""

    def utcoffset(self, when):
        return timedelta(hours=1) + self.dst(when)

    def dst(self, when):
        return timedelta(hours=1 if when is not None and 4 <= when.month < 10 else 0)

    def tzname(self, when):
        return "SUMMER" if self.dst(when) else "WINTER"


zone = Zone()
for month in (1, 7):
    local = datetime(2020, month, 1, 12, tzinfo=UTC).astimezone(zone)
    print(local, local.tzname(), local.dst(), local.timetuple().tm_isdst)
print(shown(tzinfo().utcoffset, None), shown(timezone, timedelta(1)), timezone(-timedelta(hours=1)),
      repr(timezone.utc), repr(timezone(timedelta(hours=1), "CET")), timezone.max)
for value in (d, t, m, aware, timedelta(1, 2, 3), timezone.utc, timezone(timedelta(1, -1))):
    for protocol in range(6):
        assert pickle.loads(pickle.dumps(value, protocol)) == value == copy.deepcopy(value)


class Stamp(datetime):
    pass


print(repr(Stamp(2020, 1, 1) + timedelta(1)), type(Stamp.fromisoformat("2020-01-01")).__name__,
      type(Stamp(2020, 1, 1).replace(day=2)).__name__, MAXYEAR)
print(sorted({date(2020, 1, 2), date(2020, 1, 1)}), max(m, datetime(2012, 1, 1)))
