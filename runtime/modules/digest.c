/*
 * Digests: nettle has MD5, SHA-1, SHA-2 and the permutation of SHA-3, libb2 has BLAKE2.
 *
 * The sponge around the permutation is ours, because nettle 3.8 has no SHAKE128.  Both libraries
 * keep a digest in one flat struct, so a DigestState is copied by assignment.
 */

#include "runtime/modules/digest.h"

#include <string.h>

void digest_start(DigestState *state, const DigestKind *kind)
{
    memset(state, 0, sizeof *state);
    state->kind = kind;
    state->size = kind->size;
    kind->start(state);
}

void digest_update(DigestState *state, const unsigned char *data, int64_t length)
{
    if (length > 0)
        state->kind->update(state, data, (size_t)length);
}

void digest_finish(const DigestState *state, unsigned char *out, int64_t length)
{
    DigestState copy = *state;
    copy.kind->finish(&copy, out, (size_t)length);
}

void digest_once(const DigestKind *kind, const unsigned char *data, int64_t length,
                 unsigned char *out)
{
    DigestState state;
    digest_start(&state, kind);
    digest_update(&state, data, length);
    kind->finish(&state, out, (size_t)kind->size);
}

/* ---- nettle's */

/* The kind NAME, with its state in `field` and the functions UPDATE and so on. */
#define NETTLE_KIND(NAME, field, INIT, UPDATE, DIGEST, BLOCK, SIZE)                                \
    static void start_##NAME(DigestState *state)                                                   \
    {                                                                                              \
        INIT(&state->field);                                                                       \
    }                                                                                              \
    static void update_##NAME(DigestState *state, const unsigned char *data, size_t length)        \
    {                                                                                              \
        UPDATE(&state->field, length, data);                                                       \
    }                                                                                              \
    static void finish_##NAME(DigestState *state, unsigned char *out, size_t length)               \
    {                                                                                              \
        DIGEST(&state->field, length, out);                                                        \
    }                                                                                              \
    const DigestKind digest_##NAME = {#NAME,        BLOCK,         SIZE,                           \
                                      start_##NAME, update_##NAME, finish_##NAME}

NETTLE_KIND(md5, u.md5, md5_init, md5_update, md5_digest, MD5_BLOCK_SIZE, MD5_DIGEST_SIZE);
NETTLE_KIND(sha1, u.sha1, sha1_init, sha1_update, sha1_digest, SHA1_BLOCK_SIZE, SHA1_DIGEST_SIZE);
NETTLE_KIND(sha224, u.sha256, sha224_init, sha256_update, sha224_digest, SHA224_BLOCK_SIZE,
            SHA224_DIGEST_SIZE);
NETTLE_KIND(sha256, u.sha256, sha256_init, sha256_update, sha256_digest, SHA256_BLOCK_SIZE,
            SHA256_DIGEST_SIZE);
NETTLE_KIND(sha384, u.sha512, sha384_init, sha512_update, sha384_digest, SHA384_BLOCK_SIZE,
            SHA384_DIGEST_SIZE);
NETTLE_KIND(sha512, u.sha512, sha512_init, sha512_update, sha512_digest, SHA512_BLOCK_SIZE,
            SHA512_DIGEST_SIZE);

/* ---- SHA-3 and SHAKE (FIPS 202): a sponge of `block` bytes a turn */

static void sponge_start(DigestState *state)
{
    (void)state; /* all zeros */
}

/* Byte `at` of the sponge, little-endian in its words. */
static void sponge_mix(Sponge *sponge, int32_t at, unsigned char byte)
{
    sponge->state.a[at / 8] ^= (uint64_t)byte << (8 * (at % 8));
}

static void sponge_update(DigestState *state, const unsigned char *data, size_t length)
{
    Sponge *sponge = &state->u.sponge;
    for (size_t i = 0; i < length; i++) {
        sponge_mix(sponge, sponge->used++, data[i]);
        if (sponge->used == state->kind->block) {
            sha3_permute(&sponge->state);
            sponge->used = 0;
        }
    }
}

/* suffix: the bits that follow the message, and the first bit of the padding. */
static void squeeze(DigestState *state, unsigned char *out, size_t length, unsigned char suffix)
{
    Sponge *sponge = &state->u.sponge;
    int32_t at = state->kind->block;
    sponge_mix(sponge, sponge->used, suffix);
    sponge_mix(sponge, at - 1, 0x80);
    for (size_t i = 0; i < length; i++, at++) {
        if (at == state->kind->block) {
            sha3_permute(&sponge->state);
            at = 0;
        }
        out[i] = (unsigned char)(sponge->state.a[at / 8] >> (8 * (at % 8)));
    }
}

