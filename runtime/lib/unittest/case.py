"""TestCase: one test with its assertions and what is done before and after it."""

import contextlib
import difflib
import functools
import pprint
import sys
import traceback
import types
import warnings
from collections import Counter, namedtuple

from . import result as _result

__unittest = True

_MAX_LENGTH = 80


class SkipTest(Exception):
    """Raised in a test or its set-up: the test is skipped."""


class _ShouldStop(Exception):
    """The test is to be left."""


class _UnexpectedSuccess(Exception):
    pass


def safe_repr(obj, short=False):
    """repr that never fails; short: cut after 80 characters."""
    try:
        text = repr(obj)
    except Exception:
        text = object.__repr__(obj)
    if not short or len(text) < _MAX_LENGTH:
        return text
    return text[:_MAX_LENGTH] + ' [truncated]...'


def _shorten(text, prefix, suffix):
    hidden = len(text) - prefix - suffix
    if hidden > len('[%d chars]' % hidden):
        text = '%s[%d chars]%s' % (text[:prefix], hidden, text[len(text) - suffix:])
    return text


def _common_prefix(texts):
    low, high = min(texts), max(texts)
    count = 0
    for a, b in zip(low, high):
        if a != b:
            break
        count += 1
    return low[:count]


def _compared(*values):
    """reprs for a message: what they have in common is shortened."""
    texts = [safe_repr(value) for value in values]
    longest = max(map(len, texts))
    if longest <= _MAX_LENGTH:
        return tuple(texts)
    prefix = _common_prefix(texts)
    size = len(prefix)
    common = _MAX_LENGTH - (longest - size + 5 + 12 + 5)
    if common > 5:
        prefix = _shorten(prefix, 5, common)
        return tuple(prefix + text[size:] for text in texts)
    prefix = _shorten(prefix, 5, 12)
    return tuple(prefix + _shorten(text[size:], 31, 5) for text in texts)


def strclass(cls):
    return "%s.%s" % (cls.__module__, cls.__qualname__)


# ---- decorators

def skip(reason):
    """Skips a test or a class of tests."""
    def decorate(item):
        if not isinstance(item, type):
            @functools.wraps(item)
            def wrapper(*args, **kwargs):
                raise SkipTest(reason)
            item = wrapper
        item.__unittest_skip__ = True
        item.__unittest_skip_why__ = reason
        return item
    if isinstance(reason, types.FunctionType):
        item, reason = reason, ''
        return decorate(item)
    return decorate


def skipIf(condition, reason):
    """Skips where the condition holds."""
    return skip(reason) if condition else lambda item: item


def skipUnless(condition, reason):
    """Skips where the condition does not hold."""
    return lambda item: item if condition else skip(reason)(item)


def expectedFailure(test_item):
    """Marks a test that fails for a known reason."""
    test_item.__unittest_expecting_failure__ = True
    return test_item


# ---- clean-ups of modules

_module_cleanups = []


def addModuleCleanup(function, /, *args, **kwargs):
    """Has function called after tearDownModule."""
    _module_cleanups.append((function, args, kwargs))


def enterModuleContext(cm):
    """Enters a context manager until after tearDownModule."""
    return _enter(cm, addModuleCleanup)


def doModuleCleanups():
    """Calls what addModuleCleanup was given, the last first."""
    problems = []
    while _module_cleanups:
        function, args, kwargs = _module_cleanups.pop()
        try:
            function(*args, **kwargs)
        except Exception as error:
            problems.append(error)
    if problems:
        raise problems[0]


def _enter(cm, add):
    cls = type(cm)
    try:
        enter, leave = cls.__enter__, cls.__exit__
    except AttributeError:
        raise TypeError("'%s.%s' object does not support the context manager protocol"
                        % (cls.__module__, cls.__qualname__)) from None
    value = enter(cm)
    add(leave, cm, None, None, None)
    return value


# ---- one run of a test

