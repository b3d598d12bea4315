#ifndef OURO_RUNTIME_TYPES_LIST_ITERATOR_H
#define OURO_RUNTIME_TYPES_LIST_ITERATOR_H

/* Iterators of list; their struct and types are in runtime/types/list.h. */

#include <stdbool.h>

#include "runtime/core/object.h"

/* An iterator from the first item on, or from the last one back. */
Obj *list_iterator_new(ObjRef list, bool backwards);

#endif
