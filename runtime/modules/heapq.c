/*
 * Module _heapq: priority queues kept in lists.
 *
 * heap[k] <= heap[2k + 1] and heap[k] <= heap[2k + 2] for all k; for the functions on max-heaps the
 * other way round.  Comparing runs user code that may change the list: after each comparison its
 * length is looked at again, and a change raises RuntimeError.
 */

#include "runtime/core/err.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/module.h"

/* Whether a goes before b: a < b, or b < a in a max-heap.  1, 0, -1. */
static int before(ObjRef a, ObjRef b, bool max)
{
    if (max) {
        ObjRef swapped = a;
        a = b;
        b = swapped;
    }
    if (int_is_small(a) && int_is_small(b))
        return int_small_value(a) < int_small_value(b);
    if (float_check_exact(a) && float_check_exact(b))
        return float_value(a) < float_value(b);
    return obj_compare_bool(a, b, CMP_LT);
}

/* As before for two places of a list; notices when its length changes. */
static int places_before(const ListObj *heap, int64_t i, int64_t k, bool max)
{
    int64_t length = heap->length;
    Obj *a = obj_incref(heap->items[i]), *b = obj_incref(heap->items[k]);
    int answer = before(a, b, max);
    obj_decref(a);
    obj_decref(b);
    if (answer >= 0 && heap->length != length)
        return err_format_int(&exc_runtime_error, "list changed size during iteration");
    return answer;
}

static void swap(const ListObj *heap, int64_t i, int64_t k)
{
    Obj *item = heap->items[i];
    heap->items[i] = heap->items[k];
    heap->items[k] = item;
}

/* Moves the item at `at` towards the root, but not past `top`. */
static int sift_down(const ListObj *heap, int64_t top, int64_t at, bool max)
{
    if (at >= heap->length)
        return err_format_int(&exc_index_error, "index out of range");
    while (at > top) {
        int64_t parent = (at - 1) >> 1;
        int lower = places_before(heap, at, parent, max);
        if (lower <= 0)
            return lower;
        swap(heap, at, parent);
        at = parent;
    }
    return 0;
}

/* Moves the item at `at` to a leaf along the smaller children, then back up to its place: fewer
 * comparisons than stopping on the way (Knuth, volume 3, exercise 5.2.3-18). */
static int sift_up(const ListObj *heap, int64_t at, bool max)
{
    int64_t top = at, end = heap->length;
    if (at >= end)
        return err_format_int(&exc_index_error, "index out of range");
    while (at < end >> 1) {
        int64_t child = 2 * at + 1;
        if (child + 1 < end) {
            int left = places_before(heap, child, child + 1, max);
            if (left < 0)
                return -1;
            child += !left;
        }
        swap(heap, at, child);
        at = child;
    }
    return sift_down(heap, top, at, max);
}

/* `argument` names it in the message: "heappush() argument 1". */
static int check_list(ObjRef heap, const char *argument)
{
    if (list_check(heap))
        return 0;
    return err_format_int(&exc_type_error, "%s must be list, not %T", argument, heap);
}

static Obj *heap_push(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)nargs, (void)kwnames;
    if (check_list(args[0], "heappush() argument 1") < 0 || list_append(args[0], args[1]) < 0)
        return NULL;
    const ListObj *heap = list_cast(args[0]);
    return sift_down(heap, 0, heap->length - 1, false) < 0 ? NULL : none_new();
}

static Obj *pop(ObjRef o, bool max)
{
    if (check_list(o, max ? "_heappop_max() argument" : "heappop() argument") < 0)
        return NULL;
    ListObj *heap = list_cast(o);
    if (heap->length == 0)
        return err_string(&exc_index_error, "index out of range");
    Obj *last = obj_incref(heap->items[heap->length - 1]);
    if (list_set_slice(o, heap->length - 1, heap->length, NULL) < 0) {
        obj_decref(last);
        return NULL;
    }
    if (heap->length == 0)
        return last;
    Obj *first = heap->items[0];
    heap->items[0] = last;
    if (sift_up(heap, 0, max) < 0)
        obj_clear(&first);
    return first;
}

static Obj *replace(ObjRef o, ObjRef item, bool max)
{
    if (check_list(o, max ? "_heapreplace_max() argument 1" : "heapreplace() argument 1") < 0)
        return NULL;
    ListObj *heap = list_cast(o);
    if (heap->length == 0)
        return err_string(&exc_index_error, "index out of range");
    Obj *first = heap->items[0];
    heap->items[0] = obj_incref(item);
    if (sift_up(heap, 0, max) < 0)
        obj_clear(&first);
    return first;
}

static Obj *heapify(ObjRef o, bool max)
{
    if (check_list(o, max ? "_heapify_max() argument" : "heapify() argument") < 0)
        return NULL;
    const ListObj *heap = list_cast(o);
    for (int64_t i = heap->length / 2; --i >= 0;) {
        if (sift_up(heap, i, max) < 0)
            return NULL;
    }
    return none_new();
}

static Obj *heap_pushpop(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)nargs, (void)kwnames;
    if (check_list(args[0], "heappushpop() argument 1") < 0)
        return NULL;
    const ListObj *heap = list_cast(args[0]);
    if (heap->length == 0)
        return obj_incref(args[1]);
    Obj *top = obj_incref(heap->items[0]);
    int smaller = before(top, args[1], false);
    obj_decref(top);
    if (smaller < 0)
        return NULL;
    if (smaller == 0)
        return obj_incref(args[1]);
    return replace(args[0], args[1], false);
}

static Obj *heap_pop(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)nargs, (void)kwnames;
    return pop(args[0], false);
}

static Obj *heap_replace(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)nargs, (void)kwnames;
    return replace(args[0], args[1], false);
}

static Obj *heap_heapify(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)nargs, (void)kwnames;
    return heapify(args[0], false);
}

static Obj *max_pop(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)nargs, (void)kwnames;
    return pop(args[0], true);
}

static Obj *max_replace(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)nargs, (void)kwnames;
    return replace(args[0], args[1], true);
}

static Obj *max_heapify(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)nargs, (void)kwnames;
    return heapify(args[0], true);
}

static const MethodDef functions[] = {
    {"heappush", heap_push, 2, 2, 0,
     "heappush($module, heap, item, /)\n--\n\nAdds item to the heap."},
    {"heappushpop", heap_pushpop, 2, 2, 0,
     "heappushpop($module, heap, item, /)\n--\n\nAdds item, then removes the smallest one."},
    {"heappop", heap_pop, 1, 1, 0,
     "heappop($module, heap, /)\n--\n\nRemoves the smallest item and gives it."},
    {"heapreplace", heap_replace, 2, 2, 0,
     "heapreplace($module, heap, item, /)\n--\n\nRemoves the smallest item, then adds item."},
    {"heapify", heap_heapify, 1, 1, 0,
     "heapify($module, heap, /)\n--\n\nMakes a list a heap, in linear time."},
    {"_heappop_max", max_pop, 1, 1, 0, "heappop for a heap with its largest item first."},
    {"_heapreplace_max", max_replace, 2, 2, 0,
     "heapreplace for a heap with its largest item first."},
    {"_heapify_max", max_heapify, 1, 1, 0, "heapify for a heap with its largest item first."},
    {0},
};

extern const ModuleDef heapq_module;
const ModuleDef heapq_module = {"_heapq", "Priority queues kept in lists.", functions, NULL};
