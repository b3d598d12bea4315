#ifndef OURO_RUNTIME_TYPES_FLOAT_METHODS_H
#define OURO_RUNTIME_TYPES_FLOAT_METHODS_H

/* The methods and attributes of float (float_methods.c), apart from its operators (float.c). */

#include "runtime/core/type.h"

extern const MethodDef float_methods[];
extern const GetSetDef float_getset[];

#endif
