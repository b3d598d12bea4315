"""The answers of module ouro: lists and dicts that print as text."""

from collections import Counter


def _table(rows, header):
    """Lines of a table with columns as wide as they need to be; numbers to the right."""
    cells = [header] + [[str(cell) for cell in row] for row in rows]
    widths = [max(len(line[i]) for line in cells) for i in range(len(header))]
    right = [bool(rows) and all(isinstance(row[i], (int, float)) for row in rows)
             for i in range(len(header))]
    lines = []
    for line in cells:
        padded = [cell.rjust(width) if side else cell.ljust(width)
                  for cell, width, side in zip(line, widths, right)]
        lines.append("  ".join(padded).rstrip())
    return lines


def plural(count, word):
    return "%d %s%s" % (count, word, "" if count == 1 else "s")


class Holders(list):
    """Rows {kind, where, owner, count}; `count` is the object's reference count."""

    def __init__(self, rows, count):
        list.__init__(self, rows)
        self.count = count

    def __str__(self):
        lines = [plural(self.count, "reference")]
        same = Counter()
        first = {}
        for row in self:
            key = (row["kind"], row["where"])
            first.setdefault(key, row)
            same[key] += row["count"]
        for (kind, where), count in same.items():
            lines.append("  %3d  %-9s  %s" % (count, kind, where))
        return "\n".join(lines)


class Alive(dict):
    """{by: root, cycle or native; object; path: list of {slot, kind, object, type, id}}."""

    def __str__(self):
        path = self["path"]
        if self["by"] == "native":
            return "%s is held by native code that is running, and by nothing else" % self["object"]
        if self["by"] == "cycle":
            lines = ["%s is garbage that waits for the collector: only a cycle holds it"
                     % self["object"], "  " + self["object"]]
        else:
            lines = ["%s is alive because" % self["object"]]
        depth = 1
        for step in path:
            slot = step["slot"]
            if slot == "__dict__":
                continue
            if slot == "sys.modules":
                lines.append("  " * depth + step["object"])
            else:
                lines.append("  " * depth + "→ %s: %s" % (slot, step["object"]))
            depth += 1
        return "\n".join(lines)


class Generation(dict):
    """{generation, tracked, frozen, collectable, finalized}."""

    def __str__(self):
        if self["frozen"]:
            text = "frozen: gc.freeze() took it out of collections"
        elif self["generation"] is not None:
            text = "generation %d (%s)" % (
                self["generation"], ("young", "survived one collection",
                                     "old")[self["generation"]])
        elif self["collectable"]:
            text = "not tracked: nothing that it holds can be part of a cycle"
        else:
            text = "not tracked: objects of this type hold nothing that could be part of a cycle"
        return text + (", its finaliser has run" if self["finalized"] else "")


class Steps(dict):
    """Counts of each step, and under "objects" what happened to each object that mattered."""

    def __str__(self):
        lines = [
            "collecting generation %d" % self["generation"],
            "1. %s take part" % plural(self["candidates"], "object"),
            "2. their reference counts are copied: %d in all" % self["counts"],
            "3. each reference from one of them to another is subtracted: %d left" % self["left"],
            "4. %s a count above 0: something outside holds them"
            % ("1 has" if self["from_outside"] == 1 else "%d have" % self["from_outside"]),
            "5. %s reached from those and kept too"
            % ("1 is" if self["rescued"] == 1 else "%d are" % self["rescued"]),
            "6. %s unreachable" % ("1 is" if self["unreachable"] == 1
                                   else "%d are" % self["unreachable"]),
            "7. finalisers run: %d; brought back to life: %d" % (self["finalized"],
                                                                 self["revived"]),
            "8. cleared: %d; the others were freed when these let go of them" % self["cleared"],
        ]
        rows = [[row["object"], "%#x" % row["id"], row["count"], row["left"], fate(row)]
                for row in self["objects"]]
        if rows:
            lines.append("")
            lines += _table(rows, ["object", "id", "count", "left", "fate"])
            more = self["unreachable"] - len(rows)
            if more > 0:
                lines.append("and %d more" % more)
        return "\n".join(lines)


def fate(row):
    """What became of an object of a collection, in words."""
    if row["revived"]:
        return "finalised and alive again"
    words = []
    if row["finalized"]:
        words.append("finalised")
    words.append("cleared" if row["cleared"] else "freed by the others" if not row["reachable"]
                 else "kept")
    return ", ".join(words)


