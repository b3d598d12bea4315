"""Source text as a series of tokens that keeps comments and blank lines, and back again."""

from builtins import open as _builtin_open
from codecs import BOM_UTF8, lookup
import collections
from io import TextIOWrapper
import itertools as _itertools
import re
import sys
from token import *
from token import EXACT_TOKEN_TYPES
import token

__all__ = token.__all__ + ["tokenize", "generate_tokens", "detect_encoding", "untokenize",
                           "TokenInfo"]

cookie_re = re.compile(r"^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)", re.ASCII)
blank_re = re.compile(br"^[ \t\f]*(?:[#\r\n]|$)", re.ASCII)


class TokenInfo(collections.namedtuple("TokenInfo", "type string start end line")):
    """One token: kind, text, (row, column) of start and end, and the line it begins on."""

    def __repr__(self):
        kind = f"{self.type} ({tok_name[self.type]})"
        return (f"TokenInfo(type={kind}, string={self.string!r}, start={self.start!r}, "
                f"end={self.end!r}, line={self.line!r})")

    @property
    def exact_type(self):
        """The kind, with operators told apart."""
        if self.type == OP:
            return EXACT_TOKEN_TYPES.get(self.string, OP)
        return self.type


class TokenError(Exception):
    pass


class StopTokenizing(Exception):
    pass


# ---- what tokens look like

def _string_prefixes():
    """'' and b, r, u, f, br, fr in any order and case."""
    prefixes = {""}
    for letters in ("b", "r", "u", "f", "br", "fr"):
        for order in _itertools.permutations(letters):
            for cased in _itertools.product(*((c, c.upper()) for c in order)):
                prefixes.add("".join(cased))
    return prefixes


_PREFIXES = _string_prefixes()
_PREFIX = "(?:" + "|".join(sorted(_PREFIXES, key=len, reverse=True)) + ")"

Whitespace = r"[ \f\t]*"
Comment = r"#[^\r\n]*"
Name = r"\w+"
_DIGITS = r"[0-9](?:_?[0-9])*"
_EXPONENT = rf"[eE][-+]?{_DIGITS}"
_FLOAT = rf"(?:{_DIGITS}\.(?:{_DIGITS})?|\.{_DIGITS})(?:{_EXPONENT})?|{_DIGITS}{_EXPONENT}"
_IMAGINARY = rf"{_DIGITS}[jJ]|(?:{_FLOAT})[jJ]"
_INTEGER = (r"0[xX](?:_?[0-9a-fA-F])+|0[bB](?:_?[01])+|0[oO](?:_?[0-7])+"
            r"|(?:0(?:_?0)*|[1-9](?:_?[0-9])*)")
Number = rf"(?:{_IMAGINARY}|{_FLOAT}|{_INTEGER})"
_OPERATOR = "|".join(map(re.escape, sorted(EXACT_TOKEN_TYPES, reverse=True)))

# The rest of a string after its opening quotes.
_REST = {"'": r"[^'\\]*(?:\\.[^'\\]*)*'", '"': r'[^"\\]*(?:\\.[^"\\]*)*"',
         "'''": r"[^'\\]*(?:(?:\\.|'(?!''))[^'\\]*)*'''",
         '"""': r'[^"\\]*(?:(?:\\.|"(?!""))[^"\\]*)*"""'}

# A one-line string, or its beginning up to a backslash at the end of the line.
_STRING = (rf"{_PREFIX}'[^\n'\\]*(?:\\.[^\n'\\]*)*(?:'|\\\r?\n)"
           rf'|{_PREFIX}"[^\n"\\]*(?:\\.[^\n"\\]*)*(?:"|\\\r?\n)')
_TRIPLE = rf"{_PREFIX}(?:'''|" + r'""")'
PseudoToken = (rf"{Whitespace}((?:\\\r?\n|\Z)|{Comment}|{_TRIPLE}|{Number}|\r?\n|{_OPERATOR}"
               rf"|{_STRING}|{Name})")

_patterns = {}


def _compile(pattern, flags=0):
    compiled = _patterns.get((pattern, flags))
    if compiled is None:
        compiled = _patterns[pattern, flags] = re.compile(pattern, re.UNICODE | flags)
    return compiled


tabsize = 8

# ---- encodings


