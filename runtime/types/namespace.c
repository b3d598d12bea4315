/*
 * types.SimpleNamespace: an object that is nothing but its attributes.
 */

#include "runtime/types/namespace.h"

#include <stddef.h>

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/types/dict.h"
#include "runtime/types/list.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"

typedef struct NamespaceObj {
    Obj base;
    Obj *dict; /* owned; never NULL but while cleared */
} NamespaceObj;

#define namespace_cast(o) ((NamespaceObj *)(o))

/* ---------------------------------------------------------------- lifecycle */

static Obj *namespace_make(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    Obj *self = obj_alloc(type, (int64_t)sizeof(NamespaceObj));
    if (self == NULL)
        return NULL;
    namespace_cast(self)->dict = dict_new();
    if (namespace_cast(self)->dict == NULL) {
        obj_decref(self);
        return NULL;
    }
    gc_track(self);
    return self;
}

Obj *namespace_new(ObjRef dict_or_null)
{
    Obj *self = namespace_make(&namespace_type, NULL, 0, NULL);
    if (self != NULL && dict_or_null != NULL &&
        dict_merge(namespace_cast(self)->dict, dict_or_null, true) < 0)
        obj_clear(&self);
    return self;
}

static int namespace_init(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    if (nargs > 0)
        return err_format_int(&exc_type_error, "no positional arguments expected");
    Obj *dict = object_dict(self);
    int64_t count = kwnames == NULL ? 0 : tuple_length(kwnames);
    int status = dict == NULL ? -1 : 0;
    for (int64_t i = 0; i < count && status == 0; i++)
        status = dict_set(dict, tuple_peek(kwnames, i), args[i]);
    obj_xdecref(dict);
    return status;
}

static int namespace_traverse(ObjRef self, VisitFn visit, void *context)
{
    GC_VISIT(namespace_cast(self)->dict);
    return 0;
}

static int namespace_clear(ObjRef self)
{
    obj_clear(&namespace_cast(self)->dict);
    return 0;
}

static void namespace_dealloc(Obj *self)
{
    gc_untrack(self);
    obj_clear(&namespace_cast(self)->dict);
    obj_free(self, (int64_t)sizeof(NamespaceObj));
}

/* ---------------------------------------------------------------- operations */

/* "a=1, b=2", the part between the parentheses. */
static Obj *items_text(ObjRef dict)
{
    Obj *parts = list_new(0), *items = NULL, *comma = NULL, *text = NULL;
    if (parts == NULL || (items = dict_items_list(dict)) == NULL)
        goto done;
    for (int64_t i = 0; i < list_length(items); i++) {
        ObjRef pair = list_peek(items, i), key = tuple_peek(pair, 0);
        if (!str_check(key) || str_length(key) == 0)
            continue;
        Obj *part = str_format_c("%U=%R", key, tuple_peek(pair, 1));
        if (part == NULL || list_append_steal(parts, part) < 0)
            goto done;
    }
    comma = str_from_ascii(", ");
    if (comma != NULL)
        text = str_join(comma, parts);
done:
    obj_xdecref(parts);
    obj_xdecref(items);
    obj_xdecref(comma);
    return text;
}

static Obj *namespace_repr(ObjRef self)
{
    const char *name = obj_type(self) == &namespace_type ? "namespace" : obj_type(self)->head.name;
    int active = obj_repr_enter(self);
    if (active != 0)
        return active < 0 ? NULL : str_format_c("%s(...)", name);
    Obj *dict = object_dict(self);
    Obj *items = dict == NULL ? NULL : items_text(dict);
    Obj *text = items == NULL ? NULL : str_format_c("%s(%U)", name, items);
    obj_xdecref(dict);
    obj_xdecref(items);
    obj_repr_leave(self);
    return text;
}

static Obj *namespace_compare(ObjRef self, ObjRef other, CompareOp op)
{
    if (!obj_is(self, &namespace_type) || !obj_is(other, &namespace_type))
        return not_implemented_new();
    Obj *a = object_dict(self), *b = object_dict(other), *result = NULL;
    if (a != NULL && b != NULL)
        result = obj_compare(a, b, op);
    obj_xdecref(a);
    obj_xdecref(b);
    return result;
}

static Obj *namespace_reduce(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    Obj *empty = tuple_new(0), *dict = object_dict(self), *result = NULL;
    if (empty != NULL && dict != NULL)
        result = tuple_pack(3, obj_type(self), empty, dict);
    obj_xdecref(empty);
    obj_xdecref(dict);
    return result;
}

static const MethodDef namespace_methods[] = {
    {"__reduce__", namespace_reduce, 0, 0, 0, "Return state information for pickling"},
    {0},
};

static const MemberDef namespace_members[] = {
    {"__dict__", MEMBER_OBJ, offsetof(NamespaceObj, dict), MEMBER_READONLY, NULL},
    {0},
};

Type namespace_type = {
    .head = {.base = {1, &type_type.root},
             .name = "types.SimpleNamespace",
             .flags = TYPE_GC | TYPE_BASE,
             .traverse = namespace_traverse,
             .clear = namespace_clear,
             .dealloc = namespace_dealloc},
    .basic_size = sizeof(NamespaceObj),
    .dict_offset = offsetof(NamespaceObj, dict),
    .doc = "A simple attribute-based namespace.\n\nSimpleNamespace(**kwargs)",
    .repr = namespace_repr,
    .compare = namespace_compare,
    .new = namespace_make,
    .init = namespace_init,
    .methods = namespace_methods,
    .members = namespace_members,
};
