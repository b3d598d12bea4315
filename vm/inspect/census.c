/*
 * The walk over the whole heap, and the table that it makes.
 *
 * Objects without GcLink, and tuples and dicts that the collector stopped tracking, are in none of
 * its lists: they are reached through their holders.  The table needs memory of its own but makes
 * no object, so that what is counted does not change.
 */

#include "vm/inspect/census.h"

#include <string.h>

#include "gc/collector.h"
#include "gc/mem.h"
#include "runtime/core/err.h"
#include "runtime/core/object.h"
#include "runtime/core/roots.h"
#include "runtime/types/module.h"
#include "runtime/types/tuple.h"
#include "vm/interp/cell.h"
#include "vm/interp/frame.h"

enum { FIRST_ROOM = 16384 };

static int64_t place_of(const Census *census, ObjRef o)
{
    uint64_t hash = ((uint64_t)(uintptr_t)o >> 4) * 0x9E3779B97F4A7C15u;
    int64_t mask = census->index_size - 1;
    int64_t i = (int64_t)(hash >> 20) & mask;
    while (census->index[i] != 0 && census->entries[census->index[i] - 1].object != o)
        i = (i + 1) & mask;
    return i;
}

int64_t census_find(const Census *census, ObjRef o)
{
    return census->index_size == 0 ? -1 : (int64_t)census->index[place_of(census, o)] - 1;
}

static bool grow(Census *census)
{
    int64_t room = census->room == 0 ? FIRST_ROOM : census->room * 2;
    CensusEntry *entries = mem_realloc(census->entries, (size_t)census->room * sizeof *entries,
                                       (size_t)room * sizeof *entries);
    if (entries == NULL)
        return false;
    census->entries = entries;
    census->room = room;
    int32_t *index = room > INT32_MAX / 2 ? NULL : mem_alloc_zero((size_t)room * 2 * sizeof *index);
    if (index == NULL)
        return false;
    mem_free(census->index, (size_t)census->index_size * sizeof *index);
    census->index = index;
    census->index_size = room * 2;
    for (int64_t i = 0; i < census->count; i++)
        index[place_of(census, entries[i].object)] = (int32_t)(i + 1);
    return true;
}

/* Position of the object, added when it is new; -1: no memory. */
static int64_t add(Census *census, ObjRef o)
{
    if (census->count == census->room && !grow(census))
        return -1;
    int64_t place = place_of(census, o);
    if (census->index[place] == 0) {
        census->entries[census->count++] = (CensusEntry){.object = o};
        census->index[place] = (int32_t)census->count;
    }
    return census->index[place] - 1;
}

static int visit_object(ObjRef o, void *context)
{
    return add(context, o) < 0 ? -1 : 0;
}

static int visit_root(const char *label, ObjRef o, void *context)
{
    (void)label;
    return visit_object(o, context);
}

/* What the edge says of the child's place in a greater whole. */
static PartRole role_of(const Edge *edge, ObjRef child)
{
    ObjRef owner = edge->owner;
    if (code_check(child) && (edge->kind == EDGE_FIELD || edge->kind == EDGE_ITEM))
        return function_check(owner) || tuple_check(owner) ? PART_CODE : PART_NONE;
    if (edge->kind != EDGE_FIELD || edge->text == NULL)
        return PART_NONE;
    if (strcmp(edge->text, "__dict__") == 0)
        return PART_NAMESPACE;
    if (strcmp(edge->text, "co_consts") == 0)
        return PART_CONSTANTS;
    if (strcmp(edge->text, "__closure__") == 0)
        return PART_CLOSURE;
    /* Shared by many: not a part of one of them. */
    static const char *const shared[] = {"__globals__",  "__builtins__", "__base__", "__module__",
                                         "__func__",     "__self__",     "f_back",   "tb_frame",
                                         "its function", "f_locals"};
    for (size_t i = 0; i < sizeof shared / sizeof *shared; i++) {
        if (strcmp(edge->text, shared[i]) == 0)
            return PART_NONE;
    }
    return PART_FIELD;
}

static int visit_edge(ObjRef child, const Edge *edge, void *context)
{
    Census *census = context;
    if (edge->doubtful && census_find(census, child) < 0)
        return 0;
    int64_t at = add(census, child);
    if (at < 0)
        return -1;
    CensusEntry *entry = &census->entries[at];
    PartRole role = edge->owner == NULL ? PART_NONE : role_of(edge, child);
    bool better = entry->role == PART_NONE || (entry->role == PART_FIELD && role != PART_NONE) ||
                  (role == PART_CODE && function_check(edge->owner));
    if (role != PART_NONE && better && edge->record == NULL) {
        entry->whole = edge->owner;
        entry->role = (uint8_t)role;
        entry->text = edge->text;
    }
    return 0;
}

/* Cells get the names of the variables that they are. */
static void name_cells(Census *census, ObjRef function)
{
    const FunctionObj *f = (const FunctionObj *)function;
    if (f->closure == NULL || f->code == NULL)
        return;
    int64_t first = f->code->nlocalsplus - f->code->nfreevars;
    for (int64_t i = 0; i < tuple_length(f->closure); i++) {
        int64_t at = census_find(census, tuple_peek(f->closure, i));
        if (at < 0)
            continue;
        CensusEntry *entry = &census->entries[at];
        entry->whole = function;
        entry->role = PART_CELL;
        entry->name = frame_slot_name(f->code, first + i);
    }
}

static int visit_cell_slot(ObjRef child, const Edge *edge, void *context)
{
    if (edge->kind == EDGE_LOCAL && cell_check(child)) {
        Census *census = context;
        int64_t at = census_find(census, child);
        if (at >= 0 && census->entries[at].role == PART_NONE) {
            census->entries[at].role = PART_CELL;
            census->entries[at].whole = edge->owner;
            census->entries[at].name = edge->name;
        }
    }
    return 0;
}

int census_begin(Census *census)
{
    *census = (Census){.gc_enabled = gc_heap.enabled};
    gc_heap.enabled = false;
    int stop = gc_each(-1, visit_object, census);
    if (stop == 0)
        stop = gc_each(GC_GENERATIONS, visit_object, census);
    if (stop == 0)
        stop = roots_each(visit_root, census);
    for (int64_t i = 0; stop == 0 && i < census->count; i++)
        stop = edges_walk(census->entries[i].object, visit_edge, census);
    int64_t known = census->count;
    if (stop == 0)
        stop = frames_walk(visit_edge, census);
    for (int64_t i = known; stop == 0 && i < census->count; i++)
        stop = edges_walk(census->entries[i].object, visit_edge, census);
    if (stop != 0) {
        err_no_memory();
        return -1;
    }
    for (int64_t i = 0; i < census->count; i++) {
        if (function_check(census->entries[i].object))
            name_cells(census, census->entries[i].object);
    }
    frames_walk(visit_cell_slot, census);
    return 0;
}

void census_end(Census *census)
{
    mem_free(census->entries, (size_t)census->room * sizeof *census->entries);
    mem_free(census->index, (size_t)census->index_size * sizeof *census->index);
    gc_heap.enabled = census->gc_enabled;
    *census = (Census){0};
}
