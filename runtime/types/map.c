/*
 * map(function, *iterables): function called with one item of each iterable, until the shortest
 * ends.
 */

#include "runtime/types/map.h"

#include "gc/pool.h"
#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/types/tuple.h"

typedef struct MapObj {
    Obj base;
    Obj *function;  /* owned */
    Obj *iterators; /* owned tuple */
} MapObj;

enum { ON_STACK = 8 }; /* so many arguments need no block */

/* ---- lifecycle */

static Obj *new (Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    if ((type == &map_type || type->init == map_type.init) && args_no_keywords("map", kwnames) < 0)
        return NULL;
    if (nargs < 2)
        return err_string(&exc_type_error, "map() must have at least two arguments.");
    Obj *iterators = tuple_new(nargs - 1);
    if (iterators == NULL)
        return NULL;
    for (int64_t i = 1; i < nargs; i++) {
        tuple_cast(iterators)->items[i - 1] = obj_iter(args[i]);
        if (tuple_peek(iterators, i - 1) == NULL) {
            obj_decref(iterators);
            return NULL;
        }
    }
    MapObj *m = (MapObj *)obj_alloc(type, sizeof(MapObj));
    if (m == NULL) {
        obj_decref(iterators);
        return NULL;
    }
    m->function = obj_incref(args[0]);
    m->iterators = iterators;
    obj_track_if_gc(&m->base);
    return &m->base;
}

static int traverse(ObjRef self, VisitFn visit, void *context)
{
    const MapObj *m = (const MapObj *)self;
    GC_VISIT(m->function);
    GC_VISIT(m->iterators);
    return 0;
}

static void dealloc(Obj *self)
{
    MapObj *m = (MapObj *)self;
    gc_untrack(self);
    obj_xdecref(m->function);
    obj_xdecref(m->iterators);
    obj_free(self, sizeof(MapObj));
}

/* ---- operations */

static int next(ObjRef self, Obj **out)
{
    const MapObj *m = (const MapObj *)self;
    int64_t count = tuple_length(m->iterators), filled = 0;
    Obj *few[ON_STACK] = {NULL}, **items = few;
    int more = 1;
    if (count > ON_STACK) {
        items = pool_alloc((size_t)count * sizeof(Obj *));
        if (items == NULL) {
            err_no_memory();
            return -1;
        }
    }
    while (filled < count &&
           (more = obj_next(tuple_peek(m->iterators, filled), &items[filled])) > 0)
        filled++;
    if (more > 0) {
        *out = obj_call(m->function, (const ObjRef *)items, count, NULL);
        if (*out == NULL)
            more = -1;
    }
    while (filled > 0)
        obj_decref(items[--filled]);
    if (items != few)
        pool_free(items, (size_t)count * sizeof(Obj *));
    return more;
}

/* ---- methods */

/* (type, (function, *iterators)). */
static Obj *method_reduce(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    const MapObj *m = (const MapObj *)self;
    int64_t count = tuple_length(m->iterators);
    Obj *arguments = tuple_new(count + 1);
    if (arguments == NULL)
        return NULL;
    tuple_cast(arguments)->items[0] = obj_incref(m->function);
    for (int64_t i = 0; i < count; i++)
        tuple_cast(arguments)->items[i + 1] = obj_incref(tuple_peek(m->iterators, i));
    Obj *result = tuple_pack(2, &obj_type(self)->head.base, arguments);
    obj_decref(arguments);
    return result;
}

static const MethodDef methods[] = {
    {"__reduce__", method_reduce, 0, 0, 0, "How to make this iterator again."},
    {0},
};

Type map_type = {
    .head = {.base = {1, &type_type.root},
             .name = "map",
             .flags = TYPE_GC | TYPE_BASE,
             .traverse = traverse,
             .dealloc = dealloc},
    .root = {.type = &map_type.head},
    .doc = "map(func, *iterables)\n\n"
           "The results of func with one item of each iterable, until one of them ends.",
    .basic_size = sizeof(MapObj),
    .iter = object_iter_self,
    .next = next,
    .new = new,
    .methods = methods,
};
