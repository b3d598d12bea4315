/*
 * collections.deque: a sequence that grows and shrinks cheaply at both ends.
 *
 * Items are in a ring: an array of a power of two places in which the first item may be anywhere.
 * Every change of length or order moves `state`, by which iterators and searches notice a change
 * made by user code while they run.
 */

#include <stddef.h>
#include <string.h>

#include "gc/mem.h"
#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/modules/collections.h"
#include "runtime/types/equality.h"
#include "runtime/types/generic_alias.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"
#include "runtime/types/weakref.h"

typedef struct DequeObj {
    Obj base;
    Obj **ring;       /* `capacity` places; NULL while capacity is 0 */
    int64_t capacity; /* 0 or a power of two */
    int64_t first;    /* place of item 0 */
    int64_t length;
    int64_t max_length; /* -1: no limit */
    int64_t state;
    Obj *weak_list;
} DequeObj;

typedef struct DequeIterObj {
    Obj base;
    DequeObj *deque; /* owned */
    int64_t index;   /* next item, counted from the end where the walk begins */
    int64_t remaining;
    int64_t state; /* of the deque when the iterator was made */
} DequeIterObj;

enum { FIRST_CAPACITY = 8 };
#define MAX_CAPACITY ((int64_t)1 << 58)

#define deque_cast(o) ((DequeObj *)(o))
#define deque_check(o) obj_is(o, &deque_type)

/* ---- the ring */

static inline size_t ring_bytes(int64_t capacity)
{
    return (size_t)capacity * sizeof(Obj *);
}

static inline Obj **place(const DequeObj *d, int64_t index)
{
    return &d->ring[(d->first + index) & (d->capacity - 1)];
}

/* Room for `length` items. */
static int reserve(DequeObj *d, int64_t length)
{
    if (length <= d->capacity)
        return 0;
    int64_t capacity = d->capacity == 0 ? FIRST_CAPACITY : d->capacity * 2;
    while (capacity < length && capacity < MAX_CAPACITY)
        capacity *= 2;
    Obj **ring = capacity < length ? NULL : pool_alloc(ring_bytes(capacity));
    if (ring == NULL) {
        err_no_memory();
        return -1;
    }
    for (int64_t i = 0; i < d->length; i++)
        ring[i] = *place(d, i);
    if (d->ring != NULL)
        pool_free(d->ring, ring_bytes(d->capacity));
    d->ring = ring;
    d->capacity = capacity;
    d->first = 0;
    return 0;
}

/* Gives back most of the room of a deque that became much shorter; failing to is no error. */
static void shrink(DequeObj *d)
{
    if (d->capacity <= 64 || d->length > d->capacity / 8)
        return;
    int64_t capacity = d->capacity / 4;
    Obj **ring = pool_alloc(ring_bytes(capacity));
    if (ring == NULL)
        return;
    for (int64_t i = 0; i < d->length; i++)
        ring[i] = *place(d, i);
    pool_free(d->ring, ring_bytes(d->capacity));
    d->ring = ring;
    d->capacity = capacity;
    d->first = 0;
}

static Obj *take_first(DequeObj *d)
{
    Obj *item = *place(d, 0);
    d->first = (d->first + 1) & (d->capacity - 1);
    d->length--;
    d->state++;
    shrink(d);
    return item;
}

static Obj *take_last(DequeObj *d)
{
    Obj *item = *place(d, d->length - 1);
    d->length--;
    d->state++;
    shrink(d);
    return item;
}

static int append_steal(DequeObj *d, Obj *item)
{
    if (reserve(d, d->length + 1) < 0) {
        obj_decref(item);
        return -1;
    }
    *place(d, d->length++) = item;
    d->state++;
    if (d->max_length >= 0 && d->length > d->max_length)
        obj_decref(take_first(d));
    return 0;
}

