#ifndef OURO_RUNTIME_TYPES_SET_TABLE_H
#define OURO_RUNTIME_TYPES_SET_TABLE_H

/* The table of a set, and what set.c does with whole sets for set_methods.c. */

#include <stdint.h>

#include "runtime/types/set.h"

enum { SET_SMALL_TABLE = 8 };
enum { SET_UNUSED = 0, SET_DELETED = -1 }; /* hash of a place whose key is NULL */

typedef struct SetEntry {
    int64_t hash;
    Obj *key; /* owned; NULL: the place is unused or deleted */
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
    SetEntry small[SET_SMALL_TABLE];
} SetObj;

#define set_cast(o) ((SetObj *)(o))

/* An empty set of an exact type or a subclass, tracked. */
Obj *set_new_of(Type *type);
/* A set of the given type with the items of an iterable (NULL: none). */
Obj *set_make(Type *type, ObjRef iterable);
/* A set or frozenset, never an instance of a subclass, with the same keys. */
Obj *set_copy(ObjRef o);
void set_clear_all(SetObj *s);
/* Exchanges the contents of two sets. */
void set_swap(SetObj *a, SetObj *b);
/* Membership of a key whose hash is known: 1, 0, -1. */
int set_contains_hash(SetObj *s, ObjRef key, int64_t hash);

/* The algebra; `other` may be any iterable. Results are sets or frozensets as `self`. */
Obj *set_intersection(ObjRef self, ObjRef other);
Obj *set_difference(ObjRef self, ObjRef other);
Obj *set_symmetric_difference(ObjRef self, ObjRef other);
int set_difference_update(ObjRef self, ObjRef other);
int set_symmetric_difference_update(ObjRef self, ObjRef other);
/* Whether every key of a is in b, both sets: 1, 0, -1. */
int set_is_subset(ObjRef a, ObjRef b);

/* Slots of both types. */
int set_traverse(ObjRef self, VisitFn visit, void *context);
void set_dealloc(Obj *self);

#endif
