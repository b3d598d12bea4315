/*
 * Buffers in front of raw streams: one struct and one set of operations for the three types, whose
 * method tables differ.
 *
 * Invariant: the block holds either bytes read ahead or bytes to be written, never both; changing
 * from one to the other seeks the raw stream back or writes out.  A raw stream may be a Python
 * object whose methods call back, so `busy` is set around every such call and a second entry raises
 * RuntimeError; nothing of the buffer is remembered across a call.  The header is over 600 lines
 * long in code since the three types share everything but their tables.
 */
#include "runtime/modules/io_buffered.h"

#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/modules/io_file.h"
#include "runtime/types/buffer.h"
#include "runtime/types/byte_builder.h"
#include "runtime/types/bytearray.h"
#include "runtime/types/bytes.h"
#include "runtime/types/int.h"
#include "runtime/types/str.h"

enum { READ_STEP = 1 << 18 }; /* bytes that a long read asks for at once */

#define METHOD(name)                                                                               \
    static Obj *name(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
#define UNUSED (void)self, (void)args, (void)nargs, (void)kwnames

/* ---- lifecycle */

static void free_buffer(BufferedObj *b)
{
    mem_free(b->buffer, (size_t)b->size);
    b->buffer = NULL;
    b->read_start = b->read_end = b->write_end = 0;
}

static int buffered_traverse(ObjRef self, VisitFn visit, void *context)
{
    GC_VISIT(io_buffered_cast(self)->raw);
    return io_base_traverse(self, visit, context);
}

static int buffered_clear(ObjRef self)
{
    obj_clear(&io_buffered_cast(self)->raw);
    return io_base_clear(self);
}

static void buffered_dealloc(Obj *self)
{
    if (!io_base_dealloc_begin(self))
        return;
    free_buffer(io_buffered_cast(self));
    buffered_clear(self);
    obj_free(self, (int64_t)sizeof(BufferedObj));
}

static Obj *buffered_new_instance(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    Obj *self = obj_alloc(type, (int64_t)sizeof(BufferedObj));
    if (self != NULL)
        gc_track(self);
    return self;
}

/* ---- state */

/* 0 when there is a raw stream, else -1 with ValueError. */
static int check_initialized(const BufferedObj *b)
{
    if (b->raw != NULL && b->buffer != NULL)
        return 0;
    if (b->raw != NULL)
        return 0; /* closed: the raw stream knows */
    return err_format_int(&exc_value_error, b->detached ? "raw stream has been detached"
                                                        : "I/O operation on uninitialized object");
}

static int is_closed(const BufferedObj *b)
{
    if (b->direct)
        return io_file_cast(b->raw)->fd < 0;
    return io_is_closed(b->raw);
}

/* 0 when open; -1 with ValueError and that message when closed. */
static int check_open(const BufferedObj *b, const char *message)
{
    if (check_initialized(b) < 0)
        return -1;
    int closed = is_closed(b);
    if (closed == 0 && b->buffer != NULL)
        return 0;
    return closed < 0 ? -1 : err_format_int(&exc_value_error, "%s", message);
}

static int enter(BufferedObj *b)
{
    if (b->busy)
        return err_format_int(&exc_runtime_error, "reentrant call inside %R", (ObjRef)b);
    b->busy = true;
    return 0;
}

static int64_t available(const BufferedObj *b)
{
    return b->read_end - b->read_start;
}

/* ---- the raw stream */

/* OSError caused by the pending exception. */
static void raise_from_pending(const char *message)
{
    Obj *cause = err_fetch();
    Obj *text = str_from_ascii(message);
    Obj *error = text == NULL ? NULL : obj_call1((ObjRef)&exc_os_error, text);
    if (error != NULL) {
        exception_set_context_steal(error, obj_incref(cause));
        err_raise(error, cause);
    }
    obj_xdecref(text);
    obj_xdecref(error);
    obj_decref(cause);
}

/* A count that a raw method returned: 0…limit; -1; IO_WOULD_BLOCK for None. */
static int64_t take_count_steal(Obj *result, int64_t limit, const char *method)
{
    int64_t count;
    if (result == NULL)
        return -1;
    if (is_none(result)) {
        count = IO_WOULD_BLOCK;
    } else if (obj_to_int64(result, &count) < 0) {
        if (method[0] == 'r')
            raise_from_pending("raw readinto() failed");
        count = -1;
    } else if (count < 0 || count > limit) {
        err_format(&exc_os_error,
                   "raw %s() returned invalid length %lld (should have been between 0 and %lld)",
                   method, (long long)count, (long long)limit);
        count = -1;
    }
    obj_decref(result);
    return count;
}

/* Reads from the raw stream: bytes read, -1, IO_WOULD_BLOCK.  `out` is not the buffer of a Python
 * raw stream, but memory that only the caller knows. */
static int64_t raw_read(BufferedObj *b, unsigned char *out, int64_t size)
{
    int64_t got;
    if (b->direct) {
        got = io_file_read(io_file_cast(b->raw), out, size);
    } else {
        if (enter(b) < 0)
            return -1;
        Obj *block = bytearray_new(NULL, size);
        got = block == NULL
                  ? -1
                  : take_count_steal(io_call1(b->raw, "readinto", block), size, "readinto");
        b->busy = false;
        if (got > 0 && bytearray_cast(block)->length < got) {
            err_string(&exc_os_error, "readinto() shrank its argument");
            got = -1;
        }
        if (got > 0)
            memcpy(out, bytearray_data(block), (size_t)got);
        obj_xdecref(block);
    }
    if (got > 0 && b->raw_position >= 0)
        b->raw_position += got;
    return got;
}

static int64_t raw_write(BufferedObj *b, const unsigned char *data, int64_t size)
{
    int64_t put;
    if (b->direct) {
        put = io_file_write(io_file_cast(b->raw), data, size);
    } else {
        if (enter(b) < 0)
            return -1;
        Obj *block = bytes_new(data, size);
        put = block == NULL
                  ? -1
                  : take_count_steal(obj_call_method(b->raw, names.write, (ObjRef *)&block, 1),
                                     size, "write");
        b->busy = false;
        obj_xdecref(block);
    }
    if (put > 0 && b->raw_position >= 0)
        b->raw_position += put;
    return put;
}

/* A position that a raw method returned, or -1. */
static int64_t take_position_steal(BufferedObj *b, Obj *result)
{
    int64_t position = -1;
    if (result != NULL && obj_to_int64(result, &position) == 0 && position < 0)
        err_format(&exc_os_error, "Raw stream returned invalid position %S", result);
    if (err_occurred() != NULL)
        position = -1;
    obj_xdecref(result);
    b->raw_position = position;
    return position;
}

static int64_t raw_seek(BufferedObj *b, int64_t offset, int whence)
{
    if (b->direct)
        return b->raw_position = io_file_seek(io_file_cast(b->raw), offset, whence);
    if (enter(b) < 0)
        return -1;
    Obj *target = int_new(offset);
    Obj *how = int_new(whence);
    Obj *name = str_intern_ascii("seek");
    Obj *result = NULL;
    if (target != NULL && how != NULL && name != NULL)
        result = obj_call_method(b->raw, name, (ObjRef[]){target, how}, 2);
    obj_xdecref(target);
    obj_xdecref(how);
    obj_xdecref(name);
    b->busy = false;
    return take_position_steal(b, result);
}

static int64_t raw_tell(BufferedObj *b)
{
    if (b->direct && io_file_cast(b->raw)->fd < 0)
        return err_format_int(&exc_value_error, "I/O operation on closed file");
    if (b->direct)
        return b->raw_position = io_file_seek(io_file_cast(b->raw), 0, SEEK_CUR);
    if (enter(b) < 0)
        return -1;
    Obj *result = io_call0(b->raw, "tell");
    b->busy = false;
    return take_position_steal(b, result);
}

/* Fills the empty buffer with one read: as raw_read. */
static int64_t fill(BufferedObj *b)
{
    b->read_start = b->read_end = 0;
    int64_t got;
    if (b->direct) {
        got = raw_read(b, b->buffer, b->size);
    } else {
        /* The raw stream may close this object meanwhile: read apart, then copy. */
        unsigned char *block = mem_alloc((size_t)b->size);
        int64_t size = b->size;
        if (block == NULL) {
            err_no_memory();
            return -1;
        }
        got = raw_read(b, block, size);
        if (got > 0 && b->buffer == NULL)
            got = err_format_int(&exc_value_error, "read of closed file");
        if (got > 0)
            memcpy(b->buffer, block, (size_t)got);
        mem_free(block, (size_t)size);
    }
    if (got > 0)
        b->read_end = got;
    return got;
}

/* Writes out all pending bytes: 0/-1.  What could not be written stays. */
static int flush_writes(BufferedObj *b)
{
    int64_t done = 0;
    int status = 0;
    while (done < b->write_end) {
        int64_t put = raw_write(b, b->buffer + done, b->write_end - done);
        if (put >= 0 && b->buffer == NULL)
            return err_format_int(&exc_value_error, "write to closed file");
        if (put < 0) {
            if (put == IO_WOULD_BLOCK)
                io_raise_blocking("write could not complete without blocking", 0);
            status = -1;
            break;
        }
        done += put;
    }
    if (done > 0 && b->buffer != NULL) {
        memmove(b->buffer, b->buffer + done, (size_t)(b->write_end - done));
        b->write_end -= done;
    }
    return status;
}

/* Writes out and puts the raw stream where this one is: 0/-1. */
static int synchronize(BufferedObj *b)
{
    if (flush_writes(b) < 0)
        return -1;
    int64_t ahead = available(b);
    if (ahead > 0 && raw_seek(b, -ahead, SEEK_CUR) < 0)
        return -1;
    b->read_start = b->read_end = 0;
    return 0;
}

/* Before reading: nothing must wait to be written. */
static int prepare_read(BufferedObj *b)
{
    return b->write_end > 0 ? flush_writes(b) : 0;
}

/* ---- access of text streams */

int64_t io_buffered_fill(BufferedObj *self, const unsigned char **data)
{
    if (check_open(self, "read of closed file") < 0 || prepare_read(self) < 0)
        return -1;
    if (available(self) == 0) {
        int64_t got = fill(self);
        if (got <= 0)
            return got;
    }
    *data = self->buffer + self->read_start;
    return available(self);
}

void io_buffered_consume(BufferedObj *self, int64_t count)
{
    self->read_start += count;
}

int io_buffered_write(BufferedObj *self, const unsigned char *data, int64_t size)
{
    if (check_open(self, "write to closed file") < 0)
        return -1;
    if (available(self) > 0 && synchronize(self) < 0)
        return -1;
    self->read_start = self->read_end = 0;
    if (size > self->size - self->write_end) {
        int64_t done = 0;
        /* Keep as much as fits where the raw stream does not take it now. */
        if (flush_writes(self) < 0)
            return -1;
        while (size - done > self->size) {
            int64_t put = raw_write(self, data + done, size - done);
            if (put >= 0 && self->buffer == NULL)
                return err_format_int(&exc_value_error, "write to closed file");
            if (put == IO_WOULD_BLOCK) {
                int64_t kept = self->size - self->write_end;
                memcpy(self->buffer + self->write_end, data + done, (size_t)kept);
                self->write_end += kept;
                io_raise_blocking("write could not complete without blocking", done + kept);
            }
            if (put < 0)
                return -1;
            done += put;
        }
        data += done;
        size -= done;
    }
    memcpy(self->buffer + self->write_end, data, (size_t)size);
    self->write_end += size;
    return 0;
}

int io_buffered_flush(BufferedObj *self)
{
    if (check_open(self, "flush of closed file") < 0)
        return -1;
    return synchronize(self);
}

/* ---- construction */

static int initialize(BufferedObj *b, ObjRef raw, int64_t size, bool readable, bool writable)
{
    if (size <= 0)
        return err_format_int(&exc_value_error, "buffer size must be strictly positive");
    unsigned char *block = mem_alloc((size_t)size);
    if (block == NULL) {
        err_no_memory();
        return -1;
    }
    free_buffer(b);
    b->buffer = block;
    b->size = size;
    b->raw_position = -1;
    b->readable = readable;
    b->writable = writable;
    b->detached = false;
    b->direct = io_file_check_exact(raw);
    obj_replace(&b->raw, obj_incref(raw));
    return 0;
}

/* The arguments (raw, buffer_size) of all three types. */
static int read_arguments(const char *function, const ObjRef *args, int64_t nargs, ObjRef kwnames,
                          ObjRef *raw, int64_t *size)
{
    const ArgSpec spec = {function, 0, 1, 2, 2, {"raw", "buffer_size"}};
    ObjRef bound[2];
    if (args_bind(&spec, args, nargs, kwnames, bound) < 0 || args_to_int64(bound[1], size) < 0)
        return -1;
    *raw = bound[0];
    return 0;
}

/* Until __init__ succeeds again the object cannot be used. */
static void forget_raw(BufferedObj *b)
{
    free_buffer(b);
    b->direct = b->detached = false;
    obj_clear(&b->raw);
}

static int reader_init(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    ObjRef raw = NULL;
    int64_t size = IO_BUFFER_SIZE;
    forget_raw(io_buffered_cast(self));
    if (read_arguments("BufferedReader", args, nargs, kwnames, &raw, &size) < 0 ||
        io_require(raw, "readable", "File or stream is not readable.") < 0)
        return -1;
    return initialize(io_buffered_cast(self), raw, size, true, false);
}

static int writer_init(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    ObjRef raw = NULL;
    int64_t size = IO_BUFFER_SIZE;
    forget_raw(io_buffered_cast(self));
    if (read_arguments("BufferedWriter", args, nargs, kwnames, &raw, &size) < 0 ||
        io_require(raw, "writable", "File or stream is not writable.") < 0)
        return -1;
    return initialize(io_buffered_cast(self), raw, size, false, true);
}

static int random_init(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    ObjRef raw = NULL;
    int64_t size = IO_BUFFER_SIZE;
    forget_raw(io_buffered_cast(self));
    if (read_arguments("BufferedRandom", args, nargs, kwnames, &raw, &size) < 0 ||
        io_require(raw, "seekable", "File or stream is not seekable.") < 0 ||
        io_require(raw, "readable", "File or stream is not readable.") < 0 ||
        io_require(raw, "writable", "File or stream is not writable.") < 0)
        return -1;
    return initialize(io_buffered_cast(self), raw, size, true, true);
}

Obj *io_buffered_new(Type *type, ObjRef raw, int64_t size)
{
    Obj *self = buffered_new_instance(type, NULL, 0, NULL);
    if (self != NULL &&
        initialize(io_buffered_cast(self), raw, size, type != &io_buffered_writer_type,
                   type != &io_buffered_reader_type) < 0)
        obj_clear(&self);
    return self;
}

/* ---- reading */

static Obj *read_all(BufferedObj *b)
{
    ByteBuilder all;
    Obj *result = NULL, *rest = NULL, *method = NULL, *name = NULL;
    bool would_block = false;
    byte_builder_init(&all);
    if (byte_builder_add(&all, b->buffer + b->read_start, available(b)) < 0)
        goto done;
    b->read_start = b->read_end = 0;
    name = str_intern_ascii("readall");
    if (name == NULL || obj_getattr_opt(b->raw, name, &method) < 0)
        goto done;
    for (;;) {
        if (enter(b) < 0)
            goto done;
        obj_replace(&rest, method != NULL ? obj_call0(method) : io_call0(b->raw, "read"));
        b->busy = false;
        if (rest == NULL)
            goto done;
        if (is_none(rest)) {
            would_block = true;
            break;
        }
        if (!bytes_check(rest)) {
            err_string(&exc_type_error, method != NULL ? "readall() should return bytes"
                                                       : "read() should return bytes");
            goto done;
        }
        int64_t got = bytes_cast(rest)->length;
        if (all.length == 0 && method != NULL) {
            result = obj_incref(rest);
            goto done;
        }
        if (byte_builder_add(&all, bytes_cast(rest)->data, got) < 0)
            goto done;
        if (got == 0 || method != NULL)
            break;
    }
    result = would_block && all.length == 0 ? none_new() : byte_builder_finish(&all);
done:
    b->raw_position = -1;
    byte_builder_free(&all);
    obj_xdecref(rest);
    obj_xdecref(method);
    obj_xdecref(name);
    return result;
}

/* Exactly `size` bytes unless the end comes first; None when nothing is there without blocking. */
static Obj *read_count(BufferedObj *b, int64_t size)
{
    if (size <= available(b)) {
        Obj *result = bytes_new(b->buffer + b->read_start, size);
        if (result != NULL)
            b->read_start += size;
        return result;
    }
    ByteBuilder data;
    Obj *result = NULL;
    byte_builder_init(&data);
    if (byte_builder_add(&data, b->buffer + b->read_start, available(b)) < 0)
        goto done;
    b->read_start = b->read_end = 0;
    int64_t got = 1;
    while (data.length < size && got > 0) {
        int64_t missing = size - data.length;
        if (missing >= b->size) {
            if (missing > READ_STEP)
                missing = READ_STEP;
            missing -= missing % b->size; /* whole blocks only, the rest goes through the buffer */
            if (byte_builder_reserve(&data, missing) < 0)
                goto done;
            got = raw_read(b, data.data + data.length, missing);
            if (got > 0)
                data.length += got;
        } else {
            got = fill(b);
            if (got > 0) {
                int64_t taken = missing < available(b) ? missing : available(b);
                if (byte_builder_add(&data, b->buffer + b->read_start, taken) < 0)
                    goto done;
                b->read_start += taken;
            }
        }
        if (got > 0 && b->buffer == NULL) {
            err_string(&exc_value_error, "read of closed file");
            goto done;
        }
    }
    if (got == -1)
        goto done;
    result = got == IO_WOULD_BLOCK && data.length == 0 ? none_new() : byte_builder_finish(&data);
done:
    byte_builder_free(&data);
    return result;
}

METHOD(method_read)
{
    (void)kwnames;
    BufferedObj *b = io_buffered_cast(self);
    int64_t size;
    if (io_size_argument(nargs > 0 ? args[0] : NULL, &size) < 0)
        return NULL;
    if (size < -1)
        return err_string(&exc_value_error, "read length must be non-negative or -1");
    if (check_open(b, "read of closed file") < 0 || prepare_read(b) < 0)
        return NULL;
    return size < 0 ? read_all(b) : read_count(b, size);
}

METHOD(method_read1)
{
    (void)kwnames;
    BufferedObj *b = io_buffered_cast(self);
    int64_t size = -1;
    if ((nargs > 0 && obj_to_int64(args[0], &size) < 0) ||
        check_open(b, "read of closed file") < 0 || prepare_read(b) < 0)
        return NULL;
    if (size < 0)
        size = b->size;
    if (size == 0)
        return bytes_new("", 0);
    if (available(b) > 0)
        return read_count(b, size < available(b) ? size : available(b));
    if (size <= b->size) {
        int64_t got = fill(b);
        if (got == -1)
            return NULL;
        return got <= 0 ? bytes_new("", 0) : read_count(b, size < got ? size : got);
    }
    ByteBuilder data;
    Obj *result = NULL;
    byte_builder_init(&data);
    if (byte_builder_reserve(&data, size) == 0) {
        int64_t got = raw_read(b, data.data, size);
        if (got != -1)
            result = bytes_new(data.data, got > 0 ? got : 0);
    }
    byte_builder_free(&data);
    return result;
}

METHOD(method_peek)
{
    (void)kwnames, (void)args, (void)nargs;
    BufferedObj *b = io_buffered_cast(self);
    if (check_open(b, "peek of closed file") < 0 || prepare_read(b) < 0)
        return NULL;
    if (available(b) == 0 && fill(b) == -1)
        return NULL;
    return bytes_new(b->buffer + b->read_start, available(b));
}

/* readinto: fills the target (once: with at most one raw read). */
static Obj *read_into(BufferedObj *b, ObjRef target, bool once)
{
    BufferView view;
    Obj *result = NULL;
    if (check_open(b, "readinto of closed file") < 0 || buffer_acquire_writable(target, &view) < 0)
        return NULL;
    unsigned char *out = (unsigned char *)(uintptr_t)view.data;
    int64_t done = 0;
    int64_t got = 0;
    if (prepare_read(b) < 0)
        goto done;
    while (done < view.length) {
        int64_t ready = available(b);
        if (ready == 0) {
            if (once && done > 0 && view.length - done <= b->size)
                break;
            got = view.length - done >= b->size ? raw_read(b, out + done, view.length - done)
                                                : fill(b);
            if (got == -1 || (got > 0 && b->buffer == NULL))
                goto done;
            if (got <= 0)
                break;
            if (available(b) == 0) {
                done += got;
                if (once)
                    break;
                continue;
            }
            ready = available(b);
        }
        if (ready > view.length - done)
            ready = view.length - done;
        memcpy(out + done, b->buffer + b->read_start, (size_t)ready);
        b->read_start += ready;
        done += ready;
        if (once && got > 0)
            break;
    }
    result = got == IO_WOULD_BLOCK && done == 0 ? none_new() : int_new(done);
done:
    buffer_release(&view);
    return result;
}

METHOD(method_readinto)
{
    (void)nargs, (void)kwnames;
    return read_into(io_buffered_cast(self), args[0], false);
}

METHOD(method_readinto1)
{
    (void)nargs, (void)kwnames;
    return read_into(io_buffered_cast(self), args[0], true);
}

/* A line of at most `limit` bytes (-1: any). */
static Obj *read_line(BufferedObj *b, int64_t limit)
{
    ByteBuilder line;
    Obj *result = NULL;
    byte_builder_init(&line);
    for (;;) {
        int64_t ready = available(b);
        if (limit >= 0 && ready > limit - line.length)
            ready = limit - line.length;
        const unsigned char *start = b->buffer + b->read_start;
        const unsigned char *end = ready > 0 ? memchr(start, '\n', (size_t)ready) : NULL;
        if (end != NULL)
            ready = end - start + 1;
        if (line.length == 0 && (end != NULL || ready == limit)) {
            result = bytes_new(start, ready);
            if (result != NULL)
                b->read_start += ready;
            return result;
        }
        if (byte_builder_add(&line, start, ready) < 0)
            goto done;
        b->read_start += ready;
        if (end != NULL || line.length == limit)
            break;
        int64_t got = fill(b);
        if (got == -1)
            goto done;
        if (got <= 0)
            break;
    }
    result = byte_builder_finish(&line);
done:
    byte_builder_free(&line);
    return result;
}

METHOD(method_readline)
{
    (void)kwnames;
    BufferedObj *b = io_buffered_cast(self);
    int64_t limit;
    if (check_open(b, "readline of closed file") < 0 ||
        io_size_argument(nargs > 0 ? args[0] : NULL, &limit) < 0 || prepare_read(b) < 0)
        return NULL;
    return read_line(b, limit < 0 ? -1 : limit);
}

static int buffered_next(ObjRef self, Obj **out)
{
    BufferedObj *b = io_buffered_cast(self);
    if (obj_type(self)->head.flags & TYPE_HEAP)
        return io_base_type.next(self, out);
    if (check_open(b, "readline of closed file") < 0 || prepare_read(b) < 0)
        return -1;
    Obj *line = read_line(b, -1);
    if (line == NULL)
        return -1;
    if (bytes_cast(line)->length == 0) {
        obj_decref(line);
        return 0;
    }
    *out = line;
    return 1;
}

/* ---- writing and position */

METHOD(method_write)
{
    (void)nargs, (void)kwnames;
    BufferedObj *b = io_buffered_cast(self);
    BufferView view;
    if (check_open(b, "write to closed file") < 0)
        return NULL;
    if (buffer_acquire(args[0], &view) < 0)
        return NULL;
    int64_t length = view.length;
    int status = io_buffered_write(b, view.data, length);
    buffer_release(&view);
    return status < 0 ? NULL : int_new(length);
}

METHOD(method_flush)
{
    UNUSED;
    return io_buffered_flush(io_buffered_cast(self)) < 0 ? NULL : none_new();
}

METHOD(method_raw_flush)
{
    UNUSED;
    BufferedObj *b = io_buffered_cast(self);
    return check_initialized(b) < 0 ? NULL : io_call0(b->raw, "flush");
}

METHOD(method_tell)
{
    UNUSED;
    BufferedObj *b = io_buffered_cast(self);
    if (check_initialized(b) < 0)
        return NULL;
    int64_t position = raw_tell(b);
    return position < 0 ? NULL : int_new(position - available(b) + b->write_end);
}

/* Moves within what was read ahead, if the target is there: the new position, or -1 (no exception
 * unless err_occurred). */
static int64_t seek_in_buffer(BufferedObj *b, int64_t target, int64_t whence)
{
    if (whence == SEEK_END || !b->readable || b->write_end > 0 || b->read_end == 0)
        return -1;
    int64_t raw = b->raw_position >= 0 ? b->raw_position : raw_tell(b);
    if (raw < 0)
        return -1;
    int64_t here = raw - available(b);
    int64_t offset = whence == SEEK_SET ? target - here : target;
    if (offset < -b->read_start || offset > available(b))
        return -1;
    b->read_start += offset;
    return here + offset;
}

METHOD(method_seek)
{
    (void)kwnames;
    BufferedObj *b = io_buffered_cast(self);
    int64_t target, whence = SEEK_SET;
    if (check_initialized(b) < 0 || (nargs > 1 && obj_to_int64(args[1], &whence) < 0))
        return NULL;
    if (whence < SEEK_SET || whence > SEEK_END)
        return err_format(&exc_value_error, "whence value %lld unsupported", (long long)whence);
    if (check_open(b, "seek of closed file") < 0 ||
        (!b->direct && io_require(b->raw, "seekable", "File or stream is not seekable.") < 0))
        return NULL;
    if (b->direct && !io_file_seekable(io_file_cast(b->raw)))
        return io_unsupported("File or stream is not seekable.");
    if (obj_to_int64(args[0], &target) < 0)
        return NULL;
    int64_t position = seek_in_buffer(b, target, whence);
    if (position >= 0)
        return int_new(position);
    if (err_occurred() != NULL || flush_writes(b) < 0)
        return NULL;
    if (whence == SEEK_CUR)
        target -= available(b);
    position = raw_seek(b, target, (int)whence);
    if (position < 0)
        return NULL;
    b->read_start = b->read_end = 0;
    return int_new(position);
}

METHOD(method_truncate)
{
    (void)kwnames;
    BufferedObj *b = io_buffered_cast(self);
    if (check_initialized(b) < 0)
        return NULL;
    if (!b->writable)
        return io_unsupported("truncate");
    if (check_open(b, "truncate of closed file") < 0 || synchronize(b) < 0)
        return NULL;
    return io_call1(b->raw, "truncate", nargs > 0 ? args[0] : obj_none);
}

/* ---- the rest */

METHOD(method_detach)
{
    UNUSED;
    BufferedObj *b = io_buffered_cast(self);
    if (check_initialized(b) < 0)
        return NULL;
    Obj *flushed = io_call0(self, "flush");
    if (flushed == NULL)
        return NULL;
    obj_decref(flushed);
    Obj *raw = b->raw;
    b->raw = NULL;
    b->detached = true;
    b->direct = false;
    free_buffer(b);
    return raw;
}

METHOD(method_close)
{
    UNUSED;
    BufferedObj *b = io_buffered_cast(self);
    if (check_initialized(b) < 0)
        return NULL;
    int closed = is_closed(b);
    if (closed != 0)
        return closed < 0 ? NULL : none_new();
    if (b->io.finalizing)
        io_warn_unclosed(b->raw, self);
    Obj *result = io_flush_and_close(self, &b->raw);
    free_buffer(b);
    return result;
}

/* Methods that only ask the raw stream. */
#define FORWARD(function, method)                                                                  \
    static Obj *function(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)           \
    {                                                                                              \
        (void)args, (void)nargs, (void)kwnames;                                                    \
        BufferedObj *b = io_buffered_cast(self);                                                   \
        return check_initialized(b) < 0 ? NULL : io_call0(b->raw, method);                         \
    }

FORWARD(method_seekable, "seekable")
FORWARD(method_readable, "readable")
FORWARD(method_writable, "writable")
FORWARD(method_fileno, "fileno")
FORWARD(method_isatty, "isatty")

METHOD(method_sizeof)
{
    UNUSED;
    const BufferedObj *b = io_buffered_cast(self);
    return int_new((int64_t)sizeof(BufferedObj) + (b->buffer == NULL ? 0 : b->size));
}

METHOD(method_dealloc_warn)
{
    (void)nargs, (void)kwnames;
    BufferedObj *b = io_buffered_cast(self);
    if (b->raw != NULL)
        io_warn_unclosed(b->raw, args[0]);
    return none_new();
}

static Obj *get_closed(ObjRef self)
{
    BufferedObj *b = io_buffered_cast(self);
    return check_initialized(b) < 0 ? NULL : io_get_closed(b->raw);
}

static Obj *get_name(ObjRef self)
{
    BufferedObj *b = io_buffered_cast(self);
    return check_initialized(b) < 0 ? NULL : obj_getattr(b->raw, names.name);
}

static Obj *get_mode(ObjRef self)
{
    BufferedObj *b = io_buffered_cast(self);
    return check_initialized(b) < 0 ? NULL : obj_getattr(b->raw, names.mode);
}

static Obj *buffered_repr(ObjRef self)
{
    Obj *name = NULL;
    const char *type = obj_type(self)->head.name;
    if (obj_getattr_opt(self, names.name, &name) < 0) {
        if (!err_matches(&exc_value_error))
            return NULL;
        err_clear();
    }
    if (name == NULL)
        return str_format_c("<%s>", type);
    Obj *result = NULL;
    int active = obj_repr_enter(self);
    if (active == 0) {
        result = str_format_c("<%s name=%R>", type, name);
        obj_repr_leave(self);
    } else if (active > 0) {
        err_format(&exc_runtime_error, "reentrant call inside %s.__repr__", type);
    }
    obj_decref(name);
    return result;
}

#define COMMON_METHODS                                                                             \
    {"detach", method_detach, 0, 0, 0, "detach($self, /)\n--\n\nGives the raw stream away."},      \
        {"close", method_close, 0, 0, 0, "close($self, /)\n--\n\nFlushes and closes."},            \
        {"seekable", method_seekable,                                                              \
         0,          0,                                                                            \
         0,          "seekable($self, /)\n--\n\nWhether the position can be moved."},              \
        {"fileno", method_fileno, 0, 0, 0, "fileno($self, /)\n--\n\nThe file descriptor."},        \
        {"isatty", method_isatty, 0, 0, 0, "isatty($self, /)\n--\n\nWhether it is a terminal."},   \
        {"seek", method_seek,                                                                      \
         1,      2,                                                                                \
         0,      "seek($self, target, whence=0, /)\n--\n\nMoves the position and returns it."},    \
        {"tell", method_tell, 0, 0, 0, "tell($self, /)\n--\n\nThe position."},                     \
        {"truncate", method_truncate,                                                              \
         0,          1,                                                                            \
         0,          "truncate($self, pos=None, /)\n--\n\nSets the size of the file."},            \
        {"_dealloc_warn", method_dealloc_warn, 1, 1, 0, NULL},                                     \
    {                                                                                              \
        "__sizeof__", method_sizeof, 0, 0, 0, NULL                                                 \
    }

#define READ_METHODS                                                                               \
    {"readable", method_readable, 0, 0, 0, "readable($self, /)\n--\n\nWhether it can be read."},   \
        {"read", method_read, 0, 1, 0, "read($self, size=-1, /)\n--\n\nUp to `size` bytes."},      \
        {"read1",                                                                                  \
         method_read1,                                                                             \
         0,                                                                                        \
         1,                                                                                        \
         0,                                                                                        \
         "read1($self, size=-1, /)\n--\n\nAs read, with at most one call of the raw stream."},     \
        {"peek", method_peek,                                                                      \
         0,      1,                                                                                \
         0,      "peek($self, size=0, /)\n--\n\nBytes that come next, without taking them."},      \
        {"readinto",                                                                               \
         method_readinto,                                                                          \
         1,                                                                                        \
         1,                                                                                        \
         0,                                                                                        \
         "readinto($self, buffer, /)\n--\n\nReads into a writable buffer; returns the count."},    \
        {"readinto1",                                                                              \
         method_readinto1,                                                                         \
         1,                                                                                        \
         1,                                                                                        \
         0,                                                                                        \
         "readinto1($self, buffer, /)\n--\n\nAs readinto, with one call of the raw stream."},      \
    {                                                                                              \
        "readline", method_readline, 0, 1, 0, "readline($self, size=-1, /)\n--\n\nOne line."       \
    }

#define WRITE_METHODS                                                                              \
    {                                                                                              \
        "writable", method_writable,                                                               \
        0,          0,                                                                             \
        0,          "writable($self, /)\n--\n\nWhether it can be written."},                       \
    {                                                                                              \
        "write", method_write, 1, 1, 0,                                                            \
            "write($self, buffer, /)\n--\n\nWrites; returns the count."                            \
    }

static const MethodDef reader_methods[] = {
    COMMON_METHODS,
    READ_METHODS,
    {"flush", method_raw_flush, 0, 0, 0, "flush($self, /)\n--\n\nFlushes the raw stream."},
    {0},
};

static const MethodDef writer_methods[] = {
    COMMON_METHODS,
    WRITE_METHODS,
    {"flush", method_flush, 0, 0, 0, "flush($self, /)\n--\n\nWrites out what is buffered."},
    {0},
};

static const MethodDef random_methods[] = {
    COMMON_METHODS,
    READ_METHODS,
    WRITE_METHODS,
    {"flush", method_flush, 0, 0, 0, "flush($self, /)\n--\n\nWrites out what is buffered."},
    {0},
};

static const GetSetDef buffered_getset[] = {
    {"closed", get_closed, NULL, NULL},
    {"name", get_name, NULL, NULL},
    {"mode", get_mode, NULL, NULL},
    {0},
};

static const MemberDef buffered_members[] = {
    {"raw", MEMBER_OBJ, offsetof(BufferedObj, raw), MEMBER_READONLY, NULL},
    {0},
};

#define BUFFERED_TYPE(type_name_, text, init_, next_, methods_)                                    \
    {                                                                                              \
        .head = {.base = {1, &type_type.root},                                                     \
                 .name = "_io." text,                                                              \
                 .flags = TYPE_GC | TYPE_BASE | TYPE_FINALIZE,                                     \
                 .traverse = buffered_traverse,                                                    \
                 .clear = buffered_clear,                                                          \
                 .finalize = io_base_finalize,                                                     \
                 .dealloc = buffered_dealloc},                                                     \
        .base = &io_buffered_base_type, .root = {.type = &type_name_.head},                        \
        .doc = text "(raw, buffer_size=8192)\n--\n\nA raw stream behind a buffer.",                \
        .basic_size = sizeof(BufferedObj), .new = buffered_new_instance, .init = init_,            \
        .repr = buffered_repr, .next = next_, .methods = methods_, .getset = buffered_getset,      \
        .members = buffered_members,                                                               \
    }

Type io_buffered_reader_type = BUFFERED_TYPE(io_buffered_reader_type, "BufferedReader", reader_init,
                                             buffered_next, reader_methods);
Type io_buffered_writer_type =
    BUFFERED_TYPE(io_buffered_writer_type, "BufferedWriter", writer_init, NULL, writer_methods);
Type io_buffered_random_type = BUFFERED_TYPE(io_buffered_random_type, "BufferedRandom", random_init,
                                             buffered_next, random_methods);
