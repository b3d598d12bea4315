#ifndef OURO_RUNTIME_TYPES_ZIP_H
#define OURO_RUNTIME_TYPES_ZIP_H

/* zip(*iterables, strict=False). */

#include "runtime/core/object.h"

extern Type zip_type;

#endif
