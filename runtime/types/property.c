/*
 * property: reading, writing and deleting an attribute call functions.
 */

#include "runtime/types/property.h"

#include <stddef.h>

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"

/* ---------------------------------------------------------------- lifecycle */

static Obj *property_make(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    Obj *self = obj_alloc(type, (int64_t)sizeof(PropertyObj));
    if (self != NULL)
        gc_track(self);
    return self;
}

/* A function or NULL for None and absent. */
static Obj *function_or_null(ObjRef o)
{
    return o == NULL || is_none(o) ? NULL : obj_incref(o);
}

/* Without doc, the getter's is taken. */
static int take_doc_from_getter(PropertyObj *p)
{
    Obj *doc;
    int found = obj_getattr_opt(p->getter, names.dunder_doc, &doc);
    if (found < 0) {
        if (!obj_is(err_occurred(), &exc_exception))
            return -1;
        err_clear();
        return 0;
    }
    if (found == 0)
        return 0;
    if (is_none(doc))
        obj_clear(&doc);
    p->doc_from_getter = doc != NULL;
    /* A subclass has no field for it that could be set from outside: it goes to its __dict__. */
    if (obj_type(&p->base) != &property_type) {
        int status = doc == NULL ? 0 : obj_setattr(&p->base, names.dunder_doc, doc);
        obj_xdecref(doc);
        return status;
    }
    obj_replace(&p->doc, doc);
    return 0;
}

static int property_init(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    static const ArgSpec spec = {"property", 0, 0, 4, 4, {"fget", "fset", "fdel", "doc"}};
    ObjRef values[4];
    if (args_bind(&spec, args, nargs, kwnames, values) < 0)
        return -1;
    PropertyObj *p = property_cast(self);
    p->doc_from_getter = false;
    obj_clear(&p->name);
    obj_replace(&p->getter, function_or_null(values[0]));
    obj_replace(&p->setter, function_or_null(values[1]));
    obj_replace(&p->deleter, function_or_null(values[2]));
    obj_replace(&p->doc, function_or_null(values[3]));
    if (p->doc == NULL && p->getter != NULL)
        return take_doc_from_getter(p);
    if (p->doc != NULL && obj_type(self) != &property_type) {
        Obj *doc = obj_incref(p->doc);
        int status = obj_setattr(self, names.dunder_doc, doc);
        obj_decref(doc);
        return status;
    }
    return 0;
}

static int property_traverse(ObjRef self, VisitFn visit, void *context)
{
    const PropertyObj *p = (const PropertyObj *)self;
    GC_VISIT(p->getter);
    GC_VISIT(p->setter);
    GC_VISIT(p->deleter);
    GC_VISIT(p->doc);
    GC_VISIT(p->name);
    return 0;
}

static int property_clear(ObjRef self)
{
    PropertyObj *p = property_cast(self);
    obj_clear(&p->getter);
    obj_clear(&p->setter);
    obj_clear(&p->deleter);
    obj_clear(&p->doc);
    return 0;
}

static void property_dealloc(Obj *self)
{
    gc_untrack(self);
    property_clear(self);
    obj_clear(&property_cast(self)->name);
    obj_free(self, (int64_t)sizeof(PropertyObj));
}

/* ---------------------------------------------------------------- operations */

/* "property 'x' of 'C' object has no setter". */
static void no_function(ObjRef self, ObjRef instance, const char *what)
{
    ObjRef name = property_cast(self)->name;
    Obj *qualname = obj_getattr(&obj_type(instance)->head.base, names.dunder_qualname);
    if (name != NULL && qualname != NULL) {
        err_format(&exc_attribute_error, "property %R of %R object has no %s", name, qualname,
                   what);
    } else if (qualname != NULL) {
        err_format(&exc_attribute_error, "property of %R object has no %s", qualname, what);
    } else {
        err_clear();
        err_format(&exc_attribute_error, "property has no %s", what);
    }
    obj_xdecref(qualname);
}

static Obj *property_get(ObjRef self, ObjRef instance, ObjRef owner)
{
    (void)owner;
    if (instance == NULL || is_none(instance))
        return obj_incref(self);
    ObjRef getter = property_cast(self)->getter;
    if (getter == NULL) {
        no_function(self, instance, "getter");
        return NULL;
    }
    Obj *held = obj_incref(getter);
    Obj *result = obj_call1(held, instance);
    obj_decref(held);
    return result;
}

