"""Enumerations."""

import builtins
import sys
from functools import reduce
from operator import or_
from types import DynamicClassAttribute, MappingProxyType

__all__ = ['EnumType', 'EnumMeta', 'Enum', 'IntEnum', 'StrEnum', 'Flag', 'IntFlag', 'ReprEnum',
           'auto', 'unique', 'property', 'verify', 'member', 'nonmember', 'FlagBoundary', 'STRICT',
           'CONFORM', 'EJECT', 'KEEP', 'global_flag_repr', 'global_enum_repr', 'global_str',
           'global_enum', 'EnumCheck', 'CONTINUOUS', 'NAMED_FLAGS', 'UNIQUE', 'pickle_by_global_name',
           'pickle_by_enum_name']

# Filled in when the classes exist; EnumType looks at them while they do not.
Enum = Flag = EJECT = _stdlib_enums = ReprEnum = None


class nonmember:
    """Keeps a value from becoming a member."""

    def __init__(self, value):
        self.value = value


class member:
    """Makes a member of what would not become one, such as a function."""

    def __init__(self, value):
        self.value = value


def _is_descriptor(obj):
    return hasattr(obj, '__get__') or hasattr(obj, '__set__') or hasattr(obj, '__delete__')


def _is_dunder(name):
    return (len(name) > 4 and name[:2] == name[-2:] == '__' and name[2] != '_' and name[-3] != '_')


def _is_sunder(name):
    return len(name) > 2 and name[0] == name[-1] == '_' and name[1] != '_' and name[-2] != '_'


def _is_internal_class(cls_name, obj):
    if not isinstance(obj, type):
        return False
    qualname = getattr(obj, '__qualname__', '')
    return qualname == f'{cls_name}.{obj.__name__}' or qualname.endswith(f'.{cls_name}.{obj.__name__}')


def _is_private(cls_name, name):
    prefix = f'_{cls_name}__'
    return (len(name) > len(prefix) and name.startswith(prefix) and name[len(prefix)] != '_'
            and (name[-1] != '_' or name[-2] != '_'))


def _is_single_bit(value):
    return value != 0 and value & (value - 1) == 0


def _bits(value):
    """The powers of two in a number, the smallest first."""
    if value < 0:
        raise ValueError(f'{value!r} is not a positive integer')
    while value:
        bit = value & -value
        yield bit
        value ^= bit


_iter_bits_lsb = _bits


def _high_bit(value):
    return value.bit_length() - 1


def bin(num, max_bits=None):
    """Binary text with a sign bit: '0b0 1010'."""
    limit = 1 << num.bit_length()
    if num >= 0:
        text = builtins.bin(num + limit)
    else:
        text = builtins.bin(~num ^ (limit - 1) + limit)
    sign, digits = text[:3], text[3:]
    if max_bits is not None and len(digits) < max_bits:
        digits = (sign[-1] * max_bits + digits)[-max_bits:]
    return f'{sign} {digits}'


class _Auto:
    """The value of auto() before it is known."""


_auto_null = object()


class auto:
    """Stands for a value that the class chooses."""

    def __init__(self, value=_auto_null):
        self.value = value

    def __repr__(self):
        return f"auto({self.value!r})"


class property(DynamicClassAttribute):
    """A property of members; on the class the name is looked up as a member."""

    member = None

    def __get__(self, instance, ownerclass=None):
        if instance is None:
            try:
                return ownerclass._member_map_[self.name]
            except KeyError:
                raise AttributeError(f'{ownerclass!r} has no attribute {self.name!r}') from None
        if self.fget is not None:
            return self.fget(instance)
        try:
            return ownerclass._member_map_[self.name]
        except KeyError:
            raise AttributeError(f'{ownerclass!r} has no attribute {self.name!r}') from None

    def __set__(self, instance, value):
        if self.fset is None:
            raise AttributeError(f"<enum {self.clsname!r}> cannot set attribute {self.name!r}")
        return self.fset(instance, value)

    def __delete__(self, instance):
        if self.fdel is None:
            raise AttributeError(f"<enum {self.clsname!r}> cannot delete attribute {self.name!r}")
        return self.fdel(instance)

    def __set_name__(self, ownerclass, name):
        self.name = name
        self.clsname = ownerclass.__name__


