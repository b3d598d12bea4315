/*
 * Items of arrays: machine numbers and code points as objects and back.
 *
 * Items are stored in native byte order, unaligned access by memcpy.  Ranges are checked here, with
 * the wording that each C type has in CPython.
 */

#include "runtime/modules/array_items.h"

#include <limits.h>
#include <string.h>

#include "runtime/core/err.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"

static const ArrayKind kinds[] = {
    {'b', 1, true, true, "b", "signed char"},
    {'B', 1, true, false, "B", "unsigned byte integer"},
    {'u', 4, false, false, "w", NULL},
    {'h', 2, true, true, "h", "signed short integer"},
    {'H', 2, true, false, "H", "unsigned short"},
    {'i', 4, true, true, "i", "signed integer"},
    {'I', 4, true, false, "I", "unsigned int"},
    {'l', 8, true, true, "l", NULL},
    {'L', 8, true, false, "L", NULL},
    {'q', 8, true, true, "q", NULL},
    {'Q', 8, true, false, "Q", NULL},
    {'f', 4, false, true, "f", NULL},
    {'d', 8, false, true, "d", NULL},
};

enum { KIND_COUNT = (int)(sizeof(kinds) / sizeof(kinds[0])) };

const ArrayKind *array_items_kind(uint32_t code)
{
    for (int i = 0; i < KIND_COUNT; i++) {
        if ((uint32_t)kinds[i].code == code)
            return &kinds[i];
    }
    return NULL;
}

/* ---- from objects */

static int raise_limit(const char *what, bool above)
{
    return err_format_int(&exc_overflow_error, "%s is %s", what,
                          above ? "greater than maximum" : "less than minimum");
}

/* value as int64 for the kinds narrower than a C long. */
static int read_long(ObjRef value, int64_t *out)
{
    Obj *number = obj_index(value);
    if (number == NULL)
        return -1;
    int wide = int_to_int64(number, out);
    obj_decref(number);
    if (wide != 0)
        return err_format_int(&exc_overflow_error, "Python int too large to convert to C long");
    return 0;
}

static int read_narrow(const ArrayKind *kind, ObjRef value, int64_t *out)
{
    if (read_long(value, out) < 0)
        return -1;
    int bits = kind->size * 8 - (kind->is_signed ? 1 : 0);
    int64_t high = ((int64_t)1 << bits) - 1, low = kind->is_signed ? -high - 1 : 0;
    /* One octet is read as a C short first, two unsigned ones as an int: their limits are told
     * first. */
    if (kind->code == 'b' && (*out > SHRT_MAX || *out < SHRT_MIN))
        return raise_limit("signed short integer", *out > 0);
    if (kind->code == 'H' && (*out > INT_MAX || *out < INT_MIN))
        return raise_limit("signed integer", *out > 0);
    if (*out > high || *out < low)
        return raise_limit(kind->names, *out > high);
    return 0;
}

/* 'I' and 'L'. */
static int read_unsigned(const ArrayKind *kind, ObjRef value, uint64_t *out)
{
    Obj *number = obj_index(value);
    if (number == NULL)
        return -1;
    int sign = int_sign(number), wide = sign < 0 ? 1 : int_to_uint64(number, out);
    obj_decref(number);
    if (sign < 0) {
        return err_format_int(&exc_overflow_error, "can't convert negative value to unsigned int");
    }
    if (wide != 0) {
        return err_format_int(&exc_overflow_error,
                              "Python int too large to convert to C unsigned long");
    }
    if (kind->size == 4 && *out > UINT32_MAX)
        return raise_limit(kind->names, true);
    return 0;
}

/* 'q' and 'Q'. */
static int read_long_long(const ArrayKind *kind, ObjRef value, uint64_t *out)
{
    Obj *number = obj_index(value);
    if (number == NULL)
        return -1;
    int64_t with_sign = 0;
    int wide;
    bool negative = int_sign(number) < 0;
    if (kind->is_signed) {
        wide = int_to_int64(number, &with_sign);
        *out = (uint64_t)with_sign;
    } else {
        wide = negative ? 1 : int_to_uint64(number, out);
    }
    obj_decref(number);
    if (wide == 0)
        return 0;
    return err_format_int(&exc_overflow_error, negative && !kind->is_signed
                                                   ? "can't convert negative int to unsigned"
                                                   : "int too big to convert");
}

static int read_character(ObjRef value, uint32_t *out)
{
    if (!str_check(value) || str_length(value) != 1)
        return err_format_int(&exc_type_error, "array item must be unicode character");
    *out = str_char_at(value, 0);
    return 0;
}

