"""Finding tests in classes, modules, by name and in folders."""

import functools
import os
import sys
import traceback
from fnmatch import fnmatch, fnmatchcase

from . import case, suite

__unittest = True


class _FailedTest(case.TestCase):
    """Fails with the error that kept a test from being loaded."""

    def __init__(self, name, error):
        self._error = error
        super().__init__(name)

    def __getattr__(self, name):
        if name != self._testMethodName:
            return super().__getattribute__(name)

        def fail():
            raise self._error
        return fail


class TestLoader:
    """Makes suites of tests."""

    testMethodPrefix = 'test'
    sortTestMethodsUsing = staticmethod(lambda a, b: (a > b) - (a < b))
    testNamePatterns = None
    suiteClass = suite.TestSuite

    def __init__(self):
        self.errors = []

    def _failed(self, name, error, text):
        self.errors.append(text)
        return self.suiteClass((_FailedTest(name, error),))

    def getTestCaseNames(self, testCaseClass):
        """The names of the test methods of a class, in order."""
        def wanted(name):
            if not name.startswith(self.testMethodPrefix):
                return False
            if not callable(getattr(testCaseClass, name)):
                return False
            full = '%s.%s.%s' % (testCaseClass.__module__, testCaseClass.__qualname__, name)
            return self.testNamePatterns is None or any(
                fnmatchcase(full, pattern) for pattern in self.testNamePatterns)
        names = list(filter(wanted, dir(testCaseClass)))
        if self.sortTestMethodsUsing:
            names.sort(key=functools.cmp_to_key(self.sortTestMethodsUsing))
        return names

    def loadTestsFromTestCase(self, testCaseClass):
        """All tests of a class."""
        if issubclass(testCaseClass, suite.TestSuite):
            raise TypeError("Test cases should not be derived from TestSuite. Maybe you meant to "
                            "derive from TestCase?")
        names = self.getTestCaseNames(testCaseClass)
        if not names and hasattr(testCaseClass, 'runTest'):
            names = ['runTest']
        return self.suiteClass(map(testCaseClass, names))

    def loadTestsFromModule(self, module, *args, pattern=None, **kws):
        """All tests of a module; it may have a say through load_tests."""
        tests = [self.loadTestsFromTestCase(value)
                 for value in (getattr(module, name) for name in dir(module))
                 if isinstance(value, type) and issubclass(value, case.TestCase)
                 and value not in (case.TestCase, case.FunctionTestCase)]
        tests = self.suiteClass(tests)
        hook = getattr(module, 'load_tests', None)
        if hook is None:
            return tests
        try:
            return hook(self, tests, pattern)
        except Exception as error:
            return self._failed(module.__name__, error, 'Failed to call load_tests:\n'
                                + traceback.format_exc())

    def loadTestsFromName(self, name, module=None):
        """The tests that a dotted name stands for: module, class, method or function."""
        parts = name.split('.')
        obj = module
        if module is None:
            remaining = parts[:]
            problem = None
            while remaining:
                try:
                    obj = __import__('.'.join(remaining))
                    break
                except ImportError as error:
                    last = remaining.pop()
                    problem = problem or (error, last, traceback.format_exc())
            if not remaining:
                error, last, text = problem
                return self._failed(last, ImportError('Failed to import test module: %s\n%s'
                                                      % (last, text)), text)
            parts = parts[1:]
        parent = None
        for part in parts:
            try:
                parent, obj = obj, getattr(obj, part)
            except AttributeError as error:
                return self._failed(part, error, traceback.format_exc())
        if hasattr(obj, '__path__') or type(obj) is type(sys):
            return self.loadTestsFromModule(obj)
        if isinstance(obj, type) and issubclass(obj, case.TestCase):
            return self.loadTestsFromTestCase(obj)
        if isinstance(parent, type) and issubclass(parent, case.TestCase):
            instance = parent(parts[-1])
            if not isinstance(vars(parent).get(parts[-1]), staticmethod):
                return self.suiteClass([instance])
        if isinstance(obj, suite.TestSuite):
            return obj
        if callable(obj):
            test = obj()
            if isinstance(test, suite.TestSuite):
                return test
            if isinstance(test, case.TestCase):
                return self.suiteClass([test])
            raise TypeError("calling %s returned %s, not a test" % (obj, test))
        raise TypeError("don't know how to make test from: %s" % obj)

    def loadTestsFromNames(self, names, module=None):
        """loadTestsFromName for several."""
        return self.suiteClass([self.loadTestsFromName(name, module) for name in names])

    def discover(self, start_dir, pattern='test*.py', top_level_dir=None):
        """All tests in files below a folder."""
        start = os.path.abspath(start_dir)
        top = os.path.abspath(top_level_dir or start_dir)
        if top not in sys.path:
            sys.path.insert(0, top)
        if not os.path.isdir(start):
            raise ImportError('Start directory is not importable: %r' % start_dir)
        return self.suiteClass(self._find(start, top, pattern))

    def _find(self, folder, top, pattern):
        for name in sorted(os.listdir(folder)):
            path = os.path.join(folder, name)
            if os.path.isdir(path):
                if os.path.isfile(os.path.join(path, '__init__.py')):
                    yield from self._find(path, top, pattern)
                continue
            if not name.endswith('.py') or not name[:-3].isidentifier():
                continue
            if not fnmatch(name, pattern):
                continue
            dotted = os.path.relpath(path, top)[:-3].replace(os.sep, '.')
            try:
                __import__(dotted)
                module = sys.modules[dotted]
            except case.SkipTest as error:
                reason = str(error)
                skipped = type("ModuleSkipped", (case.TestCase,),
                               {dotted: case.skip(reason)(lambda self: None)})
                yield self.suiteClass((skipped(dotted),))
                continue
            except Exception:
                text = 'Failed to import test module: %s\n%s' % (dotted, traceback.format_exc())
                yield self._failed(dotted, ImportError(text), text)
                continue
            yield self.loadTestsFromModule(module, pattern=pattern)


defaultTestLoader = TestLoader()
