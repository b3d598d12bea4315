"""pprint, difflib, shlex, fnmatch, getopt, graphlib, statistics, html, queue, threading on small input."""
import collections, dataclasses, difflib, fnmatch, getopt, graphlib, html, pprint, queue, shlex, statistics, types
@dataclasses.dataclass
class DC:
    name: str
    items: list
long = ['item %d' % i for i in range(12)]
for v in [long, tuple(long), {'k%d' % i: [i] * i for i in range(9)}, set(long), frozenset(long), 'word ' * 30, b'octets' * 20, bytearray(b'x' * 90), collections.OrderedDict(enumerate(long)), collections.defaultdict(list, a=long), collections.Counter(a=3, b=2, c=1, **{w: 1 for w in long}), collections.deque(long, 20), types.SimpleNamespace(a=long, b=2), types.MappingProxyType({'a': long}), DC('n', long), collections.ChainMap({'a': long}, {}), [[[[1]]]], {'b': 1, 'a': 2}, 1234567, [long, {'x': long}]]:
    for kw in ({}, {'width': 40, 'compact': True}, {'indent': 4, 'depth': 2}, {'sort_dicts': False, 'underscore_numbers': True}):
        pprint.pprint(v, **kw)
r = [1]; r.append(r); print(pprint.isrecursive(r), pprint.isreadable(r), pprint.isreadable([1]))
a = 'one\ntwo\nthree\nfour\nfive\nsix\nseven\n'.splitlines(True); b = 'zero\none\ntree\nfour\nfive\nsix\n7\n'.splitlines(True)
for f in (difflib.ndiff, difflib.unified_diff, difflib.context_diff): print(''.join(f(a, b)))
print(difflib.get_close_matches('appel', ['ape', 'apple', 'peach', 'puppy'])); m = difflib.SequenceMatcher(None, 'private Thread currentThread;', 'private volatile Thread currentThread;'); print(m.ratio(), m.get_opcodes(), m.get_matching_blocks())
print(''.join(difflib.restore(difflib.ndiff(a, b), 1)) == ''.join(a))
for s in ["a 'b c' d\\ e", 'x "y\\"z" w', "a#b", 'a|b && c>d', "''", "'open"]:
    for posix in (True, False):
        try: print(shlex.split(s, posix=posix), list(shlex.shlex(s, posix=posix, punctuation_chars=True)))
        except ValueError as e: print(e)
print(shlex.join(['a b', "it's", '', 'ok']))
for p in ('*.py', 'a?[b-d]*', '[!x]', '[]', '**a*', 'a[z-a]'): print(fnmatch.translate(p), fnmatch.filter(['x.py', 'abc', 'y', 'aa', 'a'], p))
for args in (['-a', '1', 'x', '-b'], ['--foo=3', '--ba'], ['--foo'], ['-z'], ['--bar=1'], ['-ab']):
    for f in (getopt.getopt, getopt.gnu_getopt):
        try: print(f(args, 'a:b', ['foo=', 'bar', 'baz']))
        except getopt.error as e: print(e, e.opt)
print(list(graphlib.TopologicalSorter({'d': 'bc', 'b': 'a', 'c': 'a'}).static_order()))
try: list(graphlib.TopologicalSorter({1: [2], 2: [1]}).static_order())
except graphlib.CycleError as e: print(e.args)
d = [1, 2, 2, 3.5, 9]
for f in ('mean', 'fmean', 'median', 'mode', 'variance', 'stdev', 'pstdev', 'quantiles', 'harmonic_mean', 'median_grouped'): print(f, getattr(statistics, f)(d))
try: statistics.mean([])
except statistics.StatisticsError as e: print(e)
print(html.escape('<a href="x">\'&'), html.unescape('&lt;&amp;&eacute;&#233;&#x41;&notit;&nope;&#0;&#x80;&copy 1'))
q = queue.PriorityQueue(2); q.put(3); q.put(1); print(q.full(), q.get(), q.qsize())
try: queue.Queue().get_nowait()
except queue.Empty: print('empty')
