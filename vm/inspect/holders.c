/*
 * ouro.holders: every slot that holds an object, adding up to its reference count.
 *
 * The whole heap is walked once (census.c) and every edge compared with the object.  What C
 * functions of the interpreter hold while they run (a sort's buffer, the arguments of a call made
 * from C) is in no slot that can be found: that is what the count has beyond the slots, and it is
 * reported as held by native code.
 */

#include "vm/inspect/holders.h"

#include <string.h>

#include "gc/mem.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/core/object.h"
#include "runtime/core/roots.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/module.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"
#include "vm/inspect/naming.h"
#include "vm/inspect/report.h"

/* ---- what is ouro's own */

typedef struct Counter {
    ObjRef target;
    int64_t count;
} Counter;

static int visit_count(ObjRef child, const Edge *edge, void *context)
{
    (void)edge;
    Counter *counter = context;
    counter->count += child == counter->target;
    return 0;
}

int64_t holders_own_count(ObjRef o)
{
    Counter counter = {o, 0};
    frames_walk_own(visit_count, &counter);
    return counter.count;
}

enum { WHOLE_DEPTH = 16 };

bool holders_is_own(const Census *census, ObjRef o)
{
    for (int depth = 0; o != NULL && depth < WHOLE_DEPTH; depth++) {
        if (function_check(o))
            return inspect_is_own(function_cast(o)->globals);
        if (dict_check_exact(o) && inspect_is_own(o))
            return true;
        if (type_check(o, &module_type))
            return inspect_is_own(module_dict(o));
        if (obj_has_flag(o, TYPE_TYPE)) {
            ObjRef dict = ((const Type *)o)->dict;
            ObjRef module = dict == NULL ? NULL : dict_peek(dict, names.dunder_module);
            const char *text =
                module == NULL || !str_check_exact(module) ? NULL : str_utf8(module, NULL);
            return text != NULL && obj_has_flag(o, TYPE_TYPE) &&
                   (strcmp(text, "ouro") == 0 || strncmp(text, "ouro.", 5) == 0);
        }
        int64_t at = census_find(census, o);
        o = at < 0 ? NULL : census->entries[at].whole;
    }
    return false;
}

/* ---- collecting the slots */

typedef struct Slots {
    const Census *census;
    ObjRef target;
    Edge *edges;
    int64_t count, room;
    int64_t own; /* slots inside of module ouro */
    bool failed;
} Slots;

static int add_slot(ObjRef child, const Edge *edge, void *context)
{
    Slots *slots = context;
    if (child != slots->target)
        return 0;
    if (edge->owner != NULL && edge->record == NULL && holders_is_own(slots->census, edge->owner)) {
        slots->own++;
        return 0;
    }
    if (slots->count == slots->room) {
        int64_t room = slots->room == 0 ? 64 : slots->room * 2;
        Edge *grown = mem_realloc(slots->edges, (size_t)slots->room * sizeof(Edge),
                                  (size_t)room * sizeof(Edge));
        if (grown == NULL) {
            slots->failed = true;
            return -1;
        }
        slots->edges = grown;
        slots->room = room;
    }
    slots->edges[slots->count++] = *edge;
    return 0;
}

static int add_root_slot(const char *label, ObjRef o, void *context)
{
    const Edge edge = {.kind = EDGE_ROOT, .text = label};
    return add_slot(o, &edge, context);
}

/* All slots of `target`: those of frames first, doubtful ones last. */
static void collect_slots(Slots *slots)
{
    int stop = frames_walk(add_slot, slots);
    for (int64_t i = 0; stop == 0 && i < slots->census->count; i++)
        stop = edges_walk(slots->census->entries[i].object, add_slot, slots);
    if (stop == 0)
        stop = roots_each(add_root_slot, slots);
    /* A doubtful operand counts only while the count has room for it. */
    int64_t kept = 0;
    int64_t references = slots->target->refcnt - holders_own_count(slots->target) - slots->own;
    int64_t excess = slots->count - references;
    for (int64_t i = 0; i < slots->count; i++) {
        if (slots->edges[i].doubtful && excess > 0)
            excess--;
        else
            slots->edges[kept++] = slots->edges[i];
    }
    slots->count = kept;
}

/* ---- the report */

static int add_row(ObjRef list, const char *kind, Obj *where, ObjRef owner, int64_t count)
{
    Obj *row = dict_new();
    if (row == NULL || report_set_text(row, "kind", kind) < 0 ||
        report_set_steal(row, "where", obj_xincref(where)) < 0 ||
        report_set_id(row, "owner", owner) < 0 || report_set_int(row, "count", count) < 0)
        obj_clear(&row);
    obj_xdecref(where);
    return row == NULL ? -1 : list_append_steal(list, row);
}

