#ifndef OURO_VM_INSPECT_NAMING_H
#define OURO_VM_INSPECT_NAMING_H

/*
 * Objects and slots in words.  No user code runs: an instance is shown by its class.  All results
 * are new str references, or NULL with MemoryError.
 */

#include "vm/inspect/census.h"

/* "[1, 2]"-like only for atoms: 5, 'text', None; else "list of 3 items", "function f", "a Node".
 * `census` (or NULL) lets parts be named by their whole: "the globals of module m". */
Obj *naming_object(const Census *census, ObjRef o);
/* The slot of an edge, seen from inside its owner: "[3]", ".name", "['key']", "local variable x".
 */
Obj *naming_slot(const Census *census, const Edge *edge);
/* The slot with its owner: "item [3] of a list of 4 items", "local variable 'x' of f, line 3". */
Obj *naming_holder(const Census *census, const Edge *edge);
/* The word for the kind of slot: "local", "global", "attribute", "item", … (static). */
const char *naming_kind(const Census *census, const Edge *edge);

#endif
