/*
 * The verifier: nothing that passes here can make the interpreter loop read or write out of bounds.
 *
 * First the parts are checked one by one: tuples of the right things, words that decode, arguments
 * in range, tables that fit.  Then every path is followed with the kinds of the items on the stack:
 * most are plain objects, but some instructions leave what only certain others may take (NULL below
 * a callable, a list being filled, the handled exception's predecessor).  Paths that meet must
 * agree in depth; where kinds differ the result is the weaker one.
 *
 * The method is that of dataflow analysis over a finite lattice, as in the Java virtual machine's
 * type-inferring verifier (Lindholm and Yellin, "The Java Virtual Machine Specification").
 */

#include "vm/compile/verify.h"

#include <string.h>

#include "gc/bump.h"
#include "runtime/core/err.h"
#include "runtime/core/object.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"
#include "vm/compile/locations.h"

/* What is known of a stack item. */
typedef enum Kind {
    KIND_OBJECT, /* any object */
    KIND_NULL,   /* NULL, pushed by PUSH_NULL */
    KIND_CALLEE, /* method or NULL, from LOAD_METHOD */
    KIND_LIST,   /* exactly a list, dict, set, tuple, str, cell, code object */
    KIND_DICT,
    KIND_SET,
    KIND_TUPLE,
    KIND_STR,
    KIND_CELLS, /* tuple of cells alone */
    KIND_CELL,
    KIND_CODE,
    KIND_EXCEPTION, /* an exception instance */
    KIND_REST,      /* an exception instance or None */
    KIND_REST_COPY, /* the KIND_REST below, once more */
    KIND_RAISED,    /* a list of exception instances and Nones that nothing else refers to */
    KIND_PREVIOUS,  /* exception or None, saved by PUSH_EXC_INFO */
    KIND_LASTI,     /* int pushed for a handler */
    KIND_BROKEN,    /* a meeting of kinds that nothing may take */
} Kind;

typedef struct Verifier {
    const CodeParts *parts;
    Bump bump;
    int32_t slot_count;
    uint8_t *starts; /* by word: an instruction (with its prefix) starts here */
    uint8_t *seen;   /* by word: a path came here … */
    int32_t *depth;  /* … with this depth … */
    uint8_t **kinds; /* … and these kinds */
    int32_t *work;
    int64_t waiting;
    uint8_t *queued;
    uint8_t *stack; /* kinds of the instruction at work */
    const char *problem;
    int32_t problem_at;
} Verifier;

static bool fail(Verifier *v, int32_t at, const char *problem)
{
    if (v->problem == NULL) {
        v->problem = problem;
        v->problem_at = at;
    }
    return false;
}

/* ---- decoding */

typedef struct Decoded {
    int op;
    int32_t arg;
    int32_t at;   /* the word itself */
    int32_t next; /* after its caches */
} Decoded;

static bool decode(Verifier *v, int32_t index, Decoded *out)
{
    const CodeParts *parts = v->parts;
    int32_t prefix = 0;
    bool wide = parts->words[index].op == OP_EXTENDED_ARG;
    out->at = index;
    if (wide) {
        prefix = parts->words[index].arg;
        if (++out->at >= parts->word_count)
            return fail(v, index, "prefix at the end");
    }
    const CodeWord *word = &parts->words[out->at];
    if (word->op >= OP_COUNT || word->op == OP_CACHE || word->op == OP_EXTENDED_ARG)
        return fail(v, out->at, "no such opcode");
    out->op = word->op;
    out->arg = wide ? (int32_t)((uint32_t)prefix << 16 | (uint16_t)word->arg) : word->arg;
    int64_t next = (int64_t)out->at + 1 + opcode_caches(out->op);
    if (next > parts->word_count)
        return fail(v, out->at, "cache words missing");
    out->next = (int32_t)next;
    return true;
}

/* ---- arguments */

static bool is_name_tuple(ObjRef tuple)
{
    if (tuple == NULL || !tuple_check_exact(tuple))
        return false;
    for (int64_t i = 0; i < tuple_length(tuple); i++) {
        if (!str_check_exact(tuple_peek(tuple, i)))
            return false;
    }
    return true;
}

