/*
 * Finds out what is wrong with a text that the parser refused.
 *
 * CPython 3.11's error messages come from the order in which its PEG parser tries things, so a
 * small PEG machine runs the rules of explain.def over the tokens, twice as CPython does: the
 * first pass, without the invalid_… rules, shows how far the text makes sense; the second finds
 * a mistake that has words of its own.  Without one it is "invalid syntax" at that farthest token.
 * No tree is built; shapes (explain_words.h) tell expressions apart for the messages.
 *
 * Results are memoised by rule and token, so time is linear in practice.  Nesting is bounded: a
 * text too deep for that gets the general message.
 */

#include "grammar/explain.h"

#include <string.h>

#include "generated/grammar/parser.h"
#include "grammar/explain_words.h"

enum { MAX_DEPTH = 2600, MAX_PARTS = 12, MEMO_SLOTS = 1024 };

typedef enum ItemKind {
    ITEM_TOKEN, /* a token kind */
    ITEM_SOFT,  /* a NAME with this text */
    ITEM_RULE,
    ITEM_GROUP,
    ITEM_CUT,
    ITEM_FORCE, /* a token that must follow */
    ITEM_PLACE  /* the part before is an attribute or subscript */
} ItemKind;

typedef struct Choice Choice;

typedef struct Item {
    ItemKind kind;
    char repeat; /* 0 ? * + or , */
    char look;   /* 0 & ! */
    int value;   /* token kind or rule */
    const char *text;
    Choice *group;
} Item;

typedef struct Alternative {
    Item *items;
    int count;
    int shape;           /* ShapeKind, -1: none given */
    const char *mistake; /* or NULL */
} Alternative;

struct Choice {
    Alternative *alternatives;
    int count;
    bool is_fold;
};

typedef struct Rule {
    const char *name;
    const char *text;
    bool is_invalid;
    bool is_calm; /* looks for no mistakes inside */
    Choice choice;
} Rule;

static const struct {
    const char *name;
    const char *text;
} sources[] = {
#define RULE(name, text) {#name, text},
#include "grammar/explain.def"
#undef RULE
};

enum { RULE_COUNT = sizeof sources / sizeof *sources };

typedef struct Memo {
    int64_t key; /* token * RULE_COUNT + rule + 1; 0: free */
    bool matched;
    int64_t end;
    Shape *shape;
} Memo;

typedef struct Machine {
    Parser *parser;
    Bump *bump;
    const Token *tokens;
    Rule *rules;
    Memo *memos;
    int64_t memo_mask;
    int64_t memo_count;
    int64_t furthest;
    int depth;
    bool find_mistakes;
    bool stopped; /* an error is reported, or the machine gave up */
    bool no_memory;
} Machine;

/* --- From explain.def to rules --- */

typedef struct Reader {
    Machine *machine;
    const char *at;
} Reader;

static void *machine_alloc(Machine *machine, size_t size)
{
    void *block = bump_alloc(machine->bump, size);
    if (block == NULL)
        machine->no_memory = machine->stopped = true;
    return block;
}

static void skip_blanks(Reader *reader)
{
    while (*reader->at == ' ')
        reader->at++;
}

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static int token_kind_of(const char *text, int64_t length)
{
    static const struct {
        const char *name;
        int kind;
    } named[] = {{"NAME", TOK_NAME},       {"NUMBER", TOK_NUMBER}, {"STRING", TOK_STRING},
                 {"NEWLINE", TOK_NEWLINE}, {"INDENT", TOK_INDENT}, {"DEDENT", TOK_DEDENT},
                 {"END", TOK_END}};
    for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
        if (strncmp(named[i].name, text, (size_t)length) == 0 && named[i].name[length] == '\0')
            return named[i].kind;
    }
    return -1;
}

/* The kind of the token that is written so.  Retagged tokens come under their plain kind. */
static int spelled_kind(const char *text, int64_t length)
{
    for (int kind = TOK_AND; kind <= TOK_LESSGREATER; kind++) {
        const char *spelling = token_kind_text(kind);
        if (spelling != NULL && kind != TOK_WITH_LPAR && kind != TOK_MATCH && kind != TOK_CASE &&
            strncmp(spelling, text, (size_t)length) == 0 && spelling[length] == '\0')
            return kind;
    }
    return -1;
}

