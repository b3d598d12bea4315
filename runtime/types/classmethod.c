/*
 * classmethod and staticmethod: callables whose binding to instances is changed.
 *
 * Both take over the attributes of what they wrap (__name__, __doc__, …) and offer it as
 * __wrapped__ and
 * __func__.
 */

#include "runtime/types/classmethod.h"

#include <stddef.h>

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/method.h"
#include "runtime/types/str.h"

/* ---------------------------------------------------------------- lifecycle */

static Obj *wrap_make(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    Obj *self = obj_alloc(type, (int64_t)sizeof(MethodWrapObj));
    if (self != NULL)
        gc_track(self);
    return self;
}

/* Takes __module__, __name__, __qualname__, __doc__ and __annotations__ over. */
static int copy_attributes(ObjRef self, ObjRef callable)
{
    ObjRef copied[] = {names.dunder_module, names.dunder_name, names.dunder_qualname,
                       names.dunder_doc, names.dunder_annotations};
    for (int i = 0; i < 5; i++) {
        Obj *value;
        int found = obj_getattr_opt(callable, copied[i], &value);
        if (found < 0)
            return -1;
        int status = found == 0 ? 0 : obj_setattr(self, copied[i], value);
        obj_xdecref(value);
        if (status < 0)
            return -1;
    }
    return 0;
}

static int init_with(ObjRef self, const char *name, const ObjRef *args, int64_t nargs,
                     ObjRef kwnames)
{
    if (args_no_keywords(name, kwnames) < 0 || args_check_count(name, nargs, 1, 1) < 0)
        return -1;
    obj_replace(&method_wrap_cast(self)->callable, obj_incref(args[0]));
    return copy_attributes(self, args[0]);
}

static int classmethod_init(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    return init_with(self, "classmethod", args, nargs, kwnames);
}

static int staticmethod_init(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    return init_with(self, "staticmethod", args, nargs, kwnames);
}

/* For internal use: attributes of the callable are not copied, as in CPython. */
static Obj *wrap_new(Type *type, ObjRef callable)
{
    Obj *self = wrap_make(type, NULL, 0, NULL);
    if (self != NULL)
        method_wrap_cast(self)->callable = obj_incref(callable);
    return self;
}

Obj *classmethod_new(ObjRef callable)
{
    return wrap_new(&classmethod_type, callable);
}

Obj *staticmethod_new(ObjRef callable)
{
    return wrap_new(&staticmethod_type, callable);
}

static int wrap_traverse(ObjRef self, VisitFn visit, void *context)
{
    GC_VISIT(method_wrap_cast(self)->callable);
    GC_VISIT(method_wrap_cast(self)->dict);
    return 0;
}

static int wrap_clear(ObjRef self)
{
    obj_clear(&method_wrap_cast(self)->callable);
    obj_clear(&method_wrap_cast(self)->dict);
    return 0;
}

static void wrap_dealloc(Obj *self)
{
    gc_untrack(self);
    wrap_clear(self);
    obj_free(self, (int64_t)sizeof(MethodWrapObj));
}

/* ---------------------------------------------------------------- operations */

static Obj *classmethod_get(ObjRef self, ObjRef instance, ObjRef owner)
{
    ObjRef callable = method_wrap_cast(self)->callable;
    if (callable == NULL)
        return err_format(&exc_runtime_error, "uninitialized classmethod object");
    ObjRef type = owner != NULL ? owner : &obj_type(instance)->head.base;
    Obj *held = obj_incref(callable);
    GetFn get = obj_type(held)->get;
    Obj *bound = get != NULL ? get(held, type, type) : method_new(held, type);
    obj_decref(held);
    return bound;
}

static Obj *staticmethod_get(ObjRef self, ObjRef instance, ObjRef owner)
{
    (void)instance, (void)owner;
    ObjRef callable = method_wrap_cast(self)->callable;
    if (callable == NULL)
        return err_format(&exc_runtime_error, "uninitialized staticmethod object");
    return obj_incref(callable);
}

static Obj *staticmethod_call(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    ObjRef callable = method_wrap_cast(self)->callable;
    if (callable == NULL)
        return err_format(&exc_runtime_error, "uninitialized staticmethod object");
    return obj_call(callable, args, nargs, kwnames);
}

static Obj *classmethod_repr(ObjRef self)
{
    ObjRef callable = method_wrap_cast(self)->callable;
    return str_format_c("<classmethod(%R)>", callable == NULL ? obj_none : callable);
}

static Obj *staticmethod_repr(ObjRef self)
{
    ObjRef callable = method_wrap_cast(self)->callable;
    return str_format_c("<staticmethod(%R)>", callable == NULL ? obj_none : callable);
}

static Obj *get_abstract(ObjRef self)
{
    ObjRef callable = method_wrap_cast(self)->callable;
    if (callable == NULL)
        return bool_new(false);
    Obj *flag;
    int found = obj_getattr_opt(callable, names.dunder_isabstractmethod, &flag);
    int truth = found <= 0 ? found : obj_truth(flag);
    obj_xdecref(flag);
    return truth < 0 ? NULL : bool_new(truth != 0);
}

static const MemberDef wrap_members[] = {
    {"__func__", MEMBER_OBJ, offsetof(MethodWrapObj, callable), MEMBER_READONLY, NULL},
    {"__wrapped__", MEMBER_OBJ, offsetof(MethodWrapObj, callable), MEMBER_READONLY, NULL},
    {0},
};

static const GetSetDef wrap_getset[] = {
    {"__isabstractmethod__", get_abstract, NULL, NULL},
    {"__dict__", object_dict, object_set_dict, NULL},
    {0},
};

Type classmethod_type = {
    .head = {.base = {1, &type_type.root},
             .name = "classmethod",
             .flags = TYPE_GC | TYPE_BASE,
             .traverse = wrap_traverse,
             .clear = wrap_clear,
             .dealloc = wrap_dealloc},
    .basic_size = sizeof(MethodWrapObj),
    .dict_offset = offsetof(MethodWrapObj, dict),
    .doc = "classmethod(function) -> method\n\n"
           "Makes a function a method that gets the class instead of the instance.",
    .repr = classmethod_repr,
    .get = classmethod_get,
    .new = wrap_make,
    .init = classmethod_init,
    .members = wrap_members,
    .getset = wrap_getset,
};

Type staticmethod_type = {
    .head = {.base = {1, &type_type.root},
             .name = "staticmethod",
             .flags = TYPE_GC | TYPE_BASE,
             .traverse = wrap_traverse,
             .clear = wrap_clear,
             .dealloc = wrap_dealloc},
    .basic_size = sizeof(MethodWrapObj),
    .dict_offset = offsetof(MethodWrapObj, dict),
    .doc = "staticmethod(function) -> method\n\n"
           "Makes a function a method that gets neither instance nor class.",
    .repr = staticmethod_repr,
    .call = staticmethod_call,
    .get = staticmethod_get,
    .new = wrap_make,
    .init = staticmethod_init,
    .members = wrap_members,
    .getset = wrap_getset,
};
