"""Files by the patterns of the shell; ** stands for any number of folders."""

import fnmatch
import os
import re

__all__ = ["escape", "glob", "iglob"]


def glob(pathname, *, root_dir=None, dir_fd=None, recursive=False, include_hidden=False):
    """A list of the paths that match."""
    return list(iglob(pathname, root_dir=root_dir, dir_fd=dir_fd, recursive=recursive,
                      include_hidden=include_hidden))


def iglob(pathname, *, root_dir=None, dir_fd=None, recursive=False, include_hidden=False):
    """An iterator over the paths that match."""
    if root_dir is None:
        root_dir = pathname[:0]
    else:
        root_dir = os.fspath(root_dir)
    for path in _paths(pathname, root_dir, recursive, include_hidden, False):
        if path:
            yield path


def _paths(pathname, root, recursive, hidden, folders_only):
    folder, base = os.path.split(pathname)
    if not has_magic(pathname):
        full = os.path.join(root, pathname)
        if base:
            if os.path.lexists(full):
                yield pathname
        elif os.path.isdir(os.path.join(root, folder)):
            yield pathname
        return
    if not folder:
        folders = [folder]
    elif folder != pathname and has_magic(folder):
        folders = _paths(folder, root, recursive, hidden, True)
    else:
        folders = [folder]
    for one in folders:
        place = os.path.join(root, one)
        if not has_magic(base):
            names = _plain(place, base)
        elif recursive and _is_recursive(base):
            names = _below(place, base, hidden, folders_only)
        else:
            names = _matching(place, base, hidden, folders_only)
        for name in names:
            yield os.path.join(one, name)


def _plain(place, base):
    if base:
        return [base] if os.path.lexists(os.path.join(place, base)) else []
    return [base] if os.path.isdir(place) else []


def _names(place, folders_only):
    if not place:
        place = os.fsencode(os.curdir) if isinstance(place, bytes) else os.curdir
    try:
        names = os.listdir(place)
    except OSError:
        return []
    if folders_only:
        names = [name for name in names if os.path.isdir(os.path.join(place, name))]
    return names


def _matching(place, pattern, hidden, folders_only):
    names = _names(place, folders_only)
    if not hidden and not _is_hidden(pattern):
        names = [name for name in names if not _is_hidden(name)]
    return fnmatch.filter(names, pattern)


def _below(place, pattern, hidden, folders_only):
    if not place or os.path.isdir(place):
        yield pattern[:0]
    yield from _walk(place, hidden, folders_only)


def _walk(place, hidden, folders_only):
    for name in _names(place, folders_only):
        if not hidden and _is_hidden(name):
            continue
        yield name
        for inner in _walk(os.path.join(place, name) if place else name, hidden, folders_only):
            yield os.path.join(name, inner)


_magic = re.compile('([*?[])')
_magic_bytes = re.compile(b'([*?[])')


def has_magic(s):
    """Whether a path has characters of patterns."""
    return (_magic_bytes if isinstance(s, bytes) else _magic).search(s) is not None


def _is_hidden(path):
    return path[:1] in ('.', b'.')


def _is_recursive(pattern):
    return pattern in ('**', b'**')


def escape(pathname):
    """A pattern that matches only this path."""
    drive, pathname = os.path.splitdrive(pathname)
    if isinstance(pathname, bytes):
        return drive + _magic_bytes.sub(br'[\1]', pathname)
    return drive + _magic.sub(r'[\1]', pathname)
