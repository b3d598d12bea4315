/*
 * From the tree of a regular expression to a pattern for PCRE2.
 *
 * What is written means in PCRE2 what the tree means in Python, for one kind of text: characters
 * that this kind cannot hold are left out of sets, and what differs between the two languages is
 * spelled out.  PCRE2 runs without UTF, with DOTALL and MULTILINE and ALT_CIRCUMFLEX throughout,
 * so:
 *
 *     Python                        PCRE2
 *     .     with / without DOTALL   .  \N
 *     ^ $   with MULTILINE          ^  $
 *     ^ $   without                 \A \Z
 *     \Z                            \z
 *     \B    (never in an empty text)  (?!\A\z)\B
 *     \w \d \s and sets             the same, \p{…}, or a set that lists their characters
 *     IGNORECASE                    (?i) for ASCII letters where their case is ASCII's, else a set
 *     names of groups               their numbers
 *
 * \b and \g{1} under (?i) are Unicode's only with PCRE2_UCP.  That option is used for a pattern
 * that needs it, on texts that are not ASCII.
 *
 * Flags are worked in by the parser: of PCRE2's options only (?i) is switched within a pattern.
 */

#include "runtime/modules/re_write.h"

#include <stdio.h>
#include <string.h>

#include "gc/mem.h"
#include "runtime/core/err.h"
#include "runtime/core/state.h"
#include "runtime/modules/re_parse.h"
#include "runtime/types/unicode.h"

enum {
    LOW = 256,             /* what a set lists by bits */
    LARGEST_COUNT = 65535, /* of PCRE2's quantifiers */
    /* Beyond LARGEST_COUNT times this, "at most" a number of times means any number of times: a
     * text would have to be longer than 32 million items to tell. */
    MOST_ROUNDS = 500,
};

typedef struct Writer {
    const ReProgram *program;
    ReText text;
    uint32_t limit;  /* the largest character that the text may hold */
    bool unicode;    /* with PCRE2_UCP */
    bool caseless;   /* (?i) is in force */
    uint32_t *items; /* the pattern so far */
    int64_t length, room;
    bool failed; /* with an exception */
} Writer;

static const uint32_t limits[RE_TEXTS] = {0x7F, 0xFF, 0xFFFF, UNICODE_MAX};

/* ---- output */

static void put(Writer *w, uint32_t item)
{
    if (w->failed)
        return;
    if (w->length == w->room) {
        int64_t room = w->room == 0 ? 128 : w->room * 2;
        uint32_t *items = mem_realloc(w->items, (size_t)w->room * sizeof(uint32_t),
                                      (size_t)room * sizeof(uint32_t));
        if (items == NULL) {
            err_no_memory();
            w->failed = true;
            return;
        }
        w->items = items;
        w->room = room;
    }
    w->items[w->length++] = item;
}

static void put_text(Writer *w, const char *text)
{
    while (*text != 0)
        put(w, (unsigned char)*text++);
}

static void put_number(Writer *w, const char *before, int64_t number, const char *after)
{
    char digits[24];
    snprintf(digits, sizeof(digits), "%lld", (long long)number);
    put_text(w, before);
    put_text(w, digits);
    put_text(w, after);
}

