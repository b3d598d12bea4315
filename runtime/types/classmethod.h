#ifndef OURO_RUNTIME_TYPES_CLASSMETHOD_H
#define OURO_RUNTIME_TYPES_CLASSMETHOD_H

/* classmethod and staticmethod. */

#include "runtime/core/object.h"

/* Both types have this layout. */
typedef struct MethodWrapObj {
    Obj base;
    Obj *callable; /* owned; NULL before __init__ */
    Obj *dict;     /* __dict__ or NULL */
} MethodWrapObj;

#define method_wrap_cast(o) ((MethodWrapObj *)(o))

Obj *classmethod_new(ObjRef callable);
Obj *staticmethod_new(ObjRef callable);

#endif
