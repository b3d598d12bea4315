"""A comma is missing between two items."""
values = {
    "a": 1
    "b": 2,
}
