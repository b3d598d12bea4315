#ifndef OURO_GC_BUMP_H
#define OURO_GC_BUMP_H

/*
 * A bump allocator: many small blocks that live and die together (tokens, AST, symbol table,
 * the compiler's lists).  Nothing is freed but the whole.
 */

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

typedef struct BumpChunk BumpChunk;

typedef struct Bump {
    BumpChunk *chunks; /* newest first */
    char *next;        /* first free byte of the newest chunk */
    char *end;         /* one past its last byte */
    size_t bytes;      /* handed out so far */
} Bump;

void bump_init(Bump *bump);
/* Returns `size` zero-filled bytes aligned to 16, or NULL when memory is out. */
void *bump_alloc(Bump *bump, size_t size);
/* Copies `length` bytes of `text` and adds a NUL; NULL when memory is out. */
char *bump_copy(Bump *bump, const char *text, size_t length);
/* printf into the bump; NULL when memory is out. */
char *bump_format(Bump *bump, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Frees every chunk; the bump can be used again. */
void bump_free(Bump *bump);

#endif
