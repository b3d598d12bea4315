/*
 * The lowest layer of the code generator: it adds instructions to the unit at hand, finds out how a
 * name is reached, keeps track of handlers and blocks, and records errors.
 *
 * A handler covers what is emitted between emit_cover and emit_uncover; the instructions themselves
 * remember it, so there are no instructions for entering and leaving a try block.
 */

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "runtime/core/err.h"
#include "runtime/core/object.h"
#include "runtime/modules/warnings.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"
#include "vm/compile/code.h"
#include "vm/compile/codegen.h"

/* ---- errors */

void emit_no_memory(Compiler *c)
{
    if (!c->failed)
        err_no_memory();
    c->failed = true;
}

void emit_error(Compiler *c, Place place, const char *format, ...)
{
    if (c->failed)
        return;
    va_list arguments;
    va_start(arguments, format);
    diagnostic_set_list(c->diagnostic, DIAGNOSTIC_SYNTAX_ERROR, place, format, arguments);
    va_end(arguments);
    c->failed = true;
}

void emit_literal_error(Compiler *c, Place place)
{
    Obj *error = err_fetch();
    Obj *message = obj_str(error);
    const char *text = message == NULL ? NULL : str_utf8(message, NULL);
    if (text != NULL && !c->failed) {
        DiagnosticSpan span = {.line = place.line, .end_line = place.end_line};
        diagnostic_set_span(c->diagnostic, DIAGNOSTIC_SYNTAX_ERROR, span,
                            "%s - Consider hexadecimal for huge integer literals to avoid decimal "
                            "conversion limits.",
                            text);
        c->parser_error = true;
    }
    c->failed = true;
    obj_xdecref(message);
    obj_xdecref(error);
}

void emit_warning(Compiler *c, Place place, const char *format, ...)
{
    if (c->failed)
        return;
    va_list arguments;
    va_start(arguments, format);
    char text[512];
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    Obj *message = str_from_utf8(text, (int64_t)strlen(text));
    int result = message == NULL
                     ? -1
                     : warnings_warn_at(&exc_syntax_warning, message, c->filename, place.line);
    obj_xdecref(message);
    if (result == 0)
        return;
    if (err_matches(&exc_syntax_warning)) {
        /* The error tells where, which the raised warning does not. */
        err_clear();
        emit_error(c, place, "%s", text);
    }
    c->failed = true;
}

/* ---- instructions */

static Instr *push_instr(Compiler *c, int op)
{
    if (c->failed)
        return NULL;
    Unit *unit = c->unit;
    Instr *instr = instr_list_push(&unit->list, c->bump);
    if (instr == NULL) {
        emit_no_memory(c);
        return NULL;
    }
    instr->op = (uint16_t)op;
    instr->handler = unit->handler;
    instr->place = unit->place;
    return instr;
}

void emit_flagged(Compiler *c, Opcode op, int64_t arg, unsigned flags)
{
    Instr *instr = push_instr(c, (int)op);
    if (instr == NULL)
        return;
    if (arg > INT32_MAX / 4 || arg < INT32_MIN / 4) {
        emit_no_memory(c);
        return;
    }
    instr->arg = (int32_t)arg;
    instr->flags = (uint16_t)flags;
    /* What belongs to no line stays on the line before it. */
    if ((flags & INSTR_NO_LINE) && c->unit->list.count > 1)
        instr->place = instr[-1].place;
}

void emit_arg(Compiler *c, Opcode op, int64_t arg)
{
    emit_flagged(c, op, arg, 0);
}

void emit_op(Compiler *c, Opcode op)
{
    emit_flagged(c, op, 0, 0);
}

void emit_line(Compiler *c)
{
    emit_flagged(c, OP_NOP, 0, INSTR_LINE);
}

int32_t emit_new_label(Compiler *c)
{
    return c->unit->label_count++;
}

void emit_label(Compiler *c, int32_t label)
{
    Instr *instr = push_instr(c, PSEUDO_LABEL);
    if (instr == NULL)
        return;
    instr->arg = label;
    if (c->unit->list.count > 1)
        instr->place = instr[-1].place;
}

void emit_jump(Compiler *c, Opcode op, int32_t label)
{
    emit_flagged(c, op, label, 0);
}

void emit_jump_no_line(Compiler *c, int32_t label)
{
    emit_flagged(c, OP_JUMP, label, INSTR_NO_LINE);
}

/* ---- constants */

int32_t emit_add_const_steal(Compiler *c, Obj *constant)
{
    if (c->failed) {
        obj_xdecref(constant);
        return -1;
    }
    ObjRef shared = const_table_share_steal(&c->constants, constant);
    if (shared == NULL) {
        c->failed = true;
        return -1;
    }
    int32_t index = unit_add_constant(c->unit, c->bump, shared);
    if (index < 0)
        emit_no_memory(c);
    return index;
}

void emit_const_steal(Compiler *c, Obj *constant)
{
    int32_t index = emit_add_const_steal(c, constant);
    if (index >= 0)
        emit_arg(c, OP_LOAD_CONST, index);
}

void emit_none(Compiler *c)
{
    emit_const_steal(c, none_new());
}

void emit_int(Compiler *c, int64_t value)
{
    emit_const_steal(c, int_new(value));
}

void emit_text(Compiler *c, const char *utf8)
{
    emit_const_steal(c, str_from_utf8_surrogates(utf8, (int64_t)strlen(utf8)));
}

/* ---- names */

