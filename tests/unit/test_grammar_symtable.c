/* grammar/symtable.h */

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "grammar/parse.h"
#include "grammar/symtable.h"

static Bump bump;
static Diagnostic diagnostic;
static SymbolTable *table;

static Scope *build(const char *text)
{
    Node *tree;
    bump_init(&bump);
    cr_assert_eq(parse_source(text, (int64_t)strlen(text), "<x>", PARSE_FILE, PARSE_IS_STR, &bump,
                              &diagnostic, &tree),
                 PARSE_OK);
    cr_assert_eq(symtable_build(tree, 0, &bump, &diagnostic, &table), PARSE_OK);
    return table->top;
}

static SymbolScope meaning(const Scope *scope, const char *name)
{
    const Symbol *symbol = scope_symbol(table, scope, symtable_name(table, name));
    cr_assert_not_null(symbol, "%s", name);
    return symbol->scope;
}

Test(grammar_symtable, locals_globals_cells)
{
    const Scope *top = build("def f(a, *b, c, **d):\n"
                             "    global g\n"
                             "    x = y = 1\n"
                             "    def h():\n"
                             "        nonlocal y\n"
                             "        y = x + z\n"
                             "    return h\n");
    const Scope *f = top->children[0];
    cr_expect_eq(f->parameter_count, 4);
    cr_expect_str_eq(f->symbols[1].name, "c");
    cr_expect_str_eq(f->symbols[2].name, "b");
    cr_expect_str_eq(f->symbols[3].name, "d");
    cr_expect(f->has_varargs && f->has_varkeywords && f->returns_value);
    cr_expect_eq(meaning(f, "a"), SYMBOL_LOCAL);
    cr_expect_eq(meaning(f, "g"), SYMBOL_GLOBAL_EXPLICIT);
    cr_expect_eq(meaning(f, "x"), SYMBOL_CELL);
    cr_expect_eq(meaning(f, "y"), SYMBOL_CELL);
    cr_expect_eq(f->cell_count, 2);
    const Scope *h = f->children[0];
    cr_expect(h->is_nested);
    cr_expect_eq(meaning(h, "x"), SYMBOL_FREE);
    cr_expect_eq(meaning(h, "z"), SYMBOL_GLOBAL_IMPLICIT);
    cr_expect_eq(h->free_count, 2);
    cr_expect_str_eq(h->frees[0], "x");
    bump_free(&bump);
}

Test(grammar_symtable, class_cell_and_mangling)
{
    const Scope *top = build("class _A:\n"
                             "    __x = 1\n"
                             "    def f(self): return super().f(self.__x, __y)\n");
    const Scope *class = top->children[0];
    cr_expect(class->needs_class_closure);
    cr_expect_eq(class->cell_count, 1);
    cr_expect_str_eq(class->cells[0], "__class__");
    cr_expect_eq(meaning(class, "__x"), SYMBOL_LOCAL);
    cr_expect_eq(meaning(class, "_A__x"), SYMBOL_LOCAL);
    const Scope *f = class->children[0];
    cr_expect_eq(meaning(f, "__class__"), SYMBOL_FREE);
    cr_expect_eq(meaning(f, "__y"), SYMBOL_GLOBAL_IMPLICIT);
    cr_expect_str_eq(symtable_mangle(table, "__B_", "__x"), "_B___x");
    cr_expect_str_eq(symtable_mangle(table, "___", "__x"), "__x");
    cr_expect_str_eq(symtable_mangle(table, "A", "__x__"), "__x__");
    bump_free(&bump);
}

Test(grammar_symtable, comprehensions_are_functions)
{
    const Scope *top = build("def f(a):\n    return [b for b in a if (c := b) for d in b]\n");
    const Scope *f = top->children[0];
    const Scope *comprehension = f->children[0];
    cr_expect(comprehension->is_comprehension);
    cr_expect_str_eq(comprehension->symbols[0].name, ".0");
    cr_expect_eq(comprehension->parameter_count, 1);
    cr_expect_eq(meaning(comprehension, "b"), SYMBOL_LOCAL);
    cr_expect_eq(meaning(comprehension, "c"), SYMBOL_FREE);
    cr_expect_eq(meaning(f, "c"), SYMBOL_CELL);
    cr_expect_eq(symtable_scope(table, comprehension->node), comprehension);
    bump_free(&bump);
}

Test(grammar_symtable, kinds_of_functions)
{
    const Scope *top = build("def g(): yield 1\n"
                             "async def c(): await x\n"
                             "async def a(): return [y async for y in z]\n"
                             "h = (i for i in j)\n");
    cr_expect(top->children[0]->is_generator && !top->children[0]->is_coroutine);
    cr_expect(top->children[1]->is_coroutine && !top->children[1]->is_generator);
    cr_expect(top->children[2]->children[0]->is_coroutine);
    cr_expect(top->children[3]->is_generator);
    bump_free(&bump);
}

Test(grammar_symtable, many_names)
{
    char text[16 * 1000];
    int64_t length = 0;
    for (int i = 0; i < 1000; i++)
        length += snprintf(text + length, 16, "v%d = %d\n", i, i);
    const Scope *top = build(text);
    cr_expect_eq(top->symbol_count, 1000);
    cr_expect_eq(scope_symbol(table, top, symtable_name(table, "v777"))->index, 777);
    cr_expect_null(scope_symbol(table, top, symtable_name(table, "v1000")));
    bump_free(&bump);
}

Test(grammar_symtable, future_annotations_are_text)
{
    const Scope *top = build("from __future__ import annotations\ndef f(x: (lambda: q)): pass\n");
    cr_expect(table->future_annotations);
    cr_expect_eq(table->future_last_line, 1);
    cr_expect_null(scope_symbol(table, top, symtable_name(table, "q")));
    bump_free(&bump);
}
