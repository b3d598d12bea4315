/*
 * Computed attributes of classes.
 *
 * Those of builtin types are read-only.  __bases__ may be assigned where the layout of instances
 * stays the same; the orders of the class and of all classes below it are then computed anew, and
 * all of it is undone when one of them fails.
 */

#include "runtime/core/type_attrs.h"

#include <string.h>

#include "runtime/core/err.h"
#include "runtime/core/mro.h"
#include "runtime/core/names.h"
#include "runtime/core/object.h"
#include "runtime/core/type_build.h"
#include "runtime/types/descriptor.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/mappingproxy.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"

#define type_cast(o) ((Type *)(uintptr_t)(o))

/* TypeError unless the attribute of this type may be set (value NULL: deleted). */
static int check_settable(const Type *type, ObjRef value, const char *name)
{
    if (type->head.flags & TYPE_IMMUTABLE) {
        return err_format_int(&exc_type_error, "cannot set '%s' attribute of immutable type '%s'",
                              name, type->head.name);
    }
    if (value == NULL) {
        return err_format_int(&exc_type_error,
                              "cannot delete '%s' attribute of immutable type '%s'", name,
                              type->head.name);
    }
    return 0;
}

/* ---------------------------------------------------------------- names */

static Obj *get_name(ObjRef self)
{
    return obj_incref(type_cast(self)->name);
}

static int set_name(ObjRef self, ObjRef value)
{
    Type *type = type_cast(self);
    if (check_settable(type, value, "__name__") < 0)
        return -1;
    if (!str_check(value)) {
        return err_format_int(&exc_type_error, "can only assign string to %s.__name__, not '%T'",
                              type->head.name, value);
    }
    int64_t length;
    const char *text = str_utf8(value, &length);
    if (text == NULL)
        return -1;
    if ((int64_t)strlen(text) != length)
        return err_format_int(&exc_value_error, "type name must not contain null characters");
    type->head.name = text;
    obj_replace(&type->name, obj_incref(value));
    return 0;
}

static Obj *get_qualname(ObjRef self)
{
    return obj_incref(type_cast(self)->qualname);
}

static int set_qualname(ObjRef self, ObjRef value)
{
    Type *type = type_cast(self);
    if (check_settable(type, value, "__qualname__") < 0)
        return -1;
    if (!str_check(value)) {
        return err_format_int(&exc_type_error,
                              "can only assign string to %s.__qualname__, not '%T'",
                              type->head.name, value);
    }
    obj_replace(&type->qualname, obj_incref(value));
    return 0;
}

Obj *type_get_module(ObjRef self)
{
    const Type *type = (const Type *)self;
    if (type->head.flags & TYPE_HEAP) {
        Obj *module;
        int found = dict_get(type->dict, names.dunder_module, &module);
        if (found == 0)
            return err_attribute(self, names.dunder_module, "__module__");
        return module;
    }
    const char *dot = strrchr(type->head.name, '.');
    if (dot == NULL)
        return obj_incref(names.builtins);
    Obj *module = str_from_utf8(type->head.name, dot - type->head.name);
    if (module != NULL)
        str_intern_inplace(&module);
    return module;
}

static int set_module(ObjRef self, ObjRef value)
{
    if (check_settable(type_cast(self), value, "__module__") < 0)
        return -1;
    return type_store(type_cast(self), names.dunder_module, value);
}

/* ---------------------------------------------------------------- documentation, annotations */

static Obj *get_doc(ObjRef self)
{
    const Type *type = (const Type *)self;
    if ((type->head.flags & TYPE_HEAP) == 0)
        return descriptor_doc(type_name(type), type->doc);
    ObjRef doc = dict_peek(type->dict, names.dunder_doc);
    if (doc == NULL)
        return err_occurred() != NULL ? NULL : none_new();
    if (obj_type(doc)->get == NULL)
        return obj_incref(doc);
    Obj *held = obj_incref(doc);
    Obj *result = obj_type(held)->get(held, NULL, self);
    obj_decref(held);
    return result;
}

static int set_doc(ObjRef self, ObjRef value)
{
    if (check_settable(type_cast(self), value, "__doc__") < 0)
        return -1;
    return type_store(type_cast(self), names.dunder_doc, value);
}

static Obj *get_text_signature(ObjRef self)
{
    const Type *type = (const Type *)self;
    return descriptor_text_signature(type_name(type), type->doc, NULL);
}

static Obj *get_annotations(ObjRef self)
{
    Type *type = type_cast(self);
    if ((type->head.flags & TYPE_HEAP) == 0) {
        return err_attribute(self, names.dunder_annotations,
                             "type object '%s' has no attribute '__annotations__'",
                             type->head.name);
    }
    Obj *annotations;
    int found = dict_get(type->dict, names.dunder_annotations, &annotations);
    if (found < 0)
        return NULL;
    if (found > 0) {
        GetFn get = obj_type(annotations)->get;
        if (get != NULL)
            obj_replace(&annotations, get(annotations, NULL, self));
        return annotations;
    }
    annotations = dict_new();
    if (annotations != NULL && type_store(type, names.dunder_annotations, annotations) < 0)
        obj_clear(&annotations);
    return annotations;
}

