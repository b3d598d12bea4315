/*
 * Calls, displays and f-strings: the expressions that gather many operands.
 *
 * A few operands are pushed and taken by one instruction; many, or starred ones, are collected in a
 * list, set or dict.  A call of an attribute goes through LOAD_METHOD, so that no bound method is
 * made.
 */

#include <stdio.h>
#include <string.h>

#include "grammar/text.h"
#include "runtime/core/err.h"
#include "runtime/core/object.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"
#include "vm/compile/codegen.h"

/* ---- displays */

static bool any_starred(NodeList items)
{
    for (int64_t i = 0; i < items.count; i++) {
        if (items.items[i]->kind == NODE_STARRED)
            return true;
    }
    return false;
}

static bool all_may_fold(NodeList items)
{
    for (int64_t i = 0; i < items.count; i++) {
        if (!expression_may_fold(items.items[i]))
            return false;
    }
    return true;
}

/* Collects items in a list (or set), with `pushed` ones on the stack already. */
static void collect(Compiler *c, NodeList items, int64_t pushed, Opcode build, bool big)
{
    Opcode add = build == OP_BUILD_SET ? OP_SET_ADD : OP_LIST_APPEND;
    Opcode extend = build == OP_BUILD_SET ? OP_SET_UPDATE : OP_LIST_EXTEND;
    bool built = big;
    if (big)
        emit_arg(c, build, pushed);
    for (int64_t i = 0; i < items.count; i++) {
        const Node *item = items.items[i];
        if (item->kind == NODE_STARRED) {
            if (!built)
                emit_flagged(c, build, i + pushed, INSTR_LATE);
            built = true;
            expression_visit(c, item->as.starred.value);
            emit_arg(c, extend, 1);
        } else {
            expression_visit(c, item);
            if (built)
                emit_arg(c, add, 1);
        }
    }
}

/* A list, tuple or set of items, the first `pushed` of them on the stack.  flags: of the
 * instruction that builds a short one. */
static void visit_items(Compiler *c, NodeList items, int64_t pushed, Opcode build, unsigned flags)
{
    bool big = items.count + pushed > STACK_GUIDELINE && !(pushed == 0 && all_may_fold(items));
    if (!any_starred(items) && !big) {
        for (int64_t i = 0; i < items.count; i++)
            expression_visit(c, items.items[i]);
        emit_flagged(c, build, items.count + pushed, flags);
        return;
    }
    if (build == OP_BUILD_TUPLE) {
        collect(c, items, pushed, OP_BUILD_LIST, big);
        emit_op(c, OP_LIST_TO_TUPLE);
    } else {
        collect(c, items, pushed, build, big);
    }
}

void call_visit_display(Compiler *c, NodeList items, Opcode build)
{
    visit_items(c, items, 0, build, 0);
}

/* Keys and values from `begin` to `end` as one dict on the stack. */
static void visit_pairs(Compiler *c, const AstDict *dict, int64_t begin, int64_t end)
{
    int64_t count = end - begin;
    bool big = count * 2 > STACK_GUIDELINE;
    bool constant_keys = count > 1 && !big;
    for (int64_t i = begin; constant_keys && i < end; i++)
        constant_keys = expression_folds(dict->keys.items[i]);
    if (constant_keys) {
        for (int64_t i = begin; i < end; i++)
            expression_visit(c, dict->values.items[i]);
        for (int64_t i = begin; i < end; i++)
            expression_visit(c, dict->keys.items[i]);
        emit_arg(c, OP_BUILD_TUPLE, count);
        emit_arg(c, OP_BUILD_CONST_KEY_MAP, count);
        return;
    }
    if (big)
        emit_arg(c, OP_BUILD_MAP, 0);
    for (int64_t i = begin; i < end; i++) {
        expression_visit(c, dict->keys.items[i]);
        expression_visit(c, dict->values.items[i]);
        if (big)
            emit_arg(c, OP_MAP_ADD, 1);
    }
    if (!big)
        emit_arg(c, OP_BUILD_MAP, count);
}

void call_visit_dict(Compiler *c, const Node *node)
{
    const AstDict *dict = &node->as.dict;
    bool built = false; /* a dict lies on the stack */
    int64_t begin = 0;  /* first pair not yet emitted */
    for (int64_t i = 0; i <= dict->values.count; i++) {
        bool end = i == dict->values.count;
        bool unpacks = !end && dict->keys.items[i] == NULL;
        bool full = !end && !unpacks && (i - begin) * 2 > STACK_GUIDELINE;
        if (full || (i > begin && (end || unpacks))) {
            visit_pairs(c, dict, begin, i + full);
            if (built)
                emit_arg(c, OP_DICT_UPDATE, 1);
            built = true;
            begin = i + full;
        }
        if (unpacks) {
            if (!built)
                emit_arg(c, OP_BUILD_MAP, 0);
            built = true;
            expression_visit(c, dict->values.items[i]);
            emit_arg(c, OP_DICT_UPDATE, 1);
            begin = i + 1;
        }
    }
    if (!built)
        emit_arg(c, OP_BUILD_MAP, 0);
}

