/* runtime/types/descriptor.c, property.c, classmethod.c, method.c, builtin_function.c, super.c:
 * what lies between a class and an attribute. */

#include "runtime/types/classmethod.h"
#include "runtime/types/descriptor.h"
#include "runtime/types/method.h"
#include "runtime/types/super.h"
#include "tests/unit/vm_interp.h"

TestSuite(descriptor, .init = vm_start, .fini = vm_stop);

/* A C struct seen through members. */
typedef struct Fields {
    Obj base;
    Obj *object;
    int64_t wide;
    int32_t narrow;
    bool flag;
    double number;
} Fields;

static const MemberDef rows[] = {
    {"object", MEMBER_OBJ, offsetof(Fields, object), 0, NULL},
    {"required", MEMBER_OBJ_ATTR, offsetof(Fields, object), 0, NULL},
    {"wide", MEMBER_INT64, offsetof(Fields, wide), 0, NULL},
    {"narrow", MEMBER_INT32, offsetof(Fields, narrow), 0, NULL},
    {"flag", MEMBER_BOOL, offsetof(Fields, flag), 0, NULL},
    {"number", MEMBER_DOUBLE, offsetof(Fields, number), 0, NULL},
    {"fixed", MEMBER_INT64, offsetof(Fields, wide), MEMBER_READONLY, NULL},
};

Test(descriptor, members_of_every_kind)
{
    Fields fields = {
        .base = {1, &object_type.root}, .wide = INT64_MIN, .narrow = -5, .number = 0.5};
    Obj *self = &fields.base, *list = numbers(1), *n = int_new(70000), *text = str_from_ascii("x");
    expect_repr(member_get(self, &rows[0]), "None");
    cr_expect(member_get(self, &rows[1]) == NULL && err_occurred() == NULL);
    expect_repr(member_get(self, &rows[2]), "-9223372036854775808");
    expect_repr(member_get(self, &rows[3]), "-5");
    expect_repr(member_get(self, &rows[4]), "False");
    expect_repr(member_get(self, &rows[5]), "0.5");
    cr_expect_eq(member_set(self, &rows[0], list), 0);
    cr_expect_eq(list->refcnt, 2);
    cr_expect_eq(member_set(self, &rows[1], NULL), 0, "deletes");
    cr_expect_eq(list->refcnt, 1);
    cr_expect_eq(member_set(self, &rows[1], NULL), -1);
    expect_error(&exc_attribute_error, "required");
    cr_expect(member_set(self, &rows[2], n) == 0 && fields.wide == 70000);
    cr_expect(member_set(self, &rows[4], obj_true) == 0 && fields.flag);
    cr_expect_eq(member_set(self, &rows[4], n), -1);
    expect_error(&exc_type_error, "attribute value type must be bool");
    cr_expect_eq(member_set(self, &rows[2], text), -1);
    err_clear();
    cr_expect_eq(member_set(self, &rows[2], NULL), -1);
    expect_error(&exc_type_error, "can't delete numeric/char attribute");
    cr_expect_eq(member_set(self, &rows[6], n), -1);
    expect_error(&exc_attribute_error, "readonly attribute");
    obj_decref(list);
    obj_decref(n);
    obj_decref(text);
}

Test(descriptor, signatures_are_cut_from_doc_strings)
{
    const char *doc = "find($self, sub, /)\n--\n\nWhere it is.";
    expect_repr(descriptor_doc("find", doc), "'Where it is.'");
    expect_repr(descriptor_text_signature("find", doc, "self"), "'($self, sub, /)'");
    cr_expect_str_eq(descriptor_doc_text("find", doc), "Where it is.");
    expect_repr(descriptor_doc("find", "plain"), "'plain'");
    expect_repr(descriptor_text_signature("find", "plain", "self"), "None");
    expect_repr(descriptor_doc("find", NULL), "None");
}

Test(descriptor, methods_check_their_object)
{
    vm_gives("str.join.__qualname__, str.join.__objclass__, repr(str.join)",
             "('str.join', <class 'str'>, \"<method 'join' of 'str' objects>\")");
    vm_fails("str.join(5)", &exc_type_error,
             "descriptor 'join' for 'str' objects doesn't apply to a 'int' object");
    vm_fails("str.join()", &exc_type_error, "unbound method str.join() needs an argument");
    vm_fails("dict.fromkeys.__get__(5)", &exc_attribute_error,
             "'builtin_function_or_method' object has no attribute '__get__'");
    vm_fails("type.__dict__['__name__'].__get__(5)", &exc_type_error,
             "descriptor '__name__' for 'type' objects doesn't apply to a 'int' object");
    vm_fails("float.real.__set__(1.0, 5)", &exc_attribute_error,
             "attribute 'real' of 'float' objects is not writable");
}

