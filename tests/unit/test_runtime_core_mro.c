/* runtime/core/mro.c, class_check.c: order of bases, isinstance and issubclass. */

#include "runtime/core/class_check.h"
#include "runtime/core/mro.h"
#include "tests/unit/vm_interp.h"

TestSuite(mro, .init = vm_start, .fini = vm_stop);

Test(mro, diamonds_and_conflicts)
{
    vm_exec_ok("class A: pass\nclass B(A): pass\nclass C(A): pass\nclass D(B, C): pass\n");
    Obj *order = mro_compute((Type *)vm_global("D"));
    cr_assert_eq(tuple_length(order), 5);
    cr_expect_eq(tuple_peek(order, 0), vm_global("D"));
    cr_expect_eq(tuple_peek(order, 1), vm_global("B"));
    cr_expect_eq(tuple_peek(order, 2), vm_global("C"));
    cr_expect_eq(tuple_peek(order, 3), vm_global("A"));
    cr_expect_eq(tuple_peek(order, 4), &object_type.head.base);
    obj_decref(order);
    cr_expect_eq(vm_exec("class X(A, B): pass"), -1);
    expect_error(&exc_type_error, "Cannot create a consistent method resolution\n"
                                  "order (MRO) for bases A, B");
    cr_expect_eq(vm_exec("class X(A, A): pass"), -1);
    expect_error(&exc_type_error, "duplicate base class A");
}

Test(mro, a_metaclass_may_order_but_not_lie)
{
    vm_exec_ok("class M(type):\n  def mro(cls): return (cls, *reversed(cls.__bases__), object)\n"
               "class A: x = 1\nclass B: x = 2\nclass C(A, B, metaclass=M): pass\nx = C.x\n"
               "class Lies(type):\n  def mro(cls): return (cls, int, object)\n"
               "class Odd(type):\n  def mro(cls): return (cls, 5)\n");
    cr_expect_eq(vm_int("x"), 2);
    cr_expect_eq(vm_exec("class D(metaclass=Lies): pass"), -1);
    expect_error(&exc_type_error, "mro() returned base with unsuitable layout ('int')");
    cr_expect_eq(vm_exec("class D(metaclass=Odd): pass"), -1);
    expect_error(&exc_type_error, "mro() returned a non-class ('int')");
}

Test(mro, bases_can_be_set_from_within_mro)
{
    vm_exec_ok("class A: pass\nclass B: pass\n"
               "class M(type):\n  def mro(cls):\n"
               "    if cls.__dict__.get('again'):\n"
               "      del cls.again\n      cls.__bases__ = (B,)\n"
               "    return type.mro(cls)\n"
               "class C(A, metaclass=M): pass\nC.again = 1\nC.__bases__ = (A,)\n"
               "ok = C.__mro__[0] is C and C.__mro__[-1] is object");
    cr_expect_eq(vm_global("ok"), obj_true);
}

Test(mro, checks_without_hooks)
{
    vm_exec_ok("class A: pass\nclass B(A): pass\nb = B()\n"
               "class Proxy:\n  __class__ = A\np = Proxy()\n"
               "class Meta(type):\n  def __instancecheck__(s, o): return True\n"
               "class Any(metaclass=Meta): pass");
    cr_expect_eq(class_check_instance(vm_global("b"), vm_global("A")), 1);
    cr_expect_eq(class_check_instance(vm_global("p"), vm_global("A")), 1, "__class__ counts");
    cr_expect_eq(class_check_instance(vm_global("b"), vm_global("Any")), 0, "no hook is asked");
    cr_expect_eq(obj_isinstance(vm_global("b"), vm_global("Any")), 1);
    cr_expect_eq(class_check_subclass(vm_global("A"), vm_global("B")), 0);
    cr_expect_eq(class_check_subclass(vm_global("B"), vm_global("A")), 1);
    cr_expect_eq(obj_isinstance(vm_global("b"), obj_none), -1);
    expect_error(&exc_type_error,
                 "isinstance() arg 2 must be a type, a tuple of types, or a union");
    cr_expect_eq(obj_issubclass(vm_global("b"), vm_global("A")), -1);
    expect_error(&exc_type_error, "issubclass() arg 1 must be a class");
    cr_expect_eq(obj_issubclass(vm_global("A"), vm_global("b")), -1);
    expect_error(&exc_type_error,
                 "issubclass() arg 2 must be a class, a tuple of classes, or a union");
}

Test(mro, anything_with_bases_is_a_class)
{
    vm_exec_ok("class Fake:\n  def __init__(s, *b): s.bases = b\n"
               "  @property\n  def __bases__(s): return s.bases\n"
               "top = Fake()\nmiddle = Fake(top)\nlow = Fake(object(), middle)\n"
               "class Loop:\n  @property\n  def __bases__(s): return (s,)\nloop = Loop()");
    cr_expect_eq(class_check_subclass(vm_global("low"), vm_global("top")), 1);
    cr_expect_eq(class_check_subclass(vm_global("top"), vm_global("low")), 0);
    Obj *nested = build("(O)", obj_none);
    for (int i = 0; i < 100000; i++) {
        Obj *outer = build("(O)", nested);
        obj_decref(nested);
        nested = outer;
    }
    cr_expect_eq(obj_isinstance(obj_none, nested), -1);
    cr_expect(err_matches(&exc_recursion_error));
    err_clear();
    obj_decref(nested);
}

Test(mro, every_allocation_may_fail)
{
    vm_exec_ok("class A: pass\nclass B(A): pass\nclass C(A): pass\nimport gc\n"
               "def action():\n  D = type('D', (B, C), {'x': 1000})\n"
               "  D.__bases__ = (C, B)\n  isinstance(D(), (int, (str, A)))\n"
               "  issubclass(D, int | A)\n  del D\n  gc.collect()");
    fail_each_allocation(vm_action);
}
