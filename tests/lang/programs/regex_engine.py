"""A backtracking matcher of regular expressions: literals, ., classes, groups, alternatives, * + ?."""


def parse(pattern):
    position = 0

    def alternatives():
        nonlocal position
        options = [sequence()]
        while position < len(pattern) and pattern[position] == "|":
            position += 1
            options.append(sequence())
        return ("alt", options) if len(options) > 1 else options[0]

    def sequence():
        items = []
        while position < len(pattern) and pattern[position] not in "|)":
            items.append(repeat())
        return ("seq", items)

    def repeat():
        nonlocal position
        node = atom()
        while position < len(pattern) and pattern[position] in "*+?":
            node = ("repeat", node, {"*": (0, None), "+": (1, None), "?": (0, 1)}[pattern[position]])
            position += 1
        return node

    def atom():
        nonlocal position
        c = pattern[position]
        position += 1
        if c == "(":
            node = alternatives()
            if position >= len(pattern):
                raise ValueError("missing )")
            position += 1
            groups[0] += 1
            return ("group", groups[0], node)
        if c == "[":
            negate = pattern[position] == "^"
            position += negate
            members = set()
            while pattern[position] != "]":
                if pattern[position + 1] == "-" and pattern[position + 2] != "]":
                    members |= {chr(k) for k in range(ord(pattern[position]), ord(pattern[position + 2]) + 1)}
                    position += 3
                else:
                    members.add(pattern[position])
                    position += 1
            position += 1
            return ("set", members, negate)
        if c == ".":
            return ("any",)
        if c in "^$":
            return ("edge", c)
        if c == "\\":
            c = pattern[position]
            position += 1
            if c == "d":
                return ("set", set("0123456789"), False)
            if c == "w":
                return ("set", set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"), False)
        elif c in "*+?":
            raise ValueError(f"nothing to repeat at {position - 1}")
        return ("char", c)

    groups = [0]
    tree = alternatives()
    if position < len(pattern):
        raise ValueError("unbalanced )")
    return tree


def match(node, text, i, captures, rest):
    kind = node[0]
    if kind == "char":
        return i < len(text) and text[i] == node[1] and rest(i + 1, captures)
    if kind == "any":
        return i < len(text) and rest(i + 1, captures)
    if kind == "set":
        return i < len(text) and (text[i] in node[1]) != node[2] and rest(i + 1, captures)
    if kind == "edge":
        return (i == 0 if node[1] == "^" else i == len(text)) and rest(i, captures)
    if kind == "group":
        return match(node[2], text, i, captures, lambda j, c: rest(j, {**c, node[1]: text[i:j]}))
    if kind == "alt":
        return any_true(match(option, text, i, captures, rest) for option in node[1])
    if kind == "seq":
        def step(n, j, c):
            if n == len(node[1]):
                return rest(j, c)
            return match(node[1][n], text, j, c, lambda k, d: step(n + 1, k, d))
        return step(0, i, captures)
    low, high = node[2]

    def more(count, j, c):
        if high is None or count < high:
            result = match(node[1], text, j, c, lambda k, d: k > j and more(count + 1, k, d))
            if result:
                return result
        return count >= low and rest(j, c)
    return more(0, i, captures)


def any_true(results):
    for result in results:
        if result:
            return result
    return False


def search(pattern, text):
    tree = parse(pattern)
    for start in range(len(text) + 1):
        found = match(tree, text, start, {}, lambda end, captures: (start, end, captures))
        if found:
            start, end, captures = found
            return text[start:end], [captures.get(k) for k in sorted(captures)]
    return None


for pattern, text in (("abc", "xxabcxx"), ("a.c", "abbc axc"), ("a*b", "caaab"), ("^ab+$", "abbb"), ("^ab+$", "abbbc"), ("(a|b)*c", "ababc"), ("[a-f]+[0-9]?", "xyzdeaf7"), ("[^ ]+@[^ ]+\\.(com|org)", "mail me: ann@site.org now"),
                      ("(\\d+)-(\\d+)", "tel 555-1234"), ("(a*)*b", "aaaaaaaa"), ("x?y?z?", "zzz"), ("(\\w+) (\\w+)", "hello big world"), ("colou?r", "the color"), ("a|b|cd", "cd"), ("", "abc"), ("(ab)+", "ababab")):
    print(repr(pattern), repr(text), "->", search(pattern, text))
for bad in ("(a", "a)", "*a"):
    try:
        search(bad, "a")
    except ValueError as error:
        print(bad, "->", error)
