/*
 * frame: the view of an active or ended frame.
 *
 * While the frame is on the call stack everything is read from its CallRecord (or, suspended, from
 * its generator).  When it ends and somebody else still holds the frame object, that takes over the
 * locals (frame_detach).  Frames are made by sys._getframe, by tracebacks and by f_back; never
 * otherwise.
 */

#include "vm/interp/frame.h"

#include "gc/mem.h"
#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/object.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"
#include "vm/interp/cell.h"
#include "vm/interp/generator.h"
#include "vm/interp/jump.h"
#include "vm/interp/tracing.h"

/* ---- making */

static FrameObj *new_frame(FunctionObj *function)
{
    FrameObj *frame = (FrameObj *)obj_new_gc(&frame_type, (int64_t)sizeof(FrameObj));
    if (frame == NULL)
        return NULL;
    frame->record = NULL;
    frame->generator = NULL;
    frame->back = NULL;
    frame->function = obj_incref(&function->base);
    frame->namespace = NULL;
    frame->slots = NULL;
    frame->slot_count = 0;
    frame->lasti = 0;
    frame->trace = NULL;
    frame->trace_lines = true;
    frame->trace_opcodes = false;
    frame->locals_taken = false;
    frame->shown_line = 0;
    gc_track(&frame->base);
    return frame;
}

FrameObj *frame_peek(CallRecord *record)
{
    if (record->flags & FRAME_OBJECT)
        return record->frame;
    GeneratorObj *generator = record->flags & FRAME_GENERATOR ? generator_of_fp(record->fp) : NULL;
    FrameObj *frame = generator != NULL ? generator->frame : NULL;
    if (frame == NULL) {
        frame = new_frame(record_function(record));
        if (frame == NULL)
            return NULL;
        if (record->flags & FRAME_NAMESPACE)
            frame->namespace = obj_incref(record->fp[-2]);
        frame->generator = generator;
        if (generator != NULL)
            generator->frame = frame_cast(obj_incref(&frame->base));
    } else {
        obj_incref(&frame->base);
    }
    frame->record = record;
    record->frame = frame;
    record->flags |= FRAME_OBJECT;
    return frame;
}

Obj *frame_of_record(CallRecord *record)
{
    FrameObj *frame = frame_peek(record);
    return frame == NULL ? NULL : obj_incref(&frame->base);
}

Obj *frame_of_generator(GeneratorObj *generator)
{
    if (generator->frame == NULL) {
        if (generator->state == GENERATOR_RUNNING) {
            for (CallRecord *record = vm_current()->record; record > vm_current()->records;
                 record--) {
                if (record->fp == generator->slots + 1)
                    return frame_of_record(record);
            }
        }
        FrameObj *frame = new_frame(function_cast(generator->slots[0]));
        if (frame == NULL)
            return NULL;
        frame->generator = generator;
        generator->frame = frame;
    }
    return obj_incref(&generator->frame->base);
}

/* ---- life with and after the record */

static CallRecord *record_below(const CallRecord *record)
{
    return record - 1 > vm_current()->records ? (CallRecord *)record - 1 : NULL;
}

void frame_detach(CallRecord *record)
{
    FrameObj *frame = record->frame;
    record->frame = NULL;
    record->flags &= (uint16_t)~FRAME_OBJECT;
    const CodeObj *code = frame_code(frame);
    frame->lasti = (int32_t)(record->ip - code->words);
    if (frame->base.refcnt > 1) {
        CallRecord *below = record_below(record);
        if (below != NULL) {
            Obj *pending = err_fetch();
            frame->back = (FrameObj *)frame_of_record(below);
            if (frame->back == NULL)
                err_clear(); /* no memory: the chain of frames is cut short */
            err_restore_steal(pending);
        }
        int32_t count = code->nlocalsplus;
        frame->slots = count == 0 ? NULL : mem_alloc((size_t)count * sizeof(Obj *));
        if (frame->slots != NULL) {
            frame->slot_count = count;
            for (int32_t i = 0; i < count; i++) {
                frame->slots[i] = record->fp[i];
                record->fp[i] = NULL;
            }
        }
    }
    frame->record = NULL;
    obj_decref(&frame->base);
}

void frame_suspend(FrameObj *frame)
{
    frame->record = NULL;
}

int32_t frame_lasti(const FrameObj *frame)
{
    if (frame->record != NULL)
        return (int32_t)(frame->record->ip - frame_code(frame)->words);
    if (frame->generator != NULL)
        return generator_lasti(frame->generator);
    return frame->lasti;
}

