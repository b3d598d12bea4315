/*
 * Numbers under a format spec.
 *
 * A number is rendered in two steps.  First its parts as ASCII: sign, prefix (0x), whole digits,
 * and the rest (fraction, exponent, percent sign).  Then `assemble` groups the digits and pads.
 * Zero padding belongs to the grouping step, since the zeros take part in the groups.
 *
 * Decimal digits of doubles come from float_text.cc; a double has at most DIGITS_MAX digits after
 * the point, so that a larger precision only adds zeros.
 */
#include "runtime/types/numformat.h"

#include <limits.h>
#include <math.h>
#include <string.h>

#include "runtime/core/err.h"
#include "runtime/types/complex.h"
#include "runtime/types/float.h"
#include "runtime/types/float_text.h"
#include "runtime/types/int.h"
#include "runtime/types/int_text.h"

enum {
    DIGITS_MAX = 1100, /* decimals that a double can have, and some */
    WHOLE_MAX = 310,   /* digits before the point that a double can have */
    FIXED_SIZE = 400,  /* bytes of text kept on the C stack */
    DEFAULT_PRECISION = 6,
};

/* Text in a buffer that was made large enough before. */
typedef struct Text {
    char *data;
    int64_t length;
    int64_t capacity;
    char fixed[FIXED_SIZE];
} Text;

static int text_init(Text *text, int64_t capacity)
{
    text->length = 0;
    text->capacity = capacity;
    text->data = text->fixed;
    if (capacity > FIXED_SIZE && (text->data = mem_alloc((size_t)capacity)) == NULL) {
        err_no_memory();
        return -1;
    }
    return 0;
}

static void text_free(Text *text)
{
    if (text->data != text->fixed)
        mem_free(text->data, (size_t)text->capacity);
}

static void text_add(Text *text, const char *data, int64_t length)
{
    memcpy(text->data + text->length, data, (size_t)length);
    text->length += length;
}

static void text_fill(Text *text, char c, int64_t count)
{
    if (count > 0) {
        memset(text->data + text->length, c, (size_t)count);
        text->length += count;
    }
}

/* ---- putting the parts together */

typedef struct Parts {
    char sign;          /* '-', '+', ' ' or 0 */
    const char *prefix; /* "0x" or "" */
    const char *digits; /* before the point; none for inf and nan */
    int64_t digit_count;
    int64_t zeros;    /* to put before the digits, as a precision of %d asks */
    const char *rest; /* what follows the digits */
    int64_t rest_length;
    int group; /* digits of a group */
} Parts;

static char sign_for(const FormatSpec *spec, bool negative)
{
    if (negative)
        return '-';
    return spec->sign == '+' || spec->sign == ' ' ? spec->sign : '\0';
}

/* Writes digits in groups so that they end before `end` (NULL: counts only), zeros in front up to
 * min_width characters, separators included.  Returns the number of characters. */
static int64_t write_groups(const char *digits, int64_t count, int64_t min_width, int group,
                            char separator, char *end)
{
    int64_t written = 0;
    for (;;) {
        int64_t most = count > min_width ? count : min_width;
        int64_t size = separator == 0 ? most : group;
        if (size > most)
            size = most;
        if (size < 1)
            size = 1;
        int64_t taken = count < size ? count : size;
        if (end != NULL) {
            end -= taken;
            memcpy(end, digits + count - taken, (size_t)taken);
            end -= size - taken;
            memset(end, '0', (size_t)(size - taken));
        }
        written += size;
        count -= taken;
        min_width -= size;
        if (count <= 0 && min_width <= 0)
            return written;
        min_width--;
        written++;
        if (end != NULL)
            *--end = separator;
    }
}

static void fill_range(Obj *str, int64_t at, int64_t count, uint32_t c)
{
    StrObj *s = str_cast(str);
    if (s->kind == 1) {
        memset(s->data + at, (int)c, (size_t)count);
        return;
    }
    for (int64_t i = at; i < at + count; i++) {
        if (s->kind == 2)
            ((uint16_t *)(void *)s->data)[i] = (uint16_t)c;
        else
            ((uint32_t *)(void *)s->data)[i] = c;
    }
}

static void copy_range(Obj *str, int64_t at, const char *text, int64_t count)
{
    StrObj *s = str_cast(str);
    if (s->kind == 1)
        memcpy(s->data + at, text, (size_t)count);
    else
        for (int64_t i = 0; i < count; i++)
            fill_range(str, at + i, 1, (unsigned char)text[i]);
}

