"""Where memory in use was allocated: traces of blocks, snapshots, statistics."""

import fnmatch
import linecache
import os.path
import pickle
from collections.abc import Iterable, Sequence
from functools import total_ordering

from _tracemalloc import (_get_object_traceback, _get_traces, clear_traces, get_traceback_limit,
                          get_traced_memory, get_tracemalloc_memory, is_tracing, reset_peak, start,
                          stop)


def _format_size(size, sign):
    for unit in ('B', 'KiB', 'MiB', 'GiB', 'TiB'):
        if abs(size) < 100 and unit != 'B':
            return f'{size:+.1f} {unit}' if sign else f'{size:.1f} {unit}'
        if abs(size) < 10 * 1024 or unit == 'TiB':
            return f'{size:+.0f} {unit}' if sign else f'{size:.0f} {unit}'
        size /= 1024


class Statistic:
    """Bytes and blocks with one traceback."""

    __slots__ = ('traceback', 'size', 'count')

    def __init__(self, traceback, size, count):
        self.traceback = traceback
        self.size = size
        self.count = count

    def __hash__(self):
        return hash((self.traceback, self.size, self.count))

    def __eq__(self, other):
        if not isinstance(other, Statistic):
            return NotImplemented
        return (self.traceback, self.size, self.count) == (
            other.traceback, other.size, other.count)

    def __str__(self):
        text = f'{self.traceback}: size={_format_size(self.size, False)}, count={self.count}'
        if self.count:
            text += f', average={_format_size(self.size / self.count, False)}'
        return text

    def __repr__(self):
        return f'<Statistic traceback={self.traceback!r} size={self.size} count={self.count}>'

    def _sort_key(self):
        return (self.size, self.count, self.traceback)


class StatisticDiff:
    """How bytes and blocks with one traceback changed."""

    __slots__ = ('traceback', 'size', 'size_diff', 'count', 'count_diff')

    def __init__(self, traceback, size, size_diff, count, count_diff):
        self.traceback = traceback
        self.size = size
        self.size_diff = size_diff
        self.count = count
        self.count_diff = count_diff

    def _values(self):
        return (self.traceback, self.size, self.size_diff, self.count, self.count_diff)

    def __hash__(self):
        return hash(self._values())

    def __eq__(self, other):
        if not isinstance(other, StatisticDiff):
            return NotImplemented
        return self._values() == other._values()

    def __str__(self):
        text = (f'{self.traceback}: size={_format_size(self.size, False)} '
                f'({_format_size(self.size_diff, True)}), count={self.count} '
                f'({self.count_diff:+d})')
        if self.count:
            text += f', average={_format_size(self.size / self.count, False)}'
        return text

    def __repr__(self):
        return (f'<StatisticDiff traceback={self.traceback!r} size={self.size} '
                f'({self.size_diff:+d}) count={self.count} ({self.count_diff:+d})>')

    def _sort_key(self):
        return (abs(self.size_diff), self.size, abs(self.count_diff), self.count, self.traceback)


def _differences(old, new):
    """StatisticDiffs of two dicts traceback -> Statistic."""
    result = []
    for traceback, stat in new.items():
        before = old.get(traceback)
        size, count = (before.size, before.count) if before is not None else (0, 0)
        result.append(StatisticDiff(traceback, stat.size, stat.size - size, stat.count,
                                    stat.count - count))
    for traceback, stat in old.items():
        if traceback not in new:
            result.append(StatisticDiff(traceback, 0, -stat.size, 0, -stat.count))
    return result


@total_ordering
class Frame:
    """A file name and a line."""

    __slots__ = ('_frame',)

    def __init__(self, frame):
        self._frame = frame

    filename = property(lambda self: self._frame[0])
    lineno = property(lambda self: self._frame[1])

    def __eq__(self, other):
        return self._frame == other._frame if isinstance(other, Frame) else NotImplemented

    def __lt__(self, other):
        return self._frame < other._frame if isinstance(other, Frame) else NotImplemented

    def __hash__(self):
        return hash(self._frame)

    def __str__(self):
        return f'{self.filename}:{self.lineno}'

    def __repr__(self):
        return f'<Frame filename={self.filename!r} lineno={self.lineno!r}>'


