/*
 * Statements that steer control: if, loops, return, try and with.
 *
 * break, continue and return leave blocks: for each of them, from the innermost, the code that ends
 * it (an exit call, a finally part, a pop) is emitted again at the place of the jump, covered by
 * the handlers that are outside of that block.  The stack pictures of handlers are those of
 * CPython 3.11.
 */

#include "vm/compile/codegen.h"

/* ---- leaving blocks */

/* Calls the exit method below with three Nones; leaves its result. */
static void call_exit(Compiler *c)
{
    emit_none(c);
    emit_none(c);
    emit_none(c);
    emit_arg(c, OP_CALL, 2);
}

/* exc = None; del exc */
static void forget_name(Compiler *c, const char *name)
{
    emit_none(c);
    emit_variable(c, name, CONTEXT_STORE);
    emit_variable(c, name, CONTEXT_DEL);
}

/* The place of the instruction before: for what belongs to no line of its own. */
static Place place_before(const Compiler *c)
{
    const InstrList *list = &c->unit->list;
    return list->count > 0 ? list->items[list->count - 1].place : (Place){0};
}

/* Emits what ends `block`; keep_top: a value lies on top of what the block has on the stack. */
static void unwind_block(Compiler *c, const Block *block, bool keep_top)
{
    Unit *unit = c->unit;
    switch (block->kind) {
    case BLOCK_WHILE:
    case BLOCK_HANDLERS:
    case BLOCK_STAR_HANDLERS:
    case BLOCK_ASYNC_COMPREHENSION:
        return;
    case BLOCK_FOR:
    case BLOCK_VALUE:
        if (keep_top)
            emit_arg(c, OP_SWAP, 2);
        emit_op(c, OP_POP_TOP);
        return;
    case BLOCK_TRY:
        unit->handler = block->handler_outside;
        return;
    case BLOCK_FINALLY_TRY: {
        unit->handler = block->handler_outside;
        if (keep_top)
            emit_push_block(c, (Block){.kind = BLOCK_VALUE, .handler_outside = unit->handler});
        Place outside = unit->place;
        statement_visit_list(c, *block->body);
        unit->place = outside;
        if (keep_top)
            emit_pop_block(c);
        return;
    }
    case BLOCK_FINALLY_END:
        if (keep_top)
            emit_arg(c, OP_SWAP, 2);
        emit_op(c, OP_POP_TOP);
        if (keep_top)
            emit_arg(c, OP_SWAP, 2);
        unit->handler = block->handler_outside;
        emit_op(c, OP_POP_EXCEPT);
        return;
    case BLOCK_WITH:
    case BLOCK_ASYNC_WITH: {
        Place outside = unit->place;
        unit->place = block->place;
        unit->handler = block->handler_outside;
        if (keep_top)
            emit_arg(c, OP_SWAP, 2);
        call_exit(c);
        if (block->kind == BLOCK_ASYNC_WITH) {
            emit_arg(c, OP_GET_AWAITABLE, 2);
            emit_none(c);
            emit_send_loop(c);
        }
        emit_op(c, OP_POP_TOP);
        unit->place = outside;
        return;
    }
    case BLOCK_HANDLER:
        if (keep_top)
            emit_arg(c, OP_SWAP, 2);
        unit->handler = block->handler_outside;
        emit_op(c, OP_POP_EXCEPT);
        if (block->name != NULL)
            forget_name(c, block->name);
        return;
    }
}

/* Ends blocks from the innermost; stops at a loop if `loop` is not NULL (and sets *loop, else
 * NULL). The blocks are still there afterwards; the caller restores the handler. */
static void unwind(Compiler *c, bool keep_top, const Block **loop)
{
    Unit *unit = c->unit;
    int count = unit->block_count;
    Block blocks[UNIT_MAX_BLOCKS];
    for (int i = 0; i < count; i++)
        blocks[i] = unit->blocks[i];
    if (loop != NULL)
        *loop = NULL;
    for (int i = count - 1; i >= 0 && !c->failed; i--) {
        if (blocks[i].kind == BLOCK_STAR_HANDLERS) {
            emit_error(c, unit->place,
                       "'break', 'continue' and 'return' cannot appear in an except* block");
            break;
        }
        if (loop != NULL && (blocks[i].kind == BLOCK_FOR || blocks[i].kind == BLOCK_WHILE)) {
            *loop = &unit->blocks[i];
            break;
        }
        /* The block's end runs outside of it. */
        unit->block_count = i;
        unwind_block(c, &blocks[i], keep_top);
    }
    for (int i = 0; i < count; i++)
        unit->blocks[i] = blocks[i];
    unit->block_count = count;
}

