#ifndef OURO_VM_COMPILE_OPCODE_MODULE_H
#define OURO_VM_COMPILE_OPCODE_MODULE_H

/* Module _opcode: what runtime/lib/opcode.py and dis.py need to know of instructions. */

#include "runtime/types/module.h"

extern const ModuleDef opcode_module;

#endif
