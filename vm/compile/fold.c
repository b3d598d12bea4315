/*
 * Arithmetic at compile time, on two constants, by the runtime's own operators.
 *
 * Nothing is folded that raises, and nothing whose result could be big: the limits are those of
 * CPython's ast_opt.c, and are checked before the operation where that could be slow.  The operands
 * are of exact builtin types, so no user code runs here.
 */

#include "runtime/core/err.h"
#include "runtime/core/object.h"
#include "runtime/types/bytes.h"
#include "runtime/types/int.h"
#include "runtime/types/set.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"
#include "vm/compile/consts.h"

enum {
    MAX_INT_BITS = 128,
    MAX_ITEMS = 256,       /* of a repeated tuple */
    MAX_TEXT = 4096,       /* characters or bytes of a repeated str or bytes */
    MAX_TOTAL_ITEMS = 1024 /* of nested tuples */
};

/* The result, or NULL with the exception dropped. */
static Obj *drop_error(Obj *result)
{
    if (result == NULL)
        err_clear();
    return result;
}

/* `limit` less the items in `constant` and its items; negative when there are too many. */
static int64_t count_items(ObjRef constant, int64_t limit)
{
    if (!tuple_check_exact(constant))
        return limit;
    limit -= tuple_length(constant);
    for (int64_t i = 0; limit >= 0 && i < tuple_length(constant); i++)
        limit = count_items(tuple_peek(constant, i), limit);
    return limit;
}

/* Length of a sequence constant, or -1 for anything else; *most: how long its repetition may be. */
static int64_t sequence_length(ObjRef constant, int64_t *most)
{
    *most = MAX_TEXT;
    if (str_check_exact(constant))
        return str_length(constant);
    if (bytes_check_exact(constant))
        return bytes_cast(constant)->length;
    *most = MAX_ITEMS;
    if (tuple_check_exact(constant))
        return tuple_length(constant);
    if (obj_type(constant) == &frozenset_type)
        return set_length(constant);
    return -1;
}

/* May `sequence * times` be computed? */
static bool repeat_allowed(ObjRef sequence, ObjRef times)
{
    int64_t most;
    int64_t length = sequence_length(sequence, &most);
    if (length <= 0)
        return true;
    int64_t count;
    if (int_to_int64(times, &count) != 0 || count < 0 || count > most / length)
        return false;
    return !tuple_check_exact(sequence) || count == 0 ||
           count_items(sequence, MAX_TOTAL_ITEMS / count) >= 0;
}

static bool multiply_allowed(ObjRef left, ObjRef right)
{
    if (int_check(left) && int_check(right))
        return int_sign(left) == 0 || int_sign(right) == 0 ||
               int_bit_length(left) + int_bit_length(right) <= MAX_INT_BITS;
    if (int_check(right))
        return repeat_allowed(left, right);
    if (int_check(left))
        return repeat_allowed(right, left);
    return true;
}

static bool power_allowed(ObjRef left, ObjRef right)
{
    if (!int_check(left) || !int_check(right) || int_sign(right) <= 0)
        return true;
    int64_t exponent;
    if (int_to_int64(right, &exponent) != 0)
        return false;
    int64_t bits = int_bit_length(left);
    return bits == 0 || exponent <= MAX_INT_BITS / bits;
}

static bool shift_allowed(ObjRef left, ObjRef right)
{
    if (!int_check(left) || !int_check(right) || int_sign(left) == 0 || int_sign(right) == 0)
        return true;
    int64_t shift;
    if (int_to_int64(right, &shift) != 0)
        return false;
    return shift < 0 || (shift <= MAX_INT_BITS && int_bit_length(left) <= MAX_INT_BITS - shift);
}

Obj *fold_unary(FoldUnary op, ObjRef operand)
{
    switch (op) {
    case FOLD_POSITIVE:
        return drop_error(obj_positive(operand));
    case FOLD_NEGATIVE:
        return drop_error(obj_negative(operand));
    case FOLD_INVERT:
        return drop_error(obj_invert(operand));
    case FOLD_NOT: {
        int truth = obj_truth(operand);
        if (truth < 0)
            return drop_error(NULL);
        return bool_new(truth == 0);
    }
    }
    return NULL;
}

Obj *fold_binary(int op, ObjRef left, ObjRef right)
{
    bool allowed = true;
    switch (op) {
    case BINARY_MULTIPLY:
        allowed = multiply_allowed(left, right);
        break;
    case BINARY_POWER:
        allowed = power_allowed(left, right);
        break;
    case BINARY_LSHIFT:
        allowed = shift_allowed(left, right);
        break;
    case BINARY_REMAINDER:
        allowed = !str_check(left) && !bytes_check(left);
        break;
    case BINARY_MATRIX_MULTIPLY:
        allowed = false;
        break;
    default:
        break;
    }
    return allowed ? drop_error(obj_binary(left, right, (BinaryOp)op)) : NULL;
}

Obj *fold_subscript(ObjRef container, ObjRef key)
{
    return drop_error(obj_getitem(container, key));
}
