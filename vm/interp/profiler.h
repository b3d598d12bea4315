#ifndef OURO_VM_INTERP_PROFILER_H
#define OURO_VM_INTERP_PROFILER_H

/* Time and memory by line and function: module _profiler. */

#include "runtime/types/module.h"

extern const ModuleDef profiler_module;
/* Ends a measurement that still runs and forgets its results. */
void profiler_finish(void);

#endif
