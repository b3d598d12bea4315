/*
 * The peephole optimiser: rules over the instruction list of a unit, applied until none fits.
 *
 * peephole_fold replaces constant expressions as the source has them.  It runs before constants are
 * numbered, so that co_consts holds what is left.  peephole_optimize does the rest: constant
 * conditions, tuples that the compiler made, exchanges on the stack, jumps to jumps, dead code.  A
 * rule never reaches across a label that something jumps to.
 *
 * What is foldable is up to fold.c.  With a CompileTrace every rewrite is told, with instructions
 * and co_consts before and after.  Which expressions fold, and what co_consts becomes, is as in
 * CPython 3.11.
 */

#include "vm/compile/peephole.h"

#include <stdio.h>
#include <string.h>

#include "runtime/core/err.h"
#include "runtime/core/object.h"
#include "runtime/types/int.h"
#include "runtime/types/set.h"
#include "runtime/types/tuple.h"
#include "vm/compile/trace.h"

/* The pass at work. */
typedef struct Pass {
    Compiler *c;
    Unit *unit;
    Bump *bump;
    int32_t *label_uses; /* how many instructions and handlers name each label */
    int64_t *label_at;   /* index of each label's entry; -1: none */
    int64_t write;       /* entries kept so far by peephole_fold … */
    int64_t read;        /* … and the entry at work */
    int64_t moves;       /* jumps redirected, to stop cycles of jumps */
    bool changed;
} Pass;

/* ---- labels */

static bool find_labels(Pass *pass)
{
    Unit *unit = pass->unit;
    size_t labels = (size_t)unit->label_count + 1;
    pass->label_uses = bump_alloc(pass->bump, labels * sizeof *pass->label_uses);
    pass->label_at = bump_alloc(pass->bump, labels * sizeof *pass->label_at);
    if (pass->label_uses == NULL || pass->label_at == NULL) {
        emit_no_memory(pass->c);
        return false;
    }
    for (int32_t i = 0; i < unit->label_count; i++)
        pass->label_at[i] = -1;
    for (int64_t i = 0; i < unit->list.count; i++) {
        const Instr *instr = &unit->list.items[i];
        if (instr->op == PSEUDO_LABEL)
            pass->label_at[instr->arg] = i;
        else if (instr->op == PSEUDO_SETUP)
            pass->label_uses[unit->handlers[instr->arg].label]++;
        else if (instr_jumps(instr))
            pass->label_uses[instr->arg]++;
    }
    return true;
}

static ObjRef constant_of(const Unit *unit, const Instr *instr)
{
    return unit->constants[instr->arg];
}

static bool loads_constant(const Instr *instr)
{
    return instr->op == OP_LOAD_CONST;
}

/* ---- folding.  The list is copied onto itself; rules look at the end of what was kept. */

/* The last `count` kept entries all load constants. */
static bool constants_kept(const Pass *pass, int64_t count)
{
    if (count > pass->write)
        return false;
    for (int64_t i = 1; i <= count; i++) {
        if (!loads_constant(&pass->unit->list.items[pass->write - i]))
            return false;
    }
    return true;
}

/* Tells the trace which entries are about to be replaced: `count` kept ones and `instr`. */
static void trace_operands(Pass *pass, const Instr *first, int64_t count, const Instr *instr,
                           int64_t one)
{
    pass->unit->hole_start = pass->write;
    pass->unit->hole_end = pass->read;
    trace_begin(pass->c, pass->unit, first, count, instr, one);
}

/* … and what they became. */
static void trace_kept(Pass *pass, const char *rule, const Instr *after, int64_t count)
{
    pass->unit->hole_start = pass->write;
    pass->unit->hole_end = pass->read + 1;
    trace_end(pass->c, pass->unit, rule, after, count);
}

/* Kept entry number `back` from the end (1: the last), or NULL. */
static Instr *kept(const Pass *pass, int64_t back)
{
    return back <= pass->write ? &pass->unit->list.items[pass->write - back] : NULL;
}

