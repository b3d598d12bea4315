"""Looking at live objects: kinds, signatures, source lines and frames."""

import collections.abc
import enum
import functools
import itertools
import linecache
import os
import sys
import types

# ---------------------------------------------------------------- kinds

CO_OPTIMIZED, CO_NEWLOCALS, CO_VARARGS, CO_VARKEYWORDS = 1, 2, 4, 8
CO_NESTED, CO_GENERATOR, CO_NOFREE = 16, 32, 64
CO_COROUTINE, CO_ITERABLE_COROUTINE, CO_ASYNC_GENERATOR = 128, 256, 512
TPFLAGS_IS_ABSTRACT = 1 << 20


def ismodule(object):
    return isinstance(object, types.ModuleType)


def isclass(object):
    return isinstance(object, type)


def ismethod(object):
    """True for a bound method of a Python function."""
    return isinstance(object, types.MethodType)


def ismethoddescriptor(object):
    if isclass(object) or ismethod(object) or isfunction(object):
        return False
    cls = type(object)
    return hasattr(cls, "__get__") and not hasattr(cls, "__set__")


def isdatadescriptor(object):
    if isclass(object) or ismethod(object) or isfunction(object):
        return False
    cls = type(object)
    return hasattr(cls, "__set__") or hasattr(cls, "__delete__")


def ismemberdescriptor(object):
    return isinstance(object, types.MemberDescriptorType)


def isgetsetdescriptor(object):
    return isinstance(object, types.GetSetDescriptorType)


def isfunction(object):
    """True for a function made by def or lambda."""
    return isinstance(object, types.FunctionType)


def _has_code_flag(f, flag):
    while ismethod(f):
        f = f.__func__
    while isinstance(f, functools.partial):
        f = f.func
    return isfunction(f) and bool(f.__code__.co_flags & flag)


def isgeneratorfunction(obj):
    return _has_code_flag(obj, CO_GENERATOR)


def iscoroutinefunction(obj):
    return _has_code_flag(obj, CO_COROUTINE)


def isasyncgenfunction(obj):
    return _has_code_flag(obj, CO_ASYNC_GENERATOR)


def isasyncgen(object):
    return isinstance(object, types.AsyncGeneratorType)


def isgenerator(object):
    return isinstance(object, types.GeneratorType)


def iscoroutine(object):
    return isinstance(object, types.CoroutineType)


def isawaitable(object):
    return (isinstance(object, types.CoroutineType)
            or isinstance(object, types.GeneratorType)
            and bool(object.gi_code.co_flags & CO_ITERABLE_COROUTINE)
            or isinstance(object, collections.abc.Awaitable))


def istraceback(object):
    return isinstance(object, types.TracebackType)


def isframe(object):
    return isinstance(object, types.FrameType)


def iscode(object):
    return isinstance(object, types.CodeType)


def isbuiltin(object):
    return isinstance(object, types.BuiltinFunctionType)


def ismethodwrapper(object):
    return isinstance(object, types.MethodWrapperType)


def isroutine(object):
    return (isbuiltin(object) or isfunction(object) or ismethod(object)
            or ismethoddescriptor(object) or ismethodwrapper(object))


def isabstract(object):
    """True for a class that has abstract methods left."""
    if not isinstance(object, type):
        return False
    return bool(object.__dict__.get('__abstractmethods__')) and type(object) is not type


def getmembers(object, predicate=None):
    """Names and values of the attributes, sorted by name."""
    result = []
    names = dir(object)
    if isclass(object):
        mro = (object,) + getmro(object)
        for base in object.__bases__:
            for name, value in base.__dict__.items():
                if isinstance(value, types.DynamicClassAttribute):
                    names.append(name)
    else:
        mro = ()
    done = set()
    for name in names:
        try:
            value = getattr(object, name)
            if name in done:
                raise AttributeError
        except AttributeError:
            for base in mro:
                if name in base.__dict__:
                    value = base.__dict__[name]
                    break
            else:
                continue
        if predicate is None or predicate(value):
            result.append((name, value))
        done.add(name)
    result.sort(key=lambda pair: pair[0])
    return result


def getmro(cls):
    return cls.__mro__


def unwrap(func, *, stop=None):
    """Follows __wrapped__ to the innermost function."""
    first = func
    seen = {id(func): func}
    limit = sys.getrecursionlimit()
    while not isinstance(func, type) and hasattr(func, '__wrapped__'):
        if stop is not None and stop(func):
            break
        func = func.__wrapped__
        if id(func) in seen or len(seen) >= limit:
            raise ValueError(f'wrapper loop when unwrapping {first!r}')
        seen[id(func)] = func
    return func


# ---------------------------------------------------------------- documentation and source