static int append_left_steal(DequeObj *d, Obj *item)
{
    if (reserve(d, d->length + 1) < 0) {
        obj_decref(item);
        return -1;
    }
    d->first = (d->first - 1) & (d->capacity - 1);
    d->ring[d->first] = item;
    d->length++;
    d->state++;
    if (d->max_length >= 0 && d->length > d->max_length)
        obj_decref(take_last(d));
    return 0;
}

static void clear_all(DequeObj *d)
{
    Obj **ring = d->ring;
    int64_t capacity = d->capacity, first = d->first, length = d->length;
    d->ring = NULL;
    d->capacity = d->first = d->length = 0;
    d->state++;
    for (int64_t i = 0; i < length; i++)
        obj_xdecref(ring[(first + i) & (capacity - 1)]);
    if (ring != NULL)
        pool_free(ring, ring_bytes(capacity));
}

/* Moves the last item to the front `count` times (negative: the other way). */
static void rotate(DequeObj *d, int64_t count)
{
    if (d->length <= 1)
        return;
    count %= d->length;
    if (count > d->length / 2)
        count -= d->length;
    else if (count < -(d->length / 2))
        count += d->length;
    if (count != 0)
        d->state++;
    for (; count > 0; count--) {
        Obj *item = *place(d, d->length - 1);
        d->first = (d->first - 1) & (d->capacity - 1);
        d->ring[d->first] = item;
    }
    for (; count < 0; count++) {
        Obj *item = *place(d, 0);
        *place(d, d->length) = item;
        d->first = (d->first + 1) & (d->capacity - 1);
    }
}

/* Takes out item `index`, closing the gap from the nearer end. */
static Obj *take_at(DequeObj *d, int64_t index)
{
    Obj *item = *place(d, index);
    if (index < d->length / 2) {
        for (int64_t i = index; i > 0; i--)
            *place(d, i) = *place(d, i - 1);
        d->first = (d->first + 1) & (d->capacity - 1);
    } else {
        for (int64_t i = index; i < d->length - 1; i++)
            *place(d, i) = *place(d, i + 1);
    }
    d->length--;
    d->state++;
    return item;
}

/* ---- lifecycle */

static Obj *new (Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    DequeObj *d = (DequeObj *)obj_alloc(type, sizeof(DequeObj));
    if (d == NULL)
        return NULL;
    d->max_length = -1;
    obj_track_if_gc(&d->base);
    return &d->base;
}

/* An empty exact deque with a limit. */
static DequeObj *new_limited(int64_t max_length)
{
    DequeObj *d = deque_cast(new (&deque_type, NULL, 0, NULL));
    if (d != NULL)
        d->max_length = max_length;
    return d;
}

static int extend(DequeObj *d, ObjRef iterable, bool left)
{
    if (iterable == &d->base) { /* its own items: take a copy first */
        Obj *list = obj_to_list(iterable);
        int failed = list == NULL ? -1 : extend(d, list, left);
        obj_xdecref(list);
        return failed;
    }
    Obj *iterator = obj_iter(iterable);
    if (iterator == NULL)
        return -1;
    Obj *item;
    int more;
    while ((more = obj_next(iterator, &item)) > 0) {
        if ((left ? append_left_steal(d, item) : append_steal(d, item)) < 0) {
            more = -1;
            break;
        }
    }
    obj_decref(iterator);
    return more;
}

static int init(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    static const ArgSpec spec = {"deque", 0, 0, 2, 2, {"iterable", "maxlen"}};
    DequeObj *d = deque_cast(self);
    ObjRef given[2];
    int64_t max_length = -1;
    if (args_bind(&spec, args, nargs, kwnames, given) < 0)
        return -1;
    if (given[1] != NULL && !is_none(given[1])) {
        if (!int_check(given[1]))
            return err_format_int(&exc_type_error, "an integer is required");
        if (args_to_int64(given[1], &max_length) < 0)
            return -1;
        if (max_length < 0)
            return err_format_int(&exc_value_error, "maxlen must be non-negative");
    }
    d->max_length = max_length;
    if (d->length > 0)
        clear_all(d);
    return given[0] == NULL ? 0 : extend(d, given[0], false);
}

