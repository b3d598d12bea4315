/*
 * int: the type, its construction, conversions and operators.
 *
 * Every operation first tries the native path: both operands IntObj, result checked for overflow.
 * What is left goes to int_big.c, which accepts both layouts.  Results are always exact ints, also
 * for operands of subclasses; a value that fits 64 bits is never stored big in an exact int, so
 * that the layout alone tells apart small and big.
 *
 * Methods: int_methods.c.  bool: bool.c.  Text: int_text.c.  Format specs: numformat.c.
 */
#include "runtime/types/int.h"

#include <math.h>

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/types/bytearray.h"
#include "runtime/types/bytes.h"
#include "runtime/types/float.h"
#include "runtime/types/int_big.h"
#include "runtime/types/int_methods.h"
#include "runtime/types/int_text.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"

enum { HASH_BITS = 61 };
#define HASH_MODULUS (((uint64_t)1 << HASH_BITS) - 1)
#define EXACT_DOUBLE_MAX ((int64_t)1 << 53)

Shape int_seen_shape = {.type = &int_type.head, .flags = SHAPE_SMALL_INT | SHAPE_SEEN};

#define SMALL_1(v)                                                                                 \
    {                                                                                              \
        {1, &int_type.root}, (v)                                                                   \
    }
#define SMALL_4(v) SMALL_1(v), SMALL_1((v) + 1), SMALL_1((v) + 2), SMALL_1((v) + 3)
#define SMALL_16(v) SMALL_4(v), SMALL_4((v) + 4), SMALL_4((v) + 8), SMALL_4((v) + 12)
#define SMALL_64(v) SMALL_16(v), SMALL_16((v) + 16), SMALL_16((v) + 32), SMALL_16((v) + 48)

IntObj int_small[262] = {SMALL_64(-5), SMALL_64(59), SMALL_64(123), SMALL_64(187),
                         SMALL_4(251), SMALL_1(255), SMALL_1(256)};

/* ---- lifecycle */

static void int_dealloc(Obj *self)
{
    int64_t size = (int64_t)sizeof(IntObj);
    if (!int_is_small(self)) {
        int64_t limbs = ((BigIntObj *)self)->size;
        size =
            (int64_t)sizeof(BigIntObj) + (limbs < 0 ? -limbs : limbs) * (int64_t)sizeof(uint64_t);
    }
    if (int_check_exact(self))
        pool_free(self, (size_t)size);
    else
        obj_free(self, size);
}

Obj *int_exact(ObjRef o)
{
    if (int_check_exact(o))
        return obj_incref(o);
    if (int_is_small(o))
        return int_new(int_small_value(o));
    IntView view;
    int_view(o, &view);
    return int_big_from_limbs(view.limbs, view.count, view.negative);
}

/* int(x) with a base other than the default one. */
static Obj *new_with_base(ObjRef x, ObjRef base_arg)
{
    int64_t base = obj_as_index(base_arg, NULL);
    if (base == -1 && err_occurred() != NULL)
        return NULL;
    if (base != 0 && (base < 2 || base > 36))
        return err_string(&exc_value_error, "int() base must be >= 2 and <= 36, or 0");
    if (str_check(x))
        return int_text_parse_str(x, (int)base);
    if (!bytes_check(x) && !bytearray_check(x))
        return err_string(&exc_type_error, "int() can't convert non-string with explicit base");
    BufferView view;
    if (buffer_acquire(x, &view) < 0)
        return NULL;
    Obj *result = int_text_parse_bytes(view.data, view.length, (int)base);
    buffer_release(&view);
    return result;
}

