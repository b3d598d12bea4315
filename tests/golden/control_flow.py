# Jumps: loops, else, break, continue, conditions, chains, boolean operators.
def search(items, wanted):
    for index, item in enumerate(items):
        if item == wanted and index:
            break
        elif not item:
            continue
    else:
        return None
    while 0 < index < 10 or wanted:
        index -= 1
    return index if index else -1
