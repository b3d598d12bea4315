/*
 * The last stage: from an optimised instruction list to words, tables and a code object.
 *
 * Stack depth is found by following all paths; depths of handlers are those at their PSEUDO_SETUP.
 * Jumps start short and grow EXTENDED_ARG words until all fit.  LOAD_CONST of a small int becomes
 * LOAD_INT and LOAD_CONST, RETURN_VALUE becomes RETURN_CONST here; forms are written by code_new.
 */

#include "vm/compile/assemble.h"

#include <string.h>

#include "runtime/core/err.h"
#include "runtime/core/object.h"
#include "runtime/types/int.h"
#include "runtime/types/tuple.h"
#include "vm/compile/code.h"
#include "vm/compile/locations.h"
#include "vm/compile/peephole.h"

typedef struct Assembly {
    Compiler *c;
    Unit *unit;
    int32_t *label_at; /* index of each label's entry in the list */
    int32_t *depth;    /* items on the stack before each entry; -1: not reached */
    int32_t *offset;   /* first word of each entry; one more at the end */
    uint8_t *wide;     /* needs an EXTENDED_ARG word */
    int32_t *arg;      /* final argument of each entry, jumps excepted */
    int32_t stacksize;
    int32_t plain_cells; /* cells that are not parameters */
    CodeWord *words;
    CodeHandler *handlers;
    int32_t handler_count;
    LocationWriter locations;
} Assembly;

static bool allocate(Assembly *as)
{
    Bump *bump = as->c->bump;
    size_t count = (size_t)as->unit->list.count + 1;
    as->label_at = bump_alloc(bump, ((size_t)as->unit->label_count + 1) * sizeof *as->label_at);
    as->depth = bump_alloc(bump, count * sizeof *as->depth);
    as->offset = bump_alloc(bump, count * sizeof *as->offset);
    as->wide = bump_alloc(bump, count);
    as->arg = bump_alloc(bump, count * sizeof *as->arg);
    return as->label_at != NULL && as->depth != NULL && as->offset != NULL && as->wide != NULL &&
           as->arg != NULL;
}

/* ---- stack depth */

typedef struct Worklist {
    int32_t *items;
    int64_t count;
} Worklist;

/* Notes that entry `index` is reached with `depth` items; false when another path disagrees. */
static bool reach(Assembly *as, Worklist *work, int32_t index, int32_t depth)
{
    if (depth < 0)
        return false;
    if (depth > as->stacksize)
        as->stacksize = depth;
    if (index >= as->unit->list.count)
        return false;
    if (as->depth[index] >= 0)
        return as->depth[index] == depth;
    as->depth[index] = depth;
    work->items[work->count++] = index;
    return true;
}

static bool find_depths(Assembly *as)
{
    InstrList *list = &as->unit->list;
    Worklist work = {bump_alloc(as->c->bump, ((size_t)list->count + 1) * sizeof(int32_t)), 0};
    if (work.items == NULL) {
        emit_no_memory(as->c);
        return false;
    }
    for (int64_t i = 0; i < list->count; i++) {
        as->depth[i] = -1;
        if (list->items[i].op == PSEUDO_LABEL)
            as->label_at[list->items[i].arg] = (int32_t)i;
    }
    bool sound = reach(as, &work, 0, 0);
    while (sound && work.count > 0) {
        int32_t index = work.items[--work.count];
        const Instr *instr = &list->items[index];
        int32_t depth = as->depth[index];
        if (instr->op == PSEUDO_LABEL) {
            sound = reach(as, &work, index + 1, depth);
            continue;
        }
        if (instr->op == PSEUDO_SETUP) {
            UnitHandler *handler = &as->unit->handlers[instr->arg];
            handler->depth = depth - handler->below;
            sound = handler->depth >= 0 &&
                    reach(as, &work, as->label_at[handler->label],
                          handler->depth + handler->lasti + 1) &&
                    reach(as, &work, index + 1, depth);
            continue;
        }
        if (depth < opcode_pops(instr->op, instr->arg))
            return false;
        if (instr_jumps(instr))
            sound = reach(as, &work, as->label_at[instr->arg],
                          depth + (int32_t)opcode_effect(instr->op, instr->arg, true));
        if (sound && !instr_ends(instr))
            sound = reach(as, &work, index + 1,
                          depth + (int32_t)opcode_effect(instr->op, instr->arg, false));
    }
    return sound;
}

/* ---- slots */

static bool is_parameter(const Unit *unit, const char *name)
{
    int32_t index = pointer_map_get(&unit->local_map, name);
    return index >= 0 && index < unit->scope->parameter_count;
}

/* The slot of cell or free variable `index`. */
static int32_t cell_slot(const Assembly *as, int32_t index)
{
    const Unit *unit = as->unit;
    int32_t slot = unit->local_count;
    if (index >= unit->scope->cell_count)
        return slot + as->plain_cells + index - (int32_t)unit->scope->cell_count;
    if (is_parameter(unit, unit->scope->cells[index]))
        return pointer_map_get(&unit->local_map, unit->scope->cells[index]);
    for (int32_t i = 0; i < index; i++)
        slot += !is_parameter(unit, unit->scope->cells[i]);
    return slot;
}

