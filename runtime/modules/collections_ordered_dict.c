/*
 * collections.OrderedDict: a dict that also moves items to either end and compares by order.
 *
 * dict keeps the order already; what is added here works on positions of its entries.  `first` is a
 * position before which all entries are deleted, so that taking items from the front is not
 * quadratic; it holds while dict.c has not set DICT_MOVED.  In instances of subclasses, items are
 * written through
 * __setitem__, as CPython does.
 */

#include <stddef.h>

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/modules/collections.h"
#include "runtime/types/dict.h"
#include "runtime/types/dict_views.h"
#include "runtime/types/int.h"
#include "runtime/types/iterator_reduce.h"
#include "runtime/types/list.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"
#include "runtime/types/weakref.h"

typedef struct OrderedDictObj {
    DictObj dict;
    Obj *attributes; /* owned: __dict__, or NULL */
    Obj *weak_list;
    int64_t first; /* see above */
} OrderedDictObj;

typedef struct OrderedIterObj {
    Obj base;
    DictObj *dict; /* owned; NULL when exhausted */
    int64_t position, used;
    uint32_t version; /* of the dict when the iterator was made */
    DictPart part;
    bool backwards;
} OrderedIterObj;

#define ordered_cast(o) ((OrderedDictObj *)(o))
#define is_ordered(o) obj_is(o, &ordered_dict_type)
#define is_exact(o) (obj_type(o) == &ordered_dict_type)

/* ---- lifecycle */

static Obj *new (Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    Obj *self = obj_alloc(type, sizeof(OrderedDictObj));
    if (self == NULL)
        return NULL;
    dict_setup(self);
    obj_track_if_gc(self);
    return self;
}

static int traverse(ObjRef self, VisitFn visit, void *context)
{
    GC_VISIT(ordered_cast(self)->attributes);
    return dict_traverse(self, visit, context);
}

static int clear(ObjRef self)
{
    obj_clear(&ordered_cast(self)->attributes);
    dict_clear(self);
    return 0;
}

static Obj **weak_list(ObjRef self)
{
    return &ordered_cast(self)->weak_list;
}

static void dealloc(Obj *self)
{
    gc_untrack(self);
    if (ordered_cast(self)->weak_list != NULL)
        weakref_clear_all(self, &ordered_cast(self)->weak_list);
    obj_clear(&ordered_cast(self)->attributes);
    dict_teardown(self);
    obj_free(self, sizeof(OrderedDictObj));
}

/* ---- operations */

/* Sets one item, through __setitem__ where a subclass may have its own. */
static int store(ObjRef self, ObjRef key, ObjRef value)
{
    return is_exact(self) ? dict_set(self, key, value) : obj_setitem(self, key, value);
}

/* Sets the items of an iterable of pairs. */
static int store_pairs(ObjRef self, ObjRef pairs)
{
    Obj *iterator = obj_iter(pairs);
    if (iterator == NULL)
        return -1;
    Obj *pair;
    int more;
    while ((more = obj_next(iterator, &pair)) > 0) {
        Obj *fields = obj_to_tuple(pair);
        int failed = -1;
        if (fields != NULL && tuple_length(fields) == 2)
            failed = store(self, tuple_peek(fields, 0), tuple_peek(fields, 1));
        else if (fields != NULL && tuple_length(fields) > 2)
            err_string(&exc_value_error, "too many values to unpack (expected 2)");
        else if (fields != NULL)
            err_format(&exc_value_error, "need more than %lld value%s to unpack",
                       (long long)tuple_length(fields), tuple_length(fields) == 1 ? "" : "s");
        obj_decref(pair);
        obj_xdecref(fields);
        if (failed < 0) {
            more = -1;
            break;
        }
    }
    obj_decref(iterator);
    return more;
}

/* Sets self[key] = other[key] for the given keys. */
static int store_keys(ObjRef self, ObjRef other, ObjRef keys)
{
    Obj *iterator = obj_iter(keys);
    if (iterator == NULL)
        return -1;
    Obj *key;
    int more;
    while ((more = obj_next(iterator, &key)) > 0) {
        Obj *value = obj_getitem(other, key);
        int failed = value == NULL ? -1 : store(self, key, value);
        obj_xdecref(value);
        obj_decref(key);
        if (failed < 0) {
            more = -1;
            break;
        }
    }
    obj_decref(iterator);
    return more;
}

