"""ouro --profile: what the measurements of _profiler look like, as text or as one page of HTML."""

import linecache
import sys

import _profiler

_TOP = 25       # rows of the tables of the text report
_SHOWN = 4000   # lines of one file in the page


class _Function:
    def __init__(self, row):
        self.code, self.calls, self.own, self.total, self.grown, _, lines = row
        self.file = self.code.co_filename
        self.line = self.code.co_firstlineno
        self.name = self.code.co_qualname
        self.lines = [_Line(self, *line) for line in lines]
        self.place = f'{_short(self.file)}:{self.line}'


class _Line:
    def __init__(self, function, number, hits, own, total, grown, most):
        self.function = function
        self.number, self.hits, self.own, self.total = number, hits, own, total
        self.grown, self.most = grown, most

    @property
    def source(self):
        return linecache.getline(self.function.file, self.number).rstrip()


def _short(path):
    parts = path.rsplit('/', 2)
    return path if len(parts) < 3 else '/'.join(parts[1:])


def _bytes(size):
    """A number of bytes with its unit, signed when it shrank."""
    for unit, scale in (('GiB', 2 ** 30), ('MiB', 2 ** 20), ('KiB', 2 ** 10)):
        if abs(size) >= scale:
            return f'{size / scale:.1f} {unit}'
    return f'{size} B'


def _seconds(value):
    return f'{value:.3f} s' if value >= 1 else f'{value * 1e3:.3f} ms'


def _collect():
    functions = [_Function(row) for row in _profiler.results()]
    return sorted(functions, key=lambda f: (-f.own, f.file, f.line))


def _summary(path, functions):
    own = sum(f.own for f in functions)
    return f'Profile of {path}: {_seconds(own)}, at most {_bytes(_profiler.most())} in use'


def text_report(path):
    """The tables of functions and lines, the slowest first."""
    functions = _collect()
    rows = [_summary(path, functions), '',
            f"{'calls':>9} {'own time':>11} {'with calls':>11} {'memory':>11}  function"]
    for f in functions[:_TOP]:
        rows.append(f'{f.calls:>9} {_seconds(f.own):>11} {_seconds(f.total):>11} '
                    f'{_bytes(f.grown):>11}  {f.name} ({f.place})')
    if len(functions) > _TOP:
        rows.append(f'{len(functions) - _TOP} functions more')
    lines = sorted((line for lines in _merged_lines(functions).values()
                    for line in lines.values()),
                   key=lambda line: (-line.own, line.function.file, line.number))
    rows += ['', f"{'hits':>9} {'own time':>11} {'with calls':>11} {'memory':>11}  line"]
    for line in lines[:_TOP]:
        rows.append(f'{line.hits:>9} {_seconds(line.own):>11} {_seconds(line.total):>11} '
                    f'{_bytes(line.grown):>11}  {_short(line.function.file)}:{line.number}  '
                    f'{line.source.strip()}'.rstrip())
    if len(lines) > _TOP:
        rows.append(f'{len(lines) - _TOP} lines more')
    return '\n'.join(rows) + '\n'


# ---------------------------------------------------------------- the page

_STYLE = '''
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; color: #1c2530;
       background: #fbfbf9; padding: 0 1rem }
h1 { font-size: 1.5rem } h2 { font-size: 1.15rem; margin-top: 2.2rem }
table { border-collapse: collapse; width: 100% }
th, td { text-align: right; padding: .1rem .7rem; white-space: pre; font-variant-numeric: tabular-nums }
th { border-bottom: 2px solid #c9ced6; color: #55606e; font-weight: 600 }
th.sort { cursor: pointer } th.sort:hover { color: #0b57a4 }
td.code, th.code { text-align: left; font-family: ui-monospace, monospace; font-size: 13px; width: 99% }
td.bar { position: relative; min-width: 6.5rem }
td.bar i { position: absolute; right: 0; top: 2px; bottom: 2px; background: #f4b183; opacity: .55;
           border-radius: 2px 0 0 2px }
td.bar.memory i { background: #8fb7e3 }
td.bar b { position: relative; font-weight: normal }
tr:hover td { background: #eef2f7 }
tr:target td { background: #fff3bf }
.number { color: #97a0ab; user-select: none }
a { color: #0b57a4; text-decoration: none } a:hover { text-decoration: underline }
'''

