/* runtime/modules/itertools*.c: every kind, its errors, and iterators that are changed underneath.
 */

#include "tests/unit/vm_interp.h"

static void start(void)
{
    vm_start();
    vm_exec_ok("from itertools import *");
}

TestSuite(itertools, .init = start, .fini = vm_stop);

Test(itertools, what_they_give)
{
    vm_gives(
        "[*accumulate([1, 2, 3], initial=10)], [*chain('ab', [1])], [*chain.from_iterable(['a'])]",
        "([10, 11, 13, 16], ['a', 'b', 1], ['a'])");
    vm_gives("[*islice('abcdefg', 1, None, 3)], [*islice(count(), 2)], [*pairwise('abc')]",
             "(['b', 'e'], [0, 1], [('a', 'b'), ('b', 'c')])");
    vm_gives("[*zip_longest('ab', 'c', fillvalue=0)], [*compress('abc', [1, 0, 1])]",
             "([('a', 'c'), ('b', 0)], ['a', 'c'])");
    vm_gives(
        "[*dropwhile(abs, [1, 0, 2])], [*takewhile(abs, [1, 0, 2])], [*filterfalse(None, [1, 0])]",
        "([0, 2], [1], [0])");
    vm_gives("[*starmap(pow, [(2, 3)])], [*islice(cycle('ab'), 3)], [*repeat(5, 2)]",
             "([8], ['a', 'b', 'a'], [5, 5])");
    vm_gives("[*product('ab', repeat=2)], [*permutations('abc', 2)][-1], [*combinations('abc', 2)]",
             "([('a', 'a'), ('a', 'b'), ('b', 'a'), ('b', 'b')], ('c', 'b'), "
             "[('a', 'b'), ('a', 'c'), ('b', 'c')])");
    vm_gives("[*combinations_with_replacement('ab', 2)], [(k, [*g]) for k, g in groupby('aab')]",
             "([('a', 'a'), ('a', 'b'), ('b', 'b')], [('a', ['a', 'a']), ('b', ['b'])])");
    vm_gives("[list(t) for t in tee('ab', 3)], [*product()], [*combinations('a', 2)], "
             "[*permutations('')]",
             "([['a', 'b'], ['a', 'b'], ['a', 'b']], [()], [], [()])");
}

Test(itertools, counts_pass_the_border_of_64_bits)
{
    vm_exec_ok("c = count((1 << 63) - 2)\nd = count(1.5, -1)");
    vm_gives("next(c), next(c), next(c) - (1 << 63), c",
             "(9223372036854775806, 9223372036854775807, 0, "
             "count(9223372036854775809))");
    vm_gives("next(d), next(d), d, repeat('x', 3), count(5, 2)",
             "(1.5, 0.5, count(-0.5, -1), repeat('x', 3), count(5, 2))");
}

Test(itertools, errors)
{
    vm_fails("islice('a', -1)", &exc_value_error,
             "Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.");
    vm_fails("islice('a', 0, 1, 0)", &exc_value_error,
             "Step for islice() must be a positive integer or None.");
    vm_fails("combinations('a', -1)", &exc_value_error, "r must be non-negative");
    vm_fails("tee('a', -1)", &exc_value_error, "n must be >= 0");
    vm_fails("count('a')", &exc_type_error, "a number is required");
    vm_fails("product(repeat=-1)", &exc_value_error, "repeat argument cannot be negative");
    vm_fails("next(starmap(pow, [5]))", &exc_type_error, "'int' object is not iterable");
    vm_fails("len(repeat(1))", &exc_type_error, "object of type 'itertools.repeat' has no len()");
    vm_fails("zip_longest('a', x=1)", &exc_type_error,
             "zip_longest() got an unexpected keyword argument");
    cr_expect_eq(vm_exec("product('a' * 1000, repeat=10 ** 18)"), -1);
    cr_expect(err_matches(&exc_memory_error) || err_matches(&exc_overflow_error));
    err_clear();
}

Test(itertools, branches_of_a_tee_share_and_do_not_reenter)
{
    vm_exec_ok("class R:\n  def __iter__(s): return s\n  def __next__(s): return next(t)\n"
               "t, u = tee(R())");
    vm_fails("next(t)", &exc_runtime_error, "cannot re-enter the tee iterator");
}

Test(itertools, keys_that_disturb_a_groupby)
{
    vm_exec_ok("def key(x):\n  next(g, None)\n  return x // 3\ng = groupby(range(20), key)\n"
               "seen = [k for k, i in g]\n"
               "class K:\n  def __eq__(s, o):\n    global h\n    h = None\n    return True\n"
               "h = groupby([K(), K(), K()])\nfor k, i in h: list(i)\n"
               "it = accumulate([1, 2, 3], lambda a, b: next(it, 0) + b)\nacc = list(it)\n"
               "c = chain.from_iterable(iter(lambda: [next(c, 0)] , 5))\nx = None");
    vm_gives("seen", "[]");
}

Test(itertools, a_long_tee_is_freed_without_recursion)
{
    vm_exec_ok("a, b = tee(range(300000))\nfor x in a: pass\ndel a, b\n"
               "i = iter([])\nfor n in range(100000): i = chain(i)\n"
               "ok = True\ndel i");
    cr_expect_eq(vm_global("ok"), obj_true);
}

Test(itertools, every_allocation_may_fail)
{
    vm_exec_ok(
        "def action():\n  list(accumulate([1000, 2000])), list(chain([1], [2]))\n"
        "  list(islice(count(1 << 70), 3)), list(pairwise([1, 2, 3])), list(zip_longest([1], [2, "
        "3]))\n"
        "  list(product([1, 2], repeat=2)), list(permutations([1, 2, 3], 2))\n"
        "  list(combinations([1, 2, 3], 2)), list(combinations_with_replacement([1, 2], 2))\n"
        "  [(k, list(g)) for k, g in groupby([1, 1, 2])], [list(t) for t in tee([1, 2], 2)]\n"
        "  list(islice(cycle([1, 2]), 5)), list(starmap(pow, [(2, 3)])), repr(count(1.5))\n"
        "  list(compress([1, 2], [1, 0])), list(dropwhile(abs, [1, 0])), product([1], "
        "[2]).__reduce__()");
    fail_each_allocation(vm_action);
}
