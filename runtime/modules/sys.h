#ifndef OURO_RUNTIME_MODULES_SYS_H
#define OURO_RUNTIME_MODULES_SYS_H

/* The module sys; made at start after builtins, its dict kept in runtime.sys_dict. */

#include "runtime/types/module.h"

extern const ModuleDef sys_module;

int sys_init(void);
void sys_finish(void);
/* The argument of sys.unraisablehook. */
Obj *sys_unraisable_args(ObjRef exception, ObjRef where);

#endif
