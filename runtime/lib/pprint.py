"""Values in a form that is easy to read: one item a line where a value does not fit its line."""

import collections
import dataclasses
import sys
import types
from io import StringIO

__all__ = ["pprint", "pformat", "isreadable", "isrecursive", "saferepr", "PrettyPrinter", "pp"]


def pprint(object, stream=None, indent=1, width=80, depth=None, *, compact=False,
           sort_dicts=True, underscore_numbers=False):
    """Prints a value and a newline."""
    PrettyPrinter(stream=stream, indent=indent, width=width, depth=depth, compact=compact,
                  sort_dicts=sort_dicts, underscore_numbers=underscore_numbers).pprint(object)


def pformat(object, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True,
            underscore_numbers=False):
    """What pprint would print, without the newline at the end."""
    return PrettyPrinter(indent=indent, width=width, depth=depth, compact=compact,
                         sort_dicts=sort_dicts,
                         underscore_numbers=underscore_numbers).pformat(object)


def pp(object, *args, sort_dicts=False, **kwargs):
    """pprint that leaves the order of dicts."""
    pprint(object, *args, sort_dicts=sort_dicts, **kwargs)


def saferepr(object):
    """repr in which containers that hold themselves are marked."""
    return PrettyPrinter()._safe_repr(object, {}, None, 0)[0]


def isreadable(object):
    """Whether eval of the text would give the value back."""
    return PrettyPrinter()._safe_repr(object, {}, None, 0)[1]


def isrecursive(object):
    """Whether the value holds itself."""
    return PrettyPrinter()._safe_repr(object, {}, None, 0)[2]


class _Key:
    """Orders what has no order of its own by type name and address."""

    __slots__ = ['value']

    def __init__(self, value):
        self.value = value

    def __lt__(self, other):
        try:
            return self.value < other.value
        except TypeError:
            return ((str(type(self.value)), id(self.value))
                    < (str(type(other.value)), id(other.value)))


def _pair_key(pair):
    return _Key(pair[0]), _Key(pair[1])


def _recursion(obj):
    return "<Recursion on %s with id=%s>" % (type(obj).__name__, id(obj))


def _words(line):
    """Pieces of a line that each end with its white space."""
    pieces, start, at, size = [], 0, 0, len(line)
    while at < size:
        while at < size and not line[at].isspace():
            at += 1
        while at < size and line[at].isspace():
            at += 1
        pieces.append(line[start:at])
        start = at
    return pieces


