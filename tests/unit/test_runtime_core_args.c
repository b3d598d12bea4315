/* runtime/core/args.h: arguments of C functions, and the words for wrong ones. */

#include "runtime/core/args.h"
#include "tests/unit/runtime.h"

TestSuite(args, .init = start_runtime, .fini = finish_runtime);

static const ArgSpec mixed = {"f", 1, 2, 3, 4, {"a", "b", "c", "d"}};

/* f(a, /, b, c=…, *, d=…): the tuple of what each parameter got, None where nothing. */
static Obj *bind(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    ObjRef out[4];
    (void)self;
    if (args_bind(&mixed, args, nargs, kwnames, out) < 0)
        return NULL;
    Obj *tuple = tuple_new(4);
    for (int i = 0; tuple != NULL && i < 4; i++)
        tuple_cast(tuple)->items[i] = out[i] == NULL ? none_new() : obj_incref(out[i]);
    return tuple;
}

static const MethodDef bind_def = {"f", bind, 0, -1, METHOD_KEYWORDS, NULL};

Test(args, positions_and_names)
{
    Obj *f = builtin_function_new(&bind_def, NULL, NULL);
    expect_repr(call(f, "ii", 1, 2), "(1, 2, None, None)");
    expect_repr(call(f, "iii d:i", 1, 2, 3, 4), "(1, 2, 3, 4)");
    expect_repr(call(f, "i d:i b:i", 1, 4, 2), "(1, 2, None, 4)");
    expect_repr(call(f, "i c:i b:i", 1, 3, 2), "(1, 2, 3, None)");
    obj_decref(f);
}

Test(args, wrong_calls)
{
    Obj *f = builtin_function_new(&bind_def, NULL, NULL);
    expect_raised(call(f, "iiii", 1, 2, 3, 4), &exc_type_error,
                  "f() takes at most 3 positional arguments (4 given)");
    expect_raised(call(f, "iiiii", 1, 2, 3, 4, 5), &exc_type_error,
                  "f() takes at most 4 arguments (5 given)");
    expect_raised(call(f, "i", 1), &exc_type_error, "f() missing required argument 'b' (pos 2)");
    expect_raised(call(f, ""), &exc_type_error,
                  "f() takes at least 2 positional arguments (0 given)");
    expect_raised(call(f, "ii b:i", 1, 2, 3), &exc_type_error,
                  "argument for f() given by name ('b') and position (2)");
    expect_raised(call(f, "ii e:i", 1, 2, 3), &exc_type_error,
                  "'e' is an invalid keyword argument for f()");
    expect_raised(call(f, "i b:i a:i", 1, 2, 3), &exc_type_error,
                  "'a' is an invalid keyword argument for f()");
    obj_decref(f);
}

Test(args, counts)
{
    cr_expect_eq(args_check_count("g", 2, 1, -1), 0);
    cr_expect_eq(args_check_count("g", 2, 1, 2), 0);
    cr_expect_eq(args_check_count("g", 3, 1, 2), -1);
    expect_error(&exc_type_error, "g expected at most 2 arguments, got 3");
    cr_expect_eq(args_check_count("g", 0, 1, 2), -1);
    expect_error(&exc_type_error, "g expected at least 1 argument, got 0");
    cr_expect_eq(args_check_count("g", 0, 2, 2), -1);
    expect_error(&exc_type_error, "g expected 2 arguments, got 0");
    Obj *names = build("(s)", "x"), *none = build("()");
    cr_expect_eq(args_no_keywords("g", NULL), 0);
    cr_expect_eq(args_no_keywords("g", none), 0);
    cr_expect_eq(args_no_keywords("g", names), -1);
    expect_error(&exc_type_error, "g() takes no keyword arguments");
    obj_decref(names);
    obj_decref(none);
}

Test(args, conversions_keep_defaults_and_refuse_what_does_not_fit)
{
    int64_t number = 7;
    bool flag = true;
    Obj *big = int_from_text("100000000000000000000", 21, 10), *text = str_from_ascii("x"),
        *list = numbers(0);
    cr_expect(args_to_int64(NULL, &number) == 0 && number == 7);
    cr_expect(args_to_int64(obj_true, &number) == 0 && number == 1);
    cr_expect_eq(args_to_int64(big, &number), -1);
    expect_error(&exc_overflow_error, "Python int too large to convert to C ssize_t");
    cr_expect_eq(args_to_int64(text, &number), -1);
    expect_error(&exc_type_error, "'str' object cannot be interpreted as an integer");
    cr_expect(args_to_bool(NULL, &flag) == 0 && flag);
    cr_expect(args_to_bool(list, &flag) == 0 && !flag);
    number = 5;
    cr_expect(args_to_slice_index(obj_none, &number) == 0 && number == 5);
    cr_expect(args_to_slice_index(big, &number) == 0 && number == INT64_MAX);
    cr_expect_eq(args_to_slice_index(text, &number), -1);
    expect_error(&exc_type_error,
                 "slice indices must be integers or None or have an __index__ method");
    cr_expect_eq(args_require_str(text, "g", "name"), 0);
    cr_expect_eq(args_require_str(list, "g", "name"), -1);
    expect_error(&exc_type_error, "g() argument 'name' must be str, not list");
    obj_decref(big);
    obj_decref(text);
    obj_decref(list);
}
