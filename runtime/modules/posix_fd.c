/*
 * File descriptors, for module posix: opening, reading, writing, duplicating.
 *
 * New descriptors are not inherited by child processes unless asked for.  Interrupted calls are
 * repeated after signals were looked at.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/core/object.h"
#include "runtime/core/state.h"
#include "runtime/modules/path_argument.h"
#include "runtime/modules/posix.h"
#include "runtime/types/byte_builder.h"
#include "runtime/types/bytes.h"
#include "runtime/types/int.h"
#include "runtime/types/module.h"
#include "runtime/types/str.h"
#include "runtime/types/structseq.h"
#include "runtime/types/tuple.h"

#define FUNCTION(name)                                                                             \
    static Obj *name(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
#define UNUSED (void)self, (void)args, (void)nargs, (void)kwnames

/* After a failed call: whether to repeat it.  False also when a signal handler raised. */
static bool repeat_call(void)
{
    if (errno != EINTR)
        return false;
    return runtime.hooks.check_signals == NULL || runtime.hooks.check_signals() == 0;
}

/* Raises OSError unless a signal handler raised. */
static Obj *fail(ObjRef filename)
{
    return err_occurred() != NULL ? NULL : err_errno(errno, filename);
}

FUNCTION(posix_open)
{
    (void)self;
    static const ArgSpec spec = {"open", 0, 2, 3, 4, {"path", "flags", "mode", "dir_fd"}};
    ObjRef bound[4];
    PathArgument path;
    int flags, mode = 0777, dir_fd, fd;
    if (args_bind(&spec, args, nargs, kwnames, bound) < 0 || posix_int(bound[1], &flags) < 0 ||
        (bound[2] != NULL && posix_int(bound[2], &mode) < 0) ||
        posix_dir_fd(bound[3], &dir_fd) < 0 ||
        path_argument_read(bound[0], "open", "path", 0, &path) < 0)
        return NULL;
    do {
        fd = openat(dir_fd, path.text, flags | O_CLOEXEC, (mode_t)mode);
    } while (fd < 0 && repeat_call());
    Obj *result = fd >= 0 ? int_new(fd) : fail(path.shown);
    path_argument_release(&path);
    return result;
}

FUNCTION(posix_close)
{
    UNUSED;
    int fd;
    if (posix_int(args[0], &fd) < 0)
        return NULL;
    return close(fd) == 0 || errno == EINTR ? none_new() : err_errno(errno, NULL);
}

FUNCTION(posix_closerange)
{
    UNUSED;
    int low, high;
    if (posix_int(args[0], &low) < 0 || posix_int(args[1], &high) < 0)
        return NULL;
    for (int fd = low; fd < high; fd++)
        close(fd);
    return none_new();
}

FUNCTION(posix_read)
{
    UNUSED;
    int fd;
    int64_t size;
    if (posix_int(args[0], &fd) < 0 || args_to_int64(args[1], &size) < 0)
        return NULL;
    if (size < 0)
        return err_errno(EINVAL, NULL);
    if (size > 0x7FFFF000)
        size = 0x7FFFF000;
    ByteBuilder data;
    Obj *result = NULL;
    byte_builder_init(&data);
    if (byte_builder_reserve(&data, size + 1) == 0) {
        ssize_t got;
        do {
            got = read(fd, data.data, (size_t)size);
        } while (got < 0 && repeat_call());
        result = got >= 0 ? bytes_new(data.data, got) : fail(NULL);
    }
    byte_builder_free(&data);
    return result;
}

FUNCTION(posix_write)
{
    UNUSED;
    int fd;
    BufferView view;
    if (posix_int(args[0], &fd) < 0 || buffer_acquire(args[1], &view) < 0)
        return NULL;
    ssize_t put;
    do {
        put = write(fd, view.data, (size_t)view.length);
    } while (put < 0 && repeat_call());
    buffer_release(&view);
    return put >= 0 ? int_new(put) : fail(NULL);
}

