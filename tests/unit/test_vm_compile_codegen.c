/* vm/compile/emit.c, statement.c, control.c, expression.c, call.c, comprehension.c, pattern.c,
 * function.c, unit.c: the plain code that a source becomes. */

#include <stdio.h>

#include "tests/unit/vm_compile.h"
#include "vm/compile/unit.h"

TestSuite(codegen, .init = start_vm, .fini = stop_vm);

/* The body of the first function (or the module, if there is none) is these instructions. */
static void compiles(const char *source, bool inner, const char *expected)
{
    char out[2000];
    Obj *code = compile_ok(source, COMPILE_EXEC);
    list_opcodes(inner ? inner_code(code) : code_cast(code), out, sizeof out);
    cr_expect_str_eq(out, expected, "%s: %s", source, out);
    obj_decref(code);
}

Test(codegen, conditions_jump_without_making_a_bool)
{
    compiles(
        "if a and not b: c", false,
        "LOAD_NAME POP_JUMP_IF_FALSE LOAD_NAME POP_JUMP_IF_TRUE LOAD_NAME POP_TOP RETURN_CONST");
    compiles("x = a or b", false,
             "LOAD_NAME JUMP_IF_TRUE_OR_POP LOAD_NAME STORE_NAME RETURN_CONST");
    compiles("def f(a): return 1 if a is None else 2", true,
             "LOAD_FAST POP_JUMP_IF_NOT_NONE RETURN_CONST RETURN_CONST");
    compiles("a < b < c", false,
             "LOAD_NAME LOAD_NAME SWAP COPY COMPARE_OP JUMP_IF_FALSE_OR_POP LOAD_NAME COMPARE_OP "
             "JUMP SWAP POP_TOP "
             "POP_TOP RETURN_CONST");
    compiles("if 0: a\nwhile 1: b", false, "LOAD_NAME POP_TOP JUMP_BACKWARD");
}

Test(codegen, targets_are_stored_in_order)
{
    compiles("def f(): a, *b = c, d", true,
             "LOAD_GLOBAL LOAD_GLOBAL BUILD_TUPLE UNPACK_EX STORE_FAST STORE_FAST RETURN_CONST");
    compiles("def f(a, b): a, b = b, a", true,
             "LOAD_FAST LOAD_FAST STORE_FAST STORE_FAST RETURN_CONST");
    compiles("a.b += c", false,
             "LOAD_NAME COPY LOAD_ATTR LOAD_NAME BINARY_OP SWAP STORE_ATTR RETURN_CONST");
    compiles("a[b] = c = d", false,
             "LOAD_NAME COPY LOAD_NAME LOAD_NAME STORE_SUBSCR STORE_NAME RETURN_CONST");
    compiles("del a[b], c.d, e", false,
             "LOAD_NAME LOAD_NAME DELETE_SUBSCR LOAD_NAME DELETE_ATTR DELETE_NAME RETURN_CONST");
    compiles("x: int = 5", false,
             "SETUP_ANNOTATIONS LOAD_INT STORE_NAME LOAD_NAME LOAD_NAME LOAD_CONST STORE_SUBSCR "
             "RETURN_CONST");
}

Test(codegen, calls)
{
    compiles("f(a, k=b)", false,
             "PUSH_NULL LOAD_NAME LOAD_NAME LOAD_NAME KW_NAMES CALL POP_TOP RETURN_CONST");
    compiles("a.f(b)", false, "LOAD_NAME LOAD_METHOD LOAD_NAME CALL POP_TOP RETURN_CONST");
    compiles(
        "f(*a, **b)", false,
        "PUSH_NULL LOAD_NAME LOAD_NAME BUILD_MAP LOAD_NAME DICT_MERGE CALL_FUNCTION_EX POP_TOP "
        "RETURN_CONST");
    compiles("f'{a!r:>5}b'", false,
             "LOAD_NAME LOAD_CONST FORMAT_VALUE LOAD_CONST BUILD_STRING POP_TOP RETURN_CONST");
    compiles("'%s-%s' % (a, b)", false,
             "LOAD_NAME FORMAT_VALUE LOAD_CONST LOAD_NAME FORMAT_VALUE BUILD_STRING POP_TOP "
             "RETURN_CONST");
}

Test(codegen, functions_classes_and_cells)
{
    compiles("def f(a):\n  def g(): return a\n  return g", true,
             "MAKE_CELL LOAD_CLOSURE BUILD_TUPLE LOAD_CONST MAKE_FUNCTION STORE_FAST LOAD_FAST "
             "RETURN_VALUE");
    compiles("def f(): yield 1", true,
             "RETURN_GENERATOR POP_TOP LOAD_INT YIELD_VALUE POP_TOP RETURN_CONST");
    compiles("class A: x = 1", true,
             "LOAD_NAME STORE_NAME LOAD_CONST STORE_NAME LOAD_INT STORE_NAME RETURN_CONST");
    Obj *code = compile_ok("def f(a, /, b=1, *c, d, **e):\n  'doc'\n  x = 1\n  return lambda: x",
                           COMPILE_EXEC);
    const CodeObj *f = inner_code(code);
    cr_expect(f->argcount == 2 && f->posonlyargcount == 1 && f->kwonlyargcount == 1);
    cr_expect(f->ncellvars == 1 && f->nfreevars == 0 && f->nlocals == 5);
    cr_expect(f->flags & CODE_VARARGS && f->flags & CODE_VARKEYWORDS && f->flags & CODE_OPTIMIZED);
    expect_shown(tuple_peek(f->consts, 0), "'doc'", "a docstring comes first");
    obj_decref(code);
}

