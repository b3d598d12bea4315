"""Objects as bytes and back: protocols 0 to 5.

A pickle is a program for a small stack machine.  Pickler writes such programs, Unpickler runs them;
both are in C.  Here is the instruction set and what they share with the versions in Python, which
are in pickle.writer and pickle.reader and loaded when somebody asks for _Pickler or _Unpickler.
"""

import sys
from copyreg import (dispatch_table, _extension_registry, _inverted_registry, _extension_cache)
from _pickle import (PickleBuffer, PickleError, PicklingError, UnpicklingError, Pickler, Unpickler,
                     dump, dumps, load, loads)

__all__ = ["PickleError", "PicklingError", "UnpicklingError", "Pickler", "Unpickler",
           "dump", "dumps", "load", "loads", "PickleBuffer"]

format_version = "4.0"
compatible_formats = ["1.0", "1.1", "1.2", "1.3", "2.0", "3.0", "4.0", "5.0"]
HIGHEST_PROTOCOL = 5
DEFAULT_PROTOCOL = 4
bytes_types = (bytes, bytearray)


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


def _pack_double(value):
    from _struct import pack
    return pack(">d", value)


def _unpack_double(data):
    from _struct import unpack
    return unpack(">d", data)[0]


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


def _locate(obj, name):
    """(module name, name, what holds obj or None for the module, the last part of the name) of what
    can be found by its name; PicklingError for other things."""
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
    last = name.rpartition('.')[2]
    if parent is module:
        return module_name, last, None, last
    return module_name, name, parent, last


def _old_names(module_name, name):
    """The names that Python 2 had for what has moved since."""
    from _compat_pickle import REVERSE_IMPORT_MAPPING, REVERSE_NAME_MAPPING
    if (module_name, name) in REVERSE_NAME_MAPPING:
        return REVERSE_NAME_MAPPING[module_name, name]
    return REVERSE_IMPORT_MAPPING.get(module_name, module_name), name


def _find_class(module, name, proto, fix_imports):
    """The object that a pickle of this protocol names."""
    if proto < 3 and fix_imports:
        from _compat_pickle import IMPORT_MAPPING, NAME_MAPPING
        if (module, name) in NAME_MAPPING:
            module, name = NAME_MAPPING[module, name]
        elif module in IMPORT_MAPPING:
            module = IMPORT_MAPPING[module]
    __import__(module, level=0)
    found = sys.modules[module]
    if proto >= 4:
        return _getattribute(found, name)[0]
    try:
        return getattr(found, name)
    except AttributeError:
        raise AttributeError("Can't get attribute {!r} on {!r}".format(name, found)) from None


# ---- the versions in Python

def _dump(obj, file, protocol=None, *, fix_imports=True, buffer_callback=None):
    """Writes obj to a binary file."""
    __getattr__('_Pickler')(file, protocol, fix_imports=fix_imports, buffer_callback=buffer_callback).dump(obj)


class _Collector:
    """The least that Pickler needs of a file."""

    def __init__(self):
        self.data = bytearray()

    def write(self, data):
        self.data += data


def _dumps(obj, protocol=None, *, fix_imports=True, buffer_callback=None):
    """The pickle of obj as bytes."""
    target = _Collector()
    __getattr__('_Pickler')(target, protocol, fix_imports=fix_imports, buffer_callback=buffer_callback).dump(obj)
    return bytes(target.data)


def _load(file, *, fix_imports=True, encoding="ASCII", errors="strict", buffers=None):
    """Reads an object from a binary file."""
    return __getattr__('_Unpickler')(file, fix_imports=fix_imports, encoding=encoding, errors=errors,
                     buffers=buffers).load()


def _loads(data, /, *, fix_imports=True, encoding="ASCII", errors="strict", buffers=None):
    """The object that a pickle describes; what follows the pickle is ignored."""
    if isinstance(data, str):
        raise TypeError("a bytes-like object is required, not 'str'")
    if type(data) is not bytes:
        data = bytes(memoryview(data))
    return __getattr__('_Unpickler')._from_bytes(data, fix_imports, encoding, errors, buffers).load()


def __getattr__(name):
    if name == '_Pickler':
        from pickle.writer import Pickler as found
    elif name == '_Unpickler':
        from pickle.reader import Unpickler as found
    elif name in ('IMPORT_MAPPING', 'NAME_MAPPING', 'REVERSE_IMPORT_MAPPING',
                  'REVERSE_NAME_MAPPING'):
        import _compat_pickle
        found = getattr(_compat_pickle, name)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = found
    return found
