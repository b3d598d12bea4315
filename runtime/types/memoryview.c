/*
 * memoryview: another object's memory as an array of items, of any number of dimensions.
 *
 * Each view holds the owner's buffer once (buffer_open) until it is released or freed; slices and
 * casts are views of the same owner.  A view whose own buffer is held by others cannot be released.
 * Items are read and written by their native format letter.  Reading or writing an item may run
 * user code (__index__, comparison), which may release the view: it is checked again afterwards.
 *
 * Longer than most files: geometry, items and the methods of one type.
 */

#include "runtime/types/memoryview.h"

#include <string.h>

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/types/buffer.h"
#include "runtime/types/bytes.h"
#include "runtime/types/bytes_methods.h"
#include "runtime/types/float.h"
#include "runtime/types/hash.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/slice.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"
#include "runtime/types/weakref.h"

typedef struct MemoryIterObj {
    Obj base;
    int64_t index;
    Obj *view; /* owned; NULL when exhausted */
} MemoryIterObj;

static inline int64_t *strides_of(MemoryViewObj *m)
{
    return m->shape + m->dimensions;
}

/* ---- lifecycle */

static int64_t size_of(int dimensions)
{
    return (int64_t)sizeof(MemoryViewObj) + 2 * (int64_t)dimensions * (int64_t)sizeof(int64_t);
}

/* A view of `owner` that holds its buffer once more; geometry is the caller's to fill. */
static MemoryViewObj *new_blank(ObjRef owner, int dimensions, BufferSource *source)
{
    if (buffer_open(owner, source) < 0)
        return NULL;
    MemoryViewObj *m = (MemoryViewObj *)obj_new_gc(&memoryview_type, size_of(dimensions));
    if (m == NULL) {
        buffer_close(owner);
        return NULL;
    }
    m->owner = obj_incref(owner);
    m->data = source->data;
    m->bytes = source->length;
    m->item_size = source->item_size;
    m->weak_list = NULL;
    m->exports = 0;
    m->hash = -1;
    m->dimensions = dimensions;
    m->readonly = source->readonly;
    memcpy(m->format, source->format, sizeof(m->format));
    gc_track(&m->base);
    return m;
}

/* A view like `from` with room for other dimensions. */
static MemoryViewObj *new_like(const MemoryViewObj *from, int dimensions)
{
    BufferSource source;
    MemoryViewObj *m = new_blank(from->owner, dimensions, &source);
    if (m == NULL)
        return NULL;
    m->data = from->data;
    m->bytes = from->bytes;
    m->item_size = from->item_size;
    m->readonly = from->readonly;
    memcpy(m->format, from->format, sizeof(m->format));
    return m;
}

static int check_released(ObjRef self)
{
    if (memoryview_cast(self)->owner != NULL)
        return 0;
    return err_format_int(&exc_value_error, "operation forbidden on released memoryview object");
}

static Obj *copy_view(ObjRef o)
{
    const MemoryViewObj *from = memoryview_cast(o);
    if (check_released(o) < 0)
        return NULL;
    MemoryViewObj *m = new_like(from, from->dimensions);
    if (m != NULL)
        memcpy(m->shape, from->shape, 2 * (size_t)from->dimensions * sizeof(int64_t));
    return (Obj *)m;
}

Obj *memoryview_new(ObjRef o)
{
    if ((o = buffer_owner(o)) == NULL)
        return NULL;
    if (memoryview_check(o))
        return copy_view(o);
    if (!buffer_check(o))
        return err_format(&exc_type_error, "memoryview: a bytes-like object is required, not '%T'",
                          o);
    BufferSource source;
    MemoryViewObj *m = new_blank(o, 1, &source);
    if (m == NULL)
        return NULL;
    m->shape[0] = source.item_size == 0 ? 0 : source.length / source.item_size;
    m->shape[1] = source.item_size;
    return &m->base;
}

static Obj *new (Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    static const ArgSpec spec = {"memoryview", 0, 1, 1, 1, {"object"}};
    ObjRef out[1];
    (void)type;
    return args_bind(&spec, args, nargs, kwnames, out) < 0 ? NULL : memoryview_new(out[0]);
}

/* Gives the owner's buffer back. */
static void let_go(MemoryViewObj *m)
{
    Obj *owner = m->owner;
    if (owner == NULL)
        return;
    m->owner = NULL;
    m->data = NULL;
    buffer_close(owner);
    obj_decref(owner);
}

static void dealloc(Obj *self)
{
    MemoryViewObj *m = memoryview_cast(self);
    gc_untrack(self);
    if (m->weak_list != NULL)
        weakref_clear_all(self, &m->weak_list);
    int64_t size = size_of(m->dimensions);
    let_go(m);
    obj_free(self, size);
}

static int traverse(ObjRef self, VisitFn visit, void *context)
{
    GC_VISIT(memoryview_cast(self)->owner);
    return 0;
}

static int clear(ObjRef self)
{
    if (memoryview_cast(self)->exports == 0)
        let_go(memoryview_cast(self));
    return 0;
}

