/*
 * Module _struct: values as packed octets.
 *
 * A format is compiled to a list of codes {kind, count, offset, size}; "@" uses the C compiler's
 * sizes and alignment, the others fixed sizes without padding.  The functions of the module keep
 * the last formats compiled in a dictionary.  runtime/lib/struct.py shows all this under its public
 * name.
 *
 * Packing calls __index__ and __float__ of user objects; the values are written into memory that
 * nobody else has, or into a buffer held as a BufferView.
 *
 * Longer than most files: one format language, read and written, as type and as functions.
 */

#include <math.h>
#include <string.h>

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/object.h"
#include "runtime/core/roots.h"
#include "runtime/types/buffer.h"
#include "runtime/types/bytearray.h"
#include "runtime/types/bytes.h"
#include "runtime/types/codecs.h"
#include "runtime/types/dict.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/module.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"

typedef struct Code {
    char kind;      /* the letter of the format */
    int64_t count;  /* values; for 's' and 'p' octets of one value */
    int64_t offset; /* bytes from the start */
    int64_t size;   /* bytes of one value */
} Code;

typedef struct StructObj {
    Obj base;
    Obj *format;    /* bytes, or NULL before __init__ */
    int64_t size;   /* bytes of all */
    int64_t values; /* values that pack takes */
    int64_t codes;  /* entries in use of code */
    Code *code;     /* mem_alloc block of code_room entries */
    int64_t code_room;
    bool native, big; /* byte order; native also means alignment */
} StructObj;

typedef struct UnpackIterObj {
    Obj base;
    Obj *owner;      /* the StructObj */
    BufferView view; /* released at the end */
    int64_t offset;
} UnpackIterObj;

extern Type struct_type, unpack_iterator_type;
static Obj *error_type; /* struct.error */
static Obj *cache;      /* dict: format → Struct */

enum { CACHE_MAX = 100 };

#define struct_cast(o) ((StructObj *)(o))

static Obj *raise_error(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    Obj *text = str_format_va(format, args);
    va_end(args);
    if (text == NULL)
        return NULL;
    err_object((Type *)error_type, text);
    obj_decref(text);
    return NULL;
}

/* ---- formats */

/* Size and alignment of a letter, 0 when it is none of the mode's. */
static int64_t size_of_kind(char kind, bool native)
{
    switch (kind) {
    case 'x':
    case 'c':
    case 'b':
    case 'B':
    case '?':
    case 's':
    case 'p':
        return 1;
    case 'h':
    case 'H':
    case 'e':
        return 2;
    case 'i':
    case 'I':
    case 'f':
        return 4;
    case 'l':
    case 'L':
        return native ? (int64_t)sizeof(long) : 4;
    case 'q':
    case 'Q':
    case 'd':
        return 8;
    case 'n':
    case 'N':
    case 'P':
        return native ? 8 : 0;
    default:
        return 0;
    }
}

static int add_code(StructObj *s, Code code)
{
    if (s->codes == s->code_room) {
        int64_t room = s->code_room == 0 ? 4 : s->code_room * 2;
        Code *fresh =
            mem_realloc(s->code, (size_t)s->code_room * sizeof(Code), (size_t)room * sizeof(Code));
        if (fresh == NULL) {
            err_no_memory();
            return -1;
        }
        s->code = fresh;
        s->code_room = room;
    }
    s->code[s->codes++] = code;
    return 0;
}

static int too_long(void)
{
    raise_error("total struct size too long");
    return -1;
}

