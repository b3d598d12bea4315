"""How sequences differ: SequenceMatcher, and the well-known forms of showing it for lines."""

from collections import namedtuple
from heapq import nlargest
from types import GenericAlias

__all__ = ['get_close_matches', 'ndiff', 'restore', 'SequenceMatcher', 'Differ', 'IS_CHARACTER_JUNK',
           'IS_LINE_JUNK', 'context_diff', 'unified_diff', 'diff_bytes', 'HtmlDiff', 'Match']

Match = namedtuple('Match', 'a b size')


def _ratio(matches, length):
    return 2.0 * matches / length if length else 1.0


class SequenceMatcher:
    """Compares two sequences of hashable items by their longest common blocks.

    The longest block that both have is found, then likewise what is left and right of it (Ratcliff
    and Obershelp, "gestalt pattern matching").  Items for which isjunk is true, and with autojunk
    those that make up more than a hundredth of a long second sequence, begin no block.
    """

    def __init__(self, isjunk=None, a='', b='', autojunk=True):
        self.isjunk = isjunk
        self.a = self.b = None
        self.autojunk = autojunk
        self.set_seqs(a, b)

    def set_seqs(self, a, b):
        """Sets both sequences."""
        self.set_seq1(a)
        self.set_seq2(b)

    def set_seq1(self, a):
        """Sets the first sequence."""
        if a is self.a:
            return
        self.a = a
        self.matching_blocks = self.opcodes = None

    def set_seq2(self, b):
        """Sets the second sequence, about which much is remembered."""
        if b is self.b:
            return
        self.b = b
        self.matching_blocks = self.opcodes = None
        self.fullbcount = None
        self._index_b()

    def _index_b(self):
        """b2j: item -> its positions in b, without junk and popular items."""
        self.b2j = places = {}
        for i, item in enumerate(self.b):
            places.setdefault(item, []).append(i)
        self.bjunk = junk = set()
        if self.isjunk:
            junk.update(item for item in places if self.isjunk(item))
            for item in junk:
                del places[item]
        self.bpopular = popular = set()
        size = len(self.b)
        if self.autojunk and size >= 200:
            limit = size // 100 + 1
            popular.update(item for item, where in places.items() if len(where) > limit)
            for item in popular:
                del places[item]

    def find_longest_match(self, alo=0, ahi=None, blo=0, bhi=None):
        """The longest block in a[alo:ahi] and b[blo:bhi]; of several the one that begins first in a,
        then in b."""
        a, b = self.a, self.b
        ahi = len(a) if ahi is None else ahi
        bhi = len(b) if bhi is None else bhi
        places, junk = self.b2j, self.bjunk
        best_i, best_j, best = alo, blo, 0
        lengths = {}  # j: how long the block is that ends at a[i - 1], b[j]
        nothing = ()
        for i in range(alo, ahi):
            following = {}
            for j in places.get(a[i], nothing):
                if j < blo:
                    continue
                if j >= bhi:
                    break
                size = following[j] = lengths.get(j - 1, 0) + 1
                if size > best:
                    best_i, best_j, best = i - size + 1, j - size + 1, size
            lengths = following
        # The block takes in what it was not to begin with: first popular items, then junk.
        for wanted in (False, True):
            while (best_i > alo and best_j > blo and (b[best_j - 1] in junk) is wanted
                   and a[best_i - 1] == b[best_j - 1]):
                best_i, best_j, best = best_i - 1, best_j - 1, best + 1
            while (best_i + best < ahi and best_j + best < bhi
                   and (b[best_j + best] in junk) is wanted
                   and a[best_i + best] == b[best_j + best]):
                best += 1
        return Match(best_i, best_j, best)

    def get_matching_blocks(self):
        """All blocks in order; the last one is (len(a), len(b), 0)."""
        if self.matching_blocks is not None:
            return self.matching_blocks
        end_a, end_b = len(self.a), len(self.b)
        found, todo = [], [(0, end_a, 0, end_b)]
        while todo:
            alo, ahi, blo, bhi = todo.pop()
            i, j, size = block = self.find_longest_match(alo, ahi, blo, bhi)
            if not size:
                continue
            found.append(block)
            if alo < i and blo < j:
                todo.append((alo, i, blo, j))
            if i + size < ahi and j + size < bhi:
                todo.append((i + size, ahi, j + size, bhi))
        found.sort()
        joined = []
        for i, j, size in found:
            if joined and joined[-1][0] + joined[-1][2] == i and joined[-1][1] + joined[-1][2] == j:
                before = joined[-1]
                joined[-1] = Match(before[0], before[1], before[2] + size)
            else:
                joined.append(Match(i, j, size))
        joined.append(Match(end_a, end_b, 0))
        self.matching_blocks = joined
        return joined

    def get_opcodes(self):
        """(tag, i1, i2, j1, j2): how a[i1:i2] becomes b[j1:j2]; tag is replace, delete, insert or
        equal."""
        if self.opcodes is not None:
            return self.opcodes
        i = j = 0
        self.opcodes = steps = []
        for at_a, at_b, size in self.get_matching_blocks():
            if i < at_a or j < at_b:
                tag = 'insert' if i == at_a else 'delete' if j == at_b else 'replace'
                steps.append((tag, i, at_a, j, at_b))
            i, j = at_a + size, at_b + size
            if size:
                steps.append(('equal', at_a, i, at_b, j))
        return steps

    def get_grouped_opcodes(self, n=3):
        """Lists of opcodes: changes that are near each other with n equal items around."""
        steps = list(self.get_opcodes()) or [("equal", 0, 1, 0, 1)]
        if steps[0][0] == 'equal':
            tag, i1, i2, j1, j2 = steps[0]
            steps[0] = tag, max(i1, i2 - n), i2, max(j1, j2 - n), j2
        if steps[-1][0] == 'equal':
            tag, i1, i2, j1, j2 = steps[-1]
            steps[-1] = tag, i1, min(i2, i1 + n), j1, min(j2, j1 + n)
        group = []
        for tag, i1, i2, j1, j2 in steps:
            if tag == 'equal' and i2 - i1 > 2 * n:
                group.append((tag, i1, min(i2, i1 + n), j1, min(j2, j1 + n)))
                yield group
                group = []
                i1, j1 = max(i1, i2 - n), max(j1, j2 - n)
            group.append((tag, i1, i2, j1, j2))
        if group and not (len(group) == 1 and group[0][0] == 'equal'):
            yield group

    def ratio(self):
        """How alike the sequences are, from 0 to 1."""
        return _ratio(sum(block[2] for block in self.get_matching_blocks()),
                      len(self.a) + len(self.b))

    def quick_ratio(self):
        """A bound from above of ratio(), sooner found."""
        if self.fullbcount is None:
            self.fullbcount = counts = {}
            for item in self.b:
                counts[item] = counts.get(item, 0) + 1
        left, matches = {}, 0
        for item in self.a:
            count = left.get(item)
            if count is None:
                count = self.fullbcount.get(item, 0)
            left[item] = count - 1
            if count > 0:
                matches += 1
        return _ratio(matches, len(self.a) + len(self.b))

    def real_quick_ratio(self):
        """A bound from above of ratio(), found at once."""
        return _ratio(min(len(self.a), len(self.b)), len(self.a) + len(self.b))

    __class_getitem__ = classmethod(GenericAlias)