/* ---- items */

/* The letter of a format the view can read, or 0 with NotImplementedError. */
static char format_letter(const MemoryViewObj *m)
{
    const char *format = m->format[0] == '@' ? m->format + 1 : m->format;
    if (format[0] != '\0' && format[1] == '\0' && strchr("cbBhHiIlLqQnNfd?P", format[0]) != NULL)
        return format[0];
    err_format(&exc_not_implemented_error, "memoryview: format %s not supported", m->format);
    return 0;
}

static int64_t letter_size(char letter)
{
    switch (letter) {
    case 'c':
    case 'b':
    case 'B':
    case '?':
        return 1;
    case 'h':
    case 'H':
        return 2;
    case 'i':
    case 'I':
    case 'f':
        return 4;
    case 'l':
    case 'L':
    case 'q':
    case 'Q':
    case 'n':
    case 'N':
    case 'd':
    case 'P':
        return 8;
    default:
        return 0;
    }
}

static Obj *read_item(const MemoryViewObj *m, const unsigned char *from)
{
    char letter = format_letter(m);
    uint64_t bits = 0;
    double number;
    float narrow;
    if (letter == 0)
        return NULL;
    memcpy(&bits, from, (size_t)m->item_size); /* the machine is little-endian */
    switch (letter) {
    case 'c':
        return bytes_new(from, 1);
    case '?':
        return bool_new(*from != 0);
    case 'f':
        memcpy(&narrow, from, sizeof(narrow));
        return float_new(narrow);
    case 'd':
        memcpy(&number, from, sizeof(number));
        return float_new(number);
    case 'b':
    case 'h':
    case 'i':
    case 'l':
    case 'q':
    case 'n': {
        int shift = 64 - (int)(8 * m->item_size);
        return int_new((int64_t)(bits << shift) >> shift);
    }
    default:
        return int_from_uint64(bits);
    }
}

static int invalid_type(const MemoryViewObj *m)
{
    return err_format_int(&exc_type_error, "memoryview: invalid type for format '%s'", m->format);
}

static int invalid_value(const MemoryViewObj *m)
{
    return err_format_int(&exc_value_error, "memoryview: invalid value for format '%s'", m->format);
}

/* The bits of a value under an integer letter: 0/-1. */
static int integer_bits(const MemoryViewObj *m, char letter, ObjRef value, uint64_t *out)
{
    if (obj_type(value)->index == NULL)
        return invalid_type(m);
    Obj *index = obj_index(value);
    if (index == NULL)
        return -1;
    int64_t number = 0;
    int status;
    int width = (int)(8 * m->item_size);
    if (strchr("bhilqn", letter) != NULL) {
        status = int_to_int64(index, &number);
        int64_t high = width == 64 ? INT64_MAX : ((int64_t)1 << (width - 1)) - 1;
        if (status != 0 || number > high || number < -high - 1)
            status = invalid_value(m);
        *out = (uint64_t)number;
    } else {
        status = int_to_uint64(index, out);
        if (status != 0 || (width < 64 && *out >> width != 0))
            status = invalid_value(m);
    }
    obj_decref(index);
    return status;
}

/* Converts a value to item_size octets: 0/-1. */
static int pack_item(const MemoryViewObj *m, ObjRef value, unsigned char to[8])
{
    char letter = format_letter(m);
    uint64_t bits = 0;
    double number;
    float narrow;
    int truth;
    switch (letter) {
    case 0:
        return -1;
    case 'c':
        if (!bytes_check(value))
            return invalid_type(m);
        if (bytes_cast(value)->length != 1)
            return invalid_value(m);
        to[0] = bytes_cast(value)->data[0];
        return 0;
    case '?':
        truth = obj_truth(value);
        to[0] = (unsigned char)(truth > 0);
        return truth < 0 ? -1 : 0;
    case 'f':
    case 'd':
        if (obj_to_double(value, &number) < 0) {
            if (!err_matches(&exc_type_error))
                return -1;
            err_clear();
            return invalid_type(m);
        }
        narrow = (float)number;
        if (letter == 'f')
            memcpy(to, &narrow, sizeof(narrow));
        else
            memcpy(to, &number, sizeof(number));
        return 0;
    default:
        if (integer_bits(m, letter, value, &bits) < 0)
            return -1;
        memcpy(to, &bits, sizeof(bits));
        return 0;
    }
}

/* ---- geometry */

static bool is_c_contiguous(MemoryViewObj *m)
{
    int64_t expected = m->item_size;
    for (int i = m->dimensions - 1; i >= 0; i--) {
        if (m->shape[i] > 1 && strides_of(m)[i] != expected)
            return m->bytes == 0;
        expected *= m->shape[i];
    }
    return true;
}

static bool is_f_contiguous(MemoryViewObj *m)
{
    int64_t expected = m->item_size;
    for (int i = 0; i < m->dimensions; i++) {
        if (m->shape[i] > 1 && strides_of(m)[i] != expected)
            return m->bytes == 0;
        expected *= m->shape[i];
    }
    return true;
}

