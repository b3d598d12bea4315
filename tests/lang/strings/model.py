"""str methods against slow versions written with loops, on many pairs."""
seed = 11


def rand(n):
    global seed
    seed = seed * 1103515245 + 12345 & 0x7FFFFFFF
    return (seed >> 8) % n


def word(alphabet, longest):
    return "".join(alphabet[rand(len(alphabet))] for _ in range(rand(longest + 1)))


def find(s, t):
    for i in range(len(s) - len(t) + 1):
        if s[i:i + len(t)] == t:
            return i
    return -1


def count(s, t):
    n = i = 0
    while True:
        k = find(s[i:], t)
        if k < 0:
            return n
        n += 1
        i += k + len(t)


def split(s, t):
    parts = []
    while (k := find(s, t)) >= 0:
        parts.append(s[:k])
        s = s[k + len(t):]
    return parts + [s]


checks = digest = 0
for alphabet in ("ab", "abc ", "aé€😀", "\x00\xff\u0100a"):
    for _ in range(400):
        s, t, u = word(alphabet, 20), word(alphabet, 3), word(alphabet, 4)
        assert s.find(t) == find(s, t) and (t in s) == (find(s, t) >= 0)
        assert s.rfind(t) == (-1 if find(s[::-1], t[::-1]) < 0 else len(s) - len(t) - find(s[::-1], t[::-1]))
        if t:
            assert s.count(t) == count(s, t) and s.split(t) == split(s, t) and s.replace(t, u) == u.join(split(s, t))
            assert s.partition(t) == ((s[:k], t, s[k + len(t):]) if (k := find(s, t)) >= 0 else (s, "", ""))
            assert t.join(s.split(t)) == s and t.join(s.rsplit(t, 1)) == s
            stripped = s
            while stripped and stripped[0] in t:
                stripped = stripped[1:]
            assert s.lstrip(t) == stripped
        assert s.startswith(t) == (s[:len(t)] == t) and s.endswith(t) == (s[len(s) - len(t):] == t or not t) if len(t) <= len(s) else not s.startswith(t)
        assert s + t == "".join([s, t]) and len(s + t) == len(s) + len(t) and (s + t)[len(s):] == t
        assert (s < t) == ([*map(ord, s)] < [*map(ord, t)]) and (s == t) == (list(s) == list(t))
        assert s * 3 == s + s + s and s[::-1][::-1] == s and s.encode().decode() == s and eval(repr(s)) == s and eval(ascii(s)) == s
        assert "".join(sorted(s)) == "".join(c for a in sorted(set(s)) for c in a * s.count(a))
        assert s.center(25, "-").strip("-").replace("-", "") == s.replace("-", "") and len(s.center(25)) == 25 and s.zfill(22)[-len(s):] == s or not s
        assert s.upper().lower() == s.lower().upper().lower() and s.splitlines() == s.split("\n") if "\n" not in s and s and "\x00" not in s and "\x1c" not in s else True
        digest = (digest * 31 + len(s.replace(t, u)) + s.count(t)) % 1000003
        checks += 1
print(checks, digest)