def cleandoc(doc):
    """A docstring without the indentation of its source."""
    try:
        lines = doc.expandtabs().split('\n')
    except UnicodeError:
        return None
    margins = [len(line) - len(line.lstrip()) for line in lines[1:] if line.lstrip()]
    margin = min(margins, default=0)
    lines[0] = lines[0].lstrip()
    lines[1:] = [line[margin:] for line in lines[1:]]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    return '\n'.join(lines)


def _inherited_doc(obj):
    name = getattr(obj, '__name__', None)
    owner = None
    if isclass(obj):
        for base in obj.__mro__:
            if base is not object and base.__doc__ is not None:
                return base.__doc__
        return None
    if ismethod(obj):
        owner = obj.__self__ if isclass(obj.__self__) else type(obj.__self__)
    elif isfunction(obj):
        parts = obj.__qualname__.split('.')[:-1]
        owner = sys.modules.get(obj.__module__)
        for part in parts:
            owner = getattr(owner, part, None)
        if not isclass(owner):
            return None
    if owner is None or name is None:
        return None
    for base in owner.__mro__:
        doc = getattr(base.__dict__.get(name), '__doc__', None)
        if doc is not None:
            return doc
    return None


def getdoc(object):
    """The cleaned docstring, inherited if the object has none."""
    try:
        doc = object.__doc__
    except AttributeError:
        return None
    if doc is None:
        try:
            doc = _inherited_doc(object)
        except (AttributeError, TypeError):
            return None
    return cleandoc(doc) if isinstance(doc, str) else None


def getfile(object):
    """The file in which an object was defined."""
    if ismodule(object):
        if getattr(object, '__file__', None):
            return object.__file__
        raise TypeError(f'{object!r} is a built-in module')
    if isclass(object):
        module = sys.modules.get(getattr(object, '__module__', None))
        if getattr(module, '__file__', None):
            return module.__file__
        if object.__module__ == '__main__':
            raise OSError('source code not available')
        raise TypeError(f'{object!r} is a built-in class')
    if ismethod(object):
        object = object.__func__
    if isfunction(object):
        object = object.__code__
    if istraceback(object):
        object = object.tb_frame
    if isframe(object):
        object = object.f_code
    if iscode(object):
        return object.co_filename
    raise TypeError('module, class, method, function, traceback, frame, or code object was '
                    f'expected, got {type(object).__name__}')


def getsourcefile(object):
    filename = getfile(object)
    if os.path.exists(filename) or linecache.getlines(filename):
        return filename
    return None


def getmodulename(path):
    name = os.path.basename(path)
    return name[:-3] if name.endswith('.py') else None


def getmodule(object, _filename=None):
    """The module in which an object was defined, or None."""
    if ismodule(object):
        return object
    if hasattr(object, '__module__'):
        return sys.modules.get(object.__module__)
    try:
        filename = getfile(object)
    except (TypeError, OSError):
        return None
    for module in list(sys.modules.values()):
        if getattr(module, '__file__', None) == filename:
            return module
    return None


class ClassFoundException(Exception):
    """Kept for programs that catch it."""


def _find_class_line(lines, qualname):
    """Index of the class statement with that qualified name."""
    stack = []
    wanted = qualname.split('.')
    found = None
    for number, line in enumerate(lines):
        text = line.strip()
        indent = len(line) - len(line.lstrip())
        if not text or text.startswith('#'):
            continue
        while stack and stack[-1][0] >= indent:
            stack.pop()
        for word in ('class ', 'def ', 'async def '):
            if text.startswith(word):
                rest = text[len(word):]
                name = ''.join(itertools.takewhile(lambda c: c.isalnum() or c == '_', rest))
                stack.append((indent, name if word == 'class ' else f'{name}.<locals>'))
                path = '.'.join(part for _, part in stack)
                if word == 'class ' and path == '.'.join(wanted):
                    found = number
                break
    return found


def findsource(object):
    """All lines of the file and the index at which the object begins."""
    filename = getsourcefile(object)
    if not filename:
        raise OSError('source code not available')
    lines = linecache.getlines(filename)
    if not lines:
        raise OSError('could not get source code')
    if ismodule(object):
        return lines, 0
    if isclass(object):
        line = _find_class_line(lines, object.__qualname__)
        if line is None:
            raise OSError('could not find class definition')
        return lines, line
    if ismethod(object):
        object = object.__func__
    if isfunction(object):
        object = object.__code__
    if istraceback(object):
        object = object.tb_frame
    if isframe(object):
        object = object.f_code
    if iscode(object):
        line = object.co_firstlineno - 1
        if line >= len(lines):
            raise OSError('lineno is out of bounds')
        return lines, line
    raise OSError('could not find code object')


class EndOfBlock(Exception):
    """Kept for programs that catch it."""


