/*
 * Finding and breaking unreachable cycles.
 *
 * A collection takes the objects of the chosen generations and copies their counts into the links
 * (prev, shifted).  Each reference from one of them to another is subtracted, by traverse: what is
 * left above zero is held from outside, and what such an object reaches is alive too.  The others
 * are garbage: weak references to them are cleared, finalisers run, those that were resurrected are
 * rescued, and `clear` drops the references of the rest until their counts reach zero by
 * themselves.
 *
 * The method of trial subtraction over a doubly linked list, with the count kept in the back link
 * while it runs, is that of CPython (Neil Schemenauer 2000; devguide, "Garbage collector design").
 *
 * Between the steps any code may run, so each step takes objects from the head of a list that
 * deallocation may shorten at any time, and never remembers a neighbour.
 */

#include "gc/collector.h"

#include <stdio.h>

#include "gc/pool.h"

enum { COUNT_SHIFT = 3 }; /* above the GC_… bits */
enum { DEBUG_COLLECTABLE = 2, DEBUG_SAVEALL = 32 };

GcHeap gc_heap;

/* ---------------------------------------------------------------- lists */

static void list_init(GcLink *head)
{
    head->next = head;
    head->prev = (uintptr_t)head;
}

static bool list_is_empty(const GcLink *head)
{
    return head->next == head;
}

static GcLink *link_prev(const GcLink *link)
{
    return (GcLink *)(link->prev & ~(uintptr_t)GC_BITS);
}

static void link_set_prev(GcLink *link, GcLink *prev)
{
    link->prev = (uintptr_t)prev | (link->prev & GC_BITS);
}

static Obj *link_obj(GcLink *link)
{
    return (Obj *)(link + 1);
}

static void list_remove(GcLink *link)
{
    GcLink *prev = link_prev(link);
    prev->next = link->next;
    link_set_prev(link->next, prev);
}

static void list_append(GcLink *head, GcLink *link)
{
    GcLink *last = link_prev(head);
    last->next = link;
    link_set_prev(link, last);
    link->next = head;
    link_set_prev(head, link);
}

/* Moves all of `from` to the end of `to`. */
static void list_merge(GcLink *from, GcLink *to)
{
    if (list_is_empty(from))
        return;
    GcLink *first = from->next, *last = link_prev(from), *end = link_prev(to);
    end->next = first;
    link_set_prev(first, end);
    last->next = to;
    link_set_prev(to, last);
    list_init(from);
}

static int64_t list_length(const GcLink *head)
{
    int64_t length = 0;
    for (const GcLink *link = head->next; link != head; link = link->next)
        length++;
    return length;
}

/* ---------------------------------------------------------------- counting */

static uintptr_t link_count(const GcLink *link)
{
    return link->prev >> COUNT_SHIFT;
}

static void link_set_count(GcLink *link, uintptr_t count)
{
    link->prev = count << COUNT_SHIFT | (link->prev & GC_BITS);
}

static void copy_counts(GcLink *head)
{
    for (GcLink *link = head->next; link != head; link = link->next) {
        link->prev = (uintptr_t)link_obj(link)->refcnt << COUNT_SHIFT | GC_BIT_COLLECTING |
                     (link->prev & GC_BIT_FINALIZED);
    }
}

/* The link of a child that takes part in the collection, or NULL. */
static GcLink *candidate(ObjRef child)
{
    if (!gc_is_tracked(child))
        return NULL;
    return gc_link(child);
}

static int visit_subtract(ObjRef child, void *context)
{
    (void)context;
    GcLink *link = candidate(child);
    if (link != NULL && (link->prev & GC_BIT_COLLECTING) && link_count(link) > 0)
        link_set_count(link, link_count(link) - 1);
    return 0;
}

/* Keeps a child of a living object: one still ahead gets a count, one judged too early comes back.
 */
