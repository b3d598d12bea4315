/* runtime/core/type_slots.c, slot_dispatch.c, slot_wrapper.c: special methods and slots. */

#include "runtime/core/names.h"
#include "runtime/core/type_slots.h"
#include "tests/unit/vm_interp.h"

TestSuite(slots, .init = vm_start, .fini = vm_stop);

Test(slots, the_table_names_every_slot_once)
{
    for (int i = 0; i < slot_row_count; i++) {
        ObjRef name = *slot_row_name_place(&slot_rows[i], &names);
        cr_assert_not_null(name);
        cr_expect(str_equal_ascii(name, slot_rows[i].text), "%s", slot_rows[i].text);
        for (int j = 0; j < i; j++) {
            cr_expect(slot_rows[i].name != slot_rows[j].name ||
                          slot_rows[i].offset != slot_rows[j].offset,
                      "%s twice", slot_rows[i].text);
        }
    }
    cr_expect(type_slots_has_name(names.dunder_add));
    cr_expect_not(type_slots_has_name(names.self));
}

Test(slots, wrappers_check_self_and_arguments)
{
    Obj *add = obj_getattr_str(&int_type.head.base, "__add__"), *two = int_new(2);
    cr_expect_eq(slot_wrapper_row(add), slot_wrapper_row(type_lookup(&int_type, names.dunder_add)));
    expect_repr(call(add, "ii", 1, 2), "3");
    expect_raised(call(add, "i", 1), &exc_type_error, "expected 1 argument, got 0");
    expect_raised(call(add, "si", "x", 2), &exc_type_error,
                  "descriptor '__add__' requires a 'int' object but received a 'str'");
    expect_raised(call(add, ""), &exc_type_error,
                  "descriptor '__add__' of 'int' object needs an argument");
    expect_raised(call(add, "ii x:i", 1, 2, 3), &exc_type_error,
                  "wrapper __add__() takes no keyword arguments");
    expect_repr(method(two, "__lt__", "i", 3), "True");
    expect_repr(method(two, "__add__", "s", "x"), "NotImplemented");
    expect_repr(method(two, "__pow__", "iO", 3, obj_none), "8");
    obj_decref(add);
    obj_decref(two);
}

Test(slots, results_of_special_methods_are_checked)
{
    vm_exec_ok("class C:\n"
               "  def __repr__(s): return 5\n  def __str__(s): return 5\n"
               "  def __hash__(s): return 'x'\n  def __bool__(s): return 1\n"
               "  def __len__(s): return -1\n  def __contains__(s, o): return 5\n"
               "  def __format__(s, f): return 5\n  def __init__(s, r=None): return r\n"
               "  def __int__(s): return 'x'\n  def __iter__(s): return s\nc = C()");
    vm_fails("repr(c)", &exc_type_error, "__repr__ returned non-string (type int)");
    vm_fails("str(c)", &exc_type_error, "__str__ returned non-string (type int)");
    vm_fails("hash(c)", &exc_type_error, "__hash__ method should return an integer");
    vm_fails("not c", &exc_type_error, "__bool__ should return bool, returned int");
    vm_fails("len(c)", &exc_value_error, "__len__() should return >= 0");
    vm_fails("format(c)", &exc_type_error, "__format__ must return a str, not int");
    vm_fails("C(5)", &exc_type_error, "__init__() should return None, not 'int'");
    vm_fails("int(c)", &exc_type_error, "__int__ returned non-int (type str)");
    vm_fails("iter(c)", &exc_type_error, "iter() returned non-iterator of type 'C'");
    expect_repr(vm_eval("7 in c"), "True");
}

Test(slots, none_switches_a_method_off)
{
    vm_exec_ok("class C:\n  __hash__ = None\n  __contains__ = None\n  __iter__ = None\n"
               "  __reversed__ = None\n  __add__ = None\n  def __radd__(s, o): return 1\nc = C()");
    vm_fails("hash(c)", &exc_type_error, "unhashable type: 'C'");
    vm_fails("1 in c", &exc_type_error, "'C' object is not a container");
    vm_fails("iter(c)", &exc_type_error, "'C' object is not iterable");
    vm_fails("reversed(c)", &exc_type_error, "'C' object is not reversible");
    vm_fails("c + 1", &exc_type_error, "'NoneType' object is not callable");
}

Test(slots, equality_without_hash_is_unhashable)
{
    vm_exec_ok("class E:\n  def __eq__(s, o): return True\nclass F(E): pass\nclass G(E):\n"
               "  __hash__ = object.__hash__\ne, f, g = E(), F(), G()");
    cr_expect_eq(obj_hash(vm_global("e")), -1);
    expect_error(&exc_type_error, "unhashable type: 'E'");
    cr_expect_eq(obj_hash(vm_global("f")), -1);
    expect_error(&exc_type_error, "unhashable type: 'F'");
    cr_expect_neq(obj_hash(vm_global("g")), -1);
}

Test(slots, a_hash_is_never_minus_one)
{
    vm_exec_ok("class H:\n  def __init__(s, n): s.n = n\n  def __hash__(s): return s.n\n"
               "a, b = H(-1), H(1 << 200)");
    cr_expect_eq(obj_hash(vm_global("a")), -2);
    Obj *big = vm_eval("1 << 200");
    cr_expect_eq(obj_hash(vm_global("b")), obj_hash(big));
    obj_decref(big);
}

Test(slots, methods_come_and_go)
{
    vm_exec_ok(
        "class A:\n  def __call__(s): return 1\nclass B(A): pass\nb = B()\nfirst = b()\n"
        "B.__call__ = lambda s: 2\nsecond = b()\ndel B.__call__\nthird = b()\ndel A.__call__");
    cr_expect(vm_int("first") == 1 && vm_int("second") == 2 && vm_int("third") == 1);
    vm_fails("b()", &exc_type_error, "'B' object is not callable");
    cr_expect_eq(obj_type(vm_global("b"))->call, NULL);
}

Test(slots, getattr_comes_after_getattribute)
{
    vm_exec_ok("log = []\nclass A:\n  def __getattribute__(s, n):\n    log.append(n)\n"
               "    return object.__getattribute__(s, n)\n"
               "  def __getattr__(s, n): return n * 2\na = A()\na.x = 5\nr = (a.x, a.y)");
    expect_repr(obj_incref(vm_global("r")), "(5, 'yy')");
    expect_repr(obj_incref(vm_global("log")), "['x', 'y']");
}

Test(slots, every_allocation_may_fail)
{
    vm_exec_ok(
        "class C:\n  def __init__(s): s.v = [1000]\n  def __getitem__(s, i): return s.v[i]\n"
        "  def __setitem__(s, i, v): s.v[i] = v\n  def __add__(s, o): return (s, o)\n"
        "  def __eq__(s, o): return s.v == o.v\n  def __lt__(s, o): return True\n"
        "  def __hash__(s): return 5000\n  def __call__(s, *a): return a\n"
        "  def __repr__(s): return 'C' * 20\n  def __getattr__(s, n): return n + n\n"
        "def action():\n  c = C()\n  c[0], c + c, c == C(), c < c, {c: 1}, c(1000, 2), repr(c)\n"
        "  c[0] = 2000\n  c.unknown, int.__add__, c.__add__, (5).__add__(1000)");
    fail_each_allocation(vm_action);
}
