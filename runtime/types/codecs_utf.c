/*
 * UTF-8, UTF-16 and UTF-32.
 *
 * A decoder walks the input, writes to Decoder.out and reports every ill-formed sequence to
 * decoder_error, which may replace the input; so positions and lengths are read from the Decoder
 * after each report.  Sequences are delimited as Unicode recommends (section 3.9, "maximal
 * subpart"). Encoders write fixed-size output at once when nothing can go wrong.
 */

#include <string.h>

#include "runtime/core/err.h"
#include "runtime/types/bytes.h"
#include "runtime/types/codecs.h"
#include "runtime/types/str.h"
#include "runtime/types/unicode.h"

static inline bool is_surrogate(uint32_t c)
{
    return c >= 0xD800 && c < 0xE000;
}

/* ---- UTF-8 */

/* What starts at p. */
typedef struct Sequence {
    int size;     /* bytes of a good sequence, or 0 */
    int bad;      /* bytes of an ill-formed one */
    bool cut_off; /* the input ends inside a sequence that is good so far */
    uint32_t c;
} Sequence;

static Sequence read_sequence(const unsigned char *p, int64_t left)
{
    unsigned lead = p[0];
    if (lead < 0xC2 || lead > 0xF4)
        return (Sequence){0, 0, false, 0};
    int size = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    unsigned low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    unsigned high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    uint32_t c = lead & (0x7Fu >> size);
    for (int i = 1; i < size; i++) {
        if (i >= left)
            return (Sequence){0, i, true, 0};
        if (p[i] < low || p[i] > high)
            return (Sequence){0, i, false, 0};
        c = c << 6 | (p[i] & 0x3Fu);
        low = 0x80;
        high = 0xBF;
    }
    return (Sequence){size, 0, false, c};
}

static int64_t ascii_run(const unsigned char *p, int64_t left)
{
    int64_t i = 0;
    for (; i + 8 <= left; i += 8) {
        uint64_t word;
        memcpy(&word, p + i, 8);
        if ((word & 0x8080808080808080u) != 0)
            break;
    }
    while (i < left && p[i] < 0x80)
        i++;
    return i;
}

Obj *codecs_utf8_decode(const unsigned char *data, int64_t length, const char *errors,
                        int64_t *consumed)
{
    Decoder d;
    decoder_init(&d, "utf-8", errors, data, length);
    int64_t at = 0;
    while (at < d.length) {
        const unsigned char *p = d.data + at;
        int64_t ascii = ascii_run(p, d.length - at);
        if (ascii > 0) {
            if (str_builder_add_ascii_n(&d.out, (const char *)p, ascii) < 0)
                return decoder_finish(&d, true);
            at += ascii;
            continue;
        }
        Sequence sequence = read_sequence(p, d.length - at);
        if (sequence.size > 0) {
            if (str_builder_add_char(&d.out, sequence.c) < 0)
                return decoder_finish(&d, true);
            at += sequence.size;
            continue;
        }
        if (sequence.cut_off && consumed != NULL)
            break;
        const char *reason = sequence.cut_off    ? "unexpected end of data"
                             : sequence.bad == 0 ? "invalid start byte"
                                                 : "invalid continuation byte";
        int64_t end = at + (sequence.bad == 0 ? 1 : sequence.bad);
        if (decoder_error(&d, at, end, reason, &at) < 0)
            return decoder_finish(&d, true);
    }
    if (consumed != NULL)
        *consumed = at;
    return decoder_finish(&d, false);
}

static unsigned char *put_utf8(unsigned char *p, uint32_t c)
{
    if (c < 0x80) {
        *p++ = (unsigned char)c;
    } else if (c < 0x800) {
        *p++ = (unsigned char)(0xC0 | c >> 6);
        *p++ = (unsigned char)(0x80 | (c & 0x3F));
    } else {
        if (c < 0x10000) {
            *p++ = (unsigned char)(0xE0 | c >> 12);
        } else {
            *p++ = (unsigned char)(0xF0 | c >> 18);
            *p++ = (unsigned char)(0x80 | (c >> 12 & 0x3F));
        }
        *p++ = (unsigned char)(0x80 | (c >> 6 & 0x3F));
        *p++ = (unsigned char)(0x80 | (c & 0x3F));
    }
    return p;
}

/* Handles the surrogates at [start, end); what the handler gave is added to b as units of `unit`
 * bytes (1: as it is), put by `put`.  *position: where to go on.  0/-1. */
