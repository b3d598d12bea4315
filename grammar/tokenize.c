/*
 * Source text to an array of tokens: indentation, brackets, numbers and names that the scanner
 * (lexer.re) cannot judge alone, the end of the text, and the words of lexical errors.
 *
 * The rules and the places of errors are those of CPython 3.11's tokenizer, which reports most
 * errors where its reading position stands: lexer_error does the same.
 *
 * Last comes a pass over the tokens for what LALR(1) cannot decide: whether `match` and `case`
 * are keywords, and whether the bracket after `with` encloses its items.
 */

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <unictype.h>
#include <uninorm.h>

#include "gc/mem.h"
#include "generated/grammar/parser.h"
#include "grammar/text.h"
#include "grammar/tokens.h"

void lexer_init(Lexer *lexer, const char *source, int64_t length, ParseMode mode, Bump *bump,
                NameTable *names, Diagnostic *diagnostic)
{
    *lexer = (Lexer){.source = source, .limit = source + length, .cursor = source, .mode = mode};
    lexer->line_start = source;
    lexer->line = 1;
    lexer->indent_count = 1;
    lexer->at_line_start = true;
    lexer->imply_dedent = true;
    lexer->bump = bump;
    lexer->names = names;
    lexer->diagnostic = diagnostic;
}

/* --- Errors --- */

static int error_span(Lexer *lexer, int64_t offset, int64_t end_offset, const char *format,
                      va_list arguments)
{
    DiagnosticSpan span = {.line = lexer->line,
                           .offset = offset,
                           .end_line = lexer->line,
                           .end_offset = end_offset,
                           .bare_text = true};
    diagnostic_set_raw(lexer->diagnostic, DIAGNOSTIC_SYNTAX_ERROR, span, format, arguments);
    lexer->is_worded = true;
    return TOK_ERROR;
}

int lexer_error(Lexer *lexer, const char *format, ...)
{
    int64_t offset = text_code_points(lexer->line_start, lexer->cursor - lexer->line_start);
    va_list arguments;
    va_start(arguments, format);
    error_span(lexer, offset, offset, format, arguments);
    va_end(arguments);
    return TOK_ERROR;
}

static int error_range(Lexer *lexer, int64_t offset, int64_t end_offset, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    error_span(lexer, offset, end_offset, format, arguments);
    va_end(arguments);
    return TOK_ERROR;
}

/* Errors about a line as a whole; CPython gives them odd columns, kept here. */
static int line_error(Lexer *lexer, DiagnosticKind kind, int64_t offset, int64_t end_offset,
                      const char *message)
{
    DiagnosticSpan span = {
        .line = lexer->line, .offset = offset, .end_line = lexer->line, .end_offset = end_offset};
    diagnostic_set_span(lexer->diagnostic, kind, span, "%s", message);
    return TOK_ERROR;
}

static int64_t rest_of_line(const Lexer *lexer)
{
    const char *end = memchr(lexer->line_start, '\n', (size_t)(lexer->limit - lexer->line_start));
    end = end != NULL ? end + 1 : lexer->limit;
    return text_code_points(lexer->line_start, end - lexer->line_start);
}

static int unclosed_bracket(Lexer *lexer)
{
    const Bracket *bracket = &lexer->brackets[lexer->depth - 1];
    Place place = {.line = bracket->line, .column = bracket->column};
    /* the empty rest behind the last newline is no line */
    lexer->diagnostic->lexed_line = lexer->line - (lexer->line_start >= lexer->limit);
    diagnostic_set(lexer->diagnostic, DIAGNOSTIC_SYNTAX_ERROR, place, "'%c' was never closed",
                   bracket->open);
    lexer->diagnostic->end_line = bracket->line;
    lexer->diagnostic->end_offset = 0;
    lexer->hit_end = true;
    return TOK_ERROR;
}

int lexer_bad_continuation(Lexer *lexer, bool at_end)
{
    if (at_end && lexer->cursor == lexer->limit && lexer->cursor[-1] == '\n') {
        lexer->hit_end = true;
        if (lexer->depth > 0)
            return unclosed_bracket(lexer);
        /* The place is that of the last line, its newline included. */
        lexer->line--;
        lexer->line_start = lexer->limit - 1;
        while (lexer->line_start > lexer->source && lexer->line_start[-1] != '\n')
            lexer->line_start--;
        return line_error(lexer, DIAGNOSTIC_SYNTAX_ERROR, rest_of_line(lexer), -1,
                          "unexpected EOF while parsing");
    }
    const char *after = lexer->cursor;
    if (!at_end)
        text_decode(&after);
    return line_error(lexer, DIAGNOSTIC_SYNTAX_ERROR,
                      text_code_points(lexer->line_start, after - lexer->line_start), 0,
                      "unexpected character after line continuation character");
}

