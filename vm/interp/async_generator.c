/*
 * Asynchronous generators: async_generator, the awaitables of its methods, and the wrapper that
 * tells what it yields from what it awaits.
 *
 * `yield x` inside one yields a wrapped x (ASYNC_GEN_WRAP); anything else that comes out is passed
 * on to the event loop.  __anext__, asend, athrow and aclose make awaitables that drive the
 * generator; one of them at a time (`busy`).  See PEP 525.
 */

#include "vm/interp/generator.h"

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/core/object.h"
#include "runtime/core/roots.h"
#include "runtime/core/state.h"
#include "runtime/types/builtin_function.h"
#include "runtime/types/dict.h"
#include "runtime/types/generic_alias.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"
#include "runtime/types/structseq.h"
#include "runtime/types/tuple.h"

/* ---- wrapped values */

typedef struct WrappedObj {
    Obj base;
    Obj *value; /* owned */
} WrappedObj;

static Type wrapped_type;

Obj *async_generator_wrap_value(ObjRef value)
{
    WrappedObj *wrapped = (WrappedObj *)obj_new_gc(&wrapped_type, (int64_t)sizeof(WrappedObj));
    if (wrapped == NULL)
        return NULL;
    wrapped->value = obj_incref(value);
    gc_track(&wrapped->base);
    return &wrapped->base;
}

ObjRef async_generator_unwrap(ObjRef value)
{
    return obj_type(value) == &wrapped_type ? ((const WrappedObj *)value)->value : NULL;
}

static int wrapped_traverse(ObjRef self, VisitFn visit, void *context)
{
    GC_VISIT(((const WrappedObj *)self)->value);
    return 0;
}

static void wrapped_dealloc(Obj *self)
{
    gc_untrack(self);
    obj_decref(((WrappedObj *)self)->value);
    obj_free(self, (int64_t)sizeof(WrappedObj));
}

static Type wrapped_type = {
    .head = {.base = {1, &type_type.root},
             .name = "async_generator_wrapped_value",
             .flags = TYPE_GC | TYPE_NO_NEW,
             .traverse = wrapped_traverse,
             .dealloc = wrapped_dealloc},
    .basic_size = sizeof(WrappedObj),
};

/* ---- the awaitables */

typedef enum AwaitState { AWAIT_INIT, AWAIT_ITER, AWAIT_CLOSED } AwaitState;

typedef struct AwaitObj {
    Obj base;
    GeneratorObj *generator; /* owned */
    Obj *value;              /* asend: what is sent; athrow: tuple of arguments; aclose: NULL */
    uint8_t state;           /* AwaitState */
} AwaitObj;

static Type asend_type, athrow_type;

#define await_cast(o) ((AwaitObj *)(o))

static Obj *await_new(Type *type, ObjRef generator, ObjRef value)
{
    AwaitObj *await = (AwaitObj *)obj_new_gc(type, (int64_t)sizeof(AwaitObj));
    if (await == NULL)
        return NULL;
    await->generator = generator_cast(obj_incref(generator));
    await->value = obj_xincref(value);
    await->state = AWAIT_INIT;
    gc_track(&await->base);
    return &await->base;
}

static int await_traverse(ObjRef self, VisitFn visit, void *context)
{
    GC_VISIT(((const AwaitObj *)self)->generator);
    GC_VISIT(((const AwaitObj *)self)->value);
    return 0;
}

static void await_dealloc(Obj *self)
{
    gc_untrack(self);
    obj_decref(&await_cast(self)->generator->base);
    obj_xdecref(await_cast(self)->value);
    obj_free(self, (int64_t)sizeof(AwaitObj));
}

/* What came out of the generator: a wrapped value ends the await with StopIteration(value); another
 * value goes to the event loop.  result as generator_send's; value is taken over. */
static Obj *unwrap_result(GeneratorObj *generator, int result, Obj *value)
{
    if (result < 0) {
        if (err_matches(&exc_stop_async_iteration) || err_matches(&exc_generator_exit))
            generator->closed = true;
        generator->busy = false;
        return NULL;
    }
    if (result == 0) {
        obj_decref(value);
        generator->closed = true;
        generator->busy = false;
        err_object(&exc_stop_async_iteration, NULL);
        return NULL;
    }
    ObjRef inner = async_generator_unwrap(value);
    if (inner == NULL)
        return value;
    err_stop_iteration(inner);
    obj_decref(value);
    generator->busy = false;
    return NULL;
}

