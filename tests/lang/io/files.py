"""open: modes, reading and writing, iteration, seek, context manager, errors."""
import os

folder = os.environ["TMPDIR"]
path = os.path.join(folder, "test.txt")
with open(path, "w") as f:
    print(f.write("line one\nline two\n"), f.mode, f.closed, f.writable(), f.readable(), f.encoding.lower())
    f.writelines(["three\n", "é€😀\n"])
    print("printed", 5, file=f)
print(f.closed)
with open(path) as f:
    print(f.read())
with open(path) as f:
    print(repr(f.readline()), repr(f.read(4)), repr(f.read(3)), f.readlines(), repr(f.read()), repr(f.readline()))
with open(path) as f:
    for i, line in enumerate(f):
        print(i, line.rstrip())
print([line for line in open(path)][-1], list(open(path))[0].strip(), open(path).readlines(10))
with open(path, "a") as f:
    f.write("appended")
print(open(path).read()[-8:])
with open(path, "r+") as f:
    f.write("LINE")
    f.seek(0)
    print(f.readline())
    f.seek(0, 2)
    print(f.tell() > 0)
with open(path, "rb") as f:
    data = f.read()
    print(data[:8], len(data), type(data).__name__, f.seek(2), f.read(3), f.tell(), f.seek(-3, 2), f.read(), f.mode)
with open(path, "wb") as f:
    print(f.write(b"bytes\x00\xff\r\nx\r"))
with open(path, "rb") as f:
    print(f.readlines(), f.read())
with open(path, "wb") as f:
    f.write(b"a\r\nb\rc\n")
print(repr(open(path).read()), repr(open(path, newline="").read()), open(path, newline="\r").readlines(), open(path).readlines())
with open(path, "w", newline="\r\n") as f:
    f.write("x\ny\n")
print(open(path, "rb").read())
with open(path, "w", encoding="latin-1") as f:
    f.write("é")
print(open(path, "rb").read(), open(path, encoding="latin-1").read(), ascii(open(path, errors="replace").read()))
try:
    open(path).read()
except UnicodeDecodeError as error:
    print(error)
try:
    open(path, "x")
except FileExistsError as error:
    print(type(error).__name__, error.errno, error.strerror)
new = os.path.join(folder, "new")
with open(new, "x") as f:
    f.write("created")
print(open(new).read(), os.path.exists(new))
for args in ((os.path.join(folder, "missing"),), (folder,), (path, "q"), (path, "rw"), (path, ""), (5.5,), (path, "rb", -1, "utf-8"), (os.path.join(folder, "no", "dir"), "w"), ("a\0b",), (path, "r", 0)):
    try:
        open(*args)
    except Exception as error:
        print(type(error).__name__, str(error).replace(folder, "DIR"))
f = open(path, "w")
f.close()
f.close()
for action in (f.read, lambda: f.write("x"), lambda: next(f), f.readline, f.flush, lambda: f.__enter__()):
    try:
        action()
    except ValueError as error:
        print(error)
with open(path, "w") as f:
    try:
        f.read()
    except Exception as error:
        print(type(error).__name__, error)
    try:
        f.write(b"x")
    except TypeError as error:
        print(error)
with open(path, "rb") as f:
    try:
        f.write(b"x")
    except Exception as error:
        print(type(error).__name__, error)
os.remove(new)
print(os.path.exists(new), os.listdir(folder))
