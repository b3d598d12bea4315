/*
 * Module _operator: the operators of the language as functions.
 *
 * attrgetter, itemgetter and methodcaller are in operator_getters.c.  runtime/lib/operator.py adds
 * the double-underscore names.
 */

#include "runtime/modules/operator.h"

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/module.h"
#include "runtime/types/str.h"

/* Functions of fixed arity: the caller has checked the count. */
#define FUNCTION(name, expression)                                                                 \
    static Obj *name(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)               \
    {                                                                                              \
        (void)self, (void)nargs, (void)kwnames;                                                    \
        return expression;                                                                         \
    }

/* The object of a 1/0/-1 answer. */
static Obj *from_answer(int answer)
{
    return answer < 0 ? NULL : bool_new(answer > 0);
}

static Obj *from_status(int status)
{
    return status < 0 ? NULL : none_new();
}

/* A 1/0/-1 answer turned round. */
static Obj *from_negated(int answer)
{
    return answer < 0 ? NULL : bool_new(answer == 0);
}

FUNCTION(op_truth, from_answer(obj_truth(args[0])))
FUNCTION(op_not, from_negated(obj_truth(args[0])))
FUNCTION(op_is, bool_new(args[0] == args[1]))
FUNCTION(op_is_not, bool_new(args[0] != args[1]))
FUNCTION(op_lt, obj_compare(args[0], args[1], CMP_LT))
FUNCTION(op_le, obj_compare(args[0], args[1], CMP_LE))
FUNCTION(op_eq, obj_compare(args[0], args[1], CMP_EQ))
FUNCTION(op_ne, obj_compare(args[0], args[1], CMP_NE))
FUNCTION(op_gt, obj_compare(args[0], args[1], CMP_GT))
FUNCTION(op_ge, obj_compare(args[0], args[1], CMP_GE))
FUNCTION(op_abs, obj_absolute(args[0]))
FUNCTION(op_neg, obj_negative(args[0]))
FUNCTION(op_pos, obj_positive(args[0]))
FUNCTION(op_invert, obj_invert(args[0]))
FUNCTION(op_add, obj_binary(args[0], args[1], BINARY_ADD))
FUNCTION(op_and, obj_binary(args[0], args[1], BINARY_AND))
FUNCTION(op_floordiv, obj_binary(args[0], args[1], BINARY_FLOOR_DIVIDE))
FUNCTION(op_lshift, obj_binary(args[0], args[1], BINARY_LSHIFT))
FUNCTION(op_matmul, obj_binary(args[0], args[1], BINARY_MATRIX_MULTIPLY))
FUNCTION(op_mul, obj_binary(args[0], args[1], BINARY_MULTIPLY))
FUNCTION(op_mod, obj_binary(args[0], args[1], BINARY_REMAINDER))
FUNCTION(op_or, obj_binary(args[0], args[1], BINARY_OR))
FUNCTION(op_pow, obj_binary(args[0], args[1], BINARY_POWER))
FUNCTION(op_rshift, obj_binary(args[0], args[1], BINARY_RSHIFT))
FUNCTION(op_sub, obj_binary(args[0], args[1], BINARY_SUBTRACT))
FUNCTION(op_truediv, obj_binary(args[0], args[1], BINARY_TRUE_DIVIDE))
FUNCTION(op_xor, obj_binary(args[0], args[1], BINARY_XOR))
FUNCTION(op_iadd, obj_binary_inplace(args[0], args[1], BINARY_ADD))
FUNCTION(op_iand, obj_binary_inplace(args[0], args[1], BINARY_AND))
FUNCTION(op_ifloordiv, obj_binary_inplace(args[0], args[1], BINARY_FLOOR_DIVIDE))
FUNCTION(op_ilshift, obj_binary_inplace(args[0], args[1], BINARY_LSHIFT))
FUNCTION(op_imatmul, obj_binary_inplace(args[0], args[1], BINARY_MATRIX_MULTIPLY))
FUNCTION(op_imul, obj_binary_inplace(args[0], args[1], BINARY_MULTIPLY))
FUNCTION(op_imod, obj_binary_inplace(args[0], args[1], BINARY_REMAINDER))
FUNCTION(op_ior, obj_binary_inplace(args[0], args[1], BINARY_OR))
FUNCTION(op_ipow, obj_binary_inplace(args[0], args[1], BINARY_POWER))
FUNCTION(op_irshift, obj_binary_inplace(args[0], args[1], BINARY_RSHIFT))
FUNCTION(op_isub, obj_binary_inplace(args[0], args[1], BINARY_SUBTRACT))
FUNCTION(op_itruediv, obj_binary_inplace(args[0], args[1], BINARY_TRUE_DIVIDE))
FUNCTION(op_ixor, obj_binary_inplace(args[0], args[1], BINARY_XOR))
FUNCTION(op_contains, from_answer(obj_contains(args[0], args[1])))
FUNCTION(op_getitem, obj_getitem(args[0], args[1]))
FUNCTION(op_setitem, from_status(obj_setitem(args[0], args[1], args[2])))
FUNCTION(op_delitem, from_status(obj_setitem(args[0], args[1], NULL)))

