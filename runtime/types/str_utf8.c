/*
 * str and UTF-8: decoding of valid text, and the UTF-8 form that a str keeps while it lives.
 *
 * ASCII strs are their own UTF-8.  For others the form is made once and kept in a side table from
 * the str's address to the block, so that the many strs that never need one pay nothing;
 * StrObj.has_utf8 says that there is an entry.  Errors and their handlers are the codec's
 * (codecs_utf.c).
 */

#include <string.h>

#include "gc/mem.h"
#include "runtime/core/err.h"
#include "runtime/types/bytes.h"
#include "runtime/types/codecs.h"
#include "runtime/types/str.h"
#include "runtime/types/unicode.h"

/* ---- decoding */

/* Length of the leading ASCII part. */
static int64_t ascii_prefix(const unsigned char *p, int64_t length)
{
    int64_t i = 0;
    for (; i + 8 <= length; i += 8) {
        uint64_t word;
        memcpy(&word, p + i, 8);
        if ((word & 0x8080808080808080u) != 0)
            break;
    }
    while (i < length && p[i] < 0x80)
        i++;
    return i;
}

/* Reads one code point of well-formed UTF-8 at p (before end): its length, or 0 when ill-formed. */
static int read_char(const unsigned char *p, const unsigned char *end, bool surrogates,
                     uint32_t *out)
{
    uint32_t c = p[0];
    if (c < 0x80) {
        *out = c;
        return 1;
    }
    if (c < 0xC2 || c > 0xF4)
        return 0;
    if (c < 0xE0) {
        if (end - p < 2 || (p[1] & 0xC0) != 0x80)
            return 0;
        *out = (c & 0x1F) << 6 | (p[1] & 0x3Fu);
        return 2;
    }
    if (c < 0xF0) {
        if (end - p < 3 || (p[1] & 0xC0) != 0x80 || (p[2] & 0xC0) != 0x80)
            return 0;
        *out = (c & 0x0F) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
        if (*out < 0x800 || (!surrogates && *out >= 0xD800 && *out < 0xE000))
            return 0;
        return 3;
    }
    if (end - p < 4 || (p[1] & 0xC0) != 0x80 || (p[2] & 0xC0) != 0x80 || (p[3] & 0xC0) != 0x80)
        return 0;
    *out = (c & 0x07) << 18 | (p[1] & 0x3Fu) << 12 | (p[2] & 0x3Fu) << 6 | (p[3] & 0x3Fu);
    return *out < 0x10000 || *out > UNICODE_MAX ? 0 : 4;
}

/* Decodes well-formed text; *valid false and NULL without an exception when it is not. */
static Obj *decode(const char *text, int64_t length, bool surrogates, bool *valid)
{
    const unsigned char *p = (const unsigned char *)text, *end = p + length;
    int64_t ascii = ascii_prefix(p, length);
    *valid = true;
    if (ascii == length)
        return str_from_latin1(text, length);
    int64_t count = ascii;
    uint32_t max_char = 127;
    for (const unsigned char *q = p + ascii; q < end; count++) {
        uint32_t c;
        int size = read_char(q, end, surrogates, &c);
        if (size == 0) {
            *valid = false;
            return NULL;
        }
        if (c > max_char)
            max_char = c;
        q += size;
    }
    if (count == 1)
        return str_from_char(max_char);
    Obj *result = str_new_blank(count, max_char);
    if (result == NULL)
        return NULL;
    int64_t at = 0;
    for (const unsigned char *q = p; q < end; at++) {
        uint32_t c = 0;
        q += read_char(q, end, surrogates, &c);
        str_put_char(result, at, c);
    }
    return result;
}

Obj *str_from_utf8(const char *text, int64_t length)
{
    bool valid;
    Obj *result = decode(text, length, false, &valid);
    if (result == NULL && !valid)
        return codecs_utf8_decode((const unsigned char *)text, length, NULL, NULL);
    return result;
}

Obj *str_from_utf8_surrogates(const char *text, int64_t length)
{
    bool valid;
    Obj *result = decode(text, length, true, &valid);
    if (result == NULL && !valid)
        return codecs_utf8_decode((const unsigned char *)text, length, "surrogatepass", NULL);
    return result;
}

Obj *str_from_filesystem(const char *text)
{
    bool valid;
    int64_t length = (int64_t)strlen(text);
    Obj *result = decode(text, length, false, &valid);
    if (result == NULL && !valid)
        return codecs_utf8_decode((const unsigned char *)text, length, "surrogateescape", NULL);
    return result;
}

/* ---- the kept form */

typedef struct Cached {
    const StrObj *str; /* NULL: empty slot */
    char *text;        /* mem_alloc block of length + 1 bytes */
    int64_t length;
} Cached;

static Cached *table;
static int64_t table_size; /* a power of two, or 0 */
static int64_t table_used;

