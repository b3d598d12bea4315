"""Objects as bytes and back: protocols 0 to 5.

A pickle is a program for a small stack machine.  Pickler writes such programs, Unpickler runs them.
The first half of this file is the instruction set and what both sides share.
"""

import sys
from _compat_pickle import (IMPORT_MAPPING, NAME_MAPPING, REVERSE_IMPORT_MAPPING,
                            REVERSE_NAME_MAPPING)
from array import array
from codecs import encode as _encode
from copyreg import (dispatch_table, _extension_registry, _inverted_registry, _extension_cache)
from functools import partial
from itertools import islice
from types import FunctionType

__all__ = ["PickleError", "PicklingError", "UnpicklingError", "Pickler", "Unpickler",
           "dump", "dumps", "load", "loads"]

format_version = "4.0"
compatible_formats = ["1.0", "1.1", "1.2", "1.3", "2.0", "3.0", "4.0", "5.0"]
HIGHEST_PROTOCOL = 5
DEFAULT_PROTOCOL = 4
bytes_types = (bytes, bytearray)


class PickleError(Exception):
    """What all errors of this module derive from."""


class PicklingError(PickleError):
    """An object cannot be pickled."""


class UnpicklingError(PickleError):
    """A pickle is damaged or not acceptable."""


# ---- the instruction set, by the protocol that brought it

_INSTRUCTIONS = {
    0: {'MARK': '(', 'STOP': '.', 'POP': '0', 'DUP': '2', 'FLOAT': 'F', 'INT': 'I', 'LONG': 'L',
        'NONE': 'N', 'PERSID': 'P', 'REDUCE': 'R', 'STRING': 'S', 'UNICODE': 'V', 'APPEND': 'a',
        'BUILD': 'b', 'GLOBAL': 'c', 'DICT': 'd', 'GET': 'g', 'INST': 'i', 'LIST': 'l', 'PUT': 'p',
        'SETITEM': 's', 'TUPLE': 't'},
    1: {'POP_MARK': '1', 'BININT': 'J', 'BININT1': 'K', 'BININT2': 'M', 'BINPERSID': 'Q',
        'BINSTRING': 'T', 'SHORT_BINSTRING': 'U', 'BINUNICODE': 'X', 'EMPTY_DICT': '}',
        'APPENDS': 'e', 'BINGET': 'h', 'LONG_BINGET': 'j', 'EMPTY_LIST': ']', 'OBJ': 'o',
        'BINPUT': 'q', 'LONG_BINPUT': 'r', 'EMPTY_TUPLE': ')', 'SETITEMS': 'u', 'BINFLOAT': 'G'},
    2: {'PROTO': '\x80', 'NEWOBJ': '\x81', 'EXT1': '\x82', 'EXT2': '\x83', 'EXT4': '\x84',
        'TUPLE1': '\x85', 'TUPLE2': '\x86', 'TUPLE3': '\x87', 'NEWTRUE': '\x88',
        'NEWFALSE': '\x89', 'LONG1': '\x8a', 'LONG4': '\x8b'},
    3: {'BINBYTES': 'B', 'SHORT_BINBYTES': 'C'},
    4: {'SHORT_BINUNICODE': '\x8c', 'BINUNICODE8': '\x8d', 'BINBYTES8': '\x8e',
        'EMPTY_SET': '\x8f', 'ADDITEMS': '\x90', 'FROZENSET': '\x91', 'NEWOBJ_EX': '\x92',
        'STACK_GLOBAL': '\x93', 'MEMOIZE': '\x94', 'FRAME': '\x95'},
    5: {'BYTEARRAY8': '\x96', 'NEXT_BUFFER': '\x97', 'READONLY_BUFFER': '\x98'},
}

for _set in _INSTRUCTIONS.values():
    for _name, _code in _set.items():
        globals()[_name] = _code.encode('latin-1')
        __all__.append(_name)
TRUE, FALSE = b'I01\n', b'I00\n'
_tuple_makers = (EMPTY_TUPLE, TUPLE1, TUPLE2, TUPLE3)
del _set, _name, _code

