/*
 * sys.settrace and sys.setprofile: which events there are and who hears of them.
 *
 * One trace and one profile function; while either runs no events are made.  A trace function hears
 * of `call`; what it returns is the frame's own trace function (f_trace), which hears of the rest.
 * The rules for `line` are CPython 3.11's: the line changed, or a jump went back.  See tracing.h
 * for how the two loops share the work.
 */

#include "vm/interp/tracing.h"

#include "gc/census.h"
#include "runtime/core/err.h"
#include "runtime/core/object.h"
#include "runtime/types/builtin_function.h"
#include "runtime/types/descriptor.h"
#include "runtime/types/dict.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"
#include "vm/interp/code_data.h"
#include "vm/interp/frame.h"
#include "vm/interp/specialize.h"
#include "vm/interp/traceback.h"

typedef enum TraceEvent {
    EVENT_CALL,
    EVENT_EXCEPTION,
    EVENT_LINE,
    EVENT_RETURN,
    EVENT_C_CALL,
    EVENT_C_EXCEPTION,
    EVENT_C_RETURN,
    EVENT_OPCODE,
    EVENT_COUNT
} TraceEvent;

static const char *const event_texts[EVENT_COUNT] = {
    "call", "exception", "line", "return", "c_call", "c_exception", "c_return", "opcode",
};

static struct {
    Obj *trace, *profile; /* owned or NULL */
    Obj *events[EVENT_COUNT];
    const CallRecord *record; /* whose trace function runs, or NULL */
    TraceEvent event;         /* what it is told */
    int inside;               /* a trace or profile function runs */
    TracingObserver *observers;
} tracing;

static void update_breaker(void)
{
    if (tracing.inside == 0 &&
        (tracing.trace != NULL || tracing.profile != NULL || tracing.observers != NULL))
        runtime.breaker |= BREAK_TRACE;
    else
        runtime.breaker &= ~BREAK_TRACE;
}

/* ---- trace points */

/* Writes a trace point over every instruction of the code; the one behind an EXTENDED_ARG stays,
 * because its argument would be lost. */
static void add_trace_points(CodeObj *code)
{
    if (code->hidden_ops == NULL) {
        code->hidden_ops = mem_alloc_zero((size_t)code->word_count * sizeof(uint16_t));
        if (code->hidden_ops == NULL)
            return; /* the frame is traced from its next jump or call on */
    }
    int op;
    int32_t arg, at, next;
    for (int32_t i = 0; i < code->word_count; i = next) {
        next = code_decode(code, i, &op, &arg, &at);
        uint16_t plain = code_base_opcode(code, i);
        code->hidden_ops[i] = plain;
        code->words[i].op = OP_TRACE_POINT;
    }
}

static void trace_active_frames(void)
{
    const VmThread *vm = vm_current();
    for (const CallRecord *record = vm->record; record > vm->records; record--)
        add_trace_points(record_code(record));
}

/* ---- calling the functions */

/* function(frame, event, argument): new reference or NULL.  `line`, when not 0, is what f_lineno
 * shows meanwhile. */
static Obj *call_function(ObjRef function, CallRecord *record, TraceEvent event, ObjRef argument,
                          int32_t line)
{
    FrameObj *frame = frame_peek(record);
    if (frame == NULL)
        return NULL;
    Obj *held = obj_incref(function), *held_frame = obj_incref(&frame->base);
    const CallRecord *outer = tracing.record;
    TraceEvent outer_event = tracing.event;
    tracing.record = record;
    tracing.event = event;
    tracing.inside++;
    update_breaker();
    int32_t outer_line = frame->shown_line;
    frame->shown_line = line;
    frame->locals_taken = false;
    const ObjRef args[] = {held_frame, tracing.events[event],
                           argument == NULL ? (ObjRef)obj_none : argument};
    Obj *result = obj_call(held, args, 3, NULL);
    if (frame->locals_taken && frame_store_locals(frame) < 0)
        obj_clear(&result);
    frame->shown_line = outer_line;
    tracing.inside--;
    tracing.record = outer;
    tracing.event = outer_event;
    update_breaker();
    obj_decref(held);
    obj_decref(held_frame);
    return result;
}

