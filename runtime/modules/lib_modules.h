#ifndef OURO_RUNTIME_MODULES_LIB_MODULES_H
#define OURO_RUNTIME_MODULES_LIB_MODULES_H

/*
 * The Python sources of runtime/lib, embedded in the binary.  The table is written at build time by
 * runtime/lib/embed.c into generated/runtime/lib_modules.c.
 */

#include <stdbool.h>
#include <stdint.h>

typedef struct LibModule {
    const char *name;   /* dotted: "collections.abc" */
    bool is_package;    /* the source came from NAME/__init__.py */
    const char *source; /* UTF-8; a NUL byte follows the last byte */
    int64_t length;     /* bytes, without that NUL */
} LibModule;

/* Sorted by name in byte order, for a binary search. */
extern const LibModule lib_modules[];
/* Entries of lib_modules. */
extern const int64_t lib_module_count;

#endif
