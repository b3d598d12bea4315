/*
 * collections.defaultdict: a dict that makes the values of missing keys by calling a factory.
 */

#include <stddef.h>

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/modules/collections.h"
#include "runtime/types/dict.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"

typedef struct DefaultDictObj {
    DictObj dict;
    Obj *factory; /* owned; NULL: none */
} DefaultDictObj;

#define factory_of(o) (((DefaultDictObj *)(o))->factory)

/* ---- lifecycle */

static Obj *new (Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    Obj *self = obj_alloc(type, sizeof(DefaultDictObj));
    if (self == NULL)
        return NULL;
    dict_setup(self);
    obj_track_if_gc(self);
    return self;
}

static int init(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    ObjRef factory = nargs > 0 && !is_none(args[0]) ? args[0] : NULL;
    if (factory != NULL && !obj_is_callable(factory))
        return err_format_int(&exc_type_error, "first argument must be callable or None");
    obj_replace(&factory_of(self), obj_xincref(factory));
    int64_t skip = nargs > 0 ? 1 : 0;
    return dict_update_with(self, "dict", args + skip, nargs - skip, kwnames);
}

static int traverse(ObjRef self, VisitFn visit, void *context)
{
    GC_VISIT(factory_of(self));
    return dict_traverse(self, visit, context);
}

static int clear(ObjRef self)
{
    obj_clear(&factory_of(self));
    dict_clear(self);
    return 0;
}

static void dealloc(Obj *self)
{
    gc_untrack(self);
    obj_clear(&factory_of(self));
    dict_teardown(self);
    obj_free(self, sizeof(DefaultDictObj));
}

/* ---- operations */

/* The value for a key that is absent: made, entered and given. */
static Obj *missing(ObjRef self, ObjRef key)
{
    if (factory_of(self) == NULL || is_none(factory_of(self)))
        return err_object(&exc_key_error, key);
    Obj *factory = obj_incref(factory_of(self));
    Obj *value = obj_call0(factory);
    obj_decref(factory);
    if (value != NULL && obj_setitem(self, key, value) < 0)
        obj_clear(&value);
    return value;
}

static Obj *get_item(ObjRef self, ObjRef key)
{
    Obj *value;
    int found = dict_get(self, key, &value);
    if (found != 0)
        return value;
    if (obj_type(self) == &defaultdict_type)
        return missing(self, key);
    found = obj_call_special(self, names.dunder_missing, &key, 1, &value);
    if (found != 0)
        return found < 0 ? NULL : value;
    return err_object(&exc_key_error, key);
}

/* type(self)(factory, contents). */
static Obj *remake(ObjRef self, ObjRef contents)
{
    ObjRef factory = factory_of(self) == NULL ? obj_none : factory_of(self);
    return obj_call2(&obj_type(self)->head.base, factory, contents);
}

static Obj *merge_operator(ObjRef left, ObjRef right)
{
    ObjRef self = obj_is(left, &defaultdict_type) ? left : right;
    if (!dict_check(left) || !dict_check(right))
        return not_implemented_new();
    Obj *result = remake(self, left);
    if (result != NULL && dict_merge(result, right, true) < 0)
        obj_clear(&result);
    return result;
}

static Obj *repr(ObjRef self)
{
    Obj *contents = dict_type.repr(self);
    if (contents == NULL)
        return NULL;
    Obj *factory = NULL, *result = NULL;
    if (factory_of(self) == NULL) {
        factory = str_from_ascii("None");
    } else {
        int entered = obj_repr_enter(factory_of(self));
        if (entered == 0) {
            ObjRef held = factory_of(self);
            factory = obj_repr(held);
            obj_repr_leave(held);
        } else if (entered > 0) {
            factory = str_from_ascii("...");
        }
    }
    if (factory != NULL)
        result = str_format_c("%s(%U, %U)", type_name(obj_type(self)), factory, contents);
    obj_xdecref(factory);
    obj_decref(contents);
    return result;
}

/* ---- methods */

static Obj *method_missing(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    return missing(self, args[0]);
}

static Obj *method_copy(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    return remake(self, self);
}

/* (type, (factory,), None, None, iterator over the items). */
static Obj *method_reduce(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    Obj *items = obj_call_method(self, names.items, NULL, 0);
    Obj *iterator = items == NULL ? NULL : obj_iter(items), *result = NULL;
    Obj *arguments = iterator == NULL ? NULL
                     : factory_of(self) == NULL || is_none(factory_of(self))
                         ? tuple_new(0)
                         : tuple_pack(1, factory_of(self));
    if (arguments != NULL)
        result = tuple_pack(5, &obj_type(self)->head.base, arguments, obj_none, obj_none, iterator);
    obj_xdecref(items);
    obj_xdecref(iterator);
    obj_xdecref(arguments);
    return result;
}

static const MethodDef methods[] = {
    {"__missing__", method_missing, 1, 1, 0,
     "__missing__(key)\n\nEnters and gives what the factory makes; KeyError without a factory."},
    {"copy", method_copy, 0, 0, 0, "A shallow copy."},
    {"__copy__", method_copy, 0, 0, 0, "A shallow copy."},
    {"__reduce__", method_reduce, 0, 0, 0, "How to make this dict again."},
    {0},
};

static const MemberDef members[] = {
    {"default_factory", MEMBER_OBJ, offsetof(DefaultDictObj, factory), 0,
     "What is called to make the value of a missing key."},
    {0},
};

Type defaultdict_type = {
    .head = {.base = {1, &type_type.root},
             .name = "collections.defaultdict",
             .flags = TYPE_GC | TYPE_BASE | TYPE_DICT | TYPE_MAPPING,
             .traverse = traverse,
             .clear = clear,
             .dealloc = dealloc},
    .root = {.type = &defaultdict_type.head},
    .doc = "defaultdict(default_factory=None, /, [...])\n\n"
           "A dict that makes the values of missing keys by calling default_factory().",
    .basic_size = sizeof(DefaultDictObj),
    .base = &dict_type,
    .repr = repr,
    .new = new,
    .init = init,
    .bit_or = merge_operator,
    .get_item = get_item,
    .methods = methods,
    .members = members,
};
