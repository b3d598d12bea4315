"""ouro --check FILE.ipynb: runs a notebook's code cells and compares them with what is stored.

Cells run top to bottom in the namespace of __main__, each top-level statement compiled on its own,
the value of a last expression displayed, as Jupyter does.  Nothing of this package is referred to
by the objects of the cells, and every notebook has a process to itself.
"""

import gc
import io
import json
import sys

import _cells
import builtins

from _notebook import compare, magic
from _notebook.display import plain_text


class _Stream(io.TextIOBase):
    """sys.stdout or sys.stderr of a cell."""

    def __init__(self, name, outputs):
        self._name = name
        self._outputs = outputs

    name = property(lambda self: f'<{self._name}>')
    encoding = 'UTF-8'
    errors = 'strict'

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError(f'write() argument must be str, not {type(text)}')
        outputs = self._outputs
        if outputs and outputs[-1][0] == self._name:
            outputs[-1] = (self._name, outputs[-1][1] + text)
        elif text:
            outputs.append((self._name, text))
        return len(text)

    def writable(self):
        return True

    def isatty(self):
        return False

    def flush(self):
        pass


class Runner:
    """Runs cells; self.outputs is what the current one has shown."""

    def __init__(self, namespace, allow_shell):
        self.namespace = namespace
        self.outputs = []
        self.notes = []
        self.futures = 0
        self.count = 0
        self.results = {}
        self.quiet = False
        self.shell = magic.Shell(self, allow_shell)
        namespace.update(In=[''], Out=self.results, _='', __='', ___='')
        namespace['display'] = self.display
        namespace['get_ipython'] = lambda: self.shell
        sys.stdout = _Stream('stdout', self.outputs)
        sys.stderr = _Stream('stderr', self.outputs)
        sys.displayhook = self.show

    def display(self, *values, **options):
        """What the function display() of notebooks does."""
        for value in values:
            self.outputs.append(('display_data', plain_text(value)))

    def show(self, value):
        """sys.displayhook."""
        if value is None or self.quiet:
            return
        self.outputs.append(('execute_result', plain_text(value)))
        namespace = self.namespace
        namespace['___'], namespace['__'] = namespace.get('__', ''), namespace.get('_', '')
        namespace['_'] = namespace[f'_{self.count}'] = self.results[self.count] = value

    def warn(self, message, category, filename, lineno, file=None, line=None):
        """warnings.showwarning: warnings are told, but not compared."""
        self.notes.append(f'{category.__name__}: {message}')

    def run(self, source, count):
        """Runs the source of one cell; None, or why it was not run."""
        self.outputs.clear()
        self.notes.clear()
        self.count = count
        self.namespace['In'].append(source)
        self.quiet = source.rstrip().endswith(';')
        refused = None
        try:
            answer = self.shell.run_cell_magic(source)
            if answer is not magic.NO_MAGIC:
                refused = answer
            else:
                codes, refused = self.shell.translate(source, self.compile)
                if codes is not None:
                    self.execute(codes)
        except BaseException as error:
            self.report(error)
        return refused

    def compile(self, source):
        """The code objects of a cell's statements."""
        codes, self.futures = _cells.compile_cell(source, f'<cell {self.count}>', self.futures)
        return codes

    def execute(self, codes):
        """Runs statements one after another."""
        codes.reverse()
        while codes:
            exec(codes.pop(), self.namespace)

    def report(self, error):
        """The output of an exception that a cell raised."""
        sys.last_type, sys.last_value, sys.last_traceback = type(error), error, error.__traceback__
        try:
            text = str(error)
        except Exception:
            text = '<exception str() failed>'
        self.outputs.append(('error', f'{type(error).__name__}: {text}'))


def _read(path):
    """The code cells of a notebook; ValueError if it is none."""
    with open(path, encoding='utf-8') as file:
        book = json.load(file)
    if not isinstance(book, dict) or not isinstance(book.get('cells'), list):
        raise ValueError('not a notebook of format 4')
    cells = [cell for cell in book['cells'] if isinstance(cell, dict)
             and cell.get('cell_type') == 'code']
    if not all(isinstance(cell.get('source', ''), (str, list)) and
               isinstance(cell.get('outputs', []), list) and
               all(isinstance(output, dict) for output in cell.get('outputs', []))
               for cell in cells):
        raise ValueError('not a notebook of format 4')
    return cells