/* Makes an instruction a LOAD_CONST of `constant` (given up); false when failed. */
static bool become_constant(Pass *pass, Instr *instr, Obj *constant)
{
    ObjRef shared = const_table_share_steal(&pass->c->constants, constant);
    int32_t index = shared == NULL ? -1 : unit_add_constant(pass->unit, pass->bump, shared);
    if (index < 0) {
        if (shared == NULL)
            pass->c->failed = true;
        else
            emit_no_memory(pass->c);
        return false;
    }
    instr->op = OP_LOAD_CONST;
    instr->arg = index;
    instr->flags = 0;
    return true;
}

/*
 * Replaces the last `operands` kept entries and `instr`, which follows them, by a LOAD_CONST of
 * `constant` (given up) at the place of `instr`.
 */
static bool replace_by_constant(Pass *pass, int64_t operands, const Instr *instr, Obj *constant,
                                const char *rule)
{
    trace_operands(pass, kept(pass, operands), operands, instr, 1);
    Instr made = *instr;
    if (!become_constant(pass, &made, constant))
        return false;
    pass->write -= operands;
    pass->unit->list.items[pass->write++] = made;
    trace_kept(pass, rule, &pass->unit->list.items[pass->write - 1], 1);
    return true;
}

/* A tuple of the constants that the last `count` kept entries load; NULL when memory is out. */
static Obj *tuple_of_kept(const Pass *pass, int64_t count)
{
    Obj *tuple = tuple_new(count);
    for (int64_t i = 0; tuple != NULL && i < count; i++)
        tuple_cast(tuple)->items[i] = obj_incref(constant_of(pass->unit, kept(pass, count - i)));
    if (tuple != NULL)
        tuple_maybe_untrack(tuple);
    return tuple;
}

/* A frozenset of the same; NULL with an exception. */
static Obj *set_of_kept(const Pass *pass, int64_t count)
{
    Obj *tuple = tuple_of_kept(pass, count);
    Obj *set = tuple == NULL ? NULL : frozenset_new(tuple);
    obj_xdecref(tuple);
    return set;
}

static bool fold_unary_rule(Pass *pass, const Instr *instr)
{
    FoldUnary op;
    switch (instr->op) {
    case OP_UNARY_POSITIVE:
        op = FOLD_POSITIVE;
        break;
    case OP_UNARY_NEGATIVE:
        op = FOLD_NEGATIVE;
        break;
    case OP_UNARY_INVERT:
        op = FOLD_INVERT;
        break;
    default:
        op = FOLD_NOT;
        break;
    }
    if (!constants_kept(pass, 1))
        return false;
    Obj *result = fold_unary(op, constant_of(pass->unit, kept(pass, 1)));
    return result != NULL &&
           replace_by_constant(pass, 1, instr, result, "constant unary operation");
}

/* `not a in b` and `not a is b` become one instruction. */
static bool fold_not_rule(Pass *pass, const Instr *instr)
{
    Instr *test = kept(pass, 1);
    if (test == NULL || (test->op != OP_IS_OP && test->op != OP_CONTAINS_OP))
        return fold_unary_rule(pass, instr);
    trace_operands(pass, test, 1, instr, 1);
    test->arg ^= 1;
    trace_kept(pass, "negated test", test, 1);
    return true;
}

static bool fold_binary_rule(Pass *pass, const Instr *instr)
{
    if (!constants_kept(pass, 2) || (instr->op == OP_BINARY_OP && instr->arg >= BINARY_OPS))
        return false;
    ObjRef left = constant_of(pass->unit, kept(pass, 2));
    ObjRef right = constant_of(pass->unit, kept(pass, 1));
    Obj *result = instr->op == OP_BINARY_SUBSCR ? fold_subscript(left, right)
                                                : fold_binary(instr->arg, left, right);
    return result != NULL &&
           replace_by_constant(pass, 2, instr, result,
                               instr->op == OP_BINARY_SUBSCR ? "constant subscript"
                                                             : "constant binary operation");
}

static bool fold_tuple_rule(Pass *pass, const Instr *instr)
{
    if (!constants_kept(pass, instr->arg))
        return false;
    Obj *tuple = tuple_of_kept(pass, instr->arg);
    if (tuple == NULL) {
        pass->c->failed = true;
        return false;
    }
    return replace_by_constant(pass, instr->arg, instr, tuple, "constant tuple");
}

/* Does the code look only at the items of the display that `next` follows? */
static bool only_iterates(const Instr *next)
{
    return next != NULL && (next->op == OP_CONTAINS_OP || next->op == OP_GET_ITER);
}

