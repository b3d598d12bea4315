#ifndef OURO_VM_COMPILE_TREE_H
#define OURO_VM_COMPILE_TREE_H

/* The AST as Python objects, for module ast. */

#include "gc/object.h"
#include "grammar/ast.h"

/* A node as a tuple (name of its kind, (lineno, col_offset, end_lineno, end_col_offset) or None,
 * fields…): nodes in fields likewise, operators and contexts as (name, None).  New reference; NULL
 * with an exception. */
Obj *tree_from_node(const Node *node);

#endif
