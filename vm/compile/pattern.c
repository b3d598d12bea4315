/*
 * The match statement.
 *
 * While a pattern is tried, the names it captures lie on the stack, in the order of `names`, below
 * what the pattern is still looking at; only when the whole pattern has matched are they stored.  A
 * test that fails jumps to a label that pops what lies above the subject at that moment: fail label
 * n pops n items. The idea is that of CPython's PEP 634 implementation.
 */

#include <string.h>

#include "runtime/core/err.h"
#include "runtime/core/object.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"
#include "vm/compile/codegen.h"

typedef struct Capture {
    const char **names; /* in the order in which they lie on the stack, lowest first */
    int64_t count, capacity;
    int64_t on_top;   /* items above the captured ones, the subject being looked at included */
    bool irrefutable; /* a pattern that always matches is allowed here */
    int32_t *fail;    /* fail[n]: label that pops n items, then goes to the next case */
    int64_t fail_count, fail_capacity;
} Capture;

static void visit_pattern(Compiler *c, const Node *node, Capture *capture);

/* ---- failure */

static int32_t fail_label(Compiler *c, Capture *capture, int64_t items)
{
    while (capture->fail_count <= items) {
        if (capture->fail_count == capture->fail_capacity) {
            int64_t capacity = capture->fail_capacity * 2 + 8;
            int32_t *labels = bump_alloc(c->bump, (size_t)capacity * sizeof *labels);
            if (labels == NULL) {
                emit_no_memory(c);
                return 0;
            }
            if (capture->fail_count > 0)
                memcpy(labels, capture->fail, (size_t)capture->fail_count * sizeof *labels);
            capture->fail = labels;
            capture->fail_capacity = capacity;
        }
        capture->fail[capture->fail_count++] = emit_new_label(c);
    }
    return capture->fail[items];
}

static void jump_to_fail(Compiler *c, Capture *capture, Opcode op)
{
    int64_t items = capture->on_top + capture->count;
    emit_jump(c, op, fail_label(c, capture, items));
}

/* Emits the fail labels: each pops one item and falls into the next lower one. */
static void emit_fail_labels(Compiler *c, Capture *capture)
{
    while (capture->fail_count > 0) {
        emit_label(c, capture->fail[--capture->fail_count]);
        if (capture->fail_count > 0)
            emit_op(c, OP_POP_TOP);
    }
}

/* ---- captured names */

static void capture_name(Compiler *c, const char *name, Capture *capture)
{
    if (name == NULL) {
        emit_op(c, OP_POP_TOP);
        return;
    }
    emit_check_name(c, name, CONTEXT_STORE, c->unit->place);
    for (int64_t i = 0; i < capture->count; i++) {
        if (capture->names[i] == name) {
            emit_error(c, c->unit->place, "multiple assignments to name '%s' in pattern", name);
            return;
        }
    }
    if (capture->count == capture->capacity) {
        int64_t capacity = capture->capacity * 2 + 8;
        const char **names = bump_alloc(c->bump, (size_t)capacity * sizeof *names);
        if (names == NULL) {
            emit_no_memory(c);
            return;
        }
        if (capture->count > 0)
            memcpy(names, capture->names, (size_t)capture->count * sizeof *names);
        capture->names = names;
        capture->capacity = capacity;
    }
    /* Below everything that is still looked at and above the names captured before. */
    for (int64_t i = capture->on_top + 1; i > 1; i--)
        emit_arg(c, OP_SWAP, i);
    capture->names[capture->count++] = name;
}

/* ---- patterns */

static bool is_wildcard(const Node *node)
{
    return node->kind == NODE_MATCHAS && node->as.matchas.name == NULL;
}

static bool is_star_wildcard(const Node *node)
{
    return node->kind == NODE_MATCHSTAR && node->as.matchstar.name == NULL;
}

/* A pattern inside another one: may be irrefutable. */
static void visit_subpattern(Compiler *c, const Node *node, Capture *capture)
{
    bool irrefutable = capture->irrefutable;
    capture->irrefutable = true;
    visit_pattern(c, node, capture);
    capture->irrefutable = irrefutable;
}

static void visit_value(Compiler *c, const Node *node, Capture *capture)
{
    const Node *value = node->as.matchvalue.value;
    if (!expression_may_fold(value) && value->kind != NODE_ATTRIBUTE) {
        emit_error(c, node->place, "patterns may only match literals and attribute lookups");
        return;
    }
    expression_visit(c, value);
    emit_arg(c, OP_COMPARE_OP, CMP_EQ);
    jump_to_fail(c, capture, OP_POP_JUMP_IF_FALSE);
}

