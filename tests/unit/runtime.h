#ifndef OURO_TESTS_UNIT_RUNTIME_H
#define OURO_TESTS_UNIT_RUNTIME_H

/* What the tests of the runtime share: a running runtime that must leave no byte behind, objects
 * and calls written as formats, expectations, and allocations that fail one by one. */

#include <criterion/criterion.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gc/collector.h"
#include "gc/mem.h"
#include "runtime/core/err.h"
#include "runtime/core/object.h"
#include "runtime/core/state.h"
#include "runtime/core/type_build.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/module.h"
#include "runtime/types/slice.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"

static inline uint64_t bytes_in_use(void)
{
    MemStats stats;
    mem_stats(&stats);
    return stats.bytes_in_use;
}

/* The runtime has ended: what is still allocated was lost by the test or by what it tested.  Ends
 * the process, since Criterion does not count assertions that fail after a test. */
static inline void check_nothing_lost(void)
{
    if (bytes_in_use() != 0) {
        fprintf(stderr, "%llu bytes lost\n", (unsigned long long)bytes_in_use());
        abort();
    }
}

static inline void start_runtime(void)
{
    cr_assert_eq(runtime_init(), 0);
}

static inline void finish_runtime(void)
{
    if (err_occurred() != NULL)
        abort();
    runtime_finish();
    check_nothing_lost();
}

/* ---- objects and calls from formats
 *
 *     i int    l int64_t    f double    s str (UTF-8)    y bytes (from text)    O borrowed object
 *     n None   t True       u False     (…) tuple        […] list               {kvkv…} dict
 *
 * In calls, keyword arguments follow the positional ones, each after a space: "is key:O flag:t".
 * Everything raises MemoryError as the runtime itself does, so that it can run without memory. */

static inline Obj *build_item(const char **format, va_list *args);

static inline Obj *build_until(const char **format, char end, va_list *args)
{
    Obj *list = list_new(0);
    while (list != NULL && **format != end && **format != ' ' && **format != '\0') {
        Obj *item = build_item(format, args);
        if (item == NULL || list_append_steal(list, item) < 0)
            obj_clear(&list);
    }
    if (list != NULL && end != '\0' && **format == end)
        ++*format;
    return list;
}

static inline Obj *build_dict(Obj *pairs_steal)
{
    Obj *dict = pairs_steal == NULL ? NULL : dict_new();
    for (int64_t i = 0; dict != NULL && i + 1 < list_length(pairs_steal); i += 2) {
        if (dict_set(dict, list_peek(pairs_steal, i), list_peek(pairs_steal, i + 1)) < 0)
            obj_clear(&dict);
    }
    obj_xdecref(pairs_steal);
    return dict;
}

static inline Obj *build_item(const char **format, va_list *args)
{
    char kind = *(*format)++;
    const char *text;
    Obj *items, *tuple;
    switch (kind) {
    case 'i':
        return int_new(va_arg(*args, int));
    case 'l':
        return int_new(va_arg(*args, int64_t));
    case 'f':
        return float_new(va_arg(*args, double));
    case 's':
        text = va_arg(*args, const char *);
        return str_from_utf8_surrogates(text, (int64_t)strlen(text));
    case 'y':
        text = va_arg(*args, const char *);
        return bytes_new(text, (int64_t)strlen(text));
    case 'O':
        return obj_incref(va_arg(*args, Obj *));
    case 'n':
        return none_new();
    case 't':
        return bool_new(true);
    case 'u':
        return bool_new(false);
    case '(':
        items = build_until(format, ')', args);
        tuple = items == NULL ? NULL : list_to_tuple(items);
        obj_xdecref(items);
        return tuple;
    case '[':
        return build_until(format, ']', args);
    case '{':
        return build_dict(build_until(format, '}', args));
    default:
        cr_assert_fail("unknown letter '%c' in a format", kind);
        return NULL;
    }
}

static inline Obj *build(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    Obj *o = build_item(&format, &args);
    va_end(args);
    return o;
}

/* A dict of the " name:value" parts of a call's format. */
static inline Obj *build_keywords(const char *format, va_list *args)
{
    Obj *dict = dict_new();
    while (dict != NULL && *format == ' ') {
        const char *colon = strchr(++format, ':');
        Obj *name = str_from_utf8(format, colon - format), *value = NULL;
        format = colon + 1;
        if (name != NULL)
            value = build_item(&format, args);
        if (value == NULL || dict_set(dict, name, value) < 0)
            obj_clear(&dict);
        obj_xdecref(name);
        obj_xdecref(value);
    }
    return dict;
}

static inline Obj *call_va(ObjRef callable, const char *format, va_list *args)
{
    Obj *list = build_until(&format, '\0', args), *tuple = NULL, *keywords = NULL, *result = NULL;
    if (list != NULL)
        tuple = list_to_tuple(list);
    if (tuple != NULL && *format == ' ') {
        keywords = build_keywords(format, args);
        if (keywords == NULL)
            obj_clear(&tuple);
    }
    if (tuple != NULL)
        result = obj_call_tuple(callable, tuple, keywords);
    obj_xdecref(list);
    obj_xdecref(tuple);
    obj_xdecref(keywords);
    return result;
}

/* callable(…). */
static inline Obj *call(ObjRef callable, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    Obj *result = call_va(callable, format, &args);
    va_end(args);
    return result;
}

