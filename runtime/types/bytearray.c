/*
 * bytearray: a growable array of octets.
 *
 * The octets in use are block[start, start + length) and a NUL follows them.  Deleting at the front
 * moves `start`, so that a bytearray used as a queue is linear.  While the buffer is exported
 * (exports > 0) nothing may change the length or move the block; bytearray_resize checks that, and
 * every change of length goes through it.
 */

#include "runtime/types/bytearray.h"

#include <string.h>

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/core/state.h"
#include "runtime/types/buffer.h"
#include "runtime/types/bytes.h"
#include "runtime/types/bytes_methods.h"
#include "runtime/types/codecs.h"
#include "runtime/types/int.h"
#include "runtime/types/slice.h"
#include "runtime/types/str.h"
#include "runtime/types/str_methods.h"
#include "runtime/types/tuple.h"

typedef struct ByteArrayIterObj {
    Obj base;
    int64_t index;
    ByteArrayObj *array; /* owned; NULL when exhausted */
} ByteArrayIterObj;

static unsigned char no_octets[1];

unsigned char *bytearray_data(ObjRef o)
{
    const ByteArrayObj *a = bytearray_cast(o);
    return a->block == NULL ? no_octets : a->block + a->start;
}

/* ---- lifecycle */

int bytearray_resize(ObjRef o, int64_t length)
{
    ByteArrayObj *a = bytearray_cast(o);
    if (length == a->length)
        return 0;
    if (a->exports > 0) {
        return err_format_int(&exc_buffer_error,
                              "Existing exports of data: object cannot be re-sized");
    }
    if (length > INT64_MAX / 4) {
        err_no_memory();
        return -1;
    }
    if (a->block != NULL && a->start + length <= a->capacity && length >= a->capacity / 2) {
        a->length = length;
        a->block[a->start + length] = 0;
        return 0;
    }
    int64_t capacity = length;
    if (length > a->length && a->length > 0)
        capacity = length + (length >> 3) + (length < 9 ? 3 : 6);
    unsigned char *block = mem_alloc((size_t)capacity + 1);
    if (block == NULL && a->block != NULL && a->start + length <= a->capacity) {
        a->length = length; /* no memory for a smaller block: keep this one */
        a->block[a->start + length] = 0;
        return 0;
    }
    if (block == NULL) {
        err_no_memory();
        return -1;
    }
    int64_t kept = length < a->length ? length : a->length;
    if (kept > 0)
        memcpy(block, a->block + a->start, (size_t)kept);
    block[length] = 0;
    if (a->block != NULL)
        mem_free(a->block, (size_t)a->capacity + 1);
    a->block = block;
    a->capacity = capacity;
    a->start = 0;
    a->length = length;
    return 0;
}

Obj *bytearray_new(const void *data, int64_t length)
{
    Obj *self = obj_new(&bytearray_type, (int64_t)sizeof(ByteArrayObj));
    if (self == NULL)
        return NULL;
    ByteArrayObj *a = bytearray_cast(self);
    a->length = a->capacity = a->start = a->exports = 0;
    a->block = NULL;
    if (bytearray_resize(self, length) < 0) {
        obj_decref(self);
        return NULL;
    }
    if (data != NULL && length > 0)
        memcpy(a->block, data, (size_t)length);
    return self;
}

static Obj *new (Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    Obj *self = obj_alloc(type, (int64_t)sizeof(ByteArrayObj));
    if (self != NULL)
        obj_track_if_gc(self);
    return self;
}

static void dealloc(Obj *self)
{
    ByteArrayObj *a = bytearray_cast(self);
    if (a->block != NULL)
        mem_free(a->block, (size_t)a->capacity + 1);
    obj_free(self, (int64_t)sizeof(ByteArrayObj));
}

