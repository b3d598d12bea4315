/*
 * bytes: immutable octets.  Here are the makers, the constructor and the type; what it shares with
 * bytearray is in bytes_methods.c and bytes_search.c, the % operator in bytes_percent.c, buffers of
 * any object in buffer.c.
 *
 * The empty bytes and those of one octet exist once (bytes_new(NULL, n) apart, which is to be
 * filled).
 */

#include "runtime/types/bytes.h"

#include <string.h>

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/names.h"
#include "runtime/core/roots.h"
#include "runtime/core/state.h"
#include "runtime/types/buffer.h"
#include "runtime/types/byte_builder.h"
#include "runtime/types/bytes_methods.h"
#include "runtime/types/codecs.h"
#include "runtime/types/hash.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/slice.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"

typedef struct BytesIterObj {
    Obj base;
    int64_t index;
    BytesObj *bytes; /* owned; NULL when exhausted */
} BytesIterObj;

static Obj *empty;
static Obj *singles[256]; /* made when first needed */

/* ---- lifecycle */

static inline int64_t size_of(int64_t length)
{
    return (int64_t)sizeof(BytesObj) + length + 1;
}

static Obj *new_blank(int64_t length)
{
    if (length > INT64_MAX - 64)
        return err_no_memory();
    BytesObj *b = (BytesObj *)obj_new(&bytes_type, size_of(length));
    if (b == NULL)
        return NULL;
    b->length = length;
    b->hash = -1;
    b->data[length] = 0;
    return &b->base;
}

Obj *bytes_new(const void *data, int64_t length)
{
    if (data == NULL)
        return new_blank(length);
    if (length <= 1) {
        Obj **shared = length == 0 ? &empty : &singles[*(const unsigned char *)data];
        if (*shared == NULL) {
            ROOT("the empty bytes", empty);
            ROOT_ARRAY("one-octet bytes", singles);
            *shared = new_blank(length);
            if (*shared == NULL)
                return NULL;
            if (length == 1)
                bytes_cast(*shared)->data[0] = *(const unsigned char *)data;
        }
        return obj_incref(*shared);
    }
    Obj *result = new_blank(length);
    if (result != NULL)
        memcpy(bytes_cast(result)->data, data, (size_t)length);
    return result;
}

static void bytes_dealloc(Obj *self)
{
    int64_t size = size_of(bytes_cast(self)->length);
    if (bytes_check_exact(self))
        pool_free(self, (size_t)size);
    else
        obj_free(self, size);
}

static Obj *new_subclass_instance(Type *type, ObjRef octets)
{
    const BytesObj *from = bytes_cast(octets);
    Obj *self = obj_alloc(type, size_of(from->length));
    if (self == NULL)
        return NULL;
    BytesObj *b = bytes_cast(self);
    b->length = from->length;
    b->hash = -1;
    memcpy(b->data, from->data, (size_t)from->length + 1);
    obj_track_if_gc(self);
    return self;
}

/* ---- the constructor */

int bytes_octet_argument(ObjRef o, const char *what)
{
    int64_t value;
    if (int_check(o)) {
        if (int_to_int64(o, &value) != 0)
            value = -1;
    } else {
        Obj *index = obj_index(o);
        if (index == NULL)
            return -1;
        if (int_to_int64(index, &value) != 0)
            value = -1;
        obj_decref(index);
    }
    if (value < 0 || value > 255)
        return err_format_int(&exc_value_error, "%s must be in range(0, 256)", what);
    return (int)value;
}

/* The items of an iterable as octets. */
static Obj *from_iterable(ObjRef source, const char *what)
{
    Obj *iterator = obj_iter(source), *item = NULL;
    if (iterator == NULL)
        return NULL;
    ByteBuilder b;
    byte_builder_init(&b);
    int64_t hint = obj_length_hint(source, 64);
    int status = -1;
    if (hint < 0 || byte_builder_reserve(&b, hint > 1 << 20 ? 1 << 20 : hint) < 0)
        goto done;
    while ((status = obj_next(iterator, &item)) > 0) {
        int octet = bytes_octet_argument(item, what);
        obj_clear(&item);
        if (octet < 0 || byte_builder_add_byte(&b, (unsigned)octet) < 0) {
            status = -1;
            break;
        }
    }
done:
    obj_decref(iterator);
    if (status < 0) {
        byte_builder_free(&b);
        return NULL;
    }
    return byte_builder_finish(&b);
}

