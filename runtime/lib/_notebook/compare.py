"""Comparison of a cell's outputs with the stored ones.

Outputs are cut into stretches: what the streams received up to the next displayed value, and the
value.  Addresses (hexadecimal, or decimal numbers of that size) stand for objects: they are the same
where one stored address always meets one address of this run, and the other way round.
"""

import difflib
import re

_NUMBER = re.compile(r'0x[0-9a-fA-F]{5,16}\b|(?<![\w.])[0-9]{7,20}(?![\w.])')
_ANSI = re.compile('\x1b\\[[0-9;]*m')
_WARNING = re.compile(r'^\S.*:[0-9]+: [A-Za-z]*Warning: .*\n(?:[ \t]+.*\n)?', re.MULTILINE)
_CELL_NAME = re.compile(r' \((?:<[^>]*>|Cell In ?\[[0-9]+\]|[^ ()]*\.py), line [0-9]+\)$')


def _text(value):
    return ''.join(value) if isinstance(value, list) else str(value)


def stored_outputs(cell):
    """The outputs of a notebook's cell as (kind, text) pairs."""
    outputs = []
    for output in cell.get('outputs', ()):
        kind = output.get('output_type')
        if kind == 'stream':
            outputs.append((output.get('name', 'stdout'), _text(output.get('text', ''))))
        elif kind in ('execute_result', 'display_data'):
            data = output.get('data', {})
            outputs.append((kind, _text(data.get('text/plain', ''))))
        elif kind == 'error':
            outputs.append((kind, f"{output.get('ename')}: {output.get('evalue')}"))
    return outputs


def _stretches(outputs):
    """[(stdout, stderr, kind, text)…]: streams up to each value, kind None at the end."""
    stretches = []
    streams = {'stdout': '', 'stderr': ''}
    for kind, text in outputs:
        if kind in streams:
            streams[kind] += text
            continue
        stretches.append((*streams.values(), kind, text))
        streams = {'stdout': '', 'stderr': ''}
    if any(streams.values()) or not stretches:
        stretches.append((*streams.values(), None, ''))
    # paths and lines of warnings, and the names of cells, differ from place to place
    return [(out, _WARNING.sub('', err), kind,
             _CELL_NAME.sub('', text) if kind == 'error' else _ANSI.sub('', text))
            for out, err, kind, text in stretches]


def is_address(text):
    """The number could be the address of an object."""
    value = int(text, 0) if text[0] != '0' or text[:2] == '0x' else -1
    return 1 << 20 <= value < 1 << 48 and value % 8 == 0


class Addresses:
    """Which stored address is which of this run."""

    def __init__(self):
        self.here = {}      # stored -> here
        self.stored = {}    # here -> stored

    def match(self, stored, here):
        """The numbers, as text, are equal or stand for the same object."""
        if stored == here and not is_address(here):
            return True
        if stored[:2].lower() != here[:2].lower() and '0x' in (stored[:2], here[:2]):
            return False
        if self._are_hashes(stored, here):
            return True
        if not is_address(stored) or not is_address(here):
            return False
        stored, here = int(stored, 0), int(here, 0)
        if self.here.setdefault(stored, here) != here:
            return False
        return self.stored.setdefault(here, stored) == stored

    def _are_hashes(self, stored, here):
        """The numbers are what object.__hash__ makes of one object's address."""
        return stored.isdigit() and here.isdigit() and (
            self.here.get(int(stored) * 16) == int(here) * 16)

    def forget_dead(self, is_alive):
        """Addresses of objects that are gone may serve others, here and where it was stored."""
        for here in [here for here in self.stored if not is_alive(here)]:
            del self.here[self.stored.pop(here)]

    def same(self, stored, here):
        """The texts are equal but for the names of objects."""
        if _NUMBER.sub('0', stored) != _NUMBER.sub('0', here):
            return False
        return all(map(self.match, _NUMBER.findall(stored), _NUMBER.findall(here)))


def outputs_equal(stored, here, addresses):
    """The outputs (lists of pairs) are the same."""
    stored, here = _stretches(stored), _stretches(here)
    if len(stored) != len(here):
        return False
    for left, right in zip(stored, here):
        if left[2] != right[2]:
            return False
        for a, b in ((left[0], right[0]), (left[1], right[1]), (left[3], right[3])):
            if not addresses.same(a.rstrip('\n'), b.rstrip('\n')):
                return False
    return True


def _lines(outputs):
    labels = {'stdout': '', 'stderr': 'stderr: ', 'execute_result': 'Out: ',
              'display_data': 'display: ', 'error': 'error: '}
    lines = []
    for out, err, kind, text in _stretches(outputs):
        for label, part in (('', out), ('stderr: ', err)):
            lines += [label + line for line in part.splitlines()]
        if kind is not None:
            lines += [labels[kind] + line for line in text.splitlines()]
    return lines


def difference(stored, here, limit=40):
    """Lines that show how outputs differ: '- ' stored, '+ ' here."""
    lines = []

    def symbol(match):
        text = match.group()
        return text if not is_address(text) else 'ADDRESS'

    left, right = _lines(stored), _lines(here)
    matcher = difflib.SequenceMatcher(None, [_NUMBER.sub(symbol, line) for line in left],
                                      [_NUMBER.sub(symbol, line) for line in right], False)
    for what, i, j, k, m in matcher.get_opcodes():
        if what == 'equal':
            lines += ['  ' + line if line == other else f'  {line}   (here {other})'
                      for line, other in zip(left[i:j], right[k:m])]
        else:
            lines += ['- ' + line for line in left[i:j]] + ['+ ' + line for line in right[k:m]]
    if len(lines) > limit:
        lines[limit:] = [f'  … {len(lines) - limit} lines more']
    return lines
