/*
 * TextIOWrapper: encoding, decoding, lines and positions over a stream of bytes.
 *
 * Output is encoded at once and gathered in `pending` up to chunk_size.  Input is decoded chunk by
 * chunk; a line that spans chunks is put together from pieces.  A position (tell) is the number of
 * bytes before the next character.  It is found by encoding what was given out of the current
 * chunk; where decoding lost information (error handlers such as "replace"), it is a larger number
 * that packs the chunk's position with the bytes to decode and the characters to skip after seeking
 * there.
 *
 * Encodings and line ends: io_text_codec.c.  Bytes: io_buffered.c.  The file is long since reading,
 * writing and positions share one state.
 */
#include "runtime/modules/io_text.h"

#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/modules/io_file.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/int_big.h"
#include "runtime/types/str.h"

enum {
    COOKIE_FEED_SHIFT = 64,  /* bits of a packed position: start, bytes to decode, … */
    COOKIE_SKIP_SHIFT = 128, /* … characters to skip */
};

#define METHOD(name)                                                                               \
    static Obj *name(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
#define UNUSED (void)self, (void)args, (void)nargs, (void)kwnames

/* ---- lifecycle */

static void forget_input(TextObj *t)
{
    obj_clear(&t->decoded);
    t->decoded_used = 0;
    t->chunk.length = 0;
    t->carry.length = 0;
}

static int text_traverse(ObjRef self, VisitFn visit, void *context)
{
    GC_VISIT(io_text_cast(self)->buffer);
    GC_VISIT(io_text_cast(self)->codec.name);
    GC_VISIT(io_text_cast(self)->codec.errors);
    GC_VISIT(io_text_cast(self)->decoded);
    return io_base_traverse(self, visit, context);
}

static int text_clear(ObjRef self)
{
    TextObj *t = io_text_cast(self);
    obj_clear(&t->buffer);
    forget_input(t);
    return io_base_clear(self);
}

static void text_dealloc(Obj *self)
{
    if (!io_base_dealloc_begin(self))
        return;
    TextObj *t = io_text_cast(self);
    text_clear(self);
    text_codec_clear(&t->codec);
    byte_builder_free(&t->pending);
    byte_builder_free(&t->chunk);
    byte_builder_free(&t->carry);
    obj_free(self, (int64_t)sizeof(TextObj));
}

static Obj *text_new_instance(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    Obj *self = obj_alloc(type, (int64_t)sizeof(TextObj));
    if (self == NULL)
        return NULL;
    TextObj *t = io_text_cast(self);
    byte_builder_init(&t->pending);
    byte_builder_init(&t->chunk);
    byte_builder_init(&t->carry);
    t->chunk_size = IO_BUFFER_SIZE;
    gc_track(self);
    return self;
}

/* ---- state */

static int check_attached(const TextObj *t)
{
    if (t->buffer != NULL)
        return 0;
    return err_format_int(&exc_value_error, t->detached ? "underlying buffer has been detached"
                                                        : "I/O operation on uninitialized object");
}

static int is_closed(const TextObj *t)
{
    if (t->direct) {
        const BufferedObj *b = io_buffered_cast(t->buffer);
        if (b->direct)
            return io_file_cast(b->raw)->fd < 0;
    }
    return io_is_closed(t->buffer);
}

static int check_open(const TextObj *t)
{
    if (check_attached(t) < 0)
        return -1;
    int closed = is_closed(t);
    if (closed > 0)
        io_raise_closed();
    return closed == 0 ? 0 : -1;
}

/* ---- construction */

static bool is_buffered_exact(ObjRef o)
{
    return obj_type(o) == &io_buffered_reader_type || obj_type(o) == &io_buffered_writer_type ||
           obj_type(o) == &io_buffered_random_type;
}

/* The truth of buffer.METHOD(): 1, 0, -1. */
static int ask(ObjRef buffer, const char *method)
{
    Obj *answer = io_call0(buffer, method);
    int truth = answer == NULL ? -1 : obj_truth(answer);
    obj_xdecref(answer);
    return truth;
}

/* Output goes on somewhere in the file: then it needs no byte order mark. */
static int find_output_start(TextObj *t)
{
    t->output_start = true;
    t->input_start = true;
    if (!t->codec.signature || !t->seekable || !t->can_write)
        return 0;
    Obj *position = io_call0(t->buffer, "tell");
    if (position == NULL)
        return -1;
    int truth = obj_truth(position);
    obj_decref(position);
    t->output_start = truth == 0;
    return truth < 0 ? -1 : 0;
}

static int text_initialize(TextObj *t, ObjRef buffer, const TextOptions *options)
{
    Obj *encoding = NULL, *errors = NULL;
    int status = -1;
    obj_clear(&t->buffer);
    t->detached = false;
    forget_input(t);
    t->pending.length = 0;
    t->has_read = false;
    encoding = options->encoding != NULL && !str_equal_ascii(options->encoding, "locale")
                   ? obj_incref(options->encoding)
                   : str_from_ascii("UTF-8");
    errors = options->errors != NULL ? obj_incref(options->errors) : obj_incref(names.strict);
    if (encoding == NULL ||
        newlines_init(&t->newlines, options->newline, "illegal newline value: %U") < 0 ||
        text_codec_init(&t->codec, encoding, errors) < 0)
        goto done;
    t->line_buffering = options->line_buffering;
    t->write_through = options->write_through;
    t->direct = is_buffered_exact(buffer);
    int can_read = ask(buffer, "readable");
    int can_write = can_read < 0 ? -1 : ask(buffer, "writable");
    int can_seek = can_write < 0 ? -1 : ask(buffer, "seekable");
    if (can_seek < 0)
        goto done;
    t->can_read = can_read != 0;
    t->can_write = can_write != 0;
    t->seekable = t->telling = can_seek != 0;
    t->buffer = obj_incref(buffer);
    status = find_output_start(t);
done:
    obj_xdecref(encoding);
    obj_xdecref(errors);
    return status;
}

/* None or absent as NULL; TypeError unless a str: 0/-1. */
static int optional_str(ObjRef *place, const char *function, const char *name)
{
    if (*place == NULL || is_none(*place)) {
        *place = NULL;
        return 0;
    }
    if (str_check(*place))
        return 0;
    return err_format_int(&exc_type_error, "%s() argument '%s' must be str or None, not %T",
                          function, name, *place);
}

static int text_init(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    static const ArgSpec spec = {
        "TextIOWrapper",
        0,
        1,
        6,
        6,
        {"buffer", "encoding", "errors", "newline", "line_buffering", "write_through"}};
    ObjRef bound[6];
    TextOptions options = {0};
    if (args_bind(&spec, args, nargs, kwnames, bound) < 0 ||
        optional_str(&bound[1], "TextIOWrapper", "encoding") < 0 ||
        optional_str(&bound[2], "TextIOWrapper", "errors") < 0 ||
        optional_str(&bound[3], "TextIOWrapper", "newline") < 0 ||
        args_to_bool(bound[4], &options.line_buffering) < 0 ||
        args_to_bool(bound[5], &options.write_through) < 0)
        return -1;
    options.encoding = bound[1];
    options.errors = bound[2];
    options.newline = bound[3];
    return text_initialize(io_text_cast(self), bound[0], &options);
}

Obj *io_text_new(ObjRef buffer, const TextOptions *options)
{
    Obj *self = text_new_instance(&io_text_wrapper_type, NULL, 0, NULL);
    if (self != NULL && text_initialize(io_text_cast(self), buffer, options) < 0)
        obj_clear(&self);
    return self;
}

/* ---- writing */

/* Gives bytes to the buffer: 0/-1. */
static int buffer_write(TextObj *t, const unsigned char *data, int64_t length)
{
    if (t->direct)
        return io_buffered_write(io_buffered_cast(t->buffer), data, length);
    Obj *block = bytes_new(data, length);
    Obj *result =
        block == NULL ? NULL : obj_call_method(t->buffer, names.write, (ObjRef *)&block, 1);
    obj_xdecref(block);
    obj_xdecref(result);
    return result == NULL ? -1 : 0;
}

static int write_pending(TextObj *t)
{
    if (t->pending.length == 0)
        return 0;
    if (t->direct) {
        /* Kept when the write fails, as it may be repeated. */
        if (buffer_write(t, t->pending.data, t->pending.length) < 0)
            return -1;
        t->pending.length = 0;
        return 0;
    }
    /* The buffer's method may come back here: the bytes leave `pending` first. */
    Obj *block = bytes_new(t->pending.data, t->pending.length);
    if (block == NULL)
        return -1;
    t->pending.length = 0;
    Obj *result = obj_call_method(t->buffer, names.write, (ObjRef *)&block, 1);
    obj_decref(block);
    obj_xdecref(result);
    return result == NULL ? -1 : 0;
}

static int flush_buffer(TextObj *t)
{
    if (t->direct)
        return io_buffered_flush(io_buffered_cast(t->buffer));
    Obj *result = io_call0(t->buffer, "flush");
    obj_xdecref(result);
    return result == NULL ? -1 : 0;
}

/* Appends to `pending`, which is written out first where there is no room: 0/-1. */
static int gather(TextObj *t, const unsigned char *data, int64_t length)
{
    if (t->pending.length + length > t->chunk_size) {
        if (write_pending(t) < 0)
            return -1;
        if (length > t->chunk_size)
            return buffer_write(t, data, length);
    }
    if (t->pending.capacity < t->chunk_size &&
        byte_builder_reserve(&t->pending, t->chunk_size - t->pending.length) < 0)
        return -1;
    if (byte_builder_add(&t->pending, data, length) < 0)
        return -1;
    return t->pending.length >= t->chunk_size ? write_pending(t) : 0;
}

static bool is_ascii_compatible(const TextObj *t)
{
    return t->codec.kind <= TEXT_LATIN1 && !(t->codec.signature && t->output_start);
}

int io_text_write(ObjRef file, ObjRef text)
{
    TextObj *t = io_text_cast(file);
    if (check_open(t) < 0)
        return -1;
    if (!t->can_write) {
        io_unsupported("not writable");
        return -1;
    }
    int64_t length = str_length(text);
    bool flush = t->write_through;
    bool push = t->write_through;
    if (t->line_buffering && (newlines_find_char(text, '\n', 0, length) >= 0 ||
                              newlines_find_char(text, '\r', 0, length) >= 0))
        push = flush = true;
    int status;
    if (str_cast(text)->ascii && is_ascii_compatible(t) && t->newlines.write_end[0] == '\n') {
        status = length == 0 ? 0 : gather(t, str_cast(text)->data, length);
    } else {
        Obj *expanded = newlines_expand(&t->newlines, text);
        Obj *encoded =
            expanded == NULL ? NULL : text_codec_encode(&t->codec, expanded, t->output_start);
        status = encoded == NULL
                     ? -1
                     : gather(t, bytes_cast(encoded)->data, bytes_cast(encoded)->length);
        obj_xdecref(expanded);
        obj_xdecref(encoded);
    }
    if (status < 0)
        return -1;
    if (length > 0)
        t->output_start = false;
    if (push && write_pending(t) < 0)
        return -1;
    if (flush && t->line_buffering && flush_buffer(t) < 0)
        return -1;
    if (t->decoded != NULL)
        forget_input(t);
    return 0;
}

bool io_text_is_plain(ObjRef o)
{
    if (obj_type(o) != &io_text_wrapper_type)
        return false;
    ObjRef dict = io_text_cast(o)->io.dict;
    return dict == NULL || dict_find_str(dict_cast(dict), names.write) < 0;
}

METHOD(method_write)
{
    (void)nargs, (void)kwnames;
    if (!str_check(args[0]))
        return err_format(&exc_type_error, "write() argument must be str, not %T", args[0]);
    return io_text_write(self, args[0]) < 0 ? NULL : int_new(str_length(args[0]));
}

METHOD(method_flush)
{
    UNUSED;
    TextObj *t = io_text_cast(self);
    if (check_open(t) < 0)
        return NULL;
    t->telling = t->seekable;
    return write_pending(t) < 0 || flush_buffer(t) < 0 ? NULL : none_new();
}

/* ---- reading */

/* Makes `decoded` of carry and new bytes; final: nothing follows.  0/-1. */
static int decode_chunk(TextObj *t, const unsigned char *data, int64_t length, bool final)
{
    Obj *text = NULL;
    int64_t consumed = 0;
    int unit = text_codec_unit(&t->codec);
    bool joined = t->carry.length > 0;
    if (joined) {
        if (byte_builder_add(&t->carry, data, length) < 0)
            return -1;
        data = t->carry.data;
        length = t->carry.length;
    }
    /* A '\r' at the end waits for what follows. */
    int64_t usable = length;
    int64_t whole = length - length % unit;
    bool pairs = t->newlines.universal || t->newlines.read_end[1] != '\0';
    if (!final && pairs && whole > 0 && (data[whole - unit] == '\r' || data[whole - 1] == '\r'))
        usable = whole - unit;
    text = text_codec_decode(&t->codec, data, usable, t->input_start, final, &consumed);
    if (text == NULL)
        return -1;
    t->chunk_start = t->input_start;
    if (consumed > 0)
        t->input_start = false;
    t->chunk.length = 0;
    if (t->telling && byte_builder_add(&t->chunk, data, consumed) < 0) {
        obj_decref(text);
        return -1;
    }
    int status = 0;
    if (joined) {
        memmove(t->carry.data, t->carry.data + consumed, (size_t)(length - consumed));
        t->carry.length = length - consumed;
    } else if (consumed < length) {
        status = byte_builder_add(&t->carry, data + consumed, length - consumed);
    }
    text = newlines_translate_steal(&t->newlines, text);
    if (text == NULL || status < 0) {
        obj_xdecref(text);
        return -1;
    }
    obj_replace(&t->decoded, text);
    t->decoded_used = 0;
    t->has_read = true;
    return 0;
}

/* Reads bytes from a buffer that is no exact type: new bytes object (empty: end), or NULL. */
static Obj *read_bytes(TextObj *t, int64_t size)
{
    Obj *count = size < 0 ? NULL : int_new(size);
    Obj *method = NULL, *name = NULL, *data = NULL;
    const char *what = "read";
    if (size >= 0) {
        if (count == NULL || (name = str_intern_ascii("read1")) == NULL ||
            obj_getattr_opt(t->buffer, name, &method) < 0)
            goto done;
        if (method != NULL)
            what = "read1";
    }
    data = method != NULL  ? obj_call1(method, count)
           : count != NULL ? obj_call_method(t->buffer, names.read, (ObjRef *)&count, 1)
                           : obj_call_method(t->buffer, names.read, NULL, 0);
    if (data == NULL)
        goto done;
    if (!bytes_check(data)) {
        BufferView view;
        Obj *copy = NULL;
        if (is_none(data) || buffer_acquire(data, &view) < 0) {
            err_clear();
            err_format(&exc_type_error,
                       "underlying %s() should have returned a bytes-like object, not '%T'", what,
                       data);
        } else {
            copy = bytes_new(view.data, view.length);
            buffer_release(&view);
        }
        obj_replace(&data, copy);
    }
done:
    obj_xdecref(count);
    obj_xdecref(method);
    obj_xdecref(name);
    return data;
}

/* The next chunk of text in `decoded`: 1; 0 at the end (nothing in decoded); -1. */
static int read_chunk(TextObj *t)
{
    if (!t->can_read) {
        io_unsupported("not readable");
        return -1;
    }
    for (;;) {
        int status;
        bool final;
        if (t->codec.kind == TEXT_OTHER) {
            Obj *data = read_bytes(t, -1);
            if (data == NULL)
                return -1;
            final = true;
            status = decode_chunk(t, bytes_cast(data)->data, bytes_cast(data)->length, true);
            obj_decref(data);
        } else if (t->direct) {
            const unsigned char *data = (const unsigned char *)"";
            BufferedObj *b = io_buffered_cast(t->buffer);
            int64_t count = io_buffered_fill(b, &data);
            if (count == -1)
                return -1;
            if (count < 0)
                count = 0;
            if (count > t->chunk_size)
                count = t->chunk_size;
            final = count == 0;
            if (str_equal(t->codec.errors, names.strict)) {
                io_buffered_consume(b, count);
                status = decode_chunk(t, data, count, final);
            } else {
                /* An error handler may use the buffer, even close it. */
                Obj *copy = bytes_new(data, count);
                if (copy == NULL)
                    return -1;
                io_buffered_consume(b, count);
                status = decode_chunk(t, bytes_cast(copy)->data, count, final);
                obj_decref(copy);
            }
        } else {
            Obj *data = read_bytes(t, t->chunk_size);
            if (data == NULL)
                return -1;
            final = bytes_cast(data)->length == 0;
            status = decode_chunk(t, bytes_cast(data)->data, bytes_cast(data)->length, final);
            obj_decref(data);
        }
        if (status < 0)
            return -1;
        if (str_length(t->decoded) > 0)
            return 1;
        if (final)
            return 0;
    }
}

/* Everything up to the end. */
static Obj *read_all(TextObj *t)
{
    Obj *rest = t->decoded == NULL
                    ? str_from_latin1("", 0)
                    : str_substring(t->decoded, t->decoded_used, str_length(t->decoded));
    Obj *data = NULL, *text = NULL;
    if (rest == NULL)
        return NULL;
    if (!t->can_read) {
        io_unsupported("not readable");
        goto done;
    }
    data = obj_call_method(t->buffer, names.read, NULL, 0);
    if (data == NULL)
        goto done;
    if (is_none(data)) {
        obj_replace(&data, bytes_new("", 0));
        if (data == NULL)
            goto done;
    }
    if (!bytes_check(data)) {
        err_format(&exc_type_error,
                   "underlying read() should have returned a bytes-like object, not '%T'", data);
        goto done;
    }
    if (decode_chunk(t, bytes_cast(data)->data, bytes_cast(data)->length, true) < 0)
        goto done;
    text = str_length(rest) == 0 ? obj_incref(t->decoded) : str_concat(rest, t->decoded);
    forget_input(t);
done:
    obj_decref(rest);
    obj_xdecref(data);
    return text;
}

METHOD(method_read)
{
    (void)kwnames;
    TextObj *t = io_text_cast(self);
    int64_t size;
    if (check_attached(t) < 0 || io_size_argument(nargs > 0 ? args[0] : NULL, &size) < 0 ||
        check_open(t) < 0)
        return NULL;
    if (!t->can_read)
        return io_unsupported("not readable");
    if (write_pending(t) < 0)
        return NULL;
    if (size < 0)
        return read_all(t);
    Obj *result = NULL;
    int64_t missing = size;
    for (;;) {
        int64_t have = t->decoded == NULL ? 0 : str_length(t->decoded) - t->decoded_used;
        int64_t taken = have < missing ? have : missing;
        if (taken > 0) {
            Obj *piece = str_substring(t->decoded, t->decoded_used, t->decoded_used + taken);
            if (piece == NULL)
                goto fail;
            t->decoded_used += taken;
            missing -= taken;
            if (result == NULL) {
                result = piece;
            } else {
                int status = str_append_inplace(&result, piece);
                obj_decref(piece);
                if (status < 0)
                    return NULL;
            }
        }
        if (missing == 0)
            break;
        int status = read_chunk(t);
        if (status < 0)
            goto fail;
        if (status == 0)
            break;
    }
    return result != NULL ? result : str_from_latin1("", 0);
fail:
    obj_xdecref(result);
    return NULL;
}

/* A line of at most `limit` characters (-1: any); empty at the end. */
static Obj *read_line(TextObj *t, int64_t limit)
{
    Obj *line = NULL;
    if (write_pending(t) < 0)
        return NULL;
    for (;;) {
        int64_t length = t->decoded == NULL ? 0 : str_length(t->decoded);
        if (t->decoded_used >= length) {
            int status = read_chunk(t);
            if (status < 0) {
                obj_xdecref(line);
                return NULL;
            }
            if (status == 0) {
                forget_input(t);
                break;
            }
            length = str_length(t->decoded);
        }
        int64_t end = length;
        int64_t have = line == NULL ? 0 : str_length(line);
        if (limit >= 0 && end - t->decoded_used > limit - have)
            end = t->decoded_used + (limit - have);
        int64_t found = newlines_find(&t->newlines, t->decoded, t->decoded_used, end);
        if (found >= 0)
            end = found;
        Obj *piece = str_substring(t->decoded, t->decoded_used, end);
        if (piece == NULL) {
            obj_xdecref(line);
            return NULL;
        }
        t->decoded_used = end;
        if (line == NULL) {
            line = piece;
        } else {
            int status = str_append_inplace(&line, piece);
            obj_decref(piece);
            if (status < 0)
                return NULL;
        }
        if (found >= 0 || (limit >= 0 && str_length(line) >= limit))
            break;
    }
    return line != NULL ? line : str_from_latin1("", 0);
}

METHOD(method_readline)
{
    (void)kwnames;
    TextObj *t = io_text_cast(self);
    int64_t limit = -1;
    if (check_open(t) < 0)
        return NULL;
    if (nargs > 0 && obj_to_int64(args[0], &limit) < 0)
        return NULL;
    return read_line(t, limit < 0 ? -1 : limit);
}

static int text_next(ObjRef self, Obj **out)
{
    TextObj *t = io_text_cast(self);
    Obj *line;
    if (check_attached(t) < 0)
        return -1;
    t->telling = false;
    if (obj_type(self) == &io_text_wrapper_type) {
        if (check_open(t) < 0)
            return -1;
        line = read_line(t, -1);
    } else {
        line = obj_call_method(self, names.readline, NULL, 0);
        if (line != NULL && !str_check(line)) {
            err_format(&exc_os_error, "readline() should have returned a str object, not '%T'",
                       line);
            obj_clear(&line);
        }
    }
    if (line == NULL)
        return -1;
    if (str_length(line) == 0) {
        obj_decref(line);
        t->telling = t->seekable;
        forget_input(t);
        return 0;
    }
    *out = line;
    return 1;
}

/* ---- positions */

/* Bytes of the chunk that gave the first `used` characters of decoded, or -1 when that cannot be
 * told (no exception unless err_occurred). */
static int64_t chunk_bytes_used(TextObj *t)
{
    if (!text_codec_is_lossless(&t->codec))
        return -1;
    int64_t consumed;
    TextCodec codec = t->codec;
    Obj *plain =
        text_codec_decode(&codec, t->chunk.data, t->chunk.length, t->chunk_start, true, &consumed);
    if (plain == NULL)
        return -1;
    /* Where translation joined "\r\n", the plain text has more characters. */
    int64_t at = 0;
    int64_t length = str_length(plain);
    for (int64_t used = 0; used < t->decoded_used && at < length; used++) {
        bool pair = t->newlines.universal && t->newlines.translate &&
                    str_char_at(plain, at) == '\r' && at + 1 < length &&
                    str_char_at(plain, at + 1) == '\n';
        at += pair ? 2 : 1;
    }
    Obj *prefix = str_substring(plain, 0, at);
    Obj *encoded =
        prefix == NULL ? NULL : text_codec_encode(&codec, prefix, t->chunk_start && at > 0);
    int64_t result = encoded == NULL ? -1 : bytes_cast(encoded)->length;
    obj_decref(plain);
    obj_xdecref(prefix);
    obj_xdecref(encoded);
    return result;
}

/* start | feed << 64 | skip << 128. */
static Obj *pack_position(int64_t start, int64_t feed, int64_t skip)
{
    uint64_t limbs[3] = {(uint64_t)start, (uint64_t)feed, (uint64_t)skip};
    return int_big_from_limbs(limbs, 3, false);
}

static void unpack_position(ObjRef position, int64_t *start, int64_t *feed, int64_t *skip)
{
    IntView view;
    int_view(position, &view);
    *start = view.count > 0 ? (int64_t)view.limbs[0] : 0;
    *feed = view.count > COOKIE_FEED_SHIFT / 64 ? (int64_t)view.limbs[COOKIE_FEED_SHIFT / 64] : 0;
    *skip = view.count > COOKIE_SKIP_SHIFT / 64 ? (int64_t)view.limbs[COOKIE_SKIP_SHIFT / 64] : 0;
}

METHOD(method_tell)
{
    UNUSED;
    TextObj *t = io_text_cast(self);
    if (check_open(t) < 0)
        return NULL;
    if (!t->seekable)
        return io_unsupported("underlying stream is not seekable");
    if (!t->telling)
        return err_string(&exc_os_error, "telling position disabled by next() call");
    if (write_pending(t) < 0)
        return NULL;
    Obj *flushed = io_call0(self, "flush");
    if (flushed == NULL)
        return NULL;
    obj_decref(flushed);
    Obj *here = io_call0(t->buffer, "tell");
    int64_t position;
    if (here == NULL || t->decoded == NULL)
        return here;
    if (obj_to_int64(here, &position) < 0) {
        obj_decref(here);
        return NULL;
    }
    obj_decref(here);
    position -= t->carry.length;
    if (t->decoded_used >= str_length(t->decoded))
        return int_new(position);
    position -= t->chunk.length;
    if (t->decoded_used == 0)
        return int_new(position);
    int64_t used = chunk_bytes_used(t);
    if (used >= 0)
        return int_new(position + used);
    if (err_occurred() != NULL)
        return NULL;
    return pack_position(position, t->chunk.length, t->decoded_used);
}

static Obj *buffer_seek(TextObj *t, int64_t offset, int whence)
{
    Obj *name = str_intern_ascii("seek");
    Obj *target = int_new(offset);
    Obj *how = int_new(whence);
    Obj *result = NULL;
    if (name != NULL && target != NULL && how != NULL)
        result = obj_call_method(t->buffer, name, (ObjRef[]){target, how}, whence == 0 ? 1 : 2);
    obj_xdecref(name);
    obj_xdecref(target);
    obj_xdecref(how);
    return result;
}

/* After seeking to the start of a packed position: decodes and skips as it says.  0/-1. */
static int replay(TextObj *t, int64_t feed, int64_t skip)
{
    Obj *count = int_new(feed);
    Obj *data = count == NULL ? NULL : obj_call_method(t->buffer, names.read, (ObjRef *)&count, 1);
    obj_xdecref(count);
    if (data == NULL)
        return -1;
    int status = -1;
    if (!bytes_check(data)) {
        err_format(&exc_type_error,
                   "underlying read() should have returned a bytes object, not '%T'", data);
    } else if (decode_chunk(t, bytes_cast(data)->data, bytes_cast(data)->length, true) == 0) {
        status = 0;
        if (str_length(t->decoded) < skip)
            status = err_format_int(&exc_os_error, "can't restore logical file position");
        else
            t->decoded_used = skip;
    }
    obj_decref(data);
    return status;
}

/* seek() relative to the end: offset 0 alone. */
static Obj *seek_end(TextObj *t)
{
    if (write_pending(t) < 0 || flush_buffer(t) < 0)
        return NULL;
    forget_input(t);
    Obj *result = buffer_seek(t, 0, SEEK_END);
    int at_end = result == NULL ? 0 : obj_truth(result);
    if (at_end < 0)
        obj_clear(&result);
    t->output_start = t->input_start = at_end == 0;
    return result;
}

METHOD(method_seek)
{
    (void)kwnames;
    TextObj *t = io_text_cast(self);
    int64_t whence = SEEK_SET;
    if (check_open(t) < 0 || (nargs > 1 && obj_to_int64(args[1], &whence) < 0))
        return NULL;
    if (!t->seekable)
        return io_unsupported("underlying stream is not seekable");
    Obj *target = obj_incref(args[0]);
    Obj *result = NULL;
    int truth = whence == SEEK_SET ? 0 : obj_truth(target);
    if (truth < 0)
        goto done;
    if (whence == SEEK_CUR) {
        if (truth > 0) {
            io_unsupported("can't do nonzero cur-relative seeks");
            goto done;
        }
        obj_replace(&target, io_call0(self, "tell"));
        if (target == NULL)
            goto done;
    } else if (whence == SEEK_END) {
        if (truth > 0)
            io_unsupported("can't do nonzero end-relative seeks");
        else
            result = seek_end(t);
        goto done;
    } else if (whence != SEEK_SET) {
        err_format(&exc_value_error, "invalid whence (%lld, should be %d, %d or %d)",
                   (long long)whence, SEEK_SET, SEEK_CUR, SEEK_END);
        goto done;
    }
    obj_replace(&target, obj_index(target));
    if (target == NULL)
        goto done;
    if (int_sign(target) < 0) {
        err_format(&exc_value_error, "negative seek position %R", target);
        goto done;
    }
    Obj *flushed = io_call0(self, "flush");
    if (flushed == NULL)
        goto done;
    obj_decref(flushed);
    int64_t start, feed, skip;
    unpack_position(target, &start, &feed, &skip);
    Obj *moved = buffer_seek(t, start, SEEK_SET);
    if (moved == NULL)
        goto done;
    obj_decref(moved);
    forget_input(t);
    t->output_start = t->input_start = start == 0;
    if (feed == 0 || replay(t, feed, skip) == 0)
        result = obj_incref(target);
done:
    obj_xdecref(target);
    return result;
}

METHOD(method_truncate)
{
    (void)kwnames;
    TextObj *t = io_text_cast(self);
    if (check_attached(t) < 0)
        return NULL;
    Obj *flushed = io_call0(self, "flush");
    if (flushed == NULL)
        return NULL;
    obj_decref(flushed);
    return io_call1(t->buffer, "truncate", nargs > 0 ? args[0] : obj_none);
}

/* ---- the rest */

METHOD(method_detach)
{
    UNUSED;
    TextObj *t = io_text_cast(self);
    if (check_attached(t) < 0)
        return NULL;
    Obj *flushed = io_call0(self, "flush");
    if (flushed == NULL)
        return NULL;
    obj_decref(flushed);
    Obj *buffer = t->buffer;
    t->buffer = NULL;
    t->direct = false;
    t->detached = true;
    return buffer;
}

METHOD(method_close)
{
    UNUSED;
    TextObj *t = io_text_cast(self);
    if (check_attached(t) < 0)
        return NULL;
    int closed = is_closed(t);
    if (closed != 0)
        return closed < 0 ? NULL : none_new();
    if (t->io.finalizing)
        io_warn_unclosed(t->buffer, self);
    return io_flush_and_close(self, &t->buffer);
}

/* Changes encoding, errors and newline; NULL: as before.  0/-1. */
static int change_codec(TextObj *t, ObjRef encoding, ObjRef errors, ObjRef newline,
                        bool newline_given)
{
    if (encoding == NULL && errors == NULL && !newline_given)
        return 0;
    if (t->has_read) {
        io_unsupported("It is not possible to set the encoding or newline of stream after the "
                       "first read");
        return -1;
    }
    Newlines newlines = t->newlines;
    if (newline_given && newlines_init(&newlines, newline, "illegal newline value: %U") < 0)
        return -1;
    if (encoding != NULL || errors != NULL) {
        Obj *name = obj_incref(encoding == NULL ? (ObjRef)t->codec.name : encoding);
        Obj *handler = obj_incref(errors != NULL     ? errors
                                  : encoding == NULL ? (ObjRef)t->codec.errors
                                                     : names.strict);
        int status = text_codec_init(&t->codec, name, handler);
        obj_decref(name);
        obj_decref(handler);
        if (status < 0)
            return -1;
        bool input_start = t->input_start;
        if (encoding != NULL && find_output_start(t) < 0)
            return -1;
        t->input_start = input_start;
    }
    t->newlines = newlines;
    return 0;
}

METHOD(method_reconfigure)
{
    static const ArgSpec spec = {
        "reconfigure",
        0,
        0,
        0,
        5,
        {"encoding", "errors", "newline", "line_buffering", "write_through"}};
    ObjRef bound[5];
    TextObj *t = io_text_cast(self);
    if (check_attached(t) < 0 || args_bind(&spec, args, nargs, kwnames, bound) < 0)
        return NULL;
    bool newline_given = bound[2] != NULL;
    bool line_buffering = t->line_buffering;
    bool write_through = t->write_through;
    if (optional_str(&bound[0], "reconfigure", "encoding") < 0 ||
        optional_str(&bound[1], "reconfigure", "errors") < 0 ||
        optional_str(&bound[2], "reconfigure", "newline") < 0 ||
        (bound[3] != NULL && !is_none(bound[3]) && args_to_bool(bound[3], &line_buffering) < 0) ||
        (bound[4] != NULL && !is_none(bound[4]) && args_to_bool(bound[4], &write_through) < 0))
        return NULL;
    Obj *flushed = io_call0(self, "flush");
    if (flushed == NULL)
        return NULL;
    obj_decref(flushed);
    if (change_codec(t, bound[0], bound[1], bound[2], newline_given) < 0)
        return NULL;
    t->line_buffering = line_buffering;
    t->write_through = write_through;
    return none_new();
}

/* Methods that only ask the buffer. */
#define FORWARD(function, method)                                                                  \
    static Obj *function(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)           \
    {                                                                                              \
        (void)args, (void)nargs, (void)kwnames;                                                    \
        TextObj *t = io_text_cast(self);                                                           \
        return check_attached(t) < 0 ? NULL : io_call0(t->buffer, method);                         \
    }

FORWARD(method_seekable, "seekable")
FORWARD(method_readable, "readable")
FORWARD(method_writable, "writable")
FORWARD(method_fileno, "fileno")
FORWARD(method_isatty, "isatty")

static Obj *get_closed(ObjRef self)
{
    TextObj *t = io_text_cast(self);
    return check_attached(t) < 0 ? NULL : io_get_closed(t->buffer);
}

static Obj *get_name(ObjRef self)
{
    TextObj *t = io_text_cast(self);
    return check_attached(t) < 0 ? NULL : obj_getattr(t->buffer, names.name);
}

static Obj *get_errors(ObjRef self)
{
    const TextObj *t = io_text_cast(self);
    if (t->codec.errors == NULL)
        return err_string(&exc_value_error, "I/O operation on uninitialized object");
    return obj_incref(t->codec.errors);
}

static Obj *get_newlines(ObjRef self)
{
    TextObj *t = io_text_cast(self);
    return check_attached(t) < 0 ? NULL : newlines_seen(&t->newlines);
}

static Obj *get_chunk_size(ObjRef self)
{
    return int_new(io_text_cast(self)->chunk_size);
}

static int set_chunk_size(ObjRef self, ObjRef value)
{
    int64_t size;
    if (value == NULL)
        return err_format_int(&exc_attribute_error, "cannot delete attribute");
    if (obj_to_int64(value, &size) < 0)
        return -1;
    if (size <= 0)
        return err_format_int(&exc_value_error, "a strictly positive integer is required");
    io_text_cast(self)->chunk_size = size;
    return 0;
}

/* Adds " NAME=value" of an attribute where there is one: 0/-1. */
static int add_attribute(Obj **text, ObjRef self, ObjRef name, const char *format)
{
    Obj *value = NULL;
    if (obj_getattr_opt(self, name, &value) < 0) {
        if (!err_matches(&exc_value_error))
            return -1;
        err_clear();
    }
    if (value == NULL)
        return 0;
    Obj *piece = str_format_c(format, value);
    obj_decref(value);
    if (piece == NULL)
        return -1;
    int status = str_append_inplace(text, piece);
    obj_decref(piece);
    return status;
}

static Obj *text_repr(ObjRef self)
{
    const TextObj *t = io_text_cast(self);
    if (t->codec.name == NULL)
        return err_string(&exc_value_error, "I/O operation on uninitialized object");
    int active = obj_repr_enter(self);
    if (active != 0)
        return active < 0 ? NULL
                          : err_format(&exc_runtime_error, "reentrant call inside %s.__repr__",
                                       obj_type(self)->head.name);
    Obj *text = str_from_ascii("<_io.TextIOWrapper");
    if (text != NULL && (add_attribute(&text, self, names.name, " name=%R") < 0 ||
                         add_attribute(&text, self, names.mode, " mode=%R") < 0))
        obj_clear(&text);
    if (text != NULL) {
        Obj *result = str_format_c("%U encoding=%R>", text, t->codec.name);
        obj_replace(&text, result);
    }
    obj_repr_leave(self);
    return text;
}

static const MethodDef text_methods[] = {
    {"detach", method_detach, 0, 0, 0, "detach($self, /)\n--\n\nGives the buffer away."},
    {"reconfigure", method_reconfigure, 0, 0, METHOD_KEYWORDS,
     "reconfigure($self, /, *, encoding=None, errors=None, newline=None, line_buffering=None, "
     "write_through=None)\n--\n\nChanges how the text is written and read."},
    {"write", method_write, 1, 1, 0,
     "write($self, text, /)\n--\n\nWrites text; returns the number of characters."},
    {"read", method_read, 0, 1, 0, "read($self, size=-1, /)\n--\n\nUp to `size` characters."},
    {"readline", method_readline, 0, 1, 0, "readline($self, size=-1, /)\n--\n\nOne line."},
    {"flush", method_flush, 0, 0, 0, "flush($self, /)\n--\n\nWrites out what is buffered."},
    {"close", method_close, 0, 0, 0, "close($self, /)\n--\n\nFlushes and closes."},
    {"fileno", method_fileno, 0, 0, 0, "fileno($self, /)\n--\n\nThe file descriptor."},
    {"seekable", method_seekable, 0, 0, 0,
     "seekable($self, /)\n--\n\nWhether the position can be moved."},
    {"readable", method_readable, 0, 0, 0, "readable($self, /)\n--\n\nWhether it can be read."},
    {"writable", method_writable, 0, 0, 0, "writable($self, /)\n--\n\nWhether it can be written."},
    {"isatty", method_isatty, 0, 0, 0, "isatty($self, /)\n--\n\nWhether it is a terminal."},
    {"seek", method_seek, 1, 2, 0,
     "seek($self, cookie, whence=0, /)\n--\n\nMoves to a position that tell() gave."},
    {"tell", method_tell, 0, 0, 0, "tell($self, /)\n--\n\nThe position, as seek() takes it."},
    {"truncate", method_truncate, 0, 1, 0,
     "truncate($self, pos=None, /)\n--\n\nSets the size of the file."},
    {0},
};

static const GetSetDef text_getset[] = {
    {"name", get_name, NULL, NULL},
    {"closed", get_closed, NULL, NULL},
    {"newlines", get_newlines, NULL, NULL},
    {"errors", get_errors, NULL, NULL},
    {"_CHUNK_SIZE", get_chunk_size, set_chunk_size, NULL},
    {0},
};

static const MemberDef text_members[] = {
    {"encoding", MEMBER_OBJ_ATTR, offsetof(TextObj, codec) + offsetof(TextCodec, name),
     MEMBER_READONLY, NULL},
    {"buffer", MEMBER_OBJ_ATTR, offsetof(TextObj, buffer), MEMBER_READONLY, NULL},
    {"line_buffering", MEMBER_BOOL, offsetof(TextObj, line_buffering), MEMBER_READONLY, NULL},
    {"write_through", MEMBER_BOOL, offsetof(TextObj, write_through), MEMBER_READONLY, NULL},
    {0},
};

Type io_text_wrapper_type = {
    .head = {.base = {1, &type_type.root},
             .name = "_io.TextIOWrapper",
             .flags = TYPE_GC | TYPE_BASE | TYPE_FINALIZE,
             .traverse = text_traverse,
             .clear = text_clear,
             .finalize = io_base_finalize,
             .dealloc = text_dealloc},
    .base = &io_text_base_type,
    .root = {.type = &io_text_wrapper_type.head},
    .doc = "TextIOWrapper(buffer, encoding=None, errors=None, newline=None, line_buffering=False, "
           "write_through=False)\n--\n\nText over a buffer of bytes.",
    .basic_size = sizeof(TextObj),
    .new = text_new_instance,
    .init = text_init,
    .repr = text_repr,
    .next = text_next,
    .methods = text_methods,
    .getset = text_getset,
    .members = text_members,
};