FUNCTION(posix_pread)
{
    UNUSED;
    int fd;
    int64_t size, offset;
    if (posix_int(args[0], &fd) < 0 || args_to_int64(args[1], &size) < 0 ||
        args_to_int64(args[2], &offset) < 0)
        return NULL;
    if (size < 0)
        return err_errno(EINVAL, NULL);
    ByteBuilder data;
    Obj *result = NULL;
    byte_builder_init(&data);
    if (byte_builder_reserve(&data, size + 1) == 0) {
        ssize_t got;
        do {
            got = pread(fd, data.data, (size_t)size, (off_t)offset);
        } while (got < 0 && repeat_call());
        result = got >= 0 ? bytes_new(data.data, got) : fail(NULL);
    }
    byte_builder_free(&data);
    return result;
}

FUNCTION(posix_pwrite)
{
    UNUSED;
    int fd;
    int64_t offset;
    BufferView view;
    if (posix_int(args[0], &fd) < 0 || args_to_int64(args[2], &offset) < 0 ||
        buffer_acquire(args[1], &view) < 0)
        return NULL;
    ssize_t put;
    do {
        put = pwrite(fd, view.data, (size_t)view.length, (off_t)offset);
    } while (put < 0 && repeat_call());
    buffer_release(&view);
    return put >= 0 ? int_new(put) : fail(NULL);
}

FUNCTION(posix_lseek)
{
    UNUSED;
    int fd, whence;
    int64_t offset;
    if (posix_int(args[0], &fd) < 0 || args_to_int64(args[1], &offset) < 0 ||
        posix_int(args[2], &whence) < 0)
        return NULL;
    off_t position = lseek(fd, (off_t)offset, whence);
    return position >= 0 ? int_new(position) : err_errno(errno, NULL);
}

FUNCTION(posix_fsync)
{
    UNUSED;
    int64_t fd;
    int number;
    if (int_check(args[0])) {
        if (posix_int(args[0], &number) < 0)
            return NULL;
    } else {
        Obj *result = obj_call_method(args[0], names.fileno, NULL, 0);
        if (result == NULL)
            return NULL;
        int status = args_to_int64(result, &fd);
        obj_decref(result);
        if (status < 0)
            return NULL;
        number = (int)fd;
    }
    return posix_result(fsync(number));
}

FUNCTION(posix_ftruncate)
{
    UNUSED;
    int fd;
    int64_t length;
    if (posix_int(args[0], &fd) < 0 || args_to_int64(args[1], &length) < 0)
        return NULL;
    return posix_result(ftruncate(fd, (off_t)length));
}

FUNCTION(posix_fchmod)
{
    UNUSED;
    int fd, mode;
    if (posix_int(args[0], &fd) < 0 || posix_int(args[1], &mode) < 0)
        return NULL;
    return posix_result(fchmod(fd, (mode_t)mode));
}

FUNCTION(posix_isatty)
{
    UNUSED;
    int fd;
    return posix_int(args[0], &fd) < 0 ? NULL : bool_new(isatty(fd) != 0);
}

FUNCTION(posix_dup)
{
    UNUSED;
    int fd;
    if (posix_int(args[0], &fd) < 0)
        return NULL;
    int copy = fcntl(fd, F_DUPFD_CLOEXEC, 0);
    return copy >= 0 ? int_new(copy) : err_errno(errno, NULL);
}

FUNCTION(posix_dup2)
{
    (void)self;
    static const ArgSpec spec = {"dup2", 0, 2, 3, 3, {"fd", "fd2", "inheritable"}};
    ObjRef bound[3];
    int fd, target;
    bool inheritable = true;
    if (args_bind(&spec, args, nargs, kwnames, bound) < 0 || posix_int(bound[0], &fd) < 0 ||
        posix_int(bound[1], &target) < 0 || args_to_bool(bound[2], &inheritable) < 0)
        return NULL;
    int copy = inheritable ? dup2(fd, target) : dup3(fd, target, O_CLOEXEC);
    return copy >= 0 ? int_new(copy) : err_errno(errno, NULL);
}

