/* grammar/explain.h, grammar/tokenize.c, grammar/symtable.h: errors worded and placed as
 * CPython 3.11.2 does.  The rows were recorded from it. */

#include <criterion/criterion.h>
#include <string.h>

#include "grammar/parse.h"
#include "grammar/symtable.h"

typedef struct Row {
    const char *source;
    DiagnosticKind kind;
    const char *message;
    int64_t line, offset, end_line, end_offset;
} Row;

/* clang-format off */
static const Row rows[] = {
    {"x = (1,", DIAGNOSTIC_SYNTAX_ERROR, "'(' was never closed", 1, 5, 1, 0},
    {"y = 2)", DIAGNOSTIC_SYNTAX_ERROR, "unmatched ')'", 1, 6, 1, 6},
    {"x = (1]", DIAGNOSTIC_SYNTAX_ERROR, "closing parenthesis ']' does not match opening parenthesis '('", 1, 7, 1, 7},
    {"x = (", DIAGNOSTIC_SYNTAX_ERROR, "'(' was never closed", 1, 5, 1, 0},
    {"]", DIAGNOSTIC_SYNTAX_ERROR, "unmatched ']'", 1, 1, 1, 1},
    {"if x", DIAGNOSTIC_SYNTAX_ERROR, "expected ':'", 1, 5, 1, 5},
    {"if x:", DIAGNOSTIC_INDENTATION_ERROR, "expected an indented block after 'if' statement on line 1", 1, 6, 1, -1},
    {"  x", DIAGNOSTIC_INDENTATION_ERROR, "unexpected indent", 1, 2, 1, -1},
    {"if x:\n    y\n  z", DIAGNOSTIC_INDENTATION_ERROR, "unindent does not match any outer indentation level", 3, 4, 3, -1},
    {"if x:\n\011y\n        z", DIAGNOSTIC_TAB_ERROR, "inconsistent use of tabs and spaces in indentation", 3, 1, 3, 0},
    {"while 1:\nx", DIAGNOSTIC_INDENTATION_ERROR, "expected an indented block after 'while' statement on line 1", 2, 1, 2, 2},
    {"def f():\nx", DIAGNOSTIC_INDENTATION_ERROR, "expected an indented block after function definition on line 1", 2, 1, 2, 2},
    {"class A:\nx", DIAGNOSTIC_INDENTATION_ERROR, "expected an indented block after class definition on line 1", 2, 1, 2, 2},
    {"try:\n  x\ny", DIAGNOSTIC_SYNTAX_ERROR, "expected 'except' or 'finally' block", 3, 1, 3, 2},
    {"try:\nx", DIAGNOSTIC_INDENTATION_ERROR, "expected an indented block after 'try' statement on line 1", 2, 1, 2, 2},
    {"try:\n  x\nexcept A, B:\n  y", DIAGNOSTIC_SYNTAX_ERROR, "multiple exception types must be parenthesized", 3, 8, 3, 12},
    {"try:\n  x\nexcept:\n  y\nexcept* A:\n  y", DIAGNOSTIC_SYNTAX_ERROR, "cannot have both 'except' and 'except*' on the same 'try'", 5, 1, 5, 8},
    {"for x in y\n  z", DIAGNOSTIC_SYNTAX_ERROR, "expected ':'", 1, 11, 1, 11},
    {"for f() in y: z", DIAGNOSTIC_SYNTAX_ERROR, "cannot assign to function call", 1, 5, 1, 8},
    {"with f() as g(): x", DIAGNOSTIC_SYNTAX_ERROR, "cannot assign to function call", 1, 13, 1, 16},
    {"f(a b)", DIAGNOSTIC_SYNTAX_ERROR, "invalid syntax. Perhaps you forgot a comma?", 1, 3, 1, 6},
    {"f(a, b for b in c)", DIAGNOSTIC_SYNTAX_ERROR, "Generator expression must be parenthesized", 1, 6, 1, 18},
    {"f(a for a in b, c)", DIAGNOSTIC_SYNTAX_ERROR, "Generator expression must be parenthesized", 1, 3, 1, 15},
    {"f(a=1, b)", DIAGNOSTIC_SYNTAX_ERROR, "positional argument follows keyword argument", 1, 9, 1, 10},
    {"f(**a, b)", DIAGNOSTIC_SYNTAX_ERROR, "positional argument follows keyword argument unpacking", 1, 9, 1, 10},
    {"f(**a, *b)", DIAGNOSTIC_SYNTAX_ERROR, "iterable argument unpacking follows keyword argument unpacking", 1, 3, 1, 6},
    {"f(a.b=1)", DIAGNOSTIC_SYNTAX_ERROR, "expression cannot contain assignment, perhaps you meant \"==\"?", 1, 3, 1, 7},
    {"f(True=1)", DIAGNOSTIC_SYNTAX_ERROR, "cannot assign to True", 1, 3, 1, 8},
    {"f(a=b for b in c)", DIAGNOSTIC_SYNTAX_ERROR, "invalid syntax. Maybe you meant '==' or ':=' instead of '='?", 1, 3, 1, 5},
    {"f() = 1", DIAGNOSTIC_SYNTAX_ERROR, "cannot assign to function call here. Maybe you meant '==' instead of '='?", 1, 1, 1, 4},
    {"1 = x", DIAGNOSTIC_SYNTAX_ERROR, "cannot assign to literal here. Maybe you meant '==' instead of '='?", 1, 1, 1, 2},
    {"a + 1 = x", DIAGNOSTIC_SYNTAX_ERROR, "cannot assign to expression here. Maybe you meant '==' instead of '='?", 1, 1, 1, 6},
    {"(a, 1) = x", DIAGNOSTIC_SYNTAX_ERROR, "cannot assign to literal", 1, 5, 1, 6},
    {"x = f() = y", DIAGNOSTIC_SYNTAX_ERROR, "cannot assign to function call", 1, 5, 1, 8},
    {"None = 1", DIAGNOSTIC_SYNTAX_ERROR, "cannot assign to None", 1, 1, 1, 5},
    {"f'{a}' = 1", DIAGNOSTIC_SYNTAX_ERROR, "cannot assign to f-string expression here. Maybe you meant '==' instead of '='?", 1, 1, 1, 7},
    {"x += f() = 1", DIAGNOSTIC_SYNTAX_ERROR, "invalid syntax", 1, 10, 1, 11},
    {"f() += 1", DIAGNOSTIC_SYNTAX_ERROR, "'function call' is an illegal expression for augmented assignment", 1, 1, 1, 4},
    {"(a, b): int", DIAGNOSTIC_SYNTAX_ERROR, "only single target (not tuple) can be annotated", 1, 1, 1, 7},
    {"[a]: int", DIAGNOSTIC_SYNTAX_ERROR, "only single target (not list) can be annotated", 1, 1, 1, 4},
    {"f(): int", DIAGNOSTIC_SYNTAX_ERROR, "illegal target for annotation", 1, 1, 1, 4},
    {"(yield) = 1", DIAGNOSTIC_SYNTAX_ERROR, "cannot assign to yield expression here. Maybe you meant '==' instead of '='?", 1, 2, 1, 7},
    {"if x = 3: pass", DIAGNOSTIC_SYNTAX_ERROR, "invalid syntax. Maybe you meant '==' or ':=' instead of '='?", 1, 4, 1, 9},
    {"if x.y = 3: pass", DIAGNOSTIC_SYNTAX_ERROR, "cannot assign to attribute here. Maybe you meant '==' instead of '='?", 1, 4, 1, 7},
    {"print 1", DIAGNOSTIC_SYNTAX_ERROR, "Missing parentheses in call to 'print'. Did you mean print(...)?", 1, 1, 1, 8},
    {"exec \"a\"", DIAGNOSTIC_SYNTAX_ERROR, "Missing parentheses in call to 'exec'. Did you mean exec(...)?", 1, 1, 1, 9},
    {"del f()", DIAGNOSTIC_SYNTAX_ERROR, "cannot delete function call", 1, 5, 1, 8},
    {"del (a, b + 1)", DIAGNOSTIC_SYNTAX_ERROR, "cannot delete expression", 1, 9, 1, 14},
    {"from a import b,", DIAGNOSTIC_SYNTAX_ERROR, "trailing comma not allowed without surrounding parentheses", 1, 17, 1, 17},
    {"def f(a=1, b): pass", DIAGNOSTIC_SYNTAX_ERROR, "non-default argument follows default argument", 1, 12, 1, 13},
    {"def f(*): pass", DIAGNOSTIC_SYNTAX_ERROR, "named arguments must follow bare *", 1, 7, 1, 8},
    {"def f(*, **k): pass", DIAGNOSTIC_SYNTAX_ERROR, "named arguments must follow bare *", 1, 7, 1, 8},
    {"def f(a, a): pass", DIAGNOSTIC_SYNTAX_ERROR, "duplicate argument 'a' in function definition", 1, 10, 1, 11},
    {"def f(**k, a): pass", DIAGNOSTIC_SYNTAX_ERROR, "arguments cannot follow var-keyword argument", 1, 12, 1, 13},
    {"def f(a, /, b, /): pass", DIAGNOSTIC_SYNTAX_ERROR, "/ may appear only once", 1, 16, 1, 17},
    {"def f(/): pass", DIAGNOSTIC_SYNTAX_ERROR, "invalid syntax", 1, 7, 1, 8},
    {"def f((a)): pass", DIAGNOSTIC_SYNTAX_ERROR, "Function parameters cannot be parenthesized", 1, 7, 1, 10},
    {"def f(a=): pass", DIAGNOSTIC_SYNTAX_ERROR, "expected default value expression", 1, 8, 1, 9},
    {"lambda *: 1", DIAGNOSTIC_SYNTAX_ERROR, "named arguments must follow bare *", 1, 9, 1, 10},
    {"lambda a=1, b: 1", DIAGNOSTIC_SYNTAX_ERROR, "non-default argument follows default argument", 1, 13, 1, 14},
    {"x = 'abc", DIAGNOSTIC_SYNTAX_ERROR, "unterminated string literal (detected at line 1)", 1, 5, 1, 5},
    {"x = \"\"\"abc", DIAGNOSTIC_SYNTAX_ERROR, "unterminated triple-quoted string literal (detected at line 1)", 1, 5, 1, 5},
    {"x = 1_", DIAGNOSTIC_SYNTAX_ERROR, "invalid decimal literal", 1, 6, 1, 6},
    {"x = 0777", DIAGNOSTIC_SYNTAX_ERROR, "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers", 1, 5, 1, 6},
    {"x = 0b12", DIAGNOSTIC_SYNTAX_ERROR, "invalid digit '2' in binary literal", 1, 8, 1, 8},
    {"x = 0xg", DIAGNOSTIC_SYNTAX_ERROR, "invalid hexadecimal literal", 1, 6, 1, 6},
    {"x = 1abc", DIAGNOSTIC_SYNTAX_ERROR, "invalid decimal literal", 1, 5, 1, 5},
    {"x = 5 $ 6", DIAGNOSTIC_SYNTAX_ERROR, "invalid syntax", 1, 7, 1, 8},
    {"x = a\302\240b", DIAGNOSTIC_SYNTAX_ERROR, "invalid non-printable character U+00A0", 1, 6, 1, 6},
    {"x = \342\202\254", DIAGNOSTIC_SYNTAX_ERROR, "invalid character '\342\202\254' (U+20AC)", 1, 5, 1, 5},
    {"x \\ y", DIAGNOSTIC_SYNTAX_ERROR, "unexpected character after line continuation character", 1, 4, 1, 0},
    {"'\\x1'", DIAGNOSTIC_SYNTAX_ERROR, "(unicode error) 'unicodeescape' codec can't decode bytes in position 0-2: truncated \\xXX escape", 1, 6, 1, 6},
    {"'\\N{no such name}'", DIAGNOSTIC_SYNTAX_ERROR, "(unicode error) 'unicodeescape' codec can't decode bytes in position 0-15: unknown Unicode character name", 1, 19, 1, 19},
    {"b'\\x1'", DIAGNOSTIC_SYNTAX_ERROR, "(value error) invalid \\x escape at position 0", 1, 7, 1, 7},
    {"b'\303\251'", DIAGNOSTIC_SYNTAX_ERROR, "bytes can only contain ASCII literal characters", 1, 5, 1, 5},
    {"'a' b'b'", DIAGNOSTIC_SYNTAX_ERROR, "cannot mix bytes and nonbytes literals", 1, 9, 1, 9},
    {"f'{}'", DIAGNOSTIC_SYNTAX_ERROR, "f-string: empty expression not allowed", 1, 6, 1, 6},
    {"f'{a'", DIAGNOSTIC_SYNTAX_ERROR, "f-string: expecting '}'", 1, 6, 1, 6},
    {"f'}'", DIAGNOSTIC_SYNTAX_ERROR, "f-string: single '}' is not allowed", 1, 5, 1, 5},
    {"f'{a!x}'", DIAGNOSTIC_SYNTAX_ERROR, "f-string: invalid conversion character: expected 's', 'r', or 'a'", 1, 9, 1, 9},
    {"f'{a b}'", DIAGNOSTIC_SYNTAX_ERROR, "f-string: invalid syntax. Perhaps you forgot a comma?", 1, 2, 1, 5},
    {"f'{a\\b}'", DIAGNOSTIC_SYNTAX_ERROR, "f-string expression part cannot include a backslash", 1, 9, 1, 9},
    {"f'{#}'", DIAGNOSTIC_SYNTAX_ERROR, "f-string expression part cannot include '#'", 1, 7, 1, 7},
    {"{1: 2, 3}", DIAGNOSTIC_SYNTAX_ERROR, "':' expected after dictionary key", 1, 8, 1, 0},
    {"{1:}", DIAGNOSTIC_SYNTAX_ERROR, "expression expected after dictionary key and ':'", 1, 3, 1, 4},
    {"{1: *a}", DIAGNOSTIC_SYNTAX_ERROR, "cannot use a starred expression in a dictionary value", 1, 5, 1, 7},
    {"{**a for a in b}", DIAGNOSTIC_SYNTAX_ERROR, "dict unpacking cannot be used in dict comprehension", 1, 2, 1, 4},
    {"[*a for a in b]", DIAGNOSTIC_SYNTAX_ERROR, "iterable unpacking cannot be used in comprehension", 1, 2, 1, 4},
    {"[a, b for a, b in c]", DIAGNOSTIC_SYNTAX_ERROR, "did you forget parentheses around the comprehension target?", 1, 2, 1, 6},
    {"(*a)", DIAGNOSTIC_SYNTAX_ERROR, "cannot use starred expression here", 1, 2, 1, 4},
    {"(**a)", DIAGNOSTIC_SYNTAX_ERROR, "cannot use double starred expression here", 1, 2, 1, 4},
    {"x = a if b", DIAGNOSTIC_SYNTAX_ERROR, "expected 'else' after 'if' expression", 1, 5, 1, 11},
    {"(a := 1) = 2", DIAGNOSTIC_SYNTAX_ERROR, "cannot assign to named expression here. Maybe you meant '==' instead of '='?", 1, 2, 1, 8},
    {"a.b := 1", DIAGNOSTIC_SYNTAX_ERROR, "cannot use assignment expressions with attribute", 1, 1, 1, 4},
    {"a not b", DIAGNOSTIC_SYNTAX_ERROR, "invalid syntax", 1, 7, 1, 8},
    {"import a.b as c.d", DIAGNOSTIC_SYNTAX_ERROR, "invalid syntax", 1, 16, 1, 17},
    {"match x\n  case 1: pass", DIAGNOSTIC_SYNTAX_ERROR, "expected ':'", 1, 8, 1, 8},
    {"match x:\n  case 1\n    pass", DIAGNOSTIC_SYNTAX_ERROR, "expected ':'", 2, 9, 2, 9},
    {"match x:\n  case A(a=1, 2): pass", DIAGNOSTIC_SYNTAX_ERROR, "positional patterns follow keyword patterns", 2, 15, 2, 16},
    {"match x:\n  case 1 as _: pass", DIAGNOSTIC_SYNTAX_ERROR, "cannot use '_' as a target", 2, 13, 2, 14},
    {"match x:\ncase 1: pass", DIAGNOSTIC_INDENTATION_ERROR, "expected an indented block after 'match' statement on line 1", 2, 1, 2, 5},
    {")", DIAGNOSTIC_SYNTAX_ERROR, "unmatched ')'", 1, 1, 1, 1},
    {"[a, b", DIAGNOSTIC_SYNTAX_ERROR, "'[' was never closed", 1, 1, 1, 0},
    {"x = {", DIAGNOSTIC_SYNTAX_ERROR, "'{' was never closed", 1, 5, 1, 0},
    {"a b", DIAGNOSTIC_SYNTAX_ERROR, "invalid syntax", 1, 3, 1, 4},
    {"<>", DIAGNOSTIC_SYNTAX_ERROR, "invalid syntax", 1, 1, 1, 3},
    {"else: x", DIAGNOSTIC_SYNTAX_ERROR, "invalid syntax", 1, 1, 1, 5},
    {"async x", DIAGNOSTIC_SYNTAX_ERROR, "invalid syntax", 1, 7, 1, 8},
    {"def f():\n  global x, y\n  nonlocal x", DIAGNOSTIC_SYNTAX_ERROR, "name 'x' is nonlocal and global", 2, 3, 2, 14},
    {"def f(a):\n  global a", DIAGNOSTIC_SYNTAX_ERROR, "name 'a' is parameter and global", 2, 3, 2, 11},
    {"def f():\n  x\n  global x", DIAGNOSTIC_SYNTAX_ERROR, "name 'x' is used prior to global declaration", 3, 3, 3, 11},
    {"def f():\n  x = 1\n  global x", DIAGNOSTIC_SYNTAX_ERROR, "name 'x' is assigned to before global declaration", 3, 3, 3, 11},
    {"def f():\n  nonlocal x", DIAGNOSTIC_SYNTAX_ERROR, "no binding for nonlocal 'x' found", 2, 3, 2, 13},
    {"nonlocal x", DIAGNOSTIC_SYNTAX_ERROR, "nonlocal declaration not allowed at module level", 1, 1, 1, 11},
    {"[x := 1 for x in y]", DIAGNOSTIC_SYNTAX_ERROR, "assignment expression cannot rebind comprehension iteration variable 'x'", 1, 2, 1, 3},
    {"[y for x in (z := 1)]", DIAGNOSTIC_SYNTAX_ERROR, "assignment expression cannot be used in a comprehension iterable expression", 1, 14, 1, 20},
    {"class A: [x := 1 for y in z]", DIAGNOSTIC_SYNTAX_ERROR, "assignment expression within a comprehension cannot be used in a class body", 1, 11, 1, 12},
    {"[(yield) for a in b]", DIAGNOSTIC_SYNTAX_ERROR, "'yield' inside list comprehension", 1, 3, 1, 8},
    {"def f():\n  from a import *", DIAGNOSTIC_SYNTAX_ERROR, "import * only allowed at module level", 2, 17, 2, 18},
    {"from __future__ import nonsense", DIAGNOSTIC_SYNTAX_ERROR, "future feature nonsense is not defined", 1, 1, 1,
     DIAGNOSTIC_NO_OFFSET},
    {"from __future__ import braces", DIAGNOSTIC_SYNTAX_ERROR, "not a chance", 1, 1, 1, DIAGNOSTIC_NO_OFFSET},
    {"x = 1\nfrom __future__ import division", DIAGNOSTIC_SYNTAX_ERROR, "from __future__ imports must occur at the beginning of the file", 2, 1, 2, 32},
};
/* clang-format on */

