"""Pickler in Python, to be read and subclassed down to its methods; the one in C is used by default."""

from _compat_pickle import REVERSE_IMPORT_MAPPING, REVERSE_NAME_MAPPING
from codecs import encode as _encode
from copyreg import dispatch_table, _extension_registry
from functools import partial
from itertools import islice
from types import FunctionType

from pickle import *
from pickle import (DEFAULT_PROTOCOL, FALSE, HIGHEST_PROTOCOL, TRUE, PickleBuffer, _BATCH,
                    _FRAME_LEAST, _FRAME_TARGET, _locate, _pack_double, encode_long)

_tuple_makers = (EMPTY_TUPLE, TUPLE1, TUPLE2, TUPLE3)


class Pickler:
    """Writes pickles of objects to a binary file."""

    __module__ = 'pickle'
    __qualname__ = '_Pickler'
    dispatch = {}  # exact type: the function that writes it

    def __init__(self, file, protocol=None, *, fix_imports=True, buffer_callback=None):
        if protocol is None:
            protocol = DEFAULT_PROTOCOL
        if protocol < 0:
            protocol = HIGHEST_PROTOCOL
        elif protocol > HIGHEST_PROTOCOL:
            raise ValueError("pickle protocol must be <= %d" % HIGHEST_PROTOCOL)
        if buffer_callback is not None and protocol < 5:
            raise ValueError("buffer_callback needs protocol >= 5")
        try:
            self._file_write = file.write
        except AttributeError:
            raise TypeError("file must have a 'write' attribute") from None
        self.proto = int(protocol)
        self.bin = protocol >= 1
        self.fast = 0
        self.fix_imports = fix_imports and protocol < 3
        self.memo = {}  # id of an object: (its number, the object, kept alive)
        self._buffer_callback = buffer_callback

    def clear_memo(self):
        """Forgets which objects were written already."""
        self.memo.clear()

    def persistent_id(self, obj):
        """For subclasses: what to write in place of obj, or None."""
        return None

    def dump(self, obj):
        """Writes one pickle."""
        if not hasattr(self, '_file_write'):
            raise PicklingError("Pickler.__init__() was not called by %s.__init__()"
                                % (type(self).__name__,))
        chosen = self.persistent_id
        plain = getattr(chosen, '__func__', None) is Pickler.persistent_id
        self._persistent = None if plain else chosen
        self._override = getattr(self, 'reducer_override', None)
        self._reducers = getattr(self, 'dispatch_table', dispatch_table)
        self._framing = False
        self._out = bytearray()
        try:
            if self.proto >= 2:
                self._out += PROTO + bytes((self.proto,))
            if self.proto >= 4:
                self._file_write(bytes(self._out))
                self._out = bytearray()
                self._framing = True
            self.save(obj)
            self._out += STOP
            self._close_frame()
        finally:
            self._override = self._persistent = None

    # -- output

    def write(self, data):
        """Adds instructions to the pickle."""
        self._out += data

    def _close_frame(self):
        out = self._out
        if self._framing and len(out) >= _FRAME_LEAST:
            self._file_write(FRAME + len(out).to_bytes(8, 'little') + bytes(out))
        elif out:
            self._file_write(bytes(out))
        self._out = bytearray()

    def _write_large(self, head, data):
        """Writes an instruction with its data, outside the frames where there is much of it."""
        if len(data) < _FRAME_TARGET:
            self._out += head
            self._out += data
            return
        if not self._framing:
            self._out += head
            self._file_write(bytes(self._out))
            self._out = bytearray()
        else:
            self._close_frame()
            self._file_write(head)
        self._file_write(data)

    # -- the memo

    def memoize(self, obj):
        """Gives obj, which is on top of the stack, a number."""
        if self.fast:
            return
        memo = self.memo
        number = len(memo)
        if self.proto >= 4:
            self._out += MEMOIZE
        else:
            self._out += self.put(number)
        memo[id(obj)] = number, obj

    def put(self, number):
        """The instruction that stores the top of the stack as this number."""
        if self.proto >= 4:
            return MEMOIZE
        if not self.bin:
            return PUT + repr(number).encode('ascii') + b'\n'
        if number < 256:
            return BINPUT + bytes((number,))
        return LONG_BINPUT + number.to_bytes(4, 'little')

    def get(self, number):
        """The instruction that fetches this number."""
        if not self.bin:
            return GET + repr(number).encode('ascii') + b'\n'
        if number < 256:
            return BINGET + bytes((number,))
        return LONG_BINGET + number.to_bytes(4, 'little')

    # -- any object

    def save(self, obj, save_persistent_id=True):
        """Writes one object."""
        if self._framing and len(self._out) >= _FRAME_TARGET:
            self._close_frame()
        if save_persistent_id and self._persistent is not None:
            name = self._persistent(obj)
            if name is not None:
                self.save_pers(name)
                return
        known = self.memo.get(id(obj))
        if known is not None:
            self._out += self.get(known[0])
            return
        cls = type(obj)
        writer = self.dispatch.get(cls)
        if writer is not None and cls is not type and cls is not FunctionType:
            writer(self, obj)
            return
        made = NotImplemented
        if self._override is not None:
            made = self._override(obj)
        if made is NotImplemented:
            if writer is not None:
                writer(self, obj)
                return
            reducer = self._find_reducer(cls)
            if reducer is not None:
                made = reducer(obj)
            elif issubclass(cls, type):
                self.save_global(obj)
                return
            else:
                made = self._ask_object(obj, cls)
        if isinstance(made, str):
            self.save_global(obj, made)
            return
        if not isinstance(made, tuple):
            raise PicklingError("__reduce__ must return a string or tuple")
        if not 2 <= len(made) <= 6:
            raise PicklingError("tuple returned by __reduce__ must contain 2 through 6 elements")
        self.save_reduce(obj=obj, *made)

    def _find_reducer(self, cls):
        table = self._reducers
        if type(table) is dict:
            return table.get(cls)
        try:
            return table[cls]
        except KeyError:
            return None

    def _ask_object(self, obj, cls):
        reduce = getattr(obj, '__reduce_ex__', None)
        if reduce is not None:
            return reduce(self.proto)
        reduce = getattr(obj, '__reduce__', None)
        if reduce is None:
            raise PicklingError("can't pickle '%s' object: %r" % (cls.__name__, obj))
        return reduce()

    def save_pers(self, name):
        if self.bin:
            self.save(name, save_persistent_id=False)
            self._out += BINPERSID
            return
        try:
            self._out += PERSID + str(name).encode('ascii') + b'\n'
        except UnicodeEncodeError:
            raise PicklingError("persistent IDs in protocol 0 must be ASCII strings") from None

    def save_reduce(self, func, args, state=None, listitems=None, dictitems=None,
                    state_setter=None, *, obj=None):
        """Writes an object as what its __reduce__ gave."""
        if not callable(func):
            raise PicklingError("first item of the tuple returned by __reduce__ must be callable")
        if not isinstance(args, tuple):
            raise PicklingError("second item of the tuple returned by __reduce__ must be a tuple")
        self._check_iterator(listitems, "fourth")
        self._check_iterator(dictitems, "fifth")
        if state_setter is not None and not callable(state_setter):
            raise PicklingError("sixth element of the tuple returned by __reduce__ must be a "
                                "function, not %s" % type(state_setter).__name__)
        kind = getattr(func, '__name__', '') if self.proto >= 2 else ''
        if kind == '__newobj_ex__':
            self._save_new_with_keywords(args, obj)
        elif kind == '__newobj__':
            if not args:
                raise PicklingError("__newobj__ arglist is empty")
            self._check_new_class(args[0], obj, "__newobj__")
            self.save(args[0])
            self.save(args[1:])
            self._out += NEWOBJ
        else:
            self.save(func)
            self.save(args)
            self._out += REDUCE
        if obj is not None:
            # Its own arguments may have contained it; then it has been made already.
            known = self.memo.get(id(obj))
            if known is not None:
                self._out += POP + self.get(known[0])
            else:
                self.memoize(obj)
        if listitems is not None:
            self._batch_appends(listitems)
        if dictitems is not None:
            self._batch_setitems(dictitems)
        if state is None:
            return
        if state_setter is None:
            self.save(state)
            self._out += BUILD
        else:
            self.save(state_setter)
            self.save(obj)
            self.save(state)
            self._out += TUPLE2 + REDUCE + POP

    def _check_iterator(self, items, place):
        if items is not None and not hasattr(items, '__next__'):
            raise PicklingError("%s element of the tuple returned by __reduce__ must be an "
                                "iterator, not %s" % (place, type(items).__name__))

    def _check_new_class(self, cls, obj, function):
        if not hasattr(cls, '__new__'):
            raise PicklingError("args[0] from %s args has no __new__" % function)
        if obj is not None and cls is not obj.__class__:
            raise PicklingError("args[0] from %s args has the wrong class" % function)

    def _save_new_with_keywords(self, given, obj):
        if len(given) != 3:
            raise PicklingError("length of the NEWOBJ_EX argument tuple must be exactly 3, not %d"
                                % len(given))
        cls, args, keywords = given
        if not isinstance(args, tuple):
            raise PicklingError("second item from NEWOBJ_EX argument tuple must be a tuple, not %s"
                                % type(args).__name__)
        if not isinstance(keywords, dict):
            raise PicklingError("third item from NEWOBJ_EX argument tuple must be a dict, not %s"
                                % type(keywords).__name__)
        self._check_new_class(cls, obj, "__newobj_ex__")
        if self.proto >= 4:
            self.save(cls)
            self.save(args)
            self.save(keywords)
            self._out += NEWOBJ_EX
        else:
            self.save(partial(cls.__new__, cls, *args, **keywords))
            self.save(())
            self._out += REDUCE

    # -- numbers and the like

    def save_none(self, obj):
        self._out += NONE
    dispatch[type(None)] = save_none

    def save_bool(self, obj):
        if self.proto >= 2:
            self._out += NEWTRUE if obj else NEWFALSE
        else:
            self._out += TRUE if obj else FALSE
    dispatch[bool] = save_bool

    def save_long(self, obj):
        if not -0x80000000 <= obj <= 0x7fffffff:
            if self.proto < 2:
                self._out += LONG + repr(obj).encode('ascii') + b'L\n'
                return
            data = encode_long(obj)
            if len(data) < 256:
                self._out += LONG1 + bytes((len(data),)) + data
            else:
                self._out += LONG4 + len(data).to_bytes(4, 'little') + data
        elif not self.bin:
            self._out += INT + repr(obj).encode('ascii') + b'\n'
        elif 0 <= obj < 256:
            self._out += BININT1
            self._out.append(obj)
        elif 0 <= obj < 65536:
            self._out += BININT2 + obj.to_bytes(2, 'little')
        else:
            self._out += BININT + obj.to_bytes(4, 'little', signed=True)
    dispatch[int] = save_long

    def save_float(self, obj):
        if self.bin:
            self._out += BINFLOAT + _pack_double(obj)
        else:
            self._out += FLOAT + repr(obj).encode('ascii') + b'\n'
    dispatch[float] = save_float

    # -- octets and text

    def save_bytes(self, obj):
        size = len(obj)
        if self.proto < 3:
            if not size:
                self.save_reduce(bytes, (), obj=obj)
            else:
                self.save_reduce(_encode, (obj.decode('latin1'), 'latin1'), obj=obj)
            return
        if size < 256:
            self._out += SHORT_BINBYTES + bytes((size,)) + obj
        elif size > 0xffffffff and self.proto >= 4:
            self._write_large(BINBYTES8 + size.to_bytes(8, 'little'), obj)
        elif size > 0xffffffff:
            raise OverflowError("serializing a bytes object larger than 4 GiB requires pickle "
                                "protocol 4 or higher")
        else:
            self._write_large(BINBYTES + size.to_bytes(4, 'little'), obj)
        self.memoize(obj)
    dispatch[bytes] = save_bytes

    def save_bytearray(self, obj):
        if self.proto >= 5:
            self._write_large(BYTEARRAY8 + len(obj).to_bytes(8, 'little'), obj)
            self.memoize(obj)
        elif obj:
            self.save_reduce(bytearray, (bytes(obj),), obj=obj)
        else:
            self.save_reduce(bytearray, (), obj=obj)
    dispatch[bytearray] = save_bytearray

    def save_picklebuffer(self, obj):
        if self.proto < 5:
            raise PicklingError("PickleBuffer can only pickled with protocol >= 5")
        with obj.raw() as view:
            if not view.contiguous:
                raise PicklingError("PickleBuffer can not be pickled when pointing to a "
                                    "non-contiguous buffer")
            in_band = self._buffer_callback is None or bool(self._buffer_callback(obj))
            if not in_band:
                self._out += NEXT_BUFFER
                if view.readonly:
                    self._out += READONLY_BUFFER
            elif view.readonly:
                self.save_bytes(view.tobytes())
            else:
                self.save_bytearray(bytearray(view))
    dispatch[PickleBuffer] = save_picklebuffer

    def save_str(self, obj):
        if not self.bin:
            text = obj.replace('\\', '\\u005c').replace('\0', '\\u0000')
            text = text.replace('\n', '\\u000a').replace('\r', '\\u000d')
            text = text.replace('\x1a', '\\u001a')
            self._out += UNICODE + text.encode('raw-unicode-escape') + b'\n'
            self.memoize(obj)
            return
        data = obj.encode('utf-8', 'surrogatepass')
        size = len(data)
        if size < 256 and self.proto >= 4:
            self._out += SHORT_BINUNICODE
            self._out.append(size)
            self._out += data
        elif size <= 0xffffffff:
            self._write_large(BINUNICODE + size.to_bytes(4, 'little'), data)
        elif self.proto >= 4:
            self._write_large(BINUNICODE8 + size.to_bytes(8, 'little'), data)
        else:
            raise OverflowError("serializing a string larger than 4 GiB requires pickle "
                                "protocol 4 or higher")
        self.memoize(obj)
    dispatch[str] = save_str

    # -- containers

    def save_tuple(self, obj):
        size = len(obj)
        if not size:
            self._out += EMPTY_TUPLE if self.bin else MARK + TUPLE
            return
        short = size <= 3 and self.proto >= 2
        if not short:
            self._out += MARK
        save = self.save
        for item in obj:
            save(item)
        known = self.memo.get(id(obj))
        if known is not None:
            # A cycle through one of the items made the tuple meanwhile: drop the items.
            if short:
                self._out += POP * size + self.get(known[0])
            elif self.bin:
                self._out += POP_MARK + self.get(known[0])
            else:
                self._out += POP * (size + 1) + self.get(known[0])
            return
        self._out += _tuple_makers[size] if short else TUPLE
        self.memoize(obj)
    dispatch[tuple] = save_tuple

    def save_list(self, obj):
        self._out += EMPTY_LIST if self.bin else MARK + LIST
        self.memoize(obj)
        if not self.bin:
            self._batch_appends(iter(obj))
        elif len(obj) == 1:
            self.save(obj[0])
            self._out += APPEND
        elif obj:
            save, at = self.save, 0
            while at < len(obj):
                self._out += MARK
                for item in obj[at:at + _BATCH]:
                    save(item)
                self._out += APPENDS
                at += _BATCH
    dispatch[list] = save_list

    def _batch_appends(self, items):
        save = self.save
        if not self.bin:
            for item in items:
                save(item)
                self._out += APPEND
            return
        while batch := list(islice(items, _BATCH)):
            if len(batch) == 1:
                save(batch[0])
                self._out += APPEND
                continue
            self._out += MARK
            for item in batch:
                save(item)
            self._out += APPENDS

    def save_dict(self, obj):
        self._out += EMPTY_DICT if self.bin else MARK + DICT
        self.memoize(obj)
        if not self.bin:
            self._batch_setitems(iter(obj.items()))
        elif len(obj) == 1:
            for key, value in obj.items():
                self.save(key)
                self.save(value)
            self._out += SETITEM
        elif obj:
            save, items, size = self.save, iter(obj.items()), len(obj)
            done = 0
            while done < size:
                self._out += MARK
                for key, value in islice(items, _BATCH):
                    save(key)
                    save(value)
                    if len(obj) != size:
                        raise RuntimeError("dictionary changed size during iteration")
                self._out += SETITEMS
                done += _BATCH
    dispatch[dict] = save_dict

    def _batch_setitems(self, items):
        save = self.save
        if not self.bin:
            for key, value in items:
                save(key)
                save(value)
                self._out += SETITEM
            return
        while batch := list(islice(items, _BATCH)):
            for pair in batch:
                if not isinstance(pair, tuple) or len(pair) != 2:
                    raise TypeError("dict items iterator must return 2-tuples")
            if len(batch) == 1:
                save(batch[0][0])
                save(batch[0][1])
                self._out += SETITEM
                continue
            self._out += MARK
            for key, value in batch:
                save(key)
                save(value)
            self._out += SETITEMS

    def save_set(self, obj):
        if self.proto < 4:
            self.save_reduce(set, (list(obj),), obj=obj)
            return
        self._out += EMPTY_SET
        self.memoize(obj)
        items = iter(obj)
        while batch := list(islice(items, _BATCH)):
            self._out += MARK
            for item in batch:
                self.save(item)
            self._out += ADDITEMS
    dispatch[set] = save_set

    def save_frozenset(self, obj):
        if self.proto < 4:
            self.save_reduce(frozenset, (list(obj),), obj=obj)
            return
        self._out += MARK
        for item in obj:
            self.save(item)
        known = self.memo.get(id(obj))
        if known is not None:
            self._out += POP_MARK + self.get(known[0])
            return
        self._out += FROZENSET
        self.memoize(obj)
    dispatch[frozenset] = save_frozenset

    # -- things known by name

    def save_global(self, obj, name=None):
        module_name, name, parent, last = _locate(obj, name)
        if self.proto >= 2:
            code = _extension_registry.get((module_name, name))
            if code is not None:
                self._save_extension(obj, code)
                return
        if self.proto >= 4:
            self.save(module_name)
            self.save(name)
            self._out += STACK_GLOBAL
        elif parent is not None:
            self.save_reduce(getattr, (parent, last))
        elif self.proto >= 3:
            self._out += (GLOBAL + module_name.encode('utf-8') + b'\n'
                          + name.encode('utf-8') + b'\n')
        else:
            self._save_global_ascii(obj, module_name, name)
        self.memoize(obj)

    def _save_global_ascii(self, obj, module_name, name):
        if self.fix_imports:
            pair = module_name, name
            if pair in REVERSE_NAME_MAPPING:
                module_name, name = REVERSE_NAME_MAPPING[pair]
            elif module_name in REVERSE_IMPORT_MAPPING:
                module_name = REVERSE_IMPORT_MAPPING[module_name]
        try:
            self._out += (GLOBAL + module_name.encode('ascii') + b'\n'
                          + name.encode('ascii') + b'\n')
        except UnicodeEncodeError:
            raise PicklingError("can't pickle global identifier '%s.%s' using pickle protocol %i"
                                % (module_name, name, self.proto)) from None

    def _save_extension(self, obj, code):
        if not isinstance(code, int):
            raise PicklingError("Can't pickle %r: extension code %r isn't an integer"
                                % (obj, code))
        if code <= 0xff:
            if code <= 0:
                raise RuntimeError("extension code <= 0")
            self._out += EXT1 + bytes((code,))
        elif code <= 0xffff:
            self._out += EXT2 + code.to_bytes(2, 'little')
        else:
            self._out += EXT4 + code.to_bytes(4, 'little')

    def save_type(self, obj):
        if obj is type(None):
            self.save_reduce(type, (None,), obj=obj)
        elif obj is type(NotImplemented):
            self.save_reduce(type, (NotImplemented,), obj=obj)
        elif obj is type(...):
            self.save_reduce(type, (...,), obj=obj)
        else:
            self.save_global(obj)
    dispatch[type] = save_type
    dispatch[FunctionType] = save_global