/* text[0..length) padded to the width of the spec; `inner` is where padding of '=' goes. */
static Obj *pad(const char *text, int64_t length, int64_t inner, const FormatSpec *spec)
{
    int64_t padding = spec->width - length;
    if (padding <= 0)
        return str_from_latin1(text, length);
    int64_t before = 0, middle = 0;
    if (spec->align == '>')
        before = padding;
    else if (spec->align == '^')
        before = padding / 2;
    else if (spec->align == '=')
        middle = padding;
    Obj *result = str_new_blank(spec->width, spec->fill > 127 ? spec->fill : 127);
    if (result == NULL)
        return NULL;
    fill_range(result, 0, before, spec->fill);
    copy_range(result, before, text, inner);
    fill_range(result, before + inner, middle, spec->fill);
    copy_range(result, before + inner + middle, text + inner, length - inner);
    fill_range(result, before + length + middle, padding - before - middle, spec->fill);
    return result;
}

/* Adds sign, prefix, grouped digits and rest to a text made large enough by assembled_size. */
static void assemble_into(Text *out, const Parts *parts, int64_t grouped, int64_t min_width,
                          char separator)
{
    if (parts->sign != 0)
        text_add(out, &parts->sign, 1);
    text_add(out, parts->prefix, (int64_t)strlen(parts->prefix));
    if (grouped > 0) {
        out->length += grouped;
        write_groups(parts->digits, parts->digit_count, min_width, parts->group, separator,
                     out->data + out->length);
    }
    text_add(out, parts->rest, parts->rest_length);
}

/* The least width of the digits so that the whole has the spec's width, where zeros pad. */
static int64_t digits_min_width(const Parts *parts, const FormatSpec *spec)
{
    int64_t width = parts->digit_count + parts->zeros;
    if (spec->fill == '0' && spec->align == '=') {
        int64_t room =
            spec->width - (parts->sign != 0) - (int64_t)strlen(parts->prefix) - parts->rest_length;
        if (room > width)
            width = room;
    }
    return width;
}

static Obj *assemble(const Parts *parts, const FormatSpec *spec)
{
    int64_t min_width = digits_min_width(parts, spec);
    if (spec->grouping != 0 && !(spec->fill == '0' && spec->align == '='))
        min_width = parts->zeros > 0 ? min_width : 0;
    int64_t grouped =
        parts->digit_count == 0 && parts->zeros == 0
            ? 0
            : write_groups(NULL, parts->digit_count, min_width, parts->group, spec->grouping, NULL);
    int64_t inner = (parts->sign != 0) + (int64_t)strlen(parts->prefix);
    Text text;
    if (grouped > INT64_MAX / 4)
        return err_no_memory();
    if (text_init(&text, inner + grouped + parts->rest_length) < 0)
        return NULL;
    assemble_into(&text, parts, grouped, min_width, spec->grouping);
    Obj *result = pad(text.data, text.length, inner, spec);
    text_free(&text);
    return result;
}

/* ---- ints */

static Obj *format_char(ObjRef o, const FormatSpec *spec)
{
    int64_t value;
    if (int_to_int64(o, &value) != 0)
        return err_string(&exc_overflow_error, "Python int too large to convert to C long");
    if (value < 0 || value > 0x10FFFF)
        return err_format(&exc_overflow_error, "%%c arg not in range(0x110000)");
    StrBuilder b;
    str_builder_init(&b);
    int64_t after = 0;
    if (format_spec_pad_start(&b, spec, 1, &after) < 0 ||
        str_builder_add_char(&b, (uint32_t)value) < 0 || format_spec_pad_end(&b, spec, after) < 0) {
        str_builder_free(&b);
        return NULL;
    }
    return str_builder_finish(&b);
}

