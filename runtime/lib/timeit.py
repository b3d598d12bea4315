"""How long small pieces of code take."""

import gc
import itertools
import sys
import time

__all__ = ["Timer", "timeit", "repeat", "default_timer"]

dummy_src_name = "<timeit-src>"
default_number = 1000000
default_repeat = 5
default_timer = time.perf_counter
_globals = globals

template = """
def inner(_it, _timer{init}):
    {setup}
    _t0 = _timer()
    for _i in _it:
        {stmt}
        pass
    _t1 = _timer()
    return _t1 - _t0
"""


def reindent(src, indent):
    """Source with its later lines moved to the right."""
    return src.replace("\n", "\n" + " " * indent)


class Timer:
    """Times a statement, after a set-up statement; either may be a function."""

    def __init__(self, stmt="pass", setup="pass", timer=default_timer, globals=None):
        self.timer = timer
        names = {}
        known = _globals() if globals is None else globals
        prefix = init = ""
        if isinstance(setup, str):
            compile(setup, dummy_src_name, "exec")
            prefix = setup + "\n"
            setup = reindent(setup, 4)
        elif callable(setup):
            names["_setup"] = setup
            init += ", _setup=_setup"
            setup = "_setup()"
        else:
            raise ValueError("setup is neither a string nor callable")
        if isinstance(stmt, str):
            compile(prefix + stmt, dummy_src_name, "exec")
            stmt = reindent(stmt, 8)
        elif callable(stmt):
            names["_stmt"] = stmt
            init += ", _stmt=_stmt"
            stmt = "_stmt()"
        else:
            raise ValueError("stmt is neither a string nor callable")
        self.src = template.format(stmt=stmt, setup=setup, init=init)
        exec(compile(self.src, dummy_src_name, "exec"), known, names)
        self.inner = names["inner"]

    def print_exc(self, file=None):
        """Prints the traceback of an exception in the timed code."""
        import linecache
        import traceback
        linecache.cache[dummy_src_name] = (len(self.src), None, self.src.split("\n"),
                                           dummy_src_name)
        traceback.print_exc(file=file)

    def timeit(self, number=default_number):
        """Seconds for so many runs, without collections of garbage."""
        collecting = gc.isenabled()
        gc.disable()
        try:
            return self.inner(itertools.repeat(None, number), self.timer)
        finally:
            if collecting:
                gc.enable()

    def repeat(self, repeat=default_repeat, number=default_number):
        """A list of such times."""
        return [self.timeit(number) for _ in range(repeat)]

    def autorange(self, callback=None):
        """(number, seconds) for the first of 1, 2, 5, 10, … runs that take 0.2 s."""
        for power in itertools.count():
            for digit in 1, 2, 5:
                number = digit * 10**power
                taken = self.timeit(number)
                if callback:
                    callback(number, taken)
                if taken >= 0.2:
                    return number, taken


def timeit(stmt="pass", setup="pass", timer=default_timer, number=default_number, globals=None):
    """Timer(…).timeit(number)"""
    return Timer(stmt, setup, timer, globals).timeit(number)


def repeat(stmt="pass", setup="pass", timer=default_timer, repeat=default_repeat,
           number=default_number, globals=None):
    """Timer(…).repeat(repeat, number)"""
    return Timer(stmt, setup, timer, globals).repeat(repeat, number)


def main(args=None, *, _wrap_timer=None):
    """[-n N] [-r N] [-s S] [-p] [-u unit] [-v] [-h] [--] [statement …]"""
    import getopt
    import os
    if args is None:
        args = sys.argv[1:]
    try:
        options, args = getopt.getopt(args, "n:u:s:r:pvh", ["number=", "setup=", "repeat=",
                                                          "process", "verbose", "unit=", "help"])
    except getopt.error as problem:
        print(problem)
        print("use -h/--help for command line help")
        return 2
    timer = default_timer
    number, runs, setup, verbose, precision, unit = 0, default_repeat, [], 0, 3, None
    units = {"nsec": 1e-9, "usec": 1e-6, "msec": 1e-3, "sec": 1.0}
    for option, value in options:
        if option in ("-n", "--number"):
            number = int(value)
        elif option in ("-s", "--setup"):
            setup.append(value)
        elif option in ("-u", "--unit"):
            if value not in units:
                print("Unrecognized unit. Please select nsec, usec, msec, or sec.", file=sys.stderr)
                return 2
            unit = value
        elif option in ("-r", "--repeat"):
            runs = max(int(value), 1)
        elif option in ("-p", "--process"):
            timer = time.process_time
        elif option in ("-v", "--verbose"):
            precision += bool(verbose)
            verbose += 1
        else:
            print(main.__doc__)
            return 0
    sys.path.insert(0, os.curdir)
    if _wrap_timer is not None:
        timer = _wrap_timer(timer)
    t = Timer("\n".join(args) or "pass", "\n".join(setup) or "pass", timer)

    def shown(seconds):
        if unit is not None:
            name = unit
        else:
            name = next((n for n in ("sec", "msec", "usec") if seconds >= units[n]), "nsec")
        return "%.*g %s" % (precision, seconds / units[name], name)

    try:
        if number == 0:
            def tell(number, taken):
                plural = "s" if number != 1 else ""
                print(f"{number} loop{plural} -> {taken:.{precision}g} secs")
            number, _ = t.autorange(tell if verbose else None)
            if verbose:
                print()
        times = t.repeat(runs, number)
    except Exception:
        t.print_exc()
        return 1
    if verbose:
        print("raw times: %s" % ", ".join(map(shown, times)))
        print()
    each = [taken / number for taken in times]
    best, worst = min(each), max(each)
    print("%d loop%s, best of %d: %s per loop" % (number, "s" if number != 1 else "", runs,
                                                  shown(best)))
    if worst >= best * 4:
        import warnings
        warnings.warn_explicit(f"The test results are likely unreliable. The worst time "
                               f"({shown(worst)}) was more than four times slower than the best "
                               f"time ({shown(best)}).", UserWarning, "", 0)
    return None


if __name__ == "__main__":
    sys.exit(main())
