/*
 * Module _bisect: binary search in sequences that are kept sorted.
 */

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/module.h"
#include "runtime/types/str.h"

/* What all four functions take. */
typedef struct Search {
    ObjRef sequence, item, key; /* key NULL: none */
    int64_t low, high;
} Search;

static int read_arguments(const ArgSpec *spec, const ObjRef *args, int64_t nargs, ObjRef kwnames,
                          Search *s)
{
    ObjRef given[5];
    if (args_bind(spec, args, nargs, kwnames, given) < 0)
        return -1;
    s->sequence = given[0];
    s->item = given[1];
    s->low = 0;
    s->high = -1;
    s->key = given[4] == NULL || is_none(given[4]) ? NULL : given[4];
    if (given[2] != NULL && args_to_int64(given[2], &s->low) < 0)
        return -1;
    if (given[3] != NULL && !is_none(given[3]) && args_to_int64(given[3], &s->high) < 0)
        return -1;
    if (s->low < 0)
        return err_format_int(&exc_value_error, "lo must be non-negative");
    if (s->high == -1) {
        s->high = obj_length(s->sequence);
        if (s->high < 0)
            return -1;
    }
    return 0;
}

/* Where `value` belongs: after its equals if `right`, else before them; -1 on error. */
static int64_t find(const Search *s, ObjRef value, bool right)
{
    int64_t low = s->low, high = s->high;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        Obj *item = obj_getitem_index(s->sequence, middle);
        if (item != NULL && s->key != NULL)
            obj_replace(&item, obj_call1(s->key, item));
        if (item == NULL)
            return -1;
        int less =
            right ? obj_compare_bool(value, item, CMP_LT) : obj_compare_bool(item, value, CMP_LT);
        obj_decref(item);
        if (less < 0)
            return -1;
        if (right ? less : !less)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

static Obj *bisect(const ArgSpec *spec, const ObjRef *args, int64_t nargs, ObjRef kwnames,
                   bool right)
{
    Search s;
    if (read_arguments(spec, args, nargs, kwnames, &s) < 0)
        return NULL;
    int64_t at = find(&s, s.item, right);
    return at < 0 ? NULL : int_new(at);
}

static Obj *insort(const ArgSpec *spec, const ObjRef *args, int64_t nargs, ObjRef kwnames,
                   bool right)
{
    Search s;
    if (read_arguments(spec, args, nargs, kwnames, &s) < 0)
        return NULL;
    Obj *value = s.key == NULL ? obj_incref(s.item) : obj_call1(s.key, s.item);
    if (value == NULL)
        return NULL;
    int64_t at = find(&s, value, right);
    obj_decref(value);
    if (at < 0)
        return NULL;
    if (list_check_exact(s.sequence))
        return list_insert(s.sequence, at, s.item) < 0 ? NULL : none_new();
    Obj *index = int_new(at), *name = index == NULL ? NULL : str_intern_ascii("insert");
    Obj *result = NULL;
    if (name != NULL)
        result = obj_call_method(s.sequence, name, (ObjRef[]){index, s.item}, 2);
    obj_xdecref(index);
    obj_xdecref(name);
    if (result == NULL)
        return NULL;
    obj_decref(result);
    return none_new();
}

#define SPEC(name)                                                                                 \
    {                                                                                              \
        name, 0, 2, 4, 5,                                                                          \
        {                                                                                          \
            "a", "x", "lo", "hi", "key"                                                            \
        }                                                                                          \
    }

static Obj *bisect_right(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    static const ArgSpec spec = SPEC("bisect_right");
    (void)self;
    return bisect(&spec, args, nargs, kwnames, true);
}

static Obj *bisect_left(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    static const ArgSpec spec = SPEC("bisect_left");
    (void)self;
    return bisect(&spec, args, nargs, kwnames, false);
}

static Obj *insort_right(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    static const ArgSpec spec = SPEC("insort_right");
    (void)self;
    return insort(&spec, args, nargs, kwnames, true);
}

static Obj *insort_left(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    static const ArgSpec spec = SPEC("insort_left");
    (void)self;
    return insort(&spec, args, nargs, kwnames, false);
}

static const MethodDef functions[] = {
    {"bisect_right", bisect_right, 0, -1, METHOD_KEYWORDS,
     "bisect_right($module, /, a, x, lo=0, hi=None, *, key=None)\n--\n\n"
     "The position after all items of a that are not greater than x."},
    {"bisect_left", bisect_left, 0, -1, METHOD_KEYWORDS,
     "bisect_left($module, /, a, x, lo=0, hi=None, *, key=None)\n--\n\n"
     "The position after all items of a that are less than x."},
    {"insort_right", insort_right, 0, -1, METHOD_KEYWORDS,
     "insort_right($module, /, a, x, lo=0, hi=None, *, key=None)\n--\n\n"
     "Inserts x after the items equal to it."},
    {"insort_left", insort_left, 0, -1, METHOD_KEYWORDS,
     "insort_left($module, /, a, x, lo=0, hi=None, *, key=None)\n--\n\n"
     "Inserts x before the items equal to it."},
    {0},
};

extern const ModuleDef bisect_module;
const ModuleDef bisect_module = {"_bisect", "Binary search in sequences that are kept sorted.",
                                 functions, NULL};
