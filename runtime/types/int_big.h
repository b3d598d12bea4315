#ifndef OURO_RUNTIME_TYPES_INT_BIG_H
#define OURO_RUNTIME_TYPES_INT_BIG_H

/*
 * Arithmetic on ints of any size; the only place that calls GMP.
 *
 * Arguments are ints in either layout (int.h); results are exact and canonical: what fits 64 bits
 * is a small int.  A result of more than INT_MAX_LIMBS limbs raises MemoryError before any work is
 * done, because GMP itself ends the process when memory is out.
 */

#include <stdbool.h>
#include <stdint.h>

#include "runtime/types/int.h"

/* 1 GiB of limbs. */
enum { INT_MAX_LIMBS = 1 << 27 };

/* Sign and magnitude of an int, whatever its layout.  Points into the int, or at `limb`: do not
 * copy the struct. */
typedef struct IntView {
    const uint64_t *limbs; /* least significant first, the top one is not 0 */
    int64_t count;
    bool negative;
    uint64_t limb;
} IntView;

static inline void int_view(ObjRef o, IntView *view)
{
    if (int_is_small(o)) {
        int64_t value = int_small_value(o);
        view->limb = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
        view->limbs = &view->limb;
        view->count = value != 0;
        view->negative = value < 0;
    } else {
        const BigIntObj *big = (const BigIntObj *)o;
        view->limbs = big->limbs;
        view->count = big->size < 0 ? -big->size : big->size;
        view->negative = big->size < 0;
    }
}

extern Shape int_big_shape; /* exact int that does not fit 64 bits */

/* The canonical int of a magnitude (leading zero limbs allowed) and a sign. */
Obj *int_big_from_limbs(const uint64_t *limbs, int64_t count, bool negative);
Obj *int_big_from_int128(__int128 value);
/* An instance of `type` (a subclass of int) with the value of the int o. */
Obj *int_big_new_subclass(Type *type, ObjRef o);

Obj *int_big_add(ObjRef a, ObjRef b);
Obj *int_big_subtract(ObjRef a, ObjRef b);
Obj *int_big_multiply(ObjRef a, ObjRef b);
/* Floor division; b is not 0.  Either result may be NULL: not wanted.  0/-1. */
int int_big_divmod(ObjRef a, ObjRef b, Obj **quotient, Obj **remainder);
/* a ** exponent, exponent >= 0. */
Obj *int_big_power(ObjRef a, ObjRef exponent);
/* a ** exponent modulo |modulus| (not 0), in 0…|modulus|-1; exponent >= 0. */
Obj *int_big_power_modulo(ObjRef a, ObjRef exponent, ObjRef modulus);
/* Inverse of a modulo |modulus|; ValueError when there is none. */
Obj *int_big_invert_modulo(ObjRef a, ObjRef modulus);
/* a shifted left by bits >= 0. */
Obj *int_big_shift_left(ObjRef a, uint64_t bits);
/* floor(a / 2**bits). */
Obj *int_big_shift_right(ObjRef a, uint64_t bits);
/* op: '&', '|' or '^', on infinite two's complement. */
Obj *int_big_bitwise(ObjRef a, ObjRef b, char op);
int int_big_compare(ObjRef a, ObjRef b); /* -1, 0, 1 */
/* Magnitude modulo 2**61 - 1. */
uint64_t int_big_hash_magnitude(const IntView *view);

/* Nearest double, ties to even: 0, or -1 (nothing raised) when it is too large. */
int int_big_to_double(const IntView *view, double *out);
/* x such that 0.5 <= |x| < 1 and the int is about x * 2**exponent, correctly rounded. */
double int_big_frexp(const IntView *view, int64_t *exponent);
/* Correctly rounded a / b, b not 0: 0, or -1 with OverflowError. */
int int_big_true_divide(ObjRef a, ObjRef b, double *out);

Obj *int_big_gcd(ObjRef a, ObjRef b);
Obj *int_big_isqrt(ObjRef a); /* a >= 0 */
Obj *int_big_factorial(uint64_t n);
Obj *int_big_binomial(ObjRef n, uint64_t k); /* n >= 0 */

/* Decimal digits of the magnitude, NUL-terminated, in a mem_alloc block of *capacity bytes. */
char *int_big_decimal(const IntView *view, int64_t *length, int64_t *capacity);
/* From `count` digit values (most significant first, each below base). */
Obj *int_big_from_digits(const unsigned char *digits, int64_t count, int base, bool negative);

#endif