def get_close_matches(word, possibilities, n=3, cutoff=0.6):
    """The n best matches for word whose ratio is at least cutoff, the best first."""
    if not n > 0:
        raise ValueError("n must be > 0: %r" % (n,))
    if not 0.0 <= cutoff <= 1.0:
        raise ValueError("cutoff must be in [0.0, 1.0]: %r" % (cutoff,))
    found = []
    matcher = SequenceMatcher()
    matcher.set_seq2(word)
    for other in possibilities:
        matcher.set_seq1(other)
        if (matcher.real_quick_ratio() >= cutoff and matcher.quick_ratio() >= cutoff
                and matcher.ratio() >= cutoff):
            found.append((matcher.ratio(), other))
    return [other for _, other in nlargest(n, found)]


# ---- lines with marks for what changed inside them

def _keep_space(text, marks):
    """The marks, with the white space of the text where there is no mark."""
    return ''.join(letter if mark == ' ' and letter.isspace() else mark
                   for letter, mark in zip(text, marks)).rstrip()


class Differ:
    """Compares lines; the result has two letters before each: '- ' only in the first, '+ ' only in
    the second, '  ' in both, '? ' marks under changed characters."""

    def __init__(self, linejunk=None, charjunk=None):
        self.linejunk = linejunk
        self.charjunk = charjunk

    def compare(self, a, b):
        """The lines of the comparison."""
        matcher = SequenceMatcher(self.linejunk, a, b)
        for tag, alo, ahi, blo, bhi in matcher.get_opcodes():
            if tag == 'replace':
                yield from self._fancy_replace(a, alo, ahi, b, blo, bhi)
            elif tag == 'delete':
                yield from self._dump('-', a, alo, ahi)
            elif tag == 'insert':
                yield from self._dump('+', b, blo, bhi)
            else:
                yield from self._dump(' ', a, alo, ahi)

    def _dump(self, tag, lines, low, high):
        for i in range(low, high):
            yield '%s %s' % (tag, lines[i])

    def _plain_replace(self, a, alo, ahi, b, blo, bhi):
        """Lines that have nothing in common: the shorter side first."""
        if bhi - blo < ahi - alo:
            yield from self._dump('+', b, blo, bhi)
            yield from self._dump('-', a, alo, ahi)
        else:
            yield from self._dump('-', a, alo, ahi)
            yield from self._dump('+', b, blo, bhi)

    def _fancy_replace(self, a, alo, ahi, b, blo, bhi):
        """Looks for the two lines that are most alike, and goes on before and after them."""
        best, cutoff = 0.74, 0.75
        matcher = SequenceMatcher(self.charjunk)
        equal_i = equal_j = None
        for j in range(blo, bhi):
            matcher.set_seq2(b[j])
            for i in range(alo, ahi):
                if a[i] == b[j]:
                    if equal_i is None:
                        equal_i, equal_j = i, j
                    continue
                matcher.set_seq1(a[i])
                if (matcher.real_quick_ratio() > best and matcher.quick_ratio() > best
                        and matcher.ratio() > best):
                    best, best_i, best_j = matcher.ratio(), i, j
        if best < cutoff:
            if equal_i is None:
                yield from self._plain_replace(a, alo, ahi, b, blo, bhi)
                return
            best_i, best_j = equal_i, equal_j
            equal = True
        else:
            equal = False
        yield from self._fancy_helper(a, alo, best_i, b, blo, best_j)
        old, new = a[best_i], b[best_j]
        if equal:
            yield '  ' + old
        else:
            marks_a = marks_b = ''
            matcher.set_seqs(old, new)
            for tag, i1, i2, j1, j2 in matcher.get_opcodes():
                m, n = i2 - i1, j2 - j1
                if tag == 'replace':
                    marks_a += '^' * m
                    marks_b += '^' * n
                elif tag == 'delete':
                    marks_a += '-' * m
                elif tag == 'insert':
                    marks_b += '+' * n
                else:
                    marks_a += ' ' * m
                    marks_b += ' ' * n
            yield from self._qformat(old, new, marks_a, marks_b)
        yield from self._fancy_helper(a, best_i + 1, ahi, b, best_j + 1, bhi)

    def _fancy_helper(self, a, alo, ahi, b, blo, bhi):
        if alo < ahi and blo < bhi:
            yield from self._fancy_replace(a, alo, ahi, b, blo, bhi)
        elif alo < ahi:
            yield from self._dump('-', a, alo, ahi)
        elif blo < bhi:
            yield from self._dump('+', b, blo, bhi)

    def _qformat(self, aline, bline, atags, btags):
        """Two lines, each with its marks below if there are any."""
        atags = _keep_space(aline, atags)
        btags = _keep_space(bline, btags)
        yield '- ' + aline
        if atags:
            yield '? %s\n' % atags
        yield '+ ' + bline
        if btags:
            yield '? %s\n' % btags


