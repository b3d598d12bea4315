/*
 * What TextIOWrapper and StringIO know of encodings and line ends.
 *
 * The common encodings are decoded piece by piece with the functions of codecs.h, which tell how
 * much of an incomplete end they left.  Others are decoded in one piece when the stream is first
 * read.  A
 * '\r' at the end of a piece is left to the next piece (io_text.c), so that "\r\n" is never split.
 */
#include "runtime/modules/io_text_codec.h"

#include <string.h>

#include "runtime/core/err.h"
#include "runtime/core/object.h"
#include "runtime/types/bytes.h"
#include "runtime/types/codecs.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"

/* ---- encodings */

typedef struct KnownCodec {
    const char *name; /* lower case, '-' between words */
    TextCodecKind kind;
    bool signature;
    int byte_order;
} KnownCodec;

static const KnownCodec known[] = {
    {"utf-8", TEXT_UTF8, false, 0},       {"utf8", TEXT_UTF8, false, 0},
    {"u8", TEXT_UTF8, false, 0},          {"cp65001", TEXT_UTF8, false, 0},
    {"locale", TEXT_UTF8, false, 0},      {"utf-8-sig", TEXT_UTF8, true, 0},
    {"utf8-sig", TEXT_UTF8, true, 0},     {"ascii", TEXT_ASCII, false, 0},
    {"us-ascii", TEXT_ASCII, false, 0},   {"latin-1", TEXT_LATIN1, false, 0},
    {"latin1", TEXT_LATIN1, false, 0},    {"iso-8859-1", TEXT_LATIN1, false, 0},
    {"iso8859-1", TEXT_LATIN1, false, 0}, {"l1", TEXT_LATIN1, false, 0},
    {"utf-16", TEXT_UTF16, true, 0},      {"utf16", TEXT_UTF16, true, 0},
    {"utf-16-le", TEXT_UTF16, false, -1}, {"utf-16le", TEXT_UTF16, false, -1},
    {"utf-16-be", TEXT_UTF16, false, 1},  {"utf-16be", TEXT_UTF16, false, 1},
    {"utf-32", TEXT_UTF32, true, 0},      {"utf32", TEXT_UTF32, true, 0},
    {"utf-32-le", TEXT_UTF32, false, -1}, {"utf-32le", TEXT_UTF32, false, -1},
    {"utf-32-be", TEXT_UTF32, false, 1},  {"utf-32be", TEXT_UTF32, false, 1},
};

static const KnownCodec *find_known(ObjRef name)
{
    char plain[16];
    int64_t length = str_length(name);
    if (length >= (int64_t)sizeof plain)
        return NULL;
    for (int64_t i = 0; i < length; i++) {
        uint32_t c = str_char_at(name, i);
        if (c >= 128)
            return NULL;
        plain[i] = (char)(c == '_' || c == ' ' ? '-' : c >= 'A' && c <= 'Z' ? c + 32 : c);
    }
    plain[length] = '\0';
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(plain, known[i].name) == 0)
            return &known[i];
    return NULL;
}

int text_codec_init(TextCodec *codec, ObjRef name, ObjRef errors)
{
    const KnownCodec *found = find_known(name);
    if (found == NULL) {
        Obj *info = codecs_lookup(name);
        Obj *is_text = NULL;
        if (info == NULL)
            return -1;
        Obj *attribute = str_intern_ascii("_is_text_encoding");
        int status = attribute == NULL ? -1 : obj_getattr_opt(info, attribute, &is_text);
        int truth = status > 0 ? obj_truth(is_text) : status < 0 ? -1 : 1;
        obj_xdecref(attribute);
        obj_xdecref(is_text);
        obj_decref(info);
        if (truth == 0)
            err_format(&exc_lookup_error,
                       "'%U' is not a text encoding; use codecs.open() to handle arbitrary codecs",
                       name);
        if (truth <= 0)
            return -1;
    }
    text_codec_clear(codec);
    codec->kind = found == NULL ? TEXT_OTHER : found->kind;
    codec->signature = found != NULL && found->signature;
    codec->byte_order = found == NULL ? 0 : found->byte_order;
    codec->name = obj_incref(name);
    codec->errors = obj_incref(errors);
    return 0;
}

void text_codec_clear(TextCodec *codec)
{
    obj_clear(&codec->name);
    obj_clear(&codec->errors);
}

int text_codec_unit(const TextCodec *codec)
{
    return codec->kind == TEXT_UTF16 ? 2 : codec->kind == TEXT_UTF32 ? 4 : 1;
}

bool text_codec_is_lossless(const TextCodec *codec)
{
    return str_equal_ascii(codec->errors, "strict") ||
           str_equal_ascii(codec->errors, "surrogateescape") ||
           str_equal_ascii(codec->errors, "surrogatepass");
}

