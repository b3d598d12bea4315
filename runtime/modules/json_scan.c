/*
 * Reading JSON: string literals, and the scanner of whole values.
 *
 * A scanner is made from a decoder, whose hooks it keeps; scanner(text, index) gives (value, end).
 * Positions are code points.  "No value here" is StopIteration(index), which JSONDecoder turns into
 * its error; all other errors are JSONDecodeError.  Keys of one text are shared: `keys` maps each
 * to itself.
 */

#include <string.h>

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/state.h"
#include "runtime/modules/json.h"
#include "runtime/types/dict.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/tuple.h"

typedef struct ScannerObj {
    Obj base;
    bool strict;
    Obj *object_hook;       /* owned; NULL where None */
    Obj *object_pairs_hook; /* likewise */
    Obj *parse_float;       /* owned; NULL where it is the type float itself */
    Obj *parse_int;         /* likewise int */
    Obj *parse_constant;    /* owned */
} ScannerObj;

/* One run over a text. */
typedef struct Scan {
    const ScannerObj *scanner;
    ObjRef text;
    const unsigned char *data; /* the characters where the kind is 1, else NULL */
    int64_t length, at;
    Obj *keys; /* dict, owned */
} Scan;

static inline uint32_t char_at(const Scan *s, int64_t i)
{
    return s->data != NULL ? s->data[i] : str_char_at(s->text, i);
}

/* The character at s->at, or 0 at the end. */
static inline uint32_t peek(const Scan *s)
{
    return s->at < s->length ? char_at(s, s->at) : 0;
}

static void skip_space(Scan *s)
{
    while (s->at < s->length) {
        uint32_t c = char_at(s, s->at);
        if (c != ' ' && c != '\n' && c != '\t' && c != '\r')
            break;
        s->at++;
    }
}

/* ---- strings */

static int hex_value(uint32_t c)
{
    if (c >= '0' && c <= '9')
        return (int)(c - '0');
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? (int)(c - 'a' + 10) : -1;
}

/* Four hexadecimal digits at position i: their value, or -1. */
static int32_t read_hex4(ObjRef text, int64_t i)
{
    if (i + 4 > str_length(text))
        return -1;
    int32_t value = 0;
    for (int k = 0; k < 4; k++) {
        int digit = hex_value(str_char_at(text, i + k));
        if (digit < 0)
            return -1;
        value = value * 16 + digit;
    }
    return value;
}

/* Reads the escape whose backslash is at *i; moves *i past it.  The character, or -1 with an error.
 */