int lexer_bad_string(Lexer *lexer, const char *quote)
{
    bool triple = quote[1] == quote[0] && quote[2] == quote[0];
    /* Find where reading ends: at the limit, or at the newline for a plain string. */
    const char *c = quote + (triple ? 3 : 1);
    int32_t line = lexer->line;
    bool continued = false; /* a backslash comes last, or before the last newline */
    while (c < lexer->limit && (triple || *c != '\n')) {
        continued = *c == '\\' && c + 1 == lexer->limit;
        if (*c == '\\' && c + 1 < lexer->limit) {
            line += c[1] == '\n';
            c += 2;
            continued = c == lexer->limit;
            continue;
        }
        line += *c == '\n';
        c++;
    }
    if (c == lexer->limit) {
        lexer->hit_end = triple || continued;
        line -= c[-1] == '\n';
    }
    lexer->cursor = lexer->start + 1;
    return lexer_error(lexer,
                       triple ? "unterminated triple-quoted string literal (detected at line %d)"
                              : "unterminated string literal (detected at line %d)",
                       (int)line);
}

/* --- Numbers --- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_name_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_' ||
           (unsigned char)c >= 0x80;
}

/* After a complete number: keywords may follow at once ("1if x else y"), with a warning; other
 * letters may not. */
static int end_number(Lexer *lexer, const char *kind)
{
    const char *c = lexer->cursor;
    if (strncmp(c, "and", 3) == 0 || strncmp(c, "else", 4) == 0 || strncmp(c, "for", 3) == 0 ||
        strncmp(c, "if", 2) == 0 || strncmp(c, "in", 2) == 0 || strncmp(c, "is", 2) == 0 ||
        strncmp(c, "or", 2) == 0 || strncmp(c, "not", 3) == 0) {
        int32_t column = (int32_t)(lexer->start - lexer->line_start);
        Place place = {lexer->line, column, lexer->line,
                       (int32_t)(lexer->cursor - lexer->line_start)};
        if (!diagnostic_warn(lexer->diagnostic, WARNING_SYNTAX, place, "invalid %s literal",
                             kind)) {
            lexer->diagnostic->kind = DIAGNOSTIC_MEMORY_ERROR;
            return TOK_ERROR;
        }
        return TOK_NUMBER;
    }
    if (is_name_byte(*c))
        return lexer_error(lexer, "invalid %s literal", kind);
    return TOK_NUMBER;
}

/* Past digits that break the rules of a base, or an underscore without digit. */
static int bad_based_number(Lexer *lexer, const char *kind, bool decimal_digits)
{
    if (*lexer->cursor == '_')
        lexer->cursor++;
    if (decimal_digits && is_digit(*lexer->cursor)) {
        lexer->cursor++;
        return lexer_error(lexer, "invalid digit '%c' in %s literal", lexer->cursor[-1], kind);
    }
    return lexer_error(lexer, "invalid %s literal", kind);
}

/* Zeros, then other digits: no integer, but an exponent may still be meant. */
static int leading_zeros(Lexer *lexer)
{
    const char *tail = lexer->cursor;
    while (is_digit(*tail) || *tail == '_')
        tail++;
    if (*tail == 'e' || *tail == 'E') {
        lexer->cursor = tail;
        return lexer_error(lexer, "invalid decimal literal");
    }
    int64_t start = lexer->start - lexer->line_start;
    int64_t end = lexer->cursor + 1 - lexer->line_start;
    return error_range(lexer, text_code_points(lexer->line_start, start) + 1,
                       text_code_points(lexer->line_start, end),
                       "leading zeros in decimal integer literals are not permitted; use an 0o "
                       "prefix for octal integers");
}

