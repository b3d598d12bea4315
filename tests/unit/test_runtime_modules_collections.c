/* runtime/modules/collections*.c, itertools*.c, functools_lru_cache.c: the ring of deque, the ends
 * of OrderedDict, iterators that share, caches that evict. */

#include "runtime/modules/collections.h"
#include "runtime/modules/functools.h"
#include "runtime/modules/itertools.h"
#include "runtime/types/dict.h"
#include "tests/unit/runtime.h"

static void start(void)
{
    static Type *const types[] = {
        &deque_type,
        &deque_iterator_type,
        &ordered_dict_type,
        &functools_lru_link_type,
        &functools_lru_cache_type,
        &itertools_tee_type,
        &itertools_tee_data_type,
        &itertools_chain_type,
        &itertools_product_type,
    };
    start_runtime();
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
        cr_assert_eq(type_ready(types[i]), 0);
}

TestSuite(collections, .init = start, .fini = finish_runtime);

/* o.name(argument or none), whose result does not matter. */
static void do_method(ObjRef o, const char *name, ObjRef argument)
{
    Obj *result = call_method(o, name, argument);
    cr_assert_not_null(result);
    obj_decref(result);
}

Test(collections, deque_turns_around_its_ring)
{
    Obj *deque = obj_call0(&deque_type.head.base), *model = list_new(0);
    for (int64_t i = 0; i < 1000; i++) {
        Obj *item = int_new(i);
        if (i % 3 == 0) {
            do_method(deque, "appendleft", item);
            cr_assert_eq(list_insert(model, 0, item), 0);
        } else {
            do_method(deque, "append", item);
            cr_assert_eq(list_append(model, item), 0);
        }
        obj_decref(item);
        if (i % 4 == 0) {
            do_method(deque, "popleft", NULL);
            cr_assert_eq(list_set_slice(model, 0, 1, NULL), 0);
        }
    }
    Obj *items = obj_to_list(deque);
    cr_expect_eq(obj_equal(items, model), 1);
    obj_decref(items);
    do_method(deque, "clear", NULL);
    cr_expect_null(call_method(deque, "pop", NULL));
    expect_error(&exc_index_error, "pop from an empty deque");
    obj_decref(deque);
    obj_decref(model);
}

Test(collections, deque_notices_changes_while_walked)
{
    Obj *list = numbers(3), *deque = obj_call1(&deque_type.head.base, list);
    Obj *iterator = obj_iter(deque), *item;
    cr_assert_eq(obj_next(iterator, &item), 1);
    do_method(deque, "append", item);
    obj_decref(item);
    cr_expect_eq(obj_next(iterator, &item), -1);
    expect_error(&exc_runtime_error, "deque mutated during iteration");
    obj_decref(iterator);
    obj_decref(deque);
    obj_decref(list);
}

Test(collections, ordered_dict_gives_items_from_the_front)
{
    Obj *d = obj_call0(&ordered_dict_type.head.base), *last = bool_new(false);
    for (int64_t i = 0; i < 300; i++) {
        Obj *key = int_new(i);
        cr_assert_eq(dict_set(d, key, obj_none), 0);
        obj_decref(key);
        if (i >= 10)
            do_method(d, "popitem", last);
    }
    Obj *pair = call_method(d, "popitem", last);
    expect_repr(pair, "(290, None)");
    cr_expect_eq(dict_length(d), 9);
    obj_decref(last);
    obj_decref(d);
}

Test(collections, tee_gives_all_items_to_each)
{
    Obj *list = numbers(200);
    Obj *both = itertools_tee(NULL, (ObjRef[]){list}, 1, NULL);
    cr_assert_not_null(both);
    for (int64_t i = 0; i < 2; i++) {
        Obj *items = obj_to_list(tuple_peek(both, i));
        cr_expect_eq(obj_equal(items, list), 1);
        obj_decref(items);
    }
    obj_decref(both);
    obj_decref(list);
}

Test(collections, product_makes_a_new_tuple_where_the_last_is_kept)
{
    Obj *list = numbers(3);
    Obj *product = obj_call2(&itertools_product_type.head.base, list, list);
    Obj *all = obj_to_list(product);
    expect_repr(all, "[(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (2, 0), (2, 1), (2, 2)]");
    obj_decref(product);
    obj_decref(list);
}

Test(collections, lru_cache_forgets_the_least_recent)
{
    Obj *limit = int_new(2), *no = bool_new(false);
    ObjRef args[4] = {&list_type.head.base, limit, no, &tuple_type.head.base};
    Obj *cache = obj_call(&functools_lru_cache_type.head.base, args, 4, NULL);
    cr_assert_not_null(cache);
    Obj *a = str_from_ascii("a"), *b = str_from_ascii("b"), *c = str_from_ascii("c");
    Obj *first = obj_call1(cache, a), *second = obj_call1(cache, b);
    Obj *again = obj_call1(cache, a);
    cr_expect_eq(first, again);
    Obj *third = obj_call1(cache, c); /* b goes */
    Obj *kept = obj_call1(cache, a), *made = obj_call1(cache, b);
    cr_expect_eq(kept, first);
    cr_expect_neq(made, second);
    Obj *all[] = {first, second, again, third, kept, made, a, b, c, cache, limit, no};
    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
        obj_decref(all[i]);
}
