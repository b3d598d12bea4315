"""Addresses (URLs): taken apart, put together, joined, quoted (RFC 3986)."""

from collections import namedtuple
import functools
import re
import types
import warnings

__all__ = ["urlparse", "urlunparse", "urljoin", "urldefrag", "urlsplit", "urlunsplit", "urlencode",
           "parse_qs", "parse_qsl", "quote", "quote_plus", "quote_from_bytes", "unquote",
           "unquote_plus", "unquote_to_bytes", "DefragResult", "ParseResult", "SplitResult",
           "DefragResultBytes", "ParseResultBytes", "SplitResultBytes"]

# Schemes whose addresses can be relative, have a network location, have parameters.
uses_relative = ["", "ftp", "http", "gopher", "nntp", "imap", "wais", "file", "https", "shttp",
                 "mms", "prospero", "rtsp", "rtspu", "sftp", "svn", "svn+ssh", "ws", "wss"]
uses_netloc = ["", "ftp", "http", "gopher", "nntp", "telnet", "imap", "wais", "file", "mms",
               "https", "shttp", "snews", "prospero", "rtsp", "rtspu", "rsync", "svn", "svn+ssh",
               "sftp", "nfs", "git", "git+ssh", "ws", "wss"]
uses_params = ["", "ftp", "hdl", "prospero", "http", "imap", "https", "shttp", "rtsp", "rtspu",
               "sip", "sips", "mms", "sftp", "tel"]
non_hierarchical = ["gopher", "hdl", "mailto", "news", "telnet", "wais", "imap", "snews", "sip",
                    "sips"]
uses_query = ["", "http", "wais", "imap", "https", "shttp", "mms", "gopher", "rtsp", "rtspu", "sip",
              "sips"]
uses_fragment = ["", "ftp", "hdl", "http", "gopher", "news", "nntp", "wais", "https", "shttp",
                 "snews", "file", "prospero"]

scheme_chars = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-."
_CONTROL_OR_SPACE = "".join(map(chr, range(33)))
_UNSAFE_BYTES_TO_REMOVE = ["\t", "\r", "\n"]


def clear_cache():
    """Forgets remembered results."""
    urlsplit.cache_clear()
    _byte_quoter_factory.cache_clear()

# ---- text and bytes


def _as_text(*args):
    """The arguments as str, and a function that gives results the type of the arguments.  Empty str
    arguments go with either type."""
    text = isinstance(args[0], str)
    for arg in args[1:]:
        if arg and isinstance(arg, str) != text:
            raise TypeError("Cannot mix str and non-str arguments")
    if text:
        return args + (lambda result: result,)
    return tuple(x.decode("ascii", "strict") if x else "" for x in args) + (_encode_result,)


def _encode_result(result, encoding="ascii", errors="strict"):
    return result.encode(encoding, errors)


class _ResultMixinStr:
    """A result of text."""

    __slots__ = ()

    def encode(self, encoding="ascii", errors="strict"):
        """The same as bytes."""
        return self._encoded_counterpart(*(x.encode(encoding, errors) for x in self))


class _ResultMixinBytes:
    """A result of bytes."""

    __slots__ = ()

    def decode(self, encoding="ascii", errors="strict"):
        """The same as text."""
        return self._decoded_counterpart(*(x.decode(encoding, errors) for x in self))


class _NetlocResultMixinBase:
    """The parts of a network location."""

    __slots__ = ()

    @property
    def username(self):
        return self._userinfo[0]

    @property
    def password(self):
        return self._userinfo[1]

    @property
    def hostname(self):
        host = self._hostinfo[0]
        if not host:
            return None
        # What follows % names a network interface and keeps its case.
        percent = "%" if isinstance(host, str) else b"%"
        name, mark, zone = host.partition(percent)
        return name.lower() + mark + zone

    @property
    def port(self):
        port = self._hostinfo[1]
        if port is None:
            return None
        if not (port.isdigit() and port.isascii()):
            raise ValueError(f"Port could not be cast to integer value as {port!r}")
        port = int(port)
        if port > 65535:
            raise ValueError("Port out of range 0-65535")
        return port

    __class_getitem__ = classmethod(types.GenericAlias)

    def _cut(self, at, colon, opening, closing):
        """(user, password, host, port) of the network location."""
        user_part, at_sign, host_part = self.netloc.rpartition(at)
        user = password = None
        if at_sign:
            user, found, password = user_part.partition(colon)
            if not found:
                password = None
        _, bracket, bracketed = host_part.partition(opening)
        if bracket:
            host, _, rest = bracketed.partition(closing)
            port = rest.partition(colon)[2]
        else:
            host, _, port = host_part.partition(colon)
        return user, password, host, port or None