Obj *numformat_int(ObjRef o, const FormatSpec *spec)
{
    int base = 10;
    bool upper = false;
    Parts parts = {.prefix = "", .rest = "", .group = 4};
    switch (spec->type) {
    case 'b':
        base = 2;
        parts.prefix = "0b";
        break;
    case 'o':
        base = 8;
        parts.prefix = "0o";
        break;
    case 'x':
        base = 16;
        parts.prefix = "0x";
        break;
    case 'X':
        base = 16;
        parts.prefix = "0X";
        upper = true;
        break;
    case 'c':
        return format_char(o, spec);
    default:
        parts.group = 3;
        break;
    }
    if (!spec->alternate)
        parts.prefix = "";
    IntText digits;
    if (int_text_make(o, base, &digits) < 0)
        return NULL;
    if (upper) {
        char *start =
            digits.block != NULL ? digits.block : digits.fixed + (digits.digits - digits.fixed);
        for (int64_t i = 0; i < digits.length; i++)
            if (start[i] >= 'a')
                start[i] = (char)(start[i] - 'a' + 'A');
    }
    parts.sign = sign_for(spec, digits.negative);
    parts.digits = digits.digits;
    parts.digit_count = digits.length;
    if (spec->precision > digits.length)
        parts.zeros = spec->precision - digits.length;
    Obj *result = assemble(&parts, spec);
    int_text_free(&digits);
    return result;
}

/* What 'c' does not allow: 0, or -1 with ValueError. */
static int check_char_spec(const FormatSpec *spec)
{
    if (spec->sign != 0)
        return err_format_int(&exc_value_error,
                              "Sign not allowed with integer format specifier 'c'");
    if (spec->alternate)
        return err_format_int(&exc_value_error,
                              "Alternate form (#) not allowed with integer format specifier 'c'");
    return 0;
}

Obj *numformat_format_int(ObjRef o, ObjRef text)
{
    if (str_length(text) == 0)
        return int_check_exact(o) ? int_to_text(o, 10) : obj_str(o);
    FormatSpec spec;
    if (format_spec_parse(text, 'd', '>', o, &spec) < 0)
        return NULL;
    double value;
    switch (spec.type) {
    case 'b':
    case 'c':
    case 'd':
    case 'n':
    case 'o':
    case 'x':
    case 'X':
        if (spec.precision >= 0)
            return err_string(&exc_value_error,
                              "Precision not allowed in integer format specifier");
        if (spec.no_negative_zero)
            return err_string(&exc_value_error,
                              "Negative zero coercion (z) not allowed in integer format specifier");
        if (spec.type == 'c' && check_char_spec(&spec) < 0)
            return NULL;
        return numformat_int(o, &spec);
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G':
    case '%':
        if (spec.precision > INT_MAX)
            return err_string(&exc_value_error, "precision too big");
        if (int_to_double(o, &value) < 0)
            return NULL;
        return numformat_double(value, &spec);
    default:
        return format_spec_unknown_type(spec.type, o);
    }
}

/* ---- doubles */

/* Splits d.ddde±xx: digits without the point into `digits`; *point is their number before it. */
static int64_t split_scientific(const char *text, int64_t length, char *digits, int64_t *point)
{
    int64_t count = 0, i = 0;
    for (; i < length && text[i] != 'e'; i++)
        if (text[i] != '.')
            digits[count++] = text[i];
    int64_t exponent = 0;
    for (int64_t k = i + 2; k < length; k++)
        exponent = exponent * 10 + (text[k] - '0');
    *point = (text[i + 1] == '-' ? -exponent : exponent) + 1;
    return count;
}

/* Digits of a finite magnitude for the types e, g and r ('e': `precision` decimals; 'g':
 * `precision` significant digits; 'r': as many as needed); returns their number. */
static int64_t significant_digits(double magnitude, char type, int64_t precision, char *digits,
                                  int64_t *point)
{
    char text[DIGITS_MAX + 32];
    int64_t decimals = type == 'g' ? precision - 1 : precision;
    if (decimals > DIGITS_MAX)
        decimals = DIGITS_MAX;
    int64_t length =
        type == 'r' ? float_text_shortest(magnitude, text, (int64_t)sizeof text)
                    : float_text_scientific(magnitude, (int)decimals, text, (int64_t)sizeof text);
    return split_scientific(text, length, digits, point);
}

static void add_exponent(Text *out, int64_t exponent, bool upper)
{
    char buffer[24];
    int64_t magnitude = exponent < 0 ? -exponent : exponent;
    text_add(out, upper ? "E" : "e", 1);
    text_add(out, exponent < 0 ? "-" : "+", 1);
    if (magnitude < 10)
        text_add(out, "0", 1);
    text_add(out, buffer, int_text_decimal(magnitude, buffer));
}

/* Adds digits[0..count) with the point after the first `point` of them and zeros wherever digits
 * are missing, up to `decimals` digits after the point; no point where nothing follows, unless
 * kept. */
