"""Text of numbers: what is read, how it is shown, and format specifications."""

import re

from decimal.rounding import count_digits, digits_of, drop_digits

_number = re.compile(r"""
    (?P<sign>[-+])?
    (?:
        (?=\d|\.\d)(?P<int>\d*)(?:\.(?P<frac>\d*))?(?:e(?P<exp>[-+]?\d+))?
      | inf(?:inity)?
      | (?P<signal>s)?nan(?P<diag>\d*)
    )""", re.VERBOSE | re.IGNORECASE)


def match_number(text):
    """The match of a number's text, or None."""
    return _number.fullmatch(text)


def show(number, engineering, capitals):
    """Scientific text: plain where the exponent is small, else with an E."""
    sign = "-" if number._sign else ""
    kind = number._kind
    if kind:
        if kind == "F":
            return sign + "Infinity"
        digits = digits_of(number._coefficient) if number._coefficient else ""
        return sign + ("sNaN" if kind == "N" else "NaN") + digits
    digits = digits_of(number._coefficient)
    exponent = number._exponent
    left = exponent + len(digits)       # digits left of the point if there were no E
    if exponent <= 0 and left > -6:
        point = left
    elif not engineering:
        point = 1
    elif digits == "0":
        point = (left + 1) % 3 - 1
    else:
        point = (left - 1) % 3 + 1
    if point <= 0:
        before, after = "0", "." + "0" * -point + digits
    elif point >= len(digits):
        before, after = digits + "0" * (point - len(digits)), ""
    else:
        before, after = digits[:point], "." + digits[point:]
    tail = "" if left == point else ("E" if capitals else "e") + f"{left - point:+d}"
    return sign + before + after + tail

# ---- format specifications

_spec = re.compile(r"""
    (?:(?P<fill>.)?(?P<align>[<>=^]))?
    (?P<sign>[-+ ])?
    (?P<no_neg_0>z)?
    (?P<zeropad>0)?
    (?P<minimumwidth>\d+)?
    (?P<thousands_sep>,)?
    (?:\.(?P<precision>\d+))?
    (?P<type>[eEfFgGn%])?
    """, re.VERBOSE | re.DOTALL)


def parse_spec(text, locale=None):
    """A format specification as a dict."""
    match = _spec.fullmatch(text)
    if match is None:
        raise ValueError("invalid format string")
    spec = match.groupdict()
    if spec["zeropad"] and (spec["fill"] is not None or spec["align"] is not None):
        raise ValueError("invalid format string")
    spec["fill"] = spec["fill"] or ("0" if spec["zeropad"] else " ")
    spec["align"] = spec["align"] or ("=" if spec["zeropad"] else ">")
    spec["sign"] = spec["sign"] or "-"
    spec["width"] = int(spec["minimumwidth"] or 0)
    if spec["precision"] is not None:
        spec["precision"] = int(spec["precision"])
        if spec["precision"] == 0 and (spec["type"] is None or spec["type"] in "gGn"):
            spec["precision"] = 1
    spec["separator"], spec["point"], spec["grouping"] = "", ".", [3, 0]
    if spec["type"] == "n":
        if spec["thousands_sep"]:
            raise ValueError("invalid format string")
        if locale is None:
            import locale as module
            locale = module.localeconv()
        spec["type"] = "g"
        spec["separator"] = locale["thousands_sep"]
        spec["point"] = locale["decimal_point"]
        spec["grouping"] = locale["grouping"]
    elif spec["thousands_sep"]:
        spec["separator"] = ","
    return spec


def _aligned(sign, body, spec):
    padding = spec["fill"] * (spec["width"] - len(sign) - len(body))
    align = spec["align"]
    if align == "<":
        return sign + body + padding
    if align == ">":
        return padding + sign + body
    if align == "=":
        return sign + padding + body
    half = len(padding) // 2
    return padding[:half] + sign + body + padding[half:]


def _group_sizes(grouping):
    """Sizes of groups of digits, from the right; without end."""
    last = 0
    for size in grouping:
        if size == 127:
            return
        if size == 0:
            break
        last = size
        yield size
    while last:
        yield last


def _grouped(digits, spec, least):
    """Digits with separators between groups, filled with zeros to a width."""
    separator = spec["separator"]
    if not separator:
        return digits.rjust(least, "0")
    groups = []
    width = 0
    for size in _group_sizes(spec["grouping"]):
        take = min(max(len(digits), least - width, 1), size)
        groups.append(digits[-take:].rjust(take, "0"))
        digits = digits[:-take]
        width += take
        if not digits and width >= least:
            break
        width += len(separator)
    else:
        if digits or width < least:
            groups.append(digits.rjust(least - width, "0"))
    return separator.join(reversed(groups))


def format_number(number, text, rounding, locale=None):
    """The number by a format specification."""
    spec = parse_spec(text, locale)
    kind = spec["type"]

    def sign_of(negative):
        return "-" if negative else "" if spec["sign"] == "-" else spec["sign"]

    if number._kind:
        body = show(number.copy_abs(), False, 1) + ("%" if kind == "%" else "")
        if spec["zeropad"]:
            spec["fill"], spec["align"] = " ", ">"
        return _aligned(sign_of(number._sign), body, spec)

    sign, coefficient, exponent = number._sign, number._coefficient, number._exponent
    precision = spec["precision"]
    style = kind or "g"
    if kind == "%":
        exponent += 2
    if precision is not None:
        size = count_digits(coefficient)
        if style in "eE":
            drop = size - precision - 1
            if coefficient:
                coefficient, _ = drop_digits(sign, coefficient, drop, rounding)
                exponent += drop
                if count_digits(coefficient) > precision + 1:
                    coefficient //= 10
                    exponent += 1
        elif style in "fF%":
            drop = -precision - exponent
            coefficient, _ = drop_digits(sign, coefficient, drop, rounding)
            exponent = -precision
        elif style in "gG" and size > precision:
            coefficient, _ = drop_digits(sign, coefficient, size - precision, rounding)
            exponent += size - precision
            if count_digits(coefficient) > precision:
                coefficient //= 10
                exponent += 1
    elif style in "fF%" and exponent > 0:
        coefficient *= 10**exponent
        exponent = 0
    if not coefficient and exponent > 0 and style in "fF%":
        exponent = 0
    if spec["no_neg_0"] and not coefficient:
        sign = 0

    digits = digits_of(coefficient)
    left = exponent + len(digits)
    if style in "eE":
        point = 1 - precision if not coefficient and precision is not None else 1
    elif style in "fF%":
        point = left
    else:
        point = left if exponent <= 0 and left > -6 else 1
    if point < 0:
        whole, fraction = "0", "0" * -point + digits
    elif point > len(digits):
        whole, fraction = digits + "0" * (point - len(digits)), ""
    else:
        whole, fraction = digits[:point] or "0", digits[point:]
    if style in "eE" and not coefficient and precision is not None:
        whole, fraction, point = "0", "0" * precision, 1
    tail = fraction
    if fraction:
        tail = spec["point"] + fraction
    shown_exponent = left - point
    if style in "eE" and not coefficient:
        shown_exponent = exponent + (precision or 0)
    if shown_exponent != 0 or style in "eE":
        letter = {"E": "E", "e": "e", "G": "E", "g": "e"}[style] if kind else "E"
        tail += f"{letter}{shown_exponent:+d}"
    if kind == "%":
        tail += "%"
    prefix = sign_of(sign)
    least = spec["width"] - len(tail) - len(prefix) if spec["zeropad"] else 0
    return _aligned(prefix, _grouped(whole, spec, max(least, 1)) + tail, spec)
