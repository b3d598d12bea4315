"""Every in-place operator on pairs of common types."""
makers = {"int": lambda: 7, "float": lambda: 2.5, "str": lambda: "ab", "list": lambda: [1], "tuple": lambda: (2,), "set": lambda: {3}, "dict": lambda: {"k": 1}, "bytes": lambda: b"x"}
for symbol in ("+", "-", "*", "/", "//", "%", "**", "@", "<<", ">>", "&", "|", "^"):
    code = compile(f"x {symbol}= y", "<inplace>", "exec")
    for left in makers:
        line = []
        for right in makers:
            space = {"x": makers[left](), "y": makers[right]()}
            before = space["x"]
            try:
                exec(code, space)
                line.append(repr(space["x"]) + ("!" if space["x"] is before else ""))
            except Exception as error:
                line.append(type(error).__name__[:-5])
        print(f"{left:6}{symbol:2}=", " | ".join(line))
