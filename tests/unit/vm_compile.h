#ifndef OURO_TESTS_UNIT_VM_COMPILE_H
#define OURO_TESTS_UNIT_VM_COMPILE_H

/* What the tests of vm/compile share: a running interpreter, and code objects of short sources. */

#include "tests/unit/runtime.h"
#include "vm/compile/code.h"
#include "vm/compile/compile.h"
#include "vm/interp/vm.h"

static inline void start_vm(void)
{
    cr_assert_eq(vm_init(), 0);
}

static inline void stop_vm(void)
{
    vm_finish();
    check_nothing_lost();
}

/* The code object of a source, or NULL with an exception. */
static inline Obj *try_compile(const char *source, CompileMode mode)
{
    Obj *filename = str_from_ascii("<test>");
    if (filename == NULL)
        return NULL;
    Obj *code =
        compile_source(source, (int64_t)strlen(source), filename, mode, COMPILE_IGNORE_COOKIE, 0);
    obj_decref(filename);
    return code;
}

static inline Obj *compile_ok(const char *source, CompileMode mode)
{
    Obj *code = try_compile(source, mode);
    cr_assert_not_null(code, "does not compile: %s", source);
    return code;
}

/* The first code object among the constants, borrowed. */
static inline CodeObj *inner_code(ObjRef code)
{
    ObjRef consts = code_cast(code)->consts;
    for (int64_t i = 0; i < tuple_length(consts); i++) {
        if (code_check(tuple_peek(consts, i)))
            return code_cast(tuple_peek(consts, i));
    }
    cr_assert_fail("no code object inside");
    return NULL;
}

/* repr(o), which `what` describes. */
static inline void expect_shown(ObjRef o, const char *expected, const char *what)
{
    Obj *repr = obj_repr(o);
    cr_assert_not_null(repr);
    cr_expect_str_eq(str_utf8(repr, NULL), expected, "%s: %s, not %s", what, str_utf8(repr, NULL),
                     expected);
    obj_decref(repr);
}

/* The names of the instructions, with spaces between; NOPs and caches left out. */
static inline void list_opcodes(const CodeObj *code, char *out, size_t size)
{
    size_t length = 0;
    int op;
    int32_t arg, at;
    out[0] = '\0';
    for (int32_t i = 0; i < code->word_count;) {
        i = code_decode(code, i, &op, &arg, &at);
        if (op != OP_NOP && length < size)
            length += (size_t)snprintf(out + length, size - length, "%s%s", length > 0 ? " " : "",
                                       opcode_info[op].name);
    }
}

/* Instructions of the opcode in a code object. */
static inline int count_opcode(const CodeObj *code, int wanted)
{
    int count = 0, op;
    int32_t arg, at;
    for (int32_t i = 0; i < code->word_count;) {
        i = code_decode(code, i, &op, &arg, &at);
        count += op == wanted;
    }
    return count;
}

/* Word of the first instruction of the opcode, or -1. */
static inline int32_t find_opcode(const CodeObj *code, int wanted)
{
    int op;
    int32_t arg, at;
    for (int32_t i = 0; i < code->word_count;) {
        int32_t next = code_decode(code, i, &op, &arg, &at);
        if (op == wanted)
            return at;
        i = next;
    }
    return -1;
}

#endif
