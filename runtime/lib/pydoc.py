"""Help texts from docstrings and signatures: what help() shows."""

import sys
import types

_FUNCTIONS = (types.FunctionType, types.BuiltinFunctionType, types.MethodType,
              types.MethodDescriptorType, types.WrapperDescriptorType, types.MethodWrapperType,
              types.ClassMethodDescriptorType)
_RULE = '-' * 70


# ---------------------------------------------------------------- pieces

def getdoc(obj):
    """The docstring with its common indentation removed; '' if there is none."""
    doc = getattr(obj, '__doc__', None)
    if not isinstance(doc, str):
        return ''
    lines = doc.expandtabs().split('\n')
    indents = [len(line) - len(line.lstrip()) for line in lines[1:] if line.strip()]
    margin = min(indents, default=0)
    lines = [lines[0].lstrip()] + [line[margin:] for line in lines[1:]]
    while lines and not lines[-1].strip():
        lines.pop()
    while lines and not lines[0].strip():
        lines.pop(0)
    return '\n'.join(line.rstrip() for line in lines)


def _annotation(value):
    if isinstance(value, type):
        return value.__qualname__ if value.__module__ == 'builtins' else (
            f'{value.__module__}.{value.__qualname__}')
    return repr(value)


def _python_signature(function):
    code = function.__code__
    notes = getattr(function, '__annotations__', {})
    defaults = function.__defaults__ or ()
    keyword_defaults = function.__kwdefaults__ or {}
    names = code.co_varnames
    count, keyword_only = code.co_argcount, code.co_kwonlyargcount

    def show(name, default=None, has_default=False):
        text = name
        if name in notes:
            text += f': {_annotation(notes[name])}'
        if has_default:
            text += f' = {default!r}' if name in notes else f'={default!r}'
        return text
    parts = []
    first_default = count - len(defaults)
    for i in range(count):
        has = i >= first_default
        parts.append(show(names[i], defaults[i - first_default] if has else None, has))
        if i + 1 == code.co_posonlyargcount:
            parts.append('/')
    following = count + keyword_only
    if code.co_flags & 0x04:
        parts.append('*' + show(names[following]))
        following += 1
    elif keyword_only:
        parts.append('*')
    for name in names[count:count + keyword_only]:
        parts.append(show(name, keyword_defaults.get(name), name in keyword_defaults))
    if code.co_flags & 0x08:
        parts.append('**' + show(names[following]))
    text = f"({', '.join(parts)})"
    if 'return' in notes:
        text += f" -> {_annotation(notes['return'])}"
    return text


def signature(obj):
    """The parameters of a callable as text, or '(...)' where they are not known."""
    if isinstance(obj, types.MethodType):
        text = signature(obj.__func__)
        if text.startswith('('):
            inside = text[1:].partition(', ')
            if inside[1] and not inside[0].startswith('*'):
                return '(' + inside[2]
            if not inside[1] and not text.startswith('(*'):
                return '()' + text[text.index(')') + 1:]
        return text
    if isinstance(obj, types.FunctionType):
        return _python_signature(obj)
    text = getattr(obj, '__text_signature__', None)
    if not text:
        return '(...)'
    for mark in ('$self, /, ', '$module, /, ', '$type, /, ', '$cls, /, ', '$module, ', '$cls, '):
        text = text.replace('(' + mark, '(')
    for mark in ('$module, /', '$module', '$type, /', '$cls, /'):
        text = text.replace('(' + mark + ')', '()')
    return text.replace('$', '')


def _indent(text, prefix='    '):
    return '\n'.join((prefix + line).rstrip() for line in text.split('\n'))


def _class_name(cls, module):
    return cls.__name__ if cls.__module__ == module else f'{cls.__module__}.{cls.__name__}'


# ---------------------------------------------------------------- documents

