/*
 * Module math: functions of real numbers, here those of doubles; number theory of ints is in
 * math_integer.c, sums and norms of many numbers in math_sums.c, gamma in math_gamma.c.
 *
 * The C library computes; this file adds Python's rules for errors: a NaN out of no NaN is a domain
 * error, an infinity out of finite arguments a range error (or a domain error where the function
 * has a pole).
 */
#include "runtime/modules/math.h"

#include <math.h>

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/int_big.h"
#include "runtime/types/module.h"
#include "runtime/types/tuple.h"

/* ---- arguments and errors */

/* The double of an argument: 0/-1. */
static inline int to_double(ObjRef o, double *out)
{
    if (float_check_exact(o)) {
        *out = float_value(o);
        return 0;
    }
    return obj_to_double(o, out);
}

static Obj *domain_error(void)
{
    return err_string(&exc_value_error, "math domain error");
}

static Obj *range_error(void)
{
    return err_string(&exc_overflow_error, "math range error");
}

/* What an infinite result of finite arguments means. */
typedef enum OnInfinity { POLE, OVERFLOW } OnInfinity;

static Obj *call_unary(double (*function)(double), ObjRef arg, OnInfinity on_infinity)
{
    double x;
    if (to_double(arg, &x) < 0)
        return NULL;
    double result = function(x);
    if (isnan(result) && !isnan(x))
        return domain_error();
    if (isinf(result) && isfinite(x))
        return on_infinity == OVERFLOW ? range_error() : domain_error();
    return float_new(result);
}

#define UNARY(name, function, on_infinity)                                                         \
    static Obj *math_##name(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)        \
    {                                                                                              \
        (void)self, (void)nargs, (void)kwnames;                                                    \
        return call_unary(function, args[0], on_infinity);                                         \
    }

UNARY(acos, acos, POLE)
UNARY(acosh, acosh, POLE)
UNARY(asin, asin, POLE)
UNARY(asinh, asinh, POLE)
UNARY(atan, atan, POLE)
UNARY(atanh, atanh, POLE)
UNARY(cbrt, cbrt, POLE)
UNARY(cos, cos, POLE)
UNARY(cosh, cosh, OVERFLOW)
UNARY(erf, erf, POLE)
UNARY(erfc, erfc, POLE)
UNARY(exp, exp, OVERFLOW)
UNARY(exp2, exp2, OVERFLOW)
UNARY(expm1, expm1, OVERFLOW)
UNARY(fabs, fabs, POLE)
UNARY(log1p, log1p, POLE)
UNARY(sin, sin, POLE)
UNARY(sinh, sinh, OVERFLOW)
UNARY(sqrt, sqrt, POLE)
UNARY(tan, tan, POLE)
UNARY(tanh, tanh, POLE)

/* Both arguments of a function of two: 0/-1. */
static int two_doubles(const ObjRef *args, double *x, double *y)
{
    return to_double(args[0], x) < 0 || to_double(args[1], y) < 0 ? -1 : 0;
}

static Obj *math_atan2(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)nargs, (void)kwnames;
    double y, x;
    return two_doubles(args, &y, &x) < 0 ? NULL : float_new(atan2(y, x));
}

static Obj *math_copysign(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)nargs, (void)kwnames;
    double x, y;
    return two_doubles(args, &x, &y) < 0 ? NULL : float_new(copysign(x, y));
}

static Obj *math_nextafter(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)nargs, (void)kwnames;
    double x, y;
    return two_doubles(args, &x, &y) < 0 ? NULL : float_new(nextafter(x, y));
}

static Obj *math_ulp(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)nargs, (void)kwnames;
    double x;
    if (to_double(args[0], &x) < 0)
        return NULL;
    x = fabs(x);
    if (!isfinite(x))
        return float_new(x);
    double above = nextafter(x, HUGE_VAL);
    return float_new(isinf(above) ? x - nextafter(x, 0.0) : above - x);
}

static Obj *math_fmod(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)nargs, (void)kwnames;
    double x, y;
    if (two_doubles(args, &x, &y) < 0)
        return NULL;
    double result = fmod(x, y);
    return isnan(result) && !isnan(x) && !isnan(y) ? domain_error() : float_new(result);
}

static Obj *math_remainder(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)nargs, (void)kwnames;
    double x, y;
    if (two_doubles(args, &x, &y) < 0)
        return NULL;
    double result = remainder(x, y);
    return isnan(result) && !isnan(x) && !isnan(y) ? domain_error() : float_new(result);
}

static Obj *math_pow(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)nargs, (void)kwnames;
    double x, y;
    if (two_doubles(args, &x, &y) < 0)
        return NULL;
    double result = pow(x, y);
    if (isfinite(x) && isfinite(y) && !isfinite(result))
        return isnan(result) || x == 0.0 ? domain_error() : range_error();
    return float_new(result);
}

