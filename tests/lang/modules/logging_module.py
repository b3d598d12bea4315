"""logging: loggers, levels, handlers, formats, filters, adapters."""
import io
import logging
import os
import sys
import tempfile
import warnings


def shown(function, *args, **kwargs):
    try:
        return function(*args, **kwargs)
    except Exception as e:
        return f"{type(e).__name__}: {e}"


out = io.StringIO()
logging.basicConfig(stream=out, level=logging.INFO, format="%(levelname)-8s %(name)s:%(lineno)d %(funcName)s %(message)s")
logging.info("hello %s", "world")
logging.debug("not shown")
log = logging.getLogger("app.db")
log.warning("%d of %d", 1, 2)
log.error("named %(a)s", {"a": 5})


def inner():
    log.critical("from a function")
    log.log(25, "level 25")
    log.info("caller's", stacklevel=2)


inner()
try:
    1 / 0
except ZeroDivisionError:
    log.exception("failed")
print(out.getvalue())
print(log, logging.getLogger(), logging.getLogger("app"), log.parent.name, log.getChild("x").name, log.getEffectiveLevel(),
      log.isEnabledFor(10), log.hasHandlers(), logging.getLogger("app.db") is log)
print(logging.getLevelName(30), logging.getLevelName("INFO"), logging.getLevelName(7), shown(log.setLevel, "NOPE"),
      shown(log.setLevel, 1.5), logging.getLevelNamesMapping()["ERROR"], shown(logging.getLogger, 5))

# Propagation, handlers with levels, filters
lines = []


class Keep(logging.Handler):
    def emit(self, record):
        lines.append((record.name, record.levelname, record.getMessage()))


keep = Keep(logging.WARNING)
log.addHandler(keep)
log.propagate = False
log.info("too low")
log.warning("kept")
log.addFilter(lambda record: "secret" not in record.getMessage())
log.error("secret")
keep.addFilter(logging.Filter("app"))
log.error("passes")
log.setLevel("ERROR")
log.warning("below")
logging.addLevelName(35, "NOTICE")
log.setLevel(0)
log.log(35, "custom")
logging.disable(logging.ERROR)
log.error("disabled")
logging.disable(logging.NOTSET)
print(lines, keep, repr(logging.NullHandler()), shown(logging.Handler().emit, None))
adapter = logging.LoggerAdapter(log, {"user": "ann"})
adapter.warning("adapted")
print(lines[-1], adapter, shown(log.error, "x", extra={"name": 1}))

# Formats
record = logging.makeLogRecord({"name": "n", "levelno": 20, "levelname": "INFO", "msg": "m %s", "args": ("x",), "created": 0.25,
                                "msecs": 250, "lineno": 7, "pathname": "/a/b.py"})
for style, text in (("%", "%(name)s|%(message)s|%(lineno)04d"), ("{", "{name:>4}|{message!r}|{lineno:04}"), ("$", "$name|${message}|$$")):
    print(logging.Formatter(text, style=style).format(record))
formatter = logging.Formatter("%(asctime)s %(message)s %(host)s", defaults={"host": "here"})
formatter.converter = __import__("time").gmtime
print(formatter.format(record), formatter.formatTime(record, "%H:%M"), formatter.usesTime())
print(shown(logging.Formatter, "nothing"), shown(logging.Formatter, "{x!z}", style="{"), shown(logging.Formatter, "x", style="?"),
      shown(logging.Formatter("%(none)s").format, record), record)

# Files, and problems in handlers
with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "log.txt")
    handler = logging.FileHandler(path, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(message)s"))
    log.addHandler(handler)
    print(os.path.exists(path), end=" ")
    log.warning("in a file ä")
    handler.close()
    log.removeHandler(handler)
    print(open(path, encoding="utf-8").read(), end="")
kept_stderr, sys.stderr = sys.stderr, io.StringIO()
broken = logging.StreamHandler(io.StringIO())
log.addHandler(broken)
log.warning("%d", "no number")
log.removeHandler(broken)
told, sys.stderr = sys.stderr.getvalue(), kept_stderr
print([line for line in told.splitlines() if line[:1] not in " T"])
logging.raiseExceptions = False
bad = logging.getLogger("bad")
bad.propagate = False
bad.addHandler(logging.StreamHandler(io.StringIO()))
bad.warning("%d", "no number")
print("survived", shown(logging.basicConfig, force=True, nothing=1), shown(logging.basicConfig, force=True, stream=1, filename="x"))
logging.basicConfig(force=True, handlers=[keep])
logging.captureWarnings(True)
warnings.warn("as message")
logging.captureWarnings(False)
logging.getLogger("py.warnings").addHandler(keep)
print(len(logging.getLogger().handlers), sorted(n for n in logging.root.manager.loggerDict))
lonely = logging.getLogger("lonely")
logging.basicConfig(force=True, stream=sys.stdout, format="{levelname}:{message}", style="{")
lonely.warning("to stdout")
