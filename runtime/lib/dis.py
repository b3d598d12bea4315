"""Shows what functions, classes and sources are compiled to.

Offsets are word indices.  An instruction takes one word, one more before it when its argument needs
more than 16 bits, and a fixed number of cache words behind it, which are not shown.
"""

import collections
import io
import sys
import types

import opcode as _opcode
from _opcode import binary_texts, compare_texts
from opcode import *
from opcode import __all__ as _opcode_all

__all__ = ["code_info", "dis", "disassemble", "distb", "disco", "findlinestarts", "findlabels",
           "show_code", "get_instructions", "Instruction", "Bytecode"] + _opcode_all
del _opcode_all

_have_code = (types.MethodType, types.FunctionType, types.CodeType, classmethod, staticmethod, type)

COMPILER_FLAG_NAMES = {
    1: "OPTIMIZED",
    2: "NEWLOCALS",
    4: "VARARGS",
    8: "VARKEYWORDS",
    16: "NESTED",
    32: "GENERATOR",
    64: "NOFREE",
    128: "COROUTINE",
    256: "ITERABLE_COROUTINE",
    512: "ASYNC_GENERATOR",
}

_CONVERSIONS = ("", "str", "repr", "ascii")
_MAKE_PARTS = ("defaults", "kwdefaults", "annotations", "closure")


def pretty_flags(flags):
    """The names of the bits of co_flags."""
    names = []
    for bit in range(32):
        flag = 1 << bit
        if flags & flag:
            names.append(COMPILER_FLAG_NAMES.get(flag, hex(flag)))
            flags ^= flag
            if not flags:
                break
    else:
        names.append(hex(flags))
    return ", ".join(names) or "0x0"


# ---- finding the code

def _try_compile(source, name):
    try:
        return compile(source, name, "eval")
    except SyntaxError:
        return compile(source, name, "exec")


def _get_code_object(x):
    """The code object of a function, method, generator, coroutine, source text or itself."""
    if hasattr(x, "__func__"):
        x = x.__func__
    for attribute in ("__code__", "gi_code", "ag_code", "cr_code"):
        if hasattr(x, attribute):
            x = getattr(x, attribute)
            break
    if isinstance(x, str):
        x = _try_compile(x, "<disassembly>")
    if hasattr(x, "co_code"):
        return x
    raise TypeError(f"don't know how to disassemble {type(x).__name__} objects")


# ---- instructions

Positions = collections.namedtuple(
    "Positions", "lineno end_lineno col_offset end_col_offset", defaults=[None] * 4)

_Instruction = collections.namedtuple(
    "_Instruction",
    "opname opcode arg argval argrepr offset starts_line is_jump_target positions",
    defaults=[None])


class Instruction(_Instruction):
    """One instruction.

    opname, opcode      its name and number
    arg                 its argument, or None
    argval, argrepr     what the argument stands for, and that as text
    offset              its word index
    starts_line         the line that starts here, or None
    is_jump_target      whether some jump or handler leads here
    positions           its place in the source
    """

    __slots__ = ()

    def _disassemble(self, lineno_width=3, mark_as_current=False, offset_width=4):
        fields = []
        if lineno_width:
            if self.starts_line is not None:
                fields.append(f"{self.starts_line:>{lineno_width}d}")
            else:
                fields.append(" " * lineno_width)
        fields.append("-->" if mark_as_current else "   ")
        fields.append(">>" if self.is_jump_target else "  ")
        fields.append(repr(self.offset).rjust(offset_width))
        fields.append(self.opname.ljust(20))
        if self.arg is not None:
            fields.append(repr(self.arg).rjust(5))
            if self.argrepr:
                fields.append("(" + self.argrepr + ")")
        return " ".join(fields).rstrip()


_ExceptionTableEntry = collections.namedtuple(
    "_ExceptionTableEntry", "start end target depth lasti")


def _parse_exception_table(code):
    """Entries of co_exceptiontable; ends are exclusive."""
    numbers = []
    value = 0
    for byte in code.co_exceptiontable:
        value = value << 6 | byte & 63
        if not byte & 64:
            numbers.append(value)
            value = 0
    return [
        _ExceptionTableEntry(start, start + length, target, depth >> 1, bool(depth & 1))
        for start, length, target, depth in zip(*[iter(numbers)] * 4)
    ]


def _word(code, index):
    at = index * 4
    op = code[at] | code[at + 1] << 8
    arg = code[at + 2] | code[at + 3] << 8
    return op, arg


