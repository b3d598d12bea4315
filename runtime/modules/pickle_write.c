/*
 * pickle.Pickler: writes the program that makes an object again.
 *
 * Output gathers in `out`.  With protocol 4 and later it is cut into frames: frame_start is the
 * offset of the open frame's header in `out`, or -1; a frame is closed between instructions once it
 * is large enough.  Large strings are written between frames, straight to the file.
 *
 * The memo is a hash table from objects, by identity, to numbers; it owns the objects, so that no
 * other object can take their place in memory.  Saving runs user code: containers are read anew
 * after each item, and changes of a dict's size are errors as in CPython.
 */

#include <stdio.h>
#include <string.h>

#include "gc/mem.h"
#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/state.h"
#include "runtime/modules/pickle.h"
#include "runtime/types/buffer.h"
#include "runtime/types/bytearray.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/memoryview.h"
#include "runtime/types/set.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"

typedef struct MemoEntry {
    Obj *key; /* owned; NULL: free */
    int64_t number;
} MemoEntry;

typedef struct PicklerObj {
    Obj base;
    Obj *write; /* owned: file.write; NULL: all stays in `out` */
    Obj *persistent_id, *dispatch_table, *buffer_callback; /* owned; NULL: not set */
    /* Owned, while dump runs: what of these a subclass or the instance has. */
    Obj *ask_persistent, *ask_override, *reducers;
    ByteBuilder out;
    int64_t frame_start;
    MemoEntry *memo; /* memo_capacity entries, a power of two; or NULL */
    int64_t memo_used, memo_capacity;
    int32_t protocol, binary, fast; /* the last two are true or false */
    bool fix_imports, framing, running;
} PicklerObj;

#define pickler_cast(o) ((PicklerObj *)(o))

static int save(PicklerObj *p, ObjRef o, bool as_persistent);
static int save_reduce(PicklerObj *p, ObjRef made, ObjRef o);

/* ---- memo */

static size_t memo_place(const MemoEntry *memo, int64_t capacity, ObjRef key)
{
    size_t mask = (size_t)capacity - 1, i = ((uintptr_t)key >> 4) * 0x9e3779b97f4a7c15u >> 20;
    for (i &= mask; memo[i].key != NULL && memo[i].key != (const Obj *)key; i = (i + 1) & mask) {
    }
    return i;
}

/* The number of an object, or -1. */
static int64_t memo_find(const PicklerObj *p, ObjRef key)
{
    if (p->memo_used == 0)
        return -1;
    const MemoEntry *entry = &p->memo[memo_place(p->memo, p->memo_capacity, key)];
    return entry->key == NULL ? -1 : entry->number;
}

static int memo_add(PicklerObj *p, ObjRef key, int64_t number)
{
    if (3 * (p->memo_used + 1) > 2 * p->memo_capacity) {
        int64_t capacity = p->memo_capacity == 0 ? 64 : 2 * p->memo_capacity;
        MemoEntry *memo = mem_alloc((size_t)capacity * sizeof *memo);
        if (memo == NULL) {
            err_no_memory();
            return -1;
        }
        memset(memo, 0, (size_t)capacity * sizeof *memo);
        for (int64_t i = 0; i < p->memo_capacity; i++) {
            if (p->memo[i].key != NULL)
                memo[memo_place(memo, capacity, p->memo[i].key)] = p->memo[i];
        }
        mem_free(p->memo, (size_t)p->memo_capacity * sizeof *memo);
        p->memo = memo;
        p->memo_capacity = capacity;
    }
    MemoEntry *entry = &p->memo[memo_place(p->memo, p->memo_capacity, key)];
    if (entry->key == NULL) {
        entry->key = obj_incref(key);
        p->memo_used++;
    }
    entry->number = number;
    return 0;
}

static void memo_clear(PicklerObj *p)
{
    MemoEntry *memo = p->memo;
    int64_t capacity = p->memo_capacity;
    p->memo = NULL;
    p->memo_used = p->memo_capacity = 0;
    for (int64_t i = 0; i < capacity; i++)
        obj_xdecref(memo[i].key);
    mem_free(memo, (size_t)capacity * sizeof *memo);
}

/* ---- output */

static int put_bytes(PicklerObj *p, const void *data, int64_t length)
{
    if (p->framing && p->frame_start < 0) {
        p->frame_start = p->out.length;
        if (byte_builder_add_repeat(&p->out, 0, 9) < 0)
            return -1;
    }
    return byte_builder_add(&p->out, data, length);
}

static int put_code(PicklerObj *p, unsigned code)
{
    unsigned char byte = (unsigned char)code;
    return put_bytes(p, &byte, 1);
}

/* An instruction with a number of `width` bytes. */
static int put_number(PicklerObj *p, unsigned code, uint64_t number, int width)
{
    unsigned char bytes[9] = {(unsigned char)code};
    for (int i = 0; i < width; i++)
        bytes[1 + i] = (unsigned char)(number >> (8 * i));
    return put_bytes(p, bytes, 1 + width);
}

/* An instruction, the text of an object and a line's end, for protocol 0. */
static int put_line(PicklerObj *p, unsigned code, const char *text, int64_t length)
{
    if (put_code(p, code) < 0 || put_bytes(p, text, length) < 0)
        return -1;
    return put_bytes(p, "\n", 1);
}

static int flush(PicklerObj *p)
{
    if (p->write == NULL || p->out.length == 0)
        return 0;
    Obj *data = byte_builder_finish(&p->out);
    Obj *result = data == NULL ? NULL : obj_call1(p->write, data);
    obj_xdecref(data);
    obj_xdecref(result);
    return result == NULL ? -1 : 0;
}

/* Fills in the header of the open frame, or takes it out where it does not pay. */
static void close_frame(PicklerObj *p)
{
    if (p->frame_start < 0)
        return;
    unsigned char *header = p->out.data + p->frame_start;
    int64_t length = p->out.length - p->frame_start - 9;
    if (length >= PICKLE_FRAME_LEAST) {
        header[0] = PICKLE_FRAME;
        for (int i = 0; i < 8; i++)
            header[1 + i] = (unsigned char)((uint64_t)length >> (8 * i));
    } else {
        memmove(header, header + 9, (size_t)length);
        p->out.length -= 9;
    }
    p->frame_start = -1;
}

/* Between instructions: closes a frame that is large enough. */
static int maybe_close_frame(PicklerObj *p)
{
    if (p->frame_start < 0 || p->out.length - p->frame_start - 9 < PICKLE_FRAME_TARGET)
        return 0;
    close_frame(p);
    return flush(p);
}

/* An instruction with its data, of which `payload` (may be NULL) is an object with just these
 * bytes: a large one goes to the file as it is, outside all frames. */
