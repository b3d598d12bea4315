"""iso8859-15: Latin-1 with the euro sign and seven letters."""

from encodings._charmap import charmap_info

decoding_table = bytes(range(256)).decode("latin-1").translate({
    0xA4: "\u20ac", 0xA6: "\u0160", 0xA8: "\u0161", 0xB4: "\u017d", 0xB8: "\u017e",
    0xBC: "\u0152", 0xBD: "\u0153", 0xBE: "\u0178"})


def getregentry():
    return charmap_info("iso8859-15", decoding_table)