static bool check_slot(Verifier *v, const Decoded *instr)
{
    if (instr->arg < 0 || instr->arg >= v->slot_count)
        return fail(v, instr->at, "no such slot");
    uint8_t kind = v->parts->slot_kinds[instr->arg];
    bool cell = (kind & (SLOT_CELL | SLOT_FREE)) != 0;
    if (cell != (opcode_info[instr->op].arg_kind == OPARG_CELL))
        return fail(v, instr->at, "slot of the wrong kind");
    if (instr->op == OP_MAKE_CELL && !(kind & SLOT_CELL))
        return fail(v, instr->at, "slot of the wrong kind");
    return true;
}

static bool check_jump(Verifier *v, const Decoded *instr)
{
    int64_t target = (int64_t)instr->next + instr->arg;
    if (target < 0 || target >= v->parts->word_count || !v->starts[target])
        return fail(v, instr->at, "jump into nowhere");
    if (instr->arg >= 0)
        return true;
    /* Every cycle must pass an instruction that looks at the breaker; a SEND loop yields. */
    switch (instr->op) {
    case OP_JUMP_BACKWARD:
    case OP_POP_JUMP_IF_FALSE:
    case OP_POP_JUMP_IF_TRUE:
    case OP_POP_JUMP_IF_NONE:
    case OP_POP_JUMP_IF_NOT_NONE:
        return true;
    case OP_JUMP:
        return (instr->arg == -3 && v->parts->words[target].op == OP_SEND &&
                v->parts->words[target + 1].op == OP_YIELD_VALUE) ||
               fail(v, instr->at, "backward jump past the breaker");
    default:
        return fail(v, instr->at, "backward jump past the breaker");
    }
}

/* Ranges of counts, flags and depths beyond what the stack check can tell. */
static bool check_number(Verifier *v, const Decoded *instr)
{
    int32_t arg = instr->arg;
    bool good;
    switch ((OpArgKind)opcode_info[instr->op].arg_kind) {
    case OPARG_INT:
        good = arg >= -5 && arg <= 256;
        break;
    case OPARG_DEPTH:
        good = arg >= (instr->op == OP_RERAISE ? 0 : instr->op == OP_SWAP ? 2 : 1);
        break;
    case OPARG_BINARY:
        good = arg >= 0 && arg < 2 * BINARY_OPS;
        break;
    case OPARG_COMPARE:
        good = arg >= 0 && arg <= CMP_GE;
        break;
    case OPARG_INVERT:
        good = arg == 0 || arg == 1;
        break;
    case OPARG_FORMAT:
        good = arg >= 0 && arg < 8;
        break;
    case OPARG_MAKE:
        good = arg >= 0 && arg < 16;
        break;
    case OPARG_FLAG:
        good = arg >= 0 && arg <= 2;
        break;
    case OPARG_COUNT:
        good = arg >= 0 && arg < INT32_MAX / 4;
        if (instr->op == OP_BUILD_SLICE)
            good = arg == 2 || arg == 3;
        else if (instr->op == OP_RAISE_VARARGS)
            good = arg <= 2;
        break;
    case OPARG_UNPACK:
        good = arg >= 0 && arg < INT32_MAX / 4;
        break;
    default:
        good = true;
        break;
    }
    return good || fail(v, instr->at, "argument out of range");
}

static bool check_argument(Verifier *v, const Decoded *instr)
{
    const CodeParts *parts = v->parts;
    switch ((OpArgKind)opcode_info[instr->op].arg_kind) {
    case OPARG_CONST:
        if (instr->arg < 0 || instr->arg >= tuple_length(parts->consts))
            return fail(v, instr->at, "no such constant");
        if (instr->op == OP_KW_NAMES && !is_name_tuple(tuple_peek(parts->consts, instr->arg)))
            return fail(v, instr->at, "keyword names are not names");
        return true;
    case OPARG_NAME:
        if (instr->arg < 0 || instr->arg >= tuple_length(parts->names))
            return fail(v, instr->at, "no such name");
        return true;
    case OPARG_LOCAL:
    case OPARG_CELL:
        return check_slot(v, instr);
    case OPARG_JUMP:
        return check_jump(v, instr);
    default:
        return check_number(v, instr);
    }
}

