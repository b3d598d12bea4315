/*
 * Ints beyond 64 bits, on GMP's mpn functions (mpz where GMP has no mpn form).
 *
 * Invariants: results are canonical, so a BigIntObj of exact type int never holds a value that fits
 * int64_t and never has a zero top limb; its block has exactly the size that its limb count says,
 * since blocks are freed by size.
 *
 * GMP takes its scratch memory from malloc and aborts where that fails.  So sizes are bounded first
 * (INT_MAX_LIMBS), and before a large operation `reserve` asks the allocation facade for as much as
 * the scratch may need, which also applies the limit of -X maxmem to it.
 *
 * Operators of the type: int.c.  Text: int_text.c.
 */
#include "runtime/types/int_big.h"

#include <gmp.h>
#include <math.h>
#include <string.h>

#include "runtime/core/err.h"

_Static_assert(sizeof(mp_limb_t) == sizeof(uint64_t) && GMP_NAIL_BITS == 0, "64-bit limbs");

enum {
    LIMB_BITS = 64,
    SCRATCH_FIXED = 48,     /* limbs of scratch on the C stack */
    RESERVE_FROM = 1 << 14, /* limbs from which scratch memory is reserved first */
    DOUBLE_BITS = 53,
};

/* ---- results */

Shape int_big_shape = {.type = &int_type.head};

static int64_t big_bytes(int64_t limbs)
{
    return (int64_t)sizeof(BigIntObj) + limbs * (int64_t)sizeof(uint64_t);
}

/* A blank result with room for `limbs` limbs; complete it with result_finish. */
static BigIntObj *result_new(int64_t limbs)
{
    if (limbs > INT_MAX_LIMBS) {
        err_no_memory();
        return NULL;
    }
    BigIntObj *o = (BigIntObj *)obj_new(&int_type, big_bytes(limbs));
    if (o != NULL)
        o->base.shape = &int_big_shape;
    return o;
}

/* The small int of a magnitude of at most one limb, if it fits: 1/0. */
static bool fits_small(const uint64_t *limbs, int64_t count, bool negative, int64_t *out)
{
    if (count == 0) {
        *out = 0;
        return true;
    }
    if (count > 1 || limbs[0] > (uint64_t)INT64_MAX + negative)
        return false;
    *out = negative ? (int64_t)(0 - limbs[0]) : (int64_t)limbs[0];
    return true;
}

/* Makes the filled result canonical; `limbs` is what result_new was asked for. */
static Obj *result_finish(BigIntObj *o, int64_t limbs, bool negative)
{
    int64_t count = limbs;
    while (count > 0 && o->limbs[count - 1] == 0)
        count--;
    int64_t small;
    if (fits_small(o->limbs, count, negative, &small)) {
        pool_free(o, (size_t)big_bytes(limbs));
        return int_new(small);
    }
    if (count < limbs) {
        BigIntObj *copy = result_new(count);
        if (copy != NULL)
            memcpy(copy->limbs, o->limbs, (size_t)count * sizeof(uint64_t));
        pool_free(o, (size_t)big_bytes(limbs));
        if (copy == NULL)
            return NULL;
        o = copy;
    }
    o->size = negative ? -count : count;
    return &o->base;
}

Obj *int_big_from_limbs(const uint64_t *limbs, int64_t count, bool negative)
{
    while (count > 0 && limbs[count - 1] == 0)
        count--;
    int64_t small;
    if (fits_small(limbs, count, negative, &small))
        return int_new(small);
    BigIntObj *o = result_new(count);
    if (o == NULL)
        return NULL;
    memcpy(o->limbs, limbs, (size_t)count * sizeof(uint64_t));
    o->size = negative ? -count : count;
    return &o->base;
}

Obj *int_big_from_int128(__int128 value)
{
    unsigned __int128 magnitude =
        value < 0 ? 0 - (unsigned __int128)value : (unsigned __int128)value;
    uint64_t limbs[2] = {(uint64_t)magnitude, (uint64_t)(magnitude >> LIMB_BITS)};
    return int_big_from_limbs(limbs, 2, value < 0);
}

