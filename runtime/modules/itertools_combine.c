/*
 * itertools.product, permutations, combinations and combinations_with_replacement.
 *
 * All four keep the pools of items as tuples, the positions of the current selection in a list of
 * int64, and the tuple given last, which is changed in place when nobody else kept it.
 */

#include <string.h>

#include "gc/mem.h"
#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/modules/itertools.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"

typedef struct CombineObj {
    Obj base;
    Obj *pools;       /* owned: the tuple of items; for product a tuple of tuples */
    Obj *result;      /* owned: the tuple given last; NULL before the first */
    int64_t *indices; /* `count` positions in the pools */
    int64_t *cycles;  /* permutations: `length` counters; else NULL */
    int64_t count;    /* entries of indices */
    int64_t length;   /* items of a result */
    bool stopped;
} CombineObj;

#define combine_cast(o) ((CombineObj *)(o))
#define MAX_COUNT ((int64_t)1 << 56)

/* ---- shared */

static int combine_traverse(ObjRef self, VisitFn visit, void *context)
{
    GC_VISIT(combine_cast(self)->pools);
    GC_VISIT(combine_cast(self)->result);
    return 0;
}

static int combine_clear(ObjRef self)
{
    CombineObj *it = combine_cast(self);
    it->stopped = true;
    obj_clear(&it->pools);
    obj_clear(&it->result);
    return 0;
}

static void combine_dealloc(Obj *self)
{
    CombineObj *it = combine_cast(self);
    gc_untrack(self);
    combine_clear(self);
    mem_free(it->indices, (size_t)it->count * sizeof(int64_t));
    mem_free(it->cycles, it->cycles == NULL ? 0 : (size_t)it->length * sizeof(int64_t));
    obj_free(self, sizeof(CombineObj));
}

/* A new iterator with all indices 0.  Takes over pools. */
static CombineObj *combine_new_steal(Type *type, Obj *pools, int64_t count, int64_t length,
                                     bool with_cycles)
{
    CombineObj *it = (CombineObj *)obj_alloc(type, sizeof(CombineObj));
    if (it == NULL) {
        obj_decref(pools);
        return NULL;
    }
    it->pools = pools;
    it->length = length;
    it->indices = count > MAX_COUNT ? NULL : mem_alloc_zero((size_t)count * sizeof(int64_t));
    it->count = it->indices == NULL ? 0 : count;
    if (it->indices != NULL && with_cycles) {
        it->cycles = length > MAX_COUNT ? NULL : mem_alloc_zero((size_t)length * sizeof(int64_t));
    }
    if (it->indices == NULL || (with_cycles && it->cycles == NULL)) {
        err_no_memory();
        obj_decref(&it->base);
        return NULL;
    }
    obj_track_if_gc(&it->base);
    return it;
}

/* The result tuple, to be changed: the one given last unless somebody kept it; its items are then
 * shared with the copy.  NULL on error. */
static TupleObj *writable_result(CombineObj *it)
{
    if (it->result->refcnt > 1) {
        Obj *copy = tuple_from((const ObjRef *)tuple_cast(it->result)->items, it->length);
        if (copy == NULL)
            return NULL;
        obj_replace(&it->result, copy);
    }
    return tuple_cast(it->result);
}

/* Puts an item into the result; the collector learns of the tuple when it needs to. */
static inline void set_result_item(TupleObj *result, int64_t i, ObjRef item)
{
    if (gc_link(&result->base)->next == NULL && obj_has_flag(item, TYPE_GC))
        gc_track(&result->base);
    obj_replace(&result->items[i], obj_incref(item));
}

static int give_result(const CombineObj *it, Obj **out)
{
    *out = obj_incref(it->result);
    return 1;
}

/* The end: forgets the last result. */
static int stop(CombineObj *it)
{
    it->stopped = true;
    return 0;
}

static Obj *tuple_of_numbers(const int64_t *numbers, int64_t count)
{
    Obj *tuple = tuple_new(count);
    for (int64_t i = 0; tuple != NULL && i < count; i++) {
        tuple_cast(tuple)->items[i] = int_new(numbers[i]);
        if (tuple_peek(tuple, i) == NULL)
            obj_clear(&tuple);
    }
    if (tuple != NULL)
        tuple_maybe_untrack(tuple);
    return tuple;
}

