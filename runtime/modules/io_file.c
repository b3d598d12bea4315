/*
 * FileIO: system calls on a descriptor as a raw stream.
 *
 * A call interrupted by a signal is repeated, once what the signal asks for was done.  Descriptors
 * are not inherited by child processes.  Buffers in front of an exact FileIO (io_buffered.c) call
 * the functions of io_file.h instead of the methods.
 */
#include "runtime/modules/io_file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stddef.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/core/state.h"
#include "runtime/modules/path_argument.h"
#include "runtime/types/buffer.h"
#include "runtime/types/byte_builder.h"
#include "runtime/types/bytes.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"

enum { READ_MAX = INT_MAX, GROW_MIN = 1 << 12 };

#define METHOD(name)                                                                               \
    static Obj *name(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
#define UNUSED (void)self, (void)args, (void)nargs, (void)kwnames

/* ---- lifecycle */

static Obj *file_new(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    FileObj *self = (FileObj *)obj_alloc(type, (int64_t)sizeof(FileObj));
    if (self == NULL)
        return NULL;
    self->fd = -1;
    self->seekable = -1;
    self->close_fd = true;
    gc_track(&self->io.base);
    return &self->io.base;
}

static void file_dealloc(Obj *self)
{
    if (!io_base_dealloc_begin(self))
        return;
    io_base_clear(self);
    obj_free(self, (int64_t)sizeof(FileObj));
}

/* ---- system calls */

/* After EINTR: 0 to go on, -1 with the exception that a signal handler raised. */
static int interrupted(void)
{
    return runtime.hooks.check_signals == NULL ? 0 : runtime.hooks.check_signals();
}

int64_t io_file_read(FileObj *file, unsigned char *out, int64_t size)
{
    size_t count = (size_t)(size > READ_MAX ? READ_MAX : size);
    for (;;) {
        ssize_t got = read(file->fd, out, count);
        if (got >= 0)
            return got;
        if (errno == EINTR && interrupted() == 0)
            continue;
        if (err_occurred() != NULL)
            return -1;
        if (errno == EAGAIN)
            return IO_WOULD_BLOCK;
        err_errno(errno, NULL);
        return -1;
    }
}

int64_t io_file_write(FileObj *file, const unsigned char *data, int64_t size)
{
    size_t count = (size_t)(size > READ_MAX ? READ_MAX : size);
    for (;;) {
        ssize_t put = write(file->fd, data, count);
        if (put >= 0)
            return put;
        if (errno == EINTR && interrupted() == 0)
            continue;
        if (err_occurred() != NULL)
            return -1;
        if (errno == EAGAIN)
            return IO_WOULD_BLOCK;
        err_errno(errno, NULL);
        return -1;
    }
}

int64_t io_file_seek(FileObj *file, int64_t offset, int whence)
{
    off_t position = lseek(file->fd, (off_t)offset, whence);
    if (position < 0) {
        err_errno(errno, NULL);
        return -1;
    }
    return position;
}

int io_file_seekable(FileObj *file)
{
    if (file->seekable < 0)
        file->seekable = lseek(file->fd, 0, SEEK_CUR) >= 0;
    return file->seekable;
}

/* ---- opening */

static int bad_mode(void)
{
    return err_format_int(
        &exc_value_error,
        "Must have exactly one of create/read/write/append mode and at most one plus");
}

/* Reads a mode such as "rb+" into the flags of open(): 0/-1. */
static int parse_mode(FileObj *self, const char *mode, int *flags)
{
    bool plus = false;
    int kinds = 0;
    *flags = 0;
    self->created = self->readable = self->writable = self->appending = false;
    for (const char *c = mode; *c != '\0'; c++) {
        switch (*c) {
        case 'x':
            kinds++;
            self->created = self->writable = true;
            *flags |= O_EXCL | O_CREAT;
            break;
        case 'r':
            kinds++;
            self->readable = true;
            break;
        case 'w':
            kinds++;
            self->writable = true;
            *flags |= O_CREAT | O_TRUNC;
            break;
        case 'a':
            kinds++;
            self->writable = self->appending = true;
            *flags |= O_APPEND | O_CREAT;
            break;
        case '+':
            if (plus)
                return bad_mode();
            plus = true;
            break;
        case 'b':
            break;
        default:
            return err_format_int(&exc_value_error, "invalid mode: %s", mode);
        }
    }
    if (kinds != 1)
        return bad_mode();
    if (plus)
        self->readable = self->writable = true;
    *flags |= self->readable && self->writable ? O_RDWR : self->readable ? O_RDONLY : O_WRONLY;
    *flags |= O_CLOEXEC;
    return 0;
}

static const char *mode_text(const FileObj *self)
{
    if (self->created)
        return self->readable ? "xb+" : "xb";
    if (self->appending)
        return self->readable ? "ab+" : "ab";
    if (self->readable)
        return self->writable ? "rb+" : "rb";
    return "wb";
}

static int close_descriptor(FileObj *self)
{
    int fd = self->fd;
    self->fd = -1;
    if (fd < 0 || !self->close_fd)
        return 0;
    if (close(fd) < 0 && errno != EINTR) {
        err_errno(errno, NULL);
        return -1;
    }
    return 0;
}

/* A descriptor from opener(name, flags): -1 with an exception. */
static int call_opener(ObjRef opener, ObjRef name, int flags)
{
    int64_t fd;
    Obj *flags_obj = int_new(flags);
    Obj *result = flags_obj == NULL ? NULL : obj_call2(opener, name, flags_obj);
    obj_xdecref(flags_obj);
    if (result == NULL)
        return -1;
    if (!int_check(result)) {
        err_string(&exc_type_error, "expected integer from opener");
        fd = -2;
    } else if (int_to_int64(result, &fd) != 0 || fd < 0 || fd > INT_MAX) {
        err_format(&exc_value_error, "opener returned %S", result);
        fd = -2;
    }
    obj_decref(result);
    return fd < 0 ? -1 : (int)fd;
}

/* Opens by name into self->fd: 0/-1. */
static int open_named(FileObj *self, ObjRef name, int flags, ObjRef opener)
{
    if (opener != NULL && !is_none(opener)) {
        self->fd = call_opener(opener, name, flags);
        if (self->fd < 0)
            return -1;
        if (fcntl(self->fd, F_SETFD, FD_CLOEXEC) < 0) {
            err_errno(errno, NULL);
            return -1;
        }
        return 0;
    }
    PathArgument path;
    if (path_argument_read(name, NULL, NULL, 0, &path) < 0)
        return -1;
    do {
        self->fd = open(path.text, flags, 0666);
    } while (self->fd < 0 && errno == EINTR && interrupted() == 0);
    if (self->fd < 0 && err_occurred() == NULL)
        err_errno(errno, name);
    path_argument_release(&path);
    return self->fd < 0 ? -1 : 0;
}

/* self.name = name; a class made from FileIO may have its own way of storing it. */
static int set_name(ObjRef self, ObjRef name)
{
    return obj_type(self) == &io_file_type ? object_store_attr(self, names.name, name)
                                           : obj_setattr(self, names.name, name);
}

/* What must be known of an opened descriptor: 0/-1. */
static int inspect(FileObj *self, ObjRef name)
{
    struct stat info;
    self->block_size = IO_BUFFER_SIZE;
    if (fstat(self->fd, &info) == 0) {
        if (S_ISDIR(info.st_mode)) {
            err_errno(EISDIR, name);
            return -1;
        }
        if (info.st_blksize > 1)
            self->block_size = info.st_blksize;
    } else if (errno == EBADF) {
        err_errno(errno, NULL);
        return -1;
    }
    if (set_name(&self->io.base, name) < 0)
        return -1;
    if (self->appending && lseek(self->fd, 0, SEEK_END) < 0 && errno != ESPIPE) {
        err_errno(errno, NULL);
        return -1;
    }
    return 0;
}

static int file_open(FileObj *self, ObjRef name, const char *mode, bool close_fd, ObjRef opener)
{
    int flags;
    int64_t fd = -1;
    if (self->fd >= 0 && close_descriptor(self) < 0)
        return -1;
    if (!str_check(name) && !bytes_check(name) && obj_type(name)->index != NULL) {
        if (obj_to_int64(name, &fd) < 0)
            return -1;
        if (fd < 0)
            return err_format_int(&exc_value_error, "negative file descriptor");
        if (fd > INT_MAX)
            return err_format_int(&exc_overflow_error, "Python int too large to convert to C int");
    }
    if (parse_mode(self, mode, &flags) < 0)
        return -1;
    self->seekable = -1;
    self->io.base_closed = false;
    if (fd >= 0) {
        self->fd = (int)fd;
        self->close_fd = close_fd;
    } else {
        self->close_fd = true;
        if (!close_fd)
            return err_format_int(&exc_value_error, "Cannot use closefd=False with file name");
        if (open_named(self, name, flags, opener) < 0)
            return -1;
    }
    if (inspect(self, name) == 0)
        return 0;
    /* A descriptor that the caller gave stays open. */
    if (fd < 0) {
        Obj *pending = err_fetch();
        close_descriptor(self);
        err_clear();
        err_restore_steal(pending);
    }
    self->fd = -1;
    return -1;
}

static int file_init(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    static const ArgSpec spec = {"FileIO", 0, 1, 4, 4, {"file", "mode", "closefd", "opener"}};
    ObjRef bound[4];
    bool close_fd = true;
    const char *mode = "r";
    if (args_bind(&spec, args, nargs, kwnames, bound) < 0 || args_to_bool(bound[2], &close_fd) < 0)
        return -1;
    if (bound[1] != NULL) {
        if (args_require_str(bound[1], "FileIO", "mode") < 0)
            return -1;
        mode = str_utf8(bound[1], NULL);
        if (mode == NULL)
            return -1;
    }
    return file_open(io_file_cast(self), bound[0], mode, close_fd, bound[3]);
}

Obj *io_file_open(ObjRef name, const char *mode, bool close_fd, ObjRef opener)
{
    Obj *self = file_new(&io_file_type, NULL, 0, NULL);
    if (self != NULL && file_open(io_file_cast(self), name, mode, close_fd, opener) < 0)
        obj_clear(&self);
    return self;
}

Obj *io_file_from_fd(int fd, const char *mode, const char *name)
{
    Obj *number = int_new(fd);
    Obj *shown = str_from_filesystem(name);
    Obj *self = NULL;
    if (number != NULL && shown != NULL)
        self = io_file_open(number, mode, false, NULL);
    if (self != NULL && set_name(self, shown) < 0)
        obj_clear(&self);
    obj_xdecref(number);
    obj_xdecref(shown);
    return self;
}

/* ---- methods */

/* The open file of a method that reads (or writes), or NULL with an exception. */
static FileObj *open_file(ObjRef self)
{
    if (io_file_cast(self)->fd >= 0)
        return io_file_cast(self);
    err_string(&exc_value_error, "I/O operation on closed file");
    return NULL;
}

static FileObj *readable_file(ObjRef self)
{
    FileObj *file = open_file(self);
    if (file != NULL && !file->readable) {
        io_unsupported("File not open for reading");
        return NULL;
    }
    return file;
}

static FileObj *writable_file(ObjRef self)
{
    FileObj *file = open_file(self);
    if (file != NULL && !file->writable) {
        io_unsupported("File not open for writing");
        return NULL;
    }
    return file;
}

METHOD(file_readall)
{
    UNUSED;
    FileObj *file = open_file(self);
    if (file == NULL)
        return NULL;
    /* Room for what the file still has, and one byte to see its end without growing. */
    struct stat info;
    int64_t room = IO_BUFFER_SIZE;
    off_t position = lseek(file->fd, 0, SEEK_CUR);
    if (position >= 0 && fstat(file->fd, &info) == 0 && info.st_size >= position)
        room = info.st_size - position + 1;
    ByteBuilder all;
    Obj *result = NULL;
    byte_builder_init(&all);
    for (;;) {
        if (byte_builder_reserve(&all, room) < 0)
            goto done;
        int64_t got = io_file_read(file, all.data + all.length, room);
        if (got == IO_WOULD_BLOCK && all.length == 0)
            result = none_new();
        if (got == -1 || result != NULL)
            goto done;
        if (got <= 0)
            break;
        all.length += got;
        room = room > got ? room - got : all.length < GROW_MIN ? GROW_MIN : all.length;
    }
    result = byte_builder_finish(&all);
done:
    byte_builder_free(&all);
    return result;
}

METHOD(file_read)
{
    FileObj *file = readable_file(self);
    int64_t size;
    if (file == NULL || io_size_argument(nargs > 0 ? args[0] : NULL, &size) < 0)
        return NULL;
    if (size < 0)
        return file_readall(self, args, 0, kwnames);
    if (size > READ_MAX)
        size = READ_MAX;
    if (size == 0)
        return bytes_new("", 0);
    ByteBuilder data;
    byte_builder_init(&data);
    Obj *result = NULL;
    if (byte_builder_reserve(&data, size) == 0) {
        int64_t got = io_file_read(file, data.data, size);
        if (got == IO_WOULD_BLOCK)
            result = none_new();
        else if (got >= 0)
            result = bytes_new(data.data, got);
    }
    byte_builder_free(&data);
    return result;
}

METHOD(file_readinto)
{
    (void)nargs, (void)kwnames;
    FileObj *file = readable_file(self);
    BufferView view;
    if (file == NULL || buffer_acquire_writable(args[0], &view) < 0)
        return NULL;
    int64_t got = io_file_read(file, (unsigned char *)(uintptr_t)view.data, view.length);
    buffer_release(&view);
    return got == IO_WOULD_BLOCK ? none_new() : got < 0 ? NULL : int_new(got);
}

METHOD(file_write)
{
    (void)nargs, (void)kwnames;
    FileObj *file = writable_file(self);
    BufferView view;
    if (file == NULL || buffer_acquire(args[0], &view) < 0)
        return NULL;
    int64_t put = io_file_write(file, view.data, view.length);
    buffer_release(&view);
    return put == IO_WOULD_BLOCK ? none_new() : put < 0 ? NULL : int_new(put);
}

METHOD(file_seek)
{
    (void)kwnames;
    FileObj *file = open_file(self);
    int64_t offset, whence = 0;
    if (file == NULL)
        return NULL;
    if (obj_to_int64(args[0], &offset) < 0 || (nargs > 1 && obj_to_int64(args[1], &whence) < 0))
        return NULL;
    int64_t position = io_file_seek(file, offset, (int)whence);
    return position < 0 ? NULL : int_new(position);
}

METHOD(file_tell)
{
    UNUSED;
    FileObj *file = open_file(self);
    int64_t position = file == NULL ? -1 : io_file_seek(file, 0, SEEK_CUR);
    return position < 0 ? NULL : int_new(position);
}

METHOD(file_truncate)
{
    (void)kwnames;
    FileObj *file = writable_file(self);
    int64_t size;
    if (file == NULL)
        return NULL;
    if (nargs == 0 || is_none(args[0])) {
        size = io_file_seek(file, 0, SEEK_CUR);
        if (size < 0)
            return NULL;
    } else if (obj_to_int64(args[0], &size) < 0) {
        return NULL;
    }
    if (ftruncate(file->fd, (off_t)size) < 0)
        return err_errno(errno, NULL);
    return int_new(size);
}

METHOD(file_dealloc_warn)
{
    (void)nargs, (void)kwnames;
    const FileObj *file = io_file_cast(self);
    if (file->fd >= 0 && file->close_fd &&
        err_warn(&exc_resource_warning, 1, "unclosed file %R", args[0]) < 0) {
        if (!err_matches(&exc_warning))
            return NULL;
        err_unraisable(self);
    }
    return none_new();
}

METHOD(file_close)
{
    UNUSED;
    FileObj *file = io_file_cast(self);
    if (file->io.finalizing)
        obj_xdecref(file_dealloc_warn(self, &self, 1, NULL));
    Obj *result = io_base_close(self);
    if (!file->close_fd) {
        file->fd = -1;
        return result;
    }
    Obj *pending = err_fetch();
    int status = close_descriptor(file);
    if (status < 0) {
        err_chain_steal(pending);
        obj_clear(&result);
    } else {
        err_restore_steal(pending);
    }
    return result;
}

METHOD(file_seekable)
{
    UNUSED;
    FileObj *file = open_file(self);
    return file == NULL ? NULL : bool_new(io_file_seekable(file) > 0);
}

METHOD(file_readable)
{
    UNUSED;
    FileObj *file = open_file(self);
    return file == NULL ? NULL : bool_new(file->readable);
}

METHOD(file_writable)
{
    UNUSED;
    FileObj *file = open_file(self);
    return file == NULL ? NULL : bool_new(file->writable);
}

METHOD(file_fileno)
{
    UNUSED;
    FileObj *file = open_file(self);
    return file == NULL ? NULL : int_new(file->fd);
}

METHOD(file_isatty)
{
    UNUSED;
    FileObj *file = open_file(self);
    return file == NULL ? NULL : bool_new(isatty(file->fd) != 0);
}

static Obj *get_closed(ObjRef self)
{
    return bool_new(io_file_cast(self)->fd < 0);
}

static Obj *get_close_fd(ObjRef self)
{
    return bool_new(io_file_cast(self)->close_fd);
}

static Obj *get_mode(ObjRef self)
{
    return str_from_ascii(mode_text(io_file_cast(self)));
}

static Obj *file_repr(ObjRef self)
{
    const FileObj *file = io_file_cast(self);
    if (file->fd < 0)
        return str_from_ascii("<_io.FileIO [closed]>");
    const char *close_fd = file->close_fd ? "True" : "False";
    Obj *name = NULL;
    int found = obj_getattr_opt(self, names.name, &name);
    if (found < 0)
        return NULL;
    if (found == 0)
        return str_format_c("<_io.FileIO fd=%d mode='%s' closefd=%s>", file->fd, mode_text(file),
                            close_fd);
    Obj *result = NULL;
    int active = obj_repr_enter(self);
    if (active == 0) {
        result = str_format_c("<_io.FileIO name=%R mode='%s' closefd=%s>", name, mode_text(file),
                              close_fd);
        obj_repr_leave(self);
    } else if (active > 0) {
        err_format(&exc_runtime_error, "reentrant call inside %s.__repr__",
                   obj_type(self)->head.name);
    }
    obj_decref(name);
    return result;
}

static const MethodDef file_methods[] = {
    {"read", file_read, 0, 1, 0, "read($self, size=-1, /)\n--\n\nUp to `size` bytes."},
    {"readall", file_readall, 0, 0, 0, "readall($self, /)\n--\n\nAll bytes up to the end."},
    {"readinto", file_readinto, 1, 1, 0,
     "readinto($self, buffer, /)\n--\n\nReads into a writable buffer; returns the count."},
    {"write", file_write, 1, 1, 0,
     "write($self, b, /)\n--\n\nWrites bytes; returns how many, None if it would block."},
    {"seek", file_seek, 1, 2, 0,
     "seek($self, pos, whence=0, /)\n--\n\nMoves the position and returns it."},
    {"tell", file_tell, 0, 0, 0, "tell($self, /)\n--\n\nThe position."},
    {"truncate", file_truncate, 0, 1, 0,
     "truncate($self, size=None, /)\n--\n\nSets the size of the file."},
    {"close", file_close, 0, 0, 0, "close($self, /)\n--\n\nCloses the descriptor."},
    {"seekable", file_seekable, 0, 0, 0,
     "seekable($self, /)\n--\n\nWhether the position can be moved."},
    {"readable", file_readable, 0, 0, 0, "readable($self, /)\n--\n\nWhether it can be read."},
    {"writable", file_writable, 0, 0, 0, "writable($self, /)\n--\n\nWhether it can be written."},
    {"fileno", file_fileno, 0, 0, 0, "fileno($self, /)\n--\n\nThe file descriptor."},
    {"isatty", file_isatty, 0, 0, 0, "isatty($self, /)\n--\n\nWhether it is a terminal."},
    {"_dealloc_warn", file_dealloc_warn, 1, 1, 0, NULL},
    {0},
};

static const GetSetDef file_getset[] = {
    {"closed", get_closed, NULL, "whether the file is closed"},
    {"closefd", get_close_fd, NULL, "whether close() closes the descriptor"},
    {"mode", get_mode, NULL, "the mode"},
    {0},
};

static const MemberDef file_members[] = {
    {"_blksize", MEMBER_INT64, offsetof(FileObj, block_size), 0, NULL},
    {0},
};

Type io_file_type = {
    .head = {.base = {1, &type_type.root},
             .name = "_io.FileIO",
             .flags = TYPE_GC | TYPE_BASE | TYPE_FINALIZE,
             .finalize = io_base_finalize,
             .dealloc = file_dealloc},
    .base = &io_raw_base_type,
    .root = {.type = &io_file_type.head},
    .doc = "FileIO(file, mode='r', closefd=True, opener=None)\n--\n\n"
           "A file without buffer, by name or descriptor.",
    .basic_size = sizeof(FileObj),
    .new = file_new,
    .init = file_init,
    .repr = file_repr,
    .methods = file_methods,
    .getset = file_getset,
    .members = file_members,
};
