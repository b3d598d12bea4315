/*
 * Module array: sequences of machine numbers, one value after the other in memory.
 *
 * What an item is lies in array_items.c.  While the buffer is exported (exports > 0) nothing may
 * change the length or move the block: `resize`, through which every change of length goes, checks
 * that.  A conversion may run user code that changes the array, so values are converted first, into
 * a place of their own, and stored after.  This file holds the whole type and its module: beyond
 * 1,000 lines because arrays have both the methods of lists and those of octets.
 */

#include <stddef.h>
#include <string.h>

#include "gc/mem.h"
#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/core/state.h"
#include "runtime/modules/array_items.h"
#include "runtime/types/buffer.h"
#include "runtime/types/bytearray.h"
#include "runtime/types/bytes.h"
#include "runtime/types/int.h"
#include "runtime/types/iterator_reduce.h"
#include "runtime/types/list.h"
#include "runtime/types/module.h"
#include "runtime/types/slice.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"
#include "runtime/types/weakref.h"

typedef struct ArrayObj {
    Obj base;
    int64_t length;   /* items in use */
    int64_t capacity; /* items that `block` has room for */
    int64_t exports;  /* holders of the buffer */
    const ArrayKind *kind;
    unsigned char *block; /* mem_alloc block of capacity items, or NULL */
    Obj *weak_list;
} ArrayObj;

typedef struct ArrayIterObj {
    Obj base;
    int64_t index;
    ArrayObj *array; /* owned; NULL when exhausted */
} ArrayIterObj;

static Type array_type, array_iterator_type;

#define array_cast(o) ((ArrayObj *)(o))
#define array_check(o) obj_is(o, &array_type)

