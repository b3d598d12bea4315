/*
 * set and frozenset: an open-addressing hash table of {hash, key}.
 *
 * The table is probed in short linear stretches, then jumps by CPython's recurrence, and grows at
 * the same fill, so that small ints come out in CPython's order.  A place never used has key NULL
 * and hash 0, a deleted one key NULL and hash -1 (no hash is -1).  A set that never held more than
 * a few keys keeps them in the object itself.
 *
 * A search may run user code (__eq__): afterwards the table is read again and the search starts
 * anew if it moved.  A frozenset changes only while nobody but its maker has seen it; its hash is
 * then kept.
 */

#include "runtime/types/set.h"

#include <stddef.h>
#include <string.h>

#include "gc/mem.h"
#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/types/dict.h"
#include "runtime/types/equality.h"
#include "runtime/types/generic_alias.h"
#include "runtime/types/int.h"
#include "runtime/types/iterator_reduce.h"
#include "runtime/types/list.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"
#include "runtime/types/weakref.h"

enum { SMALL_TABLE = 8, LINEAR_PROBES = 9, PERTURB_SHIFT = 5, MANY_KEYS = 50000 };
enum { HASH_UNUSED = 0, HASH_DELETED = -1 }; /* of a place whose key is NULL */

typedef struct SetEntry {
    int64_t hash;
    Obj *key; /* owned; NULL: see above */
} SetEntry;

typedef struct SetObj {
    Obj base;
    int64_t used;    /* keys */
    int64_t fill;    /* places in use, deleted ones included */
    int64_t mask;    /* places less one; a power of two less one */
    SetEntry *table; /* `small`, or a block of mask + 1 entries */
    int64_t hash;    /* of a frozenset; -1: not computed */
    int64_t finger;  /* where pop() looks next */
    Obj *weak_list;
    SetEntry small[SMALL_TABLE];
} SetObj;

typedef struct SetIterObj {
    Obj base;
    SetObj *set;       /* owned; NULL when exhausted */
    int64_t used;      /* keys of the set when iteration began; -1 after a change was reported */
    int64_t position;  /* next place to look at */
    int64_t remaining; /* for __length_hint__ */
} SetIterObj;

#define set_cast(o) ((SetObj *)(o))

/* ---- the table */

static size_t table_bytes(int64_t mask)
{
    return (size_t)(mask + 1) * sizeof(SetEntry);
}

static void free_table(SetEntry *table, int64_t mask, const SetObj *s)
{
    if (table != s->small)
        pool_free(table, table_bytes(mask));
}

static inline int64_t key_hash(ObjRef key)
{
    if (str_check_exact(key))
        return str_hash(key);
    if (int_is_small(key))
        return int_hash_int64(int_small_value(key));
    return obj_hash(key);
}

/* 1 and *out: the key's place; 0 and *out: where it belongs, the last deleted place met or else an
 * unused one; -1 with an exception. */
static int search(SetObj *s, ObjRef key, int64_t hash, SetEntry **out)
{
restart:;
    uint64_t mask = (uint64_t)s->mask, perturb = (uint64_t)hash, place = perturb & mask;
    SetEntry *deleted = NULL;
    for (;;) {
        SetEntry *e = &s->table[place];
        int stretch = place + LINEAR_PROBES <= mask ? LINEAR_PROBES : 0;
        for (; stretch >= 0; stretch--, e++) {
            if (e->key == NULL) {
                if (e->hash == HASH_UNUSED) {
                    *out = deleted != NULL ? deleted : e;
                    return 0;
                }
                deleted = e;
                continue;
            }
            if (e->hash != hash)
                continue;
            bool equal = e->key == key;
            if (!equal && !equality_known(e->key, key, &equal)) {
                SetEntry *table = s->table;
                Obj *candidate = obj_incref(e->key);
                int answer = obj_equal(candidate, key);
                bool moved = s->table != table || (uint64_t)s->mask != mask || e->key != candidate;
                obj_decref(candidate);
                if (answer < 0)
                    return -1;
                if (moved)
                    goto restart;
                equal = answer > 0;
            }
            if (equal) {
                *out = e;
                return 1;
            }
        }
        perturb >>= PERTURB_SHIFT;
        place = (place * 5 + 1 + perturb) & mask;
    }
}

