/*
 * f-strings as in Python 3.11: the token is one string, and its replacement fields are found and
 * parsed here, by running the whole front end over each expression in parentheses.
 *
 * Fields nest two deep (a format spec may hold fields), and strings inside expressions cannot
 * reuse the quotes around them, so recursion is short.  The places of the parts are CPython 3.11's:
 * constants and fields span the whole literal, the end of a format spec its own token, expressions
 * stand where they stand.
 */

#include <string.h>

#include "grammar/literals.h"

enum { MAX_NESTED_BRACKETS = 200 };

/* One f-string, or a format spec inside, being taken apart. */
typedef struct Fields {
    Parser *parser;
    Place place;        /* of the whole literal */
    StringToken string; /* the token at hand */
    const char *at;
    bool u_prefix;
} Fields;

/* The values of a JoinedStr: literal text is gathered until a field comes. */
typedef struct Joined {
    LiteralBuffer text;
    Sequence *values;
} Joined;

static int parse_fields(Fields *fields, Joined *joined, int level);

static int fail(Fields *fields, const char *message)
{
    build_error_here(fields->parser, "f-string: %s", message);
    return 0;
}

static int flush_text(Fields *fields, Joined *joined, Place place)
{
    if (joined->text.length == 0)
        return 1;
    Node *node = build_node(fields->parser, NODE_CONSTANT, place);
    if (node == NULL)
        return 0;
    node->as.constant.constant = CONSTANT_STR;
    node->as.constant.text = joined->text.bytes;
    node->as.constant.length = joined->text.length;
    node->as.constant.u_prefix = fields->u_prefix;
    joined->text = (LiteralBuffer){0};
    joined->values = joined->values == NULL ? build_list(fields->parser, node)
                                            : build_append(fields->parser, joined->values, node);
    return joined->values != NULL;
}

static Node *finish(Fields *fields, Joined *joined, Place place)
{
    if (!flush_text(fields, joined, place))
        return NULL;
    Node *node = build_node(fields->parser, NODE_JOINEDSTR, place);
    if (node == NULL)
        return NULL;
    if (joined->values != NULL)
        node->as.joinedstr.values =
            (NodeList){.items = (Node **)joined->values->items, .count = joined->values->count};
    return build_seal(fields->parser, node);
}

/* Reads literal text up to a field, a doubled brace or the end.
 * 1: go on reading text; 0: a field, or the end of this level; -1: an error. */
static int read_text(Fields *fields, Joined *joined, int level)
{
    const char *start = fields->at;
    const char *end = fields->string.end;
    const char *s = start;
    const char *stop = NULL;
    bool raw = fields->string.is_raw;
    bool doubled = false;
    while (s < end) {
        char c = *s++;
        if (!raw && c == '\\' && s < end) {
            c = *s++;
            if (c == 'N') {
                if (s < end && *s++ == '{') {
                    while (s < end && *s++ != '}')
                        continue;
                }
                continue;
            }
            if (c == '{' && !literal_warn_escape(fields->parser, fields->string.token, s - 1))
                return -1;
        }
        if (c != '{' && c != '}')
            continue;
        if (level == 0) {
            if (s < end && *s == c) {
                stop = s;
                doubled = true;
                fields->at = s + 1;
                break;
            }
            if (c == '}') {
                fail(fields, "single '}' is not allowed");
                return -1;
            }
        }
        s--;
        break;
    }
    if (!doubled) {
        stop = s;
        fields->at = s;
    }
    if (stop > start &&
        !literal_decode(fields->parser, fields->string.token, start, stop, raw, &joined->text))
        return -1;
    return doubled ? 1 : 0;
}

