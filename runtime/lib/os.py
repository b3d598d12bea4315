"""The operating system: files, directories, environment, processes.

The system calls are in posix; this module adds what is made of them.  os.path
is posixpath.
"""

import abc
import sys
import stat as st

from posix import *
from posix import _exit
import posix
import posixpath as path
from posixpath import curdir, pardir, sep, pathsep, defpath, extsep, altsep, devnull

name = "posix"
linesep = "\n"
sys.modules["os.path"] = path

error = OSError

SEEK_SET = 0
SEEK_CUR = 1
SEEK_END = 2

P_WAIT = 0
P_NOWAIT = P_NOWAITO = 1

__all__ = ["altsep", "curdir", "pardir", "sep", "pathsep", "linesep", "defpath", "name", "path",
           "devnull", "SEEK_SET", "SEEK_CUR", "SEEK_END", "fsencode", "fsdecode", "get_exec_path",
           "fdopen", "extsep", "_exit", "makedirs", "removedirs", "renames", "walk", "fwalk",
           "execl", "execle", "execlp", "execlpe", "execvp", "execvpe", "environ", "environb",
           "getenv", "getenvb", "supports_bytes_environ", "P_WAIT", "P_NOWAIT", "P_NOWAITO",
           "spawnv", "spawnve", "spawnl", "spawnle", "popen", "PathLike"]
__all__.extend(_name for _name in dir(posix) if not _name.startswith("_"))

# What accepts which kind of argument.
supports_dir_fd = {access, chmod, chown, link, lstat, mkdir, mkfifo, open, readlink, rename, rmdir,
                   stat, symlink, unlink, utime, remove, replace}
supports_effective_ids = {access}
supports_fd = {chdir, chmod, chown, listdir, scandir, stat, statvfs, truncate, utime}
supports_follow_symlinks = {access, chmod, chown, link, stat, utime}
supports_bytes_environ = True


# ---- directories

def makedirs(name, mode=0o777, exist_ok=False):
    """Makes a directory and all that are missing above it."""
    head, tail = path.split(name)
    if not tail:
        head, tail = path.split(head)
    if head and tail and not path.exists(head):
        try:
            makedirs(head, exist_ok=exist_ok)
        except FileExistsError:
            pass  # somebody else was faster
        here = curdir.encode() if isinstance(tail, bytes) else curdir
        if tail == here:
            return
    try:
        mkdir(name, mode)
    except OSError:
        if not exist_ok or not path.isdir(name):
            raise


def removedirs(name):
    """Removes a directory and then those above it, as long as they are empty."""
    rmdir(name)
    head, tail = path.split(name)
    if not tail:
        head, tail = path.split(head)
    while head and tail:
        try:
            rmdir(head)
        except OSError:
            break
        head, tail = path.split(head)


def renames(old, new):
    """Renames; makes directories for the new name and removes emptied ones of the old."""
    head, tail = path.split(new)
    if head and tail and not path.exists(head):
        makedirs(head)
    rename(old, new)
    head, tail = path.split(old)
    if head and tail:
        try:
            removedirs(head)
        except OSError:
            pass


def walk(top, topdown=True, onerror=None, followlinks=False):
    """Yields (directory, names of directories, names of files) for a whole tree."""
    return _walk(fspath(top), topdown, onerror, followlinks)


def _walk(top, topdown, onerror, followlinks):
    dirs = []
    nondirs = []
    to_enter = []
    try:
        entries = scandir(top)
    except OSError as problem:
        if onerror is not None:
            onerror(problem)
        return
    with entries:
        while True:
            try:
                entry = next(entries, None)
            except OSError as problem:
                if onerror is not None:
                    onerror(problem)
                return
            if entry is None:
                break
            try:
                is_dir = entry.is_dir()
            except OSError:
                is_dir = False
            (dirs if is_dir else nondirs).append(entry.name)
            if not topdown and is_dir:
                try:
                    is_link = not followlinks and entry.is_symlink()
                except OSError:
                    is_link = False
                if not is_link:
                    to_enter.append(entry.path)
    if topdown:
        yield top, dirs, nondirs
        # The caller may have changed dirs.
        for dirname in dirs:
            below = path.join(top, dirname)
            if followlinks or not path.islink(below):
                yield from _walk(below, topdown, onerror, followlinks)
    else:
        for below in to_enter:
            yield from _walk(below, topdown, onerror, followlinks)
        yield top, dirs, nondirs


