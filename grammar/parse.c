/*
 * Source text to AST: prepare the text, tokenise all of it, push the tokens through Bison's
 * parser.  Where that stops, explain.c works out what CPython would say.
 *
 * Lexical errors wait in the array as an ERROR token, so that an earlier syntax error wins.
 */

#include "grammar/parse.h"

#include <string.h>

#include "generated/grammar/parser.h"
#include "grammar/build.h"
#include "grammar/explain.h"
#include "grammar/literals.h"
#include "grammar/name_pool.h"
#include "grammar/text.h"

/* Whether a statement that starts with this token goes over several lines. */
static bool starts_compound(int kind)
{
    switch (kind) {
    case TOK_IF:
    case TOK_WHILE:
    case TOK_FOR:
    case TOK_TRY:
    case TOK_WITH:
    case TOK_DEF:
    case TOK_CLASS:
    case TOK_ASYNC:
    case TOK_AT:
    case TOK_MATCH:
        return true;
    default:
        return false;
    }
}

/* Feeds the tokens; afterwards parser->position is where it stopped. */
static ParseStatus push_tokens(Parser *parser, int start_kind)
{
    const Lexer *lexer = parser->lexer;
    yypstate *state = yypstate_new();
    if (state == NULL)
        return PARSE_NO_MEMORY;
    Place last = {1, 0, 1, 0};
    YYSTYPE value = {0};
    int result = yypush_parse(state, start_kind, &value, &last, parser);
    bool one_line = parser->mode == PARSE_SINGLE && !parser->is_fstring &&
                    !starts_compound(lexer->tokens[0].kind);
    for (int64_t i = 0; result == YYPUSH_MORE && i < lexer->count; i++) {
        const Token *token = &lexer->tokens[i];
        parser->position = i;
        if (token->kind == TOK_ERROR) {
            parser->status = PARSE_ERROR;
            break;
        }
        Place place = token->place;
        if (token->kind == TOK_NEWLINE || token->kind == TOK_INDENT || token->kind == TOK_DEDENT ||
            token->kind == TOK_END)
            place = (Place){last.end_line, last.end_column, last.end_line, last.end_column};
        value.token = token;
        result = yypush_parse(state, token->kind, &value, &place, parser);
        last = place;
        if (result == YYPUSH_MORE && one_line && token->kind == TOK_NEWLINE)
            result = yypush_parse(state, TOK_END, &value, &place, parser);
    }
    yypstate_delete(state);
    if (result == 0 && parser->status == PARSE_OK)
        return PARSE_OK;
    if (result == 2)
        parser->status = PARSE_NO_MEMORY;
    return parser->status != PARSE_OK ? parser->status : PARSE_ERROR;
}

/* Takes over the error of an f-string's expression, moved down by `lines`. */
static void adopt_error(Diagnostic *diagnostic, const Diagnostic *inner, int64_t lines)
{
    diagnostic->kind = inner->kind;
    diagnostic->message = inner->message;
    diagnostic->line = inner->line + lines;
    diagnostic->offset = inner->offset;
    diagnostic->end_line = inner->end_line < 0 ? inner->end_line : inner->end_line + lines;
    diagnostic->end_offset = inner->end_offset;
    diagnostic->text = inner->text;
    diagnostic->is_nested = true;
}

Node *parse_fstring_expression(Parser *parser, const char *text, int64_t length, int32_t line,
                               int32_t column)
{
    Diagnostic lexical;
    Lexer lexer;
    diagnostic_init(&lexical, parser->bump, parser->diagnostic->filename);
    lexical.source = text;
    lexical.source_length = length;
    lexer_init(&lexer, text, length, PARSE_EVAL, parser->bump, parser->names, &lexical);
    lexer.is_fstring = true;
    if (!tokenize_source(&lexer))
        return build_no_memory(parser);
    /* Errors are placed in the text of the expression, nodes in that of the file. */
    Diagnostic inner;
    diagnostic_init(&inner, parser->bump, parser->diagnostic->filename);
    inner.source = text;
    inner.source_length = length;
    inner.warnings_end = parser->diagnostic->warnings_end;
    Token *relative = lexer.tokens;
    Token *absolute = bump_alloc(parser->bump, (size_t)lexer.count * sizeof *absolute);
    if (absolute == NULL)
        return build_no_memory(parser);
    for (int64_t i = 0; i < lexer.count; i++) {
        absolute[i] = relative[i];
        Place *place = &absolute[i].place;
        if (place->line == 1)
            place->column += column;
        if (place->end_line == 1)
            place->end_column += column;
        place->line += line - 1;
        place->end_line += line - 1;
    }
    lexer.tokens = absolute;
    Parser nested = {.lexer = &lexer,
                     .bump = parser->bump,
                     .names = parser->names,
                     .diagnostic = &inner,
                     .mode = PARSE_EVAL,
                     .is_fstring = true,
                     .own_tokens = relative};
    ParseStatus status = push_tokens(&nested, TOK_START_FSTRING);
    lexer.tokens = relative;
    for (Warning *warning = lexical.warnings; warning != NULL; warning = warning->next) {
        warning->line += line - 1;
        warning->place.line += line - 1;
        warning->place.end_line += line - 1;
        *inner.warnings_end = warning;
        inner.warnings_end = &warning->next;
    }
    parser->diagnostic->warnings_end = inner.warnings_end;
    if (status == PARSE_OK)
        return nested.root->as.expression.body;
    parser->status = status;
    if (status != PARSE_ERROR)
        return NULL;
    bool is_final = inner.is_nested; /* from an f-string deeper inside */
    if (inner.kind == DIAGNOSTIC_NONE)
        parser->status = explain_error(&nested);
    if (parser->status != PARSE_ERROR || parser->diagnostic->kind != DIAGNOSTIC_NONE)
        return NULL;
    if (!inner.is_nested) {
        inner.message = bump_format(parser->bump, "f-string: %s", inner.message);
        if (inner.message == NULL)
            return build_no_memory(parser);
    }
    adopt_error(parser->diagnostic, &inner, is_final ? 0 : line - 1);
    return NULL;
}