class _proto_member:
    """Stands in the class body for a member, and makes it when the class exists."""

    def __init__(self, value):
        self.value = value

    def __set_name__(self, enum_class, member_name):
        delattr(enum_class, member_name)
        value = self.value
        args = value if isinstance(value, tuple) else (value,)
        if enum_class._member_type_ is tuple:
            args = (args,)
        if not enum_class._use_args_:
            new = enum_class._new_member_(enum_class)
        else:
            new = enum_class._new_member_(enum_class, *args)
        if not hasattr(new, '_value_'):
            if enum_class._member_type_ is object:
                new._value_ = value
            else:
                try:
                    new._value_ = enum_class._member_type_(*args)
                except Exception as error:
                    problem = TypeError('_value_ not set in __new__, unable to create it')
                    problem.__cause__ = error
                    raise problem
        value = new._value_
        new._name_ = member_name
        new.__objclass__ = enum_class
        new.__init__(*args)
        new._sort_order_ = len(enum_class._member_names_)
        # A second name for the same value becomes an alias.
        try:
            try:
                new = enum_class._value2member_map_[value]
            except TypeError:
                for canonical in enum_class._member_map_.values():
                    if canonical._value_ == value:
                        new = canonical
                        break
                else:
                    raise KeyError
        except KeyError:
            if Flag is None or not issubclass(enum_class, Flag) or _is_single_bit_member(value):
                enum_class._member_names_.append(member_name)
            if Flag is not None and issubclass(enum_class, Flag) and isinstance(value, int):
                if _is_single_bit(value):
                    enum_class._flag_mask_ |= value
                    enum_class._all_bits_ = 2 ** enum_class._flag_mask_.bit_length() - 1
        self._install(enum_class, member_name, new)
        enum_class._member_map_[member_name] = new
        try:
            enum_class._value2member_map_.setdefault(value, new)
        except TypeError:
            pass

    @staticmethod
    def _install(enum_class, name, new):
        """Puts the member into the class, unless a property of a base must stay reachable."""
        found = None
        for base in enum_class.__mro__[1:]:
            attribute = base.__dict__.get(name)
            if attribute is not None:
                if isinstance(attribute, (property, DynamicClassAttribute)):
                    found = attribute
                break
        if found is None:
            setattr(enum_class, name, new)
            return
        redirect = property()
        redirect.fget = found.fget
        redirect.fset = found.fset
        redirect.fdel = found.fdel
        redirect.__set_name__(enum_class, name)
        redirect.member = new
        setattr(enum_class, name, redirect)


def _is_single_bit_member(value):
    return not isinstance(value, int) or _is_single_bit(value)


class _EnumDict(dict):
    """The namespace of a class body: collects members in order and refuses reuse of names."""

    def __init__(self):
        super().__init__()
        self._member_names = {}
        self._last_values = []
        self._ignore = []
        self._auto_called = False
        self._cls_name = ''

    def __setitem__(self, key, value):
        if _is_internal_class(self._cls_name, value):
            import warnings
            warnings.warn("In 3.13 classes created inside an enum will not become a member.  Use "
                          "the `member` decorator to keep the current behavior.",
                          DeprecationWarning, stacklevel=2)
        if _is_private(self._cls_name, key):
            pass
        elif _is_sunder(key):
            if key not in ('_order_', '_generate_next_value_', '_numeric_repr_', '_missing_',
                           '_ignore_', '_iter_member_', '_iter_member_by_value_',
                           '_iter_member_by_def_'):
                raise ValueError(f'_sunder_ names, such as {key!r}, are reserved for future Enum '
                                 f'use')
            if key == '_generate_next_value_':
                if self._auto_called:
                    raise TypeError("_generate_next_value_ must be defined before members")
                function = value.__func__ if isinstance(value, staticmethod) else value
                setattr(self, '_generate_next_value', function)
            elif key == '_ignore_':
                if isinstance(value, str):
                    value = value.replace(',', ' ').split()
                else:
                    value = list(value)
                self._ignore = value
                taken = set(value) & set(self._member_names)
                if taken:
                    raise ValueError(f'_ignore_ cannot specify already set names: {taken!r}')
        elif _is_dunder(key):
            if key == '__order__':
                key = '_order_'
        elif key in self._member_names:
            raise TypeError(f'{key!r} already defined as {self[key]!r}')
        elif key in self._ignore:
            pass
        elif isinstance(value, nonmember):
            value = value.value
        elif _is_descriptor(value) and not isinstance(value, member):
            pass
        else:
            if isinstance(value, member):
                value = value.value
            elif key in self:
                raise TypeError(f'{key!r} already defined as {self[key]!r}')
            value = self._resolve_auto(key, value)
            self._member_names[key] = None
        super().__setitem__(key, value)

    def _resolve_auto(self, key, value):
        """Replaces auto() objects, alone or inside a tuple, by their values, which count as the
        last ones; another value counts itself."""
        single = isinstance(value, auto)
        items = (value,) if single else value
        if not isinstance(items, tuple) or not any(isinstance(v, auto) for v in items):
            self._last_values.append(value)
            return value
        resolved = []
        for item in items:
            if isinstance(item, auto):
                if item.value is _auto_null:
                    item.value = self._generate_next_value(key, 1, len(self._member_names),
                                                           self._last_values[:])
                    self._auto_called = True
                item = item.value
                self._last_values.append(item)
            resolved.append(item)
        if single:
            return resolved[0]
        try:
            return type(value)(resolved)
        except TypeError:
            return type(value)(*resolved)

    def update(self, members, **more_members):
        try:
            for name in members.keys():
                self[name] = members[name]
        except AttributeError:
            for name, value in members:
                self[name] = value
        for name, value in more_members.items():
            self[name] = value


