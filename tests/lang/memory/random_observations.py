# Random straight-line functions that look at identities and reference counts after each step.  An
# interpreter that overwrites numbers in place, or keeps extra references, is seen here at once.
import sys


class Lcg:
    def __init__(self, seed):
        self.state = seed

    def below(self, n):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % (1 << 64)
        return (self.state >> 33) % n

    def choice(self, items):
        return items[self.below(len(items))]


NAMES = 'abcde'
FIXED = (3, 200, 256, 257, 1000, 5000, 2.5, -7.0)
STEPS = (-700, -3, 0, 1, 2, 300, 0.5)


def make_program(rng, length):
    lines = ['def program(getrefcount, same, seen):', '    kept = []']
    kept = 0
    for name in NAMES:
        lines.append(f'    {name} = {rng.choice(FIXED)}')
    for _ in range(length):
        a, b, c = rng.choice(NAMES), rng.choice(NAMES), rng.choice(NAMES)
        step = rng.choice(STEPS)
        kind = rng.below(13)
        if kind == 0:
            lines.append(f'    {a} = {rng.choice(FIXED)}')
        elif kind <= 2:
            lines.append(f'    {a} = {b} + {step}')
        elif kind == 3:
            lines.append(f'    {a} = {b}')
        elif kind == 4:
            lines.append(f'    {a} = {b} + {c} - 1')
        elif kind == 5:
            lines.append(f'    kept.append({a})')
            kept += 1
        elif kind == 6 and kept:
            lines.append(f'    {a} = kept[{rng.below(kept)}]')
        elif kind == 7:
            lines.append(f'    {a} = same({b})')
        elif kind == 8:
            lines.append(f'    {a}, {b} = {b}, {a}')
        elif kind == 9:
            lines.append(f'    {a} = {b} if {b} > {c} else {c}')
        elif kind == 10:
            lines.append(f'    {a} += {step}')
        elif kind == 11 and kept:
            i = rng.below(kept)
            lines.append(f'    kept[{i}] = kept[{i}] + 1')
        elif kind == 12:
            lines.append(f'    for i in range(3): {a} = {b} * 2 - i')
        x, y = rng.choice(NAMES), rng.choice(NAMES)
        look = rng.below(4)
        if look == 0:
            lines.append(f'    seen.append({x} is {y})')
        elif look == 1:
            lines.append(f'    seen.append(id({x}) == id({y}))')
        elif look == 2:
            # The shared small numbers and constants have owners elsewhere: show those by value alone.
            lines.append(f'    seen.append((getrefcount({x}), {x}))')
        elif kept:
            lines.append(f'    seen.append({x} is kept[{rng.below(kept)}])')
    return '\n'.join(lines)


def shown(item, constants):
    if not isinstance(item, tuple):
        return 'T' if item else 'F'
    count, value = item
    if isinstance(value, int) and -5 <= value <= 256 or value in constants:
        return str(value)
    return f'{value}x{count}'


for seed in range(300):
    rng = Lcg(seed)
    namespace = {}
    exec(make_program(rng, 60), namespace)
    program = namespace['program']
    seen = []
    program(sys.getrefcount, lambda x: x, seen)
    constants = program.__code__.co_consts
    print(seed, ' '.join(shown(item, constants) for item in seen))