_BATCH = 1000            # items between a MARK and its APPENDS
_FRAME_TARGET = 64 * 1024  # bytes at which a frame is closed
_FRAME_LEAST = 4         # a frame shorter than this is not worth its header


# ---- helpers of both sides

def encode_long(x):
    """The shortest little-endian two's complement form of an int; b'' for 0."""
    if x == 0:
        return b''
    size = (x.bit_length() >> 3) + 1
    data = x.to_bytes(size, 'little', signed=True)
    if x < 0 and size > 1 and data[-1] == 0xff and data[-2] & 0x80:
        data = data[:-1]
    return data


def decode_long(data):
    """The inverse of encode_long."""
    return int.from_bytes(data, 'little', signed=True)


_native_little = sys.byteorder == 'little'


def _pack_double(value):
    data = array('d', (value,)).tobytes()
    return data[::-1] if _native_little else data


def _unpack_double(data):
    return array('d', data[::-1] if _native_little else data)[0]


def _getattribute(obj, name):
    """Follows a dotted name from obj: (value, what held it)."""
    parent = None
    for part in name.split('.'):
        if part == '<locals>':
            raise AttributeError("Can't get local attribute {!r} on {!r}".format(name, obj))
        parent = obj
        try:
            obj = getattr(obj, part)
        except AttributeError:
            raise AttributeError("Can't get attribute {!r} on {!r}"
                                 .format(name, parent)) from None
    return obj, parent


def whichmodule(obj, name):
    """The name of the module in which obj can be found under this name."""
    module_name = getattr(obj, '__module__', None)
    if module_name is not None:
        return module_name
    for module_name, module in sys.modules.copy().items():
        if module_name in ('__main__', '__mp_main__') or module is None:
            continue
        try:
            if _getattribute(module, name)[0] is obj:
                return sys.intern(module_name)
        except AttributeError:
            pass
    return '__main__'


# ---- writing

