#ifndef OURO_VM_INTERP_ANEXT_H
#define OURO_VM_INTERP_ANEXT_H

/* The builtin anext, and what it gives when called with a default. */

#include "runtime/core/type.h"

Obj *builtin_anext(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames);
extern Type anext_awaitable_type;

#endif
