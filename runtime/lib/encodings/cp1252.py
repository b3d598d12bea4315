"""cp1252: Latin-1 with printable characters at 0x80…0x9F."""

from encodings._charmap import charmap_info

_middle = ("\u20ac\ufffe\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\ufffe"
           "\u017d\ufffe\ufffe\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a"
           "\u0153\ufffe\u017e\u0178")
decoding_table = (bytes(range(0x80)).decode("latin-1") + _middle +
                  bytes(range(0xA0, 0x100)).decode("latin-1"))


def getregentry():
    return charmap_info("cp1252", decoding_table)
