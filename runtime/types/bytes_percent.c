/*
 * The % operator of bytes and bytearray.  Directives and numbers are in percent.c; here is the loop
 * over the format and what only octets have: %s and %b (bytes-like or __bytes__), %a and %r
 * (ASCII), %c (an octet).
 */

#include <string.h>

#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/types/buffer.h"
#include "runtime/types/byte_builder.h"
#include "runtime/types/bytearray.h"
#include "runtime/types/bytes.h"
#include "runtime/types/bytes_methods.h"
#include "runtime/types/int.h"
#include "runtime/types/percent.h"
#include "runtime/types/str.h"

static int add_padded(ByteBuilder *b, const PercentItem *item, const unsigned char *data,
                      int64_t length, int64_t precision)
{
    if (precision >= 0 && precision < length)
        length = precision;
    int64_t padding = item->spec.width > length ? item->spec.width - length : 0;
    if (!item->left && byte_builder_add_repeat(b, ' ', padding) < 0)
        return -1;
    if (byte_builder_add(b, data, length) < 0)
        return -1;
    return item->left ? byte_builder_add_repeat(b, ' ', padding) : 0;
}

/* %b and %s: 0/-1. */
static int add_octets(ByteBuilder *b, const PercentItem *item, ObjRef value)
{
    Obj *octets = NULL;
    if (!buffer_check(value)) {
        int status = obj_call_special(value, names.dunder_bytes, NULL, 0, &octets);
        if (status < 0)
            return -1;
        if (status == 0) {
            return err_format_int(&exc_type_error,
                                  "%%b requires a bytes-like object, or an object that implements "
                                  "__bytes__, not '%T'",
                                  value);
        }
        if (!bytes_check(octets)) {
            err_format(&exc_type_error, "__bytes__ returned non-bytes (type %T)", octets);
            obj_decref(octets);
            return -1;
        }
    }
    BufferView view;
    int status = buffer_acquire(octets != NULL ? octets : value, &view);
    if (status == 0) {
        status = add_padded(b, item, view.data, view.length, item->spec.precision);
        buffer_release(&view);
    }
    obj_xdecref(octets);
    return status;
}

/* The octet of %c, or -1. */
static int to_octet(ObjRef value)
{
    static const char wrong[] = "%c requires an integer in range(256) or a single byte";
    if (bytes_check(value) || bytearray_check(value)) {
        int64_t length;
        const unsigned char *data = bytes_octets(value, &length);
        if (length == 1)
            return data[0];
    } else if (obj_type(value)->index != NULL) {
        Obj *index = obj_index(value);
        if (index == NULL)
            return -1;
        int64_t octet;
        int fits = int_to_int64(index, &octet);
        obj_decref(index);
        if (fits != 0 || octet < 0 || octet > 255) {
            err_string(&exc_overflow_error, "%c arg not in range(256)");
            return -1;
        }
        return (int)octet;
    }
    err_string(&exc_type_error, wrong);
    return -1;
}

static int add_item(ByteBuilder *b, const PercentItem *item, ObjRef value)
{
    Obj *text;
    int octet;
    unsigned char single;
    int64_t precision = -1;
    switch (item->type) {
    case 'b':
    case 's':
        return add_octets(b, item, value);
    case 'a':
    case 'r':
        text = obj_ascii(value);
        precision = item->spec.precision;
        break;
    case 'c':
        octet = to_octet(value);
        if (octet < 0)
            return -1;
        single = (unsigned char)octet;
        return add_padded(b, item, &single, 1, -1);
    case 'd':
    case 'i':
    case 'u':
    case 'o':
    case 'x':
    case 'X':
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G':
        text = percent_number(item, value);
        if (text == NULL)
            return -1;
        octet = byte_builder_add(b, str_cast(text)->data, str_length(text));
        obj_decref(text);
        return octet;
    default:
        return percent_unsupported(item);
    }
    if (text == NULL)
        return -1;
    int status = add_padded(b, item, str_cast(text)->data, str_length(text), precision);
    obj_decref(text);
    return status;
}

Obj *bytes_percent_slot(ObjRef left, ObjRef right)
{
    if (!bytes_check(left) && !bytearray_check(left))
        return not_implemented_new();
    int64_t length;
    Obj *copy = NULL; /* user code may change a bytearray */
    const unsigned char *data = bytes_octets(left, &length);
    if (!bytes_check(left)) {
        copy = bytes_new(data, length);
        if (copy == NULL)
            return NULL;
        data = bytes_cast(copy)->data;
    }
    Percent p;
    ByteBuilder b;
    Obj *result = NULL;
    percent_init(&p, left, data, length, right);
    byte_builder_init(&b);
    while (p.at < p.length) {
        const unsigned char *start = data + p.at;
        const unsigned char *mark = memchr(start, '%', (size_t)(p.length - p.at));
        int64_t plain = mark == NULL ? p.length - p.at : mark - start;
        if (byte_builder_add(&b, start, plain) < 0)
            goto done;
        p.at += plain;
        if (p.at >= p.length)
            break;
        p.at++;
        if (p.at < p.length && data[p.at] == '%') {
            p.at++;
            if (byte_builder_add_byte(&b, '%') < 0)
                goto done;
            continue;
        }
        PercentItem item;
        if (percent_parse(&p, &item) < 0)
            goto done;
        ObjRef value = percent_next_arg(&p);
        if (value == NULL || add_item(&b, &item, value) < 0)
            goto done;
    }
    if (percent_check_end(&p) == 0)
        result = bytes_like(left, b.data == NULL ? (const unsigned char *)"" : b.data, b.length);
done:
    percent_finish(&p);
    byte_builder_free(&b);
    obj_xdecref(copy);
    return result;
}
