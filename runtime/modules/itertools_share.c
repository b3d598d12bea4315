/*
 * itertools.groupby and tee: iterators that share one underlying iterator.
 *
 * groupby and its groups share the groupby object: advancing it makes the group given last stale.
 * The iterators of one tee share a linked list of blocks of items, each block being filled when the
 * first of them gets there and freed when the last of them has left it.
 */

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/modules/itertools.h"
#include "runtime/types/generic_alias.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/tuple.h"
#include "runtime/types/weakref.h"

/* ---- groupby */

typedef struct GroupByObj {
    Obj base;
    Obj *iterator, *key_function; /* owned */
    Obj *target_key;              /* owned: key of the group given last, or NULL */
    Obj *current_key;             /* owned: key of the item read last; NULL when it was given */
    Obj *current_value;           /* owned: that item; NULL when it was given */
    const void *current_group;    /* the group that may still give items; never followed */
} GroupByObj;

typedef struct GrouperObj {
    Obj base;
    Obj *parent;     /* owned: the groupby */
    Obj *target_key; /* owned */
} GrouperObj;

ITERTOOLS_LIFECYCLE(groupby, GroupByObj, iterator, 5)
ITERTOOLS_LIFECYCLE(grouper, GrouperObj, parent, 2)

static Obj *groupby_new(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    static const ArgSpec spec = {"groupby", 0, 1, 2, 2, {"iterable", "key"}};
    ObjRef given[2];
    if (args_bind(&spec, args, nargs, kwnames, given) < 0)
        return NULL;
    Obj *iterator = obj_iter(given[0]);
    if (iterator == NULL)
        return NULL;
    GroupByObj *it = (GroupByObj *)obj_alloc(type, sizeof(GroupByObj));
    if (it == NULL) {
        obj_decref(iterator);
        return NULL;
    }
    it->iterator = iterator;
    it->key_function = obj_incref(given[1] == NULL ? obj_none : given[1]);
    obj_track_if_gc(&it->base);
    return &it->base;
}

/* Reads the next item and its key: 1, 0, -1. */
static int groupby_step(GroupByObj *it)
{
    Obj *value;
    int more = it->iterator == NULL ? 0 : obj_next(it->iterator, &value);
    if (more <= 0)
        return more;
    Obj *key = is_none(it->key_function) ? obj_incref(value) : obj_call1(it->key_function, value);
    if (key == NULL) {
        obj_decref(value);
        return -1;
    }
    Obj *old_value = it->current_value, *old_key = it->current_key;
    it->current_value = value;
    it->current_key = key;
    obj_xdecref(old_value);
    obj_xdecref(old_key);
    return 1;
}

/* Whether two keys, held meanwhile, are equal. */
static int same_key(ObjRef a, ObjRef b)
{
    Obj *x = obj_incref(a), *y = obj_incref(b);
    int same = obj_equal(x, y);
    obj_decref(x);
    obj_decref(y);
    return same;
}

static Obj *grouper_make(Type *type, ObjRef parent, ObjRef target_key)
{
    GrouperObj *group = (GrouperObj *)obj_alloc(type, sizeof(GrouperObj));
    if (group == NULL)
        return NULL;
    group->parent = obj_incref(parent);
    group->target_key = obj_incref(target_key);
    ((GroupByObj *)parent)->current_group = group;
    obj_track_if_gc(&group->base);
    return &group->base;
}

static int groupby_next(ObjRef self, Obj **out)
{
    GroupByObj *it = (GroupByObj *)self;
    it->current_group = NULL;
    /* Past what is left of the group given last. */
    for (;;) {
        if (it->current_key != NULL) {
            if (it->target_key == NULL)
                break;
            int same = same_key(it->target_key, it->current_key);
            if (same < 0)
                return -1;
            if (same == 0)
                break;
        }
        int more = groupby_step(it);
        if (more <= 0)
            return more;
    }
    if (it->current_key == NULL)
        return 0;
    Obj *key = obj_incref(it->current_key);
    obj_replace(&it->target_key, obj_incref(key));
    Obj *group = grouper_make(&itertools_grouper_type, self, key);
    *out = group == NULL ? NULL : tuple_pack(2, key, group);
    obj_decref(key);
    obj_xdecref(group);
    return *out == NULL ? -1 : 1;
}

