#ifndef OURO_RUNTIME_TYPES_SEQUENCE_ITERATOR_H
#define OURO_RUNTIME_TYPES_SEQUENCE_ITERATOR_H

/* iterator: walks anything with __getitem__ from index 0 until IndexError. */

#include "runtime/core/object.h"

extern Type sequence_iterator_type;

Obj *sequence_iterator_new(ObjRef sequence);

#endif
