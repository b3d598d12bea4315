#ifndef OURO_RUNTIME_MODULES_FUNCTOOLS_H
#define OURO_RUNTIME_MODULES_FUNCTOOLS_H

/* Types of module _functools, one file each: functools_partial.c, functools_lru_cache.c. */

#include "runtime/core/object.h"
#include "runtime/types/generic_alias.h"

extern Type functools_partial_type, functools_lru_cache_type, functools_lru_link_type;

/* Sets __dict__, which cannot be deleted. */
int functools_set_dict(ObjRef self, ObjRef dict);

#define functools_class_getitem generic_alias_class_getitem

#endif
