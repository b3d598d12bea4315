"""ABCMeta in Python: what module _abc does in C, for those who want to see or extend it."""

from _weakrefset import WeakSet

_invalidations = 0      # moves with every registration: negative answers are older than it


def get_cache_token():
    """Changes with every registration at any abstract base class."""
    return _invalidations


class ABCMeta(type):
    """Metaclass of abstract base classes: adds register() and asks __subclasshook__."""

    def __new__(mcls, name, bases, namespace, /, **kwargs):
        cls = super().__new__(mcls, name, bases, namespace, **kwargs)
        abstract = {key for key, value in namespace.items()
                    if getattr(value, "__isabstractmethod__", False)}
        for base in bases:
            for key in getattr(base, "__abstractmethods__", ()):
                if getattr(getattr(cls, key, None), "__isabstractmethod__", False):
                    abstract.add(key)
        cls.__abstractmethods__ = frozenset(abstract)
        cls._abc_registry = WeakSet()
        cls._abc_cache = WeakSet()
        cls._abc_negative_cache = WeakSet()
        cls._abc_negative_cache_version = _invalidations
        return cls

    def register(cls, subclass):
        """Makes subclass a virtual subclass; returns it, so that it can be a decorator."""
        global _invalidations
        if not isinstance(subclass, type):
            raise TypeError("Can only register classes")
        if issubclass(subclass, cls):
            return subclass
        if issubclass(cls, subclass):
            raise RuntimeError("Refusing to create an inheritance cycle")
        cls._abc_registry.add(subclass)
        _invalidations += 1
        return subclass

    def _dump_registry(cls, file=None):
        """Prints what is registered and cached."""
        print(f"Class: {cls.__module__}.{cls.__qualname__}", file=file)
        print(f"Inv. counter: {get_cache_token()}", file=file)
        for name in cls.__dict__:
            if name.startswith("_abc_"):
                value = getattr(cls, name)
                if isinstance(value, WeakSet):
                    value = set(value)
                print(f"{name}: {value!r}", file=file)

    def _abc_registry_clear(cls):
        """Forgets what was registered."""
        cls._abc_registry.clear()

    def _abc_caches_clear(cls):
        """Forgets remembered answers."""
        cls._abc_cache.clear()
        cls._abc_negative_cache.clear()

    def _known_not(cls, subclass):
        return (cls._abc_negative_cache_version == _invalidations
                and subclass in cls._abc_negative_cache)

    def __instancecheck__(cls, instance):
        subclass = instance.__class__
        if subclass in cls._abc_cache:
            return True
        subtype = type(instance)
        if subtype is subclass:
            return not cls._known_not(subclass) and cls.__subclasscheck__(subclass)
        return cls.__subclasscheck__(subclass) or cls.__subclasscheck__(subtype)

    def __subclasscheck__(cls, subclass):
        if not isinstance(subclass, type):
            raise TypeError("issubclass() arg 1 must be a class")
        if subclass in cls._abc_cache:
            return True
        if cls._known_not(subclass):
            return False
        if cls._abc_negative_cache_version < _invalidations:
            cls._abc_negative_cache = WeakSet()
            cls._abc_negative_cache_version = _invalidations
        answer = cls.__subclasshook__(subclass)
        if answer is NotImplemented:
            answer = (cls in getattr(subclass, "__mro__", ())
                      or any(issubclass(subclass, other) for other in cls._abc_registry)
                      or any(issubclass(subclass, other) for other in cls.__subclasses__()))
        elif not isinstance(answer, bool):
            raise AssertionError("__subclasshook__ must return a bool or NotImplemented")
        (cls._abc_cache if answer else cls._abc_negative_cache).add(subclass)
        return answer
