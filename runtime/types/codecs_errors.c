/*
 * What happens when text cannot be encoded or octets cannot be decoded.
 *
 * The handlers of the standard are here twice: inline for the common ones (decoder_error,
 * encoder_error), where no exception object is made, and as functions of an exception for
 * codecs.lookup_error and for the rarer ones (surrogatepass, namereplace).  Both ways share the
 * functions that write replacements.  User handlers are in a dictionary by name.
 */

#include <string.h>

#include "runtime/core/err.h"
#include "runtime/core/object.h"
#include "runtime/core/roots.h"
#include "runtime/types/bytes.h"
#include "runtime/types/codecs.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/tuple.h"
#include "runtime/types/unicode.h"

static Obj *handlers; /* dict: name → callable */

static ErrorPolicy policy_of(const char *errors)
{
    static const struct {
        const char *name;
        ErrorPolicy policy;
    } known[] = {
        {"strict", ERRORS_STRICT},
        {"ignore", ERRORS_IGNORE},
        {"replace", ERRORS_REPLACE},
        {"backslashreplace", ERRORS_BACKSLASHREPLACE},
        {"xmlcharrefreplace", ERRORS_XMLCHARREFREPLACE},
        {"surrogateescape", ERRORS_SURROGATEESCAPE},
    };
    if (errors == NULL)
        return ERRORS_STRICT;
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        if (strcmp(errors, known[i].name) == 0)
            return known[i].policy;
    }
    return ERRORS_OTHER;
}

/* ---- exceptions */

static Obj *make_error(Type *type, const char *encoding, ObjRef object, int64_t start, int64_t end,
                       const char *reason)
{
    Obj *args[5] = {str_from_ascii(encoding), obj_incref(object), int_new(start), int_new(end),
                    str_from_ascii(reason)};
    Obj *result = NULL;
    if (args[0] != NULL && args[2] != NULL && args[3] != NULL && args[4] != NULL)
        result = obj_call((ObjRef)type, (const ObjRef *)args, 5, NULL);
    for (int i = 0; i < 5; i++)
        obj_xdecref(args[i]);
    return result;
}

static int raise_steal(Obj *exception)
{
    if (exception != NULL) {
        err_raise(exception, NULL);
        obj_decref(exception);
    }
    return -1;
}

/* The input of a decoder as an object: new reference. */
static Obj *input_object(const Decoder *d)
{
    return d->replaced != NULL ? obj_incref(d->replaced) : bytes_new(d->data, d->length);
}

static Obj *decode_error(const Decoder *d, int64_t start, int64_t end, const char *reason)
{
    Obj *object = input_object(d);
    if (object == NULL)
        return NULL;
    Obj *result = make_error(&exc_unicode_decode_error, d->encoding, object, start, end, reason);
    obj_decref(object);
    return result;
}

/* ---- writing replacements */

static int add_hex(StrBuilder *b, uint32_t value, int digits)
{
    while (digits-- > 0) {
        if (str_builder_add_char(b, (uint32_t) "0123456789abcdef"[(value >> (4 * digits)) & 15]) <
            0)
            return -1;
    }
    return 0;
}

static int add_escape(StrBuilder *b, uint32_t c)
{
    const char *prefix = c < 0x100 ? "\\x" : c < 0x10000 ? "\\u" : "\\U";
    if (str_builder_add_ascii(b, prefix) < 0)
        return -1;
    return add_hex(b, c, c < 0x100 ? 2 : c < 0x10000 ? 4 : 8);
}

static int add_name(StrBuilder *b, uint32_t c)
{
    char buffer[CODECS_NAME_MAX];
    const char *name = codecs_character_name(c, buffer);
    if (name == NULL)
        return add_escape(b, c);
    if (str_builder_add_ascii(b, "\\N{") < 0 || str_builder_add_ascii(b, name) < 0)
        return -1;
    return str_builder_add_char(b, '}');
}

static int add_reference(StrBuilder *b, uint32_t c)
{
    char digits[16];
    int at = (int)sizeof(digits);
    do {
        digits[--at] = (char)('0' + c % 10);
        c /= 10;
    } while (c != 0);
    if (str_builder_add_ascii(b, "&#") < 0 ||
        str_builder_add_ascii_n(b, digits + at, (int64_t)sizeof(digits) - at) < 0)
        return -1;
    return str_builder_add_char(b, ';');
}

