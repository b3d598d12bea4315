/*
 * unicode_escape, raw_unicode_escape, and the escapes of bytes literals ("escape").
 *
 * The octets are Latin-1 text with backslash escapes.  With `consumed`, an escape cut off by the
 * end of the input is left for the next call.
 */

#include <string.h>

#include "runtime/core/err.h"
#include "runtime/types/bytes.h"
#include "runtime/types/codecs.h"
#include "runtime/types/str.h"
#include "runtime/types/unicode.h"

static int hex_value(unsigned c)
{
    if (c >= '0' && c <= '9')
        return (int)(c - '0');
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? (int)(c - 'a' + 10) : -1;
}

/* What an escape at d->data[at] (a backslash) means. */
typedef struct Escape {
    const char *problem; /* NULL: it is good */
    bool cut_off;        /* the problem is that the input ends */
    bool nothing;        /* stands for no character (backslash at the end of a line) */
    bool unknown;        /* not an escape: backslash and the next character stand for themselves */
    int64_t end;         /* where to go on, or where the bad part ends */
    uint32_t c;
} Escape;

/* `digits` hexadecimal digits at `at`. */
static Escape read_hex(const Decoder *d, int64_t at, int digits, const char *problem)
{
    Escape result = {problem, false, false, false, at, 0};
    for (; digits > 0; digits--, result.end++) {
        if (result.end >= d->length) {
            result.cut_off = true;
            return result;
        }
        int value = hex_value(d->data[result.end]);
        if (value < 0)
            return result;
        result.c = result.c << 4 | (uint32_t)value;
    }
    result.problem = NULL;
    return result;
}

static Escape read_name(const Decoder *d, int64_t at)
{
    Escape result = {"malformed \\N character escape", false, false, false, at, 0};
    if (at >= d->length) {
        result.cut_off = true;
        return result;
    }
    if (d->data[at] != '{')
        return result;
    int64_t start = at + 1, end = start;
    while (end < d->length && d->data[end] != '}')
        end++;
    result.end = end;
    if (end >= d->length) {
        result.cut_off = true;
        return result;
    }
    if (end == start)
        return result;
    result.end = end + 1;
    int64_t c = codecs_character_by_name((const char *)d->data + start, end - start);
    if (c < 0) {
        result.problem = "unknown Unicode character name";
        return result;
    }
    result.problem = NULL;
    result.c = (uint32_t)c;
    return result;
}

/* The escape whose backslash is at `at`; names only in text. */
static Escape read_escape(const Decoder *d, int64_t at, bool text)
{
    if (at + 1 >= d->length)
        return (Escape){"\\ at end of string", true, false, false, at + 1, 0};
    Escape result = {NULL, false, false, false, at + 2, 0};
    unsigned c = d->data[at + 1];
    switch (c) {
    case '\n':
        result.nothing = true;
        return result;
    case '\\':
    case '\'':
    case '"':
        result.c = c;
        return result;
    case 'a':
        result.c = 7;
        return result;
    case 'b':
        result.c = 8;
        return result;
    case 't':
        result.c = 9;
        return result;
    case 'n':
        result.c = 10;
        return result;
    case 'v':
        result.c = 11;
        return result;
    case 'f':
        result.c = 12;
        return result;
    case 'r':
        result.c = 13;
        return result;
    case 'x':
        return read_hex(d, at + 2, 2, "truncated \\xXX escape");
    default:
        break;
    }
    if (c >= '0' && c <= '7') {
        result.end = at + 1;
        for (int i = 0; i < 3 && result.end < d->length; i++, result.end++) {
            unsigned digit = d->data[result.end];
            if (digit < '0' || digit > '7')
                break;
            result.c = result.c * 8 + (digit - '0');
        }
        return result;
    }
    if (text && c == 'N')
        return read_name(d, at + 2);
    if (text && c == 'u')
        return read_hex(d, at + 2, 4, "truncated \\uXXXX escape");
    if (text && c == 'U') {
        result = read_hex(d, at + 2, 8, "truncated \\UXXXXXXXX escape");
        if (result.problem == NULL && result.c > UNICODE_MAX)
            result.problem = "illegal Unicode character";
        return result;
    }
    result.unknown = true;
    result.c = c;
    return result;
}

/* Adds the octets before the next backslash, and goes there. */
static int add_plain(Decoder *d, int64_t *at)
{
    const unsigned char *p = d->data + *at;
    const unsigned char *end = memchr(p, '\\', (size_t)(d->length - *at));
    int64_t count = end == NULL ? d->length - *at : end - p;
    *at += count;
    return str_builder_add_latin1(&d->out, p, count);
}

Obj *codecs_unicode_escape_decode(const unsigned char *data, int64_t length, const char *errors,
                                  int64_t *consumed)
{
    Decoder d;
    decoder_init(&d, "unicodeescape", errors, data, length);
    bool warned = false;
    int64_t at = 0;
    while (at < d.length) {
        if (d.data[at] != '\\') {
            if (add_plain(&d, &at) < 0)
                return decoder_finish(&d, true);
            continue;
        }
        Escape escape = read_escape(&d, at, true);
        if (escape.problem != NULL) {
            if (escape.cut_off && consumed != NULL)
                break;
            if (decoder_error(&d, at, escape.end, escape.problem, &at) < 0)
                return decoder_finish(&d, true);
            continue;
        }
        at = escape.end;
        if (escape.nothing)
            continue;
        if (escape.unknown) {
            if (!warned && err_warn(&exc_deprecation_warning, 1, "invalid escape sequence '\\%c'",
                                    (int)escape.c) < 0)
                return decoder_finish(&d, true);
            warned = true;
            if (str_builder_add_char(&d.out, '\\') < 0)
                return decoder_finish(&d, true);
        }
        if (str_builder_add_char(&d.out, escape.c) < 0)
            return decoder_finish(&d, true);
    }
    if (consumed != NULL)
        *consumed = at;
    return decoder_finish(&d, false);
}

