/* The verifier: good code passes, damaged code is refused. */

#include "runtime/types/exception.h"
#include "tests/unit/vm_compile.h"
#include "vm/compile/verify.h"

TestSuite(vm_compile_verify, .init = start_vm, .fini = stop_vm);

/* The parts of an existing code object; words to be replaced. */
static CodeParts parts_of(const CodeObj *code)
{
    return (CodeParts){
        .name = code->name,
        .qualname = code->qualname,
        .filename = code->filename,
        .consts = code->consts,
        .names = code->names,
        .slot_names = code->slot_names,
        .words = code->words,
        .handlers = code->handlers,
        .slot_kinds = code->slot_kinds,
        .locations = code->locations,
        .word_count = code->word_count,
        .handler_count = code->handler_count,
        .location_bytes = code->location_bytes,
        .argcount = code->argcount,
        .posonlyargcount = code->posonlyargcount,
        .kwonlyargcount = code->kwonlyargcount,
        .stacksize = code->stacksize,
        .firstlineno = code->firstlineno,
        .flags = code->flags,
    };
}

static void expect_refused(const CodeParts *parts, const char *problem)
{
    cr_expect_eq(verify_parts(parts), -1, "accepted: %s", problem);
    if (err_occurred() == NULL)
        return;
    Obj *error = err_fetch(), *text = obj_str(error);
    cr_expect_not_null(strstr(str_utf8(text, NULL), problem), "%s instead of %s",
                       str_utf8(text, NULL), problem);
    obj_decref(error);
    obj_decref(text);
}

/* A module of these words with stack size 4, two constants (1, 2) and the name `x`. */
static void refuse_words(const CodeWord *words, int32_t count, const char *problem)
{
    Obj *code = compile_ok("x = a or 1000, 2000", COMPILE_EXEC);
    CodeParts parts = parts_of(code_cast(code));
    uint8_t locations[64];
    int32_t bytes = 0;
    for (int32_t left = count; left > 0; left -= 8)
        locations[bytes++] = (uint8_t)(0x80 | 15 << 3 | ((left > 8 ? 8 : left) - 1));
    parts.words = words;
    parts.word_count = count;
    parts.locations = locations;
    parts.location_bytes = bytes;
    parts.handler_count = 0;
    parts.stacksize = 4;
    expect_refused(&parts, problem);
    obj_decref(code);
}

#define REFUSE(problem, ...)                                                                       \
    do {                                                                                           \
        static const CodeWord words[] = {__VA_ARGS__};                                             \
        refuse_words(words, (int32_t)(sizeof words / sizeof words[0]), problem);                   \
    } while (0)

Test(vm_compile_verify, bad_words)
{
    REFUSE("no such opcode", {OP_COUNT, 0});
    REFUSE("no such opcode", {OP_CACHE, 0});
    REFUSE("no such constant", {OP_RETURN_CONST, 99});
    REFUSE("no such constant", {OP_RETURN_CONST, -1});
    REFUSE("no such name", {OP_DELETE_NAME, 7}, {OP_RETURN_CONST, 0});
    REFUSE("no such slot", {OP_LOAD_FAST, 0}, {OP_RETURN_VALUE, 0});
    REFUSE("cache words missing", {OP_LOAD_GLOBAL, 0}, {0, 0});
    REFUSE("prefix at the end", {OP_RETURN_CONST, 0}, {OP_EXTENDED_ARG, 0});
    REFUSE("jump into nowhere", {OP_JUMP, 5}, {OP_RETURN_CONST, 0});
    REFUSE("jump into nowhere", {OP_JUMP_BACKWARD, -2}, {OP_RETURN_CONST, 0});
    REFUSE("argument out of range", {OP_LOAD_INT, 300}, {OP_RETURN_VALUE, 0});
    REFUSE("keyword names are not names", {OP_KW_NAMES, 0}, {OP_RETURN_CONST, 0});
}

