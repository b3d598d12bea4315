/*
 * Module _collections: what collections needs in C.
 *
 * Here: counting for Counter and the field descriptors of named tuples.  deque, defaultdict and
 * OrderedDict have their own files (collections.h); the rest is runtime/lib/collections.
 */

#include "runtime/modules/collections.h"

#include <stddef.h>

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/module.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"

/* ---- _tuplegetter: the property of one field of a named tuple */

typedef struct TupleGetterObj {
    Obj base;
    int64_t index;
    Obj *doc; /* owned */
} TupleGetterObj;

static Obj *getter_new(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    int64_t index;
    if (args_no_keywords("_tuplegetter", kwnames) < 0 ||
        args_check_count("_tuplegetter", nargs, 2, 2) < 0 || args_to_int64(args[0], &index) < 0)
        return NULL;
    TupleGetterObj *g = (TupleGetterObj *)obj_alloc(type, sizeof(TupleGetterObj));
    if (g == NULL)
        return NULL;
    g->index = index;
    g->doc = obj_incref(args[1]);
    obj_track_if_gc(&g->base);
    return &g->base;
}

static int getter_traverse(ObjRef self, VisitFn visit, void *context)
{
    GC_VISIT(((const TupleGetterObj *)self)->doc);
    return 0;
}

static int getter_clear(ObjRef self)
{
    obj_clear(&((TupleGetterObj *)self)->doc);
    return 0;
}

static void getter_dealloc(Obj *self)
{
    gc_untrack(self);
    getter_clear(self);
    obj_free(self, sizeof(TupleGetterObj));
}

static Obj *getter_get(ObjRef self, ObjRef instance, ObjRef owner)
{
    (void)owner;
    int64_t index = ((const TupleGetterObj *)self)->index;
    if (instance == NULL || is_none(instance))
        return obj_incref(self);
    if (!tuple_check(instance))
        return err_format(&exc_type_error,
                          "descriptor for index '%lld' for tuple subclasses doesn't apply to '%T' "
                          "object",
                          (long long)index, instance);
    if ((uint64_t)index >= (uint64_t)tuple_length(instance))
        return err_string(&exc_index_error, "tuple index out of range");
    return obj_incref(tuple_peek(instance, index));
}

static int getter_set(ObjRef self, ObjRef instance, ObjRef value)
{
    (void)self, (void)instance;
    return err_format_int(&exc_attribute_error,
                          value == NULL ? "can't delete attribute" : "can't set attribute");
}

static Obj *getter_repr(ObjRef self)
{
    const TupleGetterObj *g = (const TupleGetterObj *)self;
    return str_format_c("_tuplegetter(%lld, %R)", (long long)g->index,
                        g->doc == NULL ? obj_none : g->doc);
}

static Obj *getter_reduce(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    const TupleGetterObj *g = (const TupleGetterObj *)self;
    Obj *index = int_new(g->index), *result = NULL;
    Obj *arguments =
        index == NULL ? NULL : tuple_pack(2, index, g->doc == NULL ? obj_none : g->doc);
    if (arguments != NULL)
        result = tuple_pack(2, &obj_type(self)->head.base, arguments);
    obj_xdecref(index);
    obj_xdecref(arguments);
    return result;
}

static const MethodDef getter_methods[] = {
    {"__reduce__", getter_reduce, 0, 0, 0, NULL},
    {0},
};

static const MemberDef getter_members[] = {
    {"__doc__", MEMBER_OBJ, offsetof(TupleGetterObj, doc), 0, NULL},
    {0},
};

static Type tuple_getter_type = {
    .head = {.base = {1, &type_type.root},
             .name = "_collections._tuplegetter",
             .flags = TYPE_GC,
             .traverse = getter_traverse,
             .clear = getter_clear,
             .dealloc = getter_dealloc},
    .root = {.type = &tuple_getter_type.head},
    .basic_size = sizeof(TupleGetterObj),
    .repr = getter_repr,
    .get = getter_get,
    .set = getter_set,
    .new = getter_new,
    .methods = getter_methods,
    .members = getter_members,
};