Obj *int_big_new_subclass(Type *type, ObjRef o)
{
    IntView view;
    int_view(o, &view);
    BigIntObj *copy = (BigIntObj *)obj_alloc(type, big_bytes(view.count));
    if (copy == NULL)
        return NULL;
    memcpy(copy->limbs, view.limbs, (size_t)view.count * sizeof(uint64_t));
    copy->size = view.negative ? -view.count : view.count;
    obj_track_if_gc(&copy->base);
    return &copy->base;
}

/* ---- scratch memory */

typedef struct Scratch {
    uint64_t *limbs;
    int64_t count;
    uint64_t fixed[SCRATCH_FIXED];
} Scratch;

static uint64_t *scratch_get(Scratch *scratch, int64_t count)
{
    scratch->count = count;
    scratch->limbs = scratch->fixed;
    if (count > SCRATCH_FIXED) {
        scratch->limbs = mem_alloc((size_t)count * sizeof(uint64_t));
        if (scratch->limbs == NULL)
            err_no_memory();
    }
    return scratch->limbs;
}

static void scratch_free(Scratch *scratch)
{
    if (scratch->limbs != scratch->fixed)
        mem_free(scratch->limbs, (size_t)scratch->count * sizeof(uint64_t));
}

/* Makes sure that GMP can have `limbs` limbs of scratch: 0, or -1 with MemoryError. */
static int reserve(int64_t limbs)
{
    if (limbs < RESERVE_FROM)
        return 0;
    size_t bytes = (size_t)limbs * sizeof(uint64_t);
    void *block = mem_alloc(bytes);
    if (block == NULL) {
        err_no_memory();
        return -1;
    }
    mem_free(block, bytes);
    return 0;
}

/* A read-only mpz over an int. */
static mpz_srcptr as_mpz(const IntView *view, mpz_t z)
{
    return mpz_roinit_n(z, view->limbs, (mp_size_t)(view->negative ? -view->count : view->count));
}

/* The int of an mpz, which is cleared. */
static Obj *from_mpz_clear(mpz_t z)
{
    Obj *o = int_big_from_limbs(mpz_limbs_read(z), (int64_t)mpz_size(z), mpz_sgn(z) < 0);
    mpz_clear(z);
    return o;
}

static int64_t magnitude_bits(const IntView *view)
{
    if (view->count == 0)
        return 0;
    return view->count * LIMB_BITS - __builtin_clzll(view->limbs[view->count - 1]);
}

/* ---- addition and multiplication */

static int compare_magnitudes(const IntView *a, const IntView *b)
{
    if (a->count != b->count)
        return a->count < b->count ? -1 : 1;
    if (a->count == 0)
        return 0;
    int order = mpn_cmp(a->limbs, b->limbs, a->count);
    return (order > 0) - (order < 0);
}

static Obj *add_magnitudes(const IntView *a, const IntView *b, bool negative)
{
    if (a->count < b->count) {
        const IntView *swap = a;
        a = b;
        b = swap;
    }
    int64_t n = a->count;
    if (b->count == 0)
        return int_big_from_limbs(a->limbs, n, negative);
    /* One limb more only where a carry is possible, so that results rarely need shrinking. */
    uint64_t other = b->count == n ? b->limbs[n - 1] : 0;
    int64_t size = n + (a->limbs[n - 1] >= ~other);
    BigIntObj *result = result_new(size);
    if (result == NULL)
        return NULL;
    uint64_t carry = mpn_add(result->limbs, a->limbs, n, b->limbs, b->count);
    if (size > n)
        result->limbs[n] = carry;
    return result_finish(result, size, negative);
}

