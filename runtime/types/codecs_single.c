/*
 * Encodings of one octet per character: ASCII, Latin-1, and those given by a mapping (charmap).
 *
 * A mapping for decoding is a str (the character of each octet, U+FFFE for none) or anything that
 * maps an int to an int, a str or None; for encoding, anything that maps a code point to an int,
 * bytes or None.  LookupError means none.
 */

#include <string.h>

#include "runtime/core/err.h"
#include "runtime/types/bytes.h"
#include "runtime/types/codecs.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"
#include "runtime/types/unicode.h"

Obj *codecs_ascii_decode(const unsigned char *data, int64_t length, const char *errors)
{
    Decoder d;
    decoder_init(&d, "ascii", errors, data, length);
    int64_t at = 0;
    while (at < d.length) {
        int64_t end = at;
        while (end < d.length && d.data[end] < 0x80)
            end++;
        if (str_builder_add_ascii_n(&d.out, (const char *)d.data + at, end - at) < 0)
            return decoder_finish(&d, true);
        at = end;
        if (at < d.length && decoder_error(&d, at, at + 1, "ordinal not in range(128)", &at) < 0)
            return decoder_finish(&d, true);
    }
    return decoder_finish(&d, false);
}

/* Encodes code points below `limit` as themselves. */
static Obj *encode_below(ObjRef text, const char *encoding, const char *errors, uint32_t limit)
{
    const StrObj *s = (const StrObj *)text;
    if (s->ascii || (limit == 256 && s->kind == 1))
        return bytes_new(s->data, s->length);
    const char *reason = limit == 128 ? "ordinal not in range(128)" : "ordinal not in range(256)";
    Encoder e;
    ByteBuilder b;
    encoder_init(&e, encoding, errors, text);
    byte_builder_init(&b);
    Obj *replacement = NULL;
    int64_t length = s->length;
    if (byte_builder_reserve(&b, length) < 0)
        goto fail;
    for (int64_t i = 0; i < length;) {
        uint32_t c = str_char_at(text, i);
        if (c < limit) {
            if (byte_builder_add_byte(&b, c) < 0)
                goto fail;
            i++;
            continue;
        }
        int64_t start = i, end = i + 1;
        while (end < length && str_char_at(text, end) >= limit)
            end++;
        if (encoder_error(&e, start, end, reason, &replacement, &i) < 0)
            goto fail;
        if (bytes_check(replacement)) {
            const BytesObj *octets = bytes_cast(replacement);
            if (byte_builder_add(&b, octets->data, octets->length) < 0)
                goto fail;
        } else {
            for (int64_t j = 0; j < str_length(replacement); j++) {
                uint32_t r = str_char_at(replacement, j);
                if (r >= limit) {
                    encoder_raise(&e, start, end, reason);
                    goto fail;
                }
                if (byte_builder_add_byte(&b, r) < 0)
                    goto fail;
            }
        }
        obj_clear(&replacement);
    }
    encoder_finish(&e);
    return byte_builder_finish(&b);
fail:
    obj_clear(&replacement);
    encoder_finish(&e);
    byte_builder_free(&b);
    return NULL;
}

Obj *codecs_ascii_encode(ObjRef text, const char *errors)
{
    return encode_below(text, "ascii", errors, 128);
}

Obj *codecs_latin1_encode(ObjRef text, const char *errors)
{
    return encode_below(text, "latin-1", errors, 256);
}

/* ---- charmap */

/* mapping[key] with LookupError as absence: 1, 0, -1. */
static int mapped(ObjRef mapping, uint32_t key, Obj **out)
{
    Obj *number = int_new(key);
    if (number == NULL)
        return -1;
    *out = obj_getitem(mapping, number);
    obj_decref(number);
    if (*out == NULL) {
        if (!err_matches(&exc_lookup_error))
            return -1;
        err_clear();
        return 0;
    }
    if (is_none(*out)) {
        obj_clear(out);
        return 0;
    }
    return 1;
}

