"""traceback: formatting of exceptions, stacks and chains."""
import sys
import traceback


def fail():
    raise ValueError("failed")


try:
    fail()
except ValueError as error:
    print(traceback.format_exc())
    traceback.print_exc(file=sys.stdout)
    print(traceback.format_exception_only(type(error), error), traceback.format_exception(error)[-1])
    for frame in traceback.extract_tb(error.__traceback__):
        print(frame.name, frame.lineno, frame.line, frame.filename.endswith("traceback_module.py"))
    print(len(traceback.format_tb(error.__traceback__)))
    traceback.print_tb(error.__traceback__, file=sys.stdout, limit=1)
    te = traceback.TracebackException.from_exception(error)
    print(str(te), te.exc_type.__name__, len(te.stack))


def stack():
    return [f.name for f in traceback.extract_stack()]


print(stack())
print("".join(traceback.format_list([("file.py", 3, "name", "the line")])))
try:
    try:
        fail()
    except ValueError:
        {}["missing"]
except KeyError:
    text = traceback.format_exc()
    print(text)
    print(traceback.format_exc(chain=False).count("Traceback"))
try:
    exec("x = (\n")
except SyntaxError:
    print("".join(traceback.format_exception_only(*sys.exc_info()[:2])))
print(traceback.format_exc())
traceback.print_exception(KeyError("k"), file=sys.stdout)
e = ValueError("noted")
e.add_note("a note")
print("".join(traceback.format_exception(e)))
try:
    exec(compile("def g():\n    1/0\ng()", "<no such file>", "exec"))
except ZeroDivisionError:
    print(traceback.format_exc())
