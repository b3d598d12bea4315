/*
 * Raising, fetching and chaining the pending exception.
 *
 * thread_state->pending is NULL or an owned exception instance.  When one exception is raised while
 * another is being handled, that other becomes its __context__.  MemoryError must not need memory:
 * one instance is kept in reserve.
 */

#include "runtime/core/err.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "runtime/core/names.h"
#include "runtime/core/object.h"
#include "runtime/core/state.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"

/* ---------------------------------------------------------------- pending exception */

ObjRef err_occurred(void)
{
    return thread_state->pending;
}

Obj *err_fetch(void)
{
    Obj *exception = thread_state->pending;
    thread_state->pending = NULL;
    return exception;
}

void err_restore_steal(Obj *exception)
{
    Obj *old = thread_state->pending;
    thread_state->pending = exception;
    obj_xdecref(old);
}

void err_clear(void)
{
    obj_clear(&thread_state->pending);
}

/* The exception being handled, borrowed or NULL. */
static ObjRef handled_exception(void)
{
    for (ExcItem *item = thread_state->handled; item != NULL; item = item->previous) {
        if (item->exception != NULL && !is_none(item->exception))
            return item->exception;
    }
    return NULL;
}

/* Makes an owned exception pending, with what is being handled as its context. */
static void raise_steal(Obj *exception)
{
    ObjRef handled = handled_exception();
    if (handled != NULL && handled != exception)
        exception_set_context_steal(exception, obj_incref(handled));
    err_restore_steal(exception);
}

void err_chain_steal(Obj *context)
{
    ObjRef pending = thread_state->pending;
    if (context == NULL)
        return;
    if (pending == NULL || pending == context || exception_cast(pending)->context != NULL) {
        obj_decref(context);
        return;
    }
    exception_set_context_steal(pending, context);
}

/* ---------------------------------------------------------------- raising */

Obj *err_object(Type *type, ObjRef arg)
{
    Obj *exception = exception_new(type, arg);
    if (exception != NULL)
        raise_steal(exception);
    return NULL;
}

Obj *err_string(Type *type, const char *message)
{
    Obj *text = str_from_utf8(message, (int64_t)strlen(message));
    if (text != NULL) {
        err_object(type, text);
        obj_decref(text);
    }
    return NULL;
}

static Obj *format_va(Type *type, const char *format, va_list args)
{
    Obj *text = str_format_va(format, args);
    if (text == NULL)
        return NULL;
    Obj *exception = exception_new(type, text);
    obj_decref(text);
    return exception;
}

Obj *err_format(Type *type, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    Obj *exception = format_va(type, format, args);
    va_end(args);
    if (exception != NULL)
        raise_steal(exception);
    return NULL;
}

int err_format_int(Type *type, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    Obj *exception = format_va(type, format, args);
    va_end(args);
    if (exception != NULL)
        raise_steal(exception);
    return -1;
}

Obj *err_attribute(ObjRef o, ObjRef name, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    Obj *exception = format_va(&exc_attribute_error, format, args);
    va_end(args);
    if (exception != NULL) {
        AttributeErrorObj *error = (AttributeErrorObj *)exception;
        error->obj = obj_incref(o);
        error->name = obj_incref(name);
        raise_steal(exception);
    }
    return NULL;
}

Obj *err_name(Type *type, ObjRef name, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    Obj *exception = format_va(type, format, args);
    va_end(args);
    if (exception != NULL) {
        ((NameErrorObj *)exception)->name = obj_incref(name);
        raise_steal(exception);
    }
    return NULL;
}

Obj *err_no_memory(void)
{
    /* The reserve is reached through exception_new, which never fails for MemoryError. */
    return err_object(&exc_memory_error, NULL);
}

Obj *err_bad_internal_call(const char *where)
{
    return err_format(&exc_system_error, "bad argument to internal function %s", where);
}

Obj *err_errno(int error_number, ObjRef filename)
{
    const char *message = strerror(error_number);
    Obj *number = int_new(error_number);
    Obj *text = str_from_utf8(message, (int64_t)strlen(message));
    if (number != NULL && text != NULL) {
        ObjRef args[3] = {number, text, filename};
        Obj *exception = obj_call((ObjRef)&exc_os_error, args, filename == NULL ? 2 : 3, NULL);
        if (exception != NULL)
            raise_steal(exception);
    }
    obj_xdecref(number);
    obj_xdecref(text);
    return NULL;
}

Obj *err_stop_iteration(ObjRef value)
{
    return err_object(&exc_stop_iteration, value);
}