Obj *codecs_raw_unicode_escape_decode(const unsigned char *data, int64_t length, const char *errors,
                                      int64_t *consumed)
{
    Decoder d;
    decoder_init(&d, "rawunicodeescape", errors, data, length);
    int64_t at = 0;
    while (at < d.length) {
        if (d.data[at] != '\\') {
            if (add_plain(&d, &at) < 0)
                return decoder_finish(&d, true);
            continue;
        }
        if (at + 1 >= d.length && consumed != NULL)
            break;
        unsigned c = at + 1 < d.length ? d.data[at + 1] : 0;
        if (c != 'u' && c != 'U') {
            int64_t count = at + 1 < d.length ? 2 : 1;
            if (str_builder_add_latin1(&d.out, d.data + at, count) < 0)
                return decoder_finish(&d, true);
            at += count;
            continue;
        }
        Escape escape = c == 'u' ? read_hex(&d, at + 2, 4, "truncated \\uXXXX escape")
                                 : read_hex(&d, at + 2, 8, "truncated \\UXXXXXXXX escape");
        if (escape.problem == NULL && escape.c > UNICODE_MAX)
            escape.problem = "\\Uxxxxxxxx out of range";
        if (escape.problem != NULL) {
            if (escape.cut_off && consumed != NULL)
                break;
            if (decoder_error(&d, at, escape.end, escape.problem, &at) < 0)
                return decoder_finish(&d, true);
            continue;
        }
        if (str_builder_add_char(&d.out, escape.c) < 0)
            return decoder_finish(&d, true);
        at = escape.end;
    }
    if (consumed != NULL)
        *consumed = at;
    return decoder_finish(&d, false);
}

/* ---- encoding */

static int add_hex(ByteBuilder *b, char letter, uint32_t value, int digits)
{
    if (byte_builder_reserve(b, digits + 2) < 0)
        return -1;
    b->data[b->length++] = '\\';
    b->data[b->length++] = (unsigned char)letter;
    while (digits-- > 0)
        b->data[b->length++] = (unsigned char)"0123456789abcdef"[value >> (4 * digits) & 15];
    return 0;
}

static int add_escaped(ByteBuilder *b, uint32_t c)
{
    if (c >= 0x10000)
        return add_hex(b, 'U', c, 8);
    if (c >= 0x100)
        return add_hex(b, 'u', c, 4);
    if (c >= 0x20 && c < 0x7F && c != '\\')
        return byte_builder_add_byte(b, c);
    char letter = c == '\t' ? 't' : c == '\n' ? 'n' : c == '\r' ? 'r' : c == '\\' ? '\\' : 0;
    if (letter == 0)
        return add_hex(b, 'x', c, 2);
    char pair[2] = {'\\', letter};
    return byte_builder_add(b, pair, 2);
}

static int add_raw(ByteBuilder *b, uint32_t c)
{
    return c >= 0x100 ? add_escaped(b, c) : byte_builder_add_byte(b, c);
}

static Obj *encode_each(ObjRef text, int (*add)(ByteBuilder *, uint32_t))
{
    ByteBuilder b;
    byte_builder_init(&b);
    int64_t length = str_length(text);
    for (int64_t i = 0; i < length; i++) {
        if (add(&b, str_char_at(text, i)) < 0) {
            byte_builder_free(&b);
            return NULL;
        }
    }
    return byte_builder_finish(&b);
}

Obj *codecs_unicode_escape_encode(ObjRef text)
{
    return encode_each(text, add_escaped);
}

Obj *codecs_raw_unicode_escape_encode(ObjRef text)
{
    return encode_each(text, add_raw);
}

/* ---- bytes literals */

/* A bad \x escape at `at`: what `errors` says.  0/-1. */
static int bad_octet(ByteBuilder *b, const char *errors, int64_t at)
{
    if (errors == NULL || strcmp(errors, "strict") == 0) {
        return err_format_int(&exc_value_error, "invalid \\x escape at position %lld",
                              (long long)at);
    }
    if (strcmp(errors, "replace") == 0)
        return byte_builder_add_byte(b, '?');
    if (strcmp(errors, "ignore") == 0)
        return 0;
    return err_format_int(&exc_value_error, "decoding error; unknown error handling code: %s",
                          errors);
}

Obj *codecs_escape_decode(const unsigned char *data, int64_t length, const char *errors)
{
    Decoder d; /* only its input is used */
    ByteBuilder b;
    decoder_init(&d, "escape", NULL, data, length);
    byte_builder_init(&b);
    for (int64_t at = 0; at < length;) {
        if (data[at] != '\\') {
            if (byte_builder_add_byte(&b, data[at++]) < 0)
                goto fail;
            continue;
        }
        if (at + 1 >= length) {
            err_string(&exc_value_error, "Trailing \\ in string");
            goto fail;
        }
        Escape escape = read_escape(&d, at, false);
        if (escape.problem != NULL) {
            if (bad_octet(&b, errors, at) < 0)
                goto fail;
            at = escape.end;
            continue;
        }
        at = escape.end;
        if (escape.unknown && byte_builder_add_byte(&b, '\\') < 0)
            goto fail;
        if (!escape.nothing && byte_builder_add_byte(&b, escape.c & 0xFF) < 0)
            goto fail;
    }
    return byte_builder_finish(&b);
fail:
    byte_builder_free(&b);
    return NULL;
}
