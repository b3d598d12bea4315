/*
 * ouro.why_alive: the shortest chain of references from a root to an object.
 *
 * A breadth-first walk over the heap from what holds by itself: running frames, the loaded modules,
 * builtin types, C variables.  Modules and frames come first, so that of two chains of one length
 * the one that a program can do something about is told.
 */

#include <string.h>

#include "gc/mem.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/core/object.h"
#include "runtime/core/roots.h"
#include "runtime/core/state.h"
#include "runtime/types/dict.h"
#include "runtime/types/list.h"
#include "runtime/types/module.h"
#include "runtime/types/str.h"
#include "vm/inspect/holders.h"
#include "vm/inspect/naming.h"
#include "vm/inspect/report.h"

typedef struct Step {
    int32_t from; /* position of the holder; -1: a root; -2: not reached */
    Edge edge;
} Step;

typedef struct Search {
    Census *census;
    Step *steps;    /* by position in the census */
    int32_t *queue; /* positions in the order of their distance */
    int64_t queued, next;
    int32_t from;
    bool stop_at_self; /* looking for a cycle through `target` */
    int32_t target;
} Search;

static int reach(ObjRef child, const Edge *edge, void *context)
{
    Search *search = context;
    int64_t at = census_find(search->census, child);
    if (at < 0 || edge->doubtful || search->steps[at].from != -2)
        return 0;
    /* A module's namespace is told by the module, whether its code is running or not. */
    if (edge->record != NULL && edge->kind == EDGE_FIELD &&
        (search->census->entries[at].role == PART_NAMESPACE ||
         (record_code(edge->record)->flags & CODE_OPTIMIZED) == 0))
        return 0;
    if (edge->owner != NULL && edge->record == NULL && at != search->target &&
        holders_is_own(search->census, child))
        return 0;
    search->steps[at] = (Step){search->from, *edge};
    search->queue[search->queued++] = (int32_t)at;
    return at == search->target;
}

static int reach_root(const char *label, ObjRef o, void *context)
{
    if (o == runtime.modules)
        return 0; /* told as modules */
    const Edge edge = {.kind = EDGE_ROOT, .text = label};
    return reach(o, &edge, context);
}

static int walk_on(Search *search)
{
    int stop = 0;
    while (stop == 0 && search->next < search->queued) {
        search->from = search->queue[search->next++];
        stop = edges_walk(search->census->entries[search->from].object, reach, search);
    }
    return stop;
}

/* Modules: the dict of sys.modules itself is left out of the words. */
static int reach_modules(Search *search)
{
    int64_t position = 0;
    ObjRef key, value;
    int stop = 0;
    const Edge edge = {.kind = EDGE_ROOT, .text = "sys.modules"};
    while (stop == 0 && runtime.modules != NULL &&
           dict_next(runtime.modules, &position, &key, &value)) {
        if (!type_check(value, &module_type) || !inspect_is_own(module_dict(value)))
            stop = reach(value, &edge, search);
    }
    return stop;
}

static int search_roots(Search *search)
{
    search->from = -1;
    int stop = frames_walk(reach, search);
    if (stop == 0)
        stop = reach_modules(search);
    if (stop == 0)
        stop = walk_on(search);
    search->from = -1;
    if (stop == 0)
        stop = roots_each(reach_root, search);
    return stop == 0 ? walk_on(search) : stop;
}

/* From the object back to itself. */
static int search_cycle(Search *search)
{
    for (int64_t i = 0; i < search->census->count; i++)
        search->steps[i].from = -2;
    search->queued = search->next = 0;
    search->from = search->target;
    int stop = edges_walk(search->census->entries[search->target].object, reach, search);
    return stop == 0 ? walk_on(search) : stop;
}

/* The object in words; as a part of its holder it needs none of that. */
static Obj *name_object(const Census *census, const Step *step, ObjRef o)
{
    const CensusEntry *entry = &census->entries[census_find(census, o)];
    bool told = entry->role == PART_FIELD && entry->whole == step->edge.owner;
    return naming_object(told ? NULL : census, o);
}

static int add_step(ObjRef list, const Census *census, const Step *step, ObjRef o)
{
    Obj *row = dict_new();
    int result = -1;
    Obj *holder = step->edge.record != NULL || step->edge.owner == NULL
                      ? naming_holder(census, &step->edge)
                      : naming_slot(census, &step->edge);
    if (row != NULL && report_set_steal(row, "slot", holder) == 0 &&
        report_set_text(row, "kind", naming_kind(census, &step->edge)) == 0 &&
        report_set_steal(row, "object", name_object(census, step, o)) == 0 &&
        report_set_text(row, "type", obj_type(o)->head.name) == 0)
        result = report_set_id(row, "id", o);
    else if (row == NULL)
        obj_xdecref(holder);
    if (result < 0) {
        obj_xdecref(row);
        return -1;
    }
    return list_append_steal(list, row);
}

/* The steps that lead to the target, the first first. */
static Obj *path_list(const Search *search)
{
    Obj *list = list_new(0);
    int32_t at = search->target;
    int64_t length = 0;
    do {
        length++;
        at = search->steps[at].from;
    } while (at >= 0 && at != search->target);
    /* The queue has served; it takes the path, backwards. */
    at = search->target;
    for (int64_t i = 0; i < length; i++) {
        search->queue[i] = at;
        at = search->steps[at].from;
    }
    for (int64_t i = length; list != NULL && i-- > 0;) {
        at = search->queue[i];
        if (add_step(list, search->census, &search->steps[at], search->census->entries[at].object) <
            0)
            obj_clear(&list);
    }
    return list;
}

Obj *alive_report(ObjRef o)
{
    Census census;
    Search search = {.census = &census};
    Obj *result = NULL, *path = NULL;
    size_t step_bytes = 0, queue_bytes = 0;
    if (census_begin(&census) < 0)
        goto done;
    step_bytes = (size_t)census.count * sizeof(Step);
    queue_bytes = (size_t)census.count * sizeof(int32_t);
    search.steps = mem_alloc(step_bytes);
    search.queue = mem_alloc(queue_bytes);
    if (search.steps == NULL || search.queue == NULL) {
        err_no_memory();
        goto done;
    }
    for (int64_t i = 0; i < census.count; i++)
        search.steps[i].from = -2;
    result = dict_new();
    search.target = (int32_t)census_find(&census, o);
    const char *verdict = "native";
    if (search.target >= 0 && search_roots(&search) > 0)
        verdict = "root";
    else if (search.target >= 0 && search_cycle(&search) > 0)
        verdict = "cycle";
    path = strcmp(verdict, "native") == 0 ? list_new(0) : path_list(&search);
    if (result == NULL || path == NULL || report_set_text(result, "by", verdict) < 0 ||
        dict_set_ascii(result, "path", path) < 0 ||
        report_set_steal(result, "object", naming_object(&census, o)) < 0)
        obj_clear(&result);
done:
    mem_free(search.steps, step_bytes);
    mem_free(search.queue, queue_bytes);
    census_end(&census);
    obj_xdecref(path);
    return result;
}
