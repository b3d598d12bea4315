#ifndef OURO_RUNTIME_TYPES_UNICODE_H
#define OURO_RUNTIME_TYPES_UNICODE_H

/* Properties and case mappings of code points, by Unicode 14 (libunistring 1.0's). */

#include <stdbool.h>
#include <stdint.h>

enum { UNICODE_MAX = 0x10FFFF, UNICODE_REPLACEMENT = 0xFFFD, UNICODE_CASE_MAX = 3 };

/* Bits of unicode_ascii_class. */
enum {
    UNICODE_SPACE = 1,
    UNICODE_LOWER = 2,
    UNICODE_UPPER = 4,
    UNICODE_DIGIT = 8,
    UNICODE_PRINTABLE = 16,
    UNICODE_ID_START = 32,
    UNICODE_ID_CONTINUE = 64,
    UNICODE_LINE_BREAK = 128,
};
extern const unsigned char unicode_ascii_class[128];

bool unicode_is_space_slow(uint32_t c);
bool unicode_is_line_break_slow(uint32_t c);
bool unicode_is_printable_slow(uint32_t c);

static inline bool unicode_is_space(uint32_t c)
{
    return c < 128 ? (unicode_ascii_class[c] & UNICODE_SPACE) != 0 : unicode_is_space_slow(c);
}

/* What str.splitlines splits at. */
static inline bool unicode_is_line_break(uint32_t c)
{
    return c < 128 ? (unicode_ascii_class[c] & UNICODE_LINE_BREAK) != 0
                   : unicode_is_line_break_slow(c);
}

/* What repr shows as it is. */
static inline bool unicode_is_printable(uint32_t c)
{
    return c < 128 ? (unicode_ascii_class[c] & UNICODE_PRINTABLE) != 0
                   : unicode_is_printable_slow(c);
}

bool unicode_is_alpha(uint32_t c);
bool unicode_is_lower(uint32_t c);
bool unicode_is_upper(uint32_t c);
bool unicode_is_title(uint32_t c);
bool unicode_is_cased(uint32_t c);
bool unicode_is_case_ignorable(uint32_t c);
bool unicode_is_id_start(uint32_t c); /* '_' included */
bool unicode_is_id_continue(uint32_t c);
bool unicode_is_numeric(uint32_t c);
/* Value of a decimal digit / of a digit, or -1. */
int unicode_decimal(uint32_t c);
int unicode_digit(uint32_t c);
/* Numeric value as a fraction; false when there is none. */
bool unicode_numeric(uint32_t c, double *value);

/* Full mappings: the code points that c becomes (1…UNICODE_CASE_MAX); returns how many.  Final
 * sigma and other context is the caller's. */
int unicode_to_upper(uint32_t c, uint32_t out[UNICODE_CASE_MAX]);
int unicode_to_lower(uint32_t c, uint32_t out[UNICODE_CASE_MAX]);
int unicode_to_title(uint32_t c, uint32_t out[UNICODE_CASE_MAX]);
int unicode_to_fold(uint32_t c, uint32_t out[UNICODE_CASE_MAX]);

#endif
