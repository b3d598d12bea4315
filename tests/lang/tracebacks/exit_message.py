"""sys.exit with a text prints it on stderr."""
import sys

try:
    print("leaving")
    sys.exit("a message for stderr")
except ValueError:
    pass
