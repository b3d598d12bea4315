/*
 * Deallocation with bounded C stack.
 *
 * Releasing a container may release what it holds, and so on as deep as the data is.  After
 * DEALLOC_DEPTH nested deallocations further containers are put on a list, linked through their
 * GcLink, and are deallocated when the outermost one is done.  Types without GcLink hold no
 * containers and are always deallocated at once.
 */

#include "gc/object.h"

#include "gc/collector.h"

enum { DEALLOC_DEPTH = 48 };

static int depth;       /* nested deallocations of containers */
static GcLink *delayed; /* containers with count 0 that wait, linked by next */

static void dealloc_delayed(void)
{
    while (delayed != NULL) {
        GcLink *link = delayed;
        delayed = link->next;
        link->next = NULL;
        Obj *o = (Obj *)(link + 1);
        obj_head(o)->dealloc(o);
    }
}

void (*obj_dying_hook)(ObjRef o);

void obj_dealloc(Obj *o)
{
    TypeHead *type = obj_head(o);
    /* Types with a finaliser call the hook themselves when that has run: it may revive. */
    if (__builtin_expect(obj_dying_hook != NULL, 0) && (type->flags & TYPE_FINALIZE) == 0)
        obj_dying_hook(o);
    if ((type->flags & TYPE_GC) == 0) {
        type->dealloc(o);
        return;
    }
    if (depth >= DEALLOC_DEPTH) {
        gc_untrack(o);
        gc_link(o)->next = delayed;
        delayed = gc_link(o);
        return;
    }
    depth++;
    type->dealloc(o);
    if (delayed != NULL && depth == 1)
        dealloc_delayed();
    depth--;
}

int obj_dealloc_suspend(void)
{
    int suspended = depth;
    depth = 0;
    return suspended;
}

void obj_dealloc_resume(int suspended)
{
    depth = suspended;
}
