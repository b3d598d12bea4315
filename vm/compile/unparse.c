/*
 * Expressions back to text, for `from __future__ import annotations`.
 *
 * Parentheses are put where the precedence of the inner operator asks for them and nowhere else;
 * the spacing is that of CPython's stringified annotations.
 */

#include <stdio.h>
#include <string.h>

#include "runtime/core/err.h"
#include "runtime/core/object.h"
#include "runtime/types/str.h"
#include "vm/compile/codegen.h"

typedef enum Level {
    LEVEL_TUPLE,
    LEVEL_TEST,
    LEVEL_OR,
    LEVEL_AND,
    LEVEL_NOT,
    LEVEL_COMPARE,
    LEVEL_EXPRESSION,
    LEVEL_BIT_OR = LEVEL_EXPRESSION,
    LEVEL_BIT_XOR,
    LEVEL_BIT_AND,
    LEVEL_SHIFT,
    LEVEL_SUM,
    LEVEL_TERM,
    LEVEL_FACTOR,
    LEVEL_POWER,
    LEVEL_AWAIT,
    LEVEL_ATOM,
} Level;

typedef struct Writer {
    Bump *bump;
    char *data;
    size_t length, capacity;
    bool failed;
} Writer;

static void write_expression(Writer *w, const Node *node, Level level);

static void add_length(Writer *w, const char *piece, size_t length)
{
    if (w->failed)
        return;
    if (w->length + length + 1 > w->capacity) {
        size_t capacity = (w->length + length + 1) * 2;
        char *data = bump_alloc(w->bump, capacity);
        if (data == NULL) {
            w->failed = true;
            return;
        }
        if (w->length > 0)
            memcpy(data, w->data, w->length);
        w->data = data;
        w->capacity = capacity;
    }
    memcpy(w->data + w->length, piece, length);
    w->length += length;
    w->data[w->length] = '\0';
}

static void add(Writer *w, const char *piece)
{
    add_length(w, piece, strlen(piece));
}

static void add_if(Writer *w, bool condition, const char *piece)
{
    if (condition)
        add(w, piece);
}

/* ---- literals */

static void write_repr(Writer *w, const AstConstant *literal)
{
    if (literal->constant == CONSTANT_ELLIPSIS) {
        add(w, "...");
        return;
    }
    Obj *value = const_from_literal(literal);
    Obj *repr = value == NULL ? NULL : obj_repr(value);
    const char *text = repr == NULL ? NULL : str_utf8(repr, NULL);
    if (text == NULL) {
        err_clear();
        w->failed = true;
    } else if (literal->constant == CONSTANT_FLOAT || literal->constant == CONSTANT_IMAGINARY) {
        /* infinity has no literal of its own */
        for (const char *at = text; *at != '\0'; at++) {
            if (strncmp(at, "inf", 3) == 0) {
                add(w, "1e309");
                at += 2;
            } else {
                add_length(w, at, 1);
            }
        }
    } else {
        add_if(w, literal->u_prefix, "u");
        add(w, text);
    }
    obj_xdecref(repr);
    obj_xdecref(value);
}

/* The text of an f-string between its quotes: braces doubled, fields written out. */
static void write_fstring_parts(Writer *w, const Node *node);

static void write_field(Writer *w, const Node *node)
{
    const AstFormattedValue *field = &node->as.formattedvalue;
    Writer inner = {.bump = w->bump};
    write_expression(&inner, field->value, LEVEL_TEST + 1);
    w->failed = w->failed || inner.failed;
    add(w, inner.data != NULL && inner.data[0] == '{' ? "{ " : "{");
    add(w, inner.data == NULL ? "" : inner.data);
    if (field->conversion > 0) {
        char conversion[3] = {'!', (char)field->conversion, '\0'};
        add(w, conversion);
    }
    if (field->format_spec != NULL) {
        add(w, ":");
        write_fstring_parts(w, field->format_spec);
    }
    add(w, "}");
}

static void write_fstring_parts(Writer *w, const Node *node)
{
    switch (node->kind) {
    case NODE_JOINEDSTR:
        for (int64_t i = 0; i < node->as.joinedstr.values.count; i++)
            write_fstring_parts(w, node->as.joinedstr.values.items[i]);
        return;
    case NODE_FORMATTEDVALUE:
        write_field(w, node);
        return;
    default:
        for (int64_t i = 0; i < node->as.constant.length; i++) {
            char c = node->as.constant.text[i];
            add_length(w, &c, 1);
            if (c == '{' || c == '}')
                add_length(w, &c, 1);
        }
        return;
    }
}

