/*
 * Properties and case mappings of code points.
 *
 * ASCII is answered from one table of bits; everything else by libunistring, whose release 1.0 has
 * the data of Unicode 14, as CPython 3.11's.  The definitions follow the reference manual:
 * printable is everything but "Other" and "Separator" (but the space), numeric is everything with a
 * value.
 */

#include "runtime/types/unicode.h"

#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>

#define SP UNICODE_SPACE
#define LB (UNICODE_SPACE | UNICODE_LINE_BREAK)
#define PR UNICODE_PRINTABLE
#define DG (UNICODE_PRINTABLE | UNICODE_DIGIT | UNICODE_ID_CONTINUE)
#define UP (UNICODE_PRINTABLE | UNICODE_UPPER | UNICODE_ID_START | UNICODE_ID_CONTINUE)
#define LO (UNICODE_PRINTABLE | UNICODE_LOWER | UNICODE_ID_START | UNICODE_ID_CONTINUE)
#define US (UNICODE_PRINTABLE | UNICODE_ID_START | UNICODE_ID_CONTINUE)

const unsigned char unicode_ascii_class[128] = {
    0,       0,  0,  0,  0,  0,  0,  0,  0,  SP, LB, LB, LB, LB, 0,  0,  /* 0x00 */
    0,       0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  LB, LB, LB, SP, /* 0x10 */
    SP | PR, PR, PR, PR, PR, PR, PR, PR, PR, PR, PR, PR, PR, PR, PR, PR, /* 0x20 */
    DG,      DG, DG, DG, DG, DG, DG, DG, DG, DG, PR, PR, PR, PR, PR, PR, /* 0x30 */
    PR,      UP, UP, UP, UP, UP, UP, UP, UP, UP, UP, UP, UP, UP, UP, UP, /* 0x40 */
    UP,      UP, UP, UP, UP, UP, UP, UP, UP, UP, UP, PR, PR, PR, PR, US, /* 0x50 */
    PR,      LO, LO, LO, LO, LO, LO, LO, LO, LO, LO, LO, LO, LO, LO, LO, /* 0x60 */
    LO,      LO, LO, LO, LO, LO, LO, LO, LO, LO, LO, PR, PR, PR, PR, 0,  /* 0x70 */
};

/* White space is bidirectional class WS, B or S, or category Zs: a fixed list in every version. */
bool unicode_is_space_slow(uint32_t c)
{
    switch (c) {
    case 0x85:
    case 0xA0:
    case 0x1680:
    case 0x2028:
    case 0x2029:
    case 0x202F:
    case 0x205F:
    case 0x3000:
        return true;
    default:
        return c >= 0x2000 && c <= 0x200A;
    }
}

bool unicode_is_line_break_slow(uint32_t c)
{
    return c == 0x85 || c == 0x2028 || c == 0x2029;
}

static bool in_category(uint32_t c, uint32_t mask)
{
    return uc_is_general_category_withtable(c, mask);
}

bool unicode_is_printable_slow(uint32_t c)
{
    return c <= UNICODE_MAX && !in_category(c, UC_CATEGORY_MASK_C | UC_CATEGORY_MASK_Z);
}

bool unicode_is_alpha(uint32_t c)
{
    if (c < 128)
        return (unicode_ascii_class[c] & (UNICODE_LOWER | UNICODE_UPPER)) != 0;
    return in_category(c, UC_CATEGORY_MASK_L);
}

bool unicode_is_lower(uint32_t c)
{
    if (c < 128)
        return (unicode_ascii_class[c] & UNICODE_LOWER) != 0;
    return uc_is_property_lowercase(c);
}

bool unicode_is_upper(uint32_t c)
{
    if (c < 128)
        return (unicode_ascii_class[c] & UNICODE_UPPER) != 0;
    return uc_is_property_uppercase(c);
}

bool unicode_is_title(uint32_t c)
{
    return c >= 128 && in_category(c, UC_CATEGORY_MASK_Lt);
}

bool unicode_is_cased(uint32_t c)
{
    if (c < 128)
        return (unicode_ascii_class[c] & (UNICODE_LOWER | UNICODE_UPPER)) != 0;
    return uc_is_property_cased(c);
}

bool unicode_is_case_ignorable(uint32_t c)
{
    return uc_is_property_case_ignorable(c);
}

bool unicode_is_id_start(uint32_t c)
{
    if (c < 128)
        return (unicode_ascii_class[c] & UNICODE_ID_START) != 0;
    return uc_is_property_xid_start(c);
}

bool unicode_is_id_continue(uint32_t c)
{
    if (c < 128)
        return (unicode_ascii_class[c] & UNICODE_ID_CONTINUE) != 0;
    return uc_is_property_xid_continue(c);
}

int unicode_decimal(uint32_t c)
{
    if (c < 128)
        return c >= '0' && c <= '9' ? (int)(c - '0') : -1;
    return uc_decimal_value(c);
}

int unicode_digit(uint32_t c)
{
    if (c < 128)
        return c >= '0' && c <= '9' ? (int)(c - '0') : -1;
    return uc_digit_value(c);
}

/* Ideographs with a numeric value, which UnicodeData.txt (libunistring's source) leaves to Unihan
 * (kPrimaryNumeric, kAccountingNumeric, kOtherNumeric).  Sorted by code point. */
