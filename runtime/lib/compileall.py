"""Compiles all source files of folders.

    ouro -m compileall [-l] [-f] [-q] [-r N] [-x REGEX] [FOLDER|FILE…]
"""

import os
import re
import sys

import _bytecode
import py_compile

__all__ = ['compile_dir', 'compile_file', 'compile_path']


def _sources(folder, depth, quiet):
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        if quiet < 2:
            print(f"Can't list {folder!r}")
        return
    for name in names:
        if name == '__pycache__':
            continue
        path = os.path.join(folder, name)
        if not os.path.isdir(path):
            yield path
        elif depth > 0 and not os.path.islink(path):
            yield from _sources(path, depth - 1, quiet)


def compile_dir(dir, maxlevels=None, ddir=None, force=False, rx=None, quiet=0, legacy=False,
                optimize=-1, workers=1, invalidation_mode=None, *, stripdir=None, prependdir=None,
                limit_sl_dest=None, hardlink_dupes=False):
    """Compiles what lies below a folder; True if nothing failed."""
    dir = os.fspath(dir)
    if quiet == 0:
        print(f'Listing {dir!r}...')
    depth = sys.getrecursionlimit() if maxlevels is None else maxlevels
    results = [compile_file(path, ddir and os.path.join(ddir, os.path.relpath(
                   os.path.dirname(path), dir)), force, rx, quiet, legacy, optimize)
               for path in _sources(dir, depth, quiet)]
    return all(results)


def compile_file(fullname, ddir=None, force=False, rx=None, quiet=0, legacy=False, optimize=-1,
                 invalidation_mode=None, *, stripdir=None, prependdir=None, limit_sl_dest=None,
                 hardlink_dupes=False):
    """Compiles one file if its .pyc file is not up to date; True if nothing failed."""
    fullname = os.fspath(fullname)
    name = os.path.basename(fullname)
    if rx is not None and rx.search(fullname) or not name.endswith('.py'):
        return True
    if not os.path.isfile(fullname):
        return True
    shown = os.path.join(ddir, name) if ddir is not None else None
    levels = [optimize] if isinstance(optimize, int) else sorted(set(optimize))
    success = True
    for level in levels:
        target = fullname + 'c' if legacy else _bytecode.cache_path(fullname, level)
        if not force and _bytecode.is_current(fullname, target):
            continue
        if quiet == 0:
            print(f'Compiling {fullname!r}...')
        try:
            py_compile.compile(fullname, target, shown, True, level)
        except (py_compile.PyCompileError, OSError) as error:
            success = False
            if quiet < 2:
                if quiet:
                    print(f'*** Error compiling {fullname!r}...')
                else:
                    print('*** ', end='')
                print(error)
    return success


def compile_path(skip_curdir=1, maxlevels=0, force=False, quiet=0, legacy=False, optimize=-1,
                 invalidation_mode=None):
    """Compiles the folders of sys.path."""
    success = True
    for folder in sys.path:
        if (not folder or folder == os.curdir) and skip_curdir:
            if quiet < 2:
                print('Skipping current directory')
        elif os.path.isdir(folder):
            success = compile_dir(folder, maxlevels, None, force, quiet=quiet, legacy=legacy,
                                  optimize=optimize) and success
    return success


def main():
    """The command line; True if nothing failed."""
    import argparse
    parser = argparse.ArgumentParser(description='Compiles source files to .pyc files.')
    parser.add_argument('-l', action='store_const', const=0, default=None, dest='depth',
                        help="don't go into folders below")
    parser.add_argument('-r', type=int, dest='depth', help='how deep to go into folders')
    parser.add_argument('-f', action='store_true', dest='force',
                        help='compile also what is up to date')
    parser.add_argument('-q', action='count', dest='quiet', default=0,
                        help='print only errors; -qq nothing at all')
    parser.add_argument('-b', action='store_true', dest='legacy',
                        help='put .pyc files beside their sources')
    parser.add_argument('-x', metavar='REGEX', dest='rx', help='leave out paths that match')
    parser.add_argument('-o', action='append', type=int, dest='levels', metavar='LEVEL',
                        help='optimisation level; may be given more than once')
    parser.add_argument('names', nargs='*', metavar='FOLDER|FILE')
    options = parser.parse_args()
    rx = re.compile(options.rx) if options.rx else None
    settings = dict(force=options.force, quiet=options.quiet, legacy=options.legacy,
                    optimize=options.levels or -1)
    if not options.names:
        return compile_path(**settings)
    success = True
    for name in options.names:
        if os.path.isfile(name):
            success = compile_file(name, None, rx=rx, **settings) and success
        else:
            success = compile_dir(name, options.depth, rx=rx, **settings) and success
    return success


if __name__ == '__main__':
    sys.exit(int(not main()))
