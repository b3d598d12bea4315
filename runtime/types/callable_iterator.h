#ifndef OURO_RUNTIME_TYPES_CALLABLE_ITERATOR_H
#define OURO_RUNTIME_TYPES_CALLABLE_ITERATOR_H

/* callable_iterator: iter(callable, sentinel). */

#include "runtime/core/object.h"

extern Type callable_iterator_type;

Obj *callable_iterator_new(ObjRef callable, ObjRef sentinel);

#endif