/* A list that is only searched or iterated over is made a tuple. */
static bool fold_list_rule(Pass *pass, Instr *instr, const Instr *next)
{
    if (only_iterates(next)) {
        if (constants_kept(pass, instr->arg))
            return fold_tuple_rule(pass, instr);
        trace_operands(pass, NULL, 0, instr, 1);
        instr->op = OP_BUILD_TUPLE;
        trace_kept(pass, "list to tuple", instr, 1);
    }
    return false;
}

/*
 * A display of three or more constants: [1, 2, 3] becomes BUILD_LIST 0, LOAD_CONST (1, 2, 3),
 * LIST_EXTEND 1; a set the same with a frozenset.
 */
static bool fold_display_rule(Pass *pass, const Instr *instr)
{
    bool is_set = instr->op == OP_BUILD_SET;
    int64_t count = instr->arg;
    if (count < 3 || !constants_kept(pass, count))
        return false;
    Obj *items = is_set ? set_of_kept(pass, count) : tuple_of_kept(pass, count);
    if (items == NULL) {
        pass->c->failed = true;
        return false;
    }
    trace_operands(pass, kept(pass, count), count, instr, 1);
    Instr build = *instr, load = *instr, extend = *instr;
    build.arg = 0;
    if (!become_constant(pass, &load, items))
        return false;
    extend.op = is_set ? OP_SET_UPDATE : OP_LIST_EXTEND;
    extend.arg = 1;
    pass->write -= count;
    Instr *out = &pass->unit->list.items[pass->write];
    out[0] = build;
    out[1] = load;
    out[2] = extend;
    pass->write += 3;
    trace_kept(pass, "constant display", out, 3);
    return true;
}

static bool fold_set_rule(Pass *pass, const Instr *instr, const Instr *next)
{
    if (!only_iterates(next) || instr->arg == 0 || !constants_kept(pass, instr->arg))
        return fold_display_rule(pass, instr);
    Obj *set = set_of_kept(pass, instr->arg);
    if (set == NULL) {
        pass->c->failed = true;
        return false;
    }
    return replace_by_constant(pass, instr->arg, instr, set, "set to frozenset");
}

/* Applies the rule for `instr`, which follows the kept entries: true when it was dealt with. */
static bool fold_one(Pass *pass, Instr *instr, const Instr *next)
{
    switch (instr->op) {
    case OP_UNARY_POSITIVE:
    case OP_UNARY_NEGATIVE:
    case OP_UNARY_INVERT:
        return fold_unary_rule(pass, instr);
    case OP_UNARY_NOT:
        return fold_not_rule(pass, instr);
    case OP_BINARY_OP:
    case OP_BINARY_SUBSCR:
        return fold_binary_rule(pass, instr);
    case OP_BUILD_TUPLE:
        return !(instr->flags & INSTR_LATE) && fold_tuple_rule(pass, instr);
    case OP_BUILD_LIST:
        if (instr->flags & INSTR_LATE)
            return false;
        if (fold_list_rule(pass, instr, next))
            return true;
        return instr->op == OP_BUILD_LIST && fold_display_rule(pass, instr);
    case OP_BUILD_SET:
        return !(instr->flags & INSTR_LATE) && fold_set_rule(pass, instr, next);
    case OP_POP_TOP:
        if ((instr->flags & INSTR_STATEMENT) && constants_kept(pass, 1)) {
            trace_operands(pass, kept(pass, 1), 1, instr, 1);
            pass->write--;
            trace_kept(pass, "constant statement", NULL, 0);
            return true;
        }
        return false;
    default:
        return false;
    }
}

void peephole_fold(Compiler *c, Unit *unit)
{
    Pass pass = {.c = c, .unit = unit, .bump = c->bump};
    if (c->failed || !find_labels(&pass))
        return;
    InstrList *list = &unit->list;
    for (; pass.read < list->count && !c->failed; pass.read++) {
        Instr instr = list->items[pass.read];
        if ((instr.op == OP_NOP && !(instr.flags & INSTR_LINE)) ||
            (instr.op == PSEUDO_LABEL && pass.label_uses[instr.arg] == 0))
            continue;
        /* Rules write at most as many entries as were read. */
        const Instr *next = pass.read + 1 < list->count ? &list->items[pass.read + 1] : NULL;
        if (!fold_one(&pass, &instr, next))
            list->items[pass.write++] = instr;
    }
    list->count = pass.write;
    unit->hole_start = unit->hole_end = 0;
}