static void set_bytes(MemoryViewObj *m)
{
    m->bytes = m->item_size;
    for (int i = 0; i < m->dimensions; i++)
        m->bytes *= m->shape[i];
}

/* Copies items from dimension `axis` on, in C order; returns where the copy ends. */
static unsigned char *copy_out(MemoryViewObj *m, const unsigned char *from, int axis,
                               unsigned char *to)
{
    if (axis == m->dimensions) {
        memcpy(to, from, (size_t)m->item_size);
        return to + m->item_size;
    }
    for (int64_t i = 0; i < m->shape[axis]; i++)
        to = copy_out(m, from + i * strides_of(m)[axis], axis + 1, to);
    return to;
}

/* In Fortran order: the first index runs fastest. */
static void copy_out_fortran(MemoryViewObj *m, const unsigned char *from, unsigned char *to)
{
    int64_t index[MEMORYVIEW_MAX_DIMENSIONS] = {0};
    int64_t items = m->item_size == 0 ? 0 : m->bytes / m->item_size;
    for (int64_t n = 0; n < items; n++) {
        const unsigned char *item = from;
        for (int i = 0; i < m->dimensions; i++)
            item += index[i] * strides_of(m)[i];
        memcpy(to, item, (size_t)m->item_size);
        to += m->item_size;
        for (int i = 0; i < m->dimensions && ++index[i] == m->shape[i]; i++)
            index[i] = 0;
    }
}

/* The octets in C order (or 'F'): bytes. */
static Obj *to_bytes(MemoryViewObj *m, char order)
{
    if (m->bytes == 0)
        return bytes_new("", 0);
    if (order != 'F' && is_c_contiguous(m))
        return bytes_new(m->data, m->bytes);
    Obj *result = bytes_new(NULL, m->bytes);
    if (result == NULL)
        return NULL;
    if (order == 'F')
        copy_out_fortran(m, m->data, bytes_cast(result)->data);
    else
        copy_out(m, m->data, 0, bytes_cast(result)->data);
    return result;
}

/* A view of one dimension less or narrower: applies a slice to dimension `axis` of m. */
static int apply_slice(MemoryViewObj *m, int axis, ObjRef slice)
{
    int64_t start, stop, step;
    if (slice_unpack(slice, &start, &stop, &step) < 0)
        return -1;
    int64_t count = slice_adjust(m->shape[axis], &start, &stop, step);
    if (count < 0)
        count = 0;
    m->data += strides_of(m)[axis] * start;
    m->shape[axis] = count;
    strides_of(m)[axis] *= step;
    set_bytes(m);
    return 0;
}

/* Address of the item with these indices, or NULL with an exception. */
static unsigned char *item_address(MemoryViewObj *m, ObjRef self, const ObjRef *keys, int64_t count)
{
    int64_t index[MEMORYVIEW_MAX_DIMENSIONS];
    if (count < m->dimensions) {
        err_string(&exc_not_implemented_error, "sub-views are not implemented");
        return NULL;
    }
    if (count > m->dimensions) {
        err_format(&exc_type_error, "cannot index %d-dimension view with %lld-element tuple",
                   m->dimensions, (long long)count);
        return NULL;
    }
    for (int64_t i = 0; i < count; i++) {
        if (obj_to_int64(keys[i], &index[i]) < 0)
            return NULL;
    }
    if (check_released(self) < 0)
        return NULL;
    unsigned char *address = m->data;
    for (int64_t i = 0; i < count; i++) {
        if (index[i] < 0)
            index[i] += m->shape[i];
        if (index[i] < 0 || index[i] >= m->shape[i]) {
            err_format(&exc_index_error, "index out of bounds on dimension %lld", (long long)i + 1);
            return NULL;
        }
        address += index[i] * strides_of(m)[i];
    }
    return address;
}

/* What a subscript is. */
typedef enum KeyKind {
    KEY_INDEX,
    KEY_SLICE,
    KEY_INDICES,
    KEY_SLICES,
    KEY_ELLIPSIS,
    KEY_WRONG
} KeyKind;

static KeyKind key_kind(ObjRef key)
{
    if (key == &ellipsis_object)
        return KEY_ELLIPSIS;
    if (slice_check(key))
        return KEY_SLICE;
    if (!tuple_check(key))
        return obj_type(key)->index != NULL ? KEY_INDEX : KEY_WRONG;
    bool indices = true, slices = tuple_length(key) > 0;
    for (int64_t i = 0; i < tuple_length(key); i++) {
        indices = indices && obj_type(tuple_peek(key, i))->index != NULL;
        slices = slices && slice_check(tuple_peek(key, i));
    }
    return indices ? KEY_INDICES : slices ? KEY_SLICES : KEY_WRONG;
}

