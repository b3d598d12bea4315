/*
 * What has a code object of its own: functions, lambdas, classes and whole sources.
 *
 * A unit is opened, filled and turned into a code object while the unit around it waits; the code
 * object then becomes a constant of that one.
 */

#include <string.h>

#include "grammar/text.h"
#include "runtime/core/object.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"
#include "vm/compile/assemble.h"
#include "vm/compile/code.h"
#include "vm/compile/codegen.h"

/* ---- units */

/* The dotted path of a definition called `name` in the unit `parent`. */
static const char *qualified_name(Compiler *c, const Unit *parent, UnitKind kind, const char *name)
{
    if (parent == NULL || parent->kind == UNIT_MODULE)
        return name;
    if (kind == UNIT_FUNCTION || kind == UNIT_ASYNC_FUNCTION || kind == UNIT_CLASS) {
        const char *mangled = symtable_mangle(c->table, parent->private_name, name);
        const Symbol *symbol =
            mangled == NULL ? NULL : scope_symbol(c->table, parent->scope, mangled);
        if (symbol != NULL && symbol->scope == SYMBOL_GLOBAL_EXPLICIT)
            return name;
    }
    bool in_function = parent->kind == UNIT_FUNCTION || parent->kind == UNIT_ASYNC_FUNCTION ||
                       parent->kind == UNIT_LAMBDA;
    const char *text =
        bump_format(c->bump, "%s%s.%s", parent->qualified, in_function ? ".<locals>" : "", name);
    if (text == NULL)
        emit_no_memory(c);
    return text;
}

void function_enter_unit(Compiler *c, UnitKind kind, const Node *node, const char *name,
                         int32_t line)
{
    if (c->failed)
        return;
    const Scope *scope = symtable_scope(c->table, node);
    Unit *parent = c->unit;
    Unit *unit = scope == NULL ? NULL : unit_new(c->bump, parent, kind, scope);
    if (unit == NULL) {
        emit_no_memory(c);
        return;
    }
    unit->name = name;
    unit->qualified = qualified_name(c, parent, kind, name);
    unit->private_name = parent == NULL ? NULL : parent->private_name;
    unit->firstlineno = line;
    unit->place = (Place){.line = line, .end_line = line};
    for (int64_t i = 0; i < scope->parameter_count; i++) {
        if (unit_add_local(unit, c->bump, scope->symbols[i].name) < 0)
            emit_no_memory(c);
    }
    c->unit = unit;
    /* Captured variables get their cells first, then a generator is made. */
    for (int64_t i = 0; i < scope->cell_count; i++)
        emit_arg(c, OP_MAKE_CELL, i);
    bool generator = scope->is_generator || node->kind == NODE_GENERATOREXP;
    bool module_coroutine = c->top_level_await && scope->is_coroutine;
    if (kind == UNIT_MODULE ? module_coroutine : generator || scope->is_coroutine) {
        emit_op(c, OP_RETURN_GENERATOR);
        emit_op(c, OP_POP_TOP);
    }
}

static uint32_t unit_flags(const Compiler *c, const Unit *unit)
{
    const Scope *scope = unit->scope;
    uint32_t flags = c->futures;
    if (scope->kind == SCOPE_FUNCTION) {
        bool generator = scope->is_generator || scope->node->kind == NODE_GENERATOREXP;
        flags |= CODE_NEWLOCALS | CODE_OPTIMIZED;
        if (scope->is_nested)
            flags |= CODE_NESTED;
        if (generator)
            flags |= scope->is_coroutine ? CODE_ASYNC_GENERATOR : CODE_GENERATOR;
        else if (scope->is_coroutine)
            flags |= CODE_COROUTINE;
        if (scope->has_varargs)
            flags |= CODE_VARARGS;
        if (scope->has_varkeywords)
            flags |= CODE_VARKEYWORDS;
    } else if (unit->kind == UNIT_MODULE && c->top_level_await && scope->is_coroutine) {
        flags |= CODE_COROUTINE;
    }
    return flags;
}

