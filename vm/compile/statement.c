/*
 * Statements but for the ones that steer control (control.c), define (function.c) or match
 * (pattern.c).  A statement leaves the stack as it found it.
 */

#include <string.h>

#include "runtime/core/object.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"
#include "vm/compile/codegen.h"

/* ---- assignment */

static void visit_assign(Compiler *c, const Node *node)
{
    const NodeList *targets = &node->as.assign.targets;
    expression_visit(c, node->as.assign.value);
    for (int64_t i = 0; i < targets->count; i++) {
        if (i + 1 < targets->count)
            emit_arg(c, OP_COPY, 1);
        expression_visit_target(c, targets->items[i]);
    }
}

static void visit_augmented(Compiler *c, const Node *node)
{
    const AstAugAssign *assign = &node->as.augassign;
    const Node *target = assign->target;
    Place whole = node->place;
    int op = expression_binary_argument(assign->op) + BINARY_OPS;
    c->unit->place = target->place;
    switch (target->kind) {
    case NODE_ATTRIBUTE:
        emit_check_name(c, target->as.attribute.attr, CONTEXT_STORE, target->place);
        expression_visit(c, target->as.attribute.value);
        emit_arg(c, OP_COPY, 1);
        emit_mangled_arg(c, OP_LOAD_ATTR, target->as.attribute.attr);
        break;
    case NODE_SUBSCRIPT:
        expression_visit(c, target->as.subscript.value);
        expression_visit(c, target->as.subscript.slice);
        emit_arg(c, OP_COPY, 2);
        emit_arg(c, OP_COPY, 2);
        emit_op(c, OP_BINARY_SUBSCR);
        break;
    default:
        emit_variable(c, target->as.name.id, CONTEXT_LOAD);
        break;
    }
    c->unit->place = whole;
    expression_visit(c, assign->value);
    emit_arg(c, OP_BINARY_OP, op);
    c->unit->place = target->place;
    switch (target->kind) {
    case NODE_ATTRIBUTE:
        emit_arg(c, OP_SWAP, 2);
        emit_mangled_arg(c, OP_STORE_ATTR, target->as.attribute.attr);
        break;
    case NODE_SUBSCRIPT:
        emit_arg(c, OP_SWAP, 3);
        emit_arg(c, OP_SWAP, 2);
        emit_op(c, OP_STORE_SUBSCR);
        break;
    default:
        emit_variable(c, target->as.name.id, CONTEXT_STORE);
        break;
    }
}

/* Evaluates an expression for its side effects. */
static void evaluate_and_drop(Compiler *c, const Node *node)
{
    expression_visit(c, node);
    emit_op(c, OP_POP_TOP);
}

/* The parts of a subscript that stands in an annotation without a value. */
static void evaluate_subscript(Compiler *c, const Node *node)
{
    if (node->kind == NODE_SLICE) {
        if (node->as.slice.lower != NULL)
            evaluate_and_drop(c, node->as.slice.lower);
        if (node->as.slice.upper != NULL)
            evaluate_and_drop(c, node->as.slice.upper);
        if (node->as.slice.step != NULL)
            evaluate_and_drop(c, node->as.slice.step);
    } else if (node->kind == NODE_TUPLE) {
        for (int64_t i = 0; i < node->as.tuple.elts.count; i++)
            evaluate_subscript(c, node->as.tuple.elts.items[i]);
    } else {
        evaluate_and_drop(c, node);
    }
}

