#ifndef OURO_RUNTIME_TYPES_BUFFER_H
#define OURO_RUNTIME_TYPES_BUFFER_H

/*
 * Objects that let others see their memory: who they are and how they are asked.
 *
 * A module that makes such a type registers it at start; buffer_acquire (bytes.h) and memoryview
 * then know it.  While a buffer is held the owner must not move or free its memory.
 */

#include <stdbool.h>
#include <stdint.h>

#include "runtime/core/object.h"
#include "runtime/types/bytes.h"

/* One dimension of items, as an exporter gives it. */
typedef struct BufferSource {
    unsigned char *data;
    int64_t length;    /* bytes */
    int64_t item_size; /* bytes */
    char format[4];    /* as in module struct: "B", "i", … */
    bool readonly;
} BufferSource;

typedef struct BufferExporter {
    const Type *type; /* and its subclasses */
    /* Fills *out and counts one more holder: 0, or -1 with an exception. */
    int (*acquire)(ObjRef o, BufferSource *out);
    void (*release)(ObjRef o);
    Obj *(*copy)(
        ObjRef o); /* the octets as bytes, also where they are not contiguous; may be NULL */
    /* For an object that only stands for another one: that one (borrowed), whose memory is then
     * held in its place; NULL with an exception.  May be NULL; acquire and release are then not
     * used. */
    ObjRef (*through)(ObjRef o);
} BufferExporter;

/* The definition is kept as it is (static).  SystemError when there are too many: 0/-1. */
int buffer_register(const BufferExporter *exporter);
/* The exporter of o's type, or NULL. */
const BufferExporter *buffer_exporter(ObjRef o);
/* As buffer_acquire with all that the exporter tells; o, which must be a buffer_owner, must be kept
 * alive until buffer_close. */
int buffer_open(ObjRef o, BufferSource *out);
void buffer_close(ObjRef o);
/* buffer_acquire for writing: TypeError "a read-write bytes-like object is required, not 'X'". */
int buffer_acquire_writable(ObjRef o, BufferView *view);
/* The object whose memory o shows: o itself but for stand-ins (borrowed); NULL with an exception.
 */
ObjRef buffer_owner(ObjRef o);
/* Whether o has a buffer at all. */
bool buffer_check(ObjRef o);

#endif