/* Tells the frame's trace function (the global one of a call).  A result becomes f_trace; an
 * exception ends tracing.  0/-1. */
static int tell_trace(CallRecord *record, TraceEvent event, ObjRef argument, int32_t line)
{
    if (tracing.trace == NULL || tracing.inside > 0)
        return 0;
    FrameObj *frame = frame_peek(record);
    if (frame == NULL)
        return -1;
    ObjRef function = event == EVENT_CALL ? tracing.trace : frame->trace;
    if (function == NULL)
        return 0;
    Obj *result = call_function(function, record, event, argument, line);
    if (result == NULL) {
        traceback_add(record);
        Obj *exception = err_fetch();
        obj_clear(&tracing.trace);
        update_breaker();
        obj_clear(&frame_peek(record)->trace);
        err_restore_steal(exception);
        return -1;
    }
    if (is_none(result))
        obj_decref(result);
    else
        obj_replace(&frame_peek(record)->trace, result);
    return 0;
}

static int tell_profile(CallRecord *record, TraceEvent event, ObjRef argument, int32_t line)
{
    if (tracing.profile == NULL || tracing.inside > 0)
        return 0;
    Obj *result = call_function(tracing.profile, record, event, argument, line);
    if (result == NULL) {
        traceback_add(record);
        Obj *exception = err_fetch();
        obj_clear(&tracing.profile);
        update_breaker();
        err_restore_steal(exception);
        return -1;
    }
    obj_decref(result);
    return 0;
}

/* ---- observers */

void tracing_observe(TracingObserver *observer)
{
    observer->next = tracing.observers;
    tracing.observers = observer;
    census_hush();
    trace_active_frames();
    census_unhush();
    update_breaker();
}

void tracing_unobserve(TracingObserver *observer)
{
    for (TracingObserver **place = &tracing.observers; *place != NULL; place = &(*place)->next) {
        if (*place == observer) {
            *place = observer->next;
            break;
        }
    }
    update_breaker();
}

/* The rule for lines, as for trace functions. */
static bool begins_line(const CodeObj *code, const int32_t *lines, const CodeWord *ip,
                        const CodeWord *previous);

static void tell_observers_of_line(CallRecord *record, const CodeWord *previous)
{
    CodeObj *code = record_code(record);
    census_hush();
    const int32_t *lines = code_data_lines(code);
    census_unhush();
    if (lines == NULL) {
        err_clear(); /* without memory the line is not told of */
        return;
    }
    if (!begins_line(code, lines, record->ip, previous))
        return;
    for (TracingObserver *observer = tracing.observers; observer != NULL; observer = observer->next)
        observer->line(record, lines[record->ip - code->words]);
}

/* ---- events */

/* Line that a frame shows before its first instruction. */
static int32_t entry_line(const CodeObj *code)
{
    return code->flags & CODE_OPTIMIZED || !str_equal_ascii(code->name, "<module>")
               ? code->firstlineno
               : FRAME_LINE_ZERO;
}

int tracing_enter(CallRecord *record)
{
    const CodeObj *code = record_code(record);
    int32_t line = entry_line(code);
    if (record->flags & FRAME_GENERATOR) {
        if (code_base_opcode(code, (int32_t)(record->ip - code->words)) != OP_RETURN_GENERATOR)
            line = 0; /* of the yield */
    } else if (code->flags & (CODE_GENERATOR | CODE_COROUTINE | CODE_ASYNC_GENERATOR)) {
        return 0; /* only makes the generator */
    }
    for (TracingObserver *observer = tracing.observers; observer != NULL && tracing.inside == 0;
         observer = observer->next)
        observer->enter(record);
    Obj *pending = err_fetch();
    if (tell_trace(record, EVENT_CALL, NULL, line) < 0 ||
        tell_profile(record, EVENT_CALL, NULL, line) < 0) {
        obj_xdecref(pending);
        return -1;
    }
    err_restore_steal(pending);
    return 0;
}