static void add_positional(Text *out, const char *digits, int64_t count, int64_t point,
                           int64_t decimals, bool keep_point)
{
    if (point <= 0) {
        text_add(out, "0", 1);
    } else {
        int64_t have = count < point ? count : point;
        text_add(out, digits, have);
        text_fill(out, '0', point - have);
    }
    if (decimals > 0 || keep_point)
        text_add(out, ".", 1);
    if (decimals <= 0)
        return;
    int64_t leading = point < 0 ? (-point < decimals ? -point : decimals) : 0;
    text_fill(out, '0', leading);
    int64_t from = point > 0 ? point : 0;
    int64_t have = count > from ? count - from : 0;
    if (have > decimals - leading)
        have = decimals - leading;
    text_add(out, digits + from, have);
    text_fill(out, '0', decimals - leading - have);
}

/* Adds the text of a finite magnitude without sign.  type: 'e', 'f', 'g' or 'r'; dot_zero: ".0"
 * after a whole number without exponent (and then 'g' turns to an exponent one digit earlier). */
static void add_magnitude(Text *out, double magnitude, char type, int64_t precision, bool alternate,
                          bool dot_zero, bool upper)
{
    if (type == 'f') {
        int64_t decimals = precision < DIGITS_MAX ? precision : DIGITS_MAX;
        out->length += float_text_fixed(magnitude, (int)decimals, out->data + out->length,
                                        out->capacity - out->length);
        text_fill(out, '0', precision - decimals);
        if (alternate && precision == 0)
            text_add(out, ".", 1);
        return;
    }
    char digits[DIGITS_MAX + 32];
    int64_t point;
    if (type == 'g' && precision == 0)
        precision = 1;
    int64_t count = significant_digits(magnitude, type, precision, digits, &point);
    /* e and the alternate form show all digits asked for; else zeros at the end are dropped. */
    int64_t wanted = type == 'e' ? precision + 1 : type == 'g' && alternate ? precision : 0;
    if (wanted == 0)
        while (count > 1 && digits[count - 1] == '0')
            count--;
    if (wanted < count)
        wanted = count;
    bool exponent =
        type == 'e' || point <= -4 || point > (type == 'r' ? 16 : precision - (dot_zero ? 1 : 0));
    if (exponent) {
        add_positional(out, digits, count, 1, wanted - 1, alternate);
        add_exponent(out, point - 1, upper);
        return;
    }
    int64_t decimals = wanted - point;
    if (dot_zero && decimals < 1)
        decimals = 1;
    add_positional(out, digits, count, point, decimals, alternate);
}

/* Bytes that add_magnitude and a percent sign may need. */
static int64_t magnitude_room(int64_t precision)
{
    return WHOLE_MAX + 32 + (precision > DIGITS_MAX ? precision : DIGITS_MAX);
}

static bool only_zeros(const char *text, int64_t length)
{
    for (int64_t i = 0; i < length && (text[i] | 0x20) != 'e'; i++)
        if (text[i] >= '1' && text[i] <= '9')
            return false;
    return true;
}

/* How a spec renders doubles. */
typedef struct DoubleStyle {
    char type; /* 'e', 'f', 'g', 'r' */
    int64_t precision;
    bool upper, percent, dot_zero;
} DoubleStyle;

static DoubleStyle style_of(const FormatSpec *spec, bool dot_zero)
{
    DoubleStyle style = {.precision = spec->precision};
    uint32_t type = spec->type;
    style.upper = type == 'E' || type == 'F' || type == 'G';
    style.percent = type == '%';
    style.type = type == 'e' || type == 'E'                  ? 'e'
                 : type == 'f' || type == 'F' || type == '%' ? 'f'
                 : type == 0 && spec->precision < 0          ? 'r'
                                                             : 'g';
    style.dot_zero = dot_zero && type == 0;
    if (style.precision < 0)
        style.precision = DEFAULT_PRECISION;
    return style;
}