static Obj *groupby_reduce(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    const GroupByObj *it = (const GroupByObj *)self;
    Obj *arguments = tuple_pack(2, it->iterator, it->key_function), *state = NULL;
    if (it->target_key != NULL && it->current_key != NULL && it->current_value != NULL) {
        state = tuple_pack(3, it->current_key, it->current_value, it->target_key);
        if (state == NULL)
            obj_clear(&arguments);
    }
    return itertools_reduce_steal(self, arguments, state);
}

static Obj *groupby_setstate(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    GroupByObj *it = (GroupByObj *)self;
    if (!tuple_check(args[0]))
        return err_string(&exc_type_error, "state is not a tuple");
    if (tuple_length(args[0]) != 3)
        return err_string(&exc_type_error, "state must have 3 items");
    obj_replace(&it->current_key, obj_incref(tuple_peek(args[0], 0)));
    obj_replace(&it->current_value, obj_incref(tuple_peek(args[0], 1)));
    obj_replace(&it->target_key, obj_incref(tuple_peek(args[0], 2)));
    return none_new();
}

static const MethodDef groupby_methods[] = {
    {"__reduce__", groupby_reduce, 0, 0, 0, "How to make this iterator again."},
    {"__setstate__", groupby_setstate, 1, 1, 0, "Sets the state."},
    {0},
};

Type itertools_groupby_type = {
    ITERTOOLS_TYPE(itertools_groupby_type, "groupby", GroupByObj, groupby),
    .doc = "groupby(iterable, key=None)\n--\n\n"
           "Pairs of a key and an iterator over the neighbouring items that have it.",
};

static Obj *grouper_new(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    if (args_no_keywords("_grouper", kwnames) < 0 || args_check_count("_grouper", nargs, 2, 2) < 0)
        return NULL;
    if (!obj_is(args[0], &itertools_groupby_type))
        return err_format(&exc_type_error, "argument 1 must be itertools.groupby, not %T", args[0]);
    return grouper_make(type, args[0], args[1]);
}

static int grouper_next(ObjRef self, Obj **out)
{
    const GrouperObj *group = (const GrouperObj *)self;
    if (group->parent == NULL)
        return 0;
    GroupByObj *it = (GroupByObj *)group->parent;
    if (it->current_group != group)
        return 0;
    if (it->current_value == NULL) {
        int more = groupby_step(it);
        if (more <= 0)
            return more;
    }
    if (it->current_key == NULL)
        return 0;
    int same = same_key(group->target_key, it->current_key);
    if (same <= 0)
        return same;
    if (it->current_value == NULL)
        return 0;
    *out = it->current_value;
    it->current_value = NULL;
    obj_clear(&it->current_key);
    return 1;
}

static Obj *grouper_reduce(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    const GrouperObj *group = (const GrouperObj *)self;
    if (((GroupByObj *)group->parent)->current_group == group)
        return itertools_reduce_steal(self, tuple_pack(2, group->parent, group->target_key), NULL);
    /* Stale: nothing is left. */
    Obj *empty = tuple_new(0), *iterator = empty == NULL ? NULL : obj_iter(empty);
    Obj *result = NULL;
    if (iterator != NULL)
        result = obj_call_method(iterator, names.dunder_reduce, NULL, 0);
    obj_xdecref(empty);
    obj_xdecref(iterator);
    return result;
}

static const MethodDef grouper_methods[] = {
    {"__reduce__", grouper_reduce, 0, 0, 0, "How to make this iterator again."},
    {0},
};

Type itertools_grouper_type = {
    ITERTOOLS_TYPE(itertools_grouper_type, "_grouper", GrouperObj, grouper),
};

/* ---- tee: blocks of items */

enum { BLOCK_ITEMS = 57 };

