/* vm/interp/async_generator.c, generator.c: coroutines and asynchronous generators without a loop.
 */

#include "tests/unit/vm_interp.h"
#include "vm/interp/generator.h"

static void start(void)
{
    vm_start();
    vm_exec_ok("import types\n@types.coroutine\ndef pause(x): return (yield x)\n"
               "def run(c):\n  out = []\n  try:\n    while True: out.append(c.send(None))\n"
               "  except StopIteration as e: return out, e.value\n");
}

TestSuite(async_generator, .init = start, .fini = vm_stop);

Test(async_generator, values_and_pauses)
{
    vm_exec_ok(
        "async def agen():\n  x = yield 1\n  await pause('p')\n  yield x\n"
        "async def use():\n  g = agen()\n  a = await g.__anext__()\n  b = await g.asend(5)\n"
        "  try: await g.__anext__()\n  except StopAsyncIteration: return a, b\n"
        "async def comp(): return [x async for x in agen()], {x async for x in agen() if x}\n");
    vm_gives("run(use()), run(comp())", "((['p'], (1, 5)), (['p', 'p'], ([1, None], {1})))");
}

Test(async_generator, throwing_and_closing)
{
    vm_exec_ok("log = []\nasync def agen():\n  try:\n    while True:\n      try: yield 1\n      "
               "except KeyError: log.append('key')\n"
               "  finally:\n    await pause('f')\n    log.append('closed')\n"
               "async def use():\n  g = agen()\n  await g.__anext__()\n  r = await "
               "g.athrow(KeyError)\n  await g.aclose()\n  await g.aclose()\n  return r\n");
    vm_gives("run(use()), log", "((['f'], 1), ['key', 'closed'])");
    vm_exec_ok("async def stubborn():\n  try: yield 1\n  except GeneratorExit: yield 2\n"
               "async def bad():\n  g = stubborn()\n  await g.__anext__()\n  await g.aclose()");
    vm_fails("run(bad())", &exc_runtime_error, "async generator ignored GeneratorExit");
    vm_exec_ok("async def stop():\n  yield 1\n  raise StopAsyncIteration\nasync def drain(): "
               "return [x async for x in stop()]");
    vm_fails("run(drain())", &exc_runtime_error, "async generator raised StopAsyncIteration");
}

Test(async_generator, misuse)
{
    vm_exec_ok("async def agen():\n  await pause(1)\n  yield 1\nasync def co(): return 5\ng = "
               "agen()\na = g.__anext__()\na.send(None)\nb = g.__anext__()");
    vm_fails("b.send(None)", &exc_runtime_error,
             "anext(): asynchronous generator is already running");
    vm_exec_ok("a.close()\nc = co()\nrun(c)");
    vm_fails("c.send(None)", &exc_runtime_error, "cannot reuse already awaited coroutine");
    vm_fails("run(co().send(5))", &exc_type_error,
             "can't send non-None value to a just-started coroutine");
    vm_fails("async def bad(): await 5\nrun(bad())", &exc_type_error,
             "object int can't be used in 'await' expression");
    vm_fails("async def bad():\n  async for x in 5: pass\nrun(bad())", &exc_type_error,
             "'async for' requires an object with __aiter__ method, got int");
    vm_fails("async def bad():\n  async with 5: pass\nrun(bad())", &exc_type_error,
             "'int' object does not support the asynchronous context manager protocol");
    vm_fails("for x in agen(): pass", &exc_type_error, "'async_generator' object is not iterable");
}

Test(async_generator, sending_from_c)
{
    vm_exec_ok("def gen():\n  x = yield 1\n  return x * 2\ng = gen()\nh = gen()");
    Obj *out, *n = int_new(21);
    cr_expect_eq(generator_send(vm_global("g"), obj_none, &out), 1);
    expect_repr(out, "1");
    cr_expect_eq(generator_send(vm_global("g"), n, &out), 0);
    expect_repr(out, "42");
    cr_expect_eq(generator_send(vm_global("g"), obj_none, &out), 0, "finished: None");
    obj_xdecref(out);
    cr_expect_eq(generator_send(vm_global("h"), n, &out), -1);
    expect_error(&exc_type_error, "can't send non-None value to a just-started generator");
    cr_expect_eq(generator_close(vm_global("h")), 0);
    Obj *list = numbers(1), *iterator = obj_iter(list);
    cr_expect_eq(generator_send_any(iterator, obj_none, &out), 1);
    expect_repr(out, "0");
    cr_expect_eq(generator_send_any(iterator, n, &out), -1);
    expect_error(&exc_attribute_error, "'list_iterator' object has no attribute 'send'");
    obj_decref(iterator);
    obj_decref(list);
    obj_decref(n);
}

Test(async_generator, every_allocation_may_fail)
{
    vm_exec_ok("async def agen():\n  try:\n    x = yield [1000]\n    await pause(2)\n    yield x\n "
               " finally: pass\n"
               "async def use():\n  g = agen()\n  await g.__anext__(), await g.asend(5)\n  await "
               "g.aclose()\n  return [x async for x in agen()]\n"
               "def gen():\n  try: yield from [1000, 2]\n  except KeyError: yield 3\n"
               "def action():\n  run(use())\n  list(gen())\n  g = gen()\n  next(g), "
               "g.throw(KeyError), g.close()\n"
               "  sum(x for x in [1000]), repr(g), g.gi_frame, use().close()\n");
    fail_each_allocation(vm_action);
}
