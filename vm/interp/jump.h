#ifndef OURO_VM_INTERP_JUMP_H
#define OURO_VM_INTERP_JUMP_H

/* Setting f_lineno: moving a frame to another line. */

#include "vm/interp/thread.h"

/* Moves the frame, which a trace function looks at, to the line (or the first one with code behind
 * it), and gives up what that takes off its operand stack: 0, or -1 with ValueError. */
int jump_to_line(CallRecord *record, int64_t line);

#endif
