/*
 * The dumps of the front end: tokens, tree, symbols; as text and as JSON.
 *
 * Trees are printed through node_fields, so a new node kind needs nothing here.  Recursion is
 * bounded by AST_MAX_DEPTH.
 */

#include "grammar/dump.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "gc/mem.h"
#include "generated/grammar/parser.h"
#include "grammar/text.h"

/* --- Text --- */

void dump_free(DumpText *out)
{
    mem_free(out->bytes, (size_t)out->capacity);
    *out = (DumpText){0};
}

static bool reserve(DumpText *out, int64_t more)
{
    if (out->failed)
        return false;
    if (out->length + more <= out->capacity)
        return true;
    int64_t capacity = (out->length + more) * 2 + 256;
    char *bytes = mem_realloc(out->bytes, (size_t)out->capacity, (size_t)capacity);
    if (bytes == NULL) {
        out->failed = true;
        return false;
    }
    out->bytes = bytes;
    out->capacity = capacity;
    return true;
}

void dump_write(DumpText *out, const char *text, int64_t length)
{
    if (length == 0 || !reserve(out, length))
        return;
    memcpy(out->bytes + out->length, text, (size_t)length);
    out->length += length;
}

static void put(DumpText *out, const char *text)
{
    dump_write(out, text, (int64_t)strlen(text));
}

void dump_print(DumpText *out, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length <= 0 || !reserve(out, length + 1))
        return;
    va_start(arguments, format);
    vsnprintf(out->bytes + out->length, (size_t)length + 1, format, arguments);
    va_end(arguments);
    out->length += length;
}

void dump_json_string(DumpText *out, const char *text, int64_t length)
{
    put(out, "\"");
    const char *end = text + length;
    const char *plain = text;
    for (const char *c = text; c < end;) {
        const char *start = c;
        uint32_t point = text_decode(&c);
        bool surrogate = point >= 0xd800 && point <= 0xdfff;
        if (point >= 0x20 && point != '"' && point != '\\' && point != 0x7f && !surrogate)
            continue;
        dump_write(out, plain, start - plain);
        plain = c;
        if (point == '"' || point == '\\')
            dump_print(out, "\\%c", (char)point);
        else if (point == '\n')
            put(out, "\\n");
        else
            dump_print(out, "\\u%04x", (unsigned)point);
    }
    dump_write(out, plain, end - plain);
    put(out, "\"");
}

/* Bytes as b'…', as Python's repr writes them but always in single quotes. */
static void put_bytes(DumpText *out, const char *bytes, int64_t length)
{
    put(out, "b'");
    for (int64_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)bytes[i];
        if (c == '\'' || c == '\\')
            dump_print(out, "\\%c", c);
        else if (c == '\n')
            put(out, "\\n");
        else if (c == '\t')
            put(out, "\\t");
        else if (c == '\r')
            put(out, "\\r");
        else if (c < 0x20 || c >= 0x7f)
            dump_print(out, "\\x%02x", c);
        else
            dump_print(out, "%c", c);
    }
    put(out, "'");
}

/* A str in single quotes, as Python's repr but for printable characters beyond ASCII. */
static void put_str(DumpText *out, const char *text, int64_t length)
{
    put(out, "'");
    const char *end = text + length;
    for (const char *c = text; c < end;) {
        const char *start = c;
        uint32_t point = text_decode(&c);
        if (point == '\'' || point == '\\')
            dump_print(out, "\\%c", (char)point);
        else if (point == '\n')
            put(out, "\\n");
        else if (point == '\t')
            put(out, "\\t");
        else if (point == '\r')
            put(out, "\\r");
        else if (point < 0x20 || (point >= 0x7f && point < 0xa0))
            dump_print(out, "\\x%02x", (unsigned)point);
        else if (point >= 0xd800 && point <= 0xdfff)
            dump_print(out, "\\u%04x", (unsigned)point);
        else
            dump_write(out, start, c - start);
    }
    put(out, "'");
}

