"""Handlers of signals; numbers are members of enumerations."""

import _signal
from _signal import *
from enum import IntEnum as _IntEnum

_IntEnum._convert_("Signals", __name__,
                   lambda name: name.isupper() and name.startswith("SIG") and
                   not name.startswith("SIG_"))
_IntEnum._convert_("Handlers", __name__, lambda name: name in ("SIG_DFL", "SIG_IGN"))


def _to_enum(value, kind):
    """The member for a number; anything else stays itself."""
    if not isinstance(value, int):
        return value
    try:
        return kind(value)
    except ValueError:
        return value


def signal(signalnum, handler):
    """Sets the handler of a signal: the old one."""
    if isinstance(handler, _IntEnum):
        handler = int(handler)
    return _to_enum(_signal.signal(int(signalnum), handler), Handlers)


def getsignal(signalnum):
    """The handler of a signal."""
    return _to_enum(_signal.getsignal(signalnum), Handlers)


def valid_signals():
    """All signals of the system."""
    return {_to_enum(number, Signals) for number in _signal.valid_signals()}
