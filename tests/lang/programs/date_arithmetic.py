"""Calendar computations: weekdays, leap years, differences, months printed."""


def is_leap(y):
    return y % 4 == 0 and (y % 100 != 0 or y % 400 == 0)


def days_in_month(y, m):
    return (31, 29 if is_leap(y) else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[m - 1]


class Date:
    names = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()

    def __init__(self, y, m, d):
        if not (1 <= m <= 12 and 1 <= d <= days_in_month(y, m)):
            raise ValueError(f"no such date: {y}-{m:02}-{d:02}")
        self.y, self.m, self.d = y, m, d

    @property
    def ordinal(self):
        y = self.y - 1
        return y * 365 + y // 4 - y // 100 + y // 400 + sum(days_in_month(self.y, k) for k in range(1, self.m)) + self.d

    @classmethod
    def from_ordinal(cls, n):
        y = max(1, n // 366)
        while Date(y + 1, 1, 1).ordinal <= n:
            y += 1
        n -= Date(y, 1, 1).ordinal
        m = 1
        while n >= days_in_month(y, m):
            n -= days_in_month(y, m)
            m += 1
        return cls(y, m, n + 1)

    def __add__(self, days):
        return Date.from_ordinal(self.ordinal + days)

    def __sub__(self, other):
        if isinstance(other, Date):
            return self.ordinal - other.ordinal
        return self + -other

    def __eq__(self, other):
        return self.ordinal == other.ordinal

    def __lt__(self, other):
        return self.ordinal < other.ordinal

    def __hash__(self):
        return hash((self.y, self.m, self.d))

    def __format__(self, spec):
        table = {"Y": f"{self.y:04}", "m": f"{self.m:02}", "d": f"{self.d:02}", "A": self.weekday(), "%": "%"}
        out, i = "", 0
        while i < len(spec):
            if spec[i] == "%":
                i += 1
                out += table[spec[i]]
            else:
                out += spec[i]
            i += 1
        return out or str(self)

    def __str__(self):
        return f"{self.y:04}-{self.m:02}-{self.d:02}"

    __repr__ = __str__

    def weekday(self):
        return self.names[(self.ordinal - 1) % 7]


def calendar(y, m):
    start = (Date(y, m, 1).ordinal - 1) % 7
    cells = ["  "] * start + [f"{d:2}" for d in range(1, days_in_month(y, m) + 1)]
    print(f"{y}-{m:02}".center(20).rstrip())
    for i in range(0, len(cells), 7):
        print(" ".join(cells[i:i + 7]))


a, b = Date(2000, 2, 28), Date(2024, 12, 25)
print(a + 1, a + 2, b - a, b - 365, f"{b:%A, %d.%m.%Y 100%%}", a < b, max(a, b), sorted({b, a, a + 0}), a + 0 == a)
print([y for y in range(1890, 1930) if is_leap(y)], sum(map(is_leap, range(1, 2001))))
for y, m in ((2024, 2), (2023, 10)):
    calendar(y, m)
for bad in ((2023, 2, 29), (2000, 13, 1), (1999, 4, 31)):
    try:
        Date(*bad)
    except ValueError as error:
        print(error)
n = 0
d = Date(1901, 1, 1)
while d.y < 1911:
    if d.d == 13 and d.weekday() == "Friday":
        n += 1
    d += 1
print(n, d, all(Date.from_ordinal(k).ordinal == k for k in range(700000, 700800)))
