#ifndef OURO_GC_POOL_H
#define OURO_GC_POOL_H

/*
 * Size-class freelists for blocks up to 512 bytes, refilled from pools of arenas.
 *
 * The fast path is two loads and a store.  Larger blocks go to mem_alloc.  With OURO_POOLS=0
 * (Debug, AddressSanitizer, GC stress) every block goes to mem_alloc.  Sizes are in bytes.
 */

#include <stddef.h>
#include <stdint.h>

#include "gc/mem.h"

#ifndef OURO_POOLS
#define OURO_POOLS 1
#endif

enum { POOL_ALIGN = 16, POOL_MAX = 512, POOL_CLASSES = POOL_MAX / POOL_ALIGN + 1 };

typedef struct FreeBlock FreeBlock;
struct FreeBlock {
    FreeBlock *next;
};

/* Free blocks by size class; class i holds blocks of i * 16 bytes. */
extern FreeBlock *pool_lists[POOL_CLASSES];

/* Slow path: carves more blocks for the class and returns one of them, or NULL. */
void *pool_refill(size_t size_class);

/* Returns `size` bytes aligned to 16, or NULL.  Contents are undefined. */
static inline void *pool_alloc(size_t size)
{
#if OURO_POOLS
    if (__builtin_expect(size <= POOL_MAX, 1)) {
        size_t size_class = (size + POOL_ALIGN - 1) / POOL_ALIGN;
        FreeBlock *block = pool_lists[size_class];
        if (__builtin_expect(block != NULL, 1)) {
            pool_lists[size_class] = block->next;
            return block;
        }
        return pool_refill(size_class);
    }
#endif
    return mem_alloc(size);
}

/* Frees a block of exactly `size` bytes (the size asked for, not the class). */
static inline void pool_free(void *block, size_t size)
{
#if OURO_POOLS
    if (__builtin_expect(size <= POOL_MAX, 1)) {
        size_t size_class = (size + POOL_ALIGN - 1) / POOL_ALIGN;
        FreeBlock *free_block = block;
        free_block->next = pool_lists[size_class];
        pool_lists[size_class] = free_block;
        return;
    }
#endif
    mem_free(block, size);
}

/* Gives pools without a live block back to the system, once there are a few arenas and a quarter
 * more than the last time; walks the freelists.  For the end of a full collection. */
void pool_trim(void);

typedef struct PoolStats {
    int64_t block_size;  /* bytes */
    int64_t pools;       /* pools carved for this class */
    int64_t blocks;      /* blocks in them */
    int64_t free_blocks; /* of those on the freelist */
} PoolStats;

/* While a census runs (gc/census.h): takes all blocks off the freelists, telling `freed` (unless
 * NULL) of each, and keeps them aside for pool_refill; puts them back. */
void pool_set_aside(void (*freed)(void *block, size_t size));
void pool_put_back(void);

/* Fills stats[POOL_CLASSES] (index 0 unused) and the number of arenas; walks the freelists. */
void pool_stats(PoolStats *stats, int64_t *arenas);
/* One pool of an arena. */
typedef struct PoolInfo {
    int64_t arena, pool; /* numbers; the oldest arena is 0 */
    int64_t block_size;  /* bytes; 0: not carved yet */
    int64_t blocks, free_blocks;
} PoolInfo;
/* Calls visit for every pool of all arenas, in order, until it returns other than 0. */
int pool_each(int (*visit)(const PoolInfo *info, void *context), void *context);
/* Bytes of an arena and of a pool. */
void pool_sizes(int64_t *arena, int64_t *pool);
/* Bytes of arenas that no live block occupies (free blocks, headers, room not yet carved). */
int64_t pool_idle_bytes(void);

/* What lies at an address. */
typedef enum PoolPlace {
    POOL_OUTSIDE,  /* in no arena */
    POOL_INTERIOR, /* inside an arena, not the start of a block */
    POOL_FREE,     /* start of a free block */
    POOL_LIVE,     /* start of a block in use */
} PoolPlace;
/* Classifies an address without reading memory outside arenas; *block_size when in a pool. */
PoolPlace pool_find(const void *address, int64_t *block_size);
/* The start of the pool block in use that an address lies in, or NULL. */
void *pool_block_of(const void *address, int64_t *block_size);

#endif
