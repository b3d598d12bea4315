"""Stand-ins for objects, which note how they are used, and patch, which puts them in place."""

import functools
import sys

__all__ = ['Mock', 'MagicMock', 'NonCallableMock', 'NonCallableMagicMock', 'PropertyMock', 'patch',
           'sentinel', 'DEFAULT', 'ANY', 'call', 'mock_open']

__unittest = True


class _Sentinel:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return 'sentinel.%s' % self.name

    def __reduce__(self):
        return 'sentinel.%s' % self.name


class _Sentinels:
    """An object of its own for each name."""

    def __init__(self):
        self._known = {}

    def __getattr__(self, name):
        if name == '__bases__':
            raise AttributeError(name)
        return self._known.setdefault(name, _Sentinel(name))


sentinel = _Sentinels()
DEFAULT = sentinel.DEFAULT


class _Any:
    """Equal to everything."""

    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    def __repr__(self):
        return '<ANY>'


ANY = _Any()


class _Call(tuple):
    """(name, args, kwargs) of a call; call.f(1) makes one to compare with."""

    def __new__(cls, name='', args=(), kwargs=None, pair=False):
        return tuple.__new__(cls, (args, kwargs or {}) if pair else (name, args, kwargs or {}))

    def __init__(self, name='', args=(), kwargs=None, pair=False):
        self._name = name

    def _parts(self):
        return (self[-3] if len(self) == 3 else '', self[-2], self[-1])

    @property
    def args(self):
        return self[-2]

    @property
    def kwargs(self):
        return self[-1]

    def __eq__(self, other):
        if not isinstance(other, tuple):
            return NotImplemented
        if isinstance(other, _Call):
            name, args, kwargs = other._parts()
        else:
            name, args, kwargs = '', (), {}
            for item in other:
                if isinstance(item, str):
                    name = item
                elif isinstance(item, tuple):
                    args = item
                else:
                    kwargs = item
        mine = self._parts()
        if mine[0] and name and mine[0] != name:
            return False
        return (args, kwargs) == mine[1:]

    def __ne__(self, other):
        equal = self.__eq__(other)
        return equal if equal is NotImplemented else not equal

    __hash__ = None

    def __call__(self, /, *args, **kwargs):
        return _Call(self._name or '', args, kwargs)

    def __getattr__(self, name):
        if name.startswith('__') and name.endswith('__'):
            raise AttributeError(name)
        return _Call('%s.%s' % (self._name, name) if self._name else name)

    def __repr__(self):
        name, args, kwargs = self._parts()
        name = 'call' if not name else name if name.startswith('call') else 'call.' + name
        return name + _format_arguments(args, kwargs)


call = _Call()


def _format_arguments(args, kwargs):
    parts = [repr(arg) for arg in args] + ['%s=%r' % pair for pair in kwargs.items()]
    return '(%s)' % ', '.join(parts)


_RETURNS = {'__len__': 0, '__contains__': False, '__int__': 1, '__float__': 1.0, '__bool__': True,
            '__index__': 1, '__complex__': 1j, '__exit__': False, '__lt__': NotImplemented,
            '__gt__': NotImplemented, '__le__': NotImplemented, '__ge__': NotImplemented}
_MAGIC = ('__len__ __contains__ __int__ __float__ __bool__ __index__ __complex__ __enter__ __exit__ '
          '__lt__ __gt__ __le__ __ge__ __getitem__ __setitem__ __delitem__ __iter__ __call__ '
          + ' '.join('__%s__ __r%s__ __i%s__' % (name, name, name) for name in
                     'add sub mul matmul truediv floordiv mod lshift rshift and xor or pow'.split())
          + ' __neg__ __pos__ __abs__ __invert__ __divmod__ __rdivmod__').split()
_OWN = frozenset({'return_value', 'side_effect', 'called', 'call_count', 'call_args',
                  'call_args_list', 'mock_calls', 'method_calls'})


