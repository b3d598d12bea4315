#ifndef OURO_RUNTIME_CORE_NAMES_H
#define OURO_RUNTIME_CORE_NAMES_H

/* Interned strings that C code needs, made once by names_make from names.def. */

#include "gc/object.h"

typedef struct Names {
#define NAME(id, text) Obj *id;
#include "runtime/core/names.def"
#undef NAME
} Names;

extern Names names;

int names_make(void);
void names_finish(void);

#endif
