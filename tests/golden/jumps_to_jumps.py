# What the peephole pass threads and removes.
def threaded(a, b):
    while a:
        if b:
            if a and b:
                continue
            else:
                break
        return not not (a and b)
        unreachable()
    if 0:
        never()
    if not a:
        return 1
    else:
        return 2