void peephole_number_constants(Compiler *c, Unit *unit)
{
    ObjRef *old = unit->constants;
    int32_t count = unit->constant_count;
    unit->constants = NULL;
    unit->constant_count = 0;
    unit->constant_capacity = 0;
    unit->constant_map = (PointerMap){0};
    if (unit->first_constant_reserved && count > 0 && unit_add_constant(unit, c->bump, old[0]) < 0)
        emit_no_memory(c);
    for (int64_t i = 0; i < unit->list.count && !c->failed; i++) {
        Instr *instr = &unit->list.items[i];
        if (instr->op >= OP_COUNT || opcode_info[instr->op].arg_kind != OPARG_CONST)
            continue;
        instr->arg = unit_add_constant(unit, c->bump, old[instr->arg]);
        if (instr->arg < 0)
            emit_no_memory(c);
    }
}

/* ---- the second pass: entries are blanked to NOP and taken out by compact */

static void blank(Instr *instr)
{
    instr->op = OP_NOP;
    instr->arg = 0;
    instr->flags = 0;
}

/* The same for an instruction that may be the only one of its line. */
static void blank_keep_line(Instr *instr)
{
    bool own_line = (instr->flags & INSTR_NO_LINE) == 0;
    blank(instr);
    if (own_line)
        instr->flags = INSTR_LINE;
}

/* Whether the NOP at `read` is all that its line has: neither the instruction kept before it (in
 * the same run of code) nor the next one is on it. */
static bool keeps_line(const Pass *pass, const Instr *before, int64_t read)
{
    InstrList *list = &pass->unit->list;
    const Instr *instr = &list->items[read];
    if ((instr->flags & INSTR_LINE) == 0 || instr->place.line <= 0)
        return false;
    if (before != NULL && before->op < OP_COUNT && !instr_ends(before) &&
        before->place.line == instr->place.line)
        return false;
    for (int64_t i = read + 1; i < list->count; i++) {
        Instr *next = &list->items[i];
        if (next->op >= OP_COUNT || (next->op == OP_NOP && (next->flags & INSTR_LINE) == 0))
            continue;
        if (next->place.line != instr->place.line)
            return true;
        next->flags &= (uint16_t)~INSTR_NO_LINE; /* it stands for the line from now on */
        return false;
    }
    return true;
}

/* Takes out NOPs and unused labels; true when anything went. */
static bool compact(Pass *pass)
{
    InstrList *list = &pass->unit->list;
    if (!find_labels(pass))
        return false;
    int64_t write = 0;
    for (int64_t read = 0; read < list->count; read++) {
        const Instr *instr = &list->items[read];
        if (instr->op == OP_NOP &&
            !keeps_line(pass, write > 0 ? &list->items[write - 1] : NULL, read))
            continue;
        if (instr->op == PSEUDO_LABEL && pass->label_uses[instr->arg] == 0)
            continue;
        list->items[write++] = *instr;
    }
    bool changed = write != list->count;
    list->count = write;
    if (changed)
        find_labels(pass);
    return changed;
}

/* The next entry that is not a label, from `index`; list->count when there is none. */
static int64_t skip_labels(const InstrList *list, int64_t index)
{
    while (index < list->count &&
           (list->items[index].op == PSEUDO_LABEL ||
            (list->items[index].op == OP_NOP && (list->items[index].flags & INSTR_LINE) == 0)))
        index++;
    return index;
}

/* A jump that is skipped in favour of one from `place` must not be seen by tracing. */
static bool line_can_go(const Instr *jump, Place place)
{
    return (jump->flags & INSTR_NO_LINE) || jump->place.line == place.line;
}

/* Where a jump to `label` arrives: an instruction or list->count. */
static int64_t arrival(const Pass *pass, int32_t label)
{
    return skip_labels(&pass->unit->list, pass->label_at[label]);
}

/* 1, 0, or -1 for a constant that cannot tell (never). */
static int constant_truth(const Pass *pass, const Instr *instr)
{
    int truth = obj_truth(constant_of(pass->unit, instr));
    if (truth < 0)
        err_clear();
    return truth;
}

