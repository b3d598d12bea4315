/*
 * The matcher: runs a compiled regular expression by backtracking.
 *
 * The backtrack stack is on the heap: it holds choices (where to go on when what was tried fails)
 * and undo records (old values of slots and loop counters), so that going back to a choice restores
 * all state exactly, and no input makes the C stack grow.  C recursion happens only for lookarounds
 * and atomic groups, as deep as they nest in the pattern.
 *
 * The loop is always inlined with the width of an item as a constant, once for each width.
 */

#include <stdlib.h>
#include <string.h>

#include "gc/mem.h"
#include "runtime/core/err.h"
#include "runtime/modules/re_program.h"
#include "runtime/types/str_methods.h"

#define ALWAYS_INLINE static inline __attribute__((always_inline))

/* One record of the backtrack stack. */
typedef enum RecordKind {
    RECORD_CHOICE, /* go on at pc with position a */
    RECORD_GREEDY, /* as choice, then with one item less down to position b */
    RECORD_LAZY,   /* the repeat at pc has matched up to a: try one item more, at most to b items */
    RECORD_SLOT,   /* slot pc had the value a */
    RECORD_COUNTER, /* loop pc had count a and last position b */
} RecordKind;

typedef struct Record {
    int32_t kind;
    int32_t pc;
    int64_t a, b;
} Record;

typedef struct Loop {
    int64_t count;
    int64_t last; /* position where the last optional iteration began, or -1 */
} Loop;

struct ReMatcher {
    const ReProgram *program;
    const void *items;
    int64_t end;
    int64_t forbidden; /* position at which an empty match is refused, or -1 */
    int64_t match_start;
    bool full;      /* the match must reach the end */
    int64_t *slots; /* captures from slots[0] on; see re_match_run */
    Loop *loops;
    Record *records;
    int64_t record_count, record_room;
    int64_t position; /* where a successful run ended */
};

enum { RUN_ERROR = -1, RUN_FAILED, RUN_MATCHED };

static int grow(ReMatcher *m)
{
    int64_t room = m->record_room == 0 ? 64 : m->record_room * 2;
    Record *records = mem_realloc(m->records, (size_t)m->record_room * sizeof(Record),
                                  (size_t)room * sizeof(Record));
    if (records == NULL) {
        err_no_memory();
        return -1;
    }
    m->records = records;
    m->record_room = room;
    return 0;
}

ALWAYS_INLINE int push(ReMatcher *m, RecordKind kind, int32_t pc, int64_t a, int64_t b)
{
    if (m->record_count == m->record_room && grow(m) < 0)
        return -1;
    m->records[m->record_count++] = (Record){(int32_t)kind, pc, a, b};
    return 0;
}

ALWAYS_INLINE uint32_t item(const void *items, int kind, int64_t i)
{
    return kind == 1   ? ((const uint8_t *)items)[i]
           : kind == 2 ? ((const uint16_t *)items)[i]
                       : ((const uint32_t *)items)[i];
}

static bool is_word(uint32_t c, int32_t at)
{
    return re_program_in_category(RE_WORD, c, (at & RE_AT_ASCII) != 0, (at & RE_AT_LOCALE) != 0);
}

ALWAYS_INLINE bool at_position(const ReMatcher *m, int kind, int32_t at, int64_t i)
{
    bool before, after;
    switch (at & 15) {
    case RE_AT_START:
        return i == 0;
    case RE_AT_LINE_START:
        return i == 0 || item(m->items, kind, i - 1) == '\n';
    case RE_AT_END:
        return i == m->end || (i + 1 == m->end && item(m->items, kind, i) == '\n');
    case RE_AT_LINE_END:
        return i == m->end || item(m->items, kind, i) == '\n';
    case RE_AT_VERY_END:
        return i == m->end;
    default:
        if (m->end == 0)
            return false;
        before = i > 0 && is_word(item(m->items, kind, i - 1), at);
        after = i < m->end && is_word(item(m->items, kind, i), at);
        return ((at & 15) == RE_AT_BOUNDARY) == (before != after);
    }
}

ALWAYS_INLINE bool set_has(const ReSet *set, uint32_t c)
{
    if (c < 256)
        return (set->bitmap[c >> 5] >> (c & 31) & 1) != 0;
    return re_program_set_has(set, c);
}

/* Does the single-width operation at code match c? */
ALWAYS_INLINE bool matches(const ReProgram *program, const int32_t *code, uint32_t c)
{
    switch (code[0]) {
    case RE_OP_CHAR:
        return c == (uint32_t)code[1];
    case RE_OP_ANY:
        return c != '\n';
    case RE_OP_ANY_ALL:
        return true;
    case RE_OP_SET:
        return set_has(program->sets[code[1]], c);
    case RE_OP_CHAR_FOLDED:
        return re_program_fold(c, (ReCase)code[2]) == (uint32_t)code[1];
    default:
        return false;
    }
}