static void visit_singleton(Compiler *c, const Node *node, Capture *capture)
{
    AstConstant literal = {.constant = node->as.matchsingleton.constant};
    emit_const_steal(c, const_from_literal(&literal));
    emit_arg(c, OP_IS_OP, 0);
    jump_to_fail(c, capture, OP_POP_JUMP_IF_FALSE);
}

static void visit_as(Compiler *c, const Node *node, Capture *capture)
{
    const AstMatchAs *as = &node->as.matchas;
    if (as->pattern == NULL) {
        if (!capture->irrefutable) {
            if (as->name != NULL)
                emit_error(c, node->place, "name capture '%s' makes remaining patterns unreachable",
                           as->name);
            else
                emit_error(c, node->place, "wildcard makes remaining patterns unreachable");
            return;
        }
        capture_name(c, as->name, capture);
        return;
    }
    capture->on_top++;
    emit_arg(c, OP_COPY, 1);
    visit_pattern(c, as->pattern, capture);
    capture->on_top--;
    capture_name(c, as->name, capture);
}

/* Items of a sequence without a starred pattern, or with one that is captured. */
static void unpack_sequence(Compiler *c, const Node *node, NodeList patterns, Capture *capture)
{
    int64_t star = -1;
    for (int64_t i = 0; i < patterns.count; i++) {
        if (patterns.items[i]->kind == NODE_MATCHSTAR)
            star = i;
    }
    if (star >= 256 || patterns.count >= INT32_MAX >> 11) {
        emit_error(c, node->place, "too many expressions in star-unpacking sequence pattern");
        return;
    }
    if (star >= 0)
        emit_arg(c, OP_UNPACK_EX, star | (patterns.count - star - 1) << 8);
    else
        emit_arg(c, OP_UNPACK_SEQUENCE, patterns.count);
    capture->on_top += patterns.count;
    for (int64_t i = 0; i < patterns.count && !c->failed; i++) {
        capture->on_top--;
        visit_subpattern(c, patterns.items[i], capture);
    }
}

/* A starred wildcard: items are picked by index, the middle is never looked at. */
static void pick_items(Compiler *c, NodeList patterns, int64_t star, Capture *capture)
{
    capture->on_top++;
    for (int64_t i = 0; i < patterns.count && !c->failed; i++) {
        const Node *pattern = patterns.items[i];
        if (is_wildcard(pattern) || i == star)
            continue;
        emit_arg(c, OP_COPY, 1);
        if (i < star) {
            emit_int(c, i);
        } else {
            emit_op(c, OP_GET_LEN);
            emit_int(c, patterns.count - i);
            emit_arg(c, OP_BINARY_OP, BINARY_SUBTRACT);
        }
        emit_op(c, OP_BINARY_SUBSCR);
        visit_subpattern(c, pattern, capture);
    }
    capture->on_top--;
    emit_op(c, OP_POP_TOP);
}

static void visit_sequence(Compiler *c, const Node *node, Capture *capture)
{
    NodeList patterns = node->as.matchsequence.patterns;
    int64_t star = -1;
    bool only_wildcards = true, star_wildcard = false;
    for (int64_t i = 0; i < patterns.count; i++) {
        const Node *pattern = patterns.items[i];
        if (pattern->kind == NODE_MATCHSTAR) {
            if (star >= 0) {
                emit_error(c, node->place, "multiple starred names in sequence pattern");
                return;
            }
            star = i;
            star_wildcard = is_star_wildcard(pattern);
            only_wildcards = only_wildcards && star_wildcard;
        } else {
            only_wildcards = only_wildcards && is_wildcard(pattern);
        }
    }
    capture->on_top++;
    emit_op(c, OP_MATCH_SEQUENCE);
    jump_to_fail(c, capture, OP_POP_JUMP_IF_FALSE);
    if (star < 0) {
        emit_op(c, OP_GET_LEN);
        emit_int(c, patterns.count);
        emit_arg(c, OP_COMPARE_OP, CMP_EQ);
        jump_to_fail(c, capture, OP_POP_JUMP_IF_FALSE);
    } else if (patterns.count > 1) {
        emit_op(c, OP_GET_LEN);
        emit_int(c, patterns.count - 1);
        emit_arg(c, OP_COMPARE_OP, CMP_GE);
        jump_to_fail(c, capture, OP_POP_JUMP_IF_FALSE);
    }
    capture->on_top--;
    if (only_wildcards)
        emit_op(c, OP_POP_TOP);
    else if (star_wildcard)
        pick_items(c, patterns, star, capture);
    else
        unpack_sequence(c, node, patterns, capture);
}

