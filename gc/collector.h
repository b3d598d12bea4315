#ifndef OURO_GC_COLLECTOR_H
#define OURO_GC_COLLECTOR_H

/*
 * The cycle collector: three generations of tracked objects in doubly linked lists.
 *
 * A collection never starts inside an allocation (but in GC-stress builds): gc_track only raises
 * gc_heap.pending when generation 0 is full, and the interpreter calls gc_collect_pending at
 * backward jumps and function entries.
 */

#include <stdbool.h>
#include <stdint.h>

#include "gc/object.h"

#ifndef OURO_GC_STRESS
#define OURO_GC_STRESS 0
#endif

enum { GC_GENERATIONS = 3 };
enum {
    GC_BIT_FINALIZED = 1,   /* finalize ran */
    GC_BIT_COLLECTING = 2,  /* in the generation being collected */
    GC_BIT_UNREACHABLE = 4, /* found without an outside reference, so far */
    GC_BITS = 7,
};
/* Bit raised in *gc_heap.breaker when a collection is due. */
enum { GC_BREAK = 1 };

/* What a collection tells an observer of an object (gc_heap.observe). */
typedef enum GcStep {
    GC_STEP_CANDIDATE,   /* takes part; number: its reference count, copied */
    GC_STEP_SUBTRACTED,  /* number: what is left after references from other candidates are gone */
    GC_STEP_REACHABLE,   /* is kept: has references from outside, or such an object reaches it */
    GC_STEP_UNREACHABLE, /* only candidates refer to it */
    GC_STEP_FINALIZED,   /* its finaliser is about to run */
    GC_STEP_REVIVED,     /* a finaliser made it reachable again */
    GC_STEP_CLEARED,     /* is about to be cleared; number: its reference count */
} GcStep;

typedef struct GcGeneration {
    GcLink head;       /* sentinel */
    int64_t threshold; /* collect when count exceeds it; 0: never */
    int64_t count;     /* generation 0: allocations less deallocations; else younger collections */
    int64_t collections, collected, uncollectable; /* gc.get_stats */
} GcGeneration;

typedef struct GcHeap {
    GcGeneration generations[GC_GENERATIONS];
    GcLink permanent; /* gc.freeze */
    bool enabled, collecting;
    int collecting_generation;  /* while collecting */
    bool pending;               /* generation 0 is over its threshold */
    bool trim;                  /* full collections give idle pools back */
    volatile int *breaker;      /* raised with pending; the interpreter's "look up" flag */
    int64_t long_lived_total;   /* survivors of the last full collection */
    int64_t long_lived_pending; /* objects moved into the oldest generation since */
    unsigned debug;             /* gc.DEBUG_… bits */
    /* Hooks of the runtime; NULL until set. */
    void (*on_uncollectable)(ObjRef o); /* append to gc.garbage */
    void (*on_collectable)(ObjRef o);   /* with DEBUG_COLLECTABLE: each object of the garbage */
    void (*on_phase)(bool start, int generation, int64_t collected, int64_t uncollectable);
    /* Weak references to an unreachable object are cleared in two steps: clear_weakrefs takes all
     * off one object and runs no code; run_weakref_callbacks then calls the callbacks of those
     * references that are themselves reachable. */
    void (*clear_weakrefs)(ObjRef unreachable);
    void (*run_weakref_callbacks)(void);
    /* Told every step of each object; must make no tracked object and run no code of programs. */
    void (*observe)(GcStep step, ObjRef o, int64_t number);
} GcHeap;

extern GcHeap gc_heap;

void gc_heap_init(void);
/* Collects generation 0..generation; returns unreachable objects found.  No exception is left. */
int64_t gc_collect(int generation);
/* What thresholds ask for; called by the interpreter when gc_heap.pending. */
void gc_collect_pending(void);
/* Slow path of gc_count_alloc. */
void gc_threshold_reached(void);
/* Two words of collector bookkeeping precede o (static type objects have none). */
static inline bool gc_has_link(ObjRef o)
{
    const Shape *shape = o->shape;
    return (shape->type->flags & TYPE_GC) != 0 && (shape->flags & SHAPE_UNLINKED) == 0;
}
/* While clear_weakrefs runs: o belongs to the garbage being collected. */
static inline bool gc_is_unreachable(ObjRef o)
{
    return gc_has_link(o) && (gc_link(o)->prev & GC_BIT_UNREACHABLE) != 0;
}
int64_t gc_freeze(void);
void gc_unfreeze(void);
int64_t gc_frozen_count(void);
/* The generation 0..2 that holds o, 3 for frozen, -1 if untracked (walks the lists). */
int gc_generation_of(ObjRef o);
/* Calls visit for each tracked object of `generation` (-1: all), the youngest first. */
int gc_each(int generation, VisitFn visit, void *context);
/* Debug: compares the sum of traverse edges with the counts of all tracked objects; prints the
 * first few objects with more edges than references to stderr; returns their number. */
int64_t gc_check_heap(void);

static inline bool gc_is_tracked(ObjRef o)
{
    return gc_has_link(o) && gc_link(o)->next != NULL;
}

/* Puts a fully initialised object into generation 0.  Its traverse may be called from now on. */
static inline void gc_track(ObjRef o)
{
    GcLink *link = gc_link(o);
    GcLink *head = &gc_heap.generations[0].head;
    GcLink *last = (GcLink *)head->prev;
    link->prev = (uintptr_t)last | (link->prev & GC_BIT_FINALIZED);
    link->next = head;
    last->next = link;
    head->prev = (uintptr_t)link;
}

/* Takes an object out of its generation; harmless when it is in none. */
static inline void gc_untrack(ObjRef o)
{
    GcLink *link = gc_link(o);
    if (link->next != NULL) {
        GcLink *prev = (GcLink *)(link->prev & ~(uintptr_t)GC_BITS);
        prev->next = link->next;
        link->next->prev = (uintptr_t)prev | (link->next->prev & GC_BITS);
        link->next = NULL;
        link->prev &= GC_BIT_FINALIZED;
    }
}

/* Accounting of one collectable allocation: generation 0 counts them less deallocations. */
static inline void gc_count_alloc(void)
{
    GcGeneration *young = &gc_heap.generations[0];
    young->count++;
#if OURO_GC_STRESS
    gc_threshold_reached();
#else
    if (__builtin_expect(young->count > young->threshold, 0))
        gc_threshold_reached();
#endif
}

static inline void gc_count_free(void)
{
    if (gc_heap.generations[0].count > 0)
        gc_heap.generations[0].count--;
}

#endif