class EnumType(type):
    """Metaclass of enumerations."""

    @classmethod
    def __prepare__(metacls, cls, bases, **kwds):
        metacls._check_for_existing_members_(cls, bases)
        namespace = _EnumDict()
        namespace._cls_name = cls
        member_type, first_enum = metacls._get_mixins_(cls, bases)
        if first_enum is not None:
            namespace['_generate_next_value_'] = getattr(first_enum, '_generate_next_value_', None)
        return namespace

    def __new__(metacls, cls, bases, classdict, *, boundary=None, _simple=False, **kwds):
        if _simple:
            return super().__new__(metacls, cls, bases, classdict, **kwds)
        classdict.setdefault('_ignore_', []).append('_ignore_')
        for key in classdict['_ignore_']:
            classdict.pop(key, None)
        member_names = list(classdict._member_names)
        if 'mro' in member_names or '' in member_names:
            bad = sorted({'mro', ''} & set(member_names))
            raise ValueError(f'invalid enum member name(s) {",".join(map(repr, bad))}')
        order = classdict.pop('_order_', None)
        values = {name: dict.__getitem__(classdict, name) for name in member_names}
        member_type, first_enum = metacls._get_mixins_(cls, bases)
        new_member, save_new, use_args = metacls._find_new_(classdict, member_type, first_enum)
        for name in member_names:
            dict.__setitem__(classdict, name, _proto_member(values[name]))
        namespace = dict(classdict)
        namespace['_new_member_'] = new_member
        namespace['_use_args_'] = use_args
        namespace['_member_names_'] = []
        namespace['_member_map_'] = {}
        namespace['_value2member_map_'] = {}
        namespace['_unhashable_values_'] = []
        namespace['_member_type_'] = member_type
        namespace['_value_repr_'] = metacls._find_data_repr_(cls, bases)
        namespace['_boundary_'] = boundary or getattr(first_enum, '_boundary_', None)
        namespace['_flag_mask_'] = 0
        namespace['_all_bits_'] = 0
        namespace['_inverted_'] = None
        namespace.setdefault('_generate_next_value_',
                             getattr(first_enum, '_generate_next_value_', None))
        if isinstance(namespace.get('_generate_next_value_'), type(_bits)):
            namespace['_generate_next_value_'] = staticmethod(namespace['_generate_next_value_'])
        if isinstance(namespace.get('_missing_'), type(_bits)):
            namespace['_missing_'] = classmethod(namespace['_missing_'])
        metacls._choose_pickling(namespace, member_type)
        try:
            enum_class = super().__new__(metacls, cls, bases, namespace, **kwds)
        except RuntimeError as error:
            # Errors of members are reported as they are, not as errors of __set_name__.
            if error.__cause__ is None:
                raise
            raise error.__cause__
        metacls._choose_text_methods(enum_class, member_type, first_enum, classdict)
        if Enum is not None:
            if save_new:
                enum_class.__new_member__ = enum_class.__dict__.get('__new__')
            enum_class.__new__ = Enum.__new__
        if Flag is not None and issubclass(enum_class, Flag):
            metacls._finish_flag(enum_class, classdict)
        if order is not None:
            metacls._check_order(enum_class, order)
        return enum_class

    @staticmethod
    def _choose_pickling(namespace, member_type):
        """Members of a mixed-in type that knows no pickling cannot be pickled either."""
        if '__reduce_ex__' in namespace or member_type is object:
            return
        methods = ('__getnewargs_ex__', '__getnewargs__', '__reduce_ex__', '__reduce__')
        if any(m in member_type.__dict__ for m in methods):
            return
        if '__new__' in namespace:
            namespace['__reduce_ex__'] = _make_unpicklable_reduce
            namespace['__module__'] = namespace.get('__module__', '<unknown>')

    @staticmethod
    def _choose_text_methods(enum_class, member_type, first_enum, classdict):
        """__repr__, __str__, __format__ and __reduce_ex__ come from Enum, not from the mixin."""
        if ReprEnum is not None and ReprEnum in enum_class.__bases__:
            if '__format__' not in classdict:
                enum_class.__format__ = member_type.__format__
            if '__str__' not in classdict:
                method = member_type.__str__
                if method is object.__str__:
                    method = member_type.__repr__
                enum_class.__str__ = method
        for name in ('__repr__', '__str__', '__format__', '__reduce_ex__'):
            if name in classdict or Enum is None:
                continue
            method = getattr(enum_class, name)
            if method in (getattr(member_type, name, None), getattr(object, name)):
                found = getattr(first_enum, name, None)
                if found is not None and not (name in ('__format__', '__str__')
                                              and ReprEnum is not None
                                              and issubclass(enum_class, ReprEnum)):
                    setattr(enum_class, name, found)

    @staticmethod
    def _finish_flag(enum_class, classdict):
        for name in ('__or__', '__and__', '__xor__', '__ror__', '__rand__', '__rxor__',
                     '__invert__'):
            if name not in classdict:
                setattr(enum_class, name, getattr(Flag, name))
        members = [m._value_ for m in enum_class]
        if sorted(members) != members:
            enum_class._iter_member_ = enum_class._iter_member_by_def_

    @staticmethod
    def _check_order(enum_class, order):
        if isinstance(order, str):
            order = order.replace(',', ' ').split()
        aliases = enum_class._member_map_.keys() - enum_class._member_names_
        wanted = [name for name in order if name not in aliases]
        if wanted != enum_class._member_names_:
            raise TypeError(f'member order does not match _order_:\n  {wanted!r}\n  '
                            f'{enum_class._member_names_!r}')

    def __bool__(cls):
        return True

    def __call__(cls, value, names=None, *, module=None, qualname=None, type=None, start=1,
                 boundary=None):
        """With a value: its member.  With names: a new enumeration."""
        if names is None:
            return cls.__new__(cls, value)
        return cls._create_(value, names, module=module, qualname=qualname, type=type,
                            start=start, boundary=boundary)

    def __contains__(cls, member):
        if not isinstance(member, Enum):
            import warnings
            warnings.warn("in 3.12 __contains__ will no longer raise TypeError, but will return "
                          "True or\nFalse depending on whether the value is a member or an alias",
                          DeprecationWarning, stacklevel=2)
            raise TypeError(f"unsupported operand type(s) for 'in': '{type(member).__qualname__}' "
                            f"and '{cls.__class__.__qualname__}'")
        return isinstance(member, cls) and member._name_ in cls._member_map_

    def __delattr__(cls, attr):
        if attr in cls._member_map_:
            raise AttributeError(f"{cls.__name__!r} cannot delete member {attr!r}.")
        super().__delattr__(attr)

    def __dir__(cls):
        names = {'__class__', '__contains__', '__doc__', '__getitem__', '__iter__', '__len__',
                 '__members__', '__module__', '__name__', '__qualname__'}
        names.update(cls._member_names_)
        if cls._new_member_ is not object.__new__:
            names.add('__new__')
        if cls.__init_subclass__ is not object.__init_subclass__:
            names.add('__init_subclass__')
        if cls._member_type_ is not object:
            names.update(dir(cls._member_type_))
        return sorted(names)

    def __getattr__(cls, name):
        if _is_dunder(name):
            raise AttributeError(name)
        try:
            return cls.__dict__['_member_map_'][name]
        except KeyError:
            raise AttributeError(name) from None

    def __getitem__(cls, name):
        return cls._member_map_[name]

    def __iter__(cls):
        return (cls._member_map_[name] for name in cls._member_names_)

    def __len__(cls):
        return len(cls._member_names_)

    @builtins.property
    def __members__(cls):
        """Names, aliases included, and their members."""
        return MappingProxyType(cls._member_map_)

    def __repr__(cls):
        if Flag is not None and issubclass(cls, Flag):
            return f"<flag {cls.__name__!r}>"
        return f"<enum {cls.__name__!r}>"

    def __reversed__(cls):
        return (cls._member_map_[name] for name in reversed(cls._member_names_))

    def __setattr__(cls, name, value):
        if name in cls.__dict__.get('_member_map_', {}):
            raise AttributeError(f'cannot reassign member {name!r}')
        super().__setattr__(name, value)

    def _create_(cls, class_name, names, *, module=None, qualname=None, type=None, start=1,
                 boundary=None):
        """The functional form: Enum('Color', 'RED GREEN')."""
        metacls = cls.__class__
        bases = (cls,) if type is None else (type, cls)
        _, first_enum = cls._get_mixins_(class_name, bases)
        classdict = metacls.__prepare__(class_name, bases)
        if isinstance(names, str):
            names = names.replace(',', ' ').split()
        if isinstance(names, (tuple, list)) and names and isinstance(names[0], str):
            generated, last = [], []
            for count, name in enumerate(names):
                value = first_enum._generate_next_value_(name, start, count, last[:])
                last.append(value)
                generated.append((name, value))
            names = generated
        for item in names or ():
            name, value = (item, names[item]) if isinstance(item, str) else item
            classdict[name] = value
        if module is None:
            try:
                module = sys._getframe(2).f_globals['__name__']
            except (AttributeError, ValueError, KeyError):
                pass
        if module is None:
            classdict['__reduce_ex__'] = _make_unpicklable_reduce
        else:
            classdict['__module__'] = module
        if qualname is not None:
            classdict['__qualname__'] = qualname
        return metacls.__new__(metacls, class_name, bases, classdict, boundary=boundary)

    def _convert_(cls, name, module, filter, source=None, *, boundary=None, as_global=False):
        """Makes an enumeration of a module's constants and replaces them by its members."""
        module_globals = sys.modules[module].__dict__
        source = source.__dict__ if source else module_globals
        members = [(key, value) for key, value in source.items() if filter(key)]
        try:
            members.sort(key=lambda item: (item[1], item[0]))
        except TypeError:
            members.sort(key=lambda item: item[0])
        body = {key: value for key, value in members}
        made = cls(name, list(body.items()), module=module, boundary=boundary or KEEP)
        made.__reduce_ex__ = pickle_by_global_name
        if as_global:
            global_enum(made)
        else:
            sys.modules[made.__module__].__dict__.update(made.__members__)
        module_globals[name] = made
        return made

    @classmethod
    def _check_for_existing_members_(mcls, class_name, bases):
        for chain in bases:
            for base in chain.__mro__:
                if isinstance(base, EnumType) and base._member_names_:
                    raise TypeError(f"<enum {class_name!r}> cannot extend {base!r}")

    @classmethod
    def _get_mixins_(mcls, class_name, bases):
        """The type that members also are, and the last enumeration class among the bases."""
        if not bases:
            return object, Enum
        first_enum = bases[-1]
        if not isinstance(first_enum, EnumType):
            raise TypeError("new enumerations should be created as `EnumName([mixin_type, ...] "
                            "[data_type,] enum_type)`")
        return mcls._find_data_type_(class_name, bases) or object, first_enum

    @classmethod
    def _find_data_type_(mcls, class_name, bases):
        found = []
        for chain in bases:
            candidate = None
            for base in chain.__mro__:
                if base is object:
                    continue
                if isinstance(base, EnumType):
                    if base._member_type_ is not object:
                        found.append(base._member_type_)
                        break
                elif '__new__' in base.__dict__ or '__init__' in base.__dict__:
                    found.append(candidate or base)
                    break
                else:
                    candidate = candidate or base
        unique_types = list(dict.fromkeys(found))
        if len(unique_types) > 1:
            raise TypeError(f'too many data types for {class_name!r}: {set(unique_types)!r}')
        return unique_types[0] if unique_types else None

    @classmethod
    def _find_data_repr_(mcls, class_name, bases):
        """The __repr__ that shows values: that of the mixed-in type, or None."""
        for chain in bases:
            for base in chain.__mro__:
                if base is object:
                    continue
                if isinstance(base, EnumType):
                    return base._value_repr_
                if '__repr__' in base.__dict__:
                    return base.__dict__['__repr__']
        return None

    @classmethod
    def _find_new_(mcls, classdict, member_type, first_enum):
        """The __new__ that makes members, whether it is to be saved, and whether it takes args."""
        new = classdict.get('__new__', None)
        save_new = first_enum is not None and new is not None
        if new is None:
            for method in ('__new_member__', '__new__'):
                for possible in (member_type, first_enum):
                    target = getattr(possible, method, None)
                    if target not in (None, None.__new__, object.__new__,
                                      getattr(Enum, '__new__', None)):
                        new = target
                        break
                if new is not None:
                    break
            else:
                new = object.__new__
        if isinstance(new, staticmethod):
            new = new.__func__
        use_args = not (first_enum is None or new is object.__new__)
        return new, save_new, use_args

    def _add_member_(cls, name, member):
        if name in cls._member_map_:
            if cls._member_map_[name] is not member:
                raise NameError(f'{name!r} is already bound: {cls._member_map_[name]!r}')
            return
        cls._member_map_[name] = member