class _NetlocResultMixinStr(_NetlocResultMixinBase, _ResultMixinStr):
    __slots__ = ()

    @property
    def _userinfo(self):
        return self._cut("@", ":", "[", "]")[:2]

    @property
    def _hostinfo(self):
        return self._cut("@", ":", "[", "]")[2:]


class _NetlocResultMixinBytes(_NetlocResultMixinBase, _ResultMixinBytes):
    __slots__ = ()

    @property
    def _userinfo(self):
        return self._cut(b"@", b":", b"[", b"]")[:2]

    @property
    def _hostinfo(self):
        return self._cut(b"@", b":", b"[", b"]")[2:]


_DefragResultBase = namedtuple("DefragResult", "url fragment")
_SplitResultBase = namedtuple("SplitResult", "scheme netloc path query fragment")
_ParseResultBase = namedtuple("ParseResult", "scheme netloc path params query fragment")


class DefragResult(_DefragResultBase, _ResultMixinStr):
    """An address without its fragment, and the fragment."""

    __slots__ = ()

    def geturl(self):
        return f"{self.url}#{self.fragment}" if self.fragment else self.url


class SplitResult(_SplitResultBase, _NetlocResultMixinStr):
    """The five parts of an address."""

    __slots__ = ()

    def geturl(self):
        return urlunsplit(self)


class ParseResult(_ParseResultBase, _NetlocResultMixinStr):
    """The six parts of an address."""

    __slots__ = ()

    def geturl(self):
        return urlunparse(self)


class DefragResultBytes(_DefragResultBase, _ResultMixinBytes):
    """DefragResult of bytes."""

    __slots__ = ()

    def geturl(self):
        return self.url + b"#" + self.fragment if self.fragment else self.url


class SplitResultBytes(_SplitResultBase, _NetlocResultMixinBytes):
    """SplitResult of bytes."""

    __slots__ = ()

    def geturl(self):
        return urlunsplit(self)


class ParseResultBytes(_ParseResultBase, _NetlocResultMixinBytes):
    """ParseResult of bytes."""

    __slots__ = ()

    def geturl(self):
        return urlunparse(self)


for _text, _bytes in ((DefragResult, DefragResultBytes), (SplitResult, SplitResultBytes),
                      (ParseResult, ParseResultBytes)):
    _text._encoded_counterpart = _bytes
    _bytes._decoded_counterpart = _text
del _text, _bytes

# ---- taking apart


def urlparse(url, scheme="", allow_fragments=True):
    """scheme://netloc/path;params?query#fragment in its six parts."""
    url, scheme, convert = _as_text(url, scheme)
    parts = urlsplit(url, scheme, allow_fragments)
    path, params = parts.path, ""
    if parts.scheme in uses_params and ";" in path:
        path, params = _splitparams(path)
    return convert(ParseResult(parts.scheme, parts.netloc, path, params, parts.query,
                               parts.fragment))


def _splitparams(url):
    """Parameters belong to the last segment of a path."""
    start = url.find(";", url.rfind("/") + 1) if "/" in url else url.find(";")
    return (url, "") if start < 0 else (url[:start], url[start + 1:])


