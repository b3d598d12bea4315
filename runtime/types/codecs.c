/*
 * The codec registry: from the name of an encoding to what encodes and decodes.
 *
 * The built-in encodings are recognised by name here and never leave C.  All others are asked of
 * the search functions that codecs.register was given; the first of them is that of
 * runtime/lib/encodings, imported when the first such name comes.  What a search gave is cached
 * under the normalised name.
 */

#include "runtime/types/codecs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <uniname.h>

#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/core/roots.h"
#include "runtime/core/state.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/tuple.h"

static Obj *search_functions; /* list */
static Obj *search_cache;     /* dict: normalised name → CodecInfo */
static bool encodings_tried;  /* the encodings package was imported */

/* ---- names */

enum { NAME_MAX_LENGTH = 64 };

/* Lower case, every run of other characters than letters, digits and '.' as one '_': false when it
 * does not fit. */
static bool normalize(const char *name, char out[NAME_MAX_LENGTH])
{
    size_t length = 0;
    bool gap = false;
    for (const char *p = name; *p != '\0'; p++) {
        char c = *p;
        if (c >= 'A' && c <= 'Z')
            c = (char)(c + 32);
        bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' ||
                     (unsigned char)c >= 0x80;
        if (!plain) {
            gap = true;
            continue;
        }
        if (length + 3 > NAME_MAX_LENGTH)
            return false;
        if (gap && length > 0)
            out[length++] = '_';
        gap = false;
        out[length++] = c;
    }
    out[length] = '\0';
    return true;
}

typedef enum BuiltinCodec {
    CODEC_NONE,
    CODEC_UTF_8,
    CODEC_UTF_8_SIG,
    CODEC_UTF_16,
    CODEC_UTF_16_LE,
    CODEC_UTF_16_BE,
    CODEC_UTF_32,
    CODEC_UTF_32_LE,
    CODEC_UTF_32_BE,
    CODEC_ASCII,
    CODEC_LATIN_1,
    CODEC_UNICODE_ESCAPE,
    CODEC_RAW_UNICODE_ESCAPE,
} BuiltinCodec;

static BuiltinCodec builtin_codec(const char *encoding)
{
    static const struct {
        const char *name;
        BuiltinCodec codec;
    } known[] = {
        {"utf_8", CODEC_UTF_8},
        {"utf8", CODEC_UTF_8},
        {"u8", CODEC_UTF_8},
        {"utf", CODEC_UTF_8},
        {"cp65001", CODEC_UTF_8},
        {"ascii", CODEC_ASCII},
        {"us_ascii", CODEC_ASCII},
        {"646", CODEC_ASCII},
        {"latin_1", CODEC_LATIN_1},
        {"latin1", CODEC_LATIN_1},
        {"latin", CODEC_LATIN_1},
        {"l1", CODEC_LATIN_1},
        {"8859", CODEC_LATIN_1},
        {"cp819", CODEC_LATIN_1},
        {"iso_8859_1", CODEC_LATIN_1},
        {"iso8859_1", CODEC_LATIN_1},
        {"iso8859", CODEC_LATIN_1},
        {"utf_8_sig", CODEC_UTF_8_SIG},
        {"utf_16", CODEC_UTF_16},
        {"utf16", CODEC_UTF_16},
        {"u16", CODEC_UTF_16},
        {"utf_16_le", CODEC_UTF_16_LE},
        {"utf_16le", CODEC_UTF_16_LE},
        {"utf_16_be", CODEC_UTF_16_BE},
        {"utf_16be", CODEC_UTF_16_BE},
        {"utf_32", CODEC_UTF_32},
        {"utf32", CODEC_UTF_32},
        {"u32", CODEC_UTF_32},
        {"utf_32_le", CODEC_UTF_32_LE},
        {"utf_32le", CODEC_UTF_32_LE},
        {"utf_32_be", CODEC_UTF_32_BE},
        {"utf_32be", CODEC_UTF_32_BE},
        {"unicode_escape", CODEC_UNICODE_ESCAPE},
        {"raw_unicode_escape", CODEC_RAW_UNICODE_ESCAPE},
    };
    char name[NAME_MAX_LENGTH];
    if (encoding == NULL || strcmp(encoding, "utf-8") == 0)
        return CODEC_UTF_8;
    if (!normalize(encoding, name))
        return CODEC_NONE;
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        if (strcmp(name, known[i].name) == 0)
            return known[i].codec;
    }
    return CODEC_NONE;
}

