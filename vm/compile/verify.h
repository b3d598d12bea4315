#ifndef OURO_VM_COMPILE_VERIFY_H
#define OURO_VM_COMPILE_VERIFY_H

/*
 * The bytecode verifier.
 */

#include "vm/compile/code.h"

/* 0, or -1 with ValueError "bad code: …" when running a code object of these parts could read
 * outside of its tables, its slots or its stack, or take a special stack item for an object. */
int verify_parts(const CodeParts *parts);

#endif
