/*
 * The % operator of str.  Directives and numbers are in percent.c; here is the loop over the format
 * and what only text has: %s, %r, %a and %c.
 */

#include "runtime/core/err.h"
#include "runtime/types/int.h"
#include "runtime/types/percent.h"
#include "runtime/types/str.h"
#include "runtime/types/str_methods.h"
#include "runtime/types/tuple.h"
#include "runtime/types/unicode.h"

/* Adds `text` cut to `precision` (-1: whole) and padded with spaces to the width: 0/-1. */
static int add_padded(StrBuilder *b, const PercentItem *item, ObjRef text, int64_t precision)
{
    int64_t length = str_length(text);
    if (precision >= 0 && precision < length)
        length = precision;
    int64_t padding = item->spec.width > length ? item->spec.width - length : 0;
    if (!item->left && str_builder_add_repeat(b, ' ', padding) < 0)
        return -1;
    if (str_builder_add_range(b, text, 0, length) < 0)
        return -1;
    return item->left ? str_builder_add_repeat(b, ' ', padding) : 0;
}

/* %c: a character or an ordinal: new reference. */
static Obj *to_char(ObjRef value)
{
    if (str_check(value) && str_length(value) == 1)
        return str_exact(value);
    if (!str_check(value) && obj_type(value)->index != NULL) {
        Obj *index = obj_index(value);
        if (index == NULL)
            return NULL;
        int64_t c;
        int fits = int_to_int64(index, &c);
        obj_decref(index);
        if (fits != 0 || c < 0 || c > UNICODE_MAX)
            return err_string(&exc_overflow_error, "%c arg not in range(0x110000)");
        return str_from_char((uint32_t)c);
    }
    return err_string(&exc_type_error, "%c requires int or char");
}

static int add_item(StrBuilder *b, const PercentItem *item, ObjRef value)
{
    Obj *text = NULL;
    int64_t precision = item->spec.precision;
    int status;
    switch (item->type) {
    case 's':
        if (str_check_exact(value))
            return add_padded(b, item, value, precision);
        text = obj_str(value);
        break;
    case 'r':
        text = obj_repr(value);
        break;
    case 'a':
        text = obj_ascii(value);
        break;
    case 'c':
        text = to_char(value);
        precision = -1;
        break;
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
        status = str_builder_add_str(b, text);
        obj_decref(text);
        return status;
    default:
        return percent_unsupported(item);
    }
    if (text == NULL)
        return -1;
    status = add_padded(b, item, text, precision);
    obj_decref(text);
    return status;
}

/* A bare %d or %s of a small int, or %s of a str, without a directive to parse: 1 done, 0 not one
 * of these, -1. */
static int add_simple(StrBuilder *b, uint32_t type, ObjRef value)
{
    if (type == 's' && str_check_exact(value))
        return str_builder_add_str(b, value) < 0 ? -1 : 1;
    if (!int_check_exact(value) || !int_is_small(value))
        return 0;
    char digits[24];
    int64_t number = int_small_value(value);
    uint64_t left = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    char *end = digits + sizeof digits, *start = end;
    do {
        *--start = (char)('0' + left % 10);
        left /= 10;
    } while (left != 0);
    if (number < 0)
        *--start = '-';
    return str_builder_add_ascii_n(b, start, end - start) < 0 ? -1 : 1;
}

Obj *str_format_percent(ObjRef format, ObjRef args)
{
    const StrObj *f = (const StrObj *)format;
    Percent p;
    StrBuilder b;
    /* As CPython's: what is one str as a whole is that str, not a copy. */
    if (f->length == 2 && str_equal_ascii(format, "%s")) {
        ObjRef only = tuple_check(args) && tuple_length(args) == 1 ? tuple_peek(args, 0) : args;
        if (str_check_exact(only))
            return obj_incref(only);
    }
    percent_init(&p, format, NULL, f->length, args);
    str_builder_init(&b);
    if (str_builder_reserve(&b, f->length < 100 ? f->length + 32 : f->length + 100, 0) < 0)
        goto fail;
    while (p.at < p.length) {
        int64_t plain = str_find_char_raw(f->data + p.at * f->kind, f->kind, p.length - p.at, '%');
        if (plain < 0)
            plain = p.length - p.at;
        if (str_builder_add_range(&b, format, p.at, p.at + plain) < 0)
            goto fail;
        p.at += plain;
        if (p.at >= p.length)
            break;
        p.at++;
        if (p.at < p.length && str_char_at(format, p.at) == '%') {
            p.at++;
            if (str_builder_add_char(&b, '%') < 0)
                goto fail;
            continue;
        }
        PercentItem item;
        uint32_t type = p.at < p.length ? str_char_at(format, p.at) : 0;
        if (type == 'd' || type == 's') {
            /* As percent_parse leaves a directive without anything between. */
            format_spec_init(&item.spec);
            item.left = item.bytes = false;
            item.at = p.at++;
            item.type = item.spec.type = type;
            item.spec.width = -1;
        } else if (percent_parse(&p, &item) < 0) {
            goto fail;
        }
        ObjRef value = percent_next_arg(&p);
        if (value == NULL)
            goto fail;
        int simple = type == 'd' || type == 's' ? add_simple(&b, type, value) : 0;
        if (simple < 0 || (simple == 0 && add_item(&b, &item, value) < 0))
            goto fail;
    }
    if (percent_check_end(&p) < 0)
        goto fail;
    percent_finish(&p);
    if (str_check_exact(format) && b.length == f->length &&
        str_find_char_raw(f->data, f->kind, f->length, '%') < 0) {
        str_builder_free(&b);
        return obj_incref(format);
    }
    return str_builder_finish(&b);
fail:
    percent_finish(&p);
    str_builder_free(&b);
    return NULL;
}
