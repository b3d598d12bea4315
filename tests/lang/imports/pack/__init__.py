"""A package for the import tests."""
value = "value from pack"
loads = ["once"]


def helper():
    return "helper"
