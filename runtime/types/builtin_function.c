/*
 * builtin_function_or_method: what len, [].append, dict.fromkeys and the functions of C modules
 * are.
 *
 * A function of a module has self NULL and a module name; a method bound to an object has the
 * object as self; a class or static method has the class.  The name, documentation and code are in
 * the MethodDef, which is static.
 */

#include "runtime/types/builtin_function.h"

#include <stddef.h>

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/core/state.h"
#include "runtime/types/descriptor.h"
#include "runtime/types/int.h"
#include "runtime/types/module.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"
#include "runtime/types/weakref.h"

/* ---------------------------------------------------------------- lifecycle */

Obj *builtin_function_new(const MethodDef *def, ObjRef self, ObjRef module)
{
    BuiltinFunctionObj *f = (BuiltinFunctionObj *)obj_new_gc(&builtin_function_type,
                                                             (int64_t)sizeof(BuiltinFunctionObj));
    if (f == NULL)
        return NULL;
    f->def = def;
    f->self = obj_xincref(self);
    f->module = obj_xincref(module);
    f->weak_list = NULL;
    gc_track(&f->base);
    return &f->base;
}

static int builtin_function_traverse(ObjRef self, VisitFn visit, void *context)
{
    GC_VISIT(builtin_function_cast(self)->self);
    GC_VISIT(builtin_function_cast(self)->module);
    return 0;
}

static void builtin_function_dealloc(Obj *self)
{
    gc_untrack(self);
    BuiltinFunctionObj *f = builtin_function_cast(self);
    if (f->weak_list != NULL)
        weakref_clear_all(self, &f->weak_list);
    obj_clear(&f->self);
    obj_clear(&f->module);
    obj_free(self, (int64_t)sizeof(BuiltinFunctionObj));
}

/* ---------------------------------------------------------------- operations */

/* "list.append()" or "math.sin()" for messages. */
static Obj *describe(ObjRef function)
{
    Obj *qualname = NULL, *module = NULL, *text = NULL;
    if (obj_getattr_opt(function, names.dunder_qualname, &qualname) < 0)
        return NULL;
    if (qualname == NULL)
        return obj_str(function);
    if (obj_getattr_opt(function, names.dunder_module, &module) >= 0) {
        bool plain = module == NULL || is_none(module) ||
                     (str_check(module) && str_equal(module, names.builtins));
        text = plain ? str_format_c("%S()", qualname) : str_format_c("%S.%S()", module, qualname);
    }
    obj_xdecref(module);
    obj_decref(qualname);
    return text;
}

int builtin_function_check_args(ObjRef function, const MethodDef *def, int64_t nargs,
                                ObjRef kwnames)
{
    if (def->flags & METHOD_KEYWORDS)
        return 0;
    bool keywords = kwnames != NULL && tuple_length(kwnames) > 0;
    if (!keywords && nargs >= def->min && (def->max < 0 || nargs <= def->max))
        return 0;
    bool exact = def->min == def->max && def->max <= 1;
    if (!keywords && !exact)
        return args_check_count(def->name, nargs, def->min, def->max);
    Obj *text = describe(function);
    if (text == NULL)
        return -1;
    if (keywords)
        err_format(&exc_type_error, "%U takes no keyword arguments", text);
    else if (def->max == 0)
        err_format(&exc_type_error, "%U takes no arguments (%lld given)", text, (long long)nargs);
    else
        err_format(&exc_type_error, "%U takes exactly one argument (%lld given)", text,
                   (long long)nargs);
    obj_decref(text);
    return -1;
}

static Obj *builtin_function_call(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    const MethodDef *def = builtin_function_cast(self)->def;
    if (!builtin_function_accepts(def, nargs, kwnames)) {
        if (builtin_function_check_args(self, def, nargs, kwnames) < 0)
            return NULL;
        kwnames = NULL; /* an empty tuple */
    }
    if (state_enter(" while calling a Python object") < 0)
        return NULL;
    Obj *result = def->fn(builtin_function_self(self), args, nargs, kwnames);
    state_leave();
    return result;
}

static Obj *builtin_function_repr(ObjRef self)
{
    const BuiltinFunctionObj *f = (const BuiltinFunctionObj *)self;
    if (f->self == NULL)
        return str_format_c("<built-in function %s>", f->def->name);
    obj_reveal(f->self);
    return str_format_c("<built-in method %s of %s object at %p>", f->def->name,
                        obj_type(f->self)->head.name, (const void *)f->self);
}