/* Compiles s->format: 0/-1. */
static int compile(StructObj *s)
{
    const BytesObj *format = bytes_cast(s->format);
    const char *p = (const char *)format->data;
    bool align = true, sizes = true;
    s->codes = s->size = s->values = 0;
    if ((int64_t)strlen(p) != format->length) {
        raise_error("embedded null character");
        return -1;
    }
    s->big = false;
    if (*p == '<' || *p == '>' || *p == '!' || *p == '=') {
        align = sizes = false;
        s->big = *p == '>' || *p == '!';
        p++;
    } else if (*p == '@') {
        p++;
    }
    s->native = sizes;
    int64_t total = 0;
    while (*p != '\0') {
        char c = *p++;
        if (c == ' ' || (c >= '\t' && c <= '\r'))
            continue;
        int64_t count = 1;
        if (c >= '0' && c <= '9') {
            count = c - '0';
            while (*p >= '0' && *p <= '9') {
                if (count > (INT64_MAX - 9) / 10)
                    return too_long();
                count = count * 10 + (*p++ - '0');
            }
            c = *p;
            if (c == '\0') {
                raise_error("repeat count given without format specifier");
                return -1;
            }
            p++;
        }
        int64_t size = size_of_kind(c, sizes);
        if (size == 0) {
            raise_error("bad char in struct format");
            return -1;
        }
        if (align && size > 1) {
            int64_t extra = (size - total % size) % size;
            if (total > INT64_MAX - extra)
                return too_long();
            total += extra;
        }
        if (count > (INT64_MAX - total) / size)
            return too_long();
        if (c != 'x' && (count > 0 || c == 's' || c == 'p') &&
            add_code(s, (Code){c, count, total, size}) < 0)
            return -1;
        if (c == 's' || c == 'p')
            s->values++;
        else if (c != 'x')
            s->values += count;
        total += count * size;
    }
    s->size = total;
    return 0;
}

/* ---- one value */

/* Writes the low `size` bytes of bits. */
static void put_bits(unsigned char *to, uint64_t bits, int64_t size, bool big)
{
    for (int64_t i = 0; i < size; i++)
        to[big ? size - 1 - i : i] = (unsigned char)(bits >> (8 * i));
}

static uint64_t get_bits(const unsigned char *from, int64_t size, bool big)
{
    uint64_t bits = 0;
    for (int64_t i = 0; i < size; i++)
        bits |= (uint64_t)from[big ? size - 1 - i : i] << (8 * i);
    return bits;
}

static bool is_signed(char kind)
{
    return strchr("bhilqn", kind) != NULL;
}

static int range_error(const StructObj *s, const Code *code)
{
    switch (code->kind) {
    case 'b':
        raise_error("byte format requires -128 <= number <= 127");
        return -1;
    case 'B':
        raise_error("ubyte format requires 0 <= number <= 255");
        return -1;
    case 'h':
    case 'H':
        if (!s->big && code->kind == 'h')
            raise_error("short format requires -32768 <= number <= 32767");
        else if (!s->big)
            raise_error("ushort format requires 0 <= number <= 65535");
        else if (code->kind == 'h')
            raise_error("'h' format requires -32768 <= number <= 32767");
        else
            raise_error("'H' format requires 0 <= number <= 65535");
        return -1;
    default:
        break;
    }
    if (is_signed(code->kind)) {
        int64_t high = code->size == 8 ? INT64_MAX : ((int64_t)1 << (8 * code->size - 1)) - 1;
        raise_error("'%c' format requires %lld <= number <= %lld", code->kind,
                    (long long)(-high - 1), (long long)high);
    } else {
        uint64_t high = code->size == 8 ? UINT64_MAX : ((uint64_t)1 << (8 * code->size)) - 1;
        raise_error("'%c' format requires 0 <= number <= %lu", code->kind, (unsigned long)high);
    }
    return -1;
}

