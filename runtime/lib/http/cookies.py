"""Cookies as HTTP headers carry them (RFC 6265, with the attributes of RFC 2109)."""

import re
import string
import types

__all__ = ["CookieError", "BaseCookie", "SimpleCookie"]

_LEGAL = frozenset(string.ascii_letters + string.digits + "!#$%&'*+-.^_`|~:")
_PLAIN = _LEGAL | frozenset(' ()/<=>?@[]{}')
_PAIR = re.compile(r"""\s*(?P<key>[\w\d!#%&'~_`><@,:/$*+\-.^|)(?}{=]+?)\s*
                       (=\s*(?P<value>"(?:[^\\"]|\\.)*"
                         |\w{3},\s[\w\d\s-]{9,11}\s[\d:]{8}\sGMT
                         |[\w\d!#%&'~_`><@,:/$*+\-.^|)(?}{=\[\]]*)\s*)?
                       (\s+|;|$)""", re.ASCII | re.VERBOSE)


class CookieError(Exception):
    """A cookie has a name that is not allowed."""


def _quote(text):
    """The text as it is where it can be, else in quotes."""
    if text is None or (text and _LEGAL.issuperset(text)):
        return text
    result = []
    for c in text:
        if c in '"\\':
            result.append('\\' + c)
        elif c in _PLAIN:
            result.append(c)
        elif ord(c) < 256:
            result.append('\\%03o' % ord(c))
        else:
            result.append(c)
    return '"' + ''.join(result) + '"'


def _unquote(text):
    """The inverse of _quote."""
    if text is None or len(text) < 2 or text[0] != '"' or text[-1] != '"':
        return text
    return re.sub(r'\\(?:([0-3][0-7][0-7])|(.))',
                  lambda match: chr(int(match[1], 8)) if match[1] else match[2], text[1:-1])


class Morsel(dict):
    """One cookie: key, value, coded_value; the attributes are the items of the dict."""

    _reserved = {"expires": "expires", "path": "Path", "comment": "Comment", "domain": "Domain",
                 "max-age": "Max-Age", "secure": "Secure", "httponly": "HttpOnly",
                 "version": "Version", "samesite": "SameSite"}
    _flags = {'secure', 'httponly'}

    def __init__(self):
        self._key = self._value = self._coded_value = None
        for key in self._reserved:
            dict.__setitem__(self, key, "")

    @property
    def key(self):
        return self._key

    @property
    def value(self):
        return self._value

    @property
    def coded_value(self):
        return self._coded_value

    def __setitem__(self, key, value):
        key = key.lower()
        if key not in self._reserved:
            raise CookieError("Invalid attribute %r" % (key,))
        dict.__setitem__(self, key, value)

    def setdefault(self, key, val=None):
        key = key.lower()
        if key not in self._reserved:
            raise CookieError("Invalid attribute %r" % (key,))
        return dict.setdefault(self, key, val)

    def update(self, values):
        items = {}
        for key, value in dict(values).items():
            if key.lower() not in self._reserved:
                raise CookieError("Invalid attribute %r" % (key,))
            items[key.lower()] = value
        dict.update(self, items)

    def isReservedKey(self, key):
        return key.lower() in self._reserved

    def set(self, key, val, coded_val):
        """Sets name and value."""
        if key.lower() in self._reserved:
            raise CookieError('Attempt to set a reserved key %r' % (key,))
        if not key or not _LEGAL.issuperset(key):
            raise CookieError('Illegal key %r' % (key,))
        self._key, self._value, self._coded_value = key, val, coded_val

    def __eq__(self, other):
        if not isinstance(other, Morsel):
            return NotImplemented
        return (dict.__eq__(self, other) and self._value == other._value
                and self._key == other._key and self._coded_value == other._coded_value)

    __ne__ = object.__ne__

    def copy(self):
        made = Morsel()
        dict.update(made, self)
        made.__dict__.update(self.__dict__)
        return made

    def __getstate__(self):
        return {'key': self._key, 'value': self._value, 'coded_value': self._coded_value}

    def __setstate__(self, state):
        self._key = state['key']
        self._value = state['value']
        self._coded_value = state['coded_value']

    def output(self, attrs=None, header="Set-Cookie:"):
        """The header line."""
        return "%s %s" % (header, self.OutputString(attrs))

    __str__ = output

    def __repr__(self):
        return '<%s: %s>' % (self.__class__.__name__, self.OutputString())

    def js_output(self, attrs=None):
        """JavaScript that sets the cookie."""
        return ('\n        <script type="text/javascript">\n        <!-- begin hiding\n'
                '        document.cookie = "%s";\n        // end hiding -->\n        </script>\n'
                '        ' % self.OutputString(attrs).replace('"', r'\"'))

    def OutputString(self, attrs=None):
        """The cookie without the name of the header."""
        parts = ["%s=%s" % (self._key, self._coded_value)]
        attrs = self._reserved if attrs is None else attrs
        for key, value in sorted(self.items()):
            if value == "" or key not in attrs:
                continue
            name = self._reserved[key]
            if key == "expires" and isinstance(value, int):
                parts.append("%s=%s" % (name, _date(value)))
            elif key == "max-age" and isinstance(value, int):
                parts.append("%s=%d" % (name, value))
            elif key == "comment" and isinstance(value, str):
                parts.append("%s=%s" % (name, _quote(value)))
            elif key in self._flags:
                if value:
                    parts.append(name)
            else:
                parts.append("%s=%s" % (name, value))
        return '; '.join(parts)

    __class_getitem__ = classmethod(types.GenericAlias)


