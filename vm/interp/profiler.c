/*
 * Module _profiler: what time and memory the lines and functions of a program take.
 *
 * An observer of the traced loop keeps a stack of active frames.  A line lasts from the event that
 * begins it to the next event of the same frame, so what it calls belongs to its total, and is
 * taken off for its own share.  Memory is what the census counts: bytes in use, the profiler's own
 * excluded.  The clock is read again at the end of each event, so that the profiler's time counts
 * for nobody.  Reports are made by runtime/lib/_profile_report.py and memory_profiler.py.
 */

#include "vm/interp/profiler.h"

#include <time.h>

#include "gc/census.h"
#include "gc/mem.h"
#include "runtime/core/err.h"
#include "runtime/core/object.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/tuple.h"
#include "vm/interp/tracing.h"

/* Times in nanoseconds, memory in bytes. */
typedef struct LineStats {
    int64_t hits, own, total;
    int64_t grown; /* bytes in use after the line less those before, summed */
    int64_t most;  /* bytes in use after the line, at most */
} LineStats;

typedef struct FunctionStats {
    CodeObj *code; /* owned */
    bool wanted;
    int32_t depth; /* frames of it on the stack */
    int64_t calls, own, total, grown;
    int64_t entry;    /* bytes in use when it was first called */
    LineStats *lines; /* by line less code->firstlineno */
    int32_t line_room;
} FunctionStats;

/* A frame being measured. */
typedef struct ActiveFrame {
    const CallRecord *record;
    FunctionStats *function;
    int32_t line;            /* being run, or 0 */
    int64_t since, children; /* of the frame */
    int64_t line_since, line_children;
    int64_t bytes, line_bytes; /* when it began */
} ActiveFrame;

static struct {
    bool on, selective;        /* selective: only functions that were asked for */
    FunctionStats **functions; /* open addressing by the address of the code */
    int64_t room, count;
    ActiveFrame *stack;
    int64_t depth, stack_room;
    int64_t most; /* bytes in use at any time of the measurement */
} profiler;

/* ---- tables; all memory is taken while the census is hushed */

static int64_t place_of(const CodeObj *code)
{
    int64_t mask = profiler.room - 1;
    int64_t place = (int64_t)((uintptr_t)code >> 4) & mask;
    while (profiler.functions[place] != NULL && profiler.functions[place]->code != code)
        place = (place + 1) & mask;
    return place;
}

static bool grow_table(void)
{
    int64_t old_room = profiler.room, room = old_room == 0 ? 256 : old_room * 2;
    FunctionStats **old = profiler.functions;
    FunctionStats **table = mem_alloc_zero((size_t)room * sizeof(FunctionStats *));
    if (table == NULL)
        return false;
    profiler.functions = table;
    profiler.room = room;
    for (int64_t i = 0; i < old_room; i++) {
        if (old[i] != NULL)
            table[place_of(old[i]->code)] = old[i];
    }
    mem_free(old, (size_t)old_room * sizeof(FunctionStats *));
    return true;
}

/* The record of a code object, made when first asked for; NULL without memory. */
static FunctionStats *stats_of(CodeObj *code)
{
    if (2 * (profiler.count + 1) > profiler.room && !grow_table())
        return NULL;
    int64_t place = place_of(code);
    FunctionStats *function = profiler.functions[place];
    if (function != NULL)
        return function;
    function = mem_alloc_zero(sizeof(FunctionStats));
    if (function == NULL)
        return NULL;
    function->code = code_cast(obj_incref(&code->base));
    function->wanted = !profiler.selective;
    profiler.functions[place] = function;
    profiler.count++;
    return function;
}

static LineStats *line_stats(FunctionStats *function, int32_t line)
{
    int32_t index = line - function->code->firstlineno;
    if (index < 0)
        return NULL;
    if (index >= function->line_room) {
        int32_t room = function->line_room == 0 ? 16 : function->line_room;
        while (room <= index && room < INT32_MAX / 2)
            room *= 2;
        LineStats *grown =
            mem_realloc(function->lines, (size_t)function->line_room * sizeof(LineStats),
                        (size_t)room * sizeof(LineStats));
        if (grown == NULL || index >= room)
            return NULL;
        for (int32_t i = function->line_room; i < room; i++)
            grown[i] = (LineStats){0};
        function->lines = grown;
        function->line_room = room;
    }
    return &function->lines[index];
}

