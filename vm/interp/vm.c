/*
 * Start and end: readies the VM's types and fills the hooks through which the runtime asks for
 * frames.
 */

#include "vm/interp/vm.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "gc/collector.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/core/object.h"
#include "runtime/core/roots.h"
#include "runtime/core/state.h"
#include "runtime/modules/atexit.h"
#include "runtime/modules/io.h"
#include "runtime/modules/io_base.h"
#include "runtime/modules/signal.h"
#include "runtime/types/dict.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"
#include "vm/compile/code.h"
#include "vm/compile/compile.h"
#include "vm/inspect/ouro_module.h"
#include "vm/interp/anext.h"
#include "vm/interp/attribute_cache.h"
#include "vm/interp/breakpoint.h"
#include "vm/interp/builtins_vm.h"
#include "vm/interp/bytecode_cache.h"
#include "vm/interp/cell.h"
#include "vm/interp/code_data.h"
#include "vm/interp/frame.h"
#include "vm/interp/generator.h"
#include "vm/interp/import.h"
#include "vm/interp/profiler.h"
#include "vm/interp/specialize.h"
#include "vm/interp/traceback.h"
#include "vm/interp/traceback_print.h"
#include "vm/interp/tracemalloc.h"
#include "vm/interp/tracing.h"
#include "vm/interp/unwind.h"

/* ---- hooks */

static ObjRef current_globals(void)
{
    const CallRecord *record = thread_running();
    return record == NULL ? NULL : record_function(record)->globals;
}

static Obj *current_locals(void)
{
    CallRecord *record = thread_running();
    if (record == NULL)
        return err_format(&exc_system_error, "frame does not exist");
    return frame_locals(record);
}

static Obj *current_frame(int depth)
{
    CallRecord *record = thread_record_at(depth);
    if (record == NULL)
        return err_format(&exc_value_error, "call stack is not deep enough");
    return frame_of_record(record);
}

static void traceback_here(void)
{
    CallRecord *record = thread_running();
    if (record != NULL)
        traceback_add(record);
}

static int super_arguments(Type **type, Obj **self)
{
    CallRecord *record = thread_running();
    if (record == NULL)
        return err_format_int(&exc_runtime_error, "super(): no current frame");
    const CodeObj *code = record_code(record);
    if (code->argcount == 0)
        return err_format_int(&exc_runtime_error, "super(): no arguments");
    ObjRef first = record->fp[0];
    if (first != NULL && cell_check(first) && (code->slot_kinds[0] & SLOT_CELL))
        first = cell_cast(first)->value;
    if (first == NULL)
        return err_format_int(&exc_runtime_error, "super(): arg[0] deleted");
    for (int32_t i = code->nlocalsplus - code->nfreevars; i < code->nlocalsplus; i++) {
        if (tuple_peek(code->slot_names, i) != names.dunder_class &&
            !str_equal(tuple_peek(code->slot_names, i), names.dunder_class))
            continue;
        ObjRef cell = record->fp[i];
        if (cell == NULL || !cell_check(cell))
            return err_format_int(&exc_runtime_error, "super(): bad __class__ cell");
        ObjRef class = cell_cast(cell)->value;
        if (class == NULL)
            return err_format_int(&exc_runtime_error, "super(): empty __class__ cell");
        if (!type_check(class, &type_type))
            return err_format_int(&exc_runtime_error, "super(): __class__ is not a type (%T)",
                                  class);
        *type = (Type *)obj_incref(class);
        *self = obj_incref(first);
        return 0;
    }
    return err_format_int(&exc_runtime_error, "super(): __class__ cell not found");
}

static void release(void)
{
    profiler_finish();
    tracemalloc_finish();
    tracing_finish();
    signal_finish();
    attribute_cache_clear();
    async_generators_finish();
    import_finish();
}

/* ---- standard streams */

