# Classes: bases, keywords, methods, super, properties, attributes.
class Shape(Base, metaclass=Meta, flag=True):
    """A shape."""
    sides: int = 0
    names = [n for n in "ab"]

    def __init__(self, size):
        super().__init__()
        self.size = size

    @property
    def area(self):
        return self.size ** 2

    def grow(self, by=1):
        self.size += by
        self.items[0].value -= by
        return self.area