_SCRIPT = '''
for (const head of document.querySelectorAll('th.sort')) head.addEventListener('click', () => {
  const table = head.closest('table'), column = head.cellIndex, body = table.tBodies[0];
  const rows = [...body.rows], key = row => row.cells[column].dataset.key ?? row.cells[column].innerText;
  const turned = head.dataset.turned = head.dataset.turned === 'down' ? 'up' : 'down';
  rows.sort((a, b) => { const x = key(a), y = key(b);
    const order = isNaN(x) || isNaN(y) ? String(y).localeCompare(x) : y - x;
    return turned === 'down' ? order : -order; });
  body.append(...rows);
});
'''


def _escape(text):
    return (text.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;')
            .replace('"', '&quot;'))


def _bar(value, largest, text, kind=''):
    width = 0 if largest <= 0 else max(0, round(100 * value / largest, 1))
    return (f'<td class="bar {kind}" data-key="{value}"><i style="width:{width}%"></i>'
            f'<b>{text}</b></td>')


def _function_rows(functions, anchors):
    slowest = max((f.own for f in functions), default=0)
    total = max((f.total for f in functions), default=0)
    memory = max((f.grown for f in functions), default=0)
    for f in functions:
        name = f'{_escape(f.name)} <span class="number">{_escape(f.place)}</span>'
        if f.file in anchors:
            name = f'<a href="#{anchors[f.file]}-{f.line}">{name}</a>'
        yield (f'<tr><td data-key="{f.calls}">{f.calls}</td>' +
               _bar(f.own, slowest, _seconds(f.own)) + _bar(f.total, total, _seconds(f.total)) +
               _bar(f.grown, memory, _bytes(f.grown), 'memory') +
               f'<td class="code">{name}</td></tr>')


def _source_rows(file, lines, anchor):
    slowest = max((line.own for line in lines.values()), default=0)
    memory = max((line.grown for line in lines.values()), default=0)
    for number, text in enumerate(linecache.getlines(file)[:_SHOWN], 1):
        head = f'<tr id="{anchor}-{number}">'
        code = (f'<td class="number">{number}</td>'
                f'<td class="code">{_escape(text.rstrip())}</td></tr>')
        line = lines.get(number)
        if line is None:
            yield head + '<td></td><td></td><td></td><td></td>' + code
        else:
            yield (head + f'<td>{line.hits}</td>' + _bar(line.own, slowest, _seconds(line.own)) +
                   f'<td>{_seconds(line.total)}</td>' +
                   _bar(line.grown, memory, _bytes(line.grown), 'memory') + code)


def _merged_lines(functions):
    """{file: {line number: _Line}}; nested functions may share lines."""
    files = {}
    for f in functions:
        lines = files.setdefault(f.file, {})
        for line in f.lines:
            other = lines.get(line.number)
            if other is None:
                lines[line.number] = line
            else:
                other.hits += line.hits
                other.own += line.own
                other.total = max(other.total, line.total)
                other.grown = max(other.grown, line.grown)
    return files


def html_report(path):
    """The same as one page without anything from elsewhere."""
    functions = _collect()
    title = _escape(_summary(path, functions))
    files = {file: lines for file, lines in _merged_lines(functions).items()
             if linecache.getlines(file)}
    anchors = {file: f'file{index}' for index, file in enumerate(files)}
    parts = ['<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
             f'<title>{title}</title><style>{_STYLE}</style></head><body><h1>{title}</h1>'
             '<h2>Functions</h2><table><thead><tr><th class="sort">calls</th>'
             '<th class="sort">own time</th><th class="sort">with calls</th>'
             '<th class="sort">memory</th><th class="sort code">function</th></tr></thead><tbody>']
    parts += _function_rows(functions, anchors)
    parts.append('</tbody></table>')
    for file, lines in files.items():
        parts.append(f'<h2>{_escape(file)}</h2><table><thead><tr><th>hits</th><th>own time</th>'
                     '<th>with calls</th><th>memory</th><th></th><th class="code">source</th></tr>'
                     '</thead><tbody>')
        parts += _source_rows(file, lines, anchors[file])
        parts.append('</tbody></table>')
    parts.append(f'<script>{_SCRIPT}</script></body></html>')
    return '\n'.join(parts) + '\n'


def report(path, target):
    """Writes the report: to stdout, or to a file whose ending tells the form."""
    if target is None:
        sys.stdout.write(text_report(path))
        return
    text = html_report(path) if target.endswith('.html') else text_report(path)
    with open(target, 'w', encoding='utf-8', errors='backslashreplace') as file:
        file.write(text)