class Pickler:
    """Writes pickles of objects to a binary file."""

    dispatch = {}  # exact type: the function that writes it

    def __init__(self, file, protocol=None, *, fix_imports=True, buffer_callback=None):
        if protocol is None:
            protocol = DEFAULT_PROTOCOL
        if protocol < 0:
            protocol = HIGHEST_PROTOCOL
        elif protocol > HIGHEST_PROTOCOL:
            raise ValueError("pickle protocol must be <= %d" % HIGHEST_PROTOCOL)
        if buffer_callback is not None and protocol < 5:
            raise ValueError("buffer_callback needs protocol >= 5")
        try:
            self._file_write = file.write
        except AttributeError:
            raise TypeError("file must have a 'write' attribute") from None
        self.proto = int(protocol)
        self.bin = protocol >= 1
        self.fast = 0
        self.fix_imports = fix_imports and protocol < 3
        self.memo = {}  # id of an object: (its number, the object, kept alive)
        self._buffer_callback = buffer_callback

    def clear_memo(self):
        """Forgets which objects were written already."""
        self.memo.clear()

    def persistent_id(self, obj):
        """For subclasses: what to write in place of obj, or None."""
        return None

    def dump(self, obj):
        """Writes one pickle."""
        if not hasattr(self, '_file_write'):
            raise PicklingError("Pickler.__init__() was not called by %s.__init__()"
                                % (type(self).__name__,))
        chosen = self.persistent_id
        plain = getattr(chosen, '__func__', None) is Pickler.persistent_id
        self._persistent = None if plain else chosen
        self._override = getattr(self, 'reducer_override', None)
        self._reducers = getattr(self, 'dispatch_table', dispatch_table)
        self._framing = False
        self._out = bytearray()
        try:
            if self.proto >= 2:
                self._out += PROTO + bytes((self.proto,))
            if self.proto >= 4:
                self._file_write(bytes(self._out))
                self._out = bytearray()
                self._framing = True
            self.save(obj)
            self._out += STOP
            self._close_frame()
        finally:
            self._override = self._persistent = None

    # -- output

    def write(self, data):
        """Adds instructions to the pickle."""
        self._out += data

    def _close_frame(self):
        out = self._out
        if self._framing and len(out) >= _FRAME_LEAST:
            self._file_write(FRAME + len(out).to_bytes(8, 'little') + bytes(out))
        elif out:
            self._file_write(bytes(out))
        self._out = bytearray()

    def _write_large(self, head, data):
        """Writes an instruction with its data, outside the frames where there is much of it."""
        if len(data) < _FRAME_TARGET:
            self._out += head
            self._out += data
            return
        if not self._framing:
            self._out += head
            self._file_write(bytes(self._out))
            self._out = bytearray()
        else:
            self._close_frame()
            self._file_write(head)
        self._file_write(data)

    # -- the memo

    def memoize(self, obj):
        """Gives obj, which is on top of the stack, a number."""
        if self.fast:
            return
        memo = self.memo
        number = len(memo)
        if self.proto >= 4:
            self._out += MEMOIZE
        else:
            self._out += self.put(number)
        memo[id(obj)] = number, obj

    def put(self, number):
        """The instruction that stores the top of the stack as this number."""
        if self.proto >= 4:
            return MEMOIZE
        if not self.bin:
            return PUT + repr(number).encode('ascii') + b'\n'
        if number < 256:
            return BINPUT + bytes((number,))
        return LONG_BINPUT + number.to_bytes(4, 'little')

    def get(self, number):
        """The instruction that fetches this number."""
        if not self.bin:
            return GET + repr(number).encode('ascii') + b'\n'
        if number < 256:
            return BINGET + bytes((number,))
        return LONG_BINGET + number.to_bytes(4, 'little')

    # -- any object

    def save(self, obj, save_persistent_id=True):
        """Writes one object."""
        if self._framing and len(self._out) >= _FRAME_TARGET:
            self._close_frame()
        if save_persistent_id and self._persistent is not None:
            name = self._persistent(obj)
            if name is not None:
                self.save_pers(name)
                return
        known = self.memo.get(id(obj))
        if known is not None:
            self._out += self.get(known[0])
            return
        cls = type(obj)
        writer = self.dispatch.get(cls)
        if writer is not None and cls is not type and cls is not FunctionType:
            writer(self, obj)
            return
        made = NotImplemented
        if self._override is not None:
            made = self._override(obj)
        if made is NotImplemented:
            if writer is not None:
                writer(self, obj)
                return
            reducer = self._find_reducer(cls)
            if reducer is not None:
                made = reducer(obj)
            elif issubclass(cls, type):
                self.save_global(obj)
                return
            else:
                made = self._ask_object(obj, cls)
        if isinstance(made, str):
            self.save_global(obj, made)
            return
        if not isinstance(made, tuple):
            raise PicklingError("__reduce__ must return a string or tuple")
        if not 2 <= len(made) <= 6:
            raise PicklingError("tuple returned by __reduce__ must contain 2 through 6 elements")
        self.save_reduce(obj=obj, *made)

    def _find_reducer(self, cls):
        table = self._reducers
        if type(table) is dict:
            return table.get(cls)
        try:
            return table[cls]
        except KeyError:
            return None

    def _ask_object(self, obj, cls):
        reduce = getattr(obj, '__reduce_ex__', None)
        if reduce is not None:
            return reduce(self.proto)
        reduce = getattr(obj, '__reduce__', None)
        if reduce is None:
            raise PicklingError("can't pickle '%s' object: %r" % (cls.__name__, obj))
        return reduce()

    def save_pers(self, name):
        if self.bin:
            self.save(name, save_persistent_id=False)
            self._out += BINPERSID
            return
        try:
            self._out += PERSID + str(name).encode('ascii') + b'\n'
        except UnicodeEncodeError:
            raise PicklingError("persistent IDs in protocol 0 must be ASCII strings") from None

    def save_reduce(self, func, args, state=None, listitems=None, dictitems=None,
                    state_setter=None, *, obj=None):
        """Writes an object as what its __reduce__ gave."""
        if not callable(func):
            raise PicklingError("first item of the tuple returned by __reduce__ must be callable")
        if not isinstance(args, tuple):
            raise PicklingError("second item of the tuple returned by __reduce__ must be a tuple")
        self._check_iterator(listitems, "fourth")
        self._check_iterator(dictitems, "fifth")
        if state_setter is not None and not callable(state_setter):
            raise PicklingError("sixth element of the tuple returned by __reduce__ must be a "
                                "function, not %s" % type(state_setter).__name__)
        kind = getattr(func, '__name__', '') if self.proto >= 2 else ''
        if kind == '__newobj_ex__':
            self._save_new_with_keywords(args, obj)
        elif kind == '__newobj__':
            if not args:
                raise PicklingError("__newobj__ arglist is empty")
            self._check_new_class(args[0], obj, "__newobj__")
            self.save(args[0])
            self.save(args[1:])
            self._out += NEWOBJ
        else:
            self.save(func)
            self.save(args)
            self._out += REDUCE
        if obj is not None:
            # Its own arguments may have contained it; then it has been made already.
            known = self.memo.get(id(obj))
            if known is not None:
                self._out += POP + self.get(known[0])
            else:
                self.memoize(obj)
        if listitems is not None:
            self._batch_appends(listitems)
        if dictitems is not None:
            self._batch_setitems(dictitems)
        if state is None:
            return
        if state_setter is None:
            self.save(state)
            self._out += BUILD
        else:
            self.save(state_setter)
            self.save(obj)
            self.save(state)
            self._out += TUPLE2 + REDUCE + POP

    def _check_iterator(self, items, place):
        if items is not None and not hasattr(items, '__next__'):
            raise PicklingError("%s element of the tuple returned by __reduce__ must be an "
                                "iterator, not %s" % (place, type(items).__name__))

    def _check_new_class(self, cls, obj, function):
        if not hasattr(cls, '__new__'):
            raise PicklingError("args[0] from %s args has no __new__" % function)
        if obj is not None and cls is not obj.__class__:
            raise PicklingError("args[0] from %s args has the wrong class" % function)

    def _save_new_with_keywords(self, given, obj):
        if len(given) != 3:
            raise PicklingError("length of the NEWOBJ_EX argument tuple must be exactly 3, not %d"
                                % len(given))
        cls, args, keywords = given
        if not isinstance(args, tuple):
            raise PicklingError("second item from NEWOBJ_EX argument tuple must be a tuple, not %s"
                                % type(args).__name__)
        if not isinstance(keywords, dict):
            raise PicklingError("third item from NEWOBJ_EX argument tuple must be a dict, not %s"
                                % type(keywords).__name__)
        self._check_new_class(cls, obj, "__newobj_ex__")
        if self.proto >= 4:
            self.save(cls)
            self.save(args)
            self.save(keywords)
            self._out += NEWOBJ_EX
        else:
            self.save(partial(cls.__new__, cls, *args, **keywords))
            self.save(())
            self._out += REDUCE

    # -- numbers and the like

    def save_none(self, obj):
        self._out += NONE
    dispatch[type(None)] = save_none

    def save_bool(self, obj):
        if self.proto >= 2:
            self._out += NEWTRUE if obj else NEWFALSE
        else:
            self._out += TRUE if obj else FALSE
    dispatch[bool] = save_bool

    def save_long(self, obj):
        if not -0x80000000 <= obj <= 0x7fffffff:
            if self.proto < 2:
                self._out += LONG + repr(obj).encode('ascii') + b'L\n'
                return
            data = encode_long(obj)
            if len(data) < 256:
                self._out += LONG1 + bytes((len(data),)) + data
            else:
                self._out += LONG4 + len(data).to_bytes(4, 'little') + data
        elif not self.bin:
            self._out += INT + repr(obj).encode('ascii') + b'\n'
        elif 0 <= obj < 256:
            self._out += BININT1
            self._out.append(obj)
        elif 0 <= obj < 65536:
            self._out += BININT2 + obj.to_bytes(2, 'little')
        else:
            self._out += BININT + obj.to_bytes(4, 'little', signed=True)
    dispatch[int] = save_long

    def save_float(self, obj):
        if self.bin:
            self._out += BINFLOAT + _pack_double(obj)
        else:
            self._out += FLOAT + repr(obj).encode('ascii') + b'\n'
    dispatch[float] = save_float

    # -- octets and text

    def save_bytes(self, obj):
        size = len(obj)
        if self.proto < 3:
            if not size:
                self.save_reduce(bytes, (), obj=obj)
            else:
                self.save_reduce(_encode, (obj.decode('latin1'), 'latin1'), obj=obj)
            return
        if size < 256:
            self._out += SHORT_BINBYTES + bytes((size,)) + obj
        elif size > 0xffffffff and self.proto >= 4:
            self._write_large(BINBYTES8 + size.to_bytes(8, 'little'), obj)
        elif size > 0xffffffff:
            raise OverflowError("serializing a bytes object larger than 4 GiB requires pickle "
                                "protocol 4 or higher")
        else:
            self._write_large(BINBYTES + size.to_bytes(4, 'little'), obj)
        self.memoize(obj)
    dispatch[bytes] = save_bytes

    def save_bytearray(self, obj):
        if self.proto >= 5:
            self._write_large(BYTEARRAY8 + len(obj).to_bytes(8, 'little'), obj)
            self.memoize(obj)
        elif obj:
            self.save_reduce(bytearray, (bytes(obj),), obj=obj)
        else:
            self.save_reduce(bytearray, (), obj=obj)
    dispatch[bytearray] = save_bytearray

    def save_str(self, obj):
        if not self.bin:
            text = obj.replace('\\', '\\u005c').replace('\0', '\\u0000')
            text = text.replace('\n', '\\u000a').replace('\r', '\\u000d')
            text = text.replace('\x1a', '\\u001a')
            self._out += UNICODE + text.encode('raw-unicode-escape') + b'\n'
            self.memoize(obj)
            return
        data = obj.encode('utf-8', 'surrogatepass')
        size = len(data)
        if size < 256 and self.proto >= 4:
            self._out += SHORT_BINUNICODE
            self._out.append(size)
            self._out += data
        elif size <= 0xffffffff:
            self._write_large(BINUNICODE + size.to_bytes(4, 'little'), data)
        elif self.proto >= 4:
            self._write_large(BINUNICODE8 + size.to_bytes(8, 'little'), data)
        else:
            raise OverflowError("serializing a string larger than 4 GiB requires pickle "
                                "protocol 4 or higher")
        self.memoize(obj)
    dispatch[str] = save_str

    # -- containers

    def save_tuple(self, obj):
        size = len(obj)
        if not size:
            self._out += EMPTY_TUPLE if self.bin else MARK + TUPLE
            return
        short = size <= 3 and self.proto >= 2
        if not short:
            self._out += MARK
        save = self.save
        for item in obj:
            save(item)
        known = self.memo.get(id(obj))
        if known is not None:
            # A cycle through one of the items made the tuple meanwhile: drop the items.
            if short:
                self._out += POP * size + self.get(known[0])
            elif self.bin:
                self._out += POP_MARK + self.get(known[0])
            else:
                self._out += POP * (size + 1) + self.get(known[0])
            return
        self._out += _tuple_makers[size] if short else TUPLE
        self.memoize(obj)
    dispatch[tuple] = save_tuple

    def save_list(self, obj):
        self._out += EMPTY_LIST if self.bin else MARK + LIST
        self.memoize(obj)
        if not self.bin:
            self._batch_appends(iter(obj))
        elif len(obj) == 1:
            self.save(obj[0])
            self._out += APPEND
        elif obj:
            save, at = self.save, 0
            while at < len(obj):
                self._out += MARK
                for item in obj[at:at + _BATCH]:
                    save(item)
                self._out += APPENDS
                at += _BATCH
    dispatch[list] = save_list

    def _batch_appends(self, items):
        save = self.save
        if not self.bin:
            for item in items:
                save(item)
                self._out += APPEND
            return
        while batch := list(islice(items, _BATCH)):
            if len(batch) == 1:
                save(batch[0])
                self._out += APPEND
                continue
            self._out += MARK
            for item in batch:
                save(item)
            self._out += APPENDS

    def save_dict(self, obj):
        self._out += EMPTY_DICT if self.bin else MARK + DICT
        self.memoize(obj)
        if not self.bin:
            self._batch_setitems(iter(obj.items()))
        elif len(obj) == 1:
            for key, value in obj.items():
                self.save(key)
                self.save(value)
            self._out += SETITEM
        elif obj:
            save, items, size = self.save, iter(obj.items()), len(obj)
            done = 0
            while done < size:
                self._out += MARK
                for key, value in islice(items, _BATCH):
                    save(key)
                    save(value)
                    if len(obj) != size:
                        raise RuntimeError("dictionary changed size during iteration")
                self._out += SETITEMS
                done += _BATCH
    dispatch[dict] = save_dict

    def _batch_setitems(self, items):
        save = self.save
        if not self.bin:
            for key, value in items:
                save(key)
                save(value)
                self._out += SETITEM
            return
        while batch := list(islice(items, _BATCH)):
            for pair in batch:
                if not isinstance(pair, tuple) or len(pair) != 2:
                    raise TypeError("dict items iterator must return 2-tuples")
            if len(batch) == 1:
                save(batch[0][0])
                save(batch[0][1])
                self._out += SETITEM
                continue
            self._out += MARK
            for key, value in batch:
                save(key)
                save(value)
            self._out += SETITEMS

    def save_set(self, obj):
        if self.proto < 4:
            self.save_reduce(set, (list(obj),), obj=obj)
            return
        self._out += EMPTY_SET
        self.memoize(obj)
        items = iter(obj)
        while batch := list(islice(items, _BATCH)):
            self._out += MARK
            for item in batch:
                self.save(item)
            self._out += ADDITEMS
    dispatch[set] = save_set

    def save_frozenset(self, obj):
        if self.proto < 4:
            self.save_reduce(frozenset, (list(obj),), obj=obj)
            return
        self._out += MARK
        for item in obj:
            self.save(item)
        known = self.memo.get(id(obj))
        if known is not None:
            self._out += POP_MARK + self.get(known[0])
            return
        self._out += FROZENSET
        self.memoize(obj)
    dispatch[frozenset] = save_frozenset

    # -- things known by name

    def save_global(self, obj, name=None):
        if name is None:
            name = getattr(obj, '__qualname__', None)
        if name is None:
            name = obj.__name__
        if '<locals>' in name.split('.'):
            raise AttributeError("Can't pickle local object %r" % name)
        module_name = whichmodule(obj, name)
        try:
            __import__(module_name, level=0)
            module = sys.modules[module_name]
        except (ImportError, ValueError, KeyError):
            raise PicklingError("Can't pickle %r: import of module %r failed"
                                % (obj, module_name)) from None
        try:
            found, parent = _getattribute(module, name)
        except AttributeError:
            raise PicklingError("Can't pickle %r: attribute lookup %s on %s failed"
                                % (obj, name, module_name)) from None
        if found is not obj:
            raise PicklingError("Can't pickle %r: it's not the same object as %s.%s"
                                % (obj, module_name, name))
        if parent is module:
            name = name.rpartition('.')[2]
        if self.proto >= 2:
            code = _extension_registry.get((module_name, name))
            if code is not None:
                self._save_extension(obj, code)
                return
        if self.proto >= 4:
            self.save(module_name)
            self.save(name)
            self._out += STACK_GLOBAL
        elif parent is not module:
            self.save_reduce(getattr, (parent, name.rpartition('.')[2]))
        elif self.proto >= 3:
            self._out += (GLOBAL + module_name.encode('utf-8') + b'\n'
                          + name.encode('utf-8') + b'\n')
        else:
            self._save_global_ascii(obj, module_name, name)
        self.memoize(obj)

    def _save_global_ascii(self, obj, module_name, name):
        if self.fix_imports:
            pair = module_name, name
            if pair in REVERSE_NAME_MAPPING:
                module_name, name = REVERSE_NAME_MAPPING[pair]
            elif module_name in REVERSE_IMPORT_MAPPING:
                module_name = REVERSE_IMPORT_MAPPING[module_name]
        try:
            self._out += (GLOBAL + module_name.encode('ascii') + b'\n'
                          + name.encode('ascii') + b'\n')
        except UnicodeEncodeError:
            raise PicklingError("can't pickle global identifier '%s.%s' using pickle protocol %i"
                                % (module_name, name, self.proto)) from None

    def _save_extension(self, obj, code):
        if not isinstance(code, int):
            raise PicklingError("Can't pickle %r: extension code %r isn't an integer"
                                % (obj, code))
        if code <= 0xff:
            if code <= 0:
                raise RuntimeError("extension code <= 0")
            self._out += EXT1 + bytes((code,))
        elif code <= 0xffff:
            self._out += EXT2 + code.to_bytes(2, 'little')
        else:
            self._out += EXT4 + code.to_bytes(4, 'little')

    def save_type(self, obj):
        if obj is type(None):
            self.save_reduce(type, (None,), obj=obj)
        elif obj is type(NotImplemented):
            self.save_reduce(type, (NotImplemented,), obj=obj)
        elif obj is type(...):
            self.save_reduce(type, (...,), obj=obj)
        else:
            self.save_global(obj)
    dispatch[type] = save_type
    dispatch[FunctionType] = save_global