static Obj *get_index(ObjRef self, int64_t index)
{
    MemoryViewObj *m = memoryview_cast(self);
    if (check_released(self) < 0)
        return NULL;
    if (m->dimensions == 0)
        return err_string(&exc_type_error, "invalid indexing of 0-dim memory");
    if (m->dimensions > 1)
        return err_string(&exc_not_implemented_error,
                          "multi-dimensional sub-views are not implemented");
    if (index < 0 || index >= m->shape[0])
        return err_string(&exc_index_error, "index out of bounds on dimension 1");
    return read_item(m, m->data + index * strides_of(m)[0]);
}

static Obj *get_item(ObjRef self, ObjRef key)
{
    MemoryViewObj *m = memoryview_cast(self);
    if (check_released(self) < 0)
        return NULL;
    KeyKind kind = key_kind(key);
    if (m->dimensions == 0) {
        if (kind == KEY_ELLIPSIS)
            return obj_incref(self);
        if (kind == KEY_INDICES && tuple_length(key) == 0)
            return read_item(m, m->data);
        return err_string(&exc_type_error, "invalid indexing of 0-dim memory");
    }
    switch (kind) {
    case KEY_INDEX: {
        int64_t index;
        if (obj_to_int64(key, &index) < 0 || check_released(self) < 0)
            return NULL;
        if (index < 0)
            index += m->shape[0];
        return get_index(self, index);
    }
    case KEY_SLICE: {
        Obj *view = copy_view(self);
        if (view != NULL &&
            (apply_slice(memoryview_cast(view), 0, key) < 0 || check_released(self) < 0))
            obj_clear(&view);
        return view;
    }
    case KEY_INDICES: {
        unsigned char *address =
            item_address(m, self, (const ObjRef *)tuple_cast(key)->items, tuple_length(key));
        return address == NULL ? NULL : read_item(m, address);
    }
    case KEY_SLICES:
        return err_string(&exc_not_implemented_error,
                          "multi-dimensional slicing is not implemented");
    default:
        return err_string(&exc_type_error, "memoryview: invalid slice key");
    }
}

/* self[slice] = value for one dimension: 0/-1. */
static int set_slice(ObjRef self, ObjRef key, ObjRef value)
{
    int result = -1;
    Obj *to = NULL, *from = NULL, *copy = NULL;
    from = memoryview_new(value);
    if (from == NULL)
        return -1;
    to = copy_view(self);
    if (to == NULL || apply_slice(memoryview_cast(to), 0, key) < 0 || check_released(self) < 0)
        goto done;
    MemoryViewObj *t = memoryview_cast(to), *f = memoryview_cast(from);
    if (f->dimensions != 1 || f->shape[0] != t->shape[0] || f->item_size != t->item_size ||
        strcmp(f->format[0] == '@' ? f->format + 1 : f->format,
               t->format[0] == '@' ? t->format + 1 : t->format) != 0) {
        err_string(&exc_value_error,
                   "memoryview assignment: lvalue and rvalue have different structures");
        goto done;
    }
    copy = to_bytes(f, 'C'); /* the two may overlap */
    if (copy == NULL)
        goto done;
    for (int64_t i = 0; i < t->shape[0]; i++)
        memcpy(t->data + i * strides_of(t)[0], bytes_cast(copy)->data + i * t->item_size,
               (size_t)t->item_size);
    result = 0;
done:
    obj_xdecref(to);
    obj_xdecref(from);
    obj_xdecref(copy);
    return result;
}

static int set_item(ObjRef self, ObjRef key, ObjRef value)
{
    MemoryViewObj *m = memoryview_cast(self);
    if (check_released(self) < 0)
        return -1;
    if (m->readonly)
        return err_format_int(&exc_type_error, "cannot modify read-only memory");
    if (value == NULL)
        return err_format_int(&exc_type_error, "cannot delete memory");
    KeyKind kind = key_kind(key);
    unsigned char octets[8], *address = NULL;
    if (m->dimensions == 0) {
        if (kind != KEY_ELLIPSIS && !(kind == KEY_INDICES && tuple_length(key) == 0))
            return err_format_int(&exc_type_error, "invalid indexing of 0-dim memory");
        if (pack_item(m, value, octets) < 0 || check_released(self) < 0)
            return -1;
        memcpy(m->data, octets, (size_t)m->item_size);
        return 0;
    }
    if (kind == KEY_INDEX) {
        if (m->dimensions > 1)
            return err_format_int(&exc_not_implemented_error, "sub-views are not implemented");
        address = item_address(m, self, &key, 1);
    } else if (kind == KEY_INDICES) {
        address = item_address(m, self, (const ObjRef *)tuple_cast(key)->items, tuple_length(key));
    } else if (kind == KEY_SLICE && m->dimensions == 1) {
        return set_slice(self, key, value);
    } else if (kind == KEY_SLICE || kind == KEY_SLICES) {
        return err_format_int(&exc_not_implemented_error,
                              "memoryview slice assignments are currently restricted to ndim = 1");
    } else {
        return err_format_int(&exc_type_error, "memoryview: invalid slice key");
    }
    if (address == NULL || pack_item(m, value, octets) < 0 || check_released(self) < 0)
        return -1;
    memcpy(address, octets, (size_t)m->item_size);
    return 0;
}

