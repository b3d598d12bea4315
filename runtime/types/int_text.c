/*
 * int ↔ text in every base.
 *
 * Small values are converted here; big decimals go through GMP (int_big.c), and both directions
 * keep the limit of sys.set_int_max_str_digits, which bounds the quadratic worst case of CPython's
 * own conversion and is part of the language since.  Bases that are powers of two know no limit.
 *
 * Formatting with width, sign and grouping: numformat.c.
 */
#include "runtime/types/int_text.h"

#include <string.h>

#include "runtime/core/err.h"
#include "runtime/core/state.h"
#include "runtime/types/bytes.h"
#include "runtime/types/int_big.h"
#include "runtime/types/number_text.h"
#include "runtime/types/str.h"

enum { SHOWN_MAX = 200 }; /* characters of a bad literal that a message shows */

/* ---- int to text */

static const char digit_pairs[] = "00010203040506070809101112131415161718192021222324"
                                  "25262728293031323334353637383940414243444546474849"
                                  "50515253545556575859606162636465666768697071727374"
                                  "75767778798081828384858687888990919293949596979899";

/* Writes the decimal digits of value so that they end before `end`; returns their start. */
static char *write_decimal(uint64_t value, char *end)
{
    while (value >= 100) {
        end -= 2;
        memcpy(end, digit_pairs + value % 100 * 2, 2);
        value /= 100;
    }
    if (value >= 10) {
        end -= 2;
        memcpy(end, digit_pairs + value * 2, 2);
    } else {
        *--end = (char)('0' + value);
    }
    return end;
}

int64_t int_text_decimal(int64_t value, char *buffer)
{
    char digits[20];
    char *end = digits + sizeof digits;
    char *start = write_decimal(value < 0 ? 0 - (uint64_t)value : (uint64_t)value, end);
    if (value < 0)
        *buffer++ = '-';
    memcpy(buffer, start, (size_t)(end - start));
    return end - start + (value < 0);
}

/* Writes the digits of a one-limb magnitude into the struct. */
static void make_small(uint64_t value, int base, IntText *out)
{
    char *end = out->fixed + sizeof out->fixed;
    char *start = end;
    if (base == 10) {
        start = write_decimal(value, end);
    } else {
        int bits = base == 16 ? 4 : base == 8 ? 3 : 1;
        do {
            *--start = "0123456789abcdef"[value & ((uint64_t)base - 1)];
            value >>= bits;
        } while (value != 0);
    }
    out->digits = start;
    out->length = end - start;
}

static int limit_reached(void)
{
    return err_format_int(&exc_value_error,
                          "Exceeds the limit (%d digits) for integer string conversion; "
                          "use sys.set_int_max_str_digits() to increase the limit",
                          runtime.max_str_digits);
}

/* Digits of a big magnitude in base 2, 8 or 16. */
static int make_power_of_two(const IntView *view, int base, IntText *out)
{
    int bits = base == 16 ? 4 : base == 8 ? 3 : 1;
    int64_t total = view->count * 64 - __builtin_clzll(view->limbs[view->count - 1]);
    out->length = out->block_size = (total + bits - 1) / bits;
    out->block = mem_alloc((size_t)out->block_size);
    if (out->block == NULL) {
        err_no_memory();
        return -1;
    }
    for (int64_t i = 0; i < out->length; i++) {
        int64_t at = i * bits;
        uint64_t digit = view->limbs[at / 64] >> (at % 64);
        if (at % 64 + bits > 64 && at / 64 + 1 < view->count)
            digit |= view->limbs[at / 64 + 1] << (64 - at % 64);
        out->block[out->length - 1 - i] = "0123456789abcdef"[digit & ((uint64_t)base - 1)];
    }
    out->digits = out->block;
    return 0;
}

int int_text_make(ObjRef o, int base, IntText *out)
{
    IntView view;
    int_view(o, &view);
    out->block = NULL;
    out->negative = view.negative;
    if (view.count <= 1) {
        make_small(view.count == 0 ? 0 : view.limbs[0], base, out);
        return 0;
    }
    if (base != 10)
        return make_power_of_two(&view, base, out);
    int limit = runtime.max_str_digits;
    /* A number of n bits has more than (n - 1) * log10(2) digits. */
    if (limit > 0 && (double)(view.count - 1) * 64 * 0.30102999566 > limit)
        return limit_reached();
    out->block = int_big_decimal(&view, &out->length, &out->block_size);
    if (out->block == NULL)
        return -1;
    out->digits = out->block;
    if (limit > 0 && out->length > limit) {
        int_text_free(out);
        return limit_reached();
    }
    return 0;
}

void int_text_free(IntText *text)
{
    if (text->block != NULL)
        mem_free(text->block, (size_t)text->block_size);
    text->block = NULL;
}

