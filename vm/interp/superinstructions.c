/*
 * Finds pairs of plain instructions that one superinstruction executes.
 *
 * The first word of a pair gets the pair's opcode; the second stays as it is, for jumps to it and
 * for everyone who reads positions.  The second must not begin a group of operands (FORM_… of
 * vm/compile/code.h), whose first word specialisation overwrites; the first may, and then just
 * serves until that happens.  The pairs are those that ran most often in the programs of
 * tests/bench.
 */

#include "vm/interp/superinstructions.h"

#include "vm/interp/specialize.h"

/* The opcode for two instructions, or -1. */
static int pair_opcode(int first, int32_t first_arg, int second, int32_t second_arg)
{
    switch (first) {
    case OP_LOAD_FAST:
        switch (second) {
        case OP_LOAD_FAST:
            return OP_LOAD_FAST_LOAD_FAST;
        case OP_LOAD_CONST:
            return OP_LOAD_FAST_LOAD_CONST;
        case OP_LOAD_GLOBAL:
            return OP_LOAD_FAST_LOAD_GLOBAL;
        case OP_COPY:
            return second_arg == 1 ? OP_LOAD_FAST_COPY : -1;
        case OP_RETURN_VALUE:
            return OP_LOAD_FAST_RETURN;
        case OP_POP_JUMP_IF_FALSE:
            return OP_LOAD_FAST_JUMP_FALSE;
        case OP_POP_JUMP_IF_TRUE:
            return OP_LOAD_FAST_JUMP_TRUE;
        case OP_POP_JUMP_IF_NONE:
            return OP_LOAD_FAST_JUMP_NONE;
        case OP_POP_JUMP_IF_NOT_NONE:
            return OP_LOAD_FAST_JUMP_NOT_NONE;
        default:
            return -1;
        }
    case OP_LOAD_CONST:
        return second == OP_LOAD_FAST ? OP_LOAD_CONST_LOAD_FAST : -1;
    case OP_STORE_FAST:
        return second == OP_LOAD_FAST    ? OP_STORE_FAST_LOAD_FAST
               : second == OP_STORE_FAST ? OP_STORE_FAST_STORE_FAST
                                         : -1;
    case OP_PUSH_NULL:
        return second == OP_LOAD_GLOBAL ? OP_PUSH_NULL_LOAD_GLOBAL : -1;
    case OP_POP_TOP:
        return second == OP_JUMP_BACKWARD ? OP_POP_TOP_JUMP_BACKWARD : -1;
    case OP_LIST_APPEND:
        return second == OP_JUMP_BACKWARD ? OP_LIST_APPEND_JUMP_BACKWARD : -1;
    case OP_BUILD_SLICE:
        return second == OP_BINARY_SUBSCR                    ? OP_SLICE_SUBSCR
               : second == OP_STORE_SUBSCR && first_arg == 2 ? OP_SLICE_STORE_SUBSCR
                                                             : -1;
    case OP_SWAP:
        return first_arg == 2 && second == OP_STORE_ATTR ? OP_SWAP_STORE_ATTR : -1;
    default:
        return -1;
    }
}

/* Whether the word at `index` begins the group of one of the two instructions behind it. */
static bool begins_group(const CodeObj *code, int32_t index)
{
    int op;
    int32_t arg, at, i = index;
    for (int back = 0; back <= 2 && i < code->word_count; back++) {
        i = code_decode(code, i, &op, &arg, &at);
        if (back > 0 && (opcode_info[op].flags & OPFLAG_FORM) &&
            at - form_back(code->words[at + 1].op) == index)
            return true;
    }
    return false;
}

void superinstructions_overlay(CodeObj *code)
{
    CodeData *data = code->vm_data;
    data->paired = true;
    if (specialize_off)
        return;
    int first, second;
    int32_t first_arg, second_arg, at, second_at;
    for (int32_t i = 0; i < code->word_count;) {
        int32_t next = code_decode(code, i, &first, &first_arg, &at);
        if (next >= code->word_count)
            return;
        int32_t after = code_decode(code, next, &second, &second_arg, &second_at);
        int pair =
            at == i && second_at == next ? pair_opcode(first, first_arg, second, second_arg) : -1;
        if (pair >= 0 && code->words[at].op == first && !begins_group(code, next)) {
            code->words[at].op = (uint16_t)pair;
            next = opcode_caches(second) > 0 ? next : after;
        }
        i = next;
    }
}