/* sys.NAME and sys.__NAME__; None where the descriptor is closed.  0/-1. */
static int add_stream(const char *name, int fd, const char *mode, const char *label,
                      const IoFdOptions *options)
{
    Obj *stream = fcntl(fd, F_GETFD) < 0 ? none_new() : io_open_fd(fd, mode, label, options);
    Obj *original = str_format_c("__%s__", name);
    int result = -1;
    if (stream != NULL && original != NULL && dict_set_ascii(runtime.sys_dict, name, stream) == 0)
        result = dict_set(runtime.sys_dict, original, stream);
    obj_xdecref(stream);
    obj_xdecref(original);
    return result;
}

static int add_streams(void)
{
    const IoFdOptions plain = {NULL, NULL, false, false};
    const IoFdOptions for_errors = {NULL, "backslashreplace", true, false};
    if (add_stream("stdin", STDIN_FILENO, "r", "<stdin>", &plain) < 0 ||
        add_stream("stdout", STDOUT_FILENO, "w", "<stdout>", &plain) < 0)
        return -1;
    return add_stream("stderr", STDERR_FILENO, "w", "<stderr>", &for_errors);
}

/* ---- start and end */

static Type *const vm_types[] = {
    &cell_type,
    &function_type,
    &frame_type,
    &traceback_type,
    &generator_type,
    &coroutine_type,
    &coroutine_wrapper_type,
    &async_generator_type,
    &anext_awaitable_type,
};

static int init_parts(void)
{
    module_register(&profiler_module);
    module_register(&tracemalloc_module);
    module_register(&bytecode_module);
    for (size_t i = 0; i < sizeof vm_types / sizeof *vm_types; i++) {
        if (type_ready(vm_types[i]) < 0)
            return -1;
    }
    code_vm_free = code_data_free;
    specialize_init();
    module_register(&ouro_module);
    roots_add("the cache of attribute sites", &attribute_entries[0].name, ATTRIBUTE_ENTRIES,
              sizeof attribute_entries[0]);
    runtime.hooks.import_module = import_module;
    runtime.hooks.current_globals = current_globals;
    runtime.hooks.current_locals = current_locals;
    runtime.hooks.current_frame = current_frame;
    runtime.hooks.traceback_here = traceback_here;
    runtime.hooks.super_arguments = super_arguments;
    runtime.hooks.release = release;
    runtime.hooks.source_line = import_source_line;
    runtime.hooks.check_signals = signal_run;
    runtime.hooks.report_unraisable = traceback_print_unraisable;
    gc_heap.breaker = &runtime.breaker;
    if (thread_init() < 0 || async_generators_init() < 0 || compile_init() < 0 ||
        builtins_vm_init() < 0 || tracing_init() < 0 || breakpoint_init() < 0 ||
        import_init() < 0 || add_streams() < 0)
        return -1;
    return 0;
}

int vm_init(void)
{
    if (runtime_init() < 0)
        return -1;
    if (init_parts() < 0) {
        Obj *exception = err_fetch();
        fprintf(stderr, "ouro: cannot start: %s\n",
                exception == NULL ? "unknown error" : obj_type(exception)->head.name);
        obj_xdecref(exception);
        return -1;
    }
    return 0;
}

/* Flushes one of sys.stdout and sys.stderr: 0/-1. */
static int flush_standard(ObjRef name)
{
    ObjRef file = dict_peek(runtime.sys_dict, name);
    if (file == NULL || is_none(file))
        return 0;
    Obj *held = obj_incref(file);
    int failed = 0;
    int closed = io_is_closed(held);
    err_clear();
    Obj *result = closed > 0 ? none_new() : io_call0(held, "flush");
    if (result == NULL) {
        if (name == names.stdout)
            err_unraisable(held);
        failed = -1;
    }
    err_clear();
    obj_xdecref(result);
    obj_decref(held);
    return failed;
}

/* Runs what a program asked for at its end and flushes its output: exit status 0 or 120. */
static int end_output(void)
{
    int status = 0;
    atexit_run();
    if (flush_standard(names.stdout) < 0)
        status = 120;
    flush_standard(names.stderr);
    return status;
}

int vm_finish(void)
{
    int status = end_output();
    runtime_finish();
    compile_finish();
    thread_finish();
    return status;
}

int vm_end_process(void)
{
#ifdef OURO_DEBUG
    return vm_finish();
#else
    int status = end_output();
    runtime_end_program();
    return status;
#endif
}
