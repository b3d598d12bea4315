#ifndef OURO_RUNTIME_CORE_ROOTS_H
#define OURO_RUNTIME_CORE_ROOTS_H

/*
 * References that C variables own, by name: what the module `ouro` shows as "held by the
 * interpreter".  A file that keeps an object in a static variable announces the variable once,
 * where it sets it first; announcing it again is harmless.
 */

#include <stddef.h>
#include <stdint.h>

#include "gc/object.h"

/* `count` variables of type Obj *, `stride` bytes apart, each NULL or an owned reference.  Does
 * nothing when there is no room. */
void roots_add(const char *label, void *first, int64_t count, size_t stride);
#define ROOT(label, variable) roots_add((label), &(variable), 1, sizeof(Obj *))
#define ROOT_ARRAY(label, array)                                                                   \
    roots_add((label), (array), (int64_t)(sizeof(array) / sizeof *(array)), sizeof *(array))

/* Calls visit for every reference that an announced variable, the Runtime or the ThreadState owns,
 * and for the one that each static object (builtin type, cached int, singleton) has to itself; a
 * result other than 0 stops the walk and is returned. */
int roots_each(int (*visit)(const char *label, ObjRef o, void *context), void *context);

#endif