/* Text made by `add` of each code point in [start, end). */
static Obj *replace_each(ObjRef text, int64_t start, int64_t end,
                         int (*add)(StrBuilder *, uint32_t))
{
    StrBuilder b;
    str_builder_init(&b);
    for (int64_t i = start; i < end; i++) {
        if (add(&b, str_char_at(text, i)) < 0) {
            str_builder_free(&b);
            return NULL;
        }
    }
    return str_builder_finish(&b);
}

static int add_byte_escapes(StrBuilder *b, const unsigned char *data, int64_t start, int64_t end)
{
    for (int64_t i = start; i < end; i++) {
        if (add_escape(b, data[i]) < 0)
            return -1;
    }
    return 0;
}

static Obj *repeated_char(uint32_t c, int64_t count)
{
    StrBuilder b;
    str_builder_init(&b);
    if (str_builder_add_repeat(&b, c, count) < 0) {
        str_builder_free(&b);
        return NULL;
    }
    return str_builder_finish(&b);
}

/* Octets that the surrogates at start stand for; *stop is the first code point that is none. */
static Obj *escaped_octets(ObjRef text, int64_t start, int64_t end, int64_t *stop)
{
    ByteBuilder b;
    byte_builder_init(&b);
    int64_t i = start;
    for (; i < end; i++) {
        uint32_t c = str_char_at(text, i);
        if (c < 0xDC80 || c > 0xDCFF)
            break;
        if (byte_builder_add_byte(&b, c - 0xDC00) < 0) {
            byte_builder_free(&b);
            return NULL;
        }
    }
    *stop = i;
    return byte_builder_finish(&b);
}

/* How many octets at start surrogateescape takes: none that are ASCII, at most four. */
static int64_t escapable_octets(const unsigned char *data, int64_t start, int64_t end)
{
    int64_t count = 0;
    while (count < 4 && start + count < end && data[start + count] >= 128)
        count++;
    return count;
}

/* ---- user handlers */

/* Calls a handler; gives its replacement (new reference) and position, checked against nothing. */
static Obj *call_handler(ObjRef handler, ObjRef exception, bool decoding, int64_t *position)
{
    const char *wrong = decoding ? "decoding error handler must return (str, int) tuple"
                                 : "encoding error handler must return (str/bytes, int) tuple";
    Obj *pair = obj_call1(handler, exception);
    if (pair == NULL)
        return NULL;
    Obj *replacement = NULL;
    if (!tuple_check(pair) || tuple_length(pair) != 2 ||
        !(str_check(tuple_peek(pair, 0)) || (!decoding && bytes_check(tuple_peek(pair, 0))))) {
        err_string(&exc_type_error, wrong);
        goto done;
    }
    ObjRef where = tuple_peek(pair, 1);
    if (obj_type(where)->index == NULL) {
        err_string(&exc_type_error, wrong);
        goto done;
    }
    if (obj_to_int64(where, position) < 0)
        goto done;
    replacement = obj_incref(tuple_peek(pair, 0));
done:
    obj_decref(pair);
    return replacement;
}

static int check_position(int64_t *position, int64_t length)
{
    int64_t given = *position;
    if (*position < 0)
        *position += length;
    if (*position < 0 || *position > length) {
        return err_format_int(&exc_index_error, "position %lld from error handler out of bounds",
                              (long long)given);
    }
    return 0;
}

Obj *codecs_lookup_error(const char *name)
{
    ObjRef handler = dict_peek_ascii(handlers, name);
    if (handler != NULL)
        return obj_incref(handler);
    if (err_occurred() != NULL)
        return NULL;
    return err_format(&exc_lookup_error, "unknown error handler name '%s'", name);
}

int codecs_register_error(ObjRef name, ObjRef handler)
{
    if (!obj_is_callable(handler))
        return err_format_int(&exc_type_error, "handler must be callable");
    return dict_set(handlers, name, handler);
}

/* ---- decoding */

void decoder_init(Decoder *d, const char *encoding, const char *errors, const unsigned char *data,
                  int64_t length)
{
    d->encoding = encoding;
    d->errors = errors;
    d->policy = policy_of(errors);
    d->data = data;
    d->length = length;
    d->replaced = NULL;
    d->handler = NULL;
    str_builder_init(&d->out);
}

