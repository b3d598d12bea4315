#ifndef OURO_RUNTIME_CORE_TYPE_BUILD_H
#define OURO_RUNTIME_CORE_TYPE_BUILD_H

/* What the files that make and change types share. */

#include <stdbool.h>
#include <stddef.h>

#include "runtime/core/type.h"

/* Gives a static type its shape and size of bookkeeping, so that objects of it can be made before
 * it is ready. */
void type_prepare(Type *type);
/* Unreadies every static type, the newest first. */
void type_unready_all(void);
/* The address is that of a static type. */
bool type_is_static(const Type *address);
/* The static type that has a shape at this address, or NULL; nothing is read through it. */
const Type *type_of_static_shape(const void *address);
/* Empties the cache of type_lookup. */
void type_forget_cache(void);

/* Direct subclasses: not owned; a type takes itself out when it goes. */
int type_add_subclass(Type *base, Type *type);
void type_remove_subclass(Type *base, const Type *type);
void type_free_subclasses(Type *type);
int32_t type_subclass_count(const Type *type);
Type *type_subclass_at(const Type *type, int32_t i);

/* Plain data took the place of plain data in the type's dict: type_epoch stays. */
void type_data_replaced(Type *type);

/* type.__getattribute__ without raising AttributeError: 1 and *out, 0, -1. */
int type_getattr_opt(ObjRef self, ObjRef name, Obj **out);
Obj *type_getattr(ObjRef self, ObjRef name);
int type_setattr(ObjRef self, ObjRef name, ObjRef value);

/* type_new.c */
Obj *type_new(Type *metatype, const ObjRef *args, int64_t nargs, ObjRef kwnames);
/* The metaclass for these bases: `metatype` or the most derived of theirs (borrowed); NULL with
 * TypeError on a conflict. */
Type *type_most_derived_metatype(Type *metatype, ObjRef bases);
/* Bytes of the block of a class's rows for __slots__. */
size_t type_members_size(const MemberDef *members);
/* The base that decides the layout of instances; NULL with TypeError when two conflict. */
Type *type_best_base(ObjRef bases);
/* The nearest type up from this one that adds fields to instances. */
Type *type_solid_base(Type *type);

#endif
