/*
 * Module _ctypes: C values, and looks at the memory of Ouro's own objects.
 *
 * A value either has bytes of its own, looks at those of another value (found again by its address
 * in the list of all values), or looks at foreign memory.  Foreign memory is read only where a live
 * object starts, and all that is seen there is its reference count; so no address can crash the
 * process or show garbage.  Values are too large for the pools, and reading one allocates nothing
 * before the address has been looked up: to look at a freed block must not put it to use.
 *
 * The classes c_long, py_object… are in runtime/lib/ctypes; their _type_ is a letter as in module
 * struct (native sizes), "O" for references and "P" for addresses.
 */

#include <string.h>

#include "gc/pool.h"
#include "runtime/core/address.h"
#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/ids.h"
#include "runtime/core/names.h"
#include "runtime/core/object.h"
#include "runtime/types/bytearray.h"
#include "runtime/types/bytes.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/module.h"
#include "runtime/types/str.h"

typedef struct ValueObj ValueObj;
struct ValueObj {
    Obj base;
    ValueObj *next, *previous; /* in the list of values that have bytes of their own */
    Obj *object;               /* what a py_object refers to; or NULL */
    Obj *owner;                /* the ValueObj whose bytes these are; NULL: own or foreign */
    uintptr_t address;         /* of the bytes */
    union {
        unsigned char bytes[8];
        int64_t word;
    } data;
    char code;           /* _type_ */
    uint8_t size;        /* bytes */
    char room[POOL_MAX]; /* keeps values out of the pools */
};

#define value_cast(o) ((ValueObj *)(o))

static ValueObj owners = {.next = &owners, .previous = &owners};
extern Type ctypes_value_type;

/* ---- kinds */

/* Bytes of a value of this kind; 0: no such kind. */
static uint8_t code_size(char code)
{
    switch (code) {
    case 'b':
    case 'B':
    case 'c':
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
    case 'd':
    case 'P':
    case 'O':
        return 8;
    default:
        return 0;
    }
}

/* The kind that a class stands for; 0 when it is abstract.  Runs no code. */
static char type_code(const Type *type)
{
    ObjRef code = type_lookup((Type *)type, names.ctypes_type);
    if (code == NULL || !str_check(code) || str_length(code) != 1)
        return 0;
    uint32_t letter = str_char_at(code, 0);
    return letter < 128 && code_size((char)letter) > 0 ? (char)letter : 0;
}

static bool is_value_type(ObjRef o)
{
    return obj_has_flag(o, TYPE_TYPE) && type_is_subtype((const Type *)o, &ctypes_value_type);
}

/* ---- lifecycle */

static Obj *value_alloc(Type *type)
{
    char code = type_code(type);
    if (code == 0)
        return err_format(&exc_type_error, "abstract class");
    Obj *self = obj_alloc(type, (int64_t)sizeof(ValueObj));
    if (self == NULL)
        return NULL;
    value_cast(self)->code = code;
    value_cast(self)->size = code_size(code);
    obj_track_if_gc(self);
    return self;
}

static Obj *value_new(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    Obj *self = value_alloc(type);
    if (self == NULL)
        return NULL;
    ValueObj *v = value_cast(self);
    v->address = (uintptr_t)v->data.bytes;
    v->next = owners.next;
    v->previous = &owners;
    owners.next->previous = v;
    owners.next = v;
    return self;
}

static int value_traverse(ObjRef self, VisitFn visit, void *context)
{
    GC_VISIT(value_cast(self)->object);
    GC_VISIT(value_cast(self)->owner);
    return 0;
}

static int value_clear(ObjRef self)
{
    obj_clear(&value_cast(self)->object);
    return 0;
}

static void value_dealloc(Obj *self)
{
    gc_untrack(self);
    ValueObj *v = value_cast(self);
    if (v->next != NULL) {
        v->next->previous = v->previous;
        v->previous->next = v->next;
    }
    obj_clear(&v->object);
    obj_clear(&v->owner);
    obj_free(self, (int64_t)sizeof(ValueObj));
}

/* ---- foreign memory */

static const char *kind_text(AddressKind kind)
{
    static const char *const texts[] = {
        [ADDRESS_UNKNOWN] = "Ouro knows of no object there",
        [ADDRESS_INSIDE] = "it lies inside of a block in use, not at the start of an object",
        [ADDRESS_FREED] = "the memory there was freed",
        [ADDRESS_OBJECT] = "it is the start of a live object",
    };
    return texts[kind];
}

