/*
 * Digests of the MD4 family: MD5 (RFC 1321), SHA-1 and SHA-2 (FIPS 180-4); and what all digests
 * share: how bytes are gathered into blocks.
 *
 * The constants of SHA-512 are the first 64 bits of the fractions of the cube roots of the first 80
 * primes; SHA-256 uses the upper halves of the first 64 of them.  Those of MD5 are 2^32 |sin i|.
 */

#include "runtime/modules/digest.h"

#include <string.h>

/* ---- all digests */

void digest_start(DigestState *state, const DigestKind *kind)
{
    memset(state, 0, sizeof *state);
    state->kind = kind;
    state->size = kind->size;
    kind->start(state);
}

static void take_block(DigestState *state, const unsigned char *block)
{
    state->length += (uint64_t)state->kind->block;
    state->kind->add_block(state, block);
}

void digest_update(DigestState *state, const unsigned char *data, int64_t length)
{
    int64_t block = state->kind->block;
    while (length > 0) {
        if (state->used == block) {
            take_block(state, state->rest);
            state->used = 0;
        }
        if (state->used == 0) {
            for (; length > block; length -= block, data += block)
                take_block(state, data);
        }
        int64_t room = block - state->used;
        int64_t part = length < room ? length : room;
        memcpy(state->rest + state->used, data, (size_t)part);
        state->used += (int32_t)part;
        data += part;
        length -= part;
    }
}

void digest_finish(const DigestState *state, unsigned char *out, int64_t length)
{
    DigestState copy = *state;
    copy.kind->finish(&copy, out, length);
}

void digest_once(const DigestKind *kind, const unsigned char *data, int64_t length,
                 unsigned char *out)
{
    DigestState state;
    digest_start(&state, kind);
    digest_update(&state, data, length);
    state.kind->finish(&state, out, kind->size);
}

/* ---- what the MD4 family shares */

static uint32_t rotate32(uint32_t x, int bits) /* to the right */
{
    return x >> bits | x << (32 - bits);
}

static uint64_t rotate64(uint64_t x, int bits)
{
    return x >> bits | x << (64 - bits);
}

/* The rest, a one bit, zeros, and the length in bits in the last eighth of a block. */
static void add_padding(DigestState *state, bool little_endian)
{
    int32_t block = state->kind->block, field = block / 8;
    uint64_t length = state->length + (uint64_t)state->used;
    unsigned char tail[2 * 128] = {0};
    memcpy(tail, state->rest, (size_t)state->used);
    tail[state->used] = 0x80;
    int32_t size = state->used < block - field ? block : 2 * block;
    for (int i = 0; i < 8; i++) {
        unsigned char byte = (unsigned char)(length << 3 >> (8 * i));
        tail[little_endian ? size - 8 + i : size - 1 - i] = byte;
    }
    if (field == 16)
        tail[size - 9] = (unsigned char)(length >> 61);
    for (int32_t i = 0; i < size; i += block)
        state->kind->add_block(state, tail + i);
}

/* Writes words of `width` bytes. */
static void finish_words(DigestState *state, unsigned char *out, int64_t length, int width,
                         bool little_endian)
{
    add_padding(state, little_endian);
    for (int64_t i = 0; i < length; i++) {
        uint64_t word = width == 4 ? state->words.w32[i / 4] : state->words.w64[i / 8];
        int64_t at = i % width;
        out[i] = (unsigned char)(word >> (8 * (little_endian ? at : width - 1 - at)));
    }
}

static uint64_t load_big(const unsigned char *bytes, int count)
{
    uint64_t word = 0;
    for (int i = 0; i < count; i++)
        word = word << 8 | bytes[i];
    return word;
}

/* ---- MD5 */

static const uint32_t md5_sines[64] = {
    0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
    0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
    0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
    0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
    0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
    0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
    0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
    0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391,
};

static void md5_start(DigestState *state)
{
    static const uint32_t initial[4] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};
    memcpy(state->words.w32, initial, sizeof initial);
}

