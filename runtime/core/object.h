#ifndef OURO_RUNTIME_CORE_OBJECT_H
#define OURO_RUNTIME_CORE_OBJECT_H

/*
 * The object protocol: what any code does with any object, dispatched through type slots.
 *
 * Obj * results are new references or NULL with an exception; int results are 0/-1 or 1/0/-1.
 */

#include <stdbool.h>
#include <stdint.h>

#include "gc/collector.h"
#include "gc/pool.h"
#include "runtime/core/type.h"

extern Obj none_object, not_implemented_object, ellipsis_object;
extern Type none_type, not_implemented_type, ellipsis_type;
#define obj_none ((Obj *)&none_object)
/* New references to the singletons. */
static inline Obj *none_new(void)
{
    return obj_incref(obj_none);
}
static inline Obj *not_implemented_new(void)
{
    return obj_incref(&not_implemented_object);
}
#define is_none(o) ((o) == obj_none)
#define is_not_implemented(o) ((o) == &not_implemented_object)

/* ---- allocation of exact builtin types (see obj_alloc in type.h for subclassable ones) */

/* An uninitialised block for an instance without GcLink; refcnt 1, shape set.  Raises MemoryError.
 */
Obj *obj_new_slow(Type *type, int64_t size);
static inline Obj *obj_new(Type *type, int64_t size)
{
    Obj *o = (Obj *)pool_alloc((size_t)size);
    if (__builtin_expect(o == NULL, 0))
        return obj_new_slow(type, size);
    o->refcnt = 1;
    o->shape = &type->root;
    return o;
}

/* As obj_new with a GcLink (untracked); counted as a collectable allocation. */
static inline Obj *obj_new_gc(Type *type, int64_t size)
{
    GcLink *link = (GcLink *)pool_alloc(sizeof(GcLink) + (size_t)size);
    if (__builtin_expect(link == NULL, 0))
        return obj_new_slow(type, size);
    link->next = NULL;
    link->prev = 0;
    Obj *o = (Obj *)(link + 1);
    o->refcnt = 1;
    o->shape = &type->root;
    gc_count_alloc();
    return o;
}

/* The counterpart of obj_new_gc in the dealloc of an exact builtin type; untracked by then. */
static inline void obj_free_gc(Obj *o, int64_t size)
{
    gc_count_free();
    pool_free(gc_link(o), sizeof(GcLink) + (size_t)size);
}

static inline void obj_track_if_gc(ObjRef o)
{
    if (obj_has_flag(o, TYPE_GC) && gc_link(o)->next == NULL)
        gc_track(o);
}

/* ---- attributes */
Obj *obj_getattr(ObjRef o, ObjRef name);
Obj *obj_getattr_str(ObjRef o, const char *name);
/* 1 and *out; 0 and *out NULL when AttributeError would be raised; -1 on any other error. */
int obj_getattr_opt(ObjRef o, ObjRef name, Obj **out);
int obj_setattr(ObjRef o, ObjRef name, ObjRef value); /* value NULL: delete */
int obj_setattr_str(ObjRef o, const char *name, ObjRef value);
int obj_hasattr(ObjRef o, ObjRef name);
/* For a call o.name(…): 1 and *out is a function to call with o as first argument; 0 and *out is
 * the attribute, to be called without it; -1. */
int obj_get_method(ObjRef o, ObjRef name, Obj **out);
/* A special method looked up on the type, bound: 1, 0, -1. */
int obj_lookup_special(ObjRef o, ObjRef name, Obj **out);

/* ---- calls */
Obj *obj_call(ObjRef callable, const ObjRef *args, int64_t nargs, ObjRef kwnames);
Obj *obj_call0(ObjRef callable);
Obj *obj_call1(ObjRef callable, ObjRef a);
Obj *obj_call2(ObjRef callable, ObjRef a, ObjRef b);
Obj *obj_call3(ObjRef callable, ObjRef a, ObjRef b, ObjRef c);
/* f(*tuple, **dict); dict may be NULL. */
Obj *obj_call_tuple(ObjRef callable, ObjRef tuple, ObjRef dict);
/* o.name(args…) without making a bound method. args excludes o. */
Obj *obj_call_method(ObjRef o, ObjRef name, const ObjRef *args, int64_t nargs);
/* As obj_call_method for a special method looked up on the type: 1 and *out, 0 when the type has no
 * such method, -1. */
