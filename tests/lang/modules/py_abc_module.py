"""_py_abc: ABCMeta in Python gives the same answers as the one in C."""
import _py_abc
import abc

for meta, token in ((_py_abc.ABCMeta, _py_abc.get_cache_token), (abc.ABCMeta, abc.get_cache_token)):
    class Base(metaclass=meta):
        @abc.abstractmethod
        def run(self):
            pass

        @classmethod
        def __subclasshook__(cls, other):
            return True if hasattr(other, "quacks") else NotImplemented

    class Good(Base):
        def run(self):
            return "ran"

    class Duck:
        quacks = True

    before = token()
    print(Good().run(), isinstance(Good(), Base), issubclass(Duck, Base), issubclass(int, Base))
    print(Base.register(int) is int, isinstance(1, Base), issubclass(bool, Base), token() != before)
    for action in (Base, lambda: Base.register(1), lambda: Good.register(Base), lambda: issubclass(1, Base)):
        try:
            action()
        except Exception as e:
            print(type(e).__name__, e)
