"""The command line of unittest, for python -m unittest and for unittest.main()."""

import argparse
import os
import sys

from . import loader, runner

__unittest = True


def _as_module(name):
    """tests/thing.py as tests.thing"""
    if os.path.isfile(name) and name.lower().endswith('.py'):
        if os.path.isabs(name):
            relative = os.path.relpath(name, os.getcwd())
            if os.path.isabs(relative) or relative.startswith(os.pardir):
                return name
            name = relative
        return os.path.normpath(name)[:-3].replace('\\', '.').replace('/', '.')
    return name


class TestProgram:
    """Loads tests as the command line says, runs them and exits."""

    def __init__(self, module='__main__', defaultTest=None, argv=None, testRunner=None,
                 testLoader=loader.defaultTestLoader, exit=True, verbosity=1, failfast=None,
                 catchbreak=None, buffer=None, warnings=None, *, tb_locals=False):
        if isinstance(module, str):
            module = __import__(module)
            for part in module.__name__.split('.')[1:]:
                module = getattr(module, part)
        self.module = module
        argv = sys.argv if argv is None else argv
        self.exit = exit
        self.verbosity = verbosity
        self.failfast = failfast
        self.buffer = buffer
        self.tb_locals = tb_locals
        self.warnings = 'default' if warnings is None and not sys.warnoptions else warnings
        self.defaultTest = defaultTest
        self.testRunner = testRunner
        self.testLoader = testLoader
        self.progName = os.path.basename(argv[0])
        self.parseArgs(argv)
        self.runTests()

    def _parser(self, prog):
        parser = argparse.ArgumentParser(prog=prog)
        parser.add_argument('-v', '--verbose', dest='verbosity', action='store_const', const=2,
                            help='Verbose output')
        parser.add_argument('-q', '--quiet', dest='verbosity', action='store_const', const=0,
                            help='Quiet output')
        parser.add_argument('--locals', dest='tb_locals', action='store_true',
                            help='Show local variables in tracebacks')
        parser.add_argument('-f', '--failfast', dest='failfast', action='store_true',
                            help='Stop on first fail or error')
        parser.add_argument('-c', '--catch', dest='catchbreak', action='store_true',
                            help='Catch Ctrl-C and display results so far')
        parser.add_argument('-b', '--buffer', dest='buffer', action='store_true',
                            help='Buffer stdout and stderr during tests')
        parser.add_argument('-k', dest='patterns', action='append', default=[],
                            help='Only run tests which match the given substring')
        parser.set_defaults(verbosity=self.verbosity)
        return parser

    def parseArgs(self, argv):
        args = argv[1:]
        if self.module is None and (not args or args[0] == 'discover'):
            parser = self._parser('%s discover' % self.progName)
            parser.add_argument('-s', '--start-directory', dest='start', default='.',
                                help="Directory to start discovery ('.' default)")
            parser.add_argument('-p', '--pattern', dest='pattern', default='test*.py',
                                help="Pattern to match tests ('test*.py' default)")
            parser.add_argument('-t', '--top-level-directory', dest='top', default=None,
                                help='Top level directory of project (defaults to start '
                                     'directory)')
            options = parser.parse_args(args[1:])
            self._settings(options)
            self.test = self.testLoader.discover(options.start, options.pattern, options.top)
            return
        parser = self._parser(self.progName)
        parser.add_argument('tests', nargs='*', help='a list of any number of test modules, '
                                                     'classes and test methods.')
        options = parser.parse_args(args)
        self._settings(options)
        names = [_as_module(name) for name in options.tests]
        if not names and self.defaultTest is not None:
            names = ([self.defaultTest] if isinstance(self.defaultTest, str)
                     else list(self.defaultTest))
        if names:
            self.test = self.testLoader.loadTestsFromNames(names, self.module)
        else:
            self.test = self.testLoader.loadTestsFromModule(self.module)

    def _settings(self, options):
        self.verbosity = options.verbosity
        self.failfast = self.failfast or options.failfast
        self.buffer = self.buffer or options.buffer
        self.tb_locals = self.tb_locals or options.tb_locals
        if options.patterns:
            self.testLoader.testNamePatterns = [
                pattern if '*' in pattern else '*%s*' % pattern for pattern in options.patterns]

    def runTests(self):
        chosen = self.testRunner or runner.TextTestRunner
        if isinstance(chosen, type):
            chosen = chosen(verbosity=self.verbosity, failfast=self.failfast, buffer=self.buffer,
                            warnings=self.warnings, tb_locals=self.tb_locals)
        self.result = chosen.run(self.test)
        if self.exit:
            sys.exit(not self.result.wasSuccessful())


main = TestProgram