Test(grammar_errors, as_recorded_from_cpython)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const Row *row = &rows[i];
        Bump bump;
        Diagnostic diagnostic;
        Node *tree;
        SymbolTable *table;
        bump_init(&bump);
        ParseStatus status = parse_source(row->source, (int64_t)strlen(row->source), "<x>",
                                          PARSE_FILE, PARSE_IS_STR, &bump, &diagnostic, &tree);
        if (status == PARSE_OK)
            status = symtable_build(tree, 0, &bump, &diagnostic, &table);
        cr_expect_eq(status, PARSE_ERROR, "accepted: %s", row->source);
        cr_expect_eq(diagnostic.kind, row->kind, "kind of: %s", row->source);
        if (diagnostic.message != NULL)
            cr_expect_str_eq(diagnostic.message, row->message, "\"%s\" for: %s", diagnostic.message,
                             row->source);
        cr_expect(diagnostic.line == row->line && diagnostic.offset == row->offset &&
                      diagnostic.end_line == row->end_line &&
                      diagnostic.end_offset == row->end_offset,
                  "place %d:%d-%d:%d of: %s", (int)diagnostic.line, (int)diagnostic.offset,
                  (int)diagnostic.end_line, (int)diagnostic.end_offset, row->source);
        bump_free(&bump);
    }
}