def IS_LINE_JUNK(line, pat=None):
    """Whether a line is blank or a single #."""
    return line.strip() in ('', '#')


def IS_CHARACTER_JUNK(ch, ws=" \t"):
    """Whether a character is a space or a tab."""
    return ch in ws


def ndiff(a, b, linejunk=None, charjunk=IS_CHARACTER_JUNK):
    """The lines of Differ().compare(a, b)."""
    return Differ(linejunk, charjunk).compare(a, b)


def restore(delta, which):
    """The lines that a comparison of ndiff was made from: which is 1 or 2."""
    try:
        wanted = {1: '- ', 2: '+ '}[int(which)]
    except KeyError:
        raise ValueError('unknown delta choice (must be 1 or 2): %r' % which) from None
    for line in delta:
        if line[:2] in ('  ', wanted):
            yield line[2:]


# ---- the forms of the program diff

def _check_types(a, b, *others):
    if a and not isinstance(a[0], str):
        raise TypeError('lines to compare must be str, not %s (%r)' % (type(a[0]).__name__, a[0]))
    if b and not isinstance(b[0], str):
        raise TypeError('lines to compare must be str, not %s (%r)' % (type(b[0]).__name__, b[0]))
    for other in others:
        if not isinstance(other, str):
            raise TypeError('all arguments must be str, not: %r' % (other,))


