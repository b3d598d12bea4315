#ifndef OURO_VM_INTERP_SUPERINSTRUCTIONS_H
#define OURO_VM_INTERP_SUPERINSTRUCTIONS_H

/* Pairs of instructions that one opcode executes; see eval_pairs.def. */

#include "vm/compile/code.h"
#include "vm/interp/code_data.h"

/* Writes the pair opcodes over the code, which has its CodeData. */
void superinstructions_overlay(CodeObj *code);

/* The code is about to be used more than once. */
static inline void superinstructions_prepare(CodeObj *code)
{
    if (__builtin_expect(!((CodeData *)code->vm_data)->paired, 0))
        superinstructions_overlay(code);
}

#endif
