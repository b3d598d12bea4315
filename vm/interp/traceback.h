#ifndef OURO_VM_INTERP_TRACEBACK_H
#define OURO_VM_INTERP_TRACEBACK_H

/* traceback: one step of the way that an exception took, outermost first. */

#include "vm/interp/frame.h"

typedef struct TracebackObj {
    Obj base;
    struct TracebackObj *next; /* towards where the exception was raised; owned or NULL */
    FrameObj *frame;           /* owned */
    int32_t lasti;             /* word index */
    int32_t line;              /* -1: ask the code object */
} TracebackObj;

extern Type traceback_type;
#define traceback_cast(o) ((TracebackObj *)(o))
#define traceback_check(o) (obj_type(o) == &traceback_type)

/* Puts an entry for the record's frame in front of the pending exception's traceback. */
void traceback_add(CallRecord *record);
/* An entry for a frame that runs no Python code (a line of a C-level file); nothing on failure. */
void traceback_add_place(const char *function, const char *filename, int32_t line);
int32_t traceback_line(const TracebackObj *traceback);

#endif
