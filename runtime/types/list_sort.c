/*
 * Sorting of lists: a stable natural merge sort, and a radix sort for many numbers in no order.
 *
 * Runs already in order are found and merged in the order of powersort (Munro and Wild,
 * "Nearly-Optimal Mergesorts", ESA 2018), short runs being lengthened by binary insertion, and
 * merging gallops (exponential, then binary search) while one side keeps winning, after Tim Peters'
 * listsort.
 *
 * The list gives its items away while they are sorted: it looks empty (capacity -1), and a change
 * made meanwhile is noticed.  What moves is an array of SortItem, a key with the position it came
 * from; the list's own array stays as it is until the end, so that an exception leaves the old
 * order.  Keys that are all small ints, all floats or all Latin-1 strs are compared without calls:
 * every function that compares is instantiated for each kind by inlining.
 */

#include <string.h>

#include "gc/mem.h"
#include "runtime/core/err.h"
#include "runtime/types/equality.h"
#include "runtime/types/float.h"
#include "runtime/types/int.h"
#include "runtime/types/list.h"
#include "runtime/types/str.h"
#include "runtime/types/tuple.h"

typedef struct SortItem {
    union {
        ObjRef object; /* KEY_ANY */
        uint64_t
            number;  /* KEY_NUMBER: in the order of the numbers; KEY_LATIN1: the first 8 letters */
        double real; /* KEY_FLOAT */
    } key;
    union {
        int64_t index; /* into the arrays of keys and values */
        Obj *value;    /* borrowed; only while the result is written */
    } at;
} SortItem;

/* How keys compare. */
typedef enum KeyKind {
    KEY_NUMBER, /* small ints, or floats none of which is a NaN */
    KEY_FLOAT,
    KEY_LATIN1,
    KEY_ANY,
} KeyKind;

typedef struct Run {
    int64_t start, length;
    int power; /* of the boundary with the run before */
} Run;

enum { MIN_GALLOP = 7, MAX_RUNS = 70, MIN_MERGE = 64, MIN_RADIX = 512 };

typedef struct Sorter {
    SortItem *items;
    int64_t count;
    Obj *const *keys; /* borrowed */
    SortItem *spare;  /* room for the shorter side of a merge */
    int64_t spare_count;
    int64_t min_gallop;
    Run runs[MAX_RUNS];
    int run_count;
} Sorter;

#define INLINE static inline __attribute__((always_inline))

/* ---- comparing */

static bool less_latin1(ObjRef a, ObjRef b)
{
    const StrObj *x = (const StrObj *)a, *y = (const StrObj *)b;
    int order = memcmp(x->data, y->data, (size_t)(x->length < y->length ? x->length : y->length));
    return order != 0 ? order < 0 : x->length < y->length;
}

/* a < b of two exact tuples: the first items that differ decide. */
static int less_tuple(ObjRef a, ObjRef b)
{
    int64_t na = tuple_length(a), nb = tuple_length(b);
    for (int64_t i = 0; i < na && i < nb; i++) {
        ObjRef x = tuple_peek(a, i), y = tuple_peek(b, i);
        bool equal = true;
        if (x != y && !equality_known(x, y, &equal))
            return obj_compare_bool(a, b, CMP_LT);
        if (equal)
            continue;
        if (int_is_small(x))
            return int_small_value(x) < int_small_value(y);
        if (float_check_exact(x))
            return float_value(x) < float_value(y);
        return str_compare3(x, y) < 0;
    }
    return na < nb;
}

/* 1, 0, -1. */
INLINE int less(KeyKind kind, const Sorter *s, const SortItem *a, const SortItem *b)
{
    switch (kind) {
    case KEY_NUMBER:
        return a->key.number < b->key.number;
    case KEY_FLOAT:
        return a->key.real < b->key.real;
    case KEY_LATIN1:
        if (a->key.number != b->key.number)
            return a->key.number < b->key.number;
        return less_latin1(s->keys[a->at.index], s->keys[b->at.index]);
    case KEY_ANY:
        break;
    }
    if (tuple_check_exact(a->key.object) && tuple_check_exact(b->key.object))
        return less_tuple(a->key.object, b->key.object);
    return obj_compare_bool(a->key.object, b->key.object, CMP_LT);
}