static Obj *math_degrees(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)nargs, (void)kwnames;
    double x;
    return to_double(args[0], &x) < 0 ? NULL : float_new(x * (180.0 / M_PI));
}

static Obj *math_radians(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)nargs, (void)kwnames;
    double x;
    return to_double(args[0], &x) < 0 ? NULL : float_new(x * (M_PI / 180.0));
}

/* ---- parts of a double */

/* The pair (first, second), both owned; NULL when either is. */
static Obj *pair_steal(Obj *first, Obj *second)
{
    Obj *items[2] = {first, second};
    return tuple_from_results_steal(items, 2);
}

static Obj *math_frexp(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)nargs, (void)kwnames;
    double x;
    int exponent = 0;
    if (to_double(args[0], &x) < 0)
        return NULL;
    double mantissa = isfinite(x) ? frexp(x, &exponent) : x;
    return pair_steal(float_new(mantissa), int_new(exponent));
}

static Obj *math_ldexp(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)nargs, (void)kwnames;
    double x;
    int64_t exponent;
    if (to_double(args[0], &x) < 0)
        return NULL;
    if (!int_check(args[1]))
        return err_string(&exc_type_error, "Expected an int as second argument to ldexp.");
    if (int_to_int64(args[1], &exponent) != 0)
        exponent = int_sign(args[1]) < 0 ? INT64_MIN : INT64_MAX;
    if (x == 0.0 || !isfinite(x))
        return float_new(x);
    /* Beyond these every double is out of range. */
    double result = ldexp(x, exponent > 5000 ? 5000 : exponent < -5000 ? -5000 : (int)exponent);
    return isinf(result) ? range_error() : float_new(result);
}

static Obj *math_modf(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)nargs, (void)kwnames;
    double x, whole;
    if (to_double(args[0], &x) < 0)
        return NULL;
    double fraction = modf(x, &whole);
    return pair_steal(float_new(fraction), float_new(whole));
}

/* floor and ceil: the special method where there is one, else that of the float. */
static Obj *round_by(ObjRef arg, ObjRef method, double (*function)(double))
{
    double x;
    Obj *result = NULL;
    if (!float_check_exact(arg)) {
        int found = obj_call_special(arg, method, NULL, 0, &result);
        if (found != 0)
            return found < 0 ? NULL : result;
    }
    return to_double(arg, &x) < 0 ? NULL : int_from_double(function(x));
}

static Obj *math_floor(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)nargs, (void)kwnames;
    return round_by(args[0], names.dunder_floor, floor);
}

static Obj *math_ceil(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)nargs, (void)kwnames;
    return round_by(args[0], names.dunder_ceil, ceil);
}

static Obj *math_trunc(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)nargs, (void)kwnames;
    if (float_check_exact(args[0]))
        return int_from_double(float_value(args[0]));
    Obj *result = NULL;
    int found = obj_call_special(args[0], names.dunder_trunc, NULL, 0, &result);
    if (found == 0)
        return err_format(&exc_type_error, "type %T doesn't define __trunc__ method", args[0]);
    return found < 0 ? NULL : result;
}

/* ---- tests */

#define TEST(name, function)                                                                       \
    static Obj *math_##name(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)        \
    {                                                                                              \
        (void)self, (void)nargs, (void)kwnames;                                                    \
        double x;                                                                                  \
        return to_double(args[0], &x) < 0 ? NULL : bool_new(function(x));                          \
    }

TEST(isfinite, isfinite)
TEST(isinf, isinf)
TEST(isnan, isnan)

static Obj *math_isclose(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self;
    static const ArgSpec spec = {"isclose", 0, 2, 2, 4, {"a", "b", "rel_tol", "abs_tol"}};
    ObjRef bound[4];
    double a, b, relative = 1e-9, absolute = 0.0;
    if (args_bind(&spec, args, nargs, kwnames, bound) < 0 || two_doubles(bound, &a, &b) < 0 ||
        (bound[2] != NULL && to_double(bound[2], &relative) < 0) ||
        (bound[3] != NULL && to_double(bound[3], &absolute) < 0))
        return NULL;
    if (relative < 0.0 || absolute < 0.0)
        return err_string(&exc_value_error, "tolerances must be non-negative");
    if (a == b)
        return bool_new(true);
    if (isinf(a) || isinf(b))
        return bool_new(false);
    double difference = fabs(b - a);
    return bool_new(difference <= fabs(relative * b) || difference <= fabs(relative * a) ||
                    difference <= absolute);
}

/* ---- logarithms: also of ints beyond the range of doubles */

