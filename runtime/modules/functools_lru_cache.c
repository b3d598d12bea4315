/*
 * functools.lru_cache: a function that remembers its results.
 *
 * Results are in a dict: key → result where the size is not limited, key → link where it is.  Links
 * form a ring in the order of use, the ring and the dict owning one reference each.  User code runs
 * in the wrapped function and in hashing and comparing keys, and may call the cache again or clear
 * it: after each of these the ring and the dict are looked at anew, and a link the dict no longer
 * knows is harmless.
 */

#include <stdbool.h>
#include <stddef.h>

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/modules/functools.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/method.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"
#include "runtime/types/weakref.h"

#define cache_cast(o) ((LruCacheObj *)(o))

/* ---- links */

static int link_traverse(ObjRef self, VisitFn visit, void *context)
{
    GC_VISIT(((const LruLink *)self)->key);
    GC_VISIT(((const LruLink *)self)->result);
    return 0;
}

static void link_dealloc(Obj *self)
{
    LruLink *link = (LruLink *)self;
    gc_untrack(self);
    obj_xdecref(link->key);
    obj_xdecref(link->result);
    obj_free(self, sizeof(LruLink));
}

Type functools_lru_link_type = {
    .head = {.base = {1, &type_type.root},
             .name = "functools._lru_list_elem",
             .flags = TYPE_GC | TYPE_NO_NEW,
             .traverse = link_traverse,
             .dealloc = link_dealloc},
    .root = {.type = &functools_lru_link_type.head},
    .basic_size = sizeof(LruLink),
};

static bool is_linked(const LruCacheObj *c, const LruLink *link)
{
    return link->previous != NULL || c->oldest == link;
}

/* Takes a link out of the list; the list's reference passes to the caller. */
static void unlink_steal(LruCacheObj *c, LruLink *link)
{
    if (link->previous != NULL)
        link->previous->next = link->next;
    else
        c->oldest = link->next;
    if (link->next != NULL)
        link->next->previous = link->previous;
    else
        c->newest = link->previous;
    link->previous = link->next = NULL;
}

/* Makes an unlinked link the newest one; takes over a reference. */
static void append_steal(LruCacheObj *c, LruLink *link)
{
    link->previous = c->newest;
    link->next = NULL;
    if (c->newest != NULL)
        c->newest->next = link;
    else
        c->oldest = link;
    c->newest = link;
}

static void forget_all(LruCacheObj *c)
{
    LruLink *link = c->oldest;
    c->oldest = c->newest = NULL;
    for (LruLink *l = link; l != NULL; l = l->next)
        l->previous = NULL;
    dict_clear(c->results);
    while (link != NULL) {
        LruLink *next = link->next;
        link->next = NULL;
        obj_decref(&link->base);
        link = next;
    }
}

/* ---- lifecycle */

static Obj *new (Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    static const ArgSpec spec = {
        "lru_cache", 0, 4, 4, 4, {"user_function", "maxsize", "typed", "cache_info_type"}};
    ObjRef given[4];
    if (args_bind(&spec, args, nargs, kwnames, given) < 0)
        return NULL;
    if (!obj_is_callable(given[0]))
        return err_string(&exc_type_error, "the first argument must be callable");
    int64_t max_size = -1;
    if (!is_none(given[1])) {
        if (obj_type(given[1])->index == NULL)
            return err_string(&exc_type_error, "maxsize should be integer or None");
        if (args_to_int64(given[1], &max_size) < 0)
            return NULL;
        if (max_size < 0)
            max_size = 0;
    }
    int typed = obj_truth(given[2]);
    if (typed < 0)
        return NULL;
    Obj *results = dict_new();
    Obj *mark = results == NULL ? NULL : obj_call0(&object_type.head.base);
    LruCacheObj *c = mark == NULL ? NULL : (LruCacheObj *)obj_alloc(type, sizeof(LruCacheObj));
    if (c == NULL) {
        obj_xdecref(results);
        obj_xdecref(mark);
        return NULL;
    }
    c->function = obj_incref(given[0]);
    c->results = results;
    c->info_type = obj_incref(given[3]);
    c->mark = mark;
    c->max_size = max_size;
    c->typed = typed > 0;
    obj_track_if_gc(&c->base);
    return &c->base;
}

static int traverse(ObjRef self, VisitFn visit, void *context)
{
    const LruCacheObj *c = (const LruCacheObj *)self;
    for (const LruLink *link = c->oldest; link != NULL; link = link->next)
        GC_VISIT(link);
    GC_VISIT(c->function);
    GC_VISIT(c->results);
    GC_VISIT(c->info_type);
    GC_VISIT(c->mark);
    GC_VISIT(c->dict);
    return 0;
}

