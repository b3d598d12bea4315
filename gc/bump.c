/*
 * Bump allocation in chunks of 16 KiB (larger for a larger request).  Chunks come from the
 * allocation facade, so limits and injected failures reach the parser too.
 */

#include "gc/bump.h"

#include <stdio.h>
#include <string.h>

#include "gc/mem.h"

enum { CHUNK_SIZE = 16 * 1024, ALIGNMENT = 16 };

struct BumpChunk {
    BumpChunk *older;
    size_t size; /* bytes, this header included */
};

void bump_init(Bump *bump)
{
    *bump = (Bump){0};
}

static int add_chunk(Bump *bump, size_t size)
{
    size_t total = sizeof(BumpChunk) + size;
    if (total < CHUNK_SIZE)
        total = CHUNK_SIZE;
    BumpChunk *chunk = mem_alloc(total);
    if (chunk == NULL)
        return -1;
    chunk->older = bump->chunks;
    chunk->size = total;
    bump->chunks = chunk;
    bump->next = (char *)(chunk + 1);
    bump->end = (char *)chunk + total;
    return 0;
}

void *bump_alloc(Bump *bump, size_t size)
{
    if (size > SIZE_MAX / 2)
        return NULL;
    size = (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    if (size > (size_t)(bump->end - bump->next) && add_chunk(bump, size) < 0)
        return NULL;
    void *block = bump->next;
    bump->next += size;
    bump->bytes += size;
    return memset(block, 0, size);
}

char *bump_copy(Bump *bump, const char *text, size_t length)
{
    char *copy = bump_alloc(bump, length + 1);
    if (copy != NULL && length > 0)
        memcpy(copy, text, length);
    return copy;
}

char *bump_format(Bump *bump, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *text = length < 0 ? NULL : bump_alloc(bump, (size_t)length + 1);
    if (text != NULL) {
        va_start(args, format);
        vsnprintf(text, (size_t)length + 1, format, args);
        va_end(args);
    }
    return text;
}

void bump_free(Bump *bump)
{
    for (BumpChunk *chunk = bump->chunks; chunk != NULL;) {
        BumpChunk *older = chunk->older;
        mem_free(chunk, chunk->size);
        chunk = older;
    }
    bump_init(bump);
}
