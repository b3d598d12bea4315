"""What counts as a coroutine."""

import collections.abc
import inspect
import types

__all__ = ("iscoroutine", "iscoroutinefunction")

# unittest.mock marks functions with it
_is_coroutine = object()


def iscoroutinefunction(func):
    """Whether calling func makes a coroutine."""
    return (inspect.iscoroutinefunction(func) or
            getattr(func, "_is_coroutine", None) is _is_coroutine)


def iscoroutine(obj):
    """Whether obj is a coroutine object."""
    return isinstance(obj, (types.CoroutineType, collections.abc.Coroutine))


def _describe(coro):
    """Name and state of a coroutine, for the repr of its task."""
    name = getattr(coro, "__qualname__", None) or getattr(coro, "__name__", None)
    name = f"{name}()" if name else f"<{type(coro).__name__} without __name__>()"
    code = getattr(coro, "cr_code", None) or getattr(coro, "gi_code", None)
    if code is None:
        running = getattr(coro, "cr_running", False) or getattr(coro, "gi_running", False)
        return f"{name} running" if running else name
    frame = getattr(coro, "cr_frame", None) or getattr(coro, "gi_frame", None)
    file = code.co_filename or "<empty co_filename>"
    if frame is None:
        return f"{name} done, defined at {file}:{code.co_firstlineno}"
    return f"{name} running at {file}:{frame.f_lineno}"