static int put_int(const StructObj *s, const Code *code, unsigned char *to, ObjRef value)
{
    Obj *number;
    if (int_check(value)) {
        number = obj_incref(value);
    } else {
        if (obj_type(value)->index == NULL) {
            raise_error("required argument is not an integer");
            return -1;
        }
        number = obj_index(value);
        if (number == NULL)
            return -1;
    }
    int64_t signed_value = 0;
    uint64_t unsigned_value = 0;
    bool fits_signed = int_to_int64(number, &signed_value) == 0;
    bool fits_unsigned = int_to_uint64(number, &unsigned_value) == 0;
    obj_decref(number);
    int bits = (int)(8 * code->size);
    if (is_signed(code->kind)) {
        if (!fits_signed) {
            raise_error(s->big && code->size == 8 ? "int too large to convert"
                                                  : "argument out of range");
            return -1;
        }
        int64_t high = bits == 64 ? INT64_MAX : ((int64_t)1 << (bits - 1)) - 1;
        if (signed_value > high || signed_value < -high - 1)
            return range_error(s, code);
        put_bits(to, (uint64_t)signed_value, code->size, s->big);
        return 0;
    }
    if (code->kind == 'P' && fits_signed) {
        put_bits(to, (uint64_t)signed_value, code->size, s->big);
        return 0;
    }
    if (!fits_unsigned) {
        bool small = (code->kind == 'B' || (code->kind == 'H' && !s->big)) && fits_signed;
        if (small)
            return range_error(s, code);
        raise_error(code->kind == 'P' || (s->big && code->size == 8) ? "int too large to convert"
                                                                     : "argument out of range");
        return -1;
    }
    if (bits < 64 && unsigned_value >> bits != 0) {
        bool native_small = !s->big && (code->kind == 'B' || code->kind == 'H');
        if (native_small && !fits_signed) {
            raise_error("argument out of range");
            return -1;
        }
        return range_error(s, code);
    }
    put_bits(to, unsigned_value, code->size, s->big);
    return 0;
}

/* A double as the 16 bits of IEEE 754 binary16, rounded half to even: 0/-1 OverflowError. */
static int half_bits(double value, uint16_t *out)
{
    uint16_t sign = signbit(value) ? 0x8000 : 0;
    double magnitude = fabs(value);
    if (value == 0.0) {
        *out = sign;
        return 0;
    }
    if (isinf(value)) {
        *out = (uint16_t)(sign | 0x7C00);
        return 0;
    }
    if (isnan(value)) {
        *out = (uint16_t)(sign | 0x7E00);
        return 0;
    }
    int exponent;
    double fraction = frexp(magnitude, &exponent); /* in [0.5, 1) */
    exponent--;
    if (exponent < -14) { /* subnormal: units of 2**-24 */
        double units = nearbyint(ldexp(magnitude, 24));
        *out = (uint16_t)(sign | (uint16_t)units);
        return 0;
    }
    double scaled = nearbyint(ldexp(fraction * 2.0 - 1.0, 10));
    int bits = (int)scaled;
    if (bits == 1024) {
        bits = 0;
        exponent++;
    }
    if (exponent > 15) {
        return err_format_int(&exc_overflow_error, "float too large to pack with e format");
    }
    *out = (uint16_t)(sign | (exponent + 15) << 10 | bits);
    return 0;
}

static double half_value(uint16_t bits)
{
    int exponent = bits >> 10 & 31, fraction = bits & 1023;
    double value;
    if (exponent == 31)
        value = fraction == 0 ? INFINITY : NAN;
    else if (exponent == 0)
        value = ldexp(fraction, -24);
    else
        value = ldexp(1024 + fraction, exponent - 25);
    return bits & 0x8000 ? -value : value;
}

static int put_float(const StructObj *s, const Code *code, unsigned char *to, ObjRef value)
{
    double number;
    if (obj_to_double(value, &number) < 0) {
        if (err_matches(&exc_type_error) || err_matches(&exc_overflow_error)) {
            err_clear();
            raise_error("required argument is not a float");
        }
        return -1;
    }
    uint64_t bits = 0;
    if (code->kind == 'e') {
        uint16_t half = 0;
        if (half_bits(number, &half) < 0)
            return -1;
        bits = half;
    } else if (code->kind == 'f') {
        float narrow = (float)number;
        uint32_t word;
        if (isinf(narrow) && !isinf(number) && !s->native) {
            return err_format_int(&exc_overflow_error, "float too large to pack with f format");
        }
        memcpy(&word, &narrow, sizeof(word));
        bits = word;
    } else {
        memcpy(&bits, &number, sizeof(bits));
    }
    put_bits(to, bits, code->size, s->big);
    return 0;
}

