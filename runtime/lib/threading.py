"""Threads, as far as an interpreter with one thread has them.

Locks, events and the like work for the one thread there is; waiting for what only another thread could
do raises RuntimeError instead of hanging.  Starting a thread raises RuntimeError.
"""

import sys
import types
from time import monotonic as _time, sleep as _sleep

__all__ = ['get_ident', 'active_count', 'Condition', 'current_thread', 'enumerate', 'main_thread',
           'TIMEOUT_MAX', 'Event', 'Lock', 'RLock', 'Semaphore', 'BoundedSemaphore', 'Thread',
           'Timer', 'ThreadError', 'settrace', 'setprofile', 'local', 'stack_size',
           'excepthook', 'ExceptHookArgs', 'getprofile', 'gettrace', 'get_native_id']

ThreadError = RuntimeError
TIMEOUT_MAX = 9223372036.0


def _wait_alone(timeout):
    """Waits for something that nobody will do: False after the timeout."""
    if timeout is None or timeout < 0:
        raise RuntimeError("deadlock: there is no other thread to wait for")
    _sleep(timeout)
    return False


class _Lock:
    """A lock that is held or not."""

    def __init__(self):
        self._held = False

    def acquire(self, blocking=True, timeout=-1):
        if not blocking and timeout != -1:
            raise ValueError("can't specify a timeout for a non-blocking call")
        if timeout < 0 and timeout != -1:
            raise ValueError("timeout value must be a non-negative number")
        if not self._held:
            self._held = True
            return True
        if not blocking:
            return False
        return _wait_alone(None if timeout == -1 else timeout)

    acquire_lock = acquire

    def release(self):
        if not self._held:
            raise RuntimeError("release unlocked lock")
        self._held = False

    release_lock = release

    def locked(self):
        return self._held

    def __enter__(self):
        self.acquire()
        return True

    def __exit__(self, cls, value, tb):
        self.release()

    def __repr__(self):
        return "<%s _thread.lock object at %#x>" % ("locked" if self._held else "unlocked",
                                                    id(self))


def Lock():
    """A lock, free."""
    return _Lock()


class _RLock:
    """A lock that its holder may take again."""

    def __init__(self):
        self._count = 0

    def acquire(self, blocking=True, timeout=-1):
        self._count += 1
        return True

    def release(self):
        if not self._count:
            raise RuntimeError("cannot release un-acquired lock")
        self._count -= 1

    def _is_owned(self):
        return self._count > 0

    def __enter__(self):
        return self.acquire()

    def __exit__(self, cls, value, tb):
        self.release()

    def __repr__(self):
        return "<%s _thread.RLock object owner=%d count=%d at %#x>" % (
            "locked" if self._count else "unlocked", get_ident() if self._count else 0,
            self._count, id(self))


def RLock():
    """A lock that can be taken several times."""
    return _RLock()


class Condition:
    """A lock with waiting for news."""

    def __init__(self, lock=None):
        self._lock = RLock() if lock is None else lock
        self.acquire = self._lock.acquire
        self.release = self._lock.release

    def __enter__(self):
        return self._lock.__enter__()

    def __exit__(self, *args):
        return self._lock.__exit__(*args)

    def _check(self, what):
        owned = getattr(self._lock, '_is_owned', None) or self._lock.locked
        if not owned():
            raise RuntimeError("cannot %s un-acquired lock" % what)

    def wait(self, timeout=None):
        self._check("wait on")
        return _wait_alone(timeout)

    def wait_for(self, predicate, timeout=None):
        result = predicate()
        if not result:
            self.wait(timeout)
            result = predicate()
        return result

    def notify(self, n=1):
        self._check("notify on")

    def notify_all(self):
        self.notify()


class Semaphore:
    """A counter that acquire lowers, not below 0."""

    def __init__(self, value=1):
        if value < 0:
            raise ValueError("semaphore initial value must be >= 0")
        self._value = value

    def acquire(self, blocking=True, timeout=None):
        if not blocking and timeout is not None:
            raise ValueError("can't specify timeout for non-blocking acquire")
        if self._value == 0:
            return _wait_alone(timeout) if blocking else False
        self._value -= 1
        return True

    __enter__ = acquire

    def release(self, n=1):
        if n < 1:
            raise ValueError('n must be one or more')
        self._value += n

    def __exit__(self, cls, value, tb):
        self.release()


class BoundedSemaphore(Semaphore):
    """A semaphore that release cannot raise above where it began."""

    def __init__(self, value=1):
        super().__init__(value)
        self._initial_value = value

    def release(self, n=1):
        if n < 1:
            raise ValueError('n must be one or more')
        if self._value + n > self._initial_value:
            raise ValueError("Semaphore released too many times")
        self._value += n