/* The value of a mapping key that is a literal: new reference; NULL: none, or failed. */
static Obj *literal_key(Compiler *c, const Node *key)
{
    Obj *value = NULL, *operand = NULL, *right = NULL;
    if (key->kind == NODE_CONSTANT) {
        value = const_from_literal(&key->as.constant);
    } else if (key->kind == NODE_UNARYOP && key->as.unaryop.op == UNARY_USUB) {
        operand = literal_key(c, key->as.unaryop.operand);
        value = operand == NULL ? NULL : obj_negative(operand);
    } else if (key->kind == NODE_BINOP) {
        operand = literal_key(c, key->as.binop.left);
        right = operand == NULL ? NULL : literal_key(c, key->as.binop.right);
        if (right != NULL)
            value = obj_binary(operand, right,
                               key->as.binop.op == OPERATOR_ADD ? BINARY_ADD : BINARY_SUBTRACT);
    } else {
        return NULL;
    }
    obj_xdecref(operand);
    obj_xdecref(right);
    if (value == NULL && !c->failed)
        c->failed = true;
    return value;
}

/* SyntaxError for a literal key given twice (1 and 1.0 and True are one key). */
static void check_keys(Compiler *c, const Node *node, NodeList keys)
{
    for (int64_t i = 0; i < keys.count && !c->failed; i++) {
        const Node *key = keys.items[i];
        if (!expression_may_fold(key) && key->kind != NODE_ATTRIBUTE) {
            emit_error(c, node->place,
                       "mapping pattern keys may only match literals and attribute lookups");
            return;
        }
        Obj *value = literal_key(c, key);
        for (int64_t j = 0; value != NULL && j < i && !c->failed; j++) {
            Obj *earlier = literal_key(c, keys.items[j]);
            if (earlier == NULL)
                continue;
            int equal = obj_equal(value, earlier);
            obj_decref(earlier);
            if (equal < 0) {
                c->failed = true;
            } else if (equal > 0) {
                Obj *text = obj_repr(value);
                const char *utf8 = text == NULL ? NULL : str_utf8(text, NULL);
                if (utf8 == NULL)
                    c->failed = true;
                else
                    emit_error(c, node->place, "mapping pattern checks duplicate key (%s)", utf8);
                obj_xdecref(text);
            }
        }
        obj_xdecref(value);
    }
}

static void visit_mapping(Compiler *c, const Node *node, Capture *capture)
{
    const AstMatchMapping *mapping = &node->as.matchmapping;
    int64_t size = mapping->keys.count;
    capture->on_top++;
    emit_op(c, OP_MATCH_MAPPING);
    jump_to_fail(c, capture, OP_POP_JUMP_IF_FALSE);
    if (size == 0 && mapping->rest == NULL) {
        capture->on_top--;
        emit_op(c, OP_POP_TOP);
        return;
    }
    if (size > 0) {
        emit_op(c, OP_GET_LEN);
        emit_int(c, size);
        emit_arg(c, OP_COMPARE_OP, CMP_GE);
        jump_to_fail(c, capture, OP_POP_JUMP_IF_FALSE);
    }
    if (size >= INT32_MAX / 8) {
        emit_error(c, node->place, "too many sub-patterns in mapping pattern");
        return;
    }
    check_keys(c, node, mapping->keys);
    for (int64_t i = 0; i < size; i++)
        expression_visit(c, mapping->keys.items[i]);
    emit_flagged(c, OP_BUILD_TUPLE, size, INSTR_LATE);
    emit_op(c, OP_MATCH_KEYS);
    capture->on_top += 2; /* keys, values */
    emit_arg(c, OP_COPY, 1);
    emit_jump(c, OP_POP_JUMP_IF_NONE, fail_label(c, capture, capture->on_top + capture->count));
    /* The values, first on top. */
    emit_arg(c, OP_UNPACK_SEQUENCE, size);
    capture->on_top += size - 1;
    for (int64_t i = 0; i < size && !c->failed; i++) {
        capture->on_top--;
        visit_subpattern(c, mapping->patterns.items[i], capture);
    }
    /* On the stack: subject, keys. */
    capture->on_top -= 2;
    if (mapping->rest != NULL) {
        emit_arg(c, OP_BUILD_MAP, 0);
        emit_arg(c, OP_SWAP, 3);
        emit_arg(c, OP_DICT_UPDATE, 2);
        emit_arg(c, OP_UNPACK_SEQUENCE, size);
        for (int64_t left = size; left > 0; left--) {
            emit_arg(c, OP_COPY, 1 + left);
            emit_arg(c, OP_SWAP, 2);
            emit_op(c, OP_DELETE_SUBSCR);
        }
        capture_name(c, mapping->rest, capture);
    } else {
        emit_op(c, OP_POP_TOP);
        emit_op(c, OP_POP_TOP);
    }
}

