#ifndef OURO_VM_INSPECT_HOLDERS_H
#define OURO_VM_INSPECT_HOLDERS_H

#include <stdbool.h>

#include "vm/inspect/census.h"

/* References to `o` that module ouro itself has at this moment: its frames' and its arguments'. */
int64_t holders_own_count(ObjRef o);
/* Belongs to module ouro: one of its modules, functions, classes, or a part of one. */
bool holders_is_own(const Census *census, ObjRef o);
/* (rows, count): a list of a dict for each slot that holds `o`, at most `limit` of them and then
 * one that counts the others; and the reference count that they add up to. */
Obj *holders_report(ObjRef o, int64_t limit);
/* The path by which something alive holds `o`: a list of dicts, the root first; or None. */
Obj *alive_report(ObjRef o);
/* Number of objects whose slots do not add up to their counts, after writing what is wrong of the
 * first few to a list of str: (objects, list).  For tests. */
Obj *holders_audit(void);

#endif
