"""Paths of files as objects."""

from _collections_abc import Sequence
from errno import EBADF, ELOOP, ENOENT, ENOTDIR
import fnmatch
import functools
import io
import os
import re
from stat import (S_ISBLK, S_ISCHR, S_ISDIR, S_ISFIFO, S_ISLNK, S_ISREG, S_ISSOCK)
import warnings

__all__ = ["PurePath", "PurePosixPath", "PureWindowsPath", "Path", "PosixPath", "WindowsPath"]

_ABSENT_ERRORS = (ENOENT, ENOTDIR, EBADF, ELOOP)


def _ignored(problem):
    """Whether an error means only that a file is not there."""
    return getattr(problem, "errno", None) in _ABSENT_ERRORS


class _Posix:
    """How paths are written on POSIX systems."""

    separator, other_separator = "/", ""
    reserved = frozenset()

    @staticmethod
    def split_root(text):
        """(drive, root, rest); just two slashes at the start mean something of their own."""
        stripped = text.lstrip("/")
        slashes = len(text) - len(stripped)
        return "", ("" if not slashes else "//" if slashes == 2 else "/"), stripped

    @staticmethod
    def fold(text):
        return text


class _Windows:
    """How paths are written on Windows."""

    separator, other_separator = "\\", "/"
    reserved = ({"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"}
                | {f"{device}{digit}" for device in ("COM", "LPT") for digit in "123456789¹²³"})

    @staticmethod
    def split_root(text):
        """(drive, root, rest), where a drive is C: or \\\\host\\share."""
        prefix = ""
        if text.startswith("\\\\?\\"):
            prefix, text = text[:4], text[4:]
            if text.startswith("UNC\\"):
                prefix, text = prefix + text[:3], "\\" + text[3:]
        if text[:2] == "\\\\" and text[2:3] != "\\":
            share = text.find("\\", 2)
            if share >= 0:
                end = text.find("\\", share + 1)
                if end != share + 1:
                    end = len(text) if end < 0 else end
                    if prefix:
                        return prefix + text[1:end], "\\", text[end + 1:]
                    return text[:end], "\\", text[end + 1:]
        drive = root = ""
        if text[1:2] == ":" and text[0].isascii() and text[0].isalpha():
            drive, text = text[:2], text[2:]
        if text[:1] == "\\":
            root, text = "\\", text.lstrip("\\")
        return prefix + drive, root, text

    @staticmethod
    def fold(text):
        return text.lower()


class _Parents(Sequence):
    """The folders above a path, the nearest first."""

    def __init__(self, path):
        self._path = path
        self._count = len(path._parts) - bool(path._drv or path._root)

    def __len__(self):
        return self._count

    def __getitem__(self, index):
        if isinstance(index, slice):
            return tuple(self[i] for i in range(*index.indices(len(self))))
        if not -len(self) <= index < len(self):
            raise IndexError(index)
        if index < 0:
            index += len(self)
        path = self._path
        return path._made(path._drv, path._root, path._parts[:len(path._parts) - index - 1])

    def __repr__(self):
        return f"<{type(self._path).__name__}.parents>"


