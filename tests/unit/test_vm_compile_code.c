/* Code objects: slots, locations, forms, equality, attributes. */

#include "runtime/types/int.h"
#include "tests/unit/vm_compile.h"

TestSuite(vm_compile_code, .init = start_vm, .fini = stop_vm);

Test(vm_compile_code, slots_are_locals_then_cells_then_free)
{
    Obj *code = compile_ok("def f(a, b, *c, d=1, **e):\n"
                           " x = 1\n"
                           " y = 2\n"
                           " def g():\n"
                           "  return b, y\n"
                           " return g\n",
                           COMPILE_EXEC);
    CodeObj *f = inner_code(code);
    expect_shown(f->slot_names, "('a', 'b', 'd', 'c', 'e', 'x', 'g', 'y')", "slots");
    cr_expect_eq(f->argcount, 2);
    cr_expect_eq(f->kwonlyargcount, 1);
    cr_expect_eq(f->nlocals, 7);
    cr_expect_eq(f->ncellvars, 2);
    cr_expect_eq(f->slot_kinds[1], SLOT_LOCAL | SLOT_CELL);
    cr_expect_eq(f->slot_kinds[7], SLOT_CELL);
    cr_expect(f->flags & CODE_VARARGS);
    cr_expect(f->flags & CODE_VARKEYWORDS);
    CodeObj *g = inner_code(&f->base);
    cr_expect_eq(g->nfreevars, 2);
    cr_expect_eq(g->slot_kinds[0], SLOT_FREE);
    cr_expect_eq(g->flags, CODE_OPTIMIZED | CODE_NEWLOCALS | CODE_NESTED);
    expect_shown(g->qualname, "'f.<locals>.g'", "qualname");
    obj_decref(code);
}

Test(vm_compile_code, forms_tell_where_operands_come_from)
{
    static const struct {
        const char *source;
        int op;
        unsigned form;
    } cases[] = {
        {"def f(a, b): a = a + b", OP_BINARY_OP, FORM_LL | FORM_STORE},
        {"def f(a): return a + 1", OP_BINARY_OP, FORM_LI},
        {"def f(a): return 2 - a", OP_BINARY_OP, FORM_IL},
        {"def f(a): return a * 1.5", OP_BINARY_OP, FORM_LC},
        {"def f(a): return 1.5 * a", OP_BINARY_OP, FORM_CL},
        {"def f(a, b): return a() + b", OP_BINARY_OP, FORM_SL},
        {"def f(a): return a() + 1", OP_BINARY_OP, FORM_SI},
        {"def f(a): return a() + a()", OP_BINARY_OP, FORM_SS},
        {"def f(a, b): return a() + b.x", OP_BINARY_OP, FORM_SS | FORM_RIGHT_ATTR},
        {"def f(a, b):\n if a < b: return 1\n return 2", OP_COMPARE_OP, FORM_LL | FORM_JUMP_FALSE},
        {"def f(a, b): return a[b]", OP_BINARY_SUBSCR, FORM_LL},
        {"def f(a, b): a[b] = 1", OP_STORE_SUBSCR, FORM_LL},
        {"def f(a): return a.x", OP_LOAD_ATTR, FORM_SL},
        {"def f(a): a.x = 0", OP_STORE_ATTR, FORM_IL},
        {"def f(a):\n for i in a: pass", OP_FOR_ITER, FORM_STORE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        Obj *code = compile_ok(cases[i].source, COMPILE_EXEC);
        CodeObj *f = inner_code(code);
        int32_t at = find_opcode(f, cases[i].op);
        cr_assert_geq(at, 0);
        cr_expect_eq(f->words[at + 1].op, cases[i].form, "%s: form %x", cases[i].source,
                     f->words[at + 1].op);
        obj_decref(code);
    }
}

Test(vm_compile_code, no_form_across_a_jump_target)
{
    /* both branches meet before the addition */
    Obj *code = compile_ok("def f(a, b): return (a if b else 1) + (b if a else 2)", COMPILE_EXEC);
    CodeObj *f = inner_code(code);
    int32_t at = find_opcode(f, OP_BINARY_OP);
    cr_expect_eq(f->words[at + 1].op, FORM_SS);
    obj_decref(code);
}

Test(vm_compile_code, locations_cover_all_words)
{
    Obj *code = compile_ok("x = 1\n\n\ny = (x +\n     z)\n", COMPILE_EXEC);
    CodeObj *c = code_cast(code);
    int32_t at = find_opcode(c, OP_BINARY_OP);
    CodeLocation location;
    code_location_at(c, at, &location);
    cr_expect_eq(location.line, 4);
    cr_expect_eq(location.end_line, 5);
    cr_expect_eq(location.column, 5);
    cr_expect_eq(location.end_column, 6);
    CodeLocations walk;
    code_locations_init(c, &walk);
    int32_t covered = 0;
    while (code_locations_next(&walk)) {
        cr_expect_eq(walk.start, covered);
        covered = walk.stop;
    }
    cr_expect_eq(covered, c->word_count);
    obj_decref(code);
}

Test(vm_compile_code, equal_code_is_equal)
{
    Obj *a = compile_ok("x = 1", COMPILE_EXEC), *b = compile_ok("x = 1", COMPILE_EXEC);
    Obj *c = compile_ok("x = True", COMPILE_EXEC), *d = compile_ok(" \nx = 1", COMPILE_EXEC);
    cr_expect_eq(obj_equal(a, b), 1);
    cr_expect_eq(obj_hash(a), obj_hash(b));
    cr_expect_eq(obj_equal(a, c), 0);
    cr_expect_eq(obj_equal(a, d), 0);
    obj_decref(a);
    obj_decref(b);
    obj_decref(c);
    obj_decref(d);
}

Test(vm_compile_code, plain_opcodes_show_under_specialised_ones)
{
    static const uint16_t base[] = {OP_LOAD_FAST, OP_BINARY_OP};
    Obj *code = compile_ok("def f(a, b): return a + b", COMPILE_EXEC);
    CodeObj *f = inner_code(code);
    code_set_overlay(base, 2);
    f->words[0].op = OP_COUNT;
    cr_expect_eq(code_base_opcode(f, 0), OP_LOAD_FAST);
    int32_t at = find_opcode(f, OP_BINARY_OP);
    f->words[at].op = OP_COUNT + 1;
    cr_expect_eq(find_opcode(f, OP_BINARY_OP), at);
    cr_expect_eq(count_opcode(f, OP_RETURN_VALUE), 1);
    obj_decref(code);
}

Test(vm_compile_code, empty_code_has_a_line)
{
    Obj *code = code_new_empty("file.c", "name", 33);
    cr_assert_not_null(code);
    cr_expect_eq(code_line_at(code_cast(code), 0), 33);
    obj_decref(code);
}
