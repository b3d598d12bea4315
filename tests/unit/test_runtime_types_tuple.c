/* runtime/types/tuple.c: the one empty tuple, tracking, hashing, comparing, slices. */

#include "tests/unit/runtime.h"

TestSuite(tuple, .init = start_runtime, .fini = finish_runtime);

static Obj *pair(int64_t a, int64_t b)
{
    return tuple_from_steal((Obj *[]){int_new(a), int_new(b)}, 2);
}

Test(tuple, empty_is_unique)
{
    Obj *a = tuple_new(0), *b = tuple_pack(0), *c = obj_call0(&tuple_type.head.base);
    cr_expect_eq(a, b);
    cr_expect_eq(a, c);
    obj_decref(a);
    obj_decref(b);
    obj_decref(c);
}

Test(tuple, tracked_only_when_it_can_be_in_a_cycle)
{
    Obj *atoms = pair(1, 2), *nested = tuple_pack(1, atoms), *list = list_new(0);
    Obj *holder = tuple_pack(1, list);
    cr_expect(!gc_is_tracked(atoms));
    cr_expect(!gc_is_tracked(nested));
    cr_expect(gc_is_tracked(holder));

    Obj *filled = tuple_new(1);
    cr_expect(gc_is_tracked(filled));
    tuple_cast(filled)->items[0] = int_new(7);
    tuple_maybe_untrack(filled);
    cr_expect(!gc_is_tracked(filled));
    obj_decref(filled);
    obj_decref(holder);
    obj_decref(list);
    obj_decref(nested);
    obj_decref(atoms);
}

Test(tuple, equal_tuples_hash_alike)
{
    Obj *a = pair(1, 2), *b = pair(1, 2), *c = pair(2, 1);
    cr_expect_eq(obj_equal(a, b), 1);
    cr_expect_eq(obj_hash(a), obj_hash(b));
    cr_expect_neq(obj_hash(a), obj_hash(c));
    cr_expect_eq(obj_compare_bool(a, c, CMP_LT), 1);
    cr_expect_eq(obj_compare_bool(a, c, CMP_GE), 0);
    obj_decref(a);
    obj_decref(b);
    obj_decref(c);
}

Test(tuple, unhashable_item_is_an_error)
{
    Obj *list = list_new(0), *t = tuple_pack(1, list);
    cr_expect_eq(obj_hash(t), -1);
    expect_error(&exc_type_error, "unhashable type: 'list'");
    obj_decref(t);
    obj_decref(list);
}

Test(tuple, slices_clip_and_share)
{
    Obj *t = tuple_from_steal((Obj *[]){int_new(1), int_new(2), int_new(3)}, 3);
    expect_repr(tuple_slice(t, 1, 99), "(2, 3)");
    expect_repr(tuple_slice(t, 2, 1), "()");
    Obj *whole = tuple_slice(t, 0, 3);
    cr_expect_eq(whole, t);
    obj_decref(whole);
    Obj *backwards = slice_of(INT64_MIN, INT64_MIN, -1);
    expect_repr(obj_getitem(t, backwards), "(3, 2, 1)");
    obj_decref(backwards);
    obj_decref(t);
}

Test(tuple, repeat_refuses_absurd_sizes)
{
    Obj *t = pair(1, 2), *count = int_new(INT64_MAX / 4);
    cr_expect_null(obj_binary(t, count, BINARY_MULTIPLY));
    cr_expect(err_matches(&exc_memory_error));
    err_clear();
    obj_decref(count);
    obj_decref(t);
}

static int pack_and_concatenate(void)
{
    Obj *a = tuple_pack(1, obj_none), *b = a == NULL ? NULL : tuple_pack(1, obj_none);
    Obj *sum = b == NULL ? NULL : obj_binary(a, b, BINARY_ADD);
    obj_xdecref(a);
    obj_xdecref(b);
    obj_xdecref(sum);
    return sum == NULL ? -1 : 0;
}

Test(tuple, allocation_may_fail_anywhere)
{
    fail_each_allocation(pack_and_concatenate);
}
