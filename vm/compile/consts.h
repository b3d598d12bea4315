#ifndef OURO_VM_COMPILE_CONSTS_H
#define OURO_VM_COMPILE_CONSTS_H

/*
 * The constants of one compilation: equal ones are one object, in all of its functions.
 *
 * Equal means: same type, same value, and so for every item; 1, 1.0 and True stay apart, as do 0.0
 * and -0.0.
 */

#include <stdbool.h>
#include <stdint.h>

#include "gc/object.h"
#include "grammar/ast.h"

typedef struct ConstTable {
    Obj **slots; /* open addressing, `mask` + 1 places; owned references */
    uint64_t *hashes;
    int64_t mask, count;
} ConstTable;

void const_table_init(ConstTable *table);
void const_table_free(ConstTable *table);
/* The object that stands for `constant` (which is given up): borrowed, lives as long as the table.
 * NULL with MemoryError. */
ObjRef const_table_share_steal(ConstTable *table, Obj *constant);

/* The value of a NODE_CONSTANT or NODE_MATCHSINGLETON; NULL with MemoryError or, for an int of too
 * many digits, ValueError. */
Obj *const_from_literal(const AstConstant *literal);
/* Same type and same value, items included. */
bool const_same(ObjRef a, ObjRef b);
/* The str of an interned name of the compilation, interned at run time too. */
Obj *const_name(const char *name);

/* ---- folding (fold.c): new reference, or NULL without an exception when the operation raises or
 * its result is too big to be worth keeping */
typedef enum FoldUnary { FOLD_POSITIVE, FOLD_NEGATIVE, FOLD_NOT, FOLD_INVERT } FoldUnary;
Obj *fold_unary(FoldUnary op, ObjRef operand);
/* `op`: BinaryOp of runtime/core/object.h. */
Obj *fold_binary(int op, ObjRef left, ObjRef right);
Obj *fold_subscript(ObjRef container, ObjRef key);

#endif
