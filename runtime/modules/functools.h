#ifndef OURO_RUNTIME_MODULES_FUNCTOOLS_H
#define OURO_RUNTIME_MODULES_FUNCTOOLS_H

/* Types of module _functools, one file each: functools_partial.c, functools_lru_cache.c. */

#include <stdbool.h>
#include <stdint.h>

#include "runtime/core/object.h"
#include "runtime/types/generic_alias.h"

extern Type functools_partial_type, functools_lru_cache_type, functools_lru_link_type;

/* One remembered call of an lru_cache. */
typedef struct LruLink LruLink;
struct LruLink {
    Obj base;
    LruLink *previous, *next; /* borrowed; NULL: not in a ring */
    int64_t hash;
    Obj *key, *result; /* owned */
};

typedef struct LruCacheObj {
    Obj base;
    Obj *function;            /* owned */
    Obj *results;             /* owned dict */
    Obj *info_type;           /* owned: the class of cache_info() */
    Obj *mark;                /* owned: what separates positional from keyword arguments in keys */
    LruLink *oldest, *newest; /* ends of the list of links, each owned by it; NULL when empty */
    int64_t max_size;         /* -1: no limit; 0: nothing is kept */
    int64_t hits, misses;
    bool typed;
    Obj *dict; /* owned: __dict__, or NULL */
    Obj *weak_list;
} LruCacheObj;

/* Sets __dict__, which cannot be deleted. */
int functools_set_dict(ObjRef self, ObjRef dict);

#define functools_class_getitem generic_alias_class_getitem

#endif
