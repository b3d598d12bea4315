/*
 * list: a growable array of references.
 *
 * Invariants: items[0..length) are never NULL once the list is visible to user code (list_new gives
 * NULL items to be filled at once); capacity >= length, but for a list being sorted, whose items
 * are held by list_sort.c: it looks empty and has capacity -1, and any growth shows that it was
 * modified.  Blocks up to POOL_MAX bytes come from the pools.  Capacities grow as CPython's do, so
 * that sys.getsizeof steps at the same lengths.
 *
 * Anything that can run user code (comparing, giving up items) may change the list under us:
 * lengths and pointers are read again after it, and items are taken out before they are given up.
 */

#include "runtime/types/list.h"

#include <string.h>

#include "gc/mem.h"
#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/types/equality.h"
#include "runtime/types/generic_alias.h"
#include "runtime/types/int.h"
#include "runtime/types/list_iterator.h"
#include "runtime/types/slice.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"

/* More items than this cannot be allocated; keeps sizes in bytes within int64. */
#define MAX_ITEMS ((INT64_MAX - 64) / (int64_t)sizeof(Obj *))

/* ---- storage */

static inline size_t bytes_of(int64_t capacity)
{
    return (size_t)capacity * sizeof(Obj *);
}

/* Gives the list a block of exactly `capacity` items (at least its length). */
static int set_capacity(ListObj *l, int64_t capacity)
{
    if (capacity > MAX_ITEMS) {
        err_no_memory();
        return -1;
    }
    size_t old_size = l->capacity > 0 ? bytes_of(l->capacity) : 0;
    size_t new_size = bytes_of(capacity);
    Obj **items = NULL;
    if (capacity > 0) {
        if (old_size > POOL_MAX && new_size > POOL_MAX)
            items = mem_realloc(l->items, old_size, new_size);
        else
            items = pool_alloc(new_size);
        if (items == NULL) {
            err_no_memory();
            return -1;
        }
    }
    if (old_size > 0 && (old_size <= POOL_MAX || new_size <= POOL_MAX)) {
        if (items != NULL)
            memcpy(items, l->items, bytes_of(l->length));
        pool_free(l->items, old_size);
    }
    l->items = items;
    l->capacity = capacity;
    return 0;
}

/* Sets the length, with room to spare when it grows past the capacity and less room when it falls
 * under half of it.  Items between the old and the new length are undefined. */
static int resize(ListObj *l, int64_t length)
{
    if (l->capacity >= length && length >= l->capacity >> 1) {
        l->length = length;
        return 0;
    }
    if (length > MAX_ITEMS) {
        err_no_memory();
        return -1;
    }
    /* Room for an eighth more: 0, 4, 8, 16, 24, 32, 40, 52, 64, 76, … */
    int64_t capacity = (length + (length >> 3) + 6) & ~(int64_t)3;
    if (length - l->length > capacity - length)
        capacity = (length + 3) & ~(int64_t)3;
    if (length == 0)
        capacity = 0;
    int64_t old_length = l->length;
    if (length < old_length)
        l->length = length; /* no more than this is kept */
    if (set_capacity(l, capacity) < 0) {
        if (length < old_length && l->capacity >= length) {
            err_clear(); /* shrinking never fails: the old block serves */
            return 0;
        }
        l->length = old_length;
        return -1;
    }
    l->length = length;
    return 0;
}

int list_grow(ListObj *list, int64_t capacity)
{
    return list->capacity >= capacity ? 0 : set_capacity(list, capacity);
}

/* Gives up all items; the list is empty before the first of them goes. */
static void clear_items(ListObj *l)
{
    Obj **items = l->items;
    int64_t length = l->length, capacity = l->capacity;
    if (items == NULL)
        return;
    l->items = NULL;
    l->length = l->capacity = 0;
    for (int64_t i = length; --i >= 0;)
        obj_xdecref(items[i]);
    pool_free(items, bytes_of(capacity));
}

