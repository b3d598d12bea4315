/*
 * functools.partial: a callable with some arguments already given.
 *
 * A partial of a partial takes over its arguments, so that calls go straight to the innermost
 * function. The keyword arguments are a dict that user code may change at any time through
 * .keywords: it is read anew by every call.
 */

#include <stddef.h>

#include "gc/pool.h"
#include "runtime/core/err.h"
#include "runtime/modules/functools.h"
#include "runtime/types/dict.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"
#include "runtime/types/weakref.h"

typedef struct PartialObj {
    Obj base;
    Obj *function; /* owned */
    Obj *args;     /* owned tuple */
    Obj *keywords; /* owned dict */
    Obj *dict;     /* owned: __dict__, or NULL */
    Obj *weak_list;
} PartialObj;

#define partial_cast(o) ((PartialObj *)(o))

/* ---- lifecycle */

/* The tuple first + args[0..count). */
static Obj *join_args(ObjRef first, const ObjRef *args, int64_t count)
{
    int64_t before = tuple_length(first);
    Obj *joined = tuple_new(before + count);
    if (joined == NULL)
        return NULL;
    for (int64_t i = 0; i < before; i++)
        tuple_cast(joined)->items[i] = obj_incref(tuple_peek(first, i));
    for (int64_t i = 0; i < count; i++)
        tuple_cast(joined)->items[before + i] = obj_incref(args[i]);
    tuple_maybe_untrack(joined);
    return joined;
}

/* A copy of `first` (NULL: empty) with the keywords of a call. */
static Obj *join_keywords(ObjRef first, const ObjRef *values, ObjRef kwnames)
{
    Obj *joined = first == NULL ? dict_new() : dict_copy(first);
    int64_t count = kwnames == NULL ? 0 : tuple_length(kwnames);
    for (int64_t i = 0; joined != NULL && i < count; i++) {
        if (dict_set(joined, tuple_peek(kwnames, i), values[i]) < 0)
            obj_clear(&joined);
    }
    return joined;
}

static Obj *new (Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    if (nargs < 1)
        return err_string(&exc_type_error, "type 'partial' takes at least one argument");
    if (!obj_is_callable(args[0]))
        return err_string(&exc_type_error, "the first argument must be callable");

    ObjRef function = args[0], first_args = NULL, first_keywords = NULL;
    if (obj_type(function) == &functools_partial_type && type == &functools_partial_type &&
        partial_cast(function)->dict == NULL) {
        const PartialObj *inner = partial_cast(function);
        first_args = inner->args;
        first_keywords = inner->keywords;
        function = inner->function;
    }
    Obj *bound = first_args == NULL ? tuple_from(args + 1, nargs - 1)
                                    : join_args(first_args, args + 1, nargs - 1);
    Obj *keywords = bound == NULL ? NULL : join_keywords(first_keywords, args + nargs, kwnames);
    PartialObj *p = keywords == NULL ? NULL : (PartialObj *)obj_alloc(type, sizeof(PartialObj));
    if (p == NULL) {
        obj_xdecref(bound);
        obj_xdecref(keywords);
        return NULL;
    }
    p->function = obj_incref(function);
    p->args = bound;
    p->keywords = keywords;
    obj_track_if_gc(&p->base);
    return &p->base;
}

static int traverse(ObjRef self, VisitFn visit, void *context)
{
    const PartialObj *p = (const PartialObj *)self;
    GC_VISIT(p->function);
    GC_VISIT(p->args);
    GC_VISIT(p->keywords);
    GC_VISIT(p->dict);
    return 0;
}

static Obj **weak_list(ObjRef self)
{
    return &partial_cast(self)->weak_list;
}

static void dealloc(Obj *self)
{
    PartialObj *p = partial_cast(self);
    gc_untrack(self);
    if (p->weak_list != NULL)
        weakref_clear_all(self, &p->weak_list);
    obj_xdecref(p->function);
    obj_xdecref(p->args);
    obj_xdecref(p->keywords);
    obj_xdecref(p->dict);
    obj_free(self, sizeof(PartialObj));
}

/* ---- operations */

/* The call with keywords on both sides: those given replace those kept. */
static Obj *call_with_keywords(const PartialObj *p, ObjRef all_args, const ObjRef *values,
                               ObjRef kwnames)
{
    Obj *keywords = join_keywords(p->keywords, values, kwnames);
    if (keywords == NULL)
        return NULL;
    Obj *result = obj_call_tuple(p->function, all_args, keywords);
    obj_decref(keywords);
    return result;
}

static Obj *call(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    enum { ON_STACK = 10 };
    const PartialObj *p = (const PartialObj *)self;
    /* Held, for __setstate__ may replace the fields while the call runs. */
    Obj *bound = obj_incref(p->args), *function = obj_incref(p->function), *result = NULL;
    if (dict_length(p->keywords) > 0) {
        Obj *all = join_args(bound, args, nargs);
        if (all != NULL) {
            result = call_with_keywords(p, all, args + nargs, kwnames);
            obj_decref(all);
        }
        goto fail;
    }
    int64_t before = tuple_length(bound);
    if (before == 0) {
        result = obj_call(function, args, nargs, kwnames);
        goto fail;
    }
    int64_t given = nargs + (kwnames == NULL ? 0 : tuple_length(kwnames));
    ObjRef few[ON_STACK], *all = few;
    size_t size = (size_t)(before + given) * sizeof(ObjRef);
    if (before + given > ON_STACK) {
        all = pool_alloc(size);
        if (all == NULL) {
            err_no_memory();
            goto fail;
        }
    }
    for (int64_t i = 0; i < before; i++)
        all[i] = tuple_peek(bound, i);
    for (int64_t i = 0; i < given; i++)
        all[before + i] = args[i];
    result = obj_call(function, all, before + nargs, kwnames);
    if (all != few)
        pool_free((void *)all, size);
fail:
    obj_decref(bound);
    obj_decref(function);
    return result;
}

