/* vm/interp/builtins_vm.c, vm.c, suggestion.c, import.c, vm/cli/disassemble.c: builtins that need
 * frames, starting twice, "Did you mean", and the dump of code. */

#include "tests/unit/vm_interp.h"

#include "vm/cli/disassemble.h"
#include "vm/interp/builtins_vm.h"
#include "vm/interp/traceback_print.h"

TestSuite(builtins_vm, .init = vm_start, .fini = vm_stop);

Test(builtins_vm, exec_eval_and_compile)
{
    vm_exec_ok("g = {}\nexec('x = 1\\ndef f(): return x', g)\nl = {}\nexec('y = 2', g, l)");
    vm_gives("g['f'](), l, eval('x + y', g, l), eval('z', {'z': 3}), '__builtins__' in g",
             "(1, {'y': 2}, 3, 3, True)");
    vm_fails("eval('x', 5)", &exc_type_error, "globals must be a dict");
    vm_fails("exec('x', {}, 5)", &exc_type_error, "locals must be a mapping or None, not int");
    vm_fails("eval(5)", &exc_type_error, "eval() arg 1 must be a string, bytes or code object");
    vm_fails("compile('x', 'f', 'wrong')", &exc_value_error,
             "compile() mode must be 'exec', 'eval' or 'single'");
    vm_fails("compile('x', 'f', 'exec', flags=1 << 30)", &exc_value_error,
             "compile(): unrecognised flags");
    vm_fails("eval('a\\0b')", &exc_value_error, "source code string cannot contain null bytes");
    vm_fails("exec((lambda: g).__code__.replace(co_freevars=('a',)))", &exc_type_error,
             "code object requires a closure of exactly length 1");
    vm_fails("globals().__class__.nothing", &exc_attribute_error,
             "type object 'dict' has no attribute 'nothing'");
    vm_fails("class A(metaclass=lambda *a: 1 / 0): pass", &exc_zero_division_error,
             "division by zero");
    vm_fails("__build_class__(5, 'x')", &exc_type_error,
             "__build_class__: func must be a function");
    vm_fails("__import__(5)", &exc_type_error, "module name must be a string");
    cr_expect(builtins_vm_is_import(dict_peek_ascii(runtime.builtins_dict, "__import__")));
    cr_expect_not(builtins_vm_is_import(obj_none));
}

Test(builtins_vm, namespaces_of_the_caller)
{
    vm_exec_ok(
        "def f(a):\n  b = 2\n  return locals(), vars(), sorted(dir()), eval('a + b')\nr = f(1)\n"
        "class C:\n  x = 1\n  names = sorted(n for n in locals() if n[0] != '_')");
    vm_gives("r, C.names, globals() is vars()",
             "(({'a': 1, 'b': 2}, {'a': 1, 'b': 2}, ['a', 'b'], 3), ['x'], True)");
}

Test(builtins_vm, suggestions)
{
    Obj *list = build("[ssss]", "append", "extend", "insert", "Index"),
        *name = str_from_ascii("apend"), *far = str_from_ascii("zzzzzzzz");
    expect_repr(suggestion_find(list, name), "'append'");
    cr_expect_null(suggestion_find(list, far));
    cr_expect_null(err_occurred());
    obj_decref(name);
    name = str_from_ascii("index");
    expect_repr(suggestion_find(list, name), "'Index'");
    obj_decref(name);
    obj_decref(far);
    obj_decref(list);
    cr_expect_eq(vm_exec("value = 1\nvalu"), -1);
    Obj *error = err_fetch();
    expect_repr(suggestion_for(error), "'value'");
    obj_decref(error);
    error = make(exc_key_error, "s", "x");
    cr_expect_null(suggestion_for(error));
    obj_decref(error);
}

Test(builtins_vm, disassembly_has_no_addresses)
{
    const char *source = "def f(a):\n  return a + 1\nx = f(2)\n";
    Obj *filename = str_from_ascii("<t>");
    Obj *code = compile_source(source, (int64_t)strlen(source), filename, COMPILE_EXEC,
                               COMPILE_IGNORE_COOKIE, 0);
    DumpText text = {0}, json = {0}, consts = {0};
    disassemble_code(&text, code, source, (int64_t)strlen(source), DUMP_TEXT);
    disassemble_code(&json, code, source, (int64_t)strlen(source), DUMP_JSON);
    disassemble_consts(&consts, code, DUMP_TEXT);
    dump_write(&text, "", 1), dump_write(&json, "", 1), dump_write(&consts, "", 1);
    cr_expect_not_null(strstr(text.bytes, "return a + 1"));
    cr_expect_not_null(strstr(text.bytes, "BINARY_OP"));
    cr_expect_not_null(strstr(text.bytes, "<code f>"));
    cr_expect_null(strstr(text.bytes, "0x"));
    cr_expect_not_null(strstr(json.bytes, "\"BINARY_OP\""));
    cr_expect_not_null(strstr(consts.bytes, "None"));
    dump_free(&text), dump_free(&json), dump_free(&consts);
    obj_decref(code);
    obj_decref(filename);
}

Test(builtins_vm, starts_again)
{
    obj_clear(&test_module);
    vm_finish();
    cr_expect_eq(bytes_in_use(), 0);
    vm_start();
    vm_exec_ok("import sys, functools\nx = functools.reduce(lambda a, b: a + b, [1, 2])");
    cr_expect_eq(vm_int("x"), 3);
}

Test(builtins_vm, every_allocation_may_fail)
{
    vm_exec_ok("def action():\n  g = {}\n  exec('x = 1000\\nclass A:\\n  y: int = 5', g)\n  "
               "eval('x + 1', g), locals(), dir()\n"
               "  compile('def f(): pass', 'f', 'exec'), __import__('math'), globals()\n  import "
               "sys as s\n  from math import pi\n"
               "  class B(g['A'], metaclass=type):\n    def __init_subclass__(cls): "
               "super().__init_subclass__()\n"
               "  B.__mro__, vars(B)\n  del B, g\n  import gc\n  gc.collect()");
    fail_each_allocation(vm_action);
}
