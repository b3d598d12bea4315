/*
 * tuple: a fixed array of references inside the object.
 *
 * Invariants: the empty tuple of the exact type exists once; an exact tuple whose items cannot be
 * part of a cycle is not tracked by the collector (its makers see to that when they know all
 * items).  Items are NULL only between tuple_new and the moment its caller has filled them.
 *
 * Iteration by index and slices: runtime/types/slice.h.  Named tuples are built on tuple subclasses
 * in runtime/lib/collections.
 */

#include "runtime/types/tuple.h"

#include <stdarg.h>
#include <string.h>

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/core/roots.h"
#include "runtime/core/state.h"
#include "runtime/types/equality.h"
#include "runtime/types/generic_alias.h"
#include "runtime/types/int.h"
#include "runtime/types/iterator_reduce.h"
#include "runtime/types/list.h"
#include "runtime/types/slice.h"
#include "runtime/types/str.h"

/* More items than this cannot be allocated; keeps sizes in bytes within int64. */
#define MAX_ITEMS ((INT64_MAX - 64) / (int64_t)sizeof(Obj *))

static Obj *empty_tuple; /* the one (), made when first asked for */

/* ---- lifecycle */

static int64_t payload_size(int64_t length)
{
    return (int64_t)sizeof(TupleObj) + length * (int64_t)sizeof(Obj *);
}

/* An untracked exact tuple with undefined items. */
static inline TupleObj *new_blank(int64_t length)
{
    if (length > MAX_ITEMS) {
        err_no_memory();
        return NULL;
    }
    TupleObj *t = (TupleObj *)obj_new_gc(&tuple_type, payload_size(length));
    if (t != NULL)
        t->length = length;
    return t;
}

static Obj *new_empty(void)
{
    if (empty_tuple == NULL) {
        ROOT("the empty tuple", empty_tuple);
        empty_tuple = (Obj *)new_blank(0);
        if (empty_tuple == NULL)
            return NULL;
    }
    return obj_incref(empty_tuple);
}

/* Whether the collector needs to know of a tuple that holds `item`. */
static inline bool item_is_trackable(ObjRef item)
{
    if (!obj_has_flag(item, TYPE_GC))
        return false;
    return !tuple_check_exact(item) || gc_link(item)->next != NULL;
}

/* Tracks a filled exact tuple unless all its items are atomic. */
static void track_if_needed(TupleObj *t)
{
    for (int64_t i = 0; i < t->length; i++) {
        if (item_is_trackable(t->items[i])) {
            gc_track(&t->base);
            return;
        }
    }
}

Obj *tuple_new(int64_t length)
{
    if (length == 0)
        return new_empty();
    TupleObj *t = new_blank(length);
    if (t == NULL)
        return NULL;
    memset(t->items, 0, (size_t)length * sizeof(Obj *));
    gc_track(&t->base);
    return &t->base;
}

Obj *tuple_pack(int64_t count, ...)
{
    if (count == 0)
        return new_empty();
    TupleObj *t = new_blank(count);
    if (t == NULL)
        return NULL;
    va_list items;
    va_start(items, count);
    for (int64_t i = 0; i < count; i++)
        t->items[i] = obj_incref(va_arg(items, ObjRef));
    va_end(items);
    track_if_needed(t);
    return &t->base;
}

Obj *tuple_from(const ObjRef *items, int64_t count)
{
    if (count == 0)
        return new_empty();
    TupleObj *t = new_blank(count);
    if (t == NULL)
        return NULL;
    for (int64_t i = 0; i < count; i++)
        t->items[i] = obj_incref(items[i]);
    track_if_needed(t);
    return &t->base;
}

Obj *tuple_from_steal(Obj **items, int64_t count)
{
    if (count == 0)
        return new_empty();
    TupleObj *t = new_blank(count);
    if (t == NULL) {
        for (int64_t i = 0; i < count; i++)
            obj_decref(items[i]);
        return NULL;
    }
    for (int64_t i = 0; i < count; i++) /* mostly two or three */
        t->items[i] = items[i];
    track_if_needed(t);
    return &t->base;
}

