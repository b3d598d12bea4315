/*
 * dict_keys, dict_values, dict_items, and the iterators of dict.
 *
 * A view owns its dict and shows it as it is now; keys and items behave as sets.  An iterator walks
 * the entries by position, so that it survives any change of the dict: it compares the number of
 * items with the one at its start and raises RuntimeError when they differ.
 */

#include "runtime/types/dict_views.h"

#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/types/int.h"
#include "runtime/types/iterator_reduce.h"
#include "runtime/types/list.h"
#include "runtime/types/set.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"

#define view_dict(o) (&((const DictViewObj *)(o))->dict->base)

/* ---- views: lifecycle */

Obj *dict_views_new(ObjRef dict, DictPart part)
{
    return dict_views_new_of(part == DICT_PART_KEYS     ? &dict_keys_type
                             : part == DICT_PART_VALUES ? &dict_values_type
                                                        : &dict_items_type,
                             dict);
}

Obj *dict_views_new_of(Type *type, ObjRef dict)
{
    DictViewObj *view = (DictViewObj *)obj_new_gc(type, sizeof(DictViewObj));
    if (view == NULL)
        return NULL;
    view->dict = dict_cast(obj_incref(dict));
    gc_track(&view->base);
    return &view->base;
}

static int view_traverse(ObjRef self, VisitFn visit, void *context)
{
    GC_VISIT(((const DictViewObj *)self)->dict);
    return 0;
}

static void view_dealloc(Obj *self)
{
    gc_untrack(self);
    obj_decref(&((DictViewObj *)self)->dict->base);
    obj_free(self, sizeof(DictViewObj));
}

/* ---- views: operations */

static bool is_set_view(ObjRef o)
{
    return obj_is(o, &dict_keys_type) || obj_is(o, &dict_items_type);
}

static int64_t view_length(ObjRef self)
{
    return dict_length(view_dict(self));
}

static Obj *keys_iter(ObjRef self)
{
    return dict_views_iter(view_dict(self), DICT_PART_KEYS);
}

static Obj *values_iter(ObjRef self)
{
    return dict_views_iter(view_dict(self), DICT_PART_VALUES);
}

static Obj *items_iter(ObjRef self)
{
    return dict_views_iter(view_dict(self), DICT_PART_ITEMS);
}

static int keys_contains(ObjRef self, ObjRef key)
{
    return dict_contains(view_dict(self), key);
}

static int items_contains(ObjRef self, ObjRef item)
{
    if (!tuple_check(item) || tuple_length(item) != 2)
        return 0;
    Obj *value;
    int found = dict_get(view_dict(self), tuple_peek(item, 0), &value);
    if (found <= 0)
        return found;
    int same = obj_equal(value, tuple_peek(item, 1));
    obj_decref(value);
    return same;
}

static Obj *view_repr(ObjRef self)
{
    int entered = obj_repr_enter(self);
    if (entered != 0)
        return entered < 0 ? NULL : str_from_ascii("...");
    Obj *result = NULL;
    Obj *list = obj_to_list(self);
    if (list != NULL) {
        result = str_format_c("%s(%R)", type_name(obj_type(self)), list);
        obj_decref(list);
    }
    obj_repr_leave(self);
    return result;
}

/* Whether all items of `part` are in `whole`. */
static int all_contained(ObjRef part, ObjRef whole)
{
    Obj *iterator = obj_iter(part);
    if (iterator == NULL)
        return -1;
    Obj *item;
    int answer = 1, more;
    while (answer > 0 && (more = obj_next(iterator, &item)) != 0) {
        if (more < 0) {
            answer = -1;
            break;
        }
        answer = obj_contains(whole, item);
        obj_decref(item);
    }
    obj_decref(iterator);
    return answer;
}

static Obj *set_view_compare(ObjRef self, ObjRef other, CompareOp op)
{
    if (!set_check(other) && !is_set_view(other))
        return not_implemented_new();
    int64_t mine = view_length(self), others = obj_length(other);
    if (others < 0)
        return NULL;
    int answer = 0;
    switch (op) {
    case CMP_EQ:
    case CMP_NE:
        if (mine == others)
            answer = all_contained(self, other);
        if (op == CMP_NE && answer >= 0)
            answer = !answer;
        break;
    case CMP_LT:
    case CMP_LE:
        if (op == CMP_LT ? mine < others : mine <= others)
            answer = all_contained(self, other);
        break;
    case CMP_GT:
    case CMP_GE:
        if (op == CMP_GT ? mine > others : mine >= others)
            answer = all_contained(other, self);
        break;
    }
    return answer < 0 ? NULL : bool_new(answer > 0);
}

