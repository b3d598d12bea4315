/* co_consts: what is folded, what is shared, and in which order constants come. */

#include "runtime/types/int.h"
#include "tests/unit/vm_compile.h"

TestSuite(vm_compile_consts, .init = start_vm, .fini = stop_vm);

typedef struct Case {
    const char *source, *consts;
} Case;

static void check_all(const Case *cases, size_t count, CompileMode mode)
{
    for (size_t i = 0; i < count; i++) {
        Obj *code = compile_ok(cases[i].source, mode);
        expect_shown(code_cast(code)->consts, cases[i].consts, cases[i].source);
        obj_decref(code);
    }
}

Test(vm_compile_consts, expressions_fold_as_in_cpython)
{
    static const Case cases[] = {
        {"24 * 60", "(1440,)"},
        {"-5", "(-5,)"},
        {"not 1", "(False,)"},
        {"+'a'", "('a',)"},
        {"2 ** -1", "(0.5,)"},
        {"(1, 2) * 2", "((1, 2, 1, 2),)"},
        {"'xyz' * 4", "('xyzxyzxyzxyz',)"},
        {"'ab'[1]", "('b',)"},
        {"(1, (2, 3))[1][0]", "(2,)"},
        {"1 if True else 2", "(True, 1)"},
        {"[1, 2, 3]", "((1, 2, 3),)"},
        {"[1, 2]", "(1, 2)"},
        {"a in [1, 2, 3]", "((1, 2, 3),)"},
        {"a in [b, 1]", "(1,)"},
        {"a in {7}", "(frozenset({7}),)"},
        {"{1: 2, 3: 4}", "(2, 4, (1, 3))"},
        {"f(a=1, b=2)", "(1, 2, ('a', 'b'))"},
        {"'%s-%r' % (a, b)", "('-',)"},
        {"'%s %d' % (a, b)", "('%s %d',)"},
        {"1, 2, (3, 4)", "((1, 2, (3, 4)),)"},
        {"1 + 2j", "((1+2j),)"},
        {"__debug__", "(True,)"},
    };
    check_all(cases, sizeof cases / sizeof cases[0], COMPILE_EVAL);
}

Test(vm_compile_consts, what_raises_or_grows_is_left)
{
    static const Case cases[] = {
        {"1 / 0", "(1, 0)"},       {"2 ** 100000", "(2, 100000)"}, {"'a' * 5000", "('a', 5000)"},
        {"1 << 200", "(1, 200)"},  {"1 << -1", "(1, -1)"},         {"(1, 2) * -1", "((1, 2), -1)"},
        {"1 @ 2", "(1, 2)"},       {"'ab'[5]", "('ab', 5)"},       {"1 < 2", "(1, 2)"},
        {"'%d' % 1", "('%d', 1)"},
    };
    check_all(cases, sizeof cases / sizeof cases[0], COMPILE_EVAL);
}

Test(vm_compile_consts, order_in_statements)
{
    static const Case cases[] = {
        {"1 + 2\n3", "(None,)"},
        {"x = 1; y = 1.0; z = True; w = 0.0; v = -0.0", "(1, 1.0, True, 0.0, -0.0, None)"},
        {"if 0:\n x = 5\ny = 6", "(0, 5, 6, None)"},
        {"x: int = 5", "(5, 'x', None)"},
        {"import a.b as c", "(0, None)"},
        {"from .x import y", "(1, ('y',), None)"},
        {"try:\n a = 1\nfinally:\n b = 2", "(1, 2, None)"},
        {"for x in [1, 2, 3]: pass", "((1, 2, 3), None)"},
    };
    check_all(cases, sizeof cases / sizeof cases[0], COMPILE_EXEC);
}

Test(vm_compile_consts, function_has_docstring_or_none_first)
{
    static const Case cases[] = {
        {"def f(): return 1", "(None, 1)"},
        {"def f():\n 'doc'\n return 1", "('doc', 1)"},
        {"def f():\n 1\n 'no doc'", "(None,)"},
        {"def f():\n return 1\n x = 2\n return 3", "(None, 1)"},
        {"lambda: 5", "(None, 5)"},
        {"[i for i in x]", "()"},
        {"(i for i in x)", "(None,)"},
        {"class A:\n 'doc'\n x = 1", "('A', 'doc', 1, None)"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        Obj *code = compile_ok(cases[i].source, COMPILE_EXEC);
        expect_shown(inner_code(code)->consts, cases[i].consts, cases[i].source);
        obj_decref(code);
    }
}

Test(vm_compile_consts, equal_constants_are_one_object)
{
    Obj *code =
        compile_ok("x = 'a b c'\ny = 100000\ndef f(): return ('a b c', 100000, q)", COMPILE_EXEC);
    ObjRef outer = code_cast(code)->consts, inner = inner_code(code)->consts;
    cr_expect_eq(tuple_peek(outer, 0), tuple_peek(inner, 1));
    cr_expect_eq(tuple_peek(outer, 1), tuple_peek(inner, 2));
    obj_decref(code);
}

Test(vm_compile_consts, identifier_like_strings_are_interned)
{
    Obj *code = compile_ok("'some_name_1', x", COMPILE_EVAL);
    Obj *interned = str_intern_ascii("some_name_1");
    cr_expect_eq(tuple_peek(code_cast(code)->consts, 0), (ObjRef)interned);
    obj_decref(interned);
    obj_decref(code);
}
