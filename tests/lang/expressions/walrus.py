"""Assignment expressions in conditions, comprehensions, calls and lambdas."""
if (n := len("hello")) > 3:
    print(n)
data = [1, 2, 3, 4, 5, 6]
print([y for x in data if (y := x * x) % 2], y)
it = iter("abc")
while (c := next(it, None)) is not None:
    print(c, end=" ")
print(c)
print((a := 1, b := 2), a, b)
print(x := 10, x)
print([z := 1, z := z + 1, z])
f = lambda v: (w := v + 1) * w
print(f(2))


def outer():
    total = 0
    partial = [total := total + i for i in range(4)]
    return total, partial


print(outer())


def any_match(items, pred):
    if any(pred(found := item) for item in items):
        return found
    return None


print(any_match([1, 3, 4, 5], lambda i: i % 2 == 0))
print({k: v for k in "ab" if (v := k.upper())})
print(f"{(q := 5) + q}", q)
print(f"{q:=10}|")
d = {(key := "k"): (val := 1)}
print(d, key, val)
print(data[(i := 1)], data[i:= 2] if False else data[(i := 2)])
assert (truth := True), "message"
print(truth)