/* ---- set operations: either operand may be the view, the other any iterable */

/* A new set of left's items, then changed by the set method `name` with right. */
static Obj *set_with(ObjRef left, const char *name, ObjRef right)
{
    Obj *set = set_new(left);
    if (set == NULL)
        return NULL;
    Obj *method = obj_getattr_str(set, name);
    Obj *result = method == NULL ? NULL : obj_call1(method, right);
    obj_xdecref(method);
    if (result == NULL)
        obj_clear(&set);
    obj_xdecref(result);
    return set;
}

static Obj *view_subtract(ObjRef left, ObjRef right)
{
    return set_with(left, "difference_update", right);
}

static Obj *view_or(ObjRef left, ObjRef right)
{
    Obj *set = set_new(left);
    if (set != NULL && set_update(set, right) < 0)
        obj_clear(&set);
    return set;
}

static Obj *view_xor(ObjRef left, ObjRef right)
{
    return set_with(left, "symmetric_difference_update", right);
}

static Obj *view_and(ObjRef left, ObjRef right)
{
    if (!is_set_view(left)) {
        ObjRef other = left;
        left = right;
        right = other;
    }
    /* Walk the shorter one where both can answer `in`. */
    if (is_set_view(right) && view_length(right) > view_length(left)) {
        ObjRef other = left;
        left = right;
        right = other;
    }
    Obj *result = set_new(NULL);
    Obj *iterator = result == NULL ? NULL : obj_iter(right);
    if (iterator == NULL) {
        obj_xdecref(result);
        return NULL;
    }
    Obj *item;
    int more;
    while ((more = obj_next(iterator, &item)) > 0) {
        int found = obj_contains(left, item);
        if (found > 0)
            found = set_add(result, item);
        obj_decref(item);
        if (found < 0) {
            more = -1;
            break;
        }
    }
    obj_decref(iterator);
    if (more < 0)
        obj_clear(&result);
    return result;
}

/* ---- views: methods */

static Obj *view_isdisjoint(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    ObjRef other = args[0];
    if (other == self)
        return bool_new(view_length(self) == 0);
    ObjRef whole = self;
    if (set_check(other) || is_set_view(other)) {
        int64_t others = obj_length(other);
        if (others < 0)
            return NULL;
        if (others > view_length(self)) {
            whole = other;
            other = self;
        }
    }
    Obj *iterator = obj_iter(other);
    if (iterator == NULL)
        return NULL;
    Obj *item;
    int more, found = 0;
    while (found == 0 && (more = obj_next(iterator, &item)) != 0) {
        if (more < 0) {
            found = -1;
            break;
        }
        found = obj_contains(whole, item);
        obj_decref(item);
    }
    obj_decref(iterator);
    return found < 0 ? NULL : bool_new(found == 0);
}

static Obj *keys_reversed(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    return dict_views_reversed(view_dict(self), DICT_PART_KEYS);
}

static Obj *values_reversed(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    return dict_views_reversed(view_dict(self), DICT_PART_VALUES);
}

static Obj *items_reversed(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    return dict_views_reversed(view_dict(self), DICT_PART_ITEMS);
}

static Obj *get_mapping(ObjRef self)
{
    return obj_call1(&mappingproxy_type.head.base, view_dict(self));
}

static const GetSetDef view_getset[] = {
    {"mapping", get_mapping, NULL, "The dict of this view, read-only."},
    {0},
};

#define ISDISJOINT_ROW                                                                             \
    {                                                                                              \
        "isdisjoint", view_isdisjoint, 1, 1, 0, "Whether the view and an iterable share no item."  \
    }

static const MethodDef keys_methods[] = {
    ISDISJOINT_ROW,
    {"__reversed__", keys_reversed, 0, 0, 0, "An iterator over the keys, the last one first."},
    {0},
};

static const MethodDef values_methods[] = {
    {"__reversed__", values_reversed, 0, 0, 0, "An iterator over the values, the last one first."},
    {0},
};

static const MethodDef items_methods[] = {
    ISDISJOINT_ROW,
    {"__reversed__", items_reversed, 0, 0, 0, "An iterator over the items, the last one first."},
    {0},
};

#define VIEW_HEAD(object, text)                                                                    \
    .head = {.base = {1, &type_type.root},                                                         \
             .name = text,                                                                         \
             .flags = TYPE_GC | TYPE_NO_NEW,                                                       \
             .traverse = view_traverse,                                                            \
             .dealloc = view_dealloc},                                                             \
    .root = {.type = &(object).head}, .basic_size = sizeof(DictViewObj), .repr = view_repr,        \
    .length = view_length, .getset = view_getset

