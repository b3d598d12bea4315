/*
 * Module _codecs: the registry of encodings and the functions of each built-in codec.
 *
 * An encoder takes (text, errors) and gives (bytes, characters used); a decoder takes (octets,
 * errors) and, where it can stop in the middle of a character, a flag `final`, and gives (text,
 * bytes used). The work is done in runtime/types/codecs*.c; runtime/lib/codecs.py and
 * runtime/lib/encodings make CodecInfo objects of these functions.
 */

#include "runtime/types/codecs.h"

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/object.h"
#include "runtime/types/buffer.h"
#include "runtime/types/bytes.h"
#include "runtime/types/bytes_methods.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/module.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"

#define FUNCTION(name)                                                                             \
    static Obj *name(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)

/* (result, used): takes over result; NULL stays NULL. */
static Obj *pair_steal(Obj *result, int64_t used)
{
    if (result == NULL)
        return NULL;
    Obj *count = int_new(used), *pair = NULL;
    if (count != NULL)
        pair = tuple_pack(2, result, count);
    obj_decref(result);
    obj_xdecref(count);
    return pair;
}

/* The errors argument at index i as UTF-8, NULL for strict: 0/-1. */
static int read_errors(const char *function, const ObjRef *args, int64_t nargs, int64_t i,
                       const char **errors)
{
    *errors = NULL;
    if (nargs <= i || is_none(args[i]))
        return 0;
    if (!str_check(args[i])) {
        return err_format_int(&exc_type_error, "%s() argument %lld must be str or None, not %T",
                              function, (long long)i + 1, args[i]);
    }
    *errors = codec_name_argument(args[i], function);
    return *errors == NULL ? -1 : 0;
}

static int require_text(const char *function, ObjRef o)
{
    if (str_check(o))
        return 0;
    return err_format_int(&exc_type_error, "%s() argument 1 must be str, not %T", function, o);
}

/* ---- registry */

FUNCTION(register_)
{
    (void)self, (void)nargs, (void)kwnames;
    return codecs_register(args[0]) < 0 ? NULL : none_new();
}

FUNCTION(unregister)
{
    (void)self, (void)nargs, (void)kwnames;
    return codecs_unregister(args[0]) < 0 ? NULL : none_new();
}

FUNCTION(lookup)
{
    (void)self, (void)nargs, (void)kwnames;
    if (!str_check(args[0]))
        return err_format(&exc_type_error, "lookup() argument must be str, not %T", args[0]);
    return codecs_lookup(args[0]);
}

FUNCTION(register_error)
{
    (void)self, (void)nargs, (void)kwnames;
    if (!str_check(args[0])) {
        return err_format(&exc_type_error, "register_error() argument 1 must be str, not %T",
                          args[0]);
    }
    return codecs_register_error(args[0], args[1]) < 0 ? NULL : none_new();
}

FUNCTION(lookup_error)
{
    (void)self, (void)nargs, (void)kwnames;
    const char *name = codec_name_argument(args[0], "lookup_error() argument");
    return name == NULL ? NULL : codecs_lookup_error(name);
}

static Obj *convert(const ArgSpec *spec, const ObjRef *args, int64_t nargs, ObjRef kwnames,
                    const char *what, Obj *(*run)(ObjRef, ObjRef, const char *))
{
    ObjRef out[3];
    const char *errors = NULL;
    if (args_bind(spec, args, nargs, kwnames, out) < 0)
        return NULL;
    if (out[1] != NULL && codec_name_argument(out[1], what) == NULL)
        return NULL;
    if (out[2] != NULL && (errors = codec_name_argument(out[2], what)) == NULL)
        return NULL;
    Obj *encoding = out[1] != NULL ? obj_incref(out[1]) : str_from_ascii("utf-8");
    if (encoding == NULL)
        return NULL;
    Obj *result = run(out[0], encoding, errors);
    obj_decref(encoding);
    return result;
}

FUNCTION(encode)
{
    static const ArgSpec spec = {"encode", 0, 1, 3, 3, {"obj", "encoding", "errors"}};
    (void)self;
    return convert(&spec, args, nargs, kwnames, "encode() argument", codecs_encode_object);
}