void control_visit_return(Compiler *c, const Node *node)
{
    Unit *unit = c->unit;
    const Node *value = node->as.return_.value;
    if (unit->scope->kind != SCOPE_FUNCTION) {
        emit_error(c, node->place, "'return' outside function");
        return;
    }
    if (value != NULL && unit->scope->is_coroutine && unit->scope->is_generator) {
        emit_error(c, node->place, "'return' with value in async generator");
        return;
    }
    int32_t handler = unit->handler;
    bool early = value != NULL && !expression_folds(value);
    if (early)
        expression_visit(c, value);
    unwind(c, early, NULL);
    if (value == NULL)
        emit_none(c);
    else if (!early)
        expression_visit(c, value);
    emit_op(c, OP_RETURN_VALUE);
    unit->handler = handler;
}

void control_visit_break(Compiler *c, const Node *node)
{
    int32_t handler = c->unit->handler;
    const Block *loop;
    unwind(c, false, &loop);
    if (loop == NULL) {
        emit_error(c, node->place, "'break' outside loop");
        return;
    }
    Block found = *loop;
    unwind_block(c, &found, false);
    emit_jump(c, OP_JUMP, found.exit);
    c->unit->handler = handler;
}

void control_visit_continue(Compiler *c, const Node *node)
{
    int32_t handler = c->unit->handler;
    const Block *loop;
    unwind(c, false, &loop);
    if (loop == NULL) {
        emit_error(c, node->place, "'continue' not properly in loop");
        return;
    }
    emit_jump(c, OP_JUMP, loop->start);
    c->unit->handler = handler;
}

/* ---- if and loops */

void control_visit_if(Compiler *c, const Node *node)
{
    int32_t end = emit_new_label(c);
    int32_t otherwise = node->as.if_.orelse.count > 0 ? emit_new_label(c) : end;
    expression_jump_if(c, node->as.if_.test, otherwise, false);
    statement_visit_list(c, node->as.if_.body);
    if (otherwise != end) {
        emit_jump_no_line(c, end);
        emit_label(c, otherwise);
        statement_visit_list(c, node->as.if_.orelse);
    }
    emit_label(c, end);
}

void control_visit_while(Compiler *c, const Node *node)
{
    int32_t again = emit_new_label(c), body = emit_new_label(c);
    int32_t otherwise = emit_new_label(c), end = emit_new_label(c);
    emit_label(c, again);
    emit_push_block(c, (Block){.kind = BLOCK_WHILE,
                               .start = again,
                               .exit = end,
                               .handler_outside = c->unit->handler});
    expression_jump_if(c, node->as.while_.test, otherwise, false);
    emit_label(c, body);
    statement_visit_list(c, node->as.while_.body);
    c->unit->place = node->place;
    expression_jump_if(c, node->as.while_.test, body, true);
    emit_pop_block(c);
    emit_label(c, otherwise);
    statement_visit_list(c, node->as.while_.orelse);
    emit_label(c, end);
}

void control_visit_for(Compiler *c, const Node *node)
{
    int32_t start = emit_new_label(c), done = emit_new_label(c), end = emit_new_label(c);
    emit_push_block(c, (Block){.kind = BLOCK_FOR,
                               .start = start,
                               .exit = end,
                               .handler_outside = c->unit->handler});
    expression_visit(c, node->as.for_.iter);
    emit_op(c, OP_GET_ITER);
    emit_label(c, start);
    emit_jump(c, OP_FOR_ITER, done);
    expression_visit_target(c, node->as.for_.target);
    statement_visit_list(c, node->as.for_.body);
    emit_jump_no_line(c, start);
    emit_label(c, done);
    emit_pop_block(c);
    c->unit->place = node->place;
    statement_visit_list(c, node->as.for_.orelse);
    emit_label(c, end);
}

/* async for/with/comprehension need an async function (or top-level await). */
static bool check_async(Compiler *c, const Node *node, const char *what)
{
    if (c->unit->kind == UNIT_ASYNC_FUNCTION ||
        (c->unit->kind == UNIT_MODULE && c->top_level_await))
        return true;
    emit_error(c, node->place, "'async %s' outside async function", what);
    return false;
}

