"""An uncaught NameError suggests a name."""
counter = 1


def use():
    return countre + 1


use()
