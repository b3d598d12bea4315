"""Signatures of builtins, dir() of odd modules, limits that sys keeps, errors of unbound names."""
import copy
import sys
import types

print(len.__text_signature__, print.__text_signature__, [].append.__text_signature__, dict.fromkeys.__text_signature__)
print(isinstance(sys.orig_argv, list), "os" in sys.stdlib_module_names, type(sys.stdlib_module_names).__name__)
for wrong in (0.0, -1, "x"):
    try:
        sys.setswitchinterval(wrong)
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
sys.setswitchinterval(0.25)
print(sys.getswitchinterval())


class Odd(types.ModuleType):
    __dict__ = 8


try:
    dir(Odd("odd"))
except TypeError as error:
    print(error)
print(ExceptionGroup[int], BaseExceptionGroup[str].__origin__)


class OnInstance:
    def __init__(self):
        self.__getnewargs_ex__ = lambda: ((1,), {})


print(OnInstance().__reduce_ex__(2)[1] == (OnInstance,))


class SixTuple:
    def __reduce__(self):
        return SixTuple, (), None, None, None, (lambda *args: print("never"))


try:
    copy.copy(SixTuple())
except TypeError as error:
    print("TypeError", "positional" in str(error))


def unbound():
    something = 1
    print(somethong)
    somethong = 2


try:
    unbound()
except UnboundLocalError as error:
    print(error, error.name)
error = ImportError("text", name="n", path="p")
error.more = 1
print(error.__reduce__())
u = UnicodeEncodeError("enc", "xxxxx", 1, 5, "why")
u.start = 1000
print(u)
import asyncio


async def main():
    async def agen():
        yield 1
    a = agen()
    print(await anext(a), await anext(a, "default"))
    for wrong in (lambda: anext(1), lambda: aiter(1), lambda: anext()):
        try:
            wrong()
        except TypeError as error:
            print(error)

asyncio.run(main())
