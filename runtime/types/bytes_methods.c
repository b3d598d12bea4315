/*
 * Methods of bytes and bytearray that map, test, pad and show octets.  Those that search and cut
 * are in bytes_search.c.
 *
 * A bytearray may change whenever user code runs; so each method converts its arguments first and
 * reads the octets of self last.  Case and classes are ASCII's.
 */

#include "runtime/types/bytes_methods.h"

#include <string.h>

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/types/buffer.h"
#include "runtime/types/byte_builder.h"
#include "runtime/types/bytearray.h"
#include "runtime/types/bytes.h"
#include "runtime/types/codecs.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"
#include "runtime/types/unicode.h"

#define UNUSED_ARGS (void)args, (void)nargs, (void)kwnames

const unsigned char *bytes_octets(ObjRef self, int64_t *length)
{
    if (bytes_check(self)) {
        *length = bytes_cast(self)->length;
        return bytes_cast(self)->data;
    }
    *length = bytearray_cast(self)->length;
    return bytearray_data(self);
}

Obj *bytes_like(ObjRef self, const void *data, int64_t length)
{
    return bytes_check(self) ? bytes_new(data, length) : bytearray_new(data, length);
}

/* self as a result: itself where it is an exact bytes, else a copy. */
static Obj *same(ObjRef self)
{
    int64_t length;
    if (bytes_check_exact(self))
        return obj_incref(self);
    const unsigned char *data = bytes_octets(self, &length);
    return bytes_like(self, data, length);
}

/* What a builder holds as an object of self's kind; empties the builder. */
static Obj *finish_like(ObjRef self, ByteBuilder *b)
{
    if (bytes_check(self))
        return byte_builder_finish(b);
    Obj *result = bytearray_new(b->length == 0 ? (const unsigned char *)"" : b->data, b->length);
    byte_builder_free(b);
    return result;
}

/* ---- classes */

static unsigned class_of(unsigned char c)
{
    return c < 128 ? unicode_ascii_class[c] : 0;
}

