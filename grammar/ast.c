/*
 * What can be said of AST nodes without knowing their meaning: allocation, depth, fields and the
 * names of things.  All of it is generated from ast.def.
 *
 * The parser's actions (grammar/actions.c) build nodes; grammar/dump.c prints any node through
 * node_fields.
 */

#include "grammar/ast.h"

#include <stddef.h>

static const uint16_t node_sizes[NODE_KIND_COUNT] = {
#define NODE(KIND, Name, member, group, fields) offsetof(Node, as) + sizeof(Ast##Name),
#include "grammar/ast.def"
#undef NODE
};

static const char *const node_names[NODE_KIND_COUNT] = {
#define NODE(KIND, Name, member, group, fields) #Name,
#include "grammar/ast.def"
#undef NODE
};

static const uint8_t node_groups[NODE_KIND_COUNT] = {
#define NODE(KIND, Name, member, group, fields) GROUP_##group,
#include "grammar/ast.def"
#undef NODE
};

Node *node_new(Bump *bump, NodeKind kind, Place place)
{
    Node *node = bump_alloc(bump, node_sizes[kind]);
    if (node == NULL)
        return NULL;
    node->kind = (uint8_t)kind;
    node->depth = 1;
    node->place = place;
    return node;
}

static int deepest(int depth, const NodeList *list)
{
    for (int64_t i = 0; i < list->count; i++) {
        if (list->items[i] != NULL && list->items[i]->depth > depth)
            depth = list->items[i]->depth;
    }
    return depth;
}

int node_seal(Node *node)
{
    int depth = 0;
    switch ((NodeKind)node->kind) {
#define CHILD(f) depth = fields->f->depth > depth ? fields->f->depth : depth;
#define MAYBE(f) depth = fields->f != NULL && fields->f->depth > depth ? fields->f->depth : depth;
#define LIST(f) depth = deepest(depth, &fields->f);
#define HOLES(f) depth = deepest(depth, &fields->f);
#define NAME(f)
#define MAYBE_NAME(f)
#define NAMES(f)
#define CONTEXT(f)
#define OPERATOR(f)
#define BOOLEAN(f)
#define UNARY(f)
#define COMPARISONS(f)
#define NUMBER(f)
#define CONSTANT_VALUE
#define NOTHING
#define NODE(KIND, Name, member, group, each)                                                      \
    case NODE_##KIND: {                                                                            \
        const Ast##Name *fields = &node->as.member;                                                \
        (void)fields;                                                                              \
        each break;                                                                                \
    }
#include "grammar/ast.def"
#undef NODE
#undef CHILD
#undef MAYBE
#undef LIST
#undef HOLES
#undef NAME
#undef MAYBE_NAME
#undef NAMES
#undef CONTEXT
#undef OPERATOR
#undef BOOLEAN
#undef UNARY
#undef COMPARISONS
#undef NUMBER
#undef CONSTANT_VALUE
#undef NOTHING
    case NODE_KIND_COUNT:
        break;
    }
    if (depth >= AST_MAX_DEPTH)
        return 0;
    node->depth = (uint16_t)(depth + 1);
    return 1;
}

int node_fields(const Node *node, NodeField out[NODE_MAX_FIELDS])
{
    int count = 0;
    switch ((NodeKind)node->kind) {
#define FIELD(KIND, f) out[count++] = (NodeField){KIND, #f, &fields->f};
#define CHILD(f) FIELD(FIELD_CHILD, f)
#define MAYBE(f) FIELD(FIELD_MAYBE, f)
#define LIST(f) FIELD(FIELD_LIST, f)
#define HOLES(f) FIELD(FIELD_HOLES, f)
#define NAME(f) FIELD(FIELD_NAME, f)
#define MAYBE_NAME(f) FIELD(FIELD_MAYBE_NAME, f)
#define NAMES(f) FIELD(FIELD_NAMES, f)
#define CONTEXT(f) FIELD(FIELD_CONTEXT, f)
#define OPERATOR(f) FIELD(FIELD_OPERATOR, f)
#define BOOLEAN(f) FIELD(FIELD_BOOLEAN, f)
#define UNARY(f) FIELD(FIELD_UNARY, f)
#define COMPARISONS(f) FIELD(FIELD_COMPARISONS, f)
#define NUMBER(f) FIELD(FIELD_NUMBER, f)
#define CONSTANT_VALUE out[count++] = (NodeField){FIELD_CONSTANT, "value", node};
#define NOTHING
#define NODE(KIND, Name, member, group, each)                                                      \
    case NODE_##KIND: {                                                                            \
        const Ast##Name *fields = &node->as.member;                                                \
        (void)fields;                                                                              \
        each break;                                                                                \
    }
#include "grammar/ast.def"
#undef NODE
    case NODE_KIND_COUNT:
        break;
    }
    return count;
}

const char *node_kind_name(NodeKind kind)
{
    return node_names[kind];
}

NodeGroup node_kind_group(NodeKind kind)
{
    return (NodeGroup)node_groups[kind];
}

const char *ast_binary_name(BinaryOperator op)
{
    static const char *const names[] = {"Add",    "Sub",    "Mult",    "MatMult", "Div",
                                        "Mod",    "Pow",    "LShift",  "RShift",  "BitOr",
                                        "BitXor", "BitAnd", "FloorDiv"};
    return names[op];
}

const char *ast_binary_text(BinaryOperator op)
{
    static const char *const texts[] = {"+",  "-",  "*", "@", "/", "%", "**",
                                        "<<", ">>", "|", "^", "&", "//"};
    return texts[op];
}

const char *ast_unary_name(UnaryOperator op)
{
    static const char *const names[] = {"Invert", "Not", "UAdd", "USub"};
    return names[op];
}

const char *ast_boolean_name(BooleanOperator op)
{
    return op == BOOLEAN_AND ? "And" : "Or";
}

const char *ast_comparison_name(ComparisonOperator op)
{
    static const char *const names[] = {"Eq",  "NotEq", "Lt",    "LtE", "Gt",
                                        "GtE", "Is",    "IsNot", "In",  "NotIn"};
    return names[op];
}

const char *ast_comparison_text(ComparisonOperator op)
{
    static const char *const texts[] = {"==", "!=", "<",      "<=", ">",
                                        ">=", "is", "is not", "in", "not in"};
    return texts[op];
}

const char *ast_context_name(ExpressionContext ctx)
{
    static const char *const names[] = {"Load", "Store", "Del"};
    return names[ctx];
}
