#ifndef OURO_VM_INTERP_CELL_H
#define OURO_VM_INTERP_CELL_H

/* cell: one variable shared by the functions that see it. */

#include "runtime/core/type.h"

typedef struct CellObj {
    Obj base;
    Obj *value; /* owned; NULL: unbound */
} CellObj;

extern Type cell_type;
#define cell_cast(o) ((CellObj *)(o))
#define cell_check(o) (obj_type(o) == &cell_type)

/* Takes over value (may be NULL), also on failure. */
Obj *cell_new_steal(Obj *value);

#endif
