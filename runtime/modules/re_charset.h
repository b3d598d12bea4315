#ifndef OURO_RUNTIME_MODULES_RE_CHARSET_H
#define OURO_RUNTIME_MODULES_RE_CHARSET_H

/* Characters in regular expressions: categories, case, sets. */

#include <stdbool.h>
#include <stdint.h>

/* How case is disregarded. */
typedef enum ReCase { RE_CASE_UNICODE, RE_CASE_ASCII, RE_CASE_LOCALE } ReCase;

/* Categories of characters as bits. */
enum {
    RE_DIGIT = 1,
    RE_NOT_DIGIT = 2,
    RE_SPACE = 4,
    RE_NOT_SPACE = 8,
    RE_WORD = 16,
    RE_NOT_WORD = 32,
};

typedef struct ReRange {
    uint32_t first, last;
} ReRange;

typedef struct ReSet {
    bool negate;
    bool fold;  /* without regard to case, by `mode` */
    bool ascii; /* categories are those of ASCII */
    bool locale;
    ReCase mode;
    uint32_t categories; /* RE_DIGIT… */
    int32_t range_count;
    ReRange *ranges;
} ReSet;

/* Is c in the category (one bit)? */
bool re_charset_in_category(uint32_t category, uint32_t c, bool ascii, bool locale);

enum { RE_CASE_VARIANTS = 8 };

/* All characters that are c without regard to case, c itself first; returns how many. */
int re_charset_variants(uint32_t c, ReCase mode, uint32_t out[RE_CASE_VARIANTS]);
/* The first character from c on that may have variants, or UINT32_MAX. */
uint32_t re_charset_next_cased(uint32_t c, ReCase mode);

#endif