def fwalk(top=".", topdown=True, onerror=None, *, follow_symlinks=False, dir_fd=None):
    """As walk, with a descriptor of the directory as fourth item."""
    top = fspath(top)
    before = stat(top, follow_symlinks=False, dir_fd=dir_fd)
    fd = open(top, O_RDONLY, dir_fd=dir_fd)
    try:
        if follow_symlinks or (st.S_ISDIR(before.st_mode)
                               and path.samestat(before, stat(fd))):
            yield from _fwalk(fd, top, topdown, onerror, follow_symlinks)
    finally:
        close(fd)


def _fwalk(topfd, top, topdown, onerror, follow_symlinks):
    dirs = []
    nondirs = []
    with scandir(topfd) as entries:
        for entry in entries:
            name = fsencode(entry.name) if isinstance(top, bytes) else entry.name
            (dirs if entry.is_dir() else nondirs).append(name)
    if topdown:
        yield top, dirs, nondirs, topfd
    for name in dirs:
        try:
            before = stat(name, dir_fd=topfd, follow_symlinks=follow_symlinks)
            fd = open(name, O_RDONLY, dir_fd=topfd)
        except OSError as problem:
            if onerror is not None:
                onerror(problem)
            continue
        try:
            if follow_symlinks or path.samestat(before, stat(fd)):
                yield from _fwalk(fd, path.join(top, name), topdown, onerror, follow_symlinks)
        finally:
            close(fd)
    if not topdown:
        yield top, dirs, nondirs, topfd


# ---- names in the encoding of the system

def fsencode(filename):
    """The name as bytes."""
    filename = fspath(filename)
    if isinstance(filename, str):
        return filename.encode("utf-8", "surrogateescape")
    return filename


def fsdecode(filename):
    """The name as text."""
    filename = fspath(filename)
    if isinstance(filename, bytes):
        return filename.decode("utf-8", "surrogateescape")
    return filename


class PathLike(abc.ABC):
    """What has a path: any class with __fspath__."""

    @abc.abstractmethod
    def __fspath__(self):
        """The path as str or bytes."""
        raise NotImplementedError

    @classmethod
    def __subclasshook__(cls, subclass):
        if cls is PathLike:
            return any("__fspath__" in c.__dict__ and c.__dict__["__fspath__"] is not None
                       for c in subclass.__mro__) or NotImplemented
        return NotImplemented

    def __class_getitem__(cls, item):
        from types import GenericAlias
        return GenericAlias(cls, item)


# ---- environment

from _collections_abc import MutableMapping, Mapping


class _Environ(MutableMapping):
    """The variables of the environment; changes reach the C library and child processes."""

    def __init__(self, data, encodekey, decodekey, encodevalue, decodevalue):
        self.encodekey = encodekey
        self.decodekey = decodekey
        self.encodevalue = encodevalue
        self.decodevalue = decodevalue
        self._data = data

    def __getitem__(self, key):
        try:
            value = self._data[self.encodekey(key)]
        except KeyError:
            raise KeyError(key) from None
        return self.decodevalue(value)

    def __setitem__(self, key, value):
        key = self.encodekey(key)
        value = self.encodevalue(value)
        putenv(key, value)
        self._data[key] = value

    def __delitem__(self, key):
        encoded = self.encodekey(key)
        unsetenv(encoded)
        try:
            del self._data[encoded]
        except KeyError:
            raise KeyError(key) from None

    def __iter__(self):
        # A list, so that the environment may change meanwhile.
        for key in list(self._data):
            yield self.decodekey(key)

    def __len__(self):
        return len(self._data)

    def __repr__(self):
        items = ", ".join(f"{self.decodekey(key)!r}: {self.decodevalue(value)!r}"
                          for key, value in self._data.items())
        return f"environ({{{items}}})"

    def copy(self):
        return dict(self)

    def setdefault(self, key, value):
        if key not in self:
            self[key] = value
        return self[key]

    def __ior__(self, other):
        self.update(other)
        return self

    def __or__(self, other):
        if not isinstance(other, Mapping):
            return NotImplemented
        new = dict(self)
        new.update(other)
        return new

    def __ror__(self, other):
        if not isinstance(other, Mapping):
            return NotImplemented
        new = dict(other)
        new.update(self)
        return new


def _encode(value):
    if not isinstance(value, str):
        raise TypeError("str expected, not %s" % type(value).__name__)
    return value.encode("utf-8", "surrogateescape")


def _decode(value):
    return value.decode("utf-8", "surrogateescape")


def _check_bytes(value):
    if not isinstance(value, bytes):
        raise TypeError("bytes expected, not %s" % type(value).__name__)
    return value


