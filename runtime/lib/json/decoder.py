"""Reading JSON."""

from _json import make_scanner, scanstring

__all__ = ['JSONDecoder', 'JSONDecodeError']

NaN = float('nan')
PosInf = float('inf')
NegInf = float('-inf')
_CONSTANTS = {'-Infinity': NegInf, 'Infinity': PosInf, 'NaN': NaN}
_SPACE = ' \t\n\r'


class JSONDecodeError(ValueError):
    """Text that is no JSON: msg, doc, pos, and the lineno and colno of pos."""

    def __init__(self, msg, doc, pos):
        lineno = doc.count('\n', 0, pos) + 1
        colno = pos - doc.rfind('\n', 0, pos)
        ValueError.__init__(self, '%s: line %d column %d (char %d)' % (msg, lineno, colno, pos))
        self.msg = msg
        self.doc = doc
        self.pos = pos
        self.lineno = lineno
        self.colno = colno

    def __reduce__(self):
        return self.__class__, (self.msg, self.doc, self.pos)


def _after_space(s, at):
    while s[at:at + 1] and s[at] in _SPACE:
        at += 1
    return at


class JSONDecoder:
    """Turns JSON text into values.

    object_hook gets every dict and may replace it; object_pairs_hook gets a list of pairs instead;
    parse_float, parse_int and parse_constant get the text of numbers and of NaN and the infinities.
    strict forbids control characters inside strings.
    """

    def __init__(self, *, object_hook=None, parse_float=None, parse_int=None, parse_constant=None,
                 strict=True, object_pairs_hook=None):
        self.object_hook = object_hook
        self.parse_float = parse_float or float
        self.parse_int = parse_int or int
        self.parse_constant = parse_constant or _CONSTANTS.__getitem__
        self.strict = strict
        self.object_pairs_hook = object_pairs_hook
        self.memo = {}
        self.scan_once = make_scanner(self)

    def decode(self, s):
        """The value of a text that is one JSON value."""
        obj, end = self.raw_decode(s, _after_space(s, 0))
        end = _after_space(s, end)
        if end != len(s):
            raise JSONDecodeError("Extra data", s, end)
        return obj

    def raw_decode(self, s, idx=0):
        """The value that begins at idx, and where it ends."""
        try:
            return self.scan_once(s, idx)
        except StopIteration as stop:
            at = stop.value
        raise JSONDecodeError("Expecting value", s, at) from None