/* Reads `count` numbers from a tuple into out, each clipped to 0…limit(i) - 1 by the caller. */
static int read_numbers(ObjRef tuple, int64_t *out, int64_t count)
{
    if (!tuple_check(tuple) || tuple_length(tuple) != count)
        return err_format_int(&exc_value_error, "invalid arguments");
    for (int64_t i = 0; i < count; i++) {
        if (args_to_int64(tuple_peek(tuple, i), &out[i]) < 0)
            return -1;
    }
    return 0;
}

static int64_t clip(int64_t value, int64_t low, int64_t high)
{
    return value < low ? low : value > high ? high : value;
}

/* (type, (pool, length)[, indices]); after the end, (type, ((), length)). */
static Obj *combine_reduce(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    const CombineObj *it = (const CombineObj *)self;
    Obj *length = int_new(it->length), *pool = it->stopped ? tuple_new(0) : obj_incref(it->pools);
    Obj *arguments = NULL, *state = NULL;
    if (length != NULL && pool != NULL)
        arguments = tuple_pack(2, pool, length);
    if (arguments != NULL && it->result != NULL && !it->stopped) {
        state = tuple_of_numbers(it->indices, it->count);
        if (state == NULL)
            obj_clear(&arguments);
    }
    obj_xdecref(length);
    obj_xdecref(pool);
    return itertools_reduce_steal(self, arguments, state);
}

/* Fills the result anew from the indices: after __setstate__. */
static int rebuild_result(CombineObj *it, bool product)
{
    Obj *result = tuple_new(it->length);
    if (result == NULL)
        return -1;
    for (int64_t i = 0; i < it->length; i++) {
        ObjRef pool = product ? tuple_peek(it->pools, i) : it->pools;
        tuple_cast(result)->items[i] = obj_incref(tuple_peek(pool, it->indices[i]));
    }
    obj_replace(&it->result, result);
    return 0;
}

/* Reads the state of combinations…: indices below the length of the pool. */
static Obj *combine_setstate(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    CombineObj *it = combine_cast(self);
    int64_t size = it->pools == NULL ? 0 : tuple_length(it->pools);
    bool replacement = obj_is(self, &itertools_replacement_type);
    if (it->stopped)
        return none_new();
    if (read_numbers(args[0], it->indices, it->count) < 0)
        return NULL;
    for (int64_t i = 0; i < it->count; i++) {
        int64_t most = replacement ? size - 1 : size - it->count + i;
        it->indices[i] = clip(it->indices[i], 0, most);
    }
    return rebuild_result(it, false) < 0 ? NULL : none_new();
}

static const MethodDef combine_methods[] = {
    {"__reduce__", combine_reduce, 0, 0, 0, "How to make this iterator again."},
    {"__setstate__", combine_setstate, 1, 1, 0, "Sets the state."},
    {0},
};

/* The arguments of combinations and combinations_with_replacement: (iterable, r). */
static CombineObj *combine_from_args(Type *type, const char *name, const ObjRef *args,
                                     int64_t nargs, ObjRef kwnames)
{
    ArgSpec spec = {name, 0, 2, 2, 2, {"iterable", "r"}};
    ObjRef given[2];
    int64_t length;
    if (args_bind(&spec, args, nargs, kwnames, given) < 0)
        return NULL;
    Obj *pool = obj_to_tuple(given[0]);
    if (pool == NULL)
        return NULL;
    if (args_to_int64(given[1], &length) < 0) {
        obj_decref(pool);
        return NULL;
    }
    if (length < 0) {
        obj_decref(pool);
        err_string(&exc_value_error, "r must be non-negative");
        return NULL;
    }
    return combine_new_steal(type, pool, length, length, false);
}

