/*
 * The methods of int: bytes, rounding, ratio, bit counts, and what the numeric protocol asks for.
 *
 * None of them changes anything; results are exact ints.
 */
#include "runtime/types/int_methods.h"

#include <string.h>

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/core/object.h"
#include "runtime/types/bytes.h"
#include "runtime/types/int.h"
#include "runtime/types/int_big.h"
#include "runtime/types/numformat.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"

/* ---- bytes */

int int_to_bytes(ObjRef o, unsigned char *bytes, int64_t length, bool little, bool is_signed)
{
    IntView view;
    int_view(o, &view);
    if (view.negative && !is_signed)
        return err_format_int(&exc_overflow_error, "can't convert negative int to unsigned");
    bool carry = view.negative;
    unsigned char fill = view.negative ? 0xFF : 0;
    for (int64_t at = 0; at < length || at / 8 < view.count; at += 8) {
        uint64_t limb = at / 8 < view.count ? view.limbs[at / 8] : 0;
        if (view.negative) {
            limb = ~limb + carry;
            carry = carry && limb == 0;
        }
        for (int64_t i = at; i < at + 8; i++, limb >>= 8) {
            unsigned char octet = (unsigned char)limb;
            if (i < length)
                bytes[little ? i : length - 1 - i] = octet;
            else if (octet != fill)
                return err_format_int(&exc_overflow_error, "int too big to convert");
        }
    }
    if (is_signed && length > 0) {
        /* What was stored must have the sign of the value. */
        unsigned char top = bytes[little ? length - 1 : 0];
        if (((top & 0x80) != 0) != view.negative)
            return err_format_int(&exc_overflow_error, "int too big to convert");
    }
    return 0;
}

Obj *int_from_bytes(const unsigned char *bytes, int64_t length, bool little, bool is_signed)
{
    int64_t count = (length + 7) / 8;
    bool negative = is_signed && length > 0 && (bytes[little ? length - 1 : 0] & 0x80) != 0;
    uint64_t fixed[16] = {0};
    uint64_t *limbs = fixed;
    if (count > INT_MAX_LIMBS)
        return err_no_memory();
    if (count > (int64_t)(sizeof fixed / sizeof *fixed)) {
        limbs = mem_alloc((size_t)count * sizeof(uint64_t));
        if (limbs == NULL)
            return err_no_memory();
    }
    bool carry = true;
    for (int64_t i = 0; i < count; i++) {
        uint64_t limb = 0;
        for (int64_t k = 0; k < 8; k++) {
            int64_t at = i * 8 + k;
            uint64_t octet = negative ? 0xFF : 0;
            if (at < length)
                octet = bytes[little ? at : length - 1 - at];
            limb |= octet << (8 * k);
        }
        if (negative) {
            limb = ~limb + carry;
            carry = carry && limb == 0;
        }
        limbs[i] = limb;
    }
    Obj *result = int_big_from_limbs(limbs, count, negative);
    if (limbs != fixed)
        mem_free(limbs, (size_t)count * sizeof(uint64_t));
    return result;
}

/* Reads a byteorder argument (NULL: big): 1 little, 0 big, -1. */
static int parse_byte_order(ObjRef arg, const char *function)
{
    if (arg == NULL)
        return 0;
    if (args_require_str(arg, function, "byteorder") < 0)
        return -1;
    if (str_equal(arg, names.little))
        return 1;
    if (str_equal(arg, names.big))
        return 0;
    return err_format_int(&exc_value_error, "byteorder must be either 'little' or 'big'");
}

