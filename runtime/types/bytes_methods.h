#ifndef OURO_RUNTIME_TYPES_BYTES_METHODS_H
#define OURO_RUNTIME_TYPES_BYTES_METHODS_H

/* What bytes and bytearray share. */

#include <stdbool.h>
#include <stdint.h>

#include "runtime/core/object.h"

/* The octets of a bytes or bytearray (or subclass). */
const unsigned char *bytes_octets(ObjRef self, int64_t *length);
/* A new object of self's kind: bytes or bytearray (exact). */
Obj *bytes_like(ObjRef self, const void *data, int64_t length);

/* The rows that both method tables begin with. */
#define BYTES_COMMON_METHODS                                                                        \
    {"__getnewargs__", bytes_getnewargs_method, 0, 0, 0, NULL},                                     \
        {"capitalize",                                                                              \
         bytes_capitalize_method,                                                                   \
         0,                                                                                         \
         0,                                                                                         \
         0,                                                                                         \
         "capitalize($self, /)\n--\n\nFirst octet in upper case, the others in lower case "         \
         "(ASCII)."},                                                                               \
        {"center", bytes_center_method,                                                             \
         1,        2,                                                                               \
         0,        "center($self, width, fillchar=b' ', /)\n--\n\nPadded on both sides to width."}, \
        {"count", bytes_count_method,                                                               \
         0,       -1,                                                                               \
         0,       "B.count(sub[, start[, end]]) -> int\n\nNon-overlapping occurrences of sub."},    \
        {"decode",                                                                                  \
         bytes_decode_method,                                                                       \
         0,                                                                                         \
         -1,                                                                                        \
         METHOD_KEYWORDS,                                                                           \
         "decode($self, /, encoding='utf-8', errors='strict')\n--\n\nThe octets as text."},         \
        {"endswith", bytes_endswith_method,                                                         \
         0,          -1,                                                                            \
         0,          "B.endswith(suffix[, start[, end]]) -> bool\n\nDoes it end so?"},              \
        {"expandtabs",                                                                              \
         bytes_expandtabs_method,                                                                   \
         0,                                                                                         \
         -1,                                                                                        \
         METHOD_KEYWORDS,                                                                           \
         "expandtabs($self, /, tabsize=8)\n--\n\nTabs replaced by spaces up to the next tab "       \
         "stop."},                                                                                  \
        {"find", bytes_find_method,                                                                 \
         0,      -1,                                                                                \
         0,      "B.find(sub[, start[, end]]) -> int\n\nLowest index of sub, or -1."},              \
        {"hex",                                                                                     \
         bytes_hex_method,                                                                          \
         0,                                                                                         \
         -1,                                                                                        \
         METHOD_KEYWORDS,                                                                           \
         "hex(sep=<unrepresentable>, bytes_per_sep=1)\n\nHexadecimal digits of the octets."},       \
        {"index",                                                                                   \
         bytes_index_method,                                                                        \
         0,                                                                                         \
         -1,                                                                                        \
         0,                                                                                         \
         "B.index(sub[, start[, end]]) -> int\n\nAs find, but ValueError when sub is not there."},  \
        {"isalnum",                                                                                 \
         bytes_isalnum_method,                                                                      \
         0,                                                                                         \
         0,                                                                                         \
         0,                                                                                         \
         "B.isalnum() -> bool\n\nAre all octets ASCII letters or digits, and is there one?"},       \
        {"isalpha", bytes_isalpha_method,                                                           \
         0,         0,                                                                              \
         0,         "B.isalpha() -> bool\n\nAre all octets ASCII letters, and is there one?"},      \
        {"isascii", bytes_isascii_method, 0, 0, 0, "B.isascii() -> bool\n\nAre all octets ASCII?"}, \
        {"isdigit", bytes_isdigit_method,                                                           \
         0,         0,                                                                              \
         0,         "B.isdigit() -> bool\n\nAre all octets ASCII digits, and is there one?"},       \
        {"islower", bytes_islower_method,                                                           \
         0,         0,                                                                              \
         0,         "B.islower() -> bool\n\nAre all ASCII letters lower case, and is there one?"},  \
        {"isspace", bytes_isspace_method,                                                           \
         0,         0,                                                                              \
         0,         "B.isspace() -> bool\n\nAre all octets white space, and is there one?"},        \
        {"istitle", bytes_istitle_method, 0, 0, 0, "B.istitle() -> bool\n\nIs it in title case?"},  \
        {"isupper", bytes_isupper_method,                                                           \
         0,         0,                                                                              \
         0,         "B.isupper() -> bool\n\nAre all ASCII letters upper case, and is there one?"},  \
        {"join", bytes_join_method,                                                                 \
         1,      1,                                                                                 \
         0,      "join($self, iterable_of_bytes, /)\n--\n\nThe parts with this one between them."}, \
        {"ljust", bytes_ljust_method,                                                               \
         1,       2,                                                                                \
         0,       "ljust($self, width, fillchar=b' ', /)\n--\n\nPadded on the right to width."},    \
        {"lower", bytes_lower_method, 0, 0, 0, "B.lower() -> copy of B\n\nIn lower case (ASCII)."}, \
        {"lstrip",                                                                                  \
         bytes_lstrip_method,                                                                       \
         0,                                                                                         \
         1,                                                                                         \
         0,                                                                                         \
         "lstrip($self, bytes=None, /)\n--\n\nWithout leading white space, or octets of bytes."},   \
        {"maketrans",                                                                               \
         bytes_maketrans_method,                                                                    \
         2,                                                                                         \
         2,                                                                                         \
         METHOD_STATIC,                                                                             \
         "maketrans(frm, to, /)\n--\n\nA table for translate."},                                    \
        {"partition", bytes_partition_method,                                                       \
         1,           1,                                                                            \
         0,           "partition($self, sep, /)\n--\n\n(before, sep, after) at the first sep."},    \
        {"removeprefix",                                                                            \
         bytes_removeprefix_method,                                                                 \
         1,                                                                                         \
         1,                                                                                         \
         0,                                                                                         \
         "removeprefix($self, prefix, /)\n--\n\nWithout prefix, if it begins so."},                 \
        {"removesuffix",                                                                            \
         bytes_removesuffix_method,                                                                 \
         1,                                                                                         \
         1,                                                                                         \
         0,                                                                                         \
         "removesuffix($self, suffix, /)\n--\n\nWithout suffix, if it ends so."},                   \
        {"replace",                                                                                 \
         bytes_replace_method,                                                                      \
         2,                                                                                         \
         3,                                                                                         \
         0,                                                                                         \
         "replace($self, old, new, count=-1, /)\n--\n\nA copy with old replaced by new."},          \
        {"rfind", bytes_rfind_method,                                                               \
         0,       -1,                                                                               \
         0,       "B.rfind(sub[, start[, end]]) -> int\n\nHighest index of sub, or -1."},           \
        {"rindex",                                                                                  \
         bytes_rindex_method,                                                                       \
         0,                                                                                         \
         -1,                                                                                        \
         0,                                                                                         \
         "B.rindex(sub[, start[, end]]) -> int\n\nAs rfind, but ValueError when sub is not "        \
         "there."},                                                                                 \
        {"rjust", bytes_rjust_method,                                                               \
         1,       2,                                                                                \
         0,       "rjust($self, width, fillchar=b' ', /)\n--\n\nPadded on the left to width."},     \
        {"rpartition",                                                                              \
         bytes_rpartition_method,                                                                   \
         1,                                                                                         \
         1,                                                                                         \
         0,                                                                                         \
         "rpartition($self, sep, /)\n--\n\n(before, sep, after) at the last sep."},                 \
        {"rsplit",                                                                                  \
         bytes_rsplit_method,                                                                       \
         0,                                                                                         \
         -1,                                                                                        \
         METHOD_KEYWORDS,                                                                           \
         "rsplit($self, /, sep=None, maxsplit=-1)\n--\n\nAs split, from the right."},               \
        {"rstrip",                                                                                  \
         bytes_rstrip_method,                                                                       \
         0,                                                                                         \
         1,                                                                                         \
         0,                                                                                         \
         "rstrip($self, bytes=None, /)\n--\n\nWithout trailing white space, or octets of bytes."},  \
        {"split",                                                                                   \
         bytes_split_method,                                                                        \
         0,                                                                                         \
         -1,                                                                                        \
         METHOD_KEYWORDS,                                                                           \
         "split($self, /, sep=None, maxsplit=-1)\n--\n\nList of the parts between separators."},    \
        {"splitlines",                                                                              \
         bytes_splitlines_method,                                                                   \
         0,                                                                                         \
         -1,                                                                                        \
         METHOD_KEYWORDS,                                                                           \
         "splitlines($self, /, keepends=False)\n--\n\nList of the lines."},                         \
        {"startswith",                                                                              \
         bytes_startswith_method,                                                                   \
         0,                                                                                         \
         -1,                                                                                        \
         0,                                                                                         \
         "B.startswith(prefix[, start[, end]]) -> bool\n\nDoes it begin so?"},                      \
        {"strip",                                                                                   \
         bytes_strip_method,                                                                        \
         0,                                                                                         \
         1,                                                                                         \
         0,                                                                                         \
         "strip($self, bytes=None, /)\n--\n\nWithout white space around, or octets of bytes."},     \
        {"swapcase",                                                                                \
         bytes_swapcase_method,                                                                     \
         0,                                                                                         \
         0,                                                                                         \
         0,                                                                                         \
         "B.swapcase() -> copy of B\n\nUpper case to lower case and the other way round "           \
         "(ASCII)."},                                                                               \
        {"title",                                                                                   \
         bytes_title_method,                                                                        \
         0,                                                                                         \
         0,                                                                                         \
         0,                                                                                         \
         "B.title() -> copy of B\n\nEvery word with its first letter in upper case (ASCII)."},      \
        {"translate",                                                                               \
         bytes_translate_method,                                                                    \
         1,                                                                                         \
         -1,                                                                                        \
         METHOD_KEYWORDS,                                                                           \
         "translate($self, table, /, delete=b'')\n--\n\nEach octet by its place in table."},        \
        {"upper", bytes_upper_method, 0, 0, 0, "B.upper() -> copy of B\n\nIn upper case (ASCII)."}, \
    {                                                                                               \
        "zfill", bytes_zfill_method, 1, 1, 0,                                                       \
            "zfill($self, width, /)\n--\n\nPadded with zeros after the sign to width."              \
    }