Obj *bytes_from_source(ObjRef source, const char *type_name)
{
    bool array = strcmp(type_name, "bytearray") == 0;
    if (obj_type(source)->index != NULL) {
        int64_t count = obj_as_index(source, (ObjRef)&exc_overflow_error);
        if (count == -1 && err_occurred() != NULL) {
            if (!err_matches(&exc_type_error))
                return NULL;
            err_clear();
        } else if (count < 0) {
            return err_string(&exc_value_error, "negative count");
        } else {
            Obj *zeros = count == 0 ? bytes_new("", 0) : bytes_new(NULL, count);
            if (zeros != NULL)
                memset(bytes_cast(zeros)->data, 0, (size_t)count);
            return zeros;
        }
    }
    if (buffer_check(source)) {
        const BufferExporter *exporter = bytes_check(source) ? NULL : buffer_exporter(source);
        if (exporter != NULL && exporter->copy != NULL)
            return exporter->copy(source);
        BufferView view;
        if (buffer_acquire(source, &view) < 0)
            return NULL;
        Obj *result =
            bytes_new(view.data == NULL ? (const unsigned char *)"" : view.data, view.length);
        buffer_release(&view);
        return result;
    }
    if (!str_check(source)) {
        if (obj_type(source)->iter != NULL || obj_type(source)->get_item != NULL)
            return from_iterable(source, array ? "byte" : "bytes");
    }
    return err_format(&exc_type_error, "cannot convert '%T' object to %s", source, type_name);
}

/* bytes(source, encoding, errors): an exact bytes. */
static Obj *make(const ObjRef *out)
{
    const char *encoding = NULL, *errors = NULL;
    if (out[1] != NULL &&
        (encoding = codec_name_argument(out[1], "bytes() argument 'encoding'")) == NULL)
        return NULL;
    if (out[2] != NULL &&
        (errors = codec_name_argument(out[2], "bytes() argument 'errors'")) == NULL)
        return NULL;
    if (encoding != NULL || errors != NULL) {
        if (out[0] == NULL || !str_check(out[0])) {
            return err_string(&exc_type_error, encoding != NULL
                                                   ? "encoding without a string argument"
                                                   : "errors without a string argument");
        }
        if (encoding != NULL)
            return codec_encode(out[0], encoding, errors);
        return err_string(&exc_type_error, "string argument without an encoding");
    }
    if (out[0] == NULL)
        return bytes_new("", 0);
    Obj *result = NULL;
    int status = obj_call_special(out[0], names.dunder_bytes, NULL, 0, &result);
    if (status < 0)
        return NULL;
    if (status > 0) {
        if (bytes_check(result))
            return result;
        err_format(&exc_type_error, "__bytes__ returned non-bytes (type %T)", result);
        obj_decref(result);
        return NULL;
    }
    if (str_check(out[0]))
        return err_string(&exc_type_error, "string argument without an encoding");
    return bytes_from_source(out[0], "bytes");
}

static Obj *new (Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    static const ArgSpec spec = {"bytes", 0, 0, 3, 3, {"source", "encoding", "errors"}};
    ObjRef out[3];
    if (args_bind(&spec, args, nargs, kwnames, out) < 0)
        return NULL;
    if (nargs == 1 && type == &bytes_type && bytes_check_exact(out[0]) && out[1] == NULL &&
        out[2] == NULL)
        return obj_incref(out[0]);
    Obj *octets = make(out);
    if (octets == NULL || type == &bytes_type)
        return octets;
    Obj *self = new_subclass_instance(type, octets);
    obj_decref(octets);
    return self;
}

/* ---- slots */

static Obj *repr(ObjRef self)
{
    return bytes_repr_octets(bytes_cast(self)->data, bytes_cast(self)->length, "", "");
}

static int64_t hash(ObjRef self)
{
    BytesObj *b = bytes_cast(self);
    if (b->hash == -1)
        b->hash = hash_bytes(b->data, b->length);
    return b->hash;
}

static Obj *text_of(ObjRef self)
{
    if (runtime.bytes_warning != 0 &&
        err_warn(&exc_bytes_warning, 1, "str() on a bytes instance") < 0)
        return NULL;
    return repr(self);
}

/* Warns, with option -b, of a comparison for equality that is never true: 0/-1. */
static int warn_comparison(ObjRef other, CompareOp op)
{
    if (runtime.bytes_warning == 0 || (op != CMP_EQ && op != CMP_NE))
        return 0;
    if (str_check(other))
        return err_warn(&exc_bytes_warning, 1, "Comparison between bytes and string");
    if (int_check(other))
        return err_warn(&exc_bytes_warning, 1, "Comparison between bytes and int");
    return 0;
}

static Obj *compare(ObjRef self, ObjRef other, CompareOp op)
{
    if (!bytes_check(self) || !bytes_check(other))
        return warn_comparison(other, op) < 0 ? NULL : not_implemented_new();
    const BytesObj *a = bytes_cast(self), *b = bytes_cast(other);
    int64_t shorter = a->length < b->length ? a->length : b->length;
    if ((op == CMP_EQ || op == CMP_NE) && a->length != b->length)
        return bool_new(op == CMP_NE);
    int64_t order = memcmp(a->data, b->data, (size_t)shorter);
    if (order == 0)
        order = a->length - b->length;
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
    return bytes_cast(self)->length;
}

