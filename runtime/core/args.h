#ifndef OURO_RUNTIME_CORE_ARGS_H
#define OURO_RUNTIME_CORE_ARGS_H

/*
 * Arguments of C functions that take keywords or defaults.
 *
 * A spec is declared once, static, and bound at each call:
 *
 *     static const ArgSpec sort_spec = {"sort", 0, 0, 0, 2, {"key", "reverse"}};
 *     ObjRef out[2];                                  // NULL where not given
 *     if (args_bind(&sort_spec, args, nargs, kwnames, out) < 0) return NULL;
 */

#include <stdbool.h>
#include <stdint.h>

#include "gc/object.h"

enum { ARGS_MAX = 13 };

typedef struct ArgSpec {
    const char *function;   /* for messages: "sort" */
    int8_t positional_only; /* the first so many names cannot be keywords */
    int8_t required;        /* the first so many must be given */
    int8_t positional;      /* the first so many may be positional; the others are keyword-only */
    int8_t count;           /* names in all */
    const char *names[ARGS_MAX];
} ArgSpec;

/* Distributes a call's arguments over out[spec->count]; borrowed, NULL where absent.  TypeError in
 * CPython's words: 0/-1. */
int args_bind(const ArgSpec *spec, const ObjRef *args, int64_t nargs, ObjRef kwnames, ObjRef *out);
/* TypeError unless min <= nargs <= max (max -1: any) / unless kwnames is empty: 0/-1. */
int args_check_count(const char *function, int64_t nargs, int64_t min, int64_t max);
int args_no_keywords(const char *function, ObjRef kwnames);
/* Conversions for arguments; `out` keeps its value when arg is NULL: 0/-1. */
int args_to_int64(ObjRef arg, int64_t *out);
int args_to_bool(ObjRef arg, bool *out);
/* A slice-style index: None keeps *out, big values clip. */
int args_to_slice_index(ObjRef arg, int64_t *out);
/* str argument required: TypeError "f() argument 'x' must be str, not int". */
int args_require_str(ObjRef arg, const char *function, const char *name);

#endif