/* Puts a key that is absent into a table without deleted places. */
static void insert_clean(SetEntry *table, int64_t table_mask, Obj *key, int64_t hash)
{
    uint64_t mask = (uint64_t)table_mask, perturb = (uint64_t)hash, place = perturb & mask;
    for (;;) {
        SetEntry *e = &table[place];
        int stretch = place + LINEAR_PROBES <= mask ? LINEAR_PROBES : 0;
        for (; stretch >= 0; stretch--, e++) {
            if (e->key == NULL) {
                e->key = key;
                e->hash = hash;
                return;
            }
        }
        perturb >>= PERTURB_SHIFT;
        place = (place * 5 + 1 + perturb) & mask;
    }
}

/* A table with more than `minimum` places, without deleted ones: 0/-1. */
static int resize(SetObj *s, int64_t minimum)
{
    if (minimum > INT64_MAX / 64) {
        err_no_memory();
        return -1;
    }
    int64_t places = SMALL_TABLE;
    while (places <= minimum)
        places <<= 1;
    SetEntry *old = s->table, copy[SMALL_TABLE];
    int64_t old_mask = s->mask;
    SetEntry *table = s->small;
    if (places > SMALL_TABLE) {
        table = pool_alloc(table_bytes(places - 1));
        if (table == NULL) {
            err_no_memory();
            return -1;
        }
    } else if (old == s->small) {
        if (s->fill == s->used)
            return 0;
        memcpy(copy, old, sizeof(copy));
        old = copy;
    }
    memset(table, 0, table_bytes(places - 1));
    for (int64_t i = 0; i <= old_mask; i++) {
        if (old[i].key != NULL)
            insert_clean(table, places - 1, old[i].key, old[i].hash);
    }
    s->table = table;
    s->mask = places - 1;
    s->fill = s->used;
    if (old != copy)
        free_table(old, old_mask, s);
    return 0;
}

static int64_t room_wanted(const SetObj *s)
{
    return s->used > MANY_KEYS ? s->used * 2 : s->used * 4;
}

/* Adds a key whose hash is known: 0/-1. */
static int add_hash(SetObj *s, ObjRef key, int64_t hash)
{
    SetEntry *e;
    Obj *owned = obj_incref(key); /* the search may drop what the caller borrowed from */
    int found = search(s, key, hash, &e);
    if (found != 0) {
        obj_decref(owned);
        return found < 0 ? -1 : 0;
    }
    bool reused = e->hash == HASH_DELETED;
    e->key = owned;
    e->hash = hash;
    s->used++;
    if (reused)
        return 0;
    s->fill++;
    if (s->fill * 5 < s->mask * 3)
        return 0;
    return resize(s, room_wanted(s));
}

/* Removes a key whose hash is known: 1 removed, 0 absent, -1. */
static int discard_hash(SetObj *s, ObjRef key, int64_t hash)
{
    SetEntry *e;
    int found = search(s, key, hash, &e);
    if (found <= 0)
        return found;
    Obj *old = e->key;
    e->key = NULL;
    e->hash = HASH_DELETED;
    s->used--;
    obj_decref(old);
    return 1;
}

static int contains_hash(SetObj *s, ObjRef key, int64_t hash)
{
    SetEntry *e;
    return search(s, key, hash, &e);
}

static void clear_all(SetObj *s)
{
    SetEntry copy[SMALL_TABLE], *old = s->table;
    int64_t mask = s->mask;
    if (s->fill == 0 && old == s->small)
        return;
    if (old == s->small) {
        memcpy(copy, old, sizeof(copy));
        old = copy;
    }
    memset(s->small, 0, sizeof(s->small));
    s->table = s->small;
    s->mask = SMALL_TABLE - 1;
    s->used = s->fill = 0;
    s->hash = -1;
    for (int64_t i = 0; i <= mask; i++)
        obj_xdecref(old[i].key);
    if (old != copy)
        free_table(old, mask, s);
}

/* ---- lifecycle */

static SetObj *init_empty(SetObj *s)
{
    if (s == NULL)
        return NULL;
    memset((char *)s + sizeof(Obj), 0, sizeof(SetObj) - sizeof(Obj));
    s->mask = SMALL_TABLE - 1;
    s->table = s->small;
    s->hash = -1;
    return s;
}