static Obj *asend_send_value(ObjRef self, ObjRef sent)
{
    AwaitObj *await = (AwaitObj *)self;
    GeneratorObj *generator = await->generator;
    if (await->state == AWAIT_CLOSED)
        return err_format(&exc_runtime_error, "cannot reuse already awaited __anext__()/asend()");
    if (await->state == AWAIT_INIT) {
        if (generator->busy)
            return err_format(&exc_runtime_error,
                              "anext(): asynchronous generator is already running");
        if (is_none(sent))
            sent = await->value == NULL ? (ObjRef)obj_none : (ObjRef)await->value;
        await->state = AWAIT_ITER;
    }
    generator->busy = true;
    Obj *value = NULL;
    int sent_result;
    if (generator->state == GENERATOR_FINISHED) {
        value = none_new();
        sent_result = 0;
    } else {
        sent_result = generator_send(&generator->base, sent, &value);
    }
    Obj *result = unwrap_result(generator, sent_result, value);
    if (result == NULL)
        await->state = AWAIT_CLOSED;
    return result;
}

static Obj *await_send(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames);

/* iternext of an awaitable: StopIteration is the result, so it is never turned into an end. */
static int asend_next(ObjRef self, Obj **out)
{
    *out = asend_send_value(self, obj_none);
    return *out == NULL ? -1 : 1;
}

/* throw() of the generator, its end made 0 as generator_send's. */
static int throw_result(GeneratorObj *generator, const ObjRef *args, int64_t nargs, Obj **out)
{
    *out = generator_method_throw(&generator->base, args, nargs, NULL);
    if (*out != NULL)
        return 1;
    if (generator->state == GENERATOR_FINISHED && err_take_stop_iteration(out))
        return 0;
    return -1;
}

static Obj *asend_throw(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    AwaitObj *await = (AwaitObj *)self;
    (void)kwnames;
    if (await->state == AWAIT_CLOSED)
        return err_format(&exc_runtime_error, "cannot reuse already awaited __anext__()/asend()");
    if (await->state == AWAIT_INIT) {
        if (await->generator->busy) {
            await->state = AWAIT_CLOSED;
            return err_format(&exc_runtime_error,
                              "anext(): asynchronous generator is already running");
        }
        await->state = AWAIT_ITER;
        await->generator->busy = true;
    }
    Obj *value = NULL;
    int thrown = throw_result(await->generator, args, nargs, &value);
    Obj *result = unwrap_result(await->generator, thrown, value);
    if (result == NULL)
        await->state = AWAIT_CLOSED;
    return result;
}

static Obj *await_close(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args;
    (void)nargs;
    (void)kwnames;
    ((AwaitObj *)self)->state = AWAIT_CLOSED;
    return none_new();
}

/* athrow() and aclose(): one step. */
static Obj *athrow_send_value(ObjRef self, ObjRef sent)
{
    AwaitObj *await = (AwaitObj *)self;
    GeneratorObj *generator = await->generator;
    bool closing = await->value == NULL;
    if (await->state == AWAIT_CLOSED)
        return err_format(&exc_runtime_error, "cannot reuse already awaited aclose()/athrow()");
    if (generator->state == GENERATOR_FINISHED) {
        await->state = AWAIT_CLOSED;
        return err_object(&exc_stop_iteration, NULL);
    }
    Obj *value = NULL;
    int result;
    if (await->state == AWAIT_INIT) {
        if (generator->busy) {
            await->state = AWAIT_CLOSED;
            return err_format(&exc_runtime_error,
                              closing ? "aclose(): asynchronous generator is already running"
                                      : "athrow(): asynchronous generator is already running");
        }
        if (generator->closed) {
            await->state = AWAIT_CLOSED;
            return err_object(&exc_stop_async_iteration, NULL);
        }
        if (!is_none(sent))
            return err_format(&exc_runtime_error,
                              "can't send non-None value to a just-started coroutine");
        await->state = AWAIT_ITER;
        generator->busy = true;
        if (closing) {
            ObjRef exit = &exc_generator_exit.head.base;
            generator->closed = true;
            result = throw_result(generator, &exit, 1, &value);
            if (result > 0 && async_generator_unwrap(value) != NULL) {
                obj_decref(value);
                generator->busy = false;
                await->state = AWAIT_CLOSED;
                return err_format(&exc_runtime_error, "async generator ignored GeneratorExit");
            }
        } else {
            result = throw_result(generator, (const ObjRef *)tuple_cast(await->value)->items,
                                  tuple_length(await->value), &value);
        }
    } else {
        result = generator_send(&generator->base, sent, &value);
    }
    if (!closing) {
        Obj *out = unwrap_result(generator, result, value);
        if (out == NULL)
            await->state = AWAIT_CLOSED;
        return out;
    }
    if (result > 0) {
        if (async_generator_unwrap(value) != NULL) {
            obj_decref(value);
            generator->busy = false;
            await->state = AWAIT_CLOSED;
            return err_format(&exc_runtime_error, "async generator ignored GeneratorExit");
        }
        return value;
    }
    generator->busy = false;
    await->state = AWAIT_CLOSED;
    if (result == 0) {
        obj_decref(value);
        return err_object(&exc_stop_iteration, NULL);
    }
    if (err_matches(&exc_stop_async_iteration) || err_matches(&exc_generator_exit)) {
        err_clear();
        return err_object(&exc_stop_iteration, NULL);
    }
    return NULL;
}

