/*
 * Slots of classes whose special methods are written in Python: each function looks its method up
 * on the type of the object and calls it.  slots.def says which function serves which slot.
 *
 * A method that vanished from the class in the meantime raises AttributeError with its name, as in
 * CPython; slots are refilled whenever a class changes, so that is rare.
 */

#include "runtime/core/call.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/core/object.h"
#include "runtime/core/slot_functions.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"

/* ---------------------------------------------------------------- helpers */

/* Calls a special method that must be there. */
static Obj *call_required(ObjRef self, ObjRef name, const ObjRef *args, int64_t nargs)
{
    Obj *result;
    int found = obj_call_special(self, name, args, nargs, &result);
    if (found == 0)
        return err_attribute(self, name, "%U", name);
    return found < 0 ? NULL : result;
}

/* As call_required; NotImplemented when the method is missing. */
static Obj *call_optional(ObjRef self, ObjRef name, const ObjRef *args, int64_t nargs)
{
    Obj *result;
    int found = obj_call_special(self, name, args, nargs, &result);
    if (found == 0)
        return not_implemented_new();
    return found < 0 ? NULL : result;
}

static int status_of(Obj *result)
{
    if (result == NULL)
        return -1;
    obj_decref(result);
    return 0;
}

#define UNARY_SLOT(function, method)                                                               \
    Obj *function(ObjRef self)                                                                     \
    {                                                                                              \
        return call_required(self, names.method, NULL, 0);                                         \
    }

/* ---------------------------------------------------------------- attributes */

/* __getattribute__, then __getattr__ where that raised AttributeError. */
Obj *slot_getattr(ObjRef self, ObjRef name)
{
    Obj *value = NULL;
    Type *type = obj_type(self);
    ObjRef hook = type_lookup(type, names.dunder_getattr);
    ObjRef lookup = type_lookup(type, names.dunder_getattribute);
    if (hook == NULL)
        return call_required(self, names.dunder_getattribute, &name, 1);
    Obj *held_hook = obj_incref(hook);
    bool generic = lookup != NULL && lookup == type_lookup(&object_type, names.dunder_getattribute);
    if (generic) {
        if (object_getattr_opt(self, name, &value) < 0 && !err_matches(&exc_attribute_error))
            goto done;
    } else {
        value = call_required(self, names.dunder_getattribute, &name, 1);
    }
    if (value != NULL)
        goto done;
    if (err_occurred() != NULL) {
        if (!err_matches(&exc_attribute_error))
            goto done;
        err_clear();
    }
    value = obj_call_unbound(held_hook, self, &name, 1, NULL);
done:
    obj_decref(held_hook);
    return value;
}

int slot_setattr(ObjRef self, ObjRef name, ObjRef value)
{
    if (value == NULL)
        return status_of(call_required(self, names.dunder_delattr, &name, 1));
    ObjRef args[2] = {name, value};
    return status_of(call_required(self, names.dunder_setattr, args, 2));
}

Obj *slot_get(ObjRef self, ObjRef instance, ObjRef owner)
{
    ObjRef args[2] = {instance == NULL ? obj_none : instance, owner == NULL ? obj_none : owner};
    Obj *result;
    int found = obj_call_special(self, names.dunder_get, args, 2, &result);
    if (found == 0)
        return obj_incref(self);
    return found < 0 ? NULL : result;
}

int slot_set(ObjRef self, ObjRef instance, ObjRef value)
{
    if (value == NULL)
        return status_of(call_required(self, names.dunder_delete, &instance, 1));
    ObjRef args[2] = {instance, value};
    return status_of(call_required(self, names.dunder_set, args, 2));
}

/* ---------------------------------------------------------------- basics */

UNARY_SLOT(slot_repr, dunder_repr)
UNARY_SLOT(slot_str, dunder_str)

int64_t slot_hash(ObjRef self)
{
    ObjRef method = type_lookup(obj_type(self), names.dunder_hash);
    if (method == NULL || is_none(method))
        return object_hash_unhashable(self);
    Obj *result = call_required(self, names.dunder_hash, NULL, 0);
    if (result == NULL)
        return -1;
    int64_t hash = -1;
    if (!int_check(result))
        err_format(&exc_type_error, "__hash__ method should return an integer");
    else if (int_to_int64(result, &hash) != 0)
        hash = int_type.hash(result);
    else if (hash == -1)
        hash = -2;
    obj_decref(result);
    return hash;
}

Obj *slot_compare(ObjRef self, ObjRef other, CompareOp op)
{
    Obj *const methods[] = {names.dunder_lt, names.dunder_le, names.dunder_eq,
                            names.dunder_ne, names.dunder_gt, names.dunder_ge};
    return call_optional(self, methods[op], &other, 1);
}

