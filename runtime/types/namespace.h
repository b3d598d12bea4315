#ifndef OURO_RUNTIME_TYPES_NAMESPACE_H
#define OURO_RUNTIME_TYPES_NAMESPACE_H

/* types.SimpleNamespace. */

#include "runtime/core/object.h"

extern Type namespace_type;

/* A namespace with the items of a dict (or none: NULL) as attributes. */
Obj *namespace_new(ObjRef dict_or_null);

#endif
