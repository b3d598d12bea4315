/*
 * SipHash-1-3 (Aumasson and Bernstein, "SipHash: a fast short-input PRF", 2012) with the reduced
 * rounds that CPython 3.11 uses, keyed per process so that nobody outside can choose colliding
 * keys.
 *
 * A seed given as a number is stretched to a key by the same linear congruential generator as
 * CPython's, so that one seed gives the same hashes, and so the same set orders can be studied.
 * Users: str.c and bytes.c.
 */

#include "runtime/types/hash.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "runtime/core/state.h"
#include "runtime/types/str.h"

static uint64_t key0, key1;

static inline uint64_t rotate_left(uint64_t x, int bits)
{
    return (x << bits) | (x >> (64 - bits));
}

#define SIP_ROUND                                                                                  \
    do {                                                                                           \
        v0 += v1;                                                                                  \
        v2 += v3;                                                                                  \
        v1 = rotate_left(v1, 13) ^ v0;                                                             \
        v3 = rotate_left(v3, 16) ^ v2;                                                             \
        v0 = rotate_left(v0, 32);                                                                  \
        v2 += v1;                                                                                  \
        v0 += v3;                                                                                  \
        v1 = rotate_left(v1, 17) ^ v2;                                                             \
        v3 = rotate_left(v3, 21) ^ v0;                                                             \
        v2 = rotate_left(v2, 32);                                                                  \
    } while (0)

int64_t hash_bytes(const void *bytes, int64_t length)
{
    if (length == 0)
        return 0;
    const unsigned char *p = bytes;
    uint64_t v0 = key0 ^ 0x736f6d6570736575u, v1 = key1 ^ 0x646f72616e646f6du,
             v2 = key0 ^ 0x6c7967656e657261u, v3 = key1 ^ 0x7465646279746573u;
    uint64_t last = (uint64_t)length << 56;
    int64_t left = length;
    for (; left >= 8; left -= 8, p += 8) {
        uint64_t word;
        memcpy(&word, p, 8);
        v3 ^= word;
        SIP_ROUND;
        v0 ^= word;
    }
    for (int64_t i = 0; i < left; i++)
        last |= (uint64_t)p[i] << (8 * i);
    v3 ^= last;
    SIP_ROUND;
    v0 ^= last;
    v2 ^= 0xff;
    SIP_ROUND;
    SIP_ROUND;
    SIP_ROUND;
    int64_t hash = (int64_t)((v0 ^ v1) ^ (v2 ^ v3));
    return hash == -1 ? -2 : hash;
}

/* Fills the key from a seed; 0 gives the zero key. */
static void key_from_seed(uint32_t seed)
{
    unsigned char key[16] = {0};
    if (seed != 0) {
        uint32_t x = seed;
        for (size_t i = 0; i < sizeof(key); i++) {
            x = x * 214013u + 2531011u;
            key[i] = (unsigned char)(x >> 16);
        }
    }
    memcpy(&key0, key, 8);
    memcpy(&key1, key + 8, 8);
}

static void key_at_random(void)
{
    uint64_t key[2];
    if (getrandom(key, sizeof(key), GRND_NONBLOCK) != (ssize_t)sizeof(key)) {
        struct timespec now;
        clock_gettime(CLOCK_MONOTONIC, &now);
        key[0] = (uint64_t)now.tv_nsec * 0x9e3779b97f4a7c15u;
        key[1] = (uint64_t)(uintptr_t)&key ^ (uint64_t)now.tv_sec;
    }
    key0 = key[0];
    key1 = key[1];
}

int hash_init(void)
{
    const char *text = NULL;
    if (!runtime.ignore_environment) {
        text = getenv("OUROHASHSEED");
        if (text == NULL || *text == '\0')
            text = getenv("PYTHONHASHSEED");
    }
    if (text == NULL || *text == '\0' || strcmp(text, "random") == 0) {
        key_at_random();
        return 0;
    }
    char *end;
    errno = 0;
    unsigned long seed = strtoul(text, &end, 10);
    if (*end != '\0' || errno != 0 || seed > UINT32_MAX || *text == '-')
        return -1;
    key_from_seed((uint32_t)seed);
    return 0;
}
