#ifndef OURO_RUNTIME_MODULES_ITERTOOLS_H
#define OURO_RUNTIME_MODULES_ITERTOOLS_H

/*
 * Types of module itertools, by file:
 *   itertools.c          compress, dropwhile, filterfalse, starmap, takewhile
 *   itertools_chain.c    accumulate, chain, islice, pairwise, zip_longest
 *   itertools_count.c    count, cycle, repeat
 *   itertools_combine.c  product, permutations, combinations, combinations_with_replacement
 *   itertools_share.c    groupby, tee
 */

#include <stddef.h>

#include "runtime/core/object.h"

extern Type itertools_accumulate_type, itertools_chain_type, itertools_combinations_type,
    itertools_replacement_type, itertools_compress_type, itertools_count_type, itertools_cycle_type,
    itertools_dropwhile_type, itertools_filterfalse_type, itertools_groupby_type,
    itertools_grouper_type, itertools_islice_type, itertools_pairwise_type,
    itertools_permutations_type, itertools_product_type, itertools_repeat_type,
    itertools_starmap_type, itertools_takewhile_type, itertools_tee_type, itertools_tee_data_type,
    itertools_zip_longest_type;

/* tee(iterable, n=2), a function. */
Obj *itertools_tee(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames);
/* (type of self, arguments[, state]): takes over both; NULL arguments: an error is pending; NULL
 * state: left out. */
Obj *itertools_reduce_steal(ObjRef self, Obj *arguments, Obj *state);
/* For constructors without keywords: TypeError unless `type` or its class takes them itself. */
int itertools_no_keywords(Type *type, const Type *builtin, const char *name, ObjRef kwnames);

/* The lifecycle of an iterator whose owned references are `count` neighbours, the first one
 * `first`. */
#define ITERTOOLS_LIFECYCLE(prefix, Struct, first, count)                                          \
    static int prefix##_traverse(ObjRef self, VisitFn visit, void *context)                        \
    {                                                                                              \
        Obj **fields = &((Struct *)self)->first;                                                   \
        for (int i = 0; i < (count); i++)                                                          \
            GC_VISIT(fields[i]);                                                                   \
        return 0;                                                                                  \
    }                                                                                              \
    static int prefix##_clear(ObjRef self)                                                         \
    {                                                                                              \
        Obj **fields = &((Struct *)self)->first;                                                   \
        for (int i = 0; i < (count); i++)                                                          \
            obj_clear(&fields[i]);                                                                 \
        return 0;                                                                                  \
    }                                                                                              \
    static void prefix##_dealloc(Obj *self)                                                        \
    {                                                                                              \
        gc_untrack(self);                                                                          \
        prefix##_clear(self);                                                                      \
        obj_free(self, sizeof(Struct));                                                            \
    }

/* What the types have in common; more designators may follow. */
#define ITERTOOLS_TYPE(object, text, Struct, prefix)                                               \
    .head = {.base = {1, &type_type.root},                                                         \
             .name = "itertools." text,                                                            \
             .flags = TYPE_GC | TYPE_BASE,                                                         \
             .traverse = prefix##_traverse,                                                        \
             .clear = prefix##_clear,                                                              \
             .dealloc = prefix##_dealloc},                                                         \
    .root = {.type = &(object).head}, .basic_size = sizeof(Struct), .iter = object_iter_self,      \
    .next = prefix##_next, .new = prefix##_new, .methods = prefix##_methods

#endif