/* Replaces octets [low, high) by `count` at `data` (which is not inside self): 0/-1. */
static int splice(ObjRef self, int64_t low, int64_t high, const unsigned char *data, int64_t count)
{
    ByteArrayObj *a = bytearray_cast(self);
    int64_t length = a->length, change = count - (high - low);
    if (length + change > INT64_MAX / 4) {
        err_no_memory();
        return -1;
    }
    if (change < 0 && low == 0 && a->exports == 0 && length + change > 0) {
        a->start -= change;
        a->length += change;
    } else if (change < 0) {
        if (a->exports > 0)
            return bytearray_resize(self, length + change);
        unsigned char *octets = bytearray_data(self);
        memmove(octets + high + change, octets + high, (size_t)(length - high));
        if (bytearray_resize(self, length + change) < 0)
            return -1;
    } else if (change > 0) {
        if (bytearray_resize(self, length + change) < 0)
            return -1;
        unsigned char *octets = bytearray_data(self);
        memmove(octets + high + change, octets + high, (size_t)(length - high));
    }
    if (count > 0)
        memcpy(bytearray_data(self) + low, data, (size_t)count);
    return 0;
}

/* Octets of a source (see bytes_from_source), as an exact bytes that nobody changes. */
static Obj *octets_of(ObjRef source)
{
    return bytes_from_source(source, "bytearray");
}

/* Appends the items of an iterable, which may look at the bytearray meanwhile: 0/-1. */
static int append_items(ObjRef self, ObjRef iterable)
{
    Obj *iterator = obj_iter(iterable), *item = NULL;
    int status;
    if (iterator == NULL)
        return -1;
    while ((status = obj_next(iterator, &item)) > 0) {
        int octet = bytes_octet_argument(item, "byte");
        obj_clear(&item);
        unsigned char c = (unsigned char)octet;
        int64_t length = bytearray_cast(self)->length;
        if (octet < 0 || splice(self, length, length, &c, 1) < 0) {
            status = -1;
            break;
        }
    }
    obj_decref(iterator);
    return status;
}

static int init(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    static const ArgSpec spec = {"bytearray", 0, 0, 3, 3, {"source", "encoding", "errors"}};
    ObjRef out[3];
    const char *encoding = NULL, *errors = NULL;
    if (args_bind(&spec, args, nargs, kwnames, out) < 0)
        return -1;
    if (out[1] != NULL &&
        (encoding = codec_name_argument(out[1], "bytearray() argument 'encoding'")) == NULL)
        return -1;
    if (out[2] != NULL &&
        (errors = codec_name_argument(out[2], "bytearray() argument 'errors'")) == NULL)
        return -1;
    if (bytearray_resize(self, 0) < 0)
        return -1;
    Obj *octets;
    if (out[0] == NULL) {
        if (encoding != NULL || errors != NULL) {
            return err_format_int(&exc_type_error, encoding != NULL
                                                       ? "encoding without a string argument"
                                                       : "errors without a string argument");
        }
        return 0;
    }
    if (str_check(out[0])) {
        if (encoding == NULL)
            return err_format_int(&exc_type_error, "string argument without an encoding");
        octets = codec_encode(out[0], encoding, errors);
    } else if (encoding != NULL || errors != NULL) {
        return err_format_int(&exc_type_error, encoding != NULL
                                                   ? "encoding without a string argument"
                                                   : "errors without a string argument");
    } else if (!buffer_check(out[0]) && obj_type(out[0])->index == NULL &&
               obj_type(out[0])->iter != NULL) {
        return append_items(self, out[0]);
    } else {
        octets = octets_of(out[0]);
    }
    if (octets == NULL)
        return -1;
    int status = splice(self, 0, bytearray_cast(self)->length, bytes_cast(octets)->data,
                        bytes_cast(octets)->length);
    obj_decref(octets);
    return status;
}

/* ---- slots */

static Obj *repr(ObjRef self)
{
    const char *name = type_name(obj_type(self));
    Obj *prefix = str_format_c("%s(", name);
    if (prefix == NULL)
        return NULL;
    const char *text = str_utf8(prefix, NULL);
    Obj *result = NULL;
    if (text != NULL && str_cast(prefix)->ascii)
        result = bytes_repr_octets(bytearray_data(self), bytearray_cast(self)->length, text, ")");
    else if (text != NULL) {
        Obj *octets =
            bytes_repr_octets(bytearray_data(self), bytearray_cast(self)->length, "", ")");
        if (octets != NULL)
            result = str_concat(prefix, octets);
        obj_xdecref(octets);
    }
    obj_decref(prefix);
    return result;
}