class NonCallableMock:
    """Has every attribute one asks for: another mock, always the same."""

    def __new__(cls, /, *args, **kwargs):
        # A class of its own for each mock, so that special methods can be set on it.
        return object.__new__(type(cls.__name__, (cls,), {'__doc__': cls.__doc__}))

    def __init__(self, spec=None, side_effect=None, return_value=DEFAULT, wraps=None, name=None,
                 spec_set=None, unsafe=False, **kwargs):
        fields = self.__dict__
        spec = spec_set if spec is None else spec
        fields.update(_mock_children={}, _mock_parent=None, _mock_name=name, _mock_wraps=wraps,
                      _mock_return=return_value, _mock_effect=None, _mock_unsafe=unsafe,
                      _mock_strict=spec_set is not None, _mock_names=None, _spec_class=None)
        if spec is not None:
            if isinstance(spec, (list, tuple)):
                fields['_mock_names'] = list(spec)
            else:
                fields['_mock_names'] = dir(spec)
                fields['_spec_class'] = spec if isinstance(spec, type) else type(spec)
        self.reset_mock()
        self.side_effect = side_effect
        self.configure_mock(**kwargs)

    def reset_mock(self, visited=None, *, return_value=False, side_effect=False):
        """Forgets all calls."""
        self.__dict__.update(called=False, call_count=0, call_args=None, call_args_list=[],
                             mock_calls=[], method_calls=[])
        if return_value:
            self.__dict__['_mock_return'] = DEFAULT
        if side_effect:
            self.__dict__['_mock_effect'] = None
        for child in self.__dict__['_mock_children'].values():
            if isinstance(child, NonCallableMock):
                child.reset_mock(return_value=return_value, side_effect=side_effect)

    def configure_mock(self, /, **kwargs):
        """Sets attributes; dotted names reach into children."""
        for name, value in sorted(kwargs.items(), key=lambda item: item[0].count('.')):
            *path, last = name.split('.')
            target = self
            for part in path:
                target = getattr(target, part)
            setattr(target, last, value)

    def attach_mock(self, mock, attribute):
        """Makes a mock an attribute, so that its calls are noted here too."""
        mock.__dict__.update(_mock_parent=None, _mock_name=None)
        setattr(self, attribute, mock)

    def _get_child_mock(self, /, **kwargs):
        for cls in type(self).__mro__[1:]:
            if cls is NonCallableMagicMock:
                return MagicMock(**kwargs)
            if cls is NonCallableMock:
                return Mock(**kwargs)
            return cls(**kwargs)

    @property
    def __class__(self):
        return self.__dict__.get('_spec_class') or type(self)

    def __getattr__(self, name):
        fields = self.__dict__
        if '_mock_children' not in fields:
            raise AttributeError(name)
        if fields['_mock_names'] is not None:
            if name not in fields['_mock_names']:
                raise AttributeError("Mock object has no attribute %r" % name)
        elif name.startswith('__') and name.endswith('__'):
            raise AttributeError(name)
        if not fields['_mock_unsafe'] and name.startswith(('assert', 'assret', 'asert', 'aseert',
                                                           'assrt')):
            raise AttributeError("%r is not a valid assertion. Use a spec for the mock if %r is "
                                 "meant to be an attribute." % (name, name))
        child = fields['_mock_children'].get(name)
        if child is None:
            wraps = fields['_mock_wraps']
            child = self._get_child_mock(wraps=None if wraps is None else getattr(wraps, name))
            child.__dict__.update(_mock_parent=self, _mock_name=name)
            fields['_mock_children'][name] = child
        elif child is _DELETED:
            raise AttributeError(name)
        return child

    def __setattr__(self, name, value):
        fields = self.__dict__
        if name == 'return_value':
            fields['_mock_return'] = value
            return
        if name == 'side_effect':
            if (value is not None and not callable(value) and not isinstance(value, BaseException)
                    and hasattr(value, '__iter__')):
                value = iter(value)
            fields['_mock_effect'] = value
            return
        if name in _OWN:
            fields[name] = value
            return
        if name == '__class__':
            fields['_spec_class'] = value
            return
        if fields['_mock_strict'] and name not in fields['_mock_names']:
            raise AttributeError("Mock object has no attribute '%s'" % name)
        if name.startswith('__') and name.endswith('__'):
            if not isinstance(value, NonCallableMock) and callable(value):
                function = value
                setattr(type(self), name, lambda self, *args, **kw: function(self, *args, **kw))
            else:
                setattr(type(self), name, value)
            fields['_mock_children'][name] = value
            return
        if (isinstance(value, NonCallableMock) and value.__dict__['_mock_parent'] is None
                and value.__dict__['_mock_name'] is None):
            value.__dict__.update(_mock_parent=self, _mock_name=name)
            fields['_mock_children'][name] = value
            return
        object.__setattr__(self, name, value)

    def __delattr__(self, name):
        fields = self.__dict__
        if name in fields and name not in _OWN:
            object.__delattr__(self, name)
        elif fields['_mock_children'].get(name) is _DELETED:
            raise AttributeError(name)
        fields['_mock_children'][name] = _DELETED

    @property
    def return_value(self):
        fields = self.__dict__
        if fields['_mock_return'] is DEFAULT:
            child = self._get_child_mock()
            child.__dict__.update(_mock_parent=self, _mock_name='()')
            fields['_mock_return'] = child
        return fields['_mock_return']

    @property
    def side_effect(self):
        return self.__dict__['_mock_effect']

    def _full_name(self):
        fields = self.__dict__
        name, parent = fields['_mock_name'], fields['_mock_parent']
        if parent is None:
            return name or 'mock'
        if name == '()':
            return parent._full_name() + '()'
        return parent._full_name() + '.' + name

    def __repr__(self):
        name = self.__dict__['_mock_name']
        text = '' if name is None else ' name=%r' % self._full_name()
        spec = self.__dict__['_spec_class']
        if spec is not None:
            text += ' spec=%r' % spec.__name__
        return "<%s%s id='%s'>" % (type(self).__name__, text, id(self))

    def __dir__(self):
        names = self.__dict__['_mock_names']
        return sorted({*object.__dir__(self), *(names or ()),
                       *(name for name, child in self.__dict__['_mock_children'].items()
                         if child is not _DELETED)})

    # -- assertions about calls

    def _text(self, args, kwargs):
        return (self.__dict__['_mock_name'] or 'mock') + _format_arguments(args, kwargs)

    def assert_called(self):
        """At least once."""
        if not self.call_count:
            raise AssertionError("Expected '%s' to have been called."
                                 % (self.__dict__['_mock_name'] or 'mock'))

    def _calls_text(self):
        return '\nCalls: %r.' % (self.mock_calls,) if self.mock_calls else ''

    def assert_not_called(self):
        """Never."""
        if self.call_count:
            raise AssertionError("Expected '%s' to not have been called. Called %s times.%s"
                                 % (self.__dict__['_mock_name'] or 'mock', self.call_count,
                                    self._calls_text()))

    def assert_called_once(self):
        """Once."""
        if self.call_count != 1:
            raise AssertionError("Expected '%s' to have been called once. Called %s times.%s"
                                 % (self.__dict__['_mock_name'] or 'mock', self.call_count,
                                    self._calls_text()))

    def assert_called_with(self, /, *args, **kwargs):
        """The last call had these arguments."""
        expected = self._text(args, kwargs)
        if self.call_args is None:
            raise AssertionError('expected call not found.\nExpected: %s\nActual: %s'
                                 % (expected, 'not called.'))
        if self.call_args != (args, kwargs):
            raise AssertionError('expected call not found.\nExpected: %s\nActual: %s'
                                 % (expected, self._text(*self.call_args)))

    def assert_called_once_with(self, /, *args, **kwargs):
        """The only call had these arguments."""
        if self.call_count != 1:
            raise AssertionError("Expected '%s' to be called once. Called %s times.%s"
                                 % (self.__dict__['_mock_name'] or 'mock', self.call_count,
                                    self._calls_text()))
        self.assert_called_with(*args, **kwargs)

    def assert_any_call(self, /, *args, **kwargs):
        """Some call had these arguments."""
        if not any(one == (args, kwargs) for one in self.call_args_list):
            raise AssertionError('%s call not found' % self._text(args, kwargs))

    def assert_has_calls(self, calls, any_order=False):
        """These calls were made, one after the other unless any_order."""
        calls, made = list(calls), list(self.mock_calls)
        if any_order:
            missing = []
            for one in calls:
                if one in made:
                    made.remove(one)
                else:
                    missing.append(one)
            if missing:
                raise AssertionError('%r does not contain all of %r in its call list, found %r '
                                     'instead' % (self.__dict__['_mock_name'] or 'mock',
                                                  tuple(missing), made))
            return
        size = len(calls)
        if not any(made[i:i + size] == calls for i in range(len(made) - size + 1)):
            raise AssertionError('Calls not found.\nExpected: %r\nActual: %r'
                                 % (calls, self.mock_calls))


