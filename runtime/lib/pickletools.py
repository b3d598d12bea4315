"""Looking into pickles: their instructions one by one, and a shorter form of them."""

import pickle
from collections import namedtuple

__all__ = ['dis', 'genops', 'optimize']

# How an argument is written: a width in bytes ('u1', 'i4'), a length of so many bytes and then the data
# ('1s'), a line ('line'), two lines ('pair').
_ARGUMENTS = {
    'PROTO': 'u1', 'FRAME': 'u8', 'BININT1': 'u1', 'BININT2': 'u2', 'BININT': 'i4', 'INT': 'line',
    'LONG': 'line', 'LONG1': '1long', 'LONG4': '4long', 'FLOAT': 'line', 'BINFLOAT': 'f8',
    'STRING': 'line', 'BINSTRING': '4latin', 'SHORT_BINSTRING': '1latin', 'UNICODE': 'line',
    'SHORT_BINUNICODE': '1text', 'BINUNICODE': '4text', 'BINUNICODE8': '8text',
    'SHORT_BINBYTES': '1s', 'BINBYTES': '4s', 'BINBYTES8': '8s', 'BYTEARRAY8': '8array',
    'GLOBAL': 'pair', 'INST': 'pair', 'PERSID': 'line', 'GET': 'line', 'PUT': 'line',
    'BINGET': 'u1', 'BINPUT': 'u1', 'LONG_BINGET': 'u4', 'LONG_BINPUT': 'u4', 'EXT1': 'u1',
    'EXT2': 'u2', 'EXT4': 'i4',
}

OpcodeInfo = namedtuple('OpcodeInfo', 'name code arg proto')

opcodes = [OpcodeInfo(name, code, _ARGUMENTS.get(name), proto)
           for proto, table in pickle._INSTRUCTIONS.items() for name, code in table.items()]
code2op = {info.code: info for info in opcodes}


def _line(read):
    data = read()
    if not data.endswith(b'\n'):
        raise ValueError("no newline found when trying to read stringnl")
    return data[:-1]


def _argument(info, file):
    kind = info.arg

    def take(size):
        data = file.read(size)
        if len(data) != size:
            raise ValueError("expected %d bytes in a %s, but only %d remain"
                             % (size, info.name, len(data)))
        return data
    if kind is None:
        return None
    if kind == 'line':
        text = _line(file.readline)
        if info.name in ('GET', 'PUT'):
            return int(text)
        if info.name == 'INT':
            return {b'00': False, b'01': True}.get(text, None) if text in (b'00', b'01') else int(text)
        if info.name == 'LONG':
            return int(text.rstrip(b'L'))
        if info.name == 'FLOAT':
            return float(text)
        if info.name == 'STRING':
            return pickle._unescape(text.strip()[1:-1]).decode('ascii')
        return text.decode('raw-unicode-escape' if info.name == 'UNICODE' else 'ascii')
    if kind == 'pair':
        return '%s %s' % (_line(file.readline).decode(), _line(file.readline).decode())
    if kind == 'f8':
        return pickle._unpack_double(take(8))
    if kind[0] in 'ui':
        return int.from_bytes(take(int(kind[1])), 'little', signed=kind[0] == 'i')
    data = take(int.from_bytes(take(int(kind[0])), 'little'))
    how = kind[1:]
    if how == 'long':
        return pickle.decode_long(data)
    if how == 'latin':
        return data.decode('latin-1')
    if how == 'text':
        return data.decode('utf-8', 'surrogatepass')
    return bytearray(data) if how == 'array' else data


def _instructions(data):
    """(instruction, argument, position, position of the next)"""
    import io
    if not hasattr(data, 'read'):
        data = io.BytesIO(data)
    tell = getattr(data, 'tell', lambda: None)
    while True:
        position = tell()
        code = data.read(1)
        if not code:
            raise ValueError("pickle exhausted before seeing STOP")
        info = code2op.get(code.decode('latin-1'))
        if info is None:
            raise ValueError("at position %s, opcode %r unknown"
                             % ('<unknown>' if position is None else position, code))
        argument = _argument(info, data)
        yield info, argument, position, tell()
        if code == b'.':
            return


def genops(pickle):
    """(instruction, argument, position) for all of a pickle in bytes or a file."""
    for info, argument, position, _ in _instructions(pickle):
        yield info, argument, position


def optimize(p):
    """The same pickle without numbers that nothing fetches."""
    steps = list(_instructions(p))
    used, last = set(), -1
    for info, argument, _, _ in steps:
        if 'GET' in info.name:
            used.add(argument)
    numbers, count, proto = {}, 0, 0
    out = bytearray()
    head = bytearray()
    for info, argument, start, end in steps:
        if info.name == 'PROTO':
            proto = argument
            head += p[start:end]
        elif info.name == 'FRAME':
            pass
        elif info.name == 'MEMOIZE' or 'PUT' in info.name:
            last = count if info.name == 'MEMOIZE' else argument
            count += 1
            if last in used:
                numbers[last] = len(numbers)
                out += (pickle.MEMOIZE if info.name == 'MEMOIZE'
                        else _numbered(info.name, 'PUT', numbers[last]))
        elif 'GET' in info.name:
            out += _numbered(info.name, 'GET', numbers[argument])
        else:
            out += p[start:end]
    if proto >= 4 and len(out) >= pickle._FRAME_LEAST:
        head += pickle.FRAME + len(out).to_bytes(8, 'little')
    return bytes(head + out)


def _numbered(name, kind, number):
    if name == kind:
        return (pickle.GET if kind == 'GET' else pickle.PUT) + b'%d\n' % number
    short, long = ((pickle.BINGET, pickle.LONG_BINGET) if kind == 'GET'
                   else (pickle.BINPUT, pickle.LONG_BINPUT))
    if number < 256:
        return short + bytes((number,))
    return long + number.to_bytes(4, 'little')


def dis(pickle, out=None, memo=None, indentlevel=4, annotate=0):
    """Prints the instructions of a pickle, indented by the marks that are open."""
    marks, count, highest = [], 0, -1
    for info, argument, position in genops(pickle):
        highest = max(highest, info.proto)
        note = ''
        if info.name in _TO_MARK:
            note = ' (MARK at %d)' % marks.pop() if marks else ' (no MARK on the stack)'
        if info.name == 'MEMOIZE':
            note = ' (as %d)' % count
            count += 1
        elif 'PUT' in info.name:
            count += 1
        line = '%5d: %-4s %s%s' % (position, repr(info.code)[1:-1],
                                   ' ' * (indentlevel * len(marks)), info.name)
        if argument is not None or note:
            line += ' ' * max(0, 10 - len(info.name))
            if argument is not None:
                line += ' ' + repr(argument)
            line += note
        print(line, file=out)
        if info.name == 'MARK':
            marks.append(position)
    print("highest protocol among opcodes =", highest, file=out)


_TO_MARK = frozenset({'POP_MARK', 'TUPLE', 'LIST', 'APPENDS', 'DICT', 'SETITEMS', 'ADDITEMS',
                      'FROZENSET', 'INST', 'OBJ'})
