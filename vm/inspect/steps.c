/*
 * ouro.gc_steps: a real collection, watched.
 *
 * The collector tells each step of each object (gc_heap.observe).  While it runs nothing may be
 * tracked, so what it tells goes to a C array; objects that become garbage get their words at once,
 * as strs, because they are gone when the report is made.
 */

#include "vm/inspect/steps.h"

#include <stdlib.h>

#include "gc/collector.h"
#include "gc/mem.h"
#include "runtime/core/err.h"
#include "runtime/core/ids.h"
#include "runtime/core/object.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/str.h"
#include "vm/inspect/holders.h"
#include "vm/inspect/naming.h"
#include "vm/inspect/report.h"

/* What happened to a candidate. */
typedef struct Fate {
    ObjRef object; /* only compared: it may be gone */
    Obj *name;     /* str, once it matters */
    uintptr_t id;  /* as shown; 0 until it matters */
    int64_t count, left;
    int64_t order; /* of its naming, from 1; 0: not named */
    bool reachable, unreachable, finalized, revived, cleared;
} Fate;

typedef struct Watch {
    Fate *fates; /* in the order of the collector's list; sorted by address when `sorted` */
    int64_t count, room, limit, named;
    bool sorted, failed;
    ObjRef *own; /* objects of module ouro, sorted */
    int64_t own_count, own_room;
    void (*other)(GcStep step, ObjRef o, int64_t number); /* an observer besides, or NULL */
} Watch;

static Watch *watch; /* while gc_steps runs */

static int by_address(const void *a, const void *b)
{
    uintptr_t x = (uintptr_t) * (const ObjRef *)a, y = (uintptr_t) * (const ObjRef *)b;
    return x < y ? -1 : x > y;
}

static bool is_own(ObjRef o)
{
    return watch->own_count > 0 &&
           bsearch(&o, watch->own, (size_t)watch->own_count, sizeof(ObjRef), by_address) != NULL;
}

static void add_fate(ObjRef o, int64_t count)
{
    if (is_own(o))
        return;
    if (watch->count == watch->room) {
        int64_t room = watch->room == 0 ? 1024 : watch->room * 2;
        Fate *grown = mem_realloc(watch->fates, (size_t)watch->room * sizeof(Fate),
                                  (size_t)room * sizeof(Fate));
        if (grown == NULL) {
            watch->failed = true;
            return;
        }
        watch->fates = grown;
        watch->room = room;
    }
    watch->fates[watch->count++] = (Fate){.object = o, .count = count};
}

/* Objects are the first member, so that a pointer to one compares as a Fate does. */
static Fate *find_fate(ObjRef o)
{
    if (!watch->sorted) {
        qsort(watch->fates, (size_t)watch->count, sizeof(Fate), by_address);
        watch->sorted = true;
    }
    return watch->count == 0
               ? NULL
               : bsearch(&o, watch->fates, (size_t)watch->count, sizeof(Fate), by_address);
}

static void name_fate(Fate *fate)
{
    if (fate->name != NULL || watch->named >= watch->limit)
        return;
    fate->name = naming_object(NULL, fate->object);
    if (fate->name == NULL)
        err_clear();
    fate->id = ids_of(fate->object);
    fate->order = ++watch->named;
}

static void observe(GcStep step, ObjRef o, int64_t number)
{
    if (watch->other != NULL)
        watch->other(step, o, number);
    if (step == GC_STEP_CANDIDATE) {
        add_fate(o, number);
        return;
    }
    Fate *fate = find_fate(o);
    if (fate == NULL)
        return;
    switch (step) {
    case GC_STEP_SUBTRACTED:
        fate->left = number;
        break;
    case GC_STEP_REACHABLE:
        fate->reachable = true;
        break;
    case GC_STEP_UNREACHABLE:
        fate->unreachable = true;
        name_fate(fate);
        break;
    case GC_STEP_FINALIZED:
        fate->finalized = true;
        break;
    case GC_STEP_REVIVED:
        fate->revived = true;
        break;
    default:
        fate->cleared = true;
        break;
    }
}

/* The collection itself: its objects, less those of ouro. */
static int find_own(Watch *w)
{
    Census census;
    int result = census_begin(&census);
    if (result == 0) {
        w->own = mem_alloc((size_t)census.count * sizeof(ObjRef));
        for (int64_t i = 0; w->own != NULL && i < census.count; i++) {
            ObjRef o = census.entries[i].object;
            if (gc_is_tracked(o) && holders_is_own(&census, o))
                w->own[w->own_count++] = o;
        }
        if (w->own == NULL) {
            err_no_memory();
            result = -1;
        } else {
            w->own_room = census.count;
            qsort(w->own, (size_t)w->own_count, sizeof(ObjRef), by_address);
        }
    }
    census_end(&census);
    return result;
}

