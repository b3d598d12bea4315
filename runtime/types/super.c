/*
 * super: the attributes that an object has after a given class of its MRO.
 *
 * super() without arguments asks the VM for the class cell and first argument of the running
 * method.
 */

#include "runtime/types/super.h"

#include <stddef.h>

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/core/state.h"
#include "runtime/types/dict.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"

typedef struct SuperObj {
    Obj base;
    Type *type;      /* owned; the class to start after */
    Obj *self;       /* owned; instance or class; NULL: unbound */
    Type *self_type; /* owned; whose MRO is searched; NULL: unbound */
} SuperObj;

#define super_cast(o) ((SuperObj *)(o))

/* ---------------------------------------------------------------- lifecycle */

static Obj *super_make(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    Obj *self = obj_alloc(type, (int64_t)sizeof(SuperObj));
    if (self != NULL)
        gc_track(self);
    return self;
}

/* The type whose MRO a super of (type, o) searches: new reference. */
static Type *check_self(Type *type, ObjRef o)
{
    if (obj_has_flag(o, TYPE_TYPE) && type_is_subtype((const Type *)o, type))
        return (Type *)obj_incref(o);
    if (obj_is(o, type))
        return (Type *)obj_incref(&obj_type(o)->head.base);
    /* A proxy may only say that it is an instance. */
    Obj *claimed;
    if (obj_getattr_opt(o, names.dunder_class, &claimed) < 0)
        return NULL;
    if (claimed != NULL && obj_has_flag(claimed, TYPE_TYPE) && (Type *)claimed != obj_type(o) &&
        type_is_subtype((Type *)claimed, type))
        return (Type *)claimed;
    obj_xdecref(claimed);
    err_format(&exc_type_error, "super(type, obj): obj must be an instance or subtype of type");
    return NULL;
}

static int set_fields(ObjRef self, Type *type, ObjRef o)
{
    Type *self_type = NULL;
    if (o != NULL && (self_type = check_self(type, o)) == NULL)
        return -1;
    SuperObj *s = super_cast(self);
    Obj *old[3] = {(Obj *)s->type, s->self, (Obj *)s->self_type};
    s->type = (Type *)obj_incref(&type->head.base);
    s->self = obj_xincref(o);
    s->self_type = self_type;
    for (int i = 0; i < 3; i++)
        obj_xdecref(old[i]);
    return 0;
}

static int super_init(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    if (args_no_keywords("super", kwnames) < 0 || args_check_count("super()", nargs, 0, 2) < 0)
        return -1;
    if (nargs == 0) {
        Type *type;
        Obj *o;
        if (runtime.hooks.super_arguments == NULL)
            return err_format_int(&exc_runtime_error, "super(): no current frame");
        if (runtime.hooks.super_arguments(&type, &o) < 0)
            return -1;
        int status = set_fields(self, type, o);
        obj_decref(&type->head.base);
        obj_decref(o);
        return status;
    }
    if (!obj_has_flag(args[0], TYPE_TYPE)) {
        return err_format_int(&exc_type_error, "super() argument 1 must be a type, not %T",
                              args[0]);
    }
    ObjRef o = nargs < 2 || is_none(args[1]) ? NULL : args[1];
    return set_fields(self, (Type *)(uintptr_t)args[0], o);
}

static int super_traverse(ObjRef self, VisitFn visit, void *context)
{
    const SuperObj *s = (const SuperObj *)self;
    GC_VISIT(s->type);
    GC_VISIT(s->self);
    GC_VISIT(s->self_type);
    return 0;
}

static void super_dealloc(Obj *self)
{
    gc_untrack(self);
    SuperObj *s = super_cast(self);
    Obj *old[3] = {(Obj *)s->type, s->self, (Obj *)s->self_type};
    for (int i = 0; i < 3; i++)
        obj_xdecref(old[i]);
    obj_free(self, (int64_t)sizeof(SuperObj));
}

/* ---------------------------------------------------------------- operations */

