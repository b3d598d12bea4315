/* runtime/core/err.h: raising, fetching, chaining, matching, and who owns the exception. */

#include <errno.h>

#include "tests/unit/runtime.h"

TestSuite(err, .init = start_runtime, .fini = finish_runtime);

Test(err, format_knows_each_of_its_letters)
{
    Obj *text = str_from_utf8("caf\xc3\xa9", 5), *list = numbers(2);
    err_format(&exc_value_error, "%s %.2s %d %lld %c %% %U %R %S %T %N", "a", "bcd", -5,
               (long long)1 << 40, 'z', text, text, list, list, &dict_type);
    expect_error(&exc_value_error,
                 "a bc -5 1099511627776 z % caf\xc3\xa9 'caf\xc3\xa9' [0, 1] list dict");
    cr_expect_eq(err_format_int(&exc_key_error, "x"), -1);
    expect_error(&exc_key_error, "'x'");
    cr_expect_eq(text->refcnt, 1, "raising keeps no argument");
    cr_expect_eq(list->refcnt, 1);
    obj_decref(text);
    obj_decref(list);
}

Test(err, fetch_and_restore_hand_the_reference_over)
{
    cr_expect_null(err_fetch());
    err_string(&exc_type_error, "first");
    Obj *error = err_fetch();
    cr_expect_null(err_occurred());
    cr_expect_eq(error->refcnt, 1);
    err_restore_steal(obj_incref(error));
    cr_expect_eq(err_occurred(), error);
    cr_expect_eq(error->refcnt, 2);
    err_string(&exc_value_error, "second"); /* replaces what is pending */
    cr_expect_eq(error->refcnt, 1);
    expect_error(&exc_value_error, "second");
    err_restore_steal(NULL);
    cr_expect_null(err_occurred());
    obj_decref(error);
}

Test(err, matching_looks_at_bases_and_tuples)
{
    err_string(&exc_zero_division_error, "x");
    cr_expect(err_matches(&exc_zero_division_error));
    cr_expect(err_matches(&exc_arithmetic_error));
    cr_expect_not(err_matches(&exc_os_error));
    Obj *types = build("(O(OO))", &exc_os_error, &exc_key_error, &exc_exception);
    Obj *error = err_fetch();
    cr_expect(err_matches_obj(error, &exc_exception.head.base));
    cr_expect_not(err_matches_obj(error, &exc_os_error.head.base));
    cr_expect(err_matches_obj(error, types));
    obj_decref(types);
    obj_decref(error);
}

Test(err, raise_takes_classes_and_instances)
{
    Obj *cause = make(exc_key_error, "s", "why");
    err_raise(&exc_value_error.head.base, cause);
    Obj *error = err_fetch();
    cr_assert(obj_is(error, &exc_value_error));
    cr_expect_eq(((ExceptionObj *)error)->cause, cause);
    cr_expect(((ExceptionObj *)error)->suppress_context);
    cr_expect_eq(cause->refcnt, 2);
    obj_decref(error);
    cr_expect_eq(cause->refcnt, 1);
    err_raise(cause, NULL);
    cr_expect_eq(err_occurred(), cause);
    err_clear();
    Obj *number = int_new(1000);
    err_raise(number, NULL);
    expect_error(&exc_type_error, "exceptions must derive from BaseException");
    err_raise(cause, number);
    expect_error(&exc_type_error, "exception causes must derive from BaseException");
    obj_decref(number);
    obj_decref(cause);
}

Test(err, chaining_keeps_a_context_that_is_there)
{
    Obj *first = make(exc_key_error, "i", 1), *second = make(exc_key_error, "i", 2);
    err_string(&exc_value_error, "later");
    err_chain_steal(obj_incref(first));
    cr_expect_eq(((ExceptionObj *)err_occurred())->context, first);
    err_chain_steal(NULL);
    Obj *error = err_fetch();
    err_restore_steal(error);
    err_chain_steal(obj_incref(error)); /* never its own context */
    cr_expect_neq(((ExceptionObj *)err_occurred())->context, err_occurred());
    err_clear();
    cr_expect_eq(first->refcnt, 1);
    obj_decref(first);
    obj_decref(second);
}

Test(err, errno_chooses_the_class)
{
    Obj *name = str_from_ascii("a.txt");
    err_errno(ENOENT, name);
    expect_error(&exc_file_not_found_error, "[Errno 2] No such file or directory: 'a.txt'");
    err_errno(EEXIST, NULL);
    expect_error(&exc_file_exists_error, "[Errno 17] File exists");
    err_errno(ENOSPC, NULL);
    cr_expect_eq(obj_type(err_occurred()), &exc_os_error);
    expect_error(&exc_os_error, "[Errno 28] No space left on device");
    obj_decref(name);
}

Test(err, stop_iteration_carries_its_value)
{
    Obj *pair = build("(ii)", 1, 2), *value;
    err_stop_iteration(pair); /* a tuple must not become the arguments */
    cr_expect_eq(err_take_stop_iteration(&value), 1);
    cr_expect_eq(value, pair);
    obj_decref(value);
    cr_expect_null(err_occurred());
    err_string(&exc_value_error, "x");
    cr_expect_eq(err_take_stop_iteration(&value), 0);
    expect_error(&exc_value_error, "x");
    obj_decref(pair);
}

Test(err, attribute_and_name_errors_know_their_object)
{
    Obj *name = str_from_ascii("spam"), *o = numbers(0);
    err_attribute(o, name, "no %U", name);
    Obj *error = err_fetch();
    cr_expect_eq(((AttributeErrorObj *)error)->obj, o);
    cr_expect_eq(((AttributeErrorObj *)error)->name, name);
    obj_decref(error);
    err_name(&exc_unbound_local_error, name, "%U?", name);
    error = err_fetch();
    cr_expect(obj_is(error, &exc_name_error));
    cr_expect_eq(((NameErrorObj *)error)->name, name);
    obj_decref(error);
    cr_expect_eq(o->refcnt, 1);
    cr_expect_eq(name->refcnt, 1);
    obj_decref(o);
    obj_decref(name);
}

static int raise_much(void)
{
    Obj *name = str_from_ascii("x.py");
    if (name == NULL)
        return -1;
    err_format(&exc_value_error, "%R and %d", name, 5);
    if (!err_matches(&exc_memory_error))
        err_errno(ENOENT, name);
    if (!err_matches(&exc_memory_error))
        err_attribute(name, name, "no %U", name);
    obj_decref(name);
    if (err_matches(&exc_memory_error))
        return -1;
    err_clear();
    return 0;
}

Test(err, raising_without_memory_raises_memory_error)
{
    fail_each_allocation(raise_much);
}
