/*
 * dict: the type, with its slots and methods.  The table itself is in dict.c.
 *
 * What walks a dict here while user code may run (repr, comparing) goes by position and holds the
 * key and value it works on.
 */

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/types/dict.h"
#include "runtime/types/dict_views.h"
#include "runtime/types/generic_alias.h"
#include "runtime/types/int.h"
#include "runtime/types/set.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"

/* ---- lifecycle */

static Obj *new (Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    if (type == &dict_type)
        return dict_new();
    Obj *self = obj_alloc(type, sizeof(DictObj));
    if (self == NULL)
        return NULL;
    dict_setup(self);
    obj_track_if_gc(self);
    return self;
}

static int clear(ObjRef self)
{
    dict_clear(self);
    return 0;
}

static void dealloc(Obj *self)
{
    gc_untrack(self);
    dict_teardown(self);
    obj_free(self, sizeof(DictObj));
}

/* ---- slots */

static int append_repr(StrBuilder *b, ObjRef o)
{
    Obj *text = obj_repr(o);
    if (text == NULL)
        return -1;
    int failed = str_builder_add_str(b, text);
    obj_decref(text);
    return failed;
}

static Obj *repr(ObjRef self)
{
    int entered = obj_repr_enter(self);
    if (entered != 0)
        return entered < 0 ? NULL : str_from_ascii("{...}");
    StrBuilder b;
    str_builder_init(&b);
    if (str_builder_add_char(&b, '{') < 0)
        goto fail;
    int64_t position = 0;
    bool first = true;
    ObjRef key_peek, value_peek;
    while (dict_next(self, &position, &key_peek, &value_peek)) {
        Obj *key = obj_incref(key_peek), *value = obj_incref(value_peek);
        int failed = first ? 0 : str_builder_add_ascii(&b, ", ");
        if (failed == 0)
            failed = append_repr(&b, key);
        if (failed == 0)
            failed = str_builder_add_ascii(&b, ": ");
        if (failed == 0)
            failed = append_repr(&b, value);
        obj_decref(key);
        obj_decref(value);
        if (failed < 0)
            goto fail;
        first = false;
    }
    if (str_builder_add_char(&b, '}') < 0)
        goto fail;
    obj_repr_leave(self);
    return str_builder_finish(&b);
fail:
    obj_repr_leave(self);
    str_builder_free(&b);
    return NULL;
}

/* 1, 0, -1. */
static int equal(DictObj *a, DictObj *b)
{
    if (a->used != b->used)
        return 0;
    for (int64_t i = 0; i < a->entry_count; i++) {
        if (a->entries[i].value == NULL)
            continue;
        int64_t hash = a->entries[i].hash;
        Obj *key = obj_incref(a->entries[i].key), *value = obj_incref(a->entries[i].value);
        Obj *other = obj_xincref(dict_peek_hash(&b->base, key, hash));
        int same = other == NULL && err_occurred() != NULL ? -1 : 0;
        if (other != NULL)
            same = obj_equal(value, other);
        obj_xdecref(other);
        obj_decref(key);
        obj_decref(value);
        if (same <= 0)
            return same;
    }
    return 1;
}

static Obj *compare(ObjRef self, ObjRef other, CompareOp op)
{
    if ((op != CMP_EQ && op != CMP_NE) || !dict_check(self) || !dict_check(other))
        return not_implemented_new();
    int same = equal(dict_cast(self), dict_cast(other));
    return same < 0 ? NULL : bool_new((op == CMP_EQ) == (same > 0));
}

static int64_t length(ObjRef self)
{
    return dict_length(self);
}

static Obj *get_item(ObjRef self, ObjRef key)
{
    Obj *value;
    int found = dict_get(self, key, &value);
    if (found != 0)
        return value;
    if (!dict_check_exact(self)) {
        found = obj_call_special(self, names.dunder_missing, &key, 1, &value);
        if (found != 0)
            return found < 0 ? NULL : value;
    }
    return err_object(&exc_key_error, key);
}

static int set_item(ObjRef self, ObjRef key, ObjRef value)
{
    return value == NULL ? dict_delete(self, key) : dict_set(self, key, value);
}