def _unpack_opargs(code):
    """(offset, opcode, argument or None, offset behind) of all instructions of a co_code."""
    index = 0
    count = len(code) // 4
    while index < count:
        start = index
        op, low = _word(code, index)
        if op == EXTENDED_ARG and index + 1 < count:
            high = low - 0x10000 if low & 0x8000 else low
            index += 1
            op, low = _word(code, index)
            arg = high << 16 | low
        else:
            arg = low - 0x10000 if low & 0x8000 else low
        index += 1 + _opcode._cache_words[op]
        yield start, op, None if _opcode._arg_kinds[op] == "none" else arg, index


def _constant_repr(value):
    return repr(value)


def _describe(code, op, arg, behind):
    """The value and the text of an argument."""
    kind = _opcode._arg_kinds[op]
    if kind == "const":
        value = code.co_consts[arg]
        return value, _constant_repr(value)
    if kind == "name":
        name = code.co_names[arg]
        return name, name
    if kind in ("local", "cell"):
        name = code._varname_from_oparg(arg)
        return name, name
    if kind == "jump":
        target = behind + arg
        return target, f"to {target}"
    if kind == "binary":
        return arg, binary_texts[arg]
    if kind == "compare":
        return compare_texts[arg], compare_texts[arg]
    if kind == "invert":
        text = ("is not" if arg else "is") if opname[op] == "IS_OP" else ("not in" if arg else "in")
        return arg, text
    if kind == "format":
        conversion = _CONVERSIONS[arg & 3]
        parts = [text for text in (conversion, "with format" if arg & 4 else "") if text]
        return (conversion, bool(arg & 4)), ", ".join(parts)
    if kind == "make":
        return arg, ", ".join(part for bit, part in enumerate(_MAKE_PARTS) if arg & 1 << bit)
    return arg, ""


def _instructions_of(code, line_offset=0):
    entries = _parse_exception_table(code)
    labels = set(findlabels(code.co_code))
    labels.update(entry.target for entry in entries)
    starts = {offset: line + line_offset for offset, line in findlinestarts(code)}
    positions = list(code.co_positions())
    for offset, op, arg, behind in _unpack_opargs(code.co_code):
        value, text = (None, "") if arg is None else _describe(code, op, arg, behind)
        place = Positions(*positions[offset]) if offset < len(positions) else Positions()
        yield Instruction(opname[op], op, arg, value, text, offset, starts.get(offset),
                          offset in labels, place)


def get_instructions(x, *, first_line=None, show_caches=False, adaptive=False):
    """Iterates over the instructions of a function, method, source text or code object."""
    code = _get_code_object(x)
    line_offset = 0 if first_line is None else first_line - code.co_firstlineno
    return _instructions_of(code, line_offset)


def findlabels(code):
    """Offsets that jumps of a co_code lead to."""
    labels = []
    for offset, op, arg, behind in _unpack_opargs(code):
        if arg is not None and op in hasjrel and behind + arg not in labels:
            labels.append(behind + arg)
    return labels


def findlinestarts(code):
    """Pairs (offset, line): where in the code each run of a line starts."""
    last = None
    for start, end, line in code.co_lines():
        if line is not None and line != last:
            last = line
            yield start, line


# ---- showing

def disassemble(code, lasti=-1, *, file=None, show_caches=False, adaptive=False):
    """Shows a code object; the instruction at lasti is marked."""
    _show(code, lasti, 0, file)


disco = disassemble


def _show(code, lasti, line_offset, file):
    instructions = list(_instructions_of(code, line_offset))
    entries = _parse_exception_table(code)
    lines = [i.starts_line for i in instructions if i.starts_line is not None]
    lineno_width = max(3, len(str(max(lines)))) if lines else 0
    offset_width = max(4, len(str(instructions[-1].offset))) if instructions else 4
    for instruction in instructions:
        if instruction.starts_line is not None and instruction.offset > 0 and lineno_width:
            print(file=file)
        print(instruction._disassemble(lineno_width, instruction.offset == lasti, offset_width),
              file=file)
    if entries:
        print("ExceptionTable:", file=file)
        for entry in entries:
            lasti_text = " lasti" if entry.lasti else ""
            print(f"  {entry.start} to {entry.end - 1} -> {entry.target} "
                  f"[{entry.depth}]{lasti_text}", file=file)


def _show_nested(code, file, depth, line_offset=0):
    _show(code, -1, line_offset, file)
    if depth is not None and depth <= 0:
        return
    for constant in code.co_consts:
        if hasattr(constant, "co_code"):
            print(file=file)
            print("Disassembly of %r:" % (constant,), file=file)
            _show_nested(constant, file, None if depth is None else depth - 1, line_offset)