/* ---- calls */

Obj *call_names_tuple(Compiler *c, const char *const *items, int64_t count)
{
    Obj *tuple = tuple_new(count);
    for (int64_t i = 0; tuple != NULL && i < count; i++) {
        ObjRef shared = const_table_share_steal(&c->constants, const_name(items[i]));
        if (shared == NULL)
            obj_clear(&tuple);
        else
            tuple_cast(tuple)->items[i] = obj_incref(shared);
    }
    if (tuple == NULL)
        c->failed = true;
    return tuple;
}

/* The names of keywords [begin, end) as a constant: its index, or -1. */
static int32_t add_keyword_names(Compiler *c, NodeList keywords, int64_t begin, int64_t end)
{
    const char **texts = bump_alloc(c->bump, (size_t)(end - begin) * sizeof *texts);
    if (texts == NULL) {
        emit_no_memory(c);
        return -1;
    }
    for (int64_t i = begin; i < end; i++)
        texts[i - begin] = emit_mangle(c, keywords.items[i]->as.keyword.arg);
    if (c->failed)
        return -1;
    return emit_add_const_steal(c, call_names_tuple(c, texts, end - begin));
}

static void check_keywords(Compiler *c, NodeList keywords)
{
    for (int64_t i = 0; i < keywords.count; i++) {
        const Node *keyword = keywords.items[i];
        const char *name = keyword->as.keyword.arg;
        if (name == NULL)
            continue;
        emit_check_name(c, name, CONTEXT_STORE, c->unit->place);
        for (int64_t j = i + 1; j < keywords.count; j++) {
            const char *other = keywords.items[j]->as.keyword.arg;
            if (other != NULL && strcmp(name, other) == 0) {
                emit_error(c, keywords.items[j]->place, "keyword argument repeated: %s", name);
                return;
            }
        }
    }
}

/* Keywords [begin, end), none of them `**`, as one dict on the stack. */
static void visit_keyword_dict(Compiler *c, NodeList keywords, int64_t begin, int64_t end)
{
    int64_t count = end - begin;
    bool big = count * 2 > STACK_GUIDELINE;
    if (count > 1 && !big) {
        for (int64_t i = begin; i < end; i++)
            expression_visit(c, keywords.items[i]->as.keyword.value);
        int32_t names = add_keyword_names(c, keywords, begin, end);
        emit_arg(c, OP_LOAD_CONST, names);
        emit_arg(c, OP_BUILD_CONST_KEY_MAP, count);
        return;
    }
    if (big)
        emit_arg(c, OP_BUILD_MAP, 0);
    for (int64_t i = begin; i < end; i++) {
        emit_text(c, emit_mangle(c, keywords.items[i]->as.keyword.arg));
        expression_visit(c, keywords.items[i]->as.keyword.value);
        if (big)
            emit_arg(c, OP_MAP_ADD, 1);
    }
    if (!big)
        emit_arg(c, OP_BUILD_MAP, count);
}

/* A call whose arguments are gathered in a tuple and a dict. */
static void finish_unpacking(Compiler *c, int64_t pushed, NodeList args, NodeList keywords)
{
    if (pushed == 0 && args.count == 1 && args.items[0]->kind == NODE_STARRED)
        expression_visit(c, args.items[0]->as.starred.value);
    else
        visit_items(c, args, pushed, OP_BUILD_TUPLE, args.count > 2 ? 0 : INSTR_LATE);
    bool built = false;
    int64_t begin = 0;
    for (int64_t i = 0; i <= keywords.count; i++) {
        bool end = i == keywords.count;
        bool unpacks = !end && keywords.items[i]->as.keyword.arg == NULL;
        if (i > begin && (end || unpacks)) {
            visit_keyword_dict(c, keywords, begin, i);
            if (built)
                emit_arg(c, OP_DICT_MERGE, 1);
            built = true;
        }
        if (unpacks) {
            if (!built)
                emit_arg(c, OP_BUILD_MAP, 0);
            built = true;
            expression_visit(c, keywords.items[i]->as.keyword.value);
            emit_arg(c, OP_DICT_MERGE, 1);
            begin = i + 1;
        }
    }
    emit_arg(c, OP_CALL_FUNCTION_EX, keywords.count > 0);
}