Obj *int_to_text(ObjRef o, int base)
{
    if (int_is_small(o) && base == 10) {
        int64_t value = int_small_value(o);
        if (value >= 0 && value < 10)
            return str_from_char((uint32_t)('0' + value));
        char buffer[20];
        int64_t length = int_text_decimal(value, buffer);
        Obj *text = str_new_blank(length, 127);
        if (text != NULL)
            memcpy(str_cast(text)->data, buffer, (size_t)length);
        return text;
    }
    IntText digits;
    if (int_text_make(o, base, &digits) < 0)
        return NULL;
    Obj *text = NULL;
    if (digits.length == 1 && !digits.negative) {
        text = str_from_char((uint32_t)digits.digits[0]);
    } else {
        text = str_new_blank(digits.length + digits.negative, 127);
        if (text != NULL) {
            str_cast(text)->data[0] = '-';
            memcpy(str_cast(text)->data + digits.negative, digits.digits, (size_t)digits.length);
        }
    }
    int_text_free(&digits);
    return text;
}

/* ---- text to int */

/* Value of a digit in base 36, or 37. */
static int digit_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'Z')
        return c - 'A' + 10;
    return 37;
}

/* The int of `count` digits among text[0..], underscores skipped. */
static Obj *convert_digits(const char *text, int64_t count, int base, bool negative)
{
    if (count <= 12 || (base <= 10 && count <= 18)) { /* 36**12 and 10**18 fit 63 bits */
        int64_t value = 0;
        for (int64_t left = count; left > 0; text++)
            if (*text != '_') {
                value = value * base + digit_value(*text);
                left--;
            }
        return int_new(negative ? -value : value);
    }
    unsigned char fixed[256];
    unsigned char *digits = fixed;
    if (count > (int64_t)sizeof fixed) {
        digits = mem_alloc((size_t)count);
        if (digits == NULL)
            return err_no_memory();
    }
    for (int64_t i = 0; i < count; text++)
        if (*text != '_')
            digits[i++] = (unsigned char)digit_value(*text);
    Obj *result = int_big_from_digits(digits, count, base, negative);
    if (digits != fixed)
        mem_free(digits, (size_t)count);
    return result;
}

/* Reads a whole text: 1 and *out, 0 when it is no int, -1 with an exception. */
static int parse(const char *text, int64_t length, int base, Obj **out)
{
    const char *p = text;
    const char *end = text + length;
    while (p < end && number_text_is_space(*p))
        p++;
    bool negative = p < end && *p == '-';
    if (p < end && (*p == '-' || *p == '+'))
        p++;
    char mark = end - p >= 2 && p[0] == '0' ? (char)(p[1] | 0x20) : 0;
    int marked = mark == 'x' ? 16 : mark == 'o' ? 8 : mark == 'b' ? 2 : 0;
    bool only_zero = false;
    if (base == 0) {
        base = marked != 0 ? marked : 10;
        only_zero = marked == 0 && p < end && *p == '0';
    }
    if (marked == base) {
        p += 2;
        if (p < end && *p == '_')
            p++;
    }

    const char *start = p;
    int64_t count = 0;
    char previous = '_'; /* so that no underscore can come first */
    while (p < end && (*p == '_' || digit_value(*p) < base)) {
        if (*p != '_')
            count++;
        else if (previous == '_')
            return 0;
        previous = *p++;
    }
    if (previous == '_')
        return 0;
    int limit = runtime.max_str_digits;
    if ((base & (base - 1)) != 0 && limit > 0 && count > limit)
        return err_format_int(&exc_value_error,
                              "Exceeds the limit (%d digits) for integer string conversion: value "
                              "has %lld digits; use sys.set_int_max_str_digits() to increase the "
                              "limit",
                              limit, (long long)count);
    const char *rest = p;
    while (rest < end && number_text_is_space(*rest))
        rest++;
    if (rest != end)
        return 0;
    if (only_zero)
        for (const char *digit = start; digit < p; digit++)
            if (*digit != '0' && *digit != '_')
                return 0;
    *out = convert_digits(start, count, base, negative);
    return *out == NULL ? -1 : 1;
}

/* ValueError that shows the literal (a str or bytes, owned; NULL: error already raised). */
static Obj *bad_literal_steal(Obj *literal, int base)
{
    Obj *shown = literal == NULL ? NULL : obj_repr(literal);
    if (shown != NULL)
        obj_replace(&shown, str_substring(shown, 0, SHOWN_MAX));
    if (shown != NULL)
        err_format(&exc_value_error, "invalid literal for int() with base %d: %U", base, shown);
    obj_xdecref(shown);
    obj_xdecref(literal);
    return NULL;
}

Obj *int_from_text(const char *text, int64_t length, int base)
{
    Obj *result = NULL;
    if (parse(text, length, base, &result) == 0)
        return bad_literal_steal(str_from_utf8(text, length), base);
    return result;
}

Obj *int_text_parse_str(ObjRef o, int base)
{
    NumberText text;
    if (number_text_acquire(o, &text) < 0)
        return NULL;
    Obj *result = NULL;
    int status = parse(text.text, text.length, base, &result);
    number_text_release(&text);
    return status == 0 ? bad_literal_steal(obj_incref(o), base) : result;
}

Obj *int_text_parse_bytes(const unsigned char *data, int64_t length, int base)
{
    Obj *result = NULL;
    if (parse((const char *)data, length, base, &result) == 0)
        return bad_literal_steal(bytes_new(data, length), base);
    return result;
}
