"""rot13: each ASCII letter moved thirteen places; text to text."""

import codecs

_upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
rot13_map = str.maketrans(_upper + _upper.lower(),
                          _upper[13:] + _upper[:13] + (_upper[13:] + _upper[:13]).lower())


class Codec(codecs.Codec):
    def encode(self, input, errors="strict"):
        return str.translate(input, rot13_map), len(input)

    decode = encode


class IncrementalEncoder(codecs.IncrementalEncoder):
    def encode(self, input, final=False):
        return str.translate(input, rot13_map)


class IncrementalDecoder(codecs.IncrementalDecoder):
    def decode(self, input, final=False):
        return str.translate(input, rot13_map)


class StreamWriter(Codec, codecs.StreamWriter):
    pass


class StreamReader(Codec, codecs.StreamReader):
    pass


def getregentry():
    return codecs.CodecInfo(Codec().encode, Codec().decode, StreamReader, StreamWriter,
                            IncrementalEncoder, IncrementalDecoder, name="rot-13",
                            _is_text_encoding=False)
