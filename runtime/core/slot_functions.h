#ifndef OURO_RUNTIME_CORE_SLOT_FUNCTIONS_H
#define OURO_RUNTIME_CORE_SLOT_FUNCTIONS_H

/* The functions that slots.def names: dispatch functions (slot_dispatch.c), which serve a slot by
 * calling special methods, and wrap functions (slot_wrapper.c), which serve a method by calling a
 * slot. */

#include "runtime/core/type.h"
#include "runtime/core/type_slots.h"

Obj *slot_getattr(ObjRef self, ObjRef name);
int slot_setattr(ObjRef self, ObjRef name, ObjRef value);
Obj *slot_repr(ObjRef self);
int64_t slot_hash(ObjRef self);
Obj *slot_call(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames);
Obj *slot_str(ObjRef self);
Obj *slot_compare(ObjRef self, ObjRef other, CompareOp op);
Obj *slot_iter(ObjRef self);
int slot_next(ObjRef self, Obj **out);
Obj *slot_get(ObjRef self, ObjRef instance, ObjRef owner);
int slot_set(ObjRef self, ObjRef instance, ObjRef value);
int slot_init(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames);
void slot_finalize(ObjRef self);
Obj *slot_await(ObjRef self);
Obj *slot_aiter(ObjRef self);
Obj *slot_anext(ObjRef self);
Obj *slot_add(ObjRef left, ObjRef right);
Obj *slot_subtract(ObjRef left, ObjRef right);
Obj *slot_multiply(ObjRef left, ObjRef right);
Obj *slot_remainder(ObjRef left, ObjRef right);
Obj *slot_divmod(ObjRef left, ObjRef right);
Obj *slot_power(ObjRef left, ObjRef right, ObjRef third);
Obj *slot_negative(ObjRef self);
Obj *slot_positive(ObjRef self);
Obj *slot_absolute(ObjRef self);
int slot_truth(ObjRef self);
Obj *slot_invert(ObjRef self);
Obj *slot_left_shift(ObjRef left, ObjRef right);
Obj *slot_right_shift(ObjRef left, ObjRef right);
Obj *slot_bit_and(ObjRef left, ObjRef right);
Obj *slot_bit_xor(ObjRef left, ObjRef right);
Obj *slot_bit_or(ObjRef left, ObjRef right);
Obj *slot_as_int(ObjRef self);
Obj *slot_as_float(ObjRef self);
Obj *slot_inplace_add(ObjRef left, ObjRef right);
Obj *slot_inplace_subtract(ObjRef left, ObjRef right);
Obj *slot_inplace_multiply(ObjRef left, ObjRef right);
Obj *slot_inplace_remainder(ObjRef left, ObjRef right);
Obj *slot_inplace_power(ObjRef left, ObjRef right, ObjRef third);
Obj *slot_inplace_left_shift(ObjRef left, ObjRef right);
Obj *slot_inplace_right_shift(ObjRef left, ObjRef right);
Obj *slot_inplace_and(ObjRef left, ObjRef right);
Obj *slot_inplace_xor(ObjRef left, ObjRef right);
Obj *slot_inplace_or(ObjRef left, ObjRef right);
Obj *slot_floor_divide(ObjRef left, ObjRef right);
Obj *slot_true_divide(ObjRef left, ObjRef right);
Obj *slot_inplace_floor_divide(ObjRef left, ObjRef right);
Obj *slot_inplace_true_divide(ObjRef left, ObjRef right);
Obj *slot_index(ObjRef self);
Obj *slot_matrix_multiply(ObjRef left, ObjRef right);
Obj *slot_inplace_matrix_multiply(ObjRef left, ObjRef right);
int64_t slot_length(ObjRef self);
Obj *slot_getitem(ObjRef left, ObjRef right);
int slot_setitem(ObjRef self, ObjRef key, ObjRef value);
int slot_contains(ObjRef self, ObjRef item);

typedef Obj *WrapFunction(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames,
                          SlotFn wrapped);
WrapFunction wrap_binary;
WrapFunction wrap_call;
WrapFunction wrap_contains;
WrapFunction wrap_delattr;
WrapFunction wrap_delete;
WrapFunction wrap_delitem;
WrapFunction wrap_eq;
WrapFunction wrap_finalize;
WrapFunction wrap_ge;
WrapFunction wrap_getattr;
WrapFunction wrap_get;
WrapFunction wrap_gt;
WrapFunction wrap_hash;
WrapFunction wrap_init;
WrapFunction wrap_inplace_power;
WrapFunction wrap_item;
WrapFunction wrap_le;
WrapFunction wrap_length;
WrapFunction wrap_lt;
WrapFunction wrap_ne;
WrapFunction wrap_next;
WrapFunction wrap_power;
WrapFunction wrap_predicate;
WrapFunction wrap_reflected;
WrapFunction wrap_reflected_power;
WrapFunction wrap_repeat;
WrapFunction wrap_set;
WrapFunction wrap_setattr;
WrapFunction wrap_setitem;
WrapFunction wrap_unary;

#endif