int32_t frame_line(const FrameObj *frame)
{
    if (frame->shown_line != 0)
        return frame->shown_line == FRAME_LINE_ZERO ? 0 : frame->shown_line;
    int32_t lasti = frame_lasti(frame);
    return lasti < 0 ? frame_code(frame)->firstlineno : code_line_at(frame_code(frame), lasti);
}

/* The slots, wherever they are now; NULL after clear(). */
static Obj **frame_slots(const FrameObj *frame)
{
    if (frame->record != NULL)
        return frame->record->fp;
    if (frame->generator != NULL)
        return frame->generator->slots + 1;
    return frame->slots;
}

/* ---- f_locals */

/* Brings `dict` up to date with the slots: 0/-1. */
static int slots_to_dict(const CodeObj *code, Obj *const *slots, ObjRef dict)
{
    for (int32_t i = 0; i < code->nlocalsplus; i++) {
        ObjRef name = tuple_peek(code->slot_names, i);
        ObjRef value = slots == NULL ? NULL : slots[i];
        if ((code->slot_kinds[i] & (SLOT_CELL | SLOT_FREE)) && value != NULL && cell_check(value))
            value = cell_cast(value)->value;
        if (value == NULL) {
            if (dict_discard(dict, name) < 0)
                return -1;
        } else if (dict_set(dict, name, value) < 0) {
            return -1;
        }
    }
    return 0;
}

static Obj *update_locals(FrameObj *frame)
{
    const CodeObj *code = frame_code(frame);
    if ((code->flags & CODE_OPTIMIZED) == 0 && frame->namespace != NULL)
        return obj_incref(frame->namespace);
    if (frame->namespace == NULL && (frame->namespace = dict_new()) == NULL)
        return NULL;
    Obj *dict = obj_incref(frame->namespace);
    frame->locals_taken = true;
    if (slots_to_dict(code, frame_slots(frame), dict) < 0)
        obj_clear(&dict);
    return dict;
}

Obj *frame_locals(CallRecord *record)
{
    if (record->flags & FRAME_NAMESPACE)
        return obj_incref(record->fp[-2]);
    FrameObj *frame = frame_peek(record);
    return frame == NULL ? NULL : update_locals(frame);
}

int frame_store_locals(FrameObj *frame)
{
    const CodeObj *code = frame_code(frame);
    if ((code->flags & CODE_OPTIMIZED) == 0 || frame->namespace == NULL)
        return 0;
    Obj *dict = obj_incref(frame->namespace);
    int result = 0;
    for (int32_t i = 0; i < code->nlocalsplus && result == 0; i++) {
        Obj **slots = frame_slots(frame);
        if (slots == NULL)
            break;
        Obj **place = &slots[i];
        if ((code->slot_kinds[i] & (SLOT_CELL | SLOT_FREE)) && *place != NULL && cell_check(*place))
            place = &cell_cast(*place)->value;
        ObjRef value = dict_peek(dict, tuple_peek(code->slot_names, i));
        if (value == NULL && err_occurred() != NULL)
            result = -1;
        else if (value != *place)
            obj_replace(place, obj_xincref(value));
    }
    obj_decref(dict);
    return result;
}

/* ---- the type */

static int frame_traverse(ObjRef self, VisitFn visit, void *context)
{
    const FrameObj *frame = (const FrameObj *)self;
    GC_VISIT(frame->back);
    GC_VISIT(frame->function);
    GC_VISIT(frame->namespace);
    GC_VISIT(frame->trace);
    for (int32_t i = 0; i < frame->slot_count; i++)
        GC_VISIT(frame->slots[i]);
    return 0;
}

static void drop_slots(FrameObj *frame)
{
    Obj **slots = frame->slots;
    int32_t count = frame->slot_count;
    frame->slots = NULL;
    frame->slot_count = 0;
    for (int32_t i = 0; i < count; i++)
        obj_xdecref(slots[i]);
    mem_free(slots, (size_t)count * sizeof(Obj *));
}

static int frame_clear(ObjRef self)
{
    FrameObj *frame = (FrameObj *)self;
    drop_slots(frame);
    obj_clear(&frame->trace);
    obj_clear(&frame->namespace);
    return 0;
}

static void frame_dealloc(Obj *self)
{
    gc_untrack(self);
    FrameObj *frame = frame_cast(self);
    drop_slots(frame);
    obj_xdecref((Obj *)frame->back);
    obj_xdecref(frame->namespace);
    obj_xdecref(frame->trace);
    obj_decref(frame->function);
    obj_free(self, (int64_t)sizeof(FrameObj));
}