static int put_large(PicklerObj *p, unsigned code, int width, const void *data, int64_t length,
                     ObjRef payload)
{
    if (length < PICKLE_FRAME_TARGET)
        return put_number(p, code, (uint64_t)length, width) < 0 || put_bytes(p, data, length) < 0
                   ? -1
                   : 0;
    bool framing = p->framing;
    if (framing) {
        close_frame(p);
        p->framing = false;
    }
    int result = -1;
    if (put_number(p, code, (uint64_t)length, width) < 0)
        goto fail;
    if (p->write == NULL) {
        result = byte_builder_add(&p->out, data, length);
        goto fail;
    }
    if (flush(p) < 0)
        goto fail;
    Obj *held = payload != NULL ? obj_incref(payload) : bytes_new(data, length);
    Obj *done = held == NULL ? NULL : obj_call1(p->write, held);
    obj_xdecref(held);
    obj_xdecref(done);
    result = done == NULL ? -1 : 0;
fail:
    p->framing = framing;
    return result;
}

/* Gives the object on top of the stack a number. */
static int memoize(PicklerObj *p, ObjRef o)
{
    if (p->fast)
        return 0;
    int64_t number = p->memo_used;
    if (memo_add(p, o, number) < 0)
        return -1;
    if (p->protocol >= 4)
        return put_code(p, PICKLE_MEMOIZE);
    if (p->binary)
        return number < 256 ? put_number(p, PICKLE_BINPUT, (uint64_t)number, 1)
                            : put_number(p, PICKLE_LONG_BINPUT, (uint64_t)number, 4);
    char text[24];
    return put_line(p, PICKLE_PUT, text, snprintf(text, sizeof text, "%lld", (long long)number));
}

static int put_get(PicklerObj *p, int64_t number)
{
    if (p->binary)
        return number < 256 ? put_number(p, PICKLE_BINGET, (uint64_t)number, 1)
                            : put_number(p, PICKLE_LONG_BINGET, (uint64_t)number, 4);
    char text[24];
    return put_line(p, PICKLE_GET, text, snprintf(text, sizeof text, "%lld", (long long)number));
}

/* ---- numbers */

static int save_int(PicklerObj *p, ObjRef o)
{
    int64_t value = 0;
    bool fits = int_to_int64(o, &value) == 0 && value >= INT32_MIN && value <= INT32_MAX;
    if (fits && p->binary) {
        if (value >= 0 && value < 256)
            return put_number(p, PICKLE_BININT1, (uint64_t)value, 1);
        if (value >= 0 && value < 65536)
            return put_number(p, PICKLE_BININT2, (uint64_t)value, 2);
        return put_number(p, PICKLE_BININT, (uint64_t)value, 4);
    }
    if (p->protocol < 2) {
        Obj *text = obj_repr(o);
        int64_t length = 0;
        const char *digits = text == NULL ? NULL : str_utf8(text, &length);
        int result = -1;
        if (digits != NULL) {
            result = put_code(p, fits ? PICKLE_INT : PICKLE_LONG);
            if (result == 0)
                result = put_bytes(p, digits, length);
            if (result == 0)
                result = fits ? put_bytes(p, "\n", 1) : put_bytes(p, "L\n", 2);
        }
        obj_xdecref(text);
        return result;
    }
    /* The shortest two's complement. */
    int64_t size = int_bit_length(o) / 8 + 1;
    Obj *bytes = bytes_new(NULL, size);
    if (bytes == NULL)
        return -1;
    unsigned char *data = bytes_cast(bytes)->data;
    int result = int_to_bytes(o, data, size, true, true);
    if (result == 0 && size > 1 && data[size - 1] == 0xff && (data[size - 2] & 0x80) != 0)
        size--;
    if (result == 0)
        result = size < 256 ? put_number(p, PICKLE_LONG1, (uint64_t)size, 1)
                            : put_number(p, PICKLE_LONG4, (uint64_t)size, 4);
    if (result == 0)
        result = put_bytes(p, data, size);
    obj_decref(bytes);
    return result;
}

static int save_float(PicklerObj *p, ObjRef o)
{
    double value = 0;
    if (obj_to_double(o, &value) < 0)
        return -1;
    if (p->binary) {
        uint64_t bits;
        unsigned char bytes[9] = {PICKLE_BINFLOAT};
        memcpy(&bits, &value, sizeof bits);
        for (int i = 0; i < 8; i++)
            bytes[1 + i] = (unsigned char)(bits >> (56 - 8 * i));
        return put_bytes(p, bytes, 9);
    }
    Obj *text = obj_repr(o);
    int64_t length = 0;
    const char *digits = text == NULL ? NULL : str_utf8(text, &length);
    int result = digits == NULL ? -1 : put_line(p, PICKLE_FLOAT, digits, length);
    obj_xdecref(text);
    return result;
}

/* ---- octets and text */

/* Writes a call function(*args…) in place of o; takes over function and args. */
static int save_call_steal(PicklerObj *p, Obj *function, Obj *args, ObjRef o)
{
    Obj *made =
        function == NULL || args == NULL ? NULL : tuple_pack(2, (ObjRef)function, (ObjRef)args);
    int result = made == NULL ? -1 : save_reduce(p, made, o);
    obj_xdecref(function);
    obj_xdecref(args);
    obj_xdecref(made);
    return result;
}

static int save_bytes(PicklerObj *p, ObjRef o)
{
    int64_t length = bytes_cast(o)->length;
    if (p->protocol < 3) {
        /* Python 2 has no bytes: text encoded again, or a call without arguments. */
        if (length == 0)
            return save_call_steal(p, obj_incref(&bytes_type.head.base), tuple_new(0), o);
        Obj *text = str_from_latin1((const char *)bytes_cast(o)->data, length);
        Obj *codec = str_from_ascii("latin1"), *args = NULL;
        if (text != NULL && codec != NULL)
            args = tuple_pack(2, (ObjRef)text, (ObjRef)codec);
        obj_xdecref(text);
        obj_xdecref(codec);
        return save_call_steal(p, args == NULL ? NULL : pickle_import("_codecs", "encode"), args,
                               o);
    }
    int result;
    if (length < 256)
        result = put_number(p, PICKLE_SHORT_BINBYTES, (uint64_t)length, 1) < 0
                     ? -1
                     : put_bytes(p, bytes_cast(o)->data, length);
    else if (length <= UINT32_MAX)
        result = put_large(p, PICKLE_BINBYTES, 4, bytes_cast(o)->data, length, o);
    else if (p->protocol >= 4)
        result = put_large(p, PICKLE_BINBYTES8, 8, bytes_cast(o)->data, length, o);
    else
        return err_format_int(&exc_overflow_error, "serializing a bytes object larger than 4 GiB "
                                                   "requires pickle protocol 4 or higher");
    return result < 0 ? -1 : memoize(p, o);
}

static int save_bytearray(PicklerObj *p, ObjRef o)
{
    int64_t length = ((const ByteArrayObj *)o)->length;
    if (p->protocol < 5) {
        Obj *args = NULL;
        if (length == 0) {
            args = tuple_new(0);
        } else {
            Obj *bytes = bytes_new(bytearray_data(o), length);
            args = bytes == NULL ? NULL : tuple_pack(1, (ObjRef)bytes);
            obj_xdecref(bytes);
        }
        return save_call_steal(p, obj_incref(&bytearray_type.head.base), args, o);
    }
    BufferView view;
    if (buffer_acquire(o, &view) < 0)
        return -1;
    int result = put_large(p, PICKLE_BYTEARRAY8, 8, view.data, view.length, o);
    buffer_release(&view);
    return result < 0 ? -1 : memoize(p, o);
}

