#ifndef OURO_RUNTIME_TYPES_SLICE_H
#define OURO_RUNTIME_TYPES_SLICE_H

/* slice: start, stop and step as written between brackets; and the arithmetic of slice indices. */

#include <stdint.h>

#include "runtime/core/object.h"

typedef struct SliceObj {
    Obj base;
    Obj *start, *stop, *step; /* owned, never NULL; None where left out */
} SliceObj;

extern Type slice_type;

#define slice_cast(o) ((SliceObj *)(o))
#define slice_check(o) (obj_type(o) == &slice_type)

/* slice(start, stop, step); NULL stands for None. */
Obj *slice_new(ObjRef start, ObjRef stop, ObjRef step);
/* As slice_new, taking over three owned references (not NULL), also on failure. */
Obj *slice_new_steal(Obj *start, Obj *stop, Obj *step);
/* The three fields as numbers, clipped to int64; runs __index__, so ask for the length afterwards.
 * ValueError "slice step cannot be zero": 0/-1. */
int slice_unpack(ObjRef slice, int64_t *start, int64_t *stop, int64_t *step);
/* Clips what slice_unpack gave to a sequence of `length` items; returns the items selected. */
int64_t slice_adjust(int64_t length, int64_t *start, int64_t *stop, int64_t step);
/* slice.indices(length) for an int length >= 0 of any size: three new ints in out[], 0/-1. */
int slice_indices(ObjRef slice, ObjRef length, Obj *out[3]);

#endif
