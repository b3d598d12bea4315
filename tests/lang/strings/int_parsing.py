"""int() and float() of text, and str() back."""
for text in ("0", " 42 ", "-7", "+7", "1_000", "007", "١٢٣", "\n5\t", "1__0", "_1", "1_", "", " ", "abc", "1.5", "0x10", "- 1", "--1", "1e3", "²"):
    try:
        print(ascii(text), int(text))
    except ValueError as error:
        print(ascii(text), ascii(str(error)))
for text, base in (("ff", 16), ("0xff", 16), ("0xff", 0), ("0b11", 0), ("0o17", 0), ("11", 2), ("zz", 36), ("z", 35), ("010", 0), ("0", 0), ("0b12", 0), ("0_1", 10), ("0x_f", 16), ("12", 1), ("12", 37), ("-0x1F", 16), ("0b1", 16), ("1_0", 2)):
    try:
        print((text, base), int(text, base))
    except ValueError as error:
        print((text, base), error)
for text in ("0", "1.5", " -2.5e3 ", "1_0.5", "inf", "-Infinity", "NaN", "+nan", ".5", "5.", "1e5", "1E-5", "1e400", "1e-400", "", ".", "e5", "1e", "0x1", "1__0", "_1", "1_.5", "infi", "1.5.2", "١.٥", "١٫٥"):
    try:
        print(ascii(text), float(text))
    except ValueError as error:
        print(ascii(text), ascii(str(error)))
for text in ("1", "1+2j", "-1.5j", "j", "+j", "(1+2j)", " 1-1j ", "1 + 2j", "1e3+1e-3j", "inf+nanj", "", "1+", "1+2", "jj", "(1"):
    try:
        print(repr(text), complex(text))
    except ValueError as error:
        print(repr(text), error)
for value in (1.9, -1.9, True, b"12", 1e20, 10 ** 30):
    print(value, int(value))
for source in ("int(None)", "int([])", "int('1', '2')", "int(1, 2)", "int(1.5, 10)", "int(float('nan'))", "int(float('inf'))", "float([])", "float(None)", "int(1j)", "float(1j)", "complex('1', 1)", "complex(1, '1')", "complex([])", "int(b'x')", "float(10**400)", "int('1' * 5000)", "str(10 ** 5000)", "int(x=1)", "int('5', base=6)", "int(base=10)"):
    try:
        print(source, "->", eval(source))
    except Exception as error:
        print(source, "->", type(error).__name__, error)
print(int(), float(), complex(), str(), bool(), int("9" * 30), str(-10 ** 30), int("-" + "1" * 25))