/* UTF-16 and UTF-32: what a byte order mark says is kept in the codec.  *used: bytes decoded. */
static Obj *decode_wide(TextCodec *codec, const unsigned char *data, int64_t length, bool at_start,
                        const char *errors, int64_t *consumed, const int64_t *used)
{
    int order = codec->signature && at_start ? 0 : codec->byte_order;
    if (order == 0 && !at_start)
        order = -1;
    Obj *text = codec->kind == TEXT_UTF16
                    ? codecs_utf16_decode(data, length, errors, &order, consumed)
                    : codecs_utf32_decode(data, length, errors, &order, consumed);
    if (text == NULL || !codec->signature)
        return text;
    if (order != 0) {
        codec->byte_order = order;
    } else if (*used >= text_codec_unit(codec)) {
        obj_decref(text);
        return err_format(&exc_unicode_error, "UTF-%d stream does not start with BOM",
                          codec->kind == TEXT_UTF16 ? 16 : 32);
    }
    return text;
}

Obj *text_codec_decode(TextCodec *codec, const unsigned char *data, int64_t length, bool at_start,
                       bool final, int64_t *consumed)
{
    const char *errors = str_utf8(codec->errors, NULL);
    const char *name = str_utf8(codec->name, NULL);
    if (errors == NULL || name == NULL)
        return NULL;
    int64_t skipped = 0;
    Obj *text = NULL;
    *consumed = length;
    switch (codec->kind) {
    case TEXT_UTF8:
        if (codec->signature && at_start) {
            if (!final && length < 3 && memcmp(data, "\xEF\xBB\xBF", (size_t)length) == 0) {
                *consumed = 0;
                return str_from_latin1("", 0);
            }
            if (length >= 3 && memcmp(data, "\xEF\xBB\xBF", 3) == 0)
                skipped = 3;
        }
        text =
            codecs_utf8_decode(data + skipped, length - skipped, errors, final ? NULL : consumed);
        if (!final)
            *consumed += skipped;
        return text;
    case TEXT_ASCII:
        return codecs_ascii_decode(data, length, errors);
    case TEXT_LATIN1:
        return str_from_latin1((const char *)data, length);
    case TEXT_UTF16:
    case TEXT_UTF32:
        return decode_wide(codec, data, length, at_start, errors, final ? NULL : consumed,
                           consumed);
    default:
        return codec_decode(data, length, name, errors);
    }
}

Obj *text_codec_encode(TextCodec *codec, ObjRef text, bool at_start)
{
    const char *errors = str_utf8(codec->errors, NULL);
    const char *name = str_utf8(codec->name, NULL);
    if (errors == NULL || name == NULL)
        return NULL;
    /* Only the first piece of output gets a mark; later ones know their byte order. */
    int order = at_start && codec->signature ? 0 : codec->byte_order == 0 ? -1 : codec->byte_order;
    switch (codec->kind) {
    case TEXT_UTF8: {
        Obj *encoded = codecs_utf8_encode(text, errors);
        if (encoded == NULL || !at_start || !codec->signature)
            return encoded;
        int64_t length = bytes_cast(encoded)->length;
        Obj *marked = bytes_new(NULL, length + 3);
        if (marked != NULL) {
            memcpy(bytes_cast(marked)->data, "\xEF\xBB\xBF", 3);
            memcpy(bytes_cast(marked)->data + 3, bytes_cast(encoded)->data, (size_t)length);
        }
        obj_decref(encoded);
        return marked;
    }
    case TEXT_ASCII:
        return codecs_ascii_encode(text, errors);
    case TEXT_LATIN1:
        return codecs_latin1_encode(text, errors);
    case TEXT_UTF16:
        return codecs_utf16_encode(text, errors, order);
    case TEXT_UTF32:
        return codecs_utf32_encode(text, errors, order);
    default:
        return codec_encode(text, name, errors);
    }
}

/* ---- line ends */

int newlines_init(Newlines *newlines, ObjRef newline, const char *message)
{
    if (newline != NULL && !str_equal_ascii(newline, "") && !str_equal_ascii(newline, "\n") &&
        !str_equal_ascii(newline, "\r") && !str_equal_ascii(newline, "\r\n"))
        return err_format_int(&exc_value_error, message, newline);
    *newlines = (Newlines){.read_end = "\n", .write_end = "\n"};
    newlines->translate = newline == NULL;
    newlines->universal = newline == NULL || str_length(newline) == 0;
    if (!newlines->universal) {
        for (int64_t i = 0; i <= str_length(newline); i++) {
            char c = i < str_length(newline) ? (char)str_char_at(newline, i) : '\0';
            newlines->read_end[i] = newlines->write_end[i] = c;
        }
    }
    return 0;
}

int64_t newlines_find_char(ObjRef text, char c, int64_t start, int64_t end)
{
    const StrObj *s = (const StrObj *)text;
    if (start >= end)
        return -1;
    if (s->kind == 1) {
        const unsigned char *found = memchr(s->data + start, c, (size_t)(end - start));
        return found == NULL ? -1 : found - s->data;
    }
    for (int64_t i = start; i < end; i++)
        if (str_char_at(text, i) == (unsigned char)c)
            return i;
    return -1;
}

