"""math: every function on ordinary and special values."""
import math

inf, nan = math.inf, math.nan
values = [0.0, -0.0, 0.5, -0.5, 1, -1, 2, 3.7, -3.7, 10, 100, 1e-10, 1e10, inf, -inf, nan, 10 ** 30]
one = "sqrt exp log log2 log10 sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh exp2 expm1 log1p gamma lgamma erf erfc floor ceil trunc fabs degrees radians isnan isinf isfinite cbrt modf frexp factorial isqrt ulp".split()
for name in one:
    function = getattr(math, name)
    shown = []
    for v in values:
        try:
            r = function(v)
            shown.append(f"{r:.10g}" if isinstance(r, float) else repr(r) if not isinstance(r, tuple) else str(tuple(f"{x:.10g}" for x in r)))
        except Exception as error:
            shown.append(f"{type(error).__name__}: {error}")
    print(name, shown)
print(math.pi, math.e, math.tau, math.inf, math.nan)
print(math.pow(2, 10), math.pow(0, 0), math.fmod(7, 3), math.fmod(-7, 3), math.remainder(7, 4), math.copysign(3, -0.0), math.ldexp(0.5, 10), math.atan2(1, -1), math.atan2(0.0, -0.0), math.hypot(3, 4), math.hypot(1, 2, 2), math.hypot(), math.dist([1, 2], [4, 6]))
print(math.gcd(12, 18), math.gcd(), math.gcd(0, 5), math.gcd(-12, 18, 27), math.lcm(4, 6), math.lcm(), math.lcm(0, 5), math.comb(5, 2), math.comb(2, 5), math.perm(5), math.perm(5, 2), math.factorial(20), math.prod([1, 2, 3]), math.prod([], start=5), math.prod([1.5, 2]))
print(math.isclose(1, 1 + 1e-10), math.isclose(1, 1.1), math.isclose(1, 1.1, rel_tol=0.2), math.isclose(0, 1e-10), math.isclose(0, 1e-10, abs_tol=1e-9), math.isclose(inf, inf), math.isclose(nan, nan), math.fsum([0.1] * 10), math.fsum([1e100, 1.0, -1e100]), sum([0.1] * 10), math.nextafter(1, 2), math.nextafter(0, -1), math.ulp(1), math.log(8, 2), math.log(2 ** 1000), math.log10(10 ** 400), math.log2(2 ** 1000), math.log(100, 10))
for source in ("math.sqrt(-1)", "math.sqrt('a')", "math.log(0)", "math.log(-1)", "math.log(10, 1)", "math.exp(1000)", "math.pow(0, -1)", "math.pow(-1, 0.5)", "math.pow(10, 400)", "math.factorial(-1)", "math.factorial(1.5)", "math.fmod(1, 0)", "math.acos(2)", "math.gcd(1.5)", "math.comb(-1, 2)", "math.perm(2, -1)", "math.isqrt(-1)", "math.ldexp(1, 10000)", "math.floor('a')", "math.fsum(['a'])", "math.dist([1], [1, 2])", "math.sqrt()", "math.isclose(1, 2, rel_tol=-1)", "math.floor(nan)", "math.ceil(inf)", "math.sqrt(10**400)", "math.prod('a')", "math.remainder(1, 0)", "math.modf('a')"):
    try:
        print(source, "->", eval(source))
    except Exception as error:
        print(source, "->", type(error).__name__, error)
