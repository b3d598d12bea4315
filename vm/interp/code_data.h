#ifndef OURO_VM_INTERP_CODE_DATA_H
#define OURO_VM_INTERP_CODE_DATA_H

/*
 * What the VM keeps with a code object (CodeObj.vm_data): whose globals its LOAD_GLOBAL caches are
 * for, and the caches that are too big for cache words.
 *
 * Cells of a dict live as long as it does.  Functions of one code object nearly always share their
 * globals, so the instructions cache cells without a guard; `globals` says whose.  A second
 * function with other globals turns this off for the code object for good (`shared`).
 */

#include <stdbool.h>
#include <stdint.h>

#include "runtime/types/dict.h"
#include "vm/compile/code.h"

/* An attribute site's cache of one shape; see specialize.c for which fields an opcode uses. */
typedef struct SiteCache SiteCache;
struct SiteCache {
    SiteCache *next;    /* all of a code object */
    const Shape *shape; /* guard: of the object (or, for CALL, unused) */
    uint64_t epoch;     /* guard: type_epoch */
    ObjRef value;      /* borrowed: method, class attribute, getter; alive while the epoch stands */
    Shape *new_shape;  /* STORE_ATTR that adds an attribute */
    DictCell *cell;    /* class data or module attribute: its cell; LOAD_GLOBAL: globals' cell */
    DictCell *builtin; /* LOAD_GLOBAL: builtins' cell */
    int32_t slot;      /* attribute slot */
    int32_t position;  /* dict-mode instance: entry where the key was found last */
    const Shape *shape2; /* second shape of a site that sees two, with its slot */
    int32_t slot2;
    struct CallPlan *plan; /* CALL: how arguments become slots (calls.h); owned */
};

/* Where a name of module-level code is: one per entry of co_names, filled when first used. */
typedef struct NameCells {
    DictCell *global, *builtin;
    bool seen; /* used once: what a module does once needs no cells */
} NameCells;

typedef struct CodeData {
    int64_t functions; /* living functions of this code */
    ObjRef globals; /* dict that cached cells belong to; NULL: none yet.  Borrowed, only compared */
    ObjRef builtins;
    uint64_t deaths; /* dict_cell_deaths when `functions` became 0 */
    bool shared;     /* functions with different globals exist: nothing is cached */
    uint32_t serial; /* no other code object has it: guards what is cached about a callee */
    bool cached;     /* some LOAD_GLOBAL holds a cell */
    bool paired;     /* superinstructions.c has been here */
    SiteCache *sites;
    NameCells *name_cells; /* length of co_names, or NULL */
    int64_t name_count;
    int32_t *lines; /* of every word, once traced; -1: none */
} CodeData;

/* Makes it when first asked for; NULL and MemoryError. */
CodeData *code_data_of(CodeObj *code);
/* A function of this code is born / dies.  0/-1. */
int code_data_join(CodeObj *code, ObjRef globals, ObjRef builtins);
void code_data_leave(CodeObj *code);
/* A new site cache, owned by the code object; NULL without exception when there is no memory. */
SiteCache *code_data_site(CodeObj *code);
/* Turns every LOAD_GLOBAL and STORE_GLOBAL back into its plain form. */
void code_data_forget_globals(CodeObj *code);
void code_data_free(CodeObj *code);
/* The lines of all words, made when first asked for; NULL and MemoryError. */
const int32_t *code_data_lines(CodeObj *code);

#endif
