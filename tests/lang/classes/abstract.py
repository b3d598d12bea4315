"""abc: abstract methods, registration, virtual subclasses."""
from abc import ABC, ABCMeta, abstractmethod


class Shape(ABC):
    @abstractmethod
    def area(self):
        """Area."""

    @property
    @abstractmethod
    def name(self):
        ...

    def describe(self):
        return f"{self.name}: {self.area()}"


try:
    Shape()
except TypeError as error:
    print(error)


class Partial(Shape):
    def area(self):
        return 1


try:
    Partial()
except TypeError as error:
    print(error)


class Square(Partial):
    name = "square"

    def area(self):
        return 4 + super().area()


print(Square().describe(), sorted(Shape.__abstractmethods__), Square.__abstractmethods__)


class Duck(metaclass=ABCMeta):
    @classmethod
    def __subclasshook__(cls, other):
        if cls is Duck:
            return any("quack" in vars(k) for k in other.__mro__)
        return NotImplemented


class Mallard:
    def quack(self):
        pass


print(isinstance(Mallard(), Duck), issubclass(int, Duck), issubclass(Mallard, Duck))


class Registry(ABC):
    pass


@Registry.register
class Stranger:
    pass


print(isinstance(Stranger(), Registry), issubclass(Stranger, Registry), Registry in Stranger.__mro__)
Registry.register(int)
print(isinstance(5, Registry), issubclass(bool, Registry), isinstance("", Registry))


class Methods(ABC):
    @staticmethod
    @abstractmethod
    def s(): ...

    @classmethod
    @abstractmethod
    def c(cls): ...


try:
    Methods()
except TypeError as error:
    print(error)
try:
    Registry.register(5)
except TypeError as error:
    print(error)
