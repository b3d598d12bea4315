/* vm/interp/function.c, cell.c, code_data.c, calls.c: functions, their cells, the caches of code.
 */

#include "tests/unit/vm_interp.h"
#include "vm/interp/cell.h"
#include "vm/interp/code_data.h"
#include "vm/interp/function.h"

TestSuite(function, .init = vm_start, .fini = vm_stop);

Test(function, new_ones_hold_what_they_need)
{
    vm_exec_ok("def f(a, b=1): return a + b\n");
    const FunctionObj *f = (const FunctionObj *)vm_global("f");
    int64_t code_count = f->code->base.refcnt, globals_count = f->globals->refcnt;
    Obj *g = function_new(&f->code->base, f->globals, NULL);
    cr_expect_eq(f->code->base.refcnt, code_count + 1);
    cr_expect_eq(f->globals->refcnt, globals_count + 1);
    cr_expect_null(((FunctionObj *)g)->defaults);
    expect_repr(call(g, "ii", 1, 2), "3");
    expect_raised(call(g, "i", 1), &exc_type_error,
                  "f() missing 1 required positional argument: 'b'");
    Obj *h = function_copy(vm_global("f"));
    expect_repr(call(h, "i", 5), "6");
    obj_decref(g);
    obj_decref(h);
    cr_expect_eq(f->code->base.refcnt, code_count);
    cr_expect_eq(f->globals->refcnt, globals_count);
}

Test(function, attributes_are_checked)
{
    vm_exec_ok("def f(a, *, k=2): 'doc'\ndef g(): return x\nimport types");
    vm_gives("f.__name__, f.__qualname__, f.__doc__, f.__kwdefaults__, f.__module__, f.__closure__",
             "('f', 'f', 'doc', {'k': 2}, '__main__', None)");
    vm_fails("f.__code__ = 5", &exc_type_error, "__code__ must be set to a code object");
    vm_fails("f.__defaults__ = [1]", &exc_type_error, "__defaults__ must be set to a tuple object");
    vm_fails("f.__name__ = 5", &exc_type_error, "__name__ must be set to a string object");
    vm_fails("f.__kwdefaults__ = 5", &exc_type_error,
             "__kwdefaults__ must be set to a dict object");
    vm_fails("def h():\n  j = 1\n  def i(): return j\n  return i\nf.__code__ = h().__code__",
             &exc_value_error, "f() requires a code object with 0 free vars, not 1");
    vm_fails("types.FunctionType(f.__code__, 5)", &exc_type_error,
             "function() argument 'globals' must be dict, not int");
    vm_exec_ok("f.__code__ = g.__code__\nx = 7\nf.attribute = 5");
    vm_gives("f(), f.__dict__", "(7, {'attribute': 5})");
}

Test(function, code_may_change_while_it_runs)
{
    vm_exec_ok(
        "def f(n):\n  if n:\n    f.__code__ = g.__code__\n    f.__defaults__ = (1, 2, 3)\n    "
        "return f(n - 1), n\n"
        "  return 'old'\ndef g(n, a, b, c): return 'new', a, b, c\nr = f(1)\n"
        "def h():\n  h.__code__ = g.__code__\n  x = [i for i in range(3)]\n  return x\ns = h()");
    vm_gives("r, s", "((('new', 1, 2, 3), 1), [0, 1, 2])");
}

Test(function, cells)
{
    Obj *list = numbers(2), *cell = cell_new_steal(obj_incref(list)), *empty = cell_new_steal(NULL);
    cr_expect_eq(list->refcnt, 2);
    expect_repr(obj_getattr_str(cell, "cell_contents"), "[0, 1]");
    expect_raised(obj_getattr_str(empty, "cell_contents"), &exc_value_error, "Cell is empty");
    cr_expect_eq(obj_compare_bool(empty, cell, CMP_LT), 1, "an empty cell is less");
    cr_expect_eq(obj_setattr_str(cell, "cell_contents", NULL), 0);
    cr_expect_eq(list->refcnt, 1);
    cr_expect_eq(obj_equal(cell, empty), 1);
    obj_decref(cell);
    obj_decref(empty);
    obj_decref(list);
}

Test(function, globals_of_code_are_not_mixed_up)
{
    vm_exec_ok(
        "import types\ndef f(): return value\nvalue = 'a'\nother = {'value': 'b'}\n"
        "g = types.FunctionType(f.__code__, other)\nout = []\n"
        "for i in range(50): out.append(f() + g())\nother['value'] = 'c'\nout.append(f() + g())\n"
        "del g\nvalue = 'd'\nout.append(f())");
    vm_gives("set(out[:50]), out[50:]", "({'ab'}, ['ac', 'd'])");
    CodeObj *code = ((FunctionObj *)vm_global("f"))->code;
    CodeData *data = code_data_of(code);
    cr_expect_eq(data->functions, 1);
    cr_expect_eq(code_data_lines(code)[0] > 0, true);
}

Test(function, every_allocation_may_fail)
{
    vm_exec_ok("import types\ndef action():\n  x = [1000]\n  def f(a, b=x, *c, d=5, **e) -> int:\n "
               "   'doc'\n    return x, a, c, e\n"
               "  f(1, 2, 3, k=4), f(*[1], **{'z': 2}), f.__annotations__, "
               "f.__closure__[0].cell_contents\n"
               "  f.attribute = 1\n  f.__dict__, repr(f), f.__kwdefaults__\n"
               "  g = types.FunctionType(f.__code__, {}, 'g', (x,), f.__closure__)\n  g(1, d=2)\n"
               "  def h(): return f\n  h.__code__ = h.__code__.replace(co_name='z')\n  h()\n"
               "  return (lambda *a, **k: (a, k))(1, 2, z=3)");
    fail_each_allocation(vm_action);
}
