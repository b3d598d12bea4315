"""The vocabulary of type hints.

Hints are ordinary objects.  Three kinds make up this module: special forms (Any, Union, …: instances
of _Form), parameters (TypeVar, ParamSpec, TypeVarTuple) and subscribed hints (_Alias and its kin), which
know their origin, their arguments and the parameters still free in them.  Substitution follows the
protocol that types.GenericAlias uses too: a parameter has __typing_subst__(argument), and may have
__typing_prepare_subst__(alias, arguments).
"""

import collections
import collections.abc
import contextlib
import functools
import operator
import sys
import types
from types import GenericAlias, MethodDescriptorType, MethodType, WrapperDescriptorType

__all__ = [
    'Annotated', 'Any', 'Callable', 'ClassVar', 'Concatenate', 'Final', 'ForwardRef', 'Generic',
    'Literal', 'Optional', 'ParamSpec', 'Protocol', 'Tuple', 'Type', 'TypeVar', 'TypeVarTuple',
    'Union', 'AbstractSet', 'ByteString', 'Container', 'ContextManager', 'Hashable', 'ItemsView',
    'Iterable', 'Iterator', 'KeysView', 'Mapping', 'MappingView', 'MutableMapping',
    'MutableSequence', 'MutableSet', 'Sequence', 'Sized', 'ValuesView', 'Awaitable',
    'AsyncIterator', 'AsyncIterable', 'Coroutine', 'Collection', 'AsyncGenerator',
    'AsyncContextManager', 'Reversible', 'SupportsAbs', 'SupportsBytes', 'SupportsComplex',
    'SupportsFloat', 'SupportsIndex', 'SupportsInt', 'SupportsRound', 'ChainMap', 'Counter',
    'Deque', 'Dict', 'DefaultDict', 'List', 'OrderedDict', 'Set', 'FrozenSet', 'NamedTuple',
    'TypedDict', 'Generator', 'BinaryIO', 'IO', 'Match', 'Pattern', 'TextIO', 'AnyStr',
    'assert_type', 'assert_never', 'cast', 'clear_overloads', 'dataclass_transform', 'final',
    'get_args', 'get_origin', 'get_overloads', 'get_type_hints', 'is_typeddict', 'LiteralString',
    'Never', 'NewType', 'no_type_check', 'no_type_check_decorator', 'NoReturn', 'NotRequired',
    'overload', 'ParamSpecArgs', 'ParamSpecKwargs', 'Required', 'reveal_type',
    'runtime_checkable', 'Self', 'Text', 'TYPE_CHECKING', 'TypeAlias', 'TypeGuard', 'Unpack',
]

TYPE_CHECKING = False


# ---- helpers

def _caller(depth=1):
    """The __name__ of the module that called the caller of this function's caller."""
    try:
        return sys._getframe(depth + 1).f_globals.get('__name__', '__main__')
    except (AttributeError, ValueError):
        return None


def _cached(function):
    """Remembers results for hashable arguments."""
    memory = functools.lru_cache(typed=True)(function)

    @functools.wraps(function)
    def call(*args, **keywords):
        try:
            return memory(*args, **keywords)
        except TypeError:
            pass  # An argument has no hash, or it is wrong: the plain call tells.
        return function(*args, **keywords)
    return call


def _repr(hint):
    """A hint as it would be written."""
    if isinstance(hint, GenericAlias):
        return repr(hint)
    if isinstance(hint, type):
        if hint.__module__ == 'builtins':
            return hint.__qualname__
        return '%s.%s' % (hint.__module__, hint.__qualname__)
    if hint is ...:
        return '...'
    if isinstance(hint, types.FunctionType):
        return hint.__name__
    if isinstance(hint, tuple):
        return '[' + ', '.join(_repr(item) for item in hint) + ']'
    return repr(hint)


def _convert(hint, module=None, is_class=False):
    if hint is None:
        return type(None)
    if isinstance(hint, str):
        return ForwardRef(hint, module=module, is_class=is_class)
    return hint


def _check(hint, message, is_argument=True, module=None, is_class=False):
    """The hint, made of None or a string where needed; TypeError unless it can be one."""
    hint = _convert(hint, module, is_class)
    refused = (Generic, Protocol)
    if not is_class:
        refused += (ClassVar,)
        if is_argument:
            refused += (Final,)
    if isinstance(hint, _Alias) and hint.__origin__ in refused:
        raise TypeError("%r is not valid as type argument" % (hint,))
    if hint in (Any, LiteralString, NoReturn, Never, Self, TypeAlias):
        return hint
    if is_class and hint in (ClassVar, Final):
        return hint
    if isinstance(hint, _Form) or hint in (Generic, Protocol):
        raise TypeError("Plain %s is not valid as type argument" % (hint,))
    if type(hint) is tuple:
        raise TypeError("%s Got %.100r." % (message, hint))
    return hint


def _is_parameter(item):
    return not isinstance(item, type) and hasattr(item, '__typing_subst__')


def _free_parameters(items):
    """The parameters in some hints, in order of first appearance."""
    found = []
    for item in items:
        if isinstance(item, type):
            continue
        if hasattr(item, '__typing_subst__'):
            if item not in found:
                found.append(item)
        elif isinstance(item, tuple):
            found += [one for one in _free_parameters(item) if one not in found]
        else:
            for one in getattr(item, '__parameters__', ()):
                if one not in found:
                    found.append(one)
    return tuple(found)


def _unpacked(items):
    """Puts the items of *tuple[…] in its place."""
    result = []
    for item in items:
        inner = getattr(item, '__typing_unpacked_tuple_args__', None)
        if inner is not None and not (inner and inner[-1] is ...):
            result.extend(inner)
        else:
            result.append(item)
    return result


def _substitute(alias, given):
    """The arguments of an alias with the parameters replaced by what is given."""
    parameters = alias.__parameters__
    if not parameters:
        raise TypeError("%s is not a generic class" % (alias,))
    given = tuple(_convert(item) for item in _unpacked(given))
    for parameter in parameters:
        prepare = getattr(parameter, '__typing_prepare_subst__', None)
        if prepare is not None:
            given = prepare(alias, given)
    if len(given) != len(parameters):
        raise TypeError("Too %s arguments for %s; actual %d, expected %d"
                        % ('many' if len(given) > len(parameters) else 'few', alias, len(given),
                           len(parameters)))
    return _replace(alias.__args__, dict(zip(parameters, given)))


def _replace(items, values):
    result = []
    for item in items:
        if isinstance(item, type):
            result.append(item)
            continue
        subst = getattr(item, '__typing_subst__', None)
        if subst is not None:
            new = subst(values[item])
        elif isinstance(item, tuple):
            new = tuple(_replace(item, values))
        else:
            inner = getattr(item, '__parameters__', ())
            if not inner:
                result.append(item)
                continue
            arguments = []
            for one in inner:
                value = values[one]
                if isinstance(one, TypeVarTuple):
                    arguments.extend(value)
                else:
                    arguments.append(value)
            new = item[tuple(arguments)]
        if isinstance(item, TypeVarTuple) or (isinstance(item, _Alias)
                                              and item.__origin__ is Unpack
                                              and isinstance(new, tuple)):
            result.extend(new)
        elif _is_unpacked(item) and isinstance(new, tuple):
            result.extend(new)
        else:
            result.append(new)
    return result


