#ifndef OURO_RUNTIME_MODULES_OPERATOR_H
#define OURO_RUNTIME_MODULES_OPERATOR_H

/* Types of module _operator (operator_getters.c). */

#include "runtime/core/object.h"

extern Type operator_itemgetter_type, operator_attrgetter_type, operator_methodcaller_type;

#endif