static int traverse(ObjRef self, VisitFn visit, void *context)
{
    const DequeObj *d = (const DequeObj *)self;
    for (int64_t i = 0; i < d->length; i++)
        GC_VISIT(*place(d, i));
    return 0;
}

static int clear(ObjRef self)
{
    clear_all(deque_cast(self));
    return 0;
}

static Obj **weak_list(ObjRef self)
{
    return &deque_cast(self)->weak_list;
}

static void dealloc(Obj *self)
{
    DequeObj *d = deque_cast(self);
    gc_untrack(self);
    if (d->weak_list != NULL)
        weakref_clear_all(self, &d->weak_list);
    clear_all(d);
    obj_free(self, sizeof(DequeObj));
}

/* ---- operations */

static int64_t length(ObjRef self)
{
    return deque_cast(self)->length;
}

static Obj *copy(ObjRef self)
{
    const DequeObj *d = (const DequeObj *)self;
    if (obj_type(self) == &deque_type) {
        DequeObj *made = new_limited(d->max_length);
        if (made == NULL || extend(made, self, false) < 0) {
            obj_xdecref((Obj *)made);
            return NULL;
        }
        return &made->base;
    }
    Obj *type = (Obj *)&obj_type(self)->head.base;
    if (d->max_length < 0)
        return obj_call1(type, self);
    Obj *limit = int_new(d->max_length);
    Obj *made = limit == NULL ? NULL : obj_call2(type, self, limit);
    obj_xdecref(limit);
    return made;
}

static Obj *repr(ObjRef self)
{
    int entered = obj_repr_enter(self);
    if (entered != 0)
        return entered < 0 ? NULL : str_from_ascii("[...]");
    const char *name = type_name(obj_type(self));
    Obj *list = obj_to_list(self), *result = NULL;
    if (list != NULL) {
        int64_t limit = deque_cast(self)->max_length;
        result = limit < 0 ? str_format_c("%s(%R)", name, list)
                           : str_format_c("%s(%R, maxlen=%lld)", name, list, (long long)limit);
        obj_decref(list);
    }
    obj_repr_leave(self);
    return result;
}

static Obj *compare(ObjRef self, ObjRef other, CompareOp op)
{
    if (!deque_check(self) || !deque_check(other))
        return not_implemented_new();
    if ((op == CMP_EQ || op == CMP_NE) && length(self) != length(other))
        return bool_new(op == CMP_NE);
    Obj *a = obj_to_list(self), *b = a == NULL ? NULL : obj_to_list(other);
    Obj *result = b == NULL ? NULL : obj_compare(a, b, op);
    obj_xdecref(a);
    obj_xdecref(b);
    return result;
}

/* Position of the first item equal to `value` in [start, stop): -1 absent, -2 error. */
static int64_t find(DequeObj *d, ObjRef value, int64_t start, int64_t stop)
{
    int64_t state = d->state;
    for (int64_t i = start; i < stop && i < d->length; i++) {
        int same = equality_held(*place(d, i), value);
        if (same != 0)
            return same < 0 ? -2 : i;
        if (d->state != state) {
            err_string(&exc_runtime_error, "deque mutated during iteration");
            return -2;
        }
    }
    return -1;
}

static int contains(ObjRef self, ObjRef value)
{
    int64_t at = find(deque_cast(self), value, 0, INT64_MAX);
    return at >= 0 ? 1 : at == -1 ? 0 : -1;
}

static Obj *item_at(ObjRef self, int64_t index)
{
    const DequeObj *d = (const DequeObj *)self;
    if ((uint64_t)index >= (uint64_t)d->length)
        return err_string(&exc_index_error, "deque index out of range");
    return obj_incref(*place(d, index));
}

