/*
 * The type `type`: attributes of classes, their methods, repr, and how a class made at run time is
 * collected and released.
 *
 * Attributes of a class live in type->dict.  Every change goes through type_setattr, which tells
 * whether it can matter to caches (type_modified) or only replaces data (type_data_replaced).
 */

#include <stddef.h>
#include <string.h>

#include "gc/mem.h"
#include "runtime/core/args.h"
#include "runtime/core/class_check.h"
#include "runtime/core/err.h"
#include "runtime/core/mro.h"
#include "runtime/core/names.h"
#include "runtime/core/object.h"
#include "runtime/core/shape.h"
#include "runtime/core/type_attrs.h"
#include "runtime/core/type_build.h"
#include "runtime/core/type_slots.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"
#include "runtime/types/union.h"
#include "runtime/types/weakref.h"

#define type_cast(o) ((Type *)(uintptr_t)(o))

/* ---------------------------------------------------------------- lifecycle */

static int type_traverse(ObjRef self, VisitFn visit, void *context)
{
    const Type *type = (const Type *)self;
    if (type->head.flags & TYPE_HEAP)
        GC_VISIT(type->base);
    GC_VISIT(type->bases);
    GC_VISIT(type->mro);
    GC_VISIT(type->dict);
    GC_VISIT(type->name);
    GC_VISIT(type->qualname);
    GC_VISIT(type->module);
    return shape_traverse_type(type, visit, context);
}

static int type_clear(ObjRef self)
{
    Type *type = type_cast(self);
    if ((type->head.flags & TYPE_HEAP) == 0)
        return 0;
    type_modified(type, NULL);
    if (type->dict != NULL)
        dict_clear(type->dict);
    /* The order contains the type itself.  Instances that still go after it find no methods. */
    obj_clear(&type->mro);
    return 0;
}

static void type_dealloc(Obj *self)
{
    Type *type = type_cast(self);
    gc_untrack(self);
    if (type->weak_list != NULL)
        weakref_clear_all(self, &type->weak_list);
    if (type->bases != NULL) {
        for (int64_t i = 0; i < tuple_length(type->bases); i++)
            type_remove_subclass(type_cast(tuple_peek(type->bases, i)), type);
    }
    type->version = 0;
    obj_clear(&type->mro);
    obj_clear(&type->dict);
    obj_clear(&type->bases);
    shape_free_type(type);
    if (type->members != NULL) {
        mem_free((MemberDef *)(uintptr_t)type->members, type_members_size(type->members));
        type->members = NULL;
    }
    type_free_subclasses(type);
    obj_clear(&type->module);
    obj_clear(&type->qualname);
    obj_clear(&type->name);
    Type *base = type->base;
    type->base = NULL;
    obj_free(self, (int64_t)sizeof(Type));
    if (base != NULL)
        obj_decref(&base->head.base);
}

/* ---------------------------------------------------------------- attributes */

int type_getattr_opt(ObjRef self, ObjRef name, Obj **out)
{
    Type *type = type_cast(self), *meta = obj_type(self);
    *out = NULL;
    ObjRef found = type_lookup(meta, name);
    Obj *meta_attr = found == NULL ? NULL : obj_incref(found);
    GetFn meta_get = found == NULL ? NULL : obj_type(found)->get;
    if (meta_get != NULL && obj_type(meta_attr)->set != NULL) {
        *out = meta_get(meta_attr, self, (ObjRef)meta);
        goto done;
    }
    ObjRef own = type_lookup(type, name);
    if (own != NULL) {
        GetFn get = obj_type(own)->get;
        Obj *held = obj_incref(own);
        if (get == NULL) {
            *out = held;
        } else {
            *out = get(held, NULL, self);
            obj_decref(held);
        }
        goto done;
    }
    if (meta_attr == NULL)
        return 0;
    if (meta_get == NULL) {
        *out = meta_attr;
        return 1;
    }
    *out = meta_get(meta_attr, self, (ObjRef)meta);
done:
    obj_xdecref(meta_attr);
    return *out == NULL ? -1 : 1;
}

Obj *type_getattr(ObjRef self, ObjRef name)
{
    Obj *value;
    int found = type_getattr_opt(self, name, &value);
    if (found == 0) {
        return err_attribute(self, name, "type object '%.50s' has no attribute '%U'",
                             ((const Type *)self)->head.name, name);
    }
    return value;
}