static Obj *int_new_instance(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    static const ArgSpec spec = {"int", 1, 0, 2, 2, {"x", "base"}};
    ObjRef bound[2] = {nargs > 0 ? args[0] : NULL, NULL};
    if (nargs > 2)
        return err_format(&exc_type_error, "int() takes at most 2 arguments (%lld given)",
                          (long long)nargs);
    if ((nargs == 2 || kwnames != NULL) && args_bind(&spec, args, nargs, kwnames, bound) < 0)
        return NULL;
    Obj *value = NULL;
    if (bound[0] == NULL) {
        if (bound[1] != NULL)
            return err_string(&exc_type_error, "int() missing string argument");
        value = int_new(0);
    } else if (bound[1] == NULL) {
        value = int_from_object(bound[0]);
    } else {
        value = new_with_base(bound[0], bound[1]);
    }
    if (value == NULL || type == &int_type)
        return value;
    Obj *instance = int_big_new_subclass(type, value);
    obj_decref(value);
    return instance;
}

/* ---- conversion from other objects */

/* Checks the result of a conversion method and makes it exact. */
static Obj *check_conversion_steal(Obj *result, const char *method)
{
    if (result == NULL || int_check_exact(result))
        return result;
    Obj *exact = NULL;
    if (!int_check(result))
        err_format(&exc_type_error, "%s returned non-int (type %T)", method, result);
    else if (err_warn(&exc_deprecation_warning, 1,
                      "%s returned non-int (type %T).  The ability to return an instance of a "
                      "strict subclass of int is deprecated, and may not be supported in a future "
                      "version of Python.",
                      method, result) == 0)
        exact = int_exact(result);
    obj_decref(result);
    return exact;
}

/* What __trunc__ returned, as an exact int. */
static Obj *convert_trunc_steal(Obj *result)
{
    Obj *value = NULL;
    if (int_check(result))
        value = int_exact(result);
    else if (obj_type(result)->index != NULL)
        value = check_conversion_steal(obj_index(result), "__index__");
    else
        err_format(&exc_type_error, "__trunc__ returned non-Integral (type %T)", result);
    obj_decref(result);
    return value;
}

Obj *int_from_object(ObjRef o)
{
    if (int_check_exact(o))
        return obj_incref(o);
    if (obj_type(o)->as_int != NULL)
        return check_conversion_steal(obj_type(o)->as_int(o), "__int__");
    if (obj_type(o)->index != NULL) {
        Obj *index = obj_index(o);
        Obj *exact = index == NULL ? NULL : int_exact(index);
        obj_xdecref(index);
        return exact;
    }
    Obj *truncated = NULL;
    int found = obj_call_special(o, names.dunder_trunc, NULL, 0, &truncated);
    if (found < 0)
        return NULL;
    if (found > 0) {
        if (err_warn(&exc_deprecation_warning, 1,
                     "The delegation of int() to __trunc__ is deprecated.") < 0) {
            obj_decref(truncated);
            return NULL;
        }
        return convert_trunc_steal(truncated);
    }
    if (str_check(o))
        return int_text_parse_str(o, 10);
    BufferView view;
    if (buffer_acquire(o, &view) < 0) {
        if (!err_matches(&exc_type_error))
            return NULL;
        err_clear();
        return err_format(&exc_type_error,
                          "int() argument must be a string, a bytes-like object or a real number, "
                          "not '%T'",
                          o);
    }
    Obj *result = int_text_parse_bytes(view.data, view.length, 10);
    buffer_release(&view);
    return result;
}

Obj *int_from_uint64(uint64_t value)
{
    return value <= INT64_MAX ? int_new((int64_t)value) : int_big_from_limbs(&value, 1, false);
}

Obj *int_from_double(double value)
{
    if (value >= -0x1p63 && value < 0x1p63)
        return int_new((int64_t)value);
    if (isnan(value))
        return err_string(&exc_value_error, "cannot convert float NaN to integer");
    if (isinf(value))
        return err_string(&exc_overflow_error, "cannot convert float infinity to integer");
    int exponent;
    Obj *mantissa = int_new((int64_t)ldexp(frexp(value, &exponent), 53));
    if (mantissa == NULL)
        return NULL;
    Obj *result = int_big_shift_left(mantissa, (uint64_t)exponent - 53);
    obj_decref(mantissa);
    return result;
}

