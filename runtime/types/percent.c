/*
 * What the % operators of str and bytes share.
 *
 * A directive is %[(key)][flags][width][.precision][length modifier]type; width and precision may
 * be
 * '*', taken from the arguments.  Looking up a key and converting arguments runs user code: the
 * format is immutable and the arguments are held by the caller.
 */

#include "runtime/types/percent.h"

#include "runtime/core/err.h"
#include "runtime/types/bytearray.h"
#include "runtime/types/bytes.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/numformat.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"

void percent_init(Percent *p, ObjRef format, const unsigned char *octets, int64_t length,
                  ObjRef args)
{
    *p = (Percent){.format = format,
                   .bytes = octets != NULL,
                   .octets = octets,
                   .length = length,
                   .args = args,
                   .arg_index = -2,
                   .arg_count = -1};
    if (tuple_check(args)) {
        p->arg_index = 0;
        p->arg_count = tuple_length(args);
    } else if (obj_type(args)->get_item != NULL && !str_check(args) &&
               !(p->bytes && (bytes_check(args) || bytearray_check(args)))) {
        p->mapping = args;
    }
}

void percent_finish(Percent *p)
{
    obj_clear(&p->value);
}

static uint32_t item_at(const Percent *p, int64_t i)
{
    return p->octets != NULL ? p->octets[i] : str_char_at(p->format, i);
}

ObjRef percent_next_arg(Percent *p)
{
    if (p->arg_index >= p->arg_count) {
        err_string(&exc_type_error, "not enough arguments for format string");
        return NULL;
    }
    int64_t index = p->arg_index++;
    if (p->value != NULL)
        return p->value;
    return p->arg_count < 0 ? p->args : tuple_peek(p->args, index);
}

int percent_check_end(const Percent *p)
{
    if (p->arg_index >= p->arg_count || p->mapping != NULL)
        return 0;
    return err_format_int(&exc_type_error, "not all arguments converted during %s formatting",
                          p->bytes ? "bytes" : "string");
}

/* (key) after '%': the value becomes the argument.  0/-1. */
static int read_key(Percent *p)
{
    if (p->mapping == NULL)
        return err_format_int(&exc_type_error, "format requires a mapping");
    int64_t start = ++p->at, depth = 1;
    while (depth > 0 && p->at < p->length) {
        uint32_t c = item_at(p, p->at++);
        if (c == ')')
            depth--;
        else if (c == '(')
            depth++;
    }
    if (depth > 0)
        return err_format_int(&exc_value_error, "incomplete format key");
    Obj *key = p->octets != NULL ? bytes_new(p->octets + start, p->at - 1 - start)
                                 : str_substring(p->format, start, p->at - 1);
    if (key == NULL)
        return -1;
    Obj *value = obj_getitem(p->mapping, key);
    obj_decref(key);
    if (value == NULL)
        return -1;
    obj_replace(&p->value, value);
    p->arg_count = -1;
    p->arg_index = -2;
    return 0;
}

/* A number of the width or precision, or '*': 0/-1.  *given tells whether there is one. */
static int read_number(Percent *p, int64_t *out, bool *given, const char *too_big)
{
    *given = false;
    if (p->at < p->length && item_at(p, p->at) == '*') {
        p->at++;
        ObjRef arg = percent_next_arg(p);
        if (arg == NULL)
            return -1;
        if (!int_check(arg))
            return err_format_int(&exc_type_error, "* wants int");
        if (int_to_int64(arg, out) != 0 || *out > INT32_MAX || *out < INT32_MIN) {
            return err_format_int(&exc_overflow_error, "Python int too large to convert to C %s",
                                  too_big[0] == 'w' ? "ssize_t" : "int");
        }
        *given = true;
        return 0;
    }
    int64_t number = 0;
    while (p->at < p->length) {
        uint32_t c = item_at(p, p->at);
        if (c < '0' || c > '9')
            break;
        number = number * 10 + (c - '0');
        if (number > INT32_MAX)
            return err_format_int(&exc_value_error, too_big);
        *given = true;
        p->at++;
    }
    *out = number;
    return 0;
}

int percent_parse(Percent *p, PercentItem *item)
{
    format_spec_init(&item->spec);
    item->left = false;
    item->bytes = p->bytes;
    bool zero = false, given;
    if (p->at < p->length && item_at(p, p->at) == '(' && read_key(p) < 0)
        return -1;
    for (; p->at < p->length; p->at++) {
        uint32_t c = item_at(p, p->at);
        if (c == '-')
            item->left = true;
        else if (c == '+')
            item->spec.sign = '+';
        else if (c == ' ')
            item->spec.sign = item->spec.sign == '+' ? '+' : ' ';
        else if (c == '#')
            item->spec.alternate = true;
        else if (c == '0')
            zero = true;
        else
            break;
    }
    if (read_number(p, &item->spec.width, &given, "width too big") < 0)
        return -1;
    if (!given)
        item->spec.width = -1;
    else if (item->spec.width < 0) {
        item->left = true;
        item->spec.width = -item->spec.width;
    }
    if (p->at < p->length && item_at(p, p->at) == '.') {
        p->at++;
        if (read_number(p, &item->spec.precision, &given,
                        p->bytes ? "prec too big" : "precision too big") < 0)
            return -1;
        if (item->spec.precision < 0)
            item->spec.precision = 0;
    }
    while (p->at < p->length) {
        uint32_t c = item_at(p, p->at);
        if (c != 'h' && c != 'l' && c != 'L')
            break;
        p->at++;
    }
    if (p->at >= p->length)
        return err_format_int(&exc_value_error, "incomplete format");
    item->at = p->at;
    item->type = item_at(p, p->at++);
    if (item->left) {
        item->spec.align = '<';
    } else if (zero) {
        item->spec.fill = '0';
        item->spec.align = '=';
        item->spec.zero_padded = true;
    }
    item->spec.type = item->type;
    return 0;
}

int percent_unsupported(const PercentItem *item)
{
    return err_format_int(&exc_value_error,
                          "unsupported format character '%c' (0x%x) at index %lld",
                          (int)(item->type >= 32 && item->type < 128 ? item->type : '?'),
                          item->type, (long long)item->at);
}

/* int(value) as %d takes it, __index__ for the other bases: new reference. */
static Obj *to_int(const PercentItem *item, ObjRef value)
{
    const Type *type = obj_type(value);
    bool decimal = item->type == 'd' || item->type == 'i' || item->type == 'u';
    Obj *number = NULL;
    if (int_check(value))
        return obj_incref(value);
    if (decimal && type->as_int != NULL)
        number = type->as_int(value);
    else if (type->index != NULL)
        number = obj_index(value);
    if (number != NULL && int_check(number))
        return number;
    obj_xdecref(number);
    if (err_occurred() != NULL) {
        if (!err_matches(&exc_type_error))
            return NULL;
        err_clear();
    }
    return err_format(&exc_type_error,
                      decimal ? "%%%c format: a real number is required, not %T"
                              : "%%%c format: an integer is required, not %T",
                      (int)item->type, value);
}

Obj *percent_number(const PercentItem *item, ObjRef value)
{
    double number;
    switch (item->type) {
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G':
        if (obj_to_double(value, &number) < 0) {
            if (item->bytes && err_matches(&exc_type_error)) {
                err_clear();
                err_format(&exc_type_error, "float argument required, not %T", value);
            }
            return NULL;
        }
        return numformat_double(number, &item->spec);
    default: {
        Obj *integer = to_int(item, value);
        if (integer == NULL)
            return NULL;
        Obj *text = numformat_int(integer, &item->spec);
        obj_decref(integer);
        return text;
    }
    }
}