static void write_fstring(Writer *w, const Node *node)
{
    Writer inner = {.bump = w->bump};
    add_length(&inner, "", 0);
    write_fstring_parts(&inner, node);
    Obj *text = inner.failed || inner.data == NULL
                    ? NULL
                    : str_from_utf8_surrogates(inner.data, (int64_t)inner.length);
    Obj *repr = text == NULL ? NULL : obj_repr(text);
    const char *utf8 = repr == NULL ? NULL : str_utf8(repr, NULL);
    if (utf8 == NULL) {
        err_clear();
        w->failed = true;
    } else {
        add(w, "f");
        add(w, utf8);
    }
    obj_xdecref(repr);
    obj_xdecref(text);
}

/* ---- operators */

static Level binary_level(BinaryOperator op)
{
    switch (op) {
    case OPERATOR_BITOR:
        return LEVEL_BIT_OR;
    case OPERATOR_BITXOR:
        return LEVEL_BIT_XOR;
    case OPERATOR_BITAND:
        return LEVEL_BIT_AND;
    case OPERATOR_LSHIFT:
    case OPERATOR_RSHIFT:
        return LEVEL_SHIFT;
    case OPERATOR_ADD:
    case OPERATOR_SUB:
        return LEVEL_SUM;
    case OPERATOR_POW:
        return LEVEL_POWER;
    default:
        return LEVEL_TERM;
    }
}

static void write_binary(Writer *w, const Node *node, Level level)
{
    const AstBinOp *binary = &node->as.binop;
    Level own = binary_level(binary->op);
    bool right_first = binary->op == OPERATOR_POW;
    add_if(w, level > own, "(");
    write_expression(w, binary->left, right_first ? own + 1 : own);
    add(w, " ");
    add(w, ast_binary_text(binary->op));
    add(w, " ");
    write_expression(w, binary->right, right_first ? own : own + 1);
    add_if(w, level > own, ")");
}

static void write_unary(Writer *w, const Node *node, Level level)
{
    const AstUnaryOp *unary = &node->as.unaryop;
    Level own = unary->op == UNARY_NOT ? LEVEL_NOT : LEVEL_FACTOR;
    static const char *const texts[] = {
        [UNARY_INVERT] = "~", [UNARY_NOT] = "not ", [UNARY_UADD] = "+", [UNARY_USUB] = "-"};
    add_if(w, level > own, "(");
    add(w, texts[unary->op]);
    write_expression(w, unary->operand, own);
    add_if(w, level > own, ")");
}

static void write_boolean(Writer *w, const Node *node, Level level)
{
    const AstBoolOp *boolean = &node->as.boolop;
    Level own = boolean->op == BOOLEAN_AND ? LEVEL_AND : LEVEL_OR;
    add_if(w, level > own, "(");
    for (int64_t i = 0; i < boolean->values.count; i++) {
        add_if(w, i > 0, own == LEVEL_AND ? " and " : " or ");
        write_expression(w, boolean->values.items[i], own + 1);
    }
    add_if(w, level > own, ")");
}

static void write_compare(Writer *w, const Node *node, Level level)
{
    const AstCompare *compare = &node->as.compare;
    add_if(w, level > LEVEL_COMPARE, "(");
    write_expression(w, compare->left, LEVEL_COMPARE + 1);
    for (int64_t i = 0; i < compare->ops.count; i++) {
        add(w, " ");
        add(w, ast_comparison_text((ComparisonOperator)compare->ops.items[i]));
        add(w, " ");
        write_expression(w, compare->comparators.items[i], LEVEL_COMPARE + 1);
    }
    add_if(w, level > LEVEL_COMPARE, ")");
}

/* ---- parameters and arguments */

static void write_parameter(Writer *w, const Node *parameter, const Node *fallback, bool *first)
{
    add_if(w, !*first, ", ");
    *first = false;
    add(w, parameter->as.arg.arg);
    if (parameter->as.arg.annotation != NULL) {
        add(w, ": ");
        write_expression(w, parameter->as.arg.annotation, LEVEL_TEST);
    }
    if (fallback != NULL) {
        add(w, "=");
        write_expression(w, fallback, LEVEL_TEST);
    }
}

static void write_parameters(Writer *w, const Astarguments *args)
{
    bool first = true;
    int64_t positional = args->posonlyargs.count + args->args.count;
    for (int64_t i = 0; i < positional; i++) {
        const Node *parameter = i < args->posonlyargs.count
                                    ? args->posonlyargs.items[i]
                                    : args->args.items[i - args->posonlyargs.count];
        int64_t fallback = i - (positional - args->defaults.count);
        write_parameter(w, parameter, fallback >= 0 ? args->defaults.items[fallback] : NULL,
                        &first);
        add_if(w, i + 1 == args->posonlyargs.count, ", /");
    }
    if (args->vararg != NULL || args->kwonlyargs.count > 0) {
        add_if(w, !first, ", ");
        first = args->vararg == NULL;
        add(w, "*");
        if (args->vararg != NULL)
            add(w, args->vararg->as.arg.arg);
        first = false;
    }
    for (int64_t i = 0; i < args->kwonlyargs.count; i++)
        write_parameter(w, args->kwonlyargs.items[i], args->kw_defaults.items[i], &first);
    if (args->kwarg != NULL) {
        add_if(w, !first, ", ");
        add(w, "**");
        add(w, args->kwarg->as.arg.arg);
    }
}

