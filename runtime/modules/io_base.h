#ifndef OURO_RUNTIME_MODULES_IO_BASE_H
#define OURO_RUNTIME_MODULES_IO_BASE_H

/* The abstract bases of streams, and what all stream types share. */

#include <stdbool.h>
#include <stdint.h>

#include "runtime/core/object.h"

enum { IO_BUFFER_SIZE = 8192 }; /* bytes: io.DEFAULT_BUFFER_SIZE */

/* Every stream object begins so. */
typedef struct IoObj {
    Obj base;
    Obj *dict; /* __dict__ or NULL */
    Obj *weak_list;
    bool base_closed; /* IOBase.close() ran */
    bool finalizing;  /* close() is called because nobody refers to the stream any more */
} IoObj;

extern Type io_base_type, io_raw_base_type, io_buffered_base_type, io_text_base_type;

/* For traverse, clear and dealloc of stream types. */
int io_base_traverse(ObjRef self, VisitFn visit, void *context);
int io_base_clear(ObjRef self);
/* Closes an unclosed stream whose count fell to 0; false when it lives again and must not be freed.
 * Then untracks it and clears its weak references. */
bool io_base_dealloc_begin(Obj *self);
/* finalize of all stream types: calls close() unless closed, ignoring errors. */
void io_base_finalize(ObjRef self);
Obj **io_base_weak_list(ObjRef self);

/* io.UnsupportedOperation: the class (borrowed, NULL with an exception), and raising it. */
ObjRef io_unsupported_peek(void);
Obj *io_unsupported(const char *message);
void io_finish(void);

/* ValueError "I/O operation on closed file." */
Obj *io_raise_closed(void);
/* stream.closed of any object: new reference. */
Obj *io_get_closed(ObjRef stream);
/* The truth of self.closed: 1, 0, -1. */
int io_is_closed(ObjRef stream);
/* 0 when stream.NAME() is true, else UnsupportedOperation with the message: -1. */
int io_require(ObjRef stream, const char *name, const char *message);
/* Parses an optional size argument (None or absent: -1). */
int io_size_argument(ObjRef arg, int64_t *out);
/* Calls inner._dealloc_warn(source), which ends in a ResourceWarning of the file; ignores errors.
 */
void io_warn_unclosed(ObjRef inner, ObjRef source);
/* close() of a stream over another: flushes it, closes the one below (NULL when detached) even when
 * that failed, and returns what close returned; both errors are chained. */
Obj *io_flush_and_close(ObjRef stream, Obj *const *below);
/* stream.close() of C code that has an error pending already: closes and chains. */
void io_close_after_error(ObjRef stream);
/* IOBase.close: flushes and marks the stream as closed. */
Obj *io_base_close(ObjRef self);
/* stream.METHOD() of any object. */
Obj *io_call0(ObjRef stream, const char *method);
Obj *io_call1(ObjRef stream, const char *method, ObjRef arg);
/* BlockingIOError(errno, text, characters_written); NULL. */
Obj *io_raise_blocking(const char *text, int64_t written);

#endif