/* ---- lifecycle */

/* An untracked empty list. */
static ListObj *new_empty(void)
{
    ListObj *l = (ListObj *)obj_new_gc(&list_type, sizeof(ListObj));
    if (l == NULL)
        return NULL;
    l->length = l->capacity = 0;
    l->items = NULL;
    return l;
}

/* An untracked list of `length` undefined items. */
static ListObj *new_blank(int64_t length)
{
    ListObj *l = new_empty();
    if (l == NULL || length == 0)
        return l;
    l->items = length > MAX_ITEMS ? NULL : pool_alloc(bytes_of(length));
    if (l->items == NULL) {
        obj_decref(&l->base);
        err_no_memory();
        return NULL;
    }
    l->length = l->capacity = length;
    return l;
}

Obj *list_new(int64_t length)
{
    ListObj *l = new_blank(length);
    if (l == NULL)
        return NULL;
    if (length > 0)
        memset(l->items, 0, bytes_of(length));
    gc_track(&l->base);
    return &l->base;
}

Obj *list_from_steal(Obj **items, int64_t count)
{
    ListObj *l = new_blank(count);
    if (l == NULL) {
        for (int64_t i = 0; i < count; i++)
            obj_decref(items[i]);
        return NULL;
    }
    for (int64_t i = 0; i < count; i++)
        l->items[i] = items[i];
    gc_track(&l->base);
    return &l->base;
}

/* A list of `count` borrowed items. */
static Obj *from_items(Obj *const *items, int64_t count)
{
    ListObj *l = new_blank(count);
    if (l == NULL)
        return NULL;
    for (int64_t i = 0; i < count; i++)
        l->items[i] = obj_incref(items[i]);
    gc_track(&l->base);
    return &l->base;
}

Obj *list_stepped(ObjRef list, int64_t start, int64_t step, int64_t count)
{
    const ListObj *l = (const ListObj *)list;
    if (step == 1 || count <= 0)
        return from_items(count <= 0 ? NULL : l->items + start, count < 0 ? 0 : count);
    ListObj *result = new_blank(count);
    if (result == NULL)
        return NULL;
    for (int64_t i = 0; i < count; i++)
        result->items[i] = obj_incref(l->items[start + i * step]);
    gc_track(&result->base);
    return &result->base;
}

static Obj *new (Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    if (type == &list_type)
        return list_new(0);
    Obj *self = obj_alloc(type, sizeof(ListObj));
    if (self != NULL)
        obj_track_if_gc(self);
    return self;
}

static int init(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    if ((obj_type(self) == &list_type || obj_type(self)->new == list_type.new) &&
        args_no_keywords("list", kwnames) < 0)
        return -1;
    if (args_check_count("list", nargs, 0, 1) < 0)
        return -1;
    clear_items(list_cast(self));
    return nargs == 0 ? 0 : list_extend(self, args[0]);
}

static int traverse(ObjRef self, VisitFn visit, void *context)
{
    const ListObj *l = (const ListObj *)self;
    for (int64_t i = l->length; --i >= 0;) /* the order that gc.get_referents shows in CPython */
        GC_VISIT(l->items[i]);
    return 0;
}

static int clear(ObjRef self)
{
    clear_items(list_cast(self));
    return 0;
}

static void dealloc(Obj *self)
{
    ListObj *l = list_cast(self);
    gc_untrack(self);
    if (l->items != NULL) {
        for (int64_t i = l->length; --i >= 0;)
            obj_xdecref(l->items[i]);
        pool_free(l->items, bytes_of(l->capacity));
    }
    if (self->shape == &list_type.root)
        obj_free_gc(self, sizeof(ListObj));
    else
        obj_free(self, sizeof(ListObj));
}

/* ---- operations */

