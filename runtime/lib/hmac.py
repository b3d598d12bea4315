"""HMAC: digests that prove knowledge of a key (RFC 2104)."""

from _operator import _compare_digest as compare_digest
import hashlib as _hashlib
import warnings as _warnings

trans_5C = bytes(x ^ 0x5C for x in range(256))
trans_36 = bytes(x ^ 0x36 for x in range(256))
digest_size = None


def _maker(digestmod):
    """A function from data to a hash object, of a name, a function or a module."""
    if callable(digestmod):
        return digestmod
    if isinstance(digestmod, str):
        return lambda data=b"": _hashlib.new(digestmod, data)
    return lambda data=b"": digestmod.new(data)


class HMAC:
    """A running HMAC, used as a hash object is."""

    blocksize = 64      # where the hash object does not tell

    __slots__ = ("_hmac", "_inner", "_outer", "block_size", "digest_size")

    def __init__(self, key, msg=None, digestmod=""):
        if not isinstance(key, (bytes, bytearray)):
            raise TypeError("key: expected bytes or bytearray, but got %r" % type(key).__name__)
        if not digestmod:
            raise TypeError("Missing required parameter 'digestmod'.")
        make = _maker(digestmod)
        self._hmac = None
        self._outer = make()
        self._inner = make()
        self.digest_size = self._inner.digest_size
        block_size = getattr(self._inner, "block_size", None)
        if block_size is None:
            _warnings.warn("No block_size attribute on given digest object; Assuming %d."
                           % self.blocksize, RuntimeWarning, 2)
            block_size = self.blocksize
        elif block_size < 16:
            _warnings.warn("block_size of %d seems too small; using our default of %d."
                           % (block_size, self.blocksize), RuntimeWarning, 2)
            block_size = self.blocksize
        if len(key) > block_size:
            key = make(key).digest()
        self.block_size = block_size
        key = key.ljust(block_size, b"\0")
        self._outer.update(key.translate(trans_5C))
        self._inner.update(key.translate(trans_36))
        if msg is not None:
            self.update(msg)

    @property
    def name(self):
        return f"hmac-{self._inner.name}"

    def update(self, msg):
        """Takes in more bytes."""
        self._inner.update(msg)

    def copy(self):
        """An object that stands where this one stands."""
        other = self.__class__.__new__(self.__class__)
        other._hmac = None
        other.digest_size = self.digest_size
        other.block_size = self.block_size
        other._inner = self._inner.copy()
        other._outer = self._outer.copy()
        return other

    def _current(self):
        outer = self._outer.copy()
        outer.update(self._inner.digest())
        return outer

    def digest(self):
        """The code of all so far, as bytes."""
        return self._current().digest()

    def hexdigest(self):
        """The code of all so far, in hexadecimal digits."""
        return self._current().hexdigest()


def new(key, msg=None, digestmod=""):
    """A running HMAC with a key, which has taken in msg."""
    return HMAC(key, msg, digestmod)


def digest(key, msg, digest):
    """The HMAC of one message."""
    return HMAC(key, msg, digest).digest()
