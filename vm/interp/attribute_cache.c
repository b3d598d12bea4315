/*
 * The shared table of attribute lookups.
 *
 * Entries are direct-mapped and overwritten freely.  A shape belongs to one type and lives as long
 * as it; when a class goes the epoch moves, so an entry can never be taken for one of a new shape
 * at the same address.
 */

#include "vm/interp/attribute_cache.h"

#include "runtime/core/object.h"

AttributeEntry attribute_entries[ATTRIBUTE_ENTRIES];

const AttributeEntry *attribute_cache_fill(AttributeEntry *entry, ObjRef o, ObjRef name)
{
    Type *type = obj_type(o);
    ObjRef descriptor = type_lookup(type, name);
    Obj *old_name = entry->name;
    entry->shape = o->shape;
    entry->name = obj_incref(name);
    entry->epoch = type_epoch;
    entry->method = NULL;
    entry->slot = ATTRIBUTE_OTHER;
    entry->writable = false;
    obj_xdecref(old_name);
    if (type->getattr != object_getattr ||
        (descriptor != NULL && obj_type(descriptor)->set != NULL))
        return entry;
    if (type->head.flags & TYPE_INLINE_ATTRS) {
        if (o->shape->flags & SHAPE_DICT)
            return entry;
        int32_t slot = shape_find(o->shape, name);
        if (slot >= 0) {
            entry->slot = slot;
            entry->writable = type->setattr == object_setattr;
            return entry;
        }
    } else if (type->dict_offset != 0) {
        return entry;
    }
    if (descriptor != NULL && obj_has_flag(descriptor, TYPE_METHOD_DESCRIPTOR)) {
        entry->method = descriptor;
        entry->slot = ATTRIBUTE_METHOD;
    }
    return entry;
}

void attribute_cache_clear(void)
{
    for (int i = 0; i < ATTRIBUTE_ENTRIES; i++) {
        Obj *name = attribute_entries[i].name;
        attribute_entries[i] = (AttributeEntry){0};
        obj_xdecref(name);
    }
}
