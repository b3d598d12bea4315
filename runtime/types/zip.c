/*
 * zip(*iterables, strict=False): tuples of one item of each iterable, until the shortest ends.
 *
 * The tuple given last is used again when nobody else kept it.  With strict, lengths that differ
 * raise ValueError at the end.
 */

#include "runtime/types/zip.h"

#include <stdbool.h>
#include <stddef.h>

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/types/int.h"
#include "runtime/types/list_iterator.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"

typedef struct ZipObj {
    Obj base;
    Obj *iterators; /* owned tuple */
    Obj *result;    /* owned: the tuple given last */
    bool strict;
} ZipObj;

/* ---- lifecycle */

/* Reads `strict` among the keywords, the only one allowed: 0/-1. */
static int read_strict(const ObjRef *args, int64_t nargs, ObjRef kwnames, bool *strict)
{
    *strict = false;
    if (kwnames == NULL || tuple_length(kwnames) == 0)
        return 0;
    if (tuple_length(kwnames) > 1)
        return err_format_int(&exc_type_error,
                              "zip() takes at most 1 keyword argument (%lld given)",
                              (long long)tuple_length(kwnames));
    if (!str_equal_ascii(tuple_peek(kwnames, 0), "strict"))
        return err_format_int(&exc_type_error, "'%U' is an invalid keyword argument for zip()",
                              tuple_peek(kwnames, 0));
    return args_to_bool(args[nargs], strict);
}

static Obj *new (Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    bool strict;
    if (read_strict(args, nargs, kwnames, &strict) < 0)
        return NULL;
    Obj *result = NULL;
    Obj *iterators = tuple_new(nargs);
    if (iterators == NULL)
        return NULL;
    for (int64_t i = 0; i < nargs; i++) {
        tuple_cast(iterators)->items[i] = obj_iter(args[i]);
        if (tuple_peek(iterators, i) == NULL)
            goto fail;
    }
    result = tuple_new(nargs);
    if (result == NULL)
        goto fail;
    for (int64_t i = 0; i < nargs; i++)
        tuple_cast(result)->items[i] = none_new();
    tuple_maybe_untrack(result);
    ZipObj *z = (ZipObj *)obj_alloc(type, sizeof(ZipObj));
    if (z == NULL)
        goto fail;
    z->iterators = iterators;
    z->result = result;
    z->strict = strict;
    obj_track_if_gc(&z->base);
    return &z->base;
fail:
    obj_decref(iterators);
    obj_xdecref(result);
    return NULL;
}

static int traverse(ObjRef self, VisitFn visit, void *context)
{
    const ZipObj *z = (const ZipObj *)self;
    GC_VISIT(z->iterators);
    GC_VISIT(z->result);
    return 0;
}

static void dealloc(Obj *self)
{
    ZipObj *z = (ZipObj *)self;
    gc_untrack(self);
    obj_xdecref(z->iterators);
    obj_xdecref(z->result);
    obj_free(self, sizeof(ZipObj));
}

/* ---- operations */

/* "argument 1" or "arguments 1-n". */
static int length_error(int64_t number, const char *relation, int64_t others)
{
    if (others == 1)
        return err_format_int(&exc_value_error, "zip() argument %lld is %s than argument 1",
                              (long long)number, relation);
    return err_format_int(&exc_value_error, "zip() argument %lld is %s than arguments 1-%lld",
                          (long long)number, relation, (long long)others);
}

/* Strict, and iterator `ended` gave nothing: the others must have ended too. */
static int check_ends(const ZipObj *z, int64_t ended)
{
    if (ended > 0)
        return length_error(ended + 1, "shorter", ended);
    for (int64_t i = 1; i < tuple_length(z->iterators); i++) {
        Obj *item;
        int more = obj_next(tuple_peek(z->iterators, i), &item);
        if (more < 0)
            return -1;
        if (more > 0) {
            obj_decref(item);
            return length_error(i + 1, "longer", i);
        }
    }
    return 0;
}

static int next(ObjRef self, Obj **out)
{
    ZipObj *z = (ZipObj *)self;
    int64_t count = tuple_length(z->iterators);
    if (count == 0)
        return 0;
    bool reuse = z->result->refcnt == 1;
    Obj *result = reuse ? obj_incref(z->result) : tuple_new(count);
    if (result == NULL)
        return -1;
    for (int64_t i = 0; i < count; i++) {
        Obj *item;
        int more = list_iterator_step(tuple_peek(z->iterators, i), &item);
        if (more <= 0) {
            obj_decref(result);
            return more < 0 ? -1 : z->strict ? check_ends(z, i) : 0;
        }
        if (obj_has_flag(item, TYPE_GC) && gc_link(result)->next == NULL)
            gc_track(result);
        obj_replace(&tuple_cast(result)->items[i], item);
    }
    *out = result;
    return 1;
}

/* ---- methods */

static Obj *method_reduce(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    const ZipObj *z = (const ZipObj *)self;
    if (z->strict)
        return tuple_pack(3, &obj_type(self)->head.base, z->iterators, obj_true);
    return tuple_pack(2, &obj_type(self)->head.base, z->iterators);
}

static Obj *method_setstate(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    int strict = obj_truth(args[0]);
    if (strict < 0)
        return NULL;
    ((ZipObj *)self)->strict = strict > 0;
    return none_new();
}

static const MethodDef methods[] = {
    {"__reduce__", method_reduce, 0, 0, 0, "How to make this iterator again."},
    {"__setstate__", method_setstate, 1, 1, 0, "Sets strict."},
    {0},
};

Type zip_type = {
    .head = {.base = {1, &type_type.root},
             .name = "zip",
             .flags = TYPE_GC | TYPE_BASE,
             .traverse = traverse,
             .dealloc = dealloc},
    .root = {.type = &zip_type.head},
    .doc =
        "zip(*iterables, strict=False)\n\nTuples of one item of each iterable, until one of them "
        "ends; strict demands that all end together.",
    .basic_size = sizeof(ZipObj),
    .iter = object_iter_self,
    .next = next,
    .new = new,
    .methods = methods,
};
