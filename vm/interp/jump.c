/*
 * Setting f_lineno from a trace function.
 *
 * A jump may leave blocks but not enter them: what lies on the operand stack must be, from the
 * bottom, what the target expects.  So every instruction is given the picture of the stack before
 * it, as kinds of values; the pictures come from following all paths from the start, each handler
 * entered from the first instruction that it covers.  A picture is an integer, three bits a value,
 * the top in the lowest ones; a deeper picture is a greater number.  The method is CPython 3.11's.
 */

#include "vm/interp/jump.h"

#include "gc/mem.h"
#include "runtime/core/err.h"
#include "runtime/core/object.h"
#include "vm/compile/code.h"
#include "vm/interp/code_data.h"

enum { KIND_OBJECT = 1, KIND_ITERATOR, KIND_EXCEPT, KIND_LASTI, KIND_NULL };
enum { KIND_BITS = 3, KIND_MASK = 7, MAX_DEPTH = 62 / KIND_BITS };

/* No path leads here; too deep to be told. */
#define PICTURE_NONE ((int64_t)-1)
#define PICTURE_TOO_DEEP ((int64_t)-2)

/* ---- pictures */

static int64_t push(int64_t picture, int kind)
{
    if (picture < 0 || picture >= (int64_t)1 << ((MAX_DEPTH - 1) * KIND_BITS))
        return PICTURE_TOO_DEEP;
    return picture << KIND_BITS | kind;
}

static int64_t pop(int64_t picture, int64_t count)
{
    for (; count > 0 && picture > 0; count--)
        picture >>= KIND_BITS;
    return picture;
}

static int top(int64_t picture)
{
    return (int)(picture & KIND_MASK);
}

/* Kind of the value at `place`, counted from the top (1: the top). */
static int peek(int64_t picture, int32_t place)
{
    return place > MAX_DEPTH ? KIND_OBJECT : top(picture >> ((place - 1) * KIND_BITS));
}

static int depth_of(int64_t picture)
{
    int depth = 0;
    for (; picture > 0; picture >>= KIND_BITS)
        depth++;
    return depth;
}

static int64_t swap(int64_t picture, int32_t place)
{
    if (picture < 0 || place > MAX_DEPTH)
        return PICTURE_TOO_DEEP;
    int shift = (place - 1) * KIND_BITS;
    int64_t difference = top(picture) ^ top(picture >> shift);
    return picture ^ difference ^ difference << shift;
}

/* The picture behind an instruction that does not jump. */
static int64_t picture_after(int64_t picture, int op, int32_t arg)
{
    switch (op) {
    case OP_GET_ITER:
    case OP_GET_AITER:
        return push(pop(picture, 1), KIND_ITERATOR);
    case OP_PUSH_NULL:
        return push(picture, KIND_NULL);
    case OP_LOAD_METHOD:
        return push(push(pop(picture, 1), KIND_NULL), KIND_OBJECT);
    case OP_SWAP:
        return swap(picture, arg);
    case OP_COPY:
        return push(picture, peek(picture, arg));
    case OP_PUSH_EXC_INFO:
        return push(picture, KIND_EXCEPT);
    case OP_FOR_ITER:
    case OP_GET_ANEXT:
    case OP_WITH_EXCEPT_START:
        return push(picture, KIND_OBJECT); /* what lies below stays */
    case OP_CHECK_EXC_MATCH:
        return push(pop(picture, 1), KIND_OBJECT);
    case OP_LIST_EXTEND:
    case OP_SET_UPDATE:
    case OP_DICT_UPDATE:
    case OP_DICT_MERGE:
    case OP_LIST_APPEND:
    case OP_SET_ADD:
        return pop(picture, 1);
    case OP_MAP_ADD:
        return pop(picture, 2);
    default:
        picture = pop(picture, opcode_pops(op, arg));
        for (int64_t i = opcode_pushes(op, arg); i > 0; i--)
            picture = push(picture, KIND_OBJECT);
        return picture;
    }
}

/* The picture where an instruction jumps to. */
static int64_t picture_taken(int64_t picture, int op, int32_t arg)
{
    int64_t effect = opcode_effect(op, arg, true);
    if (effect <= 0)
        return pop(picture, -effect);
    for (; effect > 0; effect--)
        picture = push(picture, KIND_OBJECT);
    return picture;
}

static int64_t picture_in_handler(int64_t picture, const CodeHandler *handler)
{
    if (picture < 0)
        return picture;
    picture = pop(picture, depth_of(picture) - handler->depth);
    if (handler->lasti)
        picture = push(picture, KIND_LASTI);
    return push(picture, KIND_EXCEPT);
}

/* Gives a word its picture if it has none: whether it is new. */
static bool note(int64_t *pictures, const CodeObj *code, int32_t index, int64_t picture)
{
    if (index < 0 || index >= code->word_count || pictures[index] != PICTURE_NONE)
        return false;
    pictures[index] = picture;
    return true;
}

