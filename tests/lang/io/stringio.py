"""io.StringIO and BytesIO as files in memory."""
import io

f = io.StringIO()
print(f.write("line one\n"), f.write("two"), f.getvalue(), f.tell())
f.seek(0)
print(repr(f.read(4)), repr(f.readline()), repr(f.read()), repr(f.read()))
f = io.StringIO("a\nb\nc")
print(list(f), f.readline(), f.closed)
f.seek(2)
f.write("X")
print(f.getvalue(), f.truncate(3), f.getvalue())
print("to memory", 5, file=f)
print(repr(f.getvalue()))
with io.StringIO("with") as g:
    print(g.read())
try:
    g.read()
except ValueError as error:
    print(error)
b = io.BytesIO(b"bytes\nhere")
print(b.read(2), b.readline(), b.readlines(), b.getvalue(), b.seek(0), b.tell())
b.write(b"BY")
print(b.getvalue())
try:
    b.write("text")
except TypeError as error:
    print(error)
try:
    f.write(b"x")
except TypeError as error:
    print(error)