static bool is_descriptor(ObjRef o)
{
    return o != NULL && (obj_type(o)->get != NULL || obj_type(o)->set != NULL);
}

/* A name such as __len__, which may have a part in a slot. */
static bool is_dunder(ObjRef name)
{
    return str_length(name) > 4 && str_char_at(name, 0) == '_' && str_char_at(name, 1) == '_';
}

int type_store(Type *type, ObjRef name, ObjRef value)
{
    ObjRef dict = type_dict(type);
    if (dict == NULL) {
        err_no_memory();
        return -1;
    }
    ObjRef old = dict_peek(dict, name);
    if (old == NULL && err_occurred() != NULL)
        return -1;
    if (old == NULL && value == NULL) {
        err_attribute((ObjRef)type, name, "type object '%.100s' has no attribute '%U'",
                      type->head.name, name);
        return -1;
    }
    bool matters = old == NULL || value == NULL || is_descriptor(old) || is_descriptor(value) ||
                   is_dunder(name);
    /* Caches are told first: releasing the old value may run code that looks things up. */
    Obj *held = obj_xincref(old);
    type_data_replaced(type);
    int status = value == NULL ? dict_delete(dict, name) : dict_set(dict, name, value);
    if (status == 0 && matters)
        status = type_modified(type, name);
    obj_xdecref(held);
    return status;
}

int type_setattr(ObjRef self, ObjRef name, ObjRef value)
{
    Type *type = type_cast(self);
    if (type->head.flags & TYPE_IMMUTABLE) {
        return err_format_int(&exc_type_error, "cannot set '%U' attribute of immutable type '%s'",
                              name, type->head.name);
    }
    ObjRef found = type_lookup(obj_type(self), name);
    if (found != NULL && obj_type(found)->set != NULL) {
        Obj *held = obj_incref(found);
        int status = obj_type(found)->set(held, self, value);
        obj_decref(held);
        return status;
    }
    Obj *key = str_check_exact(name) ? obj_incref(name) : str_substring(name, 0, str_length(name));
    if (key == NULL)
        return -1;
    str_intern_inplace(&key);
    int status = type_store(type, key, value);
    obj_decref(key);
    return status;
}

/* ---------------------------------------------------------------- operations */

static Obj *type_repr(ObjRef self)
{
    const Type *type = (const Type *)self;
    Obj *module = type_get_module(self);
    if (module == NULL) {
        if (!err_matches(&exc_attribute_error))
            return NULL;
        err_clear();
    }
    Obj *text;
    if (module != NULL && str_check(module) && !str_equal(module, names.builtins))
        text = str_format_c("<class '%U.%U'>", module, type->qualname);
    else
        text =
            str_format_c("<class '%s'>", type->head.flags & TYPE_HEAP ? str_utf8(type->name, NULL)
                                                                      : type->head.name);
    obj_xdecref(module);
    return text;
}

static int type_init(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)args;
    if (nargs == 1 && kwnames != NULL && tuple_length(kwnames) > 0)
        return err_format_int(&exc_type_error, "type.__init__() takes no keyword arguments");
    if (nargs != 1 && nargs != 3)
        return err_format_int(&exc_type_error, "type.__init__() takes 1 or 3 arguments");
    return 0;
}

static Obj *type_or(ObjRef left, ObjRef right)
{
    return union_or(left, right);
}

/* ---------------------------------------------------------------- methods */

static Obj *type_mro_method(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    Obj *order = mro_compute(type_cast(self));
    Obj *list = order == NULL ? NULL : obj_to_list(order);
    obj_xdecref(order);
    return list;
}

static Obj *type_subclasses(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    const Type *type = (const Type *)self;
    Obj *list = list_new(0);
    for (int32_t i = 0; list != NULL && i < type_subclass_count(type); i++) {
        Type *subclass = type_subclass_at(type, i);
        /* One that the collector took apart already is gone. */
        if (subclass->mro != NULL && subclass->head.base.refcnt > 0 &&
            list_append(list, (ObjRef)subclass) < 0)
            obj_clear(&list);
    }
    return list;
}

static Obj *type_prepare_method(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)args, (void)nargs, (void)kwnames;
    return dict_new();
}

static Obj *type_instancecheck(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    int result = class_check_instance(args[0], self);
    return result < 0 ? NULL : bool_new(result != 0);
}

