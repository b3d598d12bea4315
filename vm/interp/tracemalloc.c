/*
 * Module _tracemalloc: the traceback of every block of memory in use.
 *
 * A census tells of blocks taken and freed, and the traced loop makes sure that the running frames
 * know their lines.  The census is settled at every line and return, so a block that is used again
 * without being noticed is used by the line that had it first.  Blocks of the pools count with the
 * size of their class.  The tables here are taken while the census is hushed and belong to nobody's
 * figures but get_tracemalloc_memory's.  runtime/lib/tracemalloc.py has snapshots and statistics.
 */

#include "vm/interp/tracemalloc.h"

#include <string.h>

#include "gc/census.h"
#include "gc/mem.h"
#include "runtime/core/err.h"
#include "runtime/core/object.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"
#include "vm/interp/code_data.h"
#include "vm/interp/tracing.h"

typedef struct Place {
    Obj *filename; /* str, owned by the stack */
    int32_t line;
} Place;

/* A traceback, the innermost frame first.  Equal ones exist once. */
typedef struct Stack {
    uint64_t hash;
    int32_t count, total; /* frames kept; frames there were */
    Place places[];
} Stack;

/* A block in use. */
typedef struct Trace {
    void *block; /* NULL: free place; &removed: was in use */
    size_t size;
    const Stack *stack;
} Trace;

static struct {
    bool on, paused;
    int limit; /* frames of a traceback */
    Trace *traces;
    size_t room, count, used; /* used: with removed ones */
    Stack **stacks;
    size_t stack_room, stack_count;
    int64_t bytes, peak, own;
} state;

static char removed;

static size_t stack_size(int32_t count)
{
    return sizeof(Stack) + (size_t)count * sizeof(Place);
}

/* ---- stacks */

static Stack **stack_place(const Stack *stack)
{
    size_t mask = state.stack_room - 1, place = (size_t)stack->hash & mask;
    while (state.stacks[place] != NULL) {
        const Stack *other = state.stacks[place];
        if (other == stack ||
            (other->hash == stack->hash && other->count == stack->count &&
             other->total == stack->total &&
             memcmp(other->places, stack->places, (size_t)stack->count * sizeof(Place)) == 0))
            break;
        place = (place + 1) & mask;
    }
    return &state.stacks[place];
}

static bool grow_stacks(void)
{
    size_t old_room = state.stack_room, room = old_room == 0 ? 256 : old_room * 2;
    Stack **old = state.stacks, **table = mem_alloc_zero(room * sizeof(Stack *));
    if (table == NULL)
        return false;
    state.stacks = table;
    state.stack_room = room;
    for (size_t i = 0; i < old_room; i++) {
        if (old[i] != NULL)
            *stack_place(old[i]) = old[i];
    }
    mem_free(old, old_room * sizeof(Stack *));
    state.own += (int64_t)((room - old_room) * sizeof(Stack *));
    return true;
}

/* The line that a frame runs, or 0. */
static int32_t line_of(const CallRecord *record)
{
    CodeObj *code = record_code(record);
    const int32_t *lines = code_data_lines(code);
    if (lines == NULL) {
        err_clear();
        return 0;
    }
    int32_t line = lines[record->ip - code->words];
    return line < 0 ? 0 : line;
}

static void add_place(Stack *stack, ObjRef filename, int32_t line)
{
    Place *place = &stack->places[stack->count++];
    memset(place, 0, sizeof *place);
    *place = (Place){(Obj *)filename, line};
    stack->hash = (stack->hash ^ (uintptr_t)filename) * 0x100000001B3u;
    stack->hash = (stack->hash ^ (uint64_t)line) * 0x100000001B3u;
    stack->hash ^= stack->hash >> 29;
}

/* The traceback of this moment; NULL without memory or frames. */
static const Stack *current_stack(void)
{
    const VmThread *vm = vm_current();
    int64_t total = vm->record - vm->records;
    if (total == 0)
        return NULL;
    int32_t kept = total < state.limit ? (int32_t)total : (int32_t)state.limit;
    Stack *stack = mem_alloc_zero(stack_size(kept));
    if (stack == NULL || (2 * (state.stack_count + 1) > state.stack_room && !grow_stacks())) {
        mem_free(stack, stack_size(kept));
        return NULL;
    }
    stack->hash = 0xCBF29CE484222325u;
    stack->total = total > TRACEMALLOC_MAX_FRAMES ? TRACEMALLOC_MAX_FRAMES : (int32_t)total;
    for (const CallRecord *record = vm->record; stack->count < kept; record--)
        add_place(stack, record_code(record)->filename, line_of(record));
    Stack **place = stack_place(stack);
    if (*place != NULL) {
        mem_free(stack, stack_size(kept));
        return *place;
    }
    for (int32_t i = 0; i < kept; i++)
        obj_incref(stack->places[i].filename);
    state.own += (int64_t)stack_size(kept);
    state.stack_count++;
    return *place = stack;
}