/* The text for protocol 0: characters that would end the line or are wide as \u escapes. */
static int put_escaped(PicklerObj *p, ObjRef o)
{
    ByteBuilder text;
    byte_builder_init(&text);
    for (int64_t i = 0; i < str_length(o); i++) {
        uint32_t c = str_char_at(o, i);
        char escape[16];
        int status;
        if (c > 0xffff)
            status = byte_builder_add(&text, escape, snprintf(escape, sizeof escape, "\\U%08x", c));
        else if (c > 0xff || c == '\\' || c == 0 || c == '\n' || c == '\r' || c == 0x1a)
            status = byte_builder_add(&text, escape, snprintf(escape, sizeof escape, "\\u%04x", c));
        else
            status = byte_builder_add_byte(&text, c);
        if (status < 0) {
            byte_builder_free(&text);
            return -1;
        }
    }
    int result = put_line(p, PICKLE_UNICODE, (const char *)text.data, text.length);
    byte_builder_free(&text);
    return result;
}

static int save_str(PicklerObj *p, ObjRef o)
{
    if (!p->binary)
        return put_escaped(p, o) < 0 ? -1 : memoize(p, o);
    Obj *encoded = NULL;
    int64_t length = 0;
    const char *data;
    if (str_cast(o)->ascii) {
        data = (const char *)str_cast(o)->data;
        length = str_length(o);
    } else {
        encoded = codec_encode(o, "utf-8", "surrogatepass");
        if (encoded == NULL)
            return -1;
        data = (const char *)bytes_cast(encoded)->data;
        length = bytes_cast(encoded)->length;
    }
    int result;
    if (length < 256 && p->protocol >= 4)
        result = put_number(p, PICKLE_SHORT_BINUNICODE, (uint64_t)length, 1) < 0
                     ? -1
                     : put_bytes(p, data, length);
    else if (length <= UINT32_MAX)
        result = put_large(p, PICKLE_BINUNICODE, 4, data, length, encoded);
    else if (p->protocol >= 4)
        result = put_large(p, PICKLE_BINUNICODE8, 8, data, length, encoded);
    else
        result = err_format_int(&exc_overflow_error, "serializing a string larger than 4 GiB "
                                                     "requires pickle protocol 4 or higher");
    obj_xdecref(encoded);
    return result < 0 ? -1 : memoize(p, o);
}

static int save_pickle_buffer(PicklerObj *p, ObjRef o)
{
    if (p->protocol < 5) {
        err_string(pickle_pickling_error, "PickleBuffer can only pickled with protocol >= 5");
        return -1;
    }
    Obj *view = memoryview_new(o), *contiguous = NULL;
    int truth = -1;
    if (view != NULL)
        contiguous = obj_getattr_str(view, "contiguous");
    if (contiguous != NULL)
        truth = obj_truth(contiguous);
    bool readonly = view != NULL && ((const MemoryViewObj *)view)->readonly;
    obj_xdecref(view);
    obj_xdecref(contiguous);
    if (truth <= 0) {
        if (truth == 0)
            err_string(pickle_pickling_error, "PickleBuffer can not be pickled when pointing to a "
                                              "non-contiguous buffer");
        return -1;
    }
    bool in_band = true;
    if (p->buffer_callback != NULL) {
        Obj *answer = obj_call1(p->buffer_callback, o);
        int keep = answer == NULL ? -1 : obj_truth(answer);
        obj_xdecref(answer);
        if (keep < 0)
            return -1;
        in_band = keep > 0;
    }
    if (!in_band) {
        if (put_code(p, PICKLE_NEXT_BUFFER) < 0)
            return -1;
        return readonly ? put_code(p, PICKLE_READONLY_BUFFER) : 0;
    }
    BufferView bytes;
    if (buffer_acquire(o, &bytes) < 0)
        return -1;
    int result;
    if (readonly)
        result =
            bytes.length < 256
                ? (put_number(p, PICKLE_SHORT_BINBYTES, (uint64_t)bytes.length, 1) < 0
                       ? -1
                       : put_bytes(p, bytes.data, bytes.length))
                : put_large(p, bytes.length <= UINT32_MAX ? PICKLE_BINBYTES : PICKLE_BINBYTES8,
                            bytes.length <= UINT32_MAX ? 4 : 8, bytes.data, bytes.length, NULL);
    else
        result = put_large(p, PICKLE_BYTEARRAY8, 8, bytes.data, bytes.length, NULL);
    buffer_release(&bytes);
    return result < 0 ? -1 : memoize(p, o);
}

/* ---- containers */

/* The object was made while its items were saved (a cycle through one of them): drops `count`
 * things from the stack and fetches it. */
static int take_back(PicklerObj *p, int64_t count, int64_t number)
{
    for (int64_t i = 0; i < count; i++) {
        if (put_code(p, PICKLE_POP) < 0)
            return -1;
    }
    return put_get(p, number);
}

static int save_tuple(PicklerObj *p, ObjRef o)
{
    int64_t length = tuple_length(o);
    if (length == 0) {
        if (p->binary)
            return put_code(p, PICKLE_EMPTY_TUPLE);
        return put_code(p, PICKLE_MARK) < 0 ? -1 : put_code(p, PICKLE_TUPLE);
    }
    bool brief = length <= 3 && p->protocol >= 2;
    if (!brief && put_code(p, PICKLE_MARK) < 0)
        return -1;
    for (int64_t i = 0; i < length; i++) {
        if (save(p, tuple_peek(o, i), true) < 0)
            return -1;
    }
    int64_t number = memo_find(p, o);
    if (number >= 0) {
        if (brief)
            return take_back(p, length, number);
        if (p->binary)
            return put_code(p, PICKLE_POP_MARK) < 0 ? -1 : put_get(p, number);
        return take_back(p, length + 1, number);
    }
    if (put_code(p, brief ? (unsigned)(PICKLE_TUPLE1 + length - 1) : PICKLE_TUPLE) < 0)
        return -1;
    return memoize(p, o);
}

/* Items of an iterator, each followed by APPEND or in batches by `batch_code`. */
static int save_items(PicklerObj *p, ObjRef iterator, unsigned batch_code)
{
    Obj *first = NULL, *item = NULL;
    int more;
    if (!p->binary) {
        while ((more = obj_next(iterator, &item)) > 0) {
            int result = save(p, item, true);
            obj_decref(item);
            if (result < 0 || put_code(p, PICKLE_APPEND) < 0)
                return -1;
        }
        return more;
    }
    /* One item alone has a shorter form, but for sets. */
    for (;;) {
        if ((more = obj_next(iterator, &first)) <= 0)
            return more;
        if ((more = obj_next(iterator, &item)) < 0)
            goto fail;
        if (more == 0 && batch_code == PICKLE_APPENDS) {
            if (save(p, first, true) < 0 || put_code(p, PICKLE_APPEND) < 0)
                goto fail;
            obj_clear(&first);
            return 0;
        }
        if (put_code(p, PICKLE_MARK) < 0 || save(p, first, true) < 0)
            goto fail;
        obj_clear(&first);
        int64_t count = 1;
        while (more > 0) {
            if (save(p, item, true) < 0)
                goto fail;
            obj_clear(&item);
            if (++count == PICKLE_BATCH)
                break;
            if ((more = obj_next(iterator, &item)) < 0)
                goto fail;
        }
        if (put_code(p, batch_code) < 0)
            goto fail;
        if (more == 0)
            return 0;
    }
fail:
    obj_xdecref(first);
    obj_xdecref(item);
    return -1;
}