Obj *slot_call(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    ObjRef method = type_lookup(obj_type(self), names.dunder_call);
    if (method == NULL)
        return err_attribute(self, names.dunder_call, "__call__");
    Obj *held = obj_incref(method);
    Obj *result = obj_call_unbound(held, self, args, nargs, kwnames);
    obj_decref(held);
    return result;
}

int slot_init(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    ObjRef method = type_lookup(obj_type(self), names.dunder_init);
    if (method == NULL) {
        err_attribute(self, names.dunder_init, "__init__");
        return -1;
    }
    Obj *held = obj_incref(method);
    Obj *result = obj_call_unbound(held, self, args, nargs, kwnames);
    obj_decref(held);
    if (result == NULL)
        return -1;
    int status = 0;
    if (!is_none(result)) {
        status = err_format_int(&exc_type_error, "__init__() should return None, not '%T'", result);
    }
    obj_decref(result);
    return status;
}

Obj *slot_new(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    Obj *function = obj_getattr((ObjRef)type, names.dunder_new);
    if (function == NULL)
        return NULL;
    Obj *result = obj_call_prepend(function, (ObjRef)type, args, nargs, kwnames);
    obj_decref(function);
    return result;
}

void slot_finalize(ObjRef self)
{
    Obj *pending = err_fetch();
    ObjRef method = type_lookup(obj_type(self), names.dunder_del);
    if (method != NULL) {
        Obj *held = obj_incref(method);
        Obj *result = obj_call_unbound(held, self, NULL, 0, NULL);
        if (result == NULL)
            err_unraisable(held);
        obj_xdecref(result);
        obj_decref(held);
    }
    err_restore_steal(pending);
}

int slot_truth(ObjRef self)
{
    Obj *result = call_required(self, names.dunder_bool, NULL, 0);
    if (result == NULL)
        return -1;
    int truth = result == obj_true;
    if (!bool_check(result)) {
        truth = err_format_int(&exc_type_error, "__bool__ should return bool, returned %s",
                               obj_type(result)->head.name);
    }
    obj_decref(result);
    return truth;
}

/* ---------------------------------------------------------------- iteration and containers */

Obj *slot_iter(ObjRef self)
{
    ObjRef method = type_lookup(obj_type(self), names.dunder_iter);
    if (method != NULL && is_none(method))
        return err_format(&exc_type_error, "'%T' object is not iterable", self);
    return call_required(self, names.dunder_iter, NULL, 0);
}

int slot_next(ObjRef self, Obj **out)
{
    *out = call_required(self, names.dunder_next, NULL, 0);
    return *out == NULL ? -1 : 1;
}

UNARY_SLOT(slot_await, dunder_await)
UNARY_SLOT(slot_aiter, dunder_aiter)
UNARY_SLOT(slot_anext, dunder_anext)

int64_t slot_length(ObjRef self)
{
    Obj *result = call_required(self, names.dunder_len, NULL, 0);
    if (result == NULL)
        return -1;
    Obj *index = obj_index(result);
    obj_decref(result);
    if (index == NULL)
        return -1;
    int64_t length = -1;
    if (int_sign(index) < 0)
        err_format(&exc_value_error, "__len__() should return >= 0");
    else if (int_to_int64(index, &length) != 0)
        length = err_format_int(&exc_overflow_error, "cannot fit '%T' into an index-sized integer",
                                index);
    obj_decref(index);
    return length;
}

Obj *slot_getitem(ObjRef self, ObjRef key)
{
    return call_required(self, names.dunder_getitem, &key, 1);
}

int slot_setitem(ObjRef self, ObjRef key, ObjRef value)
{
    if (value == NULL)
        return status_of(call_required(self, names.dunder_delitem, &key, 1));
    ObjRef args[2] = {key, value};
    return status_of(call_required(self, names.dunder_setitem, args, 2));
}

int slot_contains(ObjRef self, ObjRef item)
{
    ObjRef method = type_lookup(obj_type(self), names.dunder_contains);
    if (method != NULL && is_none(method))
        return err_format_int(&exc_type_error, "'%T' object is not a container", self);
    Obj *result = call_required(self, names.dunder_contains, &item, 1);
    if (result == NULL)
        return -1;
    int truth = obj_truth(result);
    obj_decref(result);
    return truth;
}

/* ---------------------------------------------------------------- arithmetic */

/* The right operand's class has a method of its own by this name, not just the left one's. */
static bool is_overloaded(ObjRef left, ObjRef right, ObjRef name)
{
    ObjRef of_right = type_lookup(obj_type(right), name);
    return of_right != NULL && of_right != type_lookup(obj_type(left), name);
}

/* One binary operator of classes: the reflected method goes first when the right operand is of a
 * subclass that redefines it. */
