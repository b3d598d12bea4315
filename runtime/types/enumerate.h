#ifndef OURO_RUNTIME_TYPES_ENUMERATE_H
#define OURO_RUNTIME_TYPES_ENUMERATE_H

/* enumerate(iterable, start=0). */

#include "runtime/core/object.h"

extern Type enumerate_type;

#endif