/* ---- _count_elements */

/* Whether a mapping reads and writes as a plain dict does. */
static bool counts_as_dict(ObjRef mapping)
{
    Type *type = obj_type(mapping);
    return dict_check(mapping) &&
           type_lookup(type, names.dunder_setitem) ==
               type_lookup(&dict_type, names.dunder_setitem) &&
           type_lookup(type, names.get) == type_lookup(&dict_type, names.get);
}

/* mapping[key] += 1 in a dict. */
static int count_in_dict(ObjRef mapping, ObjRef key, ObjRef one)
{
    int64_t hash = obj_hash(key);
    if (hash == -1)
        return -1;
    ObjRef old = dict_peek_hash(mapping, key, hash);
    if (old == NULL && err_occurred() != NULL)
        return -1;
    Obj *count;
    if (old != NULL && int_check_exact(old) && int_is_small(old) &&
        int_small_value(old) < INT64_MAX) {
        count = int_new(int_small_value(old) + 1);
    } else if (old != NULL) {
        Obj *held = obj_incref(old);
        count = obj_binary(held, one, BINARY_ADD);
        obj_decref(held);
    } else {
        count = obj_incref(one);
    }
    int failed = count == NULL ? -1 : dict_set_hash(mapping, key, count, hash);
    obj_xdecref(count);
    return failed;
}

/* mapping[key] = mapping.get(key, 0) + 1. */
static int count_in_mapping(ObjRef mapping, ObjRef key, ObjRef one)
{
    Obj *zero = int_new(0);
    Obj *old = zero == NULL ? NULL : obj_call_method(mapping, names.get, (ObjRef[]){key, zero}, 2);
    Obj *count = old == NULL ? NULL : obj_binary(old, one, BINARY_ADD);
    int failed = count == NULL ? -1 : obj_setitem(mapping, key, count);
    obj_xdecref(zero);
    obj_xdecref(old);
    obj_xdecref(count);
    return failed;
}

static Obj *count_elements(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)nargs, (void)kwnames;
    ObjRef mapping = args[0];
    Obj *one = int_new(1);
    Obj *iterator = one == NULL ? NULL : obj_iter(args[1]);
    if (iterator == NULL) {
        obj_xdecref(one);
        return NULL;
    }
    int (*count)(ObjRef mapping, ObjRef key, ObjRef one) =
        counts_as_dict(mapping) ? count_in_dict : count_in_mapping;
    Obj *key;
    int more;
    while ((more = obj_next(iterator, &key)) > 0) {
        int failed = count(mapping, key, one);
        obj_decref(key);
        if (failed < 0) {
            more = -1;
            break;
        }
    }
    obj_decref(one);
    obj_decref(iterator);
    return more < 0 ? NULL : none_new();
}

static const MethodDef functions[] = {
    {"_count_elements", count_elements, 2, 2, 0,
     "_count_elements($module, mapping, iterable, /)\n--\n\nCounts the items in a mapping."},
    {0},
};

static int exec(ObjRef module)
{
    static const struct {
        const char *name; /* NULL: not an attribute of the module */
        Type *type;
    } types[] = {
        {"deque", &deque_type},
        {"_deque_iterator", &deque_iterator_type},
        {"_deque_reverse_iterator", &deque_reverse_iterator_type},
        {"defaultdict", &defaultdict_type},
        {"OrderedDict", &ordered_dict_type},
        {NULL, &ordered_dict_iterator_type},
        {NULL, &ordered_dict_keys_type},
        {NULL, &ordered_dict_values_type},
        {NULL, &ordered_dict_items_type},
        {"_tuplegetter", &tuple_getter_type},
    };
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
        if (type_ready(types[i].type) < 0)
            return -1;
        if (types[i].name != NULL &&
            module_add(module, types[i].name, &types[i].type->head.base) < 0)
            return -1;
    }
    return 0;
}

extern const ModuleDef collections_module;
const ModuleDef collections_module = {"_collections", "What collections needs in C.", functions,
                                      exec};
