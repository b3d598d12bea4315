"""Formatting of exceptions and stacks."""

import linecache
import sys
from itertools import islice

__all__ = ['extract_stack', 'extract_tb', 'format_exception', 'format_exception_only',
           'format_list', 'format_stack', 'format_tb', 'print_exc', 'format_exc',
           'print_exception', 'print_last', 'print_stack', 'print_tb', 'clear_frames',
           'FrameSummary', 'StackSummary', 'TracebackException', 'walk_stack', 'walk_tb']

_RECURSIVE_CUTOFF = 3
_CAUSE = ("\nThe above exception was the direct cause of the following exception:\n\n")
_CONTEXT = ("\nDuring handling of the above exception, another exception occurred:\n\n")
_missing = object()


# ---------------------------------------------------------------- marks below a source line

_OPERATORS = {'|': 1, '^': 2, '&': 3, '<<': 4, '>>': 4, '+': 5, '-': 5, '*': 6, '/': 6, '//': 6,
              '%': 6, '@': 6, '**': 8}


def _anchors(segment):
    """Where the operator of a binary operation, or the brackets of a subscript, are: (start, end)
    in the segment; None if it is no such expression."""
    depth = 0
    best = None             # (precedence, start, end)
    operand = False         # an operand stands to the left
    bracket = None          # (start, end) of the last bracket pair at depth 0 that follows an operand
    last_end = 0
    i = 0
    while i < len(segment):
        c = segment[i]
        if c in '\'"':
            quote = segment[i:i + 3] if segment[i:i + 3] in ("'''", '"""') else c
            i += len(quote)
            while i < len(segment) and not segment.startswith(quote, i):
                i += 2 if segment[i] == '\\' else 1
            i += len(quote)
            operand, last_end = True, i
            continue
        if c in '([{':
            if depth == 0:
                opened, follows = i, operand and c == '['
            depth += 1
            i += 1
            operand = False
            continue
        if c in ')]}':
            depth -= 1
            i += 1
            operand, last_end = True, i
            if depth == 0:
                bracket = (opened, i) if follows else None
            if depth < 0:
                return None
            continue
        if depth or c.isspace():
            if not c.isspace():
                operand = True
            i += 1
            continue
        if c.isalnum() or c in '_.':
            start = i
            while i < len(segment) and (segment[i].isalnum() or segment[i] in '_.'):
                i += 1
            if segment[start:i] in ('and', 'or', 'not', 'in', 'is', 'if', 'else', 'lambda',
                                    'await', 'yield'):
                return None
            operand, bracket, last_end = True, None, i
            continue
        pair = segment[i:i + 2]
        if pair in ('<=', '>=', '==', '!=', ':=') or c in '<>=!:,;' and pair not in _OPERATORS:
            return None
        symbol = pair if pair in _OPERATORS else c
        if symbol not in _OPERATORS:
            if symbol != '~':
                return None
            i += 1
            continue
        if operand:
            rank = _OPERATORS[symbol]
            if best is None or rank < best[0] or rank == best[0] and rank != 8:
                best = rank, i, i + len(symbol)
        i += len(symbol)
        operand = False
    if depth:
        return None
    if best is not None:
        return best[1], best[2]
    if bracket is not None and not segment[bracket[1]:].strip():
        return bracket
    return None


def _characters(line, byte_offset):
    return len(line.encode('utf-8')[:byte_offset].decode('utf-8', errors='replace'))


def _marks(summary):
    """The line of carets below a source line, or None."""
    original = summary._original_line
    stripped = original.strip()
    if summary.colno is None or summary.end_colno is None:
        return None
    # As CPython 3.11 counts: what was stripped on either side moves the marks to the left, and one
    # column, for the newline that the line normally ends with, to the right.
    indent = len(original) - len(stripped)
    start = _characters(original, summary.colno)
    anchors = None
    if summary.lineno == summary.end_lineno:
        end = _characters(original, summary.end_colno)
        anchors = _anchors(original[start:end])
    else:
        end = indent + len(stripped) - 1
    width = end - start
    if width >= len(stripped) and not anchors:
        return None
    if anchors:
        left, right = anchors
        marks = '~' * left + '^' * (right - left) + '~' * (width - right)
    else:
        marks = '^' * width
    return ' ' * (start + 1 - indent) + marks