def _is_unpacked(item):
    return ((isinstance(item, _UnpackAlias))
            or (isinstance(item, GenericAlias) and getattr(item, '__unpacked__', False)))


def _flatten_union(items):
    """Members of unions among the items come in their place; no hint twice."""
    result = []
    for item in items:
        members = item.__args__ if isinstance(item, (_UnionAlias, types.UnionType)) else (item,)
        for member in members:
            if member not in result:
                result.append(member)
    return tuple(result)


# ---- special forms

class _Final:
    """Base of what cannot be subclassed."""

    __slots__ = ('__weakref__',)

    def __init_subclass__(cls, /, *args, _root=False, **keywords):
        if not _root:
            raise TypeError("Cannot subclass special typing classes")


# A name with a meaning of its own; `subscribe` makes what form[…] gives.
class _Form(_Final, _root=True):
    __slots__ = ('_name', '__doc__', '_getitem')

    def __init__(self, subscribe):
        self._getitem = subscribe
        self._name = subscribe.__name__
        self.__doc__ = subscribe.__doc__

    def __getattr__(self, name):
        if name in ('__name__', '__qualname__'):
            return self._name
        raise AttributeError(name)

    def __mro_entries__(self, bases):
        raise TypeError("Cannot subclass %r" % (self,))

    def __repr__(self):
        return 'typing.' + self._name

    def __reduce__(self):
        return self._name

    def __call__(self, *args, **keywords):
        raise TypeError("Cannot instantiate %r" % (self,))

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __instancecheck__(self, obj):
        raise TypeError("%s cannot be used with isinstance()" % (self,))

    def __subclasscheck__(self, cls):
        raise TypeError("%s cannot be used with issubclass()" % (self,))

    def __getitem__(self, items):
        return self._getitem(self, items)


def _cached_form(subscribe):
    return _Form(_cached(subscribe))


class _AnyMeta(type):
    def __instancecheck__(self, obj):
        if self is Any:
            raise TypeError("typing.Any cannot be used with isinstance()")
        return super().__instancecheck__(obj)

    def __repr__(self):
        if self is Any:
            return "typing.Any"
        return super().__repr__()


class Any(metaclass=_AnyMeta):
    """Compatible with every type."""

    def __new__(cls, *args, **keywords):
        if cls is Any:
            raise TypeError("Any cannot be instantiated")
        return super().__new__(cls, *args, **keywords)


def _plain_form(name, doc):
    def subscribe(self, items):
        raise TypeError("%r is not subscriptable" % (self,))
    subscribe.__name__ = name
    subscribe.__doc__ = doc
    return _Form(subscribe)


NoReturn = _plain_form('NoReturn', "Of functions that never return.")
Never = _plain_form('Never', "The type without values.")
Self = _plain_form('Self', "The class around.")
LiteralString = _plain_form('LiteralString', "A str made of literals alone.")
TypeAlias = _plain_form('TypeAlias', "Marks an assignment as the name of a hint.")


def _single(name, doc, is_argument=True):
    def subscribe(self, items):
        hint = _check(items, "%s accepts only single type." % (self,), is_argument)
        return _Alias(self, (hint,))
    subscribe.__name__ = name
    subscribe.__doc__ = doc
    return _cached_form(subscribe)


ClassVar = _single('ClassVar', "Of attributes of the class, not of instances.")
Final = _single('Final', "Of names that are not assigned again.")
TypeGuard = _single('TypeGuard', "What a function that narrows a type returns.")
Required = _single('Required', "A key that must be in a TypedDict.")
NotRequired = _single('NotRequired', "A key that may be missing in a TypedDict.")


@_cached_form
def Union(self, items):
    """One of several types."""
    if items == ():
        raise TypeError("Cannot take a Union of no types.")
    if not isinstance(items, tuple):
        items = (items,)
    items = _flatten_union([_check(item, "Union[arg, ...]: each arg must be a type.")
                            for item in items])
    if len(items) == 1:
        return items[0]
    if len(items) == 2 and type(None) in items:
        return _UnionAlias(self, items, name='Optional')
    return _UnionAlias(self, items)


@_cached_form
def Optional(self, items):
    """A type or None."""
    return Union[_check(items, "%s requires a single type." % (self,)), type(None)]


@_cached
def _literal(*values):
    flat = []
    for value in values:
        flat.extend(value.__args__ if isinstance(value, _LiteralAlias) else (value,))
    unique, seen = [], []
    for value in flat:
        key = value, type(value)
        if key not in seen:
            seen.append(key)
            unique.append(value)
    return _LiteralAlias(Literal, tuple(unique))


@_Form
def Literal(self, values):
    """One of these values."""
    return _literal(*values) if isinstance(values, tuple) else _literal(values)


@_Form
def Concatenate(self, items):
    """Parameters before those of a ParamSpec."""
    if items == ():
        raise TypeError("Cannot take a Concatenate of no types.")
    if not isinstance(items, tuple):
        items = (items,)
    if not (items[-1] is ... or isinstance(items[-1], ParamSpec)):
        raise TypeError("The last parameter to Concatenate should be a ParamSpec variable or "
                        "ellipsis.")
    message = "Concatenate[arg, ...]: each arg must be a type."
    return _ConcatenateAlias(self, tuple(_check(item, message) for item in items[:-1])
                             + items[-1:])


@_Form
def Unpack(self, items):
    """The items of a tuple type in the place of one."""
    return _UnpackAlias(self, (_check(items, "%s accepts only single type." % (self,)),))


# ---- forward references

class ForwardRef(_Final, _root=True):
    """A hint given as text."""

    __slots__ = ('__forward_arg__', '__forward_code__', '__forward_evaluated__',
                 '__forward_value__', '__forward_is_argument__', '__forward_is_class__',
                 '__forward_module__')

    def __init__(self, arg, is_argument=True, module=None, *, is_class=False):
        if not isinstance(arg, str):
            raise TypeError("Forward reference must be a string -- got %r" % (arg,))
        text = '(%s,)[0]' % arg if arg.startswith('*') else arg
        try:
            code = compile(text, '<string>', 'eval')
        except SyntaxError:
            raise SyntaxError("Forward reference must be an expression -- got %r" % (arg,))
        self.__forward_arg__ = arg
        self.__forward_code__ = code
        self.__forward_evaluated__ = False
        self.__forward_value__ = None
        self.__forward_is_argument__ = is_argument
        self.__forward_is_class__ = is_class
        self.__forward_module__ = module

    def _evaluate(self, globals, locals, guard=frozenset()):
        if self.__forward_arg__ in guard:
            return self
        if self.__forward_evaluated__ and locals is globals:
            return self.__forward_value__
        if globals is None and locals is None:
            globals = locals = {}
        elif globals is None:
            globals = locals
        elif locals is None:
            locals = globals
        if self.__forward_module__ is not None:
            globals = getattr(sys.modules.get(self.__forward_module__), '__dict__', globals)
        value = _check(eval(self.__forward_code__, globals, locals),
                       "Forward references must evaluate to types.",
                       self.__forward_is_argument__, is_class=self.__forward_is_class__)
        self.__forward_value__ = _evaluate(value, globals, locals,
                                           guard | {self.__forward_arg__})
        self.__forward_evaluated__ = True
        return self.__forward_value__

    def __eq__(self, other):
        if not isinstance(other, ForwardRef):
            return NotImplemented
        if self.__forward_evaluated__ and other.__forward_evaluated__:
            return (self.__forward_arg__ == other.__forward_arg__
                    and self.__forward_value__ == other.__forward_value__)
        return (self.__forward_arg__ == other.__forward_arg__
                and self.__forward_module__ == other.__forward_module__)

    def __hash__(self):
        return hash((self.__forward_arg__, self.__forward_module__))

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __repr__(self):
        module = self.__forward_module__
        extra = '' if module is None else ', module=%r' % module
        return 'ForwardRef(%r%s)' % (self.__forward_arg__, extra)


