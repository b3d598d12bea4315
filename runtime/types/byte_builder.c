/*
 * ByteBuilder: octets grown piece by piece; the counterpart of StrBuilder for encoders and bytes.
 *
 * Growth is by half, so that a sequence of additions is linear.  After a failure the builder is
 * still valid; byte_builder_free it.
 */

#include "runtime/types/byte_builder.h"

#include <string.h>

#include "gc/pool.h"
#include "runtime/core/err.h"
#include "runtime/types/bytes.h"

enum { FIRST_CAPACITY = 64 };

void byte_builder_init(ByteBuilder *b)
{
    *b = (ByteBuilder){NULL, 0, 0};
}

void byte_builder_free(ByteBuilder *b)
{
    if (b->data != NULL)
        pool_free(b->data, (size_t)b->capacity);
    byte_builder_init(b);
}

int byte_builder_reserve(ByteBuilder *b, int64_t more)
{
    if (more <= b->capacity - b->length)
        return 0;
    if (more > INT64_MAX / 4 - b->length) {
        err_no_memory();
        return -1;
    }
    int64_t need = b->length + more;
    int64_t capacity = b->length == 0 ? need : need + (need >> 1);
    if (capacity < FIRST_CAPACITY)
        capacity = FIRST_CAPACITY;
    unsigned char *data = pool_alloc((size_t)capacity);
    if (data == NULL) {
        err_no_memory();
        return -1;
    }
    if (b->data != NULL) {
        memcpy(data, b->data, (size_t)b->length);
        pool_free(b->data, (size_t)b->capacity);
    }
    b->data = data;
    b->capacity = capacity;
    return 0;
}

int byte_builder_add(ByteBuilder *b, const void *data, int64_t length)
{
    if (length <= 0)
        return 0;
    if (byte_builder_reserve(b, length) < 0)
        return -1;
    memcpy(b->data + b->length, data, (size_t)length);
    b->length += length;
    return 0;
}

int byte_builder_add_byte(ByteBuilder *b, unsigned byte)
{
    if (b->length == b->capacity && byte_builder_reserve(b, 1) < 0)
        return -1;
    b->data[b->length++] = (unsigned char)byte;
    return 0;
}

int byte_builder_add_repeat(ByteBuilder *b, unsigned byte, int64_t count)
{
    if (count <= 0)
        return 0;
    if (byte_builder_reserve(b, count) < 0)
        return -1;
    memset(b->data + b->length, (int)byte, (size_t)count);
    b->length += count;
    return 0;
}

Obj *byte_builder_finish(ByteBuilder *b)
{
    Obj *result = bytes_new(b->length == 0 ? (const unsigned char *)"" : b->data, b->length);
    byte_builder_free(b);
    return result;
}
