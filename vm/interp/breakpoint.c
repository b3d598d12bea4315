/*
 * breakpoint() calls sys.breakpointhook, which calls what the environment variable PYTHONBREAKPOINT
 * names (PEP 553): pdb.set_trace when it is empty or not set, nothing when it is "0".
 */

#include "vm/interp/breakpoint.h"

#include <stdlib.h>
#include <string.h>

#include "gc/mem.h"
#include "runtime/core/err.h"
#include "runtime/core/object.h"
#include "runtime/core/state.h"
#include "runtime/types/builtin_function.h"
#include "runtime/types/dict.h"
#include "runtime/types/str.h"

/* MODULE.FUNCTION, or a builtin function: new reference; NULL with an exception. */
static Obj *find_hook(const char *path)
{
    const char *dot = strrchr(path, '.');
    if (dot == NULL)
        return obj_getattr_str(runtime.builtins, path);
    size_t length = (size_t)(dot - path);
    char *module_name = mem_alloc(length + 1);
    if (module_name == NULL)
        return err_no_memory();
    memcpy(module_name, path, length);
    module_name[length] = '\0';
    Obj *module = runtime.hooks.import_module(module_name);
    mem_free(module_name, length + 1);
    Obj *function = module == NULL ? NULL : obj_getattr_str(module, dot + 1);
    obj_xdecref(module);
    return function;
}

static Obj *sys_breakpointhook(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self;
    const char *path = runtime.ignore_environment ? NULL : getenv("PYTHONBREAKPOINT");
    if (path == NULL || path[0] == '\0')
        path = "pdb.set_trace";
    else if (strcmp(path, "0") == 0)
        return none_new();
    Obj *function = find_hook(path);
    if (function == NULL) {
        if (!err_matches(&exc_exception))
            return NULL;
        err_clear();
        if (err_warn(&exc_runtime_warning, 0, "Ignoring unimportable $PYTHONBREAKPOINT: \"%s\"",
                     path) < 0)
            return NULL;
        return none_new();
    }
    Obj *result = obj_call(function, args, nargs, kwnames);
    obj_decref(function);
    return result;
}

static Obj *builtin_breakpoint(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self;
    ObjRef peeked = dict_peek_ascii(runtime.sys_dict, "breakpointhook");
    if (peeked == NULL)
        return err_format(&exc_runtime_error, "lost sys.breakpointhook");
    Obj *hook = obj_incref(peeked);
    Obj *result = obj_call(hook, args, nargs, kwnames);
    obj_decref(hook);
    return result;
}

static const MethodDef hook_def = {"breakpointhook",
                                   sys_breakpointhook,
                                   0,
                                   -1,
                                   METHOD_KEYWORDS,
                                   "breakpointhook(*args, **kws)\n\nWhat breakpoint() calls."};
static const MethodDef breakpoint_def = {
    "breakpoint", builtin_breakpoint, 0,
    -1,           METHOD_KEYWORDS,    "breakpoint(*args, **kws)\n\nStarts the debugger here."};

/* Adds the function to a dict under its own name and `second`, if given: 0/-1. */
static int add_function(ObjRef dict, const MethodDef *def, const char *module_name,
                        const char *second)
{
    Obj *module = str_intern_ascii(module_name);
    Obj *function = module == NULL ? NULL : builtin_function_new(def, NULL, module);
    int result = function == NULL ? -1 : dict_set_ascii(dict, def->name, function);
    if (result == 0 && second != NULL)
        result = dict_set_ascii(dict, second, function);
    obj_xdecref(module);
    obj_xdecref(function);
    return result;
}

int breakpoint_init(void)
{
    if (add_function(runtime.sys_dict, &hook_def, "sys", "__breakpointhook__") < 0)
        return -1;
    return add_function(runtime.builtins_dict, &breakpoint_def, "builtins", NULL);
}