static int add_rows(ObjRef list, const Slots *slots, int64_t limit, int64_t references)
{
    int64_t shown = slots->count < limit ? slots->count : limit;
    for (int64_t i = 0; i < shown; i++) {
        const Edge *edge = &slots->edges[i];
        if (add_row(list, naming_kind(slots->census, edge), naming_holder(slots->census, edge),
                    edge->record != NULL ? NULL : edge->owner, 1) < 0)
            return -1;
    }
    if (slots->count > shown &&
        add_row(list, "more", str_format_c("%lld more slots", (long long)(slots->count - shown)),
                NULL, slots->count - shown) < 0)
        return -1;
    if (slots->own > 0 &&
        add_row(list, "ouro", str_from_ascii("the module ouro itself"), NULL, slots->own) < 0)
        return -1;
    int64_t native = references - slots->count - slots->own;
    if (native > 0 &&
        add_row(list, "native", str_from_ascii("native code that is running"), NULL, native) < 0)
        return -1;
    return 0;
}

Obj *holders_report(ObjRef o, int64_t limit)
{
    Census census;
    Slots slots = {.census = &census, .target = o};
    Obj *list = NULL, *result = NULL;
    if (census_begin(&census) < 0)
        goto done;
    int64_t references = o->refcnt - holders_own_count(o);
    collect_slots(&slots);
    if (slots.failed) {
        err_no_memory();
        goto done;
    }
    list = list_new(0);
    if (list == NULL || add_rows(list, &slots, limit, references) < 0)
        goto done;
    Obj *count = int_new(references);
    result = count == NULL ? NULL : tuple_pack(2, (ObjRef)list, (ObjRef)count);
    obj_xdecref(count);
done:
    mem_free(slots.edges, (size_t)slots.room * sizeof(Edge));
    census_end(&census);
    obj_xdecref(list);
    return result;
}

/* ---- the audit of all objects */

typedef struct Audit {
    Census *census;
    int64_t *found; /* by position: slots that hold the object */
    int64_t *doubtful;
} Audit;

static int audit_edge(ObjRef child, const Edge *edge, void *context)
{
    const Audit *audit = context;
    int64_t at = census_find(audit->census, child);
    if (at >= 0)
        (edge->doubtful ? audit->doubtful : audit->found)[at]++;
    return 0;
}

static int audit_root(const char *label, ObjRef o, void *context)
{
    const Edge edge = {.kind = EDGE_ROOT, .text = label};
    return audit_edge(o, &edge, context);
}

Obj *holders_audit(void)
{
    Census census;
    Audit audit = {&census, NULL, NULL};
    Obj *list = NULL, *result = NULL, *count = NULL;
    size_t bytes = 0;
    int64_t wrong = 0;
    if (census_begin(&census) < 0)
        goto done;
    bytes = (size_t)census.count * sizeof(int64_t);
    audit.found = mem_alloc_zero(bytes);
    audit.doubtful = mem_alloc_zero(bytes);
    if (audit.found == NULL || audit.doubtful == NULL) {
        err_no_memory();
        goto done;
    }
    frames_walk(audit_edge, &audit);
    frames_walk_own(audit_edge, &audit);
    roots_each(audit_root, &audit);
    for (int64_t i = 0; i < census.count; i++)
        edges_walk(census.entries[i].object, audit_edge, &audit);
    /* Compared before the list is made: that adds references of its own. */
    for (int64_t i = 0; i < census.count; i++) {
        ObjRef o = census.entries[i].object;
        int64_t certain = audit.found[i];
        bool adds_up = certain <= o->refcnt && o->refcnt <= certain + audit.doubtful[i];
        audit.doubtful[i] = adds_up ? INT64_MIN : o->refcnt;
    }
    list = list_new(0);
    for (int64_t i = 0; list != NULL && i < census.count; i++) {
        if (audit.doubtful[i] == INT64_MIN)
            continue;
        if (++wrong > 20)
            continue;
        Obj *name = naming_object(&census, census.entries[i].object);
        Obj *text = name == NULL
                        ? NULL
                        : str_format_c("%U: %lld slots, count %lld", name,
                                       (long long)audit.found[i], (long long)audit.doubtful[i]);
        obj_xdecref(name);
        if (text == NULL || list_append_steal(list, text) < 0)
            obj_clear(&list);
    }
    count = int_new(wrong);
    if (list != NULL && count != NULL)
        result = tuple_pack(2, (ObjRef)count, (ObjRef)list);
done:
    mem_free(audit.found, bytes);
    mem_free(audit.doubtful, bytes);
    census_end(&census);
    obj_xdecref(list);
    obj_xdecref(count);
    return result;
}
