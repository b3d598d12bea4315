"""Locales: there is one, C.UTF-8."""

import functools

__all__ = ["getlocale", "getdefaultlocale", "getpreferredencoding", "Error", "setlocale",
           "localeconv", "strcoll", "strxfrm", "str", "atof", "atoi", "format_string", "currency",
           "normalize", "getencoding", "LC_CTYPE", "LC_COLLATE", "LC_MESSAGES", "LC_TIME",
           "LC_MONETARY", "LC_NUMERIC", "LC_ALL", "CHAR_MAX"]

LC_CTYPE, LC_NUMERIC, LC_TIME, LC_COLLATE, LC_MONETARY, LC_MESSAGES, LC_ALL = range(7)
CHAR_MAX = 127


class Error(Exception):
    """A locale that does not exist here."""


def setlocale(category, locale=None):
    """Sets a locale: '' and the names of C in UTF-8 are all there is."""
    if not 0 <= category <= LC_ALL:
        raise Error("invalid locale category")
    if locale is None or locale in ('', 'C', 'POSIX', 'C.UTF-8', 'C.utf8'):
        return 'C.UTF-8'
    if not isinstance(locale, type('')):
        if tuple(locale) in ((None, None), ('C', 'UTF-8'), ('en_US', 'UTF-8')):
            return 'C.UTF-8'
    raise Error("unsupported locale setting")


def localeconv():
    """How numbers and money are written."""
    result = {'decimal_point': '.'}
    for name in ('thousands_sep', 'int_curr_symbol', 'currency_symbol', 'mon_decimal_point',
                 'mon_thousands_sep', 'positive_sign', 'negative_sign'):
        result[name] = ''
    for name in ('grouping', 'mon_grouping'):
        result[name] = []
    for name in ('int_frac_digits', 'frac_digits', 'p_cs_precedes', 'p_sep_by_space',
                 'n_cs_precedes', 'n_sep_by_space', 'p_sign_posn', 'n_sign_posn'):
        result[name] = CHAR_MAX
    return result


def getlocale(category=LC_CTYPE):
    """(language, encoding)"""
    if category == LC_ALL:
        raise TypeError('category LC_ALL is not supported')
    return ('en_US', 'UTF-8') if category == LC_CTYPE else (None, None)


def getdefaultlocale(envvars=('LC_ALL', 'LC_CTYPE', 'LANG', 'LANGUAGE')):
    """(language, encoding)"""
    return 'en_US', 'UTF-8'


def getpreferredencoding(do_setlocale=True):
    """The encoding of text files."""
    return 'UTF-8'


def getencoding():
    """The encoding of the locale."""
    return 'UTF-8'


def normalize(localename):
    """The full name of a locale."""
    return localename


def strcoll(a, b):
    """-1, 0 or 1: the order of two strings."""
    return (a > b) - (a < b)


def strxfrm(s):
    """Something that sorts as s does."""
    return s


def format_string(f, val, grouping=False, monetary=False):
    """f % val"""
    return f % val


def currency(val, symbol=True, grouping=False, international=False):
    """An amount of money."""
    raise ValueError("Currency formatting is not possible using the 'C' locale.")


def str(val):
    """A float as text."""
    return '%.12g' % val


def delocalize(string):
    """A number as Python writes it."""
    return string


def atof(string, func=float):
    """A float from text."""
    return func(string)


def atoi(string):
    """An int from text."""
    return int(string)


def resetlocale(category=LC_ALL):
    """Sets the default locale."""
    setlocale(category)