static Obj *compare(ObjRef self, ObjRef other, CompareOp op)
{
    if (!buffer_check(self) || !buffer_check(other))
        return not_implemented_new();
    BufferView a, b;
    if (buffer_acquire(self, &a) < 0)
        return NULL;
    if (buffer_acquire(other, &b) < 0) {
        buffer_release(&a);
        err_clear();
        return not_implemented_new();
    }
    int64_t shorter = a.length < b.length ? a.length : b.length;
    int64_t order = shorter == 0 ? 0 : memcmp(a.data, b.data, (size_t)shorter);
    if (order == 0)
        order = a.length - b.length;
    buffer_release(&a);
    buffer_release(&b);
    switch (op) {
    case CMP_LT:
        return bool_new(order < 0);
    case CMP_LE:
        return bool_new(order <= 0);
    case CMP_EQ:
        return bool_new(order == 0);
    case CMP_NE:
        return bool_new(order != 0);
    case CMP_GT:
        return bool_new(order > 0);
    default:
        return bool_new(order >= 0);
    }
}

static int64_t length_of(ObjRef self)
{
    return bytearray_cast(self)->length;
}

static Obj *item_at(ObjRef self, int64_t index)
{
    if (index < 0 || index >= bytearray_cast(self)->length)
        return err_string(&exc_index_error, "bytearray index out of range");
    return int_new(bytearray_data(self)[index]);
}

static Obj *get_item(ObjRef self, ObjRef key)
{
    if (slice_check(key)) {
        int64_t start, stop, step;
        if (slice_unpack(key, &start, &stop, &step) < 0)
            return NULL;
        int64_t count = slice_adjust(bytearray_cast(self)->length, &start, &stop, step);
        if (count < 0)
            count = 0;
        if (step == 1)
            return bytearray_new(count == 0 ? no_octets : bytearray_data(self) + start, count);
        Obj *result = bytearray_new(NULL, count);
        if (result == NULL)
            return NULL;
        for (int64_t i = 0, from = start; i < count; i++, from += step)
            bytearray_data(result)[i] = bytearray_data(self)[from];
        return result;
    }
    if (obj_type(key)->index == NULL) {
        return err_format(&exc_type_error, "bytearray indices must be integers or slices, not %T",
                          key);
    }
    int64_t index;
    if (obj_to_int64(key, &index) < 0)
        return NULL;
    return item_at(self, index < 0 ? index + bytearray_cast(self)->length : index);
}

/* Removes every step-th of `count` octets from start on. */
static int delete_stepped(ObjRef self, int64_t start, int64_t step, int64_t count)
{
    ByteArrayObj *a = bytearray_cast(self);
    if (count == 0)
        return 0;
    if (a->exports > 0)
        return bytearray_resize(self, a->length - count);
    if (step < 0) {
        start += step * (count - 1);
        step = -step;
    }
    unsigned char *octets = bytearray_data(self);
    int64_t to = start;
    for (int64_t i = start, next = start, left = count; i < a->length; i++) {
        if (left > 0 && i == next) {
            next += step;
            left--;
        } else {
            octets[to++] = octets[i];
        }
    }
    return bytearray_resize(self, to);
}

static int set_slice(ObjRef self, ObjRef key, ObjRef value)
{
    int64_t start, stop, step;
    Obj *octets = NULL;
    if (value != NULL) {
        if (!buffer_check(value) && (str_check(value) || obj_type(value)->index != NULL)) {
            return err_format_int(&exc_type_error,
                                  "can assign only bytes, buffers, or iterables of ints in "
                                  "range(0, 256)");
        }
        octets = octets_of(value);
        if (octets == NULL)
            return -1;
    }
    int status = -1;
    if (slice_unpack(key, &start, &stop, &step) < 0)
        goto done;
    int64_t count = slice_adjust(bytearray_cast(self)->length, &start, &stop, step);
    if (count < 0)
        count = 0;
    if (step == 1) {
        status = octets == NULL ? splice(self, start, start + count, NULL, 0)
                                : splice(self, start, start + count, bytes_cast(octets)->data,
                                         bytes_cast(octets)->length);
    } else if (octets == NULL) {
        status = delete_stepped(self, start, step, count);
    } else if (bytes_cast(octets)->length == 0) {
        status = delete_stepped(self, start, step, count);
    } else if (bytes_cast(octets)->length != count) {
        err_format(&exc_value_error,
                   "attempt to assign bytes of size %lld to extended slice of size %lld",
                   (long long)bytes_cast(octets)->length, (long long)count);
    } else {
        for (int64_t i = 0; i < count; i++)
            bytearray_data(self)[start + i * step] = bytes_cast(octets)->data[i];
        status = 0;
    }
done:
    obj_xdecref(octets);
    return status;
}