static Obj *method_to_bytes(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    static const ArgSpec spec = {"to_bytes", 0, 0, 2, 3, {"length", "byteorder", "signed"}};
    ObjRef bound[3];
    int64_t length = 1;
    bool is_signed = false;
    if (args_bind(&spec, args, nargs, kwnames, bound) < 0 || args_to_int64(bound[0], &length) < 0)
        return NULL;
    int little = parse_byte_order(bound[1], "to_bytes");
    if (little < 0 || args_to_bool(bound[2], &is_signed) < 0)
        return NULL;
    if (length < 0)
        return err_string(&exc_value_error, "length argument must be non-negative");
    if (length == 0) {
        unsigned char none;
        return int_to_bytes(self, &none, 0, little, is_signed) < 0 ? NULL : bytes_new("", 0);
    }
    Obj *result = bytes_new(NULL, length);
    if (result != NULL &&
        int_to_bytes(self, bytes_cast(result)->data, length, little, is_signed) < 0)
        obj_clear(&result);
    return result;
}

/* The octets of any object that bytes() takes but ints and strs: a bytes object. */
static Obj *octets_of(ObjRef o)
{
    if (bytes_check_exact(o))
        return obj_incref(o);
    int has_method = 0;
    if (str_check(o) || obj_type(o)->index != NULL) {
        Obj *method = NULL;
        has_method = str_check(o) ? 0 : obj_lookup_special(o, names.dunder_bytes, &method);
        obj_xdecref(method);
        if (has_method == 0)
            return err_format(&exc_type_error, "cannot convert '%T' object to bytes", o);
    }
    return has_method < 0 ? NULL : obj_call1((ObjRef)&bytes_type, o);
}

static Obj *method_from_bytes(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    static const ArgSpec spec = {"from_bytes", 0, 1, 2, 3, {"bytes", "byteorder", "signed"}};
    ObjRef bound[3];
    bool is_signed = false;
    if (args_bind(&spec, args, nargs, kwnames, bound) < 0)
        return NULL;
    int little = parse_byte_order(bound[1], "from_bytes");
    if (little < 0 || args_to_bool(bound[2], &is_signed) < 0)
        return NULL;
    Obj *octets = octets_of(bound[0]);
    if (octets == NULL)
        return NULL;
    Obj *result =
        int_from_bytes(bytes_cast(octets)->data, bytes_cast(octets)->length, little, is_signed);
    obj_decref(octets);
    if (result != NULL && self != (ObjRef)&int_type)
        obj_replace(&result, obj_call1(self, result));
    return result;
}

/* ---- rounding */

/* o rounded to a multiple of unit > 0, halves to even multiples. */
static Obj *round_to_multiple(ObjRef o, ObjRef unit)
{
    Obj *quotient = NULL, *rest = NULL, *twice = NULL, *result = NULL;
    if (int_big_divmod(o, unit, &quotient, &rest) < 0)
        return NULL;
    twice = int_add(rest, rest);
    if (twice == NULL)
        goto done;
    int order = int_compare3(twice, unit);
    IntView view;
    int_view(quotient, &view);
    bool odd = view.count > 0 && (view.limbs[0] & 1) != 0;
    result = int_subtract(o, rest);
    if (result != NULL && (order > 0 || (order == 0 && odd)))
        obj_replace(&result, int_add(result, unit));
done:
    obj_xdecref(quotient);
    obj_xdecref(rest);
    obj_xdecref(twice);
    return result;
}

Obj *int_round(ObjRef o, int64_t digits)
{
    if (digits >= 0)
        return int_exact(o);
    /* 10**n exceeds twice the value when n * log2(10) > bits + 1. */
    if (-(double)digits * 3.3219280948 > (double)int_bit_length(o) + 3)
        return int_new(0);
    Obj *exponent = int_new(-digits);
    Obj *unit =
        exponent == NULL ? NULL : int_big_power(&int_small[10 - INT_SMALL_MIN].base, exponent);
    Obj *result = unit == NULL ? NULL : round_to_multiple(o, unit);
    obj_xdecref(exponent);
    obj_xdecref(unit);
    return result;
}

static Obj *method_round(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)kwnames;
    if (nargs == 0)
        return int_exact(self);
    Obj *digits = obj_index(args[0]);
    if (digits == NULL)
        return NULL;
    int64_t count;
    if (int_to_int64(digits, &count) != 0)
        count = int_sign(digits) < 0 ? INT64_MIN : INT64_MAX;
    obj_decref(digits);
    return int_round(self, count);
}

