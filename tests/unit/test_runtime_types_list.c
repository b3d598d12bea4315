/* runtime/types/list.c and list_sort.c: growth, slices, sorting. */

#include <stdlib.h>

#include "runtime/types/float.h"
#include "tests/unit/runtime.h"

TestSuite(list, .init = start_runtime, .fini = finish_runtime);

Test(list, grows_in_the_steps_of_cpython)
{
    static const int64_t steps[] = {4, 8, 16, 24, 32, 40, 52, 64, 76, 92};
    Obj *list = list_new(0);
    size_t step = 0;
    for (int64_t i = 0; i < 92; i++) {
        cr_assert_eq(list_append(list, obj_none), 0);
        if (list_length(list) > steps[step])
            step++;
        cr_assert_eq(list_cast(list)->capacity, steps[step], "at length %lld",
                     (long long)list_length(list));
    }
    obj_decref(list);
}

Test(list, shrinks_below_half)
{
    Obj *list = numbers(100);
    cr_assert_eq(list_set_slice(list, 10, 100, NULL), 0);
    cr_expect_eq(list_length(list), 10);
    cr_expect_lt(list_cast(list)->capacity, 20);
    obj_decref(list);
}

Test(list, insert_clips_its_index)
{
    Obj *list = numbers(2), *x = int_new(9);
    cr_assert_eq(list_insert(list, -50, x), 0);
    cr_assert_eq(list_insert(list, 50, x), 0);
    cr_assert_eq(list_insert(list, -1, x), 0);
    obj_decref(x);
    expect_repr(list, "[9, 0, 1, 9, 9]");
}

Test(list, slice_assignment_from_itself)
{
    Obj *list = numbers(3);
    cr_assert_eq(list_set_slice(list, 1, 1, list), 0);
    expect_repr(list, "[0, 0, 1, 2, 1, 2]");
}

Test(list, extended_slices)
{
    Obj *list = numbers(6), *every_second = slice_of(INT64_MIN, INT64_MIN, 2), *two = numbers(2);
    cr_expect_eq(obj_setitem(list, every_second, two), -1);
    expect_error(&exc_value_error,
                 "attempt to assign sequence of size 2 to extended slice of size 3");
    cr_expect_eq(obj_setitem(list, every_second, NULL), 0);
    obj_decref(every_second);
    obj_decref(two);
    Obj *huge_step = slice_of(2, INT64_MIN, INT64_MAX);
    expect_repr(obj_getitem(list, huge_step), "[5]");
    obj_decref(huge_step);
    expect_repr(list, "[1, 3, 5]");
}

Test(list, prints_itself_once)
{
    Obj *list = list_new(0);
    cr_assert_eq(list_append(list, list), 0);
    Obj *repr = obj_repr(list);
    cr_expect_str_eq(str_utf8(repr, NULL), "[[...]]");
    obj_decref(repr);
    cr_assert_eq(list_set_slice(list, 0, 1, NULL), 0);
    obj_decref(list);
}

/* A list of `count` keys below `limit`; numbers, floats or strs. */
static Obj *random_keys(int64_t count, int limit, int kind)
{
    Obj *list = list_new(0);
    for (int64_t i = 0; i < count; i++) {
        int number = rand() % limit;
        Obj *key = kind == 0   ? int_new(number - limit / 2)
                   : kind == 1 ? float_new((number - limit / 2) / 3.0)
                               : str_format_c("key %d", number);
        cr_assert_eq(list_append_steal(list, key), 0);
    }
    return list;
}

static void check_sorted(ObjRef list, bool reverse)
{
    for (int64_t i = 1; i < list_length(list); i++) {
        ObjRef a = list_peek(list, reverse ? i : i - 1), b = list_peek(list, reverse ? i - 1 : i);
        cr_assert_eq(obj_compare_bool(b, a, CMP_LT), 0);
        /* Equal keys are different objects, which must keep their order: see below. */
    }
}

Test(list, sorts_every_kind_of_key_at_every_size)
{
    static const int64_t sizes[] = {0, 1, 2, 3, 31, 32, 63, 64, 65, 200, 511, 512, 2000};
    srand(11);
    for (int kind = 0; kind < 3; kind++) {
        for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
            for (int limit = 3; limit <= 30000; limit *= 100) {
                bool reverse = rand() % 2 == 0;
                Obj *list = random_keys(sizes[i], limit, kind);
                cr_assert_eq(list_sort(list, NULL, reverse), 0);
                cr_assert_eq(list_length(list), sizes[i]);
                check_sorted(list, reverse);
                obj_decref(list);
            }
        }
    }
}

/* Equal keys that are different objects: their addresses tell the order in which they came. */
Test(list, sorting_is_stable_in_both_directions)
{
    srand(12);
    for (int round = 0; round < 40; round++) {
        bool reverse = round % 2 == 0;
        int64_t count = 600 + rand() % 1000; /* past the sizes that merge, for numbers */
        Obj *list = random_keys(count, 40, 1 + round % 2), *before = list_new(0);
        cr_assert_eq(list_extend(before, list), 0);
        cr_assert_eq(list_sort(list, NULL, reverse), 0);
        int64_t from = 0;
        for (int64_t i = 0; i < count; i++) {
            bool same_key = i > 0 && obj_equal(list_peek(list, i), list_peek(list, i - 1)) == 1;
            from = same_key ? from + 1 : 0;
            while (from < count && list_peek(before, from) != list_peek(list, i))
                from++;
            cr_assert_lt(from, count, "an equal key was overtaken");
        }
        obj_decref(before);
        obj_decref(list);
    }
}

static int sort_many(void)
{
    Obj *list = numbers(700);
    list_reverse(list);
    int status = list_sort(list, NULL, true);
    obj_decref(list);
    return status;
}

Test(list, sorting_survives_lack_of_memory)
{
    Obj *list = random_keys(1000, 1000, 0);
    mem_fail_after(1);
    cr_expect_eq(list_sort(list, NULL, false), -1);
    mem_fail_after(0);
    cr_expect(err_matches(&exc_memory_error));
    err_clear();
    cr_expect_eq(list_length(list), 1000);
    obj_decref(list);
    cr_expect_eq(sort_many(), 0);
}