/* The pictures of all words (mem_free: word_count of them); NULL and MemoryError. */
static int64_t *find_pictures(const CodeObj *code)
{
    int64_t *pictures = mem_alloc((size_t)code->word_count * sizeof *pictures);
    if (pictures == NULL) {
        err_no_memory();
        return NULL;
    }
    for (int32_t i = 0; i < code->word_count; i++)
        pictures[i] = PICTURE_NONE;
    pictures[0] = 0;
    bool changed = true;
    while (changed) {
        changed = false;
        int op;
        int32_t arg, at, next;
        for (int32_t i = 0; i < code->word_count; i = next) {
            next = code_decode(code, i, &op, &arg, &at);
            int64_t picture = pictures[i];
            if (picture == PICTURE_NONE)
                continue;
            pictures[at] = picture;
            const CodeHandler *handler = code_find_handler(code, at);
            if (handler != NULL)
                changed |=
                    note(pictures, code, handler->handler, picture_in_handler(picture, handler));
            if (opcode_jumps(op))
                changed |=
                    note(pictures, code, next + arg, picture_taken(picture, op, arg)) && arg < 0;
            if (op == OP_RETURN_GENERATOR)
                pictures[at] = push(picture, KIND_OBJECT); /* nothing can go back to it */
            if ((opcode_info[op].flags & OPFLAG_ENDS) == 0)
                note(pictures, code, next, picture_after(picture, op, arg));
        }
    }
    return pictures;
}

/* ---- is the jump possible? */

static bool kind_fits(int from, int to)
{
    if (to == KIND_OBJECT)
        return from != KIND_NULL;
    return to == KIND_NULL || from == to;
}

/* Whether what is left of `from`, once cut to the depth of `to`, is what `to` expects. */
static bool picture_fits(int64_t from, int64_t to)
{
    if (from < 0 || to < 0)
        return false;
    from = pop(from, depth_of(from) - depth_of(to));
    for (; from > 0; from >>= KIND_BITS, to >>= KIND_BITS) {
        if (!kind_fits(top(from), top(to)))
            return false;
    }
    return to == 0;
}

static const char *explain(int64_t from, int64_t to)
{
    if (from == PICTURE_TOO_DEEP || to == PICTURE_TOO_DEEP)
        return "stack to deep to analyze";
    if (from == PICTURE_NONE)
        return "can't jump from unreachable code";
    if (to == PICTURE_NONE)
        return "can't jump to unreachable code";
    switch (top(to)) {
    case KIND_EXCEPT:
        return "can't jump into an 'except' block as there's no exception";
    case KIND_LASTI:
        return "can't jump into a re-raising block as there's no location";
    case KIND_ITERATOR:
        return "can't jump into the body of a for loop";
    default:
        return "incompatible stacks";
    }
}

/* The first line with code from `line` on, or -1. */
static int64_t first_line_from(const CodeObj *code, int64_t line)
{
    int64_t found = -1;
    CodeLocations walk;
    code_locations_init(code, &walk);
    while (code_locations_next(&walk)) {
        int32_t here = walk.location.line;
        if (here >= line && (found < 0 || here < found))
            found = here;
    }
    return found;
}

/* The word to go on at: the deepest fitting one that begins a range of the line; -1 and *problem.
 */
static int32_t find_target(const CodeObj *code, const int64_t *pictures, int64_t from, int64_t line,
                           const char **problem)
{
    int32_t target = -1;
    int64_t best = -1;
    CodeLocations walk;
    code_locations_init(code, &walk);
    *problem = "cannot find bytecode for specified line";
    bool explained = false;
    int32_t before = -1; /* the line so far: only where it changes does a line begin */
    while (code_locations_next(&walk)) {
        bool begins = walk.location.line != before && walk.location.line != -1;
        if (begins)
            before = walk.location.line;
        if (!begins || before != line || walk.start >= code->word_count)
            continue;
        int64_t to = pictures[walk.start];
        if (picture_fits(from, to)) {
            if (to > best) {
                best = to;
                target = walk.start;
            }
        } else if (!explained) {
            *problem = explain(from, to);
            explained = to >= 0;
        }
    }
    return target;
}

/* ---- the jump */

/* Takes values off the frame's stack until `to` is left of `from`; an exception state that is taken
 * off comes into force again. */
static void unwind_stack(CallRecord *record, int64_t from, int64_t to)
{
    for (; depth_of(from) > depth_of(to); from >>= KIND_BITS) {
        Obj *value = record->fp[--record->depth];
        if (top(from) == KIND_EXCEPT) {
            if (value != NULL && is_none(value)) {
                obj_decref(value);
                value = NULL;
            }
            obj_replace(&thread_state->handled->exception, value);
        } else {
            obj_xdecref(value);
        }
    }
}

int jump_to_line(CallRecord *record, int64_t line)
{
    const CodeObj *code = record_code(record);
    if (line < code->firstlineno)
        return err_format_int(&exc_value_error, "line %lld comes before the current code block",
                              (long long)line);
    int64_t found = first_line_from(code, line);
    if (found < 0)
        return err_format_int(&exc_value_error, "line %lld comes after the current code block",
                              (long long)line);
    int64_t *pictures = find_pictures(code);
    if (pictures == NULL)
        return -1;
    int64_t from = pictures[record->ip - code->words];
    const char *problem;
    int32_t target = find_target(code, pictures, from, found, &problem);
    int64_t to = target < 0 ? 0 : pictures[target];
    mem_free(pictures, (size_t)code->word_count * sizeof *pictures);
    if (target < 0)
        return err_format_int(&exc_value_error, "%s", problem);
    record->ip = code->words + target;
    unwind_stack(record, from, to);
    return 0;
}
