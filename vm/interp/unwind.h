#ifndef OURO_VM_INTERP_UNWIND_H
#define OURO_VM_INTERP_UNWIND_H

/* Raising, matching and interrupting: what the loop does about exceptions. */

#include <stdbool.h>

#include "vm/interp/thread.h"

/* The raise statement.  Both may be NULL and are taken over; an exception is pending afterwards.
 * True for a bare raise: the traceback gets no new entry. */
bool unwind_raise_steal(Obj *exception, Obj *cause);
/* `except type`: 1, 0, -1 (type is no exception class). */
int unwind_matches(ObjRef exception, ObjRef type);
/* `except* type`: splits; both new references, None where empty. */
int unwind_match_group(ObjRef exception, ObjRef type, Obj **rest, Obj **match);
/* The end of a try with except*: what is to be raised, or None. */
Obj *unwind_join_groups(ObjRef original, ObjRef raised);
/* runtime.breaker is set: 0 to go on, -1 with an exception. */
int unwind_break(VmThread *vm);

#endif
