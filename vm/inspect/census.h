#ifndef OURO_VM_INSPECT_CENSUS_H
#define OURO_VM_INSPECT_CENSUS_H

/*
 * All objects of the heap, found from the collector's lists, the builtin types, the C roots and the
 * running frames.  Objects are borrowed: no code of the program may run while a Census is in use
 * (census_begin switches the collector off, census_end puts it back).
 */

#include <stdbool.h>

#include "vm/inspect/edges.h"

/* What an object is a part of, for words like "the globals of module m". */
typedef enum PartRole {
    PART_NONE,
    PART_NAMESPACE, /* dict of a module, class or instance, f_locals */
    PART_CONSTANTS, /* co_consts of a code object */
    PART_CODE,      /* code object of a function, or among the constants of another */
    PART_CLOSURE,   /* tuple of cells of a function */
    PART_CELL,      /* cell of a function's variable: name */
    PART_FIELD,     /* another field: text */
} PartRole;

typedef struct CensusEntry {
    ObjRef object;
    ObjRef whole; /* or NULL */
    ObjRef name;  /* PART_CELL: of the variable */
    const char *text;
    uint8_t role; /* PartRole */
} CensusEntry;

typedef struct Census {
    CensusEntry *entries;
    int64_t count, room;
    int32_t *index; /* open addressing: position in entries + 1; 0: free */
    int64_t index_size;
    bool full;       /* no memory: an exception is pending */
    bool gc_enabled; /* before */
} Census;

/* 0/-1; call census_end in either case. */
int census_begin(Census *census);
void census_end(Census *census);
/* Position of an object, or -1. */
int64_t census_find(const Census *census, ObjRef o);

#endif
