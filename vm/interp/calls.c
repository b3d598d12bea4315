/*
 * Calls of Python functions: binding arguments to parameters.
 *
 * Arguments lie where the caller pushed them, which is where the callee's slots begin; binding
 * moves them within that array.  The order of the checks, and so of the messages, is
 * CPython 3.11's: unexpected keywords, too many positional, missing positional, missing
 * keyword-only.
 */

#include "vm/interp/calls.h"

#include <string.h>

#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/core/object.h"
#include "runtime/types/dict.h"
#include "runtime/types/list.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"
#include "vm/interp/code_data.h"

enum { KEYWORD_BUFFER = 16 };

static const char *plural(int64_t count)
{
    return count == 1 ? "" : "s";
}

/* ---- messages */

/* "'a', 'b', and 'c'": new str of the names in list. */
static Obj *join_names(ObjRef list)
{
    int64_t count = list_length(list);
    if (count == 1)
        return str_format_c("'%U'", list_peek(list, 0));
    if (count == 2)
        return str_format_c("'%U' and '%U'", list_peek(list, 0), list_peek(list, 1));
    StrBuilder b;
    str_builder_init(&b);
    for (int64_t i = 0; i < count; i++) {
        const char *before = i == 0 ? "'" : i + 1 == count ? ", and '" : ", '";
        if (str_builder_add_ascii(&b, before) < 0 ||
            str_builder_add_str(&b, list_peek(list, i)) < 0 || str_builder_add_char(&b, '\'') < 0) {
            str_builder_free(&b);
            return NULL;
        }
    }
    return str_builder_finish(&b);
}

/* "missing 2 required positional arguments: 'a' and 'b'" for empty slots in [start, end). */
static int missing_arguments(const FunctionObj *function, Obj *const *fp, int64_t start,
                             int64_t end, const char *kind)
{
    Obj *list = list_new(0), *text = NULL;
    if (list == NULL)
        return -1;
    for (int64_t i = start; i < end; i++) {
        if (fp[i] == NULL && list_append(list, tuple_peek(function->code->slot_names, i)) < 0)
            goto done;
    }
    text = join_names(list);
    if (text != NULL) {
        int64_t count = list_length(list);
        err_format(&exc_type_error, "%U() missing %lld required %s argument%s: %U",
                   function->qualname, (long long)count, kind, plural(count), text);
    }
done:
    obj_xdecref(text);
    obj_decref(list);
    return -1;
}

static int too_many_positional(const FunctionObj *function, Obj *const *fp, int64_t given)
{
    const CodeObj *code = function->code;
    int64_t keyword_only = 0;
    for (int64_t i = code->argcount; i < code->argcount + code->kwonlyargcount; i++)
        keyword_only += fp[i] != NULL;
    int64_t defaults = function->defaults == NULL ? 0 : tuple_length(function->defaults);
    int64_t least = code->argcount - defaults;
    Obj *takes = defaults > 0 ? str_format_c("from %lld to %d", (long long)least, code->argcount)
                              : str_format_c("%d", code->argcount);
    if (takes == NULL)
        return -1;
    bool many = defaults > 0 ? true : code->argcount != 1;
    if (keyword_only > 0) {
        err_format(&exc_type_error,
                   "%U() takes %U positional argument%s but %lld positional argument%s (and %lld "
                   "keyword-only argument%s) were given",
                   function->qualname, takes, many ? "s" : "", (long long)given, plural(given),
                   (long long)keyword_only, plural(keyword_only));
    } else {
        err_format(&exc_type_error, "%U() takes %U positional argument%s but %lld %s given",
                   function->qualname, takes, many ? "s" : "", (long long)given,
                   given == 1 ? "was" : "were");
    }
    obj_decref(takes);
    return -1;
}

/* A keyword that names no parameter: one of the positional-only ones was meant? */
static int unexpected_keyword(const FunctionObj *function, ObjRef keyword, ObjRef kwnames)
{
    const CodeObj *code = function->code;
    Obj *list = list_new(0), *text = NULL;
    if (list == NULL)
        return -1;
    for (int64_t i = 0; i < code->posonlyargcount && kwnames != NULL; i++) {
        ObjRef name = tuple_peek(code->slot_names, i);
        for (int64_t k = 0; k < tuple_length(kwnames); k++) {
            if (str_equal(name, tuple_peek(kwnames, k)) && list_append(list, name) < 0)
                goto done;
        }
    }
    if (list_length(list) > 0) {
        text = str_join(names.comma_space, list);
        if (text != NULL)
            err_format(&exc_type_error,
                       "%U() got some positional-only arguments passed as keyword arguments: '%U'",
                       function->qualname, text);
    } else {
        err_format(&exc_type_error, "%U() got an unexpected keyword argument '%S'",
                   function->qualname, keyword);
    }
done:
    obj_xdecref(text);
    obj_decref(list);
    return -1;
}