Test(descriptor, properties)
{
    vm_exec_ok(
        "class A:\n  x = property(lambda s: 5, doc='d')\n  @property\n  def y(s):\n    'doc'\n"
        "    return s._y\n  @y.setter\n  def y(s, v): s._y = v\n  @y.deleter\n  def y(s): del "
        "s._y\n"
        "a = A()\na.y = 7\ny = a.y\ndel a.y\nclass B(A):\n  z = A.y.getter(lambda s: 9)");
    vm_gives("y, a.x, A.x.__doc__, A.y.__doc__, B().z, A.y.fset.__name__",
             "(7, 5, 'd', 'doc', 9, 'y')");
    vm_fails("a.x = 1", &exc_attribute_error, "property 'x' of 'A' object has no setter");
    vm_fails("del a.x", &exc_attribute_error, "property 'x' of 'A' object has no deleter");
    vm_fails("A().y", &exc_attribute_error, "'A' object has no attribute '_y'");
    vm_fails("property(x=1)", &exc_type_error, "'x' is an invalid keyword argument for property()");
    vm_fails("property().__get__(5)", &exc_attribute_error,
             "property of 'int' object has no getter");
}

Test(descriptor, class_and_static_methods_wrap)
{
    Obj *f = builtin_function_new(&(MethodDef){"f", NULL, 0, 0, 0, NULL}, NULL, NULL);
    Obj *wrapped = classmethod_new(f), *plain = staticmethod_new(f);
    cr_expect_eq(f->refcnt, 3);
    cr_expect_eq(((MethodWrapObj *)wrapped)->callable, f);
    Obj *bound = obj_type(wrapped)->get(wrapped, NULL, &int_type.head.base);
    cr_expect_eq(obj_type(bound), &method_type);
    cr_expect_eq(((MethodObj *)bound)->self, &int_type.head.base);
    Obj *got = obj_type(plain)->get(plain, NULL, &int_type.head.base);
    cr_expect_eq(got, f);
    obj_decref(got);
    obj_decref(bound);
    obj_decref(wrapped);
    obj_decref(plain);
    cr_expect_eq(f->refcnt, 1);
    obj_decref(f);
    vm_exec_ok("class C:\n  @classmethod\n  def c(cls, x): return cls, x\n  @staticmethod\n"
               "  def s(x): return x\nclass D(C): pass");
    vm_gives("D.c(1)[0] is D, D().c(2)[1], D.s(3), C.__dict__['s'](4)", "(True, 2, 3, 4)");
    vm_fails("classmethod(5).__get__(None, int)()", &exc_type_error,
             "'int' object is not callable");
}

Test(descriptor, bound_methods_compare_by_self_identity)
{
    vm_exec_ok("class C:\n  def m(s): pass\n  def __eq__(s, o): return True\n  __hash__ = None\n"
               "a, b = C(), C()");
    vm_gives("a.m == a.m, a.m == b.m, a.m is a.m, hash(a.m) == hash(a.m), a.m.__self__ is a",
             "(True, False, False, True, True)");
    vm_fails("import types\ntypes.MethodType(5, 6)", &exc_type_error,
             "first argument must be callable");
    vm_fails("types.MethodType(len, None)", &exc_type_error, "instance must not be None");
    vm_gives("[].append == [].append, len == len, [].append.__self__, len.__module__",
             "(False, True, [], 'builtins')");
}

Test(descriptor, super_looks_behind_a_class)
{
    vm_exec_ok("class A: x = 1\nclass B(A): x = 2\nclass C(B): x = 3\nc = C()");
    Obj *name = str_intern_ascii("x");
    ObjRef found = super_lookup((Type *)vm_global("C"), (Type *)vm_global("C"), name);
    cr_expect_eq(found, dict_peek(type_dict((Type *)vm_global("B")), name));
    cr_expect_null(super_lookup((Type *)vm_global("A"), (Type *)vm_global("C"), name));
    obj_decref(name);
    vm_gives("super(C, c).x, super(B, c).x, super(B, C).x", "(2, 1, 1)");
    vm_fails("super(C, 5)", &exc_type_error,
             "super(type, obj): obj must be an instance or subtype of type");
    vm_fails("super(5)", &exc_type_error, "super() argument 1 must be a type, not int");
    vm_fails("super(C, c).nothing", &exc_attribute_error,
             "'super' object has no attribute 'nothing'");
    vm_fails("super()", &exc_runtime_error, "super(): no arguments");
}

Test(descriptor, every_allocation_may_fail)
{
    vm_exec_ok(
        "class A:\n  @property\n  def p(s): return [1000]\n  @classmethod\n  def c(cls): return "
        "cls\n"
        "  @staticmethod\n  def s(): return 1\n  __slots__ = 'v'\n  def m(s): return "
        "super().__repr__()\n"
        "def action():\n  a = A()\n  a.v = 5\n  a.p, a.c(), a.s(), a.m(), a.v, repr(a.m), "
        "repr(A.m)\n"
        "  property(len, len, len, 'doc').getter(len), classmethod(len), staticmethod(len)\n"
        "  str.join.__doc__, str.join.__text_signature__, repr(str.join), [].append.__reduce__()\n"
        "  A.v.__reduce__(), repr(super(A, a)), repr(A.v), int.real.__qualname__");
    fail_each_allocation(vm_action);
}
