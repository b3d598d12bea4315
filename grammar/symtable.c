/*
 * The symbol table: a walk over the tree that records how each scope uses each name, then a pass
 * over the scopes, parents first, that decides where each name lives.
 *
 * Invariants: a scope's parameters come first in `symbols`; a name that a nested function needs is
 * FREE in every scope between it and the function that binds it, where it is a CELL.  Rules and
 * errors are those of Python's reference (execution model, PEP 227, 3104, 572, 709's predecessor:
 * comprehensions are functions with the parameter ".0").
 *
 * Recursion is bounded by AST_MAX_DEPTH; scopes nest no deeper than nodes.
 */

#include "grammar/symtable.h"

#include <stdlib.h>
#include <string.h>

enum { LINEAR_SYMBOLS = 8, BOUND = SYMBOL_IS_ASSIGNED | SYMBOL_IS_PARAMETER | SYMBOL_IS_IMPORTED };

/* Name → position + 1 for scopes with many names; 0 marks a free slot. */
struct SymbolIndex {
    int64_t mask;
    int32_t slots[];
};

/* Node → scope, open addressing. */
typedef struct ScopeMap {
    int64_t mask;
    Scope **slots;
} ScopeMap;

/* A global or nonlocal statement, for errors found later. */
typedef struct Directive {
    struct Directive *next;
    const char *name;
    Place place;
} Directive;

/* What the walk knows of a scope beyond its result. */
typedef struct Block {
    Scope *scope;
    struct Block *parent;
    Directive *directives;
    int64_t child_capacity;
    int iterable_depth;       /* inside the iterable of a comprehension */
    bool in_iteration_target; /* inside the target of a comprehension's for */
} Block;

typedef struct Builder {
    SymbolTable *table;
    Bump *bump;
    Diagnostic *diagnostic;
    Block *block;
    const char *class_name; /* of the class whose body is being walked */
    bool in_annotation;     /* an annotation that is not evaluated */
    ParseStatus status;
    const char *super_name;
    const char *class_cell;
    const char *implicit_name;
} Builder;

static bool visit(Builder *b, const Node *node);
static bool visit_list(Builder *b, const NodeList *list);

/* --- Lookup --- */

static uint64_t hash_pointer(const void *pointer)
{
    uint64_t bits = (uint64_t)(uintptr_t)pointer;
    return (bits >> 4) * 0x9e3779b97f4a7c15u >> 20;
}

static Symbol *find_symbol(const Scope *scope, const char *name)
{
    if (scope->lookup == NULL) {
        for (int64_t i = 0; i < scope->symbol_count; i++) {
            if (scope->symbols[i].name == name)
                return &scope->symbols[i];
        }
        return NULL;
    }
    const struct SymbolIndex *index = scope->lookup;
    int64_t at = (int64_t)hash_pointer(name) & index->mask;
    for (; index->slots[at] != 0; at = (at + 1) & index->mask) {
        Symbol *symbol = &scope->symbols[index->slots[at] - 1];
        if (symbol->name == name)
            return symbol;
    }
    return NULL;
}

Symbol *scope_symbol(const SymbolTable *table, const Scope *scope, const char *name)
{
    const char *mangled = symtable_mangle(table, scope->class_name, name);
    return mangled != NULL ? find_symbol(scope, mangled) : NULL;
}

Scope *symtable_scope(const SymbolTable *table, const Node *node)
{
    const ScopeMap *map = table->scopes;
    int64_t at = (int64_t)hash_pointer(node) & map->mask;
    for (; map->slots[at] != NULL; at = (at + 1) & map->mask) {
        if (map->slots[at]->node == node)
            return map->slots[at];
    }
    return NULL;
}

const char *symtable_name(const SymbolTable *table, const char *text)
{
    return name_pool_intern(table->names, text, (int64_t)strlen(text));
}

const char *symtable_mangle(const SymbolTable *table, const char *class_name, const char *name)
{
    if (class_name == NULL || name[0] != '_' || name[1] != '_')
        return name;
    size_t length = strlen(name);
    if ((name[length - 1] == '_' && name[length - 2] == '_') || strchr(name, '.') != NULL)
        return name;
    while (*class_name == '_')
        class_name++;
    if (*class_name == '\0')
        return name;
    char *mangled = bump_format(table->names->bump, "_%s%s", class_name, name);
    return mangled != NULL ? symtable_name(table, mangled) : NULL;
}

/* --- Failure --- */

static bool no_memory(Builder *b)
{
    b->status = PARSE_NO_MEMORY;
    diagnostic_clear(b->diagnostic);
    b->diagnostic->kind = DIAGNOSTIC_MEMORY_ERROR;
    return false;
}

