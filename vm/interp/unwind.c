/*
 * Exceptions for the eval loop: the raise statement, except and except* matching, and what is done
 * when runtime.breaker is set (collection, Ctrl-C, the step budget).
 *
 * Handlers of signals run at the next backward jump or function entry.
 */

#include "vm/interp/unwind.h"

#include "gc/collector.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/core/object.h"
#include "runtime/modules/signal.h"
#include "runtime/types/list.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"

/* ---- raise */

bool unwind_raise_steal(Obj *exception, Obj *cause)
{
    if (exception == NULL) {
        ExcItem *item = thread_state->handled;
        while (item->exception == NULL && item->previous != NULL)
            item = item->previous;
        if (item->exception == NULL) {
            err_format(&exc_runtime_error, "No active exception to reraise");
            return false;
        }
        err_restore_steal(obj_incref(item->exception));
        return true;
    }
    err_raise(exception, cause);
    obj_decref(exception);
    obj_xdecref(cause);
    return false;
}

/* ---- except */

static bool is_exception_class(ObjRef type)
{
    return type_check(type, &type_type) && type_is_subtype((Type *)type, &exc_base_exception);
}

static int check_classes(ObjRef type, bool (*accepts)(ObjRef), const char *message)
{
    if (tuple_check(type)) {
        for (int64_t i = 0; i < tuple_length(type); i++) {
            if (!accepts(tuple_peek(type, i)))
                return err_format_int(&exc_type_error, "%s", message);
        }
        return 0;
    }
    return accepts(type) ? 0 : err_format_int(&exc_type_error, "%s", message);
}

int unwind_matches(ObjRef exception, ObjRef type)
{
    if (check_classes(type, is_exception_class,
                      "catching classes that do not inherit from BaseException is not allowed") < 0)
        return -1;
    return err_matches_obj(exception, type);
}

static bool is_no_group_class(ObjRef type)
{
    return is_exception_class(type) && !type_is_subtype((Type *)type, &exc_base_exception_group);
}

static int no_groups(ObjRef type)
{
    if (check_classes(type, is_exception_class,
                      "catching classes that do not inherit from BaseException is not allowed") < 0)
        return -1;
    return check_classes(type, is_no_group_class,
                         "catching ExceptionGroup with except* is not allowed. "
                         "Use except instead.");
}

int unwind_match_group(ObjRef exception, ObjRef type, Obj **rest, Obj **match)
{
    *rest = *match = NULL;
    if (no_groups(type) < 0)
        return -1;
    if (is_none(exception)) {
        *rest = none_new();
        *match = none_new();
        return 0;
    }
    if (err_matches_obj(exception, type)) {
        if (obj_is(exception, &exc_base_exception_group)) {
            *match = obj_incref(exception);
        } else {
            Obj *list = tuple_pack(1, exception), *empty = str_from_ascii("");
            if (list != NULL && empty != NULL)
                *match = obj_call2(&exc_exception_group.head.base, empty, list);
            obj_xdecref(list);
            obj_xdecref(empty);
            if (*match == NULL)
                return -1;
        }
        *rest = none_new();
        return 0;
    }
    if (obj_is(exception, &exc_base_exception_group)) {
        Obj *name = str_intern_ascii("split"), *pair = NULL;
        if (name != NULL)
            pair = obj_call_method(exception, name, &type, 1);
        obj_xdecref(name);
        if (pair == NULL)
            return -1;
        if (!tuple_check(pair) || tuple_length(pair) < 2) {
            err_format(&exc_type_error, "%T.split must return a 2-tuple, got tuple of size %lld",
                       exception, (long long)(tuple_check(pair) ? tuple_length(pair) : 0));
            obj_decref(pair);
            return -1;
        }
        *match = obj_incref(tuple_peek(pair, 0));
        *rest = obj_incref(tuple_peek(pair, 1));
        obj_decref(pair);
        return 0;
    }
    *rest = obj_incref(exception);
    *match = none_new();
    return 0;
}

/* The traceback, context and cause of two exceptions are the same: the one is a part of the other
 * that was not raised anew. */
static bool same_origin(ObjRef a, ObjRef b)
{
    const ExceptionObj *x = (const ExceptionObj *)a, *y = (const ExceptionObj *)b;
    Obj *notes_a = NULL, *notes_b = NULL;
    if (obj_getattr_opt(a, names.dunder_notes, &notes_a) < 0 ||
        obj_getattr_opt(b, names.dunder_notes, &notes_b) < 0)
        err_clear();
    bool same = notes_a == notes_b && x->traceback == y->traceback && x->cause == y->cause &&
                x->context == y->context;
    obj_xdecref(notes_a);
    obj_xdecref(notes_b);
    return same;
}

