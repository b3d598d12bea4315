/*
 * BLAKE2b and BLAKE2s (RFC 7693), with keys, salts, personal strings and trees (the BLAKE2 paper).
 *
 * Both are the same function over words of 64 or 32 bits with other turns.  The last block is
 * marked as such, so a full block waits until more data or the end comes (digest_update).
 */

#include "runtime/modules/digest.h"

#include <string.h>

static const unsigned char sigma[10][16] = {
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
    {14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3},
    {11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4},
    {7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8},
    {9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13},
    {2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9},
    {12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11},
    {13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10},
    {6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5},
    {10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0},
};

/* Fractions of the square roots of the first 8 primes; BLAKE2s has the upper halves. */
static const uint64_t initial[8] = {
    0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1,
    0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179,
};

static uint64_t load_little(const unsigned char *bytes, int count)
{
    uint64_t word = 0;
    for (int i = count; i-- > 0;)
        word = word << 8 | bytes[i];
    return word;
}

/* One round function for each word width: columns, then diagonals. */
#define DEFINE_COMPRESS(name, Word, rounds, r1, r2, r3, r4)                                        \
    static Word name##_turn(Word x, int bits)                                                      \
    {                                                                                              \
        return (Word)(x >> bits | x << ((int)(8 * sizeof(Word)) - bits));                          \
    }                                                                                              \
    static void name##_mix(Word *v, int a, int b, int c, int d, Word x, Word y)                    \
    {                                                                                              \
        v[a] += v[b] + x;                                                                          \
        v[d] = name##_turn(v[d] ^ v[a], r1);                                                       \
        v[c] += v[d];                                                                              \
        v[b] = name##_turn(v[b] ^ v[c], r2);                                                       \
        v[a] += v[b] + y;                                                                          \
        v[d] = name##_turn(v[d] ^ v[a], r3);                                                       \
        v[c] += v[d];                                                                              \
        v[b] = name##_turn(v[b] ^ v[c], r4);                                                       \
    }                                                                                              \
    static void name(Word *h, Word *v, const Word *m)                                              \
    {                                                                                              \
        for (int round = 0; round < rounds; round++) {                                             \
            const unsigned char *s = sigma[round % 10];                                            \
            for (int i = 0; i < 4; i++)                                                            \
                name##_mix(v, i, i + 4, i + 8, i + 12, m[s[2 * i]], m[s[2 * i + 1]]);              \
            for (int i = 0; i < 4; i++)                                                            \
                name##_mix(v, i, (i + 1) % 4 + 4, (i + 2) % 4 + 8, (i + 3) % 4 + 12,               \
                           m[s[2 * i + 8]], m[s[2 * i + 9]]);                                      \
        }                                                                                          \
        for (int i = 0; i < 8; i++)                                                                \
            h[i] ^= v[i] ^ v[i + 8];                                                               \
    }

DEFINE_COMPRESS(compress64, uint64_t, 12, 32, 24, 16, 63)
DEFINE_COMPRESS(compress32, uint32_t, 10, 16, 12, 8, 7)

static void add(DigestState *state, const unsigned char *block, uint64_t length, bool last)
{
    uint64_t final = last ? ~(uint64_t)0 : 0, node = last && state->last_node ? ~(uint64_t)0 : 0;
    if (state->kind == &digest_blake2b) {
        uint64_t m[16], v[16];
        for (int i = 0; i < 16; i++)
            m[i] = load_little(block + 8 * i, 8);
        memcpy(v, state->words.w64, sizeof initial);
        memcpy(v + 8, initial, sizeof initial);
        v[12] ^= length;
        v[14] ^= final;
        v[15] ^= node;
        compress64(state->words.w64, v, m);
        return;
    }
    uint32_t m[16], v[16];
    for (int i = 0; i < 16; i++)
        m[i] = (uint32_t)load_little(block + 4 * i, 4);
    for (int i = 0; i < 8; i++) {
        v[i] = state->words.w32[i];
        v[8 + i] = (uint32_t)(initial[i] >> 32);
    }
    v[12] ^= (uint32_t)length;
    v[13] ^= (uint32_t)(length >> 32);
    v[14] ^= (uint32_t) final;
    v[15] ^= (uint32_t)node;
    compress32(state->words.w32, v, m);
}

static void add_block(DigestState *state, const unsigned char *block)
{
    add(state, block, state->length, false);
}

static void finish(DigestState *state, unsigned char *out, int64_t length)
{
    memset(state->rest + state->used, 0, (size_t)(state->kind->block - state->used));
    add(state, state->rest, state->length + (uint64_t)state->used, true);
    for (int64_t i = 0; i < length; i++) {
        out[i] = state->kind == &digest_blake2b
                     ? (unsigned char)(state->words.w64[i / 8] >> (8 * (i % 8)))
                     : (unsigned char)(state->words.w32[i / 4] >> (8 * (i % 4)));
    }
}

static void store(unsigned char *bytes, uint64_t value, int count)
{
    for (int i = 0; i < count; i++)
        bytes[i] = (unsigned char)(value >> (8 * i));
}

void digest_start_blake2(DigestState *state, const DigestKind *kind, const Blake2Params *params)
{
    bool wide = kind == &digest_blake2b;
    unsigned char block[64] = {(unsigned char)params->digest_size, (unsigned char)params->key_size,
                               (unsigned char)params->fanout, (unsigned char)params->depth};
    store(block + 4, (uint64_t)params->leaf_size, 4);
    if (wide) {
        store(block + 8, params->node_offset, 8);
        block[16] = (unsigned char)params->node_depth;
        block[17] = (unsigned char)params->inner_size;
        memcpy(block + 32, params->salt, 16);
        memcpy(block + 48, params->person, 16);
    } else {
        store(block + 8, params->node_offset, 6);
        block[14] = (unsigned char)params->node_depth;
        block[15] = (unsigned char)params->inner_size;
        memcpy(block + 16, params->salt, 8);
        memcpy(block + 24, params->person, 8);
    }
    memset(state, 0, sizeof *state);
    state->kind = kind;
    state->size = (int32_t)params->digest_size;
    state->last_node = params->last_node;
    for (int i = 0; i < 8; i++) {
        if (wide)
            state->words.w64[i] = initial[i] ^ load_little(block + 8 * i, 8);
        else
            state->words.w32[i] =
                (uint32_t)(initial[i] >> 32) ^ (uint32_t)load_little(block + 4 * i, 4);
    }
    if (params->key_size > 0) {
        unsigned char key[128] = {0};
        memcpy(key, params->key, (size_t)params->key_size);
        digest_update(state, key, kind->block);
    }
}

static void start(DigestState *state)
{
    const Blake2Params params = {.digest_size = state->kind->size, .fanout = 1, .depth = 1};
    digest_start_blake2(state, state->kind, &params);
}

const DigestKind digest_blake2b = {"blake2b", 128, 64, start, add_block, finish};
const DigestKind digest_blake2s = {"blake2s", 64, 32, start, add_block, finish};
