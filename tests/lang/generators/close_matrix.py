"""next, send, throw and close on a generator stopped at each of several places."""


def gen(log):
    log.append("start")
    try:
        a = yield "one"
        log.append(f"a={a}")
        try:
            b = yield "two"
            log.append(f"b={b}")
        except KeyError:
            log.append("key")
            c = yield "handled"
            log.append(f"c={c}")
        else:
            log.append("else")
        finally:
            log.append("inner")
            yield "in finally"
        for i in range(2):
            try:
                yield i
            except ValueError:
                log.append("value")
                continue
    except GeneratorExit:
        log.append("exit")
        raise
    finally:
        log.append("outer")
    return "returned"


actions = {"next": lambda g: next(g), "send": lambda g: g.send("S"), "key": lambda g: g.throw(KeyError("K")), "value": lambda g: g.throw(ValueError("V")), "close": lambda g: g.close()}
for steps in range(7):
    for first in actions:
        for second in actions:
            log = []
            g = gen(log)
            results = []
            try:
                for _ in range(steps):
                    next(g)
                log.append("|")
                for name in (first, second):
                    results.append(actions[name](g))
            except BaseException as error:
                results.append(f"{type(error).__name__}({error})")
            log.append("|")
            try:
                g.close()
            except RuntimeError as error:
                results.append(str(error))
                try:
                    for _ in g:
                        pass
                except BaseException as error:
                    results.append(f"then {type(error).__name__}")
            print(steps, first, second, results, " ".join(log))
