/*
 * itertools.accumulate, chain, islice, pairwise and zip_longest.
 */

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/modules/itertools.h"
#include "runtime/types/generic_alias.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"

/* ---- accumulate */

typedef struct AccumulateObj {
    Obj base;
    Obj *iterator; /* owned */
    Obj *function; /* owned; NULL: addition */
    Obj *total;    /* owned; NULL: nothing given yet */
    Obj *initial;  /* owned; NULL: none, or given */
} AccumulateObj;

ITERTOOLS_LIFECYCLE(accumulate, AccumulateObj, iterator, 4)

static Obj *accumulate_new(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    static const ArgSpec spec = {"accumulate", 0, 1, 2, 3, {"iterable", "func", "initial"}};
    ObjRef given[3];
    if (args_bind(&spec, args, nargs, kwnames, given) < 0)
        return NULL;
    Obj *iterator = obj_iter(given[0]);
    if (iterator == NULL)
        return NULL;
    AccumulateObj *it = (AccumulateObj *)obj_alloc(type, sizeof(AccumulateObj));
    if (it == NULL) {
        obj_decref(iterator);
        return NULL;
    }
    it->iterator = iterator;
    it->function = given[1] == NULL || is_none(given[1]) ? NULL : obj_incref(given[1]);
    it->initial = given[2] == NULL || is_none(given[2]) ? NULL : obj_incref(given[2]);
    obj_track_if_gc(&it->base);
    return &it->base;
}

static int accumulate_next(ObjRef self, Obj **out)
{
    AccumulateObj *it = (AccumulateObj *)self;
    if (it->initial != NULL) {
        obj_replace(&it->total, it->initial);
        it->initial = NULL;
        *out = obj_incref(it->total);
        return 1;
    }
    Obj *item;
    int more = it->iterator == NULL ? 0 : obj_next(it->iterator, &item);
    if (more <= 0)
        return more;
    if (it->total != NULL) {
        Obj *total = obj_incref(it->total);
        Obj *sum = it->function == NULL ? obj_binary(total, item, BINARY_ADD)
                                        : obj_call2(it->function, total, item);
        obj_decref(total);
        obj_decref(item);
        if (sum == NULL)
            return -1;
        item = sum;
    }
    *out = obj_incref(item);
    obj_replace(&it->total, item);
    return 1;
}

/* iterator of chain((first,), rest): what stands for an item that was read already. */
static Obj *chain_before(ObjRef first, ObjRef rest)
{
    Obj *chained = NULL, *both = NULL, *source = NULL, *pair = tuple_pack(1, first);
    if (pair != NULL)
        both = tuple_pack(2, pair, rest);
    if (both != NULL)
        source = obj_iter(both);
    if (source != NULL)
        chained = obj_call0(&itertools_chain_type.head.base);
    if (chained != NULL) {
        Obj *state = tuple_pack(1, source);
        Obj *done = state == NULL
                        ? NULL
                        : obj_call_method(chained, names.dunder_setstate, (ObjRef[]){state}, 1);
        if (done == NULL)
            obj_clear(&chained);
        obj_xdecref(state);
        obj_xdecref(done);
    }
    obj_xdecref(pair);
    obj_xdecref(both);
    obj_xdecref(source);
    return chained;
}

/* A total of None cannot be told from none as the state: (islice, (accumulate(chain((None,), rest),
 * function), 1, None)). */
static Obj *reduce_none_total(const AccumulateObj *it, ObjRef function)
{
    Obj *again = NULL, *one = NULL, *arguments = NULL, *result = NULL;
    Obj *source = chain_before(it->total, it->iterator);
    if (source != NULL)
        again = obj_call2(&itertools_accumulate_type.head.base, source, function);
    if (again != NULL)
        one = int_new(1);
    if (one != NULL)
        arguments = tuple_pack(3, again, one, obj_none);
    if (arguments != NULL)
        result = tuple_pack(2, &itertools_islice_type.head.base, arguments);
    obj_xdecref(source);
    obj_xdecref(again);
    obj_xdecref(one);
    obj_xdecref(arguments);
    return result;
}