EnumMeta = EnumType


def _make_unpicklable_reduce(self, proto):
    raise TypeError(f'{self!r} cannot be pickled')


def _make_class_unpicklable(obj):
    """Neither a class nor its members can be pickled from now on."""
    setattr(obj, '__reduce_ex__', _make_unpicklable_reduce)
    setattr(obj, '__module__', '<unknown>')


class Enum(metaclass=EnumType):
    """Base of enumerations: class attributes become members with name and value."""

    def __new__(cls, value):
        if type(value) is cls:
            return value
        try:
            return cls._value2member_map_[value]
        except KeyError:
            pass
        except TypeError:
            for found in cls._member_map_.values():
                if found._value_ == value:
                    return found
        error = None
        try:
            result = cls._missing_(value)
        except Exception as problem:
            error, result = problem, None
        try:
            if isinstance(result, cls):
                return result
            if Flag is not None and issubclass(cls, Flag) and cls._boundary_ is EJECT \
                    and isinstance(result, int):
                return result
            wrong = ValueError(f"{value!r} is not a valid {cls.__qualname__}")
            if result is None and error is None:
                raise wrong
            if error is None:
                error = TypeError(f'error in {cls.__name__}._missing_: returned {result!r} instead '
                                  f'of None or a valid member')
            if not isinstance(error, ValueError):
                error.__context__ = wrong
            raise error
        finally:
            error = wrong = None

    def __init__(self, *args, **kwds):
        pass

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        """The value of auto(): one more than the last, or start."""
        if not last_values:
            return start
        try:
            last = last_values[-1]
            if max(last_values) == last and sorted(last_values):
                return last + 1
        except TypeError:
            pass
        import warnings
        warnings.warn("In 3.13 the default `auto()`/`_generate_next_value_` will require all values "
                      "to be sortable and support adding +1\nand the value returned will be the "
                      "largest value in the enum incremented by 1",
                      DeprecationWarning, stacklevel=4)
        for value in reversed(last_values):
            try:
                return value + 1
            except TypeError:
                pass
        return start

    @classmethod
    def _missing_(cls, value):
        return None

    def __repr__(self):
        show = self.__class__._value_repr_ or repr
        return f"<{self.__class__.__name__}.{self._name_}: {show(self._value_)}>"

    def __str__(self):
        return f"{self.__class__.__name__}.{self._name_}"

    def __dir__(self):
        names = set()
        if self.__class__._member_type_ is not object:
            names = set(object.__dir__(self))
        names.update({'__class__', '__doc__', '__eq__', '__hash__', '__module__', 'name', 'value'})
        for name in getattr(self, '__dict__', ()):
            if name[0] != '_':
                names.add(name)
        for cls in self.__class__.mro():
            for name, value in cls.__dict__.items():
                if name[0] == '_':
                    continue
                if isinstance(value, property):
                    if value.fget is not None or name not in self._member_map_:
                        names.add(name)
                    else:
                        names.discard(name)
                else:
                    names.add(name)
        return sorted(names)

    def __format__(self, format_spec):
        return str.__format__(str(self), format_spec)

    def __hash__(self):
        return hash(self._name_)

    def __reduce_ex__(self, proto):
        return self.__class__, (self._value_,)

    def __deepcopy__(self, memo):
        return self

    def __copy__(self):
        return self

    @property
    def name(self):
        """The name of the member."""
        return self._name_

    @property
    def value(self):
        """The value of the member."""
        return self._value_