static Obj *item(ObjRef self, int64_t index)
{
    if (index < 0 || index >= bytes_cast(self)->length)
        return err_string(&exc_index_error, "index out of range");
    return int_new(bytes_cast(self)->data[index]);
}

static Obj *get_item(ObjRef self, ObjRef key)
{
    const BytesObj *b = bytes_cast(self);
    if (slice_check(key)) {
        int64_t start, stop, step;
        if (slice_unpack(key, &start, &stop, &step) < 0)
            return NULL;
        int64_t count = slice_adjust(b->length, &start, &stop, step);
        if (count == b->length && step == 1 && bytes_check_exact(self))
            return obj_incref(self);
        if (step == 1 || count <= 1)
            return bytes_new(count <= 0 ? b->data : b->data + start, count <= 0 ? 0 : count);
        Obj *result = new_blank(count);
        if (result == NULL)
            return NULL;
        for (int64_t i = 0, from = start; i < count; i++, from += step)
            bytes_cast(result)->data[i] = b->data[from];
        return result;
    }
    if (obj_type(key)->index == NULL) {
        return err_format(&exc_type_error, "byte indices must be integers or slices, not %T", key);
    }
    int64_t index;
    if (obj_to_int64(key, &index) < 0)
        return NULL;
    return item(self, index < 0 ? index + b->length : index);
}

static Obj *concat(ObjRef left, ObjRef right)
{
    BufferView a, b;
    if (bytes_check_exact(left) && bytes_check_exact(right)) {
        if (bytes_cast(right)->length == 0)
            return obj_incref(left);
        if (bytes_cast(left)->length == 0)
            return obj_incref(right);
    }
    if (!buffer_check(right))
        return err_format(&exc_type_error, "can't concat %T to %T", right, left);
    if (buffer_acquire(left, &a) < 0)
        return NULL;
    if (buffer_acquire(right, &b) < 0) {
        buffer_release(&a);
        return NULL;
    }
    Obj *result = NULL;
    if (a.length > INT64_MAX / 2 - b.length) {
        err_no_memory();
    } else if (a.length + b.length == 0) {
        result = bytes_new("", 0);
    } else if ((result = new_blank(a.length + b.length)) != NULL) {
        memcpy(bytes_cast(result)->data, a.data, (size_t)a.length);
        memcpy(bytes_cast(result)->data + a.length, b.data, (size_t)b.length);
    }
    buffer_release(&a);
    buffer_release(&b);
    return result;
}

static Obj *repeat(ObjRef self, int64_t count)
{
    const BytesObj *b = bytes_cast(self);
    if (count < 0)
        count = 0;
    if (count == 1 && bytes_check_exact(self))
        return obj_incref(self);
    if (count > 0 && b->length > INT64_MAX / 2 / count)
        return err_string(&exc_overflow_error, "repeated bytes are too long");
    int64_t total = b->length * count;
    if (total == 0)
        return bytes_new("", 0);
    Obj *result = new_blank(total);
    if (result == NULL)
        return NULL;
    unsigned char *to = bytes_cast(result)->data;
    if (b->length == 1) {
        memset(to, b->data[0], (size_t)total);
        return result;
    }
    memcpy(to, b->data, (size_t)b->length);
    for (int64_t done = b->length; done < total;) {
        int64_t more = done < total - done ? done : total - done;
        memcpy(to + done, to, (size_t)more);
        done += more;
    }
    return result;
}

static Obj *sizeof_method(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    int64_t size = size_of(bytes_cast(self)->length);
    if (!bytes_check_exact(self))
        size += obj_type(self)->basic_size - bytes_type.basic_size;
    return int_new(size);
}

static Obj *bytes_method(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    if (bytes_check_exact(self))
        return obj_incref(self);
    return bytes_new(bytes_cast(self)->data, bytes_cast(self)->length);
}

static Obj *fromhex(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    Obj *octets = bytes_parse_hex(args[0]);
    if (octets == NULL || self == (ObjRef)&bytes_type)
        return octets;
    Obj *result = obj_call1(self, octets);
    obj_decref(octets);
    return result;
}

static const MethodDef methods[] = {
    BYTES_COMMON_METHODS,
    {"__bytes__", bytes_method, 0, 0, 0, "__bytes__($self, /)\n--\n\nThese octets as bytes."},
    {"__sizeof__", sizeof_method, 0, 0, 0, "__sizeof__($self, /)\n--\n\nSize in memory."},
    {"fromhex", fromhex, 1, 1, METHOD_CLASS,
     "fromhex($type, string, /)\n--\n\nOctets from pairs of hexadecimal digits."},
    {0},
};