@total_ordering
class Traceback(Sequence):
    """Frames, the innermost last."""

    __slots__ = ('_frames', '_total_nframe')

    def __init__(self, frames, total_nframe=None):
        # frames come innermost first
        self._frames = tuple(reversed(frames))
        self._total_nframe = total_nframe

    total_nframe = property(lambda self: self._total_nframe)

    def __len__(self):
        return len(self._frames)

    def __getitem__(self, index):
        if isinstance(index, slice):
            return tuple(Frame(frame) for frame in self._frames[index])
        return Frame(self._frames[index])

    def __contains__(self, frame):
        return frame._frame in self._frames

    def __hash__(self):
        return hash(self._frames)

    def __eq__(self, other):
        return self._frames == other._frames if isinstance(other, Traceback) else NotImplemented

    def __lt__(self, other):
        return self._frames < other._frames if isinstance(other, Traceback) else NotImplemented

    def __str__(self):
        return str(self[0])

    def __repr__(self):
        text = f'<Traceback {tuple(self)}'
        if self._total_nframe is not None:
            text += f' total_nframe={self._total_nframe}'
        return text + '>'

    def format(self, limit=None, most_recent_first=False):
        """Lines as a traceback shows them; a negative limit keeps the outermost frames."""
        lines = []
        frames = self
        if limit is not None:
            frames = self[-limit:] if limit > 0 else self[:limit]
        for frame in reversed(frames) if most_recent_first else frames:
            lines.append(f'  File "{frame.filename}", line {frame.lineno}')
            source = linecache.getline(frame.filename, frame.lineno).strip()
            if source:
                lines.append(f'    {source}')
        return lines


def get_object_traceback(obj):
    """Where the object was allocated, or None."""
    frames = _get_object_traceback(obj)
    return None if frames is None else Traceback(frames)


class Trace:
    """One block of memory."""

    __slots__ = ('_trace',)

    def __init__(self, trace):
        self._trace = trace

    domain = property(lambda self: self._trace[0])
    size = property(lambda self: self._trace[1])
    traceback = property(lambda self: Traceback(*self._trace[2:]))

    def __eq__(self, other):
        return self._trace == other._trace if isinstance(other, Trace) else NotImplemented

    def __hash__(self):
        return hash(self._trace)

    def __str__(self):
        return f'{self.traceback}: {_format_size(self.size, False)}'

    def __repr__(self):
        return (f'<Trace domain={self.domain} size={_format_size(self.size, False)}, '
                f'traceback={self.traceback!r}>')


class _Traces(Sequence):
    def __init__(self, traces):
        self._traces = tuple(traces)

    def __len__(self):
        return len(self._traces)

    def __getitem__(self, index):
        if isinstance(index, slice):
            return tuple(Trace(trace) for trace in self._traces[index])
        return Trace(self._traces[index])

    def __contains__(self, trace):
        return trace._trace in self._traces

    def __eq__(self, other):
        return self._traces == other._traces if isinstance(other, _Traces) else NotImplemented

    def __repr__(self):
        return f'<Traces len={len(self)}>'


def _normalize_filename(filename):
    filename = os.path.normcase(filename)
    return filename[:-1] if filename.endswith('.pyc') else filename


class BaseFilter:
    """Which traces a snapshot keeps."""

    def __init__(self, inclusive):
        self.inclusive = inclusive

    def _match(self, trace):
        raise NotImplementedError


