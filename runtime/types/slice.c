/*
 * slice: start, stop and step as written between brackets; and the arithmetic of slice indices.
 *
 * Sequences resolve a slice in two steps, because reading the fields runs __index__, which may
 * change the sequence: slice_unpack first, then slice_adjust with the length as it is by then.
 * Slices of ranges past 64 bits and slice.indices() compute with int objects.
 */

#include "runtime/types/slice.h"

#include <stddef.h>

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"

/* ---- lifecycle */

Obj *slice_new_steal(Obj *start, Obj *stop, Obj *step)
{
    SliceObj *s = (SliceObj *)obj_new_gc(&slice_type, sizeof(SliceObj));
    if (s == NULL) {
        obj_decref(start);
        obj_decref(stop);
        obj_decref(step);
        return NULL;
    }
    s->start = start;
    s->stop = stop;
    s->step = step;
    gc_track(&s->base);
    return &s->base;
}

Obj *slice_new(ObjRef start, ObjRef stop, ObjRef step)
{
    return slice_new_steal(obj_incref(start == NULL ? obj_none : start),
                           obj_incref(stop == NULL ? obj_none : stop),
                           obj_incref(step == NULL ? obj_none : step));
}

static Obj *new (Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)type;
    if (args_no_keywords("slice", kwnames) < 0 || args_check_count("slice", nargs, 1, 3) < 0)
        return NULL;
    if (nargs == 1)
        return slice_new(NULL, args[0], NULL);
    return slice_new(args[0], args[1], nargs > 2 ? args[2] : NULL);
}

static int traverse(ObjRef self, VisitFn visit, void *context)
{
    const SliceObj *s = (const SliceObj *)self;
    GC_VISIT(s->start);
    GC_VISIT(s->stop);
    GC_VISIT(s->step);
    return 0;
}

static void dealloc(Obj *self)
{
    SliceObj *s = slice_cast(self);
    gc_untrack(self);
    obj_decref(s->start);
    obj_decref(s->stop);
    obj_decref(s->step);
    obj_free(self, sizeof(SliceObj));
}

/* ---- operations */

/* One field as a number; None keeps *out. */
static int unpack_field(ObjRef field, int64_t *out)
{
    if (int_is_small(field)) {
        *out = int_small_value(field);
        return 0;
    }
    return args_to_slice_index(field, out);
}

int slice_unpack(ObjRef slice, int64_t *start, int64_t *stop, int64_t *step)
{
    const SliceObj *s = (const SliceObj *)slice;
    *step = 1;
    if (!is_none(s->step)) {
        if (unpack_field(s->step, step) < 0)
            return -1;
        if (*step == 0)
            return err_format_int(&exc_value_error, "slice step cannot be zero");
        if (*step < -INT64_MAX) /* so that -step fits */
            *step = -INT64_MAX;
    }
    *start = *step < 0 ? INT64_MAX : 0;
    *stop = *step < 0 ? INT64_MIN : INT64_MAX;
    if (!is_none(s->start) && unpack_field(s->start, start) < 0)
        return -1;
    if (!is_none(s->stop) && unpack_field(s->stop, stop) < 0)
        return -1;
    return 0;
}

/* One end clipped to what a walk of the given direction can meet. */
static int64_t clip(int64_t at, int64_t length, bool backwards)
{
    if (at < 0) {
        at += length;
        if (at < 0)
            at = backwards ? -1 : 0;
    } else if (at >= length) {
        at = backwards ? length - 1 : length;
    }
    return at;
}

int64_t slice_adjust(int64_t length, int64_t *start, int64_t *stop, int64_t step)
{
    *start = clip(*start, length, step < 0);
    *stop = clip(*stop, length, step < 0);
    if (step < 0)
        return *stop < *start ? (*start - *stop - 1) / -step + 1 : 0;
    return *start < *stop ? (*stop - *start - 1) / step + 1 : 0;
}

/* A field as an int object: new reference; `fallback` for None. */
static Obj *field_index(ObjRef field, ObjRef fallback)
{
    if (is_none(field))
        return obj_incref(fallback);
    if (obj_type(field)->index == NULL)
        return err_string(&exc_type_error, "slice indices must be integers or None or have an "
                                           "__index__ method");
    return obj_index(field);
}