/* ---- iterator */

static Obj *iter(ObjRef self)
{
    BytesIterObj *it = (BytesIterObj *)obj_new_gc(&bytes_iterator_type, (int64_t)sizeof(*it));
    if (it == NULL)
        return NULL;
    it->index = 0;
    it->bytes = (BytesObj *)obj_incref(self);
    if (!bytes_check_exact(self))
        gc_track(&it->base);
    return &it->base;
}

static void iterator_dealloc(Obj *self)
{
    gc_untrack(self);
    obj_clear(&((BytesIterObj *)self)->bytes);
    obj_free(self, (int64_t)sizeof(BytesIterObj));
}

static int iterator_traverse(ObjRef self, VisitFn visit, void *context)
{
    GC_VISIT(((BytesIterObj *)self)->bytes);
    return 0;
}

static int iterator_next(ObjRef self, Obj **out)
{
    BytesIterObj *it = (BytesIterObj *)self;
    if (it->bytes == NULL)
        return 0;
    if (it->index >= it->bytes->length) {
        obj_clear(&it->bytes);
        return 0;
    }
    *out = int_new(it->bytes->data[it->index++]);
    return 1;
}

static Obj *iterator_length_hint(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    const BytesIterObj *it = (const BytesIterObj *)self;
    return int_new(it->bytes == NULL ? 0 : it->bytes->length - it->index);
}

static Obj *iterator_reduce(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    const BytesIterObj *it = (const BytesIterObj *)self;
    Obj *iter_function = obj_getattr(runtime.builtins, names.iter), *inner = NULL, *index = NULL,
        *result = NULL;
    if (iter_function == NULL)
        return NULL;
    if (it->bytes == NULL) {
        inner = tuple_new(0);
        if (inner != NULL)
            obj_replace(&inner, tuple_pack(1, inner));
        if (inner != NULL)
            result = tuple_pack(2, iter_function, inner);
    } else {
        inner = tuple_pack(1, &it->bytes->base);
        index = int_new(it->index);
        if (inner != NULL && index != NULL)
            result = tuple_pack(3, iter_function, inner, index);
    }
    obj_decref(iter_function);
    obj_xdecref(inner);
    obj_xdecref(index);
    return result;
}

static Obj *iterator_setstate(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    BytesIterObj *it = (BytesIterObj *)self;
    int64_t index;
    if (obj_to_int64(args[0], &index) < 0)
        return NULL;
    if (it->bytes != NULL)
        it->index = index < 0 ? 0 : index > it->bytes->length ? it->bytes->length : index;
    return none_new();
}

static const MethodDef iterator_methods[] = {
    {"__length_hint__", iterator_length_hint, 0, 0, 0, "Octets still to come."},
    {"__reduce__", iterator_reduce, 0, 0, 0, "State for pickling."},
    {"__setstate__", iterator_setstate, 1, 1, 0, "Restores the state."},
    {0},
};

Type bytes_iterator_type = {
    .head = {.base = {1, &type_type.root},
             .name = "bytes_iterator",
             .flags = TYPE_GC | TYPE_NO_NEW,
             .traverse = iterator_traverse,
             .dealloc = iterator_dealloc},
    .basic_size = (int64_t)sizeof(BytesIterObj),
    .iter = object_iter_self,
    .next = iterator_next,
    .methods = iterator_methods,
};

Type bytes_type = {
    .head = {.base = {1, &type_type.root},
             .name = "bytes",
             .flags = TYPE_BASE | TYPE_VAR | TYPE_BYTES,
             .dealloc = bytes_dealloc},
    .doc = "bytes(iterable_of_ints) -> bytes\n"
           "bytes(string, encoding[, errors]) -> bytes\n"
           "bytes(bytes_or_buffer) -> immutable copy of bytes_or_buffer\n"
           "bytes(int) -> bytes object of size given by the parameter initialized with null bytes\n"
           "bytes() -> empty bytes object\n\n"
           "Immutable octets.",
    .basic_size = (int64_t)sizeof(BytesObj) + 1,
    .item_size = 1,
    .root = {.type = &bytes_type.head},
    .repr = repr,
    .str = text_of,
    .hash = hash,
    .compare = compare,
    .iter = iter,
    .new = new,
    .remainder = bytes_percent_slot,
    .length = length_of,
    .get_item = get_item,
    .contains = bytes_contains_slot,
    .concat = concat,
    .repeat = repeat,
    .item = item,
    .methods = methods,
};

void bytes_finish(void)
{
    obj_clear(&empty);
    for (int i = 0; i < 256; i++)
        obj_clear(&singles[i]);
}