static int decoder_call(Decoder *d, int64_t start, int64_t end, const char *reason,
                        int64_t *position)
{
    Obj *exception = NULL, *replacement = NULL, *object = NULL;
    int result = -1;
    if (d->handler == NULL && (d->handler = codecs_lookup_error(d->errors)) == NULL)
        return -1;
    exception = decode_error(d, start, end, reason);
    if (exception == NULL)
        goto done;
    replacement = call_handler(d->handler, exception, true, position);
    if (replacement == NULL)
        goto done;
    /* The handler may have put another input into the exception. */
    object = obj_xincref(((UnicodeErrorObj *)exception)->object);
    if (object == NULL || !bytes_check(object)) {
        err_string(&exc_type_error, "exception attribute object must be bytes");
        goto done;
    }
    d->data = bytes_cast(object)->data;
    d->length = bytes_cast(object)->length;
    obj_replace(&d->replaced, object);
    object = NULL;
    if (check_position(position, d->length) < 0)
        goto done;
    result = str_builder_add_str(&d->out, replacement);
done:
    obj_xdecref(exception);
    obj_xdecref(replacement);
    obj_xdecref(object);
    return result;
}

int decoder_error(Decoder *d, int64_t start, int64_t end, const char *reason, int64_t *position)
{
    int64_t count;
    *position = end;
    switch (d->policy) {
    case ERRORS_IGNORE:
        return 0;
    case ERRORS_REPLACE:
        return str_builder_add_char(&d->out, UNICODE_REPLACEMENT);
    case ERRORS_BACKSLASHREPLACE:
        return add_byte_escapes(&d->out, d->data, start, end);
    case ERRORS_SURROGATEESCAPE:
        count = escapable_octets(d->data, start, end);
        if (count == 0)
            break;
        *position = start + count;
        for (int64_t i = 0; i < count; i++) {
            if (str_builder_add_char(&d->out, 0xDC00u + d->data[start + i]) < 0)
                return -1;
        }
        return 0;
    case ERRORS_XMLCHARREFREPLACE:
    case ERRORS_OTHER:
        return decoder_call(d, start, end, reason, position);
    case ERRORS_STRICT:
        break;
    }
    return raise_steal(decode_error(d, start, end, reason));
}

Obj *decoder_finish(Decoder *d, bool failed)
{
    Obj *result = NULL;
    if (failed)
        str_builder_free(&d->out);
    else
        result = str_builder_finish(&d->out);
    obj_clear(&d->replaced);
    obj_clear(&d->handler);
    return result;
}

/* ---- encoding */

void encoder_init(Encoder *e, const char *encoding, const char *errors, ObjRef text)
{
    *e = (Encoder){encoding, errors, policy_of(errors), text, NULL};
}

int encoder_raise(Encoder *e, int64_t start, int64_t end, const char *reason)
{
    return raise_steal(
        make_error(&exc_unicode_encode_error, e->encoding, e->text, start, end, reason));
}

static int encoder_call(Encoder *e, int64_t start, int64_t end, const char *reason,
                        Obj **replacement, int64_t *position)
{
    if (e->handler == NULL && (e->handler = codecs_lookup_error(e->errors)) == NULL)
        return -1;
    Obj *exception =
        make_error(&exc_unicode_encode_error, e->encoding, e->text, start, end, reason);
    if (exception == NULL)
        return -1;
    *replacement = call_handler(e->handler, exception, false, position);
    obj_decref(exception);
    if (*replacement == NULL)
        return -1;
    if (check_position(position, str_length(e->text)) < 0) {
        obj_clear(replacement);
        return -1;
    }
    return 0;
}

