#ifndef OURO_RUNTIME_MODULES_RE_OBJECTS_H
#define OURO_RUNTIME_MODULES_RE_OBJECTS_H

/* Pattern and Match objects of module re. */

#include <stdint.h>

#include "runtime/core/object.h"
#include "runtime/modules/re_program.h"
#include "runtime/types/bytes.h"

typedef struct PatternObj {
    Obj base;
    Obj *pattern; /* str, bytes or other bytes-like */
    Obj *weak_list;
    ReProgram program;
} PatternObj;

typedef struct MatchObj {
    Obj base;
    Obj *pattern;       /* PatternObj */
    Obj *string;        /* what was searched; None when detached */
    int64_t start, end; /* pos and endpos */
    int64_t slots[];    /* see re_match_run */
} MatchObj;

extern Type re_pattern_type, re_match_type, re_scanner_type;

#define pattern_cast(o) ((PatternObj *)(o))
#define match_cast(o) ((MatchObj *)(o))

/* What a call searches: the string and its items, held. */
typedef struct ReInput {
    Obj *string;
    BufferView view;   /* for octets */
    ReSubject subject; /* end is endpos */
    int64_t start;     /* pos */
} ReInput;

/* Checks that `string` is of the pattern's kind; pos and endpos are clipped: 0/-1. */
int re_input_open(ReInput *input, ObjRef pattern, ObjRef string, int64_t pos, int64_t endpos);
void re_input_close(ReInput *input);
/* Items [start, end) of the string: str or bytes. */
Obj *re_input_slice(const ReInput *input, int64_t start, int64_t end);

/* A Match of the slots. */
Obj *re_match_new(ObjRef pattern, const ReInput *input, const int64_t *slots);
/* Text of a group, or `missing` (new reference) when it did not match. */
Obj *re_match_group(ObjRef match, int64_t group, ObjRef missing);

/* A replacement template: a list that alternates literals and group numbers, of which the first is
 * a literal; or NULL with an error.  re_template.c. */
Obj *re_template_parse(ObjRef pattern, ObjRef text);
/* Joins a template's parts for a match. */
Obj *re_template_expand(ObjRef parts, ObjRef match);
/* The class re.error; borrowed. */
ObjRef re_error_class(void);

#endif
