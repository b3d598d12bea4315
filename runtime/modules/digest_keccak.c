/*
 * SHA-3 and SHAKE (FIPS 202): a sponge over the permutation Keccak-f[1600].
 *
 * The state is 25 lanes of 64 bits, lane x + 5 y.  Round constants come from the shift register of
 * the standard (section 3.2.5), computed once in the source of this table.
 */

#include "runtime/modules/digest.h"

static const uint64_t iota_constants[24] = {
    0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000,
    0x000000000000808b, 0x0000000080000001, 0x8000000080008081, 0x8000000000008009,
    0x000000000000008a, 0x0000000000000088, 0x0000000080008009, 0x000000008000000a,
    0x000000008000808b, 0x800000000000008b, 0x8000000000008089, 0x8000000000008003,
    0x8000000000008002, 0x8000000000000080, 0x000000000000800a, 0x800000008000000a,
    0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
};

/* Where each lane goes, and by how many bits it is turned, from lane 1 on. */
static const unsigned char pi_lanes[24] = {10, 7,  11, 17, 18, 3, 5,  16, 8,  21, 24, 4,
                                           15, 23, 19, 13, 12, 2, 20, 14, 22, 9,  6,  1};
static const unsigned char rho_turns[24] = {1,  3,  6,  10, 15, 21, 28, 36, 45, 55, 2,  14,
                                            27, 41, 56, 8,  25, 43, 62, 18, 39, 61, 20, 44};

static uint64_t rotate_left(uint64_t x, int bits)
{
    return x << bits | x >> (64 - bits);
}

static void permute(uint64_t a[25])
{
    for (int round = 0; round < 24; round++) {
        uint64_t column[5];
        /* theta: each lane gets the parity of two columns */
        for (int x = 0; x < 5; x++)
            column[x] = a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20];
        for (int x = 0; x < 5; x++) {
            uint64_t parity = column[(x + 4) % 5] ^ rotate_left(column[(x + 1) % 5], 1);
            for (int y = 0; y < 25; y += 5)
                a[x + y] ^= parity;
        }
        /* rho and pi: lanes are turned by triangular numbers and change places */
        uint64_t moved = a[1];
        for (int t = 0; t < 24; t++) {
            uint64_t next = a[pi_lanes[t]];
            a[pi_lanes[t]] = rotate_left(moved, rho_turns[t]);
            moved = next;
        }
        /* chi: the only step that is not linear */
        for (int row = 0; row < 25; row += 5) {
            uint64_t *l = a + row, first = l[0], second = l[1];
            l[0] ^= ~l[1] & l[2];
            l[1] ^= ~l[2] & l[3];
            l[2] ^= ~l[3] & l[4];
            l[3] ^= ~l[4] & first;
            l[4] ^= ~first & second;
        }
        a[0] ^= iota_constants[round];
    }
}

static void xor_bytes(DigestState *state, const unsigned char *bytes, int32_t count)
{
    for (int32_t i = 0; i < count; i++)
        state->words.w64[i / 8] ^= (uint64_t)bytes[i] << (8 * (i % 8));
}

static void start(DigestState *state)
{
    (void)state; /* all zeros */
}

static void add_block(DigestState *state, const unsigned char *block)
{
    xor_bytes(state, block, state->kind->block);
    permute(state->words.w64);
}

/* suffix: the bits that follow the message, and the first bit of the padding. */
static void squeeze(DigestState *state, unsigned char *out, int64_t length, unsigned char suffix)
{
    static const unsigned char last = 0x80;
    int32_t rate = state->kind->block;
    if (state->used == rate) {
        add_block(state, state->rest);
        state->used = 0;
    }
    xor_bytes(state, state->rest, state->used);
    state->words.w64[state->used / 8] ^= (uint64_t)suffix << (8 * (state->used % 8));
    state->words.w64[(rate - 1) / 8] ^= (uint64_t)last << (8 * ((rate - 1) % 8));
    for (int64_t i = 0; i < length; i++) {
        int64_t at = i % rate;
        if (at == 0)
            permute(state->words.w64);
        out[i] = (unsigned char)(state->words.w64[at / 8] >> (8 * (at % 8)));
    }
}

static void sha3_finish(DigestState *state, unsigned char *out, int64_t length)
{
    squeeze(state, out, length, 0x06);
}

static void shake_finish(DigestState *state, unsigned char *out, int64_t length)
{
    squeeze(state, out, length, 0x1f);
}

const DigestKind digest_sha3_224 = {"sha3_224", 144, 28, start, add_block, sha3_finish};
const DigestKind digest_sha3_256 = {"sha3_256", 136, 32, start, add_block, sha3_finish};
const DigestKind digest_sha3_384 = {"sha3_384", 104, 48, start, add_block, sha3_finish};
const DigestKind digest_sha3_512 = {"sha3_512", 72, 64, start, add_block, sha3_finish};
const DigestKind digest_shake_128 = {"shake_128", 168, 0, start, add_block, shake_finish};
const DigestKind digest_shake_256 = {"shake_256", 136, 0, start, add_block, shake_finish};