/* ---- runs */

/* Length of the run at items[0]; a strictly falling one is reversed. -1 on error. */
INLINE int64_t find_run(KeyKind kind, const Sorter *s, SortItem *items, int64_t count)
{
    if (count < 2)
        return count;
    int falling = less(kind, s, &items[1], &items[0]);
    if (falling < 0)
        return -1;
    int64_t n = 2;
    for (; n < count; n++) {
        int lower = less(kind, s, &items[n], &items[n - 1]);
        if (lower < 0)
            return -1;
        if (lower != falling)
            break;
    }
    if (falling) {
        for (int64_t i = 0, j = n - 1; i < j; i++, j--) {
            SortItem item = items[i];
            items[i] = items[j];
            items[j] = item;
        }
    }
    return n;
}

/* Sorts items[0..count), of which the first `sorted` are in order. */
INLINE int insertion_sort(KeyKind kind, const Sorter *s, SortItem *items, int64_t count,
                          int64_t sorted)
{
    for (int64_t i = sorted; i < count; i++) {
        SortItem item = items[i];
        int64_t low = 0, high = i;
        while (low < high) {
            int64_t middle = low + (high - low) / 2;
            int before = less(kind, s, &item, &items[middle]);
            if (before < 0)
                return -1;
            if (before)
                high = middle;
            else
                low = middle + 1;
        }
        memmove(&items[low + 1], &items[low], (size_t)(i - low) * sizeof(SortItem));
        items[low] = item;
    }
    return 0;
}

/* A run length between MIN_MERGE/2 and MIN_MERGE such that count / it is a power of two or just
 * less. */
static int64_t minimum_run(int64_t count)
{
    int64_t odd = 0;
    while (count >= MIN_MERGE) {
        odd |= count & 1;
        count >>= 1;
    }
    return count + odd;
}

/* ---- merging */

/* The position in sorted items[0..count) before which `key` belongs; among equals, before them if
 * `left`, else after.  The search widens from position `hint`.  -1 on error. */
INLINE int64_t gallop(KeyKind kind, const Sorter *s, const SortItem *key, const SortItem *items,
                      int64_t count, int64_t hint, bool left)
{
    /* goes_after(i): key belongs after items[i]. */
#define GOES_AFTER(result, i)                                                                      \
    do {                                                                                           \
        int order_ = left ? less(kind, s, &items[i], key) : less(kind, s, key, &items[i]);         \
        if (order_ < 0)                                                                            \
            return -1;                                                                             \
        (result) = left ? order_ : !order_;                                                        \
    } while (0)

    int64_t low, high, step = 1;
    int after;
    GOES_AFTER(after, hint);
    if (after) {
        low = hint + 1;
        high = count;
        while (hint + step < count) {
            GOES_AFTER(after, hint + step);
            if (!after) {
                high = hint + step;
                break;
            }
            low = hint + step + 1;
            step = step * 2 + 1;
        }
    } else {
        low = 0;
        high = hint;
        while (hint - step >= 0) {
            GOES_AFTER(after, hint - step);
            if (after) {
                low = hint - step + 1;
                break;
            }
            high = hint - step;
            step = step * 2 + 1;
        }
    }
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        GOES_AFTER(after, middle);
        if (after)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
#undef GOES_AFTER
}

/* Room for `count` items in s->spare. */
static int reserve(Sorter *s, int64_t count)
{
    if (s->spare_count >= count)
        return 0;
    mem_free(s->spare, (size_t)s->spare_count * sizeof(SortItem));
    s->spare_count = 0;
    s->spare = mem_alloc((size_t)count * sizeof(SortItem));
    if (s->spare == NULL) {
        err_no_memory();
        return -1;
    }
    s->spare_count = count;
    return 0;
}

static inline void move_items(SortItem *to, const SortItem *from, int64_t count)
{
    memmove(to, from, (size_t)count * sizeof(SortItem));
}