int int_to_int64(ObjRef o, int64_t *out)
{
    if (int_is_small(o)) {
        *out = int_small_value(o);
        return 0;
    }
    IntView view;
    int_view(o, &view);
    if (view.count > 1)
        return 1;
    uint64_t limb = view.count == 0 ? 0 : view.limbs[0];
    if (limb > (uint64_t)INT64_MAX + view.negative)
        return 1;
    *out = view.negative ? (int64_t)(0 - limb) : (int64_t)limb;
    return 0;
}

int int_to_uint64(ObjRef o, uint64_t *out)
{
    IntView view;
    int_view(o, &view);
    if (view.count > 1 || (view.negative && view.count > 0))
        return 1;
    *out = view.count == 0 ? 0 : view.limbs[0];
    return 0;
}

int int_to_double(ObjRef o, double *out)
{
    if (int_is_small(o)) {
        *out = (double)int_small_value(o);
        return 0;
    }
    IntView view;
    int_view(o, &view);
    if (int_big_to_double(&view, out) < 0)
        return err_format_int(&exc_overflow_error, "int too large to convert to float");
    return 0;
}

int int_sign(ObjRef o)
{
    if (int_is_small(o)) {
        int64_t value = int_small_value(o);
        return (value > 0) - (value < 0);
    }
    int64_t size = ((const BigIntObj *)o)->size;
    return (size > 0) - (size < 0);
}

int64_t int_bit_length(ObjRef o)
{
    IntView view;
    int_view(o, &view);
    return view.count == 0 ? 0 : view.count * 64 - __builtin_clzll(view.limbs[view.count - 1]);
}

/* ---- arithmetic */

#define both_small(a, b) (int_is_small(a) && int_is_small(b))

Obj *int_add(ObjRef a, ObjRef b)
{
    if (both_small(a, b)) {
        int64_t sum;
        if (!__builtin_add_overflow(int_small_value(a), int_small_value(b), &sum))
            return int_new(sum);
        return int_big_from_int128((__int128)int_small_value(a) + int_small_value(b));
    }
    return int_big_add(a, b);
}

Obj *int_subtract(ObjRef a, ObjRef b)
{
    if (both_small(a, b)) {
        int64_t difference;
        if (!__builtin_sub_overflow(int_small_value(a), int_small_value(b), &difference))
            return int_new(difference);
        return int_big_from_int128((__int128)int_small_value(a) - int_small_value(b));
    }
    return int_big_subtract(a, b);
}

Obj *int_multiply(ObjRef a, ObjRef b)
{
    if (both_small(a, b)) {
        int64_t product;
        if (!__builtin_mul_overflow(int_small_value(a), int_small_value(b), &product))
            return int_new(product);
        return int_big_from_int128((__int128)int_small_value(a) * int_small_value(b));
    }
    return int_big_multiply(a, b);
}

/* Floor quotient and remainder of native values, b neither 0 nor -1. */
static inline int64_t divide_small(int64_t a, int64_t b, int64_t *remainder)
{
    int64_t quotient = a / b;
    int64_t rest = a % b;
    if (rest != 0 && (rest ^ b) < 0) {
        rest += b;
        quotient--;
    }
    *remainder = rest;
    return quotient;
}

Obj *int_negative(ObjRef o)
{
    if (int_is_small(o)) {
        int64_t value = int_small_value(o);
        return value != INT64_MIN ? int_new(-value) : int_big_from_int128(-(__int128)value);
    }
    IntView view;
    int_view(o, &view);
    return int_big_from_limbs(view.limbs, view.count, !view.negative);
}

Obj *int_floor_divide(ObjRef a, ObjRef b)
{
    if (int_sign(b) == 0)
        return err_string(&exc_zero_division_error, "integer division or modulo by zero");
    if (both_small(a, b)) {
        int64_t divisor = int_small_value(b);
        int64_t rest;
        if (divisor == -1)
            return int_negative(a);
        return int_new(divide_small(int_small_value(a), divisor, &rest));
    }
    Obj *quotient = NULL;
    return int_big_divmod(a, b, &quotient, NULL) < 0 ? NULL : quotient;
}

