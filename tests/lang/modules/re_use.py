# What is done with patterns: where searches begin and end, what follows an empty match, replacing.
import re

word = re.compile(r"\w+")
print(word.search("ab cd", 2).span(), word.match("ab cd", 3).span(), word.match("ab cd", 2))
print(word.search("abcd", 1, 3).span(), word.fullmatch("abcd", 1, 3), word.search("ab", 5))
print(word.search("abc", -5, 100).span(), word.search("abc", 2, 1))
print(re.compile("^b").search("ab", 1), re.compile("(?m)^b").search("a\nb", 2).span())
print(re.compile("(?<=a)b").match("ab", 1).span(), re.compile(r"\bb").search("ab", 1))
print(re.compile("a$").search("abab", 0, 3).span(), re.compile(r"\Bb").match("ab", 1).span())
found = word.search("x yy", 1, 4)
print(found.pos, found.endpos, found.string, found.re is word, found.regs)

print([m.span() for m in re.finditer("a*", "baac")], re.findall("a*?", "aa"), re.findall("|a", "aa"))
print(re.split("x*", "axbc"), re.split("(x)|(y)", "axbyc"), re.split(r"\b", "a b"), re.split(",", "a,b,c", 1))
print(re.sub("x*", "-", "abxd"), re.subn("a|", "-", "ba"), re.sub("", "-", "é日"))
print(re.sub(r"(?P<a>\w)(\w)", r"\2\g<a>\g<1>\n\\", "abcd"), re.sub("(a)|b", r"[\1]", "ab"))
print(re.sub("[0-9]+", lambda m: str(int(m[0]) * 2), "1 20 x3"), re.sub("a", "b", "aaa", 2))
print(re.sub("b", "é", "abc"), re.sub("日", "x", "日本"), re.sub("a", "😀", "aé"))

found = re.match(r"(?P<first>a)(b)?(?P<last>c)?", "a")
print(found.groups(), found.groups("-"), found.groupdict(), found.lastgroup, found.lastindex)
print(found.span("first"), found.span(2), found["last"], found.expand(r"<\1\2>"))
print(re.match("(?P<" + "n" * 80 + ">a)", "a").lastgroup)

numbers = re.compile("(a)?" * 60)
print(numbers.match("a" * 40).lastindex, numbers.groups)


def nested(found):
    return "<%s>" % "".join(m.group().upper() for m in re.finditer("[a-z]", found.group()))


print(re.sub(r"\w+", nested, "ab cd ef"))

# the same pattern often, and over text of every width
name = re.compile(r"(\w)(?=\w*!)")
for text in ("ab!", "éb!", "日b!", "😀b!"):
    for _ in range(200):
        last = name.findall(text)
    print(ascii(last), name.match(text), name.fullmatch(text[:1]))

# long ones
print(re.match("(?:a|b)*", "ab" * 100000).end(), re.match("(a|b)*c", "ab" * 100000))
print(len(re.findall('"(?:[^"\\\\]|\\\\.)*"', '"a\\"b" ' * 2000)))
words = re.compile("|".join("word%d" % i for i in range(12000, 0, -1)))
print(words.findall("a word7 word11999 wörd1 word日"), words.fullmatch("word1200").span())
