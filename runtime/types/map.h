#ifndef OURO_RUNTIME_TYPES_MAP_H
#define OURO_RUNTIME_TYPES_MAP_H

/* map(function, *iterables). */

#include "runtime/core/object.h"

extern Type map_type;

#endif
