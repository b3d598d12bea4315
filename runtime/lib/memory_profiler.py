"""Memory by line, from the exact bytes of Ouro's heap.

    from memory_profiler import profile     and @profile above a function, or
    ouro -m memory_profiler FILE            where profile is a builtin

prints a table of each such function when the program (or the call) ends.
"""

import functools
import linecache
import os
import sys

import _profiler

__all__ = ['memory_usage', 'profile', 'LineProfiler', 'show_results']

_MIB = 2 ** 20
_ROW = '{0:>6} {1:>12} {2:>12}  {3:>10}   {4:<}'


def _mebibytes(size, precision):
    return f'{size / _MIB:{precision + 4}.{precision}f} MiB'


_active = None      # the LineProfiler that measures now


class LineProfiler:
    """Measures the functions that it wrapped while it is enabled."""

    def __init__(self, **options):
        self._codes = {}
        self._running = 0

    def __call__(self, function, precision=1):
        return self.wrap_function(function)

    def add_function(self, function):
        """Has the function measured."""
        code = getattr(getattr(function, '__wrapped__', function), '__code__', None)
        if code is not None:
            self._codes[id(code)] = code
            if self._running:
                _profiler.select(code)

    def wrap_function(self, function):
        """The function with measuring around each call."""
        self.add_function(function)

        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            self.enable()
            try:
                return function(*args, **kwargs)
            finally:
                self.disable()
        return wrapper

    def enable(self):
        """Begins to measure; nests."""
        global _active
        self._running += 1
        if self._running == 1:
            _profiler.start(True)
            _active = self
            for code in self._codes.values():
                _profiler.select(code)

    def disable(self):
        """Ends what enable() began."""
        global _active
        self._running -= 1
        if self._running == 0:
            _active = None
            _profiler.stop()

    def results(self):
        """{(file, first line): (lines of code, bytes at the call, calls, {line: (bytes after it,
        bytes grown, hits)})}"""
        found = {}
        for code, calls, _, _, _, entry, lines in _profiler.results():
            if not lines and not calls:
                continue
            rows = {line: (most, grown, hits) for line, hits, _, _, grown, most in lines}
            found[code.co_filename, code.co_firstlineno] = (code, entry, calls, rows)
        return found


def _last_line(code):
    lines = [line for _, _, line in code.co_lines() if line is not None]
    return max(lines, default=code.co_firstlineno)


def show_results(profiler, stream=None, precision=3):
    """Prints the tables of all measured functions."""
    stream = sys.stdout if stream is None else stream
    for (filename, first), (code, entry, calls, rows) in sorted(profiler.results().items()):
        stream.write(f'Filename: {filename}\n\n')
        stream.write(_ROW.format('Line #', 'Mem usage', 'Increment', 'Occurrences',
                                 'Line Contents') + '\n')
        last = max([_last_line(code), *rows])
        for line in range(first, last + 1):
            usage = increment = occurrences = ''
            if line in rows:
                most, grown, occurrences = rows[line]
                usage, increment = _mebibytes(most, precision), _mebibytes(grown, precision)
            elif line == first:
                usage = increment = _mebibytes(entry, precision)
                occurrences = calls
            text = linecache.getline(filename, line).rstrip('\n')
            stream.write(_ROW.format(line, usage, increment, occurrences, text).rstrip() + '\n')
        stream.write('\n\n')


def profile(func=None, stream=None, precision=1, backend='ouro'):
    """Decorator: prints the function's table after every call."""
    if func is None:
        return lambda function: profile(function, stream, precision, backend)

    @functools.wraps(func)
    def wrapper(*args, **kwargs):
        if _active is not None:
            # the table comes with those of the function that is measured around this one
            _active.add_function(func)
            return func(*args, **kwargs)
        profiler = LineProfiler()
        try:
            return profiler.wrap_function(func)(*args, **kwargs)
        finally:
            show_results(profiler, stream, precision)
    return wrapper


def memory_usage(proc=-1, interval=.1, timeout=None, timestamps=False, include_children=False,
                 multiprocess=False, max_usage=False, retval=False, stream=None, backend=None,
                 max_iterations=None):
    """MiB in use: a list with one figure now, or for (function, args, keywords) those before and
    after it and the largest at any of its lines."""
    if not isinstance(proc, (tuple, list)):
        usage = [_profiler.bytes() / _MIB]
        return max(usage) if max_usage else usage
    function, args, keywords = (*proc, *((), {})[len(proc) - 1:])
    if _active is not None:
        raise RuntimeError('memory_usage() inside of a measured function')
    before = _profiler.bytes()
    _profiler.start()
    try:
        result = function(*args, **keywords)
    finally:
        _profiler.stop()
    usage = [size / _MIB for size in (before, _profiler.most(), _profiler.bytes())]
    if max_usage:
        usage = max(usage)
    return (usage, result) if retval else usage


def _main():
    import builtins
    arguments = sys.argv[1:]
    precision = 3
    output = None
    while arguments and arguments[0].startswith('-'):
        option = arguments.pop(0)
        if option == '--precision' and arguments:
            precision = int(arguments.pop(0))
        elif option == '-o' and arguments:
            output = arguments.pop(0)
        else:
            print(f'usage: python -m memory_profiler [--precision N] [-o OUTPUT] FILE [ARG...]\n'
                  f'unknown option {option}', file=sys.stderr)
            return 2
    if not arguments:
        print('usage: python -m memory_profiler [--precision N] [-o OUTPUT] FILE [ARG...]',
              file=sys.stderr)
        return 2
    sys.argv[:] = arguments
    path = arguments[0]
    profiler = LineProfiler()
    builtins.profile = profiler
    sys.path[0] = os.path.dirname(os.path.abspath(path))
    try:
        with open(path, 'rb') as file:
            code = compile(file.read(), path, 'exec')
    except OSError as error:
        print(f"can't open file '{path}': {error.strerror}", file=sys.stderr)
        return 2
    main = sys.modules['__main__'].__dict__
    namespace = {key: main[key] for key in ('__name__', '__builtins__')}
    main.clear()
    main.update(namespace, __file__=path)
    profiler.enable()
    try:
        exec(code, main)
    finally:
        profiler.disable()
        if output is None:
            show_results(profiler, precision=precision)
        else:
            with open(output, 'w', encoding='utf-8') as stream:
                show_results(profiler, stream, precision)
    return 0


if __name__ == '__main__':
    from memory_profiler import _main
    sys.exit(_main())