const char *codec_name_argument(ObjRef name, const char *what)
{
    if (!str_check(name)) {
        err_format(&exc_type_error, "%s must be str, not %T", what, name);
        return NULL;
    }
    int64_t length;
    const char *text = str_utf8(name, &length);
    if (text != NULL && (int64_t)strlen(text) != length) {
        err_string(&exc_value_error, "embedded null character");
        return NULL;
    }
    return text;
}

/* ---- registry */

int codecs_register(ObjRef search_function)
{
    if (!obj_is_callable(search_function))
        return err_format_int(&exc_type_error, "argument must be callable");
    return list_append(search_functions, search_function);
}

int codecs_unregister(ObjRef search_function)
{
    for (int64_t i = 0; i < list_length(search_functions); i++) {
        if (list_peek(search_functions, i) == search_function) {
            dict_clear(search_cache);
            return list_set_slice(search_functions, i, i + 1, NULL);
        }
    }
    return 0;
}

/* Imports the package that registers the search of Python-made codecs: 0/-1. */
static int import_encodings(void)
{
    if (encodings_tried || runtime.hooks.import_module == NULL)
        return 0;
    encodings_tried = true;
    Obj *module = runtime.hooks.import_module("encodings");
    if (module == NULL) {
        encodings_tried = false;
        return -1;
    }
    obj_decref(module);
    return 0;
}

Obj *codecs_lookup(ObjRef name)
{
    const char *text = codec_name_argument(name, "lookup() argument");
    char normal[NAME_MAX_LENGTH];
    Obj *key = NULL, *found = NULL;
    if (text == NULL)
        return NULL;
    if (import_encodings() < 0)
        return NULL;
    if (!normalize(text, normal))
        goto unknown;
    key = str_from_utf8(normal, (int64_t)strlen(normal));
    if (key == NULL)
        return NULL;
    ObjRef cached = dict_peek(search_cache, key);
    if (cached != NULL) {
        obj_decref(key);
        return obj_incref(cached);
    }
    for (int64_t i = 0; i < list_length(search_functions); i++) {
        Obj *function = obj_incref(list_peek(search_functions, i));
        obj_replace(&found, obj_call1(function, key));
        obj_decref(function);
        if (found == NULL)
            goto fail;
        if (is_none(found))
            continue;
        if (!tuple_check(found) || tuple_length(found) != 4) {
            err_string(&exc_type_error, "codec search functions must return 4-tuples");
            goto fail;
        }
        if (dict_set(search_cache, key, found) < 0)
            goto fail;
        obj_decref(key);
        return found;
    }
unknown:
    err_format(&exc_lookup_error, "unknown encoding: %s", text);
fail:
    obj_xdecref(key);
    obj_xdecref(found);
    return NULL;
}

/* ---- built-in codecs by name */

static Obj *builtin_decode(BuiltinCodec codec, const unsigned char *data, int64_t length,
                           const char *errors)
{
    int order = 0;
    switch (codec) {
    case CODEC_UTF_8_SIG:
        if (length >= 3 && memcmp(data, "\xEF\xBB\xBF", 3) == 0) {
            data += 3;
            length -= 3;
        }
        return codecs_utf8_decode(data, length, errors, NULL);
    case CODEC_UTF_16_LE:
    case CODEC_UTF_16_BE:
        order = codec == CODEC_UTF_16_LE ? -1 : 1;
        return codecs_utf16_decode(data, length, errors, &order, NULL);
    case CODEC_UTF_16:
        return codecs_utf16_decode(data, length, errors, &order, NULL);
    case CODEC_UTF_32_LE:
    case CODEC_UTF_32_BE:
        order = codec == CODEC_UTF_32_LE ? -1 : 1;
        return codecs_utf32_decode(data, length, errors, &order, NULL);
    case CODEC_UTF_32:
        return codecs_utf32_decode(data, length, errors, &order, NULL);
    case CODEC_ASCII:
        return codecs_ascii_decode(data, length, errors);
    case CODEC_LATIN_1:
        return str_from_latin1((const char *)data, length);
    case CODEC_UNICODE_ESCAPE:
        return codecs_unicode_escape_decode(data, length, errors, NULL);
    case CODEC_RAW_UNICODE_ESCAPE:
        return codecs_raw_unicode_escape_decode(data, length, errors, NULL);
    default:
        if (errors == NULL || strcmp(errors, "strict") == 0)
            return str_from_utf8((const char *)data, length);
        return codecs_utf8_decode(data, length, errors, NULL);
    }
}

