/*
 * Writing JSON: string literals, and the encoder of whole values.
 *
 * An encoder is made from the settings of a JSONEncoder; encoder(value, level) gives a tuple of one
 * string.  `markers` holds the containers being written, by address, so that a cycle is an error;
 * it is NULL where nobody asked for that, and recursion is then bounded by state_enter alone.
 */

#include <math.h>
#include <string.h>

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/state.h"
#include "runtime/modules/json.h"
#include "runtime/types/dict.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/int_text.h"
#include "runtime/types/list.h"
#include "runtime/types/tuple.h"

typedef struct EncoderObj {
    Obj base;
    Obj *markers;        /* dict, or NULL; owned, as all below */
    Obj *fallback;       /* JSONEncoder.default of the encoder */
    Obj *string_encoder; /* NULL: json_write_string with `ascii` */
    Obj *indent;         /* str added per level, or NULL: no line breaks */
    Obj *key_separator, *item_separator;
    bool ascii, sort_keys, skip_keys, allow_nan;
} EncoderObj;

/* ---- strings */

static int write_escape(StrBuilder *out, uint32_t c)
{
    static const char hex[] = "0123456789abcdef";
    char text[6] = {'\\', 'u', hex[c >> 12 & 15], hex[c >> 8 & 15], hex[c >> 4 & 15], hex[c & 15]};
    return str_builder_add_ascii_n(out, text, 6);
}

static int write_special(StrBuilder *out, uint32_t c)
{
    switch (c) {
    case '"':
        return str_builder_add_ascii_n(out, "\\\"", 2);
    case '\\':
        return str_builder_add_ascii_n(out, "\\\\", 2);
    case '\b':
        return str_builder_add_ascii_n(out, "\\b", 2);
    case '\f':
        return str_builder_add_ascii_n(out, "\\f", 2);
    case '\n':
        return str_builder_add_ascii_n(out, "\\n", 2);
    case '\r':
        return str_builder_add_ascii_n(out, "\\r", 2);
    case '\t':
        return str_builder_add_ascii_n(out, "\\t", 2);
    default:
        break;
    }
    if (c < 0x10000)
        return write_escape(out, c);
    c -= 0x10000;
    return write_escape(out, 0xD800 + (c >> 10)) < 0 ? -1 : write_escape(out, 0xDC00 + (c & 0x3FF));
}

int json_write_string(StrBuilder *out, ObjRef text, bool ascii)
{
    int64_t length = str_length(text), plain = 0, at = 0;
    uint32_t limit = ascii ? 0x7F : 0x110000;
    if (str_builder_add_char(out, '"') < 0)
        return -1;
    while (at < length) {
        uint32_t c = 0;
        if (str_cast(text)->kind == 1) {
            const unsigned char *data = str_cast(text)->data;
            while (at < length && (c = data[at]) >= ' ' && c != '"' && c != '\\' && c < limit)
                at++;
        } else {
            while (at < length && (c = str_char_at(text, at)) >= ' ' && c != '"' && c != '\\' &&
                   c < limit)
                at++;
        }
        if (at > plain && str_builder_add_range(out, text, plain, at) < 0)
            return -1;
        if (at >= length) {
            plain = at;
            break;
        }
        if (write_special(out, c) < 0)
            return -1;
        plain = ++at;
    }
    if (at > plain && str_builder_add_range(out, text, plain, at) < 0)
        return -1;
    return str_builder_add_char(out, '"');
}

static int write_text(const EncoderObj *e, StrBuilder *out, ObjRef text)
{
    if (e->string_encoder == NULL)
        return json_write_string(out, text, e->ascii);
    Obj *literal = obj_call1(e->string_encoder, text);
    if (literal == NULL)
        return -1;
    int status;
    if (str_check(literal))
        status = str_builder_add_str(out, literal);
    else
        status = err_format_int(&exc_type_error, "encoder() must return a string, not %T", literal);
    obj_decref(literal);
    return status;
}

/* ---- numbers */

