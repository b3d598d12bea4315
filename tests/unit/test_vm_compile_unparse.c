/* Annotations as text under `from __future__ import annotations`. */

#include "tests/unit/vm_compile.h"

TestSuite(vm_compile_unparse, .init = start_vm, .fini = stop_vm);

Test(vm_compile_unparse, expressions)
{
    /* the text as written here and as it comes back */
    static const char *const same[] = {
        "a.b[c]",
        "a + b * c",
        "(a + b) * c",
        "-a ** b",
        "(-a) ** b",
        "not a",
        "a if b else c",
        "lambda x, /, y=1, *z, k, **w: x",
        "{a: b, **c}",
        "{a, b}",
        "[a for b in c if d]",
        "f(a, *b, c=d, **e)",
        "(a for b in c)",
        "a < b <= c",
        "a and b or c",
        "a[b:c:d]",
        "a[b, c]",
        "1 .real",
        "...",
        "None",
        "'x'",
        "a[()]",
        "a @ b",
        "dict[str, int]",
    };
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++) {
        char source[256], expected[256];
        snprintf(source, sizeof source, "from __future__ import annotations\ndef f() -> %s: pass",
                 same[i]);
        Obj *code = compile_ok(source, COMPILE_EXEC);
        /* constants: 0, names of the import, …, ('return', text) last */
        ObjRef consts = code_cast(code)->consts;
        ObjRef pair = tuple_peek(consts, tuple_length(consts) - 1);
        snprintf(expected, sizeof expected, "%s", same[i]);
        cr_assert(tuple_check(pair) && tuple_length(pair) == 2);
        cr_expect_str_eq(str_utf8(tuple_peek(pair, 1), NULL), expected);
        obj_decref(code);
    }
}
