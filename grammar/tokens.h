#ifndef OURO_GRAMMAR_TOKENS_H
#define OURO_GRAMMAR_TOKENS_H

/*
 * Tokens and the lexer that makes them.  A whole source is tokenised before it is parsed: the
 * error pass needs the tokens again, and soft keywords need a look ahead.
 *
 * Token kinds are Bison's TOK_… (generated/grammar/parser.h).
 */

#include <stdbool.h>
#include <stdint.h>

#include "gc/bump.h"
#include "grammar/ast.h"
#include "grammar/diagnostics.h"
#include "grammar/name_pool.h"
#include "grammar/parse.h"

typedef struct Token {
    int16_t kind;
    bool is_implied; /* NEWLINE that stands for the end of the text */
    /* Bytes of the source.  INDENT and DEDENT have start == end == where the lexer stood;
     * `place.column` is then -1, as in CPython. */
    int32_t start;
    int32_t end;
    Place place;
    const char *name; /* of a NAME: interned, normalised */
} Token;

enum { LEXER_MAX_INDENTS = 100, LEXER_MAX_BRACKETS = 200 };

typedef struct Bracket {
    char open;
    int32_t line;
    int32_t column;
} Bracket;

typedef struct Lexer {
    const char *source; /* valid UTF-8, LF newlines, NUL at `limit` */
    const char *limit;
    const char *cursor;
    const char *start;            /* of the current token */
    const char *line_start;       /* of the current line */
    const char *token_line_start; /* of the line in which the current token starts */
    int32_t line;
    int32_t token_line;
    int depth; /* open brackets */
    Bracket brackets[LEXER_MAX_BRACKETS];
    int indent_count; /* of the indents below; the first is 0 */
    int32_t indents[LEXER_MAX_INDENTS];
    int32_t alt_indents[LEXER_MAX_INDENTS]; /* the same with tabs of one column */
    bool at_line_start;
    bool hit_end;   /* the error is that the text ends: more of it could help */
    bool is_worded; /* the error was found in a token: it comes before "invalid syntax" errors */
    ParseMode mode;
    bool is_fstring; /* an f-string's expression */
    bool imply_dedent;
    Bump *bump;
    NameTable *names;
    Diagnostic *diagnostic; /* of the lexer alone: its error is raised when the parser gets there */
    Token *tokens;
    int64_t count;
    int64_t capacity;
} Lexer;

/* Prepares for `length` bytes of `source`. */
void lexer_init(Lexer *lexer, const char *source, int64_t length, ParseMode mode, Bump *bump,
                NameTable *names, Diagnostic *diagnostic);
/*
 * Tokenises everything into lexer->tokens; the last is END, or ERROR with the diagnostic set.
 * Retags soft keywords and the "(" of parenthesised with-items.  Returns 0 when memory is out.
 */
int tokenize_source(Lexer *lexer);
/*
 * The re2c scanner (lexer.re): skips blanks, comments and joined lines, then sets start and
 * cursor around one token.  Returns its kind, TOK_NEWLINE also for a line that was blank, or
 * TOK_ERROR with the diagnostic set.
 */
int lexer_scan(Lexer *lexer);
/* Records an error as CPython's tokenizer does: the column is where the cursor stands. */
int lexer_error(Lexer *lexer, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Checks what follows a number, or diagnoses one that is none; a token kind. */
int lexer_number(Lexer *lexer, int base);
/* A backslash that joins no lines; `at_end`: because the text ends. */
int lexer_bad_continuation(Lexer *lexer, bool at_end);
int lexer_bad_string(Lexer *lexer, const char *quote);
int lexer_identifier(Lexer *lexer);
int lexer_open_bracket(Lexer *lexer, int kind);
int lexer_close_bracket(Lexer *lexer, int kind);
/* Name of a kind ("NAME", "PLUS") and the text of a fixed token ("+", "while") or NULL. */
const char *token_kind_name(int kind);
const char *token_kind_text(int kind);

#endif