class _Outcome:
    def __init__(self, result):
        self.result = result
        self.expecting_failure = False
        self.success = True
        self.expected = None

    @contextlib.contextmanager
    def part(self, case, subtest=False):
        """Around each part of a test: its exceptions become part of the result."""
        before = self.success
        self.success = True
        try:
            yield
        except KeyboardInterrupt:
            raise
        except SkipTest as error:
            self.success = False
            self.result.addSkip(case, str(error))
        except _ShouldStop:
            pass
        except:
            info = sys.exc_info()
            if self.expecting_failure:
                self.expected = info
            else:
                self.success = False
                if subtest:
                    self.result.addSubTest(case.test_case, case, info)
                elif issubclass(info[0], case.failureException):
                    self.result.addFailure(case, info)
                else:
                    self.result.addError(case, info)
            info = None
        else:
            if subtest and self.success:
                self.result.addSubTest(case.test_case, case, None)
        finally:
            self.success = self.success and before


# ---- contexts of assertions

class _Raises:
    """assertRaises, assertWarns and their forms with a pattern."""

    def __init__(self, expected, case, pattern=None):
        self.expected = expected
        self.case = case
        if pattern is not None:
            import re
            pattern = re.compile(pattern)
        self.pattern = pattern
        self.obj_name = None
        self.msg = None

    def fail(self, message):
        raise self.case.failureException(self.case._formatMessage(self.msg, message))

    def handle(self, name, args, kwargs):
        try:
            types_given = self.expected if isinstance(self.expected, tuple) else (self.expected,)
            if not all(isinstance(one, type) and issubclass(one, self.base)
                       for one in types_given):
                raise TypeError('%s() arg 1 must be %s' % (name, self.base_text))
            if not args:
                self.msg = kwargs.pop('msg', None)
                if kwargs:
                    raise TypeError('%r is an invalid keyword argument for this function'
                                    % (next(iter(kwargs)),))
                return self
            function, *args = args
            self.obj_name = getattr(function, '__name__', str(function))
            with self:
                function(*args, **kwargs)
        finally:
            self = None

    def _name(self):
        try:
            return self.expected.__name__
        except AttributeError:
            return str(self.expected)

    def _check_text(self, text):
        if self.pattern is not None and not self.pattern.search(text):
            self.fail('"{}" does not match "{}"'.format(self.pattern.pattern, text))


class _AssertRaises(_Raises):
    base = BaseException
    base_text = 'an exception type or tuple of exception types'

    def __enter__(self):
        return self

    def __exit__(self, cls, value, tb):
        if cls is None:
            if self.obj_name:
                self.fail("{} not raised by {}".format(self._name(), self.obj_name))
            self.fail("{} not raised".format(self._name()))
        traceback.clear_frames(tb)
        if not issubclass(cls, self.expected):
            return False
        self.exception = value.with_traceback(None)
        self._check_text(str(value))
        return True

    __class_getitem__ = classmethod(types.GenericAlias)


class _AssertWarns(_Raises):
    base = Warning
    base_text = 'a warning class or tuple of warning classes'

    def __enter__(self):
        for module in list(sys.modules.values()):
            if getattr(module, '__warningregistry__', None):
                module.__warningregistry__ = {}
        self.manager = warnings.catch_warnings(record=True)
        self.warnings = self.manager.__enter__()
        warnings.simplefilter("always", self.expected)
        return self

    def __exit__(self, cls, value, tb):
        self.manager.__exit__(cls, value, tb)
        if cls is not None:
            return
        first = None
        for item in self.warnings:
            warning = item.message
            if not isinstance(warning, self.expected):
                continue
            first = first or warning
            if self.pattern is not None and not self.pattern.search(str(warning)):
                continue
            self.warning = warning
            self.filename = item.filename
            self.lineno = item.lineno
            return
        if first is not None:
            self._check_text(str(first))
        if self.obj_name:
            self.fail("{} not triggered by {}".format(self._name(), self.obj_name))
        self.fail("{} not triggered".format(self._name()))


# ---- the test case

