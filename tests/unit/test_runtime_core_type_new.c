/* runtime/core/type_new.c, type_attrs.c, type_object.c: making classes and changing them. */

#include "runtime/core/type_build.h"
#include "tests/unit/vm_interp.h"

TestSuite(type_new, .init = vm_start, .fini = vm_stop);

Test(type_new, arguments_are_checked)
{
    vm_fails("type(1, (), {})", &exc_type_error, "type.__new__() argument 1 must be str, not int");
    vm_fails("type('A', [], {})", &exc_type_error,
             "type.__new__() argument 2 must be tuple, not list");
    vm_fails("type('A', (), [])", &exc_type_error,
             "type.__new__() argument 3 must be dict, not list");
    vm_fails("type('a\\0b', (), {})", &exc_value_error,
             "type name must not contain null characters");
    vm_fails("type('A', (5,), {})", &exc_type_error,
             "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass "
             "of the metaclasses of all its bases");
    vm_fails("type('A', (bool,), {})", &exc_type_error,
             "type 'bool' is not an acceptable base type");
    vm_fails("type('A', (int, str), {})", &exc_type_error,
             "multiple bases have instance lay-out conflict");
    vm_fails("type('A', (), {'__classcell__': 5})", &exc_type_error,
             "__classcell__ must be a nonlocal cell, not <class 'int'>");
}

Test(type_new, slots)
{
    vm_exec_ok("class S:\n  __slots__ = ('b', 'a')\ns = S()\ns.a = 1\n"
               "class T(S):\n  __slots__ = ('__dict__', '__weakref__', '__private')\n");
    vm_fails("s.c = 1", &exc_attribute_error, "'S' object has no attribute 'c'");
    vm_fails("s.b", &exc_attribute_error, "'S' object has no attribute 'b'");
    vm_fails("class X:\n  __slots__ = 'a b'", &exc_type_error, "__slots__ must be identifiers");
    vm_fails("class X:\n  __slots__ = (1,)", &exc_type_error,
             "__slots__ items must be strings, not 'int'");
    vm_fails("class X:\n  __slots__ = 'a'\n  a = 1", &exc_value_error,
             "'a' in __slots__ conflicts with class variable");
    vm_fails("class X(T):\n  __slots__ = '__dict__'", &exc_type_error,
             "__dict__ slot disallowed: we already got one");
    vm_fails("class X(int):\n  __slots__ = 'a'", &exc_type_error,
             "nonempty __slots__ not supported for subtype of 'int'");
    vm_exec_ok("t = T()\nt.anything = 1\nt._T__private = 2\nok = t.__dict__ == {'anything': 1}");
    cr_expect_eq(vm_global("ok"), obj_true);
}

Test(type_new, metaclasses_of_bases)
{
    vm_exec_ok(
        "class M(type): pass\nclass N(type): pass\nclass P(M): pass\n"
        "class A(metaclass=M): pass\nclass B(metaclass=N): pass\nclass C(metaclass=P): pass\n"
        "class D(A, C): pass");
    cr_expect_eq(obj_type(vm_global("D")), (Type *)vm_global("P"));
    vm_fails(
        "class X(A, B): pass", &exc_type_error,
        "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of "
        "the metaclasses of all its bases");
    Obj *bases = build("(OO)", vm_global("A"), vm_global("C"));
    cr_expect_eq(type_most_derived_metatype(&type_type, bases), (Type *)vm_global("P"));
    obj_decref(bases);
    bases = build("(OO)", &object_type, &list_type);
    cr_expect_eq(type_best_base(bases), &list_type);
    obj_decref(bases);
    cr_expect_eq(type_solid_base(&bool_type), &int_type);
}

