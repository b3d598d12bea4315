/*
 * Builders of AST nodes for the grammar's actions (parser.y).
 *
 * Each fills in a node, then seals it: the depth of the tree is bounded here and nowhere else.
 * What Python forbids but the grammar lets pass is refused with PARSE_ERROR and no words.
 * Here are what all builders share, and statements; expressions are in build_expression.c, patterns
 * in build_match.c, literals in literals.c and fstring.c.
 */

#include "grammar/build.h"

#include <string.h>

#include "gc/mem.h"

/* --- The parser's stack --- */

/* Bison frees without a size, so the size is kept in front. */
enum { STACK_HEADER = 16 };

void *build_stack_alloc(size_t size)
{
    char *block = mem_alloc(size + STACK_HEADER);
    if (block == NULL)
        return NULL;
    memcpy(block, &size, sizeof size);
    return block + STACK_HEADER;
}

void build_stack_free(void *block)
{
    if (block == NULL)
        return;
    char *start = (char *)block - STACK_HEADER;
    size_t size;
    memcpy(&size, start, sizeof size);
    mem_free(start, size + STACK_HEADER);
}

/* --- Errors, nodes, lists --- */

Place build_span(Place first, Place last)
{
    return (Place){first.line, first.column, last.end_line, last.end_column};
}

void *build_no_memory(Parser *parser)
{
    parser->status = PARSE_NO_MEMORY;
    return NULL;
}

void *build_refuse(Parser *parser)
{
    if (parser->status == PARSE_OK)
        parser->status = PARSE_ERROR;
    return NULL;
}

void build_error_token(Parser *parser, DiagnosticKind kind, int64_t index, const char *format,
                       va_list arguments)
{
    const Token *tokens = parser->own_tokens != NULL ? parser->own_tokens : parser->lexer->tokens;
    const Token *token = &tokens[index];
    const char *source = parser->lexer->source;
    Place place = token->place;
    if (token->place.column >= 0) {
        diagnostic_set_list(parser->diagnostic, kind, place, format, arguments);
        return;
    }
    /* A token without text: CPython's column is the width of what was read of the line. */
    int32_t start = token->start;
    if (start > 0 && source + start == parser->lexer->limit && source[start - 1] == '\n')
        start--;
    while (start > 0 && source[start - 1] != '\n')
        start--;
    place.column = place.end_column = token->start - start;
    diagnostic_set_list(parser->diagnostic, kind, place, format, arguments);
    if (parser->diagnostic->kind != DIAGNOSTIC_MEMORY_ERROR) {
        parser->diagnostic->offset--;
        parser->diagnostic->end_offset = -1;
    }
}

void *build_error_here(Parser *parser, const char *format, ...)
{
    if (parser->diagnostic->kind != DIAGNOSTIC_NONE)
        return build_refuse(parser);
    va_list arguments;
    va_start(arguments, format);
    build_error_token(parser, DIAGNOSTIC_SYNTAX_ERROR, parser->position, format, arguments);
    va_end(arguments);
    return build_refuse(parser);
}

void *build_error_at(Parser *parser, Place place, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    diagnostic_set_list(parser->diagnostic, DIAGNOSTIC_SYNTAX_ERROR, place, format, arguments);
    va_end(arguments);
    return build_refuse(parser);
}

Node *build_node(Parser *parser, NodeKind kind, Place place)
{
    Node *node = node_new(parser->bump, kind, place);
    return node != NULL ? node : build_no_memory(parser);
}

Node *build_seal(Parser *parser, Node *node)
{
    if (node_seal(node))
        return node;
    parser->status = PARSE_TOO_DEEP;
    return NULL;
}

Sequence *build_list(Parser *parser, void *item)
{
    enum { FIRST = 4 };
    Sequence *list = bump_alloc(parser->bump, sizeof *list);
    if (list == NULL)
        return build_no_memory(parser);
    list->items = bump_alloc(parser->bump, FIRST * sizeof *list->items);
    if (list->items == NULL)
        return build_no_memory(parser);
    list->items[0] = item;
    list->count = 1;
    list->capacity = FIRST;
    return list;
}