static int visit_reachable(ObjRef child, void *context)
{
    GcLink *candidates = context;
    GcLink *link = candidate(child);
    if (link == NULL)
        return 0;
    if (link->prev & GC_BIT_COLLECTING) {
        if (link_count(link) == 0)
            link_set_count(link, 1);
    } else if (link->prev & GC_BIT_UNREACHABLE) {
        list_remove(link);
        GcLink *last = link_prev(candidates);
        last->next = link;
        link->next = candidates;
        link_set_prev(candidates, link);
        link->prev =
            (uintptr_t)1 << COUNT_SHIFT | GC_BIT_COLLECTING | (link->prev & GC_BIT_FINALIZED);
    }
    return 0;
}

/* ---------------------------------------------------------------- an observer */

/* Tells the observer of each object of a list; counts are those kept in the links. */
static void observe_counts(GcStep step, const GcLink *head)
{
    if (gc_heap.observe == NULL)
        return;
    for (GcLink *link = head->next; link != head; link = link->next)
        gc_heap.observe(step, link_obj(link), (int64_t)link_count(link));
}

static void observe_all(GcStep step, const GcLink *head)
{
    if (gc_heap.observe == NULL)
        return;
    for (GcLink *link = head->next; link != head; link = link->next)
        gc_heap.observe(step, link_obj(link), link_obj(link)->refcnt);
}

static void observe_one(GcStep step, ObjRef o)
{
    if (gc_heap.observe != NULL)
        gc_heap.observe(step, o, o->refcnt);
}

/* Splits `candidates`: what nothing outside reaches goes to `unreachable` (GC_BIT_UNREACHABLE set),
 * the others stay, with their back links repaired. */
static void find_unreachable(GcLink *candidates, GcLink *unreachable, bool observed)
{
    copy_counts(candidates);
    if (observed)
        observe_counts(GC_STEP_CANDIDATE, candidates);
    for (GcLink *link = candidates->next; link != candidates; link = link->next) {
        Obj *o = link_obj(link);
        obj_head(o)->traverse(o, visit_subtract, NULL);
    }
    if (observed)
        observe_counts(GC_STEP_SUBTRACTED, candidates);
    GcLink *last = candidates; /* last one found alive; back links are right up to here */
    GcLink *link = candidates->next;
    while (link != candidates) {
        if (link_count(link) > 0) {
            link->prev = (uintptr_t)last | (link->prev & GC_BIT_FINALIZED);
            last = link;
            Obj *o = link_obj(link);
            obj_head(o)->traverse(o, visit_reachable, candidates);
        } else {
            if (link_prev(candidates) == link)
                link_set_prev(candidates, last);
            last->next = link->next;
            link->prev = (link->prev & GC_BIT_FINALIZED) | GC_BIT_UNREACHABLE;
            list_append(unreachable, link);
        }
        link = last->next;
    }
    link_set_prev(candidates, last);
}

/* ---------------------------------------------------------------- garbage */

static void clear_unreachable_bits(GcLink *head)
{
    for (GcLink *link = head->next; link != head; link = link->next)
        link->prev &= ~(uintptr_t)GC_BIT_UNREACHABLE;
}

static void clear_weakrefs(GcLink *garbage)
{
    if (gc_heap.clear_weakrefs != NULL) {
        for (GcLink *link = garbage->next; link != garbage; link = link->next)
            gc_heap.clear_weakrefs(link_obj(link));
    }
    clear_unreachable_bits(garbage);
    if (gc_heap.run_weakref_callbacks != NULL)
        gc_heap.run_weakref_callbacks();
}

static void run_finalizers(GcLink *garbage)
{
    GcLink seen;
    list_init(&seen);
    while (!list_is_empty(garbage)) {
        GcLink *link = garbage->next;
        list_remove(link);
        list_append(&seen, link);
        TypeHead *type = obj_head(link_obj(link));
        if (type->finalize == NULL || (link->prev & GC_BIT_FINALIZED))
            continue;
        link->prev |= GC_BIT_FINALIZED;
        observe_one(GC_STEP_FINALIZED, link_obj(link));
        Obj *o = obj_incref(link_obj(link));
        type->finalize(o);
        obj_decref(o);
    }
    list_merge(&seen, garbage);
}