def _check_netloc(netloc):
    """Refuses characters that become /, ?, #, @ or : when Unicode is normalised (NFKC)."""
    if not netloc or netloc.isascii():
        return
    import unicodedata
    plain = netloc
    for character in "@:#?":
        plain = plain.replace(character, "")
    normal = unicodedata.normalize("NFKC", plain)
    if plain == normal:
        return
    for character in "/?#@:":
        if character in normal:
            raise ValueError(f"netloc '{netloc}' contains invalid characters under NFKC "
                             f"normalization")


@functools.lru_cache(typed=True)
def urlsplit(url, scheme="", allow_fragments=True):
    """scheme://netloc/path?query#fragment in its five parts."""
    url, scheme, convert = _as_text(url, scheme)
    url = url.lstrip(_CONTROL_OR_SPACE)
    scheme = scheme.strip(_CONTROL_OR_SPACE)
    for unsafe in _UNSAFE_BYTES_TO_REMOVE:
        url = url.replace(unsafe, "")
        scheme = scheme.replace(unsafe, "")
    netloc = query = fragment = ""
    colon = url.find(":")
    if colon > 0 and url[0].isascii() and url[0].isalpha():
        if all(c in scheme_chars for c in url[:colon]):
            scheme, url = url[:colon].lower(), url[colon + 1:]
    if url[:2] == "//":
        end = min((at for at in map(url.find, "/?#", (2, 2, 2)) if at >= 0), default=len(url))
        netloc, url = url[2:end], url[end:]
        if ("[" in netloc) != ("]" in netloc):
            raise ValueError("Invalid IPv6 URL")
        if "[" in netloc:
            _check_bracketed_netloc(netloc)
    if allow_fragments and "#" in url:
        url, _, fragment = url.partition("#")
    if "?" in url:
        url, _, query = url.partition("?")
    _check_netloc(netloc)
    return convert(SplitResult(scheme, netloc, url, query, fragment))


def _check_bracketed_netloc(netloc):
    """Brackets hold an IPv6 or future address, with nothing but a port after it."""
    host_part = netloc.rpartition("@")[2]
    before, _, rest = host_part.partition("[")
    host, _, port = rest.partition("]")
    if before or (port and not port.startswith(":")):
        raise ValueError("Invalid IPv6 URL")
    if host.startswith("v"):
        if not re.match(r"\Av[a-fA-F0-9]+\..+\Z", host):
            raise ValueError("IPvFuture address is invalid")
    elif not _is_ipv6(host):
        raise ValueError(f"{host!r} does not appear to be an IPv4 or IPv6 address"
                         if not re.fullmatch(r"[0-9.]+", host)
                         else "An IPv4 address cannot be in brackets")


def _is_ipv6(host):
    """Whether text is eight groups of four hexadecimal digits, some of them perhaps left out."""
    address, mark, zone = host.partition("%")
    if mark and not zone:
        return False
    if "." in address:
        head, _, tail = address.rpartition(":")
        numbers = tail.split(".")
        if len(numbers) != 4 or not all(n.isdigit() and int(n) < 256 for n in numbers):
            return False
        address = head + ":0:0"
    if address.count("::") > 1 or ":::" in address:
        return False
    groups = address.split(":")
    filled = [g for g in groups if g]
    if not all(re.fullmatch("[0-9a-fA-F]{1,4}", g) for g in filled):
        return False
    if "::" in address:
        return len(filled) < 8
    return len(groups) == 8 == len(filled)


def urldefrag(url):
    """The address without its fragment, and the fragment."""
    url, convert = _as_text(url)
    if "#" in url:
        scheme, netloc, path, params, query, fragment = urlparse(url)
        plain = urlunparse((scheme, netloc, path, params, query, ""))
    else:
        plain, fragment = url, ""
    return convert(DefragResult(plain, fragment))

# ---- putting together


def urlunparse(components):
    """The address of six parts."""
    scheme, netloc, url, params, query, fragment, convert = _as_text(*components)
    if params:
        url = f"{url};{params}"
    return convert(urlunsplit((scheme, netloc, url, query, fragment)))


