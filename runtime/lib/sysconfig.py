"""How this interpreter was built and where things are.

There is no installation to describe: the standard library is part of the
binary.  What programs ask most often has an answer, other variables are None.
"""

import sys

__all__ = ["get_config_h_filename", "get_config_var", "get_config_vars", "get_makefile_filename",
           "get_path", "get_path_names", "get_paths", "get_platform", "get_python_version",
           "get_scheme_names", "is_python_build"]

_NAMES = ("stdlib", "platstdlib", "purelib", "platlib", "include", "platinclude", "scripts", "data")

_VARS = {
    "SIZEOF_INT": 4,
    "SIZEOF_LONG": 8,
    "SIZEOF_LONG_LONG": 8,
    "SIZEOF_SIZE_T": 8,
    "SIZEOF_TIME_T": 8,
    "SIZEOF_VOID_P": 8,
    "SIZEOF_WCHAR_T": 4,
    "SIZEOF_FLOAT": 4,
    "SIZEOF_DOUBLE": 8,
    "EXE": "",
    "EXT_SUFFIX": None,
    "Py_DEBUG": 0,
    "Py_ENABLE_SHARED": 0,
    "WITH_DOC_STRINGS": 1,
    "prefix": sys.prefix,
    "exec_prefix": sys.exec_prefix,
    "base": sys.prefix,
    "platbase": sys.exec_prefix,
    "py_version": "%d.%d.%d" % sys.version_info[:3],
    "py_version_short": "%d.%d" % sys.version_info[:2],
    "py_version_nodot": "%d%d" % sys.version_info[:2],
}


def get_config_vars(*args):
    """All variables, or a list of the values of those named."""
    return [_VARS.get(name) for name in args] if args else dict(_VARS)


def get_config_var(name):
    """The value of a variable, or None."""
    return _VARS.get(name)


def get_scheme_names():
    """Names of the layouts of an installation."""
    return ("posix_prefix",)


def get_path_names():
    """Names of the directories of a layout."""
    return _NAMES


def get_paths(scheme="posix_prefix", vars=None, expand=True):
    """The directories of a layout by name."""
    root = f"{sys.prefix}/lib/python{get_python_version()}"
    paths = dict.fromkeys(_NAMES, root)
    paths.update(purelib=root + "/site-packages", platlib=root + "/site-packages",
                 include=sys.prefix + "/include", platinclude=sys.prefix + "/include",
                 scripts=sys.prefix + "/bin", data=sys.prefix)
    return paths


def get_path(name, scheme="posix_prefix", vars=None, expand=True):
    """One of the directories."""
    return get_paths(scheme, vars, expand)[name]


def get_platform():
    """System and machine: 'linux-x86_64'."""
    import os
    system = os.uname()
    return f"{system.sysname.lower()}-{system.machine}"


def get_python_version():
    """The version of the language: '3.11'."""
    return "%d.%d" % sys.version_info[:2]


def is_python_build(check_home=False):
    """Whether this runs from where it was built: never known."""
    return False


def get_config_h_filename():
    """There is no such file."""
    return None


def get_makefile_filename():
    """There is no such file."""
    return None