/* Merges a[0..na) with b[0..nb), which follows it, left to right; na <= nb; b[0] < a[0] and
 * a's last belongs after all of b. */
INLINE int merge_low(KeyKind kind, Sorter *s, SortItem *a, int64_t na, int64_t nb)
{
    if (reserve(s, na) < 0)
        return -1;
    SortItem *out = a, *b = a + na, *left = s->spare;
    move_items(left, a, na);
    int64_t min_gallop = s->min_gallop;
    *out++ = *b++;
    nb--;
    while (na > 1 && nb > 0) {
        int64_t a_wins = 0, b_wins = 0;
        while (na > 1 && nb > 0 && (a_wins | b_wins) < min_gallop) {
            int take_b = less(kind, s, b, left);
            if (take_b < 0)
                return -1;
            if (take_b) {
                *out++ = *b++;
                nb--;
                b_wins++;
                a_wins = 0;
            } else {
                *out++ = *left++;
                na--;
                a_wins++;
                b_wins = 0;
            }
        }
        while (na > 1 && nb > 0) {
            if (min_gallop > 1)
                min_gallop--;
            a_wins = gallop(kind, s, b, left, na, 0, false);
            if (a_wins < 0)
                return -1;
            if (a_wins >= na)
                a_wins = na - 1; /* an inconsistent order only: keep one for the end */
            move_items(out, left, a_wins);
            out += a_wins;
            left += a_wins;
            na -= a_wins;
            *out++ = *b++;
            if (--nb == 0 || na == 1)
                break;
            b_wins = gallop(kind, s, left, b, nb, 0, true);
            if (b_wins < 0)
                return -1;
            move_items(out, b, b_wins);
            out += b_wins;
            b += b_wins;
            nb -= b_wins;
            if (nb == 0)
                break;
            *out++ = *left++;
            na--;
            if (a_wins < MIN_GALLOP && b_wins < MIN_GALLOP) {
                min_gallop += 2;
                break;
            }
        }
    }
    s->min_gallop = min_gallop < 1 ? 1 : min_gallop;
    if (nb > 0 && na == 1) { /* a's last item goes after all that is left of b */
        move_items(out, b, nb);
        out += nb;
    }
    move_items(out, left, na);
    return 0;
}

/* As merge_low, right to left; nb <= na. */
INLINE int merge_high(KeyKind kind, Sorter *s, SortItem *a, int64_t na, int64_t nb)
{
    if (reserve(s, nb) < 0)
        return -1;
    SortItem *out = a + na + nb - 1, *left = a + na - 1, *right = s->spare + nb - 1;
    move_items(s->spare, a + na, nb);
    int64_t min_gallop = s->min_gallop;
    *out-- = *left--;
    na--;
    while (na > 0 && nb > 1) {
        int64_t a_wins = 0, b_wins = 0;
        while (na > 0 && nb > 1 && (a_wins | b_wins) < min_gallop) {
            int take_a = less(kind, s, right, left);
            if (take_a < 0)
                return -1;
            if (take_a) {
                *out-- = *left--;
                na--;
                a_wins++;
                b_wins = 0;
            } else {
                *out-- = *right--;
                nb--;
                b_wins++;
                a_wins = 0;
            }
        }
        while (na > 0 && nb > 1) {
            if (min_gallop > 1)
                min_gallop--;
            int64_t keep = gallop(kind, s, right, a, na, na - 1, false);
            if (keep < 0)
                return -1;
            a_wins = na - keep;
            out -= a_wins;
            left -= a_wins;
            na -= a_wins;
            move_items(out + 1, left + 1, a_wins);
            if (na == 0)
                break;
            *out-- = *right--;
            if (--nb == 1)
                break;
            keep = gallop(kind, s, left, s->spare, nb, nb - 1, true);
            if (keep < 0)
                return -1;
            if (keep < 1)
                keep = 1; /* an inconsistent order only: keep one for the end */
            b_wins = nb - keep;
            out -= b_wins;
            right -= b_wins;
            nb -= b_wins;
            move_items(out + 1, right + 1, b_wins);
            if (nb == 1)
                break;
            *out-- = *left--;
            na--;
            if (a_wins < MIN_GALLOP && b_wins < MIN_GALLOP) {
                min_gallop += 2;
                break;
            }
        }
    }
    s->min_gallop = min_gallop < 1 ? 1 : min_gallop;
    if (na > 0 && nb == 1) { /* b's first item goes before all that is left of a */
        out -= na;
        left -= na;
        move_items(out + 1, left + 1, na);
    }
    move_items(out - nb + 1, s->spare, nb);
    return 0;
}

