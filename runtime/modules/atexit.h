#ifndef OURO_RUNTIME_MODULES_ATEXIT_H
#define OURO_RUNTIME_MODULES_ATEXIT_H

/* The module atexit. */

#include "runtime/types/module.h"

extern const ModuleDef atexit_module;

/* Calls what was registered, the last first; called before the modules are torn down. */
void atexit_run(void);
void atexit_finish(void);

#endif