def urlunsplit(components):
    """The address of five parts."""
    scheme, netloc, url, query, fragment, convert = _as_text(*components)
    if netloc or (scheme and scheme in uses_netloc and url[:2] != "//"):
        if url and url[:1] != "/":
            url = "/" + url
        url = "//" + (netloc or "") + url
    if scheme:
        url = scheme + ":" + url
    if query:
        url = url + "?" + query
    if fragment:
        url = url + "#" + fragment
    return convert(url)


def urljoin(base, url, allow_fragments=True):
    """What url, which may be relative, means at the address base."""
    if not base:
        return url
    if not url:
        return base
    base, url, convert = _as_text(base, url)
    b = urlparse(base, "", allow_fragments)
    scheme, netloc, path, params, query, fragment = urlparse(url, b.scheme, allow_fragments)
    if scheme != b.scheme or scheme not in uses_relative:
        return convert(url)
    if scheme in uses_netloc:
        if netloc:
            return convert(urlunparse((scheme, netloc, path, params, query, fragment)))
        netloc = b.netloc
    if not path and not params:
        return convert(urlunparse((scheme, netloc, b.path, b.params, query or b.query, fragment)))

    folders = b.path.split("/")
    if folders[-1] != "":
        # The last segment is a file; the new path replaces it.
        del folders[-1]
    if path[:1] == "/":
        segments = path.split("/")
    else:
        segments = folders + path.split("/")
        # Doubled slashes of the base do not count.
        segments[1:-1] = filter(None, segments[1:-1])
    resolved = []
    for segment in segments:
        if segment == "..":
            if resolved:
                resolved.pop()
        elif segment != ".":
            resolved.append(segment)
    if segments[-1] in (".", ".."):
        resolved.append("")
    return convert(urlunparse((scheme, netloc, "/".join(resolved) or "/", params, query, fragment)))

# ---- quoting

_ALWAYS_SAFE = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~")
_ALWAYS_SAFE_BYTES = bytes(_ALWAYS_SAFE)
_HEX_DIGITS = "0123456789ABCDEFabcdef"
_hex_pairs = None


def unquote_to_bytes(string):
    """'abc%20def' as bytes b'abc def'."""
    if not string:
        string.split      # a TypeError's like for what is no text
        return b""
    if isinstance(string, str):
        string = string.encode("utf-8")
    head, *rest = string.split(b"%")
    if not rest:
        return string
    global _hex_pairs
    if _hex_pairs is None:
        _hex_pairs = {(a + b).encode(): bytes.fromhex(a + b)
                      for a in _HEX_DIGITS for b in _HEX_DIGITS}
    parts = [head]
    for part in rest:
        byte = _hex_pairs.get(part[:2])
        if byte is None:
            parts += (b"%", part)
        else:
            parts += (byte, part[2:])
    return b"".join(parts)


_asciire = re.compile("([\x00-\x7f]+)")


def unquote(string, encoding="utf-8", errors="replace"):
    """'abc%20def' as 'abc def'; the bytes of escapes are decoded."""
    if isinstance(string, bytes):
        return unquote_to_bytes(string).decode(encoding, errors)
    if "%" not in string:
        string.split
        return string
    if encoding is None:
        encoding = "utf-8"
    if errors is None:
        errors = "replace"
    parts = _asciire.split(string)
    # Runs of ASCII are the odd parts; what is not ASCII has no escapes.
    for i in range(1, len(parts), 2):
        parts[i] = unquote_to_bytes(parts[i]).decode(encoding, errors)
    return "".join(parts)


def unquote_plus(string, encoding="utf-8", errors="replace"):
    """As unquote, with + for blanks."""
    return unquote(string.replace("+", " "), encoding, errors)


class _Quoter(dict):
    """Maps bytes to themselves or to escapes; filled when asked."""

    def __init__(self, safe):
        self.safe = _ALWAYS_SAFE.union(safe)

    def __repr__(self):
        return f"<Quoter {dict(self)!r}>"

    def __missing__(self, byte):
        text = chr(byte) if byte in self.safe else f"%{byte:02X}"
        self[byte] = text
        return text


@functools.lru_cache
def _byte_quoter_factory(safe):
    return _Quoter(safe).__getitem__