Sequence *build_append(Parser *parser, Sequence *list, void *item)
{
    if (list->count == list->capacity) {
        void **items = bump_alloc(parser->bump, (size_t)list->capacity * 2 * sizeof *items);
        if (items == NULL)
            return build_no_memory(parser);
        memcpy(items, list->items, (size_t)list->count * sizeof *items);
        list->items = items;
        list->capacity *= 2;
    }
    list->items[list->count++] = item;
    return list;
}

Sequence *build_concat(Parser *parser, Sequence *list, Sequence *more)
{
    for (int64_t i = 0; i < more->count; i++) {
        if (build_append(parser, list, more->items[i]) == NULL)
            return NULL;
    }
    return list;
}

/* The list's own array becomes the node's. */
NodeList build_nodes(const Sequence *list)
{
    if (list == NULL)
        return (NodeList){0};
    return (NodeList){.items = (Node **)list->items, .count = list->count};
}

/* --- Roots --- */

static int finish_root(Parser *parser, Node *root)
{
    if (root == NULL || build_seal(parser, root) == NULL)
        return 0;
    parser->root = root;
    return 1;
}

int build_module(Parser *parser, Sequence *body)
{
    Node *root = build_node(parser, NODE_MODULE, (Place){0});
    if (root != NULL)
        root->as.module.body = build_nodes(body);
    return finish_root(parser, root);
}

int build_interactive(Parser *parser, Sequence *body)
{
    Node *root = build_node(parser, NODE_INTERACTIVE, (Place){0});
    if (root == NULL)
        return 0;
    if (body == NULL) {
        /* An empty line runs as `pass`, as in CPython. */
        Node *pass = build_bare(parser, parser->lexer->tokens[0].place, NODE_PASS);
        if (pass == NULL || (body = build_list(parser, pass)) == NULL)
            return 0;
    }
    root->as.interactive.body = build_nodes(body);
    return finish_root(parser, root);
}

int build_expression_root(Parser *parser, Node *body)
{
    Node *root = build_node(parser, NODE_EXPRESSION, (Place){0});
    if (root != NULL)
        root->as.expression.body = body;
    return finish_root(parser, root);
}

/* --- Targets --- */

static int check_targets(Parser *parser, const NodeList *list, ExpressionContext ctx,
                         TargetKind kind)
{
    for (int64_t i = 0; i < list->count; i++) {
        Node *item = list->items[i];
        if (!build_target(parser, item->place, item, ctx, kind))
            return 0;
    }
    return 1;
}

int build_target(Parser *parser, Place place, Node *node, ExpressionContext ctx, TargetKind kind)
{
    switch ((NodeKind)node->kind) {
    case NODE_NAME:
        node->as.name.ctx = ctx;
        return 1;
    case NODE_ATTRIBUTE:
        node->as.attribute.ctx = ctx;
        return 1;
    case NODE_SUBSCRIPT:
        node->as.subscript.ctx = ctx;
        return 1;
    case NODE_STARRED:
        if (kind != TARGET_STAR)
            break;
        node->as.starred.ctx = ctx;
        return build_target(parser, place, node->as.starred.value, ctx, kind);
    case NODE_LIST:
        if (kind == TARGET_SINGLE)
            break;
        node->as.list.ctx = ctx;
        return check_targets(parser, &node->as.list.elts, ctx, kind);
    case NODE_TUPLE:
        if (kind == TARGET_SINGLE)
            break;
        node->as.tuple.ctx = ctx;
        return check_targets(parser, &node->as.tuple.elts, ctx, kind);
    default:
        break;
    }
    build_refuse(parser);
    return 0;
}

/* --- Simple statements --- */

Node *build_bare(Parser *parser, Place place, NodeKind kind)
{
    return build_node(parser, kind, place);
}

