/*
 * The methods of float: rounding, exact ratio, hexadecimal text, and what the numeric protocol
 * asks.
 *
 * Rounding to decimals is exact: it works on the true decimal expansion of the double, never on a
 * product with a power of ten.
 */
#include "runtime/types/float_methods.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/core/err.h"
#include "runtime/core/object.h"
#include "runtime/types/float.h"
#include "runtime/types/float_text.h"
#include "runtime/types/int.h"
#include "runtime/types/int_big.h"
#include "runtime/types/number_text.h"
#include "runtime/types/numformat.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"

enum {
    ROUND_DIGITS_MAX = 323,      /* more decimals leave every double as it is */
    ROUND_DIGITS_MIN = -308,     /* fewer make every double 0 */
    HEX_DIGITS = 13,             /* of the fraction of a double */
    DOUBLE_EXPONENT_MIN = -1074, /* of the least subnormal */
};
/* Exponents in text beyond this are all alike; far beyond the digits that memory can hold. */
#define EXPONENT_LIMIT ((int64_t)1 << 52)

/* ---- rounding */

static Obj *method_trunc(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    return int_from_double(float_value(self));
}

static Obj *method_floor(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    return int_from_double(floor(float_value(self)));
}

static Obj *method_ceil(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    return int_from_double(ceil(float_value(self)));
}

/* x rounded to a multiple of 10**digits, digits > 0. */
static Obj *round_to_tens(double x, int64_t digits)
{
    double whole;
    double result = 0.0;
    Obj *value = NULL, *rounded = NULL;
    if (modf(fabs(x), &whole) == 0.0) {
        value = int_from_double(whole);
        rounded = value == NULL ? NULL : int_round(value, -digits);
    } else {
        /* Any fraction counts as one half of the last place: nothing then looks like a tie, and the
         * order to the ties, which are whole, stays.  A double with a fraction is below 2**53. */
        value = int_new((int64_t)whole * 10 + 5);
        rounded = value == NULL ? NULL : int_round(value, -digits - 1);
        if (rounded != NULL)
            obj_replace(&rounded, int_floor_divide(rounded, &int_small[10 - INT_SMALL_MIN].base));
    }
    obj_xdecref(value);
    if (rounded == NULL)
        return NULL;
    int status = int_to_double(rounded, &result);
    obj_decref(rounded);
    if (status < 0)
        return err_string(&exc_overflow_error, "rounded value too large to represent");
    return float_new(copysign(result, x));
}

static Obj *method_round(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)kwnames;
    double x = float_value(self);
    if (nargs == 0 || is_none(args[0]))
        return int_from_double(nearbyint(x));
    int64_t digits = obj_as_index(args[0], NULL);
    if (digits == -1 && err_occurred() != NULL)
        return NULL;
    if (!isfinite(x) || digits > ROUND_DIGITS_MAX)
        return float_new(x);
    if (digits < ROUND_DIGITS_MIN)
        return float_new(0.0 * x);
    if (digits < 0)
        return round_to_tens(x, -digits);
    if (fabs(x) >= 0x1p53)
        return float_new(x); /* whole */
    char text[20 + ROUND_DIGITS_MAX];
    int64_t length = float_text_fixed(fabs(x), (int)digits, text, (int64_t)sizeof text - 1);
    text[length] = '\0';
    return float_new(copysign(strtod(text, NULL), x));
}

/* ---- ratio */

static Obj *method_is_integer(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    double x = float_value(self);
    return bool_new(isfinite(x) && floor(x) == x);
}

static Obj *method_as_integer_ratio(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    double x = float_value(self);
    if (isinf(x))
        return err_string(&exc_overflow_error, "cannot convert Infinity to integer ratio");
    if (isnan(x))
        return err_string(&exc_value_error, "cannot convert NaN to integer ratio");
    int exponent;
    double mantissa = frexp(x, &exponent);
    while (mantissa != floor(mantissa)) {
        mantissa *= 2.0;
        exponent--;
    }
    Obj *numerator = int_from_double(mantissa);
    Obj *denominator = int_new(1);
    Obj *pair = NULL;
    if (numerator != NULL && denominator != NULL) {
        if (exponent > 0)
            obj_replace(&numerator, int_big_shift_left(numerator, (uint64_t)exponent));
        else if (exponent < 0)
            obj_replace(&denominator, int_big_shift_left(denominator, (uint64_t)-exponent));
    }
    if (numerator != NULL && denominator != NULL)
        pair = tuple_pack(2, numerator, denominator);
    obj_xdecref(numerator);
    obj_xdecref(denominator);
    return pair;
}