def _evaluate(hint, globals, locals, guard=frozenset()):
    """The hint with all forward references in it replaced."""
    if isinstance(hint, ForwardRef):
        return hint._evaluate(globals, locals, guard)
    if not isinstance(hint, (_Alias, GenericAlias, types.UnionType)):
        return hint
    if isinstance(hint, GenericAlias):
        old = tuple(ForwardRef(item) if isinstance(item, str) else item for item in hint.__args__)
    else:
        old = hint.__args__
    new = tuple(_evaluate(item, globals, locals, guard) for item in old)
    if new == hint.__args__:
        return hint
    if isinstance(hint, GenericAlias):
        made = GenericAlias(hint.__origin__, new)
        return next(iter(made)) if getattr(hint, '__unpacked__', False) else made
    if isinstance(hint, types.UnionType):
        return functools.reduce(operator.or_, new)
    return hint.copy_with(new)


# ---- parameters

class _Parameter:
    """What TypeVar, ParamSpec and TypeVarTuple share."""

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __reduce__(self):
        return self.__name__

    def __mro_entries__(self, bases):
        raise TypeError("Cannot subclass an instance of %s" % type(self).__name__)

    def __repr__(self):
        prefix = '+' if self.__covariant__ else '-' if self.__contravariant__ else '~'
        return prefix + self.__name__

    def _set_variance(self, bound, covariant, contravariant):
        if covariant and contravariant:
            raise ValueError("Bivariant types are not supported.")
        self.__covariant__ = bool(covariant)
        self.__contravariant__ = bool(contravariant)
        self.__bound__ = _check(bound, "Bound must be a type.") if bound else None

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


class TypeVar(_Final, _Parameter, _root=True):
    """A type to be filled in."""

    def __init__(self, name, *constraints, bound=None, covariant=False, contravariant=False):
        self.__name__ = name
        self._set_variance(bound, covariant, contravariant)
        if constraints and bound is not None:
            raise TypeError("Constraints cannot be combined with bound=...")
        if len(constraints) == 1:
            raise TypeError("A single constraint is not allowed")
        message = "TypeVar(name, constraint, ...): constraints must be types."
        self.__constraints__ = tuple(_check(item, message) for item in constraints)
        module = _caller()
        if module != 'typing':
            self.__module__ = module

    def __typing_subst__(self, value):
        value = _check(value, "Parameters to generic types must be types.")
        if _is_unpacked(value) or (isinstance(value, _Alias) and value.__origin__ is Unpack):
            raise TypeError("%s is not valid as type argument" % (value,))
        return value


class TypeVarTuple(_Final, _Parameter, _root=True):
    """Any number of types to be filled in."""

    def __init__(self, name):
        self.__name__ = name
        module = _caller()
        if module != 'typing':
            self.__module__ = module

    def __iter__(self):
        yield Unpack[self]

    def __repr__(self):
        return self.__name__

    def __typing_subst__(self, value):
        if isinstance(value, tuple):
            return value
        raise TypeError("Substitution of bare TypeVarTuple is not supported")

    def __typing_prepare_subst__(self, alias, given):
        parameters = alias.__parameters__
        at = parameters.index(self)
        if any(isinstance(other, TypeVarTuple) for other in parameters[at + 1:]):
            raise TypeError("More than one TypeVarTuple parameter in %s" % (alias,))
        after = len(parameters) - at - 1
        if len(given) < len(parameters) - 1:
            raise TypeError("Too few arguments for %s; actual %d, expected at least %d"
                            % (alias, len(given), len(parameters) - 1))
        end = len(given) - after
        return (*given[:at], tuple(given[at:end]), *given[end:])


class _ParamSpecPart(_Final, _root=True):
    def __init__(self, origin):
        self.__origin__ = origin

    def __eq__(self, other):
        if type(other) is not type(self):
            return NotImplemented
        return self.__origin__ == other.__origin__

    def __hash__(self):
        return hash((type(self).__name__, self.__origin__))

    def __mro_entries__(self, bases):
        raise TypeError("Cannot subclass an instance of %s" % type(self).__name__)


class ParamSpecArgs(_ParamSpecPart, _root=True):
    """P.args of a ParamSpec P."""

    def __repr__(self):
        return self.__origin__.__name__ + '.args'


class ParamSpecKwargs(_ParamSpecPart, _root=True):
    """P.kwargs of a ParamSpec P."""

    def __repr__(self):
        return self.__origin__.__name__ + '.kwargs'


class ParamSpec(_Final, _Parameter, _root=True):
    """The parameters of a callable, to be filled in."""

    def __init__(self, name, *, bound=None, covariant=False, contravariant=False):
        self.__name__ = name
        self._set_variance(bound, covariant, contravariant)
        module = _caller()
        if module != 'typing':
            self.__module__ = module

    @property
    def args(self):
        return ParamSpecArgs(self)

    @property
    def kwargs(self):
        return ParamSpecKwargs(self)

    def __typing_subst__(self, value):
        if isinstance(value, (list, tuple)):
            return tuple(_check(item, "Expected a type.") for item in value)
        if not (value is ... or isinstance(value, (ParamSpec, _ConcatenateAlias))):
            raise TypeError("Expected a list of types, an ellipsis, ParamSpec, or Concatenate. "
                            "Got %s" % (value,))
        return value

    def __typing_prepare_subst__(self, alias, given):
        parameters = alias.__parameters__
        at = parameters.index(self)
        if at >= len(given):
            raise TypeError("Too few arguments for %s" % (alias,))
        if len(parameters) == 1 and not _could_be_parameters(given[0]):
            # With one parameter the brackets around its list may be left out.
            return (given,)
        if isinstance(given[at], list):
            given = (*given[:at], tuple(given[at]), *given[at + 1:])
        return given


def _could_be_parameters(value):
    return value is ... or isinstance(value, (tuple, list, ParamSpec, _ConcatenateAlias))


# ---- subscribed hints

class _BaseAlias(_Final, _root=True):
    """Something that stands for another class: attributes other than its own are those of it."""

    __slots__ = ('__dict__',)

    def __init__(self, origin, *, inst=True, name=None):
        self._inst = inst
        self._name = name
        self.__origin__ = origin
        self.__slots__ = None

    def __call__(self, *args, **keywords):
        if not self._inst:
            raise TypeError("Type %s cannot be instantiated; use %s() instead"
                            % (self._name, self.__origin__.__name__))
        result = self.__origin__(*args, **keywords)
        try:
            result.__orig_class__ = self
        except AttributeError:
            pass
        return result

    def __mro_entries__(self, bases):
        found = []
        if self.__origin__ not in bases:
            found.append(self.__origin__)
        for later in bases[bases.index(self) + 1:]:
            if isinstance(later, _BaseAlias) or (isinstance(later, type)
                                                 and issubclass(later, Generic)):
                break
        else:
            found.append(Generic)
        return tuple(found)

    def __getattr__(self, name):
        if name in ('__name__', '__qualname__'):
            return self._name or self.__origin__.__name__
        if '__origin__' in self.__dict__ and not (name[:2] == name[-2:] == '__'):
            return getattr(self.__origin__, name)
        raise AttributeError(name)

    def __setattr__(self, name, value):
        if (name[:2] == name[-2:] == '__'
                or name in ('_name', '_inst', '_count', '_defaults')):
            super().__setattr__(name, value)
        else:
            setattr(self.__origin__, name, value)

    def __instancecheck__(self, obj):
        return self.__subclasscheck__(type(obj))

    def __subclasscheck__(self, cls):
        raise TypeError("Subscripted generics cannot be used with class and instance checks")

    def __dir__(self):
        return sorted({*super().__dir__(), *(name for name in dir(self.__origin__)
                                             if not name.startswith('__'))})


