"""The workings of a debugger: breakpoints, and when to stop.  pdb is one that talks."""

import fnmatch
import functools
import linecache
import os
import sys

__all__ = ["BdbQuit", "Bdb", "Breakpoint"]

_GENERATOR_FLAGS = 0x20 | 0x80 | 0x200  # generators, coroutines, asynchronous generators


class BdbQuit(Exception):
    """The program is to be given up."""


class Breakpoint:
    """A place to stop at: numbered, by file and line; perhaps with a condition."""

    next = 1
    bplist = {}          # (file, line) → breakpoints there
    bpbynumber = [None]

    def __init__(self, file, line, temporary=False, cond=None, funcname=None):
        self.file = file
        self.line = line
        self.temporary = temporary
        self.cond = cond
        self.funcname = funcname
        self.func_first_executable_line = None
        self.enabled = True
        self.ignore = 0
        self.hits = 0
        self.number = Breakpoint.next
        Breakpoint.next += 1
        self.bpbynumber.append(self)
        self.bplist.setdefault((file, line), []).append(self)

    @staticmethod
    def clearBreakpoints():
        """Forgets all of them."""
        Breakpoint.next = 1
        Breakpoint.bplist = {}
        Breakpoint.bpbynumber = [None]

    def deleteMe(self):
        place = self.file, self.line
        self.bpbynumber[self.number] = None
        self.bplist[place].remove(self)
        if not self.bplist[place]:
            del self.bplist[place]

    def enable(self):
        self.enabled = True

    def disable(self):
        self.enabled = False

    def bpprint(self, out=None):
        print(self.bpformat(), file=out or sys.stdout)

    def bpformat(self):
        """Lines that describe it, as pdb's break command shows them."""
        kind = "del  " if self.temporary else "keep "
        state = "yes   " if self.enabled else "no    "
        text = f"{self.number:<4}breakpoint   {kind}{state}at {self.file}:{self.line}"
        if self.cond:
            text += f"\n\tstop only if {self.cond}"
        if self.ignore:
            text += f"\n\tignore next {self.ignore} hits"
        if self.hits:
            text += f"\n\tbreakpoint already hit {self.hits} time{'s' if self.hits > 1 else ''}"
        return text

    def __str__(self):
        return f"breakpoint {self.number} at {self.file}:{self.line}"


def _in_named_function(breakpoint, frame):
    """Whether a breakpoint set by function name is hit in this frame."""
    if not breakpoint.funcname:
        return breakpoint.line == frame.f_lineno
    if frame.f_code.co_name != breakpoint.funcname:
        return False
    if not breakpoint.func_first_executable_line:
        breakpoint.func_first_executable_line = frame.f_lineno
    return breakpoint.func_first_executable_line == frame.f_lineno


def effective(file, line, frame):
    """The breakpoint that stops here, and whether it may be deleted if temporary; or two Nones."""
    for candidate in Breakpoint.bplist.get((file, line), []):
        if not candidate.enabled or not _in_named_function(candidate, frame):
            continue
        candidate.hits += 1
        if candidate.cond:
            try:
                if not eval(candidate.cond, frame.f_globals, frame.f_locals):
                    continue
            except Exception:
                return candidate, False  # better to stop than to miss it
        if candidate.ignore > 0:
            candidate.ignore -= 1
            continue
        return candidate, True
    return None, None


