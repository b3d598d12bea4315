/* runtime/types/exception.c, exception_kinds.c, exception_group.c: fields, text, chains, groups,
 * and the MemoryErrors that are there when memory is not. */

#include "tests/unit/vm_interp.h"

TestSuite(exception, .init = vm_start, .fini = vm_stop);

Test(exception, text_and_repr)
{
    expect_repr(make(exc_value_error, ""), "ValueError()");
    expect_repr(make(exc_value_error, "s", "x"), "ValueError('x')");
    expect_repr(make(exc_value_error, "si", "x", 5), "ValueError('x', 5)");
    vm_gives("str(KeyError('x')), str(KeyError(1, 2)), str(ValueError(1, 2)), str(ValueError())",
             "(\"'x'\", '(1, 2)', '(1, 2)', '')");
    expect_raised(make(exc_value_error, " x:i", 5), &exc_type_error,
                  "ValueError() takes no keyword arguments");
}

Test(exception, os_errors_choose_their_class)
{
    Obj *e = make(exc_os_error, "iss", 2, "gone", "f");
    cr_expect_eq(obj_type(e), &exc_file_not_found_error);
    cr_expect_eq(tuple_length(((ExceptionObj *)e)->args), 2);
    obj_decref(e);
    vm_gives(
        "str(OSError(13, 'no', 'a', None, 'b')), str(OSError(1, 'x')), str(OSError('a', 'b', 'c'))"
        ", OSError(5).errno, str(OSError(5))",
        "(\"[Errno 13] no: 'a' -> 'b'\", '[Errno 1] x', \"[Errno a] b: 'c'\", None, '5')");
    vm_gives("BlockingIOError(11, 'x', 7).characters_written", "7");
    vm_fails("BlockingIOError(11, 'x').characters_written", &exc_attribute_error,
             "characters_written");
}

Test(exception, fields_of_the_kinds)
{
    vm_gives("StopIteration(1, 2).value, SystemExit(3).code, SystemExit(1, 2).code",
             "(1, 3, (1, 2))");
    vm_gives("ImportError('m', name='n', path='p').name, NameError('x', name='y').name",
             "('n', 'y')");
    vm_fails("ImportError('m', x=1)", &exc_type_error,
             "'x' is an invalid keyword argument for ImportError()");
    vm_gives("str(SyntaxError('bad', ('f.py', 3, 4, 'text', 3, 5)))", "'bad (f.py, line 3)'");
    vm_fails("SyntaxError('bad', (1, 2))", &exc_type_error,
             "function takes at least 4 arguments (2 given)");
    vm_gives("str(UnicodeDecodeError('utf-8', b'a\\xff', 1, 2, 'why'))",
             "\"'utf-8' codec can't decode byte 0xff in position 1: why\"");
    vm_gives("str(UnicodeEncodeError('ascii', 'a\\u1234b', 1, 3, 'why'))",
             "\"'ascii' codec can't encode characters in position 1-2: why\"");
    vm_fails("UnicodeDecodeError('utf-8', 'text', 1, 2, 'why')", &exc_type_error,
             "a bytes-like object is required, not 'str'");
    vm_exec_ok("u = UnicodeTranslateError('abc', 1, 2, 'why')\nu.start, u.end = -5, 500");
    vm_gives("str(u)", "\"can't translate characters in position -5-499: why\"");
}

Test(exception, contexts_never_form_a_cycle)
{
    Obj *a = make(exc_value_error, "s", "a"), *b = make(exc_value_error, "s", "b"),
        *c = make(exc_value_error, "s", "c");
    exception_set_context_steal(a, obj_incref(b));
    exception_set_context_steal(b, obj_incref(c));
    exception_set_context_steal(c, obj_incref(a)); /* would close the ring */
    int steps = 0;
    for (ObjRef e = c; e != NULL && steps < 10; e = ((ExceptionObj *)e)->context)
        steps++;
    cr_expect_lt(steps, 10);
    exception_set_context_steal(a, NULL);
    obj_decref(a);
    obj_decref(b);
    obj_decref(c);
}

