#ifndef OURO_VM_COMPILE_ASSEMBLE_H
#define OURO_VM_COMPILE_ASSEMBLE_H

/* From a unit's instruction list to a code object. */

#include "vm/compile/codegen.h"

/* Folds, numbers constants, optimises and encodes; the unit is spent.  NULL with an exception. */
Obj *assemble_unit(Compiler *c, Unit *unit, uint32_t flags);

#endif
