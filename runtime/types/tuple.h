#ifndef OURO_RUNTIME_TYPES_TUPLE_H
#define OURO_RUNTIME_TYPES_TUPLE_H

/* tuple: a fixed array of references inside the object. */

#include <stdint.h>

#include "runtime/core/object.h"

typedef struct TupleObj {
    Obj base;
    int64_t length;
    Obj *items[];
} TupleObj;

extern Type tuple_type, tuple_iterator_type;

typedef struct TupleIterObj {
    Obj base;
    int64_t index;
    TupleObj *tuple; /* owned; NULL when exhausted */
} TupleIterObj;

#define tuple_cast(o) ((TupleObj *)(o))
#define tuple_check(o) obj_has_flag(o, TYPE_TUPLE)
#define tuple_check_exact(o) (obj_type(o) == &tuple_type)
#define tuple_length(o) (((const TupleObj *)(o))->length)
#define tuple_peek(o, i) ((ObjRef)((const TupleObj *)(o))->items[i])

/* Items NULL until filled (tuple_cast(t)->items[i] = owned); length 0 gives the one (). */
Obj *tuple_new(int64_t length);
Obj *tuple_pack(int64_t count, ...); /* of ObjRef */
Obj *tuple_from(const ObjRef *items, int64_t count);
Obj *tuple_from_steal(Obj **items, int64_t count);
/* The same for items some of which may be NULL, their making having failed: NULL then. */
Obj *tuple_from_results_steal(Obj **items, int64_t count);
Obj *tuple_slice(ObjRef tuple, int64_t low, int64_t high);
/* Stops tracking an exact tuple none of whose items can be part of a cycle.  For those who fill a
 * tuple_new by hand; the other makers have done it. */
void tuple_maybe_untrack(ObjRef tuple);
/* Gives up the runtime's reference to (). */
void tuple_finish(void);

#endif