/* LOAD_CONST before a conditional jump. */
static bool constant_condition(Pass *pass, Instr *load, Instr *jump)
{
    bool on_true = jump->op == OP_POP_JUMP_IF_TRUE || jump->op == OP_JUMP_IF_TRUE_OR_POP;
    bool keeps = jump->op == OP_JUMP_IF_TRUE_OR_POP || jump->op == OP_JUMP_IF_FALSE_OR_POP;
    int truth = constant_truth(pass, load);
    if (truth < 0)
        return false;
    trace_begin(pass->c, pass->unit, load, 2, NULL, 0);
    if ((truth == 1) == on_true) {
        if (!keeps)
            blank(load);
        jump->op = OP_JUMP;
    } else {
        blank_keep_line(load);
        blank(jump);
    }
    trace_end(pass->c, pass->unit, "constant condition", load, 2);
    return true;
}

/* `x is None` before a conditional jump. */
static bool none_condition(Pass *pass, Instr *load, Instr *test, Instr *jump)
{
    if (!is_none(constant_of(pass->unit, load)) ||
        (jump->op != OP_POP_JUMP_IF_FALSE && jump->op != OP_POP_JUMP_IF_TRUE))
        return false;
    trace_begin(pass->c, pass->unit, load, 3, NULL, 0);
    bool when_none = (jump->op == OP_POP_JUMP_IF_TRUE) == (test->arg == 0);
    jump->op = when_none ? OP_POP_JUMP_IF_NONE : OP_POP_JUMP_IF_NOT_NONE;
    blank(load);
    blank(test);
    trace_end(pass->c, pass->unit, "jump if none", load, 3);
    return true;
}

/* A tuple of constants that the compiler asked for. */
static bool late_tuple(Pass *pass, int64_t index)
{
    Instr *build = &pass->unit->list.items[index];
    int64_t count = build->arg;
    if (count > index)
        return false;
    const Instr *first = build - count;
    for (int64_t i = 0; i < count; i++) {
        if (!loads_constant(&first[i]))
            return false;
    }
    Obj *tuple = tuple_new(count);
    for (int64_t i = 0; tuple != NULL && i < count; i++)
        tuple_cast(tuple)->items[i] = obj_incref(constant_of(pass->unit, &first[i]));
    if (tuple == NULL) {
        pass->c->failed = true;
        return false;
    }
    tuple_maybe_untrack(tuple);
    trace_begin(pass->c, pass->unit, first, count + 1, NULL, 0);
    if (!become_constant(pass, build, tuple))
        return false;
    for (int64_t i = 1; i <= count; i++)
        blank(build - i);
    trace_end(pass->c, pass->unit, "constant tuple", build - count, count + 1);
    return true;
}

/* BUILD_TUPLE n, UNPACK_SEQUENCE n: nothing for one item, an exchange for two or three. */
static bool tuple_unpacking(Pass *pass, Instr *build, Instr *unpack)
{
    int32_t count = build->arg;
    if (count != unpack->arg || count < 1 || count > 3)
        return false;
    trace_begin(pass->c, pass->unit, build, 2, NULL, 0);
    blank(build);
    if (count == 1) {
        blank(unpack);
    } else {
        unpack->op = OP_SWAP;
        unpack->arg = count;
    }
    trace_end(pass->c, pass->unit, "tuple unpacking", build, 2);
    return true;
}

/* SWAP n before n stores to different locals: the stores change places instead. */
static bool static_swap(Pass *pass, int64_t index)
{
    InstrList *list = &pass->unit->list;
    Instr *swap = &list->items[index];
    int32_t depth = swap->arg;
    if (depth < 2 || index + depth >= list->count)
        return false;
    for (int32_t i = 1; i <= depth; i++) {
        if (swap[i].op != OP_STORE_FAST)
            return false;
        for (int32_t j = 1; j < i; j++) {
            if (swap[j].arg == swap[i].arg)
                return false;
        }
    }
    trace_begin(pass->c, pass->unit, swap, depth + 1, NULL, 0);
    Instr first = swap[1];
    swap[1] = swap[depth];
    swap[depth] = first;
    blank(swap);
    trace_end(pass->c, pass->unit, "exchange of stores", swap, depth + 1);
    return true;
}