/* Merges the two topmost runs. */
INLINE int merge_top(KeyKind kind, Sorter *s)
{
    Run *first = &s->runs[s->run_count - 2], *second = &s->runs[s->run_count - 1];
    SortItem *a = s->items + first->start, *b = s->items + second->start;
    int64_t na = first->length, nb = second->length;
    first->length += nb;
    s->run_count--;

    /* What of a is before b's first, and of b after a's last, is in place already. */
    int64_t skip = gallop(kind, s, b, a, na, 0, false);
    if (skip < 0)
        return -1;
    a += skip;
    na -= skip;
    if (na == 0)
        return 0;
    nb = gallop(kind, s, &a[na - 1], b, nb, nb - 1, true);
    if (nb <= 0)
        return nb < 0 ? -1 : 0;
    return na <= nb ? merge_low(kind, s, a, na, nb) : merge_high(kind, s, a, na, nb);
}

/* The power of the boundary between two neighbouring runs: the depth at which the binary search
 * tree over [0, count) separates their middles. */
static int boundary_power(int64_t start, int64_t length, int64_t next_length, int64_t count)
{
    /* The middles as fractions of 2 * count, one binary digit a round. */
    uint64_t a = 2 * (uint64_t)start + (uint64_t)length, whole = (uint64_t)count;
    uint64_t b = a + (uint64_t)length + (uint64_t)next_length;
    int power = 1;
    for (;; power++) {
        if (a >= whole) {
            a -= whole;
            b -= whole;
        } else if (b >= whole) {
            return power;
        }
        a *= 2;
        b *= 2;
    }
}

INLINE int sort_items(KeyKind kind, Sorter *s)
{
    int64_t min_run = minimum_run(s->count), start = 0;
    while (start < s->count) {
        int64_t left = s->count - start;
        int64_t length = find_run(kind, s, s->items + start, left);
        if (length < 0)
            return -1;
        if (length < min_run) {
            int64_t wanted = left < min_run ? left : min_run;
            if (insertion_sort(kind, s, s->items + start, wanted, length) < 0)
                return -1;
            length = wanted;
        }
        int power = 0;
        if (s->run_count > 0) {
            const Run *last = &s->runs[s->run_count - 1];
            power = boundary_power(last->start, last->length, length, s->count);
            while (s->run_count > 1 && s->runs[s->run_count - 1].power > power) {
                if (merge_top(kind, s) < 0)
                    return -1;
            }
        }
        s->runs[s->run_count++] = (Run){start, length, power};
        start += length;
    }
    while (s->run_count > 1) {
        if (merge_top(kind, s) < 0)
            return -1;
    }
    return 0;
}

static int sort_numbers(Sorter *s)
{
    return sort_items(KEY_NUMBER, s);
}

static int sort_floats(Sorter *s)
{
    return sort_items(KEY_FLOAT, s);
}

static int sort_latin1(Sorter *s)
{
    return sort_items(KEY_LATIN1, s);
}

static int sort_any(Sorter *s)
{
    return sort_items(KEY_ANY, s);
}

/* ---- radix sort of numbers */

/* Whether neighbours go up and down so often that merging could not use the order there is. */
static bool is_disordered(const Sorter *s)
{
    int64_t falls = 0, few = s->count / 32;
    for (int64_t i = 1; i < s->count; i++)
        falls += s->items[i].key.number < s->items[i - 1].key.number;
    return falls > few && falls < s->count - few;
}

