from . import circular_b

NAME = "a"


def get():
    return NAME, circular_b.get()
