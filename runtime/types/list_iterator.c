/*
 * The iterators of list, forward and reverse.
 *
 * Both look at the list's length at every step, so that a list which changes meanwhile is walked as
 * it is then.  Once exhausted they let go of the list and stay so.
 */

#include "runtime/types/list_iterator.h"

#include "runtime/types/int.h"
#include "runtime/types/iterator_reduce.h"
#include "runtime/types/list.h"

Obj *list_iterator_new(ObjRef list, bool backwards)
{
    Type *type = backwards ? &list_reverse_iterator_type : &list_iterator_type;
    ListIterObj *it = (ListIterObj *)obj_new_gc(type, sizeof(ListIterObj));
    if (it == NULL)
        return NULL;
    it->index = backwards ? list_length(list) - 1 : 0;
    it->list = list_cast(obj_incref(list));
    gc_track(&it->base);
    return &it->base;
}

static int iterator_traverse(ObjRef self, VisitFn visit, void *context)
{
    GC_VISIT(((const ListIterObj *)self)->list);
    return 0;
}

static void iterator_dealloc(Obj *self)
{
    gc_untrack(self);
    obj_xdecref((Obj *)((ListIterObj *)self)->list);
    obj_free(self, sizeof(ListIterObj));
}

static int iterator_next(ObjRef self, Obj **out)
{
    ListIterObj *it = (ListIterObj *)self;
    ListObj *l = it->list;
    if (l == NULL)
        return 0;
    if (it->index < l->length) {
        *out = obj_incref(l->items[it->index++]);
        return 1;
    }
    obj_clear(&it->list);
    return 0;
}

static int reverse_next(ObjRef self, Obj **out)
{
    ListIterObj *it = (ListIterObj *)self;
    ListObj *l = it->list;
    if (l == NULL)
        return 0;
    if (it->index >= 0 && it->index < l->length) {
        *out = obj_incref(l->items[it->index--]);
        return 1;
    }
    it->index = -1;
    obj_clear(&it->list);
    return 0;
}

static Obj *iterator_length_hint(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    const ListIterObj *it = (const ListIterObj *)self;
    int64_t left = it->list == NULL ? 0 : it->list->length - it->index;
    return int_new(left < 0 ? 0 : left);
}

static Obj *reverse_length_hint(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    const ListIterObj *it = (const ListIterObj *)self;
    int64_t left = it->index + 1;
    return int_new(it->list == NULL || it->list->length < left ? 0 : left);
}

static Obj *iterator_method_reduce(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    const ListIterObj *it = (const ListIterObj *)self;
    if (it->list == NULL)
        return iterator_reduce_steal("iter", list_new(0), REDUCE_NO_INDEX);
    return iterator_reduce_steal("iter", obj_incref(&it->list->base), it->index);
}

static Obj *reverse_reduce(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    const ListIterObj *it = (const ListIterObj *)self;
    if (it->list == NULL)
        return iterator_reduce_steal("iter", list_new(0), REDUCE_NO_INDEX);
    return iterator_reduce_steal("reversed", obj_incref(&it->list->base), it->index);
}

/* The state, clipped to lowest…highest positions of the list. */
static Obj *set_position(ObjRef self, ObjRef state, int64_t lowest, int64_t past_end)
{
    int64_t index;
    if (obj_to_int64(state, &index) < 0)
        return NULL;
    ListIterObj *it = (ListIterObj *)self;
    if (it->list != NULL) {
        int64_t highest = it->list->length + past_end;
        it->index = index < lowest ? lowest : index > highest ? highest : index;
    }
    return none_new();
}

static Obj *iterator_setstate(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    return set_position(self, args[0], 0, 0);
}

static Obj *reverse_setstate(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    return set_position(self, args[0], -1, -1);
}

static const MethodDef iterator_methods[] = {
    {"__length_hint__", iterator_length_hint, 0, 0, 0, "Items still to come."},
    {"__reduce__", iterator_method_reduce, 0, 0, 0, "How to make this iterator again."},
    {"__setstate__", iterator_setstate, 1, 1, 0, "Sets the position."},
    {0},
};

static const MethodDef reverse_methods[] = {
    {"__length_hint__", reverse_length_hint, 0, 0, 0, "Items still to come."},
    {"__reduce__", reverse_reduce, 0, 0, 0, "How to make this iterator again."},
    {"__setstate__", reverse_setstate, 1, 1, 0, "Sets the position."},
    {0},
};

Type list_iterator_type = {
    .head = {.base = {1, &type_type.root},
             .name = "list_iterator",
             .flags = TYPE_GC | TYPE_NO_NEW,
             .traverse = iterator_traverse,
             .dealloc = iterator_dealloc},
    .root = {.type = &list_iterator_type.head},
    .basic_size = sizeof(ListIterObj),
    .iter = object_iter_self,
    .next = iterator_next,
    .methods = iterator_methods,
};

Type list_reverse_iterator_type = {
    .head = {.base = {1, &type_type.root},
             .name = "list_reverseiterator",
             .flags = TYPE_GC | TYPE_NO_NEW,
             .traverse = iterator_traverse,
             .dealloc = iterator_dealloc},
    .root = {.type = &list_reverse_iterator_type.head},
    .basic_size = sizeof(ListIterObj),
    .iter = object_iter_self,
    .next = reverse_next,
    .methods = reverse_methods,
};
