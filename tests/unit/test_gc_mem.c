/* gc/mem.h: counting, limit and injected failures. */

#include <criterion/criterion.h>

#include "gc/mem.h"

static uint64_t in_use(void)
{
    MemStats stats;
    mem_stats(&stats);
    return stats.bytes_in_use;
}

Test(mem, counts_bytes_in_use)
{
    uint64_t before = in_use();
    char *block = mem_alloc(1000);
    cr_assert_not_null(block);
    cr_assert_eq(in_use() - before, 1000);
    block = mem_realloc(block, 1000, 3000);
    cr_assert_eq(in_use() - before, 3000);
    mem_free(block, 3000);
    cr_assert_eq(in_use(), before);
}

Test(mem, realloc_keeps_contents)
{
    char *block = mem_alloc(4);
    block[0] = 'a';
    block[3] = 'z';
    block = mem_realloc(block, 4, 100000);
    cr_assert_eq(block[0], 'a');
    cr_assert_eq(block[3], 'z');
    mem_free(block, 100000);
}

Test(mem, zeroed_block_is_zero)
{
    unsigned char *block = mem_alloc_zero(257);
    for (int i = 0; i < 257; i++)
        cr_assert_eq(block[i], 0);
    mem_free(block, 257);
}

Test(mem, blocks_are_aligned_to_16)
{
    for (size_t size = 0; size < 200; size += 7) {
        void *block = mem_alloc(size);
        cr_assert_eq((uintptr_t)block % 16, 0);
        mem_free(block, size);
    }
}

Test(mem, limit_refuses_what_would_exceed_it)
{
    mem_set_limit(in_use() + 5000);
    cr_assert_null(mem_alloc(6000));
    void *block = mem_alloc(4000);
    cr_assert_not_null(block);
    cr_assert_null(mem_realloc(block, 4000, 9000));
    mem_free(block, 4000);
    mem_set_limit(0);
    block = mem_alloc(6000);
    cr_assert_not_null(block);
    mem_free(block, 6000);
}

Test(mem, open_reserve_passes_the_limit_by_its_size)
{
    mem_set_limit(in_use() + 5000);
    mem_reserve_open();
    void *block = mem_alloc(6000);
    cr_assert_not_null(block);
    cr_assert_null(mem_alloc(MEM_RESERVE));
    mem_reserve_close();
    cr_assert_null(mem_alloc(1));
    mem_set_limit(0);
    mem_free(block, 6000);
}

Test(mem, absurd_size_fails)
{
    cr_assert_null(mem_alloc(SIZE_MAX));
    cr_assert_null(mem_alloc_zero(SIZE_MAX - 8));
}

Test(mem, fail_after_fails_once)
{
    mem_fail_after(2);
    void *first = mem_alloc(8);
    cr_assert_not_null(first);
    cr_assert_null(mem_alloc(8));
    void *third = mem_alloc(8);
    cr_assert_not_null(third);
    mem_free(first, 8);
    mem_free(third, 8);
}

Test(mem, fail_from_fails_until_switched_off)
{
    mem_fail_from(1);
    cr_assert_null(mem_alloc(8));
    cr_assert_null(mem_alloc(8));
    mem_fail_from(0);
    void *block = mem_alloc(8);
    cr_assert_not_null(block);
    mem_free(block, 8);
}

Test(mem, watched_blocks_are_known_until_they_go)
{
    enum { COUNT = 500 };
    void *blocks[COUNT];
    for (int i = 0; i < COUNT; i++) {
        blocks[i] = mem_alloc(24);
        cr_assert_eq(mem_watch(blocks[i], (unsigned)(i % MEM_MARKS)), 0);
        cr_assert_eq(mem_watch(blocks[i], (unsigned)(i % MEM_MARKS)), 0);
    }
    for (int i = 0; i < COUNT; i += 2) {
        mem_free(blocks[i], 24);
        cr_assert_eq(mem_mark(blocks[i]), -1);
    }
    for (int i = 1; i < COUNT; i += 2)
        cr_assert_eq(mem_mark(blocks[i]), i % MEM_MARKS);
    for (int i = 1; i < COUNT; i += 2)
        mem_free(blocks[i], 24);
    cr_assert_eq(mem_mark(blocks[1]), -1);
}

Test(mem, a_moved_block_is_watched_no_longer)
{
    void *block = mem_alloc(64), *fence = mem_alloc(64);
    cr_assert_eq(mem_watch(block, 3), 0);
    void *moved = mem_realloc(block, 64, 1 << 20);
    cr_assert(moved == block || mem_mark(block) == -1);
    mem_free(moved, 1 << 20);
    mem_free(fence, 64);
    cr_assert_eq(mem_mark(moved), -1);
}