static Obj *builtin_encode(BuiltinCodec codec, ObjRef text, const char *errors)
{
    Obj *body, *result;
    switch (codec) {
    case CODEC_UTF_8_SIG:
        body = codecs_utf8_encode(text, errors);
        if (body == NULL)
            return NULL;
        result = bytes_new(NULL, bytes_cast(body)->length + 3);
        if (result != NULL) {
            memcpy(bytes_cast(result)->data, "\xEF\xBB\xBF", 3);
            memcpy(bytes_cast(result)->data + 3, bytes_cast(body)->data,
                   (size_t)bytes_cast(body)->length);
        }
        obj_decref(body);
        return result;
    case CODEC_UTF_16:
        return codecs_utf16_encode(text, errors, 0);
    case CODEC_UTF_16_LE:
        return codecs_utf16_encode(text, errors, -1);
    case CODEC_UTF_16_BE:
        return codecs_utf16_encode(text, errors, 1);
    case CODEC_UTF_32:
        return codecs_utf32_encode(text, errors, 0);
    case CODEC_UTF_32_LE:
        return codecs_utf32_encode(text, errors, -1);
    case CODEC_UTF_32_BE:
        return codecs_utf32_encode(text, errors, 1);
    case CODEC_ASCII:
        return codecs_ascii_encode(text, errors);
    case CODEC_LATIN_1:
        return codecs_latin1_encode(text, errors);
    case CODEC_UNICODE_ESCAPE:
        return codecs_unicode_escape_encode(text);
    case CODEC_RAW_UNICODE_ESCAPE:
        return codecs_raw_unicode_escape_encode(text);
    default:
        return codecs_utf8_encode(text, errors);
    }
}

/* ---- any codec */

/* Calls item `which` of a CodecInfo with (o, errors); its first result: new reference. */
static Obj *call_codec(ObjRef info, int which, ObjRef o, const char *errors)
{
    Obj *errors_str = NULL, *pair;
    if (errors != NULL && (errors_str = str_from_utf8(errors, (int64_t)strlen(errors))) == NULL)
        return NULL;
    ObjRef args[2] = {o, errors_str};
    pair = obj_call(tuple_peek(info, which), args, errors_str == NULL ? 1 : 2, NULL);
    obj_xdecref(errors_str);
    if (pair == NULL)
        return NULL;
    Obj *result = NULL;
    if (!tuple_check(pair) || tuple_length(pair) != 2) {
        err_string(&exc_type_error, which == 0 ? "encoder must return a tuple (object, integer)"
                                               : "decoder must return a tuple (object, integer)");
    } else {
        result = obj_incref(tuple_peek(pair, 0));
    }
    obj_decref(pair);
    return result;
}

/* The CodecInfo of a text encoding; `advice`: what to use for others. */
static Obj *lookup_text_encoding(ObjRef name, const char *advice)
{
    Obj *info = codecs_lookup(name);
    if (info == NULL || tuple_check_exact(info))
        return info;
    Obj *mark = obj_getattr_str(info, "_is_text_encoding");
    if (mark == NULL) {
        if (err_matches(&exc_attribute_error)) {
            err_clear();
            return info;
        }
        obj_decref(info);
        return NULL;
    }
    int is_text = obj_truth(mark);
    obj_decref(mark);
    if (is_text > 0)
        return info;
    obj_decref(info);
    if (is_text < 0)
        return NULL;
    return err_format(&exc_lookup_error,
                      "%R is not a text encoding; use %s to handle arbitrary codecs", name, advice);
}