Obj *tuple_from_results_steal(Obj **items, int64_t count)
{
    bool complete = true;
    for (int64_t i = 0; i < count; i++)
        complete = complete && items[i] != NULL;
    if (complete)
        return tuple_from_steal(items, count);
    for (int64_t i = 0; i < count; i++)
        obj_xdecref(items[i]);
    return NULL;
}

void tuple_maybe_untrack(ObjRef tuple)
{
    const TupleObj *t = (const TupleObj *)tuple;
    if (!tuple_check_exact(tuple) || gc_link(tuple)->next == NULL)
        return;
    for (int64_t i = 0; i < t->length; i++) {
        if (t->items[i] == NULL || item_is_trackable(t->items[i]))
            return;
    }
    gc_untrack(tuple);
}

void tuple_finish(void)
{
    obj_clear(&empty_tuple);
}

static int traverse(ObjRef self, VisitFn visit, void *context)
{
    const TupleObj *t = (const TupleObj *)self;
    for (int64_t i = t->length; --i >= 0;) /* as in list.c */
        GC_VISIT(t->items[i]);
    return 0;
}

static void dealloc(Obj *self)
{
    TupleObj *t = tuple_cast(self);
    int64_t length = t->length;
    gc_untrack(self);
    for (int64_t i = length; --i >= 0;)
        obj_xdecref(t->items[i]);
    if (self->shape == &tuple_type.root)
        obj_free_gc(self, payload_size(length));
    else
        obj_free(self, payload_size(length));
}

/* tuple(iterable=()), also for subclasses. */
static Obj *new (Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    if ((type == &tuple_type || type->init == tuple_type.init) &&
        args_no_keywords("tuple", kwnames) < 0)
        return NULL;
    if (args_check_count("tuple", nargs, 0, 1) < 0)
        return NULL;
    Obj *items = nargs == 0 ? new_empty() : obj_to_tuple(args[0]);
    if (items == NULL || type == &tuple_type)
        return items;

    int64_t length = tuple_length(items);
    TupleObj *t = (TupleObj *)obj_alloc(type, payload_size(length));
    if (t == NULL) {
        obj_decref(items);
        return NULL;
    }
    t->length = length;
    for (int64_t i = 0; i < length; i++)
        t->items[i] = obj_incref(tuple_peek(items, i));
    obj_decref(items);
    obj_track_if_gc(&t->base);
    return &t->base;
}

/* ---- operations */

Obj *tuple_slice(ObjRef tuple, int64_t low, int64_t high)
{
    int64_t length = tuple_length(tuple);
    if (low < 0)
        low = 0;
    if (high > length)
        high = length;
    if (high <= low)
        return new_empty();
    if (low == 0 && high == length && tuple_check_exact(tuple))
        return obj_incref(tuple);
    return tuple_from((const ObjRef *)tuple_cast(tuple)->items + low, high - low);
}

static Obj *repr(ObjRef self)
{
    const TupleObj *t = (const TupleObj *)self;
    if (t->length == 0)
        return str_from_ascii("()");
    int entered = obj_repr_enter(self);
    if (entered != 0)
        return entered < 0 ? NULL : str_from_ascii("(...)");

    StrBuilder b;
    str_builder_init(&b);
    if (str_builder_add_char(&b, '(') < 0)
        goto fail;
    for (int64_t i = 0; i < t->length; i++) {
        if (i > 0 && str_builder_add_ascii(&b, ", ") < 0)
            goto fail;
        Obj *text = obj_repr(t->items[i]);
        if (text == NULL)
            goto fail;
        int failed = str_builder_add_str(&b, text);
        obj_decref(text);
        if (failed < 0)
            goto fail;
    }
    if (str_builder_add_ascii(&b, t->length == 1 ? ",)" : ")") < 0)
        goto fail;
    obj_repr_leave(self);
    return str_builder_finish(&b);
fail:
    obj_repr_leave(self);
    str_builder_free(&b);
    return NULL;
}

