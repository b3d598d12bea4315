"""Bytes as text of 16, 32, 64 or 85 characters (RFC 4648 and others)."""

import binascii
import re
import struct

__all__ = ["encode", "decode", "encodebytes", "decodebytes", "b64encode", "b64decode", "b32encode",
           "b32decode", "b32hexencode", "b32hexdecode", "b16encode", "b16decode", "b85encode",
           "b85decode", "a85encode", "a85decode", "standard_b64encode", "standard_b64decode",
           "urlsafe_b64encode", "urlsafe_b64decode"]

MAXLINESIZE = 76
MAXBINSIZE = MAXLINESIZE // 4 * 3


def _bytes_from_text(s):
    """The bytes of ASCII text or of a bytes-like object."""
    if isinstance(s, str):
        try:
            return s.encode("ascii")
        except UnicodeEncodeError:
            raise ValueError("string argument should contain only ASCII characters") from None
    if isinstance(s, (bytes, bytearray)):
        return s
    try:
        return memoryview(s).tobytes()
    except TypeError:
        raise TypeError("argument should be a bytes-like object or ASCII string, not %r"
                        % s.__class__.__name__) from None

# ---- base 64


def b64encode(s, altchars=None):
    """Base 64; altchars stand for + and /."""
    encoded = binascii.b2a_base64(s, newline=False)
    if altchars is not None:
        assert len(altchars) == 2, repr(altchars)
        return encoded.translate(bytes.maketrans(b"+/", altchars))
    return encoded


def b64decode(s, altchars=None, validate=False):
    """The bytes of base 64; other characters are left out, or refused with validate."""
    s = _bytes_from_text(s)
    if altchars is not None:
        altchars = _bytes_from_text(altchars)
        assert len(altchars) == 2, repr(altchars)
        s = s.translate(bytes.maketrans(altchars, b"+/"))
    return binascii.a2b_base64(s, strict_mode=validate)


def standard_b64encode(s):
    """Base 64 with + and /."""
    return b64encode(s)


def standard_b64decode(s):
    """The bytes of base 64 with + and /."""
    return b64decode(s)


def urlsafe_b64encode(s):
    """Base 64 with - and _."""
    return b64encode(s).translate(bytes.maketrans(b"+/", b"-_"))


def urlsafe_b64decode(s):
    """The bytes of base 64 with - and _."""
    return b64decode(_bytes_from_text(s).translate(bytes.maketrans(b"-_", b"+/")))

# ---- base 32 and 16

_B32 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_B32_HEX = b"0123456789ABCDEFGHIJKLMNOPQRSTUV"


def _b32encode(alphabet, s):
    if not isinstance(s, (bytes, bytearray)):
        s = memoryview(s).tobytes()
    encoded = bytearray()
    for start in range(0, len(s), 5):
        group = s[start:start + 5]
        number = int.from_bytes(group, "big") << 8 * (5 - len(group))
        characters = bytes(alphabet[number >> shift & 31] for shift in range(35, -1, -5))
        used = (8 * len(group) + 4) // 5
        encoded += characters[:used] + b"=" * (8 - used)
    return bytes(encoded)


