/*
 * range: an arithmetic progression that stores only its three numbers.
 *
 * A range whose numbers and length fit 64 bits keeps them as such; any other keeps int objects and
 * computes with them (functions named big_…).  Both have the same attributes and behaviour.
 * Iterators count items down, so that the last step may leave the 64 bits without harm.
 */

#include "runtime/types/range.h"

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/types/int.h"
#include "runtime/types/iterator_reduce.h"
#include "runtime/types/slice.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"

typedef struct LongRangeIterObj {
    Obj base;
    Obj *start, *step, *length; /* owned ints */
    Obj *index;                 /* owned int: items given */
} LongRangeIterObj;

/* ---- numbers */

int64_t range_small_length(int64_t start, int64_t stop, int64_t step)
{
    uint64_t span, stride;
    if (step > 0) {
        if (start >= stop)
            return 0;
        span = (uint64_t)stop - (uint64_t)start;
        stride = (uint64_t)step;
    } else {
        if (start <= stop)
            return 0;
        span = (uint64_t)start - (uint64_t)stop;
        stride = 0 - (uint64_t)step;
    }
    uint64_t length = (span - 1) / stride + 1;
    return length > INT64_MAX ? -1 : (int64_t)length;
}

/* ceil((stop - start) / step), at least 0: new int, or NULL. */
static Obj *big_length(ObjRef start, ObjRef stop, ObjRef step)
{
    bool up = int_sign(step) > 0;
    if (up ? int_compare3(start, stop) >= 0 : int_compare3(start, stop) <= 0)
        return int_new(0);
    /* (last possible - start) // step + 1, where the last possible number is next to stop. */
    Obj *one = int_new(up ? 1 : -1), *plus = int_new(1), *value = NULL;
    if (one == NULL || plus == NULL)
        goto fail;
    value = int_subtract(stop, one);
    if (value != NULL)
        obj_replace(&value, int_subtract(value, start));
    if (value != NULL)
        obj_replace(&value, int_floor_divide(value, step));
    if (value != NULL)
        obj_replace(&value, int_add(value, plus));
fail:
    obj_xdecref(one);
    obj_xdecref(plus);
    return value;
}

/* a + b * c: new int. */
static Obj *big_multiply_add(ObjRef a, ObjRef b, ObjRef c)
{
    Obj *value = int_multiply(b, c);
    if (value != NULL)
        obj_replace(&value, int_add(a, value));
    return value;
}

/* ---- lifecycle */

static Obj *new_small(int64_t start, int64_t stop, int64_t step, int64_t length)
{
    RangeObj *r = (RangeObj *)obj_new(&range_type, sizeof(RangeObj));
    if (r == NULL)
        return NULL;
    r->u.small.start = start;
    r->u.small.stop = stop;
    r->u.small.step = step;
    r->length = length;
    return &r->base;
}

/* A range of three ints (exact or not), step not 0, in whichever form fits. */
static Obj *new_from_ints(ObjRef start, ObjRef stop, ObjRef step)
{
    int64_t a, b, c;
    if (int_to_int64(start, &a) == 0 && int_to_int64(stop, &b) == 0 &&
        int_to_int64(step, &c) == 0) {
        int64_t length = range_small_length(a, b, c);
        if (length >= 0)
            return new_small(a, b, c, length);
    }
    RangeObj *r = (RangeObj *)obj_new(&range_type, sizeof(RangeObj));
    if (r == NULL)
        return NULL;
    r->u.big.start = obj_incref(start);
    r->u.big.stop = obj_incref(stop);
    r->u.big.step = obj_incref(step);
    r->length = -1;
    return &r->base;
}

