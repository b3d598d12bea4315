"""Private names with two leading underscores."""


class Account:
    __rate = 0.05

    def __init__(self, amount):
        self.__amount = amount
        self.__dunder__ = "kept"
        self._single = 1

    def balance(self):
        return self.__amount * (1 + self.__rate)

    def __secret(self):
        return "secret"

    def reveal(self):
        return self.__secret()

    class __Inner:
        pass

    def local(self):
        __var = 5

        def __nested():
            return __var
        return __nested(), sorted(locals())

    def keyword(self, __arg=1):
        return __arg


a = Account(100)
print(a.balance(), a.reveal(), a._Account__amount, Account._Account__rate)
print(sorted(vars(a)), [n for n in dir(a) if "ecret" in n or "nner" in n])
print(a.local(), a.keyword(_Account__arg=2))
try:
    a.__amount
except AttributeError as error:
    print(error)


class Savings(Account):
    def peek(self):
        try:
            return self.__amount
        except AttributeError as error:
            return str(error)


print(Savings(5).peek())


class __Lead:
    def __init__(self):
        self.__x = 1


print(vars(__Lead()) if "__Lead" in globals() else "")


class ___:
    def f(self):
        self.__y = 2
        return vars(self)


print(___().f())


class Imports:
    import os as __os

    def f(self):
        return self.__os.__name__


print(Imports().f())


class G:
    def f(self):
        global __global_name
        __global_name = 3


G().f()
print([n for n in globals() if "global_name" in n])
print(getattr(a, "_Account__amount"), hasattr(a, "__amount"))
