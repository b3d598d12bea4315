#ifndef OURO_RUNTIME_CORE_IDS_H
#define OURO_RUNTIME_CORE_IDS_H

/*
 * What id() and reprs show for an object: its address, or with --ids=stable the number 1, 2, 3, …
 * that it got when it was first shown.
 *
 * A number stands for one object as long as that lives and for nothing afterwards; an address is
 * used again by later objects.
 */

#include <stdbool.h>
#include <stdint.h>

#include "gc/object.h"

/* --ids=stable is on. */
extern bool ids_stable;
/* Switches it on (before the first object is shown). */
void ids_use_stable(void);

/* What stands for the object wherever a program sees its address. */
uintptr_t ids_of(ObjRef o);
/* The address that `id` stands for: `id` itself, or the address of the object with that number; 0
 * when there is none now.  *gone (if not NULL): there was one. */
uintptr_t ids_resolve(uintptr_t id, bool *gone);
/* The number that the object has with --ids=stable; 0: none yet. */
uintptr_t ids_peek(ObjRef o);
void ids_finish(void);

#endif