/* ---- traces */

static Trace *trace_place(const void *block)
{
    size_t mask = state.room - 1;
    size_t place = ((uintptr_t)block >> 4) * 0x9E3779B97F4A7C15u >> 20 & mask;
    while (state.traces[place].block != NULL && state.traces[place].block != block)
        place = (place + 1) & mask;
    return &state.traces[place];
}

static bool grow_traces(void)
{
    size_t old_room = state.room, room = 1024;
    while (room < state.count * 4)
        room *= 2;
    Trace *old = state.traces, *table = mem_alloc_zero(room * sizeof(Trace));
    if (table == NULL)
        return false;
    state.traces = table;
    state.room = room;
    state.used = state.count;
    for (size_t i = 0; i < old_room; i++) {
        if (old[i].block != NULL && old[i].block != &removed)
            *trace_place(old[i].block) = old[i];
    }
    mem_free(old, old_room * sizeof(Trace));
    state.own += ((int64_t)room - (int64_t)old_room) * (int64_t)sizeof(Trace);
    return true;
}

static void on_freed(void *block, size_t size)
{
    (void)size;
    Trace *trace = state.room == 0 ? NULL : trace_place(block);
    if (trace == NULL || trace->block == NULL)
        return;
    state.bytes -= (int64_t)trace->size;
    state.count--;
    trace->block = &removed;
}

static void on_taken(void *block, size_t size)
{
    if (state.paused)
        return;
    on_freed(block, 0);
    census_hush();
    const Stack *stack = current_stack();
    if (stack != NULL && (2 * (state.used + 1) <= state.room || grow_traces())) {
        Trace *trace = trace_place(block);
        *trace = (Trace){block, size, stack};
        state.count++;
        state.used++;
        state.bytes += (int64_t)size;
        if (state.bytes > state.peak)
            state.peak = state.bytes;
    }
    census_unhush();
}

static const CensusListener listener = {.taken = on_taken, .freed = on_freed};

static void on_line(CallRecord *record, int32_t line)
{
    (void)record, (void)line;
    census_settle();
}

static void on_call(CallRecord *record)
{
    (void)record;
    census_settle();
}

static TracingObserver observer = {.enter = on_call, .line = on_line, .leave = on_call};

static void forget_traces(void)
{
    census_hush();
    for (size_t i = 0; i < state.stack_room; i++) {
        Stack *stack = state.stacks[i];
        state.stacks[i] = NULL;
        for (int32_t k = 0; stack != NULL && k < stack->count; k++)
            obj_decref(stack->places[k].filename);
        if (stack != NULL)
            mem_free(stack, stack_size(stack->count));
    }
    mem_free(state.stacks, state.stack_room * sizeof(Stack *));
    mem_free(state.traces, state.room * sizeof(Trace));
    state.stacks = NULL;
    state.traces = NULL;
    state.room = state.count = state.used = state.stack_room = state.stack_count = 0;
    state.bytes = state.peak = state.own = 0;
    census_unhush();
}

void tracemalloc_begin(int frames)
{
    if (state.on)
        return;
    state.on = true;
    state.limit = frames;
    census_open();
    census_listen(&listener);
    tracing_observe(&observer);
}

void tracemalloc_finish(void)
{
    if (!state.on)
        return;
    tracing_unobserve(&observer);
    census_listen(NULL);
    census_close();
    state.on = false;
    forget_traces();
}

/* What happens between these is not traced. */
static void pause_tracing(void)
{
    if (state.on)
        census_settle();
    state.paused = true;
}

static void go_on_tracing(void)
{
    if (state.on)
        census_settle();
    state.paused = false;
}

/* ---- functions */