static int save_list(PicklerObj *p, ObjRef o)
{
    int status = p->binary                      ? put_code(p, PICKLE_EMPTY_LIST)
                 : put_code(p, PICKLE_MARK) < 0 ? -1
                                                : put_code(p, PICKLE_LIST);
    if (status < 0 || memoize(p, o) < 0)
        return -1;
    if (!p->binary) {
        Obj *iterator = obj_iter(o);
        status = iterator == NULL ? -1 : save_items(p, iterator, PICKLE_APPENDS);
        obj_xdecref(iterator);
        return status;
    }
    const ListObj *list = (const ListObj *)o;
    if (list->length == 1) {
        Obj *item = obj_incref(list_peek(o, 0));
        status = save(p, item, true);
        obj_decref(item);
        return status < 0 ? -1 : put_code(p, PICKLE_APPEND);
    }
    for (int64_t at = 0; at < list->length;) {
        if (put_code(p, PICKLE_MARK) < 0)
            return -1;
        for (int64_t end = at + PICKLE_BATCH; at < end && at < list->length; at++) {
            Obj *item = obj_incref(list_peek(o, at));
            status = save(p, item, true);
            obj_decref(item);
            if (status < 0)
                return -1;
        }
        if (put_code(p, PICKLE_APPENDS) < 0)
            return -1;
    }
    return 0;
}

static int save_pair(PicklerObj *p, ObjRef key_peek, ObjRef value_peek)
{
    Obj *key = obj_incref(key_peek), *value = obj_incref(value_peek);
    int result = save(p, key, true);
    if (result == 0)
        result = save(p, value, true);
    obj_decref(key);
    obj_decref(value);
    return result;
}

static int save_dict(PicklerObj *p, ObjRef o)
{
    int status = p->binary                      ? put_code(p, PICKLE_EMPTY_DICT)
                 : put_code(p, PICKLE_MARK) < 0 ? -1
                                                : put_code(p, PICKLE_DICT);
    if (status < 0 || memoize(p, o) < 0)
        return -1;
    int64_t length = dict_length(o), position = 0, done = 0;
    ObjRef key, value;
    while (done < length) {
        bool batch = p->binary && length > 1;
        if (batch && put_code(p, PICKLE_MARK) < 0)
            return -1;
        for (int64_t count = 0; count < (batch ? PICKLE_BATCH : 1) && done < length;
             count++, done++) {
            if (!dict_next(o, &position, &key, &value))
                return err_format_int(&exc_runtime_error,
                                      "dictionary changed size during iteration");
            if (save_pair(p, key, value) < 0)
                return -1;
            if (dict_length(o) != length)
                return err_format_int(&exc_runtime_error,
                                      "dictionary changed size during iteration");
        }
        if (put_code(p, batch ? PICKLE_SETITEMS : PICKLE_SETITEM) < 0)
            return -1;
    }
    return 0;
}

/* Pairs of an iterator (the fifth item of a reduction). */
static int save_pairs(PicklerObj *p, ObjRef iterator)
{
    for (;;) {
        Obj *batch = list_new(0), *item = NULL;
        if (batch == NULL)
            return -1;
        int more = 1, result = 0;
        int64_t most = p->binary ? PICKLE_BATCH : 1;
        while (((const ListObj *)batch)->length < most && (more = obj_next(iterator, &item)) > 0) {
            if (!tuple_check(item) || tuple_length(item) != 2) {
                obj_decref(item);
                result =
                    err_format_int(&exc_type_error, "dict items iterator must return 2-tuples");
                break;
            }
            if (list_append_steal(batch, item) < 0) {
                result = -1;
                break;
            }
        }
        int64_t count = ((const ListObj *)batch)->length;
        if (more < 0)
            result = -1;
        if (result == 0 && count > 1)
            result = put_code(p, PICKLE_MARK);
        for (int64_t i = 0; result == 0 && i < count; i++)
            result = save_pair(p, tuple_peek(list_peek(batch, i), 0),
                               tuple_peek(list_peek(batch, i), 1));
        if (result == 0 && count > 0)
            result = put_code(p, count > 1 ? PICKLE_SETITEMS : PICKLE_SETITEM);
        obj_decref(batch);
        if (result < 0 || more <= 0)
            return result;
    }
}

static int save_set(PicklerObj *p, ObjRef o, bool frozen)
{
    if (p->protocol < 4) {
        Obj *items = obj_to_list(o);
        Obj *args = items == NULL ? NULL : tuple_pack(1, (ObjRef)items);
        obj_xdecref(items);
        return save_call_steal(p, obj_incref(&obj_type(o)->head.base), args, o);
    }
    Obj *iterator = obj_iter(o), *item = NULL;
    if (iterator == NULL)
        return -1;
    int result = -1, more;
    if (!frozen) {
        if (put_code(p, PICKLE_EMPTY_SET) == 0 && memoize(p, o) == 0)
            result = save_items(p, iterator, PICKLE_ADDITEMS);
        goto fail;
    }
    if (put_code(p, PICKLE_MARK) < 0)
        goto fail;
    while ((more = obj_next(iterator, &item)) > 0) {
        int status = save(p, item, true);
        obj_decref(item);
        if (status < 0)
            goto fail;
    }
    if (more < 0)
        goto fail;
    int64_t number = memo_find(p, o);
    if (number >= 0)
        result = put_code(p, PICKLE_POP_MARK) < 0 ? -1 : put_get(p, number);
    else
        result = put_code(p, PICKLE_FROZENSET) < 0 ? -1 : memoize(p, o);
fail:
    obj_decref(iterator);
    return result;
}

/* ---- things known by name */

static int save_extension(PicklerObj *p, ObjRef o, ObjRef code)
{
    int64_t number;
    if (!int_check(code)) {
        err_format(pickle_pickling_error, "Can't pickle %R: extension code %R isn't an integer", o,
                   code);
        return -1;
    }
    if (int_to_int64(code, &number) != 0 || number <= 0 || number > INT32_MAX)
        return err_format_int(&exc_runtime_error, "extension code <= 0");
    return number < 256     ? put_number(p, PICKLE_EXT1, (uint64_t)number, 1)
           : number < 65536 ? put_number(p, PICKLE_EXT2, (uint64_t)number, 2)
                            : put_number(p, PICKLE_EXT4, (uint64_t)number, 4);
}

