"""The search for codecs by name: built-in ones, and the modules of this package."""

import codecs
import _codecs
import sys
from encodings import aliases

_cache = {}


class CodecRegistryError(LookupError, SystemError):
    pass


def normalize_encoding(encoding):
    """Runs of other characters than ASCII letters, digits and '.' become one '_'."""
    if isinstance(encoding, bytes):
        encoding = str(encoding, "ascii")
    parts = []
    gap = False
    for c in encoding:
        if c.isalnum() or c == ".":
            if gap and parts:
                parts.append("_")
            if c.isascii():
                parts.append(c)
            gap = False
        else:
            gap = True
    return "".join(parts)


def _stateless(name, encode, decode):
    """CodecInfo of a codec without state between characters of one octet."""

    class IncrementalEncoder(codecs.IncrementalEncoder):
        def encode(self, input, final=False):
            return encode(input, self.errors)[0]

    class IncrementalDecoder(codecs.IncrementalDecoder):
        def decode(self, input, final=False):
            return decode(input, self.errors)[0]

    return _info(name, encode, decode, IncrementalEncoder, IncrementalDecoder)


def _buffered(name, encode, partial_decode):
    """CodecInfo of a codec whose characters take several octets."""

    def decode(input, errors="strict"):
        return partial_decode(input, errors, True)

    class IncrementalEncoder(codecs.IncrementalEncoder):
        def encode(self, input, final=False):
            return encode(input, self.errors)[0]

    class IncrementalDecoder(codecs.BufferedIncrementalDecoder):
        def _buffer_decode(self, input, errors, final):
            return partial_decode(input, errors, final)

    return _info(name, encode, decode, IncrementalEncoder, IncrementalDecoder, partial_decode)


def _info(name, encode, decode, incremental_encoder, incremental_decoder, stream_decode=None):
    class StreamWriter(codecs.StreamWriter):
        def encode(self, input, errors="strict"):
            return encode(input, errors)

    class StreamReader(codecs.StreamReader):
        def decode(self, input, errors="strict"):
            return (stream_decode or decode)(input, errors)

    return codecs.CodecInfo(encode, decode, StreamReader, StreamWriter,
                            incremental_encoder, incremental_decoder, name=name)


def _with_mark(name, encode_ordered, encode_le, encode_be, decode_ex, mark_size):
    """CodecInfo of UTF-16 or UTF-32 with a byte order mark."""
    by_order = {-1: encode_le, 1: encode_be}
    native = encode_le if sys.byteorder == "little" else encode_be

    def decode(input, errors="strict"):
        text, used, _ = decode_ex(input, errors, 0, True)
        return text, used

    class IncrementalEncoder(codecs.IncrementalEncoder):
        def __init__(self, errors="strict"):
            codecs.IncrementalEncoder.__init__(self, errors)
            self.encoder = None

        def encode(self, input, final=False):
            if self.encoder is None:
                result = encode_ordered(input, self.errors)[0]
                self.encoder = native
                return result
            return self.encoder(input, self.errors)[0]

        def reset(self):
            codecs.IncrementalEncoder.reset(self)
            self.encoder = None

        def getstate(self):
            return 0 if self.encoder else 2

        def setstate(self, state):
            self.encoder = None if state else native

    class IncrementalDecoder(codecs.BufferedIncrementalDecoder):
        def __init__(self, errors="strict"):
            codecs.BufferedIncrementalDecoder.__init__(self, errors)
            self.order = 0

        def _buffer_decode(self, input, errors, final):
            text, used, order = decode_ex(input, errors, self.order, final)
            if self.order == 0:
                if order != 0:
                    self.order = order
                elif used >= mark_size:
                    raise UnicodeError("%s stream does not start with BOM" % name.upper())
            return text, used

        def reset(self):
            codecs.BufferedIncrementalDecoder.reset(self)
            self.order = 0

        def getstate(self):
            kept = codecs.BufferedIncrementalDecoder.getstate(self)[0]
            if self.order == 0:
                return kept, 2
            return kept, int((self.order > 0) == (sys.byteorder == "little"))

        def setstate(self, state):
            codecs.BufferedIncrementalDecoder.setstate(self, state)
            little = sys.byteorder == "little"
            self.order = {0: -1 if little else 1, 1: 1 if little else -1}.get(state[1], 0)

    class StreamWriter(codecs.StreamWriter):
        def __init__(self, stream, errors="strict"):
            codecs.StreamWriter.__init__(self, stream, errors)
            self.encoder = None

        def reset(self):
            codecs.StreamWriter.reset(self)
            self.encoder = None

        def encode(self, input, errors="strict"):
            if self.encoder is None:
                result = encode_ordered(input, errors)
                self.encoder = native
                return result
            return self.encoder(input, errors)

    class StreamReader(codecs.StreamReader):
        def __init__(self, stream, errors="strict"):
            codecs.StreamReader.__init__(self, stream, errors)
            self.order = 0

        def reset(self):
            codecs.StreamReader.reset(self)
            self.order = 0

        def decode(self, input, errors="strict"):
            text, used, order = decode_ex(input, errors, self.order, False)
            if self.order == 0:
                if order != 0:
                    self.order = order
                elif used >= mark_size:
                    raise UnicodeError("%s stream does not start with BOM" % name.upper())
            return text, used

    return codecs.CodecInfo(encode_ordered, decode, StreamReader, StreamWriter,
                            IncrementalEncoder, IncrementalDecoder, name=name)