static int rule_of(const char *text, int64_t length)
{
    for (int i = 0; i < RULE_COUNT; i++) {
        if (strncmp(sources[i].name, text, (size_t)length) == 0 && sources[i].name[length] == '\0')
            return i;
    }
    return -1;
}

static bool read_choice(Reader *reader, Choice *out);

/* One item at the reader; its prefixes and suffix included. */
static bool read_item(Reader *reader, Item *out)
{
    *out = (Item){0};
    const char *c = reader->at;
    if (*c == '~') {
        out->kind = ITEM_CUT;
        reader->at++;
        return true;
    }
    if (*c == '#') {
        out->kind = ITEM_PLACE;
        reader->at += strlen("#place");
        return true;
    }
    if (*c == '&' || *c == '!')
        out->look = *c++;
    if (*c == ',' || *c == ':') {
        if (*c == ',')
            out->repeat = ',';
        else
            out->kind = ITEM_FORCE;
        c++;
    }
    if (*c == '\'' || *c == '"') {
        const char *start = c + 1;
        const char *end = strchr(start, *c);
        if (*c == '"') {
            out->kind = ITEM_SOFT;
            out->text = name_pool_intern(reader->machine->parser->names, start, end - start);
            if (out->text == NULL)
                return machine_alloc(reader->machine, SIZE_MAX) != NULL;
        } else {
            out->kind = out->kind == ITEM_FORCE ? ITEM_FORCE : ITEM_TOKEN;
            out->value = spelled_kind(start, end - start);
        }
        reader->at = end + 1;
    } else if (*c == '(') {
        reader->at = c + 1;
        out->kind = ITEM_GROUP;
        out->group = machine_alloc(reader->machine, sizeof *out->group);
        if (out->group == NULL || !read_choice(reader, out->group))
            return false;
        reader->at++;
    } else {
        const char *start = c;
        while (is_word(*c))
            c++;
        out->value = token_kind_of(start, c - start);
        if (out->value < 0) {
            out->kind = ITEM_RULE;
            out->value = rule_of(start, c - start);
        }
        reader->at = c;
    }
    if (*reader->at == '?' || *reader->at == '*' || *reader->at == '+')
        out->repeat = *reader->at++;
    return true;
}

static int shape_named(const char *text, int64_t length)
{
    static const char *const names[] = {
#define SHAPE(KIND, name, words) name,
        SHAPES(SHAPE)
#undef SHAPE
    };
    for (int i = 0; i < SHAPE_COUNT; i++) {
        if (strncmp(names[i], text, (size_t)length) == 0 && names[i][length] == '\0')
            return i;
    }
    return SHAPE_EXPRESSION;
}

static bool read_alternative(Reader *reader, Alternative *out)
{
    Item items[MAX_PARTS * 2];
    *out = (Alternative){.shape = -1};
    for (skip_blanks(reader); *reader->at != '\0' && strchr("|)<", *reader->at) == NULL;
         skip_blanks(reader)) {
        if (*reader->at == '{' || *reader->at == '@') {
            const char *start = reader->at + 1;
            const char *end = start;
            while (is_word(*end))
                end++;
            if (*reader->at == '{') {
                out->shape = shape_named(start, end - start);
                end++;
            } else {
                out->mistake = bump_copy(reader->machine->bump, start, (size_t)(end - start));
                if (out->mistake == NULL)
                    return machine_alloc(reader->machine, SIZE_MAX) != NULL;
            }
            reader->at = end;
            continue;
        }
        if (!read_item(reader, &items[out->count++]))
            return false;
    }
    out->items = machine_alloc(reader->machine, (size_t)out->count * sizeof *items + 1);
    if (out->items == NULL)
        return false;
    memcpy(out->items, items, (size_t)out->count * sizeof *items);
    return true;
}