/* An empty set of an exact type or a subclass, tracked. */
static Obj *new_of(Type *type)
{
    bool exact = type == &set_type || type == &frozenset_type;
    SetObj *s = init_empty(
        (SetObj *)(exact ? obj_new_gc(type, sizeof(SetObj)) : obj_alloc(type, sizeof(SetObj))));
    if (s == NULL)
        return NULL;
    obj_track_if_gc(&s->base);
    return &s->base;
}

/* A set of the given type with the items of an iterable (NULL: none). */
static Obj *make(Type *type, ObjRef iterable)
{
    Obj *s = new_of(type);
    if (s != NULL && iterable != NULL && set_update(s, iterable) < 0)
        obj_clear(&s);
    return s;
}

Obj *set_new(ObjRef iterable_or_null)
{
    return make(&set_type, iterable_or_null);
}

Obj *frozenset_new(ObjRef iterable_or_null)
{
    if (iterable_or_null != NULL && obj_type(iterable_or_null) == &frozenset_type)
        return obj_incref(iterable_or_null);
    return make(&frozenset_type, iterable_or_null);
}

/* The builtin type of which `o` is: what operators give for instances of subclasses. */
static Type *builtin_type_of(ObjRef o)
{
    return obj_is(o, &frozenset_type) ? &frozenset_type : &set_type;
}

static Obj *copy_of(ObjRef o)
{
    return make(builtin_type_of(o), o);
}

static Obj *new_set(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    return new_of(type);
}

static int init_set(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    if (args_no_keywords("set", kwnames) < 0)
        return -1;
    if (args_check_count("set", nargs, 0, 1) < 0)
        return -1;
    clear_all(set_cast(self));
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
    return type == &frozenset_type ? frozenset_new(iterable) : make(type, iterable);
}

static int traverse(ObjRef self, VisitFn visit, void *context)
{
    const SetObj *s = (const SetObj *)self;
    for (int64_t i = 0; i <= s->mask; i++)
        GC_VISIT(s->table[i].key);
    return 0;
}

static int clear(ObjRef self)
{
    clear_all(set_cast(self));
    return 0;
}

static void dealloc(Obj *self)
{
    SetObj *s = set_cast(self);
    gc_untrack(self);
    if (s->weak_list != NULL)
        weakref_clear_all(self, &s->weak_list);
    for (int64_t i = 0, left = s->used; left > 0 && i <= s->mask; i++) {
        if (s->table[i].key != NULL) {
            left--;
            obj_decref(s->table[i].key);
        }
    }
    free_table(s->table, s->mask, s);
    obj_free(self, sizeof(SetObj));
}

static Obj **weak_list(ObjRef self)
{
    return &set_cast(self)->weak_list;
}

/* ---- operations for C */

int64_t set_length(ObjRef set)
{
    return set_cast(set)->used;
}

int set_next(ObjRef set, int64_t *position, ObjRef *key)
{
    const SetObj *s = (const SetObj *)set;
    for (int64_t i = *position; i <= s->mask; i++) {
        if (s->table[i].key != NULL) {
            *position = i + 1;
            *key = s->table[i].key;
            return 1;
        }
    }
    *position = s->mask + 1;
    return 0;
}

int set_next_owned(ObjRef set, int64_t *position, Obj **key, int64_t *hash)
{
    ObjRef found;
    if (!set_next(set, position, &found))
        return 0;
    *key = obj_incref(found);
    *hash = set_cast(set)->table[*position - 1].hash;
    return 1;
}

int set_add(ObjRef set, ObjRef key)
{
    int64_t hash = key_hash(key);
    return hash == -1 ? -1 : add_hash(set_cast(set), key, hash);
}

int set_contains(ObjRef set, ObjRef key)
{
    int64_t hash = key_hash(key);
    return hash == -1 ? -1 : contains_hash(set_cast(set), key, hash);
}

int set_discard(ObjRef set, ObjRef key)
{
    int64_t hash = key_hash(key);
    return hash == -1 ? -1 : discard_hash(set_cast(set), key, hash);
}