class PurePath:
    """A path that does not look at files."""

    __slots__ = ("_drv", "_root", "_parts", "_text", "_hash", "_folded")
    _flavour = None

    def __new__(cls, *args):
        if cls is PurePath:
            cls = PurePosixPath
        return cls._from_parts(args)

    def __reduce__(self):
        return self.__class__, tuple(self._parts)

    @classmethod
    def _parse(cls, args):
        """(drive, root, parts) of path segments, the last absolute one being the start."""
        flavour = cls._flavour
        drive = root = ""
        parts = []
        for arg in args:
            if isinstance(arg, PurePath):
                text = str(arg)
            else:
                text = os.fspath(arg)
                if not isinstance(text, str):
                    raise TypeError("argument should be a str object or an os.PathLike object "
                                    f"returning str, not {type(text)!r}")
            if flavour.other_separator:
                text = text.replace(flavour.other_separator, flavour.separator)
            new_drive, new_root, rest = flavour.split_root(text)
            if new_root:
                if new_drive:
                    drive = new_drive
                root = new_root
                parts = []
            elif new_drive:
                if flavour.fold(new_drive) != flavour.fold(drive):
                    root, parts = "", []
                drive = new_drive
            parts += [p for p in rest.split(flavour.separator) if p and p != "."]
        if drive or root:
            parts.insert(0, drive + root)
        return drive, root, parts

    @classmethod
    def _from_parts(cls, args):
        return cls._made(*cls._parse(args))

    @classmethod
    def _made(cls, drive, root, parts):
        self = object.__new__(cls)
        self._drv = drive
        self._root = root
        self._parts = list(parts)
        self._text = self._hash = self._folded = None
        return self

    def __str__(self):
        if self._text is None:
            separator = self._flavour.separator
            if self._drv or self._root:
                self._text = self._drv + self._root + separator.join(self._parts[1:])
            else:
                self._text = separator.join(self._parts) or "."
        return self._text

    def __fspath__(self):
        return str(self)

    def as_posix(self):
        """The text with slashes."""
        return str(self).replace(self._flavour.separator, "/")

    def __bytes__(self):
        return os.fsencode(self)

    def __repr__(self):
        return f"{self.__class__.__name__}({self.as_posix()!r})"

    def as_uri(self):
        """The path as a file: address."""
        if not self.is_absolute():
            raise ValueError("relative path can't be expressed as a file URI")
        from urllib.parse import quote_from_bytes
        drive = self._drv
        if len(drive) == 2 and drive[1] == ":":
            rest = self.as_posix()[2:].lstrip("/")
            return f"file:///{drive}/{quote_from_bytes(rest.encode('utf-8'))}"
        if drive:
            return "file:" + quote_from_bytes(self.as_posix().encode("utf-8"))
        return "file://" + quote_from_bytes(bytes(self))

    # ---- comparison

    @property
    def _cparts(self):
        if self._folded is None:
            self._folded = [self._flavour.fold(part) for part in self._parts]
        return self._folded

    def _comparable(self, other):
        return isinstance(other, PurePath) and self._flavour is other._flavour

    def __eq__(self, other):
        return self._cparts == other._cparts if self._comparable(other) else NotImplemented

    def __hash__(self):
        if self._hash is None:
            self._hash = hash(tuple(self._cparts))
        return self._hash

    def __lt__(self, other):
        return self._cparts < other._cparts if self._comparable(other) else NotImplemented

    def __le__(self, other):
        return self._cparts <= other._cparts if self._comparable(other) else NotImplemented

    def __gt__(self, other):
        return self._cparts > other._cparts if self._comparable(other) else NotImplemented

    def __ge__(self, other):
        return self._cparts >= other._cparts if self._comparable(other) else NotImplemented

    # ---- parts

    drive = property(lambda self: self._drv, doc="The drive, on Windows.")
    root = property(lambda self: self._root, doc="The root, if there is one.")
    parts = property(lambda self: tuple(self._parts), doc="Root and names.")

    @property
    def anchor(self):
        """Drive and root."""
        return self._drv + self._root

    @property
    def name(self):
        """The last name."""
        parts = self._parts
        return "" if len(parts) == bool(self._drv or self._root) else parts[-1]

    @property
    def suffix(self):
        """The extension of the name, with its dot."""
        name = self.name
        dot = name.rfind(".")
        return name[dot:] if 0 < dot < len(name) - 1 else ""

    @property
    def suffixes(self):
        """All extensions of the name."""
        name = self.name
        if name.endswith("."):
            return []
        return ["." + suffix for suffix in name.lstrip(".").split(".")[1:]]

    @property
    def stem(self):
        """The name without its extension."""
        name = self.name
        dot = name.rfind(".")
        return name[:dot] if 0 < dot < len(name) - 1 else name

    def with_name(self, name):
        """The path with another last name."""
        if not self.name:
            raise ValueError(f"{self!r} has an empty name")
        drive, root, parts = self._parse((name,))
        if not name or name[-1] in (self._flavour.separator, self._flavour.other_separator or "/") \
                or drive or root or len(parts) != 1:
            raise ValueError(f"Invalid name {name!r}")
        return self._made(self._drv, self._root, self._parts[:-1] + [name])

    def with_stem(self, stem):
        """The path with another name before the extension."""
        return self.with_name(stem + self.suffix)

    def with_suffix(self, suffix):
        """The path with another extension, or none for ''."""
        flavour = self._flavour
        if flavour.separator in suffix or (flavour.other_separator
                                           and flavour.other_separator in suffix):
            raise ValueError(f"Invalid suffix {suffix!r}")
        if suffix and not suffix.startswith(".") or suffix == ".":
            raise ValueError(f"Invalid suffix {suffix!r}")
        if not self.name:
            raise ValueError(f"{self!r} has an empty name")
        return self._made(self._drv, self._root, self._parts[:-1] + [self.stem + suffix])

    def relative_to(self, *other):
        """The path as seen from other, which must be above it."""
        if not other:
            raise TypeError("need at least one argument")
        base = self._from_parts(other)
        mine, theirs = self._cparts, base._cparts
        if self._root or self._drv or base._root or base._drv:
            # A drive without a root is above all paths of the drive.
            if base._drv and not base._root and self._flavour.fold(base._drv) == \
                    self._flavour.fold(self._drv) and len(theirs) == 1:
                return self._made("", self._root, ([self._root] if self._root else [])
                                  + self._parts[1:])
        if mine[:len(theirs)] != theirs or (not theirs and (self._root or self._drv)):
            raise ValueError(f"{str(self)!r} is not in the subpath of {str(base)!r} OR one path is "
                             f"relative and the other is absolute.")
        return self._made("", "", self._parts[len(theirs):])

    def is_relative_to(self, *other):
        """Whether other is above the path."""
        try:
            self.relative_to(*other)
            return True
        except ValueError:
            return False

    def joinpath(self, *args):
        """The path with more below it; an absolute one replaces it."""
        return self._from_parts((self, *args))

    def __truediv__(self, key):
        try:
            return self._from_parts((self, key))
        except TypeError:
            return NotImplemented

    def __rtruediv__(self, key):
        try:
            return self._from_parts((key, self))
        except TypeError:
            return NotImplemented

    @property
    def parent(self):
        """The folder that the path is in."""
        if len(self._parts) == bool(self._drv or self._root):
            return self
        return self._made(self._drv, self._root, self._parts[:-1])

    @property
    def parents(self):
        """All folders above, the nearest first."""
        return _Parents(self)

    def is_absolute(self):
        """Whether the path begins at a root."""
        return bool(self._root) and (self._flavour is _Posix or bool(self._drv))

    def is_reserved(self):
        """Whether Windows keeps the name for a device."""
        if not self._flavour.reserved or not self._parts or self._drv.startswith("\\\\"):
            return False
        name = self._parts[-1].partition(".")[0].partition(":")[0].rstrip(" ")
        return name.upper() in self._flavour.reserved

    def match(self, path_pattern):
        """Whether the path, from its end, looks like a pattern of fnmatch."""
        fold = self._flavour.fold
        drive, root, pattern = self._parse((fold(path_pattern),))
        if not pattern:
            raise ValueError("empty pattern")
        if drive and drive != fold(self._drv) or root and root != fold(self._root):
            return False
        parts = self._cparts
        if drive or root:
            if len(parts) != len(pattern):
                return False
            pattern = pattern[1:]
        elif len(pattern) > len(parts):
            return False
        return all(fnmatch.fnmatchcase(part, pat)
                   for part, pat in zip(reversed(parts), reversed(pattern)))