def _plural(number, word):
    return f'{number} {word}' + ('' if number == 1 else 's')


def _describe(outputs):
    """What a cell did that has nothing to be compared with."""
    if outputs and outputs[-1][0] == 'error':
        return 'raised ' + outputs[-1][1].partition('\n')[0]
    lines = sum(text.count('\n') + (not text.endswith('\n')) for _, text in outputs)
    return f"printed {_plural(lines, 'line')}" if lines else 'printed nothing'


class _Report:
    """Counts and prints the verdicts."""

    def __init__(self, out):
        self.out = out
        self.counts = {'same': 0, 'differs': 0, 'not run': 0}

    def add(self, number, cell, verdict, reason='', lines=(), notes=()):
        self.counts[verdict] += 1
        count = cell.get('execution_count')
        label = f"cell {number} In [{' ' if count is None else count}]"
        self.out.write(f"{label}: {verdict}{' (' + reason + ')' if reason else ''}\n")
        for line in lines:
            self.out.write(f'    {line}\n')
        for note in notes:
            self.out.write(f'    note: {note}\n')

    def end(self):
        counts = self.counts
        self.out.write(f"{counts['same']} same, {counts['differs']} differ, "
                       f"{counts['not run']} not run\n")
        self.out.flush()
        return 1 if counts['differs'] else 0


def _check_cells(cells, runner, report):
    addresses = compare.Addresses()
    for number, cell in enumerate(cells, 1):
        source = cell.get('source', '')
        source = ''.join(source) if isinstance(source, list) else source
        count = cell.get('execution_count')
        stored = compare.stored_outputs(cell)
        refused = runner.run(source, number if count is None else count)
        notes = list(runner.notes)
        if refused:
            report.add(number, cell, 'not run', refused, notes=notes)
        elif count is None and not stored:
            report.add(number, cell, 'not run',
                       f'by the notebook: nothing is stored; here it {_describe(runner.outputs)}',
                       notes=notes)
        elif compare.outputs_equal(stored, runner.outputs, addresses):
            report.add(number, cell, 'same', notes=notes)
        else:
            report.add(number, cell, 'differs',
                       lines=compare.difference(stored, runner.outputs), notes=notes)
        addresses.forget_dead(_reachable(runner.namespace).__contains__)


def _reachable(namespace):
    """The ids of what the cells can still reach; the insides of imported modules are left out."""
    modules = {id(module.__dict__) for module in sys.modules.values()} - {id(namespace)}
    found = set()
    waiting = [namespace]
    while waiting:
        o = waiting.pop()
        if id(o) in found or id(o) in modules:
            continue
        found.add(id(o))
        kind = type(o)
        if issubclass(kind, type):
            foreign = type.__getattribute__(o, '__module__') != '__main__'
        else:
            foreign = kind is type(sys)
        if not foreign:
            waiting += gc.get_referents(o)
    return found


def check(path, allow_shell):
    """Checks one notebook; the exit status."""
    try:
        cells = _read(path)
    except (OSError, ValueError, RecursionError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        print(f"ouro: cannot read notebook '{path}': {reason}", file=sys.stderr)
        return 2
    out, err = sys.stdout, sys.stderr
    out.write(f'{path}\n')
    sys.path[0:1] = ['']
    namespace = sys.modules['__main__'].__dict__
    runner = Runner(namespace, allow_shell)
    import warnings
    warnings.showwarning = runner.warn
    report = _Report(out)
    try:
        _check_cells(cells, runner, report)
    except BaseException:
        sys.stdout, sys.stderr = out, err
        raise
    status = report.end()
    # what finalisers still print belongs to no cell
    runner.results.clear()
    namespace.clear()
    sys.last_type = sys.last_value = sys.last_traceback = None
    return status