int tracing_leave(CallRecord *record, ObjRef value)
{
    for (TracingObserver *observer = tracing.observers; observer != NULL && tracing.inside == 0;
         observer = observer->next)
        observer->leave(record);
    Obj *pending = value == NULL ? err_fetch() : NULL;
    int result = tell_trace(record, EVENT_RETURN, value, 0);
    if (result == 0)
        result = tell_profile(record, EVENT_RETURN, value, 0);
    if (result == 0)
        err_restore_steal(pending);
    else
        obj_xdecref(pending);
    return result;
}

void tracing_exception(CallRecord *record)
{
    if (tracing.trace == NULL || tracing.inside > 0 || frame_peek(record)->trace == NULL)
        return;
    Obj *exception = err_fetch();
    Obj *traceback = exception_cast(exception)->traceback;
    Obj *argument = tuple_pack(3, (ObjRef)&obj_type(exception)->head.base, (ObjRef)exception,
                               traceback == NULL ? (ObjRef)obj_none : (ObjRef)traceback);
    int result = argument == NULL ? -1 : tell_trace(record, EVENT_EXCEPTION, argument, 0);
    obj_xdecref(argument);
    if (result == 0)
        err_restore_steal(exception);
    else
        obj_decref(exception);
}

/* The word is the POP_TOP behind a RETURN_GENERATOR, before the body's first line. */
static bool opens_generator(const CodeObj *code, int32_t index)
{
    return index > 0 && code_base_opcode(code, index) == OP_POP_TOP &&
           code_base_opcode(code, index - 1) == OP_RETURN_GENERATOR;
}

static bool begins_line(const CodeObj *code, const int32_t *lines, const CodeWord *ip,
                        const CodeWord *previous)
{
    int32_t index = (int32_t)(ip - code->words), line = lines[index];
    if (line == -1 || opens_generator(code, index))
        return false;
    if (previous == NULL || lines[previous - code->words] != line ||
        opens_generator(code, (int32_t)(previous - code->words)))
        return true;
    return ip < previous && code_base_opcode(code, index) != OP_SEND;
}

int tracing_instruction(CallRecord *record, const CodeWord *previous)
{
    if (tracing.observers != NULL && tracing.inside == 0)
        tell_observers_of_line(record, previous);
    if (tracing.trace == NULL || (record->flags & FRAME_OBJECT) == 0 ||
        record->frame->trace == NULL)
        return 0;
    CodeObj *code = record_code(record);
    const int32_t *lines = code_data_lines(code);
    if (lines == NULL)
        return -1;
    if (record->frame->trace_lines && begins_line(code, lines, record->ip, previous) &&
        tell_trace(record, EVENT_LINE, NULL, 0) < 0)
        return -1;
    if ((record->flags & FRAME_OBJECT) && record->frame->trace_opcodes)
        return tell_trace(record, EVENT_OPCODE, NULL, 0);
    return 0;
}

const char *tracing_jump_problem(const CallRecord *record)
{
    switch (tracing.event) {
    case EVENT_CALL:
        return "can't jump from the 'call' trace event of a new frame";
    case EVENT_LINE:
        return record == NULL || (record->flags & FRAME_OBJECT) == 0 ||
                       record->frame->trace == NULL || tracing.record != record
                   ? "f_lineno can only be set by a trace function"
                   : NULL;
    default:
        return "can only jump from a 'line' trace event";
    }
}

/* ---- calls of builtins */

/* What c_call tells of: the builtin function, or the builtin method bound to its object; NULL for
 * other callables, or (with an exception) when there is no memory. */
static Obj *builtin_called(ObjRef callable, const ObjRef *args, int64_t nargs)
{
    if (obj_type(callable) == &builtin_function_type)
        return obj_incref(callable);
    if (obj_type(callable) == &method_descriptor_type && nargs > 0)
        return method_descriptor_type.get(callable, args[0], &obj_type(args[0])->head.base);
    return NULL;
}

