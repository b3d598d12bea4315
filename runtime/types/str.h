#ifndef OURO_RUNTIME_TYPES_STR_H
#define OURO_RUNTIME_TYPES_STR_H

/*
 * str: code points in fixed width by the widest one (1, 2 or 4 bytes), so that indexing is O(1).
 * Data follows the header and ends with a NUL of the same width.  The form is canonical: equal text
 * has equal kind.  Surrogates are ordinary code points of kind 2.
 */

#include <stdbool.h>
#include <stdint.h>

#include "runtime/core/object.h"
#include "runtime/types/hash.h"

typedef struct StrObj {
    Obj base;
    int64_t length;       /* code points */
    int64_t hash;         /* -1: not computed yet */
    uint8_t kind;         /* bytes per code point: 1, 2, 4 */
    uint8_t ascii;        /* all below 128 (kind 1) */
    uint8_t interned : 1; /* in the table of interned strings (which owns no reference) */
    uint8_t has_utf8 : 1; /* its UTF-8 form is in the side table of str_utf8.c */
    uint8_t identifier;   /* 1: known to look like an identifier; 0: unknown or not */
    uint32_t spare;       /* bytes allocated past the terminating NUL, for growth in place */
    unsigned char data[];
} StrObj; /* 40 bytes of header: an ASCII string of n characters takes 41 + n */

typedef struct StrIterObj {
    Obj base;
    int64_t index; /* of the code point to give next */
    StrObj *str;   /* owned; NULL when exhausted */
} StrIterObj;

extern Type str_type, str_iterator_type;
/* "" and the 256 strings of one Latin-1 character, each owned by the runtime. */
extern Obj *str_empty;
extern Obj *str_latin1[256];

#define str_cast(o) ((StrObj *)(o))
#define str_check(o) obj_has_flag(o, TYPE_STR)
#define str_check_exact(o) (obj_type(o) == &str_type)
#define str_length(o) (((const StrObj *)(o))->length)

static inline uint32_t str_char_at(ObjRef o, int64_t i)
{
    const StrObj *s = (const StrObj *)o;
    return s->kind == 1   ? s->data[i]
           : s->kind == 2 ? ((const uint16_t *)(const void *)s->data)[i]
                          : ((const uint32_t *)(const void *)s->data)[i];
}

/* An uninitialised exact str for `length` code points up to max_char; fill data, then treat as
 * immutable.  (Length 0 and one Latin-1 character give the shared objects only through the makers
 * below.) */
Obj *str_new_blank(int64_t length, uint32_t max_char);
Obj *str_from_ascii(const char *text);                /* NUL-terminated ASCII */
Obj *str_from_utf8(const char *text, int64_t length); /* strict; UnicodeDecodeError */
Obj *str_from_utf8_surrogates(const char *text,
                              int64_t length); /* encoded surrogates allowed (WTF-8) */
Obj *str_from_latin1(const char *text, int64_t length);
Obj *str_from_ucs4(const uint32_t *text, int64_t length);
Obj *str_from_char(uint32_t code_point);
/* File names and arguments: UTF-8 with surrogateescape, both ways. */
Obj *str_from_filesystem(const char *text);
/* NUL-terminated UTF-8, cached as long as o lives (ASCII: the data itself); UnicodeEncodeError on
 * lone surrogates.  length may be NULL. */
const char *str_utf8(ObjRef o, int64_t *length);
Obj *str_substring(ObjRef o, int64_t start, int64_t end); /* clipped; exact str */
Obj *str_concat(ObjRef a, ObjRef b);
/* *left += right, in place when nobody else holds *left; on failure *left is released and NULL. */
int str_append_inplace(Obj **left, ObjRef right);
/* The same; on failure *left stays as it was. */
int str_append_kept(Obj **left, ObjRef right);
Obj *str_join(ObjRef separator, ObjRef iterable);
/* Equality of two strs: 1/0, never fails. */
bool str_equal(ObjRef a, ObjRef b);
bool str_equal_ascii(ObjRef o, const char *ascii);
int str_compare3(ObjRef a, ObjRef b); /* -1, 0, 1 by code point */
int64_t str_hash(ObjRef o);
/* First position of needle in [start, end), or -1. */
int64_t str_find(ObjRef o, ObjRef needle, int64_t start, int64_t end);
bool str_is_identifier(ObjRef o);
Obj *str_format_percent(ObjRef format, ObjRef args);
Obj *str_repr(ObjRef o);