static int encode_replacement(Encoder *e, ByteBuilder *b, int64_t start, int64_t end, int unit,
                              bool big, int64_t *position)
{
    static const char reason[] = "surrogates not allowed";
    Obj *replacement = NULL;
    if (encoder_error(e, start, end, reason, &replacement, position) < 0)
        return -1;
    int result = -1;
    if (bytes_check(replacement)) {
        const BytesObj *octets = bytes_cast(replacement);
        if (octets->length % unit != 0)
            encoder_raise(e, start, end, reason);
        else
            result = byte_builder_add(b, octets->data, octets->length);
    } else if (!str_cast(replacement)->ascii) {
        encoder_raise(e, start, end, reason);
    } else {
        const StrObj *text = str_cast(replacement);
        result = 0;
        for (int64_t i = 0; i < text->length && result == 0; i++) {
            unsigned char octets[4] = {0};
            octets[big ? unit - 1 : 0] = text->data[i];
            result = byte_builder_add(b, octets, unit);
        }
    }
    obj_decref(replacement);
    return result;
}

Obj *codecs_utf8_encode(ObjRef text, const char *errors)
{
    const StrObj *s = (const StrObj *)text;
    if (s->ascii)
        return bytes_new(s->data, s->length);
    int64_t length = s->length, size = 0, bad = 0;
    if (s->kind == 1) {
        for (int64_t i = 0; i < length; i++)
            size += s->data[i] >> 7;
        Obj *result = bytes_new(NULL, length + size);
        unsigned char *p = result == NULL ? NULL : bytes_cast(result)->data;
        for (int64_t i = 0; p != NULL && i < length; i++) {
            unsigned char c = s->data[i];
            if (c >= 0x80)
                *p++ = (unsigned char)(0xC0 | c >> 6);
            *p++ = c < 0x80 ? c : (unsigned char)(0x80 | (c & 0x3F));
        }
        return result;
    }
    for (int64_t i = 0; i < length; i++) {
        uint32_t c = str_char_at(text, i);
        size += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
        bad += is_surrogate(c);
    }
    if (bad == 0) {
        Obj *result = bytes_new(NULL, size);
        if (result == NULL)
            return NULL;
        unsigned char *p = bytes_cast(result)->data;
        for (int64_t i = 0; i < length; i++)
            p = put_utf8(p, str_char_at(text, i));
        return result;
    }
    Encoder e;
    ByteBuilder b;
    encoder_init(&e, "utf-8", errors, text);
    byte_builder_init(&b);
    for (int64_t i = 0; i < length;) {
        uint32_t c = str_char_at(text, i);
        if (!is_surrogate(c)) {
            if (byte_builder_reserve(&b, 4) < 0)
                goto fail;
            b.length = put_utf8(b.data + b.length, c) - b.data;
            i++;
            continue;
        }
        int64_t end = i + 1;
        while (end < length && is_surrogate(str_char_at(text, end)))
            end++;
        if (encode_replacement(&e, &b, i, end, 1, false, &i) < 0)
            goto fail;
    }
    encoder_finish(&e);
    return byte_builder_finish(&b);
fail:
    encoder_finish(&e);
    byte_builder_free(&b);
    return NULL;
}

/* ---- UTF-16 and UTF-32 */