Test(vm_compile_verify, bad_stack)
{
    REFUSE("stack underflow", {OP_POP_TOP, 0}, {OP_RETURN_CONST, 0});
    REFUSE("stack underflow", {OP_LOAD_CONST, 0}, {OP_SWAP, 2}, {OP_RETURN_VALUE, 0});
    REFUSE("stack too deep", {OP_LOAD_CONST, 0}, {OP_LOAD_CONST, 0}, {OP_LOAD_CONST, 0},
           {OP_LOAD_CONST, 0}, {OP_LOAD_CONST, 0}, {OP_RETURN_VALUE, 0});
    REFUSE("different depths", {OP_LOAD_CONST, 0}, {OP_JUMP_BACKWARD, -2});
    REFUSE("control leaves the code", {OP_LOAD_CONST, 0}, {OP_POP_TOP, 0});
    REFUSE("different depths", {OP_LOAD_CONST, 0}, {OP_POP_JUMP_IF_TRUE, 1}, {OP_LOAD_CONST, 0},
           {OP_RETURN_CONST, 0});
}

Test(vm_compile_verify, bad_kinds)
{
    REFUSE("wrong kind", {OP_PUSH_NULL, 0}, {OP_RETURN_VALUE, 0});
    REFUSE("wrong kind", {OP_LOAD_CONST, 0}, {OP_MAKE_FUNCTION, 0}, {OP_RETURN_VALUE, 0});
    REFUSE("wrong kind", {OP_LOAD_CONST, 0}, {OP_LOAD_CONST, 0}, {OP_LIST_APPEND, 1},
           {OP_RETURN_VALUE, 0});
    REFUSE("wrong kind", {OP_LOAD_CONST, 0}, {OP_POP_EXCEPT, 0}, {OP_RETURN_CONST, 0});
    REFUSE("wrong kind", {OP_LOAD_CONST, 0}, {OP_BUILD_STRING, 1}, {OP_RETURN_VALUE, 0});
    REFUSE("outside of a generator", {OP_LOAD_CONST, 0}, {OP_YIELD_VALUE, 0}, {OP_RETURN_VALUE, 0});
    REFUSE("RETURN_GENERATOR out of place", {OP_RETURN_GENERATOR, 0}, {OP_RETURN_VALUE, 0});
}

Test(vm_compile_verify, bad_tables)
{
    Obj *code = compile_ok("def f(a):\n try: g()\n except E: h()\n", COMPILE_EXEC);
    CodeObj *f = inner_code(code);
    CodeParts good = parts_of(f);
    cr_expect_eq(verify_parts(&good), 0);
    CodeParts parts = good;
    parts.stacksize = 1;
    expect_refused(&parts, "deep");
    parts = good;
    parts.argcount = 9;
    expect_refused(&parts, "argument counts");
    parts = good;
    parts.location_bytes--;
    expect_refused(&parts, "location table");
    CodeHandler handlers[8];
    memcpy(handlers, good.handlers, (size_t)good.handler_count * sizeof *handlers);
    parts = good;
    parts.handlers = handlers;
    handlers[0].handler = f->word_count;
    expect_refused(&parts, "handler in nowhere");
    handlers[0] = good.handlers[0];
    handlers[0].depth = 2;
    expect_refused(&parts, "deeper");
    handlers[0] = good.handlers[0];
    handlers[0].end = 1000;
    expect_refused(&parts, "exception table");
    obj_decref(code);
}

/* Single words of good code are damaged in every way that changes one byte: the verifier must
 * answer, and whatever it accepts must stay inside its tables (checked by the sanitizer builds). */
Test(vm_compile_verify, random_damage_never_crashes)
{
    Obj *code = compile_ok("def f(a, b):\n"
                           " for x in a:\n"
                           "  try:\n"
                           "   with b as y: print(f'{x}', *y, **a)\n"
                           "  except E as e: b.c[x] += 1\n"
                           " return [lambda: x for z in b]\n",
                           COMPILE_EXEC);
    CodeObj *f = inner_code(code);
    CodeParts parts = parts_of(f);
    CodeWord words[512];
    cr_assert_lt(f->word_count, 512);
    uint32_t state = 12345;
    for (int round = 0; round < 20000; round++) {
        memcpy(words, f->words, (size_t)f->word_count * sizeof *words);
        parts.words = words;
        for (int i = 0; i < 1 + round % 3; i++) {
            state = state * 1664525 + 1013904223;
            CodeWord *word = &words[(state >> 8) % (uint32_t)f->word_count];
            if (state & 0x80000000)
                word->op = (uint16_t)((state >> 4) % (OP_COUNT + 2));
            else
                word->arg = (int16_t)(state >> 3);
        }
        Obj *made = code_new_checked(&parts);
        if (made == NULL) {
            cr_assert(err_matches(&exc_value_error));
            err_clear();
        }
        obj_xdecref(made);
    }
    obj_decref(code);
}