int encoder_error(Encoder *e, int64_t start, int64_t end, const char *reason, Obj **replacement,
                  int64_t *position)
{
    *replacement = NULL;
    *position = end;
    switch (e->policy) {
    case ERRORS_IGNORE:
        *replacement = obj_incref(str_empty);
        break;
    case ERRORS_REPLACE:
        *replacement = repeated_char('?', end - start);
        break;
    case ERRORS_BACKSLASHREPLACE:
        *replacement = replace_each(e->text, start, end, add_escape);
        break;
    case ERRORS_XMLCHARREFREPLACE:
        *replacement = replace_each(e->text, start, end, add_reference);
        break;
    case ERRORS_SURROGATEESCAPE:
        *replacement = escaped_octets(e->text, start, end, position);
        if (*replacement != NULL && *position == start) {
            obj_clear(replacement);
            return encoder_raise(e, start, end, reason);
        }
        break;
    case ERRORS_OTHER:
        return encoder_call(e, start, end, reason, replacement, position);
    case ERRORS_STRICT:
        return encoder_raise(e, start, end, reason);
    }
    return *replacement == NULL ? -1 : 0;
}

void encoder_finish(Encoder *e)
{
    obj_clear(&e->handler);
}

/* ---- the handlers as functions of an exception */

typedef enum ErrorKind { KIND_ENCODE, KIND_DECODE, KIND_TRANSLATE, KIND_OTHER } ErrorKind;

static ErrorKind kind_of(ObjRef exception)
{
    if (obj_is(exception, &exc_unicode_encode_error))
        return KIND_ENCODE;
    if (obj_is(exception, &exc_unicode_decode_error))
        return KIND_DECODE;
    return obj_is(exception, &exc_unicode_translate_error) ? KIND_TRANSLATE : KIND_OTHER;
}

/* The range of an exception, clipped to its object: 0/-1. */
static int read_range(ObjRef exception, ErrorKind kind, int64_t *start, int64_t *end)
{
    const UnicodeErrorObj *e = (const UnicodeErrorObj *)exception;
    bool bytes = kind == KIND_DECODE;
    if (e->object == NULL || (bytes ? !bytes_check(e->object) : !str_check(e->object))) {
        return err_format_int(&exc_type_error, "object attribute must be %s",
                              bytes ? "bytes" : "str");
    }
    int64_t length = bytes ? bytes_cast(e->object)->length : str_length(e->object);
    if (e->start == NULL || e->end == NULL || !int_check(e->start) || !int_check(e->end) ||
        int_to_int64(e->start, start) != 0 || int_to_int64(e->end, end) != 0)
        return err_format_int(&exc_type_error, "start and end must be integers");
    if (*start < 0)
        *start = 0;
    if (*start >= length)
        *start = length > 0 ? length - 1 : 0;
    if (*end < 1)
        *end = 1;
    if (*end > length)
        *end = length;
    return 0;
}

static Obj *wrong_exception(ObjRef exception)
{
    return err_format(&exc_type_error, "don't know how to handle %T in error callback", exception);
}

/* (replacement, position); takes over the replacement, NULL: failed. */
static Obj *handled_steal(Obj *replacement, int64_t position)
{
    if (replacement == NULL)
        return NULL;
    Obj *where = int_new(position), *pair = NULL;
    if (where != NULL)
        pair = tuple_pack(2, replacement, where);
    obj_decref(replacement);
    obj_xdecref(where);
    return pair;
}

static Obj *strict_errors(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)nargs, (void)kwnames;
    if (exception_check(args[0]))
        return err_raise(args[0], NULL);
    return err_string(&exc_type_error, "codec must pass exception instance");
}

static Obj *ignore_errors(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)nargs, (void)kwnames;
    ErrorKind kind = kind_of(args[0]);
    int64_t start, end;
    if (kind == KIND_OTHER)
        return wrong_exception(args[0]);
    if (read_range(args[0], kind, &start, &end) < 0)
        return NULL;
    return handled_steal(obj_incref(str_empty), end);
}

static Obj *replace_errors(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)nargs, (void)kwnames;
    ErrorKind kind = kind_of(args[0]);
    int64_t start, end;
    if (kind == KIND_OTHER)
        return wrong_exception(args[0]);
    if (read_range(args[0], kind, &start, &end) < 0)
        return NULL;
    int64_t count = end > start ? end - start : 0;
    Obj *text = kind == KIND_ENCODE   ? repeated_char('?', count)
                : kind == KIND_DECODE ? str_from_char(UNICODE_REPLACEMENT)
                                      : repeated_char(UNICODE_REPLACEMENT, count);
    return handled_steal(text, end);
}

