/*
 * Filling the slots of types.
 *
 * Builtin types: type_slots_note_own notes the slots that a static definition fills,
 * type_slots_inherit takes the others over from the base, and type_slots_add_methods makes methods
 * of the type's own when its namespace is filled.  Classes: a slot is derived from what the MRO
 * says about the special methods of its rows.  When all of them come from one builtin type that the
 * class derives from, the slot is that type's own function; when one is anything else, it is the
 * row's dispatch function, which calls the methods by name; without any, it is empty.
 *
 * The rule for when a builtin function may be used directly is CPython's (Objects/typeobject.c,
 * update_one_slot), widened to builtin methods that stand for a slot (list.__getitem__).
 */

#include "runtime/core/type_slots.h"

#include <stddef.h>
#include <string.h>

#include "runtime/core/names.h"
#include "runtime/core/object.h"
#include "runtime/core/slot_functions.h"
#include "runtime/types/descriptor.h"
#include "runtime/types/dict.h"
#include "runtime/types/str.h"

#define SLOT(name, field, dispatch, wrap, doc)                                                     \
    {(int32_t)offsetof(Names, dunder_##name),                                                      \
     (int32_t)offsetof(Type, field),                                                               \
     (SlotFn)dispatch,                                                                             \
     wrap,                                                                                         \
     "__" #name "__",                                                                              \
     doc},

const SlotRow slot_rows[] = {
#include "runtime/core/slots.def"
};
#undef SLOT

enum { ROWS = sizeof slot_rows / sizeof slot_rows[0] };

/* The slots of Type stand side by side, so that they can be taken as an array; `finalize` alone,
 * which the collector needs to know, is counted as the one after the last. */
enum {
    FIRST_SLOT = offsetof(Type, repr),
    SLOTS = (offsetof(Type, anext) - offsetof(Type, repr)) / sizeof(SlotFn) + 1,
    FINALIZE_SLOT = SLOTS,
};
_Static_assert(SLOTS < 128, "own_slots has 128 bits");

const int slot_row_count = ROWS;

static ObjRef row_name(const SlotRow *row)
{
    return *slot_row_name_place(row, &names);
}

/* The number of the slot that lies `offset` bytes into Type. */
static inline int slot_number(size_t offset)
{
    return offset == offsetof(Type, head.finalize) ? FINALIZE_SLOT
                                                   : (int)((offset - FIRST_SLOT) / sizeof(SlotFn));
}

static inline SlotFn *slot_at(const Type *type, int number)
{
    size_t offset = number == FINALIZE_SLOT ? offsetof(Type, head.finalize)
                                            : FIRST_SLOT + (size_t)number * sizeof(SlotFn);
    return (SlotFn *)(void *)((char *)(uintptr_t)type + offset);
}

static inline bool has_bit(const uint64_t *bits, int number)
{
    return (bits[number / 64] >> (number % 64) & 1) != 0;
}

static bool is_own(const Type *type, size_t offset)
{
    return has_bit(type->own_slots, slot_number(offset));
}

/* The slots that the rows speak of, as bits; made once. */
static const uint64_t *row_slots(void)
{
    static uint64_t bits[2];
    static bool made;
    for (int i = 0; !made && i < ROWS; i++) {
        int number = slot_number((size_t)slot_rows[i].offset);
        bits[number / 64] |= (uint64_t)1 << (number % 64);
    }
    made = true;
    return bits;
}

/* ---------------------------------------------------------------- builtin types */

void type_slots_note_own(Type *type)
{
    type->own_slots[0] = type->own_slots[1] = 0;
    for (int i = 0; i <= FINALIZE_SLOT; i++) {
        if (*slot_at(type, i) != NULL)
            type->own_slots[i / 64] |= (uint64_t)1 << (i % 64);
    }
}

int type_slots_add_methods(Type *type, ObjRef dict)
{
    for (int i = 0; i < ROWS; i++) {
        const SlotRow *row = &slot_rows[i];
        if (!is_own(type, (size_t)row->offset) || row->wrap == NULL ||
            dict_find_str(dict_cast(dict), row_name(row)) >= 0)
            continue;
        SlotFn fn = *slot_row_place(type, row);
        Obj *method;
        if (fn == (SlotFn)object_hash_unhashable)
            method = none_new();
        else
            method = slot_wrapper_new(type, row, fn);
        int status = method == NULL ? -1 : dict_set(dict, row_name(row), method);
        obj_xdecref(method);
        if (status < 0)
            return -1;
    }
    if (!is_own(type, offsetof(Type, new)) || (type->head.flags & TYPE_NO_NEW))
        return 0;
    Obj *method = type_new_method(type);
    int status = method == NULL ? -1 : dict_set(dict, names.dunder_new, method);
    obj_xdecref(method);
    return status;
}

void type_slots_inherit(Type *type, const Type *base)
{
    const uint64_t *rows = row_slots();
    uint64_t wanted[2] = {rows[0] & ~type->own_slots[0], rows[1] & ~type->own_slots[1]};
    /* A type that compares in its own way must say itself how it hashes. */
    int kept[2] = {
        slot_number(type->compare != NULL ? offsetof(Type, hash) : offsetof(Type, new)),
        slot_number(type->get_item != NULL ? offsetof(Type, item) : offsetof(Type, new))};
    for (int i = 0; i < 2; i++)
        wanted[kept[i] / 64] &= ~((uint64_t)1 << (kept[i] % 64));
    for (int half = 0; half < 2; half++) {
        for (uint64_t bits = wanted[half]; bits != 0; bits &= bits - 1) {
            int number = half * 64 + __builtin_ctzll(bits);
            if (*slot_at(type, number) == NULL)
                *slot_at(type, number) = *slot_at(base, number);
        }
    }
}

void type_slots_reset(Type *type)
{
    for (int i = 0; i <= FINALIZE_SLOT; i++) {
        if (!has_bit(type->own_slots, i))
            *slot_at(type, i) = NULL;
    }
}

/* ---------------------------------------------------------------- classes */

void type_slots_copy(Type *type, const Type *base)
{
    for (int i = 0; i < ROWS; i++)
        *slot_row_place(type, &slot_rows[i]) = *slot_row_place(base, &slot_rows[i]);
    type->new = base->new;
}

bool type_slots_has_name(ObjRef name)
{
    if (name == names.dunder_new)
        return true;
    for (int i = 0; i < ROWS; i++) {
        if (row_name(&slot_rows[i]) == name)
            return true;
    }
    return false;
}

/* The builtin type whose slot the method stands for under the row's name, or NULL. */
static const Type *builtin_owner(ObjRef method, const SlotRow *row)
{
    const Type *type = obj_type(method);
    if (type == &slot_wrapper_type) {
        if (slot_wrapper_row(method)->name != row->name)
            return NULL;
    } else if (type == &method_descriptor_type) {
        if (descriptor_cast(method)->name != row_name(row))
            return NULL;
    } else {
        return NULL;
    }
    const Type *owner = descriptor_cast(method)->owner;
    return owner->head.flags & TYPE_HEAP ? NULL : owner;
}

static void update_slot(Type *type, int32_t offset)
{
    SlotFn specific = NULL, generic = NULL;
    bool use_generic = false;
    for (int i = 0; i < ROWS; i++) {
        const SlotRow *row = &slot_rows[i];
        if (row->offset != offset)
            continue;
        ObjRef method = type_lookup(type, row_name(row));
        if (method == NULL)
            continue;
        if (row->dispatch != NULL)
            generic = row->dispatch;
        const Type *owner = builtin_owner(method, row);
        SlotFn fn = NULL;
        if (owner != NULL && type_is_subtype(type, owner)) {
            fn = *slot_row_place(owner, row);
            if (fn == NULL)
                continue; /* the method stands for another slot of the same name */
        } else if (is_none(method) && offset == (int32_t)offsetof(Type, hash)) {
            fn = (SlotFn)object_hash_unhashable;
        }
        if (fn != NULL && (specific == NULL || specific == fn))
            specific = fn;
        else
            use_generic = true;
    }
    *(SlotFn *)(void *)((char *)type + offset) = use_generic ? generic : specific;
}

static void update_new(Type *type)
{
    ObjRef method = type_lookup(type, names.dunder_new);
    if (method == NULL)
        return;
    type->new = type_is_new_method(method) ? type->base->new : slot_new;
}

void type_slots_update(Type *type, ObjRef name)
{
    for (int i = 0; i < ROWS; i++) {
        const SlotRow *row = &slot_rows[i];
        if (name != NULL ? row_name(row) == name : i == 0 || row[-1].offset != row->offset)
            update_slot(type, row->offset);
    }
    if (name == NULL || name == names.dunder_new)
        update_new(type);
    if (type->head.finalize != NULL)
        type->head.flags |= TYPE_FINALIZE;
    else
        type->head.flags &= ~(uint32_t)TYPE_FINALIZE;
}