Obj *int_remainder(ObjRef a, ObjRef b)
{
    if (int_sign(b) == 0)
        return err_string(&exc_zero_division_error, "integer modulo by zero");
    if (both_small(a, b)) {
        int64_t divisor = int_small_value(b);
        int64_t rest = 0;
        if (divisor != -1)
            divide_small(int_small_value(a), divisor, &rest);
        return int_new(rest);
    }
    Obj *remainder = NULL;
    return int_big_divmod(a, b, NULL, &remainder) < 0 ? NULL : remainder;
}

static Obj *divide_both(ObjRef a, ObjRef b)
{
    Obj *quotient = NULL, *remainder = NULL;
    if (int_sign(b) == 0)
        return err_string(&exc_zero_division_error, "integer division or modulo by zero");
    if (both_small(a, b) && int_small_value(b) != -1) {
        int64_t rest;
        int64_t whole = divide_small(int_small_value(a), int_small_value(b), &rest);
        quotient = int_new(whole);
        remainder = int_new(rest);
    } else if (int_big_divmod(a, b, &quotient, &remainder) < 0) {
        return NULL;
    }
    Obj *pair = NULL;
    if (quotient != NULL && remainder != NULL)
        pair = tuple_pack(2, quotient, remainder);
    obj_xdecref(quotient);
    obj_xdecref(remainder);
    return pair;
}

static Obj *true_divide(ObjRef a, ObjRef b)
{
    if (int_sign(b) == 0)
        return err_string(&exc_zero_division_error, "division by zero");
    double quotient;
    if (both_small(a, b)) {
        int64_t x = int_small_value(a);
        int64_t y = int_small_value(b);
        /* Both exact as doubles: the hardware rounds once. */
        if (x >= -EXACT_DOUBLE_MAX && x <= EXACT_DOUBLE_MAX && y >= -EXACT_DOUBLE_MAX &&
            y <= EXACT_DOUBLE_MAX)
            return float_new((double)x / (double)y);
    }
    return int_big_true_divide(a, b, &quotient) < 0 ? NULL : float_new(quotient);
}

/* base ** exponent where it fits 64 bits: 1 and *out, else 0. */
static bool power_small(int64_t base, int64_t exponent, int64_t *out)
{
    int64_t result = 1;
    for (;;) {
        if ((exponent & 1) != 0 && __builtin_mul_overflow(result, base, &result))
            return false;
        exponent >>= 1;
        if (exponent == 0)
            break;
        if (__builtin_mul_overflow(base, base, &base))
            return false;
    }
    *out = result;
    return true;
}

/* base ** exponent % modulus for 0 <= base < modulus, exponent >= 0, modulus > 1. */
static int64_t power_modulo_small(uint64_t base, uint64_t exponent, uint64_t modulus)
{
    uint64_t result = 1;
    while (exponent != 0) {
        if ((exponent & 1) != 0)
            result = (uint64_t)((unsigned __int128)result * base % modulus);
        exponent >>= 1;
        base = (uint64_t)((unsigned __int128)base * base % modulus);
    }
    return (int64_t)result;
}

/* pow(a, b, modulus), its value in 0…|modulus|-1; b >= 0 and |modulus| > 1. */
static Obj *power_modulo_magnitude(ObjRef a, ObjRef b, ObjRef modulus)
{
    if (both_small(a, b) && int_is_small(modulus) && int_small_value(modulus) != INT64_MIN) {
        int64_t m = int_small_value(modulus);
        int64_t rest;
        m = m < 0 ? -m : m;
        divide_small(int_small_value(a), m, &rest);
        return int_new(
            power_modulo_small((uint64_t)rest, (uint64_t)int_small_value(b), (uint64_t)m));
    }
    return int_big_power_modulo(a, b, modulus);
}

