/*
 * Builders for expressions; see build.c for the conventions.
 *
 * Chains of comparisons and of `and`/`or` become one flat node; calls and lambdas sort their
 * arguments through build.c.
 */

#include <string.h>

#include "grammar/build.h"

Node *build_elements(Parser *parser, Place place, NodeKind kind, Sequence *elements)
{
    Node *node = build_node(parser, kind, place);
    if (node == NULL)
        return NULL;
    if (kind == NODE_LIST)
        node->as.list.elts = build_nodes(elements);
    else if (kind == NODE_TUPLE)
        node->as.tuple.elts = build_nodes(elements);
    else
        node->as.set.elts = build_nodes(elements);
    return build_seal(parser, node);
}

Node *build_tuple(Parser *parser, Place place, Sequence *elements)
{
    return build_elements(parser, place, NODE_TUPLE, elements);
}

Node *build_starred(Parser *parser, Place place, Node *value)
{
    Node *node = build_node(parser, NODE_STARRED, place);
    if (node == NULL)
        return NULL;
    node->as.starred.value = value;
    return build_seal(parser, node);
}

Node *build_named(Parser *parser, Place place, Place name_place, const Token *name, Node *value)
{
    Node *node = build_node(parser, NODE_NAMEDEXPR, place);
    if (node == NULL)
        return NULL;
    node->as.namedexpr.target = build_name(parser, name_place, name);
    if (node->as.namedexpr.target == NULL)
        return NULL;
    node->as.namedexpr.target->as.name.ctx = CONTEXT_STORE;
    node->as.namedexpr.value = value;
    return build_seal(parser, node);
}

Node *build_yield(Parser *parser, Place place, Node *value)
{
    Node *node = build_node(parser, NODE_YIELD, place);
    if (node == NULL)
        return NULL;
    node->as.yield.value = value;
    return build_seal(parser, node);
}

Node *build_yield_from(Parser *parser, Place place, Node *value)
{
    Node *node = build_node(parser, NODE_YIELDFROM, place);
    if (node == NULL)
        return NULL;
    node->as.yieldfrom.value = value;
    return build_seal(parser, node);
}

Node *build_ifexp(Parser *parser, Place place, Node *test, Node *body, Node *orelse)
{
    Node *node = build_node(parser, NODE_IFEXP, place);
    if (node == NULL)
        return NULL;
    node->as.ifexp.test = test;
    node->as.ifexp.body = body;
    node->as.ifexp.orelse = orelse;
    return build_seal(parser, node);
}

Node *build_lambda(Parser *parser, Place place, Sequence *parameters, Node *body)
{
    Node *args = build_arguments(parser, parameters);
    if (args == NULL)
        return NULL;
    Node *node = build_node(parser, NODE_LAMBDA, place);
    if (node == NULL)
        return NULL;
    node->as.lambda.args = args;
    node->as.lambda.body = body;
    return build_seal(parser, node);
}

Node *build_boolop(Parser *parser, Place place, BooleanOperator op, Sequence *values)
{
    Node *node = build_node(parser, NODE_BOOLOP, place);
    if (node == NULL)
        return NULL;
    node->as.boolop.op = op;
    node->as.boolop.values = build_nodes(values);
    return build_seal(parser, node);
}

Node *build_unary(Parser *parser, Place place, UnaryOperator op, Node *operand)
{
    Node *node = build_node(parser, NODE_UNARYOP, place);
    if (node == NULL)
        return NULL;
    node->as.unaryop.op = op;
    node->as.unaryop.operand = operand;
    return build_seal(parser, node);
}

Node *build_binary(Parser *parser, Place place, Node *left, BinaryOperator op, Node *right)
{
    Node *node = build_node(parser, NODE_BINOP, place);
    if (node == NULL)
        return NULL;
    node->as.binop.left = left;
    node->as.binop.op = op;
    node->as.binop.right = right;
    return build_seal(parser, node);
}

Node *build_compare(Parser *parser, Node *left)
{
    Node *node = build_node(parser, NODE_COMPARE, left->place);
    if (node != NULL)
        node->as.compare.left = left;
    return node;
}

/* Capacities are the powers of two, so they need not be kept. */
int build_compare_add(Parser *parser, Node *chain, int op, Node *right)
{
    AstCompare *compare = &chain->as.compare;
    int64_t count = compare->ops.count;
    if ((count & (count - 1)) == 0) {
        int64_t capacity = count == 0 ? 1 : count * 2;
        uint8_t *ops = bump_alloc(parser->bump, (size_t)capacity);
        Node **items = bump_alloc(parser->bump, (size_t)capacity * sizeof *items);
        if (ops == NULL || items == NULL) {
            build_no_memory(parser);
            return 0;
        }
        if (count > 0) {
            memcpy(ops, compare->ops.items, (size_t)count);
            memcpy(items, compare->comparators.items, (size_t)count * sizeof *items);
        }
        compare->ops.items = ops;
        compare->comparators.items = items;
    }
    compare->ops.items[count] = (uint8_t)op;
    compare->comparators.items[count] = right;
    compare->ops.count = compare->comparators.count = count + 1;
    return 1;
}

Node *build_compare_finish(Parser *parser, Place place, Node *chain)
{
    chain->place = place;
    return build_seal(parser, chain);
}

