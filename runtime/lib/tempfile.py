"""Files and folders that exist for a while."""

import os
import random
import sys

__all__ = ["NamedTemporaryFile", "TemporaryFile", "TemporaryDirectory", "mkstemp", "mkdtemp",
           "mktemp", "TMP_MAX", "gettempprefix", "tempdir", "gettempdir", "gettempprefixb",
           "gettempdirb", "SpooledTemporaryFile"]

TMP_MAX = 10000
tempdir = None
_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789_"
_source = None


def _names():
    """Endless words of eight letters."""
    global _source
    if _source is None:
        _source = random.Random()
    while True:
        yield ''.join(_source.choices(_LETTERS, k=8))


def gettempprefix():
    """With what names begin."""
    return "tmp"


def gettempprefixb():
    return b"tmp"


def gettempdir():
    """The folder for temporary files: TMPDIR, TEMP, TMP, or the first usual one that can be written."""
    global tempdir
    if tempdir is None:
        candidates = [os.getenv(name) for name in ('TMPDIR', 'TEMP', 'TMP')]
        candidates = [path for path in candidates if path]
        candidates += ['/tmp', '/var/tmp', '/usr/tmp', os.getcwd()]
        for path in candidates:
            if os.path.isdir(path) and os.access(path, os.W_OK | os.X_OK):
                tempdir = os.path.abspath(path)
                break
        else:
            raise FileNotFoundError(2, "No usable temporary directory found in %s" % candidates)
    return os.fsdecode(tempdir)


def gettempdirb():
    return os.fsencode(gettempdir())


def _places(suffix, prefix, dir):
    """Paths to try, as str or bytes like what was given."""
    given = [value for value in (suffix, prefix, dir) if value is not None]
    as_bytes = any(isinstance(value, bytes) for value in given)
    if as_bytes and not all(isinstance(value, bytes) for value in given):
        raise TypeError("Can't mix bytes and non-bytes in path components.")
    suffix = suffix if suffix is not None else (b'' if as_bytes else '')
    prefix = prefix if prefix is not None else (b'tmp' if as_bytes else 'tmp')
    if dir is None:
        dir = gettempdirb() if as_bytes else gettempdir()
    for _, name in zip(range(TMP_MAX), _names()):
        name = name.encode() if as_bytes else name
        yield os.path.abspath(os.path.join(dir, prefix + name + suffix))


def mkstemp(suffix=None, prefix=None, dir=None, text=False):
    """(descriptor, path) of a new file."""
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL
    for name in ('O_NOFOLLOW', 'O_CLOEXEC'):
        flags |= getattr(os, name, 0)
    for path in _places(suffix, prefix, dir):
        try:
            return os.open(path, flags, 0o600), path
        except FileExistsError:
            continue
    raise FileExistsError(17, "No usable temporary file name found")


def mkdtemp(suffix=None, prefix=None, dir=None):
    """The path of a new folder."""
    for path in _places(suffix, prefix, dir):
        try:
            os.mkdir(path, 0o700)
        except FileExistsError:
            continue
        return path
    raise FileExistsError(17, "No usable temporary directory name found")


def mktemp(suffix="", prefix="tmp", dir=None):
    """A path at which there was nothing just now."""
    for path in _places(suffix, prefix, dir):
        if not os.path.lexists(path):
            return path
    raise FileExistsError(17, "No usable temporary filename found")


class _TemporaryFile:
    """A file with a name that is removed when it is closed."""

    def __init__(self, file, name, delete):
        self.file = file
        self.name = name
        self.delete = delete
        self._gone = False

    def __getattr__(self, name):
        value = getattr(self.__dict__['file'], name)
        return value

    def __enter__(self):
        self.file.__enter__()
        return self

    def __exit__(self, cls, value, tb):
        self.close()

    def __iter__(self):
        yield from self.file

    def close(self):
        self.file.close()
        if self.delete and not self._gone:
            self._gone = True
            os.unlink(self.name)

    def __del__(self):
        if 'file' in self.__dict__:
            try:
                self.close()
            except OSError:
                pass

    def __repr__(self):
        return "<%s.%s object at %#x>" % (type(self).__module__, type(self).__qualname__, id(self))