static Obj *power_modulo(ObjRef a, ObjRef b, ObjRef modulus)
{
    if (int_sign(modulus) == 0)
        return err_string(&exc_value_error, "pow() 3rd argument cannot be 0");
    int64_t m;
    if (int_to_int64(modulus, &m) == 0 && (m == 1 || m == -1))
        return int_new(0);
    Obj *base = NULL, *exponent = NULL, *result = NULL;
    if (int_sign(b) < 0) {
        base = int_big_invert_modulo(a, modulus);
        exponent = int_negative(b);
    } else {
        base = obj_incref(a);
        exponent = obj_incref(b);
    }
    if (base != NULL && exponent != NULL)
        result = power_modulo_magnitude(base, exponent, modulus);
    if (result != NULL && int_sign(modulus) < 0 && int_sign(result) != 0)
        obj_replace(&result, int_add(result, modulus));
    obj_xdecref(base);
    obj_xdecref(exponent);
    return result;
}

static Obj *int_power(ObjRef a, ObjRef b, ObjRef third)
{
    if (!int_check(a) || !int_check(b))
        return not_implemented_new();
    if (!is_none(third))
        return int_check(third) ? power_modulo(a, b, third) : not_implemented_new();
    if (int_sign(b) < 0)
        return float_type.power(a, b, third);
    int64_t value;
    if (both_small(a, b) && power_small(int_small_value(a), int_small_value(b), &value))
        return int_new(value);
    return int_big_power(a, b);
}

/* ---- shifts and bitwise operators */

/* A shift count: 0 and *out; 1 when it does not fit; -1 with ValueError when negative. */
static int shift_count(ObjRef o, uint64_t *out)
{
    if (int_sign(o) < 0)
        return err_format_int(&exc_value_error, "negative shift count");
    return int_to_uint64(o, out);
}

Obj *int_left_shift(ObjRef a, ObjRef b)
{
    uint64_t bits;
    int status = shift_count(b, &bits);
    if (status < 0)
        return NULL;
    if (int_sign(a) == 0)
        return int_new(0);
    if (status > 0)
        return int_bit_length(b) > 66
                   ? err_string(&exc_overflow_error, "too many digits in integer")
                   : err_no_memory();
    if (int_is_small(a)) {
        int64_t value = int_small_value(a);
        if (bits < 64 && __builtin_clrsbll(value) >= (int)bits)
            return int_new((int64_t)((uint64_t)value << bits));
    }
    return int_big_shift_left(a, bits);
}

Obj *int_right_shift(ObjRef a, ObjRef b)
{
    uint64_t bits;
    int status = shift_count(b, &bits);
    if (status < 0)
        return NULL;
    if (status > 0)
        return int_new(int_sign(a) < 0 ? -1 : 0);
    if (int_is_small(a))
        return int_new(int_small_value(a) >> (bits > 63 ? 63 : bits));
    return int_big_shift_right(a, bits);
}

static Obj *bitwise_and(ObjRef a, ObjRef b)
{
    return both_small(a, b) ? int_new(int_small_value(a) & int_small_value(b))
                            : int_big_bitwise(a, b, '&');
}

static Obj *bitwise_or(ObjRef a, ObjRef b)
{
    return both_small(a, b) ? int_new(int_small_value(a) | int_small_value(b))
                            : int_big_bitwise(a, b, '|');
}

static Obj *bitwise_xor(ObjRef a, ObjRef b)
{
    return both_small(a, b) ? int_new(int_small_value(a) ^ int_small_value(b))
                            : int_big_bitwise(a, b, '^');
}

/* ---- slots */

/* A binary slot: NotImplemented unless both operands are ints. */
#define INT_SLOT(name, operation)                                                                  \
    static Obj *name(ObjRef a, ObjRef b)                                                           \
    {                                                                                              \
        if (!int_check(a) || !int_check(b))                                                        \
            return not_implemented_new();                                                          \
        return operation(a, b);                                                                    \
    }

INT_SLOT(slot_add, int_add)
INT_SLOT(slot_subtract, int_subtract)
INT_SLOT(slot_multiply, int_multiply)
INT_SLOT(slot_floor_divide, int_floor_divide)
INT_SLOT(slot_remainder, int_remainder)
INT_SLOT(slot_divmod, divide_both)
INT_SLOT(slot_true_divide, true_divide)
INT_SLOT(slot_left_shift, int_left_shift)
INT_SLOT(slot_right_shift, int_right_shift)
INT_SLOT(slot_and, bitwise_and)
INT_SLOT(slot_or, bitwise_or)
INT_SLOT(slot_xor, bitwise_xor)