static void put_double(DumpText *out, double number)
{
    if (isinf(number)) {
        put(out, "inf");
        return;
    }
    /* The shortest digits that read back as the same number. */
    char text[40];
    for (int precision = 1; precision <= 17; precision++) {
        snprintf(text, sizeof text, "%.*g", precision, number);
        double back = 0;
        sscanf(text, "%lf", &back);
        if (back == number)
            break;
    }
    put(out, text);
}

static void indent(DumpText *out, int level)
{
    for (int i = 0; i < level; i++)
        put(out, "  ");
}

/* --- Tokens --- */

void dump_tokens(DumpText *out, const Lexer *lexer, DumpFormat format)
{
    if (format == DUMP_JSON)
        put(out, "[");
    for (int64_t i = 0; i < lexer->count; i++) {
        const Token *token = &lexer->tokens[i];
        const Place *place = &token->place;
        const char *text = lexer->source + token->start;
        int64_t length = token->kind == TOK_NEWLINE ? 0 : token->end - token->start;
        if (format == DUMP_JSON) {
            dump_print(out, "%s{\"kind\": \"%s\", \"text\": ", i > 0 ? ",\n " : "",
                       token_kind_name(token->kind));
            dump_json_string(out, text, length);
            dump_print(out, ", \"line\": %d, \"column\": %d, \"end_line\": %d, \"end_column\": %d}",
                       place->line, place->column, place->end_line, place->end_column);
            continue;
        }
        char where[64];
        if (place->column < 0)
            snprintf(where, sizeof where, "%d", place->line);
        else
            snprintf(where, sizeof where, "%d:%d-%d:%d", place->line, place->column,
                     place->end_line, place->end_column);
        dump_print(out, length > 0 ? "%-20s %-16s " : "%-20s %s", where,
                   token_kind_name(token->kind));
        if (length > 0)
            put_str(out, text, length);
        put(out, "\n");
    }
    if (format == DUMP_JSON)
        put(out, "]\n");
}

ParseStatus dump_source_tokens(DumpText *out, const char *text, int64_t length,
                               const char *filename, DumpFormat format, Diagnostic *diagnostic,
                               Bump *bump)
{
    diagnostic_init(diagnostic, bump, filename);
    NameTable *names = bump_alloc(bump, sizeof *names);
    Lexer *lexer = bump_alloc(bump, sizeof *lexer);
    if (names == NULL || lexer == NULL || !name_pool_begin(names, bump))
        return PARSE_NO_MEMORY;
    int64_t size = 0;
    char *source = text_prepare(text, length, false, true, diagnostic, &size);
    if (source == NULL)
        return diagnostic->kind == DIAGNOSTIC_MEMORY_ERROR ? PARSE_NO_MEMORY : PARSE_ERROR;
    diagnostic->source = source;
    diagnostic->source_length = size;
    lexer_init(lexer, source, size, PARSE_FILE, bump, names, diagnostic);
    if (!tokenize_source(lexer))
        return PARSE_NO_MEMORY;
    dump_tokens(out, lexer, format);
    if (out->failed)
        return PARSE_NO_MEMORY;
    return diagnostic->kind == DIAGNOSTIC_NONE ? PARSE_OK : PARSE_ERROR;
}

/* --- Tree --- */

static void tree_text(DumpText *out, const Node *node, int level);
static void tree_json(DumpText *out, const Node *node, int level);

static void constant_text(DumpText *out, const AstConstant *constant)
{
    static const char *const names[] = {"None", "False", "True", "Ellipsis"};
    switch (constant->constant) {
    case CONSTANT_INT:
        dump_print(out, "%s%s",
                   constant->base == 16  ? "0x"
                   : constant->base == 8 ? "0o"
                   : constant->base == 2 ? "0b"
                                         : "",
                   constant->text);
        break;
    case CONSTANT_FLOAT:
        put_double(out, constant->number);
        break;
    case CONSTANT_IMAGINARY:
        put_double(out, constant->number);
        put(out, "j");
        break;
    case CONSTANT_STR:
        put_str(out, constant->text, constant->length);
        break;
    case CONSTANT_BYTES:
        put_bytes(out, constant->text, constant->length);
        break;
    default:
        put(out, names[constant->constant]);
        break;
    }
}

/* NODE_CONSTANT and NODE_MATCHSINGLETON begin with the same fields. */
static const AstConstant *constant_of(const Node *node)
{
    return &node->as.constant;
}

