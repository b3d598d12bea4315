/*
 * set and frozenset: the types, with their slots and methods, and the iterator.  The table and the
 * algebra are in set.c.
 *
 * Where a key is an unhashable set, membership asks for the frozenset of its items instead.
 */

#include <stddef.h>

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/types/generic_alias.h"
#include "runtime/types/int.h"
#include "runtime/types/iterator_reduce.h"
#include "runtime/types/list.h"
#include "runtime/types/set_table.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"

typedef struct SetIterObj {
    Obj base;
    SetObj *set;       /* owned; NULL when exhausted */
    int64_t used;      /* keys of the set when iteration began; -1 after a change was reported */
    int64_t position;  /* next place to look at */
    int64_t remaining; /* for __length_hint__ */
} SetIterObj;

/* ---- lifecycle */

static Obj *new_set(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    return set_new_of(type);
}

static int init_set(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    if (args_no_keywords("set", kwnames) < 0)
        return -1;
    if (args_check_count("set", nargs, 0, 1) < 0)
        return -1;
    set_clear_all(set_cast(self));
    return nargs == 0 ? 0 : set_update(self, args[0]);
}

static Obj *new_frozenset(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    if ((type == &frozenset_type || type->init == frozenset_type.init) &&
        args_no_keywords("frozenset", kwnames) < 0)
        return NULL;
    if (args_check_count("frozenset", nargs, 0, 1) < 0)
        return NULL;
    ObjRef iterable = nargs == 0 ? NULL : args[0];
    return type == &frozenset_type ? frozenset_new(iterable) : set_make(type, iterable);
}

static int clear(ObjRef self)
{
    set_clear_all(set_cast(self));
    return 0;
}

static Obj **weak_list(ObjRef self)
{
    return &set_cast(self)->weak_list;
}

/* ---- slots */

static Obj *repr(ObjRef self)
{
    const SetObj *s = (const SetObj *)self;
    const char *name = type_name(obj_type(self));
    int entered = obj_repr_enter(self);
    if (entered != 0)
        return entered < 0 ? NULL : str_format_c("%s(...)", name);
    Obj *result = NULL, *keys = NULL, *listing = NULL, *inner = NULL;
    if (s->used == 0) {
        result = str_format_c("%s()", name);
        goto fail;
    }
    keys = obj_to_list(self);
    if (keys == NULL)
        goto fail;
    listing = obj_repr(keys);
    if (listing == NULL)
        goto fail;
    inner = str_substring(listing, 1, str_length(listing) - 1);
    if (inner == NULL)
        goto fail;
    if (obj_type(self) == &set_type)
        result = str_format_c("{%U}", inner);
    else
        result = str_format_c("%s({%U})", type_name(obj_type(self)), inner);
fail:
    obj_clear(&keys);
    obj_clear(&listing);
    obj_clear(&inner);
    obj_repr_leave(self);
    return result;
}

/* Does not depend on order: spreads each key's hash, then combines by exclusive or. */
static int64_t hash_frozenset(ObjRef self)
{
    SetObj *s = set_cast(self);
    if (s->hash != -1)
        return s->hash;
    uint64_t sum = ((uint64_t)s->used + 1) * 1927868237u;
    for (int64_t i = 0; i <= s->mask; i++) {
        if (s->table[i].key != NULL) {
            uint64_t h = (uint64_t)s->table[i].hash;
            sum ^= ((h ^ 89869747u) ^ (h << 16)) * 3644798167u;
        }
    }
    sum ^= (sum >> 11) ^ (sum >> 25);
    sum = sum * 69069u + 907133923u;
    s->hash = sum == UINT64_MAX ? 590923713 : (int64_t)sum;
    return s->hash;
}

