"""calendar, sched, timeit, uuid."""
import calendar
import sched
import timeit
import uuid


def shown(function, *args, **kwargs):
    try:
        return function(*args, **kwargs)
    except Exception as e:
        return f"{type(e).__name__}: {e}"


print(calendar.month(2024, 2))
print(calendar.TextCalendar(6).formatyear(2023, m=4))
print(calendar.isleap(2000), calendar.isleap(1900), calendar.leapdays(1990, 2025), calendar.weekday(2024, 2, 29),
      calendar.monthrange(2024, 2), shown(calendar.monthrange, 2024, 13), calendar.monthcalendar(2021, 2))
print(list(calendar.Calendar(3).iterweekdays()), list(calendar.Calendar().itermonthdays4(2022, 5))[:3],
      [str(d) for d in calendar.Calendar().itermonthdates(2022, 12)][-3:])
print(list(calendar.day_abbr), calendar.month_name[1:3], len(calendar.month_abbr), shown(calendar.setfirstweekday, 9))
print(calendar.HTMLCalendar().formatmonth(2020, 3))
print(len(calendar.HTMLCalendar().formatyearpage(2020)), calendar.timegm((2024, 2, 29, 1, 2, 3)), calendar.weekheader(3))

log = []
s = sched.scheduler(timefunc=lambda: clock[0], delayfunc=lambda t: clock.__setitem__(0, clock[0] + t))
clock = [0]
s.enter(2, 1, log.append, ("late",))
s.enter(1, 2, log.append, ("second",))
event = s.enter(1, 3, log.append, ("never",))
s.enter(1, 1, log.append, argument=("first",))
s.cancel(event)
print(len(s.queue), s.run(blocking=False), s.run(), log, s.empty(), clock, shown(s.cancel, event))

print(timeit.timeit("x += 1", "x = 0", number=10) >= 0, len(timeit.repeat(lambda: None, number=1, repeat=3)),
      timeit.Timer("y", "y = 1").autorange.__name__, shown(timeit.timeit, "x +"), shown(timeit.Timer, 5))

u = uuid.UUID("{12345678-1234-5678-1234-567812345678}")
print(repr(u), u.hex, u.int, u.urn, u.fields, u.bytes_le, u.version, u.variant, u == uuid.UUID(bytes=u.bytes))
print(uuid.uuid3(uuid.NAMESPACE_DNS, "python.org"), uuid.uuid5(uuid.NAMESPACE_URL, "x"), uuid.uuid4().version,
      uuid.uuid1().version, uuid.uuid1(node=5, clock_seq=7).node, sorted([uuid.UUID(int=5), uuid.UUID(int=3)]))
print(shown(uuid.UUID, "x"), shown(uuid.UUID), shown(uuid.UUID, int=-1), shown(setattr, u, "int", 3),
      hash(u) == hash(uuid.UUID(u.hex)), uuid.UUID(u.hex, version=4))
