/* runtime/types/dict*.c: order, str keys, deletion, the index, cells, tracking. */

#include "runtime/types/dict.h"
#include "runtime/types/dict_cells.h"
#include "tests/unit/runtime.h"

TestSuite(dict, .init = start_runtime, .fini = finish_runtime);

static void set_number(ObjRef dict, int64_t key, int64_t value)
{
    Obj *k = int_new(key), *v = int_new(value);
    cr_assert_eq(dict_set(dict, k, v), 0);
    obj_decref(k);
    obj_decref(v);
}

/* The index has one place for each entry, deleted ones included, and each leads to it. */
static void check_index(ObjRef o)
{
    const DictObj *d = dict_cast(o);
    if (d->entries == NULL)
        return;
    const unsigned char *index = (const unsigned char *)(d->entries + d->entry_capacity);
    int64_t places = 0, live = 0;
    for (int64_t i = 0; i < (int64_t)1 << d->index_log2; i++) {
        bool empty = true;
        for (int byte = 0; byte < d->index_width; byte++)
            empty &= index[i * d->index_width + byte] == 0xFF;
        places += !empty;
    }
    for (int64_t i = 0; i < d->entry_count; i++)
        live += d->entries[i].value != NULL;
    cr_assert_eq(places, d->entry_count);
    cr_assert_eq(live, d->used);
    cr_assert_leq(d->entry_count, d->entry_capacity);
}

Test(dict, keeps_the_order_of_insertion)
{
    Obj *d = dict_new();
    set_number(d, 3, 1);
    set_number(d, 1, 2);
    set_number(d, 2, 3);
    set_number(d, 1, 4);
    Obj *one = int_new(1);
    cr_assert_eq(dict_delete(d, one), 0);
    cr_assert_eq(dict_delete(d, one), -1);
    expect_error(&exc_key_error, "1");
    obj_decref(one);
    set_number(d, 1, 5);
    expect_repr(d, "{3: 1, 2: 3, 1: 5}");
}

Test(dict, many_insertions_and_deletions_keep_the_index_right)
{
    Obj *d = dict_new();
    for (int64_t i = 0; i < 3000; i++) {
        set_number(d, i * 7919 % 1009, i);
        if (i % 3 == 0) {
            Obj *key = int_new(i * 31 % 1009);
            cr_assert_geq(dict_discard(d, key), 0);
            obj_decref(key);
        }
        if (i % 5 == 0 && dict_length(d) > 0) {
            Obj *key, *value;
            cr_assert_eq(dict_take_last(d, &key, &value), 1);
            obj_decref(key);
            obj_decref(value);
        }
        if (i % 50 == 0)
            check_index(d);
    }
    check_index(d);
    for (int64_t i = 0; i < 1009; i++) {
        Obj *key = int_new(i), *value;
        int found = dict_get(d, key, &value);
        cr_assert_eq(found, dict_contains(d, key));
        obj_xdecref(value);
        obj_decref(key);
    }
    obj_decref(d);
}

Test(dict, str_keys_flag_goes_with_the_first_other_key)
{
    Obj *d = dict_new(), *text = str_from_ascii("name");
    cr_assert_eq(dict_set(d, text, obj_none), 0);
    cr_expect(dict_cast(d)->flags & DICT_STR_KEYS);
    cr_expect_eq(dict_find_str(dict_cast(d), text), 0);
    set_number(d, 1, 1);
    cr_expect_not(dict_cast(d)->flags & DICT_STR_KEYS);
    cr_expect_eq(dict_find_str(dict_cast(d), text), 0);
    cr_expect_eq(dict_contains(d, text), 1);
    dict_clear(d);
    cr_expect(dict_cast(d)->flags & DICT_STR_KEYS);
    obj_decref(text);
    obj_decref(d);
}

Test(dict, version_moves_with_keys_but_not_values)
{
    Obj *d = dict_new();
    set_number(d, 1, 1);
    uint32_t version = dict_cast(d)->version;
    set_number(d, 1, 2);
    cr_expect_eq(dict_cast(d)->version, version);
    set_number(d, 2, 2);
    cr_expect_neq(dict_cast(d)->version, version);
    obj_decref(d);
}

