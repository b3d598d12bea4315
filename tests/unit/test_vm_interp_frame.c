/* vm/interp/frame.c, traceback.c, traceback_print.c, tracing.c, thread.c, unwind.c: frames and the
 * way that an exception takes through them. */

#include "tests/unit/vm_interp.h"
#include "vm/interp/frame.h"
#include "vm/interp/traceback.h"
#include "vm/interp/traceback_print.h"

TestSuite(frames, .init = vm_start, .fini = vm_stop);

Test(frames, there_is_none_outside)
{
    cr_expect_null(thread_running());
    cr_expect_null(thread_record_at(0));
    const VmThread *vm = vm_current();
    cr_expect_eq(vm->record, vm->records);
    cr_expect_eq(thread_check_room(vm, thread_stack_top(vm), 10), 0);
    cr_expect_eq(thread_check_room(vm, thread_stack_top(vm), INT32_MAX), -1);
    cr_expect(err_matches(&exc_recursion_error));
    err_clear();
}

Test(frames, outlives_its_call)
{
    vm_exec_ok("import sys\ndef f(a):\n  b = a + 1\n  return sys._getframe()\nfr = f(1)\n"
               "def g():\n  x = 1\n  l = sys._getframe().f_locals\n  l['x'] = 5\n  return x, l\n");
    const FrameObj *frame = (const FrameObj *)vm_global("fr");
    cr_expect_null(frame->record);
    cr_expect_eq(frame_line(frame), 4);
    vm_gives("fr.f_locals, fr.f_code is f.__code__, fr.f_lineno, fr.f_back is None, g()",
             "({'a': 1, 'b': 2}, True, 4, False, (1, {'x': 5}))");
    vm_fails("fr.f_lineno = 1", &exc_value_error,
             "can't jump from the 'call' trace event of a new frame");
    vm_exec_ok("fr.clear()");
    vm_gives("fr.f_locals", "{}");
    vm_fails("sys._getframe().clear()", &exc_runtime_error, "cannot clear an executing frame");
}

Test(frames, tracebacks_list_the_way)
{
    vm_exec_ok("def f(): 1 / 0\ndef g():\n  f()\ntry: g()\nexcept ZeroDivisionError as e: t = "
               "e.__traceback__\n"
               "names = []\nwhile t:\n  names.append((t.tb_frame.f_code.co_name, t.tb_lineno))\n  "
               "t = t.tb_next\n");
    vm_gives("names", "[('<module>', 4), ('g', 3), ('f', 1)]");
    vm_exec_ok("try: f()\nexcept ZeroDivisionError as e: t = e.__traceback__");
    vm_fails("t.tb_next = t", &exc_value_error, "traceback loop detected");
    vm_fails("t.tb_next = 5", &exc_type_error, "expected traceback object or None, got 'int'");
    vm_fails("type(t)(5, None, 1, 1)", &exc_type_error,
             "expected traceback object or None, got 'int'");
}

Test(frames, printing_never_raises)
{
    vm_exec_ok("import sys, io\nsys.stderr = out = io.StringIO()\nclass Bad(Exception):\n  def "
               "__str__(s): raise KeyError\n"
               "def f(n): f(n - 1) if n else 1 / 0\n");
    Obj *bad = call(vm_global("Bad"), "");
    traceback_print_exception(bad, NULL);
    obj_decref(bad);
    vm_gives("out.getvalue()", "'Bad: <exception str() failed>\\n'");
    cr_expect_eq(vm_exec("f(10)"), -1);
    int status = -1;
    cr_expect_not(traceback_report_pending(&status));
    cr_expect_null(err_occurred());
    vm_gives("'[Previous line repeated 8 more times]' in out.getvalue(), "
             "out.getvalue().endswith('ZeroDivisionError: division by zero\\n')",
             "(True, True)");
    cr_expect_eq(vm_exec("import sys\nsys.exit(7)"), -1);
    cr_expect(traceback_report_pending(&status));
    cr_expect_eq(status, 7);
    vm_exec_ok("sys.stderr = None");
    cr_expect_eq(vm_exec("1 / 0"), -1);
    cr_expect_not(traceback_report_pending(&status));
    vm_exec_ok("class Broken:\n  def write(s, t): raise ValueError\nsys.stderr = Broken()");
    cr_expect_eq(vm_exec("1 / 0"), -1);
    cr_expect_not(traceback_report_pending(&status));
    cr_expect_null(err_occurred());
    vm_exec_ok("sys.stderr = out");
}