static int clear(ObjRef self)
{
    LruCacheObj *c = cache_cast(self);
    if (c->results != NULL)
        forget_all(c);
    obj_clear(&c->dict);
    return 0;
}

static Obj **weak_list(ObjRef self)
{
    return &cache_cast(self)->weak_list;
}

static void dealloc(Obj *self)
{
    LruCacheObj *c = cache_cast(self);
    gc_untrack(self);
    if (c->weak_list != NULL)
        weakref_clear_all(self, &c->weak_list);
    if (c->results != NULL)
        forget_all(c);
    obj_xdecref(c->function);
    obj_xdecref(c->results);
    obj_xdecref(c->info_type);
    obj_xdecref(c->mark);
    obj_xdecref(c->dict);
    obj_free(self, sizeof(LruCacheObj));
}

/* ---- operations */

/* What stands for a call's arguments: a lone str or int itself, else the tuple (arguments…, mark,
 * name, value, …, types…).  Equal calls give equal keys. */
static Obj *make_key(const LruCacheObj *c, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    int64_t keywords = kwnames == NULL ? 0 : tuple_length(kwnames);
    if (nargs == 1 && keywords == 0 && !c->typed &&
        (str_check_exact(args[0]) || int_check_exact(args[0])))
        return obj_incref(args[0]);
    int64_t values = nargs + keywords;
    int64_t length = nargs + (keywords > 0 ? 1 + 2 * keywords : 0) + (c->typed ? values : 0);
    Obj *key = tuple_new(length);
    if (key == NULL)
        return NULL;
    Obj **out = tuple_cast(key)->items;
    for (int64_t i = 0; i < nargs; i++)
        *out++ = obj_incref(args[i]);
    if (keywords > 0) {
        *out++ = obj_incref(c->mark);
        for (int64_t i = 0; i < keywords; i++) {
            *out++ = obj_incref(tuple_peek(kwnames, i));
            *out++ = obj_incref(args[nargs + i]);
        }
    }
    for (int64_t i = 0; c->typed && i < values; i++)
        *out++ = obj_incref(&obj_type(args[i])->head.base);
    tuple_maybe_untrack(key);
    return key;
}

/* Hash of a key, and what the dict has for it: 1 and *found (owned), 0, -1. */
static int look_up(const LruCacheObj *c, ObjRef key, int64_t hash, Obj **found)
{
    ObjRef value = dict_peek_hash(c->results, key, hash);
    *found = obj_xincref(value);
    if (value != NULL)
        return 1;
    return err_occurred() != NULL ? -1 : 0;
}

/* No limit: the dict alone. Takes over key. */
static Obj *call_unlimited(LruCacheObj *c, Obj *key, const ObjRef *args, int64_t nargs,
                           ObjRef kwnames)
{
    Obj *result = NULL;
    int64_t hash = obj_hash(key);
    int found = hash == -1 ? -1 : look_up(c, key, hash, &result);
    if (found > 0) {
        c->hits++;
    } else if (found == 0) {
        c->misses++;
        result = obj_call(c->function, args, nargs, kwnames);
        if (result != NULL && dict_set_hash(c->results, key, result, hash) < 0)
            obj_clear(&result);
    }
    obj_decref(key);
    return result;
}

/* The oldest link, taken out of list and dict: 1 and *out (owned); 0 when there is none or it was
 * no longer in the dict; -1, and the link is the oldest again. */
static int evict(LruCacheObj *c, LruLink **out)
{
    LruLink *link = c->oldest;
    *out = NULL;
    if (link == NULL)
        return 0;
    unlink_steal(c, link);
    Obj *popped = NULL;
    int removed = dict_pop(c->results, link->key, &popped);
    if (removed < 0) {
        /* As if the wrapped function had failed: put it back in its place. */
        link->next = c->oldest;
        if (c->oldest != NULL)
            c->oldest->previous = link;
        else
            c->newest = link;
        c->oldest = link;
        return -1;
    }
    obj_xdecref(popped);
    if (removed == 0) {
        obj_decref(&link->base);
        return 0;
    }
    *out = link;
    return 1;
}

/* Enters a new result: 0/-1. */
static int remember(LruCacheObj *c, ObjRef key, int64_t hash, ObjRef result)
{
    LruLink *link = NULL;
    if (dict_length(c->results) >= c->max_size) {
        int evicted = evict(c, &link);
        if (evicted <= 0)
            return evicted;
        if (link->base.refcnt > 1) /* somebody got hold of it: leave it alone */
            obj_clear(&link);
    }
    Obj *old_key = NULL, *old_result = NULL;
    if (link == NULL) {
        link = (LruLink *)obj_new_gc(&functools_lru_link_type, sizeof(LruLink));
        if (link == NULL)
            return -1;
        link->previous = link->next = NULL;
        link->key = obj_incref(key);
        link->result = obj_incref(result);
        gc_track(&link->base);
    } else {
        old_key = link->key;
        old_result = link->result;
        link->key = obj_incref(key);
        link->result = obj_incref(result);
    }
    link->hash = hash;
    int failed = dict_set_hash(c->results, key, &link->base, hash);
    if (failed < 0)
        obj_decref(&link->base);
    else
        append_steal(c, link);
    obj_xdecref(old_key);
    obj_xdecref(old_result);
    return failed;
}