/* What lies at an address; with --ids=stable also what is known of a number that stood for one. */
static AddressKind kind_at(uintptr_t address)
{
    bool gone;
    if (ids_stable && ids_resolve(address, &gone) == 0 && gone)
        return ADDRESS_FREED;
    return address_classify(address);
}

/* The address as the program knows it. */
static unsigned long shown(uintptr_t address)
{
    if (ids_stable && address_classify(address) == ADDRESS_OBJECT)
        return (unsigned long)ids_of((ObjRef)address);
    return (unsigned long)address;
}

/* The live object at an address as borrowed reference, or NULL with ValueError. */
static ObjRef object_at_peek(uintptr_t address)
{
    AddressKind kind = kind_at(address);
    if (kind == ADDRESS_OBJECT)
        return (ObjRef)address;
    err_format(&exc_value_error, "no live object at 0x%lx: %s", shown(address), kind_text(kind));
    return NULL;
}

/* Copies what the value shows: 0, or -1 when the warning about foreign memory is an error. */
static int load(const ValueObj *v, unsigned char *out)
{
    if (v->owner != NULL || v->next != NULL) {
        memcpy(out, (const void *)v->address, v->size);
        return 0;
    }
    AddressKind kind = kind_at(v->address);
    int64_t count = kind == ADDRESS_OBJECT ? ((ObjRef)v->address)->refcnt : 0;
    memcpy(out, &count, v->size);
    if (kind == ADDRESS_OBJECT)
        return 0;
    return err_warn(&exc_runtime_warning, 1, "no live object at 0x%lx: %s", shown(v->address),
                    kind_text(kind));
}

/* Memory that is not the value's own is only read: -1. */
static int refuse_store(const ValueObj *v)
{
    return err_format_int(&exc_value_error, "memory at 0x%lx is not to be written: %s",
                          shown(v->address), kind_text(kind_at(v->address)));
}

static int store(ValueObj *v, const void *data)
{
    if (v->owner == NULL && v->next == NULL)
        return refuse_store(v);
    memcpy((void *)v->address, data, v->size);
    return 0;
}

/* ---- the value as a Python object */

static Obj *integer_from(char code, const unsigned char *data)
{
    int64_t wide = 0;
    memcpy(&wide, data, code_size(code));
    switch (code) {
    case 'b':
        return int_new((int8_t)wide);
    case 'h':
        return int_new((int16_t)wide);
    case 'i':
        return int_new((int32_t)wide);
    case 'l':
    case 'q':
        return int_new(wide);
    default:
        return int_from_uint64((uint64_t)wide);
    }
}

static Obj *value_get(ObjRef self)
{
    const ValueObj *v = value_cast(self);
    if (v->code == 'O') {
        if (v->object != NULL)
            return obj_incref(v->object);
        if (v->data.word == 0)
            return err_string(&exc_value_error, "PyObject is NULL");
        ObjRef found = object_at_peek((uintptr_t)v->data.word);
        return found == NULL ? NULL : obj_incref(found);
    }
    unsigned char data[8] = {0};
    if (load(v, data) < 0)
        return NULL;
    switch (v->code) {
    case '?':
        return bool_new(data[0] != 0);
    case 'c':
        return bytes_new(data, 1);
    case 'f': {
        float number;
        memcpy(&number, data, sizeof number);
        return float_new((double)number);
    }
    case 'd': {
        double number;
        memcpy(&number, data, sizeof number);
        return float_new(number);
    }
    case 'P': {
        uint64_t address;
        memcpy(&address, data, sizeof address);
        return address == 0 ? none_new() : int_from_uint64(address);
    }
    default:
        return integer_from(v->code, data);
    }
}

/* The low 64 bits of an int: 0/-1. */
static int low_bits(ObjRef number, uint64_t *out)
{
    int64_t small;
    if (int_to_int64(number, &small) == 0) {
        *out = (uint64_t)small;
        return 0;
    }
    Obj *mask = int_from_uint64(UINT64_MAX);
    Obj *low = mask == NULL ? NULL : obj_binary(number, mask, BINARY_AND);
    int result = low == NULL ? -1 : int_to_uint64(low, out);
    obj_xdecref(mask);
    obj_xdecref(low);
    return result;
}

static int set_integer(ValueObj *v, ObjRef value)
{
    Obj *number = obj_index(value);
    uint64_t bits;
    int result = number == NULL ? -1 : low_bits(number, &bits);
    obj_xdecref(number);
    return result < 0 ? -1 : store(v, &bits);
}

static int set_real(ValueObj *v, ObjRef value)
{
    double number;
    if (obj_to_double(value, &number) < 0)
        return -1;
    float narrow = (float)number;
    return v->code == 'd' ? store(v, &number) : store(v, &narrow);
}