/* 's' and 'p': 0/-1. */
static int put_octets(const Code *code, unsigned char *to, ObjRef value)
{
    if (!bytes_check(value) && !bytearray_check(value)) {
        raise_error("argument for '%c' must be a bytes object", code->kind);
        return -1;
    }
    BufferView view;
    if (buffer_acquire(value, &view) < 0)
        return -1;
    int64_t room = code->count, prefix = 0;
    if (code->kind == 'p') {
        prefix = 1;
        room--;
    }
    int64_t length = view.length < room ? view.length : room;
    if (length > 0)
        memcpy(to + prefix, view.data, (size_t)length);
    if (prefix == 1 && code->count > 0)
        to[0] = (unsigned char)(length < 0 ? 0 : length > 255 ? 255 : length);
    buffer_release(&view);
    return 0;
}

static int put_value(const StructObj *s, const Code *code, unsigned char *to, ObjRef value)
{
    int truth;
    switch (code->kind) {
    case 'c':
        if (!bytes_check(value) || bytes_cast(value)->length != 1) {
            raise_error("char format requires a bytes object of length 1");
            return -1;
        }
        *to = bytes_cast(value)->data[0];
        return 0;
    case '?':
        truth = obj_truth(value);
        if (truth < 0)
            return -1;
        *to = (unsigned char)truth;
        return 0;
    case 'e':
    case 'f':
    case 'd':
        return put_float(s, code, to, value);
    case 's':
    case 'p':
        return put_octets(code, to, value);
    default:
        return put_int(s, code, to, value);
    }
}

static Obj *get_value(const StructObj *s, const Code *code, const unsigned char *from)
{
    uint64_t bits;
    double number;
    switch (code->kind) {
    case 'c':
        return bytes_new(from, 1);
    case '?':
        return bool_new(*from != 0);
    case 's':
        return bytes_new(code->count == 0 ? (const unsigned char *)"" : from, code->count);
    case 'p': {
        int64_t length = code->count == 0 ? 0 : from[0];
        if (length >= code->count)
            length = code->count == 0 ? 0 : code->count - 1;
        return bytes_new(length == 0 ? (const unsigned char *)"" : from + 1, length);
    }
    default:
        break;
    }
    bits = get_bits(from, code->size, s->big);
    if (code->kind == 'e')
        return float_new(half_value((uint16_t)bits));
    if (code->kind == 'f') {
        uint32_t word = (uint32_t)bits;
        float narrow;
        memcpy(&narrow, &word, sizeof(narrow));
        return float_new(narrow);
    }
    if (code->kind == 'd') {
        memcpy(&number, &bits, sizeof(number));
        return float_new(number);
    }
    if (!is_signed(code->kind))
        return int_from_uint64(bits);
    int shift = 64 - (int)(8 * code->size);
    return int_new((int64_t)(bits << shift) >> shift);
}

/* ---- all values */

static int pack_into_memory(const StructObj *s, unsigned char *to, const ObjRef *values)
{
    memset(to, 0, (size_t)s->size);
    for (int64_t i = 0; i < s->codes; i++) {
        const Code *code = &s->code[i];
        bool single = code->kind == 's' || code->kind == 'p';
        int64_t count = single ? 1 : code->count;
        for (int64_t j = 0; j < count; j++) {
            if (put_value(s, code, to + code->offset + j * code->size, *values++) < 0)
                return -1;
        }
    }
    return 0;
}

static Obj *unpack_memory(const StructObj *s, const unsigned char *from)
{
    Obj *result = tuple_new(s->values);
    if (result == NULL)
        return NULL;
    int64_t at = 0;
    for (int64_t i = 0; i < s->codes; i++) {
        const Code *code = &s->code[i];
        bool single = code->kind == 's' || code->kind == 'p';
        int64_t count = single ? 1 : code->count;
        for (int64_t j = 0; j < count; j++) {
            Obj *value = get_value(s, code, from + code->offset + j * code->size);
            if (value == NULL) {
                obj_decref(result);
                return NULL;
            }
            tuple_cast(result)->items[at++] = value;
        }
    }
    return result;
}

