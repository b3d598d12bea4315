"""Text for HTML and back."""

__all__ = ['escape', 'unescape']


def escape(s, quote=True):
    """The text with & < > (and quotes) replaced by their names."""
    s = s.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if quote:
        s = s.replace('"', "&quot;").replace('\'', "&#x27;")
    return s


def _is_noncharacter(code):
    """Control characters and noncharacters, which stand for nothing."""
    return (0x1 <= code <= 0x8 or code == 0xb or 0xe <= code <= 0x1f or 0x7f <= code <= 0x9f
            or 0xfdd0 <= code <= 0xfdef or code & 0xfffe == 0xfffe)


def _number(code):
    """The text that &#code; stands for: what browsers make of bad numbers too."""
    if code == 0x0d:
        return '\r'
    if 0x80 <= code <= 0x9f:
        text = bytes((code,)).decode('cp1252', 'replace')
        return chr(code) if text == '\ufffd' else text
    if code == 0 or 0xd800 <= code <= 0xdfff or code > 0x10ffff:
        return '\ufffd'
    if _is_noncharacter(code):
        return ''
    return chr(code)


def _replace(match):
    from .entities import html5 as _names
    s = match.group(1)
    if s[0] == '#':
        digits = s[1:].rstrip(';')
        return _number(int(digits[1:], 16) if digits[0] in 'xX' else int(digits))
    if s in _names:
        return _names[s]
    # The longest name that the text begins with.
    for end in range(len(s) - 1, 1, -1):
        if s[:end] in _names:
            return _names[s[:end]] + s[end:]
    return '&' + s


_pattern = None


def unescape(s):
    """The text with named and numbered characters replaced by themselves."""
    global _pattern
    if '&' not in s:
        return s
    if _pattern is None:
        import re
        _pattern = re.compile(r'&(#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\t\n\f <&#;]{1,32};?)')
    return _pattern.sub(_replace, s)
