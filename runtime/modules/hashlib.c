/*
 * Modules _md5, _sha1, _sha256, _sha512, _sha3, _blake2 and _pbkdf2: what hashlib is made of.
 *
 * One object layout serves all: a DigestState (digest.h).  The types differ in name, in how they
 * are called (SHA-3 and BLAKE2 are classes, the others have functions as makers) and in what they
 * tell of themselves.
 */

#include "runtime/modules/digest.h"

#include <string.h>

#include "gc/mem.h"
#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/types/buffer.h"
#include "runtime/types/bytes.h"
#include "runtime/types/dict.h"
#include "runtime/types/int.h"
#include "runtime/types/module.h"
#include "runtime/types/str.h"

typedef struct HashObj {
    Obj base;
    DigestState state;
} HashObj;

#define hash_cast(o) ((HashObj *)(o))
#define kind_of(o) (hash_cast(o)->state.kind)

/* A digest without a size of its own is refused from here on (bytes). */
enum { LONGEST_OUTPUT = 1 << 29 };

/* ---- objects */

static void dealloc(Obj *self)
{
    obj_free(self, sizeof(HashObj));
}

/* Bytes to be hashed, with CPython's words for what is none: 0/-1. */
static int acquire_data(ObjRef data, BufferView *view)
{
    if (str_check(data))
        return err_format_int(&exc_type_error, "Strings must be encoded before hashing");
    if (!buffer_check(data))
        return err_format_int(&exc_type_error, "object supporting the buffer API required");
    return buffer_acquire(data, view);
}

static Obj *add_data(ObjRef self, ObjRef data)
{
    BufferView view;
    if (acquire_data(data, &view) < 0)
        return NULL;
    digest_update(&hash_cast(self)->state, view.data, view.length);
    buffer_release(&view);
    return none_new();
}

/* A new object of a kind that has taken in `data` (may be NULL). */
static Obj *new_hash(Type *type, const DigestKind *kind, ObjRef data)
{
    Obj *self = obj_new(type, sizeof(HashObj));
    if (self == NULL)
        return NULL;
    digest_start(&hash_cast(self)->state, kind);
    if (data != NULL) {
        Obj *done = add_data(self, data);
        if (done == NULL)
            obj_clear(&self);
        obj_xdecref(done);
    }
    return self;
}

/* ---- methods */

static Obj *method_update(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)nargs, (void)kwnames;
    return add_data(self, args[0]);
}

static Obj *method_copy(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    Obj *copy = obj_new(obj_type(self), sizeof(HashObj));
    if (copy != NULL)
        hash_cast(copy)->state = hash_cast(self)->state;
    return copy;
}

static Obj *digest_bytes(ObjRef self, int64_t length)
{
    Obj *result = bytes_new(NULL, length);
    if (result != NULL && length > 0)
        digest_finish(&hash_cast(self)->state, bytes_cast(result)->data, length);
    return result;
}

static Obj *hex_text(Obj *bytes)
{
    if (bytes == NULL)
        return NULL;
    int64_t length = bytes_cast(bytes)->length;
    Obj *text = length == 0 ? str_from_ascii("") : str_new_blank(2 * length, 127);
    for (int64_t i = 0; text != NULL && i < length; i++) {
        unsigned char byte = bytes_cast(bytes)->data[i];
        str_cast(text)->data[2 * i] = (unsigned char)"0123456789abcdef"[byte >> 4];
        str_cast(text)->data[2 * i + 1] = (unsigned char)"0123456789abcdef"[byte & 15];
    }
    obj_decref(bytes);
    return text;
}

static Obj *method_digest(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    return digest_bytes(self, hash_cast(self)->state.size);
}

static Obj *method_hexdigest(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    return hex_text(digest_bytes(self, hash_cast(self)->state.size));
}

/* digest(length) of the kinds that give any number of bytes. */
static Obj *shake_digest(ObjRef self, ObjRef size)
{
    Obj *index = obj_index(size);
    if (index == NULL)
        return NULL;
    int64_t length = obj_as_index(index, &exc_overflow_error.head.base);
    obj_decref(index);
    if (length == -1 && err_occurred() != NULL) {
        err_clear();
        return err_string(&exc_value_error, "length is too large");
    }
    if (length < 0)
        return err_string(&exc_value_error, "value must be positive");
    if (length >= LONGEST_OUTPUT)
        return err_string(&exc_value_error, "length is too large");
    return digest_bytes(self, length);
}