static Obj *accumulate_reduce(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    const AccumulateObj *it = (const AccumulateObj *)self;
    ObjRef function = it->function == NULL ? obj_none : it->function;
    if (it->initial != NULL) {
        Obj *source = chain_before(it->initial, it->iterator);
        Obj *arguments = source == NULL ? NULL : tuple_pack(2, source, function);
        obj_xdecref(source);
        return itertools_reduce_steal(self, arguments, none_new());
    }
    if (it->total != NULL && is_none(it->total))
        return reduce_none_total(it, function);
    return itertools_reduce_steal(self, tuple_pack(2, it->iterator, function),
                                  it->total == NULL ? NULL : obj_incref(it->total));
}

static Obj *accumulate_setstate(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    obj_replace(&((AccumulateObj *)self)->total, is_none(args[0]) ? NULL : obj_incref(args[0]));
    return none_new();
}

static const MethodDef accumulate_methods[] = {
    {"__reduce__", accumulate_reduce, 0, 0, 0, "How to make this iterator again."},
    {"__setstate__", accumulate_setstate, 1, 1, 0, "Sets the total."},
    {0},
};

Type itertools_accumulate_type = {
    ITERTOOLS_TYPE(itertools_accumulate_type, "accumulate", AccumulateObj, accumulate),
    .doc = "accumulate(iterable, func=None, *, initial=None)\n--\n\n"
           "The running totals of the items, or of another function of two arguments.",
};

/* ---- chain */

typedef struct ChainObj {
    Obj base;
    Obj *source; /* owned iterator over the iterables; NULL when exhausted */
    Obj *active; /* owned iterator over the current one, or NULL */
} ChainObj;

ITERTOOLS_LIFECYCLE(chain, ChainObj, source, 2)

/* A chain over an iterable of iterables. */
static Obj *chain_over(Type *type, ObjRef iterables)
{
    Obj *source = obj_iter(iterables);
    if (source == NULL)
        return NULL;
    ChainObj *it = (ChainObj *)obj_alloc(type, sizeof(ChainObj));
    if (it == NULL) {
        obj_decref(source);
        return NULL;
    }
    it->source = source;
    obj_track_if_gc(&it->base);
    return &it->base;
}

static Obj *chain_new(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    if (itertools_no_keywords(type, &itertools_chain_type, "chain", kwnames) < 0)
        return NULL;
    Obj *iterables = tuple_from(args, nargs);
    Obj *chain = iterables == NULL ? NULL : chain_over(type, iterables);
    obj_xdecref(iterables);
    return chain;
}

static int chain_next(ObjRef self, Obj **out)
{
    ChainObj *it = (ChainObj *)self;
    while (it->source != NULL) {
        int more;
        if (it->active == NULL) {
            Obj *iterable;
            more = obj_next(it->source, &iterable);
            if (more <= 0) {
                obj_clear(&it->source);
                return more;
            }
            Obj *active = obj_iter(iterable);
            obj_decref(iterable);
            if (active == NULL) {
                obj_clear(&it->source);
                return -1;
            }
            obj_replace(&it->active, active);
        }
        Obj *active = obj_incref(it->active); /* the call may end in this chain again */
        more = obj_next(active, out);
        obj_decref(active);
        if (more != 0)
            return more;
        obj_clear(&it->active);
    }
    return 0;
}

static Obj *chain_from_iterable(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    return chain_over((Type *)self, args[0]);
}

static Obj *chain_reduce(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    const ChainObj *it = (const ChainObj *)self;
    Obj *state = NULL;
    if (it->source != NULL) {
        state =
            it->active == NULL ? tuple_pack(1, it->source) : tuple_pack(2, it->source, it->active);
        if (state == NULL)
            return NULL;
    }
    return itertools_reduce_steal(self, tuple_new(0), state);
}

static Obj *chain_setstate(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    ObjRef state = args[0];
    if (!tuple_check(state))
        return err_string(&exc_type_error, "state is not a tuple");
    if (tuple_length(state) < 1 || tuple_length(state) > 2)
        return err_format(&exc_type_error, "function missing required argument (pos 1)");
    for (int64_t i = 0; i < tuple_length(state); i++) {
        if (obj_type(tuple_peek(state, i))->next == NULL)
            return err_string(&exc_type_error, "Arguments must be iterators.");
    }
    ChainObj *it = (ChainObj *)self;
    obj_replace(&it->source, obj_incref(tuple_peek(state, 0)));
    obj_replace(&it->active, tuple_length(state) < 2 ? NULL : obj_incref(tuple_peek(state, 1)));
    return none_new();
}