#define COMBINE_TYPE(object, text, prefix, table)                                                  \
    .head = {.base = {1, &type_type.root},                                                         \
             .name = "itertools." text,                                                            \
             .flags = TYPE_GC | TYPE_BASE,                                                         \
             .traverse = combine_traverse,                                                         \
             .clear = combine_clear,                                                               \
             .dealloc = combine_dealloc},                                                          \
    .root = {.type = &(object).head}, .basic_size = sizeof(CombineObj), .iter = object_iter_self,  \
    .next = prefix##_next, .new = prefix##_new, .methods = table

/* ---- combinations: indices rise strictly */

static Obj *combinations_new(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    CombineObj *it = combine_from_args(type, "combinations", args, nargs, kwnames);
    if (it == NULL)
        return NULL;
    for (int64_t i = 0; i < it->count; i++)
        it->indices[i] = i;
    it->stopped = it->length > tuple_length(it->pools);
    return &it->base;
}

static int combinations_next(ObjRef self, Obj **out)
{
    CombineObj *it = combine_cast(self);
    if (it->stopped)
        return 0;
    int64_t r = it->length, n = tuple_length(it->pools);
    if (it->result == NULL) {
        it->result = tuple_from((const ObjRef *)tuple_cast(it->pools)->items, r);
        return it->result == NULL ? -1 : give_result(it, out);
    }
    /* The rightmost index that can still rise. */
    int64_t i = r - 1;
    while (i >= 0 && it->indices[i] == i + n - r)
        i--;
    if (i < 0)
        return stop(it);
    TupleObj *result = writable_result(it);
    if (result == NULL)
        return -1;
    it->indices[i]++;
    for (int64_t j = i + 1; j < r; j++)
        it->indices[j] = it->indices[j - 1] + 1;
    for (; i < r; i++)
        set_result_item(result, i, tuple_peek(it->pools, it->indices[i]));
    return give_result(it, out);
}

Type itertools_combinations_type = {
    COMBINE_TYPE(itertools_combinations_type, "combinations", combinations, combine_methods),
    .doc = "combinations(iterable, r)\n--\n\n"
           "The ways to take r items, in their order and each item at most once.",
};

/* ---- combinations_with_replacement: indices never fall */

static Obj *replacement_new(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    CombineObj *it = combine_from_args(type, "combinations_with_replacement", args, nargs, kwnames);
    if (it == NULL)
        return NULL;
    it->stopped = tuple_length(it->pools) == 0 && it->length > 0;
    return &it->base;
}

static int replacement_next(ObjRef self, Obj **out)
{
    CombineObj *it = combine_cast(self);
    if (it->stopped)
        return 0;
    int64_t r = it->length, n = tuple_length(it->pools);
    if (it->result == NULL) {
        it->result = tuple_new(r);
        if (it->result == NULL)
            return -1;
        for (int64_t i = 0; i < r; i++)
            tuple_cast(it->result)->items[i] = obj_incref(tuple_peek(it->pools, 0));
        return give_result(it, out);
    }
    int64_t i = r - 1;
    while (i >= 0 && it->indices[i] == n - 1)
        i--;
    if (i < 0)
        return stop(it);
    TupleObj *result = writable_result(it);
    if (result == NULL)
        return -1;
    int64_t index = it->indices[i] + 1;
    for (; i < r; i++) {
        it->indices[i] = index;
        set_result_item(result, i, tuple_peek(it->pools, index));
    }
    return give_result(it, out);
}

Type itertools_replacement_type = {
    COMBINE_TYPE(itertools_replacement_type, "combinations_with_replacement", replacement,
                 combine_methods),
    .doc = "combinations_with_replacement(iterable, r)\n--\n\n"
           "The ways to take r items, in their order and each item any number of times.",
};

/* ---- permutations: indices is a permutation of the pool, cycles counts the swaps of each place */

