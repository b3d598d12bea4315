"""Actions at given times, one after another."""

from collections import namedtuple
import heapq
from itertools import count
import threading
from time import monotonic as _time
import time

__all__ = ["scheduler"]

Event = namedtuple("Event", "time, priority, sequence, action, argument, kwargs")
_NO_KEYWORDS = {}


class scheduler:
    """A queue of actions; timefunc tells the time and delayfunc waits."""

    def __init__(self, timefunc=_time, delayfunc=time.sleep):
        self._queue = []
        self._lock = threading.RLock()
        self.timefunc = timefunc
        self.delayfunc = delayfunc
        self._sequence_generator = count()

    def enterabs(self, time, priority, action, argument=(), kwargs=_NO_KEYWORDS):
        """Enters an action for a time; of equal times the lower priority goes first."""
        event = Event(time, priority, next(self._sequence_generator), action, argument,
                      {} if kwargs is _NO_KEYWORDS else kwargs)
        with self._lock:
            heapq.heappush(self._queue, event)
        return event

    def enter(self, delay, priority, action, argument=(), kwargs=_NO_KEYWORDS):
        """Enters an action for so much later."""
        return self.enterabs(self.timefunc() + delay, priority, action, argument, kwargs)

    def cancel(self, event):
        """Removes an event; ValueError when it is not in the queue."""
        with self._lock:
            self._queue.remove(event)
            heapq.heapify(self._queue)

    def empty(self):
        """Whether nothing is to be done."""
        with self._lock:
            return not self._queue

    def run(self, blocking=True):
        """Does all actions; without blocking those that are due, and tells when the next one is."""
        while True:
            with self._lock:
                if not self._queue:
                    return None
                event = self._queue[0]
                now = self.timefunc()
                late = event.time > now
                if not late:
                    heapq.heappop(self._queue)
            if late:
                if not blocking:
                    return event.time - now
                self.delayfunc(event.time - now)
            else:
                event.action(*event.argument, **event.kwargs)
                self.delayfunc(0)

    @property
    def queue(self):
        """The events, in order."""
        with self._lock:
            return sorted(self._queue)