/* Points the jump elsewhere. */
static bool redirect(Pass *pass, Instr *jump, uint16_t op, int32_t label, const char *rule)
{
    if ((jump->op == op && jump->arg == label) || ++pass->moves > pass->unit->list.count * 4)
        return false;
    trace_begin(pass->c, pass->unit, jump, 1, NULL, 0);
    jump->op = op;
    jump->arg = label;
    trace_end(pass->c, pass->unit, rule, jump, 1);
    return true;
}

/* The label right behind entry `index`, made if there is none; -1 when failed. */
static int32_t label_behind(Pass *pass, int64_t index)
{
    InstrList *list = &pass->unit->list;
    if (index + 1 < list->count && list->items[index + 1].op == PSEUDO_LABEL)
        return list->items[index + 1].arg;
    if (!instr_list_insert(list, pass->bump, index + 1, 1)) {
        emit_no_memory(pass->c);
        return -1;
    }
    int32_t label = pass->unit->label_count++;
    list->items[index + 1] = (Instr){.op = PSEUDO_LABEL,
                                     .arg = label,
                                     .handler = list->items[index].handler,
                                     .place = list->items[index].place};
    find_labels(pass);
    return label;
}

/* A conditional jump that arrives at another one that tests the same value. */
static bool thread_keeping_jump(Pass *pass, int64_t index)
{
    InstrList *list = &pass->unit->list;
    Instr *jump = &list->items[index];
    int64_t at = arrival(pass, jump->arg);
    if (at >= list->count)
        return false;
    const Instr *target = &list->items[at];
    bool on_true = jump->op == OP_JUMP_IF_TRUE_OR_POP;
    uint16_t same_pop = on_true ? OP_POP_JUMP_IF_TRUE : OP_POP_JUMP_IF_FALSE;
    uint16_t other_pop = on_true ? OP_POP_JUMP_IF_FALSE : OP_POP_JUMP_IF_TRUE;
    uint16_t other_keep = on_true ? OP_JUMP_IF_FALSE_OR_POP : OP_JUMP_IF_TRUE_OR_POP;
    if (target->op == same_pop)
        return redirect(pass, jump, same_pop, target->arg, "jump to jump");
    if (target->op == jump->op || (target->op == OP_JUMP && line_can_go(target, jump->place)))
        return redirect(pass, jump, jump->op, target->arg, "jump to jump");
    if (target->op == other_pop || target->op == other_keep) {
        /* The second test fails for sure and pops the value. */
        if (at <= index)
            return false;
        int32_t behind = label_behind(pass, at);
        return behind >= 0 && redirect(pass, &list->items[index], same_pop, behind, "jump to jump");
    }
    return false;
}

static bool thread_jump(Pass *pass, int64_t index)
{
    InstrList *list = &pass->unit->list;
    Instr *jump = &list->items[index];
    switch (jump->op) {
    case OP_JUMP_IF_FALSE_OR_POP:
    case OP_JUMP_IF_TRUE_OR_POP:
        return thread_keeping_jump(pass, index);
    case OP_JUMP:
        if (jump->flags & INSTR_QUIET)
            return false;
        break;
    case OP_POP_JUMP_IF_FALSE:
    case OP_POP_JUMP_IF_TRUE:
    case OP_POP_JUMP_IF_NONE:
    case OP_POP_JUMP_IF_NOT_NONE:
        break;
    default:
        return false;
    }
    int64_t at = arrival(pass, jump->arg);
    if (at >= list->count || at == index)
        return false;
    const Instr *target = &list->items[at];
    if (target->op == OP_JUMP && !(target->flags & INSTR_QUIET) && line_can_go(target, jump->place))
        return redirect(pass, jump, jump->op, target->arg, "jump to jump");
    return false;
}

/* The opposite of a popping conditional jump. */
static uint16_t opposite(uint16_t op)
{
    switch (op) {
    case OP_POP_JUMP_IF_FALSE:
        return OP_POP_JUMP_IF_TRUE;
    case OP_POP_JUMP_IF_TRUE:
        return OP_POP_JUMP_IF_FALSE;
    case OP_POP_JUMP_IF_NONE:
        return OP_POP_JUMP_IF_NOT_NONE;
    default:
        return OP_POP_JUMP_IF_NONE;
    }
}