/* How many items from i on, at most `limit`, the operation matches. */
ALWAYS_INLINE int64_t count_items(const ReMatcher *m, int kind, const int32_t *code, int64_t i,
                                  int64_t limit)
{
    int64_t left = m->end - i, start = i;
    if (limit > left)
        limit = left;
    int64_t stop = i + limit;
    switch (code[0]) {
    case RE_OP_ANY_ALL:
        return limit;
    case RE_OP_ANY:
        while (i < stop && item(m->items, kind, i) != '\n')
            i++;
        return i - start;
    case RE_OP_CHAR:
        while (i < stop && item(m->items, kind, i) == (uint32_t)code[1])
            i++;
        return i - start;
    case RE_OP_SET: {
        const ReSet *set = m->program->sets[code[1]];
        while (i < stop && set_has(set, item(m->items, kind, i)))
            i++;
        return i - start;
    }
    default:
        while (i < stop && matches(m->program, code, item(m->items, kind, i)))
            i++;
        return i - start;
    }
}

ALWAYS_INLINE bool same_text(const ReMatcher *m, int kind, int64_t a, int64_t b, int64_t length,
                             int32_t mode)
{
    for (int64_t i = 0; i < length; i++) {
        uint32_t c = item(m->items, kind, a + i), d = item(m->items, kind, b + i);
        if (c != d &&
            (mode < 0 || re_program_fold(c, (ReCase)mode) != re_program_fold(d, (ReCase)mode)))
            return false;
    }
    return true;
}

/* After an atomic part matched: its choices above `base` go, its undo records stay. */
static void drop_choices(ReMatcher *m, int64_t base)
{
    int64_t to = base;
    for (int64_t i = base; i < m->record_count; i++) {
        if (m->records[i].kind == RECORD_SLOT || m->records[i].kind == RECORD_COUNTER)
            m->records[to++] = m->records[i];
    }
    m->record_count = to;
}

/* Undoes everything above `base`. */
static void undo(ReMatcher *m, int64_t base)
{
    while (m->record_count > base) {
        const Record *r = &m->records[--m->record_count];
        if (r->kind == RECORD_SLOT)
            m->slots[r->pc] = r->a;
        else if (r->kind == RECORD_COUNTER)
            m->loops[r->pc] = (Loop){r->a, r->b};
    }
}

static int run_1(ReMatcher *m, int32_t pc, int64_t i);
static int run_2(ReMatcher *m, int32_t pc, int64_t i);
static int run_4(ReMatcher *m, int32_t pc, int64_t i);