#define BYTES_METHOD(name)                                                                         \
    Obj *bytes_##name##_method(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
BYTES_METHOD(getnewargs);
BYTES_METHOD(capitalize);
BYTES_METHOD(center);
BYTES_METHOD(count);
BYTES_METHOD(decode);
BYTES_METHOD(endswith);
BYTES_METHOD(expandtabs);
BYTES_METHOD(find);
BYTES_METHOD(hex);
BYTES_METHOD(index);
BYTES_METHOD(isalnum);
BYTES_METHOD(isalpha);
BYTES_METHOD(isascii);
BYTES_METHOD(isdigit);
BYTES_METHOD(islower);
BYTES_METHOD(isspace);
BYTES_METHOD(istitle);
BYTES_METHOD(isupper);
BYTES_METHOD(join);
BYTES_METHOD(ljust);
BYTES_METHOD(lower);
BYTES_METHOD(lstrip);
BYTES_METHOD(maketrans);
BYTES_METHOD(partition);
BYTES_METHOD(removeprefix);
BYTES_METHOD(removesuffix);
BYTES_METHOD(replace);
BYTES_METHOD(rfind);
BYTES_METHOD(rindex);
BYTES_METHOD(rjust);
BYTES_METHOD(rpartition);
BYTES_METHOD(rsplit);
BYTES_METHOD(rstrip);
BYTES_METHOD(split);
BYTES_METHOD(splitlines);
BYTES_METHOD(startswith);
BYTES_METHOD(strip);
BYTES_METHOD(swapcase);
BYTES_METHOD(title);
BYTES_METHOD(translate);
BYTES_METHOD(upper);
BYTES_METHOD(zfill);

/* Slots and helpers of both. */
int bytes_contains_slot(ObjRef self, ObjRef item);
Obj *bytes_percent_slot(ObjRef left, ObjRef right);
/* repr of octets: prefix b'…' suffix. */
Obj *bytes_repr_octets(const unsigned char *data, int64_t length, const char *prefix,
                       const char *suffix);
/* What bytes(source) holds (not for str): an exact bytes.  `type_name` for the message. */
Obj *bytes_from_source(ObjRef source, const char *type_name);
/* The octet that an int argument is, or -1 with ValueError (`what` must be in range(0, 256)). */
int bytes_octet_argument(ObjRef o, const char *what);
/* Octets of hexadecimal text, as fromhex reads it: bytes. */
Obj *bytes_parse_hex(ObjRef text);
/* sep and bytes_per_sep of hex(), for binascii too: str. */
Obj *bytes_to_hex(const unsigned char *data, int64_t length, ObjRef separator, int64_t group,
                  bool as_bytes);

#endif
