/*
 * _IOBase, _RawIOBase, _BufferedIOBase and _TextIOBase: what a stream written in Python inherits.
 *
 * They hold no data but whether close() ran, and express everything through the methods that
 * derived classes add: seek, read, readinto, write.  The concrete types (io_file.c, io_buffered.c,
 * io_bytes.c, io_string.c, io_text.c) begin with IoObj and share the lifecycle functions below.
 */
#include "runtime/modules/io_base.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/core/roots.h"
#include "runtime/types/buffer.h"
#include "runtime/types/byte_builder.h"
#include "runtime/types/bytearray.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"
#include "runtime/types/weakref.h"

#define io_cast(o) ((IoObj *)(o))
#define METHOD(name)                                                                               \
    static Obj *name(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
#define UNUSED (void)self, (void)args, (void)nargs, (void)kwnames

/* ---- lifecycle */

int io_base_traverse(ObjRef self, VisitFn visit, void *context)
{
    GC_VISIT(io_cast(self)->dict);
    return 0;
}

int io_base_clear(ObjRef self)
{
    obj_clear(&io_cast(self)->dict);
    return 0;
}

Obj **io_base_weak_list(ObjRef self)
{
    return &io_cast(self)->weak_list;
}

void io_base_finalize(ObjRef self)
{
    Obj *pending = err_fetch();
    int closed = io_is_closed(self);
    if (closed == 0) {
        io_cast(self)->finalizing = true;
        Obj *result = io_call0(self, "close");
        obj_xdecref(result);
    }
    err_clear();
    err_restore_steal(pending);
}

bool io_base_dealloc_begin(Obj *self)
{
    GcLink *link = gc_link(self);
    if ((link->prev & GC_BIT_FINALIZED) == 0) {
        if (link->next == NULL)
            gc_track(self);
        link->prev |= GC_BIT_FINALIZED;
        self->refcnt = 1;
        int depth = obj_dealloc_suspend();
        io_base_finalize(self);
        obj_dealloc_resume(depth);
        if (--self->refcnt != 0)
            return false;
    }
    if (obj_dying_hook != NULL)
        obj_dying_hook(self);
    gc_untrack(self);
    if (io_cast(self)->weak_list != NULL)
        weakref_clear_all(self, &io_cast(self)->weak_list);
    return true;
}

static void io_base_dealloc(Obj *self)
{
    if (!io_base_dealloc_begin(self))
        return;
    io_base_clear(self);
    obj_free(self, (int64_t)sizeof(IoObj));
}

static Obj *io_base_new(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    Obj *self = obj_alloc(type, (int64_t)sizeof(IoObj));
    if (self != NULL)
        gc_track(self);
    return self;
}

/* ---- UnsupportedOperation */

static Obj *unsupported_class;

ObjRef io_unsupported_peek(void)
{
    if (unsupported_class != NULL)
        return unsupported_class;
    ROOT("io.UnsupportedOperation", unsupported_class);
    Obj *name = str_from_ascii("UnsupportedOperation");
    Obj *bases = tuple_pack(2, (ObjRef)&exc_os_error, (ObjRef)&exc_value_error);
    Obj *dict = dict_new();
    Obj *module = str_from_ascii("io");
    if (name != NULL && bases != NULL && dict != NULL && module != NULL &&
        dict_set(dict, names.dunder_module, module) == 0)
        unsupported_class = type_new_class(name, bases, dict);
    obj_xdecref(name);
    obj_xdecref(bases);
    obj_xdecref(dict);
    obj_xdecref(module);
    return unsupported_class;
}

void io_finish(void)
{
    obj_clear(&unsupported_class);
}

Obj *io_unsupported(const char *message)
{
    ObjRef type = io_unsupported_peek();
    Obj *text = type == NULL ? NULL : str_from_ascii(message);
    Obj *error = text == NULL ? NULL : obj_call1(type, text);
    if (error != NULL)
        err_raise(error, NULL);
    obj_xdecref(text);
    obj_xdecref(error);
    return NULL;
}

/* ---- helpers for all streams */

Obj *io_raise_closed(void)
{
    return err_string(&exc_value_error, "I/O operation on closed file.");
}

/* Opening and closing ask builtin streams a few things.  Their answers are found in the tables of
 * the types, so that the namespaces of these need not be filled at every start.  NULL: not a
 * builtin stream, or the tables do not have it. */
static const MethodDef *find_method(const Type *type, const char *name)
{
    for (; (type->head.flags & TYPE_HEAP) == 0 && type != &object_type; type = type->base) {
        for (const MethodDef *def = type->methods; def != NULL && def->name != NULL; def++) {
            if (strcmp(def->name, name) == 0)
                return (def->flags & (METHOD_CLASS | METHOD_STATIC)) == 0 && def->min == 0 ? def
                                                                                           : NULL;
        }
    }
    return NULL;
}

static const GetSetDef *find_getset(const Type *type, const char *name)
{
    for (; (type->head.flags & TYPE_HEAP) == 0 && type != &object_type; type = type->base) {
        for (const GetSetDef *def = type->getset; def != NULL && def->name != NULL; def++) {
            if (strcmp(def->name, name) == 0)
                return def;
        }
    }
    return NULL;
}

static bool is_stream(ObjRef o)
{
    return type_is_subtype(obj_type(o), &io_base_type) != 0;
}

Obj *io_get_closed(ObjRef stream)
{
    const GetSetDef *row = is_stream(stream) ? find_getset(obj_type(stream), "closed") : NULL;
    return row != NULL ? row->get(stream) : obj_getattr(stream, names.closed);
}

int io_is_closed(ObjRef stream)
{
    Obj *closed = io_get_closed(stream);
    if (closed == NULL)
        return -1;
    int truth = obj_truth(closed);
    obj_decref(closed);
    return truth;
}

Obj *io_call0(ObjRef stream, const char *method)
{
    Obj *name = str_intern_ascii(method);
    if (name == NULL)
        return NULL;
    const MethodDef *row = NULL;
    if (is_stream(stream) && (io_cast(stream)->dict == NULL ||
                              dict_find_str(dict_cast(io_cast(stream)->dict), name) < 0))
        row = find_method(obj_type(stream), method);
    Obj *result =
        row != NULL ? row->fn(stream, NULL, 0, NULL) : obj_call_method(stream, name, NULL, 0);
    obj_decref(name);
    return result;
}

Obj *io_call1(ObjRef stream, const char *method, ObjRef arg)
{
    Obj *name = str_intern_ascii(method);
    Obj *result = name == NULL ? NULL : obj_call_method(stream, name, &arg, 1);
    obj_xdecref(name);
    return result;
}

int io_require(ObjRef stream, const char *name, const char *message)
{
    Obj *able = io_call0(stream, name);
    if (able == NULL)
        return -1;
    int truth = obj_truth(able);
    obj_decref(able);
    if (truth == 0)
        io_unsupported(message);
    return truth > 0 ? 0 : -1;
}

int io_size_argument(ObjRef arg, int64_t *out)
{
    if (arg == NULL || is_none(arg)) {
        *out = -1;
        return 0;
    }
    if (obj_type(arg)->index == NULL)
        return err_format_int(&exc_type_error, "argument should be integer or None, not '%T'", arg);
    return obj_to_int64(arg, out);
}

void io_warn_unclosed(ObjRef inner, ObjRef source)
{
    Obj *result = io_call1(inner, "_dealloc_warn", source);
    if (result == NULL)
        err_clear();
    obj_xdecref(result);
}

void io_close_after_error(ObjRef stream)
{
    Obj *pending = err_fetch();
    Obj *result = io_call0(stream, "close");
    if (result == NULL)
        err_chain_steal(pending);
    else
        err_restore_steal(pending);
    obj_xdecref(result);
}

Obj *io_flush_and_close(ObjRef stream, Obj *const *below)
{
    Obj *flushed = io_call0(stream, "flush");
    Obj *pending = flushed == NULL ? err_fetch() : NULL;
    obj_xdecref(flushed);
    Obj *inner = obj_xincref(*below); /* the flush may have detached it */
    Obj *result = inner == NULL ? none_new() : io_call0(inner, "close");
    obj_xdecref(inner);
    if (pending == NULL)
        return result;
    if (result == NULL) {
        err_chain_steal(pending);
    } else {
        obj_decref(result);
        err_restore_steal(pending);
    }
    return NULL;
}

Obj *io_raise_blocking(const char *text, int64_t written)
{
    Obj *number = int_new(EAGAIN);
    Obj *message = str_from_ascii(text);
    Obj *count = int_new(written);
    Obj *error = NULL;
    if (number != NULL && message != NULL && count != NULL)
        error = obj_call3((ObjRef)&exc_blocking_io_error, number, message, count);
    if (error != NULL)
        err_raise(error, NULL);
    obj_xdecref(number);
    obj_xdecref(message);
    obj_xdecref(count);
    obj_xdecref(error);
    return NULL;
}

/* 0 when the stream is open, else -1 with ValueError. */
static int check_open(ObjRef self)
{
    int closed = io_is_closed(self);
    if (closed > 0)
        io_raise_closed();
    return closed == 0 ? 0 : -1;
}

/* ---- _IOBase */

METHOD(base_seek)
{
    UNUSED;
    return io_unsupported("seek");
}

METHOD(base_truncate)
{
    UNUSED;
    return io_unsupported("truncate");
}

METHOD(base_fileno)
{
    UNUSED;
    return io_unsupported("fileno");
}

METHOD(base_tell)
{
    UNUSED;
    Obj *name = str_intern_ascii("seek");
    Obj *zero = int_new(0);
    Obj *one = int_new(1);
    Obj *result = NULL;
    if (name != NULL && zero != NULL && one != NULL)
        result = obj_call_method(self, name, (ObjRef[]){zero, one}, 2);
    obj_xdecref(name);
    obj_xdecref(zero);
    obj_xdecref(one);
    return result;
}

METHOD(base_flush)
{
    UNUSED;
    return io_cast(self)->base_closed ? io_raise_closed() : none_new();
}

Obj *io_base_close(ObjRef self)
{
    if (io_cast(self)->base_closed)
        return none_new();
    Obj *result = io_call0(self, "flush");
    io_cast(self)->base_closed = true;
    if (result == NULL)
        return NULL;
    obj_decref(result);
    return none_new();
}

METHOD(base_close)
{
    UNUSED;
    return io_base_close(self);
}

METHOD(base_false)
{
    UNUSED;
    return bool_new(false);
}

METHOD(base_isatty)
{
    UNUSED;
    return check_open(self) < 0 ? NULL : bool_new(false);
}

METHOD(base_check_closed)
{
    UNUSED;
    return check_open(self) < 0 ? NULL : none_new();
}

METHOD(base_check_seekable)
{
    UNUSED;
    return io_require(self, "seekable", "File or stream is not seekable.") < 0 ? NULL
                                                                               : bool_new(true);
}

METHOD(base_check_readable)
{
    UNUSED;
    return io_require(self, "readable", "File or stream is not readable.") < 0 ? NULL
                                                                               : bool_new(true);
}

METHOD(base_check_writable)
{
    UNUSED;
    return io_require(self, "writable", "File or stream is not writable.") < 0 ? NULL
                                                                               : bool_new(true);
}

METHOD(base_enter)
{
    UNUSED;
    return check_open(self) < 0 ? NULL : obj_incref(self);
}

METHOD(base_exit)
{
    UNUSED;
    return io_call0(self, "close");
}

/* How many bytes to read next for a line: up to a newline that peek() shows, else 1.  -1 error. */
static int64_t line_read_size(ObjRef peek, int64_t limit)
{
    Obj *one = int_new(1);
    Obj *seen = one == NULL ? NULL : obj_call1(peek, one);
    int64_t size = 1;
    obj_xdecref(one);
    if (seen == NULL)
        return -1;
    if (!bytes_check(seen)) {
        err_format(&exc_os_error, "peek() should have returned a bytes object, not '%T'", seen);
        size = -1;
    } else if (bytes_cast(seen)->length > 0) {
        const BytesObj *b = bytes_cast(seen);
        const unsigned char *end = memchr(b->data, '\n', (size_t)b->length);
        size = end == NULL ? b->length : end - b->data + 1;
        if (limit >= 0 && size > limit)
            size = limit;
    }
    obj_decref(seen);
    return size;
}

METHOD(base_readline)
{
    (void)kwnames;
    int64_t limit;
    if (io_size_argument(nargs > 0 ? args[0] : NULL, &limit) < 0)
        return NULL;
    Obj *peek = NULL, *result = NULL, *peek_name = str_intern_ascii("peek");
    ByteBuilder line;
    byte_builder_init(&line);
    if (peek_name == NULL || obj_getattr_opt(self, peek_name, &peek) < 0)
        goto done;
    while (limit < 0 || line.length < limit) {
        int64_t size = 1;
        if (peek != NULL) {
            size = line_read_size(peek, limit < 0 ? -1 : limit - line.length);
            if (size < 0)
                goto done;
        }
        Obj *count = int_new(size);
        Obj *chunk = count == NULL ? NULL : obj_call_method(self, names.read, (ObjRef *)&count, 1);
        obj_xdecref(count);
        if (chunk == NULL)
            goto done;
        if (!bytes_check(chunk)) {
            err_format(&exc_os_error, "read() should have returned a bytes object, not '%T'",
                       chunk);
            obj_decref(chunk);
            goto done;
        }
        int64_t got = bytes_cast(chunk)->length;
        int status = byte_builder_add(&line, bytes_cast(chunk)->data, got);
        obj_decref(chunk);
        if (status < 0)
            goto done;
        if (got == 0 || line.data[line.length - 1] == '\n')
            break;
    }
    result = byte_builder_finish(&line);
done:
    byte_builder_free(&line);
    obj_xdecref(peek);
    obj_xdecref(peek_name);
    return result;
}

METHOD(base_readlines)
{
    (void)kwnames;
    int64_t hint, total = 0;
    if (io_size_argument(nargs > 0 ? args[0] : NULL, &hint) < 0)
        return NULL;
    if (hint <= 0)
        return obj_to_list(self);
    Obj *lines = list_new(0);
    Obj *iterator = lines == NULL ? NULL : obj_iter(self);
    Obj *line = NULL;
    int status = iterator == NULL ? -1 : 0;
    while (iterator != NULL && total <= hint && (status = obj_next(iterator, &line)) > 0) {
        int64_t length = list_append(lines, line) < 0 ? -1 : obj_length(line);
        obj_clear(&line);
        if (length < 0) {
            status = -1;
            break;
        }
        total += length;
    }
    obj_xdecref(iterator);
    if (status < 0)
        obj_clear(&lines);
    return lines;
}

METHOD(base_writelines)
{
    (void)nargs, (void)kwnames;
    if (check_open(self) < 0)
        return NULL;
    Obj *iterator = obj_iter(args[0]);
    if (iterator == NULL)
        return NULL;
    Obj *line = NULL;
    int status;
    while ((status = obj_next(iterator, &line)) > 0) {
        Obj *written = obj_call_method(self, names.write, (ObjRef *)&line, 1);
        obj_clear(&line);
        if (written == NULL) {
            status = -1;
            break;
        }
        obj_decref(written);
    }
    obj_decref(iterator);
    return status < 0 ? NULL : none_new();
}

static Obj *base_iter(ObjRef self)
{
    return check_open(self) < 0 ? NULL : obj_incref(self);
}

static int base_next(ObjRef self, Obj **out)
{
    Obj *line = obj_call_method(self, names.readline, NULL, 0);
    if (line == NULL)
        return -1;
    int64_t length = obj_length(line);
    if (length <= 0) {
        obj_decref(line);
        return length < 0 ? -1 : 0;
    }
    *out = line;
    return 1;
}

static Obj *get_closed(ObjRef self)
{
    return bool_new(io_cast(self)->base_closed);
}

static const MethodDef base_methods[] = {
    {"seek", base_seek, 0, -1, METHOD_KEYWORDS, "Moves the position of the stream and returns it."},
    {"tell", base_tell, 0, 0, 0, "tell($self, /)\n--\n\nThe position of the stream."},
    {"truncate", base_truncate, 0, -1, METHOD_KEYWORDS, "Cuts the stream at a size."},
    {"flush", base_flush, 0, 0, 0, "flush($self, /)\n--\n\nWrites out what is buffered."},
    {"close", base_close, 0, 0, 0, "close($self, /)\n--\n\nFlushes and closes the stream."},
    {"seekable", base_false, 0, 0, 0,
     "seekable($self, /)\n--\n\nWhether the position can be moved."},
    {"readable", base_false, 0, 0, 0, "readable($self, /)\n--\n\nWhether it can be read."},
    {"writable", base_false, 0, 0, 0, "writable($self, /)\n--\n\nWhether it can be written."},
    {"fileno", base_fileno, 0, 0, 0, "fileno($self, /)\n--\n\nThe file descriptor."},
    {"isatty", base_isatty, 0, 0, 0, "isatty($self, /)\n--\n\nWhether it is a terminal."},
    {"readline", base_readline, 0, 1, 0,
     "readline($self, size=-1, /)\n--\n\nOne line with its end, at most `size` bytes of it."},
    {"readlines", base_readlines, 0, 1, 0,
     "readlines($self, hint=-1, /)\n--\n\nA list of lines, of about `hint` bytes in all."},
    {"writelines", base_writelines, 1, 1, 0,
     "writelines($self, lines, /)\n--\n\nWrites each item; adds no line ends."},
    {"_checkClosed", base_check_closed, 0, -1, 0, NULL},
    {"_checkSeekable", base_check_seekable, 0, -1, 0, NULL},
    {"_checkReadable", base_check_readable, 0, -1, 0, NULL},
    {"_checkWritable", base_check_writable, 0, -1, 0, NULL},
    {"__enter__", base_enter, 0, 0, 0, NULL},
    {"__exit__", base_exit, 0, -1, 0, NULL},
    {0},
};

static const GetSetDef base_getset[] = {
    {"__dict__", object_dict, object_set_dict, NULL},
    {"closed", get_closed, NULL, NULL},
    {0},
};

Type io_base_type = {
    .head = {.base = {1, &type_type.root},
             .name = "_io._IOBase",
             .flags = TYPE_GC | TYPE_BASE | TYPE_FINALIZE,
             .traverse = io_base_traverse,
             .clear = io_base_clear,
             .finalize = io_base_finalize,
             .weak_list = io_base_weak_list,
             .dealloc = io_base_dealloc},
    .root = {.type = &io_base_type.head},
    .doc = "The base of all streams.",
    .basic_size = sizeof(IoObj),
    .dict_offset = offsetof(IoObj, dict),
    .weak_list_offset = offsetof(IoObj, weak_list),
    .new = io_base_new,
    .iter = base_iter,
    .next = base_next,
    .methods = base_methods,
    .getset = base_getset,
};

/* ---- _RawIOBase */

METHOD(raw_readall)
{
    UNUSED;
    ByteBuilder all;
    Obj *result = NULL;
    Obj *size = int_new(IO_BUFFER_SIZE);
    byte_builder_init(&all);
    while (size != NULL) {
        Obj *chunk = obj_call_method(self, names.read, (ObjRef *)&size, 1);
        if (chunk == NULL)
            goto done;
        if (is_none(chunk)) {
            obj_decref(chunk);
            result = all.length == 0 ? none_new() : byte_builder_finish(&all);
            goto done;
        }
        if (!bytes_check(chunk)) {
            obj_decref(chunk);
            err_string(&exc_type_error, "read() should return bytes");
            goto done;
        }
        int64_t got = bytes_cast(chunk)->length;
        int status = byte_builder_add(&all, bytes_cast(chunk)->data, got);
        obj_decref(chunk);
        if (status < 0)
            goto done;
        if (got == 0)
            break;
    }
    if (size != NULL)
        result = byte_builder_finish(&all);
done:
    byte_builder_free(&all);
    obj_xdecref(size);
    return result;
}

METHOD(raw_read)
{
    (void)kwnames;
    int64_t size = -1;
    if (nargs > 0 && obj_to_int64(args[0], &size) < 0)
        return NULL;
    if (size < 0)
        return io_call0(self, "readall");
    Obj *block = bytearray_new(NULL, size);
    Obj *count = block == NULL ? NULL : io_call1(self, "readinto", block);
    Obj *result = NULL;
    int64_t got;
    if (count != NULL && is_none(count))
        result = none_new();
    else if (count != NULL && obj_to_int64(count, &got) == 0)
        result =
            got < 0 || got > bytearray_cast(block)->length
                ? err_format(&exc_value_error, "readinto returned %lld outside buffer size %lld",
                             (long long)got, (long long)size)
                : bytes_new(bytearray_data(block), got);
    obj_xdecref(count);
    obj_xdecref(block);
    return result;
}

static const MethodDef raw_methods[] = {
    {"read", raw_read, 0, 1, 0, "read($self, size=-1, /)\n--\n\nUp to `size` bytes by readinto()."},
    {"readall", raw_readall, 0, 0, 0, "readall($self, /)\n--\n\nAll bytes up to the end."},
    {0},
};

Type io_raw_base_type = {
    .head = {.base = {1, &type_type.root},
             .name = "_io._RawIOBase",
             .flags = TYPE_GC | TYPE_BASE | TYPE_FINALIZE,
             .finalize = io_base_finalize},
    .base = &io_base_type,
    .root = {.type = &io_raw_base_type.head},
    .doc = "The base of streams of bytes without buffer.",
    .methods = raw_methods,
};

/* ---- _BufferedIOBase */

METHOD(buffered_detach)
{
    UNUSED;
    return io_unsupported("detach");
}

METHOD(buffered_read)
{
    UNUSED;
    return io_unsupported("read");
}

METHOD(buffered_read1)
{
    UNUSED;
    return io_unsupported("read1");
}

METHOD(buffered_write)
{
    UNUSED;
    return io_unsupported("write");
}

/* readinto by a method that gives bytes. */
static Obj *read_into(ObjRef self, ObjRef target, const char *method)
{
    Obj *size = NULL, *data = NULL, *result = NULL;
    int64_t room = obj_length(target);
    if (room < 0 || (size = int_new(room)) == NULL || (data = io_call1(self, method, size)) == NULL)
        goto done;
    if (!bytes_check(data)) {
        err_format(&exc_type_error, "read() should return bytes");
        goto done;
    }
    if (bytes_cast(data)->length > room) {
        err_format(&exc_value_error,
                   "read() returned too much data: %lld bytes requested, %lld returned",
                   (long long)room, (long long)bytes_cast(data)->length);
        goto done;
    }
    BufferView out;
    if (buffer_acquire_writable(target, &out) < 0)
        goto done;
    memcpy((unsigned char *)(uintptr_t)out.data, bytes_cast(data)->data,
           (size_t)bytes_cast(data)->length);
    buffer_release(&out);
    result = int_new(bytes_cast(data)->length);
done:
    obj_xdecref(size);
    obj_xdecref(data);
    return result;
}

METHOD(buffered_readinto)
{
    (void)nargs, (void)kwnames;
    return read_into(self, args[0], "read");
}

METHOD(buffered_readinto1)
{
    (void)nargs, (void)kwnames;
    return read_into(self, args[0], "read1");
}

static const MethodDef buffered_methods[] = {
    {"detach", buffered_detach, 0, 0, 0, "detach($self, /)\n--\n\nGives the raw stream away."},
    {"read", buffered_read, 0, -1, 0, "Reads bytes."},
    {"read1", buffered_read1, 0, -1, 0, "Reads bytes with at most one call of the raw stream."},
    {"readinto", buffered_readinto, 1, 1, 0,
     "readinto($self, buffer, /)\n--\n\nReads into a writable buffer; returns the count."},
    {"readinto1", buffered_readinto1, 1, 1, 0,
     "readinto1($self, buffer, /)\n--\n\nAs readinto, with at most one call of the raw stream."},
    {"write", buffered_write, 0, -1, 0, "Writes bytes; returns the count."},
    {0},
};

Type io_buffered_base_type = {
    .head = {.base = {1, &type_type.root},
             .name = "_io._BufferedIOBase",
             .flags = TYPE_GC | TYPE_BASE | TYPE_FINALIZE,
             .finalize = io_base_finalize},
    .base = &io_base_type,
    .root = {.type = &io_buffered_base_type.head},
    .doc = "The base of streams of bytes with a buffer.",
    .methods = buffered_methods,
};

/* ---- _TextIOBase */

METHOD(text_readline)
{
    UNUSED;
    return io_unsupported("readline");
}

static Obj *get_none(ObjRef self)
{
    (void)self;
    return none_new();
}

static const MethodDef text_methods[] = {
    {"detach", buffered_detach, 0, 0, 0, "detach($self, /)\n--\n\nGives the buffer away."},
    {"read", buffered_read, 0, -1, 0, "Reads text."},
    {"readline", text_readline, 0, -1, 0, "Reads a line."},
    {"write", buffered_write, 0, -1, 0, "Writes text; returns the number of characters."},
    {0},
};

static const GetSetDef text_getset[] = {
    {"encoding", get_none, NULL, "name of the encoding"},
    {"newlines", get_none, NULL, "line ends seen so far"},
    {"errors", get_none, NULL, "name of the error handler"},
    {0},
};

Type io_text_base_type = {
    .head = {.base = {1, &type_type.root},
             .name = "_io._TextIOBase",
             .flags = TYPE_GC | TYPE_BASE | TYPE_FINALIZE,
             .finalize = io_base_finalize},
    .base = &io_base_type,
    .root = {.type = &io_text_base_type.head},
    .doc = "The base of streams of text.",
    .methods = text_methods,
    .getset = text_getset,
};
