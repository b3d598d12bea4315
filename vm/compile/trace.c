/*
 * Listings for --dump=peephole: instructions as the optimiser sees them, with labels in place of
 * distances and constants written out.
 *
 * Speed and memory do not matter here: nothing runs unless a trace was asked for.
 */

#include "vm/compile/trace.h"

#include <stdio.h>
#include <string.h>

#include "runtime/core/err.h"
#include "runtime/core/object.h"
#include "runtime/types/str.h"
#include "vm/compile/code.h"

/* Text in the compilation's Bump, grown by appending. */
typedef struct Text {
    Bump *bump;
    char *data; /* NUL-terminated; NULL when memory is out */
    size_t length, capacity;
} Text;

static void text_start(Text *text, Bump *bump)
{
    *text = (Text){.bump = bump, .capacity = 256};
    text->data = bump_alloc(bump, text->capacity);
}

static void text_add(Text *text, const char *piece)
{
    size_t length = strlen(piece);
    if (text->data == NULL)
        return;
    if (text->length + length + 1 > text->capacity) {
        size_t capacity = (text->length + length + 1) * 2;
        char *data = bump_alloc(text->bump, capacity);
        if (data != NULL)
            memcpy(data, text->data, text->length + 1);
        text->data = data;
        text->capacity = capacity;
        if (data == NULL)
            return;
    }
    memcpy(text->data + text->length, piece, length + 1);
    text->length += length;
}

/* repr of a constant, code objects without their address. */
static void add_constant(Text *text, ObjRef constant)
{
    if (code_check(constant)) {
        const char *name = str_utf8(code_cast(constant)->name, NULL);
        text_add(text, "<code ");
        text_add(text, name == NULL ? "?" : name);
        text_add(text, ">");
        return;
    }
    Obj *repr = obj_repr(constant);
    const char *utf8 = repr == NULL ? NULL : str_utf8(repr, NULL);
    text_add(text, utf8 == NULL ? "?" : utf8);
    if (utf8 == NULL)
        err_clear();
    obj_xdecref(repr);
}

static void add_instr(Text *text, const Unit *unit, const Instr *instr)
{
    char number[64];
    if ((instr->op == OP_NOP && (instr->flags & INSTR_LINE) == 0) || instr->op == PSEUDO_SETUP)
        return;
    if (instr->op == PSEUDO_LABEL) {
        snprintf(number, sizeof number, "L%d:\n", instr->arg);
        text_add(text, number);
        return;
    }
    text_add(text, opcode_info[instr->op].name);
    switch ((OpArgKind)opcode_info[instr->op].arg_kind) {
    case OPARG_NONE:
        break;
    case OPARG_CONST:
        text_add(text, " ");
        add_constant(text, unit->constants[instr->arg]);
        break;
    case OPARG_NAME:
        text_add(text, " ");
        text_add(text, unit->names[instr->arg]);
        break;
    case OPARG_LOCAL:
        text_add(text, " ");
        text_add(text, unit->locals[instr->arg]);
        break;
    case OPARG_JUMP:
        snprintf(number, sizeof number, " L%d", instr->arg);
        text_add(text, number);
        break;
    case OPARG_BINARY:
        text_add(text, " ");
        text_add(text, opcode_binary_text(instr->arg));
        break;
    case OPARG_COMPARE:
        text_add(text, " ");
        text_add(text, opcode_compare_text(instr->arg));
        break;
    default:
        snprintf(number, sizeof number, " %d", instr->arg);
        text_add(text, number);
        break;
    }
    text_add(text, "\n");
}

/* The co_consts that the unit would have if it were done now. */
static const char *list_constants(Compiler *c, const Unit *unit)
{
    Text text;
    text_start(&text, c->bump);
    uint8_t *used = bump_alloc(c->bump, (size_t)unit->constant_count + 1);
    if (used == NULL)
        return "";
    const char *separator = "(";
    int64_t count = 0;
    for (int64_t i = -1; i < unit->list.count; i++) {
        int32_t index;
        if (i >= unit->hole_start && i < unit->hole_end)
            continue;
        if (i < 0) {
            if (!unit->first_constant_reserved)
                continue;
            index = 0;
        } else {
            const Instr *instr = &unit->list.items[i];
            if (instr->op >= OP_COUNT || opcode_info[instr->op].arg_kind != OPARG_CONST)
                continue;
            index = instr->arg;
        }
        if (index >= unit->constant_count || used[index])
            continue;
        used[index] = 1;
        text_add(&text, separator);
        add_constant(&text, unit->constants[index]);
        separator = ", ";
        count++;
    }
    text_add(&text, count == 0 ? "()" : count == 1 ? ",)" : ")");
    return text.data == NULL ? "" : text.data;
}

/* What trace_listing noted, until trace_rewrite reports it: a rewrite never contains another one.
 */
static const char *noted_instructions, *noted_constants;
static int32_t noted_line;

void trace_listing(Compiler *c, const Unit *unit, const Instr *first, int64_t count,
                   const Instr *second, int64_t second_count)
{
    Text text;
    text_start(&text, c->bump);
    noted_line = 0;
    for (int64_t i = 0; i < count; i++) {
        add_instr(&text, unit, &first[i]);
        if (noted_line == 0)
            noted_line = first[i].place.line;
    }
    for (int64_t i = 0; i < second_count; i++) {
        add_instr(&text, unit, &second[i]);
        if (noted_line == 0)
            noted_line = second[i].place.line;
    }
    noted_instructions = text.data == NULL ? "" : text.data;
    noted_constants = list_constants(c, unit);
}

void trace_rewrite(Compiler *c, const Unit *unit, const char *rule, const Instr *after,
                   int64_t count)
{
    Text text;
    text_start(&text, c->bump);
    for (int64_t i = 0; i < count; i++)
        add_instr(&text, unit, &after[i]);
    c->trace->rewrite(c->trace->context, unit->qualified, noted_line, rule, noted_instructions,
                      noted_constants, text.data == NULL ? "" : text.data, list_constants(c, unit));
}
