#ifndef OURO_RUNTIME_TYPES_SUPER_H
#define OURO_RUNTIME_TYPES_SUPER_H

/* super: attribute lookup that starts after a class in the MRO of an object. */

#include "runtime/core/object.h"

/* Finds name in the MRO of `start_type` after `type`: borrowed, NULL without an exception if
 * absent. */
ObjRef super_lookup(Type *type, Type *start_type, ObjRef name);

#endif
