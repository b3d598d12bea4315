/*
 * The table of dict: searching, changing, copying and merging.  Its slots and methods are in
 * dict_methods.c, views and iterators in dict_views.c, cells in dict_cells.c.
 *
 * Compact and insertion-ordered: a table of small indices into an array of entries.
 *
 * Invariants: a dict that never held anything has no block (entries NULL).  The index has exactly
 * entry_count places in use: a deleted entry keeps its place, so probing never needs tombstones,
 * and a new entry always goes where the search for it ended.  Taking entries off the end gives back
 * their places.  Every change of keys or positions moves `version`; cells are told of every change.
 * An exact dict is tracked by the collector from the moment it holds something that can be part of
 * a cycle.
 *
 * A search runs user code (__eq__) only when a key is no exact str or int: afterwards nothing read
 * before is valid, and the search starts again if the table moved.
 */

#include "runtime/types/dict.h"

#include <string.h>

#include "gc/mem.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/types/dict_cells.h"
#include "runtime/types/dict_views.h"
#include "runtime/types/equality.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"

enum { LEAST_LOG2 = 2, FIRST_LOG2 = 3, MAX_LOG2 = 56, PERTURB_SHIFT = 5 };
enum { ABSENT = -1, FAILED = -2 }; /* results of a search */

/* ---- the table */

/* Entries that an index of 2^log2 places serves: two thirds. */
static inline int64_t capacity_of(int log2)
{
    return ((int64_t)1 << log2) * 2 / 3;
}

/* Bytes of one place; all ones (-1 when read signed) stands for empty. */
static inline int width_of(int log2)
{
    return log2 <= 7 ? 1 : log2 <= 15 ? 2 : log2 <= 31 ? 4 : 8;
}

static inline size_t block_size(int64_t capacity, int log2)
{
    return (size_t)capacity * sizeof(DictEntry) + ((size_t)width_of(log2) << log2);
}

static inline int64_t index_get(const DictObj *d, uint64_t place)
{
    const void *index = d->entries + d->entry_capacity;
    switch (d->index_width) {
    case 1:
        return ((const int8_t *)index)[place];
    case 2:
        return ((const int16_t *)index)[place];
    case 4:
        return ((const int32_t *)index)[place];
    default:
        return ((const int64_t *)index)[place];
    }
}

static inline void index_put(DictObj *d, uint64_t place, int64_t entry)
{
    void *index = d->entries + d->entry_capacity;
    switch (d->index_width) {
    case 1:
        ((int8_t *)index)[place] = (int8_t)entry;
        break;
    case 2:
        ((int16_t *)index)[place] = (int16_t)entry;
        break;
    case 4:
        ((int32_t *)index)[place] = (int32_t)entry;
        break;
    default:
        ((int64_t *)index)[place] = entry;
        break;
    }
}

/* The order in which places are tried: CPython's recurrence, which uses all bits of the hash. */
typedef struct Probe {
    uint64_t place, perturb, mask;
} Probe;

static inline Probe probe_start(const DictObj *d, int64_t hash)
{
    uint64_t mask = ((uint64_t)1 << d->index_log2) - 1;
    return (Probe){(uint64_t)hash & mask, (uint64_t)hash, mask};
}

static inline void probe_next(Probe *p)
{
    p->perturb >>= PERTURB_SHIFT;
    p->place = (p->place * 5 + p->perturb + 1) & p->mask;
}

/* The first empty place for a hash. */
static inline uint64_t find_empty(const DictObj *d, int64_t hash)
{
    Probe p = probe_start(d, hash);
    while (index_get(d, p.place) >= 0)
        probe_next(&p);
    return p.place;
}