FUNCTION(decode)
{
    static const ArgSpec spec = {"decode", 0, 1, 3, 3, {"obj", "encoding", "errors"}};
    (void)self;
    return convert(&spec, args, nargs, kwnames, "decode() argument", codecs_decode_object);
}

/* ---- encoders */

typedef Obj *(*EncodeFn)(ObjRef text, const char *errors);

static Obj *run_encoder(const char *name, const ObjRef *args, int64_t nargs, EncodeFn run)
{
    const char *errors;
    if (require_text(name, args[0]) < 0 || read_errors(name, args, nargs, 1, &errors) < 0)
        return NULL;
    return pair_steal(run(args[0], errors), str_length(args[0]));
}

static Obj *encode_unicode_escape(ObjRef text, const char *errors)
{
    (void)errors;
    return codecs_unicode_escape_encode(text);
}

static Obj *encode_raw_unicode_escape(ObjRef text, const char *errors)
{
    (void)errors;
    return codecs_raw_unicode_escape_encode(text);
}

static Obj *encode_utf16_le(ObjRef text, const char *errors)
{
    return codecs_utf16_encode(text, errors, -1);
}

static Obj *encode_utf16_be(ObjRef text, const char *errors)
{
    return codecs_utf16_encode(text, errors, 1);
}

static Obj *encode_utf32_le(ObjRef text, const char *errors)
{
    return codecs_utf32_encode(text, errors, -1);
}

static Obj *encode_utf32_be(ObjRef text, const char *errors)
{
    return codecs_utf32_encode(text, errors, 1);
}