/* Can the call push all its arguments one by one? */
static bool is_plain_call(int64_t pushed, NodeList args, NodeList keywords)
{
    if (pushed + args.count + keywords.count * 2 > STACK_GUIDELINE || any_starred(args))
        return false;
    for (int64_t i = 0; i < keywords.count; i++) {
        if (keywords.items[i]->as.keyword.arg == NULL)
            return false;
    }
    return true;
}

static void finish_plain(Compiler *c, int64_t pushed, NodeList args, NodeList keywords)
{
    for (int64_t i = 0; i < args.count; i++)
        expression_visit(c, args.items[i]);
    if (keywords.count > 0) {
        for (int64_t i = 0; i < keywords.count; i++)
            expression_visit(c, keywords.items[i]->as.keyword.value);
        int32_t names = add_keyword_names(c, keywords, 0, keywords.count);
        emit_arg(c, OP_KW_NAMES, names);
    }
    emit_arg(c, OP_CALL, pushed + args.count + keywords.count);
}

void call_finish(Compiler *c, int64_t pushed, NodeList args, NodeList keywords)
{
    if (c->failed)
        return;
    check_keywords(c, keywords);
    if (is_plain_call(pushed, args, keywords))
        finish_plain(c, pushed, args, keywords);
    else
        finish_unpacking(c, pushed, args, keywords);
}

static void check_callable(Compiler *c, const Node *function)
{
    const char *type = expression_known_type(function);
    if (type != NULL && function->kind != NODE_LAMBDA)
        emit_warning(c, c->unit->place,
                     "'%.200s' object is not callable; perhaps you missed a comma?", type);
}

void call_visit(Compiler *c, const Node *node)
{
    const AstCall *call = &node->as.call;
    const Node *function = call->func;
    check_callable(c, function);
    if (function->kind == NODE_ATTRIBUTE && function->as.attribute.ctx == CONTEXT_LOAD &&
        is_plain_call(0, call->args, call->keywords) &&
        call->args.count + call->keywords.count + (call->keywords.count != 0) < STACK_GUIDELINE) {
        check_keywords(c, call->keywords);
        expression_visit(c, function->as.attribute.value);
        Place whole = c->unit->place;
        c->unit->place = function->place;
        expression_move_to_attribute(c, function);
        emit_mangled_arg(c, OP_LOAD_METHOD, function->as.attribute.attr);
        c->unit->place = whole;
        int64_t before = c->unit->list.count;
        finish_plain(c, 0, call->args, call->keywords);
        if (!c->failed && c->unit->list.count > before) {
            expression_move_to_attribute(c, function);
            c->unit->list.items[c->unit->list.count - 1].place = c->unit->place;
            c->unit->place = whole;
        }
        return;
    }
    emit_op(c, OP_PUSH_NULL);
    expression_visit(c, function);
    call_finish(c, 0, call->args, call->keywords);
}

/* ---- f-strings */

void call_visit_joined_str(Compiler *c, const Node *node)
{
    const NodeList *values = &node->as.joinedstr.values;
    if (values->count > STACK_GUIDELINE) {
        emit_text(c, "");
        emit_name_arg(c, OP_LOAD_METHOD, "join");
        emit_arg(c, OP_BUILD_LIST, 0);
        for (int64_t i = 0; i < values->count; i++) {
            expression_visit(c, values->items[i]);
            emit_arg(c, OP_LIST_APPEND, 1);
        }
        emit_arg(c, OP_CALL, 1);
        return;
    }
    for (int64_t i = 0; i < values->count; i++)
        expression_visit(c, values->items[i]);
    if (values->count != 1)
        emit_arg(c, OP_BUILD_STRING, values->count);
}

static int conversion_argument(int conversion)
{
    switch (conversion) {
    case 's':
        return FORMAT_STR;
    case 'r':
        return FORMAT_REPR;
    case 'a':
        return FORMAT_ASCII;
    default:
        return FORMAT_NONE;
    }
}

void call_visit_formatted_value(Compiler *c, const Node *node)
{
    const AstFormattedValue *value = &node->as.formattedvalue;
    expression_visit(c, value->value);
    int argument = conversion_argument(value->conversion);
    if (value->format_spec != NULL) {
        expression_visit(c, value->format_spec);
        argument |= FORMAT_SPEC;
    }
    emit_arg(c, OP_FORMAT_VALUE, argument);
}

