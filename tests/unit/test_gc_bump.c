/* gc/bump.h */

#include <criterion/criterion.h>
#include <string.h>

#include "gc/bump.h"
#include "gc/mem.h"

Test(bump, blocks_are_zero_and_aligned)
{
    Bump bump;
    bump_init(&bump);
    for (size_t size = 1; size < 5000; size += 97) {
        unsigned char *block = bump_alloc(&bump, size);
        cr_assert_not_null(block);
        cr_assert_eq((uintptr_t)block % 16, 0);
        for (size_t i = 0; i < size; i++)
            cr_assert_eq(block[i], 0);
        memset(block, 0xff, size);
    }
    bump_free(&bump);
    cr_assert_null(bump.chunks);
}

Test(bump, larger_than_a_chunk)
{
    Bump bump;
    bump_init(&bump);
    char *big = bump_alloc(&bump, 100000);
    cr_assert_not_null(big);
    big[99999] = 1;
    cr_assert_not_null(bump_alloc(&bump, 10));
    bump_free(&bump);
}

Test(bump, copy_and_format_end_with_nul)
{
    Bump bump;
    bump_init(&bump);
    cr_assert_str_eq(bump_copy(&bump, "abcdef", 3), "abc");
    cr_assert_str_eq(bump_format(&bump, "%d-%s", 12, "x"), "12-x");
    bump_free(&bump);
}

Test(bump, no_memory_gives_null_and_keeps_the_rest)
{
    Bump bump;
    bump_init(&bump);
    char *kept = bump_copy(&bump, "kept", 4);
    mem_fail_from(1);
    cr_assert_null(bump_alloc(&bump, 1 << 20));
    mem_fail_from(0);
    cr_assert_str_eq(kept, "kept");
    cr_assert_null(bump_alloc(&bump, SIZE_MAX));
    bump_free(&bump);
}
