/*
 * "Did you mean": the name nearest to a misspelled one.
 *
 * The distance is Levenshtein's with the costs of CPython 3.11: 2 for an insertion, deletion or
 * substitution, 1 where two letters differ in case only.  Work is bounded by the number of
 * candidates and the length of names that are looked at.
 */

#include <string.h>

#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/core/object.h"
#include "runtime/types/dict.h"
#include "runtime/types/list.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"
#include "vm/interp/traceback.h"
#include "vm/interp/traceback_print.h"

enum { MAX_CANDIDATES = 750, MAX_LENGTH = 40, MOVE_COST = 2, CASE_COST = 1 };

static int lower(char c)
{
    return c >= 'A' && c <= 'Z' ? c | 32 : c;
}

static int substitution_cost(char a, char b)
{
    if (a == b)
        return 0;
    return lower(a) == lower(b) ? CASE_COST : MOVE_COST;
}

/* The distance of two texts, or more than `limit` as soon as it must exceed it. */
static int64_t distance(const char *a, int64_t a_length, const char *b, int64_t b_length,
                        int64_t limit)
{
    while (a_length > 0 && b_length > 0 && *a == *b) {
        a++, b++;
        a_length--, b_length--;
    }
    while (a_length > 0 && b_length > 0 && a[a_length - 1] == b[b_length - 1])
        a_length--, b_length--;
    if (a_length == 0 || b_length == 0)
        return (a_length + b_length) * MOVE_COST;
    if (a_length > MAX_LENGTH || b_length > MAX_LENGTH)
        return limit + 1;
    if (b_length < a_length) {
        const char *text = a;
        int64_t length = a_length;
        a = b, a_length = b_length;
        b = text, b_length = length;
    }
    if ((b_length - a_length) * MOVE_COST > limit)
        return limit + 1;
    int64_t row[MAX_LENGTH];
    for (int64_t i = 0; i < a_length; i++)
        row[i] = (i + 1) * MOVE_COST;
    int64_t result = 0;
    for (int64_t k = 0; k < b_length; k++) {
        int64_t diagonal = k * MOVE_COST, least = INT64_MAX;
        result = diagonal;
        for (int64_t i = 0; i < a_length; i++) {
            int64_t substitute = diagonal + substitution_cost(b[k], a[i]);
            diagonal = row[i];
            int64_t move = (result < diagonal ? result : diagonal) + MOVE_COST;
            result = substitute < move ? substitute : move;
            row[i] = result;
            if (result < least)
                least = result;
        }
        if (least > limit)
            return limit + 1;
    }
    return result;
}

Obj *suggestion_find(ObjRef candidates, ObjRef name)
{
    int64_t count = list_length(candidates), length;
    const char *text = str_utf8(name, &length);
    ObjRef best = NULL;
    int64_t best_distance = INT64_MAX;
    if (text == NULL || count >= MAX_CANDIDATES) {
        err_clear();
        return NULL;
    }
    for (int64_t i = 0; i < count; i++) {
        ObjRef candidate = list_peek(candidates, i);
        int64_t candidate_length;
        if (!str_check(candidate) || str_equal(candidate, name))
            continue;
        const char *candidate_text = str_utf8(candidate, &candidate_length);
        if (candidate_text == NULL) {
            err_clear();
            continue;
        }
        int64_t limit = (length + candidate_length + 3) * MOVE_COST / 6;
        if (limit > best_distance - 1)
            limit = best_distance - 1;
        int64_t d = distance(text, length, candidate_text, candidate_length, limit);
        if (d <= limit && (best == NULL || d < best_distance)) {
            best = candidate;
            best_distance = d;
        }
    }
    return best == NULL ? NULL : obj_incref(best);
}

/* Looks in one collection of names (any iterable). */
static Obj *find_among(ObjRef names_iterable, ObjRef name)
{
    Obj *list = obj_to_list(names_iterable);
    if (list == NULL) {
        err_clear();
        return NULL;
    }
    Obj *result = suggestion_find(list, name);
    obj_decref(list);
    return result;
}

static Obj *for_name_error(ObjRef exception, ObjRef name)
{
    const TracebackObj *traceback = (const TracebackObj *)exception_cast(exception)->traceback;
    if (traceback == NULL)
        return NULL;
    while (traceback->next != NULL)
        traceback = traceback->next;
    const FrameObj *frame = traceback->frame;
    const FunctionObj *function = function_cast(frame->function);
    Obj *result = find_among(frame_code(frame)->slot_names, name);
    if (result == NULL)
        result = find_among(function->globals, name);
    if (result == NULL)
        result = find_among(function->builtins, name);
    return result;
}

static Obj *for_attribute_error(ObjRef exception, ObjRef name)
{
    Obj *o = NULL, *list = NULL, *result = NULL;
    if (obj_getattr_opt(exception, names.obj, &o) <= 0 || is_none(o))
        goto done;
    list = obj_dir(o);
    if (list != NULL)
        result = suggestion_find(list, name);
done:
    err_clear();
    obj_xdecref(o);
    obj_xdecref(list);
    return result;
}

Obj *suggestion_for(ObjRef exception)
{
    bool of_name = obj_is(exception, &exc_name_error);
    bool of_attribute = obj_is(exception, &exc_attribute_error);
    if (!of_name && !of_attribute)
        return NULL;
    Obj *name = NULL, *result = NULL;
    if (obj_getattr_opt(exception, names.name, &name) > 0 && str_check(name))
        result = of_name ? for_name_error(exception, name) : for_attribute_error(exception, name);
    err_clear();
    obj_xdecref(name);
    return result;
}