class Bdb:
    """Runs code under sys.settrace and calls the user_… methods where it stops."""

    def __init__(self, skip=None):
        self.skip = set(skip) if skip else None
        self.breaks = {}     # file → lines with breakpoints
        self.fncache = {}
        self.frame_returning = None
        for file, line in Breakpoint.bplist:
            self._add_to_breaks(file, line)

    def canonic(self, filename):
        """The absolute path of a file; names in <> stay."""
        if filename.startswith("<") and filename.endswith(">"):
            return filename
        path = self.fncache.get(filename)
        if path is None:
            path = self.fncache[filename] = os.path.normcase(os.path.abspath(filename))
        return path

    def reset(self):
        linecache.checkcache()
        self.botframe = None
        self._set_stopinfo(None, None)

    # ---- events

    def trace_dispatch(self, frame, event, arg):
        """The trace function."""
        if self.quitting:
            return None
        handler = getattr(self, "dispatch_" + event, None)
        if handler is None:
            return self.trace_dispatch
        return handler(frame) if event == "line" else handler(frame, arg)

    def _quit_if_asked(self):
        if self.quitting:
            raise BdbQuit

    def dispatch_line(self, frame):
        if self.stop_here(frame) or self.break_here(frame):
            self.user_line(frame)
            self._quit_if_asked()
        return self.trace_dispatch

    def dispatch_call(self, frame, arg):
        if self.botframe is None:
            self.botframe = frame.f_back
            return self.trace_dispatch
        if not (self.stop_here(frame) or self.break_anywhere(frame)):
            return None
        if self.stopframe and frame.f_code.co_flags & _GENERATOR_FLAGS:
            return self.trace_dispatch
        self.user_call(frame, arg)
        self._quit_if_asked()
        return self.trace_dispatch

    def dispatch_return(self, frame, arg):
        if self.stop_here(frame) or frame is self.returnframe:
            if self.stopframe and frame.f_code.co_flags & _GENERATOR_FLAGS:
                return self.trace_dispatch
            try:
                self.frame_returning = frame
                self.user_return(frame, arg)
            finally:
                self.frame_returning = None
            self._quit_if_asked()
            if self.stopframe is frame and self.stoplineno != -1:
                self._set_stopinfo(None, None)
        return self.trace_dispatch

    def dispatch_exception(self, frame, arg):
        if self.stop_here(frame):
            # An iterator's end inside a generator expression is no event of its own.
            if not (frame.f_code.co_flags & _GENERATOR_FLAGS and arg[0] is StopIteration and
                    arg[2] is None):
                self.user_exception(frame, arg)
                self._quit_if_asked()
        elif (self.stopframe and frame is not self.stopframe and
              self.stopframe.f_code.co_flags & _GENERATOR_FLAGS and
              arg[0] in (StopIteration, GeneratorExit)):
            self.user_exception(frame, arg)
            self._quit_if_asked()
        return self.trace_dispatch

    # ---- where to stop

    def is_skipped_module(self, name):
        return name is not None and any(fnmatch.fnmatch(name, pattern) for pattern in self.skip)

    def stop_here(self, frame):
        if self.skip and self.is_skipped_module(frame.f_globals.get("__name__")):
            return False
        if frame is self.stopframe:
            return self.stoplineno != -1 and frame.f_lineno >= self.stoplineno
        return not self.stopframe

    def break_here(self, frame):
        file = self.canonic(frame.f_code.co_filename)
        if file not in self.breaks:
            return False
        line = frame.f_lineno
        if line not in self.breaks[file]:
            line = frame.f_code.co_firstlineno  # a breakpoint by function name
            if line not in self.breaks[file]:
                return False
        found, may_delete = effective(file, line, frame)
        if found is None:
            return False
        self.currentbp = found.number
        if may_delete and found.temporary:
            self.do_clear(str(found.number))
        return True

    def do_clear(self, arg):
        raise NotImplementedError("subclass of bdb must implement do_clear()")

    def break_anywhere(self, frame):
        return self.canonic(frame.f_code.co_filename) in self.breaks

    # ---- for subclasses

    def user_call(self, frame, argument_list):
        """A function is called."""

    def user_line(self, frame):
        """A line is about to run."""

    def user_return(self, frame, return_value):
        """A function is about to return."""

    def user_exception(self, frame, exc_info):
        """An exception was raised."""

    # ---- going on

    def _set_stopinfo(self, stopframe, returnframe, stoplineno=0):
        self.stopframe = stopframe
        self.returnframe = returnframe
        self.quitting = False
        self.stoplineno = stoplineno

    def set_until(self, frame, lineno=None):
        """Stops at a line further down, or where the frame returns."""
        self._set_stopinfo(frame, frame, frame.f_lineno + 1 if lineno is None else lineno)

    def set_step(self):
        """Stops as soon as anything runs."""
        if self.frame_returning:
            caller = self.frame_returning.f_back
            if caller and not caller.f_trace:
                caller.f_trace = self.trace_dispatch
        self._set_stopinfo(None, None)

    def set_next(self, frame):
        """Stops at the next line of this frame or further out."""
        self._set_stopinfo(frame, None)

    def set_return(self, frame):
        """Stops where the frame returns."""
        if frame.f_code.co_flags & _GENERATOR_FLAGS:
            self._set_stopinfo(frame, None, -1)
        else:
            self._set_stopinfo(frame.f_back, frame)

    def set_trace(self, frame=None):
        """Debugs from here on."""
        if frame is None:
            frame = sys._getframe().f_back
        self.reset()
        while frame:
            frame.f_trace = self.trace_dispatch
            self.botframe = frame
            frame = frame.f_back
        self.set_step()
        sys.settrace(self.trace_dispatch)

    def set_continue(self):
        """Stops at breakpoints only; without any, tracing ends."""
        self._set_stopinfo(self.botframe, None, -1)
        if not self.breaks:
            sys.settrace(None)
            frame = sys._getframe().f_back
            while frame and frame is not self.botframe:
                del frame.f_trace
                frame = frame.f_back

    def set_quit(self):
        """BdbQuit is raised at the next event."""
        self.stopframe = self.botframe
        self.returnframe = None
        self.quitting = True
        sys.settrace(None)

    # ---- breakpoints

    def _add_to_breaks(self, file, line):
        lines = self.breaks.setdefault(file, [])
        if line not in lines:
            lines.append(line)

    def set_break(self, filename, lineno, temporary=False, cond=None, funcname=None):
        """Sets one: None, or what is wrong."""
        filename = self.canonic(filename)
        if not linecache.getline(filename, lineno):
            return f"Line {filename}:{lineno} does not exist"
        self._add_to_breaks(filename, lineno)
        Breakpoint(filename, lineno, temporary, cond, funcname)
        return None

    def _prune_breaks(self, filename, lineno):
        if (filename, lineno) not in Breakpoint.bplist:
            self.breaks[filename].remove(lineno)
        if not self.breaks[filename]:
            del self.breaks[filename]

    def clear_break(self, filename, lineno):
        """Deletes those of a line: None, or what is wrong."""
        filename = self.canonic(filename)
        if filename not in self.breaks:
            return f"There are no breakpoints in {filename}"
        if lineno not in self.breaks[filename]:
            return f"There is no breakpoint at {filename}:{lineno}"
        for breakpoint in Breakpoint.bplist[filename, lineno][:]:
            breakpoint.deleteMe()
        self._prune_breaks(filename, lineno)
        return None

    def clear_bpbynumber(self, arg):
        try:
            breakpoint = self.get_bpbynumber(arg)
        except ValueError as error:
            return str(error)
        breakpoint.deleteMe()
        self._prune_breaks(breakpoint.file, breakpoint.line)
        return None

    def clear_all_file_breaks(self, filename):
        filename = self.canonic(filename)
        if filename not in self.breaks:
            return f"There are no breakpoints in {filename}"
        for line in self.breaks[filename]:
            for breakpoint in Breakpoint.bplist[filename, line][:]:
                breakpoint.deleteMe()
        del self.breaks[filename]
        return None

    def clear_all_breaks(self):
        if not self.breaks:
            return "There are no breakpoints"
        for breakpoint in Breakpoint.bpbynumber:
            if breakpoint:
                breakpoint.deleteMe()
        self.breaks = {}
        return None

    def get_bpbynumber(self, arg):
        """The breakpoint of a number; ValueError says what is wrong."""
        if not arg:
            raise ValueError("Breakpoint number expected")
        try:
            number = int(arg)
        except ValueError:
            raise ValueError(f"Non-numeric breakpoint number {arg}") from None
        try:
            breakpoint = Breakpoint.bpbynumber[number]
        except IndexError:
            raise ValueError(f"Breakpoint number {number} out of range") from None
        if breakpoint is None:
            raise ValueError(f"Breakpoint {number} already deleted")
        return breakpoint

    def get_break(self, filename, lineno):
        filename = self.canonic(filename)
        return filename in self.breaks and lineno in self.breaks[filename]

    def get_breaks(self, filename, lineno):
        filename = self.canonic(filename)
        return Breakpoint.bplist.get((filename, lineno), []) if self.get_break(filename, lineno) else []

    def get_file_breaks(self, filename):
        return self.breaks.get(self.canonic(filename), [])

    def get_all_breaks(self):
        return self.breaks

    # ---- the stack

    def get_stack(self, frame, traceback):
        """(frame, line) from the outermost on, and the index of the one at work."""
        if traceback and traceback.tb_frame is frame:
            traceback = traceback.tb_next
        stack = []
        while frame is not None:
            stack.append((frame, frame.f_lineno))
            if frame is self.botframe:
                break
            frame = frame.f_back
        stack.reverse()
        at = max(0, len(stack) - 1)
        while traceback is not None:
            stack.append((traceback.tb_frame, traceback.tb_lineno))
            traceback = traceback.tb_next
        if frame is None:
            at = max(0, len(stack) - 1)
        return stack, at

    def format_stack_entry(self, frame_lineno, lprefix=": "):
        """file(line)function()->value: source"""
        import reprlib
        frame, line = frame_lineno
        file = self.canonic(frame.f_code.co_filename)
        text = f"{file}({line}){frame.f_code.co_name or '<lambda>'}()"
        if "__return__" in frame.f_locals:
            text += "->" + reprlib.repr(frame.f_locals["__return__"])
        source = linecache.getline(file, line, frame.f_globals) if line is not None else ""
        return text + (lprefix + source.strip() if source else "")

    # ---- running code

    def _run_traced(self, call):
        self.reset()
        sys.settrace(self.trace_dispatch)
        try:
            return call()
        except BdbQuit:
            return None
        finally:
            self.quitting = True
            sys.settrace(None)

    def run(self, cmd, globals=None, locals=None):
        """Executes statements."""
        if globals is None:
            import __main__
            globals = __main__.__dict__
        if locals is None:
            locals = globals
        if isinstance(cmd, str):
            cmd = compile(cmd, "<string>", "exec")
        self._run_traced(functools.partial(exec, cmd, globals, locals))

    def runeval(self, expr, globals=None, locals=None):
        """The value of an expression."""
        if globals is None:
            import __main__
            globals = __main__.__dict__
        if locals is None:
            locals = globals
        return self._run_traced(functools.partial(eval, expr, globals, locals))

    def runctx(self, cmd, globals, locals):
        self.run(cmd, globals, locals)

    def runcall(self, func, /, *args, **kwds):
        """What the function returns."""
        return self._run_traced(functools.partial(func, *args, **kwds))


def set_trace():
    """Debugs from here on, without talking."""
    Bdb().set_trace()