/* __index__ as an exact int: also of bools. */
static Obj *op_index(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)nargs, (void)kwnames;
    Obj *index = obj_index(args[0]);
    if (index != NULL && !int_check_exact(index)) {
        Obj *zero = int_new(0);
        obj_replace(&index, zero == NULL ? NULL : int_add(index, zero));
        obj_xdecref(zero);
    }
    return index;
}

/* Whether `+` on the object means joining sequences. */
static bool is_sequence(ObjRef o)
{
    const Type *type = obj_type(o);
    return (type->item != NULL || type->get_item != NULL) && !dict_check(o);
}

static Obj *concatenate(ObjRef a, ObjRef b, bool inplace)
{
    if (!is_sequence(a) || !is_sequence(b))
        return err_format(&exc_type_error, "'%T' object can't be concatenated",
                          is_sequence(a) ? b : a);
    return inplace ? obj_binary_inplace(a, b, BINARY_ADD) : obj_binary(a, b, BINARY_ADD);
}

FUNCTION(op_concat, concatenate(args[0], args[1], false))
FUNCTION(op_iconcat, concatenate(args[0], args[1], true))

/* How many items equal a value, or (first) the position of the first one, -1; -2 on error. */
static int64_t search(ObjRef iterable, ObjRef value, bool first)
{
    Obj *iterator = obj_iter(iterable);
    if (iterator == NULL) {
        if (err_matches(&exc_type_error))
            err_format(&exc_type_error, "argument of type '%T' is not iterable", iterable);
        return -2;
    }
    int64_t found = first ? -1 : 0, position = 0;
    Obj *item;
    int more;
    for (; (more = obj_next(iterator, &item)) > 0; position++) {
        int same = obj_equal(item, value);
        obj_decref(item);
        if (same < 0) {
            more = -1;
            break;
        }
        if (same && first) {
            found = position;
            break;
        }
        found += same;
    }
    obj_decref(iterator);
    return more < 0 ? -2 : found;
}

static Obj *op_count_of(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)nargs, (void)kwnames;
    int64_t count = search(args[0], args[1], false);
    return count < 0 ? NULL : int_new(count);
}

static Obj *op_index_of(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)nargs, (void)kwnames;
    int64_t at = search(args[0], args[1], true);
    if (at == -1)
        return err_string(&exc_value_error, "sequence.index(x): x not in sequence");
    return at < 0 ? NULL : int_new(at);
}

static Obj *op_length_hint(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)kwnames;
    int64_t fallback = 0;
    if (nargs > 1) {
        if (!int_check(args[1]))
            return err_format(&exc_type_error, "'%T' object cannot be interpreted as an integer",
                              args[1]);
        if (args_to_int64(args[1], &fallback) < 0)
            return NULL;
    }
    int64_t hint = obj_length_hint(args[0], fallback);
    return hint < 0 && err_occurred() != NULL ? NULL : int_new(hint);
}

static Obj *op_call(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self;
    if (nargs < 1)
        return err_string(&exc_type_error, "call expected at least 1 argument, got 0");
    return obj_call(args[0], args + 1, nargs - 1, kwnames);
}