/* Adds all keys of another set. */
static int merge(SetObj *s, SetObj *other)
{
    if (s == other || other->used == 0)
        return 0;
    if ((s->fill + other->used) * 5 >= s->mask * 3 && resize(s, (s->used + other->used) * 2) < 0)
        return -1;
    if (s->fill == 0) { /* nothing to compare with */
        if (s->mask == other->mask && other->fill == other->used) {
            memcpy(s->table, other->table, table_bytes(s->mask));
        } else {
            for (int64_t i = 0; i <= other->mask; i++) {
                if (other->table[i].key != NULL)
                    insert_clean(s->table, s->mask, other->table[i].key, other->table[i].hash);
            }
        }
        for (int64_t i = 0; i <= other->mask; i++)
            obj_xincref(other->table[i].key);
        s->fill = s->used = other->used;
        return 0;
    }
    int64_t position = 0, hash;
    Obj *key;
    while (set_next_owned(&other->base, &position, &key, &hash)) {
        int failed = add_hash(s, key, hash);
        obj_decref(key);
        if (failed < 0)
            return -1;
    }
    return 0;
}

/* Adds the keys of a dict. */
static int merge_dict(SetObj *s, ObjRef dict)
{
    int64_t count = dict_length(dict);
    if ((s->fill + count) * 5 >= s->mask * 3 && resize(s, (s->used + count) * 2) < 0)
        return -1;
    const DictObj *d = (const DictObj *)dict;
    for (int64_t i = 0; i < d->entry_count; i++) {
        if (d->entries[i].value == NULL)
            continue;
        Obj *key = obj_incref(d->entries[i].key);
        int failed = add_hash(s, key, d->entries[i].hash);
        obj_decref(key);
        if (failed < 0)
            return -1;
    }
    return 0;
}

/* Calls step(s, item) for the items of any iterable. */
static int for_each(SetObj *s, ObjRef iterable, int (*step)(ObjRef s, ObjRef item))
{
    Obj *iterator = obj_iter(iterable);
    if (iterator == NULL)
        return -1;
    Obj *item;
    int more;
    while ((more = obj_next(iterator, &item)) > 0) {
        int failed = step(&s->base, item);
        obj_decref(item);
        if (failed < 0) {
            more = -1;
            break;
        }
    }
    obj_decref(iterator);
    return more;
}

int set_update(ObjRef set, ObjRef iterable)
{
    SetObj *s = set_cast(set);
    if (set_check(iterable))
        return merge(s, set_cast(iterable));
    if (dict_check_exact(iterable))
        return merge_dict(s, iterable);
    return for_each(s, iterable, set_add);
}

/* ---- set algebra */

/* Takes over the contents of `other`, a fresh set, leaving it the old ones. */
static void swap_contents(SetObj *a, SetObj *b)
{
    SetObj copy = *a;
    bool a_small = a->table == a->small, b_small = b->table == b->small;
    a->used = b->used;
    a->fill = b->fill;
    a->mask = b->mask;
    a->table = b_small ? a->small : b->table;
    memcpy(a->small, b->small, sizeof(a->small));
    b->used = copy.used;
    b->fill = copy.fill;
    b->mask = copy.mask;
    b->table = a_small ? b->small : copy.table;
    memcpy(b->small, copy.small, sizeof(b->small));
    a->hash = b->hash = -1;
}

/* Adds item to the result set when the other has it (for an intersection with any iterable). */
static int intersect_step(SetObj *source, ObjRef result, ObjRef item, int64_t hash)
{
    int found = contains_hash(source, item, hash);
    return found <= 0 ? found : add_hash(set_cast(result), item, hash);
}

static Obj *intersection(ObjRef self, ObjRef other)
{
    if (self == other)
        return copy_of(self);
    Obj *result = new_of(builtin_type_of(self));
    if (result == NULL)
        return NULL;
    Obj *key;
    int64_t hash;
    if (set_check(other)) {
        ObjRef walked = other, asked = self;
        if (set_length(other) > set_length(self)) {
            walked = self;
            asked = other;
        }
        int64_t position = 0;
        while (set_next_owned(walked, &position, &key, &hash)) {
            int failed = intersect_step(set_cast(asked), result, key, hash);
            obj_decref(key);
            if (failed < 0)
                goto fail;
        }
        return result;
    }
    Obj *iterator = obj_iter(other);
    if (iterator == NULL)
        goto fail;
    int more;
    while ((more = obj_next(iterator, &key)) > 0) {
        hash = key_hash(key);
        int failed = hash == -1 ? -1 : intersect_step(set_cast(self), result, key, hash);
        obj_decref(key);
        if (failed < 0) {
            more = -1;
            break;
        }
    }
    obj_decref(iterator);
    if (more == 0)
        return result;
fail:
    obj_decref(result);
    return NULL;
}