/* ---- hexadecimal text */

static Obj *method_hex(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    double x = float_value(self);
    if (!isfinite(x))
        return obj_repr(self);
    const char *sign = signbit(x) ? "-" : "";
    if (x == 0.0)
        return str_format_c("%s0x0.0p+0", sign);
    uint64_t bits;
    double magnitude = fabs(x);
    memcpy(&bits, &magnitude, sizeof bits);
    int exponent = (int)(bits >> 52) - 1023;
    char lead = '1';
    if (exponent == -1023) { /* subnormal */
        exponent = -1022;
        lead = '0';
    }
    char fraction[HEX_DIGITS + 1];
    for (int i = 0; i < HEX_DIGITS; i++)
        fraction[i] = "0123456789abcdef"[bits >> (48 - 4 * i) & 15];
    fraction[HEX_DIGITS] = '\0';
    return str_format_c("%s0x%c.%sp%c%d", sign, lead, fraction, exponent < 0 ? '-' : '+',
                        exponent < 0 ? -exponent : exponent);
}

static bool is_hex_digit(char c)
{
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}

static bool starts_with(const char *p, const char *end, const char *word)
{
    for (; *word != '\0'; word++, p++)
        if (p == end || (*p | 0x20) != *word)
            return false;
    return true;
}

static Obj *bad_hex(void)
{
    return err_string(&exc_value_error, "invalid hexadecimal floating-point string");
}

/* mantissa * 2**exponent rounded once, the lowest bit of a mantissa above 2**60 being sticky. */
static double scale(uint64_t mantissa, int64_t exponent)
{
    if (mantissa == 0)
        return 0.0;
    int64_t top = exponent + 64 - __builtin_clzll(mantissa);
    int64_t drop = DOUBLE_EXPONENT_MIN - exponent; /* bits below the least subnormal */
    if (top > DBL_MAX_EXP)
        return HUGE_VAL;
    if (top >= DBL_MIN_EXP || drop <= 0)
        return ldexp((double)mantissa, (int)exponent);
    if (drop > 64)
        return 0.0;
    uint64_t kept = drop == 64 ? 0 : mantissa >> drop;
    uint64_t lost = drop == 64 ? mantissa : mantissa & (((uint64_t)1 << drop) - 1);
    uint64_t half = (uint64_t)1 << (drop - 1);
    if (lost > half || (lost == half && (kept & 1) != 0))
        kept++;
    return ldexp((double)kept, DOUBLE_EXPONENT_MIN);
}

static int hex_value(char c)
{
    return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
}

/* The float of text that was checked to be hexdigits[.hexdigits][p[±]digits]. */
static Obj *convert_hex(const char *p, const char *end, bool negative)
{
    uint64_t mantissa = 0;
    bool sticky = false, fraction = false;
    int64_t exponent = 0, power = 0;
    for (; p < end && (*p | 0x20) != 'p'; p++) {
        if (*p == '.') {
            fraction = true;
        } else if (mantissa >> 60 == 0) {
            mantissa = mantissa << 4 | (uint64_t)hex_value(*p);
            exponent -= fraction ? 4 : 0;
        } else {
            sticky = sticky || *p != '0';
            exponent += fraction ? 0 : 4;
        }
    }
    if (p < end) {
        bool down = *++p == '-';
        if (*p == '-' || *p == '+')
            p++;
        for (; p < end; p++)
            if (power < EXPONENT_LIMIT)
                power = power * 10 + (*p - '0');
        exponent += down ? -power : power;
    }
    double value = scale(mantissa | sticky, exponent);
    if (isinf(value))
        return err_string(&exc_overflow_error,
                          "hexadecimal value too large to represent as a float");
    return float_new(negative ? -value : value);
}

/* Reads hexadecimal text of a float, stripped of white space. */
static Obj *parse_hex(const char *p, const char *end)
{
    bool negative = p < end && *p == '-';
    if (p < end && (*p == '-' || *p == '+'))
        p++;
    if (starts_with(p, end, "inf") &&
        (end - p == 3 || (end - p == 8 && starts_with(p, end, "infinity"))))
        return float_new(negative ? -HUGE_VAL : HUGE_VAL);
    if (starts_with(p, end, "nan") && end - p == 3)
        return float_new(negative ? -(double)NAN : (double)NAN);
    if (starts_with(p, end, "0x"))
        p += 2;
    const char *start = p;
    int64_t count = 0;
    for (; p < end && is_hex_digit(*p); p++)
        count++;
    if (p < end && *p == '.')
        for (p++; p < end && is_hex_digit(*p); p++)
            count++;
    if (count == 0)
        return bad_hex();
    if (p < end && (*p | 0x20) == 'p') {
        p++;
        if (p < end && (*p == '-' || *p == '+'))
            p++;
        if (p == end)
            return bad_hex();
        while (p < end && *p >= '0' && *p <= '9')
            p++;
        if (p[-1] < '0' || p[-1] > '9')
            return bad_hex();
    }
    return p == end ? convert_hex(start, end, negative) : bad_hex();
}