static Obj *type_subclasscheck(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    int result = class_check_subclass(args[0], self);
    return result < 0 ? NULL : bool_new(result != 0);
}

int type_merge_dir(ObjRef dict, ObjRef cls)
{
    Obj *namespace, *bases;
    if (obj_getattr_opt(cls, names.dunder_dict, &namespace) < 0)
        return -1;
    if (namespace != NULL) {
        int status = dict_merge(dict, namespace, true);
        obj_decref(namespace);
        if (status < 0)
            return -1;
    }
    if (obj_getattr_opt(cls, names.dunder_bases, &bases) < 0)
        return -1;
    int64_t count = bases == NULL ? 0 : obj_length(bases);
    int status = count < 0 ? -1 : 0;
    for (int64_t i = 0; i < count && status == 0; i++) {
        Obj *base = obj_getitem_index(bases, i);
        status = base == NULL ? -1 : type_merge_dir(dict, base);
        obj_xdecref(base);
    }
    obj_xdecref(bases);
    return status;
}

static Obj *type_dir(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    Obj *dict = dict_new();
    Obj *list = dict == NULL || type_merge_dir(dict, self) < 0 ? NULL : dict_keys_list(dict);
    obj_xdecref(dict);
    return list;
}

static Obj *type_sizeof(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)args, (void)nargs, (void)kwnames;
    return int_new((int64_t)sizeof(Type));
}

static const MethodDef type_methods[] = {
    {"mro", type_mro_method, 0, 0, 0,
     "mro($self, /)\n--\n\nReturn a type's method resolution order."},
    {"__subclasses__", type_subclasses, 0, 0, 0,
     "__subclasses__($self, /)\n--\n\nReturn a list of immediate subclasses."},
    {"__prepare__", type_prepare_method, 0, -1, METHOD_CLASS | METHOD_KEYWORDS,
     "__prepare__() -> dict\nThe namespace that a class statement fills."},
    {"__instancecheck__", type_instancecheck, 1, 1, 0,
     "__instancecheck__($self, instance, /)\n--\n\nCheck if an object is an instance."},
    {"__subclasscheck__", type_subclasscheck, 1, 1, 0,
     "__subclasscheck__($self, subclass, /)\n--\n\nCheck if a class is a subclass."},
    {"__dir__", type_dir, 0, 0, 0,
     "__dir__($self, /)\n--\n\nNames of the class's attributes and those of its bases."},
    {"__sizeof__", type_sizeof, 0, 0, 0,
     "__sizeof__($self, /)\n--\n\nReturn memory consumption of the type object."},
    {0},
};

static const MemberDef type_members[] = {
    {"__basicsize__", MEMBER_INT64, offsetof(Type, basic_size), MEMBER_READONLY, NULL},
    {"__itemsize__", MEMBER_INT64, offsetof(Type, item_size), MEMBER_READONLY, NULL},
    {"__weakrefoffset__", MEMBER_INT32, offsetof(Type, weak_list_offset), MEMBER_READONLY, NULL},
    {"__dictoffset__", MEMBER_INT32, offsetof(Type, dict_offset), MEMBER_READONLY, NULL},
    {"__base__", MEMBER_OBJ, offsetof(Type, base), MEMBER_READONLY, NULL},
    {"__mro__", MEMBER_OBJ, offsetof(Type, mro), MEMBER_READONLY, NULL},
    {0},
};

Type type_type = {
    .head = {.base = {1, &type_type.root},
             .name = "type",
             .flags = TYPE_GC | TYPE_BASE | TYPE_TYPE,
             .traverse = type_traverse,
             .clear = type_clear,
             .dealloc = type_dealloc},
    .basic_size = sizeof(Type),
    .item_size = sizeof(MemberDef),
    .dict_offset = offsetof(Type, dict),
    .weak_list_offset = offsetof(Type, weak_list),
    .doc = "type(object) -> the object's type\n"
           "type(name, bases, dict, **kwds) -> a new type",
    .root = {.type = &type_type.head, .flags = SHAPE_UNLINKED},
    .repr = type_repr,
    .call = type_call,
    .getattr = type_getattr,
    .setattr = type_setattr,
    .new = type_new,
    .init = type_init,
    .bit_or = type_or,
    .methods = type_methods,
    .members = type_members,
    .getset = type_getset,
};