# ---------------------------------------------------------------- frames and stacks

class FrameSummary:
    """One line of a stack: where, and the text of the line."""

    __slots__ = ('filename', 'lineno', 'end_lineno', 'colno', 'end_colno', 'name', '_line',
                 'locals')

    def __init__(self, filename, lineno, name, *, lookup_line=True, locals=None, line=None,
                 end_lineno=None, colno=None, end_colno=None):
        self.filename = filename
        self.lineno = lineno
        self.name = name
        self._line = line
        self.locals = {k: repr(v) for k, v in locals.items()} if locals else None
        self.end_lineno = end_lineno
        self.colno = colno
        self.end_colno = end_colno
        if lookup_line:
            self.line

    def _key(self):
        return self.filename, self.lineno, self.name, self.locals

    def __eq__(self, other):
        if isinstance(other, FrameSummary):
            return self._key() == other._key()
        if isinstance(other, tuple):
            return tuple(self) == other
        return NotImplemented

    def __getitem__(self, index):
        return (self.filename, self.lineno, self.name, self.line)[index]

    def __iter__(self):
        return iter((self.filename, self.lineno, self.name, self.line))

    def __repr__(self):
        return f"<FrameSummary file {self.filename}, line {self.lineno} in {self.name}>"

    def __len__(self):
        return 4

    @property
    def _original_line(self):
        self.line
        return self._line

    @property
    def line(self):
        if self._line is None:
            if self.lineno is None:
                return None
            self._line = linecache.getline(self.filename, self.lineno)
        return self._line.strip()


def walk_stack(f):
    """Pairs of frame and line number from a frame outwards."""
    if f is None:
        f = sys._getframe().f_back.f_back.f_back.f_back
    while f is not None:
        yield f, f.f_lineno
        f = f.f_back


def walk_tb(tb):
    """Pairs of frame and line number of a traceback."""
    while tb is not None:
        yield tb.tb_frame, tb.tb_lineno
        tb = tb.tb_next


def _positions(code, lasti):
    if lasti < 0:
        return None, None, None, None
    return next(islice(code.co_positions(), lasti, None), (None, None, None, None))


def _walk_tb_positions(tb):
    while tb is not None:
        found = _positions(tb.tb_frame.f_code, tb.tb_lasti)
        yield tb.tb_frame, (tb.tb_lineno, *found[1:]) if found[0] is not None else (
            tb.tb_lineno, None, None, None)
        tb = tb.tb_next