/* Mixes the items' hashes with the round of xxHash64 (Yann Collet), one lane. */
static int64_t hash(ObjRef self)
{
    const uint64_t prime1 = 11400714785074694791u, prime2 = 14029467366897019727u,
                   prime5 = 2870177450012600261u;
    const TupleObj *t = (const TupleObj *)self;
    uint64_t sum = prime5;
    if (state_enter(" while hashing a tuple") < 0)
        return -1;
    for (int64_t i = 0; i < t->length; i++) {
        int64_t lane = obj_hash(t->items[i]);
        if (lane == -1) {
            state_leave();
            return -1;
        }
        sum += (uint64_t)lane * prime2;
        sum = (sum << 31 | sum >> 33) * prime1;
    }
    state_leave();
    sum += (uint64_t)t->length ^ (prime5 ^ 3527539u);
    return sum == UINT64_MAX ? 1546275796 : (int64_t)sum;
}

static Obj *compare(ObjRef self, ObjRef other, CompareOp op)
{
    if (!tuple_check(self) || !tuple_check(other))
        return not_implemented_new();
    const TupleObj *a = (const TupleObj *)self, *b = (const TupleObj *)other;
    int64_t common = a->length < b->length ? a->length : b->length;
    for (int64_t i = 0; i < common; i++) {
        int same = equality_held(a->items[i], b->items[i]);
        if (same < 0)
            return NULL;
        if (same)
            continue;
        if (op == CMP_EQ || op == CMP_NE)
            return bool_new(op == CMP_NE);
        return obj_compare(a->items[i], b->items[i], op);
    }
    switch (op) {
    case CMP_LT:
        return bool_new(a->length < b->length);
    case CMP_LE:
        return bool_new(a->length <= b->length);
    case CMP_EQ:
        return bool_new(a->length == b->length);
    case CMP_NE:
        return bool_new(a->length != b->length);
    case CMP_GT:
        return bool_new(a->length > b->length);
    case CMP_GE:
        break;
    }
    return bool_new(a->length >= b->length);
}

static int64_t length(ObjRef self)
{
    return tuple_length(self);
}

static int contains(ObjRef self, ObjRef item)
{
    const TupleObj *t = (const TupleObj *)self;
    for (int64_t i = 0; i < t->length; i++) {
        int same = equality_held(t->items[i], item);
        if (same != 0)
            return same;
    }
    return 0;
}

static Obj *item_at(ObjRef self, int64_t index)
{
    const TupleObj *t = (const TupleObj *)self;
    if ((uint64_t)index >= (uint64_t)t->length)
        return err_string(&exc_index_error, "tuple index out of range");
    return obj_incref(t->items[index]);
}

static Obj *get_slice(ObjRef self, ObjRef key)
{
    int64_t start, stop, step;
    if (slice_unpack(key, &start, &stop, &step) < 0)
        return NULL;
    const TupleObj *t = (const TupleObj *)self;
    int64_t count = slice_adjust(t->length, &start, &stop, step);
    if (step == 1)
        return tuple_slice(self, start, start + count);
    if (count <= 0)
        return new_empty();
    TupleObj *result = new_blank(count);
    if (result == NULL)
        return NULL;
    for (int64_t i = 0; i < count; i++)
        result->items[i] = obj_incref(t->items[start + i * step]);
    track_if_needed(result);
    return &result->base;
}

static Obj *get_item(ObjRef self, ObjRef key)
{
    int64_t index;
    if (int_is_small(key)) {
        index = int_small_value(key);
    } else if (slice_check(key)) {
        return get_slice(self, key);
    } else if (obj_type(key)->index != NULL) {
        if (obj_to_int64(key, &index) < 0)
            return NULL;
    } else {
        return err_format(&exc_type_error, "tuple indices must be integers or slices, not %T", key);
    }
    if (index < 0)
        index += tuple_length(self);
    return item_at(self, index);
}

