"""os.path: names of files as text."""

import sys
import stat
import genericpath
from genericpath import *

__all__ = ["normcase", "isabs", "join", "splitdrive", "split", "splitext", "basename", "dirname",
           "commonprefix", "getsize", "getmtime", "getatime", "getctime", "islink", "exists",
           "lexists", "isdir", "isfile", "ismount", "expanduser", "expandvars", "normpath",
           "abspath", "samefile", "sameopenfile", "samestat", "curdir", "pardir", "sep", "pathsep",
           "defpath", "altsep", "extsep", "devnull", "realpath", "supports_unicode_filenames",
           "relpath", "commonpath"]

curdir = "."
pardir = ".."
extsep = "."
sep = "/"
pathsep = ":"
defpath = "/bin:/usr/bin"
altsep = None
devnull = "/dev/null"
supports_unicode_filenames = sys.platform == "darwin"


def _slash(path):
    return b"/" if isinstance(path, bytes) else "/"


def normcase(s):
    """The path itself: case counts here."""
    return os.fspath(s)


def isabs(s):
    """Whether the path starts from the root."""
    s = os.fspath(s)
    return s.startswith(_slash(s))


def join(a, *p):
    """Joins parts with slashes; an absolute part drops all before it."""
    a = os.fspath(a)
    slash = _slash(a)
    path = a
    try:
        if not p:
            path[:0] + slash  # TypeError for what is no path
        for b in map(os.fspath, p):
            if b.startswith(slash):
                path = b
            elif not path or path.endswith(slash):
                path += b
            else:
                path += slash + b
    except (TypeError, AttributeError, BytesWarning):
        genericpath._check_arg_types("join", a, *p)
        raise
    return path


def split(p):
    """Everything up to the last slash, and what follows it."""
    p = os.fspath(p)
    slash = _slash(p)
    i = p.rfind(slash) + 1
    head, tail = p[:i], p[i:]
    if head and head != slash * len(head):
        head = head.rstrip(slash)
    return head, tail


def splitext(p):
    """The path without its extension, and the extension with its dot."""
    p = os.fspath(p)
    if isinstance(p, bytes):
        return genericpath._splitext(p, b"/", None, b".")
    return genericpath._splitext(p, "/", None, ".")


def splitdrive(p):
    """An empty drive and the path."""
    p = os.fspath(p)
    return p[:0], p


def basename(p):
    """What follows the last slash."""
    p = os.fspath(p)
    return p[p.rfind(_slash(p)) + 1:]


def dirname(p):
    """What precedes the last slash."""
    return split(p)[0]


def islink(path):
    """Whether the path is a symbolic link."""
    try:
        status = os.lstat(path)
    except (OSError, ValueError, AttributeError):
        return False
    return stat.S_ISLNK(status.st_mode)


def lexists(path):
    """Whether there is something of this name, be it a broken link."""
    try:
        os.lstat(path)
    except (OSError, ValueError):
        return False
    return True


def ismount(path):
    """Whether a file system starts at the path."""
    try:
        here = os.lstat(path)
    except (OSError, ValueError):
        return False
    if stat.S_ISLNK(here.st_mode):
        return False
    path = os.fspath(path)
    parent = join(path, b".." if isinstance(path, bytes) else "..")
    parent = realpath(parent)
    try:
        above = os.lstat(parent)
    except (OSError, ValueError):
        return False
    return here.st_dev != above.st_dev or here.st_ino == above.st_ino


def expanduser(path):
    """Replaces a leading ~ or ~user by that user's directory."""
    path = os.fspath(path)
    tilde = b"~" if isinstance(path, bytes) else "~"
    if not path.startswith(tilde):
        return path
    slash = _slash(path)
    end = path.find(slash, 1)
    if end < 0:
        end = len(path)
    if end == 1:
        if "HOME" in os.environ:
            home = os.environ["HOME"]
        else:
            home = _home_of(lambda fields: fields[2] == str(os.getuid()))
    else:
        name = os.fsdecode(path[1:end])
        home = _home_of(lambda fields: fields[0] == name)
    if home is None:
        return path
    if isinstance(path, bytes):
        home = os.fsencode(home)
    return (home.rstrip(slash) + path[end:]) or slash


def _home_of(matches):
    """The directory of the first user in the system's list that matches, or None."""
    try:
        with open("/etc/passwd", encoding="utf-8", errors="surrogateescape") as users:
            for line in users:
                fields = line.rstrip("\n").split(":")
                if len(fields) > 5 and matches(fields):
                    return fields[5]
    except OSError:
        pass
    return None


