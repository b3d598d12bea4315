/*
 * Pools: 16 KiB runs of equal blocks, cut from arenas of 256 KiB.
 *
 * A pool is aligned to its size and starts with a header naming its size class, so the class of any
 * address in an arena can be told.  Blocks are carved from it a page at a time, so that memory
 * which nobody needs is never touched.  After a full collection pool_trim takes pools without a
 * live block back: their pages go to the system, and any size class may have them; arenas without a
 * pool in use are freed.  The division into arenas, pools and blocks follows the terms of CPython's
 * obmalloc.
 *
 * A pool that is not in use has a block size of 0.
 */

#include "gc/pool.h"

#include <stdbool.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "gc/census.h"

enum { POOL_SIZE = 16 * 1024, ARENA_POOLS = 16, ARENA_SIZE = POOL_SIZE * ARENA_POOLS };
enum { POOL_HEADER = 32, CARVE_SIZE = 4096 };
/* Arenas below which pool_trim does not bother. */
enum { TRIM_ARENAS = 8 };

typedef struct Pool {
    int64_t block_size; /* bytes; 0: not in use */
    int64_t blocks;     /* carved so far */
    int64_t capacity;   /* blocks that there is room for */
    int64_t idle;       /* blocks on the freelists, while count_idle's figures hold */
} Pool;

typedef struct Arena {
    struct Arena *older;
    char *pools;     /* first pool, aligned to POOL_SIZE */
    int64_t carved;  /* pools that were ever in use */
    int64_t dropped; /* of those not in use */
} Arena;

FreeBlock *pool_lists[POOL_CLASSES];
/* Free blocks while a census runs, behind those on the freelists. */
static FreeBlock *aside[POOL_CLASSES];
static Arena *newest;
static int64_t arena_count, dropped_pools;
/* Arenas when free blocks were last counted for want of a pool, and those that pool_trim left. */
static int64_t arenas_counted, arenas_trimmed;
/* The pool of each class that has room for more blocks, or NULL. */
static Pool *partial[POOL_CLASSES];

static Pool *pool_at(const Arena *arena, int64_t index)
{
    return (Pool *)(void *)(arena->pools + index * POOL_SIZE);
}

static Arena *add_arena(void)
{
    census_hush();
    Arena *arena = mem_alloc(sizeof(Arena));
    char *pools = arena == NULL ? NULL : mem_map(ARENA_SIZE, POOL_SIZE);
    if (pools == NULL)
        mem_free(arena, sizeof(Arena));
    census_unhush();
    if (pools == NULL)
        return NULL;
    *arena = (Arena){newest, pools, 0, 0};
    newest = arena;
    arena_count++;
    return arena;
}

static void drop_idle_pools(void);

/* A pool that is not in use, or NULL. */
static Pool *take_dropped(void)
{
    Pool *pool = NULL;
    for (Arena *arena = dropped_pools > 0 ? newest : NULL; arena != NULL; arena = arena->older) {
        for (int64_t i = 0; arena->dropped > 0 && pool == NULL && i < arena->carved; i++) {
            if (pool_at(arena, i)->block_size == 0)
                pool = pool_at(arena, i);
        }
        if (pool != NULL) {
            arena->dropped--;
            dropped_pools--;
            break;
        }
    }
    return pool;
}

/* Whether there are so many more arenas than the last time that walking the freelists is cheap
 * beside what filled them. */
static bool worth_counting(int64_t arenas_before)
{
    return arena_count >= TRIM_ARENAS && arena_count >= arenas_before + arenas_before / 4 &&
           !census_on;
}

/* A pool for a class, from those not in use, from a new place, or from those that turn out to be
 * idle; NULL when memory runs out. */
static Pool *take_pool(size_t size_class)
{
    Pool *pool = take_dropped();
    Arena *arena = newest;
    if (pool == NULL && (arena == NULL || arena->carved == ARENA_POOLS)) {
        if (worth_counting(arenas_counted)) {
            arenas_counted = arena_count;
            drop_idle_pools();
            pool = take_dropped();
        }
        if (pool == NULL && (arena = add_arena()) == NULL)
            return NULL;
    }
    if (pool == NULL)
        pool = pool_at(arena, arena->carved++);
    int64_t block_size = (int64_t)size_class * POOL_ALIGN;
    *pool = (Pool){block_size, 0, (POOL_SIZE - POOL_HEADER) / block_size, 0};
    return pool;
}

