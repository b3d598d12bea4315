#ifndef OURO_VM_CLI_DUMP_H
#define OURO_VM_CLI_DUMP_H

/* `ouro --dump=STAGE FILE`. */

#include "gc/object.h"
#include "grammar/dump.h"

/* Writes a stage of the compilation of `file` (NULL or "-": standard input) to stdout.  stage:
 * "tokens", "ast", "symbols", "bytecode", "consts" or "peephole"; format: "text", "json" or NULL.
 * Returns the exit status: 0, 1 after an error in the source, 2 for a wrong name; the message is on
 * stderr.  Starts and ends the interpreter by itself where a stage needs it. */
int dump_run(const char *stage, const char *format, const char *file);

#endif
