"""Groups of tests, with the set-up of classes and modules between them."""

import sys

from . import case

__unittest = True


class BaseTestSuite:
    """Tests and suites of tests, run in order."""

    _cleanup = True

    def __init__(self, tests=()):
        self._tests = []
        self._removed_tests = 0
        self.addTests(tests)

    def __repr__(self):
        return "<%s tests=%s>" % (case.strclass(self.__class__), list(self))

    def __eq__(self, other):
        if not isinstance(other, self.__class__):
            return NotImplemented
        return list(self) == list(other)

    def __iter__(self):
        return iter(self._tests)

    def countTestCases(self):
        return self._removed_tests + sum(test.countTestCases() for test in self if test)

    def addTest(self, test):
        if not callable(test):
            raise TypeError("{} is not callable".format(repr(test)))
        if isinstance(test, type) and issubclass(test, (case.TestCase, TestSuite)):
            raise TypeError("TestCases and TestSuites must be instantiated before passing them to "
                            "addTest()")
        self._tests.append(test)

    def addTests(self, tests):
        if isinstance(tests, str):
            raise TypeError("tests must be an iterable of tests, not a string")
        for test in tests:
            self.addTest(test)

    def _run_tests(self, result):
        for i, test in enumerate(self):
            if result.shouldStop:
                break
            yield test
            if self._cleanup:
                # What a test keeps alive goes when it is done.
                self._removed_tests += test.countTestCases() if hasattr(test, 'countTestCases') else 0
                self._tests[i] = None

    def run(self, result):
        for test in self._run_tests(result):
            test(result)
        return result

    def __call__(self, *args, **kwds):
        return self.run(*args, **kwds)

    def debug(self):
        for test in self:
            test.debug()


class _ErrorHolder:
    """Stands for a test where the set-up of a class or module failed."""

    failureException = None

    def __init__(self, description):
        self.description = description

    def id(self):
        return self.description

    def shortDescription(self):
        return None

    def __repr__(self):
        return "<ErrorHolder description=%r>" % (self.description,)

    def __str__(self):
        return self.id()

    def run(self, result):
        pass

    def __call__(self, result):
        return self.run(result)

    def countTestCases(self):
        return 0


class TestSuite(BaseTestSuite):
    """BaseTestSuite with setUpClass, setUpModule and their counterparts."""

    def run(self, result, debug=False):
        outermost = not getattr(result, '_testRunEntered', False)
        if outermost:
            result._testRunEntered = True
        for test in self._run_tests(result):
            if isinstance(test, case.TestCase):
                if not self._prepare(test.__class__, result):
                    continue
            if debug:
                test.debug()
            else:
                test(result)
        if outermost:
            self._leave_class(None, result)
            self._leave_module(result)
            result._testRunEntered = False
        return result

    def debug(self):
        from .result import TestResult
        self.run(TestResult(), True)

    def _prepare(self, cls, result):
        """Set-ups before a test of this class: whether it can run."""
        previous = getattr(result, '_previousTestClass', None)
        if cls is not previous:
            self._leave_class(cls, result)
            if previous is None or previous.__module__ != cls.__module__:
                self._leave_module(result)
                result._moduleSetUpFailed = False
                module = sys.modules.get(cls.__module__)
                set_up = getattr(module, 'setUpModule', None)
                if set_up is not None and not self._guard(set_up, result, 'setUpModule',
                                                          cls.__module__):
                    result._moduleSetUpFailed = True
                    self._guard(case.doModuleCleanups, result, 'setUpModule', cls.__module__)
            if not result._moduleSetUpFailed and not getattr(cls, "__unittest_skip__", False):
                cls._classSetupFailed = False
                name = case.strclass(cls)
                if not self._guard(cls.setUpClass, result, 'setUpClass', name):
                    cls._classSetupFailed = True
                    self._class_cleanups(cls, result, 'setUpClass')
        result._previousTestClass = cls
        return not (getattr(cls, '_classSetupFailed', False) or result._moduleSetUpFailed)

    def _leave_class(self, following, result):
        previous = getattr(result, '_previousTestClass', None)
        if (previous is None or previous is following or result._moduleSetUpFailed
                or getattr(previous, '_classSetupFailed', False)
                or getattr(previous, "__unittest_skip__", False)):
            return
        self._guard(previous.tearDownClass, result, 'tearDownClass', case.strclass(previous))
        self._class_cleanups(previous, result, 'tearDownClass')

    def _class_cleanups(self, cls, result, method):
        cls.doClassCleanups()
        for info in cls.tearDown_exceptions:
            self._report(info, result, method, case.strclass(cls))

    def _leave_module(self, result):
        previous = getattr(result, '_previousTestClass', None)
        if previous is None or result._moduleSetUpFailed:
            return
        name = previous.__module__
        tear_down = getattr(sys.modules.get(name), 'tearDownModule', None)
        if tear_down is not None:
            self._guard(tear_down, result, 'tearDownModule', name)
        self._guard(case.doModuleCleanups, result, 'tearDownModule', name)

    def _guard(self, function, result, method, parent):
        try:
            function()
        except Exception:
            self._report(sys.exc_info(), result, method, parent)
            return False
        return True

    def _report(self, info, result, method, parent):
        holder = _ErrorHolder('%s (%s)' % (method, parent))
        if isinstance(info[1], case.SkipTest):
            result.addSkip(holder, str(info[1]))
        else:
            result.addError(holder, info)