static const MethodDef chain_methods[] = {
    {"from_iterable", chain_from_iterable, 1, 1, METHOD_CLASS,
     "from_iterable($type, iterable, /)\n--\n\nA chain over the iterables that an iterable gives."},
    {"__reduce__", chain_reduce, 0, 0, 0, "How to make this iterator again."},
    {"__setstate__", chain_setstate, 1, 1, 0, "Sets the state."},
    {"__class_getitem__", generic_alias_class_getitem, 1, 1, METHOD_CLASS, "See PEP 585."},
    {0},
};

Type itertools_chain_type = {
    ITERTOOLS_TYPE(itertools_chain_type, "chain", ChainObj, chain),
    .doc = "chain(*iterables)\n\nThe items of all iterables, one after the other.",
};

/* ---- islice */

typedef struct IsliceObj {
    Obj base;
    Obj *iterator;  /* owned; NULL when exhausted */
    int64_t wanted; /* position of the next item to give */
    int64_t stop;   /* -1: none */
    int64_t step;
    int64_t position; /* items read */
} IsliceObj;

ITERTOOLS_LIFECYCLE(islice, IsliceObj, iterator, 1)

static const char indices_message[] = "Indices for islice() must be None or an integer: "
                                      "0 <= x <= sys.maxsize.";

/* An argument that is None or a number of at least `least`: 0, or -1 with the given message (or the
 * one above for a negative number). */
static int slice_argument(ObjRef argument, int64_t least, int64_t *out, const char *message)
{
    if (is_none(argument))
        return 0;
    int64_t value = -1;
    if (obj_type(argument)->index == NULL || args_to_int64(argument, &value) < 0 || value == -1) {
        if (err_occurred() != NULL)
            err_clear();
        return err_format_int(&exc_value_error, "%s", message);
    }
    if (value < least)
        return err_format_int(&exc_value_error, "%s", least > 0 ? message : indices_message);
    *out = value;
    return 0;
}

static Obj *islice_new(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    static const char stop_message[] = "Stop argument for islice() must be None or an integer: "
                                       "0 <= x <= sys.maxsize.";
    int64_t start = 0, stop = -1, step = 1;
    if (itertools_no_keywords(type, &itertools_islice_type, "islice", kwnames) < 0 ||
        args_check_count("islice", nargs, 2, 4) < 0)
        return NULL;
    if (slice_argument(args[nargs == 2 ? 1 : 2], 0, &stop, stop_message) < 0)
        return NULL;
    if (nargs > 2 && slice_argument(args[1], 0, &start, indices_message) < 0)
        return NULL;
    if (nargs > 3 && slice_argument(args[3], 1, &step,
                                    "Step for islice() must be a positive integer or None.") < 0)
        return NULL;
    Obj *iterator = obj_iter(args[0]);
    if (iterator == NULL)
        return NULL;
    IsliceObj *it = (IsliceObj *)obj_alloc(type, sizeof(IsliceObj));
    if (it == NULL) {
        obj_decref(iterator);
        return NULL;
    }
    it->iterator = iterator;
    it->wanted = start;
    it->stop = stop;
    it->step = step;
    obj_track_if_gc(&it->base);
    return &it->base;
}

static int islice_next(ObjRef self, Obj **out)
{
    IsliceObj *it = (IsliceObj *)self;
    if (it->iterator == NULL)
        return 0;
    Obj *iterator = obj_incref(it->iterator), *item;
    int more = 1;
    while (more > 0 && it->position < it->wanted) {
        more = obj_next(iterator, &item);
        if (more > 0) {
            obj_decref(item);
            it->position++;
        }
    }
    if (more > 0 && it->stop >= 0 && it->position >= it->stop)
        more = 0;
    if (more > 0)
        more = obj_next(iterator, &item);
    obj_decref(iterator);
    if (more <= 0) {
        obj_clear(&it->iterator);
        return more;
    }
    it->position++;
    if (__builtin_add_overflow(it->wanted, it->step, &it->wanted) ||
        (it->stop >= 0 && it->wanted > it->stop))
        it->wanted = it->stop >= 0 ? it->stop : INT64_MAX;
    *out = item;
    return 1;
}