/* Adds the leaves of a group to list: 0/-1. */
static int collect_leaves(ObjRef exception, ObjRef list)
{
    if (!obj_is(exception, &exc_base_exception_group))
        return list_append(list, exception);
    Obj *parts = obj_getattr_str(exception, "exceptions");
    if (parts == NULL)
        return -1;
    int result = 0;
    for (int64_t i = 0; result == 0 && i < tuple_length(parts); i++) {
        result = state_enter(" in collect_exception_group_leaf_ids");
        if (result == 0) {
            result = collect_leaves(tuple_peek(parts, i), list);
            state_leave();
        }
    }
    obj_decref(parts);
    return result;
}

/* A part of `group` is kept when it holds a leaf of `leaves`. */
static Obj *project(ObjRef group, ObjRef leaves)
{
    if (!obj_is(group, &exc_base_exception_group)) {
        for (int64_t i = 0; i < list_length(leaves); i++) {
            if (list_peek(leaves, i) == group)
                return obj_incref(group);
        }
        return none_new();
    }
    Obj *parts = obj_getattr_str(group, "exceptions"), *kept = list_new(0), *result = NULL;
    if (parts == NULL || kept == NULL)
        goto done;
    for (int64_t i = 0; i < tuple_length(parts); i++) {
        if (state_enter(" in exception group projection") < 0)
            goto done;
        Obj *part = project(tuple_peek(parts, i), leaves);
        state_leave();
        if (part == NULL)
            goto done;
        if (is_none(part))
            obj_decref(part);
        else if (list_append_steal(kept, part) < 0)
            goto done;
    }
    if (list_length(kept) == 0) {
        result = none_new();
    } else if (list_length(kept) == tuple_length(parts)) {
        result = obj_incref(group);
    } else {
        Obj *name = str_intern_ascii("derive");
        if (name != NULL)
            result = obj_call_method(group, name, (const ObjRef *)&kept, 1);
        obj_xdecref(name);
        if (result != NULL && obj_is(result, &exc_base_exception)) {
            ExceptionObj *to = exception_cast(result);
            const ExceptionObj *from = (const ExceptionObj *)group;
            obj_replace(&to->traceback, obj_xincref(from->traceback));
            obj_replace(&to->context, obj_xincref(from->context));
            obj_replace(&to->cause, obj_xincref(from->cause));
            to->suppress_context = from->suppress_context;
        }
    }
done:
    obj_xdecref(parts);
    obj_xdecref(kept);
    return result;
}

Obj *unwind_join_groups(ObjRef original, ObjRef raised)
{
    int64_t count = list_length(raised);
    if (count == 0)
        return none_new();
    if (!obj_is(original, &exc_base_exception_group)) {
        /* a naked exception was caught and wrapped: at most one clause ran */
        return obj_incref(list_peek(raised, 0));
    }
    Obj *anew = list_new(0), *leaves = list_new(0), *again = NULL, *result = NULL;
    if (anew == NULL || leaves == NULL)
        goto done;
    for (int64_t i = 0; i < count; i++) {
        ObjRef exception = list_peek(raised, i);
        if (is_none(exception))
            continue;
        if (same_origin(exception, original) ? collect_leaves(exception, leaves) < 0
                                             : list_append(anew, exception) < 0)
            goto done;
    }
    again = project(original, leaves);
    if (again == NULL)
        goto done;
    if (list_length(anew) == 0) {
        result = obj_incref(again);
        goto done;
    }
    if (!is_none(again) && list_append(anew, again) < 0)
        goto done;
    if (list_length(anew) == 1) {
        result = obj_incref(list_peek(anew, 0));
    } else {
        Obj *empty = str_from_ascii("");
        if (empty != NULL)
            result = obj_call2(&exc_exception_group.head.base, empty, anew);
        obj_xdecref(empty);
    }
done:
    obj_xdecref(anew);
    obj_xdecref(leaves);
    obj_xdecref(again);
    return result;
}

/* ---- interruptions */

int unwind_break(VmThread *vm)
{
    (void)vm;
    if (runtime.breaker & BREAK_GC) {
        runtime.breaker &= ~BREAK_GC;
        gc_collect_pending();
    }
    if ((runtime.breaker & BREAK_SIGNAL) && signal_run() < 0)
        return -1;
    if (runtime.breaker & BREAK_STEPS) {
        if (--thread_state->steps_left <= 0) {
            thread_state->steps_left = 1000; /* for handlers and finally clauses */
            return err_format_int(&exc_runtime_error, "step budget exhausted");
        }
    }
    return 0;
}