def dis(x=None, *, file=None, depth=None, show_caches=False, adaptive=False):
    """Shows classes, methods, functions, sources and all code in them; nothing: the last traceback."""
    if x is None:
        distb(file=file)
        return
    if hasattr(x, "__func__"):
        x = x.__func__
    for attribute in ("__code__", "gi_code", "ag_code", "cr_code"):
        if hasattr(x, attribute):
            x = getattr(x, attribute)
            break
    if hasattr(x, "__dict__") and not hasattr(x, "co_code"):
        for name, value in sorted(x.__dict__.items()):
            if isinstance(value, _have_code):
                print("Disassembly of %s:" % name, file=file)
                try:
                    dis(value, file=file, depth=depth)
                except TypeError as error:
                    print("Sorry:", error, file=file)
                print(file=file)
    elif hasattr(x, "co_code"):
        _show_nested(x, file, depth)
    elif isinstance(x, str):
        _show_nested(_try_compile(x, "<dis>"), file, depth)
    else:
        raise TypeError("don't know how to disassemble %s objects" % type(x).__name__)


def distb(tb=None, *, file=None, show_caches=False, adaptive=False):
    """Shows the code of a traceback's innermost frame, marking where it stopped."""
    if tb is None:
        try:
            tb = sys.last_traceback
        except AttributeError:
            raise RuntimeError("no last traceback to disassemble") from None
        while tb.tb_next:
            tb = tb.tb_next
    disassemble(tb.tb_frame.f_code, tb.tb_lasti, file=file)


def code_info(x):
    """A table of the attributes of a code object."""
    code = _get_code_object(x)
    lines = [
        f"Name:              {code.co_name}",
        f"Filename:          {code.co_filename}",
        f"Argument count:    {code.co_argcount}",
        f"Positional-only arguments: {code.co_posonlyargcount}",
        f"Kw-only arguments: {code.co_kwonlyargcount}",
        f"Number of locals:  {code.co_nlocals}",
        f"Stack size:        {code.co_stacksize}",
        f"Flags:             {pretty_flags(code.co_flags)}",
    ]
    tables = (
        ("Constants", map(_constant_repr, code.co_consts)),
        ("Names", code.co_names),
        ("Variable names", code.co_varnames),
        ("Free variables", code.co_freevars),
        ("Cell variables", code.co_cellvars),
    )
    for title, rows in tables:
        rows = list(rows)
        if rows:
            lines.append(title + ":")
            lines.extend("%4d: %s" % row for row in enumerate(rows))
    return "\n".join(lines)


def show_code(co, *, file=None):
    """Prints code_info(co)."""
    print(code_info(co), file=file)


class Bytecode:
    """The instructions of something that has code; iterating over it gives them."""

    def __init__(self, x, *, first_line=None, current_offset=None, show_caches=False,
                 adaptive=False):
        self.codeobj = code = _get_code_object(x)
        self.first_line = code.co_firstlineno if first_line is None else first_line
        self._line_offset = self.first_line - code.co_firstlineno
        self._original_object = x
        self.current_offset = current_offset
        self.exception_entries = _parse_exception_table(code)
        self.show_caches = show_caches
        self.adaptive = adaptive

    def __iter__(self):
        return _instructions_of(self.codeobj, self._line_offset)

    def __repr__(self):
        return "{}({!r})".format(self.__class__.__name__, self._original_object)

    @classmethod
    def from_traceback(cls, tb, *, show_caches=False, adaptive=False):
        """The code of a traceback's innermost frame."""
        while tb.tb_next:
            tb = tb.tb_next
        return cls(tb.tb_frame.f_code, current_offset=tb.tb_lasti)

    def info(self):
        """code_info of the code."""
        return code_info(self.codeobj)

    def dis(self):
        """What disassemble shows, as a string."""
        with io.StringIO() as output:
            offset = -1 if self.current_offset is None else self.current_offset
            _show(self.codeobj, offset, self._line_offset, output)
            return output.getvalue()


def _main(arguments):
    names = [argument for argument in arguments if argument not in ("-C", "--show-caches", "-A",
                                                                    "--adaptive")]
    if names and names[0] in ("-h", "--help"):
        print("usage: dis [-h] [-C] [-A] [infile]")
        return
    if names and names[0] != "-":
        with open(names[0], "rb") as file:
            source = file.read()
        name = names[0]
    else:
        source = sys.stdin.read()
        name = "<stdin>"
    dis(compile(source, name, "exec"))


if __name__ == "__main__":
    _main(sys.argv[1:])
