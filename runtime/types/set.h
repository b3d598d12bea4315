#ifndef OURO_RUNTIME_TYPES_SET_H
#define OURO_RUNTIME_TYPES_SET_H

/* set and frozenset: an open-addressing hash table of {hash, key}. */

#include <stdbool.h>
#include <stdint.h>

#include "runtime/core/object.h"

extern Type set_type, frozenset_type, set_iterator_type;
#define set_check(o) obj_has_flag(o, TYPE_SET)
#define set_check_exact(o) (obj_type(o) == &set_type || obj_type(o) == &frozenset_type)

Obj *set_new(ObjRef iterable_or_null);
Obj *frozenset_new(ObjRef iterable_or_null);
int set_add(ObjRef set, ObjRef key);      /* also fills a frozenset nobody has seen yet */
int set_contains(ObjRef set, ObjRef key); /* 1, 0, -1 */
int set_discard(ObjRef set, ObjRef key);  /* 1 removed, 0, -1 */
int set_update(ObjRef set, ObjRef iterable);
int64_t set_length(ObjRef set);
/* As dict_next. */
int set_next(ObjRef set, int64_t *position, ObjRef *key);
/* As set_next with the hash too, and a new reference: for loops that run user code. */
int set_next_owned(ObjRef set, int64_t *position, Obj **key, int64_t *hash);

#endif
