#ifndef OURO_VM_INTERP_THREAD_H
#define OURO_VM_INTERP_THREAD_H

/*
 * What the interpreter keeps for one thread of Python: the value stack and the call records.
 *
 * The value stack is one reserved range of addresses that is touched as it grows.  A frame's part:
 *
 *     fp[-2]              FRAME_NAMESPACE: the mapping that LOAD_NAME looks in (owned)
 *     fp[-1]              the running FunctionObj (owned)
 *     fp[0 … nlocalsplus) its slots; arguments that a caller pushed become the first of them in
 * place … stacksize         its operands
 *
 * The frame of a generator has the same parts inside the GeneratorObj instead; calls from there
 * copy their arguments to the value stack.
 */

#include <stdint.h>

#include "gc/object.h"
#include "runtime/core/state.h"
#include "vm/compile/code.h"
#include "vm/interp/function.h"

struct FrameObj;

/* Flags of a CallRecord.  0: called by the frame below, in the same C call of eval_run. */
enum {
    FRAME_ENTRY = 1, /* called from C: leaving it leaves eval_run */
    FRAME_INIT = 2,  /* an __init__: its None is dropped, the instance lies on the caller's stack */
    FRAME_GENERATOR = 4,  /* fp points into a GeneratorObj */
    FRAME_FOR = 8,        /* a generator resumed by the FOR_ITER of the frame below */
    FRAME_SEND = 16,      /* a generator resumed by the SEND of the frame below */
    FRAME_NAMESPACE = 32, /* fp[-2] is the namespace */
    FRAME_OBJECT = 64,    /* `frame` is set */
    FRAME_SPREAD = 128,   /* of f(*a, **k): three words below the result keep the operands alive */
};

/* One active frame: 32 bytes. */
typedef struct CallRecord {
    CodeWord *ip; /* the instruction being executed; exact while another frame or C runs */
    Obj **fp;     /* slot 0 */
    struct FrameObj *frame; /* owned, when FRAME_OBJECT */
    int32_t depth;          /* words from fp to the operand stack's end while a callee runs */
    uint16_t flags;         /* FRAME_… */
    uint16_t skip;          /* words from ip to where the frame goes on when its callee returned */
} CallRecord;

/* Where the other loop goes on; see eval.h. */
typedef struct HandOver {
    Obj **sp;
    const CodeWord *last;
    bool throwing;
} HandOver;

typedef struct VmThread {
    CallRecord *record; /* the running frame; `records` itself is a sentinel without frame */
    CallRecord *records;
    CallRecord *records_end; /* one past the last */
    Obj **stack;
    uintptr_t
        stack_room; /* bytes from stack at which a frame of up to FAST_FRAME_WORDS may begin */
    Obj **stack_end;
    ObjRef keywords;     /* names of the keyword arguments of the call being made, or NULL */
    Obj *keywords_owned; /* the same when made for that call; owned */
    HandOver hand_over;
    Obj **floor; /* the free part begins here at least: arguments being bound lie below */
} VmThread;

enum { FAST_FRAME_WORDS = 1024 };

#define record_function(record) ((FunctionObj *)(record)->fp[-1])
#define record_code(record) (record_function(record)->code)

/* The running thread's. */
static inline VmThread *vm_current(void)
{
    return thread_state->vm;
}

int thread_init(void);
void thread_finish(void);
/* First free word of the value stack above the running frame. */
Obj **thread_stack_top(const VmThread *vm);
/* RecursionError unless `words` fit at `top`: 0/-1. */
int thread_check_room(const VmThread *vm, Obj *const *top, int64_t words);
/* The innermost record with a frame, or NULL. */
CallRecord *thread_running(void);
/* Record `depth` frames out from the running one, or NULL. */
CallRecord *thread_record_at(int64_t depth);
/* Gives the frames that run `function` a copy of it, because its __code__ is about to change. */
int thread_protect_function(ObjRef function);

#endif
