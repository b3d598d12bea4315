#ifndef OURO_RUNTIME_TYPES_UNION_H
#define OURO_RUNTIME_TYPES_UNION_H

/* types.UnionType: int | str. */

#include "runtime/core/object.h"

extern Type union_type;

/* left | right where both may be types, None, generic aliases or unions; else NotImplemented. */
Obj *union_or(ObjRef left, ObjRef right);
/* Members of a union: tuple, borrowed. */
ObjRef union_args(ObjRef self);

#endif
