"""random gives the same numbers as CPython for the same seed."""
import random

random.seed(42)
print([random.random() for _ in range(3)], random.randint(1, 100), random.randrange(10), random.randrange(5, 50, 5), random.choice("abcdef"), random.uniform(1, 2))
l = list(range(10))
random.shuffle(l)
print(l, random.sample(range(100), 5), random.choices("abc", k=5), random.choices([1, 2], weights=[1, 9], k=5), random.getrandbits(64), random.getrandbits(5))
print(random.gauss(0, 1), random.normalvariate(0, 1), random.expovariate(1), random.triangular(0, 1, 0.5), random.betavariate(1, 2), random.gammavariate(2, 1), random.lognormvariate(0, 1), random.vonmisesvariate(0, 1), random.paretovariate(3), random.weibullvariate(1, 2))
r = random.Random(7)
s = random.Random("text seed")
t = random.Random(2 ** 100)
print(r.random(), s.random(), t.random(), random.Random(-7).random() == random.Random(7).random(), random.Random(1.5).random(), random.Random(b"b").random())
state = r.getstate()
a = [r.random() for _ in range(3)]
r.setstate(state)
print(a == [r.random() for _ in range(3)], r.randbytes(5))
for source in ("random.choice([])", "random.randrange(0)", "random.randint(5, 1)", "random.sample([1], 2)", "random.randrange(1, 10, 0)", "random.choices([])", "random.seed([])", "random.getrandbits(-1)", "random.sample({1}, 1)"):
    try:
        print(source, eval(source))
    except Exception as error:
        print(source, "->", type(error).__name__, error)
random.seed(1)
counts = [0] * 6
for _ in range(600):
    counts[random.randrange(6)] += 1
print(counts, sum(random.random() for _ in range(1000)))