static void md5_add_block(DigestState *state, const unsigned char *block)
{
    static const unsigned char shifts[4][4] = {
        {7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}};
    uint32_t m[16], *h = state->words.w32, a = h[0], b = h[1], c = h[2], d = h[3];
    for (int i = 0; i < 16; i++)
        m[i] = (uint32_t)block[4 * i] | (uint32_t)block[4 * i + 1] << 8 |
               (uint32_t)block[4 * i + 2] << 16 | (uint32_t)block[4 * i + 3] << 24;
    for (int i = 0; i < 64; i++) {
        uint32_t mixed;
        int word;
        switch (i / 16) {
        case 0:
            mixed = (b & c) | (~b & d);
            word = i;
            break;
        case 1:
            mixed = (d & b) | (~d & c);
            word = (5 * i + 1) % 16;
            break;
        case 2:
            mixed = b ^ c ^ d;
            word = (3 * i + 5) % 16;
            break;
        default:
            mixed = c ^ (b | ~d);
            word = 7 * i % 16;
        }
        mixed += a + md5_sines[i] + m[word];
        a = d;
        d = c;
        c = b;
        b += rotate32(mixed, 32 - shifts[i / 16][i % 4]);
    }
    h[0] += a;
    h[1] += b;
    h[2] += c;
    h[3] += d;
}

static void md5_finish(DigestState *state, unsigned char *out, int64_t length)
{
    finish_words(state, out, length, 4, true);
}

const DigestKind digest_md5 = {"md5", 64, 16, md5_start, md5_add_block, md5_finish};

/* ---- SHA-1 */

static void sha1_start(DigestState *state)
{
    static const uint32_t initial[5] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};
    memcpy(state->words.w32, initial, sizeof initial);
}

static void sha1_add_block(DigestState *state, const unsigned char *block)
{
    uint32_t w[80], *h = state->words.w32;
    for (int i = 0; i < 16; i++)
        w[i] = (uint32_t)load_big(block + 4 * i, 4);
    for (int i = 16; i < 80; i++)
        w[i] = rotate32(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 31);
    uint32_t a = h[0], b = h[1], c = h[2], d = h[3], e = h[4];
    for (int i = 0; i < 80; i++) {
        uint32_t mixed = i < 20   ? ((b & c) | (~b & d)) + 0x5a827999
                         : i < 40 ? (b ^ c ^ d) + 0x6ed9eba1
                         : i < 60 ? ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc
                                  : (b ^ c ^ d) + 0xca62c1d6;
        mixed += rotate32(a, 27) + e + w[i];
        e = d;
        d = c;
        c = rotate32(b, 2);
        b = a;
        a = mixed;
    }
    h[0] += a;
    h[1] += b;
    h[2] += c;
    h[3] += d;
    h[4] += e;
}

static void words32_finish(DigestState *state, unsigned char *out, int64_t length)
{
    finish_words(state, out, length, 4, false);
}

const DigestKind digest_sha1 = {"sha1", 64, 20, sha1_start, sha1_add_block, words32_finish};

/* ---- SHA-2 */