/* Moves past the expression of a field, up to its "!", ":", "=" or "}". */
static int skip_expression(Fields *fields)
{
    const char *end = fields->string.end;
    const char *s = fields->at;
    char quote = 0;
    int quotes = 0;
    char brackets[MAX_NESTED_BRACKETS];
    int depth = 0;
    for (; s < end; s++) {
        char c = *s;
        bool tripled = end - s > 2 && s[1] == c && s[2] == c;
        if (c == '\\') {
            build_error_here(fields->parser, "f-string expression part cannot include a backslash");
            return 0;
        }
        if (quote != 0) {
            if (c == quote && (quotes == 1 || tripled)) {
                s += quotes - 1;
                quote = 0;
            }
            continue;
        }
        if (c == '\'' || c == '"') {
            quotes = tripled ? 3 : 1;
            s += quotes - 1;
            quote = c;
        } else if (c == '(' || c == '[' || c == '{') {
            if (depth == MAX_NESTED_BRACKETS)
                return fail(fields, "too many nested parenthesis");
            brackets[depth++] = c;
        } else if (c == '#') {
            build_error_here(fields->parser, "f-string expression part cannot include '#'");
            return 0;
        } else if (depth == 0 && strchr("!:}=<>", c) != NULL) {
            if (s + 1 < end && s[1] == '=' && c != ':' && c != '}') {
                s++;
                continue;
            }
            if (c != '<' && c != '>')
                break;
        } else if (c == ')' || c == ']' || c == '}') {
            if (depth == 0) {
                build_error_here(fields->parser, "f-string: unmatched '%c'", c);
                return 0;
            }
            char open = brackets[--depth];
            if (c != (open == '(' ? ')' : open == '[' ? ']' : '}')) {
                build_error_here(fields->parser,
                                 "f-string: closing parenthesis '%c' does not match opening "
                                 "parenthesis '%c'",
                                 c, open);
                return 0;
            }
        }
    }
    fields->at = s;
    if (quote != 0)
        return fail(fields, "unterminated string");
    if (depth > 0) {
        build_error_here(fields->parser, "f-string: unmatched '%c'", brackets[depth - 1]);
        return 0;
    }
    return s < end ? 1 : fail(fields, "expecting '}'");
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

/* Parses start..end; the brace before `start` gives the place. */
static Node *parse_expression(Fields *fields, const char *start, const char *end)
{
    const char *c = start;
    while (c < end && is_blank(*c))
        c++;
    if (c == end) {
        if (*end == '}')
            fail(fields, "empty expression not allowed");
        else
            build_error_here(fields->parser, "f-string: expression required before '%c'", *end);
        return NULL;
    }
    int64_t length = end - start;
    char *text = bump_alloc(fields->parser->bump, (size_t)length + 3);
    if (text == NULL)
        return build_no_memory(fields->parser);
    text[0] = '(';
    memcpy(text + 1, start, (size_t)length);
    text[length + 1] = ')';

    const Token *token = fields->string.token;
    const char *brace = start - 1;
    const char *token_start = fields->parser->lexer->source + token->start;
    int32_t lines = 0;
    int32_t column = 0;
    /* A newline right after the brace: the expression's columns are those of its own line. */
    const char *after = start;
    while (*after == ' ' || *after == '\t' || *after == '\f')
        after++;
    if (*after != '\n') {
        const char *line = brace;
        while (line > token_start && *line != '\n')
            line--;
        column = (int32_t)(brace - line);
        if (*line == '\n')
            column--;
    }
    for (const char *p = token_start; p < brace; p++)
        lines += *p == '\n';
    if (lines == 0)
        column += token->place.column;
    return parse_fstring_expression(fields->parser, text, length + 2, token->place.line + lines,
                                    column);
}

static Node *read_format_spec(Fields *fields, int level)
{
    Joined spec = {0};
    if (!parse_fields(fields, &spec, level + 1))
        return NULL;
    return finish(fields, &spec, fields->string.token->place);
}

/* One replacement field; `at` is on its "{". */
static int read_field(Fields *fields, Joined *joined, int level)
{
    const char *end = fields->string.end;
    if (level >= 2)
        return fail(fields, "expressions nested too deeply");
    const char *start = ++fields->at;
    if (!skip_expression(fields))
        return 0;
    Node *node = build_node(fields->parser, NODE_FORMATTEDVALUE, fields->place);
    if (node == NULL)
        return 0;
    AstFormattedValue *field = &node->as.formattedvalue;
    field->conversion = -1;
    field->value = parse_expression(fields, start, fields->at);
    if (field->value == NULL)
        return 0;
    bool is_debug = *fields->at == '=';
    if (is_debug) {
        fields->at++;
        while (fields->at < end && is_blank(*fields->at))
            fields->at++;
        if (fields->at >= end)
            return fail(fields, "expecting '}'");
        if (!literal_add(fields->parser, &joined->text, start, fields->at - start))
            return 0;
    }
    if (*fields->at == '!') {
        if (++fields->at >= end)
            return fail(fields, "expecting '}'");
        field->conversion = (unsigned char)*fields->at++;
        if (field->conversion != 's' && field->conversion != 'r' && field->conversion != 'a')
            return fail(fields, "invalid conversion character: expected 's', 'r', or 'a'");
        if (fields->at >= end)
            return fail(fields, "expecting '}'");
    }
    if (*fields->at == ':') {
        if (++fields->at >= end)
            return fail(fields, "expecting '}'");
        field->format_spec = read_format_spec(fields, level);
        if (field->format_spec == NULL)
            return 0;
    }
    if (fields->at >= end || *fields->at != '}')
        return fail(fields, "expecting '}'");
    fields->at++;
    if (is_debug && field->format_spec == NULL && field->conversion == -1)
        field->conversion = 'r';
    if (!flush_text(fields, joined, fields->place) || build_seal(fields->parser, node) == NULL)
        return 0;
    joined->values = joined->values == NULL ? build_list(fields->parser, node)
                                            : build_append(fields->parser, joined->values, node);
    return joined->values != NULL;
}

static int parse_fields(Fields *fields, Joined *joined, int level)
{
    for (;;) {
        int more = read_text(fields, joined, level);
        if (more < 0)
            return 0;
        if (more > 0)
            continue;
        if (fields->at >= fields->string.end || *fields->at == '}')
            break;
        if (!read_field(fields, joined, level))
            return 0;
    }
    if (level > 0 && fields->at >= fields->string.end)
        return fail(fields, "expecting '}'");
    return 1;
}

Node *fstring_build(Parser *parser, Place place, Sequence *tokens)
{
    Fields fields = {.parser = parser, .place = place};
    Joined joined = {0};
    fields.u_prefix = literal_open(parser, tokens->items[0]).has_u;
    for (int64_t i = 0; i < tokens->count; i++) {
        fields.string = literal_open(parser, tokens->items[i]);
        fields.at = fields.string.start;
        if (fields.string.is_bytes)
            return build_error_here(parser, "cannot mix bytes and nonbytes literals");
        if (fields.string.is_format) {
            if (!parse_fields(&fields, &joined, 0))
                return NULL;
        } else if (!literal_decode(parser, fields.string.token, fields.string.start,
                                   fields.string.end, fields.string.is_raw, &joined.text)) {
            return NULL;
        }
    }
    return finish(&fields, &joined, place);
}
