/*
 * isinstance and issubclass: the hooks __instancecheck__ and __subclasscheck__, tuples of classes,
 * and objects that only look like classes because they have __bases__.
 */

#include "runtime/core/class_check.h"

#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/core/object.h"
#include "runtime/core/state.h"
#include "runtime/types/tuple.h"

#define is_type(o) obj_has_flag(o, TYPE_TYPE)

/* *out: the tuple __bases__ of something, or NULL when it has none. */
static int get_bases(ObjRef o, Obj **out)
{
    int found = obj_getattr_opt(o, names.dunder_bases, out);
    if (found > 0 && !tuple_check(*out))
        obj_clear(out);
    return found < 0 ? -1 : 0;
}

static int check_class(ObjRef o, const char *message)
{
    Obj *bases;
    if (get_bases(o, &bases) < 0)
        return -1;
    if (bases == NULL)
        return err_format_int(&exc_type_error, "%s", message);
    obj_decref(bases);
    return 0;
}

/* Walks __bases__ from derived up to cls. */
static int abstract_subclass(ObjRef derived, ObjRef cls)
{
    if (derived == cls)
        return 1;
    Obj *bases;
    if (get_bases(derived, &bases) < 0)
        return -1;
    if (bases == NULL)
        return 0;
    if (state_enter(" in __issubclass__") < 0) {
        obj_decref(bases);
        return -1;
    }
    int result = 0;
    for (int64_t i = 0; i < tuple_length(bases) && result == 0; i++)
        result = abstract_subclass(tuple_peek(bases, i), cls);
    state_leave();
    obj_decref(bases);
    return result;
}

int class_check_instance(ObjRef o, ObjRef cls)
{
    Obj *claimed;
    int result = 0;
    if (is_type(cls)) {
        if (obj_is(o, (const Type *)cls))
            return 1;
        if (obj_getattr_opt(o, names.dunder_class, &claimed) < 0)
            return -1;
        if (claimed != NULL && claimed != &obj_type(o)->head.base && is_type(claimed))
            result = type_is_subtype((const Type *)claimed, (const Type *)cls);
        obj_xdecref(claimed);
        return result;
    }
    if (check_class(cls, "isinstance() arg 2 must be a type, a tuple of types, or a union") < 0)
        return -1;
    if (obj_getattr_opt(o, names.dunder_class, &claimed) < 0)
        return -1;
    if (claimed != NULL)
        result = abstract_subclass(claimed, cls);
    obj_xdecref(claimed);
    return result;
}

int class_check_subclass(ObjRef derived, ObjRef cls)
{
    if (is_type(cls) && is_type(derived))
        return type_is_subtype((const Type *)derived, (const Type *)cls);
    if (check_class(derived, "issubclass() arg 1 must be a class") < 0)
        return -1;
    if (check_class(cls, "issubclass() arg 2 must be a class, a tuple of classes, or a union") < 0)
        return -1;
    return abstract_subclass(derived, cls);
}

/* The answer of cls's hook: 1/0/-1, or 2 when it has none. */
static int ask_hook(ObjRef cls, ObjRef hook, ObjRef arg, const char *where)
{
    if (state_enter(where) < 0)
        return -1;
    Obj *answer;
    int found = obj_call_special(cls, hook, &arg, 1, &answer);
    state_leave();
    if (found <= 0)
        return found == 0 ? 2 : -1;
    int truth = obj_truth(answer);
    obj_decref(answer);
    return truth;
}

/* Any of a tuple. */
static int check_tuple(ObjRef arg, ObjRef tuple, int (*check)(ObjRef, ObjRef), const char *where)
{
    if (state_enter(where) < 0)
        return -1;
    int result = 0;
    for (int64_t i = 0; i < tuple_length(tuple) && result == 0; i++)
        result = check(arg, tuple_peek(tuple, i));
    state_leave();
    return result;
}

int obj_isinstance(ObjRef o, ObjRef cls)
{
    if (&obj_type(o)->head.base == cls)
        return 1;
    if (obj_type(cls) == &type_type)
        return class_check_instance(o, cls);
    if (tuple_check(cls))
        return check_tuple(o, cls, obj_isinstance, " in __instancecheck__");
    int answer = ask_hook(cls, names.dunder_instancecheck, o, " in __instancecheck__");
    return answer == 2 ? class_check_instance(o, cls) : answer;
}

int obj_issubclass(ObjRef type, ObjRef cls)
{
    if (obj_type(cls) == &type_type) {
        if (type == cls)
            return 1;
        return class_check_subclass(type, cls);
    }
    if (tuple_check(cls))
        return check_tuple(type, cls, obj_issubclass, " in __subclasscheck__");
    int answer = ask_hook(cls, names.dunder_subclasscheck, type, " in __subclasscheck__");
    return answer == 2 ? class_check_subclass(type, cls) : answer;
}