static Obj *subtract_magnitudes(const IntView *a, const IntView *b, bool negative)
{
    int order = compare_magnitudes(a, b);
    if (order == 0)
        return int_new(0);
    if (order < 0) {
        const IntView *swap = a;
        a = b;
        b = swap;
        negative = !negative;
    }
    if (b->count == 0)
        return int_big_from_limbs(a->limbs, a->count, negative);
    BigIntObj *result = result_new(a->count);
    if (result == NULL)
        return NULL;
    mpn_sub(result->limbs, a->limbs, a->count, b->limbs, b->count);
    return result_finish(result, a->count, negative);
}

Obj *int_big_add(ObjRef a, ObjRef b)
{
    IntView x, y;
    int_view(a, &x);
    int_view(b, &y);
    return x.negative == y.negative ? add_magnitudes(&x, &y, x.negative)
                                    : subtract_magnitudes(&x, &y, x.negative);
}

Obj *int_big_subtract(ObjRef a, ObjRef b)
{
    IntView x, y;
    int_view(a, &x);
    int_view(b, &y);
    return x.negative != y.negative ? add_magnitudes(&x, &y, x.negative)
                                    : subtract_magnitudes(&x, &y, x.negative);
}

static void multiply_limbs(uint64_t *out, const IntView *x, const IntView *y)
{
    if (x->limbs == y->limbs && x->count == y->count)
        mpn_sqr(out, x->limbs, x->count);
    else if (x->count >= y->count)
        mpn_mul(out, x->limbs, x->count, y->limbs, y->count);
    else
        mpn_mul(out, y->limbs, y->count, x->limbs, x->count);
}

Obj *int_big_multiply(ObjRef a, ObjRef b)
{
    IntView x, y;
    int_view(a, &x);
    int_view(b, &y);
    if (x.count == 0 || y.count == 0)
        return int_new(0);
    bool negative = x.negative != y.negative;
    int64_t size = x.count + y.count;
    if (size <= SCRATCH_FIXED) {
        uint64_t product[SCRATCH_FIXED];
        multiply_limbs(product, &x, &y);
        return int_big_from_limbs(product, size, negative);
    }
    if (reserve(size > INT_MAX_LIMBS ? INT64_MAX / 64 : 4 * size) < 0)
        return NULL;
    BigIntObj *result = result_new(size);
    if (result == NULL)
        return NULL;
    multiply_limbs(result->limbs, &x, &y);
    return result_finish(result, size, negative);
}

/* ---- division */

/* |a| divided by |b| (a->count >= b->count >= 1): q gets a->count - b->count + 1 limbs, r b->count.
 */
static void divide_limbs(const IntView *a, const IntView *b, uint64_t *q, uint64_t *r)
{
    if (b->count == 1)
        r[0] = mpn_divrem_1(q, 0, a->limbs, a->count, b->limbs[0]);
    else
        mpn_tdiv_qr(q, r, 0, a->limbs, a->count, b->limbs, b->count);
}

static bool is_zero(const uint64_t *limbs, int64_t count)
{
    for (int64_t i = 0; i < count; i++)
        if (limbs[i] != 0)
            return false;
    return true;
}

int int_big_divmod(ObjRef a, ObjRef b, Obj **quotient, Obj **remainder)
{
    IntView x, y;
    int_view(a, &x);
    int_view(b, &y);
    Scratch q_scratch = {0}, r_scratch = {0};
    uint64_t *q = NULL, *r = NULL;
    Obj *q_obj = NULL, *r_obj = NULL;
    int status = -1;
    /* One limb more than a quotient needs: rounding down a negative one may carry. */
    int64_t q_count = (x.count >= y.count ? x.count - y.count + 1 : 0) + 1;

    if (reserve(3 * (x.count + y.count)) < 0)
        return -1;
    q = scratch_get(&q_scratch, q_count);
    r = q == NULL ? NULL : scratch_get(&r_scratch, y.count);
    if (r == NULL)
        goto done;
    q[q_count - 1] = 0;
    if (x.count >= y.count) {
        divide_limbs(&x, &y, q, r);
    } else {
        memset(r, 0, (size_t)y.count * sizeof(uint64_t));
        memcpy(r, x.limbs, (size_t)x.count * sizeof(uint64_t));
    }
    if (x.negative != y.negative && !is_zero(r, y.count)) {
        mpn_add_1(q, q, q_count, 1);
        mpn_sub_n(r, y.limbs, r, y.count);
    }
    if (quotient != NULL) {
        q_obj = int_big_from_limbs(q, q_count, x.negative != y.negative);
        if (q_obj == NULL)
            goto done;
    }
    if (remainder != NULL) {
        r_obj = int_big_from_limbs(r, y.count, y.negative);
        if (r_obj == NULL)
            goto done;
        *remainder = r_obj;
        r_obj = NULL;
    }
    if (quotient != NULL) {
        *quotient = q_obj;
        q_obj = NULL;
    }
    status = 0;
done:
    obj_xdecref(q_obj);
    if (q != NULL)
        scratch_free(&q_scratch);
    if (r != NULL)
        scratch_free(&r_scratch);
    return status;
}