/* What MutableMapping.update does with its positional argument. */
static int store_from(ObjRef self, ObjRef other)
{
    if (is_exact(self) && dict_check_exact(other))
        return dict_merge(self, other, true);
    if (dict_check_exact(other)) {
        Obj *items = dict_items_list(other);
        int failed = items == NULL ? -1 : store_pairs(self, items);
        obj_xdecref(items);
        return failed;
    }
    Obj *method, *part;
    int failed;
    int found = obj_getattr_opt(other, names.keys, &method);
    if (found < 0)
        return -1;
    if (found > 0) {
        part = obj_call0(method);
        obj_decref(method);
        failed = part == NULL ? -1 : store_keys(self, other, part);
        obj_xdecref(part);
        return failed;
    }
    found = obj_getattr_opt(other, names.items, &method);
    if (found < 0)
        return -1;
    if (found == 0)
        return store_pairs(self, other);
    part = obj_call0(method);
    obj_decref(method);
    failed = part == NULL ? -1 : store_pairs(self, part);
    obj_xdecref(part);
    return failed;
}

static int update_with(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    if (nargs > 0 && store_from(self, args[0]) < 0)
        return -1;
    int64_t keywords = kwnames == NULL ? 0 : tuple_length(kwnames);
    for (int64_t i = 0; i < keywords; i++) {
        if (store(self, tuple_peek(kwnames, i), args[nargs + i]) < 0)
            return -1;
    }
    return 0;
}

static int init(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    if (nargs > 1)
        return err_format_int(&exc_type_error, "expected at most 1 arguments, got %lld",
                              (long long)nargs);
    return update_with(self, args, nargs, kwnames);
}

/* Position of the first item, or -1. */
static int64_t first_position(ObjRef self)
{
    OrderedDictObj *o = ordered_cast(self);
    if (o->dict.flags & DICT_MOVED) {
        o->first = 0;
        o->dict.flags &= (uint8_t)~DICT_MOVED;
    }
    int64_t at = dict_next_position(self, o->first);
    if (at >= 0)
        o->first = at;
    return at;
}

static Obj *repr(ObjRef self)
{
    const char *name = type_name(obj_type(self));
    if (dict_length(self) == 0)
        return str_format_c("%s()", name);
    int entered = obj_repr_enter(self);
    if (entered != 0)
        return entered < 0 ? NULL : str_from_ascii("...");
    Obj *items = NULL, *result = NULL;
    if (is_exact(self)) {
        items = dict_items_list(self);
    } else {
        Obj *view = obj_call_method(self, names.items, NULL, 0);
        items = view == NULL ? NULL : obj_to_list(view);
        obj_xdecref(view);
    }
    if (items != NULL)
        result = str_format_c("%s(%R)", name, items);
    obj_xdecref(items);
    obj_repr_leave(self);
    return result;
}

/* With another OrderedDict the order counts too. */
static Obj *compare(ObjRef self, ObjRef other, CompareOp op)
{
    if ((op != CMP_EQ && op != CMP_NE) || !is_ordered(self) || !dict_check(other))
        return not_implemented_new();
    Obj *answer = dict_type.compare(self, other, CMP_EQ);
    if (answer == NULL || is_not_implemented(answer))
        return answer;
    int same = answer == obj_true;
    obj_decref(answer);
    if (same && is_ordered(other)) {
        Obj *a = dict_keys_list(self), *b = a == NULL ? NULL : dict_keys_list(other);
        same = b == NULL ? -1 : obj_equal(a, b);
        obj_xdecref(a);
        obj_xdecref(b);
    }
    return same < 0 ? NULL : bool_new((op == CMP_EQ) == (same > 0));
}

static Obj *merge_operator(ObjRef left, ObjRef right)
{
    ObjRef self = is_ordered(left) ? left : right;
    if (!dict_check(left) || !dict_check(right))
        return not_implemented_new();
    Obj *result = obj_call1(&obj_type(self)->head.base, left);
    if (result != NULL && store_from(result, right) < 0)
        obj_clear(&result);
    return result;
}

static Obj *merge_inplace(ObjRef self, ObjRef other)
{
    return store_from(self, other) < 0 ? NULL : obj_incref(self);
}

/* ---- methods */

static Obj *method_update(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    if (nargs > 1)
        return err_format(&exc_type_error,
                          "update() takes at most 1 positional argument (%lld given)",
                          (long long)nargs);
    return update_with(self, args, nargs, kwnames) < 0 ? NULL : none_new();
}

