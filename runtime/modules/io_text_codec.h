#ifndef OURO_RUNTIME_MODULES_IO_TEXT_CODEC_H
#define OURO_RUNTIME_MODULES_IO_TEXT_CODEC_H

/* Encodings and line ends of text streams. */

#include <stdbool.h>
#include <stdint.h>

#include "gc/object.h"

typedef enum TextCodecKind {
    TEXT_UTF8,
    TEXT_ASCII,
    TEXT_LATIN1,
    TEXT_UTF16,
    TEXT_UTF32,
    TEXT_OTHER, /* by name through the registry; input is decoded as a whole */
} TextCodecKind;

typedef struct TextCodec {
    TextCodecKind kind;
    bool signature; /* utf-8-sig, utf-16, utf-32: the text starts with a byte order mark */
    int byte_order; /* -1 little, 1 big; 0: not known yet (UTF-16, UTF-32) */
    Obj *name;      /* str: owned */
    Obj *errors;    /* str: owned */
} TextCodec;

/* 0, or -1 with LookupError for an encoding that does not exist. */
int text_codec_init(TextCodec *codec, ObjRef name, ObjRef errors);
void text_codec_clear(TextCodec *codec);
/* Bytes of one code unit, thus of '\r'. */
int text_codec_unit(const TextCodec *codec);
/* Decodes data[0..length); final: nothing follows, else *consumed tells how much was used.
 * `at_start`: a byte order mark may come first. */
Obj *text_codec_decode(TextCodec *codec, const unsigned char *data, int64_t length, bool at_start,
                       bool final, int64_t *consumed);
/* The bytes of a str; at_start: preceded by a byte order mark where the encoding has one. */
Obj *text_codec_encode(TextCodec *codec, ObjRef text, bool at_start);
/* Whether decoded text encodes to the same bytes again. */
bool text_codec_is_lossless(const TextCodec *codec);

/* Line ends seen (attribute newlines). */
enum { NEWLINE_CR = 1, NEWLINE_LF = 2, NEWLINE_CRLF = 4 };

/* How a stream treats line ends, from the argument newline of open(). */
typedef struct Newlines {
    bool universal;    /* reading: \n, \r and \r\n all end a line … */
    bool translate;    /* … and become \n */
    char read_end[3];  /* what ends a line where not universal */
    char write_end[3]; /* what \n becomes in output */
    uint8_t seen;      /* NEWLINE_… bits, kept where universal */
} Newlines;

/* newline: NULL, "", "\n", "\r" or "\r\n"; anything else is ValueError with the message, which
 * shows it: 0/-1. */
int newlines_init(Newlines *newlines, ObjRef newline, const char *message);
/* The text with all line ends as \n where translating; notes what was seen.  Takes over `text`. */
Obj *newlines_translate_steal(Newlines *newlines, Obj *text);
/* The value of the attribute newlines. */
Obj *newlines_seen(const Newlines *newlines);
/* The index after the first line end in text[start..end), or -1. */
int64_t newlines_find(const Newlines *newlines, ObjRef text, int64_t start, int64_t end);
/* Output: the text with every \n replaced by write_end (the same text where that is \n). */
Obj *newlines_expand(const Newlines *newlines, ObjRef text);
/* First position of an ASCII character in text[start..end), or -1. */
int64_t newlines_find_char(ObjRef text, char c, int64_t start, int64_t end);

#endif