static void visit_class(Compiler *c, const Node *node, Capture *capture)
{
    const AstMatchClass *match = &node->as.matchclass;
    int64_t positional = match->patterns.count, keywords = match->kwd_attrs.count;
    int64_t count = positional + keywords;
    if (count > 0xFFFF) {
        emit_error(c, node->place, "too many sub-patterns in class pattern %s",
                   unparse_expression(c->bump, match->cls));
        return;
    }
    for (int64_t i = 0; i < keywords; i++) {
        emit_check_name(c, match->kwd_attrs.items[i], CONTEXT_STORE,
                        match->kwd_patterns.items[i]->place);
        for (int64_t j = i + 1; j < keywords; j++) {
            if (match->kwd_attrs.items[i] == match->kwd_attrs.items[j]) {
                emit_error(c, match->kwd_patterns.items[j]->place,
                           "attribute name repeated in class pattern: %s",
                           match->kwd_attrs.items[i]);
                return;
            }
        }
    }
    expression_visit(c, match->cls);
    if (c->failed)
        return;
    emit_const_steal(c, call_names_tuple(c, match->kwd_attrs.items, keywords));
    emit_arg(c, OP_MATCH_CLASS, positional);
    emit_arg(c, OP_COPY, 1);
    capture->on_top++;
    jump_to_fail(c, capture, OP_POP_JUMP_IF_NONE);
    emit_arg(c, OP_UNPACK_SEQUENCE, count);
    capture->on_top += count - 1;
    for (int64_t i = 0; i < count && !c->failed; i++) {
        const Node *pattern =
            i < positional ? match->patterns.items[i] : match->kwd_patterns.items[i - positional];
        capture->on_top--;
        if (is_wildcard(pattern))
            emit_op(c, OP_POP_TOP);
        else
            visit_subpattern(c, pattern, capture);
    }
}

/* Brings the names of an alternative, on the stack above `below`, into the order of `control`. */
static void reorder_names(Compiler *c, const Capture *control, Capture *found)
{
    if (found->count != control->count) {
        emit_error(c, c->unit->place, "alternative patterns bind different names");
        return;
    }
    for (int64_t want = control->count - 1; want >= 0; want--) {
        int64_t have = -1;
        for (int64_t i = 0; i <= want; i++) {
            if (found->names[i] == control->names[want])
                have = i;
        }
        if (have < 0) {
            emit_error(c, c->unit->place, "alternative patterns bind different names");
            return;
        }
        if (have == want)
            continue;
        /* The top of the stack is name count-1; exchange places `have` and `want`. */
        int64_t top = control->count;
        if (want != top - 1)
            emit_arg(c, OP_SWAP, top - want);
        emit_arg(c, OP_SWAP, top - have);
        if (want != top - 1)
            emit_arg(c, OP_SWAP, top - want);
        const char *moved = found->names[want];
        found->names[want] = found->names[have];
        found->names[have] = moved;
    }
}