int obj_call_special(ObjRef o, ObjRef name, const ObjRef *args, int64_t nargs, Obj **out);
int obj_is_callable(ObjRef o);

/* ---- text, hash, comparison, truth */
Obj *obj_repr(ObjRef o);
Obj *obj_str(ObjRef o);
Obj *obj_ascii(ObjRef o);
Obj *obj_format(ObjRef o, ObjRef spec); /* spec: str or NULL */
int64_t obj_hash(ObjRef o);
Obj *obj_compare(ObjRef a, ObjRef b, CompareOp op);
/* As obj_compare and then truth; identical objects are equal without a call: 1, 0, -1. */
int obj_compare_bool(ObjRef a, ObjRef b, CompareOp op);
int obj_equal(ObjRef a, ObjRef b);
int obj_truth(ObjRef o);

/* ---- containers and iteration */
int64_t obj_length(ObjRef o);
/* __length_hint__: default when there is none; -1 error. */
int64_t obj_length_hint(ObjRef o, int64_t fallback);
Obj *obj_getitem(ObjRef o, ObjRef key);
int obj_setitem(ObjRef o, ObjRef key, ObjRef value); /* value NULL: delete */
Obj *obj_getitem_index(ObjRef o, int64_t index);
int obj_contains(ObjRef container, ObjRef item);
Obj *obj_iter(ObjRef o);
/* Next item of an iterator (obj_iter's result): 1, 0 (StopIteration swallowed), -1. */
int obj_next(ObjRef iterator, Obj **out);
/* A new list / tuple of all items. */
Obj *obj_to_list(ObjRef iterable);
Obj *obj_to_tuple(ObjRef iterable);

/* ---- arithmetic */
typedef enum BinaryOp {
    BINARY_ADD,
    BINARY_AND,
    BINARY_FLOOR_DIVIDE,
    BINARY_LSHIFT,
    BINARY_MATRIX_MULTIPLY,
    BINARY_MULTIPLY,
    BINARY_REMAINDER,
    BINARY_OR,
    BINARY_POWER,
    BINARY_RSHIFT,
    BINARY_SUBTRACT,
    BINARY_TRUE_DIVIDE,
    BINARY_XOR, /* in the order of CPython 3.11's NB_… numbers */
    BINARY_OPS,
} BinaryOp;
Obj *obj_binary(ObjRef a, ObjRef b, BinaryOp op);
Obj *obj_binary_inplace(ObjRef a, ObjRef b, BinaryOp op);
Obj *obj_power(ObjRef a, ObjRef b, ObjRef modulus);
Obj *obj_divmod(ObjRef a, ObjRef b);
Obj *obj_negative(ObjRef o);
Obj *obj_positive(ObjRef o);
Obj *obj_invert(ObjRef o);
Obj *obj_absolute(ObjRef o);
/* __index__: an int (exact or subclass), or TypeError. */
Obj *obj_index(ObjRef o);
/* __index__ as int64; an overflow raises `overflow` (an exception type), or clips when NULL.
 * Returns -1 with an exception on error: check err_occurred. */
int64_t obj_as_index(ObjRef o, ObjRef overflow);
/* As obj_as_index with IndexError "cannot fit 'int' into an index-sized integer": 0/-1 and *out. */
int obj_to_int64(ObjRef o, int64_t *out);
/* float(o) for arguments: __float__ or __index__; 0/-1. */
int obj_to_double(ObjRef o, double *out);

/* ---- types */
int obj_isinstance(ObjRef o, ObjRef cls); /* with __instancecheck__, tuples, unions */
int obj_issubclass(ObjRef type, ObjRef cls);
/* isinstance without user hooks. */
static inline int obj_is(ObjRef o, const Type *type)
{
    return obj_type(o) == type || type_is_subtype(obj_type(o), type);
}
Obj *obj_dir(ObjRef o); /* sorted list of names */

/* Bounded recursion of repr over self-referring containers: 1 when o is already being printed,
 * 0 entered (pair with obj_repr_leave), -1 error. */
int obj_repr_enter(ObjRef o);
void obj_repr_leave(ObjRef o);

/* Marks a number as seen: its address was revealed, so it is never overwritten in place.  Called by
 * id() and everything else that shows an address. */
void obj_reveal(ObjRef o);

#endif
