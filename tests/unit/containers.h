#ifndef OURO_TESTS_UNIT_CONTAINERS_H
#define OURO_TESTS_UNIT_CONTAINERS_H

/* What the tests of the containers share: a running runtime, small objects, expectations. */

#include <criterion/criterion.h>

#include "gc/mem.h"
#include "runtime/core/err.h"
#include "runtime/core/object.h"
#include "runtime/core/state.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/slice.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"

static inline void start_runtime(void)
{
    cr_assert_eq(runtime_init(), 0);
}

static inline void finish_runtime(void)
{
    cr_assert_null(err_occurred());
    runtime_finish();
}

/* repr(o) is `text`; takes over o. */
static inline void expect_repr(Obj *o_steal, const char *text)
{
    cr_assert_not_null(o_steal);
    Obj *repr = obj_repr(o_steal);
    cr_assert_not_null(repr);
    cr_expect_str_eq(str_utf8(repr, NULL), text);
    obj_decref(repr);
    obj_decref(o_steal);
}

/* An exception of the given type and text is pending; clears it. */
static inline void expect_error(const Type *type, const char *text)
{
    cr_assert_not_null(err_occurred());
    cr_assert(err_matches(type));
    Obj *error = err_fetch();
    Obj *message = obj_str(error);
    cr_assert_not_null(message);
    cr_expect_str_eq(str_utf8(message, NULL), text);
    obj_decref(message);
    obj_decref(error);
}

/* A list of the ints 0…count - 1. */
static inline Obj *numbers(int64_t count)
{
    Obj *list = list_new(0);
    for (int64_t i = 0; i < count; i++)
        cr_assert_eq(list_append_steal(list, int_new(i)), 0);
    return list;
}

/* The slice start:stop:step; INT64_MIN stands for None. */
static inline Obj *slice_of(int64_t start, int64_t stop, int64_t step)
{
    return slice_new_steal(start == INT64_MIN ? none_new() : int_new(start),
                           stop == INT64_MIN ? none_new() : int_new(stop),
                           step == INT64_MIN ? none_new() : int_new(step));
}

/* o.name(argument). */
static inline Obj *call_method(ObjRef o, const char *name, ObjRef argument)
{
    Obj *method = obj_getattr_str(o, name);
    cr_assert_not_null(method);
    Obj *result = argument == NULL ? obj_call0(method) : obj_call1(method, argument);
    obj_decref(method);
    return result;
}

/* Runs an action with the first, second, … allocation failing until it succeeds: it may only fail
 * with MemoryError. */
static inline void fail_each_allocation(int (*action)(void))
{
    for (uint64_t n = 1; n < 1000; n++) {
        mem_fail_after(n);
        int status = action();
        mem_fail_after(0);
        if (status == 0)
            return;
        cr_assert(err_matches(&exc_memory_error));
        err_clear();
    }
    cr_assert_fail("never succeeded");
}

#endif
