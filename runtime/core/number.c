/*
 * Arithmetic on any objects: binary operators with reflected and in-place forms, unary operators,
 * conversions.
 *
 * The order is CPython's: the left operand's slot, unless the right operand's type is a subclass
 * with a slot of its own, which then goes first; then the right one's; then, for + and *,
 * concatenation and repetition of sequences.
 */

#include <stddef.h>

#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/core/object.h"
#include "runtime/types/builtin_function.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"

typedef struct OpInfo {
    int32_t slot, inplace; /* offsets in Type */
    const char *sign, *inplace_sign;
} OpInfo;

#define INFO(slot, inplace, sign)                                                                  \
    {                                                                                              \
        (int32_t) offsetof(Type, slot), (int32_t)offsetof(Type, inplace), sign, sign "="           \
    }

static const OpInfo infos[BINARY_OPS] = {
    [BINARY_ADD] = INFO(add, inplace_add, "+"),
    [BINARY_AND] = INFO(bit_and, inplace_and, "&"),
    [BINARY_FLOOR_DIVIDE] = INFO(floor_divide, inplace_floor_divide, "//"),
    [BINARY_LSHIFT] = INFO(left_shift, inplace_left_shift, "<<"),
    [BINARY_MATRIX_MULTIPLY] = INFO(matrix_multiply, inplace_matrix_multiply, "@"),
    [BINARY_MULTIPLY] = INFO(multiply, inplace_multiply, "*"),
    [BINARY_REMAINDER] = INFO(remainder, inplace_remainder, "%"),
    [BINARY_OR] = INFO(bit_or, inplace_or, "|"),
    [BINARY_POWER] = {0, 0, "** or pow()", "**="},
    [BINARY_RSHIFT] = INFO(right_shift, inplace_right_shift, ">>"),
    [BINARY_SUBTRACT] = INFO(subtract, inplace_subtract, "-"),
    [BINARY_TRUE_DIVIDE] = INFO(true_divide, inplace_true_divide, "/"),
    [BINARY_XOR] = INFO(bit_xor, inplace_xor, "^"),
};

/* ---------------------------------------------------------------- binary operators */

static BinaryFn slot_at(ObjRef o, int32_t offset)
{
    return *(BinaryFn *)(void *)((char *)obj_type(o) + offset);
}

/* The result, or NotImplemented. */
static Obj *try_binary(ObjRef a, ObjRef b, int32_t offset)
{
    BinaryFn left = slot_at(a, offset), right = NULL;
    if (obj_type(a) != obj_type(b)) {
        right = slot_at(b, offset);
        if (right == left)
            right = NULL;
    }
    if (left != NULL) {
        if (right != NULL && type_is_subtype(obj_type(b), obj_type(a))) {
            Obj *result = right(a, b);
            if (result == NULL || !is_not_implemented(result))
                return result;
            obj_decref(result);
            right = NULL;
        }
        Obj *result = left(a, b);
        if (result == NULL || !is_not_implemented(result))
            return result;
        obj_decref(result);
    }
    return right != NULL ? right(a, b) : not_implemented_new();
}

static Obj *unsupported(ObjRef a, ObjRef b, const char *sign)
{
    return err_format(&exc_type_error, "unsupported operand type(s) for %s: '%T' and '%T'", sign, a,
                      b);
}

/* `print >> file` was Python 2's way: say so. */
static Obj *unsupported_shift(ObjRef a, ObjRef b)
{
    if (builtin_function_check(a) && builtin_function_cast(a)->self == NULL &&
        str_equal_ascii(names.print, builtin_function_cast(a)->def->name)) {
        return err_format(&exc_type_error,
                          "unsupported operand type(s) for %s: '%T' and '%T'. Did you mean "
                          "\"print(<message>, file=<output_stream>)\"?",
                          ">>", a, b);
    }
    return unsupported(a, b, ">>");
}

/* sequence * count. */
static Obj *repeat(Obj *(*function)(ObjRef, int64_t), ObjRef sequence, ObjRef count)
{
    if (obj_type(count)->index == NULL) {
        return err_format(&exc_type_error, "can't multiply sequence by non-int of type '%T'",
                          count);
    }
    int64_t n = obj_as_index(count, (ObjRef)&exc_overflow_error);
    if (n == -1 && err_occurred() != NULL)
        return NULL;
    return function(sequence, n);
}

