#ifndef OURO_RUNTIME_TYPES_RANGE_H
#define OURO_RUNTIME_TYPES_RANGE_H

/* range: an arithmetic progression that stores only its three numbers. */

#include <stdbool.h>
#include <stdint.h>

#include "runtime/core/object.h"

typedef struct RangeObj {
    Obj base;
    union {
        struct {
            int64_t start, stop, step;
        } small;
        struct {
            Obj *start, *stop, *step; /* owned ints */
        } big;
    } u;
    int64_t length; /* items; -1: `big` is in use (a number or the length does not fit 64 bits) */
} RangeObj;         /* 48 bytes, as CPython's */

/* Iterator of a range whose numbers fit 64 bits. */
typedef struct RangeIterObj {
    Obj base;
    int64_t next; /* the number to give next; meaningless when remaining is 0 */
    int64_t step;
    int64_t remaining; /* items still to come */
    int64_t length;    /* items in all */
} RangeIterObj;

extern Type range_type, range_iterator_type, long_range_iterator_type;

#define range_cast(o) ((RangeObj *)(o))
#define range_check(o) (obj_type(o) == &range_type)

/* range(start, stop, step) of small numbers; step is not 0. */
Obj *range_new_small(int64_t start, int64_t stop, int64_t step);
/* Items of such a range, or -1 when that does not fit int64. */
int64_t range_small_length(int64_t start, int64_t stop, int64_t step);

#endif
