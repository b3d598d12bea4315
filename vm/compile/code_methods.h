#ifndef OURO_VM_COMPILE_CODE_METHODS_H
#define OURO_VM_COMPILE_CODE_METHODS_H

/* What Python sees of code objects; used by code.c's type definition. */

#include "runtime/core/type.h"

extern const MethodDef code_methods_table[];
extern const MemberDef code_methods_members[];
extern const GetSetDef code_methods_getset[];
Obj *code_methods_new(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames);

#endif
