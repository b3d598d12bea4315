/* gc/pool.h: freelists, statistics and what lies at an address.  Without pools (sanitizer builds)
 * the same calls go to malloc, and only what holds for both is checked. */

#include <criterion/criterion.h>
#include <string.h>

#include "gc/pool.h"

Test(pool, blocks_do_not_overlap)
{
    enum { COUNT = 3000 };
    static unsigned char *blocks[COUNT];
    for (int i = 0; i < COUNT; i++) {
        size_t size = (size_t)(1 + i % 600);
        blocks[i] = pool_alloc(size);
        cr_assert_not_null(blocks[i]);
        cr_assert_eq((uintptr_t)blocks[i] % POOL_ALIGN, 0);
        memset(blocks[i], i & 255, size);
    }
    for (int i = 0; i < COUNT; i++) {
        size_t size = (size_t)(1 + i % 600);
        for (size_t k = 0; k < size; k++)
            cr_assert_eq(blocks[i][k], i & 255);
        pool_free(blocks[i], size);
    }
}

#if OURO_POOLS
Test(pool, freed_block_is_used_again)
{
    void *first = pool_alloc(48);
    pool_free(first, 48);
    cr_assert_eq(pool_alloc(40), first, "sizes of one class share a freelist");
    pool_free(first, 40);
}

Test(pool, statistics_add_up)
{
    PoolStats before[POOL_CLASSES], after[POOL_CLASSES];
    int64_t arenas;
    void *warm = pool_alloc(64);
    pool_stats(before, &arenas);
    void *block = pool_alloc(64);
    pool_stats(after, &arenas);
    cr_assert_eq(after[4].blocks - after[4].free_blocks,
                 before[4].blocks - before[4].free_blocks + 1);
    cr_assert_geq(arenas, 1);
    pool_free(block, 64);
    pool_free(warm, 64);
}

Test(pool, find_classifies_addresses)
{
    int64_t size = 0;
    char *block = pool_alloc(96);
    cr_assert_eq(pool_find(block, &size), POOL_LIVE);
    cr_assert_eq(size, 96);
    cr_assert_eq(pool_find(block + 16, &size), POOL_INTERIOR);
    cr_assert_eq(pool_block_of(block + 95, &size), block);
    cr_assert_eq(size, 96);
    pool_free(block, 96);
    cr_assert_null(pool_block_of(block + 95, &size));
    cr_assert_eq(pool_find(block, &size), POOL_FREE);
    int local;
    cr_assert_eq(pool_find(&local, &size), POOL_OUTSIDE);
}

Test(pool, refill_failure_gives_null)
{
    mem_fail_from(1);
    void *blocks[2000];
    int count = 0;
    while (count < 2000 && (blocks[count] = pool_alloc(512)) != NULL)
        count++;
    mem_fail_from(0);
    cr_assert_lt(count, 2000);
    while (count > 0)
        pool_free(blocks[--count], 512);
}

Test(pool, trim_gives_idle_pools_to_other_classes)
{
    enum { COUNT = 20000 };
    static void *blocks[COUNT];
    PoolStats stats[POOL_CLASSES];
    int64_t full, trimmed, again;
    for (int i = 0; i < COUNT; i++)
        cr_assert_not_null(blocks[i] = pool_alloc(256));
    pool_stats(stats, &full);
    cr_assert_gt(full, 16);
    void *survivor = blocks[COUNT / 2];
    for (int i = 0; i < COUNT; i++) {
        if (blocks[i] != survivor)
            pool_free(blocks[i], 256);
    }
    pool_trim();
    pool_stats(stats, &trimmed);
    cr_assert_lt(trimmed, 4);
    cr_assert_eq(stats[256 / POOL_ALIGN].pools, 1, "only the survivor's");
    int64_t size;
    cr_assert_eq(pool_find(survivor, &size), POOL_LIVE);
    cr_assert_eq(pool_find(blocks[0], &size), POOL_OUTSIDE);
    for (int i = 0; i < COUNT; i++)
        cr_assert_not_null(blocks[i] = pool_alloc(96));
    pool_stats(stats, &again);
    cr_assert_leq(again, full / 2 + 2);
    for (int i = 0; i < COUNT; i++)
        pool_free(blocks[i], 96);
    pool_free(survivor, 256);
}
#endif