environ = _Environ(posix.environ, _encode, _decode, _encode, _decode)
environb = _Environ(environ._data, _check_bytes, bytes, _check_bytes, bytes)


def getenv(key, default=None):
    """The value of a variable, or default."""
    return environ.get(key, default)


def getenvb(key, default=None):
    """The same in bytes."""
    return environb.get(key, default)


def get_exec_path(env=None):
    """The directories where programs are looked for."""
    if env is None:
        env = environ
    try:
        value = env.get("PATH")
    except TypeError:
        value = None
    try:
        value_bytes = env[b"PATH"]
    except (KeyError, TypeError):
        pass
    else:
        if value is not None:
            raise ValueError("env cannot contain 'PATH' and b'PATH' keys")
        value = value_bytes
    if value is None:
        value = defpath
    return fsdecode(value).split(pathsep)


# ---- programs

def execvp(file, args):
    """Replaces the process by a program, looked for in PATH."""
    _execvpe(file, args)


def execvpe(file, args, env):
    """The same with an environment."""
    _execvpe(file, args, env)


def _execvpe(file, args, env=None):
    run = (lambda program: execv(program, args)) if env is None else (
        lambda program: execve(program, args, env))
    if path.dirname(file):
        run(file)
        return
    found = None
    last = None
    for directory in get_exec_path(env):
        try:
            run(path.join(directory, fsdecode(file)))
        except (FileNotFoundError, NotADirectoryError) as problem:
            last = problem
        except OSError as problem:
            last = problem
            found = found or problem
    raise found or last


def execl(file, *args):
    """Replaces the process by a program; arguments one by one."""
    execv(file, args)


def execle(file, *args):
    """The same with the environment as last argument."""
    execve(file, args[:-1], args[-1])


def execlp(file, *args):
    """As execl, looking in PATH."""
    execvp(file, args)


def execlpe(file, *args):
    """As execle, looking in PATH."""
    execvpe(file, args[:-1], args[-1])


def _spawn(mode, file, args, env):
    pid = fork()
    if not pid:
        try:
            if env is None:
                execv(file, args)
            else:
                execve(file, args, env)
        except:
            _exit(127)
    if mode == P_NOWAIT:
        return pid
    while True:
        _, status = waitpid(pid, 0)
        if not WIFSTOPPED(status):
            return waitstatus_to_exitcode(status)


def spawnv(mode, file, args):
    """Runs a program as a child process: its exit code, or its id with P_NOWAIT."""
    return _spawn(mode, file, args, None)


def spawnve(mode, file, args, env):
    """The same with an environment."""
    return _spawn(mode, file, args, env)


def spawnl(mode, file, *args):
    """As spawnv, arguments one by one."""
    return spawnv(mode, file, args)


def spawnle(mode, file, *args):
    """As spawnl, the environment as last argument."""
    return spawnve(mode, file, args[:-1], args[-1])


class _Pipe:
    """What popen() returns: the stream, whose close() waits for the command."""

    def __init__(self, stream, pid):
        self._stream = stream
        self._pid = pid

    def close(self):
        self._stream.close()
        _, status = waitpid(self._pid, 0)
        code = waitstatus_to_exitcode(status)
        if code == 0:
            return None
        return code if code < 0 else code << 8

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()

    def __getattr__(self, name):
        return getattr(self._stream, name)

    def __iter__(self):
        return iter(self._stream)


def popen(cmd, mode="r", buffering=-1):
    """Runs a shell command and returns a stream of its output, or to its input."""
    if not isinstance(cmd, str):
        raise TypeError("invalid cmd type (%s, expected string)" % type(cmd))
    if mode not in ("r", "w"):
        raise ValueError("invalid mode %r" % mode)
    if buffering == 0 or buffering is None:
        raise ValueError("popen() does not support unbuffered streams")
    read_end, write_end = pipe()
    ours, theirs, target = (read_end, write_end, 1) if mode == "r" else (write_end, read_end, 0)
    pid = fork()
    if not pid:
        try:
            dup2(theirs, target)
            execv("/bin/sh", ["/bin/sh", "-c", cmd])
        finally:
            _exit(127)
    close(theirs)
    return _Pipe(fdopen(ours, mode, buffering), pid)


def fdopen(fd, mode="r", buffering=-1, encoding=None, *args, **kwargs):
    """A stream over a descriptor; see open()."""
    if not isinstance(fd, int):
        raise TypeError("invalid fd type (%s, expected integer)" % type(fd))
    import io
    if "b" not in mode:
        encoding = io.text_encoding(encoding)
    return io.open(fd, mode, buffering, encoding, *args, **kwargs)
