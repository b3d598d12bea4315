#ifndef OURO_RUNTIME_TYPES_REVERSED_H
#define OURO_RUNTIME_TYPES_REVERSED_H

/* reversed(sequence): walks __getitem__ from the last index down. */

#include "runtime/core/object.h"

extern Type reversed_type;

/* What the builtin reversed() does: __reversed__, or an iterator over indices. */
Obj *reversed_new(ObjRef sequence);

#endif