def _utf_8_sig():
    mark = codecs.BOM_UTF8

    def encode(input, errors="strict"):
        return mark + _codecs.utf_8_encode(input, errors)[0], len(input)

    def partial_decode(input, errors="strict", final=False):
        skipped = 0
        if bytes(input[:3]) == mark:
            input = input[3:]
            skipped = 3
        text, used = _codecs.utf_8_decode(input, errors, final)
        return text, used + skipped

    def decode(input, errors="strict"):
        return partial_decode(input, errors, True)

    class IncrementalEncoder(codecs.IncrementalEncoder):
        def __init__(self, errors="strict"):
            codecs.IncrementalEncoder.__init__(self, errors)
            self.first = 1

        def encode(self, input, final=False):
            if self.first:
                self.first = 0
                return encode(input, self.errors)[0]
            return _codecs.utf_8_encode(input, self.errors)[0]

        def reset(self):
            codecs.IncrementalEncoder.reset(self)
            self.first = 1

        def getstate(self):
            return self.first

        def setstate(self, state):
            self.first = state

    class IncrementalDecoder(codecs.BufferedIncrementalDecoder):
        def __init__(self, errors="strict"):
            codecs.BufferedIncrementalDecoder.__init__(self, errors)
            self.first = 1

        def _buffer_decode(self, input, errors, final):
            if self.first:
                if len(input) < 3:
                    if mark.startswith(input):
                        return "", 0
                    self.first = 0
                else:
                    self.first = 0
                    return partial_decode(input, errors, final)
            return _codecs.utf_8_decode(input, errors, final)

        def reset(self):
            codecs.BufferedIncrementalDecoder.reset(self)
            self.first = 1

        def getstate(self):
            state = codecs.BufferedIncrementalDecoder.getstate(self)
            return state[0], self.first

        def setstate(self, state):
            codecs.BufferedIncrementalDecoder.setstate(self, state)
            self.first = state[1]

    class StreamWriter(codecs.StreamWriter):
        def reset(self):
            codecs.StreamWriter.reset(self)
            self.__dict__.pop("encode", None)

        def encode(self, input, errors="strict"):
            self.encode = _codecs.utf_8_encode
            return encode(input, errors)

    class StreamReader(codecs.StreamReader):
        def reset(self):
            codecs.StreamReader.reset(self)
            self.__dict__.pop("decode", None)

        def decode(self, input, errors="strict"):
            if len(input) < 3 and mark.startswith(input):
                return "", 0
            self.decode = _codecs.utf_8_decode
            return partial_decode(input, errors)

    return codecs.CodecInfo(encode, decode, StreamReader, StreamWriter,
                            IncrementalEncoder, IncrementalDecoder, name="utf-8-sig")


_builtin = {
    "ascii": lambda: _stateless("ascii", _codecs.ascii_encode, _codecs.ascii_decode),
    "latin_1": lambda: _stateless("iso8859-1", _codecs.latin_1_encode, _codecs.latin_1_decode),
    "utf_8": lambda: _buffered("utf-8", _codecs.utf_8_encode, _codecs.utf_8_decode),
    "utf_8_sig": _utf_8_sig,
    "utf_16_le": lambda: _buffered("utf-16-le", _codecs.utf_16_le_encode,
                                   _codecs.utf_16_le_decode),
    "utf_16_be": lambda: _buffered("utf-16-be", _codecs.utf_16_be_encode,
                                   _codecs.utf_16_be_decode),
    "utf_16": lambda: _with_mark("utf-16", _codecs.utf_16_encode, _codecs.utf_16_le_encode,
                                 _codecs.utf_16_be_encode, _codecs.utf_16_ex_decode, 2),
    "utf_32_le": lambda: _buffered("utf-32-le", _codecs.utf_32_le_encode,
                                   _codecs.utf_32_le_decode),
    "utf_32_be": lambda: _buffered("utf-32-be", _codecs.utf_32_be_encode,
                                   _codecs.utf_32_be_decode),
    "utf_32": lambda: _with_mark("utf-32", _codecs.utf_32_encode, _codecs.utf_32_le_encode,
                                 _codecs.utf_32_be_encode, _codecs.utf_32_ex_decode, 4),
    "unicode_escape": lambda: _buffered("unicode-escape", _codecs.unicode_escape_encode,
                                        _codecs.unicode_escape_decode),
    "raw_unicode_escape": lambda: _buffered("raw-unicode-escape",
                                            _codecs.raw_unicode_escape_encode,
                                            _codecs.raw_unicode_escape_decode),
}


def search_function(encoding):
    """The CodecInfo of an encoding, or None."""
    if encoding in _cache:
        return _cache[encoding]
    name = normalize_encoding(encoding)
    name = aliases.aliases.get(name) or aliases.aliases.get(name.replace(".", "_")) or name
    make = _builtin.get(name)
    info = None
    if make is not None:
        info = make()
    elif name and "." not in name:
        try:
            module = __import__("encodings." + name, fromlist=("getregentry",), level=0)
        except ImportError:
            module = None
        if module is not None and hasattr(module, "getregentry"):
            info = module.getregentry()
    _cache[encoding] = info
    return info


codecs.register(search_function)