static Obj *method_move_to_end(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    static const ArgSpec spec = {"move_to_end", 0, 1, 2, 2, {"key", "last"}};
    ObjRef given[2];
    bool last = true;
    if (args_bind(&spec, args, nargs, kwnames, given) < 0 || args_to_bool(given[1], &last) < 0)
        return NULL;
    int64_t at = dict_position(self, given[0]);
    if (at == -1)
        return err_object(&exc_key_error, given[0]);
    return at < 0 || dict_move_to_end(self, at, last) < 0 ? NULL : none_new();
}

static Obj *method_popitem(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    static const ArgSpec spec = {"popitem", 0, 0, 1, 1, {"last"}};
    ObjRef given[1];
    bool last = true;
    if (args_bind(&spec, args, nargs, kwnames, given) < 0 || args_to_bool(given[0], &last) < 0)
        return NULL;
    if (dict_length(self) == 0)
        return err_string(&exc_key_error, "dictionary is empty");
    Obj *taken = tuple_new(2);
    if (taken == NULL)
        return NULL;
    Obj **fields = tuple_cast(taken)->items;
    if (last)
        dict_take_last(self, &fields[0], &fields[1]);
    else
        dict_take_at(self, first_position(self), &fields[0], &fields[1]);
    tuple_maybe_untrack(taken);
    return taken;
}

static Obj *method_pop(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    static const ArgSpec spec = {"pop", 0, 1, 2, 2, {"key", "default"}};
    ObjRef given[2];
    if (args_bind(&spec, args, nargs, kwnames, given) < 0)
        return NULL;
    Obj *value;
    int found = dict_pop(self, given[0], &value);
    if (found != 0)
        return value;
    if (given[1] != NULL)
        return obj_incref(given[1]);
    return err_object(&exc_key_error, given[0]);
}

static Obj *method_setdefault(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    static const ArgSpec spec = {"setdefault", 0, 1, 2, 2, {"key", "default"}};
    ObjRef given[2];
    if (args_bind(&spec, args, nargs, kwnames, given) < 0)
        return NULL;
    ObjRef fallback = given[1] == NULL ? obj_none : given[1];
    if (is_exact(self))
        return dict_setdefault(self, given[0], fallback);
    int found = obj_contains(self, given[0]);
    if (found > 0)
        return obj_getitem(self, given[0]);
    if (found < 0 || obj_setitem(self, given[0], fallback) < 0)
        return NULL;
    return obj_incref(fallback);
}

static Obj *method_copy(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    Obj *copy = obj_call0(&obj_type(self)->head.base);
    if (copy == NULL)
        return NULL;
    int failed;
    if (is_exact(self) && is_exact(copy)) {
        failed = dict_merge(copy, self, true);
    } else {
        Obj *keys = obj_to_list(self);
        failed = keys == NULL ? -1 : store_keys(copy, self, keys);
        obj_xdecref(keys);
    }
    if (failed < 0)
        obj_clear(&copy);
    return copy;
}

static Obj *method_clear(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    dict_clear(self);
    return none_new();
}

static Obj *method_fromkeys(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    static const ArgSpec spec = {"fromkeys", 0, 1, 2, 2, {"iterable", "value"}};
    ObjRef given[2];
    if (args_bind(&spec, args, nargs, kwnames, given) < 0)
        return NULL;
    Obj *result = obj_call0(self);
    Obj *iterator = result == NULL ? NULL : obj_iter(given[0]);
    int more = iterator == NULL ? -1 : 1;
    Obj *key;
    while (more > 0 && (more = obj_next(iterator, &key)) > 0) {
        if (obj_setitem(result, key, given[1] == NULL ? obj_none : given[1]) < 0)
            more = -1;
        obj_decref(key);
    }
    obj_xdecref(iterator);
    if (more < 0)
        obj_clear(&result);
    return result;
}

/* (type, (), state, None, iterator over the items). */
static Obj *method_reduce(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    Obj *state = obj_call_method(self, names.dunder_getstate, NULL, 0);
    Obj *items = state == NULL ? NULL : obj_call_method(self, names.items, NULL, 0);
    Obj *iterator = items == NULL ? NULL : obj_iter(items);
    Obj *arguments = iterator == NULL ? NULL : tuple_new(0), *result = NULL;
    if (arguments != NULL)
        result = tuple_pack(5, &obj_type(self)->head.base, arguments, state, obj_none, iterator);
    obj_xdecref(state);
    obj_xdecref(items);
    obj_xdecref(iterator);
    obj_xdecref(arguments);
    return result;
}