static bool read_choice(Reader *reader, Choice *out)
{
    enum { MOST = 16 };
    Alternative alternatives[MOST];
    *out = (Choice){0};
    for (;;) {
        if (!read_alternative(reader, &alternatives[out->count++]))
            return false;
        if (*reader->at == '<') {
            out->is_fold = true;
            reader->at += 2;
        } else if (*reader->at == '|') {
            reader->at++;
        } else {
            break;
        }
    }
    out->alternatives = machine_alloc(reader->machine, (size_t)out->count * sizeof *alternatives);
    if (out->alternatives == NULL)
        return false;
    memcpy(out->alternatives, alternatives, (size_t)out->count * sizeof *alternatives);
    return true;
}

static bool read_rules(Machine *machine)
{
    machine->rules = machine_alloc(machine, RULE_COUNT * sizeof *machine->rules);
    for (int i = 0; machine->rules != NULL && i < RULE_COUNT; i++) {
        Rule *rule = &machine->rules[i];
        rule->name = sources[i].name;
        rule->is_invalid = strncmp(rule->name, "invalid_", 8) == 0;
        rule->is_calm = strcmp(rule->name, "expression_without_invalid") == 0;
        Reader reader = {.machine = machine, .at = sources[i].text};
        if (!read_choice(&reader, &rule->choice))
            return false;
    }
    return machine->rules != NULL;
}

/* --- Matching --- */

static bool match_rule(Machine *machine, int rule, int64_t at, Part *out);
static bool match_choice(Machine *machine, const Choice *choice, int64_t at, Part *out);

/* The kind of token `at`, which counts as looked at; a lexical error there ends it all. */
static int look(Machine *machine, int64_t at)
{
    const Token *token = &machine->tokens[at];
    if (at > machine->furthest) {
        machine->furthest = at;
        Place place = machine->tokens[at].place;
        machine->parser->diagnostic->lexed_line =
            place.end_line > place.line ? place.end_line : place.line;
    }
    switch (token->kind) {
    case TOK_ERROR:
        if (!machine->stopped && machine->parser->diagnostic->kind == DIAGNOSTIC_NONE)
            explain_lexical(machine->parser);
        machine->stopped = true;
        return TOK_ERROR;
    case TOK_WITH_LPAR:
        return TOK_LPAR;
    case TOK_MATCH:
    case TOK_CASE:
        return TOK_NAME;
    default:
        return token->kind;
    }
}

static Shape *new_shape(Machine *machine, ShapeKind kind, int64_t first, int64_t end,
                        const Part *parts, int count)
{
    Shape *shape = machine_alloc(machine, sizeof *shape);
    if (shape == NULL)
        return NULL;
    *shape = (Shape){.kind = kind, .first = first, .last = end > first ? end - 1 : first};
    int shaped = 0;
    for (int i = 0; i < count; i++)
        shaped += parts[i].shape != NULL;
    if (shaped == 0)
        return shape;
    shape->children = machine_alloc(machine, (size_t)shaped * sizeof *shape->children);
    if (shape->children == NULL)
        return NULL;
    for (int i = 0; i < count; i++) {
        if (parts[i].shape != NULL)
            shape->children[shape->count++] = parts[i].shape;
    }
    return shape;
}

/* Adds a repetition's shape to the list of those before. */
static bool gather_shape(Machine *machine, Shape **list, int64_t *capacity, Shape *shape)
{
    if (shape == NULL)
        return true;
    if (*list == NULL) {
        *list = machine_alloc(machine, sizeof **list);
        if (*list == NULL)
            return false;
        (*list)->kind = SHAPE_PARTS;
        (*list)->first = shape->first;
    }
    if ((*list)->count == *capacity) {
        int64_t more = *capacity == 0 ? 4 : *capacity * 2;
        Shape **children = machine_alloc(machine, (size_t)more * sizeof(Shape *));
        if (children == NULL)
            return false;
        if (*capacity > 0)
            memcpy(children, (*list)->children, (size_t)*capacity * sizeof(Shape *));
        (*list)->children = children;
        *capacity = more;
    }
    (*list)->children[(*list)->count++] = shape;
    (*list)->last = shape->last;
    return true;
}