class StackSummary(list):
    """A list of FrameSummary objects."""

    @classmethod
    def extract(cls, frame_gen, *, limit=None, lookup_lines=True, capture_locals=False):
        pairs = ((f, (line, None, None, None)) for f, line in frame_gen)
        return cls._extract(pairs, limit, lookup_lines, capture_locals)

    @classmethod
    def _extract(cls, frames, limit=None, lookup_lines=True, capture_locals=False):
        if limit is None:
            limit = getattr(sys, 'tracebacklimit', None)
            if limit is not None and limit < 0:
                limit = 0
        if limit is not None:
            frames = islice(frames, limit) if limit >= 0 else list(frames)[limit:]
        result = cls()
        names = set()
        for f, (lineno, end_lineno, colno, end_colno) in frames:
            code = f.f_code
            names.add(code.co_filename)
            linecache.lazycache(code.co_filename, f.f_globals)
            result.append(FrameSummary(
                code.co_filename, lineno, code.co_name, lookup_line=False,
                locals=f.f_locals if capture_locals else None,
                end_lineno=end_lineno, colno=colno, end_colno=end_colno))
        for name in names:
            linecache.checkcache(name)
        if lookup_lines:
            for summary in result:
                summary.line
        return result

    @classmethod
    def from_list(cls, a_list):
        result = cls()
        for frame in a_list:
            if not isinstance(frame, FrameSummary):
                filename, lineno, name, line = frame
                frame = FrameSummary(filename, lineno, name, line=line)
            result.append(frame)
        return result

    def format_frame_summary(self, frame_summary):
        rows = [f'  File "{frame_summary.filename}", line {frame_summary.lineno}, '
                f'in {frame_summary.name}\n']
        if frame_summary.line:
            rows.append(f'    {frame_summary.line.strip()}\n')
            marks = _marks(frame_summary)
            if marks is not None:
                rows.append(f'    {marks}\n')
        if frame_summary.locals:
            for name, value in sorted(frame_summary.locals.items()):
                rows.append(f'    {name} = {value}\n')
        return ''.join(rows)

    def format(self):
        """A list of texts; long runs of the same line are cut short."""
        result = []
        last = None
        count = 0

        def repeated():
            more = count - _RECURSIVE_CUTOFF
            if more > 0:
                result.append(f'  [Previous line repeated {more} more '
                              f'time{"s" if more > 1 else ""}]\n')
        for summary in self:
            text = self.format_frame_summary(summary)
            if text is None:
                continue
            key = summary.filename, summary.lineno, summary.name
            if key != last:
                repeated()
                last, count = key, 0
            count += 1
            if count <= _RECURSIVE_CUTOFF:
                result.append(text)
        repeated()
        return result


# ---------------------------------------------------------------- exceptions

def _safe_string(value, what, func=str):
    try:
        return func(value)
    except Exception:
        return f'<{what} {func.__name__}() failed>'


def _final_line(name, value):
    text = _safe_string(value, 'exception')
    if value is None or not text:
        return f"{name}\n"
    return f"{name}: {text}\n"


class _Indented:
    """How deep in exception groups a text stands."""

    def __init__(self):
        self.seen = set()
        self.group_depth = 0
        self.need_close = False

    def indent(self):
        return ' ' * (2 * self.group_depth)

    def emit(self, texts, margin=None):
        if margin is None:
            margin = '|' if self.group_depth else None
        prefix = self.indent() + (margin + ' ' if margin else '')
        if isinstance(texts, str):
            texts = [texts]
        for text in texts:
            yield ''.join(prefix + line for line in text.splitlines(keepends=True))


