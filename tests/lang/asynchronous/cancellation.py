"""Cancellation of tasks, exceptions of futures, gather and shield, and what is said of them."""
import asyncio
import contextvars


async def sleeper(log, name, seconds=10):
    try:
        await asyncio.sleep(seconds)
        log.append(f"{name} done")
    except asyncio.CancelledError as error:
        log.append(f"{name} cancelled {error.args}")
        raise


async def stubborn():
    for i in range(2):
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            pass
    return "survived"


async def fail(error):
    await asyncio.sleep(0)
    raise error


variable = contextvars.ContextVar("variable", default="nothing")


async def sets_variable(value):
    variable.set(value)
    await asyncio.sleep(0)
    return variable.get()


async def main():
    log = []
    task = asyncio.create_task(sleeper(log, "a"))
    await asyncio.sleep(0)
    print(task.cancel("why"), task.cancelling(), task.cancelled())
    try:
        await task
    except asyncio.CancelledError as error:
        print("cancelled", error.args, task.cancelled(), task.cancel())

    task = asyncio.create_task(stubborn())
    for _ in range(2):
        await asyncio.sleep(0)
        task.cancel()
    print(await task, task.cancelling(), task.uncancel())

    print(await asyncio.gather(fail(ValueError(1)), fail(KeyError(2)), sleeper(log, "b", 0),
                               return_exceptions=True))
    try:
        await asyncio.gather(fail(ValueError(3)), sleeper(log, "c", 0.001))
    except ValueError as error:
        print("gather raised", error)
    await asyncio.sleep(0.005)
    print(log)

    inner = asyncio.create_task(sleeper(log, "shielded", 0.005))
    outer = asyncio.shield(inner)
    await asyncio.sleep(0)
    outer.cancel()
    try:
        await outer
    except asyncio.CancelledError:
        print("outer cancelled", inner.cancelled())
    await inner
    print(log[-1])

    print(await asyncio.gather(sets_variable(1), sets_variable(2)), variable.get())

    future = asyncio.get_running_loop().create_future()
    for wrong in (future.result, future.exception):
        try:
            wrong()
        except asyncio.InvalidStateError as error:
            print(error)
    future.add_done_callback(lambda f: print("callback", f.result()))
    future.set_result(5)
    await asyncio.sleep(0)
    try:
        future.set_result(6)
    except asyncio.InvalidStateError as error:
        print(error)
    try:
        asyncio.get_running_loop().create_future().set_exception(StopIteration)
    except TypeError as error:
        print(error)
    unused = fail(ValueError())
    try:
        asyncio.run(unused)
    except RuntimeError as error:
        print(error)
    unused.close()

    semaphore = asyncio.BoundedSemaphore(2)
    running = most = 0

    async def limited():
        nonlocal running, most
        async with semaphore:
            running += 1
            most = max(most, running)
            await asyncio.sleep(0)
            running -= 1
    await asyncio.gather(*[limited() for _ in range(6)])
    print("at most", most)
    try:
        semaphore.release()
    except ValueError as error:
        print(error)

    condition = asyncio.Condition()
    ready = []

    async def consumer(n):
        async with condition:
            await condition.wait_for(lambda: len(ready) > n)
            return n
    consumers = [asyncio.create_task(consumer(n)) for n in range(3)]
    for i in range(3):
        async with condition:
            ready.append(i)
            condition.notify_all()
        await asyncio.sleep(0)
    print(await asyncio.gather(*consumers))

    barrier = asyncio.Barrier(3)
    print(sorted(await asyncio.gather(*[barrier.wait() for _ in range(3)])))

    queue = asyncio.PriorityQueue()
    for item in (3, 1, 2):
        queue.put_nowait(item)
    print([queue.get_nowait() for _ in range(3)], queue.empty(), queue)
    try:
        queue.get_nowait()
    except asyncio.QueueEmpty as error:
        print("empty", repr(error))

    async def nested():
        async with asyncio.TaskGroup() as group:
            group.create_task(fail(ValueError("v")))
            group.create_task(fail(TypeError("t")))
            group.create_task(sleeper(log, "in group"))
            await asyncio.sleep(10)
    try:
        await nested()
    except ExceptionGroup as error:
        print(repr(error), log[-1])
    try:
        async with asyncio.timeout(0.001) as limit:
            await asyncio.sleep(10)
    except TimeoutError:
        print("expired", limit.expired())
    loop = asyncio.get_running_loop()
    order = []
    loop.call_soon(order.append, "soon")
    loop.call_later(0.002, order.append, "later")
    early = loop.call_later(0.001, order.append, "never")
    early.cancel()
    await asyncio.sleep(0.01)
    print(order, early.cancelled())
    print(await anext(agen()), await anext(agen(0), "default"))
    handled = []
    loop.set_exception_handler(lambda loop, context: handled.append(context["message"]))
    loop.call_soon(lambda: 1 / 0)
    asyncio.create_task(fail(ValueError("lost")))
    await asyncio.sleep(0.001)
    print(len(handled), handled[1:])


async def agen(n=1):
    for i in range(n):
        yield i


asyncio.run(main())
loop = asyncio.new_event_loop()
print(loop.run_until_complete(sets_variable("own loop")), loop.is_running())
loop.close()
try:
    loop.call_soon(print)
except RuntimeError as error:
    print(error)