static bool is_popping_jump(const Instr *instr)
{
    return instr->op == OP_POP_JUMP_IF_FALSE || instr->op == OP_POP_JUMP_IF_TRUE ||
           instr->op == OP_POP_JUMP_IF_NONE || instr->op == OP_POP_JUMP_IF_NOT_NONE;
}

/* POP_JUMP_IF_x over a JUMP becomes the opposite jump to where that goes. */
static bool jump_over_jump(Pass *pass, int64_t index)
{
    InstrList *list = &pass->unit->list;
    Instr *jump = &list->items[index];
    if (index + 2 >= list->count || jump[1].op != OP_JUMP || (jump[1].flags & INSTR_QUIET) ||
        !line_can_go(&jump[1], jump->place) || pass->label_at[jump->arg] <= index + 1 ||
        arrival(pass, jump->arg) != skip_labels(list, index + 2))
        return false;
    trace_begin(pass->c, pass->unit, jump, 2, NULL, 0);
    jump->op = opposite(jump->op);
    jump->arg = jump[1].arg;
    blank(&jump[1]);
    trace_end(pass->c, pass->unit, "jump over jump", jump, 2);
    return true;
}

/* A JUMP to what follows it. */
static bool jump_to_next(Pass *pass, int64_t index)
{
    InstrList *list = &pass->unit->list;
    Instr *jump = &list->items[index];
    if (pass->label_at[jump->arg] <= index ||
        arrival(pass, jump->arg) != skip_labels(list, index + 1))
        return false;
    /* a test of truth stays: it may run a __bool__ */
    if (jump->op == OP_POP_JUMP_IF_FALSE || jump->op == OP_POP_JUMP_IF_TRUE)
        return false;
    trace_begin(pass->c, pass->unit, jump, 1, NULL, 0);
    if (is_popping_jump(jump)) {
        jump->op = OP_POP_TOP;
        jump->arg = 0;
        jump->flags = 0;
    } else {
        blank_keep_line(jump);
    }
    trace_end(pass->c, pass->unit, "jump to next", jump, 1);
    return true;
}

/* A JUMP to LOAD_CONST, RETURN_VALUE returns at once. */
static bool jump_to_return(Pass *pass, int64_t index)
{
    InstrList *list = &pass->unit->list;
    int64_t at = arrival(pass, list->items[index].arg);
    if (at >= list->count)
        return false;
    int64_t count = list->items[at].op == OP_RETURN_VALUE ? 1 : 2;
    if (count == 2 && (at + 1 >= list->count || !loads_constant(&list->items[at]) ||
                       list->items[at + 1].op != OP_RETURN_VALUE))
        return false;
    if (!(list->items[at].flags & INSTR_NO_LINE) &&
        !line_can_go(&list->items[index], list->items[at].place))
        return false;
    trace_begin(pass->c, pass->unit, &list->items[index], 1, NULL, 0);
    if (count == 2 && !instr_list_insert(list, pass->bump, index + 1, 1)) {
        emit_no_memory(pass->c);
        return false;
    }
    Instr *jump = &list->items[index];
    if (count == 2 && at > index)
        at++;
    for (int64_t i = 0; i < count; i++) {
        jump[i].op = list->items[at + i].op;
        jump[i].arg = list->items[at + i].arg;
        jump[i].flags = 0;
        jump[i].handler = jump[0].handler;
        jump[i].place =
            list->items[at + i].flags & INSTR_NO_LINE ? jump[0].place : list->items[at + i].place;
    }
    if (count == 2)
        find_labels(pass);
    trace_end(pass->c, pass->unit, "jump to return", &list->items[index], count);
    return true;
}