Node *build_await(Parser *parser, Place place, Node *value)
{
    Node *node = build_node(parser, NODE_AWAIT, place);
    if (node == NULL)
        return NULL;
    node->as.await.value = value;
    return build_seal(parser, node);
}

Node *build_attribute(Parser *parser, Place place, Node *value, const Token *name)
{
    Node *node = build_node(parser, NODE_ATTRIBUTE, place);
    if (node == NULL)
        return NULL;
    node->as.attribute.value = value;
    node->as.attribute.attr = name->name;
    return build_seal(parser, node);
}

Node *build_call(Parser *parser, Place place, Node *func, Sequence *arguments)
{
    Node *node = build_node(parser, NODE_CALL, place);
    if (node == NULL ||
        !build_split_arguments(parser, arguments, &node->as.call.args, &node->as.call.keywords))
        return NULL;
    node->as.call.func = func;
    return build_seal(parser, node);
}

Node *build_call_generator(Parser *parser, Place place, Node *func, Place generator_place,
                           Node *element, Sequence *clauses)
{
    Node *generator =
        build_comprehension(parser, generator_place, NODE_GENERATOREXP, element, clauses);
    if (generator == NULL)
        return NULL;
    Sequence *arguments = build_list(parser, generator);
    return arguments != NULL ? build_call(parser, place, func, arguments) : NULL;
}

Node *build_keyword(Parser *parser, Place place, const Token *name, Node *value)
{
    Node *node = build_node(parser, NODE_KEYWORD, place);
    if (node == NULL)
        return NULL;
    node->as.keyword.arg = name != NULL ? name->name : NULL;
    node->as.keyword.value = value;
    return build_seal(parser, node);
}

Node *build_subscript(Parser *parser, Place place, Node *value, Node *slice)
{
    Node *node = build_node(parser, NODE_SUBSCRIPT, place);
    if (node == NULL)
        return NULL;
    node->as.subscript.value = value;
    node->as.subscript.slice = slice;
    return build_seal(parser, node);
}

Node *build_slice(Parser *parser, Place place, Node *lower, Node *upper, Node *step)
{
    Node *node = build_node(parser, NODE_SLICE, place);
    if (node == NULL)
        return NULL;
    node->as.slice.lower = lower;
    node->as.slice.upper = upper;
    node->as.slice.step = step;
    return build_seal(parser, node);
}

Node *build_name(Parser *parser, Place place, const Token *name)
{
    Node *node = build_node(parser, NODE_NAME, place);
    if (node != NULL)
        node->as.name.id = name->name;
    return node;
}

Node *build_constant(Parser *parser, Place place, ConstantKind constant)
{
    Node *node = build_node(parser, NODE_CONSTANT, place);
    if (node != NULL)
        node->as.constant.constant = constant;
    return node;
}

Node *build_comprehension(Parser *parser, Place place, NodeKind kind, Node *element,
                          Sequence *clauses)
{
    Node *node = build_node(parser, kind, place);
    if (node == NULL)
        return NULL;
    if (kind == NODE_LISTCOMP) {
        node->as.listcomp.elt = element;
        node->as.listcomp.generators = build_nodes(clauses);
    } else if (kind == NODE_SETCOMP) {
        node->as.setcomp.elt = element;
        node->as.setcomp.generators = build_nodes(clauses);
    } else {
        node->as.generatorexp.elt = element;
        node->as.generatorexp.generators = build_nodes(clauses);
    }
    return build_seal(parser, node);
}

Node *build_dict_comprehension(Parser *parser, Place place, Node *key, Node *value,
                               Sequence *clauses)
{
    Node *node = build_node(parser, NODE_DICTCOMP, place);
    if (node == NULL)
        return NULL;
    node->as.dictcomp.key = key;
    node->as.dictcomp.value = value;
    node->as.dictcomp.generators = build_nodes(clauses);
    return build_seal(parser, node);
}

Node *build_clause(Parser *parser, bool is_async, Place target_place, Node *target, Node *iter,
                   Sequence *conditions)
{
    if (!build_target(parser, target_place, target, CONTEXT_STORE, TARGET_STAR))
        return NULL;
    Node *node = build_node(parser, NODE_COMPREHENSION, (Place){0});
    if (node == NULL)
        return NULL;
    node->as.comprehension.target = target;
    node->as.comprehension.iter = iter;
    node->as.comprehension.ifs = build_nodes(conditions);
    node->as.comprehension.is_async = is_async;
    return build_seal(parser, node);
}

Node *build_dict(Parser *parser, Place place, Sequence *items)
{
    Node *node = build_node(parser, NODE_DICT, place);
    if (node == NULL || items == NULL)
        return node;
    int64_t count = items->count / 2;
    Node **keys = bump_alloc(parser->bump, (size_t)count * sizeof *keys);
    Node **values = bump_alloc(parser->bump, (size_t)count * sizeof *values);
    if (keys == NULL || values == NULL)
        return build_no_memory(parser);
    for (int64_t i = 0; i < count; i++) {
        keys[i] = items->items[2 * i];
        values[i] = items->items[2 * i + 1];
    }
    node->as.dict.keys = (NodeList){.items = keys, .count = count};
    node->as.dict.values = (NodeList){.items = values, .count = count};
    return build_seal(parser, node);
}