int tracing_c_call(CallRecord *record, ObjRef callable, const ObjRef *args, int64_t nargs,
                   Obj **told)
{
    *told = tracing.profile == NULL ? NULL : builtin_called(callable, args, nargs);
    if (*told == NULL)
        return err_occurred() == NULL ? 0 : -1;
    if (tell_profile(record, EVENT_C_CALL, *told, 0) == 0)
        return 0;
    obj_clear(told);
    return -1;
}

Obj *tracing_c_done_steal(CallRecord *record, Obj *told, Obj *result)
{
    if (told == NULL)
        return result;
    if (result == NULL) {
        Obj *exception = err_fetch();
        if (tell_profile(record, EVENT_C_EXCEPTION, told, 0) == 0)
            err_restore_steal(exception);
        else
            obj_decref(exception);
    } else if (tell_profile(record, EVENT_C_RETURN, told, 0) < 0) {
        obj_clear(&result);
    }
    obj_decref(told);
    return result;
}

/* ---- sys */

static Obj *set_function(Obj **place, ObjRef function)
{
    Obj *old = *place;
    *place = is_none(function) ? NULL : obj_incref(function);
    if (*place != NULL)
        trace_active_frames();
    update_breaker();
    obj_xdecref(old);
    return none_new();
}

static Obj *sys_settrace(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self;
    (void)nargs;
    (void)kwnames;
    return set_function(&tracing.trace, args[0]);
}

static Obj *sys_gettrace(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self;
    (void)args;
    (void)nargs;
    (void)kwnames;
    return tracing.trace == NULL ? none_new() : obj_incref(tracing.trace);
}

static Obj *sys_setprofile(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self;
    (void)nargs;
    (void)kwnames;
    return set_function(&tracing.profile, args[0]);
}

static Obj *sys_getprofile(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self;
    (void)args;
    (void)nargs;
    (void)kwnames;
    return tracing.profile == NULL ? none_new() : obj_incref(tracing.profile);
}

static Obj *sys_call_tracing(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self;
    (void)nargs;
    (void)kwnames;
    if (!tuple_check(args[1]))
        return err_format(&exc_type_error, "call_tracing() argument 2 must be tuple, not %T",
                          args[1]);
    /* As in CPython 3.11 events begin only when the function sets a trace function itself. */
    int inside = tracing.inside;
    tracing.inside = 0;
    Obj *result = obj_call_tuple(args[0], args[1], NULL);
    tracing.inside = inside;
    update_breaker();
    return result;
}

static const MethodDef functions[] = {
    {"settrace", sys_settrace, 1, 1, 0,
     "settrace(function, /)\n--\n\nSets the function that hears of calls, lines, returns and "
     "exceptions."},
    {"gettrace", sys_gettrace, 0, 0, 0, "gettrace()\n--\n\nThe trace function, or None."},
    {"setprofile", sys_setprofile, 1, 1, 0,
     "setprofile(function, /)\n--\n\nSets the function that hears of calls and returns, those of "
     "builtins too."},
    {"getprofile", sys_getprofile, 0, 0, 0, "getprofile()\n--\n\nThe profile function, or None."},
    {"call_tracing", sys_call_tracing, 2, 2, 0,
     "call_tracing(func, args, /)\n--\n\nCalls func(*args) with tracing on inside a trace "
     "function."},
    {0},
};

int tracing_init(void)
{
    Obj *module = str_intern_ascii("sys");
    int result = module == NULL ? -1 : 0;
    for (int i = 0; result == 0 && i < EVENT_COUNT; i++) {
        tracing.events[i] = str_intern_ascii(event_texts[i]);
        result = tracing.events[i] == NULL ? -1 : 0;
    }
    for (const MethodDef *def = functions; result == 0 && def->name != NULL; def++) {
        Obj *function = builtin_function_new(def, NULL, module);
        result = function == NULL ? -1 : dict_set_ascii(runtime.sys_dict, def->name, function);
        obj_xdecref(function);
    }
    obj_xdecref(module);
    return result;
}

void tracing_finish(void)
{
    obj_clear(&tracing.trace);
    obj_clear(&tracing.profile);
    update_breaker();
    for (int i = 0; i < EVENT_COUNT; i++)
        obj_clear(&tracing.events[i]);
}
