#ifndef OURO_RUNTIME_TYPES_LIST_ITERATOR_H
#define OURO_RUNTIME_TYPES_LIST_ITERATOR_H

/* Iterators of list; their struct and types are in runtime/types/list.h. */

#include <stdbool.h>

#include "runtime/core/object.h"
#include "runtime/types/list.h"

/* An iterator from the first item on, or from the last one back. */
Obj *list_iterator_new(ObjRef list, bool backwards);

/* obj_next, with the commonest iterator at hand. */
static inline int list_iterator_step(ObjRef iterator, Obj **out)
{
    if (__builtin_expect(iterator->shape == &list_iterator_type.root, 1)) {
        ListIterObj *it = (ListIterObj *)(uintptr_t)iterator;
        if (it->list != NULL && it->index < it->list->length) {
            *out = obj_incref(it->list->items[it->index++]);
            return 1;
        }
    }
    return obj_next(iterator, out);
}

#endif
