/*
 * enumerate(iterable, start=0): pairs of a running number and an item.
 *
 * Numbers are counted in 64 bits and, from the first one that does not fit, as int objects.  The
 * tuple given last is used again when nobody else kept it.
 */

#include "runtime/types/enumerate.h"

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/types/generic_alias.h"
#include "runtime/types/int.h"
#include "runtime/types/list_iterator.h"
#include "runtime/types/tuple.h"

typedef struct EnumerateObj {
    Obj base;
    int64_t count; /* next number, while big is NULL */
    Obj *iterator; /* owned */
    Obj *pair;     /* owned: the tuple given last */
    Obj *big;      /* owned int: next number past 64 bits, or NULL */
} EnumerateObj;

/* ---- lifecycle */

static Obj *new (Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    static const ArgSpec spec = {"enumerate", 0, 1, 2, 2, {"iterable", "start"}};
    ObjRef given[2];
    if (nargs == 0 && (kwnames == NULL || tuple_length(kwnames) == 0))
        return err_string(&exc_type_error, "enumerate() missing required argument 'iterable'");
    if (args_bind(&spec, args, nargs, kwnames, given) < 0)
        return NULL;
    int64_t count = 0;
    Obj *big = NULL;
    if (given[1] != NULL) {
        big = obj_index(given[1]);
        if (big == NULL)
            return NULL;
        if (int_to_int64(big, &count) == 0)
            obj_clear(&big);
    }
    Obj *iterator = obj_iter(given[0]);
    Obj *pair = iterator == NULL ? NULL : tuple_pack(2, obj_none, obj_none);
    EnumerateObj *e = pair == NULL ? NULL : (EnumerateObj *)obj_alloc(type, sizeof(EnumerateObj));
    if (e == NULL) {
        obj_xdecref(iterator);
        obj_xdecref(pair);
        obj_xdecref(big);
        return NULL;
    }
    e->count = count;
    e->iterator = iterator;
    e->pair = pair;
    e->big = big;
    obj_track_if_gc(&e->base);
    return &e->base;
}

static int traverse(ObjRef self, VisitFn visit, void *context)
{
    const EnumerateObj *e = (const EnumerateObj *)self;
    GC_VISIT(e->iterator);
    GC_VISIT(e->pair);
    GC_VISIT(e->big);
    return 0;
}

static void dealloc(Obj *self)
{
    EnumerateObj *e = (EnumerateObj *)self;
    gc_untrack(self);
    obj_xdecref(e->iterator);
    obj_xdecref(e->pair);
    obj_xdecref(e->big);
    obj_free(self, sizeof(EnumerateObj));
}

/* ---- operations */

/* The next number; counts on. */
static Obj *take_number(EnumerateObj *e)
{
    if (e->big == NULL) {
        Obj *number = int_new(e->count);
        if (number == NULL)
            return NULL;
        if (e->count < INT64_MAX) {
            e->count++;
        } else {
            e->big = int_from_uint64((uint64_t)INT64_MAX + 1);
            if (e->big == NULL)
                obj_clear(&number);
        }
        return number;
    }
    Obj *one = int_new(1);
    Obj *after = one == NULL ? NULL : int_add(e->big, one);
    obj_xdecref(one);
    if (after == NULL)
        return NULL;
    Obj *number = e->big;
    e->big = after;
    return number;
}

static int next(ObjRef self, Obj **out)
{
    EnumerateObj *e = (EnumerateObj *)self;
    Obj *item;
    int more = list_iterator_step(e->iterator, &item);
    if (more <= 0)
        return more;
    Obj *number = take_number(e);
    if (number == NULL) {
        obj_decref(item);
        return -1;
    }
    TupleObj *pair = tuple_cast(e->pair);
    if (pair->base.refcnt == 1) {
        Obj *old_number = pair->items[0], *old_item = pair->items[1];
        *out = obj_incref(&pair->base);
        pair->items[0] = number;
        pair->items[1] = item;
        if (gc_link(&pair->base)->next == NULL && obj_has_flag(item, TYPE_GC))
            gc_track(&pair->base);
        obj_decref(old_number);
        obj_decref(old_item);
        return 1;
    }
    Obj *items[2] = {number, item};
    *out = tuple_from_steal(items, 2);
    return *out == NULL ? -1 : 1;
}

/* ---- methods */

static Obj *method_reduce(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    const EnumerateObj *e = (const EnumerateObj *)self;
    Obj *number = e->big != NULL ? obj_incref(e->big) : int_new(e->count);
    Obj *arguments = number == NULL ? NULL : tuple_pack(2, e->iterator, number);
    Obj *result = arguments == NULL ? NULL : tuple_pack(2, &obj_type(self)->head.base, arguments);
    obj_xdecref(number);
    obj_xdecref(arguments);
    return result;
}

static const MethodDef methods[] = {
    {"__reduce__", method_reduce, 0, 0, 0, "How to make this iterator again."},
    {"__class_getitem__", generic_alias_class_getitem, 1, 1, METHOD_CLASS, "See PEP 585."},
    {0},
};

Type enumerate_type = {
    .head = {.base = {1, &type_type.root},
             .name = "enumerate",
             .flags = TYPE_GC | TYPE_BASE,
             .traverse = traverse,
             .dealloc = dealloc},
    .root = {.type = &enumerate_type.head},
    .doc = "enumerate(iterable, start=0)\n--\n\nPairs (number, item), counting from start.",
    .basic_size = sizeof(EnumerateObj),
    .iter = object_iter_self,
    .next = next,
    .new = new,
    .methods = methods,
};