class TestCase:
    """Base of tests: each method whose name begins with test is one."""

    failureException = AssertionError
    longMessage = True
    maxDiff = 80 * 8
    _diffThreshold = 2 ** 16
    _classSetupFailed = False

    def __init_subclass__(cls, *args, **kwargs):
        cls._classSetupFailed = False
        cls._class_cleanups = []
        super().__init_subclass__(*args, **kwargs)

    _class_cleanups = []

    def __init__(self, methodName='runTest'):
        self._testMethodName = methodName
        self._outcome = None
        self._testMethodDoc = 'No test'
        method = getattr(self, methodName, None)
        if method is not None:
            self._testMethodDoc = method.__doc__
        elif methodName != 'runTest':
            raise ValueError("no such test method in %s: %s" % (self.__class__, methodName))
        self._cleanups = []
        self._subtest = None
        self._type_equality_funcs = {}
        for cls, name in ((dict, 'assertDictEqual'), (list, 'assertListEqual'),
                          (tuple, 'assertTupleEqual'), (set, 'assertSetEqual'),
                          (frozenset, 'assertSetEqual'), (str, 'assertMultiLineEqual')):
            self.addTypeEqualityFunc(cls, name)

    def addTypeEqualityFunc(self, typeobj, function):
        """The function (or name of a method) by which assertEqual compares values of a type."""
        self._type_equality_funcs[typeobj] = function

    # -- before and after

    def setUp(self):
        """Before each test."""

    def tearDown(self):
        """After each test."""

    @classmethod
    def setUpClass(cls):
        """Before the tests of the class."""

    @classmethod
    def tearDownClass(cls):
        """After the tests of the class."""

    def addCleanup(self, function, /, *args, **kwargs):
        """Has function called after tearDown."""
        self._cleanups.append((function, args, kwargs))

    def enterContext(self, cm):
        """Enters a context manager until after tearDown."""
        return _enter(cm, self.addCleanup)

    @classmethod
    def addClassCleanup(cls, function, /, *args, **kwargs):
        """Has function called after tearDownClass."""
        cls._class_cleanups.append((function, args, kwargs))

    @classmethod
    def enterClassContext(cls, cm):
        """Enters a context manager until after tearDownClass."""
        return _enter(cm, cls.addClassCleanup)

    @classmethod
    def doClassCleanups(cls):
        """Calls what addClassCleanup was given; tearDown_exceptions has what they raised."""
        cls.tearDown_exceptions = []
        while cls._class_cleanups:
            function, args, kwargs = cls._class_cleanups.pop()
            try:
                function(*args, **kwargs)
            except Exception:
                cls.tearDown_exceptions.append(sys.exc_info())

    def doCleanups(self):
        """Calls what addCleanup was given, the last first."""
        outcome = self._outcome or _Outcome(_result.TestResult())
        while self._cleanups:
            function, args, kwargs = self._cleanups.pop()
            with outcome.part(self):
                self._callCleanup(function, *args, **kwargs)
        return outcome.success

    # -- about the test

    def countTestCases(self):
        return 1

    def defaultTestResult(self):
        return _result.TestResult()

    def shortDescription(self):
        doc = self._testMethodDoc
        return doc.strip().split("\n")[0].strip() if doc else None

    def id(self):
        return "%s.%s" % (strclass(self.__class__), self._testMethodName)

    def __eq__(self, other):
        if type(self) is not type(other):
            return NotImplemented
        return self._testMethodName == other._testMethodName

    def __hash__(self):
        return hash((type(self), self._testMethodName))

    def __str__(self):
        return "%s (%s.%s)" % (self._testMethodName, strclass(self.__class__),
                               self._testMethodName)

    def __repr__(self):
        return "<%s testMethod=%s>" % (strclass(self.__class__), self._testMethodName)

    # -- running

    def _callSetUp(self):
        self.setUp()

    def _callTestMethod(self, method):
        if method() is not None:
            warnings.warn('It is deprecated to return a value that is not None from a test case '
                          '(%s)' % method, DeprecationWarning, stacklevel=3)

    def _callTearDown(self):
        self.tearDown()

    def _callCleanup(self, function, /, *args, **kwargs):
        function(*args, **kwargs)

    def run(self, result=None):
        """Runs the test."""
        own_result = result is None
        if own_result:
            result = self.defaultTestResult()
            result.startTestRun()
        result.startTest(self)
        try:
            method = getattr(self, self._testMethodName)
            for item in (self.__class__, method):
                if getattr(item, "__unittest_skip__", False):
                    result.addSkip(self, getattr(item, '__unittest_skip_why__', ''))
                    return result
            expecting = (getattr(self, "__unittest_expecting_failure__", False)
                         or getattr(method, "__unittest_expecting_failure__", False))
            outcome = self._outcome = _Outcome(result)
            try:
                with outcome.part(self):
                    self._callSetUp()
                if outcome.success:
                    outcome.expecting_failure = expecting
                    with outcome.part(self):
                        self._callTestMethod(method)
                    outcome.expecting_failure = False
                    with outcome.part(self):
                        self._callTearDown()
                self.doCleanups()
                if outcome.success:
                    if not expecting:
                        result.addSuccess(self)
                    elif outcome.expected:
                        result.addExpectedFailure(self, outcome.expected)
                    else:
                        result.addUnexpectedSuccess(self)
                return result
            finally:
                outcome.expected = None
                self._outcome = None
        finally:
            result.stopTest(self)
            if own_result:
                result.stopTestRun()

    def __call__(self, *args, **kwds):
        return self.run(*args, **kwds)

    def debug(self):
        """Runs the test without a result: exceptions come through."""
        method = getattr(self, self._testMethodName)
        for item in (self.__class__, method):
            if getattr(item, "__unittest_skip__", False):
                raise SkipTest(getattr(item, '__unittest_skip_why__', ''))
        self._callSetUp()
        self._callTestMethod(method)
        self._callTearDown()
        while self._cleanups:
            function, args, kwargs = self._cleanups.pop()
            self._callCleanup(function, *args, **kwargs)

    def skipTest(self, reason):
        """Skips this test."""
        raise SkipTest(reason)

    @contextlib.contextmanager
    def subTest(self, msg=None, **params):
        """A part of a test: when it fails, the test goes on behind it."""
        if self._outcome is None:
            yield
            return
        outer = self._subtest
        known = dict(outer.params) if outer is not None else {}
        self._subtest = _SubTest(self, msg, {**known, **params})
        try:
            with self._outcome.part(self._subtest, subtest=True):
                yield
            if not self._outcome.success:
                if getattr(self._outcome.result, 'failfast', False):
                    raise _ShouldStop
            elif self._outcome.expected:
                raise _ShouldStop
        finally:
            self._subtest = outer

    # -- assertions

    def _formatMessage(self, msg, standardMsg):
        if not self.longMessage:
            return msg or standardMsg
        if msg is None:
            return standardMsg
        try:
            return '%s : %s' % (standardMsg, msg)
        except UnicodeDecodeError:
            return '%s : %s' % (safe_repr(standardMsg), safe_repr(msg))

    def _refuse(self, msg, standard):
        raise self.failureException(self._formatMessage(msg, standard))

    def fail(self, msg=None):
        """Fails."""
        raise self.failureException(msg)

    def assertTrue(self, expr, msg=None):
        if not expr:
            self._refuse(msg, "%s is not true" % safe_repr(expr))

    def assertFalse(self, expr, msg=None):
        if expr:
            self._refuse(msg, "%s is not false" % safe_repr(expr))

    def _getAssertEqualityFunc(self, first, second):
        if type(first) is type(second):
            function = self._type_equality_funcs.get(type(first))
            if isinstance(function, str):
                function = getattr(self, function)
            if function is not None:
                return function
        return self._baseAssertEqual

    def _baseAssertEqual(self, first, second, msg=None):
        if not first == second:
            self._refuse(msg, '%s != %s' % _compared(first, second))

    def assertEqual(self, first, second, msg=None):
        self._getAssertEqualityFunc(first, second)(first, second, msg=msg)

    def assertNotEqual(self, first, second, msg=None):
        if not first != second:
            self._refuse(msg, '%s == %s' % (safe_repr(first), safe_repr(second)))

    def _near(self, first, second, places, delta):
        if first == second:
            return True, ''
        if delta is not None and places is not None:
            raise TypeError("specify delta or places not both")
        distance = abs(first - second)
        if delta is not None:
            return distance <= delta, 'within %s delta (%s difference)' % (
                safe_repr(delta), safe_repr(distance))
        places = 7 if places is None else places
        return round(distance, places) == 0, 'within %r places (%s difference)' % (
            places, safe_repr(distance))

    def assertAlmostEqual(self, first, second, places=None, msg=None, delta=None):
        near, how = self._near(first, second, places, delta)
        if not near:
            self._refuse(msg, '%s != %s %s' % (safe_repr(first), safe_repr(second), how))

    def assertNotAlmostEqual(self, first, second, places=None, msg=None, delta=None):
        near, how = self._near(first, second, places, delta)
        if near:
            if delta is None:
                how = 'within %r places' % (7 if places is None else places)
            self._refuse(msg, '%s == %s %s' % (safe_repr(first), safe_repr(second), how))

    def assertSequenceEqual(self, seq1, seq2, msg=None, seq_type=None):
        if seq_type is not None:
            name = seq_type.__name__
            for which, value in (('First', seq1), ('Second', seq2)):
                if not isinstance(value, seq_type):
                    raise self.failureException('%s sequence is not a %s: %s'
                                                % (which, name, safe_repr(value)))
        else:
            name = "sequence"
        differing = None
        try:
            len1 = len(seq1)
        except (TypeError, NotImplementedError):
            differing = 'First %s has no length.    Non-sequence?' % name
        if differing is None:
            try:
                len2 = len(seq2)
            except (TypeError, NotImplementedError):
                differing = 'Second %s has no length.    Non-sequence?' % name
        if differing is None:
            if seq1 == seq2:
                return
            differing = '%ss differ: %s != %s\n' % ((name.capitalize(),) + _compared(seq1, seq2))
            for i in range(min(len1, len2)):
                items = []
                for which, value in (('first', seq1), ('second', seq2)):
                    try:
                        items.append(value[i])
                    except (TypeError, IndexError, NotImplementedError):
                        differing += '\nUnable to index element %d of %s %s\n' % (i, which, name)
                        break
                if len(items) < 2:
                    break
                if items[0] != items[1]:
                    differing += ('\nFirst differing element %d:\n%s\n%s\n'
                                  % ((i,) + _compared(*items)))
                    break
            else:
                if len1 == len2 and seq_type is None and type(seq1) != type(seq2):
                    return
            for which, longer, value, start in (('First', len1 > len2, seq1, len2),
                                                ('Second', len2 > len1, seq2, len1)):
                if not longer:
                    continue
                differing += '\n%s %s contains %d additional elements.\n' % (
                    which, name, abs(len1 - len2))
                try:
                    differing += 'First extra element %d:\n%s\n' % (start,
                                                                    safe_repr(value[start]))
                except (TypeError, IndexError, NotImplementedError):
                    differing += 'Unable to index element %d of %s %s\n' % (
                        start, which.lower(), name)
        diff = '\n' + '\n'.join(difflib.ndiff(pprint.pformat(seq1).splitlines(),
                                              pprint.pformat(seq2).splitlines()))
        self.fail(self._formatMessage(msg, self._with_diff(differing, diff)))

    def _with_diff(self, message, diff):
        if self.maxDiff is None or len(diff) <= self.maxDiff:
            return message + diff
        return message + ('\nDiff is %s characters long. Set self.maxDiff to None to see it.'
                          % len(diff))

    _truncateMessage = _with_diff

    def assertListEqual(self, list1, list2, msg=None):
        self.assertSequenceEqual(list1, list2, msg, seq_type=list)

    def assertTupleEqual(self, tuple1, tuple2, msg=None):
        self.assertSequenceEqual(tuple1, tuple2, msg, seq_type=tuple)

    def assertSetEqual(self, set1, set2, msg=None):
        differences = []
        for which, one, other in (('first', set1, set2), ('second', set2, set1)):
            try:
                differences.append(one.difference(other))
            except TypeError as error:
                self.fail('invalid type when attempting set difference: %s' % error)
            except AttributeError as error:
                self.fail('%s argument does not support set difference: %s' % (which, error))
        if not any(differences):
            return
        lines = []
        for which, items in zip(('first', 'second'), differences):
            if items:
                lines.append('Items in the %s set but not the %s:'
                             % (which, 'second' if which == 'first' else 'first'))
                lines.extend(repr(item) for item in items)
        self.fail(self._formatMessage(msg, '\n'.join(lines)))

    def assertIn(self, member, container, msg=None):
        if member not in container:
            self._refuse(msg, '%s not found in %s' % (safe_repr(member), safe_repr(container)))

    def assertNotIn(self, member, container, msg=None):
        if member in container:
            self._refuse(msg, '%s unexpectedly found in %s'
                         % (safe_repr(member), safe_repr(container)))

    def assertIs(self, expr1, expr2, msg=None):
        if expr1 is not expr2:
            self._refuse(msg, '%s is not %s' % (safe_repr(expr1), safe_repr(expr2)))

    def assertIsNot(self, expr1, expr2, msg=None):
        if expr1 is expr2:
            self._refuse(msg, 'unexpectedly identical: %s' % (safe_repr(expr1),))

    def assertDictEqual(self, d1, d2, msg=None):
        self.assertIsInstance(d1, dict, 'First argument is not a dictionary')
        self.assertIsInstance(d2, dict, 'Second argument is not a dictionary')
        if d1 != d2:
            diff = '\n' + '\n'.join(difflib.ndiff(pprint.pformat(d1).splitlines(),
                                                  pprint.pformat(d2).splitlines()))
            self.fail(self._formatMessage(
                msg, self._with_diff('%s != %s' % _compared(d1, d2), diff)))

    def assertDictContainsSubset(self, subset, dictionary, msg=None):
        warnings.warn('assertDictContainsSubset is deprecated', DeprecationWarning)
        missing = [key for key in subset if key not in dictionary]
        wrong = ['%s, expected: %s, actual: %s' % (safe_repr(key), safe_repr(value),
                                                   safe_repr(dictionary[key]))
                 for key, value in subset.items()
                 if key in dictionary and value != dictionary[key]]
        if not missing and not wrong:
            return
        text = ''
        if missing:
            text = 'Missing: %s' % ','.join(safe_repr(key) for key in missing)
        if wrong:
            text += ('; ' if text else '') + 'Mismatched values: %s' % ','.join(wrong)
        self.fail(self._formatMessage(msg, text))

    def assertCountEqual(self, first, second, msg=None):
        left, right = list(first), list(second)
        try:
            one, other = Counter(left), Counter(right)
            if one == other:
                return
            differences = [(one[item], other[item], item) for item in {**one, **other}
                           if one[item] != other[item]]
        except TypeError:
            differences = self._count_unhashable(left, right)
        if differences:
            lines = ['First has %d, Second has %d:  %r' % difference
                     for difference in differences]
            self.fail(self._formatMessage(msg, self._with_diff(
                'Element counts were not equal:\n', '\n'.join(lines))))

    def _count_unhashable(self, left, right):
        seen, differences = [], []
        for item in left + right:
            if any(item == other for other in seen):
                continue
            seen.append(item)
            m = sum(1 for other in left if other == item)
            n = sum(1 for other in right if other == item)
            if m != n:
                differences.append((m, n, item))
        return differences

    def assertMultiLineEqual(self, first, second, msg=None):
        self.assertIsInstance(first, str, "First argument is not a string")
        self.assertIsInstance(second, str, "Second argument is not a string")
        if first == second:
            return
        if len(first) > self._diffThreshold or len(second) > self._diffThreshold:
            self._baseAssertEqual(first, second, msg)
        old, new = first, second
        if not (first.endswith('\n') and second.endswith('\n')):
            if '\n' not in first.rstrip('\r\n') and '\n' not in second.rstrip('\r\n'):
                old, new = first + '\n', second + '\n'
        diff = '\n' + ''.join(difflib.ndiff(old.splitlines(keepends=True),
                                            new.splitlines(keepends=True)))
        self.fail(self._formatMessage(
            msg, self._with_diff('%s != %s' % _compared(first, second), diff)))

    def assertLess(self, a, b, msg=None):
        if not a < b:
            self._refuse(msg, '%s not less than %s' % (safe_repr(a), safe_repr(b)))

    def assertLessEqual(self, a, b, msg=None):
        if not a <= b:
            self._refuse(msg, '%s not less than or equal to %s' % (safe_repr(a), safe_repr(b)))

    def assertGreater(self, a, b, msg=None):
        if not a > b:
            self._refuse(msg, '%s not greater than %s' % (safe_repr(a), safe_repr(b)))

    def assertGreaterEqual(self, a, b, msg=None):
        if not a >= b:
            self._refuse(msg, '%s not greater than or equal to %s'
                         % (safe_repr(a), safe_repr(b)))

    def assertIsNone(self, obj, msg=None):
        if obj is not None:
            self._refuse(msg, '%s is not None' % (safe_repr(obj),))

    def assertIsNotNone(self, obj, msg=None):
        if obj is None:
            self._refuse(msg, 'unexpectedly None')

    def assertIsInstance(self, obj, cls, msg=None):
        if not isinstance(obj, cls):
            self._refuse(msg, '%s is not an instance of %r' % (safe_repr(obj), cls))

    def assertNotIsInstance(self, obj, cls, msg=None):
        if isinstance(obj, cls):
            self._refuse(msg, '%s is an instance of %r' % (safe_repr(obj), cls))

    def assertRegex(self, text, expected_regex, msg=None):
        import re
        if isinstance(expected_regex, (str, bytes)):
            assert expected_regex, "expected_regex must not be empty."
            expected_regex = re.compile(expected_regex)
        if not expected_regex.search(text):
            self._refuse(msg, "Regex didn't match: %r not found in %r"
                         % (expected_regex.pattern, text))

    def assertNotRegex(self, text, unexpected_regex, msg=None):
        import re
        if isinstance(unexpected_regex, (str, bytes)):
            unexpected_regex = re.compile(unexpected_regex)
        match = unexpected_regex.search(text)
        if match:
            self._refuse(msg, 'Regex matched: %r matches %r in %r'
                         % (text[match.start():match.end()], unexpected_regex.pattern, text))

    def assertRaises(self, expected_exception, *args, **kwargs):
        """assertRaises(E, function, …), or `with self.assertRaises(E) as context:`."""
        context = _AssertRaises(expected_exception, self)
        try:
            return context.handle('assertRaises', args, kwargs)
        finally:
            context = None

    def assertRaisesRegex(self, expected_exception, expected_regex, *args, **kwargs):
        """assertRaises, with a pattern for the text."""
        context = _AssertRaises(expected_exception, self, expected_regex)
        return context.handle('assertRaisesRegex', args, kwargs)

    def assertWarns(self, expected_warning, *args, **kwargs):
        """A warning is given."""
        return _AssertWarns(expected_warning, self).handle('assertWarns', args, kwargs)

    def assertWarnsRegex(self, expected_warning, expected_regex, *args, **kwargs):
        """assertWarns, with a pattern for the text."""
        return _AssertWarns(expected_warning, self, expected_regex).handle('assertWarnsRegex',
                                                                           args, kwargs)

    def assertLogs(self, logger=None, level=None):
        """Messages are logged at that level or above."""
        return _AssertLogs(self, logger, level, False)

    def assertNoLogs(self, logger=None, level=None):
        """No messages are logged at that level or above."""
        return _AssertLogs(self, logger, level, True)


