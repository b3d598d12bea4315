/*
 * Characters in regular expressions, as Python sees them: what \w, \d and \s mean, and which
 * characters are the same when case is disregarded.
 *
 * Two characters are the same when their simple lower-case mappings are, or when those share an
 * upper-case letter.  That is a little more than Unicode's simple case folding (i, İ and ı are one)
 * and so nothing here is left to PCRE2, which folds by Unicode.
 */

#include "runtime/modules/re_charset.h"

#include <ctype.h>
#include <unicase.h>

#include "runtime/types/unicode.h"

enum { OCTETS = 256 };

/* ---- categories */

static bool is_word(uint32_t c, bool ascii, bool locale)
{
    if (c == '_')
        return true;
    if (locale)
        return c < OCTETS && isalnum((int)c);
    if (c < 128)
        return (unicode_ascii_class[c] & (UNICODE_LOWER | UNICODE_UPPER | UNICODE_DIGIT)) != 0;
    return !ascii && (unicode_is_alpha(c) || unicode_is_numeric(c) || unicode_digit(c) >= 0);
}

bool re_charset_in_category(uint32_t category, uint32_t c, bool ascii, bool locale)
{
    switch (category) {
    case RE_DIGIT:
        return c < 128 ? c >= '0' && c <= '9' : !ascii && unicode_decimal(c) >= 0;
    case RE_NOT_DIGIT:
        return !re_charset_in_category(RE_DIGIT, c, ascii, locale);
    case RE_SPACE:
        if (ascii)
            return c == ' ' || (c >= '\t' && c <= '\r');
        return unicode_is_space(c);
    case RE_NOT_SPACE:
        return !re_charset_in_category(RE_SPACE, c, ascii, locale);
    case RE_WORD:
        return is_word(c, ascii, locale);
    case RE_NOT_WORD:
        return !is_word(c, ascii, locale);
    default:
        return false;
    }
}

/* ---- case */

/* Lower-case letters that share an upper-case letter; the first of each row stands for all. */
static const uint32_t same_case[][3] = {
    {0x69, 0x131, 0},   {0x73, 0x17F, 0},    {0xB5, 0x3BC, 0},        {0x345, 0x3B9, 0x1FBE},
    {0x390, 0x1FD3, 0}, {0x3B0, 0x1FE3, 0},  {0x3B2, 0x3D0, 0},       {0x3B5, 0x3F5, 0},
    {0x3B8, 0x3D1, 0},  {0x3BA, 0x3F0, 0},   {0x3C0, 0x3D6, 0},       {0x3C1, 0x3F1, 0},
    {0x3C2, 0x3C3, 0},  {0x3C6, 0x3D5, 0},   {0x432, 0x1C80, 0},      {0x434, 0x1C81, 0},
    {0x43E, 0x1C82, 0}, {0x441, 0x1C83, 0},  {0x442, 0x1C84, 0x1C85}, {0x44A, 0x1C86, 0},
    {0x463, 0x1C87, 0}, {0x1E61, 0x1E9B, 0}, {0xA64B, 0x1C88, 0},     {0xFB05, 0xFB06, 0},
};
enum { SAME_CASE_ROWS = sizeof(same_case) / sizeof(same_case[0]) };

/* Capital letters that their lower-case letter does not map back to. */
static const uint32_t one_way[] = {0x130, 0x3F4, 0x1E9E, 0x2126, 0x212A, 0x212B};
enum { ONE_WAY = sizeof(one_way) / sizeof(one_way[0]) };

/* Where the characters are that have another case, in Unicode 14. */
static const ReRange cased_blocks[] = {
    {0x41, 0x7A},       {0xB5, 0x29E},      {0x345, 0x586},     {0x10A0, 0x10FF},
    {0x13A0, 0x13FD},   {0x1C80, 0x1CBF},   {0x1D79, 0x1D8E},   {0x1E00, 0x1FFC},
    {0x2126, 0x2184},   {0x24B6, 0x24E9},   {0x2C00, 0x2D2D},   {0xA640, 0xA69B},
    {0xA722, 0xA7F6},   {0xAB53, 0xABBF},   {0xFB05, 0xFB06},   {0xFF21, 0xFF5A},
    {0x10400, 0x1044F}, {0x104B0, 0x104FB}, {0x10570, 0x105BC}, {0x10C80, 0x10CF2},
    {0x118A0, 0x118DF}, {0x16E40, 0x16E7F}, {0x1E900, 0x1E943},
};

/* A representative of the characters that are c without regard to case, by Unicode. */
static uint32_t fold(uint32_t c)
{
    uint32_t lower = c < 128 ? (c >= 'A' && c <= 'Z' ? c + 32 : c) : uc_tolower(c);
    if (lower < 128)
        return lower;
    for (int i = 0; i < SAME_CASE_ROWS; i++) {
        if (lower == same_case[i][1] || lower == same_case[i][2])
            return same_case[i][0];
    }
    return lower;
}

typedef struct Variants {
    uint32_t *out;
    int count;
    uint32_t folded;
} Variants;

static void add_variant(Variants *v, uint32_t c)
{
    for (int i = 0; i < v->count; i++) {
        if (v->out[i] == c)
            return;
    }
    if (v->count < RE_CASE_VARIANTS && fold(c) == v->folded)
        v->out[v->count++] = c;
}

static void add_capitals(Variants *v, uint32_t lower)
{
    add_variant(v, lower);
    add_variant(v, uc_toupper(lower));
    add_variant(v, uc_totitle(lower));
}

int re_charset_variants(uint32_t c, ReCase mode, uint32_t out[RE_CASE_VARIANTS])
{
    out[0] = c;
    if (mode != RE_CASE_UNICODE) {
        int count = 1;
        if (mode == RE_CASE_ASCII) {
            if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'))
                out[count++] = c ^ ('a' - 'A');
        } else if (c < OCTETS) {
            uint32_t lower = (uint32_t)tolower((int)c), upper = (uint32_t)toupper((int)c);
            if (lower != c)
                out[count++] = lower;
            if (upper != c)
                out[count++] = upper;
        }
        return count;
    }
    Variants v = {out, 1, fold(c)};
    add_capitals(&v, v.folded);
    for (int i = 0; i < SAME_CASE_ROWS; i++) {
        if (same_case[i][0] != v.folded)
            continue;
        for (int k = 1; k < 3 && same_case[i][k] != 0; k++)
            add_capitals(&v, same_case[i][k]);
    }
    for (int i = 0; i < ONE_WAY; i++)
        add_variant(&v, one_way[i]);
    return v.count;
}

uint32_t re_charset_next_cased(uint32_t c, ReCase mode)
{
    if (mode == RE_CASE_LOCALE)
        return c < OCTETS ? c : UINT32_MAX;
    for (size_t i = 0; i < sizeof(cased_blocks) / sizeof(cased_blocks[0]); i++) {
        if (c <= cased_blocks[i].last)
            return c >= cased_blocks[i].first ? c : cased_blocks[i].first;
        if (mode == RE_CASE_ASCII)
            break;
    }
    return UINT32_MAX;
}