static int set_annotations(ObjRef self, ObjRef value)
{
    Type *type = type_cast(self);
    if (type->head.flags & TYPE_IMMUTABLE) {
        return err_format_int(&exc_type_error,
                              "cannot set '__annotations__' attribute of immutable type '%s'",
                              type->head.name);
    }
    if (value == NULL && dict_contains(type->dict, names.dunder_annotations) == 0) {
        err_attribute(self, names.dunder_annotations, "__annotations__");
        return -1;
    }
    return type_store(type, names.dunder_annotations, value);
}

static Obj *get_abstract(ObjRef self)
{
    const Type *type = (const Type *)self;
    Obj *value = NULL;
    /* Of static types only `type` has the key: the descriptor that led here. */
    int found = (type->head.flags & TYPE_HEAP) == 0
                    ? 0
                    : dict_get(type->dict, names.dunder_abstractmethods, &value);
    if (found == 0)
        return err_attribute(self, names.dunder_abstractmethods, "__abstractmethods__");
    return value;
}

static int set_abstract(ObjRef self, ObjRef value)
{
    Type *type = type_cast(self);
    int abstract = 0;
    if (type->head.flags & TYPE_IMMUTABLE)
        return check_settable(type, value, "__abstractmethods__");
    if (value != NULL) {
        abstract = obj_truth(value);
        if (abstract < 0)
            return -1;
    } else if (dict_contains(type->dict, names.dunder_abstractmethods) == 0) {
        err_attribute(self, names.dunder_abstractmethods, "__abstractmethods__");
        return -1;
    }
    if (type_store(type, names.dunder_abstractmethods, value) < 0)
        return -1;
    if (abstract)
        type->head.flags |= TYPE_ABSTRACT;
    else
        type->head.flags &= ~(uint32_t)TYPE_ABSTRACT;
    return 0;
}

static Obj *get_dict(ObjRef self)
{
    ObjRef dict = type_dict(type_cast(self));
    return dict == NULL ? err_no_memory() : mappingproxy_new(dict);
}

/* CPython's numbers for the flags that programs look at. */
static Obj *get_flags(ObjRef self)
{
    static const struct {
        uint32_t own;
        int64_t theirs;
    } map[] = {
        {TYPE_IMMUTABLE, 1 << 8}, {TYPE_HEAP, 1 << 9},       {TYPE_BASE, 1 << 10},
        {TYPE_READY, 1 << 12},    {TYPE_GC, 1 << 14},        {TYPE_METHOD_DESCRIPTOR, 1 << 17},
        {TYPE_ABSTRACT, 1 << 20}, {TYPE_INT, 1 << 24},       {TYPE_LIST, 1 << 25},
        {TYPE_TUPLE, 1 << 26},    {TYPE_BYTES, 1 << 27},     {TYPE_STR, 1 << 28},
        {TYPE_DICT, 1 << 29},     {TYPE_EXCEPTION, 1 << 30}, {TYPE_TYPE, (int64_t)1 << 31},
        {TYPE_SEQUENCE, 1 << 5},  {TYPE_MAPPING, 1 << 6},    {TYPE_NO_NEW, 1 << 7},
    };
    uint32_t flags = type_cast(self)->head.flags;
    int64_t result = 0;
    for (size_t i = 0; i < sizeof map / sizeof map[0]; i++) {
        if (flags & map[i].own)
            result |= map[i].theirs;
    }
    return int_new(result);
}

/* ---------------------------------------------------------------- bases */

static bool same_slots(const Type *a, const Type *b)
{
    const MemberDef *m = a->members, *n = b->members;
    if (m == NULL || n == NULL)
        return m == n || (m == NULL ? n->name == NULL : m->name == NULL);
    for (; m->name != NULL && n->name != NULL; m++, n++) {
        if (m->offset != n->offset || strcmp(m->name, n->name) != 0)
            return false;
    }
    return m->name == NULL && n->name == NULL;
}

/* The flags that say where instances keep what. */
static const uint32_t layout_flags = TYPE_GC | TYPE_EXTRA | TYPE_VAR | TYPE_INLINE_ATTRS;

static bool same_kind(const Type *a, const Type *b)
{
    return ((a->head.flags ^ b->head.flags) & layout_flags) == 0 &&
           a->head.weak_list == b->head.weak_list && a->dict_offset == b->dict_offset;
}

/* The nearest type up whose instances differ from those of its base. */
static const Type *layout_definer(const Type *type)
{
    while ((type->head.flags & TYPE_HEAP) && same_kind(type, type->base) &&
           (type->members == NULL || type->members->name == NULL))
        type = type->base;
    return type;
}

