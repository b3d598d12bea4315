/*
 * Number theory of module math: exact functions of ints.
 *
 * Arguments go through __index__; results are ints of any size, made by int_big.c where 64 bits do
 * not do.
 */
#include <math.h>

#include "runtime/core/err.h"
#include "runtime/core/object.h"
#include "runtime/modules/math.h"
#include "runtime/types/int.h"
#include "runtime/types/int_big.h"

/* n * (n-1) * … * (n-k+1) for k >= 1, by halves so that factors stay of like size. */
static Obj *falling_product(ObjRef n, int64_t k)
{
    if (k == 1)
        return obj_incref(n);
    int64_t half = k / 2;
    Obj *left = falling_product(n, half);
    Obj *offset = int_new(half);
    Obj *rest = left == NULL || offset == NULL ? NULL : int_subtract(n, offset);
    Obj *right = rest == NULL ? NULL : falling_product(rest, k - half);
    Obj *product = right == NULL ? NULL : int_multiply(left, right);
    obj_xdecref(left);
    obj_xdecref(offset);
    obj_xdecref(rest);
    obj_xdecref(right);
    return product;
}

/* n * … * (n-k+1), with k checked against what memory can hold. */
static Obj *permutations(ObjRef n, int64_t k)
{
    if (k == 0)
        return int_new(1);
    if ((double)k * (double)(int_bit_length(n) - 1) / 64 > 2.0 * INT_MAX_LIMBS)
        return err_no_memory();
    return falling_product(n, k);
}

/* Converts n and k and checks their signs.  1 when the result is 0 because k > n; 0; -1. */
static int two_counts(const ObjRef *args, Obj **n, Obj **k)
{
    *n = obj_index(args[0]);
    *k = *n == NULL ? NULL : obj_index(args[1]);
    if (*k == NULL)
        return -1;
    if (int_sign(*n) < 0)
        return err_format_int(&exc_value_error, "n must be a non-negative integer");
    if (int_sign(*k) < 0)
        return err_format_int(&exc_value_error, "k must be a non-negative integer");
    return int_compare3(*k, *n) > 0;
}

Obj *math_comb(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)nargs, (void)kwnames;
    Obj *n = NULL, *k = NULL, *rest = NULL, *result = NULL;
    int64_t count;
    int status = two_counts(args, &n, &k);
    if (status != 0) {
        result = status > 0 ? int_new(0) : NULL;
        goto done;
    }
    rest = int_subtract(n, k);
    if (rest == NULL)
        goto done;
    if (int_to_int64(int_compare3(rest, k) < 0 ? rest : k, &count) != 0)
        err_format(&exc_overflow_error, "min(n - k, k) must not exceed %lld", (long long)INT64_MAX);
    else
        result = int_big_binomial(n, (uint64_t)count);
done:
    obj_xdecref(n);
    obj_xdecref(k);
    obj_xdecref(rest);
    return result;
}

Obj *math_perm(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    if (nargs == 1 || is_none(args[1]))
        return math_factorial(self, args, 1, kwnames);
    Obj *n = NULL, *k = NULL, *result = NULL;
    int64_t count;
    int status = two_counts(args, &n, &k);
    if (status > 0)
        result = int_new(0);
    else if (status == 0 && int_to_int64(k, &count) != 0)
        err_format(&exc_overflow_error, "k must not exceed %lld", (long long)INT64_MAX);
    else if (status == 0)
        result = permutations(n, count);
    obj_xdecref(n);
    obj_xdecref(k);
    return result;
}

Obj *math_factorial(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)nargs, (void)kwnames;
    Obj *n = obj_index(args[0]);
    if (n == NULL)
        return NULL;
    int64_t value;
    int sign = int_sign(n);
    int too_big = int_to_int64(n, &value);
    obj_decref(n);
    if (sign < 0)
        return err_string(&exc_value_error, "factorial() not defined for negative values");
    if (too_big)
        return err_format(&exc_overflow_error, "factorial() argument should not exceed %lld",
                          (long long)INT64_MAX);
    if (value > 20)
        return int_big_factorial((uint64_t)value);
    int64_t product = 1;
    for (int64_t i = 2; i <= value; i++)
        product *= i;
    return int_new(product);
}

Obj *math_isqrt(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)nargs, (void)kwnames;
    Obj *n = obj_index(args[0]);
    if (n == NULL)
        return NULL;
    Obj *result = int_sign(n) < 0
                      ? err_string(&exc_value_error, "isqrt() argument must be nonnegative")
                      : int_big_isqrt(n);
    obj_decref(n);
    return result;
}

static uint64_t magnitude(int64_t value)
{
    return value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
}

static Obj *gcd_of(ObjRef a, ObjRef b)
{
    int64_t x, y;
    if (int_to_int64(a, &x) != 0 || int_to_int64(b, &y) != 0)
        return int_big_gcd(a, b);
    uint64_t left = magnitude(x);
    uint64_t right = magnitude(y);
    while (right != 0) {
        uint64_t rest = left % right;
        left = right;
        right = rest;
    }
    return int_from_uint64(left);
}

static Obj *lcm_of(ObjRef a, ObjRef b)
{
    if (int_sign(a) == 0 || int_sign(b) == 0)
        return int_new(0);
    Obj *divisor = gcd_of(a, b);
    Obj *factor = divisor == NULL ? NULL : int_floor_divide(a, divisor);
    Obj *product = factor == NULL ? NULL : int_multiply(factor, b);
    Obj *result = product == NULL ? NULL : int_absolute(product);
    obj_xdecref(divisor);
    obj_xdecref(factor);
    obj_xdecref(product);
    return result;
}

/* Folds all arguments from `start`; every argument must be an int, also once the result is known.
 */
static Obj *fold(Obj *(*combine)(ObjRef, ObjRef), int64_t start, const ObjRef *args, int64_t nargs)
{
    Obj *result = int_new(start);
    for (int64_t i = 0; i < nargs && result != NULL; i++) {
        Obj *value = obj_index(args[i]);
        obj_replace(&result, value == NULL ? NULL : combine(result, value));
        obj_xdecref(value);
    }
    return result;
}

Obj *math_gcd(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)kwnames;
    return fold(gcd_of, 0, args, nargs);
}

Obj *math_lcm(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)kwnames;
    return fold(lcm_of, 1, args, nargs);
}
