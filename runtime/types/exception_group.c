/*
 * BaseExceptionGroup and ExceptionGroup (PEP 654): a message and a tuple of exceptions, which may
 * be groups themselves.
 *
 * split and subgroup rebuild the tree for the leaves that match; new groups are made by the group's
 * own `derive` and inherit traceback, cause, context and notes.
 */

#include <stddef.h>

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/core/object.h"
#include "runtime/core/state.h"
#include "runtime/types/exception_kinds.h"
#include "runtime/types/generic_alias.h"
#include "runtime/types/list.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"

#define group_cast(o) ((GroupObj *)(o))
#define group_check(o) type_check(o, &exc_base_exception_group)

/* ---------------------------------------------------------------- lifecycle */

/* The class to make: BaseExceptionGroup of nothing but Exceptions becomes ExceptionGroup.  NULL
 * with TypeError where the class does not allow these exceptions. */
static Type *choose_class(Type *type, ObjRef exceptions)
{
    bool only_exceptions = true;
    for (int64_t i = 0; i < tuple_length(exceptions); i++) {
        ObjRef item = tuple_peek(exceptions, i);
        if (!exception_check(item)) {
            err_format(&exc_value_error,
                       "Item %lld of second argument (exceptions) is not an exception",
                       (long long)i);
            return NULL;
        }
        if (!obj_is(item, &exc_exception))
            only_exceptions = false;
    }
    if (type == &exc_base_exception_group)
        return only_exceptions ? &exc_exception_group : type;
    if (only_exceptions)
        return type;
    if (type == &exc_exception_group) {
        err_string(&exc_type_error, "Cannot nest BaseExceptions in an ExceptionGroup");
        return NULL;
    }
    if (type_is_subtype(type, &exc_exception)) {
        err_format(&exc_type_error, "Cannot nest BaseExceptions in '%s'", type_name(type));
        return NULL;
    }
    return type;
}

Obj *group_new(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)kwnames;
    if (nargs != 2) {
        return err_format(&exc_type_error,
                          "BaseExceptionGroup.__new__() takes exactly 2 arguments (%lld given)",
                          (long long)nargs);
    }
    if (!str_check(args[0]))
        return err_format(&exc_type_error,
                          "BaseExceptionGroup.__new__() argument 1 must be str, not %T", args[0]);
    if (obj_type(args[1])->get_item == NULL || obj_has_flag(args[1], TYPE_DICT | TYPE_SET)) {
        return err_string(&exc_type_error, "second argument (exceptions) must be a sequence");
    }
    Obj *exceptions = obj_to_tuple(args[1]);
    if (exceptions == NULL)
        return NULL;
    Obj *self = NULL;
    if (tuple_length(exceptions) == 0) {
        err_string(&exc_value_error, "second argument (exceptions) must be a non-empty sequence");
    } else if ((type = choose_class(type, exceptions)) != NULL) {
        self = exception_new_slot(type, args, nargs, NULL);
    }
    if (self != NULL) {
        group_cast(self)->message = obj_incref(args[0]);
        group_cast(self)->exceptions = obj_incref(exceptions);
    }
    obj_decref(exceptions);
    return self;
}

int group_init(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    return exception_init(self, args, nargs, kwnames);
}

/* ---------------------------------------------------------------- operations */

Obj *group_str(ObjRef self)
{
    GroupObj *g = group_cast(self);
    int64_t count = tuple_length(g->exceptions);
    return str_format_c("%S (%lld sub-exception%s)", (ObjRef)g->message, (long long)count,
                        count == 1 ? "" : "s");
}

Obj *group_repr(ObjRef self)
{
    return exc_base_exception.repr(self);
}

/* Copies what a part of a group keeps of the whole: traceback, context, cause and notes. */
static int copy_metadata(ObjRef from, ObjRef to)
{
    ExceptionObj *source = exception_cast(from), *target = exception_cast(to);
    obj_replace(&target->traceback, obj_xincref(source->traceback));
    obj_replace(&target->context, obj_xincref(source->context));
    obj_replace(&target->cause, obj_xincref(source->cause));
    target->suppress_context = source->suppress_context;
    Obj *notes = NULL;
    int found = obj_getattr_opt(from, names.dunder_notes, &notes);
    if (found <= 0)
        return found;
    /* Each part gets its own list, so that a note added to one stays there. */
    Obj *copy = obj_to_list(notes);
    obj_decref(notes);
    if (copy == NULL) {
        if (!err_matches(&exc_type_error))
            return -1;
        err_clear();
        return 0;
    }
    int result = obj_setattr(to, names.dunder_notes, copy);
    obj_decref(copy);
    return result;
}

/* A group like `self` with the given exceptions (list, owned, consumed); NULL without an exception
 * for an empty list. */
static Obj *derive_steal(ObjRef self, Obj *exceptions)
{
    if (exceptions == NULL || list_length(exceptions) == 0) {
        obj_xdecref(exceptions);
        return NULL;
    }
    Obj *name = str_intern_ascii("derive");
    ObjRef arg = exceptions;
    Obj *part = name == NULL ? NULL : obj_call_method(self, name, &arg, 1);
    obj_xdecref(name);
    obj_decref(exceptions);
    if (part != NULL && !group_check(part)) {
        err_string(&exc_type_error, "derive must return an instance of BaseExceptionGroup");
        obj_clear(&part);
    }
    if (part != NULL && copy_metadata(self, part) < 0)
        obj_clear(&part);
    return part;
}