Obj *range_new_small(int64_t start, int64_t stop, int64_t step)
{
    int64_t length = range_small_length(start, stop, step);
    if (length >= 0)
        return new_small(start, stop, step, length);
    Obj *result = NULL, *a = int_new(start), *b = int_new(stop), *c = int_new(step);
    if (a != NULL && b != NULL && c != NULL)
        result = new_from_ints(a, b, c);
    obj_xdecref(a);
    obj_xdecref(b);
    obj_xdecref(c);
    return result;
}

static Obj *new (Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)type;
    if (args_no_keywords("range", kwnames) < 0 || args_check_count("range", nargs, 1, 3) < 0)
        return NULL;
    if (nargs == 1 && int_is_small(args[0]))
        return new_small(0, int_small_value(args[0]), 1,
                         int_small_value(args[0]) < 0 ? 0 : int_small_value(args[0]));

    Obj *start = NULL, *stop = NULL, *step = NULL, *result = NULL;
    start = nargs == 1 ? int_new(0) : obj_index(args[0]);
    if (start == NULL)
        goto fail;
    stop = obj_index(args[nargs == 1 ? 0 : 1]);
    if (stop == NULL)
        goto fail;
    step = nargs < 3 ? int_new(1) : obj_index(args[2]);
    if (step == NULL)
        goto fail;
    if (int_sign(step) == 0)
        err_string(&exc_value_error, "range() arg 3 must not be zero");
    else
        result = new_from_ints(start, stop, step);
fail:
    obj_clear(&start);
    obj_clear(&stop);
    obj_clear(&step);
    return result;
}

static bool is_big(const RangeObj *r)
{
    return r->length < 0;
}

static int traverse(ObjRef self, VisitFn visit, void *context)
{
    const RangeObj *r = range_cast(self);
    if (is_big(r)) {
        GC_VISIT(r->u.big.start);
        GC_VISIT(r->u.big.stop);
        GC_VISIT(r->u.big.step);
    }
    return 0;
}

static void dealloc(Obj *self)
{
    RangeObj *r = range_cast(self);
    if (is_big(r)) {
        obj_decref(r->u.big.start);
        obj_decref(r->u.big.stop);
        obj_decref(r->u.big.step);
    }
    obj_free(self, sizeof(RangeObj));
}

/* ---- operations */

static Obj *start_of(ObjRef self)
{
    const RangeObj *r = (const RangeObj *)self;
    return is_big(r) ? obj_incref(r->u.big.start) : int_new(r->u.small.start);
}

static Obj *stop_of(ObjRef self)
{
    const RangeObj *r = (const RangeObj *)self;
    return is_big(r) ? obj_incref(r->u.big.stop) : int_new(r->u.small.stop);
}

static Obj *step_of(ObjRef self)
{
    const RangeObj *r = (const RangeObj *)self;
    return is_big(r) ? obj_incref(r->u.big.step) : int_new(r->u.small.step);
}

static Obj *length_of(ObjRef self)
{
    const RangeObj *r = (const RangeObj *)self;
    return is_big(r) ? big_length(r->u.big.start, r->u.big.stop, r->u.big.step)
                     : int_new(r->length);
}

/* Number `index` (in 0…length - 1) of a small range. */
static int64_t number_at(const RangeObj *r, int64_t index)
{
    return (int64_t)((uint64_t)r->u.small.start + (uint64_t)index * (uint64_t)r->u.small.step);
}

static int64_t length(ObjRef self)
{
    const RangeObj *r = (const RangeObj *)self;
    if (!is_big(r))
        return r->length;
    Obj *value = length_of(self);
    if (value == NULL)
        return -1;
    int64_t result;
    if (int_to_int64(value, &result) != 0)
        result =
            err_format_int(&exc_overflow_error, "Python int too large to convert to C ssize_t");
    obj_decref(value);
    return result;
}

static int truth(ObjRef self)
{
    const RangeObj *r = (const RangeObj *)self;
    if (!is_big(r))
        return r->length > 0;
    int order = int_compare3(r->u.big.start, r->u.big.stop);
    return int_sign(r->u.big.step) > 0 ? order < 0 : order > 0;
}