/* One item without its repetition. */
static bool match_once(Machine *machine, const Item *item, int64_t at, Part *out)
{
    *out = (Part){at, at, NULL};
    switch (item->kind) {
    case ITEM_RULE:
        return match_rule(machine, item->value, at, out);
    case ITEM_GROUP:
        return match_choice(machine, item->group, at, out);
    case ITEM_SOFT:
        if (look(machine, at) != TOK_NAME || machine->tokens[at].name != item->text)
            return false;
        break;
    case ITEM_FORCE:
        if (look(machine, at) != item->value) {
            if (!machine->stopped)
                explain_at(machine->parser, DIAGNOSTIC_SYNTAX_ERROR, at, "expected '%s'",
                           token_kind_text(item->value));
            machine->stopped = true;
            return false;
        }
        break;
    default:
        if (look(machine, at) != item->value)
            return false;
        break;
    }
    out->end = at + 1;
    return true;
}

/* x*, x+ and x with commas between. */
static bool match_many(Machine *machine, const Item *item, int64_t at, Part *out)
{
    int64_t end = at;
    int64_t matches = 0;
    int64_t capacity = 0;
    Shape *list = NULL;
    for (;;) {
        int64_t from = end;
        if (item->repeat == ',' && matches > 0) {
            if (look(machine, end) != TOK_COMMA)
                break;
            from++;
        }
        Part part;
        if (!match_once(machine, item, from, &part) || machine->stopped || part.end == from)
            break;
        end = part.end;
        matches++;
        if (!gather_shape(machine, &list, &capacity, part.shape))
            return false;
    }
    *out = (Part){at, end, list};
    if (list != NULL && list->count == 1 && item->repeat == ',')
        out->shape = list->children[0];
    return !machine->stopped && (matches > 0 || item->repeat == '*');
}

static bool match_item(Machine *machine, const Item *item, int64_t at, Part *out)
{
    if (item->repeat == '*' || item->repeat == '+' || item->repeat == ',')
        return match_many(machine, item, at, out);
    if (match_once(machine, item, at, out))
        return !machine->stopped;
    if (machine->stopped || item->repeat != '?')
        return false;
    *out = (Part){at, at, NULL};
    return true;
}

static bool is_place(const Part *part)
{
    return part->shape != NULL &&
           (part->shape->kind == SHAPE_ATTRIBUTE || part->shape->kind == SHAPE_SUBSCRIPT);
}

/* Strings with an f in a prefix are f-strings. */
static ShapeKind string_kind(const Machine *machine, int64_t first, int64_t end)
{
    for (int64_t i = first; i < end; i++) {
        const char *c = machine->parser->lexer->source + machine->tokens[i].start;
        for (; *c != '\'' && *c != '"'; c++) {
            if (*c == 'f' || *c == 'F')
                return SHAPE_FSTRING;
        }
    }
    return SHAPE_STRING;
}

/* What an alternative is that matched `parts`; `left` is what a fold has so far. */
static Shape *shape_of(Machine *machine, const Alternative *alternative, int64_t first, int64_t end,
                       const Part *parts, int count)
{
    if (alternative->shape >= 0) {
        ShapeKind kind = (ShapeKind)alternative->shape;
        if (kind == SHAPE_STRING)
            kind = string_kind(machine, first, end);
        return new_shape(machine, kind, first, end, parts, count);
    }
    Shape *only = NULL;
    for (int i = 0; i < count; i++) {
        if (parts[i].shape == NULL)
            continue;
        if (only != NULL)
            return new_shape(machine, SHAPE_PARTS, first, end, parts, count);
        only = parts[i].shape;
    }
    return only;
}