Node *build_name_statement(Parser *parser, Place place, NodeKind kind, Sequence *tokens)
{
    Node *node = build_node(parser, kind, place);
    if (node == NULL)
        return NULL;
    const char **names = bump_alloc(parser->bump, (size_t)tokens->count * sizeof *names);
    if (names == NULL)
        return build_no_memory(parser);
    for (int64_t i = 0; i < tokens->count; i++)
        names[i] = ((const Token *)tokens->items[i])->name;
    NameList list = {.items = names, .count = tokens->count};
    if (kind == NODE_GLOBAL)
        node->as.global.names = list;
    else
        node->as.nonlocal.names = list;
    return node;
}

Node *build_expr(Parser *parser, Place place, Node *value)
{
    Node *node = build_node(parser, NODE_EXPR, place);
    if (node == NULL)
        return NULL;
    node->as.expr.value = value;
    return build_seal(parser, node);
}

Node *build_assign(Parser *parser, Place place, Sequence *targets, Node *value)
{
    Node *node = build_node(parser, NODE_ASSIGN, place);
    if (node == NULL)
        return NULL;
    node->as.assign.targets = build_nodes(targets);
    node->as.assign.value = value;
    return build_seal(parser, node);
}

Node *build_augassign(Parser *parser, Place place, Place target_place, Node *target,
                      BinaryOperator op, Node *value)
{
    if (!build_target(parser, target_place, target, CONTEXT_STORE, TARGET_SINGLE))
        return NULL;
    Node *node = build_node(parser, NODE_AUGASSIGN, place);
    if (node == NULL)
        return NULL;
    node->as.augassign.target = target;
    node->as.augassign.op = op;
    node->as.augassign.value = value;
    return build_seal(parser, node);
}

Node *build_annassign(Parser *parser, Place place, Place target_place, Node *target,
                      Node *annotation, Node *value)
{
    if (!build_target(parser, target_place, target, CONTEXT_STORE, TARGET_SINGLE))
        return NULL;
    Node *node = build_node(parser, NODE_ANNASSIGN, place);
    if (node == NULL)
        return NULL;
    bool parenthesised =
        target->place.line != target_place.line || target->place.column != target_place.column;
    node->as.annassign.target = target;
    node->as.annassign.annotation = annotation;
    node->as.annassign.value = value;
    node->as.annassign.simple = target->kind == NODE_NAME && !parenthesised;
    return build_seal(parser, node);
}

Node *build_return(Parser *parser, Place place, Node *value)
{
    Node *node = build_node(parser, NODE_RETURN, place);
    if (node == NULL)
        return NULL;
    node->as.return_.value = value;
    return build_seal(parser, node);
}

Node *build_raise(Parser *parser, Place place, Node *exc, Node *cause)
{
    Node *node = build_node(parser, NODE_RAISE, place);
    if (node == NULL)
        return NULL;
    node->as.raise.exc = exc;
    node->as.raise.cause = cause;
    return build_seal(parser, node);
}

Node *build_delete(Parser *parser, Place place, Sequence *targets)
{
    NodeList list = build_nodes(targets);
    if (!check_targets(parser, &list, CONTEXT_DEL, TARGET_DELETE))
        return NULL;
    Node *node = build_node(parser, NODE_DELETE, place);
    if (node == NULL)
        return NULL;
    node->as.delete.targets = list;
    return build_seal(parser, node);
}

Node *build_assert(Parser *parser, Place place, Node *test, Node *msg)
{
    Node *node = build_node(parser, NODE_ASSERT, place);
    if (node == NULL)
        return NULL;
    node->as.assert_.test = test;
    node->as.assert_.msg = msg;
    return build_seal(parser, node);
}

Node *build_import(Parser *parser, Place place, Sequence *names)
{
    Node *node = build_node(parser, NODE_IMPORT, place);
    if (node == NULL)
        return NULL;
    node->as.import.names = build_nodes(names);
    return build_seal(parser, node);
}

