"""list against a model of nested pairs: random operations, compared after every step."""
seed = 2024


def rand(n):
    global seed
    seed = seed * 6364136223846793005 + 1442695040888963407 & (1 << 64) - 1
    return (seed >> 33) % n


def model_slice(items, i, j):
    return [x for k, x in enumerate(items) if i <= k < j]


lst, model = [], ()
operations = [0] * 10
for step in range(3000):
    n = len(lst)
    op = rand(10)
    operations[op] += 1
    if op == 0 or n < 3:
        lst.append(step)
        model = model + (step,)
    elif op == 1:
        k = rand(n + 1)
        lst.insert(k, step)
        model = model[:k] + (step,) + model[k:]
    elif op == 2:
        k = rand(n)
        assert lst.pop(k) == model[k]
        model = model[:k] + model[k + 1:]
    elif op == 3:
        i = rand(n)
        j = i + rand(4)
        new = list(range(rand(4)))
        lst[i:j] = new
        model = model[:i] + tuple(new) + model[j:]
    elif op == 4:
        i = rand(n)
        del lst[i:i + 3]
        model = model[:i] + model[i + 3:]
    elif op == 5:
        lst.reverse()
        model = model[::-1]
    elif op == 6 and n < 200:
        lst.extend(lst[:3])
        model = model + model[:3]
    elif op == 7:
        k = rand(n)
        lst[k] = -step
        model = model[:k] + (-step,) + model[k + 1:]
    elif op == 8:
        del lst[::5]
        model = tuple(x for k, x in enumerate(model) if k % 5)
    elif op == 9 and n < 400:
        lst += [step, step]
        model += (step, step)
    assert tuple(lst) == model and len(lst) == len(model), step
    i, j = rand(n + 1), rand(n + 1)
    assert lst[i:j] == model_slice(model, i, j)
    assert lst[::-2] == list(model[::-2]) and lst[i::3] == list(model)[i::3]
print(operations, len(lst), sum(lst))
