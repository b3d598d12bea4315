"""f-strings: expressions, conversions, specs, nesting, quotes, debugging form."""
name, n, x = "Ann", 42, 3.14159
print(f"{name} {n} {x}", f"{name!r} {name!s} {name!a}", f"{n:5d}|{n:<5}|{n:^5}|{n:>5}|{n:05}", f"{x:.2f} {x:10.3e} {x:g}")
print(f"{n + 1} {n * 2} {[i for i in range(3)]} {name.upper()} {name[0]} {(lambda v: v * 2)(4)}")
width, precision = 10, 3
print(f"{x:{width}.{precision}f}|{name:>{width}}|{n:{'0'}{width}}|{x:{width}.{precision + 1}}")
print(f"{n=} {x=:.2f} {name=!s} { n = } {n+1=} {name.upper()=}", f"{n = :>6}")
print(f"{{literal}} {{{n}}} {{{{}}}}", f"{'nested ' + f'{n}'} {f'{n}' if 0 else n}")
print(f"a" "b" f"{n}" 'c', f'{"double"}', f"""{
    n
} multi {'''x'''}""")
d = {"k": 1, 'q': [10, 20]}
print(f"{d['k']} {d['q'][1]} {d!r}", f"{n if n > 5 else 0}", f"{n:x} {n:#o} {n:b} {n:e} {n:,} {n:%}")
print(f"{name:_<10}{name:*^9}{name:10}|{name:.2}|{name!r:>8}|{name:s}")
print(f"{None} {True} {...} {[]} {()} {1+2j}", f"{1e20} {10**20} {-0.0} {float('inf')}")
print(f"{n:>{width}}" f"{'':>{width}}|", f"{n!s:>{width}}|")


class F:
    def __format__(self, spec):
        return f"F<{spec}>"


print(f"{F()} {F():spec} {F():{'a'}{'b'}} {F():%Y-%m} {F()!r:.1}"[:40])
print(f"{'a' 'b'}", f"{'a', 'b'}", f"{*[1, 2], 3}", f"{(y := 5)}", y, f"{1:2}{3:4}")
print(rf"\n{n}\t", f"\n{n}\t".encode(), f"\x41{n}\N{BULLET}", fr"{n:\d}" if False else "")
print(f"{3 != 4} {3 == 3} {3 >= 2}", f"{n:d}{'':10}|", f"{'#':>3}{'#'*3}")
for source in ("f'{'", "f'}'", "f'{}'", "f'{a b}'", "f'{n!z}'", "f'{n!}'", "f'{n:{'", "f'{lambda x: 1}'", "f'{#}'", "f'{n:{n:{n}}}'",
               "f'{*a}'", "f'{\\\\n}'", "f'{!r}'", "f'{n!r'"):
    try:
        print(source, "->", eval(source))
    except SyntaxError as error:
        print(source, "->", error.msg)
for source in ("f'{n:z}'", "f'{name:d}'", "f'{name:=5}'", "f'{n:.2}'", "f'{x:d}'", "f'{[]:5}'", "f'{None:5}'", "f'{n:10000000000000000000}'", "f'{n:,_}'", "f'{n:s}'", "f'{undefined_name}'"):
    try:
        print(source, "->", eval(source))
    except Exception as error:
        print(source, "->", type(error).__name__, error)