def NamedTemporaryFile(mode='w+b', buffering=-1, encoding=None, newline=None, suffix=None,
                       prefix=None, dir=None, delete=True, *, errors=None):
    """An open file with a name; closing removes it unless delete is false."""
    descriptor, path = mkstemp(suffix, prefix, dir)
    try:
        file = open(descriptor, mode, buffering, encoding=encoding, errors=errors, newline=newline)
    except BaseException:
        os.unlink(path)
        os.close(descriptor)
        raise
    return _TemporaryFile(file, path, delete)


def TemporaryFile(mode='w+b', buffering=-1, encoding=None, newline=None, suffix=None, prefix=None,
                  dir=None, *, errors=None):
    """An open file without a name."""
    descriptor, path = mkstemp(suffix, prefix, dir)
    try:
        os.unlink(path)
        return open(descriptor, mode, buffering, encoding=encoding, errors=errors,
                    newline=newline)
    except BaseException:
        os.close(descriptor)
        raise


class SpooledTemporaryFile:
    """A file in memory that moves to disk when it has more than max_size octets."""

    def __init__(self, max_size=0, mode='w+b', buffering=-1, encoding=None, newline=None,
                 suffix=None, prefix=None, dir=None, *, errors=None):
        import io
        self._settings = dict(mode=mode, buffering=buffering, encoding=encoding, newline=newline,
                              suffix=suffix, prefix=prefix, dir=dir, errors=errors)
        self._file = io.BytesIO() if 'b' in mode else io.TextIOWrapper(
            io.BytesIO(), encoding=encoding or 'utf-8', newline=newline, errors=errors,
            write_through=True)
        self._max_size = max_size
        self._rolled = False

    def rollover(self):
        """Moves to disk."""
        if self._rolled:
            return
        old, place = self._file, self._file.tell()
        self._file = TemporaryFile(**self._settings)
        self._rolled = True
        old.seek(0)
        self._file.write(old.read())
        self._file.seek(place)

    def write(self, data):
        count = self._file.write(data)
        if not self._rolled and self._max_size and self._file.tell() > self._max_size:
            self.rollover()
        return count

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def fileno(self):
        self.rollover()
        return self._file.fileno()

    def __getattr__(self, name):
        return getattr(self.__dict__['_file'], name)

    def __enter__(self):
        return self

    def __exit__(self, cls, value, tb):
        self._file.close()

    def __iter__(self):
        return iter(self._file)


class TemporaryDirectory:
    """A folder that is removed with all that is in it; as a context manager it gives its path."""

    def __init__(self, suffix=None, prefix=None, dir=None, ignore_cleanup_errors=False):
        self.name = mkdtemp(suffix, prefix, dir)
        self._ignore = ignore_cleanup_errors

    def __repr__(self):
        return "<%s %r>" % (type(self).__name__, self.name)

    def __enter__(self):
        return self.name

    def __exit__(self, cls, value, tb):
        self.cleanup()

    def cleanup(self):
        """Removes the folder."""
        if os.path.lexists(self.name):
            _remove_tree(self.name, self._ignore)

    def __del__(self):
        if 'name' in self.__dict__ and os.path.lexists(self.name):
            import warnings
            self.cleanup()
            warnings.warn("Implicitly cleaning up {!r}".format(self), ResourceWarning)


def _remove_tree(path, ignore):
    try:
        with os.scandir(path) as entries:
            for entry in list(entries):
                if entry.is_dir(follow_symlinks=False):
                    _remove_tree(entry.path, ignore)
                else:
                    os.unlink(entry.path)
        os.rmdir(path)
    except OSError:
        if not ignore:
            raise
