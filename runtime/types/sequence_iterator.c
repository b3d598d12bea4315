/*
 * iterator: walks anything with __getitem__ from index 0 until IndexError (or StopIteration).
 *
 * What iter() gives for objects without __iter__.  Once at its end it stays there.
 */

#include "runtime/types/sequence_iterator.h"

#include "runtime/core/err.h"
#include "runtime/types/int.h"
#include "runtime/types/iterator_reduce.h"
#include "runtime/types/tuple.h"

typedef struct SequenceIterObj {
    Obj base;
    int64_t index;
    Obj *sequence; /* owned; NULL when exhausted */
} SequenceIterObj;

Obj *sequence_iterator_new(ObjRef sequence)
{
    SequenceIterObj *it =
        (SequenceIterObj *)obj_new_gc(&sequence_iterator_type, sizeof(SequenceIterObj));
    if (it == NULL)
        return NULL;
    it->index = 0;
    it->sequence = obj_incref(sequence);
    gc_track(&it->base);
    return &it->base;
}

static int traverse(ObjRef self, VisitFn visit, void *context)
{
    GC_VISIT(((const SequenceIterObj *)self)->sequence);
    return 0;
}

static void dealloc(Obj *self)
{
    gc_untrack(self);
    obj_xdecref(((SequenceIterObj *)self)->sequence);
    obj_free(self, sizeof(SequenceIterObj));
}

static int next(ObjRef self, Obj **out)
{
    SequenceIterObj *it = (SequenceIterObj *)self;
    if (it->sequence == NULL)
        return 0;
    if (it->index == INT64_MAX)
        return err_format_int(&exc_overflow_error, "iter index too large");
    /* Held, for __getitem__ may exhaust this iterator. */
    Obj *sequence = obj_incref(it->sequence);
    *out = obj_getitem_index(sequence, it->index);
    obj_decref(sequence);
    if (*out != NULL) {
        it->index++;
        return 1;
    }
    if (!err_matches(&exc_index_error) && !err_matches(&exc_stop_iteration))
        return -1;
    err_clear();
    obj_clear(&it->sequence);
    return 0;
}

static Obj *method_length_hint(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    const SequenceIterObj *it = (const SequenceIterObj *)self;
    if (it->sequence == NULL)
        return int_new(0);
    if (obj_type(it->sequence)->length == NULL)
        return not_implemented_new();
    int64_t length = obj_length(it->sequence);
    if (length < 0)
        return NULL;
    return int_new(length > it->index ? length - it->index : 0);
}

static Obj *method_reduce(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    const SequenceIterObj *it = (const SequenceIterObj *)self;
    if (it->sequence == NULL)
        return iterator_reduce_steal("iter", tuple_new(0), REDUCE_NO_INDEX);
    return iterator_reduce_steal("iter", obj_incref(it->sequence), it->index);
}

static Obj *method_setstate(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    SequenceIterObj *it = (SequenceIterObj *)self;
    int64_t index;
    if (obj_to_int64(args[0], &index) < 0)
        return NULL;
    if (it->sequence != NULL)
        it->index = index < 0 ? 0 : index;
    return none_new();
}

static const MethodDef methods[] = {
    {"__length_hint__", method_length_hint, 0, 0, 0, "Items still to come."},
    {"__reduce__", method_reduce, 0, 0, 0, "How to make this iterator again."},
    {"__setstate__", method_setstate, 1, 1, 0, "Sets the position."},
    {0},
};

Type sequence_iterator_type = {
    .head = {.base = {1, &type_type.root},
             .name = "iterator",
             .flags = TYPE_GC | TYPE_NO_NEW,
             .traverse = traverse,
             .dealloc = dealloc},
    .root = {.type = &sequence_iterator_type.head},
    .basic_size = sizeof(SequenceIterObj),
    .iter = object_iter_self,
    .next = next,
    .methods = methods,
};
