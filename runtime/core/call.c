/*
 * Calls of any object, and of methods without making bound objects.
 *
 * All of them end in the `call` slot of the callable's type.  Arguments are one vector: positional
 * values, then the values of the names in kwnames.  See builtin_function.c for how builtin
 * functions check what they get, and type_call.c for calls of types.
 */

#include "runtime/core/call.h"

#include <string.h>

#include "gc/mem.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/core/object.h"
#include "runtime/core/state.h"
#include "runtime/types/dict.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"

enum { BUFFER = 10 }; /* arguments kept on the C stack */

int obj_is_callable(ObjRef o)
{
    return obj_type(o)->call != NULL;
}

Obj *obj_call(ObjRef callable, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    CallFn call = obj_type(callable)->call;
    if (__builtin_expect(call == NULL, 0))
        return err_format(&exc_type_error, "'%T' object is not callable", callable);
    Obj *result = call(callable, args, nargs, kwnames);
#ifdef OURO_DEBUG
    if (result == NULL && err_occurred() == NULL) {
        return err_format(&exc_system_error,
                          "'%T' object returned NULL without setting an exception", callable);
    }
    if (result != NULL && err_occurred() != NULL) {
        Obj *cause = err_fetch();
        obj_decref(result);
        err_format(&exc_system_error, "'%T' object returned a result with an exception set",
                   callable);
        err_chain_steal(cause);
        return NULL;
    }
#endif
    return result;
}

Obj *obj_call0(ObjRef callable)
{
    return obj_call(callable, NULL, 0, NULL);
}

Obj *obj_call1(ObjRef callable, ObjRef a)
{
    return obj_call(callable, &a, 1, NULL);
}

Obj *obj_call2(ObjRef callable, ObjRef a, ObjRef b)
{
    ObjRef args[2] = {a, b};
    return obj_call(callable, args, 2, NULL);
}

Obj *obj_call3(ObjRef callable, ObjRef a, ObjRef b, ObjRef c)
{
    ObjRef args[3] = {a, b, c};
    return obj_call(callable, args, 3, NULL);
}

Obj *obj_call_prepend(ObjRef callable, ObjRef first, const ObjRef *args, int64_t nargs,
                      ObjRef kwnames)
{
    int64_t total = nargs + (kwnames == NULL ? 0 : tuple_length(kwnames));
    ObjRef buffer[BUFFER], *all = buffer;
    if (total + 1 > BUFFER) {
        all = mem_alloc((size_t)(total + 1) * sizeof(ObjRef));
        if (all == NULL)
            return err_no_memory();
    }
    all[0] = first;
    if (total > 0)
        memcpy(all + 1, args, (size_t)total * sizeof(ObjRef));
    Obj *result = obj_call(callable, all, nargs + 1, kwnames);
    if (all != buffer)
        mem_free(all, (size_t)(total + 1) * sizeof(ObjRef));
    return result;
}

Obj *obj_call_unbound(ObjRef method, ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    const Type *type = obj_type(method);
    if (type->head.flags & TYPE_METHOD_DESCRIPTOR)
        return obj_call_prepend(method, self, args, nargs, kwnames);
    /* Functions count themselves; an object may have itself as its own __get__ or __call__. */
    if (state_enter(" while calling a Python object") < 0)
        return NULL;
    Obj *result = NULL;
    Obj *callable =
        type->get == NULL ? obj_incref(method) : type->get(method, self, (ObjRef)obj_type(self));
    if (callable != NULL)
        result = obj_call(callable, args, nargs, kwnames);
    obj_xdecref(callable);
    state_leave();
    return result;
}

int obj_call_special(ObjRef o, ObjRef name, const ObjRef *args, int64_t nargs, Obj **out)
{
    ObjRef found = type_lookup(obj_type(o), name);
    *out = NULL;
    if (found == NULL)
        return 0;
    /* The method may replace itself in its class. */
    Obj *method = obj_incref(found);
    *out = obj_call_unbound(method, o, args, nargs, NULL);
    obj_decref(method);
    return *out == NULL ? -1 : 1;
}

Obj *obj_call_method(ObjRef o, ObjRef name, const ObjRef *args, int64_t nargs)
{
    Obj *method;
    int unbound = obj_get_method(o, name, &method);
    if (unbound < 0)
        return NULL;
    Obj *result = unbound ? obj_call_prepend(method, o, args, nargs, NULL)
                          : obj_call(method, args, nargs, NULL);
    obj_decref(method);
    return result;
}

/* ---------------------------------------------------------------- f(*tuple, **dict) */

static Obj *call_with_dict(ObjRef callable, ObjRef tuple, ObjRef dict)
{
    int64_t nargs = tuple_length(tuple), count = dict_length(dict), filled = 0;
    Obj *result = NULL;
    Obj *kwnames = tuple_new(count);
    /* Owned while the call runs: the callee may change the dict. */
    ObjRef *all = mem_alloc((size_t)(nargs + count) * sizeof(ObjRef));
    if (all == NULL)
        err_no_memory();
    if (kwnames == NULL || all == NULL)
        goto done;
    for (int64_t i = 0; i < nargs; i++)
        all[i] = tuple_peek(tuple, i);
    int64_t position = 0;
    ObjRef key, value;
    while (filled < count && dict_next(dict, &position, &key, &value)) {
        if (!str_check(key)) {
            err_format(&exc_type_error, "keywords must be strings");
            goto done;
        }
        tuple_cast(kwnames)->items[filled] = obj_incref(key);
        all[nargs + filled] = obj_incref(value);
        filled++;
    }
    result = obj_call(callable, all, nargs, kwnames);
done:
    for (int64_t i = 0; i < filled; i++)
        obj_decref((Obj *)(uintptr_t)all[nargs + i]);
    mem_free(all, (size_t)(nargs + count) * sizeof(ObjRef));
    obj_xdecref(kwnames);
    return result;
}

Obj *obj_call_tuple(ObjRef callable, ObjRef tuple, ObjRef dict)
{
    if (dict != NULL && dict_length(dict) > 0)
        return call_with_dict(callable, tuple, dict);
    return obj_call(callable, (const ObjRef *)tuple_cast(tuple)->items, tuple_length(tuple), NULL);
}