static int64_t length_of(ObjRef self)
{
    if (check_released(self) < 0)
        return -1;
    const MemoryViewObj *m = memoryview_cast(self);
    if (m->dimensions == 0) {
        err_string(&exc_type_error, "0-dim memory has no length");
        return -1;
    }
    return m->shape[0];
}

/* ---- comparison, hash, repr */

/* Are the items from dimension `axis` on equal?  1, 0, -1. */
static int equal_items(MemoryViewObj *a, const unsigned char *p, MemoryViewObj *b,
                       const unsigned char *q, int axis)
{
    if (axis == a->dimensions) {
        Obj *x = read_item(a, p), *y = x == NULL ? NULL : read_item(b, q);
        int result = y == NULL ? -1 : obj_compare_bool(x, y, CMP_EQ);
        if (result > 0 && x == y && float_check(x) && float_value(x) != float_value(x))
            result = 0;
        obj_xdecref(x);
        obj_xdecref(y);
        return result;
    }
    for (int64_t i = 0; i < a->shape[axis]; i++) {
        int result =
            equal_items(a, p + i * strides_of(a)[axis], b, q + i * strides_of(b)[axis], axis + 1);
        if (result <= 0)
            return result;
    }
    return 1;
}

static bool is_plain_integer(const MemoryViewObj *m)
{
    const char *format = m->format[0] == '@' ? m->format + 1 : m->format;
    return strchr("bBhHiIlLqQnNcP", format[0]) != NULL && format[1] == '\0';
}

static Obj *compare(ObjRef self, ObjRef other, CompareOp op)
{
    if (op != CMP_EQ && op != CMP_NE)
        return not_implemented_new();
    if (self == other)
        return bool_new(op == CMP_EQ);
    MemoryViewObj *a = memoryview_cast(self);
    if (a->owner == NULL || (memoryview_check(other) && memoryview_cast(other)->owner == NULL))
        return bool_new(op == CMP_NE);
    if (!buffer_check(other))
        return not_implemented_new();
    Obj *view = memoryview_new(other);
    if (view == NULL) {
        err_clear();
        return not_implemented_new();
    }
    MemoryViewObj *b = memoryview_cast(view);
    int equal = a->dimensions == b->dimensions;
    for (int i = 0; i < a->dimensions && equal; i++)
        equal = a->shape[i] == b->shape[i];
    if (equal && a->bytes > 0) {
        if (a->item_size == b->item_size && strcmp(a->format, b->format) == 0 &&
            is_plain_integer(a) && is_c_contiguous(a) && is_c_contiguous(b)) {
            equal = memcmp(a->data, b->data, (size_t)a->bytes) == 0;
        } else {
            equal = equal_items(a, a->data, b, b->data, 0);
            if (equal < 0 && err_matches(&exc_not_implemented_error)) {
                err_clear();
                equal = 0;
            }
        }
    }
    obj_decref(view);
    return equal < 0 ? NULL : bool_new((op == CMP_EQ) == (equal > 0));
}

static int64_t hash(ObjRef self)
{
    MemoryViewObj *m = memoryview_cast(self);
    if (m->hash != -1)
        return m->hash;
    if (check_released(self) < 0)
        return -1;
    const char *format = m->format[0] == '@' ? m->format + 1 : m->format;
    if (!m->readonly) {
        err_string(&exc_value_error, "cannot hash writable memoryview object");
        return -1;
    }
    if (strcmp(format, "B") != 0 && strcmp(format, "b") != 0 && strcmp(format, "c") != 0) {
        err_string(&exc_value_error,
                   "memoryview: hashing is restricted to formats 'B', 'b' or 'c'");
        return -1;
    }
    if (!bytes_check(m->owner) && obj_hash(m->owner) == -1)
        return -1;
    Obj *octets = to_bytes(m, 'C');
    if (octets == NULL)
        return -1;
    m->hash = hash_bytes(bytes_cast(octets)->data, bytes_cast(octets)->length);
    obj_decref(octets);
    return m->hash;
}

static Obj *repr(ObjRef self)
{
    return str_format_c(memoryview_cast(self)->owner == NULL ? "<released memory at %p>"
                                                             : "<memory at %p>",
                        (void *)(uintptr_t)self);
}

/* ---- attributes */

static Obj *int_tuple(const int64_t *values, int count)
{
    Obj *result = tuple_new(count);
    for (int i = 0; result != NULL && i < count; i++) {
        tuple_cast(result)->items[i] = int_new(values[i]);
        if (tuple_cast(result)->items[i] == NULL)
            obj_clear(&result);
    }
    return result;
}

static Obj *get_obj(ObjRef self)
{
    return check_released(self) < 0 ? NULL : obj_incref(memoryview_cast(self)->owner);
}

static Obj *get_nbytes(ObjRef self)
{
    return check_released(self) < 0 ? NULL : int_new(memoryview_cast(self)->bytes);
}

static Obj *get_format(ObjRef self)
{
    return check_released(self) < 0 ? NULL : str_from_ascii(memoryview_cast(self)->format);
}