/* Gives the dict a block of 2^log2 places and moves the live entries there, in order. */
static int rebuild(DictObj *d, int log2)
{
    if (log2 > MAX_LOG2) {
        err_no_memory();
        return -1;
    }
    int64_t capacity = capacity_of(log2);
    DictEntry *entries = pool_alloc(block_size(capacity, log2));
    if (entries == NULL) {
        err_no_memory();
        return -1;
    }
    memset(entries + capacity, 0xFF, (size_t)width_of(log2) << log2);

    DictEntry *old = d->entries;
    int64_t old_count = d->entry_count;
    size_t old_size = old == NULL ? 0 : block_size(d->entry_capacity, d->index_log2);
    bool compact = d->used == old_count;
    int64_t count = 0;
    for (int64_t i = 0; i < old_count; i++) {
        if (old[i].value != NULL)
            entries[count++] = old[i];
    }
    d->entries = entries;
    d->entry_capacity = capacity;
    d->entry_count = count;
    d->index_log2 = (uint8_t)log2;
    d->index_width = (uint8_t)width_of(log2);
    for (int64_t i = 0; i < count; i++)
        index_put(d, find_empty(d, entries[i].hash), i);
    d->flags |= DICT_MOVED;
    d->version++;
    if (old != NULL)
        pool_free(old, old_size);
    if (!compact && (d->flags & DICT_HAS_CELLS))
        dict_cells_refresh(d);
    return 0;
}

/* The smallest table that takes `items` entries. */
static int log2_for(int64_t items)
{
    int log2 = LEAST_LOG2;
    while (log2 < MAX_LOG2 && capacity_of(log2) < items)
        log2++;
    return log2;
}

/* Room for one entry more: room for three halves of what is live (CPython's growth). */
static int grow(DictObj *d)
{
    int log2 = FIRST_LOG2;
    while (log2 <= MAX_LOG2 && ((int64_t)1 << log2) < d->used * 3)
        log2++;
    return rebuild(d, log2);
}

/* ---- searching */

static inline int64_t key_hash(ObjRef key)
{
    if (str_check_exact(key)) {
        int64_t hash = str_cast(key)->hash;
        return hash != -1 ? hash : str_hash(key);
    }
    if (int_is_small(key))
        return int_hash_int64(int_small_value(key));
    return obj_hash(key);
}

/* Searches an exact str among keys that are all exact strs: position or ABSENT.  *place: where the
 * search ended. */
static inline int64_t search_str(const DictObj *d, ObjRef key, int64_t hash, uint64_t *place)
{
    if (d->entries == NULL)
        return ABSENT;
    Probe p = probe_start(d, hash);
    int64_t at;
    while ((at = index_get(d, p.place)) >= 0) {
        const DictEntry *e = &d->entries[at];
        if (e->key == key || (e->hash == hash && e->key != NULL && equality_of_text(e->key, key)))
            break;
        probe_next(&p);
    }
    *place = p.place;
    return at;
}

/* Searches any key: position, ABSENT, or FAILED with an exception.  May run user code; `d` is kept
 * alive by the caller. */
static int64_t search_any(DictObj *d, ObjRef key, int64_t hash, uint64_t *place)
{
restart:
    if (d->entries == NULL)
        return ABSENT;
    Probe p = probe_start(d, hash);
    for (;;) {
        int64_t at = index_get(d, p.place);
        if (at < 0) {
            *place = p.place;
            return ABSENT;
        }
        DictEntry *e = &d->entries[at];
        if (e->key == key)
            return at;
        if (e->hash == hash && e->key != NULL) {
            bool equal;
            if (!equality_known(e->key, key, &equal)) {
                DictEntry *entries = d->entries;
                int64_t capacity = d->entry_capacity;
                Obj *candidate = obj_incref(e->key);
                int answer = obj_equal(candidate, key);
                bool moved = d->entries != entries || d->entry_capacity != capacity ||
                             at >= d->entry_count || entries[at].key != candidate;
                obj_decref(candidate);
                if (answer < 0)
                    return FAILED;
                if (moved)
                    goto restart;
                equal = answer > 0;
            }
            if (equal)
                return at;
        }
        probe_next(&p);
    }
}

static inline int64_t search(DictObj *d, ObjRef key, int64_t hash, uint64_t *place)
{
    if ((d->flags & DICT_STR_KEYS) && str_check_exact(key))
        return search_str(d, key, hash, place);
    return search_any(d, key, hash, place);
}

int64_t dict_find_str(const DictObj *dict, ObjRef key)
{
    uint64_t place;
    int64_t hash = str_cast(key)->hash;
    if (hash == -1)
        hash = str_hash(key);
    if (dict->flags & DICT_STR_KEYS)
        return search_str(dict, key, hash, &place);
    if (dict->entries == NULL)
        return ABSENT;
    Probe p = probe_start(dict, hash);
    int64_t at;
    while ((at = index_get(dict, p.place)) >= 0) {
        const DictEntry *e = &dict->entries[at];
        if (e->key == key || (e->hash == hash && e->key != NULL && str_check(e->key) &&
                              equality_of_text(e->key, key)))
            break;
        probe_next(&p);
    }
    return at;
}

