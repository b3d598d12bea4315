/*
 * Expressions and assignment targets.  Each leaves exactly one item on the stack (a target takes or
 * leaves none or one, by its context).
 *
 * Conditions are compiled by expression_jump_if, which turns `not`, `and`, `or`, conditional
 * expressions and chained comparisons into jumps without making a bool.  Calls and displays are in
 * call.c, comprehensions in comprehension.c.  Recursion is bounded by AST_MAX_DEPTH.
 */

#include <string.h>

#include "runtime/core/err.h"
#include "runtime/core/object.h"
#include "runtime/core/type.h"
#include "runtime/types/int.h"
#include "vm/compile/codegen.h"

/* ---- what can be told of an expression without running it */

bool expression_may_fold(const Node *node)
{
    switch (node->kind) {
    case NODE_CONSTANT:
        return true;
    case NODE_UNARYOP:
        return expression_may_fold(node->as.unaryop.operand);
    case NODE_BINOP:
        return expression_may_fold(node->as.binop.left) &&
               expression_may_fold(node->as.binop.right);
    case NODE_SUBSCRIPT:
        return expression_may_fold(node->as.subscript.value) &&
               expression_may_fold(node->as.subscript.slice);
    case NODE_TUPLE:
        for (int64_t i = 0; i < node->as.tuple.elts.count; i++) {
            if (!expression_may_fold(node->as.tuple.elts.items[i]))
                return false;
        }
        return true;
    case NODE_NAME:
        return strcmp(node->as.name.id, "__debug__") == 0;
    default:
        return false;
    }
}

static bool is_number(const Node *node)
{
    return node->kind == NODE_CONSTANT && (node->as.constant.constant == CONSTANT_INT ||
                                           node->as.constant.constant == CONSTANT_FLOAT ||
                                           node->as.constant.constant == CONSTANT_IMAGINARY);
}

bool expression_folds(const Node *node)
{
    switch (node->kind) {
    case NODE_CONSTANT:
        return true;
    case NODE_UNARYOP:
        return (node->as.unaryop.op == UNARY_USUB || node->as.unaryop.op == UNARY_UADD) &&
               (is_number(node->as.unaryop.operand) ||
                (node->as.unaryop.operand->kind == NODE_UNARYOP &&
                 expression_folds(node->as.unaryop.operand)));
    case NODE_TUPLE:
        for (int64_t i = 0; i < node->as.tuple.elts.count; i++) {
            if (!expression_folds(node->as.tuple.elts.items[i]))
                return false;
        }
        return true;
    default:
        return false;
    }
}

const char *expression_known_type(const Node *node)
{
    switch (node->kind) {
    case NODE_TUPLE:
        return "tuple";
    case NODE_LIST:
    case NODE_LISTCOMP:
        return "list";
    case NODE_DICT:
    case NODE_DICTCOMP:
        return "dict";
    case NODE_SET:
    case NODE_SETCOMP:
        return "set";
    case NODE_GENERATOREXP:
        return "generator";
    case NODE_LAMBDA:
        return "function";
    case NODE_JOINEDSTR:
    case NODE_FORMATTEDVALUE:
        return "str";
    case NODE_CONSTANT:
        switch (node->as.constant.constant) {
        case CONSTANT_NONE:
            return "NoneType";
        case CONSTANT_FALSE:
        case CONSTANT_TRUE:
            return "bool";
        case CONSTANT_ELLIPSIS:
            return "ellipsis";
        case CONSTANT_INT:
            return "int";
        case CONSTANT_FLOAT:
            return "float";
        case CONSTANT_IMAGINARY:
            return "complex";
        case CONSTANT_STR:
            return "str";
        case CONSTANT_BYTES:
            return "bytes";
        }
        return NULL;
    default:
        return NULL;
    }
}

static void check_subscripted(Compiler *c, const Node *value)
{
    switch (value->kind) {
    case NODE_CONSTANT:
        if (value->as.constant.constant == CONSTANT_STR ||
            value->as.constant.constant == CONSTANT_BYTES)
            return;
        break;
    case NODE_SET:
    case NODE_SETCOMP:
    case NODE_GENERATOREXP:
    case NODE_LAMBDA:
        break;
    default:
        return;
    }
    emit_warning(c, c->unit->place,
                 "'%.200s' object is not subscriptable; perhaps you missed a comma?",
                 expression_known_type(value));
}