/* A line of a name, in UTF-8, or ASCII for the old protocols. */
static int put_name(PicklerObj *p, ObjRef text, ObjRef module, ObjRef name)
{
    if (p->protocol < 3 && !str_cast(text)->ascii) {
        err_format(pickle_pickling_error,
                   "can't pickle global identifier '%S.%S' using pickle protocol %d", module, name,
                   (int)p->protocol);
        return -1;
    }
    int64_t length = 0;
    const char *data = str_utf8(text, &length);
    if (data == NULL)
        return -1;
    return put_bytes(p, data, length) < 0 ? -1 : put_bytes(p, "\n", 1);
}

/* Python 2's names of what moved: replaces *module and *name (owned); 0/-1. */
static int old_names(Obj **module, Obj **name)
{
    Obj *old = pickle_import("pickle", "_old_names");
    Obj *pair = old == NULL ? NULL : obj_call2(old, *module, *name);
    obj_xdecref(old);
    if (pair == NULL)
        return -1;
    if (tuple_check(pair) && tuple_length(pair) == 2) {
        obj_replace(module, obj_incref(tuple_peek(pair, 0)));
        obj_replace(name, obj_incref(tuple_peek(pair, 1)));
    }
    obj_decref(pair);
    return 0;
}

/* A class or function by module and name; name NULL: its own. */
static int save_global(PicklerObj *p, ObjRef o, ObjRef given)
{
    Obj *locate = pickle_import("pickle", "_locate");
    Obj *place = NULL, *module = NULL, *name = NULL, *registry = NULL, *pair = NULL;
    int result = -1;
    if (locate == NULL)
        return -1;
    /* (module name, name, what holds it or None for the module itself, last part of the name) */
    place = obj_call2(locate, o, given == NULL ? obj_none : given);
    obj_decref(locate);
    if (place == NULL)
        return -1;
    module = obj_incref(tuple_peek(place, 0));
    name = obj_incref(tuple_peek(place, 1));
    ObjRef parent = tuple_peek(place, 2);
    if (!str_check(module) || !str_check(name)) {
        err_format(pickle_pickling_error, "Can't pickle %R: its name is no string", o);
        goto fail;
    }
    if (p->protocol >= 2) {
        registry = pickle_import("copyreg", "_extension_registry");
        pair = registry == NULL ? NULL : tuple_pack(2, (ObjRef)module, (ObjRef)name);
        if (pair == NULL)
            goto fail;
        ObjRef code = dict_check(registry) ? dict_peek(registry, pair) : NULL;
        if (code != NULL) {
            result = save_extension(p, o, code);
            goto fail;
        }
        if (err_occurred() != NULL)
            goto fail;
    }
    if (p->protocol >= 4) {
        if (save(p, module, true) < 0 || save(p, name, true) < 0 ||
            put_code(p, PICKLE_STACK_GLOBAL) < 0)
            goto fail;
    } else if (!is_none(parent)) {
        Obj *args = tuple_pack(2, parent, tuple_peek(place, 3));
        Obj *builtin = pickle_import("builtins", "getattr");
        if (save_call_steal(p, builtin, args, NULL) < 0)
            goto fail;
    } else {
        if (p->fix_imports && old_names(&module, &name) < 0)
            goto fail;
        if (put_code(p, PICKLE_GLOBAL) < 0 || put_name(p, module, module, name) < 0 ||
            put_name(p, name, module, name) < 0)
            goto fail;
    }
    result = memoize(p, o);
fail:
    obj_decref(place);
    obj_xdecref(module);
    obj_xdecref(name);
    obj_xdecref(registry);
    obj_xdecref(pair);
    return result;
}

static int save_type(PicklerObj *p, ObjRef o)
{
    ObjRef single = o == (ObjRef)&none_type.head.base              ? obj_none
                    : o == (ObjRef)&not_implemented_type.head.base ? (ObjRef)&not_implemented_object
                    : o == (ObjRef)&ellipsis_type.head.base        ? (ObjRef)&ellipsis_object
                                                                   : NULL;
    if (single != NULL)
        return save_call_steal(p, obj_incref(&type_type.head.base), tuple_pack(1, single), o);
    return save_global(p, o, NULL);
}

/* ---- any object */

static int raise_pickling(const char *message)
{
    err_string(pickle_pickling_error, message);
    return -1;
}

static int require_iterator(ObjRef items, const char *place)
{
    if (items == NULL || obj_type(items)->next != NULL)
        return 0;
    err_format(pickle_pickling_error,
               "%s element of the tuple returned by __reduce__ must be an iterator, not %T", place,
               items);
    return -1;
}

/* The class that a __newobj__ call makes: must have __new__ and be that of o. */
static int check_new_class(ObjRef cls, ObjRef o, const char *function)
{
    Obj *name = str_intern_ascii("__new__"), *own = NULL;
    int has = name == NULL ? -1 : obj_hasattr(cls, name);
    obj_xdecref(name);
    if (has < 0)
        return -1;
    if (has == 0) {
        err_format(pickle_pickling_error, "args[0] from %s args has no __new__", function);
        return -1;
    }
    if (o == NULL)
        return 0;
    own = obj_getattr_str(o, "__class__");
    if (own == NULL)
        return -1;
    bool same = own == (const Obj *)cls;
    obj_decref(own);
    if (same)
        return 0;
    err_format(pickle_pickling_error, "args[0] from %s args has the wrong class", function);
    return -1;
}

static int save_new_with_keywords(PicklerObj *p, ObjRef args, ObjRef o)
{
    if (tuple_length(args) != 3) {
        err_format(pickle_pickling_error,
                   "length of the NEWOBJ_EX argument tuple must be exactly 3, not %lld",
                   (long long)tuple_length(args));
        return -1;
    }
    ObjRef cls = tuple_peek(args, 0), positional = tuple_peek(args, 1), named = tuple_peek(args, 2);
    if (!tuple_check(positional)) {
        err_format(pickle_pickling_error,
                   "second item from NEWOBJ_EX argument tuple must be a tuple, not %T", positional);
        return -1;
    }
    if (!dict_check(named)) {
        err_format(pickle_pickling_error,
                   "third item from NEWOBJ_EX argument tuple must be a dict, not %T", named);
        return -1;
    }
    if (check_new_class(cls, o, "__newobj_ex__") < 0)
        return -1;
    if (p->protocol >= 4) {
        if (save(p, cls, true) < 0 || save(p, positional, true) < 0 || save(p, named, true) < 0)
            return -1;
        return put_code(p, PICKLE_NEWOBJ_EX);
    }
    /* functools.partial(cls.__new__, cls, *args, **keywords)() */
    Obj *partial = pickle_import("functools", "partial"), *new = obj_getattr_str(cls, "__new__");
    Obj *all = NULL, *call = NULL, *empty = tuple_new(0);
    int result = -1;
    if (partial != NULL && new != NULL && empty != NULL)
        all = tuple_new(tuple_length(positional) + 2);
    if (all != NULL) {
        tuple_cast(all)->items[0] = obj_incref(new);
        tuple_cast(all)->items[1] = obj_incref(cls);
        for (int64_t i = 0; i < tuple_length(positional); i++)
            tuple_cast(all)->items[2 + i] = obj_incref(tuple_peek(positional, i));
        call = obj_call_tuple(partial, all, named);
    }
    if (call != NULL && save(p, call, true) == 0 && save(p, empty, true) == 0)
        result = put_code(p, PICKLE_REDUCE);
    obj_xdecref(partial);
    obj_xdecref(new);
    obj_xdecref(all);
    obj_xdecref(call);
    obj_xdecref(empty);
    return result;
}

