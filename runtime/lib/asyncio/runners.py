"""run(): a loop for one coroutine."""

import contextvars
import enum
import functools
import signal

from . import coroutines, events, exceptions, tasks

__all__ = ("Runner", "run")


class _State(enum.Enum):
    CREATED = "created"
    INITIALIZED = "initialized"
    CLOSED = "closed"


class Runner:
    """A loop that lives as long as a with block and runs coroutines in it, one after another."""

    def __init__(self, *, debug=None, loop_factory=None):
        self._state = _State.CREATED
        self._debug = debug
        self._loop_factory = loop_factory
        self._loop = None
        self._context = None
        self._interrupts = 0
        self._set_loop = False

    def __enter__(self):
        self._prepare()
        return self

    def __exit__(self, kind, error, traceback):
        self.close()

    def close(self):
        """Cancels what still runs, and closes the loop."""
        if self._state is not _State.INITIALIZED:
            return
        try:
            loop = self._loop
            _cancel_all_tasks(loop)
            loop.run_until_complete(loop.shutdown_asyncgens())
            loop.run_until_complete(loop.shutdown_default_executor())
        finally:
            if self._set_loop:
                events.set_event_loop(None)
            loop.close()
            self._loop = None
            self._state = _State.CLOSED

    def get_loop(self):
        """The loop."""
        self._prepare()
        return self._loop

    def run(self, coro, *, context=None):
        """Runs a coroutine: its result."""
        if not coroutines.iscoroutine(coro):
            raise ValueError(f"a coroutine was expected, got {coro!r}")
        if events._get_running_loop() is not None:
            raise RuntimeError("Runner.run() cannot be called from a running event loop")
        self._prepare()
        task = self._loop.create_task(coro, context=self._context if context is None else context)
        handler = None
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            handler = functools.partial(self._on_interrupt, task=task)
            signal.signal(signal.SIGINT, handler)
        self._interrupts = 0
        try:
            return self._loop.run_until_complete(task)
        except exceptions.CancelledError:
            if self._interrupts > 0 and task.uncancel() == 0:
                raise KeyboardInterrupt
            raise
        finally:
            if handler is not None and signal.getsignal(signal.SIGINT) is handler:
                signal.signal(signal.SIGINT, signal.default_int_handler)

    def _prepare(self):
        if self._state is _State.CLOSED:
            raise RuntimeError("Runner is closed")
        if self._state is _State.INITIALIZED:
            return
        if self._loop_factory is None:
            self._loop = events.new_event_loop()
            if not self._set_loop:
                events.set_event_loop(self._loop)
                self._set_loop = True
        else:
            self._loop = self._loop_factory()
        if self._debug is not None:
            self._loop.set_debug(self._debug)
        self._context = contextvars.copy_context()
        self._state = _State.INITIALIZED

    def _on_interrupt(self, number, frame, task):
        """The first Ctrl-C cancels the task, the next one interrupts."""
        self._interrupts += 1
        if self._interrupts == 1 and not task.done():
            task.cancel()
            self._loop.call_soon(lambda: None)
            return
        raise KeyboardInterrupt()


def run(main, *, debug=None):
    """Runs a coroutine in a loop of its own: its result."""
    if events._get_running_loop() is not None:
        raise RuntimeError("asyncio.run() cannot be called from a running event loop")
    with Runner(debug=debug) as runner:
        return runner.run(main)


def _cancel_all_tasks(loop):
    waiting = tasks.all_tasks(loop)
    if not waiting:
        return
    for task in waiting:
        task.cancel()
    loop.run_until_complete(tasks.gather(*waiting, return_exceptions=True))
    for task in waiting:
        if not task.cancelled() and task.exception() is not None:
            loop.call_exception_handler({
                "message": "unhandled exception during asyncio.run() shutdown",
                "exception": task.exception(),
                "task": task,
            })