Obj *function_leave_unit(Compiler *c, bool return_none)
{
    if (c->failed)
        return NULL;
    Unit *unit = c->unit;
    InstrList *list = &unit->list;
    unit->place = (Place){0};
    if (list->count == 0 || list->items[list->count - 1].op != OP_RETURN_VALUE) {
        if (return_none) {
            int32_t none = emit_add_const_steal(c, none_new());
            emit_flagged(c, OP_LOAD_CONST, none, INSTR_NO_LINE);
        }
        emit_flagged(c, OP_RETURN_VALUE, 0, INSTR_NO_LINE);
    }
    Obj *code = c->failed ? NULL : assemble_unit(c, unit, unit_flags(c, unit));
    if (code == NULL)
        c->failed = true;
    c->unit = unit->parent;
    return code;
}

void function_make_steal(Compiler *c, Obj *code, int64_t flags)
{
    if (code == NULL)
        return;
    const CodeObj *made = code_cast(code);
    int32_t count = made->nfreevars;
    for (int32_t i = made->nlocalsplus - count; i < made->nlocalsplus; i++) {
        const char *text = str_utf8(tuple_peek(made->slot_names, i), NULL);
        const char *name = text == NULL ? NULL : symtable_name(c->table, text);
        int32_t index = name == NULL ? -1 : pointer_map_get(&c->unit->cell_map, name);
        if (index < 0) {
            emit_no_memory(c);
            obj_decref(code);
            return;
        }
        emit_arg(c, OP_LOAD_CLOSURE, index);
    }
    if (count > 0) {
        emit_arg(c, OP_BUILD_TUPLE, count);
        flags |= MAKE_CLOSURE;
    }
    emit_const_steal(c, code);
    emit_arg(c, OP_MAKE_FUNCTION, flags);
}

/* ---- parameters */

static void check_parameter(Compiler *c, const Node *parameter)
{
    if (parameter != NULL)
        emit_check_name(c, parameter->as.arg.arg, CONTEXT_STORE, c->unit->place);
}

static void check_parameters(Compiler *c, const Astarguments *args)
{
    const NodeList *lists[] = {&args->posonlyargs, &args->args, &args->kwonlyargs};
    for (int i = 0; i < 3; i++) {
        for (int64_t j = 0; j < lists[i]->count; j++)
            check_parameter(c, lists[i]->items[j]);
    }
    check_parameter(c, args->vararg);
    check_parameter(c, args->kwarg);
}

static void set_counts(Unit *unit, const Astarguments *args)
{
    unit->posonlyargcount = (int32_t)args->posonlyargs.count;
    unit->argcount = (int32_t)(args->posonlyargs.count + args->args.count);
    unit->kwonlyargcount = (int32_t)args->kwonlyargs.count;
}

/* Pushes default values; returns MAKE_… flags. */
static int64_t visit_defaults(Compiler *c, const Astarguments *args)
{
    int64_t flags = 0;
    if (args->defaults.count > 0) {
        for (int64_t i = 0; i < args->defaults.count; i++)
            expression_visit(c, args->defaults.items[i]);
        emit_flagged(c, OP_BUILD_TUPLE, args->defaults.count, INSTR_LATE);
        flags |= MAKE_DEFAULTS;
    }
    const char **names = bump_alloc(c->bump, (size_t)args->kwonlyargs.count * sizeof *names);
    int64_t count = 0;
    if (names == NULL) {
        emit_no_memory(c);
        return flags;
    }
    for (int64_t i = 0; i < args->kwonlyargs.count; i++) {
        if (args->kw_defaults.items[i] == NULL)
            continue;
        names[count++] = emit_mangle(c, args->kwonlyargs.items[i]->as.arg.arg);
        expression_visit(c, args->kw_defaults.items[i]);
    }
    if (count > 0 && !c->failed) {
        emit_const_steal(c, call_names_tuple(c, names, count));
        emit_arg(c, OP_BUILD_CONST_KEY_MAP, count);
        flags |= MAKE_KWDEFAULTS;
    }
    return flags;
}

void function_visit_annotation(Compiler *c, const Node *annotation)
{
    if (!c->table->future_annotations) {
        expression_visit(c, annotation);
        return;
    }
    const char *text = unparse_expression(c->bump, annotation);
    if (text == NULL)
        emit_no_memory(c);
    else
        emit_text(c, text);
}

