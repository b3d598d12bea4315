"""async with TaskGroup(): tasks that end with the block."""

from . import events, tasks
from .exceptions import CancelledError

__all__ = ("TaskGroup",)


class TaskGroup:
    """Waits at the end of its block for the tasks it made; one that fails cancels the others."""

    def __init__(self):
        self._entered = False
        self._exiting = False
        self._aborting = False
        self._loop = None
        self._parent = None
        self._parent_cancelled = False
        self._tasks = set()
        self._errors = []
        self._base_error = None
        self._all_done = None

    def __repr__(self):
        info = [""]
        if self._tasks:
            info.append(f"tasks={len(self._tasks)}")
        if self._errors:
            info.append(f"errors={len(self._errors)}")
        if self._aborting:
            info.append("cancelling")
        elif self._entered:
            info.append("entered")
        return f"<TaskGroup{' '.join(info)}>"

    async def __aenter__(self):
        if self._entered:
            raise RuntimeError(f"TaskGroup {self!r} has already been entered")
        self._entered = True
        if self._loop is None:
            self._loop = events.get_running_loop()
        self._parent = tasks.current_task(self._loop)
        if self._parent is None:
            raise RuntimeError(f"TaskGroup {self!r} cannot determine the parent task")
        return self

    async def __aexit__(self, kind, error, traceback):
        self._exiting = True
        cancellation = error if kind is not None and issubclass(kind, CancelledError) else None
        if error is not None and self._is_base_error(error) and self._base_error is None:
            self._base_error = error
        if self._parent_cancelled and self._parent.uncancel() == 0:
            cancellation = None  # it was the group that cancelled the block
        if error is not None and not self._aborting:
            self._abort()
        while self._tasks:
            if self._all_done is None:
                self._all_done = self._loop.create_future()
            try:
                await self._all_done
            except CancelledError as outer:
                if not self._aborting:
                    cancellation = outer
                    self._abort()
            self._all_done = None
        try:
            if self._base_error is not None:
                raise self._base_error
            if cancellation is not None and not self._errors:
                raise cancellation
            if error is not None and not isinstance(error, CancelledError):
                self._errors.append(error)
            if self._errors:
                raise BaseExceptionGroup("unhandled errors in a TaskGroup", self._errors) from None
        finally:
            self._errors = error = cancellation = None

    def create_task(self, coro, *, name=None, context=None):
        """A task of the group."""
        if not self._entered:
            raise RuntimeError(f"TaskGroup {self!r} has not been entered")
        if self._exiting and not self._tasks:
            raise RuntimeError(f"TaskGroup {self!r} is finished")
        if self._aborting:
            raise RuntimeError(f"TaskGroup {self!r} is shutting down")
        if context is None:
            task = self._loop.create_task(coro, name=name)
        else:
            task = self._loop.create_task(coro, name=name, context=context)
        if task.done():
            self._on_done(task)
        else:
            self._tasks.add(task)
            task.add_done_callback(self._on_done)
        return task

    @staticmethod
    def _is_base_error(error):
        return isinstance(error, (SystemExit, KeyboardInterrupt))

    def _abort(self):
        self._aborting = True
        for task in self._tasks:
            if not task.done():
                task.cancel()

    def _on_done(self, task):
        self._tasks.discard(task)
        if self._all_done is not None and not self._tasks and not self._all_done.done():
            self._all_done.set_result(True)
        if task.cancelled():
            return
        error = task.exception()
        if error is None:
            return
        self._errors.append(error)
        if self._is_base_error(error) and self._base_error is None:
            self._base_error = error
        if self._parent.done():
            self._loop.call_exception_handler({
                "message": f"Task {task!r} has errored out but its parent task "
                           f"{self._parent!r} is already completed",
                "exception": error,
                "task": task,
            })
            return
        if not self._aborting and not self._parent_cancelled:
            # The block is still running or waits here: it ends by cancellation.
            self._abort()
            self._parent_cancelled = True
            self._parent.cancel()