typedef struct TeeDataObj TeeDataObj;
struct TeeDataObj {
    Obj base;
    Obj *iterator;    /* owned: the underlying iterator */
    TeeDataObj *next; /* owned: the block that follows, or NULL */
    int32_t read;     /* items in values */
    bool running;     /* the underlying iterator is being advanced */
    Obj *values[BLOCK_ITEMS];
};

typedef struct TeeObj {
    Obj base;
    TeeDataObj *data; /* owned: block of the next item; NULL only after clear */
    int32_t index;    /* its position there, 0…BLOCK_ITEMS */
    Obj *weak_list;
} TeeObj;

#define data_cast(o) ((TeeDataObj *)(o))
#define tee_cast(o) ((TeeObj *)(o))

static Obj *data_make(ObjRef iterator)
{
    TeeDataObj *data = data_cast(obj_alloc(&itertools_tee_data_type, sizeof(TeeDataObj)));
    if (data == NULL)
        return NULL;
    data->iterator = obj_incref(iterator);
    obj_track_if_gc(&data->base);
    return &data->base;
}

static int data_traverse(ObjRef self, VisitFn visit, void *context)
{
    const TeeDataObj *data = (const TeeDataObj *)self;
    GC_VISIT(data->iterator);
    GC_VISIT(data->next);
    for (int32_t i = 0; i < data->read; i++)
        GC_VISIT(data->values[i]);
    return 0;
}

/* Frees a chain of blocks that nobody else holds without recursion. */
static void release_chain(TeeDataObj *data)
{
    while (data != NULL && data->base.refcnt == 1) {
        TeeDataObj *next = data->next;
        data->next = NULL;
        obj_decref(&data->base);
        data = next;
    }
    obj_xdecref((Obj *)data);
}

static int data_clear(ObjRef self)
{
    TeeDataObj *data = data_cast(self);
    obj_clear(&data->iterator);
    int32_t read = data->read;
    data->read = 0;
    for (int32_t i = 0; i < read; i++)
        obj_clear(&data->values[i]);
    TeeDataObj *next = data->next;
    data->next = NULL;
    release_chain(next);
    return 0;
}

static void data_dealloc(Obj *self)
{
    gc_untrack(self);
    data_clear(self);
    obj_free(self, sizeof(TeeDataObj));
}

/* Item i of a block, read from the underlying iterator when it is the first not there yet. */
static int data_item(TeeDataObj *data, int32_t i, Obj **out)
{
    if (i >= data->read) {
        if (data->running)
            return err_format_int(&exc_runtime_error, "cannot re-enter the tee iterator");
        if (data->iterator == NULL)
            return 0;
        Obj *item;
        data->running = true;
        int more = obj_next(data->iterator, &item);
        data->running = false;
        if (more <= 0)
            return more;
        data->values[data->read++] = item;
    }
    *out = obj_incref(data->values[i]);
    return 1;
}

/* The block that follows, made when first needed: new reference. */
static TeeDataObj *data_after(TeeDataObj *data)
{
    if (data->next == NULL) {
        if (data->iterator == NULL)
            return NULL;
        data->next = data_cast(data_make(data->iterator));
        if (data->next == NULL)
            return NULL;
    }
    return data_cast(obj_incref(&data->next->base));
}

/* _tee_dataobject(iterator, values, next): for unpickling. */
static Obj *data_new(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    if (args_no_keywords("_tee_dataobject", kwnames) < 0 ||
        args_check_count("_tee_dataobject", nargs, 3, 3) < 0)
        return NULL;
    (void)type;
    ObjRef values = args[1], next = args[2];
    if (!list_check(values))
        return err_format(&exc_type_error, "argument 2 must be list, not %T", values);
    int64_t count = list_length(values);
    if (count > BLOCK_ITEMS || (count < BLOCK_ITEMS && !is_none(next)) ||
        (!is_none(next) && obj_type(next) != &itertools_tee_data_type))
        return err_string(&exc_value_error, "Invalid arguments");
    Obj *made = data_make(args[0]);
    if (made == NULL)
        return NULL;
    TeeDataObj *data = data_cast(made);
    for (int64_t i = 0; i < count; i++)
        data->values[i] = obj_incref(list_peek(values, i));
    data->read = (int32_t)count;
    data->next = is_none(next) ? NULL : data_cast(obj_incref(next));
    return made;
}