def getblock(lines):
    """The lines of the block at the beginning of lines."""
    first = next((i for i, line in enumerate(lines) if line.strip()), 0)
    indent = len(lines[first]) - len(lines[first].lstrip())
    depth = 0
    started = False
    last = first
    for i in range(first, len(lines)):
        text = lines[i].strip()
        if not text or text.startswith('#') and depth == 0:
            continue
        here = len(lines[i]) - len(lines[i].lstrip())
        if started and depth == 0 and here <= indent:
            break
        code = text.partition('#')[0]
        depth += sum(code.count(c) for c in '([{') - sum(code.count(c) for c in ')]}')
        depth = max(depth, 0)
        if not started and depth == 0 and not text.startswith('@'):
            started = True
            if not code.rstrip().endswith(':'):
                last = i
                if not any(text.startswith(w) for w in ('def ', 'class ', 'async ')):
                    break
                if ':' in code:
                    break
        last = i
    return lines[:last + 1]


def getsourcelines(object):
    """The lines of an object's source and the number of the first."""
    object = unwrap(object)
    lines, start = findsource(object)
    if istraceback(object):
        object = object.tb_frame
    if ismodule(object) or isframe(object) and object.f_code.co_name == "<module>":
        return lines, 0
    return getblock(lines[start:]), start + 1


def getsource(object):
    """The source text of an object."""
    return ''.join(getsourcelines(object)[0])


# ---------------------------------------------------------------- static attributes

_sentinel = object()


def getattr_static(obj, attr, default=_sentinel):
    """An attribute without running __getattr__, descriptors or properties."""
    instance_result = _sentinel
    if not isinstance(obj, type):
        cls = type(obj)
        try:
            instance_result = object.__getattribute__(obj, '__dict__').get(attr, _sentinel)
        except AttributeError:
            pass
    else:
        cls = obj
    class_result = _sentinel
    for base in cls.__mro__:
        if attr in base.__dict__:
            class_result = base.__dict__[attr]
            break
    if instance_result is not _sentinel and class_result is not _sentinel:
        kind = type(class_result)
        if hasattr(kind, '__get__') and (hasattr(kind, '__set__') or hasattr(kind, '__delete__')):
            return class_result
    if instance_result is not _sentinel:
        return instance_result
    if class_result is not _sentinel:
        return class_result
    if isinstance(obj, type):
        for base in type(obj).__mro__:
            if attr in base.__dict__:
                return base.__dict__[attr]
    if default is not _sentinel:
        return default
    raise AttributeError(attr)


# ---------------------------------------------------------------- generators and coroutines

GEN_CREATED, GEN_RUNNING = 'GEN_CREATED', 'GEN_RUNNING'
GEN_SUSPENDED, GEN_CLOSED = 'GEN_SUSPENDED', 'GEN_CLOSED'
CORO_CREATED, CORO_RUNNING = 'CORO_CREATED', 'CORO_RUNNING'
CORO_SUSPENDED, CORO_CLOSED = 'CORO_SUSPENDED', 'CORO_CLOSED'


def getgeneratorstate(generator):
    if generator.gi_running:
        return GEN_RUNNING
    if generator.gi_suspended:
        return GEN_SUSPENDED
    return GEN_CLOSED if generator.gi_frame is None else GEN_CREATED


def getgeneratorlocals(generator):
    if not isgenerator(generator):
        raise TypeError(f"{generator!r} is not a Python generator")
    frame = generator.gi_frame
    return {} if frame is None else frame.f_locals


def getcoroutinestate(coroutine):
    if coroutine.cr_running:
        return CORO_RUNNING
    if coroutine.cr_suspended:
        return CORO_SUSPENDED
    return CORO_CLOSED if coroutine.cr_frame is None else CORO_CREATED


def getcoroutinelocals(coroutine):
    frame = getattr(coroutine, "cr_frame", None)
    return {} if frame is None else frame.f_locals


# ---------------------------------------------------------------- frames



class Traceback(tuple):
    """filename, lineno, function, code_context, index of a frame."""

    def __new__(cls, filename, lineno, function, code_context, index, *, positions=None):
        self = super().__new__(cls, (filename, lineno, function, code_context, index))
        self.filename, self.lineno, self.function = filename, lineno, function
        self.code_context, self.index, self.positions = code_context, index, positions
        return self


class FrameInfo(tuple):
    """frame, filename, lineno, function, code_context, index."""

    def __new__(cls, frame, filename, lineno, function, code_context, index, *, positions=None):
        self = super().__new__(cls, (frame, filename, lineno, function, code_context, index))
        self.frame, self.filename, self.lineno = frame, filename, lineno
        self.function, self.code_context, self.index = function, code_context, index
        self.positions = positions
        return self


