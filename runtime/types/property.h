#ifndef OURO_RUNTIME_TYPES_PROPERTY_H
#define OURO_RUNTIME_TYPES_PROPERTY_H

/* property: attribute access turned into calls. */

#include "runtime/core/object.h"

/* The VM reads `getter` to run it in the same loop. */
typedef struct PropertyObj {
    Obj base;
    Obj *getter, *setter, *deleter; /* owned or NULL */
    Obj *doc, *name;                /* owned or NULL */
    bool doc_from_getter;
} PropertyObj;

#define property_cast(o) ((PropertyObj *)(o))

#endif
