/*
 * generator and coroutine.
 *
 * Invariants: while CREATED or SUSPENDED slots[0] is the function and slots[1 … 1+depth) are live
 * (locals may be NULL); while RUNNING the operands' end is known to the eval loop alone, so
 * traverse shows nothing of the slots and the collector takes what they hold as used; FINISHED has
 * no slots.  The eval loop resumes generators itself in `for` and `yield from`; from C everything
 * goes through eval_resume_steal. Asynchronous generators share the layout and are in
 * async_generator.c.
 */

#include "vm/interp/generator.h"

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/core/object.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"
#include "runtime/types/weakref.h"
#include "vm/interp/eval.h"
#include "vm/interp/traceback.h"

static const char *kind_of(const GeneratorObj *generator)
{
    return obj_type(&generator->base) == &generator_type   ? "generator"
           : obj_type(&generator->base) == &coroutine_type ? "coroutine"
                                                           : "async generator";
}

/* ---- lifecycle */

static int64_t size_of(int32_t slot_count)
{
    return (int64_t)sizeof(GeneratorObj) + slot_count * (int64_t)sizeof(Obj *);
}

/* sys.set_coroutine_origin_tracking_depth */
int generator_origin_depth;

/* The frames in which a coroutine was made, as cr_origin shows them. */
static Obj *collect_origin(const CallRecord *record)
{
    Obj *list = list_new(0);
    const CallRecord *bottom = vm_current()->records;
    for (int i = 0; list != NULL && i < generator_origin_depth && record > bottom; i++, record--) {
        const CodeObj *code = record_code(record);
        Obj *line = int_new(code_line_at(code, (int32_t)(record->ip - code->words)));
        Obj *entry = line == NULL ? NULL : tuple_pack(3, code->filename, line, code->name);
        obj_xdecref(line);
        if (entry == NULL || list_append_steal(list, entry) < 0)
            obj_clear(&list);
    }
    Obj *tuple = list == NULL ? NULL : list_to_tuple(list);
    obj_xdecref(list);
    return tuple;
}

Obj *generator_from_record(CallRecord *record)
{
    const FunctionObj *function = record_function(record);
    CodeObj *code = function->code;
    Type *type = code->flags & CODE_COROUTINE         ? &coroutine_type
                 : code->flags & CODE_ASYNC_GENERATOR ? &async_generator_type
                                                      : &generator_type;
    /* One word more than the frame: a subscript that calls a Python __getitem__ lays the function
     * before its two operands. */
    int32_t slot_count = 2 + function->frame_words;
    GeneratorObj *generator = (GeneratorObj *)obj_new_gc(type, size_of(slot_count));
    if (generator == NULL)
        return NULL;
    generator->origin = NULL;
    if (type == &coroutine_type && generator_origin_depth > 0) {
        generator->origin = collect_origin(record - 1);
        if (generator->origin == NULL) {
            obj_free(&generator->base, size_of(slot_count));
            return NULL;
        }
    }
    generator->code = code_cast(obj_incref(&code->base));
    generator->frame = NULL;
    generator->name = obj_incref(function->name);
    generator->qualname = obj_incref(function->qualname);
    generator->weak_list = NULL;
    generator->handled = (ExcItem){NULL, NULL};
    generator->stack_top = NULL;
    generator->ip = record->ip + 1;
    generator->depth = function->slots;
    generator->slot_count = slot_count;
    generator->state = GENERATOR_CREATED;
    generator->closed = generator->busy = generator->hooked = false;
    generator->slots[0] = obj_incref(record->fp[-1]);
    for (int32_t i = 0; i < function->slots; i++) {
        generator->slots[1 + i] = record->fp[i];
        record->fp[i] = NULL;
    }
    gc_track(&generator->base);
    return &generator->base;
}

int32_t generator_lasti(const GeneratorObj *generator)
{
    return (int32_t)(generator->ip - generator->code->words) - 1;
}

/* Empties slots[0 … 1+count). */
static void release_slots(GeneratorObj *generator, int32_t count)
{
    for (int32_t i = 1 + count; i-- > 0;)
        obj_clear(&generator->slots[i]);
}