static Obj *compare(ObjRef self, ObjRef other, CompareOp op)
{
    if (!set_check(self) || !set_check(other))
        return not_implemented_new();
    const SetObj *a = (const SetObj *)self, *b = (const SetObj *)other;
    int answer = 0;
    switch (op) {
    case CMP_EQ:
    case CMP_NE:
        if (a->used == b->used && (a->hash == -1 || b->hash == -1 || a->hash == b->hash))
            answer = set_is_subset(self, other);
        if (op == CMP_NE && answer >= 0)
            answer = !answer;
        break;
    case CMP_LT:
        answer = a->used < b->used ? set_is_subset(self, other) : 0;
        break;
    case CMP_LE:
        answer = set_is_subset(self, other);
        break;
    case CMP_GT:
        answer = a->used > b->used ? set_is_subset(other, self) : 0;
        break;
    case CMP_GE:
        answer = set_is_subset(other, self);
        break;
    }
    return answer < 0 ? NULL : bool_new(answer > 0);
}

/* Runs op(self, key); where key is an unhashable set, with a frozenset of its items instead. */
static int with_key(ObjRef self, ObjRef key, int (*op)(ObjRef self, ObjRef key))
{
    int result = op(self, key);
    if (result >= 0 || !set_check(key) || !err_matches(&exc_type_error))
        return result;
    err_clear();
    Obj *frozen = set_make(&frozenset_type, key);
    if (frozen == NULL)
        return -1;
    result = op(self, frozen);
    obj_decref(frozen);
    return result;
}

static int contains(ObjRef self, ObjRef key)
{
    return with_key(self, key, set_contains);
}

static Obj *and_operator(ObjRef left, ObjRef right)
{
    if (!set_check(left) || !set_check(right))
        return not_implemented_new();
    return set_intersection(left, right);
}

static Obj *or_operator(ObjRef left, ObjRef right)
{
    if (!set_check(left) || !set_check(right))
        return not_implemented_new();
    Obj *result = set_copy(left);
    if (result != NULL && left != right && set_update(result, right) < 0)
        obj_clear(&result);
    return result;
}

static Obj *subtract_operator(ObjRef left, ObjRef right)
{
    if (!set_check(left) || !set_check(right))
        return not_implemented_new();
    return set_difference(left, right);
}

static Obj *xor_operator(ObjRef left, ObjRef right)
{
    if (!set_check(left) || !set_check(right))
        return not_implemented_new();
    return set_symmetric_difference(left, right);
}

static int intersection_update(ObjRef self, ObjRef other)
{
    Obj *common = set_intersection(self, other);
    if (common == NULL)
        return -1;
    set_swap(set_cast(self), set_cast(common));
    obj_decref(common);
    return 0;
}

static Obj *inplace(ObjRef self, ObjRef other, int (*op)(ObjRef self, ObjRef other))
{
    if (!set_check(other))
        return not_implemented_new();
    return op(self, other) < 0 ? NULL : obj_incref(self);
}

static Obj *inplace_or(ObjRef self, ObjRef other)
{
    return inplace(self, other, set_update);
}

static Obj *inplace_and(ObjRef self, ObjRef other)
{
    return inplace(self, other, intersection_update);
}

static Obj *inplace_subtract(ObjRef self, ObjRef other)
{
    return inplace(self, other, set_difference_update);
}

static Obj *inplace_xor(ObjRef self, ObjRef other)
{
    return inplace(self, other, set_symmetric_difference_update);
}

/* ---- methods */

static Obj *method_add(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    return set_add(self, args[0]) < 0 ? NULL : none_new();
}

static Obj *method_remove(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    int removed = with_key(self, args[0], set_discard);
    if (removed == 0)
        return err_object(&exc_key_error, args[0]);
    return removed < 0 ? NULL : none_new();
}

static Obj *method_discard(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    return with_key(self, args[0], set_discard) < 0 ? NULL : none_new();
}

static Obj *method_pop(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    SetObj *s = set_cast(self);
    if (s->used == 0)
        return err_string(&exc_key_error, "pop from an empty set");
    int64_t place = s->finger & s->mask;
    while (s->table[place].key == NULL)
        place = (place + 1) & s->mask;
    Obj *key = s->table[place].key;
    s->table[place].key = NULL;
    s->table[place].hash = SET_DELETED;
    s->used--;
    s->finger = place + 1;
    return key;
}

static Obj *method_clear(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    set_clear_all(set_cast(self));
    return none_new();
}

static Obj *method_copy(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    return obj_type(self) == &frozenset_type ? obj_incref(self) : set_copy(self);
}

