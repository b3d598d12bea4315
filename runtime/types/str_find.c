/*
 * Searching in text and octets, forwards and backwards, in linear time whatever the input.
 *
 * A quick loop looks for the first item of the needle and compares the rest.  It counts the items
 * it compared in vain; when they outgrow what it has advanced, the Two-Way algorithm (Crochemore
 * and Perrin, "Two-way string-matching", Journal of the ACM 38, 1991) takes over: linear time,
 * constant space, no table.  One-byte forward search is memchr and memmem of the C library, which
 * do the same.
 *
 * The generic functions are always inlined with constant widths and direction, so that each
 * combination becomes its own loop; searching backwards is searching the mirrored arrays.
 */

#include <string.h>

#include "runtime/types/str.h"
#include "runtime/types/str_methods.h"

#define ALWAYS_INLINE static inline __attribute__((always_inline))

typedef struct Span {
    const void *items;
    int64_t length;
} Span;

/* Item i, counted from the other end when reversed. */
ALWAYS_INLINE uint32_t at(Span s, int kind, bool reverse, int64_t i)
{
    if (reverse)
        i = s.length - 1 - i;
    return kind == 1   ? ((const uint8_t *)s.items)[i]
           : kind == 2 ? ((const uint16_t *)s.items)[i]
                       : ((const uint32_t *)s.items)[i];
}

/* Start of the lexicographically greatest suffix of the needle (smallest when `opposite`), less
 * one, and its period. */
ALWAYS_INLINE int64_t maximal_suffix(Span needle, int kind, bool reverse, bool opposite,
                                     int64_t *period)
{
    int64_t suffix = -1, j = 0, k = 1, p = 1;
    while (j + k < needle.length) {
        uint32_t a = at(needle, kind, reverse, j + k);
        uint32_t b = at(needle, kind, reverse, suffix + k);
        if (a == b) {
            if (k == p) {
                j += p;
                k = 1;
            } else {
                k++;
            }
        } else if (opposite ? a > b : a < b) {
            j += k;
            k = 1;
            p = j - suffix;
        } else {
            suffix = j++;
            k = p = 1;
        }
    }
    *period = p;
    return suffix;
}

ALWAYS_INLINE int64_t two_way(Span text, int kind, Span needle, int needle_kind, bool reverse,
                              int64_t from)
{
    int64_t period, other_period, m = needle.length;
    int64_t split = maximal_suffix(needle, needle_kind, reverse, false, &period);
    int64_t other = maximal_suffix(needle, needle_kind, reverse, true, &other_period);
    if (other > split) {
        split = other;
        period = other_period;
    }
    bool periodic = true;
    for (int64_t i = 0; i <= split && periodic; i++) {
        periodic = i + period < m && at(needle, needle_kind, reverse, i) ==
                                         at(needle, needle_kind, reverse, i + period);
    }
    if (!periodic) {
        int64_t rest = m - split - 1;
        period = (split + 1 > rest ? split + 1 : rest) + 1;
    }
    int64_t memory = -1;
    for (int64_t j = from; j <= text.length - m;) {
        int64_t i = (split > memory ? split : memory) + 1;
        while (i < m && at(needle, needle_kind, reverse, i) == at(text, kind, reverse, i + j))
            i++;
        if (i < m) {
            j += i - split;
            memory = -1;
            continue;
        }
        i = split;
        while (i > memory && at(needle, needle_kind, reverse, i) == at(text, kind, reverse, i + j))
            i--;
        if (i <= memory)
            return j;
        j += period;
        memory = periodic ? m - period - 1 : -1;
    }
    return -1;
}

/* Position (in the direction of search) of the first match at or after `from`, or -1. */
ALWAYS_INLINE int64_t search(Span text, int kind, Span needle, int needle_kind, bool reverse)
{
    int64_t last = text.length - needle.length, wasted = 0;
    uint32_t first = at(needle, needle_kind, reverse, 0);
    for (int64_t j = 0; j <= last; j++) {
        if (at(text, kind, reverse, j) != first)
            continue;
        int64_t i = 1;
        while (i < needle.length &&
               at(needle, needle_kind, reverse, i) == at(text, kind, reverse, i + j))
            i++;
        if (i == needle.length)
            return j;
        wasted += i;
        if (wasted > 256 + 4 * j)
            return two_way(text, kind, needle, needle_kind, reverse, j + 1);
    }
    return -1;
}

#define KINDS(a, b) ((a)*8 + (b))

static int64_t dispatch_forward(Span t, int kind, Span n, int needle_kind)
{
    switch (KINDS(kind, needle_kind)) {
    case KINDS(2, 1):
        return search(t, 2, n, 1, false);
    case KINDS(2, 2):
        return search(t, 2, n, 2, false);
    case KINDS(4, 1):
        return search(t, 4, n, 1, false);
    case KINDS(4, 2):
        return search(t, 4, n, 2, false);
    case KINDS(4, 4):
        return search(t, 4, n, 4, false);
    default:
        return -1;
    }
}

