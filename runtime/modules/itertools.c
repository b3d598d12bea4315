/*
 * Module itertools: building blocks for iterators.
 *
 * Here: the module, and the iterators that filter or map one iterable.  The others are in the files
 * that itertools.h lists.  An iterator whose clear ran (it was part of garbage) has NULL fields and
 * counts as exhausted.
 */

#include "runtime/modules/itertools.h"

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/types/int.h"
#include "runtime/types/module.h"
#include "runtime/types/tuple.h"

/* ---- shared */

Obj *itertools_reduce_steal(ObjRef self, Obj *arguments, Obj *state)
{
    Obj *result = NULL;
    if (arguments != NULL) {
        result = state == NULL ? tuple_pack(2, &obj_type(self)->head.base, arguments)
                               : tuple_pack(3, &obj_type(self)->head.base, arguments, state);
        obj_decref(arguments);
    }
    obj_xdecref(state);
    return result;
}

int itertools_no_keywords(Type *type, const Type *builtin, const char *name, ObjRef kwnames)
{
    return type == builtin || type->init == builtin->init ? args_no_keywords(name, kwnames) : 0;
}

/* ---- iterators over one iterable with a function */

typedef struct FunctionIterObj {
    Obj base;
    Obj *function, *iterator; /* owned */
    int64_t state;            /* dropwhile: dropping is over; takewhile: the end was met */
} FunctionIterObj;

ITERTOOLS_LIFECYCLE(with_function, FunctionIterObj, function, 2)

static Obj *make_with_function(Type *type, const Type *builtin, const char *name,
                               const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    if (itertools_no_keywords(type, builtin, name, kwnames) < 0 ||
        args_check_count(name, nargs, 2, 2) < 0)
        return NULL;
    Obj *iterator = obj_iter(args[1]);
    if (iterator == NULL)
        return NULL;
    FunctionIterObj *it = (FunctionIterObj *)obj_alloc(type, sizeof(FunctionIterObj));
    if (it == NULL) {
        obj_decref(iterator);
        return NULL;
    }
    it->function = obj_incref(args[0]);
    it->iterator = iterator;
    obj_track_if_gc(&it->base);
    return &it->base;
}

/* The truth of function(item): 1, 0, -1. */
static int holds(ObjRef function, ObjRef item)
{
    Obj *answer = obj_call1(function, item);
    if (answer == NULL)
        return -1;
    int truth = obj_truth(answer);
    obj_decref(answer);
    return truth;
}

/* (type, (function, iterator)), and the state for takewhile and dropwhile. */
static Obj *with_function_reduce(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    const FunctionIterObj *it = (const FunctionIterObj *)self;
    return itertools_reduce_steal(self, tuple_pack(2, it->function, it->iterator), NULL);
}

static Obj *with_state_reduce(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    const FunctionIterObj *it = (const FunctionIterObj *)self;
    return itertools_reduce_steal(self, tuple_pack(2, it->function, it->iterator),
                                  int_new(it->state));
}

static Obj *with_state_setstate(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    int state = obj_truth(args[0]);
    if (state < 0)
        return NULL;
    ((FunctionIterObj *)self)->state = state;
    return none_new();
}

static const MethodDef stateless_methods[] = {
    {"__reduce__", with_function_reduce, 0, 0, 0, "How to make this iterator again."},
    {0},
};

static const MethodDef with_state_methods[] = {
    {"__reduce__", with_state_reduce, 0, 0, 0, "How to make this iterator again."},
    {"__setstate__", with_state_setstate, 1, 1, 0, "Sets the state."},
    {0},
};