static Obj *pack(ObjRef self, const ObjRef *args, int64_t nargs)
{
    const StructObj *s = struct_cast(self);
    if (nargs != s->values) {
        return raise_error("pack expected %lld items for packing (got %lld)", (long long)s->values,
                           (long long)nargs);
    }
    Obj *result = bytes_new(NULL, s->size);
    if (result != NULL && pack_into_memory(s, bytes_cast(result)->data, args) < 0)
        obj_clear(&result);
    return result;
}

/* args: buffer, offset, values… */
static Obj *pack_into(ObjRef self, const ObjRef *args, int64_t nargs)
{
    const StructObj *s = struct_cast(self);
    BufferView view;
    int64_t offset;
    if (nargs == 0)
        return raise_error("pack_into expected buffer argument");
    if (nargs == 1)
        return raise_error("pack_into expected offset argument");
    if (nargs - 2 != s->values) {
        return raise_error("pack_into expected %lld items for packing (got %lld)",
                           (long long)s->values, (long long)nargs - 2);
    }
    if (buffer_acquire_writable(args[0], &view) < 0) {
        err_clear();
        return err_format(&exc_type_error, "argument must be read-write bytes-like object, not %T",
                          args[0]);
    }
    Obj *result = NULL;
    if (obj_to_int64(args[1], &offset) < 0)
        goto done;
    if (offset < 0) {
        if (offset + s->size > 0) {
            raise_error("no space to pack %lld bytes at offset %lld", (long long)s->size,
                        (long long)offset);
            goto done;
        }
        if (offset + view.length < 0) {
            raise_error("offset %lld out of range for %lld-byte buffer", (long long)offset,
                        (long long)view.length);
            goto done;
        }
        offset += view.length;
    }
    if (offset > view.length || view.length - offset < s->size) {
        raise_error("pack_into requires a buffer of at least %lld bytes for packing %lld bytes at "
                    "offset %lld (actual buffer size is %lld)",
                    (long long)(s->size + offset), (long long)s->size, (long long)offset,
                    (long long)view.length);
        goto done;
    }
    if (pack_into_memory(s, (unsigned char *)(uintptr_t)view.data + offset, args + 2) == 0)
        result = none_new();
done:
    buffer_release(&view);
    return result;
}

static Obj *unpack(ObjRef self, ObjRef buffer)
{
    const StructObj *s = struct_cast(self);
    BufferView view;
    if (buffer_acquire(buffer, &view) < 0)
        return NULL;
    Obj *result = view.length != s->size
                      ? raise_error("unpack requires a buffer of %lld bytes", (long long)s->size)
                      : unpack_memory(s, view.data);
    buffer_release(&view);
    return result;
}

static Obj *unpack_from(ObjRef self, ObjRef buffer, ObjRef offset_arg)
{
    const StructObj *s = struct_cast(self);
    BufferView view;
    int64_t offset = 0;
    if (buffer_acquire(buffer, &view) < 0)
        return NULL;
    Obj *result = NULL;
    if (offset_arg != NULL && obj_to_int64(offset_arg, &offset) < 0)
        goto done;
    if (offset < 0) {
        if (offset + s->size > 0) {
            raise_error("not enough data to unpack %lld bytes at offset %lld", (long long)s->size,
                        (long long)offset);
            goto done;
        }
        if (offset + view.length < 0) {
            raise_error("offset %lld out of range for %lld-byte buffer", (long long)offset,
                        (long long)view.length);
            goto done;
        }
        offset += view.length;
    }
    if (offset > view.length || view.length - offset < s->size) {
        raise_error("unpack_from requires a buffer of at least %lu bytes for unpacking %lld bytes "
                    "at offset %lld (actual buffer size is %lld)",
                    (unsigned long)s->size + (unsigned long)offset, (long long)s->size,
                    (long long)offset, (long long)view.length);
        goto done;
    }
    result = unpack_memory(s, view.data + offset);
done:
    buffer_release(&view);
    return result;
}