/* ---- small methods */

static Obj *method_exact(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    return int_exact(self);
}

static Obj *method_bit_length(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    return int_new(int_bit_length(self));
}

static Obj *method_bit_count(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    IntView view;
    int_view(self, &view);
    int64_t count = 0;
    for (int64_t i = 0; i < view.count; i++)
        count += __builtin_popcountll(view.limbs[i]);
    return int_new(count);
}

static Obj *method_as_integer_ratio(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    Obj *numerator = int_exact(self);
    if (numerator == NULL)
        return NULL;
    Obj *pair = tuple_pack(2, numerator, &int_small[1 - INT_SMALL_MIN].base);
    obj_decref(numerator);
    return pair;
}

static Obj *method_format(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    if (!str_check(args[0]))
        return err_format(&exc_type_error, "__format__() argument must be str, not %T", args[0]);
    return numformat_format_int(self, args[0]);
}

static Obj *method_getnewargs(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    Obj *value = int_exact(self);
    return value == NULL ? NULL : tuple_from_steal(&value, 1);
}

static Obj *method_sizeof(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    int64_t size = sizeof(IntObj);
    if (!int_is_small(self)) {
        IntView view;
        int_view(self, &view);
        size = (int64_t)sizeof(BigIntObj) + view.count * (int64_t)sizeof(uint64_t);
    }
    return int_new(size);
}

static Obj *get_zero(ObjRef self)
{
    (void)self;
    return int_new(0);
}

static Obj *get_one(ObjRef self)
{
    (void)self;
    return int_new(1);
}

/* ---- tables */

const MethodDef int_methods[] = {
    {"as_integer_ratio", method_as_integer_ratio, 0, 0, 0,
     "as_integer_ratio($self, /)\n--\n\nThe pair (value, 1)."},
    {"bit_count", method_bit_count, 0, 0, 0,
     "bit_count($self, /)\n--\n\nNumber of ones in the binary form of the absolute value."},
    {"bit_length", method_bit_length, 0, 0, 0,
     "bit_length($self, /)\n--\n\nBits needed for the absolute value; 0 for zero."},
    {"conjugate", method_exact, 0, 0, 0, "conjugate($self, /)\n--\n\nThe value itself."},
    {"from_bytes", method_from_bytes, 0, -1, METHOD_CLASS | METHOD_KEYWORDS,
     "from_bytes($type, /, bytes, byteorder='big', *, signed=False)\n--\n\n"
     "The int that an array of bytes holds."},
    {"to_bytes", method_to_bytes, 0, -1, METHOD_KEYWORDS,
     "to_bytes($self, /, length=1, byteorder='big', *, signed=False)\n--\n\n"
     "The value as an array of bytes; OverflowError when it does not fit."},
    {"__ceil__", method_exact, 0, 0, 0, "The value itself."},
    {"__floor__", method_exact, 0, 0, 0, "The value itself."},
    {"__trunc__", method_exact, 0, 0, 0, "The value itself."},
    {"__round__", method_round, 0, 1, 0,
     "Rounded to a multiple of ten to the power of minus ndigits, halves to even."},
    {"__format__", method_format, 1, 1, 0,
     "__format__($self, format_spec, /)\n--\n\nText under a format spec."},
    {"__getnewargs__", method_getnewargs, 0, 0, 0, "__getnewargs__($self, /)\n--\n\n"},
    {"__sizeof__", method_sizeof, 0, 0, 0,
     "__sizeof__($self, /)\n--\n\nSize of the object in bytes."},
    {0},
};

const GetSetDef int_getset[] = {
    {"real", int_exact, NULL, "the real part: the value itself"},
    {"imag", get_zero, NULL, "the imaginary part: 0"},
    {"numerator", int_exact, NULL, "the numerator in lowest terms: the value itself"},
    {"denominator", get_one, NULL, "the denominator in lowest terms: 1"},
    {0},
};
