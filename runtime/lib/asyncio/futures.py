"""A result that is not there yet."""

import contextvars
import sys
import types

from . import events
from .exceptions import CancelledError, InvalidStateError

__all__ = ("Future", "isfuture")

_PENDING = "PENDING"
_CANCELLED = "CANCELLED"
_FINISHED = "FINISHED"


def isfuture(obj):
    """Whether obj behaves as a Future."""
    return (hasattr(type(obj), "_asyncio_future_blocking") and
            obj._asyncio_future_blocking is not None)


def _short_repr(value, limit=200):
    text = repr(value)
    return text if len(text) <= limit else text[:limit // 2] + "..." + text[-limit // 2:]


class Future:
    """A result, an exception or a cancellation to come; coroutines wait for it with await."""

    _state = _PENDING
    _result = None
    _exception = None
    _loop = None
    _source_traceback = None
    _cancel_message = None
    _cancelled_error = None

    # A task sets it False again when it has taken notice of the yielded future.
    _asyncio_future_blocking = False
    # __del__ tells of an exception that nobody asked for.
    __log_traceback = False

    def __init__(self, *, loop=None):
        self._loop = events.get_event_loop() if loop is None else loop
        self._callbacks = []

    def __repr__(self):
        return f"<{' '.join(self._repr_info())}>"

    def _repr_info(self):
        info = [type(self).__name__, self._state.lower()]
        if self._state == _FINISHED:
            if self._exception is not None:
                info.append(f"exception={self._exception!r}")
            else:
                info.append(f"result={_short_repr(self._result)}")
        if self._callbacks:
            shown = [events._describe_callback(f, ()) for f, _ in self._callbacks]
            if len(shown) > 2:
                shown[1:-1] = [f"<{len(shown) - 2} more>"]
            info.append(f"cb=[{', '.join(shown)}]")
        return info

    def __del__(self):
        if not self.__log_traceback:
            return
        self._loop.call_exception_handler({
            "message": f"{type(self).__name__} exception was never retrieved",
            "exception": self._exception,
            "future": self,
        })

    __class_getitem__ = classmethod(types.GenericAlias)

    @property
    def _log_traceback(self):
        return self.__log_traceback

    @_log_traceback.setter
    def _log_traceback(self, value):
        if value:
            raise ValueError("_log_traceback can only be set to False")
        self.__log_traceback = False

    def get_loop(self):
        """The loop it belongs to."""
        return self._loop

    def cancelled(self):
        return self._state == _CANCELLED

    def done(self):
        """Whether it has a result or an exception, or was cancelled."""
        return self._state != _PENDING

    def _make_cancelled_error(self):
        if self._cancelled_error is not None:
            error = self._cancelled_error
            self._cancelled_error = None
            return error
        if self._cancel_message is None:
            return CancelledError()
        return CancelledError(self._cancel_message)

    def cancel(self, msg=None):
        """Cancels it, unless it is done: whether it did."""
        self.__log_traceback = False
        if self._state != _PENDING:
            return False
        self._state = _CANCELLED
        self._cancel_message = msg
        self.__schedule_callbacks()
        return True

    def result(self):
        """The result; raises the exception if there is one."""
        if self._state == _CANCELLED:
            raise self._make_cancelled_error()
        if self._state != _FINISHED:
            raise InvalidStateError("Result is not set.")
        self.__log_traceback = False
        if self._exception is not None:
            raise self._exception.with_traceback(self._exception_traceback)
        return self._result

    def exception(self):
        """The exception, or None."""
        if self._state == _CANCELLED:
            raise self._make_cancelled_error()
        if self._state != _FINISHED:
            raise InvalidStateError("Exception is not set.")
        self.__log_traceback = False
        return self._exception

    def add_done_callback(self, fn, *, context=None):
        """fn(future) is called soon after it is done."""
        if self._state != _PENDING:
            self._loop.call_soon(fn, self, context=context)
            return
        if context is None:
            context = contextvars.copy_context()
        self._callbacks.append((fn, context))

    def remove_done_callback(self, fn):
        """Takes out all of fn: how many there were."""
        kept = [entry for entry in self._callbacks if entry[0] != fn]
        removed = len(self._callbacks) - len(kept)
        if removed:
            self._callbacks[:] = kept
        return removed

    def set_result(self, result):
        """It is done."""
        if self._state != _PENDING:
            raise InvalidStateError("invalid state")
        self._result = result
        self._state = _FINISHED
        self.__schedule_callbacks()

    def set_exception(self, exception):
        """It has failed."""
        if self._state != _PENDING:
            raise InvalidStateError("invalid state")
        if isinstance(exception, type):
            exception = exception()
        if type(exception) is StopIteration:
            raise TypeError("StopIteration interacts badly with generators and cannot be raised "
                            "into a Future")
        self._exception = exception
        self._exception_traceback = exception.__traceback__
        self._state = _FINISHED
        self.__log_traceback = True
        self.__schedule_callbacks()

    def __schedule_callbacks(self):
        callbacks = self._callbacks[:]
        self._callbacks[:] = []
        for callback, context in callbacks:
            self._loop.call_soon(callback, self, context=context)

    def __await__(self):
        if not self.done():
            self._asyncio_future_blocking = True
            yield self
        if not self.done():
            raise RuntimeError("await wasn't used with future")
        return self.result()

    __iter__ = __await__


def _set_result_unless_cancelled(future, result):
    if not future.cancelled():
        future.set_result(result)


def _set_result_unless_done(future, result=None):
    if not future.done():
        future.set_result(result)


def _get_loop(future):
    get_loop = getattr(future, "get_loop", None)
    return future._loop if get_loop is None else get_loop()