/* Something follows a single statement: only blank lines and comments may. */
static ParseStatus check_single(Parser *parser)
{
    const Token *token = &parser->lexer->tokens[parser->position];
    const char *c = parser->lexer->source + token->end;
    for (;;) {
        while (*c == ' ' || *c == '\t' || *c == '\n' || *c == '\f')
            c++;
        if (*c == '\0')
            return PARSE_OK;
        if (*c != '#')
            break;
        while (*c != '\0' && *c != '\n')
            c++;
    }
    build_error_here(parser, "multiple statements found while compiling a single statement");
    return PARSE_ERROR;
}

static ParseStatus fail_with(Diagnostic *diagnostic, ParseStatus status)
{
    if (status == PARSE_NO_MEMORY) {
        diagnostic_clear(diagnostic);
        diagnostic->kind = DIAGNOSTIC_MEMORY_ERROR;
    } else if (status == PARSE_TOO_DEEP) {
        diagnostic_clear(diagnostic);
        diagnostic->kind = DIAGNOSTIC_RECURSION_ERROR;
        diagnostic->message = "maximum recursion depth exceeded during compilation";
    } else if (status == PARSE_INCOMPLETE) {
        diagnostic->message = "incomplete input";
        diagnostic->kind = DIAGNOSTIC_SYNTAX_ERROR;
    }
    return status;
}

/* The text ended where more of it might have made sense. */
static bool reached_end(const Parser *parser)
{
    const Token *token = &parser->lexer->tokens[parser->position];
    if (token->kind == TOK_ERROR)
        return parser->lexer->hit_end;
    return token->kind == TOK_END || token->is_implied ||
           (token->kind == TOK_DEDENT &&
            token->end == parser->lexer->limit - parser->lexer->source);
}

static ParseStatus parse_prepared(Parser *parser, unsigned flags)
{
    Lexer *lexer = parser->lexer;
    Diagnostic *diagnostic = parser->diagnostic;
    if (!tokenize_source(lexer))
        return PARSE_NO_MEMORY;
    diagnostic->warnings_end = lexer->diagnostic->warnings_end;
    diagnostic->warnings = lexer->diagnostic->warnings;
    if (diagnostic->warnings == NULL)
        diagnostic->warnings_end = &diagnostic->warnings;
    int start = parser->mode == PARSE_FILE   ? TOK_START_FILE
                : parser->mode == PARSE_EVAL ? TOK_START_EVAL
                                             : TOK_START_SINGLE;
    ParseStatus status = push_tokens(parser, start);
    if (status == PARSE_OK)
        return parser->mode == PARSE_SINGLE ? check_single(parser) : PARSE_OK;
    if (status != PARSE_ERROR)
        return status;
    if ((flags & PARSE_ALLOW_INCOMPLETE) && reached_end(parser)) {
        diagnostic_clear(diagnostic);
        build_error_here(parser, "incomplete input");
        return PARSE_INCOMPLETE;
    }
    return diagnostic->kind == DIAGNOSTIC_NONE ? explain_error(parser) : PARSE_ERROR;
}

ParseStatus parse_source(const char *text, int64_t length, const char *filename, ParseMode mode,
                         unsigned flags, Bump *bump, Diagnostic *diagnostic, Node **out)
{
    *out = NULL;
    diagnostic_init(diagnostic, bump, "");
    const char *name = bump_copy(bump, filename, strlen(filename));
    NameTable *names = bump_alloc(bump, sizeof *names);
    Lexer *lexer = bump_alloc(bump, sizeof *lexer);
    Diagnostic *lexical = bump_alloc(bump, sizeof *lexical);
    if (name == NULL || names == NULL || lexer == NULL || lexical == NULL ||
        !name_pool_begin(names, bump))
        return fail_with(diagnostic, PARSE_NO_MEMORY);
    diagnostic->filename = name;
    diagnostic->names = names;
    int64_t size = 0;
    char *source = text_prepare(text, length, (flags & PARSE_IS_STR) != 0, mode == PARSE_FILE,
                                diagnostic, &size);
    if (source == NULL)
        return diagnostic->kind == DIAGNOSTIC_MEMORY_ERROR ? fail_with(diagnostic, PARSE_NO_MEMORY)
                                                           : PARSE_ERROR;
    diagnostic->source = source;
    diagnostic->source_length = size;
    diagnostic_init(lexical, bump, name);
    lexical->source = source;
    lexical->source_length = size;
    lexer_init(lexer, source, size, mode, bump, names, lexical);
    lexer->imply_dedent = (flags & PARSE_DONT_IMPLY_DEDENT) == 0;
    Parser parser = {
        .lexer = lexer, .bump = bump, .names = names, .diagnostic = diagnostic, .mode = mode};
    ParseStatus status = parse_prepared(&parser, flags);
    if (status == PARSE_OK) {
        *out = parser.root;
        return PARSE_OK;
    }
    if (diagnostic->kind == DIAGNOSTIC_MEMORY_ERROR)
        status = PARSE_NO_MEMORY;
    /* An empty expression has no place at all. */
    if (status == PARSE_ERROR && mode != PARSE_FILE && size == 0)
        diagnostic->line = diagnostic->offset = diagnostic->end_line = diagnostic->end_offset = 0;
    return fail_with(diagnostic, status);
}