static int write_int(StrBuilder *out, ObjRef o)
{
    if (int_is_small(o)) {
        char digits[24];
        int64_t count = int_text_decimal(int_small_value(o), digits);
        return str_builder_add_ascii_n(out, digits, count);
    }
    Obj *text = int_to_text(o, 10);
    if (text == NULL)
        return -1;
    int status = str_builder_add_str(out, text);
    obj_decref(text);
    return status;
}

static int write_float(const EncoderObj *e, StrBuilder *out, double value)
{
    char text[40];
    if (isfinite(value)) {
        int length = float_format_repr(value, text);
        return str_builder_add_ascii_n(out, text, length);
    }
    if (!e->allow_nan) {
        return err_format_int(&exc_value_error, "Out of range float values are not JSON compliant");
    }
    return str_builder_add_ascii(out, isnan(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");
}

/* ---- values */

static int write_value(const EncoderObj *e, StrBuilder *out, ObjRef o, int64_t level);

/* Enters o among the containers being written; *key is what leave_container takes.  0/-1. */
static int enter_container(const EncoderObj *e, ObjRef o, Obj **key)
{
    *key = NULL;
    if (state_enter(" while encoding a JSON object") < 0)
        return -1;
    if (e->markers == NULL)
        return 0;
    *key = int_from_uint64((uint64_t)(uintptr_t)o);
    int known = *key == NULL ? -1 : dict_contains(e->markers, *key);
    if (known > 0) {
        known = err_format_int(&exc_value_error, "Circular reference detected");
    } else if (known == 0) {
        known = dict_set(e->markers, *key, o);
    }
    if (known < 0) {
        obj_clear(key);
        state_leave();
    }
    return known;
}

/* Passes `status` on. */
static int leave_container(const EncoderObj *e, Obj *key, int status)
{
    state_leave();
    if (key == NULL)
        return status;
    if (status == 0 && dict_delete(e->markers, key) < 0)
        status = -1;
    obj_decref(key);
    return status;
}

static int write_line_break(const EncoderObj *e, StrBuilder *out, int64_t level)
{
    if (e->indent == NULL)
        return 0;
    if (str_builder_add_char(out, '\n') < 0)
        return -1;
    for (int64_t i = 0; i < level; i++) {
        if (str_builder_add_str(out, e->indent) < 0)
            return -1;
    }
    return 0;
}

static int write_sequence(const EncoderObj *e, StrBuilder *out, ObjRef o, int64_t level)
{
    Obj *items = list_check_exact(o) || tuple_check_exact(o) ? obj_incref(o) : obj_to_list(o);
    int status = -1;
    if (items == NULL)
        return -1;
    bool is_list = list_check(items);
    int64_t i = 0;
    /* default() may change the list while it is written: ask for its length each time. */
    for (; i < (is_list ? list_length(items) : tuple_length(items)); i++) {
        Obj *item = obj_incref(is_list ? list_peek(items, i) : tuple_peek(items, i));
        bool good = i == 0 ? str_builder_add_char(out, '[') == 0
                           : str_builder_add_str(out, e->item_separator) == 0;
        good = good && write_line_break(e, out, level + 1) == 0 &&
               write_value(e, out, item, level + 1) == 0;
        obj_decref(item);
        if (!good)
            goto done;
    }
    if (i == 0)
        status = str_builder_add_ascii_n(out, "[]", 2);
    else
        status = write_line_break(e, out, level) < 0 ? -1 : str_builder_add_char(out, ']');
done:
    obj_decref(items);
    return status;
}

/* Writes a key as a string: 1, 0 when it is to be skipped, -1. */
static int write_key(const EncoderObj *e, StrBuilder *out, ObjRef key)
{
    if (str_check(key))
        return write_text(e, out, key) < 0 ? -1 : 1;
    StrBuilder inner;
    str_builder_init(&inner);
    int status;
    if (obj_has_flag(key, TYPE_FLOAT)) {
        status = write_float(e, &inner, float_value(key));
    } else if (key == obj_true || key == obj_false || is_none(key)) {
        status = str_builder_add_ascii(&inner, key == obj_true    ? "true"
                                               : key == obj_false ? "false"
                                                                  : "null");
    } else if (int_check(key)) {
        status = write_int(&inner, key);
    } else if (e->skip_keys) {
        return 0;
    } else {
        return err_format_int(&exc_type_error, "keys must be str, int, float, bool or None, not %T",
                              key);
    }
    if (status < 0) {
        str_builder_free(&inner);
        return -1;
    }
    Obj *text = str_builder_finish(&inner);
    status = text == NULL ? -1 : write_text(e, out, text);
    obj_xdecref(text);
    return status < 0 ? -1 : 1;
}

/* The pairs of a dict as a list, sorted where asked. */
static Obj *pairs_of(const EncoderObj *e, ObjRef dict)
{
    Obj *pairs = NULL;
    if (dict_check_exact(dict)) {
        pairs = dict_items_list(dict);
    } else {
        Obj *name = str_from_ascii("items");
        Obj *items = name == NULL ? NULL : obj_call_method(dict, name, NULL, 0);
        if (items != NULL)
            pairs = obj_to_list(items);
        obj_xdecref(name);
        obj_xdecref(items);
    }
    if (pairs != NULL && e->sort_keys && list_sort(pairs, NULL, false) < 0)
        obj_clear(&pairs);
    return pairs;
}

static int write_dict(const EncoderObj *e, StrBuilder *out, ObjRef o, int64_t level)
{
    if (dict_length(o) == 0)
        return str_builder_add_ascii_n(out, "{}", 2);
    Obj *pairs = pairs_of(e, o);
    int status = -1;
    bool first = true;
    if (pairs == NULL || str_builder_add_char(out, '{') < 0)
        goto done;
    for (int64_t i = 0; i < list_length(pairs); i++) {
        ObjRef pair = list_peek(pairs, i);
        if (!tuple_check(pair) || tuple_length(pair) != 2) {
            err_format(&exc_value_error, "items must return 2-tuples");
            goto done;
        }
        ObjRef key = tuple_peek(pair, 0);
        bool skipped = e->skip_keys && !str_check(key) && !int_check(key) && !is_none(key) &&
                       !obj_has_flag(key, TYPE_FLOAT);
        if (skipped)
            continue;
        if (!first && str_builder_add_str(out, e->item_separator) < 0)
            goto done;
        first = false;
        if (write_line_break(e, out, level + 1) < 0 || write_key(e, out, key) < 0 ||
            str_builder_add_str(out, e->key_separator) < 0 ||
            write_value(e, out, tuple_peek(pair, 1), level + 1) < 0)
            goto done;
    }
    if (!first && write_line_break(e, out, level) < 0)
        goto done;
    status = str_builder_add_char(out, '}');
done:
    obj_xdecref(pairs);
    return status;
}

static int write_fallback(const EncoderObj *e, StrBuilder *out, ObjRef o, int64_t level)
{
    Obj *key;
    if (enter_container(e, o, &key) < 0)
        return -1;
    Obj *other = obj_call1(e->fallback, o);
    int status = other == NULL ? -1 : write_value(e, out, other, level);
    obj_xdecref(other);
    return leave_container(e, key, status);
}

static int write_value(const EncoderObj *e, StrBuilder *out, ObjRef o, int64_t level)
{
    Obj *key;
    if (str_check(o))
        return write_text(e, out, o);
    if (is_none(o))
        return str_builder_add_ascii_n(out, "null", 4);
    if (o == obj_true)
        return str_builder_add_ascii_n(out, "true", 4);
    if (o == obj_false)
        return str_builder_add_ascii_n(out, "false", 5);
    if (int_check(o))
        return write_int(out, o);
    if (obj_has_flag(o, TYPE_FLOAT))
        return write_float(e, out, float_value(o));
    if (list_check(o) || tuple_check(o)) {
        if (enter_container(e, o, &key) < 0)
            return -1;
        return leave_container(e, key, write_sequence(e, out, o, level));
    }
    if (dict_check(o)) {
        if (enter_container(e, o, &key) < 0)
            return -1;
        return leave_container(e, key, write_dict(e, out, o, level));
    }
    return write_fallback(e, out, o, level);
}

/* ---- the encoder */

/* make_encoder(markers, default, encoder, indent, key_separator, item_separator, sort_keys,
 * skipkeys, allow_nan); encoder None or True: the one built in, for any text or for ASCII. */
static Obj *encoder_new(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    static const ArgSpec spec = {"make_encoder",
                                 0,
                                 9,
                                 9,
                                 9,
                                 {"markers", "default", "encoder", "indent", "key_separator",
                                  "item_separator", "sort_keys", "skipkeys", "allow_nan"}};
    ObjRef given[9];
    if (args_bind(&spec, args, nargs, kwnames, given) < 0)
        return NULL;
    if (!is_none(given[0]) && !dict_check(given[0])) {
        return err_format(&exc_type_error, "make_encoder() argument 1 must be dict or None, not %T",
                          given[0]);
    }
    if (!str_check(given[4]) || !str_check(given[5]) || !(is_none(given[3]) || str_check(given[3])))
        return err_string(&exc_type_error, "separators and indent must be str");
    int sort_keys = obj_truth(given[6]), skip_keys = sort_keys < 0 ? -1 : obj_truth(given[7]),
        allow_nan = skip_keys < 0 ? -1 : obj_truth(given[8]);
    if (allow_nan < 0)
        return NULL;
    Obj *self = obj_alloc(type, (int64_t)sizeof(EncoderObj));
    if (self == NULL)
        return NULL;
    EncoderObj *e = (EncoderObj *)self;
    e->markers = is_none(given[0]) ? NULL : obj_incref(given[0]);
    e->fallback = obj_incref(given[1]);
    e->ascii = given[2] == obj_true;
    if (!e->ascii && !is_none(given[2]))
        e->string_encoder = obj_incref(given[2]);
    e->indent = is_none(given[3]) ? NULL : obj_incref(given[3]);
    e->key_separator = obj_incref(given[4]);
    e->item_separator = obj_incref(given[5]);
    e->sort_keys = sort_keys != 0;
    e->skip_keys = skip_keys != 0;
    e->allow_nan = allow_nan != 0;
    obj_track_if_gc(self);
    return self;
}

static int encoder_traverse(ObjRef self, VisitFn visit, void *context)
{
    const EncoderObj *e = (const EncoderObj *)self;
    GC_VISIT(e->markers);
    GC_VISIT(e->fallback);
    GC_VISIT(e->string_encoder);
    GC_VISIT(e->indent);
    GC_VISIT(e->key_separator);
    GC_VISIT(e->item_separator);
    return 0;
}

static void encoder_dealloc(Obj *self)
{
    EncoderObj *e = (EncoderObj *)self;
    gc_untrack(self);
    obj_clear(&e->markers);
    obj_clear(&e->fallback);
    obj_clear(&e->string_encoder);
    obj_clear(&e->indent);
    obj_clear(&e->key_separator);
    obj_clear(&e->item_separator);
    obj_free(self, (int64_t)sizeof(EncoderObj));
}

static Obj *encoder_call(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    static const ArgSpec spec = {"_iterencode", 0, 2, 2, 2, {"obj", "_current_indent_level"}};
    ObjRef given[2];
    int64_t level;
    if (args_bind(&spec, args, nargs, kwnames, given) < 0 || obj_to_int64(given[1], &level) < 0)
        return NULL;
    StrBuilder out;
    str_builder_init(&out);
    if (write_value((const EncoderObj *)self, &out, given[0], level) < 0) {
        str_builder_free(&out);
        return NULL;
    }
    Obj *text = str_builder_finish(&out), *result = text == NULL ? NULL : tuple_pack(1, text);
    obj_xdecref(text);
    return result;
}

Type json_encoder_type = {
    .head = {.base = {1, &type_type.root},
             .name = "_json.Encoder",
             .flags = TYPE_GC | TYPE_BASE,
             .traverse = encoder_traverse,
             .dealloc = encoder_dealloc},
    .root = {.type = &json_encoder_type.head},
    .doc = "JSON encoder object",
    .basic_size = (int64_t)sizeof(EncoderObj),
    .new = encoder_new,
    .call = encoder_call,
};
