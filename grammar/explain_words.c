/*
 * The words and places of the mistakes that explain.def names.  Most are rows of a table: which
 * part of the alternative is marked, and what is said.
 */

#include "grammar/explain_words.h"

#include <string.h>

#include "generated/grammar/parser.h"

static const char *const shape_words[] = {
#define SHAPE(KIND, name, words) words,
    SHAPES(SHAPE)
#undef SHAPE
};

/* Where a report points. */
typedef enum Where {
    OVER,         /* from part `from` to part `to` */
    STARTING,     /* from part `from` to the last token looked at */
    HERE,         /* the last token looked at */
    BLOCK,        /* IndentationError there, worded by report_block */
    STORE_TARGET, /* the part of `from` that cannot be assigned to */
    FOR_TARGET,
    DELETE_TARGET
} Where;

typedef struct Mistake {
    const char *name;
    Where where;
    int from;
    int to;
    const char *format; /* %s: what part `from` is */
} Mistake;

static const char maybe_equal[] = "invalid syntax. Maybe you meant '==' or ':=' instead of '='?";
static const char generator[] = "Generator expression must be parenthesized";
static const char bare_target[] = "did you forget parentheses around the comprehension target?";

static const Mistake mistakes[] = {
    {"annotated_display", OVER, 0, 0, "only single target (not %s) can be annotated"},
    {"annotated_tuple", OVER, 0, 0, "only single target (not tuple) can be annotated"},
    {"illegal_annotation", OVER, 0, 0, "illegal target for annotation"},
    {"assign_target", STORE_TARGET, 1, 1, "cannot assign to %s"},
    {"assign_yield", OVER, 1, 1, "assignment to yield expression not possible"},
    {"augmented_target", OVER, 0, 0, "'%s' is an illegal expression for augmented assignment"},
    {"delete_target", DELETE_TARGET, 1, 1, "cannot delete %s"},
    {"for_target", FOR_TARGET, 2, 2, "cannot assign to %s"},
    {"with_target", STORE_TARGET, 2, 2, "cannot assign to %s"},
    {"no_block", BLOCK, 0, 0, ""},
    {"no_block_after", BLOCK, 0, 0, ""},
    {"no_block_star", BLOCK, 0, 0, ""},
    {"no_block_class", BLOCK, 0, 0, ""},
    {"no_block_def", BLOCK, 0, 0, ""},
    {"trailing_comma", HERE, 0, 0, "trailing comma not allowed without surrounding parentheses"},
    {"expected_colon", HERE, 0, 0, "expected ':'"},
    {"parameter_order", OVER, 2, 2, "non-default argument follows default argument"},
    {"parameter_brackets", OVER, 1, 4, "Function parameters cannot be parenthesized"},
    {"lambda_brackets", OVER, 1, 4, "Lambda expression parameters cannot be parenthesized"},
    {"slash_first", OVER, 0, 0, "at least one argument must precede /"},
    {"slash_twice", OVER, 2, 2, "/ may appear only once"},
    {"slash_after_star", OVER, 5, 5, "/ must be ahead of *"},
    {"slash_star", OVER, 2, 2, "expected comma between / and *"},
    {"bare_star", OVER, 0, 0, "named arguments must follow bare *"},
    {"bare_star_here", HERE, 0, 0, "named arguments must follow bare *"},
    {"star_default", OVER, 2, 2, "var-positional argument cannot have default value"},
    {"star_twice", OVER, 3, 3, "* argument may appear only once"},
    {"mapping_default", OVER, 2, 2, "var-keyword argument cannot have default value"},
    {"after_mapping", OVER, 3, 3, "arguments cannot follow var-keyword argument"},
    {"empty_default", OVER, 0, 0, "expected default value expression"},
    {"no_handler", HERE, 0, 0, "expected 'except' or 'finally' block"},
    {"mixed_star", OVER, 4, 5, "cannot have both 'except' and 'except*' on the same 'try'"},
    {"mixed_plain", OVER, 4, 4, "cannot have both 'except' and 'except*' on the same 'try'"},
    {"many_types", STARTING, 2, 2, "multiple exception types must be parenthesized"},
    {"no_types", HERE, 0, 0, "expected one or more exception types"},
    {"underscore_target", OVER, 2, 2, "cannot use '_' as a target"},
    {"pattern_target", OVER, 2, 2, "invalid pattern target"},
    {"pattern_order", OVER, 5, 5, "positional patterns follow keyword patterns"},
    {"missing_comma", OVER, 0, 1, "invalid syntax. Perhaps you forgot a comma?"},
    {"missing_else", OVER, 0, 2, "expected 'else' after 'if' expression"},
    {"named_target", OVER, 0, 0, "cannot use assignment expressions with %s"},
    {"maybe_comparison", OVER, 0, 2, maybe_equal},
    {"assign_here", OVER, 0, 0, "cannot assign to %s here. Maybe you meant '==' instead of '='?"},
    {"unpack_comprehension", OVER, 1, 1, "iterable unpacking cannot be used in comprehension"},
    {"bare_target", OVER, 1, 3, bare_target},
    {"bare_target_comma", OVER, 1, 2, bare_target},
    {"unpack_dict_comprehension", OVER, 1, 1,
     "dict unpacking cannot be used in dict comprehension"},
    {"starred_group", OVER, 1, 1, "cannot use starred expression here"},
    {"mapping_group", OVER, 1, 1, "cannot use double starred expression here"},
    {"starred_value", STARTING, 2, 2, "cannot use a starred expression in a dictionary value"},
    {"no_value", OVER, 1, 1, "expression expected after dictionary key and ':'"},
    {"iterable_after_mapping", OVER, 0, 0,
     "iterable argument unpacking follows keyword argument unpacking"},
    {"bare_generator", OVER, 0, 1, generator},
    {"keyword_generator", OVER, 0, 1, maybe_equal},
    {"keyword_expression", OVER, 0, 1,
     "expression cannot contain assignment, perhaps you meant \"==\"?"},
};

