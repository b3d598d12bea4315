/*
 * How many operands a frame has where it stands.
 *
 * The eval loop keeps the end of the operand stack in a register and stores it only when a Python
 * function is called.  For a frame that called C it is found from the code: in verified code all
 * paths to an instruction agree in the depth of the stack, so following any one path will do.
 */

#include "vm/inspect/stack_depth.h"

#include "gc/mem.h"

typedef struct Depths {
    const CodeObj *code;
    int32_t *depth; /* by word; -1: no path came here */
    int32_t *work;
    int64_t waiting;
} Depths;

static void arrive(Depths *d, int32_t index, int64_t depth)
{
    if (index < 0 || index >= d->code->word_count || depth < 0 || d->depth[index] >= 0)
        return;
    d->depth[index] = (int32_t)depth;
    d->work[d->waiting++] = index;
}

static void step(Depths *d, int32_t index)
{
    const CodeObj *code = d->code;
    int op;
    int32_t arg, at;
    int32_t next = code_decode(code, index, &op, &arg, &at);
    int32_t depth = d->depth[index];
    /* The word itself, where EXTENDED_ARG words precede it. */
    for (int32_t i = index; i <= at; i++)
        d->depth[i] = depth;
    const CodeHandler *handler = code_find_handler(code, at);
    if (handler != NULL)
        arrive(d, handler->handler, handler->depth + handler->lasti + 1);
    if (opcode_jumps(op))
        arrive(d, next + arg, depth + opcode_effect(op, arg, true));
    if ((opcode_info[op].flags & OPFLAG_ENDS) == 0)
        arrive(d, next, depth + opcode_effect(op, arg, false));
}

int32_t stack_depth_at(const CodeObj *code, int32_t index)
{
    if (index < 0 || index >= code->word_count)
        return -1;
    size_t bytes = (size_t)code->word_count * sizeof(int32_t);
    Depths d = {.code = code, .depth = mem_alloc(bytes), .work = mem_alloc(bytes)};
    int32_t found = -1;
    if (d.depth != NULL && d.work != NULL) {
        for (int32_t i = 0; i < code->word_count; i++)
            d.depth[i] = -1;
        arrive(&d, 0, 0);
        while (d.waiting > 0)
            step(&d, d.work[--d.waiting]);
        found = d.depth[index];
    }
    mem_free(d.depth, bytes);
    mem_free(d.work, bytes);
    return found > code->stacksize ? code->stacksize : found;
}