static int64_t visit_parameter_annotation(Compiler *c, const char *name, const Node *annotation)
{
    if (annotation == NULL)
        return 0;
    emit_text(c, emit_mangle(c, name));
    if (!c->table->future_annotations && annotation->kind == NODE_STARRED) {
        /* *args: *Ts */
        expression_visit(c, annotation->as.starred.value);
        emit_arg(c, OP_UNPACK_SEQUENCE, 1);
    } else {
        function_visit_annotation(c, annotation);
    }
    return 2;
}

/* Pushes a tuple of names and annotations; returns MAKE_ANNOTATIONS, or 0 when there are none. */
static int64_t visit_annotations(Compiler *c, const Astarguments *args, const Node *returns)
{
    int64_t count = 0;
    const NodeList *lists[] = {&args->args, &args->posonlyargs};
    for (int i = 0; i < 2; i++) {
        for (int64_t j = 0; j < lists[i]->count; j++)
            count += visit_parameter_annotation(c, lists[i]->items[j]->as.arg.arg,
                                                lists[i]->items[j]->as.arg.annotation);
    }
    if (args->vararg != NULL)
        count += visit_parameter_annotation(c, args->vararg->as.arg.arg,
                                            args->vararg->as.arg.annotation);
    for (int64_t j = 0; j < args->kwonlyargs.count; j++)
        count += visit_parameter_annotation(c, args->kwonlyargs.items[j]->as.arg.arg,
                                            args->kwonlyargs.items[j]->as.arg.annotation);
    if (args->kwarg != NULL)
        count +=
            visit_parameter_annotation(c, args->kwarg->as.arg.arg, args->kwarg->as.arg.annotation);
    count += visit_parameter_annotation(c, "return", returns);
    if (count == 0)
        return 0;
    emit_flagged(c, OP_BUILD_TUPLE, count, INSTR_LATE);
    return MAKE_ANNOTATIONS;
}

/* ---- bodies */

/* The docstring of a body, or NULL. */
static const Node *docstring_of(const Compiler *c, NodeList body)
{
    if (c->optimize >= 2 || body.count == 0 || body.items[0]->kind != NODE_EXPR)
        return NULL;
    const Node *value = body.items[0]->as.expr.value;
    bool is_str = value->kind == NODE_CONSTANT && value->as.constant.constant == CONSTANT_STR;
    return is_str ? value : NULL;
}

/* The body of a module or class: annotations, __doc__, statements. */
static void visit_namespace_body(Compiler *c, NodeList body)
{
    if (c->unit->scope->has_annotations)
        emit_op(c, OP_SETUP_ANNOTATIONS);
    const Node *docstring = docstring_of(c, body);
    if (docstring != NULL) {
        expression_visit(c, docstring);
        Place outside = c->unit->place;
        c->unit->place = docstring->place;
        emit_variable(c, "__doc__", CONTEXT_STORE);
        c->unit->place = outside;
        body.items++;
        body.count--;
    }
    statement_visit_list(c, body);
}

static void visit_decorators(Compiler *c, NodeList decorators)
{
    for (int64_t i = 0; i < decorators.count; i++)
        expression_visit(c, decorators.items[i]);
}

static void apply_decorators(Compiler *c, NodeList decorators)
{
    Place outside = c->unit->place;
    for (int64_t i = decorators.count - 1; i >= 0; i--) {
        c->unit->place = decorators.items[i]->place;
        emit_arg(c, OP_CALL, 0);
    }
    c->unit->place = outside;
}

void function_visit_def(Compiler *c, const Node *node)
{
    bool is_async = node->kind == NODE_ASYNCFUNCTIONDEF;
    /* Both kinds have the same fields. */
    const AstFunctionDef *def = &node->as.functiondef;
    const Astarguments *args = &def->args->as.arguments;
    int32_t line = node->place.line;
    if (def->decorator_list.count > 0)
        line = def->decorator_list.items[0]->place.line;
    check_parameters(c, args);
    visit_decorators(c, def->decorator_list);
    int64_t flags = visit_defaults(c, args);
    flags |= visit_annotations(c, args, def->returns);
    function_enter_unit(c, is_async ? UNIT_ASYNC_FUNCTION : UNIT_FUNCTION, node, def->name, line);
    if (c->failed)
        return;
    set_counts(c->unit, args);
    const Node *docstring = docstring_of(c, def->body);
    emit_add_const_steal(c, docstring == NULL ? none_new()
                                              : const_from_literal(&docstring->as.constant));
    c->unit->first_constant_reserved = true;
    NodeList body = def->body;
    if (docstring != NULL) {
        body.items++;
        body.count--;
    }
    statement_visit_list(c, body);
    function_make_steal(c, function_leave_unit(c, true), flags);
    apply_decorators(c, def->decorator_list);
    emit_variable(c, def->name, CONTEXT_STORE);
}