static int athrow_next(ObjRef self, Obj **out)
{
    *out = athrow_send_value(self, obj_none);
    return *out == NULL ? -1 : 1;
}

static Obj *await_send(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs;
    (void)kwnames;
    return obj_type(self) == &asend_type ? asend_send_value(self, args[0])
                                         : athrow_send_value(self, args[0]);
}

static Obj *athrow_throw(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    AwaitObj *await = (AwaitObj *)self;
    (void)kwnames;
    if (await->state == AWAIT_CLOSED)
        return err_format(&exc_runtime_error, "cannot reuse already awaited aclose()/athrow()");
    if (await->state == AWAIT_INIT) {
        if (await->generator->busy) {
            await->state = AWAIT_CLOSED;
            return err_format(&exc_runtime_error,
                              await->value == NULL
                                  ? "aclose(): asynchronous generator is already running"
                                  : "athrow(): asynchronous generator is already running");
        }
        await->state = AWAIT_ITER;
        await->generator->busy = true;
    }
    Obj *value = NULL;
    int result = throw_result(await->generator, args, nargs, &value);
    if (await->value != NULL) {
        Obj *out = unwrap_result(await->generator, result, value);
        if (out == NULL)
            await->state = AWAIT_CLOSED;
        return out;
    }
    if (result > 0 && async_generator_unwrap(value) == NULL)
        return value;
    await->generator->busy = false;
    await->state = AWAIT_CLOSED;
    if (result > 0) {
        obj_decref(value);
        return err_format(&exc_runtime_error, "async generator ignored GeneratorExit");
    }
    if (result == 0) {
        obj_decref(value);
        return err_object(&exc_stop_iteration, NULL);
    }
    if (err_matches(&exc_stop_async_iteration) || err_matches(&exc_generator_exit)) {
        err_clear();
        return err_object(&exc_stop_iteration, NULL);
    }
    return NULL;
}

static const MethodDef asend_methods[] = {
    {"send", await_send, 1, 1, 0, "send(value)\n--\n\nGoes on."},
    {"throw", asend_throw, 1, 3, 0, "throw(type[, value[, traceback]])\n--\n\nRaises inside."},
    {"close", await_close, 0, 0, 0, "close()\n--\n\nEnds the awaitable."},
    {0},
};

static const MethodDef athrow_methods[] = {
    {"send", await_send, 1, 1, 0, "send(value)\n--\n\nGoes on."},
    {"throw", athrow_throw, 1, 3, 0, "throw(type[, value[, traceback]])\n--\n\nRaises inside."},
    {"close", await_close, 0, 0, 0, "close()\n--\n\nEnds the awaitable."},
    {0},
};

static Type asend_type = {
    .head = {.base = {1, &type_type.root},
             .name = "async_generator_asend",
             .flags = TYPE_GC | TYPE_NO_NEW,
             .traverse = await_traverse,
             .dealloc = await_dealloc},
    .basic_size = sizeof(AwaitObj),
    .iter = object_iter_self,
    .next = asend_next,
    .await = object_iter_self,
    .methods = asend_methods,
};

static Type athrow_type = {
    .head = {.base = {1, &type_type.root},
             .name = "async_generator_athrow",
             .flags = TYPE_GC | TYPE_NO_NEW,
             .traverse = await_traverse,
             .dealloc = await_dealloc},
    .basic_size = sizeof(AwaitObj),
    .iter = object_iter_self,
    .next = athrow_next,
    .await = object_iter_self,
    .methods = athrow_methods,
};

/* ---- sys.get_asyncgen_hooks */

static Obj *first_hook, *finalizer_hook; /* owned or NULL */

static int set_hook(Obj **place, ObjRef hook, const char *name)
{
    if (hook == NULL)
        return 0;
    if (!is_none(hook) && !obj_is_callable(hook))
        return err_format_int(&exc_type_error, "callable %s expected, got %T", name, hook);
    obj_replace(place, is_none(hook) ? NULL : obj_incref(hook));
    return 0;
}

static Obj *sys_set_hooks(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    static const ArgSpec spec = {"set_asyncgen_hooks", 0, 0, 2, 2, {"firstiter", "finalizer"}};
    ObjRef given[2];
    (void)self;
    if (args_bind(&spec, args, nargs, kwnames, given) < 0 ||
        set_hook(&finalizer_hook, given[1], "finalizer") < 0 ||
        set_hook(&first_hook, given[0], "firstiter") < 0)
        return NULL;
    return none_new();
}

static const StructSeqField hooks_fields[] = {
    {"firstiter", NULL}, {"finalizer", NULL}, {NULL, NULL}};