def _dates(fromfiledate, tofiledate):
    return ('\t' + fromfiledate if fromfiledate else '',
            '\t' + tofiledate if tofiledate else '')


def _format_range_unified(start, stop):
    first, length = start + 1, stop - start
    if length == 1:
        return '%d' % first
    return '%d,%d' % (first if length else first - 1, length)


def unified_diff(a, b, fromfile='', tofile='', fromfiledate='', tofiledate='', n=3, lineterm='\n'):
    """The lines of `diff -u`."""
    _check_types(a, b, fromfile, tofile, fromfiledate, tofiledate, lineterm)
    started = False
    for group in SequenceMatcher(None, a, b).get_grouped_opcodes(n):
        if not started:
            started = True
            from_date, to_date = _dates(fromfiledate, tofiledate)
            yield '--- %s%s%s' % (fromfile, from_date, lineterm)
            yield '+++ %s%s%s' % (tofile, to_date, lineterm)
        first, last = group[0], group[-1]
        yield '@@ -%s +%s @@%s' % (_format_range_unified(first[1], last[2]),
                                   _format_range_unified(first[3], last[4]), lineterm)
        for tag, i1, i2, j1, j2 in group:
            if tag == 'equal':
                for line in a[i1:i2]:
                    yield ' ' + line
                continue
            if tag in ('replace', 'delete'):
                for line in a[i1:i2]:
                    yield '-' + line
            if tag in ('replace', 'insert'):
                for line in b[j1:j2]:
                    yield '+' + line


def _format_range_context(start, stop):
    first, length = start + 1, stop - start
    if not length:
        first -= 1
    return '%d' % first if length <= 1 else '%d,%d' % (first, first + length - 1)


def context_diff(a, b, fromfile='', tofile='', fromfiledate='', tofiledate='', n=3, lineterm='\n'):
    """The lines of `diff -c`."""
    _check_types(a, b, fromfile, tofile, fromfiledate, tofiledate, lineterm)
    marks = {'insert': '+ ', 'delete': '- ', 'replace': '! ', 'equal': '  '}
    started = False
    for group in SequenceMatcher(None, a, b).get_grouped_opcodes(n):
        if not started:
            started = True
            from_date, to_date = _dates(fromfiledate, tofiledate)
            yield '*** %s%s%s' % (fromfile, from_date, lineterm)
            yield '--- %s%s%s' % (tofile, to_date, lineterm)
        first, last = group[0], group[-1]
        yield '***************' + lineterm
        yield '*** %s ****%s' % (_format_range_context(first[1], last[2]), lineterm)
        if any(tag in ('replace', 'delete') for tag, *_ in group):
            for tag, i1, i2, _, _ in group:
                if tag != 'insert':
                    for line in a[i1:i2]:
                        yield marks[tag] + line
        yield '--- %s ----%s' % (_format_range_context(first[3], last[4]), lineterm)
        if any(tag in ('replace', 'insert') for tag, *_ in group):
            for tag, _, _, j1, j2 in group:
                if tag != 'delete':
                    for line in b[j1:j2]:
                        yield marks[tag] + line


def diff_bytes(dfunc, a, b, fromfile=b'', tofile=b'', fromfiledate=b'', tofiledate=b'', n=3,
               lineterm=b'\n'):
    """unified_diff or context_diff of lines of bytes."""
    def decode(data):
        try:
            return data.decode('ascii', 'surrogateescape')
        except AttributeError as error:
            raise TypeError('all arguments must be bytes, not %s (%r)'
                            % (type(data).__name__, data)) from error
    lines = dfunc([decode(line) for line in a], [decode(line) for line in b], decode(fromfile),
                  decode(tofile), decode(fromfiledate), decode(tofiledate), n, decode(lineterm))
    for line in lines:
        yield line.encode('ascii', 'surrogateescape')


# ---- side by side

# In marked text a change begins with \0 and + (added), - (removed) or ^ (changed), and ends with \1.