#define ENCODER(name, run)                                                                         \
    FUNCTION(name)                                                                                 \
    {                                                                                              \
        (void)self, (void)kwnames;                                                                 \
        return run_encoder(#name, args, nargs, run);                                               \
    }

ENCODER(ascii_encode, codecs_ascii_encode)
ENCODER(latin_1_encode, codecs_latin1_encode)
ENCODER(utf_8_encode, codecs_utf8_encode)
ENCODER(unicode_escape_encode, encode_unicode_escape)
ENCODER(raw_unicode_escape_encode, encode_raw_unicode_escape)
ENCODER(utf_16_le_encode, encode_utf16_le)
ENCODER(utf_16_be_encode, encode_utf16_be)
ENCODER(utf_32_le_encode, encode_utf32_le)
ENCODER(utf_32_be_encode, encode_utf32_be)

/* (text, errors=None, byteorder=0) */
static Obj *encode_ordered(const char *name, const ObjRef *args, int64_t nargs,
                           Obj *(*run)(ObjRef, const char *, int))
{
    const char *errors;
    int64_t order = 0;
    if (require_text(name, args[0]) < 0 || read_errors(name, args, nargs, 1, &errors) < 0)
        return NULL;
    if (nargs > 2 && obj_to_int64(args[2], &order) < 0)
        return NULL;
    return pair_steal(run(args[0], errors, order < 0 ? -1 : order > 0), str_length(args[0]));
}

FUNCTION(utf_16_encode)
{
    (void)self, (void)kwnames;
    return encode_ordered("utf_16_encode", args, nargs, codecs_utf16_encode);
}

FUNCTION(utf_32_encode)
{
    (void)self, (void)kwnames;
    return encode_ordered("utf_32_encode", args, nargs, codecs_utf32_encode);
}

FUNCTION(charmap_encode)
{
    (void)self, (void)kwnames;
    const char *errors;
    if (require_text("charmap_encode", args[0]) < 0 ||
        read_errors("charmap_encode", args, nargs, 1, &errors) < 0)
        return NULL;
    Obj *octets = nargs > 2 && !is_none(args[2]) ? codecs_charmap_encode(args[0], errors, args[2])
                                                 : codecs_latin1_encode(args[0], errors);
    return pair_steal(octets, str_length(args[0]));
}

/* ---- decoders */

typedef Obj *(*DecodeFn)(const unsigned char *data, int64_t length, const char *errors,
                         int64_t *consumed);

/* (octets, errors=None, final): `final_default` holds where it is not given. */
static Obj *run_decoder(const char *name, const ObjRef *args, int64_t nargs, DecodeFn run,
                        bool final_default)
{
    const char *errors;
    bool final = final_default;
    BufferView view = {NULL, 0, NULL};
    if (read_errors(name, args, nargs, 1, &errors) < 0)
        return NULL;
    if (nargs > 2 && args_to_bool(args[2], &final) < 0)
        return NULL;
    const unsigned char *data;
    int64_t length;
    if (str_check(args[0])) { /* only the escape codecs take text */
        data = (const unsigned char *)str_utf8(args[0], &length);
        if (data == NULL)
            return NULL;
    } else {
        if (buffer_acquire(args[0], &view) < 0)
            return NULL;
        data = view.data;
        length = view.length;
    }
    int64_t consumed = length;
    Obj *text = run(data, length, errors, final ? NULL : &consumed);
    buffer_release(&view);
    return pair_steal(text, consumed);
}

static Obj *decode_ascii(const unsigned char *data, int64_t length, const char *errors,
                         int64_t *consumed)
{
    (void)consumed;
    return codecs_ascii_decode(data, length, errors);
}

static Obj *decode_latin1(const unsigned char *data, int64_t length, const char *errors,
                          int64_t *consumed)
{
    (void)errors, (void)consumed;
    return str_from_latin1((const char *)data, length);
}

static Obj *decode_escape(const unsigned char *data, int64_t length, const char *errors,
                          int64_t *consumed)
{
    (void)consumed;
    return codecs_escape_decode(data, length, errors);
}

#define ORDERED_DECODER(function, run, first_order)                                                \
    static Obj *function(const unsigned char *data, int64_t length, const char *errors,            \
                         int64_t *consumed)                                                        \
    {                                                                                              \
        int order = first_order;                                                                   \
        return run(data, length, errors, &order, consumed);                                        \
    }

ORDERED_DECODER(decode_utf16, codecs_utf16_decode, 0)
ORDERED_DECODER(decode_utf16_le, codecs_utf16_decode, -1)
ORDERED_DECODER(decode_utf16_be, codecs_utf16_decode, 1)
ORDERED_DECODER(decode_utf32, codecs_utf32_decode, 0)
ORDERED_DECODER(decode_utf32_le, codecs_utf32_decode, -1)
ORDERED_DECODER(decode_utf32_be, codecs_utf32_decode, 1)

static int refuse_text(ObjRef o)
{
    if (!str_check(o))
        return 0;
    return err_format_int(&exc_type_error, "a bytes-like object is required, not '%T'", o);
}

#define DECODER(name, run)                                                                         \
    FUNCTION(name)                                                                                 \
    {                                                                                              \
        (void)self, (void)kwnames;                                                                 \
        return refuse_text(args[0]) < 0 ? NULL : run_decoder(#name, args, nargs, run, false);      \
    }

DECODER(ascii_decode, decode_ascii)
DECODER(latin_1_decode, decode_latin1)
DECODER(utf_8_decode, codecs_utf8_decode)
DECODER(utf_16_decode, decode_utf16)
DECODER(utf_16_le_decode, decode_utf16_le)
DECODER(utf_16_be_decode, decode_utf16_be)
DECODER(utf_32_decode, decode_utf32)
DECODER(utf_32_le_decode, decode_utf32_le)
DECODER(utf_32_be_decode, decode_utf32_be)

FUNCTION(unicode_escape_decode)
{
    (void)self, (void)kwnames;
    return run_decoder("unicode_escape_decode", args, nargs, codecs_unicode_escape_decode, true);
}

FUNCTION(raw_unicode_escape_decode)
{
    (void)self, (void)kwnames;
    return run_decoder("raw_unicode_escape_decode", args, nargs, codecs_raw_unicode_escape_decode,
                       true);
}

FUNCTION(escape_decode)
{
    (void)self, (void)kwnames;
    return run_decoder("escape_decode", args, nargs, decode_escape, true);
}

/* (octets, errors=None, byteorder=0, final=False) → (text, used, byteorder found) */
static Obj *decode_ex(const char *name, const ObjRef *args, int64_t nargs,
                      Obj *(*run)(const unsigned char *, int64_t, const char *, int *, int64_t *))
{
    const char *errors;
    int64_t order = 0;
    bool final = false;
    BufferView view;
    if (read_errors(name, args, nargs, 1, &errors) < 0)
        return NULL;
    if (nargs > 2 && obj_to_int64(args[2], &order) < 0)
        return NULL;
    if (nargs > 3 && args_to_bool(args[3], &final) < 0)
        return NULL;
    if (buffer_acquire(args[0], &view) < 0)
        return NULL;
    int found = order < 0 ? -1 : order > 0;
    int64_t consumed = view.length;
    Obj *text = run(view.data, view.length, errors, &found, final ? NULL : &consumed);
    buffer_release(&view);
    Obj *used = int_new(consumed), *order_found = int_new(found), *result = NULL;
    if (text != NULL && used != NULL && order_found != NULL)
        result = tuple_pack(3, text, used, order_found);
    obj_xdecref(text);
    obj_xdecref(used);
    obj_xdecref(order_found);
    return result;
}

FUNCTION(utf_16_ex_decode)
{
    (void)self, (void)kwnames;
    return decode_ex("utf_16_ex_decode", args, nargs, codecs_utf16_decode);
}

FUNCTION(utf_32_ex_decode)
{
    (void)self, (void)kwnames;
    return decode_ex("utf_32_ex_decode", args, nargs, codecs_utf32_decode);
}

FUNCTION(charmap_decode)
{
    (void)self, (void)kwnames;
    const char *errors;
    BufferView view;
    if (read_errors("charmap_decode", args, nargs, 1, &errors) < 0 ||
        buffer_acquire(args[0], &view) < 0)
        return NULL;
    Obj *text = nargs > 2 && !is_none(args[2])
                    ? codecs_charmap_decode(view.data, view.length, errors, args[2])
                    : str_from_latin1((const char *)view.data, view.length);
    int64_t length = view.length;
    buffer_release(&view);
    return pair_steal(text, length);
}

/* ---- others */

FUNCTION(charmap_build)
{
    (void)self, (void)nargs, (void)kwnames;
    if (require_text("charmap_build", args[0]) < 0)
        return NULL;
    Obj *map = dict_new();
    if (map == NULL)
        return NULL;
    for (int64_t i = 0; i < str_length(args[0]); i++) {
        Obj *key = int_new(str_char_at(args[0], i)), *value = int_new(i);
        int status = key == NULL || value == NULL ? -1 : dict_set(map, key, value);
        obj_xdecref(key);
        obj_xdecref(value);
        if (status < 0) {
            obj_decref(map);
            return NULL;
        }
    }
    return map;
}

FUNCTION(escape_encode)
{
    (void)self, (void)nargs, (void)kwnames;
    if (!bytes_check(args[0]))
        return err_format(&exc_type_error, "escape_encode() argument 1 must be bytes, not %T",
                          args[0]);
    const BytesObj *octets = bytes_cast(args[0]);
    ByteBuilder b;
    byte_builder_init(&b);
    for (int64_t i = 0; i < octets->length; i++) {
        unsigned char c = octets->data[i];
        char text[4] = {'\\', 0, 0, 0};
        int count = 2;
        if (c == '\t' || c == '\n' || c == '\r') {
            text[1] = c == '\t' ? 't' : c == '\n' ? 'n' : 'r';
        } else if (c == '\\' || c == '\'') {
            text[1] = (char)c;
        } else if (c < ' ' || c >= 0x7F) {
            text[1] = 'x';
            text[2] = "0123456789abcdef"[c >> 4];
            text[3] = "0123456789abcdef"[c & 15];
            count = 4;
        } else {
            text[0] = (char)c;
            count = 1;
        }
        if (byte_builder_add(&b, text, count) < 0) {
            byte_builder_free(&b);
            return NULL;
        }
    }
    return pair_steal(byte_builder_finish(&b), octets->length);
}

FUNCTION(readbuffer_encode)
{
    (void)self, (void)nargs, (void)kwnames;
    if (str_check(args[0])) {
        int64_t length;
        const char *text = str_utf8(args[0], &length);
        return text == NULL ? NULL : pair_steal(bytes_new(text, length), length);
    }
    BufferView view;
    if (buffer_acquire(args[0], &view) < 0)
        return NULL;
    int64_t length = view.length;
    Obj *octets = bytes_new(view.data, length);
    buffer_release(&view);
    return pair_steal(octets, length);
}

#define ENCODE_DOC(name) #name "($module, str, errors=None, /)\n--\n\n(octets, characters used)"
#define DECODE_DOC(name)                                                                           \
#name "($module, data, errors=None, final=False, /)\n--\n\n(text, bytes used)"
#define ENCODE_ROW(name)                                                                           \
    {                                                                                              \
#name, name, 1, 2, 0, ENCODE_DOC(name)                                                     \
    }
#define DECODE_ROW(name, max)                                                                      \
    {                                                                                              \
#name, name, 1, max, 0, DECODE_DOC(name)                                                   \
    }

static const MethodDef functions[] = {
    {"register", register_, 1, 1, 0,
     "register($module, search_function, /)\n--\n\nAdds a function that finds codecs by name."},
    {"unregister", unregister, 1, 1, 0,
     "unregister($module, search_function, /)\n--\n\nRemoves a search function."},
    {"lookup", lookup, 1, 1, 0, "lookup($module, encoding, /)\n--\n\nThe CodecInfo of a name."},
    {"register_error", register_error, 2, 2, 0,
     "register_error($module, errors, handler, /)\n--\n\nNames an error handler."},
    {"lookup_error", lookup_error, 1, 1, 0,
     "lookup_error($module, name, /)\n--\n\nThe error handler of a name."},
    {"encode", encode, 0, -1, METHOD_KEYWORDS,
     "encode($module, /, obj, encoding='utf-8', errors='strict')\n--\n\nEncodes any object."},
    {"decode", decode, 0, -1, METHOD_KEYWORDS,
     "decode($module, /, obj, encoding='utf-8', errors='strict')\n--\n\nDecodes any object."},
    ENCODE_ROW(ascii_encode),
    ENCODE_ROW(latin_1_encode),
    ENCODE_ROW(utf_8_encode),
    ENCODE_ROW(unicode_escape_encode),
    ENCODE_ROW(raw_unicode_escape_encode),
    ENCODE_ROW(utf_16_le_encode),
    ENCODE_ROW(utf_16_be_encode),
    ENCODE_ROW(utf_32_le_encode),
    ENCODE_ROW(utf_32_be_encode),
    {"utf_16_encode", utf_16_encode, 1, 3, 0, ENCODE_DOC(utf_16_encode)},
    {"utf_32_encode", utf_32_encode, 1, 3, 0, ENCODE_DOC(utf_32_encode)},
    {"charmap_encode", charmap_encode, 1, 3, 0, ENCODE_DOC(charmap_encode)},
    DECODE_ROW(ascii_decode, 2),
    DECODE_ROW(latin_1_decode, 2),
    DECODE_ROW(utf_8_decode, 3),
    DECODE_ROW(utf_16_decode, 3),
    DECODE_ROW(utf_16_le_decode, 3),
    DECODE_ROW(utf_16_be_decode, 3),
    DECODE_ROW(utf_32_decode, 3),
    DECODE_ROW(utf_32_le_decode, 3),
    DECODE_ROW(utf_32_be_decode, 3),
    DECODE_ROW(unicode_escape_decode, 3),
    DECODE_ROW(raw_unicode_escape_decode, 3),
    DECODE_ROW(escape_decode, 2),
    DECODE_ROW(utf_16_ex_decode, 4),
    DECODE_ROW(utf_32_ex_decode, 4),
    DECODE_ROW(charmap_decode, 3),
    {"charmap_build", charmap_build, 1, 1, 0,
     "charmap_build($module, map, /)\n--\n\nAn encoding map from a decoding str."},
    {"escape_encode", escape_encode, 1, 2, 0, ENCODE_DOC(escape_encode)},
    {"readbuffer_encode", readbuffer_encode, 1, 2, 0, ENCODE_DOC(readbuffer_encode)},
    {0},
};

extern const ModuleDef codecs_module;
const ModuleDef codecs_module = {"_codecs", "The registry of encodings and the built-in codecs.",
                                 functions, NULL};
