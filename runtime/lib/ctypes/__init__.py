"""C numbers, and looks at the memory of Ouro's own objects.

c_long.from_address(id(x)).value is the reference count of x, cast(id(x), py_object).value is x.
Any other address is safe: nothing is read where no live object starts.
"""

from _ctypes import _SimpleCData, addressof, alignment, cast, sizeof

__all__ = [
    'ArgumentError', 'addressof', 'alignment', 'cast', 'sizeof', 'py_object',
    'c_bool', 'c_byte', 'c_char', 'c_double', 'c_float', 'c_int', 'c_int8', 'c_int16', 'c_int32',
    'c_int64', 'c_long', 'c_longlong', 'c_short', 'c_size_t', 'c_ssize_t', 'c_ubyte', 'c_uint',
    'c_uint8', 'c_uint16', 'c_uint32', 'c_uint64', 'c_ulong', 'c_ulonglong', 'c_ushort', 'c_void_p',
]


class ArgumentError(Exception):
    """An argument that a foreign function cannot take."""


class c_bool(_SimpleCData):
    """True or False in one byte."""
    _type_ = '?'


class c_char(_SimpleCData):
    """One byte, as bytes."""
    _type_ = 'c'


class c_byte(_SimpleCData):
    """A signed 8-bit integer."""
    _type_ = 'b'


class c_ubyte(_SimpleCData):
    """An unsigned 8-bit integer."""
    _type_ = 'B'


class c_short(_SimpleCData):
    """A signed 16-bit integer."""
    _type_ = 'h'


class c_ushort(_SimpleCData):
    """An unsigned 16-bit integer."""
    _type_ = 'H'


class c_int(_SimpleCData):
    """A signed 32-bit integer."""
    _type_ = 'i'


class c_uint(_SimpleCData):
    """An unsigned 32-bit integer."""
    _type_ = 'I'


class c_long(_SimpleCData):
    """A signed 64-bit integer."""
    _type_ = 'l'


class c_ulong(_SimpleCData):
    """An unsigned 64-bit integer."""
    _type_ = 'L'


class c_float(_SimpleCData):
    """A number of single precision."""
    _type_ = 'f'


class c_double(_SimpleCData):
    """A number of double precision."""
    _type_ = 'd'


class c_void_p(_SimpleCData):
    """An address; 0 reads as None."""
    _type_ = 'P'


class py_object(_SimpleCData):
    """A reference to any object."""
    _type_ = 'O'


c_int8, c_int16, c_int32, c_int64, c_longlong, c_ssize_t = (
    c_byte, c_short, c_int, c_long, c_long, c_long)
c_uint8, c_uint16, c_uint32, c_uint64, c_ulonglong, c_size_t = (
    c_ubyte, c_ushort, c_uint, c_ulong, c_ulong, c_ulong)
