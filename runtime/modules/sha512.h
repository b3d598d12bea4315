#ifndef OURO_RUNTIME_MODULES_SHA512_H
#define OURO_RUNTIME_MODULES_SHA512_H

/* The hash function SHA-512 (FIPS 180-4). */

#include <stdint.h>

enum { SHA512_DIGEST_SIZE = 64 }; /* bytes */

void sha512_digest(const unsigned char *data, int64_t length, unsigned char *out);

#endif
