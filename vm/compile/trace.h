#ifndef OURO_VM_COMPILE_TRACE_H
#define OURO_VM_COMPILE_TRACE_H

/* What the peephole pass tells a CompileTrace; nothing without one. */

#include "vm/compile/codegen.h"

void trace_listing(Compiler *c, const Unit *unit, const Instr *first, int64_t count,
                   const Instr *second, int64_t second_count);
void trace_rewrite(Compiler *c, const Unit *unit, const char *rule, const Instr *after,
                   int64_t count);

/* Notes instructions (in two runs, either may be empty) that are about to be rewritten, and
 * co_consts. */
static inline void trace_begin(Compiler *c, const Unit *unit, const Instr *first, int64_t count,
                               const Instr *second, int64_t second_count)
{
    if (c->trace != NULL)
        trace_listing(c, unit, first, count, second, second_count);
}

/* Reports the rewrite by `rule` with what became of them. */
static inline void trace_end(Compiler *c, const Unit *unit, const char *rule, const Instr *after,
                             int64_t count)
{
    if (c->trace != NULL)
        trace_rewrite(c, unit, rule, after, count);
}

#endif
