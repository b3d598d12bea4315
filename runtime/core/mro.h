#ifndef OURO_RUNTIME_CORE_MRO_H
#define OURO_RUNTIME_CORE_MRO_H

/* Method resolution order. */

#include "runtime/core/type.h"

/* The C3 order of a type whose bases are set: tuple; TypeError when there is none. */
Obj *mro_compute(Type *type);
/* As type.mro() says, which a metaclass may override; checked.  Sets type->mro: 1 when it changed,
 * 0 when mro() itself set it meanwhile, -1. */
int mro_assign(Type *type);

#endif
