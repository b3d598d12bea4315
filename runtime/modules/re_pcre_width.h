#ifndef OURO_RUNTIME_MODULES_RE_PCRE_WIDTH_H
#define OURO_RUNTIME_MODULES_RE_PCRE_WIDTH_H

/*
 * One of PCRE2's libraries as a RePcre.  re_pcre_8.c, re_pcre_16.c and re_pcre_32.c each define
 * PCRE2_CODE_UNIT_WIDTH (bits) and LIBRARY (the name of the RePcre) and include this file, which so
 * is compiled three times.
 *
 * Contexts are made when first needed.  One block for results serves all patterns of few groups:
 * nothing else runs between a match and the copying of its results.
 */

#ifndef PCRE2_CODE_UNIT_WIDTH
#define PCRE2_CODE_UNIT_WIDTH 8
#define LIBRARY re_pcre_8
#endif

#include <pcre2.h>

#include "gc/mem.h"
#include "runtime/modules/re_pcre.h"

enum {
    FEW_GROUPS = 24,
    DEEPEST_NESTING = 5000,     /* of groups; the C stack is guarded besides */
    LARGEST_TRANSLATED = 20000, /* bytes of code: beyond, translation takes too long and deep */
    FIRST_STACK = 256 * 1024,   /* bytes: of machine code that has used up 32 KiB of ours … */
    LARGEST_STACK = 64 << 20,   /* … and beyond that gives way to matching by interpretation */
};

static pcre2_general_context *general;
static pcre2_compile_context *compiling;
static pcre2_match_context *matching;
static pcre2_match_data *few_groups;

/* Stands for an empty pattern or text without an address. */
static const PCRE2_UCHAR nothing[1];

static bool prepare(void)
{
    if (general == NULL)
        general = pcre2_general_context_create(re_pcre_alloc, re_pcre_free, NULL);
    if (general != NULL && compiling == NULL &&
        (compiling = pcre2_compile_context_create(general)) != NULL) {
        pcre2_set_newline(compiling, PCRE2_NEWLINE_LF);
        pcre2_set_parens_nest_limit(compiling, DEEPEST_NESTING);
        pcre2_set_compile_recursion_guard(compiling, re_pcre_guard, NULL);
    }
    if (compiling != NULL && matching == NULL &&
        (matching = pcre2_match_context_create(general)) != NULL) {
        /* Memory is bounded where it is allocated. */
        pcre2_set_heap_limit(matching, UINT32_MAX);
        pcre2_set_depth_limit(matching, UINT32_MAX);
    }
    return matching != NULL;
}

static void *compile(const void *pattern, size_t length, unsigned options, RePcreError *error)
{
    *error = (RePcreError){.no_memory = true};
    if (!prepare())
        return NULL;
    int number;
    PCRE2_SIZE offset;
    uint32_t flags = PCRE2_DOTALL | PCRE2_MULTILINE | PCRE2_ALT_CIRCUMFLEX | PCRE2_NEVER_UTF;
    if (options & RE_PCRE_UNICODE)
        flags |= PCRE2_UCP;
    if (options & (RE_PCRE_ANCHORED | RE_PCRE_WHOLE))
        flags |= PCRE2_ANCHORED;
    if (options & RE_PCRE_WHOLE)
        flags |= PCRE2_ENDANCHORED;
    void *code =
        pcre2_compile(length == 0 ? nothing : pattern, length, flags, &number, &offset, compiling);
    if (code != NULL)
        return code;
    error->no_memory = number == PCRE2_ERROR_HEAP_FAILED;
    error->too_large =
        number == PCRE2_ERROR_PATTERN_TOO_LARGE || number == PCRE2_ERROR_PATTERN_STRING_TOO_LONG;
    error->too_deep = number == PCRE2_ERROR_PARENTHESES_NEST_TOO_DEEP ||
                      number == PCRE2_ERROR_PARENTHESES_STACK_CHECK;
    PCRE2_UCHAR text[sizeof(error->message)] = {0};
    pcre2_get_error_message(number, text, sizeof(error->message));
    for (size_t i = 0; i + 1 < sizeof(error->message) && text[i] != 0; i++)
        error->message[i] = (char)text[i];
    return NULL;
}

static bool translate(void *code)
{
    size_t size;
    return pcre2_pattern_info(code, PCRE2_INFO_SIZE, &size) == 0 && size <= LARGEST_TRANSLATED &&
           pcre2_jit_compile(code, PCRE2_JIT_COMPLETE) == 0;
}