def quote(string, safe="/", encoding=None, errors=None):
    """'abc def' as 'abc%20def': letters, digits and _.-~ stay, and what is safe."""
    if isinstance(string, str):
        if not string:
            return string
        string = string.encode("utf-8" if encoding is None else encoding,
                               "strict" if errors is None else errors)
    elif encoding is not None:
        raise TypeError("quote() doesn't support 'encoding' for bytes")
    elif errors is not None:
        raise TypeError("quote() doesn't support 'errors' for bytes")
    return quote_from_bytes(string, safe)


def quote_plus(string, safe="", encoding=None, errors=None):
    """As quote, with + for blanks."""
    blank = " " if isinstance(string, str) else b" "
    if blank not in string:
        return quote(string, safe, encoding, errors)
    quoted = quote(string, safe + (" " if isinstance(safe, str) else b" "), encoding, errors)
    return quoted.replace(" ", "+")


def quote_from_bytes(bs, safe="/"):
    """As quote, for bytes."""
    if not isinstance(bs, (bytes, bytearray)):
        raise TypeError("quote_from_bytes() expected bytes")
    if not bs:
        return ""
    if isinstance(safe, str):
        safe = safe.encode("ascii", "ignore")
    else:
        safe = bytes([c for c in safe if c < 128])
    if not bs.rstrip(_ALWAYS_SAFE_BYTES + safe):
        return bs.decode()
    return "".join(map(_byte_quoter_factory(safe), bs))

# ---- queries


def urlencode(query, doseq=False, safe="", encoding=None, errors=None, quote_via=quote_plus):
    """'key=value&…' of a mapping or of pairs; with doseq each item of a sequence is a value."""
    if hasattr(query, "items"):
        query = query.items()
    else:
        try:
            if len(query) and not isinstance(query[0], tuple):
                raise TypeError
        except TypeError as problem:
            raise TypeError("not a valid non-string sequence or mapping object") from problem

    def quoted(value):
        if isinstance(value, bytes):
            return quote_via(value, safe)
        return quote_via(value if isinstance(value, str) else str(value), safe, encoding, errors)

    pairs = []
    for key, value in query:
        key = quoted(key)
        items = (value,)
        if doseq and not isinstance(value, (str, bytes)):
            try:
                len(value)
                items = value
            except TypeError:
                pass
        pairs += [f"{key}={quoted(item)}" for item in items]
    return "&".join(pairs)


def parse_qs(qs, keep_blank_values=False, strict_parsing=False, encoding="utf-8", errors="replace",
             max_num_fields=None, separator="&"):
    """A query as a dict from names to lists of values."""
    result = {}
    for name, value in parse_qsl(qs, keep_blank_values, strict_parsing, encoding, errors,
                                 max_num_fields, separator):
        result.setdefault(name, []).append(value)
    return result


def parse_qsl(qs, keep_blank_values=False, strict_parsing=False, encoding="utf-8",
              errors="replace", max_num_fields=None, separator="&"):
    """A query as a list of pairs."""
    qs, convert = _as_text(qs)
    separator, _ = _as_text(separator)
    if not separator or not isinstance(separator, (str, bytes)):
        raise ValueError("Separator must be of type string or bytes.")
    if max_num_fields is not None and max_num_fields < 1 + qs.count(separator):
        raise ValueError("Max number of fields exceeded")
    result = []
    for field in qs.split(separator) if qs else ():
        if not field and not strict_parsing:
            continue
        name, equals, value = field.partition("=")
        if not equals:
            if strict_parsing:
                raise ValueError(f"bad query field: {field!r}")
            if not keep_blank_values:
                continue
        if value or keep_blank_values:
            result.append((convert(unquote(name.replace("+", " "), encoding, errors)),
                           convert(unquote(value.replace("+", " "), encoding, errors))))
    return result


def unwrap(url):
    """'<URL:type://host/path>' without what is around it."""
    url = str(url).strip()
    if url[:1] == "<" and url[-1:] == ">":
        url = url[1:-1].strip()
    if url[:4] == "URL:":
        url = url[4:].strip()
    return url

# ---- old names