void control_visit_async_for(Compiler *c, const Node *node)
{
    if (!check_async(c, node, "for"))
        return;
    int32_t start = emit_new_label(c), except = emit_new_label(c), end = emit_new_label(c);
    expression_visit(c, node->as.asyncfor.iter);
    emit_op(c, OP_GET_AITER);
    emit_label(c, start);
    emit_push_block(c, (Block){.kind = BLOCK_FOR,
                               .start = start,
                               .exit = end,
                               .handler_outside = c->unit->handler});
    int32_t outside = emit_cover(c, except, false, 0);
    emit_op(c, OP_GET_ANEXT);
    emit_none(c);
    emit_send_loop(c);
    emit_uncover(c, outside);
    expression_visit_target(c, node->as.asyncfor.target);
    statement_visit_list(c, node->as.asyncfor.body);
    emit_jump_no_line(c, start);
    emit_pop_block(c);
    emit_label(c, except);
    emit_op(c, OP_END_ASYNC_FOR);
    c->unit->place = node->place;
    statement_visit_list(c, node->as.asyncfor.orelse);
    emit_label(c, end);
}

/* ---- try */

/* PUSH_EXC_INFO, on no line: tracing goes to the first `except` that is looked at. */
static void emit_handler_start(Compiler *c)
{
    Place outside = c->unit->place;
    c->unit->place = (Place){0};
    emit_op(c, OP_PUSH_EXC_INFO);
    c->unit->place = outside;
}

/* The except parts, entered with the exception on the stack; `end`: where handled ones go on. */
static void visit_handlers(Compiler *c, NodeList handlers, int32_t end)
{
    int32_t cleanup = emit_new_label(c);
    emit_handler_start(c);
    int32_t outside = emit_cover(c, cleanup, true, 1);
    emit_push_block(c, (Block){.kind = BLOCK_HANDLERS, .handler_outside = outside});
    int32_t inside = c->unit->handler;
    for (int64_t i = 0; i < handlers.count && !c->failed; i++) {
        const Node *node = handlers.items[i];
        const AstExceptHandler *handler = &node->as.excepthandler;
        c->unit->place = node->place;
        if (handler->type == NULL && i + 1 < handlers.count) {
            emit_error(c, node->place, "default 'except:' must be last");
            return;
        }
        int32_t next = emit_new_label(c);
        if (handler->type != NULL) {
            expression_visit(c, handler->type);
            emit_op(c, OP_CHECK_EXC_MATCH);
            emit_jump(c, OP_POP_JUMP_IF_FALSE, next);
        }
        if (handler->name == NULL) {
            emit_op(c, OP_POP_TOP);
            emit_push_block(c, (Block){.kind = BLOCK_HANDLER, .handler_outside = outside});
            statement_visit_list(c, handler->body);
            emit_pop_block(c);
            c->unit->place = node->place;
            emit_uncover(c, outside);
            emit_flagged(c, OP_POP_EXCEPT, 0, INSTR_NO_LINE);
            emit_jump_no_line(c, end);
        } else {
            int32_t name_cleanup = emit_new_label(c);
            emit_variable(c, handler->name, CONTEXT_STORE);
            emit_cover(c, name_cleanup, true, 0);
            emit_push_block(
                c,
                (Block){.kind = BLOCK_HANDLER, .handler_outside = outside, .name = handler->name});
            statement_visit_list(c, handler->body);
            emit_pop_block(c);
            c->unit->place = place_before(c);
            emit_uncover(c, outside);
            emit_op(c, OP_POP_EXCEPT);
            forget_name(c, handler->name);
            emit_jump_no_line(c, end);
            emit_uncover(c, inside);
            emit_label(c, name_cleanup);
            c->unit->place = (Place){0};
            forget_name(c, handler->name);
            emit_arg(c, OP_RERAISE, 1);
        }
        emit_uncover(c, inside);
        emit_label(c, next);
    }
    emit_pop_block(c);
    if (handlers.count > 0)
        c->unit->place = handlers.items[handlers.count - 1]->place;
    emit_arg(c, OP_RERAISE, 0);
    emit_uncover(c, outside);
    emit_label(c, cleanup);
    emit_pop_except_and_reraise(c);
}

static void visit_try_except(Compiler *c, const AstTry *try)
{
    int32_t except = emit_new_label(c), end = emit_new_label(c);
    int32_t outside = emit_cover(c, except, false, 0);
    emit_push_block(c, (Block){.kind = BLOCK_TRY, .handler_outside = outside});
    statement_visit_list(c, try->body);
    emit_pop_block(c);
    emit_uncover(c, outside);
    statement_visit_list(c, try->orelse);
    emit_jump_no_line(c, end);
    emit_label(c, except);
    visit_handlers(c, try->handlers, end);
    emit_label(c, end);
}

