/* runtime/types/set.c: membership, CPython's order of small ints, algebra, hashing. */

#include "runtime/types/set.h"
#include "tests/unit/runtime.h"

TestSuite(set, .init = start_runtime, .fini = finish_runtime);

/* A set of the numbers low…high - 1. */
static Obj *span(int64_t low, int64_t high)
{
    Obj *s = set_new(NULL);
    for (int64_t i = low; i < high; i++) {
        Obj *key = int_new(i);
        cr_assert_eq(set_add(s, key), 0);
        obj_decref(key);
    }
    return s;
}

Test(set, small_ints_come_in_the_order_of_cpython)
{
    Obj *s = set_new(NULL);
    static const int64_t keys[] = {3, 1, 2, 40, 8, 33};
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
        Obj *key = int_new(keys[i]);
        cr_assert_eq(set_add(s, key), 0);
        obj_decref(key);
    }
    expect_repr(s, "{1, 2, 3, 33, 40, 8}");
}

Test(set, adding_and_discarding_keep_count)
{
    Obj *s = span(0, 500);
    for (int64_t i = 0; i < 2000; i++) {
        Obj *key = int_new(i * 37 % 700);
        int present = set_contains(s, key);
        if (i % 2 == 0) {
            cr_assert_eq(set_discard(s, key), present);
            cr_assert_eq(set_contains(s, key), 0);
        } else {
            int64_t before = set_length(s);
            cr_assert_eq(set_add(s, key), 0);
            cr_assert_eq(set_length(s), before + !present);
        }
        obj_decref(key);
    }
    int64_t position = 0, walked = 0;
    ObjRef key;
    while (set_next(s, &position, &key))
        walked++;
    cr_expect_eq(walked, set_length(s));
    obj_decref(s);
}

Test(set, algebra)
{
    Obj *a = span(0, 4), *b = span(2, 6);
    expect_repr(obj_binary(a, b, BINARY_AND), "{2, 3}");
    expect_repr(obj_binary(a, b, BINARY_OR), "{0, 1, 2, 3, 4, 5}");
    expect_repr(obj_binary(a, b, BINARY_SUBTRACT), "{0, 1}");
    expect_repr(obj_binary(a, b, BINARY_XOR), "{0, 1, 4, 5}");
    cr_expect_eq(obj_compare_bool(a, b, CMP_LE), 0);
    Obj *both = obj_binary(a, b, BINARY_OR);
    cr_expect_eq(obj_compare_bool(a, both, CMP_LT), 1);
    obj_decref(both);
    obj_decref(a);
    obj_decref(b);
}

Test(set, frozen_sets_hash_by_content)
{
    Obj *list = numbers(20), *a = frozenset_new(list);
    list_reverse(list);
    Obj *b = frozenset_new(list), *same = frozenset_new(a);
    cr_expect_eq(obj_hash(a), obj_hash(b));
    cr_expect_eq(obj_equal(a, b), 1);
    cr_expect_eq(same, a);
    obj_decref(same);
    obj_decref(b);
    obj_decref(a);
    obj_decref(list);
}

Test(set, a_set_is_looked_up_as_a_frozenset)
{
    Obj *inner = span(0, 3), *frozen = frozenset_new(inner), *outer = set_new(NULL);
    cr_assert_eq(set_add(outer, frozen), 0);
    cr_expect_eq(obj_contains(outer, inner), 1);
    cr_expect_eq(set_add(outer, inner), -1);
    expect_error(&exc_type_error, "unhashable type: 'set'");
    obj_decref(outer);
    obj_decref(frozen);
    obj_decref(inner);
}

static int build_and_intersect(void)
{
    Obj *list = numbers(60);
    Obj *a = set_new(list), *b = a == NULL ? NULL : set_new(list);
    Obj *both = b == NULL ? NULL : obj_binary(a, b, BINARY_AND);
    obj_xdecref(a);
    obj_xdecref(b);
    obj_xdecref(both);
    obj_decref(list);
    return both == NULL ? -1 : 0;
}

Test(set, allocation_may_fail_anywhere)
{
    Obj *list = numbers(60);
    cr_assert_eq(build_and_intersect(), 0);
    for (uint64_t n = 1; n < 100; n++) {
        mem_fail_after(n);
        Obj *s = set_new(list);
        mem_fail_after(0);
        if (s != NULL) {
            cr_expect_eq(set_length(s), 60);
            obj_decref(s);
            break;
        }
        cr_assert(err_matches(&exc_memory_error));
        err_clear();
    }
    obj_decref(list);
}