/* With a limit.  Takes over key. */
static Obj *call_limited(LruCacheObj *c, Obj *key, const ObjRef *args, int64_t nargs,
                         ObjRef kwnames)
{
    Obj *result = NULL, *found = NULL;
    int64_t hash = obj_hash(key);
    if (hash == -1 || look_up(c, key, hash, &found) < 0)
        goto fail;
    if (found != NULL) {
        LruLink *link = (LruLink *)found;
        if (is_linked(c, link) && c->newest != link) {
            unlink_steal(c, link);
            append_steal(c, link);
        }
        c->hits++;
        result = obj_incref(link->result);
        goto fail;
    }
    c->misses++;
    result = obj_call(c->function, args, nargs, kwnames);
    if (result == NULL)
        goto fail;
    /* The call may have entered the same key already. */
    int known = look_up(c, key, hash, &found);
    if (known < 0 || (known == 0 && remember(c, key, hash, result) < 0))
        obj_clear(&result);
fail:
    obj_decref(key);
    obj_xdecref(found);
    return result;
}

static Obj *call(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    LruCacheObj *c = cache_cast(self);
    if (c->max_size == 0) {
        c->misses++;
        return obj_call(c->function, args, nargs, kwnames);
    }
    Obj *key = make_key(c, args, nargs, kwnames);
    if (key == NULL)
        return NULL;
    return c->max_size < 0 ? call_unlimited(c, key, args, nargs, kwnames)
                           : call_limited(c, key, args, nargs, kwnames);
}

/* As a function, it binds to instances. */
static Obj *get(ObjRef self, ObjRef instance, ObjRef owner)
{
    (void)owner;
    return instance == NULL || is_none(instance) ? obj_incref(self) : method_new(self, instance);
}

/* ---- methods */

static Obj *method_info(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    const LruCacheObj *c = (const LruCacheObj *)self;
    Obj *hits = int_new(c->hits), *misses = int_new(c->misses), *result = NULL;
    Obj *limit = c->max_size < 0 ? none_new() : int_new(c->max_size);
    Obj *size = int_new(dict_length(c->results));
    if (hits != NULL && misses != NULL && limit != NULL && size != NULL)
        result = obj_call(c->info_type, (ObjRef[]){hits, misses, limit, size}, 4, NULL);
    obj_xdecref(hits);
    obj_xdecref(misses);
    obj_xdecref(limit);
    obj_xdecref(size);
    return result;
}

static Obj *method_clear(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    LruCacheObj *c = cache_cast(self);
    c->hits = c->misses = 0;
    forget_all(c);
    return none_new();
}

/* A cache is pickled as the function of its name. */
static Obj *method_reduce(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    return obj_getattr(self, names.dunder_qualname);
}

static Obj *method_self(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    return obj_incref(self);
}

static const MethodDef methods[] = {
    {"cache_info", method_info, 0, 0, 0, "Hits, misses, limit and size so far."},
    {"cache_clear", method_clear, 0, 0, 0, "Forgets all results and the counts."},
    {"__reduce__", method_reduce, 0, 0, 0, NULL},
    {"__copy__", method_self, 0, 0, 0, NULL},
    {"__deepcopy__", method_self, 1, 1, 0, NULL},
    {0},
};

static const GetSetDef getset[] = {
    {"__dict__", object_dict, functools_set_dict, NULL},
    {0},
};

Type functools_lru_cache_type = {
    .head = {.base = {1, &type_type.root},
             .name = "functools._lru_cache_wrapper",
             .flags = TYPE_GC | TYPE_BASE | TYPE_METHOD_DESCRIPTOR,
             .traverse = traverse,
             .clear = clear,
             .weak_list = weak_list,
             .dealloc = dealloc},
    .root = {.type = &functools_lru_cache_type.head},
    .doc = "A function that remembers its results; made by functools.lru_cache.",
    .basic_size = sizeof(LruCacheObj),
    .dict_offset = offsetof(LruCacheObj, dict),
    .weak_list_offset = offsetof(LruCacheObj, weak_list),
    .call = call,
    .get = get,
    .new = new,
    .methods = methods,
    .getset = getset,
};
