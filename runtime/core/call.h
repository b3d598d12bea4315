#ifndef OURO_RUNTIME_CORE_CALL_H
#define OURO_RUNTIME_CORE_CALL_H

/* Calls with something put before the arguments. */

#include "runtime/core/type.h"

/* callable(first, *args, **keywords). */
Obj *obj_call_prepend(ObjRef callable, ObjRef first, const ObjRef *args, int64_t nargs,
                      ObjRef kwnames);
/* Calls what type_lookup found on self's type as a method of self: without a bound object where
 * the callable allows it. */
Obj *obj_call_unbound(ObjRef method, ObjRef self, const ObjRef *args, int64_t nargs,
                      ObjRef kwnames);

#endif
