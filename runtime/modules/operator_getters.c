/*
 * operator.itemgetter, attrgetter and methodcaller: callables that fetch from their argument.
 *
 * All three keep a tuple of what to fetch.  Names of attributes are interned; dotted ones are kept
 * as a tuple of their parts.
 */

#include <stddef.h>

#include "gc/pool.h"
#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/modules/functools.h"
#include "runtime/modules/operator.h"
#include "runtime/types/dict.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"

/* ---- itemgetter and attrgetter: one result, or a tuple of them */

typedef struct GetterObj {
    Obj base;
    Obj *wanted; /* owned tuple: keys; or names and tuples of names */
    Obj *given;  /* owned tuple: the constructor's arguments */
} GetterObj;

static int getter_traverse(ObjRef self, VisitFn visit, void *context)
{
    GC_VISIT(((const GetterObj *)self)->wanted);
    GC_VISIT(((const GetterObj *)self)->given);
    return 0;
}

static void getter_dealloc(Obj *self)
{
    gc_untrack(self);
    obj_xdecref(((GetterObj *)self)->wanted);
    obj_xdecref(((GetterObj *)self)->given);
    obj_free(self, sizeof(GetterObj));
}

/* Takes over `wanted` (NULL: an error is pending). */
static Obj *getter_new_steal(Type *type, Obj *wanted, const ObjRef *args, int64_t nargs)
{
    Obj *given = wanted == NULL ? NULL : tuple_from(args, nargs);
    GetterObj *g = given == NULL ? NULL : (GetterObj *)obj_alloc(type, sizeof(GetterObj));
    if (g == NULL) {
        obj_xdecref(wanted);
        obj_xdecref(given);
        return NULL;
    }
    g->wanted = wanted;
    g->given = given;
    obj_track_if_gc(&g->base);
    return &g->base;
}

/* Calls fetch(o, what) for all that is wanted. */
static Obj *getter_fetch(ObjRef self, ObjRef o, Obj *(*fetch)(ObjRef o, ObjRef what))
{
    ObjRef wanted = ((const GetterObj *)self)->wanted;
    int64_t count = tuple_length(wanted);
    if (count == 1)
        return fetch(o, tuple_peek(wanted, 0));
    Obj *result = tuple_new(count);
    for (int64_t i = 0; result != NULL && i < count; i++) {
        tuple_cast(result)->items[i] = fetch(o, tuple_peek(wanted, i));
        if (tuple_peek(result, i) == NULL)
            obj_clear(&result);
    }
    if (result != NULL)
        tuple_maybe_untrack(result);
    return result;
}

/* operator.name(args…). */
static Obj *repr_call(const char *name, ObjRef tuple, ObjRef keywords_or_null)
{
    Obj *text = str_from_ascii(name);
    const char *separator = "(";
    for (int64_t i = 0; text != NULL && i < tuple_length(tuple); i++) {
        obj_replace(&text, str_format_c("%U%s%R", text, separator, tuple_peek(tuple, i)));
        separator = ", ";
    }
    int64_t position = 0;
    ObjRef key, value;
    while (text != NULL && keywords_or_null != NULL &&
           dict_next(keywords_or_null, &position, &key, &value)) {
        obj_replace(&text, str_format_c("%U%s%S=%R", text, separator, key, value));
        separator = ", ";
    }
    if (text != NULL)
        obj_replace(&text, str_format_c("%U)", text));
    return text;
}

static Obj *getter_repr(ObjRef self)
{
    int entered = obj_repr_enter(self);
    if (entered != 0)
        return entered < 0 ? NULL : str_format_c("%s(...)", obj_head(self)->name);
    Obj *text = repr_call(obj_head(self)->name, ((const GetterObj *)self)->given, NULL);
    obj_repr_leave(self);
    return text;
}

/* (type, arguments). */
static Obj *getter_reduce(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    return tuple_pack(2, &obj_type(self)->head.base, ((const GetterObj *)self)->given);
}

static const MethodDef getter_methods[] = {
    {"__reduce__", getter_reduce, 0, 0, 0, "How to make this callable again."},
    {0},
};

static Obj *itemgetter_new(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    if (args_no_keywords("itemgetter", kwnames) < 0 ||
        args_check_count("itemgetter", nargs, 1, nargs > 0 ? -1 : 1) < 0)
        return NULL;
    return getter_new_steal(type, tuple_from(args, nargs), args, nargs);
}

static Obj *itemgetter_call(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    if (args_no_keywords("itemgetter", kwnames) < 0 ||
        args_check_count("itemgetter", nargs, 1, 1) < 0)
        return NULL;
    return getter_fetch(self, args[0], obj_getitem);
}

