#ifndef OURO_RUNTIME_CORE_TYPE_ATTRS_H
#define OURO_RUNTIME_CORE_TYPE_ATTRS_H

/* Computed attributes of classes (__name__, __bases__, __dict__, …). */

#include "runtime/core/type.h"

extern const GetSetDef type_getset[];

/* __module__ of a class: new reference; AttributeError where a class has none. */
Obj *type_get_module(ObjRef self);
/* Stores (NULL: deletes) an attribute in the type's dict and tells who must know. */
int type_store(Type *type, ObjRef name, ObjRef value);
/* Adds the attribute names of a class and its bases to dict. */
int type_merge_dir(ObjRef dict, ObjRef cls);
/* Instances of both types have the same memory layout; `attribute` for the TypeError: 0/-1. */
int type_check_layout(const Type *new_type, const Type *old_type, const char *attribute);

#endif