/* An instance for the operand of `raise`: new reference, or NULL with TypeError. */
static Obj *make_instance(ObjRef exception, const char *message)
{
    if (exception_check(exception))
        return obj_incref(exception);
    if (obj_has_flag(exception, TYPE_TYPE) &&
        type_is_subtype((const Type *)exception, &exc_base_exception)) {
        Obj *instance = obj_call0(exception);
        if (instance != NULL && !exception_check(instance)) {
            err_format(&exc_type_error,
                       "calling %R should have returned an instance of BaseException, not %R",
                       exception, (ObjRef)obj_type(instance));
            obj_clear(&instance);
        }
        return instance;
    }
    return err_string(&exc_type_error, message);
}

Obj *err_raise(ObjRef exception, ObjRef cause)
{
    Obj *instance = make_instance(exception, "exceptions must derive from BaseException");
    if (instance == NULL)
        return NULL;
    if (cause != NULL) {
        Obj *cause_instance = NULL;
        if (!is_none(cause)) {
            cause_instance =
                make_instance(cause, "exception causes must derive from BaseException");
            if (cause_instance == NULL) {
                obj_decref(instance);
                return NULL;
            }
        }
        exception_cast(instance)->suppress_context = true;
        obj_replace(&exception_cast(instance)->cause, cause_instance);
    }
    raise_steal(instance);
    return NULL;
}

/* ---------------------------------------------------------------- matching */

bool err_matches_obj(ObjRef exception, ObjRef type_or_tuple)
{
    if (tuple_check(type_or_tuple)) {
        for (int64_t i = 0; i < tuple_length(type_or_tuple); i++) {
            if (err_matches_obj(exception, tuple_peek(type_or_tuple, i)))
                return true;
        }
        return false;
    }
    return obj_has_flag(type_or_tuple, TYPE_TYPE) &&
           type_is_subtype(obj_type(exception), (const Type *)type_or_tuple);
}

bool err_matches(const Type *type)
{
    return thread_state->pending != NULL && type_is_subtype(obj_type(thread_state->pending), type);
}

int err_take_stop_iteration(Obj **value)
{
    if (!err_matches(&exc_stop_iteration))
        return 0;
    Obj *exception = err_fetch();
    ObjRef held = ((StopIterationObj *)exception)->value;
    *value = held == NULL ? none_new() : obj_incref(held);
    obj_decref(exception);
    return 1;
}

/* ---------------------------------------------------------------- reports */

/* What is left to do when the hook itself fails or is not there yet. */
static void report_plainly(ObjRef exception, ObjRef where)
{
    Obj *text = where == NULL ? NULL : obj_repr(where);
    if (text == NULL)
        err_clear();
    const char *utf8 = text == NULL ? NULL : str_utf8(text, NULL);
    if (utf8 == NULL)
        err_clear();
    fprintf(stderr, "Exception ignored in: %s\n", utf8 == NULL ? "<unknown>" : utf8);
    obj_xdecref(text);
    text = obj_str(exception);
    if (text == NULL)
        err_clear();
    utf8 = text == NULL ? NULL : str_utf8(text, NULL);
    if (utf8 == NULL)
        err_clear();
    fprintf(stderr, "%s: %s\n", type_name(obj_type(exception)),
            utf8 == NULL ? "<exception str() failed>" : utf8);
    obj_xdecref(text);
}

void err_unraisable(ObjRef where)
{
    Obj *exception = err_fetch();
    if (exception == NULL)
        return;
    ObjRef hook = NULL;
    if (runtime.sys_dict != NULL && !runtime.finishing)
        hook = dict_peek(runtime.sys_dict, names.unraisablehook);
    bool done = false;
    if (hook != NULL && runtime.hooks.unraisable_args != NULL) {
        Obj *held = obj_incref(hook);
        Obj *args = runtime.hooks.unraisable_args(exception, where);
        Obj *result = args == NULL ? NULL : obj_call1(held, args);
        done = result != NULL;
        obj_xdecref(result);
        obj_xdecref(args);
        obj_decref(held);
    } else if (runtime.hooks.report_unraisable != NULL) {
        runtime.hooks.report_unraisable(exception, where);
        done = true;
    }
    err_clear();
    if (!done)
        report_plainly(exception, where);
    obj_decref(exception);
    err_clear();
}

int err_warn(Type *category, int64_t stack_level, const char *format, ...)
{
    if (runtime.hooks.warn == NULL)
        return 0;
    va_list args;
    va_start(args, format);
    Obj *message = str_format_va(format, args);
    va_end(args);
    if (message == NULL)
        return -1;
    int result = runtime.hooks.warn(category, message, stack_level);
    obj_decref(message);
    return result;
}