static Obj *method_contains(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    int found = contains(self, args[0]);
    return found < 0 ? NULL : bool_new(found > 0);
}

/* Applies an updating operation with each argument in turn. */
static Obj *update_each(ObjRef self, const ObjRef *args, int64_t nargs,
                        int (*op)(ObjRef self, ObjRef other))
{
    for (int64_t i = 0; i < nargs; i++) {
        if (op(self, args[i]) < 0)
            return NULL;
    }
    return none_new();
}

static Obj *method_update(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)kwnames;
    return update_each(self, args, nargs, set_update);
}

static Obj *method_difference_update(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)kwnames;
    return update_each(self, args, nargs, set_difference_update);
}

static Obj *method_symmetric_difference_update(ObjRef self, const ObjRef *args, int64_t nargs,
                                               ObjRef kwnames)
{
    (void)kwnames;
    return update_each(self, args, nargs, set_symmetric_difference_update);
}

static Obj *method_union(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)kwnames;
    Obj *result = set_copy(self);
    for (int64_t i = 0; result != NULL && i < nargs; i++) {
        if (args[i] != self && set_update(result, args[i]) < 0)
            obj_clear(&result);
    }
    return result;
}

static Obj *method_intersection(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)kwnames;
    if (nargs == 0)
        return set_copy(self);
    Obj *result = obj_incref(self);
    for (int64_t i = 0; result != NULL && i < nargs; i++)
        obj_replace(&result, set_intersection(result, args[i]));
    return result;
}

static Obj *method_intersection_update(ObjRef self, const ObjRef *args, int64_t nargs,
                                       ObjRef kwnames)
{
    Obj *common = method_intersection(self, args, nargs, kwnames);
    if (common == NULL)
        return NULL;
    set_swap(set_cast(self), set_cast(common));
    obj_decref(common);
    return none_new();
}

static Obj *method_difference(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)kwnames;
    if (nargs == 0)
        return set_copy(self);
    Obj *result = set_difference(self, args[0]);
    for (int64_t i = 1; result != NULL && i < nargs; i++) {
        if (set_difference_update(result, args[i]) < 0)
            obj_clear(&result);
    }
    return result;
}

static Obj *method_symmetric_difference(ObjRef self, const ObjRef *args, int64_t nargs,
                                        ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    return set_symmetric_difference(self, args[0]);
}

/* The argument as a set, for questions that need one. */
static Obj *as_set(ObjRef o)
{
    return set_check(o) ? obj_incref(o) : set_make(&set_type, o);
}

static Obj *method_issubset(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    Obj *other = as_set(args[0]);
    if (other == NULL)
        return NULL;
    int answer = set_is_subset(self, other);
    obj_decref(other);
    return answer < 0 ? NULL : bool_new(answer > 0);
}

static Obj *method_issuperset(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    int answer = 1;
    if (set_check(args[0])) {
        answer = set_is_subset(args[0], self);
    } else {
        Obj *iterator = obj_iter(args[0]);
        if (iterator == NULL)
            return NULL;
        Obj *item;
        int more;
        while (answer > 0 && (more = obj_next(iterator, &item)) != 0) {
            if (more < 0) {
                answer = -1;
                break;
            }
            answer = set_contains(self, item);
            obj_decref(item);
        }
        obj_decref(iterator);
    }
    return answer < 0 ? NULL : bool_new(answer > 0);
}

static Obj *method_isdisjoint(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    ObjRef other = args[0];
    int found = 0;
    Obj *key;
    if (other == self)
        return bool_new(set_length(self) == 0);
    if (set_check(other)) {
        ObjRef walked = other, asked = self;
        if (set_length(other) > set_length(self)) {
            walked = self;
            asked = other;
        }
        int64_t position = 0, hash;
        while (found == 0 && set_next_owned(walked, &position, &key, &hash)) {
            found = set_contains_hash(set_cast(asked), key, hash);
            obj_decref(key);
        }
    } else {
        Obj *iterator = obj_iter(other);
        if (iterator == NULL)
            return NULL;
        int more;
        while (found == 0 && (more = obj_next(iterator, &key)) != 0) {
            if (more < 0) {
                found = -1;
                break;
            }
            found = set_contains(self, key);
            obj_decref(key);
        }
        obj_decref(iterator);
    }
    return found < 0 ? NULL : bool_new(found == 0);
}