class Life(dict):
    """{type, id, alive, count, events: list of {event, file, line, function, before, after, step}}."""

    def __str__(self):
        if not self["events"]:
            return ("not watched: it is older than the program, or a number or str, which no "
                    "collector tracks")
        lines = ["%s %#x, %s" % (self["type"], self["id"],
                                 "alive with count %d" % self["count"] if self["alive"]
                                 else "freed")]
        for row in self["events"]:
            where = "?" if row["file"] is None else "%s, line %d" % (row["file"], row["line"])
            if row["function"] not in (None, "<module>"):
                where += ", in " + row["function"]
            lines.append("  %s: %s" % (where, _happening(row)))
        if self["left_out"]:
            lines.append("  and %s" % plural(self["left_out"], "change"))
        return "\n".join(lines)


def _happening(row):
    if row["event"] == "made":
        return "made, count %d" % row["after"]
    if row["event"] == "count":
        return "count %d → %d" % (row["before"], row["after"])
    if row["event"] == "generation":
        return "survived a collection: generation %d → %d" % (row["before"], row["after"])
    return "freed: its last reference went"


class Pools(dict):
    """Totals, "classes" by block size, and "pools" one by one."""

    def __str__(self):
        if not self["pooled"]:
            return ("this build takes every block from malloc: %d bytes in use"
                    % (self["used"] + self["large"]))
        lines = ["%s of %d KiB, pools of %d KiB; blocks of up to %d bytes: %d bytes in use; "
                 "larger ones: %d bytes" % (plural(self["arenas"], "arena"),
                                            self["arena_size"] >> 10, self["pool_size"] >> 10,
                                            self["largest_block"], self["used"], self["large"])]
        rows = []
        for row in self["classes"]:
            percent = 100 * row["used"] // row["blocks"]
            rows.append([row["block_size"], row["pools"], row["blocks"], row["used"],
                         row["blocks"] - row["used"], percent, "█" * (percent // 5)])
        return "\n".join(lines + _table(rows, ["block", "pools", "blocks", "used", "free", "%",
                                               ""]))

    def svg(self):
        """The map of all pools as an SVG picture."""
        from ouro.pool_map import draw
        return draw(self)

    def save(self, path):
        """Writes FILE.svg, FILE.json or FILE.txt."""
        from ouro.files import write
        write(path, {".svg": self.svg, ".txt": lambda: str(self) + "\n", ".json": None}, self)


class Same(dict):
    """{same, equal, why, text, places}."""

    def __str__(self):
        lines = [self["text"]]
        for place in dict.fromkeys(self["places"]):
            lines.append("  " + place)
        return "\n".join(lines)


# ---- why_same

_UNIQUE = {
    "singleton": "%s exists once: it is a singleton",
    "small int": "%s is in the cache of small ints: each of -5 … 256 exists once",
    "empty str": "the empty str exists once",
    "single character": "%s is a single character below U+0100: each of those strings exists once",
    "empty tuple": "the empty tuple exists once",
    "empty bytes": "the empty bytes object exists once",
    "single octet": "%s is a single octet: each of those bytes objects exists once",
}

_CONTAINERS = ("list", "dict", "set", "bytearray")


def safely_equal(a, b):
    """a == b for builtin atoms; None when that would call a method of the program."""
    if type(a) in _ATOMS and type(b) in _ATOMS:
        return a == b
    return None


_ATOMS = (int, float, complex, str, bytes, bool, type(None))


def _segment(place):
    """The source text of a constant's place, or None."""
    if place["line"] != place["end_line"] or place["column"] < 0:
        return None
    import linecache
    line = linecache.getline(place["file"], place["line"]).encode()
    return line[place["column"]:place["end_column"]].decode("utf-8", "replace") or None


def _is_literal(text):
    """Whether the text of an expression is one literal (or strings side by side)."""
    number = text.replace("_", "")
    for read in (lambda: int(number, 0), lambda: float(number), lambda: complex(number)):
        try:
            read()
            return True
        except ValueError:
            pass
    position = 0
    while position < len(text):
        start = position
        while position < len(text) and text[position] in "rRbBuUfF":
            position += 1
        quote = text[position:position + 3]
        if quote not in ('"""', "'''"):
            quote = text[position:position + 1]
        if quote not in ('"""', "'''", '"', "'"):
            return False
        raw = "r" in text[start:position].lower()
        position += len(quote)
        while position < len(text) and not text.startswith(quote, position):
            position += 2 if text[position] == "\\" and not raw else 1
        position += len(quote)
        while position < len(text) and text[position] in " \t":
            position += 1
    return bool(text)


def _place(place):
    where = "%s, line %d" % (place["file"], place["line"])
    if place["code"] != "<module>":
        where += ", in " + place["code"]
    text = _segment(place)
    return where + (": " + text if text else ""), text


def _own_first(places):
    """Places of the program before those of the library."""
    return sorted(places, key=lambda place: (place["file"].startswith("<frozen"), place["file"],
                                             place["line"]))


def _folded(places):
    """Whether one of the places is an expression that the compiler computed."""
    return any(text is not None and not _is_literal(text) for text in
               (_segment(place) for place in places))


def aliases(held):
    """Texts of the variables, attributes and items among the holders."""
    return [row["where"] for row in held
            if row["kind"] in ("local", "global", "attribute", "item", "value", "cell", "element")]


def _why_one(facts):
    unique = facts.get("unique")
    if unique is not None:
        text = _UNIQUE[unique]
        return unique, text % facts["object"] if "%s" in text else text, []
    constants = _own_first(facts["constants"])
    places = [_place(place)[0] for place in constants]
    if facts["interned"]:
        uses = ["%s, in %s: a name of the program" % (use["file"], use["code"])
                for use in _own_first(facts["names"])]
        if places or uses:
            return "interned", ("%s is interned: string constants that look like names, and the "
                                "names of variables and attributes, exist once"
                                % facts["object"]), places + uses
        return "interned", ("%s is interned: sys.intern or an attribute's name put it into the "
                            "table of strings that exist once" % facts["object"]), []
    if constants:
        files = {place["file"] for place in constants}
        if _folded(constants):
            why, how = "folded", "the compiler computed %s and keeps it as one constant"
        else:
            why, how = "constant", "%s is one constant of its compilation unit"
        text = how % facts["object"]
        if len(constants) > 1 and len(files) == 1:
            text += ": equal constants of a unit are shared"
        return why, text, places
    return "aliasing", ("one %s was made, and every name refers to it: assignment copies no "
                        "object" % facts["type"]), []


def _origin(facts):
    """Where an object comes from, as far as is known."""
    if "unique" in facts:
        return "exists once"
    constants = _own_first(facts["constants"])
    if constants:
        return "a constant of " + _place(constants[0])[0]
    if facts["inside_constants"]:
        return "an item of a constant of " + _place(_own_first(facts["inside_constants"])[0])[0]
    if facts["interned"]:
        return "interned"
    return "made while the program ran"


def _why_two(equal, first, second):
    places = ["%s: %s, id %#x" % (facts["object"], _origin(facts), facts["id"])
              for facts in (first, second)]
    if first["type"] != second["type"]:
        return "types", "they are of different types: %s and %s" % (first["type"],
                                                                    second["type"]), places
    kind = first["type"]
    if equal is False:
        return "values", "they are different values", places
    if equal is None:
        if kind in _CONTAINERS:
            return "objects", ("they are two: each display, call or copy makes a %s of its own"
                               % kind), places
        return "objects", "they are two objects of type %s" % kind, places
    if first["constants"] and second["constants"]:
        return "units", ("they are equal, but constants are shared only inside one compilation "
                         "unit: a file, or one statement at the prompt"), places
    if kind == "str":
        return "not interned", ("they are equal, but strings that are made while the program "
                                "runs are not interned"), places
    if kind == "int":
        return "not cached", ("they are equal, but only the ints -5 … 256 are in the cache"
                              ), places
    return "made twice", "they are equal, but made twice", places


def explain(same, equal, first, second):
    """The dict of why_same."""
    if same:
        why, text, places = _why_one(first)
        text = "the same object: " + text
    else:
        why, text, places = _why_two(equal, first, second)
        text = "two objects: " + text
    return {"same": same, "equal": True if same else equal, "why": why, "text": text,
            "places": places}