void generator_finish(GeneratorObj *generator, CallRecord *record)
{
    bool running = generator->state == GENERATOR_RUNNING;
    int32_t count = running ? generator->code->nlocalsplus : generator->depth;
    if (running)
        thread_state->handled = generator->handled.previous;
    FrameObj *frame = generator->frame;
    generator->frame = NULL;
    if (frame != NULL) {
        frame->generator = NULL;
        if (record == NULL)
            frame->lasti = generator_lasti(generator);
        obj_decref(&frame->base);
    }
    if (record != NULL && (record->flags & FRAME_OBJECT))
        frame_detach(record);
    generator->state = GENERATOR_FINISHED;
    generator->ip = generator->code->words;
    release_slots(generator, count);
    obj_clear(&generator->handled.exception);
}

int generator_traverse(ObjRef self, VisitFn visit, void *context)
{
    const GeneratorObj *generator = (const GeneratorObj *)self;
    GC_VISIT(generator->code);
    GC_VISIT(generator->frame);
    GC_VISIT(generator->name);
    GC_VISIT(generator->qualname);
    GC_VISIT(generator->handled.exception);
    GC_VISIT(generator->origin);
    if (generator->state <= GENERATOR_SUSPENDED) {
        for (int32_t i = 0; i < 1 + generator->depth; i++)
            GC_VISIT(generator->slots[i]);
    }
    return 0;
}

int generator_clear(ObjRef self)
{
    GeneratorObj *generator = (GeneratorObj *)self;
    if (generator->state <= GENERATOR_SUSPENDED)
        generator_finish(generator, NULL);
    return 0;
}

/* Whether closing it would run any code: it stands inside a try, with or for over another
 * generator. */
static bool needs_closing(const GeneratorObj *generator)
{
    if (generator->state == GENERATOR_CREATED)
        return coroutine_check(&generator->base);
    if (generator->state != GENERATOR_SUSPENDED)
        return false;
    return async_generator_check(&generator->base) || generator->ip[-1].arg == 1 ||
           code_find_handler(generator->code, generator_lasti(generator)) != NULL;
}

/* "coroutine 'f' was never awaited": warnings._warn_unawaited_coroutine says it, which can tell
 * where it was made; without that, a plain warning. */
static void warn_never_awaited(GeneratorObj *coroutine)
{
    Obj *warnings = runtime.finishing ? NULL : runtime.hooks.import_module("warnings");
    Obj *name = str_intern_ascii("_warn_unawaited_coroutine"), *function = NULL;
    bool warned = false;
    if (warnings != NULL && name != NULL)
        obj_getattr_opt(warnings, name, &function);
    if (function != NULL) {
        Obj *result = obj_call1(function, &coroutine->base);
        warned = result != NULL || err_matches(&exc_runtime_warning);
        obj_xdecref(result);
    }
    if (err_occurred() != NULL)
        err_unraisable(&coroutine->base);
    obj_xdecref(warnings);
    obj_xdecref(name);
    obj_xdecref(function);
    if (warned)
        return;
    if (err_warn(&exc_runtime_warning, 1, "coroutine '%U' was never awaited", coroutine->qualname) <
        0)
        err_unraisable(&coroutine->base);
}

void generator_finalize(ObjRef self)
{
    GeneratorObj *generator = (GeneratorObj *)self;
    if (generator->state == GENERATOR_FINISHED || generator->state == GENERATOR_RUNNING)
        return;
    if (!needs_closing(generator))
        return;
    Obj *pending = err_fetch();
    if (async_generator_check(self) && generator->origin != NULL && !generator->closed) {
        Obj *result = obj_call1(generator->origin, self);
        if (result == NULL)
            err_unraisable(self);
        obj_xdecref(result);
    } else if (coroutine_check(self) && generator->state == GENERATOR_CREATED) {
        warn_never_awaited(generator);
    } else if (generator_close(self) < 0) {
        err_unraisable(self);
    }
    err_restore_steal(pending);
}

