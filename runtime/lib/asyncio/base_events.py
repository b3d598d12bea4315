"""The event loop: calls that are due, timers in a heap, file descriptors watched by epoll."""

import collections
import heapq
import select
import sys
import time
import traceback
import warnings
import weakref

from . import coroutines, events, futures, tasks
from .exceptions import CancelledError

__all__ = ("BaseEventLoop", "SelectorEventLoop")

# Cancelled timers are taken out of the heap when there are so many and half of it is such.
_MIN_CANCELLED_TIMERS = 100

# epoll is not asked to wait longer (seconds).
_LONGEST_WAIT = 24 * 3600


class BaseEventLoop(events.AbstractEventLoop):
    """A loop for the running thread."""

    def __init__(self):
        self._ready = collections.deque()
        self._timers = []
        self._timers_cancelled = 0
        self._clock_resolution = time.get_clock_info("monotonic").resolution
        self._closed = False
        self._stopping = False
        self._running = False
        self._debug = sys.flags.dev_mode
        self._exception_handler = None
        self._task_factory = None
        self._readers = {}
        self._writers = {}
        self._signals = {}
        self._asyncgens = weakref.WeakSet()
        self._asyncgens_shutdown = False
        self._epoll = select.epoll()

    def __repr__(self):
        return (f"<{type(self).__name__} running={self.is_running()} closed={self.is_closed()} "
                f"debug={self.get_debug()}>")

    def __del__(self, warn=warnings.warn):
        if not getattr(self, "_closed", True):
            warn(f"unclosed event loop {self!r}", ResourceWarning, source=self)
            if not self._running:
                self.close()

    # ---- running

    def _check_closed(self):
        if self._closed:
            raise RuntimeError("Event loop is closed")

    def _check_running(self):
        if self._running:
            raise RuntimeError("This event loop is already running")
        if events._get_running_loop() is not None:
            raise RuntimeError("Cannot run the event loop while another loop is running")

    def run_forever(self):
        """Runs until stop() is called."""
        self._check_closed()
        self._check_running()
        hooks = sys.get_asyncgen_hooks()
        self._running = True
        try:
            sys.set_asyncgen_hooks(firstiter=self._asyncgen_first,
                                   finalizer=self._asyncgen_finalize)
            events._set_running_loop(self)
            while True:
                self._run_once()
                if self._stopping:
                    break
        finally:
            self._stopping = False
            self._running = False
            events._set_running_loop(None)
            sys.set_asyncgen_hooks(*hooks)

    def run_until_complete(self, future):
        """Runs until the future (or coroutine) is done: its result."""
        self._check_closed()
        self._check_running()
        own = not futures.isfuture(future)
        future = tasks.ensure_future(future, loop=self)
        future.add_done_callback(_stop_loop)
        try:
            self.run_forever()
        except:
            if own and future.done() and not future.cancelled():
                future.exception()  # the caller never sees the task
            raise
        finally:
            future.remove_done_callback(_stop_loop)
        if not future.done():
            raise RuntimeError("Event loop stopped before Future completed.")
        return future.result()

    def stop(self):
        """run_forever() returns when the calls that are due have been made."""
        self._stopping = True

    def is_running(self):
        return self._running

    def is_closed(self):
        return self._closed

    def close(self):
        """Gives up the loop; it must not run."""
        if self._running:
            raise RuntimeError("Cannot close a running event loop")
        if self._closed:
            return
        for number in list(self._signals):
            self.remove_signal_handler(number)
        self._closed = True
        self._ready.clear()
        self._timers.clear()
        self._readers.clear()
        self._writers.clear()
        self._epoll.close()

    # ---- asynchronous generators

    def _asyncgen_first(self, agen):
        if self._asyncgens_shutdown:
            warnings.warn(f"asynchronous generator {agen!r} was scheduled after "
                          "loop.shutdown_asyncgens() call", ResourceWarning, source=self)
        self._asyncgens.add(agen)

    def _asyncgen_finalize(self, agen):
        self._asyncgens.discard(agen)
        if not self._closed:
            self.call_soon(self.create_task, agen.aclose())

    async def shutdown_asyncgens(self):
        """Closes the asynchronous generators that are still open."""
        self._asyncgens_shutdown = True
        closing = list(self._asyncgens)
        self._asyncgens.clear()
        results = await tasks.gather(*[agen.aclose() for agen in closing],
                                     return_exceptions=True)
        for result, agen in zip(results, closing):
            if isinstance(result, Exception):
                self.call_exception_handler({
                    "message": "an error occurred during closing of asynchronous generator "
                               f"{agen!r}",
                    "exception": result,
                    "asyncgen": agen,
                })

    async def shutdown_default_executor(self):
        """There is no executor: nothing to be shut down."""

    # ---- scheduling

    def time(self):
        """The loop's clock, in seconds."""
        return time.monotonic()

    def _check_callback(self, callback, method):
        if coroutines.iscoroutine(callback) or coroutines.iscoroutinefunction(callback):
            raise TypeError(f"coroutines cannot be used with {method}()")
        if not callable(callback):
            raise TypeError(f"a callable object was expected by {method}(), got {callback!r}")

    def call_soon(self, callback, *args, context=None):
        """callback(*args) at the next turn."""
        self._check_closed()
        if self._debug:
            self._check_callback(callback, "call_soon")
        handle = events.Handle(callback, args, self, context)
        self._ready.append(handle)
        return handle

    def call_soon_threadsafe(self, callback, *args, context=None):
        """The same; there is one thread only."""
        return self.call_soon(callback, *args, context=context)

    def call_later(self, delay, callback, *args, context=None):
        """callback(*args) after `delay` seconds."""
        if delay is None:
            raise TypeError("delay must not be None")
        return self.call_at(self.time() + delay, callback, *args, context=context)

    def call_at(self, when, callback, *args, context=None):
        """callback(*args) when the loop's clock shows `when`."""
        if when is None:
            raise TypeError("when cannot be None")
        self._check_closed()
        if self._debug:
            self._check_callback(callback, "call_at")
        handle = events.TimerHandle(when, callback, args, self, context)
        heapq.heappush(self._timers, handle)
        handle._scheduled = True
        return handle

    def _timer_handle_cancelled(self, handle):
        if handle._scheduled:
            self._timers_cancelled += 1

    def create_future(self):
        """A Future of this loop."""
        return futures.Future(loop=self)

    def create_task(self, coro, *, name=None, context=None):
        """Schedules a coroutine: its Task."""
        self._check_closed()
        if self._task_factory is None:
            return tasks.Task(coro, loop=self, name=name, context=context)
        if context is None:
            task = self._task_factory(self, coro)
        else:
            task = self._task_factory(self, coro, context=context)
        if name is not None:
            task.set_name(name)
        return task

    def set_task_factory(self, factory):
        """factory(loop, coro) makes the tasks; None: Task does."""
        if factory is not None and not callable(factory):
            raise TypeError("task factory must be a callable or None")
        self._task_factory = factory

    def get_task_factory(self):
        return self._task_factory

    def get_debug(self):
        return self._debug

    def set_debug(self, enabled):
        self._debug = enabled

    # ---- file descriptors

    def _update_watch(self, fd):
        wanted = ((select.EPOLLIN if fd in self._readers else 0) |
                  (select.EPOLLOUT if fd in self._writers else 0))
        if not wanted:
            self._epoll.unregister(fd)
            return
        try:
            self._epoll.modify(fd, wanted)
        except FileNotFoundError:
            self._epoll.register(fd, wanted)

    def _watch(self, watched, fd, callback, args):
        self._check_closed()
        fd = _file_number(fd)
        old = watched.get(fd)
        watched[fd] = events.Handle(callback, args, self)
        if old is not None:
            old.cancel()
            return
        try:
            self._update_watch(fd)
        except BaseException:
            del watched[fd]
            raise

    def _unwatch(self, watched, fd):
        if self._closed:
            return False
        fd = _file_number(fd)
        handle = watched.pop(fd, None)
        if handle is None:
            return False
        handle.cancel()
        try:
            self._update_watch(fd)
        except OSError:
            pass  # it was closed meanwhile
        return True

    def add_reader(self, fd, callback, *args):
        """callback(*args) whenever fd can be read."""
        self._watch(self._readers, fd, callback, args)

    def remove_reader(self, fd):
        return self._unwatch(self._readers, fd)

    def add_writer(self, fd, callback, *args):
        """callback(*args) whenever fd can be written to."""
        self._watch(self._writers, fd, callback, args)

    def remove_writer(self, fd):
        return self._unwatch(self._writers, fd)

    # ---- signals

    def add_signal_handler(self, number, callback, *args):
        """callback(*args) when the signal comes."""
        import signal
        self._check_closed()
        self._check_callback(callback, "add_signal_handler")
        handle = events.Handle(callback, args, self)
        self._signals[number] = handle
        signal.signal(number, self._on_signal)

    def _on_signal(self, number, frame):
        handle = self._signals.get(number)
        if handle is not None and not handle._cancelled:
            self._ready.append(handle)

    def remove_signal_handler(self, number):
        """Back to the default: whether there was a handler."""
        import signal
        if self._signals.pop(number, None) is None:
            return False
        signal.signal(number, signal.default_int_handler if number == signal.SIGINT
                      else signal.SIG_DFL)
        return True

    # ---- exceptions that nobody caught

    def get_exception_handler(self):
        return self._exception_handler

    def set_exception_handler(self, handler):
        """handler(loop, context) hears of them; None: default_exception_handler."""
        if handler is not None and not callable(handler):
            raise TypeError(f"A callable object or None is expected, got {handler!r}")
        self._exception_handler = handler

    def default_exception_handler(self, context):
        """Writes message, objects and traceback to sys.stderr."""
        message = context.get("message") or "Unhandled exception in event loop"
        lines = [message]
        for key in sorted(context):
            if key not in ("message", "exception"):
                lines.append(f"{key}: {context[key]!r}")
        exception = context.get("exception")
        try:
            import logging
        except ImportError:
            text = "\n".join(lines) + "\n"
            if exception is not None:
                text += "".join(traceback.format_exception(exception))
            if sys.stderr is not None:
                sys.stderr.write(text)
        else:
            info = exception and (type(exception), exception, exception.__traceback__)
            logging.getLogger("asyncio").error("\n".join(lines), exc_info=info or False)

    def call_exception_handler(self, context):
        """Tells the handler of an exception."""
        try:
            if self._exception_handler is None:
                self.default_exception_handler(context)
            else:
                self._exception_handler(self, context)
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as error:
            if self._exception_handler is not None:
                context = {"message": "Unhandled error in exception handler",
                           "exception": error, "context": context}
            try:
                self.default_exception_handler(context)
            except Exception:
                traceback.print_exc()

    # ---- one turn

    def _wait_time(self):
        """Seconds that nothing will be due; None: for ever."""
        if self._ready or self._stopping:
            return 0
        if self._timers:
            return min(max(0, self._timers[0]._when - self.time()), _LONGEST_WAIT)
        return None

    def _clean_timers(self):
        if (self._timers_cancelled > _MIN_CANCELLED_TIMERS and
                self._timers_cancelled * 2 > len(self._timers)):
            kept = []
            for handle in self._timers:
                if handle._cancelled:
                    handle._scheduled = False
                else:
                    kept.append(handle)
            heapq.heapify(kept)
            self._timers = kept
            self._timers_cancelled = 0
        while self._timers and self._timers[0]._cancelled:
            self._timers_cancelled -= 1
            heapq.heappop(self._timers)._scheduled = False

    def _run_once(self):
        self._clean_timers()
        wait = self._wait_time()
        if wait != 0 or self._readers or self._writers:
            self._poll(wait)
        due = self.time() + self._clock_resolution
        while self._timers and self._timers[0]._when < due:
            handle = heapq.heappop(self._timers)
            handle._scheduled = False
            self._ready.append(handle)
        # What these calls schedule waits for the next turn.
        for _ in range(len(self._ready)):
            handle = self._ready.popleft()
            if not handle._cancelled:
                handle._run()
        handle = None

    def _poll(self, wait):
        for fd, happened in self._epoll.poll(wait):
            if happened & ~select.EPOLLOUT and fd in self._readers:
                self._ready.append(self._readers[fd])
            if happened & ~select.EPOLLIN and fd in self._writers:
                self._ready.append(self._writers[fd])


def _file_number(file):
    number = file if isinstance(file, int) else int(file.fileno())
    if number < 0:
        raise ValueError(f"Invalid file descriptor: {number}")
    return number


def _stop_loop(future):
    if not future.cancelled():
        error = future.exception()
        if isinstance(error, (SystemExit, KeyboardInterrupt)):
            return  # it leaves the loop by itself
    future.get_loop().stop()


SelectorEventLoop = BaseEventLoop