/* ---- binding */

/* Slot of the parameter that a keyword names, or -1. */
static int64_t find_parameter(const CodeObj *code, ObjRef keyword)
{
    int64_t end = code->argcount + code->kwonlyargcount;
    Obj *const *parameters = tuple_cast(code->slot_names)->items;
    for (int64_t i = code->posonlyargcount; i < end; i++) {
        if (parameters[i] == keyword)
            return i;
    }
    for (int64_t i = code->posonlyargcount; i < end; i++) {
        if (str_equal(parameters[i], keyword))
            return i;
    }
    return -1;
}

/* Moves keyword values into their slots, or into the dict `rest`; a value moved becomes NULL. */
static int place_keywords(const FunctionObj *function, Obj **fp, ObjRef kwnames, Obj **values,
                          ObjRef rest)
{
    const CodeObj *code = function->code;
    for (int64_t k = 0; k < tuple_length(kwnames); k++) {
        ObjRef keyword = tuple_peek(kwnames, k);
        if (!str_check(keyword))
            return err_format_int(&exc_type_error, "%U() keywords must be strings",
                                  function->qualname);
        int64_t slot = find_parameter(code, keyword);
        if (slot < 0) {
            if (rest == NULL)
                return unexpected_keyword(function, keyword, kwnames);
            if (dict_set(rest, keyword, values[k]) < 0)
                return -1;
            continue;
        }
        if (fp[slot] != NULL)
            return err_format_int(&exc_type_error, "%U() got multiple values for argument '%S'",
                                  function->qualname, keyword);
        fp[slot] = values[k];
        values[k] = NULL;
    }
    return 0;
}

static int fill_defaults(const FunctionObj *function, Obj **fp, int64_t nargs)
{
    const CodeObj *code = function->code;
    if (nargs < code->argcount) {
        int64_t count = function->defaults == NULL ? 0 : tuple_length(function->defaults);
        int64_t first = code->argcount - count; /* may be negative: too many defaults were set */
        for (int64_t i = nargs; i < first; i++) {
            if (fp[i] == NULL)
                return missing_arguments(function, fp, nargs, first, "positional");
        }
        for (int64_t i = nargs > first ? nargs : first; i < code->argcount; i++) {
            if (fp[i] == NULL)
                fp[i] = obj_incref(tuple_peek(function->defaults, i - first));
        }
    }
    if (code->kwonlyargcount > 0) {
        int64_t end = code->argcount + code->kwonlyargcount;
        bool missing = false;
        for (int64_t i = code->argcount; i < end; i++) {
            if (fp[i] != NULL)
                continue;
            ObjRef value = NULL;
            if (function->kwdefaults != NULL) {
                value = dict_peek(function->kwdefaults, tuple_peek(code->slot_names, i));
                if (value == NULL && err_occurred() != NULL)
                    return -1;
            }
            if (value != NULL)
                fp[i] = obj_incref(value);
            else
                missing = true;
        }
        if (missing)
            return missing_arguments(function, fp, code->argcount, end, "keyword-only");
    }
    return 0;
}