# ---- reading

class _Stop(Exception):
    """STOP was met; carries the result."""

    def __init__(self, value):
        self.value = value


class Unpickler:
    """Reads pickles from a binary file."""

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
        if self._outer:
            raise UnpicklingError("unexpected MARK found")
        raise UnpicklingError("unpickling stack underflow")

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
        if self.proto < 3 and self.fix_imports:
            if (module, name) in NAME_MAPPING:
                module, name = NAME_MAPPING[module, name]
            elif module in IMPORT_MAPPING:
                module = IMPORT_MAPPING[module]
        __import__(module, level=0)
        found = sys.modules[module]
        if self.proto >= 4:
            return _getattribute(found, name)[0]
        try:
            return getattr(found, name)
        except AttributeError:
            raise AttributeError("Can't get attribute {!r} on {!r}"
                                 .format(name, found)) from None

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


# ---- functions

def dump(obj, file, protocol=None, *, fix_imports=True, buffer_callback=None):
    """Writes obj to a binary file."""
    Pickler(file, protocol, fix_imports=fix_imports, buffer_callback=buffer_callback).dump(obj)


class _Collector:
    """The least that Pickler needs of a file."""

    def __init__(self):
        self.data = bytearray()

    def write(self, data):
        self.data += data


def dumps(obj, protocol=None, *, fix_imports=True, buffer_callback=None):
    """The pickle of obj as bytes."""
    target = _Collector()
    Pickler(target, protocol, fix_imports=fix_imports, buffer_callback=buffer_callback).dump(obj)
    return bytes(target.data)


def load(file, *, fix_imports=True, encoding="ASCII", errors="strict", buffers=None):
    """Reads an object from a binary file."""
    return Unpickler(file, fix_imports=fix_imports, encoding=encoding, errors=errors,
                     buffers=buffers).load()


def loads(data, /, *, fix_imports=True, encoding="ASCII", errors="strict", buffers=None):
    """The object that a pickle describes; what follows the pickle is ignored."""
    if isinstance(data, str):
        raise TypeError("a bytes-like object is required, not 'str'")
    if type(data) is not bytes:
        data = bytes(memoryview(data))
    return Unpickler._from_bytes(data, fix_imports, encoding, errors, buffers).load()


# Names of the versions in Python, which here are the only ones.
_Pickler, _Unpickler = Pickler, Unpickler
_dump, _dumps, _load, _loads = dump, dumps, load, loads
