"""base64 in lines of 76 characters; octets to octets."""

import binascii
import codecs


def base64_encode(input, errors="strict"):
    assert errors == "strict"
    data = bytes(input)
    lines = [binascii.b2a_base64(data[i:i + 57]) for i in range(0, len(data), 57)]
    return b"".join(lines), len(data)


def base64_decode(input, errors="strict"):
    assert errors == "strict"
    return binascii.a2b_base64(input), len(input)


class Codec(codecs.Codec):
    def encode(self, input, errors="strict"):
        return base64_encode(input, errors)

    def decode(self, input, errors="strict"):
        return base64_decode(input, errors)


class IncrementalEncoder(codecs.IncrementalEncoder):
    def encode(self, input, final=False):
        return base64_encode(input, self.errors)[0]


class IncrementalDecoder(codecs.IncrementalDecoder):
    def decode(self, input, final=False):
        return base64_decode(input, self.errors)[0]


class StreamWriter(Codec, codecs.StreamWriter):
    charbuffertype = bytes


class StreamReader(Codec, codecs.StreamReader):
    charbuffertype = bytes


def getregentry():
    return codecs.CodecInfo(base64_encode, base64_decode, StreamReader, StreamWriter,
                            IncrementalEncoder, IncrementalDecoder, name="base64",
                            _is_text_encoding=False)