def _deprecated(name, instead):
    warnings.warn(f"urllib.parse.{name}() is deprecated as of 3.8, use {instead} instead",
                  DeprecationWarning, stacklevel=3)


def __getattr__(name):
    if name == "Quoter":
        warnings.warn("Deprecated in 3.11. urllib.parse.Quoter will be removed in Python 3.14. "
                      "It was not intended to be a public API.", DeprecationWarning, stacklevel=2)
        return _Quoter
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def to_bytes(url):
    warnings.warn("urllib.parse.to_bytes() is deprecated as of 3.8", DeprecationWarning,
                  stacklevel=2)
    return _to_bytes(url)


def _to_bytes(url):
    if isinstance(url, str):
        try:
            url = url.encode("ASCII").decode()
        except UnicodeError:
            raise UnicodeError(f"URL {url!r} contains non-ASCII characters") from None
    return url


def splittype(url):
    _deprecated("splittype", "urllib.parse.urlparse()")
    return _splittype(url)


def _splittype(url):
    """'type:rest' → 'type', 'rest'"""
    match = re.match("([^/:]+):(.*)", url, re.DOTALL)
    return (match.group(1).lower(), match.group(2)) if match else (None, url)


def splithost(url):
    _deprecated("splithost", "urllib.parse.urlparse()")
    return _splithost(url)


def _splithost(url):
    """'//host[:port]/path' → 'host[:port]', '/path'"""
    match = re.match("//([^/#?]*)(.*)", url, re.DOTALL)
    if not match:
        return None, url
    host, path = match.groups()
    return host, "/" + path if path and path[0] != "/" else path


def splituser(host):
    _deprecated("splituser", "urllib.parse.urlparse()")
    return _splituser(host)


def _splituser(host):
    """'user[:password]@host' → 'user[:password]', 'host'"""
    user, found, host = host.rpartition("@")
    return (user if found else None), host


def splitpasswd(user):
    _deprecated("splitpasswd", "urllib.parse.urlparse()")
    return _splitpasswd(user)


def _splitpasswd(user):
    """'user:password' → 'user', 'password'"""
    user, found, password = user.partition(":")
    return user, (password if found else None)


def splitport(host):
    _deprecated("splitport", "urllib.parse.urlparse()")
    return _splitport(host)


def _splitport(host):
    """'host:port' → 'host', 'port'"""
    match = re.fullmatch("(.*):([0-9]*)", host, re.DOTALL)
    return (match.group(1), match.group(2) or None) if match else (host, None)


def splitnport(host, defport=-1):
    _deprecated("splitnport", "urllib.parse.urlparse()")
    return _splitnport(host, defport)


def _splitnport(host, defport=-1):
    """As splitport, with the port as a number: defport where none is given, None for a bad one."""
    host, found, port = host.rpartition(":")
    if not found:
        return port, defport
    return host, (int(port) if port.isdigit() and port.isascii() else None if port else defport)


def splitquery(url):
    _deprecated("splitquery", "urllib.parse.urlparse()")
    return _splitquery(url)


def _splitquery(url):
    """'/path?query' → '/path', 'query'"""
    path, found, query = url.rpartition("?")
    return (path, query) if found else (url, None)


def splittag(url):
    _deprecated("splittag", "urllib.parse.urlparse()")
    return _splittag(url)


def _splittag(url):
    """'/path#tag' → '/path', 'tag'"""
    path, found, tag = url.rpartition("#")
    return (path, tag) if found else (url, None)


def splitattr(url):
    _deprecated("splitattr", "urllib.parse.urlparse()")
    return _splitattr(url)


def _splitattr(url):
    """'/path;a1=v1;…' → '/path', ['a1=v1', …]"""
    path, *attributes = url.split(";")
    return path, attributes


def splitvalue(attr):
    _deprecated("splitvalue", "urllib.parse.parse_qsl()")
    return _splitvalue(attr)


def _splitvalue(attr):
    """'attr=value' → 'attr', 'value'"""
    name, found, value = attr.partition("=")
    return name, (value if found else None)
