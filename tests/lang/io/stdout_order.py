"""Output to stdout and stderr, flushed at exit, also after an error."""
import sys

sys.stdout.write("no newline at first, ")
print("then print")
sys.stderr.write("to stderr\n")
sys.stdout.flush()
print("unflushed", end="")
raise KeyboardInterrupt
