"""Tests: cases with assertions, suites of them, a loader, a runner and a command line.

case.py has TestCase and what happens around one test; result.py what became of the tests; suite.py
groups them; loader.py finds them; runner.py and main.py run them; mock.py has stand-ins for objects.
"""

from .case import (TestCase, FunctionTestCase, SkipTest, IsolatedAsyncioTestCase, addModuleCleanup,
                   doModuleCleanups, enterModuleContext, expectedFailure, skip, skipIf, skipUnless)
from .result import TestResult
from .suite import BaseTestSuite, TestSuite
from .loader import TestLoader, defaultTestLoader
from .runner import TextTestResult, TextTestRunner
from .main import TestProgram, main

__all__ = ['TestResult', 'TestCase', 'IsolatedAsyncioTestCase', 'TestSuite', 'TextTestRunner',
           'TestLoader', 'FunctionTestCase', 'main', 'defaultTestLoader', 'SkipTest', 'skip',
           'skipIf', 'skipUnless', 'expectedFailure', 'TextTestResult', 'addModuleCleanup',
           'doModuleCleanups', 'enterModuleContext']

__unittest = True
