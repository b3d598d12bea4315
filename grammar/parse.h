#ifndef OURO_GRAMMAR_PARSE_H
#define OURO_GRAMMAR_PARSE_H

/*
 * The way in: source text to AST.  No runtime objects are made and none are needed.
 *
 *     Bump bump; Diagnostic diagnostic; Node *tree; SymbolTable *table;
 *     bump_init(&bump);
 *     ParseStatus status = parse_source(text, length, "x.py", PARSE_FILE, 0, &bump, &diagnostic,
 *                                       &tree);
 *     if (status == PARSE_OK)
 *         status = symtable_build(tree, 0, &bump, &diagnostic, &table);
 *     …
 *     bump_free(&bump);
 */

#include <stdint.h>

#include "gc/bump.h"
#include "grammar/ast.h"
#include "grammar/diagnostics.h"

typedef enum ParseMode { PARSE_FILE, PARSE_EVAL, PARSE_SINGLE } ParseMode;

typedef enum ParseStatus {
    PARSE_OK,
    PARSE_ERROR,      /* the diagnostic says what */
    PARSE_INCOMPLETE, /* with PARSE_ALLOW_INCOMPLETE only: more lines could make it valid.  The
                         diagnostic then holds SyntaxError("incomplete input") */
    PARSE_TOO_DEEP,   /* RecursionError("maximum recursion depth exceeded during compilation") */
    PARSE_NO_MEMORY   /* MemoryError; also when the parser's stack would pass its bound */
} ParseStatus;

enum {
    /* The text is a str: already UTF-8, a coding cookie is ignored (CPython's
     * PyCF_IGNORE_COOKIE).  Without it the text is file content: BOM and cookie count. */
    PARSE_IS_STR = 1 << 0,
    /* PyCF_DONT_IMPLY_DEDENT: open blocks are not closed at an end without newline. */
    PARSE_DONT_IMPLY_DEDENT = 1 << 1,
    /* PyCF_ALLOW_INCOMPLETE_INPUT: answer PARSE_INCOMPLETE where it applies. */
    PARSE_ALLOW_INCOMPLETE = 1 << 2
};

/*
 * Parses `length` bytes of `text` (no NUL needed behind them; the text is not kept).
 * `filename` (UTF-8) is copied into the diagnostic.  `diagnostic` is initialised here; its
 * warnings are valid whatever the status.  `*out` is a NODE_MODULE, NODE_EXPRESSION or
 * NODE_INTERACTIVE on PARSE_OK, NULL otherwise.
 */
ParseStatus parse_source(const char *text, int64_t length, const char *filename, ParseMode mode,
                         unsigned flags, Bump *bump, Diagnostic *diagnostic, Node **out);

#endif