/* ---- instructions */

/* Lowers opcodes and sets final arguments. */
static bool lower(Assembly *as)
{
    InstrList *list = &as->unit->list;
    int32_t *slots = bump_alloc(as->c->bump, ((size_t)as->unit->scope->cell_count +
                                              (size_t)as->unit->scope->free_count + 1) *
                                                 sizeof *slots);
    if (slots == NULL)
        return false;
    for (int32_t i = 0; i < as->unit->scope->cell_count + as->unit->scope->free_count; i++)
        slots[i] = cell_slot(as, i);
    for (int64_t i = 0; i < list->count; i++) {
        Instr *instr = &list->items[i];
        as->arg[i] = instr->arg;
        if (instr->op >= OP_COUNT)
            continue;
        if (instr->op == OP_LOAD_CONST) {
            Instr *next = i + 1 < list->count ? instr + 1 : NULL;
            ObjRef constant = as->unit->constants[instr->arg];
            if (next != NULL && next->op == OP_RETURN_VALUE && next->handler == instr->handler) {
                instr->op = OP_RETURN_CONST;
                next->op = OP_NOP;
                next->flags = 0;
            } else if (int_check_exact(constant) && int_is_small(constant) &&
                       int_in_cache(int_small_value(constant))) {
                instr->op = OP_LOAD_INT;
                as->arg[i] = (int32_t)int_small_value(constant);
            }
        } else if (opcode_info[instr->op].arg_kind == OPARG_CELL) {
            as->arg[i] = slots[instr->arg];
        } else if (instr->op == OP_JUMP && !(instr->flags & INSTR_QUIET) &&
                   as->label_at[instr->arg] < i) {
            instr->op = OP_JUMP_BACKWARD;
        }
    }
    return true;
}

/* Takes part in the code: not a label, not what lower blanked. */
static bool has_words(const Instr *instr)
{
    return instr->op < OP_COUNT && (instr->op != OP_NOP || (instr->flags & INSTR_LINE));
}

static int32_t jump_distance(const Assembly *as, int64_t index)
{
    const Instr *instr = &as->unit->list.items[index];
    return as->offset[as->label_at[instr->arg]] - as->offset[index + 1];
}

/* Places all entries, widening what does not fit, until nothing moves any more. */
static void place(Assembly *as)
{
    const InstrList *list = &as->unit->list;
    bool changed = true;
    for (int64_t i = 0; i < list->count; i++) {
        const Instr *instr = &list->items[i];
        as->wide[i] = has_words(instr) && !instr_jumps(instr) &&
                      (as->arg[i] > INT16_MAX || as->arg[i] < INT16_MIN);
    }
    while (changed) {
        int32_t offset = 0;
        for (int64_t i = 0; i < list->count; i++) {
            as->offset[i] = offset;
            if (has_words(&list->items[i]))
                offset += 1 + as->wide[i] + opcode_caches(list->items[i].op);
        }
        as->offset[list->count] = offset;
        changed = false;
        for (int64_t i = 0; i < list->count; i++) {
            const Instr *instr = &list->items[i];
            if (!has_words(instr) || !instr_jumps(instr) || as->wide[i])
                continue;
            int32_t distance = jump_distance(as, i);
            if (distance > INT16_MAX || distance < INT16_MIN) {
                as->wide[i] = 1;
                changed = true;
            }
        }
    }
}

/* Adds words [start, end) to the exception table. */
static void cover(Assembly *as, int32_t start, int32_t end, int32_t handler)
{
    const UnitHandler *from = &as->unit->handlers[handler];
    if (start == end || from->depth < 0)
        return;
    int32_t target = as->offset[as->label_at[from->label]];
    CodeHandler *last = as->handler_count > 0 ? &as->handlers[as->handler_count - 1] : NULL;
    if (last != NULL && last->end == start && last->handler == target &&
        last->depth == from->depth && last->lasti == from->lasti) {
        last->end = end;
        return;
    }
    as->handlers[as->handler_count++] = (CodeHandler){start, end, target, from->depth, from->lasti};
}

static CodeLocation location_of(const Instr *instr)
{
    const Place *at = &instr->place;
    if (at->line <= 0)
        return (CodeLocation){-1, -1, -1, -1};
    return (CodeLocation){at->line, at->end_line, at->column, at->end_column};
}

static bool same_location(CodeLocation a, CodeLocation b)
{
    return a.line == b.line && a.end_line == b.end_line && a.column == b.column &&
           a.end_column == b.end_column;
}