/* Which of the known makers a function is: 0, 1 __newobj__, 2 __newobj_ex__; -1. */
static int maker_kind(const PicklerObj *p, ObjRef function)
{
    if (p->protocol < 2)
        return 0;
    Obj *name = NULL, *attribute = str_intern_ascii("__name__");
    int found = attribute == NULL ? -1 : obj_getattr_opt(function, attribute, &name);
    obj_xdecref(attribute);
    int kind = found < 0 ? -1 : 0;
    if (found > 0 && str_check(name))
        kind = str_equal_ascii(name, "__newobj__")      ? 1
               : str_equal_ascii(name, "__newobj_ex__") ? 2
                                                        : 0;
    obj_xdecref(name);
    return kind;
}

static ObjRef optional_item(ObjRef tuple, int64_t i)
{
    ObjRef item = tuple_length(tuple) > i ? tuple_peek(tuple, i) : obj_none;
    return is_none(item) ? NULL : item;
}

/* Writes what a __reduce__ gave; o: the object it is for, or NULL. */
static int save_reduce(PicklerObj *p, ObjRef made, ObjRef o)
{
    if (tuple_length(made) < 2 || tuple_length(made) > 6)
        return raise_pickling("tuple returned by __reduce__ must contain 2 through 6 elements");
    ObjRef function = tuple_peek(made, 0), args = tuple_peek(made, 1);
    ObjRef state = optional_item(made, 2), items = optional_item(made, 3),
           pairs = optional_item(made, 4), setter = optional_item(made, 5);
    if (!obj_is_callable(function))
        return raise_pickling("first item of the tuple returned by __reduce__ must be callable");
    if (!tuple_check(args))
        return raise_pickling("second item of the tuple returned by __reduce__ must be a tuple");
    if (require_iterator(items, "fourth") < 0 || require_iterator(pairs, "fifth") < 0)
        return -1;
    if (setter != NULL && !obj_is_callable(setter)) {
        err_format(pickle_pickling_error,
                   "sixth element of the tuple returned by __reduce__ must be a function, not %T",
                   setter);
        return -1;
    }
    int kind = maker_kind(p, function), status = -1;
    if (kind == 2) {
        status = save_new_with_keywords(p, args, o);
    } else if (kind == 1) {
        if (tuple_length(args) < 1)
            return raise_pickling("__newobj__ arglist is empty");
        if (check_new_class(tuple_peek(args, 0), o, "__newobj__") < 0)
            return -1;
        Obj *rest = tuple_slice(args, 1, tuple_length(args));
        if (rest != NULL && save(p, tuple_peek(args, 0), true) == 0 && save(p, rest, true) == 0)
            status = put_code(p, PICKLE_NEWOBJ);
        obj_xdecref(rest);
    } else if (kind == 0) {
        if (save(p, function, true) == 0 && save(p, args, true) == 0)
            status = put_code(p, PICKLE_REDUCE);
    }
    if (status < 0)
        return -1;
    if (o != NULL) {
        /* Its own arguments may have contained it; then it has been made already. */
        int64_t number = memo_find(p, o);
        status = number >= 0 ? take_back(p, 1, number) : memoize(p, o);
        if (status < 0)
            return -1;
    }
    if (items != NULL && save_items(p, items, PICKLE_APPENDS) < 0)
        return -1;
    if (pairs != NULL && save_pairs(p, pairs) < 0)
        return -1;
    if (state == NULL)
        return 0;
    if (setter == NULL)
        return save(p, state, true) < 0 ? -1 : put_code(p, PICKLE_BUILD);
    /* setter(o, state), whose result does not matter */
    if (save(p, setter, true) < 0 || save(p, o, true) < 0 || save(p, state, true) < 0)
        return -1;
    return put_code(p, PICKLE_TUPLE2) < 0 || put_code(p, PICKLE_REDUCE) < 0 ||
                   put_code(p, PICKLE_POP) < 0
               ? -1
               : 0;
}

static int save_persistent(PicklerObj *p, ObjRef name)
{
    if (p->binary)
        return save(p, name, false) < 0 ? -1 : put_code(p, PICKLE_BINPERSID);
    Obj *text = obj_str(name);
    if (text == NULL)
        return -1;
    int result;
    if (!str_cast(text)->ascii)
        result = raise_pickling("persistent IDs in protocol 0 must be ASCII strings");
    else
        result = put_line(p, PICKLE_PERSID, (const char *)str_cast(text)->data, str_length(text));
    obj_decref(text);
    return result;
}

/* What an object of another type says about itself: a tuple or str (new reference). */
static Obj *ask_object(PicklerObj *p, ObjRef o)
{
    ObjRef cls = (ObjRef)&obj_type(o)->head.base;
    Obj *reducer = NULL;
    if (dict_check_exact(p->reducers)) {
        reducer = obj_xincref(dict_peek(p->reducers, cls));
        if (reducer == NULL && err_occurred() != NULL)
            return NULL;
    } else {
        reducer = obj_getitem(p->reducers, cls);
        if (reducer == NULL) {
            if (!err_matches(&exc_key_error))
                return NULL;
            err_clear();
        }
    }
    if (reducer != NULL) {
        Obj *made = obj_call1(reducer, o);
        obj_decref(reducer);
        return made;
    }
    if (type_is_subtype(obj_type(o), &type_type))
        return not_implemented_new();
    Obj *name = str_intern_ascii("__reduce_ex__"), *method = NULL, *made = NULL;
    int found = name == NULL ? -1 : obj_getattr_opt(o, name, &method);
    obj_xdecref(name);
    if (found > 0) {
        Obj *protocol = int_new(p->protocol);
        made = protocol == NULL ? NULL : obj_call1(method, protocol);
        obj_xdecref(protocol);
        obj_decref(method);
        return made;
    }
    if (found < 0)
        return NULL;
    name = str_intern_ascii("__reduce__");
    found = name == NULL ? -1 : obj_getattr_opt(o, name, &method);
    obj_xdecref(name);
    if (found > 0) {
        made = obj_call0(method);
        obj_decref(method);
    } else if (found == 0) {
        err_format(pickle_pickling_error, "can't pickle '%T' object: %R", o, o);
    }
    return made;
}

static int save_made(PicklerObj *p, ObjRef made, ObjRef o)
{
    if (str_check(made))
        return save_global(p, o, made);
    if (!tuple_check(made))
        return raise_pickling("__reduce__ must return a string or tuple");
    return save_reduce(p, made, o);
}