/* Tries one alternative from `at`; a fold's shape begins at `first`.  *cut: try no other. */
static bool match_alternative(Machine *machine, const Alternative *alternative, int64_t first,
                              int64_t at, Part *out, bool *cut)
{
    Part parts[MAX_PARTS];
    int count = 0;
    int64_t end = at;
    for (int i = 0; i < alternative->count; i++) {
        const Item *item = &alternative->items[i];
        if (item->kind == ITEM_CUT) {
            *cut = true;
            continue;
        }
        if (item->kind == ITEM_PLACE) {
            if (count == 0 || !is_place(&parts[count - 1]))
                return false;
            continue;
        }
        Part part;
        bool matched = match_item(machine, item, end, &part);
        if (machine->stopped)
            return false;
        if (item->look != 0) {
            if (matched != (item->look == '&'))
                return false;
            continue;
        }
        if (!matched)
            return false;
        end = part.end;
        parts[count++] = part;
    }
    if (alternative->mistake != NULL) {
        if (explain_report(machine->parser, alternative->mistake, parts, at, end,
                           machine->furthest))
            machine->stopped = true;
        *cut = true;
        return false;
    }
    *out = (Part){first, end, shape_of(machine, alternative, first, end, parts, count)};
    return !machine->stopped;
}

static bool match_choice(Machine *machine, const Choice *choice, int64_t at, Part *out)
{
    int tried = choice->is_fold ? 1 : choice->count;
    bool matched = false;
    bool cut = false;
    for (int i = 0; i < tried && !matched && !cut && !machine->stopped; i++)
        matched = match_alternative(machine, &choice->alternatives[i], at, at, out, &cut);
    if (!matched || !choice->is_fold)
        return matched;
    for (bool more = true; more && !machine->stopped;) {
        more = false;
        for (int i = 1; i < choice->count && !more && !machine->stopped; i++) {
            Part next;
            more = match_alternative(machine, &choice->alternatives[i], at, out->end, &next, &cut);
            if (more)
                *out = next;
        }
    }
    return !machine->stopped;
}

static Memo *find_memo(Machine *machine, int64_t key)
{
    int64_t at = (int64_t)((uint64_t)key * 0x9e3779b97f4a7c15u >> 24) & machine->memo_mask;
    while (machine->memos[at].key != 0 && machine->memos[at].key != key)
        at = (at + 1) & machine->memo_mask;
    return &machine->memos[at];
}

static void remember(Machine *machine, int64_t key, bool matched, const Part *part)
{
    if (machine->memo_count * 2 >= machine->memo_mask) {
        Memo *old = machine->memos;
        int64_t old_mask = machine->memo_mask;
        Memo *memos = machine_alloc(machine, (size_t)(old_mask + 1) * 2 * sizeof *memos);
        if (memos == NULL)
            return;
        machine->memos = memos;
        machine->memo_mask = old_mask * 2 + 1;
        for (int64_t i = 0; i <= old_mask; i++) {
            if (old[i].key != 0)
                *find_memo(machine, old[i].key) = old[i];
        }
    }
    Memo *memo = find_memo(machine, key);
    if (memo->key == 0)
        machine->memo_count++;
    *memo = (Memo){key, matched, part->end, part->shape};
}

static bool match_rule(Machine *machine, int rule, int64_t at, Part *out)
{
    const Rule *chosen = &machine->rules[rule];
    if (machine->stopped || (chosen->is_invalid && !machine->find_mistakes))
        return false;
    int64_t key = at * RULE_COUNT + rule + 1;
    const Memo *memo = find_memo(machine, key);
    if (memo->key == key) {
        *out = (Part){at, memo->end, memo->shape};
        return memo->matched;
    }
    if (machine->depth >= MAX_DEPTH) {
        machine->stopped = true;
        return false;
    }
    machine->depth++;
    *out = (Part){at, at, NULL};
    bool find_mistakes = machine->find_mistakes;
    machine->find_mistakes = find_mistakes && !chosen->is_calm;
    bool matched = match_choice(machine, &chosen->choice, at, out);
    machine->find_mistakes = find_mistakes;
    machine->depth--;
    if (!machine->stopped)
        remember(machine, key, matched, out);
    return matched && !machine->stopped;
}

/* --- The two passes --- */

