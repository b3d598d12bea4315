#ifndef OURO_RUNTIME_TYPES_FILTER_H
#define OURO_RUNTIME_TYPES_FILTER_H

/* filter(function or None, iterable). */

#include "runtime/core/object.h"

extern Type filter_type;

#endif