def getframeinfo(frame, context=1):
    if istraceback(frame):
        lineno, frame = frame.tb_lineno, frame.tb_frame
    else:
        lineno = frame.f_lineno
    if not isframe(frame):
        raise TypeError(f'{frame!r} is not a frame or traceback object')
    filename = frame.f_code.co_filename
    lines = index = None
    if context > 0:
        start = lineno - 1 - context // 2
        every = linecache.getlines(filename, frame.f_globals)
        if every:
            start = max(0, min(start, len(every) - context))
            lines = every[start:start + context]
            index = lineno - 1 - start
    return Traceback(filename, lineno, frame.f_code.co_name, lines, index)


def currentframe():
    return sys._getframe(1)


def getouterframes(frame, context=1):
    result = []
    while frame:
        result.append(FrameInfo(frame, *getframeinfo(frame, context)))
        frame = frame.f_back
    return result


def getinnerframes(tb, context=1):
    result = []
    while tb:
        result.append(FrameInfo(tb.tb_frame, *getframeinfo(tb, context)))
        tb = tb.tb_next
    return result


def stack(context=1):
    return getouterframes(sys._getframe(1), context)


def trace(context=1):
    error = sys.exc_info()[1]
    return getinnerframes(error.__traceback__ if error else None, context)


class ClosureVars(tuple):
    """nonlocals, globals, builtins, unbound."""

    def __new__(cls, nonlocals, globals, builtins, unbound):
        self = super().__new__(cls, (nonlocals, globals, builtins, unbound))
        self.nonlocals, self.globals, self.builtins, self.unbound = self
        return self


def getclosurevars(func):
    """What the free names of a function mean now."""
    if ismethod(func):
        func = func.__func__
    if not isfunction(func):
        raise TypeError(f"{func!r} is not a Python function")
    code = func.__code__
    nonlocals = {}
    for name, cell in zip(code.co_freevars, func.__closure__ or ()):
        nonlocals[name] = cell.cell_contents
    names = func.__globals__
    builtin = names.get("__builtins__", sys.modules['builtins'])
    builtin = builtin.__dict__ if ismodule(builtin) else builtin
    global_vars, builtin_vars, unbound = {}, {}, set()
    for name in code.co_names:
        if name in ("None", "True", "False"):
            continue
        if name in names:
            global_vars[name] = names[name]
        elif name in builtin:
            builtin_vars[name] = builtin[name]
        else:
            unbound.add(name)
    return ClosureVars(nonlocals, global_vars, builtin_vars, unbound)


# ---------------------------------------------------------------- signatures

class _void:
    """Stands for "not given" where None means something."""


class _empty:
    """Marks a missing default or annotation."""


class _ParameterKind(enum.IntEnum):
    POSITIONAL_ONLY = 0
    POSITIONAL_OR_KEYWORD = 1
    VAR_POSITIONAL = 2
    KEYWORD_ONLY = 3
    VAR_KEYWORD = 4

    def __str__(self):
        return self._name_

    @property
    def description(self):
        return _DESCRIPTIONS[self]


_DESCRIPTIONS = {0: 'positional-only', 1: 'positional or keyword', 2: 'variadic positional',
                 3: 'keyword-only', 4: 'variadic keyword'}
_POSITIONAL_ONLY, _POSITIONAL_OR_KEYWORD, _VAR_POSITIONAL, _KEYWORD_ONLY, _VAR_KEYWORD = \
    _ParameterKind


def formatannotation(annotation, base_module=None):
    if getattr(annotation, '__module__', None) == 'typing':
        return repr(annotation).replace('typing.', '')
    if isinstance(annotation, types.GenericAlias):
        return str(annotation)
    if isinstance(annotation, type):
        if annotation.__module__ in ('builtins', base_module):
            return annotation.__qualname__
        return annotation.__module__ + '.' + annotation.__qualname__
    return repr(annotation)