/* o.name(…). */
static inline Obj *method(ObjRef o, const char *name, const char *format, ...)
{
    Obj *bound = obj_getattr_str(o, name);
    if (bound == NULL)
        return NULL;
    va_list args;
    va_start(args, format);
    Obj *result = call_va(bound, format, &args);
    va_end(args);
    obj_decref(bound);
    return result;
}

/* Type(…), for a static type. */
#define make(type, ...) call(&(type).head.base, __VA_ARGS__)

/* A C module by its importable name. */
static inline Obj *c_module(const char *name)
{
    const ModuleDef *def = module_find_def(name);
    cr_assert_not_null(def, "no module %s", name);
    Obj *module = module_from_def(def);
    cr_assert_not_null(module);
    return module;
}

/* ---- expectations */

/* repr(o) is `text`; takes over o. */
static inline void expect_repr(Obj *o_steal, const char *text)
{
    if (o_steal == NULL) {
        Obj *error = err_fetch(), *repr = obj_repr(error);
        cr_assert_fail("%s raised, not %s", repr == NULL ? "?" : str_utf8(repr, NULL), text);
    }
    Obj *repr = obj_repr(o_steal);
    cr_assert_not_null(repr);
    cr_expect_str_eq(str_utf8(repr, NULL), text, "%s, not %s", str_utf8(repr, NULL), text);
    obj_decref(repr);
    obj_decref(o_steal);
}

/* An exception of the given type and text is pending; clears it. */
static inline void expect_error(const Type *type, const char *text)
{
    cr_assert_not_null(err_occurred());
    cr_expect(err_matches(type), "%s raised, not %s", obj_type(err_occurred())->head.name,
              type->head.name);
    Obj *error = err_fetch();
    Obj *message = obj_str(error);
    cr_assert_not_null(message);
    cr_expect_str_eq(str_utf8(message, NULL), text, "raised %s, not %s", str_utf8(message, NULL),
                     text);
    obj_decref(message);
    obj_decref(error);
}

/* The call just made gave nothing but this exception. */
static inline void expect_raised(Obj *result_steal, const Type *type, const char *text)
{
    if (result_steal != NULL) {
        Obj *repr = obj_repr(result_steal);
        cr_assert_fail("%s, not %s: %s", repr == NULL ? "?" : str_utf8(repr, NULL), type->head.name,
                       text);
    }
    expect_error(type, text);
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

/* o.name(argument), or o.name() for NULL. */
static inline Obj *call_method(ObjRef o, const char *name, ObjRef argument)
{
    return argument == NULL ? method(o, name, "") : method(o, name, "O", argument);
}

/* ---- allocations that fail */

/* Gives up the result of a step of an action: 0, or -1 when there is none. */
static inline int drop(Obj *result_steal)
{
    obj_xdecref(result_steal);
    return result_steal == NULL ? -1 : 0;
}

/* A step of an action for fail_each_allocation. */
#define STEP(expression)                                                                           \
    do {                                                                                           \
        if (drop(expression) < 0)                                                                  \
            return -1;                                                                             \
    } while (0)

static inline uint64_t requests_made(void)
{
    MemStats stats;
    mem_stats(&stats);
    return stats.requests;
}

static void (*forget_more)(void); /* empties the caches of what runs above the runtime */

static inline void forget_caches(void)
{
    type_forget_cache();
    if (forget_more != NULL)
        forget_more();
}

/* Runs the action with its n-th allocation failing; the bytes that are in use more than before. */
static inline int64_t fail_allocation(int (*action)(void), uint64_t n, bool sticky)
{
    forget_caches();
    uint64_t before = bytes_in_use();
    if (sticky)
        mem_fail_from(n);
    else
        mem_fail_after(n);
    int status = action();
    mem_fail_after(0);
    if (status == 0) {
        cr_assert_null(err_occurred(), "succeeded with an exception, allocation %d", (int)n);
    } else {
        cr_assert_not_null(err_occurred(), "failed without exception, allocation %d", (int)n);
        cr_assert(err_matches(&exc_memory_error), "%s raised at allocation %d",
                  obj_type(err_occurred())->head.name, (int)n);
        err_clear();
    }
    forget_caches();
    if (bytes_in_use() != before)
        gc_collect(GC_GENERATIONS - 1);
    return (int64_t)(bytes_in_use() - before);
}

/* Runs an action with its first, second, … allocation failing, alone and with all that follow: it
 * may then fail with MemoryError and with nothing else, and loses no memory.  The action must do
 * the same each time. */
static inline void fail_each_allocation(int (*action)(void))
{
    uint64_t most = 500, before = 0;
    for (int i = 0; i < 3; i++) { /* caches of the runtime fill at first */
        before = requests_made();
        if (action() != 0) {
            Obj *error = err_fetch(), *repr = obj_repr(error);
            cr_assert_fail("the action raised %s", repr == NULL ? "?" : str_utf8(repr, NULL));
        }
    }
    uint64_t count = requests_made() - before, stride = 1 + count / most;
    gc_collect(GC_GENERATIONS - 1);
    for (uint64_t n = 1; n <= count; n += stride) {
        for (int sticky = 0; sticky < 2; sticky++) {
            int64_t lost = 1;
            for (int i = 0; i < 4 && lost > 0; i++) /* a cache grows once, a leak each time */
                lost = fail_allocation(action, n, sticky != 0);
            cr_assert_leq(lost, 0, "%d bytes lost at allocation %d%s", (int)lost, (int)n,
                          sticky ? " and later" : "");
        }
    }
}

#endif
