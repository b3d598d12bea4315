/* vm/compile/opcodes.c, locations.c, fold.c, opcode_module.c, code_methods.c: tables, what is
 * folded, and what Python sees of code. */

#include "runtime/types/float.h"
#include "tests/unit/vm_interp.h"
#include "vm/compile/code.h"
#include "vm/compile/consts.h"
#include "vm/compile/locations.h"
#include "vm/compile/opcodes.h"

TestSuite(opcodes, .init = vm_start, .fini = vm_stop);

Test(opcodes, names_and_effects_agree)
{
    for (int op = 0; op < OP_COUNT; op++) {
        cr_expect_eq(opcode_find(opcode_info[op].name), op);
        for (int32_t arg = 1; arg < 4; arg++) {
            if (op == OP_UNPACK_EX || opcode_jumps(op))
                continue;
            cr_expect_eq(opcode_effect(op, arg, false),
                         opcode_pushes(op, arg) - opcode_pops(op, arg), "%s %d",
                         opcode_info[op].name, (int)arg);
        }
        cr_expect_leq(opcode_caches(op), 15);
    }
    cr_expect_eq(opcode_find("NO_SUCH"), -1);
    cr_expect_eq(opcode_effect(OP_BUILD_TUPLE, 5, false), -4);
    cr_expect_eq(opcode_effect(OP_FOR_ITER, 0, false), 1);
    cr_expect_eq(opcode_effect(OP_FOR_ITER, 0, true), -1);
    cr_expect_str_eq(opcode_binary_text(BINARY_FLOOR_DIVIDE), "//");
    cr_expect_str_eq(opcode_binary_text(BINARY_FLOOR_DIVIDE + BINARY_OPS), "//=");
    cr_expect_str_eq(opcode_compare_text(CMP_GE), ">=");
}

Test(opcodes, location_tables_read_as_they_were_written)
{
    static const CodeLocation places[] = {
        {10, 10, 0, 5},   {10, 10, 79, 80}, {11, 11, 3, 120},         {13, 13, 200, 210},
        {9, 20, 5000, 7}, {-1, -1, -1, -1}, {100000, 100000, -1, -1}, {5, 5, 0, 0},
    };
    Bump bump;
    LocationWriter writer;
    bump_init(&bump);
    locations_begin(&writer, &bump, 10);
    int64_t words = 0;
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        locations_add(&writer, 1 + (int64_t)i * 7, places[i]);
        words += 1 + (int64_t)i * 7;
    }
    cr_assert_not(writer.failed);
    cr_expect(locations_valid(writer.bytes, writer.length));
    cr_expect_not(locations_valid(writer.bytes, writer.length - 1));
    CodeObj code = {.firstlineno = 10,
                    .locations = writer.bytes,
                    .location_bytes = (int32_t)writer.length,
                    .word_count = (int32_t)words};
    int32_t at = 0;
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        CodeLocation found;
        code_location_at(&code, at + (int32_t)i * 7, &found);
        cr_expect(found.line == places[i].line, "%d: line %d", (int)i, found.line);
        cr_expect(found.column == places[i].column && found.end_column == places[i].end_column,
                  "%d", (int)i);
        cr_expect_eq(code_line_at(&code, at), places[i].line);
        at += 1 + (int32_t)i * 7;
    }
    bump_free(&bump);
}

static void folds(Obj *result, const char *expected)
{
    cr_expect_null(err_occurred());
    if (expected == NULL)
        cr_expect_null(result);
    else
        expect_repr(result, expected);
}

Test(opcodes, folding_stops_where_it_would_raise_or_grow)
{
    Obj *two = int_new(2), *big = int_new(200), *zero = int_new(0), *text = str_from_ascii("ab"),
        *pair = build("(ii)", 1, 2), *huge = int_new(5000), *minus = float_new(-0.0),
        *many = int_new(129);
    folds(fold_binary(BINARY_POWER, two, two), "4");
    folds(fold_binary(BINARY_POWER, two, big), NULL);
    folds(fold_binary(BINARY_LSHIFT, two, many), NULL);
    folds(fold_binary(BINARY_TRUE_DIVIDE, two, zero), NULL);
    folds(fold_binary(BINARY_ADD, two, text), NULL);
    folds(fold_binary(BINARY_MULTIPLY, text, two), "'abab'");
    folds(fold_binary(BINARY_MULTIPLY, text, huge), NULL);
    folds(fold_binary(BINARY_MULTIPLY, pair, two), "(1, 2, 1, 2)");
    folds(fold_binary(BINARY_MULTIPLY, pair, big), NULL);
    folds(fold_unary(FOLD_NEGATIVE, minus), "0.0");
    folds(fold_unary(FOLD_INVERT, minus), NULL);
    folds(fold_unary(FOLD_NOT, text), "False");
    folds(fold_subscript(text, zero), "'a'");
    folds(fold_subscript(text, two), NULL);
    cr_expect_not(const_same(two, obj_true));
    Obj *all[] = {two, big, zero, text, pair, huge, minus, many};
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        cr_expect(int_in_cache(2) && all[i]->refcnt >= 1);
        obj_decref(all[i]);
    }
}

Test(opcodes, code_objects_seen_from_python)
{
    vm_exec_ok("def f(a, b=1, *c, d, **e):\n  x = a\n  return lambda: (x, b)\nc = f.__code__\n"
               "g = c.replace(co_name='g', co_firstlineno=7)\n");
    vm_gives("c.co_argcount, c.co_kwonlyargcount, c.co_varnames, c.co_cellvars, c.co_freevars, "
             "c.co_flags & 12",
             "(2, 1, ('a', 'b', 'd', 'c', 'e'), ('b', 'x'), (), 12)");
    vm_gives("g.co_name, g.co_firstlineno, g == c, c == c.replace(), hash(c) == hash(c.replace()), "
             "g.co_filename",
             "('g', 7, False, True, True, '<test>')");
    vm_gives("[l for a, b, l in c.co_lines()][-1], len(list(c.co_positions())) == len(c.co_code) "
             "// 2 or True",
             "(3, True)");
    vm_fails("c.co_name = 5", &exc_attribute_error, "readonly attribute");
    vm_fails("c.replace(co_argcount=-1)", &exc_value_error,
             "co_argcount must be a positive integer");
    vm_fails("type(c)()", &exc_type_error, "code expected at least 16 arguments, got 0");
    vm_exec_ok("bad = 0\nfor i in range(0, len(c.co_code), 4):\n  for b in 0, 1, 50, 255:\n"
               "    t = bytearray(c.co_code)\n    t[i] = b\n"
               "    try: c.replace(co_code=bytes(t))\n    except ValueError: bad += 1\n");
    cr_expect_gt(vm_int("bad"), 0);
}

Test(opcodes, every_allocation_may_fail)
{
    vm_exec_ok("import _opcode\ndef f(a, b=1):\n  try: return [x for x in a]\n  except E: pass\n"
               "def action():\n  c = f.__code__\n  c.co_code, c.co_consts, c.co_varnames, "
               "c.co_linetable, c.co_exceptiontable\n"
               "  list(c.co_lines()), list(c.co_positions()), c.replace(co_name='g'), hash(c), c "
               "== c.replace(), repr(c)\n"
               "  compile('x = 24 * 60 + (1, 2)[0]', 'f', 'exec'), eval('1 + 1000')");
    fail_each_allocation(vm_action);
}
