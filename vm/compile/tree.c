/*
 * The AST as Python objects.
 *
 * Nodes become plain tuples here, by the table of ast.def and so all kinds alike; ast.py makes
 * instances of its classes of them.  The depth of a tree is bounded by the parser.
 */

#include "vm/compile/tree.h"

#include "runtime/core/err.h"
#include "runtime/core/state.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"
#include "vm/compile/consts.h"

/* (name, None): an operator or a context. */
static Obj *bare(const char *name)
{
    Obj *text = str_intern_ascii(name);
    Obj *result = text == NULL ? NULL : tuple_pack(2, (ObjRef)text, (ObjRef)obj_none);
    obj_xdecref(text);
    return result;
}

static Obj *maybe_node(const Node *node)
{
    return node == NULL ? none_new() : tree_from_node(node);
}

static Obj *list_of_nodes(NodeList nodes)
{
    Obj *list = list_new(0);
    for (int64_t i = 0; list != NULL && i < nodes.count; i++) {
        if (list_append_steal(list, maybe_node(nodes.items[i])) < 0)
            obj_clear(&list);
    }
    return list;
}

static Obj *list_of_names(const NameList *names)
{
    Obj *list = list_new(0);
    for (int64_t i = 0; list != NULL && i < names->count; i++) {
        if (list_append_steal(list, const_name(names->items[i])) < 0)
            obj_clear(&list);
    }
    return list;
}

static Obj *list_of_comparisons(const ComparisonList *ops)
{
    Obj *list = list_new(0);
    for (int64_t i = 0; list != NULL && i < ops->count; i++) {
        if (list_append_steal(list, bare(ast_comparison_name((ComparisonOperator)ops->items[i]))) <
            0)
            obj_clear(&list);
    }
    return list;
}

static Obj *field_value(const Node *node, const NodeField *field)
{
    switch (field->kind) {
    case FIELD_CHILD:
    case FIELD_MAYBE:
        return maybe_node(*(Node *const *)field->data);
    case FIELD_LIST:
    case FIELD_HOLES:
        return list_of_nodes(*(const NodeList *)field->data);
    case FIELD_NAME:
    case FIELD_MAYBE_NAME: {
        const char *name = *(const char *const *)field->data;
        return name == NULL ? none_new() : const_name(name);
    }
    case FIELD_NAMES:
        return list_of_names(field->data);
    case FIELD_CONTEXT:
        return bare(ast_context_name(*(const ExpressionContext *)field->data));
    case FIELD_OPERATOR:
        return bare(ast_binary_name(*(const BinaryOperator *)field->data));
    case FIELD_BOOLEAN:
        return bare(ast_boolean_name(*(const BooleanOperator *)field->data));
    case FIELD_UNARY:
        return bare(ast_unary_name(*(const UnaryOperator *)field->data));
    case FIELD_COMPARISONS:
        return list_of_comparisons(field->data);
    case FIELD_NUMBER:
        return int_new(*(const int *)field->data);
    case FIELD_CONSTANT:
        return const_from_literal(&node->as.constant);
    }
    return none_new();
}

static Obj *place_tuple(Place place)
{
    if (place.line <= 0)
        return none_new();
    const int64_t numbers[] = {place.line, place.column, place.end_line, place.end_column};
    Obj *tuple = tuple_new(4);
    for (int i = 0; tuple != NULL && i < 4; i++) {
        tuple_cast(tuple)->items[i] = int_new(numbers[i]);
        if (tuple_cast(tuple)->items[i] == NULL)
            obj_clear(&tuple);
    }
    return tuple;
}

Obj *tree_from_node(const Node *node)
{
    if (state_enter(" during ast construction") < 0)
        return NULL;
    NodeField fields[NODE_MAX_FIELDS];
    int count = node_fields(node, fields);
    Obj *tuple = tuple_new(2 + count);
    for (int i = 0; tuple != NULL && i < 2 + count; i++) {
        tuple_cast(tuple)->items[i] = i == 0   ? str_intern_ascii(node_kind_name(node->kind))
                                      : i == 1 ? place_tuple(node->place)
                                               : field_value(node, &fields[i - 2]);
        if (tuple_cast(tuple)->items[i] == NULL)
            obj_clear(&tuple);
    }
    state_leave();
    return tuple;
}
