#ifndef OURO_VM_COMPILE_PEEPHOLE_H
#define OURO_VM_COMPILE_PEEPHOLE_H

/*
 * The optimiser: rewrites a unit's instruction list.
 */

#include "vm/compile/codegen.h"

/* Constant expressions, as written in the source: before constants are numbered.  On failure
 * c->failed is set. */
void peephole_fold(Compiler *c, Unit *unit);
/* Jumps, dead code, tuples the compiler made, exchanges on the stack. */
void peephole_optimize(Compiler *c, Unit *unit);
/* The co_consts that the unit would have now: gives constants their final indices. */
void peephole_number_constants(Compiler *c, Unit *unit);

#endif