static void refuses(const char *source, const char *message)
{
    Obj *code = try_compile(source, COMPILE_EXEC);
    cr_assert_null(code, "compiles: %s", source);
    Obj *error = err_fetch(), *text = obj_getattr_str(error, "msg");
    cr_expect_str_eq(str_utf8(text, NULL), message, "%s: %s", source, str_utf8(text, NULL));
    obj_decref(text);
    obj_decref(error);
}

Test(codegen, what_only_the_compiler_refuses)
{
    refuses("break", "'break' outside loop");
    refuses("continue", "'continue' not properly in loop");
    refuses("def f():\n  try: pass\n  except* A: return",
            "'break', 'continue' and 'return' cannot appear in an except* block");
    refuses("return", "'return' outside function");
    refuses("yield", "'yield' outside function");
    refuses("def f(): await x", "'await' outside async function");
    refuses("def f():\n  async with a: pass", "'async with' outside async function");
    refuses("async def f():\n  yield\n  return 1", "'return' with value in async generator");
    refuses("try: a\nexcept: b\nexcept C: d", "default 'except:' must be last");
    refuses("*a", "can't use starred expression here");
    refuses("a, *b, *c = d", "multiple starred expressions in assignment");
    refuses("[*a for a in b]", "iterable unpacking cannot be used in comprehension");
    refuses("__debug__ = 1", "cannot assign to __debug__");
    refuses("from __future__ import nothing", "future feature nothing is not defined");
    refuses("x = 1\nfrom __future__ import annotations",
            "from __future__ imports must occur at the beginning of the file");
    refuses("match a:\n case x: pass\n case y: pass",
            "name capture 'x' makes remaining patterns unreachable");
    refuses("match a:\n case x | y: pass", "name capture 'x' makes remaining patterns unreachable");
    refuses("match a:\n case [x] | [y]: pass", "alternative patterns bind different names");
    refuses("match a:\n case [x, x]: pass", "multiple assignments to name 'x' in pattern");
    refuses("f(a=1, a=2)", "keyword argument repeated: a");
    char deep[1000] = "";
    for (int i = 0; i < 21; i++)
        sprintf(deep + strlen(deep), "%*sfor a in b:\n", i, "");
    strcat(deep, "                      pass");
    refuses(deep, "too many statically nested blocks");
}

Test(codegen, units_number_what_they_hold)
{
    Bump bump;
    bump_init(&bump);
    PointerMap map = {0};
    static char keys[1000];
    for (int i = 0; i < 1000; i++)
        cr_assert(pointer_map_put(&map, &bump, keys + i, i));
    for (int i = 0; i < 1000; i++)
        cr_assert_eq(pointer_map_get(&map, keys + i), i);
    cr_expect_eq(pointer_map_get(&map, &map), -1);
    InstrList list = {0};
    for (int i = 0; i < 100; i++) {
        Instr *instr = instr_list_push(&list, &bump);
        instr->op = OP_LOAD_INT;
        instr->arg = i;
    }
    cr_assert(instr_list_insert(&list, &bump, 50, 3));
    cr_expect(list.count == 103 && list.items[49].arg == 49 && list.items[53].arg == 50);
    bump_free(&bump);
}

static const char everything[] =
    "@d\nclass A(B, k=1):\n  'doc'\n  x: int = 5\n  async def f(self, a, /, b=1, *c, d, **e) -> "
    "int:\n"
    "    global g\n    async with a as b, c: await d\n    return [x async for x in y if z]\n"
    "  def g(self): return super().g(), __class__, {k: v for k, v in self}\n"
    "try:\n  raise A from b\nexcept (C, D) as e: pass\nelse: del a, b[1:2]\nfinally: assert x, "
    "f'{a!r:>{w}}b{c=}'\n"
    "try: pass\nexcept* E as e: pass\nwhile a < b < c:\n  if d: break\n  continue\nelse: f(*a, "
    "**b, k=1)\n"
    "match x:\n case [1, *r] | {'k': [*r]} | C([*r], b=-1) as s if z: pass\n"
    "for i, (j, *k) in (1, 2) * 3: lambda *a, b=1: (yield from a)\n{**a, 1: 2}, {*a}, a if b else "
    "(c := d)\n";

static int compile_everything(void)
{
    Obj *code = try_compile(everything, COMPILE_EXEC);
    obj_xdecref(code);
    return code == NULL ? -1 : 0;
}

Test(codegen, every_allocation_may_fail)
{
    fail_each_allocation(compile_everything);
}
