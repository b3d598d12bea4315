/*
 * filter(function or None, iterable): the items for which the function is true, or that are true.
 */

#include "runtime/types/filter.h"

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/types/int.h"
#include "runtime/types/tuple.h"

typedef struct FilterObj {
    Obj base;
    Obj *function; /* owned; None: the items' own truth */
    Obj *iterator; /* owned */
} FilterObj;

/* ---- lifecycle */

static Obj *new (Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    if ((type == &filter_type || type->init == filter_type.init) &&
        args_no_keywords("filter", kwnames) < 0)
        return NULL;
    if (args_check_count("filter", nargs, 2, 2) < 0)
        return NULL;
    Obj *iterator = obj_iter(args[1]);
    if (iterator == NULL)
        return NULL;
    FilterObj *f = (FilterObj *)obj_alloc(type, sizeof(FilterObj));
    if (f == NULL) {
        obj_decref(iterator);
        return NULL;
    }
    f->function = obj_incref(args[0]);
    f->iterator = iterator;
    obj_track_if_gc(&f->base);
    return &f->base;
}

static int traverse(ObjRef self, VisitFn visit, void *context)
{
    const FilterObj *f = (const FilterObj *)self;
    GC_VISIT(f->function);
    GC_VISIT(f->iterator);
    return 0;
}

static void dealloc(Obj *self)
{
    FilterObj *f = (FilterObj *)self;
    gc_untrack(self);
    obj_xdecref(f->function);
    obj_xdecref(f->iterator);
    obj_free(self, sizeof(FilterObj));
}

/* ---- operations */

/* 1, 0, -1. */
static int wanted(ObjRef function, ObjRef item)
{
    if (is_none(function) || function == &bool_type.head.base)
        return obj_truth(item);
    Obj *answer = obj_call1(function, item);
    if (answer == NULL)
        return -1;
    int truth = obj_truth(answer);
    obj_decref(answer);
    return truth;
}

static int next(ObjRef self, Obj **out)
{
    const FilterObj *f = (const FilterObj *)self;
    Obj *item;
    int more;
    while ((more = obj_next(f->iterator, &item)) > 0) {
        int keep = wanted(f->function, item);
        if (keep > 0) {
            *out = item;
            return 1;
        }
        obj_decref(item);
        if (keep < 0)
            return -1;
    }
    return more;
}

/* ---- methods */

static Obj *method_reduce(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    const FilterObj *f = (const FilterObj *)self;
    Obj *arguments = tuple_pack(2, f->function, f->iterator);
    if (arguments == NULL)
        return NULL;
    Obj *result = tuple_pack(2, &obj_type(self)->head.base, arguments);
    obj_decref(arguments);
    return result;
}

static const MethodDef methods[] = {
    {"__reduce__", method_reduce, 0, 0, 0, "How to make this iterator again."},
    {0},
};

Type filter_type = {
    .head = {.base = {1, &type_type.root},
             .name = "filter",
             .flags = TYPE_GC | TYPE_BASE,
             .traverse = traverse,
             .dealloc = dealloc},
    .root = {.type = &filter_type.head},
    .doc = "filter(function or None, iterable)\n\n"
           "The items for which the function is true; with None, those that are true.",
    .basic_size = sizeof(FilterObj),
    .iter = object_iter_self,
    .next = next,
    .new = new,
    .methods = methods,
};
