/*
 * Module gc: the face of gc/collector.h.
 *
 * Lists that these functions build are left out of their own answers.
 */

#include "runtime/modules/gcmodule.h"

#include <stdio.h>
#include <time.h>

#include "gc/collector.h"

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/object.h"
#include "runtime/core/roots.h"
#include "runtime/core/state.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/module.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"

#define UNUSED (void)self, (void)args, (void)nargs, (void)kwnames
#define FUNCTION(name)                                                                             \
    static Obj *name(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)

enum {
    DEBUG_STATS = 1,
    DEBUG_COLLECTABLE = 2,
    DEBUG_UNCOLLECTABLE = 4,
    DEBUG_SAVEALL = 32,
    DEBUG_LEAK = DEBUG_COLLECTABLE | DEBUG_UNCOLLECTABLE | DEBUG_SAVEALL,
};

static Obj *garbage;   /* gc.garbage */
static Obj *callbacks; /* gc.callbacks */

/* ---------------------------------------------------------------- hooks of the collector */

static void add_garbage(ObjRef o)
{
    if (garbage != NULL && list_append(garbage, o) < 0)
        err_clear();
}

static Obj *phase_info(int generation, int64_t collected, int64_t uncollectable)
{
    static const char *const keys[] = {"generation", "collected", "uncollectable"};
    const int64_t values[] = {generation, collected, uncollectable};
    Obj *info = dict_new();
    for (int i = 0; info != NULL && i < 3; i++) {
        Obj *value = int_new(values[i]);
        if (value == NULL || dict_set_ascii(info, keys[i], value) < 0)
            obj_clear(&info);
        obj_xdecref(value);
    }
    return info;
}

static int visit_count(ObjRef o, void *context)
{
    (void)o;
    ++*(int64_t *)context;
    return 0;
}

/* What DEBUG_STATS tells on stderr. */
static void print_stats(bool start, int generation, int64_t collected, int64_t uncollectable)
{
    static struct timespec began;
    if (start) {
        fprintf(stderr,
                "gc: collecting generation %d...\ngc: objects in each generation:", generation);
        for (int i = 0; i < GC_GENERATIONS; i++) {
            int64_t count = 0;
            gc_each(i, visit_count, &count);
            fprintf(stderr, " %lld", (long long)count);
        }
        fprintf(stderr, "\ngc: objects in permanent generation: %lld\n",
                (long long)gc_frozen_count());
        clock_gettime(CLOCK_MONOTONIC, &began);
        return;
    }
    struct timespec ended;
    clock_gettime(CLOCK_MONOTONIC, &ended);
    double elapsed =
        (double)(ended.tv_sec - began.tv_sec) + (double)(ended.tv_nsec - began.tv_nsec) / 1e9;
    fprintf(stderr, "gc: done, %lld unreachable, %lld uncollectable, %.4fs elapsed\n",
            (long long)(collected + uncollectable), (long long)uncollectable, elapsed);
}

/* What DEBUG_COLLECTABLE tells of each object of the garbage. */
static void print_collectable(ObjRef o)
{
    if (gc_heap.debug & DEBUG_COLLECTABLE)
        fprintf(stderr, "gc: collectable <%s %p>\n", type_name(obj_type(o)), (const void *)o);
}

static void report_phase(bool start, int generation, int64_t collected, int64_t uncollectable)
{
    if (gc_heap.debug & DEBUG_STATS) {
        print_stats(start, generation, collected, uncollectable);
    }
    if (callbacks == NULL || list_length(callbacks) == 0)
        return;
    Obj *pending = err_fetch();
    Obj *phase = str_from_ascii(start ? "start" : "stop");
    Obj *info = phase_info(generation, collected, uncollectable);
    for (int64_t i = 0; phase != NULL && info != NULL && i < list_length(callbacks); i++) {
        Obj *callback = obj_incref(list_peek(callbacks, i));
        Obj *result = obj_call2(callback, phase, info);
        if (result == NULL)
            err_unraisable(callback);
        obj_xdecref(result);
        obj_decref(callback);
    }
    if (err_occurred() != NULL)
        err_unraisable(NULL);
    obj_xdecref(phase);
    obj_xdecref(info);
    err_restore_steal(pending);
}

/* ---------------------------------------------------------------- switches and thresholds */

FUNCTION(gc_enable)
{
    UNUSED;
    gc_heap.enabled = true;
    return none_new();
}

FUNCTION(gc_disable)
{
    UNUSED;
    gc_heap.enabled = false;
    return none_new();
}

FUNCTION(gc_isenabled)
{
    UNUSED;
    return bool_new(gc_heap.enabled);
}

FUNCTION(gc_collect_function)
{
    (void)self;
    static const ArgSpec spec = {"collect", 0, 0, 1, 1, {"generation"}};
    ObjRef value;
    int64_t generation = GC_GENERATIONS - 1;
    if (args_bind(&spec, args, nargs, kwnames, &value) < 0 || args_to_int64(value, &generation) < 0)
        return NULL;
    if (generation < 0 || generation >= GC_GENERATIONS)
        return err_string(&exc_value_error, "invalid generation");
    return int_new(gc_collect((int)generation));
}

