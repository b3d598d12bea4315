#ifndef OURO_VM_CLI_INSPECT_OPTIONS_H
#define OURO_VM_CLI_INSPECT_OPTIONS_H

#include <stdbool.h>

/* --ids=, --heap= and --dump=pools. */
typedef struct InspectOptions {
    const char *heap;   /* file of --heap=; or NULL */
    const char *format; /* of the pools: "text", "json" or "svg"; NULL: they are not asked for */
    bool track;         /* -X track */
} InspectOptions;

/* Each takes the text behind the '=': 0, or -1 with a message on stderr that names what is
 * accepted. */
int inspect_take_ids(const char *value);
int inspect_take_heap(InspectOptions *options, const char *value);
int inspect_take_pools(InspectOptions *options, const char *format);
/* Before the program runs. */
void inspect_begin(const InspectOptions *options);
/* After the program ended and before it is torn down: writes what was asked for.  0, or 1 with a
 * message on stderr. */
int inspect_at_exit(const InspectOptions *options);

#endif