/* `base`: 16, 8, 2, 10 for a decimal integer, 1 for a float, 0 for an imaginary number. */
int lexer_number(Lexer *lexer, int base)
{
    char c = *lexer->cursor;
    if (base == 0)
        return end_number(lexer, "imaginary");
    if (base == 16 || base == 8 || base == 2) {
        const char *kind = base == 16 ? "hexadecimal" : base == 8 ? "octal" : "binary";
        if (c == '_' || (base != 16 && is_digit(c)))
            return bad_based_number(lexer, kind, base != 16);
        return end_number(lexer, kind);
    }
    if (base == 10 && *lexer->start == '0') {
        if (lexer->cursor == lexer->start + 1 && c != '\0' && strchr("xXoObB", c) != NULL) {
            lexer->cursor++;
            bool hexadecimal = c == 'x' || c == 'X';
            const char *kind = hexadecimal            ? "hexadecimal"
                               : c == 'o' || c == 'O' ? "octal"
                                                      : "binary";
            return bad_based_number(lexer, kind, !hexadecimal);
        }
        if (c == '_') {
            lexer->cursor++;
            return is_digit(*lexer->cursor) ? leading_zeros(lexer)
                                            : lexer_error(lexer, "invalid decimal literal");
        }
        if (is_digit(c))
            return leading_zeros(lexer);
    }
    if (c == '_' && lexer->cursor[-1] != '.') {
        lexer->cursor++;
        return lexer_error(lexer, "invalid decimal literal");
    }
    if ((c == 'e' || c == 'E') && (lexer->cursor[1] == '+' || lexer->cursor[1] == '-')) {
        lexer->cursor += 2;
        return lexer_error(lexer, "invalid decimal literal");
    }
    return end_number(lexer, "decimal");
}

/* --- Names --- */

static bool is_printable(ucs4_t c)
{
    return c == ' ' || !uc_is_general_category_withtable(
                           c, UC_CATEGORY_MASK_Cc | UC_CATEGORY_MASK_Cf | UC_CATEGORY_MASK_Cs |
                                  UC_CATEGORY_MASK_Co | UC_CATEGORY_MASK_Cn | UC_CATEGORY_MASK_Zl |
                                  UC_CATEGORY_MASK_Zp | UC_CATEGORY_MASK_Zs);
}

int lexer_identifier(Lexer *lexer)
{
    bool ascii = true;
    for (const char *c = lexer->start; c < lexer->cursor; c++)
        ascii = ascii && (unsigned char)*c < 0x80;
    if (ascii)
        return TOK_NAME;
    const char *end = lexer->cursor;
    for (const char *c = lexer->start; c < end;) {
        bool first = c == lexer->start;
        uint32_t point = text_decode(&c);
        if (point == '_' ||
            (first ? uc_is_property_xid_start(point) : uc_is_property_xid_continue(point)))
            continue;
        lexer->cursor = c;
        if (!is_printable(point))
            return lexer_error(lexer, "invalid non-printable character U+%04X", (unsigned)point);
        char shown[5] = {0};
        text_encode(point, shown);
        return lexer_error(lexer, "invalid character '%s' (U+%04X)", shown, (unsigned)point);
    }
    return TOK_NAME;
}

/* The interned name of the current token, NFKC-normalised as PEP 3131 asks. */
static const char *intern_name(Lexer *lexer)
{
    const char *start = lexer->start;
    int64_t length = lexer->cursor - start;
    bool ascii = true;
    for (int64_t i = 0; i < length; i++)
        ascii = ascii && (unsigned char)start[i] < 0x80;
    if (ascii)
        return name_pool_intern(lexer->names, start, length);
    /* The result is asked for twice as long and more if need be, so that libunistring has no
     * reason to allocate on its own but in extreme cases. */
    size_t size = (size_t)length * 2 + 64;
    uint8_t *buffer = bump_alloc(lexer->bump, size);
    if (buffer == NULL)
        return NULL;
    uint8_t *normal =
        u8_normalize(UNINORM_NFKC, (const uint8_t *)start, (size_t)length, buffer, &size);
    if (normal == NULL)
        return NULL;
    const char *name = name_pool_intern(lexer->names, (const char *)normal, (int64_t)size);
    if (normal != buffer)
        free(normal);
    return name;
}

/* --- Brackets --- */

int lexer_open_bracket(Lexer *lexer, int kind)
{
    if (lexer->depth >= LEXER_MAX_BRACKETS)
        return lexer_error(lexer, "too many nested parentheses");
    lexer->brackets[lexer->depth++] =
        (Bracket){.open = *lexer->start,
                  .line = lexer->line,
                  .column = (int32_t)(lexer->start - lexer->line_start)};
    return kind;
}

