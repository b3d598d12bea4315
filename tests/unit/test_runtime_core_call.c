/* runtime/core/call.c, type_call.c: calls in all their forms, and the references they hold. */

#include "runtime/core/call.h"
#include "runtime/core/names.h"
#include "runtime/types/method.h"
#include "tests/unit/runtime.h"

TestSuite(call, .init = start_runtime, .fini = finish_runtime);

/* (args…, {names: values}) as one tuple. */
static Obj *show(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self;
    Obj *dict = dict_new(), *tuple = tuple_new(nargs + 1);
    if (dict == NULL || tuple == NULL)
        goto fail;
    for (int64_t i = 0; i < nargs; i++)
        tuple_cast(tuple)->items[i] = obj_incref(args[i]);
    tuple_cast(tuple)->items[nargs] = obj_incref(dict);
    for (int64_t i = 0; kwnames != NULL && i < tuple_length(kwnames); i++) {
        if (dict_set(dict, tuple_peek(kwnames, i), args[nargs + i]) < 0)
            goto fail;
    }
    obj_decref(dict);
    return tuple;
fail:
    obj_xdecref(dict);
    obj_xdecref(tuple);
    return NULL;
}

static const MethodDef show_def = {"show", show, 0, -1, METHOD_KEYWORDS, NULL};

Test(call, vectors_tuples_and_dicts)
{
    Obj *f = builtin_function_new(&show_def, NULL, NULL);
    Obj *tuple = build("(ii)", 1, 2), *dict = build("{sisi}", "a", 3, "b", 4);
    expect_repr(obj_call_tuple(f, tuple, dict), "(1, 2, {'a': 3, 'b': 4})");
    expect_repr(obj_call_tuple(f, tuple, NULL), "(1, 2, {})");
    Obj *one = int_new(1000), *kwnames = build("(s)", "k");
    expect_repr(obj_call(f, (const ObjRef[]){one, obj_none}, 1, kwnames), "(1000, {'k': None})");
    expect_repr(obj_call_prepend(f, obj_none, (const ObjRef[]){one, one}, 1, kwnames),
                "(None, 1000, {'k': 1000})");
    expect_repr(obj_call2(f, one, one), "(1000, 1000, {})");
    expect_repr(obj_call3(f, one, obj_none, one), "(1000, None, 1000, {})");
    cr_expect_eq(one->refcnt, 1);
    obj_decref(one);
    obj_decref(kwnames);
    obj_decref(tuple);
    obj_decref(dict);
    obj_decref(f);
}

Test(call, keywords_must_be_strings)
{
    Obj *f = builtin_function_new(&show_def, NULL, NULL), *tuple = build("()");
    Obj *dict = build("{isi}", 1, "x", 2);
    obj_decref(dict);
    dict = build("{ii}", 1, 2);
    expect_raised(obj_call_tuple(f, tuple, dict), &exc_type_error, "keywords must be strings");
    obj_decref(dict);
    obj_decref(tuple);
    obj_decref(f);
}

Test(call, methods_without_bound_objects)
{
    Obj *list = numbers(3), *item = int_new(5), *out;
    Obj *name = str_intern_ascii("append");
    Obj *result = obj_call_method(list, name, (const ObjRef[]){item}, 1);
    expect_repr(result, "None");
    obj_decref(name);
    cr_expect_eq(obj_call_special(list, names.dunder_len, NULL, 0, &out), 1);
    expect_repr(out, "4");
    cr_expect_eq(obj_call_special(item, names.dunder_len, NULL, 0, &out), 0);
    cr_expect_null(err_occurred());
    cr_expect_eq(obj_is_callable(list), 0);
    cr_expect_eq(obj_is_callable(&list_type.head.base), 1);
    expect_raised(obj_call0(list), &exc_type_error, "'list' object is not callable");
    obj_decref(item);
    obj_decref(list);
}

Test(call, bound_methods_put_self_first)
{
    Obj *f = builtin_function_new(&show_def, NULL, NULL), *self = int_new(1000);
    Obj *bound = method_new(f, self);
    cr_expect_eq(f->refcnt, 2);
    expect_repr(call(bound, "i k:i", 2, 3), "(1000, 2, {'k': 3})");
    obj_decref(bound);
    cr_expect_eq(f->refcnt, 1);
    cr_expect_eq(self->refcnt, 1);
    obj_decref(self);
    obj_decref(f);
}

Test(call, type_of_one_argument_tells_the_type)
{
    Obj *o = make(type_type, "i", 1000);
    cr_expect_eq(o, &int_type.head.base);
    obj_decref(o);
    expect_raised(make(type_type, "ii", 1, 2), &exc_type_error, "type() takes 1 or 3 arguments");
    expect_raised(make(none_type, "i", 1), &exc_type_error, "NoneType takes no arguments");
    expect_raised(make(object_type, "i", 1), &exc_type_error, "object() takes no arguments");
    expect_raised(make(builtin_function_type, ""), &exc_type_error,
                  "cannot create 'builtin_function_or_method' instances");
}

static int call_in_every_way(void)
{
    Obj *f = builtin_function_new(&show_def, NULL, NULL);
    if (f == NULL)
        return -1;
    Obj *bound = method_new(f, obj_none);
    int status = bound == NULL || drop(call(bound, "iii a:i b:s", 1000, 2000, 3000, 4, "x")) < 0 ||
                         drop(call(f, "")) < 0 || drop(make(dict_type, " a:i", 1000)) < 0
                     ? -1
                     : 0;
    obj_xdecref(bound);
    obj_decref(f);
    return status;
}

Test(call, every_allocation_may_fail)
{
    fail_each_allocation(call_in_every_way);
}