static void check_index(Compiler *c, const Node *value, const Node *index)
{
    const char *type = expression_known_type(index);
    if (type == NULL || strcmp(type, "int") == 0 || strcmp(type, "bool") == 0)
        return;
    switch (value->kind) {
    case NODE_CONSTANT:
        if (value->as.constant.constant != CONSTANT_STR &&
            value->as.constant.constant != CONSTANT_BYTES)
            return;
        break;
    case NODE_TUPLE:
    case NODE_LIST:
    case NODE_LISTCOMP:
    case NODE_JOINEDSTR:
    case NODE_FORMATTEDVALUE:
        break;
    default:
        return;
    }
    emit_warning(c, c->unit->place,
                 "%.200s indices must be integers or slices, not %.200s; perhaps you missed a "
                 "comma?",
                 expression_known_type(value), type);
}

/* A literal whose identity means nothing. */
static bool is_plain_literal(const Node *node)
{
    if (node->kind == NODE_CONSTANT) {
        ConstantKind kind = node->as.constant.constant;
        return kind != CONSTANT_NONE && kind != CONSTANT_FALSE && kind != CONSTANT_TRUE &&
               kind != CONSTANT_ELLIPSIS;
    }
    return expression_may_fold(node) && node->kind != NODE_NAME &&
           !(node->kind == NODE_UNARYOP && node->as.unaryop.op == UNARY_NOT);
}

static void check_comparison(Compiler *c, const Node *node)
{
    const AstCompare *compare = &node->as.compare;
    bool left_literal = is_plain_literal(compare->left);
    for (int64_t i = 0; i < compare->ops.count; i++) {
        bool right_literal = is_plain_literal(compare->comparators.items[i]);
        ComparisonOperator op = (ComparisonOperator)compare->ops.items[i];
        bool is = op == COMPARISON_IS, is_not = op == COMPARISON_ISNOT;
        if ((left_literal || right_literal) && (is || is_not)) {
            emit_warning(c, node->place, "\"%s\" with a literal. Did you mean \"%s\"?",
                         is ? "is" : "is not", is ? "==" : "!=");
            return;
        }
        left_literal = right_literal;
    }
}

/* ---- operators */

int expression_binary_argument(BinaryOperator op)
{
    static const uint8_t arguments[] = {
        [OPERATOR_ADD] = BINARY_ADD,
        [OPERATOR_SUB] = BINARY_SUBTRACT,
        [OPERATOR_MULT] = BINARY_MULTIPLY,
        [OPERATOR_MATMULT] = BINARY_MATRIX_MULTIPLY,
        [OPERATOR_DIV] = BINARY_TRUE_DIVIDE,
        [OPERATOR_MOD] = BINARY_REMAINDER,
        [OPERATOR_POW] = BINARY_POWER,
        [OPERATOR_LSHIFT] = BINARY_LSHIFT,
        [OPERATOR_RSHIFT] = BINARY_RSHIFT,
        [OPERATOR_BITOR] = BINARY_OR,
        [OPERATOR_BITXOR] = BINARY_XOR,
        [OPERATOR_BITAND] = BINARY_AND,
        [OPERATOR_FLOORDIV] = BINARY_FLOOR_DIVIDE,
    };
    return arguments[op];
}

static void emit_comparison(Compiler *c, uint8_t op)
{
    switch ((ComparisonOperator)op) {
    case COMPARISON_LT:
        emit_arg(c, OP_COMPARE_OP, CMP_LT);
        return;
    case COMPARISON_LTE:
        emit_arg(c, OP_COMPARE_OP, CMP_LE);
        return;
    case COMPARISON_EQ:
        emit_arg(c, OP_COMPARE_OP, CMP_EQ);
        return;
    case COMPARISON_NOTEQ:
        emit_arg(c, OP_COMPARE_OP, CMP_NE);
        return;
    case COMPARISON_GT:
        emit_arg(c, OP_COMPARE_OP, CMP_GT);
        return;
    case COMPARISON_GTE:
        emit_arg(c, OP_COMPARE_OP, CMP_GE);
        return;
    case COMPARISON_IS:
    case COMPARISON_ISNOT:
        emit_arg(c, OP_IS_OP, op == COMPARISON_ISNOT);
        return;
    case COMPARISON_IN:
    case COMPARISON_NOTIN:
        emit_arg(c, OP_CONTAINS_OP, op == COMPARISON_NOTIN);
        return;
    }
}