void generator_dealloc(Obj *self)
{
    GeneratorObj *generator = generator_cast(self);
    if (generator->weak_list != NULL) {
        gc_untrack(self);
        weakref_clear_all(self, &generator->weak_list);
        gc_track(self);
    }
    if (needs_closing(generator) && (gc_link(self)->prev & GC_BIT_FINALIZED) == 0) {
        self->refcnt = 1;
        gc_link(self)->prev |= GC_BIT_FINALIZED;
        int depth = obj_dealloc_suspend();
        generator_finalize(self);
        obj_dealloc_resume(depth);
        if (--self->refcnt > 0)
            return; /* brought back to life */
    }
    if (obj_dying_hook != NULL)
        obj_dying_hook(self);
    gc_untrack(self);
    if (generator->state != GENERATOR_FINISHED) {
        self->refcnt = 1; /* frames that end look at it */
        generator_finish(generator, NULL);
        self->refcnt = 0;
    }
    obj_xdecref(generator->origin);
    obj_decref(generator->name);
    obj_decref(generator->qualname);
    obj_decref(&generator->code->base);
    obj_free(self, size_of(generator->slot_count));
}

Obj **generator_weak_list(ObjRef self)
{
    return &((GeneratorObj *)self)->weak_list;
}

/* ---- running */

void generator_convert_stop(const GeneratorObj *generator)
{
    bool async_stop =
        async_generator_check(&generator->base) && err_matches(&exc_stop_async_iteration);
    if (!async_stop && !err_matches(&exc_stop_iteration))
        return;
    Obj *cause = err_fetch();
    err_format(&exc_runtime_error, "%s raised %s", kind_of(generator),
               async_stop ? "StopAsyncIteration" : "StopIteration");
    Obj *raised = err_fetch();
    if (raised != NULL && obj_is(raised, &exc_base_exception)) {
        ExceptionObj *exception = exception_cast(raised);
        obj_replace(&exception->cause, obj_incref(cause));
        obj_replace(&exception->context, obj_incref(cause));
        exception->suppress_context = true;
    }
    obj_decref(cause);
    err_restore_steal(raised);
}

/* Resumes with `sent` (taken over) or, NULL, with the pending exception. */
static int resume(GeneratorObj *generator, Obj *sent, Obj **out)
{
    obj_incref(&generator->base);
    /* what is thrown in while the generator handles an exception has that as its context */
    ObjRef handled = generator->handled.exception;
    if (sent == NULL && handled != NULL && !is_none(handled) && err_occurred() != handled)
        exception_set_context_steal((Obj *)err_occurred(), obj_incref(handled));
    *out = eval_resume_steal(generator, sent);
    int result = *out == NULL ? -1 : generator->state == GENERATOR_FINISHED ? 0 : 1;
    obj_decref(&generator->base);
    return result;
}

static int check_idle(const GeneratorObj *generator)
{
    if (generator->state == GENERATOR_RUNNING)
        return err_format_int(&exc_value_error, "%s already executing", kind_of(generator));
    return 0;
}

int generator_send(ObjRef self, ObjRef value, Obj **out)
{
    GeneratorObj *generator = (GeneratorObj *)self;
    *out = NULL;
    if (check_idle(generator) < 0)
        return -1;
    if (generator->state == GENERATOR_FINISHED) {
        if (coroutine_check(self))
            return err_format_int(&exc_runtime_error, "cannot reuse already awaited coroutine");
        *out = none_new();
        return 0;
    }
    if (generator->state == GENERATOR_CREATED && !is_none(value))
        return err_format_int(&exc_type_error, "can't send non-None value to a just-started %s",
                              kind_of(generator));
    return resume(generator, obj_incref(value), out);
}

int generator_throw_pending(ObjRef self, Obj **out)
{
    GeneratorObj *generator = (GeneratorObj *)self;
    *out = NULL;
    if (generator->state == GENERATOR_RUNNING) {
        err_clear();
        return check_idle(generator);
    }
    if (generator->state == GENERATOR_FINISHED) {
        if (coroutine_check(self)) {
            err_clear();
            return err_format_int(&exc_runtime_error, "cannot reuse already awaited coroutine");
        }
        return -1;
    }
    return resume(generator, NULL, out);
}

