"""Tasks run coroutines; and ways to wait for several of them."""

import contextvars
import functools
import inspect
import itertools
import types
import weakref

from . import coroutines, events, futures, timeouts
from .exceptions import CancelledError, InvalidStateError

__all__ = ("ALL_COMPLETED", "FIRST_COMPLETED", "FIRST_EXCEPTION", "Task", "all_tasks",
           "as_completed", "create_task", "current_task", "ensure_future", "gather", "shield",
           "sleep", "wait", "wait_for", "_enter_task", "_leave_task", "_register_task",
           "_unregister_task")

FIRST_COMPLETED = "FIRST_COMPLETED"
FIRST_EXCEPTION = "FIRST_EXCEPTION"
ALL_COMPLETED = "ALL_COMPLETED"

_names = itertools.count(1)
_all = weakref.WeakSet()
_current = {}


def _register_task(task):
    _all.add(task)


def _unregister_task(task):
    _all.discard(task)


def _enter_task(loop, task):
    running = _current.get(loop)
    if running is not None:
        raise RuntimeError(f"Cannot enter into task {task!r} while another task {running!r} is "
                           "being executed.")
    _current[loop] = task


def _leave_task(loop, task):
    running = _current.get(loop)
    if running is not task:
        raise RuntimeError(f"Leaving task {task!r} does not match the current task {running!r}.")
    del _current[loop]


def current_task(loop=None):
    """The task that runs now, or None."""
    return _current.get(events.get_running_loop() if loop is None else loop)


def all_tasks(loop=None):
    """The loop's tasks that are not done."""
    if loop is None:
        loop = events.get_running_loop()
    return {task for task in list(_all)
            if futures._get_loop(task) is loop and not task.done()}