_DELETED = object()


class _Callable:
    def __call__(self, /, *args, **kwargs):
        fields = self.__dict__
        fields['called'] = True
        fields['call_count'] += 1
        pair = _Call('', args, kwargs, pair=True)
        fields['call_args'] = pair
        fields['call_args_list'].append(pair)
        fields['mock_calls'].append(_Call('', args, kwargs))
        name, child, parent = fields['_mock_name'], self, fields['_mock_parent']
        plain = True
        while parent is not None:
            if child.__dict__['_mock_name'] == '()':
                plain = False
            if plain:
                parent.method_calls.append(_Call(name, args, kwargs))
            parent.mock_calls.append(_Call(name, args, kwargs))
            child, above = parent, parent.__dict__['_mock_name']
            parent = parent.__dict__['_mock_parent']
            if parent is not None:
                name = above + ('' if name.startswith('(') else '.') + name
        effect = fields['_mock_effect']
        if effect is not None:
            if isinstance(effect, BaseException) or (isinstance(effect, type) and
                                                     issubclass(effect, BaseException)):
                raise effect
            if callable(effect):
                result = effect(*args, **kwargs)
            else:
                result = next(effect)
                if isinstance(result, BaseException) or (isinstance(result, type) and
                                                         issubclass(result, BaseException)):
                    raise result
            if result is not DEFAULT:
                return result
        if fields['_mock_return'] is DEFAULT and fields['_mock_wraps'] is not None:
            return fields['_mock_wraps'](*args, **kwargs)
        return self.return_value