/* The iterator that a `yield from` or await delegates to now, borrowed, or NULL. */
static ObjRef delegate_of(const GeneratorObj *generator)
{
    if (generator->state != GENERATOR_SUSPENDED)
        return NULL;
    const CodeWord *yield = generator->ip - 1;
    if (code_base_opcode(generator->code, (int32_t)(yield - generator->code->words)) !=
            OP_YIELD_VALUE ||
        yield->arg != 1)
        return NULL;
    return generator->slots[generator->depth];
}

/* close() of what is delegated to: 0/-1. */
static int close_delegate(ObjRef delegate)
{
    if (generator_check(delegate) || coroutine_check(delegate))
        return generator_close(delegate);
    Obj *close = NULL;
    int found = obj_getattr_opt(delegate, names.close, &close);
    if (found < 0)
        err_unraisable(delegate);
    if (found <= 0)
        return 0;
    Obj *result = obj_call0(close);
    obj_decref(close);
    obj_xdecref(result);
    return result == NULL ? -1 : 0;
}

/* The delegate has ended with `result`: pops it and moves on behind the SEND. */
static void leave_delegation(GeneratorObj *generator)
{
    const CodeObj *code = generator->code;
    int op;
    int32_t arg, at;
    /* behind the yield stands the jump back to SEND, whose own jump leads to where the result goes
     */
    int32_t index = (int32_t)(generator->ip - code->words);
    index = code_decode(code, index, &op, &arg, &at) + arg;
    index = code_decode(code, index, &op, &arg, &at) + arg;
    generator->ip = code->words + index;
}

static int raise_arguments(const ObjRef *args, int64_t nargs);

/* While throw() is at work in what the generator delegates to, the generator's frame is on the call
 * stack, where tracebacks and sys._getframe find it: 0, or -1 with RecursionError. */
static int show_frame(GeneratorObj *generator)
{
    VmThread *vm = vm_current();
    Obj **top = thread_stack_top(vm);
    if (state_enter("") < 0)
        return -1;
    if (thread_check_room(vm, top, 1) < 0) {
        state_leave();
        return -1;
    }
    CallRecord *record = ++vm->record;
    record->fp = generator->slots + 1;
    record->ip = generator->ip - 1;
    record->depth = generator->depth;
    record->flags = FRAME_GENERATOR | FRAME_ENTRY;
    generator->stack_top = top;
    generator->state = GENERATOR_RUNNING;
    if (generator->frame != NULL) {
        record->frame = frame_cast(obj_incref(&generator->frame->base));
        record->frame->record = record;
        record->flags |= FRAME_OBJECT;
    }
    return 0;
}

static void hide_frame(GeneratorObj *generator)
{
    VmThread *vm = vm_current();
    CallRecord *record = vm->record--;
    if (record->flags & FRAME_OBJECT) {
        frame_suspend(record->frame);
        obj_decref(&record->frame->base);
    }
    generator->state = GENERATOR_SUSPENDED;
    state_leave();
}

/* Takes the delegate, which has ended, off the stack and moves on behind the SEND. */
static void drop_delegate(GeneratorObj *generator)
{
    leave_delegation(generator);
    generator->depth--;
    Obj *gone = generator->slots[1 + generator->depth];
    generator->slots[1 + generator->depth] = NULL;
    Obj *pending = err_fetch();
    obj_decref(gone);
    err_restore_steal(pending);
}

/* Raises the arguments of throw() at the yield; as generator_send. */
static int throw_here(GeneratorObj *generator, const ObjRef *args, int64_t nargs, Obj **out)
{
    *out = NULL;
    return raise_arguments(args, nargs) < 0 ? -1 : generator_throw_pending(&generator->base, out);
}