static void visit_annotated(Compiler *c, const Node *node)
{
    const AstAnnAssign *assign = &node->as.annassign;
    const Node *target = assign->target;
    bool in_namespace = c->unit->scope->kind != SCOPE_FUNCTION;
    if (assign->value != NULL) {
        expression_visit(c, assign->value);
        expression_visit_target(c, target);
    }
    switch (target->kind) {
    case NODE_NAME:
        emit_check_name(c, target->as.name.id, CONTEXT_STORE, node->place);
        if (assign->simple && in_namespace) {
            function_visit_annotation(c, assign->annotation);
            emit_name_arg(c, OP_LOAD_NAME, "__annotations__");
            emit_text(c, emit_mangle(c, target->as.name.id));
            emit_op(c, OP_STORE_SUBSCR);
        }
        break;
    case NODE_ATTRIBUTE:
        emit_check_name(c, target->as.attribute.attr, CONTEXT_STORE, node->place);
        if (assign->value == NULL)
            evaluate_and_drop(c, target->as.attribute.value);
        break;
    case NODE_SUBSCRIPT:
        if (assign->value == NULL) {
            evaluate_and_drop(c, target->as.subscript.value);
            evaluate_subscript(c, target->as.subscript.slice);
        }
        break;
    default:
        break;
    }
    if (!assign->simple && in_namespace && !c->table->future_annotations)
        evaluate_and_drop(c, assign->annotation);
}

/* ---- imports */

static void visit_import(Compiler *c, const Node *node)
{
    for (int64_t i = 0; i < node->as.import.names.count; i++) {
        const Astalias *alias = &node->as.import.names.items[i]->as.alias;
        emit_int(c, 0);
        emit_none(c);
        emit_name_arg(c, OP_IMPORT_NAME, alias->name);
        const char *dot = strchr(alias->name, '.');
        if (alias->asname == NULL) {
            const char *first = dot == NULL
                                    ? alias->name
                                    : bump_copy(c->bump, alias->name, (size_t)(dot - alias->name));
            const char *interned = first == NULL ? NULL : symtable_name(c->table, first);
            if (interned == NULL) {
                emit_no_memory(c);
                return;
            }
            emit_variable(c, interned, CONTEXT_STORE);
            continue;
        }
        bool dotted = dot != NULL;
        while (dot != NULL) {
            const char *next = strchr(dot + 1, '.');
            size_t length = next == NULL ? strlen(dot + 1) : (size_t)(next - dot - 1);
            const char *part = bump_copy(c->bump, dot + 1, length);
            if (part == NULL) {
                emit_no_memory(c);
                return;
            }
            emit_name_arg(c, OP_IMPORT_FROM, part);
            if (next != NULL) {
                emit_arg(c, OP_SWAP, 2);
                emit_op(c, OP_POP_TOP);
            }
            dot = next;
        }
        emit_variable(c, alias->asname, CONTEXT_STORE);
        if (dotted)
            emit_op(c, OP_POP_TOP);
    }
}

static void visit_import_from(Compiler *c, const Node *node)
{
    const AstImportFrom *import = &node->as.importfrom;
    const NodeList *names = &import->names;
    if (import->module != NULL && strcmp(import->module, "__future__") == 0 && import->level == 0 &&
        node->place.line > c->table->future_last_line) {
        emit_error(c, node->place,
                   "from __future__ imports must occur at the beginning of the file");
        return;
    }
    const char **texts = bump_alloc(c->bump, (size_t)names->count * sizeof *texts);
    if (texts == NULL) {
        emit_no_memory(c);
        return;
    }
    for (int64_t i = 0; i < names->count; i++)
        texts[i] = names->items[i]->as.alias.name;
    emit_int(c, import->level);
    if (c->failed)
        return;
    emit_const_steal(c, call_names_tuple(c, texts, names->count));
    emit_name_arg(c, OP_IMPORT_NAME, import->module == NULL ? "" : import->module);
    for (int64_t i = 0; i < names->count; i++) {
        const Astalias *alias = &names->items[i]->as.alias;
        if (strcmp(alias->name, "*") == 0) {
            emit_op(c, OP_IMPORT_STAR);
            return;
        }
        emit_name_arg(c, OP_IMPORT_FROM, alias->name);
        emit_variable(c, alias->asname != NULL ? alias->asname : alias->name, CONTEXT_STORE);
    }
    emit_op(c, OP_POP_TOP);
}

/* ---- the rest */

