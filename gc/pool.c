/*
 * Pools: 16 KiB runs of equal blocks, cut from arenas of 256 KiB.
 *
 * A pool is aligned to its size and starts with a header naming its size class, so the class of any
 * address in an arena can be told.  Pools are never given back while the process runs: a program's
 * later phases use the freed blocks of its earlier ones.  The division into arenas, pools and
 * blocks follows the terms of CPython's obmalloc.
 */

#include "gc/pool.h"

#include <stdlib.h>

#include "gc/census.h"

enum { POOL_SIZE = 16 * 1024, ARENA_POOLS = 16, ARENA_SIZE = POOL_SIZE * ARENA_POOLS };
enum { POOL_HEADER = 32 };

typedef struct Pool {
    int64_t block_size; /* bytes */
    int64_t blocks;     /* carved */
    int64_t idle;       /* blocks on the freelist, while pool_each counts them */
} Pool;

typedef struct Arena {
    struct Arena *older;
    char *pools;    /* first pool, aligned to POOL_SIZE */
    int64_t carved; /* pools in use */
    void *raw;      /* what mem_alloc gave */
} Arena;

FreeBlock *pool_lists[POOL_CLASSES];
/* Free blocks while a census runs, behind those on the freelists. */
static FreeBlock *aside[POOL_CLASSES];
static Arena *newest;

static Pool *pool_at(const Arena *arena, int64_t index)
{
    return (Pool *)(void *)(arena->pools + index * POOL_SIZE);
}

static Arena *add_arena(void)
{
    census_hush();
    Arena *arena = mem_alloc(sizeof(Arena));
    void *raw = arena == NULL ? NULL : mem_alloc(ARENA_SIZE + POOL_SIZE);
    if (raw == NULL)
        mem_free(arena, sizeof(Arena));
    census_unhush();
    if (raw == NULL)
        return NULL;
    uintptr_t first = ((uintptr_t)raw + POOL_SIZE - 1) & ~(uintptr_t)(POOL_SIZE - 1);
    *arena = (Arena){newest, (char *)first, 0, raw};
    newest = arena;
    return arena;
}

/* Cuts a new pool into blocks: returns the first, the others go before the list. */
static void *carve_pool(size_t size_class, FreeBlock **list)
{
    Arena *arena = newest;
    if ((arena == NULL || arena->carved == ARENA_POOLS) && (arena = add_arena()) == NULL)
        return NULL;
    Pool *pool = pool_at(arena, arena->carved);
    arena->carved++;
    int64_t block_size = (int64_t)size_class * POOL_ALIGN;
    *pool = (Pool){block_size, (POOL_SIZE - POOL_HEADER) / block_size, 0};
    /* Linked in address order, so that objects made one after another are neighbours. */
    char *first = (char *)pool + POOL_HEADER;
    for (int64_t i = 1; i < pool->blocks; i++) {
        FreeBlock *block = (FreeBlock *)(void *)(first + i * block_size);
        block->next =
            i + 1 < pool->blocks ? (FreeBlock *)(void *)(first + (i + 1) * block_size) : *list;
    }
    *list = (FreeBlock *)(void *)(first + block_size);
    return first;
}

void *pool_refill(size_t size_class)
{
    if (size_class == 0)
        size_class = 1;
    if (!census_on)
        return carve_pool(size_class, &pool_lists[size_class]);
    FreeBlock *block = aside[size_class];
    if (block != NULL)
        aside[size_class] = block->next;
    else
        block = carve_pool(size_class, &aside[size_class]);
    if (block != NULL)
        census_taken(block, size_class * POOL_ALIGN);
    return block;
}

void pool_set_aside(void (*freed)(void *block, size_t size))
{
    for (size_t i = 0; i < POOL_CLASSES; i++) {
        FreeBlock *first = pool_lists[i], *last = NULL;
        if (first == NULL)
            continue;
        pool_lists[i] = NULL;
        for (FreeBlock *block = first; block != NULL; block = block->next) {
            last = block;
            if (freed != NULL)
                freed(block, i * POOL_ALIGN);
        }
        last->next = aside[i];
        aside[i] = first;
    }
}

void pool_put_back(void)
{
    for (size_t i = 0; i < POOL_CLASSES; i++) {
        if (pool_lists[i] == NULL) {
            pool_lists[i] = aside[i];
            aside[i] = NULL;
        }
    }
}