/* ---- powers */

Obj *int_big_power(ObjRef a, ObjRef exponent)
{
    IntView x, e;
    int_view(a, &x);
    int_view(exponent, &e);
    if (e.count == 0)
        return int_new(1);
    if (x.count == 0)
        return int_new(0);
    bool negative = x.negative && (e.limbs[0] & 1) != 0;
    if (x.count == 1 && x.limbs[0] == 1)
        return int_new(negative ? -1 : 1);
    uint64_t n = e.limbs[0];
    uint64_t least_bits; /* of the result, which has more than (bits of x - 1) * n */
    if (e.count > 1 || __builtin_mul_overflow((uint64_t)magnitude_bits(&x) - 1, n, &least_bits) ||
        least_bits / LIMB_BITS >= INT_MAX_LIMBS)
        return err_no_memory();
    if (x.count == 1 && (x.limbs[0] & (x.limbs[0] - 1)) == 0) {
        Obj *one = int_new(negative ? -1 : 1);
        Obj *result = int_big_shift_left(one, (uint64_t)__builtin_ctzll(x.limbs[0]) * n);
        obj_decref(one);
        return result;
    }
    uint64_t most_bits = 0;
    if (__builtin_mul_overflow((uint64_t)magnitude_bits(&x), n, &most_bits) ||
        most_bits / LIMB_BITS >= INT_MAX_LIMBS)
        return err_no_memory();
    if (reserve((int64_t)(most_bits / LIMB_BITS) * 6) < 0)
        return NULL;
    mpz_t base, power;
    mpz_init(power);
    mpz_pow_ui(power, as_mpz(&x, base), n);
    return from_mpz_clear(power);
}

Obj *int_big_power_modulo(ObjRef a, ObjRef exponent, ObjRef modulus)
{
    IntView x, e, m;
    int_view(a, &x);
    int_view(exponent, &e);
    int_view(modulus, &m);
    if (reserve(8 * (m.count + x.count)) < 0)
        return NULL;
    mpz_t base, power, by, result;
    mpz_init(result);
    mpz_powm(result, as_mpz(&x, base), as_mpz(&e, power), as_mpz(&m, by));
    return from_mpz_clear(result);
}

Obj *int_big_invert_modulo(ObjRef a, ObjRef modulus)
{
    IntView x, m;
    int_view(a, &x);
    int_view(modulus, &m);
    if (reserve(8 * (m.count + x.count)) < 0)
        return NULL;
    mpz_t value, by, result;
    mpz_init(result);
    if (mpz_invert(result, as_mpz(&x, value), as_mpz(&m, by)) == 0) {
        mpz_clear(result);
        return err_string(&exc_value_error, "base is not invertible for the given modulus");
    }
    return from_mpz_clear(result);
}

/* ---- shifts and bitwise operators */