os.PathLike.register(PurePath)


class PurePosixPath(PurePath):
    """A path as POSIX systems write it."""

    __slots__ = ()
    _flavour = _Posix


class PureWindowsPath(PurePath):
    """A path as Windows writes it."""

    __slots__ = ()
    _flavour = _Windows


class Path(PurePath):
    """A path and the file that it stands for."""

    __slots__ = ()

    def __new__(cls, *args, **kwargs):
        if cls is Path:
            cls = PosixPath
        self = cls._from_parts(args)
        if self._flavour is not _Posix:
            raise NotImplementedError(f"cannot instantiate {cls.__name__!r} on your system")
        return self

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        pass        # nothing is held; kept for old programs

    # ---- places

    @classmethod
    def cwd(cls):
        """The current folder."""
        return cls(os.getcwd())

    @classmethod
    def home(cls):
        """The user's folder."""
        return cls("~").expanduser()

    def absolute(self):
        """The path from the root on."""
        if self.is_absolute():
            return self
        return self._from_parts((os.getcwd(), self))

    def resolve(self, strict=False):
        """The path from the root on, without links and '..'."""
        try:
            text = os.path.realpath(self, strict=strict)
        except OSError as problem:
            if problem.errno == ELOOP:
                raise RuntimeError("Symlink loop from %r" % problem.filename) from None
            raise
        path = self._from_parts((text,))
        if not strict:
            try:
                path.stat()
            except OSError as problem:
                if problem.errno == ELOOP:
                    raise RuntimeError("Symlink loop from %r" % str(path)) from None
        return path

    def expanduser(self):
        """The path with ~ and ~user replaced by the user's folder."""
        if not (self._drv or self._root) and self._parts and self._parts[0][:1] == "~":
            home = os.path.expanduser(self._parts[0])
            if home[:1] == "~":
                raise RuntimeError("Could not determine home directory.")
            return self._from_parts((home, *self._parts[1:]))
        return self

    def readlink(self):
        """What a link points to."""
        return self._from_parts((os.readlink(self),))

    # ---- what a file is

    def stat(self, *, follow_symlinks=True):
        """What the system knows of the file."""
        return os.stat(self, follow_symlinks=follow_symlinks)

    def lstat(self):
        """The same, of a link itself."""
        return self.stat(follow_symlinks=False)

    def exists(self):
        """Whether there is a file or folder."""
        try:
            self.stat()
        except OSError as problem:
            if not _ignored(problem):
                raise
            return False
        except ValueError:
            return False
        return True

    def _has_mode(self, test, follow=True):
        try:
            return test(self.stat(follow_symlinks=follow).st_mode)
        except OSError as problem:
            if not _ignored(problem):
                raise
            return False
        except ValueError:
            return False

    def is_dir(self):
        """Whether this is a folder."""
        return self._has_mode(S_ISDIR)

    def is_file(self):
        """Whether this is a regular file."""
        return self._has_mode(S_ISREG)

    def is_symlink(self):
        """Whether this is a link."""
        return self._has_mode(S_ISLNK, follow=False)

    def is_block_device(self):
        """Whether this is a block device."""
        return self._has_mode(S_ISBLK)

    def is_char_device(self):
        """Whether this is a character device."""
        return self._has_mode(S_ISCHR)

    def is_fifo(self):
        """Whether this is a pipe."""
        return self._has_mode(S_ISFIFO)

    def is_socket(self):
        """Whether this is a socket."""
        return self._has_mode(S_ISSOCK)

    def is_mount(self):
        """Whether another file system begins here."""
        if not self.exists() or not self.is_dir():
            return False
        here, above = self.stat(), self.parent.stat()
        return here.st_dev != above.st_dev or here.st_ino == above.st_ino

    def samefile(self, other_path):
        """Whether both are the same file."""
        other = os.stat(other_path)
        return os.path.samestat(self.stat(), other)

    def owner(self):
        """Name of the owner."""
        import pwd
        return pwd.getpwuid(self.stat().st_uid).pw_name

    def group(self):
        """Name of the group."""
        import grp
        return grp.getgrgid(self.stat().st_gid).gr_name

    # ---- folders

    def iterdir(self):
        """The paths in a folder, in no order."""
        for name in os.listdir(self):
            yield self._child(name)

    def _child(self, name):
        return self._made(self._drv, self._root, self._parts + [name])

    def _checked_pattern(self, pattern):
        if not pattern:
            raise ValueError(f"Unacceptable pattern: {pattern!r}")
        drive, root, parts = self._parse((pattern,))
        if drive or root:
            raise NotImplementedError("Non-relative patterns are unsupported")
        if pattern[-1] == "/":
            parts.append("")
        return parts

    def glob(self, pattern):
        """The paths below that match a pattern; ** stands for folders at any depth."""
        yield from _select(self, self._checked_pattern(pattern))

    def rglob(self, pattern):
        """glob with **/ before the pattern."""
        yield from _select(self, ["**", *self._checked_pattern(pattern)])

    # ---- reading and writing

    def open(self, mode="r", buffering=-1, encoding=None, errors=None, newline=None):
        """Opens the file."""
        if "b" not in mode:
            encoding = io.text_encoding(encoding)
        return io.open(self, mode, buffering, encoding, errors, newline)

    def read_bytes(self):
        """All bytes of the file."""
        with self.open(mode="rb") as file:
            return file.read()

    def read_text(self, encoding=None, errors=None):
        """All text of the file."""
        with self.open(mode="r", encoding=encoding, errors=errors) as file:
            return file.read()

    def write_bytes(self, data):
        """Makes a file of bytes."""
        view = memoryview(data)
        with self.open(mode="wb") as file:
            return file.write(view)

    def write_text(self, data, encoding=None, errors=None, newline=None):
        """Makes a file of text."""
        if not isinstance(data, str):
            raise TypeError("data must be str, not %s" % data.__class__.__name__)
        with self.open(mode="w", encoding=encoding, errors=errors, newline=newline) as file:
            return file.write(data)

    # ---- changes

    def touch(self, mode=0o666, exist_ok=True):
        """Makes an empty file, or sets its time to now."""
        if exist_ok:
            try:
                os.utime(self, None)
                return
            except OSError:
                pass
        flags = os.O_CREAT | os.O_WRONLY
        if not exist_ok:
            flags |= os.O_EXCL
        os.close(os.open(self, flags, mode))

    def mkdir(self, mode=0o777, parents=False, exist_ok=False):
        """Makes a folder; with parents those above it too."""
        try:
            os.mkdir(self, mode)
        except FileNotFoundError:
            if not parents or self.parent == self:
                raise
            self.parent.mkdir(parents=True, exist_ok=True)
            self.mkdir(mode, parents=False, exist_ok=exist_ok)
        except OSError:
            if not exist_ok or not self.is_dir():
                raise

    def chmod(self, mode, *, follow_symlinks=True):
        """Sets the permissions."""
        os.chmod(self, mode, follow_symlinks=follow_symlinks)

    def lchmod(self, mode):
        """Sets the permissions of a link itself."""
        self.chmod(mode, follow_symlinks=False)

    def unlink(self, missing_ok=False):
        """Removes a file or link."""
        try:
            os.unlink(self)
        except FileNotFoundError:
            if not missing_ok:
                raise

    def rmdir(self):
        """Removes an empty folder."""
        os.rmdir(self)

    def rename(self, target):
        """Gives the file another name; gives the new path."""
        os.rename(self, target)
        return self.__class__(target)

    def replace(self, target):
        """The same, in place of another file."""
        os.replace(self, target)
        return self.__class__(target)

    def symlink_to(self, target, target_is_directory=False):
        """Makes this a link to target."""
        os.symlink(target, self)

    def hardlink_to(self, target):
        """Makes this another name of target."""
        os.link(target, self)

    def link_to(self, target):
        """Makes target another name of this file; deprecated."""
        warnings.warn("pathlib.Path.link_to() is deprecated and is scheduled for removal in Python "
                      "3.12. Use pathlib.Path.hardlink_to() instead.", DeprecationWarning,
                      stacklevel=2)
        os.link(self, target)


