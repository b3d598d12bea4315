#ifndef OURO_VM_INSPECT_GRAPH_H
#define OURO_VM_INSPECT_GRAPH_H

#include <stdint.h>

#include "gc/object.h"

/* The objects that are reached from `root` (NULL: from the variables of __main__ and of the running
 * frames) in at most `depth` steps, at most `limit` of them, nearest first: a dict of
 *   nodes: a list of {id, type, text, atom, count, generation, size, outside, roots, more}
 *   edges: a list of {from, to, slot, kind}; kind "weak" is a weak reference
 *   roots: a list of {name, variables: list of {name, to}}
 *   cut: objects that the bounds left out
 * `from` and `to` are positions in nodes.  outside: references that no node and no root accounts
 * for; more: references to objects that are not in nodes. */
Obj *graph_report(ObjRef root, int64_t depth, int64_t limit);

#endif