class Mock(_Callable, NonCallableMock):
    """A mock that can be called: return_value is what it gives, side_effect what it does."""


class _MagicMethod:
    """A special method on the class of one mock: made a mock when first used."""

    def __init__(self, name):
        self.name = name

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        children = instance.__dict__['_mock_children']
        child = children.get(self.name)
        if child is None:
            if self.name == '__iter__':
                child = MagicMock(side_effect=lambda: iter([]))
            elif self.name in _RETURNS:
                child = MagicMock(return_value=_RETURNS[self.name])
            else:
                child = MagicMock()
            child.__dict__.update(_mock_parent=instance, _mock_name=self.name)
            children[self.name] = child
        return child


class NonCallableMagicMock(NonCallableMock):
    """NonCallableMock with special methods."""


for _name in _MAGIC:
    if _name != '__call__':
        setattr(NonCallableMagicMock, _name, _MagicMethod(_name))
del _name


class MagicMock(_Callable, NonCallableMagicMock):
    """Mock with special methods."""


class PropertyMock(Mock):
    """A mock to be used as a property of a class."""

    def __get__(self, obj, obj_type=None):
        return self()

    def __set__(self, obj, value):
        self(value)


# ---- patch

def _import(target):
    module = __import__(target.split('.')[0])
    path = target.split('.')[0]
    for part in target.split('.')[1:]:
        path += '.' + part
        try:
            module = getattr(module, part)
        except AttributeError:
            __import__(path)
            module = getattr(module, part)
    return module