int list_append_steal(ObjRef list, Obj *item)
{
    ListObj *l = list_cast(list);
    if (l->length < l->capacity) {
        l->items[l->length++] = item;
        return 0;
    }
    if (resize(l, l->length + 1) < 0) {
        obj_decref(item);
        return -1;
    }
    l->items[l->length - 1] = item;
    return 0;
}

int list_append(ObjRef list, ObjRef item)
{
    return list_append_steal(list, obj_incref(item));
}

ObjRef list_peek(ObjRef list, int64_t index)
{
    return list_cast(list)->items[index];
}

int list_insert(ObjRef list, int64_t index, ObjRef item)
{
    ListObj *l = list_cast(list);
    int64_t length = l->length;
    if (resize(l, length + 1) < 0)
        return -1;
    if (index < 0)
        index = index + length < 0 ? 0 : index + length;
    if (index > length)
        index = length;
    memmove(&l->items[index + 1], &l->items[index], bytes_of(length - index));
    l->items[index] = obj_incref(item);
    return 0;
}

/* Room for `count` items more before an iterable of about that many is read. */
static int reserve(ListObj *l, int64_t count)
{
    if (l->items == NULL) /* even counts: such blocks are no smaller in a pool */
        return count == 0 ? 0 : set_capacity(l, (count + 1) & ~(int64_t)1);
    int64_t length = l->length;
    if (resize(l, length + count) < 0)
        return -1;
    l->length = length;
    return 0;
}

static int extend_from_items(ListObj *l, ObjRef source)
{
    int64_t count = list_check(source) ? list_length(source) : tuple_length(source);
    if (count == 0)
        return 0;
    if (count > MAX_ITEMS - l->length) {
        err_no_memory();
        return -1;
    }
    if (reserve(l, count) < 0)
        return -1;
    /* Only now, for `source` may be the list itself. */
    Obj **items = list_check(source) ? list_cast(source)->items : tuple_cast(source)->items;
    Obj **out = l->items + l->length;
    for (int64_t i = 0; i < count; i++)
        out[i] = obj_incref(items[i]);
    l->length += count;
    return 0;
}

int list_extend(ObjRef list, ObjRef iterable)
{
    ListObj *l = list_cast(list);
    if (list_check_exact(iterable) || tuple_check_exact(iterable) || iterable == list)
        return extend_from_items(l, iterable);

    Obj *iterator = obj_iter(iterable);
    if (iterator == NULL)
        return -1;
    int64_t hint = obj_length_hint(iterable, 8);
    if (hint < 0)
        goto fail;
    /* A hint may be any number; what does not fit is noticed when the items come. */
    if (hint <= MAX_ITEMS - l->length && reserve(l, hint) < 0)
        goto fail;

    Obj *item;
    int more;
    while ((more = obj_next(iterator, &item)) > 0) {
        if (list_append_steal(list, item) < 0)
            goto fail;
    }
    if (more < 0)
        goto fail;
    obj_decref(iterator);
    return l->length < l->capacity ? resize(l, l->length) : 0;
fail:
    obj_decref(iterator);
    return -1;
}

/* A list or tuple with the items of an iterable: the object itself where it is one and not `other`.
 */
static Obj *as_items(ObjRef iterable, ObjRef other, const char *message)
{
    if (iterable == other)
        return from_items(list_cast(iterable)->items, list_length(iterable));
    if (list_check(iterable) || tuple_check(iterable))
        return obj_incref(iterable);
    Obj *iterator = obj_iter(iterable);
    if (iterator == NULL) {
        if (err_matches(&exc_type_error))
            err_string(&exc_type_error, message);
        return NULL;
    }
    Obj *items = list_new(0);
    if (items != NULL && list_extend(items, iterator) < 0)
        obj_clear(&items);
    obj_decref(iterator);
    return items;
}

/* Gives up `count` items of a private array and frees it. */
static void release_array(Obj **items, int64_t count)
{
    for (int64_t i = count; --i >= 0;)
        obj_xdecref(items[i]);
    pool_free(items, bytes_of(count));
}