static void visit_unary(Compiler *c, const Node *node)
{
    static const Opcode opcodes[] = {
        [UNARY_INVERT] = OP_UNARY_INVERT,
        [UNARY_NOT] = OP_UNARY_NOT,
        [UNARY_UADD] = OP_UNARY_POSITIVE,
        [UNARY_USUB] = OP_UNARY_NEGATIVE,
    };
    expression_visit(c, node->as.unaryop.operand);
    emit_op(c, opcodes[node->as.unaryop.op]);
}

static void visit_boolean(Compiler *c, const Node *node)
{
    const NodeList *values = &node->as.boolop.values;
    Opcode op =
        node->as.boolop.op == BOOLEAN_AND ? OP_JUMP_IF_FALSE_OR_POP : OP_JUMP_IF_TRUE_OR_POP;
    int32_t end = emit_new_label(c);
    for (int64_t i = 0; i < values->count - 1; i++) {
        expression_visit(c, values->items[i]);
        emit_jump(c, op, end);
    }
    expression_visit(c, values->items[values->count - 1]);
    emit_label(c, end);
}

static void visit_conditional(Compiler *c, const Node *node)
{
    int32_t otherwise = emit_new_label(c), end = emit_new_label(c);
    expression_jump_if(c, node->as.ifexp.test, otherwise, false);
    expression_visit(c, node->as.ifexp.body);
    emit_jump_no_line(c, end);
    emit_label(c, otherwise);
    expression_visit(c, node->as.ifexp.orelse);
    emit_label(c, end);
}

/* Leaves the operands of comparison i of a chain so that the right one stays for the next. */
static void visit_chain_link(Compiler *c, const AstCompare *compare, int64_t i)
{
    expression_visit(c, compare->comparators.items[i]);
    emit_arg(c, OP_SWAP, 2);
    emit_arg(c, OP_COPY, 2);
    emit_comparison(c, compare->ops.items[i]);
}

static void visit_compare(Compiler *c, const Node *node)
{
    const AstCompare *compare = &node->as.compare;
    int64_t last = compare->ops.count - 1;
    check_comparison(c, node);
    expression_visit(c, compare->left);
    if (last == 0) {
        expression_visit(c, compare->comparators.items[0]);
        emit_comparison(c, compare->ops.items[0]);
        return;
    }
    int32_t cleanup = emit_new_label(c), end = emit_new_label(c);
    for (int64_t i = 0; i < last; i++) {
        visit_chain_link(c, compare, i);
        emit_jump(c, OP_JUMP_IF_FALSE_OR_POP, cleanup);
    }
    expression_visit(c, compare->comparators.items[last]);
    emit_comparison(c, compare->ops.items[last]);
    emit_jump_no_line(c, end);
    emit_label(c, cleanup);
    emit_arg(c, OP_SWAP, 2);
    emit_op(c, OP_POP_TOP);
    emit_label(c, end);
}

/* ---- conditions */

static void jump_if_chain(Compiler *c, const Node *node, int32_t label, bool condition)
{
    const AstCompare *compare = &node->as.compare;
    int64_t last = compare->ops.count - 1;
    check_comparison(c, node);
    int32_t cleanup = emit_new_label(c), end = emit_new_label(c);
    expression_visit(c, compare->left);
    for (int64_t i = 0; i < last; i++) {
        visit_chain_link(c, compare, i);
        emit_jump(c, OP_POP_JUMP_IF_FALSE, cleanup);
    }
    expression_visit(c, compare->comparators.items[last]);
    emit_comparison(c, compare->ops.items[last]);
    emit_jump(c, condition ? OP_POP_JUMP_IF_TRUE : OP_POP_JUMP_IF_FALSE, label);
    emit_jump_no_line(c, end);
    emit_label(c, cleanup);
    emit_op(c, OP_POP_TOP);
    if (!condition)
        emit_jump_no_line(c, label);
    emit_label(c, end);
}

static void jump_if_boolean(Compiler *c, const Node *node, int32_t label, bool condition)
{
    const NodeList *values = &node->as.boolop.values;
    bool decisive = node->as.boolop.op == BOOLEAN_OR; /* a value of this truth decides */
    int32_t decided = decisive == condition ? label : emit_new_label(c);
    for (int64_t i = 0; i < values->count - 1; i++)
        expression_jump_if(c, values->items[i], decided, decisive);
    expression_jump_if(c, values->items[values->count - 1], label, condition);
    if (decided != label)
        emit_label(c, decided);
}

