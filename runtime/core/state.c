/*
 * Start and end of the interpreter, and the bound on recursion.
 *
 * runtime_init builds in an order in which each step needs only the ones before: the heap, bare
 * static types (objects of them can be made), interned names, types with their dictionaries, then
 * what inits.def lists.  runtime_finish goes the other way.  Both can run several times in one
 * process.
 */

#include "runtime/core/state.h"

#include <pthread.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

#include "gc/collector.h"
#include "gc/mem.h"
#include "runtime/core/err.h"
#include "runtime/core/ids.h"
#include "runtime/core/names.h"
#include "runtime/core/object.h"
#include "runtime/core/type_build.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/module.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"
#include "runtime/types/weakref.h"

Runtime runtime = {.max_str_digits = 4300};
ThreadState *thread_state = &runtime.main_thread;

enum {
    DEFAULT_DEPTH = 1000,
    SPARE_DEPTH = 50,          /* more levels while a RecursionError is made */
    SPARE_STACK = 256 * 1024,  /* bytes of C stack kept for what does not check */
    LARGEST_STACK = 512 << 20, /* bytes; taken for an unlimited stack */
};

#define TYPE(type) extern Type type;
#include "runtime/core/types.def"
#undef TYPE
#define INIT(init, finish)                                                                         \
    int init(void);                                                                                \
    void finish(void);
#define INIT_ONLY(init) int init(void);
#define FINISH_ONLY(finish) void finish(void);
#include "runtime/core/inits.def"
#undef INIT
#undef INIT_ONLY
#undef FINISH_ONLY

typedef struct InitStep {
    int (*init)(void); /* or NULL */
    void (*finish)(void);
} InitStep;

static const InitStep steps[] = {
#define INIT(init, finish) {init, finish},
#define INIT_ONLY(init) {init, NULL},
#define FINISH_ONLY(finish) {NULL, finish},
#include "runtime/core/inits.def"
};

enum { STEPS = sizeof steps / sizeof steps[0] };

/* ---------------------------------------------------------------- recursion */

int state_enter_slow(const char *where)
{
    ThreadState *ts = thread_state;
    char here;
    bool stack_left = (uintptr_t)&here >= ts->stack_limit;
    if (stack_left && ts->depth <= ts->depth_limit)
        return 0;
    if (ts->overflowed && (uintptr_t)&here + SPARE_STACK / 2 >= ts->stack_limit &&
        ts->depth <= ts->depth_limit + SPARE_DEPTH)
        return 0;
    bool nested = ts->overflowed;
    ts->overflowed = true;
    err_format(&exc_recursion_error, "maximum recursion depth exceeded%s", where);
    ts->overflowed = nested;
    ts->depth--;
    return -1;
}

/* Lowest address of the C stack that recursion may reach. */
static uintptr_t find_stack_limit(void)
{
    char here;
    size_t size = 8 << 20;
    if (getpid() == gettid()) {
        struct rlimit limit;
        if (getrlimit(RLIMIT_STACK, &limit) == 0)
            size = limit.rlim_cur > LARGEST_STACK ? LARGEST_STACK : (size_t)limit.rlim_cur;
        /* Arguments and environment lie above; an eighth is more than they usually take. */
        size_t reserve = size / 8 + SPARE_STACK;
        return size > reserve ? (uintptr_t)&here - (size - reserve) : (uintptr_t)&here - size / 2;
    }
    pthread_attr_t attributes;
    void *lowest = NULL;
    if (pthread_getattr_np(pthread_self(), &attributes) != 0)
        return (uintptr_t)&here - SPARE_STACK;
    pthread_attr_getstack(&attributes, &lowest, &size);
    pthread_attr_destroy(&attributes);
    return (uintptr_t)lowest + SPARE_STACK;
}

/* ---------------------------------------------------------------- start */

static void init_thread(ThreadState *ts)
{
    ts->pending = NULL;
    ts->handled_base = (ExcItem){0};
    ts->handled = &ts->handled_base;
    ts->depth = 0;
    ts->depth_limit = DEFAULT_DEPTH;
    ts->stack_limit = find_stack_limit();
    ts->overflowed = false;
    ts->repr_active = NULL;
    ts->context = NULL;
    if (ts->steps_left == 0)
        ts->steps_left = INT64_MAX;
}