def _marked(text, marks):
    """The text with its changed stretches marked, as a line of marks shows them."""
    parts = []
    position = 0
    while position < len(marks):
        mark = marks[position]
        end = position
        while end < len(marks) and marks[end] == mark:
            end += 1
        stretch = text[position:end]
        parts.append(stretch if mark == ' ' else f'\0{mark}{stretch}\1')
        position = end
    return ''.join(parts) + text[position:]


def _paired(fromlines, tolines, linejunk, charjunk):
    """Rows of ((number, text), (number, text), changed); a side that lacks the line is ('', '\\n')."""
    left, right = [], []        # lines of the present change: [text, marks or None]
    numbers = [0, 0]

    def side(lines, index, which, mark):
        if index >= len(lines):
            return '', '\n'
        text, marks = lines[index]
        numbers[which] += 1
        if marks is None:
            # An empty line needs something to be seen.
            return numbers[which], f'\0{mark}{text or " "}\1'
        return numbers[which], _marked(text, marks)

    def flush():
        for i in range(max(len(left), len(right))):
            yield side(left, i, 0, '-'), side(right, i, 1, '+'), True
        left.clear()
        right.clear()

    last = None
    for line in ndiff(fromlines, tolines, linejunk, charjunk):
        tag, text = line[0], line[2:]
        if tag == '?':
            last[1] = text.rstrip('\n')
            if right and last is right[0] and left:
                # The line is the other one of a pair; what was removed before stands alone.
                if left[-1][1] is None:
                    left[-1][1] = ''
                if len(left) > 1:
                    pair = left.pop(), right.pop()
                    yield from flush()
                    left.append(pair[0])
                    right.append(pair[1])
            continue
        if tag == ' ':
            yield from flush()
            numbers[0] += 1
            numbers[1] += 1
            yield (numbers[0], text), (numbers[1], text), False
            continue
        if tag == '-' and right:
            yield from flush()
        if tag == '+' and left and left[-1][1] is not None:
            # The second line of a pair with marks: what stands before it was removed alone.
            alone = left[:-1]
            if alone:
                pair = left[-1]
                left[:] = alone
                yield from flush()
                left.append(pair)
            last = [text, '']
        else:
            if tag == '+' and right and right[-1][1] is not None:
                yield from flush()
            last = [text, None]
        (left if tag == '-' else right).append(last)
    yield from flush()


def _mdiff(fromlines, tolines, context=None, linejunk=None, charjunk=IS_CHARACTER_JUNK):
    """The rows of a comparison side by side; with context only so many around each change, and a
    row of three None between such groups."""
    rows = _paired(fromlines, tolines, linejunk, charjunk)
    if context is None:
        yield from rows
        return
    before = []         # unchanged rows that may be shown if a change follows
    after = 0           # unchanged rows still to be shown after a change
    skipped = False
    for row in rows:
        if row[2]:
            if skipped:
                yield None, None, None
                skipped = False
            yield from before
            before.clear()
            after = context
            yield row
        elif after:
            after -= 1
            yield row
        else:
            before.append(row)
            if len(before) > context:
                before.pop(0)
                skipped = True


_PAGE = """\
<!DOCTYPE html>
<html>
<head>
<meta http-equiv="Content-Type" content="text/html; charset=%(charset)s">
<title>Differences</title>
<style>%(styles)s</style>
</head>
<body>
%(table)s%(legend)s
</body>
</html>
"""

_STYLES = """
    table.diff {font-family: monospace; border: 1px solid; border-collapse: collapse}
    .diff_header {background-color: #e0e0e0}
    td.diff_header {text-align: right}
    .diff_next {background-color: #c0c0c0}
    .diff_add {background-color: #aaffaa}
    .diff_chg {background-color: #ffff77}
    .diff_sub {background-color: #ffaaaa}"""

_TABLE = """
<table class="diff" id="difflib_chg_%(prefix)s_top">
%(header)s<tbody>
%(rows)s</tbody>
</table>"""

_LEGEND = """
<table class="diff">
<tr><td class="diff_add">added</td><td class="diff_chg">changed</td>
<td class="diff_sub">deleted</td></tr>
</table>"""