static void jump_if(Compiler *c, const Node *node, int32_t label, bool condition)
{
    switch (node->kind) {
    case NODE_UNARYOP:
        if (node->as.unaryop.op == UNARY_NOT && !expression_may_fold(node)) {
            expression_jump_if(c, node->as.unaryop.operand, label, !condition);
            return;
        }
        break;
    case NODE_BOOLOP:
        jump_if_boolean(c, node, label, condition);
        return;
    case NODE_IFEXP: {
        int32_t otherwise = emit_new_label(c), end = emit_new_label(c);
        expression_jump_if(c, node->as.ifexp.test, otherwise, false);
        expression_jump_if(c, node->as.ifexp.body, label, condition);
        emit_jump_no_line(c, end);
        emit_label(c, otherwise);
        expression_jump_if(c, node->as.ifexp.orelse, label, condition);
        emit_label(c, end);
        return;
    }
    case NODE_COMPARE:
        c->unit->place = node->place;
        if (node->as.compare.ops.count > 1) {
            jump_if_chain(c, node, label, condition);
            return;
        }
        break;
    default:
        break;
    }
    expression_visit(c, node);
    emit_jump(c, condition ? OP_POP_JUMP_IF_TRUE : OP_POP_JUMP_IF_FALSE, label);
}

void expression_jump_if(Compiler *c, const Node *node, int32_t label, bool condition)
{
    if (!c->failed)
        jump_if(c, node, label, condition);
}

/* ---- attributes, subscripts, slices */

void expression_move_to_attribute(Compiler *c, const Node *node)
{
    Place *place = &c->unit->place;
    if (place->line == node->place.end_line)
        return;
    int32_t length = (int32_t)strlen(node->as.attribute.attr);
    place->line = node->place.end_line;
    if (length <= node->place.end_column) {
        place->column = node->place.end_column - length;
    } else {
        place->column = 0;
        place->end_column = 0;
    }
    if (place->end_line < place->line)
        place->end_line = place->line;
    if (place->end_line == place->line && place->end_column < place->column)
        place->end_column = place->column;
}

static void visit_attribute(Compiler *c, const Node *node)
{
    const AstAttribute *attribute = &node->as.attribute;
    emit_check_name(c, attribute->attr, attribute->ctx, node->place);
    expression_visit(c, attribute->value);
    expression_move_to_attribute(c, node);
    emit_mangled_arg(c,
                     attribute->ctx == CONTEXT_LOAD    ? OP_LOAD_ATTR
                     : attribute->ctx == CONTEXT_STORE ? OP_STORE_ATTR
                                                       : OP_DELETE_ATTR,
                     attribute->attr);
}

static void visit_subscript(Compiler *c, const Node *node)
{
    const AstSubscript *subscript = &node->as.subscript;
    if (subscript->ctx == CONTEXT_LOAD) {
        check_subscripted(c, subscript->value);
        check_index(c, subscript->value, subscript->slice);
    }
    expression_visit(c, subscript->value);
    expression_visit(c, subscript->slice);
    emit_op(c, subscript->ctx == CONTEXT_LOAD    ? OP_BINARY_SUBSCR
               : subscript->ctx == CONTEXT_STORE ? OP_STORE_SUBSCR
                                                 : OP_DELETE_SUBSCR);
}

static void visit_or_none(Compiler *c, const Node *node)
{
    if (node != NULL)
        expression_visit(c, node);
    else
        emit_none(c);
}

static void visit_slice(Compiler *c, const Node *node)
{
    visit_or_none(c, node->as.slice.lower);
    visit_or_none(c, node->as.slice.upper);
    if (node->as.slice.step != NULL)
        expression_visit(c, node->as.slice.step);
    emit_arg(c, OP_BUILD_SLICE, node->as.slice.step != NULL ? 3 : 2);
}

/* ---- targets */

static void unpack(Compiler *c, const NodeList *targets)
{
    int64_t star = -1;
    for (int64_t i = 0; i < targets->count; i++) {
        if (targets->items[i]->kind != NODE_STARRED)
            continue;
        if (star >= 0) {
            emit_error(c, c->unit->place, "multiple starred expressions in assignment");
            return;
        }
        star = i;
    }
    int64_t after = targets->count - star - 1;
    if (star >= 256 || (star >= 0 && after >= INT32_MAX >> 11)) {
        emit_error(c, c->unit->place, "too many expressions in star-unpacking assignment");
        return;
    }
    if (star >= 0)
        emit_arg(c, OP_UNPACK_EX, star | after << 8);
    else
        emit_arg(c, OP_UNPACK_SEQUENCE, targets->count);
    for (int64_t i = 0; i < targets->count; i++) {
        const Node *target = targets->items[i];
        expression_visit(c, target->kind == NODE_STARRED ? target->as.starred.value : target);
    }
}