static void break_cycles(GcLink *garbage, GcLink *survivors)
{
    while (!list_is_empty(garbage)) {
        GcLink *link = garbage->next;
        observe_one(GC_STEP_CLEARED, link_obj(link));
        Obj *o = obj_incref(link_obj(link));
        TypeHead *type = obj_head(o);
        if (gc_heap.debug & DEBUG_SAVEALL) {
            if (gc_heap.on_uncollectable != NULL)
                gc_heap.on_uncollectable(o);
        } else if (type->clear != NULL) {
            type->clear(o);
        }
        /* Still first: nothing has freed or moved it, so it goes on to live as an old object. */
        if (garbage->next == link) {
            list_remove(link);
            list_append(survivors, link);
        }
        obj_decref(o);
    }
}

static int64_t collect(int generation)
{
    GcGeneration *generations = gc_heap.generations;
    if (generation + 1 < GC_GENERATIONS)
        generations[generation + 1].count++;
    for (int i = 0; i <= generation; i++)
        generations[i].count = 0;
    GcLink *young = &generations[generation].head;
    for (int i = 0; i < generation; i++)
        list_merge(&generations[i].head, young);
    int older = generation + 1 < GC_GENERATIONS ? generation + 1 : generation;

    GcLink garbage;
    list_init(&garbage);
    find_unreachable(young, &garbage, true);
    observe_all(GC_STEP_REACHABLE, young);
    observe_all(GC_STEP_UNREACHABLE, &garbage);
    if (older != generation) {
        if (older == GC_GENERATIONS - 1)
            gc_heap.long_lived_pending += list_length(young);
        list_merge(young, &generations[older].head);
    } else {
        gc_heap.long_lived_pending = 0;
        gc_heap.long_lived_total = list_length(young);
    }
    if ((gc_heap.debug & DEBUG_COLLECTABLE) != 0 && gc_heap.on_collectable != NULL) {
        for (GcLink *link = garbage.next; link != &garbage; link = link->next)
            gc_heap.on_collectable(link_obj(link));
    }
    clear_weakrefs(&garbage);
    run_finalizers(&garbage);

    /* Finalisers may have made some reachable again. */
    GcLink still_garbage;
    list_init(&still_garbage);
    find_unreachable(&garbage, &still_garbage, false);
    clear_unreachable_bits(&still_garbage);
    observe_all(GC_STEP_REVIVED, &garbage);
    list_merge(&garbage, &generations[older].head);
    int64_t found = list_length(&still_garbage);
    break_cycles(&still_garbage, &generations[older].head);
    generations[generation].collections++;
    generations[generation].collected += found;
    return found;
}

int64_t gc_collect(int generation)
{
    if (gc_heap.collecting)
        return 0;
    gc_heap.collecting = true;
    gc_heap.collecting_generation = generation;
    if (gc_heap.on_phase != NULL)
        gc_heap.on_phase(true, generation, 0, 0);
    int64_t found = collect(generation);
    if (generation == GC_GENERATIONS - 1 && gc_heap.trim)
        pool_trim();
    if (gc_heap.on_phase != NULL)
        gc_heap.on_phase(false, generation, found, 0);
    gc_heap.collecting = false;
    return found;
}

void gc_collect_pending(void)
{
    gc_heap.pending = false;
    if (!gc_heap.enabled || gc_heap.collecting)
        return;
    for (int i = GC_GENERATIONS - 1; i >= 0; i--) {
        GcGeneration *generation = &gc_heap.generations[i];
        if (generation->threshold == 0 || generation->count <= generation->threshold)
            continue;
        /* A full collection waits until a quarter more objects live long than the last one left. */
        if (i == GC_GENERATIONS - 1 && gc_heap.long_lived_pending < gc_heap.long_lived_total / 4)
            continue;
        gc_collect(i);
        return;
    }
}