class _Alias(_BaseAlias, _root=True):
    """origin[args]."""

    def __init__(self, origin, args, *, inst=True, name=None):
        super().__init__(origin, inst=inst, name=name)
        if not isinstance(args, tuple):
            args = (args,)
        self.__args__ = args
        self.__parameters__ = _free_parameters(args)
        if not name and not isinstance(origin, _Form):
            self.__module__ = origin.__module__

    def __eq__(self, other):
        if not isinstance(other, _Alias):
            return NotImplemented
        return self.__origin__ == other.__origin__ and self.__args__ == other.__args__

    def __hash__(self):
        return hash((self.__origin__, self.__args__))

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __getitem__(self, given):
        if self.__origin__ in (Generic, Protocol):
            raise TypeError("Cannot subscript already-subscripted %s" % (self,))
        if not isinstance(given, tuple):
            given = (given,)
        return self.copy_with(tuple(_substitute(self, given)))

    def copy_with(self, args):
        """The same origin with other arguments."""
        return type(self)(self.__origin__, args, name=self._name, inst=self._inst)

    def _head(self):
        if self._name:
            return 'typing.' + self._name
        if isinstance(self.__origin__, _Form):
            return repr(self.__origin__)
        return _repr(self.__origin__)

    def __repr__(self):
        inner = ', '.join([_repr(item) for item in self.__args__]) or '()'
        return '%s[%s]' % (self._head(), inner)

    def __reduce__(self):
        origin = globals()[self._name] if self._name else self.__origin__
        args = tuple(self.__args__)
        if len(args) == 1 and not isinstance(args[0], tuple):
            args, = args
        return operator.getitem, (origin, args)

    def __mro_entries__(self, bases):
        if isinstance(self.__origin__, _Form):
            raise TypeError("Cannot subclass %r" % (self,))
        if self._name:
            return super().__mro_entries__(bases)
        if self.__origin__ is Generic:
            if Protocol in bases:
                return ()
            at = bases.index(self)
            for later in bases[at + 1:]:
                if isinstance(later, _BaseAlias) and later is not self:
                    return ()
        return (self.__origin__,)

    def __iter__(self):
        yield Unpack[self]


class _UnionAlias(_Alias, _root=True):
    def copy_with(self, args):
        return Union[args]

    def __eq__(self, other):
        if not isinstance(other, (_UnionAlias, types.UnionType)):
            return NotImplemented
        return set(self.__args__) == set(other.__args__)

    def __hash__(self):
        return hash(frozenset(self.__args__))

    def __repr__(self):
        args = self.__args__
        if len(args) == 2 and type(None) in args:
            other = args[1] if args[0] is type(None) else args[0]
            return 'typing.Optional[%s]' % _repr(other)
        if self._name == 'Optional':
            return 'typing.Union[%s]' % ', '.join(_repr(item) for item in args)
        return super().__repr__()

    def __instancecheck__(self, obj):
        return self.__subclasscheck__(type(obj))

    def __subclasscheck__(self, cls):
        for member in self.__args__:
            if issubclass(cls, member):
                return True
        return False

    def __reduce__(self):
        return operator.getitem, (Union, self.__args__)


class _LiteralAlias(_Alias, _root=True):
    def __eq__(self, other):
        if not isinstance(other, _LiteralAlias):
            return NotImplemented
        return self._keys() == other._keys()

    def __hash__(self):
        return hash(frozenset(self._keys()))

    def _keys(self):
        return {(value, type(value)) for value in self.__args__}

    def __repr__(self):
        return 'typing.Literal[%s]' % ', '.join(repr(value) for value in self.__args__)


class _ConcatenateAlias(_Alias, _root=True):
    def copy_with(self, args):
        if isinstance(args[-1], (list, tuple)):
            return (*args[:-1], *args[-1])
        if isinstance(args[-1], _ConcatenateAlias):
            args = (*args[:-1], *args[-1].__args__)
        return super().copy_with(args)


class _UnpackAlias(_Alias, _root=True):
    def __repr__(self):
        return '*' + repr(self.__args__[0])

    def __getitem__(self, given):
        if self.__typing_is_unpacked_typevartuple__:
            return given if isinstance(given, tuple) else (given,)
        return super().__getitem__(given)

    @property
    def __typing_unpacked_tuple_args__(self):
        inner = self.__args__[0]
        if isinstance(inner, (_Alias, GenericAlias)):
            if inner.__origin__ is not tuple:
                raise TypeError("Unpack[...] must be used with a tuple type")
            return inner.__args__
        return None

    @property
    def __typing_is_unpacked_typevartuple__(self):
        return isinstance(self.__args__[0], TypeVarTuple)


class _AnnotatedAlias(_Alias, _root=True):
    def __init__(self, origin, metadata):
        if isinstance(origin, _AnnotatedAlias):
            metadata = origin.__metadata__ + metadata
            origin = origin.__origin__
        super().__init__(origin, (origin,))
        self.__metadata__ = metadata

    def copy_with(self, args):
        return _AnnotatedAlias(args[0], self.__metadata__)

    def __repr__(self):
        return 'typing.Annotated[%s, %s]' % (_repr(self.__origin__),
                                             ', '.join(repr(item) for item in self.__metadata__))

    def __reduce__(self):
        return operator.getitem, (Annotated, (self.__origin__,) + self.__metadata__)

    def __eq__(self, other):
        if not isinstance(other, _AnnotatedAlias):
            return NotImplemented
        return self.__origin__ == other.__origin__ and self.__metadata__ == other.__metadata__

    def __hash__(self):
        return hash((self.__origin__, self.__metadata__))

    def __getattr__(self, name):
        if name in ('__name__', '__qualname__'):
            return 'Annotated'
        return super().__getattr__(name)

    def __mro_entries__(self, bases):
        return (self.__origin__,)


class Annotated:
    """A hint with something said about it: Annotated[int, "metres"]."""

    __slots__ = ()

    def __new__(cls, *args, **keywords):
        raise TypeError("Type Annotated cannot be instantiated.")

    def __class_getitem__(cls, items):
        if not isinstance(items, tuple) or len(items) < 2:
            raise TypeError("Annotated[...] should be used with at least two arguments (a type "
                            "and an annotation).")
        if _is_unpacked(items[0]):
            raise TypeError("Annotated[...] should not be used with an unpacked TypeVarTuple")
        hint = items[0]
        if hint not in (ClassVar, Final):
            hint = _check(hint, "Annotated[t, ...]: t must be a type.", is_class=True)
        return _AnnotatedAlias(hint, tuple(items[1:]))

    def __init_subclass__(cls, *args, **keywords):
        raise TypeError("Cannot subclass %s.Annotated" % cls.__module__)