ObjRef super_lookup(Type *type, Type *start_type, ObjRef name)
{
    ObjRef mro = start_type->mro;
    if (mro == NULL)
        return NULL;
    int64_t count = tuple_length(mro), i = 0;
    while (i < count && tuple_peek(mro, i) != &type->head.base)
        i++;
    for (i++; i < count; i++) {
        ObjRef dict = type_dict((const Type *)tuple_peek(mro, i));
        if (dict == NULL)
            continue;
        ObjRef found = dict_peek(dict, name);
        if (found != NULL)
            return found;
        if (err_occurred() != NULL)
            err_clear();
    }
    return NULL;
}

static Obj *super_getattr(ObjRef self, ObjRef name)
{
    const SuperObj *s = (const SuperObj *)self;
    /* __class__ is that of the super object itself. */
    if (s->self_type == NULL || (str_check(name) && str_equal(name, names.dunder_class)))
        return object_getattr(self, name);
    Type *start = (Type *)obj_incref(&s->self_type->head.base);
    Obj *mro = obj_xincref(start->mro);
    Obj *result = NULL;
    ObjRef found = super_lookup(s->type, start, name);
    if (found == NULL) {
        result = object_getattr(self, name);
    } else {
        result = obj_incref(found);
        GetFn get = obj_type(result)->get;
        if (get != NULL) {
            ObjRef instance = s->self == &start->head.base ? NULL : (ObjRef)s->self;
            obj_replace(&result, get(result, instance, (ObjRef)start));
        }
    }
    obj_xdecref(mro);
    obj_decref(&start->head.base);
    return result;
}

static Obj *super_get(ObjRef self, ObjRef instance, ObjRef owner)
{
    (void)owner;
    const SuperObj *s = (const SuperObj *)self;
    if (instance == NULL || is_none(instance) || s->self != NULL)
        return obj_incref(self);
    if (s->type == NULL)
        return obj_incref(self);
    if (obj_type(self) != &super_type) {
        /* A subclass makes its own kind. */
        return obj_call2(&obj_type(self)->head.base, &s->type->head.base, instance);
    }
    Obj *bound = super_make(&super_type, NULL, 0, NULL);
    if (bound != NULL && set_fields(bound, s->type, instance) < 0)
        obj_clear(&bound);
    return bound;
}

static Obj *super_repr(ObjRef self)
{
    const SuperObj *s = (const SuperObj *)self;
    const char *name = s->type == NULL ? "NULL" : s->type->head.name;
    if (s->self_type != NULL)
        return str_format_c("<super: <class '%s'>, <%s object>>", name, s->self_type->head.name);
    return str_format_c("<super: <class '%s'>, NULL>", name);
}

static const MemberDef super_members[] = {
    {"__thisclass__", MEMBER_OBJ, offsetof(SuperObj, type), MEMBER_READONLY,
     "the class invoking super()"},
    {"__self__", MEMBER_OBJ, offsetof(SuperObj, self), MEMBER_READONLY,
     "the instance invoking super(); may be None"},
    {"__self_class__", MEMBER_OBJ, offsetof(SuperObj, self_type), MEMBER_READONLY,
     "the type of the instance invoking super(); may be None"},
    {0},
};

Type super_type = {
    .head = {.base = {1, &type_type.root},
             .name = "super",
             .flags = TYPE_GC | TYPE_BASE,
             .traverse = super_traverse,
             .dealloc = super_dealloc},
    .basic_size = sizeof(SuperObj),
    .doc = "super() -> same as super(__class__, <first argument>)\n"
           "super(type) -> unbound super object\n"
           "super(type, obj) -> bound super object; requires isinstance(obj, type)\n"
           "super(type, type2) -> bound super object; requires issubclass(type2, type)\n"
           "Finds attributes of an object that come after a class in its MRO.",
    .repr = super_repr,
    .getattr = super_getattr,
    .get = super_get,
    .new = super_make,
    .init = super_init,
    .members = super_members,
};
