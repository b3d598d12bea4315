"""Abstract base classes (PEP 3119)."""

from _abc import (get_cache_token, _abc_init, _abc_register, _abc_instancecheck,
                  _abc_subclasscheck, _get_dump, _reset_registry, _reset_caches)


def abstractmethod(funcobj):
    """Marks a method that subclasses must define before they can be instantiated."""
    funcobj.__isabstractmethod__ = True
    return funcobj


class abstractclassmethod(classmethod):
    """An abstract classmethod; @classmethod over @abstractmethod does the same."""

    __isabstractmethod__ = True

    def __init__(self, callable):
        callable.__isabstractmethod__ = True
        super().__init__(callable)


class abstractstaticmethod(staticmethod):
    """An abstract staticmethod; @staticmethod over @abstractmethod does the same."""

    __isabstractmethod__ = True

    def __init__(self, callable):
        callable.__isabstractmethod__ = True
        super().__init__(callable)


class abstractproperty(property):
    """An abstract property; @property over @abstractmethod does the same."""

    __isabstractmethod__ = True


class ABCMeta(type):
    """Metaclass of abstract base classes: adds register() and asks __subclasshook__."""

    def __new__(mcls, name, bases, namespace, /, **kwargs):
        cls = super().__new__(mcls, name, bases, namespace, **kwargs)
        _abc_init(cls)
        return cls

    def register(cls, subclass):
        """Makes subclass a virtual subclass; returns it, so that it can be a decorator."""
        return _abc_register(cls, subclass)

    def __instancecheck__(cls, instance):
        return _abc_instancecheck(cls, instance)

    def __subclasscheck__(cls, subclass):
        return _abc_subclasscheck(cls, subclass)

    def _dump_registry(cls, file=None):
        print(f"Class: {cls.__module__}.{cls.__qualname__}", file=file)
        print(f"Inv. counter: {get_cache_token()}", file=file)
        names = ("_abc_registry", "_abc_cache", "_abc_negative_cache",
                 "_abc_negative_cache_version")
        for name, value in zip(names, _get_dump(cls)):
            print(f"{name}: {value!r}", file=file)

    def _abc_registry_clear(cls):
        _reset_registry(cls)

    def _abc_caches_clear(cls):
        _reset_caches(cls)


def update_abstractmethods(cls):
    """Works out __abstractmethods__ again after methods were added to a class."""
    if not hasattr(cls, '__abstractmethods__'):
        return cls
    inherited = {name for base in cls.__bases__
                 for name in getattr(base, '__abstractmethods__', ())}
    abstract = {name for name in inherited
                if getattr(getattr(cls, name, None), '__isabstractmethod__', False)}
    abstract.update(name for name, value in cls.__dict__.items()
                    if getattr(value, '__isabstractmethod__', False))
    cls.__abstractmethods__ = frozenset(abstract)
    return cls


class ABC(metaclass=ABCMeta):
    """Derive from this to make an abstract base class."""

    __slots__ = ()