class Task(futures.Future):
    """Runs a coroutine; as a future, stands for its result."""

    _log_destroy_pending = True

    def __init__(self, coro, *, loop=None, name=None, context=None):
        super().__init__(loop=loop)
        if not coroutines.iscoroutine(coro) and not inspect.isgenerator(coro):
            self._log_destroy_pending = False
            raise TypeError(f"a coroutine was expected, got {coro!r}")
        self._name = f"Task-{next(_names)}" if name is None else str(name)
        self._coro = coro
        self._must_cancel = False
        self._cancel_requests = 0
        self._waiter = None
        self._context = contextvars.copy_context() if context is None else context
        self._loop.call_soon(self.__step, context=self._context)
        _register_task(self)

    def __del__(self):
        if self._state == futures._PENDING and self._log_destroy_pending:
            self._loop.call_exception_handler({
                "message": "Task was destroyed but it is pending!",
                "task": self,
            })
        super().__del__()

    __class_getitem__ = classmethod(types.GenericAlias)

    def _repr_info(self):
        info = super()._repr_info()
        if self.cancelling() and not self.done():
            info[1] = "cancelling"
        info.insert(2, f"name={self._name!r}")
        if self._waiter is not None:
            info.insert(3, f"wait_for={self._waiter!r}")
        if self._coro is not None:
            info.insert(3, f"coro=<{coroutines._describe(self._coro)}>")
        return info

    def get_coro(self):
        return self._coro

    def get_name(self):
        return self._name

    def set_name(self, value):
        self._name = str(value)

    def set_result(self, result):
        raise RuntimeError("Task does not support set_result operation")

    def set_exception(self, exception):
        raise RuntimeError("Task does not support set_exception operation")

    def get_stack(self, *, limit=None):
        """The frames where it waits, or of its exception's traceback."""
        frames = []
        frame = getattr(self._coro, "cr_frame", None) or getattr(self._coro, "gi_frame", None)
        if frame is not None:
            while frame is not None and (limit is None or len(frames) < limit):
                frames.append(frame)
                frame = frame.f_back
            frames.reverse()
        elif self._exception is not None:
            entry = self._exception.__traceback__
            while entry is not None and (limit is None or len(frames) < limit):
                frames.append(entry.tb_frame)
                entry = entry.tb_next
        return frames

    def print_stack(self, *, limit=None, file=None):
        """Prints where it waits."""
        import linecache
        frames = self.get_stack(limit=limit)
        if not frames:
            print(f"No stack for {self!r}", file=file)
        elif self._exception is not None:
            print(f"Traceback for {self!r} (most recent call last):", file=file)
        else:
            print(f"Stack for {self!r} (most recent call last):", file=file)
        for frame in frames:
            code = frame.f_code
            print(f'  File "{code.co_filename}", line {frame.f_lineno}, in {code.co_name}',
                  file=file)
            line = linecache.getline(code.co_filename, frame.f_lineno).strip()
            if line:
                print(f"    {line}", file=file)

    def cancel(self, msg=None):
        """CancelledError is raised in the coroutine at its next turn: whether it is not done."""
        self._log_traceback = False
        if self.done():
            return False
        self._cancel_requests += 1
        if self._waiter is not None and self._waiter.cancel(msg=msg):
            return True
        self._must_cancel = True
        self._cancel_message = msg
        return True

    def cancelling(self):
        """How often it was cancelled and not uncancelled."""
        return self._cancel_requests

    def uncancel(self):
        """Takes one cancellation back: how many are left."""
        if self._cancel_requests > 0:
            self._cancel_requests -= 1
        return self._cancel_requests

    def __step(self, error=None):
        if self.done():
            raise InvalidStateError(f"_step(): already done: {self!r}, {error!r}")
        if self._must_cancel:
            if not isinstance(error, CancelledError):
                error = self._make_cancelled_error()
            self._must_cancel = False
        self._waiter = None
        _enter_task(self._loop, self)
        try:
            if error is None:
                yielded = self._coro.send(None)
            else:
                yielded = self._coro.throw(error)
        except StopIteration as stop:
            if self._must_cancel:
                self._must_cancel = False
                super().cancel(msg=self._cancel_message)
            else:
                super().set_result(stop.value)
        except CancelledError as cancelled:
            self._cancelled_error = cancelled
            super().cancel()
        except (KeyboardInterrupt, SystemExit) as leaving:
            super().set_exception(leaving)
            raise
        except BaseException as failure:
            super().set_exception(failure)
        else:
            self.__wait_for(yielded)
        finally:
            _leave_task(self._loop, self)
            self = error = None  # no cycle through this frame

    def __wait_for(self, yielded):
        """The coroutine yielded: goes on when that is done."""
        blocking = getattr(yielded, "_asyncio_future_blocking", None)
        if blocking is None:
            if yielded is None:
                self._loop.call_soon(self.__step, context=self._context)
                return
            if inspect.isgenerator(yielded):
                problem = (f"yield was used instead of yield from for generator in task {self!r} "
                           f"with {yielded!r}")
            else:
                problem = f"Task got bad yield: {yielded!r}"
        elif futures._get_loop(yielded) is not self._loop:
            problem = f"Task {self!r} got Future {yielded!r} attached to a different loop"
        elif not blocking:
            problem = f"yield was used instead of yield from in task {self!r} with {yielded!r}"
        elif yielded is self:
            problem = f"Task cannot await on itself: {self!r}"
        else:
            yielded._asyncio_future_blocking = False
            yielded.add_done_callback(self.__wakeup, context=self._context)
            self._waiter = yielded
            if self._must_cancel and self._waiter.cancel(msg=self._cancel_message):
                self._must_cancel = False
            return
        self._loop.call_soon(self.__step, RuntimeError(problem), context=self._context)

    def __wakeup(self, future):
        try:
            future.result()
        except BaseException as error:
            self.__step(error)
        else:
            self.__step()
        self = None


def create_task(coro, *, name=None, context=None):
    """Schedules a coroutine in the running loop: its Task."""
    loop = events.get_running_loop()
    if context is None:
        return loop.create_task(coro, name=name)
    return loop.create_task(coro, name=name, context=context)


async def _wrap_awaitable(awaitable):
    return await awaitable