static uint32_t read_unit(const unsigned char *p, int size, bool big)
{
    if (size == 2)
        return big ? (uint32_t)(p[0] << 8 | p[1]) : (uint32_t)(p[1] << 8 | p[0]);
    return big ? (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3]
               : (uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 | (uint32_t)p[1] << 8 | p[0];
}

static void write_unit(unsigned char *p, int size, bool big, uint32_t c)
{
    for (int i = 0; i < size; i++)
        p[big ? size - 1 - i : i] = (unsigned char)(c >> (8 * i));
}

/* Finds the byte order by a mark at the start, which *at then skips. */
static bool find_order(const unsigned char *data, int64_t length, int size, int *byte_order,
                       int64_t *at)
{
    if (*byte_order == 0 && length >= size) {
        if (read_unit(data, size, false) == 0xFEFF)
            *byte_order = -1;
        else if (read_unit(data, size, true) == 0xFEFF)
            *byte_order = 1;
        if (*byte_order != 0)
            *at = size;
    }
    return *byte_order > 0;
}

/* One step of UTF-16: reads a code point at p; or gives the reason and extent of an error. */
static const char *read_utf16(const unsigned char *p, int64_t left, bool big, uint32_t *c,
                              int *used, bool *cut_off)
{
    *cut_off = false;
    *used = 2;
    if (left < 2) {
        *cut_off = true;
        *used = (int)left;
        return "truncated data";
    }
    *c = read_unit(p, 2, big);
    if (!is_surrogate(*c))
        return NULL;
    if (*c >= 0xDC00)
        return "illegal encoding";
    if (left < 4) {
        *cut_off = true;
        *used = (int)left;
        return "unexpected end of data";
    }
    uint32_t low = read_unit(p + 2, 2, big);
    if (low < 0xDC00 || low >= 0xE000)
        return "illegal UTF-16 surrogate";
    *c = 0x10000 + ((*c & 0x3FF) << 10 | (low & 0x3FF));
    *used = 4;
    return NULL;
}

static const char *read_utf32(const unsigned char *p, int64_t left, bool big, uint32_t *c,
                              int *used, bool *cut_off)
{
    *cut_off = left < 4;
    *used = left < 4 ? (int)left : 4;
    if (*cut_off)
        return "truncated data";
    *c = read_unit(p, 4, big);
    if (is_surrogate(*c))
        return "code point in surrogate code point range(0xd800, 0xe000)";
    return *c > UNICODE_MAX ? "code point not in range(0x110000)" : NULL;
}

static Obj *decode_units(const unsigned char *data, int64_t length, const char *errors, int size,
                         int *byte_order, int64_t *consumed)
{
    int64_t at = 0;
    bool big = find_order(data, length, size, byte_order, &at);
    Decoder d;
    decoder_init(&d,
                 size == 2 ? (big ? "utf-16-be" : "utf-16-le") : (big ? "utf-32-be" : "utf-32-le"),
                 errors, data, length);
    while (at < d.length) {
        uint32_t c = 0;
        int used;
        bool cut_off;
        const char *reason = size == 2
                                 ? read_utf16(d.data + at, d.length - at, big, &c, &used, &cut_off)
                                 : read_utf32(d.data + at, d.length - at, big, &c, &used, &cut_off);
        if (reason == NULL) {
            if (str_builder_add_char(&d.out, c) < 0)
                return decoder_finish(&d, true);
            at += used;
            continue;
        }
        if (cut_off && consumed != NULL)
            break;
        if (decoder_error(&d, at, at + used, reason, &at) < 0)
            return decoder_finish(&d, true);
    }
    if (consumed != NULL)
        *consumed = at;
    return decoder_finish(&d, false);
}

static Obj *encode_units(ObjRef text, const char *errors, int size, int byte_order)
{
    static const char *const encodings[2][3] = {{"utf-16-le", "utf-16", "utf-16-be"},
                                                {"utf-32-le", "utf-32", "utf-32-be"}};
    bool big = byte_order > 0;
    Encoder e;
    ByteBuilder b;
    encoder_init(&e, encodings[size / 4][byte_order + 1], errors, text);
    byte_builder_init(&b);
    int64_t length = str_length(text);
    if (length > INT64_MAX / 16) {
        err_no_memory();
        goto fail;
    }
    if (byte_builder_reserve(&b, (length + 1) * size) < 0)
        goto fail;
    if (byte_order == 0) {
        write_unit(b.data, size, false, 0xFEFF);
        b.length = size;
    }
    for (int64_t i = 0; i < length;) {
        uint32_t c = str_char_at(text, i);
        if (is_surrogate(c)) {
            if (encode_replacement(&e, &b, i, i + 1, size, big, &i) < 0)
                goto fail;
            continue;
        }
        if (byte_builder_reserve(&b, 4) < 0)
            goto fail;
        if (size == 2 && c >= 0x10000) {
            write_unit(b.data + b.length, 2, big, 0xD800 + ((c - 0x10000) >> 10));
            write_unit(b.data + b.length + 2, 2, big, 0xDC00 + ((c - 0x10000) & 0x3FF));
            b.length += 4;
        } else {
            write_unit(b.data + b.length, size, big, c);
            b.length += size;
        }
        i++;
    }
    encoder_finish(&e);
    return byte_builder_finish(&b);
fail:
    encoder_finish(&e);
    byte_builder_free(&b);
    return NULL;
}

Obj *codecs_utf16_decode(const unsigned char *data, int64_t length, const char *errors,
                         int *byte_order, int64_t *consumed)
{
    return decode_units(data, length, errors, 2, byte_order, consumed);
}

Obj *codecs_utf16_encode(ObjRef text, const char *errors, int byte_order)
{
    return encode_units(text, errors, 2, byte_order);
}

Obj *codecs_utf32_decode(const unsigned char *data, int64_t length, const char *errors,
                         int *byte_order, int64_t *consumed)
{
    return decode_units(data, length, errors, 4, byte_order, consumed);
}

Obj *codecs_utf32_encode(ObjRef text, const char *errors, int byte_order)
{
    return encode_units(text, errors, 4, byte_order);
}
