#ifndef OURO_RUNTIME_TYPES_BYTEARRAY_H
#define OURO_RUNTIME_TYPES_BYTEARRAY_H

/* bytearray: a growable array of octets. */

#include <stdint.h>

#include "runtime/core/object.h"

typedef struct ByteArrayObj {
    Obj base;
    int64_t length;   /* octets in use */
    int64_t capacity; /* octets that `block` has room for, the final NUL not counted */
    int64_t start;    /* octets of the block before the first one in use (deleted at the front) */
    int64_t exports;  /* holders of the buffer; while there are any, the size cannot change */
    unsigned char *block; /* mem_alloc block of capacity + 1 bytes, or NULL */
} ByteArrayObj;

extern Type bytearray_type, bytearray_iterator_type;

#define bytearray_cast(o) ((ByteArrayObj *)(o))
#define bytearray_check(o) type_check(o, &bytearray_type)

/* The octets; valid until the bytearray changes. */
unsigned char *bytearray_data(ObjRef o);
/* data NULL: contents undefined. */
Obj *bytearray_new(const void *data, int64_t length);
/* BufferError while there are exports: 0/-1. */
int bytearray_resize(ObjRef o, int64_t length);
int bytearrays_init(void);

#endif
