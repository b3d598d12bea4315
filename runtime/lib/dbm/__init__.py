"""Simple databases in files.  Of the kinds there are, only `dumb` can be opened here; whichdb knows the
others."""

import os
import struct

__all__ = ['open', 'whichdb', 'error']


class error(Exception):
    """A database cannot be opened or used."""


_Error = error
error = _Error, OSError


def open(file, flag='r', mode=0o666):
    """The database in a file: a mapping of bytes to bytes.  flag as of dbm: r, w, c or n."""
    kind = whichdb(file) if 'n' not in flag else None
    if kind is None and not ('c' in flag or 'n' in flag):
        raise error[0]("db file doesn't exist; use 'c' or 'n' flag to create a new db")
    if kind == "":
        raise error[0]("db type could not be determined")
    if kind not in (None, 'dbm.dumb'):
        raise error[0]("db type is {0}, but the module is not available".format(kind))
    from . import dumb
    return dumb.open(file, flag, mode)


def _readable(path):
    try:
        with _open(path, "rb"):
            return True
    except OSError:
        return False


_open = __builtins__['open'] if isinstance(__builtins__, dict) else __builtins__.open


def whichdb(filename):
    """The module for a database: its name, '' when unknown, None when there is no such file."""
    filename = os.fsencode(filename)
    if _readable(filename + b".pag") and _readable(filename + b".dir"):
        return "dbm.ndbm"
    if _readable(filename + b".dat") and _readable(filename + b".dir"):
        size = os.stat(filename + b".dir").st_size
        if size == 0:
            return "dbm.dumb"
        with _open(filename + b".dir", "rb") as file:
            if file.read(1) in (b"'", b'"'):
                return "dbm.dumb"
    try:
        with _open(filename, "rb") as file:
            start = file.read(16)
    except OSError:
        return None
    if len(start) < 4:
        return ""
    magic, = struct.unpack("=l", start[:4])
    return "dbm.gnu" if magic in (0x13579ace, 0x13579acd, 0x13579acf) else ""