static bool is_ascii_letter(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* A character that stands for itself wherever it is written. */
static bool is_plain(uint32_t c)
{
    return is_ascii_letter(c) || (c >= '0' && c <= '9') || c == '_' || c > 0xA0;
}

static void put_char(Writer *w, uint32_t c)
{
    if (is_plain(c)) {
        put(w, c);
    } else if (c > ' ' && c < 0x7F) {
        put(w, '\\');
        put(w, c);
    } else {
        char code[16];
        snprintf(code, sizeof(code), "\\x{%x}", (unsigned)c);
        put_text(w, code);
    }
}

static void put_range(Writer *w, uint32_t first, uint32_t last)
{
    put_char(w, first);
    if (last > first + 1)
        put(w, '-');
    if (last > first)
        put_char(w, last);
}

static void set_caseless(Writer *w, bool on)
{
    if (w->caseless != on)
        put_text(w, on ? "(?i)" : "(?-i)");
    w->caseless = on;
}

/* What matches no character, but is one wide, as a lookbehind may need it. */
static void put_never(Writer *w)
{
    put_text(w, "[^");
    put_range(w, 0, w->limit < LOW ? LOW - 1 : w->limit);
    put(w, ']');
}

/* ---- sets */

/* The low characters of a set, one bit each. */
typedef struct Low {
    uint64_t bits[LOW / 64];
} Low;

static void low_add(Low *low, uint32_t c)
{
    low->bits[c / 64] |= (uint64_t)1 << c % 64;
}

static bool low_has(const Low *low, uint32_t c)
{
    return (low->bits[c / 64] >> c % 64 & 1) != 0;
}

/* Those below `count` that are in the set (or, with `outside`, are not), as ranges. */
static void put_low(Writer *w, const Low *low, uint32_t count, bool outside)
{
    for (uint32_t c = 0; c < count; c++) {
        if (low_has(low, c) == outside)
            continue;
        uint32_t first = c;
        while (c + 1 < count && low_has(low, c + 1) != outside)
            c++;
        put_range(w, first, c);
    }
}

static bool in_ranges(const ReSet *set, uint32_t c)
{
    for (int32_t i = 0; i < set->range_count; i++) {
        if (c >= set->ranges[i].first && c <= set->ranges[i].last)
            return true;
    }
    return false;
}

/* Other cases of the characters of a range: low ones as bits, others are written where the text may
 * hold them. */
static void put_other_cases(Writer *w, const ReSet *set, const ReRange *range, Low *low,
                            uint32_t count)
{
    uint32_t variants[RE_CASE_VARIANTS];
    for (uint32_t c = re_charset_next_cased(range->first, set->mode); c <= range->last;
         c = re_charset_next_cased(c + 1, set->mode)) {
        int found = re_charset_variants(c, set->mode, variants);
        for (int i = 1; i < found; i++) {
            if (variants[i] < count)
                low_add(low, variants[i]);
            else if (w->limit >= LOW && variants[i] <= w->limit && !in_ranges(set, variants[i]))
                put_char(w, variants[i]);
        }
    }
}

static const ReRange wide_spaces[] = {
    {0x1680, 0x1680}, {0x2000, 0x200A}, {0x2028, 0x2029},
    {0x202F, 0x202F}, {0x205F, 0x205F}, {0x3000, 0x3000},
};
enum { WIDE_SPACES = sizeof(wide_spaces) / sizeof(wide_spaces[0]) };

/* The characters of a category that are not low, inside a set. */
static void put_high_category(Writer *w, uint32_t category, bool ascii)
{
    uint32_t next = LOW;
    if (ascii) {
        if (category & (RE_NOT_DIGIT | RE_NOT_SPACE | RE_NOT_WORD))
            put_range(w, LOW, w->limit);
        return;
    }
    switch (category) {
    case RE_DIGIT:
        put_text(w, "\\p{Nd}");
        break;
    case RE_NOT_DIGIT:
        put_text(w, "\\P{Nd}");
        break;
    case RE_WORD:
        put_text(w, "\\p{Xwd}");
        break;
    case RE_NOT_WORD:
        put_text(w, "\\P{Xwd}");
        break;
    case RE_SPACE:
        for (int i = 0; i < WIDE_SPACES; i++)
            put_range(w, wide_spaces[i].first, wide_spaces[i].last);
        break;
    default:
        for (int i = 0; i < WIDE_SPACES; i++) {
            put_range(w, next, wide_spaces[i].first - 1);
            next = wide_spaces[i].last + 1;
        }
        put_range(w, next, w->limit);
    }
}

/* A set that is one category, where PCRE2 has a short name for it. */
static bool put_short(Writer *w, const ReSet *set)
{
    static const char letters[] = {'d', 'D', 's', 'S', 'w', 'W'};
    uint32_t category = set->categories;
    if (set->range_count > 0 || category == 0 || (category & (category - 1)) != 0 || set->locale)
        return false;
    int which = __builtin_ctz(category) ^ (set->negate ? 1 : 0);
    bool space = which / 2 == 1;
    if (w->text == RE_TEXT_ASCII ? space && !set->ascii : !set->ascii || w->unicode) {
        if (w->text == RE_TEXT_ASCII)
            put_text(w, which % 2 == 0 ? "[\\s\\x1c-\\x1f]" : "[^\\s\\x1c-\\x1f]");
        else if (w->limit >= LOW && !set->ascii && !space)
            put_text(w, which == 0   ? "\\p{Nd}"
                        : which == 1 ? "\\P{Nd}"
                        : which == 4 ? "\\p{Xwd}"
                                     : "\\P{Xwd}");
        else
            return false;
        return true;
    }
    put(w, '\\');
    put(w, (unsigned char)letters[which]);
    return true;
}

/* The low part of a set of a text that has no other: with negation worked in. */
static void put_low_set(Writer *w, Low *low, uint32_t count, bool negate)
{
    uint32_t members = 0, runs = 0, last = 0;
    for (uint32_t c = 0; c < count; c++) {
        if (low_has(low, c) == negate)
            continue;
        runs += members == 0 || last + 1 != c;
        last = c;
        members++;
    }
    if (members == 0) {
        put_never(w);
    } else if (members == count) {
        put(w, '.');
    } else if (members == 1) {
        put_char(w, last);
    } else {
        bool outside = runs > 1 && members > count / 2;
        put_text(w, outside ? "[^" : "[");
        put_low(w, low, count, negate != outside);
        put(w, ']');
    }
}

static void put_set(Writer *w, const ReSet *set)
{
    Low low = {{0}};
    uint32_t count = w->limit < LOW ? w->limit + 1 : LOW;
    set_caseless(w, false);
    if (put_short(w, set))
        return;
    int64_t start = w->length;
    bool high = w->limit >= LOW;
    if (high)
        put_text(w, set->negate ? "[^" : "[");
    int64_t empty = w->length;
    for (int32_t i = 0; i < set->range_count; i++) {
        ReRange range = set->ranges[i];
        for (uint32_t c = range.first; c <= range.last && c < count; c++)
            low_add(&low, c);
        if (set->fold)
            put_other_cases(w, set, &range, &low, count);
        if (high && range.last >= LOW && range.first <= w->limit)
            put_range(w, range.first < LOW ? LOW : range.first,
                      range.last > w->limit ? w->limit : range.last);
    }
    for (uint32_t bit = RE_DIGIT; bit <= RE_NOT_WORD; bit <<= 1) {
        if (!(set->categories & bit))
            continue;
        for (uint32_t c = 0; c < count; c++) {
            if (re_charset_in_category(bit, c, set->ascii, set->locale))
                low_add(&low, c);
        }
        if (high)
            put_high_category(w, bit, set->ascii);
    }
    if (!high) {
        put_low_set(w, &low, count, set->negate);
        return;
    }
    put_low(w, &low, count, false);
    if (w->length == empty && !w->failed) {
        w->length = start;
        if (set->negate)
            put(w, '.');
        else
            put_never(w);
        return;
    }
    put(w, ']');
}

/* ---- single characters, places, references */

static ReCase case_of(const ReNode *node)
{
    return node->flags & RE_LOCALE    ? RE_CASE_LOCALE
           : node->flags & RE_UNICODE ? RE_CASE_UNICODE
                                      : RE_CASE_ASCII;
}

static void put_char_node(Writer *w, const ReNode *node)
{
    uint32_t variants[RE_CASE_VARIANTS], c = (uint32_t)node->value;
    variants[0] = c;
    int count = 1, held = 0;
    if (node->flags & RE_IGNORECASE)
        count = re_charset_variants(c, case_of(node), variants);
    for (int i = 0; i < count; i++) {
        if (variants[i] <= w->limit)
            variants[held++] = variants[i];
    }
    if (held == 0) {
        put_never(w);
    } else if (held == 2 && !w->unicode && is_ascii_letter(variants[0]) &&
               variants[1] == (variants[0] ^ ('a' - 'A'))) {
        set_caseless(w, true);
        put_char(w, variants[0]);
    } else if (held == 1) {
        if (is_ascii_letter(variants[0]) || w->unicode)
            set_caseless(w, false);
        put_char(w, variants[0]);
    } else {
        set_caseless(w, false);
        put(w, '[');
        for (int i = 0; i < held; i++)
            put_char(w, variants[i]);
        put(w, ']');
    }
}

/* \b or \B with words of its own kind, by looking at both sides. */
static void put_own_boundary(Writer *w, ReSet *word, bool boundary)
{
    static const char *const parts[2][5] = {
        {"(?:(?<=", ")(?=", ")|(?<!", ")(?!", "))"},
        {"(?:(?<=", ")(?!", ")|(?<!", ")(?=", "))"},
    };
    for (int i = 0; i < 4; i++) {
        put_text(w, parts[boundary][i]);
        put_set(w, word);
    }
    put_text(w, parts[boundary][4]);
}

static void put_at(Writer *w, ReAt at)
{
    ReSet word = {.ascii = true, .locale = (at & RE_AT_LOCALE) != 0, .categories = RE_WORD};
    bool boundary = (at & 15) == RE_AT_BOUNDARY;
    switch (at & 15) {
    case RE_AT_START:
        put_text(w, "\\A");
        break;
    case RE_AT_LINE_START:
        put(w, '^');
        break;
    case RE_AT_END:
        put_text(w, "\\Z");
        break;
    case RE_AT_LINE_END:
        put(w, '$');
        break;
    case RE_AT_VERY_END:
        put_text(w, "\\z");
        break;
    default:
        if (!boundary)
            put_text(w, "(?!\\A\\z)");
        if (w->text != RE_TEXT_ASCII && (at & RE_AT_LOCALE || (at & RE_AT_ASCII && w->unicode)))
            put_own_boundary(w, &word, boundary);
        else
            put_text(w, boundary ? "\\b" : "\\B");
    }
}

/* ---- structure */

static void put_sequence(Writer *w, const ReNode *sequence);
static void put_node(Writer *w, const ReNode *node, bool repeated);

static bool is_atom(const ReNode *node)
{
    return node != NULL && node->next == NULL &&
           (node->kind == RE_NODE_CHAR || node->kind == RE_NODE_ANY || node->kind == RE_NODE_SET ||
            node->kind == RE_NODE_BACKREF);
}

/* What stands between a group's parentheses. */
static void put_body(Writer *w, const ReNode *body)
{
    if (body == NULL || body->kind != RE_NODE_BRANCH) {
        put_sequence(w, body);
        return;
    }
    for (int32_t i = 0; i < body->child_count; i++) {
        if (i > 0)
            put(w, '|');
        put_sequence(w, body->children[i]);
    }
}

/* A group that begins with `open`; (?i) ends with it. */
static void put_parenthesis(Writer *w, const char *open, const ReNode *body)
{
    bool outer = w->caseless;
    put_text(w, open);
    put_body(w, body);
    put(w, ')');
    w->caseless = outer;
}

static void put_group(Writer *w, const ReNode *node, bool repeated)
{
    const ReNode *body = node->children[0];
    if (node->value > 0 && w->program->marked) {
        bool outer = w->caseless;
        put(w, '(');
        put_parenthesis(w, "(?:", body);
        put_number(w, "(*:", node->value, "))");
        w->caseless = outer;
    } else if (node->value > 0) {
        put_parenthesis(w, "(", body);
    } else if (repeated && is_atom(body)) {
        put_node(w, body, true);
    } else if (repeated || (body != NULL && body->kind == RE_NODE_BRANCH)) {
        put_parenthesis(w, "(?:", body);
    } else {
        put_sequence(w, body);
    }
}

/* {least,most} and how eager. */
static void put_counts(Writer *w, int64_t least, int64_t most, ReRepeatMode mode)
{
    if (least == 0 && most == RE_MAX_REPEAT)
        put(w, '*');
    else if (least == 1 && most == RE_MAX_REPEAT)
        put(w, '+');
    else if (least == 0 && most == 1)
        put(w, '?');
    else if (least == most)
        put_number(w, "{", least, "}");
    else {
        put_number(w, "{", least, ",");
        if (most < RE_MAX_REPEAT)
            put_number(w, "", most, "}");
        else
            put(w, '}');
    }
    if (mode != RE_GREEDY)
        put(w, mode == RE_LAZY ? '?' : '+');
}

/* The atom with counts that one quantifier can hold. */
static void put_counted(Writer *w, const ReNode *atom, int64_t least, int64_t most,
                        ReRepeatMode mode)
{
    if (most == 0)
        return;
    put_node(w, atom, true);
    put_counts(w, least, most, mode);
}

/* The atom exactly `count` times. */
static void put_exactly(Writer *w, const ReNode *atom, int64_t count)
{
    int64_t rounds = count / LARGEST_COUNT;
    if (rounds > 0) {
        bool outer = w->caseless;
        put_text(w, "(?:");
        put_counted(w, atom, LARGEST_COUNT, LARGEST_COUNT, RE_GREEDY);
        put(w, ')');
        w->caseless = outer;
        put_counts(w, rounds, rounds, RE_GREEDY);
    }
    put_counted(w, atom, count % LARGEST_COUNT, count % LARGEST_COUNT, RE_GREEDY);
}

/* The atom at most `count` times: (?:x{65535}…|x{0,65534}), so that there is one way only to match
 * a number of times.  Lazy: the other way round. */
static void put_at_most(Writer *w, const ReNode *atom, int64_t count, ReRepeatMode mode)
{
    int64_t rounds = (count - 1) / LARGEST_COUNT;
    bool outer = w->caseless;
    if (rounds > MOST_ROUNDS) {
        put_counted(w, atom, 0, RE_MAX_REPEAT, mode);
        return;
    }
    for (int64_t i = 0; i < rounds; i++) {
        put_text(w, "(?:");
        if (mode == RE_LAZY) {
            put_counted(w, atom, 0, LARGEST_COUNT - 1, mode);
            put(w, '|');
        }
        put_counted(w, atom, LARGEST_COUNT, LARGEST_COUNT, RE_GREEDY);
    }
    put_counted(w, atom, 0, count - rounds * LARGEST_COUNT, mode);
    for (int64_t i = 0; i < rounds; i++) {
        if (mode != RE_LAZY) {
            put(w, '|');
            put_counted(w, atom, 0, LARGEST_COUNT - 1, mode);
        }
        put(w, ')');
    }
    w->caseless = outer;
}

static void put_large_repeat(Writer *w, const ReNode *node)
{
    const ReNode *atom = node->children[0];
    bool outer = w->caseless;
    ReRepeatMode mode = node->mode == RE_LAZY ? RE_LAZY : RE_GREEDY;
    put_text(w, node->mode == RE_POSSESSIVE ? "(?>" : "(?:");
    put_exactly(w, atom, node->least);
    if (node->most == RE_MAX_REPEAT)
        put_counted(w, atom, 0, RE_MAX_REPEAT, mode);
    else if (node->most > node->least)
        put_at_most(w, atom, node->most - node->least, mode);
    put(w, ')');
    w->caseless = outer;
}

static void put_repeat(Writer *w, const ReNode *node)
{
    if (node->least > LARGEST_COUNT ||
        (node->most > LARGEST_COUNT && node->most != RE_MAX_REPEAT)) {
        put_large_repeat(w, node);
        return;
    }
    put_node(w, node->children[0], true);
    put_counts(w, node->least, node->most, node->mode);
}

static void put_condition(Writer *w, const ReNode *node)
{
    bool outer = w->caseless;
    put_number(w, "(?(", node->value, ")");
    put_sequence(w, node->children[0]);
    if (node->children[1] != NULL) {
        put(w, '|');
        put_sequence(w, node->children[1]);
    }
    put(w, ')');
    w->caseless = outer;
}

/* One item of PCRE2's language when `repeated`, so that a quantifier may follow. */
static void put_node(Writer *w, const ReNode *node, bool repeated)
{
    switch (node->kind) {
    case RE_NODE_CHAR:
        put_char_node(w, node);
        break;
    case RE_NODE_ANY:
        put_text(w, node->flags & RE_DOTALL ? "." : "\\N");
        break;
    case RE_NODE_SET:
        put_set(w, node->set);
        break;
    case RE_NODE_AT:
        put_at(w, (ReAt)node->value);
        break;
    case RE_NODE_GROUP:
        put_group(w, node, repeated);
        break;
    case RE_NODE_BRANCH: /* the whole pattern; elsewhere groups take care of it */
        put_body(w, node);
        break;
    case RE_NODE_REPEAT:
        put_repeat(w, node);
        break;
    case RE_NODE_BACKREF:
        set_caseless(w, (node->flags & RE_IGNORECASE) != 0);
        put_number(w, "\\g{", node->value, "}");
        break;
    case RE_NODE_CONDITION:
        put_condition(w, node);
        break;
    case RE_NODE_LOOK:
        put_parenthesis(w,
                        node->value > 0 ? (node->negative ? "(?!" : "(?=")
                                        : (node->negative ? "(?<!" : "(?<="),
                        node->children[0]);
        break;
    case RE_NODE_ATOMIC:
        put_parenthesis(w, "(?>", node->children[0]);
        break;
    }
}

static void put_sequence(Writer *w, const ReNode *sequence)
{
    char here;
    if ((uintptr_t)&here < thread_state->stack_limit && !w->failed) {
        err_string(&exc_recursion_error, "maximum recursion depth exceeded in a pattern");
        w->failed = true;
    }
    for (const ReNode *node = sequence; node != NULL && !w->failed; node = node->next)
        put_node(w, node, false);
}

/* ---- survey */

enum { TOO_MUCH = 1 << 30 };

typedef struct Survey {
    ReProgram *program;
    int32_t closed; /* groups in program->closing */
    bool unicode;   /* a place or reference that needs PCRE2_UCP */
    bool risky;
} Survey;

/* Of a sequence: does one and the same group always end last in it? */
static bool has_fixed_last(const ReNode *sequence, int32_t *groups)
{
    bool fixed = false;
    for (const ReNode *node = sequence; node != NULL; node = node->next) {
        int32_t before = *groups;
        bool last = true;
        for (int32_t i = 0; i < node->child_count; i++)
            last = has_fixed_last(node->children[i], groups) && last;
        if (node->kind == RE_NODE_GROUP && node->value > 0) {
            (*groups)++;
            last = true;
        }
        if (*groups > before)
            fixed = last && node->kind != RE_NODE_BRANCH && node->kind != RE_NODE_CONDITION &&
                    (node->kind != RE_NODE_REPEAT || node->least > 0);
    }
    return fixed;
}

static int64_t survey_sequence(Survey *s, const ReNode *sequence);

/* Returns an estimate of PCRE2's code. */
static int64_t survey_node(Survey *s, const ReNode *node)
{
    int64_t size = node->kind == RE_NODE_SET ? 20 + 3 * (int64_t)node->set->range_count : 4;
    for (int32_t i = 0; i < node->child_count; i++)
        size += 4 + survey_sequence(s, node->children[i]);
    int32_t groups = 0;
    int64_t copies;
    switch (node->kind) {
    case RE_NODE_AT:
        if ((node->value & 15) >= RE_AT_BOUNDARY && !(node->value & (RE_AT_ASCII | RE_AT_LOCALE)))
            s->unicode = true;
        break;
    case RE_NODE_BACKREF:
        if ((node->flags & RE_IGNORECASE) && case_of(node) == RE_CASE_UNICODE)
            s->unicode = true;
        break;
    case RE_NODE_GROUP:
        if (node->value > 0)
            s->program->closing[s->closed++] = (int32_t)node->value;
        break;
    case RE_NODE_LOOK:
        s->risky = s->risky || node->value < 0;
        break;
    case RE_NODE_REPEAT:
        if (node->most > 1 && !has_fixed_last(node->children[0], &groups) && groups > 1)
            s->program->marked = true;
        copies = node->most == RE_MAX_REPEAT ? node->least : node->most;
        if (is_atom(node->children[0]))
            copies /= LARGEST_COUNT;
        else if (copies > LARGEST_COUNT)
            return TOO_MUCH;
        size = copies > 0 && size > TOO_MUCH / copies ? TOO_MUCH : size * (copies + 1);
        break;
    default:
        break;
    }
    return size;
}

static int64_t survey_sequence(Survey *s, const ReNode *sequence)
{
    int64_t size = 0;
    for (const ReNode *node = sequence; node != NULL; node = node->next) {
        size += survey_node(s, node);
        if (size > TOO_MUCH)
            size = TOO_MUCH;
    }
    return size;
}

int re_write_survey(ReProgram *program, int64_t *size, bool *risky)
{
    Survey s = {.program = program};
    program->closing = bump_alloc(&program->bump, ((size_t)program->groups + 1) * sizeof(int32_t));
    if (program->closing == NULL) {
        err_no_memory();
        return -1;
    }
    *size = survey_sequence(&s, program->tree);
    *risky = s.risky;
    program->unicode = s.unicode;
    return 0;
}

/* ---- entry */

/* Packs items of 32 bits in place. */
static void pack(Writer *w, int bytes)
{
    uint8_t *narrow = (uint8_t *)w->items;
    uint16_t *middle = (uint16_t *)w->items;
    for (int64_t i = 0; i < w->length && bytes < 4; i++) {
        if (bytes == 1)
            narrow[i] = (uint8_t)w->items[i];
        else
            middle[i] = (uint16_t)w->items[i];
    }
}

int re_write_pattern(const ReProgram *program, ReText text, ReWritten *out)
{
    Writer w = {.program = program,
                .text = text,
                .limit = limits[text],
                .unicode = program->unicode && text != RE_TEXT_ASCII && !program->bytes};
    put_sequence(&w, program->tree);
    if (!w.failed)
        pack(&w, text <= RE_TEXT_LATIN1 ? 1 : text == RE_TEXT_UCS2 ? 2 : 4);
    *out = (ReWritten){w.items, w.length, w.room * (int64_t)sizeof(uint32_t), w.unicode};
    if (w.failed)
        re_write_free(out);
    return w.failed ? -1 : 0;
}

void re_write_free(ReWritten *written)
{
    mem_free(written->items, (size_t)written->bytes);
    *written = (ReWritten){NULL, 0, 0, false};
}