static ParseStatus parse(const char *text, int64_t length, ParseMode mode, unsigned flags,
                         Diagnostic *diagnostic, Bump *bump)
{
    Node *tree;
    bump_init(bump);
    return parse_source(text, length, "x.py", mode, flags, bump, diagnostic, &tree);
}

Test(grammar_errors, null_bytes_and_encodings)
{
    Bump bump;
    Diagnostic diagnostic;
    cr_expect_eq(parse("a\0b", 3, PARSE_FILE, 0, &diagnostic, &bump), PARSE_ERROR);
    cr_expect_eq(diagnostic.kind, DIAGNOSTIC_VALUE_ERROR);
    bump_free(&bump);
    static const char bad[] = "x = 1\ny = '\xff'\n";
    cr_expect_eq(parse(bad, sizeof bad - 1, PARSE_FILE, 0, &diagnostic, &bump), PARSE_ERROR);
    cr_expect_str_eq(diagnostic.message,
                     "Non-UTF-8 code starting with '\\xff' in file x.py on line 2, but no encoding "
                     "declared; see https://peps.python.org/pep-0263/ for details");
    bump_free(&bump);
    static const char unknown[] = "# coding: nonsense\n";
    cr_expect_eq(parse(unknown, sizeof unknown - 1, PARSE_FILE, 0, &diagnostic, &bump),
                 PARSE_ERROR);
    cr_expect_str_eq(diagnostic.message, "unknown encoding: nonsense");
    bump_free(&bump);
    static const char latin[] = "# -*- coding: latin-1 -*-\nx = '\xe9'\n";
    cr_expect_eq(parse(latin, sizeof latin - 1, PARSE_FILE, 0, &diagnostic, &bump), PARSE_OK);
    bump_free(&bump);
}