/* Runs from pc at position i until SUCCESS or SUB_END, or until nothing is left to try. */
ALWAYS_INLINE int run(ReMatcher *m, int kind, int32_t pc, int64_t i,
                      int (*self)(ReMatcher *, int32_t, int64_t))
{
    const ReProgram *program = m->program;
    const int32_t *code = program->code;
    const int64_t base = m->record_count;
    const int32_t last_group = 2 + 2 * program->groups;
    while (true) {
        const int32_t *op = code + pc;
        switch (op[0]) {
        case RE_OP_CHAR:
            if (i >= m->end || item(m->items, kind, i) != (uint32_t)op[1])
                goto backtrack;
            i++;
            pc += 2;
            continue;
        case RE_OP_ANY:
        case RE_OP_ANY_ALL:
            if (i >= m->end || !matches(program, op, item(m->items, kind, i)))
                goto backtrack;
            i++;
            pc += 1;
            continue;
        case RE_OP_SET:
            if (i >= m->end || !set_has(program->sets[op[1]], item(m->items, kind, i)))
                goto backtrack;
            i++;
            pc += 2;
            continue;
        case RE_OP_CHAR_FOLDED:
            if (i >= m->end || !matches(program, op, item(m->items, kind, i)))
                goto backtrack;
            i++;
            pc += 3;
            continue;
        case RE_OP_AT:
            if (!at_position(m, kind, op[1], i))
                goto backtrack;
            pc += 2;
            continue;
        case RE_OP_SPLIT:
            if (push(m, RECORD_CHOICE, op[1], i, 0) < 0)
                return RUN_ERROR;
            pc += 2;
            continue;
        case RE_OP_JUMP:
            pc = op[1];
            continue;
        case RE_OP_SAVE:
            if (push(m, RECORD_SLOT, op[1], m->slots[op[1]], 0) < 0)
                return RUN_ERROR;
            m->slots[op[1]] = i;
            if (op[1] & 1) {
                if (push(m, RECORD_SLOT, last_group, m->slots[last_group], 0) < 0)
                    return RUN_ERROR;
                m->slots[last_group] = op[1] / 2;
            }
            pc += 2;
            continue;
        case RE_OP_REPEAT: {
            int64_t least = op[1];
            const int32_t *single = op + 5;
            if (op[3]) {
                if (least > 0 && count_items(m, kind, single, i, least) < least)
                    goto backtrack;
                i += least;
                if (op[2] > least &&
                    push(m, RECORD_LAZY, pc, i,
                         i - least + (op[2] == RE_MAX_REPEAT ? m->end : op[2])) < 0)
                    return RUN_ERROR;
                pc = op[4];
                continue;
            }
            int64_t most = op[2] == RE_MAX_REPEAT ? INT64_MAX : op[2];
            int64_t count = count_items(m, kind, single, i, most);
            if (count < least)
                goto backtrack;
            pc = op[4];
            if (count > least && push(m, RECORD_GREEDY, pc, i + count - 1, i + least) < 0)
                return RUN_ERROR;
            i += count;
            continue;
        }
        case RE_OP_LOOP_INIT: {
            Loop *loop = &m->loops[op[1]];
            if (push(m, RECORD_COUNTER, op[1], loop->count, loop->last) < 0)
                return RUN_ERROR;
            *loop = (Loop){0, -1};
            pc += 2;
            continue;
        }
        case RE_OP_LOOP: {
            Loop *loop = &m->loops[op[1]];
            if (loop->count < op[2]) {
                if (push(m, RECORD_COUNTER, op[1], loop->count, loop->last) < 0)
                    return RUN_ERROR;
                loop->count++;
                pc += 6;
                continue;
            }
            bool more = (op[3] == RE_MAX_REPEAT || loop->count < op[3]) && loop->last != i;
            if (!more) {
                pc = op[5];
                continue;
            }
            if (op[4]) {
                /* Lazy: the record leads into the body when what follows has failed. */
                if (push(m, RECORD_CHOICE, -pc - 1, i, 0) < 0)
                    return RUN_ERROR;
                pc = op[5];
                continue;
            }
            if (push(m, RECORD_CHOICE, op[5], i, 0) < 0 ||
                push(m, RECORD_COUNTER, op[1], loop->count, loop->last) < 0)
                return RUN_ERROR;
            loop->count++;
            loop->last = i;
            pc += 6;
            continue;
        }
        case RE_OP_BACKREF: {
            int64_t start = m->slots[2 * (int64_t)op[1]], end = m->slots[2 * (int64_t)op[1] + 1];
            if (start < 0 || end < start || end - start > m->end - i ||
                !same_text(m, kind, start, i, end - start, op[2]))
                goto backtrack;
            i += end - start;
            pc += 3;
            continue;
        }
        case RE_OP_CONDITION:
            pc = m->slots[2 * op[1] + 1] >= 0 ? pc + 3 : op[2];
            continue;
        case RE_OP_LOOK: {
            int64_t mark = m->record_count;
            int status = op[1] > i ? RUN_FAILED : self(m, pc + 4, i - op[1]);
            if (status == RUN_ERROR)
                return RUN_ERROR;
            if (op[2]) {
                undo(m, mark);
                if (status == RUN_MATCHED)
                    goto backtrack;
            } else {
                if (status == RUN_FAILED)
                    goto backtrack;
                drop_choices(m, mark);
            }
            pc = op[3];
            continue;
        }
        case RE_OP_ATOMIC: {
            int64_t mark = m->record_count;
            int status = self(m, pc + 2, i);
            if (status == RUN_ERROR)
                return RUN_ERROR;
            if (status == RUN_FAILED)
                goto backtrack;
            drop_choices(m, mark);
            i = m->position;
            pc = op[1];
            continue;
        }
        case RE_OP_SUB_END:
            m->position = i;
            return RUN_MATCHED;
        case RE_OP_SUCCESS:
            if ((m->full && i != m->end) || (i == m->forbidden && i == m->match_start))
                goto backtrack;
            m->position = i;
            return RUN_MATCHED;
        default:
            goto backtrack;
        }
    backtrack:
        while (true) {
            if (m->record_count == base)
                return RUN_FAILED;
            Record *r = &m->records[m->record_count - 1];
            if (r->kind == RECORD_SLOT) {
                m->slots[r->pc] = r->a;
                m->record_count--;
                continue;
            }
            if (r->kind == RECORD_COUNTER) {
                m->loops[r->pc] = (Loop){r->a, r->b};
                m->record_count--;
                continue;
            }
            if (r->kind == RECORD_GREEDY) {
                i = r->a;
                pc = r->pc;
                /* Where a plain character must follow, skip to where it does. */
                if (code[pc] == RE_OP_CHAR) {
                    uint32_t c = (uint32_t)code[pc + 1];
                    while (i >= r->b && (i >= m->end || item(m->items, kind, i) != c))
                        i--;
                    if (i < r->b) {
                        m->record_count--;
                        continue;
                    }
                }
                if (i <= r->b)
                    m->record_count--;
                else
                    r->a = i - 1;
                break;
            }
            if (r->kind == RECORD_LAZY) {
                const int32_t *repeat = code + r->pc;
                i = r->a;
                if (i >= r->b || i >= m->end ||
                    !matches(program, repeat + 5, item(m->items, kind, i))) {
                    m->record_count--;
                    continue;
                }
                r->a = ++i;
                pc = repeat[4];
                break;
            }
            i = r->a;
            pc = r->pc;
            m->record_count--;
            if (pc < 0) { /* into the body of a lazy loop */
                pc = -pc - 1;
                Loop *loop = &m->loops[code[pc + 1]];
                if (push(m, RECORD_COUNTER, code[pc + 1], loop->count, loop->last) < 0)
                    return RUN_ERROR;
                loop->count++;
                loop->last = i;
                pc += 6;
            }
            break;
        }
    }
}

