#ifndef OURO_VM_INTERP_TRACEMALLOC_H
#define OURO_VM_INTERP_TRACEMALLOC_H

/* Which lines allocated the memory in use: module _tracemalloc. */

#include "runtime/types/module.h"

extern const ModuleDef tracemalloc_module;
enum { TRACEMALLOC_MAX_FRAMES = 65535 };
/* Begins to trace with tracebacks of up to `frames` frames; harmless when it traces already. */
void tracemalloc_begin(int frames);
void tracemalloc_finish(void);

#endif
