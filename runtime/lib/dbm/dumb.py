"""A database in two files: NAME.dat has the values, NAME.dir a line "'key', (position, size)" each."""

import builtins
import collections.abc
import os
from _codecs import escape_decode

__all__ = ["error", "open"]

error = OSError
_BLOCK = 512


class _Database(collections.abc.MutableMapping):
    def __init__(self, name, mode, flag):
        self._mode = mode
        self._readonly = flag == 'r'
        name = os.fsencode(name)
        self._dirfile, self._datfile = name + b'.dir', name + b'.dat'
        self._index = {}
        self._changed = False
        if flag == 'n' or (flag == 'c' and not os.path.exists(self._datfile)):
            for path in (self._datfile, self._dirfile):
                if os.path.exists(path):
                    os.remove(path)
            with builtins.open(self._datfile, 'wb'):
                pass
            self._changed = True
        try:
            with builtins.open(self._dirfile, encoding='latin-1') as file:
                for line in file:
                    # A literal key in quotes, a comma, and "(position, size)".
                    key, _, place = line.rstrip().rpartition(', (')
                    position, size = place.rstrip(')').split(',')
                    key = escape_decode(key[1:-1].encode('latin-1'))[0]
                    self._index[key] = int(position), int(size)
        except FileNotFoundError:
            if flag not in ('c', 'n'):
                raise

    def _check(self, writing=False):
        if self._index is None:
            raise error('DBM object has already been closed')
        if writing and self._readonly:
            raise error('The database is opened for reading only')

    @staticmethod
    def _bytes(value):
        if isinstance(value, str):
            return value.encode('utf-8')
        if not isinstance(value, (bytes, bytearray)):
            raise TypeError("keys and values must be bytes or strings")
        return bytes(value)

    def sync(self):
        """Writes the index."""
        if self._index is None or not self._changed:
            return
        with builtins.open(self._dirfile, 'w', encoding='latin-1') as file:
            for key, place in self._index.items():
                file.write("%r, %r\n" % (key.decode('latin-1'), place))
        self._changed = False

    def __getitem__(self, key):
        self._check()
        position, size = self._index[self._bytes(key)]
        with builtins.open(self._datfile, 'rb') as file:
            file.seek(position)
            return file.read(size)

    def __setitem__(self, key, value):
        self._check(True)
        key, value = self._bytes(key), self._bytes(value)
        place = self._index.get(key)
        with builtins.open(self._datfile, 'r+b') as file:
            if place is not None and -(-len(value) // _BLOCK) <= -(-place[1] // _BLOCK):
                position = place[0]
            else:
                end = file.seek(0, 2)
                position = -(-end // _BLOCK) * _BLOCK
                file.write(b'\0' * (position - end))
            file.seek(position)
            file.write(value)
        self._index[key] = position, len(value)
        self._changed = True

    def __delitem__(self, key):
        self._check(True)
        del self._index[self._bytes(key)]
        self._changed = True

    def __contains__(self, key):
        self._check()
        return self._bytes(key) in self._index

    def __iter__(self):
        self._check()
        return iter(self._index)

    def __len__(self):
        self._check()
        return len(self._index)

    def close(self):
        try:
            self.sync()
        finally:
            self._index = None

    def __enter__(self):
        return self

    def __exit__(self, *info):
        self.close()


def open(file, flag='c', mode=0o666):
    """Opens the database in file.dat and file.dir."""
    if flag not in ('r', 'w', 'c', 'n'):
        raise ValueError("Flag must be one of 'r', 'w', 'c', or 'n'")
    return _Database(file, mode, flag)
