/*
 * Labelled edges: for every object of a running interpreter they are what its traverse reports.
 */

#include <criterion/criterion.h>
#include <string.h>

#include "gc/collector.h"
#include "runtime/core/object.h"
#include "runtime/types/dict.h"
#include "runtime/types/list.h"
#include "runtime/types/str.h"
#include "tests/unit/vm_interp.h"
#include "vm/inspect/census.h"
#include "vm/inspect/stack_depth.h"

TestSuite(vm_inspect_edges, .init = vm_start, .fini = vm_stop);

/* Sum over children of something that tells them apart: the order need not be the same. */
typedef struct Sum {
    int64_t count;
    uintptr_t total, mixed;
} Sum;

static void add(Sum *sum, ObjRef child)
{
    uintptr_t address = (uintptr_t)child;
    sum->count++;
    sum->total += address;
    sum->mixed += address * address >> 7;
}

static int sum_child(ObjRef child, void *context)
{
    add(context, child);
    return 0;
}

static int sum_edge(ObjRef child, const Edge *edge, void *context)
{
    (void)edge;
    add(context, child);
    return 0;
}

Test(vm_inspect_edges, edges_of_every_object_are_its_children)
{
    vm_exec_ok(
        "import collections, functools, itertools, enum, re, types\n"
        "def f(a, *, b=1):\n"
        "    def g(): return a\n"
        "    yield g\n"
        "class C:\n"
        "    __slots__ = 'x', '__dict__'\n"
        "c = C(); c.x = c; c.y = 1; vars(c)\n"
        "kept = [f([1]), collections.OrderedDict(a=1), collections.deque([c]),\n"
        "        functools.partial(f, 1, b=2), itertools.count(), types.SimpleNamespace(a=1),\n"
        "        {c: {c}}, re.compile('a'), slice(c), range(10**30), f.__code__, ValueError(c)]\n"
        "next(kept[0])\n");
    Census census;
    cr_assert_eq(census_begin(&census), 0);
    cr_assert_gt(census.count, 1000);
    for (int64_t i = 0; i < census.count; i++) {
        ObjRef o = census.entries[i].object;
        Sum children = {0}, edges = {0};
        if (obj_head(o)->traverse != NULL)
            obj_head(o)->traverse(o, sum_child, &children);
        edges_walk(o, sum_edge, &edges);
        cr_assert_eq(children.count, edges.count, "%s: %lld children, %lld edges",
                     obj_type(o)->head.name, (long long)children.count, (long long)edges.count);
        cr_assert_eq(children.total, edges.total, "%s", obj_type(o)->head.name);
        cr_assert_eq(children.mixed, edges.mixed, "%s", obj_type(o)->head.name);
    }
    census_end(&census);
}

typedef struct Seen {
    ObjRef target;
    EdgeKind kind;
    int64_t index;
    int count;
} Seen;

static int see(ObjRef child, const Edge *edge, void *context)
{
    Seen *seen = context;
    if (child == seen->target) {
        seen->kind = edge->kind;
        seen->index = edge->index;
        seen->count++;
    }
    return 0;
}

Test(vm_inspect_edges, items_have_their_index_and_values_their_key)
{
    Obj *list = list_new(0), *item = list_new(0), *dict = dict_new();
    cr_assert(list_append(list, dict) == 0 && list_append(list, item) == 0);
    cr_assert_eq(dict_set_ascii(dict, "key", item), 0);
    Seen seen = {.target = item};
    edges_walk(list, see, &seen);
    cr_assert(seen.count == 1 && seen.kind == EDGE_ITEM && seen.index == 1);
    seen = (Seen){.target = item};
    edges_walk(dict, see, &seen);
    cr_assert(seen.count == 1 && seen.kind == EDGE_VALUE);
    obj_decref(list);
    obj_decref(item);
    obj_decref(dict);
}

Test(vm_inspect_edges, depth_of_the_stack_agrees_with_the_code)
{
    vm_exec_ok("import functools\n");
    Census census;
    cr_assert_eq(census_begin(&census), 0);
    int64_t reached = 0;
    for (int64_t i = 0; i < census.count; i++) {
        ObjRef o = census.entries[i].object;
        if (!code_check(o) || reached > 20000)
            continue;
        const CodeObj *code = code_cast(o);
        int op;
        int32_t arg, at;
        for (int32_t k = 0; k < code->word_count;) {
            int32_t depth = stack_depth_at(code, k);
            k = code_decode(code, k, &op, &arg, &at);
            if (depth < 0)
                continue;
            reached++;
            cr_assert_geq(depth, opcode_pops(op, arg), "%s", opcode_info[op].name);
            cr_assert_leq(depth, code->stacksize);
        }
    }
    cr_assert_gt(reached, 1000);
    census_end(&census);
}
