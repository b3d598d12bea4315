#ifndef OURO_RUNTIME_TYPES_GENERIC_PARAMS_H
#define OURO_RUNTIME_TYPES_GENERIC_PARAMS_H

/* Names and type variables of generic aliases and unions. */

#include "runtime/types/str.h"

/* Appends what stands for a type in the repr of an alias or union: "int", "collections.deque". */
int generic_params_add_name(StrBuilder *b, ObjRef o);
/* The type variables in a tuple of arguments, each once, in order: tuple. */
Obj *generic_params_collect(ObjRef args);
/* `args` with the type variables `parameters` replaced by `item` (one value, or a tuple of them).
 */
Obj *generic_params_substitute(ObjRef alias, ObjRef args, ObjRef parameters, ObjRef item);

#endif