static Obj *get_item_size(ObjRef self)
{
    return check_released(self) < 0 ? NULL : int_new(memoryview_cast(self)->item_size);
}

static Obj *get_shape(ObjRef self)
{
    MemoryViewObj *m = memoryview_cast(self);
    return check_released(self) < 0 ? NULL : int_tuple(m->shape, m->dimensions);
}

static Obj *get_strides(ObjRef self)
{
    MemoryViewObj *m = memoryview_cast(self);
    return check_released(self) < 0 ? NULL : int_tuple(strides_of(m), m->dimensions);
}

static Obj *get_suboffsets(ObjRef self)
{
    return check_released(self) < 0 ? NULL : tuple_new(0);
}

static Obj *get_readonly(ObjRef self)
{
    return check_released(self) < 0 ? NULL : bool_new(memoryview_cast(self)->readonly);
}

static Obj *get_ndim(ObjRef self)
{
    return check_released(self) < 0 ? NULL : int_new(memoryview_cast(self)->dimensions);
}

static Obj *get_c_contiguous(ObjRef self)
{
    return check_released(self) < 0 ? NULL : bool_new(is_c_contiguous(memoryview_cast(self)));
}

static Obj *get_f_contiguous(ObjRef self)
{
    return check_released(self) < 0 ? NULL : bool_new(is_f_contiguous(memoryview_cast(self)));
}

static Obj *get_contiguous(ObjRef self)
{
    MemoryViewObj *m = memoryview_cast(self);
    return check_released(self) < 0 ? NULL : bool_new(is_c_contiguous(m) || is_f_contiguous(m));
}

/* ---- methods */