static Obj *repr(ObjRef self)
{
    Obj *start = start_of(self), *stop = stop_of(self), *step = step_of(self), *result = NULL;
    int64_t one;
    if (start != NULL && stop != NULL && step != NULL) {
        if (int_to_int64(step, &one) == 0 && one == 1)
            result = str_format_c("range(%R, %R)", start, stop);
        else
            result = str_format_c("range(%R, %R, %R)", start, stop, step);
    }
    obj_xdecref(start);
    obj_xdecref(stop);
    obj_xdecref(step);
    return result;
}

/* (length, first number, step), with None for what no number depends on: equal ranges give equal
 * ones. */
static Obj *identity_of(ObjRef self)
{
    Obj *fields[3] = {length_of(self), NULL, NULL};
    if (fields[0] == NULL)
        return NULL;
    int64_t count;
    bool known = int_to_int64(fields[0], &count) == 0;
    fields[1] = known && count == 0 ? none_new() : start_of(self);
    fields[2] = known && count <= 1 ? none_new() : step_of(self);
    if (fields[1] == NULL || fields[2] == NULL) {
        for (int i = 0; i < 3; i++)
            obj_clear(&fields[i]);
        return NULL;
    }
    return tuple_from_steal(fields, 3);
}

static int64_t hash(ObjRef self)
{
    Obj *identity = identity_of(self);
    if (identity == NULL)
        return -1;
    int64_t result = obj_hash(identity);
    obj_decref(identity);
    return result;
}

static Obj *compare(ObjRef self, ObjRef other, CompareOp op)
{
    if ((op != CMP_EQ && op != CMP_NE) || !range_check(self) || !range_check(other))
        return not_implemented_new();
    const RangeObj *a = (const RangeObj *)self, *b = (const RangeObj *)other;
    int same = self == other;
    if (!same && !is_big(a) && !is_big(b)) {
        same = a->length == b->length &&
               (a->length == 0 || (a->u.small.start == b->u.small.start &&
                                   (a->length == 1 || a->u.small.step == b->u.small.step)));
    } else if (!same) {
        Obj *x = identity_of(self), *y = x == NULL ? NULL : identity_of(other);
        same = y == NULL ? -1 : obj_equal(x, y);
        obj_xdecref(x);
        obj_xdecref(y);
    }
    return same < 0 ? NULL : bool_new((op == CMP_EQ) == (same > 0));
}

/* The position of an int in the range: 1 and *index (new reference, or NULL not wanted), 0, -1. */
static int find_int(ObjRef self, ObjRef number, Obj **index)
{
    const RangeObj *r = (const RangeObj *)self;
    int64_t value;
    if (index != NULL)
        *index = NULL;
    if (!is_big(r)) {
        if (r->length == 0 || int_to_int64(number, &value) != 0)
            return 0;
        int64_t first = r->u.small.start, last = number_at(r, r->length - 1);
        int64_t step = r->u.small.step;
        if (step > 0 ? value < first || value > last : value > first || value < last)
            return 0;
        uint64_t away =
            step > 0 ? (uint64_t)value - (uint64_t)first : (uint64_t)first - (uint64_t)value;
        uint64_t stride = step > 0 ? (uint64_t)step : 0 - (uint64_t)step;
        if (away % stride != 0)
            return 0;
        if (index == NULL)
            return 1;
        *index = int_new((int64_t)(away / stride));
        return *index == NULL ? -1 : 1;
    }
    bool up = int_sign(r->u.big.step) > 0;
    int from_start = int_compare3(number, r->u.big.start);
    int from_stop = int_compare3(number, r->u.big.stop);
    if (up ? from_start < 0 || from_stop >= 0 : from_start > 0 || from_stop <= 0)
        return 0;
    Obj *away = int_subtract(number, r->u.big.start);
    Obj *rest = away == NULL ? NULL : int_remainder(away, r->u.big.step);
    int found = rest == NULL ? -1 : int_sign(rest) == 0;
    if (found > 0 && index != NULL) {
        *index = int_floor_divide(away, r->u.big.step);
        if (*index == NULL)
            found = -1;
    }
    obj_xdecref(away);
    obj_xdecref(rest);
    return found;
}