/* --- Places --- */

void explain_at(Parser *parser, DiagnosticKind kind, int64_t token, const char *format, ...)
{
    if (parser->diagnostic->kind != DIAGNOSTIC_NONE)
        return;
    va_list arguments;
    va_start(arguments, format);
    build_error_token(parser, kind, token, format, arguments);
    va_end(arguments);
}

static void report_span(Parser *parser, Place first, Place last, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

static void report_span(Parser *parser, Place first, Place last, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    diagnostic_set_list(parser->diagnostic, DIAGNOSTIC_SYNTAX_ERROR, build_span(first, last),
                        format, arguments);
    va_end(arguments);
}

void explain_over(Parser *parser, int64_t first, int64_t last, const char *format, ...)
{
    const Token *tokens = parser->lexer->tokens;
    va_list arguments;
    va_start(arguments, format);
    diagnostic_set_list(parser->diagnostic, DIAGNOSTIC_SYNTAX_ERROR,
                        build_span(tokens[first].place, tokens[last].place), format, arguments);
    va_end(arguments);
}

static int64_t first_of(const Part *part)
{
    return part->shape != NULL ? part->shape->first : part->start;
}

static int64_t last_of(const Part *part)
{
    return part->shape != NULL ? part->shape->last : part->end - 1;
}

static const char *token_text(Parser *parser, int64_t token)
{
    const Token *at = &parser->lexer->tokens[token];
    const char *text =
        bump_copy(parser->bump, parser->lexer->source + at->start, (size_t)(at->end - at->start));
    return text != NULL ? text : "";
}

/* --- Targets --- */

/* The first part of `shape` that the statement cannot take as its target, or NULL. */
static const Shape *bad_target(const Shape *shape, Where where)
{
    switch (shape->kind) {
    case SHAPE_PARTS:
    case SHAPE_LIST:
    case SHAPE_TUPLE:
        for (int64_t i = 0; i < shape->count; i++) {
            const Shape *bad = bad_target(shape->children[i], where);
            if (bad != NULL)
                return bad;
        }
        return NULL;
    case SHAPE_STARRED:
        return where == DELETE_TARGET ? shape : bad_target(shape->children[0], where);
    case SHAPE_IN:
        return where == FOR_TARGET ? bad_target(shape->children[0], where) : shape;
    case SHAPE_COMPARISON:
        return where == FOR_TARGET ? NULL : shape;
    case SHAPE_NAME:
    case SHAPE_ATTRIBUTE:
    case SHAPE_SUBSCRIPT:
        return NULL;
    default:
        return shape;
    }
}

/* --- Mistakes that need a closer look --- */

static bool is_legacy(Parser *parser, const Part *part)
{
    const Shape *shape = part->shape;
    int64_t token = first_of(part);
    if (shape != NULL && (shape->kind != SHAPE_NAME || shape->first != shape->last))
        return false;
    const char *name = parser->lexer->tokens[token].name;
    return name != NULL && (strcmp(name, "print") == 0 || strcmp(name, "exec") == 0);
}

/* Whether the first token is a name that a soft keyword begins with: CPython 3.11 compares only as
 * many characters as the name has, and then sees no missing comma. */
static bool begins_soft(const Parser *parser, const Part *part)
{
    const Token *token = &parser->lexer->tokens[first_of(part)];
    if (token->kind != TOK_NAME || token->name == NULL)
        return false;
    size_t length = strlen(token->name);
    return strncmp("match", token->name, length) == 0 ||
           strncmp("case", token->name, length) == 0 || strcmp("_", token->name) == 0;
}

/* Whether the token lies inside brackets, an opening one included. */
static bool is_bracketed(const Parser *parser, int64_t token)
{
    int depth = 0;
    for (int64_t i = 0; i <= token; i++) {
        int kind = parser->lexer->tokens[i].kind;
        if (kind == TOK_LPAR || kind == TOK_LSQB || kind == TOK_LBRACE || kind == TOK_WITH_LPAR)
            depth++;
        else if (kind == TOK_RPAR || kind == TOK_RSQB || kind == TOK_RBRACE)
            depth--;
    }
    return depth > 0;
}

static bool has_mapping(const Shape *shape)
{
    if (shape == NULL)
        return false;
    if (shape->kind == SHAPE_MAPPING)
        return true;
    for (int64_t i = 0; shape->kind == SHAPE_PARTS && i < shape->count; i++) {
        if (has_mapping(shape->children[i]))
            return true;
    }
    return false;
}

/* The last argument that is no keyword, and how many there are. */
static int64_t count_positional(const Shape *shape, const Shape **last)
{
    if (shape == NULL || shape->kind == SHAPE_KEYWORD || shape->kind == SHAPE_MAPPING)
        return 0;
    if (shape->kind != SHAPE_PARTS) {
        *last = shape;
        return 1;
    }
    int64_t count = 0;
    for (int64_t i = 0; i < shape->count; i++)
        count += count_positional(shape->children[i], last);
    return count;
}

/* The target of the last clause of a comprehension. */
static const Shape *last_target(const Shape *clauses)
{
    const Shape *clause = clauses;
    if (clause->kind == SHAPE_PARTS && clause->count > 0 &&
        clause->children[clause->count - 1]->kind == SHAPE_PARTS)
        clause = clause->children[clause->count - 1];
    return clause->kind == SHAPE_PARTS && clause->count > 0 ? clause->children[0] : clause;
}

/* 1 reported, 0 no mistake, -1 not one of these. */
static int report_special(Parser *parser, const char *name, const Part *parts, int64_t furthest)
{
    const Token *tokens = parser->lexer->tokens;
    if (strcmp(name, "legacy_call") == 0) {
        if (!is_legacy(parser, &parts[0]))
            return 0;
        const char *text = token_text(parser, first_of(&parts[0]));
        explain_over(parser, first_of(&parts[0]), last_of(&parts[1]),
                     "Missing parentheses in call to '%s'. Did you mean %s(...)?", text, text);
        return 1;
    }
    if (strcmp(name, "missing_comma") == 0) {
        bool is_fine = is_legacy(parser, &parts[0]) || begins_soft(parser, &parts[0]) ||
                       !is_bracketed(parser, parts[1].end - 1);
        return is_fine ? 0 : -1;
    }
    if (strcmp(name, "keyword_constant") == 0) {
        explain_over(parser, parts[0].start, parts[1].start, "cannot assign to %s",
                     token_text(parser, parts[0].start));
        return 1;
    }
    if (strcmp(name, "no_key_colon") == 0) {
        Place place = tokens[last_of(&parts[0])].place;
        place.line = tokens[first_of(&parts[0])].place.line;
        place.column = place.end_column - 1;
        report_span(parser, place, place, "':' expected after dictionary key");
        parser->diagnostic->end_offset = 0;
        return 1;
    }
    if (strcmp(name, "generator_after_args") == 0) {
        const Shape *last = NULL;
        if (count_positional(parts[0].shape, &last) <= 1)
            return 0;
        explain_over(parser, last->first, parts[1].end - 1, "%s", generator);
        return 1;
    }
    if (strcmp(name, "second_generator") == 0) {
        explain_over(parser, first_of(&parts[2]), last_target(parts[3].shape)->last, "%s",
                     generator);
        return 1;
    }
    if (strcmp(name, "positional_after_keyword") == 0) {
        explain_at(parser, DIAGNOSTIC_SYNTAX_ERROR, furthest,
                   has_mapping(parts[0].shape)
                       ? "positional argument follows keyword argument unpacking"
                       : "positional argument follows keyword argument");
        return 1;
    }
    return -1;
}

/* A block that is not there. */
static void report_block(Parser *parser, const Mistake *mistake, int64_t start, int64_t furthest)
{
    const Token *tokens = parser->lexer->tokens;
    if (tokens[start].kind == TOK_ASYNC)
        start++;
    int line = (int)tokens[start].place.line;
    const char *keyword = token_text(parser, start);
    if (strcmp(mistake->name, "no_block") == 0)
        explain_at(parser, DIAGNOSTIC_INDENTATION_ERROR, furthest, "expected an indented block");
    else if (strcmp(mistake->name, "no_block_class") == 0)
        explain_at(parser, DIAGNOSTIC_INDENTATION_ERROR, furthest,
                   "expected an indented block after class definition on line %d", line);
    else if (strcmp(mistake->name, "no_block_def") == 0)
        explain_at(parser, DIAGNOSTIC_INDENTATION_ERROR, furthest,
                   "expected an indented block after function definition on line %d", line);
    else
        explain_at(parser, DIAGNOSTIC_INDENTATION_ERROR, furthest,
                   "expected an indented block after '%s%s' statement on line %d", keyword,
                   strcmp(mistake->name, "no_block_star") == 0 ? "*" : "", line);
}

/* Says `format` of `shape`; the format holds one %s at most. */
static void report_shape(Parser *parser, int64_t first, int64_t last, const char *format,
                         const Shape *shape)
{
    const char *hole = strstr(format, "%s");
    if (hole == NULL)
        explain_over(parser, first, last, "%s", format);
    else
        explain_over(parser, first, last, "%.*s%s%s", (int)(hole - format), format,
                     shape != NULL ? shape_words[shape->kind] : "expression", hole + 2);
}

bool explain_report(Parser *parser, const char *name, const Part *parts, int64_t start, int64_t end,
                    int64_t furthest)
{
    (void)end;
    int special = report_special(parser, name, parts, furthest);
    if (special >= 0)
        return special > 0;
    const Mistake *mistake = NULL;
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        if (strcmp(mistakes[i].name, name) == 0)
            mistake = &mistakes[i];
    }
    if (mistake == NULL)
        return false;
    const Part *from = &parts[mistake->from];
    const Part *to = &parts[mistake->to];
    switch (mistake->where) {
    case OVER:
        report_shape(parser, first_of(from), last_of(to), mistake->format, from->shape);
        return true;
    case STARTING:
        report_shape(parser, first_of(from), furthest, mistake->format, from->shape);
        /* CPython counts this end from 0. */
        if (parser->diagnostic->kind != DIAGNOSTIC_MEMORY_ERROR)
            parser->diagnostic->end_offset--;
        return true;
    case HERE:
        explain_at(parser, DIAGNOSTIC_SYNTAX_ERROR, furthest, "%s", mistake->format);
        return true;
    case BLOCK:
        report_block(parser, mistake, start, furthest);
        return true;
    default:
        break;
    }
    const Shape *bad = from->shape != NULL ? bad_target(from->shape, mistake->where) : NULL;
    if (bad == NULL)
        return false;
    report_shape(parser, bad->first, bad->last, mistake->format, bad);
    return true;
}