static bool write_words(Assembly *as)
{
    const InstrList *list = &as->unit->list;
    size_t count = (size_t)as->offset[list->count];
    as->words = bump_alloc(as->c->bump, (count + 1) * sizeof *as->words);
    as->handlers = bump_alloc(as->c->bump, ((size_t)list->count + 1) * sizeof *as->handlers);
    if (as->words == NULL || as->handlers == NULL)
        return false;
    locations_begin(&as->locations, as->c->bump, as->unit->firstlineno);
    CodeLocation run = {-1, -1, -1, -1};
    int32_t run_start = 0;
    for (int64_t i = 0; i < list->count; i++) {
        const Instr *instr = &list->items[i];
        if (!has_words(instr))
            continue;
        int32_t at = as->offset[i];
        int32_t arg = instr_jumps(instr) ? jump_distance(as, i) : as->arg[i];
        if (as->wide[i])
            as->words[at++] = (CodeWord){OP_EXTENDED_ARG, (int16_t)(arg >> 16)};
        as->words[at] = (CodeWord){instr->op, (int16_t)(uint16_t)(arg & 0xFFFF)};
        if (instr->handler >= 0)
            cover(as, as->offset[i], as->offset[i + 1], instr->handler);
        CodeLocation here = location_of(instr);
        if (!same_location(here, run)) {
            locations_add(&as->locations, as->offset[i] - run_start, run);
            run = here;
            run_start = as->offset[i];
        }
    }
    locations_add(&as->locations, (int64_t)count - run_start, run);
    return !as->locations.failed;
}

/* ---- the code object */

static Obj *names_tuple(const char *const *names, int64_t count)
{
    Obj *tuple = tuple_new(count);
    for (int64_t i = 0; tuple != NULL && i < count; i++) {
        Obj *name = const_name(names[i]);
        if (name == NULL)
            obj_clear(&tuple);
        else
            tuple_cast(tuple)->items[i] = name;
    }
    return tuple;
}

/* Names and kinds of all slots. */
static Obj *slot_names(Assembly *as, uint8_t **kinds)
{
    const Unit *unit = as->unit;
    const Scope *scope = unit->scope;
    int64_t count = unit->local_count + as->plain_cells + scope->free_count;
    const char **names = bump_alloc(as->c->bump, (size_t)count * sizeof *names + 1);
    *kinds = bump_alloc(as->c->bump, (size_t)count + 1);
    if (names == NULL || *kinds == NULL) {
        err_no_memory();
        return NULL;
    }
    for (int32_t i = 0; i < unit->local_count; i++) {
        names[i] = unit->locals[i];
        (*kinds)[i] = SLOT_LOCAL;
    }
    for (int32_t i = 0; i < scope->cell_count + scope->free_count; i++) {
        int32_t slot = cell_slot(as, i);
        bool is_cell = i < scope->cell_count;
        names[slot] = is_cell ? scope->cells[i] : scope->frees[i - scope->cell_count];
        (*kinds)[slot] |= is_cell ? SLOT_CELL : SLOT_FREE;
    }
    return names_tuple(names, count);
}

static Obj *make_code(Assembly *as, uint32_t flags)
{
    Compiler *c = as->c;
    const Unit *unit = as->unit;
    uint8_t *kinds = NULL;
    Obj *code = NULL;
    Obj *name = const_name(unit->name);
    Obj *qualname = const_name(unit->qualified);
    Obj *consts = tuple_from(unit->constants, unit->constant_count);
    Obj *names = names_tuple(unit->names, unit->name_count);
    Obj *slots = slot_names(as, &kinds);
    if (name != NULL && qualname != NULL && consts != NULL && names != NULL && slots != NULL) {
        CodeParts parts = {
            .name = name,
            .qualname = qualname,
            .filename = c->filename,
            .consts = consts,
            .names = names,
            .slot_names = slots,
            .words = as->words,
            .handlers = as->handlers,
            .slot_kinds = kinds,
            .locations = as->locations.bytes,
            .word_count = as->offset[unit->list.count],
            .handler_count = as->handler_count,
            .location_bytes = (int32_t)as->locations.length,
            .argcount = unit->argcount,
            .posonlyargcount = unit->posonlyargcount,
            .kwonlyargcount = unit->kwonlyargcount,
            .stacksize = as->stacksize,
            .firstlineno = unit->firstlineno,
            .flags = flags,
        };
        code = code_new(&parts);
    }
    obj_xdecref(name);
    obj_xdecref(qualname);
    obj_xdecref(consts);
    obj_xdecref(names);
    obj_xdecref(slots);
    return code;
}

Obj *assemble_unit(Compiler *c, Unit *unit, uint32_t flags)
{
    peephole_fold(c, unit);
    peephole_number_constants(c, unit);
    peephole_optimize(c, unit);
    if (c->failed)
        return NULL;
    Assembly as = {.c = c, .unit = unit};
    for (int64_t i = 0; i < unit->scope->cell_count; i++)
        as.plain_cells += !is_parameter(unit, unit->scope->cells[i]);
    if (!allocate(&as)) {
        emit_no_memory(c);
        return NULL;
    }
    if (!find_depths(&as)) {
        if (!c->failed)
            err_format(&exc_system_error, "compiler: stack out of balance in %s", unit->qualified);
        c->failed = true;
        return NULL;
    }
    if (!lower(&as)) {
        emit_no_memory(c);
        return NULL;
    }
    place(&as);
    if (!write_words(&as)) {
        emit_no_memory(c);
        return NULL;
    }
    return make_code(&as, flags);
}