static void forget_all(void)
{
    for (int64_t i = 0; i < profiler.room; i++) {
        FunctionStats *function = profiler.functions[i];
        if (function == NULL)
            continue;
        profiler.functions[i] = NULL;
        mem_free(function->lines, (size_t)function->line_room * sizeof(LineStats));
        Obj *code = &function->code->base;
        mem_free(function, sizeof(FunctionStats));
        obj_decref(code);
    }
    mem_free(profiler.functions, (size_t)profiler.room * sizeof(FunctionStats *));
    mem_free(profiler.stack, (size_t)profiler.stack_room * sizeof(ActiveFrame));
    profiler.functions = NULL;
    profiler.stack = NULL;
    profiler.room = profiler.count = profiler.depth = profiler.stack_room = 0;
}

/* ---- events */

static int64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static ActiveFrame *top_frame(void)
{
    return profiler.depth == 0 ? NULL : &profiler.stack[profiler.depth - 1];
}

static void end_line(ActiveFrame *frame, int64_t time, int64_t bytes)
{
    LineStats *line = frame->line == 0 ? NULL : line_stats(frame->function, frame->line);
    if (line == NULL)
        return;
    int64_t spent = time - frame->line_since;
    line->hits++;
    line->own += spent - frame->line_children;
    if (frame->function->depth == 1)
        line->total += spent;
    line->grown += bytes - frame->line_bytes;
    if (bytes > line->most)
        line->most = bytes;
}

static void pop_frame(int64_t time, int64_t bytes)
{
    ActiveFrame *frame = top_frame();
    end_line(frame, time, bytes);
    FunctionStats *function = frame->function;
    int64_t spent = time - frame->since;
    function->own += spent - frame->children;
    if (function->depth == 1) {
        function->total += spent;
        function->grown += bytes - frame->bytes;
    }
    function->depth--;
    profiler.depth--;
    frame = top_frame();
    if (frame != NULL) {
        frame->children += spent;
        frame->line_children += spent;
    }
}

static ActiveFrame *push_frame(const CallRecord *record, int64_t time, int64_t bytes)
{
    FunctionStats *function = stats_of(record_code(record));
    if (function == NULL || !function->wanted)
        return NULL;
    if (profiler.depth == profiler.stack_room) {
        int64_t room = profiler.stack_room == 0 ? 64 : profiler.stack_room * 2;
        ActiveFrame *grown =
            mem_realloc(profiler.stack, (size_t)profiler.stack_room * sizeof(ActiveFrame),
                        (size_t)room * sizeof(ActiveFrame));
        if (grown == NULL)
            return NULL;
        profiler.stack = grown;
        profiler.stack_room = room;
    }
    profiler.stack[profiler.depth++] = (ActiveFrame){
        .record = record, .function = function, .since = time, .line_since = time, .bytes = bytes};
    function->depth++;
    return top_frame();
}

/* The profiler's own time passes for nobody: all clocks go on by it. */
static void skip_own_time(int64_t began)
{
    int64_t spent = now() - began;
    for (int64_t i = 0; i < profiler.depth; i++) {
        profiler.stack[i].since += spent;
        profiler.stack[i].line_since += spent;
    }
}

/* Frames that were left without an event end here. */
static void drop_frames_above(const CallRecord *record, int64_t time, int64_t bytes)
{
    while (profiler.depth > 0 && top_frame()->record > record)
        pop_frame(time, bytes);
}

/* A generator that goes on at a yield is no new call. */
static bool is_resumed(const CallRecord *record)
{
    const CodeObj *code = record_code(record);
    return (record->flags & FRAME_GENERATOR) != 0 &&
           code_base_opcode(code, (int32_t)(record->ip - code->words)) != OP_RETURN_GENERATOR;
}

static void on_enter(CallRecord *record)
{
    int64_t time = now(), bytes = census_bytes();
    census_hush();
    drop_frames_above(record - 1, time, bytes);
    ActiveFrame *frame = push_frame(record, time, bytes);
    if (frame != NULL && !is_resumed(record) && frame->function->calls++ == 0)
        frame->function->entry = bytes;
    skip_own_time(time);
    census_unhush();
}

static void on_line(CallRecord *record, int32_t line)
{
    int64_t time = now(), bytes = census_bytes();
    census_hush();
    drop_frames_above(record, time, bytes);
    ActiveFrame *frame = top_frame();
    if (frame == NULL || frame->record != record)
        frame = push_frame(record, time, bytes);
    if (frame != NULL) {
        end_line(frame, time, bytes);
        frame->line = line;
        frame->line_since = time;
        frame->line_children = 0;
        frame->line_bytes = bytes;
    }
    skip_own_time(time);
    census_unhush();
}

static void on_leave(CallRecord *record)
{
    int64_t time = now(), bytes = census_bytes();
    census_hush();
    drop_frames_above(record, time, bytes);
    if (profiler.depth > 0 && top_frame()->record == record)
        pop_frame(time, bytes);
    skip_own_time(time);
    census_unhush();
}