FUNCTION(gc_get_debug)
{
    UNUSED;
    return int_new(gc_heap.debug);
}

FUNCTION(gc_set_debug)
{
    UNUSED;
    int64_t flags;
    if (obj_to_int64(args[0], &flags) < 0)
        return NULL;
    gc_heap.debug = (unsigned)flags;
    return none_new();
}

/* A tuple of one number of each generation. */
static Obj *three(int64_t a, int64_t b, int64_t c)
{
    Obj *numbers[3] = {int_new(a), int_new(b), int_new(c)};
    return tuple_from_results_steal(numbers, 3);
}

FUNCTION(gc_get_count)
{
    UNUSED;
    GcGeneration *g = gc_heap.generations;
    return three(g[0].count, g[1].count, g[2].count);
}

FUNCTION(gc_get_threshold)
{
    UNUSED;
    GcGeneration *g = gc_heap.generations;
    return three(g[0].threshold, g[1].threshold, g[2].threshold);
}

FUNCTION(gc_set_threshold)
{
    (void)self, (void)kwnames;
    int64_t thresholds[GC_GENERATIONS];
    if (nargs == 0)
        return err_string(&exc_type_error, "set_threshold() takes at least 1 argument (0 given)");
    for (int64_t i = 0; i < nargs; i++) {
        if (obj_to_int64(args[i], &thresholds[i]) < 0)
            return NULL;
    }
    for (int64_t i = 0; i < nargs; i++)
        gc_heap.generations[i].threshold = thresholds[i];
    return none_new();
}

FUNCTION(gc_get_stats)
{
    UNUSED;
    Obj *list = list_new(0);
    for (int i = 0; list != NULL && i < GC_GENERATIONS; i++) {
        static const char *const keys[] = {"collections", "collected", "uncollectable"};
        const GcGeneration *g = &gc_heap.generations[i];
        const int64_t values[] = {g->collections, g->collected, g->uncollectable};
        Obj *row = dict_new();
        for (int k = 0; row != NULL && k < 3; k++) {
            Obj *value = int_new(values[k]);
            if (value == NULL || dict_set_ascii(row, keys[k], value) < 0)
                obj_clear(&row);
            obj_xdecref(value);
        }
        if (row == NULL || list_append_steal(list, row) < 0)
            obj_clear(&list);
    }
    return list;
}

/* ---------------------------------------------------------------- looking at objects */

static int visit_append(ObjRef o, void *context)
{
    ObjRef list = context;
    return o == list ? 0 : list_append(list, o);
}

FUNCTION(gc_get_objects)
{
    (void)self;
    static const ArgSpec spec = {"get_objects", 0, 0, 1, 1, {"generation"}};
    ObjRef value;
    int64_t generation = -1;
    if (args_bind(&spec, args, nargs, kwnames, &value) < 0)
        return NULL;
    if (value != NULL && !is_none(value)) {
        if (obj_to_int64(value, &generation) < 0)
            return NULL;
        if (generation >= GC_GENERATIONS) {
            return err_format(&exc_value_error,
                              "generation parameter must be less than the number of available "
                              "generations (%d)",
                              GC_GENERATIONS);
        }
        if (generation < -1) /* CPython takes -1 for None */
            return err_string(&exc_value_error, "generation parameter cannot be negative");
    }
    Obj *list = list_new(0);
    if (list != NULL && gc_each((int)generation, visit_append, list) != 0)
        obj_clear(&list);
    return list;
}

typedef struct Search {
    const ObjRef *targets;
    int64_t count;
    ObjRef result; /* list of referrers */
} Search;

static int visit_is_target(ObjRef child, void *context)
{
    const Search *search = context;
    for (int64_t i = 0; i < search->count; i++) {
        if (search->targets[i] == child)
            return 1;
    }
    return 0;
}

static int visit_referrer(ObjRef o, void *context)
{
    Search *search = context;
    if (o == search->result || obj_head(o)->traverse == NULL)
        return 0;
    if (obj_head(o)->traverse(o, visit_is_target, search) == 0)
        return 0;
    return list_append(search->result, o);
}

FUNCTION(gc_get_referrers)
{
    (void)self, (void)kwnames;
    Obj *list = list_new(0);
    Search search = {args, nargs, list};
    if (list != NULL && gc_each(-1, visit_referrer, &search) != 0)
        obj_clear(&list);
    return list;
}

FUNCTION(gc_get_referents)
{
    (void)self, (void)kwnames;
    Obj *list = list_new(0);
    for (int64_t i = 0; list != NULL && i < nargs; i++) {
        if (obj_has_flag(args[i], TYPE_GC) && obj_head(args[i])->traverse != NULL &&
            obj_head(args[i])->traverse(args[i], visit_append, list) != 0)
            obj_clear(&list);
    }
    return list;
}

