"""A JSON reader and writer, written by hand."""


class JSONError(ValueError):
    def __init__(self, message, text, pos):
        line = text.count("\n", 0, pos) + 1
        column = pos - text.rfind("\n", 0, pos)
        super().__init__(f"{message} at line {line} column {column}")


class Parser:
    escapes = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "/": "/", "\\": "\\", '"': '"'}

    def __init__(self, text):
        self.text = text
        self.pos = 0

    def fail(self, message):
        raise JSONError(message, self.text, self.pos)

    def skip(self):
        while self.pos < len(self.text) and self.text[self.pos] in " \t\r\n":
            self.pos += 1

    def peek(self):
        self.skip()
        return self.text[self.pos] if self.pos < len(self.text) else ""

    def expect(self, char):
        if self.peek() != char:
            self.fail(f"expected {char!r}")
        self.pos += 1

    def parse(self):
        value = self.value()
        if self.peek():
            self.fail("extra data")
        return value

    def value(self):
        c = self.peek()
        if c == "{":
            return self.object()
        if c == "[":
            return self.array()
        if c == '"':
            return self.string()
        if c and c in "-0123456789":
            return self.number()
        for word, value in (("true", True), ("false", False), ("null", None)):
            if self.text.startswith(word, self.pos):
                self.pos += len(word)
                return value
        self.fail("unexpected " + (repr(c) if c else "end"))

    def object(self):
        result = {}
        self.expect("{")
        if self.peek() == "}":
            self.pos += 1
            return result
        while True:
            if self.peek() != '"':
                self.fail("expected a key")
            key = self.string()
            self.expect(":")
            result[key] = self.value()
            if self.peek() == ",":
                self.pos += 1
            else:
                self.expect("}")
                return result

    def array(self):
        result = []
        self.expect("[")
        if self.peek() == "]":
            self.pos += 1
            return result
        while True:
            result.append(self.value())
            if self.peek() == ",":
                self.pos += 1
            else:
                self.expect("]")
                return result

    def string(self):
        self.expect('"')
        parts = []
        while True:
            if self.pos >= len(self.text):
                self.fail("unterminated string")
            c = self.text[self.pos]
            self.pos += 1
            if c == '"':
                return "".join(parts)
            if c == "\\":
                e = self.text[self.pos:self.pos + 1]
                self.pos += 1
                if e == "u":
                    parts.append(chr(int(self.text[self.pos:self.pos + 4], 16)))
                    self.pos += 4
                elif e in self.escapes and e:
                    parts.append(self.escapes[e])
                else:
                    self.fail("bad escape")
            else:
                parts.append(c)

    def number(self):
        start = self.pos
        while self.pos < len(self.text) and self.text[self.pos] in "+-0123456789.eE":
            self.pos += 1
        word = self.text[start:self.pos]
        try:
            return int(word)
        except ValueError:
            try:
                return float(word)
            except ValueError:
                self.fail(f"bad number {word!r}")


def dumps(value, indent=None, level=0):
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, str):
        out = ['"']
        for c in value:
            if c in '"\\':
                out.append("\\" + c)
            elif c == "\n":
                out.append("\\n")
            elif ord(c) < 32 or ord(c) > 126:
                out.append(f"\\u{ord(c):04x}")
            else:
                out.append(c)
        return "".join(out) + '"'
    inner = "\n" + " " * (indent or 0) * (level + 1) if indent else ""
    outer = "\n" + " " * (indent or 0) * level if indent else ""
    if isinstance(value, dict):
        items = [f"{dumps(k)}: {dumps(v, indent, level + 1)}" for k, v in value.items()]
        open_, close = "{}"
    elif isinstance(value, (list, tuple)):
        items = [dumps(v, indent, level + 1) for v in value]
        open_, close = "[]"
    else:
        raise TypeError(f"cannot write {type(value).__name__}")
    if not items:
        return open_ + close
    return open_ + inner + ("," + (inner or " ")).join(items) + outer + close


document = """
{"name": "caf\\u00e9", "tags": ["a", "b\\n", ""], "n": -12, "pi": 3.14e0,
 "nested": {"t": true, "f": false, "z": null, "deep": [[[]], {}]}}
"""
value = Parser(document).parse()
print(value)
print(dumps(value))
print(dumps(value, indent=2))
assert Parser(dumps(value)).parse() == value == Parser(dumps(value, 4)).parse()
for bad in ("", "{", "[1,", '{"a" 1}', "[1 2]", '"abc', "tru", "01x", "{1: 2}", "[1]]", '"\\q"', "-", "\n\n  ?"):
    try:
        print(repr(bad), Parser(bad).parse())
    except JSONError as error:
        print(repr(bad), "->", error)
try:
    dumps({"x": object})
except TypeError as error:
    print(error)
