#ifndef OURO_VM_INTERP_BUILTINS_VM_H
#define OURO_VM_INTERP_BUILTINS_VM_H

/* Builtin functions that need frames, code or import. */

#include <stdbool.h>

#include "gc/object.h"

/* Adds them to the modules builtins and sys: 0/-1. */
int builtins_vm_init(void);
/* Whether o is the builtin __import__ itself. */
bool builtins_vm_is_import(ObjRef o);

#endif