# ---- the containers by their names in typing

class _NamedAlias(_BaseAlias, _root=True):
    """typing.List and its like; `count` arguments when subscribed (-1: any number)."""

    def __init__(self, origin, count, *, inst=True, name=None):
        super().__init__(origin, inst=inst, name=name or origin.__name__)
        self._count = count
        self.__doc__ = 'A generic version of %s.%s.' % (origin.__module__, origin.__qualname__)

    def __getitem__(self, items):
        return self._subscribe(items)

    def _subscribe(self, items):
        if not isinstance(items, tuple):
            items = (items,)
        items = tuple(_check(item, "Parameters to generic types must be types.")
                      for item in items)
        if len(items) != self._count:
            if not self._count:
                raise TypeError("%s is not a generic class" % (self,))
            raise TypeError("Too %s arguments for %s; actual %s, expected %s"
                            % ('many' if len(items) > self._count else 'few', self, len(items),
                               self._count))
        return self.copy_with(items)

    def copy_with(self, args):
        return _Alias(self.__origin__, args, name=self._name, inst=self._inst)

    def __repr__(self):
        return 'typing.' + self._name

    def __subclasscheck__(self, cls):
        if isinstance(cls, (_NamedAlias)):
            return issubclass(cls.__origin__, self.__origin__)
        if isinstance(cls, _Alias):
            return super().__subclasscheck__(cls)
        return issubclass(cls, self.__origin__)

    def __instancecheck__(self, obj):
        return isinstance(obj, self.__origin__)

    def __reduce__(self):
        return self._name

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]


class _TupleAlias(_NamedAlias, _root=True):
    def _subscribe(self, items):
        if not isinstance(items, tuple):
            items = (items,)
        if len(items) >= 2 and items[-1] is ...:
            message = "Tuple[t, ...]: t must be a type."
            return self.copy_with((*(_check(item, message) for item in items[:-1]), ...))
        message = "Tuple[t0, t1, ...]: each t must be a type."
        return self.copy_with(tuple(_check(item, message) for item in items))


class _CallableHint(_Alias, _root=True):
    """Callable[[arguments], result]; __args__ is flat."""

    def __repr__(self):
        args = self.__args__
        if len(args) == 2 and _could_be_parameters(args[0]):
            return super().__repr__()
        return 'typing.Callable[[%s], %s]' % (', '.join(_repr(item) for item in args[:-1]),
                                              _repr(args[-1]))

    def __reduce__(self):
        args = self.__args__
        if not (len(args) == 2 and _could_be_parameters(args[0])):
            args = list(args[:-1]), args[-1]
        return operator.getitem, (Callable, args)

    def copy_with(self, args):
        flat = []
        for item in args[:-1]:
            flat.extend(item if isinstance(item, tuple) else (item,))
        return _CallableHint(self.__origin__, (*flat, args[-1]), name=self._name,
                             inst=self._inst)


class _CallableAlias(_NamedAlias, _root=True):
    def copy_with(self, args):
        return _CallableHint(self.__origin__, args, name=self._name, inst=self._inst)

    def _subscribe(self, items):
        if not isinstance(items, tuple) or len(items) != 2:
            raise TypeError("Callable must be used as Callable[[arg, ...], result].")
        args, result = items
        result = _check(result, "Callable[args, result]: result must be a type.")
        if isinstance(args, list):
            args = tuple(args)
        if not isinstance(args, tuple):
            if not _could_be_parameters(args):
                raise TypeError("Callable[args, result]: args must be a list. Got %s" % (args,))
            return self.copy_with((args, result))
        message = "Callable[[arg, ...], result]: each arg must be a type."
        return self.copy_with((*(_check(item, message) for item in args), result))


_abc = collections.abc
Hashable = _NamedAlias(_abc.Hashable, 0)
Awaitable = _NamedAlias(_abc.Awaitable, 1)
Coroutine = _NamedAlias(_abc.Coroutine, 3)
AsyncIterable = _NamedAlias(_abc.AsyncIterable, 1)
AsyncIterator = _NamedAlias(_abc.AsyncIterator, 1)
Iterable = _NamedAlias(_abc.Iterable, 1)
Iterator = _NamedAlias(_abc.Iterator, 1)
Reversible = _NamedAlias(_abc.Reversible, 1)
Sized = _NamedAlias(_abc.Sized, 0)
Container = _NamedAlias(_abc.Container, 1)
Collection = _NamedAlias(_abc.Collection, 1)
Callable = _CallableAlias(_abc.Callable, 2)
AbstractSet = _NamedAlias(_abc.Set, 1, name='AbstractSet')
MutableSet = _NamedAlias(_abc.MutableSet, 1)
Mapping = _NamedAlias(_abc.Mapping, 2)
MutableMapping = _NamedAlias(_abc.MutableMapping, 2)
Sequence = _NamedAlias(_abc.Sequence, 1)
MutableSequence = _NamedAlias(_abc.MutableSequence, 1)
ByteString = _NamedAlias(_abc.ByteString, 0)
Tuple = _TupleAlias(tuple, -1, inst=False, name='Tuple')
List = _NamedAlias(list, 1, inst=False, name='List')
Deque = _NamedAlias(collections.deque, 1, name='Deque')
Set = _NamedAlias(set, 1, inst=False, name='Set')
FrozenSet = _NamedAlias(frozenset, 1, inst=False, name='FrozenSet')
MappingView = _NamedAlias(_abc.MappingView, 1)
KeysView = _NamedAlias(_abc.KeysView, 1)
ItemsView = _NamedAlias(_abc.ItemsView, 2)
ValuesView = _NamedAlias(_abc.ValuesView, 1)
ContextManager = _NamedAlias(contextlib.AbstractContextManager, 1, name='ContextManager')
AsyncContextManager = _NamedAlias(contextlib.AbstractAsyncContextManager, 1,
                                  name='AsyncContextManager')
Dict = _NamedAlias(dict, 2, inst=False, name='Dict')
DefaultDict = _NamedAlias(collections.defaultdict, 2, name='DefaultDict')
OrderedDict = _NamedAlias(collections.OrderedDict, 2)
Counter = _NamedAlias(collections.Counter, 1)
ChainMap = _NamedAlias(collections.ChainMap, 2)
Generator = _NamedAlias(_abc.Generator, 3)
AsyncGenerator = _NamedAlias(_abc.AsyncGenerator, 2)
Type = _NamedAlias(type, 1, inst=False, name='Type')
Text = str


def __getattr__(name):
    """Pattern and Match, for which re must be there: few programs need them."""
    if name not in ('Pattern', 'Match'):
        raise AttributeError("module %r has no attribute %r" % (__name__, name))
    import re
    made = globals()[name] = _NamedAlias(getattr(re, name), 1)
    return made


# ---- generic classes and protocols

