/* runtime/core/object.h: operators, comparison, containers, calls, isinstance, recursion. */

#include <criterion/criterion.h>

#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/core/object.h"
#include "runtime/core/state.h"
#include "runtime/types/dict.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"
#include "runtime/types/union.h"

static void start(void)
{
    cr_assert_eq(runtime_init(), 0);
}

static void finish(void)
{
    cr_assert_null(err_occurred());
    runtime_finish();
}

TestSuite(object, .init = start, .fini = finish);

static void expect_error(const Type *type, const char *text)
{
    cr_assert_not_null(err_occurred());
    cr_assert(err_matches(type));
    Obj *error = err_fetch();
    Obj *message = obj_str(error);
    cr_assert_str_eq(str_utf8(message, NULL), text);
    obj_decref(message);
    obj_decref(error);
}

/* repr(o) must be `text`; takes o. */
static void expect_repr(Obj *o_steal, const char *text)
{
    cr_assert_not_null(o_steal);
    Obj *repr = obj_repr(o_steal);
    cr_assert_str_eq(str_utf8(repr, NULL), text);
    obj_decref(repr);
    obj_decref(o_steal);
}

Test(object, binary_operators_and_their_errors)
{
    Obj *n = int_new(1000), *s = str_from_ascii("ab"), *two = int_new(2);
    expect_repr(obj_binary(n, two, BINARY_ADD), "1002");
    expect_repr(obj_binary(s, two, BINARY_MULTIPLY), "'abab'");
    expect_repr(obj_binary(two, s, BINARY_MULTIPLY), "'abab'");
    expect_repr(obj_binary(s, s, BINARY_ADD), "'abab'");
    cr_assert_null(obj_binary(n, s, BINARY_ADD));
    expect_error(&exc_type_error, "unsupported operand type(s) for +: 'int' and 'str'");
    cr_assert_null(obj_binary(s, s, BINARY_MULTIPLY));
    expect_error(&exc_type_error, "can't multiply sequence by non-int of type 'str'");
    cr_assert_null(obj_binary_inplace(n, s, BINARY_SUBTRACT));
    expect_error(&exc_type_error, "unsupported operand type(s) for -=: 'int' and 'str'");
    cr_assert_null(obj_power(n, s, obj_none));
    expect_error(&exc_type_error, "unsupported operand type(s) for ** or pow(): 'int' and 'str'");
    cr_assert_null(obj_negative(s));
    expect_error(&exc_type_error, "bad operand type for unary -: 'str'");
    obj_decref(n);
    obj_decref(s);
    obj_decref(two);
}

Test(object, comparison)
{
    Obj *n = int_new(1000), *m = int_new(1000), *s = str_from_ascii("a");
    cr_assert_eq(obj_equal(n, m), 1);
    cr_assert_eq(obj_compare_bool(n, m, CMP_LT), 0);
    cr_assert_eq(obj_equal(n, s), 0);
    cr_assert_null(obj_compare(n, s, CMP_LT));
    expect_error(&exc_type_error, "'<' not supported between instances of 'int' and 'str'");
    Obj *nan = float_new(__builtin_nan(""));
    cr_assert_eq(obj_equal(nan, nan), 1, "identity goes first");
    Obj *result = obj_compare(nan, nan, CMP_EQ);
    cr_assert_eq(result, obj_false);
    obj_decref(result);
    obj_decref(nan);
    obj_decref(n);
    obj_decref(m);
    obj_decref(s);
}

Test(object, containers)
{
    Obj *list = list_new(0), *one = int_new(1), *s = str_from_ascii("x");
    cr_assert_eq(list_append(list, one), 0);
    expect_repr(obj_getitem_index(list, -1), "1");
    cr_assert_eq(obj_contains(list, one), 1);
    cr_assert_eq(obj_contains(list, s), 0);
    cr_assert_null(obj_getitem(one, one));
    expect_error(&exc_type_error, "'int' object is not subscriptable");
    cr_assert_eq(obj_setitem(one, one, one), -1);
    expect_error(&exc_type_error, "'int' object does not support item assignment");
    cr_assert_eq(obj_contains(one, one), -1);
    expect_error(&exc_type_error, "argument of type 'int' is not iterable");
    cr_assert_null(obj_iter(one));
    expect_error(&exc_type_error, "'int' object is not iterable");
    cr_assert_eq(obj_length(one), -1);
    expect_error(&exc_type_error, "object of type 'int' has no len()");
    Obj *iterator = obj_iter(list), *item;
    cr_assert_eq(obj_next(iterator, &item), 1);
    obj_decref(item);
    cr_assert_eq(obj_next(iterator, &item), 0);
    cr_assert_null(item);
    obj_decref(iterator);
    obj_decref(list);
    obj_decref(one);
    obj_decref(s);
}

