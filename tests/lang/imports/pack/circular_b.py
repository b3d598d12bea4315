from pack import circular_a


def get():
    return circular_a.NAME + " seen by b"
