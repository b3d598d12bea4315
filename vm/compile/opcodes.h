#ifndef OURO_VM_COMPILE_OPCODES_H
#define OURO_VM_COMPILE_OPCODES_H

/*
 * What opcodes.def says, as enum and tables.
 */

#include <stdbool.h>
#include <stdint.h>

typedef enum Opcode {
#define OP(NAME, ARG_KIND, POPS, PUSHES, FLAGS, PICTURE) OP_##NAME,
#include "vm/compile/opcodes.def"
#undef OP
    OP_COUNT /* specialised opcodes of vm/interp are numbered from here */
} Opcode;

/* What the argument of an instruction means. */
typedef enum OpArgKind {
    OPARG_NONE,
    OPARG_PREFIX,  /* EXTENDED_ARG */
    OPARG_DEPTH,   /* position on the stack, counted from the top */
    OPARG_CONST,   /* index into co_consts */
    OPARG_INT,     /* the value itself */
    OPARG_LOCAL,   /* slot of the frame */
    OPARG_CELL,    /* slot of the frame that holds a cell */
    OPARG_NAME,    /* index into co_names */
    OPARG_COUNT,   /* number of items or arguments */
    OPARG_UNPACK,  /* before | after << 8 */
    OPARG_BINARY,  /* BinaryOp, plus BINARY_OPS for the in-place form */
    OPARG_COMPARE, /* CompareOp */
    OPARG_INVERT,  /* 1: the negated operator */
    OPARG_FORMAT,  /* FORMAT_… */
    OPARG_MAKE,    /* MAKE_… */
    OPARG_FLAG,    /* see the opcode */
    OPARG_JUMP,    /* signed words from the next instruction */
} OpArgKind;

/* Flags of an opcode. */
enum {
    OPFLAG_CACHES = 0xF, /* mask: number of cache words */
    OPFLAG_JUMPS = 0x10,
    OPFLAG_ENDS = 0x20,   /* control does not go on behind it */
    OPFLAG_FORM = 0x40,   /* its first cache word holds a form */
    OPFLAG_TAKEN = 0xF00, /* mask: net stack effect of the jump plus 8; 0: as when not taken */
};

/* Conversions of FORMAT_VALUE; FORMAT_SPEC is a flag. */
enum { FORMAT_NONE, FORMAT_STR, FORMAT_REPR, FORMAT_ASCII, FORMAT_SPEC = 4 };

/* What lies on the stack below the code of a MAKE_FUNCTION, the first lowest. */
enum {
    MAKE_DEFAULTS = 1,    /* tuple */
    MAKE_KWDEFAULTS = 2,  /* dict */
    MAKE_ANNOTATIONS = 4, /* tuple: name, value, name, value, … */
    MAKE_CLOSURE = 8,     /* tuple of cells */
};

typedef struct OpcodeInfo {
    const char *name;
    const char *picture; /* of the stack: "a b -- result" */
    uint16_t arg_kind;   /* OpArgKind */
    uint16_t flags;      /* OPFLAG_… */
} OpcodeInfo;

extern const OpcodeInfo opcode_info[OP_COUNT];

static inline int opcode_caches(int op)
{
    return opcode_info[op].flags & OPFLAG_CACHES;
}

static inline bool opcode_jumps(int op)
{
    return (opcode_info[op].flags & OPFLAG_JUMPS) != 0;
}

/* Items that an instruction takes from the stack, and that it leaves there when not jumping. */
int64_t opcode_pops(int op, int32_t arg);
int64_t opcode_pushes(int op, int32_t arg);
/* Net effect on the stack; `taken`: when the instruction jumps. */
int64_t opcode_effect(int op, int32_t arg, bool taken);
/* The opcode of that name, or -1. */
int opcode_find(const char *name);
/* "+", "//=", …: how a BINARY_OP's argument is written; "<" … of a COMPARE_OP's. */
const char *opcode_binary_text(int32_t arg);
const char *opcode_compare_text(int32_t arg);

#endif