def ensure_future(coro_or_future, *, loop=None):
    """A Future for a coroutine or any awaitable; a Future stays itself."""
    if futures.isfuture(coro_or_future):
        if loop is not None and loop is not futures._get_loop(coro_or_future):
            raise ValueError("The future belongs to a different loop than the one specified as "
                             "the loop argument")
        return coro_or_future
    wrapped = False
    if not coroutines.iscoroutine(coro_or_future):
        if not inspect.isawaitable(coro_or_future):
            raise TypeError("An asyncio.Future, a coroutine or an awaitable is required")
        coro_or_future = _wrap_awaitable(coro_or_future)
        wrapped = True
    if loop is None:
        loop = events.get_event_loop()
    try:
        return loop.create_task(coro_or_future)
    except RuntimeError:
        if wrapped:
            coro_or_future.close()
        raise


# ---- sleeping

@types.coroutine
def _one_turn():
    yield


async def sleep(delay, result=None):
    """Lets others run for `delay` seconds."""
    if delay <= 0:
        await _one_turn()
        return result
    loop = events.get_running_loop()
    future = loop.create_future()
    timer = loop.call_later(delay, futures._set_result_unless_cancelled, future, result)
    try:
        return await future
    finally:
        timer.cancel()


# ---- waiting for several

async def wait(fs, *, timeout=None, return_when=ALL_COMPLETED):
    """Waits for futures and tasks: two sets, done and pending."""
    if futures.isfuture(fs) or coroutines.iscoroutine(fs):
        raise TypeError(f"expect a list of futures, not {type(fs).__name__}")
    if not fs:
        raise ValueError("Set of Tasks/Futures is empty.")
    if return_when not in (FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED):
        raise ValueError(f"Invalid return_when value: {return_when}")
    fs = set(fs)
    if any(coroutines.iscoroutine(f) for f in fs):
        raise TypeError("Passing coroutines is forbidden, use tasks explicitly.")
    return await _wait(fs, timeout, return_when, events.get_running_loop())


async def _wait(fs, timeout, return_when, loop):
    waiter = loop.create_future()
    timer = None
    if timeout is not None:
        timer = loop.call_later(timeout, futures._set_result_unless_done, waiter)
    missing = len(fs)

    def on_done(future):
        nonlocal missing
        missing -= 1
        if (missing <= 0 or return_when == FIRST_COMPLETED or
                return_when == FIRST_EXCEPTION and not future.cancelled() and
                future.exception() is not None):
            if timer is not None:
                timer.cancel()
            futures._set_result_unless_done(waiter)

    for future in fs:
        future.add_done_callback(on_done)
    try:
        await waiter
    finally:
        if timer is not None:
            timer.cancel()
        for future in fs:
            future.remove_done_callback(on_done)
    done = {future for future in fs if future.done()}
    return done, fs - done


async def _cancel_and_wait(future, loop):
    """Cancels the future and waits until it is done."""
    waiter = loop.create_future()
    wake = functools.partial(_wake, waiter)
    future.add_done_callback(wake)
    try:
        future.cancel()
        await waiter
    finally:
        future.remove_done_callback(wake)


def _wake(waiter, *args):
    futures._set_result_unless_done(waiter)


async def wait_for(fut, timeout):
    """The result; TimeoutError (and cancellation) when it takes longer than `timeout` seconds."""
    loop = events.get_running_loop()
    if timeout is None:
        return await fut
    if timeout <= 0:
        fut = ensure_future(fut, loop=loop)
        if fut.done():
            return fut.result()
        await _cancel_and_wait(fut, loop)
        try:
            return fut.result()
        except CancelledError as error:
            raise TimeoutError from error
    waiter = loop.create_future()
    timer = loop.call_later(timeout, _wake, waiter)
    wake = functools.partial(_wake, waiter)
    fut = ensure_future(fut, loop=loop)
    fut.add_done_callback(wake)
    try:
        try:
            await waiter
        except CancelledError:
            if fut.done():
                return fut.result()
            fut.remove_done_callback(wake)
            await _cancel_and_wait(fut, loop)
            raise
        if fut.done():
            return fut.result()
        fut.remove_done_callback(wake)
        await _cancel_and_wait(fut, loop)
        try:
            return fut.result()
        except CancelledError as error:
            raise TimeoutError from error
    finally:
        timer.cancel()