static Obj *iter(ObjRef self)
{
    return dict_views_iter(self, DICT_PART_KEYS);
}

/* What update() and dict() do with their arguments. */
int dict_update_with(ObjRef self, const char *function, const ObjRef *args, int64_t nargs,
                     ObjRef kwnames)
{
    if (args_check_count(function, nargs, 0, 1) < 0)
        return -1;
    if (nargs == 1 && dict_merge(self, args[0], true) < 0)
        return -1;
    int64_t keywords = kwnames == NULL ? 0 : tuple_length(kwnames);
    for (int64_t i = 0; i < keywords; i++) {
        if (dict_set(self, tuple_peek(kwnames, i), args[nargs + i]) < 0)
            return -1;
    }
    return 0;
}

static int init(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    return dict_update_with(self, "dict", args, nargs, kwnames);
}

static Obj *merge_operator(ObjRef left, ObjRef right)
{
    if (!dict_check(left) || !dict_check(right))
        return not_implemented_new();
    Obj *result = dict_copy(left);
    if (result != NULL && dict_merge(result, right, true) < 0)
        obj_clear(&result);
    return result;
}

static Obj *merge_inplace(ObjRef self, ObjRef other)
{
    if (dict_merge(self, other, true) < 0)
        return NULL;
    return obj_incref(self);
}

/* ---- methods */

static Obj *method_get(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)kwnames;
    Obj *value;
    int found = dict_get(self, args[0], &value);
    if (found != 0)
        return value;
    return nargs > 1 ? obj_incref(args[1]) : none_new();
}

static Obj *method_setdefault(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)kwnames;
    return dict_setdefault(self, args[0], nargs > 1 ? args[1] : obj_none);
}

static Obj *method_pop(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)kwnames;
    Obj *value;
    int found = dict_pop(self, args[0], &value);
    if (found != 0)
        return value;
    return nargs > 1 ? obj_incref(args[1]) : err_object(&exc_key_error, args[0]);
}

static Obj *method_popitem(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    Obj *pair = tuple_new(2);
    if (pair == NULL)
        return NULL;
    if (!dict_take_last(self, &tuple_cast(pair)->items[0], &tuple_cast(pair)->items[1])) {
        obj_decref(pair);
        return err_string(&exc_key_error, "popitem(): dictionary is empty");
    }
    tuple_maybe_untrack(pair);
    return pair;
}

static Obj *method_update(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    return dict_update_with(self, "update", args, nargs, kwnames) < 0 ? NULL : none_new();
}

static Obj *method_clear(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    dict_clear(self);
    return none_new();
}

static Obj *method_copy(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    return dict_copy(self);
}

/* Adds the keys of an exact dict or set, whose hashes are known, with one value. */
static int add_keys_of(ObjRef dict, ObjRef source, ObjRef value)
{
    int64_t position = 0, hash = 0;
    bool from_set = set_check(source);
    for (;;) {
        Obj *key;
        if (from_set) {
            if (!set_next_owned(source, &position, &key, &hash))
                return 0;
        } else {
            ObjRef found;
            if (!dict_next(source, &position, &found, NULL))
                return 0;
            key = obj_incref(found);
            hash = dict_cast(source)->entries[position - 1].hash;
        }
        int failed = dict_set_hash(dict, key, value, hash);
        obj_decref(key);
        if (failed < 0)
            return -1;
    }
}

static Obj *method_fromkeys(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)kwnames;
    ObjRef value = nargs > 1 ? args[1] : obj_none;
    Obj *result = obj_call0(self);
    if (result == NULL)
        return NULL;
    bool exact = dict_check_exact(result);
    if (exact && (dict_check_exact(args[0]) || set_check_exact(args[0]))) {
        if (add_keys_of(result, args[0], value) < 0)
            obj_clear(&result);
        return result;
    }
    Obj *iterator = obj_iter(args[0]);
    int more = iterator == NULL ? -1 : 1;
    Obj *key;
    while (more > 0 && (more = obj_next(iterator, &key)) > 0) {
        int failed = exact ? dict_set(result, key, value) : obj_setitem(result, key, value);
        obj_decref(key);
        if (failed < 0)
            more = -1;
    }
    obj_xdecref(iterator);
    if (more < 0)
        obj_clear(&result);
    return result;
}

