#ifndef OURO_RUNTIME_TYPES_DESCRIPTOR_H
#define OURO_RUNTIME_TYPES_DESCRIPTOR_H

/*
 * Descriptors that type_ready makes from a type's tables: method_descriptor,
 * classmethod_descriptor, getset_descriptor, member_descriptor.
 */

#include "runtime/core/object.h"

/* What they all begin with. */
typedef struct DescriptorObj {
    Obj base;
    Type *owner; /* owned: __objclass__ */
    Obj *name;   /* owned; interned str */
} DescriptorObj;

typedef struct MethodDescriptorObj {
    DescriptorObj head;
    const MethodDef *def;
} MethodDescriptorObj;

typedef struct GetSetDescriptorObj {
    DescriptorObj head;
    const GetSetDef *def;
} GetSetDescriptorObj;

typedef struct MemberDescriptorObj {
    DescriptorObj head;
    const MemberDef *def; /* belongs to the type */
} MemberDescriptorObj;

#define descriptor_cast(o) ((DescriptorObj *)(o))
#define method_descriptor_def(o) (((const MethodDescriptorObj *)(o))->def)
#define getset_descriptor_def(o) (((const GetSetDescriptorObj *)(o))->def)
#define member_descriptor_def(o) (((const MemberDescriptorObj *)(o))->def)

/* The descriptor for a row of a table: METHOD_CLASS gives a classmethod_descriptor, METHOD_STATIC a
 * staticmethod around a builtin function. */
Obj *descriptor_new_method(Type *owner, const MethodDef *def);
Obj *descriptor_new_getset(Type *owner, const GetSetDef *def);
Obj *descriptor_new_member(Type *owner, const MemberDef *def);

/* Access to a field as MemberDef says.  An empty MEMBER_OBJ_ATTR gives NULL without an exception.
 */
Obj *member_get(ObjRef self, const MemberDef *def);
int member_set(ObjRef self, const MemberDef *def, ObjRef value);

/* __doc__ and __text_signature__ from "name(args)\n--\n\ntext"; None where there is none. */
Obj *descriptor_doc(const char *name, const char *doc);
Obj *descriptor_text_signature(const char *name, const char *doc, const char *receiver);
/* The text after the signature of a doc string (doc itself when it has none). */
const char *descriptor_doc_text(const char *name, const char *doc);

/* Shared by all kinds, slot_wrapper included. */
int descriptor_traverse(ObjRef self, VisitFn visit, void *context);
void descriptor_dealloc(Obj *self);
Obj *descriptor_qualname(ObjRef self);
extern const MemberDef descriptor_members[];
/* What __reduce__ of a descriptor gives: (getattr, (owner, name)) / (getattr, (o, name)). */
Obj *descriptor_reduce(ObjRef self);
Obj *descriptor_reduce_getattr(ObjRef o, ObjRef name);
/* TypeError "descriptor 'x' for 'T' objects doesn't apply to a 'U' object" unless o is a T: 0/-1.
 */
int descriptor_check(ObjRef self, ObjRef o);

#endif