Test(frames, trace_functions_are_told_every_step)
{
    vm_exec_ok("import sys\nlog = []\ndef trace(f, e, a):\n  if f.f_code.co_name == 'f': "
               "log.append((e, f.f_lineno))\n  return trace\n"
               "def f():\n  try:\n    1 / 0\n  except ZeroDivisionError:\n    return 5\n"
               "sys.settrace(trace)\nf()\nsys.settrace(None)");
    vm_gives("log",
             "[('call', 6), ('line', 7), ('line', 8), ('exception', 8), ('line', 9), ('line', 10), "
             "('return', 10)]");
    vm_exec_ok("def angry(f, e, a): raise KeyError(e)\nsys.settrace(angry)\ntry: f()\nexcept "
               "KeyError as x: r = str(x)\n"
               "t = sys.gettrace()\ndef jump(f, e, a):\n  if e == 'line' and f.f_lineno == 2: "
               "f.f_lineno = 3\n  return jump\n"
               "sys.settrace(jump)\nexec('def g():\\n  x = 1\\n  return 2')\ny = "
               "g()\nsys.settrace(None)\n");
    vm_gives("r, t, y", "(\"'call'\", None, 2)");
    vm_exec_ok(
        "log = []\nsys.setprofile(lambda f, e, a: log.append(e))\nlen([])\nsys.setprofile(None)");
    vm_gives("log", "['c_call', 'c_return', 'c_call']");
}

Test(frames, unwinding_through_everything)
{
    vm_exec_ok("log = []\nclass M:\n  def __enter__(s): return s\n  def __exit__(s, *a):\n    "
               "log.append(a[0] and a[0].__name__)\n    return s.swallow\n"
               "def f(swallow):\n  m = M()\n  m.swallow = swallow\n  for i in range(2):\n    "
               "try:\n      with m:\n        try: 1 / 0\n"
               "        finally: log.append('f')\n      log.append('on')\n      continue\n    "
               "except ZeroDivisionError as e: raise KeyError from e\n"
               "    finally: log.append(i)\n  return 'end'\nr = f(True)\ntry: f(False)\nexcept "
               "KeyError as e: c = type(e.__cause__).__name__");
    vm_gives("r, c, log", "('end', 'ZeroDivisionError', ['f', 'ZeroDivisionError', 'on', 0, 'f', "
                          "'ZeroDivisionError', "
                          "'on', 1, 'f', 'ZeroDivisionError', 0])");
    vm_exec_ok("import sys\nx = sys.exc_info()");
    vm_gives("x", "(None, None, None)");
}

Test(frames, every_allocation_may_fail)
{
    vm_exec_ok(
        "import sys, io\nclass M:\n  def __enter__(s): return s\n  def __exit__(s, *a): return "
        "True\n"
        "def f(n):\n  if n: return f(n - 1)\n  raise ValueError([1000])\n"
        "def action():\n  try: f(3)\n  except ValueError as e:\n    t = e.__traceback__\n    "
        "t.tb_frame.f_locals, t.tb_lineno, t.tb_next\n"
        "  with M(): 1 / 0\n  sys._getframe().f_locals, sys._getframe().f_back, sys.exc_info()\n"
        "  try:\n    try: f(0)\n    finally: [1000]\n  except ValueError: pass\n"
        "  try: raise ExceptionGroup('g', [ValueError(1), TypeError(2)])\n  except* ValueError: "
        "pass\n  except* TypeError as e: pass\n");
    fail_each_allocation(vm_action);
}