static Obj *backslashreplace_errors(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)nargs, (void)kwnames;
    ErrorKind kind = kind_of(args[0]);
    int64_t start, end;
    if (kind == KIND_OTHER)
        return wrong_exception(args[0]);
    if (read_range(args[0], kind, &start, &end) < 0)
        return NULL;
    ObjRef object = ((const UnicodeErrorObj *)args[0])->object;
    if (kind != KIND_DECODE)
        return handled_steal(replace_each(object, start, end, add_escape), end);
    StrBuilder b;
    str_builder_init(&b);
    if (add_byte_escapes(&b, bytes_cast(object)->data, start, end) < 0) {
        str_builder_free(&b);
        return NULL;
    }
    return handled_steal(str_builder_finish(&b), end);
}

static Obj *encode_only(ObjRef exception, int (*add)(StrBuilder *, uint32_t))
{
    int64_t start, end;
    if (kind_of(exception) != KIND_ENCODE)
        return wrong_exception(exception);
    if (read_range(exception, KIND_ENCODE, &start, &end) < 0)
        return NULL;
    ObjRef object = ((const UnicodeErrorObj *)exception)->object;
    return handled_steal(replace_each(object, start, end, add), end);
}

static Obj *xmlcharrefreplace_errors(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)nargs, (void)kwnames;
    return encode_only(args[0], add_reference);
}

static Obj *namereplace_errors(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)nargs, (void)kwnames;
    return encode_only(args[0], add_name);
}

static Obj *surrogateescape_errors(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)nargs, (void)kwnames;
    ErrorKind kind = kind_of(args[0]);
    int64_t start, end;
    if (kind != KIND_ENCODE && kind != KIND_DECODE)
        return wrong_exception(args[0]);
    if (read_range(args[0], kind, &start, &end) < 0)
        return NULL;
    ObjRef object = ((const UnicodeErrorObj *)args[0])->object;
    if (kind == KIND_ENCODE) {
        int64_t stop;
        Obj *octets = escaped_octets(object, start, end, &stop);
        if (octets != NULL && stop < end) {
            obj_decref(octets);
            return err_raise(args[0], NULL);
        }
        return handled_steal(octets, end);
    }
    const unsigned char *data = bytes_cast(object)->data;
    int64_t count = escapable_octets(data, start, end);
    if (count == 0)
        return err_raise(args[0], NULL);
    uint32_t chars[4];
    for (int64_t i = 0; i < count; i++)
        chars[i] = 0xDC00u + data[start + i];
    return handled_steal(str_from_ucs4(chars, count), start + count);
}

/* How an encoding writes one UTF-16 or UTF-32 unit, for surrogatepass. */
typedef struct UnitForm {
    int size; /* bytes; 3: UTF-8; 0: not an encoding of surrogates */
    bool big;
} UnitForm;

static UnitForm unit_form(const char *encoding)
{
    if (strncmp(encoding, "utf", 3) != 0 && strncmp(encoding, "UTF", 3) != 0)
        return (UnitForm){strcmp(encoding, "cp65001") == 0 ? 3 : 0, false};
    const char *p = encoding + 3;
    if (*p == '-' || *p == '_')
        p++;
    if (strcmp(p, "8") == 0)
        return (UnitForm){3, false};
    int size = strncmp(p, "16", 2) == 0 ? 2 : strncmp(p, "32", 2) == 0 ? 4 : 0;
    if (size == 0)
        return (UnitForm){0, false};
    p += 2;
    if (*p == '\0')
        return (UnitForm){size, false};
    if (*p == '-' || *p == '_')
        p++;
    if (strcmp(p, "be") == 0 || strcmp(p, "BE") == 0)
        return (UnitForm){size, true};
    return (UnitForm){strcmp(p, "le") == 0 || strcmp(p, "LE") == 0 ? size : 0, false};
}

static int add_unit(ByteBuilder *b, UnitForm form, uint32_t c)
{
    unsigned char octets[4] = {0};
    if (form.size == 3) {
        octets[0] = (unsigned char)(0xE0 | c >> 12);
        octets[1] = (unsigned char)(0x80 | (c >> 6 & 0x3F));
        octets[2] = (unsigned char)(0x80 | (c & 0x3F));
    } else {
        int low = form.big ? form.size - 1 : 0, high = form.big ? form.size - 2 : 1;
        octets[low] = (unsigned char)c;
        octets[high] = (unsigned char)(c >> 8);
    }
    return byte_builder_add(b, octets, form.size);
}