#define METHOD(name)                                                                               \
    static Obj *name(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
#define UNUSED_ARGS (void)args, (void)nargs, (void)kwnames

METHOD(release)
{
    UNUSED_ARGS;
    MemoryViewObj *m = memoryview_cast(self);
    if (m->owner != NULL && m->exports > 0) {
        return err_format(&exc_buffer_error, "memoryview has %lld exported buffer%s",
                          (long long)m->exports, m->exports == 1 ? "" : "s");
    }
    let_go(m);
    return none_new();
}

METHOD(enter)
{
    UNUSED_ARGS;
    return check_released(self) < 0 ? NULL : obj_incref(self);
}

METHOD(tobytes)
{
    static const ArgSpec spec = {"tobytes", 0, 0, 1, 1, {"order"}};
    ObjRef out[1];
    char order = 'C';
    if (args_bind(&spec, args, nargs, kwnames, out) < 0 || check_released(self) < 0)
        return NULL;
    if (out[0] != NULL && !is_none(out[0])) {
        if (!str_check(out[0]))
            return err_format(&exc_type_error,
                              "tobytes() argument 'order' must be str or None, not %T", out[0]);
        if (str_equal_ascii(out[0], "F"))
            order = 'F';
        else if (str_equal_ascii(out[0], "A"))
            order = 'A';
        else if (!str_equal_ascii(out[0], "C"))
            return err_string(&exc_value_error, "order must be 'C', 'F' or 'A'");
    }
    MemoryViewObj *m = memoryview_cast(self);
    if (order == 'A')
        order = !is_c_contiguous(m) && is_f_contiguous(m) ? 'F' : 'C';
    return to_bytes(m, order);
}

METHOD(hex)
{
    static const ArgSpec spec = {"hex", 0, 0, 2, 2, {"sep", "bytes_per_sep"}};
    ObjRef out[2];
    int64_t group = 1;
    if (args_bind(&spec, args, nargs, kwnames, out) < 0)
        return NULL;
    if (out[1] != NULL && obj_to_int64(out[1], &group) < 0)
        return NULL;
    if (check_released(self) < 0)
        return NULL;
    Obj *octets = to_bytes(memoryview_cast(self), 'C');
    if (octets == NULL)
        return NULL;
    Obj *result =
        bytes_to_hex(bytes_cast(octets)->data, bytes_cast(octets)->length, out[0], group, false);
    obj_decref(octets);
    return result;
}

static Obj *list_of(MemoryViewObj *m, const unsigned char *from, int axis)
{
    if (axis == m->dimensions)
        return read_item(m, from);
    Obj *list = list_new(m->shape[axis]);
    for (int64_t i = 0; list != NULL && i < m->shape[axis]; i++) {
        list_cast(list)->items[i] = list_of(m, from + i * strides_of(m)[axis], axis + 1);
        if (list_cast(list)->items[i] == NULL)
            obj_clear(&list);
    }
    return list;
}

METHOD(tolist)
{
    UNUSED_ARGS;
    MemoryViewObj *m = memoryview_cast(self);
    return check_released(self) < 0 ? NULL : list_of(m, m->data, 0);
}

METHOD(toreadonly)
{
    UNUSED_ARGS;
    Obj *view = copy_view(self);
    if (view != NULL)
        memoryview_cast(view)->readonly = true;
    return view;
}

/* The lengths of a shape argument: their number, or -1. */
static int read_shape(ObjRef shape, int64_t lengths[MEMORYVIEW_MAX_DIMENSIONS])
{
    if (!list_check(shape) && !tuple_check(shape))
        return err_format_int(&exc_type_error, "shape must be a list or a tuple");
    Obj *items = obj_to_tuple(shape);
    if (items == NULL)
        return -1;
    int64_t count = tuple_length(items);
    int result = (int)count;
    if (count > MEMORYVIEW_MAX_DIMENSIONS) {
        result =
            err_format_int(&exc_value_error, "memoryview: number of dimensions must not exceed %d",
                           MEMORYVIEW_MAX_DIMENSIONS);
    }
    for (int64_t i = 0; i < count && result >= 0; i++) {
        ObjRef item = tuple_peek(items, i);
        if (!int_check(item)) {
            result = err_format_int(&exc_type_error,
                                    "memoryview.cast(): elements of shape must be integers");
        } else if (int_to_int64(item, &lengths[i]) != 0 || lengths[i] <= 0) {
            result = err_format_int(&exc_value_error,
                                    "memoryview.cast(): elements of shape must be integers > 0");
        }
    }
    obj_decref(items);
    return result;
}

static bool is_byte_format(const char *format)
{
    if (format[0] == '@')
        format++;
    return strchr("cbB", format[0]) != NULL && format[0] != '\0' && format[1] == '\0';
}

METHOD(cast)
{
    static const ArgSpec spec = {"cast", 0, 1, 2, 2, {"format", "shape"}};
    ObjRef out[2];
    int64_t lengths[MEMORYVIEW_MAX_DIMENSIONS];
    int dimensions = 1;
    if (args_bind(&spec, args, nargs, kwnames, out) < 0 || check_released(self) < 0)
        return NULL;
    MemoryViewObj *m = memoryview_cast(self);
    if (!str_check(out[0]))
        return err_format(&exc_type_error, "cast() argument 'format' must be str, not %T", out[0]);
    if (!is_c_contiguous(m))
        return err_string(&exc_type_error,
                          "memoryview: casts are restricted to C-contiguous views");
    if (out[1] != NULL && (dimensions = read_shape(out[1], lengths)) < 0)
        return NULL;
    if (out[1] != NULL && m->dimensions != 1 && dimensions != 1)
        return err_string(&exc_type_error, "memoryview: cast must be 1D -> ND or ND -> 1D");
    const char *format = str_utf8(out[0], NULL);
    if (format == NULL)
        return NULL;
    const char *letter = format[0] == '@' ? format + 1 : format;
    int64_t size = letter[0] != '\0' && letter[1] == '\0' ? letter_size(letter[0]) : 0;
    if (size == 0) {
        return err_string(&exc_value_error,
                          "memoryview: destination format must be a native single character format "
                          "prefixed with an optional '@'");
    }
    if (!is_byte_format(m->format) && !is_byte_format(format)) {
        return err_string(&exc_type_error, "memoryview: cannot cast between two non-byte formats");
    }
    if (m->bytes % size != 0)
        return err_string(&exc_type_error, "memoryview: length is not a multiple of itemsize");
    if (out[1] == NULL) {
        lengths[0] = m->bytes / size;
    } else {
        int64_t product = size;
        for (int i = 0; i < dimensions && product <= m->bytes; i++) {
            if (lengths[i] > INT64_MAX / product)
                return err_string(&exc_value_error,
                                  "memoryview.cast(): product(shape) > SSIZE_MAX");
            product *= lengths[i];
        }
        if (product != m->bytes)
            return err_string(&exc_type_error,
                              "memoryview: product(shape) * itemsize != buffer size");
    }
    MemoryViewObj *result = new_like(m, dimensions);
    if (result == NULL)
        return NULL;
    memset(result->format, 0, sizeof(result->format));
    memcpy(result->format, format, strlen(format));
    result->item_size = size;
    int64_t stride = size;
    for (int i = dimensions - 1; i >= 0; i--) {
        result->shape[i] = lengths[i];
        strides_of(result)[i] = stride;
        stride *= lengths[i];
    }
    return &result->base;
}

static const MethodDef methods[] = {
    {"release", release, 0, 0, 0, "release($self, /)\n--\n\nGives the memory back."},
    {"tobytes", tobytes, 0, -1, METHOD_KEYWORDS,
     "tobytes($self, /, order='C')\n--\n\nA copy of the octets."},
    {"hex", hex, 0, -1, METHOD_KEYWORDS,
     "hex(sep=<unrepresentable>, bytes_per_sep=1)\n\nHexadecimal digits of the octets."},
    {"tolist", tolist, 0, 0, 0, "tolist($self, /)\n--\n\nThe items as (nested) list."},
    {"cast", cast, 0, -1, METHOD_KEYWORDS,
     "cast($self, /, format, shape=<unrepresentable>)\n--\n\nThe memory as other items."},
    {"toreadonly", toreadonly, 0, 0, 0, "toreadonly($self, /)\n--\n\nA view that cannot write."},
    {"__enter__", enter, 0, 0, 0, NULL},
    {"__exit__", release, 0, -1, 0, NULL},
    {0},
};

static const GetSetDef getset[] = {
    {"obj", get_obj, NULL, "The object whose memory it is."},
    {"nbytes", get_nbytes, NULL, "Octets in all."},
    {"readonly", get_readonly, NULL, "Is writing refused?"},
    {"itemsize", get_item_size, NULL, "Octets of one item."},
    {"format", get_format, NULL, "Format of one item, as in module struct."},
    {"ndim", get_ndim, NULL, "Number of dimensions."},
    {"shape", get_shape, NULL, "Items in each dimension."},
    {"strides", get_strides, NULL, "Octets from one item to the next in each dimension."},
    {"suboffsets", get_suboffsets, NULL, "Used by no exporter here: ()."},
    {"c_contiguous", get_c_contiguous, NULL, "Are items next to each other in C order?"},
    {"f_contiguous", get_f_contiguous, NULL, "Are items next to each other in Fortran order?"},
    {"contiguous", get_contiguous, NULL, "Are items next to each other?"},
    {0},
};

/* ---- iterator */

static Obj *iter(ObjRef self)
{
    if (check_released(self) < 0)
        return NULL;
    if (memoryview_cast(self)->dimensions == 0)
        return err_string(&exc_type_error, "invalid indexing of 0-dim memory");
    if (memoryview_cast(self)->dimensions > 1)
        return err_string(&exc_not_implemented_error,
                          "multi-dimensional sub-views are not implemented");
    if (format_letter(memoryview_cast(self)) == 0)
        return NULL;
    MemoryIterObj *it =
        (MemoryIterObj *)obj_new_gc(&memoryview_iterator_type, (int64_t)sizeof(MemoryIterObj));
    if (it == NULL)
        return NULL;
    it->index = 0;
    it->view = obj_incref(self);
    gc_track(&it->base);
    return &it->base;
}

static void iterator_dealloc(Obj *self)
{
    gc_untrack(self);
    obj_clear(&((MemoryIterObj *)self)->view);
    obj_free(self, (int64_t)sizeof(MemoryIterObj));
}

static int iterator_traverse(ObjRef self, VisitFn visit, void *context)
{
    GC_VISIT(((MemoryIterObj *)self)->view);
    return 0;
}

static int iterator_next(ObjRef self, Obj **out)
{
    MemoryIterObj *it = (MemoryIterObj *)self;
    if (it->view == NULL)
        return 0;
    if (check_released(it->view) < 0)
        return -1;
    if (it->index >= memoryview_cast(it->view)->shape[0]) {
        obj_clear(&it->view);
        return 0;
    }
    *out = get_index(it->view, it->index++);
    return *out == NULL ? -1 : 1;
}

Type memoryview_iterator_type = {
    .head = {.base = {1, &type_type.root},
             .name = "memory_iterator",
             .flags = TYPE_GC | TYPE_NO_NEW,
             .traverse = iterator_traverse,
             .dealloc = iterator_dealloc},
    .basic_size = (int64_t)sizeof(MemoryIterObj),
    .iter = object_iter_self,
    .next = iterator_next,
};

Type memoryview_type = {
    .head = {.base = {1, &type_type.root},
             .name = "memoryview",
             .flags = TYPE_GC | TYPE_VAR | TYPE_SEQUENCE,
             .traverse = traverse,
             .clear = clear,
             .dealloc = dealloc},
    .doc = "memoryview(object)\n--\n\nThe memory of another object as an array of items.",
    .basic_size = (int64_t)sizeof(MemoryViewObj),
    .item_size = (int64_t)sizeof(int64_t),
    .weak_list_offset = (int32_t)offsetof(MemoryViewObj, weak_list),
    .repr = repr,
    .hash = hash,
    .compare = compare,
    .iter = iter,
    .new = new,
    .length = length_of,
    .get_item = get_item,
    .set_item = set_item,
    .item = get_index,
    .methods = methods,
    .getset = getset,
};

/* ---- buffer */

static int acquire(ObjRef o, BufferSource *out)
{
    MemoryViewObj *m = memoryview_cast(o);
    if (check_released(o) < 0)
        return -1;
    if (!is_c_contiguous(m)) {
        return err_format_int(&exc_buffer_error,
                              "memoryview: underlying buffer is not C-contiguous");
    }
    m->exports++;
    *out = (BufferSource){m->data, m->bytes, m->item_size, "", m->readonly};
    memcpy(out->format, m->format, sizeof(out->format));
    return 0;
}

static void release_buffer(ObjRef o)
{
    memoryview_cast(o)->exports--;
}

static Obj *copy_octets(ObjRef o)
{
    return check_released(o) < 0 ? NULL : to_bytes(memoryview_cast(o), 'C');
}

int memoryviews_init(void)
{
    static const BufferExporter exporter = {.type = &memoryview_type,
                                            .acquire = acquire,
                                            .release = release_buffer,
                                            .copy = copy_octets};
    return buffer_register(&exporter);
}
