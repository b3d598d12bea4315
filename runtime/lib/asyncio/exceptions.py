"""Exceptions of asyncio."""

__all__ = ("BrokenBarrierError", "CancelledError", "IncompleteReadError", "InvalidStateError",
           "LimitOverrunError", "QueueEmpty", "QueueFull", "SendfileNotAvailableError",
           "TimeoutError")

TimeoutError = TimeoutError


class CancelledError(BaseException):
    """The future or task was cancelled."""


class InvalidStateError(Exception):
    """The future is not in a state in which this can be done."""


class BrokenBarrierError(RuntimeError):
    """The barrier was broken by abort()."""


class QueueEmpty(Exception):
    """get_nowait() of an empty queue."""


class QueueFull(Exception):
    """put_nowait() to a full queue."""


class SendfileNotAvailableError(RuntimeError):
    """The system cannot send this file by itself."""


class IncompleteReadError(EOFError):
    """The stream ended early: `partial` is what came, `expected` how many bytes should have."""

    def __init__(self, partial, expected):
        wanted = "undefined" if expected is None else repr(expected)
        super().__init__(f"{len(partial)} bytes read on a total of {wanted} expected bytes")
        self.partial = partial
        self.expected = expected

    def __reduce__(self):
        return type(self), (self.partial, self.expected)


class LimitOverrunError(Exception):
    """No separator within the limit; `consumed` bytes can be given up."""

    def __init__(self, message, consumed):
        super().__init__(message)
        self.consumed = consumed

    def __reduce__(self):
        return type(self), (self.args[0], self.consumed)