static Obj *data_reduce(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    const TeeDataObj *data = (const TeeDataObj *)self;
    Obj *values = list_new(0), *arguments = NULL;
    for (int32_t i = 0; values != NULL && i < data->read; i++) {
        if (list_append(values, data->values[i]) < 0)
            obj_clear(&values);
    }
    if (values != NULL)
        arguments = tuple_pack(3, data->iterator, values,
                               data->next == NULL ? obj_none : &data->next->base);
    obj_xdecref(values);
    return itertools_reduce_steal(self, arguments, NULL);
}

static const MethodDef data_methods[] = {
    {"__reduce__", data_reduce, 0, 0, 0, "How to make this block again."},
    {0},
};

Type itertools_tee_data_type = {
    .head = {.base = {1, &type_type.root},
             .name = "itertools._tee_dataobject",
             .flags = TYPE_GC,
             .traverse = data_traverse,
             .clear = data_clear,
             .dealloc = data_dealloc},
    .root = {.type = &itertools_tee_data_type.head},
    .doc = "teedataobject(iterable, values, next, /)\n--\n\nItems shared by iterators of one tee.",
    .basic_size = sizeof(TeeDataObj),
    .new = data_new,
    .methods = data_methods,
};

/* ---- tee: the iterators */

static int tee_traverse(ObjRef self, VisitFn visit, void *context)
{
    GC_VISIT(tee_cast(self)->data);
    return 0;
}

static int tee_clear(ObjRef self)
{
    TeeDataObj *data = tee_cast(self)->data;
    tee_cast(self)->data = NULL;
    release_chain(data);
    return 0;
}

static Obj **tee_weak_list(ObjRef self)
{
    return &tee_cast(self)->weak_list;
}

static void tee_dealloc(Obj *self)
{
    gc_untrack(self);
    if (tee_cast(self)->weak_list != NULL)
        weakref_clear_all(self, &tee_cast(self)->weak_list);
    tee_clear(self);
    obj_free(self, sizeof(TeeObj));
}

/* Takes over data (NULL: an error is pending). */
static Obj *tee_make_steal(TeeDataObj *data, int32_t index)
{
    TeeObj *tee = data == NULL ? NULL : tee_cast(obj_alloc(&itertools_tee_type, sizeof(TeeObj)));
    if (tee == NULL) {
        obj_xdecref((Obj *)data);
        return NULL;
    }
    tee->data = data;
    tee->index = index;
    obj_track_if_gc(&tee->base);
    return &tee->base;
}

static Obj *tee_copy(ObjRef self)
{
    const TeeObj *tee = (const TeeObj *)self;
    if (tee->data == NULL)
        return err_string(&exc_value_error, "Invalid arguments");
    return tee_make_steal(data_cast(obj_incref(&tee->data->base)), tee->index);
}

/* A tee iterator over any iterable. */
static Obj *tee_over(ObjRef iterable)
{
    Obj *iterator = obj_iter(iterable), *result;
    if (iterator == NULL)
        return NULL;
    if (obj_type(iterator) == &itertools_tee_type)
        result = tee_copy(iterator);
    else
        result = tee_make_steal(data_cast(data_make(iterator)), 0);
    obj_decref(iterator);
    return result;
}

static Obj *tee_new(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)type;
    if (args_no_keywords("_tee", kwnames) < 0 || args_check_count("_tee", nargs, 1, 1) < 0)
        return NULL;
    return tee_over(args[0]);
}

static int tee_next(ObjRef self, Obj **out)
{
    TeeObj *tee = tee_cast(self);
    if (tee->data == NULL)
        return 0;
    if (tee->index >= BLOCK_ITEMS) {
        TeeDataObj *next = data_after(tee->data);
        if (next == NULL)
            return err_occurred() != NULL ? -1 : 0;
        Obj *old = &tee->data->base;
        tee->data = next;
        tee->index = 0;
        obj_decref(old);
    }
    TeeDataObj *data = data_cast(obj_incref(&tee->data->base));
    int more = data_item(data, tee->index, out);
    obj_decref(&data->base);
    if (more > 0)
        tee->index++;
    return more;
}

