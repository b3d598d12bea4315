/*
 * Module cmath: functions of complex numbers.
 *
 * The C library computes, with the branch cuts and special values of C99's Annex G, which are
 * Python's. What is added are the errors: a function at a pole or of an infinite angle is a domain
 * error, an infinite result of a finite argument a range error.
 */
#include <complex.h>
#include <math.h>
#include <string.h>

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/object.h"
#include "runtime/types/complex.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/module.h"
#include "runtime/types/tuple.h"

typedef double complex Complex;

#define FUNCTION(name)                                                                             \
    static Obj *name(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
#define UNUSED (void)self, (void)args, (void)nargs, (void)kwnames

static int read_complex(ObjRef arg, Complex *out)
{
    double parts[2]; /* laid out as a complex number: C11 6.2.5 */
    if (complex_from_object(arg, &parts[0], &parts[1]) < 0)
        return -1;
    memcpy(out, parts, sizeof *out);
    return 0;
}

static Obj *domain_error(void)
{
    return err_string(&exc_value_error, "math domain error");
}

static Obj *range_error(void)
{
    return err_string(&exc_overflow_error, "math range error");
}

static bool is_finite(Complex z)
{
    return isfinite(creal(z)) && isfinite(cimag(z));
}

/* Which arguments are outside the domain. */
typedef bool (*DomainTest)(Complex z);

static bool everywhere(Complex z)
{
    (void)z;
    return false;
}

static bool infinite_real(Complex z)
{
    return isinf(creal(z)) && !isnan(cimag(z));
}

static bool infinite_imag(Complex z)
{
    return isinf(cimag(z)) && !isnan(creal(z));
}

static bool infinite_real_alone(Complex z)
{
    return isinf(creal(z)) && isfinite(cimag(z));
}

static bool infinite_imag_alone(Complex z)
{
    return isinf(cimag(z)) && isfinite(creal(z));
}

static bool infinite_exponent(Complex z)
{
    return isinf(cimag(z)) && !isnan(creal(z)) && !(isinf(creal(z)) && creal(z) < 0);
}

static bool is_zero(Complex z)
{
    return creal(z) == 0.0 && cimag(z) == 0.0;
}

static bool is_unit(Complex z)
{
    return fabs(creal(z)) == 1.0 && cimag(z) == 0.0;
}

static bool is_imaginary_unit(Complex z)
{
    return creal(z) == 0.0 && fabs(cimag(z)) == 1.0;
}

static Obj *call_function(Complex (*function)(Complex), DomainTest outside, ObjRef arg)
{
    Complex z;
    if (read_complex(arg, &z) < 0)
        return NULL;
    if (outside(z))
        return domain_error();
    Complex result = function(z);
    if (is_finite(z) && (isinf(creal(result)) || isinf(cimag(result))))
        return range_error();
    return complex_new(creal(result), cimag(result));
}

#define UNARY(name, function, outside)                                                             \
    FUNCTION(cmath_##name)                                                                         \
    {                                                                                              \
        UNUSED;                                                                                    \
        return call_function(function, outside, args[0]);                                          \
    }

UNARY(acos, cacos, everywhere)
UNARY(acosh, cacosh, everywhere)
UNARY(asin, casin, everywhere)
UNARY(asinh, casinh, everywhere)
UNARY(atan, catan, is_imaginary_unit)
UNARY(atanh, catanh, is_unit)
UNARY(cos, ccos, infinite_real)
UNARY(cosh, ccosh, infinite_imag)
UNARY(exp, cexp, infinite_exponent)
UNARY(log10, clog10, is_zero)
UNARY(sin, csin, infinite_real)
UNARY(sinh, csinh, infinite_imag)
UNARY(sqrt, csqrt, everywhere)
UNARY(tan, ctan, infinite_real_alone)
UNARY(tanh, ctanh, infinite_imag_alone)

FUNCTION(cmath_log)
{
    (void)self, (void)kwnames;
    Complex z, base;
    if (read_complex(args[0], &z) < 0 || (nargs > 1 && read_complex(args[1], &base) < 0))
        return NULL;
    if (is_zero(z) || (nargs > 1 && is_zero(base)))
        return domain_error();
    Complex result = clog(z);
    Obj *value = complex_new(creal(result), cimag(result));
    if (value == NULL || nargs == 1)
        return value;
    result = clog(base);
    Obj *divisor = complex_new(creal(result), cimag(result));
    Obj *quotient = divisor == NULL ? NULL : obj_binary(value, divisor, BINARY_TRUE_DIVIDE);
    obj_decref(value);
    obj_xdecref(divisor);
    return quotient;
}

/* ---- polar coordinates */

FUNCTION(cmath_phase)
{
    UNUSED;
    Complex z;
    return read_complex(args[0], &z) < 0 ? NULL : float_new(atan2(cimag(z), creal(z)));
}

FUNCTION(cmath_polar)
{
    UNUSED;
    Complex z;
    if (read_complex(args[0], &z) < 0)
        return NULL;
    double size = hypot(creal(z), cimag(z));
    if (isinf(size) && is_finite(z))
        return range_error();
    Obj *items[2] = {float_new(size), float_new(atan2(cimag(z), creal(z)))};
    return tuple_from_results_steal(items, 2);
}

FUNCTION(cmath_rect)
{
    UNUSED;
    double r, phi;
    if (obj_to_double(args[0], &r) < 0 || obj_to_double(args[1], &phi) < 0)
        return NULL;
    if (isinf(phi)) {
        if (r != 0.0 && !isnan(r))
            return domain_error();
        return isnan(r) ? complex_new((double)NAN, (double)NAN) : complex_new(0.0, 0.0);
    }
    /* An angle of zero gives a real number, whatever the size. */
    if (phi == 0.0)
        return complex_new(r, isnan(r) || isinf(r) ? copysign(0.0, phi) : r * phi);
    if (r == 0.0 && isnan(phi))
        return complex_new(0.0, 0.0);
    if (isinf(r) && isfinite(phi))
        return r > 0 ? complex_new(copysign(HUGE_VAL, cos(phi)), copysign(HUGE_VAL, sin(phi)))
                     : complex_new(-copysign(HUGE_VAL, cos(phi)), -copysign(HUGE_VAL, sin(phi)));
    if (isinf(r))
        return complex_new(HUGE_VAL, (double)NAN);
    return complex_new(r * cos(phi), r * sin(phi));
}

/* ---- tests */

FUNCTION(cmath_isfinite)
{
    UNUSED;
    Complex z;
    return read_complex(args[0], &z) < 0 ? NULL : bool_new(is_finite(z));
}

FUNCTION(cmath_isinf)
{
    UNUSED;
    Complex z;
    return read_complex(args[0], &z) < 0 ? NULL : bool_new(isinf(creal(z)) || isinf(cimag(z)));
}

FUNCTION(cmath_isnan)
{
    UNUSED;
    Complex z;
    return read_complex(args[0], &z) < 0 ? NULL : bool_new(isnan(creal(z)) || isnan(cimag(z)));
}

FUNCTION(cmath_isclose)
{
    (void)self;
    static const ArgSpec spec = {"isclose", 0, 2, 2, 4, {"a", "b", "rel_tol", "abs_tol"}};
    ObjRef bound[4];
    Complex a, b;
    double relative = 1e-9, absolute = 0.0;
    if (args_bind(&spec, args, nargs, kwnames, bound) < 0 || read_complex(bound[0], &a) < 0 ||
        read_complex(bound[1], &b) < 0 ||
        (bound[2] != NULL && obj_to_double(bound[2], &relative) < 0) ||
        (bound[3] != NULL && obj_to_double(bound[3], &absolute) < 0))
        return NULL;
    if (relative < 0.0 || absolute < 0.0)
        return err_string(&exc_value_error, "tolerances must be non-negative");
    if (creal(a) == creal(b) && cimag(a) == cimag(b))
        return bool_new(true);
    if (isinf(creal(a)) || isinf(cimag(a)) || isinf(creal(b)) || isinf(cimag(b)))
        return bool_new(false);
    double difference = cabs(a - b);
    return bool_new(difference <= relative * cabs(b) || difference <= relative * cabs(a) ||
                    difference <= absolute);
}

/* ---- module */

static const MethodDef functions[] = {
    {"acos", cmath_acos, 1, 1, 0, "acos($module, z, /)\n--\n\nArc cosine."},
    {"acosh", cmath_acosh, 1, 1, 0, "acosh($module, z, /)\n--\n\nInverse hyperbolic cosine."},
    {"asin", cmath_asin, 1, 1, 0, "asin($module, z, /)\n--\n\nArc sine."},
    {"asinh", cmath_asinh, 1, 1, 0, "asinh($module, z, /)\n--\n\nInverse hyperbolic sine."},
    {"atan", cmath_atan, 1, 1, 0, "atan($module, z, /)\n--\n\nArc tangent."},
    {"atanh", cmath_atanh, 1, 1, 0, "atanh($module, z, /)\n--\n\nInverse hyperbolic tangent."},
    {"cos", cmath_cos, 1, 1, 0, "cos($module, z, /)\n--\n\nCosine."},
    {"cosh", cmath_cosh, 1, 1, 0, "cosh($module, z, /)\n--\n\nHyperbolic cosine."},
    {"exp", cmath_exp, 1, 1, 0, "exp($module, z, /)\n--\n\ne to the power of z."},
    {"isclose", cmath_isclose, 0, -1, METHOD_KEYWORDS,
     "isclose($module, /, a, b, *, rel_tol=1e-09, abs_tol=0.0)\n--\n\n"
     "Whether a and b differ by no more than a relative or absolute tolerance."},
    {"isfinite", cmath_isfinite, 1, 1, 0,
     "isfinite($module, z, /)\n--\n\nWhether both parts are finite."},
    {"isinf", cmath_isinf, 1, 1, 0, "isinf($module, z, /)\n--\n\nWhether a part is infinite."},
    {"isnan", cmath_isnan, 1, 1, 0, "isnan($module, z, /)\n--\n\nWhether a part is NaN."},
    {"log", cmath_log, 1, 2, 0,
     "log($module, z, base=<unrepresentable>, /)\n--\n\n"
     "Logarithm to the base, natural where none is given."},
    {"log10", cmath_log10, 1, 1, 0, "log10($module, z, /)\n--\n\nLogarithm to base 10."},
    {"phase", cmath_phase, 1, 1, 0, "phase($module, z, /)\n--\n\nThe angle, in radians."},
    {"polar", cmath_polar, 1, 1, 0,
     "polar($module, z, /)\n--\n\nDistance from the origin and angle."},
    {"rect", cmath_rect, 2, 2, 0,
     "rect($module, r, phi, /)\n--\n\nThe number with this distance and angle."},
    {"sin", cmath_sin, 1, 1, 0, "sin($module, z, /)\n--\n\nSine."},
    {"sinh", cmath_sinh, 1, 1, 0, "sinh($module, z, /)\n--\n\nHyperbolic sine."},
    {"sqrt", cmath_sqrt, 1, 1, 0, "sqrt($module, z, /)\n--\n\nSquare root."},
    {"tan", cmath_tan, 1, 1, 0, "tan($module, z, /)\n--\n\nTangent."},
    {"tanh", cmath_tanh, 1, 1, 0, "tanh($module, z, /)\n--\n\nHyperbolic tangent."},
    {0},
};

static int exec(ObjRef module)
{
    if (module_add_steal(module, "pi", float_new(M_PI)) < 0 ||
        module_add_steal(module, "e", float_new(M_E)) < 0 ||
        module_add_steal(module, "tau", float_new(2 * M_PI)) < 0 ||
        module_add_steal(module, "inf", float_new(HUGE_VAL)) < 0 ||
        module_add_steal(module, "infj", complex_new(0.0, HUGE_VAL)) < 0 ||
        module_add_steal(module, "nan", float_new((double)NAN)) < 0 ||
        module_add_steal(module, "nanj", complex_new(0.0, (double)NAN)) < 0)
        return -1;
    return 0;
}

const ModuleDef cmath_module = {
    .name = "cmath",
    .doc = "Functions of complex numbers.",
    .functions = functions,
    .exec = exec,
};