Obj *int_big_shift_left(ObjRef a, uint64_t bits)
{
    IntView x;
    int_view(a, &x);
    if (x.count == 0)
        return int_new(0);
    if (bits / LIMB_BITS > INT_MAX_LIMBS)
        return err_no_memory();
    int64_t words = (int64_t)(bits / LIMB_BITS);
    unsigned rest = (unsigned)(bits % LIMB_BITS);
    bool spills = rest != 0 && (x.limbs[x.count - 1] >> (LIMB_BITS - rest)) != 0;
    int64_t size = words + x.count + spills;
    BigIntObj *result = result_new(size);
    if (result == NULL)
        return NULL;
    memset(result->limbs, 0, (size_t)words * sizeof(uint64_t));
    if (rest == 0) {
        memcpy(result->limbs + words, x.limbs, (size_t)x.count * sizeof(uint64_t));
    } else {
        uint64_t carry = mpn_lshift(result->limbs + words, x.limbs, x.count, rest);
        if (spills)
            result->limbs[size - 1] = carry;
    }
    return result_finish(result, size, x.negative);
}

Obj *int_big_shift_right(ObjRef a, uint64_t bits)
{
    IntView x;
    int_view(a, &x);
    if (bits / LIMB_BITS >= (uint64_t)x.count)
        return int_new(x.negative ? -1 : 0);
    int64_t words = (int64_t)(bits / LIMB_BITS);
    unsigned rest = (unsigned)(bits % LIMB_BITS);
    int64_t kept = x.count - words;
    bool inexact = x.negative && !is_zero(x.limbs, words);
    /* Rounding down a negative number may carry into one limb more. */
    Scratch scratch;
    uint64_t *limbs = scratch_get(&scratch, kept + 1);
    if (limbs == NULL)
        return NULL;
    limbs[kept] = 0;
    if (rest == 0) {
        memcpy(limbs, x.limbs + words, (size_t)kept * sizeof(uint64_t));
    } else {
        uint64_t lost = mpn_rshift(limbs, x.limbs + words, kept, rest);
        inexact = inexact || (x.negative && lost != 0);
    }
    if (inexact)
        mpn_add_1(limbs, limbs, kept + 1, 1);
    Obj *result = int_big_from_limbs(limbs, kept + 1, x.negative);
    scratch_free(&scratch);
    return result;
}

/* Limb i of the infinite two's complement of a view; *carry starts as view->negative. */
static uint64_t complement_limb(const IntView *view, int64_t i, bool *carry)
{
    uint64_t limb = i < view->count ? view->limbs[i] : 0;
    if (view->negative) {
        limb = ~limb + *carry;
        *carry = *carry && limb == 0;
    }
    return limb;
}

Obj *int_big_bitwise(ObjRef a, ObjRef b, char op)
{
    IntView x, y;
    int_view(a, &x);
    int_view(b, &y);
    bool negative = op == '&'   ? x.negative && y.negative
                    : op == '|' ? x.negative || y.negative
                                : x.negative != y.negative;
    int64_t size = (x.count > y.count ? x.count : y.count) + negative;
    if (op == '&' && !x.negative && !y.negative)
        size = x.count < y.count ? x.count : y.count;
    BigIntObj *result = result_new(size);
    if (result == NULL)
        return NULL;
    bool carry_x = x.negative, carry_y = y.negative, carry = negative;
    for (int64_t i = 0; i < size; i++) {
        uint64_t left = complement_limb(&x, i, &carry_x);
        uint64_t right = complement_limb(&y, i, &carry_y);
        uint64_t limb = op == '&' ? left & right : op == '|' ? left | right : left ^ right;
        if (negative) {
            limb = ~limb + carry;
            carry = carry && limb == 0;
        }
        result->limbs[i] = limb;
    }
    return result_finish(result, size, negative);
}

int int_big_compare(ObjRef a, ObjRef b)
{
    IntView x, y;
    int_view(a, &x);
    int_view(b, &y);
    if (x.negative != y.negative)
        return x.negative ? -1 : 1;
    int order = compare_magnitudes(&x, &y);
    return x.negative ? -order : order;
}

uint64_t int_big_hash_magnitude(const IntView *view)
{
    return view->count == 0 ? 0 : mpn_mod_1(view->limbs, view->count, ((uint64_t)1 << 61) - 1);
}

/* ---- doubles */