Node *build_import_from(Parser *parser, Place place, int level, Node *module, Sequence *names)
{
    Node *node = build_node(parser, NODE_IMPORTFROM, place);
    if (node == NULL)
        return NULL;
    node->as.importfrom.module = module != NULL ? module->as.name.id : NULL;
    node->as.importfrom.names = build_nodes(names);
    node->as.importfrom.level = level;
    return build_seal(parser, node);
}

static Node *alias_of(Parser *parser, Place place, const char *name, const Token *asname)
{
    Node *node = build_node(parser, NODE_ALIAS, place);
    if (node == NULL)
        return NULL;
    node->as.alias.name = name;
    node->as.alias.asname = asname != NULL ? asname->name : NULL;
    return node;
}

Node *build_alias(Parser *parser, Place place, const Token *name, const Token *asname)
{
    return alias_of(parser, place, name->name, asname);
}

Node *build_alias_star(Parser *parser, Place place)
{
    const char *star = name_pool_intern(parser->names, "*", 1);
    return star != NULL ? alias_of(parser, place, star, NULL) : build_no_memory(parser);
}

Node *build_alias_dotted(Parser *parser, Place place, Node *name, const Token *asname)
{
    return alias_of(parser, place, name->as.name.id, asname);
}

Node *build_dotted(Parser *parser, Place place, Node *left, const Token *name)
{
    char *joined = bump_format(parser->bump, "%s.%s", left->as.name.id, name->name);
    if (joined == NULL)
        return build_no_memory(parser);
    left->as.name.id = name_pool_intern(parser->names, joined, (int64_t)strlen(joined));
    if (left->as.name.id == NULL)
        return build_no_memory(parser);
    left->place = place;
    return left;
}

/* --- Compound statements --- */

Node *build_if(Parser *parser, Place place, Node *test, Sequence *body, Sequence *orelse)
{
    Node *node = build_node(parser, NODE_IF, place);
    if (node == NULL)
        return NULL;
    node->as.if_.test = test;
    node->as.if_.body = build_nodes(body);
    node->as.if_.orelse = build_nodes(orelse);
    return build_seal(parser, node);
}

Node *build_while(Parser *parser, Place place, Node *test, Sequence *body, Sequence *orelse)
{
    Node *node = build_node(parser, NODE_WHILE, place);
    if (node == NULL)
        return NULL;
    node->as.while_.test = test;
    node->as.while_.body = build_nodes(body);
    node->as.while_.orelse = build_nodes(orelse);
    return build_seal(parser, node);
}

Node *build_for(Parser *parser, Place place, bool is_async, Place target_place, Node *target,
                Node *iter, Sequence *body, Sequence *orelse)
{
    if (!build_target(parser, target_place, target, CONTEXT_STORE, TARGET_STAR))
        return NULL;
    Node *node = build_node(parser, is_async ? NODE_ASYNCFOR : NODE_FOR, place);
    if (node == NULL)
        return NULL;
    if (is_async) {
        node->as.asyncfor.target = target;
        node->as.asyncfor.iter = iter;
        node->as.asyncfor.body = build_nodes(body);
        node->as.asyncfor.orelse = build_nodes(orelse);
    } else {
        node->as.for_.target = target;
        node->as.for_.iter = iter;
        node->as.for_.body = build_nodes(body);
        node->as.for_.orelse = build_nodes(orelse);
    }
    return build_seal(parser, node);
}

Node *build_try(Parser *parser, Place place, NodeKind kind, Sequence *body, Sequence *handlers,
                Sequence *orelse, Sequence *finalbody)
{
    Node *node = build_node(parser, kind, place);
    if (node == NULL)
        return NULL;
    if (kind == NODE_TRY) {
        node->as.try.body = build_nodes(body);
        node->as.try.handlers = build_nodes(handlers);
        node->as.try.orelse = build_nodes(orelse);
        node->as.try.finalbody = build_nodes(finalbody);
    } else {
        node->as.trystar.body = build_nodes(body);
        node->as.trystar.handlers = build_nodes(handlers);
        node->as.trystar.orelse = build_nodes(orelse);
        node->as.trystar.finalbody = build_nodes(finalbody);
    }
    return build_seal(parser, node);
}

