#ifndef OURO_RUNTIME_MODULES_GCMODULE_H
#define OURO_RUNTIME_MODULES_GCMODULE_H

/* The module gc, and its ties to the collector that exist before anybody imports it. */

#include "runtime/types/module.h"

extern const ModuleDef gc_module;

int gcmodule_init(void);
void gcmodule_finish(void);

#endif