/* The pair of two descriptors. */
static Obj *fd_pair(const int fds[2])
{
    Obj *items[2] = {int_new(fds[0]), int_new(fds[1])};
    return tuple_from_results_steal(items, 2);
}

FUNCTION(posix_pipe)
{
    UNUSED;
    int fds[2];
    return pipe2(fds, O_CLOEXEC) == 0 ? fd_pair(fds) : err_errno(errno, NULL);
}

FUNCTION(posix_openpty)
{
    UNUSED;
    int fds[2];
    fds[0] = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    char name[128];
    if (fds[0] < 0)
        return err_errno(errno, NULL);
    if (grantpt(fds[0]) != 0 || unlockpt(fds[0]) != 0 ||
        ptsname_r(fds[0], name, sizeof name) != 0 ||
        (fds[1] = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC)) < 0) {
        int number = errno;
        close(fds[0]);
        return err_errno(number, NULL);
    }
    return fd_pair(fds);
}

/* Whether `flag` is off in the descriptor's flags; get: F_GETFD or F_GETFL. */
static Obj *flag_is_off(ObjRef descriptor, int get, int flag)
{
    int fd;
    if (posix_int(descriptor, &fd) < 0)
        return NULL;
    int flags = fcntl(fd, get);
    return flags < 0 ? err_errno(errno, NULL) : bool_new((flags & flag) == 0);
}

/* Switches `flag` off where `off` is true, else on. */
static Obj *switch_flag(ObjRef descriptor, ObjRef off, int get, int set, int flag)
{
    int fd;
    bool clear = false;
    if (posix_int(descriptor, &fd) < 0 || args_to_bool(off, &clear) < 0)
        return NULL;
    int flags = fcntl(fd, get);
    if (flags < 0)
        return err_errno(errno, NULL);
    return posix_result(fcntl(fd, set, clear ? flags & ~flag : flags | flag));
}

FUNCTION(posix_get_inheritable)
{
    UNUSED;
    return flag_is_off(args[0], F_GETFD, FD_CLOEXEC);
}

FUNCTION(posix_set_inheritable)
{
    UNUSED;
    return switch_flag(args[0], args[1], F_GETFD, F_SETFD, FD_CLOEXEC);
}

FUNCTION(posix_get_blocking)
{
    UNUSED;
    return flag_is_off(args[0], F_GETFL, O_NONBLOCK);
}

FUNCTION(posix_set_blocking)
{
    UNUSED;
    return switch_flag(args[0], args[1], F_GETFL, F_SETFL, O_NONBLOCK);
}

FUNCTION(posix_device_encoding)
{
    UNUSED;
    int fd;
    if (posix_int(args[0], &fd) < 0)
        return NULL;
    return isatty(fd) ? str_from_ascii("UTF-8") : none_new();
}

FUNCTION(posix_ttyname)
{
    UNUSED;
    int fd;
    char name[256];
    if (posix_int(args[0], &fd) < 0)
        return NULL;
    int status = ttyname_r(fd, name, sizeof name);
    return status == 0 ? str_from_filesystem(name) : err_errno(status, NULL);
}

static const StructSeqField terminal_size_fields[] = {
    {"columns", "width of the terminal window in characters"},
    {"lines", "height of the terminal window in characters"},
    {0},
};
static const StructSeqDef terminal_size_def = {"os.terminal_size", "The size of a terminal window.",
                                               terminal_size_fields, 2};
static Type terminal_size_type;

FUNCTION(posix_get_terminal_size)
{
    UNUSED;
    int fd = STDOUT_FILENO;
    struct winsize size;
    if (nargs > 0 && posix_int(args[0], &fd) < 0)
        return NULL;
    if (ioctl(fd, TIOCGWINSZ, &size) != 0)
        return err_errno(errno, NULL);
    Obj *result = structseq_new(&terminal_size_type);
    if (result != NULL && (structseq_set_steal(result, 0, int_new(size.ws_col)) < 0 ||
                           structseq_set_steal(result, 1, int_new(size.ws_row)) < 0))
        obj_clear(&result);
    return result;
}