Test(exception, attributes_check_what_they_are_given)
{
    vm_exec_ok("e = ValueError()");
    vm_fails("e.args = 5", &exc_type_error, "'int' object is not iterable");
    vm_fails("e.__cause__ = 5", &exc_type_error,
             "exception cause must be None or derive from BaseException");
    vm_fails("e.__context__ = 5", &exc_type_error,
             "exception context must be None or derive from BaseException");
    vm_fails("e.__traceback__ = 5", &exc_type_error, "__traceback__ must be a traceback or None");
    vm_fails("del e.args", &exc_type_error, "args may not be deleted");
    vm_fails("e.add_note(5)", &exc_type_error, "note must be a str, not 'int'");
    vm_exec_ok("e.add_note('n')\ne.args = [1, 2]");
    vm_gives("e.__notes__, e.args", "(['n'], (1, 2))");
}

Test(exception, groups_split)
{
    vm_exec_ok("g = ExceptionGroup('g', [ValueError(1), ExceptionGroup('h', [TypeError(2), "
               "ValueError(3)])])");
    Obj *match, *rest;
    cr_assert_eq(exception_group_split(vm_global("g"), &exc_value_error.head.base, &match, &rest),
                 0);
    expect_repr(match,
                "ExceptionGroup('g', [ValueError(1), ExceptionGroup('h', [ValueError(3)])])");
    expect_repr(rest, "ExceptionGroup('g', [ExceptionGroup('h', [TypeError(2)])])");
    cr_assert_eq(exception_group_split(vm_global("g"), &exc_os_error.head.base, &match, &rest), 0);
    cr_expect_null(match);
    expect_repr(rest, "ExceptionGroup('g', [ValueError(1), ExceptionGroup('h', [TypeError(2), "
                      "ValueError(3)])])");
    Obj *plain = make(exc_key_error, "i", 1);
    cr_assert_eq(exception_group_split(plain, &exc_key_error.head.base, &match, &rest), 0);
    cr_expect(match != NULL && rest == NULL);
    obj_decref(match);
    obj_decref(plain);
    vm_fails("ExceptionGroup('x', [])", &exc_value_error,
             "second argument (exceptions) must be a non-empty sequence");
    vm_fails("ExceptionGroup('x', [5])", &exc_value_error,
             "Item 0 of second argument (exceptions) is not an exception");
    vm_fails("ExceptionGroup('x', [KeyboardInterrupt()])", &exc_type_error,
             "Cannot nest BaseExceptions in an ExceptionGroup");
    vm_gives("type(BaseExceptionGroup('x', [ValueError()])).__name__", "'ExceptionGroup'");
}

Test(exception, memory_errors_are_separate_until_all_are_in_use)
{
    Obj *errors[12];
    mem_fail_from(1);
    for (int i = 0; i < 12; i++) {
        err_no_memory();
        errors[i] = err_fetch();
    }
    mem_fail_after(0);
    cr_expect_neq(errors[0], errors[1]);
    cr_expect_neq(errors[0], errors[7]);
    cr_expect_eq(errors[10], errors[11], "the last one is shared");
    cr_expect(obj_is(errors[11], &exc_memory_error));
    for (int i = 0; i < 12; i++)
        obj_decref(errors[i]);
    err_no_memory();
    expect_error(&exc_memory_error, "");
}

Test(exception, a_caught_memory_error_holds_nothing)
{
    vm_exec_ok(
        "import weakref\nclass C: pass\ndef f():\n  global r\n  c = C()\n  r = weakref.ref(c)\n"
        "  raise MemoryError\ntry: f()\nexcept MemoryError: pass\nalive = r() is not None\n");
    cr_expect_eq(vm_global("alive"), obj_false);
    Obj *list = numbers(3), *error;
    Obj *context = make(exc_value_error, "O", list);
    err_no_memory();
    err_chain_steal(context);
    error = err_fetch();
    cr_expect_eq(list->refcnt, 2);
    obj_decref(error);
    cr_expect_eq(list->refcnt, 1);
    obj_decref(list);
}

Test(exception, every_allocation_may_fail)
{
    vm_exec_ok(
        "def action():\n  g = ExceptionGroup('g', [ValueError(1000), OSError(2, 'x', 'f')])\n"
        "  str(g), repr(g), g.split(ValueError), g.subgroup(OSError), g.derive([KeyError()])\n"
        "  g.add_note('x'), str(KeyError('k')), str(OSError(2, 'x', 'f', None, 'g'))\n"
        "  str(UnicodeEncodeError('ascii', 'a\\u1234b', 1, 3, 'why')), g.__reduce__()\n"
        "  try:\n    raise ValueError('a') from KeyError('b')\n  except ValueError as e:\n"
        "    e.x = 1000\n    e.__dict__, e.with_traceback(None)");
    fail_each_allocation(vm_action);
}