static Obj *builtin_function_compare(ObjRef self, ObjRef other, CompareOp op)
{
    if ((op != CMP_EQ && op != CMP_NE) || !builtin_function_check(other))
        return not_implemented_new();
    const BuiltinFunctionObj *a = (const BuiltinFunctionObj *)self;
    const BuiltinFunctionObj *b = (const BuiltinFunctionObj *)other;
    return bool_new((a->self == b->self && a->def->fn == b->def->fn) == (op == CMP_EQ));
}

static int64_t builtin_function_hash(ObjRef self)
{
    const BuiltinFunctionObj *f = (const BuiltinFunctionObj *)self;
    int64_t hash = (int64_t)(uintptr_t)f->def->fn >> 4;
    if (f->self != NULL)
        hash ^= object_hash_identity(f->self);
    return hash == -1 ? -2 : hash;
}

/* ---------------------------------------------------------------- attributes */

static Obj *get_name(ObjRef self)
{
    return str_intern_ascii(builtin_function_cast(self)->def->name);
}

static Obj *get_qualname(ObjRef self)
{
    const BuiltinFunctionObj *f = (const BuiltinFunctionObj *)self;
    if (f->self == NULL || f->module != NULL)
        return get_name(self);
    const Type *owner =
        obj_has_flag(f->self, TYPE_TYPE) ? (const Type *)f->self : obj_type(f->self);
    return str_format_c("%U.%s", owner->qualname, f->def->name);
}

static Obj *get_doc(ObjRef self)
{
    const MethodDef *def = builtin_function_cast(self)->def;
    return descriptor_doc(def->name, def->doc);
}

static Obj *get_text_signature(ObjRef self)
{
    const BuiltinFunctionObj *f = builtin_function_cast(self);
    if (f->def->flags & METHOD_STATIC)
        return descriptor_text_signature(f->def->name, f->def->doc, NULL);
    const char *receiver = f->def->flags & METHOD_CLASS                           ? "$type"
                           : f->self == NULL || type_check(f->self, &module_type) ? "$module"
                                                                                  : "$self";
    return descriptor_text_signature(f->def->name, f->def->doc, receiver);
}

/* The module for functions of modules, as in CPython. */
static Obj *get_self(ObjRef self)
{
    const BuiltinFunctionObj *f = (const BuiltinFunctionObj *)self;
    if (f->self != NULL)
        return obj_incref(f->self);
    if (f->module != NULL && runtime.modules != NULL) {
        Obj *module = NULL;
        if (obj_type(runtime.modules)->get_item != NULL)
            module = obj_getitem(runtime.modules, f->module);
        if (module != NULL)
            return module;
        err_clear();
    }
    return none_new();
}

static Obj *builtin_function_reduce(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    const BuiltinFunctionObj *f = (const BuiltinFunctionObj *)self;
    if (f->self == NULL)
        return get_name(self);
    Obj *name = get_name(self);
    Obj *result = name == NULL ? NULL : descriptor_reduce_getattr(f->self, name);
    obj_xdecref(name);
    return result;
}

static const MethodDef builtin_function_methods[] = {
    {"__reduce__", builtin_function_reduce, 0, 0, 0, NULL},
    {0},
};

static const MemberDef builtin_function_members[] = {
    {"__module__", MEMBER_OBJ, offsetof(BuiltinFunctionObj, module), 0, NULL},
    {0},
};

static const GetSetDef builtin_function_getset[] = {
    {"__doc__", get_doc, NULL, NULL},
    {"__name__", get_name, NULL, NULL},
    {"__qualname__", get_qualname, NULL, NULL},
    {"__self__", get_self, NULL, NULL},
    {"__text_signature__", get_text_signature, NULL, NULL},
    {0},
};

Type builtin_function_type = {
    .head = {.base = {1, &type_type.root},
             .name = "builtin_function_or_method",
             .flags = TYPE_GC | TYPE_NO_NEW,
             .traverse = builtin_function_traverse,
             .dealloc = builtin_function_dealloc},
    .basic_size = sizeof(BuiltinFunctionObj),
    .weak_list_offset = offsetof(BuiltinFunctionObj, weak_list),
    .repr = builtin_function_repr,
    .hash = builtin_function_hash,
    .compare = builtin_function_compare,
    .call = builtin_function_call,
    .methods = builtin_function_methods,
    .members = builtin_function_members,
    .getset = builtin_function_getset,
};