static Obj *iter_unpack(ObjRef self, ObjRef buffer)
{
    const StructObj *s = struct_cast(self);
    if (s->size == 0)
        return raise_error("cannot iteratively unpack with a struct of length 0");
    BufferView view;
    if (buffer_acquire(buffer, &view) < 0)
        return NULL;
    if (view.length % s->size != 0) {
        buffer_release(&view);
        return raise_error("iterative unpacking requires a buffer of a multiple of %lld bytes",
                           (long long)s->size);
    }
    UnpackIterObj *it =
        (UnpackIterObj *)obj_new_gc(&unpack_iterator_type, (int64_t)sizeof(UnpackIterObj));
    if (it == NULL) {
        buffer_release(&view);
        return NULL;
    }
    it->owner = obj_incref(self);
    it->view = view;
    it->offset = 0;
    gc_track(&it->base);
    return &it->base;
}

/* ---- Struct */

static Obj *struct_new(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    Obj *self = obj_alloc(type, (int64_t)sizeof(StructObj));
    if (self == NULL)
        return NULL;
    struct_cast(self)->size = -1;
    struct_cast(self)->values = -1;
    obj_track_if_gc(self);
    return self;
}

static int struct_init(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    static const ArgSpec spec = {"Struct", 0, 1, 1, 1, {"format"}};
    ObjRef out[1];
    if (args_bind(&spec, args, nargs, kwnames, out) < 0)
        return -1;
    Obj *format;
    if (str_check(out[0])) {
        format = codec_encode(out[0], "ascii", NULL);
    } else if (bytes_check(out[0])) {
        format = obj_incref(out[0]);
    } else {
        return err_format_int(&exc_type_error,
                              "Struct() argument 1 must be a str or bytes object, not %T", out[0]);
    }
    if (format == NULL)
        return -1;
    obj_replace(&struct_cast(self)->format, format);
    return compile(struct_cast(self));
}

static int struct_traverse(ObjRef self, VisitFn visit, void *context)
{
    GC_VISIT(struct_cast(self)->format);
    return 0;
}

static void struct_dealloc(Obj *self)
{
    StructObj *s = struct_cast(self);
    obj_clear(&s->format);
    mem_free(s->code, (size_t)s->code_room * sizeof(Code));
    obj_free(self, (int64_t)sizeof(StructObj));
}

static int check_ready(ObjRef self)
{
    if (struct_cast(self)->format != NULL)
        return 0;
    return err_format_int(&exc_runtime_error, "Struct object is not initialized");
}

#define METHOD(name)                                                                               \
    static Obj *name(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)

METHOD(pack_method)
{
    (void)kwnames;
    return check_ready(self) < 0 ? NULL : pack(self, args, nargs);
}

METHOD(pack_into_method)
{
    (void)kwnames;
    return check_ready(self) < 0 ? NULL : pack_into(self, args, nargs);
}

METHOD(unpack_method)
{
    (void)nargs, (void)kwnames;
    return check_ready(self) < 0 ? NULL : unpack(self, args[0]);
}

METHOD(unpack_from_method)
{
    static const ArgSpec spec = {"unpack_from", 0, 1, 2, 2, {"buffer", "offset"}};
    ObjRef out[2];
    if (check_ready(self) < 0 || args_bind(&spec, args, nargs, kwnames, out) < 0)
        return NULL;
    return unpack_from(self, out[0], out[1]);
}

METHOD(iter_unpack_method)
{
    (void)nargs, (void)kwnames;
    return check_ready(self) < 0 ? NULL : iter_unpack(self, args[0]);
}

METHOD(struct_sizeof)
{
    (void)args, (void)nargs, (void)kwnames;
    return int_new(obj_type(self)->basic_size +
                   struct_cast(self)->code_room * (int64_t)sizeof(Code));
}

static Obj *get_format(ObjRef self)
{
    const StructObj *s = struct_cast(self);
    if (check_ready(self) < 0)
        return NULL;
    return str_from_latin1((const char *)bytes_cast(s->format)->data,
                           bytes_cast(s->format)->length);
}

