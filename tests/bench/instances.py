"""Making instances: constructors with positional, default and keyword arguments, inheritance,
and instances that keep instances."""


class Vector:
    def __init__(self, x, y, z=0.0):
        self.x = x
        self.y = y
        self.z = z


class Particle:
    def __init__(self, position, velocity, mass=1.0, name=None):
        self.position = position
        self.velocity = velocity
        self.mass = mass
        self.name = name


class Charged(Particle):
    def __init__(self, position, velocity, charge, **rest):
        super().__init__(position, velocity, **rest)
        self.charge = charge


class Plain:
    pass


def main():
    total = 0.0
    for i in range(750000):
        v = Vector(i, 1.5)
        total += v.x + v.y + v.z
    for i in range(300000):
        p = Particle(Vector(i, 0), Vector(0, i), mass=2.0)
        total += p.position.x * p.mass - p.velocity.y
    for i in range(200000):
        c = Charged(None, None, i, mass=3.0, name="c")
        total += c.charge * c.mass
    for i in range(750000):
        o = Plain()
        o.value = i
        o.other = o.value + 1
        total += o.other
    print(total)


main()