Obj *codec_decode(const unsigned char *data, int64_t length, const char *encoding,
                  const char *errors)
{
    BuiltinCodec codec = builtin_codec(encoding);
    if (codec != CODEC_NONE)
        return builtin_decode(codec, data, length, errors);
    Obj *name = NULL, *info = NULL, *octets = NULL, *result = NULL;
    name = str_from_utf8(encoding, (int64_t)strlen(encoding));
    if (name == NULL)
        goto done;
    info = lookup_text_encoding(name, "codecs.decode()");
    if (info == NULL)
        goto done;
    octets = bytes_new(data, length);
    if (octets == NULL)
        goto done;
    result = call_codec(info, 1, octets, errors);
    if (result != NULL && !str_check(result)) {
        err_format(&exc_type_error,
                   "'%s' decoder returned '%T' instead of 'str'; use codecs.decode() to decode to "
                   "arbitrary types",
                   encoding, result);
        obj_clear(&result);
    }
done:
    obj_xdecref(name);
    obj_xdecref(info);
    obj_xdecref(octets);
    return result;
}

Obj *codec_encode(ObjRef str, const char *encoding, const char *errors)
{
    BuiltinCodec codec = builtin_codec(encoding);
    if (codec != CODEC_NONE)
        return builtin_encode(codec, str, errors);
    Obj *name = NULL, *info = NULL, *result = NULL;
    name = str_from_utf8(encoding, (int64_t)strlen(encoding));
    if (name == NULL)
        goto done;
    info = lookup_text_encoding(name, "codecs.encode()");
    if (info == NULL)
        goto done;
    result = call_codec(info, 0, str, errors);
    if (result != NULL && !bytes_check(result)) {
        err_format(&exc_type_error,
                   "'%s' encoder returned '%T' instead of 'bytes'; use codecs.encode() to encode "
                   "to arbitrary types",
                   encoding, result);
        obj_clear(&result);
    }
done:
    obj_xdecref(name);
    obj_xdecref(info);
    return result;
}

Obj *codecs_encode_method(ObjRef text, ObjRef encoding, ObjRef errors)
{
    const char *encoding_text = NULL, *errors_text = NULL;
    if (encoding != NULL &&
        (encoding_text = codec_name_argument(encoding, "encode() argument 'encoding'")) == NULL)
        return NULL;
    if (errors != NULL &&
        (errors_text = codec_name_argument(errors, "encode() argument 'errors'")) == NULL)
        return NULL;
    return codec_encode(text, encoding_text, errors_text);
}

Obj *codecs_decode_method(const unsigned char *data, int64_t length, ObjRef encoding, ObjRef errors)
{
    const char *encoding_text = NULL, *errors_text = NULL;
    if (encoding != NULL &&
        (encoding_text = codec_name_argument(encoding, "decode() argument 'encoding'")) == NULL)
        return NULL;
    if (errors != NULL &&
        (errors_text = codec_name_argument(errors, "decode() argument 'errors'")) == NULL)
        return NULL;
    return codec_decode(data, length, encoding_text, errors_text);
}

static Obj *convert_object(ObjRef o, ObjRef encoding, const char *errors, int which)
{
    Obj *info = codecs_lookup(encoding);
    if (info == NULL)
        return NULL;
    Obj *result = call_codec(info, which, o, errors);
    obj_decref(info);
    return result;
}

Obj *codecs_encode_object(ObjRef o, ObjRef encoding, const char *errors)
{
    return convert_object(o, encoding, errors, 0);
}

Obj *codecs_decode_object(ObjRef o, ObjRef encoding, const char *errors)
{
    return convert_object(o, encoding, errors, 1);
}

/* Unified ideographs of Unicode 14, whose names libunistring does not make. */
static bool is_unified_ideograph(uint32_t c)
{
    static const uint32_t ranges[][2] = {{0x3400, 0x4DBF},   {0x4E00, 0x9FFF},   {0x20000, 0x2A6DF},
                                         {0x2A700, 0x2B738}, {0x2B740, 0x2B81D}, {0x2B820, 0x2CEA1},
                                         {0x2CEB0, 0x2EBE0}, {0x30000, 0x3134A}};
    for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++) {
        if (c >= ranges[i][0] && c <= ranges[i][1])
            return true;
    }
    return false;
}

