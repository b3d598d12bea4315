#ifndef OURO_RUNTIME_TYPES_BYTES_H
#define OURO_RUNTIME_TYPES_BYTES_H

/* bytes: immutable octets followed by a NUL. */

#include <stdint.h>

#include "runtime/core/object.h"

typedef struct BytesObj {
    Obj base;
    int64_t length;
    int64_t hash; /* -1: not computed */
    unsigned char data[];
} BytesObj; /* 33 + n, as CPython */

extern Type bytes_type, bytes_iterator_type;
#define bytes_cast(o) ((BytesObj *)(o))
#define bytes_check(o) obj_has_flag(o, TYPE_BYTES)
#define bytes_check_exact(o) (obj_type(o) == &bytes_type)

/* data NULL: contents undefined, to be filled. */
Obj *bytes_new(const void *data, int64_t length);
void bytes_finish(void);

/* Read access to the octets of any bytes-like object (bytes, later bytearray, memoryview, array).
 */
typedef struct BufferView {
    const unsigned char *data;
    int64_t length;
    Obj *owner; /* owned; released by buffer_release */
} BufferView;
/* TypeError "a bytes-like object is required, not 'X'": 0/-1.  Release with buffer_release. */
int buffer_acquire(ObjRef o, BufferView *view);
void buffer_release(BufferView *view);

/* Codecs.  encoding NULL: utf-8; errors NULL: strict. */
Obj *codec_decode(const unsigned char *data, int64_t length, const char *encoding,
                  const char *errors);
Obj *codec_encode(ObjRef str, const char *encoding, const char *errors);

#endif
