#ifndef OURO_VM_COMPILE_CODE_H
#define OURO_VM_COMPILE_CODE_H

/*
 * Code objects: what the compiler makes and the VM runs.
 *
 * Code is an array of 32-bit words.  An instruction is a word {opcode, argument}, preceded by
 * EXTENDED_ARG words when the argument does not fit 16 bits, followed by its cache words (a fixed
 * number per opcode).  All positions (jump targets, table entries, lasti) are word indices.
 *
 * The VM may overwrite opcodes of `words` with specialised ones (numbers from OP_COUNT up) and use
 * the cache words as it likes; it tells with code_set_overlay which plain opcode each of them
 * stands for, so that everyone else still sees plain code through code_base_opcode.  Arguments are
 * never changed.  The first of the specialised opcodes stands for what hidden_ops has at its place.
 *
 * Slots of a frame ("localsplus"): locals (parameters first), then cells that are not parameters,
 * then free variables.  A parameter that is captured has its cell in its own slot (MAKE_CELL puts
 * it there). The VM copies the closure into the free slots when a frame starts.
 */

#include <stdbool.h>
#include <stdint.h>

#include "runtime/core/type.h"
#include "vm/compile/opcodes.h"

typedef struct CodeWord {
    uint16_t op; /* Opcode, or a specialised one */
    int16_t arg; /* signed; the low 16 bits when EXTENDED_ARG words precede */
} CodeWord;

/* co_flags, CPython's numbers. */
enum {
    CODE_OPTIMIZED = 0x1, /* locals are in slots (functions) */
    CODE_NEWLOCALS = 0x2, /* a call makes a new namespace */
    CODE_VARARGS = 0x4,
    CODE_VARKEYWORDS = 0x8,
    CODE_NESTED = 0x10,
    CODE_GENERATOR = 0x20,
    CODE_COROUTINE = 0x80,
    CODE_ITERABLE_COROUTINE = 0x100,
    CODE_ASYNC_GENERATOR = 0x200,
    CODE_FUTURE_BARRY_AS_BDFL = 0x400000,
    CODE_FUTURE_ANNOTATIONS = 0x1000000,
    CODE_FUTURES = 0x15E0000 | CODE_FUTURE_BARRY_AS_BDFL, /* mask: __future__ features of 3.11 */
};

/* Kind of a slot (CPython's numbers). */
enum { SLOT_LOCAL = 0x20, SLOT_CELL = 0x40, SLOT_FREE = 0x80 };

/*
 * Forms.  The first cache word of BINARY_OP, COMPARE_OP, BINARY_SUBSCR, STORE_SUBSCR, LOAD_ATTR,
 * LOAD_METHOD, STORE_ATTR and FOR_ITER is written by the assembler: its `op` field holds the bits
 * below, its `arg` field is 0 and free for the VM (a counter).  They tell where the last two
 * operands (the last one, for LOAD_ATTR and LOAD_METHOD) come from when the instructions that push
 * them stand directly before, and what stands directly behind.  A group never has EXTENDED_ARG
 * words, a jump target or the start of a handler inside (its first instruction may be one), and all
 * of it has the same exception handler.
 *
 *     form  second last, last operand      words from the group's start to the instruction
 *     SS    stack, stack                   0
 *     SL    stack, LOAD_FAST               1
 *     SI    stack, LOAD_INT                1
 *     SC    stack, LOAD_CONST              1
 *     LL    LOAD_FAST, LOAD_FAST           2
 *     LI    LOAD_FAST, LOAD_INT            2
 *     LC    LOAD_FAST, LOAD_CONST          2
 *     IL    LOAD_INT, LOAD_FAST            2
 *     CL    LOAD_CONST, LOAD_FAST          2
 *
 * LOAD_ATTR and LOAD_METHOD have SS or SL.  For STORE_ATTR the operands are value and object, for
 * the subscripts container and key (the value of a STORE_SUBSCR lies below on the stack).  The
 * opcode of the group's first word tells nothing but its own operand: a specialised opcode written
 * there stands for LOAD_FAST (LL, LI, LC, SL), LOAD_INT (SI, IL) or LOAD_CONST (SC, CL).
 *
 * FORM_STORE: STORE_FAST stands behind (also set for FOR_ITER).  FORM_JUMP_…: POP_JUMP_IF_… stands
 * behind (COMPARE_OP, BINARY_OP, BINARY_SUBSCR, LOAD_ATTR).  FORM_RIGHT_ATTR (with SS only): the
 * last operand comes from a LOAD_ATTR of form SL directly before; its LOAD_FAST is 7 words before
 * the instruction (1 + 1 + cache words of LOAD_ATTR).
 */
enum {
    FORM_SS,
    FORM_SL,
    FORM_SI,
    FORM_SC,
    FORM_LL,
    FORM_LI,
    FORM_LC,
    FORM_IL,
    FORM_CL,
    FORM_COUNT,
    FORM_OPERANDS = 0xF, /* mask: one of the above */
    FORM_STORE = 0x10,
    FORM_JUMP_FALSE = 0x20,
    FORM_JUMP_TRUE = 0x40,
    FORM_RIGHT_ATTR = 0x80,
};

