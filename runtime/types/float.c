/*
 * float: the type, its construction, text and operators.
 *
 * Operators accept a float and an int in either order; an int is converted first, but comparison is
 * exact: it never rounds the int.  Results are exact floats, also for operands of subclasses.
 *
 * Methods: float_methods.c.  Format specs: numformat.c.  Decimal digits: float_text.cc.
 */
#include "runtime/types/float.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/types/bytes.h"
#include "runtime/types/complex.h"
#include "runtime/types/float_methods.h"
#include "runtime/types/float_text.h"
#include "runtime/types/int.h"
#include "runtime/types/number_text.h"
#include "runtime/types/numformat.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"

enum {
    HASH_BITS = 61,
    HASH_INFINITY = 314159,
    REPR_POINT_MIN = -4, /* repr uses an exponent unless MIN < digits before the point <= MAX */
    REPR_POINT_MAX = 16,
};
#define HASH_MODULUS (((uint64_t)1 << HASH_BITS) - 1)

Shape float_seen_shape = {.type = &float_type.head, .flags = SHAPE_SEEN};

/* ---- lifecycle */

static void float_dealloc(Obj *self)
{
    if (float_check_exact(self))
        pool_free(self, sizeof(FloatObj));
    else
        obj_free(self, (int64_t)sizeof(FloatObj));
}

static Obj *float_new_instance(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    if (type->init == float_type.init && args_no_keywords("float", kwnames) < 0)
        return NULL;
    if (args_check_count("float", nargs, 0, 1) < 0)
        return NULL;
    Obj *value = nargs == 0 ? float_new(0.0) : float_from_object(args[0]);
    if (value == NULL || type == &float_type)
        return value;
    FloatObj *instance = (FloatObj *)obj_alloc(type, (int64_t)sizeof(FloatObj));
    if (instance != NULL) {
        instance->value = float_value(value);
        obj_track_if_gc(&instance->base);
    }
    obj_decref(value);
    return (Obj *)instance;
}

/* ---- text */

int float_format_repr(double value, char *buffer)
{
    char *out = buffer;
    if (isnan(value)) {
        memcpy(out, "nan", 4);
        return 3;
    }
    if (signbit(value))
        *out++ = '-';
    if (isinf(value)) {
        memcpy(out, "inf", 4);
        return (int)(out - buffer) + 3;
    }
    /* d.ddde±xx → digits and the position of the point among them. */
    char text[32];
    char digits[20];
    int64_t length = float_text_shortest(fabs(value), text, (int64_t)sizeof text);
    int count = 0;
    int64_t i = 0;
    for (; i < length && text[i] != 'e'; i++)
        if (text[i] != '.')
            digits[count++] = text[i];
    int exponent = 0;
    for (int64_t k = i + 2; k < length; k++)
        exponent = exponent * 10 + (text[k] - '0');
    int point = (text[i + 1] == '-' ? -exponent : exponent) + 1;

    if (point <= REPR_POINT_MIN || point > REPR_POINT_MAX) {
        *out++ = digits[0];
        if (count > 1) {
            *out++ = '.';
            memcpy(out, digits + 1, (size_t)count - 1);
            out += count - 1;
        }
        memcpy(out, text + i, (size_t)(length - i));
        out += length - i;
    } else if (point <= 0) {
        *out++ = '0';
        *out++ = '.';
        memset(out, '0', (size_t)-point);
        out += -point;
        memcpy(out, digits, (size_t)count);
        out += count;
    } else {
        for (int k = 0; k < point || k <= count; k++) {
            if (k == point)
                *out++ = '.';
            if (k < count)
                *out++ = digits[k];
            else if (k < point)
                *out++ = '0';
        }
        if (point >= count) {
            if (out[-1] != '.')
                *out++ = '.';
            *out++ = '0';
        }
    }
    *out = '\0';
    return (int)(out - buffer);
}

static Obj *float_repr(ObjRef self)
{
    char buffer[32];
    int length = float_format_repr(float_value(self), buffer);
    return str_from_latin1(buffer, length);
}

Obj *float_format_code(double value, char code, int precision, bool alternate, bool sign_always)
{
    FormatSpec spec;
    format_spec_init(&spec);
    spec.type = code == 'r' ? 0 : (uint32_t)code;
    spec.precision = code == 'r' ? -1 : precision;
    spec.alternate = alternate;
    spec.sign = sign_always ? '+' : 0;
    return numformat_double(value, &spec);
}

