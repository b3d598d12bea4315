/*
 * ouro --profile: measures a whole run with module _profiler and has runtime/lib/_profile_report.py
 * write what was found.
 */

#include "vm/cli/profile.h"

#include <stdio.h>
#include <string.h>

#include "runtime/core/err.h"
#include "runtime/core/object.h"
#include "runtime/types/str.h"
#include "vm/interp/import.h"
#include "vm/interp/traceback_print.h"

static const char *const endings[] = {".html", ".txt"};

bool profile_accepts(const char *target)
{
    size_t length = strlen(target);
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t ending = strlen(endings[i]);
        if (length > ending && strcmp(target + length - ending, endings[i]) == 0)
            return true;
    }
    fprintf(stderr, "ouro: --profile=FILE wants a file ending in .html or .txt, not '%s'\n",
            target);
    return false;
}

/* Calls a function of a module with up to two arguments (borrowed, NULL: none): 0/-1. */
static int call_in(const char *module_name, const char *name, ObjRef first, ObjRef second)
{
    Obj *module = import_module(module_name);
    Obj *function = module == NULL ? NULL : obj_getattr_str(module, name);
    Obj *result = function == NULL ? NULL
                  : first == NULL  ? obj_call0(function)
                                   : obj_call2(function, first, second);
    obj_xdecref(module);
    obj_xdecref(function);
    obj_xdecref(result);
    return result == NULL ? -1 : 0;
}

int profile_start(void)
{
    return call_in("_profiler", "start", NULL, NULL);
}

bool profile_report(const char *path, const char *target)
{
    Obj *pending = err_fetch();
    Obj *program = str_from_filesystem(path);
    Obj *file = target == NULL ? none_new() : str_from_filesystem(target);
    bool written = program != NULL && file != NULL &&
                   call_in("_profiler", "stop", NULL, NULL) == 0 &&
                   call_in("_profile_report", "report", program, file) == 0;
    int status;
    if (!written)
        traceback_report_pending(&status);
    obj_xdecref(program);
    obj_xdecref(file);
    err_restore_steal(pending);
    return written;
}