static bool is_space(unsigned char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool all_in_class(ObjRef self, unsigned mask)
{
    int64_t length;
    const unsigned char *data = bytes_octets(self, &length);
    for (int64_t i = 0; i < length; i++) {
        if ((class_of(data[i]) & mask) == 0)
            return false;
    }
    return length > 0;
}

BYTES_METHOD(isalnum)
{
    UNUSED_ARGS;
    return bool_new(all_in_class(self, UNICODE_LOWER | UNICODE_UPPER | UNICODE_DIGIT));
}

BYTES_METHOD(isalpha)
{
    UNUSED_ARGS;
    return bool_new(all_in_class(self, UNICODE_LOWER | UNICODE_UPPER));
}

BYTES_METHOD(isdigit)
{
    UNUSED_ARGS;
    return bool_new(all_in_class(self, UNICODE_DIGIT));
}

BYTES_METHOD(isascii)
{
    UNUSED_ARGS;
    int64_t length;
    const unsigned char *data = bytes_octets(self, &length);
    for (int64_t i = 0; i < length; i++) {
        if (data[i] >= 128)
            return bool_new(false);
    }
    return bool_new(true);
}

BYTES_METHOD(isspace)
{
    UNUSED_ARGS;
    int64_t length;
    const unsigned char *data = bytes_octets(self, &length);
    for (int64_t i = 0; i < length; i++) {
        if (!is_space(data[i]))
            return bool_new(false);
    }
    return bool_new(length > 0);
}

static Obj *is_of_case(ObjRef self, unsigned wanted, unsigned unwanted)
{
    int64_t length;
    const unsigned char *data = bytes_octets(self, &length);
    bool any = false;
    for (int64_t i = 0; i < length; i++) {
        unsigned class = class_of(data[i]);
        if (class & unwanted)
            return bool_new(false);
        any = any || (class & wanted);
    }
    return bool_new(any);
}

BYTES_METHOD(islower)
{
    UNUSED_ARGS;
    return is_of_case(self, UNICODE_LOWER, UNICODE_UPPER);
}

BYTES_METHOD(isupper)
{
    UNUSED_ARGS;
    return is_of_case(self, UNICODE_UPPER, UNICODE_LOWER);
}

BYTES_METHOD(istitle)
{
    UNUSED_ARGS;
    int64_t length;
    const unsigned char *data = bytes_octets(self, &length);
    bool any = false, after_cased = false;
    for (int64_t i = 0; i < length; i++) {
        unsigned class = class_of(data[i]);
        if (class & UNICODE_UPPER) {
            if (after_cased)
                return bool_new(false);
            any = after_cased = true;
        } else if (class & UNICODE_LOWER) {
            if (!after_cased)
                return bool_new(false);
            any = true;
        } else {
            after_cased = false;
        }
    }
    return bool_new(any);
}

/* ---- case */

static unsigned char to_upper(unsigned char c)
{
    return c >= 'a' && c <= 'z' ? (unsigned char)(c - 32) : c;
}

static unsigned char to_lower(unsigned char c)
{
    return c >= 'A' && c <= 'Z' ? (unsigned char)(c + 32) : c;
}

typedef enum CaseMap { CASE_UPPER, CASE_LOWER, CASE_SWAP, CASE_TITLE, CASE_CAPITALIZE } CaseMap;

static Obj *map_case(ObjRef self, CaseMap map)
{
    int64_t length;
    const unsigned char *data = bytes_octets(self, &length);
    if (length == 0)
        return bytes_like(self, "", 0);
    Obj *result = bytes_like(self, NULL, length);
    if (result == NULL)
        return NULL;
    unsigned char *to = bytes_check(self) ? bytes_cast(result)->data : bytearray_data(result);
    bool after_cased = false;
    for (int64_t i = 0; i < length; i++) {
        unsigned char c = data[i];
        bool upper = map == CASE_UPPER || (map == CASE_TITLE && !after_cased) ||
                     (map == CASE_CAPITALIZE && i == 0) || (map == CASE_SWAP && to_upper(c) != c);
        to[i] = upper ? to_upper(c) : to_lower(c);
        after_cased = (class_of(c) & (UNICODE_UPPER | UNICODE_LOWER)) != 0;
    }
    return result;
}

BYTES_METHOD(upper)
{
    UNUSED_ARGS;
    return map_case(self, CASE_UPPER);
}

BYTES_METHOD(lower)
{
    UNUSED_ARGS;
    return map_case(self, CASE_LOWER);
}

BYTES_METHOD(swapcase)
{
    UNUSED_ARGS;
    return map_case(self, CASE_SWAP);
}

BYTES_METHOD(title)
{
    UNUSED_ARGS;
    return map_case(self, CASE_TITLE);
}

BYTES_METHOD(capitalize)
{
    UNUSED_ARGS;
    return map_case(self, CASE_CAPITALIZE);
}

/* ---- padding */

static Obj *pad(ObjRef self, int64_t left, int64_t right, unsigned char fill)
{
    int64_t length;
    const unsigned char *data = bytes_octets(self, &length);
    if (left <= 0 && right <= 0)
        return same(self);
    if (left > INT64_MAX / 4 - length || right > INT64_MAX / 4 - (left + length))
        return err_no_memory();
    Obj *result = bytes_like(self, NULL, left + length + right);
    if (result == NULL)
        return NULL;
    unsigned char *to = bytes_check(self) ? bytes_cast(result)->data : bytearray_data(result);
    memset(to, fill, (size_t)left);
    memcpy(to + left, data, (size_t)length);
    memset(to + left + length, fill, (size_t)right);
    return result;
}

/* (width, fillchar=b' '): 0/-1. */
static int read_width(const char *name, const ObjRef *args, int64_t nargs, int64_t *width,
                      unsigned char *fill)
{
    if (obj_to_int64(args[0], width) < 0)
        return -1;
    *fill = ' ';
    if (nargs < 2)
        return 0;
    int64_t length = -1;
    const unsigned char *data = NULL;
    if (bytes_check(args[1]) || bytearray_check(args[1]))
        data = bytes_octets(args[1], &length);
    if (length != 1) {
        return err_format_int(&exc_type_error,
                              "%s() argument 2 must be a byte string of length 1, not %T", name,
                              args[1]);
    }
    *fill = data[0];
    return 0;
}

BYTES_METHOD(center)
{
    (void)kwnames;
    int64_t width, length;
    unsigned char fill;
    if (read_width("center", args, nargs, &width, &fill) < 0)
        return NULL;
    bytes_octets(self, &length);
    if (width <= length)
        return same(self);
    int64_t margin = width - length, left = margin / 2 + (margin & width & 1);
    return pad(self, left, margin - left, fill);
}

BYTES_METHOD(ljust)
{
    (void)kwnames;
    int64_t width, length;
    unsigned char fill;
    if (read_width("ljust", args, nargs, &width, &fill) < 0)
        return NULL;
    bytes_octets(self, &length);
    return pad(self, 0, width - length, fill);
}

BYTES_METHOD(rjust)
{
    (void)kwnames;
    int64_t width, length;
    unsigned char fill;
    if (read_width("rjust", args, nargs, &width, &fill) < 0)
        return NULL;
    bytes_octets(self, &length);
    return pad(self, width - length, 0, fill);
}

BYTES_METHOD(zfill)
{
    (void)nargs, (void)kwnames;
    int64_t width, length;
    if (obj_to_int64(args[0], &width) < 0)
        return NULL;
    const unsigned char *data = bytes_octets(self, &length);
    if (width <= length)
        return same(self);
    unsigned char first = length > 0 ? data[0] : 0;
    Obj *result = pad(self, width - length, 0, '0');
    if (result == NULL || (first != '+' && first != '-'))
        return result;
    unsigned char *to = bytes_check(self) ? bytes_cast(result)->data : bytearray_data(result);
    to[0] = first;
    to[width - length] = '0';
    return result;
}

BYTES_METHOD(expandtabs)
{
    static const ArgSpec spec = {"expandtabs", 0, 0, 1, 1, {"tabsize"}};
    ObjRef out[1];
    int64_t size = 8, column = 0, length;
    if (args_bind(&spec, args, nargs, kwnames, out) < 0)
        return NULL;
    if (out[0] != NULL && obj_to_int64(out[0], &size) < 0)
        return NULL;
    if (size > INT32_MAX || size < INT32_MIN)
        return err_string(&exc_overflow_error, "Python int too large to convert to C int");
    const unsigned char *data = bytes_octets(self, &length);
    ByteBuilder b;
    byte_builder_init(&b);
    for (int64_t i = 0; i < length; i++) {
        int status;
        if (data[i] == '\t') {
            int64_t spaces = size > 0 ? size - column % size : 0;
            column += spaces;
            status = byte_builder_add_repeat(&b, ' ', spaces);
        } else {
            column = data[i] == '\n' || data[i] == '\r' ? 0 : column + 1;
            status = byte_builder_add_byte(&b, data[i]);
        }
        if (status < 0) {
            byte_builder_free(&b);
            return NULL;
        }
    }
    return finish_like(self, &b);
}

/* ---- translation */

BYTES_METHOD(maketrans)
{
    (void)self, (void)nargs, (void)kwnames;
    BufferView from, to;
    if (buffer_acquire(args[0], &from) < 0)
        return NULL;
    if (buffer_acquire(args[1], &to) < 0) {
        buffer_release(&from);
        return NULL;
    }
    Obj *table = NULL;
    if (from.length != to.length) {
        err_string(&exc_value_error, "maketrans arguments must have same length");
    } else if ((table = bytes_new(NULL, 256)) != NULL) {
        unsigned char *octets = bytes_cast(table)->data;
        for (int i = 0; i < 256; i++)
            octets[i] = (unsigned char)i;
        for (int64_t i = 0; i < from.length; i++)
            octets[from.data[i]] = to.data[i];
    }
    buffer_release(&from);
    buffer_release(&to);
    return table;
}

BYTES_METHOD(translate)
{
    static const ArgSpec spec = {"translate", 1, 1, 2, 2, {"", "delete"}};
    ObjRef out[2];
    if (args_bind(&spec, args, nargs, kwnames, out) < 0)
        return NULL;
    BufferView table = {NULL, 0, NULL}, deleted = {NULL, 0, NULL};
    ByteBuilder b;
    byte_builder_init(&b);
    Obj *result = NULL;
    if (!is_none(out[0])) {
        if (buffer_acquire(out[0], &table) < 0)
            return NULL;
        if (table.length != 256) {
            err_string(&exc_value_error, "translation table must be 256 characters long");
            goto done;
        }
    }
    if (out[1] != NULL && buffer_acquire(out[1], &deleted) < 0)
        goto done;
    bool drop[256] = {false};
    for (int64_t i = 0; i < deleted.length; i++)
        drop[deleted.data[i]] = true;
    int64_t length;
    const unsigned char *data = bytes_octets(self, &length);
    if (byte_builder_reserve(&b, length) < 0)
        goto done;
    bool changed = false;
    for (int64_t i = 0; i < length; i++) {
        unsigned char c = data[i];
        if (drop[c]) {
            changed = true;
            continue;
        }
        unsigned char to = table.data == NULL ? c : table.data[c];
        changed = changed || to != c;
        b.data[b.length++] = to;
    }
    result = changed ? finish_like(self, &b) : same(self);
done:
    byte_builder_free(&b);
    buffer_release(&table);
    buffer_release(&deleted);
    return result;
}

/* ---- hexadecimal */

static int hex_value(uint32_t c)
{
    if (c >= '0' && c <= '9')
        return (int)(c - '0');
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? (int)(c - 'a' + 10) : -1;
}

Obj *bytes_parse_hex(ObjRef text)
{
    if (!str_check(text)) {
        return err_format(&exc_type_error, "fromhex() argument must be str, not %T", text);
    }
    ByteBuilder b;
    byte_builder_init(&b);
    int64_t length = str_length(text), i = 0;
    while (true) {
        while (i < length && str_char_at(text, i) < 128 &&
               is_space((unsigned char)str_char_at(text, i)))
            i++;
        if (i >= length)
            return byte_builder_finish(&b);
        int high = hex_value(str_char_at(text, i));
        int low = high >= 0 && i + 1 < length ? hex_value(str_char_at(text, i + 1)) : -1;
        if (low < 0) {
            if (high >= 0)
                i++;
            break;
        }
        if (byte_builder_add_byte(&b, (unsigned)(high << 4 | low)) < 0) {
            byte_builder_free(&b);
            return NULL;
        }
        i += 2;
    }
    byte_builder_free(&b);
    return err_format(&exc_value_error,
                      "non-hexadecimal number found in fromhex() arg at position %lld",
                      (long long)i);
}

/* The one character that a separator is: 0…127, or -1. */
static int separator_char(ObjRef separator)
{
    int64_t length;
    if (str_check(separator)) {
        if (str_length(separator) != 1)
            return err_format_int(&exc_value_error, "sep must be length 1.");
        if (!str_cast(separator)->ascii)
            return err_format_int(&exc_value_error, "sep must be ASCII.");
        return (int)str_char_at(separator, 0);
    }
    if (!bytes_check(separator) && !bytearray_check(separator))
        return err_format_int(&exc_type_error, "sep must be str or bytes.");
    const unsigned char *data = bytes_octets(separator, &length);
    if (length != 1)
        return err_format_int(&exc_value_error, "sep must be length 1.");
    return data[0] < 128 ? data[0] : err_format_int(&exc_value_error, "sep must be ASCII.");
}

Obj *bytes_to_hex(const unsigned char *data, int64_t length, ObjRef separator, int64_t group,
                  bool as_bytes)
{
    static const char digits[] = "0123456789abcdef";
    int mark = separator == NULL ? 0 : separator_char(separator);
    if (mark < 0)
        return NULL;
    int64_t size = group < 0 ? -group : group;
    if (separator == NULL || size == 0 || size >= length)
        size = 0;
    if (length > INT64_MAX / 4)
        return err_no_memory();
    ByteBuilder b;
    byte_builder_init(&b);
    if (byte_builder_reserve(&b, length * 2 + (size > 0 ? length / size : 0)) < 0)
        return NULL;
    for (int64_t i = 0; i < length; i++) {
        /* Groups are counted from the right when group > 0. */
        int64_t before = group > 0 ? length - i : i;
        if (size > 0 && i > 0 && before % size == 0)
            b.data[b.length++] = (unsigned char)mark;
        b.data[b.length++] = (unsigned char)digits[data[i] >> 4];
        b.data[b.length++] = (unsigned char)digits[data[i] & 15];
    }
    if (as_bytes)
        return byte_builder_finish(&b);
    Obj *result = str_from_latin1((const char *)b.data, b.length);
    byte_builder_free(&b);
    return result;
}

BYTES_METHOD(hex)
{
    static const ArgSpec spec = {"hex", 0, 0, 2, 2, {"sep", "bytes_per_sep"}};
    ObjRef out[2];
    int64_t group = 1, length;
    if (args_bind(&spec, args, nargs, kwnames, out) < 0)
        return NULL;
    if (out[1] != NULL && obj_to_int64(out[1], &group) < 0)
        return NULL;
    const unsigned char *data = bytes_octets(self, &length);
    return bytes_to_hex(data, length, out[0], group, false);
}

/* ---- text */

BYTES_METHOD(decode)
{
    static const ArgSpec spec = {"decode", 0, 0, 2, 2, {"encoding", "errors"}};
    ObjRef out[2];
    if (args_bind(&spec, args, nargs, kwnames, out) < 0)
        return NULL;
    BufferView view; /* error handlers may run user code */
    if (buffer_acquire(self, &view) < 0)
        return NULL;
    Obj *result = codecs_decode_method(view.data, view.length, out[0], out[1]);
    buffer_release(&view);
    return result;
}

Obj *bytes_repr_octets(const unsigned char *data, int64_t length, const char *prefix,
                       const char *suffix)
{
    static const char digits[] = "0123456789abcdef";
    bool single = memchr(data, '\'', (size_t)length) != NULL;
    bool twice = memchr(data, '"', (size_t)length) != NULL;
    char quote = single && !twice ? '"' : '\'';
    StrBuilder b;
    str_builder_init(&b);
    if (length > INT64_MAX / 8)
        return err_string(&exc_overflow_error, "bytes object is too large to make repr");
    if (str_builder_add_ascii(&b, prefix) < 0 || str_builder_reserve(&b, length * 4 + 3, 127) < 0)
        goto fail;
    unsigned char *p = b.data + b.length;
    *p++ = 'b';
    *p++ = (unsigned char)quote;
    for (int64_t i = 0; i < length; i++) {
        unsigned char c = data[i];
        char letter = c == '\t' ? 't' : c == '\n' ? 'n' : c == '\r' ? 'r' : 0;
        if (letter != 0 || c == '\\' || c == (unsigned char)quote ||
            (c == '\'' && *prefix != '\0')) { /* bytearray escapes it between any quotes */
            *p++ = '\\';
            *p++ = letter != 0 ? (unsigned char)letter : c;
        } else if (c < ' ' || c >= 0x7F) {
            *p++ = '\\';
            *p++ = 'x';
            *p++ = (unsigned char)digits[c >> 4];
            *p++ = (unsigned char)digits[c & 15];
        } else {
            *p++ = c;
        }
    }
    *p++ = (unsigned char)quote;
    b.length = p - b.data;
    if (str_builder_add_ascii(&b, suffix) < 0)
        goto fail;
    return str_builder_finish(&b);
fail:
    str_builder_free(&b);
    return NULL;
}

BYTES_METHOD(getnewargs)
{
    UNUSED_ARGS;
    int64_t length;
    const unsigned char *data = bytes_octets(self, &length);
    Obj *octets = bytes_new(data, length);
    if (octets == NULL)
        return NULL;
    Obj *result = tuple_pack(1, octets);
    obj_decref(octets);
    return result;
}
