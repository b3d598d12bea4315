/* runtime/types/weakref.c: sharing, callbacks, proxies, and the collector. */

#include "runtime/types/set.h"
#include "runtime/types/weakref.h"
#include "tests/unit/vm_interp.h"

TestSuite(weakref, .init = vm_start, .fini = vm_stop);

Test(weakref, one_reference_is_shared)
{
    Obj *set = set_new(NULL), *a = weakref_new(set, NULL), *b = weakref_new(set, NULL);
    cr_expect_eq(a, b);
    cr_expect_eq(a->refcnt, 2);
    cr_expect_eq(set->refcnt, 1, "it is weak");
    cr_expect_eq(weakref_count(set), 1);
    Obj *o = weakref_get(a);
    cr_expect_eq(o, set);
    obj_decref(o);
    Obj *proxy = weakref_proxy(set, NULL);
    cr_expect_eq(weakref_count(set), 2);
    Obj *list = weakref_list(set);
    cr_expect_eq(list_length(list), 2);
    obj_decref(list);
    obj_decref(set);
    cr_expect_null(weakref_get(a));
    cr_expect_null(err_occurred());
    cr_expect_eq(obj_length(proxy), -1);
    expect_error(&exc_reference_error, "weakly-referenced object no longer exists");
    obj_decref(a);
    obj_decref(b);
    obj_decref(proxy);
}

Test(weakref, what_cannot_have_any)
{
    Obj *n = int_new(1000);
    expect_raised(weakref_new(n, NULL), &exc_type_error,
                  "cannot create weak reference to 'int' object");
    expect_raised(weakref_proxy(obj_none, NULL), &exc_type_error,
                  "cannot create weak reference to 'NoneType' object");
    cr_expect_eq(weakref_count(n), 0);
    obj_decref(n);
    vm_exec_ok("class S: __slots__ = ()\nclass W: __slots__ = '__weakref__'\nimport weakref\n"
               "w = W()\nr = weakref.ref(w)");
    vm_fails("weakref.ref(S())", &exc_type_error, "cannot create weak reference to 'S' object");
}

Test(weakref, callbacks_run_the_newest_first_and_once)
{
    vm_exec_ok(
        "import weakref\nclass C: pass\nlog = []\nc = C()\n"
        "refs = [weakref.ref(c, lambda r, i=i: log.append((i, r() is None))) for i in range(3)]\n"
        "gone = weakref.ref(c, lambda r: log.append('never'))\ndel gone\ndel c");
    vm_gives("log", "[(2, True), (1, True), (0, True)]");
}

Test(weakref, callbacks_may_do_anything)
{
    vm_exec_ok(
        "import weakref, gc, sys\nclass C: pass\nlog = []\n"
        "def drop(r):\n  refs.clear()\n  log.append(1)\n"
        "c = C()\nrefs = [weakref.ref(c, drop) for i in range(5)]\ndel c\n"
        "class Hook:\n  def __init__(s): s.old, sys.unraisablehook = sys.unraisablehook, s.see\n"
        "  def see(s, a): log.append(type(a.exc_value).__name__)\nh = Hook()\n"
        "def fail(r): raise KeyError\nc = C()\nr = weakref.ref(c, fail)\ndel c\n"
        "sys.unraisablehook = h.old");
    vm_gives("log", "[1, 1, 1, 1, 1, 'KeyError']");
}

Test(weakref, the_collector_clears_before_finalisers)
{
    vm_exec_ok("import weakref, gc\nlog = []\nclass C:\n  def __del__(s): log.append(r() is None)\n"
               "c = C()\nc.me = c\nr = weakref.ref(c, lambda r: log.append('called'))\ndel c\n"
               "gc.collect()");
    vm_gives("log", "['called', True]");
    vm_exec_ok(
        "log.clear()\nc = C()\nc.me = c\nc.r = weakref.ref(c, lambda r: log.append('called'))\n"
        "r = c.r\ndel r\nr = lambda: None\ndel c\ngc.collect()");
    vm_gives("log", "[True]");
}

Test(weakref, equality_and_hash)
{
    vm_exec_ok(
        "import weakref\nclass E:\n  def __init__(s, n): s.n = n\n"
        "  def __eq__(s, o): return s.n == o.n\n  def __hash__(s): return s.n\n"
        "a, b = E(5), E(5)\nx, y = weakref.ref(a), weakref.ref(b)\nsame = x == y\nh = hash(x)\n"
        "del a\nstill = hash(x), x == y, x == x\ny2 = weakref.ref(b, print)\ndel b");
    vm_gives("same, h, still", "(True, 5, (5, False, True))");
    vm_fails("hash(y2)", &exc_type_error, "weak object has gone away");
}

Test(weakref, proxies_forward)
{
    vm_exec_ok("import weakref\nclass L(list): pass\nl = L([1, 2])\np = weakref.proxy(l)\n"
               "p.append(3)\np += [4]\np.x = 5\nclass F:\n  def __call__(s, a): return a * 2\n"
               "f = F()\nq = weakref.proxy(f)");
    vm_gives("list(l), len(p), p[0], p == [1, 2, 3, 4], 2 in p, p.x, q(4), bool(p)",
             "([1, 2, 3, 4], 4, 1, True, True, 5, 8, True)");
    vm_fails("hash(p)", &exc_type_error, "unhashable type: 'L'");
    vm_exec_ok("p = weakref.proxy(l)\ndel l");
    vm_fails("p[0]", &exc_reference_error, "weakly-referenced object no longer exists");
    vm_fails("p.x = 1", &exc_reference_error, "weakly-referenced object no longer exists");
}

Test(weakref, every_allocation_may_fail)
{
    vm_exec_ok(
        "import weakref\nclass C: pass\nclass R(weakref.ref): pass\ndef action():\n  c = C()\n"
        "  a, b, p = weakref.ref(c), weakref.ref(c, [].append), weakref.proxy(c)\n"
        "  s = R(c)\n  s.x = 1000\n  repr(a), repr(p), weakref.getweakrefs(c), p.__class__\n"
        "  del b\n");
    fail_each_allocation(vm_action);
}