/* throw(): goes to what the generator delegates to first.  As generator_send. */
static int throw_into(GeneratorObj *generator, const ObjRef *args, int64_t nargs, Obj **out)
{
    ObjRef peeked = delegate_of(generator);
    *out = NULL;
    if (peeked == NULL)
        return throw_here(generator, args, nargs, out);
    Obj *delegate = obj_incref(peeked);
    int result = -1;
    if (err_matches_obj(args[0], &exc_generator_exit.head.base)) {
        generator->state = GENERATOR_RUNNING;
        int closed = close_delegate(delegate);
        generator->state = GENERATOR_SUSPENDED;
        obj_decref(delegate);
        return closed < 0 ? generator_throw_pending(&generator->base, out)
                          : throw_here(generator, args, nargs, out);
    }
    if (generator_check(delegate) || coroutine_check(delegate)) {
        if (show_frame(generator) == 0) {
            result = throw_into(generator_cast(delegate), args, nargs, out);
            hide_frame(generator);
        }
    } else {
        Obj *throw = NULL;
        int found = obj_getattr_opt(delegate, names.throw, &throw);
        if (found == 0) {
            obj_decref(delegate);
            return throw_here(generator, args, nargs, out);
        }
        if (found > 0 && show_frame(generator) == 0) {
            *out = obj_call(throw, args, nargs, NULL);
            result = *out != NULL ? 1 : -1;
            hide_frame(generator);
        }
        obj_xdecref(throw);
    }
    obj_decref(delegate);
    if (result > 0)
        return 1;
    if (result < 0 && !err_take_stop_iteration(out)) {
        drop_delegate(generator);
        return generator_throw_pending(&generator->base, out);
    }
    Obj *value = *out;
    drop_delegate(generator);
    return resume(generator, value, out);
}

int generator_close(ObjRef self)
{
    GeneratorObj *generator = (GeneratorObj *)self;
    if (check_idle(generator) < 0)
        return -1;
    if (generator->state == GENERATOR_FINISHED)
        return 0;
    if (generator->state == GENERATOR_CREATED) {
        Obj *held = obj_incref(self);
        generator_finish(generator, NULL);
        obj_decref(held);
        return 0;
    }
    Obj *held = obj_incref(self), *value = NULL;
    int result = 0;
    ObjRef peeked = delegate_of(generator);
    if (peeked != NULL) {
        Obj *delegate = obj_incref(peeked);
        generator->state = GENERATOR_RUNNING;
        result = close_delegate(delegate);
        generator->state = GENERATOR_SUSPENDED;
        obj_decref(delegate);
    }
    if (result == 0)
        err_object(&exc_generator_exit, NULL);
    result = generator_throw_pending(self, &value);
    if (result > 0) {
        obj_decref(value);
        result = err_format_int(&exc_runtime_error, "%s ignored GeneratorExit", kind_of(generator));
    } else if (result == 0) {
        obj_decref(value);
    } else if (err_matches(&exc_stop_iteration) || err_matches(&exc_generator_exit)) {
        err_clear();
        result = 0;
    }
    obj_decref(held);
    return result;
}

void generator_close_frame(GeneratorObj *generator)
{
    Obj *held = obj_incref(&generator->base);
    generator_finalize(held);
    if (generator->state <= GENERATOR_SUSPENDED)
        generator_finish(generator, NULL);
    obj_decref(held);
}

int generator_send_any(ObjRef receiver, ObjRef value, Obj **out)
{
    if (generator_check(receiver) || coroutine_check(receiver))
        return generator_send(receiver, value, out);
    *out = NULL;
    if (is_none(value) && obj_type(receiver)->next != NULL) {
        int more = obj_type(receiver)->next(receiver, out);
        if (more > 0)
            return more;
        if (more < 0)
            return err_take_stop_iteration(out) ? 0 : -1;
        *out = none_new();
        return 0;
    }
    *out = obj_call_method(receiver, names.send, &value, 1);
    if (*out != NULL)
        return 1;
    return err_take_stop_iteration(out) ? 0 : -1;
}

static bool is_iterable_coroutine(ObjRef o)
{
    return generator_check(o) && (generator_cast(o)->code->flags & CODE_ITERABLE_COROUTINE) != 0;
}

