/*
 * What PCRE2's three libraries share: memory and the bound on the C stack.
 *
 * PCRE2 frees blocks without telling their size, so a header before each remembers it.
 */

#include "runtime/modules/re_pcre.h"

#include "gc/mem.h"
#include "runtime/core/state.h"

enum {
    HEADER = 16,      /* bytes; keeps the alignment of mem_alloc */
    MUCH = 512 << 10, /* bytes: frames of a deep match, not worth keeping */
};

static bool took_much;

void *re_pcre_alloc(size_t size, void *unused)
{
    (void)unused;
    if (size > SIZE_MAX - HEADER)
        return NULL;
    size_t *block = mem_alloc(size + HEADER);
    if (block == NULL)
        return NULL;
    *block = size + HEADER;
    if (size > MUCH)
        took_much = true;
    return (char *)block + HEADER;
}

void re_pcre_free(void *block, void *unused)
{
    (void)unused;
    if (block == NULL)
        return;
    size_t *start = (size_t *)(void *)((char *)block - HEADER);
    mem_free(start, *start);
}

bool re_pcre_took_much(void)
{
    bool much = took_much;
    took_much = false;
    return much;
}

int re_pcre_guard(uint32_t depth, void *unused)
{
    char here;
    (void)depth, (void)unused;
    return (uintptr_t)&here < thread_state->stack_limit;
}
