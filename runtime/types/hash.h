#ifndef OURO_RUNTIME_TYPES_HASH_H
#define OURO_RUNTIME_TYPES_HASH_H

/* The keyed hash of text and octets: SipHash-1-3. */

#include <stdint.h>

/* Chooses the key: from PYTHONHASHSEED or OUROHASHSEED when it is a number (0: the zero key, so
 * that hashes are the same in every run), else at random.  0, or -1 when the variable is no valid
 * seed. */
int hash_init(void);
/* Hash of `length` octets; never -1; 0 for no octets. */
int64_t hash_bytes(const void *bytes, int64_t length);

#endif