static Obj *concat(ObjRef left, ObjRef right)
{
    if (!tuple_check(left))
        return not_implemented_new();
    if (!tuple_check(right))
        return err_format(&exc_type_error, "can only concatenate tuple (not \"%T\") to tuple",
                          right);
    const TupleObj *a = (const TupleObj *)left, *b = (const TupleObj *)right;
    if (a->length == 0 && tuple_check_exact(right))
        return obj_incref(right);
    if (b->length == 0 && tuple_check_exact(left))
        return obj_incref(left);
    int64_t total = a->length + b->length;
    if (total == 0)
        return new_empty();
    TupleObj *result = new_blank(total);
    if (result == NULL)
        return NULL;
    for (int64_t i = 0; i < a->length; i++)
        result->items[i] = obj_incref(a->items[i]);
    for (int64_t i = 0; i < b->length; i++)
        result->items[a->length + i] = obj_incref(b->items[i]);
    track_if_needed(result);
    return &result->base;
}

static Obj *repeat(ObjRef self, int64_t count)
{
    const TupleObj *t = (const TupleObj *)self;
    if (count == 1 && tuple_check_exact(self))
        return obj_incref(self);
    if (count <= 0 || t->length == 0)
        return new_empty();
    if (t->length > MAX_ITEMS / count)
        return err_no_memory();
    TupleObj *result = new_blank(t->length * count);
    if (result == NULL)
        return NULL;
    for (int64_t i = 0; i < t->length; i++) {
        Obj *item = t->items[i];
        item->refcnt += count;
        for (int64_t at = i; at < result->length; at += t->length)
            result->items[at] = item;
    }
    track_if_needed(result);
    return &result->base;
}

/* ---- methods */

static Obj *method_index(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)kwnames;
    const TupleObj *t = (const TupleObj *)self;
    int64_t start = 0, stop = INT64_MAX;
    if ((nargs > 1 && args_to_slice_index(args[1], &start) < 0) ||
        (nargs > 2 && args_to_slice_index(args[2], &stop) < 0))
        return NULL;
    if (start < 0)
        start = start + t->length < 0 ? 0 : start + t->length;
    if (stop < 0)
        stop += t->length;
    for (int64_t i = start; i < stop && i < t->length; i++) {
        int same = equality_held(t->items[i], args[0]);
        if (same < 0)
            return NULL;
        if (same)
            return int_new(i);
    }
    return err_string(&exc_value_error, "tuple.index(x): x not in tuple");
}

static Obj *method_count(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    const TupleObj *t = (const TupleObj *)self;
    int64_t count = 0;
    for (int64_t i = 0; i < t->length; i++) {
        int same = equality_held(t->items[i], args[0]);
        if (same < 0)
            return NULL;
        count += same;
    }
    return int_new(count);
}

static Obj *method_getnewargs(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    Obj *copy = tuple_from((const ObjRef *)tuple_cast(self)->items, tuple_length(self));
    if (copy == NULL)
        return NULL;
    Obj *result = tuple_pack(1, copy);
    obj_decref(copy);
    return result;
}

static Obj *method_sizeof(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    return int_new(obj_type(self)->basic_size + tuple_length(self) * (int64_t)sizeof(Obj *));
}

static const MethodDef methods[] = {
    {"index", method_index, 1, 3, 0,
     "index($self, value, start=0, stop=sys.maxsize, /)\n--\n\n"
     "The first position of value; ValueError if it is not there."},
    {"count", method_count, 1, 1, 0, "count($self, value, /)\n--\n\nHow many items equal value."},
    {"__getnewargs__", method_getnewargs, 0, 0, 0, "__getnewargs__($self, /)\n--\n\n"},
    {"__sizeof__", method_sizeof, 0, 0, 0,
     "__sizeof__($self, /)\n--\n\nBytes that the tuple takes."},
    {"__class_getitem__", generic_alias_class_getitem, 1, 1, METHOD_CLASS, "See PEP 585."},
    {0},
};