/* The position that a subscript means; slices are not supported. */
static int key_to_index(ObjRef self, ObjRef key, int64_t *index)
{
    if (obj_type(key)->index == NULL)
        return err_format_int(&exc_type_error, "sequence index must be integer, not '%T'", key);
    if (obj_to_int64(key, index) < 0)
        return -1;
    if (*index < 0)
        *index += length(self);
    return 0;
}

static Obj *get_item(ObjRef self, ObjRef key)
{
    int64_t index;
    return key_to_index(self, key, &index) < 0 ? NULL : item_at(self, index);
}

static int set_item(ObjRef self, ObjRef key, ObjRef value)
{
    int64_t index;
    DequeObj *d = deque_cast(self);
    if (key_to_index(self, key, &index) < 0)
        return -1;
    if ((uint64_t)index >= (uint64_t)d->length)
        return err_format_int(&exc_index_error, "deque index out of range");
    if (value == NULL) {
        obj_decref(take_at(d, index));
        return 0;
    }
    obj_replace(place(d, index), obj_incref(value));
    return 0;
}

static Obj *concat(ObjRef left, ObjRef right)
{
    if (!deque_check(left))
        return not_implemented_new();
    if (!deque_check(right))
        return err_format(&exc_type_error, "can only concatenate deque (not \"%T\") to deque",
                          right);
    Obj *result = copy(left);
    if (result != NULL && deque_check(result) && extend(deque_cast(result), right, false) < 0)
        obj_clear(&result);
    return result;
}

static Obj *inplace_concat(ObjRef self, ObjRef other)
{
    return extend(deque_cast(self), other, false) < 0 ? NULL : obj_incref(self);
}

static int repeat_in_place(DequeObj *d, int64_t count)
{
    if (count <= 0) {
        clear_all(d);
        return 0;
    }
    int64_t before = d->length;
    if (before == 0 || count == 1)
        return 0;
    if (d->max_length >= 0 && before > 0) {
        /* Copies that would fall out again at the front need not be made. */
        int64_t enough = (d->max_length + before - 1) / before + 1;
        int64_t skipped = count > enough ? count - enough : 0;
        count -= skipped;
    }
    if (before > MAX_CAPACITY / count) {
        err_no_memory();
        return -1;
    }
    Obj *items = obj_to_list(&d->base);
    int failed = items == NULL ? -1 : 0;
    while (failed == 0 && --count > 0)
        failed = extend(d, items, false);
    obj_xdecref(items);
    return failed;
}

static Obj *inplace_repeat(ObjRef self, int64_t count)
{
    return repeat_in_place(deque_cast(self), count) < 0 ? NULL : obj_incref(self);
}

static Obj *repeat(ObjRef self, int64_t count)
{
    Obj *result = copy(self);
    if (result != NULL && deque_check(result) && repeat_in_place(deque_cast(result), count) < 0)
        obj_clear(&result);
    return result;
}

/* ---- methods */

static Obj *method_append(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    return append_steal(deque_cast(self), obj_incref(args[0])) < 0 ? NULL : none_new();
}

static Obj *method_append_left(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    return append_left_steal(deque_cast(self), obj_incref(args[0])) < 0 ? NULL : none_new();
}

static Obj *method_pop(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    if (length(self) == 0)
        return err_string(&exc_index_error, "pop from an empty deque");
    return take_last(deque_cast(self));
}

static Obj *method_pop_left(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    if (length(self) == 0)
        return err_string(&exc_index_error, "pop from an empty deque");
    return take_first(deque_cast(self));
}

static Obj *method_extend(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    return extend(deque_cast(self), args[0], false) < 0 ? NULL : none_new();
}

static Obj *method_extend_left(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    return extend(deque_cast(self), args[0], true) < 0 ? NULL : none_new();
}