static void list_text(DumpText *out, const NodeList *list, int level)
{
    if (list->count == 0) {
        put(out, "[]");
        return;
    }
    put(out, "[\n");
    for (int64_t i = 0; i < list->count; i++) {
        indent(out, level + 1);
        if (list->items[i] == NULL)
            put(out, "None");
        else
            tree_text(out, list->items[i], level + 1);
        put(out, i + 1 < list->count ? ",\n" : "]");
    }
}

static void operators(DumpText *out, const ComparisonList *list, const char *quote)
{
    put(out, "[");
    for (int64_t i = 0; i < list->count; i++)
        dump_print(out, "%s%s%s%s", i > 0 ? ", " : "", quote,
                   ast_comparison_name((ComparisonOperator)list->items[i]), quote);
    put(out, "]");
}

static const char *operator_name(const NodeField *field)
{
    switch (field->kind) {
    case FIELD_CONTEXT:
        return ast_context_name(*(const ExpressionContext *)field->data);
    case FIELD_OPERATOR:
        return ast_binary_name(*(const BinaryOperator *)field->data);
    case FIELD_BOOLEAN:
        return ast_boolean_name(*(const BooleanOperator *)field->data);
    default:
        return ast_unary_name(*(const UnaryOperator *)field->data);
    }
}

static void field_text(DumpText *out, const Node *node, const NodeField *field, int level)
{
    const char *name = field->kind == FIELD_NAME || field->kind == FIELD_MAYBE_NAME
                           ? *(const char *const *)field->data
                           : NULL;
    switch (field->kind) {
    case FIELD_CHILD:
    case FIELD_MAYBE:
        tree_text(out, *(Node *const *)field->data, level);
        break;
    case FIELD_LIST:
    case FIELD_HOLES:
        list_text(out, field->data, level);
        break;
    case FIELD_NAME:
    case FIELD_MAYBE_NAME:
        put_str(out, name, (int64_t)strlen(name));
        break;
    case FIELD_NAMES: {
        const NameList *list = field->data;
        put(out, "[");
        for (int64_t i = 0; i < list->count; i++) {
            put(out, i > 0 ? ", " : "");
            put_str(out, list->items[i], (int64_t)strlen(list->items[i]));
        }
        put(out, "]");
        break;
    }
    case FIELD_COMPARISONS: {
        operators(out, field->data, "");
        break;
    }
    case FIELD_NUMBER:
        dump_print(out, "%d", *(const int *)field->data);
        break;
    case FIELD_CONSTANT:
        constant_text(out, constant_of(node));
        if (node->kind == NODE_CONSTANT && constant_of(node)->u_prefix)
            put(out, ", kind='u'");
        break;
    default:
        put(out, operator_name(field));
        break;
    }
}

static bool is_absent(const NodeField *field)
{
    if (field->kind == FIELD_MAYBE)
        return *(Node *const *)field->data == NULL;
    return field->kind == FIELD_MAYBE_NAME && *(const char *const *)field->data == NULL;
}

static void tree_text(DumpText *out, const Node *node, int level)
{
    NodeField fields[NODE_MAX_FIELDS];
    int count = node_fields(node, fields);
    dump_print(out, "%s(", node_kind_name((NodeKind)node->kind));
    bool first = true;
    for (int i = 0; i < count; i++) {
        if (is_absent(&fields[i]))
            continue;
        put(out, first ? "\n" : ",\n");
        first = false;
        indent(out, level + 1);
        dump_print(out, "%s=", fields[i].name);
        field_text(out, node, &fields[i], level + 1);
    }
    put(out, ")");
    if (node->place.line > 0)
        dump_print(out, " @%d:%d-%d:%d", node->place.line, node->place.column, node->place.end_line,
                   node->place.end_column);
}

static void list_json(DumpText *out, const NodeList *list, int level)
{
    put(out, "[");
    for (int64_t i = 0; i < list->count; i++) {
        put(out, i > 0 ? ",\n" : "\n");
        indent(out, level + 1);
        if (list->items[i] == NULL)
            put(out, "null");
        else
            tree_json(out, list->items[i], level + 1);
    }
    put(out, "]");
}