static bool fail(Builder *b, Place place, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static bool fail(Builder *b, Place place, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    diagnostic_set_list(b->diagnostic, DIAGNOSTIC_SYNTAX_ERROR, place, format, arguments);
    va_end(arguments);
    b->status = b->diagnostic->kind == DIAGNOSTIC_MEMORY_ERROR ? PARSE_NO_MEMORY : PARSE_ERROR;
    return false;
}

/* --- Symbols and scopes --- */

static bool index_symbols(Builder *b, Scope *scope, int64_t capacity)
{
    int64_t slots = capacity * 2;
    struct SymbolIndex *index =
        bump_alloc(b->bump, sizeof *index + (size_t)slots * sizeof index->slots[0]);
    if (index == NULL)
        return no_memory(b);
    index->mask = slots - 1;
    scope->lookup = index;
    for (int64_t i = 0; i < scope->symbol_count; i++) {
        int64_t at = (int64_t)hash_pointer(scope->symbols[i].name) & index->mask;
        while (index->slots[at] != 0)
            at = (at + 1) & index->mask;
        index->slots[at] = (int32_t)(i + 1);
    }
    return true;
}

/* Capacities are powers of two from LINEAR_SYMBOLS on, so `symbol_count` tells when to grow. */
static Symbol *add_symbol(Builder *b, Scope *scope, const char *name)
{
    int64_t count = scope->symbol_count;
    bool is_full = count == 0 || (count >= LINEAR_SYMBOLS && (count & (count - 1)) == 0);
    if (is_full) {
        int64_t capacity = count == 0 ? LINEAR_SYMBOLS : count * 2;
        Symbol *symbols = bump_alloc(b->bump, (size_t)capacity * sizeof *symbols);
        if (symbols == NULL) {
            no_memory(b);
            return NULL;
        }
        if (count > 0)
            memcpy(symbols, scope->symbols, (size_t)count * sizeof *symbols);
        scope->symbols = symbols;
        if (capacity > LINEAR_SYMBOLS && !index_symbols(b, scope, capacity))
            return NULL;
    }
    Symbol *symbol = &scope->symbols[count];
    *symbol = (Symbol){.name = name, .index = count};
    scope->symbol_count = count + 1;
    if (scope->lookup != NULL) {
        int64_t at = (int64_t)hash_pointer(name) & scope->lookup->mask;
        while (scope->lookup->slots[at] != 0)
            at = (at + 1) & scope->lookup->mask;
        scope->lookup->slots[at] = (int32_t)(count + 1);
    }
    return symbol;
}

static const char *mangle(Builder *b, const char *name)
{
    const char *mangled = symtable_mangle(b->table, b->class_name, name);
    if (mangled == NULL)
        no_memory(b);
    return mangled;
}

/* Adds `flags` to a name in a given block. */
static bool define_in(Builder *b, Block *block, const char *name, unsigned flags, Place place)
{
    const char *mangled = mangle(b, name);
    if (mangled == NULL)
        return false;
    Scope *scope = block->scope;
    Symbol *symbol = find_symbol(scope, mangled);
    if (symbol != NULL && (flags & symbol->flags & SYMBOL_IS_PARAMETER))
        return fail(b, place, "duplicate argument '%s' in function definition", name);
    if (symbol == NULL && (symbol = add_symbol(b, scope, mangled)) == NULL)
        return false;
    symbol->flags |= flags;
    if (block->in_iteration_target) {
        if (symbol->flags & (SYMBOL_IS_GLOBAL | SYMBOL_IS_NONLOCAL))
            return fail(b, place,
                        "comprehension inner loop cannot rebind assignment expression target "
                        "'%s'",
                        name);
        symbol->flags |= SYMBOL_IS_ITERATION;
    }
    if (flags & SYMBOL_IS_PARAMETER)
        scope->parameter_count = scope->symbol_count;
    /* A global statement anywhere makes the module reach the name as a global, too. */
    Scope *top = b->table->top;
    if ((flags & SYMBOL_IS_GLOBAL) && scope != top) {
        Symbol *global = find_symbol(top, mangled);
        if (global == NULL && (global = add_symbol(b, top, mangled)) == NULL)
            return false;
        global->flags |= SYMBOL_IS_GLOBAL;
    }
    return true;
}

static bool define(Builder *b, const char *name, unsigned flags, Place place)
{
    return b->in_annotation || define_in(b, b->block, name, flags, place);
}

static unsigned flags_of(Builder *b, const Scope *scope, const char *name)
{
    const char *mangled = mangle(b, name);
    const Symbol *symbol = mangled != NULL ? find_symbol(scope, mangled) : NULL;
    return symbol != NULL ? symbol->flags : 0;
}

static bool map_scope(Builder *b, Scope *scope)
{
    SymbolTable *table = b->table;
    ScopeMap *map = table->scopes;
    if (table->scope_count * 2 >= map->mask) {
        int64_t mask = map->mask * 2 + 1;
        Scope **slots = bump_alloc(b->bump, (size_t)(mask + 1) * sizeof(Scope *));
        if (slots == NULL)
            return no_memory(b);
        for (int64_t i = 0; i <= map->mask; i++) {
            if (map->slots[i] == NULL)
                continue;
            int64_t at = (int64_t)hash_pointer(map->slots[i]->node) & mask;
            while (slots[at] != NULL)
                at = (at + 1) & mask;
            slots[at] = map->slots[i];
        }
        map->slots = slots;
        map->mask = mask;
    }
    int64_t at = (int64_t)hash_pointer(scope->node) & map->mask;
    while (map->slots[at] != NULL)
        at = (at + 1) & map->mask;
    map->slots[at] = scope;
    table->scope_count++;
    return true;
}

static bool add_child(Builder *b, Block *block, Scope *child)
{
    Scope *scope = block->scope;
    if (scope->child_count == block->child_capacity) {
        int64_t capacity = block->child_capacity == 0 ? 4 : block->child_capacity * 2;
        Scope **children = bump_alloc(b->bump, (size_t)capacity * sizeof(Scope *));
        if (children == NULL)
            return no_memory(b);
        if (scope->child_count > 0)
            memcpy(children, scope->children, (size_t)scope->child_count * sizeof(Scope *));
        scope->children = children;
        block->child_capacity = capacity;
    }
    scope->children[scope->child_count++] = child;
    return true;
}

/* Makes `block` the current one, with a new scope for `node`. */
static bool enter(Builder *b, Block *block, ScopeKind kind, const char *name, const Node *node)
{
    Scope *scope = bump_alloc(b->bump, sizeof *scope);
    if (scope == NULL)
        return no_memory(b);
    *block = (Block){.scope = scope, .parent = b->block};
    scope->kind = kind;
    scope->name = name;
    scope->node = node;
    scope->place = node->place;
    scope->class_name = b->class_name;
    if (b->block != NULL) {
        scope->parent = b->block->scope;
        scope->is_nested = scope->parent->is_nested || scope->parent->kind == SCOPE_FUNCTION;
        block->iterable_depth = b->block->iterable_depth;
        if (!add_child(b, b->block, scope))
            return false;
    } else {
        b->table->top = scope;
    }
    if (!map_scope(b, scope))
        return false;
    b->block = block;
    return true;
}

static void note_directive(Builder *b, Block *block, const char *name, Place place)
{
    Directive *directive = bump_alloc(b->bump, sizeof *directive);
    if (directive == NULL) {
        no_memory(b);
        return;
    }
    *directive = (Directive){.next = block->directives, .name = name, .place = place};
    block->directives = directive;
}

/* Leaves the block; remembers where its global and nonlocal statements were. */
static bool leave(Builder *b, bool ok)
{
    Block *block = b->block;
    block->scope->directives = block->directives;
    b->block = block->parent;
    return ok;
}

/* --- Functions, classes, comprehensions --- */

/* With `from __future__ import annotations` an annotation becomes text: its names are none. */
static bool visit_annotation(Builder *b, const Node *annotation)
{
    if (annotation == NULL)
        return true;
    bool outer = b->in_annotation;
    b->in_annotation = outer || b->table->future_annotations;
    bool ok = visit(b, annotation);
    b->in_annotation = outer;
    return ok;
}

static bool visit_arg_annotations(Builder *b, const NodeList *args)
{
    for (int64_t i = 0; i < args->count; i++) {
        if (!visit_annotation(b, args->items[i]->as.arg.annotation))
            return false;
    }
    return true;
}

static bool visit_annotations(Builder *b, const Astarguments *args, const Node *returns)
{
    return visit_arg_annotations(b, &args->posonlyargs) && visit_arg_annotations(b, &args->args) &&
           (args->vararg == NULL || visit_annotation(b, args->vararg->as.arg.annotation)) &&
           (args->kwarg == NULL || visit_annotation(b, args->kwarg->as.arg.annotation)) &&
           visit_arg_annotations(b, &args->kwonlyargs) && visit_annotation(b, returns);
}

static bool define_args(Builder *b, const NodeList *args)
{
    for (int64_t i = 0; i < args->count; i++) {
        if (!define(b, args->items[i]->as.arg.arg, SYMBOL_IS_PARAMETER, args->items[i]->place))
            return false;
    }
    return true;
}

static bool define_parameters(Builder *b, const Astarguments *args)
{
    Scope *scope = b->block->scope;
    if (!define_args(b, &args->posonlyargs) || !define_args(b, &args->args) ||
        !define_args(b, &args->kwonlyargs))
        return false;
    if (args->vararg != NULL) {
        scope->has_varargs = true;
        if (!define(b, args->vararg->as.arg.arg, SYMBOL_IS_PARAMETER, args->vararg->place))
            return false;
    }
    if (args->kwarg != NULL) {
        scope->has_varkeywords = true;
        if (!define(b, args->kwarg->as.arg.arg, SYMBOL_IS_PARAMETER, args->kwarg->place))
            return false;
    }
    return true;
}

static bool visit_function(Builder *b, const Node *node, const AstFunctionDef *function,
                           bool is_async)
{
    const Astarguments *args = &function->args->as.arguments;
    if (!define(b, function->name, SYMBOL_IS_ASSIGNED, node->place) ||
        !visit_list(b, &args->defaults) || !visit_list(b, &args->kw_defaults) ||
        !visit_annotations(b, args, function->returns) || !visit_list(b, &function->decorator_list))
        return false;
    Block block;
    if (!enter(b, &block, SCOPE_FUNCTION, function->name, node))
        return false;
    block.scope->is_coroutine = is_async;
    return leave(b, define_parameters(b, args) && visit_list(b, &function->body));
}

static bool visit_lambda(Builder *b, const Node *node)
{
    const Astarguments *args = &node->as.lambda.args->as.arguments;
    if (!visit_list(b, &args->defaults) || !visit_list(b, &args->kw_defaults))
        return false;
    if (b->in_annotation)
        return visit(b, node->as.lambda.body);
    Block block;
    if (!enter(b, &block, SCOPE_FUNCTION, "lambda", node))
        return false;
    return leave(b, define_parameters(b, args) && visit(b, node->as.lambda.body));
}

static bool visit_class(Builder *b, const Node *node)
{
    const AstClassDef *class = &node->as.classdef;
    if (!define(b, class->name, SYMBOL_IS_ASSIGNED, node->place) || !visit_list(b, &class->bases) ||
        !visit_list(b, &class->keywords) || !visit_list(b, &class->decorator_list))
        return false;
    Block block;
    const char *outer = b->class_name;
    b->class_name = class->name;
    bool ok = enter(b, &block, SCOPE_CLASS, class->name, node);
    if (ok)
        ok = leave(b, visit_list(b, &class->body));
    b->class_name = outer;
    return ok;
}

static bool visit_clause(Builder *b, const Astcomprehension *clause, bool is_first)
{
    b->block->in_iteration_target = true;
    bool ok = visit(b, clause->target);
    b->block->in_iteration_target = false;
    if (ok && !is_first) {
        b->block->iterable_depth++;
        ok = visit(b, clause->iter);
        b->block->iterable_depth--;
    }
    if (clause->is_async)
        b->block->scope->is_coroutine = true;
    return ok && visit_list(b, &clause->ifs);
}

/* `value` is NULL but for dict comprehensions.  The first iterable belongs to the outer scope. */
static bool visit_comprehension(Builder *b, const Node *node, const char *name,
                                const NodeList *clauses, const Node *element, const Node *value)
{
    const Node *first = clauses->items[0];
    b->block->iterable_depth++;
    bool ok = visit(b, first->as.comprehension.iter);
    b->block->iterable_depth--;
    Block block;
    if (!ok || b->in_annotation)
        return ok;
    if (!enter(b, &block, SCOPE_FUNCTION, name, node))
        return false;
    block.scope->is_comprehension = true;
    ok = define(b, b->implicit_name, SYMBOL_IS_PARAMETER, node->place);
    for (int64_t i = 0; ok && i < clauses->count; i++)
        ok = visit_clause(b, &clauses->items[i]->as.comprehension, i == 0);
    ok = ok && (value == NULL || visit(b, value)) && visit(b, element);
    block.scope->is_generator = node->kind == NODE_GENERATOREXP;
    leave(b, ok);
    if (block.scope->is_coroutine && node->kind != NODE_GENERATOREXP)
        b->block->scope->is_coroutine = true;
    return ok;
}

/* `name := …` inside a comprehension binds in the function or module around it (PEP 572). */
static bool bind_outside(Builder *b, const Node *target)
{
    const char *name = target->as.name.id;
    for (Block *block = b->block; block != NULL; block = block->parent) {
        const Scope *scope = block->scope;
        unsigned flags = flags_of(b, scope, name);
        if (b->status != PARSE_OK)
            return false;
        if (scope->is_comprehension) {
            if ((flags & SYMBOL_IS_ITERATION) && (flags & (SYMBOL_IS_ASSIGNED | SYMBOL_IS_GLOBAL)))
                return fail(b, target->place,
                            "assignment expression cannot rebind comprehension iteration "
                            "variable '%s'",
                            name);
            continue;
        }
        if (scope->kind == SCOPE_CLASS)
            return fail(b, target->place,
                        "assignment expression within a comprehension cannot be used in a class "
                        "body");
        bool is_global = scope->kind == SCOPE_MODULE || (flags & SYMBOL_IS_GLOBAL);
        note_directive(b, b->block, name, target->place);
        return b->status == PARSE_OK &&
               define(b, name, is_global ? SYMBOL_IS_GLOBAL : SYMBOL_IS_NONLOCAL, target->place) &&
               define_in(b, block, name,
                         scope->kind == SCOPE_MODULE ? SYMBOL_IS_GLOBAL : SYMBOL_IS_ASSIGNED,
                         target->place);
    }
    return true;
}

static bool visit_named(Builder *b, const Node *node)
{
    if (b->in_annotation)
        return fail(b, node->place, "named expression cannot be used within an annotation");
    if (b->block->iterable_depth > 0)
        return fail(b, node->place,
                    "assignment expression cannot be used in a comprehension iterable "
                    "expression");
    if (b->block->scope->is_comprehension && !bind_outside(b, node->as.namedexpr.target))
        return false;
    return visit(b, node->as.namedexpr.value) && visit(b, node->as.namedexpr.target);
}

static bool visit_yield(Builder *b, const Node *node, const Node *value)
{
    if (b->in_annotation)
        return fail(b, node->place, "yield expression cannot be used within an annotation");
    if (value != NULL && !visit(b, value))
        return false;
    const Scope *scope = b->block->scope;
    if (scope->is_comprehension)
        return fail(b, node->place, "'yield' inside %s",
                    scope->node->kind == NODE_LISTCOMP   ? "list comprehension"
                    : scope->node->kind == NODE_SETCOMP  ? "set comprehension"
                    : scope->node->kind == NODE_DICTCOMP ? "dict comprehension"
                                                         : "generator expression");
    b->block->scope->is_generator = true;
    return true;
}

/* --- Statements --- */

static bool visit_directive(Builder *b, const Node *node, const NameList *names, unsigned flag)
{
    const char *word = flag == SYMBOL_IS_GLOBAL ? "global" : "nonlocal";
    for (int64_t i = 0; i < names->count; i++) {
        const char *name = names->items[i];
        unsigned flags = flags_of(b, b->block->scope, name);
        if (flags & SYMBOL_IS_PARAMETER)
            return fail(b, node->place, "name '%s' is parameter and %s", name, word);
        if (flags & SYMBOL_IS_USED)
            return fail(b, node->place, "name '%s' is used prior to %s declaration", name, word);
        if (flags & SYMBOL_IS_ANNOTATED)
            return fail(b, node->place, "annotated name '%s' can't be %s", name, word);
        if (flags & SYMBOL_IS_ASSIGNED)
            return fail(b, node->place, "name '%s' is assigned to before %s declaration", name,
                        word);
        if (!define(b, name, flag, node->place))
            return false;
        note_directive(b, b->block, name, node->place);
        if (b->status != PARSE_OK)
            return false;
    }
    return true;
}

static bool visit_annassign(Builder *b, const Node *node)
{
    const AstAnnAssign *assign = &node->as.annassign;
    const Node *target = assign->target;
    b->block->scope->has_annotations = true;
    if (target->kind == NODE_NAME) {
        const char *name = target->as.name.id;
        unsigned flags = flags_of(b, b->block->scope, name);
        if ((flags & (SYMBOL_IS_GLOBAL | SYMBOL_IS_NONLOCAL)) && assign->simple &&
            b->block->scope->kind != SCOPE_MODULE)
            return fail(b, node->place, "annotated name '%s' can't be %s", name,
                        flags & SYMBOL_IS_GLOBAL ? "global" : "nonlocal");
        if (assign->simple
                ? !define(b, name, SYMBOL_IS_ANNOTATED | SYMBOL_IS_ASSIGNED, target->place)
                : assign->value != NULL && !define(b, name, SYMBOL_IS_ASSIGNED, target->place))
            return false;
    } else if (!visit(b, target)) {
        return false;
    }
    return visit_annotation(b, assign->annotation) &&
           (assign->value == NULL || visit(b, assign->value));
}

static bool visit_alias(Builder *b, const Node *node)
{
    const char *name = node->as.alias.asname;
    if (name == NULL) {
        name = node->as.alias.name;
        if (strcmp(name, "*") == 0) {
            if (b->block->scope->kind == SCOPE_MODULE)
                return true;
            return fail(b, node->place, "import * only allowed at module level");
        }
        const char *dot = strchr(name, '.');
        if (dot != NULL)
            name = name_pool_intern(b->table->names, name, dot - name);
        if (name == NULL)
            return no_memory(b);
    }
    return define(b, name, SYMBOL_IS_IMPORTED, node->place);
}

static bool visit_name(Builder *b, const Node *node)
{
    const char *name = node->as.name.id;
    bool load = node->as.name.ctx == CONTEXT_LOAD;
    if (!define(b, name, load ? SYMBOL_IS_USED : SYMBOL_IS_ASSIGNED, node->place))
        return false;
    /* Calling super() without arguments needs the class around. */
    if (load && name == b->super_name && b->block->scope->kind == SCOPE_FUNCTION)
        return define(b, b->class_cell, SYMBOL_IS_USED, node->place);
    return true;
}

/* Names that patterns and handlers bind; NULL binds none. */
static bool define_bound(Builder *b, const char *name, Place place)
{
    return name == NULL || define(b, name, SYMBOL_IS_ASSIGNED, place);
}

static bool visit_list(Builder *b, const NodeList *list)
{
    for (int64_t i = 0; i < list->count; i++) {
        if (list->items[i] != NULL && !visit(b, list->items[i]))
            return false;
    }
    return true;
}

static bool visit_fields(Builder *b, const Node *node)
{
    NodeField fields[NODE_MAX_FIELDS];
    int count = node_fields(node, fields);
    for (int i = 0; i < count; i++) {
        const Node *child;
        switch (fields[i].kind) {
        case FIELD_CHILD:
        case FIELD_MAYBE:
            child = *(Node *const *)fields[i].data;
            if (child != NULL && !visit(b, child))
                return false;
            break;
        case FIELD_LIST:
        case FIELD_HOLES:
            if (!visit_list(b, fields[i].data))
                return false;
            break;
        default:
            break;
        }
    }
    return true;
}

static bool visit(Builder *b, const Node *node)
{
    switch ((NodeKind)node->kind) {
    case NODE_FUNCTIONDEF:
        return visit_function(b, node, &node->as.functiondef, false);
    case NODE_ASYNCFUNCTIONDEF: {
        /* The two structs have the same fields. */
        const AstAsyncFunctionDef *f = &node->as.asyncfunctiondef;
        AstFunctionDef function = {f->name, f->args, f->body, f->decorator_list, f->returns};
        return visit_function(b, node, &function, true);
    }
    case NODE_CLASSDEF:
        return visit_class(b, node);
    case NODE_LAMBDA:
        return visit_lambda(b, node);
    case NODE_RETURN:
        if (node->as.return_.value == NULL)
            return true;
        b->block->scope->returns_value = true;
        return visit(b, node->as.return_.value);
    case NODE_ASSIGN:
        return visit_list(b, &node->as.assign.targets) && visit(b, node->as.assign.value);
    case NODE_ANNASSIGN:
        return visit_annassign(b, node);
    /* An else before the handlers: the order in which CPython meets names. */
    case NODE_TRY:
        return visit_list(b, &node->as.try.body) && visit_list(b, &node->as.try.orelse) &&
               visit_list(b, &node->as.try.handlers) && visit_list(b, &node->as.try.finalbody);
    case NODE_TRYSTAR:
        return visit_list(b, &node->as.trystar.body) && visit_list(b, &node->as.trystar.orelse) &&
               visit_list(b, &node->as.trystar.handlers) &&
               visit_list(b, &node->as.trystar.finalbody);
    case NODE_GLOBAL:
        return visit_directive(b, node, &node->as.global.names, SYMBOL_IS_GLOBAL);
    case NODE_NONLOCAL:
        return visit_directive(b, node, &node->as.nonlocal.names, SYMBOL_IS_NONLOCAL);
    case NODE_ALIAS:
        return visit_alias(b, node);
    case NODE_EXCEPTHANDLER:
        return (node->as.excepthandler.type == NULL || visit(b, node->as.excepthandler.type)) &&
               define_bound(b, node->as.excepthandler.name, node->place) &&
               visit_list(b, &node->as.excepthandler.body);
    case NODE_MATCHAS:
        return (node->as.matchas.pattern == NULL || visit(b, node->as.matchas.pattern)) &&
               define_bound(b, node->as.matchas.name, node->place);
    case NODE_MATCHSTAR:
        return define_bound(b, node->as.matchstar.name, node->place);
    case NODE_MATCHMAPPING:
        return visit_fields(b, node) && define_bound(b, node->as.matchmapping.rest, node->place);
    case NODE_NAME:
        return visit_name(b, node);
    case NODE_NAMEDEXPR:
        return visit_named(b, node);
    case NODE_YIELD:
        return visit_yield(b, node, node->as.yield.value);
    case NODE_YIELDFROM:
        return visit_yield(b, node, node->as.yieldfrom.value);
    case NODE_AWAIT:
        if (b->in_annotation)
            return fail(b, node->place, "await expression cannot be used within an annotation");
        b->block->scope->is_coroutine = true;
        return visit(b, node->as.await.value);
    case NODE_LISTCOMP:
        return visit_comprehension(b, node, "listcomp", &node->as.listcomp.generators,
                                   node->as.listcomp.elt, NULL);
    case NODE_SETCOMP:
        return visit_comprehension(b, node, "setcomp", &node->as.setcomp.generators,
                                   node->as.setcomp.elt, NULL);
    case NODE_DICTCOMP:
        return visit_comprehension(b, node, "dictcomp", &node->as.dictcomp.generators,
                                   node->as.dictcomp.key, node->as.dictcomp.value);
    case NODE_GENERATOREXP:
        return visit_comprehension(b, node, "genexpr", &node->as.generatorexp.generators,
                                   node->as.generatorexp.elt, NULL);
    case NODE_ASYNCFOR:
    case NODE_ASYNCWITH:
        /* of a module compiled to await at its top level */
        if (b->block->scope->kind == SCOPE_MODULE)
            b->block->scope->is_coroutine = true;
        return visit_fields(b, node);
    default:
        return visit_fields(b, node);
    }
}

/* --- Resolution --- */

/* An error about `name` is placed at the first statement that declared it. */
static Place directive_place(Builder *b, const Scope *scope, const char *name)
{
    Place place = scope->place;
    for (const Directive *at = scope->directives; at != NULL; at = at->next) {
        if (symtable_mangle(b->table, scope->class_name, at->name) == name)
            place = at->place;
    }
    return place;
}

/* The scope that binds `name` for code inside `scope`: a function, or the class of __class__. */
static Scope *find_binder(const Builder *b, const Scope *scope, const char *name)
{
    for (Scope *outer = scope->parent; outer != NULL; outer = outer->parent) {
        if (outer->kind == SCOPE_CLASS) {
            if (name == b->class_cell)
                return outer;
            continue;
        }
        if (outer->kind == SCOPE_MODULE)
            return NULL;
        const Symbol *symbol = find_symbol(outer, name);
        if (symbol == NULL || (symbol->flags & SYMBOL_IS_NONLOCAL))
            continue;
        if (symbol->flags & SYMBOL_IS_GLOBAL)
            return NULL;
        if (symbol->flags & BOUND)
            return outer;
    }
    return NULL;
}

/* `name` is free in `scope` and bound in `binder`: marks every scope on the way. */
static bool thread_cell(Builder *b, Scope *scope, Scope *binder, const char *name)
{
    for (Scope *outer = scope->parent; outer != binder; outer = outer->parent) {
        outer->has_children_free = true;
        Symbol *symbol = find_symbol(outer, name);
        if (symbol == NULL) {
            symbol = add_symbol(b, outer, name);
            if (symbol == NULL)
                return false;
            symbol->scope = SYMBOL_FREE;
        } else if (outer->kind == SCOPE_CLASS && (symbol->flags & (BOUND | SYMBOL_IS_GLOBAL))) {
            symbol->flags |= SYMBOL_IS_FREE_CLASS;
        }
    }
    binder->has_children_free = true;
    if (binder->kind == SCOPE_CLASS)
        binder->needs_class_closure = true;
    else
        find_symbol(binder, name)->scope = SYMBOL_CELL;
    return true;
}

static bool resolve_symbol(Builder *b, Scope *scope, int64_t index)
{
    Symbol *symbol = &scope->symbols[index];
    const char *name = symbol->name;
    if (symbol->flags & SYMBOL_IS_GLOBAL) {
        if (symbol->flags & SYMBOL_IS_NONLOCAL)
            return fail(b, directive_place(b, scope, name), "name '%s' is nonlocal and global",
                        name);
        symbol->scope = SYMBOL_GLOBAL_EXPLICIT;
        return true;
    }
    Scope *binder = NULL;
    if (symbol->flags & SYMBOL_IS_NONLOCAL) {
        if (scope->kind == SCOPE_MODULE)
            return fail(b, directive_place(b, scope, name),
                        "nonlocal declaration not allowed at module level");
        binder = find_binder(b, scope, name);
        if (binder == NULL)
            return fail(b, directive_place(b, scope, name), "no binding for nonlocal '%s' found",
                        name);
    } else if (symbol->flags & BOUND) {
        symbol->scope = SYMBOL_LOCAL;
        return true;
    } else {
        binder = find_binder(b, scope, name);
        if (binder == NULL) {
            symbol->scope = SYMBOL_GLOBAL_IMPLICIT;
            return true;
        }
    }
    symbol->scope = SYMBOL_FREE;
    return thread_cell(b, scope, binder, name);
}

static bool resolve(Builder *b, Scope *scope)
{
    int64_t count = scope->symbol_count;
    for (int64_t i = 0; i < count; i++) {
        if (!resolve_symbol(b, scope, i))
            return false;
    }
    for (int64_t i = 0; i < scope->child_count; i++) {
        if (!resolve(b, scope->children[i]))
            return false;
    }
    return true;
}

static int compare_names(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* Fills in `cells` and `frees`, when all children are resolved. */
static bool collect_cells(Builder *b, Scope *scope)
{
    const char **cells = bump_alloc(b->bump, (size_t)(scope->symbol_count + 1) * 2 * sizeof *cells);
    if (cells == NULL)
        return no_memory(b);
    const char **frees = cells + scope->symbol_count + 1;
    for (int64_t i = 0; i < scope->symbol_count; i++) {
        const Symbol *symbol = &scope->symbols[i];
        if (symbol->scope == SYMBOL_CELL)
            cells[scope->cell_count++] = symbol->name;
        else if (symbol->scope == SYMBOL_FREE || (symbol->flags & SYMBOL_IS_FREE_CLASS))
            frees[scope->free_count++] = symbol->name;
    }
    if (scope->needs_class_closure)
        cells[scope->cell_count++] = b->class_cell;
    qsort(cells, (size_t)scope->cell_count, sizeof *cells, compare_names);
    qsort(frees, (size_t)scope->free_count, sizeof *frees, compare_names);
    scope->cells = cells;
    scope->frees = frees;
    for (int64_t i = 0; i < scope->child_count; i++) {
        if (!collect_cells(b, scope->children[i]))
            return false;
    }
    return true;
}

/* --- Future imports --- */

static bool read_future(Builder *b, const Node *node)
{
    static const char *const settled[] = {"nested_scopes",    "generators",     "division",
                                          "absolute_import",  "with_statement", "print_function",
                                          "unicode_literals", "generator_stop", NULL};
    const NodeList *names = &node->as.importfrom.names;
    Place place = {node->place.line, node->place.column, node->place.line, node->place.column};
    for (int64_t i = 0; i < names->count; i++) {
        const char *name = names->items[i]->as.alias.name;
        bool known = false;
        for (int k = 0; settled[k] != NULL; k++)
            known = known || strcmp(name, settled[k]) == 0;
        const char *complaint = NULL;
        if (strcmp(name, "annotations") == 0)
            b->table->futures |= FUTURE_ANNOTATIONS;
        else if (strcmp(name, "barry_as_FLUFL") == 0)
            b->table->futures |= FUTURE_BARRY_AS_FLUFL;
        else if (strcmp(name, "braces") == 0)
            complaint = "not a chance";
        else if (!known)
            complaint = bump_format(b->bump, "future feature %.100s is not defined", name);
        else
            continue;
        if (complaint != NULL) {
            fail(b, place, "%s", complaint);
            b->diagnostic->end_offset = DIAGNOSTIC_NO_OFFSET;
            return false;
        }
    }
    b->table->future_last_line = node->place.line;
    return true;
}

/* Only a docstring may stand before and between future imports. */
static bool read_futures(Builder *b, const NodeList *body)
{
    bool done = false;
    for (int64_t i = 0; i < body->count; i++) {
        const Node *node = body->items[i];
        if (node->kind == NODE_IMPORTFROM && node->as.importfrom.level == 0 &&
            node->as.importfrom.module != NULL &&
            strcmp(node->as.importfrom.module, "__future__") == 0) {
            if (done)
                return fail(b, node->place,
                            "from __future__ imports must occur at the beginning of the file");
            if (!read_future(b, node))
                return false;
        } else if (i > 0 || node->kind != NODE_EXPR || node->as.expr.value->kind != NODE_CONSTANT ||
                   node->as.expr.value->as.constant.constant != CONSTANT_STR) {
            done = true;
        }
    }
    return true;
}

/* --- The way in --- */

static bool build(Builder *b, const Node *root)
{
    static const NodeList nothing = {0};
    const NodeList *body = root->kind == NODE_MODULE        ? &root->as.module.body
                           : root->kind == NODE_INTERACTIVE ? &root->as.interactive.body
                                                            : &nothing;
    if (!read_futures(b, body))
        return false;
    b->table->future_annotations = (b->table->futures & FUTURE_ANNOTATIONS) != 0;
    Block block;
    if (!enter(b, &block, SCOPE_MODULE, "top", root))
        return false;
    bool ok = leave(b, root->kind == NODE_EXPRESSION ? visit(b, root->as.expression.body)
                                                     : visit_list(b, body));
    return ok && resolve(b, block.scope) && collect_cells(b, block.scope);
}

ParseStatus symtable_build(const Node *root, unsigned futures, Bump *bump, Diagnostic *diagnostic,
                           SymbolTable **out)
{
    enum { FIRST_SCOPES = 64 };
    *out = NULL;
    Builder b = {.bump = bump, .diagnostic = diagnostic};
    SymbolTable *table = bump_alloc(bump, sizeof *table);
    ScopeMap *map = bump_alloc(bump, sizeof *map);
    Scope **slots = bump_alloc(bump, FIRST_SCOPES * sizeof *slots);
    if (table == NULL || map == NULL || slots == NULL) {
        no_memory(&b);
        return PARSE_NO_MEMORY;
    }
    *map = (ScopeMap){.mask = FIRST_SCOPES - 1, .slots = slots};
    table->names = diagnostic->names;
    table->scopes = map;
    table->futures = futures;
    b.table = table;
    b.super_name = symtable_name(table, "super");
    b.class_cell = symtable_name(table, "__class__");
    b.implicit_name = symtable_name(table, ".0");
    if (b.super_name == NULL || b.class_cell == NULL || b.implicit_name == NULL) {
        no_memory(&b);
        return PARSE_NO_MEMORY;
    }
    if (!build(&b, root))
        return b.status;
    *out = table;
    return PARSE_OK;
}