static Obj *call_binary(ObjRef left, ObjRef right, SlotFn own, SlotFn left_slot, SlotFn right_slot,
                        ObjRef method, ObjRef reflected)
{
    bool try_right = obj_type(left) != obj_type(right) && right_slot == own;
    if (left_slot == own) {
        if (try_right && type_is_subtype(obj_type(right), obj_type(left)) &&
            is_overloaded(left, right, reflected)) {
            Obj *result = call_optional(right, reflected, &left, 1);
            if (result == NULL || !is_not_implemented(result))
                return result;
            obj_decref(result);
            try_right = false;
        }
        Obj *result = call_optional(left, method, &right, 1);
        if (result == NULL || !is_not_implemented(result) || obj_type(left) == obj_type(right))
            return result;
        obj_decref(result);
    }
    if (try_right)
        return call_optional(right, reflected, &left, 1);
    return not_implemented_new();
}

#define BINARY_SLOT(function, slot, method, reflected)                                             \
    Obj *function(ObjRef left, ObjRef right)                                                       \
    {                                                                                              \
        return call_binary(left, right, (SlotFn)function, (SlotFn)obj_type(left)->slot,            \
                           (SlotFn)obj_type(right)->slot, names.method, names.reflected);          \
    }

BINARY_SLOT(slot_add, add, dunder_add, dunder_radd)
BINARY_SLOT(slot_subtract, subtract, dunder_sub, dunder_rsub)
BINARY_SLOT(slot_multiply, multiply, dunder_mul, dunder_rmul)
BINARY_SLOT(slot_remainder, remainder, dunder_mod, dunder_rmod)
BINARY_SLOT(slot_divmod, divmod, dunder_divmod, dunder_rdivmod)
BINARY_SLOT(slot_left_shift, left_shift, dunder_lshift, dunder_rlshift)
BINARY_SLOT(slot_right_shift, right_shift, dunder_rshift, dunder_rrshift)
BINARY_SLOT(slot_bit_and, bit_and, dunder_and, dunder_rand)
BINARY_SLOT(slot_bit_xor, bit_xor, dunder_xor, dunder_rxor)
BINARY_SLOT(slot_bit_or, bit_or, dunder_or, dunder_ror)
BINARY_SLOT(slot_floor_divide, floor_divide, dunder_floordiv, dunder_rfloordiv)
BINARY_SLOT(slot_true_divide, true_divide, dunder_truediv, dunder_rtruediv)
BINARY_SLOT(slot_matrix_multiply, matrix_multiply, dunder_matmul, dunder_rmatmul)

Obj *slot_power(ObjRef left, ObjRef right, ObjRef third)
{
    if (is_none(third)) {
        return call_binary(left, right, (SlotFn)slot_power, (SlotFn)obj_type(left)->power,
                           (SlotFn)obj_type(right)->power, names.dunder_pow, names.dunder_rpow);
    }
    /* With a modulus there is no reflected form. */
    if (obj_type(left)->power != slot_power)
        return not_implemented_new();
    ObjRef args[2] = {right, third};
    return call_optional(left, names.dunder_pow, args, 2);
}

#define INPLACE_SLOT(function, method)                                                             \
    Obj *function(ObjRef left, ObjRef right)                                                       \
    {                                                                                              \
        return call_optional(left, names.method, &right, 1);                                       \
    }

INPLACE_SLOT(slot_inplace_add, dunder_iadd)
INPLACE_SLOT(slot_inplace_subtract, dunder_isub)
INPLACE_SLOT(slot_inplace_multiply, dunder_imul)
INPLACE_SLOT(slot_inplace_remainder, dunder_imod)
INPLACE_SLOT(slot_inplace_left_shift, dunder_ilshift)
INPLACE_SLOT(slot_inplace_right_shift, dunder_irshift)
INPLACE_SLOT(slot_inplace_and, dunder_iand)
INPLACE_SLOT(slot_inplace_xor, dunder_ixor)
INPLACE_SLOT(slot_inplace_or, dunder_ior)
INPLACE_SLOT(slot_inplace_floor_divide, dunder_ifloordiv)
INPLACE_SLOT(slot_inplace_true_divide, dunder_itruediv)
INPLACE_SLOT(slot_inplace_matrix_multiply, dunder_imatmul)

Obj *slot_inplace_power(ObjRef left, ObjRef right, ObjRef third)
{
    (void)third;
    return call_optional(left, names.dunder_ipow, &right, 1);
}

UNARY_SLOT(slot_negative, dunder_neg)
UNARY_SLOT(slot_positive, dunder_pos)
UNARY_SLOT(slot_absolute, dunder_abs)
UNARY_SLOT(slot_invert, dunder_invert)
UNARY_SLOT(slot_as_int, dunder_int)
UNARY_SLOT(slot_as_float, dunder_float)
UNARY_SLOT(slot_index, dunder_index)