/* Compares without telling by its time where the first difference is: for ASCII text or octets. */
static Obj *compare_digest(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)nargs, (void)kwnames;
    BufferView a = {0}, b = {0};
    bool text = str_check(args[0]) && str_check(args[1]);
    if (text) {
        if (!str_cast(args[0])->ascii || !str_cast(args[1])->ascii)
            return err_string(&exc_type_error,
                              "comparing strings with non-ASCII characters is not supported");
        a = (BufferView){str_cast(args[0])->data, str_length(args[0]), NULL};
        b = (BufferView){str_cast(args[1])->data, str_length(args[1]), NULL};
    } else {
        if (str_check(args[0]) || str_check(args[1]))
            return err_format(&exc_type_error,
                              "unsupported operand types(s) or combination of types: '%T' and '%T'",
                              args[0], args[1]);
        if (buffer_acquire(args[0], &a) < 0)
            return NULL;
        if (buffer_acquire(args[1], &b) < 0) {
            buffer_release(&a);
            return NULL;
        }
    }
    const unsigned char *left = a.length == b.length ? a.data : b.data;
    unsigned different = a.length != b.length;
    for (int64_t i = 0; i < b.length; i++)
        different |= (unsigned)(left[i] ^ b.data[i]);
    if (!text) {
        buffer_release(&a);
        buffer_release(&b);
    }
    return bool_new(different == 0);
}

