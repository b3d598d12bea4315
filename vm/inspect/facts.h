#ifndef OURO_VM_INSPECT_FACTS_H
#define OURO_VM_INSPECT_FACTS_H

#include "gc/object.h"

/* A dict: type, object (in words), id, interned, unique (the rule by which it exists once; absent
 * when there is none), constants and inside_constants (places in code that load it, or a tuple that
 * holds it), names (code that has it as a name). */
Obj *facts_report(ObjRef o);

#endif
