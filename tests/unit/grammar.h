#ifndef OURO_TESTS_UNIT_GRAMMAR_H
#define OURO_TESTS_UNIT_GRAMMAR_H

/* What the tests of grammar/ share: parsing a text, its tree as text, and allocations that fail. */

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "gc/mem.h"
#include "grammar/dump.h"
#include "grammar/parse.h"
#include "grammar/symtable.h"

typedef struct Parsed {
    Bump bump;
    Diagnostic diagnostic;
    Node *tree;
    ParseStatus status;
} Parsed;

static inline void parse_into(Parsed *parsed, const char *text, ParseMode mode)
{
    bump_init(&parsed->bump);
    parsed->tree = NULL;
    parsed->status = parse_source(text, (int64_t)strlen(text), "<x>", mode, PARSE_IS_STR,
                                  &parsed->bump, &parsed->diagnostic, &parsed->tree);
}

static inline void parsed_free(Parsed *parsed)
{
    bump_free(&parsed->bump);
}

/* The dump of the text's tree without places and white space. */
static inline void tree_text(const char *text, ParseMode mode, char *out, size_t size)
{
    Parsed parsed;
    parse_into(&parsed, text, mode);
    cr_assert_eq(parsed.status, PARSE_OK, "%s: %s", text, parsed.diagnostic.message);
    DumpText dump = {0};
    dump_tree(&dump, parsed.tree, DUMP_TEXT);
    cr_assert_not(dump.failed);
    size_t length = 0;
    for (int64_t i = 0; i < dump.length; i++) {
        if (dump.bytes[i] == '@') {
            while (i + 1 < dump.length && strchr("0123456789:-", dump.bytes[i + 1]) != NULL)
                i++;
        } else if (strchr(" \n", dump.bytes[i]) == NULL) {
            cr_assert_lt(length + 1, size);
            out[length++] = dump.bytes[i];
        }
    }
    out[length] = '\0';
    dump_free(&dump);
    parsed_free(&parsed);
}

/* The expression is this tree. */
static inline void expect_tree(const char *expression, const char *expected)
{
    char out[4000], wanted[4000];
    tree_text(expression, PARSE_EVAL, out, sizeof out);
    snprintf(wanted, sizeof wanted, "Expression(body=%s)", expected);
    cr_expect_str_eq(out, wanted, "%s: %s, not %s", expression, out, wanted);
}

/* A text that is no Python, and why. */
static inline void expect_syntax_error(const char *text, const char *message)
{
    Parsed parsed;
    SymbolTable *table;
    parse_into(&parsed, text, PARSE_FILE);
    if (parsed.status == PARSE_OK)
        parsed.status = symtable_build(parsed.tree, 0, &parsed.bump, &parsed.diagnostic, &table);
    cr_expect_eq(parsed.status, PARSE_ERROR, "%s", text);
    cr_expect_str_eq(parsed.diagnostic.message == NULL ? "" : parsed.diagnostic.message, message,
                     "%s: %s", text, parsed.diagnostic.message);
    parsed_free(&parsed);
}

#endif