const char *emit_mangle(Compiler *c, const char *name)
{
    const char *mangled = symtable_mangle(c->table, c->unit->private_name, name);
    if (mangled == NULL) {
        emit_no_memory(c);
        return name;
    }
    return mangled;
}

void emit_name_arg(Compiler *c, Opcode op, const char *name)
{
    if (c->failed)
        return;
    const char *interned = symtable_name(c->table, name);
    int32_t index = interned == NULL ? -1 : unit_add_name(c->unit, c->bump, interned);
    if (index < 0)
        emit_no_memory(c);
    else
        emit_arg(c, op, index);
}

void emit_mangled_arg(Compiler *c, Opcode op, const char *name)
{
    emit_name_arg(c, op, emit_mangle(c, name));
}

void emit_check_name(Compiler *c, const char *name, ExpressionContext context, Place place)
{
    if (context == CONTEXT_LOAD || strcmp(name, "__debug__") != 0)
        return;
    emit_error(c, place,
               context == CONTEXT_STORE ? "cannot assign to __debug__" : "cannot delete __debug__");
}

/* How each kind of variable is loaded, stored and deleted. */
typedef enum Access { ACCESS_FAST, ACCESS_GLOBAL, ACCESS_DEREF, ACCESS_NAME } Access;

static const Opcode access_opcodes[][3] = {
    [ACCESS_FAST] = {OP_LOAD_FAST, OP_STORE_FAST, OP_DELETE_FAST},
    [ACCESS_GLOBAL] = {OP_LOAD_GLOBAL, OP_STORE_GLOBAL, OP_DELETE_GLOBAL},
    [ACCESS_DEREF] = {OP_LOAD_DEREF, OP_STORE_DEREF, OP_DELETE_DEREF},
    [ACCESS_NAME] = {OP_LOAD_NAME, OP_STORE_NAME, OP_DELETE_NAME},
};

static Access find_access(const Scope *scope, const Symbol *symbol)
{
    if (symbol == NULL)
        return ACCESS_NAME;
    switch (symbol->scope) {
    case SYMBOL_FREE:
    case SYMBOL_CELL:
        return ACCESS_DEREF;
    case SYMBOL_LOCAL:
        return scope->kind == SCOPE_FUNCTION ? ACCESS_FAST : ACCESS_NAME;
    case SYMBOL_GLOBAL_IMPLICIT:
        return scope->kind == SCOPE_FUNCTION ? ACCESS_GLOBAL : ACCESS_NAME;
    case SYMBOL_GLOBAL_EXPLICIT:
        return ACCESS_GLOBAL;
    }
    return ACCESS_NAME;
}

void emit_variable(Compiler *c, const char *name, ExpressionContext context)
{
    if (c->failed)
        return;
    Unit *unit = c->unit;
    emit_check_name(c, name, context, unit->place);
    const char *mangled = emit_mangle(c, name);
    const Symbol *symbol = scope_symbol(c->table, unit->scope, mangled);
    Access access = find_access(unit->scope, symbol);
    Opcode op = access_opcodes[access][context];
    int32_t index;
    switch (access) {
    case ACCESS_FAST:
        index = unit_add_local(unit, c->bump, symbol->name);
        if (index < 0)
            emit_no_memory(c);
        emit_arg(c, op, index);
        return;
    case ACCESS_DEREF:
        index = pointer_map_get(&unit->cell_map, symbol->name);
        if (op == OP_LOAD_DEREF && unit->scope->kind == SCOPE_CLASS)
            op = OP_LOAD_CLASSDEREF;
        if (index < 0) {
            err_format(&exc_system_error, "compiler: no cell for '%s'", mangled);
            c->failed = true;
            return;
        }
        emit_arg(c, op, index);
        return;
    case ACCESS_GLOBAL:
    case ACCESS_NAME:
        emit_name_arg(c, op, mangled);
        return;
    }
}

/* ---- handlers and blocks */

int32_t emit_cover(Compiler *c, int32_t label, bool lasti, int32_t below)
{
    Unit *unit = c->unit;
    int32_t outside = unit->handler;
    int32_t handler = unit_add_handler(unit, c->bump, label, lasti, below);
    if (handler < 0) {
        emit_no_memory(c);
        return outside;
    }
    Instr *setup = push_instr(c, PSEUDO_SETUP);
    if (setup != NULL)
        setup->arg = handler;
    unit->handler = handler;
    return outside;
}

void emit_uncover(Compiler *c, int32_t handler_outside)
{
    c->unit->handler = handler_outside;
}

void emit_push_block(Compiler *c, Block block)
{
    Unit *unit = c->unit;
    if (unit->block_count >= UNIT_MAX_BLOCKS) {
        emit_error(c, unit->place, "too many statically nested blocks");
        return;
    }
    unit->blocks[unit->block_count++] = block;
}

void emit_pop_block(Compiler *c)
{
    if (!c->failed)
        c->unit->block_count--;
}

void emit_pop_except_and_reraise(Compiler *c)
{
    emit_arg(c, OP_COPY, 3);
    emit_op(c, OP_POP_EXCEPT);
    emit_arg(c, OP_RERAISE, 1);
}

void emit_send_loop(Compiler *c)
{
    int32_t again = emit_new_label(c), done = emit_new_label(c);
    emit_label(c, again);
    emit_jump(c, OP_SEND, done);
    emit_arg(c, OP_YIELD_VALUE, 1);
    emit_flagged(c, OP_JUMP, again, INSTR_QUIET);
    emit_label(c, done);
}