/* Applies the rules to entry `index`. */
static bool optimize_one(Pass *pass, int64_t index)
{
    InstrList *list = &pass->unit->list;
    Instr *instr = &list->items[index];
    int64_t left = list->count - index;
    switch (instr->op) {
    case OP_LOAD_CONST:
        if (left > 1 &&
            (instr[1].op == OP_POP_JUMP_IF_FALSE || instr[1].op == OP_POP_JUMP_IF_TRUE ||
             instr[1].op == OP_JUMP_IF_FALSE_OR_POP || instr[1].op == OP_JUMP_IF_TRUE_OR_POP))
            return constant_condition(pass, instr, instr + 1);
        if (left > 2 && instr[1].op == OP_IS_OP)
            return none_condition(pass, instr, instr + 1, instr + 2);
        return false;
    case OP_BUILD_TUPLE:
        if (left > 1 && instr[1].op == OP_UNPACK_SEQUENCE &&
            tuple_unpacking(pass, instr, instr + 1))
            return true;
        return (instr->flags & INSTR_LATE) != 0 && late_tuple(pass, index);
    case OP_SWAP:
        return static_swap(pass, index);
    case OP_JUMP:
        if (instr->flags & INSTR_QUIET)
            return false;
        return thread_jump(pass, index) || jump_to_next(pass, index) || jump_to_return(pass, index);
    case OP_POP_JUMP_IF_FALSE:
    case OP_POP_JUMP_IF_TRUE:
    case OP_POP_JUMP_IF_NONE:
    case OP_POP_JUMP_IF_NOT_NONE:
        return thread_jump(pass, index) || jump_over_jump(pass, index) || jump_to_next(pass, index);
    case OP_JUMP_IF_FALSE_OR_POP:
    case OP_JUMP_IF_TRUE_OR_POP:
        return thread_jump(pass, index);
    default:
        return false;
    }
}

/* Blanks the parts of the list that no path from the start reaches. */
static void remove_unreachable(Pass *pass)
{
    InstrList *list = &pass->unit->list;
    int64_t count = list->count;
    uint8_t *reached = bump_alloc(pass->bump, (size_t)count + 1);
    int64_t *work = bump_alloc(pass->bump, ((size_t)count + 1) * sizeof *work);
    if (reached == NULL || work == NULL || !find_labels(pass)) {
        emit_no_memory(pass->c);
        return;
    }
    int64_t waiting = 0;
    work[waiting++] = 0;
    while (waiting > 0) {
        int64_t index = work[--waiting];
        while (index < count && !reached[index]) {
            const Instr *instr = &list->items[index];
            reached[index] = 1;
            int64_t to = -1;
            if (instr->op == PSEUDO_SETUP)
                to = pass->label_at[pass->unit->handlers[instr->arg].label];
            else if (instr_jumps(instr))
                to = pass->label_at[instr->arg];
            if (to >= 0 && !reached[to])
                work[waiting++] = to;
            if (instr_ends(instr))
                break;
            index++;
        }
    }
    int64_t first = -1;
    for (int64_t i = 0; i <= count; i++) {
        bool dead = i < count && !reached[i];
        if (dead && first < 0)
            first = i;
        if (!dead && first >= 0) {
            trace_begin(pass->c, pass->unit, &list->items[first], i - first, NULL, 0);
            for (int64_t j = first; j < i; j++)
                blank(&list->items[j]);
            trace_end(pass->c, pass->unit, "unreachable code", &list->items[first], i - first);
            first = -1;
        }
    }
}

/* Drops constants at the end of co_consts that nothing uses any more; the first one always stays.
 */
static void trim_constants(Unit *unit)
{
    int32_t most = 0;
    for (int64_t i = 0; i < unit->list.count; i++) {
        const Instr *instr = &unit->list.items[i];
        if (instr->op < OP_COUNT && opcode_info[instr->op].arg_kind == OPARG_CONST &&
            instr->arg > most)
            most = instr->arg;
    }
    if (unit->constant_count > most + 1)
        unit->constant_count = most + 1;
}

void peephole_optimize(Compiler *c, Unit *unit)
{
    Pass pass = {.c = c, .unit = unit, .bump = c->bump};
    if (c->failed || !find_labels(&pass))
        return;
    do {
        pass.changed = false;
        for (int64_t i = 0; i < unit->list.count && !c->failed; i++) {
            /* Several rules may fit one after another, but not for ever. */
            for (int tries = 0; tries < 8 && !c->failed && optimize_one(&pass, i); tries++)
                pass.changed = true;
        }
        if (!c->failed)
            remove_unreachable(&pass);
        if (!c->failed && compact(&pass))
            pass.changed = true;
    } while (pass.changed && !c->failed);
    if (!c->failed)
        trim_constants(unit);
}