class Parameter:
    """One parameter of a signature."""

    __slots__ = '_name', '_kind', '_default', '_annotation'

    POSITIONAL_ONLY = _POSITIONAL_ONLY
    POSITIONAL_OR_KEYWORD = _POSITIONAL_OR_KEYWORD
    VAR_POSITIONAL = _VAR_POSITIONAL
    KEYWORD_ONLY = _KEYWORD_ONLY
    VAR_KEYWORD = _VAR_KEYWORD
    empty = _empty

    def __init__(self, name, kind, *, default=_empty, annotation=_empty):
        try:
            self._kind = _ParameterKind(kind)
        except ValueError:
            raise ValueError(f'value {kind!r} is not a valid Parameter.kind') from None
        if default is not _empty and self._kind in (_VAR_POSITIONAL, _VAR_KEYWORD):
            raise ValueError(f'{self._kind.description} parameters cannot have default values')
        self._default = default
        self._annotation = annotation
        if name is _empty:
            raise ValueError('name is a required attribute for Parameter')
        if not isinstance(name, str):
            raise TypeError(f'name must be a str, not a {type(name).__name__}')
        if name[:1] == '.' and name[1:].isdigit():
            if self._kind != _POSITIONAL_OR_KEYWORD:
                raise ValueError(f'implicit arguments must be passed as positional or keyword '
                                 f'arguments, not {self._kind.description}')
            self._kind = _POSITIONAL_ONLY
            name = f'implicit{name[1:]}'
        import keyword
        if keyword.iskeyword(name) and self._kind is not _POSITIONAL_ONLY or not name.isidentifier():
            raise ValueError(f'{name!r} is not a valid parameter name')
        self._name = name

    name = property(lambda self: self._name)
    kind = property(lambda self: self._kind)
    default = property(lambda self: self._default)
    annotation = property(lambda self: self._annotation)

    def __reduce__(self):
        return (type(self), (self._name, self._kind),
                {'_default': self._default, '_annotation': self._annotation})

    def __setstate__(self, state):
        self._default = state['_default']
        self._annotation = state['_annotation']

    def replace(self, *, name=_void, kind=_void, annotation=_void, default=_void):
        return type(self)(self._name if name is _void else name,
                          self._kind if kind is _void else kind,
                          default=self._default if default is _void else default,
                          annotation=self._annotation if annotation is _void else annotation)

    def __str__(self):
        text = self._name
        if self._annotation is not _empty:
            text += f': {formatannotation(self._annotation)}'
        if self._default is not _empty:
            text += (' = ' if self._annotation is not _empty else '=') + repr(self._default)
        if self._kind == _VAR_POSITIONAL:
            return '*' + text
        if self._kind == _VAR_KEYWORD:
            return '**' + text
        return text

    def __repr__(self):
        return f'<{self.__class__.__name__} "{self}">'

    def __hash__(self):
        return hash((self.name, self.kind, self.annotation, self.default))

    def __eq__(self, other):
        if self is other:
            return True
        if not isinstance(other, Parameter):
            return NotImplemented
        return (self._name == other._name and self._kind == other._kind
                and self._default == other._default and self._annotation == other._annotation)


class BoundArguments:
    """Arguments by parameter name."""

    __slots__ = 'arguments', '_signature', '__weakref__'

    def __init__(self, signature, arguments):
        self.arguments = arguments
        self._signature = signature

    signature = property(lambda self: self._signature)

    @property
    def args(self):
        result = []
        for name, param in self._signature.parameters.items():
            if param.kind in (_VAR_KEYWORD, _KEYWORD_ONLY) or name not in self.arguments:
                break
            if param.kind == _VAR_POSITIONAL:
                result.extend(self.arguments[name])
            else:
                result.append(self.arguments[name])
        return tuple(result)

    @property
    def kwargs(self):
        result = {}
        by_keyword = False
        for name, param in self._signature.parameters.items():
            if not by_keyword:
                if param.kind in (_VAR_KEYWORD, _KEYWORD_ONLY):
                    by_keyword = True
                elif name not in self.arguments:
                    by_keyword = True
                    continue
            if not by_keyword or name not in self.arguments:
                continue
            if param.kind == _VAR_KEYWORD:
                result.update(self.arguments[name])
            else:
                result[name] = self.arguments[name]
        return result

    def apply_defaults(self):
        """Enters the default of every parameter that was not given."""
        filled = {}
        for name, param in self._signature.parameters.items():
            if name in self.arguments:
                filled[name] = self.arguments[name]
            elif param.default is not _empty:
                filled[name] = param.default
            elif param.kind is _VAR_POSITIONAL:
                filled[name] = ()
            elif param.kind is _VAR_KEYWORD:
                filled[name] = {}
        self.arguments = filled

    def __eq__(self, other):
        if not isinstance(other, BoundArguments):
            return NotImplemented
        return self.signature == other.signature and self.arguments == other.arguments

    def __repr__(self):
        inside = ', '.join(f'{name}={value!r}' for name, value in self.arguments.items())
        return f'<{type(self).__name__} ({inside})>'


