/* runtime/modules/gcmodule.c, atexit.c, warnings.c, abc.c, contextvars.c, site.c: modules that
 * keep something of their own. */

#include "runtime/modules/atexit.h"
#include "runtime/modules/contextvars.h"
#include "tests/unit/vm_interp.h"

static void start(void)
{
    vm_start();
    vm_exec_ok("import gc, sys, atexit, warnings, abc, contextvars\nlog = []");
}

TestSuite(gcmodule, .init = start, .fini = vm_stop);

Test(gcmodule, collections_and_their_callbacks)
{
    /* younger generations are collected all the time in the GC stress build */
    vm_exec_ok(
        "gc.collect()\ndef see(phase, info):\n  if info['generation'] == 2: "
        "log.append((phase, 2, info['collected'] > 0))\n"
        "gc.callbacks.append(see)\nclass C: pass\nc = C()\nc.me = c\ndel c\nn = gc.collect()\n"
        "gc.callbacks.remove(see)");
    vm_gives("log, n > 0", "([('start', 2, False), ('stop', 2, True)], True)");
    vm_fails("gc.collect(3)", &exc_value_error, "invalid generation");
    vm_exec_ok("old = gc.get_threshold()\ngc.set_threshold(500, 5)\nnew = "
               "gc.get_threshold()\ngc.set_threshold(*old)\n"
               "a = []\nb = [a]\nr = gc.get_referrers(a)\nt = gc.get_referents(b, (1, 'x'))");
    vm_gives(
        "new[:2], any(x is b for x in r), t, gc.is_tracked(a), gc.is_tracked(5), gc.is_tracked(())",
        "((500, 5), True, [[], 'x', 1], True, False, False)");
    vm_exec_ok("gc.freeze()\nf = gc.get_freeze_count()\ngc.unfreeze()\ngc.disable()\nd = "
               "gc.isenabled()\ngc.enable()");
    vm_gives("f > 100, gc.get_freeze_count(), d, gc.isenabled(), len(gc.get_stats())",
             "(True, 0, False, True, 3)");
}

Test(gcmodule, atexit_runs_the_last_first_and_survives)
{
    vm_exec_ok("sys.unraisablehook = lambda a: log.append(type(a.exc_value).__name__)\n"
               "atexit.register(log.append, 1)\natexit.register(log.append, 2)\n"
               "@atexit.register\ndef late():\n  atexit.register(log.append, 'new')\n"
               "atexit.register(lambda: 1 / 0)\nn = atexit._ncallbacks()");
    atexit_run();
    vm_gives(
        "n, log[:1], 2 in log and 1 in log and log.index(2) < log.index(1), atexit._ncallbacks()",
        "(4, ['ZeroDivisionError'], True, 0)");
    vm_exec_ok(
        "log.clear()\nf = lambda: log.append('no')\natexit.register(f)\natexit.unregister(f)\n"
        "class E:\n  def __eq__(s, o):\n    atexit._clear()\n    return False\n  def __call__(s): "
        "pass\n"
        "atexit.register(E())\natexit.register(E())\natexit.unregister(E())");
    atexit_run();
    vm_gives("log", "[]");
    vm_fails("atexit.register(5)", &exc_type_error, "the first argument must be callable");
}