static int64_t dispatch_backward(Span t, int kind, Span n, int needle_kind)
{
    switch (KINDS(kind, needle_kind)) {
    case KINDS(1, 1):
        return search(t, 1, n, 1, true);
    case KINDS(2, 1):
        return search(t, 2, n, 1, true);
    case KINDS(2, 2):
        return search(t, 2, n, 2, true);
    case KINDS(4, 1):
        return search(t, 4, n, 1, true);
    case KINDS(4, 2):
        return search(t, 4, n, 2, true);
    case KINDS(4, 4):
        return search(t, 4, n, 4, true);
    default:
        return -1;
    }
}

int64_t str_find_char_raw(const void *text, int kind, int64_t length, uint32_t c)
{
    if (length <= 0)
        return -1;
    if (kind == 1) {
        if (c > 255)
            return -1;
        const unsigned char *hit = memchr(text, (int)c, (size_t)length);
        return hit == NULL ? -1 : hit - (const unsigned char *)text;
    }
    if (kind == 2) {
        const uint16_t *p = text;
        for (int64_t i = 0; i < length; i++) {
            if (p[i] == c)
                return i;
        }
        return -1;
    }
    const uint32_t *p = text;
    for (int64_t i = 0; i < length; i++) {
        if (p[i] == c)
            return i;
    }
    return -1;
}

int64_t str_rfind_char_raw(const void *text, int kind, int64_t length, uint32_t c)
{
    if (length <= 0)
        return -1;
    if (kind == 1) {
        if (c > 255)
            return -1;
        const unsigned char *hit = memrchr(text, (int)c, (size_t)length);
        return hit == NULL ? -1 : hit - (const unsigned char *)text;
    }
    if (kind == 2) {
        const uint16_t *p = text;
        for (int64_t i = length - 1; i >= 0; i--) {
            if (p[i] == c)
                return i;
        }
        return -1;
    }
    const uint32_t *p = text;
    for (int64_t i = length - 1; i >= 0; i--) {
        if (p[i] == c)
            return i;
    }
    return -1;
}

int64_t str_find_raw(const void *text, int kind, int64_t length, const void *needle,
                     int needle_kind, int64_t needle_length)
{
    if (needle_length > length || needle_kind > kind)
        return -1;
    if (needle_length == 0)
        return 0;
    Span t = {text, length}, n = {needle, needle_length};
    if (needle_length == 1)
        return str_find_char_raw(text, kind, length, at(n, needle_kind, false, 0));
    if (kind == 1) {
        const unsigned char *hit = memmem(text, (size_t)length, needle, (size_t)needle_length);
        return hit == NULL ? -1 : hit - (const unsigned char *)text;
    }
    return dispatch_forward(t, kind, n, needle_kind);
}

int64_t str_rfind_raw(const void *text, int kind, int64_t length, const void *needle,
                      int needle_kind, int64_t needle_length)
{
    if (needle_length > length || needle_kind > kind)
        return -1;
    if (needle_length == 0)
        return length;
    Span t = {text, length}, n = {needle, needle_length};
    if (needle_length == 1)
        return str_rfind_char_raw(text, kind, length, at(n, needle_kind, false, 0));
    int64_t mirrored = dispatch_backward(t, kind, n, needle_kind);
    return mirrored < 0 ? -1 : length - needle_length - mirrored;
}

int64_t str_count_raw(const void *text, int kind, int64_t length, const void *needle,
                      int needle_kind, int64_t needle_length, int64_t limit)
{
    if (needle_length == 0)
        return length + 1 < limit ? length + 1 : limit;
    int64_t count = 0, from = 0;
    while (count < limit) {
        const unsigned char *start = (const unsigned char *)text + from * kind;
        int64_t hit = str_find_raw(start, kind, length - from, needle, needle_kind, needle_length);
        if (hit < 0)
            break;
        count++;
        from += hit + needle_length;
    }
    return count;
}

int64_t str_find(ObjRef o, ObjRef needle, int64_t start, int64_t end)
{
    const StrObj *s = (const StrObj *)o, *n = (const StrObj *)needle;
    if (end > s->length)
        end = s->length;
    if (start < 0)
        start = 0;
    if (start > end)
        return -1;
    int64_t hit =
        str_find_raw(s->data + start * s->kind, s->kind, end - start, n->data, n->kind, n->length);
    return hit < 0 ? -1 : hit + start;
}

int64_t str_rfind(ObjRef o, ObjRef needle, int64_t start, int64_t end)
{
    const StrObj *s = (const StrObj *)o, *n = (const StrObj *)needle;
    if (end > s->length)
        end = s->length;
    if (start < 0)
        start = 0;
    if (start > end)
        return -1;
    int64_t hit =
        str_rfind_raw(s->data + start * s->kind, s->kind, end - start, n->data, n->kind, n->length);
    return hit < 0 ? -1 : hit + start;
}