/* Ints and bools are found by arithmetic, anything else by comparing. */
static bool is_plain_int(ObjRef o)
{
    return int_check_exact(o) || bool_check(o);
}

/* Walks the range: how many items equal `value` (all), or the position of the first one; -1 where
 * absent, -2 on error. */
static int64_t search(ObjRef self, ObjRef value, bool all)
{
    Obj *iterator = obj_iter(self);
    if (iterator == NULL)
        return -2;
    int64_t found = all ? 0 : -1;
    Obj *item;
    int more;
    for (int64_t i = 0; (more = obj_next(iterator, &item)) > 0; i++) {
        int same = obj_equal(item, value);
        obj_decref(item);
        if (same < 0) {
            more = -1;
            break;
        }
        if (same && all) {
            found++;
        } else if (same) {
            found = i;
            break;
        }
    }
    obj_decref(iterator);
    return more < 0 ? -2 : found;
}

static int contains(ObjRef self, ObjRef value)
{
    if (is_plain_int(value))
        return find_int(self, value, NULL);
    int64_t at = search(self, value, false);
    return at >= 0 ? 1 : at == -1 ? 0 : -1;
}

/* Number `index` of the range, counted from the end where negative; index is an int. */
static Obj *big_item(ObjRef self, ObjRef index)
{
    Obj *count = length_of(self), *start = start_of(self), *step = step_of(self);
    Obj *at = obj_incref(index), *result = NULL;
    if (count == NULL || start == NULL || step == NULL)
        goto fail;
    if (int_sign(at) < 0)
        obj_replace(&at, int_add(at, count));
    if (at == NULL)
        goto fail;
    if (int_sign(at) < 0 || int_compare3(at, count) >= 0)
        err_string(&exc_index_error, "range object index out of range");
    else
        result = big_multiply_add(start, step, at);
fail:
    obj_xdecref(count);
    obj_xdecref(start);
    obj_xdecref(step);
    obj_xdecref(at);
    return result;
}

static Obj *item_at(ObjRef self, int64_t index)
{
    const RangeObj *r = (const RangeObj *)self;
    if (!is_big(r)) {
        if ((uint64_t)index >= (uint64_t)r->length)
            return err_string(&exc_index_error, "range object index out of range");
        return int_new(number_at(r, index));
    }
    Obj *at = int_new(index);
    if (at == NULL)
        return NULL;
    Obj *result = big_item(self, at);
    obj_decref(at);
    return result;
}

/* range[slice]: the numbers at both ends and the product of the steps. */
static Obj *get_slice(ObjRef self, ObjRef key)
{
    Obj *count = length_of(self), *start = start_of(self), *step = step_of(self);
    Obj *fields[3] = {NULL, NULL, NULL}, *first = NULL, *stop = NULL, *stride = NULL,
        *result = NULL;
    if (count == NULL || start == NULL || step == NULL)
        goto fail;
    if (slice_indices(key, count, fields) < 0)
        goto fail;
    first = big_multiply_add(start, step, fields[0]);
    if (first == NULL)
        goto fail;
    stop = big_multiply_add(start, step, fields[1]);
    if (stop == NULL)
        goto fail;
    stride = int_multiply(step, fields[2]);
    if (stride != NULL)
        result = new_from_ints(first, stop, stride);
fail:
    obj_xdecref(count);
    obj_xdecref(start);
    obj_xdecref(step);
    for (int i = 0; i < 3; i++)
        obj_xdecref(fields[i]);
    obj_xdecref(first);
    obj_xdecref(stop);
    obj_xdecref(stride);
    return result;
}