/*
 * One `except*` part.  On the stack: previous, original, list of what must be raised later, rest.
 * A part that raises adds its exception to the list and goes on with the next one.
 */
static void visit_star_handler(Compiler *c, const Node *node, int32_t next)
{
    const AstExceptHandler *handler = &node->as.excepthandler;
    int32_t matched = emit_new_label(c), failed = emit_new_label(c);
    c->unit->place = node->place;
    if (handler->type != NULL) {
        expression_visit(c, handler->type);
        emit_op(c, OP_CHECK_EG_MATCH);
        emit_arg(c, OP_COPY, 1);
        emit_jump(c, OP_POP_JUMP_IF_NOT_NONE, matched);
        emit_op(c, OP_POP_TOP);
        emit_jump(c, OP_JUMP, next);
    }
    emit_label(c, matched);
    if (handler->name != NULL)
        emit_variable(c, handler->name, CONTEXT_STORE);
    else
        emit_op(c, OP_POP_TOP);
    int32_t inside = emit_cover(c, failed, true, 0);
    emit_push_block(
        c, (Block){.kind = BLOCK_HANDLER, .handler_outside = inside, .name = handler->name});
    statement_visit_list(c, handler->body);
    emit_pop_block(c);
    emit_uncover(c, inside);
    c->unit->place = place_before(c);
    if (handler->name != NULL)
        forget_name(c, handler->name);
    emit_jump_no_line(c, next);
    emit_label(c, failed);
    c->unit->place = (Place){0};
    if (handler->name != NULL)
        forget_name(c, handler->name);
    emit_arg(c, OP_LIST_APPEND, 3);
    emit_op(c, OP_POP_TOP);
    emit_jump_no_line(c, next);
}

static void visit_star_handlers(Compiler *c, NodeList handlers, int32_t end)
{
    int32_t cleanup = emit_new_label(c), reraise = emit_new_label(c);
    emit_handler_start(c);
    int32_t outside = emit_cover(c, cleanup, true, 1);
    emit_push_block(c, (Block){.kind = BLOCK_STAR_HANDLERS, .handler_outside = outside});
    for (int64_t i = 0; i < handlers.count && !c->failed; i++) {
        int32_t next = emit_new_label(c);
        c->unit->place = handlers.items[i]->place;
        if (i == 0) {
            emit_arg(c, OP_BUILD_LIST, 0);
            emit_arg(c, OP_COPY, 2);
        }
        visit_star_handler(c, handlers.items[i], next);
        emit_label(c, next);
    }
    emit_arg(c, OP_LIST_APPEND, 1);
    emit_pop_block(c);
    emit_op(c, OP_PREP_RERAISE_STAR);
    emit_arg(c, OP_COPY, 1);
    emit_jump(c, OP_POP_JUMP_IF_NOT_NONE, reraise);
    emit_op(c, OP_POP_TOP);
    emit_uncover(c, outside);
    emit_op(c, OP_POP_EXCEPT);
    emit_jump(c, OP_JUMP, end);
    emit_label(c, reraise);
    emit_arg(c, OP_SWAP, 2);
    emit_op(c, OP_POP_EXCEPT);
    emit_arg(c, OP_RERAISE, 0);
    emit_label(c, cleanup);
    emit_pop_except_and_reraise(c);
}

static void visit_try_star_except(Compiler *c, const AstTryStar *try)
{
    int32_t except = emit_new_label(c), orelse = emit_new_label(c), end = emit_new_label(c);
    int32_t outside = emit_cover(c, except, false, 0);
    emit_push_block(c, (Block){.kind = BLOCK_TRY, .handler_outside = outside});
    statement_visit_list(c, try->body);
    emit_pop_block(c);
    emit_uncover(c, outside);
    emit_jump_no_line(c, orelse);
    emit_label(c, except);
    visit_star_handlers(c, try->handlers, end);
    emit_label(c, orelse);
    statement_visit_list(c, try->orelse);
    emit_label(c, end);
}

