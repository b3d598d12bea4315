/*
 * mappingproxy: passes every question on to a mapping and offers no way to change it.
 */

#include "runtime/types/mappingproxy.h"

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/types/dict.h"
#include "runtime/types/generic_alias.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"

typedef struct MappingProxyObj {
    Obj base;
    Obj *mapping; /* owned */
} MappingProxyObj;

#define proxy_mapping(o) ((ObjRef)((const MappingProxyObj *)(o))->mapping)

/* ---------------------------------------------------------------- lifecycle */

Obj *mappingproxy_new(ObjRef mapping)
{
    MappingProxyObj *self =
        (MappingProxyObj *)obj_new_gc(&mappingproxy_type, (int64_t)sizeof(MappingProxyObj));
    if (self == NULL)
        return NULL;
    self->mapping = obj_incref(mapping);
    gc_track(&self->base);
    return &self->base;
}

static Obj *mappingproxy_make(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    static const ArgSpec spec = {"mappingproxy", 0, 1, 1, 1, {"mapping"}};
    (void)type;
    ObjRef mapping;
    if (args_bind(&spec, args, nargs, kwnames, &mapping) < 0)
        return NULL;
    if (obj_type(mapping)->get_item == NULL || list_check(mapping) || tuple_check(mapping)) {
        return err_format(&exc_type_error, "mappingproxy() argument must be a mapping, not %T",
                          mapping);
    }
    return mappingproxy_new(mapping);
}

static int mappingproxy_traverse(ObjRef self, VisitFn visit, void *context)
{
    GC_VISIT(proxy_mapping(self));
    return 0;
}

static void mappingproxy_dealloc(Obj *self)
{
    gc_untrack(self);
    obj_decref(((MappingProxyObj *)self)->mapping);
    obj_free(self, (int64_t)sizeof(MappingProxyObj));
}

/* ---------------------------------------------------------------- operations */

static int64_t mappingproxy_length(ObjRef self)
{
    return obj_length(proxy_mapping(self));
}

static Obj *mappingproxy_getitem(ObjRef self, ObjRef key)
{
    return obj_getitem(proxy_mapping(self), key);
}

static int mappingproxy_contains(ObjRef self, ObjRef key)
{
    ObjRef mapping = proxy_mapping(self);
    return dict_check_exact(mapping) ? dict_contains(mapping, key) : obj_contains(mapping, key);
}

static Obj *mappingproxy_iter(ObjRef self)
{
    return obj_iter(proxy_mapping(self));
}

static Obj *mappingproxy_compare(ObjRef self, ObjRef other, CompareOp op)
{
    return obj_compare(proxy_mapping(self), other, op);
}

static int64_t mappingproxy_hash(ObjRef self)
{
    return obj_hash(proxy_mapping(self));
}

static Obj *mappingproxy_repr(ObjRef self)
{
    return str_format_c("mappingproxy(%R)", proxy_mapping(self));
}

static Obj *mappingproxy_str(ObjRef self)
{
    return obj_str(proxy_mapping(self));
}

/* The mapping behind a proxy; anything else is itself. */
static ObjRef unwrap(ObjRef o)
{
    return obj_type(o) == &mappingproxy_type ? proxy_mapping(o) : o;
}

static Obj *mappingproxy_or(ObjRef left, ObjRef right)
{
    return obj_binary(unwrap(left), unwrap(right), BINARY_OR);
}

static Obj *mappingproxy_ior(ObjRef self, ObjRef other)
{
    (void)other;
    return err_format(&exc_type_error, "'|=' is not supported by %T; use '|' instead", self);
}

/* ---------------------------------------------------------------- methods */

static Obj *proxy_get(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)kwnames;
    ObjRef both[2] = {args[0], nargs > 1 ? args[1] : obj_none};
    return obj_call_method(proxy_mapping(self), names.get, both, 2);
}

#define PASS_ON(function, method)                                                                  \
    static Obj *function(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)           \
    {                                                                                              \
        (void)args, (void)nargs, (void)kwnames;                                                    \
        return obj_call_method(proxy_mapping(self), names.method, NULL, 0);                        \
    }
PASS_ON(proxy_keys, keys)
PASS_ON(proxy_values, values)
PASS_ON(proxy_items, items)
PASS_ON(proxy_copy, copy)
PASS_ON(proxy_reversed, dunder_reversed)

static const MethodDef mappingproxy_methods[] = {
    {"get", proxy_get, 1, 2, 0,
     "D.get(k[,d]): D[k] if k is in D, else d, which is None if absent."},
    {"keys", proxy_keys, 0, 0, 0, "D.keys(): a set-like object providing a view on D's keys"},
    {"values", proxy_values, 0, 0, 0, "D.values(): an object providing a view on D's values"},
    {"items", proxy_items, 0, 0, 0, "D.items(): a set-like object providing a view on D's items"},
    {"copy", proxy_copy, 0, 0, 0, "D.copy(): a shallow copy of D"},
    {"__class_getitem__", generic_alias_class_getitem, 1, 1, METHOD_CLASS, "See PEP 585"},
    {"__reversed__", proxy_reversed, 0, 0, 0, "D.__reversed__(): reverse iterator"},
    {0},
};

Type mappingproxy_type = {
    .head = {.base = {1, &type_type.root},
             .name = "mappingproxy",
             .flags = TYPE_GC | TYPE_MAPPING,
             .traverse = mappingproxy_traverse,
             .dealloc = mappingproxy_dealloc},
    .basic_size = sizeof(MappingProxyObj),
    .doc = "mappingproxy(mapping)\n--\n\nA read-only view of a mapping.",
    .repr = mappingproxy_repr,
    .str = mappingproxy_str,
    .hash = mappingproxy_hash,
    .compare = mappingproxy_compare,
    .iter = mappingproxy_iter,
    .new = mappingproxy_make,
    .bit_or = mappingproxy_or,
    .inplace_or = mappingproxy_ior,
    .length = mappingproxy_length,
    .get_item = mappingproxy_getitem,
    .contains = mappingproxy_contains,
    .methods = mappingproxy_methods,
};