static const uint64_t round_constants[80] = {
    0x428a2f98d728ae22, 0x7137449123ef65cd, 0xb5c0fbcfec4d3b2f, 0xe9b5dba58189dbbc,
    0x3956c25bf348b538, 0x59f111f1b605d019, 0x923f82a4af194f9b, 0xab1c5ed5da6d8118,
    0xd807aa98a3030242, 0x12835b0145706fbe, 0x243185be4ee4b28c, 0x550c7dc3d5ffb4e2,
    0x72be5d74f27b896f, 0x80deb1fe3b1696b1, 0x9bdc06a725c71235, 0xc19bf174cf692694,
    0xe49b69c19ef14ad2, 0xefbe4786384f25e3, 0x0fc19dc68b8cd5b5, 0x240ca1cc77ac9c65,
    0x2de92c6f592b0275, 0x4a7484aa6ea6e483, 0x5cb0a9dcbd41fbd4, 0x76f988da831153b5,
    0x983e5152ee66dfab, 0xa831c66d2db43210, 0xb00327c898fb213f, 0xbf597fc7beef0ee4,
    0xc6e00bf33da88fc2, 0xd5a79147930aa725, 0x06ca6351e003826f, 0x142929670a0e6e70,
    0x27b70a8546d22ffc, 0x2e1b21385c26c926, 0x4d2c6dfc5ac42aed, 0x53380d139d95b3df,
    0x650a73548baf63de, 0x766a0abb3c77b2a8, 0x81c2c92e47edaee6, 0x92722c851482353b,
    0xa2bfe8a14cf10364, 0xa81a664bbc423001, 0xc24b8b70d0f89791, 0xc76c51a30654be30,
    0xd192e819d6ef5218, 0xd69906245565a910, 0xf40e35855771202a, 0x106aa07032bbd1b8,
    0x19a4c116b8d2d0c8, 0x1e376c085141ab53, 0x2748774cdf8eeb99, 0x34b0bcb5e19b48a8,
    0x391c0cb3c5c95a63, 0x4ed8aa4ae3418acb, 0x5b9cca4f7763e373, 0x682e6ff3d6b2b8a3,
    0x748f82ee5defb2fc, 0x78a5636f43172f60, 0x84c87814a1f0ab72, 0x8cc702081a6439ec,
    0x90befffa23631e28, 0xa4506cebde82bde9, 0xbef9a3f7b2c67915, 0xc67178f2e372532b,
    0xca273eceea26619c, 0xd186b8c721c0c207, 0xeada7dd6cde0eb1e, 0xf57d4f7fee6ed178,
    0x06f067aa72176fba, 0x0a637dc5a2c898a6, 0x113f9804bef90dae, 0x1b710b35131c471b,
    0x28db77f523047d84, 0x32caab7b40c72493, 0x3c9ebe0a15c9bebc, 0x431d67c49c100d4c,
    0x4cc5d4becb3e42b6, 0x597f299cfc657e2a, 0x5fcb6fab3ad6faec, 0x6c44198c4a475817,
};

/* Fractions of the square roots of the first 8 primes, and of the next 8. */
static const uint64_t square_roots[16] = {
    0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1,
    0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179,
    0xcbbb9d5dc1059ed8, 0x629a292a367cd507, 0x9159015a3070dd17, 0x152fecd8f70e5939,
    0x67332667ffc00b31, 0x8eb44a8768581511, 0xdb0c2e0d64f98fa7, 0x47b5481dbefa4fa4,
};

static void sha512_start(DigestState *state)
{
    memcpy(state->words.w64, square_roots, 8 * sizeof(uint64_t));
}

static void sha384_start(DigestState *state)
{
    memcpy(state->words.w64, square_roots + 8, 8 * sizeof(uint64_t));
}

static void sha256_start(DigestState *state)
{
    for (int i = 0; i < 8; i++)
        state->words.w32[i] = (uint32_t)(square_roots[i] >> 32);
}

static void sha224_start(DigestState *state)
{
    for (int i = 0; i < 8; i++)
        state->words.w32[i] = (uint32_t)square_roots[8 + i];
}

/* One round; instead of moving the eight words on, the caller names them in turn. */
#define SHA512_ROUND(a, b, c, d, e, f, g, h, i)                                                    \
    do {                                                                                           \
        uint64_t s1_ = rotate64(e, 14) ^ rotate64(e, 18) ^ rotate64(e, 41);                        \
        uint64_t t1_ = h + s1_ + (g ^ (e & (f ^ g))) + round_constants[i] + w[i];                  \
        uint64_t s0_ = rotate64(a, 28) ^ rotate64(a, 34) ^ rotate64(a, 39);                        \
        d += t1_;                                                                                  \
        h = t1_ + s0_ + ((a & b) | (c & (a | b)));                                                 \
    } while (0)

#define SHA256_ROUND(a, b, c, d, e, f, g, h, i)                                                    \
    do {                                                                                           \
        uint32_t s1_ = rotate32(e, 6) ^ rotate32(e, 11) ^ rotate32(e, 25);                         \
        uint32_t t1_ =                                                                             \
            h + s1_ + (g ^ (e & (f ^ g))) + (uint32_t)(round_constants[i] >> 32) + w[i];           \
        uint32_t s0_ = rotate32(a, 2) ^ rotate32(a, 13) ^ rotate32(a, 22);                         \
        d += t1_;                                                                                  \
        h = t1_ + s0_ + ((a & b) | (c & (a | b)));                                                 \
    } while (0)

