"""What became of tests."""

import sys
import traceback

__unittest = True


class TestResult:
    """Collects failures, errors, skipped tests and the like while tests run."""

    _previousTestClass = None
    _testRunEntered = False
    _moduleSetUpFailed = False

    def __init__(self, stream=None, descriptions=None, verbosity=None):
        self.failfast = False
        self.failures = []
        self.errors = []
        self.testsRun = 0
        self.skipped = []
        self.expectedFailures = []
        self.unexpectedSuccesses = []
        self.shouldStop = False
        self.buffer = False
        self.tb_locals = False

    def printErrors(self):
        """For subclasses: shows what went wrong."""

    def startTest(self, test):
        """A test begins."""
        self.testsRun += 1

    def startTestRun(self):
        """Before all tests."""

    def stopTest(self, test):
        """A test has ended."""

    def stopTestRun(self):
        """After all tests."""

    def _stop_if_fast(self):
        if getattr(self, 'failfast', False):
            self.stop()

    def addError(self, test, err):
        """An exception that no assertion raised; err as of sys.exc_info()."""
        self._stop_if_fast()
        self.errors.append((test, self._exc_info_to_string(err, test)))

    def addFailure(self, test, err):
        """An assertion failed."""
        self._stop_if_fast()
        self.failures.append((test, self._exc_info_to_string(err, test)))

    def addSubTest(self, test, subtest, err):
        """The end of a subtest; err None: well."""
        if err is None:
            return
        self._stop_if_fast()
        target = self.failures if issubclass(err[0], test.failureException) else self.errors
        target.append((subtest, self._exc_info_to_string(err, test)))

    def addSuccess(self, test):
        """A test went well."""

    def addSkip(self, test, reason):
        """A test was skipped."""
        self.skipped.append((test, reason))

    def addExpectedFailure(self, test, err):
        """A test failed as expected."""
        self.expectedFailures.append((test, self._exc_info_to_string(err, test)))

    def addUnexpectedSuccess(self, test):
        """A test that should fail did not."""
        self._stop_if_fast()
        self.unexpectedSuccesses.append(test)

    def wasSuccessful(self):
        """Whether nothing went wrong so far."""
        return not (self.failures or self.errors or self.unexpectedSuccesses)

    def stop(self):
        """No more tests are to be started."""
        self.shouldStop = True

    def _exc_info_to_string(self, err, test):
        """The traceback as text, without the frames of this package."""
        cls, value, tb = err
        while tb is not None and '__unittest' in tb.tb_frame.f_globals:
            tb = tb.tb_next
        if cls is getattr(test, 'failureException', None):
            tb = self._without_assertions(tb)
        return ''.join(traceback.format_exception(cls, value, tb))

    def _without_assertions(self, tb):
        inner = tb
        while inner is not None:
            following = inner.tb_next
            if following is not None and '__unittest' in following.tb_frame.f_globals:
                inner.tb_next = None
                break
            inner = following
        return tb

    def __repr__(self):
        return "<%s run=%i errors=%i failures=%i>" % (
            '%s.%s' % (type(self).__module__, type(self).__qualname__), self.testsRun,
            len(self.errors), len(self.failures))