static void visit_or(Compiler *c, const Node *node, Capture *capture)
{
    int32_t end = emit_new_label(c);
    NodeList patterns = node->as.matchor.patterns;
    Capture control = {0};
    for (int64_t i = 0; i < patterns.count && !c->failed; i++) {
        const Node *pattern = patterns.items[i];
        Capture alternative = {
            .irrefutable = i + 1 == patterns.count && capture->irrefutable,
        };
        emit_arg(c, OP_COPY, 1);
        visit_pattern(c, pattern, &alternative);
        if (i == 0)
            control = alternative;
        else
            reorder_names(c, &control, &alternative);
        emit_jump(c, OP_JUMP, end);
        emit_fail_labels(c, &alternative);
    }
    /* None matched: the copy is gone, the subject is still there. */
    emit_op(c, OP_POP_TOP);
    jump_to_fail(c, capture, OP_JUMP);
    emit_label(c, end);
    /*
     * On the stack: what was captured before, what is looked at, the subject, the new names.  The
     * names go below what is looked at, one by one.
     */
    int64_t moves = control.count + 1 + capture->on_top;
    for (int64_t i = 0; i < control.count && !c->failed; i++) {
        for (int64_t j = moves; j > 1; j--)
            emit_arg(c, OP_SWAP, j);
        for (int64_t j = 0; j < capture->count; j++) {
            if (capture->names[j] == control.names[i]) {
                emit_error(c, c->unit->place, "multiple assignments to name '%s' in pattern",
                           control.names[i]);
                return;
            }
        }
        const char **names = bump_alloc(c->bump, (size_t)(capture->count + 1) * sizeof *names);
        if (names == NULL) {
            emit_no_memory(c);
            return;
        }
        if (capture->count > 0)
            memcpy(names, capture->names, (size_t)capture->count * sizeof *names);
        capture->names = names;
        capture->names[capture->count++] = control.names[i];
        capture->capacity = capture->count;
    }
    emit_op(c, OP_POP_TOP);
}

static void visit_pattern(Compiler *c, const Node *node, Capture *capture)
{
    if (c->failed)
        return;
    /* What follows a subpattern, such as storing names, is reported at that subpattern. */
    c->unit->place = node->place;
    switch (node->kind) {
    case NODE_MATCHVALUE:
        visit_value(c, node, capture);
        break;
    case NODE_MATCHSINGLETON:
        visit_singleton(c, node, capture);
        break;
    case NODE_MATCHSEQUENCE:
        visit_sequence(c, node, capture);
        break;
    case NODE_MATCHMAPPING:
        visit_mapping(c, node, capture);
        break;
    case NODE_MATCHCLASS:
        visit_class(c, node, capture);
        break;
    case NODE_MATCHSTAR:
        capture_name(c, node->as.matchstar.name, capture);
        break;
    case NODE_MATCHAS:
        visit_as(c, node, capture);
        break;
    case NODE_MATCHOR:
        visit_or(c, node, capture);
        break;
    default:
        emit_error(c, node->place, "unexpected %s in a pattern",
                   node_kind_name((NodeKind)node->kind));
        break;
    }
}

/* ---- the statement */

/* One case; keep: the subject is needed by a later one. */
static void visit_case(Compiler *c, const Node *node, bool keep, bool irrefutable, int32_t end)
{
    const Astmatch_case *match_case = &node->as.match_case;
    Capture capture = {.irrefutable = irrefutable};
    c->unit->place = match_case->pattern->place;
    if (keep)
        emit_arg(c, OP_COPY, 1);
    visit_pattern(c, match_case->pattern, &capture);
    /* The last captured name is on top. */
    for (int64_t i = capture.count - 1; i >= 0; i--)
        emit_variable(c, capture.names[i], CONTEXT_STORE);
    if (match_case->guard != NULL) {
        if (c->failed)
            return;
        expression_jump_if(c, match_case->guard, fail_label(c, &capture, 0), false);
    }
    if (keep)
        emit_op(c, OP_POP_TOP);
    statement_visit_list(c, match_case->body);
    emit_jump_no_line(c, end);
    emit_fail_labels(c, &capture);
}

void pattern_visit_match(Compiler *c, const Node *node)
{
    NodeList cases = node->as.match.cases;
    int32_t end = emit_new_label(c);
    expression_visit(c, node->as.match.subject);
    const Node *last = cases.items[cases.count - 1];
    /* A last `case _:` takes whatever is left: no copy of the subject, no test. */
    bool has_default = is_wildcard(last->as.match_case.pattern) && cases.count > 1;
    int64_t tried = cases.count - has_default;
    for (int64_t i = 0; i < tried && !c->failed; i++) {
        const Node *node_case = cases.items[i];
        bool irrefutable = node_case->as.match_case.guard != NULL || i + 1 == cases.count;
        visit_case(c, node_case, i + 1 != tried, irrefutable, end);
    }
    if (has_default && !c->failed) {
        c->unit->place = last->as.match_case.pattern->place;
        emit_line(c);
        if (last->as.match_case.guard != NULL)
            expression_jump_if(c, last->as.match_case.guard, end, false);
        statement_visit_list(c, last->as.match_case.body);
    }
    emit_label(c, end);
}