static Obj *get_item(ObjRef self, ObjRef key)
{
    const RangeObj *r = (const RangeObj *)self;
    if (int_is_small(key) && !is_big(r)) {
        int64_t index = int_small_value(key);
        return item_at(self, index < 0 ? index + r->length : index);
    }
    if (slice_check(key))
        return get_slice(self, key);
    if (obj_type(key)->index == NULL)
        return err_format(&exc_type_error, "range indices must be integers or slices, not %T", key);
    Obj *index = obj_index(key);
    if (index == NULL)
        return NULL;
    Obj *result = big_item(self, index);
    obj_decref(index);
    return result;
}

/* ---- methods */

static Obj *method_count(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    if (is_plain_int(args[0])) {
        int found = find_int(self, args[0], NULL);
        return found < 0 ? NULL : int_new(found);
    }
    int64_t count = search(self, args[0], true);
    return count < 0 ? NULL : int_new(count);
}

static Obj *method_index(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    if (is_plain_int(args[0])) {
        Obj *index;
        int found = find_int(self, args[0], &index);
        if (found == 0)
            return err_format(&exc_value_error, "%R is not in range", args[0]);
        return found < 0 ? NULL : index;
    }
    int64_t at = search(self, args[0], false);
    if (at == -1)
        return err_string(&exc_value_error, "sequence.index(x): x not in sequence");
    return at < 0 ? NULL : int_new(at);
}

static Obj *new_iterator(int64_t start, int64_t step, int64_t count)
{
    RangeIterObj *it = (RangeIterObj *)obj_new(&range_iterator_type, sizeof(RangeIterObj));
    if (it == NULL)
        return NULL;
    it->next = start;
    it->step = step;
    it->remaining = it->length = count;
    return &it->base;
}

/* Takes over three owned ints, any of which may be NULL: an error is pending then. */
static Obj *new_long_iterator_steal(Obj *start, Obj *step, Obj *count)
{
    LongRangeIterObj *it = NULL;
    Obj *zero = int_new(0);
    if (zero != NULL && start != NULL && step != NULL && count != NULL)
        it = (LongRangeIterObj *)obj_new(&long_range_iterator_type, sizeof(LongRangeIterObj));
    if (it == NULL) {
        obj_xdecref(start);
        obj_xdecref(step);
        obj_xdecref(count);
        obj_xdecref(zero);
        return NULL;
    }
    it->start = start;
    it->step = step;
    it->length = count;
    it->index = zero;
    return &it->base;
}

static Obj *iter(ObjRef self)
{
    const RangeObj *r = (const RangeObj *)self;
    if (!is_big(r))
        return new_iterator(r->u.small.start, r->u.small.step, r->length);
    return new_long_iterator_steal(start_of(self), step_of(self), length_of(self));
}

static Obj *method_reversed(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    const RangeObj *r = (const RangeObj *)self;
    if (!is_big(r) && r->u.small.step != INT64_MIN)
        return new_iterator(r->length == 0 ? 0 : number_at(r, r->length - 1), -r->u.small.step,
                            r->length);
    Obj *count = length_of(self), *minus = int_new(-1), *start = start_of(self);
    Obj *step = step_of(self), *last = NULL, *back = NULL;
    if (count != NULL && minus != NULL && start != NULL && step != NULL) {
        last = int_add(count, minus);
        if (last != NULL)
            obj_replace(&last, big_multiply_add(start, step, last));
        back = int_multiply(step, minus);
    }
    obj_xdecref(minus);
    obj_xdecref(start);
    obj_xdecref(step);
    return new_long_iterator_steal(last, back, count);
}