static Obj *method_shake_digest(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    static const ArgSpec spec = {"digest", 0, 1, 1, 1, {"length"}};
    ObjRef out[1];
    return args_bind(&spec, args, nargs, kwnames, out) < 0 ? NULL : shake_digest(self, out[0]);
}

static Obj *method_shake_hexdigest(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    static const ArgSpec spec = {"hexdigest", 0, 1, 1, 1, {"length"}};
    ObjRef out[1];
    if (args_bind(&spec, args, nargs, kwnames, out) < 0)
        return NULL;
    return hex_text(shake_digest(self, out[0]));
}

static Obj *get_name(ObjRef self)
{
    return str_from_ascii(kind_of(self)->name);
}

static Obj *get_block_size(ObjRef self)
{
    return int_new(kind_of(self)->block);
}

static Obj *get_digest_size(ObjRef self)
{
    return int_new(hash_cast(self)->state.size);
}

static Obj *get_capacity(ObjRef self)
{
    return int_new(1600 - 8 * kind_of(self)->block);
}

static Obj *get_rate(ObjRef self)
{
    return int_new(8 * (int64_t)kind_of(self)->block);
}

static Obj *get_suffix(ObjRef self)
{
    return bytes_new(kind_of(self)->size == 0 ? "\x1f" : "\x06", 1);
}

#define UPDATE_AND_COPY                                                                            \
    {"update", method_update, 1, 1, 0, "update($self, data, /)\n--\n\nTakes in more bytes."},      \
    {                                                                                              \
        "copy", method_copy, 0, 0, 0,                                                              \
            "copy($self, /)\n--\n\nAn object that stands where this one"                           \
            " stands."                                                                             \
    }

static const MethodDef methods[] = {
    UPDATE_AND_COPY,
    {"digest", method_digest, 0, 0, 0, "digest($self, /)\n--\n\nThe digest of all so far."},
    {"hexdigest", method_hexdigest, 0, 0, 0,
     "hexdigest($self, /)\n--\n\nThe digest in hexadecimal digits."},
    {0},
};

static const MethodDef shake_methods[] = {
    UPDATE_AND_COPY,
    {"digest", method_shake_digest, 0, -1, METHOD_KEYWORDS,
     "digest($self, length, /)\n--\n\nSo many bytes of output for all so far."},
    {"hexdigest", method_shake_hexdigest, 0, -1, METHOD_KEYWORDS,
     "hexdigest($self, length, /)\n--\n\nThe digest in hexadecimal digits."},
    {0},
};

static const GetSetDef getset[] = {
    {"name", get_name, NULL, "Name of the algorithm."},
    {"block_size", get_block_size, NULL, "Bytes taken in at once."},
    {"digest_size", get_digest_size, NULL, "Bytes of a digest."},
    {0},
};

static const GetSetDef sha3_getset[] = {
    {"name", get_name, NULL, "Name of the algorithm."},
    {"block_size", get_block_size, NULL, "Bytes taken in at once."},
    {"digest_size", get_digest_size, NULL, "Bytes of a digest."},
    {"_capacity_bits", get_capacity, NULL, NULL},
    {"_rate_bits", get_rate, NULL, NULL},
    {"_suffix", get_suffix, NULL, NULL},
    {0},
};

/* ---- types and their makers */

/* (string=b'', *, usedforsecurity=True) of all but BLAKE2. */
static Obj *make_with_args(Type *type, const DigestKind *kind, const ObjRef *args, int64_t nargs,
                           ObjRef kwnames, int positional_only)
{
    const ArgSpec spec = {kind->name, (int8_t)positional_only,
                          0,          1,
                          2,          {positional_only ? "data" : "string", "usedforsecurity"}};
    ObjRef out[2];
    bool ignored = true;
    if (args_bind(&spec, args, nargs, kwnames, out) < 0 || args_to_bool(out[1], &ignored) < 0)
        return NULL;
    return new_hash(type, kind, out[0]);
}