def as_completed(fs, *, timeout=None):
    """An iterator of coroutines that give the results in the order in which they come."""
    if futures.isfuture(fs) or coroutines.iscoroutine(fs):
        raise TypeError(f"expect an iterable of futures, not {type(fs).__name__}")
    from .queues import Queue
    done = Queue()
    loop = events.get_event_loop()
    todo = {ensure_future(f, loop=loop) for f in set(fs)}
    timer = None

    def on_timeout():
        for future in todo:
            future.remove_done_callback(on_done)
            done.put_nowait(None)
        todo.clear()

    def on_done(future):
        if todo:
            todo.remove(future)
            done.put_nowait(future)
            if not todo and timer is not None:
                timer.cancel()

    async def wait_for_one():
        future = await done.get()
        if future is None:
            raise TimeoutError
        return future.result()

    for future in todo:
        future.add_done_callback(on_done)
    if todo and timeout is not None:
        timer = loop.call_later(timeout, on_timeout)
    for _ in range(len(todo)):
        yield wait_for_one()


class _GatheringFuture(futures.Future):
    """What gather gives: cancelling it cancels the children."""

    def __init__(self, children, *, loop):
        super().__init__(loop=loop)
        self._children = children
        self._cancel_requested = False

    def cancel(self, msg=None):
        if self.done():
            return False
        cancelled = False
        for child in self._children:
            if child.cancel(msg=msg):
                cancelled = True
        if cancelled:
            self._cancel_requested = True
        return cancelled


def gather(*coros_or_futures, return_exceptions=False):
    """A future for the list of all results."""
    if not coros_or_futures:
        outer = events.get_event_loop().create_future()
        outer.set_result([])
        return outer
    children = []
    by_argument = {}
    loop = None
    finished = 0
    outer = None

    def on_done(child):
        nonlocal finished
        finished += 1
        if outer is None or outer.done():
            if not child.cancelled():
                child.exception()  # nobody else will ask
            return
        if not return_exceptions:
            if child.cancelled():
                outer.set_exception(child._make_cancelled_error())
                return
            error = child.exception()
            if error is not None:
                outer.set_exception(error)
                return
        if finished < len(by_argument):
            return
        results = []
        for future in children:
            if future.cancelled():
                message = future._cancel_message
                results.append(CancelledError("" if message is None else message))
            else:
                error = future.exception()
                results.append(future.result() if error is None else error)
        if outer._cancel_requested:
            outer.set_exception(children[-1]._make_cancelled_error())
        else:
            outer.set_result(results)

    for argument in coros_or_futures:
        if argument not in by_argument:
            future = ensure_future(argument, loop=loop)
            if loop is None:
                loop = futures._get_loop(future)
            if future is not argument:
                future._log_destroy_pending = False
            by_argument[argument] = future
            future.add_done_callback(on_done)
        children.append(by_argument[argument])
    outer = _GatheringFuture(children, loop=loop)
    return outer


def shield(arg):
    """A future for arg whose cancellation does not reach arg."""
    inner = ensure_future(arg)
    if inner.done():
        return inner
    outer = futures._get_loop(inner).create_future()

    def on_inner(future):
        if outer.cancelled():
            if not future.cancelled():
                future.exception()  # nobody else will ask
        elif future.cancelled():
            outer.cancel()
        elif future.exception() is not None:
            outer.set_exception(future.exception())
        else:
            outer.set_result(future.result())

    def on_outer(future):
        if not inner.done():
            inner.remove_done_callback(on_inner)

    inner.add_done_callback(on_inner)
    outer.add_done_callback(on_outer)
    return outer
