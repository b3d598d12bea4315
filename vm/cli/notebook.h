#ifndef OURO_VM_CLI_NOTEBOOK_H
#define OURO_VM_CLI_NOTEBOOK_H

/* ouro --check FILE.ipynb… */

#include <stdbool.h>

/* Gives each notebook a process of its own when there are several.  True: this process is to check
 * *file.  False: all was done, or cannot be; *status is the exit status. */
bool notebook_pick(char **files, int count, const char **file, int *status);
/* Runs the notebook in the interpreter and compares what its cells print with the outputs stored in
 * it.  0, or -1 with an exception; *status: 0 all the same, 1 some differ, 2 it cannot be read. */
int notebook_run(const char *file, bool allow_shell, int *status);

#endif
