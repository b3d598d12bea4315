# What patterns mean: places, sets, groups, flags, in text of every width.
import re


def show(pattern, *texts, flags=0):
    compiled = re.compile(pattern, flags)
    for text in texts:
        found = compiled.search(text)
        print(ascii(pattern), ascii(text), found and (found.regs, found.lastindex))


# places
show(r"^a|b$", "ba", "ab", "b\n", "b\n\n", "\na")
show(r"^a|b$", "x\na", "b\nx", "b\n\n", flags=re.M)
show(r"^", "\n")
print([found.start() for found in re.finditer(r"(?m)^|$", "a\n\nb\n")])
show(r"a\Z", "a", "a\n")
show(r"\Aa", "a", "\na")
show(r"\bé\b", "é", "aé", " é ", "é\u0301", "日é")
show(r"(?a)\bé\b", "é", "aé", "aéa")
show(r"\B", "", "a", "ab")
show(r"(?a:\bé)|\bx", "aé", "éx", "日x")

# dots and sets
show(".+", "a\nb", "é\nb", "日\nb", "😀\nb")
show(".+", "a\nb", "日\nb", flags=re.S)
show(r"[^a]+", "ab\n", "aé日😀")
show(r"[a-c\-\]^]+", "xa-]^c", "é]")
show(r"[\w-]+", "a-b é", "日-本", "😀")
show(r"[^\W\d_]+", "12ab_", "é1", "٣日")
show(r"[\d\s]+", "a1 2", "a\x1c1", "a\xa0٣", "a\u3000٣")
show(r"[^\s]+", " \x1c\x1fa", "\x85\xa0é", "\u2003日")
show(r"\s+", "a\x1c\x1d\x85", "a\u180e", "a\u2028\u3000")
show(r"(?a)\s+\w+\d", " \x1c", " a1", " é1", " 日1")
show(r"[日-本]|[^\x00-\xff]", "a", "é", "日", "本", "😀")
show("[\U0001f600-\U0001f64f]", "a", "日", "😀")
show("[€]|é", "a", "é", "€")
show("[^\\s\\S]|x", "a", "é", "日x")

# groups
show(r"(?P<year>\d+)-(?P<month>\d+)", "in 2024-05")
show(r"(a)|(b)|(c)", "c", "b")
show(r"(?:(a)|(b)|(c))+", "abc", "cab", "acb")
show(r"((a)(b))?(c)", "abc", "c")
show(r"(?:(a)(b)?)*", "aba", "ab")
show(r"(a*)*", "aab", "b")
show(r"(a|b|)*", "ab")
show(r"(?:a|(b))*?c", "abac")
show(r"(.+)\1", "abab", "éé", "日本日本")
show(r"(?P<q>['\"]).*?(?P=q)", "say 'it \"is\"'")
show(r"(a)?(?(1)b|c)", "ab", "c", "b")
show(r"(?P<open>\()?x(?(open)\))", "(x)", "x", "(x")
show(r"(?=(a+))a*b\1", "baaabac")
show(r"(?!a)(.)(?<!b)", "abc")
show(r"(?<=a|b)c", "ac", "bc", "cc")
show(r"(a)(?<=b\1)c", "bac", "aac")
show(r"(?<![a-z])\d+", "a1 22")
show(r"(?>a+)a", "aaa")
show(r"a++b|a*+a", "aab", "aaa")
show(r"(?>a|ab)c", "abc", "ac")

# counts
show(r"a{,2}b{2}c{1,}", "aaabbc", "bbccc")
show(r"a{2,3}?", "aaaa")
show(r"x{,y}", "x{,y}", "xx")
show(r"x{", "x{")
show(r".{70000}", "a" * 70001)
show(r"a{,70000}b|c", "a" * 70000 + "b", "a" * 70001 + "c")

# case
show(r"straße", "STRAẞE", "STRASSE", flags=re.I)
show(r"[a-z]+", "KELVIN K", "ſ", "İı", flags=re.I)
show(r"k", "\u212a", "K", flags=re.I)
show(r"k", "\u212a", "K", flags=re.I | re.A)
show(r"[^k]", "\u212a", "Kx", flags=re.I)
show(r"ΣΑΣ", "σας", "ΣΑΣ", flags=re.I)
show(r"[à-ö]+", "ÀÉÖ×÷", flags=re.I)
show(r"µ", "μ", "Μ", flags=re.I)
show(r"ÿ", "Ÿ", "ÿ", flags=re.I)
show(r"(a)(?i:b)\1c", "aBac", "ABac", "aBAc")
show(r"(?i:(é))x\1", "éxé", "Éxé")
show(r"(é)x\1", "ÉxÉ", "éxÉ", flags=re.I)
show(r"(?i)\bStraße\b", "die STRASSE", "die STRAßE 日")
show("\U00010400", "\U00010428", flags=re.I)

# octets
for pattern, text in ((rb"\w+", b"ab\xe9"), (rb"[\x80-\xff]+", b"a\xe9\xff"), (rb"(?i)\xe9", b"\xc9"),
                      (rb".", b"\n"), (rb"(?s).", b"\n"), (rb"\s+", b"\x1c \t"), (b"\0", b"a\0")):
    found = re.search(pattern, text)
    print(pattern, text, found and found.span())
print(re.findall(b"a+", bytearray(b"aaba")), re.sub(b"a", b"-", memoryview(b"aba")))

# errors
for pattern in (r"(?<=(a)\1)b", r"(?<=(a)(?(1)b|c))", r"(?<=(?P<n>a)(?P=n))b", r"(a\1)", r"(?(1)a", r"(?<=a+)b",
                r"(?<=a|bc)d", r"a{3,2}", r"[b-a]", r"(?P<a>x)(?P<a>y)", r"\8", "a**", "(?i-i:a)", "a(?i)b",
                "\n(", r"\N{nothing}", r"(?z)", "[a", "a)", "(?P<1>a)", "\\"):
    try:
        print(re.compile(pattern))
    except re.error as error:
        print(ascii(pattern), error, error.pos, error.lineno, error.colno)