Test(grammar_errors, incomplete_input)
{
    static const struct {
        const char *text;
        ParseStatus status;
    } inputs[] = {
        {"x = 1\n", PARSE_OK},
        {"if x:\n", PARSE_INCOMPLETE},
        {"if x:\n  y", PARSE_INCOMPLETE},
        {"if x:\n  y\n\n", PARSE_OK},
        {"x = (1,\n", PARSE_INCOMPLETE},
        {"'''a\n", PARSE_INCOMPLETE},
        {"x = \\\n", PARSE_INCOMPLETE},
        {"@d\n", PARSE_INCOMPLETE},
        {"try:\n  x\n", PARSE_INCOMPLETE},
        {"match x:\n", PARSE_INCOMPLETE},
        {"a b\n", PARSE_ERROR},
        {"'abc\n", PARSE_ERROR},
        {"x = )\n", PARSE_ERROR},
        {"x = 1\ny = 2\n", PARSE_ERROR},
    };
    for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++) {
        Bump bump;
        Diagnostic diagnostic;
        ParseStatus status = parse(inputs[i].text, (int64_t)strlen(inputs[i].text), PARSE_SINGLE,
                                   PARSE_IS_STR | PARSE_DONT_IMPLY_DEDENT | PARSE_ALLOW_INCOMPLETE,
                                   &diagnostic, &bump);
        cr_expect_eq(status, inputs[i].status, "status %d of: %s", (int)status, inputs[i].text);
        bump_free(&bump);
    }
}

Test(grammar_errors, warnings)
{
    Bump bump;
    Diagnostic diagnostic;
    static const char text[] = "x = '\\d'\ny = 1if z else 2\n";
    cr_assert_eq(parse(text, sizeof text - 1, PARSE_FILE, 0, &diagnostic, &bump), PARSE_OK);
    bool escape = false, literal = false;
    for (const Warning *warning = diagnostic.warnings; warning != NULL; warning = warning->next) {
        escape = escape || (warning->line == 1 &&
                            strcmp(warning->message, "invalid escape sequence '\\d'") == 0);
        literal = literal ||
                  (warning->line == 2 && strcmp(warning->message, "invalid decimal literal") == 0);
    }
    cr_expect(escape);
    cr_expect(literal);
    bump_free(&bump);
}
