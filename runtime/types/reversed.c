/*
 * reversed(sequence): walks __getitem__ from the last index down, or asks __reversed__.
 */

#include "runtime/types/reversed.h"

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/tuple.h"

typedef struct ReversedObj {
    Obj base;
    int64_t index; /* next position; -1: exhausted */
    Obj *sequence; /* owned; NULL when exhausted */
} ReversedObj;

/* ---- lifecycle */

/* A reversed object of `type`, or whatever __reversed__ gives. */
static Obj *make(Type *type, ObjRef sequence)
{
    Obj *method;
    int found = obj_lookup_special(sequence, names.dunder_reversed, &method);
    if (found < 0)
        return NULL;
    if (found > 0) {
        if (!is_none(method)) {
            Obj *result = obj_call0(method);
            obj_decref(method);
            return result;
        }
        obj_decref(method);
    }
    const Type *kind = obj_type(sequence);
    bool indexable = (kind->item != NULL || kind->get_item != NULL) && !dict_check(sequence);
    if (found > 0 || !indexable)
        return err_format(&exc_type_error, "'%T' object is not reversible", sequence);
    int64_t length = obj_length(sequence);
    if (length < 0)
        return NULL;
    ReversedObj *r = (ReversedObj *)obj_alloc(type, sizeof(ReversedObj));
    if (r == NULL)
        return NULL;
    r->index = length - 1;
    r->sequence = obj_incref(sequence);
    obj_track_if_gc(&r->base);
    return &r->base;
}

Obj *reversed_new(ObjRef sequence)
{
    return make(&reversed_type, sequence);
}

static Obj *new (Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    if ((type == &reversed_type || type->init == reversed_type.init) &&
        args_no_keywords("reversed", kwnames) < 0)
        return NULL;
    if (args_check_count("reversed", nargs, 1, 1) < 0)
        return NULL;
    return make(type, args[0]);
}

static int traverse(ObjRef self, VisitFn visit, void *context)
{
    GC_VISIT(((const ReversedObj *)self)->sequence);
    return 0;
}

static void dealloc(Obj *self)
{
    gc_untrack(self);
    obj_xdecref(((ReversedObj *)self)->sequence);
    obj_free(self, sizeof(ReversedObj));
}

/* ---- operations */

static int next(ObjRef self, Obj **out)
{
    ReversedObj *r = (ReversedObj *)self;
    if (r->index >= 0 && r->sequence != NULL) {
        Obj *sequence = obj_incref(r->sequence);
        *out = obj_getitem_index(sequence, r->index);
        obj_decref(sequence);
        if (*out != NULL) {
            r->index--;
            return 1;
        }
        if (!err_matches(&exc_index_error) && !err_matches(&exc_stop_iteration))
            return -1;
        err_clear();
    }
    r->index = -1;
    obj_clear(&r->sequence);
    return 0;
}

/* ---- methods */

static Obj *method_length_hint(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    const ReversedObj *r = (const ReversedObj *)self;
    if (r->sequence == NULL)
        return int_new(0);
    int64_t length = obj_length(r->sequence);
    if (length < 0)
        return NULL;
    return int_new(length < r->index + 1 ? 0 : r->index + 1);
}

static Obj *method_reduce(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    const ReversedObj *r = (const ReversedObj *)self;
    Obj *type = (Obj *)&obj_type(self)->head.base;
    Obj *position = NULL, *result = NULL;
    Obj *arguments = r->sequence == NULL ? tuple_new(0) : tuple_pack(1, r->sequence);
    if (arguments == NULL)
        return NULL;
    if (r->sequence == NULL) {
        obj_replace(&arguments, tuple_pack(1, arguments));
        return arguments == NULL ? NULL
                                 : tuple_from_steal((Obj *[]){obj_incref(type), arguments}, 2);
    }
    position = int_new(r->index);
    if (position != NULL)
        result = tuple_pack(3, type, arguments, position);
    obj_decref(arguments);
    obj_xdecref(position);
    return result;
}

static Obj *method_setstate(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    ReversedObj *r = (ReversedObj *)self;
    int64_t index;
    if (obj_to_int64(args[0], &index) < 0)
        return NULL;
    if (r->sequence != NULL) {
        int64_t length = obj_length(r->sequence);
        if (length < 0)
            return NULL;
        r->index = index < -1 ? -1 : index > length - 1 ? length - 1 : index;
    }
    return none_new();
}

static const MethodDef methods[] = {
    {"__length_hint__", method_length_hint, 0, 0, 0, "Items still to come."},
    {"__reduce__", method_reduce, 0, 0, 0, "How to make this iterator again."},
    {"__setstate__", method_setstate, 1, 1, 0, "Sets the position."},
    {0},
};

Type reversed_type = {
    .head = {.base = {1, &type_type.root},
             .name = "reversed",
             .flags = TYPE_GC | TYPE_BASE,
             .traverse = traverse,
             .dealloc = dealloc},
    .root = {.type = &reversed_type.head},
    .doc = "reversed(sequence, /)\n--\n\nAn iterator over the items, the last one first.",
    .basic_size = sizeof(ReversedObj),
    .iter = object_iter_self,
    .next = next,
    .new = new,
    .methods = methods,
};