/* In the order in which they were named. */
static int by_order(const void *a, const void *b)
{
    int64_t x = ((const Fate *)a)->order, y = ((const Fate *)b)->order;
    return x < y ? -1 : x > y;
}

static int add_fate_row(ObjRef list, const Fate *fate)
{
    Obj *row = dict_new();
    if (row == NULL || report_set_steal(row, "object", obj_xincref(fate->name)) < 0 ||
        report_set_steal(row, "id", int_from_uint64(fate->id)) < 0 ||
        report_set_int(row, "count", fate->count) < 0 ||
        report_set_int(row, "left", fate->left) < 0 ||
        report_set_bool(row, "reachable", fate->reachable) < 0 ||
        report_set_bool(row, "finalized", fate->finalized) < 0 ||
        report_set_bool(row, "revived", fate->revived) < 0 ||
        report_set_bool(row, "cleared", fate->cleared) < 0) {
        obj_xdecref(row);
        return -1;
    }
    return list_append_steal(list, row);
}

typedef struct Totals {
    int64_t counts, left, from_outside, rescued, unreachable, finalized, revived, cleared;
} Totals;

static Obj *make_report(Watch *w, int generation)
{
    qsort(w->fates, (size_t)w->count, sizeof(Fate), by_order);
    Totals t = {0};
    Obj *report = dict_new(), *rows = list_new(0);
    int failed = report == NULL || rows == NULL;
    for (int64_t i = 0; !failed && i < w->count; i++) {
        const Fate *fate = &w->fates[i];
        t.counts += fate->count;
        t.left += fate->left;
        t.from_outside += fate->left > 0;
        t.rescued += fate->left == 0 && fate->reachable;
        t.unreachable += fate->unreachable;
        t.finalized += fate->finalized;
        t.revived += fate->revived;
        t.cleared += fate->cleared;
        if (fate->name != NULL)
            failed = add_fate_row(rows, fate) < 0;
    }
    if (failed || report_set_int(report, "generation", generation) < 0 ||
        report_set_int(report, "candidates", w->count) < 0 ||
        report_set_int(report, "counts", t.counts) < 0 ||
        report_set_int(report, "left", t.left) < 0 ||
        report_set_int(report, "from_outside", t.from_outside) < 0 ||
        report_set_int(report, "rescued", t.rescued) < 0 ||
        report_set_int(report, "unreachable", t.unreachable) < 0 ||
        report_set_int(report, "finalized", t.finalized) < 0 ||
        report_set_int(report, "revived", t.revived) < 0 ||
        report_set_int(report, "cleared", t.cleared) < 0 ||
        dict_set_ascii(report, "objects", rows) < 0)
        obj_clear(&report);
    obj_xdecref(rows);
    return report;
}

Obj *steps_report(int generation, int64_t limit)
{
    if (watch != NULL || gc_heap.collecting)
        return err_string(&exc_runtime_error, "a collection is running");
    Watch w = {.limit = limit};
    Obj *report = NULL;
    if (find_own(&w) == 0) {
        watch = &w;
        w.other = gc_heap.observe;
        gc_heap.observe = observe;
        gc_collect(generation);
        gc_heap.observe = w.other;
        watch = NULL;
        report = w.failed ? err_no_memory() : make_report(&w, generation);
    }
    for (int64_t i = 0; i < w.count; i++)
        obj_xdecref(w.fates[i].name);
    mem_free(w.fates, (size_t)w.room * sizeof(Fate));
    mem_free(w.own, (size_t)w.own_room * sizeof(ObjRef));
    return report;
}

Obj *steps_generation(ObjRef o)
{
    int generation = gc_generation_of(o);
    Obj *report = dict_new();
    if (report == NULL ||
        report_set_steal(report, "generation",
                         generation < 0 || generation >= GC_GENERATIONS
                             ? none_new()
                             : int_new(generation)) < 0 ||
        report_set_bool(report, "tracked", generation >= 0) < 0 ||
        report_set_bool(report, "frozen", generation == GC_GENERATIONS) < 0 ||
        report_set_bool(report, "collectable", gc_has_link(o)) < 0 ||
        report_set_bool(report, "finalized",
                        gc_has_link(o) && (gc_link(o)->prev & GC_BIT_FINALIZED) != 0) < 0)
        obj_clear(&report);
    return report;
}
