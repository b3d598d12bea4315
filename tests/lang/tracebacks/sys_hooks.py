"""sys.excepthook and displayhook can be replaced."""
import sys


def hook(kind, value, tb):
    print("hook:", kind.__name__, value, tb.tb_lineno)


sys.excepthook = hook
sys.displayhook = lambda v: print("display", v)
exec(compile("1 + 1\nNone\n'a'", "<x>", "single")) if False else None
exec(compile("1 + 1", "<x>", "single"))
raise ValueError("to the hook")