/* Takes the NotImplemented of the number slots: what sequences make of + and *. */
static Obj *binary_fallback(ObjRef a, ObjRef b, BinaryOp op, bool inplace)
{
    const Type *left = obj_type(a), *right = obj_type(b);
    if (op == BINARY_ADD) {
        BinaryFn concat =
            inplace && left->inplace_concat != NULL ? left->inplace_concat : left->concat;
        if (concat != NULL)
            return concat(a, b);
    } else if (op == BINARY_MULTIPLY) {
        if (inplace && left->inplace_repeat != NULL)
            return repeat(left->inplace_repeat, a, b);
        if (left->repeat != NULL)
            return repeat(left->repeat, a, b);
        if (right->repeat != NULL)
            return repeat(right->repeat, b, a);
    } else if (op == BINARY_RSHIFT && !inplace) {
        return unsupported_shift(a, b);
    }
    return unsupported(a, b, inplace ? infos[op].inplace_sign : infos[op].sign);
}

/* The result of a power slot, or NotImplemented. */
static Obj *try_power(ObjRef a, ObjRef b, ObjRef third)
{
    TernaryFn left = obj_type(a)->power, right = NULL, modular = NULL;
    if (obj_type(a) != obj_type(b)) {
        right = obj_type(b)->power;
        if (right == left)
            right = NULL;
    }
    if (left != NULL) {
        if (right != NULL && type_is_subtype(obj_type(b), obj_type(a))) {
            Obj *result = right(a, b, third);
            if (result == NULL || !is_not_implemented(result))
                return result;
            obj_decref(result);
            right = NULL;
        }
        Obj *result = left(a, b, third);
        if (result == NULL || !is_not_implemented(result))
            return result;
        obj_decref(result);
    }
    if (right != NULL) {
        Obj *result = right(a, b, third);
        if (result == NULL || !is_not_implemented(result))
            return result;
        obj_decref(result);
    }
    if (!is_none(third)) {
        modular = obj_type(third)->power;
        if (modular != NULL && modular != left && modular != right)
            return modular(a, b, third);
    }
    return not_implemented_new();
}

Obj *obj_power(ObjRef a, ObjRef b, ObjRef modulus)
{
    Obj *result = try_power(a, b, modulus == NULL ? obj_none : modulus);
    if (result == NULL || !is_not_implemented(result))
        return result;
    obj_decref(result);
    if (modulus == NULL || is_none(modulus))
        return unsupported(a, b, infos[BINARY_POWER].sign);
    return err_format(&exc_type_error,
                      "unsupported operand type(s) for ** or pow(): '%T', '%T', '%T'", a, b,
                      modulus);
}

Obj *obj_binary(ObjRef a, ObjRef b, BinaryOp op)
{
    if (op == BINARY_POWER)
        return obj_power(a, b, obj_none);
    Obj *result = try_binary(a, b, infos[op].slot);
    if (result == NULL || !is_not_implemented(result))
        return result;
    obj_decref(result);
    return binary_fallback(a, b, op, false);
}

Obj *obj_binary_inplace(ObjRef a, ObjRef b, BinaryOp op)
{
    Obj *result;
    if (op == BINARY_POWER) {
        TernaryFn own = obj_type(a)->inplace_power;
        if (own != NULL) {
            result = own(a, b, obj_none);
            if (result == NULL || !is_not_implemented(result))
                return result;
            obj_decref(result);
        }
        result = try_power(a, b, obj_none);
    } else {
        BinaryFn own = slot_at(a, infos[op].inplace);
        if (own != NULL) {
            result = own(a, b);
            if (result == NULL || !is_not_implemented(result))
                return result;
            obj_decref(result);
        }
        result = try_binary(a, b, infos[op].slot);
    }
    if (result == NULL || !is_not_implemented(result))
        return result;
    obj_decref(result);
    return binary_fallback(a, b, op, true);
}

Obj *obj_divmod(ObjRef a, ObjRef b)
{
    Obj *result = try_binary(a, b, (int32_t)offsetof(Type, divmod));
    if (result == NULL || !is_not_implemented(result))
        return result;
    obj_decref(result);
    return unsupported(a, b, "divmod()");
}