def _normal_name(name):
    """The one name of utf-8 and of latin-1, however it is spelled."""
    start = name[:12].lower().replace("_", "-")
    if start == "utf-8" or start.startswith("utf-8-"):
        return "utf-8"
    if start in ("latin-1", "iso-8859-1", "iso-latin-1") or start.startswith(
            ("latin-1-", "iso-8859-1-", "iso-latin-1-")):
        return "iso-8859-1"
    return name


def detect_encoding(readline):
    """The encoding of source, by its byte order mark or the comment of one of its first two lines;
    and the list of lines that were read for that."""
    try:
        filename = readline.__self__.name
    except AttributeError:
        filename = None
    marked = False
    default = "utf-8"

    def next_line():
        try:
            return readline()
        except StopIteration:
            return b""

    def problem(message):
        return SyntaxError(message if filename is None else f"{message} for {filename!r}")

    def find_cookie(line):
        try:
            text = line.decode("utf-8")
        except UnicodeDecodeError:
            raise problem("invalid or missing encoding declaration") from None
        match = cookie_re.match(text)
        if not match:
            return None
        encoding = _normal_name(match.group(1))
        try:
            lookup(encoding)
        except LookupError:
            if filename is None:
                raise SyntaxError("unknown encoding: " + encoding) from None
            raise SyntaxError(f"unknown encoding for {filename!r}: {encoding}") from None
        if marked:
            if encoding != "utf-8":
                raise SyntaxError("encoding problem: utf-8" if filename is None
                                  else f"encoding problem for {filename!r}: utf-8")
            encoding += "-sig"
        return encoding

    first = next_line()
    if first.startswith(BOM_UTF8):
        marked = True
        first = first[3:]
        default = "utf-8-sig"
    if not first:
        return default, []
    encoding = find_cookie(first)
    if encoding:
        return encoding, [first]
    if not blank_re.match(first):
        return default, [first]
    second = next_line()
    if not second:
        return default, [first]
    return find_cookie(second) or default, [first, second]


def open(filename):
    """Opens source for reading text in the encoding that it declares."""
    buffer = _builtin_open(filename, "rb")
    try:
        encoding, lines = detect_encoding(buffer.readline)
        buffer.seek(0)
        text = TextIOWrapper(buffer, encoding, line_buffering=True)
        text.mode = "r"
        return text
    except:
        buffer.close()
        raise

# ---- text to tokens


def tokenize(readline):
    """Tokens of the lines, as bytes, that readline gives; the first token tells the encoding."""
    encoding, consumed = detect_encoding(readline)

    def lines():
        yield from consumed
        while True:
            try:
                line = readline()
            except StopIteration:
                return
            yield line

    return _tokenize(_itertools.chain(lines(), _itertools.repeat(b"")).__next__, encoding)


def generate_tokens(readline):
    """Tokens of the lines, as str, that readline gives."""
    return _tokenize(readline, None)


