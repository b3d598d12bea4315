/*
 * Comprehensions, generator expressions, yield and await.
 *
 * A comprehension is a function of one parameter, ".0": the iterator over its outermost iterable,
 * which is evaluated by the code around it.
 */

#include "runtime/core/object.h"
#include "vm/compile/code.h"
#include "vm/compile/codegen.h"

/* What the parts of one comprehension share. */
typedef struct Comprehension {
    const Node *node;
    const NodeList *generators;
    const Node *element, *value; /* value: of a dict comprehension */
} Comprehension;

static void visit_generator(Compiler *c, const Comprehension *comprehension, int64_t index,
                            int64_t depth);

/* What is done with each item, `depth` iterators above the container. */
static void visit_element(Compiler *c, const Comprehension *comprehension, int64_t depth)
{
    expression_visit(c, comprehension->element);
    switch (comprehension->node->kind) {
    case NODE_LISTCOMP:
        emit_arg(c, OP_LIST_APPEND, depth + 1);
        break;
    case NODE_SETCOMP:
        emit_arg(c, OP_SET_ADD, depth + 1);
        break;
    case NODE_DICTCOMP:
        expression_visit(c, comprehension->value);
        emit_arg(c, OP_MAP_ADD, depth + 1);
        break;
    default:
        comprehension_emit_yield(c);
        emit_op(c, OP_POP_TOP);
        break;
    }
}

/* Conditions, then the next `for` or the element. */
static void visit_rest(Compiler *c, const Comprehension *comprehension, int64_t index,
                       int64_t depth, int32_t next)
{
    const Astcomprehension *generator = &comprehension->generators->items[index]->as.comprehension;
    for (int64_t i = 0; i < generator->ifs.count; i++)
        expression_jump_if(c, generator->ifs.items[i], next, false);
    if (index + 1 < comprehension->generators->count)
        visit_generator(c, comprehension, index + 1, depth);
    else
        visit_element(c, comprehension, depth);
}

/* The one item of `for x in [item]`, or NULL: such a loop is an assignment. */
static const Node *single_item(const Node *iterable)
{
    NodeList items = {0};
    if (iterable->kind == NODE_LIST)
        items = iterable->as.list.elts;
    else if (iterable->kind == NODE_TUPLE)
        items = iterable->as.tuple.elts;
    return items.count == 1 && items.items[0]->kind != NODE_STARRED ? items.items[0] : NULL;
}

static void visit_sync_generator(Compiler *c, const Comprehension *comprehension, int64_t index,
                                 int64_t depth)
{
    const Astcomprehension *generator = &comprehension->generators->items[index]->as.comprehension;
    int32_t start = emit_new_label(c), next = emit_new_label(c), end = emit_new_label(c);
    const Node *single = index > 0 ? single_item(generator->iter) : NULL;
    if (single != NULL) {
        expression_visit(c, single);
        expression_visit_target(c, generator->target);
        visit_rest(c, comprehension, index, depth, next);
        emit_label(c, next);
        return;
    }
    if (index == 0) {
        emit_arg(c, OP_LOAD_FAST, 0);
    } else {
        expression_visit(c, generator->iter);
        emit_op(c, OP_GET_ITER);
    }
    emit_label(c, start);
    emit_jump(c, OP_FOR_ITER, end);
    expression_visit_target(c, generator->target);
    visit_rest(c, comprehension, index, depth + 1, next);
    emit_label(c, next);
    emit_jump(c, OP_JUMP, start);
    emit_label(c, end);
}

static void visit_async_generator(Compiler *c, const Comprehension *comprehension, int64_t index,
                                  int64_t depth)
{
    const Astcomprehension *generator = &comprehension->generators->items[index]->as.comprehension;
    int32_t start = emit_new_label(c), next = emit_new_label(c), except = emit_new_label(c);
    if (index == 0) {
        emit_arg(c, OP_LOAD_FAST, 0);
    } else {
        expression_visit(c, generator->iter);
        emit_op(c, OP_GET_AITER);
    }
    emit_label(c, start);
    emit_push_block(
        c, (Block){.kind = BLOCK_ASYNC_COMPREHENSION, .handler_outside = c->unit->handler});
    int32_t outside = emit_cover(c, except, false, 0);
    emit_op(c, OP_GET_ANEXT);
    emit_none(c);
    emit_send_loop(c);
    emit_uncover(c, outside);
    expression_visit_target(c, generator->target);
    visit_rest(c, comprehension, index, depth + 1, next);
    emit_label(c, next);
    emit_jump(c, OP_JUMP, start);
    emit_pop_block(c);
    emit_label(c, except);
    emit_op(c, OP_END_ASYNC_FOR);
}