def expandvars(path):
    """Replaces $name and ${name} by variables of the environment; unknown ones stay."""
    path = os.fspath(path)
    if isinstance(path, bytes):
        return os.fsencode(expandvars(os.fsdecode(path)))
    result = []
    i = 0
    while True:
        dollar = path.find("$", i)
        if dollar < 0:
            result.append(path[i:])
            return "".join(result)
        result.append(path[i:dollar])
        i = end = dollar + 1
        if path[i:i + 1] == "{":
            close = path.find("}", i)
            name = path[i + 1:close] if close >= 0 else ""
            end = close + 1
        else:
            while end < len(path) and path[end].isascii() and (path[end].isalnum()
                                                              or path[end] == "_"):
                end += 1
            name = path[i:end]
        if name and name in os.environ:
            result.append(os.environ[name])
            i = end
        elif name:
            result.append(path[dollar:end])
            i = end
        else:
            result.append("$")


def normpath(path):
    """The path without doubled slashes, '.' and 'name/..'."""
    path = os.fspath(path)
    if isinstance(path, bytes):
        slash, empty, dot, dotdot = b"/", b"", b".", b".."
    else:
        slash, empty, dot, dotdot = "/", "", ".", ".."
    if path == empty:
        return dot
    slashes = path.startswith(slash)
    # Exactly two leading slashes mean something to POSIX, three do not.
    if slashes and path.startswith(slash * 2) and not path.startswith(slash * 3):
        slashes = 2
    parts = []
    for part in path.split(slash):
        if part in (empty, dot):
            continue
        if part != dotdot or (not slashes and not parts) or (parts and parts[-1] == dotdot):
            parts.append(part)
        elif parts:
            parts.pop()
    return slash * slashes + slash.join(parts) or dot


def abspath(path):
    """The path from the root."""
    path = os.fspath(path)
    if not isabs(path):
        path = join(os.getcwdb() if isinstance(path, bytes) else os.getcwd(), path)
    return normpath(path)


def realpath(filename, *, strict=False):
    """The path with all symbolic links followed; strict: OSError where something is missing."""
    filename = os.fspath(filename)
    path, _ = _follow(filename[:0], filename, strict, {})
    return abspath(path)


def _follow(path, rest, strict, seen):
    """Adds the parts of rest to path, following links; the path and whether it is complete."""
    if isinstance(rest, bytes):
        slash, dot, dotdot = b"/", b".", b".."
    else:
        slash, dot, dotdot = "/", ".", ".."
    if isabs(rest):
        rest = rest[1:]
        path = slash
    while rest:
        name, _, rest = rest.partition(slash)
        if not name or name == dot:
            continue
        if name == dotdot:
            if path:
                path, name = split(path)
                if name == dotdot:
                    path = join(path, dotdot, dotdot)
            else:
                path = dotdot
            continue
        new = join(path, name)
        try:
            is_link = stat.S_ISLNK(os.lstat(new).st_mode)
        except OSError:
            if strict:
                raise
            is_link = False
        if not is_link:
            path = new
            continue
        if new in seen:
            target = seen[new]
            if target is not None:
                path = target
                continue
            # A link that leads to itself.
            if strict:
                os.stat(new)
            return join(new, rest), False
        seen[new] = None
        path, complete = _follow(path, os.readlink(new), strict, seen)
        if not complete:
            return join(path, rest), False
        seen[new] = path
    return path, True


def relpath(path, start=None):
    """The path as seen from the directory start."""
    if not path:
        raise ValueError("no path specified")
    path = os.fspath(path)
    if isinstance(path, bytes):
        dot, slash, dotdot = b".", b"/", b".."
    else:
        dot, slash, dotdot = ".", "/", ".."
    start = dot if start is None else os.fspath(start)
    try:
        here = [x for x in abspath(start).split(slash) if x]
        there = [x for x in abspath(path).split(slash) if x]
        same = len(commonprefix([here, there]))
        parts = [dotdot] * (len(here) - same) + there[same:]
        return join(*parts) if parts else dot
    except (TypeError, AttributeError, BytesWarning, DeprecationWarning):
        genericpath._check_arg_types("relpath", path, start)
        raise


def commonpath(paths):
    """The longest path that all paths lie under."""
    if not paths:
        raise ValueError("commonpath() arg is an empty sequence")
    paths = tuple(map(os.fspath, paths))
    if isinstance(paths[0], bytes):
        slash, dot = b"/", b"."
    else:
        slash, dot = "/", "."
    try:
        split_paths = [path.split(slash) for path in paths]
        try:
            absolute, = {p[:1] == slash for p in paths}
        except ValueError:
            raise ValueError("Can't mix absolute and relative paths") from None
        split_paths = [[c for c in parts if c and c != dot] for parts in split_paths]
        first = min(split_paths)
        last = max(split_paths)
        common = first
        for i, c in enumerate(first):
            if c != last[i]:
                common = first[:i]
                break
        return (slash if absolute else slash[:0]) + slash.join(common)
    except (TypeError, AttributeError):
        genericpath._check_arg_types("commonpath", *paths)
        raise


# At the end: os imports this module in turn.
import os