/* What selects exceptions: a type, a tuple of types, or a callable. */
static int matches(ObjRef exception, ObjRef matcher)
{
    if (tuple_check(matcher) || obj_has_flag(matcher, TYPE_TYPE))
        return err_matches_obj(exception, matcher);
    Obj *result = obj_call1(matcher, exception);
    if (result == NULL)
        return -1;
    int truth = obj_truth(result);
    obj_decref(result);
    return truth;
}

static int check_matcher(ObjRef matcher)
{
    bool valid = obj_has_flag(matcher, TYPE_TYPE)
                     ? type_is_subtype((const Type *)matcher, &exc_base_exception)
                     : obj_is_callable(matcher) > 0;
    if (tuple_check(matcher)) {
        valid = true;
        for (int64_t i = 0; i < tuple_length(matcher); i++) {
            ObjRef type = tuple_peek(matcher, i);
            valid = valid && obj_has_flag(type, TYPE_TYPE) &&
                    type_is_subtype((const Type *)type, &exc_base_exception);
        }
    }
    if (valid)
        return 0;
    return err_format_int(&exc_type_error,
                          "expected a function, exception type or tuple of exception types");
}

/* rest NULL: only the matching part is wanted. */
static int split(ObjRef exception, ObjRef matcher, Obj **match, Obj **rest)
{
    *match = NULL;
    if (rest != NULL)
        *rest = NULL;
    int whole = matches(exception, matcher);
    if (whole < 0)
        return -1;
    if (whole) {
        *match = obj_incref(exception);
        return 0;
    }
    if (!group_check(exception)) {
        if (rest != NULL)
            *rest = obj_incref(exception);
        return 0;
    }
    if (state_enter(" in exceptiongroup_split_recursive") < 0)
        return -1;
    int result = -1;
    Obj *taken = list_new(0);
    Obj *left = list_new(0);
    Obj *exceptions = obj_incref(group_cast(exception)->exceptions);
    if (taken == NULL || left == NULL)
        goto done;
    for (int64_t i = 0; i < tuple_length(exceptions); i++) {
        Obj *part = NULL, *other = NULL;
        if (split(tuple_peek(exceptions, i), matcher, &part, rest == NULL ? NULL : &other) < 0)
            goto done;
        int failed = part != NULL && list_append_steal(taken, part) < 0;
        if (other != NULL && (list_append_steal(left, other) < 0 || failed))
            goto done;
        if (failed)
            goto done;
    }
    *match = derive_steal(exception, taken);
    taken = NULL;
    if (*match == NULL && err_occurred() != NULL)
        goto done;
    if (rest != NULL) {
        *rest = derive_steal(exception, left);
        left = NULL;
        if (*rest == NULL && err_occurred() != NULL) {
            obj_clear(match);
            goto done;
        }
    }
    result = 0;
done:
    obj_xdecref(taken);
    obj_xdecref(left);
    obj_decref(exceptions);
    state_leave();
    return result;
}

int exception_group_split(ObjRef exception, ObjRef matcher, Obj **match, Obj **rest)
{
    return split(exception, matcher, match, rest);
}

/* ---------------------------------------------------------------- methods */

static Obj *group_derive(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    return obj_call2((ObjRef)&exc_base_exception_group, group_cast(self)->message, args[0]);
}

static Obj *group_split(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    Obj *match, *rest;
    if (check_matcher(args[0]) < 0 || split(self, args[0], &match, &rest) < 0)
        return NULL;
    Obj *pair = tuple_pack(2, match == NULL ? (ObjRef)obj_none : (ObjRef)match,
                           rest == NULL ? (ObjRef)obj_none : (ObjRef)rest);
    obj_xdecref(match);
    obj_xdecref(rest);
    return pair;
}

static Obj *group_subgroup(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    Obj *match;
    if (check_matcher(args[0]) < 0 || split(self, args[0], &match, NULL) < 0)
        return NULL;
    return match == NULL ? none_new() : match;
}

static Obj *group_class_getitem(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    return generic_alias_new(self, args[0]);
}

const MethodDef group_methods[] = {
    {"__class_getitem__", group_class_getitem, 1, 1, METHOD_CLASS, "See PEP 585"},
    {"derive", group_derive, 1, 1, 0,
     "derive($self, excs, /)\n--\n\nA group with the same message and other exceptions."},
    {"split", group_split, 1, 1, 0,
     "split($self, condition, /)\n--\n\nThe part that matches, and the rest."},
    {"subgroup", group_subgroup, 1, 1, 0,
     "subgroup($self, condition, /)\n--\n\nThe part that matches, or None."},
    {0},
};

const MemberDef group_members[] = {
    {"message", MEMBER_OBJ, offsetof(GroupObj, message), MEMBER_READONLY, "What went wrong."},
    {"exceptions", MEMBER_OBJ, offsetof(GroupObj, exceptions), MEMBER_READONLY, "The members."},
    {0},
};
