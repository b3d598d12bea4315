/*
 * The table of set and frozenset: searching, changing, and the algebra of sets.  Slots, methods and
 * the iterator are in set_methods.c.
 *
 * Open addressing over {hash, key}.
 * The table is probed in short linear stretches, then jumps by CPython's recurrence, and grows at
 * the same fill, so that small ints come out in CPython's order.  A place never used has key NULL
 * and hash 0, a deleted one key NULL and hash -1 (no hash is -1).  A set that never held more than
 * a few keys keeps them in the object itself.
 *
 * A search may run user code (__eq__): afterwards the table is read again and the search starts
 * anew if it moved.  A frozenset changes only while nobody but its maker has seen it; its hash is
 * then kept.
 */

#include "runtime/types/set_table.h"

#include <string.h>

#include "gc/mem.h"
#include "runtime/core/err.h"
#include "runtime/types/dict.h"
#include "runtime/types/equality.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"
#include "runtime/types/weakref.h"

enum { LINEAR_PROBES = 9, PERTURB_SHIFT = 5, MANY_KEYS = 50000 };

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
                if (e->hash == SET_UNUSED) {
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
    int64_t places = SET_SMALL_TABLE;
    while (places <= minimum)
        places <<= 1;
    SetEntry *old = s->table, copy[SET_SMALL_TABLE];
    int64_t old_mask = s->mask;
    SetEntry *table = s->small;
    if (places > SET_SMALL_TABLE) {
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
    bool reused = e->hash == SET_DELETED;
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
    e->hash = SET_DELETED;
    s->used--;
    obj_decref(old);
    return 1;
}

int set_contains_hash(SetObj *s, ObjRef key, int64_t hash)
{
    SetEntry *e;
    return search(s, key, hash, &e);
}

void set_clear_all(SetObj *s)
{
    SetEntry copy[SET_SMALL_TABLE], *old = s->table;
    int64_t mask = s->mask;
    if (s->fill == 0 && old == s->small)
        return;
    if (old == s->small) {
        memcpy(copy, old, sizeof(copy));
        old = copy;
    }
    memset(s->small, 0, sizeof(s->small));
    s->table = s->small;
    s->mask = SET_SMALL_TABLE - 1;
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
    s->mask = SET_SMALL_TABLE - 1;
    s->table = s->small;
    s->hash = -1;
    return s;
}

Obj *set_new_of(Type *type)
{
    bool exact = type == &set_type || type == &frozenset_type;
    SetObj *s = init_empty(
        (SetObj *)(exact ? obj_new_gc(type, sizeof(SetObj)) : obj_alloc(type, sizeof(SetObj))));
    if (s == NULL)
        return NULL;
    obj_track_if_gc(&s->base);
    return &s->base;
}

Obj *set_make(Type *type, ObjRef iterable)
{
    Obj *s = set_new_of(type);
    if (s != NULL && iterable != NULL && set_update(s, iterable) < 0)
        obj_clear(&s);
    return s;
}

Obj *set_new(ObjRef iterable_or_null)
{
    return set_make(&set_type, iterable_or_null);
}

Obj *frozenset_new(ObjRef iterable_or_null)
{
    if (iterable_or_null != NULL && obj_type(iterable_or_null) == &frozenset_type)
        return obj_incref(iterable_or_null);
    return set_make(&frozenset_type, iterable_or_null);
}

/* The builtin type of which `o` is: what operators give for instances of subclasses. */
static Type *builtin_type_of(ObjRef o)
{
    return obj_is(o, &frozenset_type) ? &frozenset_type : &set_type;
}

Obj *set_copy(ObjRef o)
{
    return set_make(builtin_type_of(o), o);
}

int set_traverse(ObjRef self, VisitFn visit, void *context)
{
    const SetObj *s = (const SetObj *)self;
    for (int64_t i = 0; i <= s->mask; i++)
        GC_VISIT(s->table[i].key);
    return 0;
}

void set_dealloc(Obj *self)
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
    return hash == -1 ? -1 : set_contains_hash(set_cast(set), key, hash);
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

void set_swap(SetObj *a, SetObj *b)
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
    int found = set_contains_hash(source, item, hash);
    return found <= 0 ? found : add_hash(set_cast(result), item, hash);
}

Obj *set_intersection(ObjRef self, ObjRef other)
{
    if (self == other)
        return set_copy(self);
    Obj *result = set_new_of(builtin_type_of(self));
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

int set_difference_update(ObjRef self, ObjRef other)
{
    SetObj *s = set_cast(self);
    if (self == other) {
        set_clear_all(s);
        return 0;
    }
    if (set_check(other)) {
        /* Of a much larger set only the common keys matter. */
        Obj *common = NULL;
        if (set_length(other) >> 3 > s->used) {
            common = set_intersection(self, other);
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

Obj *set_difference(ObjRef self, ObjRef other)
{
    bool is_dict = dict_check_exact(other);
    if (!is_dict && (!set_check(other) || set_length(self) >> 2 > set_length(other))) {
        Obj *result = set_copy(self);
        if (result != NULL && set_difference_update(result, other) < 0)
            obj_clear(&result);
        return result;
    }
    if (is_dict && set_length(self) >> 2 > dict_length(other)) {
        Obj *result = set_copy(self);
        if (result != NULL && set_difference_update(result, other) < 0)
            obj_clear(&result);
        return result;
    }
    Obj *result = set_new_of(builtin_type_of(self));
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
            found = set_contains_hash(set_cast(other), key, hash);
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

int set_symmetric_difference_update(ObjRef self, ObjRef other)
{
    SetObj *s = set_cast(self);
    if (self == other) {
        set_clear_all(s);
        return 0;
    }
    Obj *others = set_check(other) ? obj_incref(other) : set_make(builtin_type_of(self), other);
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

Obj *set_symmetric_difference(ObjRef self, ObjRef other)
{
    Obj *result = set_make(builtin_type_of(self), other);
    if (result != NULL && set_symmetric_difference_update(result, self) < 0)
        obj_clear(&result);
    return result;
}

int set_is_subset(ObjRef a, ObjRef b)
{
    if (set_length(a) > set_length(b))
        return 0;
    int64_t position = 0, hash;
    Obj *key;
    while (set_next_owned(a, &position, &key, &hash)) {
        int found = set_contains_hash(set_cast(b), key, hash);
        obj_decref(key);
        if (found <= 0)
            return found;
    }
    return 1;
}
