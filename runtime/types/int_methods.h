#ifndef OURO_RUNTIME_TYPES_INT_METHODS_H
#define OURO_RUNTIME_TYPES_INT_METHODS_H

/* The methods and attributes of int (int_methods.c), apart from its operators (int.c). */

#include "runtime/core/type.h"

extern const MethodDef int_methods[];
extern const GetSetDef int_getset[];

#endif
