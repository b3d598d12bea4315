"""File names against the patterns of the shell: * ? [seq] [!seq]."""

import functools
import os
import posixpath
import re

__all__ = ["filter", "fnmatch", "fnmatchcase", "translate"]


def fnmatch(name, pat):
    """Whether a name matches, by the file system's idea of upper and lower case."""
    return fnmatchcase(os.path.normcase(name), os.path.normcase(pat))


@functools.lru_cache(maxsize=256, typed=True)
def _matcher(pat):
    if isinstance(pat, bytes):
        pattern = translate(str(pat, 'ISO-8859-1')).encode('ISO-8859-1')
    else:
        pattern = translate(pat)
    return re.compile(pattern).match


def filter(names, pat):
    """The names that match."""
    match = _matcher(os.path.normcase(pat))
    if os.path is posixpath:
        return [name for name in names if match(name)]
    return [name for name in names if match(os.path.normcase(name))]


def fnmatchcase(name, pat):
    """Whether a name matches, case included."""
    return _matcher(pat)(name) is not None


def _translate_set(body):
    """A regular expression for what is between brackets."""
    if '--' not in body and '-' not in body:
        body = body.replace('\\', r'\\')
    else:
        # Each part stands between hyphens that make ranges; a hyphen at an end is itself.
        parts, start = [], 0
        at = 2 if body[0] == '!' else 1
        while (at := body.find('-', at)) >= 0:
            parts.append(body[start:at])
            start = at + 1
            at += 3
        rest = body[start:]
        if rest:
            parts.append(rest)
        else:
            parts[-1] += '-'
        # Ranges from a greater to a lesser character hold nothing.
        for k in range(len(parts) - 1, 0, -1):
            if parts[k - 1][-1] > parts[k][0]:
                parts[k - 1] = parts[k - 1][:-1] + parts[k][1:]
                del parts[k]
        body = '-'.join(part.replace('\\', r'\\').replace('-', r'\-') for part in parts)
    for letter in '&~|':
        body = body.replace(letter, '\\' + letter)
    if not body:
        return '(?!)'
    if body == '!':
        return '.'
    if body[0] == '!':
        body = '^' + body[1:]
    elif body[0] in ('^', '['):
        body = '\\' + body
    return '[%s]' % body


def translate(pat):
    """The regular expression for a pattern."""
    star = object()
    parts, at, size = [], 0, len(pat)
    while at < size:
        c = pat[at]
        at += 1
        if c == '*':
            if not parts or parts[-1] is not star:
                parts.append(star)
        elif c == '?':
            parts.append('.')
        elif c == '[':
            end = at
            if end < size and pat[end] == '!':
                end += 1
            if end < size and pat[end] == ']':
                end += 1
            end = pat.find(']', end)
            if end < 0:
                parts.append('\\[')
            else:
                parts.append(_translate_set(pat[at:end]))
                at = end + 1
        else:
            parts.append(re.escape(c))
    result, i, count = [], 0, len(parts)
    while i < count and parts[i] is not star:
        result.append(parts[i])
        i += 1
    # A star and the fixed text behind it need no second try: an atomic group.
    while i < count:
        i += 1
        if i == count:
            result.append('.*')
            break
        fixed = []
        while i < count and parts[i] is not star:
            fixed.append(parts[i])
            i += 1
        fixed = ''.join(fixed)
        if i == count:
            result.append('.*' + fixed)
        else:
            result.append('(?>.*?%s)' % fixed)
    return r'(?s:%s)\Z' % ''.join(result)
