#ifndef OURO_VM_INTERP_ATTRIBUTE_CACHE_H
#define OURO_VM_INTERP_ATTRIBUTE_CACHE_H

/*
 * A table of what attribute names mean for shapes, shared by all sites: for those that see more
 * shapes than their own caches hold.
 */

#include "runtime/core/shape.h"

enum {
    ATTRIBUTE_METHOD = -1, /* an unbound method found in the class; the instance has no such slot */
    ATTRIBUTE_OTHER = -2,  /* anything else: ask the object */
};

typedef struct AttributeEntry {
    const Shape *shape;
    Obj *name;      /* owned: its address stays taken */
    uint64_t epoch; /* type_epoch */
    ObjRef method;  /* borrowed while the epoch stands */
    int32_t slot;   /* of the instance, or ATTRIBUTE_… */
    bool writable;  /* storing to the slot is all that assignment does */
} AttributeEntry;

enum { ATTRIBUTE_ENTRIES = 1024 };
extern AttributeEntry attribute_entries[ATTRIBUTE_ENTRIES];

/* Works the entry out anew. */
const AttributeEntry *attribute_cache_fill(AttributeEntry *entry, ObjRef o, ObjRef name);

/* The entry for an interned name of an object. */
static inline const AttributeEntry *attribute_cache_find(ObjRef o, ObjRef name)
{
    uintptr_t hash = ((uintptr_t)o->shape >> 4) * 31 + ((uintptr_t)name >> 4);
    AttributeEntry *entry = &attribute_entries[(hash ^ (hash >> 10)) % ATTRIBUTE_ENTRIES];
    if (__builtin_expect(
            entry->shape == o->shape && entry->name == name && entry->epoch == type_epoch, 1))
        return entry;
    return attribute_cache_fill(entry, o, name);
}

void attribute_cache_clear(void);

#endif
