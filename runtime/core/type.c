/*
 * Types: making builtin types ready and taking them apart, attribute lookup along the MRO with its
 * cache, and what must happen when a type changes.
 *
 * Versions.  type_lookup caches by (type->version, name).  A type gets a version when it is first
 * looked up in, and so do its bases before it; a change takes the versions of the type and of all
 * classes below away.  So a type with a version has only bases with versions, and a type without
 * one has only subclasses without.
 *
 * Static types are registered as they become ready; runtime_finish unreadies them in reverse.  See
 * type_object.c for the type `type` itself, type_new.c for class statements, type_slots.c for
 * slots.
 */

#include <stddef.h>
#include <string.h>

#include "gc/collector.h"
#include "gc/mem.h"
#include "runtime/core/err.h"
#include "runtime/core/instance.h"
#include "runtime/core/mro.h"
#include "runtime/core/names.h"
#include "runtime/core/object.h"
#include "runtime/core/roots.h"
#include "runtime/core/shape.h"
#include "runtime/core/type_build.h"
#include "runtime/core/type_slots.h"
#include "runtime/types/descriptor.h"
#include "runtime/types/dict.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/int_big.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"

struct TypeList {
    int32_t count, room;
    Type *items[];
};

uint64_t type_epoch = 1;

static uint64_t last_version;

/* Static types that are ready, in order. */
static Type **registry;
static int64_t registry_count, registry_room;

/* ---------------------------------------------------------------- lookup */

enum { CACHE_SIZE = 4096 };

typedef struct CacheEntry {
    uint64_t version; /* 0: free */
    Obj *name;        /* owned */
    ObjRef value;     /* borrowed from the type's dict; NULL: known to be absent */
} CacheEntry;

static CacheEntry cache[CACHE_SIZE];

static CacheEntry *cache_entry(uint64_t version, ObjRef name)
{
    return &cache[(version * 61 ^ (uintptr_t)name >> 4) % CACHE_SIZE];
}

void type_forget_cache(void)
{
    for (int i = 0; i < CACHE_SIZE; i++) {
        cache[i].version = 0;
        cache[i].value = NULL;
        obj_clear(&cache[i].name);
    }
}

static void assign_version(Type *type)
{
    if (type->version != 0)
        return;
    for (int64_t i = 0; i < tuple_length(type->bases); i++)
        assign_version((Type *)tuple_peek(type->bases, i));
    type->version = ++last_version;
}

/* *complete becomes false when a namespace could not be filled for lack of memory. */
static ObjRef search_mro(const Type *type, ObjRef name, bool *complete)
{
    *complete = true;
    ObjRef mro = type->mro;
    if (mro == NULL)
        return NULL;
    for (int64_t i = 0; i < tuple_length(mro); i++) {
        const DictObj *dict = dict_cast(type_dict((const Type *)tuple_peek(mro, i)));
        if (dict == NULL) {
            *complete = false;
            continue;
        }
        int64_t entry = dict_find_str(dict, name);
        if (entry >= 0)
            return dict->entries[entry].value;
    }
    return NULL;
}

ObjRef type_lookup(Type *type, ObjRef name)
{
    bool complete;
    if (__builtin_expect(!str_check_exact(name) || !str_cast(name)->interned, 0)) {
        if (str_check_exact(name))
            return search_mro(type, name, &complete);
        Obj *exact = str_substring(name, 0, str_length(name));
        if (exact == NULL) {
            err_clear();
            return NULL;
        }
        ObjRef value = search_mro(type, exact, &complete);
        obj_decref(exact);
        return value;
    }
    if (type->version != 0) {
        const CacheEntry *entry = cache_entry(type->version, name);
        if (entry->version == type->version && entry->name == name)
            return entry->value;
    } else if (type->mro == NULL || type->bases == NULL || (type->head.flags & TYPE_READY) == 0) {
        return search_mro(type, name, &complete);
    } else {
        assign_version(type);
    }
    ObjRef value = search_mro(type, name, &complete);
    if (!complete)
        return value;
    CacheEntry *entry = cache_entry(type->version, name);
    entry->version = type->version;
    entry->value = value;
    obj_replace(&entry->name, obj_incref(name));
    return value;
}