def _date(future):
    """The date so many seconds from now."""
    from time import gmtime, time
    now = gmtime(time() + future)
    return "%s, %02d %s %4d %02d:%02d:%02d GMT" % (
        ('Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun')[now[6]], now[2],
        ('Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov',
         'Dec')[now[1] - 1], now[0], now[3], now[4], now[5])


class BaseCookie(dict):
    """Cookies by name."""

    def value_decode(self, val):
        """(value, text) for a text that was received."""
        return val, val

    def value_encode(self, val):
        """(value, text) for a value that is sent."""
        text = str(val)
        return text, text

    def __init__(self, input=None):
        if input:
            self.load(input)

    def _set(self, key, real, coded):
        morsel = self.get(key, Morsel())
        morsel.set(key, real, coded)
        dict.__setitem__(self, key, morsel)

    def __setitem__(self, key, value):
        if isinstance(value, Morsel):
            dict.__setitem__(self, key, value)
        else:
            self._set(key, *self.value_encode(value))

    def output(self, attrs=None, header="Set-Cookie:", sep="\015\012"):
        """All header lines."""
        return sep.join(value.output(attrs, header) for _, value in sorted(self.items()))

    __str__ = output

    def __repr__(self):
        return '<%s: %s>' % (self.__class__.__name__, ' '.join(
            '%s=%s' % (key, repr(value.value)) for key, value in sorted(self.items())))

    def js_output(self, attrs=None):
        return ''.join(value.js_output(attrs) for _, value in sorted(self.items()))

    def load(self, rawdata):
        """Reads a header's text, or takes over the items of a dict."""
        if not isinstance(rawdata, str):
            for key, value in rawdata.items():
                self[key] = value
            return
        found, at, current = [], 0, None
        while 0 <= at < len(rawdata):
            match = _PAIR.match(rawdata, at)
            if not match:
                return
            key, value = match["key"], match["value"]
            at = match.end(0)
            if key[0] == '$':
                if current is not None:
                    found.append((False, key[1:], value))
            elif key.lower() in Morsel._reserved:
                if current is None:
                    return
                if value is None:
                    if key.lower() not in Morsel._flags:
                        return
                    found.append((False, key, True))
                else:
                    found.append((False, key, _unquote(value)))
            elif value is not None:
                found.append((True, key, self.value_decode(value)))
                current = key
            else:
                return
        morsel = None
        for is_cookie, key, value in found:
            if is_cookie:
                self._set(key, *value)
                morsel = self[key]
            else:
                morsel[key] = value


class SimpleCookie(BaseCookie):
    """Cookies whose values are strings."""

    def value_decode(self, val):
        return _unquote(val), val

    def value_encode(self, val):
        text = str(val)
        return text, _quote(text)
