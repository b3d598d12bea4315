"""Cryptographic digests: MD5, SHA-1, SHA-2, SHA-3, SHAKE and BLAKE2."""

from _pbkdf2 import pbkdf2_hmac

# In which module each maker is, and under which names new() knows it.
_MODULES = {"md5": "_md5", "sha1": "_sha1", "sha224": "_sha256", "sha256": "_sha256",
            "sha384": "_sha512", "sha512": "_sha512", "blake2b": "_blake2", "blake2s": "_blake2",
            "sha3_224": "_sha3", "sha3_256": "_sha3", "sha3_384": "_sha3", "sha3_512": "_sha3",
            "shake_128": "_sha3", "shake_256": "_sha3"}
_PLAIN = {"md5", "sha1", "sha224", "sha256", "sha384", "sha512"}

algorithms_guaranteed = set(_MODULES)
algorithms_available = set(algorithms_guaranteed)

__all__ = (*_MODULES, "new", "algorithms_guaranteed", "algorithms_available", "pbkdf2_hmac",
           "file_digest")

__builtin_constructor_cache = {}


def __get_builtin_constructor(name):
    """The maker of an algorithm's hash objects; ValueError for one that is not known."""
    if not isinstance(name, str):
        raise TypeError(f"name must be str, not {type(name).__name__}")
    cache = __builtin_constructor_cache
    constructor = cache.get(name)
    if constructor is not None:
        return constructor
    lower = name.lower()
    if lower in _MODULES and (name == lower or (lower in _PLAIN and name == name.upper())):
        try:
            module = __import__(_MODULES[lower])
        except ImportError:
            pass
        else:
            for known, where in _MODULES.items():
                if where == _MODULES[lower]:
                    cache[known] = getattr(module, known)
                    if known in _PLAIN:
                        cache[known.upper()] = cache[known]
            return cache[name]
    raise ValueError("unsupported hash type " + name)


def new(name, data=b"", **kwargs):
    """A hash object of the algorithm of that name, which has taken in data."""
    return __get_builtin_constructor(name)(data, **kwargs)


def file_digest(fileobj, digest, /, *, _bufsize=2**18):
    """A hash object of all that a binary file holds from where it stands; digest is the name of an
    algorithm or a maker of hash objects."""
    state = new(digest) if isinstance(digest, str) else digest()
    if hasattr(fileobj, "getbuffer"):
        # A file in memory: no copies are needed.
        state.update(fileobj.getbuffer())
        return state
    if not (hasattr(fileobj, "readinto") and hasattr(fileobj, "readable") and fileobj.readable()):
        raise ValueError(f"'{fileobj!r}' is not a file-like object in binary reading mode.")
    buffer = bytearray(_bufsize)
    view = memoryview(buffer)
    while True:
        size = fileobj.readinto(buffer)
        if size == 0:
            return state
        state.update(view[:size])


for _name in _MODULES:
    globals()[_name] = __get_builtin_constructor(_name)
del _name
