/* runtime/core/container.c: length, items, membership and iteration of any object. */

#include "tests/unit/vm_interp.h"

TestSuite(container, .init = vm_start, .fini = vm_stop);

Test(container, lengths_must_make_sense)
{
    vm_exec_ok("class L:\n  def __init__(s, n): s.n = n\n  def __len__(s): return s.n\n"
               "negative, huge, text, ok = L(-1), L(1 << 80), L('x'), L(True)");
    cr_expect_eq(obj_length(vm_global("ok")), 1);
    cr_expect_eq(obj_length(vm_global("negative")), -1);
    expect_error(&exc_value_error, "__len__() should return >= 0");
    cr_expect_eq(obj_length(vm_global("huge")), -1);
    expect_error(&exc_overflow_error, "cannot fit 'int' into an index-sized integer");
    cr_expect_eq(obj_length(vm_global("text")), -1);
    expect_error(&exc_type_error, "'str' object cannot be interpreted as an integer");
}

Test(container, length_hints_are_hints)
{
    vm_exec_ok("class H:\n  def __init__(s, n): s.n = n\n  def __length_hint__(s): return s.n\n"
               "known, unknown, wrong, text = H(7), H(NotImplemented), H(-3), H('x')\n"
               "class Broken:\n  def __len__(s): raise TypeError('no')\nbroken = Broken()");
    cr_expect_eq(obj_length_hint(vm_global("known"), 5), 7);
    cr_expect_eq(obj_length_hint(vm_global("unknown"), 5), 5);
    cr_expect_eq(obj_length_hint(obj_none, 5), 5);
    cr_expect_eq(obj_length_hint(vm_global("broken"), 5), 5, "a TypeError counts as no length");
    cr_expect_null(err_occurred());
    cr_expect_eq(obj_length_hint(vm_global("wrong"), 5), -1);
    expect_error(&exc_value_error, "__length_hint__() should return >= 0");
    cr_expect_eq(obj_length_hint(vm_global("text"), 5), -1);
    expect_error(&exc_type_error, "__length_hint__ must be an integer, not str");
}

Test(container, items_of_sequences_mappings_and_classes)
{
    Obj *list = numbers(3), *tuple = build("(is)", 1, "b"), *key = int_new(-1);
    expect_repr(obj_getitem(tuple, key), "'b'");
    expect_repr(obj_getitem_index(list, 2), "2");
    expect_raised(obj_getitem_index(list, 3), &exc_index_error, "list index out of range");
    expect_raised(obj_getitem_index(list, -4), &exc_index_error, "list index out of range");
    cr_expect_eq(obj_setitem(tuple, key, key), -1);
    expect_error(&exc_type_error, "'tuple' object does not support item assignment");
    cr_expect_eq(obj_setitem(tuple, key, NULL), -1);
    expect_error(&exc_type_error, "'tuple' object doesn't support item deletion");
    expect_repr(obj_getitem(&list_type.head.base, &int_type.head.base), "list[int]");
    expect_raised(obj_getitem(&int_type.head.base, key), &exc_type_error,
                  "type 'int' is not subscriptable");
    obj_decref(list);
    obj_decref(tuple);
    obj_decref(key);
}

Test(container, the_old_sequence_protocol_iterates)
{
    vm_exec_ok("class S:\n  def __getitem__(s, i):\n    if i > 2: raise IndexError\n"
               "    return i * i\ns = S()\n"
               "class No:\n  __iter__ = None\n  def __getitem__(s, i): return i\nno = No()\n"
               "class Bad:\n  def __iter__(s): return 5\nbad = Bad()");
    expect_repr(obj_to_list(vm_global("s")), "[0, 1, 4]");
    expect_repr(obj_to_tuple(vm_global("s")), "(0, 1, 4)");
    Obj *four = int_new(4), *five = int_new(5);
    cr_expect_eq(obj_contains(vm_global("s"), four), 1);
    cr_expect_eq(obj_contains(vm_global("s"), five), 0);
    expect_raised(obj_iter(vm_global("no")), &exc_type_error, "'No' object is not iterable");
    expect_raised(obj_iter(vm_global("bad")), &exc_type_error,
                  "iter() returned non-iterator of type 'int'");
    cr_expect_eq(obj_contains(obj_none, four), -1);
    expect_error(&exc_type_error, "argument of type 'NoneType' is not iterable");
    obj_decref(four);
    obj_decref(five);
}

Test(container, next_swallows_stop_iteration_only)
{
    vm_exec_ok("class I:\n  def __init__(s, e): s.e = e\n  def __iter__(s): return s\n"
               "  def __next__(s): raise s.e\nstop, fail = I(StopIteration(5)), I(KeyError(1))");
    Obj *item = obj_none;
    cr_expect_eq(obj_next(vm_global("stop"), &item), 0);
    cr_expect_null(item);
    cr_expect_null(err_occurred());
    cr_expect_eq(obj_next(vm_global("fail"), &item), -1);
    expect_error(&exc_key_error, "1");
}

Test(container, tuples_are_taken_as_they_are)
{
    Obj *tuple = build("(ii)", 1, 2), *same = obj_to_tuple(tuple);
    cr_expect_eq(same, tuple);
    Obj *list = obj_to_list(tuple);
    cr_expect_eq(list->refcnt, 1);
    obj_decref(list);
    obj_decref(same);
    cr_expect_eq(tuple->refcnt, 1);
    obj_decref(tuple);
}

Test(container, every_allocation_may_fail)
{
    vm_exec_ok("class S:\n  def __getitem__(s, i):\n    if i > 20: raise IndexError\n"
               "    return i * 1000\n  def __len__(s): return 3\n"
               "def action():\n  s = S()\n  list(s), tuple(s), 5000 in s, [*s], len(s)\n"
               "  a, *b = s\n  return list(reversed(s))");
    fail_each_allocation(vm_action);
}