Obj *generator_awaitable(ObjRef o, int place)
{
    if (coroutine_check(o) || is_iterable_coroutine(o)) {
        if (coroutine_check(o) && delegate_of(generator_cast(o)) != NULL)
            return err_format(&exc_runtime_error, "coroutine is being awaited already");
        return obj_incref(o);
    }
    UnaryFn await = obj_type(o)->await;
    if (await == NULL) {
        if (place == 1 || place == 2)
            return err_format(&exc_type_error,
                              "'async with' received an object from %s that does not implement "
                              "__await__: %T",
                              place == 1 ? "__aenter__" : "__aexit__", o);
        return err_format(&exc_type_error, "object %T can't be used in 'await' expression", o);
    }
    Obj *iterator = await(o);
    if (iterator == NULL)
        return NULL;
    if (coroutine_check(iterator) || is_iterable_coroutine(iterator)) {
        err_format(&exc_type_error, "__await__() returned a coroutine");
        obj_clear(&iterator);
    } else if (obj_type(iterator)->next == NULL) {
        err_format(&exc_type_error, "__await__() returned non-iterator of type '%T'", iterator);
        obj_clear(&iterator);
    }
    return iterator;
}

Obj *generator_yield_from_iter(ObjRef o, const CodeObj *code)
{
    if (coroutine_check(o)) {
        if ((code->flags & (CODE_COROUTINE | CODE_ITERABLE_COROUTINE)) == 0)
            return err_format(
                &exc_type_error,
                "cannot 'yield from' a coroutine object in a non-coroutine generator");
        return obj_incref(o);
    }
    return generator_check(o) ? obj_incref(o) : obj_iter(o);
}

/* ---- slots and methods */

/* Results of send and throw become a method's: the end is StopIteration. */
static Obj *method_result(ObjRef self, int result, Obj *value)
{
    if (result != 0)
        return value;
    if (is_none(value) && !coroutine_check(self))
        err_stop_iteration(NULL);
    else
        err_stop_iteration(value);
    obj_decref(value);
    return NULL;
}

static int generator_next(ObjRef self, Obj **out)
{
    int result = generator_send(self, obj_none, out);
    if (result == 0) {
        if (!is_none(*out))
            result = (err_stop_iteration(*out), -1);
        obj_clear(out);
    }
    return result;
}

static Obj *generator_method_send(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs;
    (void)kwnames;
    Obj *value;
    int result = generator_send(self, args[0], &value);
    return method_result(self, result, value);
}

/* Makes the arguments of throw() pending: 0/-1 (another exception is). */
static int raise_arguments(const ObjRef *args, int64_t nargs)
{
    ObjRef type = args[0], value = nargs > 1 ? args[1] : obj_none;
    ObjRef traceback = nargs > 2 ? args[2] : obj_none;
    if (!is_none(traceback) && !traceback_check(traceback))
        return err_format_int(&exc_type_error, "throw() third argument must be a traceback object");
    Obj *exception;
    if (obj_is(type, &exc_base_exception)) {
        if (!is_none(value))
            return err_format_int(&exc_type_error,
                                  "instance exception may not have a separate value");
        exception = obj_incref(type);
    } else if (type_check(type, &type_type) && type_is_subtype((Type *)type, &exc_base_exception)) {
        if (obj_is(value, (Type *)type))
            exception = obj_incref(value);
        else if (is_none(value))
            exception = obj_call0(type);
        else if (tuple_check(value))
            exception = obj_call_tuple(type, value, NULL);
        else
            exception = obj_call1(type, value);
        /* what goes wrong with making the exception is raised in the generator instead */
        if (exception == NULL)
            return 0;
        if (!obj_is(exception, &exc_base_exception)) {
            err_format(&exc_type_error,
                       "calling %R should have returned an instance of BaseException, not %T", type,
                       exception);
            obj_decref(exception);
            return 0;
        }
    } else {
        return err_format_int(&exc_type_error,
                              "exceptions must be classes or instances deriving from "
                              "BaseException, not %T",
                              type);
    }
    if (!is_none(traceback))
        obj_replace(&exception_cast(exception)->traceback, obj_incref(traceback));
    err_restore_steal(exception); /* what the caller handles is not its context */
    return 0;
}