/* try … finally; with handlers, `node` without its finally part is the body. */
static void visit_try_finally(Compiler *c, const Node *node, const NodeList *body,
                              const NodeList *finalbody, NodeList handlers)
{
    int32_t except = emit_new_label(c), cleanup = emit_new_label(c), end = emit_new_label(c);
    int32_t outside = emit_cover(c, except, false, 0);
    emit_push_block(
        c, (Block){.kind = BLOCK_FINALLY_TRY, .handler_outside = outside, .body = finalbody});
    if (handlers.count == 0)
        statement_visit_list(c, *body);
    else if (node->kind == NODE_TRY)
        visit_try_except(c, &node->as.try);
    else
        visit_try_star_except(c, &node->as.trystar);
    emit_pop_block(c);
    emit_uncover(c, outside);
    statement_visit_list(c, *finalbody);
    emit_jump_no_line(c, end);
    emit_label(c, except);
    emit_push_block(c, (Block){.kind = BLOCK_FINALLY_END, .handler_outside = outside});
    c->unit->place = (Place){0};
    emit_op(c, OP_PUSH_EXC_INFO);
    emit_cover(c, cleanup, true, 1);
    statement_visit_list(c, *finalbody);
    emit_pop_block(c);
    emit_flagged(c, OP_RERAISE, 0, INSTR_NO_LINE);
    emit_uncover(c, outside);
    emit_label(c, cleanup);
    c->unit->place = (Place){0};
    emit_pop_except_and_reraise(c);
    emit_label(c, end);
}

void control_visit_try(Compiler *c, const Node *node)
{
    const AstTry *try = &node->as.try;
    if (try->finalbody.count > 0)
        visit_try_finally(c, node, &try->body, &try->finalbody, try->handlers);
    else
        visit_try_except(c, try);
}

void control_visit_try_star(Compiler *c, const Node *node)
{
    const AstTryStar *try = &node->as.trystar;
    if (try->finalbody.count > 0)
        visit_try_finally(c, node, &try->body, &try->finalbody, try->handlers);
    else
        visit_try_star_except(c, try);
}

/* ---- with */

static void visit_with_item(Compiler *c, const Node *node, int64_t index)
{
    bool is_async = node->kind == NODE_ASYNCWITH;
    const NodeList *items = is_async ? &node->as.asyncwith.items : &node->as.with.items;
    const NodeList *body = is_async ? &node->as.asyncwith.body : &node->as.with.body;
    const Astwithitem *item = &items->items[index]->as.withitem;
    int32_t except = emit_new_label(c), cleanup = emit_new_label(c);
    int32_t suppress = emit_new_label(c), end = emit_new_label(c);
    if (c->failed)
        return;
    expression_visit(c, item->context_expr);
    c->unit->place = node->place;
    if (is_async) {
        emit_op(c, OP_BEFORE_ASYNC_WITH);
        emit_arg(c, OP_GET_AWAITABLE, 1);
        emit_none(c);
        emit_send_loop(c);
    } else {
        emit_op(c, OP_BEFORE_WITH);
    }
    int32_t outside = emit_cover(c, except, true, 1);
    emit_push_block(c, (Block){.kind = is_async ? BLOCK_ASYNC_WITH : BLOCK_WITH,
                               .handler_outside = outside,
                               .place = c->unit->place});
    if (item->optional_vars != NULL)
        expression_visit_target(c, item->optional_vars);
    else
        emit_op(c, OP_POP_TOP);
    if (index + 1 < items->count)
        visit_with_item(c, node, index + 1);
    else
        statement_visit_list(c, *body);
    emit_pop_block(c);
    emit_uncover(c, outside);
    c->unit->place = node->place;
    call_exit(c);
    if (is_async) {
        emit_arg(c, OP_GET_AWAITABLE, 2);
        emit_none(c);
        emit_send_loop(c);
    }
    emit_op(c, OP_POP_TOP);
    emit_jump(c, OP_JUMP, end);

    emit_label(c, except);
    emit_op(c, OP_PUSH_EXC_INFO);
    emit_cover(c, cleanup, true, 1);
    emit_op(c, OP_WITH_EXCEPT_START);
    if (is_async) {
        emit_arg(c, OP_GET_AWAITABLE, 2);
        emit_none(c);
        emit_send_loop(c);
    }
    emit_jump(c, OP_POP_JUMP_IF_TRUE, suppress);
    emit_arg(c, OP_RERAISE, 2);
    emit_label(c, suppress);
    emit_op(c, OP_POP_TOP);
    emit_uncover(c, outside);
    emit_op(c, OP_POP_EXCEPT);
    emit_op(c, OP_POP_TOP);
    emit_op(c, OP_POP_TOP);
    emit_jump(c, OP_JUMP, end);
    emit_label(c, cleanup);
    emit_pop_except_and_reraise(c);
    emit_label(c, end);
}

void control_visit_with(Compiler *c, const Node *node)
{
    if (node->kind == NODE_ASYNCWITH && !check_async(c, node, "with"))
        return;
    visit_with_item(c, node, 0);
}