int lexer_close_bracket(Lexer *lexer, int kind)
{
    char close = *lexer->start;
    if (lexer->depth == 0)
        return lexer_error(lexer, "unmatched '%c'", close);
    const Bracket *bracket = &lexer->brackets[--lexer->depth];
    char wanted = bracket->open == '(' ? ')' : bracket->open == '[' ? ']' : '}';
    if (close == wanted)
        return kind;
    if (bracket->line != lexer->line)
        return lexer_error(lexer,
                           "closing parenthesis '%c' does not match opening parenthesis '%c' on "
                           "line %d",
                           close, bracket->open, (int)bracket->line);
    return lexer_error(lexer, "closing parenthesis '%c' does not match opening parenthesis '%c'",
                       close, bracket->open);
}

/* --- The array --- */

static Token *add_token(Lexer *lexer, int kind)
{
    if (lexer->count == lexer->capacity) {
        int64_t capacity = lexer->capacity == 0 ? 64 : lexer->capacity * 2;
        Token *tokens = bump_alloc(lexer->bump, (size_t)capacity * sizeof *tokens);
        if (tokens == NULL)
            return NULL;
        if (lexer->count > 0)
            memcpy(tokens, lexer->tokens, (size_t)lexer->count * sizeof *tokens);
        lexer->tokens = tokens;
        lexer->capacity = capacity;
    }
    Token *token = &lexer->tokens[lexer->count++];
    *token = (Token){.kind = (int16_t)kind};
    return token;
}

/* A token without text, where the lexer stands. */
static int add_mark(Lexer *lexer, int kind)
{
    Token *token = add_token(lexer, kind);
    if (token == NULL)
        return 0;
    token->start = token->end = (int32_t)(lexer->cursor - lexer->source);
    /* The end of the text belongs to its last line. */
    bool past_end = lexer->cursor == lexer->limit && lexer->line_start == lexer->limit;
    int32_t line = past_end && lexer->line > 1 ? lexer->line - 1 : lexer->line;
    token->place = (Place){line, -1, line, -1};
    return 1;
}

static int add_scanned(Lexer *lexer, int kind)
{
    Token *token = add_token(lexer, kind);
    if (token == NULL)
        return 0;
    const char *end = kind == TOK_NEWLINE ? lexer->cursor - 1 : lexer->cursor;
    const char *end_line_start = kind == TOK_NEWLINE ? lexer->token_line_start : lexer->line_start;
    token->start = (int32_t)(lexer->start - lexer->source);
    token->end = (int32_t)(end - lexer->source);
    token->place = (Place){
        .line = lexer->token_line,
        .column = (int32_t)(lexer->start - lexer->token_line_start),
        .end_line = kind == TOK_NEWLINE ? lexer->token_line : lexer->line,
        .end_column = (int32_t)(end - end_line_start),
    };
    if (kind == TOK_NAME) {
        token->name = intern_name(lexer);
        return token->name != NULL;
    }
    return 1;
}

typedef struct Indent {
    int32_t column;     /* tabs to the next multiple of 8 */
    int32_t alt_column; /* tabs count 1 */
} Indent;

/* Measures the indentation at the cursor and moves past it.  0: an error is recorded. */
static int read_indent(Lexer *lexer, Indent *indent)
{
    Indent joined = {0};
    *indent = (Indent){0};
    for (;; lexer->cursor++) {
        char c = *lexer->cursor;
        if (c == ' ') {
            indent->column++;
            indent->alt_column++;
        } else if (c == '\t') {
            indent->column = (indent->column / 8 + 1) * 8;
            indent->alt_column++;
        } else if (c == '\f') {
            indent->column = indent->alt_column = 0;
        } else if (c == '\\') {
            /* A joined line keeps the indentation of its first part. */
            if (joined.column == 0)
                joined = *indent;
            lexer->cursor++;
            if (*lexer->cursor != '\n') {
                lexer_bad_continuation(lexer, *lexer->cursor == '\0');
                return 0;
            }
            lexer->line++;
            lexer->line_start = lexer->cursor + 1;
            if (lexer->cursor + 1 == lexer->limit) {
                lexer->cursor++;
                lexer_bad_continuation(lexer, true);
                return 0;
            }
        } else {
            break;
        }
    }
    if (joined.column != 0)
        *indent = joined;
    return 1;
}

/* Compares a line's indentation with the open blocks; adds INDENT or DEDENTs.
 * 1 fine, 0 an error is recorded, -1 no memory. */
