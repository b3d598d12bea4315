/*
 * None, NotImplemented and Ellipsis: one static object each, never freed (the runtime holds one
 * reference).
 */

#include "runtime/core/err.h"
#include "runtime/core/object.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"

/* Called only if somebody released a reference that was not his. */
static void singleton_dealloc(Obj *self)
{
    self->refcnt = 1;
}

/* ---------------------------------------------------------------- None */

static Obj *none_repr(ObjRef self)
{
    (void)self;
    return str_intern_ascii("None");
}

static int none_truth(ObjRef self)
{
    (void)self;
    return 0;
}

static Obj *none_make(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)type, (void)args;
    if (nargs > 0 || (kwnames != NULL && tuple_length(kwnames) > 0))
        return err_format(&exc_type_error, "NoneType takes no arguments");
    return none_new();
}

Type none_type = {
    .head = {.base = {1, &type_type.root}, .name = "NoneType", .dealloc = singleton_dealloc},
    .basic_size = sizeof(Obj),
    .repr = none_repr,
    .truth = none_truth,
    .new = none_make,
};

Obj none_object = {1, &none_type.root};

/* ---------------------------------------------------------------- NotImplemented */

static Obj *not_implemented_repr(ObjRef self)
{
    (void)self;
    return str_intern_ascii("NotImplemented");
}

static int not_implemented_truth(ObjRef self)
{
    (void)self;
    return err_warn(&exc_deprecation_warning, 1,
                    "NotImplemented should not be used in a boolean context") < 0
               ? -1
               : 1;
}

static Obj *not_implemented_make(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)type, (void)args;
    if (nargs > 0 || (kwnames != NULL && tuple_length(kwnames) > 0))
        return err_format(&exc_type_error, "NotImplementedType takes no arguments");
    return not_implemented_new();
}

static Obj *not_implemented_reduce(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    return not_implemented_repr(self);
}

static const MethodDef not_implemented_methods[] = {
    {"__reduce__", not_implemented_reduce, 0, 0, 0, NULL},
    {0},
};

Type not_implemented_type = {
    .head = {.base = {1, &type_type.root},
             .name = "NotImplementedType",
             .dealloc = singleton_dealloc},
    .basic_size = sizeof(Obj),
    .repr = not_implemented_repr,
    .truth = not_implemented_truth,
    .new = not_implemented_make,
    .methods = not_implemented_methods,
};

Obj not_implemented_object = {1, &not_implemented_type.root};

/* ---------------------------------------------------------------- Ellipsis */

static Obj *ellipsis_repr(ObjRef self)
{
    (void)self;
    return str_intern_ascii("Ellipsis");
}

static Obj *ellipsis_make(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)type, (void)args;
    if (nargs > 0 || (kwnames != NULL && tuple_length(kwnames) > 0))
        return err_format(&exc_type_error, "EllipsisType takes no arguments");
    return obj_incref(&ellipsis_object);
}

static Obj *ellipsis_reduce(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    return ellipsis_repr(self);
}

static const MethodDef ellipsis_methods[] = {
    {"__reduce__", ellipsis_reduce, 0, 0, 0, NULL},
    {0},
};

Type ellipsis_type = {
    .head = {.base = {1, &type_type.root}, .name = "ellipsis", .dealloc = singleton_dealloc},
    .basic_size = sizeof(Obj),
    .repr = ellipsis_repr,
    .new = ellipsis_make,
    .methods = ellipsis_methods,
};

Obj ellipsis_object = {1, &ellipsis_type.root};
