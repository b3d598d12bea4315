"""Switching tracing on and off takes no stack."""
import sys
def tr(f, e, a): return tr
def run():
    for i in range(60000):
        sys.settrace(tr); sys.settrace(None)
run()
for i in range(60000):
    sys.settrace(tr)
    sys.settrace(None)
def d(n=0):
    try: return d(n+1)
    except RecursionError: return n
print(d() > 900)
