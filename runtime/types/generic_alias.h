#ifndef OURO_RUNTIME_TYPES_GENERIC_ALIAS_H
#define OURO_RUNTIME_TYPES_GENERIC_ALIAS_H

/* types.GenericAlias: list[int] and its like; what __class_getitem__ of the builtin containers
 * gives. */

#include "runtime/core/object.h"

extern Type generic_alias_type;

/* origin[args]; args that are no tuple become one of one item. */
Obj *generic_alias_new(ObjRef origin, ObjRef args);
/* Ready-made method for tables: {"__class_getitem__", generic_alias_class_getitem, 1, 1,
 * METHOD_CLASS}. */
Obj *generic_alias_class_getitem(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames);

#endif
