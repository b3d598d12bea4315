#ifndef OURO_VM_INSPECT_STACK_DEPTH_H
#define OURO_VM_INSPECT_STACK_DEPTH_H

#include "vm/compile/code.h"

/* Operands on the stack before the instruction at word `index`; -1: not known (no memory, or no
 * path comes there). */
int32_t stack_depth_at(const CodeObj *code, int32_t index);

#endif