static int set_item(ObjRef self, ObjRef key, ObjRef value)
{
    if (slice_check(key))
        return set_slice(self, key, value);
    if (obj_type(key)->index == NULL) {
        return err_format_int(&exc_type_error,
                              "bytearray indices must be integers or slices, not %T", key);
    }
    int64_t index;
    if (obj_to_int64(key, &index) < 0)
        return -1;
    int octet = 0;
    if (value != NULL && (octet = bytes_octet_argument(value, "byte")) < 0)
        return -1;
    int64_t length = bytearray_cast(self)->length;
    if (index < 0)
        index += length;
    if (index < 0 || index >= length)
        return err_format_int(&exc_index_error, "bytearray index out of range");
    if (value == NULL)
        return splice(self, index, index + 1, NULL, 0);
    bytearray_data(self)[index] = (unsigned char)octet;
    return 0;
}

static Obj *concat(ObjRef left, ObjRef right)
{
    BufferView a, b;
    if (!buffer_check(right))
        return err_format(&exc_type_error, "can't concat %T to %T", right, left);
    if (buffer_acquire(left, &a) < 0)
        return NULL;
    if (buffer_acquire(right, &b) < 0) {
        buffer_release(&a);
        return NULL;
    }
    Obj *result = bytearray_new(NULL, a.length + b.length);
    if (result != NULL) {
        memcpy(bytearray_data(result), a.data, (size_t)a.length);
        memcpy(bytearray_data(result) + a.length, b.data, (size_t)b.length);
    }
    buffer_release(&a);
    buffer_release(&b);
    return result;
}

/* Appends the octets of a bytes-like object (maybe self): 0/-1. */
static int append_buffer(ObjRef self, ObjRef other)
{
    Obj *copy = NULL;
    BufferView view;
    if (other == self) {
        copy = bytes_new(bytearray_data(self), bytearray_cast(self)->length);
        if (copy == NULL)
            return -1;
        other = copy;
    }
    int status = buffer_acquire(other, &view);
    if (status == 0) {
        int64_t length = bytearray_cast(self)->length;
        status = splice(self, length, length, view.data, view.length);
        buffer_release(&view);
    }
    obj_xdecref(copy);
    return status;
}

static Obj *inplace_concat(ObjRef self, ObjRef other)
{
    if (!buffer_check(other))
        return err_format(&exc_type_error, "can't concat %T to %T", other, self);
    return append_buffer(self, other) < 0 ? NULL : obj_incref(self);
}

static Obj *repeat(ObjRef self, int64_t count)
{
    int64_t length = bytearray_cast(self)->length;
    if (count < 0)
        count = 0;
    if (count > 0 && length > INT64_MAX / 4 / count)
        return err_no_memory();
    Obj *result = bytearray_new(NULL, length * count);
    if (result == NULL)
        return NULL;
    for (int64_t i = 0; i < count && length > 0; i++)
        memcpy(bytearray_data(result) + i * length, bytearray_data(self), (size_t)length);
    return result;
}

static Obj *inplace_repeat(ObjRef self, int64_t count)
{
    int64_t length = bytearray_cast(self)->length;
    if (count < 0)
        count = 0;
    if (count > 0 && length > INT64_MAX / 4 / count)
        return err_no_memory();
    if (bytearray_resize(self, length * count) < 0)
        return NULL;
    for (int64_t i = 1; i < count && length > 0; i++)
        memcpy(bytearray_data(self) + i * length, bytearray_data(self), (size_t)length);
    return obj_incref(self);
}

/* ---- methods */