static int set_char(ValueObj *v, ObjRef value)
{
    int64_t number;
    if (bytes_check(value) && bytes_cast(value)->length == 1)
        return store(v, bytes_cast(value)->data);
    if (bytearray_check(value) && obj_length(value) == 1)
        return store(v, bytearray_data(value));
    if (int_check(value) && int_to_int64(value, &number) == 0 && number >= 0 && number < 256) {
        unsigned char octet = (unsigned char)number;
        return store(v, &octet);
    }
    return err_format_int(&exc_type_error, "one character bytes, bytearray or integer expected");
}

static int value_set(ObjRef self, ObjRef value)
{
    ValueObj *v = value_cast(self);
    if (value == NULL)
        return err_format_int(&exc_type_error, "can't delete attribute");
    switch (v->code) {
    case 'O':
        if (v->owner == NULL && v->next == NULL)
            return refuse_store(v);
        v->data.word = (int64_t)(uintptr_t)value;
        obj_replace(&v->object, obj_incref(value));
        return 0;
    case '?': {
        int truth = obj_truth(value);
        unsigned char octet = truth > 0;
        return truth < 0 ? -1 : store(v, &octet);
    }
    case 'c':
        return set_char(v, value);
    case 'f':
    case 'd':
        return set_real(v, value);
    case 'P':
        if (!is_none(value) && !int_check(value))
            return err_format_int(&exc_type_error, "cannot be converted to pointer");
        if (is_none(value)) {
            uint64_t null = 0;
            return store(v, &null);
        }
        return set_integer(v, value);
    default:
        return set_integer(v, value);
    }
}

static int value_init(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    if (args_no_keywords(obj_type(self)->head.name, kwnames) < 0 ||
        args_check_count("__init__", nargs, 0, 1) < 0)
        return -1;
    return nargs == 0 ? 0 : value_set(self, args[0]);
}

static Obj *value_repr(ObjRef self)
{
    const Type *type = obj_type(self);
    if (type->base != &ctypes_value_type) {
        obj_reveal(self);
        return str_format_c("<%s object at %p>", type->head.name, (void *)self);
    }
    Obj *value = value_get(self);
    if (value == NULL) {
        if (value_cast(self)->code != 'O' || !err_matches(&exc_value_error))
            return NULL;
        err_clear();
        return str_format_c("%s(<NULL>)", type_name(type));
    }
    Obj *text = str_format_c("%s(%R)", type_name(type), value);
    obj_decref(value);
    return text;
}

static int value_truth(ObjRef self)
{
    const ValueObj *v = value_cast(self);
    unsigned char data[8] = {0}, zeros[8] = {0};
    return load(v, data) < 0 ? -1 : memcmp(data, zeros, sizeof data) != 0;
}

/* ---- methods of the classes */

/* An address as an argument: any int, taken modulo 2**64; or the number of an object that
 * --ids=stable showed. */
static int address_argument(ObjRef arg, uintptr_t *out)
{
    uint64_t bits;
    if (!int_check(arg))
        return err_format_int(&exc_type_error, "integer expected");
    if (low_bits(arg, &bits) < 0)
        return -1;
    *out = (uintptr_t)bits;
    uintptr_t object = ids_resolve(*out, NULL);
    if (object != 0)
        *out = object;
    return 0;
}

static Obj *from_address(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    uintptr_t address;
    if (address_argument(args[0], &address) < 0)
        return NULL;
    Obj *result = value_alloc((Type *)self);
    if (result == NULL)
        return NULL;
    ValueObj *v = value_cast(result);
    v->address = address;
    for (ValueObj *owner = owners.next; owner != &owners; owner = owner->next) {
        if (owner->address == address && owner->size >= v->size && owner->code != 'O')
            v->owner = obj_incref(&owner->base);
    }
    return result;
}

static Obj *from_param(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    if (type_check(args[0], (Type *)self))
        return obj_incref(args[0]);
    return obj_call1(self, args[0]);
}

static const MethodDef value_methods[] = {
    {"from_address", from_address, 1, 1, METHOD_CLASS,
     "from_address($type, address, /)\n--\n\nThe value that lies at an address."},
    {"from_param", from_param, 1, 1, METHOD_CLASS,
     "from_param($type, value, /)\n--\n\nThe value as an argument of this type."},
    {0},
};

static const GetSetDef value_getset[] = {
    {"value", value_get, value_set, "The value as a Python object."},
    {0},
};

