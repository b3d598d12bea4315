#ifndef OURO_RUNTIME_MODULES_BUILTINS_H
#define OURO_RUNTIME_MODULES_BUILTINS_H

/* The module builtins; made at start, kept in runtime.builtins. */

#include "runtime/types/module.h"

extern const ModuleDef builtins_module;

int builtins_init(void);
void builtins_finish(void);

#endif
