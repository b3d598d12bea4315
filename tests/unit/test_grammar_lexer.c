/* grammar/tokens.h (lexer.re, tokenize.c), grammar/text.h, grammar/name_pool.h */

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "generated/grammar/parser.h"
#include "grammar/text.h"
#include "grammar/tokens.h"

static Bump bump;
static NameTable names;
static Diagnostic diagnostic;
static Lexer lexer;

static void tokenize(const char *source)
{
    bump_init(&bump);
    cr_assert(name_pool_begin(&names, &bump));
    diagnostic_init(&diagnostic, &bump, "<x>");
    diagnostic.source = source;
    diagnostic.source_length = (int64_t)strlen(source);
    lexer_init(&lexer, source, diagnostic.source_length, PARSE_FILE, &bump, &names, &diagnostic);
    cr_assert(tokenize_source(&lexer));
}

/* The kinds of the tokens, with spaces between. */
static void check_kinds(const char *source, const char *expected)
{
    char kinds[1024] = "";
    size_t length = 0;
    tokenize(source);
    for (int64_t i = 0; i < lexer.count && length < sizeof kinds; i++)
        length += (size_t)snprintf(kinds + length, sizeof kinds - length, "%s%s", i > 0 ? " " : "",
                                   token_kind_name(lexer.tokens[i].kind));
    cr_expect_str_eq(kinds, expected, "%s: %s", source, kinds);
    bump_free(&bump);
}

Test(grammar_lexer, operators_take_the_longest)
{
    check_kinds("a**=b//c->d:=e...f<>g\n", "NAME DOUBLESTAREQUAL NAME DOUBLESLASH NAME RARROW NAME "
                                           "COLONEQUAL NAME ELLIPSIS NAME LESSGREATER NAME NEWLINE "
                                           "END");
}

Test(grammar_lexer, indentation)
{
    check_kinds("if a:\n  b\n\n  # c\n  if d:\n     e\nf\n",
                "IF NAME COLON NEWLINE INDENT NAME NEWLINE IF NAME COLON NEWLINE INDENT NAME "
                "NEWLINE DEDENT DEDENT NAME NEWLINE END");
    check_kinds("(a,\n  b)\nc = \\\n  d\n",
                "LPAR NAME COMMA NAME RPAR NEWLINE NAME EQUAL NAME NEWLINE END");
    check_kinds("if a:\n\tb\n        c\n", "IF NAME COLON NEWLINE INDENT NAME NEWLINE ERROR");
}

Test(grammar_lexer, strings_and_numbers)
{
    check_kinds("'a\\'b' \"\"\"c\n\"\"d\"\"\" rb'' Rf'' u''\n",
                "STRING STRING STRING STRING STRING NEWLINE END");
    check_kinds("0xf_f 0o17 0b1 1_0 1. .5 1e5 1.5E-3 2j 00\n",
                "NUMBER NUMBER NUMBER NUMBER NUMBER NUMBER NUMBER NUMBER NUMBER NUMBER NEWLINE "
                "END");
}

Test(grammar_lexer, soft_keywords_and_with_brackets)
{
    check_kinds("match x:\n case y: pass\n",
                "MATCH NAME COLON NEWLINE INDENT CASE NAME COLON PASS NEWLINE DEDENT END");
    check_kinds("match(x)\ncase = 1\n",
                "NAME LPAR NAME RPAR NEWLINE NAME EQUAL NUMBER NEWLINE END");
    check_kinds("with (a, b): c\n", "WITH WITH_LPAR NAME COMMA NAME RPAR COLON NAME NEWLINE END");
    check_kinds("with (a, b).c: d\n",
                "WITH LPAR NAME COMMA NAME RPAR DOT NAME COLON NAME NEWLINE END");
}

Test(grammar_lexer, places)
{
    tokenize("x = '''a\nb''' + y\n");
    const Token *string = &lexer.tokens[2];
    cr_expect_eq(string->place.line, 1);
    cr_expect_eq(string->place.column, 4);
    cr_expect_eq(string->place.end_line, 2);
    cr_expect_eq(string->place.end_column, 4);
    cr_expect_eq(lexer.tokens[4].place.line, 2);
    cr_expect_eq(lexer.tokens[4].place.column, 7);
    bump_free(&bump);
}

Test(grammar_lexer, names_are_interned)
{
    tokenize("abc abd abc\n");
    cr_expect_eq(lexer.tokens[0].name, lexer.tokens[2].name);
    cr_expect_neq(lexer.tokens[0].name, lexer.tokens[1].name);
    for (int i = 0; i < 5000; i++) {
        char text[16];
        int length = snprintf(text, sizeof text, "n%d", i);
        const char *name = name_pool_intern(&names, text, length);
        cr_assert_str_eq(name, text);
        cr_assert_eq(name_pool_intern(&names, text, length), name);
    }
    cr_expect_eq(name_pool_intern(&names, "abc", 3), lexer.tokens[0].name);
    bump_free(&bump);
}

Test(grammar_text, code_points_and_lines)
{
    static const char text[] = "a\xc3\xa9\n\xf0\x9f\x98\x80z\n";
    int64_t length;
    const char *line = text_line(text, sizeof text - 1, 2, &length);
    cr_assert_not_null(line);
    cr_expect_eq(length, 5);
    cr_expect_eq(text_code_points(line, length), 2);
    cr_expect_eq(text_byte_offset(line, length, 1), 4);
    cr_expect_null(text_line(text, sizeof text - 1, 9, &length));
}

Test(grammar_text, coding_is_reversible)
{
    for (uint32_t point = 1; point < 0x110000; point += 37) {
        char bytes[4];
        int size = text_encode(point, bytes);
        const char *at = bytes;
        cr_assert_eq(text_decode(&at), point);
        cr_assert_eq(at - bytes, size);
        bool is_surrogate = point >= 0xd800 && point <= 0xdfff;
        cr_assert_eq(text_valid_utf8(bytes, size, false), is_surrogate ? 0 : size);
        cr_assert_eq(text_valid_utf8(bytes, size, true), size);
    }
    cr_expect_eq(text_valid_utf8("\xc0\x80", 2, true), 0);
    cr_expect_eq(text_valid_utf8("\xf4\x90\x80\x80", 4, true), 0);
    cr_expect_eq(text_valid_utf8("a\xe2\x82", 3, true), 1);
}
