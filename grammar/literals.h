#ifndef OURO_GRAMMAR_LITERALS_H
#define OURO_GRAMMAR_LITERALS_H

/*
 * What string literals and f-strings share.
 */

#include <stdbool.h>
#include <stdint.h>

#include "grammar/build.h"

/* Decoded bytes, growing in the parser's Bump. */
typedef struct LiteralBuffer {
    char *bytes;
    int64_t length;
    int64_t capacity;
} LiteralBuffer;

/* A string token taken apart; `start` to `end` lies between its quotes. */
typedef struct StringToken {
    const Token *token;
    const char *start;
    const char *end;
    bool is_bytes;
    bool is_raw;
    bool is_format;
    bool has_u;
} StringToken;

StringToken literal_open(const Parser *parser, const Token *token);
/* Appends; returns 0 when memory is out.  A NUL always follows the bytes. */
int literal_add(Parser *parser, LiteralBuffer *buffer, const char *text, int64_t length);
/* Appends the str that start..end spells; returns 0 on error. */
int literal_decode(Parser *parser, const Token *token, const char *start, const char *end, bool raw,
                   LiteralBuffer *out);
/* Warns of a meaningless escape; `escape` points behind its backslash. */
int literal_warn_escape(Parser *parser, const Token *token, const char *escape);

/* fstring.c: a JoinedStr (or Constant) of tokens of which one at least is an f-string. */
Node *fstring_build(Parser *parser, Place place, Sequence *tokens);

/* parse.c: parses the expression of a replacement field.  `text` (NUL-terminated) is the
 * expression in parentheses; its first character gets `line` and `column`. */
Node *parse_fstring_expression(Parser *parser, const char *text, int64_t length, int32_t line,
                               int32_t column);

#endif
