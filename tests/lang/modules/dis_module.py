"""dis: what does not depend on the instruction set."""
import dis
import io


def f(a, b):
    c = a + b
    return c


out = io.StringIO()
dis.dis(f, file=out)
text = out.getvalue()
print(len(text.splitlines()) > 3, "RETURN" in text, " 7 " in text.splitlines()[0] or "7" in text)
instructions = list(dis.Bytecode(f))
print(len(instructions) > 3, all(isinstance(i.opname, str) and isinstance(i.offset, int) for i in instructions), any("RETURN" in i.opname for i in instructions), any(i.argval == "c" for i in instructions))
print(isinstance(dis.opname, list) or isinstance(dis.opname, tuple), all(dis.opname[n] == name for name, n in list(dis.opmap.items())[:20]))
print(dis.code_info(f).splitlines()[0].split() == ["Name:", "f"], len(list(dis.get_instructions("x = 1"))) > 1)
print(sorted({line for _, line in dis.findlinestarts(f.__code__)})[-2:])