static void put_char(StrObj *s, int64_t i, uint32_t c)
{
    if (s->kind == 1)
        s->data[i] = (unsigned char)c;
    else if (s->kind == 2)
        ((uint16_t *)(void *)s->data)[i] = (uint16_t)c;
    else
        ((uint32_t *)(void *)s->data)[i] = c;
}

/* A blank str that can hold what `model` holds. */
static Obj *blank_like(ObjRef model, int64_t length)
{
    const StrObj *s = (const StrObj *)model;
    uint32_t most = s->ascii ? 127 : s->kind == 1 ? 255 : s->kind == 2 ? 0xFFFF : 0x10FFFF;
    return str_new_blank(length, most);
}

/* Notes the line ends of a text; returns the number of "\r\n" in it. */
static int64_t note_line_ends(Newlines *newlines, ObjRef text)
{
    int64_t length = str_length(text);
    int64_t pairs = 0;
    for (int64_t i = 0; i < length; i++) {
        uint32_t c = str_char_at(text, i);
        if (c == '\n') {
            newlines->seen |= NEWLINE_LF;
        } else if (c == '\r' && i + 1 < length && str_char_at(text, i + 1) == '\n') {
            newlines->seen |= NEWLINE_CRLF;
            pairs++;
            i++;
        } else if (c == '\r') {
            newlines->seen |= NEWLINE_CR;
        }
    }
    return pairs;
}

Obj *newlines_translate_steal(Newlines *newlines, Obj *text)
{
    if (text == NULL || !newlines->universal)
        return text;
    int64_t length = str_length(text);
    if (newlines_find_char(text, '\r', 0, length) < 0) {
        if ((newlines->seen & NEWLINE_LF) == 0 && newlines_find_char(text, '\n', 0, length) >= 0)
            newlines->seen |= NEWLINE_LF;
        return text;
    }
    int64_t pairs = note_line_ends(newlines, text);
    if (!newlines->translate)
        return text;
    Obj *result = blank_like(text, length - pairs);
    if (result != NULL) {
        int64_t used = 0;
        for (int64_t i = 0; i < length; i++) {
            uint32_t c = str_char_at(text, i);
            if (c == '\r') {
                c = '\n';
                if (i + 1 < length && str_char_at(text, i + 1) == '\n')
                    i++;
            }
            put_char(str_cast(result), used++, c);
        }
    }
    obj_decref(text);
    return result;
}

Obj *newlines_seen(const Newlines *newlines)
{
    static const struct {
        uint8_t bit;
        const char *text;
    } kinds[] = {{NEWLINE_CR, "\r"}, {NEWLINE_LF, "\n"}, {NEWLINE_CRLF, "\r\n"}};
    Obj *items[3];
    int64_t count = 0;
    for (size_t i = 0; i < 3; i++) {
        if ((newlines->seen & kinds[i].bit) == 0)
            continue;
        items[count] = str_from_ascii(kinds[i].text);
        if (items[count] == NULL) {
            while (count > 0)
                obj_decref(items[--count]);
            return NULL;
        }
        count++;
    }
    return count == 0 ? none_new() : count == 1 ? items[0] : tuple_from_steal(items, count);
}

int64_t newlines_find(const Newlines *newlines, ObjRef text, int64_t start, int64_t end)
{
    if (newlines->universal && !newlines->translate) {
        for (int64_t i = start; i < end; i++) {
            uint32_t c = str_char_at(text, i);
            if (c == '\n')
                return i + 1;
            if (c == '\r')
                return i + 1 < end && str_char_at(text, i + 1) == '\n' ? i + 2 : i + 1;
        }
        return -1;
    }
    char first = newlines->universal ? '\n' : newlines->read_end[0];
    bool pair = !newlines->universal && newlines->read_end[1] != '\0';
    for (;;) {
        int64_t i = newlines_find_char(text, first, start, end);
        if (i < 0 || !pair)
            return i < 0 ? -1 : i + 1;
        if (i + 1 < end && str_char_at(text, i + 1) == '\n')
            return i + 2;
        start = i + 1;
    }
}

Obj *newlines_expand(const Newlines *newlines, ObjRef text)
{
    if (newlines->write_end[0] == '\n' || newlines_find_char(text, '\n', 0, str_length(text)) < 0)
        return obj_incref(text);
    int64_t length = str_length(text);
    int64_t more = 0;
    bool pair = newlines->write_end[1] != '\0';
    for (int64_t i = 0; i < length && pair; i++)
        more += str_char_at(text, i) == '\n';
    Obj *result = blank_like(text, length + more);
    if (result == NULL)
        return NULL;
    int64_t used = 0;
    for (int64_t i = 0; i < length; i++) {
        uint32_t c = str_char_at(text, i);
        put_char(str_cast(result), used++, c == '\n' ? '\r' : c);
        if (c == '\n' && pair)
            put_char(str_cast(result), used++, '\n');
    }
    return result;
}
