#ifndef OURO_RUNTIME_TYPES_INT_H
#define OURO_RUNTIME_TYPES_INT_H

/*
 * int and bool.
 *
 * An exact int whose value fits 64 bits has the shape int_type.root (or int_seen_shape) and payload
 * IntObj; every other int (big values; instances of subclasses) is a BigIntObj.  bool is an IntObj.
 * -5…256 exist once.  Big arithmetic is GMP's mpn/mpz behind int_big.c.
 */

#include <stdbool.h>
#include <stdint.h>

#include "runtime/core/object.h"

typedef struct IntObj {
    Obj base;
    int64_t value;
} IntObj; /* 24 bytes */

typedef struct BigIntObj {
    Obj base;
    int64_t size;     /* number of limbs, negative for a negative value, 0 for zero */
    uint64_t limbs[]; /* least significant first; the top one is not 0 */
} BigIntObj;

extern Type int_type, bool_type;
extern Shape int_seen_shape;  /* exact small int whose address was revealed */
extern IntObj int_small[262]; /* -5…256 */
extern IntObj false_object, true_object;
#define obj_false ((Obj *)&false_object)
#define obj_true ((Obj *)&true_object)

enum { INT_SMALL_MIN = -5, INT_SMALL_MAX = 256 };

/* An int whose payload is IntObj (bool included). */
#define int_is_small(o) (((o)->shape->flags & SHAPE_SMALL_INT) != 0)
#define int_small_value(o) (((const IntObj *)(o))->value)
#define int_check(o) obj_has_flag(o, TYPE_INT)
#define int_check_exact(o) (obj_type(o) == &int_type)
#define bool_check(o) (obj_type(o) == &bool_type)
static inline bool int_in_cache(int64_t v)
{
    return (uint64_t)v + 5 < 262;
}

static inline Obj *int_new(int64_t value)
{
    if (int_in_cache(value))
        return obj_incref(&int_small[value + 5].base);
    IntObj *o = (IntObj *)obj_new(&int_type, (int64_t)sizeof(IntObj));
    if (o != NULL)
        o->value = value;
    return (Obj *)o;
}
static inline Obj *bool_new(bool value)
{
    return obj_incref(value ? obj_true : obj_false);
}
Obj *int_from_uint64(uint64_t value);
/* Truncates toward zero; ValueError/OverflowError for nan and infinity. */
Obj *int_from_double(double value);
/* Text as int() reads it: base 0, 2…36; NULL and ValueError. `digits` excludes nothing: sign,
 * prefix, underscores and white space are handled. length in bytes of UTF-8. */
Obj *int_from_text(const char *text, int64_t length, int base);
/* 0 and *out; 1 when it does not fit; never raises.  o must be an int. */
int int_to_int64(ObjRef o, int64_t *out);
int int_to_uint64(ObjRef o, uint64_t *out);
/* OverflowError "int too large to convert to float": 0/-1. */
int int_to_double(ObjRef o, double *out);
/* -1, 0, 1. */
int int_sign(ObjRef o);
int64_t int_bit_length(ObjRef o);
/* Text in base 2, 8, 10, 16 (no prefix, lower case), str object; ValueError past the digit limit.
 */
Obj *int_to_text(ObjRef o, int base);
/* Little-endian two's complement of exactly `length` bytes: 0, -1 OverflowError. */
int int_to_bytes(ObjRef o, unsigned char *bytes, int64_t length, bool little, bool is_signed);
Obj *int_from_bytes(const unsigned char *bytes, int64_t length, bool little, bool is_signed);
/* Arithmetic on two ints (exact or not), for the VM's slow paths and the peephole. */
Obj *int_add(ObjRef a, ObjRef b);
Obj *int_subtract(ObjRef a, ObjRef b);
Obj *int_multiply(ObjRef a, ObjRef b);
Obj *int_floor_divide(ObjRef a, ObjRef b);
Obj *int_remainder(ObjRef a, ObjRef b);
int int_compare3(ObjRef a, ObjRef b);  /* -1, 0, 1 */
int64_t int_hash_int64(int64_t value); /* modulo 2^61-1, -1 becomes -2 */
/* int(o) as PyNumber-style conversion of any object: __int__, __index__, __trunc__, text; an exact
 * int. */
Obj *int_from_object(ObjRef o);
/* o as an exact int (o itself if it is one). */
Obj *int_exact(ObjRef o);
/* o rounded to 10**-digits for digits < 0, halves to even; o itself otherwise. */
Obj *int_round(ObjRef o, int64_t digits);
Obj *int_negative(ObjRef o);
Obj *int_absolute(ObjRef o);
Obj *int_left_shift(ObjRef a, ObjRef b);
Obj *int_right_shift(ObjRef a, ObjRef b);

#endif
