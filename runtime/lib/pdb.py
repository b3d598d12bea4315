"""A debugger to talk to: breakpoint() in the program, or `-m pdb FILE`."""

import bdb
import cmd
import inspect
import linecache
import os
import pprint
import re
import sys
import traceback

__all__ = ["run", "pm", "Pdb", "runeval", "runctx", "runcall", "set_trace", "post_mortem", "help"]


class Restart(Exception):
    """The program is to be run again."""


def find_function(funcname, filename):
    """(name, file, line) of the first `def` of that name in a file, or None."""
    pattern = re.compile(rf"(?:async\s+)?def\s+{re.escape(funcname)}\s*[(]")
    try:
        with open(filename, encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                if pattern.match(line.lstrip()):
                    return funcname, filename, number
    except OSError:
        pass
    return None


class Pdb(bdb.Bdb, cmd.Cmd):
    """Commands are read where the program stops."""

    _previous = None  # the one that set_trace() used last

    def __init__(self, completekey="tab", stdin=None, stdout=None, skip=None, nosigint=False,
                 readrc=True):
        bdb.Bdb.__init__(self, skip=skip)
        cmd.Cmd.__init__(self, completekey, stdin, stdout)
        if stdout:
            self.use_rawinput = False
        self.prompt = "(Pdb) "
        self.aliases = {}
        self.displaying = {}
        self.mainpyfile = ""
        self._wait_for_mainpyfile = False
        self.tb_lineno = {}
        self.commands = {}
        self._user_requested_quit = False
        self.forget()

    def message(self, text):
        print(text, file=self.stdout)

    def error(self, text):
        print("***", text, file=self.stdout)

    # ---- stopping

    def reset(self):
        super().reset()
        self.forget()

    def forget(self):
        """Lets go of the frames."""
        self.lineno = None
        self.stack = []
        self.curindex = 0
        self.curframe = None
        self.curframe_locals = None
        self.tb_lineno.clear()

    def setup(self, frame, tb):
        self.forget()
        self.stack, self.curindex = self.get_stack(frame, tb)
        while tb:
            self.tb_lineno[tb.tb_frame] = tb.tb_lineno
            tb = tb.tb_next
        self.curframe = self.stack[self.curindex][0]
        # kept, so that variables changed by one command are seen by the next
        self.curframe_locals = self.curframe.f_locals

    def user_call(self, frame, argument_list):
        if not self._wait_for_mainpyfile and self.stop_here(frame):
            self.message("--Call--")
            self.interaction(frame, None)

    def user_line(self, frame):
        if self._wait_for_mainpyfile:
            if self.mainpyfile != self.canonic(frame.f_code.co_filename) or frame.f_lineno <= 0:
                return
            self._wait_for_mainpyfile = False
        if self._run_breakpoint_commands(frame):
            self.interaction(frame, None)

    def _run_breakpoint_commands(self, frame):
        """Runs the commands of the breakpoint that was hit: whether to talk afterwards."""
        number = getattr(self, "currentbp", False)
        self.currentbp = 0
        lines = self.commands.get(number) if number else None
        if not lines:
            return True
        self.setup(frame, None)
        lastcmd = self.lastcmd
        silent = lines[0] == "silent"
        if not silent:
            self.print_stack_entry(self.stack[self.curindex])
        going_on = False
        for line in lines[silent:]:
            if self.onecmd(line):
                going_on = True
                break
        self.lastcmd = lastcmd
        if not going_on:
            self._read_commands()
        self.forget()
        return False

    def user_return(self, frame, return_value):
        if self._wait_for_mainpyfile:
            return
        frame.f_locals["__return__"] = return_value
        self.message("--Return--")
        self.interaction(frame, None)

    def user_exception(self, frame, exc_info):
        if self._wait_for_mainpyfile:
            return
        kind, value, tb = exc_info
        frame.f_locals["__exception__"] = kind, value
        prefix = "Internal " if not tb and kind is StopIteration else ""
        self.message(f"{prefix}{traceback.format_exception_only(kind, value)[-1].strip()}")
        self.interaction(frame, tb)

    def interaction(self, frame, tb):
        self.setup(frame, tb)
        self.print_stack_entry(self.stack[self.curindex])
        for expression, old in self.displaying.get(self.curframe, {}).items():
            new = self._value_for_display(expression)
            if new is not old and new != old:
                self.displaying[self.curframe][expression] = new
                self.message(f"display {expression}: {new!r}  [old: {old!r}]")
        self._read_commands()
        self.forget()

    def _read_commands(self):
        while True:
            try:
                self.cmdloop()
                return
            except KeyboardInterrupt:
                self.message("--KeyboardInterrupt--")

    # ---- lines that are no commands

    def parseline(self, line):
        command, arg, line = super().parseline(line)
        if line.startswith("!"):
            return None, None, line
        return command, arg, line

    def precmd(self, line):
        line = line.strip()
        if not line:
            return line
        words = line.split()
        while words[0] in self.aliases:
            text = self.aliases[words[0]]
            for i, word in enumerate(words[1:], 1):
                text = text.replace(f"%{i}", word)
            line = text.replace("%*", " ".join(words[1:]))
            words = line.split()
        if words[0] != "alias" and ";;" in line:
            line, rest = line.split(";;", 1)
            self.cmdqueue.insert(0, rest.lstrip())
            line = line.rstrip()
        return line

    def default(self, line):
        """Runs a statement where the program stands."""
        if line.startswith("!"):
            line = line[1:].strip()
        locals, globals = self.curframe_locals, self.curframe.f_globals
        saved = sys.stdin, sys.stdout, sys.displayhook
        try:
            compiled = compile(line + "\n", "<stdin>", "single")
            sys.stdin, sys.stdout, sys.displayhook = self.stdin, self.stdout, self.displayhook
            exec(compiled, globals, locals)
        except Exception:
            self._show_error()
        finally:
            sys.stdin, sys.stdout, sys.displayhook = saved

    def displayhook(self, value):
        """Shows values, but does not keep them in builtins._"""
        if value is not None:
            self.message(repr(value))

    def _show_error(self):
        kind, value = sys.exc_info()[:2]
        self.error(traceback.format_exception_only(kind, value)[-1].strip())

    def _getval(self, arg):
        try:
            return eval(arg, self.curframe.f_globals, self.curframe_locals)
        except Exception:
            self._show_error()
            raise

    def _value_for_display(self, expression, frame=None):
        try:
            return eval(expression, self.curframe.f_globals, self.curframe_locals)
        except Exception as error:
            return _Raised(traceback.format_exception_only(error)[-1].strip())

    def emptyline(self):
        if self.lastcmd:
            return self.onecmd(self.lastcmd)

    # ---- going on

    def do_step(self, arg):
        """s(tep)
        Stops as soon as anything runs, in this function or in one that it calls."""
        self.set_step()
        return 1
    do_s = do_step

    def do_next(self, arg):
        """n(ext)
        Stops at the next line of this function, or when it returns."""
        self.set_next(self.curframe)
        return 1
    do_n = do_next

    def do_until(self, arg):
        """unt(il) [line]
        Stops at a line further down than this one (or at the given one or further)."""
        line = None
        if arg:
            try:
                line = int(arg)
            except ValueError:
                self.error(f"Error in argument: {arg!r}")
                return
            if line <= self.curframe.f_lineno:
                self.error('"until" line number is smaller than current line number')
                return
        self.set_until(self.curframe, line)
        return 1
    do_unt = do_until

    def do_return(self, arg):
        """r(eturn)
        Stops when this function returns."""
        self.set_return(self.curframe)
        return 1
    do_r = do_return

    def do_continue(self, arg):
        """c(ont(inue))
        Stops at breakpoints only."""
        self.set_continue()
        return 1
    do_c = do_cont = do_continue

    def do_jump(self, arg):
        """j(ump) line
        The line that runs next; only in the innermost frame."""
        if self.curindex + 1 != len(self.stack):
            self.error("You can only jump within the bottom frame")
            return
        try:
            line = int(arg)
        except ValueError:
            self.error("The 'jump' command requires a line number")
            return
        try:
            self.curframe.f_lineno = line
        except ValueError as error:
            self.error(f"Jump failed: {error}")
            return
        self.stack[self.curindex] = self.stack[self.curindex][0], line
        self.print_stack_entry(self.stack[self.curindex])
    do_j = do_jump

    def do_run(self, arg):
        """run | restart [arguments]
        Runs the program again."""
        if arg:
            import shlex
            try:
                sys.argv[1:] = shlex.split(arg)
            except ValueError as error:
                self.error(f"Cannot run {arg}: {error}")
                return
        raise Restart
    do_restart = do_run

    def do_quit(self, arg):
        """q(uit) | exit
        Gives up the program."""
        self._user_requested_quit = True
        self.set_quit()
        return 1
    do_q = do_exit = do_quit

    def do_EOF(self, arg):
        """EOF
        The end of the input gives up the program."""
        self.message("")
        return self.do_quit(arg)

    # ---- the stack

    def do_where(self, arg):
        """w(here)
        The stack, the innermost frame last; an arrow marks the one at work."""
        for entry in self.stack:
            self.print_stack_entry(entry)
    do_w = do_bt = do_where

    def _select_frame(self, number):
        self.curindex = number
        self.curframe = self.stack[number][0]
        self.curframe_locals = self.curframe.f_locals
        self.print_stack_entry(self.stack[number])
        self.lineno = None

    def _frame_count(self, arg):
        try:
            return int(arg or 1)
        except ValueError:
            self.error(f"Invalid frame count ({arg})")
            return None

    def do_up(self, arg):
        """u(p) [count]
        To the frame further out."""
        if self.curindex == 0:
            self.error("Oldest frame")
            return
        count = self._frame_count(arg)
        if count is not None:
            self._select_frame(0 if count < 0 else max(0, self.curindex - count))
    do_u = do_up

    def do_down(self, arg):
        """d(own) [count]
        To the frame further in."""
        if self.curindex + 1 == len(self.stack):
            self.error("Newest frame")
            return
        count = self._frame_count(arg)
        if count is not None:
            last = len(self.stack) - 1
            self._select_frame(last if count < 0 else min(last, self.curindex + count))
    do_d = do_down

    def print_stack_entry(self, frame_lineno, prompt_prefix="\n-> "):
        mark = "> " if frame_lineno[0] is self.curframe else "  "
        self.message(mark + self.format_stack_entry(frame_lineno, prompt_prefix))

    # ---- looking

    def do_p(self, arg):
        """p expression
        Its value."""
        try:
            self.message(repr(self._getval(arg)))
        except Exception:
            pass

    def do_pp(self, arg):
        """pp expression
        Its value, laid out."""
        try:
            self.message(pprint.pformat(self._getval(arg)))
        except Exception:
            pass

    def do_whatis(self, arg):
        """whatis expression
        What kind of thing it is."""
        try:
            value = self._getval(arg)
        except Exception:
            return
        function = getattr(value, "__func__", value)
        if getattr(function, "__code__", None) is not None:
            kind = "Method" if function is not value else "Function"
            self.message(f"{kind} {function.__code__.co_name}")
        elif isinstance(value, type):
            self.message(f"Class {value.__module__}.{value.__qualname__}")
        else:
            self.message(type(value))

    def do_args(self, arg):
        """a(rgs)
        The arguments of this function."""
        code = self.curframe.f_code
        count = (code.co_argcount + code.co_kwonlyargcount + bool(code.co_flags & 4) +
                 bool(code.co_flags & 8))
        for name in code.co_varnames[:count]:
            if name in self.curframe_locals:
                self.message(f"{name} = {self.curframe_locals[name]!r}")
            else:
                self.message(f"{name} = *** undefined ***")
    do_a = do_args

    def do_retval(self, arg):
        """retval
        What the function that returns gave."""
        if "__return__" in self.curframe_locals:
            self.message(repr(self.curframe_locals["__return__"]))
        else:
            self.error("Not yet returned!")
    do_rv = do_retval

    def do_display(self, arg):
        """display [expression]
        Shows its value whenever it changed where the program stops here."""
        if not arg:
            self.message("Currently displaying:")
            for expression, value in self.displaying.get(self.curframe, {}).items():
                self.message(f"{expression}: {value!r}")
            return
        value = self._value_for_display(arg)
        self.displaying.setdefault(self.curframe, {})[arg] = value
        self.message(f"display {arg}: {value!r}")

    def do_undisplay(self, arg):
        """undisplay [expression]
        No longer shows it; without one, none."""
        if not arg:
            self.displaying.pop(self.curframe, None)
            return
        try:
            del self.displaying.get(self.curframe, {})[arg]
        except KeyError:
            self.error(f"not displaying {arg}")

    def do_list(self, arg):
        """l(ist) [first[, last] | .]
        Eleven lines around this one, or those that follow what was listed last."""
        self.lastcmd = "list"
        last = None
        if arg and arg != ".":
            try:
                if "," in arg:
                    first, last = (int(part.strip()) for part in arg.split(","))
                    if last < first:
                        last = first + last  # a count
                else:
                    first = max(1, int(arg.strip()) - 5)
            except ValueError:
                self.error(f"Error in argument: {arg!r}")
                return
        elif self.lineno is None or arg == ".":
            first = max(1, self.curframe.f_lineno - 5)
        else:
            first = self.lineno + 1
        if last is None:
            last = first + 10
        file = self.curframe.f_code.co_filename
        breaks = self.get_file_breaks(file)
        lines = linecache.getlines(file, self.curframe.f_globals)
        self._print_lines(lines[first - 1:last], first, breaks, self.curframe)
        self.lineno = min(last, len(lines))
        if len(lines) < last:
            self.message("[EOF]")
    do_l = do_list

    def do_longlist(self, arg):
        """ll | longlist
        The whole function."""
        try:
            lines, first = inspect.getsourcelines(self.curframe)
        except OSError as error:
            self.error(error)
            return
        breaks = self.get_file_breaks(self.curframe.f_code.co_filename)
        self._print_lines(lines, max(1, first), breaks, self.curframe)
    do_ll = do_longlist

    def do_source(self, arg):
        """source expression
        The source of a function, class or module."""
        try:
            lines, first = inspect.getsourcelines(self._getval(arg))
        except (OSError, TypeError) as error:
            self.error(error)
            return
        except Exception:
            return
        self._print_lines(lines, first)

    def _print_lines(self, lines, start, breaks=(), frame=None):
        current = raised = -1
        if frame:
            current = frame.f_lineno
            raised = self.tb_lineno.get(frame, -1)
        for number, line in enumerate(lines, start):
            text = str(number).rjust(3)
            text += " " * (4 - len(text)) if len(text) < 4 else ""
            text += "B" if number in breaks else " "
            text += "->" if number == current else ">>" if number == raised else ""
            self.message(text + "\t" + line.rstrip())

    # ---- breakpoints

    def do_break(self, arg, temporary=False):
        """b(reak) [([file:]line | function) [, condition]]
        Sets a breakpoint; without arguments, lists all."""
        if not arg:
            if self.breaks:
                self.message("Num Type         Disp Enb   Where")
                for breakpoint in bdb.Breakpoint.bpbynumber:
                    if breakpoint:
                        self.message(breakpoint.bpformat())
            return
        place, comma, condition = arg.partition(",")
        place, condition = place.strip(), condition.strip() or None
        found = self._find_place(place)
        if found is None:
            return
        filename, line, funcname = found
        line = self.checkline(filename, line)
        if not line:
            return
        problem = self.set_break(filename, line, temporary, condition, funcname)
        if problem:
            self.error(problem)
        else:
            breakpoint = self.get_breaks(filename, line)[-1]
            self.message(f"Breakpoint {breakpoint.number} at {breakpoint.file}:{breakpoint.line}")
    do_b = do_break

    def _find_place(self, place):
        """(file, line, function name or None) of `[file:]line` or a function; None: told what is
        wrong."""
        file, colon, line = place.rpartition(":")
        if colon:
            filename = self.lookupmodule(file.rstrip())
            if not filename:
                self.error(f"{file.rstrip()!r} not found from sys.path")
                return None
            try:
                return filename, int(line), None
            except ValueError:
                self.error(f"Bad lineno: {line.strip()}")
                return None
        try:
            return self.defaultFile(), int(place), None
        except ValueError:
            pass
        try:
            function = eval(place, self.curframe.f_globals, self.curframe_locals)
        except Exception:
            function = place
        function = getattr(function, "__func__", function)
        code = getattr(function, "__code__", None)
        if code is not None:
            return code.co_filename, code.co_firstlineno, code.co_name
        found = find_function(place, self.defaultFile())
        if found is None:
            self.error(f"The specified object {place!r} is not a function or was not found along "
                       "sys.path.")
            return None
        return found[1], found[2], found[0]

    def defaultFile(self):
        filename = self.curframe.f_code.co_filename
        return self.mainpyfile if filename == "<string>" and self.mainpyfile else filename

    def lookupmodule(self, filename):
        """The path of a file: as it is, or along sys.path."""
        if os.path.isabs(filename) and os.path.exists(filename):
            return filename
        if os.path.exists(filename):
            return self.canonic(filename)
        if not filename.endswith(".py"):
            filename += ".py"
        for folder in sys.path:
            path = os.path.join(folder, filename)
            if os.path.exists(path):
                return path
        return None

    def checkline(self, filename, lineno):
        """The line, or 0 if nothing can stop there."""
        namespace = self.curframe.f_globals if self.curframe else None
        line = linecache.getline(filename, lineno, namespace)
        if not line:
            self.message("End of file")
            return 0
        line = line.strip()
        if not line or line[0] == "#" or line[:3] in ('"""', "'''"):
            self.error("Blank or comment")
            return 0
        return lineno

    def do_tbreak(self, arg):
        """tbreak [([file:]line | function) [, condition]]
        A breakpoint that is deleted when it is hit."""
        self.do_break(arg, True)

    def _each_breakpoint(self, arg):
        for number in arg.split():
            try:
                yield self.get_bpbynumber(number)
            except ValueError as error:
                self.error(error)

    def do_enable(self, arg):
        """enable number…
        Breakpoints stop again."""
        for breakpoint in self._each_breakpoint(arg):
            breakpoint.enable()
            self.message(f"Enabled {breakpoint}")

    def do_disable(self, arg):
        """disable number…
        Breakpoints no longer stop."""
        for breakpoint in self._each_breakpoint(arg):
            breakpoint.disable()
            self.message(f"Disabled {breakpoint}")

    def do_condition(self, arg):
        """condition number [expression]
        Stops only if it is true; without one, always."""
        number, _, condition = arg.partition(" ")
        try:
            breakpoint = self.get_bpbynumber(number)
        except ValueError as error:
            self.error(error)
            return
        breakpoint.cond = condition.strip() or None
        if breakpoint.cond:
            self.message(f"New condition set for breakpoint {breakpoint.number}.")
        else:
            self.message(f"Breakpoint {breakpoint.number} is now unconditional.")

    def do_ignore(self, arg):
        """ignore number [count]
        Does not stop the next so many times."""
        number, _, count = arg.partition(" ")
        try:
            count = int(count.strip() or 0)
        except ValueError:
            count = 0
        try:
            breakpoint = self.get_bpbynumber(number)
        except ValueError as error:
            self.error(error)
            return
        breakpoint.ignore = count
        if count > 0:
            crossings = f"{count} crossings" if count > 1 else "1 crossing"
            self.message(f"Will ignore next {crossings} of breakpoint {breakpoint.number}.")
        else:
            self.message(f"Will stop next time breakpoint {breakpoint.number} is reached.")

    def do_clear(self, arg):
        """cl(ear) [file:line | number…]
        Deletes breakpoints; without arguments, all."""
        if not arg:
            try:
                reply = input("Clear all breaks? ")
            except EOFError:
                reply = "no"
            if reply.strip().lower() in ("y", "yes"):
                gone = [b for b in bdb.Breakpoint.bpbynumber if b]
                self.clear_all_breaks()
                for breakpoint in gone:
                    self.message(f"Deleted {breakpoint}")
            return
        if ":" in arg:
            filename, _, line = arg.rpartition(":")
            try:
                line = int(line)
            except ValueError:
                problem = f"Invalid line number ({line})"
                gone = []
            else:
                gone = self.get_breaks(filename, line)[:]
                problem = self.clear_break(filename, line)
            if problem:
                self.error(problem)
            else:
                for breakpoint in gone:
                    self.message(f"Deleted {breakpoint}")
            return
        for breakpoint in self._each_breakpoint(arg):
            self.clear_bpbynumber(str(breakpoint.number))
            self.message(f"Deleted {breakpoint}")
    do_cl = do_clear

    def do_commands(self, arg):
        """commands [number]
        Commands to be run when the breakpoint is hit; `end` ends them."""
        try:
            number = int(arg) if arg else len(bdb.Breakpoint.bpbynumber) - 1
            self.get_bpbynumber(number)
        except ValueError as error:
            self.error(f"cannot set commands: {error}")
            return
        prompt, self.prompt = self.prompt, "(com) "
        lines = []
        try:
            while (line := self._read().strip()) not in ("end", "EOF"):
                if line:
                    lines.append(line)
        finally:
            self.prompt = prompt
        self.commands[number] = lines

    # ---- the rest

    def do_alias(self, arg):
        """alias [name [command]]
        Another name for a command; %1, %2, … and %* are its words."""
        words = arg.split(None, 1)
        if not words:
            for name in sorted(self.aliases):
                self.message(f"{name} = {self.aliases[name]}")
        elif len(words) == 1:
            if words[0] in self.aliases:
                self.message(f"{words[0]} = {self.aliases[words[0]]}")
        else:
            self.aliases[words[0]] = words[1]

    def do_unalias(self, arg):
        """unalias name
        Forgets it."""
        if arg.split():
            self.aliases.pop(arg.split()[0], None)

    do_h = cmd.Cmd.do_help

    def _runscript(self, filename):
        """Runs a program from its first line on."""
        import __main__
        namespace = {"__name__": "__main__", "__file__": filename,
                     "__builtins__": __main__.__builtins__}
        __main__.__dict__.clear()
        __main__.__dict__.update(namespace)
        self.mainpyfile = self.canonic(filename)
        self._wait_for_mainpyfile = True
        self._user_requested_quit = False
        with open(filename, "rb") as file:
            compiled = compile(file.read(), self.mainpyfile, "exec")
        self.run(compiled, __main__.__dict__)


class _Raised:
    """Stands for the value of an expression that raised."""

    def __init__(self, text):
        self._text = text

    def __repr__(self):
        return f"** raised {self._text} **"

    def __eq__(self, other):
        return isinstance(other, _Raised) and other._text == self._text


def run(statement, globals=None, locals=None):
    """Executes statements under the debugger."""
    Pdb().run(statement, globals, locals)


def runeval(expression, globals=None, locals=None):
    """The value of an expression, under the debugger."""
    return Pdb().runeval(expression, globals, locals)


def runctx(statement, globals, locals):
    run(statement, globals, locals)


def runcall(*args, **kwds):
    """Calls a function under the debugger."""
    return Pdb().runcall(*args, **kwds)


def set_trace(*, header=None):
    """Stops at the caller."""
    debugger = Pdb()
    if header is not None:
        debugger.message(header)
    debugger.set_trace(sys._getframe().f_back)


def post_mortem(t=None):
    """Looks at a traceback, by default of the exception being handled."""
    if t is None:
        t = sys.exc_info()[2]
    if t is None:
        raise ValueError("A valid traceback must be passed if no exception is being handled")
    debugger = Pdb()
    debugger.reset()
    debugger.interaction(None, t)


def pm():
    """Looks at the exception that ended the last statement of the prompt."""
    post_mortem(sys.last_traceback)


def help():
    """Prints the commands."""
    Pdb().do_help("")


def main():
    if len(sys.argv) < 2 or sys.argv[1] in ("-h", "--help"):
        print("usage: pdb.py [-c command] ... pyfile [arg] ...")
        sys.exit(2)
    commands = []
    while len(sys.argv) > 2 and sys.argv[1] == "-c":
        commands.append(sys.argv[2])
        del sys.argv[1:3]
    filename = sys.argv[1]
    if not os.path.exists(filename):
        print("Error:", filename, "does not exist")
        sys.exit(1)
    sys.argv[:] = sys.argv[1:]
    sys.path[0] = os.path.dirname(os.path.realpath(filename))
    debugger = Pdb()
    debugger.cmdqueue.extend(commands)
    while True:
        try:
            debugger._runscript(filename)
            if debugger._user_requested_quit:
                break
            print("The program finished and will be restarted")
        except Restart:
            print("Restarting", filename, "with arguments:")
            print("\t" + " ".join(sys.argv[1:]))
        except SystemExit as error:
            print("The program exited via sys.exit(). Exit status:", end=" ")
            print(error)
        except SyntaxError:
            traceback.print_exc()
            sys.exit(1)
        except BaseException as error:
            traceback.print_exc()
            print("Uncaught exception. Entering post mortem debugging")
            print("Running 'cont' or 'step' will restart the program")
            debugger.interaction(None, error.__traceback__)
            print("Post mortem debugger finished. The", filename, "will be restarted")


if __name__ == "__main__":
    import pdb
    pdb.main()
