#ifndef OURO_RUNTIME_TYPES_CODECS_H
#define OURO_RUNTIME_TYPES_CODECS_H

/*
 * Text encodings: the built-in codecs, error handlers, and the registry of those made in Python.
 *
 * Built-in encodings named by any of their usual spellings never touch the registry.  Error
 * handlers "strict", "ignore", "replace", "backslashreplace", "surrogateescape" run inline; others
 * are called with an exception object and give (replacement, position).
 */

#include <stdbool.h>
#include <stdint.h>

#include "runtime/core/object.h"
#include "runtime/types/byte_builder.h"
#include "runtime/types/str.h"

typedef enum ErrorPolicy {
    ERRORS_STRICT,
    ERRORS_IGNORE,
    ERRORS_REPLACE,
    ERRORS_BACKSLASHREPLACE,
    ERRORS_XMLCHARREFREPLACE,
    ERRORS_SURROGATEESCAPE,
    ERRORS_OTHER, /* the handler is looked up by name */
} ErrorPolicy;

/* One decoding run: what an error handler may see and change. */
typedef struct Decoder {
    const char *encoding; /* for messages and exceptions: "utf-8" */
    const char *errors;   /* NULL: strict */
    ErrorPolicy policy;
    const unsigned char *data; /* the input; a handler may replace it */
    int64_t length;            /* bytes */
    Obj *replaced;             /* bytes that own `data` when a handler replaced it, or NULL */
    Obj *handler;              /* looked up at the first error that needs it */
    StrBuilder out;
} Decoder;

void decoder_init(Decoder *d, const char *encoding, const char *errors, const unsigned char *data,
                  int64_t length);
/* Bytes [start, end) cannot be decoded: lets the error handler add a replacement to d->out and sets
 * *position to where to go on (d->data and d->length may be other than before).  0/-1. */
int decoder_error(Decoder *d, int64_t start, int64_t end, const char *reason, int64_t *position);
/* The text (failed false), or NULL; releases everything. */
Obj *decoder_finish(Decoder *d, bool failed);

/* One encoding run. */
typedef struct Encoder {
    const char *encoding;
    const char *errors;
    ErrorPolicy policy;
    ObjRef text;
    Obj *handler;
} Encoder;

void encoder_init(Encoder *e, const char *encoding, const char *errors, ObjRef text);
/* Code points [start, end) cannot be encoded.  *replacement becomes what the handler gives: a str,
 * whose characters are to be encoded again, or bytes, to be copied; and *position where to go on.
 * 0/-1. */
int encoder_error(Encoder *e, int64_t start, int64_t end, const char *reason, Obj **replacement,
                  int64_t *position);
/* Raises UnicodeEncodeError for [start, end); -1. */
int encoder_raise(Encoder *e, int64_t start, int64_t end, const char *reason);
void encoder_finish(Encoder *e);

/* Made at start and taken down at the end by codecs_init and codecs_finish. */
int codecs_errors_init(void);
void codecs_errors_finish(void);

/* ---- the built-in codecs (codecs_utf.c, codecs_escape.c, codecs_single.c).  `consumed` NULL: the
 * input is whole; else an incomplete sequence at the end is no error and *consumed tells how much
 * was used.  byte_order: -1 little, 1 big, 0 by byte order mark (*byte_order is then what was
 * found). */
Obj *codecs_utf8_decode(const unsigned char *data, int64_t length, const char *errors,
                        int64_t *consumed);
Obj *codecs_utf8_encode(ObjRef text, const char *errors);
Obj *codecs_utf16_decode(const unsigned char *data, int64_t length, const char *errors,
                         int *byte_order, int64_t *consumed);
Obj *codecs_utf16_encode(ObjRef text, const char *errors, int byte_order);
Obj *codecs_utf32_decode(const unsigned char *data, int64_t length, const char *errors,
                         int *byte_order, int64_t *consumed);
Obj *codecs_utf32_encode(ObjRef text, const char *errors, int byte_order);
Obj *codecs_ascii_decode(const unsigned char *data, int64_t length, const char *errors);
Obj *codecs_ascii_encode(ObjRef text, const char *errors);
Obj *codecs_latin1_encode(ObjRef text, const char *errors);
Obj *codecs_charmap_decode(const unsigned char *data, int64_t length, const char *errors,
                           ObjRef mapping);
Obj *codecs_charmap_encode(ObjRef text, const char *errors, ObjRef mapping);
Obj *codecs_unicode_escape_decode(const unsigned char *data, int64_t length, const char *errors,
                                  int64_t *consumed);
Obj *codecs_unicode_escape_encode(ObjRef text);
Obj *codecs_raw_unicode_escape_decode(const unsigned char *data, int64_t length, const char *errors,
                                      int64_t *consumed);
Obj *codecs_raw_unicode_escape_encode(ObjRef text);
/* Escapes of a bytes literal. */
Obj *codecs_escape_decode(const unsigned char *data, int64_t length, const char *errors);

/* ---- registry (codecs.c) */
/* The codec's CodecInfo (or tuple) for a name: new reference; LookupError "unknown encoding: x". */
Obj *codecs_lookup(ObjRef name);
int codecs_register(ObjRef search_function);
int codecs_unregister(ObjRef search_function);
Obj *codecs_lookup_error(const char *name);
int codecs_register_error(ObjRef name, ObjRef handler);
/* codecs.encode / codecs.decode: any object to any object. */
Obj *codecs_encode_object(ObjRef o, ObjRef encoding, const char *errors);
Obj *codecs_decode_object(ObjRef o, ObjRef encoding, const char *errors);
/* str.encode() and bytes.decode() with arguments as they were given (NULL: absent). */
Obj *codecs_encode_method(ObjRef text, ObjRef encoding, ObjRef errors);
Obj *codecs_decode_method(const unsigned char *data, int64_t length, ObjRef encoding,
                          ObjRef errors);
/* UTF-8 of an argument that names an encoding or error handler; NULL with TypeError ("str()
 * argument 2 must be str, not int", where `what` is "str() argument 2") or ValueError "embedded
 * null character". */
const char *codec_name_argument(ObjRef name, const char *what);
int codecs_init(void);
void codecs_finish(void);

/* The named character escape \N{…}: the code point, or -1 when there is no such name.  Sequences of
 * several code points are not found. */
int64_t codecs_character_by_name(const char *name, int64_t length);
/* The name of a code point in a buffer of CODECS_NAME_MAX bytes; NULL when it has none. */
enum { CODECS_NAME_MAX = 256 };
const char *codecs_character_name(uint32_t c, char *buffer);

#endif
