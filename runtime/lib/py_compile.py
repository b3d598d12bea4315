"""Compiles a source file to a .pyc file.

    ouro -m py_compile FILE…
"""

import enum
import os
import sys
import traceback

import _bytecode

__all__ = ['compile', 'main', 'PyCompileError', 'PycInvalidationMode']

_compile = compile


class PyCompileError(Exception):
    """A source file that does not compile."""

    def __init__(self, exc_type, exc_value, file, msg=''):
        text = ''.join(traceback.format_exception_only(exc_type, exc_value))
        message = msg or (text.replace('File "<string>"', f'File "{file}"')
                          if issubclass(exc_type, SyntaxError) else
                          f'Sorry: {exc_type.__name__}: {exc_value}')
        super().__init__(message, exc_type.__name__, exc_value, file)
        self.exc_type_name = exc_type.__name__
        self.exc_value = exc_value
        self.file = file
        self.msg = message

    def __str__(self):
        return self.msg


class PycInvalidationMode(enum.Enum):
    """How a .pyc file is compared with its source; Ouro knows times and sizes only."""
    TIMESTAMP = 1
    CHECKED_HASH = 2
    UNCHECKED_HASH = 3


def compile(file, cfile=None, dfile=None, doraise=False, optimize=-1, invalidation_mode=None,
            quiet=0):
    """Compiles file to cfile (its place in __pycache__ if not given): the path, or None."""
    file = os.fspath(file)
    cfile = _bytecode.cache_path(file, optimize) if cfile is None else os.fspath(cfile)
    if os.path.islink(cfile):
        raise FileExistsError(f'{cfile} is a symlink and will be changed into a regular file if '
                              'import writes a byte-compiled file to it')
    if os.path.exists(cfile) and not os.path.isfile(cfile):
        raise FileExistsError(f'{cfile} is a non-regular file and will be changed into a regular '
                              'one if import writes a byte-compiled file to it')
    with open(file, 'rb') as stream:
        source = stream.read()
    try:
        code = _compile(source, dfile or file, 'exec', dont_inherit=True, optimize=optimize)
    except Exception as error:
        failure = PyCompileError(type(error), error, dfile or file)
        if quiet < 2:
            if doraise:
                raise failure
            sys.stderr.write(failure.msg + '\n')
        return None
    folder = os.path.dirname(cfile)
    if folder:
        os.makedirs(folder, exist_ok=True)
    _bytecode.write(code, file, cfile)
    return cfile


def main(arguments=None):
    """Compiles the files named on the command line; 1 if any fails."""
    status = 0
    for name in sys.argv[1:] if arguments is None else arguments:
        try:
            compile(name, doraise=True)
        except (PyCompileError, OSError) as error:
            status = 1
            sys.stderr.write(f'{error}\n')
    return status


if __name__ == '__main__':
    sys.exit(main())