def _b32decode(alphabet, s, casefold=False, map01=None):
    s = _bytes_from_text(s)
    if len(s) % 8:
        raise binascii.Error("Incorrect padding")
    if map01 is not None:
        map01 = _bytes_from_text(map01)
        assert len(map01) == 1, repr(map01)
        s = s.translate(bytes.maketrans(b"01", b"O" + map01))
    if casefold:
        s = s.upper()
    plain = s.rstrip(b"=")
    padding = len(s) - len(plain)
    values = {character: value for value, character in enumerate(alphabet)}
    decoded = bytearray()
    for start in range(0, len(plain), 8):
        number = 0
        try:
            for character in plain[start:start + 8].ljust(8, alphabet[:1]):
                number = number << 5 | values[character]
        except KeyError:
            raise binascii.Error("Non-base32 digit found") from None
        decoded += number.to_bytes(5, "big")
    if padding not in (0, 1, 3, 4, 6):
        raise binascii.Error("Incorrect padding")
    if padding and decoded:
        del decoded[len(decoded) - (padding * 5 + 7) // 8:]
    return bytes(decoded)


def b32encode(s):
    """Base 32."""
    return _b32encode(_B32, s)


def b32decode(s, casefold=False, map01=None):
    """The bytes of base 32; map01 is the letter that 1 stands for, and 0 stands for O then."""
    return _b32decode(_B32, s, casefold, map01)


def b32hexencode(s):
    """Base 32 with digits before letters."""
    return _b32encode(_B32_HEX, s)


def b32hexdecode(s, casefold=False):
    """The bytes of base 32 with digits before letters."""
    return _b32decode(_B32_HEX, s, casefold)


def b16encode(s):
    """Hexadecimal digits, with capitals."""
    return binascii.hexlify(s).upper()


def b16decode(s, casefold=False):
    """The bytes of hexadecimal digits."""
    s = _bytes_from_text(s)
    if casefold:
        s = s.upper()
    if re.search(b"[^0-9A-F]", s):
        raise binascii.Error("Non-base16 digit found")
    return binascii.unhexlify(s)

# ---- base 85


def _encode85(b, alphabet, pad, fold_zeros=False, fold_spaces=False):
    if not isinstance(b, (bytes, bytearray)):
        b = memoryview(b).tobytes()
    padding = -len(b) % 4
    words = struct.unpack(f"!{(len(b) + padding) // 4}I", b + b"\0" * padding)
    chunks = []
    for word in words:
        if fold_zeros and not word:
            chunks.append(b"z")
        elif fold_spaces and word == 0x20202020:
            chunks.append(b"y")
        else:
            chunks.append(bytes(alphabet[word // power % 85]
                                for power in (52200625, 614125, 7225, 85, 1)))
    if padding and not pad:
        if chunks[-1] == b"z":
            chunks[-1] = alphabet[:1] * 5
        chunks[-1] = chunks[-1][:-padding]
    return b"".join(chunks)


_A85 = bytes(range(33, 118))
_B85 = (b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
        b"!#$%&()*+-;<=>?@^_`{|}~")


def a85encode(b, *, foldspaces=False, wrapcol=0, pad=False, adobe=False):
    """Ascii85, as btoa or (with adobe) PostScript write it."""
    encoded = _encode85(b, _A85, pad, True, foldspaces)
    if adobe:
        encoded = b"<~" + encoded
    if wrapcol:
        wrapcol = max(2 if adobe else 1, wrapcol)
        lines = [encoded[i:i + wrapcol] for i in range(0, len(encoded), wrapcol)]
        if adobe and len(lines[-1]) + 2 > wrapcol:
            lines.append(b"")
        encoded = b"\n".join(lines)
    return encoded + b"~>" if adobe else encoded


def a85decode(b, *, foldspaces=False, adobe=False, ignorechars=b" \t\n\r\v"):
    """The bytes of Ascii85."""
    b = _bytes_from_text(b)
    if adobe:
        if not b.endswith(b"~>"):
            raise ValueError("Ascii85 encoded byte sequences must end with b'~>'")
        b = b[2:-2] if b.startswith(b"<~") else b[:-2]
    decoded = []
    digits = []
    for character in b + b"u" * 4:
        if 33 <= character <= 117:
            digits.append(character - 33)
            if len(digits) == 5:
                number = 0
                for digit in digits:
                    number = number * 85 + digit
                if number >= 2**32:
                    raise ValueError("Ascii85 overflow")
                decoded.append(number.to_bytes(4, "big"))
                digits = []
        elif character == 122:      # z
            if digits:
                raise ValueError("z inside Ascii85 5-tuple")
            decoded.append(b"\0\0\0\0")
        elif foldspaces and character == 121:       # y
            if digits:
                raise ValueError("y inside Ascii85 5-tuple")
            decoded.append(b"    ")
        elif character not in ignorechars:
            raise ValueError("Non-Ascii85 digit found: %c" % character)
    result = b"".join(decoded)
    padding = 4 - len(digits)
    return result[:-padding] if padding else result


def b85encode(b, pad=False):
    """Base 85 as git writes it."""
    return _encode85(b, _B85, pad)


def b85decode(b):
    """The bytes of base 85."""
    b = _bytes_from_text(b)
    values = {character: value for value, character in enumerate(_B85)}
    padding = -len(b) % 5
    b = b + b"~" * padding
    decoded = bytearray()
    for start in range(0, len(b), 5):
        number = 0
        for i, character in enumerate(b[start:start + 5]):
            try:
                number = number * 85 + values[character]
            except KeyError:
                raise ValueError(f"bad base85 character at position {start + i}") from None
        if number >= 2**32:
            raise ValueError(f"base85 overflow in hunk starting at byte {start}")
        decoded += number.to_bytes(4, "big")
    return bytes(decoded[:-padding] if padding else decoded)

# ---- files


def encode(input, output):
    """Base 64 of one binary file to another, in lines of 76 characters."""
    while chunk := input.read(MAXBINSIZE):
        while len(chunk) < MAXBINSIZE and (more := input.read(MAXBINSIZE - len(chunk))):
            chunk += more
        output.write(binascii.b2a_base64(chunk))


def decode(input, output):
    """The bytes of a file of base 64 to another file."""
    while line := input.readline():
        output.write(binascii.a2b_base64(line))


def _check_octets(s):
    try:
        view = memoryview(s)
    except TypeError as problem:
        raise TypeError("expected bytes-like object, not %s" % s.__class__.__name__) from problem
    if view.format not in ("c", "b", "B"):
        raise TypeError("expected single byte elements, not %r from %s"
                        % (view.format, s.__class__.__name__))
    if view.ndim != 1:
        raise TypeError("expected 1-D data, not %d-D data from %s"
                        % (view.ndim, s.__class__.__name__))


def encodebytes(s):
    """Base 64 in lines of 76 characters."""
    _check_octets(s)
    return b"".join([binascii.b2a_base64(s[i:i + MAXBINSIZE])
                     for i in range(0, len(s), MAXBINSIZE)])


def decodebytes(s):
    """The bytes of base 64 in lines."""
    _check_octets(s)
    return binascii.a2b_base64(s)


def main():
    """base64 [-d | -e | -u] [file]"""
    import getopt
    import sys
    usage = (f"usage: {sys.argv[0]} [-h|-d|-e|-u] [file|-]\n"
             "        -h: print this help message and exit\n        -d, -u: decode\n"
             "        -e: encode (default)")
    try:
        options, args = getopt.getopt(sys.argv[1:], "hdeu")
    except getopt.error as problem:
        sys.stdout = sys.stderr
        print(problem)
        print(usage)
        sys.exit(2)
    function = encode
    for option, _ in options:
        if option == "-e":
            function = encode
        if option in ("-d", "-u"):
            function = decode
        if option == "-h":
            print(usage)
            return
    if args and args[0] != "-":
        with open(args[0], "rb") as file:
            function(file, sys.stdout.buffer)
    else:
        function(sys.stdin.buffer, sys.stdout.buffer)


if __name__ == "__main__":
    main()