static void constant_json(DumpText *out, const AstConstant *constant)
{
    switch (constant->constant) {
    case CONSTANT_NONE:
        put(out, "null");
        break;
    case CONSTANT_FALSE:
    case CONSTANT_TRUE:
        put(out, constant->constant == CONSTANT_TRUE ? "true" : "false");
        break;
    case CONSTANT_ELLIPSIS:
        put(out, "{\"ellipsis\": true}");
        break;
    case CONSTANT_INT:
        dump_print(out, "{\"int\": \"%s\", \"base\": %d}", constant->text, constant->base);
        break;
    case CONSTANT_FLOAT:
    case CONSTANT_IMAGINARY:
        put(out, constant->constant == CONSTANT_FLOAT ? "{\"float\": \"" : "{\"imaginary\": \"");
        put_double(out, constant->number);
        put(out, "\"}");
        break;
    case CONSTANT_STR:
        dump_json_string(out, constant->text, constant->length);
        break;
    case CONSTANT_BYTES:
        put(out, "{\"bytes\": \"");
        for (int64_t i = 0; i < constant->length; i++)
            dump_print(out, "%02x", (unsigned)(unsigned char)constant->text[i]);
        put(out, "\"}");
        break;
    }
}

static void field_json(DumpText *out, const Node *node, const NodeField *field, int level)
{
    const char *name = field->kind == FIELD_NAME || field->kind == FIELD_MAYBE_NAME
                           ? *(const char *const *)field->data
                           : NULL;
    switch (field->kind) {
    case FIELD_CHILD:
    case FIELD_MAYBE:
        tree_json(out, *(Node *const *)field->data, level);
        break;
    case FIELD_LIST:
    case FIELD_HOLES:
        list_json(out, field->data, level);
        break;
    case FIELD_NAME:
    case FIELD_MAYBE_NAME:
        dump_json_string(out, name, (int64_t)strlen(name));
        break;
    case FIELD_NAMES: {
        const NameList *list = field->data;
        put(out, "[");
        for (int64_t i = 0; i < list->count; i++) {
            put(out, i > 0 ? ", " : "");
            dump_json_string(out, list->items[i], (int64_t)strlen(list->items[i]));
        }
        put(out, "]");
        break;
    }
    case FIELD_COMPARISONS:
        operators(out, field->data, "\"");
        break;
    case FIELD_NUMBER:
        dump_print(out, "%d", *(const int *)field->data);
        break;
    case FIELD_CONSTANT:
        constant_json(out, constant_of(node));
        if (node->kind == NODE_CONSTANT && constant_of(node)->u_prefix)
            put(out, ", \"u_prefix\": true");
        break;
    default:
        dump_print(out, "\"%s\"", operator_name(field));
        break;
    }
}

static void tree_json(DumpText *out, const Node *node, int level)
{
    NodeField fields[NODE_MAX_FIELDS];
    int count = node_fields(node, fields);
    dump_print(out, "{\"kind\": \"%s\"", node_kind_name((NodeKind)node->kind));
    if (node->place.line > 0)
        dump_print(out, ", \"place\": [%d, %d, %d, %d]", node->place.line, node->place.column,
                   node->place.end_line, node->place.end_column);
    for (int i = 0; i < count; i++) {
        dump_print(out, ", \"%s\": ", fields[i].name);
        if (is_absent(&fields[i]))
            put(out, "null");
        else
            field_json(out, node, &fields[i], level);
    }
    put(out, "}");
}

void dump_tree(DumpText *out, const Node *root, DumpFormat format)
{
    if (format == DUMP_JSON)
        tree_json(out, root, 0);
    else
        tree_text(out, root, 0);
    put(out, "\n");
}

/* --- Symbols --- */

static const char *const scope_kinds[] = {"module", "class", "function"};
static const char *const symbol_scopes[] = {"local", "global", "builtin-or-global", "free", "cell"};