Obj *int_absolute(ObjRef o)
{
    return int_sign(o) < 0 ? int_negative(o) : int_exact(o);
}

static Obj *int_invert(ObjRef o)
{
    if (int_is_small(o))
        return int_new(~int_small_value(o));
    Obj *negative = int_negative(o);
    if (negative == NULL)
        return NULL;
    Obj *result = int_subtract(negative, &int_small[1 - INT_SMALL_MIN].base);
    obj_decref(negative);
    return result;
}

static Obj *int_as_float(ObjRef o)
{
    double value;
    return int_to_double(o, &value) < 0 ? NULL : float_new(value);
}

static int int_truth(ObjRef o)
{
    return int_sign(o) != 0;
}

int int_compare3(ObjRef a, ObjRef b)
{
    if (both_small(a, b)) {
        int64_t x = int_small_value(a);
        int64_t y = int_small_value(b);
        return (x > y) - (x < y);
    }
    return int_big_compare(a, b);
}

static Obj *int_compare(ObjRef a, ObjRef b, CompareOp op)
{
    if (!int_check(a) || !int_check(b))
        return not_implemented_new();
    int order = int_compare3(a, b);
    switch (op) {
    case CMP_LT:
        return bool_new(order < 0);
    case CMP_LE:
        return bool_new(order <= 0);
    case CMP_EQ:
        return bool_new(order == 0);
    case CMP_NE:
        return bool_new(order != 0);
    case CMP_GT:
        return bool_new(order > 0);
    default:
        return bool_new(order >= 0);
    }
}

int64_t int_hash_int64(int64_t value)
{
    uint64_t magnitude = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    magnitude = (magnitude & HASH_MODULUS) + (magnitude >> HASH_BITS);
    if (magnitude >= HASH_MODULUS)
        magnitude -= HASH_MODULUS;
    int64_t hash = value < 0 ? -(int64_t)magnitude : (int64_t)magnitude;
    return hash == -1 ? -2 : hash;
}

static int64_t int_hash(ObjRef o)
{
    if (int_is_small(o))
        return int_hash_int64(int_small_value(o));
    IntView view;
    int_view(o, &view);
    int64_t hash = (int64_t)int_big_hash_magnitude(&view);
    if (view.negative)
        hash = -hash;
    return hash == -1 ? -2 : hash;
}

static Obj *int_repr(ObjRef o)
{
    return int_to_text(o, 10);
}

/* ---- type */

Type int_type = {
    .head = {.base = {1, &type_type.root},
             .name = "int",
             .flags = TYPE_BASE | TYPE_VAR | TYPE_INT | TYPE_IMMUTABLE,
             .dealloc = int_dealloc},
    .doc = "int([x]) -> integer\nint(x, base=10) -> integer\n\n"
           "The whole number x stands for: a number, which is truncated toward zero, or text in\n"
           "the given base (2 to 36; 0: as a literal of the language says).",
    .basic_size = sizeof(BigIntObj),
    .item_size = sizeof(uint64_t),
    .shape = &int_type.root,
    .root = {.type = &int_type.head, .flags = SHAPE_SMALL_INT},
    .repr = int_repr,
    .hash = int_hash,
    .compare = int_compare,
    .new = int_new_instance,
    .add = slot_add,
    .subtract = slot_subtract,
    .multiply = slot_multiply,
    .remainder = slot_remainder,
    .divmod = slot_divmod,
    .left_shift = slot_left_shift,
    .right_shift = slot_right_shift,
    .bit_and = slot_and,
    .bit_xor = slot_xor,
    .bit_or = slot_or,
    .floor_divide = slot_floor_divide,
    .true_divide = slot_true_divide,
    .power = int_power,
    .negative = int_negative,
    .positive = int_exact,
    .absolute = int_absolute,
    .invert = int_invert,
    .as_int = int_exact,
    .as_float = int_as_float,
    .index = int_exact,
    .truth = int_truth,
    .methods = int_methods,
    .getset = int_getset,
};
