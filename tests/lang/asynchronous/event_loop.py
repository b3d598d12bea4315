"""asyncio: tasks, timeouts, groups, queues, events, locks."""
import asyncio, time
async def f(n):
    await asyncio.sleep(n/100)
    return n
async def main():
    print(await asyncio.gather(f(3), f(1), f(2)))
    t=asyncio.create_task(f(1), name='x')
    print(repr(t).split(" coro=")[0])
    print(await t)
    print(t.done(), t.get_name(), t.result())
    try:
        await asyncio.wait_for(f(100), 0.01)
    except TimeoutError as e: print('timeout', repr(e))
    try:
        async with asyncio.timeout(0.01):
            await f(100)
    except TimeoutError as e: print('timeout', repr(e))
    q=asyncio.Queue(2)
    async def prod():
        for i in range(5): await q.put(i)
    async def cons():
        return [await q.get() for _ in range(5)]
    async with asyncio.TaskGroup() as tg:
        tg.create_task(prod()); c=tg.create_task(cons())
    print(c.result())
    try:
        async with asyncio.TaskGroup() as tg:
            async def bad(): raise ValueError(1)
            tg.create_task(bad()); tg.create_task(f(1000))
    except* ValueError as e: print(repr(e))
    ev=asyncio.Event()
    asyncio.get_running_loop().call_later(0.01, ev.set)
    await ev.wait()
    l=asyncio.Lock()
    async with l: print(l.locked())
    done,pend = await asyncio.wait([asyncio.create_task(f(1)), asyncio.create_task(f(50))], return_when=asyncio.FIRST_COMPLETED)
    print(len(done),len(pend))
    for p in pend: p.cancel()
    for c in asyncio.as_completed([f(2),f(1)]): print(await c)
    async def ag():
        try:
            yield 1
            yield 2
        finally: print('closed')
    async for x in ag():
        break
    return 42
print(asyncio.run(main()))