/* Case-insensitive comparison with lower-case ASCII. */
static bool matches(const char *text, int64_t length, const char *word)
{
    int64_t i = 0;
    for (; i < length && word[i] != '\0'; i++)
        if ((text[i] | 0x20) != word[i])
            return false;
    return i == length && word[i] == '\0';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The end of the longest prefix that is digits[.digits][e[±]digits] with at least one digit before
 * the exponent; p itself where there is none. */
static const char *scan_decimal(const char *p, const char *end)
{
    const char *start = p;
    int64_t count = 0;
    for (; p < end && is_digit(*p); p++)
        count++;
    if (p < end && *p == '.')
        for (p++; p < end && is_digit(*p); p++)
            count++;
    if (count == 0)
        return start;
    if (p < end && (*p == 'e' || *p == 'E')) {
        const char *exponent = p + 1;
        if (exponent < end && (*exponent == '+' || *exponent == '-'))
            exponent++;
        if (exponent < end && is_digit(*exponent))
            for (p = exponent; p < end && is_digit(*p); p++)
                continue;
    }
    return p;
}

/* Integers and short decimals whose value is one exact operation away (W. Clinger, How to read
 * floating point numbers accurately, 1990): 1 and *out, else 0.  The text is decimal. */
static bool parse_exact(const char *p, const char *end, double *out)
{
    static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                    1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                    1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    int64_t mantissa = 0;
    int scale = 0;
    bool seen_point = false;
    if (end - p > 16)
        return false;
    for (; p < end; p++) {
        if (*p == '.') {
            seen_point = true;
        } else if (is_digit(*p)) {
            mantissa = mantissa * 10 + (*p - '0');
            scale += seen_point;
        } else {
            return false;
        }
    }
    if (mantissa > (int64_t)1 << 53)
        return false;
    *out = (double)mantissa / powers[scale];
    return true;
}

/* Reads stripped ASCII without underscores: 1 and *out, 0 when it is no float, -1 no memory. */
static int parse_stripped(const char *text, int64_t length, double *out)
{
    const char *p = text;
    const char *end = text + length;
    bool negative = p < end && *p == '-';
    if (p < end && (*p == '-' || *p == '+'))
        p++;
    double value;
    if (matches(p, end - p, "inf") || matches(p, end - p, "infinity")) {
        value = HUGE_VAL;
    } else if (matches(p, end - p, "nan")) {
        value = NAN;
    } else if (p == end || scan_decimal(p, end) != end) {
        return 0;
    } else if (!parse_exact(p, end, &value)) {
        char fixed[128];
        char *copy = fixed;
        size_t size = (size_t)(end - p) + 1;
        if (size > sizeof fixed && (copy = mem_alloc(size)) == NULL) {
            err_no_memory();
            return -1;
        }
        memcpy(copy, p, size - 1);
        copy[size - 1] = '\0';
        value = strtod(copy, NULL);
        if (copy != fixed)
            mem_free(copy, size);
    }
    *out = negative ? -value : value;
    return 1;
}

int64_t float_parse_prefix(const char *text, int64_t length, double *out)
{
    static const char *const words[] = {"infinity", "inf", "nan"};
    int64_t sign = length > 0 && (text[0] == '+' || text[0] == '-');
    int64_t size = 0;
    for (size_t i = 0; i < sizeof words / sizeof *words && size == 0; i++) {
        int64_t word_length = (int64_t)strlen(words[i]);
        if (length - sign >= word_length && matches(text + sign, word_length, words[i]))
            size = sign + word_length;
    }
    if (size == 0)
        size = scan_decimal(text + sign, text + length) - text;
    if (size == sign)
        return 0;
    return parse_stripped(text, size, out) < 0 ? -1 : size;
}

/* As parse_stripped for any text. */
static int parse(const char *text, int64_t length, double *out)
{
    while (length > 0 && number_text_is_space(text[0])) {
        text++;
        length--;
    }
    while (length > 0 && number_text_is_space(text[length - 1]))
        length--;
    if (length == 0)
        return 0;
    if (memchr(text, '_', (size_t)length) == NULL)
        return parse_stripped(text, length, out);
    char fixed[128];
    char *plain = fixed;
    if (length > (int64_t)sizeof fixed && (plain = mem_alloc((size_t)length)) == NULL) {
        err_no_memory();
        return -1;
    }
    int64_t used = number_text_strip_underscores(text, length, plain);
    int status = used < 0 ? 0 : parse_stripped(plain, used, out);
    if (plain != fixed)
        mem_free(plain, (size_t)length);
    return status;
}

int float_parse(const char *text, int64_t length, double *out)
{
    int status = parse(text, length, out);
    if (status == 0) {
        Obj *shown = str_from_utf8_surrogates(text, length);
        if (shown != NULL)
            err_format(&exc_value_error, "could not convert string to float: %R", shown);
        obj_xdecref(shown);
    }
    return status > 0 ? 0 : -1;
}

static Obj *float_from_str(ObjRef o)
{
    NumberText text;
    double value;
    if (number_text_acquire(o, &text) < 0)
        return NULL;
    int status = parse(text.text, text.length, &value);
    number_text_release(&text);
    if (status == 0)
        return err_format(&exc_value_error, "could not convert string to float: %R", o);
    return status < 0 ? NULL : float_new(value);
}

static Obj *float_from_buffer(ObjRef o)
{
    BufferView view;
    double value;
    if (buffer_acquire(o, &view) < 0) {
        if (!err_matches(&exc_type_error))
            return NULL;
        err_clear();
        return err_format(&exc_type_error,
                          "float() argument must be a string or a real number, not '%T'", o);
    }
    int status = parse((const char *)view.data, view.length, &value);
    buffer_release(&view);
    if (status == 0)
        return err_format(&exc_value_error, "could not convert string to float: %R", o);
    return status < 0 ? NULL : float_new(value);
}

/* Checks what __float__ of o returned and makes it exact. */
static Obj *check_conversion_steal(ObjRef o, Obj *result)
{
    if (result == NULL || float_check_exact(result))
        return result;
    Obj *exact = NULL;
    if (!float_check(result))
        err_format(&exc_type_error, "%T.__float__ returned non-float (type %T)", o, result);
    else if (err_warn(&exc_deprecation_warning, 1,
                      "%T.__float__ returned non-float (type %T).  The ability to return an "
                      "instance of a strict subclass of float is deprecated, and may not be "
                      "supported in a future version of Python.",
                      o, result) == 0)
        exact = float_new(float_value(result));
    obj_decref(result);
    return exact;
}

Obj *float_from_object(ObjRef o)
{
    if (float_check_exact(o))
        return obj_incref(o);
    if (str_check_exact(o))
        return float_from_str(o);
    if (obj_type(o)->as_float != NULL)
        return check_conversion_steal(o, obj_type(o)->as_float(o));
    if (obj_type(o)->index != NULL) {
        double value;
        Obj *index = obj_index(o);
        if (index == NULL)
            return NULL;
        int status = int_to_double(index, &value);
        obj_decref(index);
        return status < 0 ? NULL : float_new(value);
    }
    return str_check(o) ? float_from_str(o) : float_from_buffer(o);
}

Obj *float_raise_range(void)
{
    Obj *number = int_new(ERANGE);
    Obj *text = str_from_ascii(strerror(ERANGE));
    Obj *error = NULL;
    if (number != NULL && text != NULL)
        error = obj_call2((ObjRef)&exc_overflow_error, number, text);
    if (error != NULL)
        err_raise(error, NULL);
    obj_xdecref(number);
    obj_xdecref(text);
    obj_xdecref(error);
    return NULL;
}

/* ---- arithmetic */

/* The double of an operand: 1; 0 when it is no number of ours; -1 with OverflowError. */
static inline int operand(ObjRef o, double *out)
{
    if (float_check(o)) {
        *out = float_value(o);
        return 1;
    }
    if (!int_check(o))
        return 0;
    return int_to_double(o, out) < 0 ? -1 : 1;
}

/* Reads both operands or returns from the slot. */
#define READ_OPERANDS(a, b, x, y)                                                                  \
    double x, y;                                                                                   \
    do {                                                                                           \
        int status_ = operand(a, &x);                                                              \
        if (status_ > 0)                                                                           \
            status_ = operand(b, &y);                                                              \
        if (status_ <= 0)                                                                          \
            return status_ < 0 ? NULL : not_implemented_new();                                     \
    } while (0)

static Obj *float_add(ObjRef a, ObjRef b)
{
    READ_OPERANDS(a, b, x, y);
    return float_new(x + y);
}

static Obj *float_subtract(ObjRef a, ObjRef b)
{
    READ_OPERANDS(a, b, x, y);
    return float_new(x - y);
}

static Obj *float_multiply(ObjRef a, ObjRef b)
{
    READ_OPERANDS(a, b, x, y);
    return float_new(x * y);
}

static Obj *float_true_divide(ObjRef a, ObjRef b)
{
    READ_OPERANDS(a, b, x, y);
    if (y == 0.0)
        return err_string(&exc_zero_division_error, "float division by zero");
    return float_new(x / y);
}

/* Floor quotient and remainder, y != 0; the remainder has the sign of y. */
static double divide_floor(double x, double y, double *remainder)
{
    double rest = fmod(x, y);
    double quotient = (x - rest) / y;
    if (rest == 0.0) {
        rest = copysign(0.0, y);
    } else if ((y < 0) != (rest < 0)) {
        rest += y;
        quotient -= 1.0;
    }
    *remainder = rest;
    if (quotient == 0.0)
        return copysign(0.0, x / y);
    double whole = floor(quotient);
    return quotient - whole > 0.5 ? whole + 1.0 : whole;
}

static Obj *float_remainder(ObjRef a, ObjRef b)
{
    READ_OPERANDS(a, b, x, y);
    if (y == 0.0)
        return err_string(&exc_zero_division_error, "float modulo");
    double rest = fmod(x, y);
    if (rest == 0.0)
        rest = copysign(0.0, y);
    else if ((y < 0) != (rest < 0))
        rest += y;
    return float_new(rest);
}

static Obj *float_floor_divide(ObjRef a, ObjRef b)
{
    READ_OPERANDS(a, b, x, y);
    double rest;
    if (y == 0.0)
        return err_string(&exc_zero_division_error, "float floor division by zero");
    return float_new(divide_floor(x, y, &rest));
}

static Obj *float_divmod(ObjRef a, ObjRef b)
{
    READ_OPERANDS(a, b, x, y);
    if (y == 0.0)
        return err_string(&exc_zero_division_error, "float divmod()");
    double rest;
    Obj *quotient = float_new(divide_floor(x, y, &rest));
    Obj *remainder = float_new(rest);
    Obj *pair = NULL;
    if (quotient != NULL && remainder != NULL)
        pair = tuple_pack(2, quotient, remainder);
    obj_xdecref(quotient);
    obj_xdecref(remainder);
    return pair;
}

/* x ** y where both or one is zero, infinite or nan: 1 and *out, else 0 (C99 F.9.4.4). */
static bool power_special(double x, double y, double *out)
{
    bool odd = fmod(fabs(y), 2.0) == 1.0;
    if (y == 0.0 || x == 1.0)
        *out = 1.0;
    else if (isnan(x) || isnan(y))
        *out = isnan(x) ? x : y;
    else if (isinf(y))
        *out = fabs(x) == 1.0 ? 1.0 : (y > 0) == (fabs(x) > 1.0) ? fabs(y) : 0.0;
    else if (isinf(x) && y > 0)
        *out = odd ? x : fabs(x);
    else if (isinf(x))
        *out = odd ? copysign(0.0, x) : 0.0;
    else if (x == 0.0 && y > 0)
        *out = odd ? x : 0.0;
    else
        return false;
    return true;
}

static Obj *float_power(ObjRef a, ObjRef b, ObjRef third)
{
    if (!is_none(third))
        return err_string(&exc_type_error,
                          "pow() 3rd argument not allowed unless all arguments are integers");
    READ_OPERANDS(a, b, x, y);
    double result;
    if (power_special(x, y, &result))
        return float_new(result);
    if (x == 0.0)
        return err_string(&exc_zero_division_error, "0.0 cannot be raised to a negative power");
    if (x < 0.0 && y != floor(y)) {
        Obj *left = complex_new(x, 0.0);
        Obj *right = complex_new(y, 0.0);
        Obj *power = left == NULL || right == NULL ? NULL : complex_type.power(left, right, third);
        obj_xdecref(left);
        obj_xdecref(right);
        return power;
    }
    result = pow(x, y);
    return isinf(result) ? float_raise_range() : float_new(result);
}

static Obj *float_negative(ObjRef o)
{
    return float_new(-float_value(o));
}

static Obj *float_positive(ObjRef o)
{
    return float_check_exact(o) ? obj_incref(o) : float_new(float_value(o));
}

static Obj *float_absolute(ObjRef o)
{
    return float_new(fabs(float_value(o)));
}

static Obj *float_as_int(ObjRef o)
{
    return int_from_double(float_value(o));
}

static int float_truth(ObjRef o)
{
    return float_value(o) != 0.0;
}

/* ---- comparison and hash */

/* Order of a finite or infinite double and an int: -1, 0, 1; -2 no memory. */
static int compare_with_int(double x, ObjRef o)
{
    int64_t value;
    if (isinf(x))
        return x > 0 ? 1 : -1;
    if (int_to_int64(o, &value) == 0) {
        if (x >= 0x1p63)
            return 1;
        if (x < -0x1p63)
            return -1;
        int64_t whole = (int64_t)x;
        if (whole != value)
            return whole < value ? -1 : 1;
        double rest = x - (double)whole;
        return (rest > 0) - (rest < 0);
    }
    int sign = int_sign(o);
    int64_t bits = int_bit_length(o);
    int exponent;
    frexp(x, &exponent);
    if (x == 0.0 || (x < 0) != (sign < 0) || exponent < bits)
        return -sign;
    if (exponent > bits)
        return sign;
    /* At least 64 bits: x is whole. */
    Obj *whole = int_from_double(x);
    if (whole == NULL)
        return -2;
    int order = int_compare3(whole, o);
    obj_decref(whole);
    return order;
}

static Obj *float_compare(ObjRef self, ObjRef other, CompareOp op)
{
    double x = float_value(self);
    double y = 0.0;
    if (float_check(other)) {
        y = float_value(other);
    } else if (int_check(other)) {
        if (isnan(x))
            return bool_new(op == CMP_NE);
        int order = compare_with_int(x, other);
        if (order < -1)
            return NULL;
        x = order;
    } else {
        return not_implemented_new();
    }
    switch (op) {
    case CMP_LT:
        return bool_new(x < y);
    case CMP_LE:
        return bool_new(x <= y);
    case CMP_EQ:
        return bool_new(x == y);
    case CMP_NE:
        return bool_new(x != y);
    case CMP_GT:
        return bool_new(x > y);
    default:
        return bool_new(x >= y);
    }
}

int64_t float_hash_double(double value)
{
    if (value >= -0x1p62 && value <= 0x1p62 && value == (double)(int64_t)value)
        return int_hash_int64((int64_t)value);
    if (isnan(value))
        return 0;
    if (isinf(value))
        return value > 0 ? HASH_INFINITY : -HASH_INFINITY;
    /* mantissa * 2**exponent modulo 2**61 - 1, where multiplying by 2 is a rotation. */
    int exponent;
    uint64_t hash = (uint64_t)ldexp(frexp(fabs(value), &exponent), 53);
    int rotation = ((exponent - 53) % HASH_BITS + HASH_BITS) % HASH_BITS;
    hash = ((hash << rotation) & HASH_MODULUS) | hash >> (HASH_BITS - rotation);
    int64_t signed_hash = value < 0 ? -(int64_t)hash : (int64_t)hash;
    return signed_hash == -1 ? -2 : signed_hash;
}

static int64_t float_hash(ObjRef o)
{
    double value = float_value(o);
    return isnan(value) ? object_hash_identity(o) : float_hash_double(value);
}

/* ---- type */

Type float_type = {
    .head = {.base = {1, &type_type.root},
             .name = "float",
             .flags = TYPE_BASE | TYPE_FLOAT | TYPE_IMMUTABLE,
             .dealloc = float_dealloc},
    .doc = "float(x=0, /)\n--\n\nThe double nearest to a number, or read from text.",
    .basic_size = sizeof(FloatObj),
    .shape = &float_type.root,
    .root = {.type = &float_type.head},
    .repr = float_repr,
    .hash = float_hash,
    .compare = float_compare,
    .new = float_new_instance,
    .add = float_add,
    .subtract = float_subtract,
    .multiply = float_multiply,
    .remainder = float_remainder,
    .divmod = float_divmod,
    .floor_divide = float_floor_divide,
    .true_divide = float_true_divide,
    .power = float_power,
    .negative = float_negative,
    .positive = float_positive,
    .absolute = float_absolute,
    .as_int = float_as_int,
    .as_float = float_positive,
    .truth = float_truth,
    .methods = float_methods,
    .getset = float_getset,
};
