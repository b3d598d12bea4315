/*
 * traceback: entries that unwinding puts in front of an exception's __traceback__.
 *
 * The line is worked out when asked for, from the index of the word.  Printing is
 * traceback_print.c's.
 */

#include "vm/interp/traceback.h"

#include "gc/mem.h"
#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/object.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"

static Obj *traceback_new(ObjRef next, ObjRef frame, int32_t lasti, int32_t line)
{
    TracebackObj *traceback =
        (TracebackObj *)obj_new_gc(&traceback_type, (int64_t)sizeof(TracebackObj));
    if (traceback == NULL)
        return NULL;
    traceback->next = (TracebackObj *)obj_xincref(next);
    traceback->frame = frame_cast(obj_incref(frame));
    traceback->lasti = lasti;
    traceback->line = line;
    gc_track(&traceback->base);
    return &traceback->base;
}

/* Adds an entry to the pending exception.  When there is no memory for one the exception goes on
 * without it. */
static void add_entry(ObjRef frame, int32_t lasti, int32_t line)
{
    Obj *exception = err_fetch();
    Obj **place = &exception_cast(exception)->traceback;
    Obj *traceback = traceback_new(*place, frame, lasti, line);
    if (traceback == NULL)
        err_clear();
    else
        obj_replace(place, traceback);
    err_restore_steal(exception);
}

void traceback_add(CallRecord *record)
{
    mem_reserve_open();
    Obj *exception = err_fetch(); /* making the frame must not replace it */
    FrameObj *frame = frame_peek(record);
    if (frame == NULL)
        err_clear();
    err_restore_steal(exception);
    if (frame != NULL)
        add_entry(&frame->base, (int32_t)(record->ip - record_code(record)->words), -1);
    mem_reserve_close();
}

void traceback_add_place(const char *function, const char *filename, int32_t line)
{
    Obj *exception = err_fetch();
    Obj *code = code_new_empty(filename, function, line), *globals = NULL, *of_code = NULL;
    FrameObj *frame = NULL;
    if (code != NULL && (globals = dict_new()) != NULL &&
        (of_code = function_new(code, globals, NULL)) != NULL) {
        frame = (FrameObj *)obj_new_gc(&frame_type, (int64_t)sizeof(FrameObj));
        if (frame != NULL) {
            Obj header = frame->base;
            *frame = (FrameObj){.base = header, .function = obj_incref(of_code)};
        }
    }
    obj_xdecref(code);
    obj_xdecref(globals);
    obj_xdecref(of_code);
    if (frame == NULL)
        err_clear();
    err_restore_steal(exception);
    if (frame != NULL) {
        gc_track(&frame->base);
        add_entry(&frame->base, 0, line);
        obj_decref(&frame->base);
    }
}

int32_t traceback_line(const TracebackObj *traceback)
{
    if (traceback->line >= 0)
        return traceback->line;
    return code_line_at(frame_code(traceback->frame), traceback->lasti);
}

static int traceback_traverse(ObjRef self, VisitFn visit, void *context)
{
    GC_VISIT(traceback_cast(self)->next);
    GC_VISIT(traceback_cast(self)->frame);
    return 0;
}

static int traceback_clear(ObjRef self)
{
    obj_clear(&((TracebackObj *)self)->next);
    return 0;
}

static void traceback_dealloc(Obj *self)
{
    gc_untrack(self);
    obj_xdecref((Obj *)traceback_cast(self)->next);
    obj_decref(&traceback_cast(self)->frame->base);
    obj_free(self, (int64_t)sizeof(TracebackObj));
}

static Obj *traceback_make(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    static const ArgSpec spec = {
        "TracebackType", 0, 4, 4, 4, {"tb_next", "tb_frame", "tb_lasti", "tb_lineno"}};
    ObjRef given[4];
    int64_t lasti = 0, line = 0;
    (void)type;
    if (args_bind(&spec, args, nargs, kwnames, given) < 0)
        return NULL;
    if (!is_none(given[0]) && !traceback_check(given[0]))
        return err_format(&exc_type_error, "expected traceback object or None, got '%T'", given[0]);
    if (!frame_check(given[1]))
        return err_format(&exc_type_error,
                          "TracebackType() argument 'tb_frame' must be frame, not %T", given[1]);
    if (args_to_int64(given[2], &lasti) < 0 || args_to_int64(given[3], &line) < 0)
        return NULL;
    return traceback_new(is_none(given[0]) ? NULL : given[0], given[1], (int32_t)lasti,
                         (int32_t)line);
}

static Obj *get_next(ObjRef self)
{
    TracebackObj *next = traceback_cast(self)->next;
    return next == NULL ? none_new() : obj_incref(&next->base);
}

static int set_next(ObjRef self, ObjRef value)
{
    if (value == NULL)
        return err_format_int(&exc_type_error, "can't delete tb_next attribute");
    if (!is_none(value) && !traceback_check(value))
        return err_format_int(&exc_type_error, "expected traceback object or None, got '%T'",
                              value);
    ObjRef next = is_none(value) ? NULL : value;
    for (ObjRef step = next; step != NULL; step = (ObjRef)traceback_cast(step)->next) {
        if (step == self)
            return err_format_int(&exc_value_error, "traceback loop detected");
    }
    obj_replace(&((TracebackObj *)self)->next, (TracebackObj *)obj_xincref(next));
    return 0;
}

static Obj *get_frame(ObjRef self)
{
    return obj_incref(&traceback_cast(self)->frame->base);
}

static Obj *get_lineno(ObjRef self)
{
    int32_t line = traceback_line(traceback_cast(self));
    return line < 0 ? none_new() : int_new(line);
}

static Obj *traceback_dir(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self;
    (void)args;
    (void)nargs;
    (void)kwnames;
    static const char *const attributes[] = {"tb_frame", "tb_next", "tb_lasti", "tb_lineno"};
    Obj *list = list_new(0);
    for (size_t i = 0; list != NULL && i < sizeof attributes / sizeof *attributes; i++) {
        Obj *name = str_from_ascii(attributes[i]);
        if (name == NULL || list_append_steal(list, name) < 0)
            obj_clear(&list);
    }
    return list;
}

static const MethodDef traceback_methods[] = {
    {"__dir__", traceback_dir, 0, 0, 0, NULL},
    {0},
};

static const MemberDef traceback_members[] = {
    {"tb_lasti", MEMBER_INT32, offsetof(TracebackObj, lasti), MEMBER_READONLY, NULL},
    {0},
};

static const GetSetDef traceback_getset[] = {
    {"tb_next", get_next, set_next, NULL},
    {"tb_frame", get_frame, NULL, NULL},
    {"tb_lineno", get_lineno, NULL, NULL},
    {0},
};

Type traceback_type = {
    .head = {.base = {1, &type_type.root},
             .name = "traceback",
             .flags = TYPE_GC,
             .traverse = traceback_traverse,
             .clear = traceback_clear,
             .dealloc = traceback_dealloc},
    .basic_size = sizeof(TracebackObj),
    .doc = "TracebackType(tb_next, tb_frame, tb_lasti, tb_lineno)\n--\n\n"
           "One step of the way of an exception.",
    .new = traceback_make,
    .methods = traceback_methods,
    .members = traceback_members,
    .getset = traceback_getset,
};
