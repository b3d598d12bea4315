/*
 * The options that look at a program's memory: --ids=, --heap=FILE and --dump=pools.
 *
 * What they write is made by the Python modules of runtime/lib/ouro, after the program has ended
 * and before its modules are taken apart.  Budgets of the program (-X maxmem and so on) are lifted
 * for that.
 */

#include "vm/cli/inspect_options.h"

#include <stdio.h>
#include <string.h>

#include "gc/collector.h"
#include "gc/mem.h"
#include "runtime/core/err.h"
#include "runtime/core/ids.h"
#include "runtime/core/object.h"
#include "runtime/core/state.h"
#include "runtime/types/module.h"
#include "runtime/types/str.h"
#include "vm/inspect/life.h"
#include "vm/interp/import.h"
#include "vm/interp/traceback_print.h"
#include "vm/interp/unwind.h"

int inspect_take_ids(const char *value)
{
    if (strcmp(value, "stable") == 0) {
        ids_use_stable();
        return 0;
    }
    if (strcmp(value, "address") == 0)
        return 0;
    fprintf(stderr, "ouro: --ids wants stable or address, not '%s'\n", value);
    return -1;
}

static bool ends_with(const char *text, const char *ending)
{
    size_t length = strlen(text), tail = strlen(ending);
    return length > tail && strcmp(text + length - tail, ending) == 0;
}

int inspect_take_heap(InspectOptions *options, const char *value)
{
    static const char *const endings[] = {".svg", ".html", ".dot", ".json"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        if (ends_with(value, endings[i])) {
            options->heap = value;
            return 0;
        }
    }
    fprintf(stderr, "ouro: --heap wants a file that ends in .svg, .html, .dot or .json, not '%s'\n",
            value);
    return -1;
}

int inspect_take_pools(InspectOptions *options, const char *format)
{
    options->format = format == NULL ? "text" : format;
    if (strcmp(options->format, "text") == 0 || strcmp(options->format, "json") == 0 ||
        strcmp(options->format, "svg") == 0)
        return 0;
    fprintf(stderr, "ouro: the format of --dump=pools is text, json or svg, not '%s'\n", format);
    return -1;
}

/* Calls ouro.files.FUNCTION(argument): 0, or 1 with a traceback on stderr. */
static int call(const char *function, const char *argument)
{
    Obj *module = import_module("ouro.files"), *text = str_from_filesystem(argument);
    Obj *callable = module == NULL ? NULL : obj_getattr_str(module, function);
    Obj *result = callable == NULL || text == NULL ? NULL : obj_call1(callable, text);
    int status = 0;
    if (result == NULL)
        traceback_report_pending(&status);
    obj_xdecref(module);
    obj_xdecref(text);
    obj_xdecref(callable);
    obj_xdecref(result);
    return status;
}

void inspect_begin(const InspectOptions *options)
{
    if (options->track)
        life_start();
}

int inspect_at_exit(const InspectOptions *options)
{
    life_finish();
    if (options->heap == NULL && options->format == NULL)
        return 0;
    /* Loading the modules that draw must not move the program's objects to older generations. */
    gc_heap.enabled = false;
    mem_set_limit(0);
    thread_state->steps_left = INT64_MAX;
    /* Pools first: the picture of the heap would take blocks. */
    int status = options->format == NULL ? 0 : call("print_pools", options->format);
    if (options->heap != NULL && call("save_heap", options->heap) != 0)
        status = 1;
    return status;
}