/* Words from a group's first word to its instruction, by form. */
static inline int form_back(unsigned form)
{
    unsigned operands = form & FORM_OPERANDS;
    return operands == FORM_SS ? 0 : operands < FORM_LL ? 1 : 2;
}

/* While words start <= index < end run, an exception cuts the stack to `depth` items, pushes the
 * index of the raising word if `lasti`, pushes the exception and goes on at `handler`. */
typedef struct CodeHandler {
    int32_t start, end, handler;
    int32_t depth;
    bool lasti;
} CodeHandler;

/* Where a word comes from.  Lines from 1; columns from 0 in UTF-8 bytes; -1: none. */
typedef struct CodeLocation {
    int32_t line, end_line, column, end_column;
} CodeLocation;

typedef struct CodeObj {
    Obj base;
    Obj *name, *qualname, *filename; /* str */
    Obj *consts;                     /* tuple */
    Obj *names;                      /* tuple of interned str */
    Obj *slot_names; /* tuple of interned str: nlocalsplus names, see "Slots of a frame" */
    CodeWord *words; /* word_count of them */
    int32_t word_count;
    int32_t argcount; /* positional parameters, positional-only ones included */
    int32_t posonlyargcount;
    int32_t kwonlyargcount;
    int32_t nlocals;   /* slots that are locals, parameters included */
    int32_t ncellvars; /* cells, captured parameters included */
    int32_t nfreevars; /* the last slots */
    int32_t nlocalsplus;
    int32_t stacksize; /* items */
    uint32_t flags;    /* CODE_… */
    int32_t firstlineno;
    int32_t handler_count;
    int32_t location_bytes;
    CodeHandler *handlers; /* sorted by start, no two overlap; or NULL */
    uint8_t *slot_kinds;   /* SLOT_… bits, nlocalsplus of them, or NULL */
    uint8_t *locations;    /* co_linetable: CPython 3.11's format over words */
    int64_t hash;          /* -1: not computed */
    Obj *weak_list;
    uint16_t *hidden_ops; /* word_count plain opcodes under the overlay's first opcode, or NULL */
    void *vm_data;        /* the VM's; freed through code_vm_free */
} CodeObj;

extern Type code_type;
#define code_cast(o) ((CodeObj *)(o))
#define code_check(o) (obj_type(o) == &code_type)

/* What code_new needs; references borrowed, arrays copied. */
typedef struct CodeParts {
    ObjRef name, qualname, filename, consts, names, slot_names;
    const CodeWord *words;
    const CodeHandler *handlers;
    const uint8_t *slot_kinds;
    const uint8_t *locations;
    int32_t word_count, handler_count, location_bytes;
    int32_t argcount, posonlyargcount, kwonlyargcount;
    int32_t stacksize, firstlineno;
    uint32_t flags;
} CodeParts;

/* Writes forms into the cache words and clears the others.  The parts come from the compiler; Debug
 * builds check them nevertheless. */
Obj *code_new(const CodeParts *parts);
/* The same for parts from anywhere else: verify.c checks that no such code can crash the VM.
 * ValueError when it could. */
Obj *code_new_checked(const CodeParts *parts);
/* An empty code object for a frame that runs no Python code of its own: name, file, line. */
Obj *code_new_empty(const char *filename, const char *name, int32_t line);

/* `base[op - OP_COUNT]` is the plain opcode under specialised opcode `op` (count of them). */
void code_set_overlay(const uint16_t *base, int count);
/* The plain opcode that a specialised one stands for; a plain one itself. */
uint16_t code_plain_opcode(uint16_t op);
/* The plain opcode of a word. */
uint16_t code_base_opcode(const CodeObj *code, int32_t index);
/* Called at dealloc when vm_data is not NULL. */
extern void (*code_vm_free)(CodeObj *code);

/* Index of the instruction's own word (past its EXTENDED_ARG words); *op plain, *arg whole; returns
 * the index of the next instruction.  For walking: for (i = 0; i < count; i = code_decode(…)). */
int32_t code_decode(const CodeObj *code, int32_t index, int *op, int32_t *arg, int32_t *at);

/* Line of the word, or -1. */
int32_t code_line_at(const CodeObj *code, int32_t index);
void code_location_at(const CodeObj *code, int32_t index, CodeLocation *out);
/* The innermost handler of a word, or NULL. */
const CodeHandler *code_find_handler(const CodeObj *code, int32_t index);

/* Walks the location table: runs of words with one location. */
typedef struct CodeLocations {
    const uint8_t *next, *end;
    int32_t start, stop; /* words of the current run */
    int32_t line_so_far;
    CodeLocation location;
} CodeLocations;
void code_locations_init(const CodeObj *code, CodeLocations *walk);
bool code_locations_next(CodeLocations *walk);

/* Same meaning: name, constants, names, slots, flags, first line, plain code and tables. */
bool code_same(const CodeObj *a, const CodeObj *b);

/* Slots with SLOT_CELL or SLOT_FREE or SLOT_LOCAL: tuple of their names (new reference). */
Obj *code_slot_names(const CodeObj *code, int kind);
int code_init(void);
void code_finish(void);

#endif