/* ---- changing */

/* Whether the collector needs to know of a dict that holds `item`. */
static inline bool item_is_trackable(ObjRef item)
{
    if (!obj_has_flag(item, TYPE_GC))
        return false;
    return !tuple_check_exact(item) || gc_link(item)->next != NULL;
}

static inline void track_for(DictObj *d, ObjRef key, ObjRef value)
{
    if (gc_link(&d->base)->next == NULL && (item_is_trackable(value) || item_is_trackable(key)))
        gc_track(&d->base);
}

/* Adds a key that is absent; `place` is where the search for it ended.  Takes over neither. */
static int add_entry(DictObj *d, ObjRef key, int64_t hash, ObjRef value, uint64_t place)
{
    if (d->entries == NULL || d->entry_count >= d->entry_capacity) {
        if (grow(d) < 0)
            return -1;
        place = find_empty(d, hash);
    }
    if ((d->flags & DICT_STR_KEYS) && !str_check_exact(key))
        d->flags &= (uint8_t)~DICT_STR_KEYS;
    int64_t at = d->entry_count++;
    index_put(d, place, at);
    d->entries[at] = (DictEntry){hash, obj_incref(key), obj_incref(value)};
    d->used++;
    d->version++;
    track_for(d, key, value);
    if (d->flags & DICT_HAS_CELLS)
        dict_cells_entry_set(d, at);
    return 0;
}

/* Replaces the value of entry `at`; runs what the old value's end runs. */
static inline void replace_value(DictObj *d, int64_t at, ObjRef value)
{
    Obj *old = d->entries[at].value;
    d->entries[at].value = obj_incref(value);
    track_for(d, d->entries[at].key, value);
    if (d->flags & DICT_HAS_CELLS)
        dict_cells_entry_set(d, at);
    obj_decref(old);
}

/* Takes entry `at` out; its key and value now belong to the caller. */
static DictEntry take_entry(DictObj *d, int64_t at)
{
    DictEntry taken = d->entries[at];
    d->entries[at].key = NULL;
    d->entries[at].value = NULL;
    d->used--;
    d->version++;
    if (d->flags & DICT_HAS_CELLS)
        dict_cells_entry_removed(d, taken.key, taken.hash);
    return taken;
}

int dict_set_hash(ObjRef dict, ObjRef key, ObjRef value, int64_t hash)
{
    DictObj *d = dict_cast(dict);
    uint64_t place = 0;
    int64_t at = search(d, key, hash, &place);
    if (at >= 0) {
        replace_value(d, at, value);
        return 0;
    }
    return at == FAILED ? -1 : add_entry(d, key, hash, value, place);
}

int dict_set(ObjRef dict, ObjRef key, ObjRef value)
{
    int64_t hash = key_hash(key);
    return hash == -1 ? -1 : dict_set_hash(dict, key, value, hash);
}

int dict_set_ascii(ObjRef dict, const char *key, ObjRef value)
{
    Obj *name = str_intern_ascii(key);
    if (name == NULL)
        return -1;
    int result = dict_set(dict, name, value);
    obj_decref(name);
    return result;
}

ObjRef dict_peek_hash(ObjRef dict, ObjRef key, int64_t hash)
{
    DictObj *d = dict_cast(dict);
    uint64_t place;
    int64_t at = search(d, key, hash, &place);
    return at < 0 ? NULL : d->entries[at].value;
}

ObjRef dict_peek(ObjRef dict, ObjRef key)
{
    int64_t hash = key_hash(key);
    return hash == -1 ? NULL : dict_peek_hash(dict, key, hash);
}

ObjRef dict_peek_ascii(ObjRef dict, const char *key)
{
    Obj *name = str_intern_ascii(key);
    if (name == NULL)
        return NULL;
    ObjRef value = dict_peek(dict, name);
    obj_decref(name);
    return value;
}

int dict_get(ObjRef dict, ObjRef key, Obj **out)
{
    *out = NULL;
    int64_t hash = key_hash(key);
    if (hash == -1)
        return -1;
    DictObj *d = dict_cast(dict);
    uint64_t place;
    int64_t at = search(d, key, hash, &place);
    if (at < 0)
        return at == FAILED ? -1 : 0;
    *out = obj_incref(d->entries[at].value);
    return 1;
}