static Obj *method_keys(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    return dict_views_new(self, DICT_PART_KEYS);
}

static Obj *method_values(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    return dict_views_new(self, DICT_PART_VALUES);
}

static Obj *method_items(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    return dict_views_new(self, DICT_PART_ITEMS);
}

static Obj *method_reversed(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    return dict_views_reversed(self, DICT_PART_KEYS);
}

static Obj *method_contains(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    int found = dict_contains(self, args[0]);
    return found < 0 ? NULL : bool_new(found > 0);
}

static Obj *method_getitem(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    return get_item(self, args[0]);
}

static Obj *method_sizeof(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    return int_new(obj_type(self)->basic_size + dict_table_size(self));
}

static const MethodDef methods[] = {
    {"__contains__", method_contains, 1, 1, METHOD_COEXIST,
     "__contains__($self, key, /)\n--\n\nWhether key is in the dict."},
    {"__getitem__", method_getitem, 1, 1, METHOD_COEXIST,
     "__getitem__($self, key, /)\n--\n\nThe value of key."},
    {"__sizeof__", method_sizeof, 0, 0, 0,
     "__sizeof__($self, /)\n--\n\nBytes that the dict takes."},
    {"get", method_get, 1, 2, 0,
     "get($self, key, default=None, /)\n--\n\nThe value of key, or default where it is absent."},
    {"setdefault", method_setdefault, 1, 2, 0,
     "setdefault($self, key, default=None, /)\n--\n\n"
     "The value of key, which is first set to default where it is absent."},
    {"pop", method_pop, 1, 2, 0,
     "pop(key[, default])\n\nRemoves key and gives its value; without the key, default or "
     "KeyError."},
    {"popitem", method_popitem, 0, 0, 0,
     "popitem($self, /)\n--\n\nRemoves the item added last and gives it as (key, value)."},
    {"keys", method_keys, 0, 0, 0, "keys()\n\nA set-like view of the keys."},
    {"items", method_items, 0, 0, 0, "items()\n\nA set-like view of the (key, value) pairs."},
    {"values", method_values, 0, 0, 0, "values()\n\nA view of the values."},
    {"update", method_update, 0, -1, METHOD_KEYWORDS,
     "update([other], **items)\n\nSets the items of a mapping or of an iterable of pairs, then "
     "those "
     "given by keyword."},
    {"fromkeys", method_fromkeys, 1, 2, METHOD_CLASS,
     "fromkeys($type, iterable, value=None, /)\n--\n\nA new dict with keys from iterable."},
    {"clear", method_clear, 0, 0, 0, "clear()\n\nRemoves all items."},
    {"copy", method_copy, 0, 0, 0, "copy()\n\nA shallow copy."},
    {"__reversed__", method_reversed, 0, 0, 0,
     "__reversed__($self, /)\n--\n\nAn iterator over the keys, the last one first."},
    {"__class_getitem__", generic_alias_class_getitem, 1, 1, METHOD_CLASS, "See PEP 585."},
    {0},
};

Type dict_type = {
    .head = {.base = {1, &type_type.root},
             .name = "dict",
             .flags = TYPE_GC | TYPE_BASE | TYPE_DICT | TYPE_MAPPING,
             .traverse = dict_traverse,
             .clear = clear,
             .dealloc = dealloc},
    .root = {.type = &dict_type.head},
    .doc = "dict(), dict(mapping), dict(iterable of pairs), dict(name=value, ...)\n\n"
           "A mapping that keeps its items in the order in which their keys came.",
    .basic_size = sizeof(DictObj),
    .repr = repr,
    .hash = object_hash_unhashable,
    .compare = compare,
    .iter = iter,
    .new = new,
    .init = init,
    .bit_or = merge_operator,
    .inplace_or = merge_inplace,
    .length = length,
    .get_item = get_item,
    .set_item = set_item,
    .contains = dict_contains,
    .methods = methods,
};