/* The surrogate whose form is at data, or 0. */
static uint32_t read_unit(const unsigned char *data, int64_t left, UnitForm form)
{
    uint32_t c = 0;
    if (left < form.size)
        return 0;
    if (form.size == 3) {
        if ((data[0] & 0xF0) != 0xE0 || (data[1] & 0xC0) != 0x80 || (data[2] & 0xC0) != 0x80)
            return 0;
        c = (uint32_t)(data[0] & 0x0F) << 12 | (uint32_t)(data[1] & 0x3F) << 6 | (data[2] & 0x3Fu);
    } else {
        for (int i = 0; i < form.size; i++)
            c = c << 8 | data[form.big ? i : form.size - 1 - i];
    }
    return c >= 0xD800 && c < 0xE000 ? c : 0;
}

static Obj *surrogatepass_errors(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)nargs, (void)kwnames;
    ErrorKind kind = kind_of(args[0]);
    int64_t start, end;
    if (kind != KIND_ENCODE && kind != KIND_DECODE)
        return wrong_exception(args[0]);
    if (read_range(args[0], kind, &start, &end) < 0)
        return NULL;
    const UnicodeErrorObj *e = (const UnicodeErrorObj *)args[0];
    const char *encoding =
        e->encoding != NULL && str_check(e->encoding) ? str_utf8(e->encoding, NULL) : "";
    if (encoding == NULL)
        return NULL;
    UnitForm form = unit_form(encoding);
    if (form.size == 0)
        return err_raise(args[0], NULL);
    if (kind == KIND_ENCODE) {
        ByteBuilder b;
        byte_builder_init(&b);
        for (int64_t i = start; i < end; i++) {
            uint32_t c = str_char_at(e->object, i);
            if (c < 0xD800 || c >= 0xE000) {
                byte_builder_free(&b);
                return err_raise(args[0], NULL);
            }
            if (add_unit(&b, form, c) < 0) {
                byte_builder_free(&b);
                return NULL;
            }
        }
        return handled_steal(byte_builder_finish(&b), end);
    }
    const BytesObj *bytes = bytes_cast(e->object);
    uint32_t c = read_unit(bytes->data + start, bytes->length - start, form);
    if (c == 0)
        return err_raise(args[0], NULL);
    return handled_steal(str_from_char(c), start + form.size);
}

static const MethodDef handler_functions[] = {
    {"strict_errors", strict_errors, 1, 1, 0, "Raises the exception."},
    {"ignore_errors", ignore_errors, 1, 1, 0, "Leaves out what cannot be converted."},
    {"replace_errors", replace_errors, 1, 1, 0, "Puts '?' or U+FFFD."},
    {"backslashreplace_errors", backslashreplace_errors, 1, 1, 0, "Puts backslash escapes."},
    {"xmlcharrefreplace_errors", xmlcharrefreplace_errors, 1, 1, 0,
     "Puts XML character references."},
    {"namereplace_errors", namereplace_errors, 1, 1, 0, "Puts \\N{...} escapes."},
    {"surrogateescape", surrogateescape_errors, 1, 1, 0, "Octets as lone surrogates and back."},
    {"surrogatepass", surrogatepass_errors, 1, 1, 0, "Encodes surrogates like other characters."},
};

int codecs_errors_init(void)
{
    static const char *const handler_names[] = {
        "strict",      "ignore",          "replace",      "backslashreplace", "xmlcharrefreplace",
        "namereplace", "surrogateescape", "surrogatepass"};
    ROOT("the error handlers of codecs", handlers);
    if (handlers == NULL && (handlers = dict_new()) == NULL)
        return -1;
    for (size_t i = 0; i < sizeof(handler_names) / sizeof(handler_names[0]); i++) {
        Obj *function = builtin_function_new(&handler_functions[i], NULL, NULL);
        if (function == NULL)
            return -1;
        int status = dict_set_ascii(handlers, handler_names[i], function);
        obj_decref(function);
        if (status < 0)
            return -1;
    }
    return 0;
}

void codecs_errors_finish(void)
{
    obj_clear(&handlers);
}
