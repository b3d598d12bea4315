"""Membership in the Mandelbrot set: once with pairs of floats, once with complex numbers."""


def with_floats(size, limit):
    inside = 0
    total = 0
    for row in range(size):
        ci = 2.0 * row / size - 1.0
        for column in range(size):
            cr = 2.0 * column / size - 1.5
            zr = zi = 0.0
            step = 0
            while step < limit and zr * zr + zi * zi <= 4.0:
                zr, zi = zr * zr - zi * zi + cr, 2.0 * zr * zi + ci
                step += 1
            if step == limit:
                inside += 1
            total += step
    return inside, total


def with_complex(size, limit):
    total = 0
    for row in range(size):
        for column in range(size):
            c = complex(3.0 * column / size - 2.0, 2.0 * row / size - 1.0)
            z = 0j
            for step in range(limit):
                if abs(z) > 2.0:
                    break
                z = z * z + c
            total += step
    return total


print(with_floats(330, 60), with_complex(250, 50))