static int run_1(ReMatcher *m, int32_t pc, int64_t i)
{
    return run(m, 1, pc, i, run_1);
}

static int run_2(ReMatcher *m, int32_t pc, int64_t i)
{
    return run(m, 2, pc, i, run_2);
}

static int run_4(ReMatcher *m, int32_t pc, int64_t i)
{
    return run(m, 4, pc, i, run_4);
}

/* First position at or after i where the program's literal prefix stands, or -1. */
static int64_t find_prefix(const ReProgram *program, const ReSubject *subject, int64_t i)
{
    const unsigned char *from = (const unsigned char *)subject->items + i * subject->kind;
    int64_t left = subject->end - i, skipped = 0;
    uint32_t c = program->prefix[0];
    while (left >= program->prefix_length) {
        int64_t hit = str_find_char_raw(from, subject->kind, left, c);
        if (hit < 0 || left - hit < program->prefix_length)
            return -1;
        from += hit * subject->kind;
        left -= hit;
        skipped += hit;
        int32_t k = 1;
        while (k < program->prefix_length && item(from, subject->kind, k) == program->prefix[k])
            k++;
        if (k == program->prefix_length)
            return i + skipped;
        from += subject->kind;
        left--;
        skipped++;
    }
    return -1;
}

int re_match_run(const ReProgram *program, const ReSubject *subject, int64_t start, ReMode mode,
                 bool no_empty, int64_t *slots)
{
    int64_t slot_count = 3 + 2 * (int64_t)program->groups;
    int (*runner)(ReMatcher *, int32_t, int64_t) = subject->kind == 1   ? run_1
                                                   : subject->kind == 2 ? run_2
                                                                        : run_4;
    Loop few[8];
    ReMatcher m = {.program = program,
                   .items = subject->items,
                   .end = subject->end,
                   .forbidden = no_empty ? start : -1,
                   .full = mode == RE_FULLMATCH,
                   .slots = slots,
                   .loops = few};
    size_t loop_bytes = (size_t)program->loops * sizeof(Loop);
    if (program->loops > 8 && (m.loops = mem_alloc(loop_bytes)) == NULL) {
        err_no_memory();
        return -1;
    }
    memset(m.loops, 0, loop_bytes);
    int status = RUN_FAILED;
    bool anchored = program->code[0] == RE_OP_AT && program->code[1] == RE_AT_START;
    for (int64_t i = start; i <= subject->end - program->min_width; i++) {
        if (mode == RE_SEARCH && program->prefix_length > 0) {
            i = find_prefix(program, subject, i);
            if (i < 0)
                break;
        }
        for (int64_t s = 0; s < slot_count; s++)
            slots[s] = -1;
        m.match_start = i;
        m.record_count = 0;
        status = runner(&m, 0, i);
        if (status != RUN_FAILED) {
            slots[0] = i;
            slots[1] = m.position;
            break;
        }
        if (mode != RE_SEARCH || anchored)
            break;
    }
    mem_free(m.records, (size_t)m.record_room * sizeof(Record));
    if (m.loops != few)
        mem_free(m.loops, loop_bytes);
    return status;
}