class Signature:
    """The parameters of a callable and what it returns."""

    __slots__ = '_return_annotation', '_parameters'

    empty = _empty

    def __init__(self, parameters=None, *, return_annotation=_empty, __validate_parameters__=True):
        params = {}
        top_kind = _POSITIONAL_ONLY
        seen_default = False
        for param in parameters or ():
            if __validate_parameters__:
                if param.kind < top_kind:
                    raise ValueError(f'wrong parameter order: {top_kind.description} parameter '
                                     f'before {param.kind.description} parameter')
                if param.kind > top_kind:
                    top_kind = param.kind
                if param.kind in (_POSITIONAL_ONLY, _POSITIONAL_OR_KEYWORD):
                    if param.default is not _empty:
                        seen_default = True
                    elif seen_default:
                        raise ValueError('non-default argument follows default argument')
                if param.name in params:
                    raise ValueError(f'duplicate parameter name: {param.name!r}')
            params[param.name] = param
        self._parameters = types.MappingProxyType(params)
        self._return_annotation = return_annotation

    @classmethod
    def from_callable(cls, obj, *, follow_wrapped=True, globals=None, locals=None, eval_str=False):
        return _signature_of(obj, follow_wrapped, cls)

    parameters = property(lambda self: self._parameters)
    return_annotation = property(lambda self: self._return_annotation)

    def replace(self, *, parameters=_void, return_annotation=_void):
        return type(self)(
            self.parameters.values() if parameters is _void else parameters,
            return_annotation=(self._return_annotation if return_annotation is _void
                               else return_annotation))

    def _key(self):
        params = tuple(p for p in self.parameters.values() if p.kind != _KEYWORD_ONLY)
        keyword = {p.name: p for p in self.parameters.values() if p.kind == _KEYWORD_ONLY}
        return params, keyword, self.return_annotation

    def __hash__(self):
        params, keyword, returns = self._key()
        return hash((params, frozenset(keyword.values()), returns))

    def __eq__(self, other):
        if self is other:
            return True
        if not isinstance(other, Signature):
            return NotImplemented
        return self._key() == other._key()

    def _bind(self, args, kwargs, *, partial=False):
        arguments = {}
        params = list(self.parameters.values())
        left = list(args)
        kwargs = dict(kwargs)
        rest_keywords = None
        for param in params:
            name, kind = param.name, param.kind
            if kind == _VAR_KEYWORD:
                rest_keywords = param
                continue
            if kind == _VAR_POSITIONAL:
                if left:
                    arguments[name] = tuple(left)
                    left = []
                continue
            if left and kind in (_POSITIONAL_ONLY, _POSITIONAL_OR_KEYWORD):
                if name in kwargs and kind != _POSITIONAL_ONLY:
                    raise TypeError(f'multiple values for argument {name!r}')
                arguments[name] = left.pop(0)
                continue
            if kind != _POSITIONAL_ONLY and name in kwargs:
                arguments[name] = kwargs.pop(name)
                continue
            if kind == _POSITIONAL_ONLY and name in kwargs and param.default is _empty:
                raise TypeError(f'{name!r} parameter is positional only, but was passed as a '
                                f'keyword')
            if not partial and param.default is _empty:
                if left:
                    break
                keyword = ' keyword-only' if kind == _KEYWORD_ONLY else ''
                raise TypeError(f'missing a required{keyword} argument: {name!r}')
        if left:
            raise TypeError('too many positional arguments')
        if kwargs:
            if rest_keywords is None:
                raise TypeError(f'got an unexpected keyword argument {next(iter(kwargs))!r}')
            arguments[rest_keywords.name] = kwargs
        return BoundArguments(self, arguments)

    def bind(self, /, *args, **kwargs):
        """Maps arguments to parameters, or raises TypeError as the call would."""
        return self._bind(args, kwargs)

    def bind_partial(self, /, *args, **kwargs):
        return self._bind(args, kwargs, partial=True)

    def __reduce__(self):
        return (type(self), (tuple(self._parameters.values()),),
                {'_return_annotation': self._return_annotation})

    def __setstate__(self, state):
        self._return_annotation = state['_return_annotation']

    def __repr__(self):
        return f'<{self.__class__.__name__} {self}>'

    def __str__(self):
        result = []
        positional_only = False
        star = False
        for param in self.parameters.values():
            if param.kind == _POSITIONAL_ONLY:
                positional_only = True
            elif positional_only:
                result.append('/')
                positional_only = False
            if param.kind == _VAR_POSITIONAL:
                star = True
            elif param.kind == _KEYWORD_ONLY and not star:
                result.append('*')
                star = True
            result.append(str(param))
        if positional_only:
            result.append('/')
        text = f"({', '.join(result)})"
        if self.return_annotation is not _empty:
            text += f' -> {formatannotation(self.return_annotation)}'
        return text