/* (type, (iterator, wanted, stop, step), position). */
static Obj *islice_reduce(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    const IsliceObj *it = (const IsliceObj *)self;
    Obj *arguments = NULL, *fields[4] = {NULL};
    if (it->iterator == NULL) {
        Obj *empty = tuple_new(0), *nothing = empty == NULL ? NULL : obj_iter(empty);
        fields[0] = nothing == NULL ? NULL : int_new(0);
        if (fields[0] != NULL)
            arguments = tuple_pack(2, nothing, fields[0]);
        obj_xdecref(empty);
        obj_xdecref(nothing);
        obj_xdecref(fields[0]);
        return itertools_reduce_steal(self, arguments, int_new(0));
    }
    fields[0] = obj_incref(it->iterator);
    fields[1] = int_new(it->wanted);
    fields[2] = it->stop < 0 ? none_new() : int_new(it->stop);
    fields[3] = int_new(it->step);
    if (fields[1] != NULL && fields[2] != NULL && fields[3] != NULL)
        arguments = tuple_from((const ObjRef *)fields, 4);
    for (int i = 0; i < 4; i++)
        obj_xdecref(fields[i]);
    return itertools_reduce_steal(self, arguments, int_new(it->position));
}

static Obj *islice_setstate(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    int64_t position;
    if (args_to_int64(args[0], &position) < 0)
        return NULL;
    ((IsliceObj *)self)->position = position;
    return none_new();
}

static const MethodDef islice_methods[] = {
    {"__reduce__", islice_reduce, 0, 0, 0, "How to make this iterator again."},
    {"__setstate__", islice_setstate, 1, 1, 0, "Sets the position."},
    {0},
};

Type itertools_islice_type = {
    ITERTOOLS_TYPE(itertools_islice_type, "islice", IsliceObj, islice),
    .doc = "islice(iterable, stop), islice(iterable, start, stop[, step])\n\n"
           "The items that the slice selects.",
};

/* ---- pairwise */

typedef struct PairwiseObj {
    Obj base;
    Obj *iterator; /* owned; NULL when exhausted */
    Obj *previous; /* owned, or NULL before the first item */
} PairwiseObj;

ITERTOOLS_LIFECYCLE(pairwise, PairwiseObj, iterator, 2)

static Obj *pairwise_new(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    if (itertools_no_keywords(type, &itertools_pairwise_type, "pairwise", kwnames) < 0 ||
        args_check_count("pairwise", nargs, 1, 1) < 0)
        return NULL;
    Obj *iterator = obj_iter(args[0]);
    if (iterator == NULL)
        return NULL;
    PairwiseObj *it = (PairwiseObj *)obj_alloc(type, sizeof(PairwiseObj));
    if (it == NULL) {
        obj_decref(iterator);
        return NULL;
    }
    it->iterator = iterator;
    obj_track_if_gc(&it->base);
    return &it->base;
}

static int pairwise_next(ObjRef self, Obj **out)
{
    PairwiseObj *it = (PairwiseObj *)self;
    if (it->iterator == NULL)
        return 0;
    Obj *iterator = obj_incref(it->iterator), *item = NULL;
    int more = 1;
    if (it->previous == NULL) {
        more = obj_next(iterator, &item);
        if (more > 0) {
            obj_replace(&it->previous, item);
            if (it->iterator == NULL) /* reading the first item exhausted this iterator */
                more = 0;
        }
    }
    Obj *previous = obj_xincref(it->previous);
    if (more > 0)
        more = obj_next(iterator, &item);
    obj_decref(iterator);
    if (more <= 0 || previous == NULL) {
        if (more > 0)
            obj_decref(item);
        obj_xdecref(previous);
        obj_clear(&it->iterator);
        obj_clear(&it->previous);
        return more < 0 ? -1 : 0;
    }
    *out = tuple_pack(2, previous, item);
    obj_decref(previous);
    obj_replace(&it->previous, item);
    return *out == NULL ? -1 : 1;
}

static const MethodDef pairwise_methods[] = {{0}};

