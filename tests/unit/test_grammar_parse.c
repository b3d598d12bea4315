/* grammar/parse.h, grammar/ast.h, grammar/literals.h: trees, literals, bounds. */

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "gc/mem.h"
#include "grammar/dump.h"
#include "grammar/parse.h"
#include "grammar/symtable.h"

static Bump bump;
static Diagnostic diagnostic;

static Node *parse_as(const char *text, ParseMode mode, ParseStatus expected)
{
    Node *tree;
    bump_init(&bump);
    ParseStatus status = parse_source(text, (int64_t)strlen(text), "<x>", mode, PARSE_IS_STR, &bump,
                                      &diagnostic, &tree);
    cr_assert_eq(status, expected, "status %d (%s) for: %.60s", (int)status,
                 diagnostic.message != NULL ? diagnostic.message : "", text);
    return tree;
}

/* The expression that `text` is. */
static const Node *expression(const char *text)
{
    return parse_as(text, PARSE_EVAL, PARSE_OK)->as.expression.body;
}

static const Node *statement(const char *text)
{
    const Node *root = parse_as(text, PARSE_FILE, PARSE_OK);
    cr_assert_eq(root->as.module.body.count, 1);
    return root->as.module.body.items[0];
}

Test(grammar_parse, precedence_and_places)
{
    const Node *node = expression("a + (b)*c ** -d");
    cr_assert_eq(node->kind, NODE_BINOP);
    cr_expect_eq(node->as.binop.op, OPERATOR_ADD);
    const Node *product = node->as.binop.right;
    cr_expect_eq(product->as.binop.op, OPERATOR_MULT);
    cr_expect_eq(product->place.column, 4);
    cr_expect_eq(product->place.end_column, 15);
    cr_expect_eq(product->as.binop.left->place.column, 5);
    cr_expect_eq(product->as.binop.right->as.binop.right->kind, NODE_UNARYOP);
    bump_free(&bump);
}

Test(grammar_parse, columns_are_utf8_bytes)
{
    const Node *node = expression("'\xc3\xa9' + x");
    cr_expect_eq(node->as.binop.right->place.column, 7);
    bump_free(&bump);
}

Test(grammar_parse, comparisons_chain)
{
    const Node *node = expression("a < b is not c not in d");
    cr_assert_eq(node->kind, NODE_COMPARE);
    cr_expect_eq(node->as.compare.ops.count, 3);
    cr_expect_eq(node->as.compare.ops.items[1], COMPARISON_ISNOT);
    cr_expect_eq(node->as.compare.ops.items[2], COMPARISON_NOTIN);
    bump_free(&bump);
}

Test(grammar_parse, literals)
{
    const AstConstant *value = &expression("0x_Ff")->as.constant;
    cr_expect_eq(value->constant, CONSTANT_INT);
    cr_expect_eq(value->base, 16);
    cr_expect_str_eq(value->text, "Ff");
    bump_free(&bump);
    value = &expression("1_0.5e1")->as.constant;
    cr_expect_eq(value->constant, CONSTANT_FLOAT);
    cr_expect_eq(value->number, 105.0);
    bump_free(&bump);
    value = &expression("2j")->as.constant;
    cr_expect_eq(value->constant, CONSTANT_IMAGINARY);
    cr_expect_eq(value->number, 2.0);
    bump_free(&bump);
    value = &expression("u'a\\tb' '\\x41\\N{BULLET}\\ud800' r'\\n'")->as.constant;
    cr_expect_eq(value->constant, CONSTANT_STR);
    cr_expect(value->u_prefix);
    cr_expect_str_eq(value->text, "a\tbA\xe2\x80\xa2\xed\xa0\x80\\n");
    bump_free(&bump);
    value = &expression("b'\\x00\\101' rb'\\x'")->as.constant;
    cr_expect_eq(value->constant, CONSTANT_BYTES);
    cr_expect_eq(value->length, 4);
    cr_expect_arr_eq(value->text, "\0A\\x", 4);
    bump_free(&bump);
}

Test(grammar_parse, names_are_normalised)
{
    /* The ligature U+FB01 is "fi" in NFKC. */
    cr_expect_str_eq(expression("\xef\xac\x81n")->as.name.id, "fin");
    bump_free(&bump);
}

