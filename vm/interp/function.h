#ifndef OURO_VM_INTERP_FUNCTION_H
#define OURO_VM_INTERP_FUNCTION_H

/*
 * function: code with its globals, defaults and closure.
 *
 * The first fields after `code` are copies of what a call needs from the code object, so that the
 * fast path touches one cache line.  They change together with `code`.
 */

#include <stdint.h>

#include "runtime/core/type.h"
#include "vm/compile/code.h"

typedef struct FunctionObj {
    Obj base;
    CodeObj *code;   /* owned; NULL only once cleared by the collector */
    CodeWord *words; /* of code */
    Obj **consts;    /* items of code->consts */
    int32_t
        simple_args; /* parameters of a function that takes exactly so many; -1: not so simple */
    int32_t slots;   /* nlocalsplus */
    int32_t frame_words;          /* nlocalsplus + stacksize */
    int32_t free_slots;           /* nfreevars */
    struct NameCells *name_cells; /* of module code whose namespace is its globals; or NULL */
    Obj *closure;                 /* tuple of cells, or NULL */
    Obj *globals;                 /* dict */
    Obj *builtins;                /* dict */
    Obj *name, *qualname;         /* str */
    Obj *defaults;                /* tuple or NULL */
    Obj *kwdefaults;              /* dict or NULL */
    Obj *annotations;             /* dict, tuple of names and values alternating, or NULL */
    Obj *module;                  /* any, or NULL: reads as None */
    Obj *doc;
    Obj *dict; /* __dict__ or NULL */
    Obj *weak_list;
} FunctionObj;

extern Type function_type;
#define function_cast(o) ((FunctionObj *)(o))
#define function_check(o) (obj_type(o) == &function_type)

/* A function of `code` with the globals' __builtins__ and __name__; closure may be NULL. */
Obj *function_new(ObjRef code, ObjRef globals, ObjRef closure);
/* A copy that shares everything. */
Obj *function_copy(ObjRef function);
/* call slot. */
Obj *function_call(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames);

#endif