/* One piece of a %-format: literal text up to a directive, then the directive. */
typedef struct Directive {
    char conversion; /* 's', 'r', 'a', or 0 at the end of the format */
    bool minus;
    int64_t width, precision; /* -1: none */
} Directive;

/* Reads digits at *at; at most 99, as CPython's optimiser does. */
static bool read_number(const char **at, const char *end, int64_t *number)
{
    *number = -1;
    int digits = 0;
    while (*at < end && **at >= '0' && **at <= '9') {
        *number = (*number < 0 ? 0 : *number) * 10 + (**at - '0');
        (*at)++;
        if (++digits > 2)
            return false;
    }
    return *at < end;
}

/* Parses what stands behind a '%': false for anything but [flags][width][.precision](s|r|a).  Of
 * the flags only '-' has a meaning for these. */
static bool read_directive(const char **at, const char *end, Directive *out)
{
    *out = (Directive){.width = -1, .precision = -1};
    for (; *at < end && **at != '\0' && strchr("-+ #0", **at) != NULL; (*at)++)
        out->minus = out->minus || **at == '-';
    if (!read_number(at, end, &out->width))
        return false;
    if (**at == '.') {
        (*at)++;
        if (!read_number(at, end, &out->precision))
            return false;
        if (out->precision < 0)
            out->precision = 0;
    }
    if (**at != 's' && **at != 'r' && **at != 'a')
        return false;
    out->conversion = *(*at)++;
    return true;
}

/* Literal text of a %-format up to its end or a directive, `%%` made one '%': its decoded length.
 */
static int64_t read_literal(const char **at, const char *end, char *text)
{
    int64_t length = 0;
    while (*at < end) {
        if (**at == '%') {
            if (*at + 1 >= end || (*at)[1] != '%')
                break;
            (*at)++;
        }
        text[length++] = *(*at)++;
    }
    return length;
}

/* Checks the format against the number of values, with the same steps as visit_percent below. */
static bool percent_is_simple(const AstConstant *format, int64_t values, char *text)
{
    const char *at = format->text, *end = at + format->length;
    int64_t used = 0;
    for (;;) {
        read_literal(&at, end, text);
        if (at >= end)
            return used == values;
        at++;
        Directive directive;
        if (used++ >= values || !read_directive(&at, end, &directive))
            return false;
    }
}

static void emit_format_spec(Compiler *c, const Directive *directive)
{
    char spec[32];
    int length = 0;
    if (!directive->minus && directive->width > 0)
        spec[length++] = '>';
    if (directive->width >= 0)
        length +=
            snprintf(spec + length, sizeof spec - (size_t)length, "%d", (int)directive->width);
    if (directive->precision >= 0)
        length +=
            snprintf(spec + length, sizeof spec - (size_t)length, ".%d", (int)directive->precision);
    spec[length] = '\0';
    if (length > 0)
        emit_text(c, spec);
    emit_arg(c, OP_FORMAT_VALUE,
             conversion_argument(directive->conversion) | (length > 0 ? FORMAT_SPEC : 0));
}

bool call_visit_percent(Compiler *c, const Node *node)
{
    const Node *left = node->as.binop.left, *right = node->as.binop.right;
    if (left->kind != NODE_CONSTANT || left->as.constant.constant != CONSTANT_STR ||
        right->kind != NODE_TUPLE || any_starred(right->as.tuple.elts) ||
        expression_may_fold(right) || right->as.tuple.elts.count * 2 + 1 > STACK_GUIDELINE)
        return false;
    const AstConstant *format = &left->as.constant;
    NodeList values = right->as.tuple.elts;
    char *text = bump_alloc(c->bump, (size_t)format->length + 1);
    if (text == NULL) {
        emit_no_memory(c);
        return true;
    }
    if (!percent_is_simple(format, values.count, text))
        return false;
    const char *at = format->text, *end = at + format->length;
    int64_t pieces = 0;
    for (int64_t used = 0;; used++) {
        int64_t length = read_literal(&at, end, text);
        if (length > 0) {
            emit_const_steal(c, str_from_utf8_surrogates(text, length));
            pieces++;
        }
        if (at >= end)
            break;
        at++;
        Directive directive;
        read_directive(&at, end, &directive);
        expression_visit(c, values.items[used]);
        Place whole = c->unit->place;
        c->unit->place = values.items[used]->place;
        emit_format_spec(c, &directive);
        c->unit->place = whole;
        pieces++;
    }
    if (pieces != 1)
        emit_arg(c, OP_BUILD_STRING, pieces);
    return true;
}
