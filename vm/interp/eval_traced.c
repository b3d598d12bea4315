/*
 * The eval loop once more, for frames that are traced: eval.c compiled with EVAL_TRACED, which
 * makes it tell tracing.c of every event.  It always executes plain instructions, one at a time.
 */

#define EVAL_TRACED 1
#include "vm/interp/eval.c" /* NOLINT(bugprone-suspicious-include): what this file is for */