#define HASH_TYPE(kind_name, module_name, class_name, type_flags, method_table, getset_table,      \
                  new_slot)                                                                        \
    static Type kind_name##_type = {                                                               \
        .head = {.base = {1, &type_type.root},                                                     \
                 .name = module_name "." class_name,                                               \
                 .flags = type_flags,                                                              \
                 .dealloc = dealloc},                                                              \
        .root = {.type = &kind_name##_type.head},                                                  \
        .basic_size = sizeof(HashObj),                                                             \
        .new = new_slot,                                                                           \
        .methods = method_table,                                                                   \
        .getset = getset_table,                                                                    \
    }

#define FUNCTION_KIND(kind_name, module_name)                                                      \
    HASH_TYPE(kind_name, module_name, #kind_name, TYPE_NO_NEW, methods, getset, NULL);             \
    static Obj *make_##kind_name(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)   \
    {                                                                                              \
        (void)self;                                                                                \
        return make_with_args(&kind_name##_type, &digest_##kind_name, args, nargs, kwnames, 0);    \
    }

#define CLASS_KIND(kind_name, method_table)                                                        \
    static Obj *new_##kind_name(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)     \
    {                                                                                              \
        return make_with_args(type, &digest_##kind_name, args, nargs, kwnames, 1);                 \
    }                                                                                              \
    HASH_TYPE(kind_name, "_sha3", #kind_name, 0, method_table, sha3_getset, new_##kind_name);

#define MAKER(kind_name)                                                                           \
    {                                                                                              \
#kind_name, make_##kind_name, 0, -1, METHOD_KEYWORDS,                                      \
            #kind_name "($module, /, string=b'', *, usedforsecurity=True)\n--\n\n"                 \
                       "A hash object; string is its first data."                                  \
    }

FUNCTION_KIND(md5, "_md5")
FUNCTION_KIND(sha1, "_sha1")
FUNCTION_KIND(sha224, "_sha256")
FUNCTION_KIND(sha256, "_sha256")
FUNCTION_KIND(sha384, "_sha512")
FUNCTION_KIND(sha512, "_sha512")
CLASS_KIND(sha3_224, methods)
CLASS_KIND(sha3_256, methods)
CLASS_KIND(sha3_384, methods)
CLASS_KIND(sha3_512, methods)
CLASS_KIND(shake_128, shake_methods)
CLASS_KIND(shake_256, shake_methods)

/* ---- BLAKE2 */

/* An int argument within bounds: 0, or -1 with ValueError. */
static int take_number(ObjRef arg, int64_t low, int64_t high, int64_t *out, const char *message)
{
    if (arg != NULL && args_to_int64(arg, out) < 0)
        return -1;
    return *out < low || *out > high ? err_format_int(&exc_value_error, "%s", message) : 0;
}

/* A number for a field of so many bits: ValueError when negative, OverflowError when too large. */
static int take_field(ObjRef arg, int bits, uint64_t *out, const char *name)
{
    if (arg == NULL)
        return 0;
    Obj *number = obj_index(arg), *zero = int_new(0), *limit = NULL;
    int negative = number == NULL || zero == NULL ? -1 : obj_compare_bool(number, zero, CMP_LT);
    int result = -1;
    if (negative > 0) {
        err_string(&exc_value_error, "value must be positive");
    } else if (negative == 0) {
        Obj *one = int_new(1), *shift = int_new(bits);
        limit = one == NULL || shift == NULL ? NULL : obj_binary(one, shift, BINARY_LSHIFT);
        obj_xdecref(one);
        obj_xdecref(shift);
        int below = limit == NULL ? -1 : obj_compare_bool(number, limit, CMP_LT);
        if (below == 0)
            err_format(&exc_overflow_error, "%s is too large", name);
        if (below > 0)
            result = int_to_uint64(number, out);
    }
    obj_xdecref(number);
    obj_xdecref(zero);
    obj_xdecref(limit);
    return result;
}

/* Copies a bytes-like argument of at most `limit` bytes: 0/-1. */
static int take_bytes(ObjRef arg, unsigned char *out, int64_t limit, int64_t *length,
                      const char *what)
{
    BufferView view;
    if (arg == NULL)
        return 0;
    if (buffer_acquire(arg, &view) < 0)
        return -1;
    int result = 0;
    if (view.length > limit)
        result = err_format_int(&exc_value_error, "maximum %s length is %lld bytes", what,
                                (long long)limit);
    else if (view.length > 0)
        memcpy(out, view.data, (size_t)view.length);
    if (length != NULL)
        *length = view.length;
    buffer_release(&view);
    return result;
}

static Obj *new_blake2(Type *type, const DigestKind *kind, const ObjRef *args, int64_t nargs,
                       ObjRef kwnames)
{
    enum {
        DATA,
        SIZE,
        KEY,
        SALT,
        PERSON,
        FANOUT,
        DEPTH,
        LEAF,
        OFFSET,
        NODE,
        INNER,
        LAST,
        SECURITY
    };
    const ArgSpec spec = {kind->name,
                          1,
                          0,
                          1,
                          SECURITY + 1,
                          {"data", "digest_size", "key", "salt", "person", "fanout", "depth",
                           "leaf_size", "node_offset", "node_depth", "inner_size", "last_node",
                           "usedforsecurity"}};
    ObjRef out[SECURITY + 1];
    bool wide = kind == &digest_blake2b, ignored = true;
    Blake2Params params = {.digest_size = kind->size, .fanout = 1, .depth = 1};
    uint64_t leaf_size = 0;
    if (args_bind(&spec, args, nargs, kwnames, out) < 0 ||
        args_to_bool(out[SECURITY], &ignored) < 0 || args_to_bool(out[LAST], &params.last_node) < 0)
        return NULL;
    if (take_number(out[SIZE], 1, kind->size, &params.digest_size,
                    wide ? "digest_size must be between 1 and 64 bytes"
                         : "digest_size must be between 1 and 32 bytes") < 0 ||
        take_bytes(out[SALT], params.salt, wide ? 16 : 8, NULL, "salt") < 0 ||
        take_bytes(out[PERSON], params.person, wide ? 16 : 8, NULL, "person") < 0 ||
        take_number(out[FANOUT], 0, 255, &params.fanout, "fanout must be between 0 and 255") < 0 ||
        take_number(out[DEPTH], 1, 255, &params.depth, "depth must be between 1 and 255") < 0 ||
        take_field(out[LEAF], 32, &leaf_size, "leaf_size") < 0 ||
        take_field(out[OFFSET], wide ? 64 : 48, &params.node_offset, "node_offset") < 0 ||
        take_number(out[NODE], 0, 255, &params.node_depth, "node_depth must be between 0 and 255") <
            0 ||
        take_number(out[INNER], 0, kind->size, &params.inner_size,
                    wide ? "inner_size must be between 0 and is 64"
                         : "inner_size must be between 0 and is 32") < 0 ||
        take_bytes(out[KEY], params.key, kind->size, &params.key_size, "key") < 0)
        return NULL;
    params.leaf_size = (int64_t)leaf_size;
    Obj *self = obj_new(type, sizeof(HashObj));
    if (self == NULL)
        return NULL;
    digest_start_blake2(&hash_cast(self)->state, kind, &params);
    Obj *done = out[DATA] == NULL ? none_new() : add_data(self, out[DATA]);
    if (done == NULL)
        obj_clear(&self);
    obj_xdecref(done);
    return self;
}

static Obj *new_blake2b(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    return new_blake2(type, &digest_blake2b, args, nargs, kwnames);
}

static Obj *new_blake2s(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    return new_blake2(type, &digest_blake2s, args, nargs, kwnames);
}

HASH_TYPE(blake2b, "_blake2", "blake2b", 0, methods, getset, new_blake2b);
HASH_TYPE(blake2s, "_blake2", "blake2s", 0, methods, getset, new_blake2s);

/* ---- PBKDF2 (RFC 8018) */

static const DigestKind *find_kind(ObjRef name)
{
    static const DigestKind *const kinds[] = {
        &digest_md5,      &digest_sha1,     &digest_sha224,   &digest_sha256,
        &digest_sha384,   &digest_sha512,   &digest_sha3_224, &digest_sha3_256,
        &digest_sha3_384, &digest_sha3_512, &digest_blake2b,  &digest_blake2s,
    };
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (str_equal_ascii(name, kinds[i]->name))
            return kinds[i];
    }
    return NULL;
}

/* HMAC with a key that was taken in already: both states are copied, not changed. */
static void hmac(const DigestState *inner, const DigestState *outer, const unsigned char *data,
                 int64_t length, const unsigned char *more, int64_t more_length, unsigned char *out)
{
    DigestState state = *inner;
    digest_update(&state, data, length);
    digest_update(&state, more, more_length);
    digest_finish(&state, out, state.size);
    state = *outer;
    digest_update(&state, out, state.size);
    digest_finish(&state, out, state.size);
}

static void derive(const DigestKind *kind, const BufferView *password, const BufferView *salt,
                   int64_t rounds, unsigned char *out, int64_t length)
{
    unsigned char key[DIGEST_MAX_BLOCK] = {0}, pad[DIGEST_MAX_BLOCK];
    if (password->length > kind->block)
        digest_once(kind, password->data, password->length, key);
    else if (password->length > 0)
        memcpy(key, password->data, (size_t)password->length);
    DigestState inner, outer;
    for (int i = 0; i < kind->block; i++)
        pad[i] = key[i] ^ 0x36;
    digest_start(&inner, kind);
    digest_update(&inner, pad, kind->block);
    for (int i = 0; i < kind->block; i++)
        pad[i] = key[i] ^ 0x5c;
    digest_start(&outer, kind);
    digest_update(&outer, pad, kind->block);

    for (uint32_t block = 1; length > 0; block++) {
        unsigned char number[4] = {(unsigned char)(block >> 24), (unsigned char)(block >> 16),
                                   (unsigned char)(block >> 8), (unsigned char)block};
        unsigned char u[DIGEST_MAX_SIZE], sum[DIGEST_MAX_SIZE];
        hmac(&inner, &outer, salt->data, salt->length, number, 4, u);
        memcpy(sum, u, sizeof sum);
        for (int64_t round = 1; round < rounds; round++) {
            hmac(&inner, &outer, u, kind->size, u, 0, u);
            for (int i = 0; i < kind->size; i++)
                sum[i] ^= u[i];
        }
        int64_t part = length < kind->size ? length : kind->size;
        memcpy(out, sum, (size_t)part);
        out += part;
        length -= part;
    }
}

static Obj *pbkdf2_hmac(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    static const ArgSpec spec = {
        "pbkdf2_hmac", 0, 4, 5, 5, {"hash_name", "password", "salt", "iterations", "dklen"}};
    (void)self;
    ObjRef out[5];
    int64_t rounds = 0, length = 0;
    if (args_bind(&spec, args, nargs, kwnames, out) < 0 ||
        args_require_str(out[0], "pbkdf2_hmac", "hash_name") < 0 ||
        args_to_int64(out[3], &rounds) < 0)
        return NULL;
    const DigestKind *kind = find_kind(out[0]);
    if (kind == NULL)
        return err_format(&exc_value_error, "unsupported hash type %U", out[0]);
    if (rounds < 1)
        return err_string(&exc_value_error, "iteration value must be greater than 0.");
    length = kind->size;
    if (out[4] != NULL && !is_none(out[4]) && args_to_int64(out[4], &length) < 0)
        return NULL;
    if (length < 1)
        return err_string(&exc_value_error, "key length must be greater than 0.");
    if (length > INT32_MAX)
        return err_string(&exc_overflow_error, "key length is too great.");
    BufferView password, salt;
    if (buffer_acquire(out[1], &password) < 0)
        return NULL;
    if (buffer_acquire(out[2], &salt) < 0) {
        buffer_release(&password);
        return NULL;
    }
    Obj *key = bytes_new(NULL, length);
    if (key != NULL)
        derive(kind, &password, &salt, rounds, bytes_cast(key)->data, length);
    buffer_release(&password);
    buffer_release(&salt);
    return key;
}

/* ---- modules */

static int ready_types(Type *const *types, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (type_ready(types[i]) < 0)
            return -1;
    }
    return 0;
}

#define READY(...)                                                                                 \
    ready_types((Type *const[]){__VA_ARGS__}, sizeof((Type *const[]){__VA_ARGS__}) / sizeof(Type *))

static int exec_md5(ObjRef module)
{
    (void)module;
    return READY(&md5_type);
}

static int exec_sha1(ObjRef module)
{
    (void)module;
    return READY(&sha1_type);
}

static int exec_sha256(ObjRef module)
{
    (void)module;
    return READY(&sha224_type, &sha256_type);
}

static int exec_sha512(ObjRef module)
{
    (void)module;
    return READY(&sha384_type, &sha512_type);
}

static int exec_sha3(ObjRef module)
{
    static Type *const types[] = {&sha3_224_type, &sha3_256_type,  &sha3_384_type,
                                  &sha3_512_type, &shake_128_type, &shake_256_type};
    static const char *const type_names[] = {"sha3_224", "sha3_256",  "sha3_384",
                                             "sha3_512", "shake_128", "shake_256"};
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        if (type_ready(types[i]) < 0 || module_add(module, type_names[i], &types[i]->head.base) < 0)
            return -1;
    }
    return 0;
}

static int exec_blake2(ObjRef module)
{
    static Type *const types[] = {&blake2b_type, &blake2s_type};
    static const char *const constants[] = {"SALT_SIZE", "PERSON_SIZE", "MAX_KEY_SIZE",
                                            "MAX_DIGEST_SIZE"};
    static const int64_t values[2][4] = {{16, 16, 64, 64}, {8, 8, 32, 32}};
    for (int t = 0; t < 2; t++) {
        if (type_ready(types[t]) < 0)
            return -1;
        for (int i = 0; i < 4; i++) {
            Obj *value = int_new(values[t][i]);
            int failed =
                value == NULL || dict_set_ascii(type_dict(types[t]), constants[i], value) < 0;
            obj_xdecref(value);
            if (failed)
                return -1;
        }
        if (type_modified(types[t], NULL) < 0 ||
            module_add(module, t == 0 ? "blake2b" : "blake2s", &types[t]->head.base) < 0)
            return -1;
    }
    return 0;
}

static const MethodDef md5_functions[] = {MAKER(md5), {0}};
static const MethodDef sha1_functions[] = {MAKER(sha1), {0}};
static const MethodDef sha256_functions[] = {MAKER(sha224), MAKER(sha256), {0}};
static const MethodDef sha512_functions[] = {MAKER(sha384), MAKER(sha512), {0}};
static const MethodDef pbkdf2_functions[] = {
    {"pbkdf2_hmac", pbkdf2_hmac, 0, -1, METHOD_KEYWORDS,
     "pbkdf2_hmac($module, /, hash_name, password, salt, iterations,\n            dklen=None)\n"
     "--\n\nA key of dklen bytes from a password, by PBKDF2 with HMAC."},
    {0},
};

extern const ModuleDef md5_module, sha1_module, sha256_module, sha512_module, sha3_module,
    blake2_module, pbkdf2_module;
const ModuleDef md5_module = {"_md5", "MD5.", md5_functions, exec_md5};
const ModuleDef sha1_module = {"_sha1", "SHA-1.", sha1_functions, exec_sha1};
const ModuleDef sha256_module = {"_sha256", "SHA-224 and SHA-256.", sha256_functions, exec_sha256};
const ModuleDef sha512_module = {"_sha512", "SHA-384 and SHA-512.", sha512_functions, exec_sha512};
const ModuleDef sha3_module = {"_sha3", "SHA-3 and SHAKE.", NULL, exec_sha3};
const ModuleDef blake2_module = {"_blake2", "BLAKE2b and BLAKE2s.", NULL, exec_blake2};
const ModuleDef pbkdf2_module = {"_pbkdf2", "Keys from passwords.", pbkdf2_functions, NULL};
