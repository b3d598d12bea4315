"""An assignment to a call."""
def g():
    len("x") = 5
