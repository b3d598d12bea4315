"""Rounding of integers to fewer digits."""

ROUND_UP = "ROUND_UP"
ROUND_DOWN = "ROUND_DOWN"
ROUND_CEILING = "ROUND_CEILING"
ROUND_FLOOR = "ROUND_FLOOR"
ROUND_HALF_UP = "ROUND_HALF_UP"
ROUND_HALF_DOWN = "ROUND_HALF_DOWN"
ROUND_HALF_EVEN = "ROUND_HALF_EVEN"
ROUND_05UP = "ROUND_05UP"
MODES = (ROUND_UP, ROUND_DOWN, ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, ROUND_HALF_DOWN,
         ROUND_HALF_EVEN, ROUND_05UP)


def count_digits(n):
    """Decimal digits of a number that is not negative; 0 has one."""
    if n < 10**18:
        return len(str(n))
    # An estimate by bits is at most one off.
    estimate = int((n.bit_length() - 1) * 0.30102999566398119) + 1
    return estimate + (n >= 10**estimate) if estimate < 4300 else _count_large(n, estimate)


def _count_large(n, estimate):
    while n >= 10**estimate:
        estimate += 1
    while n < 10**(estimate - 1):
        estimate -= 1
    return estimate


def digits_of(n):
    """The decimal digits as text, however many there are."""
    count = count_digits(n)
    if count <= 4000:
        return str(n)
    half = count // 2
    high, low = divmod(n, 10**half)
    return digits_of(high) + digits_of(low).rjust(half, "0")


def number_of(text):
    """The number of decimal digits, however many there are."""
    if len(text) <= 4000:
        return int(text or "0")
    half = len(text) // 2
    return number_of(text[:-half]) * 10**half + number_of(text[-half:])


def round_up(sign, kept, rest, half, mode):
    """Whether a magnitude grows by one in its last kept digit; rest is what is cut off, not 0, and
    half is half of that digit's worth."""
    if mode == ROUND_HALF_EVEN:
        return rest > half or (rest == half and kept & 1)
    if mode == ROUND_DOWN:
        return False
    if mode == ROUND_HALF_UP:
        return rest >= half
    if mode == ROUND_HALF_DOWN:
        return rest > half
    if mode == ROUND_UP:
        return True
    if mode == ROUND_CEILING:
        return not sign
    if mode == ROUND_FLOOR:
        return bool(sign)
    return kept % 5 == 0        # ROUND_05UP: away from zero if the last digit is 0 or 5


def drop_digits(sign, coefficient, count, mode):
    """(the coefficient without its last digits, whether they were other than 0)"""
    if count <= 0:
        return coefficient * 10**-count, False
    if count > count_digits(coefficient):
        # All goes away: less than half of the last digit that is kept.
        kept, rest, half = 0, coefficient, None
        grow = bool(rest) and mode in (ROUND_UP, ROUND_05UP) or (
            bool(rest) and mode == (ROUND_FLOOR if sign else ROUND_CEILING))
        return int(grow), bool(rest)
    power = 10**count
    kept, rest = divmod(coefficient, power)
    if rest and round_up(sign, kept, rest, power // 2, mode):
        kept += 1
    return kept, bool(rest)