class ReprEnum(Enum):
    """Only repr() is that of Enum; str() and format() are those of the mixed-in type."""


class IntEnum(int, ReprEnum):
    """Members are also ints."""


class StrEnum(str, ReprEnum):
    """Members are also strs; auto() gives the name in lower case."""

    def __new__(cls, *values):
        if len(values) > 3:
            raise TypeError(f'too many arguments for str(): {values!r}')
        if len(values) == 1 and not isinstance(values[0], str):
            raise TypeError(f'{values[0]!r} is not a string')
        if len(values) >= 2 and not isinstance(values[1], str):
            raise TypeError(f'encoding must be a string, not {values[1]!r}')
        if len(values) == 3 and not isinstance(values[2], str):
            raise TypeError(f'errors must be a string, not {values[2]!r}')
        value = str(*values)
        self = str.__new__(cls, value)
        self._value_ = value
        return self

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        return name.lower()


def pickle_by_global_name(self, proto):
    return self.name


_reduce_ex_by_global_name = pickle_by_global_name


def pickle_by_enum_name(self, proto):
    return getattr, (self.__class__, self._name_)


class FlagBoundary(StrEnum):
    """What happens to bits that no member has."""

    STRICT = auto()
    CONFORM = auto()
    EJECT = auto()
    KEEP = auto()