static int apply_indent(Lexer *lexer, Indent indent)
{
    int top = lexer->indent_count - 1;
    static const char *const tabs = "inconsistent use of tabs and spaces in indentation";
    if (indent.column == lexer->indents[top]) {
        if (indent.alt_column != lexer->alt_indents[top]) {
            line_error(lexer, DIAGNOSTIC_TAB_ERROR, 1, 0, tabs);
            return 0;
        }
        return 1;
    }
    if (indent.column > lexer->indents[top]) {
        if (lexer->indent_count == LEXER_MAX_INDENTS) {
            line_error(lexer, DIAGNOSTIC_INDENTATION_ERROR, 1, 0, "too many levels of indentation");
            return 0;
        }
        if (indent.alt_column <= lexer->alt_indents[top]) {
            line_error(lexer, DIAGNOSTIC_TAB_ERROR, 1, 0, tabs);
            return 0;
        }
        lexer->indents[lexer->indent_count] = indent.column;
        lexer->alt_indents[lexer->indent_count] = indent.alt_column;
        lexer->indent_count++;
        return add_mark(lexer, TOK_INDENT) ? 1 : -1;
    }
    int closed = 0;
    while (top > 0 && indent.column < lexer->indents[top]) {
        top--;
        closed++;
    }
    lexer->indent_count = top + 1;
    if (indent.column != lexer->indents[top]) {
        line_error(lexer, DIAGNOSTIC_INDENTATION_ERROR, rest_of_line(lexer), -1,
                   "unindent does not match any outer indentation level");
        return 0;
    }
    if (indent.alt_column != lexer->alt_indents[top]) {
        line_error(lexer, DIAGNOSTIC_TAB_ERROR, 1, 0, tabs);
        return 0;
    }
    for (; closed > 0; closed--) {
        if (!add_mark(lexer, TOK_DEDENT))
            return -1;
    }
    return 1;
}

static int add_implied_newline(Lexer *lexer)
{
    if (!add_mark(lexer, TOK_NEWLINE))
        return 0;
    lexer->tokens[lexer->count - 1].is_implied = true;
    return 1;
}

/* The tokens after the last character.  A single statement may lack its newline and the blank
 * line that would end its block. */
static int finish(Lexer *lexer)
{
    if (lexer->depth > 0) {
        unclosed_bracket(lexer);
        return add_mark(lexer, TOK_ERROR);
    }
    if (lexer->mode == PARSE_SINGLE && lexer->count > 0) {
        bool mid_line = lexer->tokens[lexer->count - 1].kind != TOK_NEWLINE &&
                        lexer->tokens[lexer->count - 1].kind != TOK_DEDENT;
        if (!add_implied_newline(lexer))
            return 0;
        if (mid_line && lexer->imply_dedent && lexer->indent_count > 1) {
            for (; lexer->indent_count > 1; lexer->indent_count--) {
                if (!add_mark(lexer, TOK_DEDENT))
                    return 0;
            }
            if (!add_implied_newline(lexer))
                return 0;
        }
    }
    return add_mark(lexer, TOK_END);
}

static int scan_tokens(Lexer *lexer)
{
    for (;;) {
        if (lexer->at_line_start) {
            lexer->at_line_start = false;
            Indent indent;
            if (!read_indent(lexer, &indent))
                return add_mark(lexer, TOK_ERROR);
            char c = *lexer->cursor;
            bool blank = c == '#' || c == '\n';
            int status = blank ? 1 : apply_indent(lexer, indent);
            if (status < 0)
                return 0;
            if (status == 0)
                return add_mark(lexer, TOK_ERROR);
            if (blank) {
                /* A comment at the very end needs no newline. */
                if (lexer_scan(lexer) == TOK_NEWLINE)
                    lexer->at_line_start = true;
                continue;
            }
        }
        int kind = lexer_scan(lexer);
        if (kind == TOK_END)
            return finish(lexer);
        if (kind == TOK_ERROR)
            return add_mark(lexer, TOK_ERROR);
        if (!add_scanned(lexer, kind))
            return 0;
        lexer->at_line_start = kind == TOK_NEWLINE;
    }
}

/* --- Tokens that mean more than they say --- */