int list_set_slice(ObjRef list, int64_t low, int64_t high, ObjRef iterable_or_null)
{
    ListObj *l = list_cast(list);
    Obj *source = NULL;
    Obj *const *items = NULL;
    int64_t count = 0;
    if (iterable_or_null != NULL) {
        source = as_items(iterable_or_null, list, "can only assign an iterable");
        if (source == NULL)
            return -1;
        count = list_check(source) ? list_length(source) : tuple_length(source);
        items = list_check(source) ? list_cast(source)->items : tuple_cast(source)->items;
    }
    if (low < 0)
        low = 0;
    if (low > l->length)
        low = l->length;
    if (high < low)
        high = low;
    if (high > l->length)
        high = l->length;

    /* The old items leave the list before any of them is given up. */
    int64_t removed = high - low, tail = l->length - high;
    enum { FEW = 24 };
    Obj **old = NULL, *few[FEW];
    int result = -1;
    if (removed == count && count <= FEW) {
        for (int64_t i = 0; i < count; i++) {
            few[i] = l->items[low + i];
            l->items[low + i] = obj_incref(items[i]);
        }
        for (int64_t i = count; --i >= 0;)
            obj_xdecref(few[i]);
        result = 0;
        goto fail;
    }
    if (removed > 0) {
        old = pool_alloc(bytes_of(removed));
        if (old == NULL) {
            err_no_memory();
            goto fail;
        }
        memcpy(old, &l->items[low], bytes_of(removed));
    }
    if (count > removed && resize(l, l->length + count - removed) < 0) {
        if (old != NULL)
            pool_free(old, bytes_of(removed));
        goto fail;
    }
    if (tail > 0)
        memmove(&l->items[low + count], &l->items[high], bytes_of(tail));
    for (int64_t i = 0; i < count; i++)
        l->items[low + i] = obj_incref(items[i]);
    result = 0;
    if (count < removed)
        result = resize(l, low + count + tail);
    if (old != NULL)
        release_array(old, removed);
fail:
    obj_xdecref(source);
    return result;
}

int list_reverse(ObjRef list)
{
    ListObj *l = list_cast(list);
    for (int64_t i = 0, j = l->length - 1; i < j; i++, j--) {
        Obj *item = l->items[i];
        l->items[i] = l->items[j];
        l->items[j] = item;
    }
    return 0;
}

Obj *list_to_tuple(ObjRef list)
{
    return tuple_from((const ObjRef *)list_cast(list)->items, list_length(list));
}

/* ---- slots */

static Obj *repr(ObjRef self)
{
    const ListObj *l = (const ListObj *)self;
    if (l->length == 0)
        return str_from_ascii("[]");
    int entered = obj_repr_enter(self);
    if (entered != 0)
        return entered < 0 ? NULL : str_from_ascii("[...]");

    StrBuilder b;
    str_builder_init(&b);
    if (str_builder_add_char(&b, '[') < 0)
        goto fail;
    for (int64_t i = 0; i < l->length; i++) {
        if (i > 0 && str_builder_add_ascii(&b, ", ") < 0)
            goto fail;
        Obj *item = obj_incref(l->items[i]);
        Obj *text = obj_repr(item);
        obj_decref(item);
        if (text == NULL)
            goto fail;
        int failed = str_builder_add_str(&b, text);
        obj_decref(text);
        if (failed < 0)
            goto fail;
    }
    if (str_builder_add_char(&b, ']') < 0)
        goto fail;
    obj_repr_leave(self);
    return str_builder_finish(&b);
fail:
    obj_repr_leave(self);
    str_builder_free(&b);
    return NULL;
}

static Obj *compare_lengths(int64_t a, int64_t b, CompareOp op)
{
    switch (op) {
    case CMP_LT:
        return bool_new(a < b);
    case CMP_LE:
        return bool_new(a <= b);
    case CMP_EQ:
        return bool_new(a == b);
    case CMP_NE:
        return bool_new(a != b);
    case CMP_GT:
        return bool_new(a > b);
    case CMP_GE:
        break;
    }
    return bool_new(a >= b);
}