int type_is_subtype(const Type *type, const Type *base)
{
    if (type == base || base == &object_type)
        return 1;
    if (type->mro == NULL) {
        for (; type != NULL; type = type->base) {
            if (type == base)
                return 1;
        }
        return 0;
    }
    const TupleObj *mro = tuple_cast(type->mro);
    for (int64_t i = 0; i < mro->length; i++) {
        if (mro->items[i] == &base->head.base)
            return 1;
    }
    return 0;
}

const char *type_name(const Type *type)
{
    const char *dot = type->head.flags & TYPE_HEAP ? NULL : strrchr(type->head.name, '.');
    return dot == NULL ? type->head.name : dot + 1;
}

/* ---------------------------------------------------------------- subclasses */

int type_add_subclass(Type *base, Type *type)
{
    struct TypeList *list = base->subclasses;
    int32_t count = list == NULL ? 0 : list->count;
    int32_t room = list == NULL ? 0 : list->room;
    if (count == room) {
        int32_t more = room == 0 ? 4 : room * 2;
        size_t head = sizeof(struct TypeList), item = sizeof(Type *);
        list = mem_realloc(list, list == NULL ? 0 : head + (size_t)room * item,
                           head + (size_t)more * item);
        if (list == NULL) {
            err_no_memory();
            return -1;
        }
        list->room = more;
        list->count = count;
        base->subclasses = list;
    }
    list->items[list->count++] = type;
    return 0;
}

void type_remove_subclass(Type *base, const Type *type)
{
    struct TypeList *list = base->subclasses;
    for (int32_t i = 0; list != NULL && i < list->count; i++) {
        if (list->items[i] == type) {
            list->count--;
            memmove(&list->items[i], &list->items[i + 1],
                    (size_t)(list->count - i) * sizeof(Type *));
            return;
        }
    }
}

void type_free_subclasses(Type *type)
{
    struct TypeList *list = type->subclasses;
    type->subclasses = NULL;
    if (list != NULL)
        mem_free(list, sizeof(struct TypeList) + (size_t)list->room * sizeof(Type *));
}

void type_set_pattern(Type *type, uint32_t flag)
{
    const uint32_t both = TYPE_SEQUENCE | TYPE_MAPPING;
    if ((type->head.flags & TYPE_HEAP) == 0 || (type->head.flags & both) == flag)
        return;
    type->head.flags = (type->head.flags & ~both) | flag;
    for (int32_t i = 0; i < type_subclass_count(type); i++)
        type_set_pattern(type_subclass_at(type, i), flag);
}

int32_t type_subclass_count(const Type *type)
{
    return type->subclasses == NULL ? 0 : type->subclasses->count;
}

Type *type_subclass_at(const Type *type, int32_t i)
{
    return type->subclasses->items[i];
}

/* ---------------------------------------------------------------- change */

static void forget_version(Type *type)
{
    if (type->version == 0)
        return;
    type->version = 0;
    for (int32_t i = 0; i < type_subclass_count(type); i++)
        forget_version(type_subclass_at(type, i));
}

static void update_slots(Type *type, ObjRef name)
{
    if ((type->head.flags & TYPE_HEAP) == 0)
        return;
    type_slots_update(type, name);
    for (int32_t i = 0; i < type_subclass_count(type); i++) {
        Type *subclass = type_subclass_at(type, i);
        /* One that defines the method itself is not concerned. */
        if (name != NULL && subclass->dict != NULL &&
            dict_find_str(dict_cast(subclass->dict), name) >= 0)
            continue;
        update_slots(subclass, name);
    }
}

void type_data_replaced(Type *type)
{
    forget_version(type);
}

int type_modified(Type *type, ObjRef name)
{
    forget_version(type);
    type_epoch++;
    if (name == NULL || type_slots_has_name(name))
        update_slots(type, name);
    return 0;
}

/* ---------------------------------------------------------------- builtin types */

/* Weak references of types that keep their head in the payload. */
static Obj **payload_weak_list(ObjRef self)
{
    return (Obj **)((uintptr_t)self + (uintptr_t)obj_type(self)->weak_list_offset);
}

void type_prepare(Type *type)
{
    /* Classes have a GcLink, other than the static types, whose shape type_type.root is. */
    static Shape class_shape = {.type = &type_type.head};
    type->root.type = &type->head;
    type->shape = type == &type_type ? &class_shape : &type->root;
    if (type->head.base.shape == NULL)
        type->head.base.shape = &type_type.root;
    if (type->head.flags & TYPE_GC)
        type->head.presize = (int32_t)sizeof(GcLink);
}