/* Cells are made before anything else, all of them, once each. */
static bool check_cells(Verifier *v)
{
    int32_t wanted = 0, index = 0, made = 0;
    for (int32_t i = 0; i < v->slot_count; i++)
        wanted += (v->parts->slot_kinds[i] & SLOT_CELL) != 0;
    uint8_t *done = bump_alloc(&v->bump, (size_t)v->slot_count + 1);
    if (done == NULL)
        return fail(v, 0, NULL);
    Decoded instr;
    while (index < v->parts->word_count && decode(v, index, &instr) && instr.op == OP_MAKE_CELL) {
        if (done[instr.arg]++)
            return fail(v, index, "cell made twice");
        made++;
        index = instr.next;
    }
    if (made != wanted)
        return fail(v, index, "cells are not made first");
    for (; index < v->parts->word_count; index = instr.next) {
        if (!decode(v, index, &instr))
            return false;
        if (instr.op == OP_MAKE_CELL)
            return fail(v, index, "cells are not made first");
        /* Nothing may run the prologue again. */
        if (opcode_jumps(instr.op) && (int64_t)instr.next + instr.arg < index &&
            v->parts->words[instr.next + instr.arg].op == OP_MAKE_CELL)
            return fail(v, index, "jump to the making of cells");
    }
    return true;
}

/* Items that the instruction leaves as one tuple on the stack; -1 when it does nothing like that.
 */
static int64_t tuple_made(const Verifier *v, const Decoded *instr)
{
    if (instr->op == OP_BUILD_TUPLE)
        return instr->arg;
    if (instr->op != OP_LOAD_CONST)
        return -1;
    ObjRef constant = tuple_peek(v->parts->consts, instr->arg);
    return tuple_check_exact(constant) ? tuple_length(constant) : -1;
}

/* Instructions whose operands must come from the ones directly before: `p1` stands before `instr`,
 * `p2` before that; targets: by word, whether anything jumps there. */
static bool check_neighbours(Verifier *v, const Decoded *p2, const Decoded *p1,
                             const Decoded *instr, const uint8_t *targets)
{
    bool straight = p1->at >= 0 && !targets[p1->next];
    switch (instr->op) {
    case OP_CALL:
        if (p1->op != OP_KW_NAMES)
            return true;
        return tuple_length(tuple_peek(v->parts->consts, p1->arg)) <= instr->arg ||
               fail(v, instr->at, "more keyword names than arguments");
    case OP_BUILD_CONST_KEY_MAP:
        return (straight && tuple_made(v, p1) == instr->arg) ||
               fail(v, instr->at, "keys do not fit");
    case OP_MAKE_FUNCTION: {
        ObjRef constant =
            straight && p1->op == OP_LOAD_CONST ? tuple_peek(v->parts->consts, p1->arg) : NULL;
        if (constant == NULL || !code_check(constant))
            return fail(v, instr->at, "function of the wrong kind");
        int32_t wanted = code_cast(constant)->nfreevars;
        bool closes =
            p2->at >= 0 && p2->op == OP_BUILD_TUPLE && !targets[p2->next] && p2->arg == wanted;
        return ((instr->arg & MAKE_CLOSURE) ? wanted > 0 && closes : wanted == 0) ||
               fail(v, instr->at, "closure does not fit");
    }
    default:
        return p1->op != OP_KW_NAMES || fail(v, instr->at, "keyword names without a call");
    }
}

/* Namespace instructions have nothing to work on in functions. */
static bool needs_namespace(int op)
{
    return op == OP_LOAD_NAME || op == OP_STORE_NAME || op == OP_DELETE_NAME ||
           op == OP_LOAD_CLASSDEREF || op == OP_SETUP_ANNOTATIONS || op == OP_IMPORT_STAR;
}

static bool check_sequence(Verifier *v)
{
    const CodeParts *parts = v->parts;
    uint8_t *targets = bump_alloc(&v->bump, (size_t)parts->word_count + 1);
    if (targets == NULL)
        return fail(v, 0, NULL);
    Decoded instr, p1 = {.op = OP_NOP, .at = -1}, p2 = p1;
    for (int32_t i = 0; i < parts->word_count; i = instr.next) {
        if (!decode(v, i, &instr))
            return false;
        if (opcode_jumps(instr.op))
            targets[instr.next + instr.arg] = 1;
    }
    for (int32_t i = 0; i < parts->handler_count; i++)
        targets[parts->handlers[i].handler] = 1;
    for (int32_t i = 0; i < parts->word_count; i = instr.next) {
        if (!decode(v, i, &instr) || !check_neighbours(v, &p2, &p1, &instr, targets))
            return false;
        if ((parts->flags & CODE_OPTIMIZED) && needs_namespace(instr.op))
            return fail(v, instr.at, "namespace instruction in a function");
        p2 = p1;
        p1 = instr;
    }
    return true;
}