class TracebackException:
    """An exception ready to be printed, holding no reference to it."""

    def __init__(self, exc_type, exc_value, exc_traceback, *, limit=None, lookup_lines=True,
                 capture_locals=False, compact=False, max_group_width=15, max_group_depth=10,
                 _seen=None):
        nested = _seen is not None
        _seen = _seen or set()
        _seen.add(id(exc_value))
        self.max_group_width = max_group_width
        self.max_group_depth = max_group_depth
        self.stack = StackSummary._extract(
            _walk_tb_positions(exc_traceback), limit=limit, lookup_lines=lookup_lines,
            capture_locals=capture_locals)
        self.exc_type = exc_type
        self._str = _safe_string(exc_value, 'exception')
        self.__notes__ = getattr(exc_value, '__notes__', None)
        if exc_type and issubclass(exc_type, SyntaxError):
            self.filename = exc_value.filename
            lineno, end_lineno = exc_value.lineno, exc_value.end_lineno
            self.lineno = None if lineno is None else str(lineno)
            self.end_lineno = None if end_lineno is None else str(end_lineno)
            self.text = exc_value.text
            self.offset = exc_value.offset
            self.end_offset = exc_value.end_offset
            self.msg = exc_value.msg
        self.__suppress_context__ = exc_value.__suppress_context__ if exc_value is not None else False
        options = dict(limit=limit, lookup_lines=lookup_lines, capture_locals=capture_locals,
                       max_group_width=max_group_width, max_group_depth=max_group_depth)

        def follow(error):
            if error is None or id(error) in _seen:
                return None
            return TracebackException(type(error), error, error.__traceback__, _seen=_seen,
                                      **options)
        self.__cause__ = self.__context__ = self.exceptions = None
        if exc_value is not None:
            self.__cause__ = follow(exc_value.__cause__)
            needed = not compact or self.__cause__ is None and not exc_value.__suppress_context__
            if needed:
                self.__context__ = follow(exc_value.__context__)
            if isinstance(exc_value, BaseExceptionGroup):
                self.exceptions = [
                    TracebackException(type(e), e, e.__traceback__, _seen=_seen, **options)
                    for e in exc_value.exceptions]

    @classmethod
    def from_exception(cls, exc, *args, **kwargs):
        return cls(type(exc), exc, exc.__traceback__, *args, **kwargs)

    def _load_lines(self):
        for frame in self.stack:
            frame.line

    def __eq__(self, other):
        if isinstance(other, TracebackException):
            return self.__dict__ == other.__dict__
        return NotImplemented

    def __str__(self):
        return self._str

    def format_exception_only(self):
        """The lines that name the exception, notes included."""
        if self.exc_type is None:
            yield _final_line(None, self._str)
            return
        name = self.exc_type.__qualname__
        module = self.exc_type.__module__
        if module not in ("__main__", "builtins"):
            name = (module if isinstance(module, str) else "<unknown>") + '.' + name
        if issubclass(self.exc_type, SyntaxError):
            yield from self._format_syntax_error(name)
        else:
            yield _final_line(name, self._str)
        notes = self.__notes__
        if isinstance(notes, (list, tuple)):
            for note in notes:
                note = _safe_string(note, 'note')
                yield from [line + '\n' for line in note.split('\n')]
        elif notes is not None:
            yield f"{_safe_string(notes, '__notes__', func=repr)}\n"

    def _format_syntax_error(self, name):
        suffix = ''
        if self.lineno is not None:
            yield f'  File "{self.filename or "<string>"}", line {self.lineno}\n'
        elif self.filename is not None:
            suffix = f' ({self.filename})'
        text = self.text
        if text is not None:
            shown = text.rstrip('\n').lstrip(' \n\f')
            spaces = len(text.rstrip('\n')) - len(shown)
            yield f'    {shown}\n'
            if self.offset is not None:
                offset = self.offset
                end = self.end_offset if self.end_offset not in (None, 0) else offset
                if self.end_lineno is not None and self.end_lineno != self.lineno:
                    end = len(text.rstrip('\n')) + 1
                if offset == end or end == -1:
                    end = offset + 1
                column = offset - 1 - spaces
                if column >= 0:
                    blank = ''.join(c if c.isspace() else ' ' for c in shown[:column])
                    yield f'    {blank}{"^" * (end - 1 - spaces - column)}\n'
        yield f"{name}: {self.msg or '<no detail available>'}{suffix}\n"

    def format(self, *, chain=True, _ctx=None):
        """The whole text in pieces: causes and contexts first."""
        if _ctx is None:
            _ctx = _Indented()
        order = []
        error = self
        while error is not None:
            if not chain:
                order.append((None, error))
                break
            if error.__cause__ is not None:
                order.append((_CAUSE, error))
                error = error.__cause__
            elif error.__context__ is not None and not error.__suppress_context__:
                order.append((_CONTEXT, error))
                error = error.__context__
            else:
                order.append((None, error))
                error = None
        for message, error in reversed(order):
            if message is not None:
                yield from _ctx.emit(message)
            if error.exceptions is None:
                if error.stack:
                    yield from _ctx.emit('Traceback (most recent call last):\n')
                    yield from _ctx.emit(error.stack.format())
                yield from _ctx.emit(error.format_exception_only())
            elif _ctx.group_depth > self.max_group_depth:
                yield from _ctx.emit(f"... (max_group_depth is {self.max_group_depth})\n")
            else:
                yield from error._format_group(_ctx)

    def _format_group(self, _ctx):
        outermost = _ctx.group_depth == 0
        if outermost:
            _ctx.group_depth += 1
        if self.stack:
            yield from _ctx.emit('Exception Group Traceback (most recent call last):\n',
                                 margin='+' if outermost else None)
            yield from _ctx.emit(self.stack.format())
        yield from _ctx.emit(self.format_exception_only())
        count = len(self.exceptions)
        shown = min(count, self.max_group_width)
        pieces = shown if count <= self.max_group_width else shown + 1
        _ctx.need_close = False
        for i in range(pieces):
            last = i == pieces - 1
            if last:
                _ctx.need_close = True
            truncated = i >= self.max_group_width
            title = '...' if truncated else str(i + 1)
            edge = '+-' if i == 0 else '  '
            yield f'{_ctx.indent()}{edge}+---------------- {title} ----------------\n'
            _ctx.group_depth += 1
            if truncated:
                more = count - self.max_group_width
                yield from _ctx.emit(f"and {more} more exception{'s' if more > 1 else ''}\n")
            else:
                yield from self.exceptions[i].format(_ctx=_ctx)
            if last and _ctx.need_close:
                yield f'{_ctx.indent()}+------------------------------------\n'
                _ctx.need_close = False
            _ctx.group_depth -= 1
        if outermost:
            _ctx.group_depth = 0

    def print(self, *, file=None, chain=True):
        if file is None:
            file = sys.stderr
        for line in self.format(chain=chain):
            print(line, file=file, end="")