static Obj *repr(ObjRef self)
{
    int entered = obj_repr_enter(self);
    if (entered != 0)
        return entered < 0 ? NULL : str_from_ascii("...");
    const PartialObj *p = (const PartialObj *)self;
    Obj *bound = obj_incref(p->args), *keywords = obj_incref(p->keywords);
    Obj *text = str_format_c("%s(%R", obj_head(self)->name, p->function);
    for (int64_t i = 0; text != NULL && i < tuple_length(bound); i++)
        obj_replace(&text, str_format_c("%U, %R", text, tuple_peek(bound, i)));
    int64_t position = 0;
    ObjRef key_peek, value_peek;
    while (text != NULL && dict_next(keywords, &position, &key_peek, &value_peek)) {
        Obj *key = obj_incref(key_peek), *value = obj_incref(value_peek);
        obj_replace(&text, str_format_c("%U, %S=%R", text, key, value));
        obj_decref(key);
        obj_decref(value);
    }
    if (text != NULL)
        obj_replace(&text, str_format_c("%U)", text));
    obj_decref(bound);
    obj_decref(keywords);
    obj_repr_leave(self);
    return text;
}

/* ---- methods */

/* (type, (function,), (function, args, keywords, __dict__ or None)). */
static Obj *method_reduce(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    const PartialObj *p = (const PartialObj *)self;
    Obj *result = NULL, *arguments = tuple_pack(1, p->function);
    Obj *state =
        tuple_pack(4, p->function, p->args, p->keywords, p->dict == NULL ? obj_none : p->dict);
    if (arguments != NULL && state != NULL)
        result = tuple_pack(3, &obj_type(self)->head.base, arguments, state);
    obj_xdecref(arguments);
    obj_xdecref(state);
    return result;
}

static Obj *method_setstate(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    ObjRef state = args[0];
    if (!tuple_check(state) || tuple_length(state) != 4 || !obj_is_callable(tuple_peek(state, 0)) ||
        !tuple_check(tuple_peek(state, 1)) ||
        (!is_none(tuple_peek(state, 2)) && !dict_check(tuple_peek(state, 2))))
        return err_string(&exc_type_error, "invalid partial state");
    ObjRef dict = tuple_peek(state, 3);
    if (!is_none(dict) && !dict_check(dict))
        return err_string(&exc_type_error, "invalid partial state");
    Obj *bound = tuple_check_exact(tuple_peek(state, 1))
                     ? obj_incref(tuple_peek(state, 1))
                     : tuple_slice(tuple_peek(state, 1), 0, INT64_MAX);
    Obj *keywords = is_none(tuple_peek(state, 2))            ? dict_new()
                    : dict_check_exact(tuple_peek(state, 2)) ? obj_incref(tuple_peek(state, 2))
                                                             : dict_copy(tuple_peek(state, 2));
    if (bound == NULL || keywords == NULL) {
        obj_xdecref(bound);
        obj_xdecref(keywords);
        return NULL;
    }
    PartialObj *p = partial_cast(self);
    obj_replace(&p->function, obj_incref(tuple_peek(state, 0)));
    obj_replace(&p->args, bound);
    obj_replace(&p->keywords, keywords);
    obj_replace(&p->dict, is_none(dict) ? NULL : obj_incref(dict));
    return none_new();
}

static const MethodDef methods[] = {
    {"__reduce__", method_reduce, 0, 0, 0, "How to make this partial again."},
    {"__setstate__", method_setstate, 1, 1, 0, "Sets function, arguments and attributes."},
    {"__class_getitem__", functools_class_getitem, 1, 1, METHOD_CLASS, "See PEP 585."},
    {0},
};

static const MemberDef members[] = {
    {"func", MEMBER_OBJ, offsetof(PartialObj, function), MEMBER_READONLY, "The function called."},
    {"args", MEMBER_OBJ, offsetof(PartialObj, args), MEMBER_READONLY,
     "Positional arguments that come first."},
    {"keywords", MEMBER_OBJ, offsetof(PartialObj, keywords), MEMBER_READONLY,
     "Keyword arguments unless given in the call."},
    {0},
};

static const GetSetDef getset[] = {
    {"__dict__", object_dict, functools_set_dict, NULL},
    {0},
};

Type functools_partial_type = {
    .head = {.base = {1, &type_type.root},
             .name = "functools.partial",
             .flags = TYPE_GC | TYPE_BASE,
             .traverse = traverse,
             .weak_list = weak_list,
             .dealloc = dealloc},
    .root = {.type = &functools_partial_type.head},
    .doc = "partial(func, /, *args, **keywords)\n\nA callable with some arguments already given.",
    .basic_size = sizeof(PartialObj),
    .dict_offset = offsetof(PartialObj, dict),
    .weak_list_offset = offsetof(PartialObj, weak_list),
    .repr = repr,
    .call = call,
    .new = new,
    .methods = methods,
    .members = members,
    .getset = getset,
};