int array_items_from_object(const ArrayKind *kind, ObjRef value, unsigned char *out)
{
    int64_t number = 0;
    uint64_t wide = 0;
    uint32_t character = 0;
    double real = 0;
    float narrow;
    switch (kind->code) {
    case 'u':
        if (read_character(value, &character) < 0)
            return -1;
        memcpy(out, &character, 4);
        return 0;
    case 'f':
    case 'd':
        if (obj_to_double(value, &real) < 0)
            return -1;
        narrow = (float)real;
        if (kind->size == 4)
            memcpy(out, &narrow, 4);
        else
            memcpy(out, &real, 8);
        return 0;
    case 'I':
    case 'L':
        if (read_unsigned(kind, value, &wide) < 0)
            return -1;
        break;
    case 'q':
    case 'Q':
        if (read_long_long(kind, value, &wide) < 0)
            return -1;
        break;
    case 'l':
        if (read_long(value, &number) < 0)
            return -1;
        wide = (uint64_t)number;
        break;
    default:
        if (read_narrow(kind, value, &number) < 0)
            return -1;
        wide = (uint64_t)number;
        break;
    }
    uint8_t one = (uint8_t)wide;
    uint16_t two = (uint16_t)wide;
    uint32_t four = (uint32_t)wide;
    switch (kind->size) {
    case 1:
        memcpy(out, &one, 1);
        break;
    case 2:
        memcpy(out, &two, 2);
        break;
    case 4:
        memcpy(out, &four, 4);
        break;
    default:
        memcpy(out, &wide, 8);
        break;
    }
    return 0;
}

/* ---- to objects */

Obj *array_items_to_object(const ArrayKind *kind, const unsigned char *place)
{
    uint16_t two;
    uint32_t four;
    uint64_t eight;
    float narrow;
    double real;
    switch (kind->code) {
    case 'b':
        return int_new((int8_t)*place);
    case 'B':
        return int_new(*place);
    case 'h':
    case 'H':
        memcpy(&two, place, 2);
        return int_new(kind->is_signed ? (int16_t)two : (int64_t)two);
    case 'f':
        memcpy(&narrow, place, 4);
        return float_new((double)narrow);
    case 'd':
        memcpy(&real, place, 8);
        return float_new(real);
    case 'u':
    case 'i':
    case 'I':
        memcpy(&four, place, 4);
        if (kind->code != 'u')
            return int_new(kind->is_signed ? (int32_t)four : (int64_t)four);
        if (four > 0x10FFFF) {
            char text[16];
            int length = 0;
            for (int shift = 28; shift >= 0; shift -= 4) {
                if (length > 0 || four >> shift != 0)
                    text[length++] = "0123456789abcdef"[four >> shift & 15];
            }
            text[length] = 0;
            return err_format(&exc_value_error, "character U+%s is not in range [U+0000; U+10ffff]",
                              text);
        }
        return str_from_char(four);
    default:
        memcpy(&eight, place, 8);
        return kind->is_signed ? int_new((int64_t)eight) : int_from_uint64(eight);
    }
}

/* ---- layouts in pickles: 0 and 1 are octets, then pairs of little- and big-endian */

static bool big_endian(void)
{
    const uint16_t one = 1;
    unsigned char first;
    memcpy(&first, &one, 1);
    return first == 0;
}

int array_items_machine_format(const ArrayKind *kind)
{
    int base;
    if (kind->code == 'u')
        base = 20;
    else if (!kind->is_integer)
        base = kind->size == 4 ? 14 : 16;
    else if (kind->size == 1)
        return kind->is_signed ? 1 : 0;
    else
        base = (kind->size == 2 ? 2 : kind->size == 4 ? 6 : 10) + (kind->is_signed ? 2 : 0);
    return base + (big_endian() ? 1 : 0);
}

bool array_items_from_format(int64_t format, const ArrayKind **kind, bool *swap)
{
    static const char codes[] = {'B', 'b', 'H', 'H', 'h', 'h', 'I', 'I', 'i',
                                 'i', 'Q', 'Q', 'q', 'q', 'f', 'f', 'd', 'd'};
    if (format < 0 || format >= (int64_t)sizeof(codes))
        return false;
    *kind = array_items_kind((uint32_t)codes[format]);
    *swap = format > 1 && (format & 1) != (big_endian() ? 1 : 0);
    return true;
}

void array_items_swap(unsigned char *items, int64_t count, int size)
{
    for (int64_t i = 0; i < count; i++, items += size) {
        for (int low = 0, high = size - 1; low < high; low++, high--) {
            unsigned char octet = items[low];
            items[low] = items[high];
            items[high] = octet;
        }
    }
}