static int64_t read_escape(ObjRef text, int64_t *i, int64_t start)
{
    static const char letters[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
    int64_t at = *i + 1;
    if (at >= str_length(text)) {
        json_raise("Unterminated string starting at", text, start - 1);
        return -1;
    }
    uint32_t c = str_char_at(text, at);
    if (c != 'u') {
        const char *found = c < 128 && c != 0 ? strchr(letters, (int)c) : NULL;
        if (found == NULL) {
            json_raise("Invalid \\escape", text, *i);
            return -1;
        }
        *i = at + 1;
        return meanings[found - letters];
    }
    int32_t value = read_hex4(text, at + 1);
    if (value < 0) {
        json_raise("Invalid \\uXXXX escape", text, at);
        return -1;
    }
    *i = at + 5;
    if (value >= 0xD800 && value < 0xDC00 && *i + 6 <= str_length(text) &&
        str_char_at(text, *i) == '\\' && str_char_at(text, *i + 1) == 'u') {
        int32_t low = read_hex4(text, *i + 2);
        if (low >= 0xDC00 && low < 0xE000) {
            *i += 6;
            return 0x10000 + ((value - 0xD800) << 10) + (low - 0xDC00);
        }
    }
    return value;
}

Obj *json_scan_string(ObjRef text, int64_t start, bool strict, int64_t *end)
{
    int64_t length = str_length(text), at = start, plain = start;
    if (start < 0 || start > length)
        return err_string(&exc_value_error, "end is out of bounds");
    StrBuilder out;
    bool built = false;
    for (;;) {
        uint32_t c = 0;
        if (str_cast(text)->kind == 1) {
            const unsigned char *data = str_cast(text)->data;
            while (at < length && (c = data[at]) != '"' && c != '\\' && c >= 0x20)
                at++;
        } else {
            while (at < length && (c = str_char_at(text, at)) != '"' && c != '\\' && c >= 0x20)
                at++;
        }
        if (at >= length) {
            json_raise("Unterminated string starting at", text, start - 1);
            goto fail;
        }
        if (c == '"')
            break;
        if (c != '\\') {
            if (strict) {
                json_raise("Invalid control character at", text, at);
                goto fail;
            }
            at++;
            continue;
        }
        if (!built) {
            str_builder_init(&out);
            built = true;
        }
        if (str_builder_add_range(&out, text, plain, at) < 0)
            goto fail;
        int64_t character = read_escape(text, &at, start);
        if (character < 0 || str_builder_add_char(&out, (uint32_t)character) < 0)
            goto fail;
        plain = at;
    }
    *end = at + 1;
    if (!built)
        return str_substring(text, plain, at);
    if (str_builder_add_range(&out, text, plain, at) < 0)
        goto fail;
    return str_builder_finish(&out);
fail:
    if (built)
        str_builder_free(&out);
    return NULL;
}

/* ---- numbers and words */

static bool is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

static int64_t skip_digits(const Scan *s, int64_t at)
{
    while (at < s->length && is_digit(char_at(s, at)))
        at++;
    return at;
}

/* The number in [start, s->at), which is all ASCII. */
static Obj *make_number(const Scan *s, int64_t start, bool is_float)
{
    int64_t count = s->at - start;
    ObjRef hook = is_float ? s->scanner->parse_float : s->scanner->parse_int;
    char fixed[64];
    if (hook == NULL && !is_float && count <= 18) {
        bool negative = char_at(s, start) == '-';
        int64_t value = 0;
        for (int64_t i = start + (negative ? 1 : 0); i < s->at; i++)
            value = value * 10 + (int64_t)(char_at(s, i) - '0');
        return int_new(negative ? -value : value);
    }
    if (hook == NULL && is_float && count < (int64_t)sizeof(fixed)) {
        double value;
        for (int64_t i = 0; i < count; i++)
            fixed[i] = (char)char_at(s, start + i);
        fixed[count] = 0;
        return float_parse(fixed, count, &value) < 0 ? NULL : float_new(value);
    }
    Obj *text = str_substring(s->text, start, s->at), *result = NULL;
    if (text == NULL)
        return NULL;
    if (hook != NULL)
        result = obj_call1(hook, text);
    else
        result = is_float ? float_from_object(text) : int_from_object(text);
    obj_decref(text);
    return result;
}

/* No value begins at `at`. */
static Obj *no_value(int64_t at)
{
    Obj *place = int_new(at);
    if (place == NULL)
        return NULL;
    err_stop_iteration(place);
    obj_decref(place);
    return NULL;
}

static Obj *scan_number(Scan *s)
{
    int64_t start = s->at, at = start;
    bool is_float = false;
    if (char_at(s, at) == '-')
        at++;
    if (at >= s->length || !is_digit(char_at(s, at)))
        return no_value(start);
    at = char_at(s, at) == '0' ? at + 1 : skip_digits(s, at);
    if (at + 1 < s->length && char_at(s, at) == '.' && is_digit(char_at(s, at + 1))) {
        is_float = true;
        at = skip_digits(s, at + 1);
    }
    if (at + 1 < s->length && (char_at(s, at) | 0x20) == 'e') {
        int64_t digits = at + 1;
        if (char_at(s, digits) == '-' || char_at(s, digits) == '+')
            digits++;
        if (digits < s->length && is_digit(char_at(s, digits))) {
            is_float = true;
            at = skip_digits(s, digits);
        }
    }
    s->at = at;
    return make_number(s, start, is_float);
}

/* If `word` is at s->at, moves past it. */
static bool take_word(Scan *s, const char *word)
{
    int64_t count = (int64_t)strlen(word);
    if (s->at + count > s->length)
        return false;
    for (int64_t i = 0; i < count; i++) {
        if (char_at(s, s->at + i) != (unsigned char)word[i])
            return false;
    }
    s->at += count;
    return true;
}

static Obj *scan_constant(Scan *s, const char *word)
{
    if (!take_word(s, word))
        return no_value(s->at);
    Obj *name = str_from_ascii(word);
    Obj *result = name == NULL ? NULL : obj_call1(s->scanner->parse_constant, name);
    obj_xdecref(name);
    return result;
}

/* ---- containers */

static Obj *scan_value(Scan *s);

static Obj *scan_array(Scan *s)
{
    Obj *list = list_new(0);
    s->at++;
    skip_space(s);
    if (list == NULL)
        return NULL;
    if (peek(s) == ']') {
        s->at++;
        return list;
    }
    for (;;) {
        Obj *item = scan_value(s);
        if (item == NULL || list_append_steal(list, item) < 0)
            goto fail;
        skip_space(s);
        uint32_t c = peek(s);
        if (c == ']')
            break;
        if (c != ',') {
            json_raise("Expecting ',' delimiter", s->text, s->at);
            goto fail;
        }
        s->at++;
        skip_space(s);
    }
    s->at++;
    return list;
fail:
    obj_decref(list);
    return NULL;
}

/* A key and the colon after it. */
static Obj *scan_key(Scan *s)
{
    if (peek(s) != '"') {
        return json_raise("Expecting property name enclosed in double quotes", s->text, s->at);
    }
    Obj *key = json_scan_string(s->text, s->at + 1, s->scanner->strict, &s->at);
    if (key == NULL)
        return NULL;
    Obj *shared = dict_setdefault(s->keys, key, key);
    obj_decref(key);
    if (shared == NULL)
        return NULL;
    skip_space(s);
    if (peek(s) != ':') {
        obj_decref(shared);
        return json_raise("Expecting ':' delimiter", s->text, s->at);
    }
    s->at++;
    skip_space(s);
    return shared;
}

/* Stores a key and its value, both consumed, in a dict or as a pair in a list. */
static int store_pair_steal(ObjRef target, bool pairs, Obj *key, Obj *value)
{
    int status = -1;
    if (!pairs) {
        status = dict_set(target, key, value);
    } else {
        Obj *pair = tuple_pack(2, key, value);
        if (pair != NULL)
            status = list_append_steal(target, pair);
    }
    obj_decref(key);
    obj_decref(value);
    return status;
}

static Obj *scan_object(Scan *s)
{
    bool pairs = s->scanner->object_pairs_hook != NULL;
    ObjRef hook = pairs ? s->scanner->object_pairs_hook : s->scanner->object_hook;
    Obj *target = pairs ? list_new(0) : dict_new();
    if (target == NULL)
        return NULL;
    s->at++;
    skip_space(s);
    if (peek(s) == '}') {
        s->at++;
    } else {
        for (;;) {
            Obj *key = scan_key(s);
            if (key == NULL)
                goto fail;
            Obj *value = scan_value(s);
            if (value == NULL) {
                obj_decref(key);
                goto fail;
            }
            if (store_pair_steal(target, pairs, key, value) < 0)
                goto fail;
            skip_space(s);
            uint32_t c = peek(s);
            s->at++;
            if (c == '}')
                break;
            if (c != ',') {
                json_raise("Expecting ',' delimiter", s->text, s->at - 1);
                goto fail;
            }
            skip_space(s);
        }
    }
    if (hook == NULL)
        return target;
    Obj *result = obj_call1(hook, target);
    obj_decref(target);
    return result;
fail:
    obj_decref(target);
    return NULL;
}

static Obj *scan_value(Scan *s)
{
    Obj *result;
    if (s->at >= s->length)
        return no_value(s->at);
    switch (char_at(s, s->at)) {
    case '"':
        return json_scan_string(s->text, s->at + 1, s->scanner->strict, &s->at);
    case '{':
        if (state_enter(" while decoding a JSON object from a unicode string") < 0)
            return NULL;
        result = scan_object(s);
        state_leave();
        return result;
    case '[':
        if (state_enter(" while decoding a JSON array from a unicode string") < 0)
            return NULL;
        result = scan_array(s);
        state_leave();
        return result;
    case 'n':
        return take_word(s, "null") ? none_new() : no_value(s->at);
    case 't':
        return take_word(s, "true") ? bool_new(true) : no_value(s->at);
    case 'f':
        return take_word(s, "false") ? bool_new(false) : no_value(s->at);
    case 'N':
        return scan_constant(s, "NaN");
    case 'I':
        return scan_constant(s, "Infinity");
    case '-':
        if (s->at + 1 < s->length && char_at(s, s->at + 1) == 'I')
            return scan_constant(s, "-Infinity");
        return scan_number(s);
    default:
        return is_digit(char_at(s, s->at)) ? scan_number(s) : no_value(s->at);
    }
}

/* ---- the scanner */

/* An attribute of the decoder, NULL where it is `absent`: 0/-1. */
static int read_hook(ObjRef context, const char *name, ObjRef absent, Obj **out)
{
    *out = obj_getattr_str(context, name);
    if (*out == NULL)
        return -1;
    if (*out == absent)
        obj_clear(out);
    return 0;
}

static Obj *scanner_new(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    static const ArgSpec spec = {"make_scanner", 0, 1, 1, 1, {"context"}};
    ObjRef context;
    if (args_bind(&spec, args, nargs, kwnames, &context) < 0)
        return NULL;
    Obj *self = obj_alloc(type, (int64_t)sizeof(ScannerObj));
    if (self == NULL)
        return NULL;
    ScannerObj *scanner = (ScannerObj *)self;
    Obj *strict = obj_getattr_str(context, "strict");
    int truth = strict == NULL ? -1 : obj_truth(strict);
    obj_xdecref(strict);
    scanner->strict = truth > 0;
    if (truth < 0 || read_hook(context, "object_hook", obj_none, &scanner->object_hook) < 0 ||
        read_hook(context, "object_pairs_hook", obj_none, &scanner->object_pairs_hook) < 0 ||
        read_hook(context, "parse_float", &float_type.head.base, &scanner->parse_float) < 0 ||
        read_hook(context, "parse_int", &int_type.head.base, &scanner->parse_int) < 0 ||
        read_hook(context, "parse_constant", NULL, &scanner->parse_constant) < 0) {
        obj_decref(self);
        return NULL;
    }
    obj_track_if_gc(self);
    return self;
}

static int scanner_traverse(ObjRef self, VisitFn visit, void *context)
{
    const ScannerObj *scanner = (const ScannerObj *)self;
    GC_VISIT(scanner->object_hook);
    GC_VISIT(scanner->object_pairs_hook);
    GC_VISIT(scanner->parse_float);
    GC_VISIT(scanner->parse_int);
    GC_VISIT(scanner->parse_constant);
    return 0;
}

static void scanner_dealloc(Obj *self)
{
    ScannerObj *scanner = (ScannerObj *)self;
    gc_untrack(self);
    obj_clear(&scanner->object_hook);
    obj_clear(&scanner->object_pairs_hook);
    obj_clear(&scanner->parse_float);
    obj_clear(&scanner->parse_int);
    obj_clear(&scanner->parse_constant);
    obj_free(self, (int64_t)sizeof(ScannerObj));
}

static Obj *scanner_call(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    static const ArgSpec spec = {"scan_once", 0, 2, 2, 2, {"string", "idx"}};
    ObjRef given[2];
    int64_t start;
    if (args_bind(&spec, args, nargs, kwnames, given) < 0)
        return NULL;
    if (!str_check(given[0])) {
        return err_format(&exc_type_error, "first argument must be a string, not %T", given[0]);
    }
    if (obj_to_int64(given[1], &start) < 0)
        return NULL;
    if (start < 0)
        return err_string(&exc_value_error, "idx cannot be negative");
    Scan scan = {.scanner = (const ScannerObj *)self,
                 .text = given[0],
                 .data = str_cast(given[0])->kind == 1 ? str_cast(given[0])->data : NULL,
                 .length = str_length(given[0]),
                 .at = start,
                 .keys = dict_new()};
    if (scan.keys == NULL)
        return NULL;
    Obj *value = scan_value(&scan);
    obj_decref(scan.keys);
    if (value == NULL)
        return NULL;
    Obj *end = int_new(scan.at), *result = end == NULL ? NULL : tuple_pack(2, value, end);
    obj_decref(value);
    obj_xdecref(end);
    return result;
}

#define HOOK(name)                                                                                 \
    static Obj *get_##name(ObjRef self)                                                            \
    {                                                                                              \
        ObjRef hook = ((const ScannerObj *)self)->name;                                            \
        return hook == NULL ? none_new() : obj_incref(hook);                                       \
    }
HOOK(object_hook)
HOOK(object_pairs_hook)
HOOK(parse_constant)

static Obj *get_parse_float(ObjRef self)
{
    ObjRef hook = ((const ScannerObj *)self)->parse_float;
    return obj_incref(hook == NULL ? &float_type.head.base : hook);
}

static Obj *get_parse_int(ObjRef self)
{
    ObjRef hook = ((const ScannerObj *)self)->parse_int;
    return obj_incref(hook == NULL ? &int_type.head.base : hook);
}

static Obj *get_strict(ObjRef self)
{
    return bool_new(((const ScannerObj *)self)->strict);
}

static const GetSetDef scanner_getset[] = {
    {"strict", get_strict, NULL, "Whether control characters in strings are errors."},
    {"object_hook", get_object_hook, NULL, "Called with each dict."},
    {"object_pairs_hook", get_object_pairs_hook, NULL, "Called with the pairs of each object."},
    {"parse_float", get_parse_float, NULL, "Called with the text of each float."},
    {"parse_int", get_parse_int, NULL, "Called with the text of each int."},
    {"parse_constant", get_parse_constant, NULL, "Called with NaN, Infinity and -Infinity."},
    {0},
};

Type json_scanner_type = {
    .head = {.base = {1, &type_type.root},
             .name = "_json.Scanner",
             .flags = TYPE_GC | TYPE_BASE,
             .traverse = scanner_traverse,
             .dealloc = scanner_dealloc},
    .root = {.type = &json_scanner_type.head},
    .doc = "JSON scanner object",
    .basic_size = (int64_t)sizeof(ScannerObj),
    .new = scanner_new,
    .call = scanner_call,
    .getset = scanner_getset,
};
