/*
 * anext(iterator, default): an awaitable around that of __anext__, which turns StopAsyncIteration
 * into the default.
 *
 * Each step asks the inner awaitable for its iterator anew, as CPython 3.11 does: coroutines and
 * asynchronous generators give the same one every time.
 */

#include "vm/interp/anext.h"

#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/core/object.h"
#include "runtime/types/str.h"
#include "vm/interp/generator.h"

typedef struct AnextObj {
    Obj base;
    Obj *awaitable; /* owned: of __anext__ */
    Obj *fallback;  /* owned */
} AnextObj;

#define anext_cast(o) ((AnextObj *)(o))

/* ---- lifecycle */

static Obj *anext_new_steal(Obj *awaitable, ObjRef fallback)
{
    AnextObj *self = (AnextObj *)obj_new_gc(&anext_awaitable_type, (int64_t)sizeof(AnextObj));
    if (self == NULL) {
        obj_decref(awaitable);
        return NULL;
    }
    self->awaitable = awaitable;
    self->fallback = obj_incref(fallback);
    gc_track(&self->base);
    return &self->base;
}

static int anext_traverse(ObjRef self, VisitFn visit, void *context)
{
    GC_VISIT(anext_cast(self)->awaitable);
    GC_VISIT(anext_cast(self)->fallback);
    return 0;
}

static void anext_dealloc(Obj *self)
{
    gc_untrack(self);
    obj_decref(anext_cast(self)->awaitable);
    obj_decref(anext_cast(self)->fallback);
    obj_free(self, (int64_t)sizeof(AnextObj));
}

/* ---- operations */

/* Something with next: new reference. */
static Obj *inner_iterator(const AnextObj *self)
{
    Obj *iterator = generator_awaitable(self->awaitable, 0);
    if (iterator == NULL || obj_type(iterator)->next != NULL)
        return iterator;
    Obj *wrapper = obj_type(iterator)->await == NULL ? NULL : obj_type(iterator)->await(iterator);
    if (wrapper == NULL || obj_type(wrapper)->next == NULL) {
        if (err_occurred() == NULL)
            err_format(&exc_type_error, "%T.__await__() must return an iterable, not %T", iterator,
                       wrapper == NULL ? (ObjRef)obj_none : (ObjRef)wrapper);
        obj_clear(&wrapper);
    }
    obj_decref(iterator);
    return wrapper;
}

/* A pending StopAsyncIteration becomes StopIteration(default). */
static void convert_stop(const AnextObj *self)
{
    if (err_occurred() != NULL && err_matches(&exc_stop_async_iteration)) {
        err_clear();
        err_stop_iteration(self->fallback);
    }
}

static int anext_next(ObjRef self, Obj **out)
{
    Obj *iterator = inner_iterator(anext_cast(self));
    if (iterator == NULL)
        return -1;
    int more = obj_type(iterator)->next(iterator, out);
    obj_decref(iterator);
    if (more < 0)
        convert_stop(anext_cast(self));
    return more;
}

/* send, throw and close of the inner iterator */
static Obj *forward(ObjRef self, const char *method, const ObjRef *args, int64_t nargs)
{
    Obj *iterator = inner_iterator(anext_cast(self)), *result = NULL;
    Obj *name = str_intern_ascii(method);
    if (iterator != NULL && name != NULL)
        result = obj_call_method(iterator, name, args, nargs);
    obj_xdecref(iterator);
    obj_xdecref(name);
    if (result == NULL)
        convert_stop(anext_cast(self));
    return result;
}

static Obj *anext_send(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)kwnames;
    return forward(self, "send", args, nargs);
}

static Obj *anext_throw(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)kwnames;
    return forward(self, "throw", args, nargs);
}

static Obj *anext_close(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)kwnames;
    return forward(self, "close", args, nargs);
}

static const MethodDef anext_methods[] = {
    {"send", anext_send, 1, 1, 0, "send(value, /)\n--\n\nGoes on with a value."},
    {"throw", anext_throw, 1, 3, 0,
     "throw(type, value=None, traceback=None, /)\n--\n\n"
     "Raises an exception inside."},
    {"close", anext_close, 0, 0, 0, "close()\n--\n\nRaises GeneratorExit inside."},
    {0},
};

Type anext_awaitable_type = {
    .head = {.base = {1, &type_type.root},
             .name = "anext_awaitable",
             .flags = TYPE_GC | TYPE_NO_NEW,
             .traverse = anext_traverse,
             .dealloc = anext_dealloc},
    .basic_size = sizeof(AnextObj),
    .iter = object_iter_self,
    .next = anext_next,
    .await = object_iter_self,
    .methods = anext_methods,
};

/* ---- the builtin */

Obj *builtin_anext(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)kwnames;
    UnaryFn anext = obj_type(args[0])->anext;
    if (anext == NULL)
        return err_format(&exc_type_error, "'%T' object is not an async iterator", args[0]);
    Obj *awaitable = anext(args[0]);
    if (awaitable == NULL || nargs == 1)
        return awaitable;
    return anext_new_steal(awaitable, args[1]);
}
