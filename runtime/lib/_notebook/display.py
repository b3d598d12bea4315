"""The text/plain form that Jupyter shows of a value: readable, wrapped at 79 columns.

A layout is a str, or a _Group of layouts between two brackets that goes on one line if it fits and
else has one item a line, indented behind the bracket.
"""

import types

_WIDTH = 79
_LONGEST = 1000     # items shown of a sequence


class _Group:
    """open item, item … close"""

    def __init__(self, opening, closing):
        self.opening = opening
        self.closing = closing
        self.items = []


def _flat(layout):
    """The layout on one line."""
    if isinstance(layout, str):
        return layout
    if isinstance(layout, tuple):
        return ''.join(map(_flat, layout))
    return layout.opening + ', '.join(map(_flat, layout.items)) + layout.closing


def _write(layout, column, behind, out):
    """Appends text to out; column: where it starts; behind: columns needed after it."""
    if isinstance(layout, tuple):
        for index, part in enumerate(layout):
            rest = sum(len(_flat(more)) for more in layout[index + 1:] if isinstance(more, str))
            column = _write(part, column, rest + behind, out)
        return column
    text = _flat(layout)
    if isinstance(layout, str) or not layout.items or (
            '\n' not in text and column + len(text) + behind <= _WIDTH):
        out.append(text)
        line = text.rpartition('\n')
        return len(line[2]) if line[1] else column + len(text)
    out.append(layout.opening)
    start = column + len(layout.opening)
    last = len(layout.items) - 1
    for index, item in enumerate(layout.items):
        end = _write(item, start, 1 if index < last else len(layout.closing) + behind, out)
        if index < last:
            out.append(',\n' + ' ' * start)
    out.append(layout.closing)
    return end + len(layout.closing)


def _sorted(items):
    try:
        return sorted(items)
    except Exception:
        return list(items)


class _Builder:
    """Makes layouts of values; knows which containers it is inside of."""

    def __init__(self):
        self.inside = []

    def sequence(self, opening, items, closing):
        group = _Group(opening, closing)
        for item in items:
            if len(group.items) == _LONGEST:
                group.items.append('...')
                break
            group.items.append(self.layout(item))
        return group

    def mapping(self, opening, items, closing):
        group = _Group(opening, closing)
        for key, value in items:
            if len(group.items) == _LONGEST:
                group.items.append('...')
                break
            group.items.append((self.layout(key), ': ', self.layout(value)))
        return group

    def container(self, value, kind):
        if any(value is other for other in self.inside):
            return {list: '[...]', tuple: '(...)', dict: '{...}'}.get(kind, f'{kind.__name__}(...)')
        self.inside.append(value)
        try:
            if kind is list:
                return self.sequence('[', value, ']')
            if kind is tuple:
                return self.sequence('(', value, ',)' if len(value) == 1 else ')')
            if kind is dict:
                return self.mapping('{', value.items(), '}')
            if not value:
                return repr(value)
            if kind is set:
                return self.sequence('{', _sorted(value), '}')
            return self.sequence('frozenset({', _sorted(value), '})')
        finally:
            self.inside.pop()

    def known_class(self, value):
        """Classes of collections, by name: they are not imported for their sake."""
        kind = type(value)
        name = kind.__qualname__
        if kind.__module__ != 'collections' or any(value is other for other in self.inside):
            return None
        self.inside.append(value)
        try:
            if name == 'defaultdict':
                return (name + '(', self.layout(value.default_factory), ', ',
                        self.mapping('{', value.items(), '}'), ')')
            if name == 'deque':
                group = self.sequence(name + '([', value, '])')
                if value.maxlen is not None:
                    group.closing = f'], maxlen={value.maxlen})'
                return group
            if name == 'Counter' and value:
                return self.mapping(name + '({', value.most_common(), '})')
        finally:
            self.inside.pop()
        return None

    def type_name(self, kind):
        module = getattr(kind, '__module__', None)
        if module in (None, 'builtins', 'exceptions'):
            return kind.__qualname__
        return f'{module}.{kind.__qualname__}'

    def function(self, value):
        name = getattr(value, '__qualname__', value.__name__)
        module = getattr(value, '__module__', None)
        if module and module not in ('builtins', 'exceptions'):
            name = f'{module}.{name}'
        try:
            from inspect import signature
            name += str(signature(value))
        except (ValueError, TypeError, AttributeError):
            pass
        return f'<function {name}>'

    def layout(self, value):
        kind = type(value)
        show = kind.__repr__
        for base in (list, tuple, dict, set, frozenset):
            if isinstance(value, base) and show is base.__repr__:
                return self.container(value, base)
        if isinstance(value, type) and show is type.__repr__:
            return self.type_name(value)
        if kind in (types.FunctionType, types.BuiltinFunctionType):
            return self.function(value)
        known = self.known_class(value)
        if known is not None:
            return known
        if show is object.__repr__:
            return f'<{self.type_name(kind)} at {hex(id(value))}>'
        return repr(value)


def plain_text(value):
    """What Jupyter shows as text/plain."""
    own = getattr(type(value), '_repr_pretty_', None)
    if callable(own):
        printer = _Printer()
        own(value, printer, False)
        return ''.join(printer.parts)
    out = []
    _write(_Builder().layout(value), 0, 0, out)
    return ''.join(out)


class _Printer:
    """What a _repr_pretty_ method writes to."""

    def __init__(self):
        self.parts = []

    def text(self, text):
        self.parts.append(text)

    def breakable(self, separator=' '):
        self.parts.append(separator)

    def break_(self):
        self.parts.append('\n')

    def pretty(self, value):
        self.parts.append(plain_text(value))

    def begin_group(self, indent=0, opening=''):
        self.parts.append(opening)

    def end_group(self, dedent=0, closing=''):
        self.parts.append(closing)
