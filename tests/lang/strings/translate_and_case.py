"""str.translate with tables of every kind, case of Latin-1 text, bare % directives."""


class Table:
    def __init__(self, known):
        self.known = known
        self.asked = []

    def __getitem__(self, key):
        self.asked.append(key)
        return self.known[key]


class Missing(dict):
    def __missing__(self, key):
        return "<%c>" % key


text = "hello, world"
print(text.translate({104: "H", 108: None, 111: 48, 32: "--"}), text.translate({}), text.translate(Missing({108: "L"})))
print(text.translate({108: "\u20ac", 111: 233}), text.translate({104: "", 101: "eee"}), "".translate({1: 2}))
print("caf\u00e9 \u20ac".translate({233: "e", 0x20ac: "EUR", 99: "\U0001f600"}))
table = Table({108: "1", 111: None})
print(text.translate(table), sorted(set(table.asked)), len(table.asked) >= 9)
print(text.translate(["x"] * 110), text.translate(str.maketrans("lo", "01", "w")), text.translate("q" * 105))
for bad in ({104: 1.5}, {104: -1}, {104: 0x110000}, {104: 10**30}, 5):
    try:
        print(text.translate(bad))
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)


class Failing:
    def __getitem__(self, key):
        raise ZeroDivisionError("asked")


try:
    text.translate(Failing())
except ZeroDivisionError as error:
    print(error)

latin = "".join(map(chr, range(0xa0, 0x100)))
print(latin.lower(), latin.upper(), latin.lower().upper() == latin.upper(), latin.lower().isascii())
for word in ("\u00c9t\u00c9", "stra\u00dfe", "\u00b5m", "\u00ffz", "\u00d7\u00f7", "\u00de", "\u00ff", "a\u00e9"):
    print(ascii(word.lower()), ascii(word.upper()), ascii(word.swapcase()), word.encode())
print("%d|%s|%d|%s|%s" % (5, -7, True, 10**25, "x"), "%d%%" % 3, "%s" % -9223372036854775808, "%d" % 9223372036854775807)
print("%s and %d" % ("a", 2.9), "%s %s" % (None, (1,)), "%(a)d %(b)s" % {"a": 1, "b": "y"}, "%5d|%-5s|%05d" % (1, "b", -2))
for template, args in (("%d", "x"), ("%d %d", 1), ("%s", ()), ("%d", (1, 2)), ("%", 1), ("%s %", "a"), ("%d", None)):
    try:
        print(template % args)
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
