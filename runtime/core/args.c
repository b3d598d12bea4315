/*
 * Binding of call arguments to the parameters of C functions, with CPython's messages.
 */

#include "runtime/core/args.h"

#include <string.h>

#include "runtime/core/err.h"
#include "runtime/core/object.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"

static const char *plural(int64_t n)
{
    return n == 1 ? "" : "s";
}

int args_check_count(const char *function, int64_t nargs, int64_t min, int64_t max)
{
    if (nargs >= min && (max < 0 || nargs <= max))
        return 0;
    int64_t limit = nargs < min ? min : max;
    const char *how = min == max ? "" : nargs < min ? "at least " : "at most ";
    return err_format_int(&exc_type_error, "%s expected %s%lld argument%s, got %lld", function, how,
                          (long long)limit, plural(limit), (long long)nargs);
}

int args_no_keywords(const char *function, ObjRef kwnames)
{
    if (kwnames == NULL || tuple_length(kwnames) == 0)
        return 0;
    return err_format_int(&exc_type_error, "%s() takes no keyword arguments", function);
}

static int too_many_positional(const ArgSpec *spec, int64_t nargs)
{
    if (spec->positional == 0) {
        return err_format_int(&exc_type_error, "%s() takes no positional arguments",
                              spec->function);
    }
    bool exact = spec->required >= spec->positional;
    return err_format_int(&exc_type_error, "%s() takes %s %d positional argument%s (%lld given)",
                          spec->function, exact ? "exactly" : "at most", spec->positional,
                          plural(spec->positional), (long long)nargs);
}

/* Index of the parameter that may be given by this keyword, or -1. */
static int find_keyword(const ArgSpec *spec, ObjRef keyword)
{
    for (int i = spec->positional_only; i < spec->count; i++) {
        if (str_equal_ascii(keyword, spec->names[i]))
            return i;
    }
    return -1;
}

int args_bind(const ArgSpec *spec, const ObjRef *args, int64_t nargs, ObjRef kwnames, ObjRef *out)
{
    int64_t keywords = kwnames == NULL ? 0 : tuple_length(kwnames), given = nargs + keywords;
    if (given > spec->count && spec->count > 0) {
        return err_format_int(&exc_type_error, "%s() takes at most %d %sargument%s (%lld given)",
                              spec->function, spec->count, nargs == 0 ? "keyword " : "",
                              plural(spec->count), (long long)given);
    }
    if (nargs > spec->positional)
        return too_many_positional(spec, nargs);
    for (int i = 0; i < spec->count; i++)
        out[i] = i < nargs ? args[i] : NULL;
    for (int64_t k = 0; k < keywords; k++) {
        ObjRef keyword = tuple_peek(kwnames, k);
        int i = find_keyword(spec, keyword);
        if (i < 0) {
            return err_format_int(&exc_type_error, "'%U' is an invalid keyword argument for %s()",
                                  keyword, spec->function);
        }
        if (i < nargs) {
            return err_format_int(&exc_type_error,
                                  "argument for %s() given by name ('%s') and position (%d)",
                                  spec->function, spec->names[i], i + 1);
        }
        out[i] = args[nargs + k];
    }
    for (int i = 0; i < spec->required; i++) {
        if (out[i] != NULL)
            continue;
        if (i < spec->positional_only) {
            bool exact = spec->required == spec->positional && spec->count == spec->positional;
            return err_format_int(&exc_type_error,
                                  "%s() takes %s %d positional argument%s (%lld given)",
                                  spec->function, exact ? "exactly" : "at least", spec->required,
                                  plural(spec->required), (long long)nargs);
        }
        return err_format_int(&exc_type_error, "%s() missing required argument '%s' (pos %d)",
                              spec->function, spec->names[i], i + 1);
    }
    return 0;
}

int args_to_int64(ObjRef arg, int64_t *out)
{
    if (arg == NULL)
        return 0;
    Obj *index = obj_index(arg);
    if (index == NULL)
        return -1;
    int status = int_to_int64(index, out) == 0 ? 0 : -1;
    obj_decref(index);
    if (status < 0)
        err_string(&exc_overflow_error, "Python int too large to convert to C ssize_t");
    return status;
}

int args_to_bool(ObjRef arg, bool *out)
{
    if (arg == NULL)
        return 0;
    int truth = obj_truth(arg);
    if (truth < 0)
        return -1;
    *out = truth != 0;
    return 0;
}

int args_to_slice_index(ObjRef arg, int64_t *out)
{
    if (arg == NULL || is_none(arg))
        return 0;
    if (obj_type(arg)->index == NULL) {
        return err_format_int(&exc_type_error, "slice indices must be integers or None or have an "
                                               "__index__ method");
    }
    int64_t index = obj_as_index(arg, NULL);
    if (index == -1 && err_occurred() != NULL)
        return -1;
    *out = index;
    return 0;
}

int args_require_str(ObjRef arg, const char *function, const char *name)
{
    if (str_check(arg))
        return 0;
    return err_format_int(&exc_type_error, "%s() argument '%s' must be str, not %T", function, name,
                          arg);
}