static void visit_assert(Compiler *c, const Node *node)
{
    const Node *test = node->as.assert_.test;
    if (test->kind == NODE_TUPLE && test->as.tuple.elts.count > 0)
        emit_warning(c, node->place, "assertion is always true, perhaps remove parentheses?");
    if (c->optimize > 0)
        return;
    int32_t end = emit_new_label(c);
    expression_jump_if(c, test, end, true);
    emit_op(c, OP_LOAD_ASSERTION_ERROR);
    if (node->as.assert_.msg != NULL) {
        expression_visit(c, node->as.assert_.msg);
        emit_arg(c, OP_CALL, 0);
    }
    emit_arg(c, OP_RAISE_VARARGS, 1);
    emit_label(c, end);
}

static void visit_raise(Compiler *c, const Node *node)
{
    int64_t count = 0;
    if (node->as.raise.exc != NULL) {
        expression_visit(c, node->as.raise.exc);
        count = 1;
        if (node->as.raise.cause != NULL) {
            expression_visit(c, node->as.raise.cause);
            count = 2;
        }
    }
    emit_arg(c, OP_RAISE_VARARGS, count);
}

static void visit_expression_statement(Compiler *c, const Node *node)
{
    const Node *value = node->as.expr.value;
    /* Statements at the top of a session show their value. */
    if (c->interactive && c->unit->kind == UNIT_MODULE) {
        expression_visit(c, value);
        emit_op(c, OP_PRINT_EXPR);
        return;
    }
    if (value->kind == NODE_CONSTANT) {
        emit_line(c);
        return;
    }
    expression_visit(c, value);
    emit_flagged(c, OP_POP_TOP, 0, INSTR_STATEMENT | INSTR_NO_LINE);
}

static void visit(Compiler *c, const Node *node)
{
    switch (node->kind) {
    case NODE_FUNCTIONDEF:
    case NODE_ASYNCFUNCTIONDEF:
        function_visit_def(c, node);
        return;
    case NODE_CLASSDEF:
        function_visit_class(c, node);
        return;
    case NODE_RETURN:
        control_visit_return(c, node);
        return;
    case NODE_DELETE:
        for (int64_t i = 0; i < node->as.delete.targets.count; i++)
            expression_visit_target(c, node->as.delete.targets.items[i]);
        return;
    case NODE_ASSIGN:
        visit_assign(c, node);
        return;
    case NODE_AUGASSIGN:
        visit_augmented(c, node);
        return;
    case NODE_ANNASSIGN:
        visit_annotated(c, node);
        return;
    case NODE_FOR:
        control_visit_for(c, node);
        return;
    case NODE_ASYNCFOR:
        control_visit_async_for(c, node);
        return;
    case NODE_WHILE:
        control_visit_while(c, node);
        return;
    case NODE_IF:
        control_visit_if(c, node);
        return;
    case NODE_WITH:
    case NODE_ASYNCWITH:
        control_visit_with(c, node);
        return;
    case NODE_MATCH:
        pattern_visit_match(c, node);
        return;
    case NODE_RAISE:
        visit_raise(c, node);
        return;
    case NODE_TRY:
        emit_line(c);
        control_visit_try(c, node);
        return;
    case NODE_TRYSTAR:
        emit_line(c);
        control_visit_try_star(c, node);
        return;
    case NODE_ASSERT:
        visit_assert(c, node);
        return;
    case NODE_IMPORT:
        visit_import(c, node);
        return;
    case NODE_IMPORTFROM:
        visit_import_from(c, node);
        return;
    case NODE_GLOBAL:
    case NODE_NONLOCAL:
        return;
    case NODE_EXPR:
        visit_expression_statement(c, node);
        return;
    case NODE_PASS:
        emit_line(c);
        return;
    case NODE_BREAK:
        emit_line(c);
        control_visit_break(c, node);
        return;
    case NODE_CONTINUE:
        emit_line(c);
        control_visit_continue(c, node);
        return;
    default:
        emit_error(c, node->place, "unexpected %s", node_kind_name((NodeKind)node->kind));
        return;
    }
}

void statement_visit(Compiler *c, const Node *node)
{
    if (c->failed)
        return;
    Place outside = c->unit->place;
    c->unit->place = node->place;
    visit(c, node);
    c->unit->place = outside;
}

void statement_visit_list(Compiler *c, NodeList list)
{
    for (int64_t i = 0; i < list.count && !c->failed; i++)
        statement_visit(c, list.items[i]);
}
