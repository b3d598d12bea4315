/*
 * Module atexit: functions to be called when the program ends, the last registered first.
 */

#include "runtime/modules/atexit.h"

#include "runtime/core/err.h"
#include "runtime/core/roots.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/tuple.h"

static Obj *callbacks; /* list of (function, args tuple, keyword dict or None) */

void atexit_run(void)
{
    while (callbacks != NULL && list_length(callbacks) > 0) {
        Obj *entry = obj_incref(list_peek(callbacks, list_length(callbacks) - 1));
        if (list_set_slice(callbacks, list_length(callbacks) - 1, list_length(callbacks), NULL) < 0)
            err_clear();
        ObjRef keywords = tuple_peek(entry, 2);
        Obj *result = obj_call_tuple(tuple_peek(entry, 0), tuple_peek(entry, 1),
                                     is_none(keywords) ? NULL : keywords);
        if (result == NULL)
            err_unraisable(tuple_peek(entry, 0));
        obj_xdecref(result);
        obj_decref(entry);
    }
}

void atexit_finish(void)
{
    obj_clear(&callbacks);
}

static Obj *register_function(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self;
    if (nargs == 0) {
        return err_string(&exc_type_error, "register() takes at least 1 argument (0 given)");
    }
    if (obj_is_callable(args[0]) <= 0)
        return err_string(&exc_type_error, "the first argument must be callable");
    ROOT("the functions that atexit registered", callbacks);
    if (callbacks == NULL && (callbacks = list_new(0)) == NULL)
        return NULL;
    Obj *positional = tuple_from(args + 1, nargs - 1);
    Obj *keywords = kwnames == NULL || tuple_length(kwnames) == 0 ? none_new() : dict_new();
    for (int64_t i = 0; keywords != NULL && !is_none(keywords) && i < tuple_length(kwnames); i++) {
        if (dict_set(keywords, tuple_peek(kwnames, i), args[nargs + i]) < 0)
            obj_clear(&keywords);
    }
    Obj *entry = NULL;
    if (positional != NULL && keywords != NULL)
        entry = tuple_pack(3, args[0], (ObjRef)positional, (ObjRef)keywords);
    obj_xdecref(positional);
    obj_xdecref(keywords);
    if (entry == NULL || list_append_steal(callbacks, entry) < 0)
        return NULL;
    return obj_incref(args[0]);
}

static Obj *unregister(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)nargs, (void)kwnames;
    for (int64_t i = callbacks == NULL ? 0 : list_length(callbacks); i-- > 0;) {
        if (callbacks == NULL) /* a comparison cleared them */
            break;
        if (i >= list_length(callbacks))
            continue;
        Obj *entry = obj_incref(list_peek(callbacks, i));
        int equal = obj_equal(tuple_peek(entry, 0), args[0]);
        if (equal > 0 && callbacks != NULL && i < list_length(callbacks) &&
            list_peek(callbacks, i) == entry)
            equal = list_set_slice(callbacks, i, i + 1, NULL) < 0 ? -1 : 1;
        obj_decref(entry);
        if (equal < 0)
            return NULL;
    }
    return none_new();
}

static Obj *clear(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)args, (void)nargs, (void)kwnames;
    obj_clear(&callbacks);
    return none_new();
}

static Obj *run_exitfuncs(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)args, (void)nargs, (void)kwnames;
    atexit_run();
    return none_new();
}

static Obj *ncallbacks(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)args, (void)nargs, (void)kwnames;
    return int_new(callbacks == NULL ? 0 : list_length(callbacks));
}

static const MethodDef functions[] = {
    {"register", register_function, 0, -1, METHOD_KEYWORDS,
     "register(func, *args, **kwargs) -> func\n\nCalls func when the program ends."},
    {"unregister", unregister, 1, 1, 0, "unregister(func, /)\n--\n\nTakes a registration back."},
    {"_clear", clear, 0, 0, 0, "Forgets all registrations."},
    {"_run_exitfuncs", run_exitfuncs, 0, 0, 0, "Runs all registered functions now."},
    {"_ncallbacks", ncallbacks, 0, 0, 0, "Number of registered functions."},
    {0},
};

const ModuleDef atexit_module = {"atexit", "Functions to be called at exit.", functions, NULL};