static Obj *log_of(ObjRef arg, double (*function)(double))
{
    double x;
    if (int_check(arg)) {
        IntView view;
        if (int_sign(arg) <= 0)
            return domain_error();
        int_view(arg, &view);
        if (int_big_to_double(&view, &x) == 0)
            return float_new(function(x));
        int64_t exponent;
        double mantissa = int_big_frexp(&view, &exponent);
        return float_new(function(mantissa) + function(2.0) * (double)exponent);
    }
    if (to_double(arg, &x) < 0)
        return NULL;
    if (x <= 0.0)
        return domain_error();
    return float_new(function(x));
}

static Obj *math_log(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)kwnames;
    Obj *value = log_of(args[0], log);
    if (value == NULL || nargs == 1)
        return value;
    Obj *base = log_of(args[1], log);
    Obj *result = base == NULL ? NULL : obj_binary(value, base, BINARY_TRUE_DIVIDE);
    obj_decref(value);
    obj_xdecref(base);
    return result;
}

static Obj *math_log2(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)nargs, (void)kwnames;
    return log_of(args[0], log2);
}

static Obj *math_log10(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)nargs, (void)kwnames;
    return log_of(args[0], log10);
}

/* ---- module */

static const MethodDef functions[] = {
    {"acos", math_acos, 1, 1, 0, "acos($module, x, /)\n--\n\nArc cosine, in radians."},
    {"acosh", math_acosh, 1, 1, 0, "acosh($module, x, /)\n--\n\nInverse hyperbolic cosine."},
    {"asin", math_asin, 1, 1, 0, "asin($module, x, /)\n--\n\nArc sine, in radians."},
    {"asinh", math_asinh, 1, 1, 0, "asinh($module, x, /)\n--\n\nInverse hyperbolic sine."},
    {"atan", math_atan, 1, 1, 0, "atan($module, x, /)\n--\n\nArc tangent, in radians."},
    {"atan2", math_atan2, 2, 2, 0,
     "atan2($module, y, x, /)\n--\n\nAngle of the point (x, y), in radians."},
    {"atanh", math_atanh, 1, 1, 0, "atanh($module, x, /)\n--\n\nInverse hyperbolic tangent."},
    {"cbrt", math_cbrt, 1, 1, 0, "cbrt($module, x, /)\n--\n\nCube root."},
    {"ceil", math_ceil, 1, 1, 0, "ceil($module, x, /)\n--\n\nLeast int not below x."},
    {"comb", math_comb, 2, 2, 0,
     "comb($module, n, k, /)\n--\n\nWays to choose k of n items, order not counting."},
    {"copysign", math_copysign, 2, 2, 0,
     "copysign($module, x, y, /)\n--\n\nAbsolute value of x with the sign of y."},
    {"cos", math_cos, 1, 1, 0, "cos($module, x, /)\n--\n\nCosine of x radians."},
    {"cosh", math_cosh, 1, 1, 0, "cosh($module, x, /)\n--\n\nHyperbolic cosine."},
    {"degrees", math_degrees, 1, 1, 0, "degrees($module, x, /)\n--\n\nRadians as degrees."},
    {"dist", math_dist, 2, 2, 0,
     "dist($module, p, q, /)\n--\n\nEuclidean distance of two points, given as sequences."},
    {"erf", math_erf, 1, 1, 0, "erf($module, x, /)\n--\n\nError function."},
    {"erfc", math_erfc, 1, 1, 0, "erfc($module, x, /)\n--\n\nOne less the error function."},
    {"exp", math_exp, 1, 1, 0, "exp($module, x, /)\n--\n\ne to the power of x."},
    {"exp2", math_exp2, 1, 1, 0, "exp2($module, x, /)\n--\n\n2 to the power of x."},
    {"expm1", math_expm1, 1, 1, 0,
     "expm1($module, x, /)\n--\n\nexp(x) - 1, accurate also for small x."},
    {"fabs", math_fabs, 1, 1, 0, "fabs($module, x, /)\n--\n\nAbsolute value as a float."},
    {"factorial", math_factorial, 1, 1, 0,
     "factorial($module, n, /)\n--\n\nProduct of the ints from 1 to n."},
    {"floor", math_floor, 1, 1, 0, "floor($module, x, /)\n--\n\nGreatest int not above x."},
    {"fmod", math_fmod, 2, 2, 0,
     "fmod($module, x, y, /)\n--\n\nRemainder of x / y with the sign of x."},
    {"frexp", math_frexp, 1, 1, 0,
     "frexp($module, x, /)\n--\n\nThe pair (m, e) with x == m * 2**e and 0.5 <= abs(m) < 1."},
    {"fsum", math_fsum, 1, 1, 0,
     "fsum($module, seq, /)\n--\n\nSum of the numbers, rounded only once."},
    {"gamma", math_gamma, 1, 1, 0, "gamma($module, x, /)\n--\n\nGamma function."},
    {"gcd", math_gcd, 0, -1, 0,
     "gcd($module, *integers)\n--\n\nGreatest common divisor of all arguments."},
    {"hypot", math_hypot, 0, -1, 0,
     "hypot(*coordinates)\n--\n\nEuclidean length of the vector with these coordinates."},
    {"isclose", math_isclose, 0, -1, METHOD_KEYWORDS,
     "isclose($module, /, a, b, *, rel_tol=1e-09, abs_tol=0.0)\n--\n\n"
     "Whether a and b differ by no more than a relative or absolute tolerance."},
    {"isfinite", math_isfinite, 1, 1, 0,
     "isfinite($module, x, /)\n--\n\nWhether x is neither infinite nor NaN."},
    {"isinf", math_isinf, 1, 1, 0, "isinf($module, x, /)\n--\n\nWhether x is infinite."},
    {"isnan", math_isnan, 1, 1, 0, "isnan($module, x, /)\n--\n\nWhether x is NaN."},
    {"isqrt", math_isqrt, 1, 1, 0,
     "isqrt($module, n, /)\n--\n\nGreatest int whose square is not above n."},
    {"lcm", math_lcm, 0, -1, 0,
     "lcm($module, *integers)\n--\n\nLeast common multiple of all arguments."},
    {"ldexp", math_ldexp, 2, 2, 0, "ldexp($module, x, i, /)\n--\n\nx * 2**i."},
    {"lgamma", math_lgamma, 1, 1, 0,
     "lgamma($module, x, /)\n--\n\nNatural logarithm of the absolute value of gamma(x)."},
    {"log", math_log, 1, 2, 0,
     "log(x, [base=math.e])\n\nLogarithm of x to the base, natural where none is given."},
    {"log10", math_log10, 1, 1, 0, "log10($module, x, /)\n--\n\nLogarithm to base 10."},
    {"log1p", math_log1p, 1, 1, 0,
     "log1p($module, x, /)\n--\n\nNatural logarithm of 1 + x, accurate also for small x."},
    {"log2", math_log2, 1, 1, 0, "log2($module, x, /)\n--\n\nLogarithm to base 2."},
    {"modf", math_modf, 1, 1, 0,
     "modf($module, x, /)\n--\n\nFraction and whole part of x, both with the sign of x."},
    {"nextafter", math_nextafter, 2, 2, 0,
     "nextafter($module, x, y, /)\n--\n\nThe float next to x in the direction of y."},
    {"perm", math_perm, 1, 2, 0,
     "perm($module, n, k=None, /)\n--\n\nWays to choose k of n items in order."},
    {"pow", math_pow, 2, 2, 0, "pow($module, x, y, /)\n--\n\nx to the power of y, as floats."},
    {"prod", math_prod, 0, -1, METHOD_KEYWORDS,
     "prod($module, iterable, /, *, start=1)\n--\n\nProduct of all items."},
    {"radians", math_radians, 1, 1, 0, "radians($module, x, /)\n--\n\nDegrees as radians."},
    {"remainder", math_remainder, 2, 2, 0,
     "remainder($module, x, y, /)\n--\n\nDistance of x from the nearest multiple of y."},
    {"sin", math_sin, 1, 1, 0, "sin($module, x, /)\n--\n\nSine of x radians."},
    {"sinh", math_sinh, 1, 1, 0, "sinh($module, x, /)\n--\n\nHyperbolic sine."},
    {"sqrt", math_sqrt, 1, 1, 0, "sqrt($module, x, /)\n--\n\nSquare root."},
    {"tan", math_tan, 1, 1, 0, "tan($module, x, /)\n--\n\nTangent of x radians."},
    {"tanh", math_tanh, 1, 1, 0, "tanh($module, x, /)\n--\n\nHyperbolic tangent."},
    {"trunc", math_trunc, 1, 1, 0, "trunc($module, x, /)\n--\n\nThe int next to x toward zero."},
    {"ulp", math_ulp, 1, 1, 0,
     "ulp($module, x, /)\n--\n\nDistance from abs(x) to the next larger float."},
    {0},
};

static int exec(ObjRef module)
{
    if (module_add_steal(module, "pi", float_new(M_PI)) < 0 ||
        module_add_steal(module, "e", float_new(M_E)) < 0 ||
        module_add_steal(module, "tau", float_new(2 * M_PI)) < 0 ||
        module_add_steal(module, "inf", float_new(HUGE_VAL)) < 0 ||
        module_add_steal(module, "nan", float_new((double)NAN)) < 0)
        return -1;
    return 0;
}

const ModuleDef math_module = {
    .name = "math",
    .doc = "Functions of real numbers, and number theory of ints.",
    .functions = functions,
    .exec = exec,
};
