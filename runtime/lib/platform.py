"""What machine and system this is."""

import os
import sys
from collections import namedtuple

__all__ = ['uname', 'system', 'node', 'release', 'version', 'machine', 'processor', 'platform',
           'architecture', 'python_implementation', 'python_version', 'python_version_tuple',
           'python_build', 'python_compiler', 'python_branch', 'python_revision', 'libc_ver',
           'freedesktop_os_release', 'uname_result']

uname_result = namedtuple('uname_result', 'system node release version machine processor')
uname_result.__new__.__defaults__ = ('',)
_uname = None


def uname():
    """All that the system says about itself."""
    global _uname
    if _uname is None:
        _uname = uname_result(*os.uname(), '')
    return _uname


def system():
    return uname().system


def node():
    return uname().node


def release():
    return uname().release


def version():
    return uname().version


def machine():
    return uname().machine


def processor():
    return uname().processor


def architecture(executable=None, bits='', linkage=''):
    """(bits, linkage) of the interpreter."""
    return bits or ('64bit' if sys.maxsize > 2 ** 32 else '32bit'), linkage or 'ELF'


def libc_ver(executable=None, lib='', version='', chunksize=16384):
    """(name, version) of the C library."""
    try:
        name, number = os.confstr('CS_GNU_LIBC_VERSION').split(maxsplit=1)
    except (AttributeError, ValueError, OSError):
        return lib, version
    return name, number


def platform(aliased=False, terse=False):
    """System, release, machine and C library in one word."""
    u = uname()
    parts = [u.system, u.release]
    if not terse:
        parts.append(u.machine)
        parts += ['with', ''.join(libc_ver())] if libc_ver()[0] else []
    return '-'.join(part.replace(' ', '_') for part in parts if part)


def python_implementation():
    name = sys.implementation.name
    return {'cpython': 'CPython'}.get(name, name.capitalize())


def python_version():
    return sys.version.split()[0]


def python_version_tuple():
    return tuple(python_version().split('.'))


def python_branch():
    return ''


def python_revision():
    return ''


def python_build():
    return '', ''


def python_compiler():
    before, bracket, rest = sys.version.partition('[')
    return rest.rstrip(']')


def freedesktop_os_release():
    """The fields of /etc/os-release."""
    for path in ('/etc/os-release', '/usr/lib/os-release'):
        try:
            with open(path, encoding='utf-8') as file:
                fields = {'NAME': 'Linux', 'ID': 'linux', 'PRETTY_NAME': 'Linux'}
                for line in file:
                    name, equals, value = line.strip().partition('=')
                    if equals and not name.startswith('#'):
                        if value[:1] in ('"', "'") and value[-1:] == value[:1]:
                            value = value[1:-1]
                        fields[name] = value.replace('\\"', '"').replace('\\$', '$')
                return fields
        except OSError:
            pass
    raise OSError("Unable to read files /etc/os-release, /usr/lib/os-release")


if __name__ == '__main__':
    print(platform(terse='terse' in sys.argv))
