"""Names that moved between Python 2 and 3, for pickles of protocols 0 to 2.

The tables map old to new (IMPORT_MAPPING for modules, NAME_MAPPING for single names) and back.
"""

IMPORT_MAPPING = {
    '__builtin__': 'builtins', 'copy_reg': 'copyreg', 'Queue': 'queue', 'repr': 'reprlib',
    'SocketServer': 'socketserver', 'ConfigParser': 'configparser', 'cPickle': 'pickle',
    '_abcoll': 'collections.abc', 'thread': '_thread', 'dummy_thread': '_dummy_thread',
    'StringIO': 'io', 'cStringIO': 'io', 'HTMLParser': 'html.parser', 'urlparse': 'urllib.parse',
    'UserList': 'collections', 'UserDict': 'collections', 'UserString': 'collections',
    'commands': 'subprocess', 'anydbm': 'dbm', 'whichdb': 'dbm', 'Cookie': 'http.cookies',
    'cookielib': 'http.cookiejar', 'httplib': 'http.client',
}
NAME_MAPPING = {
    ('__builtin__', 'xrange'): ('builtins', 'range'),
    ('__builtin__', 'reduce'): ('functools', 'reduce'),
    ('__builtin__', 'intern'): ('sys', 'intern'),
    ('__builtin__', 'unichr'): ('builtins', 'chr'),
    ('__builtin__', 'unicode'): ('builtins', 'str'),
    ('__builtin__', 'long'): ('builtins', 'int'),
    ('itertools', 'izip'): ('builtins', 'zip'),
    ('itertools', 'imap'): ('builtins', 'map'),
    ('itertools', 'ifilter'): ('builtins', 'filter'),
    ('itertools', 'ifilterfalse'): ('itertools', 'filterfalse'),
    ('itertools', 'izip_longest'): ('itertools', 'zip_longest'),
    ('UserDict', 'IterableUserDict'): ('collections', 'UserDict'),
    ('UserList', 'UserList'): ('collections', 'UserList'),
    ('UserString', 'UserString'): ('collections', 'UserString'),
    ('exceptions', 'StandardError'): ('builtins', 'Exception'),
    ('socket', '_socketobject'): ('socket', 'SocketType'),
}
# Where two old names became one, the back mapping gives the one that is listed later.
REVERSE_NAME_MAPPING = {new: old for old, new in NAME_MAPPING.items()
                        if old != ('exceptions', 'StandardError')}
REVERSE_NAME_MAPPING['_functools', 'reduce'] = '__builtin__', 'reduce'
REVERSE_IMPORT_MAPPING = {new: old for old, new in IMPORT_MAPPING.items()}
REVERSE_IMPORT_MAPPING.update({'_functools': 'functools', '_bz2': 'bz2'})
# These were modules of Python 2 as well.
for _name in ('io', 'pickle', 'collections'):
    del REVERSE_IMPORT_MAPPING[_name]
del _name

# Exceptions that Python 2 lacks: pickled as the nearest one it has.
PYTHON3_OSERROR_EXCEPTIONS = (
    'BrokenPipeError', 'ChildProcessError', 'ConnectionAbortedError', 'ConnectionError',
    'ConnectionRefusedError', 'ConnectionResetError', 'FileExistsError', 'FileNotFoundError',
    'InterruptedError', 'IsADirectoryError', 'NotADirectoryError', 'PermissionError',
    'ProcessLookupError', 'TimeoutError')
PYTHON3_IMPORTERROR_EXCEPTIONS = ('ModuleNotFoundError',)
_UNKNOWN_TO_PYTHON_2 = frozenset({
    *PYTHON3_OSERROR_EXCEPTIONS, *PYTHON3_IMPORTERROR_EXCEPTIONS, 'BlockingIOError',
    'RecursionError', 'StopAsyncIteration', 'BaseExceptionGroup', 'ExceptionGroup',
    'EncodingWarning', 'ResourceWarning'})


def _fill_exception_names():
    import builtins
    for name, value in vars(builtins).items():
        if (isinstance(value, type) and issubclass(value, BaseException)
                and name not in _UNKNOWN_TO_PYTHON_2):
            NAME_MAPPING['exceptions', name] = 'builtins', name
            REVERSE_NAME_MAPPING['builtins', name] = 'exceptions', name
    for name in PYTHON3_OSERROR_EXCEPTIONS:
        REVERSE_NAME_MAPPING['builtins', name] = 'exceptions', 'OSError'
    for name in PYTHON3_IMPORTERROR_EXCEPTIONS:
        REVERSE_NAME_MAPPING['builtins', name] = 'exceptions', 'ImportError'


_fill_exception_names()
