#ifndef OURO_RUNTIME_TYPES_LIST_H
#define OURO_RUNTIME_TYPES_LIST_H

/* list: a growable array of references. */

#include <stdbool.h>
#include <stdint.h>

#include "runtime/core/object.h"

typedef struct ListObj {
    Obj base;
    int64_t length;
    int64_t capacity; /* of items; -1 while being sorted (mutation is then detected) */
    Obj **items;      /* mem_alloc block of capacity pointers, NULL when capacity is 0 */
} ListObj;

extern Type list_type, list_iterator_type, list_reverse_iterator_type;

typedef struct ListIterObj {
    Obj base;
    int64_t index;
    ListObj *list; /* owned; NULL when exhausted */
} ListIterObj;

#define list_cast(o) ((ListObj *)(o))
#define list_check(o) obj_has_flag(o, TYPE_LIST)
#define list_check_exact(o) (obj_type(o) == &list_type)
#define list_length(o) (((const ListObj *)(o))->length)

/* length items, all NULL until filled with list_items(l)[i] = owned; tracked. */
Obj *list_new(int64_t length);
/* A new list that takes over the count references at items[] (on failure they are released). */
Obj *list_from_steal(Obj **items, int64_t count);
int list_append(ObjRef list, ObjRef item);
int list_append_steal(ObjRef list, Obj *item);
int list_insert(ObjRef list, int64_t index, ObjRef item);
int list_extend(ObjRef list, ObjRef iterable);
ObjRef list_peek(ObjRef list, int64_t index);
int list_set_slice(ObjRef list, int64_t low, int64_t high, ObjRef iterable_or_null);
/* The `count` items at start, start + step, …, all of which the list has: a new list. */
Obj *list_stepped(ObjRef list, int64_t start, int64_t step, int64_t count);
int list_sort(ObjRef list, ObjRef key_or_null, bool reverse);
int list_reverse(ObjRef list);
Obj *list_to_tuple(ObjRef list);
int list_grow(ListObj *list, int64_t capacity); /* room for capacity items: 0/-1 */

#endif