static int difference_update(ObjRef self, ObjRef other)
{
    SetObj *s = set_cast(self);
    if (self == other) {
        clear_all(s);
        return 0;
    }
    if (set_check(other)) {
        /* Of a much larger set only the common keys matter. */
        Obj *common = NULL;
        if (set_length(other) >> 3 > s->used) {
            common = intersection(self, other);
            if (common == NULL)
                return -1;
            other = common;
        }
        int64_t position = 0, hash;
        Obj *key;
        while (set_next_owned(other, &position, &key, &hash)) {
            int failed = discard_hash(s, key, hash);
            obj_decref(key);
            if (failed < 0) {
                obj_xdecref(common);
                return -1;
            }
        }
        obj_xdecref(common);
    } else if (for_each(s, other, set_discard) < 0) {
        return -1;
    }
    /* More than a quarter deleted places: clean up. */
    return s->fill - s->used <= s->mask / 4 ? 0 : resize(s, room_wanted(s));
}

static Obj *difference(ObjRef self, ObjRef other)
{
    bool is_dict = dict_check_exact(other);
    if (!is_dict && (!set_check(other) || set_length(self) >> 2 > set_length(other))) {
        Obj *result = copy_of(self);
        if (result != NULL && difference_update(result, other) < 0)
            obj_clear(&result);
        return result;
    }
    if (is_dict && set_length(self) >> 2 > dict_length(other)) {
        Obj *result = copy_of(self);
        if (result != NULL && difference_update(result, other) < 0)
            obj_clear(&result);
        return result;
    }
    Obj *result = new_of(builtin_type_of(self));
    if (result == NULL)
        return NULL;
    int64_t position = 0, hash;
    Obj *key;
    while (set_next_owned(self, &position, &key, &hash)) {
        int found;
        if (is_dict) {
            found = dict_peek_hash(other, key, hash) != NULL;
            if (!found && err_occurred() != NULL)
                found = -1;
        } else {
            found = contains_hash(set_cast(other), key, hash);
        }
        if (found == 0)
            found = add_hash(set_cast(result), key, hash);
        obj_decref(key);
        if (found < 0) {
            obj_decref(result);
            return NULL;
        }
    }
    return result;
}

/* Removes a key that is present, adds one that is not. */
static int toggle(SetObj *s, ObjRef key, int64_t hash)
{
    int removed = discard_hash(s, key, hash);
    return removed != 0 ? (removed < 0 ? -1 : 0) : add_hash(s, key, hash);
}

static int symmetric_difference_update(ObjRef self, ObjRef other)
{
    SetObj *s = set_cast(self);
    if (self == other) {
        clear_all(s);
        return 0;
    }
    Obj *others = set_check(other) ? obj_incref(other) : make(builtin_type_of(self), other);
    if (others == NULL)
        return -1;
    int64_t position = 0, hash;
    Obj *key;
    int failed = 0;
    while (failed == 0 && set_next_owned(others, &position, &key, &hash)) {
        failed = toggle(s, key, hash);
        obj_decref(key);
    }
    obj_decref(others);
    return failed;
}

static Obj *symmetric_difference(ObjRef self, ObjRef other)
{
    Obj *result = make(builtin_type_of(self), other);
    if (result != NULL && symmetric_difference_update(result, self) < 0)
        obj_clear(&result);
    return result;
}