static Obj *frame_repr(ObjRef self)
{
    const FrameObj *frame = (const FrameObj *)self;
    return str_format_c("<frame at %p, file %R, line %d, code %U>", (const void *)self,
                        frame_code(frame)->filename, frame_line(frame), frame_code(frame)->name);
}

static Obj *get_back(ObjRef self)
{
    const FrameObj *frame = (const FrameObj *)self;
    if (frame->record != NULL) {
        CallRecord *below = record_below(frame->record);
        return below == NULL ? none_new() : frame_of_record(below);
    }
    return frame->back == NULL ? none_new() : obj_incref(&frame->back->base);
}

static Obj *get_code(ObjRef self)
{
    return obj_incref(&frame_code(frame_cast(self))->base);
}

static Obj *get_locals(ObjRef self)
{
    return update_locals((FrameObj *)self);
}

static Obj *get_globals(ObjRef self)
{
    return obj_incref(function_cast(frame_cast(self)->function)->globals);
}

static Obj *get_builtins(ObjRef self)
{
    return obj_incref(function_cast(frame_cast(self)->function)->builtins);
}

static Obj *get_lineno(ObjRef self)
{
    int32_t line = frame_line(frame_cast(self));
    return line < 0 ? none_new() : int_new(line);
}

static int set_lineno(ObjRef self, ObjRef value)
{
    const FrameObj *frame = (const FrameObj *)self;
    int64_t line;
    if (value == NULL)
        return err_format_int(&exc_attribute_error, "cannot delete attribute");
    if (!int_check(value))
        return err_format_int(&exc_value_error, "lineno must be an integer");
    const char *problem = tracing_jump_problem(frame->record);
    if (problem != NULL)
        return err_format_int(&exc_value_error, "%s", problem);
    if (int_to_int64(value, &line) != 0 || line > INT32_MAX || line < INT32_MIN) {
        err_clear();
        return err_format_int(&exc_value_error, "lineno out of range");
    }
    return jump_to_line(frame->record, line);
}

static Obj *get_lasti(ObjRef self)
{
    return int_new((int64_t)frame_lasti(frame_cast(self)));
}

static Obj *get_trace(ObjRef self)
{
    ObjRef trace = frame_cast(self)->trace;
    return trace == NULL ? none_new() : obj_incref(trace);
}

static int set_trace(ObjRef self, ObjRef value)
{
    if (value != NULL && is_none(value))
        value = NULL;
    obj_replace(&((FrameObj *)self)->trace, obj_xincref(value));
    return 0;
}

static Obj *frame_method_clear(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args;
    (void)nargs;
    (void)kwnames;
    FrameObj *frame = (FrameObj *)self;
    if (frame->record != NULL)
        return err_format(&exc_runtime_error, "cannot clear an executing frame");
    if (frame->generator != NULL)
        generator_close_frame(frame->generator);
    frame_clear(self);
    return none_new();
}

static Obj *frame_sizeof(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args;
    (void)nargs;
    (void)kwnames;
    int64_t slots = frame_cast(self)->slot_count;
    return int_new((int64_t)sizeof(FrameObj) + slots * (int64_t)sizeof(Obj *));
}

static const MethodDef frame_methods[] = {
    {"clear", frame_method_clear, 0, 0, 0, "clear()\n--\n\nLets go of the frame's variables."},
    {"__sizeof__", frame_sizeof, 0, 0, 0, "__sizeof__()\n--\n\nBytes that the frame occupies."},
    {0},
};

static const MemberDef frame_members[] = {
    {"f_trace_lines", MEMBER_BOOL, offsetof(FrameObj, trace_lines), 0, NULL},
    {"f_trace_opcodes", MEMBER_BOOL, offsetof(FrameObj, trace_opcodes), 0, NULL},
    {0},
};

static const GetSetDef frame_getset[] = {
    {"f_back", get_back, NULL, NULL},
    {"f_code", get_code, NULL, NULL},
    {"f_locals", get_locals, NULL, NULL},
    {"f_globals", get_globals, NULL, NULL},
    {"f_builtins", get_builtins, NULL, NULL},
    {"f_lineno", get_lineno, set_lineno, NULL},
    {"f_lasti", get_lasti, NULL, NULL},
    {"f_trace", get_trace, set_trace, NULL},
    {0},
};

Type frame_type = {
    .head = {.base = {1, &type_type.root},
             .name = "frame",
             .flags = TYPE_GC | TYPE_NO_NEW,
             .traverse = frame_traverse,
             .clear = frame_clear,
             .dealloc = frame_dealloc},
    .basic_size = sizeof(FrameObj),
    .repr = frame_repr,
    .methods = frame_methods,
    .members = frame_members,
    .getset = frame_getset,
};
