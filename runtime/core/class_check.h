#ifndef OURO_RUNTIME_CORE_CLASS_CHECK_H
#define OURO_RUNTIME_CORE_CLASS_CHECK_H

/* isinstance and issubclass without the hooks __instancecheck__ and __subclasscheck__. */

#include "gc/object.h"

int class_check_instance(ObjRef o, ObjRef cls);
int class_check_subclass(ObjRef derived, ObjRef cls);

#endif