Test(object, calls_check_their_arguments)
{
    Obj *list = list_new(0), *one = int_new(1);
    Obj *append = obj_getattr_str(list, "append");
    cr_assert_null(obj_call0(append));
    expect_error(&exc_type_error, "list.append() takes exactly one argument (0 given)");
    Obj *kwnames = tuple_pack(1, names.self);
    cr_assert_null(obj_call(append, (const ObjRef[]){one}, 0, kwnames));
    expect_error(&exc_type_error, "list.append() takes no keyword arguments");
    Obj *unbound = obj_getattr_str(&list_type.head.base, "append");
    cr_assert_null(obj_call1(unbound, one));
    expect_error(&exc_type_error,
                 "descriptor 'append' for 'list' objects doesn't apply to a 'int' object");
    cr_assert_null(obj_call0(one));
    expect_error(&exc_type_error, "'int' object is not callable");
    obj_decref(obj_call1(append, one));
    cr_assert_eq(list_length(list), 1);
    obj_decref(unbound);
    obj_decref(kwnames);
    obj_decref(append);
    obj_decref(list);
    obj_decref(one);
}

Test(object, attribute_errors_know_their_object)
{
    Obj *n = int_new(1000);
    cr_assert_null(obj_getattr_str(n, "nothing"));
    Obj *error = err_fetch();
    cr_assert_eq(((AttributeErrorObj *)error)->obj, n);
    cr_assert(str_equal_ascii(((AttributeErrorObj *)error)->name, "nothing"));
    obj_decref(error);
    Obj *value;
    Obj *name = str_intern_ascii("nothing");
    cr_assert_eq(obj_getattr_opt(n, name, &value), 0);
    cr_assert_null(value);
    obj_decref(name);
    obj_decref(n);
}

Test(object, isinstance_of_tuples_and_unions)
{
    Obj *n = int_new(5), *s = str_from_ascii("x");
    Obj *both = tuple_pack(2, &int_type, &list_type);
    cr_assert_eq(obj_isinstance(n, both), 1);
    cr_assert_eq(obj_isinstance(s, both), 0);
    Obj *either = union_or(&int_type.head.base, &str_type.head.base);
    cr_assert_eq(obj_isinstance(s, either), 1);
    cr_assert_eq(obj_isinstance(obj_none, either), 0);
    cr_assert_eq(obj_issubclass(&bool_type.head.base, either), 1);
    cr_assert_eq(obj_isinstance(n, s), -1);
    expect_error(&exc_type_error,
                 "isinstance() arg 2 must be a type, a tuple of types, or a union");
    obj_decref(either);
    obj_decref(both);
    obj_decref(n);
    obj_decref(s);
}

Test(object, deep_structures_raise_recursion_error)
{
    Obj *deep = list_new(0);
    for (int i = 0; i < 100000; i++) {
        Obj *outer = list_new(0);
        cr_assert_eq(list_append_steal(outer, deep), 0);
        deep = outer;
    }
    int32_t depth = thread_state->depth;
    cr_assert_null(obj_repr(deep));
    cr_assert(err_matches(&exc_recursion_error));
    err_clear();
    cr_assert_eq(thread_state->depth, depth);
    obj_decref(deep);
}

Test(object, numbers_from_objects)
{
    Obj *big = int_from_text("100000000000000000000", 21, 10), *half = float_new(0.5);
    int64_t value;
    double number;
    cr_assert_eq(obj_to_int64(big, &value), -1);
    expect_error(&exc_index_error, "cannot fit 'int' into an index-sized integer");
    cr_assert_eq(obj_as_index(big, NULL), INT64_MAX);
    cr_assert_null(obj_index(half));
    expect_error(&exc_type_error, "'float' object cannot be interpreted as an integer");
    cr_assert_eq(obj_to_double(big, &number), 0);
    cr_assert_float_eq(number, 1e20, 1);
    cr_assert_eq(obj_to_double(obj_none, &number), -1);
    expect_error(&exc_type_error, "must be real number, not NoneType");
    obj_decref(big);
    obj_decref(half);
}