STRICT, CONFORM, EJECT, KEEP = FlagBoundary


class Flag(Enum, boundary=CONFORM):
    """Members are sets of bits that can be combined."""

    _numeric_repr_ = repr

    def __reduce_ex__(self, proto):
        return self.__class__, (self._value_,)

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        """The next power of two."""
        if not last_values:
            return start if start is not None else 1
        last = max(last_values)
        try:
            high = _high_bit(last)
        except Exception:
            raise TypeError(f'invalid flag value {last!r}') from None
        return 2 ** (high + 1)

    @classmethod
    def _iter_member_by_value_(cls, value):
        for bit in _bits(value & cls._flag_mask_):
            found = cls._value2member_map_.get(bit)
            if found is not None:
                yield found

    _iter_member_ = _iter_member_by_value_

    @classmethod
    def _iter_member_by_def_(cls, value):
        yield from sorted(cls._iter_member_by_value_(value), key=lambda m: m._sort_order_)

    @classmethod
    def _missing_(cls, value):
        """A pseudo-member for a combination of bits, as the boundary allows."""
        if not isinstance(value, int):
            raise ValueError(f"{value!r} is not a valid {cls.__qualname__}")
        mask, all_bits = cls._flag_mask_, cls._all_bits_
        negative = None
        if not ~all_bits <= value <= all_bits or value & (all_bits ^ mask):
            if cls._boundary_ is STRICT:
                width = max(value.bit_length(), mask.bit_length())
                raise ValueError(f"{cls!r} invalid value {value!r}\n    given {bin(value, width)}\n"
                                 f"  allowed {bin(mask, width)}")
            elif cls._boundary_ is CONFORM:
                value &= mask
            elif cls._boundary_ is EJECT:
                return value
            elif cls._boundary_ is KEEP:
                if value < 0:
                    value = max(all_bits + 1, 2 ** value.bit_length()) + value
            else:
                raise ValueError(f'{cls!r} unknown flag boundary {cls._boundary_!r}')
        if value < 0:
            negative = value
            value = all_bits + 1 + value
        unknown = value & ~mask
        named = value & mask
        if unknown and cls._boundary_ is not KEEP:
            raise ValueError(f'{cls.__name__}({value!r}) -->  unknown values {unknown!r} '
                             f'[{bin(unknown)}]')
        if cls._member_type_ is object:
            pseudo = object.__new__(cls)
        else:
            pseudo = cls._member_type_.__new__(cls, value)
        if not hasattr(pseudo, '_value_'):
            pseudo._value_ = value
        if named:
            members = []
            combined = 0
            for m in cls._iter_member_(value):
                members.append(m)
                combined |= m._value_
            remainder = value ^ combined
            pseudo._name_ = '|'.join([m._name_ for m in members])
            if not combined:
                pseudo._name_ = None
            elif remainder and cls._boundary_ is STRICT:
                raise ValueError(f'{cls!r}: no members with value {remainder!r}')
            elif remainder:
                pseudo._name_ += f'|{cls._numeric_repr_(remainder)}'
        else:
            pseudo._name_ = None
        pseudo = cls._value2member_map_.setdefault(value, pseudo)
        if negative is not None:
            cls._value2member_map_[negative] = pseudo
        return pseudo

    def __contains__(self, other):
        if not isinstance(other, self.__class__):
            raise TypeError(f"unsupported operand type(s) for 'in': "
                            f"{type(other).__qualname__!r} and {self.__class__.__qualname__!r}")
        return other._value_ & self._value_ == other._value_

    def __iter__(self):
        yield from self._iter_member_(self._value_)

    def __len__(self):
        return self._value_.bit_count()

    def __repr__(self):
        name = self.__class__.__name__
        show = self.__class__._value_repr_ or repr
        if self._name_ is None:
            return f"<{name}: {show(self._value_)}>"
        return f"<{name}.{self._name_}: {show(self._value_)}>"

    def __str__(self):
        name = self.__class__.__name__
        if self._name_ is None:
            return f"{name}({self._value_!r})"
        return f"{name}.{self._name_}"

    def __bool__(self):
        return bool(self._value_)

    def _operand(self, other):
        """The bits of the other operand, or NotImplemented."""
        if isinstance(other, self.__class__):
            return other._value_
        if self._member_type_ is not object and isinstance(other, self._member_type_):
            return other
        return NotImplemented

    def __or__(self, other):
        bits = self._operand(other)
        return NotImplemented if bits is NotImplemented else self.__class__(self._value_ | bits)

    def __and__(self, other):
        bits = self._operand(other)
        return NotImplemented if bits is NotImplemented else self.__class__(self._value_ & bits)

    def __xor__(self, other):
        bits = self._operand(other)
        return NotImplemented if bits is NotImplemented else self.__class__(self._value_ ^ bits)

    def __invert__(self):
        if self._inverted_ is None:
            if self._boundary_ in (EJECT, KEEP):
                self._inverted_ = self.__class__(~self._value_)
            else:
                self._inverted_ = self.__class__(self._flag_mask_ & ~self._value_)
        return self._inverted_

    __rand__ = __and__
    __ror__ = __or__
    __rxor__ = __xor__


