#ifndef OURO_VM_INTERP_CALLS_H
#define OURO_VM_INTERP_CALLS_H

/* Binding of call arguments to the parameters of Python functions; calls with *args and **kwargs.
 */

#include <stdbool.h>

#include "runtime/types/tuple.h"
#include "vm/interp/thread.h"

/*
 * Turns arguments into slots in place: fp[0..nargs) are positional, the values of kwnames (tuple of
 * str or NULL) follow, all owned.  Fills defaults, *args, **kwargs, sets the other slots to NULL
 * and copies the closure.  There is room for the frame and the arguments.  On failure (TypeError in
 * CPython's words) the arguments are released.  0/-1.
 */
int calls_bind(const FunctionObj *function, Obj **fp, int64_t nargs, ObjRef kwnames);

/*
 * How the arguments of one CALL become the slots of one function's frame: which slots its keywords
 * name and which parameters are left to defaults.  Made once for a site, for functions of one code
 * object.
 */
enum { PLAN_KEYWORDS = 8, PLAN_DEFAULTS = 12 };
typedef struct CallPlan {
    uint32_t serial;      /* of the callee's CodeData */
    ObjRef keyword_names; /* the site's, a constant of the calling code, or NULL; borrowed */
    int16_t positional, keywords, defaults;
    int16_t keyword_slots[PLAN_KEYWORDS]; /* parameter that each keyword names */
    int16_t default_slots[PLAN_DEFAULTS]; /* parameters without argument */
} CallPlan;

/* Fills in the plan; false when such a call is not to be planned (or an error). */
bool calls_plan(CallPlan *plan, const FunctionObj *function, int64_t positional, ObjRef kwnames);
/* calls_bind by a plan that is for this code and these kwnames. */
int calls_bind_planned(const FunctionObj *function, Obj **fp, const CallPlan *plan);
/* NULL for slots from `first` on, then the closure's cells. */
static inline void calls_clear_slots(const FunctionObj *function, Obj **fp, int64_t first)
{
    for (int64_t i = first; i < function->slots; i++)
        fp[i] = NULL;
    if (__builtin_expect(function->free_slots != 0, 0)) {
        Obj **cells = fp + (function->slots - function->free_slots);
        for (int32_t i = 0; i < function->free_slots; i++)
            cells[i] = obj_incref(tuple_peek(function->closure, i));
    }
}
/* DICT_MERGE: adds mapping to the dict of keyword arguments of a call of `callable`: 0/-1. */
int calls_merge_keywords(ObjRef dict, ObjRef mapping, ObjRef callable);
/* For CALL_FUNCTION_EX of what is no Python function; the dict of keyword arguments may be NULL. */
Obj *calls_spread(ObjRef callable, ObjRef tuple, ObjRef dict);
/* "name()" of a callable for messages: str. */
Obj *calls_function_str(ObjRef callable);

#endif