/* A name as it is kept: interned, or a tuple of interned parts. */
static Obj *split_name(ObjRef name)
{
    if (!str_check(name))
        return err_string(&exc_type_error, "attribute name must be a string");
    Obj *dot = str_from_ascii("."), *result = NULL;
    if (dot == NULL)
        return NULL;
    int64_t length = str_length(name), parts = 1;
    for (int64_t i = 0; i < length; i++)
        parts += str_char_at(name, i) == '.';
    Obj *tuple = tuple_new(parts);
    for (int64_t i = 0, start = 0; tuple != NULL && i < parts; i++) {
        int64_t end = str_find(name, dot, start, length);
        if (end < 0)
            end = length;
        Obj *part = str_substring(name, start, end);
        if (part != NULL)
            str_intern_inplace(&part);
        tuple_cast(tuple)->items[i] = part;
        if (part == NULL)
            obj_clear(&tuple);
        start = end + 1;
    }
    if (tuple != NULL && parts == 1)
        result = obj_incref(tuple_peek(tuple, 0));
    else
        result = obj_xincref(tuple);
    obj_xdecref(tuple);
    obj_decref(dot);
    return result;
}

static Obj *attrgetter_new(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    if (args_no_keywords("attrgetter", kwnames) < 0 ||
        args_check_count("attrgetter", nargs, 1, nargs > 0 ? -1 : 1) < 0)
        return NULL;
    Obj *wanted = tuple_new(nargs);
    for (int64_t i = 0; wanted != NULL && i < nargs; i++) {
        tuple_cast(wanted)->items[i] = split_name(args[i]);
        if (tuple_peek(wanted, i) == NULL)
            obj_clear(&wanted);
    }
    return getter_new_steal(type, wanted, args, nargs);
}

/* An attribute by name or by a tuple of names. */
static Obj *get_dotted(ObjRef o, ObjRef name)
{
    if (!tuple_check(name))
        return obj_getattr(o, name);
    Obj *value = obj_incref(o);
    for (int64_t i = 0; value != NULL && i < tuple_length(name); i++)
        obj_replace(&value, obj_getattr(value, tuple_peek(name, i)));
    return value;
}

static Obj *attrgetter_call(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    if (args_no_keywords("attrgetter", kwnames) < 0 ||
        args_check_count("attrgetter", nargs, 1, 1) < 0)
        return NULL;
    return getter_fetch(self, args[0], get_dotted);
}

#define GETTER_TYPE(object, text, make, fetch, about)                                              \
    Type object = {                                                                                \
        .head = {.base = {1, &type_type.root},                                                     \
                 .name = "operator." text,                                                         \
                 .flags = TYPE_GC,                                                                 \
                 .traverse = getter_traverse,                                                      \
                 .dealloc = getter_dealloc},                                                       \
        .root = {.type = &(object).head},                                                          \
        .doc = about,                                                                              \
        .basic_size = sizeof(GetterObj),                                                           \
        .repr = getter_repr,                                                                       \
        .call = (fetch),                                                                           \
        .new = (make),                                                                             \
        .methods = getter_methods,                                                                 \
    }

GETTER_TYPE(operator_itemgetter_type, "itemgetter", itemgetter_new, itemgetter_call,
            "itemgetter(item, /, *items)\n--\n\nA callable that gives argument[item], or a tuple.");
GETTER_TYPE(operator_attrgetter_type, "attrgetter", attrgetter_new, attrgetter_call,
            "attrgetter(attr, /, *attrs)\n--\n\nA callable that gives argument.attr, or a tuple.");

/* ---- methodcaller */

typedef struct MethodCallerObj {
    Obj base;
    Obj *name;     /* owned, interned */
    Obj *args;     /* owned tuple */
    Obj *keywords; /* owned dict, or NULL: none */
} MethodCallerObj;

static Obj *caller_new(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    if (nargs < 1)
        return err_string(&exc_type_error, "methodcaller needs at least one argument, the method "
                                           "name");
    if (!str_check(args[0]))
        return err_string(&exc_type_error, "method name must be a string");
    Obj *name = obj_incref(args[0]), *keywords = NULL, *rest = NULL;
    if (str_check_exact(name))
        str_intern_inplace(&name);
    int64_t count = kwnames == NULL ? 0 : tuple_length(kwnames);
    if (count > 0) {
        keywords = dict_new();
        for (int64_t i = 0; keywords != NULL && i < count; i++) {
            if (dict_set(keywords, tuple_peek(kwnames, i), args[nargs + i]) < 0)
                obj_clear(&keywords);
        }
        if (keywords == NULL)
            goto fail;
    }
    rest = tuple_from(args + 1, nargs - 1);
    if (rest == NULL)
        goto fail;
    MethodCallerObj *m = (MethodCallerObj *)obj_alloc(type, sizeof(MethodCallerObj));
    if (m == NULL)
        goto fail;
    m->name = name;
    m->args = rest;
    m->keywords = keywords;
    obj_track_if_gc(&m->base);
    return &m->base;
fail:
    obj_decref(name);
    obj_xdecref(rest);
    obj_xdecref(keywords);
    return NULL;
}