static Obj *method_clear(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    clear_all(deque_cast(self));
    return none_new();
}

static Obj *method_copy(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    return copy(self);
}

static Obj *method_rotate(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)kwnames;
    int64_t count = 1;
    if (nargs > 0 && args_to_int64(args[0], &count) < 0)
        return NULL;
    rotate(deque_cast(self), count);
    return none_new();
}

static Obj *method_reverse(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    const DequeObj *d = (const DequeObj *)self;
    for (int64_t i = 0, j = d->length - 1; i < j; i++, j--) {
        Obj *item = *place(d, i);
        *place(d, i) = *place(d, j);
        *place(d, j) = item;
    }
    return none_new();
}

static Obj *method_count(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    const DequeObj *d = (const DequeObj *)self;
    int64_t count = 0, state = d->state;
    for (int64_t i = 0; i < d->length; i++) {
        int same = equality_held(*place(d, i), args[0]);
        if (same < 0)
            return NULL;
        if (d->state != state)
            return err_string(&exc_runtime_error, "deque mutated during iteration");
        count += same;
    }
    return int_new(count);
}

static Obj *method_index(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)kwnames;
    int64_t start = 0, stop = INT64_MAX, count = length(self);
    if ((nargs > 1 && args_to_slice_index(args[1], &start) < 0) ||
        (nargs > 2 && args_to_slice_index(args[2], &stop) < 0))
        return NULL;
    if (start < 0)
        start = start + count < 0 ? 0 : start + count;
    if (stop < 0)
        stop += count;
    int64_t at = find(deque_cast(self), args[0], start, stop);
    if (at == -2)
        return NULL;
    return at < 0 ? err_format(&exc_value_error, "%R is not in deque", args[0]) : int_new(at);
}

static Obj *method_insert(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    DequeObj *d = deque_cast(self);
    int64_t index;
    if (args_to_int64(args[0], &index) < 0)
        return NULL;
    if (d->max_length >= 0 && d->length >= d->max_length)
        return err_string(&exc_index_error, "deque already at its maximum size");
    if (index < 0)
        index = index + d->length < 0 ? 0 : index + d->length;
    if (index > d->length)
        index = d->length;
    if (append_steal(d, obj_incref(args[1])) < 0)
        return NULL;
    for (int64_t i = d->length - 1; i > index; i--) {
        Obj *item = *place(d, i);
        *place(d, i) = *place(d, i - 1);
        *place(d, i - 1) = item;
    }
    return none_new();
}

static Obj *method_remove(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    DequeObj *d = deque_cast(self);
    int64_t state = d->state;
    for (int64_t i = 0; i < d->length; i++) {
        int same = equality_held(*place(d, i), args[0]);
        if (same < 0)
            return NULL;
        if (d->state != state)
            return err_string(&exc_index_error, "deque mutated during iteration");
        if (same) {
            obj_decref(take_at(d, i));
            return none_new();
        }
    }
    return err_format(&exc_value_error, "%R is not in deque", args[0]);
}

/* (type, () or ((), maxlen), state, iterator over the items). */
static Obj *method_reduce(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    Obj *state = obj_call_method(self, names.dunder_getstate, NULL, 0);
    Obj *iterator = state == NULL ? NULL : obj_iter(self);
    Obj *arguments = iterator == NULL ? NULL : tuple_new(0);
    Obj *result = NULL;
    int64_t limit = deque_cast(self)->max_length;
    if (arguments != NULL && limit >= 0) {
        Obj *number = int_new(limit);
        obj_replace(&arguments, number == NULL ? NULL : tuple_pack(2, arguments, number));
        obj_xdecref(number);
    }
    if (arguments != NULL)
        result = tuple_pack(4, &obj_type(self)->head.base, arguments, state, iterator);
    obj_xdecref(state);
    obj_xdecref(iterator);
    obj_xdecref(arguments);
    return result;
}