static const struct {
    uint32_t c;
    double value;
} ideographs[] = {
    {0x3405, 5},     {0x3483, 2},     {0x382A, 5},    {0x3B4D, 7},  {0x4E00, 1},   {0x4E03, 7},
    {0x4E07, 10000}, {0x4E09, 3},     {0x4E5D, 9},    {0x4E8C, 2},  {0x4E94, 5},   {0x4E96, 4},
    {0x4EBF, 1e8},   {0x4EC0, 10},    {0x4EDF, 1000}, {0x4EE8, 3},  {0x4F0D, 5},   {0x4F70, 100},
    {0x5104, 1e8},   {0x5146, 1e12},  {0x5169, 2},    {0x516B, 8},  {0x516D, 6},   {0x5341, 10},
    {0x5343, 1000},  {0x5344, 20},    {0x5345, 30},   {0x534C, 40}, {0x53C1, 3},   {0x53C2, 3},
    {0x53C3, 3},     {0x53C4, 3},     {0x56DB, 4},    {0x58F1, 1},  {0x58F9, 1},   {0x5E7A, 1},
    {0x5EFE, 9},     {0x5EFF, 20},    {0x5F0C, 1},    {0x5F0D, 2},  {0x5F0E, 3},   {0x5F10, 2},
    {0x62FE, 10},    {0x634C, 8},     {0x67D2, 7},    {0x6F06, 7},  {0x7396, 9},   {0x767E, 100},
    {0x8086, 4},     {0x842C, 10000}, {0x8CAE, 2},    {0x8CB3, 2},  {0x8D30, 2},   {0x9621, 1000},
    {0x9646, 6},     {0x964C, 100},   {0x9678, 6},    {0x96F6, 0},  {0xF96B, 3},   {0xF973, 10},
    {0xF978, 2},     {0xF9B2, 0},     {0xF9D1, 6},    {0xF9D3, 6},  {0xF9FD, 10},  {0x20001, 7},
    {0x20064, 4},    {0x200E2, 4},    {0x20121, 5},   {0x2092A, 1}, {0x20983, 30}, {0x2098C, 40},
    {0x2099C, 40},   {0x20AEA, 6},    {0x20AFD, 3},   {0x20B19, 3}, {0x22390, 2},  {0x22998, 3},
    {0x23B1B, 3},    {0x2626D, 4},    {0x2F890, 9},
};

bool unicode_numeric(uint32_t c, double *value)
{
    int decimal = unicode_decimal(c);
    if (decimal >= 0) {
        *value = decimal;
        return true;
    }
    if (c < 128)
        return false;
    uc_fraction_t fraction = uc_numeric_value(c);
    if (c == 0x16B60 || c == 0x16B61) { /* Pahawh Hmong; too big for the library's int */
        *value = c == 0x16B60 ? 1e10 : 1e12;
        return true;
    }
    if (fraction.denominator != 0) {
        *value = (double)fraction.numerator / fraction.denominator;
        return true;
    }
    int low = 0, high = (int)(sizeof(ideographs) / sizeof(ideographs[0]));
    while (low < high) {
        int middle = (low + high) / 2;
        if (ideographs[middle].c < c)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == (int)(sizeof(ideographs) / sizeof(ideographs[0])) || ideographs[low].c != c)
        return false;
    *value = ideographs[low].value;
    return true;
}

bool unicode_is_numeric(uint32_t c)
{
    double value;
    return unicode_numeric(c, &value);
}

typedef uint32_t *(*MapFn)(const uint32_t *, size_t, const char *, uninorm_t, uint32_t *, size_t *);

/* One code point through a whole-string mapping of libunistring (surrogates map to themselves). */
static int map_with(MapFn map, uint32_t c, uint32_t out[UNICODE_CASE_MAX])
{
    uint32_t buffer[16];
    size_t length = 16;
    uint32_t *result = c >= 0xD800 && c < 0xE000 ? NULL : map(&c, 1, "", NULL, buffer, &length);
    if (result != buffer || length == 0 || length > UNICODE_CASE_MAX) {
        out[0] = c;
        return 1;
    }
    for (size_t i = 0; i < length; i++)
        out[i] = buffer[i];
    return (int)length;
}

int unicode_to_upper(uint32_t c, uint32_t out[UNICODE_CASE_MAX])
{
    if (c < 128) {
        out[0] = c >= 'a' && c <= 'z' ? c - 32 : c;
        return 1;
    }
    return map_with(u32_toupper, c, out);
}

int unicode_to_lower(uint32_t c, uint32_t out[UNICODE_CASE_MAX])
{
    if (c < 128) {
        out[0] = c >= 'A' && c <= 'Z' ? c + 32 : c;
        return 1;
    }
    if (c == 0x3A3) { /* out of context: not final */
        out[0] = 0x3C3;
        return 1;
    }
    return map_with(u32_tolower, c, out);
}

int unicode_to_title(uint32_t c, uint32_t out[UNICODE_CASE_MAX])
{
    if (c < 128) {
        out[0] = c >= 'a' && c <= 'z' ? c - 32 : c;
        return 1;
    }
    return map_with(u32_totitle, c, out);
}

int unicode_to_fold(uint32_t c, uint32_t out[UNICODE_CASE_MAX])
{
    if (c < 128) {
        out[0] = c >= 'A' && c <= 'Z' ? c + 32 : c;
        return 1;
    }
    return map_with(u32_casefold, c, out);
}