class Filter(BaseFilter):
    """Keeps or drops traces by file name and line."""

    def __init__(self, inclusive, filename_pattern, lineno=None, all_frames=False, domain=None):
        super().__init__(inclusive)
        self.inclusive = inclusive
        self._filename_pattern = _normalize_filename(filename_pattern)
        self.lineno = lineno
        self.all_frames = all_frames
        self.domain = domain

    filename_pattern = property(lambda self: self._filename_pattern)

    def _is_place(self, filename, lineno):
        return fnmatch.fnmatch(_normalize_filename(filename), self._filename_pattern) and (
            self.lineno is None or lineno == self.lineno)

    def _match_frame(self, filename, lineno):
        return self._is_place(filename, lineno) == bool(self.inclusive)

    def _match_traceback(self, traceback):
        frames = traceback if self.all_frames else traceback[:1]
        return any(self._is_place(*frame) for frame in frames) == bool(self.inclusive)

    def _match(self, trace):
        domain, _, traceback, _ = trace
        result = self._match_traceback(traceback)
        if self.domain is not None:
            if self.inclusive:
                return result and domain == self.domain
            return result or domain != self.domain
        return result


class DomainFilter(BaseFilter):
    """Keeps or drops traces by domain; all of Ouro's memory is in domain 0."""

    def __init__(self, inclusive, domain):
        super().__init__(inclusive)
        self._domain = domain

    domain = property(lambda self: self._domain)

    def _match(self, trace):
        return (trace[0] == self._domain) == bool(self.inclusive)


class Snapshot:
    """The traces of one moment."""

    def __init__(self, traces, traceback_limit):
        self.traces = _Traces(traces)
        self.traceback_limit = traceback_limit

    def dump(self, filename):
        """Writes the snapshot to a file."""
        with open(filename, 'wb') as file:
            pickle.dump(self, file, pickle.HIGHEST_PROTOCOL)

    @staticmethod
    def load(filename):
        """Reads a snapshot that dump() wrote."""
        with open(filename, 'rb') as file:
            return pickle.load(file)

    def filter_traces(self, filters):
        """A snapshot of the traces that an inclusive and all exclusive filters let through."""
        if not isinstance(filters, Iterable):
            raise TypeError(f'filters must be a list of filters, not {type(filters).__name__}')
        if not filters:
            return Snapshot(self.traces._traces, self.traceback_limit)
        keep = [each for each in filters if each.inclusive]
        drop = [each for each in filters if not each.inclusive]
        traces = [trace for trace in self.traces._traces
                  if (not keep or any(each._match(trace) for each in keep))
                  and all(each._match(trace) for each in drop)]
        return Snapshot(traces, self.traceback_limit)

    def _group_by(self, key_type, cumulative):
        if key_type not in ('traceback', 'filename', 'lineno'):
            raise ValueError(f'unknown key_type: {key_type!r}')
        if cumulative and key_type not in ('lineno', 'filename'):
            raise ValueError(f'cumulative mode cannot by used with key type {key_type!r}')
        groups = {}
        known = {}
        for _, size, frames, total in self.traces._traces:
            keys = known.get((frames, total))
            if keys is None:
                if key_type == 'traceback':
                    keys = [Traceback(frames, total)]
                else:
                    chosen = frames if cumulative else frames[:1]
                    if key_type == 'filename':
                        chosen = [(filename, 0) for filename, _ in chosen]
                    keys = [Traceback((frame,)) for frame in dict.fromkeys(chosen)]
                known[frames, total] = keys
            for key in keys:
                stat = groups.get(key)
                if stat is None:
                    groups[key] = Statistic(key, size, 1)
                else:
                    stat.size += size
                    stat.count += 1
        return groups

    def statistics(self, key_type, cumulative=False):
        """Statistics by 'filename', 'lineno' or 'traceback', the largest first."""
        stats = list(self._group_by(key_type, cumulative).values())
        stats.sort(reverse=True, key=Statistic._sort_key)
        return stats

    def compare_to(self, old_snapshot, key_type, cumulative=False):
        """What changed since an older snapshot, the largest change first."""
        stats = _differences(old_snapshot._group_by(key_type, cumulative),
                             self._group_by(key_type, cumulative))
        stats.sort(reverse=True, key=StatisticDiff._sort_key)
        return stats


def take_snapshot():
    """A Snapshot of all blocks traced now."""
    if not is_tracing():
        raise RuntimeError('the tracemalloc module must be tracing memory allocations to take a '
                           'snapshot')
    return Snapshot(_get_traces(), get_traceback_limit())