class _AssertLogs:
    _Output = namedtuple('_LoggingWatcher', ['records', 'output'])

    def __init__(self, case, logger, level, none):
        import logging
        self.case = case
        self.none = none
        self.logging = logging
        self.logger_name = logger if not isinstance(logger, logging.Logger) else logger.name
        self.logger = (logger if isinstance(logger, logging.Logger)
                       else logging.getLogger(logger))
        self.level = logging.INFO if level is None else (
            logging._nameToLevel.get(level, level) if isinstance(level, str) else level)

    def __enter__(self):
        output = self._Output([], [])
        formatter = self.logging.Formatter("%(levelname)s:%(name)s:%(message)s")

        class Handler(self.logging.Handler):
            def emit(self, record):
                output.records.append(record)
                output.output.append(formatter.format(record))
        handler = Handler()
        handler.setLevel(self.level)
        self.watcher = output
        logger = self.logger
        self.saved = logger.handlers[:], logger.level, logger.propagate
        logger.handlers = [handler]
        logger.setLevel(self.level)
        logger.propagate = False
        return None if self.none else output

    def __exit__(self, cls, value, tb):
        logger = self.logger
        logger.handlers, level, logger.propagate = self.saved
        logger.setLevel(level)
        if cls is not None:
            return False
        count = len(self.watcher.records)
        if self.none and count:
            self.case.fail("Unexpected logs found: %r" % (self.watcher.output,))
        if not self.none and not count:
            self.case.fail("no logs of level %s or higher triggered on %s"
                           % (self.logging.getLevelName(self.level), logger.name))


