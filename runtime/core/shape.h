#ifndef OURO_RUNTIME_CORE_SHAPE_H
#define OURO_RUNTIME_CORE_SHAPE_H

/*
 * Hidden classes.  The shape of an instance says its type and which attribute is in which slot, so
 * that one pointer compare guards both.  Adding an attribute follows a transition; deleting one, or
 * asking for __dict__, or going past SHAPE_MAX_SLOTS, turns the instance into dict mode: a shape
 * with SHAPE_DICT whose attributes are in the DictObj of InstExtra.
 *
 * A class begins with the inline capacity that its __init__ seems to need and learns: when an
 * instance overflows, later instances start from a new root with more inline slots.  Source of the
 * idea: maps of Self (Chambers, Ungar, Lee 1989).
 */

#include <stdbool.h>

#include "runtime/core/type.h"

enum { SHAPE_MAX_SLOTS = 64, SHAPE_FIRST_CAPACITY = 4, SHAPE_MAX_CAPACITY = 24 };

/* Slot of the interned name, or -1. */
int32_t shape_find(Shape *shape, ObjRef name);
/* The shape with one attribute more (shared by all that go this way), or NULL (no memory, raised;
 * or not raised when the limit is reached: the caller turns to dict mode). */
Shape *shape_add(Shape *shape, ObjRef name);
/* Name of slot i, borrowed. */
ObjRef shape_name_at(Shape *shape, int32_t slot);
/* The shape for dict mode of objects that have `shape` now (same block size); NULL: no memory,
 * raised. */
Shape *shape_dict_mode(Shape *shape);
/* Gives a class its first root shape / frees its whole tree. */
void shape_init_type(Type *type, int32_t inline_capacity);
void shape_free_type(Type *type);
/* The type's root with this inline capacity, made if there is none; NULL: no memory, raised. */
Shape *shape_root_for(Type *type, int32_t inline_capacity);
/* An instance needed slot `slot` and had no room for it inside: later ones of the class get it. */
void shape_learn(Type *type, int32_t slot);
/* The address is one of the type's shapes (nothing is read through it). */
bool shape_belongs(const Type *type, const void *address);
/* A new class, without instances, is likely to give each of them so many attributes. */
void shape_expect(Type *type, int32_t slots);
/* Reports the names that a type's shapes own. */
int shape_traverse_type(const Type *type, VisitFn visit, void *context);
/* Bytes of the overflow block of an instance with this shape; 0: none. */
static inline int64_t shape_overflow_size(const Shape *shape)
{
    int32_t outside = shape->slot_count - shape->inline_capacity;
    if (outside <= 0 || (shape->flags & SHAPE_DICT))
        return 0;
    int64_t room = 4;
    while (room < outside)
        room *= 2;
    return room * (int64_t)sizeof(Obj *);
}

/* Address of slot i of an instance in slot mode. */
static inline Obj **shape_slot(ObjRef o, const Shape *shape, int32_t slot)
{
    if (__builtin_expect(slot < shape->inline_capacity, 1))
        return (Obj **)((uintptr_t)o + (uintptr_t)shape->inline_offset) + slot;
    return (Obj **)inst_extra(o)->overflow + (slot - shape->inline_capacity);
}

#endif
