/*
 * callable_iterator: iter(callable, sentinel) calls until the sentinel (or StopIteration) comes.
 *
 * Both references go at the end, after which the iterator stays exhausted.
 */

#include "runtime/types/callable_iterator.h"

#include "runtime/core/err.h"
#include "runtime/types/iterator_reduce.h"
#include "runtime/types/tuple.h"

typedef struct CallableIterObj {
    Obj base;
    Obj *callable, *sentinel; /* owned; NULL when exhausted */
} CallableIterObj;

Obj *callable_iterator_new(ObjRef callable, ObjRef sentinel)
{
    CallableIterObj *it =
        (CallableIterObj *)obj_new_gc(&callable_iterator_type, sizeof(CallableIterObj));
    if (it == NULL)
        return NULL;
    it->callable = obj_incref(callable);
    it->sentinel = obj_incref(sentinel);
    gc_track(&it->base);
    return &it->base;
}

static int traverse(ObjRef self, VisitFn visit, void *context)
{
    const CallableIterObj *it = (const CallableIterObj *)self;
    GC_VISIT(it->callable);
    GC_VISIT(it->sentinel);
    return 0;
}

static void dealloc(Obj *self)
{
    CallableIterObj *it = (CallableIterObj *)self;
    gc_untrack(self);
    obj_xdecref(it->callable);
    obj_xdecref(it->sentinel);
    obj_free(self, sizeof(CallableIterObj));
}

static void exhaust(CallableIterObj *it)
{
    obj_clear(&it->callable);
    obj_clear(&it->sentinel);
}

static int next(ObjRef self, Obj **out)
{
    CallableIterObj *it = (CallableIterObj *)self;
    if (it->callable == NULL)
        return 0;
    Obj *callable = obj_incref(it->callable);
    Obj *value = obj_call0(callable);
    obj_decref(callable);
    if (value == NULL) {
        if (!err_matches(&exc_stop_iteration))
            return -1;
        err_clear();
        exhaust(it);
        return 0;
    }
    /* The call may have exhausted this iterator through another reference to it. */
    if (it->sentinel == NULL) {
        obj_decref(value);
        return 0;
    }
    Obj *sentinel = obj_incref(it->sentinel);
    int same = obj_equal(sentinel, value);
    obj_decref(sentinel);
    if (same == 0) {
        *out = value;
        return 1;
    }
    obj_decref(value);
    if (same > 0)
        exhaust(it);
    return same < 0 ? -1 : 0;
}

static Obj *method_reduce(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    const CallableIterObj *it = (const CallableIterObj *)self;
    if (it->callable == NULL)
        return iterator_reduce_steal("iter", tuple_new(0), REDUCE_NO_INDEX);
    Obj *arguments = tuple_pack(2, it->callable, it->sentinel);
    Obj *function = arguments == NULL ? NULL : iterator_reduce_builtin("iter");
    Obj *result = function == NULL ? NULL : tuple_pack(2, function, arguments);
    obj_xdecref(arguments);
    obj_xdecref(function);
    return result;
}

static const MethodDef methods[] = {
    {"__reduce__", method_reduce, 0, 0, 0, "How to make this iterator again."},
    {0},
};

Type callable_iterator_type = {
    .head = {.base = {1, &type_type.root},
             .name = "callable_iterator",
             .flags = TYPE_GC | TYPE_NO_NEW,
             .traverse = traverse,
             .dealloc = dealloc},
    .root = {.type = &callable_iterator_type.head},
    .basic_size = sizeof(CallableIterObj),
    .iter = object_iter_self,
    .next = next,
    .methods = methods,
};