class HtmlDiff:
    """Two texts side by side as an HTML table, with what changed inside lines in colours."""

    _default_prefix = 0     # tells the anchors of several tables on one page apart

    def __init__(self, tabsize=8, wrapcolumn=None, linejunk=None, charjunk=IS_CHARACTER_JUNK):
        self._tabsize = tabsize
        self._wrapcolumn = wrapcolumn
        self._linejunk = linejunk
        self._charjunk = charjunk

    def make_file(self, fromlines, tolines, fromdesc='', todesc='', context=False, numlines=5, *,
                  charset='utf-8'):
        """A whole page with the table."""
        page = _PAGE % {'styles': _STYLES, 'legend': _LEGEND, 'charset': charset,
                        'table': self.make_table(fromlines, tolines, fromdesc, todesc, context,
                                                 numlines)}
        return page.encode(charset, 'xmlcharrefreplace').decode(charset)

    def make_table(self, fromlines, tolines, fromdesc='', todesc='', context=False, numlines=5):
        """The table; with context only numlines lines around each change."""
        self._prefix = f'{HtmlDiff._default_prefix}'
        HtmlDiff._default_prefix += 1
        rows = _mdiff(self._expanded(fromlines), self._expanded(tolines),
                      numlines if context else None, self._linejunk, self._charjunk)
        if self._wrapcolumn:
            rows = self._wrapped(rows)
        parts = []
        change = 0
        in_change = False
        for left, right, changed in rows:
            if left is None:
                parts.append('</tbody>\n<tbody>\n')
                in_change = False
                continue
            anchor = ''
            if changed and not in_change:
                anchor = f' id="difflib_chg_{self._prefix}_{change}"'
                change += 1
            in_change = changed
            cells = ''.join(self._cells(i, *side) for i, side in enumerate((left, right)))
            parts.append(f'<tr{anchor}>{cells}</tr>\n')
        if not change:
            text = 'Empty File' if not parts else 'No Differences Found'
            cell = f'<td class="diff_header"></td><td>&nbsp;{text}&nbsp;</td>'
            if context or not parts:
                parts = [f'<tr>{cell * 2}</tr>\n']
        header = ''
        if fromdesc or todesc:
            titles = ''.join(f'<th colspan="2" class="diff_header">{title}</th>'
                             for title in (fromdesc, todesc))
            header = f'<thead><tr>{titles}</tr></thead>\n'
        table = _TABLE % {'prefix': self._prefix, 'header': header, 'rows': ''.join(parts)}
        for mark, kind in (('\0+', 'add'), ('\0-', 'sub'), ('\0^', 'chg')):
            table = table.replace(mark, f'<span class="diff_{kind}">')
        return table.replace('\1', '</span>').replace('\t', '&nbsp;')

    def _expanded(self, lines):
        """Lines with tabs as wide as they are; the tabs remain one character of that many."""
        result = []
        for line in lines:
            line = line.rstrip('\n').replace(' ', '\0').expandtabs(self._tabsize)
            result.append(line.replace(' ', '\t').replace('\0', ' '))
        return result

    def _cells(self, which, number, text):
        """The cells of line number and text."""
        text = text.replace('&', '&amp;').replace('>', '&gt;').replace('<', '&lt;')
        text = text.replace(' ', '&nbsp;').rstrip('\n')
        name = f' id="{"from" if which == 0 else "to"}{self._prefix}_{number}"' if number else ''
        return f'<td class="diff_header"{name}>{number}</td><td nowrap="nowrap">{text}</td>'

    def _wrapped(self, rows):
        """Rows whose long lines go on in further rows."""
        for left, right, changed in rows:
            if left is None:
                yield left, right, changed
                continue
            lefts = list(self._pieces(*left))
            rights = list(self._pieces(*right))
            while len(lefts) < len(rights):
                lefts.append(('', ' '))
            while len(rights) < len(lefts):
                rights.append(('', ' '))
            for pair in zip(lefts, rights):
                yield *pair, changed

    def _pieces(self, number, text):
        """A numbered line in pieces of wrapcolumn characters; marks take no room."""
        piece, width, open_mark = [], 0, ''
        characters = iter(text)
        for character in characters:
            if character == '\0':
                open_mark = character + next(characters)
                piece.append(open_mark)
                continue
            if character == '\1':
                open_mark = ''
                piece.append(character)
                continue
            if width == self._wrapcolumn:
                yield number, ''.join(piece) + ('\1' if open_mark else '')
                number, piece, width = '>', [open_mark], 0
            piece.append(character)
            width += 1
        yield number, ''.join(piece)