/* Sorts by one byte of the keys after the other, the least significant first; bytes that all keys
 * share are left out. */
static int radix_sort(Sorter *s)
{
    enum { DIGITS = 8 };
    int64_t counts[DIGITS][256];
    if (reserve(s, s->count) < 0)
        return -1;
    memset(counts, 0, sizeof(counts));
    for (int64_t i = 0; i < s->count; i++) {
        uint64_t number = s->items[i].key.number;
        for (int digit = 0; digit < DIGITS; digit++)
            counts[digit][number >> (8 * digit) & 0xFF]++;
    }
    SortItem *from = s->items, *to = s->spare;
    for (int digit = 0; digit < DIGITS; digit++) {
        int64_t *places = counts[digit], start = 0;
        if (places[from[0].key.number >> (8 * digit) & 0xFF] == s->count)
            continue;
        for (int value = 0; value < 256; value++) {
            int64_t count = places[value];
            places[value] = start;
            start += count;
        }
        for (int64_t i = 0; i < s->count; i++)
            to[places[from[i].key.number >> (8 * digit) & 0xFF]++] = from[i];
        SortItem *swapped = from;
        from = to;
        to = swapped;
    }
    if (from != s->items)
        move_items(s->items, from, s->count);
    return 0;
}

/* ---- the list */

/* The kind that all keys share. */
static KeyKind kind_of(Obj *const *keys, int64_t count)
{
    ObjRef first = keys[0];
    if (int_check_exact(first) && int_is_small(first)) {
        for (int64_t i = 1; i < count; i++) {
            if (!int_check_exact(keys[i]) || !int_is_small(keys[i]))
                return KEY_ANY;
        }
        return KEY_NUMBER;
    }
    if (float_check_exact(first)) {
        bool has_nan = false;
        for (int64_t i = 0; i < count; i++) {
            if (!float_check_exact(keys[i]))
                return KEY_ANY;
            has_nan |= float_value(keys[i]) != float_value(keys[i]);
        }
        return has_nan ? KEY_FLOAT : KEY_NUMBER;
    }
    if (str_check_exact(first)) {
        for (int64_t i = 0; i < count; i++) {
            if (!str_check_exact(keys[i]) || str_cast(keys[i])->kind != 1)
                return KEY_ANY;
        }
        return KEY_LATIN1;
    }
    return KEY_ANY;
}

/* Unsigned numbers in the order of ints or of floats; -0.0 is 0.0. */
static uint64_t number_of(ObjRef key)
{
    const uint64_t sign = (uint64_t)1 << 63;
    if (int_check_exact(key))
        return (uint64_t)int_small_value(key) ^ sign;
    double value = float_value(key) == 0 ? 0.0 : float_value(key);
    uint64_t bits;
    memcpy(&bits, &value, sizeof(bits));
    return bits & sign ? ~bits : bits ^ sign;
}

/* The first 8 letters, the first one most significant; zeros where there are fewer. */
static uint64_t prefix_of(ObjRef key)
{
    const StrObj *text = (const StrObj *)key;
    unsigned char letters[8] = {0};
    memcpy(letters, text->data, (size_t)(text->length < 8 ? text->length : 8));
    uint64_t prefix = 0;
    for (int i = 0; i < 8; i++)
        prefix = prefix << 8 | letters[i];
    return prefix;
}

static void read_keys(Sorter *s, KeyKind kind, bool reverse)
{
    for (int64_t i = 0; i < s->count; i++) {
        /* Equal items keep their order also when it is reversed: sort backwards, then turn round.
         */
        SortItem *item = &s->items[reverse ? s->count - 1 - i : i];
        item->at.index = i;
        switch (kind) {
        case KEY_NUMBER:
            item->key.number = number_of(s->keys[i]);
            break;
        case KEY_FLOAT:
            item->key.real = float_value(s->keys[i]);
            break;
        case KEY_LATIN1:
            item->key.number = prefix_of(s->keys[i]);
            break;
        case KEY_ANY:
            item->key.object = s->keys[i];
            break;
        }
    }
}