static bool check_words(Verifier *v)
{
    const CodeParts *parts = v->parts;
    if (parts->word_count <= 0)
        return fail(v, 0, "no code");
    v->starts = bump_alloc(&v->bump, (size_t)parts->word_count + 1);
    if (v->starts == NULL)
        return fail(v, 0, NULL);
    Decoded instr;
    for (int32_t i = 0; i < parts->word_count; i = instr.next) {
        if (!decode(v, i, &instr))
            return false;
        v->starts[i] = 1;
    }
    v->starts[parts->word_count] = 1;
    for (int32_t i = 0; i < parts->word_count; i = instr.next) {
        if (!decode(v, i, &instr) || !check_argument(v, &instr))
            return false;
    }
    return check_cells(v);
}

static bool check_handlers(Verifier *v)
{
    const CodeParts *parts = v->parts;
    int32_t end = 0;
    for (int32_t i = 0; i < parts->handler_count; i++) {
        const CodeHandler *handler = &parts->handlers[i];
        if (handler->start < end || handler->end <= handler->start ||
            handler->end > parts->word_count || !v->starts[handler->start] ||
            !v->starts[handler->end])
            return fail(v, handler->start, "exception table entry out of order");
        if (handler->handler < 0 || handler->handler >= parts->word_count ||
            !v->starts[handler->handler] || handler->handler < handler->end)
            return fail(v, handler->start, "handler in nowhere");
        if (handler->depth < 0 || handler->depth + handler->lasti + 1 > parts->stacksize)
            return fail(v, handler->start, "handler deeper than the stack");
        end = handler->end;
    }
    return true;
}

/* ---- the stack */

static Kind merge(Kind a, Kind b)
{
    if (a == b)
        return a;
    bool special_a = a == KIND_NULL || a == KIND_CALLEE || a == KIND_BROKEN;
    bool special_b = b == KIND_NULL || b == KIND_CALLEE || b == KIND_BROKEN;
    if ((a == KIND_EXCEPTION && b == KIND_REST) || (a == KIND_REST && b == KIND_EXCEPTION))
        return KIND_REST;
    if ((a == KIND_RAISED && b == KIND_LIST) || (a == KIND_LIST && b == KIND_RAISED))
        return KIND_LIST;
    if (!special_a && !special_b)
        return KIND_OBJECT;
    if (a != KIND_BROKEN && b != KIND_BROKEN)
        return KIND_CALLEE; /* an object or NULL */
    return KIND_BROKEN;
}

static bool is_object(uint8_t kind)
{
    return kind != KIND_NULL && kind != KIND_CALLEE && kind != KIND_BROKEN;
}

/* A path comes to `index` with `depth` items of these kinds. */
static bool arrive(Verifier *v, int32_t from, int64_t index, int64_t depth, const uint8_t *kinds)
{
    if (index < 0 || index >= v->parts->word_count || !v->starts[index])
        return fail(v, from, "control leaves the code");
    if (depth < 0 || depth > v->parts->stacksize)
        return fail(v, from, "stack too deep");
    bool changed = !v->seen[index];
    if (!v->seen[index]) {
        v->seen[index] = 1;
        v->depth[index] = (int32_t)depth;
        v->kinds[index] = bump_alloc(&v->bump, (size_t)depth + 1);
        if (v->kinds[index] == NULL)
            return fail(v, from, NULL);
        memcpy(v->kinds[index], kinds, (size_t)depth);
    } else {
        if (v->depth[index] != depth)
            return fail(v, from, "paths meet with different depths");
        for (int64_t i = 0; i < depth; i++) {
            uint8_t merged = (uint8_t)merge((Kind)v->kinds[index][i], (Kind)kinds[i]);
            changed = changed || merged != v->kinds[index][i];
            v->kinds[index][i] = merged;
        }
    }
    if (changed && !v->queued[index]) {
        v->queued[index] = 1;
        v->work[v->waiting++] = (int32_t)index;
    }
    return true;
}