class Generic:
    """Base of classes with parameters: class Box(Generic[T])."""

    __slots__ = ()
    _is_protocol = False

    def __class_getitem__(cls, items):
        if not isinstance(items, tuple):
            items = (items,)
        items = tuple(_convert(item) for item in items)
        if cls in (Generic, Protocol):
            if not items:
                raise TypeError("Parameter list to %s[...] cannot be empty" % cls.__qualname__)
            if not all(_is_parameter(item) or _is_unpacked(item) for item in items):
                raise TypeError("Parameters to %s[...] must all be type variables or parameter "
                                "specification variables." % cls.__name__)
            if len(set(items)) != len(items):
                raise TypeError("Parameters to %s[...] must all be unique" % cls.__name__)
            return _Alias(cls, items)
        items = tuple(_unpacked(items))
        parameters = cls.__parameters__
        for parameter in parameters:
            prepare = getattr(parameter, '__typing_prepare_subst__', None)
            if prepare is not None:
                items = prepare(cls, items)
        if not parameters:
            raise TypeError("%s is not a generic class" % (cls,))
        if len(items) != len(parameters):
            raise TypeError("Too %s arguments for %s; actual %d, expected %d"
                            % ('many' if len(items) > len(parameters) else 'few', cls,
                               len(items), len(parameters)))
        flat = []
        for parameter, item in zip(parameters, items):
            if isinstance(parameter, TypeVarTuple):
                flat.extend(item)
            elif isinstance(item, tuple):
                flat.append(item)
            else:
                flat.append(parameter.__typing_subst__(item))
        return _Alias(cls, tuple(flat))

    def __init_subclass__(cls, *args, **keywords):
        super().__init_subclass__(*args, **keywords)
        declared = []
        if '__orig_bases__' in cls.__dict__:
            error = Generic in cls.__orig_bases__
        else:
            error = Generic in cls.__bases__ and cls.__name__ != 'Protocol'
        if error:
            raise TypeError("Cannot inherit from plain Generic")
        if '__orig_bases__' in cls.__dict__:
            declared = _free_parameters(cls.__orig_bases__)
            explicit = None
            for base in cls.__orig_bases__:
                if isinstance(base, _Alias) and base.__origin__ is Generic:
                    if explicit is not None:
                        raise TypeError("Cannot inherit from Generic[...] multiple types.")
                    explicit = base.__parameters__
            if explicit is not None:
                missing = [one for one in declared if one not in explicit]
                if missing:
                    raise TypeError("Some type variables (%s) are not listed in Generic[%s]"
                                    % (', '.join(str(one) for one in missing),
                                       ', '.join(str(one) for one in explicit)))
                declared = explicit
        cls.__parameters__ = tuple(declared)


_PROTOCOL_OWN = frozenset({
    '__parameters__', '__orig_bases__', '__orig_class__', '_is_protocol', '_is_runtime_protocol',
    '__protocol_attrs__', '__abstractmethods__', '__annotations__', '__dict__', '__doc__',
    '__init__', '__module__', '__new__', '__slots__', '__subclasshook__', '__weakref__',
    '__class_getitem__', '_abc_impl', '__match_args__', '__static_attributes__',
    '__firstlineno__', '__qualname__', '_MutableMapping__marker'})


def _protocol_members(cls):
    found = set()
    for base in cls.__mro__[:-1]:
        if base.__name__ in ('Protocol', 'Generic'):
            continue
        for name in (*base.__dict__, *base.__dict__.get('__annotations__', {})):
            if not name.startswith('_abc_') and name not in _PROTOCOL_OWN:
                found.add(name)
    return found


def _only_methods(cls):
    return all(callable(getattr(cls, name, None)) for name in _protocol_members(cls))


def _called_by_abc(depth=2):
    """isinstance and issubclass of the machinery itself are let through."""
    return _caller(depth) in ('abc', 'functools', None)


import abc as _abc_module


class _ProtocolMeta(_abc_module.ABCMeta):
    def __instancecheck__(cls, instance):
        if getattr(cls, '_is_protocol', False):
            if not getattr(cls, '_is_runtime_protocol', False) and not _called_by_abc():
                raise TypeError("Instance and class checks can only be used with "
                                "@runtime_checkable protocols")
            if _only_methods(cls) and issubclass(type(instance), cls):
                return True
            for name in _protocol_members(cls):
                if not hasattr(instance, name):
                    break
                if getattr(instance, name) is None and callable(getattr(cls, name, None)):
                    break
            else:
                return True
        return super().__instancecheck__(instance)


def _protocol_hook(cls, other):
    """__subclasshook__ of protocols."""
    if not cls.__dict__.get('_is_protocol', False):
        return NotImplemented
    if not getattr(cls, '_is_runtime_protocol', False):
        if _called_by_abc():
            return NotImplemented
        raise TypeError("Instance and class checks can only be used with @runtime_checkable "
                        "protocols")
    if not _only_methods(cls):
        if _called_by_abc():
            return NotImplemented
        raise TypeError("Protocols with non-method members don't support issubclass()")
    if not isinstance(other, type):
        raise TypeError("issubclass() arg 1 must be a class")
    for name in _protocol_members(cls):
        for base in other.__mro__:
            if name in base.__dict__:
                if base.__dict__[name] is None:
                    return NotImplemented
                break
            hints = getattr(base, '__annotations__', {})
            if (isinstance(hints, _abc.Mapping) and name in hints and issubclass(other, Generic)
                    and getattr(other, '_is_protocol', False)):
                break
        else:
            return NotImplemented
    return True


def _no_init(self, *args, **keywords):
    cls = type(self)
    if cls._is_protocol:
        raise TypeError("Protocols cannot be instantiated")
    # A class that only inherited this function: go on with the next __init__ there is.
    if cls.__init__ is not _no_init:
        return
    for base in cls.__mro__:
        init = base.__dict__.get('__init__', _no_init)
        if init is not _no_init:
            cls.__init__ = init
            break
    else:
        cls.__init__ = object.__init__
    cls.__init__(self, *args, **keywords)


_PROTOCOL_BASES = {
    'collections.abc': ('Callable', 'Awaitable', 'Iterable', 'Iterator', 'AsyncIterable',
                        'Hashable', 'Sized', 'Container', 'Collection', 'Reversible'),
    'contextlib': ('AbstractContextManager', 'AbstractAsyncContextManager'),
}


class Protocol(Generic, metaclass=_ProtocolMeta):
    """Base of classes that describe what others must have."""

    __slots__ = ()
    _is_protocol = True
    _is_runtime_protocol = False

    def __init_subclass__(cls, *args, **keywords):
        super().__init_subclass__(*args, **keywords)
        if not cls.__dict__.get('_is_protocol', False):
            cls._is_protocol = any(base is Protocol for base in cls.__bases__)
        if '__subclasshook__' not in cls.__dict__:
            cls.__subclasshook__ = classmethod(_protocol_hook)
        if not cls._is_protocol:
            return
        for base in cls.__bases__:
            if not (base in (object, Generic)
                    or base.__name__ in _PROTOCOL_BASES.get(base.__module__, ())
                    or (issubclass(base, Generic) and getattr(base, '_is_protocol', False))):
                raise TypeError("Protocols can only inherit from other protocols, got %r"
                                % (base,))
        if cls.__init__ is Protocol.__init__:
            cls.__init__ = _no_init


def runtime_checkable(cls):
    """Lets isinstance and issubclass be used with a protocol."""
    if not (isinstance(cls, type) and issubclass(cls, Generic) and cls._is_protocol):
        raise TypeError("@runtime_checkable can be only applied to protocol classes, got %r"
                        % (cls,))
    cls._is_runtime_protocol = True
    return cls


T = TypeVar('T')
KT = TypeVar('KT')
VT = TypeVar('VT')
T_co = TypeVar('T_co', covariant=True)
V_co = TypeVar('V_co', covariant=True)
VT_co = TypeVar('VT_co', covariant=True)
T_contra = TypeVar('T_contra', contravariant=True)
CT_co = TypeVar('CT_co', covariant=True, bound=type)
AnyStr = TypeVar('AnyStr', bytes, str)