int type_check_layout(const Type *new_type, const Type *old_type, const char *attribute)
{
    if ((new_type->head.flags & TYPE_HEAP) != (old_type->head.flags & TYPE_HEAP) ||
        ((new_type->head.flags & TYPE_HEAP) == 0 &&
         new_type->head.dealloc != old_type->head.dealloc)) {
        return err_format_int(&exc_type_error, "%s assignment: '%s' deallocator differs from '%s'",
                              attribute, new_type->head.name, old_type->head.name);
    }
    const Type *a = layout_definer(new_type), *b = layout_definer(old_type);
    if (a == b || (a->base == b->base && same_kind(a, b) && same_slots(a, b)))
        return 0;
    return err_format_int(&exc_type_error, "%s assignment: '%s' object layout differs from '%s'",
                          attribute, new_type->head.name, old_type->head.name);
}

static Obj *get_bases(ObjRef self)
{
    return obj_incref(type_cast(self)->bases);
}

static int check_new_bases(const Type *type, ObjRef value)
{
    if (!tuple_check(value)) {
        return err_format_int(&exc_type_error, "can only assign tuple to %s.__bases__, not %T",
                              type->head.name, value);
    }
    if (tuple_length(value) == 0) {
        return err_format_int(&exc_type_error,
                              "can only assign non-empty tuple to %s.__bases__, not ()",
                              type->head.name);
    }
    for (int64_t i = 0; i < tuple_length(value); i++) {
        ObjRef base = tuple_peek(value, i);
        if (!obj_has_flag(base, TYPE_TYPE)) {
            return err_format_int(&exc_type_error,
                                  "%s.__bases__ must be tuple of classes, not '%T'",
                                  type->head.name, base);
        }
        if (type_is_subtype((const Type *)base, type)) {
            return err_format_int(&exc_type_error, "a __bases__ item causes an inheritance cycle");
        }
    }
    return 0;
}

/* Computes the orders of a type and of all below it; `undo` collects (type, old order) pairs. */
static int update_orders(Type *type, ObjRef undo)
{
    /* A class whose mro() runs for the first time has none yet. */
    Obj *pair = tuple_pack(type->mro == NULL ? 1 : 2, type, type->mro);
    int status = pair == NULL ? -1 : list_append_steal(undo, pair);
    if (status < 0)
        return -1;
    status = mro_assign(type);
    if (status <= 0)
        return status;
    for (int32_t i = 0; i < type_subclass_count(type); i++) {
        if (update_orders(type_subclass_at(type, i), undo) < 0)
            return -1;
    }
    return 0;
}

static void restore_orders(ObjRef undo)
{
    for (int64_t i = list_length(undo) - 1; i >= 0; i--) {
        ObjRef pair = list_peek(undo, i);
        Type *type = type_cast(tuple_peek(pair, 0));
        obj_replace(&type->mro, tuple_length(pair) == 1 ? NULL : obj_incref(tuple_peek(pair, 1)));
        type_modified(type, NULL);
    }
}

static void relink(Type *type, ObjRef old_bases, ObjRef new_bases)
{
    for (int64_t i = 0; i < tuple_length(old_bases); i++)
        type_remove_subclass(type_cast(tuple_peek(old_bases, i)), type);
    for (int64_t i = 0; i < tuple_length(new_bases); i++) {
        if (type_add_subclass(type_cast(tuple_peek(new_bases, i)), type) < 0)
            err_clear();
    }
}

static int set_bases(ObjRef self, ObjRef value)
{
    Type *type = type_cast(self);
    if (check_settable(type, value, "__bases__") < 0 || check_new_bases(type, value) < 0)
        return -1;
    Type *base = type_best_base(value);
    if (base == NULL || type_check_layout(base, type->base, "__bases__") < 0)
        return -1;
    Obj *undo = list_new(0);
    if (undo == NULL)
        return -1;
    Obj *old_bases = type->bases;
    Type *old_base = type->base;
    type->bases = obj_incref(value);
    type->base = (Type *)obj_incref(&base->head.base);
    int status = update_orders(type, undo);
    if (status < 0 && type->bases == value) {
        Obj *error = err_fetch();
        obj_replace(&type->bases, old_bases);
        Type *failed = type->base;
        type->base = old_base;
        obj_decref(&failed->head.base);
        restore_orders(undo);
        err_restore_steal(error);
    } else {
        relink(type, old_bases, type->bases);
        type_modified(type, NULL);
        obj_decref(old_bases);
        obj_decref(&old_base->head.base);
    }
    obj_decref(undo);
    return status;
}

const GetSetDef type_getset[] = {
    {"__name__", get_name, set_name, NULL},
    {"__qualname__", get_qualname, set_qualname, NULL},
    {"__bases__", get_bases, set_bases, NULL},
    {"__module__", type_get_module, set_module, NULL},
    {"__abstractmethods__", get_abstract, set_abstract, NULL},
    {"__dict__", get_dict, NULL, NULL},
    {"__doc__", get_doc, set_doc, NULL},
    {"__text_signature__", get_text_signature, NULL, NULL},
    {"__annotations__", get_annotations, set_annotations, NULL},
    {"__flags__", get_flags, NULL, NULL},
    {0},
};