static Obj *method_keys(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    return dict_views_new_of(&ordered_dict_keys_type, self);
}

static Obj *method_values(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    return dict_views_new_of(&ordered_dict_values_type, self);
}

static Obj *method_items(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    return dict_views_new_of(&ordered_dict_items_type, self);
}

static Obj *new_iterator(ObjRef dict, DictPart part, bool backwards)
{
    OrderedIterObj *it =
        (OrderedIterObj *)obj_new_gc(&ordered_dict_iterator_type, sizeof(OrderedIterObj));
    if (it == NULL)
        return NULL;
    it->dict = dict_cast(obj_incref(dict));
    it->position = backwards ? it->dict->entry_count - 1 : 0;
    it->used = it->dict->used;
    it->version = it->dict->version;
    it->part = part;
    it->backwards = backwards;
    gc_track(&it->base);
    return &it->base;
}

static Obj *iter(ObjRef self)
{
    return new_iterator(self, DICT_PART_KEYS, false);
}

static Obj *method_reversed(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    return new_iterator(self, DICT_PART_KEYS, true);
}

static const MethodDef methods[] = {
    {"fromkeys", method_fromkeys, 0, -1, METHOD_KEYWORDS | METHOD_CLASS,
     "fromkeys($type, /, iterable, value=None)\n--\n\nA new ordered dict with keys from iterable."},
    {"__reduce__", method_reduce, 0, 0, 0, "How to make this dict again."},
    {"setdefault", method_setdefault, 0, -1, METHOD_KEYWORDS,
     "setdefault($self, /, key, default=None)\n--\n\n"
     "The value of key, which is first set to default where it is absent."},
    {"pop", method_pop, 0, -1, METHOD_KEYWORDS,
     "pop($self, /, key, default=<unrepresentable>)\n--\n\n"
     "Removes key and gives its value; without the key, default or KeyError."},
    {"popitem", method_popitem, 0, -1, METHOD_KEYWORDS,
     "popitem($self, /, last=True)\n--\n\nRemoves the last or first item, given as (key, value)."},
    {"keys", method_keys, 0, 0, 0, NULL},
    {"values", method_values, 0, 0, 0, NULL},
    {"items", method_items, 0, 0, 0, NULL},
    {"update", method_update, 0, -1, METHOD_KEYWORDS, NULL},
    {"clear", method_clear, 0, 0, 0, "Removes all items."},
    {"copy", method_copy, 0, 0, 0, "A shallow copy."},
    {"__reversed__", method_reversed, 0, 0, 0, "An iterator over the keys, the last one first."},
    {"move_to_end", method_move_to_end, 0, -1, METHOD_KEYWORDS,
     "move_to_end($self, /, key, last=True)\n--\n\nMakes the item of key the last or first one."},
    {0},
};

static const GetSetDef getset[] = {
    {"__dict__", object_dict, object_set_dict, NULL},
    {0},
};

Type ordered_dict_type = {
    .head = {.base = {1, &type_type.root},
             .name = "collections.OrderedDict",
             .flags = TYPE_GC | TYPE_BASE | TYPE_DICT | TYPE_MAPPING,
             .traverse = traverse,
             .clear = clear,
             .weak_list = weak_list,
             .dealloc = dealloc},
    .root = {.type = &ordered_dict_type.head},
    .doc = "A dict that can move items to either end and compares by order with its like.",
    .basic_size = sizeof(OrderedDictObj),
    .dict_offset = offsetof(OrderedDictObj, attributes),
    .weak_list_offset = offsetof(OrderedDictObj, weak_list),
    .base = &dict_type,
    .repr = repr,
    .hash = object_hash_unhashable,
    .compare = compare,
    .iter = iter,
    .new = new,
    .init = init,
    .bit_or = merge_operator,
    .inplace_or = merge_inplace,
    .methods = methods,
    .getset = getset,
};

/* ---- iterator */

static int iterator_traverse(ObjRef self, VisitFn visit, void *context)
{
    GC_VISIT(((const OrderedIterObj *)self)->dict);
    return 0;
}

static void iterator_dealloc(Obj *self)
{
    gc_untrack(self);
    obj_xdecref((Obj *)((OrderedIterObj *)self)->dict);
    obj_free(self, sizeof(OrderedIterObj));
}