class _Patch:
    """Replaces an attribute for a while: a decorator, a context manager, or start() and stop()."""

    _active = []

    def __init__(self, getter, attribute, new, create, new_callable, kwargs):
        self.getter = getter
        self.attribute = attribute
        self.new = new
        self.create = create
        self.new_callable = new_callable
        self.kwargs = kwargs
        self.others = []

    def _copy(self):
        return _Patch(self.getter, self.attribute, self.new, self.create, self.new_callable,
                      self.kwargs)

    def __enter__(self):
        self.target = self.getter()
        name = self.attribute
        self.local = name in vars(self.target) if hasattr(self.target, '__dict__') else False
        try:
            self.original = vars(self.target)[name] if self.local else getattr(self.target, name)
        except AttributeError:
            if not self.create and not (name in vars(__import__('builtins'))
                                        and isinstance(self.target, type(sys))):
                raise AttributeError("%s does not have the attribute %r"
                                     % (self.target, name)) from None
            self.original = DEFAULT
        new = self.new
        if new is DEFAULT:
            new = (self.new_callable or MagicMock)(**self.kwargs)
            if isinstance(new, NonCallableMock) and new.__dict__['_mock_name'] is None:
                new.__dict__['_mock_name'] = name
        setattr(self.target, name, new)
        return new

    def __exit__(self, *info):
        if self.local:
            setattr(self.target, self.attribute, self.original)
        else:
            delattr(self.target, self.attribute)
            if (self.original is not DEFAULT
                    and getattr(self.target, self.attribute, DEFAULT) is not self.original):
                setattr(self.target, self.attribute, self.original)
        return False

    def start(self):
        result = self.__enter__()
        self._active.append(self)
        return result

    def stop(self):
        if self in self._active:
            self._active.remove(self)
            self.__exit__(None, None, None)

    def __call__(self, item):
        if isinstance(item, type):
            for name in dir(item):
                if name.startswith(patch.TEST_PREFIX) and callable(getattr(item, name)):
                    setattr(item, name, self._copy()(getattr(item, name)))
            return item
        if hasattr(item, 'patchings'):
            item.patchings.append(self)
            return item

        @functools.wraps(item)
        def patched(*args, **kwargs):
            import contextlib
            with contextlib.ExitStack() as stack:
                extra = []
                for one in patched.patchings:
                    value = stack.enter_context(one)
                    if one.new is DEFAULT:
                        extra.append(value)
                return item(*args, *extra, **kwargs)
        patched.patchings = [self]
        return patched


def patch(target, new=DEFAULT, spec=None, create=False, spec_set=None, autospec=None,
          new_callable=None, **kwargs):
    """Replaces what a dotted name stands for."""
    owner, dot, attribute = target.rpartition('.')
    if not dot:
        raise TypeError("Need a valid target to patch. You supplied: %r" % (target,))
    return _make(lambda: _import(owner), attribute, new, spec, create, spec_set, new_callable,
                 kwargs)


def _make(getter, attribute, new, spec, create, spec_set, new_callable, kwargs):
    for name, value in (('spec', spec), ('spec_set', spec_set)):
        if value is True:
            value = getattr(getter(), attribute)
        if value is not None:
            kwargs[name] = value
    return _Patch(getter, attribute, new, create, new_callable, kwargs)


def _patch_object(target, attribute, new=DEFAULT, spec=None, create=False, spec_set=None,
                  autospec=None, new_callable=None, **kwargs):
    """Replaces an attribute of an object."""
    return _make(lambda: target, attribute, new, spec, create, spec_set, new_callable, kwargs)


class _PatchDict:
    """Changes a dict for a while."""

    def __init__(self, in_dict, values=(), clear=False, **kwargs):
        self.in_dict = in_dict
        self.values = {**dict(values), **kwargs}
        self.clear = clear

    def __enter__(self):
        if isinstance(self.in_dict, str):
            self.in_dict = _import(self.in_dict)
        self.original = dict(self.in_dict)
        if self.clear:
            self.in_dict.clear()
        self.in_dict.update(self.values)
        return self.in_dict

    def __exit__(self, *info):
        self.in_dict.clear()
        self.in_dict.update(self.original)
        return False

    start = __enter__

    def stop(self):
        self.__exit__()

    def __call__(self, item):
        if isinstance(item, type):
            for name in dir(item):
                if name.startswith(patch.TEST_PREFIX) and callable(getattr(item, name)):
                    setattr(item, name, self(getattr(item, name)))
            return item

        @functools.wraps(item)
        def patched(*args, **kwargs):
            with self:
                return item(*args, **kwargs)
        return patched


def _stop_all():
    """Ends all patches begun with start()."""
    for one in reversed(list(_Patch._active)):
        one.stop()


patch.object = _patch_object
patch.dict = _PatchDict
patch.stopall = _stop_all
patch.TEST_PREFIX = 'test'


def mock_open(mock=None, read_data=''):
    """A mock for open() whose files hold read_data."""
    import io
    if mock is None:
        mock = MagicMock(name='open')
    handle = MagicMock()

    def opened(*args, **kwargs):
        file = io.BytesIO(read_data) if isinstance(read_data, bytes) else io.StringIO(read_data)
        for name in ('read', 'readline', 'readlines'):
            getattr(handle, name).side_effect = getattr(file, name)
        handle.__iter__ = lambda self: iter(file)
        return DEFAULT
    handle.__enter__.return_value = handle
    handle.write.return_value = None
    mock.side_effect = opened
    mock.return_value = handle
    return mock