static int caller_traverse(ObjRef self, VisitFn visit, void *context)
{
    const MethodCallerObj *m = (const MethodCallerObj *)self;
    GC_VISIT(m->name);
    GC_VISIT(m->args);
    GC_VISIT(m->keywords);
    return 0;
}

static void caller_dealloc(Obj *self)
{
    MethodCallerObj *m = (MethodCallerObj *)self;
    gc_untrack(self);
    obj_xdecref(m->name);
    obj_xdecref(m->args);
    obj_xdecref(m->keywords);
    obj_free(self, sizeof(MethodCallerObj));
}

static Obj *caller_call(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    if (args_no_keywords("methodcaller", kwnames) < 0 ||
        args_check_count("methodcaller", nargs, 1, 1) < 0)
        return NULL;
    const MethodCallerObj *m = (const MethodCallerObj *)self;
    if (m->keywords == NULL)
        return obj_call_method(args[0], m->name, (const ObjRef *)tuple_cast(m->args)->items,
                               tuple_length(m->args));
    Obj *method = obj_getattr(args[0], m->name);
    if (method == NULL)
        return NULL;
    Obj *result = obj_call_tuple(method, m->args, m->keywords);
    obj_decref(method);
    return result;
}

static Obj *caller_repr(ObjRef self)
{
    const MethodCallerObj *m = (const MethodCallerObj *)self;
    int entered = obj_repr_enter(self);
    if (entered != 0)
        return entered < 0 ? NULL : str_format_c("%s(...)", obj_head(self)->name);
    Obj *text = NULL;
    int64_t count = tuple_length(m->args);
    Obj *all = tuple_new(count + 1);
    if (all != NULL) {
        tuple_cast(all)->items[0] = obj_incref(m->name);
        for (int64_t i = 0; i < count; i++)
            tuple_cast(all)->items[i + 1] = obj_incref(tuple_peek(m->args, i));
        text = repr_call(obj_head(self)->name, all, m->keywords);
        obj_decref(all);
    }
    obj_repr_leave(self);
    return text;
}

/* functools.partial(type, name, **keywords). */
static Obj *make_partial(ObjRef type, ObjRef name, ObjRef keywords)
{
    Obj *arguments = tuple_pack(2, type, name);
    Obj *partial = NULL;
    if (arguments != NULL && type_ready(&functools_partial_type) == 0)
        partial = obj_call_tuple(&functools_partial_type.head.base, arguments, keywords);
    obj_xdecref(arguments);
    return partial;
}

/* (type, (name, args…)), or through functools.partial where there are keywords. */
static Obj *caller_reduce(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    const MethodCallerObj *m = (const MethodCallerObj *)self;
    Obj *type = (Obj *)&obj_type(self)->head.base;
    if (m->keywords == NULL) {
        int64_t count = tuple_length(m->args);
        Obj *all = tuple_new(count + 1), *result = NULL;
        if (all == NULL)
            return NULL;
        tuple_cast(all)->items[0] = obj_incref(m->name);
        for (int64_t i = 0; i < count; i++)
            tuple_cast(all)->items[i + 1] = obj_incref(tuple_peek(m->args, i));
        result = tuple_pack(2, type, all);
        obj_decref(all);
        return result;
    }
    Obj *partial = make_partial(type, m->name, m->keywords);
    if (partial == NULL)
        return NULL;
    Obj *result = tuple_pack(2, partial, m->args);
    obj_decref(partial);
    return result;
}

static const MethodDef caller_methods[] = {
    {"__reduce__", caller_reduce, 0, 0, 0, "How to make this callable again."},
    {0},
};

Type operator_methodcaller_type = {
    .head = {.base = {1, &type_type.root},
             .name = "operator.methodcaller",
             .flags = TYPE_GC,
             .traverse = caller_traverse,
             .dealloc = caller_dealloc},
    .root = {.type = &operator_methodcaller_type.head},
    .doc = "methodcaller(name, /, *args, **kwargs)\n--\n\n"
           "A callable that calls a method of its argument.",
    .basic_size = sizeof(MethodCallerObj),
    .repr = caller_repr,
    .call = caller_call,
    .new = caller_new,
    .methods = caller_methods,
};