static Obj *method_fromhex(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    int64_t length;
    if (!str_check(args[0]))
        return err_format(&exc_type_error, "fromhex() argument must be str, not %T", args[0]);
    const char *p = str_utf8(args[0], &length);
    if (p == NULL)
        return NULL;
    const char *end = p + length;
    while (p < end && number_text_is_space(*p))
        p++;
    while (p < end && number_text_is_space(end[-1]))
        end--;
    Obj *value = parse_hex(p, end);
    if (value != NULL && self != (ObjRef)&float_type)
        obj_replace(&value, obj_call1(self, value));
    return value;
}

/* ---- small methods */

static Obj *get_real(ObjRef self)
{
    return float_check_exact(self) ? obj_incref(self) : float_new(float_value(self));
}

static Obj *get_imag(ObjRef self)
{
    (void)self;
    return float_new(0.0);
}

static Obj *method_conjugate(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    return get_real(self);
}

static Obj *method_format(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    if (!str_check(args[0]))
        return err_format(&exc_type_error, "__format__() argument must be str, not %T", args[0]);
    return numformat_format_float(self, args[0]);
}

static Obj *method_getnewargs(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    Obj *value = float_new(float_value(self));
    return value == NULL ? NULL : tuple_from_steal(&value, 1);
}

static Obj *method_getformat(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)nargs, (void)kwnames;
    if (!str_check(args[0]))
        return err_format(&exc_type_error, "__getformat__() argument must be str, not %T", args[0]);
    if (!str_equal_ascii(args[0], "double") && !str_equal_ascii(args[0], "float"))
        return err_string(&exc_value_error,
                          "__getformat__() argument 1 must be 'double' or 'float'");
    return str_from_ascii(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? "IEEE, little-endian"
                                                                    : "IEEE, big-endian");
}

/* ---- tables */

const MethodDef float_methods[] = {
    {"as_integer_ratio", method_as_integer_ratio, 0, 0, 0,
     "as_integer_ratio($self, /)\n--\n\nThe exact value as a pair of ints in lowest terms."},
    {"conjugate", method_conjugate, 0, 0, 0, "conjugate($self, /)\n--\n\nThe value itself."},
    {"fromhex", method_fromhex, 1, 1, METHOD_CLASS,
     "fromhex($type, string, /)\n--\n\nThe float that hexadecimal text stands for."},
    {"hex", method_hex, 0, 0, 0,
     "hex($self, /)\n--\n\nThe exact value as hexadecimal text: '0x1.8000000000000p+1' for 3.0."},
    {"is_integer", method_is_integer, 0, 0, 0,
     "is_integer($self, /)\n--\n\nWhether the value is a whole number."},
    {"__ceil__", method_ceil, 0, 0, 0, "__ceil__($self, /)\n--\n\nLeast int not below the value."},
    {"__floor__", method_floor, 0, 0, 0,
     "__floor__($self, /)\n--\n\nGreatest int not above the value."},
    {"__trunc__", method_trunc, 0, 0, 0,
     "__trunc__($self, /)\n--\n\nThe int next to the value toward zero."},
    {"__round__", method_round, 0, 1, 0,
     "__round__($self, ndigits=None, /)\n--\n\n"
     "The nearest int, or the nearest float with so many decimals; ties to even."},
    {"__format__", method_format, 1, 1, 0,
     "__format__($self, format_spec, /)\n--\n\nText under a format spec."},
    {"__getformat__", method_getformat, 1, 1, METHOD_CLASS,
     "__getformat__($type, typestr, /)\n--\n\nHow 'double' or 'float' are stored."},
    {"__getnewargs__", method_getnewargs, 0, 0, 0, "__getnewargs__($self, /)\n--\n\n"},
    {0},
};

const GetSetDef float_getset[] = {
    {"real", get_real, NULL, "the real part: the value itself"},
    {"imag", get_imag, NULL, "the imaginary part: 0.0"},
    {0},
};