#define FUNCTION(name)                                                                             \
    static Obj *name(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
#define UNUSED (void)self, (void)args, (void)nargs, (void)kwnames

FUNCTION(tracemalloc_start)
{
    UNUSED;
    int64_t frames = 1;
    if (nargs > 0 && obj_to_int64(args[0], &frames) < 0)
        return NULL;
    if (frames < 1 || frames > TRACEMALLOC_MAX_FRAMES)
        return err_format(&exc_value_error, "the number of frames must be in range [1; %d]",
                          TRACEMALLOC_MAX_FRAMES);
    tracemalloc_begin((int)frames);
    return none_new();
}

FUNCTION(tracemalloc_stop)
{
    UNUSED;
    tracemalloc_finish();
    return none_new();
}

FUNCTION(tracemalloc_is_tracing)
{
    UNUSED;
    return bool_new(state.on);
}

FUNCTION(tracemalloc_clear_traces)
{
    UNUSED;
    if (state.on) {
        census_settle();
        forget_traces();
    }
    return none_new();
}

FUNCTION(tracemalloc_get_traceback_limit)
{
    UNUSED;
    return int_new(state.limit == 0 ? 1 : state.limit);
}

FUNCTION(tracemalloc_get_traced_memory)
{
    UNUSED;
    if (state.on)
        census_settle();
    Obj *items[] = {int_new(state.bytes), int_new(state.peak)};
    return tuple_from_steal(items, 2);
}

FUNCTION(tracemalloc_reset_peak)
{
    UNUSED;
    if (state.on)
        census_settle();
    state.peak = state.bytes;
    return none_new();
}

FUNCTION(tracemalloc_get_tracemalloc_memory)
{
    UNUSED;
    return int_new(state.own);
}

/* ((filename, line), …), the innermost frame first. */
static Obj *stack_tuple(const Stack *stack)
{
    Obj *tuple = tuple_new(stack->count);
    for (int32_t i = 0; tuple != NULL && i < stack->count; i++) {
        Obj *pair[] = {obj_incref(stack->places[i].filename), int_new(stack->places[i].line)};
        tuple_cast(tuple)->items[i] = tuple_from_steal(pair, 2);
        if (tuple_cast(tuple)->items[i] == NULL)
            obj_clear(&tuple);
    }
    return tuple;
}

static Obj *trace_tuple(const Trace *trace)
{
    Obj *items[] = {int_new(0), int_new((int64_t)trace->size), stack_tuple(trace->stack),
                    int_new(trace->stack->total)};
    return tuple_from_steal(items, 4);
}

FUNCTION(tracemalloc_get_traces)
{
    UNUSED;
    Obj *list = list_new(0);
    pause_tracing();
    for (size_t i = 0; list != NULL && i < state.room; i++) {
        const Trace *trace = &state.traces[i];
        if (trace->block == NULL || trace->block == &removed)
            continue;
        if (list_append_steal(list, trace_tuple(trace)) < 0)
            obj_clear(&list);
    }
    go_on_tracing();
    return list;
}

FUNCTION(tracemalloc_get_object_traceback)
{
    UNUSED;
    if (!state.on || state.room == 0)
        return none_new();
    census_settle();
    uintptr_t before = gc_has_link(args[0]) || !obj_has_flag(args[0], TYPE_GC)
                           ? (uintptr_t)obj_head(args[0])->presize
                           : 0;
    const Trace *trace = trace_place((const void *)((uintptr_t)args[0] - before));
    if (trace->block == NULL)
        return none_new();
    const Stack *stack = trace->stack;
    pause_tracing();
    Obj *result = stack_tuple(stack);
    go_on_tracing();
    return result;
}

static const MethodDef functions[] = {
    {"_get_object_traceback", tracemalloc_get_object_traceback, 1, 1, 0,
     "_get_object_traceback($module, obj, /)\n--\n\nWhere the memory of an object comes from."},
    {"_get_traces", tracemalloc_get_traces, 0, 0, 0,
     "_get_traces($module, /)\n--\n\nTuples (domain, size, frames, number of frames)."},
    {"clear_traces", tracemalloc_clear_traces, 0, 0, 0,
     "clear_traces($module, /)\n--\n\nForgets all blocks traced so far."},
    {"get_traceback_limit", tracemalloc_get_traceback_limit, 0, 0, 0,
     "get_traceback_limit($module, /)\n--\n\nFrames that a traceback keeps at most."},
    {"get_traced_memory", tracemalloc_get_traced_memory, 0, 0, 0,
     "get_traced_memory($module, /)\n--\n\nTraced bytes in use now, and at most so far."},
    {"get_tracemalloc_memory", tracemalloc_get_tracemalloc_memory, 0, 0, 0,
     "get_tracemalloc_memory($module, /)\n--\n\nBytes that tracing itself takes."},
    {"is_tracing", tracemalloc_is_tracing, 0, 0, 0,
     "is_tracing($module, /)\n--\n\nTrue while allocations are traced."},
    {"reset_peak", tracemalloc_reset_peak, 0, 0, 0,
     "reset_peak($module, /)\n--\n\nMakes the present size the largest so far."},
    {"start", tracemalloc_start, 0, 1, 0,
     "start($module, nframe=1, /)\n--\n\nBegins to trace allocations."},
    {"stop", tracemalloc_stop, 0, 0, 0,
     "stop($module, /)\n--\n\nEnds tracing and forgets all traces."},
    {0},
};

const ModuleDef tracemalloc_module = {
    .name = "_tracemalloc",
    .doc = "Tracebacks of memory in use.",
    .functions = functions,
};