def _routine(obj, name=None, owner=None):
    shown = name or getattr(obj, '__name__', '?')
    if getattr(obj, '__name__', None) == '<lambda>':
        head = f'{shown} = <lambda> {signature(obj)[1:-1]}'
    else:
        head = shown + signature(obj)
    if isinstance(obj, types.MethodType) and owner is None:
        head += f' method of {_class_name(type(obj.__self__), None)} instance'
    doc = getdoc(obj)
    return head + '\n' + (_indent(doc) + '\n' if doc else '')


def _attribute(name, doc):
    return name + '\n' + (_indent(doc) + '\n' if doc else '')


def _kind(value):
    if isinstance(value, staticmethod):
        return 'Static methods'
    if isinstance(value, (classmethod, types.ClassMethodDescriptorType)):
        return 'Class methods'
    if isinstance(value, property):
        return 'Readonly properties' if value.fset is None else 'Data descriptors'
    if isinstance(value, _FUNCTIONS):
        return 'Methods'
    if isinstance(value, (types.GetSetDescriptorType, types.MemberDescriptorType)):
        return 'Data descriptors'
    return 'Data and other attributes'


_KINDS = ('Methods', 'Class methods', 'Static methods', 'Readonly properties', 'Data descriptors',
          'Data and other attributes')
_HIDDEN = {'__module__', '__doc__', '__qualname__', '__name__', '__slots__', '__builtins__',
           '__file__', '__spec__', '__package__', '__loader__', '__abstractmethods__', '_abc_impl'}


def _class(cls):
    module = cls.__module__
    bases = [_class_name(base, module) for base in cls.__bases__]
    title = f'class {cls.__name__}' + (f"({', '.join(bases)})" if bases else '')
    body = []
    init = cls.__dict__.get('__init__')
    if isinstance(init, types.FunctionType):
        body.append(cls.__name__ + signature(types.MethodType(init, 0)))
        body.append('')
    elif getattr(cls, '__text_signature__', None):
        body.append(cls.__name__ + signature(cls))
        body.append('')
    doc = getdoc(cls)
    if doc:
        body += doc.split('\n') + ['']
    if len(cls.__mro__) > 2:
        body.append('Method resolution order:')
        body += [f'    {_class_name(base, module)}' for base in cls.__mro__]
        body += ['']
    blocks = []
    seen = set()
    for base in cls.__mro__:
        if base is object and cls is not object:
            continue
        groups = {kind: [] for kind in _KINDS}
        for name, value in sorted(base.__dict__.items()):
            if name in seen or name in _HIDDEN:
                continue
            seen.add(name)
            kind = _kind(value)
            target = getattr(value, '__func__', value)
            if kind in ('Methods', 'Class methods', 'Static methods'):
                groups[kind].append(_routine(target, name, cls))
            elif kind == 'Data and other attributes':
                groups[kind].append(f'{name} = {value!r}\n')
            else:
                groups[kind].append(_attribute(name, getdoc(value)))
        where = 'defined here' if base is cls else f'inherited from {_class_name(base, module)}'
        for kind in _KINDS:
            if groups[kind]:
                blocks.append([f'{kind} {where}:', ''] + '\n'.join(groups[kind]).split('\n'))
    for i, block in enumerate(blocks):
        if i:
            body.append(_RULE)
        body += block
    text = '\n'.join(body).rstrip('\n')
    return title + '\n' + _indent(text, ' |  ') + '\n'


def _section(title, text):
    return f'{title}\n{_indent(text.rstrip())}\n\n'


def _module(module):
    name = module.__name__
    doc = getdoc(module)
    first, _, rest = doc.partition('\n')
    text = _section('NAME', name + (f' - {first}' if first else ''))
    if rest.strip():
        text += _section('DESCRIPTION', rest.strip('\n'))
    chosen = getattr(module, '__all__', None)
    if chosen is None:
        chosen = [key for key, value in sorted(vars(module).items())
                  if not key.startswith('_') and not isinstance(value, types.ModuleType)
                  and getattr(value, '__module__', name) == name]
    classes, functions, data = [], [], []
    for key in chosen:
        value = getattr(module, key, None)
        if isinstance(value, type):
            classes.append(_class(value))
        elif isinstance(value, _FUNCTIONS):
            functions.append(_routine(value, key, module))
        elif key not in _HIDDEN:
            data.append(f'{key} = {value!r}')
    if classes:
        text += _section('CLASSES', '\n'.join(classes))
    if functions:
        text += _section('FUNCTIONS', '\n'.join(functions))
    if data:
        text += _section('DATA', '\n'.join(data))
    return text + _section('FILE', getattr(module, '__file__', None) or '(built-in)')