static void sha512_add_block(DigestState *state, const unsigned char *block)
{
    uint64_t w[80], h[8], *words = state->words.w64;
    for (int i = 0; i < 16; i++)
        w[i] = load_big(block + 8 * i, 8);
    for (int i = 16; i < 80; i++) {
        uint64_t s0 = rotate64(w[i - 15], 1) ^ rotate64(w[i - 15], 8) ^ w[i - 15] >> 7;
        uint64_t s1 = rotate64(w[i - 2], 19) ^ rotate64(w[i - 2], 61) ^ w[i - 2] >> 6;
        w[i] = w[i - 16] + s0 + w[i - 7] + s1;
    }
    memcpy(h, words, sizeof h);
    for (int i = 0; i < 80; i += 8) {
        SHA512_ROUND(h[0], h[1], h[2], h[3], h[4], h[5], h[6], h[7], i);
        SHA512_ROUND(h[7], h[0], h[1], h[2], h[3], h[4], h[5], h[6], i + 1);
        SHA512_ROUND(h[6], h[7], h[0], h[1], h[2], h[3], h[4], h[5], i + 2);
        SHA512_ROUND(h[5], h[6], h[7], h[0], h[1], h[2], h[3], h[4], i + 3);
        SHA512_ROUND(h[4], h[5], h[6], h[7], h[0], h[1], h[2], h[3], i + 4);
        SHA512_ROUND(h[3], h[4], h[5], h[6], h[7], h[0], h[1], h[2], i + 5);
        SHA512_ROUND(h[2], h[3], h[4], h[5], h[6], h[7], h[0], h[1], i + 6);
        SHA512_ROUND(h[1], h[2], h[3], h[4], h[5], h[6], h[7], h[0], i + 7);
    }
    for (int i = 0; i < 8; i++)
        words[i] += h[i];
}

static void sha256_add_block(DigestState *state, const unsigned char *block)
{
    uint32_t w[64], h[8], *words = state->words.w32;
    for (int i = 0; i < 16; i++)
        w[i] = (uint32_t)load_big(block + 4 * i, 4);
    for (int i = 16; i < 64; i++) {
        uint32_t s0 = rotate32(w[i - 15], 7) ^ rotate32(w[i - 15], 18) ^ w[i - 15] >> 3;
        uint32_t s1 = rotate32(w[i - 2], 17) ^ rotate32(w[i - 2], 19) ^ w[i - 2] >> 10;
        w[i] = w[i - 16] + s0 + w[i - 7] + s1;
    }
    memcpy(h, words, sizeof h);
    for (int i = 0; i < 64; i += 8) {
        SHA256_ROUND(h[0], h[1], h[2], h[3], h[4], h[5], h[6], h[7], i);
        SHA256_ROUND(h[7], h[0], h[1], h[2], h[3], h[4], h[5], h[6], i + 1);
        SHA256_ROUND(h[6], h[7], h[0], h[1], h[2], h[3], h[4], h[5], i + 2);
        SHA256_ROUND(h[5], h[6], h[7], h[0], h[1], h[2], h[3], h[4], i + 3);
        SHA256_ROUND(h[4], h[5], h[6], h[7], h[0], h[1], h[2], h[3], i + 4);
        SHA256_ROUND(h[3], h[4], h[5], h[6], h[7], h[0], h[1], h[2], i + 5);
        SHA256_ROUND(h[2], h[3], h[4], h[5], h[6], h[7], h[0], h[1], i + 6);
        SHA256_ROUND(h[1], h[2], h[3], h[4], h[5], h[6], h[7], h[0], i + 7);
    }
    for (int i = 0; i < 8; i++)
        words[i] += h[i];
}

static void words64_finish(DigestState *state, unsigned char *out, int64_t length)
{
    finish_words(state, out, length, 8, false);
}

const DigestKind digest_sha224 = {"sha224", 64, 28, sha224_start, sha256_add_block, words32_finish};
const DigestKind digest_sha256 = {"sha256", 64, 32, sha256_start, sha256_add_block, words32_finish};
const DigestKind digest_sha384 = {"sha384",         128,           48, sha384_start,
                                  sha512_add_block, words64_finish};
const DigestKind digest_sha512 = {"sha512",         128,           64, sha512_start,
                                  sha512_add_block, words64_finish};