static const MethodDef struct_methods[] = {
    {"iter_unpack", iter_unpack_method, 1, 1, 0,
     "iter_unpack($self, buffer, /)\n--\n\nIterator over one tuple for each size bytes."},
    {"pack", pack_method, 0, -1, 0, "S.pack(v1, v2, ...) -> bytes\n\nThe values as octets."},
    {"pack_into", pack_into_method, 0, -1, 0,
     "S.pack_into(buffer, offset, v1, v2, ...)\n\nWrites the values into a buffer."},
    {"unpack", unpack_method, 1, 1, 0,
     "unpack($self, buffer, /)\n--\n\nThe values of exactly size bytes."},
    {"unpack_from", unpack_from_method, 0, -1, METHOD_KEYWORDS,
     "unpack_from($self, /, buffer, offset=0)\n--\n\nThe values at an offset."},
    {"__sizeof__", struct_sizeof, 0, 0, 0, "S.__sizeof__() -> size of S in memory, in bytes"},
    {0},
};

static const GetSetDef struct_getset[] = {
    {"format", get_format, NULL, "struct format string"},
    {0},
};

static const MemberDef struct_members[] = {
    {"size", MEMBER_INT64, offsetof(StructObj, size), MEMBER_READONLY, "struct size in bytes"},
    {0},
};

Type struct_type = {
    .head = {.base = {1, &type_type.root},
             .name = "_struct.Struct",
             .flags = TYPE_BASE,
             .traverse = struct_traverse,
             .dealloc = struct_dealloc},
    .doc = "Struct(fmt) --> compiled struct object\n\nA compiled format.",
    .basic_size = (int64_t)sizeof(StructObj),
    .new = struct_new,
    .init = struct_init,
    .methods = struct_methods,
    .members = struct_members,
    .getset = struct_getset,
};

/* ---- the iterator */

static void iterator_dealloc(Obj *self)
{
    UnpackIterObj *it = (UnpackIterObj *)self;
    gc_untrack(self);
    buffer_release(&it->view);
    obj_clear(&it->owner);
    obj_free(self, (int64_t)sizeof(UnpackIterObj));
}

static int iterator_traverse(ObjRef self, VisitFn visit, void *context)
{
    GC_VISIT(((UnpackIterObj *)self)->owner);
    GC_VISIT(((UnpackIterObj *)self)->view.owner);
    return 0;
}

static int iterator_next(ObjRef self, Obj **out)
{
    UnpackIterObj *it = (UnpackIterObj *)self;
    const StructObj *s = struct_cast(it->owner);
    if (it->view.owner == NULL)
        return 0;
    if (it->offset >= it->view.length || it->view.length - it->offset < s->size) {
        buffer_release(&it->view);
        return 0;
    }
    *out = unpack_memory(s, it->view.data + it->offset);
    it->offset += s->size;
    return *out == NULL ? -1 : 1;
}

METHOD(iterator_length_hint)
{
    (void)args, (void)nargs, (void)kwnames;
    const UnpackIterObj *it = (const UnpackIterObj *)self;
    if (it->view.owner == NULL)
        return int_new(0);
    return int_new((it->view.length - it->offset) / struct_cast(it->owner)->size);
}

static const MethodDef iterator_methods[] = {
    {"__length_hint__", iterator_length_hint, 0, 0, 0, "Tuples still to come."},
    {0},
};

Type unpack_iterator_type = {
    .head = {.base = {1, &type_type.root},
             .name = "_struct.unpack_iterator",
             .flags = TYPE_GC | TYPE_NO_NEW,
             .traverse = iterator_traverse,
             .dealloc = iterator_dealloc},
    .basic_size = (int64_t)sizeof(UnpackIterObj),
    .iter = object_iter_self,
    .next = iterator_next,
    .methods = iterator_methods,
};

/* ---- functions of the module */

/* The Struct of a format, from the cache or new: new reference. */
static Obj *find_struct(ObjRef format)
{
    if (str_check(format) || bytes_check(format)) {
        ObjRef known = dict_peek(cache, format);
        if (known != NULL)
            return obj_incref(known);
        if (err_occurred() != NULL)
            return NULL;
    }
    Obj *s = obj_call1((ObjRef)&struct_type, format);
    if (s == NULL)
        return NULL;
    if (dict_length(cache) >= CACHE_MAX)
        dict_clear(cache);
    if (dict_set(cache, format, s) < 0)
        obj_clear(&s);
    return s;
}

