"""exit and quit as functions, SystemExit with odd codes."""
for code in (None, 0, 5, "text", 2.5, (1, 2), True):
    try:
        exit(code)
    except SystemExit as error:
        print(repr(error.code), error.args)
try:
    quit()
except SystemExit as error:
    print(repr(error.code))
print(repr(exit), str(quit), callable(exit))
raise SystemExit
