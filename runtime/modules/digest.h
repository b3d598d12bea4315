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

#include <stdbool.h>
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
    void (*add_block)(DigestState *state, const unsigned char *block);
    /* Takes in what is left and writes `length` bytes; may spoil the state. */
    void (*finish)(DigestState *state, unsigned char *out, int64_t length);
} DigestKind;

struct DigestState {
    const DigestKind *kind;
    uint64_t length; /* bytes taken in as whole blocks */
    int32_t used;    /* bytes waiting in `rest`; a full block waits for more to come */
    int32_t size;    /* bytes of the digest; BLAKE2 can make shorter ones */
    int32_t last_node;
    union {
        uint32_t w32[8];
        uint64_t w64[25];
    } words;
    unsigned char rest[DIGEST_MAX_BLOCK];
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