/* (type, (start, stop, step)). */
static Obj *method_reduce(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    Obj *start = start_of(self), *stop = stop_of(self), *step = step_of(self);
    Obj *fields = NULL, *result = NULL;
    if (start != NULL && stop != NULL && step != NULL)
        fields = tuple_pack(3, start, stop, step);
    if (fields != NULL)
        result = tuple_pack(2, &range_type.head.base, fields);
    obj_xdecref(start);
    obj_xdecref(stop);
    obj_xdecref(step);
    obj_xdecref(fields);
    return result;
}

static const MethodDef methods[] = {
    {"__reversed__", method_reversed, 0, 0, 0, "An iterator over the numbers, the last one first."},
    {"__reduce__", method_reduce, 0, 0, 0, "How to make this range again."},
    {"count", method_count, 1, 1, 0, "rangeobject.count(value)\n\nHow many numbers equal value."},
    {"index", method_index, 1, 1, 0,
     "rangeobject.index(value)\n\nThe position of value; ValueError if it is not there."},
    {0},
};

static int refuse_set(ObjRef self, ObjRef value)
{
    (void)self, (void)value;
    return err_format_int(&exc_attribute_error, "readonly attribute");
}

static const GetSetDef getset[] = {
    {"start", start_of, refuse_set, NULL},
    {"stop", stop_of, refuse_set, NULL},
    {"step", step_of, refuse_set, NULL},
    {0},
};

Type range_type = {
    .head = {.base = {1, &type_type.root},
             .name = "range",
             .flags = TYPE_SEQUENCE,
             .traverse = traverse,
             .dealloc = dealloc},
    .root = {.type = &range_type.head},
    .doc = "range(stop), range(start, stop[, step])\n\n"
           "The numbers from start up to but without stop, by step.",
    .basic_size = sizeof(RangeObj),
    .repr = repr,
    .hash = hash,
    .compare = compare,
    .iter = iter,
    .new = new,
    .truth = truth,
    .length = length,
    .get_item = get_item,
    .item = item_at,
    .contains = contains,
    .methods = methods,
    .getset = getset,
};

/* ---- iterators */

static void iterator_dealloc(Obj *self)
{
    obj_free(self, sizeof(RangeIterObj));
}

static int iterator_next(ObjRef self, Obj **out)
{
    RangeIterObj *it = (RangeIterObj *)self;
    if (it->remaining <= 0)
        return 0;
    *out = int_new(it->next);
    if (*out == NULL)
        return -1;
    it->next = (int64_t)((uint64_t)it->next + (uint64_t)it->step);
    it->remaining--;
    return 1;
}

static Obj *iterator_length_hint(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    return int_new(((const RangeIterObj *)self)->remaining);
}

/* iter(the whole range), and how far it got. */
static Obj *iterator_method_reduce(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    const RangeIterObj *it = (const RangeIterObj *)self;
    int64_t given = it->length - it->remaining;
    int64_t first = (int64_t)((uint64_t)it->next - (uint64_t)given * (uint64_t)it->step);
    int64_t span, stop;
    if (__builtin_mul_overflow(it->length, it->step, &span) ||
        __builtin_add_overflow(first, span, &stop))
        stop = it->step > 0 ? INT64_MAX : INT64_MIN; /* the last number is short of it */
    return iterator_reduce_steal("iter", new_small(first, stop, it->step, it->length), given);
}

static Obj *iterator_setstate(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    int64_t index;
    if (obj_to_int64(args[0], &index) < 0)
        return NULL;
    RangeIterObj *it = (RangeIterObj *)self;
    if (index < 0)
        index = 0;
    if (index > it->length)
        index = it->length;
    int64_t forward = index - (it->length - it->remaining);
    it->next = (int64_t)((uint64_t)it->next + (uint64_t)forward * (uint64_t)it->step);
    it->remaining = it->length - index;
    return none_new();
}

static const MethodDef iterator_methods[] = {
    {"__length_hint__", iterator_length_hint, 0, 0, 0, "Items still to come."},
    {"__reduce__", iterator_method_reduce, 0, 0, 0, "How to make this iterator again."},
    {"__setstate__", iterator_setstate, 1, 1, 0, "Sets the position."},
    {0},
};