static Obj *tee_method_copy(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    return tee_copy(self);
}

/* (type, ((),), (data, index)). */
static Obj *tee_reduce(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    const TeeObj *tee = (const TeeObj *)self;
    if (tee->data == NULL)
        return err_string(&exc_value_error, "Invalid arguments");
    Obj *empty = tuple_new(0), *index = int_new(tee->index), *arguments = NULL, *state = NULL;
    if (empty != NULL && index != NULL)
        state = tuple_pack(2, &tee->data->base, index);
    if (state != NULL)
        arguments = tuple_pack(1, empty);
    obj_xdecref(empty);
    obj_xdecref(index);
    return itertools_reduce_steal(self, arguments, state);
}

static Obj *tee_setstate(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    TeeObj *tee = tee_cast(self);
    if (!tuple_check(args[0]))
        return err_string(&exc_type_error, "state is not a tuple");
    int64_t index = 0;
    if (tuple_length(args[0]) != 2 || obj_type(tuple_peek(args[0], 0)) != &itertools_tee_data_type)
        return err_string(&exc_type_error, "state must be a block and an index");
    if (args_to_int64(tuple_peek(args[0], 1), &index) < 0)
        return NULL;
    if (index < 0 || index > data_cast(tuple_peek(args[0], 0))->read)
        return err_string(&exc_value_error, "Index out of range");
    TeeDataObj *old = tee->data;
    tee->data = data_cast(obj_incref(tuple_peek(args[0], 0)));
    tee->index = (int32_t)index;
    obj_xdecref((Obj *)old);
    return none_new();
}

static const MethodDef tee_methods[] = {
    {"__copy__", tee_method_copy, 0, 0, 0, "An independent iterator at the same position."},
    {"__reduce__", tee_reduce, 0, 0, 0, "How to make this iterator again."},
    {"__setstate__", tee_setstate, 1, 1, 0, "Sets the state."},
    {0},
};

Type itertools_tee_type = {
    .head = {.base = {1, &type_type.root},
             .name = "itertools._tee",
             .flags = TYPE_GC,
             .traverse = tee_traverse,
             .clear = tee_clear,
             .weak_list = tee_weak_list,
             .dealloc = tee_dealloc},
    .root = {.type = &itertools_tee_type.head},
    .doc = "An iterator that can be copied.",
    .basic_size = sizeof(TeeObj),
    .weak_list_offset = offsetof(TeeObj, weak_list),
    .iter = object_iter_self,
    .next = tee_next,
    .new = tee_new,
    .methods = tee_methods,
};

Obj *itertools_tee(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)kwnames;
    int64_t count = 2;
    if (nargs > 1 && args_to_int64(args[1], &count) < 0)
        return NULL;
    if (count < 0)
        return err_string(&exc_value_error, "n must be >= 0");
    Obj *result = tuple_new(count);
    if (result == NULL || count == 0)
        return result;
    Obj *first = obj_iter(args[0]), *copy = NULL;
    int copyable = first == NULL ? -1 : obj_getattr_opt(first, names.dunder_copy, &copy);
    if (copyable == 0) {
        obj_replace(&first, tee_over(first));
        copyable = first == NULL ? -1 : obj_getattr_opt(first, names.dunder_copy, &copy);
    }
    if (copyable <= 0)
        goto fail;
    tuple_cast(result)->items[0] = first;
    first = NULL;
    for (int64_t i = 1; i < count; i++) {
        tuple_cast(result)->items[i] = obj_call0(copy);
        if (tuple_peek(result, i) == NULL)
            goto fail;
    }
    obj_decref(copy);
    return result;
fail:
    obj_xdecref(first);
    obj_xdecref(copy);
    obj_decref(result);
    return NULL;
}