/* Whether the logical line from `at` on ends with ":" and the next one begins a block. */
static bool opens_match(const Lexer *lexer, int64_t at)
{
    const Token *tokens = lexer->tokens;
    int64_t end = at;
    while (end < lexer->count && tokens[end].kind != TOK_NEWLINE)
        end++;
    if (end >= lexer->count || end < at + 3 || tokens[end - 1].kind != TOK_COLON)
        return false;
    if (tokens[end].is_implied || end + 1 >= lexer->count)
        return true;
    return tokens[end + 1].kind == TOK_INDENT || tokens[end + 1].kind == TOK_END ||
           tokens[end + 1].is_implied;
}

/* Whether the bracket at `at`, right after `with`, encloses with-items: it is closed just before
 * the ":" and holds nothing that only an expression can have. */
static bool encloses_items(const Lexer *lexer, int64_t at)
{
    const Token *tokens = lexer->tokens;
    int depth = 0;
    bool item_start = true;
    for (int64_t i = at; i < lexer->count; i++) {
        int kind = tokens[i].kind;
        if (kind == TOK_LPAR || kind == TOK_LSQB || kind == TOK_LBRACE) {
            depth++;
            item_start = depth == 1;
            continue;
        }
        if (kind == TOK_RPAR || kind == TOK_RSQB || kind == TOK_RBRACE) {
            if (--depth == 0)
                return i > at + 1 && i + 1 < lexer->count && tokens[i + 1].kind == TOK_COLON;
        } else if (depth == 1) {
            if (kind == TOK_FOR || kind == TOK_COLONEQUAL ||
                (item_start && (kind == TOK_STAR || kind == TOK_YIELD)))
                return false;
            item_start = kind == TOK_COMMA;
        }
    }
    return false;
}

static int retag(Lexer *lexer)
{
    const char *match = name_pool_intern(lexer->names, "match", 5);
    const char *case_ = name_pool_intern(lexer->names, "case", 4);
    if (match == NULL || case_ == NULL)
        return 0;
    bool is_match_block[LEXER_MAX_INDENTS + 1] = {false};
    int level = 0;
    bool line_start = true;
    bool after_match = false; /* the line before opened a match statement */
    for (int64_t i = 0; i < lexer->count; i++) {
        Token *token = &lexer->tokens[i];
        switch (token->kind) {
        case TOK_INDENT:
            level++;
            is_match_block[level] = after_match;
            after_match = false;
            continue;
        case TOK_DEDENT:
            if (level > 0)
                level--;
            continue;
        case TOK_NEWLINE:
            line_start = true;
            continue;
        case TOK_NAME:
            if (line_start && token->name == case_ && is_match_block[level])
                token->kind = TOK_CASE;
            else if (line_start && token->name == match && opens_match(lexer, i))
                token->kind = TOK_MATCH;
            break;
        case TOK_WITH:
            if (i + 1 < lexer->count && lexer->tokens[i + 1].kind == TOK_LPAR &&
                encloses_items(lexer, i + 1))
                lexer->tokens[i + 1].kind = TOK_WITH_LPAR;
            break;
        default:
            break;
        }
        if (line_start)
            after_match = token->kind == TOK_MATCH;
        line_start = false;
    }
    return 1;
}

int tokenize_source(Lexer *lexer)
{
    if (!scan_tokens(lexer) || lexer->diagnostic->kind == DIAGNOSTIC_MEMORY_ERROR)
        return 0;
    return retag(lexer);
}

/* --- Names of kinds --- */

const char *token_kind_name(int kind)
{
    switch (kind) {
#define TOKEN(KIND, text)                                                                          \
    case TOK_##KIND:                                                                               \
        return #KIND;
#define KEYWORD(KIND, text) TOKEN(KIND, text)
#include "grammar/tokens.def"
#undef TOKEN
#undef KEYWORD
    case TOK_END:
        return "END";
    case TOK_NEWLINE:
        return "NEWLINE";
    case TOK_INDENT:
        return "INDENT";
    case TOK_DEDENT:
        return "DEDENT";
    case TOK_NAME:
        return "NAME";
    case TOK_NUMBER:
        return "NUMBER";
    case TOK_STRING:
        return "STRING";
    case TOK_STRAY:
        return "STRAY";
    default:
        return "ERROR";
    }
}

const char *token_kind_text(int kind)
{
    switch (kind) {
#define TOKEN(KIND, text)                                                                          \
    case TOK_##KIND:                                                                               \
        return text;
#define KEYWORD(KIND, text) TOKEN(KIND, text)
#include "grammar/tokens.def"
#undef TOKEN
#undef KEYWORD
    default:
        return NULL;
    }
}