class IntFlag(int, ReprEnum, Flag, boundary=KEEP):
    """Members are also ints."""


def unique(enumeration):
    """Class decorator: no two names for one value."""
    duplicates = [(name, m.name) for name, m in enumeration.__members__.items() if name != m.name]
    if duplicates:
        details = ', '.join([f"{alias} -> {name}" for alias, name in duplicates])
        raise ValueError(f'duplicate values found in {enumeration!r}: {details}')
    return enumeration


def _power_of_two(value):
    return value >= 1 and value == 2 ** _high_bit(value)


def global_enum_repr(self):
    """module.NAME"""
    return f'{self.__class__.__module__.split(".")[-1]}.{self._name_}'


def global_flag_repr(self):
    """module.NAME|module.NAME"""
    module = self.__class__.__module__.split('.')[-1]
    name = self.__class__.__name__
    if self._name_ is None:
        return f"{module}.{name}({self._value_!r})"
    if _is_single_bit(self._value_):
        return f'{module}.{self._name_}'
    if self._boundary_ is not KEEP:
        return '|'.join([f'{module}.{part}' for part in self._name_.split('|')])
    return '|'.join([part if part[0].isdigit() else f'{module}.{part}'
                     for part in self._name_.split('|')])


def global_str(self):
    """The name alone."""
    if self._name_ is None:
        return f"{self.__class__.__name__}({self._value_!r})"
    return self._name_


def global_enum(cls, update_str=False):
    """Class decorator: members become names of the module and show themselves so."""
    cls.__repr__ = global_flag_repr if issubclass(cls, Flag) else global_enum_repr
    if not issubclass(cls, ReprEnum) or update_str:
        cls.__str__ = global_str
    sys.modules[cls.__module__].__dict__.update(cls.__members__)
    return cls


class EnumCheck(StrEnum):
    """What verify() can check."""

    CONTINUOUS = "no skipped integer values"
    NAMED_FLAGS = "multi-flag aliases may not contain unnamed flags"
    UNIQUE = "one name per value"


CONTINUOUS, NAMED_FLAGS, UNIQUE = EnumCheck


