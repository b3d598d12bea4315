/*
 * gc/collector.h and gc/object.h with a type of the test's own: a node with two references.  No
 * runtime is needed, since the collector knows only TypeHead.
 */

#include <criterion/criterion.h>
#include <criterion/redirect.h>
#include <stdlib.h>

#include "gc/collector.h"

typedef struct Node {
    Obj base;
    Obj *left, *right;
} Node;

static int64_t live, finalized;
static Obj *resurrect_into; /* finalize stores its object here when set to a node */

static int node_traverse(ObjRef self, VisitFn visit, void *context)
{
    GC_VISIT(((Node *)self)->left);
    GC_VISIT(((Node *)self)->right);
    return 0;
}

static int node_clear(ObjRef self)
{
    obj_clear(&((Node *)self)->left);
    obj_clear(&((Node *)self)->right);
    return 0;
}

static void node_dealloc(Obj *self)
{
    gc_untrack(self);
    node_clear(self);
    live--;
    free(gc_link(self));
}

static void node_finalize(ObjRef self)
{
    finalized++;
    if (resurrect_into != NULL)
        obj_replace(&((Node *)resurrect_into)->left, obj_incref(self));
}

static TypeHead plain_type = {
    .name = "node",
    .flags = TYPE_GC,
    .presize = sizeof(GcLink),
    .traverse = node_traverse,
    .clear = node_clear,
    .dealloc = node_dealloc,
};
static TypeHead finalized_type = {
    .name = "node with finaliser",
    .flags = TYPE_GC | TYPE_FINALIZE,
    .presize = sizeof(GcLink),
    .traverse = node_traverse,
    .clear = node_clear,
    .finalize = node_finalize,
    .dealloc = node_dealloc,
};
static Shape plain_shape = {.type = &plain_type};
static Shape finalized_shape = {.type = &finalized_type};

static Obj *node_new(Shape *shape)
{
    GcLink *link = calloc(1, sizeof(GcLink) + sizeof(Node));
    Obj *o = (Obj *)(link + 1);
    o->refcnt = 1;
    o->shape = shape;
    live++;
    gc_count_alloc();
    gc_track(o);
    return o;
}

/* a.left = b */
static void point(ObjRef a, ObjRef b)
{
    obj_replace(&((Node *)a)->left, obj_incref(b));
}

static void set_up(void)
{
    gc_heap_init();
    live = finalized = 0;
    resurrect_into = NULL;
}

TestSuite(collector, .init = set_up);

Test(collector, cycle_of_two_is_freed)
{
    Obj *a = node_new(&plain_shape), *b = node_new(&plain_shape);
    point(a, b);
    point(b, a);
    obj_decref(a);
    obj_decref(b);
    cr_assert_eq(live, 2, "counts alone cannot free a cycle");
    cr_assert_eq(gc_collect(2), 2);
    cr_assert_eq(live, 0);
}

Test(collector, self_reference_is_freed)
{
    Obj *a = node_new(&plain_shape);
    point(a, a);
    obj_decref(a);
    cr_assert_eq(gc_collect(0), 1);
    cr_assert_eq(live, 0);
}

Test(collector, what_is_held_from_outside_stays)
{
    Obj *root = node_new(&plain_shape), *a = node_new(&plain_shape), *b = node_new(&plain_shape);
    point(a, b);
    point(b, a);
    point(root, a);
    obj_decref(a);
    obj_decref(b);
    cr_assert_eq(gc_collect(2), 0);
    cr_assert_eq(live, 3);
    obj_decref(root);
    cr_assert_eq(gc_collect(2), 2);
    cr_assert_eq(live, 0);
}