static void put_flags(DumpText *out, unsigned flags, DumpFormat format)
{
    static const char *const names[] = {"global",   "assigned",  "parameter",
                                        "nonlocal", "used",      "free-in-class",
                                        "imported", "annotated", "iteration"};
    bool first = true;
    for (unsigned i = 0; i < sizeof names / sizeof *names; i++) {
        if ((flags & 1u << i) == 0)
            continue;
        if (format == DUMP_JSON)
            dump_print(out, "%s\"%s\"", first ? "" : ", ", names[i]);
        else
            dump_print(out, "%s%s", first ? "" : " ", names[i]);
        first = false;
    }
}

typedef struct ScopeFlag {
    const char *name;
    bool value;
} ScopeFlag;

static int scope_flags(const Scope *scope, ScopeFlag out[8])
{
    int count = 0;
    out[count++] = (ScopeFlag){"nested", scope->is_nested};
    out[count++] = (ScopeFlag){"generator", scope->is_generator};
    out[count++] = (ScopeFlag){"coroutine", scope->is_coroutine};
    out[count++] = (ScopeFlag){"comprehension", scope->is_comprehension};
    out[count++] = (ScopeFlag){"varargs", scope->has_varargs};
    out[count++] = (ScopeFlag){"varkeywords", scope->has_varkeywords};
    out[count++] = (ScopeFlag){"class-closure", scope->needs_class_closure};
    return count;
}

static void scope_text(DumpText *out, const Scope *scope, int level)
{
    indent(out, level);
    dump_print(out, "%s %s", scope_kinds[scope->kind], scope->name);
    if (scope->place.line > 0)
        dump_print(out, " @%d:%d", scope->place.line, scope->place.column);
    ScopeFlag flags[8];
    int count = scope_flags(scope, flags);
    for (int i = 0; i < count; i++) {
        if (flags[i].value)
            dump_print(out, " %s", flags[i].name);
    }
    put(out, "\n");
    for (int64_t i = 0; i < scope->symbol_count; i++) {
        const Symbol *symbol = &scope->symbols[i];
        indent(out, level + 1);
        dump_print(out, "%-16s %-18s ", symbol->name, symbol_scopes[symbol->scope]);
        put_flags(out, symbol->flags, DUMP_TEXT);
        put(out, "\n");
    }
    for (int64_t i = 0; i < scope->child_count; i++)
        scope_text(out, scope->children[i], level + 1);
}

static void scope_json(DumpText *out, const Scope *scope, int level)
{
    dump_print(out, "{\"kind\": \"%s\", \"name\": ", scope_kinds[scope->kind]);
    dump_json_string(out, scope->name, (int64_t)strlen(scope->name));
    dump_print(out, ", \"line\": %d, \"column\": %d, \"flags\": [", scope->place.line,
               scope->place.column);
    ScopeFlag flags[8];
    int count = scope_flags(scope, flags);
    bool first = true;
    for (int i = 0; i < count; i++) {
        if (!flags[i].value)
            continue;
        dump_print(out, "%s\"%s\"", first ? "" : ", ", flags[i].name);
        first = false;
    }
    put(out, "],\n");
    indent(out, level + 1);
    put(out, "\"symbols\": [");
    for (int64_t i = 0; i < scope->symbol_count; i++) {
        const Symbol *symbol = &scope->symbols[i];
        put(out, i > 0 ? ",\n" : "\n");
        indent(out, level + 2);
        put(out, "{\"name\": ");
        dump_json_string(out, symbol->name, (int64_t)strlen(symbol->name));
        dump_print(out, ", \"scope\": \"%s\", \"flags\": [", symbol_scopes[symbol->scope]);
        put_flags(out, symbol->flags, DUMP_JSON);
        put(out, "]}");
    }
    put(out, "],\n");
    indent(out, level + 1);
    put(out, "\"children\": [");
    for (int64_t i = 0; i < scope->child_count; i++) {
        put(out, i > 0 ? ",\n" : "\n");
        indent(out, level + 2);
        scope_json(out, scope->children[i], level + 2);
    }
    put(out, "]}");
}

void dump_symbols(DumpText *out, const SymbolTable *table, DumpFormat format)
{
    if (format == DUMP_JSON) {
        scope_json(out, table->top, 0);
        put(out, "\n");
    } else {
        scope_text(out, table->top, 0);
    }
}