/* start or stop, counted from the front and clipped to lower…upper: new reference. */
static Obj *clipped_field(ObjRef field, ObjRef fallback, ObjRef length, ObjRef lower, ObjRef upper)
{
    Obj *at = field_index(field, fallback);
    if (at == NULL || is_none(field))
        return at;
    if (int_sign(at) < 0) {
        obj_replace(&at, int_add(at, length));
        if (at != NULL && int_compare3(at, lower) < 0)
            obj_replace(&at, obj_incref(lower));
    } else if (int_compare3(at, upper) > 0) {
        obj_replace(&at, obj_incref(upper));
    }
    return at;
}

int slice_indices(ObjRef slice, ObjRef length, Obj *out[3])
{
    const SliceObj *s = (const SliceObj *)slice;
    Obj *one = int_new(1), *lower = NULL, *upper = NULL;
    out[0] = out[1] = out[2] = NULL;
    if (one == NULL)
        return -1;
    out[2] = field_index(s->step, one);
    if (out[2] == NULL)
        goto fail;
    int direction = int_sign(out[2]);
    if (direction == 0) {
        err_string(&exc_value_error, "slice step cannot be zero");
        goto fail;
    }
    lower = int_new(direction < 0 ? -1 : 0);
    if (lower == NULL)
        goto fail;
    upper = direction < 0 ? int_subtract(length, one) : obj_incref(length);
    if (upper == NULL)
        goto fail;
    out[0] = clipped_field(s->start, direction < 0 ? upper : lower, length, lower, upper);
    if (out[0] == NULL)
        goto fail;
    out[1] = clipped_field(s->stop, direction < 0 ? lower : upper, length, lower, upper);
    if (out[1] == NULL)
        goto fail;
    obj_decref(one);
    obj_decref(lower);
    obj_decref(upper);
    return 0;
fail:
    obj_clear(&one);
    obj_clear(&lower);
    obj_clear(&upper);
    for (int i = 0; i < 3; i++)
        obj_clear(&out[i]);
    return -1;
}

static Obj *repr(ObjRef self)
{
    const SliceObj *s = (const SliceObj *)self;
    return str_format_c("slice(%R, %R, %R)", s->start, s->stop, s->step);
}

static Obj *as_tuple(ObjRef self)
{
    const SliceObj *s = (const SliceObj *)self;
    return tuple_pack(3, s->start, s->stop, s->step);
}

static Obj *compare(ObjRef self, ObjRef other, CompareOp op)
{
    if (!slice_check(self) || !slice_check(other))
        return not_implemented_new();
    if (self == other)
        return bool_new(op == CMP_EQ || op == CMP_LE || op == CMP_GE);
    Obj *a = as_tuple(self), *b = a == NULL ? NULL : as_tuple(other);
    Obj *result = b == NULL ? NULL : obj_compare(a, b, op);
    obj_xdecref(a);
    obj_xdecref(b);
    return result;
}

/* ---- methods */

static Obj *method_indices(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    Obj *length = obj_index(args[0]);
    if (length == NULL)
        return NULL;
    Obj *fields[3], *result = NULL;
    if (int_sign(length) < 0)
        err_string(&exc_value_error, "length should not be negative");
    else if (slice_indices(self, length, fields) == 0)
        result = tuple_from_steal(fields, 3);
    obj_decref(length);
    return result;
}

static Obj *method_reduce(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    Obj *fields = as_tuple(self);
    if (fields == NULL)
        return NULL;
    Obj *result = tuple_pack(2, &slice_type.head.base, fields);
    obj_decref(fields);
    return result;
}

static const MethodDef methods[] = {
    {"indices", method_indices, 1, 1, 0,
     "S.indices(len) -> (start, stop, stride)\n\n"
     "The start, stop and step that the slice means for a sequence of len items."},
    {"__reduce__", method_reduce, 0, 0, 0, "How to make this slice again."},
    {0},
};

static const MemberDef members[] = {
    {"start", MEMBER_OBJ, offsetof(SliceObj, start), MEMBER_READONLY, NULL},
    {"stop", MEMBER_OBJ, offsetof(SliceObj, stop), MEMBER_READONLY, NULL},
    {"step", MEMBER_OBJ, offsetof(SliceObj, step), MEMBER_READONLY, NULL},
    {0},
};

Type slice_type = {
    .head = {.base = {1, &type_type.root},
             .name = "slice",
             .flags = TYPE_GC,
             .traverse = traverse,
             .dealloc = dealloc},
    .root = {.type = &slice_type.head},
    .doc = "slice(stop), slice(start, stop[, step])\n\nWhat a[start:stop:step] passes as the key.",
    .basic_size = sizeof(SliceObj),
    .repr = repr,
    .hash = object_hash_unhashable,
    .compare = compare,
    .new = new,
    .methods = methods,
    .members = members,
};