METHOD(calcsize)
{
    (void)self, (void)nargs, (void)kwnames;
    Obj *s = find_struct(args[0]);
    if (s == NULL)
        return NULL;
    int64_t size = struct_cast(s)->size;
    obj_decref(s);
    return int_new(size);
}

METHOD(pack_function)
{
    (void)self, (void)kwnames;
    if (nargs == 0)
        return err_string(&exc_type_error, "missing format argument");
    Obj *s = find_struct(args[0]);
    if (s == NULL)
        return NULL;
    Obj *result = pack(s, args + 1, nargs - 1);
    obj_decref(s);
    return result;
}

METHOD(pack_into_function)
{
    (void)self, (void)kwnames;
    if (nargs == 0)
        return err_string(&exc_type_error, "missing format argument");
    Obj *s = find_struct(args[0]);
    if (s == NULL)
        return NULL;
    Obj *result = pack_into(s, args + 1, nargs - 1);
    obj_decref(s);
    return result;
}

METHOD(unpack_function)
{
    (void)self, (void)nargs, (void)kwnames;
    Obj *s = find_struct(args[0]);
    if (s == NULL)
        return NULL;
    Obj *result = unpack(s, args[1]);
    obj_decref(s);
    return result;
}

METHOD(unpack_from_function)
{
    static const ArgSpec spec = {"unpack_from", 1, 2, 3, 3, {"", "buffer", "offset"}};
    ObjRef out[3];
    (void)self;
    if (args_bind(&spec, args, nargs, kwnames, out) < 0)
        return NULL;
    Obj *s = find_struct(out[0]);
    if (s == NULL)
        return NULL;
    Obj *result = unpack_from(s, out[1], out[2]);
    obj_decref(s);
    return result;
}

METHOD(iter_unpack_function)
{
    (void)self, (void)nargs, (void)kwnames;
    Obj *s = find_struct(args[0]);
    if (s == NULL)
        return NULL;
    Obj *result = iter_unpack(s, args[1]);
    obj_decref(s);
    return result;
}

METHOD(clear_cache)
{
    (void)self, (void)args, (void)nargs, (void)kwnames;
    dict_clear(cache);
    return none_new();
}

static const MethodDef functions[] = {
    {"_clearcache", clear_cache, 0, 0, 0, "_clearcache($module, /)\n--\n\nForgets formats."},
    {"calcsize", calcsize, 1, 1, 0,
     "calcsize($module, format, /)\n--\n\nBytes that the format describes."},
    {"iter_unpack", iter_unpack_function, 2, 2, 0,
     "iter_unpack($module, format, buffer, /)\n--\n\nIterator over tuples of values."},
    {"pack", pack_function, 0, -1, 0, "pack(format, v1, v2, ...) -> bytes\n\nValues as octets."},
    {"pack_into", pack_into_function, 0, -1, 0,
     "pack_into(format, buffer, offset, v1, v2, ...)\n\nWrites values into a buffer."},
    {"unpack", unpack_function, 2, 2, 0,
     "unpack($module, format, buffer, /)\n--\n\nThe values of a buffer."},
    {"unpack_from", unpack_from_function, 0, -1, METHOD_KEYWORDS,
     "unpack_from($module, format, /, buffer, offset=0)\n--\n\nThe values at an offset."},
    {0},
};

static int exec(ObjRef module)
{
    if (type_ready(&struct_type) < 0 || type_ready(&unpack_iterator_type) < 0)
        return -1;
    ROOT("struct.error", error_type);
    ROOT("the cache of struct formats", cache);
    obj_replace(&error_type, type_new_exception("struct.error", NULL, NULL));
    obj_replace(&cache, dict_new());
    if (error_type == NULL || cache == NULL)
        return -1;
    if (module_add(module, "error", error_type) < 0)
        return -1;
    return module_add(module, "Struct", (ObjRef)&struct_type);
}

void struct_finish(void);
void struct_finish(void)
{
    obj_clear(&error_type);
    obj_clear(&cache);
}

extern const ModuleDef struct_module;
const ModuleDef struct_module = {"_struct", "Values as packed octets.", functions, exec};