#define METHOD(name)                                                                               \
    static Obj *name(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
#define UNUSED_ARGS (void)args, (void)nargs, (void)kwnames

METHOD(append)
{
    (void)nargs, (void)kwnames;
    int octet = bytes_octet_argument(args[0], "byte");
    if (octet < 0)
        return NULL;
    unsigned char c = (unsigned char)octet;
    int64_t length = bytearray_cast(self)->length;
    return splice(self, length, length, &c, 1) < 0 ? NULL : none_new();
}

METHOD(insert)
{
    (void)nargs, (void)kwnames;
    int64_t index;
    if (obj_to_int64(args[0], &index) < 0)
        return NULL;
    int octet = bytes_octet_argument(args[1], "byte");
    if (octet < 0)
        return NULL;
    unsigned char c = (unsigned char)octet;
    int64_t length = bytearray_cast(self)->length;
    if (index < 0 && (index += length) < 0)
        index = 0;
    if (index > length)
        index = length;
    return splice(self, index, index, &c, 1) < 0 ? NULL : none_new();
}

METHOD(extend)
{
    (void)nargs, (void)kwnames;
    if (buffer_check(args[0]))
        return append_buffer(self, args[0]) < 0 ? NULL : none_new();
    if (obj_type(args[0])->iter == NULL && obj_type(args[0])->get_item == NULL) {
        return err_format(&exc_type_error, "can't extend bytearray with %T", args[0]);
    }
    if (str_check(args[0]))
        return err_string(&exc_type_error, "expected iterable of integers; got: 'str'");
    Obj *list = obj_to_list(args[0]);
    if (list == NULL)
        return NULL;
    Obj *octets = octets_of(list);
    obj_decref(list);
    if (octets == NULL)
        return NULL;
    int status = append_buffer(self, octets);
    obj_decref(octets);
    return status < 0 ? NULL : none_new();
}

METHOD(pop)
{
    (void)kwnames;
    int64_t index = -1;
    if (nargs > 0 && obj_to_int64(args[0], &index) < 0)
        return NULL;
    int64_t length = bytearray_cast(self)->length;
    if (length == 0)
        return err_string(&exc_index_error, "pop from empty bytearray");
    if (index < 0)
        index += length;
    if (index < 0 || index >= length)
        return err_string(&exc_index_error, "pop index out of range");
    int64_t octet = bytearray_data(self)[index];
    return splice(self, index, index + 1, NULL, 0) < 0 ? NULL : int_new(octet);
}

METHOD(remove_)
{
    (void)nargs, (void)kwnames;
    int octet = bytes_octet_argument(args[0], "byte");
    if (octet < 0)
        return NULL;
    int64_t at =
        str_find_char_raw(bytearray_data(self), 1, bytearray_cast(self)->length, (uint32_t)octet);
    if (at < 0)
        return err_string(&exc_value_error, "value not found in bytearray");
    return splice(self, at, at + 1, NULL, 0) < 0 ? NULL : none_new();
}

METHOD(clear)
{
    UNUSED_ARGS;
    return bytearray_resize(self, 0) < 0 ? NULL : none_new();
}

METHOD(copy)
{
    UNUSED_ARGS;
    return bytearray_new(bytearray_data(self), bytearray_cast(self)->length);
}

METHOD(reverse)
{
    UNUSED_ARGS;
    unsigned char *octets = bytearray_data(self);
    for (int64_t i = 0, j = bytearray_cast(self)->length - 1; i < j; i++, j--) {
        unsigned char c = octets[i];
        octets[i] = octets[j];
        octets[j] = c;
    }
    return none_new();
}

METHOD(alloc)
{
    UNUSED_ARGS;
    const ByteArrayObj *a = bytearray_cast(self);
    return int_new(a->block == NULL ? 0 : a->capacity + 1);
}

METHOD(sizeof_method)
{
    UNUSED_ARGS;
    const ByteArrayObj *a = bytearray_cast(self);
    return int_new(obj_type(self)->basic_size + (a->block == NULL ? 0 : a->capacity + 1));
}

METHOD(fromhex)
{
    (void)nargs, (void)kwnames;
    Obj *octets = bytes_parse_hex(args[0]);
    if (octets == NULL)
        return NULL;
    Obj *result = obj_call1(self, octets);
    obj_decref(octets);
    return result;
}

/* (type, (latin-1 text, 'latin-1') or (bytes,), state). */
static Obj *reduce(ObjRef self, int64_t protocol)
{
    Obj *text = NULL, *arguments = NULL, *state = NULL, *result = NULL;
    int64_t length = bytearray_cast(self)->length;
    if (length == 0) {
        arguments = tuple_new(0);
    } else if (protocol >= 3) {
        text = bytes_new(bytearray_data(self), length);
        if (text != NULL)
            arguments = tuple_pack(1, text);
    } else {
        text = str_from_latin1((const char *)bytearray_data(self), length);
        if (text != NULL)
            arguments = tuple_pack(2, text, names.latin_1);
    }
    if (arguments == NULL)
        goto done;
    state = obj_call_method(self, names.dunder_getstate, NULL, 0);
    if (state != NULL)
        result = tuple_pack(3, (ObjRef)obj_type(self), arguments, state);
done:
    obj_xdecref(text);
    obj_xdecref(arguments);
    obj_xdecref(state);
    return result;
}

METHOD(reduce_method)
{
    UNUSED_ARGS;
    return reduce(self, 2);
}

METHOD(reduce_ex)
{
    (void)kwnames;
    int64_t protocol = 0;
    if (nargs > 0 && obj_to_int64(args[0], &protocol) < 0)
        return NULL;
    return reduce(self, protocol);
}

static const MethodDef methods[] = {
    BYTES_COMMON_METHODS,
    {"__alloc__", alloc, 0, 0, 0, "B.__alloc__() -> int\n\nBytes allocated."},
    {"__reduce__", reduce_method, 0, 0, 0, "State for pickling."},
    {"__reduce_ex__", reduce_ex, 0, 1, 0, "State for pickling."},
    {"__sizeof__", sizeof_method, 0, 0, 0, "__sizeof__($self, /)\n--\n\nSize in memory."},
    {"append", append, 1, 1, 0, "append($self, item, /)\n--\n\nAdds one octet at the end."},
    {"clear", clear, 0, 0, 0, "clear($self, /)\n--\n\nRemoves all octets."},
    {"copy", copy, 0, 0, 0, "copy($self, /)\n--\n\nA copy."},
    {"extend", extend, 1, 1, 0,
     "extend($self, iterable_of_ints, /)\n--\n\nAdds octets at the end."},
    {"fromhex", fromhex, 1, 1, METHOD_CLASS,
     "fromhex($type, string, /)\n--\n\nOctets from pairs of hexadecimal digits."},
    {"insert", insert, 2, 2, 0,
     "insert($self, index, item, /)\n--\n\nAdds one octet before index."},
    {"pop", pop, 0, 1, 0, "pop($self, index=-1, /)\n--\n\nRemoves and gives one octet."},
    {"remove", remove_, 1, 1, 0,
     "remove($self, value, /)\n--\n\nRemoves the first octet of that value."},
    {"reverse", reverse, 0, 0, 0, "reverse($self, /)\n--\n\nReverses the order."},
    {0},
};

/* ---- iterator */

static Obj *iter(ObjRef self)
{
    ByteArrayIterObj *it =
        (ByteArrayIterObj *)obj_new_gc(&bytearray_iterator_type, (int64_t)sizeof(*it));
    if (it == NULL)
        return NULL;
    it->index = 0;
    it->array = (ByteArrayObj *)obj_incref(self);
    gc_track(&it->base);
    return &it->base;
}

static void iterator_dealloc(Obj *self)
{
    gc_untrack(self);
    obj_clear(&((ByteArrayIterObj *)self)->array);
    obj_free(self, (int64_t)sizeof(ByteArrayIterObj));
}

static int iterator_traverse(ObjRef self, VisitFn visit, void *context)
{
    GC_VISIT(((ByteArrayIterObj *)self)->array);
    return 0;
}

static int iterator_next(ObjRef self, Obj **out)
{
    ByteArrayIterObj *it = (ByteArrayIterObj *)self;
    if (it->array == NULL)
        return 0;
    if (it->index >= it->array->length) {
        obj_clear(&it->array);
        return 0;
    }
    *out = int_new(bytearray_data(&it->array->base)[it->index++]);
    return 1;
}

METHOD(iterator_length_hint)
{
    UNUSED_ARGS;
    const ByteArrayIterObj *it = (const ByteArrayIterObj *)self;
    int64_t left = it->array == NULL ? 0 : it->array->length - it->index;
    return int_new(left < 0 ? 0 : left);
}

METHOD(iterator_reduce)
{
    UNUSED_ARGS;
    const ByteArrayIterObj *it = (const ByteArrayIterObj *)self;
    Obj *function = obj_getattr(runtime.builtins, names.iter), *inner = NULL, *index = NULL,
        *result = NULL;
    if (function == NULL)
        return NULL;
    if (it->array == NULL) {
        inner = tuple_new(0);
        if (inner != NULL)
            obj_replace(&inner, tuple_pack(1, inner));
        if (inner != NULL)
            result = tuple_pack(2, function, inner);
    } else {
        inner = tuple_pack(1, &it->array->base);
        index = int_new(it->index);
        if (inner != NULL && index != NULL)
            result = tuple_pack(3, function, inner, index);
    }
    obj_decref(function);
    obj_xdecref(inner);
    obj_xdecref(index);
    return result;
}

METHOD(iterator_setstate)
{
    (void)nargs, (void)kwnames;
    ByteArrayIterObj *it = (ByteArrayIterObj *)self;
    int64_t index;
    if (obj_to_int64(args[0], &index) < 0)
        return NULL;
    if (it->array != NULL)
        it->index = index < 0 ? 0 : index > it->array->length ? it->array->length : index;
    return none_new();
}

static const MethodDef iterator_methods[] = {
    {"__length_hint__", iterator_length_hint, 0, 0, 0, "Octets still to come."},
    {"__reduce__", iterator_reduce, 0, 0, 0, "State for pickling."},
    {"__setstate__", iterator_setstate, 1, 1, 0, "Restores the state."},
    {0},
};

Type bytearray_iterator_type = {
    .head = {.base = {1, &type_type.root},
             .name = "bytearray_iterator",
             .flags = TYPE_GC | TYPE_NO_NEW,
             .traverse = iterator_traverse,
             .dealloc = iterator_dealloc},
    .basic_size = (int64_t)sizeof(ByteArrayIterObj),
    .iter = object_iter_self,
    .next = iterator_next,
    .methods = iterator_methods,
};

Type bytearray_type = {
    .head = {.base = {1, &type_type.root},
             .name = "bytearray",
             .flags = TYPE_BASE,
             .dealloc = dealloc},
    .doc = "bytearray(iterable_of_ints) -> bytearray\n"
           "bytearray(string, encoding[, errors]) -> bytearray\n"
           "bytearray(bytes_or_buffer) -> mutable copy of bytes_or_buffer\n"
           "bytearray(int) -> bytes array of size given by the parameter initialized with null "
           "bytes\n"
           "bytearray() -> empty bytes array\n\n"
           "Mutable octets.",
    .basic_size = (int64_t)sizeof(ByteArrayObj),
    .repr = repr,
    .hash = object_hash_unhashable,
    .compare = compare,
    .iter = iter,
    .new = new,
    .init = init,
    .remainder = bytes_percent_slot,
    .length = length_of,
    .get_item = get_item,
    .set_item = set_item,
    .contains = bytes_contains_slot,
    .concat = concat,
    .inplace_concat = inplace_concat,
    .repeat = repeat,
    .inplace_repeat = inplace_repeat,
    .item = item_at,
    .methods = methods,
};

/* ---- buffer */

static int acquire(ObjRef o, BufferSource *out)
{
    ByteArrayObj *a = bytearray_cast(o);
    a->exports++;
    *out = (BufferSource){bytearray_data(o), a->length, 1, "B", false};
    return 0;
}

static void release(ObjRef o)
{
    bytearray_cast(o)->exports--;
}

int bytearrays_init(void)
{
    static const BufferExporter exporter = {
        .type = &bytearray_type, .acquire = acquire, .release = release};
    return buffer_register(&exporter);
}