static void run(Machine *machine, int rule, bool find_mistakes)
{
    machine->find_mistakes = find_mistakes;
    machine->stopped = machine->no_memory;
    machine->depth = 0;
    machine->memo_count = 0;
    machine->memo_mask = MEMO_SLOTS - 1;
    machine->memos = machine_alloc(machine, MEMO_SLOTS * sizeof *machine->memos);
    if (machine->memos == NULL)
        return;
    Part part;
    match_rule(machine, rule, 0, &part);
}

void explain_lexical(Parser *parser)
{
    const Diagnostic *lexical = parser->lexer->diagnostic;
    Diagnostic *diagnostic = parser->diagnostic;
    diagnostic->kind = lexical->kind;
    diagnostic->message = lexical->message;
    diagnostic->line = lexical->line;
    diagnostic->offset = lexical->offset;
    diagnostic->end_line = lexical->end_line;
    diagnostic->end_offset = lexical->end_offset;
    diagnostic->text = lexical->text;
    diagnostic->is_nested = parser->lexer->is_worded;
}

/* A lexical error further on outranks the error found, as does a bracket left open before it. */
static void prefer_lexical(Parser *parser, int64_t furthest)
{
    const Lexer *lexer = parser->lexer;
    const Token *end = &lexer->tokens[lexer->count - 1];
    if (end->kind != TOK_ERROR || parser->diagnostic->is_nested)
        return;
    bool is_open = lexer->depth > 0 && !lexer->is_worded &&
                   lexer->tokens[furthest].place.line > lexer->brackets[lexer->depth - 1].line;
    if (!lexer->is_worded && !is_open)
        return;
    diagnostic_clear(parser->diagnostic);
    if (lexer->is_worded) {
        explain_lexical(parser);
        return;
    }
    const Bracket *bracket = &lexer->brackets[lexer->depth - 1];
    Place place = {.line = bracket->line, .column = bracket->column, .end_line = bracket->line};
    diagnostic_set(parser->diagnostic, DIAGNOSTIC_SYNTAX_ERROR, place, "'%c' was never closed",
                   bracket->open);
    parser->diagnostic->end_offset = 0;
}

ParseStatus explain_error(Parser *parser)
{
    Diagnostic *diagnostic = parser->diagnostic;
    const Token *tokens = parser->lexer->tokens;
    if (tokens[parser->position].kind == TOK_ERROR) {
        explain_lexical(parser);
        return PARSE_ERROR;
    }
    Machine *machine = bump_alloc(parser->bump, sizeof *machine);
    if (machine == NULL)
        return PARSE_NO_MEMORY;
    *machine = (Machine){.parser = parser, .bump = parser->bump, .tokens = tokens};
    const char *start = parser->is_fstring           ? "fstring"
                        : parser->mode == PARSE_FILE ? "file"
                        : parser->mode == PARSE_EVAL ? "eval"
                                                     : "single";
    int rule = rule_of(start, (int64_t)strlen(start));
    if (!read_rules(machine))
        return PARSE_NO_MEMORY;
    run(machine, rule, false);
    /* The machine gave up on depth: the parser knows the place. */
    int64_t last = machine->stopped ? parser->position : machine->furthest;
    bool is_reported = diagnostic->kind != DIAGNOSTIC_NONE;
    if (!is_reported)
        run(machine, rule, true);
    if (machine->no_memory || diagnostic->kind == DIAGNOSTIC_MEMORY_ERROR)
        return PARSE_NO_MEMORY;
    if (diagnostic->kind != DIAGNOSTIC_NONE) {
        if (diagnostic->kind != DIAGNOSTIC_INDENTATION_ERROR || parser->lexer->is_worded)
            prefer_lexical(parser, machine->furthest);
    } else if (tokens[last].kind == TOK_INDENT || tokens[last].kind == TOK_DEDENT) {
        explain_at(parser, DIAGNOSTIC_INDENTATION_ERROR, last,
                   tokens[last].kind == TOK_INDENT ? "unexpected indent" : "unexpected unindent");
    } else {
        explain_over(parser, last, last, "invalid syntax");
        prefer_lexical(parser, last);
    }
    return diagnostic->kind == DIAGNOSTIC_MEMORY_ERROR ? PARSE_NO_MEMORY : PARSE_ERROR;
}
