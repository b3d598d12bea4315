/*
 * itertools.count, cycle and repeat: iterators that may never end.
 */

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/modules/itertools.h"
#include "runtime/types/complex.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"

/* ---- count: 64-bit numbers as long as they do, then any numbers */

typedef struct CountObj {
    Obj base;
    Obj *big;     /* owned: the next number; NULL: it is `next` */
    Obj *step;    /* owned */
    int64_t next; /* while big is NULL */
    int64_t by;   /* the step, while big is NULL */
} CountObj;

ITERTOOLS_LIFECYCLE(count, CountObj, big, 2)

static bool is_number(ObjRef o)
{
    const Type *type = obj_type(o);
    return type->index != NULL || type->as_int != NULL || type->as_float != NULL ||
           obj_is(o, &complex_type);
}

static Obj *count_new(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    static const ArgSpec spec = {"count", 0, 0, 2, 2, {"start", "step"}};
    ObjRef given[2];
    if (args_bind(&spec, args, nargs, kwnames, given) < 0)
        return NULL;
    if ((given[0] != NULL && !is_number(given[0])) || (given[1] != NULL && !is_number(given[1])))
        return err_string(&exc_type_error, "a number is required");
    Obj *start = given[0] == NULL ? int_new(0) : obj_incref(given[0]);
    Obj *step = given[1] == NULL ? int_new(1) : obj_incref(given[1]);
    CountObj *it =
        start == NULL || step == NULL ? NULL : (CountObj *)obj_alloc(type, sizeof(CountObj));
    if (it == NULL) {
        obj_xdecref(start);
        obj_xdecref(step);
        return NULL;
    }
    it->step = step;
    if (int_check(start) && int_check(step) && int_to_int64(start, &it->next) == 0 &&
        int_to_int64(step, &it->by) == 0 && (it->by == 1 || int_check_exact(start))) {
        obj_decref(start);
    } else {
        it->big = start;
    }
    obj_track_if_gc(&it->base);
    return &it->base;
}

static int count_next(ObjRef self, Obj **out)
{
    CountObj *it = (CountObj *)self;
    if (it->step == NULL)
        return 0;
    if (it->big == NULL) {
        Obj *number = int_new(it->next);
        int64_t after;
        if (number == NULL)
            return -1;
        if (!__builtin_add_overflow(it->next, it->by, &after)) {
            it->next = after;
        } else {
            it->big = int_add(number, it->step);
            if (it->big == NULL) {
                obj_decref(number);
                return -1;
            }
        }
        *out = number;
        return 1;
    }
    Obj *after = obj_binary(it->big, it->step, BINARY_ADD);
    if (after == NULL)
        return -1;
    *out = it->big;
    it->big = after;
    return 1;
}

/* The next number: new reference. */
static Obj *count_current(const CountObj *it)
{
    return it->big == NULL ? int_new(it->next) : obj_incref(it->big);
}

/* Whether the step is the int 1, which repr and reduce leave out. */
static bool steps_by_one(const CountObj *it)
{
    int64_t step;
    return int_check(it->step) && int_to_int64(it->step, &step) == 0 && step == 1;
}

static Obj *count_repr(ObjRef self)
{
    const CountObj *it = (const CountObj *)self;
    Obj *current = count_current(it);
    if (current == NULL)
        return NULL;
    Obj *text = steps_by_one(it)
                    ? str_format_c("%s(%R)", type_name(obj_type(self)), current)
                    : str_format_c("%s(%R, %R)", type_name(obj_type(self)), current, it->step);
    obj_decref(current);
    return text;
}

static Obj *count_reduce(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    const CountObj *it = (const CountObj *)self;
    Obj *current = count_current(it);
    if (current == NULL)
        return NULL;
    Obj *arguments = steps_by_one(it) ? tuple_pack(1, current) : tuple_pack(2, current, it->step);
    obj_decref(current);
    return itertools_reduce_steal(self, arguments, NULL);
}

static const MethodDef count_methods[] = {
    {"__reduce__", count_reduce, 0, 0, 0, "How to make this iterator again."},
    {0},
};

Type itertools_count_type = {
    ITERTOOLS_TYPE(itertools_count_type, "count", CountObj, count),
    .doc = "count(start=0, step=1)\n--\n\nstart, start + step, start + 2 * step, …",
    .repr = count_repr,
};

/* ---- cycle: saves the items of the first round */

typedef struct CycleObj {
    Obj base;
    Obj *iterator; /* owned; NULL after the first round */
    Obj *saved;    /* owned list */
    int64_t index; /* next item of the list, after the first round */
    bool complete; /* the list holds all items though the iterator still runs (after unpickling) */
} CycleObj;

ITERTOOLS_LIFECYCLE(cycle, CycleObj, iterator, 2)

static Obj *cycle_new(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    if (itertools_no_keywords(type, &itertools_cycle_type, "cycle", kwnames) < 0 ||
        args_check_count("cycle", nargs, 1, 1) < 0)
        return NULL;
    Obj *iterator = obj_iter(args[0]), *saved = iterator == NULL ? NULL : list_new(0);
    CycleObj *it = saved == NULL ? NULL : (CycleObj *)obj_alloc(type, sizeof(CycleObj));
    if (it == NULL) {
        obj_xdecref(iterator);
        obj_xdecref(saved);
        return NULL;
    }
    it->iterator = iterator;
    it->saved = saved;
    obj_track_if_gc(&it->base);
    return &it->base;
}