void gc_threshold_reached(void)
{
    if (!gc_heap.enabled || gc_heap.collecting)
        return;
#if OURO_GC_STRESS
    static uint64_t allocations;
    allocations++;
    gc_collect(allocations % 16384 == 0 ? 2 : allocations % 128 == 0 ? 1 : 0);
#else
    if (gc_heap.generations[0].threshold == 0 || gc_heap.pending)
        return;
    gc_heap.pending = true;
    if (gc_heap.breaker != NULL)
        *gc_heap.breaker |= GC_BREAK;
#endif
}

/* ---------------------------------------------------------------- heap */

void gc_heap_init(void)
{
    static const int64_t thresholds[GC_GENERATIONS] = {700, 10, 10}; /* CPython 3.11's */
    gc_heap = (GcHeap){0};
    for (int i = 0; i < GC_GENERATIONS; i++) {
        list_init(&gc_heap.generations[i].head);
        gc_heap.generations[i].threshold = thresholds[i];
    }
    list_init(&gc_heap.permanent);
    gc_heap.enabled = true;
}

int64_t gc_freeze(void)
{
    for (int i = 0; i < GC_GENERATIONS; i++) {
        list_merge(&gc_heap.generations[i].head, &gc_heap.permanent);
        gc_heap.generations[i].count = 0;
    }
    return list_length(&gc_heap.permanent);
}

void gc_unfreeze(void)
{
    list_merge(&gc_heap.permanent, &gc_heap.generations[GC_GENERATIONS - 1].head);
}

int64_t gc_frozen_count(void)
{
    return list_length(&gc_heap.permanent);
}

/* The list of generation 0..2, or the permanent one. */
static GcLink *generation_head(int generation)
{
    return generation < GC_GENERATIONS ? &gc_heap.generations[generation].head : &gc_heap.permanent;
}

int gc_generation_of(ObjRef o)
{
    if (!gc_is_tracked(o))
        return -1;
    for (int i = 0; i <= GC_GENERATIONS; i++) {
        GcLink *head = generation_head(i);
        for (GcLink *link = head->next; link != head; link = link->next) {
            if (link == gc_link(o))
                return i;
        }
    }
    return -1;
}

int gc_each(int generation, VisitFn visit, void *context)
{
    int last = generation < 0 ? GC_GENERATIONS - 1 : generation;
    for (int i = generation < 0 ? 0 : generation; i <= last; i++) {
        GcLink *head = generation_head(i);
        for (GcLink *link = head->next; link != head; link = link->next) {
            int stop = visit(link_obj(link), context);
            if (stop != 0)
                return stop;
        }
    }
    return 0;
}

/* ---------------------------------------------------------------- heap checker */

/* As visit_subtract, but counts an edge that no reference pays for. */
static int visit_check(ObjRef child, void *context)
{
    GcLink *link = candidate(child);
    if (link == NULL || (link->prev & GC_BIT_COLLECTING) == 0)
        return 0;
    if (link_count(link) == 0) {
        int64_t *excess = context;
        if (++*excess <= 10) {
            fprintf(stderr, "heap check: '%s' object has more owners than references (%lld)\n",
                    obj_head(child)->name, (long long)child->refcnt);
        }
        return 0;
    }
    link_set_count(link, link_count(link) - 1);
    return 0;
}

int64_t gc_check_heap(void)
{
    int64_t excess = 0;
    for (int i = 0; i <= GC_GENERATIONS; i++)
        copy_counts(generation_head(i));
    for (int i = 0; i <= GC_GENERATIONS; i++) {
        GcLink *head = generation_head(i);
        for (GcLink *link = head->next; link != head; link = link->next) {
            Obj *o = link_obj(link);
            obj_head(o)->traverse(o, visit_check, &excess);
        }
    }
    for (int i = 0; i <= GC_GENERATIONS; i++) {
        GcLink *head = generation_head(i), *prev = head;
        for (GcLink *link = head->next; link != head; link = link->next) {
            link->prev = (uintptr_t)prev | (link->prev & GC_BIT_FINALIZED);
            prev = link;
        }
    }
    return excess;
}
