"""Tables as text: comma separated values and their dialects."""

import io
import re

__all__ = ["QUOTE_MINIMAL", "QUOTE_ALL", "QUOTE_NONNUMERIC", "QUOTE_NONE", "Error", "Dialect",
           "excel", "excel_tab", "field_size_limit", "reader", "writer", "register_dialect",
           "get_dialect", "list_dialects", "Sniffer", "unregister_dialect", "DictReader",
           "DictWriter", "unix_dialect"]

__version__ = "1.0"
QUOTE_MINIMAL, QUOTE_ALL, QUOTE_NONNUMERIC, QUOTE_NONE = range(4)
_field_limit = 128 * 1024


class Error(Exception):
    """A table that cannot be read or written."""


Error.__module__ = "_csv"

# ---- dialects


class Dialect:
    """Describes a form of table; to be subclassed."""

    _name = ""
    _valid = False
    delimiter = None
    quotechar = None
    escapechar = None
    doublequote = None
    skipinitialspace = None
    lineterminator = None
    quoting = None

    def __init__(self):
        if self.__class__ != Dialect:
            self._valid = True
        try:
            _Form(self)
        except TypeError as problem:
            raise Error(str(problem)) from None


def _character(name, value, optional):
    """A setting of one character; None where that is allowed."""
    if value is None and optional:
        return None
    if not isinstance(value, str):
        raise TypeError(f'"{name}" must be string{" or None" if optional else ""}, not '
                        f'{type(value).__name__}')
    if len(value) != 1:
        raise TypeError(f'"{name}" must be a 1-character string')
    return value


class _Form:
    """A dialect whose settings were checked; cannot be changed."""

    _DEFAULTS = {"delimiter": ",", "doublequote": True, "escapechar": None,
                 "lineterminator": "\r\n", "quotechar": '"', "quoting": QUOTE_MINIMAL,
                 "skipinitialspace": False, "strict": False}

    def __init__(self, dialect=None, **settings):
        for name in settings:
            if name not in self._DEFAULTS:
                raise TypeError(f"'{name}' is an invalid keyword argument for this function")
        if isinstance(dialect, str):
            dialect = get_dialect(dialect)

        def choose(name):
            if name in settings:
                return settings[name]
            return getattr(dialect, name, self._DEFAULTS[name])

        own = self.__dict__
        own["delimiter"] = _character("delimiter", choose("delimiter"), False)
        own["doublequote"] = bool(choose("doublequote"))
        own["escapechar"] = _character("escapechar", choose("escapechar"), True)
        terminator = choose("lineterminator")
        if terminator is None:
            raise TypeError("lineterminator must be set")
        if not isinstance(terminator, str):
            raise TypeError(f'"lineterminator" must be a string, not {type(terminator).__name__}')
        own["lineterminator"] = terminator
        quoting = choose("quoting")
        if not isinstance(quoting, int):
            raise TypeError('"quoting" must be an integer')
        if not 0 <= quoting <= 3:
            raise TypeError('bad "quoting" value')
        quotechar = choose("quotechar")
        own["quotechar"] = _character("quotechar", quotechar, True)
        if "quotechar" in settings and quotechar is None and "quoting" not in settings:
            quoting = QUOTE_NONE
        if quoting != QUOTE_NONE and own["quotechar"] is None:
            raise TypeError("quotechar must be set if quoting enabled")
        own["quoting"] = quoting
        own["skipinitialspace"] = bool(choose("skipinitialspace"))
        own["strict"] = bool(choose("strict"))

    def __setattr__(self, name, value):
        raise AttributeError(f"attribute '{name}' of '_csv.Dialect' objects is not writable"
                             if name in self._DEFAULTS else
                             f"'_csv.Dialect' object has no attribute '{name}'")

    def __delattr__(self, name):
        self.__setattr__(name, None)

    def __reduce_ex__(self, protocol):
        raise TypeError("cannot pickle 'Dialect' instances")


_dialects = {}