def _from_function(cls, func):
    code = func.__code__
    notes = dict(getattr(func, '__annotations__', None) or {})
    defaults = func.__defaults__ or ()
    keyword_defaults = func.__kwdefaults__ or {}
    names = code.co_varnames
    count, keyword_only = code.co_argcount, code.co_kwonlyargcount
    params = []

    def add(name, kind, default=_empty):
        params.append(Parameter(name, kind, default=default, annotation=notes.get(name, _empty)))
    for i in range(count):
        kind = _POSITIONAL_ONLY if i < code.co_posonlyargcount else _POSITIONAL_OR_KEYWORD
        offset = i - (count - len(defaults))
        add(names[i], kind, defaults[offset] if offset >= 0 else _empty)
    following = count + keyword_only
    if code.co_flags & CO_VARARGS:
        add(names[following], _VAR_POSITIONAL)
        following += 1
    for name in names[count:count + keyword_only]:
        add(name, _KEYWORD_ONLY, keyword_defaults.get(name, _empty))
    if code.co_flags & CO_VARKEYWORDS:
        add(names[following], _VAR_KEYWORD)
    return cls(params, return_annotation=notes.get('return', _empty),
               __validate_parameters__=False)


def _from_text(cls, obj, text, skip_bound):
    """Reads a __text_signature__ such as '($self, item, /)'."""
    inside = text[text.index('(') + 1:text.rindex(')')]
    pieces, depth, start, quote = [], 0, 0, None
    for i, c in enumerate(inside):
        if quote:
            if c == quote:
                quote = None
        elif c in '\'"':
            quote = c
        elif c in '([{':
            depth += 1
        elif c in ')]}':
            depth -= 1
        elif c == ',' and depth == 0:
            pieces.append(inside[start:i].strip())
            start = i + 1
    pieces.append(inside[start:].strip())
    params = []
    kind = _POSITIONAL_OR_KEYWORD
    for piece in pieces:
        if not piece:
            continue
        if piece == '/':
            params = [p.replace(kind=_POSITIONAL_ONLY) for p in params]
        elif piece == '*':
            kind = _KEYWORD_ONLY
        elif piece.startswith('**'):
            params.append(Parameter(piece[2:], _VAR_KEYWORD))
        elif piece.startswith('*'):
            params.append(Parameter(piece[1:], _VAR_POSITIONAL))
            kind = _KEYWORD_ONLY
        elif piece.startswith('$'):
            bound = getattr(obj, '__self__', None)
            if not skip_bound and (bound is None or ismodule(bound)) and piece != '$module':
                params.append(Parameter(piece[1:], kind))
        else:
            name, _, default = piece.partition('=')
            value = _empty
            if default:
                try:
                    value = eval(default, {'sys': sys})
                except Exception:
                    raise ValueError(f'no signature found for builtin {obj!r}') from None
            params.append(Parameter(name, kind, default=value))
    return cls(params)


def _drop_first(sig):
    params = list(sig.parameters.values())
    if not params or params[0].kind in (_VAR_KEYWORD, _KEYWORD_ONLY):
        raise ValueError('invalid method signature')
    if params[0].kind in (_POSITIONAL_OR_KEYWORD, _POSITIONAL_ONLY):
        params = params[1:]
    return sig.replace(parameters=params)


def _from_partial(sig, partial):
    params = dict(sig.parameters)
    try:
        bound = sig.bind_partial(*partial.args, **(partial.keywords or {}))
    except TypeError as error:
        raise ValueError(f'partial object {partial!r} has incorrect arguments') from error
    result = []
    keyword = False
    for name, param in params.items():
        if name in (partial.keywords or {}):
            keyword = True
            if param.kind == _POSITIONAL_ONLY:
                continue
            result.append(param.replace(kind=_KEYWORD_ONLY if param.kind == _POSITIONAL_OR_KEYWORD
                                        else param.kind, default=partial.keywords[name]))
            continue
        if name in bound.arguments and param.kind in (_POSITIONAL_ONLY, _POSITIONAL_OR_KEYWORD):
            continue
        if keyword and param.kind == _POSITIONAL_OR_KEYWORD:
            param = param.replace(kind=_KEYWORD_ONLY)
        elif keyword and param.kind == _VAR_POSITIONAL:
            continue
        result.append(param)
    return sig.replace(parameters=result)


