/*
 * The value stack and the call records of a thread.
 *
 * Both are reserved as address space only and touched as calls go deeper, so that frames never move
 * and no call has to grow anything.  Invariants: everything below thread_stack_top belongs to a
 * running frame; records[0] is a sentinel.  Frames are entered and left in eval.c.
 */

#include "vm/interp/thread.h"

#include <sys/mman.h>

#include "runtime/core/err.h"
#include "runtime/core/object.h"
#include "vm/interp/frame.h"
#include "vm/interp/generator.h"

enum {
    STACK_BYTES = 512 << 20, /* of address space */
    RECORD_BYTES = 128 << 20,
    /* Deepest nesting of evals from C is bounded by the C stack, not by this. */
    STACK_MARGIN = FAST_FRAME_WORDS * (int)sizeof(Obj *),
};

static VmThread main_vm;

static void *reserve(size_t bytes)
{
    void *range = mmap(NULL, bytes, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return range == MAP_FAILED ? NULL : range;
}

int thread_init(void)
{
    VmThread *vm = &main_vm;
    vm->stack = reserve(STACK_BYTES);
    vm->records = reserve(RECORD_BYTES);
    if (vm->stack == NULL || vm->records == NULL) {
        thread_finish();
        err_no_memory();
        return -1;
    }
    vm->stack_end = vm->stack + STACK_BYTES / sizeof(Obj *);
    vm->stack_room = STACK_BYTES - STACK_MARGIN;
    vm->records_end = vm->records + RECORD_BYTES / sizeof(CallRecord);
    vm->record = vm->records;
    *vm->record = (CallRecord){.fp = vm->stack};
    thread_state->vm = vm;
    return 0;
}

void thread_finish(void)
{
    VmThread *vm = &main_vm;
    if (vm->stack != NULL)
        munmap(vm->stack, STACK_BYTES);
    if (vm->records != NULL)
        munmap(vm->records, RECORD_BYTES);
    *vm = (VmThread){0};
    thread_state->vm = NULL;
}

Obj **thread_stack_top(const VmThread *vm)
{
    const CallRecord *record = vm->record;
    if (record == vm->records)
        return vm->floor != NULL ? vm->floor : vm->stack;
    Obj **top = record->flags & FRAME_GENERATOR ? generator_of_fp(record->fp)->stack_top
                                                : record->fp + record_function(record)->frame_words;
    return top < vm->floor ? vm->floor : top;
}

int thread_check_room(const VmThread *vm, Obj *const *top, int64_t words)
{
    if (vm->stack_end - top > words && vm->record + 1 < vm->records_end)
        return 0;
    return err_format_int(&exc_recursion_error, "maximum recursion depth exceeded");
}

CallRecord *thread_running(void)
{
    VmThread *vm = thread_state->vm;
    if (vm == NULL || vm->record == vm->records)
        return NULL;
    return vm->record;
}

CallRecord *thread_record_at(int64_t depth)
{
    VmThread *vm = thread_state->vm;
    if (vm == NULL || depth >= vm->record - vm->records)
        return NULL;
    return vm->record - depth;
}

/* Suspended generators of the function get the copy too. */
typedef struct Protection {
    ObjRef function;
    Obj *copy; /* made when first needed */
    bool failed;
} Protection;

static void protect_frame(Protection *protection, Obj **fp)
{
    if (fp[-1] != protection->function || protection->failed)
        return;
    if (protection->copy == NULL)
        protection->copy = function_copy(protection->function);
    if (protection->copy == NULL) {
        protection->failed = true;
        return;
    }
    fp[-1] = obj_incref(protection->copy);
    obj_decref((Obj *)protection->function);
}

static int protect_generator(ObjRef o, void *context)
{
    if (generator_is_any(o))
        protect_frame(context, generator_cast(o)->slots + 1);
    return 0;
}

int thread_protect_function(ObjRef function)
{
    VmThread *vm = thread_state->vm;
    Protection protection = {.function = function};
    if (function_cast(function)->code->flags &
        (CODE_GENERATOR | CODE_COROUTINE | CODE_ASYNC_GENERATOR))
        gc_each(-1, protect_generator, &protection);
    for (CallRecord *record = vm->record; record > vm->records; record--)
        protect_frame(&protection, record->fp);
    obj_xdecref(protection.copy);
    return protection.failed ? -1 : 0;
}
