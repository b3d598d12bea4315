/*
 * method: what reading a function through an instance gives.
 *
 * The eval loop calls methods without making one of these (LOAD_METHOD); they exist where a program
 * keeps one, and where classmethod binds a function to its class.
 */

#include "runtime/types/method.h"

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/core/object.h"
#include "runtime/core/state.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"
#include "runtime/types/weakref.h"

enum { CALL_BUFFER = 8 };

Obj *method_new(ObjRef function, ObjRef self)
{
    MethodObj *method = (MethodObj *)obj_new_gc(&method_type, (int64_t)sizeof(MethodObj));
    if (method == NULL)
        return NULL;
    method->function = obj_incref(function);
    method->self = obj_incref(self);
    method->weak_list = NULL;
    gc_track(&method->base);
    return &method->base;
}

static Obj *method_make(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)type;
    if (args_no_keywords("method", kwnames) < 0 || args_check_count("method", nargs, 2, 2) < 0)
        return NULL;
    if (!obj_is_callable(args[0]))
        return err_format(&exc_type_error, "first argument must be callable");
    if (is_none(args[1]))
        return err_format(&exc_type_error, "instance must not be None");
    return method_new(args[0], args[1]);
}

static int method_traverse(ObjRef self, VisitFn visit, void *context)
{
    GC_VISIT(method_cast(self)->function);
    GC_VISIT(method_cast(self)->self);
    return 0;
}

static void method_dealloc(Obj *self)
{
    gc_untrack(self);
    MethodObj *method = method_cast(self);
    if (method->weak_list != NULL)
        weakref_clear_all(self, &method->weak_list);
    obj_decref(method->function);
    obj_decref(method->self);
    obj_free(self, (int64_t)sizeof(MethodObj));
}

static Obj **method_weak_list(ObjRef self)
{
    return &((MethodObj *)self)->weak_list;
}

static Obj *method_call(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    ObjRef function = method_cast(self)->function;
    int64_t total = nargs + (kwnames == NULL ? 0 : tuple_length(kwnames));
    ObjRef buffer[CALL_BUFFER];
    ObjRef *all = buffer;
    if (total + 1 > CALL_BUFFER) {
        all = mem_alloc((size_t)(total + 1) * sizeof(ObjRef));
        if (all == NULL)
            return err_no_memory();
    }
    all[0] = method_cast(self)->self;
    for (int64_t i = 0; i < total; i++)
        all[i + 1] = args[i];
    Obj *result = obj_call(function, all, nargs + 1, kwnames);
    if (all != buffer)
        mem_free(all, (size_t)(total + 1) * sizeof(ObjRef));
    return result;
}

static Obj *method_compare(ObjRef self, ObjRef other, CompareOp op)
{
    if (!method_check(self) || !method_check(other) || (op != CMP_EQ && op != CMP_NE))
        return not_implemented_new();
    bool same = method_cast(self)->self == method_cast(other)->self;
    if (same) {
        int equal =
            obj_compare_bool(method_cast(self)->function, method_cast(other)->function, CMP_EQ);
        if (equal < 0)
            return NULL;
        same = equal != 0;
    }
    return bool_new(same == (op == CMP_EQ));
}

static int64_t method_hash(ObjRef self)
{
    int64_t hash = obj_hash(method_cast(self)->function);
    if (hash == -1)
        return -1;
    hash ^= object_hash_identity(method_cast(self)->self);
    return hash == -1 ? -2 : hash;
}

static Obj *method_repr(ObjRef self)
{
    const MethodObj *method = (const MethodObj *)self;
    Obj *name = NULL, *result = NULL;
    if (obj_getattr_opt(method->function, names.dunder_qualname, &name) < 0)
        return NULL;
    if (name == NULL && obj_getattr_opt(method->function, names.dunder_name, &name) < 0)
        return NULL;
    if (name != NULL && str_check(name))
        result = str_format_c("<bound method %U of %R>", name, method->self);
    else
        result = str_format_c("<bound method ? of %R>", method->self);
    obj_xdecref(name);
    return result;
}

/* Attributes that a method lacks are the function's. */
static Obj *method_getattr(ObjRef self, ObjRef name)
{
    Obj *value = NULL;
    if (type_lookup(&method_type, name) != NULL)
        return object_getattr(self, name);
    if (object_getattr_opt(self, name, &value) < 0)
        return NULL;
    return value != NULL ? value : obj_getattr(method_cast(self)->function, name);
}

static Obj *get_doc(ObjRef self)
{
    return obj_getattr(method_cast(self)->function, names.dunder_doc);
}

static Obj *method_reduce(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args;
    (void)nargs;
    (void)kwnames;
    const MethodObj *method = (const MethodObj *)self;
    Obj *getattr = NULL, *name = NULL, *call_args = NULL, *result = NULL;
    name = obj_getattr(method->function, names.dunder_name);
    if (name == NULL || (getattr = obj_getattr_str(runtime.builtins, "getattr")) == NULL)
        goto done;
    call_args = tuple_pack(2, method->self, name);
    if (call_args != NULL)
        result = tuple_pack(2, getattr, call_args);
done:
    obj_xdecref(getattr);
    obj_xdecref(name);
    obj_xdecref(call_args);
    return result;
}

static const MethodDef method_methods[] = {
    {"__reduce__", method_reduce, 0, 0, 0, NULL},
    {0},
};

static const MemberDef method_members[] = {
    {"__func__", MEMBER_OBJ, offsetof(MethodObj, function), MEMBER_READONLY,
     "the function that is called"},
    {"__self__", MEMBER_OBJ, offsetof(MethodObj, self), MEMBER_READONLY,
     "what it gets as first argument"},
    {0},
};

static const GetSetDef method_getset[] = {
    {"__doc__", get_doc, NULL, NULL},
    {0},
};

Type method_type = {
    .head = {.base = {1, &type_type.root},
             .name = "method",
             .flags = TYPE_GC,
             .traverse = method_traverse,
             .weak_list = method_weak_list,
             .dealloc = method_dealloc},
    .basic_size = sizeof(MethodObj),
    .weak_list_offset = offsetof(MethodObj, weak_list),
    .doc = "method(function, instance)\n--\n\nA function with its first argument bound.",
    .repr = method_repr,
    .hash = method_hash,
    .compare = method_compare,
    .call = method_call,
    .getattr = method_getattr,
    .new = method_make,
    .methods = method_methods,
    .members = method_members,
    .getset = method_getset,
};