static TracingObserver observer = {.enter = on_enter, .line = on_line, .leave = on_leave};

static void end(void)
{
    if (!profiler.on)
        return;
    int64_t time = now(), bytes = census_bytes();
    profiler.most = census_most();
    tracing_unobserve(&observer);
    census_hush();
    while (profiler.depth > 0)
        pop_frame(time, bytes);
    census_unhush();
    census_close();
    profiler.on = false;
}

void profiler_finish(void)
{
    end();
    forget_all();
}

/* ---- functions */

#define FUNCTION(name)                                                                             \
    static Obj *name(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
#define UNUSED (void)self, (void)args, (void)nargs, (void)kwnames

FUNCTION(profiler_start)
{
    UNUSED;
    if (profiler.on)
        return err_string(&exc_runtime_error, "the profiler is already running");
    int selective = nargs == 0 ? 0 : obj_truth(args[0]);
    if (selective < 0)
        return NULL;
    forget_all();
    profiler.selective = selective > 0;
    profiler.on = true;
    census_open();
    tracing_observe(&observer);
    return none_new();
}

FUNCTION(profiler_stop)
{
    UNUSED;
    end();
    return none_new();
}

/* select(code): measure this function too. */
FUNCTION(profiler_select)
{
    UNUSED;
    if (!code_check(args[0]))
        return err_format(&exc_type_error, "select() takes a code object, not %T", args[0]);
    census_hush();
    FunctionStats *function = stats_of(code_cast(args[0]));
    census_unhush();
    if (function == NULL)
        return err_no_memory();
    function->wanted = true;
    return none_new();
}

static Obj *seconds(int64_t nanoseconds)
{
    return float_new((double)nanoseconds / 1e9);
}

static Obj *line_tuple(const FunctionStats *function, int32_t index)
{
    const LineStats *line = &function->lines[index];
    Obj *items[] = {int_new(function->code->firstlineno + index),
                    int_new(line->hits),
                    seconds(line->own),
                    seconds(line->total),
                    int_new(line->grown),
                    int_new(line->most)};
    return tuple_from_steal(items, 6);
}

static Obj *function_tuple(const FunctionStats *function)
{
    Obj *lines = list_new(0);
    for (int32_t i = 0; lines != NULL && i < function->line_room; i++) {
        if (function->lines[i].hits > 0 && list_append_steal(lines, line_tuple(function, i)) < 0)
            obj_clear(&lines);
    }
    Obj *items[] = {obj_incref(&function->code->base),
                    int_new(function->calls),
                    seconds(function->own),
                    seconds(function->total),
                    int_new(function->grown),
                    int_new(function->entry),
                    lines};
    return tuple_from_steal(items, 7);
}

FUNCTION(profiler_results)
{
    UNUSED;
    Obj *list = list_new(0);
    for (int64_t i = 0; list != NULL && i < profiler.room; i++) {
        const FunctionStats *function = profiler.functions[i];
        if (function == NULL || (function->calls == 0 && function->line_room == 0))
            continue;
        if (list_append_steal(list, function_tuple(function)) < 0)
            obj_clear(&list);
    }
    return list;
}

FUNCTION(profiler_bytes)
{
    UNUSED;
    if (census_on)
        return int_new(census_bytes());
    MemStats stats;
    mem_stats(&stats);
    return int_from_uint64(stats.bytes_in_use);
}

FUNCTION(profiler_most)
{
    UNUSED;
    return int_new(profiler.on ? census_most() : profiler.most);
}

static const MethodDef functions[] = {
    {"start", profiler_start, 0, 1, 0,
     "start($module, selective=False, /)\n--\n\nBegins to measure, all functions or only those "
     "given to select()."},
    {"stop", profiler_stop, 0, 0, 0, "stop($module, /)\n--\n\nEnds measuring."},
    {"select", profiler_select, 1, 1, 0,
     "select($module, code, /)\n--\n\nMeasures the function with this code."},
    {"results", profiler_results, 0, 0, 0,
     "results($module, /)\n--\n\nTuples (code, calls, own seconds, seconds, bytes grown, bytes at "
     "first call, [(line, hits, own seconds, seconds, bytes grown, bytes after it at most)...])."},
    {"bytes", profiler_bytes, 0, 0, 0, "bytes($module, /)\n--\n\nBytes of memory in use, exactly."},
    {"most", profiler_most, 0, 0, 0,
     "most($module, /)\n--\n\nThe largest number of bytes in use while measuring."},
    {0},
};

const ModuleDef profiler_module = {
    .name = "_profiler",
    .doc = "Time and memory by line and function.",
    .functions = functions,
};