Type range_iterator_type = {
    .head = {.base = {1, &type_type.root},
             .name = "range_iterator",
             .flags = TYPE_NO_NEW,
             .dealloc = iterator_dealloc},
    .root = {.type = &range_iterator_type.head},
    .basic_size = sizeof(RangeIterObj),
    .iter = object_iter_self,
    .next = iterator_next,
    .methods = iterator_methods,
};

static int long_traverse(ObjRef self, VisitFn visit, void *context)
{
    const LongRangeIterObj *it = (const LongRangeIterObj *)self;
    GC_VISIT(it->start);
    GC_VISIT(it->step);
    GC_VISIT(it->length);
    GC_VISIT(it->index);
    return 0;
}

static void long_dealloc(Obj *self)
{
    LongRangeIterObj *it = (LongRangeIterObj *)self;
    obj_decref(it->start);
    obj_decref(it->step);
    obj_decref(it->length);
    obj_decref(it->index);
    obj_free(self, sizeof(LongRangeIterObj));
}

static int long_next(ObjRef self, Obj **out)
{
    LongRangeIterObj *it = (LongRangeIterObj *)self;
    if (int_compare3(it->index, it->length) >= 0)
        return 0;
    Obj *one = int_new(1);
    Obj *after = one == NULL ? NULL : int_add(it->index, one);
    obj_xdecref(one);
    if (after == NULL)
        return -1;
    *out = big_multiply_add(it->start, it->step, it->index);
    if (*out == NULL) {
        obj_decref(after);
        return -1;
    }
    obj_replace(&it->index, after);
    return 1;
}

static Obj *long_length_hint(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    const LongRangeIterObj *it = (const LongRangeIterObj *)self;
    return int_subtract(it->length, it->index);
}

static Obj *long_reduce(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    const LongRangeIterObj *it = (const LongRangeIterObj *)self;
    Obj *stop = big_multiply_add(it->start, it->step, it->length);
    Obj *range = stop == NULL ? NULL : new_from_ints(it->start, stop, it->step);
    obj_xdecref(stop);
    if (range == NULL)
        return NULL;
    Obj *function = NULL, *arguments = tuple_pack(1, range), *result = NULL;
    obj_decref(range);
    if (arguments == NULL)
        return NULL;
    function = iterator_reduce_builtin("iter");
    if (function != NULL)
        result = tuple_pack(3, function, arguments, it->index);
    obj_xdecref(function);
    obj_decref(arguments);
    return result;
}

static Obj *long_setstate(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    LongRangeIterObj *it = (LongRangeIterObj *)self;
    if (!int_check(args[0]))
        return err_string(&exc_type_error, "state must be an int");
    Obj *index = int_sign(args[0]) < 0                   ? int_new(0)
                 : int_compare3(args[0], it->length) > 0 ? obj_incref(it->length)
                                                         : obj_incref(args[0]);
    if (index == NULL)
        return NULL;
    obj_replace(&it->index, index);
    return none_new();
}

static const MethodDef long_methods[] = {
    {"__length_hint__", long_length_hint, 0, 0, 0, "Items still to come."},
    {"__reduce__", long_reduce, 0, 0, 0, "How to make this iterator again."},
    {"__setstate__", long_setstate, 1, 1, 0, "Sets the position."},
    {0},
};

Type long_range_iterator_type = {
    .head = {.base = {1, &type_type.root},
             .name = "longrange_iterator",
             .flags = TYPE_NO_NEW,
             .traverse = long_traverse,
             .dealloc = long_dealloc},
    .root = {.type = &long_range_iterator_type.head},
    .basic_size = sizeof(LongRangeIterObj),
    .iter = object_iter_self,
    .next = long_next,
    .methods = long_methods,
};