static Obj *method_sizeof(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    return int_new(obj_type(self)->basic_size + (int64_t)ring_bytes(deque_cast(self)->capacity));
}

static Obj *new_iterator(Type *type, ObjRef deque)
{
    DequeIterObj *it = (DequeIterObj *)obj_new_gc(type, sizeof(DequeIterObj));
    if (it == NULL)
        return NULL;
    it->deque = deque_cast(obj_incref(deque));
    it->index = 0;
    it->remaining = it->deque->length;
    it->state = it->deque->state;
    gc_track(&it->base);
    return &it->base;
}

static Obj *iter(ObjRef self)
{
    return new_iterator(&deque_iterator_type, self);
}

static Obj *method_reversed(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    return new_iterator(&deque_reverse_iterator_type, self);
}

static const MethodDef methods[] = {
    {"append", method_append, 1, 1, 0, "Adds an item at the right end."},
    {"appendleft", method_append_left, 1, 1, 0, "Adds an item at the left end."},
    {"clear", method_clear, 0, 0, 0, "Removes all items."},
    {"__copy__", method_copy, 0, 0, 0, "A shallow copy."},
    {"copy", method_copy, 0, 0, 0, "A shallow copy."},
    {"count", method_count, 1, 1, 0, "D.count(value)\n\nHow many items equal value."},
    {"extend", method_extend, 1, 1, 0, "Adds the items of an iterable at the right end."},
    {"extendleft", method_extend_left, 1, 1, 0,
     "Adds the items of an iterable at the left end, one after the other."},
    {"index", method_index, 1, 3, 0,
     "D.index(value, [start, [stop]])\n\nThe first position of value; ValueError if absent."},
    {"insert", method_insert, 2, 2, 0, "D.insert(index, object)\n\nPuts object before index."},
    {"pop", method_pop, 0, 0, 0, "Removes the item at the right end and gives it."},
    {"popleft", method_pop_left, 0, 0, 0, "Removes the item at the left end and gives it."},
    {"__reduce__", method_reduce, 0, 0, 0, "How to make this deque again."},
    {"remove", method_remove, 1, 1, 0, "D.remove(value)\n\nRemoves the first item equal to value."},
    {"__reversed__", method_reversed, 0, 0, 0, "An iterator from the right end."},
    {"reverse", method_reverse, 0, 0, 0, "Reverses the order in place."},
    {"rotate", method_rotate, 0, 1, 0,
     "rotate(n)\n\nMoves n items from the right end to the left one (negative: the other way)."},
    {"__sizeof__", method_sizeof, 0, 0, 0, "Bytes that the deque takes."},
    {"__class_getitem__", generic_alias_class_getitem, 1, 1, METHOD_CLASS, "See PEP 585."},
    {0},
};

static Obj *get_max_length(ObjRef self)
{
    int64_t limit = deque_cast(self)->max_length;
    return limit < 0 ? none_new() : int_new(limit);
}

static const GetSetDef getset[] = {
    {"maxlen", get_max_length, NULL, "The length past which items fall out at the other end."},
    {0},
};

Type deque_type = {
    .head = {.base = {1, &type_type.root},
             .name = "collections.deque",
             .flags = TYPE_GC | TYPE_BASE | TYPE_SEQUENCE,
             .traverse = traverse,
             .clear = clear,
             .weak_list = weak_list,
             .dealloc = dealloc},
    .root = {.type = &deque_type.head},
    .doc = "deque([iterable[, maxlen]])\n\n"
           "A sequence that grows and shrinks cheaply at both ends.",
    .basic_size = sizeof(DequeObj),
    .weak_list_offset = offsetof(DequeObj, weak_list),
    .repr = repr,
    .hash = object_hash_unhashable,
    .compare = compare,
    .iter = iter,
    .new = new,
    .init = init,
    .length = length,
    .get_item = get_item,
    .set_item = set_item,
    .item = item_at,
    .contains = contains,
    .concat = concat,
    .inplace_concat = inplace_concat,
    .repeat = repeat,
    .inplace_repeat = inplace_repeat,
    .methods = methods,
    .getset = getset,
};