const MethodDef posix_fd_functions[] = {
    {"close", posix_close, 1, 1, 0, "close($module, /, fd)\n--\n\nCloses a descriptor."},
    {"closerange", posix_closerange, 2, 2, 0,
     "closerange($module, fd_low, fd_high, /)\n--\n\nCloses all descriptors of a range."},
    {"device_encoding", posix_device_encoding, 1, 1, 0,
     "device_encoding($module, /, fd)\n--\n\nThe encoding of a terminal, None for others."},
    {"dup", posix_dup, 1, 1, 0, "dup($module, fd, /)\n--\n\nA copy of a descriptor."},
    {"dup2", posix_dup2, 0, -1, METHOD_KEYWORDS,
     "dup2($module, /, fd, fd2, inheritable=True)\n--\n\nMakes fd2 a copy of fd."},
    {"fchmod", posix_fchmod, 2, 2, 0, "fchmod($module, /, fd, mode)\n--\n\nChanges permissions."},
    {"fdatasync", posix_fsync, 1, 1, 0, "fdatasync($module, /, fd)\n--\n\nWrites data to disk."},
    {"fsync", posix_fsync, 1, 1, 0, "fsync($module, /, fd)\n--\n\nWrites the file to disk."},
    {"ftruncate", posix_ftruncate, 2, 2, 0,
     "ftruncate($module, fd, length, /)\n--\n\nSets the size of a file."},
    {"get_blocking", posix_get_blocking, 1, 1, 0,
     "get_blocking($module, fd, /)\n--\n\nWhether calls on it wait."},
    {"get_inheritable", posix_get_inheritable, 1, 1, 0,
     "get_inheritable($module, fd, /)\n--\n\nWhether child processes get it."},
    {"get_terminal_size", posix_get_terminal_size, 0, 1, 0,
     "get_terminal_size($module, fd=1, /)\n--\n\nColumns and lines of a terminal."},
    {"isatty", posix_isatty, 1, 1, 0, "isatty($module, fd, /)\n--\n\nWhether it is a terminal."},
    {"lseek", posix_lseek, 3, 3, 0,
     "lseek($module, fd, position, how, /)\n--\n\nMoves the position and returns it."},
    {"open", posix_open, 0, -1, METHOD_KEYWORDS,
     "open($module, /, path, flags, mode=511, *, dir_fd=None)\n--\n\nOpens a file; a descriptor."},
    {"openpty", posix_openpty, 0, 0, 0,
     "openpty($module, /)\n--\n\nThe two ends of a new pseudo-terminal."},
    {"pipe", posix_pipe, 0, 0, 0, "pipe($module, /)\n--\n\nA pipe: its read and its write end."},
    {"pread", posix_pread, 3, 3, 0,
     "pread($module, fd, length, offset, /)\n--\n\nReads at an offset."},
    {"pwrite", posix_pwrite, 3, 3, 0,
     "pwrite($module, fd, buffer, offset, /)\n--\n\nWrites at an offset."},
    {"read", posix_read, 2, 2, 0, "read($module, fd, length, /)\n--\n\nReads up to length bytes."},
    {"set_blocking", posix_set_blocking, 2, 2, 0,
     "set_blocking($module, fd, blocking, /)\n--\n\nSets whether calls on it wait."},
    {"set_inheritable", posix_set_inheritable, 2, 2, 0,
     "set_inheritable($module, fd, inheritable, /)\n--\n\nSets whether child processes get it."},
    {"ttyname", posix_ttyname, 1, 1, 0, "ttyname($module, fd, /)\n--\n\nThe terminal's name."},
    {"write", posix_write, 2, 2, 0,
     "write($module, fd, data, /)\n--\n\nWrites bytes; returns how many."},
    {0},
};

int posix_fd_exec(ObjRef module)
{
    if (structseq_ready(&terminal_size_type, &terminal_size_def) < 0)
        return -1;
    return module_add(module, "terminal_size", (ObjRef)&terminal_size_type);
}