class FunctionTestCase(TestCase):
    """A function as a test."""

    def __init__(self, testFunc, setUp=None, tearDown=None, description=None):
        super().__init__()
        self._setUpFunc = setUp
        self._tearDownFunc = tearDown
        self._testFunc = testFunc
        self._description = description

    def setUp(self):
        if self._setUpFunc is not None:
            self._setUpFunc()

    def tearDown(self):
        if self._tearDownFunc is not None:
            self._tearDownFunc()

    def runTest(self):
        self._testFunc()

    def id(self):
        return self._testFunc.__name__

    def __eq__(self, other):
        if not isinstance(other, self.__class__):
            return NotImplemented
        return (self._setUpFunc == other._setUpFunc and self._testFunc == other._testFunc
                and self._tearDownFunc == other._tearDownFunc
                and self._description == other._description)

    def __hash__(self):
        return hash((type(self), self._setUpFunc, self._tearDownFunc, self._testFunc,
                     self._description))

    def __str__(self):
        return "%s (%s)" % (strclass(self.__class__), self._testFunc.__name__)

    def __repr__(self):
        return "<%s tec=%s>" % (strclass(self.__class__), self._testFunc)

    def shortDescription(self):
        if self._description is not None:
            return self._description
        doc = self._testFunc.__doc__
        return doc and doc.split("\n")[0].strip() or None


