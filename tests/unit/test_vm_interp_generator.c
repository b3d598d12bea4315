/* vm/interp/generator.c and the frames of vm/interp/frame.c */

#include "tests/unit/vm_interp.h"

TestSuite(generator, .init = vm_start, .fini = vm_stop);
TestSuite(frame, .init = vm_start, .fini = vm_stop);

Test(generator, send_throw_close)
{
    vm_exec_ok("log = []\n"
               "def g():\n"
               "    try:\n"
               "        while True:\n"
               "            try: log.append((yield len(log)))\n"
               "            except ValueError as e: log.append(str(e))\n"
               "    finally: log.append('end')\n"
               "it = g()\n"
               "next(it); it.send('a'); it.throw(ValueError('b')); it.close()\n"
               "ok = log == ['a', 'b', 'end']");
    cr_assert_eq(vm_global("ok"), obj_true);
}

Test(generator, delegation_gives_the_result)
{
    vm_exec_ok("def inner():\n"
               "    x = yield 1\n"
               "    return x * 2\n"
               "def outer():\n"
               "    r = yield from inner()\n"
               "    yield r\n"
               "it = outer()\n"
               "a = next(it); b = it.send(21)\n"
               "ok = (a, b) == (1, 42)");
    cr_assert_eq(vm_global("ok"), obj_true);
}

Test(generator, stop_iteration_inside_becomes_runtime_error)
{
    vm_exec_ok("def g():\n    yield 1\n    raise StopIteration\n");
    cr_assert_eq(vm_exec("for x in g(): pass"), -1);
    vm_expect(&exc_runtime_error, "generator raised StopIteration");
    cr_assert_eq(vm_exec("list(g())"), -1);
    vm_expect(&exc_runtime_error, "generator raised StopIteration");
}

Test(generator, running_one_cannot_be_resumed)
{
    vm_exec_ok("def g():\n    yield next(it)\nit = g()\n");
    cr_assert_eq(vm_exec("next(it)"), -1);
    vm_expect(&exc_value_error, "generator already executing");
}

Test(generator, an_abandoned_one_runs_its_finally)
{
    vm_exec_ok("log = []\n"
               "def g():\n"
               "    try: yield 1\n"
               "    finally: log.append('closed')\n"
               "it = g()\nnext(it)\ndel it\n"
               "ok = log == ['closed']");
    cr_assert_eq(vm_global("ok"), obj_true);
}

Test(generator, its_handled_exception_is_its_own)
{
    vm_exec_ok("import sys\n"
               "def g():\n"
               "    try: raise KeyError\n"
               "    except KeyError:\n"
               "        yield sys.exc_info()[0]\n"
               "        yield sys.exc_info()[0]\n"
               "it = g()\n"
               "a = next(it); outside = sys.exc_info()[0]; b = next(it)\n"
               "ok = a is KeyError and b is KeyError and outside is None");
    cr_assert_eq(vm_global("ok"), obj_true);
}

Test(frame, locals_outlive_the_call)
{
    vm_exec_ok("import sys\n"
               "def f(x):\n"
               "    y = x + 1\n"
               "    return sys._getframe()\n"
               "frame = f(1)\n"
               "ok = frame.f_locals == {'x': 1, 'y': 2} and frame.f_code.co_name == 'f'\n"
               "ok = ok and frame.f_back is sys._getframe()");
    cr_assert_eq(vm_global("ok"), obj_true);
}

Test(frame, traceback_names_the_lines)
{
    vm_exec_ok("def f():\n"
               "    raise ValueError\n"
               "try: f()\n"
               "except ValueError as e: tb = e.__traceback__\n"
               "lines = [tb.tb_lineno, tb.tb_next.tb_lineno]\n"
               "ok = lines == [3, 2] and tb.tb_next.tb_next is None");
    cr_assert_eq(vm_global("ok"), obj_true);
}