static void prepare_types(void)
{
#define TYPE(type) type_prepare(&type);
#include "runtime/core/types.def"
#undef TYPE
#define EXCEPTION(object, ...) type_prepare(&object);
#include "runtime/types/exceptions.def"
#undef EXCEPTION
}

static int ready_types(void)
{
#define TYPE(type)                                                                                 \
    if (type_ready(&type) < 0)                                                                     \
        return -1;
#include "runtime/core/types.def"
#undef TYPE
#define EXCEPTION(object, ...)                                                                     \
    if (type_ready(&object) < 0)                                                                   \
        return -1;
#include "runtime/types/exceptions.def"
#undef EXCEPTION
    return 0;
}

/* Types and all that inits.def lists. */
static int init_all(void)
{
    if (strs_init() < 0 || names_make() < 0 || ready_types() < 0)
        return -1;
    runtime.modules = dict_new();
    if (runtime.modules == NULL)
        return -1;
    for (int i = 0; i < STEPS; i++) {
        if (steps[i].init != NULL && steps[i].init() < 0)
            return -1;
    }
    return 0;
}

int runtime_init(void)
{
    if (runtime.ready)
        return 0;
    gc_heap_init();
    gc_heap.trim = true;
    gc_heap.enabled = false;
    gc_heap.breaker = &runtime.breaker;
    thread_state = &runtime.main_thread;
    init_thread(thread_state);
    runtime.breaker = 0;
    runtime.finishing = false;
    prepare_types();
    if (init_all() < 0) {
        ObjRef error = err_occurred();
        Obj *text = error == NULL ? NULL : obj_str(error);
        const char *message = text == NULL ? NULL : str_utf8(text, NULL);
        fprintf(stderr, "Fatal Python error: cannot start: %s: %s\n",
                error == NULL ? "no exception" : obj_type(error)->head.name,
                message == NULL ? "?" : message);
        obj_xdecref(text);
        return -1;
    }
    runtime.ready = true;
    gc_heap.enabled = true;
    gc_heap.generations[0].count = 0;
    return 0;
}

/* ---------------------------------------------------------------- end */

static void set_none(ObjRef dict, ObjRef key)
{
    if (dict_set(dict, key, obj_none) < 0)
        err_clear();
}

/* Names that begin with one underscore first, then the others but __builtins__ (CPython's order).
 */
static void clear_namespace(ObjRef dict)
{
    for (int pass = 0; pass < 2; pass++) {
        Obj *keys = dict_keys_list(dict);
        for (int64_t i = 0; keys != NULL && i < list_length(keys); i++) {
            ObjRef key = list_peek(keys, i);
            ObjRef value = str_check_exact(key) ? dict_peek(dict, key) : NULL;
            if (value == NULL || is_none(value))
                continue;
            bool private = str_length(key) > 0 && str_char_at(key, 0) == '_' &&
                           (str_length(key) == 1 || str_char_at(key, 1) != '_');
            if (pass == 0 ? private : key != names.dunder_builtins)
                set_none(dict, key);
        }
        if (keys == NULL)
            err_clear();
        obj_xdecref(keys);
    }
}

/* What the interpreter put into sys for its own use or at the user's wish goes first. */
static void clear_sys_specials(void)
{
    static const char *const specials[] = {"path",
                                           "argv",
                                           "ps1",
                                           "ps2",
                                           "last_type",
                                           "last_value",
                                           "last_traceback",
                                           "path_hooks",
                                           "path_importer_cache",
                                           "meta_path"};
    static const char *const streams[][2] = {
        {"stdin", "__stdin__"}, {"stdout", "__stdout__"}, {"stderr", "__stderr__"}};
    ObjRef dict = runtime.sys_dict;
    if (dict == NULL)
        return;
    for (size_t i = 0; i < sizeof specials / sizeof specials[0]; i++) {
        if (dict_peek_ascii(dict, specials[i]) != NULL &&
            dict_set_ascii(dict, specials[i], obj_none) < 0)
            err_clear();
    }
    for (size_t i = 0; i < sizeof streams / sizeof streams[0]; i++) {
        ObjRef original = dict_peek_ascii(dict, streams[i][1]);
        if (original != NULL) {
            Obj *held = obj_incref(original);
            if (dict_set_ascii(dict, streams[i][0], held) < 0)
                err_clear();
            obj_decref(held);
        }
    }
}