static void release_keys(Obj **keys, int64_t count)
{
    if (keys == NULL)
        return;
    for (int64_t i = 0; i < count; i++)
        obj_decref(keys[i]);
    mem_free(keys, (size_t)count * sizeof(Obj *));
}

/* Sorts values[0..count) by keys[]; on failure the values are as before.  *own_keys, which may be
 * NULL, holds the keys when they were made for this: released and set to NULL as soon as nobody
 * looks at them any more. */
static int sort_array(Obj **values, Obj *const *keys, int64_t count, bool reverse, Obj ***own_keys)
{
    Sorter s = {.count = count, .keys = keys, .min_gallop = MIN_GALLOP};
    s.items = mem_alloc((size_t)count * sizeof(SortItem));
    if (s.items == NULL) {
        err_no_memory();
        return -1;
    }
    KeyKind kind = kind_of(keys, count);
    read_keys(&s, kind, reverse);
    if (own_keys != NULL && (kind == KEY_NUMBER || kind == KEY_FLOAT)) {
        release_keys(*own_keys, count); /* numbers: no code runs */
        *own_keys = NULL;
        s.keys = NULL;
    }
    int failed;
    if (kind == KEY_NUMBER && count >= MIN_RADIX && is_disordered(&s))
        failed = radix_sort(&s);
    else
        failed = kind == KEY_NUMBER   ? sort_numbers(&s)
                 : kind == KEY_FLOAT  ? sort_floats(&s)
                 : kind == KEY_LATIN1 ? sort_latin1(&s)
                                      : sort_any(&s);
    if (failed == 0) {
        for (int64_t i = 0; i < count; i++)
            s.items[i].at.value = values[s.items[i].at.index];
        for (int64_t i = 0; i < count; i++)
            values[i] = s.items[reverse ? count - 1 - i : i].at.value;
    }
    mem_free(s.items, (size_t)count * sizeof(SortItem));
    mem_free(s.spare, (size_t)s.spare_count * sizeof(SortItem));
    return failed;
}

/* key(value) of every value, in a new array of owned references; NULL on error. */
static Obj **make_keys(Obj *const *values, int64_t count, ObjRef key)
{
    Obj **keys = mem_alloc((size_t)count * sizeof(Obj *));
    if (keys == NULL) {
        err_no_memory();
        return NULL;
    }
    for (int64_t i = 0; i < count; i++) {
        keys[i] = obj_call1(key, values[i]);
        if (keys[i] == NULL) {
            while (--i >= 0)
                obj_decref(keys[i]);
            mem_free(keys, (size_t)count * sizeof(Obj *));
            return NULL;
        }
    }
    return keys;
}

int list_sort(ObjRef list, ObjRef key_or_null, bool reverse)
{
    ListObj *l = list_cast(list);
    Obj **items = l->items;
    int64_t count = l->length, capacity = l->capacity;
    l->items = NULL;
    l->length = 0;
    l->capacity = -1;

    int result = 0;
    if (count > 0 && key_or_null != NULL) {
        Obj **keys = make_keys(items, count, key_or_null);
        result = keys == NULL ? -1 : 0;
        if (keys != NULL) {
            if (count > 1)
                result = sort_array(items, keys, count, reverse, &keys);
            release_keys(keys, count);
        }
    } else if (count > 1) {
        result = sort_array(items, items, count, reverse, NULL);
    }
    if (l->capacity != -1 && result == 0)
        result = err_format_int(&exc_value_error, "list modified during sort");

    /* What user code put into the list meanwhile is given up last. */
    Obj **meanwhile = l->items;
    int64_t meanwhile_count = l->length, meanwhile_capacity = l->capacity;
    l->items = items;
    l->length = count;
    l->capacity = capacity;
    if (meanwhile != NULL) {
        for (int64_t i = meanwhile_count; --i >= 0;)
            obj_xdecref(meanwhile[i]);
        pool_free(meanwhile, (size_t)meanwhile_capacity * sizeof(Obj *));
    }
    return result;
}