/* Renders a double into `text` (to be freed by the caller when 0) and describes its parts. */
static int render(double value, const FormatSpec *spec, const DoubleStyle *style, Text *text,
                  Parts *parts)
{
    *parts = (Parts){.prefix = "", .group = 3};
    bool negative = signbit(value) && !isnan(value);
    if (style->percent)
        value *= 100.0;
    /* Digits of whole doubles and short precisions fit the stack. */
    int64_t room = isfinite(value) ? magnitude_room(style->precision) : 8;
    if (isfinite(value) && fabs(value) < 1e20 && style->precision < 300)
        room = FIXED_SIZE;
    if (text_init(text, room) < 0)
        return -1;
    if (isfinite(value)) {
        add_magnitude(text, fabs(value), style->type, style->precision, spec->alternate,
                      style->dot_zero, style->upper);
        if (negative && spec->no_negative_zero && only_zeros(text->data, text->length))
            negative = false;
    } else if (isnan(value)) {
        text_add(text, style->upper ? "NAN" : "nan", 3);
    } else {
        text_add(text, style->upper ? "INF" : "inf", 3);
    }
    if (style->percent)
        text_add(text, "%", 1);
    parts->sign = sign_for(spec, negative);
    parts->digits = text->data;
    while (parts->digit_count < text->length && text->data[parts->digit_count] >= '0' &&
           text->data[parts->digit_count] <= '9')
        parts->digit_count++;
    parts->rest = text->data + parts->digit_count;
    parts->rest_length = text->length - parts->digit_count;
    return 0;
}

Obj *numformat_double(double value, const FormatSpec *spec)
{
    DoubleStyle style = style_of(spec, true);
    Text text;
    Parts parts;
    if (render(value, spec, &style, &text, &parts) < 0)
        return NULL;
    Obj *result = assemble(&parts, spec);
    text_free(&text);
    return result;
}

static bool is_double_type(uint32_t type)
{
    return type == 0 || (type < 128 && strchr("eEfFgGn%", (int)type) != NULL);
}

Obj *numformat_format_float(ObjRef o, ObjRef text)
{
    if (str_length(text) == 0)
        return obj_str(o);
    FormatSpec spec;
    if (format_spec_parse(text, 0, '>', o, &spec) < 0)
        return NULL;
    if (!is_double_type(spec.type))
        return format_spec_unknown_type(spec.type, o);
    if (spec.precision > INT_MAX)
        return err_string(&exc_value_error, "precision too big");
    return numformat_double(float_value(o), &spec);
}

/* ---- complex */

/* Adds one component to the whole text; 0/-1. */
static int add_component(Text *out, double value, const FormatSpec *spec)
{
    DoubleStyle style = style_of(spec, false);
    Text text;
    Parts parts;
    if (render(value, spec, &style, &text, &parts) < 0)
        return -1;
    int64_t grouped = parts.digit_count == 0 ? 0
                                             : write_groups(NULL, parts.digit_count,
                                                            spec->grouping ? 0 : parts.digit_count,
                                                            3, spec->grouping, NULL);
    assemble_into(out, &parts, grouped, spec->grouping ? 0 : parts.digit_count, spec->grouping);
    text_free(&text);
    return 0;
}

static Obj *format_complex(double real, double imag, const FormatSpec *spec)
{
    bool only_imag = spec->type == 0 && real == 0.0 && !signbit(real);
    bool parenthesised = spec->type == 0 && !only_imag;
    FormatSpec imag_spec = *spec;
    Text text;
    /* Grouping adds at most a third to the whole digits. */
    if (text_init(&text, 2 * (magnitude_room(spec->precision) + WHOLE_MAX)) < 0)
        return NULL;
    Obj *result = NULL;
    if (parenthesised)
        text_add(&text, "(", 1);
    if (!only_imag) {
        if (add_component(&text, real, spec) < 0)
            goto done;
        imag_spec.sign = '+';
    }
    if (add_component(&text, imag, &imag_spec) < 0)
        goto done;
    text_add(&text, parenthesised ? "j)" : "j", parenthesised ? 2 : 1);
    result = pad(text.data, text.length, 0, spec);
done:
    text_free(&text);
    return result;
}

Obj *numformat_format_complex(ObjRef o, ObjRef text)
{
    if (str_length(text) == 0)
        return obj_str(o);
    FormatSpec spec;
    if (format_spec_parse(text, 0, '>', o, &spec) < 0)
        return NULL;
    if (!is_double_type(spec.type) || spec.type == '%')
        return format_spec_unknown_type(spec.type, o);
    if (spec.precision > INT_MAX)
        return err_string(&exc_value_error, "precision too big");
    if (spec.fill == '0')
        return err_string(&exc_value_error,
                          "Zero padding is not allowed in complex format specifier");
    if (spec.align == '=')
        return err_string(&exc_value_error,
                          "'=' alignment flag is not allowed in complex format specifier");
    return format_complex(complex_cast(o)->real, complex_cast(o)->imag, &spec);
}