Test(grammar_parse, fstrings)
{
    const Node *node = expression("f'a{x!r:>{w}}b{y=}' 'c'");
    cr_assert_eq(node->kind, NODE_JOINEDSTR);
    const NodeList *values = &node->as.joinedstr.values;
    cr_assert_eq(values->count, 5);
    const AstFormattedValue *field = &values->items[1]->as.formattedvalue;
    cr_expect_eq(field->conversion, 'r');
    cr_expect_eq(field->value->place.column, 4);
    cr_expect_eq(field->format_spec->as.joinedstr.values.count, 2);
    cr_expect_str_eq(values->items[2]->as.constant.text, "by=");
    cr_expect_eq(values->items[3]->as.formattedvalue.conversion, 'r');
    cr_expect_str_eq(values->items[4]->as.constant.text, "c");
    bump_free(&bump);
}

Test(grammar_parse, parameters)
{
    const Node *node = statement("def f(a, /, b, c=1, *d, e, g=2, **h) -> i: pass\n");
    const Astarguments *args = &node->as.functiondef.args->as.arguments;
    cr_expect_eq(args->posonlyargs.count, 1);
    cr_expect_eq(args->args.count, 2);
    cr_expect_eq(args->defaults.count, 1);
    cr_expect_eq(args->kwonlyargs.count, 2);
    cr_expect_null(args->kw_defaults.items[0]);
    cr_expect_not_null(args->kw_defaults.items[1]);
    cr_expect_str_eq(args->vararg->as.arg.arg, "d");
    cr_expect_str_eq(args->kwarg->as.arg.arg, "h");
    cr_expect_not_null(node->as.functiondef.returns);
    bump_free(&bump);
}

Test(grammar_parse, soft_keywords_stay_names)
{
    const Node *root = parse_as("match = case = _ = type = 1\n"
                                "match[x]\nmatch(x)\nmatch, y = z\n"
                                "match x:\n    case 1 | 2 if y: pass\n    case _: case = 1\n",
                                PARSE_FILE, PARSE_OK);
    cr_assert_eq(root->as.module.body.count, 5);
    const Node *match = root->as.module.body.items[4];
    cr_assert_eq(match->kind, NODE_MATCH);
    cr_expect_eq(match->as.match.cases.count, 2);
    bump_free(&bump);
}

Test(grammar_parse, with_brackets)
{
    cr_expect_eq(statement("with (a as b, c,): pass\n")->as.with.items.count, 2);
    bump_free(&bump);
    cr_expect_eq(statement("with (a, b) as c: pass\n")->as.with.items.count, 1);
    bump_free(&bump);
    cr_expect_eq(statement("with (yield a): pass\n")->as.with.items.count, 1);
    bump_free(&bump);
    cr_expect_eq(statement("with (a, *b): pass\n")->as.with.items.count, 1);
    bump_free(&bump);
    cr_expect_eq(statement("with (a).b as c, d: pass\n")->as.with.items.count, 2);
    bump_free(&bump);
}

Test(grammar_parse, line_ends_and_form_feeds)
{
    const Node *root = parse_as("if a:\r\n\tb\r\n\x0c\rc\\\r\n = 1\r", PARSE_FILE, PARSE_OK);
    cr_expect_eq(root->as.module.body.count, 2);
    cr_expect_eq(root->as.module.body.items[1]->place.line, 4);
    bump_free(&bump);
}

/* prefix + unit * count + suffix, to be freed. */
static char *repeat(const char *prefix, const char *unit, int64_t count, const char *suffix)
{
    size_t size = strlen(prefix) + strlen(unit) * (size_t)count + strlen(suffix) + 1;
    char *text = malloc(size);
    cr_assert_not_null(text);
    char *end = stpcpy(text, prefix);
    for (int64_t i = 0; i < count; i++)
        end = stpcpy(end, unit);
    strcpy(end, suffix);
    return text;
}