def register_dialect(name, dialect=None, **fmtparams):
    """Makes a dialect known by a name."""
    if not isinstance(name, str):
        raise TypeError("dialect name must be a string")
    _dialects[name] = _Form(dialect, **fmtparams)


def unregister_dialect(name):
    """Forgets a name."""
    try:
        del _dialects[name]
    except (KeyError, TypeError):
        raise Error("unknown dialect") from None


def get_dialect(name):
    """The dialect of a name."""
    try:
        return _dialects[name]
    except (KeyError, TypeError):
        raise Error("unknown dialect") from None


def list_dialects():
    """Names of all dialects."""
    return list(_dialects)


def field_size_limit(*limit):
    """The length of the longest field allowed; sets a new one."""
    global _field_limit
    old = _field_limit
    if limit:
        if not isinstance(limit[0], int):
            raise TypeError("limit must be an integer")
        _field_limit = limit[0]
    return old

# ---- reading


class _Reader:
    """Rows of the lines of an iterable."""

    def __init__(self, lines, dialect, settings):
        self._lines = iter(lines)
        self.dialect = _Form(dialect, **settings)
        self.line_num = 0
        form = self.dialect
        # A stretch of ordinary characters, for the state outside and inside quotes.
        special = "".join(map(re.escape, {form.delimiter, "\r", "\n", "\0",
                                          form.quotechar or "", form.escapechar or ""} - {""}))
        inside = "".join(map(re.escape, {form.quotechar or "", form.escapechar or ""} - {""}))
        self._plain = re.compile(f"[^{special}]+")
        self._inside = re.compile(f"[^{inside}]+" if inside else "(?s:.)+")

    def __iter__(self):
        return self

    def __next__(self):
        self._row, self._field, self._numeric = [], [], False
        state = self._at_start_of_row
        while True:
            try:
                line = next(self._lines)
            except StopIteration:
                if self._field or state in (self._in_quotes, self._escaped_quoted):
                    if self.dialect.strict:
                        raise Error("unexpected end of data") from None
                    self._end_field()
                    return self._row
                if state == self._escaped or self._row:
                    self._end_field()
                    return self._row
                raise
            if not isinstance(line, str):
                raise Error(f"iterator should return strings, not {type(line).__name__} (the file "
                            f"should be opened in text mode)")
            self.line_num += 1
            position = 0
            while position < len(line):
                state, position = state(line, position)
            state = self._end_of_line(state)
            if state == self._at_start_of_row:
                return self._row

    # Each state takes the line and a position, and gives the next state and position.

    def _at_start_of_row(self, line, i):
        if line[i] in "\r\n":
            return self._after_row, i + 1
        return self._at_start_of_field(line, i)

    def _at_start_of_field(self, line, i):
        form = self.dialect
        c = line[i]
        if c in "\r\n":
            self._end_field()
            return self._after_row, i + 1
        if c == form.quotechar and form.quoting != QUOTE_NONE:
            return self._in_quotes, i + 1
        if c == form.escapechar:
            return self._escaped, i + 1
        if c == " " and form.skipinitialspace:
            return self._at_start_of_field, i + 1
        if c == form.delimiter:
            self._end_field()
            return self._at_start_of_field, i + 1
        if form.quoting == QUOTE_NONNUMERIC:
            self._numeric = True
        return self._add(c, self._in_field), i + 1

    def _in_field(self, line, i):
        form = self.dialect
        c = line[i]
        if c in "\r\n":
            self._end_field()
            return self._after_row, i + 1
        if c == form.escapechar:
            return self._escaped, i + 1
        if c == form.delimiter:
            self._end_field()
            return self._at_start_of_field, i + 1
        match = self._plain.match(line, i)
        if match:
            return self._add(match.group(), self._in_field), match.end()
        return self._add(c, self._in_field), i + 1

    def _escaped(self, line, i):
        return self._add(line[i], self._in_field), i + 1

    def _escaped_quoted(self, line, i):
        return self._add(line[i], self._in_quotes), i + 1

    def _in_quotes(self, line, i):
        form = self.dialect
        c = line[i]
        if c == form.escapechar:
            return self._escaped_quoted, i + 1
        if c == form.quotechar and form.quoting != QUOTE_NONE:
            return (self._quote_in_quotes if form.doublequote else self._in_field), i + 1
        match = self._inside.match(line, i)
        if match:
            return self._add(match.group(), self._in_quotes), match.end()
        return self._add(c, self._in_quotes), i + 1

    def _quote_in_quotes(self, line, i):
        form = self.dialect
        c = line[i]
        if c == form.quotechar and form.quoting != QUOTE_NONE:
            return self._add(c, self._in_quotes), i + 1
        if c == form.delimiter:
            self._end_field()
            return self._at_start_of_field, i + 1
        if c in "\r\n":
            self._end_field()
            return self._after_row, i + 1
        if not form.strict:
            return self._add(c, self._in_field), i + 1
        raise Error(f"'{form.delimiter}' expected after '{form.quotechar}'")

    def _after_row(self, line, i):
        if line[i] in "\r\n":
            return self._after_row, i + 1
        raise Error("new-line character seen in unquoted field - do you need to open the file in "
                    "universal-newline mode?")

    def _end_of_line(self, state):
        if state == self._in_quotes:
            return state
        if state == self._escaped_quoted:
            return self._add("\n", self._in_quotes)
        if state == self._escaped:
            return self._add("\n", self._in_field)
        if state in (self._in_field, self._quote_in_quotes):
            self._end_field()
        elif state == self._at_start_of_field:
            self._end_field()
        return self._at_start_of_row

    def _add(self, text, state):
        self._field.append(text)
        if sum(map(len, self._field)) > _field_limit:
            raise Error(f"field larger than field limit ({_field_limit})")
        return state

    def _end_field(self):
        text = "".join(self._field)
        self._field = []
        if self._numeric:
            self._numeric = False
            text = float(text)
        self._row.append(text)


