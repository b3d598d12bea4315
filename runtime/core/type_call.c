/*
 * Calling a type: __new__, then __init__.  Also the builtin __new__ methods: each type that fills
 * the slot `new` gets one, which checks that the class asked for may be made that way.
 */

#include "runtime/core/args.h"
#include "runtime/core/call.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/core/object.h"
#include "runtime/core/state.h"
#include "runtime/core/type_slots.h"
#include "runtime/types/builtin_function.h"
#include "runtime/types/tuple.h"

Obj *type_call(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    Type *type = (Type *)(uintptr_t)self;
    if (type == &type_type) {
        if (nargs == 1 && (kwnames == NULL || tuple_length(kwnames) == 0))
            return obj_incref(&obj_type(args[0])->head.base);
        if (nargs != 3)
            return err_format(&exc_type_error, "type() takes 1 or 3 arguments");
    }
    if (type->new == NULL) {
        return err_format(&exc_type_error, "cannot create '%.100s' instances", type->head.name);
    }
    if (state_enter(" while calling a Python object") < 0)
        return NULL;
    Obj *made = type->new (type, args, nargs, kwnames);
    if (made != NULL && obj_is(made, type)) {
        InitFn init = obj_type(made)->init;
        if (init != NULL && init(made, args, nargs, kwnames) < 0)
            obj_clear(&made);
    }
    state_leave();
    return made;
}

/* ---------------------------------------------------------------- builtin __new__ */

static Obj *call_new(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    const Type *type = (const Type *)self;
    const char *name = type->head.name;
    if (nargs < 1)
        return err_format(&exc_type_error, "%s.__new__(): not enough arguments", name);
    if (!obj_has_flag(args[0], TYPE_TYPE)) {
        return err_format(&exc_type_error, "%s.__new__(X): X is not a type object (%T)", name,
                          args[0]);
    }
    Type *asked = (Type *)(uintptr_t)args[0];
    if (!type_is_subtype(asked, type)) {
        return err_format(&exc_type_error, "%s.__new__(%s): %s is not a subtype of %s", name,
                          asked->head.name, asked->head.name, name);
    }
    /* object.__new__(dict) would make a dict without its table. */
    const Type *maker = asked;
    while (maker != NULL && maker->new == slot_new)
        maker = maker->base;
    if (maker != NULL && maker->new != type->new) {
        return err_format(&exc_type_error, "%s.__new__(%s) is not safe, use %s.__new__()", name,
                          asked->head.name, maker->head.name);
    }
    return type->new (asked, args + 1, nargs - 1, kwnames);
}

static const MethodDef new_def = {
    "__new__",
    call_new,
    0,
    -1,
    METHOD_KEYWORDS,
    "__new__($type, *args, **kwargs)\n--\n\nCreate and return a new object.",
};

Obj *type_new_method(Type *type)
{
    return builtin_function_new(&new_def, &type->head.base, NULL);
}

bool type_is_new_method(ObjRef o)
{
    return builtin_function_check(o) && builtin_function_cast(o)->def == &new_def;
}
