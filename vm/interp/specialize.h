#ifndef OURO_VM_INTERP_SPECIALIZE_H
#define OURO_VM_INTERP_SPECIALIZE_H

/*
 * Specialised opcodes: their numbers, what they keep in cache words, and who writes them.
 *
 * A site tries to specialise when its counter (the `arg` field of the first cache word) is due;
 * every miss turns it back to the plain opcode and makes it wait longer; after SPECIALIZE_TRIES it
 * stays plain.
 */

#include <string.h>

#include "runtime/types/dict_cells.h"
#include "vm/interp/code_data.h"
#include "vm/interp/thread.h"

enum {
    OP_BEFORE_SPECIALISED = OP_COUNT - 1,
#define SPECIALISED(NAME, PLAIN) OP_##NAME,
#include "vm/interp/specialised.def"
#undef SPECIALISED
    OP_COUNT_ALL
};

enum {
    SPECIALIZE_TRIES = 5,
    SPECIALIZE_STEP = 8 /* counters count in steps; the rest are misses */
};

/* ---- cache words */

static inline void *cache_pointer(const CodeWord *word)
{
    void *pointer;
    memcpy(&pointer, word, sizeof pointer);
    return pointer;
}

static inline void cache_set_pointer(CodeWord *word, const void *pointer)
{
    memcpy(word, &pointer, sizeof pointer);
}

static inline const Shape *cache_shape(const CodeWord *word)
{
    return cache_pointer(word);
}

static inline int32_t cache_int(const CodeWord *word)
{
    int32_t number;
    memcpy(&number, word, sizeof number);
    return number;
}

static inline void cache_set_int(CodeWord *word, int32_t number)
{
    memcpy(word, &number, sizeof number);
}

/* The low half of type_epoch, as cached, is still right. */
static inline bool cache_epoch_stands(const CodeWord *word)
{
    return (uint32_t)cache_int(word) == (uint32_t)type_epoch;
}

/* -X nospec: plain instructions alone are executed. */
extern bool specialize_off;

/* The site's turn to specialise?  Counts down otherwise. */
static inline bool specialize_due(CodeWord *counter)
{
    if (counter->arg >= SPECIALIZE_STEP) {
        counter->arg = (int16_t)(counter->arg - SPECIALIZE_STEP);
        return false;
    }
    return counter->arg < SPECIALIZE_TRIES && !specialize_off;
}

/* For CALL, whose first cache word holds no form. */
static inline bool call_due(CodeWord *counter)
{
    return specialize_due(counter);
}

/* A specialised opcode missed, or there is none for what the site sees. */
void specialize_missed(CodeWord *counter);

/* ---- each looks at the operands of the instruction at ip and may overwrite its opcode (or that of
 * its group's first word).  None raises. */
void specialize_load_global(FunctionObj *function, CodeWord *ip, int32_t arg);
void specialize_store_global(FunctionObj *function, CodeWord *ip, int32_t arg);
/* Whether names of this module-level frame can be cached; sets function->name_cells. */
bool specialize_names(CallRecord *record, ObjRef namespace);
void specialize_load_name(FunctionObj *function, CodeWord *ip, int32_t arg);
void specialize_store_name(FunctionObj *function, CodeWord *ip, int32_t arg);
void specialize_load_attr(CallRecord *record, CodeWord *ip, ObjRef owner, ObjRef name);
void specialize_load_method(CallRecord *record, CodeWord *ip, ObjRef owner, ObjRef name);
void specialize_store_attr(CallRecord *record, CodeWord *ip, ObjRef owner, ObjRef name);
void specialize_call(CallRecord *record, CodeWord *ip, Obj *const *base, int32_t arg,
                     ObjRef kwnames);
void specialize_for_iter(CodeObj *code, CodeWord *ip, int32_t arg, ObjRef iterator);
/* UNPACK_SEQUENCE 2 of a tuple. */
void specialize_unpack_pair(const CodeObj *code, CodeWord *ip);
void specialize_binary(CodeWord *ip, int32_t arg, ObjRef a, ObjRef b);
void specialize_compare(CodeWord *ip, int32_t arg, ObjRef a, ObjRef b);
void specialize_subscr(CallRecord *record, CodeWord *ip, ObjRef container, ObjRef key);
void specialize_store_subscr(CodeWord *ip, ObjRef container, ObjRef key);

/* Tells the code objects what the specialised opcodes stand for. */
void specialize_init(void);

#endif
