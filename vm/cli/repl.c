/*
 * The interactive prompt.
 */

#include "vm/cli/repl.h"

#include "runtime/core/err.h"

int repl_run(ObjRef main_module, bool banner)
{
    (void)main_module;
    (void)banner;
    return 0;
}