Test(dict, tracked_from_the_first_container)
{
    Obj *d = dict_new(), *list = list_new(0), *key = int_new(5);
    set_number(d, 1, 1);
    cr_expect(!gc_is_tracked(d));
    cr_assert_eq(dict_set(d, key, list), 0);
    cr_expect(gc_is_tracked(d));
    Obj *copy = dict_copy(d);
    cr_expect(gc_is_tracked(copy));
    obj_decref(copy);
    obj_decref(key);
    obj_decref(list);
    obj_decref(d);
}

Test(dict, cells_mirror_every_change)
{
    Obj *d = dict_new(), *name = str_intern_ascii("x"), *one = int_new(1), *two = int_new(2);
    DictCell *cell = dict_cell(d, name);
    cr_assert_not_null(cell);
    cr_expect_null(cell->value);
    cr_expect_eq(cell->entry, -1);
    cr_assert_eq(dict_set(d, name, one), 0);
    cr_expect_eq(cell->value, one);
    dict_cell_store_steal(d, cell, obj_incref(two));
    cr_expect_eq(dict_peek(d, name), two);

    /* Other keys come and go until the table is rebuilt and the entry moves. */
    for (int64_t i = 0; i < 500; i++) {
        set_number(d, i, i);
        Obj *old = int_new(i - 3);
        cr_assert_geq(dict_discard(d, old), 0);
        obj_decref(old);
        cr_assert_eq(cell->value, two);
        cr_assert_eq(dict_cast(d)->entries[cell->entry].key, name);
    }
    cr_expect_eq(dict_cell(d, name), cell);
    Obj *popped;
    cr_assert_eq(dict_pop(d, name, &popped), 1);
    cr_expect_eq(popped, two);
    cr_expect_null(cell->value);
    cr_assert_eq(dict_set(d, name, one), 0);
    cr_expect_eq(cell->value, one);
    dict_clear(d);
    cr_expect_null(cell->value);
    obj_decref(popped);
    obj_decref(name);
    obj_decref(one);
    obj_decref(two);
    obj_decref(d);
}

Test(dict, moves_entries_to_either_end)
{
    Obj *d = dict_new(), *key = int_new(2);
    for (int64_t i = 0; i < 5; i++)
        set_number(d, i, i);
    cr_assert_eq(dict_move_to_end(d, dict_position(d, key), true), 0);
    cr_assert_eq(dict_move_to_end(d, dict_position(d, key), false), 0);
    check_index(d);
    obj_decref(key);
    expect_repr(d, "{2: 2, 0: 0, 1: 1, 3: 3, 4: 4}");
}

Test(dict, merges_pairs_in_the_words_of_cpython)
{
    Obj *d = dict_new(), *pairs = numbers(1);
    cr_expect_eq(dict_merge(d, pairs, true), -1);
    expect_error(&exc_type_error,
                 "cannot convert dictionary update sequence element #0 to a sequence");
    Obj *single = tuple_pack(1, obj_none), *element = tuple_pack(1, single);
    cr_expect_eq(dict_merge(d, element, true), -1);
    expect_error(&exc_value_error,
                 "dictionary update sequence element #0 has length 1; 2 is required");
    obj_decref(element);
    obj_decref(single);
    obj_decref(pairs);
    obj_decref(d);
}

static int fill_and_copy(void)
{
    Obj *d = dict_new(), *copy = NULL;
    int status = d == NULL ? -1 : 0;
    for (int64_t i = 0; status == 0 && i < 40; i++) {
        Obj *key = int_new(i);
        status = key == NULL ? -1 : dict_set(d, key, obj_none);
        obj_xdecref(key);
    }
    if (status == 0)
        copy = dict_copy(d);
    if (copy == NULL)
        status = -1;
    if (status == 0)
        cr_assert_eq(dict_length(copy), 40);
    obj_xdecref(copy);
    obj_xdecref(d);
    return status;
}

Test(dict, allocation_may_fail_anywhere)
{
    fail_each_allocation(fill_and_copy);
}