class IsolatedAsyncioTestCase(TestCase):
    """Tests that are coroutines."""

    async def asyncSetUp(self):
        """Before each test, in its loop."""

    async def asyncTearDown(self):
        """After each test, in its loop."""

    def addAsyncCleanup(self, func, /, *args, **kwargs):
        self.addCleanup(func, *args, **kwargs)

    def _await(self, function, *args, **kwargs):
        import asyncio
        value = function(*args, **kwargs)
        return asyncio.run(value) if hasattr(value, '__await__') else value

    def _callSetUp(self):
        self.setUp()
        self._await(self.asyncSetUp)

    def _callTestMethod(self, method):
        self._await(method)

    def _callTearDown(self):
        self._await(self.asyncTearDown)
        self.tearDown()

    def _callCleanup(self, function, /, *args, **kwargs):
        self._await(function, *args, **kwargs)


class _SubTest(TestCase):
    def __init__(self, test_case, message, params):
        super().__init__()
        self._message = message
        self.test_case = test_case
        self.params = params
        self.failureException = test_case.failureException

    def runTest(self):
        raise NotImplementedError("subtests cannot be run directly")

    def _description(self):
        parts = []
        if self._message is not None:
            parts.append("[{}]".format(self._message))
        if self.params:
            parts.append("({})".format(', '.join("{}={!r}".format(name, value)
                                                 for name, value in self.params.items())))
        return " ".join(parts) or '(<subtest>)'

    def id(self):
        return "{} {}".format(self.test_case.id(), self._description())

    def shortDescription(self):
        return self.test_case.shortDescription()

    def __str__(self):
        return "{} {}".format(self.test_case, self._description())