static const MethodDef functions[] = {
    {"truth", op_truth, 1, 1, 0, "truth($module, a, /)\n--\n\nWhether a is true."},
    {"contains", op_contains, 2, 2, 0, "contains($module, a, b, /)\n--\n\nSame as b in a."},
    {"indexOf", op_index_of, 2, 2, 0,
     "indexOf($module, a, b, /)\n--\n\nThe position of the first item of a that equals b."},
    {"countOf", op_count_of, 2, 2, 0,
     "countOf($module, a, b, /)\n--\n\nHow many items of a equal b."},
    {"is_", op_is, 2, 2, 0, "is_($module, a, b, /)\n--\n\nSame as a is b."},
    {"is_not", op_is_not, 2, 2, 0, "is_not($module, a, b, /)\n--\n\nSame as a is not b."},
    {"add", op_add, 2, 2, 0, "add($module, a, b, /)\n--\n\nSame as a + b."},
    {"sub", op_sub, 2, 2, 0, "sub($module, a, b, /)\n--\n\nSame as a - b."},
    {"mul", op_mul, 2, 2, 0, "mul($module, a, b, /)\n--\n\nSame as a * b."},
    {"matmul", op_matmul, 2, 2, 0, "matmul($module, a, b, /)\n--\n\nSame as a @ b."},
    {"floordiv", op_floordiv, 2, 2, 0, "floordiv($module, a, b, /)\n--\n\nSame as a // b."},
    {"truediv", op_truediv, 2, 2, 0, "truediv($module, a, b, /)\n--\n\nSame as a / b."},
    {"mod", op_mod, 2, 2, 0, "mod($module, a, b, /)\n--\n\nSame as a % b."},
    {"neg", op_neg, 1, 1, 0, "neg($module, a, /)\n--\n\nSame as -a."},
    {"pos", op_pos, 1, 1, 0, "pos($module, a, /)\n--\n\nSame as +a."},
    {"abs", op_abs, 1, 1, 0, "abs($module, a, /)\n--\n\nSame as abs(a)."},
    {"inv", op_invert, 1, 1, 0, "inv($module, a, /)\n--\n\nSame as ~a."},
    {"invert", op_invert, 1, 1, 0, "invert($module, a, /)\n--\n\nSame as ~a."},
    {"lshift", op_lshift, 2, 2, 0, "lshift($module, a, b, /)\n--\n\nSame as a << b."},
    {"rshift", op_rshift, 2, 2, 0, "rshift($module, a, b, /)\n--\n\nSame as a >> b."},
    {"not_", op_not, 1, 1, 0, "not_($module, a, /)\n--\n\nSame as not a."},
    {"and_", op_and, 2, 2, 0, "and_($module, a, b, /)\n--\n\nSame as a & b."},
    {"xor", op_xor, 2, 2, 0, "xor($module, a, b, /)\n--\n\nSame as a ^ b."},
    {"or_", op_or, 2, 2, 0, "or_($module, a, b, /)\n--\n\nSame as a | b."},
    {"iadd", op_iadd, 2, 2, 0, "iadd($module, a, b, /)\n--\n\nSame as a += b."},
    {"isub", op_isub, 2, 2, 0, "isub($module, a, b, /)\n--\n\nSame as a -= b."},
    {"imul", op_imul, 2, 2, 0, "imul($module, a, b, /)\n--\n\nSame as a *= b."},
    {"imatmul", op_imatmul, 2, 2, 0, "imatmul($module, a, b, /)\n--\n\nSame as a @= b."},
    {"ifloordiv", op_ifloordiv, 2, 2, 0, "ifloordiv($module, a, b, /)\n--\n\nSame as a //= b."},
    {"itruediv", op_itruediv, 2, 2, 0, "itruediv($module, a, b, /)\n--\n\nSame as a /= b."},
    {"imod", op_imod, 2, 2, 0, "imod($module, a, b, /)\n--\n\nSame as a %= b."},
    {"ilshift", op_ilshift, 2, 2, 0, "ilshift($module, a, b, /)\n--\n\nSame as a <<= b."},
    {"irshift", op_irshift, 2, 2, 0, "irshift($module, a, b, /)\n--\n\nSame as a >>= b."},
    {"iand", op_iand, 2, 2, 0, "iand($module, a, b, /)\n--\n\nSame as a &= b."},
    {"ixor", op_ixor, 2, 2, 0, "ixor($module, a, b, /)\n--\n\nSame as a ^= b."},
    {"ior", op_ior, 2, 2, 0, "ior($module, a, b, /)\n--\n\nSame as a |= b."},
    {"ipow", op_ipow, 2, 2, 0, "ipow($module, a, b, /)\n--\n\nSame as a **= b."},
    {"pow", op_pow, 2, 2, 0, "pow($module, a, b, /)\n--\n\nSame as a ** b."},
    {"concat", op_concat, 2, 2, 0, "concat($module, a, b, /)\n--\n\nSame as a + b, for sequences."},
    {"iconcat", op_iconcat, 2, 2, 0,
     "iconcat($module, a, b, /)\n--\n\nSame as a += b, for sequences."},
    {"getitem", op_getitem, 2, 2, 0, "getitem($module, a, b, /)\n--\n\nSame as a[b]."},
    {"setitem", op_setitem, 3, 3, 0, "setitem($module, a, b, c, /)\n--\n\nSame as a[b] = c."},
    {"delitem", op_delitem, 2, 2, 0, "delitem($module, a, b, /)\n--\n\nSame as del a[b]."},
    {"index", op_index, 1, 1, 0, "index($module, a, /)\n--\n\nSame as a.__index__()."},
    {"lt", op_lt, 2, 2, 0, "lt($module, a, b, /)\n--\n\nSame as a < b."},
    {"le", op_le, 2, 2, 0, "le($module, a, b, /)\n--\n\nSame as a <= b."},
    {"eq", op_eq, 2, 2, 0, "eq($module, a, b, /)\n--\n\nSame as a == b."},
    {"ne", op_ne, 2, 2, 0, "ne($module, a, b, /)\n--\n\nSame as a != b."},
    {"gt", op_gt, 2, 2, 0, "gt($module, a, b, /)\n--\n\nSame as a > b."},
    {"ge", op_ge, 2, 2, 0, "ge($module, a, b, /)\n--\n\nSame as a >= b."},
    {"length_hint", op_length_hint, 1, 2, 0,
     "length_hint($module, obj, default=0, /)\n--\n\nA guess at the number of items of obj."},
    {"call", op_call, 0, -1, METHOD_KEYWORDS,
     "call($module, obj, /, *args, **kwargs)\n--\n\nSame as obj(*args, **kwargs)."},
    {"_compare_digest", compare_digest, 2, 2, 0,
     "_compare_digest($module, a, b, /)\n--\n\nSame as a == b, in a time that tells nothing."},
    {0},
};

static int exec(ObjRef module)
{
    static const struct {
        const char *name;
        Type *type;
    } types[] = {
        {"itemgetter", &operator_itemgetter_type},
        {"attrgetter", &operator_attrgetter_type},
        {"methodcaller", &operator_methodcaller_type},
    };
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
        if (type_ready(types[i].type) < 0 ||
            module_add(module, types[i].name, &types[i].type->head.base) < 0)
            return -1;
    }
    return 0;
}

extern const ModuleDef operator_module;
const ModuleDef operator_module = {"_operator", "The operators of the language as functions.",
                                   functions, exec};
