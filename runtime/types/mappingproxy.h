#ifndef OURO_RUNTIME_TYPES_MAPPINGPROXY_H
#define OURO_RUNTIME_TYPES_MAPPINGPROXY_H

/* mappingproxy: a read-only view of a mapping, such as the __dict__ of a class. */

#include "runtime/core/object.h"

Obj *mappingproxy_new(ObjRef mapping);

#endif
