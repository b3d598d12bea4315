"""urllib.parse: splitting, joining, quoting, queries."""
from urllib.parse import (parse_qs, parse_qsl, quote, quote_plus, unquote, unquote_plus,
                          unquote_to_bytes, urldefrag, urlencode, urljoin, urlparse, urlsplit,
                          urlunparse, urlunsplit)


def shown(function, *args, **kwargs):
    try:
        return function(*args, **kwargs)
    except Exception as e:
        return f"{type(e).__name__}: {e}"


for url in ("http://user:pa:ss@Example.COM:8080/a/b;p=1?q=2&r=%20#frag", "mailto:a@b.c", "//host/path",
            "path/only?x#y", "http://[2001:DB8::1]:443/", "file:///etc/passwd", "", "HTTP:x", "a+b-c.1:z",
            "1a:b", " http://x/\ty\n", b"http://h:1/p?q#f"):
    parts = urlparse(url)
    print(parts, parts.geturl() == url, parts.hostname, parts.username, parts.password,
          shown(lambda: parts.port))
    print("   ", urlsplit(url), urldefrag(url))
for bad in ("http://[::1", "http://[::g]/", "http://a]b/", "http://h:99999/", "http://h:x/",
            "http://[v1.x]/", "http://[1.2.3.4]/"):
    print(shown(lambda: urlsplit(bad).port))
print(urlsplit("s://h/p?q#f", allow_fragments=False), urlsplit("x", scheme="http"))
print(urlunparse(("http", "h", "p", "a", "b", "c")), urlunsplit(("", "", "//x", "", "")),
      shown(urlunsplit, ("a", b"b", "c", "", "")))
base = "http://a/b/c/d;p?q"
for relative in ("g:h", "g", "./g", "g/", "/g", "//g", "?y", "g?y", "#s", "g#s", ";x", "g;x?y#s", "", ".",
                 "..", "../g", "../..", "../../../g", "g.", "..g", "./../g", "./g/.", "g/./h", "g/../h"):
    print(relative, urljoin(base, relative), end="; ")
print()
print(quote("a b/ä?~é&=+"), quote("a/b", safe=""), quote_plus("a b+c"), quote(b"\x00\xff"),
      quote("ä", encoding="latin-1"), shown(quote, "\udc80"), shown(quote, b"a", encoding="x"))
print(unquote("a%20b%C3%A4%zz%"), unquote_plus("a+b%2B"), unquote_to_bytes("a%20%ff%"),
      unquote("%ff"), unquote("%E4", "latin-1"), unquote(b"%41"))
print(urlencode({"a": 1, "b": "x y", "c": "ä&="}), urlencode([("a", [1, 2])], doseq=True),
      urlencode({"a": [1, 2]}), shown(urlencode, 5), urlencode({b"k": b"\xff"}, quote_via=quote))
print(parse_qs("a=1&b=2&a=3&c=&d"), parse_qsl("a=1&b=&c", keep_blank_values=True),
      parse_qsl("a+b=%20c;d=e", separator=";"), parse_qsl(b"a=b"),
      shown(parse_qsl, "a", strict_parsing=True), shown(parse_qsl, "a=1&b=2", max_num_fields=1))