Test(type_new, hooks_see_the_new_class)
{
    vm_exec_ok(
        "seen = []\nclass Field:\n  def __set_name__(s, o, n): seen.append((o.__name__, n))\n"
        "class Base:\n  def __init_subclass__(cls, k=0): seen.append((cls.__name__, k))\n"
        "class A(Base, k=5):\n  f = Field()\nok = seen == [('A', 'f'), ('A', 5)]");
    cr_expect_eq(vm_global("ok"), obj_true);
    vm_exec_ok("class Angry:\n  def __set_name__(s, o, n): raise KeyError(n)");
    vm_fails("class A:\n  f = Angry()", &exc_runtime_error,
             "Error calling __set_name__ on 'Angry' instance 'f' in 'A'");
    vm_fails("class A(k=1): pass", &exc_type_error,
             "A.__init_subclass__() takes no keyword arguments");
}

Test(type_new, attributes_of_classes)
{
    vm_exec_ok(
        "class A:\n  'doc'\n  class B: x: int\nA.B.__name__ = 'Z'\nA.B.__qualname__ = 'A.Z'\n"
        "A.__doc__ = 'new'\nA.__module__ = 'm'\n"
        "ok = A.B.__name__ == 'Z' and repr(A.B) == \"<class '__main__.A.Z'>\" and "
        "A.__doc__ == 'new' and repr(A) == \"<class 'm.A'>\" and A.B.__annotations__ == "
        "{'x': int}");
    cr_expect_eq(vm_global("ok"), obj_true);
    vm_fails("A.__name__ = 5", &exc_type_error, "can only assign string to A.__name__, not 'int'");
    vm_fails("del A.__name__", &exc_type_error,
             "cannot delete '__name__' attribute of immutable type 'A'");
    vm_fails("int.__name__ = 'x'", &exc_type_error,
             "cannot set '__name__' attribute of immutable type 'int'");
    vm_fails("int.x = 1", &exc_type_error, "cannot set 'x' attribute of immutable type 'int'");
    vm_fails("A.__dict__ = {}", &exc_attribute_error,
             "attribute '__dict__' of 'type' objects is not writable");
    vm_fails("A.nothing", &exc_attribute_error, "type object 'A' has no attribute 'nothing'");
}

Test(type_new, bases_change_only_with_the_layout)
{
    vm_exec_ok("class A: x = 1\nclass B: x = 2\nclass C(A): pass\nc = C()\nbefore = c.x\n"
               "C.__bases__ = (B,)\nafter = c.x\nclass S:\n  __slots__ = 'a'\n"
               "class D(dict): pass\n");
    cr_expect_eq(vm_int("before"), 1);
    cr_expect_eq(vm_int("after"), 2);
    vm_fails("C.__bases__ = ()", &exc_type_error,
             "can only assign non-empty tuple to C.__bases__, not ()");
    vm_fails("C.__bases__ = (C,)", &exc_type_error, "a __bases__ item causes an inheritance cycle");
    vm_fails("C.__bases__ = 5", &exc_type_error, "can only assign tuple to C.__bases__, not int");
    vm_fails("C.__bases__ = (D,)", &exc_type_error,
             "__bases__ assignment: 'D' object layout differs from 'B'");
    vm_fails("c.__class__ = D", &exc_type_error,
             "__class__ assignment: 'D' object layout differs from 'C'");
    vm_fails("c.__class__ = 5", &exc_type_error,
             "__class__ must be set to a class, not 'int' object");
}

Test(type_new, every_allocation_may_fail)
{
    vm_exec_ok("import gc\nclass F:\n  def __set_name__(s, o, n): s.n = n\n"
               "def action():\n  class A:\n    'doc'\n    __slots__ = ('a', 'b', '__dict__')\n"
               "    f = F()\n    def m(self): return self.a\n  class B(A): x: int = 5\n"
               "  b = B()\n  b.a, b.z = 1000, 2000\n  b.m()\n  A.__name__ = 'Z'\n  repr(B)\n"
               "  A.new = 1\n  B.__subclasses__(), dir(B)\n  del A, B, b\n  gc.collect()");
    fail_each_allocation(vm_action);
}