class verify:
    """Class decorator that checks an enumeration."""

    def __init__(self, *checks):
        self.checks = checks

    def __call__(self, enumeration):
        name = enumeration.__name__
        is_flag = issubclass(enumeration, Flag)
        if not is_flag and not issubclass(enumeration, Enum):
            raise TypeError("the 'verify' decorator only works with Enum and Flag")
        for check in self.checks:
            if check is UNIQUE:
                duplicates = [(alias, m.name) for alias, m in enumeration.__members__.items()
                              if alias != m.name]
                if duplicates:
                    details = ', '.join([f"{alias} -> {of}" for alias, of in duplicates])
                    raise ValueError(f'aliases found in {enumeration!r}: {details}')
            elif check is CONTINUOUS:
                values = {m.value for m in enumeration}
                if len(values) < 2:
                    continue
                low, high = min(values), max(values)
                if is_flag:
                    missing = [2 ** i for i in range(_high_bit(low) + 1, _high_bit(high))
                               if 2 ** i not in values]
                else:
                    missing = [i for i in range(low + 1, high) if i not in values]
                if missing:
                    kind = 'flag' if is_flag else 'enum'
                    text = ', '.join(str(m) for m in missing)
                    raise ValueError(f'invalid {kind} {name!r}: missing values {text}'[:256])
            elif check is NAMED_FLAGS and is_flag:
                singles = [m.value for m in enumeration]
                bad, missing = [], 0
                for alias, m in enumeration.__members__.items():
                    if alias in enumeration._member_names_ or m.value < 0:
                        continue
                    lost = [bit for bit in _bits(m.value) if bit not in singles]
                    if lost:
                        bad.append(alias)
                        missing |= reduce(or_, lost)
                if bad:
                    if len(bad) == 1:
                        alias = f'alias {bad[0]} is missing'
                    else:
                        alias = f'aliases {", ".join(bad[:-1])} and {bad[-1]} are missing'
                    value = (f'value 0x{missing:x}' if _is_single_bit(missing)
                             else f'combined values of 0x{missing:x}')
                    raise ValueError(f'invalid Flag {name!r}: {alias} {value} [use '
                                     f'enum.show_flag_values(value) for details]')
        return enumeration


def show_flag_values(value):
    """The bits of a flag's value."""
    return list(_bits(value))


class _simple_enum:
    """Class decorator: makes an enumeration of a plain class, without a metaclass at work in its
    body."""

    def __init__(self, etype=Enum, *, boundary=None, use_args=None):
        self.etype = etype
        self.boundary = boundary
        self.use_args = use_args

    def __call__(self, cls):
        metacls = type(self.etype)
        bases = (self.etype,)
        body = metacls.__prepare__(cls.__name__, bases)
        for name, value in cls.__dict__.items():
            if name in ('__dict__', '__weakref__'):
                continue
            body[name] = value
        body['__qualname__'] = cls.__qualname__
        return metacls.__new__(metacls, cls.__name__, bases, body, boundary=self.boundary)


def _test_simple_enum(checked_enum, simple_enum):
    """TypeError unless the two classes have the same members and methods."""
    failed = []
    if checked_enum.__dict__ == simple_enum.__dict__:
        return
    ignored = {'__new__', '__class__', '__doc__', '__module__', '_member_map_',
               '_value2member_map_', '__dict__', '__weakref__', '__new_member__', '_new_member_',
               '__init_subclass__', '_missing_', '_generate_next_value_', '_all_bits_'}
    member_names = set(checked_enum._member_names_) | set(simple_enum._member_names_)
    checked, simple = checked_enum.__dict__, simple_enum.__dict__
    for key in (checked.keys() | simple.keys()) - ignored - member_names:
        if key not in simple:
            failed.append(f'missing key: {key!r}')
        elif key not in checked:
            failed.append(f'extra key:   {key!r}')
        else:
            left, right = checked[key], simple[key]
            if callable(left) or isinstance(left, (builtins.property, classmethod, staticmethod)):
                continue
            if isinstance(left, str) and isinstance(right, str):
                left, right = ' '.join(left.split()), ' '.join(right.split())
            if left != right:
                failed.append(f'{key!r}:\n  checked -> {left!r}\n  simple  -> {right!r}')
    for name in sorted(member_names):
        left = checked_enum.__members__.get(name)
        right = simple_enum.__members__.get(name)
        if left is None or right is None:
            failed.append(f'{"extra" if left is None else "missing"} member: {name!r}')
            continue
        differing = []
        for key in left.__dict__.keys() | right.__dict__.keys():
            if key in ('_name_', '__objclass__', '_sort_order_'):
                continue
            if left.__dict__.get(key) != right.__dict__.get(key):
                differing.append(f'{key!r}: {left.__dict__.get(key)!r} is not '
                                 f'{right.__dict__.get(key)!r}')
        if differing:
            failed.append(f'{name!r} member mismatch:\n  ' + '\n  '.join(differing))
    for method in ('__str__', '__repr__', '__reduce_ex__', '__format__', '__getnewargs_ex__',
                   '__getnewargs__', '__reduce__'):
        if method in checked and method in simple:
            continue
        left, right = getattr(checked_enum, method, None), getattr(simple_enum, method, None)
        if getattr(left, '__func__', left) != getattr(right, '__func__', right):
            failed.append(f'{method!r}:  checked -> {left!r} simple -> {right!r}')
    if failed:
        raise TypeError('enum mismatch:\n   ' + '\n   '.join(failed))
