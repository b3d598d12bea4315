/*
 * Sums, products and norms of module math.
 *
 * fsum keeps the running sum as a list of doubles that do not overlap, so that it stays exact until
 * one final rounding (J. R. Shewchuk, Adaptive precision floating-point arithmetic, 1997).  Norms
 * add squares as pairs of doubles and correct the square root once, which makes them accurate to
 * the last bit in all but rare cases.
 */
#include <math.h>
#include <string.h>

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/object.h"
#include "runtime/modules/math.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/tuple.h"

enum { FIXED_COUNT = 32 }; /* doubles kept on the C stack */

/* ---- a growing array of doubles */

typedef struct Doubles {
    double *items;
    int64_t count, capacity;
    double fixed[FIXED_COUNT];
} Doubles;

static void doubles_init(Doubles *d)
{
    d->items = d->fixed;
    d->count = 0;
    d->capacity = FIXED_COUNT;
}

static void doubles_free(Doubles *d)
{
    if (d->items != d->fixed)
        mem_free(d->items, (size_t)d->capacity * sizeof(double));
}

static int doubles_add(Doubles *d, double value)
{
    if (d->count == d->capacity) {
        double *items = mem_alloc((size_t)d->capacity * 2 * sizeof(double));
        if (items == NULL) {
            err_no_memory();
            return -1;
        }
        memcpy(items, d->items, (size_t)d->count * sizeof(double));
        doubles_free(d);
        d->items = items;
        d->capacity *= 2;
    }
    d->items[d->count++] = value;
    return 0;
}

/* ---- fsum */

/* The rounded sum of a and b; *error is what rounding lost. */
static double two_sum(double a, double b, double *error)
{
    if (fabs(a) < fabs(b)) {
        double swap = a;
        a = b;
        b = swap;
    }
    double sum = a + b;
    *error = b - (sum - a);
    return sum;
}

typedef struct ExactSum {
    Doubles parts;     /* finite summands, increasing in size, whose bits do not overlap */
    double infinities; /* sum of infinite summands: NaN when both signs occurred */
    double specials;   /* sum of infinite and NaN summands */
} ExactSum;

static int exact_add(ExactSum *sum, double value)
{
    Doubles *parts = &sum->parts;
    double x = value;
    int64_t kept = 0;
    for (int64_t i = 0; i < parts->count; i++) {
        double error;
        x = two_sum(x, parts->items[i], &error);
        if (error != 0.0)
            parts->items[kept++] = error;
    }
    parts->count = kept;
    if (x == 0.0)
        return 0;
    if (isfinite(x))
        return doubles_add(parts, x);
    if (isfinite(value))
        return err_format_int(&exc_overflow_error, "intermediate overflow in fsum");
    if (isinf(value))
        sum->infinities += value;
    sum->specials += value;
    parts->count = 0;
    return 0;
}

/* The sum rounded once, to nearest even. */
static double exact_round(const Doubles *parts)
{
    int64_t n = parts->count;
    if (n == 0)
        return 0.0;
    double high = parts->items[--n];
    double low = 0.0;
    while (n > 0 && low == 0.0)
        high = two_sum(high, parts->items[--n], &low);
    /* Where low is a half and what follows has its sign, rounding went to the wrong side. */
    if (n > 0 && ((low < 0.0) == (parts->items[n - 1] < 0.0)) && low != 0.0) {
        double twice = low * 2.0;
        double candidate = high + twice;
        if (candidate - high == twice)
            high = candidate;
    }
    return high;
}

Obj *math_fsum(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)nargs, (void)kwnames;
    Obj *result = NULL;
    Obj *iterator = obj_iter(args[0]);
    if (iterator == NULL)
        return NULL;
    ExactSum sum = {.infinities = 0.0, .specials = 0.0};
    doubles_init(&sum.parts);
    Obj *item = NULL;
    int status;
    while ((status = obj_next(iterator, &item)) > 0) {
        double value;
        int converted = obj_to_double(item, &value);
        obj_clear(&item);
        if (converted < 0 || exact_add(&sum, value) < 0)
            goto done;
    }
    if (status < 0)
        goto done;
    if (sum.specials == 0.0)
        result = float_new(exact_round(&sum.parts));
    else if (isnan(sum.infinities))
        err_string(&exc_value_error, "-inf + inf in fsum");
    else
        result = float_new(sum.specials);