#define SET_VIEW_SLOTS                                                                             \
    .hash = object_hash_unhashable, .compare = set_view_compare, .subtract = view_subtract,        \
    .bit_and = view_and, .bit_or = view_or, .bit_xor = view_xor

Type dict_keys_type = {
    VIEW_HEAD(dict_keys_type, "dict_keys"),
    SET_VIEW_SLOTS,
    .iter = keys_iter,
    .contains = keys_contains,
    .methods = keys_methods,
};

Type dict_values_type = {
    VIEW_HEAD(dict_values_type, "dict_values"),
    .iter = values_iter,
    .methods = values_methods,
};

Type dict_items_type = {
    VIEW_HEAD(dict_items_type, "dict_items"),
    SET_VIEW_SLOTS,
    .iter = items_iter,
    .contains = items_contains,
    .methods = items_methods,
};

/* ---- iterators */

static Obj *iterator_new(ObjRef dict, Type *type, bool items, bool backwards)
{
    Obj *pair = NULL;
    if (items) {
        pair = tuple_pack(2, obj_none, obj_none);
        if (pair == NULL)
            return NULL;
    }
    DictIterObj *it = (DictIterObj *)obj_new_gc(type, sizeof(DictIterObj));
    if (it == NULL) {
        obj_xdecref(pair);
        return NULL;
    }
    it->dict = dict_cast(obj_incref(dict));
    it->used = it->remaining = it->dict->used;
    it->position = backwards ? it->dict->entry_count - 1 : 0;
    it->pair = pair;
    gc_track(&it->base);
    return &it->base;
}

Obj *dict_views_iter(ObjRef dict, DictPart part)
{
    Type *type = part == DICT_PART_KEYS     ? &dict_key_iterator_type
                 : part == DICT_PART_VALUES ? &dict_value_iterator_type
                                            : &dict_item_iterator_type;
    return iterator_new(dict, type, part == DICT_PART_ITEMS, false);
}

Obj *dict_views_reversed(ObjRef dict, DictPart part)
{
    Type *type = part == DICT_PART_KEYS     ? &dict_reverse_key_iterator_type
                 : part == DICT_PART_VALUES ? &dict_reverse_value_iterator_type
                                            : &dict_reverse_item_iterator_type;
    return iterator_new(dict, type, part == DICT_PART_ITEMS, true);
}

static int iterator_traverse(ObjRef self, VisitFn visit, void *context)
{
    const DictIterObj *it = (const DictIterObj *)self;
    GC_VISIT(it->dict);
    GC_VISIT(it->pair);
    return 0;
}

static void iterator_dealloc(Obj *self)
{
    DictIterObj *it = (DictIterObj *)self;
    gc_untrack(self);
    obj_xdecref((Obj *)it->dict);
    obj_xdecref(it->pair);
    obj_free(self, sizeof(DictIterObj));
}

/* The next live entry, or NULL: the end (*status 0) or an error (*status -1). */
static inline DictEntry *advance(DictIterObj *it, int *status)
{
    DictObj *d = it->dict;
    *status = 0;
    if (d == NULL)
        return NULL;
    if (it->used != d->used) {
        it->used = -1; /* stays so: every further call fails too */
        *status = err_format_int(&exc_runtime_error, "dictionary changed size during iteration");
        return NULL;
    }
    int64_t i = it->position;
    while (i < d->entry_count && d->entries[i].value == NULL)
        i++;
    if (i < d->entry_count && it->remaining > 0) {
        it->position = i + 1;
        it->remaining--;
        return &d->entries[i];
    }
    if (i < d->entry_count)
        *status = err_format_int(&exc_runtime_error, "dictionary keys changed during iteration");
    obj_clear(&it->dict);
    return NULL;
}

/* As advance, from the end. */
static inline DictEntry *retreat(DictIterObj *it, int *status)
{
    DictObj *d = it->dict;
    *status = 0;
    if (d == NULL)
        return NULL;
    if (it->used != d->used) {
        it->used = -1;
        *status = err_format_int(&exc_runtime_error, "dictionary changed size during iteration");
        return NULL;
    }
    int64_t i = it->position < d->entry_count ? it->position : d->entry_count - 1;
    while (i >= 0 && d->entries[i].value == NULL)
        i--;
    if (i < 0) {
        obj_clear(&it->dict);
        return NULL;
    }
    it->position = i - 1;
    it->remaining--;
    return &d->entries[i];
}