bool type_is_static(const Type *address)
{
    for (int64_t i = 0; i < registry_count; i++) {
        if (registry[i] == address)
            return true;
    }
    return false;
}

const Type *type_of_static_shape(const void *address)
{
    if (address == &int_seen_shape || address == &int_big_shape)
        return &int_type;
    if (address == &float_seen_shape)
        return &float_type;
    for (int64_t i = 0; i < registry_count; i++) {
        if (shape_belongs(registry[i], address))
            return registry[i];
    }
    return NULL;
}

static int register_static(Type *type)
{
    if (registry_count == 0) {
        roots_add("the cache of attribute lookups in classes", &cache[0].name, CACHE_SIZE,
                  sizeof cache[0]);
    }
    if (registry_count == registry_room) {
        int64_t room = registry_room == 0 ? 256 : registry_room * 2;
        Type **grown = mem_realloc(registry, (size_t)registry_room * sizeof(Type *),
                                   (size_t)room * sizeof(Type *));
        if (grown == NULL) {
            err_no_memory();
            return -1;
        }
        registry = grown;
        registry_room = room;
    }
    registry[registry_count++] = type;
    return 0;
}

/* What instances are like, where the definition leaves it to the base. */
static void inherit_layout(Type *type)
{
    static const uint32_t kinds = TYPE_INT | TYPE_STR | TYPE_LIST | TYPE_TUPLE | TYPE_DICT |
                                  TYPE_TYPE | TYPE_EXCEPTION | TYPE_BYTES | TYPE_FLOAT | TYPE_SET |
                                  TYPE_VAR | TYPE_SEQUENCE | TYPE_MAPPING;
    const Type *base = type->base;
    TypeHead *head = &type->head;
    head->flags |= TYPE_IMMUTABLE;
    if (base == NULL)
        return;
    head->flags |= base->head.flags & kinds;
    if (type->basic_size == 0)
        type->basic_size = base->basic_size;
    if (type->item_size == 0)
        type->item_size = base->item_size;
    if (type->dict_offset == 0)
        type->dict_offset = base->dict_offset;
    if (type->weak_list_offset == 0)
        type->weak_list_offset = base->weak_list_offset;
    if ((base->head.flags & TYPE_GC) && (head->flags & TYPE_GC) == 0)
        head->flags |= TYPE_GC;
    if (head->traverse == NULL)
        head->traverse = base->head.traverse;
    if (head->clear == NULL)
        head->clear = base->head.clear;
    if (head->dealloc == NULL)
        head->dealloc = base->head.dealloc;
    if (head->weak_list == NULL) {
        head->weak_list = base->head.weak_list;
        if (type->weak_list_offset != 0)
            head->weak_list = payload_weak_list;
    }
}

/* Enters an attribute unless there is one; a key of ASCII text. */
static int add_steal(ObjRef dict, const char *name, bool replace, Obj *value)
{
    Obj *key = value == NULL ? NULL : str_intern_ascii(name);
    int status = -1;
    if (key != NULL) {
        status = 0;
        if (replace || dict_find_str(dict_cast(dict), key) < 0)
            status = dict_set(dict, key, value);
    }
    obj_xdecref(key);
    obj_xdecref(value);
    return status;
}

static int add_tables(Type *type, ObjRef dict)
{
    for (const MethodDef *def = type->methods; def != NULL && def->name != NULL; def++) {
        if (add_steal(dict, def->name, (def->flags & METHOD_COEXIST) != 0,
                      descriptor_new_method(type, def)) < 0)
            return -1;
    }
    for (const MemberDef *def = type->members; def != NULL && def->name != NULL; def++) {
        if (add_steal(dict, def->name, false, descriptor_new_member(type, def)) < 0)
            return -1;
    }
    for (const GetSetDef *def = type->getset; def != NULL && def->name != NULL; def++) {
        if (add_steal(dict, def->name, false, descriptor_new_getset(type, def)) < 0)
            return -1;
    }
    return 0;
}