int dict_contains(ObjRef dict, ObjRef key)
{
    int64_t hash = key_hash(key);
    if (hash == -1)
        return -1;
    uint64_t place;
    int64_t at = search(dict_cast(dict), key, hash, &place);
    return at >= 0 ? 1 : at == FAILED ? -1 : 0;
}

Obj *dict_setdefault(ObjRef dict, ObjRef key, ObjRef fallback)
{
    int64_t hash = key_hash(key);
    if (hash == -1)
        return NULL;
    DictObj *d = dict_cast(dict);
    uint64_t place = 0;
    int64_t at = search(d, key, hash, &place);
    if (at >= 0)
        return obj_incref(d->entries[at].value);
    if (at == FAILED || add_entry(d, key, hash, fallback, place) < 0)
        return NULL;
    return obj_incref(fallback);
}

int dict_pop(ObjRef dict, ObjRef key, Obj **out)
{
    *out = NULL;
    DictObj *d = dict_cast(dict);
    if (d->used == 0)
        return 0;
    int64_t hash = key_hash(key);
    if (hash == -1)
        return -1;
    uint64_t place;
    int64_t at = search(d, key, hash, &place);
    if (at < 0)
        return at == FAILED ? -1 : 0;
    DictEntry taken = take_entry(d, at);
    *out = taken.value;
    obj_decref(taken.key);
    return 1;
}

int dict_discard(ObjRef dict, ObjRef key)
{
    int64_t hash = key_hash(key);
    if (hash == -1)
        return -1;
    DictObj *d = dict_cast(dict);
    uint64_t place;
    int64_t at = search(d, key, hash, &place);
    if (at < 0)
        return at == FAILED ? -1 : 0;
    DictEntry taken = take_entry(d, at);
    obj_decref(taken.key);
    obj_decref(taken.value);
    return 1;
}

int dict_delete(ObjRef dict, ObjRef key)
{
    int removed = dict_discard(dict, key);
    if (removed == 0)
        err_object(&exc_key_error, key);
    return removed > 0 ? 0 : -1;
}

void dict_clear(ObjRef dict)
{
    DictObj *d = dict_cast(dict);
    DictEntry *entries = d->entries;
    int64_t count = d->entry_count;
    if (entries == NULL)
        return;
    size_t size = block_size(d->entry_capacity, d->index_log2);
    d->entries = NULL;
    d->used = d->entry_count = d->entry_capacity = 0;
    d->index_log2 = 0;
    d->flags |= DICT_STR_KEYS | DICT_MOVED;
    d->version++;
    if (d->flags & DICT_HAS_CELLS)
        dict_cells_refresh(d);
    for (int64_t i = 0; i < count; i++) {
        obj_xdecref(entries[i].key);
        obj_xdecref(entries[i].value);
    }
    pool_free(entries, size);
}

/* ---- lifecycle */

Obj *dict_new(void)
{
    DictObj *d = (DictObj *)obj_new_gc(&dict_type, sizeof(DictObj));
    if (d == NULL)
        return NULL;
    memset((char *)d + sizeof(Obj), 0, sizeof(DictObj) - sizeof(Obj));
    d->flags = DICT_STR_KEYS;
    return &d->base;
}

Obj *dict_new_sized(int64_t items)
{
    Obj *o = dict_new();
    if (o != NULL && items > 0 && rebuild(dict_cast(o), log2_for(items)) < 0)
        obj_clear(&o);
    return o;
}

void dict_setup(ObjRef dict)
{
    dict_cast(dict)->flags = DICT_STR_KEYS;
}

int dict_traverse(ObjRef self, VisitFn visit, void *context)
{
    const DictObj *d = (const DictObj *)self;
    for (int64_t i = 0; i < d->entry_count; i++) {
        GC_VISIT(d->entries[i].key);
        GC_VISIT(d->entries[i].value);
    }
    if (d->flags & DICT_HAS_CELLS)
        return dict_cells_traverse(d, visit, context);
    return 0;
}

