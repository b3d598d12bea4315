/* runtime/types/range.c and slice.c: lengths, big numbers, slices, iterators at the ends of int64.
 */

#include "runtime/types/range.h"
#include "tests/unit/runtime.h"

TestSuite(range, .init = start_runtime, .fini = finish_runtime);

Test(range, length_of_small_ranges)
{
    cr_expect_eq(range_small_length(0, 10, 3), 4);
    cr_expect_eq(range_small_length(0, 0, 1), 0);
    cr_expect_eq(range_small_length(10, 0, -3), 4);
    cr_expect_eq(range_small_length(5, 10, -1), 0);
    cr_expect_eq(range_small_length(INT64_MIN, INT64_MAX, INT64_MAX), 3);
    cr_expect_eq(range_small_length(INT64_MAX, INT64_MIN, INT64_MIN), 2);
    cr_expect_eq(range_small_length(INT64_MIN, INT64_MAX, 1), -1);
}

Test(range, iterates_up_to_the_last_int64)
{
    Obj *r = range_new_small(INT64_MAX - 2, INT64_MAX, 1);
    expect_repr(obj_to_list(r), "[9223372036854775805, 9223372036854775806]");
    obj_decref(r);
    r = range_new_small(INT64_MAX - 5, INT64_MAX, 4);
    expect_repr(obj_to_list(r), "[9223372036854775802, 9223372036854775806]");
    obj_decref(r);
}

Test(range, slices_give_ranges)
{
    Obj *r = range_new_small(0, 20, 2), *slice = slice_of(-2, INT64_MIN, -3);
    Obj *part = obj_getitem(r, slice);
    cr_assert_not_null(part);
    expect_repr(obj_to_list(part), "[16, 10, 4]");
    expect_repr(part, "range(16, -2, -6)");
    obj_decref(slice);
    obj_decref(r);
}

Test(range, finds_by_arithmetic)
{
    Obj *r = range_new_small(-10, 1000000000000, 7), *in = int_new(-10 + 7 * 12345),
        *out = int_new(0);
    cr_expect_eq(obj_contains(r, in), 1);
    cr_expect_eq(obj_contains(r, out), 0);
    expect_repr(call_method(r, "index", in), "12345");
    cr_expect_null(call_method(r, "index", out));
    expect_error(&exc_value_error, "0 is not in range");
    obj_decref(in);
    obj_decref(out);
    obj_decref(r);
}

Test(range, too_long_for_len)
{
    Obj *r = range_new_small(INT64_MIN, INT64_MAX, 1);
    cr_expect_eq(obj_length(r), -1);
    expect_error(&exc_overflow_error, "Python int too large to convert to C ssize_t");
    cr_expect_eq(obj_truth(r), 1);
    Obj *last = int_new(-1);
    expect_repr(obj_getitem(r, last), "9223372036854775806");
    obj_decref(last);
    obj_decref(r);
}

Test(range, equal_ranges_hash_alike)
{
    Obj *a = range_new_small(0, 3, 2), *b = range_new_small(0, 4, 2), *c = range_new_small(5, 5, 1);
    Obj *empty = range_new_small(0, -7, 3);
    cr_expect_eq(obj_equal(a, b), 1);
    cr_expect_eq(obj_hash(a), obj_hash(b));
    cr_expect_eq(obj_equal(c, empty), 1);
    cr_expect_eq(obj_hash(c), obj_hash(empty));
    cr_expect_eq(obj_equal(a, c), 0);
    obj_decref(a);
    obj_decref(b);
    obj_decref(c);
    obj_decref(empty);
}

Test(range, slice_indices_are_clipped)
{
    int64_t start, stop, step;
    Obj *slice = slice_of(INT64_MIN, INT64_MIN, -1);
    cr_assert_eq(slice_unpack(slice, &start, &stop, &step), 0);
    cr_expect_eq(slice_adjust(5, &start, &stop, step), 5);
    cr_expect_eq(start, 4);
    cr_expect_eq(stop, -1);
    obj_decref(slice);
    slice = slice_of(INT64_MIN, INT64_MIN, 0);
    cr_expect_eq(slice_unpack(slice, &start, &stop, &step), -1);
    expect_error(&exc_value_error, "slice step cannot be zero");
    obj_decref(slice);
}