/* Where an exception raised by the instruction at `index` goes. */
static bool arrive_at_handler(Verifier *v, int32_t index, int64_t depth, const uint8_t *kinds)
{
    const CodeParts *parts = v->parts;
    int32_t low = 0, high = parts->handler_count;
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        if (parts->handlers[middle].end <= index)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == parts->handler_count || parts->handlers[low].start > index)
        return true;
    const CodeHandler *handler = &parts->handlers[low];
    if (handler->depth > depth)
        return fail(v, index, "handler deeper than the stack");
    uint8_t *at_handler = bump_alloc(&v->bump, (size_t)handler->depth + 2);
    if (at_handler == NULL)
        return fail(v, index, NULL);
    int64_t count = handler->depth;
    memcpy(at_handler, kinds, (size_t)count);
    if (handler->lasti)
        at_handler[count++] = KIND_LASTI;
    at_handler[count++] = KIND_EXCEPTION;
    return arrive(v, index, handler->handler, count, at_handler);
}

/* The n-th item from the top (1: the top) must be of `kind`. */
static bool want(Verifier *v, const Decoded *instr, const uint8_t *top, int64_t n, Kind kind)
{
    return top[-n] == kind || fail(v, instr->at, "stack item of the wrong kind");
}

static bool is_rest(uint8_t kind)
{
    return kind == KIND_EXCEPTION || kind == KIND_REST;
}

/* What an instruction needs of its operands other than being objects: sets *special when it has
 * dealt with all of them. */
static bool check_operands(Verifier *v, const Decoded *instr, const uint8_t *top, bool *special)
{
    int32_t arg = instr->arg;
    *special = true;
    switch (instr->op) {
    case OP_COPY:
        return is_object(top[-arg]) || top[-arg] == KIND_NULL ||
               fail(v, instr->at, "stack item of the wrong kind");
    case OP_SWAP:
        return true;
    case OP_CALL:
        if (top[-arg - 2] == KIND_BROKEN || !is_object(top[-arg - 1]))
            return fail(v, instr->at, "stack item of the wrong kind");
        for (int32_t i = 1; i <= arg; i++) {
            if (!is_object(top[-i]))
                return fail(v, instr->at, "stack item of the wrong kind");
        }
        return true;
    case OP_CALL_FUNCTION_EX:
        for (int32_t i = 1; i <= 2 + (arg & 1); i++) {
            if (!is_object(top[-i]))
                return fail(v, instr->at, "stack item of the wrong kind");
        }
        return want(v, instr, top, 3 + (arg & 1), KIND_NULL) &&
               (!(arg & 1) || want(v, instr, top, 1, KIND_DICT));
    case OP_POP_EXCEPT:
        return want(v, instr, top, 1, KIND_PREVIOUS);
    case OP_PUSH_EXC_INFO:
        return want(v, instr, top, 1, KIND_EXCEPTION);
    default:
        break;
    }
    *special = false;
    switch (instr->op) {
    case OP_LIST_APPEND:
    case OP_LIST_EXTEND:
        return top[-arg - 1] == KIND_RAISED || want(v, instr, top, arg + 1, KIND_LIST);
    case OP_SET_ADD:
    case OP_SET_UPDATE:
        return want(v, instr, top, arg + 1, KIND_SET);
    case OP_DICT_UPDATE:
    case OP_DICT_MERGE:
        return want(v, instr, top, arg + 1, KIND_DICT);
    case OP_MAP_ADD:
        return want(v, instr, top, arg + 2, KIND_DICT);
    case OP_LIST_TO_TUPLE:
        return top[-1] == KIND_RAISED || want(v, instr, top, 1, KIND_LIST);
    case OP_PREP_RERAISE_STAR:
        return want(v, instr, top, 1, KIND_RAISED) && want(v, instr, top, 2, KIND_EXCEPTION);
    case OP_CHECK_EG_MATCH:
        return is_rest(top[-2]) || fail(v, instr->at, "stack item of the wrong kind");
    case OP_BUILD_CONST_KEY_MAP:
    case OP_MATCH_KEYS:
    case OP_MATCH_CLASS:
        return want(v, instr, top, 1, KIND_TUPLE);
    case OP_BUILD_STRING:
        for (int32_t i = 1; i <= arg; i++) {
            if (!want(v, instr, top, i, KIND_STR))
                return false;
        }
        return true;
    case OP_MAKE_FUNCTION: {
        int64_t at = 1;
        if (!want(v, instr, top, at, KIND_CODE))
            return false;
        if ((arg & MAKE_CLOSURE) && !want(v, instr, top, ++at, KIND_CELLS))
            return false;
        if ((arg & MAKE_ANNOTATIONS) && !want(v, instr, top, ++at, KIND_TUPLE))
            return false;
        if ((arg & MAKE_KWDEFAULTS) && !want(v, instr, top, ++at, KIND_DICT))
            return false;
        return !(arg & MAKE_DEFAULTS) || want(v, instr, top, ++at, KIND_TUPLE);
    }
    case OP_RERAISE:
        return want(v, instr, top, 1, KIND_EXCEPTION) &&
               (arg == 0 || want(v, instr, top, arg + 1, KIND_LASTI));
    case OP_WITH_EXCEPT_START:
        return want(v, instr, top, 1, KIND_EXCEPTION);
    case OP_CHECK_EXC_MATCH:
    case OP_END_ASYNC_FOR:
        return want(v, instr, top, instr->op == OP_CHECK_EXC_MATCH ? 2 : 1, KIND_EXCEPTION);
    default:
        return true;
    }
}