def _describe(obj):
    if isinstance(obj, types.ModuleType):
        return ('package ' if hasattr(obj, '__path__') else 'module ') + obj.__name__
    if isinstance(obj, type):
        return f'class {obj.__name__}'
    if isinstance(obj, types.BuiltinFunctionType):
        return f'built-in function {obj.__name__}'
    if isinstance(obj, types.FunctionType):
        return f'function {obj.__name__}'
    if isinstance(obj, types.MethodType):
        return f'method {obj.__name__}'
    if isinstance(obj, (types.MethodDescriptorType, types.WrapperDescriptorType)):
        return f'{type(obj).__name__} {obj.__name__}'
    if isinstance(obj, property):
        return 'property'
    return type(obj).__name__


def render(obj):
    """The help text of an object."""
    if isinstance(obj, str):
        obj = locate(obj)
    what = _describe(obj)
    module = getattr(obj, '__module__', None)
    if isinstance(module, str) and not isinstance(obj, types.ModuleType):
        what += f' in module {module}'
    if isinstance(obj, types.ModuleType):
        text = _module(obj)
    elif isinstance(obj, type):
        text = _class(obj)
    elif isinstance(obj, _FUNCTIONS):
        text = _routine(obj)
    elif isinstance(obj, property):
        text = getdoc(obj) + '\n'
    else:
        what = f'{type(obj).__name__} object'
        text = _class(type(obj))
    return f'Help on {what}:\n\n{text}'


def locate(path):
    """The object with a dotted name."""
    import builtins
    parts = path.split('.')
    for i in range(len(parts), 0, -1):
        try:
            obj = __import__('.'.join(parts[:i]))
        except ImportError:
            continue
        rest = parts[1:]
        break
    else:
        obj, rest = builtins, parts
    for name in rest:
        try:
            obj = getattr(obj, name)
        except AttributeError:
            raise ImportError(f'No documentation found for {path!r}.') from None
    return obj


# ---------------------------------------------------------------- help()

def pager(text):
    """Shows text a screen at a time on a terminal, else all at once."""
    out = sys.stdout
    if not (out.isatty() and sys.stdin.isatty()):
        out.write(text)
        return
    import os
    command = os.environ.get('MANPAGER') or os.environ.get('PAGER')
    if command:
        with os.popen(command, 'w') as pipe:
            pipe.write(text)
        return
    try:
        height = max(os.get_terminal_size().lines - 1, 5)
    except (OSError, AttributeError):
        height = 24
    lines = text.split('\n')
    for start in range(0, len(lines), height):
        out.write('\n'.join(lines[start:start + height]) + '\n')
        if start + height < len(lines):
            out.write('-- more: Enter, q to stop -- ')
            out.flush()
            if sys.stdin.readline().strip().lower().startswith('q'):
                break


class Helper:
    """help: call it with an object or a name; its repr says how."""

    def __repr__(self):
        return 'Type help() for interactive help, or help(object) for help about object.'

    def __call__(self, *args):
        if not args:
            self.interact()
            return
        try:
            pager(render(args[0]))
        except ImportError as error:
            sys.stdout.write(f'{error}\n')

    def interact(self):
        """Asks for names until an empty line."""
        sys.stdout.write('Type the name of a module, type or function; an empty line ends help.\n')
        while True:
            sys.stdout.write('help> ')
            sys.stdout.flush()
            name = sys.stdin.readline().strip()
            if not name or name in ('q', 'quit'):
                return
            self(name)


help = Helper()