void dict_teardown(ObjRef dict)
{
    DictObj *d = dict_cast(dict);
    if (d->flags & DICT_HAS_CELLS)
        dict_cells_free(d);
    if (d->entries != NULL) {
        for (int64_t i = 0; i < d->entry_count; i++) {
            obj_xdecref(d->entries[i].key);
            obj_xdecref(d->entries[i].value);
        }
        pool_free(d->entries, block_size(d->entry_capacity, d->index_log2));
    }
}

/* ---- operations on whole dicts */

/* Makes the empty dict `d` a copy of `source`, block for block.  No user code runs. */
static int clone_into(DictObj *d, const DictObj *source)
{
    if (source->entries == NULL)
        return 0;
    size_t size = block_size(source->entry_capacity, source->index_log2);
    DictEntry *entries = pool_alloc(size);
    if (entries == NULL) {
        err_no_memory();
        return -1;
    }
    memcpy(entries, source->entries, size);
    for (int64_t i = 0; i < source->entry_count; i++) {
        if (entries[i].value != NULL) {
            obj_incref(entries[i].key);
            obj_incref(entries[i].value);
        }
    }
    DictEntry *old = d->entries;
    size_t old_size = old == NULL ? 0 : block_size(d->entry_capacity, d->index_log2);
    d->entries = entries;
    d->used = source->used;
    d->entry_count = source->entry_count;
    d->entry_capacity = source->entry_capacity;
    d->index_log2 = source->index_log2;
    d->index_width = source->index_width;
    if (!(source->flags & DICT_STR_KEYS))
        d->flags &= (uint8_t)~DICT_STR_KEYS;
    d->flags |= DICT_MOVED;
    d->version++;
    if (old != NULL)
        pool_free(old, old_size);
    if (d->flags & DICT_HAS_CELLS)
        dict_cells_refresh(d);
    if (gc_link(&source->base)->next != NULL && gc_link(&d->base)->next == NULL)
        gc_track(&d->base);
    return 0;
}

/* Whether iteration over `o` is the dict's own, so that its entries may be read directly. */
static bool is_plain_dict(ObjRef o)
{
    return dict_check(o) && obj_type(o)->iter == dict_type.iter;
}

/* Adds the entries of another dict; `override` false keeps present keys. */
static int merge_dict(DictObj *d, DictObj *source, bool override)
{
    if (d == source || source->used == 0)
        return 0;
    if (d->entry_count == 0 && source->used >= source->entry_count * 2 / 3)
        return clone_into(d, source);
    if (d->entry_capacity - d->entry_count < source->used &&
        rebuild(d, log2_for(d->used + source->used)) < 0)
        return -1;
    int64_t count = source->entry_count;
    for (int64_t i = 0; i < source->entry_count; i++) {
        DictEntry e = source->entries[i];
        if (e.value == NULL)
            continue;
        obj_incref(e.key);
        obj_incref(e.value);
        uint64_t place = 0;
        int64_t at = search(d, e.key, e.hash, &place);
        int failed = at == FAILED ? -1 : 0;
        if (at == ABSENT)
            failed = add_entry(d, e.key, e.hash, e.value, place);
        else if (at >= 0 && override)
            replace_value(d, at, e.value);
        obj_decref(e.key);
        obj_decref(e.value);
        if (failed < 0)
            return -1;
        if (source->entry_count != count)
            return err_format_int(&exc_runtime_error, "dict mutated during update");
    }
    return 0;
}

/* Adds what a mapping that is no dict gives through keys() and __getitem__. */
static int merge_mapping(ObjRef dict, ObjRef mapping, bool override)
{
    Obj *keys = obj_call_method(mapping, names.keys, NULL, 0);
    if (keys == NULL)
        return -1;
    Obj *iterator = obj_iter(keys);
    obj_decref(keys);
    if (iterator == NULL)
        return -1;
    Obj *key;
    int more;
    while ((more = obj_next(iterator, &key)) > 0) {
        int wanted = override ? 1 : dict_contains(dict, key);
        if (!override && wanted >= 0)
            wanted = !wanted;
        if (wanted > 0) {
            Obj *value = obj_getitem(mapping, key);
            wanted = value == NULL ? -1 : dict_set(dict, key, value);
            obj_xdecref(value);
        }
        obj_decref(key);
        if (wanted < 0) {
            more = -1;
            break;
        }
    }
    obj_decref(iterator);
    return more;
}

