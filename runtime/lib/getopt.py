"""Options of command lines in the style of the C function getopt."""

import os

__all__ = ["GetoptError", "error", "getopt", "gnu_getopt"]


class GetoptError(Exception):
    """An option is unknown or lacks its argument, or has one too many."""

    def __init__(self, msg, opt=''):
        self.msg = msg
        self.opt = opt
        Exception.__init__(self, msg, opt)

    def __str__(self):
        return self.msg


error = GetoptError


def getopt(args, shortopts, longopts=[]):
    """(options, rest): options end at the first other argument."""
    return _parse(args, shortopts, longopts, True)


def gnu_getopt(args, shortopts, longopts=[]):
    """(options, rest): options may be anywhere before --, unless shortopts begins with +."""
    stop = shortopts.startswith('+') or bool(os.environ.get("POSIXLY_CORRECT"))
    return _parse(args, shortopts.lstrip('+'), longopts, stop)


def _parse(args, shortopts, longopts, stop):
    longopts = [longopts] if isinstance(longopts, str) else list(longopts)
    found, rest = [], []
    while args:
        word = args[0]
        if word == '--':
            rest += args[1:]
            break
        if word.startswith('--'):
            args = _long(found, word[2:], longopts, args[1:])
        elif word.startswith('-') and word != '-':
            args = _short(found, word[1:], shortopts, args[1:])
        elif stop:
            rest += args
            break
        else:
            rest.append(word)
            args = args[1:]
    return found, rest


def _long(found, word, longopts, args):
    name, equals, value = word.partition('=')
    candidates = [option for option in longopts if option.startswith(name)]
    if not candidates:
        raise GetoptError('option --%s not recognized' % name, name)
    if name in candidates:
        takes, full = False, name
    elif name + '=' in candidates:
        takes, full = True, name
    elif len(candidates) > 1:
        raise GetoptError('option --%s not a unique prefix' % name, name)
    else:
        takes, full = candidates[0].endswith('='), candidates[0].rstrip('=')
    if takes and not equals:
        if not args:
            raise GetoptError('option --%s requires argument' % full, full)
        value, args = args[0], args[1:]
    elif equals and not takes:
        raise GetoptError('option --%s must not have an argument' % full, full)
    found.append(('--' + full, value))
    return args


def _short(found, letters, shortopts, args):
    while letters:
        letter, letters = letters[0], letters[1:]
        at = shortopts.find(letter)
        if at < 0 or letter == ':':
            raise GetoptError('option -%s not recognized' % letter, letter)
        value = ''
        if shortopts.startswith(':', at + 1):
            if not letters:
                if not args:
                    raise GetoptError('option -%s requires argument' % letter, letter)
                letters, args = args[0], args[1:]
            value, letters = letters, ''
        found.append(('-' + letter, value))
    return args