def reader(iterable, dialect="excel", **fmtparams):
    """An iterator over the rows of lines, each a list of str."""
    return _Reader(iterable, dialect, fmtparams)

# ---- writing


class _Writer:
    """Writes rows to a file."""

    def __init__(self, file, dialect, settings):
        try:
            self._write = file.write
        except AttributeError:
            raise TypeError('argument 1 must have a "write" method') from None
        if not callable(self._write):
            raise TypeError('argument 1 must have a "write" method')
        self.dialect = _Form(dialect, **settings)

    def _field_text(self, value, alone):
        """The text of a field; alone: an empty one must show that it is there."""
        form = self.dialect
        if isinstance(value, str):
            text = value
        else:
            text = "" if value is None else str(value)
        quoted = form.quoting == QUOTE_ALL or (
            form.quoting == QUOTE_NONNUMERIC and not isinstance(value, (int, float)))
        pieces = []
        for c in text:
            escape = False
            if c in (form.delimiter, form.escapechar, form.quotechar, "\n", "\r") or (
                    c in form.lineterminator):
                if form.quoting == QUOTE_NONE:
                    escape = True
                elif c == form.quotechar:
                    if form.doublequote:
                        pieces.append(c)
                    else:
                        escape = True
                    quoted = quoted or not escape
                elif c == form.escapechar:
                    escape = True
                else:
                    quoted = True
                if escape:
                    if not form.escapechar:
                        raise Error("need to escape, but no escapechar set")
                    pieces.append(form.escapechar)
            pieces.append(c)
        if not text and alone:
            if form.quoting == QUOTE_NONE:
                raise Error("single empty field record must be quoted")
            quoted = True
        body = "".join(pieces)
        return f"{form.quotechar}{body}{form.quotechar}" if quoted else body

    def writerow(self, row):
        """Writes one row."""
        try:
            row = list(row)
        except TypeError:
            raise Error(f"iterable expected, not {type(row).__name__}") from None
        alone = len(row) == 1
        text = self.dialect.delimiter.join([self._field_text(v, alone) for v in row])
        return self._write(text + self.dialect.lineterminator)

    def writerows(self, rows):
        """Writes many rows."""
        for row in rows:
            self.writerow(row)


