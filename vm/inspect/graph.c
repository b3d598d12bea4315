/*
 * The heap as a graph, for pictures.
 *
 * Objects are found breadth first.  What every program has and what says little in a picture is not
 * entered: classes, functions, modules and code are leaves, an instance's class is told by its type
 * name, and the names of attributes and variables are no nodes.  A dict that holds the attributes
 * of one instance is drawn as that instance's.
 */

#include "vm/inspect/graph.h"

#include "gc/collector.h"
#include "gc/mem.h"
#include "runtime/core/err.h"
#include "runtime/core/instance.h"
#include "runtime/core/names.h"
#include "runtime/core/object.h"
#include "runtime/core/state.h"
#include "runtime/types/builtin_function.h"
#include "runtime/types/dict.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/module.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"
#include "runtime/types/weakref.h"
#include "vm/inspect/holders.h"
#include "vm/inspect/naming.h"
#include "vm/inspect/report.h"
#include "vm/interp/cell.h"
#include "vm/interp/generator.h"
#include "vm/interp/traceback.h"

typedef struct Node {
    int32_t at; /* in the census */
    int32_t depth;
    int64_t inside; /* references from nodes and roots of the graph */
    int64_t more;   /* references that it has to objects outside of the graph */
} Node;

typedef struct Graph {
    const Census *census;
    Node *nodes;
    int32_t *node_of; /* by position in the census: position in nodes + 1; 0: none */
    int64_t count, limit, depth, cut;
    int64_t from;       /* node whose edges are walked; -1: a root */
    Obj *edges, *roots; /* lists */
    ObjRef variables;   /* list of the root being filled, or NULL */
    bool failed;
} Graph;

/* ---- what is drawn */

static bool is_leaf(ObjRef o)
{
    return obj_has_flag(o, TYPE_TYPE) || function_check(o) || code_check(o) ||
           type_check(o, &module_type) || builtin_function_check(o);
}

static bool is_plain_atom(ObjRef o)
{
    return is_none(o) || int_check_exact(o) || bool_check(o) || str_check_exact(o) ||
           obj_type(o) == &float_type || obj_has_flag(o, TYPE_BYTES) || o == &ellipsis_object ||
           o == &not_implemented_object;
}

/* The dict of an instance's attributes, which nobody else holds. */
static bool is_folded(const Graph *graph, ObjRef child, const Edge *edge)
{
    (void)graph;
    return edge->kind == EDGE_FIELD && dict_check_exact(child) && child->refcnt == 1 &&
           edge->owner != NULL && instance_has_dict(edge->owner) && edge->text != NULL &&
           edge->text[0] == '_' && obj_has_flag(edge->owner, TYPE_HEAP);
}

/* Position of the child's node, made when there is room; -1: not drawn. */
static int64_t node_for(Graph *graph, ObjRef child)
{
    int64_t at = census_find(graph->census, child);
    if (at < 0 || (!is_plain_atom(child) && holders_is_own(graph->census, child)))
        return -1;
    if (graph->node_of[at] != 0)
        return graph->node_of[at] - 1;
    int64_t depth = graph->from < 0 ? 0 : graph->nodes[graph->from].depth + 1;
    if (depth > graph->depth || graph->count >= graph->limit) {
        graph->cut++;
        return -1;
    }
    graph->nodes[graph->count] = (Node){.at = (int32_t)at, .depth = (int32_t)depth};
    graph->node_of[at] = (int32_t)(graph->count + 1);
    return graph->count++;
}

static int add_edge(Graph *graph, int64_t to, Obj *slot, const char *kind)
{
    Obj *row = dict_new();
    int result = -1;
    if (row == NULL)
        obj_xdecref(slot);
    else if (report_set_steal(row, "slot", slot) == 0 &&
             report_set_int(row, "from", graph->from) == 0 && report_set_int(row, "to", to) == 0 &&
             report_set_text(row, "kind", kind) == 0)
        result = list_append(graph->edges, row);
    obj_xdecref(row);
    graph->failed = graph->failed || result < 0;
    return result;
}

static int visit_edge(ObjRef child, const Edge *edge, void *context)
{
    Graph *graph = context;
    if (is_folded(graph, child, edge)) {
        int64_t position = 0;
        ObjRef key, value;
        while (dict_next(child, &position, &key, &value)) {
            const Edge inner = {.kind = EDGE_ATTRIBUTE, .owner = edge->owner, .name = key};
            if (str_check_exact(key) && visit_edge(value, &inner, context) != 0)
                return -1;
        }
        return 0;
    }
    /* A key that is an atom stands in the words of its value. */
    if (edge->kind == EDGE_TYPE || (edge->kind == EDGE_KEY && is_plain_atom(child)) ||
        (edge->kind == EDGE_FIELD && edge->text == NULL))
        return 0;
    int64_t to = node_for(graph, child);
    if (to < 0) {
        graph->nodes[graph->from].more++;
        return 0;
    }
    graph->nodes[to].inside++;
    return add_edge(graph, to, naming_slot(graph->census, edge), naming_kind(graph->census, edge));
}