static const StructSeqDef hooks_def = {"sys.asyncgen_hooks", NULL, hooks_fields, 2};
static Type hooks_type;

static Obj *sys_get_hooks(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self;
    (void)args;
    (void)nargs;
    (void)kwnames;
    Obj *pair = structseq_new(&hooks_type);
    if (pair != NULL &&
        (structseq_set_steal(pair, 0, obj_incref(first_hook != NULL ? first_hook : obj_none)) < 0 ||
         structseq_set_steal(pair, 1,
                             obj_incref(finalizer_hook != NULL ? finalizer_hook : obj_none)) < 0))
        obj_clear(&pair);
    return pair;
}

/* The first step of an asynchronous generator tells the event loop. */
static int ask_hooks(ObjRef self)
{
    GeneratorObj *generator = (GeneratorObj *)self;
    if (generator->hooked)
        return 0;
    generator->hooked = true;
    generator->origin = obj_xincref(finalizer_hook);
    if (first_hook == NULL)
        return 0;
    Obj *hook = obj_incref(first_hook), *result = obj_call1(hook, self);
    obj_decref(hook);
    obj_xdecref(result);
    return result == NULL ? -1 : 0;
}

/* ---- async_generator */

static Obj *async_generator_anext(ObjRef self)
{
    return ask_hooks(self) < 0 ? NULL : await_new(&asend_type, self, NULL);
}

static Obj *method_asend(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs;
    (void)kwnames;
    return ask_hooks(self) < 0 ? NULL : await_new(&asend_type, self, args[0]);
}

static Obj *method_athrow(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)kwnames;
    if (ask_hooks(self) < 0)
        return NULL;
    Obj *tuple = tuple_from(args, nargs);
    Obj *result = tuple == NULL ? NULL : await_new(&athrow_type, self, tuple);
    obj_xdecref(tuple);
    return result;
}

static Obj *method_aclose(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args;
    (void)nargs;
    (void)kwnames;
    return ask_hooks(self) < 0 ? NULL : await_new(&athrow_type, self, NULL);
}

static Obj *get_running(ObjRef self)
{
    return bool_new(generator_cast(self)->busy);
}

static const MethodDef async_generator_methods[] = {
    {"asend", method_asend, 1, 1, 0, "asend(value)\n--\n\nGoes on with `value`."},
    {"athrow", method_athrow, 1, 3, 0,
     "athrow(type[, value[, traceback]])\n--\n\nRaises an exception at the yield."},
    {"aclose", method_aclose, 0, 0, 0, "aclose()\n--\n\nRaises GeneratorExit at the yield."},
    {"__class_getitem__", generic_alias_class_getitem, 1, 1, METHOD_CLASS, NULL},
    {0},
};

static const GetSetDef async_generator_getset[] = {
    {"__name__", generator_get_name, generator_set_name, NULL},
    {"__qualname__", generator_get_qualname, generator_set_qualname, NULL},
    {"ag_code", generator_get_code, NULL, NULL},
    {"ag_frame", generator_get_frame, NULL, NULL},
    {"ag_await", generator_get_delegate, NULL, NULL},
    {"ag_running", get_running, NULL, NULL},
    {0},
};

Type async_generator_type = {
    .head = {.base = {1, &type_type.root},
             .name = "async_generator",
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
    .aiter = object_iter_self,
    .anext = async_generator_anext,
    .methods = async_generator_methods,
    .getset = async_generator_getset,
};

static const MethodDef hook_functions[] = {
    {"get_asyncgen_hooks", sys_get_hooks, 0, 0, 0,
     "get_asyncgen_hooks()\n--\n\nThe hooks for asynchronous generators."},
    {"set_asyncgen_hooks", sys_set_hooks, 0, -1, METHOD_KEYWORDS,
     "set_asyncgen_hooks(* [, firstiter] [, finalizer])\n--\n\nSets them."},
    {0},
};

int async_generators_init(void)
{
    ROOT("sys.get_asyncgen_hooks().firstiter", first_hook);
    ROOT("sys.get_asyncgen_hooks().finalizer", finalizer_hook);
    Type *const types[] = {&wrapped_type, &asend_type, &athrow_type};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (type_ready(types[i]) < 0)
            return -1;
    }
    if (structseq_ready(&hooks_type, &hooks_def) < 0)
        return -1;
    for (const MethodDef *def = hook_functions; def->name != NULL; def++) {
        Obj *function = builtin_function_new(def, NULL, names.sys);
        int result = function == NULL ? -1 : dict_set_ascii(runtime.sys_dict, def->name, function);
        obj_xdecref(function);
        if (result < 0)
            return -1;
    }
    return 0;
}

void async_generators_finish(void)
{
    obj_clear(&first_hook);
    obj_clear(&finalizer_hook);
}