Node *build_handler(Parser *parser, Place place, Node *type, const Token *name, Sequence *body)
{
    Node *node = build_node(parser, NODE_EXCEPTHANDLER, place);
    if (node == NULL)
        return NULL;
    node->as.excepthandler.type = type;
    node->as.excepthandler.name = name != NULL ? name->name : NULL;
    node->as.excepthandler.body = build_nodes(body);
    return build_seal(parser, node);
}

Node *build_with(Parser *parser, Place place, bool is_async, Sequence *items, Sequence *body)
{
    Node *node = build_node(parser, is_async ? NODE_ASYNCWITH : NODE_WITH, place);
    if (node == NULL)
        return NULL;
    if (is_async) {
        node->as.asyncwith.items = build_nodes(items);
        node->as.asyncwith.body = build_nodes(body);
    } else {
        node->as.with.items = build_nodes(items);
        node->as.with.body = build_nodes(body);
    }
    return build_seal(parser, node);
}

Node *build_withitem(Parser *parser, Place place, Node *context, Place target_place, Node *target)
{
    (void)place;
    if (target != NULL && !build_target(parser, target_place, target, CONTEXT_STORE, TARGET_STAR))
        return NULL;
    Node *node = build_node(parser, NODE_WITHITEM, (Place){0});
    if (node == NULL)
        return NULL;
    node->as.withitem.context_expr = context;
    node->as.withitem.optional_vars = target;
    return build_seal(parser, node);
}

Parameter *build_parameter(Parser *parser, ParameterKind kind, Place place, const Token *name,
                           Node *annotation, Node *default_value)
{
    Parameter *parameter = bump_alloc(parser->bump, sizeof *parameter);
    if (parameter == NULL)
        return build_no_memory(parser);
    parameter->kind = kind;
    parameter->default_value = default_value;
    if (name != NULL) {
        Node *arg = build_node(parser, NODE_ARG, place);
        if (arg == NULL)
            return NULL;
        arg->as.arg.arg = name->name;
        arg->as.arg.annotation = annotation;
        parameter->arg = build_seal(parser, arg);
        if (parameter->arg == NULL)
            return NULL;
    }
    return parameter;
}

/* Appends to a list that may not exist yet. */
static int extend(Parser *parser, Sequence **list, void *item)
{
    *list = *list == NULL ? build_list(parser, item) : build_append(parser, *list, item);
    return *list != NULL;
}

/* Sorts parameters into a NODE_ARGUMENTS and checks their order. */
Node *build_arguments(Parser *parser, const Sequence *parameters)
{
    Node *node = build_node(parser, NODE_ARGUMENTS, (Place){0});
    if (node == NULL)
        return NULL;
    Astarguments *out = &node->as.arguments;
    Sequence *positional_only = NULL, *plain = NULL, *keyword_only = NULL;
    Sequence *keyword_defaults = NULL, *defaults = NULL;
    bool star = false, bare_star = false, slash = false;
    int64_t count = parameters != NULL ? parameters->count : 0;
    for (int64_t i = 0; i < count; i++) {
        const Parameter *parameter = parameters->items[i];
        if (out->kwarg != NULL)
            return build_refuse(parser);
        switch (parameter->kind) {
        case PARAMETER_PLAIN:
            if (star) {
                bare_star = false;
                if (!extend(parser, &keyword_only, parameter->arg) ||
                    !extend(parser, &keyword_defaults, parameter->default_value))
                    return NULL;
                break;
            }
            if (parameter->default_value == NULL && defaults != NULL)
                return build_refuse(parser);
            if (!extend(parser, &plain, parameter->arg) ||
                (parameter->default_value != NULL &&
                 !extend(parser, &defaults, parameter->default_value)))
                return NULL;
            break;
        case PARAMETER_SLASH:
            if (slash || star || plain == NULL)
                return build_refuse(parser);
            slash = true;
            positional_only = plain;
            plain = NULL;
            break;
        case PARAMETER_BARE_STAR:
        case PARAMETER_STAR:
            if (star)
                return build_refuse(parser);
            star = true;
            bare_star = parameter->kind == PARAMETER_BARE_STAR;
            out->vararg = parameter->arg;
            break;
        case PARAMETER_DOUBLE_STAR:
            if (bare_star)
                return build_refuse(parser);
            out->kwarg = parameter->arg;
            break;
        }
    }
    if (bare_star)
        return build_refuse(parser);
    out->posonlyargs = build_nodes(positional_only);
    out->args = build_nodes(plain);
    out->kwonlyargs = build_nodes(keyword_only);
    out->kw_defaults = build_nodes(keyword_defaults);
    out->defaults = build_nodes(defaults);
    return build_seal(parser, node);
}