/* Cuts a page of a pool into blocks: returns the first, the others go before the list. */
static void *carve(size_t size_class, FreeBlock **list)
{
    Pool *pool = partial[size_class];
    if (pool == NULL && (pool = take_pool(size_class)) == NULL)
        return NULL;
    int64_t count = CARVE_SIZE / pool->block_size;
    if (count > pool->capacity - pool->blocks)
        count = pool->capacity - pool->blocks;
    /* Linked in address order, so that objects made one after another are neighbours. */
    char *first = (char *)pool + POOL_HEADER + pool->blocks * pool->block_size;
    FreeBlock *next = *list;
    for (int64_t i = count - 1; i > 0; i--) {
        FreeBlock *block = (FreeBlock *)(void *)(first + i * pool->block_size);
        block->next = next;
        next = block;
    }
    *list = next;
    pool->blocks += count;
    partial[size_class] = pool->blocks < pool->capacity ? pool : NULL;
    return first;
}

void *pool_refill(size_t size_class)
{
    if (size_class == 0)
        size_class = 1;
    if (!census_on)
        return carve(size_class, &pool_lists[size_class]);
    FreeBlock *block = aside[size_class];
    if (block != NULL)
        aside[size_class] = block->next;
    else
        block = carve(size_class, &aside[size_class]);
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
            if (pool->block_size == 0)
                continue;
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

static Pool *pool_of_block(const FreeBlock *block)
{
    return (Pool *)((uintptr_t)block & ~(uintptr_t)(POOL_SIZE - 1));
}

/* Writes to each pool how many of its blocks are free. */
static void count_idle(void)
{
    for (Arena *arena = newest; arena != NULL; arena = arena->older) {
        for (int64_t i = 0; i < arena->carved; i++) {
            if (pool_at(arena, i)->block_size != 0)
                pool_at(arena, i)->idle = 0;
        }
    }
    for (int64_t i = 0; i < POOL_CLASSES; i++) {
        for (FreeBlock *block = pool_lists[i]; block != NULL; block = block->next)
            pool_of_block(block)->idle++;
        for (FreeBlock *block = aside[i]; block != NULL; block = block->next)
            pool_of_block(block)->idle++;
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
            if (i < arena->carved && pool_at(arena, i)->block_size != 0) {
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

/* ---- giving memory back */

static bool is_idle(const Pool *pool)
{
    return pool->block_size != 0 && pool->idle == pool->blocks;
}

/* Takes the blocks of idle pools off a freelist; the others keep their order. */
static void unlink_idle(FreeBlock **place)
{
    while (*place != NULL) {
        if (is_idle(pool_of_block(*place)))
            *place = (*place)->next;
        else
            place = &(*place)->next;
    }
}

/* Pools without a live block are in use no more; any class may take them. */
static void drop_idle_pools(void)
{
    count_idle();
    for (int64_t i = 0; i < POOL_CLASSES; i++) {
        unlink_idle(&pool_lists[i]);
        unlink_idle(&aside[i]);
        if (partial[i] != NULL && is_idle(partial[i]))
            partial[i] = NULL;
    }
    for (Arena *arena = newest; arena != NULL; arena = arena->older) {
        for (int64_t i = 0; i < arena->carved; i++) {
            Pool *pool = pool_at(arena, i);
            if (!is_idle(pool))
                continue;
            pool->block_size = 0;
            arena->dropped++;
            dropped_pools++;
        }
    }
}

/* Gives the pages of pools that are not in use to the system; they stay marked, being zero then. */
static void release_pages(Arena *arena)
{
    for (int64_t i = 0; arena->dropped > 0 && i < arena->carved; i++) {
        if (pool_at(arena, i)->block_size == 0)
            madvise(pool_at(arena, i), POOL_SIZE, MADV_DONTNEED);
    }
}

void pool_trim(void)
{
    if (!worth_counting(arenas_trimmed))
        return;
    drop_idle_pools();
    Arena **place = &newest;
    while (*place != NULL) {
        Arena *arena = *place;
        if (arena->dropped < arena->carved) {
            release_pages(arena);
            place = &arena->older;
            continue;
        }
        *place = arena->older;
        arena_count--;
        dropped_pools -= arena->dropped;
        mem_unmap(arena->pools, ARENA_SIZE);
        mem_free(arena, sizeof(Arena));
    }
    arenas_trimmed = arenas_counted = arena_count;
}

int64_t pool_idle_bytes(void)
{
    PoolStats stats[POOL_CLASSES];
    int64_t arenas;
    pool_stats(stats, &arenas);
    int64_t idle = arenas * ARENA_SIZE;
    for (int64_t i = 0; i < POOL_CLASSES; i++)
        idle -= (stats[i].blocks - stats[i].free_blocks) * stats[i].block_size;
    return idle;
}

/* The pool in use that an address lies in, or NULL. */
static Pool *pool_around(const char *place)
{
    for (Arena *arena = newest; arena != NULL; arena = arena->older) {
        if (place >= arena->pools && place < arena->pools + arena->carved * POOL_SIZE) {
            Pool *pool = pool_at(arena, (place - arena->pools) / POOL_SIZE);
            return pool->block_size == 0 ? NULL : pool;
        }
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