/* ---- iterators */

static int iterator_traverse(ObjRef self, VisitFn visit, void *context)
{
    GC_VISIT(((const DequeIterObj *)self)->deque);
    return 0;
}

static void iterator_dealloc(Obj *self)
{
    gc_untrack(self);
    obj_xdecref((Obj *)((DequeIterObj *)self)->deque);
    obj_free(self, sizeof(DequeIterObj));
}

/* iterator(deque, items to leave out). */
static Obj *iterator_make(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    int64_t skip = 0;
    if (args_no_keywords("_deque_iterator", kwnames) < 0 ||
        args_check_count("_deque_iterator", nargs, 1, 2) < 0)
        return NULL;
    if (!deque_check(args[0]))
        return err_format(&exc_type_error, "argument 1 must be collections.deque, not %T", args[0]);
    if (nargs > 1 && args_to_int64(args[1], &skip) < 0)
        return NULL;
    Obj *made = new_iterator(type, args[0]);
    if (made == NULL)
        return NULL;
    DequeIterObj *it = (DequeIterObj *)made;
    skip = skip < 0 ? 0 : skip > it->remaining ? it->remaining : skip;
    it->index += skip;
    it->remaining -= skip;
    return made;
}

static int iterator_step(DequeIterObj *it, bool backwards, Obj **out)
{
    const DequeObj *d = it->deque;
    if (d->state != it->state) {
        it->remaining = 0;
        return err_format_int(&exc_runtime_error, "deque mutated during iteration");
    }
    if (it->remaining == 0)
        return 0;
    *out = obj_incref(*place(d, backwards ? d->length - 1 - it->index : it->index));
    it->index++;
    it->remaining--;
    return 1;
}

static int iterator_next(ObjRef self, Obj **out)
{
    return iterator_step((DequeIterObj *)self, false, out);
}

static int reverse_next(ObjRef self, Obj **out)
{
    return iterator_step((DequeIterObj *)self, true, out);
}

static Obj *iterator_length_hint(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    return int_new(((const DequeIterObj *)self)->remaining);
}

static Obj *iterator_reduce(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    const DequeIterObj *it = (const DequeIterObj *)self;
    Obj *given = int_new(it->deque->length - it->remaining), *result = NULL;
    Obj *arguments = given == NULL ? NULL : tuple_pack(2, &it->deque->base, given);
    if (arguments != NULL)
        result = tuple_pack(2, &obj_type(self)->head.base, arguments);
    obj_xdecref(given);
    obj_xdecref(arguments);
    return result;
}

static const MethodDef iterator_methods[] = {
    {"__length_hint__", iterator_length_hint, 0, 0, 0, "Items still to come."},
    {"__reduce__", iterator_reduce, 0, 0, 0, "How to make this iterator again."},
    {0},
};

#define ITERATOR_TYPE(object, text, function)                                                      \
    Type object = {                                                                                \
        .head = {.base = {1, &type_type.root},                                                     \
                 .name = "_collections." text,                                                     \
                 .flags = TYPE_GC,                                                                 \
                 .traverse = iterator_traverse,                                                    \
                 .dealloc = iterator_dealloc},                                                     \
        .root = {.type = &(object).head},                                                          \
        .basic_size = sizeof(DequeIterObj),                                                        \
        .iter = object_iter_self,                                                                  \
        .next = (function),                                                                        \
        .new = iterator_make,                                                                      \
        .methods = iterator_methods,                                                               \
    }

ITERATOR_TYPE(deque_iterator_type, "_deque_iterator", iterator_next);
ITERATOR_TYPE(deque_reverse_iterator_type, "_deque_reverse_iterator", reverse_next);
