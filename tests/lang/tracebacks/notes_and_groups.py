"""Notes under an exception, and an exception group."""


def make(kind, text):
    try:
        raise kind(text)
    except Exception as error:
        return error


error = ValueError("with notes")
error.add_note("first note")
error.add_note("second\nnote")
try:
    raise error
except ValueError:
    import traceback
    traceback.print_exc(file=__import__("sys").stdout)
raise ExceptionGroup("several", [make(ValueError, "a"), make(KeyError, "b")])