class PrettyPrinter:
    """Prints values; indent is for each level, depth the levels to show, compact puts several items
    in a line."""

    def __init__(self, indent=1, width=80, depth=None, stream=None, *, compact=False,
                 sort_dicts=True, underscore_numbers=False):
        indent = int(indent)
        width = int(width)
        if indent < 0:
            raise ValueError('indent must be >= 0')
        if depth is not None and depth <= 0:
            raise ValueError('depth must be > 0')
        if not width:
            raise ValueError('width must be != 0')
        self._depth = depth
        self._indent_per_level = indent
        self._width = width
        self._stream = sys.stdout if stream is None else stream
        self._compact = bool(compact)
        self._sort_dicts = sort_dicts
        self._underscore_numbers = underscore_numbers

    def pprint(self, object):
        if self._stream is not None:
            self._format(object, self._stream, 0, 0, {}, 0)
            self._stream.write("\n")

    def pformat(self, object):
        text = StringIO()
        self._format(object, text, 0, 0, {}, 0)
        return text.getvalue()

    def isrecursive(self, object):
        return self.format(object, {}, 0, 0)[2]

    def isreadable(self, object):
        _, readable, recursive = self.format(object, {}, 0, 0)
        return readable and not recursive

    def format(self, object, context, maxlevels, level):
        """(text, readable, recursive); subclasses may give other text."""
        return self._safe_repr(object, context, maxlevels, level)

    def _repr(self, object, context, level):
        text, readable, recursive = self.format(object, context.copy(), self._depth, level)
        if not readable:
            self._readable = False
        if recursive:
            self._recursive = True
        return text

    # -- over several lines

    def _format(self, object, stream, indent, allowance, context, level):
        """Writes an object that begins at column indent; allowance: what must fit behind it."""
        key = id(object)
        if key in context:
            stream.write(_recursion(object))
            self._recursive = True
            self._readable = False
            return
        text = self._repr(object, context, level)
        if len(text) > self._width - indent - allowance:
            writer = self._dispatch.get(type(object).__repr__)
            if writer is None and self._is_plain_dataclass(object):
                writer = PrettyPrinter._pprint_dataclass
            if writer is not None:
                context[key] = 1
                writer(self, object, stream, indent, allowance, context, level + 1)
                del context[key]
                return
        stream.write(text)

    def _is_plain_dataclass(self, object):
        if not dataclasses.is_dataclass(object) or isinstance(object, type):
            return False
        if not object.__dataclass_params__.repr:
            return False
        # One that the decorator made is wrapped against recursion.
        made = getattr(type(object).__repr__, '__wrapped__', None)
        return made is not None and '__create_fn__' in made.__qualname__

    _dispatch = {}

    def _items_in(self, opening, items, closing, stream, indent, allowance, context, level):
        stream.write(opening)
        self._format_items(items, stream, indent, allowance + len(closing), context, level)
        stream.write(closing)

    def _format_items(self, items, stream, indent, allowance, context, level):
        indent += self._indent_per_level
        if self._indent_per_level > 1:
            stream.write((self._indent_per_level - 1) * ' ')
        line_break = ',\n' + ' ' * indent
        room = width = self._width - indent + 1
        separator = ''
        items = list(items)
        for i, item in enumerate(items):
            last = i == len(items) - 1
            if last:
                width -= allowance
                room -= allowance
            if self._compact:
                text = self._repr(item, context, level)
                needed = len(text) + 2
                if room < needed:
                    room = width
                    if separator:
                        separator = line_break
                if room >= needed:
                    room -= needed
                    stream.write(separator)
                    separator = ', '
                    stream.write(text)
                    continue
            stream.write(separator)
            separator = line_break
            self._format(item, stream, indent, allowance if last else 1, context, level)

    def _format_dict_items(self, items, stream, indent, allowance, context, level):
        indent += self._indent_per_level
        line_break = ',\n' + ' ' * indent
        last_index = len(items) - 1
        for i, (key, value) in enumerate(items):
            text = self._repr(key, context, level)
            stream.write(text + ': ')
            self._format(value, stream, indent + len(text) + 2,
                         allowance if i == last_index else 1, context, level)
            if i != last_index:
                stream.write(line_break)

    def _format_namespace_items(self, items, stream, indent, allowance, context, level):
        line_break = ',\n' + ' ' * indent
        last_index = len(items) - 1
        for i, (name, value) in enumerate(items):
            last = i == last_index
            stream.write('%s=' % name)
            if id(value) in context:
                stream.write("...")
            else:
                self._format(value, stream, indent + len(name) + 1, allowance if last else 1,
                             context, level)
            if not last:
                stream.write(line_break)

    def _pprint_dict(self, object, stream, indent, allowance, context, level):
        stream.write('{')
        if self._indent_per_level > 1:
            stream.write((self._indent_per_level - 1) * ' ')
        if object:
            items = sorted(object.items(), key=_pair_key) if self._sort_dicts else object.items()
            self._format_dict_items(list(items), stream, indent, allowance + 1, context, level)
        stream.write('}')
    _dispatch[dict.__repr__] = _pprint_dict

    def _pprint_ordered_dict(self, object, stream, indent, allowance, context, level):
        if not object:
            stream.write(repr(object))
            return
        name = type(object).__name__ + '('
        stream.write(name)
        self._format(list(object.items()), stream, indent + len(name), allowance + 1, context,
                     level)
        stream.write(')')
    _dispatch[collections.OrderedDict.__repr__] = _pprint_ordered_dict

    def _pprint_list(self, object, stream, indent, allowance, context, level):
        self._items_in('[', object, ']', stream, indent, allowance, context, level)
    _dispatch[list.__repr__] = _pprint_list

    def _pprint_tuple(self, object, stream, indent, allowance, context, level):
        self._items_in('(', object, ',)' if len(object) == 1 else ')', stream, indent, allowance,
                       context, level)
    _dispatch[tuple.__repr__] = _pprint_tuple

    def _pprint_set(self, object, stream, indent, allowance, context, level):
        if not object:
            stream.write(repr(object))
            return
        opening, closing = '{', '}'
        if type(object) is not set:
            name = type(object).__name__
            opening, closing = name + '({', '})'
            indent += len(name) + 1
        self._items_in(opening, sorted(object, key=_Key), closing, stream, indent, allowance,
                       context, level)
    _dispatch[set.__repr__] = _pprint_set
    _dispatch[frozenset.__repr__] = _pprint_set

    def _string_pieces(self, object, room, allowance):
        pieces, lines = [], object.splitlines(True)
        for i, line in enumerate(lines):
            text = repr(line)
            limit = room - allowance if i == len(lines) - 1 else room
            if len(text) <= limit:
                pieces.append(text)
                continue
            parts, current = _words(line), ''
            for k, part in enumerate(parts):
                longer = current + part
                limit = room
                if k == len(parts) - 1 and i == len(lines) - 1:
                    limit -= allowance
                if len(repr(longer)) > limit:
                    if current:
                        pieces.append(repr(current))
                    current = part
                else:
                    current = longer
            if current:
                pieces.append(repr(current))
        return pieces

    def _pprint_str(self, object, stream, indent, allowance, context, level):
        if not object:
            stream.write(repr(object))
            return
        if level == 1:
            indent += 1
            allowance += 1
        pieces = self._string_pieces(object, self._width - indent, allowance)
        if len(pieces) == 1:
            stream.write(repr(object) if len(object.splitlines(True)) == 1 else pieces[0])
            return
        body = ('\n' + ' ' * indent).join(pieces)
        stream.write('(' + body + ')' if level == 1 else body)
    _dispatch[str.__repr__] = _pprint_str

    def _write_bytes(self, object, stream, indent, allowance):
        """The octets in pieces of up to 4 · n, one a line."""
        room, current = self._width - indent, b''
        last = len(object) // 4 * 4
        separator = ''
        for i in range(0, len(object), 4):
            part = object[i:i + 4]
            if i == last:
                room -= allowance
            if len(repr(current + part)) > room:
                if current:
                    stream.write(separator + repr(current))
                    separator = '\n' + ' ' * indent
                current = part
            else:
                current += part
        if current:
            stream.write(separator + repr(current))

    def _pprint_bytes(self, object, stream, indent, allowance, context, level):
        if len(object) <= 4:
            stream.write(repr(object))
        elif level == 1:
            stream.write('(')
            self._write_bytes(object, stream, indent + 1, allowance + 1)
            stream.write(')')
        else:
            self._write_bytes(object, stream, indent, allowance)
    _dispatch[bytes.__repr__] = _pprint_bytes

    def _pprint_bytearray(self, object, stream, indent, allowance, context, level):
        stream.write('bytearray(')
        self._pprint_bytes(bytes(object), stream, indent + 10, allowance + 1, context, level + 1)
        stream.write(')')
    _dispatch[bytearray.__repr__] = _pprint_bytearray

    def _pprint_mappingproxy(self, object, stream, indent, allowance, context, level):
        stream.write('mappingproxy(')
        self._format(object.copy(), stream, indent + 13, allowance + 1, context, level)
        stream.write(')')
    _dispatch[types.MappingProxyType.__repr__] = _pprint_mappingproxy

    def _pprint_simplenamespace(self, object, stream, indent, allowance, context, level):
        cls = type(object)
        name = 'namespace' if cls is types.SimpleNamespace else cls.__name__
        stream.write(name + '(')
        self._format_namespace_items(list(object.__dict__.items()), stream,
                                     indent + len(name) + 1, allowance, context, level)
        stream.write(')')
    _dispatch[types.SimpleNamespace.__repr__] = _pprint_simplenamespace

    def _pprint_dataclass(self, object, stream, indent, allowance, context, level):
        name = type(object).__name__
        items = [(field.name, getattr(object, field.name))
                 for field in dataclasses.fields(object) if field.repr]
        stream.write(name + '(')
        self._format_namespace_items(items, stream, indent + len(name) + 1, allowance, context,
                                     level)
        stream.write(')')

    def _pprint_default_dict(self, object, stream, indent, allowance, context, level):
        if not object:
            stream.write(repr(object))
            return
        factory = self._repr(object.default_factory, context, level)
        name = type(object).__name__
        indent += len(name) + 1
        stream.write('%s(%s,\n%s' % (name, factory, ' ' * indent))
        self._pprint_dict(object, stream, indent, allowance + 1, context, level)
        stream.write(')')
    _dispatch[collections.defaultdict.__repr__] = _pprint_default_dict

    def _pprint_counter(self, object, stream, indent, allowance, context, level):
        if not object:
            stream.write(repr(object))
            return
        name = type(object).__name__
        stream.write(name + '({')
        if self._indent_per_level > 1:
            stream.write((self._indent_per_level - 1) * ' ')
        self._format_dict_items(object.most_common(), stream, indent + len(name) + 1,
                                allowance + 2, context, level)
        stream.write('})')
    _dispatch[collections.Counter.__repr__] = _pprint_counter

    def _pprint_chain_map(self, object, stream, indent, allowance, context, level):
        if not object.maps:
            stream.write(repr(object))
            return
        name = type(object).__name__
        stream.write(name + '(')
        indent += len(name) + 1
        for i, inner in enumerate(object.maps):
            last = i == len(object.maps) - 1
            self._format(inner, stream, indent, allowance + 1 if last else 1, context, level)
            stream.write(')' if last else ',\n' + ' ' * indent)
    _dispatch[collections.ChainMap.__repr__] = _pprint_chain_map

    def _pprint_deque(self, object, stream, indent, allowance, context, level):
        if not object:
            stream.write(repr(object))
            return
        name = type(object).__name__
        stream.write(name + '([')
        indent += len(name) + 1
        if object.maxlen is None:
            self._format_items(object, stream, indent, allowance + 2, context, level)
            stream.write('])')
            return
        self._format_items(object, stream, indent, 2, context, level)
        limit = self._repr(object.maxlen, context, level)
        stream.write('],\n%smaxlen=%s)' % (' ' * indent, limit))
    _dispatch[collections.deque.__repr__] = _pprint_deque

    def _pprint_data(self, object, stream, indent, allowance, context, level):
        self._format(object.data, stream, indent, allowance, context, level - 1)
    _dispatch[collections.UserDict.__repr__] = _pprint_data
    _dispatch[collections.UserList.__repr__] = _pprint_data
    _dispatch[collections.UserString.__repr__] = _pprint_data

    # -- in one line

    def _safe_repr(self, object, context, maxlevels, level):
        """(text, readable, recursive)"""
        cls = type(object)
        if cls in _SCALARS:
            return repr(object), True, False
        method = getattr(cls, "__repr__", None)
        if issubclass(cls, int) and method is int.__repr__:
            return ('{:_d}'.format(object) if self._underscore_numbers else repr(object),
                    True, False)
        if issubclass(cls, dict) and method is dict.__repr__:
            return self._safe_dict(object, context, maxlevels, level)
        if (issubclass(cls, list) and method is list.__repr__
                or issubclass(cls, tuple) and method is tuple.__repr__):
            return self._safe_sequence(object, context, maxlevels, level)
        text = repr(object)
        return text, bool(text) and not text.startswith('<'), False

    def _safe_dict(self, object, context, maxlevels, level):
        if not object:
            return "{}", True, False
        key = id(object)
        if maxlevels and level >= maxlevels:
            return "{...}", False, key in context
        if key in context:
            return _recursion(object), False, True
        context[key] = 1
        readable, recursive, parts = True, False, []
        items = object.items()
        if self._sort_dicts:
            items = sorted(items, key=_pair_key)
        for pair in items:
            texts = []
            for one in pair:
                text, one_readable, one_recursive = self.format(one, context, maxlevels,
                                                                level + 1)
                texts.append(text)
                readable = readable and one_readable
                recursive = recursive or one_recursive
            parts.append(': '.join(texts))
        del context[key]
        return "{%s}" % ", ".join(parts), readable, recursive

    def _safe_sequence(self, object, context, maxlevels, level):
        is_list = issubclass(type(object), list)
        if not object:
            return "[]" if is_list else "()", True, False
        shape = "[%s]" if is_list else "(%s,)" if len(object) == 1 else "(%s)"
        key = id(object)
        if maxlevels and level >= maxlevels:
            return shape % "...", False, key in context
        if key in context:
            return _recursion(object), False, True
        context[key] = 1
        readable, recursive, parts = True, False, []
        for item in object:
            text, one_readable, one_recursive = self.format(item, context, maxlevels, level + 1)
            parts.append(text)
            readable = readable and one_readable
            recursive = recursive or one_recursive
        del context[key]
        return shape % ", ".join(parts), readable, recursive


_SCALARS = frozenset({str, bytes, bytearray, float, complex, bool, type(None)})