#define NEW_FUNCTION(prefix, object)                                                               \
    static Obj *prefix##_new(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)        \
    {                                                                                              \
        return make_with_function(type, &(object), #prefix, args, nargs, kwnames);                 \
    }

#define FUNCTION_TYPE(object, prefix, table, about)                                                \
    Type object = {                                                                                \
        .head = {.base = {1, &type_type.root},                                                     \
                 .name = "itertools." #prefix,                                                     \
                 .flags = TYPE_GC | TYPE_BASE,                                                     \
                 .traverse = with_function_traverse,                                               \
                 .clear = with_function_clear,                                                     \
                 .dealloc = with_function_dealloc},                                                \
        .root = {.type = &(object).head},                                                          \
        .doc = about,                                                                              \
        .basic_size = sizeof(FunctionIterObj),                                                     \
        .iter = object_iter_self,                                                                  \
        .next = prefix##_next,                                                                     \
        .new = prefix##_new,                                                                       \
        .methods = table,                                                                          \
    }

NEW_FUNCTION(dropwhile, itertools_dropwhile_type)
NEW_FUNCTION(takewhile, itertools_takewhile_type)
NEW_FUNCTION(filterfalse, itertools_filterfalse_type)
NEW_FUNCTION(starmap, itertools_starmap_type)

static int dropwhile_next(ObjRef self, Obj **out)
{
    FunctionIterObj *it = (FunctionIterObj *)self;
    if (it->iterator == NULL)
        return 0;
    Obj *item;
    int more;
    while ((more = obj_next(it->iterator, &item)) > 0) {
        int drop = it->state ? 0 : holds(it->function, item);
        if (drop == 0) {
            it->state = 1;
            *out = item;
            return 1;
        }
        obj_decref(item);
        if (drop < 0)
            return -1;
    }
    return more;
}

static int takewhile_next(ObjRef self, Obj **out)
{
    FunctionIterObj *it = (FunctionIterObj *)self;
    if (it->state || it->iterator == NULL)
        return 0;
    Obj *item;
    int more = obj_next(it->iterator, &item);
    if (more <= 0)
        return more;
    int keep = holds(it->function, item);
    if (keep > 0) {
        *out = item;
        return 1;
    }
    obj_decref(item);
    if (keep == 0)
        it->state = 1;
    return keep;
}

static int filterfalse_next(ObjRef self, Obj **out)
{
    const FunctionIterObj *it = (const FunctionIterObj *)self;
    if (it->iterator == NULL)
        return 0;
    Obj *item;
    int more;
    while ((more = obj_next(it->iterator, &item)) > 0) {
        int drop = is_none(it->function) || it->function == &bool_type.head.base
                       ? obj_truth(item)
                       : holds(it->function, item);
        if (drop == 0) {
            *out = item;
            return 1;
        }
        obj_decref(item);
        if (drop < 0)
            return -1;
    }
    return more;
}

static int starmap_next(ObjRef self, Obj **out)
{
    const FunctionIterObj *it = (const FunctionIterObj *)self;
    if (it->iterator == NULL)
        return 0;
    Obj *item;
    int more = obj_next(it->iterator, &item);
    if (more <= 0)
        return more;
    if (!tuple_check_exact(item))
        obj_replace(&item, obj_to_tuple(item));
    if (item == NULL)
        return -1;
    *out =
        obj_call(it->function, (const ObjRef *)tuple_cast(item)->items, tuple_length(item), NULL);
    obj_decref(item);
    return *out == NULL ? -1 : 1;
}

FUNCTION_TYPE(itertools_dropwhile_type, dropwhile, with_state_methods,
              "dropwhile(predicate, iterable, /)\n--\n\n"
              "The items from the first one for which the predicate is false.");
FUNCTION_TYPE(itertools_takewhile_type, takewhile, with_state_methods,
              "takewhile(predicate, iterable, /)\n--\n\n"
              "The items up to the first one for which the predicate is false.");
FUNCTION_TYPE(itertools_filterfalse_type, filterfalse, stateless_methods,
              "filterfalse(function, iterable, /)\n--\n\n"
              "The items for which the function is false; with None, those that are false.");
FUNCTION_TYPE(itertools_starmap_type, starmap, stateless_methods,
              "starmap(function, iterable, /)\n--\n\nfunction(*item) for the items of iterable.");

/* ---- compress */

typedef struct CompressObj {
    Obj base;
    Obj *data, *selectors; /* owned iterators */
} CompressObj;

ITERTOOLS_LIFECYCLE(compress, CompressObj, data, 2)

static Obj *compress_new(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    static const ArgSpec spec = {"compress", 0, 2, 2, 2, {"data", "selectors"}};
    ObjRef given[2];
    if (args_bind(&spec, args, nargs, kwnames, given) < 0)
        return NULL;
    Obj *data = obj_iter(given[0]), *selectors = data == NULL ? NULL : obj_iter(given[1]);
    CompressObj *it =
        selectors == NULL ? NULL : (CompressObj *)obj_alloc(type, sizeof(CompressObj));
    if (it == NULL) {
        obj_xdecref(data);
        obj_xdecref(selectors);
        return NULL;
    }
    it->data = data;
    it->selectors = selectors;
    obj_track_if_gc(&it->base);
    return &it->base;
}

static int compress_next(ObjRef self, Obj **out)
{
    const CompressObj *it = (const CompressObj *)self;
    for (;;) {
        Obj *item, *selector;
        int more = it->data == NULL ? 0 : obj_next(it->data, &item);
        if (more <= 0)
            return more;
        more = it->selectors == NULL ? 0 : obj_next(it->selectors, &selector);
        if (more <= 0) {
            obj_decref(item);
            return more;
        }
        int keep = obj_truth(selector);
        obj_decref(selector);
        if (keep > 0) {
            *out = item;
            return 1;
        }
        obj_decref(item);
        if (keep < 0)
            return -1;
    }
}

static Obj *compress_reduce(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    const CompressObj *it = (const CompressObj *)self;
    return itertools_reduce_steal(self, tuple_pack(2, it->data, it->selectors), NULL);
}

static const MethodDef compress_methods[] = {
    {"__reduce__", compress_reduce, 0, 0, 0, "How to make this iterator again."},
    {0},
};

Type itertools_compress_type = {
    ITERTOOLS_TYPE(itertools_compress_type, "compress", CompressObj, compress),
    .doc = "compress(data, selectors)\n--\n\nThe items of data whose selector is true.",
};

/* ---- module */

static const MethodDef functions[] = {
    {"tee", itertools_tee, 1, 2, 0,
     "tee($module, iterable, n=2, /)\n--\n\nA tuple of n independent iterators over one iterable."},
    {0},
};

static int exec(ObjRef module)
{
    static const struct {
        const char *name;
        Type *type;
    } types[] = {
        {"accumulate", &itertools_accumulate_type},
        {"chain", &itertools_chain_type},
        {"combinations", &itertools_combinations_type},
        {"combinations_with_replacement", &itertools_replacement_type},
        {"compress", &itertools_compress_type},
        {"count", &itertools_count_type},
        {"cycle", &itertools_cycle_type},
        {"dropwhile", &itertools_dropwhile_type},
        {"filterfalse", &itertools_filterfalse_type},
        {"groupby", &itertools_groupby_type},
        {"_grouper", &itertools_grouper_type},
        {"islice", &itertools_islice_type},
        {"pairwise", &itertools_pairwise_type},
        {"permutations", &itertools_permutations_type},
        {"product", &itertools_product_type},
        {"repeat", &itertools_repeat_type},
        {"starmap", &itertools_starmap_type},
        {"takewhile", &itertools_takewhile_type},
        {"_tee", &itertools_tee_type},
        {"_tee_dataobject", &itertools_tee_data_type},
        {"zip_longest", &itertools_zip_longest_type},
    };
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
        if (type_ready(types[i].type) < 0 ||
            module_add(module, types[i].name, &types[i].type->head.base) < 0)
            return -1;
    }
    return 0;
}

extern const ModuleDef itertools_module;
const ModuleDef itertools_module = {"itertools", "Building blocks for iterators.", functions, exec};