/* Whether every key of a is in b, both sets. */
static int is_subset(ObjRef a, ObjRef b)
{
    if (set_length(a) > set_length(b))
        return 0;
    int64_t position = 0, hash;
    Obj *key;
    while (set_next_owned(a, &position, &key, &hash)) {
        int found = contains_hash(set_cast(b), key, hash);
        obj_decref(key);
        if (found <= 0)
            return found;
    }
    return 1;
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
            answer = is_subset(self, other);
        if (op == CMP_NE && answer >= 0)
            answer = !answer;
        break;
    case CMP_LT:
        answer = a->used < b->used ? is_subset(self, other) : 0;
        break;
    case CMP_LE:
        answer = is_subset(self, other);
        break;
    case CMP_GT:
        answer = a->used > b->used ? is_subset(other, self) : 0;
        break;
    case CMP_GE:
        answer = is_subset(other, self);
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
    Obj *frozen = make(&frozenset_type, key);
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
    return intersection(left, right);
}

static Obj *or_operator(ObjRef left, ObjRef right)
{
    if (!set_check(left) || !set_check(right))
        return not_implemented_new();
    Obj *result = copy_of(left);
    if (result != NULL && left != right && set_update(result, right) < 0)
        obj_clear(&result);
    return result;
}

static Obj *subtract_operator(ObjRef left, ObjRef right)
{
    if (!set_check(left) || !set_check(right))
        return not_implemented_new();
    return difference(left, right);
}

static Obj *xor_operator(ObjRef left, ObjRef right)
{
    if (!set_check(left) || !set_check(right))
        return not_implemented_new();
    return symmetric_difference(left, right);
}

static int intersection_update(ObjRef self, ObjRef other)
{
    Obj *common = intersection(self, other);
    if (common == NULL)
        return -1;
    swap_contents(set_cast(self), set_cast(common));
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
    return inplace(self, other, difference_update);
}

static Obj *inplace_xor(ObjRef self, ObjRef other)
{
    return inplace(self, other, symmetric_difference_update);
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
    s->table[place].hash = HASH_DELETED;
    s->used--;
    s->finger = place + 1;
    return key;
}

static Obj *method_clear(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    clear_all(set_cast(self));
    return none_new();
}

static Obj *method_copy(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    return obj_type(self) == &frozenset_type ? obj_incref(self) : copy_of(self);
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
    return update_each(self, args, nargs, difference_update);
}

static Obj *method_symmetric_difference_update(ObjRef self, const ObjRef *args, int64_t nargs,
                                               ObjRef kwnames)
{
    (void)kwnames;
    return update_each(self, args, nargs, symmetric_difference_update);
}

static Obj *method_union(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)kwnames;
    Obj *result = copy_of(self);
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
        return copy_of(self);
    Obj *result = obj_incref(self);
    for (int64_t i = 0; result != NULL && i < nargs; i++)
        obj_replace(&result, intersection(result, args[i]));
    return result;
}

static Obj *method_intersection_update(ObjRef self, const ObjRef *args, int64_t nargs,
                                       ObjRef kwnames)
{
    Obj *common = method_intersection(self, args, nargs, kwnames);
    if (common == NULL)
        return NULL;
    swap_contents(set_cast(self), set_cast(common));
    obj_decref(common);
    return none_new();
}

static Obj *method_difference(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)kwnames;
    if (nargs == 0)
        return copy_of(self);
    Obj *result = difference(self, args[0]);
    for (int64_t i = 1; result != NULL && i < nargs; i++) {
        if (difference_update(result, args[i]) < 0)
            obj_clear(&result);
    }
    return result;
}

static Obj *method_symmetric_difference(ObjRef self, const ObjRef *args, int64_t nargs,
                                        ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    return symmetric_difference(self, args[0]);
}

/* The argument as a set, for questions that need one. */
static Obj *as_set(ObjRef o)
{
    return set_check(o) ? obj_incref(o) : make(&set_type, o);
}

static Obj *method_issubset(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    Obj *other = as_set(args[0]);
    if (other == NULL)
        return NULL;
    int answer = is_subset(self, other);
    obj_decref(other);
    return answer < 0 ? NULL : bool_new(answer > 0);
}

static Obj *method_issuperset(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    int answer = 1;
    if (set_check(args[0])) {
        answer = is_subset(args[0], self);
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
            found = contains_hash(set_cast(asked), key, hash);
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
        size += (int64_t)table_bytes(s->mask);
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
    .flags = TYPE_GC | TYPE_BASE | TYPE_SET, .traverse = traverse, .clear = clear,                 \
    .weak_list = weak_list, .dealloc = dealloc

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