/* One element of an update sequence, as a list or tuple of two items: new reference. */
static Obj *pair_from(ObjRef element, int64_t number)
{
    Obj *pair;
    if (list_check_exact(element) || tuple_check_exact(element)) {
        pair = obj_incref(element);
    } else {
        pair = obj_to_list(element);
        if (pair == NULL) {
            if (err_matches(&exc_type_error))
                err_format(&exc_type_error,
                           "cannot convert dictionary update sequence element #%lld to a sequence",
                           (long long)number);
            return NULL;
        }
    }
    int64_t length = list_check_exact(pair) ? list_length(pair) : tuple_length(pair);
    if (length != 2) {
        err_format(&exc_value_error,
                   "dictionary update sequence element #%lld has length %lld; 2 is required",
                   (long long)number, (long long)length);
        obj_clear(&pair);
    }
    return pair;
}

/* Adds key-value pairs from an iterable. */
static int merge_pairs(ObjRef dict, ObjRef pairs, bool override)
{
    Obj *iterator = obj_iter(pairs);
    if (iterator == NULL)
        return -1;
    Obj *element;
    int more;
    for (int64_t number = 0; (more = obj_next(iterator, &element)) > 0; number++) {
        Obj *pair = pair_from(element, number);
        obj_decref(element);
        if (pair == NULL) {
            more = -1;
            break;
        }
        Obj **items = list_check_exact(pair) ? list_cast(pair)->items : tuple_cast(pair)->items;
        Obj *key = obj_incref(items[0]), *value = obj_incref(items[1]);
        int failed = -1;
        if (override) {
            failed = dict_set(dict, key, value);
        } else {
            Obj *present = dict_setdefault(dict, key, value);
            failed = present == NULL ? -1 : 0;
            obj_xdecref(present);
        }
        obj_decref(key);
        obj_decref(value);
        obj_decref(pair);
        if (failed < 0) {
            more = -1;
            break;
        }
    }
    obj_decref(iterator);
    return more;
}

int dict_merge(ObjRef dict, ObjRef other, bool override)
{
    if (is_plain_dict(other))
        return merge_dict(dict_cast(dict), dict_cast(other), override);
    Obj *keys;
    int found = obj_getattr_opt(other, names.keys, &keys);
    if (found < 0)
        return -1;
    if (found == 0)
        return merge_pairs(dict, other, override);
    obj_decref(keys);
    return merge_mapping(dict, other, override);
}

Obj *dict_copy(ObjRef dict)
{
    Obj *copy = dict_new();
    if (copy != NULL && merge_dict(dict_cast(copy), dict_cast(dict), true) < 0)
        obj_clear(&copy);
    return copy;
}

int dict_next(ObjRef dict, int64_t *position, ObjRef *key, ObjRef *value)
{
    const DictObj *d = (const DictObj *)dict;
    for (int64_t i = *position; i < d->entry_count; i++) {
        if (d->entries[i].value != NULL) {
            *position = i + 1;
            if (key != NULL)
                *key = d->entries[i].key;
            if (value != NULL)
                *value = d->entries[i].value;
            return 1;
        }
    }
    *position = d->entry_count;
    return 0;
}

/* A list of the chosen part of all items. */
static Obj *part_list(ObjRef dict, DictPart part)
{
    const DictObj *d = (const DictObj *)dict;
    Obj *list;
    for (;;) {
        int64_t wanted = d->used;
        list = list_new(wanted);
        if (list == NULL)
            return NULL;
        if (part == DICT_PART_ITEMS) {
            for (int64_t i = 0; i < wanted; i++) {
                Obj *pair = tuple_new(2);
                if (pair == NULL) {
                    obj_decref(list);
                    return NULL;
                }
                list_cast(list)->items[i] = pair;
            }
        }
        if (d->used == wanted)
            break;
        obj_decref(list); /* an allocation ran a collection that changed the dict */
    }
    int64_t position = 0, count = 0;
    ObjRef key, value;
    while (dict_next(dict, &position, &key, &value)) {
        Obj **place = &list_cast(list)->items[count++];
        if (part == DICT_PART_ITEMS) {
            tuple_cast(*place)->items[0] = obj_incref(key);
            tuple_cast(*place)->items[1] = obj_incref(value);
            tuple_maybe_untrack(*place);
        } else {
            *place = obj_incref(part == DICT_PART_KEYS ? key : value);
        }
    }
    return list;
}

