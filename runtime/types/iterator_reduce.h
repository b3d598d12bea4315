#ifndef OURO_RUNTIME_TYPES_ITERATOR_REDUCE_H
#define OURO_RUNTIME_TYPES_ITERATOR_REDUCE_H

/* What the __reduce__ methods of the builtin iterators share. */

#include <stdint.h>

#include "runtime/core/object.h"

/* A builtin function or type by name ("iter", "reversed"): new reference. */
Obj *iterator_reduce_builtin(const char *name);
#define REDUCE_NO_INDEX INT64_MIN
/* (builtin, (argument,), index), or without the index where it is REDUCE_NO_INDEX.  Takes over
 * `argument`, which may be NULL: an error is pending then. */
Obj *iterator_reduce_steal(const char *builtin, Obj *argument, int64_t index);

#endif