/* Adds what an octet maps to: 1, 0 undefined, -1. */
static int decode_octet(Decoder *d, ObjRef mapping, unsigned octet)
{
    if (str_check(mapping)) {
        if (octet >= str_length(mapping))
            return 0;
        uint32_t c = str_char_at(mapping, octet);
        if (c == 0xFFFE)
            return 0;
        return str_builder_add_char(&d->out, c) < 0 ? -1 : 1;
    }
    Obj *value = NULL;
    int found = mapped(mapping, octet, &value);
    if (found <= 0)
        return found;
    int result = -1;
    if (int_check(value)) {
        int64_t c;
        if (int_to_int64(value, &c) != 0 || c < 0 || c > UNICODE_MAX) {
            err_format(&exc_type_error, "character mapping must be in range(0x%x)",
                       UNICODE_MAX + 1);
        } else if (c == 0xFFFE) {
            result = 0;
        } else {
            result = str_builder_add_char(&d->out, (uint32_t)c) < 0 ? -1 : 1;
        }
    } else if (str_check(value)) {
        if (str_length(value) == 1 && str_char_at(value, 0) == 0xFFFE)
            result = 0;
        else
            result = str_builder_add_str(&d->out, value) < 0 ? -1 : 1;
    } else {
        err_string(&exc_type_error, "character mapping must return integer, None or str");
    }
    obj_decref(value);
    return result;
}

Obj *codecs_charmap_decode(const unsigned char *data, int64_t length, const char *errors,
                           ObjRef mapping)
{
    Decoder d;
    decoder_init(&d, "charmap", errors, data, length);
    for (int64_t at = 0; at < d.length;) {
        int status = decode_octet(&d, mapping, d.data[at]);
        if (status < 0)
            return decoder_finish(&d, true);
        if (status > 0) {
            at++;
        } else if (decoder_error(&d, at, at + 1, "character maps to <undefined>", &at) < 0) {
            return decoder_finish(&d, true);
        }
    }
    return decoder_finish(&d, false);
}

/* Adds what a code point maps to (b NULL: only asks): 1, 0 undefined, -1. */
static int encode_char(ByteBuilder *b, ObjRef mapping, uint32_t c)
{
    Obj *value = NULL;
    int found = mapped(mapping, c, &value);
    if (found <= 0)
        return found;
    int result = -1;
    if (int_check(value)) {
        int64_t octet;
        if (int_to_int64(value, &octet) != 0 || octet < 0 || octet > 255)
            err_string(&exc_type_error, "character mapping must be in range(256)");
        else
            result = b != NULL && byte_builder_add_byte(b, (unsigned)octet) < 0 ? -1 : 1;
    } else if (bytes_check(value)) {
        const BytesObj *octets = bytes_cast(value);
        result = b != NULL && byte_builder_add(b, octets->data, octets->length) < 0 ? -1 : 1;
    } else {
        err_format(&exc_type_error, "character mapping must return integer, bytes or None, not %T",
                   value);
    }
    obj_decref(value);
    return result;
}

Obj *codecs_charmap_encode(ObjRef text, const char *errors, ObjRef mapping)
{
    static const char reason[] = "character maps to <undefined>";
    Encoder e;
    ByteBuilder b;
    encoder_init(&e, "charmap", errors, text);
    byte_builder_init(&b);
    Obj *replacement = NULL;
    int64_t length = str_length(text);
    for (int64_t i = 0; i < length;) {
        int status = encode_char(&b, mapping, str_char_at(text, i));
        if (status < 0)
            goto fail;
        if (status > 0) {
            i++;
            continue;
        }
        int64_t start = i, end = i + 1;
        while (end < length && (status = encode_char(NULL, mapping, str_char_at(text, end))) == 0)
            end++;
        if (status < 0 || encoder_error(&e, start, end, reason, &replacement, &i) < 0)
            goto fail;
        if (bytes_check(replacement)) {
            const BytesObj *octets = bytes_cast(replacement);
            if (byte_builder_add(&b, octets->data, octets->length) < 0)
                goto fail;
        } else {
            for (int64_t j = 0; j < str_length(replacement); j++) {
                status = encode_char(&b, mapping, str_char_at(replacement, j));
                if (status == 0)
                    encoder_raise(&e, start, end, reason);
                if (status <= 0)
                    goto fail;
            }
        }
        obj_clear(&replacement);
    }
    encoder_finish(&e);
    return byte_builder_finish(&b);
fail:
    obj_clear(&replacement);
    encoder_finish(&e);
    byte_builder_free(&b);
    return NULL;
}
