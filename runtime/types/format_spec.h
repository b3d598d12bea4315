#ifndef OURO_RUNTIME_TYPES_FORMAT_SPEC_H
#define OURO_RUNTIME_TYPES_FORMAT_SPEC_H

/*
 * The format mini-language: [[fill]align][sign][z][#][0][width][grouping][.precision][type].
 *
 * format_spec_parse reads it for every type; %-formatting fills a FormatSpec by hand after
 * format_spec_init.
 */

#include <stdbool.h>
#include <stdint.h>

#include "runtime/core/object.h"
#include "runtime/types/str.h"

typedef struct FormatSpec {
    uint32_t fill;         /* code point to pad with; ' ' unless given */
    char align;            /* '<', '>', '^' or '=' (padding between sign and digits) */
    bool align_given;      /* the text named an alignment */
    bool fill_given;       /* … or a fill character */
    char sign;             /* '+', '-', ' ', or 0: not given */
    bool no_negative_zero; /* 'z' */
    bool alternate;        /* '#' */
    bool zero_padded;      /* a '0' before the width */
    int64_t width;         /* code points; -1: not given */
    char grouping;         /* ',' or '_', or 0 */
    int64_t precision;     /* -1: not given */
    uint32_t type; /* code point of the presentation type; the default when not given (0: none) */
} FormatSpec;

/* Fill ' ', align '>', width and precision -1, everything else off or 0. */
void format_spec_init(FormatSpec *spec);
/* Reads `text` (a str).  default_type and default_align hold where the text says nothing; `value`
 * is what is being formatted, for messages.  0, or -1 with ValueError. */
int format_spec_parse(ObjRef text, uint32_t default_type, char default_align, ObjRef value,
                      FormatSpec *out);
/* ValueError "Unknown format code 'd' for object of type 'str'"; NULL. */
Obj *format_spec_unknown_type(uint32_t type, ObjRef value);
/* Adds the padding that precedes `length` code points of content ('=' counts as '>') and sets
 * *after to what format_spec_pad_end has to add: 0/-1. */
int format_spec_pad_start(StrBuilder *b, const FormatSpec *spec, int64_t length, int64_t *after);
int format_spec_pad_end(StrBuilder *b, const FormatSpec *spec, int64_t after);
/* str.__format__: `value` is a str, `text` the spec (NULL: empty). */
Obj *format_spec_format_str(ObjRef value, ObjRef text);

#endif
