#ifndef OURO_RUNTIME_CORE_TYPE_SLOTS_H
#define OURO_RUNTIME_CORE_TYPE_SLOTS_H

/* The table of slots.def, and how the slots of a type are filled. */

#include <stdbool.h>
#include <stdint.h>

#include "runtime/core/type.h"

/* Any slot function. */
typedef void (*SlotFn)(void);
/* Calls a slot function with the arguments of a method call (self apart). */
typedef Obj *(*WrapFn)(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames,
                       SlotFn wrapped);

typedef struct SlotRow {
    int32_t name;    /* offset of the method's name in `names` */
    int32_t offset;  /* of the slot in Type */
    SlotFn dispatch; /* see slots.def */
    WrapFn wrap;
    const char *text; /* the name as ASCII */
    const char *doc;  /* "(args): text" */
} SlotRow;

extern const SlotRow slot_rows[];
extern const int slot_row_count;

static inline ObjRef *slot_row_name_place(const SlotRow *row, void *all_names)
{
    return (ObjRef *)(void *)((char *)all_names + row->name);
}

/* The slot of a type that a row speaks of. */
static inline SlotFn *slot_row_place(const Type *type, const SlotRow *row)
{
    return (SlotFn *)(void *)((char *)(uintptr_t)type + row->offset);
}

/* Notes in type->own_slots what the static definition fills. */
void type_slots_note_own(Type *type);
/* Enters a method for each slot of its own into the namespace of a static type: 0/-1. */
int type_slots_add_methods(Type *type, ObjRef dict);
/* Fills the empty slots of a static type from its base. */
void type_slots_inherit(Type *type, const Type *base);
/* Empties the slots that type_slots_inherit filled. */
void type_slots_reset(Type *type);
/* Takes over all slots of the base of a new class. */
void type_slots_copy(Type *type, const Type *base);
/* Recomputes the slots of a class from what its MRO defines: those that `name` has a part in (NULL:
 * all). */
void type_slots_update(Type *type, ObjRef name);
/* A special method is among the keys of a class's own namespace that take part in slots. */
bool type_slots_has_name(ObjRef name);

/* slot_wrapper.c */
Obj *slot_wrapper_new(Type *owner, const SlotRow *row, SlotFn wrapped);
const SlotRow *slot_wrapper_row(ObjRef wrapper);
/* slot_dispatch.c: the new slot of a class with its own __new__. */
Obj *slot_new(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames);
/* builtin __new__ methods (type_call.c): made for each type that fills `new`. */
Obj *type_new_method(Type *type);
bool type_is_new_method(ObjRef o);

#endif