static Obj *permutations_new(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    static const ArgSpec spec = {"permutations", 0, 1, 2, 2, {"iterable", "r"}};
    ObjRef given[2];
    if (args_bind(&spec, args, nargs, kwnames, given) < 0)
        return NULL;
    Obj *pool = obj_to_tuple(given[0]);
    if (pool == NULL)
        return NULL;
    int64_t n = tuple_length(pool), r = n;
    if (given[1] != NULL && !is_none(given[1])) {
        if (!int_check(given[1]))
            err_string(&exc_type_error, "Expected int as r");
        else if (args_to_int64(given[1], &r) == 0 && r < 0)
            err_string(&exc_value_error, "r must be non-negative");
        if (err_occurred() != NULL) {
            obj_decref(pool);
            return NULL;
        }
    }
    CombineObj *it = combine_new_steal(type, pool, n, r, true);
    if (it == NULL)
        return NULL;
    for (int64_t i = 0; i < n; i++)
        it->indices[i] = i;
    for (int64_t i = 0; i < r; i++)
        it->cycles[i] = n - i;
    it->stopped = r > n;
    return &it->base;
}

static int permutations_next(ObjRef self, Obj **out)
{
    CombineObj *it = combine_cast(self);
    if (it->stopped)
        return 0;
    int64_t r = it->length, n = it->count;
    int64_t *indices = it->indices;
    if (it->result == NULL) {
        it->result = tuple_from((const ObjRef *)tuple_cast(it->pools)->items, r);
        return it->result == NULL ? -1 : give_result(it, out);
    }
    if (n == 0)
        return stop(it);
    TupleObj *result = writable_result(it);
    if (result == NULL)
        return -1;
    for (int64_t i = r - 1; i >= 0; i--) {
        if (--it->cycles[i] == 0) {
            /* This place had every item: rotate the rest and go on to the left. */
            int64_t index = indices[i];
            memmove(&indices[i], &indices[i + 1], (size_t)(n - 1 - i) * sizeof(int64_t));
            indices[n - 1] = index;
            it->cycles[i] = n - i;
            continue;
        }
        int64_t j = n - it->cycles[i];
        int64_t index = indices[i];
        indices[i] = indices[j];
        indices[j] = index;
        for (int64_t k = i; k < r; k++)
            set_result_item(result, k, tuple_peek(it->pools, indices[k]));
        return give_result(it, out);
    }
    return stop(it);
}

/* (type, (pool, r)[, (indices, cycles)]). */
static Obj *permutations_reduce(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    const CombineObj *it = (const CombineObj *)self;
    if (it->result == NULL || it->stopped)
        return combine_reduce(self, args, nargs, kwnames);
    Obj *length = int_new(it->length), *arguments = NULL, *state = NULL;
    Obj *indices = tuple_of_numbers(it->indices, it->count);
    Obj *cycles = tuple_of_numbers(it->cycles, it->length);
    if (length != NULL && indices != NULL && cycles != NULL)
        state = tuple_pack(2, indices, cycles);
    if (state != NULL)
        arguments = tuple_pack(2, it->pools, length);
    obj_xdecref(length);
    obj_xdecref(indices);
    obj_xdecref(cycles);
    return itertools_reduce_steal(self, arguments, state);
}

static Obj *permutations_setstate(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    CombineObj *it = combine_cast(self);
    ObjRef state = args[0];
    if (it->stopped)
        return none_new();
    if (!tuple_check(state) || tuple_length(state) != 2)
        return err_string(&exc_value_error, "invalid arguments");
    if (read_numbers(tuple_peek(state, 0), it->indices, it->count) < 0 ||
        read_numbers(tuple_peek(state, 1), it->cycles, it->length) < 0)
        return NULL;
    for (int64_t i = 0; i < it->count; i++)
        it->indices[i] = clip(it->indices[i], 0, it->count - 1);
    for (int64_t i = 0; i < it->length; i++)
        it->cycles[i] = clip(it->cycles[i], 1, it->count - i);
    return rebuild_result(it, false) < 0 ? NULL : none_new();
}

static const MethodDef permutations_methods[] = {
    {"__reduce__", permutations_reduce, 0, 0, 0, "How to make this iterator again."},
    {"__setstate__", permutations_setstate, 1, 1, 0, "Sets the state."},
    {0},
};

Type itertools_permutations_type = {
    COMBINE_TYPE(itertools_permutations_type, "permutations", permutations, permutations_methods),
    .doc = "permutations(iterable, r=None)\n--\n\nThe ways to take r items in any order.",
};