static void write_lambda(Writer *w, const Node *node, Level level)
{
    const Astarguments *args = &node->as.lambda.args->as.arguments;
    bool any = args->posonlyargs.count + args->args.count + args->kwonlyargs.count > 0 ||
               args->vararg != NULL || args->kwarg != NULL;
    add_if(w, level > LEVEL_TEST, "(");
    add(w, any ? "lambda " : "lambda");
    write_parameters(w, args);
    add(w, ": ");
    write_expression(w, node->as.lambda.body, LEVEL_TEST);
    add_if(w, level > LEVEL_TEST, ")");
}

static void write_list(Writer *w, NodeList items, Level level)
{
    for (int64_t i = 0; i < items.count; i++) {
        add_if(w, i > 0, ", ");
        write_expression(w, items.items[i], level);
    }
}

static void write_call(Writer *w, const Node *node)
{
    const AstCall *call = &node->as.call;
    write_expression(w, call->func, LEVEL_ATOM);
    if (call->args.count == 1 && call->keywords.count == 0 &&
        call->args.items[0]->kind == NODE_GENERATOREXP) {
        write_expression(w, call->args.items[0], LEVEL_TEST);
        return;
    }
    add(w, "(");
    write_list(w, call->args, LEVEL_TEST);
    for (int64_t i = 0; i < call->keywords.count; i++) {
        const Astkeyword *keyword = &call->keywords.items[i]->as.keyword;
        add_if(w, i + call->args.count > 0, ", ");
        if (keyword->arg == NULL) {
            add(w, "**");
        } else {
            add(w, keyword->arg);
            add(w, "=");
        }
        write_expression(w, keyword->value, keyword->arg == NULL ? LEVEL_EXPRESSION : LEVEL_TEST);
    }
    add(w, ")");
}

/* ---- displays and comprehensions */

static void write_generators(Writer *w, NodeList generators)
{
    for (int64_t i = 0; i < generators.count; i++) {
        const Astcomprehension *generator = &generators.items[i]->as.comprehension;
        add(w, generator->is_async ? " async for " : " for ");
        write_expression(w, generator->target, LEVEL_TUPLE);
        add(w, " in ");
        write_expression(w, generator->iter, LEVEL_TEST + 1);
        for (int64_t j = 0; j < generator->ifs.count; j++) {
            add(w, " if ");
            write_expression(w, generator->ifs.items[j], LEVEL_TEST + 1);
        }
    }
}

static void write_comprehension(Writer *w, const char *open, const Node *element, const Node *value,
                                NodeList generators, const char *close)
{
    add(w, open);
    write_expression(w, element, LEVEL_TEST);
    if (value != NULL) {
        add(w, ": ");
        write_expression(w, value, LEVEL_TEST);
    }
    write_generators(w, generators);
    add(w, close);
}

static void write_dict(Writer *w, const Node *node)
{
    const AstDict *dict = &node->as.dict;
    add(w, "{");
    for (int64_t i = 0; i < dict->values.count; i++) {
        add_if(w, i > 0, ", ");
        if (dict->keys.items[i] == NULL) {
            add(w, "**");
            write_expression(w, dict->values.items[i], LEVEL_EXPRESSION);
        } else {
            write_expression(w, dict->keys.items[i], LEVEL_TEST);
            add(w, ": ");
            write_expression(w, dict->values.items[i], LEVEL_TEST);
        }
    }
    add(w, "}");
}

static void write_tuple(Writer *w, const Node *node, Level level)
{
    NodeList items = node->as.tuple.elts;
    if (items.count == 0) {
        add(w, "()");
        return;
    }
    add_if(w, level > LEVEL_TUPLE, "(");
    write_list(w, items, LEVEL_TEST);
    add_if(w, items.count == 1, ",");
    add_if(w, level > LEVEL_TUPLE, ")");
}

static void write_subscript(Writer *w, const Node *node)
{
    const Node *slice = node->as.subscript.slice;
    write_expression(w, node->as.subscript.value, LEVEL_ATOM);
    add(w, "[");
    write_expression(w, slice, LEVEL_TUPLE);
    add(w, "]");
}

static void write_slice(Writer *w, const Node *node)
{
    const AstSlice *slice = &node->as.slice;
    if (slice->lower != NULL)
        write_expression(w, slice->lower, LEVEL_TEST);
    add(w, ":");
    if (slice->upper != NULL)
        write_expression(w, slice->upper, LEVEL_TEST);
    if (slice->step != NULL) {
        add(w, ":");
        write_expression(w, slice->step, LEVEL_TEST);
    }
}

