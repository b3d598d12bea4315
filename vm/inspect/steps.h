#ifndef OURO_VM_INSPECT_STEPS_H
#define OURO_VM_INSPECT_STEPS_H

#include <stdint.h>

#include "gc/object.h"

/* Collects a generation and tells how: a dict of counts, and under "objects" a list of a dict for
 * each object that was found unreachable or lost all of its counted references, at most `limit`. */
Obj *steps_report(int generation, int64_t limit);
/* Where the collector has an object: dict of generation, tracked, frozen, finalized. */
Obj *steps_generation(ObjRef o);

#endif