static void visit_generator(Compiler *c, const Comprehension *comprehension, int64_t index,
                            int64_t depth)
{
    if (c->failed)
        return;
    if (comprehension->generators->items[index]->as.comprehension.is_async)
        visit_async_generator(c, comprehension, index, depth);
    else
        visit_sync_generator(c, comprehension, index, depth);
}

void comprehension_visit(Compiler *c, const Node *node)
{
    Comprehension comprehension = {.node = node};
    const char *name;
    Opcode build = OP_NOP;
    switch (node->kind) {
    case NODE_LISTCOMP:
        comprehension.generators = &node->as.listcomp.generators;
        comprehension.element = node->as.listcomp.elt;
        name = "<listcomp>";
        build = OP_BUILD_LIST;
        break;
    case NODE_SETCOMP:
        comprehension.generators = &node->as.setcomp.generators;
        comprehension.element = node->as.setcomp.elt;
        name = "<setcomp>";
        build = OP_BUILD_SET;
        break;
    case NODE_DICTCOMP:
        comprehension.generators = &node->as.dictcomp.generators;
        comprehension.element = node->as.dictcomp.key;
        comprehension.value = node->as.dictcomp.value;
        name = "<dictcomp>";
        build = OP_BUILD_MAP;
        break;
    default:
        comprehension.generators = &node->as.generatorexp.generators;
        comprehension.element = node->as.generatorexp.elt;
        name = "<genexpr>";
        break;
    }
    const Unit *around = c->unit;
    function_enter_unit(c, UNIT_COMPREHENSION, node, name, node->place.line);
    if (c->failed)
        return;
    bool awaits = c->unit->scope->is_coroutine;
    if (awaits && build != OP_NOP && around->kind != UNIT_ASYNC_FUNCTION &&
        around->kind != UNIT_COMPREHENSION &&
        !(around->kind == UNIT_MODULE && c->top_level_await)) {
        emit_error(c, node->place,
                   "asynchronous comprehension outside of an asynchronous function");
    }
    c->unit->argcount = 1;
    c->unit->place = node->place;
    if (build != OP_NOP)
        emit_arg(c, build, 0);
    visit_generator(c, &comprehension, 0, 0);
    if (build != OP_NOP)
        emit_op(c, OP_RETURN_VALUE);
    Obj *code = function_leave_unit(c, true);
    function_make_steal(c, code, 0);
    const Astcomprehension *outermost = &comprehension.generators->items[0]->as.comprehension;
    expression_visit(c, outermost->iter);
    emit_op(c, outermost->is_async ? OP_GET_AITER : OP_GET_ITER);
    emit_arg(c, OP_CALL, 0);
    if (awaits && build != OP_NOP) {
        emit_arg(c, OP_GET_AWAITABLE, 0);
        emit_none(c);
        emit_send_loop(c);
    }
}

/* ---- yield and await */

void comprehension_emit_yield(Compiler *c)
{
    const Scope *scope = c->unit->scope;
    bool generator = scope->is_generator || scope->node->kind == NODE_GENERATOREXP;
    if (generator && scope->is_coroutine)
        emit_op(c, OP_ASYNC_GEN_WRAP);
    emit_arg(c, OP_YIELD_VALUE, 0);
}

void comprehension_visit_yield(Compiler *c, const Node *node)
{
    if (c->unit->scope->kind != SCOPE_FUNCTION) {
        emit_error(c, node->place, "'yield' outside function");
        return;
    }
    if (node->as.yield.value != NULL)
        expression_visit(c, node->as.yield.value);
    else
        emit_none(c);
    comprehension_emit_yield(c);
}

void comprehension_visit_yield_from(Compiler *c, const Node *node)
{
    if (c->unit->scope->kind != SCOPE_FUNCTION) {
        emit_error(c, node->place, "'yield' outside function");
        return;
    }
    if (c->unit->kind == UNIT_ASYNC_FUNCTION) {
        emit_error(c, node->place, "'yield from' inside async function");
        return;
    }
    expression_visit(c, node->as.yieldfrom.value);
    emit_op(c, OP_GET_YIELD_FROM_ITER);
    emit_none(c);
    emit_send_loop(c);
}

void comprehension_visit_await(Compiler *c, const Node *node)
{
    const Unit *unit = c->unit;
    if (!(unit->kind == UNIT_MODULE && c->top_level_await)) {
        if (unit->scope->kind != SCOPE_FUNCTION) {
            emit_error(c, node->place, "'await' outside function");
            return;
        }
        if (unit->kind != UNIT_ASYNC_FUNCTION && unit->kind != UNIT_COMPREHENSION) {
            emit_error(c, node->place, "'await' outside async function");
            return;
        }
    }
    expression_visit(c, node->as.await.value);
    emit_arg(c, OP_GET_AWAITABLE, 0);
    emit_none(c);
    emit_send_loop(c);
}