Obj *generator_method_throw(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)kwnames;
    if (check_idle(generator_cast(self)) < 0)
        return NULL;
    Obj *value = NULL, *held = obj_incref(self);
    int result = throw_into((GeneratorObj *)self, args, nargs, &value);
    Obj *answer = method_result(self, result, value);
    obj_decref(held);
    return answer;
}

static Obj *generator_method_close(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args;
    (void)nargs;
    (void)kwnames;
    return generator_close(self) < 0 ? NULL : none_new();
}

Obj *generator_repr(ObjRef self)
{
    const GeneratorObj *generator = (const GeneratorObj *)self;
    return str_format_c("<%s object %U at %p>", obj_type(self)->head.name, generator->qualname,
                        (const void *)self);
}

Obj *generator_get_name(ObjRef self)
{
    return obj_incref(generator_cast(self)->name);
}

int generator_set_name(ObjRef self, ObjRef value)
{
    if (value == NULL || !str_check(value))
        return err_format_int(&exc_type_error, "__name__ must be set to a string object");
    obj_replace(&((GeneratorObj *)self)->name, obj_incref(value));
    return 0;
}

Obj *generator_get_qualname(ObjRef self)
{
    return obj_incref(generator_cast(self)->qualname);
}

int generator_set_qualname(ObjRef self, ObjRef value)
{
    if (value == NULL || !str_check(value))
        return err_format_int(&exc_type_error, "__qualname__ must be set to a string object");
    obj_replace(&((GeneratorObj *)self)->qualname, obj_incref(value));
    return 0;
}

Obj *generator_get_code(ObjRef self)
{
    return obj_incref(&generator_cast(self)->code->base);
}

static Obj *get_running(ObjRef self)
{
    return bool_new(generator_cast(self)->state == GENERATOR_RUNNING);
}

static Obj *get_suspended(ObjRef self)
{
    return bool_new(generator_cast(self)->state == GENERATOR_SUSPENDED);
}

Obj *generator_get_frame(ObjRef self)
{
    if (generator_cast(self)->state == GENERATOR_FINISHED)
        return none_new();
    return frame_of_generator((GeneratorObj *)self);
}

Obj *generator_get_delegate(ObjRef self)
{
    ObjRef delegate = delegate_of(generator_cast(self));
    return delegate == NULL ? none_new() : obj_incref(delegate);
}

static Obj *get_origin(ObjRef self)
{
    ObjRef origin = generator_cast(self)->origin;
    return origin == NULL ? none_new() : obj_incref(origin);
}

static Obj *generator_sizeof(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args;
    (void)nargs;
    (void)kwnames;
    return int_new(size_of(generator_cast(self)->slot_count));
}

static const MethodDef generator_methods[] = {
    {"send", generator_method_send, 1, 1, 0,
     "send(value)\n--\n\nSends a value into coroutine or generator: the result of its yield."},
    {"throw", generator_method_throw, 1, 3, 0,
     "throw(type[, value[, traceback]])\n--\n\nRaises an exception in coroutine or generator."},
    {"close", generator_method_close, 0, 0, 0,
     "close()\n--\n\nRaises GeneratorExit inside coroutine or generator, at its yield."},
    {"__sizeof__", generator_sizeof, 0, 0, 0, NULL},
    {0},
};

static const GetSetDef generator_getset[] = {
    {"__name__", generator_get_name, generator_set_name, NULL},
    {"__qualname__", generator_get_qualname, generator_set_qualname, NULL},
    {"gi_code", generator_get_code, NULL, NULL},
    {"gi_frame", generator_get_frame, NULL, NULL},
    {"gi_running", get_running, NULL, NULL},
    {"gi_suspended", get_suspended, NULL, NULL},
    {"gi_yieldfrom", generator_get_delegate, NULL, NULL},
    {0},
};