@runtime_checkable
class SupportsInt(Protocol):
    """Has __int__."""
    __slots__ = ()

    @_abc_module.abstractmethod
    def __int__(self) -> int:
        pass


@runtime_checkable
class SupportsFloat(Protocol):
    """Has __float__."""
    __slots__ = ()

    @_abc_module.abstractmethod
    def __float__(self) -> float:
        pass


@runtime_checkable
class SupportsComplex(Protocol):
    """Has __complex__."""
    __slots__ = ()

    @_abc_module.abstractmethod
    def __complex__(self) -> complex:
        pass


@runtime_checkable
class SupportsBytes(Protocol):
    """Has __bytes__."""
    __slots__ = ()

    @_abc_module.abstractmethod
    def __bytes__(self) -> bytes:
        pass


@runtime_checkable
class SupportsIndex(Protocol):
    """Has __index__."""
    __slots__ = ()

    @_abc_module.abstractmethod
    def __index__(self) -> int:
        pass


@runtime_checkable
class SupportsAbs(Protocol[T_co]):
    """Has __abs__."""
    __slots__ = ()

    @_abc_module.abstractmethod
    def __abs__(self) -> T_co:
        pass


@runtime_checkable
class SupportsRound(Protocol[T_co]):
    """Has __round__."""
    __slots__ = ()

    @_abc_module.abstractmethod
    def __round__(self, ndigits: int = 0) -> T_co:
        pass


# ---- classes made from annotations

def _make_named_tuple(name, fields, module, defaults=()):
    hints = {key: _check(hint, "field %s annotation must be a type" % key)
             for key, hint in fields}
    made = collections.namedtuple(name, [key for key, _ in fields], defaults=defaults,
                                  module=module)
    made.__annotations__ = made.__new__.__annotations__ = hints
    return made


_NAMED_TUPLE_FIXED = frozenset({'__new__', '__init__', '__slots__', '__getnewargs__', '_fields',
                                '_field_defaults', '_field_types', '_make', '_replace',
                                '_asdict', '_source'})


class _NamedTupleMeta(type):
    def __new__(mcs, name, bases, namespace):
        for base in bases:
            if base is not _NamedTuple and base is not Generic:
                raise TypeError("can only inherit from a NamedTuple type and Generic")
        bases = tuple(tuple if base is _NamedTuple else base for base in bases)
        hints = namespace.get('__annotations__', {})
        with_default = []
        for key in hints:
            if key in namespace:
                with_default.append(key)
            elif with_default:
                raise TypeError("Non-default namedtuple field %s cannot follow default field%s %s"
                                % (key, 's' if len(with_default) > 1 else '',
                                   ', '.join(with_default)))
        made = _make_named_tuple(name, hints.items(), namespace['__module__'],
                                 [namespace[key] for key in with_default])
        made.__bases__ = bases
        if Generic in bases:
            made.__class_getitem__ = classmethod(Generic.__class_getitem__.__func__)
        for key, value in namespace.items():
            if key in _NAMED_TUPLE_FIXED:
                raise AttributeError("Cannot overwrite NamedTuple attribute " + key)
            if key not in ('__annotations__', '__module__') and key not in made._fields:
                setattr(made, key, value)
        if Generic in bases:
            made.__init_subclass__()
        return made


def NamedTuple(typename, fields=None, /, **keywords):
    """namedtuple with types: class Point(NamedTuple): x: int; y: int = 0."""
    if fields is None:
        fields = keywords.items()
    elif keywords:
        raise TypeError("Either list of fields or keywords can be provided to NamedTuple, not "
                        "both")
    return _make_named_tuple(typename, list(fields), _caller())


_NamedTuple = type.__new__(_NamedTupleMeta, 'NamedTuple', (), {})
NamedTuple.__mro_entries__ = lambda bases: (_NamedTuple,)


class _TypedDictMeta(type):
    def __new__(mcs, name, bases, namespace, total=True):
        for base in bases:
            if type(base) is not _TypedDictMeta and base is not Generic:
                raise TypeError("cannot inherit from both a TypedDict type and a non-TypedDict "
                                "base class")
        extra = (Generic,) if Generic in bases or any(
            issubclass(base, Generic) for base in bases) else ()
        made = type.__new__(_TypedDictMeta, name, (*extra, dict), namespace)
        message = "TypedDict('Name', {f0: t0, f1: t1, ...}); each t must be a type"
        own = {key: _check(hint, message, module=made.__module__)
               for key, hint in namespace.get('__annotations__', {}).items()}
        hints, required, optional = {}, set(), set()
        for base in bases:
            hints.update(base.__dict__.get('__annotations__', {}))
            required.update(base.__dict__.get('__required_keys__', ()))
            optional.update(base.__dict__.get('__optional_keys__', ()))
        hints.update(own)
        for key, hint in own.items():
            origin = get_origin(hint)
            if origin is Annotated:
                hint = hint.__origin__
                origin = get_origin(hint)
            needed = origin is Required or (total and origin is not NotRequired)
            (required if needed else optional).add(key)
        made.__annotations__ = hints
        made.__required_keys__ = frozenset(required)
        made.__optional_keys__ = frozenset(optional)
        if not hasattr(made, '__total__'):
            made.__total__ = total
        return made

    __call__ = dict

    def __subclasscheck__(cls, other):
        raise TypeError("TypedDict does not support instance and class checks")

    __instancecheck__ = __subclasscheck__


def TypedDict(typename, fields=None, /, *, total=True, **keywords):
    """A dict with known keys: class Movie(TypedDict): name: str."""
    if fields is None:
        fields = keywords
    elif keywords:
        raise TypeError("TypedDict takes either a dict or keyword arguments, but not both")
    namespace = {'__annotations__': dict(fields)}
    module = _caller()
    if module is not None:
        namespace['__module__'] = module
    return _TypedDictMeta(typename, (), namespace, total=total)


_TypedDict = type.__new__(_TypedDictMeta, 'TypedDict', (), {})
TypedDict.__mro_entries__ = lambda bases: (_TypedDict,)


def is_typeddict(hint):
    """Whether a hint is a class made with TypedDict."""
    return isinstance(hint, _TypedDictMeta)


class NewType:
    """A name for a type that checkers hold apart from it: UserId = NewType('UserId', int)."""

    def __init__(self, name, tp):
        self.__qualname__ = name
        self.__name__ = name.rpartition('.')[2]
        self.__supertype__ = tp
        module = _caller()
        if module != 'typing':
            self.__module__ = module

    def __call__(self, value):
        return value

    def __mro_entries__(self, bases):
        name = self.__name__

        class Refused:
            def __init_subclass__(cls):
                raise TypeError("Cannot subclass an instance of NewType. Perhaps you were looking "
                                "for: `%s = NewType(%r, %s)`"
                                % (cls.__name__, cls.__name__, name))
        return (Refused,)

    def __repr__(self):
        return '%s.%s' % (self.__module__, self.__qualname__)

    def __reduce__(self):
        return self.__qualname__

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]


# ---- looking at hints

_HINTED_CALLABLES = (types.FunctionType, types.BuiltinFunctionType, MethodType,
                     types.ModuleType, WrapperDescriptorType, type([].append.__call__),
                     MethodDescriptorType)