static Obj *compare(ObjRef self, ObjRef other, CompareOp op)
{
    if (!list_check(self) || !list_check(other))
        return not_implemented_new();
    const ListObj *a = (const ListObj *)self, *b = (const ListObj *)other;
    if (a->length != b->length && (op == CMP_EQ || op == CMP_NE))
        return bool_new(op == CMP_NE);
    for (int64_t i = 0; i < a->length && i < b->length; i++) {
        int same = equality_held(a->items[i], b->items[i]);
        if (same < 0)
            return NULL;
        if (same > 0)
            continue;
        if (i >= a->length || i >= b->length)
            break; /* comparing shortened a list: only the lengths are left to compare */
        if (op == CMP_EQ || op == CMP_NE)
            return bool_new(op == CMP_NE);
        Obj *x = obj_incref(a->items[i]), *y = obj_incref(b->items[i]);
        Obj *result = obj_compare(x, y, op);
        obj_decref(x);
        obj_decref(y);
        return result;
    }
    return compare_lengths(a->length, b->length, op);
}

static int64_t length(ObjRef self)
{
    return list_length(self);
}

/* Position of the first item equal to `value` in [start, stop): -1 absent, -2 error. */
static int64_t find(ObjRef self, ObjRef value, int64_t start, int64_t stop)
{
    const ListObj *l = (const ListObj *)self;
    for (int64_t i = start; i < stop && i < l->length; i++) {
        int same = equality_held(l->items[i], value);
        if (same != 0)
            return same < 0 ? -2 : i;
    }
    return -1;
}

static int contains(ObjRef self, ObjRef value)
{
    int64_t at = find(self, value, 0, INT64_MAX);
    return at >= 0 ? 1 : at == -1 ? 0 : -1;
}

static Obj *item_at(ObjRef self, int64_t index)
{
    const ListObj *l = (const ListObj *)self;
    if ((uint64_t)index >= (uint64_t)l->length)
        return err_string(&exc_index_error, "list index out of range");
    return obj_incref(l->items[index]);
}

static Obj *get_slice(ObjRef self, ObjRef key)
{
    int64_t start, stop, step;
    if (slice_unpack(key, &start, &stop, &step) < 0)
        return NULL;
    const ListObj *l = (const ListObj *)self;
    int64_t count = slice_adjust(l->length, &start, &stop, step);
    return list_stepped(self, start, step, count);
}

/* The position that a subscript means, or -1 with an exception; slices are not for here. */
static int key_to_index(ObjRef self, ObjRef key, int64_t *index)
{
    if (int_is_small(key)) {
        *index = int_small_value(key);
    } else if (obj_type(key)->index != NULL) {
        if (obj_to_int64(key, index) < 0)
            return -1;
    } else {
        return err_format_int(&exc_type_error, "list indices must be integers or slices, not %T",
                              key);
    }
    if (*index < 0)
        *index += list_length(self);
    return 0;
}

static Obj *get_item(ObjRef self, ObjRef key)
{
    int64_t index;
    if (slice_check(key))
        return get_slice(self, key);
    if (key_to_index(self, key, &index) < 0)
        return NULL;
    return item_at(self, index);
}

/* del list[start:…:step] where step is not 1. */
static int delete_stepped(ListObj *l, int64_t start, int64_t step, int64_t count)
{
    if (count <= 0)
        return 0;
    if (step < 0) {
        start += step * (count - 1);
        step = -step;
    }
    Obj **removed = pool_alloc(bytes_of(count));
    if (removed == NULL) {
        err_no_memory();
        return -1;
    }
    int64_t out = start, taken = 0;
    for (int64_t i = start; i < l->length; i++) {
        if (taken < count && i == start + taken * step)
            removed[taken++] = l->items[i];
        else
            l->items[out++] = l->items[i];
    }
    int result = resize(l, out);
    release_array(removed, count);
    return result;
}

