"""The lines of a notebook that are not Python: %magics and !commands.

A line is a magic only where Python finds a syntax error: whatever compiles is Python.
"""

import os
import re
import sys
import tempfile

NO_MAGIC = object()

_LINE = re.compile(r'^(\s*)(?:([\w.\[\], ]+?)\s*=\s*)?([%!])\s*(.*)$')
_INSTALLERS = ('pip', 'conda', 'mamba', 'uv')


class Shell:
    """What get_ipython() gives, as far as translated lines need it."""

    def __init__(self, runner, allowed):
        self._runner = runner
        self._allowed = allowed

    # ------------------------------------------------------------ whole cells

    def run_cell_magic(self, source):
        """Runs a cell that starts with %%: None, why it was refused, or NO_MAGIC."""
        head, _, body = source.lstrip().partition('\n')
        if not head.startswith('%%'):
            return NO_MAGIC
        name, _, rest = head[2:].strip().partition(' ')
        if name in ('writefile', 'file'):
            return self._write_file(rest.split(), body)
        if name in ('bash', 'sh', '!', 'system', 'sx'):
            return self._command(body)
        if name in ('time', 'capture'):
            if name == 'time':
                return f'the magic %%{name} prints times'
            return f'the magic %%{name} is not available'
        return f'the magic %%{name} is not available'

    def _write_file(self, words, body):
        append = any(word in ('-a', '--append') for word in words)
        names = [word for word in words if not word.startswith('-')]
        if len(names) != 1:
            raise ValueError('%%writefile takes one file name')
        path = os.path.expanduser(names[0].strip('"\''))
        exists = os.path.exists(path)
        folder = os.path.dirname(path)
        if folder:
            os.makedirs(folder, exist_ok=True)
        with open(path, 'a' if append else 'w', encoding='utf-8') as file:
            file.write(body if body.endswith('\n') or not body else body + '\n')
        verb = 'Appending to' if exists and append else 'Overwriting' if exists else 'Writing'
        print(f'{verb} {names[0]}')
        return None

    # ------------------------------------------------------------ lines

    def translate(self, source, compile_cell):
        """(code objects of the statements or None, why the cell is not run or None)."""
        lines = source.split('\n')
        skipped = []
        for _ in range(len(lines) + 1):
            text = '\n'.join(lines)
            try:
                codes = compile_cell(text)
                break
            except SyntaxError as error:
                index = (error.lineno or 0) - 1
                match = _LINE.match(lines[index]) if 0 <= index < len(lines) else None
                if match is None:
                    if 0 <= index < len(lines) and lines[index].rstrip().endswith('?'):
                        return None, 'help is not shown here'
                    raise
            indent, target, mark, rest = match.groups()
            line, refused = self._line(mark, rest, target, skipped)
            if refused:
                return None, refused
            lines[index] = indent + line
        if skipped and not any(line.strip() and line.strip() != 'pass' for line in lines):
            return None, f"{', '.join(skipped)} skipped: Ouro installs nothing"
        self._runner.notes += [f'{what} skipped: Ouro installs nothing' for what in skipped]
        return codes, None

    def _line(self, mark, rest, target, skipped):
        """Python for one line, and why it is refused."""
        name = rest.split(' ', 1)[0]
        if name in _INSTALLERS or (mark == '!' and re.match(r'python\d? -m pip\b', rest)):
            skipped.append(mark + name)
            return 'pass', None
        if mark == '!':
            if not self._allowed:
                return None, 'a shell command: give --allow-shell to run it'
            if target:
                return f'{target} = get_ipython().getoutput({rest.lstrip("!")!r})', None
            return f'get_ipython().system({rest.lstrip("!")!r})', None
        if name in ('matplotlib', 'load_ext', 'autoreload', 'config', 'reload_ext'):
            skipped.append('%' + name)
            return 'pass', None
        return None, f'the magic %{name} is not available'

    # ------------------------------------------------------------ commands

    def _command(self, text):
        if not self._allowed:
            return 'a shell command: give --allow-shell to run it'
        self.system(text)
        return None

    def system(self, command):
        """Runs a shell command and shows what it prints."""
        text, status = self._run(command)
        if text:
            sys.stdout.write(text)
        self._runner.namespace['_exit_code'] = status

    def getoutput(self, command):
        """The lines that a shell command prints."""
        return self._run(command)[0].splitlines()

    def _run(self, command):
        """Output and status; `python` is this interpreter for the command."""
        command = re.sub(r'(?<!\$)\{(\w+)\}|\$(\w+)\b', self._expand, command)
        with tempfile.TemporaryDirectory() as folder:
            os.symlink(sys.executable, os.path.join(folder, 'python'))
            os.symlink(sys.executable, os.path.join(folder, 'python3'))
            result = os.path.join(folder, 'output')
            script = os.path.join(folder, 'command')
            with open(script, 'w', encoding='utf-8') as file:
                file.write(command + '\n')
            status = os.system(f"PATH='{folder}':\"$PATH\" /bin/sh '{script}' >'{result}' 2>&1")
            with open(result, encoding='utf-8', errors='replace') as file:
                return file.read(), os.waitstatus_to_exitcode(status)

    def _expand(self, match):
        name = match.group(1) or match.group(2)
        if name in self._runner.namespace:
            return str(self._runner.namespace[name])
        return match.group()
