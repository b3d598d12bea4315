#ifndef OURO_VM_INTERP_EVAL_H
#define OURO_VM_INTERP_EVAL_H

/* The ways into the eval loop. */

#include "runtime/core/type.h"
#include "vm/compile/code.h"

struct GeneratorObj;

/* Calls a FunctionObj from C. */
Obj *eval_call(ObjRef function, const ObjRef *args, int64_t nargs, ObjRef kwnames);
/* Runs module, class, eval or exec code: names are looked up in `namespace` (any mapping), then in
 * globals.  closure: tuple of cells or NULL. */
Obj *eval_code(ObjRef code, ObjRef globals, ObjRef namespace, ObjRef closure);
/* The same with a ready function of such code. */
Obj *eval_in_namespace(ObjRef function, ObjRef namespace);
/* Goes on in a suspended generator: `sent` (taken over) is the value of its yield; NULL: the
 * pending exception is raised there.  What it yielded, or what it returned (its state says which).
 */
Obj *eval_resume_steal(struct GeneratorObj *generator, Obj *sent);

/* ---- the two loops, for each other: see eval.c */

/*
 * A loop that has to leave its frames to the other one notes where that goes on in the thread's
 * `hand_over` and returns this mark, so that switching takes no C stack.
 */
#define EVAL_HANDED_OVER ((Obj *)&eval_handed_over)
extern const char eval_handed_over;
Obj *eval_hand_over(Obj **sp, const CodeWord *last, bool throwing);
Obj *eval_loop(Obj **sp, bool throwing);
Obj *eval_loop_traced(Obj **sp, const CodeWord *last, bool throwing);

#endif
