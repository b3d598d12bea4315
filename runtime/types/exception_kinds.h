#ifndef OURO_RUNTIME_TYPES_EXCEPTION_KINDS_H
#define OURO_RUNTIME_TYPES_EXCEPTION_KINDS_H

/* Slots of the exception kinds with behaviour of their own, for the type definitions in
 * exception.c. */

#include "runtime/types/exception.h"

/* Shared by all kinds (exception.c). */
int exception_traverse(ObjRef self, VisitFn visit, void *context);
int exception_clear(ObjRef self);
void exception_dealloc(Obj *self);
Obj *exception_new_slot(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames);
int exception_init(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames);
int exception_set_args(ObjRef self, const ObjRef *args, int64_t nargs);

/* exception_kinds.c */
Obj *os_error_new(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames);
int os_error_init(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames);
Obj *os_error_str(ObjRef self);
extern const MemberDef os_error_members[];
extern const GetSetDef os_error_getset[];
extern const MethodDef os_error_methods[];

int syntax_error_init(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames);
Obj *syntax_error_str(ObjRef self);
extern const MemberDef syntax_error_members[];

int unicode_decode_init(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames);
int unicode_encode_init(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames);
int unicode_translate_init(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames);
Obj *unicode_decode_str(ObjRef self);
Obj *unicode_encode_str(ObjRef self);
Obj *unicode_translate_str(ObjRef self);
extern const MemberDef unicode_error_members[];

/* exception_group.c */
Obj *group_new(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames);
int group_init(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames);
Obj *group_str(ObjRef self);
Obj *group_repr(ObjRef self);
extern const MemberDef group_members[];
extern const MethodDef group_methods[];

#endif
