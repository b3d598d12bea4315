/*
 * The parser of format specs and padding by them; str.__format__, whose only concern they are.
 *
 * The parser is one pass over the code points and knows nothing of types: what a type does not
 * allow (a sign for str, a precision for int) is checked where that type formats.  Only the
 * legality of a grouping character depends on the presentation type and is checked here, as CPython
 * does.
 *
 * Numbers: numformat.c.
 */
#include "runtime/types/format_spec.h"

#include <stdio.h>
#include <unictype.h>

#include "runtime/core/err.h"

void format_spec_init(FormatSpec *spec)
{
    *spec = (FormatSpec){.fill = ' ', .align = '>', .width = -1, .precision = -1};
}

static bool is_align(uint32_t c)
{
    return c == '<' || c == '>' || c == '=' || c == '^';
}

/* Reads decimal digits from *position on; *out keeps its value where there are none: 0/-1. */
static int read_number(ObjRef text, int64_t *position, int64_t *out)
{
    int64_t length = str_length(text);
    int64_t i = *position;
    int64_t value = 0;
    while (i < length) {
        uint32_t c = str_char_at(text, i);
        int digit = c < 128 ? (c >= '0' && c <= '9' ? (int)c - '0' : -1) : uc_decimal_value(c);
        if (digit < 0)
            break;
        if (value > (INT64_MAX - digit) / 10)
            return err_format_int(&exc_value_error, "Too many decimal digits in format string");
        value = value * 10 + digit;
        i++;
    }
    if (i > *position)
        *out = value;
    *position = i;
    return 0;
}

/* A presentation type as messages show it: itself, or \x and hexadecimal digits. */
static const char *show_type(uint32_t type, char *buffer, size_t size)
{
    if (type > 32 && type < 128)
        snprintf(buffer, size, "%c", (char)type);
    else
        snprintf(buffer, size, "\\x%x", type);
    return buffer;
}

/* Whether the grouping character goes with the presentation type: 0, or -1 with ValueError. */
static int check_grouping(const FormatSpec *spec)
{
    uint32_t type = spec->type;
    switch (type) {
    case 'd':
    case 'e':
    case 'f':
    case 'g':
    case 'E':
    case 'F':
    case 'G':
    case '%':
    case 0:
        return 0;
    case 'b':
    case 'o':
    case 'x':
    case 'X':
        if (spec->grouping == '_')
            return 0;
        break;
    default:
        break;
    }
    char shown[16];
    return err_format_int(&exc_value_error, "Cannot specify '%c' with '%s'.", spec->grouping,
                          show_type(type, shown, sizeof shown));
}

int format_spec_parse(ObjRef text, uint32_t default_type, char default_align, ObjRef value,
                      FormatSpec *out)
{
    format_spec_init(out);
    out->align = default_align;
    out->type = default_type;
    int64_t length = str_length(text);
    int64_t i = 0;

    if (length >= 2 && is_align(str_char_at(text, 1))) {
        out->fill = str_char_at(text, 0);
        out->align = (char)str_char_at(text, 1);
        out->fill_given = out->align_given = true;
        i = 2;
    } else if (length >= 1 && is_align(str_char_at(text, 0))) {
        out->align = (char)str_char_at(text, 0);
        out->align_given = true;
        i = 1;
    }
    uint32_t c = i < length ? str_char_at(text, i) : 0;
#define NEXT_CHAR() (c = ++i < length ? str_char_at(text, i) : 0)
    if (c == '+' || c == '-' || c == ' ') {
        out->sign = (char)c;
        NEXT_CHAR();
    }
    if (c == 'z') {
        out->no_negative_zero = true;
        NEXT_CHAR();
    }
    if (c == '#') {
        out->alternate = true;
        NEXT_CHAR();
    }
    if (c == '0' && !out->fill_given) {
        out->fill = '0';
        out->zero_padded = true;
        if (!out->align_given && default_align == '>')
            out->align = '=';
        NEXT_CHAR();
    }
    if (read_number(text, &i, &out->width) < 0)
        return -1;
    c = i < length ? str_char_at(text, i) : 0;
    if (c == ',') {
        out->grouping = ',';
        NEXT_CHAR();
    }
    if (c == '_') {
        if (out->grouping != 0)
            return err_format_int(&exc_value_error, "Cannot specify both ',' and '_'.");
        out->grouping = '_';
        NEXT_CHAR();
    }
    if (c == ',' && out->grouping == '_')
        return err_format_int(&exc_value_error, "Cannot specify both ',' and '_'.");
    if (c == '.') {
        i++;
        if (read_number(text, &i, &out->precision) < 0)
            return -1;
        if (out->precision < 0)
            return err_format_int(&exc_value_error, "Format specifier missing precision");
    }
#undef NEXT_CHAR
    if (length - i > 1)
        return err_format_int(&exc_value_error,
                              "Invalid format specifier '%U' for object of type '%T'", text, value);
    if (length - i == 1)
        out->type = str_char_at(text, i);
    return out->grouping != 0 ? check_grouping(out) : 0;
}

Obj *format_spec_unknown_type(uint32_t type, ObjRef value)
{
    char shown[16];
    return err_format(&exc_value_error, "Unknown format code '%s' for object of type '%T'",
                      show_type(type, shown, sizeof shown), value);
}

int format_spec_pad_start(StrBuilder *b, const FormatSpec *spec, int64_t length, int64_t *after)
{
    int64_t padding = spec->width > length ? spec->width - length : 0;
    int64_t before = spec->align == '<' ? 0 : spec->align == '^' ? padding / 2 : padding;
    *after = padding - before;
    return before > 0 ? str_builder_add_repeat(b, spec->fill, before) : 0;
}

int format_spec_pad_end(StrBuilder *b, const FormatSpec *spec, int64_t after)
{
    return after > 0 ? str_builder_add_repeat(b, spec->fill, after) : 0;
}

Obj *format_spec_format_str(ObjRef value, ObjRef text)
{
    if (text == NULL || str_length(text) == 0) {
        if (str_check_exact(value))
            return obj_incref(value);
        return obj_str(value);
    }
    FormatSpec spec;
    if (format_spec_parse(text, 's', '<', value, &spec) < 0)
        return NULL;
    if (spec.type != 's')
        return format_spec_unknown_type(spec.type, value);
    if (spec.sign != 0)
        return spec.sign == ' '
                   ? err_format(&exc_value_error, "Space not allowed in string format specifier")
                   : err_format(&exc_value_error, "Sign not allowed in string format specifier");
    if (spec.no_negative_zero)
        return err_format(&exc_value_error,
                          "Negative zero coercion (z) not allowed in string format specifier");
    if (spec.alternate)
        return err_format(&exc_value_error,
                          "Alternate form (#) not allowed in string format specifier");
    if (spec.align == '=')
        return err_format(&exc_value_error, "'=' alignment not allowed in string format specifier");

    int64_t length = str_length(value);
    if (spec.precision >= 0 && spec.precision < length)
        length = spec.precision;
    if (spec.width <= length)
        return str_substring(value, 0, length);
    StrBuilder b;
    str_builder_init(&b);
    int64_t after = 0;
    if (format_spec_pad_start(&b, &spec, length, &after) < 0 ||
        str_builder_add_range(&b, value, 0, length) < 0 ||
        format_spec_pad_end(&b, &spec, after) < 0) {
        str_builder_free(&b);
        return NULL;
    }
    return str_builder_finish(&b);
}
