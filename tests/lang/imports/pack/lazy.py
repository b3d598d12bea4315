real = "real"


def __getattr__(name):
    if name.startswith("dynamic"):
        return "made " + name
    raise AttributeError(f"lazy has no {name}")