static int save_other(PicklerObj *p, ObjRef o)
{
    const Type *type = obj_type(o);
    if (p->ask_override != NULL) {
        Obj *made = obj_call1(p->ask_override, o);
        if (made == NULL)
            return -1;
        if (!is_not_implemented(made)) {
            int result = save_made(p, made, o);
            obj_decref(made);
            return result;
        }
        obj_decref(made);
    }
    if (type == &type_type)
        return save_type(p, o);
    if (strcmp(type->head.name, "function") == 0 && (type->head.flags & TYPE_HEAP) == 0)
        return save_global(p, o, NULL);
    Obj *made = ask_object(p, o);
    if (made == NULL)
        return -1;
    int result = is_not_implemented(made) && type_is_subtype(type, &type_type)
                     ? save_global(p, o, NULL)
                     : save_made(p, made, o);
    obj_decref(made);
    return result;
}

static int save_known(PicklerObj *p, ObjRef o)
{
    const Type *type = obj_type(o);
    if (type == &str_type)
        return save_str(p, o);
    if (type == &bytes_type)
        return save_bytes(p, o);
    if (type == &tuple_type)
        return save_tuple(p, o);
    if (type == &list_type)
        return save_list(p, o);
    if (type == &dict_type)
        return save_dict(p, o);
    if (type == &set_type || type == &frozenset_type)
        return save_set(p, o, type == &frozenset_type);
    if (type == &bytearray_type)
        return save_bytearray(p, o);
    if (type == &pickle_buffer_type)
        return save_pickle_buffer(p, o);
    return save_other(p, o);
}

static int save(PicklerObj *p, ObjRef o, bool as_persistent)
{
    if (maybe_close_frame(p) < 0)
        return -1;
    if (as_persistent && p->ask_persistent != NULL) {
        Obj *name = obj_call1(p->ask_persistent, o);
        if (name == NULL)
            return -1;
        if (!is_none(name)) {
            int result = save_persistent(p, name);
            obj_decref(name);
            return result;
        }
        obj_decref(name);
    }
    const Type *type = obj_type(o);
    if (is_none(o))
        return put_code(p, PICKLE_NONE);
    if (type == &bool_type) {
        bool truth = o == obj_true;
        if (p->protocol >= 2)
            return put_code(p, truth ? PICKLE_NEWTRUE : PICKLE_NEWFALSE);
        return put_bytes(p, truth ? "I01\n" : "I00\n", 4);
    }
    if (type == &int_type)
        return save_int(p, o);
    if (type == &float_type)
        return save_float(p, o);
    int64_t number = memo_find(p, o);
    if (number >= 0)
        return put_get(p, number);
    if (state_enter(" while pickling an object") < 0)
        return -1;
    int result = save_known(p, o);
    state_leave();
    return result;
}

/* Looks for an attribute of the instance or a subclass: *out owned, or NULL when absent. */
static int look_for(ObjRef self, const char *attribute, Obj **out)
{
    Obj *name = str_intern_ascii(attribute);
    int found = name == NULL ? -1 : obj_getattr_opt(self, name, out);
    obj_xdecref(name);
    if (found <= 0)
        *out = NULL;
    return found < 0 ? -1 : 0;
}

static int dump(PicklerObj *p, ObjRef o)
{
    if (p->running)
        return err_format_int(&exc_runtime_error, "a pickler cannot be used while it runs");
    p->running = true;
    p->framing = false;
    p->frame_start = -1;
    p->out.length = 0;
    int result = -1;
    if (look_for(&p->base, "persistent_id", &p->ask_persistent) < 0 ||
        look_for(&p->base, "reducer_override", &p->ask_override) < 0 ||
        look_for(&p->base, "dispatch_table", &p->reducers) < 0)
        goto fail;
    if (p->reducers == NULL && (p->reducers = pickle_import("copyreg", "dispatch_table")) == NULL)
        goto fail;
    if (p->protocol >= 2 && put_number(p, PICKLE_PROTO, (uint64_t)p->protocol, 1) < 0)
        goto fail;
    p->framing = p->protocol >= 4;
    if (save(p, o, true) < 0 || put_code(p, PICKLE_STOP) < 0)
        goto fail;
    close_frame(p);
    p->framing = false;
    result = flush(p);
fail:
    p->running = p->framing = false;
    p->frame_start = -1;
    obj_clear(&p->ask_persistent);
    obj_clear(&p->ask_override);
    obj_clear(&p->reducers);
    return result;
}

/* ---- lifecycle */

/* Reads protocol, fix_imports and buffer_callback (NULL: not given): 0/-1. */
static int set_options(PicklerObj *p, ObjRef protocol, ObjRef fix_imports, ObjRef callback)
{
    int64_t number = PICKLE_DEFAULT;
    bool fix = true;
    if (protocol != NULL && !is_none(protocol) && args_to_int64(protocol, &number) < 0)
        return -1;
    if (number < 0)
        number = PICKLE_HIGHEST;
    if (number > PICKLE_HIGHEST)
        return err_format_int(&exc_value_error, "pickle protocol must be <= %d", PICKLE_HIGHEST);
    if (args_to_bool(fix_imports, &fix) < 0)
        return -1;
    if (callback != NULL && is_none(callback))
        callback = NULL;
    if (callback != NULL && number < 5)
        return err_format_int(&exc_value_error, "buffer_callback needs protocol >= 5");
    p->protocol = (int32_t)number;
    p->binary = number >= 1;
    p->fix_imports = fix && number < 3;
    obj_replace(&p->buffer_callback, obj_xincref(callback));
    return 0;
}

static Obj *new (Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    Obj *self = obj_alloc(type, sizeof(PicklerObj));
    if (self == NULL)
        return NULL;
    byte_builder_init(&pickler_cast(self)->out);
    pickler_cast(self)->frame_start = -1;
    pickler_cast(self)->protocol = -1;
    obj_track_if_gc(self);
    return self;
}

static int init(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    static const ArgSpec spec = {
        "Pickler", 0, 1, 3, 4, {"file", "protocol", "fix_imports", "buffer_callback"}};
    ObjRef out[4];
    PicklerObj *p = pickler_cast(self);
    if (args_bind(&spec, args, nargs, kwnames, out) < 0)
        return -1;
    if (p->running)
        return err_format_int(&exc_runtime_error, "a pickler cannot be used while it runs");
    Obj *write = NULL;
    if (look_for(out[0], "write", &write) < 0)
        return -1;
    if (write == NULL)
        return err_format_int(&exc_type_error, "file must have a 'write' attribute");
    if (set_options(p, out[1], out[2], out[3]) < 0) {
        obj_decref(write);
        return -1;
    }
    obj_replace(&p->write, write);
    memo_clear(p);
    p->fast = false;
    return 0;
}

static int traverse(ObjRef self, VisitFn visit, void *context)
{
    const PicklerObj *p = (const PicklerObj *)self;
    GC_VISIT(p->write);
    GC_VISIT(p->persistent_id);
    GC_VISIT(p->dispatch_table);
    GC_VISIT(p->buffer_callback);
    GC_VISIT(p->ask_persistent);
    GC_VISIT(p->ask_override);
    GC_VISIT(p->reducers);
    for (int64_t i = 0; i < p->memo_capacity; i++)
        GC_VISIT(p->memo[i].key);
    return 0;
}

static void release(PicklerObj *p)
{
    obj_clear(&p->write);
    obj_clear(&p->persistent_id);
    obj_clear(&p->dispatch_table);
    obj_clear(&p->buffer_callback);
    memo_clear(p);
}