class _Indents:
    """The columns that blocks begin at, the outermost first."""

    def __init__(self):
        self.columns = [0]

    @staticmethod
    def measure(line):
        """(column, index) of the first character that is no blank."""
        column = index = 0
        for character in line:
            if character == " ":
                column += 1
            elif character == "\t":
                column = (column // tabsize + 1) * tabsize
            elif character == "\f":
                column = 0
            else:
                break
            index += 1
        return column, index


def _tokenize(readline, encoding):
    row = open_brackets = 0
    continued = False
    indents = _Indents()
    string_parts = None         # lines of an unfinished string: its text so far
    string_needs_backslash = False
    string_start = string_rest = string_lines = None
    last_line = line = ""
    if encoding is not None:
        if encoding == "utf-8-sig":
            encoding = "utf-8"
        yield TokenInfo(ENCODING, encoding, (0, 0), (0, 0), "")

    while True:
        last_line = line
        try:
            line = readline()
        except StopIteration:
            line = b""
        if encoding is not None:
            line = line.decode(encoding)
        row += 1
        position, length = 0, len(line)

        if string_parts is not None:
            if not line:
                raise TokenError("EOF in multi-line string", string_start)
            match = string_rest.match(line)
            if match:
                position = match.end(0)
                yield TokenInfo(STRING, string_parts + line[:position], string_start,
                                (row, position), string_lines + line)
                string_parts = None
            elif string_needs_backslash and not line.endswith(("\\\n", "\\\r\n")):
                yield TokenInfo(ERRORTOKEN, string_parts + line, string_start, (row, length),
                                string_lines)
                string_parts = None
                continue
            else:
                string_parts += line
                string_lines += line
                continue
        elif open_brackets == 0 and not continued:
            if not line:
                break
            column, position = indents.measure(line)
            if position == length:
                break
            if line[position] in "#\r\n":
                if line[position] == "#":
                    comment = line[position:].rstrip("\r\n")
                    yield TokenInfo(COMMENT, comment, (row, position),
                                    (row, position + len(comment)), line)
                    position += len(comment)
                yield TokenInfo(NL, line[position:], (row, position), (row, length), line)
                continue
            if column > indents.columns[-1]:
                indents.columns.append(column)
                yield TokenInfo(INDENT, line[:position], (row, 0), (row, position), line)
            while column < indents.columns[-1]:
                if column not in indents.columns:
                    raise IndentationError("unindent does not match any outer indentation level",
                                           ("<tokenize>", row, position, line))
                indents.columns.pop()
                yield TokenInfo(DEDENT, "", (row, position), (row, position), line)
        else:
            if not line:
                raise TokenError("EOF in multi-line statement", (row, 0))
            continued = False

        while position < length:
            match = _compile(PseudoToken).match(line, position)
            if not match:
                yield TokenInfo(ERRORTOKEN, line[position], (row, position), (row, position + 1),
                                line)
                position += 1
                continue
            start, end = match.span(1)
            begin, finish = (row, start), (row, end)
            position = end
            if start == end:
                continue
            text, initial = line[start:end], line[start]
            if initial.isdigit() and initial.isascii() or (initial == "." and text not in (".", "...")):
                yield TokenInfo(NUMBER, text, begin, finish, line)
            elif initial in "\r\n":
                yield TokenInfo(NL if open_brackets else NEWLINE, text, begin, finish, line)
            elif initial == "#":
                yield TokenInfo(COMMENT, text, begin, finish, line)
            elif text[-3:] in ("'''", '"""') and text[:-3] in _PREFIXES:
                string_rest = _compile(_REST[text[-3:]], re.DOTALL)
                match = string_rest.match(line, position)
                if match:
                    position = match.end(0)
                    yield TokenInfo(STRING, line[start:position], begin, (row, position), line)
                else:
                    string_start, string_parts = begin, line[start:]
                    string_lines, string_needs_backslash = line, False
                    break
            elif text[-1] in "'\"" or (text[-1] == "\n" and initial != "\\"):
                if text[-1] == "\n":
                    quote = text[min(i for i in (text.find("'"), text.find('"')) if i >= 0)]
                    string_rest = _compile(_REST[quote], re.DOTALL)
                    string_start, string_parts = begin, line[start:]
                    string_lines, string_needs_backslash = line, True
                    break
                yield TokenInfo(STRING, text, begin, finish, line)
            elif initial.isidentifier():
                yield TokenInfo(NAME, text, begin, finish, line)
            elif initial == "\\":
                continued = True
            else:
                if initial in "([{":
                    open_brackets += 1
                elif initial in ")]}":
                    open_brackets -= 1
                kind = OP if text in EXACT_TOKEN_TYPES else ERRORTOKEN
                yield TokenInfo(kind, text, begin, finish, line)

    if last_line and last_line[-1] not in "\r\n" and not last_line.strip().startswith("#"):
        yield TokenInfo(NEWLINE, "", (row - 1, len(last_line)), (row - 1, len(last_line) + 1), "")
    for _ in indents.columns[1:]:
        yield TokenInfo(DEDENT, "", (row, 0), (row, 0), "")
    yield TokenInfo(ENDMARKER, "", (row, 0), (row, 0), "")


def _generate_tokens_from_c_tokenizer(source):
    """Tokens as the interpreter's own lexer sees them."""
    import _tokenize as native
    for info in native.TokenizerIter(source):
        token_type, text, row, end_row, column, end_column, line = info
        yield TokenInfo(token_type, text, (row, column), (end_row, end_column), line)

# ---- tokens to text


class Untokenizer:
    """Builds source text from tokens."""

    def __init__(self):
        self.tokens = []
        self.prev_row = 1
        self.prev_col = 0
        self.encoding = None

    def add_whitespace(self, start):
        """Fills the gap between the last token and start."""
        row, column = start
        if row < self.prev_row or row == self.prev_row and column < self.prev_col:
            raise ValueError(f"start ({row},{column}) precedes previous end "
                             f"({self.prev_row},{self.prev_col})")
        if row > self.prev_row:
            self.tokens.append("\\\n" * (row - self.prev_row))
            self.prev_col = 0
        if column > self.prev_col:
            self.tokens.append(" " * (column - self.prev_col))

    def untokenize(self, iterable):
        """The text of full tokens, each at its place."""
        iterator = iter(iterable)
        indents = []
        at_line_start = False
        for item in iterator:
            if len(item) == 2:
                self.compat(item, iterator)
                break
            kind, text, start, end, line = item
            if kind == ENCODING:
                self.encoding = text
                continue
            if kind == ENDMARKER:
                break
            if kind == INDENT:
                indents.append(text)
                continue
            if kind == DEDENT:
                indents.pop()
                self.prev_row, self.prev_col = end
                continue
            if kind in (NEWLINE, NL):
                at_line_start = True
            elif at_line_start and indents:
                indent = indents[-1]
                if start[1] >= len(indent):
                    self.tokens.append(indent)
                    self.prev_col = len(indent)
                at_line_start = False
            self.add_whitespace(start)
            self.tokens.append(text)
            self.prev_row, self.prev_col = end
            if kind in (NEWLINE, NL):
                self.prev_row += 1
                self.prev_col = 0
        return "".join(self.tokens)

    def compat(self, token, iterable):
        """The text of pairs of kind and text, with blanks where they are needed."""
        indents = []
        line_start = token[0] in (NEWLINE, NL)
        after_string = False
        for kind, text in _itertools.chain([token[:2]], (item[:2] for item in iterable)):
            if kind == ENCODING:
                self.encoding = text
                continue
            if kind in (NAME, NUMBER):
                text += " "
            if kind == STRING:
                # Two strings side by side stay two.
                if after_string:
                    text = " " + text
                after_string = True
            else:
                after_string = False
            if kind == INDENT:
                indents.append(text)
                continue
            if kind == DEDENT:
                indents.pop()
                continue
            if kind in (NEWLINE, NL):
                line_start = True
            elif line_start and indents:
                self.tokens.append(indents[-1])
                line_start = False
            self.tokens.append(text)


def untokenize(iterable):
    """Source text of tokens; bytes when they begin with an ENCODING token."""
    builder = Untokenizer()
    text = builder.untokenize(iterable)
    return text if builder.encoding is None else text.encode(builder.encoding)


def main():
    import argparse

    def perror(message):
        sys.stderr.write(message + "\n")

    def error(message, filename=None, location=None):
        if location:
            perror(f"{filename}:{location[0]}:{location[1]}: error: {message}")
        elif filename:
            perror(f"{filename}: error: {message}")
        else:
            perror(f"error: {message}")
        sys.exit(1)

    parser = argparse.ArgumentParser(prog="python -m tokenize")
    parser.add_argument(dest="filename", nargs="?", metavar="filename.py",
                        help="the file to tokenize; defaults to stdin")
    parser.add_argument("-e", "--exact", dest="exact", action="store_true",
                        help="display token names using the exact type")
    args = parser.parse_args()
    try:
        if args.filename:
            filename = args.filename
            with _builtin_open(filename, "rb") as file:
                tokens = list(tokenize(file.readline))
        else:
            filename = "<stdin>"
            tokens = _tokenize(sys.stdin.readline, None)
        for item in tokens:
            kind = item.exact_type if args.exact else item.type
            place = "%d,%d-%d,%d:" % (item.start + item.end)
            print("%-20s%-15s%-15r" % (place, tok_name[kind], item.string))
    except IndentationError as problem:
        error(problem.args[0], filename, problem.args[1][1:3])
    except TokenError as problem:
        error(problem.args[0], filename, problem.args[1])
    except (SyntaxError, OSError) as problem:
        error(problem)
    except KeyboardInterrupt:
        print("interrupted\n")


if __name__ == "__main__":
    main()