/* (key, value): the tuple of last time where nobody else kept it. */
static int give_pair(DictIterObj *it, const DictEntry *e, Obj **out)
{
    Obj *key = obj_incref(e->key), *value = obj_incref(e->value);
    TupleObj *pair = tuple_cast(it->pair);
    if (pair->base.refcnt == 1) {
        Obj *old_key = pair->items[0], *old_value = pair->items[1];
        pair->items[0] = key;
        pair->items[1] = value;
        *out = obj_incref(&pair->base);
        if (gc_link(&pair->base)->next == NULL &&
            (obj_has_flag(key, TYPE_GC) || obj_has_flag(value, TYPE_GC)))
            gc_track(&pair->base);
        obj_decref(old_key);
        obj_decref(old_value);
        return 1;
    }
    Obj *items[2] = {key, value};
    *out = tuple_from_steal(items, 2);
    return *out == NULL ? -1 : 1;
}

static int next_key(ObjRef self, Obj **out)
{
    int status;
    DictEntry *e = advance((DictIterObj *)self, &status);
    if (e == NULL)
        return status;
    *out = obj_incref(e->key);
    return 1;
}

static int next_value(ObjRef self, Obj **out)
{
    int status;
    DictEntry *e = advance((DictIterObj *)self, &status);
    if (e == NULL)
        return status;
    *out = obj_incref(e->value);
    return 1;
}

static int next_item(ObjRef self, Obj **out)
{
    int status;
    DictEntry *e = advance((DictIterObj *)self, &status);
    return e == NULL ? status : give_pair((DictIterObj *)self, e, out);
}

static int previous_key(ObjRef self, Obj **out)
{
    int status;
    DictEntry *e = retreat((DictIterObj *)self, &status);
    if (e == NULL)
        return status;
    *out = obj_incref(e->key);
    return 1;
}

static int previous_value(ObjRef self, Obj **out)
{
    int status;
    DictEntry *e = retreat((DictIterObj *)self, &status);
    if (e == NULL)
        return status;
    *out = obj_incref(e->value);
    return 1;
}

static int previous_item(ObjRef self, Obj **out)
{
    int status;
    DictEntry *e = retreat((DictIterObj *)self, &status);
    return e == NULL ? status : give_pair((DictIterObj *)self, e, out);
}

static Obj *iterator_length_hint(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    const DictIterObj *it = (const DictIterObj *)self;
    bool running = it->dict != NULL && it->used == it->dict->used;
    return int_new(running ? it->remaining : 0);
}

/* iter(list of what is left); the iterator itself stays where it is. */
static Obj *iterator_reduce(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    const DictIterObj *it = (const DictIterObj *)self;
    DictIterObj *copy = (DictIterObj *)obj_new_gc(obj_type(self), sizeof(DictIterObj));
    if (copy == NULL)
        return NULL;
    copy->dict = (DictObj *)obj_xincref((Obj *)it->dict);
    copy->used = it->used;
    copy->position = it->position;
    copy->remaining = it->remaining;
    copy->pair = obj_xincref(it->pair);
    gc_track(&copy->base);
    Obj *rest = obj_to_list(&copy->base);
    obj_decref(&copy->base);
    return iterator_reduce_steal("iter", rest, REDUCE_NO_INDEX);
}

static const MethodDef iterator_methods[] = {
    {"__length_hint__", iterator_length_hint, 0, 0, 0, "Items still to come."},
    {"__reduce__", iterator_reduce, 0, 0, 0, "How to make this iterator again."},
    {0},
};

#define ITERATOR_TYPE(object, text, function)                                                      \
    Type object = {                                                                                \
        .head = {.base = {1, &type_type.root},                                                     \
                 .name = text,                                                                     \
                 .flags = TYPE_GC | TYPE_NO_NEW,                                                   \
                 .traverse = iterator_traverse,                                                    \
                 .dealloc = iterator_dealloc},                                                     \
        .root = {.type = &(object).head},                                                          \
        .basic_size = sizeof(DictIterObj),                                                         \
        .iter = object_iter_self,                                                                  \
        .next = (function),                                                                        \
        .methods = iterator_methods,                                                               \
    }

ITERATOR_TYPE(dict_key_iterator_type, "dict_keyiterator", next_key);
ITERATOR_TYPE(dict_value_iterator_type, "dict_valueiterator", next_value);
ITERATOR_TYPE(dict_item_iterator_type, "dict_itemiterator", next_item);
ITERATOR_TYPE(dict_reverse_key_iterator_type, "dict_reversekeyiterator", previous_key);
ITERATOR_TYPE(dict_reverse_value_iterator_type, "dict_reversevalueiterator", previous_value);
ITERATOR_TYPE(dict_reverse_item_iterator_type, "dict_reverseitemiterator", previous_item);
