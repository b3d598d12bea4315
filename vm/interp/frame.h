#ifndef OURO_VM_INTERP_FRAME_H
#define OURO_VM_INTERP_FRAME_H

/*
 * Frame objects: what sys._getframe and tracebacks show of a frame.  Most frames never have one.
 */

#include "runtime/core/type.h"
#include "vm/interp/thread.h"

typedef struct FrameObj {
    Obj base;
    CallRecord *record;             /* while the frame is on the call stack, else NULL */
    struct GeneratorObj *generator; /* borrowed: of a generator that is alive, else NULL */
    struct FrameObj *back;          /* owned; of a frame that has ended */
    Obj *function;                  /* owned FunctionObj */
    Obj *namespace; /* owned: f_locals of a module or class; of a function the dict made last */
    Obj **slots;    /* the locals of a frame that has ended: slot_count of them, or NULL */
    int32_t slot_count;
    int32_t lasti; /* word index, of a frame that has ended */
    Obj *trace;    /* f_trace, or NULL */
    bool trace_lines, trace_opcodes;
    bool locals_taken;  /* f_locals was asked for since its trace function was called */
    int32_t shown_line; /* what f_lineno is while a call event is told; 0: the true one */
} FrameObj;

enum { FRAME_LINE_ZERO = -1 }; /* shown_line: f_lineno is 0 */

extern Type frame_type;
#define frame_cast(o) ((FrameObj *)(o))
#define frame_check(o) (obj_type(o) == &frame_type)

/* The frame object of a record, made when there is none: new reference. */
Obj *frame_of_record(CallRecord *record);
/* The same, borrowed from the record; NULL and MemoryError. */
FrameObj *frame_peek(CallRecord *record);
/* The record's frame ends: its frame object takes over locals and position, and is given up.  The
 * slots are left empty. */
void frame_detach(CallRecord *record);
/* The frame of a suspended generator, made when there is none: new reference. */
Obj *frame_of_generator(struct GeneratorObj *generator);
/* The generator is suspended / resumed / gone. */
void frame_suspend(FrameObj *frame);
/* Index of the word being executed. */
int32_t frame_lasti(const FrameObj *frame);
int32_t frame_line(const FrameObj *frame);
/* f_locals of a record: new reference to the namespace, or to a dict brought up to date. */
Obj *frame_locals(CallRecord *record);
/* Takes changes of the dict that f_locals gave into the variables of a function: 0/-1. */
int frame_store_locals(FrameObj *frame);
#define frame_code(frame) (function_cast((frame)->function)->code)

#endif
