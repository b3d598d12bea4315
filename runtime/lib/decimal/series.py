"""Logarithms and exponentials of rational numbers, as integers with a given number of digits.

A number x is given as coefficient * 10**exponent.  Results are approximations whose error is below
one unit of the last digit; who needs them rounded asks for more digits until the rounding is clear.
"""

from math import isqrt


def _atanh_inverse(n, scale):
    """scale * atanh(1 / n)"""
    term = scale // n
    total, square, divisor = term, n * n, 1
    while term:
        term //= square
        divisor += 2
        total += term // divisor
    return total


_ln10_known = (0, 0)       # (digits, ln 10 * 10**digits)


def ln10(digits):
    """ln(10) * 10**digits, by three series that converge fast."""
    global _ln10_known
    known, value = _ln10_known
    if known < digits:
        known = digits + 10
        scale = 10**(known + 10)
        value = (46 * _atanh_inverse(31, scale) + 34 * _atanh_inverse(49, scale)
                 + 20 * _atanh_inverse(161, scale)) // 10**10
        _ln10_known = known, value
    return value // 10**(known - digits)


def ln(coefficient, exponent, digits):
    """ln(x) * 10**digits"""
    size = len(str(coefficient)) if coefficient < 10**4000 else int(
        coefficient.bit_length() * 0.30103)
    power = exponent + size - 1           # x = m * 10**power, m of about 1 to 10
    work = digits + len(str(abs(power))) + 15
    shift = work - size + 1
    m = coefficient * 10**shift if shift >= 0 else coefficient // 10**-shift
    scale = 10**work
    # ln m = 2**roots * ln(m ** (1 / 2**roots)); roots bring m near to 1.
    roots = 0
    guard = 10**12
    m, scale = m * guard, scale * guard
    limit = scale // 1000
    while abs(m - scale) > limit:
        m = isqrt(m * scale)
        roots += 1
    # ln m = 2 atanh((m - 1) / (m + 1))
    z = (m - scale) * scale // (m + scale)
    square = z * z // scale
    term, total, divisor = z, z, 1
    while term:
        term = term * square // scale
        divisor += 2
        total += term // divisor if term >= 0 else -(-term // divisor)
        if -1 <= term <= 0:
            break
    total = (2 * total << roots) // guard
    return (total + power * ln10(work)) // 10**(work - digits)


def exp(numerator, scale_digits, digits):
    """(m, power) with exp(numerator / 10**scale_digits) = m * 10**(power - digits), where m has about
    digits + 1 digits."""
    size = len(str(abs(numerator))) if abs(numerator) < 10**4000 else 4000
    integer_size = max(size - scale_digits, 0)
    work = digits + integer_size + 15
    if work >= scale_digits:
        x = numerator * 10**(work - scale_digits)
    else:
        x = numerator // 10**(scale_digits - work)
    power, rest = divmod(x, ln10(work))
    # exp(rest) = exp(rest / 2**halves) ** 2**halves
    halves = 8 + isqrt(digits)
    extra = halves // 3 + 5
    scale = 10**(work + extra)
    small = (rest * 10**extra) >> halves
    term = total = scale
    n = 0
    while term:
        n += 1
        term = term * small // (scale * n)
        total += term
    for _ in range(halves):
        total = total * total // scale
    return total // 10**(work + extra - digits), power