#define METHOD(name)                                                                               \
    static Obj *name(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
#define UNUSED_ARGS (void)args, (void)nargs, (void)kwnames
#define ONLY_ARGS (void)nargs, (void)kwnames

/* Length 0 has an address too. */
static unsigned char nothing[ARRAY_ITEM_MAX];

static unsigned char *data_of(const ArrayObj *a)
{
    return a->block == NULL ? nothing : a->block;
}

static unsigned char *place(const ArrayObj *a, int64_t index)
{
    return data_of(a) + index * a->kind->size;
}

/* ---- lifecycle */

static size_t block_bytes(const ArrayKind *kind, int64_t items)
{
    return (size_t)items * (size_t)kind->size;
}

/* Makes the length `length`; new items are undefined.  BufferError while there are exports: 0/-1.
 */
static int resize(ArrayObj *a, int64_t length)
{
    if (length == a->length)
        return 0;
    if (a->exports > 0) {
        return err_format_int(&exc_buffer_error,
                              "cannot resize an array that is exporting buffers");
    }
    if (length > a->capacity || length < a->capacity / 4) {
        int64_t capacity = length == 0 ? 0 : length + (length >> 4) + (a->length < 8 ? 3 : 7);
        if (length > INT64_MAX / 32) {
            err_no_memory();
            return -1;
        }
        if (capacity == 0) {
            mem_free(a->block, block_bytes(a->kind, a->capacity));
            a->block = NULL;
        } else {
            unsigned char *block = mem_realloc(a->block, block_bytes(a->kind, a->capacity),
                                               block_bytes(a->kind, capacity));
            if (block == NULL) {
                err_no_memory();
                return -1;
            }
            a->block = block;
        }
        a->capacity = capacity;
    }
    a->length = length;
    return 0;
}

/* An array of undefined items. */
static Obj *array_new(Type *type, const ArrayKind *kind, int64_t length)
{
    if (length > INT64_MAX / 32)
        return err_no_memory();
    Obj *self = obj_alloc(type, (int64_t)sizeof(ArrayObj));
    if (self == NULL)
        return NULL;
    ArrayObj *a = array_cast(self);
    a->kind = kind;
    if (length > 0) {
        a->block = mem_alloc(block_bytes(kind, length));
        if (a->block == NULL) {
            obj_decref(self);
            return err_no_memory();
        }
        a->length = a->capacity = length;
    }
    obj_track_if_gc(self);
    return self;
}

static Obj **weak_list(ObjRef self)
{
    return &array_cast(self)->weak_list;
}

static void dealloc(Obj *self)
{
    ArrayObj *a = array_cast(self);
    if (a->weak_list != NULL)
        weakref_clear_all(self, &a->weak_list);
    if (a->block != NULL)
        mem_free(a->block, block_bytes(a->kind, a->capacity));
    obj_free(self, (int64_t)sizeof(ArrayObj));
}

/* ---- filling */

/* Makes room for `count` items before item `at`. */
static int open_gap(ArrayObj *a, int64_t at, int64_t count)
{
    int64_t length = a->length;
    if (resize(a, length + count) < 0)
        return -1;
    if (count > 0)
        memmove(place(a, at + count), place(a, at), block_bytes(a->kind, length - at));
    return 0;
}

/* Removes items [start, end). */
static int close_gap(ArrayObj *a, int64_t start, int64_t end)
{
    if (end <= start)
        return 0;
    if (a->exports > 0)
        return resize(a, a->length - (end - start));
    memmove(place(a, start), place(a, end), block_bytes(a->kind, a->length - end));
    return resize(a, a->length - (end - start));
}

/* insert(index, value) with an index that clips. */
static int insert_object(ArrayObj *a, int64_t at, ObjRef value)
{
    unsigned char item[ARRAY_ITEM_MAX];
    if (array_items_from_object(a->kind, value, item) < 0)
        return -1;
    if (at < 0) {
        at += a->length;
        at = at < 0 ? 0 : at;
    }
    at = at > a->length ? a->length : at;
    if (open_gap(a, at, 1) < 0)
        return -1;
    memcpy(place(a, at), item, (size_t)a->kind->size);
    return 0;
}

static int append_object(ArrayObj *a, ObjRef value)
{
    unsigned char item[ARRAY_ITEM_MAX];
    if (array_items_from_object(a->kind, value, item) < 0 || resize(a, a->length + 1) < 0)
        return -1;
    memcpy(place(a, a->length - 1), item, (size_t)a->kind->size);
    return 0;
}

static int append_bytes(ArrayObj *a, const unsigned char *data, int64_t length)
{
    if (length % a->kind->size != 0)
        return err_format_int(&exc_value_error, "bytes length not a multiple of item size");
    int64_t old = a->length, count = length / a->kind->size;
    if (resize(a, old + count) < 0)
        return -1;
    if (count > 0)
        memcpy(place(a, old), data, (size_t)length);
    return 0;
}

static int append_text(ArrayObj *a, ObjRef text)
{
    int64_t old = a->length, count = str_length(text);
    if (resize(a, old + count) < 0)
        return -1;
    for (int64_t i = 0; i < count; i++) {
        uint32_t c = str_char_at(text, i);
        memcpy(place(a, old + i), &c, 4);
    }
    return 0;
}

/* Appends the items of an array of the same kind (maybe a itself). */
static int append_array(ArrayObj *a, ObjRef other)
{
    const ArrayObj *b = array_cast(other);
    if (a->kind != b->kind)
        return err_format_int(&exc_type_error, "can only extend with array of same kind");
    int64_t old = a->length, count = b->length;
    if (resize(a, old + count) < 0)
        return -1;
    if (count > 0)
        memcpy(place(a, old), data_of(b), block_bytes(a->kind, count));
    return 0;
}

static int extend_with(ArrayObj *a, ObjRef iterable)
{
    if (array_check(iterable))
        return append_array(a, iterable);
    Obj *iterator = obj_iter(iterable), *item = NULL;
    if (iterator == NULL)
        return -1;
    int more;
    while ((more = obj_next(iterator, &item)) > 0) {
        int status = append_object(a, item);
        obj_decref(item);
        if (status < 0) {
            more = -1;
            break;
        }
    }
    obj_decref(iterator);
    return more;
}

/* Appends what an array can be made from. */
static int initialise(ArrayObj *a, ObjRef source)
{
    if (bytes_check(source))
        return append_bytes(a, bytes_cast(source)->data, bytes_cast(source)->length);
    if (bytearray_check(source))
        return append_bytes(a, bytearray_data(source), bytearray_cast(source)->length);
    if (str_check(source))
        return append_text(a, source);
    if (array_check(source) && array_cast(source)->kind == a->kind)
        return append_array(a, source);
    if (!array_check(source))
        return extend_with(a, source);
    for (int64_t i = 0; i < array_cast(source)->length; i++) {
        const ArrayObj *from = array_cast(source);
        Obj *item = array_items_to_object(from->kind, place(from, i));
        int status = item == NULL ? -1 : append_object(a, item);
        obj_xdecref(item);
        if (status < 0)
            return -1;
    }
    return 0;
}

/* The kind that a one-character str names; NULL with an exception. */
static const ArrayKind *kind_argument(ObjRef arg, const char *function, int position)
{
    if (!str_check(arg) || str_length(arg) != 1) {
        err_format(&exc_type_error, "%s() argument %d must be a unicode character, not %T",
                   function, position, arg);
        return NULL;
    }
    const ArrayKind *kind = array_items_kind(str_char_at(arg, 0));
    if (kind == NULL) {
        err_format(&exc_value_error,
                   "bad typecode (must be b, B, u, h, H, i, I, l, L, q, Q, f or d)");
    }
    return kind;
}

static Obj *new (Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    if ((type == &array_type || type->init == array_type.init) &&
        args_no_keywords("array.array", kwnames) < 0)
        return NULL;
    if (nargs < 1)
        return err_string(&exc_type_error, "array() takes at least 1 argument (0 given)");
    if (nargs > 2) {
        return err_format(&exc_type_error, "array() takes at most 2 arguments (%lld given)",
                          (long long)nargs);
    }
    const ArrayKind *kind = kind_argument(args[0], "array", 1);
    if (kind == NULL)
        return NULL;
    ObjRef source = nargs > 1 ? args[1] : NULL;
    if (source != NULL && kind->code != 'u') {
        if (str_check(source)) {
            return err_format(&exc_type_error,
                              "cannot use a str to initialize an array with typecode '%c'",
                              kind->code);
        }
        if (array_check(source) && array_cast(source)->kind->code == 'u') {
            return err_format(
                &exc_type_error,
                "cannot use a unicode array to initialize an array with typecode '%c'", kind->code);
        }
    }
    Obj *self = array_new(type, kind, 0);
    if (self != NULL && source != NULL && initialise(array_cast(self), source) < 0)
        obj_clear(&self);
    return self;
}

/* ---- operations */

static Obj *repr(ObjRef self)
{
    const ArrayObj *a = array_cast(self);
    Obj *inner = NULL, *result = NULL;
    char code[2] = {a->kind->code, 0};
    if (a->length == 0)
        return str_format_c("%s('%s')", type_name(obj_type(self)), code);
    inner = obj_call_method(self, a->kind->code == 'u' ? names.tounicode : names.tolist, NULL, 0);
    if (inner != NULL)
        result = str_format_c("%s('%s', %R)", type_name(obj_type(self)), code, inner);
    obj_xdecref(inner);
    return result;
}

static Obj *item_at(ObjRef self, int64_t index)
{
    const ArrayObj *a = array_cast(self);
    if (index < 0 || index >= a->length)
        return err_string(&exc_index_error, "array index out of range");
    return array_items_to_object(a->kind, place(a, index));
}

/* Whether items i of a and k of b are equal: 1, 0, -1. */
static int items_equal(ObjRef a, ObjRef b, int64_t i)
{
    Obj *left = item_at(a, i), *right = left == NULL ? NULL : item_at(b, i);
    int equal = right == NULL ? -1 : obj_equal(left, right);
    obj_xdecref(left);
    obj_xdecref(right);
    return equal;
}

/* The first place below both lengths where a and b differ; -1 error. */
static int64_t first_difference(ObjRef left, ObjRef right)
{
    const ArrayObj *a = array_cast(left), *b = array_cast(right);
    int64_t i = 0;
    bool raw = a->kind == b->kind && a->kind->is_integer;
    for (; i < a->length && i < b->length; i++) {
        int equal = raw ? memcmp(place(a, i), place(b, i), (size_t)a->kind->size) == 0
                        : items_equal(left, right, i);
        if (equal < 0)
            return -1;
        if (!equal)
            break;
    }
    return i;
}

static Obj *compare(ObjRef left, ObjRef right, CompareOp op)
{
    if (!array_check(left) || !array_check(right))
        return not_implemented_new();
    if ((op == CMP_EQ || op == CMP_NE) && array_cast(left)->length != array_cast(right)->length)
        return bool_new(op == CMP_NE);
    int64_t at = first_difference(left, right);
    if (at < 0)
        return NULL;
    int64_t m = array_cast(left)->length, n = array_cast(right)->length;
    if (at >= m || at >= n) {
        bool answer = op == CMP_LT   ? m < n
                      : op == CMP_LE ? m <= n
                      : op == CMP_EQ ? m == n
                      : op == CMP_NE ? m != n
                      : op == CMP_GT ? m > n
                                     : m >= n;
        return bool_new(answer);
    }
    if (op == CMP_EQ || op == CMP_NE)
        return bool_new(op == CMP_NE);
    Obj *a = item_at(left, at), *b = a == NULL ? NULL : item_at(right, at);
    Obj *result = b == NULL ? NULL : obj_compare(a, b, op);
    obj_xdecref(a);
    obj_xdecref(b);
    return result;
}

static int64_t length_of(ObjRef self)
{
    return array_cast(self)->length;
}

static int contains(ObjRef self, ObjRef value)
{
    for (int64_t i = 0; i < array_cast(self)->length; i++) {
        Obj *item = item_at(self, i);
        int equal = item == NULL ? -1 : obj_equal(item, value);
        obj_xdecref(item);
        if (equal != 0)
            return equal;
    }
    return 0;
}

static Obj *copy_range(const ArrayObj *a, int64_t start, int64_t count)
{
    Obj *result = array_new(&array_type, a->kind, count);
    if (result != NULL && count > 0)
        memcpy(data_of(array_cast(result)), place(a, start), block_bytes(a->kind, count));
    return result;
}

static Obj *get_item(ObjRef self, ObjRef key)
{
    const ArrayObj *a = array_cast(self);
    if (slice_check(key)) {
        int64_t start, stop, step;
        if (slice_unpack(key, &start, &stop, &step) < 0)
            return NULL;
        int64_t count = slice_adjust(a->length, &start, &stop, step);
        if (count <= 0)
            return array_new(&array_type, a->kind, 0);
        if (step == 1)
            return copy_range(a, start, count);
        Obj *result = array_new(&array_type, a->kind, count);
        for (int64_t i = 0; result != NULL && i < count; i++)
            memcpy(place(array_cast(result), i), place(a, start + i * step), (size_t)a->kind->size);
        return result;
    }
    if (obj_type(key)->index == NULL)
        return err_string(&exc_type_error, "array indices must be integers");
    int64_t index;
    if (obj_to_int64(key, &index) < 0)
        return NULL;
    return item_at(self, index < 0 ? index + a->length : index);
}

/* Removes every step-th of `count` items from start on. */
static int delete_stepped(ArrayObj *a, int64_t start, int64_t step, int64_t count)
{
    if (count == 0)
        return 0;
    if (a->exports > 0)
        return resize(a, a->length - count);
    if (step < 0) {
        start += step * (count - 1);
        step = -step;
    }
    int64_t to = start;
    for (int64_t i = start, next = start, left = count; i < a->length; i++) {
        if (left > 0 && i == next) {
            next += step;
            left--;
        } else {
            memmove(place(a, to++), place(a, i), (size_t)a->kind->size);
        }
    }
    return resize(a, to);
}

/* a[start:start + count] = other, of the same kind and not a itself. */
static int replace_range(ArrayObj *a, int64_t start, int64_t count, const ArrayObj *other)
{
    int64_t needed = other->length, more = needed - count;
    if (more > 0 && open_gap(a, start + count, more) < 0)
        return -1;
    if (more < 0 && close_gap(a, start + needed, start + count) < 0)
        return -1;
    if (needed > 0)
        memcpy(place(a, start), data_of(other), block_bytes(a->kind, needed));
    return 0;
}

static int set_slice(ObjRef self, ObjRef key, ObjRef value)
{
    ArrayObj *a = array_cast(self);
    int64_t start, stop, step;
    if (slice_unpack(key, &start, &stop, &step) < 0)
        return -1;
    int64_t count = slice_adjust(a->length, &start, &stop, step);
    count = count < 0 ? 0 : count;
    if (value == NULL) {
        return step == 1 ? close_gap(a, start, start + count)
                         : delete_stepped(a, start, step, count);
    }
    if (!array_check(value)) {
        return err_format_int(&exc_type_error, "can only assign array (not \"%T\") to array slice",
                              value);
    }
    if (array_cast(value)->kind != a->kind)
        return err_format_int(&exc_type_error, "bad argument type for built-in operation");
    Obj *copy = NULL;
    if (value == self) {
        copy = copy_range(a, 0, a->length);
        if (copy == NULL)
            return -1;
        value = copy;
    }
    const ArrayObj *other = array_cast(value);
    int status = 0;
    if (step == 1) {
        status = replace_range(a, start, count, other);
    } else if (other->length != count) {
        status = err_format_int(
            &exc_value_error, "attempt to assign array of size %lld to extended slice of size %lld",
            (long long)other->length, (long long)count);
    } else {
        for (int64_t i = 0; i < count; i++)
            memcpy(place(a, start + i * step), place(other, i), (size_t)a->kind->size);
    }
    obj_xdecref(copy);
    return status;
}

static int set_item(ObjRef self, ObjRef key, ObjRef value)
{
    if (slice_check(key))
        return set_slice(self, key, value);
    if (obj_type(key)->index == NULL)
        return err_format_int(&exc_type_error, "array indices must be integers");
    ArrayObj *a = array_cast(self);
    unsigned char item[ARRAY_ITEM_MAX];
    int64_t index;
    if (obj_to_int64(key, &index) < 0)
        return -1;
    index = index < 0 ? index + a->length : index;
    if (index < 0 || index >= a->length)
        return err_format_int(&exc_index_error, "array assignment index out of range");
    if (value == NULL)
        return close_gap(a, index, index + 1);
    if (array_items_from_object(a->kind, value, item) < 0)
        return -1;
    if (index >= a->length)
        return err_format_int(&exc_index_error, "array assignment index out of range");
    memcpy(place(a, index), item, (size_t)a->kind->size);
    return 0;
}

static Obj *concat(ObjRef left, ObjRef right)
{
    if (!array_check(right)) {
        return err_format(&exc_type_error, "can only append array (not \"%T\") to array", right);
    }
    if (array_cast(left)->kind != array_cast(right)->kind)
        return err_string(&exc_type_error, "bad argument type for built-in operation");
    Obj *result = copy_range(array_cast(left), 0, array_cast(left)->length);
    if (result != NULL && append_array(array_cast(result), right) < 0)
        obj_clear(&result);
    return result;
}

static Obj *inplace_concat(ObjRef self, ObjRef other)
{
    if (!array_check(other)) {
        return err_format(&exc_type_error, "can only extend array with array (not \"%T\")", other);
    }
    return append_array(array_cast(self), other) < 0 ? NULL : obj_incref(self);
}

/* Makes the array `count` times what its first `length` items are. */
static int repeat_items(ArrayObj *a, int64_t length, int64_t count)
{
    count = count < 0 ? 0 : count;
    if (count > 0 && length > INT64_MAX / 32 / count) {
        err_no_memory();
        return -1;
    }
    if (resize(a, length * count) < 0)
        return -1;
    for (int64_t i = 1; i < count && length > 0; i++)
        memcpy(place(a, i * length), data_of(a), block_bytes(a->kind, length));
    return 0;
}

static Obj *repeat(ObjRef self, int64_t count)
{
    const ArrayObj *a = array_cast(self);
    Obj *result = copy_range(a, 0, count <= 0 ? 0 : a->length);
    if (result != NULL && repeat_items(array_cast(result), a->length, count) < 0)
        obj_clear(&result);
    return result;
}

static Obj *inplace_repeat(ObjRef self, int64_t count)
{
    ArrayObj *a = array_cast(self);
    return repeat_items(a, a->length, count) < 0 ? NULL : obj_incref(self);
}

/* ---- methods */

METHOD(append)
{
    ONLY_ARGS;
    return append_object(array_cast(self), args[0]) < 0 ? NULL : none_new();
}

METHOD(buffer_info)
{
    UNUSED_ARGS;
    const ArrayObj *a = array_cast(self);
    Obj *address = int_from_uint64((uint64_t)(uintptr_t)data_of(a)), *length = int_new(a->length);
    Obj *result = address == NULL || length == NULL ? NULL : tuple_pack(2, address, length);
    obj_xdecref(address);
    obj_xdecref(length);
    return result;
}

METHOD(byteswap)
{
    UNUSED_ARGS;
    const ArrayObj *a = array_cast(self);
    array_items_swap(data_of(a), a->length, a->kind->size);
    return none_new();
}

METHOD(copy_method)
{
    UNUSED_ARGS;
    return copy_range(array_cast(self), 0, array_cast(self)->length);
}

METHOD(count_method)
{
    ONLY_ARGS;
    int64_t count = 0;
    for (int64_t i = 0; i < array_cast(self)->length; i++) {
        Obj *item = item_at(self, i);
        int equal = item == NULL ? -1 : obj_equal(item, args[0]);
        obj_xdecref(item);
        if (equal < 0)
            return NULL;
        count += equal;
    }
    return int_new(count);
}

METHOD(extend)
{
    ONLY_ARGS;
    return extend_with(array_cast(self), args[0]) < 0 ? NULL : none_new();
}

METHOD(frombytes)
{
    ONLY_ARGS;
    BufferView view;
    if (buffer_acquire(args[0], &view) < 0)
        return NULL;
    int status;
    if (args[0] == self) {
        /* Its own buffer is held now, so it cannot grow. */
        status = resize(array_cast(self), array_cast(self)->length * 2);
    } else {
        status = append_bytes(array_cast(self), view.data, view.length);
    }
    buffer_release(&view);
    return status < 0 ? NULL : none_new();
}

METHOD(fromfile)
{
    ONLY_ARGS;
    int64_t count;
    if (obj_to_int64(args[1], &count) < 0)
        return NULL;
    if (count < 0)
        return err_string(&exc_value_error, "negative count");
    int64_t size = array_cast(self)->kind->size;
    if (count > INT64_MAX / size)
        return err_no_memory();
    Obj *wanted = int_new(count * size);
    Obj *data = wanted == NULL
                    ? NULL
                    : obj_call_method(args[0], names.read, (const ObjRef[]){(ObjRef)wanted}, 1);
    obj_xdecref(wanted);
    if (data == NULL)
        return NULL;
    if (!bytes_check(data)) {
        obj_decref(data);
        return err_string(&exc_type_error, "read() didn't return bytes");
    }
    int64_t length = bytes_cast(data)->length;
    int status = append_bytes(array_cast(self), bytes_cast(data)->data, length);
    obj_decref(data);
    if (status < 0)
        return NULL;
    if (length != count * size)
        return err_string(&exc_eof_error, "read() didn't return enough bytes");
    return none_new();
}

METHOD(fromlist)
{
    ONLY_ARGS;
    ArrayObj *a = array_cast(self);
    if (!list_check(args[0]))
        return err_string(&exc_type_error, "arg must be list");
    int64_t old = a->length, count = list_length(args[0]);
    for (int64_t i = 0; i < count; i++) {
        Obj *item = obj_incref(list_peek(args[0], i));
        int status = append_object(a, item);
        obj_decref(item);
        if (status == 0 && list_length(args[0]) != count)
            status = err_format_int(&exc_runtime_error, "list changed size during iteration");
        if (status < 0) {
            if (a->length > old && a->exports == 0) {
                Obj *pending = err_fetch();
                (void)resize(a, old);
                err_restore_steal(pending);
            }
            return NULL;
        }
    }
    return none_new();
}

METHOD(fromunicode)
{
    ONLY_ARGS;
    if (!str_check(args[0]))
        return err_format(&exc_type_error, "fromunicode() argument must be str, not %T", args[0]);
    if (array_cast(self)->kind->code != 'u') {
        return err_string(&exc_value_error,
                          "fromunicode() may only be called on unicode type arrays");
    }
    return append_text(array_cast(self), args[0]) < 0 ? NULL : none_new();
}

/* Position of value in [start, stop), or -1 absent, -2 error. */
static int64_t find(ObjRef self, ObjRef value, int64_t start, int64_t stop)
{
    for (int64_t i = start; i < stop && i < array_cast(self)->length; i++) {
        Obj *item = item_at(self, i);
        int equal = item == NULL ? -1 : obj_equal(item, value);
        obj_xdecref(item);
        if (equal < 0)
            return -2;
        if (equal)
            return i;
    }
    return -1;
}

METHOD(index_method)
{
    (void)kwnames;
    int64_t start = 0, stop = INT64_MAX, length = array_cast(self)->length;
    if (nargs > 1 && args_to_slice_index(args[1], &start) < 0)
        return NULL;
    if (nargs > 2 && args_to_slice_index(args[2], &stop) < 0)
        return NULL;
    start = start < 0 ? start + length : start;
    stop = stop < 0 ? stop + length : stop;
    int64_t at = find(self, args[0], start < 0 ? 0 : start, stop);
    if (at == -1)
        return err_string(&exc_value_error, "array.index(x): x not in array");
    return at < 0 ? NULL : int_new(at);
}

METHOD(insert)
{
    ONLY_ARGS;
    int64_t index;
    if (obj_to_int64(args[0], &index) < 0)
        return NULL;
    return insert_object(array_cast(self), index, args[1]) < 0 ? NULL : none_new();
}

METHOD(pop)
{
    (void)kwnames;
    ArrayObj *a = array_cast(self);
    int64_t index = -1;
    if (nargs > 0 && obj_to_int64(args[0], &index) < 0)
        return NULL;
    if (a->length == 0)
        return err_string(&exc_index_error, "pop from empty array");
    index = index < 0 ? index + a->length : index;
    if (index < 0 || index >= a->length)
        return err_string(&exc_index_error, "pop index out of range");
    Obj *item = item_at(self, index);
    if (item != NULL && close_gap(a, index, index + 1) < 0)
        obj_clear(&item);
    return item;
}

METHOD(remove_method)
{
    ONLY_ARGS;
    int64_t at = find(self, args[0], 0, INT64_MAX);
    if (at == -1)
        return err_string(&exc_value_error, "array.remove(x): x not in array");
    if (at < 0 || close_gap(array_cast(self), at, at + 1) < 0)
        return NULL;
    return none_new();
}

METHOD(reverse)
{
    UNUSED_ARGS;
    const ArrayObj *a = array_cast(self);
    size_t size = (size_t)a->kind->size;
    unsigned char item[ARRAY_ITEM_MAX];
    for (int64_t low = 0, high = a->length - 1; low < high; low++, high--) {
        memcpy(item, place(a, low), size);
        memcpy(place(a, low), place(a, high), size);
        memcpy(place(a, high), item, size);
    }
    return none_new();
}

METHOD(sizeof_method)
{
    UNUSED_ARGS;
    const ArrayObj *a = array_cast(self);
    return int_new((int64_t)sizeof(ArrayObj) + (int64_t)block_bytes(a->kind, a->capacity));
}

METHOD(tobytes)
{
    UNUSED_ARGS;
    const ArrayObj *a = array_cast(self);
    return bytes_new(data_of(a), (int64_t)block_bytes(a->kind, a->length));
}

METHOD(tofile)
{
    ONLY_ARGS;
    enum { CHUNK = 64 * 1024 };
    for (int64_t at = 0;; at += CHUNK) {
        const ArrayObj *a = array_cast(self);
        int64_t left = (int64_t)block_bytes(a->kind, a->length) - at;
        if (left <= 0)
            return none_new();
        Obj *data = bytes_new(data_of(a) + at, left < CHUNK ? left : CHUNK);
        Obj *result =
            data == NULL ? NULL
                         : obj_call_method(args[0], names.write, (const ObjRef[]){(ObjRef)data}, 1);
        obj_xdecref(data);
        if (result == NULL)
            return NULL;
        obj_decref(result);
    }
}

METHOD(tolist)
{
    UNUSED_ARGS;
    int64_t length = array_cast(self)->length;
    Obj *list = list_new(length);
    for (int64_t i = 0; list != NULL && i < length; i++) {
        list_cast(list)->items[i] = item_at(self, i);
        if (list_cast(list)->items[i] == NULL)
            obj_clear(&list);
    }
    return list;
}

METHOD(tounicode)
{
    UNUSED_ARGS;
    const ArrayObj *a = array_cast(self);
    if (a->kind->code != 'u') {
        return err_string(&exc_value_error,
                          "tounicode() may only be called on unicode type arrays");
    }
    StrBuilder text;
    str_builder_init(&text);
    for (int64_t i = 0; i < a->length; i++) {
        Obj *character = item_at(self, i);
        int status = character == NULL ? -1 : str_builder_add_str(&text, character);
        obj_xdecref(character);
        if (status < 0) {
            str_builder_free(&text);
            return NULL;
        }
    }
    return str_builder_finish(&text);
}

/* (_array_reconstructor, (type, typecode, format, bytes), dict), before protocol 3 (type,
 * (typecode, list), dict). */
METHOD(reduce_ex)
{
    ONLY_ARGS;
    if (!int_check(args[0]))
        return err_string(&exc_type_error, "__reduce_ex__ argument should be an integer");
    int64_t protocol = 0;
    const ArrayKind *kind = array_cast(self)->kind;
    ObjRef type = &obj_type(self)->head.base;
    Obj *dict = NULL, *code = NULL, *contents = NULL, *format = NULL, *arguments = NULL,
        *module = NULL, *function = NULL, *result = NULL;
    if (int_to_int64(args[0], &protocol) != 0)
        protocol = INT64_MAX;
    int found = obj_getattr_opt(self, names.dunder_dict, &dict);
    if (found < 0)
        return NULL;
    if (found == 0)
        dict = none_new();
    code = str_from_char((uint32_t)kind->code);
    if (code == NULL)
        goto done;
    if (protocol < 3) {
        contents = tolist(self, NULL, 0, NULL);
        arguments = contents == NULL ? NULL : tuple_pack(2, code, contents);
        result = arguments == NULL ? NULL : tuple_pack(3, type, arguments, dict);
        goto done;
    }
    contents = tobytes(self, NULL, 0, NULL);
    format = int_new(array_items_machine_format(kind));
    module = contents == NULL || format == NULL ? NULL : runtime.hooks.import_module("array");
    function = module == NULL ? NULL : obj_getattr_str(module, "_array_reconstructor");
    arguments = function == NULL ? NULL : tuple_pack(4, type, code, format, contents);
    result = arguments == NULL ? NULL : tuple_pack(3, function, arguments, dict);
done:
    obj_xdecref(dict);
    obj_xdecref(code);
    obj_xdecref(contents);
    obj_xdecref(format);
    obj_xdecref(arguments);
    obj_xdecref(module);
    obj_xdecref(function);
    return result;
}

static const MethodDef methods[] = {
    {"append", append, 1, 1, 0, "append($self, v, /)\n--\n\nAdds one value at the end."},
    {"buffer_info", buffer_info, 0, 0, 0,
     "buffer_info($self, /)\n--\n\nThe address of the items and their number."},
    {"byteswap", byteswap, 0, 0, 0,
     "byteswap($self, /)\n--\n\nReverses the order of the bytes in each item."},
    {"__copy__", copy_method, 0, 0, 0, "__copy__($self, /)\n--\n\nA copy."},
    {"count", count_method, 1, 1, 0, "count($self, v, /)\n--\n\nHow many items equal v."},
    {"__deepcopy__", copy_method, 1, 1, 0, "__deepcopy__($self, unused, /)\n--\n\nA copy."},
    {"extend", extend, 1, 1, 0, "extend($self, bb, /)\n--\n\nAdds values at the end."},
    {"fromfile", fromfile, 2, 2, 0,
     "fromfile($self, f, n, /)\n--\n\nAdds n items that are read from a binary file."},
    {"fromlist", fromlist, 1, 1, 0,
     "fromlist($self, list, /)\n--\n\nAdds the values of a list, or none on an error."},
    {"frombytes", frombytes, 1, 1, 0,
     "frombytes($self, buffer, /)\n--\n\nAdds items from their bytes in memory."},
    {"fromunicode", fromunicode, 1, 1, 0,
     "fromunicode($self, ustr, /)\n--\n\nAdds the characters of a string."},
    {"index", index_method, 1, 3, 0,
     "index($self, v, start=0, stop=sys.maxsize, /)\n--\n\n"
     "The first position of v; ValueError if absent."},
    {"insert", insert, 2, 2, 0, "insert($self, i, v, /)\n--\n\nPuts v before item i."},
    {"pop", pop, 0, 1, 0, "pop($self, i=-1, /)\n--\n\nRemoves and gives item i."},
    {"__reduce_ex__", reduce_ex, 1, 1, 0,
     "__reduce_ex__($self, value, /)\n--\n\nState for pickling."},
    {"remove", remove_method, 1, 1, 0,
     "remove($self, v, /)\n--\n\nRemoves the first item that equals v."},
    {"reverse", reverse, 0, 0, 0, "reverse($self, /)\n--\n\nReverses the order of items."},
    {"__sizeof__", sizeof_method, 0, 0, 0, "__sizeof__($self, /)\n--\n\nSize in memory, in bytes."},
    {"tobytes", tobytes, 0, 0, 0, "tobytes($self, /)\n--\n\nThe items as they are in memory."},
    {"tofile", tofile, 1, 1, 0,
     "tofile($self, f, /)\n--\n\nWrites the items, as they are in memory, to a binary file."},
    {"tolist", tolist, 0, 0, 0, "tolist($self, /)\n--\n\nThe values as a list."},
    {"tounicode", tounicode, 0, 0, 0, "tounicode($self, /)\n--\n\nThe characters as a string."},
    {0},
};

static Obj *get_typecode(ObjRef self)
{
    return str_from_char((uint32_t)array_cast(self)->kind->code);
}

static Obj *get_itemsize(ObjRef self)
{
    return int_new(array_cast(self)->kind->size);
}

static const GetSetDef getset[] = {
    {"typecode", get_typecode, NULL, "The letter for the kind of items."},
    {"itemsize", get_itemsize, NULL, "Bytes of one item."},
    {0},
};

static Obj *iter(ObjRef self);

static Type array_type = {
    .head = {.base = {1, &type_type.root},
             .name = "array.array",
             .flags = TYPE_BASE | TYPE_SEQUENCE,
             .weak_list = weak_list,
             .dealloc = dealloc},
    .root = {.type = &array_type.head},
    .doc = "array(typecode [, initializer]) -> array\n\n"
           "A sequence of numbers of one machine type: b B h H i I l L q Q for integers, f d for\n"
           "reals, u for characters.",
    .basic_size = (int64_t)sizeof(ArrayObj),
    .weak_list_offset = (int32_t)offsetof(ArrayObj, weak_list),
    .repr = repr,
    .hash = object_hash_unhashable,
    .compare = compare,
    .iter = iter,
    .new = new,
    .length = length_of,
    .get_item = get_item,
    .set_item = set_item,
    .contains = contains,
    .concat = concat,
    .inplace_concat = inplace_concat,
    .repeat = repeat,
    .inplace_repeat = inplace_repeat,
    .item = item_at,
    .methods = methods,
    .getset = getset,
};

/* ---- buffer */

static int acquire(ObjRef o, BufferSource *out)
{
    ArrayObj *a = array_cast(o);
    a->exports++;
    *out = (BufferSource){.data = data_of(a),
                          .length = (int64_t)block_bytes(a->kind, a->length),
                          .item_size = a->kind->size,
                          .readonly = false};
    memcpy(out->format, a->kind->format, sizeof(out->format));
    return 0;
}

static void release(ObjRef o)
{
    array_cast(o)->exports--;
}

/* ---- iterator */

static Obj *iter(ObjRef self)
{
    ArrayIterObj *it = (ArrayIterObj *)obj_new_gc(&array_iterator_type, (int64_t)sizeof(*it));
    if (it == NULL)
        return NULL;
    it->index = 0;
    it->array = (ArrayObj *)obj_incref(self);
    gc_track(&it->base);
    return &it->base;
}

static int iterator_traverse(ObjRef self, VisitFn visit, void *context)
{
    GC_VISIT(((const ArrayIterObj *)self)->array);
    return 0;
}

static void iterator_dealloc(Obj *self)
{
    gc_untrack(self);
    obj_clear(&((ArrayIterObj *)self)->array);
    obj_free(self, (int64_t)sizeof(ArrayIterObj));
}

static int iterator_next(ObjRef self, Obj **out)
{
    ArrayIterObj *it = (ArrayIterObj *)self;
    if (it->array == NULL)
        return 0;
    if (it->index >= it->array->length) {
        obj_clear(&it->array);
        return 0;
    }
    *out = item_at(&it->array->base, it->index++);
    return *out == NULL ? -1 : 1;
}

METHOD(iterator_reduce_method)
{
    UNUSED_ARGS;
    const ArrayIterObj *it = (const ArrayIterObj *)self;
    if (it->array == NULL)
        return iterator_reduce_steal("iter", list_new(0), REDUCE_NO_INDEX);
    return iterator_reduce_steal("iter", obj_incref(&it->array->base), it->index);
}

METHOD(iterator_setstate)
{
    ONLY_ARGS;
    ArrayIterObj *it = (ArrayIterObj *)self;
    int64_t index;
    if (obj_to_int64(args[0], &index) < 0)
        return NULL;
    if (it->array != NULL)
        it->index = index < 0 ? 0 : index > it->array->length ? it->array->length : index;
    return none_new();
}

static const MethodDef iterator_methods[] = {
    {"__reduce__", iterator_reduce_method, 0, 0, 0, "State for pickling."},
    {"__setstate__", iterator_setstate, 1, 1, 0, "Restores the state."},
    {0},
};

static Type array_iterator_type = {
    .head = {.base = {1, &type_type.root},
             .name = "array.arrayiterator",
             .flags = TYPE_GC | TYPE_NO_NEW,
             .traverse = iterator_traverse,
             .dealloc = iterator_dealloc},
    .root = {.type = &array_iterator_type.head},
    .basic_size = (int64_t)sizeof(ArrayIterObj),
    .iter = object_iter_self,
    .next = iterator_next,
    .methods = iterator_methods,
};

/* ---- the module */

/* A list of the values that items of another layout stand for. */
static Obj *decode_items(const ArrayKind *kind, bool swap, const unsigned char *data,
                         int64_t length)
{
    int64_t count = length / kind->size;
    Obj *list = list_new(count);
    for (int64_t i = 0; list != NULL && i < count; i++) {
        unsigned char item[ARRAY_ITEM_MAX];
        memcpy(item, data + i * kind->size, (size_t)kind->size);
        if (swap)
            array_items_swap(item, 1, kind->size);
        list_cast(list)->items[i] = array_items_to_object(kind, item);
        if (list_cast(list)->items[i] == NULL)
            obj_clear(&list);
    }
    return list;
}

/* _array_reconstructor(class, typecode, format, bytes): what pickles call. */
METHOD(reconstruct)
{
    (void)self, (void)nargs, (void)kwnames;
    static const char *const text_codecs[] = {"utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"};
    if (!str_check(args[1]) || str_length(args[1]) != 1) {
        return err_format(&exc_type_error,
                          "_array_reconstructor() argument 2 must be a unicode character, not %T",
                          args[1]);
    }
    int64_t format;
    if (obj_to_int64(args[2], &format) < 0)
        return NULL;
    if (!obj_is(args[0], &type_type)) {
        return err_format(&exc_type_error, "first argument must be a type object, not %T", args[0]);
    }
    if (!type_is_subtype((const Type *)args[0], &array_type)) {
        return err_format(&exc_type_error, "%N is not a subtype of array.array",
                          (const Type *)args[0]);
    }
    const ArrayKind *target = array_items_kind(str_char_at(args[1], 0)), *kind = NULL;
    if (target == NULL)
        return err_string(&exc_value_error, "second argument must be a valid type code");
    if (format < 0 || format > 21) {
        return err_string(&exc_value_error, "third argument must be a valid machine format code.");
    }
    if (!bytes_check(args[3])) {
        return err_format(&exc_type_error, "fourth argument should be bytes, not %T", args[3]);
    }
    if (format == array_items_machine_format(target))
        return obj_call2(args[0], args[1], args[3]);
    const unsigned char *data = bytes_cast(args[3])->data;
    int64_t length = bytes_cast(args[3])->length;
    bool swap = false;
    Obj *values, *code = NULL, *result = NULL;
    if (array_items_from_format(format, &kind, &swap)) {
        if (length % kind->size != 0)
            return err_string(&exc_value_error, "string length not a multiple of item size");
        values = decode_items(kind, swap, data, length);
        /* Integers get the width that the pickle tells, whatever the letter means here. */
        if (values != NULL && kind->is_integer)
            code = str_from_char((uint32_t)kind->code);
    } else {
        int unit = format < 20 ? 2 : 4;
        if (length % unit != 0)
            return err_string(&exc_value_error, "string length not a multiple of item size");
        values = codec_decode(data, length, text_codecs[format - 18], "strict");
    }
    if (values != NULL)
        result = err_occurred() ? NULL : obj_call2(args[0], code == NULL ? args[1] : code, values);
    obj_xdecref(values);
    obj_xdecref(code);
    return result;
}

static const MethodDef functions[] = {
    {"_array_reconstructor", reconstruct, 4, 4, 0,
     "_array_reconstructor($module, arraytype, typecode, mformat_code, items, /)\n--\n\n"
     "Makes an array again from a pickle."},
    {0},
};

static int exec(ObjRef module)
{
    static const BufferExporter exporter = {
        .type = &array_type, .acquire = acquire, .release = release};
    if (type_ready(&array_type) < 0 || type_ready(&array_iterator_type) < 0 ||
        buffer_register(&exporter) < 0)
        return -1;
    ObjRef type = &array_type.head.base;
    if (module_add(module, "array", type) < 0 || module_add(module, "ArrayType", type) < 0)
        return -1;
    if (module_add_steal(module, "typecodes", str_from_ascii("bBuhHiIlLqQfd")) < 0)
        return -1;
    Obj *sequences = runtime.hooks.import_module("collections.abc"), *abstract = NULL,
        *registered = NULL;
    if (sequences != NULL)
        abstract = obj_getattr_str(sequences, "MutableSequence");
    if (abstract != NULL)
        registered = obj_call_method(abstract, names.register_, &type, 1);
    int status = registered == NULL ? -1 : 0;
    obj_xdecref(sequences);
    obj_xdecref(abstract);
    obj_xdecref(registered);
    return status;
}

extern const ModuleDef array_module;
const ModuleDef array_module = {"array", "Sequences of numbers, stored compactly.", functions,
                                exec};
