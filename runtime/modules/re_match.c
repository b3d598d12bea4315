/*
 * Matching: which code to run over which text, and what came out of it.
 *
 * PCRE2 keeps its state on the heap, so no text makes the C stack grow.  Patterns whose time
 * explodes are stopped by a limit of steps; then signals are looked at (so that Ctrl-C works) and
 * the match is tried again with a larger limit.  Since each limit is four times the one before,
 * that costs a third of the time at most.
 */

#include "gc/mem.h"
#include "runtime/core/err.h"
#include "runtime/core/state.h"
#include "runtime/modules/re_pcre.h"
#include "runtime/modules/re_program.h"

enum {
    FIRST_LIMIT = 10000000, /* steps: a second or less */
    /* When to translate to machine code (5…50 µs): once a text is so long, in items … */
    MUCH_WORK = 4096,
    WORK_OF_A_CALL = 50, /* … or so many calls have been made, each counted as so long */
};

static const RePcre *const libraries[RE_TEXTS] = {&re_pcre_8, &re_pcre_8, &re_pcre_16, &re_pcre_32};

void re_match_finish(void)
{
    re_pcre_8.finish();
    re_pcre_16.finish();
    re_pcre_32.finish();
}

void re_subject_free(ReSubject *subject)
{
    mem_free(subject->wide, (size_t)(subject->end + 1) * sizeof(uint32_t));
    subject->wide = NULL;
}

/* The items in 32 bits each; NULL with MemoryError. */
static const void *widen(ReSubject *subject)
{
    if (subject->kind == 4)
        return subject->items;
    if (subject->wide != NULL)
        return subject->wide;
    subject->wide = mem_alloc((size_t)(subject->end + 1) * sizeof(uint32_t));
    if (subject->wide == NULL) {
        err_no_memory();
        return NULL;
    }
    for (int64_t i = 0; i < subject->end; i++) {
        subject->wide[i] = subject->kind == 1 ? ((const uint8_t *)subject->items)[i]
                                              : ((const uint16_t *)subject->items)[i];
    }
    return subject->wide;
}

static int64_t last_group(const ReProgram *program, const int64_t *slots, int64_t mark)
{
    if (program->marked)
        return mark;
    for (int32_t i = program->groups - 1; i >= 0; i--) {
        if (slots[2 * program->closing[i] + 1] >= 0)
            return program->closing[i];
    }
    return -1;
}

/* After the limit of steps was reached: 0 with a new one, -1 with an exception. */
static int raise_limit(uint32_t *limit)
{
    if (runtime.hooks.check_signals != NULL && runtime.hooks.check_signals() < 0)
        return -1;
    if (*limit == UINT32_MAX)
        return err_format_int(&exc_runtime_error, "regular expression takes too many steps");
    *limit = *limit > UINT32_MAX / 4 ? UINT32_MAX : *limit * 4;
    return 0;
}

int re_match_run(ReProgram *program, ReSubject *subject, int64_t start, ReMode mode, bool no_empty,
                 int64_t *slots)
{
    if (start > subject->end)
        return 0;
    ReText text = subject->kind == 4   ? RE_TEXT_UCS4
                  : subject->kind == 2 ? RE_TEXT_UCS2
                  : subject->ascii     ? RE_TEXT_ASCII
                                       : RE_TEXT_LATIN1;
    ReCode *code = program->wide ? NULL : program->texts[text];
    const void *items = subject->items;
    if (code == NULL && ((code = re_program_code(program, &text)) == NULL ||
                         (program->wide && (items = widen(subject)) == NULL)))
        return -1;
    RePcreMatch m = {.items = items,
                     .start = (size_t)start,
                     .end = (size_t)subject->end,
                     .anchored = mode == RE_MATCH,
                     .whole = mode == RE_FULLMATCH,
                     .no_empty = no_empty,
                     .limit = FIRST_LIMIT,
                     .groups = program->groups,
                     .slots = slots};
    if (code->work[mode] <= MUCH_WORK) {
        code->work[mode] += subject->end - start > MUCH_WORK ? MUCH_WORK + 1 : WORK_OF_A_CALL;
        if (code->work[mode] > MUCH_WORK)
            re_program_translate(program, text, mode);
    }
    m.translated = code->translated[mode];
    const void *used = m.translated ? code->codes[mode] : code->codes[RE_SEARCH];
    int status;
    while ((status = libraries[text]->match(used, &m)) == RE_PCRE_LIMIT) {
        if (raise_limit(&m.limit) < 0)
            return -1;
    }
    if (status == RE_PCRE_NO_MEMORY)
        err_no_memory();
    else if (status == RE_PCRE_FAILED)
        err_string(&exc_runtime_error, "internal error in regular expression engine");
    if (status == RE_PCRE_FOUND)
        slots[2 + 2 * (int64_t)program->groups] = last_group(program, slots, m.mark);
    return status < 0 ? -1 : status;
}
