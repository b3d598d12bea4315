"""Case and classification of ASCII and other characters."""
samples = ["", "abc", "ABC", "Abc Def", "aBC dEF", "123", "a1", " ", "\t\n", "é", "ÀÉ", "ß", "ǅ", "²", "½", "٣", "_x", "x y", "ﬁ", "Σ", "ΑΣ", "İ", "i̇", "日本", "\x00", "🙂", "ª", "ⅷ", "1.5", "-1", "class"]
for s in samples:
    print(ascii(s), s.isalpha(), s.isdigit(), s.isdecimal(), s.isnumeric(), s.isalnum(), s.isspace(), s.isupper(), s.islower(),
          s.istitle(), s.isidentifier(), s.isprintable(), s.isascii())
for s in samples:
    print(ascii([s.upper(), s.lower(), s.title(), s.capitalize(), s.swapcase(), s.casefold()]))
print("they're bill's friends".title(), "x1y2 3abc".title(), "hello WORLD".capitalize())
print("ΑΣ ΑΣΑ Σ".lower(), "ŉ".upper() == "ʼN", "ﬀ".title(), "Straße".casefold() == "STRASSE".casefold())
print(sorted(["b", "A", "a", "B"], key=str.casefold), sorted(["é", "e", "z", "E"]))