static int property_set(ObjRef self, ObjRef instance, ObjRef value)
{
    const PropertyObj *p = (const PropertyObj *)self;
    ObjRef function = value == NULL ? p->deleter : p->setter;
    if (function == NULL) {
        no_function(self, instance, value == NULL ? "deleter" : "setter");
        return -1;
    }
    Obj *held = obj_incref(function);
    Obj *result = value == NULL ? obj_call1(held, instance) : obj_call2(held, instance, value);
    obj_decref(held);
    obj_xdecref(result);
    return result == NULL ? -1 : 0;
}

/* ---------------------------------------------------------------- methods */

/* A copy with some functions replaced (NULL: as they are). */
static Obj *copy_with(ObjRef self, ObjRef getter, ObjRef setter, ObjRef deleter)
{
    const PropertyObj *p = (const PropertyObj *)self;
    ObjRef none = obj_none;
    ObjRef args[4] = {getter != NULL      ? getter
                      : p->getter != NULL ? (ObjRef)p->getter
                                          : none,
                      setter != NULL      ? setter
                      : p->setter != NULL ? (ObjRef)p->setter
                                          : none,
                      deleter != NULL      ? deleter
                      : p->deleter != NULL ? (ObjRef)p->deleter
                                           : none,
                      none};
    bool own_doc = p->doc != NULL && !(p->doc_from_getter && !is_none(args[0]));
    if (own_doc)
        args[3] = p->doc;
    Obj *copy = obj_call(&obj_type(self)->head.base, args, 4, NULL);
    if (copy != NULL && obj_is(copy, &property_type))
        obj_replace(&property_cast(copy)->name, obj_xincref(p->name));
    return copy;
}

static Obj *property_getter(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    return copy_with(self, args[0], NULL, NULL);
}

static Obj *property_setter(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    return copy_with(self, NULL, args[0], NULL);
}

static Obj *property_deleter(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    return copy_with(self, NULL, NULL, args[0]);
}

static Obj *property_set_name(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)kwnames;
    if (nargs != 2) {
        return err_format(&exc_type_error,
                          "__set_name__() takes 2 positional arguments but %lld were given",
                          (long long)nargs);
    }
    obj_replace(&property_cast(self)->name, obj_incref(args[1]));
    return none_new();
}

static Obj *get_abstract(ObjRef self)
{
    const PropertyObj *p = (const PropertyObj *)self;
    ObjRef functions[3] = {p->getter, p->setter, p->deleter};
    for (int i = 0; i < 3; i++) {
        if (functions[i] == NULL)
            continue;
        Obj *flag;
        int found = obj_getattr_opt(functions[i], names.dunder_isabstractmethod, &flag);
        int truth = found <= 0 ? found : obj_truth(flag);
        obj_xdecref(flag);
        if (truth != 0)
            return truth < 0 ? NULL : bool_new(true);
    }
    return bool_new(false);
}

static const MethodDef property_methods[] = {
    {"getter", property_getter, 1, 1, 0,
     "Descriptor to obtain a copy of the property with a different getter."},
    {"setter", property_setter, 1, 1, 0,
     "Descriptor to obtain a copy of the property with a different setter."},
    {"deleter", property_deleter, 1, 1, 0,
     "Descriptor to obtain a copy of the property with a different deleter."},
    {"__set_name__", property_set_name, 0, -1, 0, "Method to set name of a property."},
    {0},
};

static const MemberDef property_members[] = {
    {"fget", MEMBER_OBJ, offsetof(PropertyObj, getter), MEMBER_READONLY, NULL},
    {"fset", MEMBER_OBJ, offsetof(PropertyObj, setter), MEMBER_READONLY, NULL},
    {"fdel", MEMBER_OBJ, offsetof(PropertyObj, deleter), MEMBER_READONLY, NULL},
    {"__doc__", MEMBER_OBJ, offsetof(PropertyObj, doc), 0, NULL},
    {0},
};

static const GetSetDef property_getset[] = {
    {"__isabstractmethod__", get_abstract, NULL, NULL},
    {0},
};

Type property_type = {
    .head = {.base = {1, &type_type.root},
             .name = "property",
             .flags = TYPE_GC | TYPE_BASE,
             .traverse = property_traverse,
             .clear = property_clear,
             .dealloc = property_dealloc},
    .basic_size = sizeof(PropertyObj),
    .doc = "property(fget=None, fset=None, fdel=None, doc=None)\n--\n\n"
           "An attribute whose reading, writing and deleting call functions.",
    .get = property_get,
    .set = property_set,
    .new = property_make,
    .init = property_init,
    .methods = property_methods,
    .members = property_members,
    .getset = property_getset,
};
