#ifndef OURO_VM_CLI_REPL_H
#define OURO_VM_CLI_REPL_H

/* The interactive prompt. */

#include <stdbool.h>

#include "gc/object.h"

/* Reads, runs and prints in the namespace of `main_module` until the end of input or SystemExit;
 * returns the exit status.  Prompts come from sys.ps1 and sys.ps2. */
int repl_run(ObjRef main_module, bool banner);

#endif