enum { HANGUL_FIRST = 0xAC00, HANGUL_VOWELS = 21, HANGUL_FINALS = 28, HANGUL_COUNT = 11172 };

static const char hangul_prefix[] = "HANGUL SYLLABLE ";

/* Name of a Hangul syllable by its parts (section 3.12 of the Unicode standard); libunistring's has
 * one final wrong. */
static const char *hangul_name(uint32_t c, char *buffer)
{
    static const char *const initials[] = {"G",  "GG", "N", "D",  "DD", "R", "M", "B", "BB", "S",
                                           "SS", "",   "J", "JJ", "C",  "K", "T", "P", "H"};
    static const char *const vowels[] = {"A",   "AE", "YA", "YAE", "EO", "E",  "YEO",
                                         "YE",  "O",  "WA", "WAE", "OE", "YO", "U",
                                         "WEO", "WE", "WI", "YU",  "EU", "YI", "I"};
    static const char *const finals[] = {"",   "G",  "GG", "GS", "N",  "NJ", "NH", "D", "L",  "LG",
                                         "LM", "LB", "LS", "LT", "LP", "LH", "M",  "B", "BS", "S",
                                         "SS", "NG", "J",  "C",  "K",  "T",  "P",  "H"};
    uint32_t index = c - HANGUL_FIRST;
    snprintf(buffer, CODECS_NAME_MAX, "%s%s%s%s", hangul_prefix,
             initials[index / (HANGUL_VOWELS * HANGUL_FINALS)],
             vowels[index / HANGUL_FINALS % HANGUL_VOWELS], finals[index % HANGUL_FINALS]);
    return buffer;
}

static int64_t hangul_by_name(const char *name)
{
    char buffer[CODECS_NAME_MAX];
    for (uint32_t c = HANGUL_FIRST; c < HANGUL_FIRST + HANGUL_COUNT; c++) {
        if (strcasecmp(name, hangul_name(c, buffer)) == 0)
            return c;
    }
    return -1;
}

static const char ideograph_prefix[] = "CJK UNIFIED IDEOGRAPH-";

const char *codecs_character_name(uint32_t c, char *buffer)
{
    if (is_unified_ideograph(c)) {
        snprintf(buffer, CODECS_NAME_MAX, "%s%X", ideograph_prefix, c);
        return buffer;
    }
    if (c >= HANGUL_FIRST && c < HANGUL_FIRST + HANGUL_COUNT)
        return hangul_name(c, buffer);
    return unicode_character_name(c, buffer);
}

int64_t codecs_character_by_name(const char *name, int64_t length)
{
    char text[UNINAME_MAX];
    if (length <= 0 || length >= (int64_t)sizeof(text) ||
        memchr(name, '\0', (size_t)length) != NULL)
        return -1;
    memcpy(text, name, (size_t)length);
    text[length] = '\0';
    size_t prefix = sizeof(ideograph_prefix) - 1;
    if (strncasecmp(text, ideograph_prefix, prefix) == 0) {
        char *end;
        unsigned long code_point = strtoul(text + prefix, &end, 16);
        size_t digits = strlen(text + prefix);
        if (*end == '\0' && (digits == 4 || digits == 5) && text[prefix] != '0' &&
            strcspn(text + prefix, "+-xX \t") == digits && code_point <= 0x10FFFF &&
            is_unified_ideograph((uint32_t)code_point))
            return (int64_t)code_point;
        return -1;
    }
    if (strncasecmp(text, hangul_prefix, sizeof(hangul_prefix) - 1) == 0)
        return hangul_by_name(text);
    ucs4_t c = unicode_name_character(text);
    return c == UNINAME_INVALID ? -1 : (int64_t)c;
}

/* ---- start and end */

int codecs_init(void)
{
    ROOT("the search functions of codecs", search_functions);
    ROOT("the cache of codecs", search_cache);
    encodings_tried = false;
    if (search_functions == NULL && (search_functions = list_new(0)) == NULL)
        return -1;
    if (search_cache == NULL && (search_cache = dict_new()) == NULL)
        return -1;
    return codecs_errors_init();
}

void codecs_finish(void)
{
    obj_clear(&search_functions);
    obj_clear(&search_cache);
    codecs_errors_finish();
}