Type itertools_pairwise_type = {
    ITERTOOLS_TYPE(itertools_pairwise_type, "pairwise", PairwiseObj, pairwise),
    .doc = "pairwise(iterable, /)\n--\n\nThe pairs of neighbours: s0 s1, s1 s2, s2 s3, …",
};

/* ---- zip_longest */

typedef struct ZipLongestObj {
    Obj base;
    Obj *iterators; /* owned tuple; those exhausted are None */
    Obj *fill;      /* owned */
    int64_t active; /* iterators not exhausted */
} ZipLongestObj;

ITERTOOLS_LIFECYCLE(zip_longest, ZipLongestObj, iterators, 2)

static Obj *zip_longest_new(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    ObjRef fill = obj_none;
    if (kwnames != NULL && tuple_length(kwnames) > 0) {
        if (tuple_length(kwnames) > 1 || !str_equal_ascii(tuple_peek(kwnames, 0), "fillvalue"))
            return err_string(&exc_type_error, "zip_longest() got an unexpected keyword argument");
        fill = args[nargs];
    }
    Obj *iterators = tuple_new(nargs);
    if (iterators == NULL)
        return NULL;
    for (int64_t i = 0; i < nargs; i++) {
        tuple_cast(iterators)->items[i] = obj_iter(args[i]);
        if (tuple_peek(iterators, i) == NULL) {
            obj_decref(iterators);
            return NULL;
        }
    }
    ZipLongestObj *it = (ZipLongestObj *)obj_alloc(type, sizeof(ZipLongestObj));
    if (it == NULL) {
        obj_decref(iterators);
        return NULL;
    }
    it->iterators = iterators;
    it->fill = obj_incref(fill);
    it->active = nargs;
    obj_track_if_gc(&it->base);
    return &it->base;
}

static int zip_longest_next(ObjRef self, Obj **out)
{
    ZipLongestObj *it = (ZipLongestObj *)self;
    if (it->active == 0 || it->iterators == NULL)
        return 0;
    TupleObj *iterators = tuple_cast(it->iterators);
    Obj *result = tuple_new(iterators->length);
    if (result == NULL)
        return -1;
    for (int64_t i = 0; i < iterators->length; i++) {
        Obj *item = NULL;
        if (!is_none(iterators->items[i])) {
            Obj *iterator = obj_incref(iterators->items[i]);
            int more = obj_next(iterator, &item);
            obj_decref(iterator);
            if (more <= 0) {
                if (more < 0 || --it->active <= 0) {
                    it->active = 0;
                    obj_decref(result);
                    return more;
                }
                obj_replace(&iterators->items[i], none_new());
                item = NULL;
            }
        }
        tuple_cast(result)->items[i] = item != NULL ? item : obj_incref(it->fill);
    }
    *out = result;
    return 1;
}

/* (type, iterators with () for those exhausted, fill). */
static Obj *zip_longest_reduce(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    const ZipLongestObj *it = (const ZipLongestObj *)self;
    int64_t count = tuple_length(it->iterators);
    Obj *arguments = tuple_new(count);
    for (int64_t i = 0; arguments != NULL && i < count; i++) {
        ObjRef iterator = tuple_peek(it->iterators, i);
        Obj *argument = is_none(iterator) ? tuple_new(0) : obj_incref(iterator);
        tuple_cast(arguments)->items[i] = argument;
        if (argument == NULL)
            obj_clear(&arguments);
    }
    return itertools_reduce_steal(self, arguments, obj_incref(it->fill));
}

static Obj *zip_longest_setstate(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    obj_replace(&((ZipLongestObj *)self)->fill, obj_incref(args[0]));
    return none_new();
}

static const MethodDef zip_longest_methods[] = {
    {"__reduce__", zip_longest_reduce, 0, 0, 0, "How to make this iterator again."},
    {"__setstate__", zip_longest_setstate, 1, 1, 0, "Sets the fill value."},
    {0},
};

Type itertools_zip_longest_type = {
    ITERTOOLS_TYPE(itertools_zip_longest_type, "zip_longest", ZipLongestObj, zip_longest),
    .doc = "zip_longest(*iterables, fillvalue=None)\n\n"
           "As zip, until the longest ends; fillvalue stands for what is missing.",
};