def writer(fileobj, dialect="excel", **fmtparams):
    """An object that writes rows to a file."""
    return _Writer(fileobj, dialect, fmtparams)


class excel(Dialect):
    """What Excel writes."""

    delimiter = ","
    quotechar = '"'
    doublequote = True
    skipinitialspace = False
    lineterminator = "\r\n"
    quoting = QUOTE_MINIMAL


class excel_tab(excel):
    """What Excel writes, with tabs."""

    delimiter = "\t"


class unix_dialect(Dialect):
    """What Unix programs write."""

    delimiter = ","
    quotechar = '"'
    doublequote = True
    skipinitialspace = False
    lineterminator = "\n"
    quoting = QUOTE_ALL


register_dialect("excel", excel)
register_dialect("excel-tab", excel_tab)
register_dialect("unix", unix_dialect)

# ---- rows as dicts


class DictReader:
    """Rows as dicts, by the names in the first row or given."""

    def __init__(self, f, fieldnames=None, restkey=None, restval=None, dialect="excel", *args,
                 **kwds):
        if fieldnames is not None and iter(fieldnames) is fieldnames:
            fieldnames = list(fieldnames)
        self._fieldnames = fieldnames
        self.restkey = restkey
        self.restval = restval
        self.reader = reader(f, dialect, *args, **kwds)
        self.dialect = dialect
        self.line_num = 0

    def __iter__(self):
        return self

    @property
    def fieldnames(self):
        if self._fieldnames is None:
            try:
                self._fieldnames = next(self.reader)
            except StopIteration:
                pass
        self.line_num = self.reader.line_num
        return self._fieldnames

    @fieldnames.setter
    def fieldnames(self, value):
        self._fieldnames = value

    def __next__(self):
        names = self.fieldnames
        row = next(self.reader)
        while row == []:
            row = next(self.reader)
        self.line_num = self.reader.line_num
        result = dict(zip(names, row))
        if len(names) < len(row):
            result[self.restkey] = row[len(names):]
        for name in names[len(row):]:
            result[name] = self.restval
        return result


class DictWriter:
    """Writes dicts as rows."""

    def __init__(self, f, fieldnames, restval="", extrasaction="raise", dialect="excel", *args,
                 **kwds):
        if fieldnames is not None and iter(fieldnames) is fieldnames:
            fieldnames = list(fieldnames)
        self.fieldnames = fieldnames
        self.restval = restval
        extrasaction = extrasaction.lower()
        if extrasaction not in ("raise", "ignore"):
            raise ValueError(f"extrasaction ({extrasaction}) must be 'raise' or 'ignore'")
        self.extrasaction = extrasaction
        self.writer = writer(f, dialect, *args, **kwds)

    def writeheader(self):
        """Writes the names of the fields."""
        return self.writerow(dict(zip(self.fieldnames, self.fieldnames)))

    def _row(self, rowdict):
        if self.extrasaction == "raise":
            wrong = rowdict.keys() - self.fieldnames
            if wrong:
                raise ValueError("dict contains fields not in fieldnames: "
                                 + ", ".join([repr(x) for x in wrong]))
        return (rowdict.get(key, self.restval) for key in self.fieldnames)

    def writerow(self, rowdict):
        """Writes one dict."""
        return self.writer.writerow(self._row(rowdict))

    def writerows(self, rowdicts):
        """Writes many dicts."""
        return self.writer.writerows(map(self._row, rowdicts))

# ---- guessing