/* list[start:…:step] = iterable where step is not 1. */
static int assign_stepped(ObjRef self, ObjRef key, int64_t step, ObjRef iterable)
{
    ListObj *l = list_cast(self);
    Obj *source = as_items(iterable, self, "must assign iterable to extended slice");
    if (source == NULL)
        return -1;
    /* Reading the iterable may have changed the list: measure now. */
    int64_t start, stop;
    int result = -1;
    if (slice_unpack(key, &start, &stop, &step) < 0)
        goto fail;
    int64_t count = slice_adjust(l->length, &start, &stop, step);
    int64_t given = list_check(source) ? list_length(source) : tuple_length(source);
    if (given != count) {
        err_format(&exc_value_error,
                   "attempt to assign sequence of size %lld to extended slice of size %lld",
                   (long long)given, (long long)count);
        goto fail;
    }
    result = 0;
    if (count == 0)
        goto fail;
    Obj *const *items = list_check(source) ? list_cast(source)->items : tuple_cast(source)->items;
    Obj **old = pool_alloc(bytes_of(count));
    if (old == NULL) {
        err_no_memory();
        result = -1;
        goto fail;
    }
    for (int64_t i = 0; i < count; i++) {
        Obj **place = &l->items[start + i * step];
        old[i] = *place;
        *place = obj_incref(items[i]);
    }
    release_array(old, count);
fail:
    obj_decref(source);
    return result;
}

static int set_slice(ObjRef self, ObjRef key, ObjRef value)
{
    int64_t start, stop, step;
    if (slice_unpack(key, &start, &stop, &step) < 0)
        return -1;
    ListObj *l = list_cast(self);
    int64_t count = slice_adjust(l->length, &start, &stop, step);
    if (step == 1)
        return list_set_slice(self, start, start + count, value);
    if (value == NULL)
        return delete_stepped(l, start, step, count);
    return assign_stepped(self, key, step, value);
}

static int set_item(ObjRef self, ObjRef key, ObjRef value)
{
    int64_t index;
    if (slice_check(key))
        return set_slice(self, key, value);
    if (key_to_index(self, key, &index) < 0)
        return -1;
    ListObj *l = list_cast(self);
    if ((uint64_t)index >= (uint64_t)l->length)
        return err_format_int(&exc_index_error, "list assignment index out of range");
    Obj *old = l->items[index];
    if (value != NULL) {
        l->items[index] = obj_incref(value);
        obj_decref(old);
        return 0;
    }
    memmove(&l->items[index], &l->items[index + 1], bytes_of(l->length - index - 1));
    int result = resize(l, l->length - 1);
    obj_decref(old);
    return result;
}

static Obj *concat(ObjRef left, ObjRef right)
{
    if (!list_check(left))
        return not_implemented_new();
    if (!list_check(right))
        return err_format(&exc_type_error, "can only concatenate list (not \"%T\") to list", right);
    const ListObj *a = (const ListObj *)left, *b = (const ListObj *)right;
    ListObj *result = new_blank(a->length + b->length);
    if (result == NULL)
        return NULL;
    for (int64_t i = 0; i < a->length; i++)
        result->items[i] = obj_incref(a->items[i]);
    for (int64_t i = 0; i < b->length; i++)
        result->items[a->length + i] = obj_incref(b->items[i]);
    gc_track(&result->base);
    return &result->base;
}

static Obj *inplace_concat(ObjRef self, ObjRef other)
{
    return list_extend(self, other) < 0 ? NULL : obj_incref(self);
}

/* Writes `count` copies of the first `length` of `items`, the first copy being there already if
 * in_place; counts the references. */
