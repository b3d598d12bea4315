/* vm/interp/eval.c: the loop, its frames and its specialised opcodes */

#include "tests/unit/vm_interp.h"

TestSuite(eval, .init = vm_start, .fini = vm_stop);

Test(eval, recursion_ends_in_an_exception)
{
    cr_assert_eq(vm_exec("def f(): return f()\nf()"), -1);
    cr_assert(err_matches(&exc_recursion_error));
    err_clear();
    cr_assert_eq(thread_running(), NULL);
}

Test(eval, python_calls_use_no_c_stack)
{
    thread_state->depth_limit = 200000;
    vm_exec_ok("def down(n): return 0 if n == 0 else 1 + down(n - 1)\n"
               "class Node:\n"
               "    def __init__(self, n): self.next = Node(n - 1) if n else None\n"
               "depth = down(150000)\n"
               "node = Node(50000)\n"
               "del node");
    cr_assert_eq(vm_int("depth"), 150000);
}

Test(eval, specialised_arithmetic_falls_back)
{
    vm_exec_ok("def add(a, b):\n"
               "    c = a + b\n"
               "    return c\n"
               "for i in range(100): add(i, 1)\n"
               "big = add(2 ** 62, 2 ** 62) == 2 ** 63\n"
               "text = add('a', 'b') == 'ab'\n"
               "for i in range(100): add(1.5, i * 0.5)\n"
               "number = add(1.5, 1) == 2.5\n");
    cr_assert_eq(vm_global("big"), obj_true);
    cr_assert_eq(vm_global("text"), obj_true);
    cr_assert_eq(vm_global("number"), obj_true);
}

Test(eval, numbers_that_were_seen_are_never_overwritten)
{
    vm_exec_ok("def f():\n"
               "    seen = []\n"
               "    i = 1000\n"
               "    while i < 1020:\n"
               "        keep = i\n"
               "        i = i + 1\n"
               "        seen.append(keep)\n"
               "    return seen\n"
               "def g():\n"
               "    ids = set()\n"
               "    n = 1000\n"
               "    a = id(n)\n"
               "    n = n + 1\n"
               "    return a != id(n)\n"
               "ok = f() == list(range(1000, 1020)) and g()");
    cr_assert_eq(vm_global("ok"), obj_true);
}

Test(eval, attribute_caches_notice_changes)
{
    vm_exec_ok("class A:\n"
               "    x = 1\n"
               "    def m(self): return 'm'\n"
               "class B(A): pass\n"
               "def read(o): return o.x\n"
               "def call(o): return o.m()\n"
               "b = B()\n"
               "log = []\n"
               "for i in range(50): read(b), call(b)\n"
               "log.append(read(b)); A.x = 2; log.append(read(b))\n"
               "B.x = 3; log.append(read(b)); b.x = 4; log.append(read(b))\n"
               "B.x = property(lambda self: 5); log.append(read(b))\n"
               "log.append(call(b)); A.m = lambda self: 'new'; log.append(call(b))\n"
               "b.m = lambda: 'own'; log.append(call(b))\n"
               "ok = log == [1, 2, 3, 4, 5, 'm', 'new', 'own']");
    cr_assert_eq(vm_global("ok"), obj_true);
}

Test(eval, globals_of_one_code_with_two_namespaces)
{
    vm_exec_ok("code = compile('def f(): return x', 's', 'exec')\n"
               "one, two = {'x': 1}, {'x': 2}\n"
               "exec(code, one); exec(code, two)\n"
               "f, g = one['f'], two['f']\n"
               "ok = [f() + 10 * g() for i in range(30)] == [21] * 30\n"
               "for i in range(100):\n"
               "    space = {'x': i}\n"
               "    exec(code, space)\n"
               "    ok = ok and space['f']() == i and space['f']() == i\n");
    cr_assert_eq(vm_global("ok"), obj_true);
}

Test(eval, builtin_hidden_by_a_later_global)
{
    vm_exec_ok("def f(): return len('abc')\n"
               "a = [f() for i in range(20)]\n"
               "len = lambda o: 99\n"
               "b = f()\n"
               "del len\n"
               "ok = a == [3] * 20 and b == 99 and f() == 3");
    cr_assert_eq(vm_global("ok"), obj_true);
}

Test(eval, step_budget)
{
    thread_state->steps_left = 1000;
    runtime.breaker |= BREAK_STEPS;
    cr_assert_eq(vm_exec("while True: pass"), -1);
    cr_assert(err_matches(&exc_runtime_error));
    err_clear();
    runtime.breaker &= ~BREAK_STEPS;
}