static void write_attribute(Writer *w, const Node *node)
{
    const Node *value = node->as.attribute.value;
    write_expression(w, value, LEVEL_ATOM);
    bool is_int = value->kind == NODE_CONSTANT && value->as.constant.constant == CONSTANT_INT;
    add(w, is_int ? " ." : ".");
    add(w, node->as.attribute.attr);
}

/* ---- everything */

static void write_prefixed(Writer *w, const char *prefix, const Node *value, Level inner,
                           bool parentheses)
{
    add_if(w, parentheses, "(");
    add(w, prefix);
    if (value != NULL)
        write_expression(w, value, inner);
    add_if(w, parentheses, ")");
}

static void write_expression(Writer *w, const Node *node, Level level)
{
    if (w->failed)
        return;
    switch (node->kind) {
    case NODE_BOOLOP:
        write_boolean(w, node, level);
        return;
    case NODE_BINOP:
        write_binary(w, node, level);
        return;
    case NODE_UNARYOP:
        write_unary(w, node, level);
        return;
    case NODE_LAMBDA:
        write_lambda(w, node, level);
        return;
    case NODE_IFEXP:
        add_if(w, level > LEVEL_TEST, "(");
        write_expression(w, node->as.ifexp.body, LEVEL_TEST + 1);
        add(w, " if ");
        write_expression(w, node->as.ifexp.test, LEVEL_TEST + 1);
        add(w, " else ");
        write_expression(w, node->as.ifexp.orelse, LEVEL_TEST);
        add_if(w, level > LEVEL_TEST, ")");
        return;
    case NODE_DICT:
        write_dict(w, node);
        return;
    case NODE_SET:
        add(w, "{");
        write_list(w, node->as.set.elts, LEVEL_TEST);
        add(w, "}");
        return;
    case NODE_LISTCOMP:
        write_comprehension(w, "[", node->as.listcomp.elt, NULL, node->as.listcomp.generators, "]");
        return;
    case NODE_SETCOMP:
        write_comprehension(w, "{", node->as.setcomp.elt, NULL, node->as.setcomp.generators, "}");
        return;
    case NODE_DICTCOMP:
        write_comprehension(w, "{", node->as.dictcomp.key, node->as.dictcomp.value,
                            node->as.dictcomp.generators, "}");
        return;
    case NODE_GENERATOREXP:
        write_comprehension(w, "(", node->as.generatorexp.elt, NULL,
                            node->as.generatorexp.generators, ")");
        return;
    case NODE_AWAIT:
        write_prefixed(w, "await ", node->as.await.value, LEVEL_ATOM, level > LEVEL_AWAIT);
        return;
    case NODE_YIELD:
        write_prefixed(w, node->as.yield.value != NULL ? "yield " : "yield", node->as.yield.value,
                       LEVEL_TEST, true);
        return;
    case NODE_YIELDFROM:
        write_prefixed(w, "yield from ", node->as.yieldfrom.value, LEVEL_TEST, true);
        return;
    case NODE_COMPARE:
        write_compare(w, node, level);
        return;
    case NODE_CALL:
        write_call(w, node);
        return;
    case NODE_JOINEDSTR:
    case NODE_FORMATTEDVALUE:
        write_fstring(w, node);
        return;
    case NODE_CONSTANT:
        write_repr(w, &node->as.constant);
        return;
    case NODE_ATTRIBUTE:
        write_attribute(w, node);
        return;
    case NODE_SUBSCRIPT:
        write_subscript(w, node);
        return;
    case NODE_STARRED:
        write_prefixed(w, "*", node->as.starred.value, LEVEL_EXPRESSION, false);
        return;
    case NODE_NAME:
        add(w, node->as.name.id);
        return;
    case NODE_LIST:
        add(w, "[");
        write_list(w, node->as.list.elts, LEVEL_TEST);
        add(w, "]");
        return;
    case NODE_TUPLE:
        write_tuple(w, node, level);
        return;
    case NODE_SLICE:
        write_slice(w, node);
        return;
    case NODE_NAMEDEXPR:
        add(w, "(");
        write_expression(w, node->as.namedexpr.target, LEVEL_ATOM);
        add(w, " := ");
        write_expression(w, node->as.namedexpr.value, LEVEL_ATOM);
        add(w, ")");
        return;
    default:
        w->failed = true;
        return;
    }
}

const char *unparse_expression(Bump *bump, const Node *node)
{
    Writer writer = {.bump = bump};
    add_length(&writer, "", 0);
    write_expression(&writer, node, LEVEL_TEST);
    return writer.failed ? NULL : writer.data;
}
