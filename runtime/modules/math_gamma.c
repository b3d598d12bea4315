/*
 * The gamma function and the logarithm of its absolute value.
 *
 * Both use the approximation of Lanczos with the constants g = 6.0246… and N = 13 of the Boost Math
 * library (lanczos13m53, J. Maddock, Boost Software License): within a few units in the last place
 * over the whole range, where the C libraries differ from each other.
 */
#include <math.h>

#include "runtime/core/err.h"
#include "runtime/core/object.h"
#include "runtime/modules/math.h"
#include "runtime/types/float.h"

enum { LANCZOS_TERMS = 13, FACTORIALS = 23 };

static const double lanczos_g = 6.024680040776729583740234375;
static const double lanczos_g_minus_half = 5.524680040776729583740234375;
static const double log_pi = 1.144729885849400174143427351353058711647;

static const double numerator[LANCZOS_TERMS] = {
    23531376880.410759688572007674451636754734846804940,
    42919803642.649098768957899047001988850926355848959,
    35711959237.355668049440185451547166705960488635843,
    17921034426.037209699919755754458931112671403265390,
    6039542586.3520280050642916443072979210699388420708,
    1439720407.3117216736632230727949123939715485786772,
    248874557.86205415651146038641322942321632125127801,
    31426415.585400194380614231628318205362874684987640,
    2876370.6289353724412254090516208496135991145378768,
    186056.26539522349504029498971604569928220784236328,
    8071.6720023658162106380029022722506138218516325024,
    210.82427775157934587250973392071336271166969580291,
    2.5066282746310002701649081771338373386264310793408,
};

/* x (x+1) … (x+11), expanded. */
static const double denominator[LANCZOS_TERMS] = {
    0.0,       39916800.0, 120543840.0, 150917976.0, 105258076.0, 45995730.0, 13339535.0,
    2637558.0, 357423.0,   32670.0,     1925.0,      66.0,        1.0,
};

/* The rational function of Lanczos for x > 0, in powers of x or, where they would grow, of 1/x. */
static double lanczos_sum(double x)
{
    double above = 0.0, below = 0.0;
    if (x < 5.0) {
        for (int i = LANCZOS_TERMS; --i >= 0;) {
            above = above * x + numerator[i];
            below = below * x + denominator[i];
        }
    } else {
        for (int i = 0; i < LANCZOS_TERMS; i++) {
            above = above / x + numerator[i];
            below = below / x + denominator[i];
        }
    }
    return above / below;
}

/* sin(pi * x), exact at multiples of one half. */
static double sin_pi(double x)
{
    double y = fmod(fabs(x), 2.0);
    double result;
    switch ((int)round(2.0 * y)) {
    case 0:
        result = sin(M_PI * y);
        break;
    case 1:
        result = cos(M_PI * (y - 0.5));
        break;
    case 2:
        result = sin(M_PI * (1.0 - y));
        break;
    case 3:
        result = -cos(M_PI * (y - 1.5));
        break;
    default:
        result = sin(M_PI * (y - 2.0));
        break;
    }
    return copysign(1.0, x) * result;
}

/* gamma(x) for x that is neither infinite, NaN nor a pole; infinite where it is too large. */
static double gamma_of(double x)
{
    double size = fabs(x);
    if (x == floor(x) && x <= FACTORIALS) {
        double product = 1.0;
        for (int i = 2; i < (int)x; i++)
            product *= i;
        return product;
    }
    if (size < 1e-20)
        return 1.0 / x;
    if (size > 200.0)
        return x < 0.0 ? 0.0 / sin_pi(x) : HUGE_VAL;
    double y = size + lanczos_g_minus_half;
    /* What rounding y lost, to first order. */
    double lost = size > lanczos_g_minus_half ? (y - size) - lanczos_g_minus_half
                                              : (y - lanczos_g_minus_half) - size;
    double correction = lost * lanczos_g / y;
    double result;
    if (x < 0.0) {
        result = -M_PI / sin_pi(size) / size * exp(y) / lanczos_sum(size);
        result -= correction * result;
        if (size < 140.0)
            return result / pow(y, size - 0.5);
        double root = pow(y, size / 2.0 - 0.25);
        return result / root / root;
    }
    result = lanczos_sum(size) / exp(y);
    result += correction * result;
    if (size < 140.0)
        return result * pow(y, size - 0.5);
    double root = pow(y, size / 2.0 - 0.25);
    return result * root * root;
}

static double log_gamma_of(double x)
{
    double size = fabs(x);
    if (x == floor(x) && x <= 2.0)
        return 0.0;
    if (size < 1e-20)
        return -log(size);
    double result = log(lanczos_sum(size)) - lanczos_g;
    result += (size - 0.5) * (log(size + lanczos_g - 0.5) - 1);
    if (x < 0.0)
        result = log_pi - log(fabs(sin_pi(size))) - log(size) - result;
    return result;
}

/* A pole of gamma. */
static bool is_pole(double x)
{
    return isfinite(x) && x <= 0.0 && x == floor(x);
}

Obj *math_gamma(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)nargs, (void)kwnames;
    double x;
    if (obj_to_double(args[0], &x) < 0)
        return NULL;
    if (is_pole(x) || (isinf(x) && x < 0))
        return err_string(&exc_value_error, "math domain error");
    if (!isfinite(x))
        return float_new(x);
    double result = gamma_of(x);
    if (isinf(result))
        return err_string(&exc_overflow_error, "math range error");
    return float_new(result);
}

Obj *math_lgamma(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)self, (void)nargs, (void)kwnames;
    double x;
    if (obj_to_double(args[0], &x) < 0)
        return NULL;
    if (is_pole(x))
        return err_string(&exc_value_error, "math domain error");
    if (!isfinite(x))
        return float_new(isnan(x) ? x : HUGE_VAL);
    double result = log_gamma_of(x);
    if (isinf(result))
        return err_string(&exc_overflow_error, "math range error");
    return float_new(result);
}
