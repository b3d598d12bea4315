#ifndef OURO_VM_INTERP_GENERATOR_H
#define OURO_VM_INTERP_GENERATOR_H

/*
 * generator, coroutine and asynchronous generator: a frame that outlives its calls.
 *
 * Locals and operands live inside the object, at the places where a frame has them: slots[0] is the
 * function, slots[1] is fp[0].  Resuming and suspending only move pointers.
 */

#include "vm/interp/frame.h"

typedef enum GeneratorState {
    GENERATOR_CREATED,   /* not started */
    GENERATOR_SUSPENDED, /* at a yield */
    GENERATOR_RUNNING,
    GENERATOR_FINISHED, /* returned, raised or closed: the slots are empty */
} GeneratorState;

typedef struct GeneratorObj {
    Obj base;
    CodeObj *code;        /* owned */
    FrameObj *frame;      /* owned, or NULL */
    Obj *name, *qualname; /* str, owned */
    Obj *weak_list;
    ExcItem handled;    /* its own exception being handled */
    Obj **stack_top;    /* free part of the value stack while running */
    CodeWord *ip;       /* where it goes on; the word before is the yield */
    int32_t depth;      /* words from slots[1] to the end of the operands */
    int32_t slot_count; /* words in slots */
    uint8_t state;      /* GeneratorState */
    bool closed;        /* asynchronous generator: aclose was called or it ended */
    bool busy;          /* asynchronous generator: an asend or athrow of it runs */
    bool hooked;        /* asynchronous generator: sys.get_asyncgen_hooks were asked */
    Obj *origin; /* coroutine: cr_origin; asynchronous generator: its finalizer hook; or NULL */
    Obj *slots[];
} GeneratorObj;

extern Type generator_type, coroutine_type, coroutine_wrapper_type, async_generator_type;

#define generator_cast(o) ((GeneratorObj *)(o))
#define generator_check(o) (obj_type(o) == &generator_type)
#define coroutine_check(o) (obj_type(o) == &coroutine_type)
#define async_generator_check(o) (obj_type(o) == &async_generator_type)
#define generator_is_any(o) (generator_check(o) || coroutine_check(o) || async_generator_check(o))
#define generator_of_fp(fp) ((GeneratorObj *)((uintptr_t)((fp)-1) - offsetof(GeneratorObj, slots)))

/* Moves the running frame, whose ip is at RETURN_GENERATOR, into a new object of the kind that the
 * code's flags say; the frame's slots are empty afterwards.  NULL leaves the frame as it was. */
Obj *generator_from_record(CallRecord *record);
/* Word index for f_lasti and tracebacks of a generator that is not running: its yield, or the word
 * that made it. */
int32_t generator_lasti(const GeneratorObj *generator);
/* The frame returned or raised: gives up its slots and frame object.  `record`: its call record,
 * still the thread's top one, or NULL. */
void generator_finish(GeneratorObj *generator, CallRecord *record);
/* Runs to the next yield: 1 and *out; to the end: 0 and *out the result; -1. */
int generator_send(ObjRef generator, ObjRef value, Obj **out);
/* The pending exception is raised where the generator stands; as generator_send. */
int generator_throw_pending(ObjRef generator, Obj **out);
/* close(): 0/-1. */
int generator_close(ObjRef generator);
/* frame.clear(): closes it; what that raises is reported as unraisable. */
void generator_close_frame(GeneratorObj *generator);
/* StopIteration (StopAsyncIteration) that leaves a generator becomes a RuntimeError. */
void generator_convert_stop(const GeneratorObj *generator);
/* Sends to any iterator as SEND does: 1 yielded, 0 returned, -1. */
int generator_send_any(ObjRef receiver, ObjRef value, Obj **out);
/* GET_AWAITABLE, GET_YIELD_FROM_ITER: new references. */
Obj *generator_awaitable(ObjRef o, int place);
Obj *generator_yield_from_iter(ObjRef o, const CodeObj *code);

/* ---- parts of the types, for the three of them */
int generator_traverse(ObjRef self, VisitFn visit, void *context);
int generator_clear(ObjRef self);
void generator_finalize(ObjRef self);
void generator_dealloc(Obj *self);
Obj **generator_weak_list(ObjRef self);
Obj *generator_repr(ObjRef self);
Obj *generator_method_throw(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames);
Obj *generator_get_name(ObjRef self);
int generator_set_name(ObjRef self, ObjRef value);
Obj *generator_get_qualname(ObjRef self);
int generator_set_qualname(ObjRef self, ObjRef value);
Obj *generator_get_code(ObjRef self);
Obj *generator_get_frame(ObjRef self);
Obj *generator_get_delegate(ObjRef self);

/* ---- async_generator.c */
Obj *async_generator_wrap_value(ObjRef value); /* ASYNC_GEN_WRAP */
int async_generators_init(void);
void async_generators_finish(void);
/* The value inside a wrapped one, or NULL. */
ObjRef async_generator_unwrap(ObjRef value);
/* sys.set_coroutine_origin_tracking_depth */
extern int generator_origin_depth;

#endif