static int cycle_next(ObjRef self, Obj **out)
{
    CycleObj *it = (CycleObj *)self;
    if (it->iterator != NULL) {
        Obj *item;
        int more = obj_next(it->iterator, &item);
        if (more < 0)
            return -1;
        if (more > 0) {
            if (!it->complete && it->saved != NULL && list_append(it->saved, item) < 0) {
                obj_decref(item);
                return -1;
            }
            *out = item;
            return 1;
        }
        obj_clear(&it->iterator);
    }
    if (it->saved == NULL || list_length(it->saved) == 0)
        return 0;
    if (it->index >= list_length(it->saved))
        it->index = 0;
    *out = obj_incref(list_peek(it->saved, it->index));
    it->index++;
    return 1;
}

/* (type, (iterator,), (saved, complete)). */
static Obj *cycle_reduce(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    const CycleObj *it = (const CycleObj *)self;
    Obj *iterator = NULL, *flag = NULL, *state = NULL, *arguments = NULL;
    if (it->iterator != NULL) {
        iterator = obj_incref(it->iterator);
    } else {
        iterator = obj_iter(it->saved);
        if (iterator != NULL && it->index > 0)
            ((ListIterObj *)iterator)->index = it->index;
    }
    flag = int_new(it->iterator == NULL || it->complete);
    if (iterator != NULL && flag != NULL)
        state = tuple_pack(2, it->saved, flag);
    if (state != NULL)
        arguments = tuple_pack(1, iterator);
    obj_xdecref(iterator);
    obj_xdecref(flag);
    return itertools_reduce_steal(self, arguments, state);
}

static Obj *cycle_setstate(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    CycleObj *it = (CycleObj *)self;
    if (!tuple_check(args[0]))
        return err_string(&exc_type_error, "state is not a tuple");
    if (tuple_length(args[0]) != 2 || !list_check(tuple_peek(args[0], 0)))
        return err_string(&exc_type_error, "function argument must be a list and an integer");
    int complete = obj_type(tuple_peek(args[0], 1))->index == NULL
                       ? err_format_int(&exc_type_error,
                                        "'%T' object cannot be interpreted as an "
                                        "integer",
                                        tuple_peek(args[0], 1))
                       : obj_truth(tuple_peek(args[0], 1));
    if (complete < 0)
        return NULL;
    obj_replace(&it->saved, obj_incref(tuple_peek(args[0], 0)));
    it->complete = complete > 0;
    it->index = 0;
    return none_new();
}

static const MethodDef cycle_methods[] = {
    {"__reduce__", cycle_reduce, 0, 0, 0, "How to make this iterator again."},
    {"__setstate__", cycle_setstate, 1, 1, 0, "Sets the state."},
    {0},
};

Type itertools_cycle_type = {
    ITERTOOLS_TYPE(itertools_cycle_type, "cycle", CycleObj, cycle),
    .doc = "cycle(iterable, /)\n--\n\nThe items of iterable over and over.",
};

/* ---- repeat */

typedef struct RepeatObj {
    Obj base;
    Obj *element;  /* owned */
    int64_t times; /* still to come; -1: without end */
} RepeatObj;

ITERTOOLS_LIFECYCLE(repeat, RepeatObj, element, 1)

static Obj *repeat_new(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    static const ArgSpec spec = {"repeat", 0, 1, 2, 2, {"object", "times"}};
    ObjRef given[2];
    int64_t times = -1;
    if (args_bind(&spec, args, nargs, kwnames, given) < 0)
        return NULL;
    if (given[1] != NULL) {
        if (args_to_int64(given[1], &times) < 0)
            return NULL;
        if (times < 0)
            times = 0;
    }
    RepeatObj *it = (RepeatObj *)obj_alloc(type, sizeof(RepeatObj));
    if (it == NULL)
        return NULL;
    it->element = obj_incref(given[0]);
    it->times = times;
    obj_track_if_gc(&it->base);
    return &it->base;
}

static int repeat_next(ObjRef self, Obj **out)
{
    RepeatObj *it = (RepeatObj *)self;
    if (it->times == 0 || it->element == NULL)
        return 0;
    if (it->times > 0)
        it->times--;
    *out = obj_incref(it->element);
    return 1;
}

static Obj *repeat_repr(ObjRef self)
{
    const RepeatObj *it = (const RepeatObj *)self;
    const char *name = type_name(obj_type(self));
    if (it->times < 0)
        return str_format_c("%s(%R)", name, it->element);
    return str_format_c("%s(%R, %lld)", name, it->element, (long long)it->times);
}

static Obj *repeat_length_hint(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    int64_t times = ((const RepeatObj *)self)->times;
    return times < 0 ? err_string(&exc_type_error, "len() of unsized object") : int_new(times);
}

static Obj *repeat_reduce(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    const RepeatObj *it = (const RepeatObj *)self;
    if (it->times < 0)
        return itertools_reduce_steal(self, tuple_pack(1, it->element), NULL);
    Obj *times = int_new(it->times);
    Obj *arguments = times == NULL ? NULL : tuple_pack(2, it->element, times);
    obj_xdecref(times);
    return itertools_reduce_steal(self, arguments, NULL);
}

static const MethodDef repeat_methods[] = {
    {"__length_hint__", repeat_length_hint, 0, 0, 0, "Items still to come."},
    {"__reduce__", repeat_reduce, 0, 0, 0, "How to make this iterator again."},
    {0},
};

Type itertools_repeat_type = {
    ITERTOOLS_TYPE(itertools_repeat_type, "repeat", RepeatObj, repeat),
    .doc = "repeat(object [,times])\n\nThe object, times times or without end.",
    .repr = repeat_repr,
};
