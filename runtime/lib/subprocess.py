"""Other programs: started, talked to, waited for."""

import errno
import io
import os
import select
import signal
import time
import types
import warnings

__all__ = ["Popen", "PIPE", "STDOUT", "call", "check_call", "getstatusoutput", "getoutput",
           "check_output", "run", "CalledProcessError", "DEVNULL", "SubprocessError",
           "TimeoutExpired", "CompletedProcess"]

PIPE = -1
STDOUT = -2
DEVNULL = -3
_CHUNK = 1 << 16


class SubprocessError(Exception):
    """Base of the errors of this module."""


class CalledProcessError(SubprocessError):
    """A program ended with a status other than 0."""

    def __init__(self, returncode, cmd, output=None, stderr=None):
        self.returncode = returncode
        self.cmd = cmd
        self.output = output
        self.stderr = stderr

    def __str__(self):
        code = self.returncode
        if code and code < 0:
            try:
                return "Command '%s' died with %r." % (self.cmd, signal.Signals(-code))
            except ValueError:
                return "Command '%s' died with unknown signal %d." % (self.cmd, -code)
        return "Command '%s' returned non-zero exit status %d." % (self.cmd, code)

    @property
    def stdout(self):
        """Another name of output."""
        return self.output

    @stdout.setter
    def stdout(self, value):
        self.output = value


class TimeoutExpired(SubprocessError):
    """A program took longer than allowed."""

    def __init__(self, cmd, timeout, output=None, stderr=None):
        self.cmd = cmd
        self.timeout = timeout
        self.output = output
        self.stderr = stderr

    def __str__(self):
        return "Command '%s' timed out after %s seconds" % (self.cmd, self.timeout)

    @property
    def stdout(self):
        """Another name of output."""
        return self.output

    @stdout.setter
    def stdout(self, value):
        self.output = value


class CompletedProcess:
    """What run() gives: arguments, status and output."""

    def __init__(self, args, returncode, stdout=None, stderr=None):
        self.args = args
        self.returncode = returncode
        self.stdout = stdout
        self.stderr = stderr

    def __repr__(self):
        parts = [f"args={self.args!r}", f"returncode={self.returncode!r}"]
        if self.stdout is not None:
            parts.append(f"stdout={self.stdout!r}")
        if self.stderr is not None:
            parts.append(f"stderr={self.stderr!r}")
        return f"{type(self).__name__}({', '.join(parts)})"

    __class_getitem__ = classmethod(types.GenericAlias)

    def check_returncode(self):
        """CalledProcessError unless the status is 0."""
        if self.returncode:
            raise CalledProcessError(self.returncode, self.args, self.stdout, self.stderr)


def _is_path(value):
    return isinstance(value, (str, bytes, os.PathLike))


