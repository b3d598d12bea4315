#ifndef OURO_VM_INSPECT_LIFE_H
#define OURO_VM_INSPECT_LIFE_H

/* -X track: what happens to each object from where it is made to where it is freed. */

#include <stdbool.h>

#include "gc/object.h"

extern bool life_on;

/* From now on; the program runs in the traced loop. */
void life_start(void);
/* Gives up the records. */
void life_finish(void);
/* What is known of an object, or (an int) of the object whose id it is or was: a dict of type, id,
 * alive, events (a list of dicts: step, event, file, line, function, before, after) and left_out
 * (events that were too many); None when it was not watched. */
Obj *life_report(ObjRef o);

#endif
