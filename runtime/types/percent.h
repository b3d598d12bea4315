#ifndef OURO_RUNTIME_TYPES_PERCENT_H
#define OURO_RUNTIME_TYPES_PERCENT_H

/* What the % operators of str and bytes share: directives, arguments and numbers. */

#include <stdbool.h>
#include <stdint.h>

#include "runtime/core/object.h"
#include "runtime/types/format_spec.h"

typedef struct Percent {
    ObjRef format;
    bool bytes;                  /* the format is octets */
    const unsigned char *octets; /* … these; NULL for str */
    int64_t at;                  /* index of the next item of the format */
    int64_t length;              /* items of the format */
    ObjRef args;                 /* tuple, or the one argument */
    ObjRef mapping;              /* what %(key) looks into, or NULL */
    Obj *value;                  /* what the last key gave; owned, or NULL */
    int64_t arg_index;           /* next argument … */
    int64_t arg_count; /* … of so many; -1: one that is no tuple, with index -2 while untaken */
} Percent;

/* One directive. */
typedef struct PercentItem {
    FormatSpec spec; /* width, precision, sign, alternate; fill and align for numbers */
    bool left;       /* '-' was given */
    bool bytes;      /* the format is octets */
    uint32_t type;   /* the letter */
    int64_t at;      /* its index */
} PercentItem;

void percent_init(Percent *p, ObjRef format, const unsigned char *octets, int64_t length,
                  ObjRef args);
void percent_finish(Percent *p);
/* Reads a directive whose '%' was just passed: 0/-1. */
int percent_parse(Percent *p, PercentItem *item);
/* Borrowed; NULL with TypeError "not enough arguments for format string". */
ObjRef percent_next_arg(Percent *p);
/* TypeError when arguments are left over: 0/-1. */
int percent_check_end(const Percent *p);
/* Text of a number under d i u o x X e E f F g G, padded. */
Obj *percent_number(const PercentItem *item, ObjRef value);
/* ValueError about an unknown letter; -1. */
int percent_unsupported(const PercentItem *item);

#endif
