#ifndef OURO_RUNTIME_CORE_INSTANCE_H
#define OURO_RUNTIME_CORE_INSTANCE_H

/* What classes made at run time put into their TypeHead, and storage of attributes. */

#include <stdbool.h>

#include "runtime/core/type.h"

int instance_traverse(ObjRef self, VisitFn visit, void *context);
int instance_clear(ObjRef self);
void instance_dealloc(Obj *self);
Obj **instance_weak_list(ObjRef self);
/* Makes self, whose memory layout suits it, an instance of another type: 0/-1. */
int instance_set_type(ObjRef self, Type *type);
/* Instances of the object's type have a __dict__. */
bool instance_has_dict(ObjRef self);
/* Bytes of self beyond what its type's __sizeof__ counts. */
int64_t instance_overhead(ObjRef self);

#endif