/* The key, value or pair of one entry: new reference. */
static Obj *part_of(const OrderedIterObj *it, const DictEntry *e)
{
    if (it->part == DICT_PART_ITEMS)
        return tuple_pack(2, e->key, e->value);
    return obj_incref(it->part == DICT_PART_KEYS ? e->key : e->value);
}

static int iterator_next(ObjRef self, Obj **out)
{
    OrderedIterObj *it = (OrderedIterObj *)self;
    DictObj *d = it->dict;
    if (d == NULL)
        return 0;
    if (d->used != it->used || d->version != it->version) {
        const char *what = d->version == it->version ? "changed size" : "mutated";
        obj_clear(&it->dict);
        return err_format_int(&exc_runtime_error, "OrderedDict %s during iteration", what);
    }
    int64_t at = it->position;
    if (it->backwards) {
        while (at >= 0 && d->entries[at].value == NULL)
            at--;
    } else {
        at = dict_next_position(&d->base, at);
    }
    if (at < 0) {
        obj_clear(&it->dict);
        return 0;
    }
    it->position = it->backwards ? at - 1 : at + 1;
    *out = part_of(it, &d->entries[at]);
    return *out == NULL ? -1 : 1;
}

/* iter(list of what is left); the iterator itself stays where it is. */
static Obj *iterator_method_reduce(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    const OrderedIterObj *it = (const OrderedIterObj *)self;
    Obj *rest = NULL;
    if (it->dict == NULL) {
        rest = list_new(0);
    } else {
        Obj *copy = new_iterator(&it->dict->base, it->part, it->backwards);
        if (copy == NULL)
            return NULL;
        ((OrderedIterObj *)copy)->position = it->position;
        ((OrderedIterObj *)copy)->used = it->used;
        ((OrderedIterObj *)copy)->version = it->version;
        rest = obj_to_list(copy);
        obj_decref(copy);
    }
    return iterator_reduce_steal("iter", rest, REDUCE_NO_INDEX);
}

static const MethodDef iterator_methods[] = {
    {"__reduce__", iterator_method_reduce, 0, 0, 0, "How to make this iterator again."},
    {0},
};

Type ordered_dict_iterator_type = {
    .head = {.base = {1, &type_type.root},
             .name = "odict_iterator",
             .flags = TYPE_GC | TYPE_NO_NEW,
             .traverse = iterator_traverse,
             .dealloc = iterator_dealloc},
    .root = {.type = &ordered_dict_iterator_type.head},
    .basic_size = sizeof(OrderedIterObj),
    .iter = object_iter_self,
    .next = iterator_next,
    .methods = iterator_methods,
};

/* ---- views: those of dict, but for their names and iterators */

#define VIEW_FUNCTIONS(name, part)                                                                 \
    static Obj *name##_iter(ObjRef self)                                                           \
    {                                                                                              \
        return new_iterator(&((const DictViewObj *)self)->dict->base, part, false);                \
    }                                                                                              \
    static Obj *name##_reversed(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)    \
    {                                                                                              \
        (void)args, (void)nargs, (void)kwnames;                                                    \
        return new_iterator(&((const DictViewObj *)self)->dict->base, part, true);                 \
    }                                                                                              \
    static const MethodDef name##_methods[] = {                                                    \
        {"__reversed__", name##_reversed, 0, 0, 0, "An iterator, the last item first."},           \
        {0},                                                                                       \
    };

VIEW_FUNCTIONS(keys, DICT_PART_KEYS)
VIEW_FUNCTIONS(values, DICT_PART_VALUES)
VIEW_FUNCTIONS(items, DICT_PART_ITEMS)

#define VIEW_TYPE(object, text, parent, prefix)                                                    \
    Type object = {                                                                                \
        .head = {.base = {1, &type_type.root}, .name = text, .flags = TYPE_GC | TYPE_NO_NEW},      \
        .root = {.type = &(object).head},                                                          \
        .basic_size = sizeof(DictViewObj),                                                         \
        .base = &(parent),                                                                         \
        .iter = prefix##_iter,                                                                     \
        .methods = prefix##_methods,                                                               \
    }

VIEW_TYPE(ordered_dict_keys_type, "odict_keys", dict_keys_type, keys);
VIEW_TYPE(ordered_dict_values_type, "odict_values", dict_values_type, values);
VIEW_TYPE(ordered_dict_items_type, "odict_items", dict_items_type, items);