class Sniffer:
    """Guesses the dialect of a sample, and whether it has a row of names."""

    def __init__(self):
        self.preferred = [",", "\t", ";", " ", ":"]

    def sniff(self, sample, delimiters=None):
        """The dialect of a sample."""
        quote, doubled, delimiter, skip = self._by_quotes(sample, delimiters)
        if not delimiter:
            delimiter, skip = self._by_counts(sample, delimiters)
        if not delimiter:
            raise Error("Could not determine delimiter")

        class dialect(Dialect):
            _name = "sniffed"
            lineterminator = "\r\n"
            quoting = QUOTE_MINIMAL

        dialect.doublequote = doubled
        dialect.delimiter = delimiter
        dialect.quotechar = quote or '"'
        dialect.skipinitialspace = skip
        return dialect

    def _by_quotes(self, sample, delimiters):
        """(quote, whether doubled, delimiter, whether blanks follow it) from quoted fields."""
        matches = []
        for pattern in (r"(?P<delim>[^\w\n\"'])(?P<space> ?)(?P<quote>[\"']).*?(?P=quote)(?P=delim)",
                        r"(?:^|\n)(?P<quote>[\"']).*?(?P=quote)(?P<delim>[^\w\n\"'])(?P<space> ?)",
                        r"(?P<delim>[^\w\n\"'])(?P<space> ?)(?P<quote>[\"']).*?(?P=quote)(?:$|\n)",
                        r"(?:^|\n)(?P<quote>[\"']).*?(?P=quote)(?:$|\n)"):
            compiled = re.compile(pattern, re.DOTALL | re.MULTILINE)
            matches = list(compiled.finditer(sample))
            if matches:
                break
        if not matches:
            return "", False, None, False
        quotes, delims, spaces = {}, {}, 0
        for match in matches:
            found = match.groupdict()
            quotes[found["quote"]] = quotes.get(found["quote"], 0) + 1
            delimiter = found.get("delim")
            if delimiter and (delimiters is None or delimiter in delimiters):
                delims[delimiter] = delims.get(delimiter, 0) + 1
                spaces += bool(found.get("space"))
        quote = max(quotes, key=quotes.get)
        delimiter = max(delims, key=delims.get) if delims else ""
        skip = bool(delims) and delims[delimiter] == spaces
        if delimiter == "\n":
            delimiter = ""      # one column alone
        q, d = re.escape(quote), re.escape(delimiter)
        doubled = re.search(rf"((?:{d})|^)\W*{q}[^{d}\n]*{q}[^{d}\n]*{q}\W*((?:{d})|$)", sample,
                            re.MULTILINE) if delimiter else None
        return quote, bool(doubled), delimiter, skip

    def _by_counts(self, sample, delimiters):
        """The character that lines have equally often."""
        lines = list(filter(None, sample.split("\n")))
        if not lines:
            return "", False
        steady = {}
        for character in map(chr, range(127)):
            counts = [line.count(character) for line in lines]
            usual = max(set(counts), key=counts.count)
            if usual and (delimiters is None or character in delimiters):
                share = counts.count(usual) / len(lines)
                if share >= 0.9:
                    steady[character] = usual
        if not steady:
            return "", False

        def skips(delimiter):
            return lines[0].count(delimiter) == lines[0].count(delimiter + " ")

        if len(steady) > 1:
            for preferred in self.preferred:
                if preferred in steady:
                    return preferred, skips(preferred)
        candidates = [c for c in steady if not c.isalnum()] or list(steady)
        delimiter = max(candidates, key=lambda c: (steady[c], c))
        return delimiter, skips(delimiter)

    def has_header(self, sample):
        """Whether the first row looks other than the rest: by types and by lengths."""
        rows = reader(io.StringIO(sample), self.sniff(sample))
        header = next(rows)
        kinds = dict.fromkeys(range(len(header)))
        for checked, row in enumerate(rows):
            if checked > 20:
                break
            if len(row) != len(header):
                continue
            for column in list(kinds):
                try:
                    complex(row[column])
                    kind = complex
                except ValueError:
                    kind = len(row[column])
                if kinds[column] is None:
                    kinds[column] = kind
                elif kinds[column] != kind:
                    del kinds[column]
        votes = 0
        for column, kind in kinds.items():
            if isinstance(kind, int):
                votes += 1 if len(header[column]) != kind else -1
            else:
                try:
                    kind(header[column])
                    votes -= 1
                except (ValueError, TypeError):
                    votes += 1
        return votes > 0