void pool_stats(PoolStats *stats, int64_t *arenas)
{
    *arenas = 0;
    for (int64_t i = 0; i < POOL_CLASSES; i++) {
        stats[i] = (PoolStats){i * POOL_ALIGN, 0, 0, 0};
        for (FreeBlock *block = pool_lists[i]; block != NULL; block = block->next)
            stats[i].free_blocks++;
        for (FreeBlock *block = aside[i]; block != NULL; block = block->next)
            stats[i].free_blocks++;
    }
    for (Arena *arena = newest; arena != NULL; arena = arena->older) {
        ++*arenas;
        for (int64_t i = 0; i < arena->carved; i++) {
            Pool *pool = pool_at(arena, i);
            stats[pool->block_size / POOL_ALIGN].pools++;
            stats[pool->block_size / POOL_ALIGN].blocks += pool->blocks;
        }
    }
}

void pool_sizes(int64_t *arena, int64_t *pool)
{
    *arena = ARENA_SIZE;
    *pool = POOL_SIZE;
}

/* Writes to each pool how many of its blocks are free. */
static void count_idle(void)
{
    for (Arena *arena = newest; arena != NULL; arena = arena->older) {
        for (int64_t i = 0; i < arena->carved; i++)
            pool_at(arena, i)->idle = 0;
    }
    for (int64_t i = 0; i < POOL_CLASSES; i++) {
        for (FreeBlock *block = pool_lists[i]; block != NULL; block = block->next)
            ((Pool *)((uintptr_t)block & ~(uintptr_t)(POOL_SIZE - 1)))->idle++;
    }
}

int pool_each(int (*visit)(const PoolInfo *info, void *context), void *context)
{
    count_idle();
    int64_t arenas = 0;
    for (Arena *arena = newest; arena != NULL; arena = arena->older)
        arenas++;
    for (int64_t number = 0; number < arenas; number++) {
        const Arena *arena = newest;
        for (int64_t i = arenas - 1; i > number; i--)
            arena = arena->older;
        for (int64_t i = 0; i < ARENA_POOLS; i++) {
            PoolInfo info = {.arena = number, .pool = i};
            if (i < arena->carved) {
                const Pool *pool = pool_at(arena, i);
                info.block_size = pool->block_size;
                info.blocks = pool->blocks;
                info.free_blocks = pool->idle;
            }
            int stop = visit(&info, context);
            if (stop != 0)
                return stop;
        }
    }
    return 0;
}

int64_t pool_idle_bytes(void)
{
    PoolStats stats[POOL_CLASSES];
    int64_t arenas;
    pool_stats(stats, &arenas);
    int64_t idle = arenas * (ARENA_SIZE + POOL_SIZE);
    for (int64_t i = 0; i < POOL_CLASSES; i++)
        idle -= (stats[i].blocks - stats[i].free_blocks) * stats[i].block_size;
    return idle;
}

/* The pool that an address lies in, or NULL. */
static Pool *pool_around(const char *place)
{
    for (Arena *arena = newest; arena != NULL; arena = arena->older) {
        if (place >= arena->pools && place < arena->pools + arena->carved * POOL_SIZE)
            return pool_at(arena, (place - arena->pools) / POOL_SIZE);
    }
    return NULL;
}

static bool is_free_block(const Pool *pool, const char *place)
{
    const FreeBlock *block = pool_lists[pool->block_size / POOL_ALIGN];
    while (block != NULL && (const char *)block != place)
        block = block->next;
    if (block == NULL)
        block = aside[pool->block_size / POOL_ALIGN];
    while (block != NULL && (const char *)block != place)
        block = block->next;
    return block != NULL;
}

PoolPlace pool_find(const void *address, int64_t *block_size)
{
    const char *place = address;
    Pool *pool = pool_around(place);
    if (pool == NULL)
        return POOL_OUTSIDE;
    int64_t offset = place - ((char *)pool + POOL_HEADER);
    *block_size = pool->block_size;
    if (offset < 0 || offset % pool->block_size != 0 || offset / pool->block_size >= pool->blocks)
        return POOL_INTERIOR;
    return is_free_block(pool, place) ? POOL_FREE : POOL_LIVE;
}

void *pool_block_of(const void *address, int64_t *block_size)
{
    Pool *pool = pool_around(address);
    if (pool == NULL)
        return NULL;
    char *first = (char *)pool + POOL_HEADER;
    int64_t index = ((const char *)address - first) / pool->block_size;
    if ((const char *)address < first || index >= pool->blocks)
        return NULL;
    char *block = first + index * pool->block_size;
    *block_size = pool->block_size;
    return is_free_block(pool, block) ? NULL : block;
}