Type ctypes_value_type = {
    .head = {.base = {1, &type_type.root},
             .name = "_ctypes._SimpleCData",
             .flags = TYPE_GC | TYPE_BASE,
             .traverse = value_traverse,
             .clear = value_clear,
             .dealloc = value_dealloc},
    .doc = "A number, a byte, an address or a reference.",
    .basic_size = (int64_t)sizeof(ValueObj),
    .repr = value_repr,
    .truth = value_truth,
    .new = value_new,
    .init = value_init,
    .methods = value_methods,
    .getset = value_getset,
};

/* ---- functions */

/* The size of a value or of a class of values; 0 with TypeError. */
static uint8_t size_of(ObjRef o, const char *complaint)
{
    const Type *type = is_value_type(o) ? (const Type *)o : obj_type(o);
    char code = type_is_subtype(type, &ctypes_value_type) ? type_code(type) : 0;
    if (code == 0)
        err_string(&exc_type_error, complaint);
    return code == 0 ? 0 : code_size(code);
}

#define FUNCTION(name)                                                                             \
    static Obj *name(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
#define UNUSED (void)self, (void)nargs, (void)kwnames

FUNCTION(ctypes_sizeof)
{
    UNUSED;
    uint8_t size = size_of(args[0], "this type has no size");
    return size == 0 ? NULL : int_new(size);
}

FUNCTION(ctypes_alignment)
{
    UNUSED;
    uint8_t size = size_of(args[0], "no alignment info");
    return size == 0 ? NULL : int_new(size);
}

FUNCTION(ctypes_addressof)
{
    UNUSED;
    if (!type_check(args[0], &ctypes_value_type))
        return err_string(&exc_type_error, "invalid type");
    return int_from_uint64(value_cast(args[0])->address);
}

FUNCTION(ctypes_cast)
{
    UNUSED;
    char code = is_value_type(args[1]) ? type_code((const Type *)args[1]) : 0;
    if (code != 'O' && code != 'P') {
        return err_format(&exc_type_error, "cast() argument 2 must be a pointer, not %s",
                          obj_has_flag(args[1], TYPE_TYPE) ? type_name((const Type *)args[1])
                                                           : type_name(obj_type(args[1])));
    }
    uintptr_t address = 0;
    if (type_check(args[0], &ctypes_value_type)) {
        const ValueObj *v = value_cast(args[0]);
        unsigned char data[8] = {0};
        if (v->code != 'O' && v->code != 'P')
            return err_format(&exc_type_error, "cast() argument 1 must be a pointer, not %T",
                              args[0]);
        if (load(v, data) < 0)
            return NULL;
        memcpy(&address, data, sizeof address);
    } else if (!is_none(args[0])) {
        if (!int_check(args[0]))
            return err_format(&exc_type_error, "cast() argument 1 must be an address, not %T",
                              args[0]);
        if (address_argument(args[0], &address) < 0)
            return NULL;
    }
    if (code == 'O' && address != 0 && object_at_peek(address) == NULL)
        return NULL;
    Obj *result = value_new((Type *)args[1], NULL, 0, NULL);
    if (result != NULL)
        value_cast(result)->data.word = (int64_t)address;
    return result;
}

FUNCTION(ctypes_describe)
{
    UNUSED;
    uintptr_t address;
    return address_argument(args[0], &address) < 0 ? NULL
                                                   : str_from_ascii(kind_text(kind_at(address)));
}

static const MethodDef functions[] = {
    {"addressof", ctypes_addressof, 1, 1, 0,
     "addressof($module, value, /)\n--\n\nThe address of the bytes of a value."},
    {"alignment", ctypes_alignment, 1, 1, 0,
     "alignment($module, value_or_type, /)\n--\n\nWhat addresses of such values are multiples of."},
    {"cast", ctypes_cast, 2, 2, 0,
     "cast($module, obj, typ, /)\n--\n\nAn address as a value of a pointer type: py_object or "
     "c_void_p."},
    {"describe", ctypes_describe, 1, 1, 0,
     "describe($module, address, /)\n--\n\nWhat lies at an address, in words."},
    {"sizeof", ctypes_sizeof, 1, 1, 0,
     "sizeof($module, value_or_type, /)\n--\n\nBytes of a value."},
    {0},
};

static int module_exec(ObjRef module)
{
    return module_add(module, "_SimpleCData", &ctypes_value_type.head.base);
}

const ModuleDef ctypes_module = {
    .name = "_ctypes",
    .doc = "C values and looks at the memory of objects.",
    .functions = functions,
    .exec = module_exec,
};
