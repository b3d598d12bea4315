/* Encoding: long jumps, big arguments, handlers, stack depth. */

#include <stdlib.h>

#include "gc/mem.h"
#include "runtime/types/exception.h"
#include "tests/unit/vm_compile.h"

TestSuite(vm_compile_assemble, .init = start_vm, .fini = stop_vm);

/* `head`, `count` times `line` (with the number for %d), `tail`. */
static char *build_source(const char *head, const char *line, int count, const char *tail)
{
    size_t size = strlen(head) + strlen(tail) + (size_t)count * (strlen(line) + 16) + 1;
    char *text = malloc(size);
    cr_assert_not_null(text);
    size_t length = (size_t)snprintf(text, size, "%s", head);
    for (int i = 0; i < count; i++) {
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
        length += (size_t)snprintf(text + length, size - length, line, i);
#pragma GCC diagnostic pop
    }
    snprintf(text + length, size - length, "%s", tail);
    return text;
}

Test(vm_compile_assemble, long_jumps_get_a_prefix)
{
    char *source = build_source("def f(x):\n while x:\n", "  x.a%d()\n", 6000, " return 1\n");
    Obj *code = compile_ok(source, COMPILE_EXEC);
    CodeObj *f = inner_code(code);
    cr_expect_gt(count_opcode(f, OP_CALL), 5999);
    int wide_jumps = 0, op;
    int32_t arg, at;
    for (int32_t i = 0; i < f->word_count;) {
        int32_t next = code_decode(f, i, &op, &arg, &at);
        if (opcode_jumps(op) && at > i) {
            wide_jumps++;
            cr_expect(arg > INT16_MAX || arg < INT16_MIN);
        }
        i = next;
    }
    cr_expect_eq(wide_jumps, 2);
    obj_decref(code);
    free(source);
}

Test(vm_compile_assemble, many_constants_and_names)
{
    char *source = build_source("", "n%d = 1.5 + %1$d\n", 40000, "");
    Obj *code = compile_ok(source, COMPILE_EXEC);
    CodeObj *c = code_cast(code);
    cr_expect_eq(tuple_length(c->names), 40000);
    cr_expect_eq(tuple_length(c->consts), 40001);
    obj_decref(code);
    free(source);
}

Test(vm_compile_assemble, small_ints_and_constant_returns)
{
    Obj *code = compile_ok("def f(): x = 256; y = 257; z = -5; w = -6; v = True", COMPILE_EXEC);
    CodeObj *f = inner_code(code);
    cr_expect_eq(count_opcode(f, OP_LOAD_INT), 2);
    cr_expect_eq(count_opcode(f, OP_LOAD_CONST), 3);
    cr_expect_eq(count_opcode(f, OP_RETURN_CONST), 1);
    obj_decref(code);
}

Test(vm_compile_assemble, handler_depths)
{
    Obj *code = compile_ok("def f(a):\n"
                           " for x in a:\n"
                           "  with x:\n"
                           "   try:\n"
                           "    g()\n"
                           "   except E as e:\n"
                           "    h()\n",
                           COMPILE_EXEC);
    CodeObj *f = inner_code(code);
    int32_t at = find_opcode(f, OP_CALL);
    const CodeHandler *handler = code_find_handler(f, at);
    cr_assert_not_null(handler);
    cr_expect_eq(handler->depth, 2); /* the iterator and the exit method */
    cr_expect_not(handler->lasti);
    cr_expect_eq(code_base_opcode(f, handler->handler), OP_PUSH_EXC_INFO);
    cr_expect_null(code_find_handler(f, 0));
    for (int32_t i = 1; i < f->handler_count; i++)
        cr_expect_geq(f->handlers[i].start, f->handlers[i - 1].end);
    obj_decref(code);
}

Test(vm_compile_assemble, every_failed_allocation_is_a_memory_error)
{
    const char *source = "def f(a, *b, c=(1, 2), **d) -> 'x':\n"
                         " 'doc'\n"
                         " try:\n"
                         "  with a as e: yield [i for i in b if i in {1, 2, 3}]\n"
                         " except (A, B) as g:\n"
                         "  raise C from g\n"
                         " finally:\n"
                         "  print(f'{a!r:>{b}} {c}', 24 * 60, {1: 2, 3: 4})\n";
    int failures = 0;
    Obj *filename = str_from_ascii("<test>");
    for (uint64_t n = 1;; n++) {
        mem_fail_after(n);
        Obj *code = compile_source(source, (int64_t)strlen(source), filename, COMPILE_EXEC, 0, 0);
        mem_fail_after(0);
        if (code != NULL) {
            obj_decref(code);
            /* a failure may hit something that is done without, such as folding */
            if (n > 400)
                break;
            continue;
        }
        cr_assert(err_matches(&exc_memory_error), "request %d", (int)n);
        err_clear();
        failures++;
    }
    cr_expect_gt(failures, 0);
    obj_decref(filename);
}