class Event:
    """A flag."""

    def __init__(self):
        self._flag = False

    def __repr__(self):
        return "<%s.%s at %#x: %s>" % (type(self).__module__, type(self).__qualname__, id(self),
                                       'set' if self._flag else 'unset')

    def is_set(self):
        return self._flag

    def set(self):
        self._flag = True

    def clear(self):
        self._flag = False

    def wait(self, timeout=None):
        return self._flag or _wait_alone(timeout)


class local:
    """Attributes of each thread's own; there is one thread."""

    def __new__(cls, /, *args, **kw):
        if (args or kw) and cls.__init__ is object.__init__:
            raise TypeError("Initialization arguments are not supported")
        return object.__new__(cls)


_counter = 0


class Thread:
    """An activity of its own; it cannot be started here."""

    def __init__(self, group=None, target=None, name=None, args=(), kwargs=None, *, daemon=None):
        global _counter
        assert group is None, "group argument must be None for now"
        if name is None:
            _counter += 1
            name = "Thread-%d" % _counter
            if target is not None:
                try:
                    name += " (%s)" % target.__name__
                except AttributeError:
                    pass
        self._target = target
        self._name = str(name)
        self._args = args
        self._kwargs = {} if kwargs is None else kwargs
        self._daemonic = bool(daemon)
        self._ident = None

    def start(self):
        raise RuntimeError("can't start new thread")

    def run(self):
        try:
            if self._target is not None:
                self._target(*self._args, **self._kwargs)
        finally:
            del self._target, self._args, self._kwargs

    def join(self, timeout=None):
        if self._ident is None:
            raise RuntimeError("cannot join thread before it is started")
        raise RuntimeError("cannot join current thread")

    def is_alive(self):
        return self._ident is not None

    @property
    def name(self):
        return self._name

    @name.setter
    def name(self, name):
        self._name = str(name)

    @property
    def ident(self):
        return self._ident

    native_id = ident

    @property
    def daemon(self):
        return self._daemonic

    @daemon.setter
    def daemon(self, daemonic):
        if self._ident is not None:
            raise RuntimeError("cannot set daemon status of active thread")
        self._daemonic = daemonic

    def isDaemon(self):
        return self.daemon

    def setDaemon(self, daemonic):
        self.daemon = daemonic

    def getName(self):
        return self.name

    def setName(self, name):
        self.name = name

    def __repr__(self):
        status = "initial" if self._ident is None else "started"
        if self._daemonic:
            status += " daemon"
        if self._ident is not None:
            status += " %s" % self._ident
        return "<%s(%s, %s)>" % (type(self).__name__, self._name, status)


class Timer(Thread):
    """A call after some time; it cannot be started here."""

    def __init__(self, interval, function, args=None, kwargs=None):
        super().__init__()
        self.interval = interval
        self.function = function
        self.args = [] if args is None else args
        self.kwargs = {} if kwargs is None else kwargs
        self.finished = Event()

    def cancel(self):
        self.finished.set()


class _MainThread(Thread):
    def __init__(self):
        super().__init__(name="MainThread", daemon=False)
        self._ident = id(self)


_main = _MainThread()
_hooks = {'trace': None, 'profile': None}
_stack_size = 0


def get_ident():
    """The number of this thread."""
    return _main._ident


def get_native_id():
    """The number that the system has for this thread."""
    import os
    return os.getpid()


def current_thread():
    """This thread."""
    return _main


main_thread = currentThread = current_thread


def active_count():
    """How many threads there are."""
    return 1


activeCount = active_count


def enumerate():
    """All threads."""
    return [_main]


def settrace(func):
    """Has sys.settrace called in new threads."""
    _hooks['trace'] = func


def gettrace():
    """What settrace was given."""
    return _hooks['trace']


def setprofile(func):
    """Has sys.setprofile called in new threads."""
    _hooks['profile'] = func


def getprofile():
    """What setprofile was given."""
    return _hooks['profile']


def stack_size(size=0):
    """The stack of new threads in bytes; 0: what the system gives."""
    global _stack_size
    old, _stack_size = _stack_size, size
    return old


ExceptHookArgs = types.SimpleNamespace


def excepthook(args, /):
    """Reports an exception that ended a thread."""
    import traceback
    print("Exception in thread %s:" % (args.thread.name if args.thread else get_ident()),
          file=sys.stderr)
    traceback.print_exception(args.exc_type, args.exc_value, args.exc_traceback)


__excepthook__ = excepthook
