#ifndef OURO_GRAMMAR_EXPLAIN_WORDS_H
#define OURO_GRAMMAR_EXPLAIN_WORDS_H

/*
 * Between explain.c, which recognises mistakes, and explain_words.c, which words them.
 */

#include <stdbool.h>
#include <stdint.h>

#include "grammar/build.h"

/* What an expression is, as far as messages tell kinds apart. */
#define SHAPES(SHAPE)                                                                              \
    SHAPE(PARTS, "parts", "")                                                                      \
    SHAPE(NAME, "name", "name")                                                                    \
    SHAPE(ATTRIBUTE, "attribute", "attribute")                                                     \
    SHAPE(SUBSCRIPT, "subscript", "subscript")                                                     \
    SHAPE(STARRED, "starred", "starred")                                                           \
    SHAPE(LIST, "list", "list")                                                                    \
    SHAPE(TUPLE, "tuple", "tuple")                                                                 \
    SHAPE(LAMBDA, "lambda", "lambda")                                                              \
    SHAPE(CALL, "call", "function call")                                                           \
    SHAPE(EXPRESSION, "expression", "expression")                                                  \
    SHAPE(GENEXP, "genexp", "generator expression")                                                \
    SHAPE(YIELD, "yield", "yield expression")                                                      \
    SHAPE(AWAIT, "await", "await expression")                                                      \
    SHAPE(LISTCOMP, "listcomp", "list comprehension")                                              \
    SHAPE(SETCOMP, "setcomp", "set comprehension")                                                 \
    SHAPE(DICTCOMP, "dictcomp", "dict comprehension")                                              \
    SHAPE(DICT, "dict", "dict literal")                                                            \
    SHAPE(SET, "set", "set display")                                                               \
    SHAPE(STRING, "string", "literal")                                                             \
    SHAPE(FSTRING, "fstring", "f-string expression")                                               \
    SHAPE(LITERAL, "literal", "literal")                                                           \
    SHAPE(TRUE, "true", "True")                                                                    \
    SHAPE(FALSE, "false", "False")                                                                 \
    SHAPE(NONE, "none", "None")                                                                    \
    SHAPE(ELLIPSIS, "ellipsis", "ellipsis")                                                        \
    SHAPE(COMPARISON, "comparison", "comparison")                                                  \
    SHAPE(IN, "in", "comparison")                                                                  \
    SHAPE(CONDITIONAL, "conditional", "conditional expression")                                    \
    SHAPE(NAMED, "named", "named expression")                                                      \
    SHAPE(KEYWORD, "keyword", "keyword")                                                           \
    SHAPE(MAPPING, "mapping", "mapping")

typedef enum ShapeKind {
#define SHAPE(KIND, name, words) SHAPE_##KIND,
    SHAPES(SHAPE)
#undef SHAPE
        SHAPE_COUNT
} ShapeKind;

typedef struct Shape Shape;
struct Shape {
    ShapeKind kind;
    int64_t first; /* tokens, the last one included */
    int64_t last;
    Shape **children;
    int64_t count;
};

/* What one part of an alternative matched: tokens `start` up to `end`. */
typedef struct Part {
    int64_t start;
    int64_t end;
    Shape *shape; /* NULL for tokens */
} Part;

/*
 * Reports the mistake called `name`, found as `parts` from token `start` on, `furthest` being the
 * last token that was looked at.  Returns false when it is none after all.
 */
bool explain_report(Parser *parser, const char *name, const Part *parts, int64_t start, int64_t end,
                    int64_t furthest);
/* Reports at a token as CPython's parser does where it knows no better place. */
void explain_at(Parser *parser, DiagnosticKind kind, int64_t token, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* Reports the lexer's error. */
void explain_lexical(Parser *parser);
/* Reports over tokens first..last. */
void explain_over(Parser *parser, int64_t first, int64_t last, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

#endif
