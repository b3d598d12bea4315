/*
 * BytesIO: bytes in memory with the interface of a file.
 *
 * The bytes are one block that grows by halves.  Writing past the end fills the gap with zeros.
 * getbuffer() shows the block itself through a helper object; while such views live the size cannot
 * change.
 */
#include "runtime/modules/io_bytes.h"

#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/types/buffer.h"
#include "runtime/types/byte_builder.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/memoryview.h"
#include "runtime/types/tuple.h"

typedef struct BytesIoObj {
    IoObj io;
    ByteBuilder data;
    int64_t position;
    int64_t exports; /* live views of the block */
    bool closed;
} BytesIoObj;

/* What memoryview sees of a BytesIO. */
typedef struct BytesBufferObj {
    Obj base;
    Obj *source; /* BytesIoObj: owned */
} BytesBufferObj;

#define bytes_io_cast(o) ((BytesIoObj *)(o))
#define METHOD(name)                                                                               \
    static Obj *name(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
#define UNUSED (void)self, (void)args, (void)nargs, (void)kwnames

/* ---- lifecycle */

static Obj *bytes_io_new(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    Obj *self = obj_alloc(type, (int64_t)sizeof(BytesIoObj));
    if (self == NULL)
        return NULL;
    byte_builder_init(&bytes_io_cast(self)->data);
    gc_track(self);
    return self;
}

static void bytes_io_dealloc(Obj *self)
{
    if (!io_base_dealloc_begin(self))
        return;
    byte_builder_free(&bytes_io_cast(self)->data);
    io_base_clear(self);
    obj_free(self, (int64_t)sizeof(BytesIoObj));
}

static int check_exports(const BytesIoObj *b)
{
    if (b->exports == 0)
        return 0;
    return err_format_int(&exc_buffer_error, "Existing exports of data: object cannot be re-sized");
}

static int check_open(const BytesIoObj *b)
{
    if (!b->closed)
        return 0;
    io_raise_closed();
    return -1;
}

/* Writes at the position: 0/-1. */
static int write_bytes(BytesIoObj *b, const unsigned char *data, int64_t length)
{
    if (length == 0)
        return 0;
    if (b->position > INT64_MAX - length) {
        err_no_memory();
        return -1;
    }
    int64_t end = b->position + length;
    if (end > b->data.length) {
        if (byte_builder_reserve(&b->data, end - b->data.length) < 0)
            return -1;
        if (b->position > b->data.length)
            memset(b->data.data + b->data.length, 0, (size_t)(b->position - b->data.length));
        b->data.length = end;
    }
    memcpy(b->data.data + b->position, data, (size_t)length);
    b->position = end;
    return 0;
}

static int bytes_io_init(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    static const ArgSpec spec = {"BytesIO", 0, 0, 1, 1, {"initial_bytes"}};
    ObjRef initial;
    BytesIoObj *b = bytes_io_cast(self);
    if (args_bind(&spec, args, nargs, kwnames, &initial) < 0 || check_exports(b) < 0)
        return -1;
    b->data.length = 0;
    b->position = 0;
    b->closed = false;
    if (initial == NULL || is_none(initial))
        return 0;
    BufferView view;
    if (buffer_acquire(initial, &view) < 0)
        return -1;
    int status = write_bytes(b, view.data, view.length);
    buffer_release(&view);
    b->position = 0;
    return status;
}

/* ---- reading */

/* Takes up to `size` bytes (negative: all) from the position. */
static Obj *take(BytesIoObj *b, int64_t size)
{
    int64_t left = b->data.length > b->position ? b->data.length - b->position : 0;
    if (size < 0 || size > left)
        size = left;
    Obj *result =
        bytes_new(size == 0 ? (const unsigned char *)"" : b->data.data + b->position, size);
    if (result != NULL)
        b->position += size;
    return result;
}

METHOD(method_read)
{
    (void)kwnames;
    int64_t size;
    if (check_open(bytes_io_cast(self)) < 0 ||
        io_size_argument(nargs > 0 ? args[0] : NULL, &size) < 0)
        return NULL;
    return take(bytes_io_cast(self), size);
}

/* Bytes of the line at the position, at most `limit` (negative: any). */
static int64_t line_length(const BytesIoObj *b, int64_t limit)
{
    int64_t left = b->data.length - b->position;
    if (left <= 0)
        return 0;
    const unsigned char *start = b->data.data + b->position;
    const unsigned char *end = memchr(start, '\n', (size_t)left);
    if (end != NULL)
        left = end - start + 1;
    return limit >= 0 && limit < left ? limit : left;
}

METHOD(method_readline)
{
    (void)kwnames;
    BytesIoObj *b = bytes_io_cast(self);
    int64_t limit;
    if (check_open(b) < 0 || io_size_argument(nargs > 0 ? args[0] : NULL, &limit) < 0)
        return NULL;
    return take(b, line_length(b, limit));
}

METHOD(method_readinto)
{
    (void)nargs, (void)kwnames;
    BytesIoObj *b = bytes_io_cast(self);
    BufferView view;
    if (check_open(b) < 0 || buffer_acquire_writable(args[0], &view) < 0)
        return NULL;
    int64_t left = b->data.length > b->position ? b->data.length - b->position : 0;
    int64_t size = view.length < left ? view.length : left;
    if (size > 0)
        memmove((unsigned char *)(uintptr_t)view.data, b->data.data + b->position, (size_t)size);
    buffer_release(&view);
    b->position += size;
    return int_new(size);
}

static int bytes_io_next(ObjRef self, Obj **out)
{
    BytesIoObj *b = bytes_io_cast(self);
    if (check_open(b) < 0)
        return -1;
    int64_t length = line_length(b, -1);
    if (length == 0)
        return 0;
    *out = take(b, length);
    return *out == NULL ? -1 : 1;
}

/* ---- writing and position */

METHOD(method_write)
{
    (void)nargs, (void)kwnames;
    BytesIoObj *b = bytes_io_cast(self);
    BufferView view;
    if (check_open(b) < 0 || check_exports(b) < 0 || buffer_acquire(args[0], &view) < 0)
        return NULL;
    int64_t length = view.length;
    int status = 0;
    if (check_open(b) < 0 || check_exports(b) < 0)
        status = -1;
    else
        status = write_bytes(b, view.data, length);
    buffer_release(&view);
    return status < 0 ? NULL : int_new(length);
}

METHOD(method_seek)
{
    (void)kwnames;
    BytesIoObj *b = bytes_io_cast(self);
    int64_t offset, whence = SEEK_SET;
    if (obj_to_int64(args[0], &offset) < 0 || (nargs > 1 && obj_to_int64(args[1], &whence) < 0) ||
        check_open(b) < 0)
        return NULL;
    if (offset < 0 && whence == SEEK_SET)
        return err_format(&exc_value_error, "negative seek value %lld", (long long)offset);
    int64_t from = 0;
    if (whence == SEEK_CUR)
        from = b->position;
    else if (whence == SEEK_END)
        from = b->data.length;
    else if (whence != SEEK_SET)
        return err_format(&exc_value_error, "invalid whence (%lld, should be 0, 1 or 2)",
                          (long long)whence);
    if (offset > INT64_MAX - from)
        return err_string(&exc_overflow_error, "new position too large");
    b->position = from + offset < 0 ? 0 : from + offset;
    return int_new(b->position);
}

METHOD(method_tell)
{
    UNUSED;
    return check_open(bytes_io_cast(self)) < 0 ? NULL : int_new(bytes_io_cast(self)->position);
}

METHOD(method_truncate)
{
    (void)kwnames;
    BytesIoObj *b = bytes_io_cast(self);
    int64_t size = b->position;
    if (check_open(b) < 0 || check_exports(b) < 0 ||
        (nargs > 0 && !is_none(args[0]) && obj_to_int64(args[0], &size) < 0))
        return NULL;
    if (size < 0)
        return err_format(&exc_value_error, "negative size value %lld", (long long)size);
    if (size < b->data.length)
        b->data.length = size;
    return int_new(size);
}

/* ---- the rest */

METHOD(method_getvalue)
{
    UNUSED;
    BytesIoObj *b = bytes_io_cast(self);
    if (check_open(b) < 0)
        return NULL;
    return b->data.length == 0 ? bytes_new("", 0) : bytes_new(b->data.data, b->data.length);
}

METHOD(method_getbuffer)
{
    UNUSED;
    if (check_open(bytes_io_cast(self)) < 0)
        return NULL;
    BytesBufferObj *buffer =
        (BytesBufferObj *)obj_new_gc(&io_bytes_buffer_type, (int64_t)sizeof(BytesBufferObj));
    if (buffer == NULL)
        return NULL;
    buffer->source = obj_incref(self);
    gc_track(&buffer->base);
    Obj *view = obj_call1((ObjRef)&memoryview_type, &buffer->base);
    obj_decref(&buffer->base);
    return view;
}

METHOD(method_close)
{
    UNUSED;
    BytesIoObj *b = bytes_io_cast(self);
    if (check_exports(b) < 0)
        return NULL;
    b->closed = true;
    byte_builder_free(&b->data);
    byte_builder_init(&b->data);
    return none_new();
}

METHOD(method_true)
{
    UNUSED;
    return check_open(bytes_io_cast(self)) < 0 ? NULL : bool_new(true);
}

METHOD(method_false)
{
    UNUSED;
    return check_open(bytes_io_cast(self)) < 0 ? NULL : bool_new(false);
}

METHOD(method_none)
{
    UNUSED;
    return check_open(bytes_io_cast(self)) < 0 ? NULL : none_new();
}

METHOD(method_getstate)
{
    UNUSED;
    Obj *value = method_getvalue(self, NULL, 0, NULL);
    Obj *position = value == NULL ? NULL : int_new(bytes_io_cast(self)->position);
    Obj *dict = NULL, *state = NULL;
    if (position != NULL)
        dict = bytes_io_cast(self)->io.dict == NULL ? none_new()
                                                    : dict_copy(bytes_io_cast(self)->io.dict);
    if (dict != NULL)
        state = tuple_pack(3, value, position, dict);
    obj_xdecref(value);
    obj_xdecref(position);
    obj_xdecref(dict);
    return state;
}

METHOD(method_setstate)
{
    (void)nargs, (void)kwnames;
    ObjRef state = args[0];
    if (check_open(bytes_io_cast(self)) < 0)
        return NULL;
    if (!tuple_check(state) || tuple_length(state) < 3)
        return err_format(&exc_type_error, "%s.__setstate__ argument should be 3-tuple, got %T",
                          obj_type(self)->head.name, state);
    Obj *held = obj_incref(state);
    Obj *result = NULL;
    ObjRef initial = tuple_peek(held, 0);
    ObjRef position = tuple_peek(held, 1);
    ObjRef dict = tuple_peek(held, 2);
    int64_t value = 0;
    if (bytes_io_init(self, &initial, 1, NULL) < 0)
        goto done;
    if (!int_check(position)) {
        err_format(&exc_type_error, "second item of state must be an integer, not %T", position);
        goto done;
    }
    if (obj_to_int64(position, &value) < 0)
        goto done;
    if (value < 0) {
        err_string(&exc_value_error, "position value cannot be negative");
        goto done;
    }
    bytes_io_cast(self)->position = value;
    if (!is_none(dict)) {
        if (!dict_check(dict)) {
            err_format(&exc_type_error, "third item of state should be a dict, got a %T", dict);
            goto done;
        }
        Obj *own = object_dict(self);
        int status = own == NULL ? -1 : dict_merge(own, dict, true);
        obj_xdecref(own);
        if (status < 0)
            goto done;
    }
    result = none_new();
done:
    obj_decref(held);
    return result;
}

METHOD(method_sizeof)
{
    UNUSED;
    return int_new((int64_t)sizeof(BytesIoObj) + bytes_io_cast(self)->data.capacity);
}

static Obj *get_closed(ObjRef self)
{
    return bool_new(bytes_io_cast(self)->closed);
}

static const MethodDef bytes_io_methods[] = {
    {"readable", method_true, 0, 0, 0, "readable($self, /)\n--\n\nTrue."},
    {"seekable", method_true, 0, 0, 0, "seekable($self, /)\n--\n\nTrue."},
    {"writable", method_true, 0, 0, 0, "writable($self, /)\n--\n\nTrue."},
    {"isatty", method_false, 0, 0, 0, "isatty($self, /)\n--\n\nFalse."},
    {"flush", method_none, 0, 0, 0, "flush($self, /)\n--\n\nDoes nothing."},
    {"close", method_close, 0, 0, 0, "close($self, /)\n--\n\nFrees the bytes."},
    {"getbuffer", method_getbuffer, 0, 0, 0,
     "getbuffer($self, /)\n--\n\nA writable view of the bytes, without a copy."},
    {"getvalue", method_getvalue, 0, 0, 0, "getvalue($self, /)\n--\n\nAll bytes."},
    {"read", method_read, 0, 1, 0, "read($self, size=-1, /)\n--\n\nUp to `size` bytes."},
    {"read1", method_read, 0, 1, 0, "read1($self, size=-1, /)\n--\n\nUp to `size` bytes."},
    {"readinto", method_readinto, 1, 1, 0,
     "readinto($self, buffer, /)\n--\n\nReads into a writable buffer; returns the count."},
    {"readline", method_readline, 0, 1, 0, "readline($self, size=-1, /)\n--\n\nOne line."},
    {"seek", method_seek, 1, 2, 0,
     "seek($self, pos, whence=0, /)\n--\n\nMoves the position and returns it."},
    {"tell", method_tell, 0, 0, 0, "tell($self, /)\n--\n\nThe position."},
    {"truncate", method_truncate, 0, 1, 0,
     "truncate($self, size=None, /)\n--\n\nCuts the bytes at a size."},
    {"write", method_write, 1, 1, 0, "write($self, b, /)\n--\n\nWrites; returns the count."},
    {"__getstate__", method_getstate, 0, 0, 0, NULL},
    {"__setstate__", method_setstate, 1, 1, 0, NULL},
    {"__sizeof__", method_sizeof, 0, 0, 0, NULL},
    {0},
};

static const GetSetDef bytes_io_getset[] = {
    {"closed", get_closed, NULL, "whether the stream is closed"},
    {0},
};

Type io_bytes_type = {
    .head = {.base = {1, &type_type.root},
             .name = "_io.BytesIO",
             .flags = TYPE_GC | TYPE_BASE | TYPE_FINALIZE,
             .finalize = io_base_finalize,
             .dealloc = bytes_io_dealloc},
    .base = &io_buffered_base_type,
    .root = {.type = &io_bytes_type.head},
    .doc = "BytesIO(initial_bytes=b'')\n--\n\nA stream of bytes in memory.",
    .basic_size = sizeof(BytesIoObj),
    .new = bytes_io_new,
    .init = bytes_io_init,
    .next = bytes_io_next,
    .methods = bytes_io_methods,
    .getset = bytes_io_getset,
};

/* ---- the exporter behind getbuffer() */

static int buffer_traverse(ObjRef self, VisitFn visit, void *context)
{
    GC_VISIT(((BytesBufferObj *)self)->source);
    return 0;
}

static void buffer_dealloc(Obj *self)
{
    gc_untrack(self);
    obj_clear(&((BytesBufferObj *)self)->source);
    obj_free(self, (int64_t)sizeof(BytesBufferObj));
}

static int export_acquire(ObjRef o, BufferSource *out)
{
    BytesIoObj *b = bytes_io_cast(((BytesBufferObj *)o)->source);
    /* An empty block has no address: give it one. */
    if (b->data.data == NULL && byte_builder_reserve(&b->data, 1) < 0)
        return -1;
    *out = (BufferSource){
        .data = b->data.data, .length = b->data.length, .item_size = 1, .format = "B"};
    b->exports++;
    return 0;
}

static void export_release(ObjRef o)
{
    bytes_io_cast(((BytesBufferObj *)o)->source)->exports--;
}

Type io_bytes_buffer_type = {
    .head = {.base = {1, &type_type.root},
             .name = "_io._BytesIOBuffer",
             .flags = TYPE_GC | TYPE_NO_NEW,
             .traverse = buffer_traverse,
             .dealloc = buffer_dealloc},
    .root = {.type = &io_bytes_buffer_type.head},
    .basic_size = sizeof(BytesBufferObj),
};

int io_bytes_init(void)
{
    static const BufferExporter exporter = {
        .type = &io_bytes_buffer_type, .acquire = export_acquire, .release = export_release};
    return buffer_register(&exporter);
}
