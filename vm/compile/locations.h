#ifndef OURO_VM_COMPILE_LOCATIONS_H
#define OURO_VM_COMPILE_LOCATIONS_H

/*
 * Writing location tables: co_linetable in CPython 3.11's format, over words.  Readers are in
 * code.h.
 */

#include "gc/bump.h"
#include "vm/compile/code.h"

typedef struct LocationWriter {
    Bump *bump;
    uint8_t *bytes;
    int64_t length, capacity;
    int32_t line_so_far;
    bool failed; /* memory is out */
} LocationWriter;

void locations_begin(LocationWriter *writer, Bump *bump, int32_t firstlineno);
/* Adds `words` words at one place; line -1 for none. */
void locations_add(LocationWriter *writer, int64_t words, CodeLocation location);
/* Checks that a table does not end within an entry.  It may cover more or fewer words than there
 * are; what it does not cover has no location. */
bool locations_valid(const uint8_t *bytes, int64_t length);

#endif