/* The number that a mark is named after. */
static int64_t mark_number(pcre2_match_data *data)
{
    PCRE2_SPTR name = pcre2_get_mark(data);
    int64_t number = 0;
    if (name == NULL)
        return -1;
    for (; *name >= '0' && *name <= '9'; name++)
        number = number * 10 + (int64_t)(*name - '0');
    return number;
}

/* Runs machine code again on a stack of its own, after it has used up what it takes of ours.  That
 * stack is not counted as memory in use, so it is not for runs with a limit of memory. */
static int run_deep(const void *code, const RePcreMatch *m, uint32_t options,
                    pcre2_match_data *data)
{
    MemStats stats;
    mem_stats(&stats);
    pcre2_jit_stack *stack =
        stats.limit > 0 ? NULL : pcre2_jit_stack_create(FIRST_STACK, LARGEST_STACK, general);
    if (stack == NULL)
        return PCRE2_ERROR_JIT_STACKLIMIT;
    pcre2_jit_stack_assign(matching, NULL, stack);
    int status = pcre2_jit_match(code, m->items, m->end, m->start, options, data, matching);
    pcre2_jit_stack_assign(matching, NULL, NULL);
    pcre2_jit_stack_free(stack);
    return status;
}

static int run(const void *code, const RePcreMatch *m, pcre2_match_data *data)
{
    uint32_t options = m->no_empty ? PCRE2_NOTEMPTY_ATSTART : 0;
    PCRE2_SPTR items = m->end == 0 ? nothing : m->items;
    int status;
    if (m->translated) {
        status = pcre2_jit_match(code, items, m->end, m->start, options, data, matching);
        if (status == PCRE2_ERROR_JIT_STACKLIMIT)
            status = run_deep(code, m, options, data);
        if (status != PCRE2_ERROR_JIT_STACKLIMIT)
            return status;
        options |= PCRE2_NO_JIT;
    } else {
        if (m->anchored || m->whole)
            options |= PCRE2_ANCHORED;
        if (m->whole)
            options |= PCRE2_ENDANCHORED;
    }
    return pcre2_match(code, items, m->end, m->start, options, data, matching);
}

static int match(const void *code, RePcreMatch *m)
{
    pcre2_match_data *data = few_groups;
    if (m->groups > FEW_GROUPS || data == NULL) {
        uint32_t pairs = (uint32_t)(m->groups > FEW_GROUPS ? m->groups : FEW_GROUPS) + 1;
        data = pcre2_match_data_create(pairs, general);
        if (data == NULL)
            return RE_PCRE_NO_MEMORY;
        if (m->groups <= FEW_GROUPS)
            few_groups = data;
    }
    pcre2_set_match_limit(matching, m->limit);
    int status = run(code, m, data), result;
    switch (status) {
    case PCRE2_ERROR_NOMATCH:
        result = RE_PCRE_NOTHING;
        break;
    case PCRE2_ERROR_MATCHLIMIT:
        result = RE_PCRE_LIMIT;
        break;
    case PCRE2_ERROR_NOMEMORY:
    case PCRE2_ERROR_HEAPLIMIT:
        result = RE_PCRE_NO_MEMORY;
        break;
    default:
        result = status > 0 ? RE_PCRE_FOUND : RE_PCRE_FAILED;
    }
    if (result == RE_PCRE_FOUND) {
        const PCRE2_SIZE *ovector = pcre2_get_ovector_pointer(data);
        for (int32_t i = 0; i < 2 * (m->groups + 1); i++)
            m->slots[i] = i < 2 * status && ovector[i] != PCRE2_UNSET ? (int64_t)ovector[i] : -1;
        m->mark = mark_number(data);
    }
    bool much = re_pcre_took_much();
    if (data != few_groups || much) {
        if (data == few_groups)
            few_groups = NULL;
        pcre2_match_data_free(data);
    }
    return result;
}

static void free_code(void *code)
{
    pcre2_code_free(code);
}

static void finish(void)
{
    pcre2_match_data_free(few_groups);
    pcre2_match_context_free(matching);
    pcre2_compile_context_free(compiling);
    pcre2_general_context_free(general);
    few_groups = NULL;
    matching = NULL;
    compiling = NULL;
    general = NULL;
}

const RePcre LIBRARY = {compile, translate, match, free_code, finish};

#endif