Test(grammar_parse, depth_is_bounded)
{
    static const struct {
        const char *prefix, *unit, *suffix;
        int64_t count;
        ParseStatus status;
    } rows[] = {
        {"a", ".b", "", 2250, PARSE_OK},
        {"a", "()", "", 2250, PARSE_OK},
        {"a", "*a", "", 2250, PARSE_OK},
        {"a", ".b", "", 3000, PARSE_TOO_DEEP},
        {"a", "+a", "", 100000, PARSE_TOO_DEEP},
        {"", "(", "", 100000, PARSE_ERROR},
        {"", "-", "1", 100000, PARSE_NO_MEMORY},
        {"", "not ", "1", 100000, PARSE_NO_MEMORY},
        {"", "lambda: ", "1", 100000, PARSE_NO_MEMORY},
        {"if a: b\n", "elif a: b\n", "", 1000, PARSE_OK},
        {"if a: b\n", "elif a: b\n", "", 100000, PARSE_NO_MEMORY},
        {"a", "<a", "", 100000, PARSE_OK},
        {"", "a = ", "1", 100000, PARSE_OK},
        {"[", "[", "", 150, PARSE_ERROR},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *text = repeat(rows[i].prefix, rows[i].unit, rows[i].count, rows[i].suffix);
        parse_as(text, PARSE_FILE, rows[i].status);
        bump_free(&bump);
        free(text);
    }
}

Test(grammar_parse, every_allocation_may_fail)
{
    char *good = repeat("class A:\n  def f(self, *a, b=1):\n    return [x for x in a if x]\n",
                        "x = f'{y!r:>{z}}' + 'a\\N{BULLET}'\n", 200, "");
    char *bad = repeat(good, "", 0, "print (a b)\nf(a for a in b, c) = 1\n");
    const char *texts[] = {good, bad};
    for (int i = 0; i < 2; i++) {
        for (uint64_t n = 1;; n++) {
            Node *tree;
            SymbolTable *table = NULL;
            MemStats before, after;
            bump_init(&bump);
            mem_stats(&before);
            mem_fail_after(n);
            ParseStatus status = parse_source(texts[i], (int64_t)strlen(texts[i]), "<x>",
                                              PARSE_FILE, 0, &bump, &diagnostic, &tree);
            if (status == PARSE_OK)
                status = symtable_build(tree, 0, &bump, &diagnostic, &table);
            mem_fail_after(0);
            bump_free(&bump);
            mem_stats(&after);
            cr_assert_eq(before.bytes_in_use, after.bytes_in_use, "leak at request %d", (int)n);
            if (status == PARSE_NO_MEMORY) {
                cr_assert_eq(diagnostic.kind, DIAGNOSTIC_MEMORY_ERROR);
                continue;
            }
            cr_assert_eq(status, i == 0 ? PARSE_OK : PARSE_ERROR);
            break;
        }
    }
    free(good);
    free(bad);
}

Test(grammar_parse, dumps_are_stable)
{
    static const char expected[] = "Module(\n"
                                   "  body=[\n"
                                   "    Assign(\n"
                                   "      targets=[\n"
                                   "        Name(\n"
                                   "          id='x',\n"
                                   "          ctx=Store) @1:0-1:1],\n"
                                   "      value=Constant(\n"
                                   "        value=1.5) @1:4-1:7) @1:0-1:7])\n";
    const Node *root = parse_as("x = 1.5\n", PARSE_FILE, PARSE_OK);
    DumpText out = {0};
    dump_tree(&out, root, DUMP_TEXT);
    cr_assert_eq(out.length, (int64_t)sizeof expected - 1);
    cr_expect_arr_eq(out.bytes, expected, sizeof expected - 1);
    dump_free(&out);
    bump_free(&bump);

    Bump tokens;
    bump_init(&tokens);
    static const char source[] = "if x:\n  y\n";
    static const char shown[] = "[{\"kind\": \"IF\", \"text\": \"if\", \"line\": 1";
    cr_assert_eq(
        dump_source_tokens(&out, source, sizeof source - 1, "<x>", DUMP_JSON, &diagnostic, &tokens),
        PARSE_OK);
    cr_assert_gt(out.length, (int64_t)sizeof shown);
    cr_expect_arr_eq(out.bytes, shown, sizeof shown - 1);
    dump_free(&out);
    bump_free(&tokens);
}