enum { FIRST_SIZE = 64 };

static int64_t home_of(const StrObj *s, int64_t mask)
{
    return (int64_t)(((uintptr_t)s >> 4) * 0x9E3779B97F4A7C15u >> 20) & mask;
}

static int64_t find_slot(const StrObj *s)
{
    int64_t mask = table_size - 1, i = home_of(s, mask);
    while (table[i].str != NULL && table[i].str != s)
        i = (i + 1) & mask;
    return i;
}

static int grow(void)
{
    int64_t old_size = table_size, size = old_size == 0 ? FIRST_SIZE : old_size * 2;
    Cached *old = table;
    Cached *fresh = mem_alloc_zero((size_t)size * sizeof(*fresh));
    if (fresh == NULL)
        return -1;
    table = fresh;
    table_size = size;
    for (int64_t i = 0; i < old_size; i++) {
        if (old[i].str != NULL)
            table[find_slot(old[i].str)] = old[i];
    }
    mem_free(old, (size_t)old_size * sizeof(*old));
    return 0;
}

/* Writes the UTF-8 of a str without surrogates. */
static char *encode_chars(ObjRef o, char *to)
{
    unsigned char *p = (unsigned char *)to;
    int64_t length = str_length(o);
    for (int64_t i = 0; i < length; i++) {
        uint32_t c = str_char_at(o, i);
        if (c < 0x80) {
            *p++ = (unsigned char)c;
        } else if (c < 0x800) {
            *p++ = (unsigned char)(0xC0 | c >> 6);
            *p++ = (unsigned char)(0x80 | (c & 0x3F));
        } else if (c < 0x10000) {
            *p++ = (unsigned char)(0xE0 | c >> 12);
            *p++ = (unsigned char)(0x80 | (c >> 6 & 0x3F));
            *p++ = (unsigned char)(0x80 | (c & 0x3F));
        } else {
            *p++ = (unsigned char)(0xF0 | c >> 18);
            *p++ = (unsigned char)(0x80 | (c >> 12 & 0x3F));
            *p++ = (unsigned char)(0x80 | (c >> 6 & 0x3F));
            *p++ = (unsigned char)(0x80 | (c & 0x3F));
        }
    }
    return (char *)p;
}

/* Bytes of the UTF-8 form, or -1 when there are surrogates. */
static int64_t encoded_length(ObjRef o)
{
    int64_t length = str_length(o), size = 0;
    for (int64_t i = 0; i < length; i++) {
        uint32_t c = str_char_at(o, i);
        if (c >= 0xD800 && c < 0xE000)
            return -1;
        size += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    }
    return size;
}

const char *str_utf8(ObjRef o, int64_t *length)
{
    StrObj *s = (StrObj *)o;
    if (s->ascii) {
        if (length != NULL)
            *length = s->length;
        return (const char *)s->data;
    }
    if (s->has_utf8) {
        const Cached *cached = &table[find_slot(s)];
        if (length != NULL)
            *length = cached->length;
        return cached->text;
    }
    int64_t size = encoded_length(o);
    if (size < 0) {
        obj_xdecref(codecs_utf8_encode(o, NULL)); /* raises */
        return NULL;
    }
    if (table_used >= table_size / 2 && grow() < 0) {
        err_no_memory();
        return NULL;
    }
    char *text = mem_alloc((size_t)size + 1);
    if (text == NULL) {
        err_no_memory();
        return NULL;
    }
    *encode_chars(o, text) = '\0';
    table[find_slot(s)] = (Cached){s, text, size};
    table_used++;
    s->has_utf8 = 1;
    if (length != NULL)
        *length = size;
    return text;
}

int64_t str_utf8_cached_size(ObjRef o)
{
    const StrObj *s = (const StrObj *)o;
    return s->has_utf8 ? table[find_slot(s)].length + 1 : 0;
}

void str_utf8_forget(StrObj *s)
{
    s->has_utf8 = 0;
    if (table == NULL)
        return;
    int64_t mask = table_size - 1, hole = find_slot(s);
    if (table[hole].str == NULL)
        return;
    mem_free(table[hole].text, (size_t)table[hole].length + 1);
    table_used--;
    for (int64_t i = (hole + 1) & mask; table[i].str != NULL; i = (i + 1) & mask) {
        int64_t home = home_of(table[i].str, mask);
        if (((i - home) & mask) >= ((i - hole) & mask)) {
            table[hole] = table[i];
            hole = i;
        }
    }
    table[hole].str = NULL;
}

void str_utf8_finish(void)
{
    for (int64_t i = 0; i < table_size; i++) {
        if (table[i].str != NULL)
            mem_free(table[i].text, (size_t)table[i].length + 1);
    }
    mem_free(table, (size_t)table_size * sizeof(*table));
    table = NULL;
    table_size = 0;
    table_used = 0;
}
