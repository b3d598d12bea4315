"""select, epoll and poll on pipes; readers of the loop; signals and their handlers."""
import asyncio
import os
import select
import signal
import time

r, w = os.pipe()
print(select.select([r], [w], [], 0) == ([], [w], []))
os.write(w, b"x")
print(select.select([r], [], [], 5) == ([r], [], []))
with select.epoll() as epoll:
    epoll.register(r, select.EPOLLIN)
    print(epoll.poll(1) == [(r, select.EPOLLIN)])
    epoll.modify(r, 0)
    print(epoll.poll(0))
    try:
        epoll.register(r)
    except FileExistsError as error:
        print(error)
    epoll.unregister(r)
print(epoll.closed)
for wrong in (lambda: epoll.poll(0), lambda: select.select([-1], [], []), lambda: select.select(1, 2, 3),
              lambda: select.select(["x"], [], []), lambda: select.select([], [], [], -1),
              lambda: select.epoll(0)):
    try:
        wrong()
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
poll = select.poll()
poll.register(r, select.POLLIN)
print(poll.poll(100) == [(r, select.POLLIN)])
poll.unregister(r)
print(poll.poll(0))
os.read(r, 1)


async def main():
    loop = asyncio.get_running_loop()
    got = loop.create_future()
    loop.add_reader(r, lambda: got.done() or got.set_result(os.read(r, 10)))
    loop.call_later(0.001, os.write, w, b"hello")
    print(await got, loop.remove_reader(r), loop.remove_reader(r))


asyncio.run(main())

seen = []


def handler(number, frame):
    seen.append((signal.Signals(number).name, frame.f_code.co_name))


print(signal.signal(signal.SIGUSR1, handler) is signal.SIG_DFL, signal.getsignal(signal.SIGUSR1) is handler)
os.kill(os.getpid(), signal.SIGUSR1)
for i in range(10):
    pass
signal.raise_signal(signal.SIGUSR1)
print(seen)
signal.signal(signal.SIGALRM, lambda number, frame: seen.append("alarm"))
signal.setitimer(signal.ITIMER_REAL, 0.01)
started = time.monotonic()
time.sleep(0.05)
print(seen[-1], time.monotonic() - started >= 0.05)


def raising(number, frame):
    raise KeyError(number)


signal.signal(signal.SIGALRM, raising)
signal.setitimer(signal.ITIMER_REAL, 0.01)
try:
    os.read(r, 1)
except KeyError as error:
    print("interrupted", error)
signal.signal(signal.SIGINT, signal.default_int_handler)
try:
    signal.raise_signal(signal.SIGINT)
except KeyboardInterrupt:
    print("interrupt")
print(signal.strsignal(signal.SIGTERM), signal.Signals.SIGKILL, repr(signal.SIGHUP), signal.SIG_IGN in signal.Handlers)
for wrong in (lambda: signal.signal(0, handler), lambda: signal.signal(signal.SIGUSR1, "x"), lambda: signal.signal(signal.SIGKILL, handler)):
    try:
        wrong()
    except (TypeError, ValueError, OSError) as error:
        print(type(error).__name__, error)
