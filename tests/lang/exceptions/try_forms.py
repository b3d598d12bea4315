"""try/except/else/finally: which parts run, in which order."""


def run(what):
    log = []
    try:
        log.append("try")
        if what == "value":
            raise ValueError("v")
        if what == "key":
            raise KeyError("k")
        if what == "type":
            raise TypeError("t")
        if what == "return":
            return log
    except ValueError as error:
        log.append(f"except {error}")
    except (KeyError, IndexError) as error:
        log.append(f"tuple {error}")
    except Exception:
        log.append("any")
    else:
        log.append("else")
    finally:
        log.append("finally")
    log.append("after")
    return log


for what in ("none", "value", "key", "type", "return"):
    print(what, run(what))


def override():
    try:
        return "try"
    finally:
        return "finally"


def swallow():
    try:
        raise ValueError
    finally:
        return "swallowed"


def loop_finally():
    out = []
    for i in range(4):
        try:
            if i == 1:
                continue
            if i == 3:
                break
            out.append(i)
        finally:
            out.append(f"f{i}")
    return out


def swallow_by_break():
    while True:
        try:
            1 / 0
        finally:
            break
    return "broke out"


def swallow_by_continue():
    n = 0
    while n < 3:
        n += 1
        try:
            raise KeyError(n)
        finally:
            continue
    return n


def nested():
    out = []
    try:
        try:
            try:
                raise ValueError("1")
            finally:
                out.append("inner finally")
        except TypeError:
            out.append("wrong")
        finally:
            out.append("middle finally")
    except ValueError as e:
        out.append(f"outer {e}")
    return out


def return_value_kept():
    x = 1
    try:
        return x
    finally:
        x = 2


def else_raises():
    try:
        try:
            pass
        except ValueError:
            return "same try"
        else:
            raise ValueError
    except ValueError:
        return "outer try"


print(override(), swallow(), loop_finally(), swallow_by_break(), swallow_by_continue())
print(nested(), return_value_kept(), else_raises())
try:
    raise ValueError
except ValueError as e:
    pass
print("e" in globals())
e = "kept"
try:
    pass
except ValueError as e:
    pass
print(e)


def handler_raises():
    try:
        try:
            raise ValueError("first")
        except ValueError:
            raise KeyError("second")
        finally:
            print("cleanup")
    except KeyError as error:
        return repr(error), repr(error.__context__)


print(handler_raises())


def dynamic(kind):
    try:
        raise IndexError("dyn")
    except kind:
        return "caught"


print(dynamic(LookupError), dynamic((OSError, IndexError)), dynamic((OSError, (KeyError, IndexError))[1]))
for bad in (5, "text", (ValueError, 5), int):
    try:
        dynamic(bad)
    except TypeError as error:
        print(error)
    except IndexError:
        print("not looked at")


class Unusual(BaseException):
    pass


try:
    try:
        raise Unusual
    except Exception:
        print("no")
except:
    print("bare except")
