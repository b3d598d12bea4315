"""Unpickler in Python, to be read and subclassed down to its methods; the one in C is used by default."""

import sys
from copyreg import _extension_cache, _inverted_registry

from pickle import *
from pickle import HIGHEST_PROTOCOL, _find_class, _unpack_double, decode_long


class _Stop(Exception):
    """STOP was met; carries the result."""

    def __init__(self, value):
        self.value = value


class Unpickler:
    """Reads pickles from a binary file."""

    __module__ = 'pickle'
    __qualname__ = '_Unpickler'
    dispatch = {}  # number of an instruction: the function that runs it

    def __init__(self, file, *, fix_imports=True, encoding="ASCII", errors="strict", buffers=None):
        for name in ('read', 'readline'):
            if not hasattr(file, name):
                raise TypeError("file must have 'read', 'readinto' and 'readline' attributes")
        self._file_read = file.read
        self._file_readline = file.readline
        self._data, self._at = b'', 0
        self._prepare(fix_imports, encoding, errors, buffers)

    def _prepare(self, fix_imports, encoding, errors, buffers):
        self.memo = {}
        self.encoding = encoding
        self.errors = errors
        self.proto = 0
        self.fix_imports = fix_imports
        self._buffers = None if buffers is None else iter(buffers)

    @classmethod
    def _from_bytes(cls, data, fix_imports, encoding, errors, buffers):
        self = cls.__new__(cls)
        self._file_read = self._file_readline = None
        self._data, self._at = data, 0
        self._prepare(fix_imports, encoding, errors, buffers)
        return self

    def persistent_load(self, name):
        """For subclasses: the object that persistent_id replaced."""
        raise UnpicklingError("A load persistent id instruction was encountered,\nbut no "
                              "persistent_load function was specified.")

    def load(self):
        """Reads one pickle and gives the object."""
        if not hasattr(self, '_file_read'):
            raise UnpicklingError("Unpickler.__init__() was not called by %s.__init__()"
                                  % (type(self).__name__,))
        self._outer = []  # the stacks below each MARK
        self.stack = []
        self.proto = 0
        dispatch = self.dispatch
        try:
            while True:
                data, at = self._data, self._at
                if at < len(data):
                    code = data[at]
                    self._at = at + 1
                else:
                    code = self._next_code()
                run = dispatch.get(code)
                if run is None:
                    self._refuse(code)
                run(self)
        except _Stop as stop:
            return stop.value
        finally:
            self.stack = self._outer = None

    # -- input

    def _next_code(self):
        if self._file_read is None:
            raise EOFError("Ran out of input")
        data = self._file_read(1)
        if not data:
            raise EOFError("Ran out of input")
        return data[0]

    def _refuse(self, code):
        if 32 <= code < 127 and code not in b"'\\":
            raise UnpicklingError("invalid load key, '%c'." % code)
        raise UnpicklingError("invalid load key, '\\x%02x'." % code)

    def _take(self, size):
        """The next `size` octets."""
        data, at = self._data, self._at
        end = at + size
        if end <= len(data):
            self._at = end
            return data[at:end]
        if self._file_read is None:
            raise UnpicklingError("pickle data was truncated")
        if at < len(data):
            raise UnpicklingError("pickle exhausted before end of frame")
        data = self._file_read(size)
        if len(data) < size:
            raise UnpicklingError("pickle data was truncated")
        return data

    def _line(self):
        """The rest of the line, without its end."""
        data, at = self._data, self._at
        end = data.find(b'\n', at)
        if end >= 0:
            self._at = end + 1
            return data[at:end]
        if self._file_read is None or at < len(data):
            raise UnpicklingError("pickle data was truncated")
        data = self._file_readline()
        if data[-1:] != b'\n':
            raise UnpicklingError("pickle data was truncated")
        return data[:-1]

    def _number(self, size):
        return int.from_bytes(self._take(size), 'little')

    def _size(self, width, what):
        size = self._number(width)
        if size > sys.maxsize:
            raise OverflowError("%s exceeds system's maximum size of %d bytes"
                                % (what, sys.maxsize))
        return size

    # -- the stack

    def _pop(self):
        if not self.stack:
            self._underflow()
        return self.stack.pop()

    def _top(self):
        if not self.stack:
            self._underflow()
        return self.stack[-1]

    def _underflow(self):
        raise IndexError("pop from empty list")

    def _pop_mark(self):
        """The items above the topmost MARK, which goes too."""
        if not self._outer:
            raise UnpicklingError("could not find MARK")
        items = self.stack
        self.stack = self._outer.pop()
        return items

    def _push(self, value):
        self.stack.append(value)

    # -- instructions: structure of a pickle

    def load_proto(self):
        proto = self._take(1)[0]
        if proto > HIGHEST_PROTOCOL:
            raise ValueError("unsupported pickle protocol: %d" % proto)
        self.proto = proto
    dispatch[PROTO[0]] = load_proto

    def load_frame(self):
        size = self._size(8, "FRAME length")
        data, at = self._data, self._at
        if at < len(data):
            if at + size > len(data):
                raise UnpicklingError("pickle data was truncated")
            return
        if self._file_read is None:
            raise UnpicklingError("pickle data was truncated")
        data = self._file_read(size)
        if len(data) < size:
            raise UnpicklingError("pickle data was truncated")
        self._data, self._at = data, 0
    dispatch[FRAME[0]] = load_frame

    def load_stop(self):
        raise _Stop(self._pop())
    dispatch[STOP[0]] = load_stop

    def load_mark(self):
        self._outer.append(self.stack)
        self.stack = []
    dispatch[MARK[0]] = load_mark

    def load_pop(self):
        if self.stack:
            del self.stack[-1]
        else:
            self._pop_mark()
    dispatch[POP[0]] = load_pop

    def load_pop_mark(self):
        self._pop_mark()
    dispatch[POP_MARK[0]] = load_pop_mark

    def load_dup(self):
        self._push(self._top())
    dispatch[DUP[0]] = load_dup

    # -- the memo

    def _store(self, number):
        if number < 0:
            raise ValueError("negative PUT argument")
        self.memo[number] = self._top()

    def load_put(self):
        self._store(int(self._line()))
    dispatch[PUT[0]] = load_put

    def load_binput(self):
        self._store(self._take(1)[0])
    dispatch[BINPUT[0]] = load_binput

    def load_long_binput(self):
        self._store(self._number(4))
    dispatch[LONG_BINPUT[0]] = load_long_binput

    def load_memoize(self):
        memo = self.memo
        if not self.stack:
            self._underflow()
        memo[len(memo)] = self.stack[-1]
    dispatch[MEMOIZE[0]] = load_memoize

    def _fetch(self, number):
        try:
            self.stack.append(self.memo[number])
        except KeyError:
            raise UnpicklingError("Memo value not found at index %d" % number) from None

    def load_get(self):
        self._fetch(int(self._line()))
    dispatch[GET[0]] = load_get

    def load_binget(self):
        self._fetch(self._take(1)[0])
    dispatch[BINGET[0]] = load_binget

    def load_long_binget(self):
        self._fetch(self._number(4))
    dispatch[LONG_BINGET[0]] = load_long_binget

    # -- numbers and the like

    def load_none(self):
        self.stack.append(None)
    dispatch[NONE[0]] = load_none

    def load_true(self):
        self.stack.append(True)
    dispatch[NEWTRUE[0]] = load_true

    def load_false(self):
        self.stack.append(False)
    dispatch[NEWFALSE[0]] = load_false

    def _parse(self, text):
        try:
            return int(text, 0)
        except ValueError:
            raise ValueError("could not convert string to int") from None

    def load_int(self):
        text = self._line()
        if text == b'01':
            self._push(True)
        elif text == b'00':
            self._push(False)
        else:
            self._push(self._parse(text))
    dispatch[INT[0]] = load_int

    def load_binint(self):
        self._push(int.from_bytes(self._take(4), 'little', signed=True))
    dispatch[BININT[0]] = load_binint

    def load_binint1(self):
        self.stack.append(self._take(1)[0])
    dispatch[BININT1[0]] = load_binint1

    def load_binint2(self):
        self._push(self._number(2))
    dispatch[BININT2[0]] = load_binint2

    def load_long(self):
        text = self._line()
        if text[-1:] == b'L':
            text = text[:-1]
        self._push(self._parse(text))
    dispatch[LONG[0]] = load_long

    def load_long1(self):
        self._push(decode_long(self._take(self._take(1)[0])))
    dispatch[LONG1[0]] = load_long1

    def load_long4(self):
        size = int.from_bytes(self._take(4), 'little', signed=True)
        if size < 0:
            raise UnpicklingError("LONG pickle has negative byte count")
        self._push(decode_long(self._take(size)))
    dispatch[LONG4[0]] = load_long4

    def load_float(self):
        self._push(float(self._line()))
    dispatch[FLOAT[0]] = load_float

    def load_binfloat(self):
        self._push(_unpack_double(bytes(self._take(8))))
    dispatch[BINFLOAT[0]] = load_binfloat

    # -- octets and text

    def _legacy_string(self, data):
        if self.encoding == "bytes":
            return bytes(data)
        return bytes(data).decode(self.encoding, self.errors)

    def load_string(self):
        text = bytes(self._line())
        if len(text) < 2 or text[0] != text[-1] or text[0] not in b'"\'':
            raise UnpicklingError("the STRING opcode argument must be quoted")
        self._push(self._legacy_string(_unescape(text[1:-1])))
    dispatch[STRING[0]] = load_string

    def load_binstring(self):
        size = int.from_bytes(self._take(4), 'little', signed=True)
        if size < 0:
            raise UnpicklingError("BINSTRING pickle has negative byte count")
        self._push(self._legacy_string(self._take(size)))
    dispatch[BINSTRING[0]] = load_binstring

    def load_short_binstring(self):
        self._push(self._legacy_string(self._take(self._take(1)[0])))
    dispatch[SHORT_BINSTRING[0]] = load_short_binstring

    def load_unicode(self):
        self._push(bytes(self._line()).decode('raw-unicode-escape'))
    dispatch[UNICODE[0]] = load_unicode

    def _text(self, size):
        self.stack.append(str(self._take(size), 'utf-8', 'surrogatepass'))

    def load_short_binunicode(self):
        self._text(self._take(1)[0])
    dispatch[SHORT_BINUNICODE[0]] = load_short_binunicode

    def load_binunicode(self):
        self._text(self._number(4))
    dispatch[BINUNICODE[0]] = load_binunicode

    def load_binunicode8(self):
        self._text(self._size(8, "BINUNICODE8"))
    dispatch[BINUNICODE8[0]] = load_binunicode8

    def load_short_binbytes(self):
        self._push(bytes(self._take(self._take(1)[0])))
    dispatch[SHORT_BINBYTES[0]] = load_short_binbytes

    def load_binbytes(self):
        self._push(bytes(self._take(self._number(4))))
    dispatch[BINBYTES[0]] = load_binbytes

    def load_binbytes8(self):
        self._push(bytes(self._take(self._size(8, "BINBYTES8"))))
    dispatch[BINBYTES8[0]] = load_binbytes8

    def load_bytearray8(self):
        self._push(bytearray(self._take(self._size(8, "BYTEARRAY8"))))
    dispatch[BYTEARRAY8[0]] = load_bytearray8

    def load_next_buffer(self):
        if self._buffers is None:
            raise UnpicklingError("pickle stream refers to out-of-band data but no *buffers* "
                                  "argument was given")
        for buffer in self._buffers:
            self._push(buffer)
            return
        raise UnpicklingError("not enough out-of-band buffers")
    dispatch[NEXT_BUFFER[0]] = load_next_buffer

    def load_readonly_buffer(self):
        view = memoryview(self._top())
        if not view.readonly:
            self.stack[-1] = view.toreadonly()
    dispatch[READONLY_BUFFER[0]] = load_readonly_buffer

    # -- containers

    def load_empty_tuple(self):
        self._push(())
    dispatch[EMPTY_TUPLE[0]] = load_empty_tuple

    def load_tuple(self):
        items = self._pop_mark()
        self.stack.append(tuple(items))
    dispatch[TUPLE[0]] = load_tuple

    def _short_tuple(self, size):
        stack = self.stack
        if len(stack) < size:
            self._underflow()
        stack[-size:] = [tuple(stack[-size:])]

    def load_tuple1(self):
        self._short_tuple(1)
    dispatch[TUPLE1[0]] = load_tuple1

    def load_tuple2(self):
        self._short_tuple(2)
    dispatch[TUPLE2[0]] = load_tuple2

    def load_tuple3(self):
        self._short_tuple(3)
    dispatch[TUPLE3[0]] = load_tuple3

    def load_empty_list(self):
        self.stack.append([])
    dispatch[EMPTY_LIST[0]] = load_empty_list

    def load_list(self):
        items = self._pop_mark()
        self.stack.append(items)
    dispatch[LIST[0]] = load_list

    def load_append(self):
        item = self._pop()
        target = self._top()
        target.append(item)
    dispatch[APPEND[0]] = load_append

    def load_appends(self):
        items = self._pop_mark()
        target = self._top()
        extend = getattr(target, 'extend', None)
        if extend is not None:
            extend(items)
            return
        append = target.append
        for item in items:
            append(item)
    dispatch[APPENDS[0]] = load_appends

    def load_empty_dict(self):
        self.stack.append({})
    dispatch[EMPTY_DICT[0]] = load_empty_dict

    def load_dict(self):
        items = self._pop_mark()
        if len(items) % 2:
            raise UnpicklingError("odd number of items for DICT")
        self.stack.append(dict(zip(items[::2], items[1::2])))
    dispatch[DICT[0]] = load_dict

    def load_setitem(self):
        value = self._pop()
        key = self._pop()
        self._top()[key] = value
    dispatch[SETITEM[0]] = load_setitem

    def load_setitems(self):
        items = self._pop_mark()
        if len(items) % 2:
            raise UnpicklingError("odd number of items for SETITEMS")
        target = self._top()
        for i in range(0, len(items), 2):
            target[items[i]] = items[i + 1]
    dispatch[SETITEMS[0]] = load_setitems

    def load_empty_set(self):
        self._push(set())
    dispatch[EMPTY_SET[0]] = load_empty_set

    def load_additems(self):
        items = self._pop_mark()
        target = self._top()
        if isinstance(target, set):
            target.update(items)
            return
        add = target.add
        for item in items:
            add(item)
    dispatch[ADDITEMS[0]] = load_additems

    def load_frozenset(self):
        items = self._pop_mark()
        self._push(frozenset(items))
    dispatch[FROZENSET[0]] = load_frozenset

    # -- names, classes and instances

    def find_class(self, module, name):
        """The object that a pickle names; subclasses may forbid it."""
        return _find_class(module, name, self.proto, self.fix_imports)

    def load_global(self):
        module = bytes(self._line()).decode('utf-8')
        name = bytes(self._line()).decode('utf-8')
        self._push(self.find_class(module, name))
    dispatch[GLOBAL[0]] = load_global

    def load_stack_global(self):
        name = self._pop()
        module = self._pop()
        if type(name) is not str or type(module) is not str:
            raise UnpicklingError("STACK_GLOBAL requires str")
        self._push(self.find_class(module, name))
    dispatch[STACK_GLOBAL[0]] = load_stack_global

    def _extension(self, code):
        if code <= 0:
            raise UnpicklingError("EXT specifies code <= 0")
        if code in _extension_cache:
            self._push(_extension_cache[code])
            return
        place = _inverted_registry.get(code)
        if place is None:
            raise ValueError("unregistered extension code %d" % code)
        found = self.find_class(*place)
        _extension_cache[code] = found
        self._push(found)

    def load_ext1(self):
        self._extension(self._take(1)[0])
    dispatch[EXT1[0]] = load_ext1

    def load_ext2(self):
        self._extension(self._number(2))
    dispatch[EXT2[0]] = load_ext2

    def load_ext4(self):
        self._extension(int.from_bytes(self._take(4), 'little', signed=True))
    dispatch[EXT4[0]] = load_ext4

    def load_persid(self):
        try:
            name = bytes(self._line()).decode('ascii')
        except UnicodeDecodeError:
            raise UnpicklingError("persistent IDs in protocol 0 must be ASCII strings") from None
        self._push(self.persistent_load(name))
    dispatch[PERSID[0]] = load_persid

    def load_binpersid(self):
        name = self._pop()
        self._push(self.persistent_load(name))
    dispatch[BINPERSID[0]] = load_binpersid

    def load_reduce(self):
        args = self._pop()
        func = self._pop()
        if not isinstance(args, tuple):
            raise TypeError("argument list must be a tuple")
        self._push(func(*args))
    dispatch[REDUCE[0]] = load_reduce

    def _new_class(self, cls, instruction):
        if not isinstance(cls, type):
            raise UnpicklingError("%s class argument must be a type, not %s"
                                  % (instruction, type(cls).__name__))
        return cls

    def load_newobj(self):
        args = self._pop()
        cls = self._new_class(self._pop(), "NEWOBJ")
        if not isinstance(args, tuple):
            raise UnpicklingError("NEWOBJ args argument must be a tuple, not %s"
                                  % type(args).__name__)
        self._push(cls.__new__(cls, *args))
    dispatch[NEWOBJ[0]] = load_newobj

    def load_newobj_ex(self):
        keywords = self._pop()
        args = self._pop()
        cls = self._new_class(self._pop(), "NEWOBJ_EX")
        if not isinstance(args, tuple):
            raise UnpicklingError("NEWOBJ_EX args argument must be a tuple, not %s"
                                  % type(args).__name__)
        if not isinstance(keywords, dict):
            raise UnpicklingError("NEWOBJ_EX kwargs argument must be a dict, not %s"
                                  % type(keywords).__name__)
        self._push(cls.__new__(cls, *args, **keywords))
    dispatch[NEWOBJ_EX[0]] = load_newobj_ex

    def _instantiate(self, cls, args):
        if args or not isinstance(cls, type) or hasattr(cls, '__getinitargs__'):
            value = cls(*args)
        else:
            value = cls.__new__(cls)
        self._push(value)

    def load_inst(self):
        module = bytes(self._line()).decode('ascii')
        name = bytes(self._line()).decode('ascii')
        cls = self.find_class(module, name)
        self._instantiate(cls, self._pop_mark())
    dispatch[INST[0]] = load_inst

    def load_obj(self):
        items = self._pop_mark()
        if not items:
            self._underflow()
        self._instantiate(items[0], items[1:])
    dispatch[OBJ[0]] = load_obj

    def load_build(self):
        state = self._pop()
        target = self._top()
        setter = getattr(target, '__setstate__', None)
        if setter is not None:
            setter(state)
            return
        slots = None
        if isinstance(state, tuple) and len(state) == 2:
            state, slots = state
        if state:
            if not isinstance(state, dict):
                raise UnpicklingError("state is not a dictionary")
            attributes = target.__dict__
            for key, value in state.items():
                attributes[sys.intern(key) if type(key) is str else key] = value
        if slots:
            if not isinstance(slots, dict):
                raise UnpicklingError("slot state is not a dictionary")
            for key, value in slots.items():
                setattr(target, key, value)
    dispatch[BUILD[0]] = load_build


def _unescape(text):
    """The octets that a bytes literal with this body would have."""
    from _codecs import escape_decode
    return escape_decode(text)[0]
