"""The import statement as functions."""

import sys

__all__ = ['__import__', 'import_module', 'invalidate_caches', 'reload']

__import__ = __import__

_reloading = {}


def invalidate_caches():
    """Nothing is cached that could be out of date."""


def _resolve(name, package):
    """The absolute name of '.name' seen from a package."""
    if not package:
        raise TypeError("the 'package' argument is required to perform a relative import for "
                        f"{name!r}")
    level = len(name) - len(name.lstrip('.'))
    parts = package.rsplit('.', level - 1)
    if len(parts) < level:
        raise ImportError('attempted relative import beyond top-level package')
    rest = name[level:]
    return f'{parts[0]}.{rest}' if rest else parts[0]


def import_module(name, package=None):
    """Imports a module by name, relative to package where the name begins with dots."""
    if name.startswith('.'):
        name = _resolve(name, package)
    __import__(name)
    return sys.modules[name]


def reload(module):
    """Runs a module's source again in its own name space; returns what sys.modules then holds."""
    try:
        name = module.__spec__.name
    except AttributeError:
        try:
            name = module.__name__
        except AttributeError:
            raise TypeError("reload() argument must be a module") from None
    if sys.modules.get(name) is not module:
        raise ImportError(f"module {name} not in sys.modules", name=name)
    if name in _reloading:
        return _reloading[name]
    _reloading[name] = module
    try:
        filename = getattr(module, '__file__', None)
        if filename is not None:
            with open(filename, encoding='utf-8') as file:
                source = file.read()
            exec(compile(source, filename, 'exec', dont_inherit=True), module.__dict__)
        return sys.modules[name]
    finally:
        del _reloading[name]