static void visit_sequence(Compiler *c, NodeList items, ExpressionContext context, Opcode build)
{
    if (context == CONTEXT_STORE) {
        unpack(c, &items);
    } else if (context == CONTEXT_LOAD) {
        call_visit_display(c, items, build);
    } else {
        for (int64_t i = 0; i < items.count; i++)
            expression_visit(c, items.items[i]);
    }
}

void expression_visit_target(Compiler *c, const Node *node)
{
    expression_visit(c, node);
}

/* ---- the rest */

static void visit_literal(Compiler *c, const Node *node)
{
    Obj *value = const_from_literal(&node->as.constant);
    if (value == NULL && err_matches(&exc_value_error))
        emit_literal_error(c, node->place);
    emit_const_steal(c, value);
}

static void visit_name(Compiler *c, const Node *node)
{
    if (node->as.name.ctx == CONTEXT_LOAD && strcmp(node->as.name.id, "__debug__") == 0) {
        emit_const_steal(c, bool_new(c->optimize == 0));
        return;
    }
    emit_variable(c, node->as.name.id, node->as.name.ctx);
}

static void visit(Compiler *c, const Node *node)
{
    switch (node->kind) {
    case NODE_NAMEDEXPR:
        expression_visit(c, node->as.namedexpr.value);
        emit_arg(c, OP_COPY, 1);
        expression_visit(c, node->as.namedexpr.target);
        return;
    case NODE_BOOLOP:
        visit_boolean(c, node);
        return;
    case NODE_BINOP:
        if (node->as.binop.op == OPERATOR_MOD && call_visit_percent(c, node))
            return;
        expression_visit(c, node->as.binop.left);
        expression_visit(c, node->as.binop.right);
        emit_arg(c, OP_BINARY_OP, expression_binary_argument(node->as.binop.op));
        return;
    case NODE_UNARYOP:
        visit_unary(c, node);
        return;
    case NODE_LAMBDA:
        function_visit_lambda(c, node);
        return;
    case NODE_IFEXP:
        visit_conditional(c, node);
        return;
    case NODE_DICT:
        call_visit_dict(c, node);
        return;
    case NODE_SET:
        call_visit_display(c, node->as.set.elts, OP_BUILD_SET);
        return;
    case NODE_LISTCOMP:
    case NODE_SETCOMP:
    case NODE_DICTCOMP:
    case NODE_GENERATOREXP:
        comprehension_visit(c, node);
        return;
    case NODE_AWAIT:
        comprehension_visit_await(c, node);
        return;
    case NODE_YIELD:
        comprehension_visit_yield(c, node);
        return;
    case NODE_YIELDFROM:
        comprehension_visit_yield_from(c, node);
        return;
    case NODE_COMPARE:
        visit_compare(c, node);
        return;
    case NODE_CALL:
        call_visit(c, node);
        return;
    case NODE_FORMATTEDVALUE:
        call_visit_formatted_value(c, node);
        return;
    case NODE_JOINEDSTR:
        call_visit_joined_str(c, node);
        return;
    case NODE_CONSTANT:
        visit_literal(c, node);
        return;
    case NODE_ATTRIBUTE:
        visit_attribute(c, node);
        return;
    case NODE_SUBSCRIPT:
        visit_subscript(c, node);
        return;
    case NODE_STARRED:
        emit_error(c, node->place,
                   node->as.starred.ctx == CONTEXT_STORE
                       ? "starred assignment target must be in a list or tuple"
                       : "can't use starred expression here");
        return;
    case NODE_NAME:
        visit_name(c, node);
        return;
    case NODE_LIST:
        visit_sequence(c, node->as.list.elts, node->as.list.ctx, OP_BUILD_LIST);
        return;
    case NODE_TUPLE:
        visit_sequence(c, node->as.tuple.elts, node->as.tuple.ctx, OP_BUILD_TUPLE);
        return;
    case NODE_SLICE:
        visit_slice(c, node);
        return;
    default:
        emit_error(c, node->place, "unexpected %s in an expression",
                   node_kind_name((NodeKind)node->kind));
        return;
    }
}

void expression_visit(Compiler *c, const Node *node)
{
    if (c->failed)
        return;
    Place outside = c->unit->place;
    c->unit->place = node->place;
    visit(c, node);
    c->unit->place = outside;
}