Type generator_type = {
    .head = {.base = {1, &type_type.root},
             .name = "generator",
             .flags = TYPE_GC | TYPE_VAR | TYPE_NO_NEW | TYPE_FINALIZE,
             .traverse = generator_traverse,
             .clear = generator_clear,
             .finalize = generator_finalize,
             .weak_list = generator_weak_list,
             .dealloc = generator_dealloc},
    .basic_size = sizeof(GeneratorObj),
    .item_size = sizeof(Obj *),
    .weak_list_offset = offsetof(GeneratorObj, weak_list),
    .repr = generator_repr,
    .iter = object_iter_self,
    .next = generator_next,
    .methods = generator_methods,
    .getset = generator_getset,
};

static const GetSetDef coroutine_getset[] = {
    {"__name__", generator_get_name, generator_set_name, NULL},
    {"__qualname__", generator_get_qualname, generator_set_qualname, NULL},
    {"cr_code", generator_get_code, NULL, NULL},
    {"cr_frame", generator_get_frame, NULL, NULL},
    {"cr_running", get_running, NULL, NULL},
    {"cr_suspended", get_suspended, NULL, NULL},
    {"cr_await", generator_get_delegate, NULL, NULL},
    {"cr_origin", get_origin, NULL, NULL},
    {0},
};

/* ---- coroutine.__await__ */

typedef struct CoroutineWrapperObj {
    Obj base;
    Obj *coroutine; /* owned */
} CoroutineWrapperObj;

static Obj *coroutine_await(ObjRef self)
{
    CoroutineWrapperObj *wrapper = (CoroutineWrapperObj *)obj_new_gc(
        &coroutine_wrapper_type, (int64_t)sizeof(CoroutineWrapperObj));
    if (wrapper == NULL)
        return NULL;
    wrapper->coroutine = obj_incref(self);
    gc_track(&wrapper->base);
    return &wrapper->base;
}

Type coroutine_type = {
    .head = {.base = {1, &type_type.root},
             .name = "coroutine",
             .flags = TYPE_GC | TYPE_VAR | TYPE_NO_NEW | TYPE_FINALIZE,
             .traverse = generator_traverse,
             .clear = generator_clear,
             .finalize = generator_finalize,
             .weak_list = generator_weak_list,
             .dealloc = generator_dealloc},
    .basic_size = sizeof(GeneratorObj),
    .item_size = sizeof(Obj *),
    .weak_list_offset = offsetof(GeneratorObj, weak_list),
    .repr = generator_repr,
    .await = coroutine_await,
    .methods = generator_methods,
    .getset = coroutine_getset,
};

#define wrapped(o) (((const CoroutineWrapperObj *)(o))->coroutine)

static int wrapper_traverse(ObjRef self, VisitFn visit, void *context)
{
    GC_VISIT(wrapped(self));
    return 0;
}

static void wrapper_dealloc(Obj *self)
{
    gc_untrack(self);
    obj_decref(wrapped(self));
    obj_free(self, (int64_t)sizeof(CoroutineWrapperObj));
}

static int wrapper_next(ObjRef self, Obj **out)
{
    return generator_next(wrapped(self), out);
}

static Obj *wrapper_send(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    return generator_method_send(wrapped(self), args, nargs, kwnames);
}

static Obj *wrapper_throw(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    return generator_method_throw(wrapped(self), args, nargs, kwnames);
}

static Obj *wrapper_close(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    return generator_method_close(wrapped(self), args, nargs, kwnames);
}

static const MethodDef wrapper_methods[] = {
    {"send", wrapper_send, 1, 1, 0, "send(value)\n--\n\nGoes on with the coroutine."},
    {"throw", wrapper_throw, 1, 3, 0,
     "throw(type[, value[, traceback]])\n--\n\nRaises an exception in coroutine, where it waits."},
    {"close", wrapper_close, 0, 0, 0, "close()\n--\n\nCloses the coroutine."},
    {0},
};

Type coroutine_wrapper_type = {
    .head = {.base = {1, &type_type.root},
             .name = "coroutine_wrapper",
             .flags = TYPE_GC | TYPE_NO_NEW,
             .traverse = wrapper_traverse,
             .dealloc = wrapper_dealloc},
    .basic_size = sizeof(CoroutineWrapperObj),
    .iter = object_iter_self,
    .next = wrapper_next,
    .methods = wrapper_methods,
};
