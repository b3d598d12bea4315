/* The optimiser: rewrites and their trace. */

#include "tests/unit/vm_compile.h"

TestSuite(vm_compile_peephole, .init = start_vm, .fini = stop_vm);

typedef struct Seen {
    char rules[1024];
    char last_before[256], last_after[256], last_consts[256];
} Seen;

static void note(void *context, const char *code_name, int32_t line, const char *rule,
                 const char *before, const char *consts_before, const char *after,
                 const char *consts_after)
{
    (void)code_name, (void)line, (void)consts_before;
    Seen *seen = context;
    strcat(seen->rules, rule);
    strcat(seen->rules, ";");
    snprintf(seen->last_before, sizeof seen->last_before, "%s", before);
    snprintf(seen->last_after, sizeof seen->last_after, "%s", after);
    snprintf(seen->last_consts, sizeof seen->last_consts, "%s", consts_after);
}

static Seen trace(const char *source)
{
    Seen seen = {{0}, {0}, {0}, {0}};
    CompileTrace hook = {.rewrite = note, .context = &seen};
    Obj *filename = str_from_ascii("<test>");
    Obj *code =
        compile_source_traced(source, (int64_t)strlen(source), filename, COMPILE_EXEC, 0, 0, &hook);
    cr_assert_not_null(code);
    obj_decref(code);
    obj_decref(filename);
    return seen;
}

Test(vm_compile_peephole, trace_shows_before_and_after)
{
    Seen seen = trace("x = 24 * 60");
    cr_expect_str_eq(seen.rules, "constant binary operation;");
    cr_expect_str_eq(seen.last_before, "LOAD_CONST 24\nLOAD_CONST 60\nBINARY_OP *\n");
    cr_expect_str_eq(seen.last_after, "LOAD_CONST 1440\n");
    cr_expect_str_eq(seen.last_consts, "(1440, None)");
}

Test(vm_compile_peephole, rules_by_name)
{
    static const struct {
        const char *source, *rules;
    } cases[] = {
        {"x = -1", "constant unary operation;"},
        {"x = not a in b", "negated test;"},
        {"x = (1, 2)", "constant tuple;"},
        {"x = [1, 2, 3]", "constant display;"},
        {"x = a in [1, 2]", "constant tuple;"},
        {"x = a in [b, c]", "list to tuple;"},
        {"x = a in {1, 2}", "set to frozenset;"},
        {"x = 'abc'[1]", "constant subscript;"},
        {"(1, 2)", "constant tuple;constant statement;"},
        {"def f(a, b): a, b = b, a", "tuple unpacking;exchange of stores;"},
        {"while x is None: y", "jump if none;jump if none;"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        Seen seen = trace(cases[i].source);
        cr_expect_str_eq(seen.rules, cases[i].rules, "%s: %s", cases[i].source, seen.rules);
    }
}

Test(vm_compile_peephole, endless_loop_has_no_test)
{
    Obj *code = compile_ok("def f():\n while True:\n  g()\n h()", COMPILE_EXEC);
    CodeObj *f = inner_code(code);
    cr_expect_eq(count_opcode(f, OP_POP_JUMP_IF_FALSE), 0);
    cr_expect_eq(count_opcode(f, OP_POP_JUMP_IF_TRUE), 0);
    cr_expect_eq(count_opcode(f, OP_JUMP_BACKWARD), 1);
    cr_expect_eq(count_opcode(f, OP_CALL), 1, "h() cannot be reached");
    obj_decref(code);
}

Test(vm_compile_peephole, boolean_chains_jump_straight)
{
    Obj *code = compile_ok("def f(a, b, c):\n"
                           " if (a and b) or c: return 1\n"
                           " return 2\n",
                           COMPILE_EXEC);
    CodeObj *f = inner_code(code);
    cr_expect_eq(count_opcode(f, OP_JUMP), 0);
    cr_expect_eq(count_opcode(f, OP_JUMP_IF_FALSE_OR_POP), 0);
    cr_expect_eq(count_opcode(f, OP_RETURN_CONST), 2);
    obj_decref(code);
}

Test(vm_compile_peephole, cycles_of_jumps_end)
{
    Obj *code = compile_ok("def f():\n"
                           " while 1:\n"
                           "  while 1:\n"
                           "   if a: continue\n"
                           "   else: continue\n",
                           COMPILE_EXEC);
    obj_decref(code);
}
