#ifndef OURO_RUNTIME_TYPES_INT_TEXT_H
#define OURO_RUNTIME_TYPES_INT_TEXT_H

/* Ints as text and back. */

#include <stdbool.h>
#include <stdint.h>

#include "runtime/types/int.h"

/* Digits of a magnitude: no sign, no prefix, lower case.  Make with int_text_make. */
typedef struct IntText {
    const char *digits; /* ASCII, not NUL-terminated; points into the struct or at the block */
    int64_t length;
    bool negative;
    char *block; /* mem_alloc block of `block_size` bytes, or NULL */
    int64_t block_size;
    char fixed[72];
} IntText;

/* Base 2, 8, 10 or 16: 0, or -1 (ValueError past the limit of decimal digits). */
int int_text_make(ObjRef o, int base, IntText *out);
void int_text_free(IntText *text);
/* Decimal digits of value with a sign into buffer (at least 20 bytes); returns their number. */
int64_t int_text_decimal(int64_t value, char *buffer);
/* int(o, base) for a str. */
Obj *int_text_parse_str(ObjRef o, int base);
/* int(o, base) for the contents of a bytes-like object. */
Obj *int_text_parse_bytes(const unsigned char *data, int64_t length, int base);

#endif