/* The top 64 bits of a magnitude (the highest one set), the lowest of them or-ed with what is
 * below; count > 0. */
static uint64_t top_bits(const IntView *view)
{
    int64_t n = view->count;
    int shift = __builtin_clzll(view->limbs[n - 1]);
    uint64_t top = view->limbs[n - 1] << shift;
    uint64_t below = 0;
    if (n > 1) {
        if (shift > 0) {
            top |= view->limbs[n - 2] >> (LIMB_BITS - shift);
            below = view->limbs[n - 2] << shift;
        } else {
            below = view->limbs[n - 2];
        }
    }
    if (below != 0 || (n > 2 && !is_zero(view->limbs, n - 2)))
        top |= 1;
    return top;
}

double int_big_frexp(const IntView *view, int64_t *exponent)
{
    if (view->count == 0) {
        *exponent = 0;
        return 0.0;
    }
    /* The conversion from 64 bits rounds to nearest even; the sticky bit keeps that right. */
    double x = ldexp((double)top_bits(view), -LIMB_BITS);
    *exponent = magnitude_bits(view);
    if (x >= 1.0) {
        x = 0.5;
        ++*exponent;
    }
    return view->negative ? -x : x;
}

int int_big_to_double(const IntView *view, double *out)
{
    int64_t exponent;
    double x = int_big_frexp(view, &exponent);
    if (exponent > 1024)
        return -1;
    *out = ldexp(x, (int)exponent);
    return 0;
}

/* Rounds q * 2**-shift, q having 63 or 64 bits (sticky lowest bit), once to a double. */
static double round_scaled(uint64_t q, int64_t shift)
{
    int64_t bits = LIMB_BITS - __builtin_clzll(q);
    int64_t exponent = bits - shift; /* the value is in [2**(exponent-1), 2**exponent) */
    int64_t precision =
        exponent - 1 >= -1022 ? DOUBLE_BITS : DOUBLE_BITS - (-1022 - (exponent - 1));
    int64_t drop = bits - precision;
    if (exponent > 1024)
        return HUGE_VAL;
    if (drop > LIMB_BITS)
        return 0.0;
    uint64_t kept = drop == LIMB_BITS ? 0 : q >> drop;
    uint64_t lost = drop == LIMB_BITS ? q : q & (((uint64_t)1 << drop) - 1);
    uint64_t half = (uint64_t)1 << (drop - 1);
    if (lost > half || (lost == half && (kept & 1) != 0))
        kept++;
    return ldexp((double)kept, (int)(drop - shift));
}

int int_big_true_divide(ObjRef a, ObjRef b, double *out)
{
    IntView x, y;
    int_view(a, &x);
    int_view(b, &y);
    bool negative = x.negative != y.negative;
    if (x.count == 0) {
        *out = negative ? -0.0 : 0.0;
        return 0;
    }
    /* Scale so that the integer quotient has 63 or 64 bits. */
    int64_t shift = 63 - (magnitude_bits(&x) - magnitude_bits(&y));
    if (-shift > 1100)
        return err_format_int(&exc_overflow_error, "integer division result too large for a float");
    if (shift > 1200 + 63) {
        *out = negative ? -0.0 : 0.0;
        return 0;
    }
    int result = -1;
    Obj *left = shift > 0 ? int_big_shift_left(a, (uint64_t)shift) : obj_incref(a);
    Obj *right = shift < 0 ? int_big_shift_left(b, (uint64_t)-shift) : obj_incref(b);
    Scratch q_scratch = {0}, r_scratch = {0};
    uint64_t *q = NULL, *r = NULL;
    if (left == NULL || right == NULL)
        goto done;
    int_view(left, &x);
    int_view(right, &y);
    if (reserve(3 * (x.count + y.count)) < 0)
        goto done;
    q = scratch_get(&q_scratch, x.count - y.count + 1);
    r = q == NULL ? NULL : scratch_get(&r_scratch, y.count);
    if (r == NULL)
        goto done;
    divide_limbs(&x, &y, q, r);
    double magnitude = round_scaled(q[0] | !is_zero(r, y.count), shift);
    if (isinf(magnitude)) {
        err_string(&exc_overflow_error, "integer division result too large for a float");
        goto done;
    }
    *out = negative ? -magnitude : magnitude;
    result = 0;
done:
    if (q != NULL)
        scratch_free(&q_scratch);
    if (r != NULL)
        scratch_free(&r_scratch);
    obj_xdecref(left);
    obj_xdecref(right);
    return result;
}

