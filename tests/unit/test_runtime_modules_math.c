/* runtime/modules/math.c, math_integer.c, math_gamma.c, math_sums.c, cmath.c. */

#include "runtime/modules/math.h"
#include "tests/unit/vm_interp.h"

static void start(void)
{
    vm_start();
    vm_exec_ok("import math, cmath\nfrom math import *\ninf, nan = math.inf, math.nan");
}

TestSuite(math, .init = start, .fini = vm_stop);

Test(math, functions_called_directly)
{
    Obj *list = build("[fff]", 1e16, 1.0, -1e16), *n = int_new(20), *k = int_new(10);
    expect_repr(math_fsum(NULL, (const ObjRef[]){list}, 1, NULL), "1.0");
    expect_repr(math_comb(NULL, (const ObjRef[]){n, k}, 2, NULL), "184756");
    expect_repr(math_perm(NULL, (const ObjRef[]){n, k}, 2, NULL), "670442572800");
    expect_repr(math_factorial(NULL, (const ObjRef[]){n}, 1, NULL), "2432902008176640000");
    expect_repr(math_gcd(NULL, (const ObjRef[]){n, k}, 2, NULL), "10");
    expect_repr(math_lcm(NULL, NULL, 0, NULL), "1");
    expect_repr(math_gamma(NULL, (const ObjRef[]){k}, 1, NULL), "362880.0");
    cr_expect_eq(list->refcnt, 1);
    obj_decref(list);
    obj_decref(n);
    obj_decref(k);
}

Test(math, edges_of_the_range)
{
    vm_gives("isqrt(10 ** 40 + 1), isqrt(0), gcd(0, -6), lcm(4, 0), comb(5, 7), perm(3)",
             "(100000000000000000000, 0, 6, 0, 0, 6)");
    vm_gives("floor(-0.5), ceil(1e300) == int(1e300), trunc(-2.7), copysign(1, -0.0)",
             "(-1, True, -2, -1.0)");
    vm_gives("frexp(0.0), frexp(-8), ldexp(0.5, 4), ldexp(5e-324, -10), modf(-inf)",
             "((0.0, 0), (-0.5, 4), 8.0, 0.0, (-0.0, -inf))");
    vm_gives("log(10 ** 400), log2(1 << 2000), log10(10 ** 500), log(8, 2)",
             "(921.0340371976182, 2000.0, 500.0, 3.0)");
    vm_gives("hypot(inf, nan), hypot(3e200, 4e200), dist((0, 0), (3, 4)), prod([2.5, 4], start=2)",
             "(inf, 4.9999999999999995e+200, 5.0, 20.0)");
    vm_gives("gamma(0.5), lgamma(-0.5), lgamma(3), gamma(171)",
             "(1.7724538509055159, 1.265512123484645, 0.693147180559945, 7.257415615307998e+306)");
    vm_gives("nextafter(1, 2), ulp(0.0), remainder(5, 3), fmod(-5, 3), isclose(1, 1 + 1e-10)",
             "(1.0000000000000002, 5e-324, -1.0, -2.0, True)");
    vm_gives("cmath.sqrt(-1), cmath.phase(-1), cmath.polar(1j)[0], cmath.isnan(complex(nan, 1))",
             "(1j, 3.141592653589793, 1.0, True)");
}

Test(math, errors)
{
    vm_fails("sqrt(-1)", &exc_value_error, "math domain error");
    vm_fails("exp(1000)", &exc_overflow_error, "math range error");
    vm_fails("log(0)", &exc_value_error, "math domain error");
    vm_fails("gamma(-1)", &exc_value_error, "math domain error");
    vm_fails("gamma(200)", &exc_overflow_error, "math range error");
    vm_fails("factorial(-1)", &exc_value_error, "factorial() not defined for negative values");
    vm_fails("factorial(1.0)", &exc_type_error,
             "'float' object cannot be interpreted as an integer");
    vm_fails("isqrt(-1)", &exc_value_error, "isqrt() argument must be nonnegative");
    vm_fails("comb(-1, 2)", &exc_value_error, "n must be a non-negative integer");
    vm_fails("fsum([1e308, 1e308, -1e308])", &exc_overflow_error, "intermediate overflow in fsum");
    vm_fails("fsum([inf, -inf])", &exc_value_error, "-inf + inf in fsum");
    vm_fails("floor(nan)", &exc_value_error, "cannot convert float NaN to integer");
    vm_fails("dist((1,), (1, 2))", &exc_value_error,
             "both points must have the same number of dimensions");
    vm_fails("sqrt('x')", &exc_type_error, "must be real number, not str");
    vm_fails("cmath.log(0)", &exc_value_error, "math domain error");
}

Test(math, every_allocation_may_fail)
{
    vm_exec_ok(
        "def action():\n  fsum([0.1] * 100), factorial(60), comb(100, 50), perm(50, 20)\n"
        "  gcd(10 ** 40, 10 ** 30), lcm(10 ** 20, 3), isqrt(10 ** 60), prod([10 ** 20] * 5)\n"
        "  hypot(*range(30)), dist([1, 2], [3, 4]), log(10 ** 400), floor(1e300), modf(2.5)\n"
        "  cmath.polar(1j), frexp(5)");
    fail_each_allocation(vm_action);
}
