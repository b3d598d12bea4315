/* runtime/modules/builtins.c, sys.c, heapq.c, bisect.c. */

#include "tests/unit/vm_interp.h"

static void start(void)
{
    vm_start();
    vm_exec_ok("import sys, heapq, bisect");
}

TestSuite(builtins, .init = start, .fini = vm_stop);

Test(builtins, results)
{
    vm_gives("abs(-5), all([]), any([0, 2]), ascii('\xc3\xa9'), bin(-5), callable(len), "
             "chr(0x1f600), divmod(-7, 2)",
             "(5, True, True, \"'\\\\xe9'\", '-0b101', True, '\xf0\x9f\x98\x80', (-4, 1))");
    vm_gives("hash(1.0), hex(255), oct(8), max([3, 1], default=0), min('ab', 'aa', key=len), "
             "ord('a'), pow(2, -1, 7)",
             "(1, '0xff', '0o10', 3, 'ab', 97, 4)");
    vm_gives("round(2.5), round(-1234, -2), round(1.15, 1), sum([[1], [2]], []), sum([0.1] * 10), "
             "sorted('ba', reverse=True)",
             "(2, -1200, 1.1, [1, 2], 0.9999999999999999, ['b', 'a'])");
    vm_gives("repr(next(iter([]), 5)), getattr(5, 'x', 7), hasattr(5, 'real'), vars(type('A', (), "
             "{'x': 1}))['x'], format(5, '03')",
             "('5', 7, True, 1, '005')");
}

Test(builtins, errors)
{
    vm_fails("max([])", &exc_value_error, "max() arg is an empty sequence");
    vm_fails("max(1, 2, default=3)", &exc_type_error,
             "Cannot specify a default for max() with multiple positional arguments");
    vm_fails("chr(-1)", &exc_value_error, "chr() arg not in range(0x110000)");
    vm_fails("ord('ab')", &exc_type_error,
             "ord() expected a character, but string of length 2 found");
    vm_fails("sum(['a'], '')", &exc_type_error,
             "sum() can't sum strings [use ''.join(seq) instead]");
    vm_fails("next([])", &exc_type_error, "'list' object is not an iterator");
    vm_fails("iter(5, 6)", &exc_type_error, "iter(v, w): v must be callable");
    vm_fails("round('x')", &exc_type_error, "type str doesn't define __round__ method");
    vm_fails("getattr(5, 6)", &exc_type_error, "attribute name must be string, not 'int'");
    vm_fails("vars(5)", &exc_type_error, "vars() argument must have __dict__ attribute");
    vm_fails("print(sep=5)", &exc_type_error, "sep must be None or a string, not int");
    vm_fails("pow(2, 3, 0)", &exc_value_error, "pow() 3rd argument cannot be 0");
    vm_fails("hash([])", &exc_type_error, "unhashable type: 'list'");
    vm_fails("sorted([1, 'a'])", &exc_type_error,
             "'<' not supported between instances of 'str' and 'int'");
}

Test(builtins, sys_knows_the_process)
{
    vm_exec_ok(
        "x = []\na = sys.getrefcount(x)\ny = x\nb = sys.getrefcount(x)\nold = "
        "sys.getrecursionlimit()\n"
        "sys.setrecursionlimit(500)\nnew = sys.getrecursionlimit()\nsys.setrecursionlimit(old)\n"
        "s = 'some text here'\nsame = sys.intern(s) is sys.intern('some text ' + 'here')");
    vm_gives("b - a, new, same, sys.version_info[:2], sys.implementation.name, sys.byteorder, "
             "sys.maxsize",
             "(1, 500, True, (3, 11), 'ouro', 'little', 9223372036854775807)");
    vm_gives("sys.getsizeof([]) , sys.getsizeof([1] * 10) - sys.getsizeof([]), sys.getsizeof(''), "
             "sys.exc_info()",
             "(56, 80, 41, (None, None, None))");
    vm_fails("sys.intern(5)", &exc_type_error, "intern() argument must be str, not int");
    vm_fails("sys.setrecursionlimit(0)", &exc_value_error,
             "recursion limit must be greater or equal than 1");
    vm_fails("sys.getsizeof(type('A', (), {'__sizeof__': lambda s: -1})())", &exc_value_error,
             "__sizeof__() should return >= 0");
    vm_fails("sys.exit(5)", &exc_system_exit, "5");
    vm_fails("sys.set_int_max_str_digits(5)", &exc_value_error,
             "maxdigits must be 0 or larger than 640");
    vm_fails("sys._getframe(1000)", &exc_value_error, "call stack is not deep enough");
}

Test(builtins, heaps_and_bisection)
{
    vm_exec_ok("h = [5, 3, 8, 1]\nheapq.heapify(h)\nheapq.heappush(h, 0)\nout = [heapq.heappop(h) "
               "for i in range(5)]\n"
               "a = [1, 3, 3, 5]\nbisect.insort(a, 3)");
    vm_gives("out, heapq.heappushpop([1, 2], 0), heapq.heapreplace([1, 2], 5), heapq.nlargest(2, "
             "[1, 3, 2]), a, "
             "bisect.bisect_left(a, 3), bisect.bisect(a, 3), bisect.bisect_left([3, 1], -1, "
             "key=lambda x: -x)",
             "([0, 1, 3, 5, 8], 0, 1, [3, 2], [1, 3, 3, 3, 5], 1, 4, 1)");
    vm_fails("heapq.heappop([])", &exc_index_error, "index out of range");
    vm_fails("heapq.heapify(())", &exc_type_error, "heapify() argument must be list, not tuple");
    vm_fails("bisect.bisect([], 1, -1)", &exc_value_error, "lo must be non-negative");
    vm_exec_ok(
        "class E:\n  def __lt__(s, o):\n    h.clear()\n    return True\nh = [E() for i in "
        "range(10)]\n"
        "def go(f, *a):\n  try: f(*a)\n  except (RuntimeError, IndexError, ValueError): pass\n"
        "go(heapq.heapify, h)\nh[:] = [E() for i in range(10)]\ngo(heapq.heappop, h)\n"
        "h[:] = [E() for i in range(10)]\ngo(heapq.heappush, h, E())\nh[:] = [E() for i in "
        "range(10)]\n"
        "go(heapq.heapreplace, h, E())\nh[:] = [E() for i in range(9)]\ngo(bisect.insort, h, E())\n"
        "h[:] = [E() for i in range(10)]\ngo(sorted, h)\ngo(h.sort)\ngo(max, h)");
}

Test(builtins, every_allocation_may_fail)
{
    vm_exec_ok(
        "def action():\n  max([1000, 2000], key=abs), sum([1000, 2.5]), sorted([3000, 1000], "
        "key=str), ascii('\\xe9')\n"
        "  bin(1000), hex(10 ** 30), chr(0x1f600), divmod(1000, 7), round(1e20), pow(3, 1000, 7 ** "
        "50)\n"
        "  dir(5), vars(sys)['path'], repr([1, {2: (3,)}]), format(1.5, '10'), list(map(str, "
        "[1000]))\n"
        "  sys.exc_info(), sys.getsizeof([]), sys.intern('some name ' * 2), "
        "sys._getframe().f_code\n"
        "  h = [3000, 1000]\n  heapq.heapify(h), heapq.heappush(h, 5), heapq.heappop(h), "
        "bisect.insort(h, 7)\n"
        "  eval('1 + x', {'x': 1000}), compile('a = 1', 'f', 'exec'), isinstance(5, (int, str))");
    fail_each_allocation(vm_action);
}
