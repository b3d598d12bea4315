#ifndef OURO_RUNTIME_TYPES_EXCEPTION_H
#define OURO_RUNTIME_TYPES_EXCEPTION_H

/*
 * Exception objects.  Every exception type is a static Type named in exceptions.def.
 * (ExceptionGroup has two bases: BaseExceptionGroup and Exception.)
 */

#include <stdbool.h>

#include "gc/object.h"

#include "runtime/core/type.h"

#define EXCEPTION(object, name, base, layout, kind, doc) extern Type object;
#include "runtime/types/exceptions.def"
#undef EXCEPTION

/* Layout shared by all; types with more attributes extend it (exception.c). */
typedef struct ExceptionObj {
    Obj base;
    Obj *dict;      /* __dict__ or NULL */
    Obj *args;      /* tuple */
    Obj *traceback; /* TracebackObj (VM) or NULL */
    Obj *context, *cause;
    bool suppress_context;
} ExceptionObj;

#define exception_cast(o) ((ExceptionObj *)(o))
#define exception_check(o) obj_has_flag(o, TYPE_EXCEPTION)

/* Kinds with attributes of their own: all fields are owned references or NULL (reads as None). */
typedef struct StopIterationObj {
    ExceptionObj exception;
    Obj *value;
} StopIterationObj;

typedef struct SystemExitObj {
    ExceptionObj exception;
    Obj *code;
} SystemExitObj;

typedef struct NameErrorObj {
    ExceptionObj exception;
    Obj *name;
} NameErrorObj;

typedef struct AttributeErrorObj {
    ExceptionObj exception;
    Obj *obj, *name;
} AttributeErrorObj;

typedef struct ImportErrorObj {
    ExceptionObj exception;
    Obj *msg, *name, *path;
} ImportErrorObj;

typedef struct OsErrorObj {
    ExceptionObj exception;
    Obj *error_number, *strerror, *filename, *filename2, *characters_written;
} OsErrorObj;

typedef struct SyntaxErrorObj {
    ExceptionObj exception;
    Obj *msg, *filename, *lineno, *offset, *text, *end_lineno, *end_offset, *print_file_and_line;
} SyntaxErrorObj;

typedef struct UnicodeErrorObj {
    ExceptionObj exception;
    Obj *encoding, *object, *start, *end, *reason; /* start, end: ints, in items of object */
} UnicodeErrorObj;

typedef struct GroupObj {
    ExceptionObj exception;
    Obj *message, *exceptions; /* exceptions: tuple */
} GroupObj;

/* An instance of a static exception type with one argument (or none: NULL). */
Obj *exception_new(Type *type, ObjRef arg);
/* Splits a group (or plain exception) by `matcher` (a type or tuple of types): *match and *rest are
 * new references or NULL for nothing.  0/-1.  For `except*`. */
int exception_group_split(ObjRef exception, ObjRef matcher, Obj **match, Obj **rest);
/* Chains: `exception` gets `context` (owned or NULL) as __context__; a cycle is cut. */
void exception_set_context_steal(ObjRef exception, Obj *context);
int exceptions_init(void);
void exceptions_finish(void);

#endif
