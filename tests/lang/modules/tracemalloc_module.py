"""tracemalloc: what is the same whatever the sizes of objects are."""
import linecache
import tracemalloc

print(tracemalloc.is_tracing(), tracemalloc.get_traceback_limit(), tracemalloc.get_traced_memory())
try:
    tracemalloc.take_snapshot()
except RuntimeError as error:
    print(error)
for frames in (0, -1, 70000):
    try:
        tracemalloc.start(frames)
    except ValueError as error:
        print(error)
print(tracemalloc.get_object_traceback([]))


def make(count):
    kept = [bytes(1000) for _ in range(count)]
    return kept


tracemalloc.start(3)
first = tracemalloc.take_snapshot()
blocks = make(100)
second = tracemalloc.take_snapshot()
change = second.compare_to(first, 'lineno')[0]
print(change.traceback, change.size_diff > 100_000, change.size_diff < 120_000,
      100 <= change.count_diff <= 110)
print(change.size == change.size_diff, change.count == change.count_diff)
stat = second.statistics('lineno')[0]
print(str(stat).startswith('tracemalloc_module.py:20: size=10'), stat.traceback[0].lineno)
print(second.statistics('filename')[0].traceback[0])
deep = tracemalloc.get_object_traceback(blocks[5])
print(len(deep), deep[0].lineno, deep[-1], [frame.lineno for frame in deep][1:])
print([line.strip() for line in deep.format()][-2:])
print([line.strip() for line in deep.format(most_recent_first=True)][:1], len(deep.format(1)))
print(tracemalloc.get_object_traceback(make).__class__.__name__)
current, peak = tracemalloc.get_traced_memory()
print(current > 100_000, peak >= current, tracemalloc.get_tracemalloc_memory() > 0)
del blocks
after, _ = tracemalloc.get_traced_memory()
print(current - after >= 100_000)
third = tracemalloc.take_snapshot()
back = third.compare_to(second, 'lineno')[0]
print(back.traceback, back.size_diff < -100_000, str(back)[:26] == 'tracemalloc_module.py:20: ')
tracemalloc.reset_peak()
current, peak = tracemalloc.get_traced_memory()
print(peak < 100_000)
only = second.filter_traces([tracemalloc.Filter(True, '*tracemalloc_module.py', 20)])
print({str(stat.traceback) for stat in only.statistics('lineno')})
others = second.filter_traces((tracemalloc.Filter(False, '*tracemalloc_module.py'),))
print(any('tracemalloc_module' in str(stat.traceback) for stat in others.statistics('lineno')))
print(len(second.filter_traces([tracemalloc.DomainFilter(True, 7)]).traces))
cumulative = second.statistics('lineno', cumulative=True)
print({stat.traceback[0].lineno for stat in cumulative if stat.size > 100_000} >= {20, 26})
for arguments in (('colour',), ('traceback', True)):
    try:
        second.statistics(*arguments)
    except ValueError as error:
        print(error)
trace = max(second.traces, key=lambda trace: trace.size)
print(trace.domain, trace.traceback[-1].lineno, trace == trace, len(second.traces) > 100)
frame = tracemalloc.Frame(('a.py', 3))
print(frame, repr(frame), frame < tracemalloc.Frame(('a.py', 4)), frame == tracemalloc.Frame(('a.py', 3)))
print(repr(tracemalloc.Traceback((('b.py', 2), ('a.py', 1)), 5)))
stat = tracemalloc.Statistic(tracemalloc.Traceback((('a.py', 1),)), 3000, 2)
print(stat, repr(stat))
print(tracemalloc.StatisticDiff(stat.traceback, 20480, 20000, 5, -1))
print(tracemalloc.StatisticDiff(stat.traceback, 0, -3 * 2 ** 20, 0, -1))
tracemalloc.clear_traces()
print(tracemalloc.get_traced_memory()[0] < 20_000)
tracemalloc.stop()
print(tracemalloc.is_tracing(), tracemalloc.get_traced_memory())