def _strip(hint):
    """The hint without Annotated, Required and NotRequired anywhere in it."""
    if isinstance(hint, _AnnotatedAlias):
        return _strip(hint.__origin__)
    if hasattr(hint, '__origin__') and hint.__origin__ in (Required, NotRequired):
        return _strip(hint.__args__[0])
    if isinstance(hint, (_Alias, GenericAlias, types.UnionType)):
        args = tuple(_strip(item) for item in hint.__args__)
        if args == hint.__args__:
            return hint
        if isinstance(hint, GenericAlias):
            return GenericAlias(hint.__origin__, args)
        if isinstance(hint, types.UnionType):
            return functools.reduce(operator.or_, args)
        return hint.copy_with(args)
    return hint


def get_type_hints(obj, globalns=None, localns=None, include_extras=False):
    """The hints of a class, module or function, with those given as text evaluated."""
    if getattr(obj, '__no_type_check__', None):
        return {}
    hints = {}
    if isinstance(obj, type):
        for base in reversed(obj.__mro__):
            base_globals = globalns
            if base_globals is None:
                base_globals = getattr(sys.modules.get(base.__module__), '__dict__', {})
            own = base.__dict__.get('__annotations__', {})
            if isinstance(own, types.GetSetDescriptorType):
                own = {}
            base_locals = dict(vars(base)) if localns is None else localns
            if localns is None and globalns is None:
                # Names of the module win over those of the class, except where it lacks them.
                base_globals, base_locals = base_locals, base_globals
            for name, value in own.items():
                if isinstance(value, str) or value is None:
                    value = _convert(value, is_class=True)
                if isinstance(value, ForwardRef):
                    value.__forward_is_argument__ = False
                hints[name] = _evaluate(value, base_globals, base_locals)
        return hints if include_extras else {key: _strip(hint) for key, hint in hints.items()}
    if globalns is None:
        if isinstance(obj, types.ModuleType):
            globalns = obj.__dict__
        else:
            inner = obj
            while hasattr(inner, '__wrapped__'):
                inner = inner.__wrapped__
            globalns = getattr(inner, '__globals__', {})
        if localns is None:
            localns = globalns
    elif localns is None:
        localns = globalns
    own = getattr(obj, '__annotations__', None)
    if own is None:
        if isinstance(obj, _HINTED_CALLABLES):
            return {}
        raise TypeError("%r is not a module, class, method, or function." % (obj,))
    for name, value in dict(own).items():
        if value is None:
            value = type(None)
        if isinstance(value, str):
            value = ForwardRef(value, is_argument=not isinstance(obj, types.ModuleType))
        hints[name] = _evaluate(value, globalns, localns)
    return hints if include_extras else {key: _strip(hint) for key, hint in hints.items()}


def get_origin(hint):
    """What a hint was made of by subscription, or None."""
    if isinstance(hint, _AnnotatedAlias):
        return Annotated
    if isinstance(hint, (_BaseAlias, GenericAlias, ParamSpecArgs, ParamSpecKwargs)):
        return hint.__origin__
    if hint is Generic:
        return Generic
    if isinstance(hint, types.UnionType):
        return types.UnionType
    return None


def get_args(hint):
    """With what a hint was subscribed, as a tuple."""
    if isinstance(hint, _AnnotatedAlias):
        return (hint.__origin__,) + hint.__metadata__
    if isinstance(hint, (_Alias, GenericAlias)):
        args = hint.__args__
        if hint.__origin__ is _abc.Callable and not (len(args) == 2
                                                     and _could_be_parameters(args[0])):
            args = (list(args[:-1]), args[-1])
        return args
    if isinstance(hint, types.UnionType):
        return hint.__args__
    return ()


# ---- functions that do little when a program runs

def cast(typ, val):
    """val."""
    return val


def assert_type(val, typ, /):
    """val."""
    return val


def assert_never(arg, /):
    """Fails: the place was thought out of reach."""
    value = repr(arg)
    if len(value) > 100:
        value = value[:100] + '...'
    raise AssertionError("Expected code to be unreachable, but got: " + value)


def reveal_type(obj, /):
    """Prints the type of obj on stderr; obj."""
    print("Runtime type is %r" % type(obj).__name__, file=sys.stderr)
    return obj


def final(f):
    """Marks a class or method that is not to be overridden."""
    try:
        f.__final__ = True
    except (AttributeError, TypeError):
        pass
    return f


def no_type_check(arg):
    """Marks annotations as no type hints."""
    if isinstance(arg, type):
        for name in dir(arg):
            value = getattr(arg, name)
            if (getattr(value, '__module__', None) != arg.__module__
                    or getattr(value, '__qualname__', None)
                    != '%s.%s' % (arg.__qualname__, getattr(value, '__name__', None))):
                continue
            if isinstance(value, types.FunctionType):
                value.__no_type_check__ = True
            elif isinstance(value, MethodType):
                value.__func__.__no_type_check__ = True
            elif isinstance(value, type):
                no_type_check(value)
    try:
        arg.__no_type_check__ = True
    except TypeError:
        pass
    return arg


def no_type_check_decorator(decorator):
    """Gives a decorator the effect of no_type_check."""
    @functools.wraps(decorator)
    def wrapped(*args, **keywords):
        return no_type_check(decorator(*args, **keywords))
    return wrapped


def dataclass_transform(*, eq_default=True, order_default=False, kw_only_default=False,
                        field_specifiers=(), **kwargs):
    """Marks what makes classes like dataclasses."""
    def decorate(target):
        target.__dataclass_transform__ = {
            'eq_default': eq_default, 'order_default': order_default,
            'kw_only_default': kw_only_default, 'field_specifiers': field_specifiers,
            'kwargs': kwargs}
        return target
    return decorate


_overloads = {}  # module: {qualified name: {line: function}}


def _overload_refused(*args, **keywords):
    raise NotImplementedError("You should not call an overloaded function. A series of "
                              "@overload-decorated functions outside a stub module should always "
                              "be followed by an implementation that is not @overload-ed.")


def overload(func):
    """Marks one of several signatures of a function."""
    inner = getattr(func, '__func__', func)
    try:
        names = _overloads.setdefault(inner.__module__, {})
        names.setdefault(inner.__qualname__, {})[inner.__code__.co_firstlineno] = func
    except AttributeError:
        pass
    return _overload_refused


def get_overloads(func):
    """The signatures given with @overload for a function."""
    inner = getattr(func, '__func__', func)
    names = _overloads.get(inner.__module__, {})
    return list(names.get(inner.__qualname__, {}).values())


def clear_overloads():
    """Forgets all signatures given with @overload."""
    _overloads.clear()


# ---- files

class IO(Generic[AnyStr]):
    """A file, of text or octets."""
    __slots__ = ()


class BinaryIO(IO[bytes]):
    """A file of octets."""
    __slots__ = ()


class TextIO(IO[str]):
    """A file of text."""
    __slots__ = ()


def _add_file_methods():
    def method(name):
        def refused(self, *args, **keywords):
            pass
        refused.__name__ = name
        refused.__qualname__ = 'IO.' + name
        return _abc_module.abstractmethod(refused)
    for name in ('close', 'fileno', 'flush', 'isatty', 'read', 'readable', 'readline',
                 'readlines', 'seek', 'seekable', 'tell', 'truncate', 'writable', 'write',
                 'writelines', '__enter__', '__exit__'):
        setattr(IO, name, method(name))


_add_file_methods()
