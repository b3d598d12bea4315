#ifndef OURO_RUNTIME_MODULES_DIGEST_H
#define OURO_RUNTIME_MODULES_DIGEST_H

/*
 * Cryptographic digests over a stream of bytes: MD5, SHA-1, SHA-2, SHA-3 and SHAKE, BLAKE2.
 *
 *     DigestState state;
 *     digest_start(&state, &digest_sha256);
 *     digest_update(&state, data, length);
 *     digest_finish(&state, out, digest_sha256.size);    // state stays as it was
 */

#include <blake2.h>
#include <nettle/md5.h>
#include <nettle/sha1.h>
#include <nettle/sha2.h>
#include <nettle/sha3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    DIGEST_MAX_BLOCK = 168, /* bytes: the rate of SHAKE128 */
    DIGEST_MAX_SIZE = 64,   /* bytes, of the digests of fixed size */
};

typedef struct DigestState DigestState;

typedef struct DigestKind {
    const char *name;
    int32_t block; /* bytes that are taken in at once */
    int32_t size;  /* bytes of a digest; 0: any number */
    void (*start)(DigestState *state);
    void (*update)(DigestState *state, const unsigned char *data, size_t length);
    void (*finish)(DigestState *state, unsigned char *out, size_t length); /* spoils the state */
} DigestKind;

typedef struct Sponge {
    struct sha3_state state;
    int32_t used; /* bytes of the block that were mixed in */
} Sponge;

struct DigestState {
    const DigestKind *kind;
    int32_t size; /* bytes of the digest; BLAKE2 can make shorter ones */
    union {
        struct md5_ctx md5;
        struct sha1_ctx sha1;
        struct sha256_ctx sha256;
        struct sha512_ctx sha512;
        Sponge sponge;
        blake2b_state blake2b;
        blake2s_state blake2s;
    } u;
};

extern const DigestKind digest_md5, digest_sha1, digest_sha224, digest_sha256, digest_sha384,
    digest_sha512, digest_sha3_224, digest_sha3_256, digest_sha3_384, digest_sha3_512,
    digest_shake_128, digest_shake_256, digest_blake2b, digest_blake2s;

void digest_start(DigestState *state, const DigestKind *kind);
void digest_update(DigestState *state, const unsigned char *data, int64_t length);
/* The digest of all so far; works on a copy. */
void digest_finish(const DigestState *state, unsigned char *out, int64_t length);
/* Of one message. */
void digest_once(const DigestKind *kind, const unsigned char *data, int64_t length,
                 unsigned char *out);

/* Parameters of BLAKE2 (RFC 7693 and the BLAKE2 paper, section 2.8), in the order of its block. */
typedef struct Blake2Params {
    int64_t digest_size, key_size, fanout, depth, leaf_size, node_depth, inner_size;
    uint64_t node_offset;
    unsigned char salt[16], person[16]; /* 8 bytes each for BLAKE2s */
    unsigned char key[64];
    bool last_node;
} Blake2Params;

void digest_start_blake2(DigestState *state, const DigestKind *kind, const Blake2Params *params);

#endif