static void fill_repeated(Obj **out, Obj *const *items, int64_t length, int64_t count,
                          bool in_place)
{
    if (length == 1) {
        Obj *item = items[0];
        item->refcnt += in_place ? count - 1 : count;
        for (int64_t k = 0; k < count; k++)
            out[k] = item;
        return;
    }
    for (int64_t i = 0; i < length; i++) {
        Obj *item = items[i];
        item->refcnt += in_place ? count - 1 : count;
        for (int64_t k = 0; k < count; k++)
            out[k * length + i] = item;
    }
}

static Obj *repeat(ObjRef self, int64_t count)
{
    const ListObj *l = (const ListObj *)self;
    if (count <= 0 || l->length == 0)
        return list_new(0);
    if (l->length > MAX_ITEMS / count)
        return err_no_memory();
    ListObj *result = new_blank(l->length * count);
    if (result == NULL)
        return NULL;
    fill_repeated(result->items, l->items, l->length, count, false);
    gc_track(&result->base);
    return &result->base;
}

static Obj *inplace_repeat(ObjRef self, int64_t count)
{
    ListObj *l = list_cast(self);
    int64_t length_before = l->length;
    if (length_before == 0 || count == 1)
        return obj_incref(self);
    if (count <= 0) {
        clear_items(l);
        return obj_incref(self);
    }
    if (length_before > MAX_ITEMS / count)
        return err_no_memory();
    if (resize(l, length_before * count) < 0)
        return NULL;
    fill_repeated(l->items, l->items, length_before, count, true);
    return obj_incref(self);
}

/* ---- methods */

static Obj *method_append(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    return list_append(self, args[0]) < 0 ? NULL : none_new();
}

static Obj *method_extend(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    return list_extend(self, args[0]) < 0 ? NULL : none_new();
}

static Obj *method_insert(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    int64_t index;
    if (args_to_int64(args[0], &index) < 0 || list_insert(self, index, args[1]) < 0)
        return NULL;
    return none_new();
}

static Obj *method_pop(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)kwnames;
    int64_t index = -1;
    if (nargs > 0 && args_to_int64(args[0], &index) < 0)
        return NULL;
    ListObj *l = list_cast(self);
    if (l->length == 0)
        return err_string(&exc_index_error, "pop from empty list");
    if (index < 0)
        index += l->length;
    if ((uint64_t)index >= (uint64_t)l->length)
        return err_string(&exc_index_error, "pop index out of range");
    Obj *item = l->items[index];
    memmove(&l->items[index], &l->items[index + 1], bytes_of(l->length - index - 1));
    if (resize(l, l->length - 1) < 0)
        obj_clear(&item);
    return item;
}

static Obj *method_remove(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    int64_t at = find(self, args[0], 0, INT64_MAX);
    if (at == -2)
        return NULL;
    if (at == -1)
        return err_string(&exc_value_error, "list.remove(x): x not in list");
    return list_set_slice(self, at, at + 1, NULL) < 0 ? NULL : none_new();
}

static Obj *method_index(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)kwnames;
    int64_t start = 0, stop = INT64_MAX;
    if ((nargs > 1 && args_to_slice_index(args[1], &start) < 0) ||
        (nargs > 2 && args_to_slice_index(args[2], &stop) < 0))
        return NULL;
    if (start < 0)
        start = start + list_length(self) < 0 ? 0 : start + list_length(self);
    if (stop < 0)
        stop += list_length(self);
    int64_t at = find(self, args[0], start, stop);
    if (at == -2)
        return NULL;
    if (at == -1)
        return err_format(&exc_value_error, "%R is not in list", args[0]);
    return int_new(at);
}

static Obj *method_count(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    const ListObj *l = (const ListObj *)self;
    int64_t count = 0;
    for (int64_t i = 0; i < l->length; i++) {
        int same = equality_held(l->items[i], args[0]);
        if (same < 0)
            return NULL;
        count += same;
    }
    return int_new(count);
}