/* Empties sys.modules; a list of weak references to the modules in order, or NULL. */
static Obj *forget_modules(void)
{
    Obj *refs = list_new(0);
    Obj *keys = dict_keys_list(runtime.modules);
    for (int64_t i = 0; refs != NULL && keys != NULL && i < list_length(keys); i++) {
        ObjRef module = dict_peek(runtime.modules, list_peek(keys, i));
        if (module == NULL || is_none(module))
            continue;
        if (type_check(module, &module_type)) {
            Obj *ref = weakref_new(module, NULL);
            if (ref == NULL || list_append_steal(refs, ref) < 0)
                err_clear();
        }
        set_none(runtime.modules, list_peek(keys, i));
    }
    obj_xdecref(keys);
    dict_clear(runtime.modules);
    err_clear();
    return refs;
}

/* Modules that outlived sys.modules lose their names, the last imported first.  Whether there were
 * any. */
static bool clear_survivors(ObjRef refs)
{
    bool any = false;
    for (int64_t i = list_length(refs) - 1; i >= 0; i--) {
        Obj *module = weakref_get(list_peek(refs, i));
        if (module == NULL)
            continue;
        ObjRef dict = module_dict(module);
        if (dict != runtime.sys_dict && dict != runtime.builtins_dict) {
            clear_namespace(dict);
            any = true;
        }
        obj_decref(module);
    }
    return any;
}

static void finish_modules(void)
{
    if (runtime.modules == NULL)
        return;
    clear_sys_specials();
    Obj *refs = forget_modules();
    gc_collect(GC_GENERATIONS - 1);
    bool any = refs != NULL && clear_survivors(refs);
    obj_xdecref(refs);
    if (any)
        gc_collect(GC_GENERATIONS - 1);
}

#ifdef OURO_DEBUG
static int count_object(ObjRef o, void *context)
{
    int64_t *count = context;
    if (++*count <= 10)
        fprintf(stderr, "alive at exit: '%s' object with %lld references\n", obj_head(o)->name,
                (long long)o->refcnt);
    return 0;
}

/* Every object must be gone by now; so must every block. */
static void report_survivors(void)
{
    int64_t objects = 0;
    for (int i = 0; i <= GC_GENERATIONS; i++)
        gc_each(i, count_object, &objects);
    MemStats stats;
    mem_stats(&stats);
    if (objects > 0 || stats.bytes_in_use > 0) {
        fprintf(stderr, "at exit: %lld tracked objects, %llu bytes\n", (long long)objects,
                (unsigned long long)stats.bytes_in_use);
    }
}
#endif

void runtime_end_program(void)
{
    if (runtime.finishing || (runtime.modules == NULL && !runtime.ready))
        return;
    runtime.finishing = true;
    gc_heap.trim = false; /* all goes anyway */
    ThreadState *ts = thread_state;
    obj_clear(&ts->pending);
    obj_clear(&ts->handled_base.exception);
    finish_modules();
    if (runtime.hooks.release != NULL)
        runtime.hooks.release();
    if (runtime.sys_dict != NULL)
        clear_namespace(runtime.sys_dict);
    if (runtime.builtins_dict != NULL)
        clear_namespace(runtime.builtins_dict);
    gc_unfreeze();
    gc_collect(GC_GENERATIONS - 1);
    gc_heap.enabled = false;
    for (int i = STEPS - 1; i >= 0; i--) {
        if (steps[i].finish != NULL)
            steps[i].finish();
    }
    obj_clear(&ts->repr_active);
    obj_clear(&runtime.modules);
}

void runtime_finish(void)
{
    runtime_end_program();
    if (!runtime.finishing)
        return;
    gc_collect(GC_GENERATIONS - 1);
    obj_clear(&thread_state->pending);
    type_unready_all();
    names_finish();
    strs_finish();
    ids_finish();
    runtime.ready = false;
    runtime.finishing = false;
#ifdef OURO_DEBUG
    report_survivors();
#endif
}