class PosixPath(Path, PurePosixPath):
    """A Path on this system."""

    __slots__ = ()


class WindowsPath(Path, PureWindowsPath):
    """A Path on Windows; cannot be made here."""

    __slots__ = ()

    def is_mount(self):
        """Not known here."""
        raise NotImplementedError("Path.is_mount() is unsupported on this system")

# ---- glob


@functools.lru_cache(256)
def _name_matcher(pattern):
    return re.compile(fnmatch.translate(pattern)).match


def _entries(path):
    """(name, whether a folder, whether a link) of what is in a folder; nothing where that cannot be
    read."""
    try:
        with os.scandir(path) as scan:
            entries = list(scan)
    except OSError:
        return
    for entry in entries:
        try:
            yield entry.name, entry.is_dir(), entry.is_symlink()
        except OSError as problem:
            if not _ignored(problem):
                raise


def _folders(path):
    """A folder and all below it; links are not followed."""
    yield path
    for name, is_dir, is_link in _entries(path):
        if is_dir and not is_link:
            yield from _folders(path._child(name))


def _select(path, parts):
    """The paths below `path` that match the parts of a pattern, each once."""
    if not path.is_dir():
        return
    seen = set() if parts.count("**") > 1 else None
    for found in _walk(path, parts):
        if seen is not None:
            if found in seen:
                continue
            seen.add(found)
        yield found


def _walk(path, parts):
    if not parts:
        yield path
        return
    first, rest = parts[0], parts[1:]
    if first == "**":
        for folder in _folders(path):
            yield from _walk(folder, rest)
    elif "**" in first:
        raise ValueError("Invalid pattern: '**' can only be an entire path component")
    elif first == "":
        if path.is_dir():
            yield path
    elif first == "..":
        if path.is_dir():
            yield from _walk(path._child(".."), rest)
    elif not any(c in first for c in "*?["):
        child = path._child(first)
        if child.is_dir() if rest else child.exists():
            yield from _walk(child, rest)
    else:
        match = _name_matcher(first)
        for name, is_dir, _ in _entries(path):
            if match(name) and (is_dir or not rest):
                yield from _walk(path._child(name), rest)
