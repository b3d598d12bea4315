#ifndef OURO_RUNTIME_MODULES_CONTEXTVARS_H
#define OURO_RUNTIME_MODULES_CONTEXTVARS_H

/* Context variables (PEP 567) for C code: contexts in which an event loop runs its callbacks. */

#include "runtime/core/object.h"

extern Type context_type, contextvar_type, context_token_type;

/* A new context with the variables of the current one; takes constant time. */
Obj *context_copy_current(void);
/* Makes `context` the current one until the matching leave: 0, or -1 with RuntimeError when it is
 * entered already.  Calls nest strictly. */
int context_enter(ObjRef context);
void context_leave(ObjRef context);
/* Value of a variable in the current context, else `fallback` (may be NULL), else the variable's
 * own default: new reference.  NULL without an exception when there is none of these. */
Obj *contextvar_get(ObjRef var, ObjRef fallback);
/* Sets it; gives the token that takes the change back. */
Obj *contextvar_set(ObjRef var, ObjRef value);
/* Gives up the current context when the runtime ends. */
void contextvars_finish(void);

#endif