/* (type, ([items],), state). */
static Obj *method_reduce(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    Obj *result = NULL, *arguments = NULL, *state = NULL;
    Obj *keys = obj_to_list(self);
    if (keys == NULL)
        return NULL;
    arguments = tuple_pack(1, keys);
    if (arguments == NULL)
        goto fail;
    state = obj_call_method(self, names.dunder_getstate, NULL, 0);
    if (state == NULL)
        goto fail;
    result = tuple_pack(3, &obj_type(self)->head.base, arguments, state);
fail:
    obj_clear(&keys);
    obj_clear(&arguments);
    obj_clear(&state);
    return result;
}

static Obj *method_sizeof(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    const SetObj *s = (const SetObj *)self;
    int64_t size = obj_type(self)->basic_size;
    if (s->table != s->small)
        size += (s->mask + 1) * (int64_t)sizeof(SetEntry);
    return int_new(size);
}

/* Rows that both types have. */
#define COMMON_METHODS                                                                             \
    {"__contains__",                                                                               \
     method_contains,                                                                              \
     1,                                                                                            \
     1,                                                                                            \
     METHOD_COEXIST,                                                                               \
     "__contains__($self, key, /)\n--\n\nWhether key is in the set."},                             \
        {"copy", method_copy, 0, 0, 0, "A shallow copy."},                                         \
        {"difference", method_difference, 0, -1, 0, "The keys that no argument has."},             \
        {"intersection", method_intersection, 0, -1, 0, "The keys that all arguments have too."},  \
        {"isdisjoint", method_isdisjoint, 1, 1, 0, "Whether no key is in the iterable."},          \
        {"issubset", method_issubset, 1, 1, 0, "Whether all keys are in the iterable."},           \
        {"issuperset", method_issuperset, 1, 1, 0, "Whether all of the iterable is in the set."},  \
        {"__reduce__", method_reduce, 0, 0, 0, "How to make this set again."},                     \
        {"__sizeof__", method_sizeof, 0, 0, 0, "Bytes that the set takes."},                       \
        {"symmetric_difference",                                                                   \
         method_symmetric_difference,                                                              \
         1,                                                                                        \
         1,                                                                                        \
         0,                                                                                        \
         "The keys that are in exactly one of the two."},                                          \
        {"union", method_union, 0, -1, 0, "The keys of the set and all arguments."},               \
    {                                                                                              \
        "__class_getitem__", generic_alias_class_getitem, 1, 1, METHOD_CLASS, "See PEP 585."       \
    }

static const MethodDef set_methods[] = {
    COMMON_METHODS,
    {"add", method_add, 1, 1, 0, "Adds a key."},
    {"clear", method_clear, 0, 0, 0, "Removes all keys."},
    {"discard", method_discard, 1, 1, 0, "Removes a key if it is there."},
    {"difference_update", method_difference_update, 0, -1, 0,
     "Removes the keys that an argument has."},
    {"intersection_update", method_intersection_update, 0, -1, 0,
     "Keeps the keys that all arguments have."},
    {"pop", method_pop, 0, 0, 0, "Removes some key and gives it."},
    {"remove", method_remove, 1, 1, 0, "Removes a key; KeyError if it is absent."},
    {"symmetric_difference_update", method_symmetric_difference_update, 1, 1, 0,
     "Keeps the keys that are in exactly one of the two."},
    {"update", method_update, 0, -1, 0, "Adds the keys of all arguments."},
    {0},
};

static const MethodDef frozenset_methods[] = {COMMON_METHODS, {0}};

static Obj *iter(ObjRef self)
{
    SetIterObj *it = (SetIterObj *)obj_new_gc(&set_iterator_type, sizeof(SetIterObj));
    if (it == NULL)
        return NULL;
    it->set = set_cast(obj_incref(self));
    it->used = it->remaining = it->set->used;
    it->position = 0;
    gc_track(&it->base);
    return &it->base;
}

