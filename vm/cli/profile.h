#ifndef OURO_VM_CLI_PROFILE_H
#define OURO_VM_CLI_PROFILE_H

/* ouro --profile FILE and --profile=OUT FILE. */

#include <stdbool.h>

/* The ending of the file is one that a report can have; else a message on stderr. */
bool profile_accepts(const char *target);
/* Begins to measure: 0/-1. */
int profile_start(void);
/* Ends it and writes the report about the program `path` to the file `target`, or to stdout when it
 * is NULL.  A pending exception stays; false when the report could not be written. */
bool profile_report(const char *path, const char *target);

#endif