/* The root comes last in the list, so that everything it reaches is first judged unreachable. */
Test(collector, late_root_rescues_early_objects)
{
    enum { COUNT = 50 };
    Obj *nodes[COUNT];
    for (int i = 0; i < COUNT; i++)
        nodes[i] = node_new(&plain_shape);
    for (int i = 1; i < COUNT; i++)
        point(nodes[i], nodes[i - 1]);
    for (int i = 0; i < COUNT - 1; i++)
        obj_decref(nodes[i]);
    cr_assert_eq(gc_collect(2), 0);
    cr_assert_eq(live, COUNT);
    obj_decref(nodes[COUNT - 1]);
    cr_assert_eq(live, 0);
}

Test(collector, survivors_grow_old)
{
    Obj *a = node_new(&plain_shape);
    cr_assert_eq(gc_generation_of(a), 0);
    gc_collect(0);
    cr_assert_eq(gc_generation_of(a), 1);
    gc_collect(1);
    cr_assert_eq(gc_generation_of(a), 2);
    gc_collect(2);
    cr_assert_eq(gc_generation_of(a), 2);
    obj_decref(a);
}

Test(collector, young_collection_leaves_old_garbage)
{
    Obj *a = node_new(&plain_shape);
    gc_collect(0);
    point(a, a);
    obj_decref(a);
    cr_assert_eq(gc_collect(0), 0);
    cr_assert_eq(live, 1);
    cr_assert_eq(gc_collect(1), 1);
    cr_assert_eq(live, 0);
}

Test(collector, finaliser_runs_once_and_can_resurrect)
{
    Obj *holder = node_new(&plain_shape);
    Obj *a = node_new(&finalized_shape);
    point(a, a);
    obj_decref(a);
    resurrect_into = holder;
    cr_assert_eq(gc_collect(2), 0, "a resurrected object is not garbage");
    cr_assert_eq(finalized, 1);
    cr_assert_eq(live, 2);
    resurrect_into = NULL;
    obj_clear(&((Node *)holder)->left);
    cr_assert_eq(gc_collect(2), 1);
    cr_assert_eq(finalized, 1, "the finaliser ran already");
    cr_assert_eq(live, 1);
    obj_decref(holder);
}

Test(collector, frozen_objects_are_left_alone)
{
    Obj *a = node_new(&plain_shape);
    point(a, a);
    obj_decref(a);
    cr_assert_eq(gc_freeze(), 1);
    cr_assert_eq(gc_collect(2), 0);
    gc_unfreeze();
    cr_assert_eq(gc_collect(2), 1);
}

Test(collector, threshold_raises_pending)
{
#if !OURO_GC_STRESS
    int breaker = 0;
    gc_heap.breaker = &breaker;
    gc_heap.generations[0].threshold = 10;
    Obj *nodes[11];
    for (int i = 0; i < 11; i++)
        nodes[i] = node_new(&plain_shape);
    cr_assert(gc_heap.pending);
    cr_assert_eq(breaker, GC_BREAK);
    gc_collect_pending();
    cr_assert_not(gc_heap.pending);
    cr_assert_eq(gc_generation_of(nodes[0]), 1);
    for (int i = 0; i < 11; i++)
        obj_decref(nodes[i]);
#endif
}

Test(collector, heap_check_finds_an_edge_without_reference)
{
    Obj *a = node_new(&plain_shape), *b = node_new(&plain_shape);
    point(a, b);
    cr_assert_eq(gc_check_heap(), 0);
    b->refcnt = 0;
    cr_redirect_stderr();
    cr_assert_eq(gc_check_heap(), 1);
    b->refcnt = 2;
    cr_assert_eq(gc_generation_of(b), 0, "the check leaves the lists as they were");
    obj_decref(a);
    obj_decref(b);
    cr_assert_eq(live, 0);
}

Test(collector, deep_chain_is_freed_with_little_stack)
{
    Obj *head = node_new(&plain_shape);
    for (int i = 0; i < 1000000; i++) {
        Obj *next = node_new(&plain_shape);
        ((Node *)next)->left = head;
        head = next;
    }
    obj_decref(head);
    cr_assert_eq(live, 0);
}