Node *build_function(Parser *parser, Place place, bool is_async, const Token *name,
                     Sequence *parameters, Node *returns, Sequence *body)
{
    Node *args = build_arguments(parser, parameters);
    if (args == NULL)
        return NULL;
    Node *node = build_node(parser, is_async ? NODE_ASYNCFUNCTIONDEF : NODE_FUNCTIONDEF, place);
    if (node == NULL)
        return NULL;
    if (is_async) {
        node->as.asyncfunctiondef.name = name->name;
        node->as.asyncfunctiondef.args = args;
        node->as.asyncfunctiondef.body = build_nodes(body);
        node->as.asyncfunctiondef.returns = returns;
    } else {
        node->as.functiondef.name = name->name;
        node->as.functiondef.args = args;
        node->as.functiondef.body = build_nodes(body);
        node->as.functiondef.returns = returns;
    }
    return build_seal(parser, node);
}

/* Splits call arguments into positional ones and keywords, and checks their order. */
int build_split_arguments(Parser *parser, const Sequence *arguments, NodeList *positional,
                          NodeList *keywords)
{
    Sequence *plain = NULL, *named = NULL;
    bool keyword_seen = false, mapping_seen = false;
    int64_t count = arguments != NULL ? arguments->count : 0;
    for (int64_t i = 0; i < count; i++) {
        Node *argument = arguments->items[i];
        if (argument->kind == NODE_KEYWORD) {
            keyword_seen = true;
            mapping_seen = mapping_seen || argument->as.keyword.arg == NULL;
            if (!extend(parser, &named, argument))
                return 0;
            continue;
        }
        if (mapping_seen || (keyword_seen && argument->kind != NODE_STARRED)) {
            build_refuse(parser);
            return 0;
        }
        if (!extend(parser, &plain, argument))
            return 0;
    }
    *positional = build_nodes(plain);
    *keywords = build_nodes(named);
    return 1;
}

Node *build_class(Parser *parser, Place place, const Token *name, Sequence *arguments,
                  Sequence *body)
{
    Node *node = build_node(parser, NODE_CLASSDEF, place);
    if (node == NULL || !build_split_arguments(parser, arguments, &node->as.classdef.bases,
                                               &node->as.classdef.keywords))
        return NULL;
    node->as.classdef.name = name->name;
    node->as.classdef.body = build_nodes(body);
    return build_seal(parser, node);
}

Node *build_decorate(Parser *parser, Node *definition, Sequence *decorators)
{
    NodeList list = build_nodes(decorators);
    if (definition->kind == NODE_CLASSDEF)
        definition->as.classdef.decorator_list = list;
    else if (definition->kind == NODE_FUNCTIONDEF)
        definition->as.functiondef.decorator_list = list;
    else
        definition->as.asyncfunctiondef.decorator_list = list;
    return build_seal(parser, definition);
}