static int clear(ObjRef self)
{
    release(pickler_cast(self));
    return 0;
}

static void dealloc(Obj *self)
{
    gc_untrack(self);
    release(pickler_cast(self));
    byte_builder_free(&pickler_cast(self)->out);
    obj_free(self, sizeof(PicklerObj));
}

/* ---- methods */

static Obj *method_dump(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    PicklerObj *p = pickler_cast(self);
    if (p->write == NULL)
        return err_format(pickle_pickling_error,
                          "Pickler.__init__() was not called by %s.__init__()",
                          obj_head(self)->name);
    return dump(p, args[0]) < 0 ? NULL : none_new();
}

static Obj *method_clear_memo(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    memo_clear(pickler_cast(self));
    return none_new();
}

static Obj *method_sizeof(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    const PicklerObj *p = (const PicklerObj *)self;
    return int_new(obj_size(self) + p->memo_capacity * (int64_t)sizeof(MemoEntry) +
                   p->out.capacity);
}

/* The memo as a dict from id to (number, object); what is changed in it has no effect. */
static Obj *get_memo(ObjRef self)
{
    const PicklerObj *p = (const PicklerObj *)self;
    Obj *memo = dict_new();
    for (int64_t i = 0; memo != NULL && i < p->memo_capacity; i++) {
        ObjRef key = p->memo[i].key;
        if (key == NULL)
            continue;
        Obj *number = int_new(p->memo[i].number), *id = int_new((int64_t)(uintptr_t)key);
        Obj *pair = number == NULL ? NULL : tuple_pack(2, (ObjRef)number, key);
        if (id == NULL || pair == NULL || dict_set(memo, id, pair) < 0)
            obj_clear(&memo);
        obj_reveal(key);
        obj_xdecref(number);
        obj_xdecref(id);
        obj_xdecref(pair);
    }
    return memo;
}

static int set_memo(ObjRef self, ObjRef value)
{
    PicklerObj *p = pickler_cast(self);
    if (value == NULL)
        return err_format_int(&exc_type_error, "attribute deletion is not supported");
    if (!dict_check(value))
        return err_format_int(&exc_type_error,
                              "'memo' attribute must be a PicklerMemoProxy object or dict, not %T",
                              value);
    if (p->running)
        return err_format_int(&exc_runtime_error, "a pickler cannot be used while it runs");
    Obj *held = obj_incref(value);
    memo_clear(p);
    int64_t position = 0;
    ObjRef key, pair;
    int result = 0;
    while (result == 0 && dict_next(held, &position, &key, &pair)) {
        int64_t number;
        if (!tuple_check(pair) || tuple_length(pair) != 2)
            result = err_format_int(&exc_type_error, "'memo' values must be 2-item tuples");
        else if (!int_check(tuple_peek(pair, 0)) || int_to_int64(tuple_peek(pair, 0), &number) != 0)
            result = err_format_int(&exc_type_error, "an integer is required");
        else
            result = memo_add(p, tuple_peek(pair, 1), number);
    }
    obj_decref(held);
    return result;
}

static Obj *get_persistent_id(ObjRef self)
{
    ObjRef value = pickler_cast(self)->persistent_id;
    if (value != NULL)
        return obj_incref(value);
    return err_string(&exc_attribute_error, "persistent_id");
}

static int set_persistent_id(ObjRef self, ObjRef value)
{
    if (value == NULL)
        return err_format_int(&exc_type_error, "attribute deletion is not supported");
    if (!obj_is_callable(value))
        return err_format_int(&exc_type_error,
                              "persistent_id must be a callable taking one argument");
    obj_replace(&pickler_cast(self)->persistent_id, obj_incref(value));
    return 0;
}

static const MethodDef methods[] = {
    {"dump", method_dump, 1, 1, 0, "dump($self, obj, /)\n--\n\nWrites one pickle."},
    {"clear_memo", method_clear_memo, 0, 0, 0,
     "clear_memo($self, /)\n--\n\nForgets which objects were written already."},
    {"__sizeof__", method_sizeof, 0, 0, 0, "__sizeof__($self, /)\n--\n\nSize in memory, in bytes."},
    {0},
};

static const MemberDef members[] = {
    {"bin", MEMBER_INT32, offsetof(PicklerObj, binary), 0, "Whether the protocol is binary."},
    {"fast", MEMBER_INT32, offsetof(PicklerObj, fast), 0, "True: no object gets a number."},
    {"dispatch_table", MEMBER_OBJ_ATTR, offsetof(PicklerObj, dispatch_table), 0,
     "Reducers by class, in place of copyreg.dispatch_table."},
    {0},
};

static const GetSetDef getset[] = {
    {"memo", get_memo, set_memo, "What was written already."},
    {"persistent_id", get_persistent_id, set_persistent_id, "Names of objects that stay outside."},
    {0},
};

Type pickle_pickler_type = {
    .head = {.base = {1, &type_type.root},
             .name = "_pickle.Pickler",
             .flags = TYPE_GC | TYPE_BASE,
             .traverse = traverse,
             .clear = clear,
             .dealloc = dealloc},
    .root = {.type = &pickle_pickler_type.head},
    .doc = "Pickler(file, protocol=None, fix_imports=True, buffer_callback=None)\n--\n\n"
           "Writes pickles of objects to a binary file.",
    .basic_size = sizeof(PicklerObj),
    .new = new,
    .init = init,
    .methods = methods,
    .members = members,
    .getset = getset,
};

/* ---- functions */

Obj *pickle_dump(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    static const ArgSpec spec = {
        "dump", 0, 2, 3, 5, {"obj", "file", "protocol", "fix_imports", "buffer_callback"}};
    (void)self;
    ObjRef out[5];
    if (args_bind(&spec, args, nargs, kwnames, out) < 0)
        return NULL;
    Obj *pickler = new (&pickle_pickler_type, NULL, 0, NULL);
    if (pickler == NULL)
        return NULL;
    PicklerObj *p = pickler_cast(pickler);
    int result = look_for(out[1], "write", &p->write);
    if (result == 0 && p->write == NULL)
        result = err_format_int(&exc_type_error, "file must have a 'write' attribute");
    if (result == 0)
        result = set_options(p, out[2], out[3], out[4]);
    if (result == 0)
        result = dump(p, out[0]);
    obj_decref(pickler);
    return result < 0 ? NULL : none_new();
}

Obj *pickle_dumps(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    static const ArgSpec spec = {"dumps", 0, 1,
                                 2,       4, {"obj", "protocol", "fix_imports", "buffer_callback"}};
    (void)self;
    ObjRef out[4];
    if (args_bind(&spec, args, nargs, kwnames, out) < 0)
        return NULL;
    Obj *pickler = new (&pickle_pickler_type, NULL, 0, NULL);
    if (pickler == NULL)
        return NULL;
    PicklerObj *p = pickler_cast(pickler);
    Obj *data = NULL;
    if (set_options(p, out[1], out[2], out[3]) == 0 && dump(p, out[0]) == 0)
        data = byte_builder_finish(&p->out);
    obj_decref(pickler);
    return data;
}