void function_visit_lambda(Compiler *c, const Node *node)
{
    const Astarguments *args = &node->as.lambda.args->as.arguments;
    check_parameters(c, args);
    int64_t flags = visit_defaults(c, args);
    function_enter_unit(c, UNIT_LAMBDA, node, "<lambda>", node->place.line);
    if (c->failed)
        return;
    set_counts(c->unit, args);
    emit_add_const_steal(c, none_new());
    c->unit->first_constant_reserved = true;
    expression_visit(c, node->as.lambda.body);
    c->unit->place = node->as.lambda.body->place;
    emit_op(c, OP_RETURN_VALUE);
    function_make_steal(c, function_leave_unit(c, true), flags);
}

void function_visit_class(Compiler *c, const Node *node)
{
    const AstClassDef *def = &node->as.classdef;
    int32_t line = node->place.line;
    if (def->decorator_list.count > 0)
        line = def->decorator_list.items[0]->place.line;
    visit_decorators(c, def->decorator_list);
    function_enter_unit(c, UNIT_CLASS, node, def->name, line);
    if (c->failed)
        return;
    c->unit->private_name = def->name;
    emit_name_arg(c, OP_LOAD_NAME, "__name__");
    emit_name_arg(c, OP_STORE_NAME, "__module__");
    emit_text(c, c->unit->qualified);
    emit_name_arg(c, OP_STORE_NAME, "__qualname__");
    visit_namespace_body(c, def->body);
    c->unit->place = (Place){0};
    if (c->unit->scope->needs_class_closure) {
        const char *cell = symtable_name(c->table, "__class__");
        int32_t index = cell == NULL ? -1 : pointer_map_get(&c->unit->cell_map, cell);
        if (index < 0)
            emit_no_memory(c);
        emit_flagged(c, OP_LOAD_CLOSURE, index, INSTR_NO_LINE);
        emit_flagged(c, OP_COPY, 1, INSTR_NO_LINE);
        const char *name = symtable_name(c->table, "__classcell__");
        int32_t name_index = name == NULL ? -1 : unit_add_name(c->unit, c->bump, name);
        if (name_index < 0)
            emit_no_memory(c);
        emit_flagged(c, OP_STORE_NAME, name_index, INSTR_NO_LINE);
    } else {
        int32_t none = emit_add_const_steal(c, none_new());
        emit_flagged(c, OP_LOAD_CONST, none, INSTR_NO_LINE);
    }
    emit_flagged(c, OP_RETURN_VALUE, 0, INSTR_NO_LINE);
    Obj *code = function_leave_unit(c, true);
    emit_op(c, OP_PUSH_NULL);
    emit_op(c, OP_LOAD_BUILD_CLASS);
    function_make_steal(c, code, 0);
    emit_text(c, def->name);
    call_finish(c, 2, def->bases, def->keywords);
    apply_decorators(c, def->decorator_list);
    emit_variable(c, def->name, CONTEXT_STORE);
}

/* ---- whole sources */

Obj *function_compile_root(Compiler *c, const Node *root)
{
    function_enter_unit(c, UNIT_MODULE, root, "<module>", 1);
    if (c->failed)
        return NULL;
    switch (root->kind) {
    case NODE_MODULE:
        visit_namespace_body(c, root->as.module.body);
        return function_leave_unit(c, true);
    case NODE_INTERACTIVE:
        if (c->unit->scope->has_annotations)
            emit_op(c, OP_SETUP_ANNOTATIONS);
        c->interactive = true;
        statement_visit_list(c, root->as.interactive.body);
        return function_leave_unit(c, true);
    default:
        expression_visit(c, root->as.expression.body);
        c->unit->place = root->as.expression.body->place;
        emit_op(c, OP_RETURN_VALUE);
        return function_leave_unit(c, false);
    }
}
