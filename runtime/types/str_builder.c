/*
 * StrBuilder: a str grown piece by piece.
 *
 * The buffer starts at one byte per code point and is widened the first time something wider comes,
 * so that it always has the canonical width and finishing is one copy.  Growth is by half, which
 * keeps a sequence of additions linear.  After a failure the builder is still valid;
 * str_builder_free it.
 */

#include <string.h>

#include "gc/pool.h"
#include "runtime/core/err.h"
#include "runtime/types/str.h"

enum { FIRST_CAPACITY = 64 };

void str_builder_init(StrBuilder *b)
{
    b->data = NULL;
    b->length = 0;
    b->capacity = 0;
    b->kind = 1;
    b->max_char = 0;
}

void str_builder_free(StrBuilder *b)
{
    if (b->data != NULL)
        pool_free(b->data, (size_t)(b->capacity * b->kind));
    str_builder_init(b);
}

static int kind_for(uint32_t max_char)
{
    return max_char < 0x100 ? 1 : max_char < 0x10000 ? 2 : 4;
}

/* Moves to a buffer of `capacity` code points of `kind` bytes. */
static int move(StrBuilder *b, int64_t capacity, int kind)
{
    if (capacity > (INT64_MAX - 64) / kind) {
        err_no_memory();
        return -1;
    }
    unsigned char *data = pool_alloc((size_t)(capacity * kind));
    if (data == NULL) {
        err_no_memory();
        return -1;
    }
    if (b->data != NULL) {
        str_convert(data, kind, b->data, b->kind, b->length);
        pool_free(b->data, (size_t)(b->capacity * b->kind));
    }
    b->data = data;
    b->capacity = capacity;
    b->kind = (uint8_t)kind;
    return 0;
}

int str_builder_reserve(StrBuilder *b, int64_t count, uint32_t max_char)
{
    int kind = kind_for(max_char);
    if (max_char > b->max_char)
        b->max_char = max_char;
    if (kind < b->kind)
        kind = b->kind;
    if (count <= b->capacity - b->length && kind == b->kind)
        return 0;
    if (count > INT64_MAX / 8 - b->length) {
        err_no_memory();
        return -1;
    }
    int64_t need = b->length + count;
    int64_t capacity = b->capacity;
    if (need > capacity) {
        capacity = b->length == 0 ? need : need + (need >> 1);
        if (capacity < FIRST_CAPACITY)
            capacity = FIRST_CAPACITY;
    }
    if (kind == b->kind && b->data != NULL &&
        (!OURO_POOLS || (b->capacity * kind > POOL_MAX && capacity * kind > POOL_MAX))) {
        unsigned char *data =
            mem_realloc(b->data, (size_t)(b->capacity * kind), (size_t)(capacity * kind));
        if (data == NULL) {
            err_no_memory();
            return -1;
        }
        b->data = data;
        b->capacity = capacity;
        return 0;
    }
    return move(b, capacity, kind);
}

int str_builder_add_char(StrBuilder *b, uint32_t c)
{
    if (str_builder_reserve(b, 1, c) < 0)
        return -1;
    if (b->kind == 1)
        b->data[b->length++] = (unsigned char)c;
    else if (b->kind == 2)
        ((uint16_t *)(void *)b->data)[b->length++] = (uint16_t)c;
    else
        ((uint32_t *)(void *)b->data)[b->length++] = c;
    return 0;
}

int str_builder_add_range(StrBuilder *b, ObjRef s, int64_t start, int64_t end)
{
    const StrObj *str = (const StrObj *)s;
    if (start >= end)
        return 0;
    uint32_t max_char =
        start == 0 && end == str->length ? str_max_char(s) : str_max_char_range(s, start, end);
    if (str_builder_reserve(b, end - start, max_char) < 0)
        return -1;
    str_convert(b->data + b->length * b->kind, b->kind, str->data + start * str->kind, str->kind,
                end - start);
    b->length += end - start;
    return 0;
}

int str_builder_add_str(StrBuilder *b, ObjRef s)
{
    return str_builder_add_range(b, s, 0, str_length(s));
}

int str_builder_add_ascii_n(StrBuilder *b, const char *text, int64_t length)
{
    if (length == 0)
        return 0;
    if (str_builder_reserve(b, length, 127) < 0)
        return -1;
    str_convert(b->data + b->length * b->kind, b->kind, text, 1, length);
    b->length += length;
    return 0;
}

int str_builder_add_ascii(StrBuilder *b, const char *text)
{
    return str_builder_add_ascii_n(b, text, (int64_t)strlen(text));
}

int str_builder_add_latin1(StrBuilder *b, const unsigned char *text, int64_t length)
{
    uint32_t all = 0;
    for (int64_t i = 0; i < length; i++)
        all |= text[i];
    if (str_builder_reserve(b, length, all) < 0)
        return -1;
    str_convert(b->data + b->length * b->kind, b->kind, text, 1, length);
    b->length += length;
    return 0;
}

int str_builder_add_repeat(StrBuilder *b, uint32_t c, int64_t count)
{
    if (count <= 0)
        return 0;
    if (str_builder_reserve(b, count, c) < 0)
        return -1;
    if (b->kind == 1) {
        memset(b->data + b->length, (int)c, (size_t)count);
    } else if (b->kind == 2) {
        uint16_t *p = (uint16_t *)(void *)b->data + b->length;
        for (int64_t i = 0; i < count; i++)
            p[i] = (uint16_t)c;
    } else {
        uint32_t *p = (uint32_t *)(void *)b->data + b->length;
        for (int64_t i = 0; i < count; i++)
            p[i] = c;
    }
    b->length += count;
    return 0;
}

Obj *str_builder_finish(StrBuilder *b)
{
    Obj *result;
    if (b->length == 0)
        result = obj_incref(str_empty);
    else if (b->length == 1)
        result = str_from_chars(b->data, b->kind, 1);
    else {
        result = str_new_blank(b->length, b->max_char);
        if (result != NULL)
            memcpy(str_cast(result)->data, b->data, (size_t)(b->length * b->kind));
    }
    str_builder_free(b);
    return result;
}