/* The unique interned str equal to o: new reference (o itself if it becomes it).  Exact strs only.
 */
Obj *str_intern(ObjRef o);
/* Interns in place: *place is replaced by the interned string. */
void str_intern_inplace(Obj **place);
Obj *str_intern_ascii(const char *text);
int strs_init(void);
void strs_finish(void);

/* Bytes of an object with this many code points and no spare room. */
static inline int64_t str_size(int64_t length, int kind)
{
    return (int64_t)sizeof(StrObj) + (length + 1) * kind;
}

/* Stores one code point into a str that is being filled. */
static inline void str_put_char(Obj *o, int64_t i, uint32_t c)
{
    StrObj *s = (StrObj *)o;
    if (s->kind == 1)
        s->data[i] = (unsigned char)c;
    else if (s->kind == 2)
        ((uint16_t *)(void *)s->data)[i] = (uint16_t)c;
    else
        ((uint32_t *)(void *)s->data)[i] = c;
}

/* Copies code points [start, start + count) of `from` to place `at` of a str that is being filled
 * and is at least as wide. */
void str_copy_chars(Obj *to, int64_t at, ObjRef from, int64_t start, int64_t count);
/* A bound of the code points of o (127, 255, 0xFFFF, 0x10FFFF) by its kind / of the given range. */
uint32_t str_max_char(ObjRef o);
uint32_t str_max_char_range(ObjRef o, int64_t start, int64_t end);
/* Copies `count` code points between raw arrays of these kinds; to_kind >= from_kind, or all fit.
 */
void str_convert(void *to, int to_kind, const void *from, int from_kind, int64_t count);
/* From code points of any kind, made canonical. */
Obj *str_from_chars(const void *chars, int kind, int64_t length);
/* o if it is an exact str, else an exact copy: new reference. */
Obj *str_exact(ObjRef o);
Obj *str_repeat(ObjRef self, int64_t count);

/* For dealloc: forgets o in the table of interned strings / its cached UTF-8 form. */
void str_intern_remove(StrObj *s);
void str_utf8_forget(StrObj *s);
void str_intern_finish(void);
void str_utf8_finish(void);
/* Bytes of the cached UTF-8 form, 0 when there is none. */
int64_t str_utf8_cached_size(ObjRef o);

/* ---- StrBuilder: text grown piece by piece. */
typedef struct StrBuilder {
    unsigned char *data; /* pool_alloc block of `capacity` code points of `kind` bytes, or NULL */
    int64_t length, capacity;
    uint8_t kind;
    uint32_t max_char;
} StrBuilder;

void str_builder_init(StrBuilder *b);
int str_builder_add_char(StrBuilder *b, uint32_t c);
int str_builder_add_str(StrBuilder *b, ObjRef s);
int str_builder_add_range(StrBuilder *b, ObjRef s, int64_t start, int64_t end);
int str_builder_add_ascii(StrBuilder *b, const char *text);
int str_builder_add_ascii_n(StrBuilder *b, const char *text, int64_t length);
int str_builder_add_latin1(StrBuilder *b, const unsigned char *text, int64_t length);
/* Makes room for `count` more code points up to max_char; then they may be stored at data. */
int str_builder_reserve(StrBuilder *b, int64_t count, uint32_t max_char);
int str_builder_add_repeat(StrBuilder *b, uint32_t c, int64_t count);
/* The str; the builder is empty afterwards.  NULL on no memory. */
Obj *str_builder_finish(StrBuilder *b);
void str_builder_free(StrBuilder *b);

#endif