int calls_bind(const FunctionObj *function, Obj **fp, int64_t nargs, ObjRef kwnames)
{
    const CodeObj *code = function->code;
    int64_t keywords = kwnames == NULL ? 0 : tuple_length(kwnames);
    Obj *buffer[KEYWORD_BUFFER], **values = buffer, *extra = NULL, *rest = NULL;
    int64_t positional = nargs < code->argcount ? nargs : code->argcount;
    int64_t variable = code->argcount + code->kwonlyargcount; /* slot of *args, then **kwargs */
    int result = -1;
    VmThread *vm = vm_current();
    Obj **floor = vm->floor;
    int64_t words =
        nargs + keywords > function->frame_words ? nargs + keywords : function->frame_words;
    vm->floor = fp + words; /* keywords of str subclasses run user code */

    if (keywords > KEYWORD_BUFFER) {
        values = mem_alloc((size_t)keywords * sizeof(Obj *));
        if (values == NULL) {
            for (int64_t i = 0; i < nargs + keywords; i++)
                obj_decref(fp[i]);
            vm->floor = floor;
            err_no_memory();
            return -1;
        }
    }
    for (int64_t k = 0; k < keywords; k++)
        values[k] = fp[nargs + k];
    bool failed = false;
    Obj *surplus[KEYWORD_BUFFER]; /* positional arguments too many, to be released */
    int64_t surplus_count = 0;
    if (code->flags & CODE_VARARGS) {
        extra = tuple_from_steal(fp + positional, nargs - positional);
        failed = extra == NULL;
    } else {
        for (int64_t i = positional; i < nargs; i++) {
            if (surplus_count < KEYWORD_BUFFER)
                surplus[surplus_count++] = fp[i];
            else
                obj_decref(fp[i]);
        }
    }
    calls_clear_slots(function, fp, positional);
    if (code->flags & CODE_VARARGS)
        fp[variable++] = extra;
    if (code->flags & CODE_VARKEYWORDS) {
        rest = failed ? NULL : dict_new();
        fp[variable] = rest;
        failed = failed || rest == NULL;
    }
    if (failed)
        goto done;
    if (keywords > 0 && place_keywords(function, fp, kwnames, values, rest) < 0)
        goto done;
    if (nargs > code->argcount && (code->flags & CODE_VARARGS) == 0) {
        too_many_positional(function, fp, nargs);
        goto done;
    }
    result = fill_defaults(function, fp, nargs);
done:
    for (int64_t k = 0; k < keywords; k++)
        obj_xdecref(values[k]);
    if (values != buffer)
        mem_free(values, (size_t)keywords * sizeof(Obj *));
    for (int64_t i = 0; i < surplus_count; i++)
        obj_decref(surplus[i]);
    if (result < 0) {
        for (int64_t i = 0; i < function->slots; i++)
            obj_clear(&fp[i]);
    }
    vm->floor = floor;
    return result;
}

/* ---- plans */

bool calls_plan(CallPlan *plan, const FunctionObj *function, int64_t positional, ObjRef kwnames)
{
    const CodeObj *code = function->code;
    int64_t keywords = kwnames == NULL ? 0 : tuple_length(kwnames);
    int64_t parameters = code->argcount + code->kwonlyargcount;
    if (keywords > PLAN_KEYWORDS || parameters > INT16_MAX || positional > INT16_MAX ||
        (code->flags & (CODE_VARKEYWORDS | CODE_OPTIMIZED)) != CODE_OPTIMIZED ||
        (positional > code->argcount && (code->flags & CODE_VARARGS) == 0))
        return false;
    int64_t filled = positional < code->argcount ? positional : code->argcount;
    plan->serial = ((const CodeData *)code->vm_data)->serial;
    plan->keyword_names = kwnames;
    plan->positional = (int16_t)positional;
    plan->keywords = (int16_t)keywords;
    plan->defaults = 0;
    for (int64_t k = 0; k < keywords; k++) {
        ObjRef keyword = tuple_peek(kwnames, k);
        int64_t slot = str_check_exact(keyword) ? find_parameter(code, keyword) : -1;
        if (slot < filled)
            return false;
        for (int64_t i = 0; i < k; i++) {
            if (plan->keyword_slots[i] == slot)
                return false;
        }
        plan->keyword_slots[k] = (int16_t)slot;
    }
    for (int64_t i = filled; i < parameters; i++) {
        bool given = false;
        for (int64_t k = 0; k < keywords && !given; k++)
            given = plan->keyword_slots[k] == i;
        if (given)
            continue;
        if (plan->defaults == PLAN_DEFAULTS)
            return false;
        plan->default_slots[plan->defaults++] = (int16_t)i;
    }
    return true;
}

/* The default of a parameter, borrowed; NULL: none, or an error. */
static ObjRef default_of(const FunctionObj *function, int64_t slot)
{
    const CodeObj *code = function->code;
    if (slot >= code->argcount)
        return function->kwdefaults == NULL
                   ? NULL
                   : dict_peek(function->kwdefaults, tuple_peek(code->slot_names, slot));
    int64_t count = function->defaults == NULL ? 0 : tuple_length(function->defaults);
    int64_t index = slot - (code->argcount - count);
    return index < 0 ? NULL : tuple_peek(function->defaults, index);
}

