#ifndef OURO_VM_INTERP_VM_H
#define OURO_VM_INTERP_VM_H

/* Start and end of the whole interpreter. */

#include "gc/object.h"

/* Runtime, types of the VM, compiler, builtins, import: 0, or -1 with a message on stderr. */
int vm_init(void);
/* Ends Python: atexit functions, flushed files, teardown.  Exit status 0, or 120 when flushing
 * failed. */
int vm_finish(void);
/* As vm_finish, for a process that ends next: memory that only the interpreter holds is left to the
 * system (in Debug builds all is freed, and survivors are reported). */
int vm_end_process(void);

#endif