static Obj *method_clear(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    clear_items(list_cast(self));
    return none_new();
}

static Obj *method_copy(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    return from_items(list_cast(self)->items, list_length(self));
}

static Obj *method_reverse(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    list_reverse(self);
    return none_new();
}

static Obj *method_sort(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    static const ArgSpec spec = {"sort", 0, 0, 0, 2, {"key", "reverse"}};
    ObjRef given[2];
    if (args_bind(&spec, args, nargs, kwnames, given) < 0)
        return NULL;
    int64_t reverse = 0;
    if (given[1] != NULL && args_to_int64(given[1], &reverse) < 0)
        return NULL;
    ObjRef key = given[0] != NULL && is_none(given[0]) ? NULL : given[0];
    return list_sort(self, key, reverse != 0) < 0 ? NULL : none_new();
}

static Obj *method_getitem(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    return get_item(self, args[0]);
}

static Obj *method_sizeof(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    int64_t capacity = list_cast(self)->capacity;
    return int_new(obj_type(self)->basic_size + (capacity > 0 ? (int64_t)bytes_of(capacity) : 0));
}

static Obj *method_reversed(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    return list_iterator_new(self, true);
}

static const MethodDef methods[] = {
    {"__getitem__", method_getitem, 1, 1, METHOD_COEXIST,
     "__getitem__($self, index, /)\n--\n\nThe item at index, or a list of those in a slice."},
    {"__reversed__", method_reversed, 0, 0, 0,
     "__reversed__($self, /)\n--\n\nAn iterator over the items, the last one first."},
    {"__sizeof__", method_sizeof, 0, 0, 0,
     "__sizeof__($self, /)\n--\n\nBytes that the list takes."},
    {"clear", method_clear, 0, 0, 0, "clear($self, /)\n--\n\nRemoves all items."},
    {"copy", method_copy, 0, 0, 0, "copy($self, /)\n--\n\nA shallow copy."},
    {"append", method_append, 1, 1, 0, "append($self, object, /)\n--\n\nAdds object at the end."},
    {"insert", method_insert, 2, 2, 0,
     "insert($self, index, object, /)\n--\n\nPuts object before the item at index."},
    {"extend", method_extend, 1, 1, 0,
     "extend($self, iterable, /)\n--\n\nAdds the items of iterable at the end."},
    {"pop", method_pop, 0, 1, 0,
     "pop($self, index=-1, /)\n--\n\nRemoves the item at index and gives it."},
    {"remove", method_remove, 1, 1, 0,
     "remove($self, value, /)\n--\n\nRemoves the first item that equals value."},
    {"index", method_index, 1, 3, 0,
     "index($self, value, start=0, stop=sys.maxsize, /)\n--\n\n"
     "The first position of value; ValueError if it is not there."},
    {"count", method_count, 1, 1, 0, "count($self, value, /)\n--\n\nHow many items equal value."},
    {"reverse", method_reverse, 0, 0, 0, "reverse($self, /)\n--\n\nReverses the order in place."},
    {"sort", method_sort, 0, -1, METHOD_KEYWORDS,
     "sort($self, /, *, key=None, reverse=False)\n--\n\n"
     "Sorts in place and stably, by key(item) where a key is given."},
    {"__class_getitem__", generic_alias_class_getitem, 1, 1, METHOD_CLASS, "See PEP 585."},
    {0},
};

static Obj *iter(ObjRef self)
{
    return list_iterator_new(self, false);
}

Type list_type = {
    .head = {.base = {1, &type_type.root},
             .name = "list",
             .flags = TYPE_GC | TYPE_BASE | TYPE_LIST | TYPE_SEQUENCE,
             .traverse = traverse,
             .clear = clear,
             .dealloc = dealloc},
    .root = {.type = &list_type.head},
    .doc = "list(iterable=(), /)\n--\n\nA mutable sequence of the items of iterable.",
    .basic_size = sizeof(ListObj),
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
};
