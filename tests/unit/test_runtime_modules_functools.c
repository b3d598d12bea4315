/* runtime/modules/functools.c, functools_partial.c, functools_lru_cache.c, operator.c,
 * operator_getters.c. */

#include "runtime/modules/functools.h"
#include "tests/unit/vm_interp.h"

static void start(void)
{
    vm_start();
    vm_exec_ok("import _operator, operator, functools\nfrom functools import partial, lru_cache, "
               "reduce, cmp_to_key\n"
               "from operator import itemgetter, attrgetter, methodcaller");
}

TestSuite(functools, .init = start, .fini = vm_stop);

Test(functools, partial_objects)
{
    vm_exec_ok("p = partial(dict, a=1)\nq = partial(p, b=2)\nr = partial(int, base=2)");
    vm_gives("q(c=3), q.func is dict, q.args, q.keywords, r('101'), repr(partial(print, 1, k=2))",
             "({'a': 1, 'b': 2, 'c': 3}, True, (), {'a': 1, 'b': 2}, 5, "
             "'functools.partial(<built-in function print>, 1, k=2)')");
    vm_fails("partial()", &exc_type_error, "type 'partial' takes at least one argument");
    vm_fails("partial(5)", &exc_type_error, "the first argument must be callable");
    vm_fails("p.__setstate__((1,))", &exc_type_error, "invalid partial state");
    vm_exec_ok("p.__setstate__((p, (), {}, {}))");
    vm_gives("repr(p)", "'functools.partial(...)'");
    vm_exec_ok("p.__setstate__((len, (), {}, {}))");
}

Test(functools, caches_evict_the_oldest)
{
    vm_exec_ok("calls = []\n@lru_cache(maxsize=2)\ndef f(x):\n  calls.append(x)\n  return x\n"
               "for x in 1, 2, 1, 3, 1, 2: f(x)\n@lru_cache(typed=True)\ndef g(x): return x");
    vm_gives("calls, f.cache_info()",
             "([1, 2, 3, 2], CacheInfo(hits=2, misses=4, maxsize=2, currsize=2))");
    vm_gives("g(1), g(1.0), g.cache_info().misses, f.cache_parameters()",
             "(1, 1.0, 2, {'maxsize': 2, 'typed': False})");
    vm_fails("f([])", &exc_type_error, "unhashable type: 'list'");
    vm_exec_ok("f.cache_clear()");
    vm_gives("f.cache_info()", "CacheInfo(hits=0, misses=0, maxsize=2, currsize=0)");
}

Test(functools, a_cached_function_may_call_itself_or_clear)
{
    vm_exec_ok("@lru_cache(maxsize=3)\ndef fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)\n"
               "@lru_cache(maxsize=1)\ndef f(n):\n  if n: f(n - 1)\n  if n % 2: f.cache_clear()\n  "
               "return n\n"
               "x = fib(20), f(10)\n"
               "class E:\n  def __eq__(s, o):\n    h.cache_clear()\n    return True\n"
               "  def __hash__(s): return 1\n@lru_cache(maxsize=2)\ndef h(e): return 1\n"
               "for i in range(10): h(E())");
    vm_gives("x", "(6765, 10)");
}

Test(functools, reduce_and_keys)
{
    vm_gives("reduce(operator.add, [1, 2, 3], 10), reduce(operator.add, [5]), "
             "sorted([3, 1, 2], key=cmp_to_key(lambda a, b: b - a))",
             "(16, 5, [3, 2, 1])");
    vm_fails("reduce(operator.add, [])", &exc_type_error,
             "reduce() of empty iterable with no initial value");
    vm_fails("cmp_to_key(len)(1) < 5", &exc_type_error, "other argument must be K instance");
}

Test(functools, getters)
{
    vm_gives("itemgetter(1)('abc'), itemgetter(0, 2)('abc'), attrgetter('real', 'imag')(3), "
             "methodcaller('split', ',')('a,b')",
             "('b', ('a', 'c'), (3, 0), ['a', 'b'])");
    vm_gives("attrgetter('__class__.__name__')(5), repr(itemgetter(1, 'x')), "
             "repr(methodcaller('f', 1, k=2))",
             "('int', \"operator.itemgetter(1, 'x')\", \"operator.methodcaller('f', 1, k=2)\")");
    vm_fails("attrgetter(5)", &exc_type_error, "attribute name must be a string");
    vm_fails("methodcaller()", &exc_type_error,
             "methodcaller needs at least one argument, the method name");
    vm_fails("itemgetter()", &exc_type_error, "itemgetter expected 1 argument, got 0");
    vm_gives("operator.index(True), operator.concat('a', 'b'), operator.countOf([1, 2, 1], 1), "
             "operator.indexOf([5, 6], 6), operator.length_hint(iter([1, 2])), "
             "operator.iconcat([1], [2])",
             "(1, 'ab', 2, 1, 2, [1, 2])");
    vm_fails("operator.indexOf([], 6)", &exc_value_error, "sequence.index(x): x not in sequence");
    vm_gives("_operator._compare_digest('abc', 'abc'), _operator._compare_digest(b'a', b'b')",
             "(True, False)");
}

Test(functools, every_allocation_may_fail)
{
    vm_exec_ok(
        "def action():\n  p = partial(dict, a=1000)\n  p(b=2), repr(p), p.__reduce__()\n"
        "  f = lru_cache(maxsize=2)(lambda x, y=0: [x])\n  f(1000), f(2000), f(3000, y=4), "
        "f(1000)\n"
        "  f.cache_info(), f.cache_clear(), f.cache_parameters()\n"
        "  g = lru_cache(maxsize=None)(lambda x: [x])\n  g(1000), g(1000)\n"
        "  reduce(operator.add, ['a', 'b']), sorted([2, 1], key=cmp_to_key(lambda a, b: a - b))\n"
        "  itemgetter(0, 1)([1000, 2]), attrgetter('a.b', 'real'), methodcaller('split', "
        "sep=',')('a,b')\n"
        "  repr(attrgetter('x')), itemgetter(1).__reduce__()");
    fail_each_allocation(vm_action);
}