/* ---- number theory, for the math module */

Obj *int_big_gcd(ObjRef a, ObjRef b)
{
    IntView x, y;
    int_view(a, &x);
    int_view(b, &y);
    if (reserve(4 * (x.count + y.count)) < 0)
        return NULL;
    mpz_t left, right, result;
    mpz_init(result);
    mpz_gcd(result, as_mpz(&x, left), as_mpz(&y, right));
    return from_mpz_clear(result);
}

Obj *int_big_isqrt(ObjRef a)
{
    IntView x;
    int_view(a, &x);
    if (x.count == 0)
        return int_new(0);
    if (reserve(4 * x.count) < 0)
        return NULL;
    int64_t size = (x.count + 1) / 2;
    BigIntObj *result = result_new(size);
    if (result == NULL)
        return NULL;
    mpn_sqrtrem(result->limbs, NULL, x.limbs, x.count);
    return result_finish(result, size, false);
}

Obj *int_big_factorial(uint64_t n)
{
    /* log2(n!) < n * log2(n). */
    double bits = n < 2 ? 1 : (double)n * log2((double)n);
    if (bits / LIMB_BITS >= INT_MAX_LIMBS)
        return err_no_memory();
    if (reserve((int64_t)(bits / LIMB_BITS) * 6) < 0)
        return NULL;
    mpz_t result;
    mpz_init(result);
    mpz_fac_ui(result, n);
    return from_mpz_clear(result);
}

Obj *int_big_binomial(ObjRef n, uint64_t k)
{
    IntView x;
    int_view(n, &x);
    /* binomial(n, k) <= n**k. */
    double bits = (double)magnitude_bits(&x) * (double)k;
    if (bits / LIMB_BITS >= INT_MAX_LIMBS)
        return err_no_memory();
    if (reserve((int64_t)(bits / LIMB_BITS) * 6) < 0)
        return NULL;
    mpz_t value, result;
    mpz_init(result);
    mpz_bin_ui(result, as_mpz(&x, value), k);
    return from_mpz_clear(result);
}

/* ---- digits */

char *int_big_decimal(const IntView *view, int64_t *length, int64_t *capacity)
{
    if (reserve(8 * view->count) < 0)
        return NULL;
    mpz_t value;
    mpz_srcptr z = as_mpz(view, value);
    *capacity = (int64_t)mpz_sizeinbase(z, 10) + 2;
    char *text = mem_alloc((size_t)*capacity);
    if (text == NULL) {
        err_no_memory();
        return NULL;
    }
    mpz_get_str(text, 10, z);
    if (view->negative)
        memmove(text, text + 1, strlen(text));
    *length = (int64_t)strlen(text);
    return text;
}

Obj *int_big_from_digits(const unsigned char *digits, int64_t count, int base, bool negative)
{
    while (count > 0 && digits[0] == 0) {
        digits++;
        count--;
    }
    if (count == 0)
        return int_new(0);
    double limbs = (double)count * log2(base) / LIMB_BITS;
    if (limbs >= INT_MAX_LIMBS - 3)
        return err_no_memory();
    int64_t size = (int64_t)limbs + 3;
    if (reserve(6 * size) < 0)
        return NULL;
    Scratch scratch;
    uint64_t *out = scratch_get(&scratch, size);
    if (out == NULL)
        return NULL;
    mp_size_t used = mpn_set_str(out, digits, (size_t)count, base);
    Obj *result = int_big_from_limbs(out, used, negative);
    scratch_free(&scratch);
    return result;
}
