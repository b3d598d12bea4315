"""A closing bracket of another kind, lines later."""
table = (
    1,
    [2, 3),
)