/* ---- iterator */

static Obj *iter(ObjRef self)
{
    TupleIterObj *it = (TupleIterObj *)obj_new_gc(&tuple_iterator_type, sizeof(TupleIterObj));
    if (it == NULL)
        return NULL;
    it->index = 0;
    it->tuple = tuple_cast(obj_incref(self));
    gc_track(&it->base);
    return &it->base;
}

Type tuple_type = {
    .head = {.base = {1, &type_type.root},
             .name = "tuple",
             .flags = TYPE_GC | TYPE_BASE | TYPE_VAR | TYPE_TUPLE | TYPE_SEQUENCE,
             .traverse = traverse,
             .dealloc = dealloc},
    .root = {.type = &tuple_type.head},
    .doc = "tuple(iterable=(), /)\n--\n\nAn immutable sequence of the items of iterable.",
    .basic_size = sizeof(TupleObj),
    .item_size = sizeof(Obj *),
    .repr = repr,
    .hash = hash,
    .compare = compare,
    .iter = iter,
    .new = new,
    .length = length,
    .get_item = get_item,
    .item = item_at,
    .contains = contains,
    .concat = concat,
    .repeat = repeat,
    .methods = methods,
};

static int iterator_traverse(ObjRef self, VisitFn visit, void *context)
{
    GC_VISIT(((const TupleIterObj *)self)->tuple);
    return 0;
}

static void iterator_dealloc(Obj *self)
{
    gc_untrack(self);
    obj_xdecref((Obj *)((TupleIterObj *)self)->tuple);
    obj_free(self, sizeof(TupleIterObj));
}

static int iterator_next(ObjRef self, Obj **out)
{
    TupleIterObj *it = (TupleIterObj *)self;
    TupleObj *t = it->tuple;
    if (t == NULL)
        return 0;
    if (it->index < t->length) {
        *out = obj_incref(t->items[it->index++]);
        return 1;
    }
    obj_clear(&it->tuple);
    return 0;
}

static Obj *iterator_length_hint(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    const TupleIterObj *it = (const TupleIterObj *)self;
    return int_new(it->tuple == NULL ? 0 : it->tuple->length - it->index);
}

static Obj *iterator_method_reduce(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    const TupleIterObj *it = (const TupleIterObj *)self;
    if (it->tuple == NULL)
        return iterator_reduce_steal("iter", tuple_new(0), REDUCE_NO_INDEX);
    return iterator_reduce_steal("iter", obj_incref(&it->tuple->base), it->index);
}

static Obj *iterator_setstate(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    int64_t index;
    if (obj_to_int64(args[0], &index) < 0)
        return NULL;
    TupleIterObj *it = (TupleIterObj *)self;
    if (it->tuple != NULL) {
        if (index < 0)
            index = 0;
        it->index = index > it->tuple->length ? it->tuple->length : index;
    }
    return none_new();
}

static const MethodDef iterator_methods[] = {
    {"__length_hint__", iterator_length_hint, 0, 0, 0, "Items still to come."},
    {"__reduce__", iterator_method_reduce, 0, 0, 0, "How to make this iterator again."},
    {"__setstate__", iterator_setstate, 1, 1, 0, "Sets the position."},
    {0},
};

Type tuple_iterator_type = {
    .head = {.base = {1, &type_type.root},
             .name = "tuple_iterator",
             .flags = TYPE_GC | TYPE_NO_NEW,
             .traverse = iterator_traverse,
             .dealloc = iterator_dealloc},
    .root = {.type = &tuple_iterator_type.head},
    .basic_size = sizeof(TupleIterObj),
    .iter = object_iter_self,
    .next = iterator_next,
    .methods = iterator_methods,
};