static int fill_dict(Type *type, ObjRef dict)
{
    if (type_slots_add_methods(type, dict) < 0 || add_tables(type, dict) < 0 ||
        add_steal(dict, "__doc__", false, descriptor_doc(type_name(type), type->doc)) < 0 ||
        (type->fill != NULL && type->fill(type, dict) < 0))
        return -1;
    /* A type that compares in its own way and does not say how it hashes. */
    if (type->hash == object_hash_unhashable &&
        (type->base == NULL || type->base->hash != type->hash))
        return add_steal(dict, "__hash__", false, none_new());
    return 0;
}

ObjRef type_fill_dict(Type *type)
{
    if ((type->head.flags & (TYPE_READY | TYPE_HEAP)) != TYPE_READY)
        return NULL;
    /* Nobody can tell when this happens: no collection, the counts of one stay, and a memory limit
     * that was reached does not take the methods of types away (their number is finite). */
    mem_reserve_open();
    int64_t count = gc_heap.generations[0].count;
    bool enabled = gc_heap.enabled;
    gc_heap.enabled = false;
    Obj *pending = err_fetch();
    Obj *dict = dict_new();
    if (dict != NULL) {
        dict_cast(dict)->flags |= DICT_CLASS;
        if (fill_dict(type, dict) < 0)
            obj_clear(&dict);
    }
    type->dict = dict;
    mem_reserve_close();
    err_restore_steal(pending);
    gc_heap.enabled = enabled;
    gc_heap.generations[0].count = count;
    return dict;
}

/* What follows from a definition besides its namespace. */
static void complete_slots(Type *type)
{
    type_slots_note_own(type);
    if (type->base == &object_type && type->new == NULL)
        type->head.flags |= TYPE_NO_NEW;
    if (type->hash == NULL && type->compare != NULL)
        type->hash = object_hash_unhashable;
    if (type->base != NULL) {
        type_slots_inherit(type, type->base);
        if (type->new == NULL && (type->head.flags & TYPE_NO_NEW) == 0)
            type->new = type->base->new;
    }
}

static int make_names(Type *type)
{
    type->name = str_intern_ascii(type_name(type));
    if (type->name == NULL)
        return -1;
    type->qualname = obj_incref(type->name);
    return 0;
}

int type_ready(Type *type)
{
    if (type->head.flags & TYPE_READY)
        return 0;
    type_prepare(type);
    if (type->base == NULL && type != &object_type)
        type->base = &object_type;
    if (type->base != NULL && type_ready(type->base) < 0)
        return -1;
    if (register_static(type) < 0)
        return -1;
    inherit_layout(type);
    type_prepare(type);
    if (make_names(type) < 0)
        return -1;
    if (type->bases == NULL) {
        type->bases = type->base == NULL ? tuple_new(0) : tuple_pack(1, type->base);
        if (type->bases == NULL)
            return -1;
    }
    complete_slots(type);
    type->mro = mro_compute(type);
    if (type->mro == NULL)
        return -1;
    if (type->head.finalize != NULL)
        type->head.flags |= TYPE_FINALIZE;
    for (int64_t i = 0; i < tuple_length(type->bases); i++) {
        if (type_add_subclass((Type *)tuple_peek(type->bases, i), type) < 0)
            return -1;
    }
    type->head.flags |= TYPE_READY;
    return 0;
}

void type_unready(Type *type)
{
    if (type->name == NULL)
        return;
    type->version = 0;
    if (type->bases != NULL) {
        for (int64_t i = 0; i < tuple_length(type->bases); i++)
            type_remove_subclass((Type *)tuple_peek(type->bases, i), type);
    }
    obj_clear(&type->mro);
    obj_clear(&type->dict);
    obj_clear(&type->bases);
    obj_clear(&type->name);
    obj_clear(&type->qualname);
    obj_clear(&type->module);
    type_free_subclasses(type);
    type_slots_reset(type);
    type->head.flags &= ~(uint32_t)(TYPE_READY | TYPE_FINALIZE);
}

int type_each_static(int (*visit)(Type *type, void *context), void *context)
{
    int stop = 0;
    for (int64_t i = 0; stop == 0 && i < registry_count; i++)
        stop = visit(registry[i], context);
    return stop;
}

void type_unready_all(void)
{
    type_forget_cache();
    while (registry_count > 0)
        type_unready(registry[--registry_count]);
    mem_free(registry, (size_t)registry_room * sizeof(Type *));
    registry = NULL;
    registry_room = 0;
}
