"""A syntax error in a compiled string, uncaught."""
print("start")
compile("x = (1,\ny = 2\n", "made_up.py", "exec")
