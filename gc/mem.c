/*
 * The allocation facade over malloc: counts bytes, enforces the limit, fails on request.
 *
 * The counters are plain globals: the interpreter runs one thread of Python at a time.  Debug
 * builds fill freed blocks with a pattern, so that a use after free shows at once.
 */

#include "gc/mem.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "gc/census.h"
#include "gc/pool.h"

enum { POISON = 0xDD };

static uint64_t bytes_in_use, bytes_peak, requests, limit;
static uint64_t fail_countdown; /* 0: off */
static bool fail_sticky;        /* keep failing once the countdown is over */

static int reserve_opens;

/* ---- watched blocks: a set of addresses with their marks in the low bits, open addressing */

static uintptr_t *watched; /* 0: free place */
static size_t watched_room, watched_count;

static uintptr_t *watch_place(uintptr_t block)
{
    size_t place = (block >> 4) * 0x9E3779B97F4A7C15u >> 17 & (watched_room - 1);
    while (watched[place] != 0 && (watched[place] & ~(uintptr_t)(MEM_MARKS - 1)) != block)
        place = (place + 1) & (watched_room - 1);
    return &watched[place];
}

int mem_mark(const void *block)
{
    if (watched_count == 0 || (uintptr_t)block % MEM_MARKS != 0)
        return -1;
    uintptr_t entry = *watch_place((uintptr_t)block);
    return entry == 0 ? -1 : (int)(entry % MEM_MARKS);
}

/* Puts an entry where it belongs. */
static void enter_watched(uintptr_t entry)
{
    *watch_place(entry & ~(uintptr_t)(MEM_MARKS - 1)) = entry;
}

int mem_watch(void *block, unsigned mark)
{
    if (2 * (watched_count + 1) > watched_room) {
        size_t old_room = watched_room, room = old_room == 0 ? 64 : old_room * 2;
        uintptr_t *old = watched, *table = mem_alloc_zero(room * sizeof(uintptr_t));
        if (table == NULL)
            return -1;
        watched = table;
        watched_room = room;
        for (size_t i = 0; i < old_room; i++) {
            if (old[i] != 0)
                enter_watched(old[i]);
        }
        size_t count = watched_count;
        watched_count = 0; /* the table itself is not among the watched */
        mem_free(old, old_room * sizeof(uintptr_t));
        watched_count = count;
    }
    watched_count += *watch_place((uintptr_t)block) == 0;
    enter_watched((uintptr_t)block | mark);
    return 0;
}

/* The block at this address is gone: those behind it in its run of places are entered again. */
static void unwatch(uintptr_t address)
{
    uintptr_t *place = watch_place(address);
    if (*place == 0)
        return;
    *place = 0;
    watched_count--;
    for (size_t i = (size_t)(place - watched + 1) & (watched_room - 1); watched[i] != 0;
         i = (i + 1) & (watched_room - 1)) {
        uintptr_t moved = watched[i];
        watched[i] = 0;
        enter_watched(moved);
    }
    if (watched_count == 0) {
        uintptr_t *table = watched;
        watched = NULL;
        mem_free(table, watched_room * sizeof(uintptr_t));
        watched_room = 0;
    }
}

/* Counts a request for `size` more bytes; false when it must fail. */
static bool admit(size_t size)
{
    requests++;
    if (__builtin_expect(fail_countdown != 0, 0)) {
        if (fail_countdown == 1) {
            if (!fail_sticky)
                fail_countdown = 0;
            return false;
        }
        fail_countdown--;
    }
    if (size > (size_t)INT64_MAX)
        return false;
    return limit == 0 || bytes_in_use + size <= limit + (reserve_opens > 0 ? MEM_RESERVE : 0);
}

static void account(void *block, size_t added)
{
    bytes_in_use += added;
    if (bytes_in_use > bytes_peak)
        bytes_peak = bytes_in_use;
    if (census_on)
        census_taken(block, added);
}

void *mem_alloc(size_t size)
{
    if (!admit(size))
        return NULL;
    void *block = malloc(size == 0 ? 1 : size);
    if (block != NULL)
        account(block, size);
    return block;
}

void *mem_map(size_t size, size_t alignment)
{
    if (!admit(size))
        return NULL;
    /* Room to align, cut off on both sides. */
    char *raw =
        mmap(NULL, size + alignment, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (raw == MAP_FAILED)
        return NULL;
    size_t before = (size_t)(-(uintptr_t)raw & (alignment - 1));
    if (before > 0)
        munmap(raw, before);
    if (alignment > before)
        munmap(raw + before + size, alignment - before);
    account(raw + before, size);
    return raw + before;
}

void mem_unmap(void *block, size_t size)
{
    bytes_in_use -= size;
    munmap(block, size);
}

void *mem_alloc_zero(size_t size)
{
    if (!admit(size))
        return NULL;
    void *block = calloc(1, size == 0 ? 1 : size);
    if (block != NULL)
        account(block, size);
    return block;
}

void *mem_realloc(void *block, size_t old_size, size_t new_size)
{
    if (block == NULL)
        return mem_alloc(new_size);
    if (new_size > old_size && !admit(new_size - old_size))
        return NULL;
    uintptr_t old_address = (uintptr_t)block;
    if (census_on)
        census_freed(block, old_size);
    void *moved = realloc(block, new_size == 0 ? 1 : new_size);
    if (moved == NULL) {
        if (census_on)
            census_taken(block, old_size);
        return NULL;
    }
    if ((uintptr_t)moved != old_address && watched_count > 0)
        unwatch(old_address);
    bytes_in_use -= old_size;
    account(moved, new_size);
    return moved;
}

void mem_free(void *block, size_t size)
{
    if (block == NULL)
        return;
#ifdef OURO_DEBUG
    memset(block, POISON, size);
#endif
    if (__builtin_expect(watched_count > 0, 0))
        unwatch((uintptr_t)block);
    if (census_on)
        census_freed(block, size);
    bytes_in_use -= size;
    free(block);
}

void mem_stats(MemStats *out)
{
    *out = (MemStats){bytes_in_use - (uint64_t)pool_idle_bytes(), bytes_peak, requests, limit};
}

void mem_set_limit(uint64_t bytes)
{
    limit = bytes;
}

void mem_reserve_open(void)
{
    reserve_opens++;
}

void mem_reserve_close(void)
{
    reserve_opens--;
}

void mem_fail_after(uint64_t n)
{
    fail_countdown = n;
    fail_sticky = false;
}

void mem_fail_from(uint64_t n)
{
    fail_countdown = n;
    fail_sticky = true;
}
