#ifndef OURO_RUNTIME_CORE_ERR_H
#define OURO_RUNTIME_CORE_ERR_H

/*
 * The pending exception of the current thread.  It is always an instance (never a bare class).
 * A failure ⇔ a pending exception.
 *
 * Formats of err_format: %s (C string UTF-8), %.Ns, %d, %lld/%lu/%ld/%zd, %c, %%, %R (repr of an
 * object), %S (str of an object), %U (a str object), %T (type name of an object), %N (name of a
 * Type *).
 */

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>

#include "runtime/core/type.h"
#include "runtime/types/exception.h"

/* Raise; all return NULL (err_…_int: -1) so that callers can write `return err_format(…)`. */
Obj *err_format(Type *type, const char *format, ...);
int err_format_int(Type *type, const char *format, ...);
Obj *err_string(Type *type, const char *message);
/* type(arg): for KeyError(key), StopIteration(value)… */
Obj *err_object(Type *type, ObjRef arg);
/* Raises an exception instance or class (as the raise statement does; TypeError otherwise). */
Obj *err_raise(ObjRef exception, ObjRef cause);
Obj *err_no_memory(void);
/* OSError from errno, with an optional file name (str or NULL). */
Obj *err_errno(int error_number, ObjRef filename);
/* AttributeError with its obj and name attributes; NameError (or a subclass) with its name. */
Obj *err_attribute(ObjRef o, ObjRef name, const char *format, ...);
Obj *err_name(Type *type, ObjRef name, const char *format, ...);
/* A str formatted as err_format does (runtime/types/str_format_c.c). */
Obj *str_format_c(const char *format, ...);
Obj *str_format_va(const char *format, va_list args);
/* TypeError: "bad argument…" helpers */
Obj *err_bad_internal_call(const char *where);

/* Borrowed pending exception, or NULL. */
ObjRef err_occurred(void);
/* 1 if the pending exception is an instance of type (or, for a tuple, any of them). */
bool err_matches(const Type *type);
bool err_matches_obj(ObjRef exception, ObjRef type_or_tuple);
void err_clear(void);
/* Takes the pending exception away (owned, or NULL). */
Obj *err_fetch(void);
/* Makes an owned exception (or NULL) pending, replacing another; sets no context. */
void err_restore_steal(Obj *exception);
/* Chains: the pending exception gets `context` (owned, may be NULL) as __context__ unless it has
 * it. */
void err_chain_steal(Obj *context);
/* Reports the pending exception through sys.unraisablehook as "Exception ignored in: …" and clears.
 */
void err_unraisable(ObjRef where);
/* 0, or -1 when turned into an error by a filter.  category: a Warning subclass. */
int err_warn(Type *category, int64_t stack_level, const char *format, ...);
/* StopIteration with a value (owned NULL: none). */
Obj *err_stop_iteration(ObjRef value);
/* If StopIteration is pending: clears it, gives its value (new reference): 1; else 0. */
int err_take_stop_iteration(Obj **value);

#endif
