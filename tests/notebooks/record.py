"""Records the outputs of the notebooks here from CPython 3.11:  python3.11 record.py [FILE.ipynb…]

Cells run as Jupyter runs them: one namespace, every top-level statement compiled on its own, a last
expression displayed.  How a value is laid out comes from the display module of ouro --check; what it
is comes from CPython.
"""

import ast
import contextlib
import importlib.util
import io
import json
import pathlib
import sys
import warnings

HERE = pathlib.Path(__file__).resolve().parent


def load_display():
    path = HERE.parent.parent / 'runtime' / 'lib' / '_notebook' / 'display.py'
    spec = importlib.util.spec_from_file_location('notebook_display', path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Stream(io.TextIOBase):
    def __init__(self, name, outputs):
        self.label = name
        self.outputs = outputs

    def write(self, text):
        last = self.outputs[-1] if self.outputs else {}
        if last.get('name') == self.label:
            last['text'][0] += text
        elif text:
            self.outputs.append({'name': self.label, 'output_type': 'stream', 'text': [text]})
        return len(text)


def run_cell(source, count, namespace, plain_text):
    outputs = []

    def show(value):
        if value is not None and not source.rstrip().endswith(';'):
            outputs.append({'data': {'text/plain': plain_text(value).splitlines(keepends=True)},
                            'execution_count': count, 'metadata': {},
                            'output_type': 'execute_result'})
            namespace['Out'][count] = value

    if source.startswith('%%writefile'):
        head, _, body = source.partition('\n')
        target = pathlib.Path(head.split()[1])
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(body + '\n')
        return [{'name': 'stdout', 'output_type': 'stream',
                 'text': [f'Writing {target}\n']}]
    sys.displayhook = show
    with contextlib.redirect_stdout(Stream('stdout', outputs)), \
            contextlib.redirect_stderr(Stream('stderr', outputs)):
        try:
            body = ast.parse(source, f'<cell {count}>').body
            for index, node in enumerate(body):
                if index == len(body) - 1 and isinstance(node, ast.Expr):
                    code = compile(ast.Interactive([node]), f'<cell {count}>', 'single')
                else:
                    code = compile(ast.Module([node], []), f'<cell {count}>', 'exec')
                exec(code, namespace)
        except Exception as error:
            outputs.append({'ename': type(error).__name__, 'evalue': str(error),
                            'output_type': 'error', 'traceback': []})
    return outputs


def lines(output):
    if output['output_type'] == 'stream':
        output['text'] = ''.join(output['text']).splitlines(keepends=True)
    return output


def record(path, plain_text):
    book = json.loads(path.read_text())
    namespace = {'__name__': '__main__', 'Out': {}}
    for count, cell in enumerate((c for c in book['cells'] if c['cell_type'] == 'code'), 1):
        source = ''.join(cell['source'])
        if source.startswith('%pip'):
            cell['execution_count'], cell['outputs'] = None, []
            continue
        cell['execution_count'] = count
        cell['outputs'] = [lines(o) for o in run_cell(source, count, namespace, plain_text)]
    path.write_text(json.dumps(book, indent=1, ensure_ascii=False, sort_keys=True) + '\n')


if __name__ == '__main__':
    warnings.simplefilter('ignore')
    display = load_display()
    # one process for each, so that none sees the objects of another
    names = [pathlib.Path(name) for name in sys.argv[1:]] or sorted(HERE.glob('*.ipynb'))
    if len(names) == 1:
        record(names[0], display.plain_text)
    else:
        import subprocess
        for name in names:
            subprocess.run([sys.executable, __file__, str(name)], check=True)
