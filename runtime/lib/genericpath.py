"""The parts of os.path that are the same on every system."""

__all__ = ["commonprefix", "exists", "getatime", "getctime", "getmtime", "getsize", "isdir",
           "isfile", "samefile", "sameopenfile", "samestat"]


def exists(path):
    """Whether the path leads to something, links followed."""
    try:
        os.stat(path)
    except (OSError, ValueError):
        return False
    return True


def isfile(path):
    """Whether the path leads to a plain file."""
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return False
    return stat.S_ISREG(status.st_mode)


def isdir(s):
    """Whether the path leads to a directory."""
    try:
        status = os.stat(s)
    except (OSError, ValueError):
        return False
    return stat.S_ISDIR(status.st_mode)


def getsize(filename):
    """Size of the file in bytes."""
    return os.stat(filename).st_size


def getmtime(filename):
    """Time of last modification, in seconds."""
    return os.stat(filename).st_mtime


def getatime(filename):
    """Time of last access, in seconds."""
    return os.stat(filename).st_atime


def getctime(filename):
    """Time of last change of the inode, in seconds."""
    return os.stat(filename).st_ctime


def commonprefix(m):
    """The longest text that all items of a list start with."""
    if not m:
        return ""
    if not isinstance(m[0], (list, tuple)):
        m = tuple(map(os.fspath, m))
    first = min(m)
    last = max(m)
    for i, c in enumerate(first):
        if c != last[i]:
            return first[:i]
    return first


def samestat(s1, s2):
    """Whether two results of stat() are of one file."""
    return s1.st_ino == s2.st_ino and s1.st_dev == s2.st_dev


def samefile(f1, f2):
    """Whether two paths lead to one file."""
    return samestat(os.stat(f1), os.stat(f2))


def sameopenfile(fp1, fp2):
    """Whether two descriptors are of one file."""
    return samestat(os.fstat(fp1), os.fstat(fp2))


def _splitext(p, sep, altsep, extsep):
    """Root and extension; leading dots of a name are no extension."""
    name = p.rfind(sep) + 1
    if altsep:
        name = max(name, p.rfind(altsep) + 1)
    dot = p.rfind(extsep)
    if dot >= name:
        first = name
        while first < dot and p[first:first + 1] == extsep:
            first += 1
        if first < dot:
            return p[:dot], p[dot:]
    return p, p[:0]


def _check_arg_types(funcname, *args):
    """TypeError unless all arguments are str, or all bytes."""
    seen_str = seen_bytes = False
    for s in args:
        if isinstance(s, str):
            seen_str = True
        elif isinstance(s, bytes):
            seen_bytes = True
        else:
            raise TypeError(f"{funcname}() argument must be str, bytes, or os.PathLike object, "
                            f"not {s.__class__.__name__!r}") from None
    if seen_str and seen_bytes:
        raise TypeError("Can't mix strings and bytes in path components") from None


# At the end: os imports this module in turn, by way of posixpath.
import os
import stat
