#ifndef OURO_RUNTIME_TYPES_METHOD_H
#define OURO_RUNTIME_TYPES_METHOD_H

/* method: a callable bound to the object that becomes its first argument. */

#include "runtime/core/object.h"

typedef struct MethodObj {
    Obj base;
    Obj *function; /* owned; any callable */
    Obj *self;     /* owned */
    Obj *weak_list;
} MethodObj;

extern Type method_type;
#define method_cast(o) ((MethodObj *)(o))
#define method_check(o) (obj_type(o) == &method_type)

Obj *method_new(ObjRef function, ObjRef self);

#endif