static Kind constant_kind(ObjRef constant)
{
    if (tuple_check_exact(constant))
        return KIND_TUPLE;
    if (str_check_exact(constant))
        return KIND_STR;
    return code_check(constant) ? KIND_CODE : KIND_OBJECT;
}

/* Kinds of what the instruction leaves in place of its operands; `base`: where the operands began.
 */
static void push_results(const Verifier *v, const Decoded *instr, uint8_t *base, int64_t pushes,
                         const uint8_t *before)
{
    int32_t arg = instr->arg;
    for (int64_t i = 0; i < pushes; i++)
        base[i] = KIND_OBJECT;
    switch (instr->op) {
    case OP_PUSH_NULL:
        base[0] = KIND_NULL;
        break;
    case OP_COPY:
        memcpy(base, before, (size_t)arg);
        if (before[0] == KIND_RAISED)
            base[0] = KIND_LIST;
        base[arg] = arg == 1 && before[0] == KIND_REST ? KIND_REST_COPY : base[0];
        break;
    case OP_SWAP:
        memcpy(base, before, (size_t)arg);
        base[0] = before[arg - 1];
        base[arg - 1] = before[0];
        break;
    case OP_LOAD_CONST:
        base[0] = (uint8_t)constant_kind(tuple_peek(v->parts->consts, arg));
        break;
    case OP_LOAD_METHOD:
        base[0] = KIND_CALLEE;
        break;
    case OP_LOAD_CLOSURE:
        base[0] = KIND_CELL;
        break;
    case OP_BUILD_LIST:
        base[0] = arg == 0 ? KIND_RAISED : KIND_LIST;
        break;
    case OP_BUILD_SET:
        base[0] = KIND_SET;
        break;
    case OP_BUILD_MAP:
    case OP_BUILD_CONST_KEY_MAP:
        base[0] = KIND_DICT;
        break;
    case OP_BUILD_STRING:
    case OP_FORMAT_VALUE:
        base[0] = KIND_STR;
        break;
    case OP_LIST_TO_TUPLE:
        base[0] = KIND_TUPLE;
        break;
    case OP_BUILD_TUPLE:
        base[0] = arg > 0 ? KIND_CELLS : KIND_TUPLE;
        for (int32_t i = 0; i < arg; i++) {
            if (before[i] != KIND_CELL)
                base[0] = KIND_TUPLE;
        }
        break;
    case OP_LIST_APPEND:
    case OP_LIST_EXTEND:
        memcpy(base, before, (size_t)arg);
        if (instr->op == OP_LIST_EXTEND || !is_rest(before[arg]))
            base[0] = KIND_LIST;
        break;
    case OP_SET_ADD:
    case OP_SET_UPDATE:
    case OP_DICT_UPDATE:
    case OP_DICT_MERGE:
    case OP_MAP_ADD:
        memcpy(base, before, (size_t)arg);
        break;
    case OP_CHECK_EG_MATCH:
        base[0] = base[1] = KIND_REST;
        break;
    case OP_PREP_RERAISE_STAR:
        base[0] = KIND_REST;
        break;
    case OP_PUSH_EXC_INFO:
        base[0] = KIND_PREVIOUS;
        base[1] = KIND_EXCEPTION;
        break;
    case OP_CHECK_EXC_MATCH:
        base[0] = KIND_EXCEPTION;
        break;
    case OP_WITH_EXCEPT_START:
        memcpy(base, before, 4);
        break;
    case OP_MATCH_KEYS:
        base[1] = KIND_TUPLE;
        break;
    case OP_UNPACK_EX:
        base[arg >> 8] = KIND_LIST;
        break;
    default:
        break;
    }
}