FUNCTION(gc_is_tracked_function)
{
    UNUSED;
    return bool_new(gc_is_tracked(args[0]));
}

FUNCTION(gc_is_finalized)
{
    UNUSED;
    return bool_new(obj_has_flag(args[0], TYPE_GC) &&
                    (gc_link(args[0])->prev & GC_BIT_FINALIZED) != 0);
}

FUNCTION(gc_freeze_function)
{
    UNUSED;
    gc_freeze();
    return none_new();
}

FUNCTION(gc_unfreeze_function)
{
    UNUSED;
    gc_unfreeze();
    return none_new();
}

FUNCTION(gc_get_freeze_count)
{
    UNUSED;
    return int_new(gc_frozen_count());
}

static const MethodDef functions[] = {
    {"collect", gc_collect_function, 0, -1, METHOD_KEYWORDS,
     "collect($module, /, generation=2)\n--\n\nCollects a generation and the younger ones; the "
     "number of "
     "unreachable objects found."},
    {"disable", gc_disable, 0, 0, 0,
     "disable($module, /)\n--\n\nSwitches automatic collection off."},
    {"enable", gc_enable, 0, 0, 0, "enable($module, /)\n--\n\nSwitches automatic collection on."},
    {"freeze", gc_freeze_function, 0, 0, 0,
     "freeze($module, /)\n--\n\nTakes all tracked objects out of future collections."},
    {"get_count", gc_get_count, 0, 0, 0,
     "get_count($module, /)\n--\n\nThe counts that are compared with the thresholds."},
    {"get_debug", gc_get_debug, 0, 0, 0, "get_debug($module, /)\n--\n\nThe debugging flags."},
    {"get_freeze_count", gc_get_freeze_count, 0, 0, 0,
     "get_freeze_count($module, /)\n--\n\nThe number of frozen objects."},
    {"get_objects", gc_get_objects, 0, -1, METHOD_KEYWORDS,
     "get_objects($module, /, generation=None)\n--\n\nAll tracked objects, or those of a "
     "generation."},
    {"get_referents", gc_get_referents, 0, -1, 0,
     "get_referents(*objs) -> list\n\nThe objects that the arguments refer to."},
    {"get_referrers", gc_get_referrers, 0, -1, 0,
     "get_referrers(*objs) -> list\n\nThe tracked objects that refer to any of the arguments."},
    {"get_stats", gc_get_stats, 0, 0, 0,
     "get_stats($module, /)\n--\n\nA dict of totals for each generation."},
    {"get_threshold", gc_get_threshold, 0, 0, 0,
     "get_threshold($module, /)\n--\n\nThe three thresholds."},
    {"is_finalized", gc_is_finalized, 1, 1, 0,
     "is_finalized($module, obj, /)\n--\n\nTrue if the collector ran the object's finaliser."},
    {"is_tracked", gc_is_tracked_function, 1, 1, 0,
     "is_tracked($module, obj, /)\n--\n\nTrue if the collector watches the object."},
    {"isenabled", gc_isenabled, 0, 0, 0,
     "isenabled($module, /)\n--\n\nTrue if automatic collection is on."},
    {"set_debug", gc_set_debug, 1, 1, 0,
     "set_debug($module, flags, /)\n--\n\nSets debugging flags."},
    {"set_threshold", gc_set_threshold, 0, 3, 0,
     "set_threshold(threshold0, [threshold1, threshold2])\n\nSets the thresholds; 0 first: never."},
    {"unfreeze", gc_unfreeze_function, 0, 0, 0,
     "unfreeze($module, /)\n--\n\nGives frozen objects back to the oldest generation."},
    {0},
};

static int exec(ObjRef module)
{
    if (module_add(module, "garbage", garbage) < 0 ||
        module_add(module, "callbacks", callbacks) < 0 ||
        module_add_int(module, "DEBUG_STATS", DEBUG_STATS) < 0 ||
        module_add_int(module, "DEBUG_COLLECTABLE", DEBUG_COLLECTABLE) < 0 ||
        module_add_int(module, "DEBUG_UNCOLLECTABLE", DEBUG_UNCOLLECTABLE) < 0 ||
        module_add_int(module, "DEBUG_SAVEALL", DEBUG_SAVEALL) < 0)
        return -1;
    return module_add_int(module, "DEBUG_LEAK", DEBUG_LEAK);
}

const ModuleDef gc_module = {"gc", "The collector of reference cycles.", functions, exec};

int gcmodule_init(void)
{
    garbage = list_new(0);
    callbacks = list_new(0);
    ROOT("gc.garbage", garbage);
    ROOT("gc.callbacks", callbacks);
    gc_heap.on_uncollectable = add_garbage;
    gc_heap.on_phase = report_phase;
    gc_heap.on_collectable = print_collectable;
    return garbage == NULL || callbacks == NULL ? -1 : 0;
}

void gcmodule_finish(void)
{
    obj_clear(&garbage);
    obj_clear(&callbacks);
}
