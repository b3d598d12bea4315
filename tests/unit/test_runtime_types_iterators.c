/* runtime/types/zip.c, map.c, filter.c, enumerate.c, reversed.c, callable_iterator.c,
 * sequence_iterator.c, list_iterator.c, iterator_reduce.c: what they give, hold and let go. */

#include "runtime/types/callable_iterator.h"
#include "runtime/types/enumerate.h"
#include "runtime/types/filter.h"
#include "runtime/types/iterator_reduce.h"
#include "runtime/types/list_iterator.h"
#include "runtime/types/map.h"
#include "runtime/types/reversed.h"
#include "runtime/types/sequence_iterator.h"
#include "runtime/types/zip.h"
#include "tests/unit/vm_interp.h"

TestSuite(iterators, .init = vm_start, .fini = vm_stop);

static void gives(Obj *iterable_steal, const char *expected)
{
    cr_assert_not_null(iterable_steal);
    expect_repr(obj_to_list(iterable_steal), expected);
    obj_decref(iterable_steal);
}

Test(iterators, what_they_give)
{
    Obj *three = numbers(3), *two = numbers(2);
    gives(make(zip_type, "OO", three, two), "[(0, 0), (1, 1)]");
    gives(make(zip_type, ""), "[]");
    gives(make(map_type, "OO", &str_type, three), "['0', '1', '2']");
    gives(make(filter_type, "nO", three), "[1, 2]");
    gives(make(filter_type, "OO", &bool_type, three), "[1, 2]");
    gives(make(enumerate_type, "Oi", two, 5), "[(5, 0), (6, 1)]");
    gives(make(enumerate_type, "Ol", two, INT64_MAX),
          "[(9223372036854775807, 0), (9223372036854775808, 1)]");
    gives(reversed_new(three), "[2, 1, 0]");
    gives(list_iterator_new(three, true), "[2, 1, 0]");
    gives(sequence_iterator_new(three), "[0, 1, 2]");
    cr_expect_eq(three->refcnt, 1);
    obj_decref(three);
    obj_decref(two);
}

Test(iterators, strict_zips_compare_lengths)
{
    Obj *three = numbers(3), *two = numbers(2), *zip = make(zip_type, "OO strict:t", three, two);
    expect_raised(obj_to_list(zip), &exc_value_error,
                  "zip() argument 2 is shorter than argument 1");
    obj_decref(zip);
    zip = make(zip_type, "OOO strict:t", two, two, three);
    expect_raised(obj_to_list(zip), &exc_value_error,
                  "zip() argument 3 is longer than arguments 1-2");
    obj_decref(zip);
    obj_decref(three);
    obj_decref(two);
}

Test(iterators, a_pair_is_used_again_only_when_nobody_has_it)
{
    Obj *list = numbers(3), *zip = make(zip_type, "OO", list, list), *first, *second;
    cr_assert_eq(obj_next(zip, &first), 1);
    cr_assert_eq(obj_next(zip, &second), 1);
    cr_expect_neq(first, second);
    expect_repr(first, "(0, 0)");
    expect_repr(second, "(1, 1)");
    obj_decref(zip);
    obj_decref(list);
}

Test(iterators, wrong_arguments)
{
    expect_raised(make(map_type, "O", &str_type), &exc_type_error,
                  "map() must have at least two arguments.");
    expect_raised(make(filter_type, "n"), &exc_type_error, "filter expected 2 arguments, got 1");
    expect_raised(make(zip_type, "Oi", &str_type, 5), &exc_type_error,
                  "'type' object is not iterable");
    expect_raised(make(enumerate_type, ""), &exc_type_error,
                  "enumerate() missing required argument 'iterable'");
    expect_raised(make(enumerate_type, "ss", "a", "b"), &exc_type_error,
                  "'str' object cannot be interpreted as an integer");
    expect_raised(reversed_new(obj_none), &exc_type_error, "'NoneType' object is not reversible");
}

Test(iterators, exhausted_ones_stay_so_and_let_go)
{
    Obj *list = numbers(1), *iterator = obj_iter(list), *item;
    cr_expect_eq(list->refcnt, 2);
    cr_expect_eq(obj_next(iterator, &item), 1);
    obj_decref(item);
    cr_expect_eq(obj_next(iterator, &item), 0);
    cr_expect_eq(list->refcnt, 1, "the end gives up the list");
    cr_assert_eq(list_append(list, obj_none), 0);
    cr_expect_eq(obj_next(iterator, &item), 0);
    obj_decref(iterator);
    obj_decref(list);
}

Test(iterators, a_callable_until_its_sentinel)
{
    vm_exec_ok("n = 0\ndef f():\n  global n\n  n += 1\n  return n\n");
    Obj *sentinel = int_new(3), *iterator = callable_iterator_new(vm_global("f"), sentinel);
    gives(iterator, "[1, 2]");
    cr_expect_eq(vm_int("n"), 3);
    vm_exec_ok("class E:\n  def __eq__(s, o):\n    global it\n    it = None\n    return False\n"
               "it = iter(lambda: 5, E())\nx = next(it)");
    cr_expect_eq(vm_int("x"), 5);
    obj_decref(sentinel);
}

Test(iterators, what_changes_under_them)
{
    vm_exec_ok(
        "a = [1, 2, 3]\ni = iter(a)\nnext(i)\na.clear()\nempty = list(i)\n"
        "b = [1, 2, 3]\nr = reversed(b)\nnext(r)\nb.clear()\nback = list(r)\n"
        "def cut(x):\n  c.clear()\n  return x\nc = list(range(10))\nmapped = list(map(cut, c))\n"
        "class S:\n  def __len__(s): return 3\n  def __getitem__(s, i):\n"
        "    if i == 1: raise StopIteration\n    return i\nstopped = list(reversed(S()))");
    vm_gives("(empty, back, mapped, stopped)", "([], [], [0], [2])");
}

Test(iterators, a_next_that_runs_its_own_iterator)
{
    vm_exec_ok("class I:\n  def __iter__(s): return s\n  def __next__(s):\n"
               "    s.n = getattr(s, 'n', 0) + 1\n    if s.n == 2: next(z, None)\n"
               "    if s.n > 6: raise StopIteration\n    return s.n\n"
               "z = zip(I(), range(100))\nall = list(z)\n"
               "e = enumerate(I())\nz = e\nmore = list(e)");
    vm_gives("len(all) > 0 and len(more) > 0", "True");
}

Test(iterators, reduce_rebuilds_them)
{
    vm_exec_ok("import copy\ndef half(i):\n  next(i)\n  return list(copy.copy(i)), list(i)\n"
               "same = [a == b for a, b in map(half, [iter([1, 2, 3]), reversed([1, 2, 3]), "
               "iter((1, 2, 3)), enumerate('abc'), zip('abc', 'def'), map(str, [1, 2]), "
               "iter('abc'), iter(range(5)), iter(b'abc'), reversed('abc')])]");
    vm_gives("same", "[True, True, True, False, False, False, True, True, True, True]");
    expect_repr(iterator_reduce_builtin("reversed"), "<class 'reversed'>");
}

Test(iterators, every_allocation_may_fail)
{
    vm_exec_ok(
        "def action():\n  a = [1000, 2000, 3000]\n  list(zip(a, a, a)), list(map(str, a))\n"
        "  list(filter(None, a)), list(enumerate(a, 1 << 70)), list(reversed(a))\n"
        "  list(iter([1000, 5].pop, 1000)), iter(a).__reduce__(), enumerate(a).__reduce__()");
    fail_each_allocation(vm_action);
}