static bool adds_to_container(int op)
{
    return op == OP_LIST_APPEND || op == OP_LIST_EXTEND || op == OP_SET_ADD ||
           op == OP_SET_UPDATE || op == OP_DICT_UPDATE || op == OP_DICT_MERGE || op == OP_MAP_ADD;
}

static bool step(Verifier *v, int32_t index)
{
    Decoded instr;
    if (!decode(v, index, &instr))
        return false;
    int64_t depth = v->depth[index];
    memcpy(v->stack, v->kinds[index], (size_t)depth);
    int64_t pops = opcode_pops(instr.op, instr.arg), pushes = opcode_pushes(instr.op, instr.arg);
    int64_t needed = instr.op == OP_RERAISE ? 1 + (int64_t)instr.arg : pops;
    if (pops < 0 || needed > depth)
        return fail(v, instr.at, "stack underflow");
    if (depth - pops + pushes > v->parts->stacksize)
        return fail(v, instr.at, "stack too deep");
    uint8_t *top = v->stack + depth, *base = top - pops;
    bool special;
    if (!check_operands(v, &instr, top, &special))
        return false;
    /* Those that add to a container further down look at nothing in between. */
    int64_t looked_at = adds_to_container(instr.op) ? pops - instr.arg : pops;
    for (int64_t i = 1; !special && i <= looked_at; i++) {
        if (!is_object(top[-i]))
            return fail(v, instr.at, "stack item of the wrong kind");
    }
    if (!arrive_at_handler(v, index, depth, v->stack))
        return false;
    if (opcode_jumps(instr.op)) {
        int64_t taken = depth + opcode_effect(instr.op, instr.arg, true);
        /* A jump leaves what lay below its operands, then at most one object. */
        uint8_t *kinds = bump_alloc(&v->bump, (size_t)depth + 2);
        if (kinds == NULL)
            return fail(v, instr.at, NULL);
        memcpy(kinds, v->stack, (size_t)depth);
        if (taken > depth - pops)
            kinds[taken - 1] = KIND_OBJECT;
        /* COPY 1 and this jump: what stays is no None. */
        if (instr.op == OP_POP_JUMP_IF_NOT_NONE && top[-1] == KIND_REST_COPY && depth > 1 &&
            top[-2] == KIND_REST)
            kinds[taken - 1] = KIND_EXCEPTION;
        if (!arrive(v, instr.at, (int64_t)instr.next + instr.arg, taken, kinds))
            return false;
    }
    if (opcode_info[instr.op].flags & OPFLAG_ENDS)
        return true;
    uint8_t *before = bump_alloc(&v->bump, (size_t)pops + 1);
    if (before == NULL)
        return fail(v, instr.at, NULL);
    memcpy(before, base, (size_t)pops);
    push_results(v, &instr, base, pushes, before);
    return arrive(v, instr.at, instr.next, depth - pops + pushes, v->stack);
}

