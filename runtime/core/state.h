#ifndef OURO_RUNTIME_CORE_STATE_H
#define OURO_RUNTIME_CORE_STATE_H

/*
 * What is global: the Runtime (shared) and the ThreadState (one thread of Python), both reached
 * from pointers so that several interpreters and threads under a lock can come without a rewrite.
 */

#include <stdbool.h>
#include <stdint.h>

#include "gc/object.h"
#include "runtime/core/type.h"

/* What the eval loop looks at on backward jumps and function entry, when not 0. */
enum {
    BREAK_GC = 1,     /* a generation is full */
    BREAK_SIGNAL = 2, /* a signal handler ran */
    BREAK_STEPS = 4,  /* the step budget must be checked */
    BREAK_TRACE = 8,
};

/* One entry of the stack of exceptions being handled (sys.exc_info); generators have their own. */
typedef struct ExcItem ExcItem;
struct ExcItem {
    Obj *exception; /* owned or NULL */
    ExcItem *previous;
};

/* The VM's side of a thread (value stack, call records): vm/interp/frame.h. */
struct VmThread;

typedef struct ThreadState {
    Obj *pending;     /* exception being raised; owned or NULL */
    ExcItem *handled; /* top of the stack of handled exceptions; never NULL */
    ExcItem handled_base;
    int32_t depth;         /* Python frames plus C recursions */
    int32_t depth_limit;   /* sys.setrecursionlimit */
    uintptr_t stack_limit; /* lowest C stack address that may be used */
    bool overflowed;       /* while a RecursionError is handled: 50 more levels */
    Obj *repr_active;      /* list of containers whose repr runs, or NULL */
    Obj *context;          /* current Context (modules/contextvars.c); owned or NULL */
    struct VmThread *vm;
    int64_t steps_left; /* instruction budget of -X maxsteps; INT64_MAX: none */
} ThreadState;

typedef struct RuntimeHooks {
    /* Filled by the VM at start. */
    Obj *(*import_module)(const char *dotted_name); /* new reference to the module itself */
    ObjRef (*current_globals)(void);                /* borrowed or NULL */
    Obj *(*current_locals)(void);                   /* new reference */
    Obj *(*current_frame)(int depth); /* new FrameObj reference or NULL (ValueError) */
    /* Appends a traceback entry for the running frame to the pending exception: used by C code that
     * catches and re-raises; may be NULL. */
    void (*traceback_here)(void);
    /* The class and the first argument of the running method, for super() without arguments: new
     * references, 0; -1 with RuntimeError. */
    int (*super_arguments)(Type **type, Obj **self);
    /* Called by runtime_finish when no more Python code will run, before types are taken apart:
     * gives up every object that the VM holds; may be NULL. */
    void (*release)(void);
    /* The argument of sys.unraisablehook, and what that hook does at first ("Exception ignored in:
     * …" with a traceback on stderr). */
    Obj *(*unraisable_args)(ObjRef exception, ObjRef where);
    void (*report_unraisable)(ObjRef exception, ObjRef where);
    /* The warnings machinery: 0, or -1 when a filter turns the warning into an error. */
    int (*warn)(Type *category, ObjRef message, int64_t stack_level);
    /* A line of a source file without indentation and newline: new reference, or NULL (nothing
     * raised that matters). */
    Obj *(*source_line)(ObjRef filename, int64_t line);
    /* After a system call was interrupted: 0 to go on, -1 with KeyboardInterrupt or what a signal
     * handler raised; may be NULL. */
    int (*check_signals)(void);
} RuntimeHooks;

typedef struct Runtime {
    ThreadState main_thread;
    volatile int breaker; /* BREAK_… bits; eval loop's one word to watch */
    Obj *modules;         /* dict: sys.modules */
    Obj *sys_dict;        /* dict of module sys */
    Obj *builtins;        /* module builtins */
    Obj *builtins_dict;
    Obj *interned; /* dict str → str, or own table: see str_intern */
    bool ready, finishing;
    int argc;
    char **argv;        /* what sys.argv shows */
    int max_str_digits; /* sys.set_int_max_str_digits; 4300 */
    int optimize, verbose, quiet, inspect, dont_write_bytecode, ignore_environment, isolated;
    int utf8_mode, dev_mode, bytes_warning;
    RuntimeHooks hooks;
} Runtime;

extern Runtime runtime;
extern ThreadState *thread_state;

/* C recursion over data or into user code.  -1 with RecursionError ("maximum recursion depth
 * exceeded"
 * + where, e.g. " while getting the repr of an object") when too deep or the C stack is nearly
 * full. */
int state_enter_slow(const char *where);
static inline int state_enter(const char *where)
{
    ThreadState *ts = thread_state;
    char here;
    if (__builtin_expect(++ts->depth > ts->depth_limit || (uintptr_t)&here < ts->stack_limit, 0))
        return state_enter_slow(where);
    return 0;
}
static inline void state_leave(void)
{
    thread_state->depth--;
}

/* Order: gc heap, core types, singletons and interned names, types, exceptions, builtins, sys.
 * 0, or -1 with a message on stderr.  Can be called again after runtime_finish. */
int runtime_init(void);
/* Ends the program in CPython's order: modules, remaining objects' finalisers, caches.  No Python
 * code runs afterwards; types and names are left for the end of the process. */
void runtime_end_program(void);
/* runtime_end_program, then takes types and names apart.  In Debug builds reports live objects. */
void runtime_finish(void);

#endif