static int add_weak_edges(Graph *graph, ObjRef o)
{
    if (!type_check(o, &weakref_type) && obj_type(o) != &weakproxy_type &&
        obj_type(o) != &weakcallableproxy_type)
        return 0;
    Obj *referent = weakref_get(o);
    int64_t to = referent == NULL ? -1 : node_for(graph, referent);
    obj_xdecref(referent);
    return to < 0 ? 0 : add_edge(graph, to, str_from_ascii("weak"), "weak");
}

/* ---- roots */

static int add_variable(Graph *graph, ObjRef name, ObjRef value)
{
    int64_t to = node_for(graph, value);
    if (to < 0)
        return 0;
    graph->nodes[to].inside++;
    Obj *row = dict_new();
    int result = -1;
    if (row != NULL && report_set_steal(row, "name", obj_incref(name)) == 0 &&
        report_set_int(row, "to", to) == 0)
        result = list_append(graph->variables, row);
    obj_xdecref(row);
    graph->failed = graph->failed || result < 0;
    return result;
}

/* Starts a root of that name (taken over); its variables go to graph->variables. */
static int add_root(Graph *graph, Obj *name)
{
    Obj *row = dict_new(), *variables = list_new(0);
    int result = -1;
    graph->from = -1;
    if (row == NULL || variables == NULL)
        obj_xdecref(name);
    else if (report_set_steal(row, "name", name) == 0 &&
             dict_set_ascii(row, "variables", variables) == 0)
        result = list_append(graph->roots, row);
    graph->variables = variables; /* alive through its row */
    obj_xdecref(variables);
    obj_xdecref(row);
    graph->failed = graph->failed || result < 0;
    return result;
}

/* A variable that a program made and not the import system. */
static bool is_interesting(ObjRef key, ObjRef value)
{
    if (!str_check_exact(key) || type_check(value, &module_type))
        return false;
    bool dunder = str_length(key) > 1 && str_char_at(key, 0) == '_' && str_char_at(key, 1) == '_';
    return !dunder;
}

static int add_namespace(Graph *graph, Obj *name, ObjRef dict)
{
    int64_t position = 0;
    ObjRef key, value;
    int result = add_root(graph, name);
    while (result == 0 && dict_next(dict, &position, &key, &value)) {
        if (is_interesting(key, value))
            result = add_variable(graph, key, value);
    }
    return result;
}

/* The variables of running functions, the outermost first. */
static int add_frames(Graph *graph)
{
    const CallRecord *last = frames_user_record();
    const VmThread *vm = vm_current();
    int result = 0;
    for (const CallRecord *record = last == NULL ? NULL : vm->records + 1;
         result == 0 && record != NULL && record <= last; record++) {
        const CodeObj *code = record_code(record);
        if ((code->flags & CODE_OPTIMIZED) == 0)
            continue;
        result = add_root(graph, str_format_c("%U()", code->qualname));
        for (int64_t i = 0; result == 0 && i < code->nlocalsplus; i++) {
            ObjRef value = record->fp[i];
            if (value != NULL && cell_check(value) &&
                (code->slot_kinds[i] & (SLOT_CELL | SLOT_FREE)))
                value = cell_cast(value)->value;
            if (value != NULL)
                result = add_variable(graph, frame_slot_name(code, i), value);
        }
    }
    return result;
}

static int add_main(Graph *graph)
{
    ObjRef module = runtime.modules == NULL ? NULL : dict_peek(runtime.modules, names.dunder_main);
    if (module == NULL || !type_check(module, &module_type))
        return 0;
    return add_namespace(graph, str_from_ascii("__main__"), module_dict(module));
}

static int add_roots(Graph *graph, ObjRef root)
{
    if (root == NULL)
        return add_main(graph) < 0 ? -1 : add_frames(graph);
    if (type_check(root, &module_type))
        return add_namespace(graph, naming_object(NULL, root), module_dict(root));
    if (add_root(graph, str_from_ascii("root")) < 0)
        return -1;
    Obj *name = str_from_ascii("root");
    int result = name == NULL ? -1 : add_variable(graph, name, root);
    /* the caller's reference, not the graph's, is what holds it */
    if (result == 0 && graph->count > 0)
        graph->nodes[0].inside--;
    obj_xdecref(name);
    return result;
}

