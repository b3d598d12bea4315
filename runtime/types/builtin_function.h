#ifndef OURO_RUNTIME_TYPES_BUILTIN_FUNCTION_H
#define OURO_RUNTIME_TYPES_BUILTIN_FUNCTION_H

/* builtin_function_or_method: a row of a method table, alone or bound to an object. */

#include "runtime/core/object.h"

typedef struct BuiltinFunctionObj {
    Obj base;
    const MethodDef *def;
    Obj *self; /* owned; what it is bound to (the class for METHOD_CLASS and METHOD_STATIC); or NULL
                */
    Obj *module; /* owned; str: __module__; or NULL */
    Obj *weak_list;
} BuiltinFunctionObj;

#define builtin_function_cast(o) ((BuiltinFunctionObj *)(o))
#define builtin_function_check(o) (obj_type(o) == &builtin_function_type)

/* What def->fn takes as self. */
static inline ObjRef builtin_function_self(ObjRef o)
{
    const BuiltinFunctionObj *f = (const BuiltinFunctionObj *)o;
    return f->def->flags & METHOD_STATIC ? NULL : (ObjRef)f->self;
}

/* A call with so many positional arguments and these keywords may go straight to def->fn. */
static inline bool builtin_function_accepts(const MethodDef *def, int64_t nargs, ObjRef kwnames)
{
    if (def->flags & METHOD_KEYWORDS)
        return true;
    return kwnames == NULL && nargs >= def->min && (def->max < 0 || nargs <= def->max);
}

/* TypeError unless builtin_function_accepts; `function` is what was called: 0/-1. */
int builtin_function_check_args(ObjRef function, const MethodDef *def, int64_t nargs,
                                ObjRef kwnames);

#endif
