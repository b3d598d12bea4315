#ifndef OURO_VM_INTERP_TRACING_H
#define OURO_VM_INTERP_TRACING_H

/*
 * sys.settrace and sys.setprofile.
 *
 * The loop exists twice (eval.c, eval_traced.c): the plain one knows nothing of tracing; the traced
 * one tells the functions below of every event.  BREAK_TRACE in runtime.breaker says that a trace
 * or profile function is set and does not itself run just now.  The plain loop goes over to the
 * traced one where it looks at the breaker (function entry, backward jumps, exceptions) and at
 * trace points: opcodes that are written over all instructions of the active frames when tracing
 * begins.  The traced loop goes back as soon as BREAK_TRACE is gone.
 */

#include <stdbool.h>

#include "runtime/core/state.h"
#include "vm/interp/thread.h"

/* A frame begins, or a generator goes on: 0/-1. */
int tracing_enter(CallRecord *record);
/* A frame is left with a value, or with the pending exception when value is NULL; 0, or -1 when a
 * trace function raised (which replaces a pending exception). */
int tracing_leave(CallRecord *record, ObjRef value);
/* The pending exception passes through the frame; a trace function may replace it. */
void tracing_exception(CallRecord *record);
/* The instruction at record->ip is about to run after the one at `previous` (NULL: the frame's
 * first).  The trace function may move record->ip and record->depth: 0/-1. */
int tracing_instruction(CallRecord *record, const CodeWord *previous);
/* Around the call of what is no Python function: c_call, then c_return or c_exception for builtins.
 * *told (owned, or NULL) goes from one to the other, which gives `result` back: 0/-1; or NULL. */
int tracing_c_call(CallRecord *record, ObjRef callable, const ObjRef *args, int64_t nargs,
                   Obj **told);
Obj *tracing_c_done_steal(CallRecord *record, Obj *told, Obj *result);

/* C code that hears of events besides; it must not run Python code nor raise.  Frames that only
 * make a generator are left without having been entered. */
typedef struct TracingObserver TracingObserver;
struct TracingObserver {
    void (*enter)(CallRecord *record);
    void (*line)(CallRecord *record, int32_t line); /* about to run */
    void (*leave)(CallRecord *record);
    TracingObserver *next;
};
void tracing_observe(TracingObserver *observer);
void tracing_unobserve(TracingObserver *observer);

/* sys.settrace and its relatives: 0/-1. */
int tracing_init(void);
void tracing_finish(void);
/* Why f_lineno of the frame (NULL: not on the call stack) cannot be set now, or NULL. */
const char *tracing_jump_problem(const CallRecord *record);

#endif
