#ifndef OURO_VM_COMPILE_UNIT_H
#define OURO_VM_COMPILE_UNIT_H

/*
 * One code object in the making: its list of instructions, constants, names and slots.
 *
 * The instruction list is linear.  Jumps name labels; a label is an entry of the list itself, so
 * that instructions can be added and removed anywhere without renumbering.  Each instruction knows
 * the exception handler that covers it.
 */

#include <stdbool.h>
#include <stdint.h>

#include "gc/bump.h"
#include "gc/object.h"
#include "grammar/ast.h"
#include "grammar/symtable.h"
#include "vm/compile/opcodes.h"

/* Entries of the list that are no instructions. */
enum {
    PSEUDO_LABEL = OP_COUNT, /* arg: label */
    PSEUDO_SETUP,            /* arg: handler, whose depth is taken from here */
};

/* Flags of an instruction. */
enum {
    INSTR_LATE = 1, /* builds what the compiler, not the source, asks for: a tuple is folded late,
                       anything else never */
    INSTR_STATEMENT = 2, /* POP_TOP of an expression statement */
    INSTR_QUIET = 4,     /* a backward JUMP that does not look at the breaker */
    INSTR_NO_LINE = 8,   /* belongs to no line of its own */
    INSTR_LINE = 16,     /* a NOP that stays when its line would have no instruction without it */
};

typedef struct Instr {
    uint16_t op;     /* Opcode or PSEUDO_… */
    uint16_t flags;  /* INSTR_… */
    int32_t arg;     /* label of a jump; index into the unit's constants for OPARG_CONST; for
                        OPARG_CELL index into cells followed by free variables */
    int32_t handler; /* index into handlers, or -1 */
    Place place;     /* line 0: none */
} Instr;

typedef struct InstrList {
    Instr *items;
    int64_t count, capacity;
} InstrList;

/* An exception handler of the unit. */
typedef struct UnitHandler {
    int32_t label; /* where it starts */
    int32_t outer; /* handler around it, or -1 */
    int32_t below; /* items on the stack at PSEUDO_SETUP that an exception removes */
    int32_t depth; /* found by the assembler; -1: never reached */
    bool lasti;
} UnitHandler;

/* Pointer → int32, for interned names and shared constants. */
typedef struct PointerMap {
    const void **keys;
    int32_t *values;
    int64_t mask, count;
} PointerMap;

/* What lies between here and the end of the function, for break, continue and return. */
typedef enum BlockKind {
    BLOCK_WHILE,
    BLOCK_FOR,
    BLOCK_TRY,         /* body of try … except */
    BLOCK_FINALLY_TRY, /* body of try … finally */
    BLOCK_FINALLY_END, /* the finally part, run for an exception */
    BLOCK_WITH,
    BLOCK_ASYNC_WITH,
    BLOCK_HANDLERS,      /* the except parts, between handlers */
    BLOCK_STAR_HANDLERS, /* the same of except* */
    BLOCK_HANDLER,       /* body of an except part */
    BLOCK_VALUE,         /* a return value lies on the stack */
    BLOCK_ASYNC_COMPREHENSION,
} BlockKind;

typedef struct Block {
    BlockKind kind;
    int32_t start, exit;     /* labels of a loop: continue, break */
    int32_t handler_outside; /* handler in force once this block was left */
    const NodeList *body;    /* of BLOCK_FINALLY_TRY */
    const char *name;        /* of BLOCK_HANDLER; or NULL */
    Place place;             /* of a with item */
} Block;

enum { UNIT_MAX_BLOCKS = 20 }; /* CPython's CO_MAXBLOCKS */

typedef enum UnitKind {
    UNIT_MODULE,
    UNIT_CLASS,
    UNIT_FUNCTION,
    UNIT_ASYNC_FUNCTION,
    UNIT_LAMBDA,
    UNIT_COMPREHENSION,
} UnitKind;

typedef struct Unit Unit;
struct Unit {
    Unit *parent;
    UnitKind kind;
    const Scope *scope;
    const char *name;         /* co_name */
    const char *qualified;    /* co_qualname */
    const char *private_name; /* of the class around, for mangling; or NULL */
    InstrList list;
    int32_t label_count;
    UnitHandler *handlers;
    int32_t handler_count, handler_capacity;
    int32_t handler; /* in force for the next instruction */
    Place place;     /* of the next instruction */
    Block blocks[UNIT_MAX_BLOCKS];
    int block_count;
    ObjRef *constants; /* borrowed from the compilation's table of constants */
    int32_t constant_count, constant_capacity;
    PointerMap constant_map;
    const char **names; /* co_names, mangled */
    int32_t name_count, name_capacity;
    PointerMap name_map;
    const char **locals; /* parameters first */
    int32_t local_count, local_capacity;
    PointerMap local_map;
    PointerMap cell_map; /* cells, then free variables */
    int32_t argcount, posonlyargcount, kwonlyargcount;
    int32_t firstlineno;
    bool first_constant_reserved; /* constant 0 is the docstring or None */
    /* While peephole_fold runs: entries of the list between these do not count any more. */
    int64_t hole_start, hole_end;
};

/* All of these return false or -1 when memory is out, and raise nothing. */
bool pointer_map_put(PointerMap *map, Bump *bump, const void *key, int32_t value);
/* The value, or -1. */
int32_t pointer_map_get(const PointerMap *map, const void *key);

bool instr_list_reserve(InstrList *list, Bump *bump, int64_t capacity);
/* Adds an entry at the end. */
Instr *instr_list_push(InstrList *list, Bump *bump);
/* Opens a gap of `count` zeroed entries before `index`. */
bool instr_list_insert(InstrList *list, Bump *bump, int64_t index, int64_t count);

Unit *unit_new(Bump *bump, Unit *parent, UnitKind kind, const Scope *scope);
int32_t unit_add_name(Unit *unit, Bump *bump, const char *name);
int32_t unit_add_local(Unit *unit, Bump *bump, const char *name);
/* The index of a shared constant, which must live until the unit was assembled. */
int32_t unit_add_constant(Unit *unit, Bump *bump, ObjRef constant);
int32_t unit_add_handler(Unit *unit, Bump *bump, int32_t label, bool lasti, int32_t below);

static inline bool instr_jumps(const Instr *instr)
{
    return instr->op < OP_COUNT && opcode_jumps(instr->op);
}

/* Control never goes on to the next entry. */
static inline bool instr_ends(const Instr *instr)
{
    return instr->op < OP_COUNT && (opcode_info[instr->op].flags & OPFLAG_ENDS) != 0;
}

#endif
