#ifndef OURO_RUNTIME_TYPES_BYTE_BUILDER_H
#define OURO_RUNTIME_TYPES_BYTE_BUILDER_H

/* ByteBuilder: octets grown piece by piece.  The int functions raise MemoryError: 0/-1. */

#include <stdint.h>

#include "gc/object.h"

typedef struct ByteBuilder {
    unsigned char *data; /* pool_alloc block of `capacity` bytes, or NULL */
    int64_t length, capacity;
} ByteBuilder;

void byte_builder_init(ByteBuilder *b);
/* Makes room for `more` bytes, which may then be stored at data + length. */
int byte_builder_reserve(ByteBuilder *b, int64_t more);
int byte_builder_add(ByteBuilder *b, const void *data, int64_t length);
int byte_builder_add_byte(ByteBuilder *b, unsigned byte);
int byte_builder_add_repeat(ByteBuilder *b, unsigned byte, int64_t count);
/* A bytes object; the builder is empty afterwards. */
Obj *byte_builder_finish(ByteBuilder *b);
void byte_builder_free(ByteBuilder *b);

#endif