Test(gcmodule, warnings_go_through_their_filters)
{
    vm_exec_ok("def show(m, c, f, l, file=None, line=None): log.append((str(m), c.__name__))\n"
               "warnings.showwarning = show\nwarnings.simplefilter('always')");
    cr_expect_eq(err_warn(&exc_deprecation_warning, 1, "old %s", "thing"), 0);
    vm_exec_ok("warnings.simplefilter('error')");
    cr_expect_eq(err_warn(&exc_user_warning, 1, "now"), -1);
    expect_error(&exc_user_warning, "now");
    vm_exec_ok("warnings.simplefilter('ignore')");
    cr_expect_eq(err_warn(&exc_user_warning, 1, "never"), 0);
    vm_exec_ok("warnings.simplefilter('once')\nfor i in range(3): warnings.warn('same')");
    vm_gives("log", "[('old thing', 'DeprecationWarning'), ('same', 'UserWarning')]");
    vm_fails("warnings.warn('x', int)", &exc_type_error,
             "category must be a Warning subclass, not 'type'");
    vm_exec_ok("warnings.filters = 5");
    cr_expect_eq(err_warn(&exc_user_warning, 1, "x"), -1);
    expect_error(&exc_value_error, "_warnings.filters must be a list");
    vm_exec_ok("warnings.filters = []\nwarnings.defaultaction = 'error'");
    cr_expect_eq(err_warn(&exc_user_warning, 1, "by default"), -1);
    expect_error(&exc_user_warning, "by default");
}

Test(gcmodule, abstract_classes)
{
    vm_exec_ok("class A(abc.ABC):\n  @abc.abstractmethod\n  def m(s): pass\n  "
               "@abc.abstractmethod\n  def n(s): pass\n"
               "class B(A):\n  def m(s): pass\nclass V: pass\nA.register(V)\n"
               "class H(abc.ABC):\n  @classmethod\n  def __subclasshook__(cls, c): return "
               "hasattr(c, 'h')\n"
               "class Has: h = 1");
    vm_fails("A()", &exc_type_error,
             "Can't instantiate abstract class A with abstract methods m, n");
    vm_fails("B()", &exc_type_error, "Can't instantiate abstract class B with abstract method n");
    vm_gives("issubclass(V, A), isinstance(V(), A), issubclass(int, A), issubclass(Has, H), "
             "issubclass(int, H)",
             "(True, True, False, True, False)");
    vm_fails("A.register(5)", &exc_type_error, "Can only register classes");
    vm_fails("V2 = type('V2', (A,), {})\nV2.register(A)", &exc_runtime_error,
             "Refusing to create an inheritance cycle");
    vm_fails("issubclass(5, A)", &exc_type_error, "issubclass() arg 1 must be a class");
}

Test(gcmodule, contexts)
{
    vm_exec_ok("v = contextvars.ContextVar('v', default=1)\nt = v.set(2)");
    ObjRef var = vm_global("v");
    Obj *context = context_copy_current();
    expect_repr(contextvar_get(var, NULL), "2");
    cr_assert_eq(context_enter(context), 0);
    cr_expect_eq(context_enter(context), -1);
    cr_expect(err_matches(&exc_runtime_error));
    err_clear();
    Obj *three = int_new(3), *token = contextvar_set(var, three);
    cr_expect_not_null(token);
    obj_decref(token);
    context_leave(context);
    expect_repr(contextvar_get(var, NULL), "2");
    expect_repr(obj_getitem(context, var), "3");
    obj_decref(three);
    obj_decref(context);
    vm_exec_ok("v.reset(t)");
    vm_gives("v.get(), contextvars.Context().run(v.get)", "(1, 1)");
    cr_expect_eq(vm_exec("v.reset(t)"), -1); /* used once */
    cr_expect(err_matches(&exc_runtime_error));
    err_clear();
}

Test(gcmodule, every_allocation_may_fail)
{
    vm_exec_ok(
        "v = contextvars.ContextVar('v')\ndef action():\n  c = contextvars.copy_context()\n"
        "  c.run(v.set, [1000]), list(c.items()), c.copy(), repr(v)\n  v.reset(v.set(5))\n"
        "  f = lambda: 1\n  atexit.register(f, 1, k=2), atexit.unregister(f)\n"
        "  gc.get_referrers(v), gc.get_referents([1000]), gc.get_stats(), gc.get_threshold()\n"
        "  class A(abc.ABC):\n    @abc.abstractmethod\n    def m(s): pass\n"
        "  A.register(int), isinstance(5, A), issubclass(str, A)\n  del A\n  gc.collect()");
    fail_each_allocation(vm_action);
}
