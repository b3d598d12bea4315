"""sys.exit ends with a status and runs finally blocks."""
import sys

try:
    sys.exit(7)
finally:
    print("finally runs")