/* ---------------------------------------------------------------- unary operators */

static Obj *bad_operand(ObjRef o, const char *what)
{
    return err_format(&exc_type_error, "bad operand type for %s: '%T'", what, o);
}

Obj *obj_negative(ObjRef o)
{
    UnaryFn fn = obj_type(o)->negative;
    return fn == NULL ? bad_operand(o, "unary -") : fn(o);
}

Obj *obj_positive(ObjRef o)
{
    UnaryFn fn = obj_type(o)->positive;
    return fn == NULL ? bad_operand(o, "unary +") : fn(o);
}

Obj *obj_invert(ObjRef o)
{
    UnaryFn fn = obj_type(o)->invert;
    return fn == NULL ? bad_operand(o, "unary ~") : fn(o);
}

Obj *obj_absolute(ObjRef o)
{
    UnaryFn fn = obj_type(o)->absolute;
    return fn == NULL ? bad_operand(o, "abs()") : fn(o);
}

/* ---------------------------------------------------------------- conversions */

Obj *obj_index(ObjRef o)
{
    if (int_check(o))
        return obj_incref(o);
    UnaryFn fn = obj_type(o)->index;
    if (fn == NULL) {
        return err_format(&exc_type_error, "'%T' object cannot be interpreted as an integer", o);
    }
    Obj *result = fn(o);
    if (result == NULL || int_check_exact(result))
        return result;
    if (!int_check(result)) {
        err_format(&exc_type_error, "__index__ returned non-int (type %T)", result);
        obj_clear(&result);
    } else if (err_warn(&exc_deprecation_warning, 1,
                        "__index__ returned non-int (type %T).  The ability to return an instance "
                        "of a strict subclass of int is deprecated, and may not be supported in a "
                        "future version of Python.",
                        result) < 0) {
        obj_clear(&result);
    }
    return result;
}

int64_t obj_as_index(ObjRef o, ObjRef overflow)
{
    Obj *held = NULL;
    ObjRef number = o;
    if (!int_check(o)) {
        held = obj_index(o);
        if (held == NULL)
            return -1;
        number = held;
    }
    int64_t value = 0;
    if (int_to_int64(number, &value) != 0) {
        if (overflow != NULL) {
            value = err_format_int((Type *)(uintptr_t)overflow,
                                   "cannot fit '%T' into an index-sized integer", o);
        } else {
            value = int_sign(number) < 0 ? INT64_MIN : INT64_MAX;
        }
    }
    obj_xdecref(held);
    return value;
}

int obj_to_int64(ObjRef o, int64_t *out)
{
    int64_t value = obj_as_index(o, (ObjRef)&exc_index_error);
    if (value == -1 && err_occurred() != NULL)
        return -1;
    *out = value;
    return 0;
}

/* The double of what __float__ gave. */
static int from_float_result(ObjRef o, Obj *result, double *out)
{
    if (result == NULL)
        return -1;
    int status = 0;
    if (!float_check(result)) {
        status =
            err_format_int(&exc_type_error, "%T.__float__ returned non-float (type %T)", o, result);
    } else if (!float_check_exact(result)) {
        status = err_warn(&exc_deprecation_warning, 1,
                          "%T.__float__ returned non-float (type %T).  The ability to return an "
                          "instance of a strict subclass of float is deprecated, and may not be "
                          "supported in a future version of Python.",
                          o, result);
    }
    if (status == 0)
        *out = float_value(result);
    obj_decref(result);
    return status;
}

int obj_to_double(ObjRef o, double *out)
{
    if (float_check_exact(o)) {
        *out = float_value(o);
        return 0;
    }
    const Type *type = obj_type(o);
    if (type->as_float != NULL && !(float_check(o) && type->as_float == float_type.as_float))
        return from_float_result(o, type->as_float(o), out);
    if (float_check(o)) {
        *out = float_value(o);
        return 0;
    }
    if (type->index == NULL)
        return err_format_int(&exc_type_error, "must be real number, not %T", o);
    Obj *index = obj_index(o);
    int status = index == NULL ? -1 : int_to_double(index, out);
    obj_xdecref(index);
    return status;
}
