/*
 * The methods of str: predicates, searching, stripping, padding; and the method table, which also
 * names what str_split.c, str_case.c, str_translate.c and str_format.c hold.
 *
 * Text is immutable and none of these runs user code after reading its arguments, so lengths and
 * data pointers stay valid once arguments are converted.
 */

#include "runtime/types/str_methods.h"

#include <string.h>

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/types/bytes.h"
#include "runtime/types/codecs.h"
#include "runtime/types/format_spec.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"
#include "runtime/types/unicode.h"

#define METHOD(name)                                                                               \
    static Obj *name(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
#define UNUSED_ARGS (void)args, (void)nargs, (void)kwnames

/* ---- predicates: all code points satisfy, and there is at least one */

static Obj *all_satisfy(ObjRef self, bool (*predicate)(uint32_t))
{
    int64_t length = str_length(self);
    for (int64_t i = 0; i < length; i++) {
        if (!predicate(str_char_at(self, i)))
            return bool_new(false);
    }
    return bool_new(length > 0);
}

static bool is_alnum(uint32_t c)
{
    return unicode_is_alpha(c) || unicode_decimal(c) >= 0 || unicode_digit(c) >= 0 ||
           unicode_is_numeric(c);
}

static bool is_decimal(uint32_t c)
{
    return unicode_decimal(c) >= 0;
}

static bool is_digit(uint32_t c)
{
    return unicode_digit(c) >= 0;
}

static bool is_space(uint32_t c)
{
    return unicode_is_space(c);
}

METHOD(all_alnum)
{
    UNUSED_ARGS;
    return all_satisfy(self, is_alnum);
}

METHOD(all_alpha)
{
    UNUSED_ARGS;
    return all_satisfy(self, unicode_is_alpha);
}

METHOD(all_ascii)
{
    UNUSED_ARGS;
    return bool_new(str_cast(self)->ascii);
}

METHOD(isdecimal)
{
    UNUSED_ARGS;
    return all_satisfy(self, is_decimal);
}

METHOD(all_digit)
{
    UNUSED_ARGS;
    return all_satisfy(self, is_digit);
}

METHOD(isidentifier)
{
    UNUSED_ARGS;
    return bool_new(str_is_identifier(self));
}

METHOD(isnumeric)
{
    UNUSED_ARGS;
    return all_satisfy(self, unicode_is_numeric);
}

METHOD(isprintable)
{
    UNUSED_ARGS;
    int64_t length = str_length(self);
    for (int64_t i = 0; i < length; i++) {
        if (!unicode_is_printable(str_char_at(self, i)))
            return bool_new(false);
    }
    return bool_new(true);
}

METHOD(all_space)
{
    UNUSED_ARGS;
    return all_satisfy(self, is_space);
}

/* At least one code point of the wanted case, none of the other or of title case. */
static Obj *is_of_case(ObjRef self, bool (*wanted)(uint32_t), bool (*unwanted)(uint32_t))
{
    int64_t length = str_length(self);
    bool any = false;
    for (int64_t i = 0; i < length; i++) {
        uint32_t c = str_char_at(self, i);
        if (unwanted(c) || unicode_is_title(c))
            return bool_new(false);
        any = any || wanted(c);
    }
    return bool_new(any);
}

METHOD(all_lower)
{
    UNUSED_ARGS;
    return is_of_case(self, unicode_is_lower, unicode_is_upper);
}

METHOD(all_upper)
{
    UNUSED_ARGS;
    return is_of_case(self, unicode_is_upper, unicode_is_lower);
}

METHOD(istitle)
{
    UNUSED_ARGS;
    int64_t length = str_length(self);
    bool any = false, after_cased = false;
    for (int64_t i = 0; i < length; i++) {
        uint32_t c = str_char_at(self, i);
        if (unicode_is_upper(c) || unicode_is_title(c)) {
            if (after_cased)
                return bool_new(false);
            any = after_cased = true;
        } else if (unicode_is_lower(c)) {
            if (!after_cased)
                return bool_new(false);
            any = true;
        } else {
            after_cased = false;
        }
    }
    return bool_new(any);
}

/* ---- searching */

/* The part that optional arguments first and first + 1 select: 0/-1.  *start may be past *end. */
static int read_range(ObjRef self, const ObjRef *args, int64_t nargs, int64_t first, int64_t *start,
                      int64_t *end)
{
    *start = 0;
    *end = INT64_MAX;
    if (nargs > first && args_to_slice_index(args[first], start) < 0)
        return -1;
    if (nargs > first + 1 && args_to_slice_index(args[first + 1], end) < 0)
        return -1;
    int64_t length = str_length(self);
    if (*end > length)
        *end = length;
    else if (*end < 0 && (*end += length) < 0)
        *end = 0;
    if (*start < 0 && (*start += length) < 0)
        *start = 0;
    return 0;
}

static int require_str(ObjRef o)
{
    if (str_check(o))
        return 0;
    return err_format_int(&exc_type_error, "must be str, not %T", o);
}

/* The arity of these methods is worded otherwise than by the caller: 0/-1. */
static int check_arity(const char *name, int64_t nargs)
{
    if (nargs >= 1 && nargs <= 3)
        return 0;
    return err_format_int(&exc_type_error, "%s() takes at %s (%lld given)", name,
                          nargs < 1 ? "least 1 argument" : "most 3 arguments", (long long)nargs);
}

/* Position of args[0]; -1 not found, -2 error. */
static int64_t find_position(const char *name, ObjRef self, const ObjRef *args, int64_t nargs,
                             bool reverse)
{
    int64_t start, end;
    if (check_arity(name, nargs) < 0 || require_str(args[0]) < 0 ||
        read_range(self, args, nargs, 1, &start, &end) < 0)
        return -2;
    if (start > str_length(self))
        return -1;
    return reverse ? str_rfind(self, args[0], start, end) : str_find(self, args[0], start, end);
}

METHOD(find)
{
    (void)kwnames;
    int64_t position = find_position("find", self, args, nargs, false);
    return position == -2 ? NULL : int_new(position);
}

METHOD(rfind)
{
    (void)kwnames;
    int64_t position = find_position("rfind", self, args, nargs, true);
    return position == -2 ? NULL : int_new(position);
}

static Obj *found_or_raise(int64_t position)
{
    if (position == -1)
        return err_string(&exc_value_error, "substring not found");
    return position == -2 ? NULL : int_new(position);
}

METHOD(index_)
{
    (void)kwnames;
    return found_or_raise(find_position("index", self, args, nargs, false));
}

METHOD(rindex_)
{
    (void)kwnames;
    return found_or_raise(find_position("rindex", self, args, nargs, true));
}

METHOD(count)
{
    (void)kwnames;
    int64_t start, end;
    if (check_arity("count", nargs) < 0 || require_str(args[0]) < 0 ||
        read_range(self, args, nargs, 1, &start, &end) < 0)
        return NULL;
    const StrObj *s = str_cast(self), *needle = str_cast(args[0]);
    if (start > end)
        return int_new(0);
    return int_new(str_count_raw(s->data + start * s->kind, s->kind, end - start, needle->data,
                                 needle->kind, needle->length, INT64_MAX));
}

/* Does self[start:end] begin (or end) with affix? */
static bool matches_affix(ObjRef self, ObjRef affix, int64_t start, int64_t end, bool at_end)
{
    const StrObj *s = (const StrObj *)self, *a = (const StrObj *)affix;
    if (start > end || a->length > end - start || a->kind > s->kind)
        return false;
    int64_t at = at_end ? end - a->length : start;
    if (a->kind == s->kind) {
        return memcmp(s->data + at * s->kind, a->data, (size_t)(a->length * a->kind)) == 0;
    }
    for (int64_t i = 0; i < a->length; i++) {
        if (str_char_at(self, at + i) != str_char_at(affix, i))
            return false;
    }
    return true;
}

static Obj *test_affix(ObjRef self, const ObjRef *args, int64_t nargs, bool at_end)
{
    const char *name = at_end ? "endswith" : "startswith";
    int64_t start, end;
    if (check_arity(name, nargs) < 0 || read_range(self, args, nargs, 1, &start, &end) < 0)
        return NULL;
    if (str_check(args[0]))
        return bool_new(matches_affix(self, args[0], start, end, at_end));
    if (!tuple_check(args[0])) {
        return err_format(&exc_type_error, "%s first arg must be str or a tuple of str, not %T",
                          name, args[0]);
    }
    for (int64_t i = 0; i < tuple_length(args[0]); i++) {
        ObjRef item = tuple_peek(args[0], i);
        if (!str_check(item)) {
            return err_format(&exc_type_error, "tuple for %s must only contain str, not %T", name,
                              item);
        }
        if (matches_affix(self, item, start, end, at_end))
            return bool_new(true);
    }
    return bool_new(false);
}

METHOD(startswith)
{
    (void)kwnames;
    return test_affix(self, args, nargs, false);
}

METHOD(endswith)
{
    (void)kwnames;
    return test_affix(self, args, nargs, true);
}

METHOD(removeprefix)
{
    (void)nargs, (void)kwnames;
    if (!str_check(args[0])) {
        return err_format(&exc_type_error, "removeprefix() argument must be str, not %T", args[0]);
    }
    int64_t length = str_length(self);
    if (matches_affix(self, args[0], 0, length, false))
        return str_substring(self, str_length(args[0]), length);
    return str_exact(self);
}

METHOD(removesuffix)
{
    (void)nargs, (void)kwnames;
    if (!str_check(args[0])) {
        return err_format(&exc_type_error, "removesuffix() argument must be str, not %T", args[0]);
    }
    int64_t length = str_length(self);
    if (str_length(args[0]) > 0 && matches_affix(self, args[0], 0, length, true))
        return str_substring(self, 0, length - str_length(args[0]));
    return str_exact(self);
}

/* ---- stripping */

enum { STRIP_LEFT = 1, STRIP_RIGHT = 2 };

static bool strips(ObjRef set, uint32_t c)
{
    if (set == NULL)
        return unicode_is_space(c);
    const StrObj *s = (const StrObj *)set;
    return str_find_char_raw(s->data, s->kind, s->length, c) >= 0;
}

static Obj *strip_sides(ObjRef self, const ObjRef *args, int64_t nargs, int sides, const char *name)
{
    ObjRef set = nargs > 0 && !is_none(args[0]) ? args[0] : NULL;
    if (set != NULL && !str_check(set)) {
        return err_format(&exc_type_error, "%s arg must be None or str", name);
    }
    int64_t start = 0, end = str_length(self);
    if (sides & STRIP_LEFT) {
        while (start < end && strips(set, str_char_at(self, start)))
            start++;
    }
    if (sides & STRIP_RIGHT) {
        while (end > start && strips(set, str_char_at(self, end - 1)))
            end--;
    }
    return str_substring(self, start, end);
}

METHOD(strip)
{
    (void)kwnames;
    return strip_sides(self, args, nargs, STRIP_LEFT | STRIP_RIGHT, "strip");
}

METHOD(lstrip)
{
    (void)kwnames;
    return strip_sides(self, args, nargs, STRIP_LEFT, "lstrip");
}

METHOD(rstrip)
{
    (void)kwnames;
    return strip_sides(self, args, nargs, STRIP_RIGHT, "rstrip");
}

/* ---- padding */

/* self with `left` and `right` fill characters around. */
static Obj *pad(ObjRef self, int64_t left, int64_t right, uint32_t fill)
{
    int64_t length = str_length(self);
    if (left <= 0 && right <= 0)
        return str_exact(self);
    if (left > INT64_MAX / 8 - length || right > INT64_MAX / 8 - (left + length))
        return err_string(&exc_overflow_error, "padded string is too long");
    uint32_t max_char = str_max_char(self);
    if (left + length + right == 1)
        return str_from_char(fill);
    Obj *result = str_new_blank(left + length + right, fill > max_char ? fill : max_char);
    if (result == NULL)
        return NULL;
    StrObj *to = str_cast(result);
    if (to->kind == 1) {
        memset(to->data, (int)fill, (size_t)left);
        memset(to->data + left + length, (int)fill, (size_t)right);
    } else {
        for (int64_t i = 0; i < left; i++)
            str_put_char(result, i, fill);
        for (int64_t i = 0; i < right; i++)
            str_put_char(result, left + length + i, fill);
    }
    str_copy_chars(result, left, self, 0, length);
    return result;
}

/* (width, fillchar=' ') of the justifying methods: 0/-1. */
static int read_width(const ObjRef *args, int64_t nargs, int64_t *width, uint32_t *fill)
{
    if (obj_to_int64(args[0], width) < 0)
        return -1;
    *fill = ' ';
    if (nargs < 2)
        return 0;
    if (!str_check(args[1])) {
        return err_format_int(&exc_type_error,
                              "The fill character must be a unicode character, not %T", args[1]);
    }
    if (str_length(args[1]) != 1) {
        return err_format_int(&exc_type_error,
                              "The fill character must be exactly one character long");
    }
    *fill = str_char_at(args[1], 0);
    return 0;
}

METHOD(center)
{
    (void)kwnames;
    int64_t width, length = str_length(self);
    uint32_t fill;
    if (read_width(args, nargs, &width, &fill) < 0)
        return NULL;
    if (width <= length)
        return str_exact(self);
    int64_t margin = width - length;
    /* With both odd, the extra place is on the left. */
    int64_t left = margin / 2 + (margin & width & 1);
    return pad(self, left, margin - left, fill);
}

METHOD(ljust)
{
    (void)kwnames;
    int64_t width, length = str_length(self);
    uint32_t fill;
    if (read_width(args, nargs, &width, &fill) < 0)
        return NULL;
    return width <= length ? str_exact(self) : pad(self, 0, width - length, fill);
}

METHOD(rjust)
{
    (void)kwnames;
    int64_t width, length = str_length(self);
    uint32_t fill;
    if (read_width(args, nargs, &width, &fill) < 0)
        return NULL;
    return width <= length ? str_exact(self) : pad(self, width - length, 0, fill);
}

METHOD(zfill)
{
    (void)nargs, (void)kwnames;
    int64_t width, length = str_length(self);
    if (obj_to_int64(args[0], &width) < 0)
        return NULL;
    if (width <= length)
        return str_exact(self);
    Obj *result = pad(self, width - length, 0, '0');
    if (result == NULL || length == 0)
        return result;
    uint32_t first = str_char_at(self, 0);
    if (first == '+' || first == '-') {
        str_put_char(result, 0, first);
        str_put_char(result, width - length, '0');
    }
    return result;
}

METHOD(expandtabs)
{
    static const ArgSpec spec = {"expandtabs", 0, 0, 1, 1, {"tabsize"}};
    ObjRef out[1];
    int64_t size = 8, column = 0;
    if (args_bind(&spec, args, nargs, kwnames, out) < 0)
        return NULL;
    if (out[0] != NULL && obj_to_int64(out[0], &size) < 0)
        return NULL;
    if (size > INT32_MAX || size < INT32_MIN)
        return err_string(&exc_overflow_error, "Python int too large to convert to C int");
    int64_t length = str_length(self);
    StrBuilder b;
    str_builder_init(&b);
    for (int64_t i = 0; i < length; i++) {
        uint32_t c = str_char_at(self, i);
        int status;
        if (c == '\t') {
            int64_t spaces = size > 0 ? size - column % size : 0;
            column += spaces;
            status = str_builder_add_repeat(&b, ' ', spaces);
        } else {
            column = c == '\n' || c == '\r' ? 0 : column + 1;
            status = str_builder_add_char(&b, c);
        }
        if (status < 0) {
            str_builder_free(&b);
            return NULL;
        }
    }
    return str_builder_finish(&b);
}

/* ---- the rest */

METHOD(join)
{
    (void)nargs, (void)kwnames;
    return str_join(self, args[0]);
}

METHOD(encode)
{
    static const ArgSpec spec = {"encode", 0, 0, 2, 2, {"encoding", "errors"}};
    ObjRef out[2];
    if (args_bind(&spec, args, nargs, kwnames, out) < 0)
        return NULL;
    return codecs_encode_method(self, out[0], out[1]);
}

METHOD(format_spec)
{
    (void)nargs, (void)kwnames;
    if (!str_check(args[0])) {
        return err_format(&exc_type_error, "__format__() argument must be str, not %T", args[0]);
    }
    if (str_length(args[0]) == 0)
        return str_check_exact(self) ? obj_incref(self) : obj_str(self);
    return format_spec_format_str(self, args[0]);
}

METHOD(getnewargs)
{
    UNUSED_ARGS;
    /* A copy, so that pickling does not find the str itself in its memo. */
    int64_t length = str_length(self);
    Obj *text = str_new_blank(length, str_max_char(self));
    if (text == NULL)
        return NULL;
    str_copy_chars(text, 0, self, 0, length);
    Obj *result = tuple_pack(1, text);
    obj_decref(text);
    return result;
}

METHOD(sizeof_)
{
    UNUSED_ARGS;
    const StrObj *s = str_cast(self);
    int64_t size = str_size(s->length, s->kind) + s->spare + str_utf8_cached_size(self);
    if (!str_check_exact(self))
        size += obj_type(self)->basic_size - str_type.basic_size;
    return int_new(size);
}

const MethodDef str_methods[] = {
    {"encode", encode, 0, -1, METHOD_KEYWORDS,
     "encode($self, /, encoding='utf-8', errors='strict')\n--\n\nThe text as bytes."},
    {"replace", str_replace_method, 2, 3, 0,
     "replace($self, old, new, count=-1, /)\n--\n\n"
     "A copy with the first count (-1: all) occurrences of old replaced by new."},
    {"split", str_split_method, 0, -1, METHOD_KEYWORDS,
     "split($self, /, sep=None, maxsplit=-1)\n--\n\n"
     "List of the parts between separators (None: runs of white space), split from the left."},
    {"rsplit", str_rsplit_method, 0, -1, METHOD_KEYWORDS,
     "rsplit($self, /, sep=None, maxsplit=-1)\n--\n\nAs split, from the right."},
    {"join", join, 1, 1, 0,
     "join($self, iterable, /)\n--\n\nThe strings of iterable with this one between them."},
    {"capitalize", str_capitalize_method, 0, 0, 0,
     "capitalize($self, /)\n--\n\nFirst character in title case, the others in lower case."},
    {"casefold", str_casefold_method, 0, 0, 0,
     "casefold($self, /)\n--\n\nA form for comparing without regard to case."},
    {"title", str_title_method, 0, 0, 0,
     "title($self, /)\n--\n\nEvery word with its first letter in title case."},
    {"center", center, 1, 2, 0,
     "center($self, width, fillchar=' ', /)\n--\n\nPadded on both sides to width."},
    {"count", count, 0, -1, 0,
     "S.count(sub[, start[, end]]) -> int\n\nNon-overlapping occurrences of sub in S[start:end]."},
    {"expandtabs", expandtabs, 0, -1, METHOD_KEYWORDS,
     "expandtabs($self, /, tabsize=8)\n--\n\nTabs replaced by spaces up to the next tab stop."},
    {"find", find, 0, -1, 0,
     "S.find(sub[, start[, end]]) -> int\n\nLowest index of sub in S[start:end], or -1."},
    {"partition", str_partition_method, 1, 1, 0,
     "partition($self, sep, /)\n--\n\n(before, sep, after) at the first sep; or (self, '', '')."},
    {"index", index_, 0, -1, 0,
     "S.index(sub[, start[, end]]) -> int\n\nAs find, but ValueError when sub is not there."},
    {"ljust", ljust, 1, 2, 0,
     "ljust($self, width, fillchar=' ', /)\n--\n\nPadded on the right to width."},
    {"lower", str_lower_method, 0, 0, 0, "lower($self, /)\n--\n\nIn lower case."},
    {"lstrip", lstrip, 0, 1, 0,
     "lstrip($self, chars=None, /)\n--\n\nWithout leading white space, or characters in chars."},
    {"rfind", rfind, 0, -1, 0,
     "S.rfind(sub[, start[, end]]) -> int\n\nHighest index of sub in S[start:end], or -1."},
    {"rindex", rindex_, 0, -1, 0,
     "S.rindex(sub[, start[, end]]) -> int\n\nAs rfind, but ValueError when sub is not there."},
    {"rjust", rjust, 1, 2, 0,
     "rjust($self, width, fillchar=' ', /)\n--\n\nPadded on the left to width."},
    {"rstrip", rstrip, 0, 1, 0,
     "rstrip($self, chars=None, /)\n--\n\nWithout trailing white space, or characters in chars."},
    {"rpartition", str_rpartition_method, 1, 1, 0,
     "rpartition($self, sep, /)\n--\n\n(before, sep, after) at the last sep; or ('', '', self)."},
    {"splitlines", str_splitlines_method, 0, -1, METHOD_KEYWORDS,
     "splitlines($self, /, keepends=False)\n--\n\nList of the lines."},
    {"strip", strip, 0, 1, 0,
     "strip($self, chars=None, /)\n--\n\n"
     "Without leading and trailing white space, or characters in chars."},
    {"swapcase", str_swapcase_method, 0, 0, 0,
     "swapcase($self, /)\n--\n\nUpper case to lower case and the other way round."},
    {"translate", str_translate_method, 1, 1, 0,
     "translate($self, table, /)\n--\n\n"
     "Each character replaced by what table[ordinal] gives; None deletes it."},
    {"upper", str_upper_method, 0, 0, 0, "upper($self, /)\n--\n\nIn upper case."},
    {"startswith", startswith, 0, -1, 0,
     "S.startswith(prefix[, start[, end]]) -> bool\n\n"
     "Does S[start:end] begin with prefix, or one of a tuple of them?"},
    {"endswith", endswith, 0, -1, 0,
     "S.endswith(suffix[, start[, end]]) -> bool\n\n"
     "Does S[start:end] end with suffix, or one of a tuple of them?"},
    {"removeprefix", removeprefix, 1, 1, 0,
     "removeprefix($self, prefix, /)\n--\n\nWithout prefix, if it begins so."},
    {"removesuffix", removesuffix, 1, 1, 0,
     "removesuffix($self, suffix, /)\n--\n\nWithout suffix, if it ends so."},
    {"isascii", all_ascii, 0, 0, 0, "isascii($self, /)\n--\n\nAre all characters ASCII?"},
    {"islower", all_lower, 0, 0, 0,
     "islower($self, /)\n--\n\nAre all cased characters lower case, and is there one?"},
    {"isupper", all_upper, 0, 0, 0,
     "isupper($self, /)\n--\n\nAre all cased characters upper case, and is there one?"},
    {"istitle", istitle, 0, 0, 0, "istitle($self, /)\n--\n\nIs the text in title case?"},
    {"isspace", all_space, 0, 0, 0,
     "isspace($self, /)\n--\n\nAre all characters white space, and is there one?"},
    {"isdecimal", isdecimal, 0, 0, 0,
     "isdecimal($self, /)\n--\n\nAre all characters decimal digits, and is there one?"},
    {"isdigit", all_digit, 0, 0, 0,
     "isdigit($self, /)\n--\n\nAre all characters digits, and is there one?"},
    {"isnumeric", isnumeric, 0, 0, 0,
     "isnumeric($self, /)\n--\n\nAre all characters numeric, and is there one?"},
    {"isalpha", all_alpha, 0, 0, 0,
     "isalpha($self, /)\n--\n\nAre all characters letters, and is there one?"},
    {"isalnum", all_alnum, 0, 0, 0,
     "isalnum($self, /)\n--\n\nAre all characters letters or numbers, and is there one?"},
    {"isidentifier", isidentifier, 0, 0, 0,
     "isidentifier($self, /)\n--\n\nDoes the text look like an identifier?"},
    {"isprintable", isprintable, 0, 0, 0,
     "isprintable($self, /)\n--\n\nDoes repr show every character as it is?"},
    {"zfill", zfill, 1, 1, 0,
     "zfill($self, width, /)\n--\n\nPadded with zeros after the sign to width."},
    {"format", str_format_method, 0, -1, METHOD_KEYWORDS,
     "S.format(*args, **kwargs) -> str\n\nReplacement fields in braces filled from the arguments."},
    {"format_map", str_format_map_method, 1, 1, 0,
     "S.format_map(mapping) -> str\n\nAs format, with names looked up in mapping."},
    {"__format__", format_spec, 1, 1, 0,
     "__format__($self, format_spec, /)\n--\n\nThe text under a format specification."},
    {"maketrans", str_maketrans_method, 1, 3, METHOD_STATIC,
     "maketrans(x, y=None, z=None, /)\n--\n\nA table for translate."},
    {"__getnewargs__", getnewargs, 0, 0, 0, NULL},
    {"__sizeof__", sizeof_, 0, 0, 0, "__sizeof__($self, /)\n--\n\nSize in memory, in bytes."},
    {0},
};
