"""Deep sizes: an object and all that can be reached from it, every part counted once.

Sizes are what sys.getsizeof tells of each object, which in Ouro is what it occupies.  Classes,
functions, modules and code are shared by the whole program and are not counted, unless code=True.
"""

import gc
import sys
import types

__all__ = ['Asized', 'Asizer', 'alen', 'asized', 'asizeof', 'asizesof', 'basicsize', 'flatsize',
           'itemsize', 'leng', 'refs']

_CODE = (type, types.ModuleType, types.FunctionType, types.BuiltinFunctionType, types.CodeType,
         types.FrameType, types.TracebackType, types.MethodDescriptorType,
         types.WrapperDescriptorType, types.MethodWrapperType, types.GetSetDescriptorType,
         types.MemberDescriptorType, types.ClassMethodDescriptorType, property, staticmethod,
         classmethod)


def basicsize(obj, **options):
    """Bytes of an instance of the object's type without its items."""
    kind = obj if isinstance(obj, type) else type(obj)
    return kind.__basicsize__


def itemsize(obj, **options):
    """Bytes of one item of the object, 0 for types without items."""
    kind = obj if isinstance(obj, type) else type(obj)
    return kind.__itemsize__


def leng(obj, **options):
    """Number of items, or None."""
    try:
        return len(obj)
    except Exception:
        return None


def alen(obj, **options):
    """Number of items, or None."""
    return leng(obj)


def flatsize(obj, align=0, **options):
    """Bytes of the object alone, rounded up to a multiple of align."""
    if align and (align < 0 or align & (align - 1)):
        raise ValueError(f'invalid align: {align!r}')
    try:
        size = sys.getsizeof(obj)
    except Exception:
        # a __sizeof__ that raises says nothing: what every object of the type has
        size = basicsize(obj)
    return (size + align - 1) & -align if align else size


def refs(obj, **options):
    """The objects that the object refers to."""
    return iter(gc.get_referents(obj))


class Asized:
    """The size of an object, with those of its referents to the depth asked for."""

    __slots__ = ('size', 'flat', 'name', 'refs')

    def __init__(self, size, flat, refs=(), name=''):
        self.size = size
        self.flat = flat
        self.name = name
        self.refs = tuple(refs)

    def __repr__(self):
        return f'size {self.size!r}, flat {self.flat!r}, refs[{len(self.refs)}], name {self.name!r}'

    def format(self, format='%(name)s size=%(size)d flat=%(flat)d', depth=-1, order_by='size',
               indent=''):
        """The tree as text, the largest first."""
        lines = [indent + format % {'size': self.size, 'flat': self.flat, 'name': self.name}]
        if depth:
            key = (lambda part: part.name) if order_by == 'name' else (
                lambda part: -getattr(part, order_by))
            for part in sorted(self.refs, key=key):
                lines.append(part.format(format, depth - 1, order_by, indent + '    '))
        return '\n'.join(lines)


class Asizer:
    """Sizes objects; what was seen by an earlier call counts no more until reset()."""

    def __init__(self, align=0, code=False, limit=None, **options):
        self._align = align
        self._code = code
        self._limit = limit
        self.reset()

    def reset(self, **options):
        """Forgets everything seen."""
        self._seen = {}
        self.total = 0

    def exclude_refs(self, *objs):
        """These objects are not to be counted."""
        self._seen.update((id(obj), obj) for obj in objs)

    def _skips(self, obj):
        return not self._code and isinstance(obj, _CODE)

    def _walk(self, obj):
        """Bytes of all that was not seen before, from obj on."""
        if id(obj) in self._seen or self._skips(obj):
            return 0
        self._seen[id(obj)] = obj
        total = 0
        level = [obj]
        depth = 0
        # what is seen is also held, so that no id comes to mean another object meanwhile
        while level and (self._limit is None or depth <= self._limit):
            following = []
            for item in level:
                total += flatsize(item, self._align)
                for referent in gc.get_referents(item):
                    if id(referent) not in self._seen and not self._skips(referent):
                        self._seen[id(referent)] = referent
                        following.append(referent)
            level = following
            depth += 1
        return total

    def asizesof(self, *objs, **options):
        """The sizes of the objects, one by one; what several share belongs to the first."""
        sizes = tuple(self._walk(obj) for obj in objs)
        self.total += sum(sizes)
        return sizes

    def asizeof(self, *objs, **options):
        """The size of all the objects together."""
        return sum(self.asizesof(*objs))

    def asized(self, *objs, detail=0, **options):
        """An Asized for each object; a single one for a single object."""
        results = tuple(self._asized(obj, detail) for obj in objs)
        return results[0] if len(results) == 1 else results

    def _asized(self, obj, detail):
        name = _name(obj)
        flat = flatsize(obj, self._align)
        if detail <= 0 or id(obj) in self._seen:
            size = self._walk(obj)
            return Asized(size, flat if size else 0, (), name)
        self._seen[id(obj)] = obj
        parts = [self._asized(referent, detail - 1) for referent in gc.get_referents(obj)
                 if not self._skips(referent)]
        return Asized(flat + sum(part.size for part in parts), flat, parts, name)


def _name(obj):
    try:
        text = repr(obj)
    except Exception:
        text = object.__repr__(obj)
    return text if len(text) <= 80 else text[:77] + '...'


def asizeof(*objs, **options):
    """Bytes of the objects and all that they refer to, every part once."""
    return Asizer(**options).asizeof(*objs)


def asizesof(*objs, **options):
    """A tuple of deep sizes; what several objects share counts for the first of them."""
    return Asizer(**options).asizesof(*objs)


def asized(*objs, detail=0, **options):
    """Deep sizes as trees of Asized objects."""
    return Asizer(**options).asized(*objs, detail=detail)