static void sha3_finish(DigestState *state, unsigned char *out, size_t length)
{
    squeeze(state, out, length, 0x06);
}

static void shake_finish(DigestState *state, unsigned char *out, size_t length)
{
    squeeze(state, out, length, 0x1f);
}

const DigestKind digest_sha3_224 = {"sha3_224", 144, 28, sponge_start, sponge_update, sha3_finish};
const DigestKind digest_sha3_256 = {"sha3_256", 136, 32, sponge_start, sponge_update, sha3_finish};
const DigestKind digest_sha3_384 = {"sha3_384", 104, 48, sponge_start, sponge_update, sha3_finish};
const DigestKind digest_sha3_512 = {"sha3_512", 72, 64, sponge_start, sponge_update, sha3_finish};
const DigestKind digest_shake_128 = {"shake_128",  168,           0,
                                     sponge_start, sponge_update, shake_finish};
const DigestKind digest_shake_256 = {"shake_256",  136,           0,
                                     sponge_start, sponge_update, shake_finish};

/* ---- libb2's */

static void blake2b_begin(DigestState *state, const Blake2Params *params)
{
    blake2b_param block = {
        .digest_length = (uint8_t)params->digest_size,
        .key_length = (uint8_t)params->key_size,
        .fanout = (uint8_t)params->fanout,
        .depth = (uint8_t)params->depth,
        .leaf_length = (uint32_t)params->leaf_size,
        .node_offset = params->node_offset,
        .node_depth = (uint8_t)params->node_depth,
        .inner_length = (uint8_t)params->inner_size,
    };
    memcpy(block.salt, params->salt, sizeof block.salt);
    memcpy(block.personal, params->person, sizeof block.personal);
    blake2b_init_param(&state->u.blake2b, &block);
    state->u.blake2b.last_node = params->last_node;
}

static void blake2s_begin(DigestState *state, const Blake2Params *params)
{
    blake2s_param block = {
        .digest_length = (uint8_t)params->digest_size,
        .key_length = (uint8_t)params->key_size,
        .fanout = (uint8_t)params->fanout,
        .depth = (uint8_t)params->depth,
        .leaf_length = (uint32_t)params->leaf_size,
        .node_depth = (uint8_t)params->node_depth,
        .inner_length = (uint8_t)params->inner_size,
    };
    for (size_t i = 0; i < sizeof block.node_offset; i++)
        block.node_offset[i] = (uint8_t)(params->node_offset >> (8 * i));
    memcpy(block.salt, params->salt, sizeof block.salt);
    memcpy(block.personal, params->person, sizeof block.personal);
    blake2s_init_param(&state->u.blake2s, &block);
    state->u.blake2s.last_node = params->last_node;
}

void digest_start_blake2(DigestState *state, const DigestKind *kind, const Blake2Params *params)
{
    memset(state, 0, sizeof *state);
    state->kind = kind;
    state->size = (int32_t)params->digest_size;
    if (kind == &digest_blake2b)
        blake2b_begin(state, params);
    else
        blake2s_begin(state, params);
    if (params->key_size > 0) {
        unsigned char key[BLAKE2B_BLOCKBYTES] = {0};
        memcpy(key, params->key, (size_t)params->key_size);
        digest_update(state, key, kind->block);
    }
}

static void blake2_start(DigestState *state)
{
    const Blake2Params params = {.digest_size = state->kind->size, .fanout = 1, .depth = 1};
    digest_start_blake2(state, state->kind, &params);
}

static void blake2b_add(DigestState *state, const unsigned char *data, size_t length)
{
    blake2b_update(&state->u.blake2b, data, length);
}

static void blake2s_add(DigestState *state, const unsigned char *data, size_t length)
{
    blake2s_update(&state->u.blake2s, data, length);
}

static void blake2b_finish(DigestState *state, unsigned char *out, size_t length)
{
    blake2b_final(&state->u.blake2b, out, length);
}

static void blake2s_finish(DigestState *state, unsigned char *out, size_t length)
{
    blake2s_final(&state->u.blake2s, out, length);
}

const DigestKind digest_blake2b = {"blake2b",    BLAKE2B_BLOCKBYTES, BLAKE2B_OUTBYTES,
                                   blake2_start, blake2b_add,        blake2b_finish};
const DigestKind digest_blake2s = {"blake2s",    BLAKE2S_BLOCKBYTES, BLAKE2S_OUTBYTES,
                                   blake2_start, blake2s_add,        blake2s_finish};
