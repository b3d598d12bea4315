#ifndef OURO_RUNTIME_MODULES_WARNINGS_H
#define OURO_RUNTIME_MODULES_WARNINGS_H

/* The warnings machinery (module _warnings); C code warns through err_warn. */

#include "runtime/types/module.h"

extern const ModuleDef warnings_module;

/* Issues a warning (message: a str) for a line of a file, as the compiler does: 0/-1. */
int warnings_warn_at(Type *category, ObjRef message, ObjRef filename, int64_t line);

int warnings_init(void);
void warnings_finish(void);

#endif