int calls_bind_planned(const FunctionObj *function, Obj **fp, const CallPlan *plan)
{
    const CodeObj *code = function->code;
    int64_t nargs = plan->positional, keywords = plan->keywords, count = plan->defaults;
    Obj *values[PLAN_KEYWORDS], *filled[PLAN_DEFAULTS], *extra = NULL;
    int64_t done = 0;
    for (; done < count; done++) {
        ObjRef value = default_of(function, plan->default_slots[done]);
        if (value == NULL) {
            err_clear();
            break;
        }
        filled[done] = obj_incref(value);
    }
    if (code->flags & CODE_VARARGS) {
        int64_t first = nargs < code->argcount ? nargs : code->argcount;
        if (done == count && first == nargs) {
            extra = tuple_new(0);
        } else if (done == count) {
            extra = tuple_from(&((const ObjRef *)fp)[first], nargs - first);
            for (int64_t i = first; extra != NULL && i < nargs; i++)
                fp[i]->refcnt--; /* the tuple has them */
        }
        if (extra == NULL)
            err_clear();
        else
            nargs = first;
    }
    if (done < count || (extra == NULL && (code->flags & CODE_VARARGS))) {
        /* the whole way, which says what is missing */
        for (int64_t i = 0; i < done; i++)
            obj_decref(filled[i]);
        return calls_bind(function, fp, plan->positional, plan->keyword_names);
    }
    for (int64_t k = 0; k < keywords; k++)
        values[k] = fp[plan->positional + k];
    calls_clear_slots(function, fp, nargs);
    for (int64_t k = 0; k < keywords; k++)
        fp[plan->keyword_slots[k]] = values[k];
    for (int64_t i = 0; i < count; i++)
        fp[plan->default_slots[i]] = filled[i];
    if (extra != NULL)
        fp[code->argcount + code->kwonlyargcount] = extra;
    return 0;
}

/* ---- *args and **kwargs of a call */

Obj *calls_function_str(ObjRef callable)
{
    Obj *qualname = NULL, *module = NULL, *result = NULL;
    if (obj_getattr_opt(callable, names.dunder_qualname, &qualname) < 0)
        return NULL;
    if (qualname == NULL)
        return obj_str(callable);
    if (obj_getattr_opt(callable, names.dunder_module, &module) < 0)
        goto done;
    if (module != NULL && !is_none(module) && str_check(module) &&
        !str_equal(module, names.builtins))
        result = str_format_c("%S.%S()", module, qualname);
    else
        result = str_format_c("%S()", qualname);
done:
    obj_xdecref(module);
    obj_decref(qualname);
    return result;
}

int calls_merge_keywords(ObjRef dict, ObjRef mapping, ObjRef callable)
{
    if (dict_check_exact(mapping)) {
        int64_t position = 0;
        ObjRef key, value;
        while (dict_next(mapping, &position, &key, &value)) {
            int present = dict_contains(dict, key);
            if (present < 0)
                return -1;
            if (present > 0)
                goto twice;
            if (dict_set(dict, key, value) < 0)
                return -1;
            continue;
        twice:;
            Obj *held = obj_incref(key);
            Obj *name = calls_function_str(callable);
            if (name != NULL) {
                if (str_check(held))
                    err_format(&exc_type_error, "%U got multiple values for keyword argument '%S'",
                               name, held);
                else
                    err_format(&exc_type_error, "%U keywords must be strings", name);
            }
            obj_xdecref(name);
            obj_decref(held);
            return -1;
        }
        return 0;
    }
    Obj *keys = NULL, *copy = NULL;
    int found = obj_getattr_opt(mapping, names.keys, &keys);
    if (found < 0)
        return -1;
    if (found == 0) {
        Obj *name = calls_function_str(callable);
        if (name != NULL)
            err_format(&exc_type_error, "%U argument after ** must be a mapping, not %T", name,
                       mapping);
        obj_xdecref(name);
        return -1;
    }
    obj_decref(keys);
    copy = dict_new();
    int result = -1;
    if (copy != NULL && dict_merge(copy, mapping, true) == 0)
        result = calls_merge_keywords(dict, copy, callable);
    obj_xdecref(copy);
    return result;
}

Obj *calls_spread(ObjRef callable, ObjRef tuple, ObjRef dict)
{
    int64_t position = 0;
    ObjRef key, value;
    if (dict == NULL || dict_length(dict) == 0)
        return obj_call(callable, (const ObjRef *)tuple_cast(tuple)->items, tuple_length(tuple),
                        NULL);
    while (dict_next(dict, &position, &key, &value)) {
        if (!str_check(key))
            return err_format(&exc_type_error, "keywords must be strings");
    }
    return obj_call_tuple(callable, tuple, dict);
}