def _signature_of(obj, follow_wrapped, cls):
    if not callable(obj):
        raise TypeError(f'{obj!r} is not a callable object')
    if isinstance(obj, types.MethodType):
        return _drop_first(_signature_of(obj.__func__, follow_wrapped, cls))
    if follow_wrapped:
        obj = unwrap(obj, stop=lambda f: hasattr(f, "__signature__")
                     or isinstance(f, types.MethodType))
        if isinstance(obj, types.MethodType):
            return _signature_of(obj, follow_wrapped, cls)
    given = getattr(obj, '__signature__', None)
    if given is not None:
        if not isinstance(given, Signature):
            raise TypeError(f'unexpected object {given!r} in __signature__ attribute')
        return given
    if isfunction(obj):
        return _from_function(cls, obj)
    if isinstance(obj, functools.partial):
        return _from_partial(_signature_of(obj.func, follow_wrapped, cls), obj)
    if isinstance(obj, type):
        call = type(obj).__call__
        if isfunction(call):
            return _drop_first(_from_function(cls, call))
        for base in obj.__mro__:
            for name in ('__new__', '__init__'):
                method = base.__dict__.get(name)
                if isinstance(method, staticmethod):
                    method = method.__func__
                if isfunction(method) or isinstance(method, functools.partialmethod):
                    return _drop_first(_signature_of(getattr(obj, name) if not isfunction(method)
                                                     else method, follow_wrapped, cls))
        text = getattr(obj, '__text_signature__', None)
        if text:
            return _from_text(cls, obj, text, True)
        if object in obj.__bases__ and obj.__init__ is object.__init__ \
                and obj.__new__ is object.__new__:
            return cls()
        raise ValueError(f'no signature found for builtin type {obj!r}')
    text = getattr(obj, '__text_signature__', None)
    if text:
        return _from_text(cls, obj, text, False)
    if isbuiltin(obj) or ismethoddescriptor(obj) or ismethodwrapper(obj):
        raise ValueError(f'no signature found for builtin {obj!r}')
    call = getattr(type(obj), '__call__', None)
    if call is not None:
        return _drop_first(_signature_of(call, follow_wrapped, cls))
    raise ValueError(f'callable {obj!r} is not supported by signature')


def signature(obj, *, follow_wrapped=True, globals=None, locals=None, eval_str=False):
    """The Signature of a callable."""
    return Signature.from_callable(obj, follow_wrapped=follow_wrapped)


class FullArgSpec(tuple):
    """args, varargs, varkw, defaults, kwonlyargs, kwonlydefaults, annotations."""

    _fields = ('args', 'varargs', 'varkw', 'defaults', 'kwonlyargs', 'kwonlydefaults',
               'annotations')

    def __new__(cls, *values):
        self = super().__new__(cls, values)
        for name, value in zip(cls._fields, values):
            setattr(self, name, value)
        return self

    def __repr__(self):
        return 'FullArgSpec(' + ', '.join(
            f'{name}={value!r}' for name, value in zip(self._fields, self)) + ')'


def getfullargspec(func):
    """The parameters of a function in the older form."""
    try:
        sig = _signature_of(func, False, Signature) if not ismethod(func) else \
            _signature_of(func.__func__, False, Signature)
    except (ValueError, TypeError) as error:
        raise TypeError('unsupported callable') from error
    args, varargs, varkw, defaults, kwonly, kwdefaults = [], None, None, [], [], {}
    notes = {}
    for name, param in sig.parameters.items():
        if param.kind in (_POSITIONAL_ONLY, _POSITIONAL_OR_KEYWORD):
            args.append(name)
            if param.default is not _empty:
                defaults.append(param.default)
        elif param.kind is _VAR_POSITIONAL:
            varargs = name
        elif param.kind is _KEYWORD_ONLY:
            kwonly.append(name)
            if param.default is not _empty:
                kwdefaults[name] = param.default
        else:
            varkw = name
        if param.annotation is not _empty:
            notes[name] = param.annotation
    if sig.return_annotation is not _empty:
        notes['return'] = sig.return_annotation
    return FullArgSpec(args, varargs, varkw, tuple(defaults) or None, kwonly, kwdefaults or None,
                       notes)


def get_annotations(obj, *, globals=None, locals=None, eval_str=False):
    """A new dict of an object's annotations."""
    if isinstance(obj, type):
        notes = obj.__dict__.get('__annotations__')
        if isinstance(notes, types.GetSetDescriptorType):
            notes = None
        names = getattr(sys.modules.get(obj.__module__), '__dict__', None)
        inner = dict(vars(obj))
    elif isinstance(obj, types.ModuleType):
        notes, names, inner = getattr(obj, '__annotations__', None), obj.__dict__, None
    elif callable(obj):
        notes, names, inner = (getattr(obj, '__annotations__', None),
                               getattr(unwrap(obj), '__globals__', None), None)
    else:
        raise TypeError(f"{obj!r} is not a module, class, or callable.")
    if notes is None:
        return {}
    if not isinstance(notes, dict):
        raise ValueError(f"{obj!r}.__annotations__ is neither a dict nor None")
    if not eval_str:
        return dict(notes)
    globals = names if globals is None else globals
    locals = inner if locals is None else locals
    return {key: eval(value, globals, locals) if isinstance(value, str) else value
            for key, value in notes.items()}


def getcallargs(func, /, *positional, **named):
    """Maps arguments to parameters; signature().bind does more."""
    bound = signature(func).bind(*positional, **named)
    bound.apply_defaults()
    return dict(bound.arguments)