/* ---- product: indices turn like an odometer */

static Obj *product_new(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    int64_t repeat = 1;
    int64_t keywords = kwnames == NULL ? 0 : tuple_length(kwnames);
    if (keywords > 1)
        return err_format(&exc_type_error,
                          "product() takes at most 1 keyword argument (%lld given)",
                          (long long)keywords);
    if (keywords == 1) {
        if (!str_equal_ascii(tuple_peek(kwnames, 0), "repeat"))
            return err_format(&exc_type_error, "'%U' is an invalid keyword argument for product()",
                              tuple_peek(kwnames, 0));
        if (args_to_int64(args[nargs], &repeat) < 0)
            return NULL;
        if (repeat < 0)
            return err_string(&exc_value_error, "repeat argument cannot be negative");
    }
    if (repeat == 0)
        nargs = 0;
    if (nargs > 0 && repeat > MAX_COUNT / nargs)
        return err_string(&exc_overflow_error, "repeat argument too large");
    int64_t count = nargs * repeat;
    Obj *pools = tuple_new(count);
    if (pools == NULL)
        return NULL;
    bool empty = false;
    for (int64_t i = 0; i < nargs; i++) {
        Obj *pool = obj_to_tuple(args[i]);
        if (pool == NULL) {
            obj_decref(pools);
            return NULL;
        }
        empty |= tuple_length(pool) == 0;
        for (int64_t k = 0; k < repeat; k++)
            tuple_cast(pools)->items[k * nargs + i] = obj_incref(pool);
        obj_decref(pool);
    }
    CombineObj *it = combine_new_steal(type, pools, count, count, false);
    if (it == NULL)
        return NULL;
    it->stopped = empty;
    return &it->base;
}

static int product_next(ObjRef self, Obj **out)
{
    CombineObj *it = combine_cast(self);
    if (it->stopped)
        return 0;
    if (it->result == NULL)
        return rebuild_result(it, true) < 0 ? -1 : give_result(it, out);
    if (it->count == 0)
        return stop(it);
    TupleObj *result = writable_result(it);
    if (result == NULL)
        return -1;
    for (int64_t i = it->count - 1; i >= 0; i--) {
        ObjRef pool = tuple_peek(it->pools, i);
        bool carry = ++it->indices[i] == tuple_length(pool);
        if (carry)
            it->indices[i] = 0;
        set_result_item(result, i, tuple_peek(pool, it->indices[i]));
        if (!carry)
            return give_result(it, out);
    }
    return stop(it);
}

/* (type, pools[, indices]); after the end, (type, ((),)). */
static Obj *product_reduce(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    const CombineObj *it = (const CombineObj *)self;
    if (it->stopped) {
        Obj *empty = tuple_new(0), *arguments = empty == NULL ? NULL : tuple_pack(1, empty);
        obj_xdecref(empty);
        return itertools_reduce_steal(self, arguments, NULL);
    }
    Obj *state = NULL;
    if (it->result != NULL) {
        state = tuple_of_numbers(it->indices, it->count);
        if (state == NULL)
            return NULL;
    }
    return itertools_reduce_steal(self, obj_incref(it->pools), state);
}

static Obj *product_setstate(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    CombineObj *it = combine_cast(self);
    if (it->stopped)
        return none_new();
    if (read_numbers(args[0], it->indices, it->count) < 0)
        return NULL;
    for (int64_t i = 0; i < it->count; i++)
        it->indices[i] = clip(it->indices[i], 0, tuple_length(tuple_peek(it->pools, i)) - 1);
    return rebuild_result(it, true) < 0 ? NULL : none_new();
}

static const MethodDef product_methods[] = {
    {"__reduce__", product_reduce, 0, 0, 0, "How to make this iterator again."},
    {"__setstate__", product_setstate, 1, 1, 0, "Sets the state."},
    {0},
};

Type itertools_product_type = {
    COMBINE_TYPE(itertools_product_type, "product", product, product_methods),
    .doc = "product(*iterables, repeat=1)\n\n"
           "The tuples of one item of each iterable, the last one turning fastest.",
};