static bool check_stack(Verifier *v)
{
    size_t words = (size_t)v->parts->word_count + 1;
    v->seen = bump_alloc(&v->bump, words);
    v->queued = bump_alloc(&v->bump, words);
    v->depth = bump_alloc(&v->bump, words * sizeof *v->depth);
    v->kinds = bump_alloc(&v->bump, words * sizeof *v->kinds);
    v->work = bump_alloc(&v->bump, words * sizeof *v->work);
    v->stack = bump_alloc(&v->bump, (size_t)v->parts->stacksize + 2);
    if (v->seen == NULL || v->queued == NULL || v->depth == NULL || v->kinds == NULL ||
        v->work == NULL || v->stack == NULL)
        return fail(v, 0, NULL);
    uint8_t nothing = 0;
    if (!arrive(v, 0, 0, 0, &nothing))
        return false;
    while (v->waiting > 0) {
        int32_t index = v->work[--v->waiting];
        v->queued[index] = 0;
        if (!step(v, index))
            return false;
    }
    return true;
}

/* ---- everything else */

static bool check_tables(Verifier *v)
{
    const CodeParts *parts = v->parts;
    if (parts->name == NULL || !str_check(parts->name) || parts->qualname == NULL ||
        !str_check(parts->qualname) || parts->filename == NULL || !str_check(parts->filename))
        return fail(v, 0, "names must be strings");
    if (parts->consts == NULL || !tuple_check(parts->consts) || !is_name_tuple(parts->names) ||
        !is_name_tuple(parts->slot_names))
        return fail(v, 0, "tables must be tuples");
    v->slot_count = (int32_t)tuple_length(parts->slot_names);
    int32_t locals = 0, stage = 0;
    for (int32_t i = 0; i < v->slot_count; i++) {
        uint8_t kind = parts->slot_kinds[i];
        int32_t now = kind & SLOT_LOCAL ? 0 : kind == SLOT_CELL ? 1 : kind == SLOT_FREE ? 2 : -1;
        if (now < stage || (kind & SLOT_LOCAL && kind & SLOT_FREE))
            return fail(v, 0, "slots out of order");
        stage = now;
        locals += now == 0;
    }
    int64_t parameters = (int64_t)parts->argcount + parts->kwonlyargcount +
                         ((parts->flags & CODE_VARARGS) != 0) +
                         ((parts->flags & CODE_VARKEYWORDS) != 0);
    if (parts->argcount < 0 || parts->kwonlyargcount < 0 || parts->posonlyargcount < 0 ||
        parts->posonlyargcount > parts->argcount || parameters > locals)
        return fail(v, 0, "argument counts do not fit");
    if (parts->stacksize < 0 || parts->stacksize > 1 << 24)
        return fail(v, 0, "stack size out of range");
    if (!locations_valid(parts->locations, parts->location_bytes))
        return fail(v, 0, "location table does not fit");
    return true;
}

/* A frame of a generator must turn into one before anything can be left on its stack. */
static bool check_generator(Verifier *v)
{
    bool generator =
        (v->parts->flags & (CODE_GENERATOR | CODE_COROUTINE | CODE_ASYNC_GENERATOR)) != 0;
    Decoded instr;
    bool first = true;
    for (int32_t i = 0; i < v->parts->word_count; i = instr.next) {
        if (!decode(v, i, &instr))
            return false;
        if (instr.op == OP_MAKE_CELL)
            continue;
        if (instr.op == OP_RETURN_GENERATOR ? !(generator && first) : generator && first)
            return fail(v, i, "RETURN_GENERATOR out of place");
        if (instr.op == OP_YIELD_VALUE && !generator)
            return fail(v, i, "yield outside of a generator");
        if (instr.op == OP_YIELD_VALUE && instr.arg == 1 &&
            (instr.at != instr.next - 1 || i == 0 || v->parts->words[i - 1].op != OP_SEND ||
             instr.next >= v->parts->word_count || v->parts->words[instr.next].op != OP_JUMP))
            return fail(v, i, "yield outside of its loop");
        first = false;
    }
    return true;
}

int verify_parts(const CodeParts *parts)
{
    Verifier verifier = {.parts = parts};
    Verifier *v = &verifier;
    bump_init(&v->bump);
    bool good = check_tables(v) && check_words(v) && check_handlers(v) && check_sequence(v) &&
                check_generator(v) && check_stack(v);
    bump_free(&v->bump);
    if (good)
        return 0;
    if (v->problem == NULL)
        err_no_memory();
    else
        err_format(&exc_value_error, "bad code: %s (word %d)", v->problem, (int)v->problem_at);
    return -1;
}