# ---------------------------------------------------------------- functions

def _parse(exc, value, tb):
    if (value is _missing) != (tb is _missing):
        raise ValueError("Both or neither of value and tb must be given")
    if value is _missing:
        if exc is not None:
            if isinstance(exc, BaseException):
                return exc, exc.__traceback__
            raise TypeError(f'Exception expected for value, {type(exc).__name__} found')
        return None, None
    return value, tb


def print_exception(exc, /, value=_missing, tb=_missing, limit=None, file=None, chain=True):
    value, tb = _parse(exc, value, tb)
    TracebackException(type(value), value, tb, limit=limit, compact=True).print(
        file=file, chain=chain)


def format_exception(exc, /, value=_missing, tb=_missing, limit=None, chain=True):
    value, tb = _parse(exc, value, tb)
    return list(TracebackException(type(value), value, tb, limit=limit, compact=True).format(
        chain=chain))


def format_exception_only(exc, /, value=_missing):
    if value is _missing:
        value = exc
    return list(TracebackException(type(value), value, None, compact=True).format_exception_only())


def print_exc(limit=None, file=None, chain=True):
    print_exception(*sys.exc_info(), limit=limit, file=file, chain=chain)


def format_exc(limit=None, chain=True):
    return ''.join(format_exception(*sys.exc_info(), limit=limit, chain=chain))


def print_last(limit=None, file=None, chain=True):
    if not hasattr(sys, "last_type"):
        raise ValueError("no last exception")
    print_exception(sys.last_type, sys.last_value, sys.last_traceback, limit, file, chain)


def print_list(extracted_list, file=None):
    for item in StackSummary.from_list(extracted_list).format():
        print(item, file=file or sys.stderr, end="")


def format_list(extracted_list):
    return StackSummary.from_list(extracted_list).format()


def print_tb(tb, limit=None, file=None):
    print_list(extract_tb(tb, limit=limit), file=file)


def format_tb(tb, limit=None):
    return extract_tb(tb, limit=limit).format()


def extract_tb(tb, limit=None):
    return StackSummary._extract(_walk_tb_positions(tb), limit=limit)


def print_stack(f=None, limit=None, file=None):
    if f is None:
        f = sys._getframe().f_back
    print_list(extract_stack(f, limit=limit), file=file)


def format_stack(f=None, limit=None):
    if f is None:
        f = sys._getframe().f_back
    return format_list(extract_stack(f, limit=limit))


def extract_stack(f=None, limit=None):
    if f is None:
        f = sys._getframe().f_back
    stack = StackSummary.extract(walk_stack(f), limit=limit)
    stack.reverse()
    return stack


def clear_frames(tb):
    """Drops the local variables of all frames of a traceback."""
    while tb is not None:
        try:
            tb.tb_frame.clear()
        except RuntimeError:
            pass
        tb = tb.tb_next