#define COMMON_SLOTS                                                                               \
    .basic_size = sizeof(SetObj), .weak_list_offset = offsetof(SetObj, weak_list), .repr = repr,   \
    .compare = compare, .iter = iter, .subtract = subtract_operator, .bit_and = and_operator,      \
    .bit_xor = xor_operator, .bit_or = or_operator, .length = set_length, .contains = contains

#define COMMON_HEAD                                                                                \
    .flags = TYPE_GC | TYPE_BASE | TYPE_SET, .traverse = set_traverse, .clear = clear,             \
    .weak_list = weak_list, .dealloc = set_dealloc

Type set_type = {
    .head = {.base = {1, &type_type.root}, .name = "set", COMMON_HEAD},
    .root = {.type = &set_type.head},
    .doc = "set(iterable=(), /)\n\nAn unordered collection of distinct hashable keys.",
    COMMON_SLOTS,
    .hash = object_hash_unhashable,
    .new = new_set,
    .init = init_set,
    .inplace_subtract = inplace_subtract,
    .inplace_and = inplace_and,
    .inplace_xor = inplace_xor,
    .inplace_or = inplace_or,
    .methods = set_methods,
};

Type frozenset_type = {
    .head = {.base = {1, &type_type.root}, .name = "frozenset", COMMON_HEAD},
    .root = {.type = &frozenset_type.head},
    .doc = "frozenset(iterable=(), /)\n\nAn immutable set, which can itself be a key.",
    COMMON_SLOTS,
    .hash = hash_frozenset,
    .new = new_frozenset,
    .methods = frozenset_methods,
};

/* ---- iterator */

static int iterator_traverse(ObjRef self, VisitFn visit, void *context)
{
    GC_VISIT(((const SetIterObj *)self)->set);
    return 0;
}

static void iterator_dealloc(Obj *self)
{
    gc_untrack(self);
    obj_xdecref((Obj *)((SetIterObj *)self)->set);
    obj_free(self, sizeof(SetIterObj));
}

static int iterator_next(ObjRef self, Obj **out)
{
    SetIterObj *it = (SetIterObj *)self;
    SetObj *s = it->set;
    if (s == NULL)
        return 0;
    if (it->used != s->used) {
        it->used = -1; /* stays so: every further call fails too */
        return err_format_int(&exc_runtime_error, "Set changed size during iteration");
    }
    ObjRef key;
    if (set_next(&s->base, &it->position, &key)) {
        it->remaining--;
        *out = obj_incref(key);
        return 1;
    }
    obj_clear(&it->set);
    return 0;
}

static Obj *iterator_length_hint(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    const SetIterObj *it = (const SetIterObj *)self;
    return int_new(it->set != NULL && it->used == it->set->used ? it->remaining : 0);
}

static Obj *iterator_method_reduce(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    const SetIterObj *it = (const SetIterObj *)self;
    SetIterObj *copy = (SetIterObj *)obj_new_gc(&set_iterator_type, sizeof(SetIterObj));
    if (copy == NULL)
        return NULL;
    copy->set = (SetObj *)obj_xincref((Obj *)it->set);
    copy->used = it->used;
    copy->position = it->position;
    copy->remaining = it->remaining;
    gc_track(&copy->base);
    Obj *rest = obj_to_list(&copy->base);
    obj_decref(&copy->base);
    return iterator_reduce_steal("iter", rest, REDUCE_NO_INDEX);
}

static const MethodDef iterator_methods[] = {
    {"__length_hint__", iterator_length_hint, 0, 0, 0, "Items still to come."},
    {"__reduce__", iterator_method_reduce, 0, 0, 0, "How to make this iterator again."},
    {0},
};

Type set_iterator_type = {
    .head = {.base = {1, &type_type.root},
             .name = "set_iterator",
             .flags = TYPE_GC | TYPE_NO_NEW,
             .traverse = iterator_traverse,
             .dealloc = iterator_dealloc},
    .root = {.type = &set_iterator_type.head},
    .basic_size = sizeof(SetIterObj),
    .iter = object_iter_self,
    .next = iterator_next,
    .methods = iterator_methods,
};
