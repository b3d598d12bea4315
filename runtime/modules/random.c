/*
 * Module _random: the Mersenne Twister MT19937 (M. Matsumoto, T. Nishimura, 1998) as base class of
 * random.Random.
 *
 * The same seed gives the same numbers as in every other Python.  A generator that nobody seeded
 * seeds itself from the system when it is first used.
 */
#include "runtime/modules/random.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

#include "runtime/core/args.h"
#include "runtime/core/err.h"
#include "runtime/core/object.h"
#include "runtime/modules/digest.h"
#include "runtime/types/bytes.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/int_big.h"
#include "runtime/types/module.h"
#include "runtime/types/tuple.h"

enum { WORDS = 624, SHIFT = 397, FIXED_KEY = 16 };

typedef struct RandomObj {
    Obj base;
    bool seeded;
    int32_t index; /* words of the state already used */
    uint32_t state[WORDS];
} RandomObj;

#define random_cast(o) ((RandomObj *)(o))
#define METHOD(name)                                                                               \
    static Obj *name(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
#define UNUSED (void)self, (void)args, (void)nargs, (void)kwnames

/* ---- the generator */

static void seed_word(RandomObj *r, uint32_t seed)
{
    r->state[0] = seed;
    for (uint32_t i = 1; i < WORDS; i++)
        r->state[i] = 1812433253u * (r->state[i - 1] ^ r->state[i - 1] >> 30) + i;
    r->index = WORDS;
    r->seeded = true;
}

/* The authors' init_by_array. */
static void seed_key(RandomObj *r, const uint32_t *key, int64_t length)
{
    uint32_t *s = r->state;
    int64_t i = 1, j = 0;
    seed_word(r, 19650218u);
    for (int64_t k = length > WORDS ? length : WORDS; k > 0; k--) {
        s[i] = (s[i] ^ (s[i - 1] ^ s[i - 1] >> 30) * 1664525u) + key[j] + (uint32_t)j;
        if (++i >= WORDS) {
            s[0] = s[WORDS - 1];
            i = 1;
        }
        if (++j >= length)
            j = 0;
    }
    for (int64_t k = WORDS - 1; k > 0; k--) {
        s[i] = (s[i] ^ (s[i - 1] ^ s[i - 1] >> 30) * 1566083941u) - (uint32_t)i;
        if (++i >= WORDS) {
            s[0] = s[WORDS - 1];
            i = 1;
        }
    }
    s[0] = 0x80000000u;
}

static int seed_from_system(RandomObj *r)
{
    uint32_t key[WORDS];
    size_t done = 0;
    while (done < sizeof key) {
        ssize_t got = getrandom((char *)key + done, sizeof key - done, 0);
        if (got < 0 && errno != EINTR) {
            err_errno(errno, NULL);
            return -1;
        }
        if (got > 0)
            done += (size_t)got;
    }
    seed_key(r, key, WORDS);
    return 0;
}

static uint32_t twist(uint32_t high, uint32_t low)
{
    uint32_t y = (high & 0x80000000u) | (low & 0x7FFFFFFFu);
    return y >> 1 ^ ((y & 1) != 0 ? 0x9908B0DFu : 0);
}

static void refill(RandomObj *r)
{
    uint32_t *s = r->state;
    for (int i = 0; i < WORDS - SHIFT; i++)
        s[i] = s[i + SHIFT] ^ twist(s[i], s[i + 1]);
    for (int i = WORDS - SHIFT; i < WORDS - 1; i++)
        s[i] = s[i + SHIFT - WORDS] ^ twist(s[i], s[i + 1]);
    s[WORDS - 1] = s[SHIFT - 1] ^ twist(s[WORDS - 1], s[0]);
    r->index = 0;
}

static uint32_t next_word(RandomObj *r)
{
    if (r->index >= WORDS)
        refill(r);
    uint32_t y = r->state[r->index++];
    y ^= y >> 11;
    y ^= (y << 7) & 0x9D2C5680u;
    y ^= (y << 15) & 0xEFC60000u;
    return y ^ y >> 18;
}

/* ---- the type */

static Obj *random_new(Type *type, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    (void)args, (void)nargs, (void)kwnames;
    Obj *self = obj_alloc(type, (int64_t)sizeof(RandomObj));
    if (self != NULL)
        obj_track_if_gc(self);
    return self;
}

static void random_dealloc(Obj *self)
{
    obj_free(self, (int64_t)sizeof(RandomObj));
}

static int ensure_seeded(RandomObj *r)
{
    return r->seeded ? 0 : seed_from_system(r);
}

/* Seeds with the 32-bit words of |n|, the lowest first. */
static int seed_int(RandomObj *r, ObjRef n)
{
    uint32_t fixed[FIXED_KEY];
    uint32_t *key = fixed;
    IntView view;
    int_view(n, &view);
    int64_t length = 2 * view.count;
    if (length > FIXED_KEY && (key = mem_alloc((size_t)length * sizeof *key)) == NULL) {
        err_no_memory();
        return -1;
    }
    for (int64_t i = 0; i < view.count; i++) {
        key[2 * i] = (uint32_t)view.limbs[i];
        key[2 * i + 1] = (uint32_t)(view.limbs[i] >> 32);
    }
    int64_t used = length;
    while (used > 1 && key[used - 1] == 0)
        used--;
    if (used == 0) {
        key[0] = 0;
        used = 1;
    }
    seed_key(r, key, used);
    if (key != fixed)
        mem_free(key, (size_t)length * sizeof *key);
    return 0;
}

METHOD(method_seed)
{
    (void)kwnames;
    RandomObj *r = random_cast(self);
    if (nargs == 0 || is_none(args[0]))
        return seed_from_system(r) < 0 ? NULL : none_new();
    Obj *number = NULL;
    if (int_check(args[0])) {
        number = obj_incref(args[0]);
    } else {
        int64_t hash = obj_hash(args[0]);
        if (hash == -1)
            return NULL;
        number = int_from_uint64((uint64_t)hash);
    }
    int status = number == NULL ? -1 : seed_int(r, number);
    obj_xdecref(number);
    return status < 0 ? NULL : none_new();
}

static int random_init(ObjRef self, const ObjRef *args, int64_t nargs, ObjRef kwnames)
{
    if (args_no_keywords("Random", kwnames) < 0 || args_check_count("Random", nargs, 0, 1) < 0)
        return -1;
    Obj *result = method_seed(self, args, nargs, NULL);
    obj_xdecref(result);
    return result == NULL ? -1 : 0;
}

METHOD(method_random)
{
    UNUSED;
    RandomObj *r = random_cast(self);
    if (ensure_seeded(r) < 0)
        return NULL;
    uint32_t high = next_word(r) >> 5;
    uint32_t low = next_word(r) >> 6;
    return float_new((high * 67108864.0 + low) * (1.0 / 9007199254740992.0));
}

METHOD(method_getrandbits)
{
    (void)nargs, (void)kwnames;
    RandomObj *r = random_cast(self);
    int64_t bits;
    if (obj_to_int64(args[0], &bits) < 0 || ensure_seeded(r) < 0)
        return NULL;
    if (bits < 0)
        return err_string(&exc_value_error, "number of bits must be non-negative");
    if (bits == 0)
        return int_new(0);
    if (bits <= 32)
        return int_new(next_word(r) >> (32 - bits));
    int64_t limbs = (bits + 63) / 64;
    if (limbs > INT_MAX_LIMBS)
        return err_no_memory();
    uint64_t *words = mem_alloc((size_t)limbs * sizeof(uint64_t));
    if (words == NULL)
        return err_no_memory();
    memset(words, 0, (size_t)limbs * sizeof(uint64_t));
    for (int64_t i = 0; bits > 0; i++, bits -= 32) {
        uint32_t word = next_word(r);
        if (bits < 32)
            word >>= 32 - bits;
        words[i / 2] |= (uint64_t)word << (32 * (i % 2));
    }
    Obj *result = int_big_from_limbs(words, limbs, false);
    mem_free(words, (size_t)limbs * sizeof(uint64_t));
    return result;
}

METHOD(method_getstate)
{
    UNUSED;
    RandomObj *r = random_cast(self);
    if (ensure_seeded(r) < 0)
        return NULL;
    Obj *state = tuple_new(WORDS + 1);
    for (int64_t i = 0; state != NULL && i <= WORDS; i++) {
        Obj *item = int_new(i < WORDS ? (int64_t)r->state[i] : r->index);
        if (item == NULL)
            obj_clear(&state);
        else
            tuple_cast(state)->items[i] = item;
    }
    return state;
}

METHOD(method_setstate)
{
    (void)nargs, (void)kwnames;
    RandomObj *r = random_cast(self);
    uint32_t words[WORDS + 1];
    if (!tuple_check(args[0]))
        return err_string(&exc_type_error, "state vector must be a tuple");
    if (tuple_length(args[0]) != WORDS + 1)
        return err_string(&exc_value_error, "state vector is the wrong size");
    for (int64_t i = 0; i <= WORDS; i++) {
        ObjRef item = tuple_peek(args[0], i);
        uint64_t value;
        if (!int_check(item))
            return err_format(&exc_type_error, "an integer is required (got type %T)", item);
        if (int_sign(item) < 0)
            return err_string(&exc_overflow_error, "can't convert negative value to unsigned int");
        if (int_to_uint64(item, &value) != 0)
            return err_string(&exc_overflow_error,
                              "Python int too large to convert to C unsigned long");
        words[i] = (uint32_t)value;
    }
    if (words[WORDS] > WORDS)
        return err_string(&exc_value_error, "invalid state");
    memcpy(r->state, words, WORDS * sizeof(uint32_t));
    r->index = (int32_t)words[WORDS];
    r->seeded = true;
    return none_new();
}

static const MethodDef random_methods[] = {
    {"random", method_random, 0, 0, 0,
     "random($self, /)\n--\n\nA float in [0, 1), all multiples of 2**-53 alike."},
    {"seed", method_seed, 0, 1, 0,
     "seed($self, n=None, /)\n--\n\nStarts from an int, the hash of an object, or the system."},
    {"getrandbits", method_getrandbits, 1, 1, 0,
     "getrandbits($self, k, /)\n--\n\nAn int of k random bits."},
    {"getstate", method_getstate, 0, 0, 0, "getstate($self, /)\n--\n\nThe state, as a tuple."},
    {"setstate", method_setstate, 1, 1, 0,
     "setstate($self, state, /)\n--\n\nGoes back to a state that getstate() gave."},
    {0},
};

Type random_type = {
    .head = {.base = {1, &type_type.root},
             .name = "_random.Random",
             .flags = TYPE_BASE,
             .dealloc = random_dealloc},
    .root = {.type = &random_type.head},
    .doc = "Random() -> a generator of random numbers",
    .basic_size = sizeof(RandomObj),
    .new = random_new,
    .init = random_init,
    .methods = random_methods,
};

/* ---- module */

METHOD(sha512)
{
    UNUSED;
    BufferView view;
    unsigned char digest[DIGEST_MAX_SIZE];
    if (buffer_acquire(args[0], &view) < 0)
        return NULL;
    digest_once(&digest_sha512, view.data, view.length, digest);
    buffer_release(&view);
    return bytes_new(digest, digest_sha512.size);
}

static const MethodDef functions[] = {
    {"_sha512", sha512, 1, 1, 0,
     "_sha512($module, data, /)\n--\n\nThe SHA-512 digest of bytes, for seeds that are text."},
    {0},
};

static int exec(ObjRef module)
{
    return module_add(module, "Random", (ObjRef)&random_type);
}

const ModuleDef random_module = {
    .name = "_random",
    .doc = "The Mersenne Twister.",
    .functions = functions,
    .exec = exec,
};
