#ifndef OURO_GRAMMAR_NAME_POOL_H
#define OURO_GRAMMAR_NAME_POOL_H

/*
 * The identifiers of one compilation, each stored once, so that equality is equality of pointers.
 * A table lives in a Bump, like what it holds.
 */

#include <stdint.h>

#include "gc/bump.h"

typedef struct NameEntry NameEntry;

typedef struct NameTable {
    Bump *bump;
    NameEntry **slots; /* open addressing; `mask` + 1 of them */
    int64_t mask;
    int64_t count;
} NameTable;

/* Returns 0 when memory is out. */
int name_pool_begin(NameTable *names, Bump *bump);
/* The interned copy of `length` bytes, NUL-terminated; NULL when memory is out. */
const char *name_pool_intern(NameTable *names, const char *text, int64_t length);

#endif