Obj *dict_keys_list(ObjRef dict)
{
    return part_list(dict, DICT_PART_KEYS);
}

Obj *dict_values_list(ObjRef dict)
{
    return part_list(dict, DICT_PART_VALUES);
}

Obj *dict_items_list(ObjRef dict)
{
    return part_list(dict, DICT_PART_ITEMS);
}

/* The last item as an owned entry: 1; 0 when empty.  Trailing deleted entries go too, with their
 * places in the index, so that taking all items is linear. */
static int take_last(DictObj *d, DictEntry *out)
{
    while (d->entry_count > 0) {
        int64_t last = d->entry_count - 1;
        Probe p = probe_start(d, d->entries[last].hash);
        while (index_get(d, p.place) != last)
            probe_next(&p);
        index_put(d, p.place, ABSENT);
        bool live = d->entries[last].value != NULL;
        if (live)
            *out = take_entry(d, last);
        d->entry_count = last;
        d->flags |= DICT_MOVED;
        d->version++;
        if (live)
            return 1;
    }
    return 0;
}

/* ---- by position, for ordered_dict.c */

int64_t dict_position(ObjRef dict, ObjRef key)
{
    int64_t hash = key_hash(key);
    uint64_t place;
    return hash == -1 ? FAILED : search(dict_cast(dict), key, hash, &place);
}

int64_t dict_last_position(ObjRef dict)
{
    const DictObj *d = (const DictObj *)dict;
    int64_t at = d->entry_count - 1;
    while (at >= 0 && d->entries[at].value == NULL)
        at--;
    return at;
}

int64_t dict_next_position(ObjRef dict, int64_t position)
{
    const DictObj *d = (const DictObj *)dict;
    while (position < d->entry_count && d->entries[position].value == NULL)
        position++;
    return position < d->entry_count ? position : ABSENT;
}

void dict_take_at(ObjRef dict, int64_t position, Obj **key, Obj **value)
{
    DictEntry taken = take_entry(dict_cast(dict), position);
    if (key != NULL)
        *key = taken.key;
    else
        obj_decref(taken.key);
    if (value != NULL)
        *value = taken.value;
    else
        obj_decref(taken.value);
}

int dict_take_last(ObjRef dict, Obj **key, Obj **value)
{
    DictEntry last;
    if (!take_last(dict_cast(dict), &last))
        return 0;
    *key = last.key;
    *value = last.value;
    return 1;
}

/* Moves the entry at a position to the front of the array; its places in the index are all made
 * anew, those of deleted entries too. */
static void move_to_front(DictObj *d, int64_t position)
{
    DictEntry moved = d->entries[position];
    memmove(d->entries + 1, d->entries, (size_t)position * sizeof(DictEntry));
    d->entries[0] = moved;
    memset(d->entries + d->entry_capacity, 0xFF, (size_t)d->index_width << d->index_log2);
    for (int64_t i = 0; i < d->entry_count; i++)
        index_put(d, find_empty(d, d->entries[i].hash), i);
    d->flags |= DICT_MOVED;
    d->version++;
    if (d->flags & DICT_HAS_CELLS)
        dict_cells_refresh(d);
}

int dict_move_to_end(ObjRef dict, int64_t position, bool last)
{
    DictObj *d = dict_cast(dict);
    if (!last) {
        if (dict_next_position(dict, 0) != position)
            move_to_front(d, position);
        return 0;
    }
    if (dict_last_position(dict) == position)
        return 0;
    if (d->entry_count >= d->entry_capacity) { /* room first, so that nothing can fail later */
        ObjRef key = d->entries[position].key;
        if (grow(d) < 0)
            return -1;
        for (position = 0; d->entries[position].key != key;)
            position++;
    }
    DictEntry moved = take_entry(d, position);
    int64_t at = d->entry_count++;
    index_put(d, find_empty(d, moved.hash), at);
    d->entries[at] = moved;
    d->used++;
    if (d->flags & DICT_HAS_CELLS)
        dict_cells_entry_set(d, at);
    return 0;
}

int64_t dict_table_size(ObjRef dict)
{
    const DictObj *d = (const DictObj *)dict;
    int64_t size = d->entries == NULL ? 0 : (int64_t)block_size(d->entry_capacity, d->index_log2);
    return d->flags & DICT_HAS_CELLS ? size + dict_cells_size(d) : size;
}
