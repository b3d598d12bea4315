/*
 * Builders for match statements and patterns (PEP 634); see build.c for the conventions.
 */

#include <string.h>

#include "grammar/build.h"

/* `_` binds nothing. */
static const char *bound_name(const Token *name)
{
    return strcmp(name->name, "_") == 0 ? NULL : name->name;
}

Node *build_match(Parser *parser, Place place, Node *subject, Sequence *cases)
{
    Node *node = build_node(parser, NODE_MATCH, place);
    if (node == NULL)
        return NULL;
    node->as.match.subject = subject;
    node->as.match.cases = build_nodes(cases);
    return build_seal(parser, node);
}

Node *build_match_case(Parser *parser, Node *pattern, Node *guard, Sequence *body)
{
    Node *node = build_node(parser, NODE_MATCHCASE, (Place){0});
    if (node == NULL)
        return NULL;
    node->as.match_case.pattern = pattern;
    node->as.match_case.guard = guard;
    node->as.match_case.body = build_nodes(body);
    return build_seal(parser, node);
}

Node *build_match_value(Parser *parser, Place place, Node *value)
{
    Node *node = build_node(parser, NODE_MATCHVALUE, place);
    if (node == NULL)
        return NULL;
    node->as.matchvalue.value = value;
    return build_seal(parser, node);
}

Node *build_match_singleton(Parser *parser, Place place, ConstantKind constant)
{
    Node *node = build_node(parser, NODE_MATCHSINGLETON, place);
    if (node != NULL)
        node->as.matchsingleton.constant = constant;
    return node;
}

Node *build_match_sequence(Parser *parser, Place place, Sequence *patterns)
{
    Node *node = build_node(parser, NODE_MATCHSEQUENCE, place);
    if (node == NULL)
        return NULL;
    node->as.matchsequence.patterns = build_nodes(patterns);
    return build_seal(parser, node);
}

Node *build_match_star(Parser *parser, Place place, const Token *name)
{
    Node *node = build_node(parser, NODE_MATCHSTAR, place);
    if (node != NULL)
        node->as.matchstar.name = bound_name(name);
    return node;
}

Node *build_match_as(Parser *parser, Place place, Node *pattern, const Token *name)
{
    if (bound_name(name) == NULL)
        return build_refuse(parser);
    Node *node = build_node(parser, NODE_MATCHAS, place);
    if (node == NULL)
        return NULL;
    node->as.matchas.pattern = pattern;
    node->as.matchas.name = name->name;
    return build_seal(parser, node);
}

Node *build_match_or(Parser *parser, Place place, Sequence *patterns)
{
    Node *node = build_node(parser, NODE_MATCHOR, place);
    if (node == NULL)
        return NULL;
    node->as.matchor.patterns = build_nodes(patterns);
    return build_seal(parser, node);
}

Node *build_match_capture(Parser *parser, Place place, const Token *name)
{
    Node *node = build_node(parser, NODE_MATCHAS, place);
    if (node != NULL)
        node->as.matchas.name = bound_name(name);
    return node;
}

PatternPair *build_pattern_pair(Parser *parser, Place place, Node *key, const Token *name,
                                Node *pattern)
{
    (void)place;
    PatternPair *pair = bump_alloc(parser->bump, sizeof *pair);
    if (pair == NULL)
        return build_no_memory(parser);
    *pair = (PatternPair){.key = key, .name = name, .pattern = pattern};
    return pair;
}

Node *build_match_mapping(Parser *parser, Place place, Sequence *pairs)
{
    Node *node = build_node(parser, NODE_MATCHMAPPING, place);
    if (node == NULL || pairs == NULL)
        return node;
    AstMatchMapping *mapping = &node->as.matchmapping;
    size_t size = (size_t)pairs->count * sizeof(Node *);
    mapping->keys.items = bump_alloc(parser->bump, size);
    mapping->patterns.items = bump_alloc(parser->bump, size);
    if (mapping->keys.items == NULL || mapping->patterns.items == NULL)
        return build_no_memory(parser);
    for (int64_t i = 0; i < pairs->count; i++) {
        const PatternPair *pair = pairs->items[i];
        if (mapping->rest != NULL)
            return build_refuse(parser);
        if (pair->key == NULL) {
            mapping->rest = bound_name(pair->name);
            if (mapping->rest == NULL)
                return build_refuse(parser);
            continue;
        }
        mapping->keys.items[mapping->keys.count++] = pair->key;
        mapping->patterns.items[mapping->patterns.count++] = pair->pattern;
    }
    return build_seal(parser, node);
}

Node *build_match_class(Parser *parser, Place place, Node *cls, Sequence *pairs)
{
    Node *node = build_node(parser, NODE_MATCHCLASS, place);
    if (node == NULL)
        return NULL;
    AstMatchClass *class_pattern = &node->as.matchclass;
    class_pattern->cls = cls;
    if (pairs == NULL)
        return build_seal(parser, node);
    size_t size = (size_t)pairs->count * sizeof(void *);
    class_pattern->patterns.items = bump_alloc(parser->bump, size);
    class_pattern->kwd_patterns.items = bump_alloc(parser->bump, size);
    class_pattern->kwd_attrs.items = bump_alloc(parser->bump, size);
    if (class_pattern->patterns.items == NULL || class_pattern->kwd_patterns.items == NULL ||
        class_pattern->kwd_attrs.items == NULL)
        return build_no_memory(parser);
    for (int64_t i = 0; i < pairs->count; i++) {
        const PatternPair *pair = pairs->items[i];
        if (pair->name != NULL) {
            class_pattern->kwd_attrs.items[class_pattern->kwd_attrs.count++] = pair->name->name;
            class_pattern->kwd_patterns.items[class_pattern->kwd_patterns.count++] = pair->pattern;
        } else if (class_pattern->kwd_attrs.count > 0) {
            return build_refuse(parser);
        } else {
            class_pattern->patterns.items[class_pattern->patterns.count++] = pair->pattern;
        }
    }
    return build_seal(parser, node);
}

/* Whether a number or its negative is imaginary. */
static bool is_imaginary(const Node *node)
{
    if (node->kind == NODE_UNARYOP)
        node = node->as.unaryop.operand;
    return node->as.constant.constant == CONSTANT_IMAGINARY;
}

Node *build_complex(Parser *parser, Place place, Node *real, BinaryOperator op,
                    Place imaginary_place, const Token *imaginary)
{
    Node *right = build_number(parser, imaginary_place, imaginary);
    if (right == NULL)
        return NULL;
    if (is_imaginary(real))
        return build_error_at(parser, real->place, "real number required in complex literal");
    if (!is_imaginary(right))
        return build_error_at(parser, imaginary_place,
                              "imaginary number required in complex literal");
    return build_binary(parser, place, real, op, right);
}
