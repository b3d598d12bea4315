/*
 * Module _ouro: plain answers about the interpreter.
 *
 * The functions that programs call are in runtime/lib/ouro, whose classes print these answers; its
 * frames are on top of the stack when one of these runs, and count as nobody's (stack_edges.c).
 */

#include "vm/inspect/ouro_module.h"

#include "gc/collector.h"
#include "gc/mem.h"
#include "gc/pool.h"
#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/object.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/str.h"
#include "vm/inspect/facts.h"
#include "vm/inspect/graph.h"
#include "vm/inspect/holders.h"
#include "vm/inspect/life.h"
#include "vm/inspect/report.h"
#include "vm/inspect/steps.h"

#define UNUSED (void)self, (void)args, (void)nargs, (void)kwnames
#define FUNCTION(name)                                                                             \
    static Obj *name(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)

/* A bound: None is no bound. */
static int bound_of(ObjRef arg, int64_t *out)
{
    *out = INT64_MAX;
    if (is_none(arg))
        return 0;
    if (obj_to_int64(arg, out) < 0)
        return -1;
    if (*out < 0)
        return err_format_int(&exc_value_error, "a bound cannot be negative");
    return 0;
}

FUNCTION(module_holders)
{
    UNUSED;
    int64_t limit;
    return bound_of(args[1], &limit) < 0 ? NULL : holders_report(args[0], limit);
}

FUNCTION(module_alive)
{
    UNUSED;
    return alive_report(args[0]);
}

FUNCTION(module_audit)
{
    UNUSED;
    return holders_audit();
}

FUNCTION(module_facts)
{
    UNUSED;
    return facts_report(args[0]);
}

FUNCTION(module_generation)
{
    UNUSED;
    return steps_generation(args[0]);
}

FUNCTION(module_steps)
{
    UNUSED;
    int64_t generation, limit;
    if (obj_to_int64(args[0], &generation) < 0 || bound_of(args[1], &limit) < 0)
        return NULL;
    if (generation < 0 || generation >= GC_GENERATIONS)
        return err_string(&exc_value_error, "invalid generation");
    return steps_report((int)generation, limit);
}

FUNCTION(module_graph)
{
    UNUSED;
    int64_t depth, limit;
    if (bound_of(args[1], &depth) < 0 || bound_of(args[2], &limit) < 0)
        return NULL;
    if (depth > INT32_MAX)
        depth = INT32_MAX;
    return graph_report(nargs > 3 ? NULL : args[0], depth, limit);
}

FUNCTION(module_life)
{
    UNUSED;
    return life_report(args[0]);
}

/* ---- pools */

static int add_pool(const PoolInfo *info, void *context)
{
    if (info->block_size == 0)
        return 0;
    ObjRef list = context;
    Obj *row = dict_new();
    if (row == NULL || report_set_int(row, "arena", info->arena) < 0 ||
        report_set_int(row, "pool", info->pool) < 0 ||
        report_set_int(row, "block_size", info->block_size) < 0 ||
        report_set_int(row, "blocks", info->blocks) < 0 ||
        report_set_int(row, "used", info->blocks - info->free_blocks) < 0) {
        obj_xdecref(row);
        return -1;
    }
    return list_append_steal(list, row);
}

static int add_class(ObjRef list, const PoolStats *stats)
{
    Obj *row = dict_new();
    if (row == NULL || report_set_int(row, "block_size", stats->block_size) < 0 ||
        report_set_int(row, "pools", stats->pools) < 0 ||
        report_set_int(row, "blocks", stats->blocks) < 0 ||
        report_set_int(row, "used", stats->blocks - stats->free_blocks) < 0) {
        obj_xdecref(row);
        return -1;
    }
    return list_append_steal(list, row);
}

FUNCTION(module_pools)
{
    UNUSED;
    /* Looked at before the report takes blocks of its own. */
    PoolStats stats[POOL_CLASSES];
    MemStats memory;
    int64_t arenas, arena_size, pool_size;
    pool_stats(stats, &arenas);
    mem_stats(&memory);
    pool_sizes(&arena_size, &pool_size);
    int64_t used = 0;
    for (int64_t i = 1; i < POOL_CLASSES; i++)
        used += (stats[i].blocks - stats[i].free_blocks) * stats[i].block_size;
    Obj *report = dict_new(), *classes = list_new(0), *pools = list_new(0);
    int failed = report == NULL || classes == NULL || pools == NULL;
    for (int64_t i = 1; !failed && i < POOL_CLASSES; i++)
        failed = stats[i].pools > 0 && add_class(classes, &stats[i]) < 0;
    if (failed || pool_each(add_pool, pools) < 0 || report_set_int(report, "arenas", arenas) < 0 ||
        report_set_int(report, "arena_size", arena_size) < 0 ||
        report_set_int(report, "pool_size", pool_size) < 0 ||
        report_set_int(report, "largest_block", POOL_MAX) < 0 ||
        report_set_bool(report, "pooled", OURO_POOLS != 0) < 0 ||
        report_set_int(report, "used", used) < 0 ||
        report_set_int(report, "large", (int64_t)memory.bytes_in_use - used) < 0 ||
        dict_set_ascii(report, "classes", classes) < 0 ||
        dict_set_ascii(report, "pools", pools) < 0)
        obj_clear(&report);
    obj_xdecref(classes);
    obj_xdecref(pools);
    return report;
}

static const MethodDef functions[] = {
    {"holders", module_holders, 2, 2, 0, "holders(x, limit)\n--\n\n(slots that hold x, count)."},
    {"alive", module_alive, 1, 1, 0, "alive(x)\n--\n\nThe path from a root to x."},
    {"audit", module_audit, 0, 0, 0,
     "audit()\n--\n\n(number of objects whose slots do not add up to their counts, texts)."},
    {"facts", module_facts, 1, 1, 0, "facts(x)\n--\n\nWhat is known of x by itself."},
    {"generation", module_generation, 1, 1, 0, "generation(x)\n--\n\nWhere the collector has x."},
    {"steps", module_steps, 2, 2, 0,
     "steps(generation, limit)\n--\n\nA collection, and what it did."},
    {"graph", module_graph, 3, 4, 0,
     "graph(root, depth, limit, all=...)\n--\n\nObjects and references; a fourth argument: from "
     "all "
     "variables instead of root."},
    {"life", module_life, 1, 1, 0, "life(x)\n--\n\nWhat -X track saw of x, or None."},
    {"pools", module_pools, 0, 0, 0, "pools()\n--\n\nArenas, pools and blocks."},
    {0},
};

const ModuleDef ouro_module = {
    .name = "_ouro",
    .doc = "What the interpreter knows of objects and memory.",
    .functions = functions,
};
