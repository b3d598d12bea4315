"""Writing JSON."""

from _json import encode_basestring, encode_basestring_ascii, make_encoder

__all__ = ['JSONEncoder']

INFINITY = float('inf')


class JSONEncoder:
    """Turns values into JSON text.

    None, bool, int, float, str, list, tuple and dict are known; `default` makes one of those of
    anything else, as an argument or as a method of a subclass.
    """

    item_separator = ', '
    key_separator = ': '

    def __init__(self, *, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True,
                 sort_keys=False, indent=None, separators=None, default=None):
        self.skipkeys = skipkeys
        self.ensure_ascii = ensure_ascii
        self.check_circular = check_circular
        self.allow_nan = allow_nan
        self.sort_keys = sort_keys
        self.indent = indent
        if separators is not None:
            self.item_separator, self.key_separator = separators
        elif indent is not None:
            self.item_separator = ','
        if default is not None:
            self.default = default

    def default(self, o):
        """For subclasses: something that can be written in place of o."""
        raise TypeError('Object of type %s is not JSON serializable' % o.__class__.__name__)

    def encode(self, o):
        """o as text."""
        return self._run(o)[0]

    def iterencode(self, o, _one_shot=False):
        """o as text in pieces."""
        return iter(self._run(o))

    def _run(self, o):
        indent = self.indent
        if indent is not None and not isinstance(indent, str):
            indent = ' ' * indent
        return make_encoder({} if self.check_circular else None, self.default,
                            True if self.ensure_ascii else None, indent, self.key_separator,
                            self.item_separator, self.sort_keys, self.skipkeys,
                            self.allow_nan)(o, 0)