done:
    doubles_free(&sum.parts);
    obj_decref(iterator);
    return result;
}

/* ---- prod */

Obj *math_prod(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self;
    static const ArgSpec spec = {"prod", 1, 1, 1, 2, {"iterable", "start"}};
    ObjRef bound[2];
    if (args_bind(&spec, args, nargs, kwnames, bound) < 0)
        return NULL;
    Obj *iterator = obj_iter(bound[0]);
    if (iterator == NULL)
        return NULL;
    Obj *product = bound[1] == NULL ? int_new(1) : obj_incref(bound[1]);
    Obj *item = NULL;
    int status = 0;
    while (product != NULL && (status = obj_next(iterator, &item)) > 0) {
        obj_replace(&product, obj_binary(product, item, BINARY_MULTIPLY));
        obj_clear(&item);
    }
    if (status < 0)
        obj_clear(&product);
    obj_decref(iterator);
    return product;
}

/* ---- norms */

/* Adds value * value to the pair *high + *low. */
static void add_square(double value, double *high, double *low)
{
    double square = value * value;
    double error;
    *low += fma(value, value, -square);
    *high = two_sum(*high, square, &error);
    *low += error;
}

/* sqrt of the sum of squares of finite values whose largest magnitude is `largest` > 0. */
static double norm(const double *values, int64_t count, double largest)
{
    int exponent;
    frexp(largest, &exponent);
    double high = 0.0, low = 0.0;
    /* Scaled by a power of two, squares neither overflow nor lose bits that count.  The scale of
     * subnormal values is no double, hence ldexp. */
    for (int64_t i = 0; i < count; i++)
        add_square(ldexp(values[i], -exponent), &high, &low);
    double root = sqrt(high + low);
    double square = root * root;
    double rest = ((high - square) - fma(root, root, -square)) + low;
    return ldexp(root + rest / (2.0 * root), exponent);
}

static Obj *norm_of(const Doubles *values)
{
    double largest = 0.0;
    bool any_nan = false;
    for (int64_t i = 0; i < values->count; i++) {
        double size = fabs(values->items[i]);
        any_nan = any_nan || isnan(size);
        if (size > largest)
            largest = size;
    }
    if (isinf(largest))
        return float_new(largest);
    if (any_nan)
        return float_new((double)NAN);
    if (largest == 0.0 || values->count == 1)
        return float_new(largest);
    return float_new(norm(values->items, values->count, largest));
}

Obj *math_hypot(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)kwnames;
    Doubles values;
    Obj *result = NULL;
    doubles_init(&values);
    for (int64_t i = 0; i < nargs; i++) {
        double value;
        if (obj_to_double(args[i], &value) < 0 || doubles_add(&values, value) < 0)
            goto done;
    }
    result = norm_of(&values);
done:
    doubles_free(&values);
    return result;
}

Obj *math_dist(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)nargs, (void)kwnames;
    Obj *result = NULL;
    Doubles values;
    doubles_init(&values);
    Obj *p = obj_to_tuple(args[0]);
    Obj *q = p == NULL ? NULL : obj_to_tuple(args[1]);
    if (q == NULL)
        goto done;
    if (tuple_length(p) != tuple_length(q)) {
        err_string(&exc_value_error, "both points must have the same number of dimensions");
        goto done;
    }
    for (int64_t i = 0; i < tuple_length(p); i++) {
        double x, y;
        if (obj_to_double(tuple_peek(p, i), &x) < 0 || obj_to_double(tuple_peek(q, i), &y) < 0 ||
            doubles_add(&values, fabs(x - y)) < 0)
            goto done;
    }
    result = norm_of(&values);
done:
    doubles_free(&values);
    obj_xdecref(p);
    obj_xdecref(q);
    return result;
}
