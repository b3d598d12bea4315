/* SyntaxErrors of the code generator: words and places. */

#include "runtime/types/exception.h"
#include "runtime/types/int.h"
#include "tests/unit/vm_compile.h"

TestSuite(vm_compile_errors, .init = start_vm, .fini = stop_vm);

static int64_t number_attribute(ObjRef error, const char *name)
{
    Obj *value = obj_getattr_str(error, name);
    cr_assert_not_null(value);
    int64_t number = -1;
    if (int_check(value))
        int_to_int64(value, &number);
    obj_decref(value);
    return number;
}

Test(vm_compile_errors, words_and_places)
{
    static const struct {
        const char *source, *message;
        int line, offset;
    } cases[] = {
        {"return 1", "'return' outside function", 1, 1},
        {"\nbreak", "'break' outside loop", 2, 1},
        {"if 1:\n  continue", "'continue' not properly in loop", 2, 3},
        {"for x in y:\n def f():\n  break", "'break' outside loop", 3, 3},
        {"await x", "'await' outside function", 1, 1},
        {"def f():\n await x", "'await' outside async function", 2, 2},
        {"yield 1", "'yield' outside function", 1, 1},
        {"async def f():\n yield from x", "'yield from' inside async function", 2, 2},
        {"async def f():\n yield 1\n return 2", "'return' with value in async generator", 3, 2},
        {"def f():\n async with a: pass", "'async with' outside async function", 2, 2},
        {"try: pass\nexcept: pass\nexcept A: pass", "default 'except:' must be last", 2, 1},
        {"*a, *b = c", "multiple starred expressions in assignment", 1, 1},
        {"*a = b", "starred assignment target must be in a list or tuple", 1, 1},
        {"x = *a", "can't use starred expression here", 1, 5},
        {"f(a=1, a=2)", "keyword argument repeated: a", 1, 8},
        {"__debug__ = 1", "cannot assign to __debug__", 1, 1},
        {"del __debug__", "cannot delete __debug__", 1, 5},
        {"for x in y:\n try: pass\n except* A: break",
         "'break', 'continue' and 'return' cannot appear in an except* block", 3, 13},
        {"x = 1\nfrom __future__ import annotations",
         "from __future__ imports must occur at the beginning of the file", 2, 1},
        {"match x:\n case a: pass\n case b: pass",
         "name capture 'a' makes remaining patterns unreachable", 2, 7},
        {"match x:\n case _: pass\n case b: pass", "wildcard makes remaining patterns unreachable",
         2, 7},
        {"match x:\n case [a, a]: pass", "multiple assignments to name 'a' in pattern", 2, 11},
        {"match x:\n case {1: a, 1: b}: pass", "mapping pattern checks duplicate key (1)", 2, 7},
        {"match x:\n case [a] | [b]: pass", "alternative patterns bind different names", 2, 14},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        Obj *code = try_compile(cases[i].source, COMPILE_EXEC);
        cr_assert_null(code, "compiles: %s", cases[i].source);
        cr_assert(err_matches(&exc_syntax_error), "%s", cases[i].source);
        Obj *error = err_fetch(), *message = obj_getattr_str(error, "msg");
        cr_expect_str_eq(str_utf8(message, NULL), cases[i].message);
        cr_expect_eq(number_attribute(error, "lineno"), cases[i].line, "%s", cases[i].source);
        cr_expect_eq(number_attribute(error, "offset"), cases[i].offset, "%s", cases[i].source);
        obj_decref(message);
        obj_decref(error);
    }
}

Test(vm_compile_errors, blocks_nest_twenty_deep)
{
    char source[2048] = "";
    for (int depth = 0; depth < 21; depth++) {
        for (int i = 0; i < depth; i++)
            strcat(source, " ");
        strcat(source, "while x:\n");
    }
    strcat(source, "                          pass\n");
    cr_assert_null(try_compile(source, COMPILE_EXEC));
    Obj *error = err_fetch(), *message = obj_getattr_str(error, "msg");
    cr_expect_str_eq(str_utf8(message, NULL), "too many statically nested blocks");
    obj_decref(message);
    obj_decref(error);
}

Test(vm_compile_errors, deep_expressions_are_refused)
{
    static char source[200001];
    memset(source, '-', sizeof source - 2);
    source[sizeof source - 2] = '1';
    cr_assert_null(try_compile(source, COMPILE_EVAL));
    cr_expect_not_null(err_occurred());
    err_clear();
}
