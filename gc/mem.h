#ifndef OURO_GC_MEM_H
#define OURO_GC_MEM_H

/*
 * The allocation facade.  Every byte that the interpreter obtains passes here, so that one place
 * counts bytes, enforces the limit of -X maxmem and can fail the n-th request on purpose.
 *
 * Blocks are freed with the size they were asked with; no header precedes a block.  Sizes are in
 * bytes.  A request of 0 bytes is served as 1.  On failure the functions return NULL and raise
 * nothing: the caller turns NULL into MemoryError (err_no_memory).
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Returns a block of `size` bytes aligned to 16, or NULL. */
void *mem_alloc(size_t size);
/* `size` bytes of whole pages straight from the system, aligned to `alignment`, a power of two of
 * at least a page; or NULL.  mem_unmap gives them back. */
void *mem_map(size_t size, size_t alignment);
void mem_unmap(void *block, size_t size);
/* As mem_alloc, zero-filled. */
void *mem_alloc_zero(size_t size);
/* Resizes a block of `old_size` bytes (NULL and 0 for none); on failure the old block stays. */
void *mem_realloc(void *block, size_t old_size, size_t new_size);
/* Frees a block of exactly `size` bytes; NULL is allowed. */
void mem_free(void *block, size_t size);

/* Marks a block from mem_alloc with a number below MEM_MARKS, so that mem_mark tells whether it is
 * still there: 0, or -1 when memory is out.  The mark goes when the block is freed or moved.  Marks
 * are set for blocks whose address a program has seen. */
enum { MEM_MARKS = 16 };
int mem_watch(void *block, unsigned mark);
/* The mark of a block; -1: none, nor any block maybe. */
int mem_mark(const void *block);

typedef struct MemStats {
    uint64_t bytes_in_use; /* as asked for, malloc and pools together, free pool blocks excluded */
    uint64_t bytes_peak;   /* highest bytes_in_use seen at a slow-path request */
    uint64_t requests;     /* slow-path requests since start */
    uint64_t limit;        /* bytes; 0: none */
} MemStats;

void mem_stats(MemStats *out);
/* Requests that would take bytes_in_use above `limit` fail; 0 removes the limit. */
void mem_set_limit(uint64_t limit);
/* While the reserve is open (opens nest), requests may go MEM_RESERVE bytes beyond the limit: so an
 * exception about memory still gets its traceback and is printed.  What was taken stays taken; a
 * reserve used up is given again as memory is freed. */
enum { MEM_RESERVE = 1 << 20 };
void mem_reserve_open(void);
void mem_reserve_close(void);
/* Fails the n-th request from now (1: the next one), once; 0 switches it off.  In builds without
 * pools (OURO_POOLS=0) every allocation counts as a request, else only those that miss a pool. */
void mem_fail_after(uint64_t n);
/* As mem_fail_after, but every request from the n-th on fails, until switched off with 0. */
void mem_fail_from(uint64_t n);

#endif
