/* vm/interp/calls.c: binding of arguments */

#include "tests/unit/vm_interp.h"

#include "runtime/types/tuple.h"

TestSuite(calls, .init = vm_start, .fini = vm_stop);

Test(calls, all_kinds_of_parameters)
{
    vm_exec_ok("def f(a, b=2, /, c=3, *rest, d=4, **more):\n"
               "    return (a, b, c, rest, d, sorted(more.items()))\n"
               "ok = (f(1) == (1, 2, 3, (), 4, [])\n"
               "      and f(1, 5, 6, 7, 8, d=9, e=0) == (1, 5, 6, (7, 8), 9, [('e', 0)])\n"
               "      and f(*[1, 2], **{'c': 7, 'x': 1}) == (1, 2, 7, (), 4, [('x', 1)]))");
    cr_assert_eq(vm_global("ok"), obj_true);
}

static void expect_call_error(const char *text, const char *message)
{
    cr_assert_eq(vm_exec(text), -1);
    vm_expect(&exc_type_error, message);
}

Test(calls, messages)
{
    vm_exec_ok("def f(a, b): pass\n"
               "def g(a, /, *, k): pass\n"
               "def h(a=1): pass\n");
    expect_call_error("f()", "f() missing 2 required positional arguments: 'a' and 'b'");
    expect_call_error("f(1, 2, 3)", "f() takes 2 positional arguments but 3 were given");
    expect_call_error("f(1, a=2)", "f() got multiple values for argument 'a'");
    expect_call_error("f(1, 2, z=3)", "f() got an unexpected keyword argument 'z'");
    expect_call_error("g(1)", "g() missing 1 required keyword-only argument: 'k'");
    expect_call_error("g(a=1, k=2)",
                      "g() got some positional-only arguments passed as keyword arguments: 'a'");
    expect_call_error("h(1, 2)", "h() takes from 0 to 1 positional arguments but 2 were given");
    expect_call_error("f(**{1: 2})", "keywords must be strings");
    expect_call_error("f(*5)", "__main__.f() argument after * must be an iterable, not int");
}

Test(calls, from_c_leaves_the_stack_as_it_was)
{
    vm_exec_ok("def f(*args, **kw): return len(args) + len(kw)\n");
    Obj **top = thread_stack_top(vm_current());
    Obj *function = obj_incref(vm_global("f")), *names_tuple, *key = str_from_ascii("key");
    names_tuple = tuple_pack(1, key);
    const ObjRef args[] = {obj_none, obj_none, obj_none};
    Obj *result = obj_call(function, args, 2, names_tuple);
    int64_t count = 0;
    cr_assert_eq(int_to_int64(result, &count), 0);
    cr_assert_eq(count, 3);
    cr_assert_eq(thread_stack_top(vm_current()), top);
    obj_decref(result);
    obj_decref(key);
    obj_decref(names_tuple);
    obj_decref(function);
}

Test(calls, references_are_given_back_on_errors)
{
    vm_exec_ok("class C: pass\n"
               "c = C()\n"
               "def f(a): pass\n"
               "from sys import getrefcount\n"
               "before = getrefcount(c)\n"
               "for i in range(20):\n"
               "    try: f(c, c, c)\n"
               "    except TypeError: pass\n"
               "    try: f(a=c, b=c)\n"
               "    except TypeError: pass\n"
               "    try: f(*[c] * 40, **{'k': c})\n"
               "    except TypeError: pass\n"
               "after = getrefcount(c)");
    cr_assert_eq(vm_int("before"), vm_int("after"));
}