/* ---- the report */

/* Bytes of the object by its builtin base's __sizeof__: no method of the program is called. */
static int64_t plain_size(ObjRef o)
{
    Type *base = obj_type(o);
    while (base->head.flags & TYPE_HEAP)
        base = base->base;
    ObjRef method = type_lookup(base, names.dunder_sizeof);
    Obj *size = method == NULL ? NULL : obj_call1(method, o);
    int64_t bytes = 0;
    if (size == NULL || !int_check(size) || int_to_int64(size, &bytes) != 0) {
        err_clear();
        bytes = base->basic_size;
    }
    obj_xdecref(size);
    return bytes + instance_overhead(o);
}

static Obj *node_row(const Graph *graph, const Node *node, int64_t own)
{
    ObjRef o = graph->census->entries[node->at].object;
    int generation = gc_generation_of(o);
    int64_t count = o->refcnt - own;
    Obj *row = dict_new();
    if (row == NULL || report_set_id(row, "id", o) < 0 ||
        report_set_text(row, "type", type_name(obj_type(o))) < 0 ||
        report_set_steal(row, "text", naming_object(NULL, o)) < 0 ||
        report_set_bool(row, "atom", is_plain_atom(o)) < 0 ||
        report_set_bool(row, "leaf", is_leaf(o)) < 0 || report_set_int(row, "count", count) < 0 ||
        report_set_steal(row, "generation", generation < 0 ? none_new() : int_new(generation)) <
            0 ||
        report_set_int(row, "size", plain_size(o)) < 0 ||
        report_set_int(row, "outside", count > node->inside ? count - node->inside : 0) < 0 ||
        report_set_int(row, "more", node->more) < 0)
        obj_clear(&row);
    return row;
}

static Obj *make_report(const Graph *graph, const int64_t *own)
{
    Obj *nodes = list_new(0), *report = dict_new();
    for (int64_t i = 0; nodes != NULL && i < graph->count; i++) {
        Obj *row = node_row(graph, &graph->nodes[i], own[i]);
        if (row == NULL || list_append_steal(nodes, row) < 0)
            obj_clear(&nodes);
    }
    if (nodes == NULL || report == NULL || dict_set_ascii(report, "nodes", nodes) < 0 ||
        dict_set_ascii(report, "edges", graph->edges) < 0 ||
        dict_set_ascii(report, "roots", graph->roots) < 0 ||
        report_set_int(report, "cut", graph->cut) < 0)
        obj_clear(&report);
    obj_xdecref(nodes);
    return report;
}

Obj *graph_report(ObjRef root, int64_t depth, int64_t limit)
{
    Census census;
    Graph graph = {.census = &census, .depth = depth, .limit = limit};
    Obj *report = NULL;
    int64_t *own = NULL;
    size_t node_bytes = 0, index_bytes = 0, own_bytes = 0;
    if (census_begin(&census) < 0)
        goto done;
    graph.limit = limit < census.count ? limit : census.count;
    node_bytes = (size_t)graph.limit * sizeof(Node);
    index_bytes = (size_t)census.count * sizeof(int32_t);
    own_bytes = (size_t)graph.limit * sizeof(int64_t);
    graph.nodes = mem_alloc(node_bytes);
    graph.node_of = mem_alloc_zero(index_bytes);
    own = mem_alloc_zero(own_bytes);
    graph.edges = list_new(0);
    graph.roots = list_new(0);
    if (graph.nodes == NULL || graph.node_of == NULL || own == NULL) {
        err_no_memory();
        goto done;
    }
    if (graph.edges == NULL || graph.roots == NULL || add_roots(&graph, root) < 0)
        goto done;
    for (graph.from = 0; !graph.failed && graph.from < graph.count; graph.from++) {
        ObjRef o = census.entries[graph.nodes[graph.from].at].object;
        if (!is_leaf(o) && edges_walk(o, visit_edge, &graph) == 0)
            add_weak_edges(&graph, o);
    }
    if (graph.failed)
        goto done;
    for (int64_t i = 0; i < graph.count; i++)
        own[i] = holders_own_count(census.entries[graph.nodes[i].at].object);
    report = make_report(&graph, own);
done:
    mem_free(graph.nodes, node_bytes);
    mem_free(graph.node_of, index_bytes);
    mem_free(own, own_bytes);
    census_end(&census);
    obj_xdecref(graph.edges);
    obj_xdecref(graph.roots);
    return report;
}