class Popen:
    """A program that runs; its streams are files where PIPE was asked for."""

    def __init__(self, args, bufsize=-1, executable=None, stdin=None, stdout=None, stderr=None,
                 preexec_fn=None, close_fds=True, shell=False, cwd=None, env=None,
                 universal_newlines=None, startupinfo=None, creationflags=0, restore_signals=True,
                 start_new_session=False, pass_fds=(), *, user=None, group=None, extra_groups=None,
                 encoding=None, errors=None, text=None, umask=-1, pipesize=-1, process_group=None):
        self.stdin = self.stdout = self.stderr = None
        self.pid = self.returncode = None
        self._input_sent = 0
        self._collected = None
        self._ended = set()     # output streams whose end was seen
        if bufsize is None:
            bufsize = -1
        if not isinstance(bufsize, int):
            raise TypeError("bufsize must be an integer")
        if startupinfo is not None:
            raise ValueError("startupinfo is only supported on Windows platforms")
        if creationflags != 0:
            raise ValueError("creationflags is only supported on Windows platforms")
        if pass_fds and not close_fds:
            warnings.warn("pass_fds overriding close_fds.", RuntimeWarning)
            close_fds = True
        for name, value in (("user", user), ("group", group), ("extra_groups", extra_groups),
                            ("process_group", process_group)):
            if value is not None:
                raise ValueError(f"The '{name}' parameter is not supported on the current platform")
        if text is not None and universal_newlines is not None and bool(text) != bool(
                universal_newlines):
            raise SubprocessError("Cannot disambiguate when both text and universal_newlines are "
                                  "supplied but different. Pass one or the other.")
        self.args = args
        self.encoding = encoding
        self.errors = errors
        self.text_mode = bool(encoding or errors or text or universal_newlines)
        if bufsize == 1 and not self.text_mode:
            warnings.warn("line buffering (buffering=1) isn't supported in binary mode, the "
                          "default buffer size will be used", RuntimeWarning, stacklevel=2)
            bufsize = -1

        argv = self._command(args, shell, executable)
        opened = []         # descriptors of this call, to be closed on both sides
        try:
            plan = self._plan_streams(stdin, stdout, stderr, opened)
            self._start(argv, executable if executable is not None else argv[0], plan, close_fds,
                        pass_fds, cwd, env, preexec_fn, restore_signals, start_new_session, umask)
        except BaseException:
            for descriptor in opened:
                try:
                    os.close(descriptor)
                except OSError:
                    pass
            raise
        for child_end in plan["child_ends"]:
            os.close(child_end)
        self._open_files(plan, bufsize)

    @staticmethod
    def _command(args, shell, executable):
        if _is_path(args):
            args = [args]
        else:
            args = list(args)
        if shell:
            args = ["/bin/sh" if executable is None else executable, "-c", *args]
        if not args:
            raise IndexError("list index out of range")
        for arg in args:
            if not _is_path(arg):
                raise TypeError(f"expected str, bytes or os.PathLike object, not "
                                f"{type(arg).__name__}")
        argv = [os.fsencode(arg) for arg in args]
        if any(b"\0" in arg for arg in argv):
            raise ValueError("embedded null byte")
        return argv

    @staticmethod
    def _plan_streams(stdin, stdout, stderr, opened):
        """Which descriptors the child gets as 0, 1 and 2 (None: its parent's), and the parent's ends
        of pipes."""
        plan = {"child": [None, None, None], "parent": [None, None, None], "child_ends": []}
        null = None
        for number, stream in enumerate((stdin, stdout, stderr)):
            if stream is None:
                continue
            if stream == PIPE:
                read, write = os.pipe()
                opened += (read, write)
                child, parent = (read, write) if number == 0 else (write, read)
                plan["child"][number] = child
                plan["parent"][number] = parent
                plan["child_ends"].append(child)
            elif stream == DEVNULL:
                if null is None:
                    null = os.open(os.devnull, os.O_RDWR)
                    opened.append(null)
                    plan["child_ends"].append(null)
                plan["child"][number] = null
            elif stream == STDOUT and number == 2:
                out = plan["child"][1]
                plan["child"][2] = 1 if out is None else out
            elif isinstance(stream, int):
                plan["child"][number] = stream
            else:
                plan["child"][number] = stream.fileno()
        return plan

    def _start(self, argv, executable, plan, close_fds, pass_fds, cwd, env, preexec_fn,
               restore_signals, start_new_session, umask):
        executable = os.fsencode(executable)
        if env is None:
            environment = None
            path = os.environ.get("PATH", os.defpath)
        else:
            environment = {}
            for key, value in env.items():
                key, value = os.fsencode(key), os.fsencode(value)
                if b"=" in key:
                    raise ValueError("illegal environment variable name")
                environment[key] = value
            path = os.fsdecode(environment.get(b"PATH", os.fsencode(os.defpath)))
        if os.path.dirname(executable):
            candidates = [executable]
        else:
            candidates = [os.path.join(os.fsencode(folder), executable)
                          for folder in path.split(os.pathsep)]
        # The child tells through this pipe why it could not become the program; it is closed when
        # it could.
        failure_read, failure_write = os.pipe()
        try:
            self.pid = os.fork()
            if self.pid == 0:
                self._become(candidates, argv, environment, plan, close_fds, pass_fds, cwd,
                             preexec_fn, restore_signals, start_new_session, umask, failure_write)
            os.close(failure_write)
            failure_write = None
            told = b""
            while chunk := os.read(failure_read, 4096):
                told += chunk
        finally:
            os.close(failure_read)
            if failure_write is not None:
                os.close(failure_write)
        if told:
            os.waitpid(self.pid, 0)
            kind, number, message = told.split(b":", 2)
            if kind != b"OSError":
                raise SubprocessError(message.decode(errors="surrogatepass"))
            number = int(number)
            if message == b"chdir":
                raise OSError(number, os.strerror(number), cwd)
            raise OSError(number, os.strerror(number), os.fsdecode(executable))

    @staticmethod
    def _become(candidates, argv, environment, plan, close_fds, pass_fds, cwd, preexec_fn,
                restore_signals, start_new_session, umask, failure_write):
        """In the child: becomes the program, or tells why not.  Never returns."""
        step = b""
        try:
            if failure_write < 3:
                failure_write = Popen._raised(failure_write)
            # Descriptors that are to become 0, 1 and 2 must not be overwritten on the way.
            wanted = [Popen._raised(d) if d is not None and d < 3 and d != n else d
                      for n, d in enumerate(plan["child"])]
            for number, descriptor in enumerate(wanted):
                if descriptor is None:
                    continue
                if descriptor == number:
                    os.set_inheritable(number, True)
                else:
                    os.dup2(descriptor, number)
            if cwd is not None:
                step = b"chdir"
                os.chdir(cwd)
                step = b""
            if umask >= 0:
                os.umask(umask)
            if restore_signals:
                for name in ("SIGPIPE", "SIGXFZ", "SIGXFSZ"):
                    if hasattr(signal, name):
                        signal.signal(getattr(signal, name), signal.SIG_DFL)
            if start_new_session:
                os.setsid()
            for descriptor in pass_fds:
                os.set_inheritable(descriptor, True)
            if preexec_fn is not None:
                try:
                    preexec_fn()
                except Exception:
                    os.write(failure_write, b"SubprocessError:0:Exception occurred in preexec_fn.")
                    os._exit(255)
            if close_fds:
                kept = sorted({*pass_fds, failure_write})
                low = 3
                for descriptor in kept:
                    os.closerange(low, descriptor)
                    low = descriptor + 1
                os.closerange(low, max(256, low))
            problem = None
            for candidate in candidates:
                try:
                    if environment is None:
                        os.execv(candidate, argv)
                    else:
                        os.execve(candidate, argv, environment)
                except OSError as error:
                    if problem is None or error.errno not in (errno.ENOENT, errno.ENOTDIR):
                        problem = error
            raise problem
        except OSError as error:
            os.write(failure_write, b"OSError:%d:%s" % (error.errno or 0, step))
        except BaseException as error:
            os.write(failure_write, f"Exception:0:{error}".encode(errors="replace"))
        os._exit(255)

    @staticmethod
    def _raised(descriptor):
        """A copy of a descriptor that is no standard stream."""
        copy = os.dup(descriptor)
        low = []
        while copy < 3:
            low.append(copy)
            copy = os.dup(descriptor)
        for number in low:
            os.close(number)
        return copy

    def _open_files(self, plan, bufsize):
        for name, mode, descriptor in zip(("stdin", "stdout", "stderr"), ("wb", "rb", "rb"),
                                          plan["parent"]):
            if descriptor is None:
                continue
            line_buffering = self.text_mode and bufsize == 1
            file = io.open(descriptor, mode, -1 if line_buffering else bufsize)
            if self.text_mode:
                file = io.TextIOWrapper(file, encoding=self.encoding, errors=self.errors,
                                        write_through=mode == "wb" and bufsize == 0,
                                        line_buffering=line_buffering and mode == "wb")
            setattr(self, name, file)

    # ---- as others see it

    def __repr__(self):
        text = f"<{type(self).__name__}: returncode: {self.returncode} args: {self.args!r}>"
        return text[:76] + "...>" if len(text) > 80 else text

    __class_getitem__ = classmethod(types.GenericAlias)

    @property
    def universal_newlines(self):
        """Whether the streams are text."""
        return self.text_mode

    @universal_newlines.setter
    def universal_newlines(self, value):
        self.text_mode = bool(value)

    def __enter__(self):
        return self

    def __exit__(self, exc_type, value, traceback):
        for stream in (self.stdout, self.stderr):
            if stream:
                stream.close()
        try:
            if self.stdin:
                self.stdin.close()
        finally:
            self.wait()

    def __del__(self, _warn=warnings.warn):
        if self.pid and self.returncode is None:
            _warn("subprocess %s is still running" % self.pid, ResourceWarning, source=self)
            try:
                self.poll()
            except OSError:
                pass

    # ---- waiting and signals

    def poll(self):
        """The status, or None while the program runs."""
        if self.returncode is None:
            self._reap(os.WNOHANG)
        return self.returncode

    def _reap(self, flags):
        try:
            pid, status = os.waitpid(self.pid, flags)
        except ChildProcessError:
            pid, status = self.pid, 0       # somebody else has taken the status
        if pid == self.pid:
            self.returncode = os.waitstatus_to_exitcode(status)

    def wait(self, timeout=None):
        """Waits for the end of the program; gives its status."""
        if self.returncode is not None:
            return self.returncode
        if timeout is None:
            while self.returncode is None:
                self._reap(0)
            return self.returncode
        end = time.monotonic() + timeout
        delay = 0.0005
        while self.poll() is None:
            left = end - time.monotonic()
            if left <= 0:
                raise TimeoutExpired(self.args, timeout)
            delay = min(delay * 2, left, 0.05)
            time.sleep(delay)
        return self.returncode

    def send_signal(self, sig):
        """Sends a signal to the program while it runs."""
        self.poll()
        if self.returncode is None:
            try:
                os.kill(self.pid, sig)
            except ProcessLookupError:
                pass

    def terminate(self):
        """Asks the program to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self):
        """Ends the program."""
        self.send_signal(signal.SIGKILL)

    # ---- talking

    def communicate(self, input=None, timeout=None):
        """Sends input, reads all output, waits; gives (stdout, stderr).  After a timeout it can be
        called again and goes on."""
        if self._collected is not None and input:
            raise ValueError("Cannot send input after starting communication")
        end = None if timeout is None else time.monotonic() + timeout
        if self._collected is None:
            self._collected = {stream: [] for stream in (self.stdout, self.stderr) if stream}
            if self.stdin:
                if input and self.text_mode:
                    input = input.encode(self.stdin.encoding, self.stdin.errors)
                self._input = memoryview(input).cast("B") if input else b""
                try:
                    self.stdin.flush()
                except BrokenPipeError:
                    pass
                if not input:
                    self._close_stdin()
        self._pump(end, timeout)
        try:
            self.wait(None if end is None else max(end - time.monotonic(), 0))
        except TimeoutExpired:
            raise TimeoutExpired(self.args, timeout) from None
        result = []
        for stream in (self.stdout, self.stderr):
            if not stream:
                result.append(None)
                continue
            data = b"".join(self._collected[stream])
            if self.text_mode:
                data = data.decode(stream.encoding, stream.errors)
                data = data.replace("\r\n", "\n").replace("\r", "\n")
            result.append(data)
            stream.close()
        return tuple(result)

    def _close_stdin(self):
        try:
            self.stdin.close()
        except BrokenPipeError:
            pass

    def _pump(self, end, timeout):
        """Moves data to and from the program until all its ends are closed."""
        poll = select.poll()
        streams = {}
        if self.stdin and not self.stdin.closed:
            poll.register(self.stdin.fileno(), select.POLLOUT)
            streams[self.stdin.fileno()] = self.stdin
        for stream in self._collected:
            if stream not in self._ended:
                poll.register(stream.fileno(), select.POLLIN)
                streams[stream.fileno()] = stream
        while streams:
            left = None if end is None else end - time.monotonic()
            if left is not None and left < 0:
                raise TimeoutExpired(self.args, timeout, self._so_far(self.stdout),
                                     self._so_far(self.stderr))
            for descriptor, _ in poll.poll(None if left is None else left * 1000):
                stream = streams[descriptor]
                if stream is self.stdin:
                    chunk = self._input[self._input_sent:self._input_sent + 4096]
                    try:
                        self._input_sent += os.write(descriptor, chunk)
                    except BrokenPipeError:
                        self._input_sent = len(self._input)
                    if self._input_sent < len(self._input):
                        continue
                    self._close_stdin()
                else:
                    data = os.read(descriptor, _CHUNK)
                    if data:
                        self._collected[stream].append(data)
                        continue
                    self._ended.add(stream)
                poll.unregister(descriptor)
                del streams[descriptor]

    def _so_far(self, stream):
        parts = self._collected.get(stream) if stream else None
        return b"".join(parts) if parts else None


def run(*popenargs, input=None, capture_output=False, timeout=None, check=False, **kwargs):
    """Runs a program to its end; gives a CompletedProcess."""
    if input is not None:
        if kwargs.get("stdin") is not None:
            raise ValueError("stdin and input arguments may not both be used.")
        kwargs["stdin"] = PIPE
    if capture_output:
        if kwargs.get("stdout") is not None or kwargs.get("stderr") is not None:
            raise ValueError("stdout and stderr arguments may not be used with capture_output.")
        kwargs["stdout"] = kwargs["stderr"] = PIPE
    with Popen(*popenargs, **kwargs) as process:
        try:
            stdout, stderr = process.communicate(input, timeout=timeout)
        except BaseException:
            process.kill()
            process.wait()
            raise
        status = process.poll()
    if check and status:
        raise CalledProcessError(status, process.args, stdout, stderr)
    return CompletedProcess(process.args, status, stdout, stderr)


def call(*popenargs, timeout=None, **kwargs):
    """Runs a program to its end; gives its status."""
    with Popen(*popenargs, **kwargs) as process:
        try:
            return process.wait(timeout=timeout)
        except BaseException:
            process.kill()
            raise


def check_call(*popenargs, **kwargs):
    """As call; CalledProcessError unless the status is 0."""
    status = call(*popenargs, **kwargs)
    if status:
        command = kwargs.get("args")
        raise CalledProcessError(status, popenargs[0] if command is None else command)
    return 0


def check_output(*popenargs, timeout=None, **kwargs):
    """The output of a program; CalledProcessError unless the status is 0."""
    for name in ("stdout", "check"):
        if name in kwargs:
            raise ValueError(f"{name} argument not allowed, it will be overridden.")
    if "input" in kwargs and kwargs["input"] is None:
        text = any(kwargs.get(n) for n in ("text", "encoding", "errors", "universal_newlines"))
        kwargs["input"] = "" if text else b""
    return run(*popenargs, stdout=PIPE, timeout=timeout, check=True, **kwargs).stdout


def getstatusoutput(cmd, *, encoding=None, errors=None):
    """(status, output) of a command of the shell, without the last newline."""
    try:
        data = check_output(cmd, shell=True, text=True, stderr=STDOUT, encoding=encoding,
                            errors=errors)
        status = 0
    except CalledProcessError as problem:
        data = problem.output
        status = problem.returncode
    return status, data[:-1] if data[-1:] == "\n" else data


def getoutput(cmd, *, encoding=None, errors=None):
    """Output of a command of the shell."""
    return getstatusoutput(cmd, encoding=encoding, errors=errors)[1]


def list2cmdline(seq):
    """One line of a list of arguments, quoted as Windows programs read it."""
    parts = []
    for arg in map(os.fsdecode, seq):
        quote = not arg or " " in arg or "\t" in arg
        text, slashes = "", 0
        for character in arg:
            if character == "\\":
                slashes += 1
                continue
            if character == '"':
                text += "\\" * (2 * slashes) + '\\"'
            else:
                text += "\\" * slashes + character
            slashes = 0
        text += "\\" * (2 * slashes if quote else slashes)
        parts.append(f'"{text}"' if quote else text)
    return " ".join(parts)
