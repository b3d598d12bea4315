/*
 * Tables made from opcodes.def: names, stack effects, flags.  Nothing here knows a single opcode by
 * name but through that file.
 *
 * The meaning of the instructions is in vm/interp/eval.c, their encoding in code.h.
 */

#include "vm/compile/opcodes.h"

#include <string.h>

#define CACHES(n) (n)
#define JUMPS OPFLAG_JUMPS
#define ENDS OPFLAG_ENDS
#define FORM OPFLAG_FORM
#define TAKEN(n) (((n) + 8) << 8)

const OpcodeInfo opcode_info[OP_COUNT] = {
#define OP(NAME, ARG_KIND, POPS, PUSHES, FLAGS, PICTURE) {#NAME, PICTURE, OPARG_##ARG_KIND, FLAGS},
#include "vm/compile/opcodes.def"
#undef OP
};

/* Where an effect is a plain number its argument is unused: `arg - arg` keeps compilers content.
 * NOLINTBEGIN(misc-redundant-expression): some rows of the table do the same */
int64_t opcode_pops(int op, int32_t argument)
{
    int64_t arg = argument;
    switch (op) {
#define OP(NAME, ARG_KIND, POPS, PUSHES, FLAGS, PICTURE)                                           \
    case OP_##NAME:                                                                                \
        return POPS;
#include "vm/compile/opcodes.def"
#undef OP
    default:
        return arg - arg;
    }
}

int64_t opcode_pushes(int op, int32_t argument)
{
    int64_t arg = argument;
    switch (op) {
#define OP(NAME, ARG_KIND, POPS, PUSHES, FLAGS, PICTURE)                                           \
    case OP_##NAME:                                                                                \
        return PUSHES;
#include "vm/compile/opcodes.def"
#undef OP
    default:
        return arg - arg;
    }
}
/* NOLINTEND(misc-redundant-expression) */

int64_t opcode_effect(int op, int32_t arg, bool taken)
{
    int taken_effect = (opcode_info[op].flags & OPFLAG_TAKEN) >> 8;
    if (taken && taken_effect != 0)
        return taken_effect - 8;
    return opcode_pushes(op, arg) - opcode_pops(op, arg);
}

int opcode_find(const char *name)
{
    for (int op = 0; op < OP_COUNT; op++) {
        if (strcmp(opcode_info[op].name, name) == 0)
            return op;
    }
    return -1;
}

const char *opcode_binary_text(int32_t arg)
{
    static const char *const texts[] = {
        "+",  "&",  "//",  "<<",  "@",  "*",  "%",  "|",  "**",  ">>",  "-",  "/",  "^",
        "+=", "&=", "//=", "<<=", "@=", "*=", "%=", "|=", "**=", ">>=", "-=", "/=", "^=",
    };
    if (arg < 0 || arg >= (int32_t)(sizeof texts / sizeof texts[0]))
        return "?";
    return texts[arg];
}

const char *opcode_compare_text(int32_t arg)
{
    static const char *const texts[] = {"<", "<=", "==", "!=", ">", ">="};
    if (arg < 0 || arg >= (int32_t)(sizeof texts / sizeof texts[0]))
        return "?";
    return texts[arg];
}
